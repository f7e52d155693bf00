//! Route tables: of subnets (`P-E8`) and of gateways (`R27`).

use super::transit;
use crate::addr::{IpAddr, block_has};
use crate::dataplane::reason::{Code, Evidence, RouteEvidence, Target};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Step, Verdict};
use crate::id::VpcId;
use crate::model::endpoint::EndpointKind;
use crate::model::eni::Eni;
use crate::model::gateway::InternetGateway;
use crate::model::network::Network;
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteState, RouteTable, RouteTableUser, RouteTarget};
use crate::model::vpc::Subnet;
use crate::model::vpn::VpnGateway;

/// A route that was chosen, and the one after it.
struct Choice<'a> {
    destination: Destination,
    route: &'a Route,
    runner_up: Option<u8>,
}

/// How long the prefix is by which a destination has the address; of a prefix list, that of its longest entry.
fn prefix_with(network: &Network, destination: &Destination, address: IpAddr) -> Option<u8> {
    match destination {
        Destination::Cidr(cidr) => block_has(cidr, address).then(|| cidr.prefix_len()),
        Destination::PrefixList(id) => {
            let entries = network.prefix_list(*id).into_iter().flat_map(|list| &list.entries);
            entries.filter(|entry| block_has(&entry.cidr, address)).map(|entry| entry.cidr.prefix_len()).max()
        }
    }
}

/// The longest prefix that has the address (`R5`); a propagated route never beats a local one (`R6`). Among equals a block comes before a
/// prefix list, and of two lists the one with the lower id.
fn choose<'a>(network: &Network, table: &'a RouteTable, address: IpAddr) -> Option<Choice<'a>> {
    // A local route stays one when its target is replaced (`R3`). Without a propagated one it is not asked.
    let local = || {
        let fits = |destination: &Destination| matches!(destination, Destination::Cidr(cidr) if block_has(cidr, address));
        table.routes.iter().any(|(destination, route)| route.origin == RouteOrigin::CreateRouteTable && fits(destination))
    };
    let mut best: Option<((u8, u8), Destination, &Route)> = None;
    let mut second: Option<u8> = None;
    for (destination, route) in &table.routes {
        let Some(length) = prefix_with(network, destination, address) else { continue };
        let propagated = route.origin == RouteOrigin::EnableVgwRoutePropagation;
        if propagated && local() {
            continue;
        }
        let rank = match destination {
            _ if propagated => 0,
            Destination::PrefixList(_) => 1,
            Destination::Cidr(_) => 2,
        };
        if best.is_none_or(|(held, ..)| (length, rank) > held) {
            second = best.map(|((length, _), ..)| length);
            best = Some(((length, rank), *destination, route));
        } else if second.is_none_or(|held| length > held) {
            second = Some(length);
        }
    }
    best.map(|(_, destination, route)| Choice { destination, route, runner_up: second })
}

/// Whether a route works, with what the question takes for granted.
fn state(context: &Context<'_>, table: &RouteTable, route: &Route) -> RouteState {
    match &route.target {
        RouteTarget::Eni(id) if context.question.assume.running => {
            let attached = context.network().eni(*id).is_some_and(|eni| eni.attached_instance().is_some());
            if attached { RouteState::Active } else { RouteState::Blackhole }
        }
        _ => context.network().route_state(table, route),
    }
}

/// Looks the destination up: the target if a route works; without one the state of the route, if there is one. The step says what was found.
fn look_up<'a>(step: &mut Step, context: &Context<'a>, table: &'a RouteTable) -> Result<&'a RouteTarget, Option<RouteState>> {
    let Some(choice) = choose(context.network(), table, context.packet().destination) else {
        step.evidence = Evidence::Route(RouteEvidence { table: Some(table.id), ..NOTHING });
        return Err(None);
    };
    let state = state(context, table, choice.route);
    step.evidence = Evidence::Route(RouteEvidence {
        table: Some(table.id),
        destination: Some(choice.destination),
        target: Some(Target::of(&choice.route.target)),
        state: Some(state),
        runner_up: choice.runner_up,
    });
    if state == RouteState::Active { Ok(&choice.route.target) } else { Err(Some(state)) }
}

