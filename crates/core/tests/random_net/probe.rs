//! Random packets for a random network, and their answers.

use super::Piece;
use super::built::Built;
use super::draw::{Draw, ENIS, HOSTS, HOSTS_IPV6, INSTANCES, NATS, OFFICE, VPCS};
use crate::support_dp::ip;
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::Origin;
use eni_core::dataplane::trace::answer;
use eni_core::dataplane::verdict::Place;
use eni_core::packet::{Packet, TcpFlags, Transport};

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum From {
    /// An instance. It chooses the source address itself where that is 0.0.0.0.
    Guest(usize),
    /// Whatever puts a packet on the wire of an ENI.
    Wire(usize),
    /// A host of the internet.
    Host,
    /// A host of the office, behind the virtual private gateway.
    Office,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probe {
    pub from: From,
    pub packet: Packet,
}

/// Protocols that have no ports: a number is asked once in a network, because flows of such a protocol are told apart by their ends alone (`S33`).
pub const OTHERS: std::ops::Range<u8> = 200..208;

/// The probe of a number: no two of a network belong to the same flow.
pub fn draw(draw: &mut Draw, pieces: &[Piece], number: u16) -> Probe {
    let enis: Vec<usize> = pieces.iter().filter_map(|piece| if let Piece::Eni { eni, .. } = piece { Some(*eni) } else { None }).collect();
    let eni = draw.one_of(&enis);
    let office = pieces.iter().any(|piece| matches!(piece, Piece::Vpn { .. }));
    if draw.chance(30) && pieces.iter().any(|piece| matches!(piece, Piece::Ipv6 { .. })) {
        return ipv6(draw, pieces, number, eni);
    }
    let (from, source) = match draw.below(10) {
        3 | 4 if office && draw.chance(40) => (From::Office, ip(draw.one_of(&OFFICE))),
        0..=4 => (From::Guest(INSTANCES[eni]), Ipv4Addr::UNSPECIFIED),
        5 | 6 => (From::Guest(INSTANCES[eni]), private(draw, pieces, eni)),
        7 => (From::Wire(eni), if draw.chance(50) { private(draw, pieces, eni) } else { anything(draw, pieces) }),
        _ => (From::Host, ip(HOSTS[draw.below(2)])),
    };
    let destination = match from {
        From::Host if draw.chance(90) => ip(&public(draw)),
        From::Guest(_) | From::Wire(_) if draw.chance(15) => service(draw, pieces),
        _ => anything(draw, pieces),
    };
    let port = draw.one_of(&[22, 53, 80, 443, 443, 2049, 8080, 30_000]);
    let own = draw.one_of(&[1_100, 20_000, 32_000, 60_000]) + number;
    let transport = match draw.below(20) {
        0..=9 => Transport::Tcp { source: own, destination: port, flags: TcpFlags::SYN, sequence: 1_000, acknowledgement: 0 },
        10..=14 => Transport::Udp { source: own, destination: port },
        19 if number < u16::from(OTHERS.end - OTHERS.start) => Transport::Other(OTHERS.start + u8::try_from(number).unwrap()),
        _ => Transport::Icmp { kind: 8, code: 0, id: own, sequence: 1 },
    };
    Probe { from, packet: Packet { source: IpAddr::V4(source), destination: IpAddr::V4(destination), transport, length: 60 } }
}

/// The same over IPv6, which only guests and hosts of the internet speak.
fn ipv6(draw: &mut Draw, pieces: &[Piece], number: u16, eni: usize) -> Probe {
    let own = |eni: usize| {
        let subnet = pieces.iter().find_map(|piece| match piece {
            Piece::Eni { eni: found, subnet, .. } if *found == eni => Some(*subnet),
            _ => None,
        });
        format!("2600:1f18:0:{}{:02}::{:x}", vpc_of(pieces, subnet.unwrap_or(0)), subnet.unwrap_or(0), eni + 1)
    };
    let (from, source) = match draw.below(10) {
        0..=4 => (From::Guest(INSTANCES[eni]), "::".to_owned()),
        5 | 6 => (From::Guest(INSTANCES[eni]), own(eni)),
        _ => (From::Host, draw.one_of(&HOSTS_IPV6).to_owned()),
    };
    let destination = match draw.below(10) {
        0..=2 if from != From::Host => draw.one_of(&HOSTS_IPV6).to_owned(),
        3 => format!("2600:1f18:0:{}{:02}::77", draw.below(VPCS), draw.below(4)),
        _ => own(draw.below(ENIS)),
    };
    let (port, own) = (draw.one_of(&[22, 53, 80, 443, 8080, 30_000]), draw.one_of(&[1_100, 20_000, 32_000, 60_000]) + number);
    let transport = match draw.below(20) {
        0..=9 => Transport::Tcp { source: own, destination: port, flags: TcpFlags::SYN, sequence: 1_000, acknowledgement: 0 },
        10..=14 => Transport::Udp { source: own, destination: port },
        _ => Transport::Icmp { kind: 128, code: 0, id: own, sequence: 1 },
    };
    let address = |text: String| text.parse::<IpAddr>().unwrap();
    Probe { from, packet: Packet { source: address(source), destination: address(destination), transport, length: 60 } }
}

fn vpc_of(pieces: &[Piece], subnet: usize) -> usize {
    let vpc = |piece: &Piece| if let Piece::Subnet { subnet: found, vpc, .. } = piece { (*found == subnet).then_some(*vpc) } else { None };
    pieces.iter().find_map(vpc).unwrap_or(0)
}

/// The address of a service's ENI, or one nearby.
fn service(draw: &mut Draw, pieces: &[Piece]) -> Ipv4Addr {
    let of = |piece: &Piece| if let Piece::Service { service, subnet, .. } = piece { Some((*service, *subnet)) } else { None };
    let services: Vec<(usize, usize)> = pieces.iter().filter_map(of).collect();
    let (service, subnet) = if services.is_empty() { (0, 0) } else { draw.one_of(&services) };
    ip(&format!("10.{}.{subnet}.{}", vpc_of(pieces, subnet), 150 + service))
}

/// An address of an ENI, whether it has it or not.
fn private(draw: &mut Draw, pieces: &[Piece], eni: usize) -> Ipv4Addr {
    let of = |piece: &Piece| if let Piece::Eni { eni: found, subnet, .. } = piece { (*found == eni).then_some(*subnet) } else { None };
    let subnet = pieces.iter().find_map(of).unwrap_or(0);
    let base = if draw.chance(85) { 10 } else { 100 };
    ip(&format!("10.{}.{subnet}.{}", vpc_of(pieces, subnet), base + eni))
}

fn public(draw: &mut Draw) -> String {
    let host = match draw.below(10) {
        0 => 200 + draw.below(NATS),
        1 => 100 + draw.below(ENIS),
        2 => 250,
        _ => 10 + draw.below(ENIS),
    };
    format!("203.0.113.{host}")
}

fn anything(draw: &mut Draw, pieces: &[Piece]) -> Ipv4Addr {
    match draw.below(12) {
        0 => ip(HOSTS[draw.below(2)]),
        1 => ip(HOSTS[0]),
        2 | 3 => ip(&public(draw)),
        // Nobody's, a NAT gateway's, and one of another private network.
        4 => ip(&format!("10.{}.{}.{}", draw.below(VPCS), draw.below(4), draw.one_of(&[77, 200, 201]))),
        5 if draw.chance(20) => ip("172.16.0.1"),
        6 if pieces.iter().any(|piece| matches!(piece, Piece::Vpn { .. })) => ip(draw.one_of(&OFFICE)),
        _ => {
            let eni = draw.below(ENIS);
            private(draw, pieces, eni)
        }
    }
}

impl Probe {
    /// The next packet of the same flow, after the answer to the first.
    pub fn later(&self) -> Probe {
        let transport = match self.packet.transport {
            Transport::Tcp { source, destination, sequence, .. } => {
                Transport::Tcp { source, destination, flags: TcpFlags::ACK, sequence, acknowledgement: 1 }
            }
            Transport::Icmp { kind, code, id, sequence } => Transport::Icmp { kind, code, id, sequence: sequence + 1 },
            other => other,
        };
        Probe { packet: Packet { transport, ..self.packet }, ..*self }
    }

    /// Where it starts; `None` where a shrunk network does not have that any more.
    pub fn origin(&self, built: &Built) -> Option<Origin> {
        match self.from {
            From::Guest(instance) => built.instances.get(&instance).map(|id| Origin::Instance(*id)),
            From::Wire(eni) => built.enis.get(&eni).map(|id| Origin::Eni(*id)),
            From::Host => Some(Origin::Internet),
            From::Office => built.vpn.map(Origin::VpnGateway),
        }
    }
}

/// The answer of whoever got a packet, and where it starts.
pub fn reply(place: Place, packet: &Packet) -> Option<(Origin, Packet)> {
    let origin = match place {
        Place::Guest(id) => Origin::Instance(id),
        Place::Internet => Origin::Internet,
        Place::Eni(id) => Origin::Eni(id),
        Place::VpnGateway(id) => Origin::VpnGateway(id),
        _ => return None,
    };
    Some((origin, answer(packet)?))
}
