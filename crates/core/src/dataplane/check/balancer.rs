//! Network Load Balancers: a node takes what its listeners wait for, chooses a target, and brings the answers back (`P33` to `P40`, `P50` to `P54`).

use crate::addr::{IpAddr, Ipv4Addr};
use crate::dataplane::balance::{Carried, Leg, hash};
use crate::dataplane::conntrack::Effect;
use crate::dataplane::reason::{Balanced, Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::translation::{with_destination, with_source};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::load_balancer::{Listener, LoadBalancer, Node};
use crate::model::target_group::{Target, TargetGroup, TargetHealth};
use crate::model::vpc::Subnet;
use crate::packet::{FlowId, TcpFlags, Transport};

/// What a node does with a packet that its groups let in.
pub fn check<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, balancer: &'a LoadBalancer, eni: &'a Eni) -> Outcome<'s, 'a> {
    let told = |did| Evidence::Balanced { balancer: balancer.id, node: eni.id, did };
    let (packet, now) = (*context.packet(), context.question.now);
    context.returns = None;
    if !balancer.active {
        return Outcome::deny(step, "R70", Code::BadState, told(Balanced::NotActive));
    }
    let (Transport::Tcp { .. } | Transport::Udp { .. }) = packet.transport else {
        return Outcome::deny(step, "P50", Code::ProtocolRestriction, told(Balanced::NoListener)).marked(Mark::Believed);
    };
    let flow = packet.flow();
    let opens = match packet.tcp_flags() {
        Some(flags) => flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK),
        None => true,
    };
    if let Some(leg) = context.question.tracking.balances().leg(eni.id, flow, now).copied() {
        if !leg.forth || serves(context, balancer, eni, (&flow, &leg.flow)) {
            return pass_on(step, context, (balancer, eni), leg);
        }
        if !opens {
            return Outcome::deny(step, "P53", Code::NlbFlowUnknown, told(Balanced::Unknown));
        }
    }
    let Some(listener) = balancer.listener_for(packet.protocol_number(), flow.destination_port) else {
        // What is for none of its listeners answers something that the node itself has asked.
        if packet.tcp_flags().is_some() && !opens {
            let then = Then::Arrive(Disposition::Delivered, Place::Eni(eni.id));
            return Outcome::new(step, Verdict::Deliver, "R75", told(Balanced::Own), then).marked(Mark::Modelled);
        }
        return Outcome::deny(step, "P50", Code::Elbv2ListenersMismatch, told(Balanced::NoListener));
    };
    if !opens {
        return Outcome::deny(step, "P52", Code::NlbFlowUnknown, told(Balanced::Unknown));
    }
    choose(step, context, (balancer, eni), listener)
}

/// A target that a node may choose.
struct Candidate<'a> {
    target: &'a Target,
    ip: Ipv4Addr,
}

/// The targets that a node may choose among (`P51`): the healthy ones of its zone, or of every zone; all of them where none is healthy (`P53`).
fn candidates<'a>(context: &Context<'a>, balancer: &LoadBalancer, node: &Node, group: &'a TargetGroup) -> (Vec<Candidate<'a>>, bool) {
    let network = context.network();
    let within = |target: &&Target| {
        let zone = network.zone_of_target(group.vpc, target.key.who);
        network.is_in_use(group, target) && (balancer.cross_zone || zone.is_none_or(|zone| *zone == node.zone))
    };
    let reached = group.targets.iter().filter(within);
    let all: Vec<Candidate<'a>> =
        reached.filter_map(|target| Some(Candidate { target, ip: network.address_of_target(target.key.who)? })).collect();
    let healthy = all.iter().any(|one| one.target.health == TargetHealth::Healthy);
    let of = all.into_iter().filter(|one| !healthy || one.target.health == TargetHealth::Healthy).collect();
    (of, healthy)
}

/// A new flow: the target that its hash says.
fn choose<'s, 'a>(
    step: &'s mut Step,
    context: &mut Context<'a>,
    (balancer, eni): (&'a LoadBalancer, &'a Eni),
    listener: &Listener,
) -> Outcome<'s, 'a> {
    let told = |did| Evidence::Balanced { balancer: balancer.id, node: eni.id, did };
    let network = context.network();
    let none = Balanced::NoTarget { every_zone: balancer.cross_zone };
    let found = balancer.node(eni.id).zip(network.target_group(listener.target_group));
    let Some((node, group)) = found else { return Outcome::deny(step, "P54", Code::Elbv2NoTargetsInAz, told(none)) };
    let (candidates, healthy) = candidates(context, balancer, node, group);
    let count = u64::try_from(candidates.len()).unwrap_or(u64::MAX);
    let at = hash(context.packet()).checked_rem(count).and_then(|at| usize::try_from(at).ok());
    let Some(chosen) = at.and_then(|at| candidates.get(at)) else {
        return Outcome::deny(step, "P54", Code::Elbv2NoTargetsInAz, told(none)).marked(Mark::Believed);
    };
    let port = chosen.target.key.port;
    let outside = context.packet().flow();
    let of_target = network.eni_by_private_ip(balancer.vpc, chosen.ip);
    // Towards an address outside of the VPC the client's own would not lead back here (`P36`).
    let keeps = group.keeps_client_address() && of_target.is_some();
    let seen = FlowId { destination: IpAddr::V4(chosen.ip), destination_port: port, ..outside };
    let inside = match eni.primary_ip() {
        Some(own) if !keeps => {
            let hidden = FlowId { source: IpAddr::V4(own), ..seen };
            context.question.tracking.balances().hidden(eni.id, hidden, context.question.now)
        }
        _ => Some(seen),
    };
    let of = u16::try_from(count).unwrap_or(u16::MAX);
    let did = Balanced::Chosen { target: (seen.destination, port), of, healthy, keeps };
    let Some(inside) = inside else { return Outcome::deny(step, "P35", Code::NgwErrorPortAllocation, told(did)) };
    let target = of_target.filter(|_| keeps).map(|eni| eni.id);
    let flags = context.packet().tcp_flags();
    context.effects.push(Effect::Balanced(Carried { node: eni.id, outside, inside, target, flags }));
    context.through = Some(eni.id);
    rewrite(context, inside);
    let rule = if healthy { "P51" } else { "P53" };
    Outcome::new(step, Verdict::Translate, rule, told(did), Then::Next).to(Stage::egress(network, eni.id)).forwarded()
}