const NOTHING: RouteEvidence = RouteEvidence { table: None, destination: None, target: None, state: None, runner_up: None };

/// No route, or one that leads to nothing.
#[cold]
fn no_way<'s, 'a>(step: &'s mut Step, state: Option<RouteState>) -> Outcome<'s, 'a> {
    let (rule, code, disposition) = match state {
        None => ("R15", Code::NoRouteToDestination, Disposition::NoRoute),
        Some(_) => ("R12", Code::BadStateRoute, Disposition::Blackholed),
    };
    step.code = Some(code);
    Outcome::seen(step, Verdict::Deny, rule, Then::Lost(disposition)).marked(Mark::Believed)
}

/// The table of a subnet, which is asked for twice on the way out of it.
fn table_of<'a>(context: &mut Context<'a>, subnet: &'a Subnet) -> Option<&'a RouteTable> {
    match context.table {
        Some((of, table)) if of == subnet.id => Some(table),
        _ => {
            let table = context.network().route_table_of(subnet)?;
            context.table = Some((subnet.id, table));
            Some(table)
        }
    }
}

/// Whether a subnet's table leads to an ENI of that subnet, a NAT gateway's too, so that the packet does not leave it (`N10`, `P13`).
pub fn leads_to_neighbour<'a>(context: &mut Context<'a>, subnet: &'a Subnet) -> bool {
    let network = context.network();
    if let Some(node) = context.returns {
        return network.eni(node).is_some_and(|node| node.subnet == subnet.id);
    }
    let Some(table) = table_of(context, subnet) else { return false };
    let is_inside = |target: &RouteTarget| match target {
        RouteTarget::Eni(id) => network.eni(*id).is_some_and(|eni| eni.subnet == subnet.id),
        RouteTarget::NatGateway(id) => network.nat_gateway(*id).is_some_and(|gateway| gateway.subnet == subnet.id),
        RouteTarget::TransitGateway(id) => {
            transit::entry(network, network.transit_attachment_of(*id, subnet.vpc), subnet).is_some_and(|eni| eni.subnet == subnet.id)
        }
        _ => false,
    };
    // Few tables lead there at all; the others are not searched twice.
    table.routes.search(|_, route| is_inside(&route.target)).is_some()
        && choose(network, table, context.packet().destination).is_some_and(|choice| is_inside(&choice.route.target))
}

