//! The guest that gets the packet: reverse path filter, its addresses, forwarding, its services (`G7`, `G10`, `E62`).

use crate::addr::IpAddr;
use crate::dataplane::conntrack::{Effect, Tracking};
use crate::dataplane::guest;
use crate::dataplane::reason::{Code, Evidence, GuestAddressKind, GuestRouting};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::translation::{with_destination, with_source};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::id::InstanceId;
use crate::model::eni::Eni;
use crate::model::instance::{Instance, RpFilter};
use crate::packet::{ECHO_REPLY, FlowId, Packet, TcpFlags, Transport};
use crate::time::Instant;

/// Whether the guest would send back by the ENI that the packet came in by (`G7`).
pub fn reverse_path<'s, 'a>(step: &'s mut Step, context: &Context<'a>, instance: &'a Instance, eni: &'a Eni) -> Outcome<'s, 'a> {
    let network = context.network();
    let packet = context.packet();
    // No system takes from its wires what says to come from itself, whatever its filter is set to.
    if packet.source == packet.destination && context.hops > 0 {
        let evidence = Evidence::ReversePath { came_in: eni.id, way_back: None };
        return Outcome::deny(step, "P37", Code::GuestOwnSource, evidence).marked(Mark::Believed);
    }
    let filter = instance.guest.filter_of(eni.id);
    // Linux filters IPv4 alone. Where nobody took the default routes away, there is some way back to everywhere.
    if packet.source.is_ipv6() || filter == RpFilter::Off || (filter == RpFilter::Loose && instance.guest.by_hand.is_none()) {
        return Outcome::skip(step, "G7", Evidence::None);
    }
    let back = match guest::exit(network, instance, packet.destination, packet.source) {
        exit if exit.by == GuestRouting::ForeignSource => guest::onward(network, instance, packet.destination, packet.source),
        exit => exit,
    };
    let way_back = back.eni.map(|eni| eni.id);
    let evidence = Evidence::ReversePath { came_in: eni.id, way_back };
    let fine = match filter {
        RpFilter::Strict => way_back == Some(eni.id) || back.by == GuestRouting::Local,
        RpFilter::Loose | RpFilter::Off => way_back.is_some(),
    };
    if fine {
        Outcome::allow(step, "G7", evidence).marked(Mark::Believed)
    } else {
        Outcome::deny(step, "G7", Code::GuestReversePathFilter, evidence).marked(Mark::Believed)
    }
}

/// What the destination is to the guest: its own, unknown to it (`E62`), or somebody else's, which a router hands on (`G10`).
pub fn address<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, instance: &'a Instance, eni: &'a Eni) -> Outcome<'s, 'a> {
    let network = context.network();
    let address = context.packet().destination;
    let seen = |is| Evidence::GuestAddress { address, is };
    if guest::configured_on(network, instance, address).is_some() {
        return match returned(context, instance.id) {
            Some(packet) => hand_on(step, context, instance, packet, GuestAddressKind::Returned),
            None => Outcome::allow(step, "E62", seen(GuestAddressKind::Configured)),
        };
    }
    // What a system sends to itself never comes over a wire.
    let source = context.packet().source;
    if address.is_loopback() && (source.is_loopback() || guest::configured_on(network, instance, source).is_some()) {
        return Outcome::allow(step, "G1", seen(GuestAddressKind::Configured));
    }
    if address.is_loopback() || eni.owns(address) || guest::has_address(network, instance, address).is_some() {
        return Outcome::deny(step, "E62", Code::GuestAddressNotConfigured, seen(GuestAddressKind::NotConfigured));
    }
    if !instance.guest.forwarding {
        return Outcome::deny(step, "G10", Code::GuestNotForwarding, seen(GuestAddressKind::Foreign));
    }
    forward(step, context, instance)
}

/// The packet with its first sender's address again, if it answers something that this guest masqueraded.
fn returned(context: &Context<'_>, instance: InstanceId) -> Option<Packet> {
    let (packet, tracking) = (context.packet(), context.question.tracking);
    if !tracking.masquerades() {
        return None;
    }
    let flow = packet.about().map_or_else(|| packet.flow(), FlowId::reversed);
    let entry = tracking.masquerade(instance, flow, context.question.now)?;
    Some(with_destination(*packet, entry.original, entry.original_port))
}

fn hand_on<'s, 'a>(
    step: &'s mut Step,
    context: &mut Context<'a>,
    instance: &'a Instance,
    packet: Packet,
    is: GuestAddressKind,
) -> Outcome<'s, 'a> {
    let network = context.network();
    let exit = onward(context, instance, packet.destination);
    let evidence = Evidence::GuestAddress { address: context.packet().destination, is };
    let Some(stage) = exit.and_then(|eni| Stage::egress(network, eni.id)) else {
        return Outcome::deny(step, "G10", Code::GuestNotForwarding, evidence);
    };
    let verdict = if packet == *context.packet() {
        Verdict::Route
    } else {
        context.rewrite(packet);
        Verdict::Translate
    };
    Outcome::new(step, verdict, "G10", evidence, Then::Forward(stage))
}

