//! Packets as bytes: sent, awaited and read.

use super::layout::{GUESTS, IN_OFFICE, Layout, MARKS, host};
use crate::random_net::probe::OTHERS;
use eni_core::packet::{ECHO_REPLY, ECHO_REQUEST, Packet, TcpFlags, Transport};
use rustix::net::sockopt::set_ip_tos;
use rustix::net::{AddressFamily, Protocol, RecvFlags, SendFlags, SocketFlags, SocketType, bind, recv, recvfrom, sendto, socket_with};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::num::NonZeroU32;
use std::os::fd::OwnedFd;

/// How many hops a packet lives.
const HOPS: u8 = 64;
const RAW: u8 = 255;
/// A protocol of nobody's.
const MARK: u8 = 253;

/// Who listens, and by what.
type Ears = Vec<(Option<usize>, OwnedFd)>;

pub struct Wire {
    /// By family and protocol.
    ears: BTreeMap<(bool, u8), Ears>,
    marks: (OwnedFd, OwnedFd),
}

fn socket(protocol: u8) -> OwnedFd {
    socket_of(AddressFamily::INET, protocol)
}

fn socket_of(family: AddressFamily, protocol: u8) -> OwnedFd {
    let protocol = Protocol::from_raw(NonZeroU32::new(protocol.into()).unwrap());
    socket_with(family, SocketType::RAW, SocketFlags::CLOEXEC, Some(protocol)).unwrap()
}

fn v4(ip: IpAddr) -> Ipv4Addr {
    if let IpAddr::V4(ip) = ip { ip } else { panic!("IPv4 only") }
}

fn v6(ip: IpAddr) -> Ipv6Addr {
    if let IpAddr::V6(ip) = ip { ip } else { panic!("IPv6 only") }
}

impl Wire {
    pub fn new(layout: &Layout) -> Wire {
        let mut ears: BTreeMap<_, Ears> = BTreeMap::new();
        for place in (0..=IN_OFFICE).map(Some).chain([None]) {
            layout.enter(&host(place));
            // Services take TCP alone, and the office speaks no IPv6.
            let (is_service, is_office) = (place.is_some_and(|at| (GUESTS..IN_OFFICE).contains(&at)), place == Some(IN_OFFICE));
            for protocol in [6, 17, 1].into_iter().chain(OTHERS).take(if is_service { 1 } else { usize::MAX }) {
                ears.entry((false, protocol)).or_default().push((place, socket(protocol)));
            }
            for protocol in [6, 17, 58].into_iter().filter(|_| !is_service && !is_office) {
                ears.entry((true, protocol)).or_default().push((place, socket_of(AddressFamily::INET6, protocol)));
            }
        }
        layout.enter(MARKS[0]);
        let from = socket(RAW);
        layout.enter(MARKS[1]);
        Wire { ears, marks: (from, socket(MARK)) }
    }

    /// Sends from where the thread is; out of an interface of a guest whatever its routes say, if one is named. False where the sender cannot.
    pub fn send(&self, packet: &Packet, leg: Option<usize>) -> bool {
        if packet.destination.is_ipv6() {
            return send_ipv6(packet);
        }
        let socket = socket(RAW);
        let source = v4(packet.source);
        match leg {
            Some(leg) => set_ip_tos(&socket, [0x10, 0x08][leg]).unwrap(),
            None if source.is_unspecified() => {}
            // An address that is not its own, no guest can send from.
            None if bind(&socket, &SocketAddrV4::new(source, 0)).is_err() => return false,
            None => {}
        }
        sendto(&socket, &bytes(packet, HOPS), SendFlags::empty(), &SocketAddrV4::new(v4(packet.destination), 0)).is_ok()
    }

    /// Returns once everything that was sent is where it stays: a packet that was sent later and lived longer has arrived.
    pub fn settle(&self) {
        let mark = Packet {
            source: Ipv4Addr::new(192, 0, 2, 1).into(),
            destination: Ipv4Addr::new(192, 0, 2, 9).into(),
            transport: Transport::Other(MARK),
            length: 0,
        };
        sendto(&self.marks.0, &bytes(&mark, HOPS + 2), SendFlags::empty(), &SocketAddrV4::new(v4(mark.destination), 0)).unwrap();
        recv(&self.marks.1, &mut [0_u8; 64], RecvFlags::empty()).unwrap();
    }

