//! Ways to what lies behind a virtual private gateway (section 6.7).

use crate::addr::{IpAddr, IpNet, Ipv4Net};
use crate::control::command::{Command, RouteTargetInput};
use crate::id::{VpcId, VpnGatewayId};
use crate::model::network::Network;
use crate::model::route_table::{Destination, RouteTable, RouteTarget};
use crate::model::vpn::VpnGateway;

/// What lies behind the gateway comes into a table by propagation, or by a route that is written. An address that no connection tells of gets a route
/// for itself, where the gateway has a connection: what that leads to is asked next.
pub(super) fn ways(network: &Network, table: &RouteTable, destination: IpAddr, replace: bool) -> Vec<Vec<Command>> {
    let IpAddr::V4(ip) = destination else { return Vec::new() };
    let known = network.on_premises(destination);
    let Some(gateway) = known.or_else(|| idle(network, table.vpc, ip.is_private())).filter(|gateway| gateway.vpc == Some(table.vpc)) else {
        return Vec::new();
    };
    let told = network.vpn_connection_to(gateway.id, destination);
    let block = told.and_then(|connection| connection.routes.iter().find(|block| block.contains(&ip)).copied());
    let Some(block) = block.or_else(|| Ipv4Net::new(ip, 32).ok()) else { return Vec::new() };
    let targets = vec![RouteTargetInput::Target(RouteTarget::VpnGateway(gateway.id))];
    let written = Command::SetRoute { table: table.id, destination: Destination::Cidr(IpNet::V4(block)), targets, replace };
    let propagated = known.map(|_| vec![Command::SetVgwRoutePropagation { table: table.id, gateway: gateway.id, on: true }]);
    propagated.into_iter().chain([vec![written]]).collect()
}

/// The gateway of a VPC with a connection that takes further routes.
fn idle(network: &Network, vpc: VpcId, is_private: bool) -> Option<&VpnGateway> {
    let takes = |gateway: &&VpnGateway| {
        network.vpn_connections().any(|connection| connection.vpn_gateway == gateway.id && connection.static_routes_only)
    };
    network.vpn_gateway_of(vpc).filter(|_| is_private).filter(takes)
}

/// A static route of a connection to an address that no connection of the gateway leads to (`R60`).
pub(super) fn route_of_connection(network: &Network, gateway: VpnGatewayId, address: IpAddr) -> Vec<Vec<Command>> {
    let Some(destination) = (match address {
        IpAddr::V4(ip) => Ipv4Net::new(ip, 32).ok(),
        IpAddr::V6(_) => None,
    }) else {
        return Vec::new();
    };
    let takes = network.vpn_connections().filter(|connection| connection.vpn_gateway == gateway && connection.static_routes_only);
    takes.map(|connection| vec![Command::SetVpnConnectionRoute { connection: connection.id, destination, there: true }]).collect()
}

/// A gateway that routes lead to, and that is attached to no VPC, comes back.
pub(super) fn attach(network: &Network, gateway: VpnGatewayId, vpc: VpcId) -> Vec<Vec<Command>> {
    let free = network.vpn_gateway(gateway).filter(|gateway| gateway.vpc.is_none());
    free.map(|gateway| vec![Command::AttachVpnGateway { gateway: gateway.id, vpc }]).into_iter().collect()
}
