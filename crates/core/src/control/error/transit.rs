//! Refusals of transit gateways: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! transit_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // Transit gateways.
    /// No such transit gateway.
    TransitGatewayNotFound { gateway: TransitGatewayId } = "InvalidTransitGatewayID.NotFound", "Transit Gateway {gateway} was deleted or does not exist.", "R64";
    /// No such transit gateway, where a route is to lead to one; or the VPC has no attachment to it.
    RouteTransitGatewayNotFound { gateway: TransitGatewayId, vpc: VpcId } = "InvalidTransitGatewayID.NotFound", "The transitGateway ID '{gateway}' does not exist.", "R57";
    /// No such attachment.
    TransitAttachmentNotFound { attachment: TransitAttachmentId } = "InvalidTransitGatewayAttachmentID.NotFound", "Transit Gateway Attachment {attachment} was deleted or does not exist.", "R64";
    /// No such route table of a transit gateway.
    TransitTableNotFound { table: TransitTableId } = "InvalidRouteTableID.NotFound", "Transit Gateway Route Table {table} was deleted or does not exist.", "R64", Believed;
    /// As many transit gateways as an account has in a region.
    TransitGatewayLimit { limit: usize } = "TransitGatewayLimitExceeded", "The maximum number of transit gateways has been reached.", "X4", Believed;
    /// It is not available yet, or no more.
    TransitNotAvailable { what: TransitId, state: &'static str } = "IncorrectState", "{what} is in invalid state", "R64", Believed;
    /// Attachments end at the gateway.
    TransitGatewayInUse { gateway: TransitGatewayId, attachment: TransitAttachmentId } = "IncorrectState", "{gateway} has non-deleted VPC Attachments: {attachment}.", "R64";
    /// The VPC has an attachment to the gateway.
    TransitAttachmentExists { gateway: TransitGatewayId, attachment: TransitAttachmentId } = "DuplicateTransitGatewayAttachment", "{gateway} has non-deleted Transit Gateway Attachments with same VPC ID.", "R64";
    /// Two subnets of one zone.
    TransitSubnetsInZone { subnet: SubnetId, zone: Zone } = "DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ", "R65";
    /// A subnet of another VPC.
    TransitSubnetElsewhere { subnet: SubnetId, vpc: VpcId } = "InvalidParameterValue", "{subnet} does not belong to {vpc}.", "R64", Believed;
    /// A subnet that the attachment does not use.
    TransitSubnetUnused { subnet: SubnetId, attachment: TransitAttachmentId } = "InvalidParameterValue", "{subnet} is not associated with {attachment}.", "R64", Believed;
    /// An attachment cannot be left without a subnet.
    TransitLastSubnet { attachment: TransitAttachmentId } = "InvalidParameterValue", "{attachment} must have at least one subnet.", "R64", Believed;
    /// Attachment and table are of different gateways.
    TransitElsewhere { table: TransitTableId, attachment: TransitAttachmentId } = "InvalidParameterValue", "{attachment} and {table} do not belong to the same transit gateway.", "R64", Believed;
    /// The attachment is associated with a table.
    TransitAssociated { attachment: TransitAttachmentId, table: TransitTableId } = "Resource.AlreadyAssociated", "Transit Gateway Attachment {attachment} is already associated to a route table.", "R66";
    /// The attachment is not associated with that table.
    TransitNotAssociated { attachment: TransitAttachmentId, table: TransitTableId } = "InvalidAssociation.NotFound", "Association {attachment} does not exist in Transit Gateway Route Table {table}.", "R66", Believed;
    /// The attachment propagates to the table already.
    TransitPropagates { attachment: TransitAttachmentId, table: TransitTableId } = "TransitGatewayRouteTablePropagation.Duplicate", "Propagation {attachment} already exists in Transit Gateway Route Table {table}.", "R66";
    /// The attachment does not propagate to that table.
    TransitNotPropagating { attachment: TransitAttachmentId, table: TransitTableId } = "TransitGatewayRouteTablePropagation.NotFound", "Propagation {attachment} does not exist in Transit Gateway Route Table {table}.", "R66", Believed;
    /// The table has a static route for the block.
    TransitRouteExists { table: TransitTableId, destination: IpNet } = "RouteAlreadyExists", "Route {destination} already exists in Transit Gateway Route Table {table}.", "R67";
    /// The table has no static route for the block.
    TransitRouteNotFound { table: TransitTableId, destination: IpNet } = "InvalidRoute.NotFound", "Route {destination} does not exist in Transit Gateway Route Table {table}.", "R67", Believed;
    /// The table is a default one, or attachments are associated with it.
    TransitTableInUse { table: TransitTableId, gateway: TransitGatewayId } = "IncorrectState", "Transit Gateway Route Table {table} has associations or is a default route table of {gateway}.", "R66", Believed;
    } };
}
