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

/// Looks the destination up: the evidence, and the target if a route works.
fn look_up<'a>(context: &Context<'a>, table: &'a RouteTable) -> (RouteEvidence, Option<&'a RouteTarget>) {
    let Some(choice) = choose(context.network(), table, context.packet.destination) else {
        return (RouteEvidence { table: Some(table.id), ..NOTHING }, None);
    };
    let state = state(context, table, choice.route);
    let evidence = RouteEvidence {
        table: Some(table.id),
        destination: Some(choice.destination),
        target: Some(Target::of(&choice.route.target)),
        state: Some(state),
        runner_up: choice.runner_up,
    };
    (evidence, (state == RouteState::Active).then_some(&choice.route.target))
}

const NOTHING: RouteEvidence = RouteEvidence { table: None, destination: None, target: None, state: None, runner_up: None };

/// No route, or one that leads to nothing.
fn no_way<'s, 'a>(step: &'s mut Step, evidence: RouteEvidence) -> Outcome<'s, 'a> {
    let (rule, code, disposition) = match evidence.state {
        None => ("R15", Code::NoRouteToDestination, Disposition::NoRoute),
        Some(_) => ("R12", Code::BadStateRoute, Disposition::Blackholed),
    };
    Outcome::lost(step, rule, code, Evidence::Route(evidence), disposition).marked(Mark::Believed)
}

/// Whether a subnet's table leads to an ENI of that subnet, a NAT gateway's too, so that the packet does not leave it (`N10`, `P13`).
pub fn leads_to_neighbour(context: &Context<'_>, subnet: &Subnet) -> bool {
    let network = context.network();
    if let Some(node) = context.returns {
        return network.eni(node).is_some_and(|node| node.subnet == subnet.id);
    }
    let Some(table) = network.route_table_of(subnet) else { return false };
    let is_inside = |target: &RouteTarget| match target {
        RouteTarget::Eni(id) => network.eni(*id).is_some_and(|eni| eni.subnet == subnet.id),
        RouteTarget::NatGateway(id) => network.nat_gateway(*id).is_some_and(|gateway| gateway.subnet == subnet.id),
        RouteTarget::TransitGateway(id) => {
            transit::entry(network, network.transit_attachment_of(*id, subnet.vpc), subnet).is_some_and(|eni| eni.subnet == subnet.id)
        }
        _ => false,
    };
    // Few tables lead there at all; the others are not searched twice.
    table.routes.values().any(|route| is_inside(&route.target))
        && choose(network, table, context.packet.destination).is_some_and(|choice| is_inside(&choice.route.target))
}

/// The route table of the sender's subnet.
pub fn check<'s, 'a>(step: &'s mut Step, context: &Context<'a>, eni: &'a Eni, subnet: &'a Subnet) -> Outcome<'s, 'a> {
    let network = context.network();
    let Some(table) = network.route_table_of(subnet) else {
        return no_way(step, NOTHING);
    };
    let (evidence, target) = look_up(context, table);
    let Some(target) = target else { return no_way(step, evidence) };
    let evidence = Evidence::Route(evidence);
    match target {
        RouteTarget::Local => {
            Outcome::new(step, Verdict::Route, "R5", evidence, Then::Next).to(Some(Stage::Local { vpc: table.vpc, from: Some(subnet) }))
        }
        RouteTarget::InternetGateway(id) => {
            let gateway = network.internet_gateway(*id);
            Outcome::new(step, Verdict::Route, "R5", evidence, Then::Next).to(gateway.map(|gateway| Stage::GatewayOut {
                gateway,
                vpc: table.vpc,
                sender: eni.id,
            }))
        }
        RouteTarget::Eni(id) => Outcome::new(step, Verdict::Route, "R20", evidence, Then::Next)
            .to(network.eni(*id).and_then(|eni| Stage::ingress(network, eni, Some(subnet)))),
        RouteTarget::NatGateway(id) => {
            let nat = network.nat_gateway(*id).and_then(|gateway| network.eni(gateway.eni()?));
            // Its own subnet sends it to itself, and it would turn round for ever (`R47`).
            if nat.is_some_and(|nat| nat.id == eni.id) {
                return Outcome::deny(step, "R47", Code::CannotRoute, evidence);
            }
            Outcome::new(step, Verdict::Route, "R38", evidence, Then::Next)
                .to(nat.and_then(|nat| Stage::ingress(network, nat, Some(subnet))))
        }
        RouteTarget::Peering(id) => {
            let far = network.peering(*id).and_then(|peering| Some(Stage::Peering { peering, to: peering.beyond(table.vpc)? }));
            Outcome::new(step, Verdict::Route, "R52", evidence, Then::Next).to(far)
        }
        RouteTarget::VpnGateway(id) => Outcome::new(step, Verdict::Route, "R51", evidence, Then::Next)
            .to(network.vpn_gateway(*id).map(|gateway| Stage::VpnOut { gateway })),
        RouteTarget::EgressOnlyGateway(id) => Outcome::new(step, Verdict::Route, "R37", evidence, Then::Next)
            .to(network.egress_only_gateway(*id).map(|gateway| Stage::EgressOnlyOut { gateway })),
        RouteTarget::Endpoint(id) => match network.endpoint(*id).filter(|endpoint| endpoint.kind == EndpointKind::Gateway) {
            Some(endpoint) => Outcome::new(step, Verdict::Route, "R55", evidence, Then::Go(Stage::EndpointOut { endpoint })),
            // A gateway load balancer's, of an import.
            None => Outcome::deny(step, "R9", Code::UnsupportedComponent, evidence),
        },
        RouteTarget::TransitGateway(id) => match network.transit_attachment_of(*id, table.vpc) {
            // An import may tell of the route and not of the attachment.
            None => Outcome::deny(step, "R9", Code::UnsupportedComponent, evidence),
            attachment => match transit::entry(network, attachment, subnet) {
                Some(entry) => {
                    Outcome::new(step, Verdict::Route, "R57", evidence, Then::Next).to(Stage::ingress(network, entry, Some(subnet)))
                }
                None => Outcome::deny(step, "R65", Code::TgwRouteAzRestriction, evidence),
            },
        },
        RouteTarget::Unmodelled(_) => Outcome::deny(step, "R9", Code::UnsupportedComponent, evidence),
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
        None => no_way(step, NOTHING),
    }
}

fn edge<'s, 'a>(step: &'s mut Step, context: &Context<'a>, user: RouteTableUser, vpc: VpcId, needs_public_ip: bool) -> Outcome<'s, 'a> {
    let network = context.network();
    let local = Some(Stage::Local { vpc, from: None });
    let Some(table) = network.edge_table_of(user) else {
        return Outcome::skip(step, "R27", Evidence::Route(NOTHING)).to(local);
    };
    let (evidence, target) = look_up(context, table);
    let Some(target) = target else { return no_way(step, evidence) };
    let evidence = Evidence::Route(evidence);
    let RouteTarget::Eni(id) = target else {
        return match target {
            RouteTarget::Local => Outcome::new(step, Verdict::Route, "R27", evidence, Then::Next).to(local),
            _ => Outcome::deny(step, "R28", Code::UnsupportedComponent, evidence),
        };
    };
    let eni = network.eni(*id);
    if needs_public_ip && eni.is_none_or(|eni| eni.mapped().next().is_none()) {
        return Outcome::deny(step, "R29", Code::IngressRtbNoPublicIp, evidence);
    }
    Outcome::new(step, Verdict::Route, "R27", evidence, Then::Next).to(eni.and_then(|eni| Stage::ingress(network, eni, None)))
}
