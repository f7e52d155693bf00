//! NAT gateways: many inside behind one address, from inside only (`R38` to `R48`, `P11` to `P16`).

use crate::addr::{IpAddr, Ipv4Addr};
use crate::dataplane::conntrack::Effect;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::translation::{self, Passed};
use crate::dataplane::verdict::{Disposition, Mark, Step, Verdict};
use crate::model::eni::Eni;
use crate::model::nat_gateway::{NatGateway, NatState};
use crate::packet::{ECHO_REPLY, FlowId, Packet, TcpFlags, Transport};

/// It works.
pub fn state<'s, 'a>(step: &'s mut Step, gateway: &NatGateway) -> Outcome<'s, 'a> {
    let evidence = Evidence::NatGateway { gateway: gateway.id, state: gateway.state };
    match gateway.state {
        NatState::Available => Outcome::allow(step, "P14", evidence),
        _ => Outcome::deny(step, "P14", Code::BadState, evidence),
    }
}

/// It carries TCP, UDP and ICMP over IPv4 and nothing else, and of packets that were cut those of UDP alone (`R41`).
pub fn protocol<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &NatGateway) -> Outcome<'s, 'a> {
    let evidence = Evidence::NatGateway { gateway: gateway.id, state: gateway.state };
    let packet = context.packet();
    match packet.transport {
        Transport::Tcp { .. } | Transport::Icmp { .. } if context.question.assume.cut => {
            Outcome::deny(step, "R41", Code::ProtocolRestriction, evidence)
        }
        Transport::Tcp { .. } | Transport::Udp { .. } | Transport::Icmp { .. } if packet.source.is_ipv4() => {
            Outcome::allow(step, "R41", evidence)
        }
        _ => Outcome::deny(step, "R41", Code::ProtocolRestriction, evidence),
    }
}

/// It serves its own VPC: what comes over a peering connection or from beyond a virtual private gateway may not use it (`R46`); what a transit
/// gateway brought into the VPC may (`R69`).
pub fn source<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &NatGateway, eni: &Eni) -> Outcome<'s, 'a> {
    let network = context.network();
    let source = context.packet().source;
    if eni.owns(context.packet().destination) {
        return Outcome::skip(step, "R46", Evidence::None);
    }
    let evidence = Evidence::Owner { address: source, eni: network.eni_by_address(gateway.vpc, source).map(|eni| eni.id) };
    let inside = network.vpc(gateway.vpc).is_some_and(|vpc| vpc.has_address(source));
    if context.transit && !inside {
        return Outcome::allow(step, "R69", evidence);
    }
    if inside { Outcome::allow(step, "R46", evidence) } else { Outcome::deny(step, "R46", Code::NgwRequiresSourceInVpc, evidence) }
}

/// Out: the sender's address and port become the gateway's. Back: the other way round, for what was asked from inside and is not forgotten.
pub fn translate<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, gateway: &'a NatGateway, eni: &'a Eni) -> Outcome<'s, 'a> {
    match context.packet().destination {
        IpAddr::V4(own) if eni.owns(context.packet().destination) => back(step, context, gateway, eni, own),
        _ => out(step, context, gateway, eni),
    }
}

fn out<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, gateway: &'a NatGateway, eni: &'a Eni) -> Outcome<'s, 'a> {
    let (packet, now) = (*context.packet(), context.question.now);
    let memory = context.question.tracking.translations();
    let inside = packet.flow();
    let evidence = |to: Option<(Ipv4Addr, u16)>| Evidence::PortTranslation {
        gateway: gateway.id,
        from: (packet.source, inside.source_port),
        to: to.map(|(ip, port)| (IpAddr::V4(ip), port)),
    };
    let known = memory.of_flow(gateway.id, &inside, now);
    if known.is_none() && (!begins(&packet) || packet.about().is_some()) {
        return Outcome::deny(step, "R44", Code::NgwIdleTimeout, evidence(None));
    }
    let addresses = gateway.addresses.iter().filter_map(|address| address.private_ip);
    let Some(own) = known.or_else(|| memory.free_port(gateway.id, addresses, &inside, now)) else {
        return Outcome::deny(step, "R43", Code::NgwErrorPortAllocation, evidence(None));
    };
    context.effects.push(Effect::Nat(Passed::of(gateway.id, own, inside, &packet)));
    context.rewrite(translation::with_source(packet, IpAddr::V4(own.0), own.1));
    let outcome = Outcome::new(step, Verdict::Translate, "R42", evidence(Some(own)), Then::Next);
    // Which port it gives is nowhere written; that it lies in the range is.
    outcome.to(Stage::egress(context.network(), eni.id)).forwarded().marked(Mark::Modelled)
}

/// Whether a packet may be the first of its flow. An answer is none, so what came in past the gateway does not go out by it (`P9`).
fn begins(packet: &Packet) -> bool {
    match packet.transport {
        Transport::Tcp { flags, .. } => flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK),
        Transport::Icmp { kind, .. } => !ECHO_REPLY.contains(&kind),
        Transport::Udp { .. } | Transport::Other(_) => true,
    }
}

fn back<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, gateway: &'a NatGateway, eni: &'a Eni, own: Ipv4Addr) -> Outcome<'s, 'a> {
    let (packet, now) = (*context.packet(), context.question.now);
    // What says that nobody waits on a port comes back as the answer would (believed): it is about what went out.
    let about = packet.about();
    let answer = about.map_or_else(|| packet.flow(), FlowId::reversed);
    let found = context.question.tracking.translations().behind(gateway.id, own, &answer, now).copied();
    // An echo that asks is no answer, whatever its identifier.
    let found = found.filter(|_| !packet.asks_echo());
    let to = found.map(|mapping| (mapping.address, mapping.port));
    let evidence = Evidence::PortTranslation { gateway: gateway.id, from: (packet.destination, answer.destination_port), to };
    let Some((address, port)) = to else {
        return Outcome::lost(step, "R40", Code::NgwUnsolicited, evidence, Disposition::Denied);
    };
    context.rewrite(translation::with_destination(packet, address, port));
    let outcome = Outcome::new(step, Verdict::Translate, "P12", evidence, Then::Next);
    let outcome = if about.is_some() {
        outcome.marked(Mark::Believed)
    } else {
        let inside = context.packet().flow().reversed();
        let inside_own = (own, answer.destination_port);
        context.effects.push(Effect::Nat(Passed::of(gateway.id, inside_own, inside, &packet)));
        outcome
    };
    outcome.to(Stage::egress(context.network(), eni.id)).forwarded()
}
