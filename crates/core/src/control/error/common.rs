//! Refusals of shapes, of ids that name nothing, and of what is somebody else's: rows of the table in [`super`].

/// Hands the first rows to the next macro in the list.
macro_rules! common_rows {
    ([$next:ident $($more:ident)*]) => { $next! { [$($more)*]
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
    BadTag { key: String } = "InvalidParameterValue", "Tag key '{key}' is invalid: 1 to 127 characters, value at most 256 characters, no control characters", "E10", Believed;
    /// A tag without a key.
    EmptyTagKey {} = "InvalidParameterValue", "Value ( '' ) for parameter Tag key is invalid. Tag key cannot be null or empty.", "E10";
    /// Tags are to be given, and none is named.
    NoTags {} = "InvalidParameterValue", "You must specify one or more tags to create", "E10";
    /// A tag's key begins as those of AWS do.
    ReservedTag { key: String } = "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use", "E10";

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
    /// No such NAT gateway, where a route is to lead to one.
    RouteNatGatewayNotFound { gateway: NatGatewayId } = "InvalidNatGatewayID.NotFound", "The natGateway ID '{gateway}' does not exist", "X3";
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
    } };
}
