//! Routes that virtual private gateways propagate into route tables (`R5`, `R6`, `R17`).
//!
//! A table keeps one route for each destination: a static one hides the propagated one of the same destination, which comes back when the static one
//! is deleted.

use super::draft::Draft;
use super::edge;
use super::error::Refusal;
use super::reply::Reply;
use crate::addr::{IpNet, Ipv4Net};
use crate::id::{RouteTableId, VpnGatewayId};
use crate::model::event::Event;
use crate::model::network::Network;
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTarget};
use crate::table::{Set, Table};

/// What is different from the network as it stands, when routes are worked out anew.
#[derive(Default)]
pub(super) struct Difference {
    /// Other routes of a gateway.
    pub routes: Option<(VpnGatewayId, Set<Ipv4Net>)>,
    /// A destination whose static route goes.
    pub freed: Option<Destination>,
}

/// EnableVgwRoutePropagation and DisableVgwRoutePropagation.
pub(super) fn set(draft: &mut Draft, id: RouteTableId, gateway: VpnGatewayId, on: bool) -> Result<Reply, Refusal> {
    let table = draft.route_table(id)?;
    let vpc = draft.vpn_gateway(gateway)?.vpc;
    if on && vpc != Some(table.vpc) {
        return Err(Refusal::VpnGatewayNotAttached { gateway, vpc: table.vpc });
    }
    if on && edge::is_edge(table) {
        return Err(Refusal::PropagationAtEdge { table: id });
    }
    if table.propagating.contains(&gateway) != on {
        change(draft, table, gateway, on);
    }
    Ok(Reply::Nothing)
}

/// Turns propagation on or off, with the routes.
fn change(draft: &mut Draft, table: &RouteTable, gateway: VpnGatewayId, on: bool) {
    let mut propagating: Vec<_> = table.propagating.iter().copied().filter(|other| *other != gateway).collect();
    if on {
        propagating.push(gateway);
    }
    draft.push(Event::RoutePropagationSet(table.id, gateway, on));
    follow(draft, table, &propagating, &Difference::default());
}

/// A gateway that leaves its VPC propagates into no table of it.
pub(super) fn leave(draft: &mut Draft, gateway: VpnGatewayId) {
    for table in draft.network.route_tables().filter(|table| table.propagating.contains(&gateway)) {
        change(draft, table, gateway, false);
    }
}

/// Every table that takes a gateway's routes follows when they are other ones.
pub(super) fn routes_changed(draft: &mut Draft, gateway: VpnGatewayId, routes: Set<Ipv4Net>) {
    let difference = Difference { routes: Some((gateway, routes)), freed: None };
    for table in draft.network.route_tables().filter(|table| table.propagating.contains(&gateway)) {
        follow(draft, table, &table.propagating, &difference);
    }
}

/// The static routes of a gateway's connections.
pub(super) fn routes_of(network: &Network, gateway: VpnGatewayId) -> Set<Ipv4Net> {
    let connections = network.vpn_connections().filter(|connection| connection.vpn_gateway == gateway);
    connections.flat_map(|connection| connection.routes.iter().copied()).collect()
}

/// Brings the propagated routes of a table to what these gateways propagate.
pub(super) fn follow(draft: &mut Draft, table: &RouteTable, propagating: &[VpnGatewayId], difference: &Difference) {
    let mut wanted: Table<Destination, VpnGatewayId> = Table::new();
    for gateway in propagating {
        let routes = match &difference.routes {
            Some((changed, routes)) if changed == gateway => routes.clone(),
            _ => routes_of(draft.network, *gateway),
        };
        for block in routes.iter() {
            let destination = Destination::Cidr(IpNet::V4(*block));
            let written = |route: &Route| route.origin != RouteOrigin::EnableVgwRoutePropagation;
            let hidden = table.routes.get(&destination).is_some_and(written) && difference.freed != Some(destination);
            if !hidden && !wanted.contains_key(&destination) && wanted.len() < draft.network.quotas().propagated_routes_per_table {
                wanted.insert(destination, *gateway);
            }
        }
    }
    let propagated = |route: &Route| route.origin == RouteOrigin::EnableVgwRoutePropagation;
    for (destination, _) in table.routes.iter().filter(|(to, route)| propagated(route) && !wanted.contains_key(to)) {
        draft.events.push(Event::RouteRemoved(table.id, *destination));
    }
    for (destination, gateway) in &wanted {
        let route = Route { target: RouteTarget::VpnGateway(*gateway), origin: RouteOrigin::EnableVgwRoutePropagation };
        if table.routes.get(destination) != Some(&route) {
            draft.events.push(Event::RouteSet(table.id, *destination, route));
        }
    }
}
