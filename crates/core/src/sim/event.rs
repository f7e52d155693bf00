//! What happens in a run, one event after another, and its stable text: one line each, compared between native and wasm runs.

use super::host::Host;
use super::key::{Cause, ClientId, PacketId};
use super::record::PacketRecord;
use crate::dataplane::reason::Code;
use crate::dataplane::verdict::Place;
use crate::model::event::Event;
use crate::packet::{ECHO_REPLY, ECHO_REQUEST, Packet, TcpFlags, Transport};
use crate::time::{Duration, Instant};
use std::fmt;
use std::rc::Rc;

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq)]
pub enum SimEvent {
    /// The network changed by itself: a transition was due.
    Network {
        /// When.
        at: Instant,
        /// How.
        event: Event,
    },
    /// A packet was sent. Its whole way is known from now on.
    Sent {
        /// The packet and its way.
        record: Rc<PacketRecord>,
    },
    /// A packet arrived.
    Arrived {
        /// When.
        at: Instant,
        /// The packet.
        packet: PacketId,
        /// Who got it.
        host: Host,
    },
    /// A packet was lost.
    Lost {
        /// When.
        at: Instant,
        /// The packet.
        packet: PacketId,
        /// For whom it travelled.
        cause: Cause,
        /// The step of its walk that stopped it.
        step: Option<usize>,
        /// Why.
        code: Option<Code>,
    },
    /// A TCP connection stands.
    Connected {
        /// When.
        at: Instant,
        /// For whom.
        cause: Cause,
    },
    /// A request was answered in time.
    Answered {
        /// When.
        at: Instant,
        /// Which request.
        cause: Cause,
        /// The packet that brought the answer.
        packet: PacketId,
        /// How long it took.
        round_trip: Duration,
    },
    /// A request was not answered in time.
    TimedOut {
        /// When.
        at: Instant,
        /// Which request.
        cause: Cause,
    },
    /// The other end of a TCP connection refused or aborted.
    Reset {
        /// When.
        at: Instant,
        /// The request that was open, or the last one.
        cause: Cause,
        /// The packet that brought it.
        packet: PacketId,
    },
    /// A request could not be asked: its target has no address now.
    NoAddress {
        /// When.
        at: Instant,
        /// Which request.
        cause: Cause,
    },
}

impl SimEvent {
    /// When it happened.
    pub fn at(&self) -> Instant {
        match self {
            SimEvent::Sent { record } => record.at,
            SimEvent::Network { at, .. }
            | SimEvent::Arrived { at, .. }
            | SimEvent::Lost { at, .. }
            | SimEvent::Connected { at, .. }
            | SimEvent::Answered { at, .. }
            | SimEvent::TimedOut { at, .. }
            | SimEvent::Reset { at, .. }
            | SimEvent::NoAddress { at, .. } => *at,
        }
    }

    /// The client that it is about.
    pub fn client(&self) -> Option<ClientId> {
        match self {
            SimEvent::Network { .. } | SimEvent::Arrived { .. } => None,
            SimEvent::Sent { record } => Some(record.cause.client),
            SimEvent::Lost { cause, .. }
            | SimEvent::Connected { cause, .. }
            | SimEvent::Answered { cause, .. }
            | SimEvent::TimedOut { cause, .. }
            | SimEvent::Reset { cause, .. }
            | SimEvent::NoAddress { cause, .. } => Some(cause.client),
        }
    }
}

impl fmt::Display for SimEvent {
    /// One line: the time to the microsecond, what, and the ids. Recorded lists are made of these lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.at().as_nanos() / 1_000;
        write!(f, "{:>4}.{:06} ", micros / 1_000_000, micros % 1_000_000)?;
        match self {
            SimEvent::Network { event, .. } => write!(f, "network {event:?}"),
            SimEvent::Sent { record } => write_sent(f, record),
            SimEvent::Arrived { packet, host, .. } => write!(f, "arrived {packet} {host}"),
            SimEvent::Lost { packet, cause, step, code, .. } => {
                write!(f, "lost {packet} {cause}")?;
                if let Some(step) = step {
                    write!(f, " step {step}")?;
                }
                code.map_or(Ok(()), |code| write!(f, " {}", code.as_str()))
            }
            SimEvent::Connected { cause, .. } => write!(f, "connected {cause}"),
            SimEvent::Answered { cause, packet, round_trip, .. } => {
                write!(f, "answered {cause} {packet} {} us", round_trip.as_nanos() / 1_000)
            }
            SimEvent::TimedOut { cause, .. } => write!(f, "timed-out {cause}"),
            SimEvent::Reset { cause, packet, .. } => write!(f, "reset {cause} {packet}"),
            SimEvent::NoAddress { cause, .. } => write!(f, "no-address {cause}"),
        }
    }
}

fn write_sent(f: &mut fmt::Formatter<'_>, record: &PacketRecord) -> fmt::Result {
    let again = if record.again { " again" } else { "" };
    write!(f, "sent{again} {} {} {} ", record.id, record.cause, record.from)?;
    write_packet(f, &record.packet)?;
    write!(f, " {}", record.walk.disposition.as_str())?;
    if let Some(blocker) = record.walk.blocker() {
        write!(f, " {} ", blocker.check.as_str())?;
        write_place(f, blocker.place)?;
    }
    Ok(())
}

fn write_packet(f: &mut fmt::Formatter<'_>, packet: &Packet) -> fmt::Result {
    let Packet { source, destination, .. } = packet;
    match packet.transport {
        Transport::Tcp { source: from, destination: to, flags, sequence, acknowledgement } => {
            write!(f, "tcp {source}:{from} > {destination}:{to} ")?;
            write_flags(f, flags)?;
            write!(f, " seq {sequence} ack {acknowledgement} len {}", packet.length)
        }
        Transport::Udp { source: from, destination: to } => write!(f, "udp {source}:{from} > {destination}:{to}"),
        Transport::Icmp { kind, code, id, sequence } => {
            let what = match kind {
                kind if ECHO_REQUEST.contains(&kind) => "echo".to_owned(),
                kind if ECHO_REPLY.contains(&kind) => "echo-reply".to_owned(),
                _ => format!("{kind}/{code}"),
            };
            write!(f, "icmp {source} > {destination} {what} id {id} seq {sequence}")
        }
        Transport::Other(number) => write!(f, "ip {number} {source} > {destination}"),
    }
}

fn write_flags(f: &mut fmt::Formatter<'_>, flags: TcpFlags) -> fmt::Result {
    let names = [("S", TcpFlags::SYN), ("F", TcpFlags::FIN), ("R", TcpFlags::RST), ("P", TcpFlags::PSH), ("A", TcpFlags::ACK)];
    names.iter().filter(|(_, flag)| flags.has(*flag)).try_for_each(|(name, _)| f.write_str(name))
}

fn write_place(f: &mut fmt::Formatter<'_>, place: Place) -> fmt::Result {
    match place {
        Place::Guest(id) => write!(f, "{id}"),
        Place::Eni(id) => write!(f, "{id}"),
        Place::Subnet(id) => write!(f, "{id}"),
        Place::Router(id) => write!(f, "{id}"),
        Place::InternetGateway(id) => write!(f, "{id}"),
        Place::EgressOnlyGateway(id) => write!(f, "{id}"),
        Place::VpnGateway(id) => write!(f, "{id}"),
        Place::NatGateway(id) => write!(f, "{id}"),
        Place::Endpoint(id) => write!(f, "{id}"),
        Place::Peering(id) => write!(f, "{id}"),
        Place::TransitGateway(id) => write!(f, "{id}"),
        Place::Internet => f.write_str("internet"),
    }
}
