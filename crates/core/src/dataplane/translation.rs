//! What NAT gateways remember (`R42` to `R44`): which flow inside stands behind which of their ports.
//!
//! A port stands for one flow towards one end outside; towards another end the same port may stand for another flow. That is what limits a gateway:
//! [`PORTS_EACH`] flows for each of its addresses to one end outside.

use super::lifetime::TCP_CLOSING;
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::NatGatewayId;
use crate::packet::{FlowId, Packet, TcpFlags, Transport};
use crate::table::Table;
use crate::time::{Duration, Instant};

/// How long a flow without packets is remembered (`R44`).
pub const IDLE: Duration = Duration::from_secs(350);
/// The lowest port that a NAT gateway gives (`R42`); the highest is 65,535.
pub const FIRST_PORT: u16 = 1_024;
/// How many flows to one end outside each of its addresses takes at a time (`R43`).
pub const PORTS_EACH: usize = 55_000;

/// An end outside, as one address of a gateway sees it. ICMP has no port there: it counts as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Peer {
    gateway: NatGatewayId,
    own: Ipv4Addr,
    protocol: u8,
    address: IpAddr,
    port: u16,
}

impl Peer {
    fn new(gateway: NatGatewayId, own: Ipv4Addr, protocol: u8, address: IpAddr, port: u16) -> Peer {
        Peer { gateway, own, protocol, address, port: if protocol == ICMP { 0 } else { port } }
    }
}

const ICMP: u8 = 1;

/// A flow behind a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The sender inside.
    pub address: IpAddr,
    /// Its port, or the identifier of its echo.
    pub port: u16,
    /// When it is forgotten unless another packet comes.
    pub expires: Instant,
    closing: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Ports {
    taken: Table<u16, Mapping>,
    /// Where to look for a free one first, when the sender's own is taken.
    next: u16,
}

/// What must be remembered of a packet that a NAT gateway passed on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passed {
    /// The gateway.
    pub gateway: NatGatewayId,
    /// Its address that stands for the sender.
    pub own: Ipv4Addr,
    /// Its port that does.
    pub own_port: u16,
    /// The flow as it is inside, seen from the sender there.
    pub inside: FlowId,
    /// The TCP flags of the packet.
    pub flags: Option<TcpFlags>,
}

/// The memory of every NAT gateway.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Translations {
    ports: Table<Peer, Ports>,
    flows: Table<(NatGatewayId, FlowId), (Ipv4Addr, u16)>,
    /// Flows that were idle for too long, with when they were forgotten, until somebody counts them. Clearing away takes the same memory that they had.
    idled: Vec<(NatGatewayId, Instant)>,
}

impl Translations {
    /// The address and port that stand for a flow already, unless it is forgotten by now.
    pub fn of_flow(&self, gateway: NatGatewayId, inside: &FlowId, now: Instant) -> Option<(Ipv4Addr, u16)> {
        let (own, port) = *self.flows.get(&(gateway, *inside))?;
        let peer = Peer::new(gateway, own, inside.protocol, inside.destination, inside.destination_port);
        let mapping = self.ports.get(&peer)?.taken.get(&port)?;
        // A flow that was idle for too long has lost its port, and another one may have it by now.
        (mapping.expires > now && mapping.stands_for(inside)).then_some((own, port))
    }

    /// The flow behind a port of a gateway that a packet from outside is for.
    pub fn behind(&self, gateway: NatGatewayId, own: Ipv4Addr, answer: &FlowId, now: Instant) -> Option<&Mapping> {
        let peer = Peer::new(gateway, own, answer.protocol, answer.source, answer.source_port);
        self.ports.get(&peer)?.taken.get(&answer.destination_port).filter(|mapping| mapping.expires > now)
    }

    /// A port for a new flow at one of the gateway's addresses, the first one that has room: the sender's own port if it may be given and is free (`M`),
    /// otherwise the next free one. `None` when all are taken (`R43`).
    pub fn free_port(
        &self,
        gateway: NatGatewayId,
        addresses: impl IntoIterator<Item = Ipv4Addr>,
        inside: &FlowId,
        now: Instant,
    ) -> Option<(Ipv4Addr, u16)> {
        addresses.into_iter().find_map(|own| {
            let peer = Peer::new(gateway, own, inside.protocol, inside.destination, inside.destination_port);
            let port = match self.ports.get(&peer) {
                Some(ports) => ports.free(inside.source_port, now)?,
                None => inside.source_port.max(FIRST_PORT),
            };
            Some((own, port))
        })
    }

    /// Remembers a packet that was passed on, in either direction.
    pub fn note(&mut self, passed: &Passed, now: Instant) {
        let Passed { gateway, own, own_port, inside, flags } = *passed;
        let peer = Peer::new(gateway, own, inside.protocol, inside.destination, inside.destination_port);
        let idled = &mut self.idled;
        self.ports.update(peer, Ports::default(), |ports| {
            let before = ports.note(own_port, &inside, flags, now);
            idled.extend(before.filter(|mapping| mapping.has_idled(now)).map(|mapping| (gateway, mapping.expires)));
        });
        self.flows.insert((gateway, inside), (own, own_port));
    }