/// Whether the target of a flow that is known still gets its packets: not once it is out of its group, nor while it is unhealthy and others are not
/// (`P53`).
fn serves(context: &Context<'_>, balancer: &LoadBalancer, eni: &Eni, (outside, inside): (&FlowId, &FlowId)) -> bool {
    let network = context.network();
    let listener = balancer.listener_for(outside.protocol, outside.destination_port);
    let group = listener.and_then(|listener| network.target_group(listener.target_group));
    let (Some(group), Some(node)) = (group, balancer.node(eni.id)) else { return false };
    let is_it = |target: &&Target| {
        let ip = network.address_of_target(target.key.who).map(IpAddr::V4);
        ip == Some(inside.destination) && target.key.port == inside.destination_port
    };
    match group.targets.iter().find(is_it).map(|target| target.health) {
        None => false,
        Some(TargetHealth::Unhealthy) => !candidates(context, balancer, node, group).1,
        Some(TargetHealth::Initial | TargetHealth::Healthy | TargetHealth::Draining(_)) => true,
    }
}

/// A packet of a flow that the node knows, in either direction.
fn pass_on<'s, 'a>(
    step: &'s mut Step,
    context: &mut Context<'a>,
    (balancer, eni): (&'a LoadBalancer, &'a Eni),
    leg: Leg,
) -> Outcome<'s, 'a> {
    let network = context.network();
    let (flow, becomes) = (context.packet().flow(), leg.flow);
    let (outside, inside) = if leg.forth { (flow, becomes) } else { (becomes.reversed(), flow.reversed()) };
    let keeps = !eni.owns(inside.source);
    let target = network.eni_by_address(balancer.vpc, inside.destination).filter(|_| keeps).map(|eni| eni.id);
    let flags = context.packet().tcp_flags();
    context.effects.push(Effect::Balanced(Carried { node: eni.id, outside, inside, target, flags }));
    rewrite(context, becomes);
    let to = (becomes.destination, becomes.destination_port);
    let (did, rule) = if leg.forth {
        context.through = Some(eni.id);
        (Balanced::Known { target: to, keeps }, "P51")
    } else {
        (Balanced::Returned { to, keeps }, "P50")
    };
    let evidence = Evidence::Balanced { balancer: balancer.id, node: eni.id, did };
    Outcome::new(step, Verdict::Translate, rule, evidence, Then::Next).to(Stage::egress(network, eni.id)).forwarded()
}

fn rewrite(context: &mut Context<'_>, flow: FlowId) {
    let packet = with_source(*context.packet(), flow.source, flow.source_port);
    context.rewrite(with_destination(packet, flow.destination, flow.destination_port));
}

/// The node that an answer of a target goes back to, where the target sees its client's own address (`P50`).
pub fn way_back(context: &Context<'_>, eni: &Eni) -> Option<EniId> {
    let balances = context.question.tracking.balances();
    if balances.is_empty() {
        return None;
    }
    let leg = balances.leg(eni.id, context.packet().flow(), context.question.now)?;
    (leg.node != eni.id).then_some(leg.node)
}

/// In place of the route table of a target's subnet: its answers to clients whose address it sees go back to the node.
pub fn back<'s, 'a>(step: &'s mut Step, context: &Context<'a>, node: EniId, subnet: &'a Subnet) -> Outcome<'s, 'a> {
    let network = context.network();
    let eni = network.eni(node);
    let Some((eni, balancer)) = eni.and_then(|eni| Some((eni, network.load_balancer_of(eni)?))) else {
        return Outcome::skip(step, "P50", Evidence::None).to(None);
    };
    let evidence = Evidence::Balanced { balancer: balancer.id, node, did: Balanced::Back };
    let outcome = Outcome::new(step, Verdict::Route, "P50", evidence, Then::Next).marked(Mark::Believed);
    outcome.to(Stage::ingress(network, eni, Some(subnet)))
}
