//! Refusals of route tables, gateways, endpoints and peering connections: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! path_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
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
    /// As large as the local route or more specific, and not a target for that.
    InsideLocal { table: RouteTableId, destination: IpNet } = "InvalidParameterValue", "The destination CIDR block {destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.", "R7";
    /// More specific than the local route, to a target for that, and not a whole subnet.
    NoSuchSubnetBlock { table: RouteTableId, destination: IpNet } = "InvalidParameterValue", "Route destination doesn't match any subnet CIDR blocks.", "R7", Believed;
    /// A route to `local` for addresses that are not the VPC's own.
    LocalOutside { table: RouteTableId, destination: IpNet } = "InvalidParameterValue", "The destination CIDR block {destination} is not one of this VPC's CIDR blocks. Only those can target local.", "R7", Believed;
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

    // Routes and tables, continued.
    /// An egress-only internet gateway carries IPv6 only.
    Ipv6TargetOnly { destination: IpNet } = "InvalidParameterValue", "Value ({destination}) for parameter destinationCidrBlock is invalid. An egress only internet gateway takes IPv6 destinations only.", "R37", Believed;
    /// A gateway never uses a main table.
    MainTableAtEdge { table: RouteTableId } = "InvalidParameterValue", "The main route table {table} cannot be associated with a gateway.", "R28", Believed;
    /// A gateway's table takes no propagated routes.
    PropagationAtEdge { table: RouteTableId } = "InvalidParameterValue", "Route table {table} cannot have route propagation and an association with a gateway.", "R28", Believed;
    /// The table leads where a gateway's table does not.
    RouteAtEdge { table: RouteTableId, destination: RouteDestination } = "InvalidParameterValue", "Route table {table} has the route {destination}, which a route table of a gateway cannot have.", "R28", Believed;

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

    // Flow logs.
    /// No such flow logs.
    FlowLogNotFound { flow_logs: FlowLogList } = "InvalidFlowLogId.NotFound", "These flow log ids in the input list are not found: {flow_logs}", "X3", Believed;
    /// The resource has a flow log that is set to the same.
    FlowLogExists { flow_log: FlowLogId } = "FlowLogAlreadyExists", "Error. There is an existing Flow Log with the same configuration and log destination.", "F3";
    /// As many flow logs as a resource takes.
    FlowLogLimit { limit: usize } = "FlowLogsLimitExceeded", "The maximum number of flow logs for this resource has been reached.", "X4", Believed;
    /// Records stand for a minute or for ten.
    FlowLogInterval { seconds: i64 } = "InvalidParameter", "Invalid Flow Log Max Aggregation Interval", "F2";
    /// A parameter that is needed beside another one.
    FlowLogLacks { parameter: &'static str, with: String } = "InvalidParameter", "{parameter} can't be empty if {with}.", "F21";
    /// A log group where records go elsewhere.
    FlowLogGroupElsewhere {} = "InvalidParameter", "LogDestination type must be cloud-watch-logs if LogGroupName is provided.", "F21";
    /// A parameter that this type of destination does not have.
    FlowLogUnsuited { parameter: &'static str, kind: String } = "InvalidParameter", "{parameter} cannot be used with the log destination type {kind}.", "F21", Believed;
    /// The ARN is not of something that records can go to.
    FlowLogDestination { destination: String } = "InvalidParameter", "LogDestination: {destination} is not valid for this log destination type.", "F2", Believed;
    /// The format names a field that there is not, or none.
    FlowLogFormat { field: String } = "InvalidParameter", "Unknown fields provided: {field}", "F20", Believed;

    // Log groups, with the codes of CloudWatch Logs.
    /// There is such a log group.
    LogGroupExists {} = "ResourceAlreadyExistsException", "The specified log group already exists", "F24", Believed;
    /// No such log group.
    LogGroupNotFound {} = "ResourceNotFoundException", "The specified log group does not exist.", "F24", Believed;

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
    } };
}