    /// Forgets a gateway: it is gone.
    pub fn forget(&mut self, gateway: NatGatewayId) {
        self.ports.retain(|peer, _| peer.gateway != gateway);
        self.flows.retain(|(owner, _), _| *owner != gateway);
    }

    /// Drops what is forgotten by now; it only frees space.
    pub fn expire(&mut self, now: Instant) {
        let idled = &mut self.idled;
        for (peer, ports) in self.ports.iter_mut() {
            ports.taken.retain(|_, mapping| {
                if mapping.has_idled(now) {
                    idled.push((peer.gateway, mapping.expires));
                }
                mapping.expires > now
            });
        }
        self.ports.retain(|_, ports| !ports.taken.is_empty());
        let ports = &self.ports;
        self.flows.retain(|(gateway, inside), (own, port)| {
            let peer = Peer::new(*gateway, *own, inside.protocol, inside.destination, inside.destination_port);
            ports.get(&peer).and_then(|ports| ports.taken.get(port)).is_some_and(|mapping| mapping.stands_for(inside))
        });
    }

    /// The flows that were idle for too long and that nobody has taken from here yet, by gateway, with when each was forgotten.
    pub fn take_idled(&mut self) -> Vec<(NatGatewayId, Instant)> {
        std::mem::take(&mut self.idled)
    }

    /// How many flows a gateway remembers now.
    pub fn active(&self, gateway: NatGatewayId, now: Instant) -> usize {
        let own = self.ports.iter().filter(|(peer, _)| peer.gateway == gateway);
        own.map(|(_, ports)| ports.live(now)).sum()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.ports.is_empty()
    }
}

impl Ports {
    fn live(&self, now: Instant) -> usize {
        self.taken.values().filter(|mapping| mapping.expires > now).count()
    }

    fn is_free(&self, port: u16, now: Instant) -> bool {
        self.taken.get(&port).is_none_or(|mapping| mapping.expires <= now)
    }

    fn free(&self, wanted: u16, now: Instant) -> Option<u16> {
        // Those that are forgotten but not cleared away yet are counted only when it matters.
        if self.taken.len() >= PORTS_EACH && self.live(now) >= PORTS_EACH {
            return None;
        }
        if wanted >= FIRST_PORT && self.is_free(wanted, now) {
            return Some(wanted);
        }
        let first = self.next.max(FIRST_PORT);
        (first..=u16::MAX).chain(FIRST_PORT..first).find(|port| self.is_free(*port, now))
    }

    /// Notes a packet, and hands back what was known of its port.
    fn note(&mut self, port: u16, inside: &FlowId, flags: Option<TcpFlags>, now: Instant) -> Option<Mapping> {
        let known = self.taken.get(&port).filter(|mapping| mapping.expires > now && mapping.stands_for(inside));
        let ends = flags.is_some_and(|flags| flags.has(TcpFlags::FIN) || flags.has(TcpFlags::RST));
        let begins = flags.is_some_and(|flags| flags.has(TcpFlags::SYN));
        let closing = ends || (!begins && known.is_some_and(|mapping| mapping.closing));
        if known.is_none() && port != inside.source_port {
            self.next = port.wrapping_add(1);
        }
        let lasts = if closing { TCP_CLOSING } else { IDLE };
        self.taken.insert(port, Mapping { address: inside.source, port: inside.source_port, expires: now + lasts, closing })
    }
}

impl Mapping {
    /// Whether it is forgotten by now because nothing came for so long, and not because the connection was closed.
    fn has_idled(&self, now: Instant) -> bool {
        self.expires <= now && !self.closing
    }

    fn stands_for(&self, inside: &FlowId) -> bool {
        self.address == inside.source && self.port == inside.source_port
    }
}

/// The packet under another source address and port. Of ICMP the identifier is the port.
pub(crate) fn with_source(packet: Packet, source: IpAddr, port: u16) -> Packet {
    let transport = match packet.transport {
        Transport::Tcp { destination, flags, sequence, acknowledgement, .. } => {
            Transport::Tcp { source: port, destination, flags, sequence, acknowledgement }
        }
        Transport::Udp { destination, .. } => Transport::Udp { source: port, destination },
        Transport::Icmp { kind, code, sequence, .. } => Transport::Icmp { kind, code, id: port, sequence },
        Transport::Other(number) => Transport::Other(number),
    };
    Packet { source, transport, ..packet }
}

/// The packet to another destination address and port. Of ICMP the identifier is the port.
pub(crate) fn with_destination(packet: Packet, destination: IpAddr, port: u16) -> Packet {
    let transport = match packet.transport {
        Transport::Tcp { source, flags, sequence, acknowledgement, .. } => {
            Transport::Tcp { source, destination: port, flags, sequence, acknowledgement }
        }
        Transport::Udp { source, .. } => Transport::Udp { source, destination: port },
        Transport::Icmp { kind, code, sequence, .. } => Transport::Icmp { kind, code, id: port, sequence },
        Transport::Other(number) => Transport::Other(number),
    };
    Packet { destination, transport, ..packet }
}

impl Passed {
    /// What must be remembered of a packet that is `inside` on the inner side.
    pub(crate) fn of(gateway: NatGatewayId, own: (Ipv4Addr, u16), inside: FlowId, packet: &Packet) -> Passed {
        Passed { gateway, own: own.0, own_port: own.1, inside, flags: packet.tcp_flags() }
    }
}