    /// Who has heard something after a packet was sent.
    pub fn heard(&self, sent: &Packet) -> Option<(Option<usize>, Packet)> {
        let is_ipv6 = sent.destination.is_ipv6();
        let mut heard = None;
        for (place, ear) in &self.ears[&(is_ipv6, sent.protocol_number())] {
            let mut buffer = [0_u8; 128];
            while let Ok((length, _, from)) = recvfrom(ear, &mut buffer, RecvFlags::DONTWAIT) {
                let packet = if is_ipv6 {
                    // What other kernels say to each other is nobody's packet.
                    if sent.protocol_number() == 58 && !(ECHO_REQUEST.contains(&buffer[0]) || ECHO_REPLY.contains(&buffer[0])) {
                        continue;
                    }
                    let from = SocketAddrV6::try_from(from.unwrap()).unwrap();
                    // On the way nothing of it changes: a kernel does not say whom it was for.
                    let ends = (IpAddr::V6(*from.ip()), sent.destination);
                    Packet { source: ends.0, destination: ends.1, transport: transport(sent.protocol_number(), &buffer), length: 60 }
                } else {
                    read(&buffer[..length])
                };
                assert!(heard.is_none(), "one packet was sent, and two were heard");
                heard = Some((*place, packet));
            }
        }
        heard
    }
}

/// The kernel writes the header, and chooses the source where the packet has none.
fn send_ipv6(packet: &Packet) -> bool {
    let socket = socket_of(AddressFamily::INET6, packet.protocol_number());
    let source = v6(packet.source);
    if !source.is_unspecified() && bind(&socket, &SocketAddrV6::new(source, 0, 0, 0)).is_err() {
        return false;
    }
    sendto(&socket, &body(packet), SendFlags::empty(), &SocketAddrV6::new(v6(packet.destination), 0, 0, 0)).is_ok()
}

/// A packet's bytes. The checksums above IP are wrong, so that no kernel takes it in; but those that only hand it on do not look.
fn bytes(packet: &Packet, hops: u8) -> Vec<u8> {
    let mut bytes = vec![0x45, 0, 0, 0, 0, 0, 0, 0, hops, packet.protocol_number(), 0, 0];
    bytes.extend(v4(packet.source).octets());
    bytes.extend(v4(packet.destination).octets());
    bytes.extend(body(packet));
    bytes
}

fn body(packet: &Packet) -> Vec<u8> {
    let mut bytes = vec![];
    match packet.transport {
        Transport::Tcp { source, destination, flags, sequence, acknowledgement } => {
            bytes.extend([source.to_be_bytes(), destination.to_be_bytes()].concat());
            bytes.extend([sequence.to_be_bytes(), acknowledgement.to_be_bytes()].concat());
            bytes.extend([0x50, flags.0, 0x20, 0, 0xba, 0xad, 0, 0]);
        }
        Transport::Udp { source, destination } => {
            bytes.extend([source.to_be_bytes(), destination.to_be_bytes(), [0, 8], [0xba, 0xad]].concat());
        }
        Transport::Icmp { kind, code, id, sequence } => {
            bytes.extend([kind, code, 0xba, 0xad]);
            bytes.extend([id.to_be_bytes(), sequence.to_be_bytes()].concat());
        }
        Transport::Other(_) => bytes.extend([0; 8]),
    }
    bytes
}

fn read(bytes: &[u8]) -> Packet {
    let address = |at: usize| IpAddr::V4(Ipv4Addr::new(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]));
    let body = &bytes[usize::from(bytes[0] & 15) * 4..];
    let transport = transport(bytes[9], body);
    Packet { source: address(12), destination: address(16), transport, length: 60 }
}

fn transport(protocol: u8, body: &[u8]) -> Transport {
    let half = |at: usize| u16::from_be_bytes([body[at], body[at + 1]]);
    let word = |at: usize| u32::from(half(at)) << 16 | u32::from(half(at + 2));
    match protocol {
        6 => {
            Transport::Tcp { source: half(0), destination: half(2), flags: TcpFlags(body[13]), sequence: word(4), acknowledgement: word(8) }
        }
        17 => Transport::Udp { source: half(0), destination: half(2) },
        1 | 58 => Transport::Icmp { kind: body[0], code: body[1], id: half(4), sequence: half(6) },
        other => Transport::Other(other),
    }
}
