//! Packets as typed headers. Bytes are made only at the edge that needs them (captures).

use crate::addr::{Direction, IcmpMatch, IpAddr, Traffic};
use std::fmt;

/// What is above IP in a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// A TCP segment.
    Tcp {
        /// Source port.
        source: u16,
        /// Destination port.
        destination: u16,
        /// Which flags are set.
        flags: TcpFlags,
        /// Sequence number.
        sequence: u32,
        /// Acknowledgement number.
        acknowledgement: u32,
    },
    /// A UDP datagram.
    Udp {
        /// Source port.
        source: u16,
        /// Destination port.
        destination: u16,
    },
    /// ICMP, or ICMPv6 where the addresses are IPv6.
    Icmp {
        /// The type (8 asks, 0 answers; 3 unreachable).
        kind: u8,
        /// The code.
        code: u8,
        /// The identifier of an echo; of a message that nobody waits on a port, the port that was asked from.
        id: u16,
        /// The sequence number of an echo; of such a message, the port that was asked for.
        sequence: u16,
    },
    /// Another protocol by its IANA number.
    Other(u8),
}

/// The TCP flags that matter here, as the bits of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TcpFlags(pub u8);

impl TcpFlags {
    /// FIN: the sender is done.
    pub const FIN: TcpFlags = TcpFlags(1);
    /// SYN: opens.
    pub const SYN: TcpFlags = TcpFlags(2);
    /// RST: aborts.
    pub const RST: TcpFlags = TcpFlags(4);
    /// PSH: data to hand over.
    pub const PSH: TcpFlags = TcpFlags(8);
    /// ACK: the acknowledgement number counts.
    pub const ACK: TcpFlags = TcpFlags(16);
    /// The second packet of a handshake.
    pub const SYN_ACK: TcpFlags = TcpFlags(18);

    /// Both sets together.
    pub const fn with(self, other: TcpFlags) -> TcpFlags {
        TcpFlags(self.0 | other.0)
    }

    /// Whether all of `other` are set.
    pub const fn has(self, other: TcpFlags) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One packet: who, to whom, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Packet {
    /// Source address, as in the header at this point of the path.
    pub source: IpAddr,
    /// Destination address, as in the header at this point of the path.
    pub destination: IpAddr,
    /// What is above IP.
    pub transport: Transport,
    /// Length in bytes of the IP packet.
    pub length: u16,
}

/// Bytes of the header of an IP packet from this address, without options.
pub const fn ip_header_bytes(address: IpAddr) -> u16 {
    if address.is_ipv4() { 20 } else { 40 }
}

/// ICMP and ICMPv6 echo request types.
pub const ECHO_REQUEST: [u8; 2] = [8, 128];
/// ICMP and ICMPv6 echo reply types.
pub const ECHO_REPLY: [u8; 2] = [0, 129];
/// Type and code of the message that nobody waits on a port of UDP, over IPv4 and IPv6.
pub const PORT_UNREACHABLE: [(u8, u8); 2] = [(3, 3), (1, 4)];

impl Packet {
    /// The flags, where it is TCP.
    pub fn tcp_flags(&self) -> Option<TcpFlags> {
        match self.transport {
            Transport::Tcp { flags, .. } => Some(flags),
            _ => None,
        }
    }

    /// The IANA number of the protocol.
    pub fn protocol_number(&self) -> u8 {
        match self.transport {
            Transport::Tcp { .. } => 6,
            Transport::Udp { .. } => 17,
            Transport::Icmp { .. } if self.source.is_ipv6() => 58,
            Transport::Icmp { .. } => 1,
            Transport::Other(number) => number,
        }
    }

    /// Source and destination port; `None` where the protocol has none.
    pub fn ports(&self) -> Option<(u16, u16)> {
        match self.transport {
            Transport::Tcp { source, destination, .. } | Transport::Udp { source, destination } => Some((source, destination)),
            Transport::Icmp { .. } | Transport::Other(_) => None,
        }
    }

    /// The other end as rules of a side see it: the source on the way in, the destination on the way out (`N7`).
    #[inline]
    pub const fn remote(&self, direction: Direction) -> &IpAddr {
        match direction {
            Direction::Ingress => &self.source,
            Direction::Egress => &self.destination,
        }
    }

