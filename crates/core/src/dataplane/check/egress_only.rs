//! Egress-only internet gateways: IPv6 out, its answers in, and nothing that begins outside (`R37`, `R58`).

use crate::addr::Direction;
use crate::dataplane::conntrack::{Effect, FlowKey};
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Mark, Step, Verdict};
use crate::id::VpcId;
use crate::model::gateway::EgressOnlyGateway;
use crate::packet::{ECHO_REPLY, Packet, TcpFlags, Transport};

/// Out: what begins inside is remembered. What answers something that did not come in this way began outside, and is dropped; which packets those
/// are is seen for TCP and echoes only (`M`).
pub fn out<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, gateway: &'a EgressOnlyGateway) -> Outcome<'s, 'a> {
    let packet = *context.packet();
    let known = is_known(context, gateway, Direction::Egress);
    let evidence = Evidence::EgressOnly { gateway: gateway.id, known };
    if packet.source.is_ipv4() {
        return Outcome::deny(step, "R37", Code::ProtocolRestriction, evidence);
    }
    if !known && is_answer(&packet) {
        return Outcome::deny(step, "R58", Code::EigwUnsolicited, evidence).marked(Mark::Modelled);
    }
    remember(context, gateway, Direction::Egress);
    Outcome::allow(step, "R58", evidence)
}

/// In: answers to what went out.
pub fn back<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, gateway: &'a EgressOnlyGateway) -> Outcome<'s, 'a> {
    let known = is_known(context, gateway, Direction::Ingress);
    let evidence = Evidence::EgressOnly { gateway: gateway.id, known };
    if !known {
        return Outcome::deny(step, "R58", Code::EigwUnsolicited, evidence);
    }
    if context.packet().about().is_none() {
        remember(context, gateway, Direction::Ingress);
    }
    let then = Then::Go(Stage::Local { vpc: gateway.vpc, from: None });
    Outcome::new(step, Verdict::Route, "R58", evidence, then)
}

/// The egress-only gateway by which a packet from the internet comes into a VPC: one that knows its flow, or the only gateway that there is.
pub fn takes_in<'a>(context: &Context<'a>, vpc: VpcId) -> Option<&'a EgressOnlyGateway> {
    if context.packet().destination.is_ipv4() {
        return None;
    }
    let network = context.network();
    let gateway = network.egress_only_gateways().find(|gateway| gateway.vpc == vpc)?;
    (network.internet_gateway_of(vpc).is_none() || is_known(context, gateway, Direction::Ingress)).then_some(gateway)
}

fn is_known(context: &Context<'_>, gateway: &EgressOnlyGateway, direction: Direction) -> bool {
    let key = context.packet().about().map_or_else(|| FlowKey::of(context.packet(), direction), FlowKey::leaving);
    let flow = context.question.tracking.outward(gateway.id, &key, context.question.now);
    flow.is_some_and(|flow| !flow.is_reopened_by(direction, context.packet().tcp_flags()))
}

fn remember(context: &mut Context<'_>, gateway: &EgressOnlyGateway, direction: Direction) {
    let (key, flags) = (FlowKey::of(context.packet(), direction), context.packet().tcp_flags());
    context.effects.push(Effect::Outward { gateway: gateway.id, key, direction, flags });
}

/// Whether a packet can be nothing but an answer.
fn is_answer(packet: &Packet) -> bool {
    match packet.transport {
        Transport::Tcp { flags, .. } => flags.has(TcpFlags::SYN_ACK),
        Transport::Icmp { kind, .. } => ECHO_REPLY.contains(&kind) || packet.about().is_some(),
        Transport::Udp { .. } | Transport::Other(_) => false,
    }
}
