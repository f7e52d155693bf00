//! The bytes of a frame: Ethernet, IP, and what is above, with right lengths and checksums. What a message says is made up: the model knows only how
//! long it is (`M`).

use super::{WEB, dns};
use eni_core::addr::IpAddr;
use eni_core::packet::{FlowId, Packet, TcpFlags, Transport, ip_header_bytes};
use eni_core::sim::capture::Frame;
use etherparse::{IpHeaders, IpNumber, Ipv4Header, Ipv6Header, PacketBuilder, TcpHeader};

/// What is left of the 64 hops that a packet begins with, as far as nobody here counts one: routers of VPCs take none, those of the internet some (`M`).
const HOPS_INSIDE: u8 = 64;
/// The same for what comes from outside.
const HOPS_OUTSIDE: u8 = 52;
/// How much a guest is ready to take, as Amazon Linux says it before any scaling (`M`).
pub const WINDOW: u16 = 62_727;
/// The bytes of a TCP header without options, and of those of UDP and echoes.
const TCP: u16 = 20;
const OTHERS: u16 = 8;
/// Those of Ethernet's.
const LINK: usize = 14;

/// The bytes of a frame.
pub fn of(frame: &Frame) -> Vec<u8> {
    let packet = &frame.packet;
    let Some(ip) = ip(frame) else { return Vec::new() };
    let step = PacketBuilder::ethernet2(frame.source.0, frame.destination.0).ip(ip);
    let payload = payload(frame);
    let mut bytes = Vec::with_capacity(14 + usize::from(packet.length));
    // The builder refuses only what is longer than 64 KiB.
    let _ = match packet.transport {
        Transport::Tcp { source, destination, flags, sequence, acknowledgement } => {
            let window = if flags.has(TcpFlags::RST) { 0 } else { WINDOW };
            let mut header = TcpHeader::new(source, destination, sequence, window);
            header.acknowledgment_number = acknowledgement;
            header.fin = flags.has(TcpFlags::FIN);
            header.syn = flags.has(TcpFlags::SYN);
            header.rst = flags.has(TcpFlags::RST);
            header.psh = flags.has(TcpFlags::PSH);
            header.ack = flags.has(TcpFlags::ACK);
            step.tcp_header(header).write_to_vec(&mut bytes, &payload)
        }
        Transport::Udp { source, destination } => step.udp(source, destination).write_to_vec(&mut bytes, &payload),
        Transport::Icmp { kind, code, id, sequence } => {
            // What the model keeps there of a message about a port stands behind the header, in the packet that it is about.
            let (id, sequence) = if packet.about().is_some() { (0, 0) } else { (id, sequence) };
            let ([a, b], [c, d]) = (id.to_be_bytes(), sequence.to_be_bytes());
            if packet.source.is_ipv4() {
                step.icmpv4_raw(kind, code, [a, b, c, d]).write_to_vec(&mut bytes, &payload)
            } else {
                step.icmpv6_raw(kind, code, [a, b, c, d]).write_to_vec(&mut bytes, &payload)
            }
        }
        Transport::Other(number) => step.write_to_vec(&mut bytes, IpNumber(number), &payload),
    };
    bytes
}

/// The hops that are left of a packet from outside, or from inside, when so many were counted here (`G16`).
pub const fn hops_left(from_outside: bool, counted: u8) -> u8 {
    let begins = if from_outside { HOPS_OUTSIDE } else { HOPS_INSIDE };
    begins.saturating_sub(counted)
}

/// The hops that are left of it.
pub fn hops(frame: &Frame) -> u8 {
    hops_left(frame.from_outside, frame.hops)
}

fn ip(frame: &Frame) -> Option<IpHeaders> {
    let packet = &frame.packet;
    let protocol = IpNumber(packet.protocol_number());
    match (packet.source, packet.destination) {
        (IpAddr::V4(source), IpAddr::V4(destination)) => {
            // The builder counts its length.
            let mut header = Ipv4Header::new(0, hops(frame), protocol, source.octets(), destination.octets()).ok()?;
            header.dont_fragment = true;
            Some(IpHeaders::Ipv4(header, Default::default()))
        }
        (IpAddr::V6(source), IpAddr::V6(destination)) => {
            let header = Ipv6Header {
                next_header: protocol,
                hop_limit: hops(frame),
                source: source.octets(),
                destination: destination.octets(),
                ..Ipv6Header::default()
            };
            Some(IpHeaders::Ipv6(header, Default::default()))
        }
        _ => None,
    }
}

/// How long the content of a packet is, in bytes.
pub fn content(frame: &Frame) -> usize {
    let packet = &frame.packet;
    let header = match packet.transport {
        Transport::Tcp { .. } => TCP,
        Transport::Udp { .. } | Transport::Icmp { .. } => OTHERS,
        Transport::Other(_) => 0,
    };
    usize::from(packet.length.saturating_sub(ip_header_bytes(packet.source) + header))
}

/// The content: of a web server's port a message that can be read, of a name server's the question or its answer, of an echo what `ping` puts into
/// it, of a message the packet that it is about, else zeros.
fn payload(frame: &Frame) -> Vec<u8> {
    let length = content(frame);
    if let Some(about) = frame.packet.about() {
        return told_of(frame, about, length);
    }
    if let Some(message) = dns::bytes(frame, length) {
        return message;
    }
    match frame.packet.transport {
        Transport::Tcp { destination, .. } if length > 0 && WEB.contains(&destination) => {
            let start = format!("GET / HTTP/1.1\r\nHost: {}\r\nAccept: */*\r\nX-Filler: ", frame.packet.destination);
            filled(&start, "\r\n\r\n", length)
        }
        Transport::Tcp { source, .. } if length > 0 && WEB.contains(&source) => {
            const START: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Filler: ";
            filled(START, "\r\nContent-Length: 0\r\n\r\n", length)
        }
        Transport::Icmp { .. } => (0..=u8::MAX).cycle().skip(8).take(length).collect(),
        _ => vec![0; length],
    }
}

/// The beginning of the packet that a message is about, as it was at this place.
fn told_of(frame: &Frame, about: FlowId, length: usize) -> Vec<u8> {
    let FlowId { source, source_port, destination, destination_port, .. } = about;
    let transport = Transport::Udp { source: source_port, destination: destination_port };
    let packet = Packet { source, destination, transport, length: u16::try_from(length).unwrap_or(u16::MAX) };
    let mut bytes = of(&Frame { packet, ..*frame });
    bytes.drain(..LINK.min(bytes.len()));
    bytes.resize(length, 0);
    bytes
}

/// A text of exactly this length, if it has room at all.
fn filled(start: &str, end: &str, length: usize) -> Vec<u8> {
    let Some(room) = length.checked_sub(start.len() + end.len()) else { return vec![0; length] };
    let filler = std::iter::repeat_n(b'.', room);
    start.bytes().chain(filler).chain(end.bytes()).collect()
}

/// The first line of the message that a packet of a web server's port carries.
pub fn first_line(frame: &Frame) -> Option<&'static str> {
    match frame.packet.transport {
        _ if content(frame) == 0 => None,
        Transport::Tcp { destination, .. } if WEB.contains(&destination) => Some("GET / HTTP/1.1"),
        Transport::Tcp { source, .. } if WEB.contains(&source) => Some("HTTP/1.1 200 OK"),
        _ => None,
    }
}
