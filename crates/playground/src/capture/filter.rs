//! The filters of captures, as `tcpdump` takes them: `tcp port 80 and not host 10.0.1.20`.

mod field;
mod read;

use eni_core::addr::{IpAddr, IpNet};
use eni_core::packet::Packet;
use field::Test;

/// Which packets are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    All,
    /// None of them: what is on no link here.
    Nothing,
    /// Those of a protocol.
    Protocol(u8),
    /// Those of IPv4; of IPv6.
    Family(bool),
    /// Those of a block's addresses.
    Net(Side, IpNet),
    /// Those of ports.
    Ports(Side, u16, u16),
    /// Those in whose header a byte is so.
    Field(Test),
    /// Those that both show.
    And(Box<[Filter; 2]>),
    /// Those that one of them shows.
    Or(Box<[Filter; 2]>),
    /// Those that it does not show.
    Not(Box<Filter>),
}

/// Which end of a packet is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// One of them.
    Either,
    /// Each of them.
    Both,
    /// The source.
    Source,
    /// The destination.
    Destination,
}

/// What is known by name in a filter.
pub struct Names<'n> {
    /// The address of a name.
    pub address: &'n dyn Fn(&str) -> Option<IpAddr>,
    /// The port of a service.
    pub port: &'n dyn Fn(&str) -> Option<u16>,
}

/// Why a filter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is none, from this word on; empty at its end.
    Syntax(String),
    /// What libpcap says of it.
    Said(String),
    /// `tcpdump` takes this of it, and the playground does not.
    NotPlayed(String),
}

impl Filter {
    /// Whether a packet is shown.
    pub fn shows(&self, packet: &Packet) -> bool {
        match self {
            Filter::All => true,
            Filter::Nothing => false,
            Filter::Protocol(number) => packet.protocol_number() == *number,
            Filter::Family(is_ipv4) => packet.source.is_ipv4() == *is_ipv4,
            Filter::Net(side, net) => side.any(net.contains(&packet.source), net.contains(&packet.destination)),
            Filter::Ports(side, from, to) => packet.ports().is_some_and(|(source, destination)| {
                let is_in = |port| (*from..=*to).contains(&port);
                side.any(is_in(source), is_in(destination))
            }),
            Filter::Field(test) => test.shows(packet),
            Filter::And(both) => both.iter().all(|filter| filter.shows(packet)),
            Filter::Or(both) => both.iter().any(|filter| filter.shows(packet)),
            Filter::Not(filter) => !filter.shows(packet),
        }
    }
}

impl Side {
    const fn any(self, source: bool, destination: bool) -> bool {
        match self {
            Side::Either => source || destination,
            Side::Both => source && destination,
            Side::Source => source,
            Side::Destination => destination,
        }
    }
}
