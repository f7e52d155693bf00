//! Refusals of AWS Lambda and of Amazon EFS: rows of the table in [`super`]. Their codes are those services' own.

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! function_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // Functions.
    /// No such function.
    FunctionNotFound { region: String, account: String, function: String }
        = "ResourceNotFoundException", "Function not found: arn:aws:lambda:{region}:{account}:function:{function}", "R90";
    /// There is one of that name.
    FunctionExists { function: String } = "ResourceConflictException", "Function already exist: {function}", "R90", Believed;
    /// Subnets without groups, or groups without subnets.
    FunctionVpcHalf {}
        = "InvalidParameterValueException", "SubnetIds and SecurityIds must coexist or be both empty list.", "R90", Believed;
    /// More subnets or groups than a function takes.
    FunctionVpcLimit { member: &'static str, count: usize, limit: usize }
        = "InvalidParameterValueException", "{count} values at 'vpcConfig.{member}' failed to satisfy constraint: Member must have length less than or equal to {limit}", "R90", Believed;
    /// No such subnet.
    FunctionSubnetNotFound { subnet: SubnetId }
        = "InvalidParameterValueException", "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '{subnet}' does not exist", "R90", Believed;
    /// Subnets of two VPCs.
    FunctionSubnetsApart { subnet: SubnetId, vpc: VpcId }
        = "InvalidParameterValueException", "Subnet '{subnet}' is not in VPC '{vpc}': all subnets must be in one VPC.", "R90", Believed;
    /// No such group.
    FunctionGroupNotFound { group: GroupId }
        = "InvalidParameterValueException", "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group '{group}' does not exist", "R90", Believed;
    /// A group of another VPC than the subnets.
    FunctionGroupElsewhere { group: GroupId, vpc: VpcId }
        = "InvalidParameterValueException", "Security Groups are required to be in the same VPC: '{group}' is not in '{vpc}'.", "R90", Believed;
    /// It is being made or changed.
    FunctionBusy { function: String }
        = "ResourceConflictException", "The operation cannot be performed at this time. An update is in progress for resource: {function}", "R91", Believed;
    /// It cannot be called yet, or at all.
    FunctionNotReady { function: String, state: &'static str }
        = "ResourceConflictException", "The operation cannot be performed at this time. The function is currently in the following state: {state}", "R91";
    /// A new execution environment would need an ENI, and the region takes no further one.
    FunctionEniLimit { limit: usize }
        = "ENILimitReachedException", "Lambda couldn't create an elastic network interface in the VPC, specified as part of Lambda function configuration, because the limit for network interfaces has been reached.", "R95";
    /// A new execution environment would need an address, and no subnet has one.
    FunctionSubnetFull { function: String }
        = "SubnetIPAddressLimitReachedException", "Lambda couldn't set up VPC access for the Lambda function because one or more configured subnets has no available IP addresses.", "R95";
    /// A subnet of the function was deleted while it had no ENI there.
    FunctionSubnetGone { function: String, subnet: SubnetId }
        = "InvalidSubnetIDException", "The subnet ID provided in the Lambda function VPC configuration is not valid: {subnet}", "R95", Believed;
    /// A group of the function was deleted while no ENI had it.
    FunctionGroupGone { function: String, group: GroupId }
        = "InvalidSecurityGroupIDException", "The security group ID provided in the Lambda function VPC configuration is not valid: {group}", "R95", Believed;

    // File systems.
    /// No such file system.
    FileSystemNotFound { file_system: FileSystemId } = "FileSystemNotFound", "File system '{file_system}' does not exist.", "R96", Believed;
    /// The creation token made one already.
    FileSystemExists { file_system: FileSystemId, token: String }
        = "FileSystemAlreadyExists", "File system '{file_system}' already exists with creation token '{token}'", "R96", Believed;
    /// It has mount targets.
    FileSystemInUse { file_system: FileSystemId } = "FileSystemInUse", "File system '{file_system}' has mount targets created in it.", "R97", Believed;
    /// No such mount target.
    MountTargetNotFound { target: MountTargetId } = "MountTargetNotFound", "Mount target '{target}' does not exist.", "R96", Believed;
    /// The file system has one in that zone.
    MountTargetZoneTaken { target: MountTargetId } = "MountTargetConflict", "mount target already exists in this AZ", "R96", Believed;
    /// The file system has one in another VPC.
    MountTargetOtherVpc { target: MountTargetId, vpc: VpcId }
        = "MountTargetConflict", "requested subnet for new mount target is not in the same VPC as existing mount targets", "R96", Believed;
    /// It is on its way, or on its way off.
    MountTargetState { target: MountTargetId, state: &'static str }
        = "IncorrectMountTargetState", "Mount target '{target}' is in state '{state}': it must be available.", "R98", Believed;
    /// No such subnet.
    MountSubnetNotFound { subnet: SubnetId } = "SubnetNotFound", "The subnet ID '{subnet}' does not exist", "R96", Believed;
    /// The subnet is full.
    MountSubnetFull { subnet: SubnetId } = "NoFreeAddressesInSubnet", "The specified subnet '{subnet}' does not have enough free addresses.", "E49", Believed;
    /// Somebody has the address.
    MountAddressInUse { ip: Ipv4Addr } = "IpAddressInUse", "Address {ip} is in use.", "E50", Believed;
    /// The subnet cannot give the address.
    MountAddressOutside { ip: Ipv4Addr, subnet: SubnetId }
        = "BadRequest", "Address {ip} does not fall within the subnet's address range of '{subnet}'.", "E48", Believed;
    /// The region takes no further ENI.
    MountEniLimit { limit: usize } = "NetworkInterfaceLimitExceeded", "The maximum number of network interfaces has been reached: {limit}.", "E86", Believed;
    /// More groups than a mount target takes.
    MountGroupLimit { limit: usize } = "SecurityGroupLimitExceeded", "A mount target can have at most {limit} security groups.", "R98", Believed;
    /// No such group in the VPC.
    MountGroupNotFound { group: GroupId } = "SecurityGroupNotFound", "The security group ID '{group}' does not exist in the VPC of the mount target.", "R98", Believed;
    } };
}
