//! Route tables of a script.

use super::endpoints;
use super::plan::{Plan, name_of, tagged};
use super::said;
use crate::aws::object::Object;
use crate::aws::{destination, route_target};
use eni_core::addr::{IpNet, Ipv4Net};
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::vpc::Vpc;

/// Route tables, and the gateway endpoints that keep routes in them.
pub(super) fn tables(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Route tables");
    for table in network.route_tables() {
        if network.vpcs().any(|vpc| vpc.main_route_table == table.id) {
            plan.tags(&table.id, &table.tags);
        } else {
            let object = tagged(Object::new().text("VpcId", table.vpc), &[("route-table", &table.tags)]);
            plan.make(&table.id.to_string(), ("TABLE", name_of(&table.tags)), "CreateRouteTable", object, "RouteTable.RouteTableId");
        }
    }
    // A gateway's table takes an endpoint's route afterwards, and not before.
    for table in network.route_tables() {
        associations(plan, table, |user| matches!(user, RouteTableUser::InternetGateway(_) | RouteTableUser::VpnGateway(_)));
    }
    endpoints::gateways(plan);
}

/// Their routes, and the subnets and gateways that use them.
pub(super) fn routes(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Routes");
    for table in network.route_tables() {
        if let Some(vpc) = network.vpc(table.vpc) {
            routes_of(plan, table, vpc);
        }
        associations(plan, table, |user| matches!(user, RouteTableUser::Subnet(_)));
    }
}

/// The routes that nobody made: to the inside of the VPC, and of a default VPC's main table to the internet.
fn made_with(network: &Network, table: &RouteTable, vpc: &Vpc) -> Vec<(Destination, RouteTarget)> {
    let mut made: Vec<(Destination, RouteTarget)> = vpc.blocks().map(|block| (Destination::Cidr(block), RouteTarget::Local)).collect();
    let everywhere = Destination::Cidr(IpNet::V4(Ipv4Net::default()));
    if vpc.is_default && vpc.main_route_table == table.id {
        // One that the script throws away leaves the route as well.
        let gateway = network
            .internet_gateway_of(vpc.id)
            .map_or_else(|| RouteTarget::Unmodelled(String::new()), |own| RouteTarget::InternetGateway(own.id));
        made.push((everywhere, gateway));
    }
    made
}

fn routes_of(plan: &mut Plan<'_>, table: &RouteTable, vpc: &Vpc) {
    let network = plan.network;
    let made = made_with(network, table, vpc);
    for (to, _) in made.iter().filter(|(to, _)| !table.routes.contains_key(to)) {
        plan.call("DeleteRoute", destination(Object::new().text("RouteTableId", table.id), to));
    }
    for (to, route) in table.routes.iter() {
        let there = made.iter().find(|(own, _)| own == to).map(|(_, target)| target);
        if there == Some(&route.target) {
            continue;
        }
        match route.origin {
            RouteOrigin::CreateRoute | RouteOrigin::CreateRouteTable => {}
            // Propagation brings it.
            RouteOrigin::EnableVgwRoutePropagation | RouteOrigin::Advertisement => continue,
        }
        if let RouteTarget::Endpoint(id) = route.target
            && network.endpoint(id).is_some()
        {
            // The endpoint brings it.
            continue;
        }
        if is_gone(network, vpc, &route.target) {
            plan.note(&table.id, "Routes", |id| said::target_is_gone(id, &text(to)));
            if there.is_some() {
                plan.call("DeleteRoute", destination(Object::new().text("RouteTableId", table.id), to));
            }
            continue;
        }
        let action = if there.is_some() { "ReplaceRoute" } else { "CreateRoute" };
        plan.call(action, target(destination(Object::new().text("RouteTableId", table.id), to), route));
    }
    for gateway in &table.propagating {
        plan.call("EnableVgwRoutePropagation", Object::new().text("RouteTableId", table.id).text("GatewayId", gateway));
    }
}

fn target(object: Object, route: &Route) -> Object {
    match &route.target {
        RouteTarget::Endpoint(id) => object.text("VpcEndpointId", id),
        RouteTarget::Local => object.with("LocalTarget", true),
        target => route_target(object, target),
    }
}

/// Whether a route leads to something that was deleted.
fn is_gone(network: &Network, vpc: &Vpc, target: &RouteTarget) -> bool {
    match target {
        RouteTarget::Eni(id) => network.eni(*id).is_none(),
        RouteTarget::InternetGateway(id) => network.internet_gateway(*id).is_none_or(|gateway| gateway.vpc != Some(vpc.id)),
        RouteTarget::NatGateway(id) => network.nat_gateway(*id).is_none(),
        RouteTarget::VpnGateway(id) => network.vpn_gateway(*id).is_none_or(|gateway| gateway.vpc != Some(vpc.id)),
        RouteTarget::EgressOnlyGateway(id) => network.egress_only_gateway(*id).is_none(),
        RouteTarget::Peering(id) => network.peering(*id).is_none_or(|peering| peering.state.is_over()),
        RouteTarget::TransitGateway(id) => network.transit_attachment_of(*id, vpc.id).is_none() && network.counters().has_given(*id),
        _ => false,
    }
}

fn text(to: &Destination) -> String {
    match to {
        Destination::Cidr(block) => block.to_string(),
        Destination::PrefixList(list) => list.to_string(),
    }
}

fn associations(plan: &mut Plan<'_>, table: &RouteTable, wanted: fn(&RouteTableUser) -> bool) {
    for user in table.associations.values().filter(|user| wanted(user)) {
        let object = Object::new().text("RouteTableId", table.id);
        let object = match user {
            RouteTableUser::Main => continue,
            RouteTableUser::Subnet(subnet) => object.text("SubnetId", subnet),
            RouteTableUser::InternetGateway(gateway) => object.text("GatewayId", gateway),
            RouteTableUser::VpnGateway(gateway) => object.text("GatewayId", gateway),
        };
        plan.call("AssociateRouteTable", object);
    }
}
