//! Every refusal of the control plane: one variant each, with AWS's code and message, the rulebook's rule and how sure we are of it.
//!
//! The table's columns: the variant with its fields, AWS's code, AWS's message, the number of the rule that decided (`X3` where only the
//! rulebook's table of errors says it), and a mark where message or rule was not seen at AWS.

#[macro_use]
mod table;
mod detail;

pub use detail::{AddressList, InstanceAct, LaunchDetail, Mark, PeerKindText, RouteDestination, RouteNeighbour, TextKind};

use super::command::AttachmentKey;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net, Ipv6Net};
use crate::id::*;
use crate::model::{Zone, eni::AttachmentStatus, instance::InstanceState, instance_type::InstanceType, spot::Interruption};

refusals! {
    // Shapes.
    /// A parameter that must be there is not.
    MissingParameter { parameter: &'static str } = "MissingParameter", "The request must contain the parameter {parameter}", "X3";
    /// Two parameters exclude each other.
    ExclusiveParameters { first: &'static str, second: &'static str }
        = "InvalidParameterCombination", "You may not specify both {first} and {second}", "X3", Believed;
    /// Neither of two parameters is there.
    NeitherParameter { first: &'static str, second: &'static str }
        = "InvalidParameter", "You must specify either {first} or {second}", "E53", Believed;
    /// A number is out of its range.
    NumberOutOfRange { parameter: &'static str, value: i64, least: i64, most: i64 }
        = "InvalidParameterValue", "Value ({value}) for parameter {parameter} is invalid. It must be between {least} and {most}.", "X3", Believed;
    /// A modify call without an attribute.
    NoAttributes {} = "InvalidParameterCombination", "No attributes specified.", "E11";
    /// A modify call with several attributes.
    SeveralAttributes { attributes: String }
        = "InvalidParameterCombination", "Fields for multiple attribute types specified: {attributes}", "E11";
    /// A description is too long or has characters that AWS does not take.
    BadDescription { kind: TextKind }
        = "InvalidParameterValue", "Invalid {kind} description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*", "E9";
    /// More tags than a resource takes.
    TagLimitExceeded { limit: usize } = "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.", "E10", Believed;
    /// A tag's key or value is not one that AWS takes.
    BadTag { key: String } = "InvalidParameterValue", "Tag key '{key}' is invalid: 1 to 128 characters that do not start with aws:, value at most 256 characters", "E10", Believed;

    // Ids that name nothing.
    /// No such network ACL.
    AclNotFound { acl: AclId } = "InvalidNetworkAclID.NotFound", "The network acl ID '{acl}' does not exist", "X3";
    /// No such association of a network ACL.
    AclAssociationNotFound { association: AclAssociationId }
        = "InvalidAssociationID.NotFound", "The association ID '{association}' does not exist", "X3";
    /// No such Elastic IP.
    AllocationNotFound { allocation: AllocationId } = "InvalidAllocationID.NotFound", "The allocation ID '{allocation}' does not exist", "X3";
    /// No such association of an Elastic IP.
    AssociationNotFound { association: AssociationId }
        = "InvalidAssociationID.NotFound", "The association ID '{association}' does not exist", "A27", Disputed;
    /// No such attachment.
    AttachmentNotFound { attachment: AttachmentKey }
        = "InvalidAttachmentID.NotFound", "The network interface attachment ID '{attachment}' does not exist", "E30";
    /// No such ENI.
    EniNotFound { eni: EniId } = "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '{eni}' does not exist", "X3";
    /// No such group, where a group or an ENI's groups are changed or an instance is launched.
    GroupNotFound { group: GroupId } = "InvalidGroup.NotFound", "The security group '{group}' does not exist", "X3";
    /// No such group, where an ENI is created.
    SecurityGroupNotFound { group: GroupId } = "InvalidSecurityGroupID.NotFound", "The securityGroup ID '{group}' does not exist", "X3";
    /// No such rule in this group and direction.
    GroupRuleNotFound { rule: GroupRuleId } = "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '{rule}' does not exist", "X3";
    /// No such instance.
    InstanceNotFound { instance: InstanceId } = "InvalidInstanceID.NotFound", "The instance ID '{instance}' does not exist", "X3";
    /// No such internet gateway.
    InternetGatewayNotFound { gateway: InternetGatewayId }
        = "InvalidInternetGatewayID.NotFound", "The internetGateway ID '{gateway}' does not exist", "X4", Believed;
    /// No such NAT gateway.
    NatGatewayNotFound { gateway: NatGatewayId } = "NatGatewayNotFound", "The Nat Gateway {gateway} was not found", "X3", Believed;
    /// No such peering connection.
    PeeringNotFound { peering: PeeringId }
        = "InvalidVpcPeeringConnectionID.NotFound", "The vpcPeeringConnection ID '{peering}' does not exist", "X3", Believed;
    /// No such prefix list.
    PrefixListNotFound { list: PrefixListId } = "InvalidPrefixListID.NotFound", "The prefix list ID '{list}' does not exist", "S12", Believed;
    /// No such route table.
    RouteTableNotFound { table: RouteTableId } = "InvalidRouteTableID.NotFound", "The routeTable ID '{table}' does not exist", "X4", Believed;
    /// No such association of a route table.
    RouteTableAssociationNotFound { association: RouteTableAssociationId }
        = "InvalidAssociationID.NotFound", "The association ID '{association}' does not exist", "X3";
    /// No such subnet.
    SubnetNotFound { subnet: SubnetId } = "InvalidSubnetID.NotFound", "The subnet ID '{subnet}' does not exist", "X3";
    /// No such VPC.
    VpcNotFound { vpc: VpcId } = "InvalidVpcID.NotFound", "The vpc ID '{vpc}' does not exist", "X4", Believed;
    /// No such virtual private gateway.
    VpnGatewayNotFound { gateway: VpnGatewayId } = "InvalidVpnGatewayID.NotFound", "The vpnGateway ID '{gateway}' does not exist", "X4", Believed;

    // Whose it is.
    /// A service made the ENI, and only the service may change it.
    EniManagedByService { eni: EniId } = "AuthFailure", "You do not have permission to access the specified resource.", "E80";
    /// A service holds the Elastic IP.
    ElasticIpHeldByService { allocation: AllocationId } = "AuthFailure", "You do not have permission to access the specified resource.", "A28";
    /// A service made the attachment.
    ServiceAttachment { attachment: ServiceAttachmentId }
        = "OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.", "E81";

    // VPCs and subnets.
    /// A VPC's block is not /16 to /28, or in a range that nobody may use.
    VpcRange { cidr: Ipv4Net } = "InvalidVpc.Range", "The CIDR '{cidr}' is invalid.", "E47";
    /// As many VPCs as the region takes.
    VpcLimit { limit: usize } = "VpcLimitExceeded", "The maximum number of VPCs has been reached.", "X3", Believed;
    /// Something still stands in the VPC.
    VpcInUse { vpc: VpcId } = "DependencyViolation", "The vpc '{vpc}' has dependencies and cannot be deleted.", "L15";
    /// There is no default VPC to fall back to.
    NoDefaultVpc {} = "VPCIdNotSpecified", "No default VPC for this user", "X4", Believed;
    /// The default VPC has no default subnet to fall back to.
    NoDefaultSubnet { vpc: VpcId } = "MissingInput", "No subnets found for the default VPC '{vpc}'. Please specify a subnet.", "X4", Believed;
    /// The region has its default VPC.
    DefaultVpcExists { vpc: VpcId }
        = "DefaultVpcAlreadyExists", "A Default VPC already exists for this account in this region.", "I10", Believed;
    /// There is no default VPC to put a default subnet into.
    DefaultVpcMissing {} = "DefaultVpcDoesNotExist", "No default VPC exists for this account in this region.", "I10", Believed;
    /// The zone has its default subnet.
    DefaultSubnetExists { subnet: SubnetId, zone: Zone }
        = "DefaultSubnetAlreadyExistsInAvailabilityZone", "'{subnet}' is already the default subnet in {zone}.", "I10", Believed;
    /// The default VPC has no free block of a default subnet's size.
    NoDefaultBlock { vpc: VpcId } = "CidrConflict", "The default VPC '{vpc}' has no free block of the size /20.", "I10", Modelled;
    /// A subnet's block is outside its VPC's blocks, or not /16 to /28.
    SubnetRange { cidr: Ipv4Net, vpc: VpcId } = "InvalidSubnet.Range", "The CIDR '{cidr}' is invalid.", "E47";
    /// A subnet's block overlaps another one.
    SubnetConflict { cidr: Ipv4Net, other: SubnetId } = "InvalidSubnet.Conflict", "The CIDR '{cidr}' conflicts with another subnet", "X3";
    /// The region has no such zone.
    UnknownZone { zone: Zone }
        = "InvalidParameterValue", "Value ({zone}) for parameter availabilityZone is invalid. Subnets can not be created in that availability zone.", "X3";
    /// As many subnets as a VPC takes.
    SubnetLimit { limit: usize } = "SubnetLimitExceeded", "The maximum number of subnets has been reached.", "X4", Believed;
    /// An ENI still stands in the subnet.
    SubnetInUse { subnet: SubnetId } = "DependencyViolation", "The subnet '{subnet}' has dependencies and cannot be deleted.", "L15";

    // Blocks.
    /// No such block of a VPC.
    VpcBlockNotFound { association: VpcCidrAssociationId }
        = "InvalidVpcCidrBlockAssociationID.NotFound", "The vpc CIDR block association ID '{association}' does not exist", "X3", Believed;
    /// No such IPv6 block of a subnet.
    SubnetBlockNotFound { association: SubnetCidrAssociationId }
        = "InvalidSubnetCidrBlockAssociationID.NotFound", "The subnet CIDR block association ID '{association}' does not exist", "X3", Believed;
    /// A further block from a range that may not stand beside a block of the VPC.
    BlockRestricted { cidr: Ipv4Net, with: Ipv4Net }
        = "InvalidVpc.Range", "The CIDR '{cidr}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR.", "I9", Believed;
    /// A further block over one that the VPC has.
    BlockConflict { cidr: Ipv4Net, other: Ipv4Net } = "CidrConflict", "The CIDR '{cidr}' conflicts with another CIDR '{other}' of the VPC", "E47", Believed;
    /// A further block as large as a route's destination, or larger.
    BlockHidesRoute { cidr: Ipv4Net, table: RouteTableId, destination: IpNet }
        = "CidrConflict", "The CIDR '{cidr}' conflicts with the route to '{destination}' in route table {table}", "R19", Believed;
    /// As many blocks as a VPC takes.
    BlockLimit { vpc: VpcId, limit: usize }
        = "CidrLimitExceeded", "This network '{vpc}' has met its maximum number of allowed CIDRs: {limit}", "E47", Believed;
    /// The block that the VPC was created with.
    PrimaryBlock { association: VpcCidrAssociationId, vpc: VpcId }
        = "OperationNotPermitted", "The vpc CIDR block with association ID {association} may not be disassociated. It is the primary IPv4 CIDR block of the VPC", "E47", Believed;
    /// A subnet has addresses of the block.
    BlockInUse { vpc: VpcId, block: IpNet, subnet: SubnetId }
        = "InvalidCidrBlock.InUse", "The vpc {vpc} currently has a subnet within CIDR block {block}", "E47", Believed;
    /// A subnet's IPv6 block is no /64 inside a block of its VPC.
    SubnetIpv6Range { cidr: Ipv6Net, vpc: VpcId } = "InvalidSubnet.Range", "The CIDR '{cidr}' is invalid.", "E72a";
    /// Another subnet has the IPv6 block.
    SubnetIpv6Conflict { cidr: Ipv6Net, other: SubnetId } = "InvalidSubnet.Conflict", "The CIDR '{cidr}' conflicts with another subnet", "X3";
    /// The subnet has an IPv6 block.
    SubnetHasIpv6 { subnet: SubnetId, cidr: Ipv6Net }
        = "CidrLimitExceeded", "This subnet '{subnet}' has met its maximum number of allowed CIDRs: 1", "E72", Believed;
    /// An ENI has IPv6 addresses of the subnet.
    SubnetBlockInUse { subnet: SubnetId, cidr: Ipv6Net, eni: EniId }
        = "InvalidCidrBlock.InUse", "The subnet {subnet} currently has addresses in use within CIDR block {cidr}", "E72", Believed;
    /// The subnet has no IPv6 block.
    SubnetWithoutIpv6 { subnet: SubnetId }
        = "InvalidParameterValue", "The subnet '{subnet}' does not have an IPv6 CIDR block associated with it.", "E72a", Believed;

    // Private addresses.
    /// An address outside the subnet.
    AddressOutsideSubnet { ip: Ipv4Addr, subnet: SubnetId }
        = "InvalidParameterValue", "Address does not fall within the subnet's address range", "E50";
    /// An address outside the subnet, at launch.
    LaunchAddressOutsideSubnet { ip: Ipv4Addr, subnet: SubnetId }
        = "InvalidParameterValue", "Address {ip} does not fall within the subnet's address range", "E50";
    /// One of the five addresses that nobody may have.
    AddressReserved { ip: Ipv4Addr, subnet: SubnetId } = "InvalidParameterValue", "Address is in subnet's reserved address range", "E48";
    /// One of the five addresses that nobody may have, as a secondary one.
    AssignedAddressReserved { ip: Ipv4Addr, subnet: SubnetId } = "InvalidParameterValue", "Address {ip} is in subnet's reserved range.", "E48";
    /// Another ENI has the address.
    AddressInUse { ip: Ipv4Addr, eni: EniId } = "InvalidIPAddress.InUse", "The specified address is already in use.", "E50";
    /// The address is inside a prefix of an ENI.
    AddressInPrefix { ip: Ipv4Addr, eni: EniId } = "Resource.AlreadyAssigned", "The address {ip} is already assigned as part of a prefix", "E66", Believed;
    /// The same address twice in one call.
    AddressTwice { ip: Ipv4Addr } = "InvalidParameterValue", "Address {ip} may be specified only once", "E50", Believed;
    /// The subnet has too few free addresses.
    SubnetFull { subnet: SubnetId, wanted: u64, free: u32 }
        = "InsufficientFreeAddressesInSubnet", "The specified subnet does not have enough free addresses to satisfy the request.", "E49";
    /// A count of addresses that is not positive.
    BadAddressCount { count: i64 }
        = "InvalidParameterValue", "Value ({count}) for parameter secondaryPrivateIpAddressCount is invalid. It must be greater than 0.", "E63";
    /// Two addresses marked as primary.
    TwoPrimaries {} = "InvalidParameterValue", "Only one primary private IP address may be specified.", "E64";
    /// More addresses than the instance's type takes on an ENI.
    AddressLimit { eni: EniId, instance_type: InstanceType, count: usize, limit: u16 }
        = "PrivateIpAddressLimitExceeded", "Number of private addresses will exceed limit.", "E61";
    /// More addresses than the instance's type takes on an ENI, at launch.
    LaunchAddressLimit { eni: Option<EniId>, instance_type: InstanceType, count: usize, limit: u16 }
        = "InvalidInterface.IpAddressLimitExceeded", "Number of private addresses will exceed limit.", "E28", Believed;
    /// Addresses are on other ENIs and may not be moved.
    MoveNotAllowed { addresses: AddressList } = "InvalidParameterValue", "[{addresses}] assigned, but move is not allowed.", "E56";
    /// A primary address, which can never be taken.
    PrimaryAddressTaken { ip: Ipv4Addr, eni: EniId } = "InvalidParameterValue", "secondary-addresses", "E57";
    /// Addresses to unassign are not there.
    NotAssigned { eni: EniId, ip: Ipv4Addr }
        = "InvalidParameterValue", "Some of the specified addresses are not assigned to interface {eni}", "E60";
    /// A primary address cannot be unassigned.
    UnassignPrimary { eni: EniId, ip: Ipv4Addr }
        = "InvalidParameterValue", "Address {ip} is primary. The primary IP address of an interface cannot be unassigned.", "E3";

    // Prefixes.
    /// A prefix has another length than prefixes of its family have, or bits of the host.
    BadPrefix { prefix: IpNet, length: u8 }
        = "InvalidParameterValue", "Value ({prefix}) for parameter prefix is invalid. A prefix must be a /{length} on its boundary.", "E66", Believed;
    /// A count of prefixes that is not positive.
    BadPrefixCount { parameter: &'static str, count: i64 }
        = "InvalidParameterValue", "Value ({count}) for parameter {parameter} is invalid. It must be greater than 0.", "E63", Believed;
    /// A prefix outside the subnet.
    PrefixOutsideSubnet { prefix: IpNet, subnet: SubnetId }
        = "InvalidParameterValue", "Prefix {prefix} does not fall within the subnet's address range", "E66", Believed;
    /// A prefix over addresses that nobody may have.
    PrefixReserved { prefix: IpNet, subnet: SubnetId }
        = "InvalidParameterValue", "Prefix {prefix} is in subnet's reserved address range", "E66", Believed;
    /// An ENI has an address of the prefix, or the prefix.
    PrefixInUse { prefix: IpNet, eni: EniId } = "InvalidIPAddress.InUse", "The specified prefix {prefix} is already in use.", "E66", Believed;
    /// Enough free addresses, but not sixteen in a row.
    SubnetFragmented { subnet: SubnetId, wanted: u64 }
        = "InsufficientCidrBlocks", "The specified subnet does not have enough free cidr blocks to satisfy the request.", "E71";
    /// Too few free addresses for the prefixes.
    TooFewForPrefixes { subnet: SubnetId, wanted: u64, free: u32 }
        = "InvalidParameterValue", "There aren't sufficient free Ipv4 addresses or prefixes", "E71";
    /// A prefix to take away is not there.
    PrefixNotAssigned { eni: EniId, prefix: IpNet }
        = "InvalidParameterValue", "Some of the specified prefixes are not assigned to interface {eni}", "E60", Believed;

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
    // Security groups.
    /// The name is taken in the VPC.
    GroupDuplicate { group_name: String, vpc: VpcId } = "InvalidGroup.Duplicate", "The security group '{group_name}' already exists for VPC '{vpc}'", "S8";
    /// The name is kept for the VPC's own group.
    GroupReserved { group_name: String } = "InvalidGroup.Reserved", "The security group name '{group_name}' is reserved", "S8", Believed;
    /// The name is not one that AWS takes.
    BadGroupName { group_name: String }
        = "InvalidParameterValue", "Value ({group_name}) for parameter GroupName is invalid. Group names may not be in the format sg-* and have 1 to 255 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*", "S8", Believed;
    /// As many groups as the region takes.
    GroupLimit { limit: usize } = "SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.", "S9", Believed;
    /// The rule is there already.
    RuleDuplicate { rule: GroupRuleId, text: String } = "InvalidPermission.Duplicate", "the specified rule \"{text}\" already exists", "S19";
    /// The same rule twice in one call.
    RuleTwice {} = "InvalidParameterValue", "The same permission must not appear multiple times", "S19", Believed;
    /// More rules than a group takes in one direction and family.
    RuleLimit { group: GroupId, limit: usize }
        = "RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.", "S9";
    /// No such permission in the group.
    RuleNotFound { group: GroupId } = "InvalidPermission.NotFound", "The specified rule does not exist in this security group.", "S20";
    /// A rule keeps the kind of its other end: a block cannot become a group.
    RuleKind { rule: GroupRuleId, existing: PeerKindText, given: PeerKindText }
        = "InvalidParameterValue", "You may not specify {given} for an existing {existing:#} rule.", "S18";
    /// A VPC's own group cannot be deleted.
    DefaultGroup { group: GroupId } = "CannotDelete", "the specified group: \"{group}\" name: \"default\" cannot be deleted by a user", "S6";
    /// An ENI carries the group, or another group names it.
    GroupInUse { group: GroupId } = "DependencyViolation", "resource {group} has a dependent object", "X3";
    // Managed prefix lists.
    /// The name is not one that AWS takes.
    BadPrefixListName { list_name: String }
        = "InvalidParameterValue", "Value ({list_name}) for parameter prefixListName is invalid. It must have 1 to 255 characters and cannot start with com.amazonaws.", "S12", Believed;
    /// As many prefix lists as the region takes.
    PrefixListLimit { limit: usize } = "ResourceLimitExceeded", "The maximum number of prefix lists has been reached.", "S10", Believed;
    /// More entries than the list may have.
    PrefixListFull { limit: usize }
        = "PrefixListMaxEntriesExceeded", "You have reached the maximum number of entries for the prefix list ({limit}).", "S10", Believed;
    /// More entries than one request adds or takes away.
    TooManyEntries { limit: usize } = "InvalidParameterValue", "The number of entries per request cannot exceeds limit ({limit}).", "S10";
    /// The block is of the other family.
    PrefixListFamily { cidr: IpNet, family: &'static str }
        = "InvalidParameterValue", "The CIDR ({cidr}) is not valid for the address family ({family}).", "S12", Believed;
    /// The entry to take away is not there, the one to add is, or it is named twice.
    BadPrefixListChange { cidr: IpNet } = "InvalidPrefixListModification", "The modification of the entry {cidr} is not valid.", "S10", Believed;
    /// Entries and the size of a list change one after the other.
    EntriesAndSize {}
        = "InvalidParameterCombination", "You cannot modify the entries and the maximum entries for the prefix list in the same request.", "S10";
    /// The list has changed since.
    PrefixListVersionMismatch { version: u64 } = "PrefixListVersionMismatch", "The prefix list has the incorrect version number.", "S10";
    /// The list never had this version, or it is kept no longer.
    PrefixListVersionUnknown { list: PrefixListId, version: i64 }
        = "InvalidParameterValue", "The specified value for version is not valid. The prefix list {list} has no earlier version {version}.", "S10", Believed;
    /// Something is under way with the list.
    PrefixListBusy { list: PrefixListId, state: &'static str }
        = "IncorrectState", "The request cannot be completed while the prefix list ({list}) is in the current state ({state}).", "S10";
    /// AWS keeps the list.
    PrefixListOfAws { list: PrefixListId } = "AuthFailure", "You do not have permission to access the specified resource.", "S12", Believed;
    // Network ACLs.
    /// As many network ACLs as a VPC takes.
    AclLimit { limit: usize } = "NetworkAclLimitExceeded", "The maximum number of network ACLs has been reached.", "N14", Believed;
    /// The number is used in that direction.
    AclEntryExists { acl: AclId, number: u16 }
        = "NetworkAclEntryAlreadyExists", "The network acl entry identified by {number} already exists.", "N13";
    /// The number is not used in that direction.
    AclEntryNotFound { acl: AclId, number: u16 }
        = "InvalidNetworkAclEntry.NotFound", "The network acl entry identified by {number} does not exist.", "N13", Believed;
    /// More entries than an ACL takes in one direction and family.
    AclEntryLimit { acl: AclId, limit: usize }
        = "NetworkAclEntryLimitExceeded", "The maximum number of network acl entries has been reached.", "N14", Believed;
    /// A VPC's own ACL cannot be deleted.
    DefaultAcl { acl: AclId } = "InvalidParameterValue", "cannot delete default network ACL {acl}", "N16";
    /// A subnet uses the ACL.
    AclInUse { acl: AclId } = "DependencyViolation", "The networkAcl '{acl}' has dependencies and cannot be deleted.", "N16";
    /// ACL and subnet are in different VPCs.
    AclOfOtherVpc { acl: AclId, subnet: SubnetId }
        = "InvalidParameterValue", "network acl {acl} and subnet {subnet} belong to different networks", "N1", Believed;
    // Route tables.
    /// A route without a target.
    NoRouteTarget {} = "MissingParameter", "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId or coreNetworkArn", "R9";
    /// A route with several targets.
    SeveralRouteTargets {} = "InvalidParameterCombination", "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId or coreNetworkArn", "R9";
    /// The table has a route to this destination.
    RouteExists { table: RouteTableId, destination: RouteDestination } = "RouteAlreadyExists", "The route identified by {destination} already exists.", "R8";
    /// The table has no route to this destination, to be replaced.
    NoRouteToReplace { table: RouteTableId, destination: RouteDestination } = "InvalidParameterValue", "There is no route defined for '{destination}' in the route table. Use CreateRoute instead.", "R8";
    /// The table has no route to this destination, to be deleted.
    RouteNotFound { table: RouteTableId, destination: RouteDestination } = "InvalidRoute.NotFound", "no route with destination-cidr-block {destination} in route table {table}", "X3";
    /// A local route cannot be deleted.
    LocalRoute { table: RouteTableId, destination: RouteDestination } = "InvalidParameterValue", "cannot remove local route {destination} in route table {table}", "R3";
    /// The route of a gateway endpoint cannot be changed by hand.
    EndpointRoute { table: RouteTableId, destination: RouteDestination } = "InvalidParameterValue", "cannot modify the route of a gateway endpoint {destination} in route table {table}", "R18", Believed;
    /// Table and target, or table and subnet or gateway, are in different VPCs.
    DifferentNetwork { table: RouteTableId, neighbour: RouteNeighbour } = "InvalidParameterValue", "route table {table} and {neighbour} belong to different networks", "R9";
    /// More specific than the local route, and not a whole subnet or not a target for that.
    InsideLocal { table: RouteTableId, destination: IpNet } = "InvalidParameterValue", "The destination CIDR block {destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.", "R7";
    /// A gateway's table leads to ENIs and the local network only.
    EdgeTarget { table: RouteTableId } = "InvalidParameterValue", "Route target is not supported. This route only supports interface and instance targets.", "R28";
    /// A gateway's table leads to the VPC or to a whole subnet of it, nowhere else.
    EdgeDestination { table: RouteTableId, destination: IpNet } = "InvalidParameterValue", "Route destination doesn't match any subnet CIDR blocks.", "R28", Believed;
    /// The playground has no such target, or AWS does not take it for this destination.
    UnsupportedTarget { table: RouteTableId, target: String } = "RouteNotSupported", "Route table contains unsupported route target: {target}. VPC Endpoints of this type cannot be used as route targets.", "R9";
    /// Addresses of AWS's own services cannot be a destination.
    ServiceDestination { destination: IpNet } = "InvalidParameterValue", "Value ({destination}) for parameter destinationCidrBlock is invalid. It is reserved for AWS services.", "R14", Believed;
    /// As many routes as a table takes in one family.
    RouteLimit { table: RouteTableId, limit: usize } = "RouteLimitExceeded", "The maximum number of routes per route table has been reached.", "R17", Believed;
    /// As many route tables as a VPC takes.
    RouteTableLimit { limit: usize } = "RouteTableLimitExceeded", "The maximum number of route tables has been reached.", "R17", Believed;
    /// The table is a VPC's main one, or something uses it.
    RouteTableInUse { table: RouteTableId } = "DependencyViolation", "The routeTable '{table}' has dependencies and cannot be deleted.", "R2";
    /// The subnet or gateway uses another table.
    SubnetHasTable { table: RouteTableId, other: RouteTableId } = "Resource.AlreadyAssociated", "the specified association for route table {table} conflicts with an existing association", "R1";
    /// A main table cannot be left without its VPC.
    MainAssociation { association: RouteTableAssociationId } = "InvalidParameterValue", "cannot disassociate the main route table association {association}", "R2", Believed;
    // VPC endpoints.
    /// No such VPC endpoint.
    EndpointNotFound { endpoint: EndpointId } = "InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '{endpoint}' does not exist", "X4", Believed;
    /// AWS has no endpoints for this service, or the playground does not know it.
    EndpointServiceNotFound { service: String } = "InvalidServiceName", "The Vpc Endpoint Service '{service}' does not exist", "X4", Believed;
    /// The service has endpoints of the other type only.
    EndpointTypeOfService { wanted: &'static str, has: &'static str } = "InvalidParameter", "Endpoint type ({wanted}) does not match available service types ([{has}]).", "R55", Believed;
    /// A parameter that endpoints of this type do not have.
    NotForEndpointType { parameter: &'static str, kind: &'static str } = "InvalidParameter", "The parameter {parameter} cannot be used with an endpoint of the type {kind}.", "R55", Believed;
    /// A route table or subnet of another VPC.
    NotInEndpointsVpc { what: String, vpc: VpcId } = "InvalidParameter", "{what} does not belong to {vpc}.", "R56", Believed;
    /// A route table or subnet that the endpoint does not use.
    NotOfEndpoint { what: String, endpoint: EndpointId } = "InvalidParameter", "{what} is not associated with {endpoint}.", "R56", Believed;
    /// The table leads to the service already.
    EndpointRouteExists { table: RouteTableId, list: PrefixListId } = "RouteAlreadyExists", "route table {table} already has a route with destination-prefix-list-id {list}", "R8", Believed;
    /// The endpoint has an ENI in that zone.
    EndpointZoneTaken { subnet: SubnetId } = "DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone of {subnet}", "R56", Believed;
    /// Private names need both DNS attributes of the VPC.
    PrivateDnsNeedsNames { vpc: VpcId } = "InvalidParameter", "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc}", "P42", Believed;
    /// Another endpoint of the VPC has the service's name.
    PrivateDnsTaken { endpoint: EndpointId, vpc: VpcId } = "InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC {vpc}", "P42", Believed;
    /// An endpoint's ENIs cannot be left without a group.
    LastEndpointGroup { endpoint: EndpointId } = "InvalidParameter", "{endpoint} must have at least one security group.", "E6", Believed;
    /// As many endpoints as the region or the VPC takes.
    EndpointLimit { limit: usize } = "VpcEndpointLimitExceeded", "The maximum number of VPC endpoints has been reached.", "X4", Believed;
    // VPC peering connections.
    /// The other side is in another account or region, where the playground is not.
    PeerElsewhere { parameter: &'static str } = "UnsupportedOperation", "The playground has one account and one Region: {parameter} must name these, or be left out.", "R52", Modelled;
    /// The two VPCs have a peering connection.
    PeeringExists { peering: PeeringId } = "VpcPeeringConnectionAlreadyExists", "The VPC peering connection {peering} between these VPCs already exists.", "R52", Believed;
    /// As many peering connections as a VPC takes.
    PeeringLimit { limit: usize } = "VpcPeeringConnectionsPerVpcLimitExceeded", "The maximum number of VPC peering connections per VPC has been reached.", "X4", Believed;
    /// Nobody is asked for the peering connection any more, or not yet.
    PeeringNotPending { peering: PeeringId, state: &'static str } = "InvalidStateTransition", "VpcPeeringConnectionID {peering} is not in the correct state for the request.", "X3", Believed;
    /// The peering connection is over and cannot be deleted.
    PeeringOver { peering: PeeringId, state: &'static str } = "InvalidStateTransition", "VpcPeeringConnectionID {peering} is not in the correct state for the request.", "R52", Believed;
    /// Only an active peering connection has options.
    PeeringNotActive { peering: PeeringId, state: &'static str } = "OperationNotPermitted", "Peering {peering} is not active. Peering options can be added only to active peerings.", "R52", Believed;
    // Internet gateways.
    /// As many internet gateways as the region takes.
    InternetGatewayLimit { limit: usize } = "InternetGatewayLimitExceeded", "The maximum number of internet gateways has been reached.", "X4", Believed;
    /// The gateway is attached.
    GatewayAttached { gateway: InternetGatewayId, vpc: VpcId } = "Resource.AlreadyAssociated", "resource {gateway} is already attached to network {vpc}", "R30";
    /// The VPC has a gateway.
    VpcHasGateway { vpc: VpcId, gateway: InternetGatewayId } = "InvalidParameterValue", "Network {vpc} already has an internet gateway attached", "R30";
    /// The gateway is not attached to that VPC.
    GatewayNotAttached { gateway: InternetGatewayId, vpc: VpcId } = "Gateway.NotAttached", "resource {gateway} is not attached to network {vpc}", "X3";
    /// Public addresses of the VPC are mapped.
    PublicAddressesMapped { vpc: VpcId } = "DependencyViolation", "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.", "R36";
    /// The gateway is attached and cannot be deleted.
    GatewayInUse { gateway: InternetGatewayId } = "DependencyViolation", "The internetGateway '{gateway}' has dependencies and cannot be deleted.", "X3";

    /// No such egress-only internet gateway.
    EgressOnlyGatewayNotFound { gateway: EgressOnlyGatewayId } = "InvalidGatewayID.NotFound", "The eigw ID '{gateway}' does not exist", "X4", Believed;
    /// The VPC has an egress-only internet gateway.
    VpcHasEgressOnlyGateway { vpc: VpcId, gateway: EgressOnlyGatewayId } = "InvalidParameterValue", "Network {vpc} already has an egress only internet gateway attached", "R37", Believed;
    /// As many egress-only internet gateways as the region takes.
    EgressOnlyGatewayLimit { limit: usize } = "EgressOnlyInternetGatewayLimitExceeded", "The maximum number of egress only internet gateways has been reached.", "R37", Believed;
    // VPN.
    /// No such customer gateway.
    CustomerGatewayNotFound { gateway: CustomerGatewayId } = "InvalidCustomerGatewayID.NotFound", "The customerGateway ID '{gateway}' does not exist", "R51", Believed;
    /// No such VPN connection.
    VpnConnectionNotFound { connection: VpnConnectionId } = "InvalidVpnConnectionID.NotFound", "The vpnConnection ID '{connection}' does not exist", "R51", Believed;
    /// The gateway is attached to another VPC.
    VpnGatewayAttached { gateway: VpnGatewayId, vpc: VpcId } = "Resource.AlreadyAssociated", "resource {gateway} is already attached to network {vpc}", "R51", Believed;
    /// The VPC has a virtual private gateway.
    VpcHasVpnGateway { vpc: VpcId, gateway: VpnGatewayId } = "VpnGatewayAttachmentLimitExceeded", "Network {vpc} already has a virtual private gateway attached", "X4", Believed;
    /// The gateway is not attached to that VPC.
    VpnGatewayNotAttached { gateway: VpnGatewayId, vpc: VpcId } = "Gateway.NotAttached", "resource {gateway} is not attached to network {vpc}", "R51", Believed;
    /// The gateway is attached, or connections end at it.
    VpnGatewayInUse { gateway: VpnGatewayId } = "IncorrectState", "The vpnGateway '{gateway}' is in use", "R51", Believed;
    /// Connections end at the customer gateway.
    CustomerGatewayInUse { gateway: CustomerGatewayId } = "IncorrectState", "The customer gateway '{gateway}' is in use.", "R51", Believed;
    /// As many virtual private gateways as the region takes.
    VpnGatewayLimit { limit: usize } = "VpnGatewayLimitExceeded", "The maximum number of virtual private gateways has been reached.", "X4", Believed;
    /// As many customer gateways as the region takes.
    CustomerGatewayLimit { limit: usize } = "CustomerGatewayLimitExceeded", "The maximum number of customer gateways has been reached.", "X4", Believed;
    /// As many connections as a gateway takes.
    VpnConnectionLimit { limit: usize } = "VpnConnectionLimitExceeded", "The maximum number of VPN connections has been reached.", "X4", Believed;
    /// The connection's routes are told by BGP.
    VpnRoutesNotStatic { connection: VpnConnectionId } = "InvalidParameterValue", "The VPN connection {connection} does not use static routes.", "R51", Believed;
    /// The connection has no such route.
    VpnRouteNotFound { connection: VpnConnectionId, destination: RouteDestination } = "InvalidRoute.NotFound", "The VPN connection {connection} has no route {destination}.", "R51", Believed;
    // Routes and tables, continued.
    /// No such transit gateway.
    TransitGatewayNotFound { gateway: TransitGatewayId } = "InvalidTransitGatewayID.NotFound", "Transit Gateway {gateway} was deleted or does not exist.", "R9", Believed;
    /// An egress-only internet gateway carries IPv6 only.
    Ipv6TargetOnly { destination: IpNet } = "InvalidParameterValue", "Value ({destination}) for parameter destinationCidrBlock is invalid. An egress only internet gateway takes IPv6 destinations only.", "R37", Believed;
    /// A gateway never uses a main table.
    MainTableAtEdge { table: RouteTableId } = "InvalidParameterValue", "The main route table {table} cannot be associated with a gateway.", "R28", Believed;
    /// A gateway's table takes no propagated routes.
    PropagationAtEdge { table: RouteTableId } = "InvalidParameterValue", "Route table {table} cannot have route propagation and an association with a gateway.", "R28", Believed;
    /// The table leads where a gateway's table does not.
    RouteAtEdge { table: RouteTableId, destination: RouteDestination } = "InvalidParameterValue", "Route table {table} has the route {destination}, which a route table of a gateway cannot have.", "R28", Believed;
    // NAT gateways.
    /// As many NAT gateways as a zone takes.
    NatGatewayLimit { zone: Zone, limit: usize } = "NatGatewayLimitExceeded", "Performing this operation would exceed the limit of {limit} NAT gateways", "R49";
    /// A parameter of the other kind of gateway.
    NatConnectivity { parameter: &'static str, connectivity: &'static str } = "InvalidParameterCombination", "The parameter {parameter} cannot be used with a NAT gateway of connectivity type {connectivity}.", "R39", Believed;
    /// More addresses than a gateway takes.
    NatAddressLimit { limit: usize } = "PrivateIpAddressLimitExceeded", "Number of private addresses will exceed limit.", "R43", Believed;
    /// The gateway does not work yet, or any more.
    NatGatewayNotReady { gateway: NatGatewayId, state: &'static str } = "IncorrectState", "The NAT gateway {gateway} is in the state {state}.", "R38", Believed;
    /// A gateway keeps its primary address.
    NatPrimaryAddress { gateway: NatGatewayId, association: AssociationId } = "InvalidParameterValue", "The primary Elastic IP address of NAT gateway {gateway} cannot be disassociated.", "R43", Believed;
}