/// The ENI that a packet leaves by which a router's guest hands on. Its source is still the sender's: that changes last.
fn onward<'a>(context: &Context<'a>, instance: &'a Instance, destination: IpAddr) -> Option<&'a Eni> {
    let exit = guest::onward(context.network(), instance, context.packet().source, destination);
    exit.eni.filter(|_| !matches!(exit.by, GuestRouting::NoNeighbour(_)))
}

/// Whether what comes from an address and leaves by an ENI gets the router's own address.
fn masquerades(instance: &Instance, source: IpAddr, out: &Eni) -> bool {
    let IpAddr::V4(source) = source else { return false };
    instance.guest.masquerade || instance.guest.by_hand.as_ref().is_some_and(|hand| hand.masquerades(source, out.id))
}

/// A router's guest sends the packet on, under its own address if it masquerades.
fn forward<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, instance: &'a Instance) -> Outcome<'s, 'a> {
    let packet = *context.packet();
    let Some(out) = onward(context, instance, packet.destination) else {
        return hand_on(step, context, instance, packet, GuestAddressKind::Foreign);
    };
    let own = out.primary_ip().filter(|_| masquerades(instance, packet.source, out));
    let Some(own) = own else { return hand_on(step, context, instance, packet, GuestAddressKind::Forwarded(out.id)) };
    let tracking = context.question.tracking;
    let translated = free_port(tracking, instance.id, packet, IpAddr::V4(own), context.question.now);
    let known = tracking.masquerade(instance.id, translated.flow().reversed(), context.question.now).is_some();
    if !known && !may_begin(&packet) {
        return hand_on(step, context, instance, packet, GuestAddressKind::Forwarded(out.id));
    }
    let flow = packet.flow();
    let effect = Effect::Masquerade {
        instance: instance.id,
        reply: translated.flow().reversed(),
        original: packet.source,
        original_port: flow.source_port,
    };
    context.effects.push(effect);
    hand_on(step, context, instance, translated, GuestAddressKind::Masqueraded(out.id))
}

/// Whether the kernel takes a packet for the first of a connection: an answer or an end is of one that it knows, or it is handed on as it is.
fn may_begin(packet: &Packet) -> bool {
    match packet.transport {
        Transport::Tcp { flags, .. } => ![TcpFlags::SYN_ACK, TcpFlags::FIN, TcpFlags::RST].iter().any(|no| flags.has(*no)),
        Transport::Icmp { kind, .. } => !ECHO_REPLY.contains(&kind) && packet.about().is_none(),
        Transport::Udp { .. } | Transport::Other(_) => true,
    }
}

/// How many ports a router tries for one packet.
const PORT_TRIES: u16 = 64;

/// The packet under another source address, on its own port if nobody else uses that towards the same peer.
fn free_port(tracking: &Tracking, instance: InstanceId, packet: Packet, own: IpAddr, now: Instant) -> Packet {
    let flow = packet.flow();
    let at = |port: u16| with_source(packet, own, port);
    let free = |candidate: &Packet| {
        let entry = tracking.masquerade(instance, candidate.flow().reversed(), now);
        entry.is_none_or(|entry| entry.original == packet.source && entry.original_port == flow.source_port)
    };
    (0..PORT_TRIES).map(|step| at(flow.source_port.wrapping_add(step))).find(free).unwrap_or_else(|| at(flow.source_port))
}

/// Whether somebody waits for the packet. Answers, and whatever is not an opening, go to the system itself.
pub fn listener<'s, 'a>(step: &'s mut Step, context: &Context<'a>, instance: &'a Instance) -> Outcome<'s, 'a> {
    let packet = context.packet();
    let opening = match packet.transport {
        Transport::Tcp { flags, .. } => flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK),
        Transport::Udp { .. } => !context.reply,
        Transport::Icmp { .. } | Transport::Other(_) => false,
    };
    let found = !opening || guest::listens(&instance.guest, packet);
    let assumed = !found && context.question.assume.listening;
    let evidence = Evidence::Listener { found, assumed };
    let place = Place::Guest(instance.id);
    if found || assumed {
        let outcome = Outcome::new(step, Verdict::Deliver, "P-I5", evidence, Then::Arrive(Disposition::Delivered, place));
        if assumed { outcome.marked(Mark::Modelled) } else { outcome }
    } else {
        let refused = Outcome::deny(step, "P-I5", Code::GuestNoListener, evidence);
        refused.arrives(Disposition::Denied, place)
    }
}