/// The route table of the sender's subnet.
pub fn check<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, eni: &'a Eni, subnet: &'a Subnet) -> Outcome<'s, 'a> {
    let network = context.network();
    let Some(table) = table_of(context, subnet) else {
        step.evidence = Evidence::Route(NOTHING);
        return no_way(step, None);
    };
    let target = match look_up(step, context, table) {
        Ok(target) => target,
        Err(state) => return no_way(step, state),
    };
    match target {
        RouteTarget::Local => {
            Outcome::seen(step, Verdict::Route, "R5", Then::Next).to(Some(Stage::Local { vpc: table.vpc, from: Some(subnet) }))
        }
        RouteTarget::InternetGateway(id) => {
            let gateway = network.internet_gateway(*id);
            Outcome::seen(step, Verdict::Route, "R5", Then::Next).to(gateway.map(|gateway| Stage::GatewayOut { gateway, sender: eni }))
        }
        RouteTarget::Eni(id) => Outcome::seen(step, Verdict::Route, "R20", Then::Next)
            .to(network.eni(*id).and_then(|eni| Stage::ingress(network, eni, Some(subnet)))),
        RouteTarget::NatGateway(id) => {
            let nat = network.nat_gateway(*id).and_then(|gateway| network.eni(gateway.eni()?));
            // Its own subnet sends it to itself, and it would turn round for ever (`R47`).
            if nat.is_some_and(|nat| nat.id == eni.id) {
                return Outcome::refused(step, "R47", Code::CannotRoute);
            }
            Outcome::seen(step, Verdict::Route, "R38", Then::Next).to(nat.and_then(|nat| Stage::ingress(network, nat, Some(subnet))))
        }
        RouteTarget::Peering(id) => {
            let far = network.peering(*id).and_then(|peering| Some(Stage::Peering { peering, to: peering.beyond(table.vpc)? }));
            Outcome::seen(step, Verdict::Route, "R52", Then::Next).to(far)
        }
        RouteTarget::VpnGateway(id) => {
            Outcome::seen(step, Verdict::Route, "R51", Then::Next).to(network.vpn_gateway(*id).map(|gateway| Stage::VpnOut { gateway }))
        }
        RouteTarget::EgressOnlyGateway(id) => Outcome::seen(step, Verdict::Route, "R37", Then::Next)
            .to(network.egress_only_gateway(*id).map(|gateway| Stage::EgressOnlyOut { gateway })),
        RouteTarget::Endpoint(id) => match network.endpoint(*id).filter(|endpoint| endpoint.kind == EndpointKind::Gateway) {
            Some(endpoint) => Outcome::seen(step, Verdict::Route, "R55", Then::Go(Stage::EndpointOut { endpoint })),
            // A gateway load balancer's, of an import.
            None => Outcome::refused(step, "R9", Code::UnsupportedComponent),
        },
        RouteTarget::TransitGateway(id) => match network.transit_attachment_of(*id, table.vpc) {
            // An import may tell of the route and not of the attachment.
            None => Outcome::refused(step, "R9", Code::UnsupportedComponent),
            attachment => match transit::entry(network, attachment, subnet) {
                Some(entry) => Outcome::seen(step, Verdict::Route, "R57", Then::Next).to(Stage::ingress(network, entry, Some(subnet))),
                None => Outcome::refused(step, "R65", Code::TgwRouteAzRestriction),
            },
        },
        RouteTarget::Unmodelled(_) => Outcome::refused(step, "R9", Code::UnsupportedComponent),
    }
}

/// The route table of an internet gateway, if it has one; otherwise the router finds the destination.
pub fn internet_edge<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &'a InternetGateway, vpc: VpcId) -> Outcome<'s, 'a> {
    edge(step, context, RouteTableUser::InternetGateway(gateway.id), vpc, true)
}

/// The route table of a virtual private gateway.
pub fn vpn_edge<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &'a VpnGateway) -> Outcome<'s, 'a> {
    match gateway.vpc {
        Some(vpc) => edge(step, context, RouteTableUser::VpnGateway(gateway.id), vpc, false),
        None => {
            step.evidence = Evidence::Route(NOTHING);
            no_way(step, None)
        }
    }
}

fn edge<'s, 'a>(step: &'s mut Step, context: &Context<'a>, user: RouteTableUser, vpc: VpcId, needs_public_ip: bool) -> Outcome<'s, 'a> {
    let network = context.network();
    let local = Some(Stage::Local { vpc, from: None });
    let Some(table) = network.edge_table_of(user) else {
        return Outcome::skip(step, "R27", Evidence::Route(NOTHING)).to(local);
    };
    let target = match look_up(step, context, table) {
        Ok(target) => target,
        Err(state) => return no_way(step, state),
    };
    let RouteTarget::Eni(id) = target else {
        return match target {
            RouteTarget::Local => Outcome::seen(step, Verdict::Route, "R27", Then::Next).to(local),
            _ => Outcome::refused(step, "R28", Code::UnsupportedComponent),
        };
    };
    let eni = network.eni(*id);
    if needs_public_ip && eni.is_none_or(|eni| eni.mapped().next().is_none()) {
        return Outcome::refused(step, "R29", Code::IngressRtbNoPublicIp);
    }
    Outcome::seen(step, Verdict::Route, "R27", Then::Next).to(eni.and_then(|eni| Stage::ingress(network, eni, None)))
}