    /// What rules compare, peers apart.
    pub fn shape(&self) -> Shape {
        let protocol = self.protocol_number();
        match self.transport {
            Transport::Tcp { destination, .. } | Transport::Udp { destination, .. } => Shape { protocol, detail: Some(destination) },
            Transport::Icmp { kind, code, .. } => Shape { protocol, detail: Some(u16::from_be_bytes([kind, code])) },
            Transport::Other(_) => Shape { protocol, detail: None },
        }
    }

    /// Whether a rule that speaks of `traffic` speaks of this packet; peers are not looked at. Ports are always the packet's destination (`S14`, `N7`).
    pub fn fits(&self, traffic: Traffic) -> bool {
        self.shape().fits(traffic)
    }

    /// Whether it asks for an echo.
    pub fn asks_echo(&self) -> bool {
        matches!(self.transport, Transport::Icmp { kind, .. } if ECHO_REQUEST.contains(&kind))
    }

    /// The flow of the datagram that a message is about: nobody waits on its port. Where the message's addresses are translated, so is what it is about.
    pub fn about(&self) -> Option<FlowId> {
        let [four, six] = PORT_UNREACHABLE;
        let own = if self.source.is_ipv4() { four } else { six };
        match self.transport {
            Transport::Icmp { kind, code, id, sequence } if (kind, code) == own => Some(FlowId {
                protocol: 17,
                source: self.destination,
                source_port: id,
                destination: self.source,
                destination_port: sequence,
            }),
            _ => None,
        }
    }

    /// Which conversation the packet belongs to, seen in its own direction.
    pub fn flow(&self) -> FlowId {
        let (source_port, destination_port) = match self.transport {
            Transport::Tcp { source, destination, .. } | Transport::Udp { source, destination } => (source, destination),
            Transport::Icmp { id, .. } => (id, id),
            Transport::Other(_) => (0, 0),
        };
        FlowId { protocol: self.protocol_number(), source: self.source, source_port, destination: self.destination, destination_port }
    }
}

/// What rules compare of a packet, peers apart: taken out of it once, it is compared with many rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The IANA number of the protocol.
    protocol: u8,
    /// The destination port, or ICMP type and code; `None` where nobody looked into the packet.
    detail: Option<u16>,
}

impl Shape {
    /// Whether a rule that speaks of `traffic` speaks of such packets.
    #[inline]
    pub fn fits(self, traffic: Traffic) -> bool {
        match (traffic, self.detail) {
            (Traffic::All, _) => true,
            (Traffic::Tcp(ports), Some(port)) => self.protocol == 6 && ports.contains(port),
            (Traffic::Udp(ports), Some(port)) => self.protocol == 17 && ports.contains(port),
            (Traffic::Icmp(icmp), Some(detail)) => self.protocol == 1 && icmp_fits(icmp, detail),
            (Traffic::Icmpv6(icmp), Some(detail)) => self.protocol == 58 && icmp_fits(icmp, detail),
            (Traffic::Other(wanted), _) => self.protocol == wanted,
            _ => false,
        }
    }
}

fn icmp_fits(icmp: IcmpMatch, detail: u16) -> bool {
    let [kind, code] = detail.to_be_bytes();
    icmp.matches(kind, code)
}

/// A conversation in one direction: what connection tracking is keyed by (`S33`). For ICMP both ports are the echo's identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowId {
    /// IANA protocol number.
    pub protocol: u8,
    /// Source address.
    pub source: IpAddr,
    /// Source port; 0 where the protocol has none.
    pub source_port: u16,
    /// Destination address.
    pub destination: IpAddr,
    /// Destination port; 0 where the protocol has none.
    pub destination_port: u16,
}

impl FlowId {
    /// The same conversation seen in the other direction.
    pub const fn reversed(self) -> FlowId {
        FlowId {
            protocol: self.protocol,
            source: self.destination,
            source_port: self.destination_port,
            destination: self.source,
            destination_port: self.source_port,
        }
    }
}

impl fmt::Display for FlowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}:{} -> {}:{}", self.protocol, self.source, self.source_port, self.destination, self.destination_port)
    }
}
