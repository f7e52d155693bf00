//! Refusals of VPCs, subnets, their blocks, and the addresses and prefixes that ENIs take from them: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! network_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
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
    UnknownZone { zone: Zone, zones: String }
        = "InvalidParameterValue", "Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: {zones}.", "X3";
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
    /// A further block with addresses that a peered VPC has.
    BlockOfPeer { cidr: Ipv4Net, other: Ipv4Net, peering: PeeringId }
        = "CidrConflict", "The CIDR '{cidr}' conflicts with the CIDR '{other}' of the other VPC of '{peering}'", "R52", Believed;
    /// No further block as long as the VPC waits for another one to accept a peering connection.
    BlockWhilePeeringWaits { vpc: VpcId, peering: PeeringId }
        = "OperationNotPermitted", "CIDR blocks cannot be added to '{vpc}' while '{peering}' is pending acceptance", "R52", Believed;
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
    /// Another ENI has the address, at launch.
    LaunchAddressInUse { ip: Ipv4Addr, eni: EniId } = "InvalidIPAddress.InUse", "Address {ip} is in use.", "E50", Believed;
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

    // Reservations of subnets.
    /// No such reservation.
    ReservationNotFound { reservation: SubnetReservationId }
        = "InvalidSubnetCidrReservationID.NotFound", "The subnet CIDR reservation ID '{reservation}' does not exist", "E65", Believed;
    /// A range outside the subnet's blocks.
    ReservationOutside { cidr: IpNet, subnet: SubnetId }
        = "InvalidParameterValue", "Reservation CIDR {cidr} is not within the CIDR blocks of subnet {subnet}", "E65", Believed;
    /// A range that overlaps one that is reserved already.
    ReservationOverlaps { cidr: IpNet, other: IpNet }
        = "InvalidParameterValue", "Reservation CIDR {cidr} has overlap with existing reserved CIDR block", "E65";

    // IPv6 addresses.
    /// An IPv6 address outside the subnet.
    Ipv6OutsideSubnet { ip: Ipv6Addr, subnet: SubnetId }
        = "InvalidParameterValue", "Address {ip} does not fall within the subnet's IPv6 address range", "E72", Believed;
    /// One of the five IPv6 addresses that nobody may have.
    Ipv6Reserved { ip: Ipv6Addr, subnet: SubnetId }
        = "InvalidParameterValue", "Address {ip} is in subnet's reserved address range", "E72", Believed;
    /// Another ENI has the IPv6 address, and it is never taken from it.
    Ipv6InUse { ip: Ipv6Addr, eni: EniId } = "InvalidIPAddress.InUse", "The specified address {ip} is already in use.", "E74", Believed;
    /// The same IPv6 address, or one of a prefix, twice in one call.
    Ipv6Twice { ip: Ipv6Addr } = "InvalidParameterValue", "Address {ip} may be specified only once", "E50", Believed;
    /// More IPv6 addresses than the instance's type takes on an ENI.
    Ipv6Limit { eni: EniId, instance_type: InstanceType, count: usize, limit: u16 }
        = "Ipv6AddressLimitExceeded", "Number of IPv6 addresses will exceed limit.", "E75", Believed;
    /// An IPv6 address to unassign is not there.
    Ipv6NotAssigned { eni: EniId, ip: Ipv6Addr }
        = "InvalidParameterValue", "Some of the specified addresses are not assigned to interface {eni}", "E60", Believed;
    /// The primary IPv6 address stays as long as the ENI is attached.
    PrimaryIpv6Stays { eni: EniId, ip: Ipv6Addr }
        = "OperationNotPermitted", "The primary IPv6 address {ip} of interface {eni} cannot be changed while it is attached.", "E77", Believed;
    /// An ENI without an IPv6 address has none that could be the primary one.
    NoPrimaryIpv6 {} = "InvalidParameterCombination", "A primary IPv6 address requires an IPv6 address on the network interface.", "E77", Believed;
    } };
}
