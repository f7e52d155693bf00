//! Refusals of ENIs, instances, launches and Elastic IPs: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! interface_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // ENIs.
    /// Group and subnet are in different VPCs, where an ENI is created.
    GroupOfOtherVpc { group: GroupId, subnet: SubnetId }
        = "InvalidParameterValue", "Security group {group} and subnet {subnet} belong to different networks.", "E7";
    /// Group and subnet are in different VPCs, at launch.
    LaunchGroupOfOtherVpc { group: GroupId, subnet: SubnetId }
        = "InvalidParameter", "Security group {group} and subnet {subnet} belong to different networks.", "E7";
    /// Group and ENI, or two groups, are in different VPCs.
    DifferentNetworks { group: GroupId, vpc: VpcId } = "InvalidGroup.NotFound", "You have specified two resources that belong to different networks.", "S30";
    /// More groups than an ENI takes.
    GroupsPerEniLimit { count: usize, limit: usize }
        = "SecurityGroupsPerInterfaceLimitExceeded", "The maximum number of security groups per interface has been reached.", "S9";
    /// An ENI cannot be left without a group: AWS takes an empty list for no attribute at all.
    LastGroup { eni: EniId } = "InvalidParameterCombination", "No attributes specified.", "E6", Believed;
    /// As many ENIs as the region takes.
    EniLimit { limit: usize } = "NetworkInterfaceLimitExceeded", "You have reached the limit of {limit} network interfaces in this Region.", "E86", Believed;
    /// The ENI is attached, or on its way off.
    EniInUse { eni: EniId, attachment: Option<AttachmentId> } = "InvalidParameterValue", "Network interface '{eni}' is currently in use.", "E16";
    /// The ENI is attached already.
    EniAlreadyAttached { eni: EniId, attachment: Option<AttachmentId> }
        = "InvalidNetworkInterface.InUse", "Network interface '{eni}' is currently in use.", "E15", Disputed;
    /// The ENI is attached already, at launch.
    LaunchEniInUse { eni: EniId, attachment: Option<AttachmentId> } = "InvalidNetworkInterface.InUse", "Interface: [{eni}] in use.", "E15";
    /// ENI and instance are in different zones.
    DifferentZones { eni: Option<EniId>, eni_zone: Zone, instance_zone: Zone }
        = "InvalidParameterCombination", "You may not attach a network interface to an instance if they are not in the same availability zone", "E20";
    /// ENI and instance are in different VPCs, and the switch for that is off.
    DifferentVpcs { eni: Option<EniId>, vpc: VpcId }
        = "InvalidParameterCombination", "You may not attach a network interface to an instance if they are not in the same VPC", "E21", Believed;
    /// The device index is taken.
    DeviceIndexTaken { instance: InstanceId, network_card: u16, device_index: u16, by: EniId }
        = "InvalidParameterValue", "Instance '{instance}' already has an interface attached at device index '{device_index}'.", "E25";
    /// An ENI was forced off this place, and no other one goes there before the instance is stopped.
    DeviceIndexStuck { instance: InstanceId, network_card: u16, device_index: u16 }
        = "InvalidParameterValue", "Instance '{instance}' already has an interface attached at device index '{device_index}'.", "E29", Modelled;
    /// The type has no such device index on that card.
    DeviceIndexTooHigh { instance_type: InstanceType, network_card: u16, device_index: u16, limit: u16 }
        = "InvalidParameterValue", "Value ({device_index}) for parameter deviceIndex is invalid for {instance_type}.", "E25", Modelled;
    /// The type has no such network card.
    NoSuchNetworkCard { instance_type: InstanceType, network_card: u16, cards: u16 }
        = "InvalidParameterValue", "Value ({network_card}) for parameter networkCardIndex is invalid for {instance_type}.", "E26", Believed;
    /// More ENIs than the type, or one card of it, takes.
    AttachmentLimit { instance_type: InstanceType, count: usize, limit: u16 }
        = "AttachmentLimitExceeded", "Interface count {count} exceeds the limit for {instance_type}", "E27";
    /// The ENI has prefixes and the type is not built on Nitro.
    PrefixesNeedNitro { eni: Option<EniId>, instance_type: InstanceType }
        = "Unsupported", "Prefixes are not supported on {instance_type}.", "E67", Believed;
    /// An attachment id that belongs to another ENI, or none where one is needed.
    NotTheAttachmentOf { eni: EniId, attachment: AttachmentId }
        = "InvalidAttachmentID.NotFound", "The network interface attachment ID '{attachment}' does not exist", "E12";
    /// The primary ENI can never be detached.
    DetachPrimary { attachment: AttachmentId }
        = "OperationNotPermitted", "The network interface at device index 0 and networkCard index 0 cannot be detached.", "E23";
    /// The attachment is on its way on or off.
    AttachmentBusy { attachment: AttachmentId, status: AttachmentStatus }
        = "IncorrectState", "The attachment '{attachment}' is not in a state from which it can be detached.", "X3", Believed;

    // Instances.
    /// The instance's state does not allow attaching or detaching.
    InstanceNotReady { instance: InstanceId, state: InstanceState }
        = "IncorrectState", "Instance '{instance}' is not in a valid state for this operation.", "E19", Believed;
    /// The instance's state does not allow it to be started, stopped or rebooted.
    WrongInstanceState { instance: InstanceId, state: InstanceState, act: InstanceAct }
        = "IncorrectInstanceState", "The instance '{instance}' is not in a state from which it can be {act}.", "L1";
    /// The change needs a stopped instance.
    InstanceNotStopped { instance: InstanceId, state: InstanceState }
        = "IncorrectInstanceState", "The instance '{instance}' is not in the 'stopped' state.", "L7", Believed;
    /// The change needs a running instance: somebody must be there to do it.
    InstanceNotRunning { instance: InstanceId, state: InstanceState }
        = "IncorrectInstanceState", "The instance '{instance}' is not in the 'running' state.", "G10", Modelled;
    /// The system hangs, so nobody can work on it.
    InstanceHangs { instance: InstanceId }
        = "IncorrectInstanceState", "The system on the instance '{instance}' hangs, so nothing can be done on it.", "L17", Modelled;
    /// A terminated instance cannot be changed.
    InstanceGone { instance: InstanceId, state: InstanceState }
        = "IncorrectInstanceState", "The instance '{instance}' is not in a state from which it can be modified.", "L1", Believed;
    /// The instance is protected against termination.
    TerminationProtected { instance: InstanceId }
        = "OperationNotPermitted", "The instance '{instance}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.", "L6";
    /// The instance is protected against stopping.
    StopProtected { instance: InstanceId }
        = "OperationNotPermitted", "The instance '{instance}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.", "L6", Believed;
    /// A spot instance cannot be protected.
    SpotUnprotectable { instance: InstanceId }
        = "OperationNotPermitted", "The instance '{instance}' is a Spot Instance and cannot be protected.", "L6", Believed;
    /// A spot instance of a request that does not live on cannot be stopped.
    SpotOneTime { instance: InstanceId }
        = "UnsupportedOperation", "You can't stop the Spot Instance '{instance}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.", "L8", Believed;
    /// What is to stop or hibernate when it is taken back needs a request that lives on.
    SpotOneTimeInterruption { behavior: Interruption }
        = "InvalidParameterCombination", "The instance interruption behavior '{behavior}' is only supported for persistent Spot Instance requests.", "L8", Believed;
    /// A spot instance whose request was taken back cannot be stopped.
    SpotCancelled { instance: InstanceId }
        = "UnsupportedOperation", "You can't stop the Spot Instance '{instance}' because its Spot Instance request is cancelled.", "L22", Believed;
    /// No such request for a spot instance.
    SpotRequestNotFound { request: SpotRequestId }
        = "InvalidSpotInstanceRequestID.NotFound", "The spot instance request ID '{request}' does not exist", "L22";
    /// Spot instances cannot be protected, from the start neither.
    SpotLaunchUnprotectable {}
        = "InvalidParameterCombination", "Termination and stop protection are not supported for Spot Instances.", "L6", Believed;
    /// Only spot instances are taken back.
    NotSpot { instance: InstanceId }
        = "IncorrectInstanceState", "The instance '{instance}' is not a Spot Instance.", "L8", Modelled;
    /// The instance was not launched so that it can hibernate.
    NoHibernation { instance: InstanceId }
        = "UnsupportedHibernationConfiguration", "The instance '{instance}' is not configured for hibernation.", "L8", Believed;
    /// The call means an instance's only ENI, and the instance has several.
    SeveralEnis { instance: InstanceId }
        = "InvalidInstanceID", "There are multiple interfaces attached to instance '{instance}'. Please specify an interface ID for the operation instead.", "A16";
    /// The new type has another number of network cards.
    NetworkCardMismatch { instance_type: InstanceType, cards: u16, wanted: u16 }
        = "InvalidInstanceAttributeValue", "The instance type {instance_type} does not support {wanted} network cards.", "L7", Believed;

    // Launch.
    /// A list of ENIs and a detail of the primary ENI beside it.
    LaunchDetailAndInterfaces { detail: LaunchDetail }
        = "InvalidParameterCombination", "Network interfaces and an instance-level {detail} may not be specified on the same request", "X3";
    /// No key pair of this name, as a launch names it.
    KeyPairNotFound { key_name: String } = "InvalidKeyPair.NotFound", "The key pair '{key_name}' does not exist", "L19";
    /// No key pair with this id.
    KeyPairIdNotFound { key_pair: KeyPairId } = "InvalidKeyPair.NotFound", "The key pair '{key_pair}' does not exist", "L19", Believed;
    /// There is a key pair of this name.
    KeyPairExists { key_name: String } = "InvalidKeyPair.Duplicate", "The keypair already exists", "L19";
    /// As many key pairs as the region takes.
    KeyPairLimit { limit: usize }
        = "KeyPairLimitExceeded", "You've reached the limit on the number of key pairs that you can have in this Region.", "L19", Believed;
    /// A name that no key pair can have.
    BadKeyName { key_name: String } = "InvalidParameterValue", "Value ({key_name}) for parameter KeyName is invalid. A name has 1 to 255 ASCII characters, and no space at either end.", "L19", Believed;
    /// A text that is no public key.
    BadPublicKey {} = "InvalidKey.Format", "Key is not in valid OpenSSH public key format", "L19";
    /// A public address asked for, and several ENIs.
    PublicIpWithSeveralEnis {}
        = "InvalidParameterCombination", "The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.", "A4";
    /// A public address asked for on an ENI that is not the new primary one.
    PublicIpNotPrimary {}
        = "InvalidParameterCombination", "The associatePublicIPAddress parameter can only be specified for a new network interface with DeviceIndex 0.", "A2", Believed;
    /// An existing ENI with details that only a new one can have.
    ExistingEniDetail { eni: EniId, parameter: &'static str }
        = "InvalidParameterCombination", "A network interface may not specify both a network interface ID and a {parameter}", "E37", Believed;
    /// No ENI at device index 0 of card 0.
    NoPrimaryInterface {} = "InvalidParameterCombination", "A network interface with device index 0 on network card 0 must be specified.", "E22", Believed;
    /// Two ENIs at one device index of one card.
    DeviceIndexTwice { network_card: u16, device_index: u16 }
        = "InvalidParameterCombination", "Device index {device_index} may be specified only once on network card {network_card}.", "E25", Believed;
    /// Several instances cannot share one ENI or one address.
    OneInstanceOnly { parameter: &'static str }
        = "InvalidParameterCombination", "The parameter {parameter} may not be specified when launching several instances.", "E15", Believed;

    // Elastic IPs.
    /// A border group that is not the region's own; Local Zones are not modelled.
    UnknownBorderGroup { group: String }
        = "InvalidParameterValue", "Invalid value '{group}' for NetworkBorderGroup.", "A12", Believed;
    /// As many Elastic IPs as the region takes.
    AddressQuota { limit: usize } = "AddressLimitExceeded", "The maximum number of addresses has been reached.", "A13";
    /// AWS's pool has no address left.
    PublicPoolEmpty {} = "InsufficientAddressCapacity", "Not enough addresses available to satisfy the request.", "X3", Believed;
    /// The address wanted back is not one that this account released, or somebody has it.
    AddressNotRecoverable { ip: Ipv4Addr } = "InvalidAddress.NotFound", "Address '{ip}' not found.", "A30";
    /// The Elastic IP is mapped elsewhere, and the call may not take it from there.
    AlreadyAssociated { allocation: AllocationId, association: AssociationId }
        = "Resource.AlreadyAssociated", "resource {allocation} is already associated with associate-id {association}", "A19", Disputed;
    /// The private address has another Elastic IP, and the call may not take it off.
    PrivateIpAlreadyAssociated { eni: EniId, ip: Ipv4Addr, public: Ipv4Addr }
        = "Resource.AlreadyAssociated", "resource {eni} and {ip} is already associated with public address {public}", "A20";
    /// The instance's state does not allow an Elastic IP.
    InstanceNotAddressable { instance: InstanceId, state: &'static str }
        = "InvalidInstanceID", "The {state} instance '{instance}' is not in a valid state for this operation.", "A24";
    /// The VPC has no internet gateway.
    NoInternetGateway { vpc: VpcId } = "Gateway.NotAttached", "Network {vpc} is not attached to any internet gateway", "A23";
    /// The private address is not on that ENI.
    NotThePrivateIpOf { eni: EniId, ip: Ipv4Addr } = "InvalidParameterValue", "Invalid value '{ip}' for PrivateIpAddress. It is not assigned to interface {eni}", "A18", Believed;
    /// The Elastic IP is mapped and cannot be released.
    AddressAssociated { allocation: AllocationId, ip: Ipv4Addr, association: AssociationId }
        = "InvalidIPAddress.InUse", "Address {ip} is in use.", "A28", Believed;

    // Services.
    /// Something else has the ENI, and it goes with that.
    EniOfOther { eni: EniId, owner: String } = "OperationNotPermitted", "{eni} belongs to {owner} and goes with it.", "E80", Modelled;
    /// No service made the ENI.
    EniOfNoService { eni: EniId } = "OperationNotPermitted", "{eni} was not made by a service.", "E80", Modelled;
    } };
}
