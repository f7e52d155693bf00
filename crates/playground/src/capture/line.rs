//! Frames as `tcpdump` prints them, a line each.

use super::{bytes, dns};
use eni_core::addr::{Direction, IpAddr};
use eni_core::packet::{ECHO_REPLY, ECHO_REQUEST, FlowId, TcpFlags, Transport};
use eni_core::sim::capture::Frame;
use std::collections::BTreeMap;

/// The letters of TCP's flags, in tcpdump's order.
const LETTERS: [(TcpFlags, char); 5] =
    [(TcpFlags::FIN, 'F'), (TcpFlags::SYN, 'S'), (TcpFlags::RST, 'R'), (TcpFlags::PSH, 'P'), (TcpFlags::ACK, '.')];

/// The bytes of the heads before a packet: Ethernet's, and Linux's own.
const ETHERNET: u16 = 14;
const COOKED: u16 = 20;

/// From how many bytes on a packet may be too long for some way.
const LONG: u16 = 1_400;

/// A direction of a connection: its ends.
type Flow = ((IpAddr, u16), (IpAddr, u16));

/// What is known of the connections that were seen: where the numbers of each direction began.
#[derive(Debug, Default)]
pub struct Lines {
    begun: BTreeMap<Flow, u32>,
    /// To whom each sender's last long packet went: what a router says of one that was too long begins with it.
    long: BTreeMap<IpAddr, IpAddr>,
}

/// What a line has beside the packet.
pub struct Dress<'d> {
    /// The time of the day, with a blank behind it; empty where it is not shown.
    pub time: String,
    /// The interface and the number that the system has for it, where several are listened to.
    pub link: Option<(&'d str, u32)>,
    /// Whether the addresses of the link are shown (`-e`).
    pub shows_link: bool,
    /// What an address is called.
    pub name: &'d dyn Fn(IpAddr) -> String,
    /// What a port is called.
    pub port: &'d dyn Fn(u16) -> String,
}

impl Lines {
    /// The line of a frame.
    pub fn line(&mut self, frame: &Frame, dress: &Dress<'_>) -> String {
        let packet = &frame.packet;
        if packet.length > LONG {
            self.long.insert(packet.source, packet.destination);
        }
        let mut line = dress.time.clone();
        if let Some((link, _)) = dress.link {
            let way = if frame.direction == Direction::Ingress { "In " } else { "Out" };
            line.push_str(&format!("{link:<5} {way} "));
        }
        let family = if packet.source.is_ipv4() { "IP" } else { "IP6" };
        if dress.shows_link {
            let kind = if packet.source.is_ipv4() { "IPv4 (0x0800)" } else { "IPv6 (0x86dd)" };
            // Where several are listened to, the head of each packet is Linux's own: the interface by its number, and who sends.
            line.push_str(&match dress.link {
                Some((_, number)) => format!("ifindex {number} {} ethertype {kind}, length {}:", frame.source, packet.length + COOKED),
                None => format!("{} > {}, ethertype {kind}, length {}:", frame.source, frame.destination, packet.length + ETHERNET),
            });
        } else {
            line.push_str(family);
        }
        let end = |address: IpAddr, port: Option<u16>| match port {
            Some(port) => format!("{}.{}", (dress.name)(address), (dress.port)(port)),
            None => (dress.name)(address),
        };
        let (from, to) = packet.ports().unzip();
        line.push_str(&format!(" {} > {}: {}\n", end(packet.source, from), end(packet.destination, to), self.above(frame, dress)));
        line
    }

    /// Takes note of where a connection's numbers begin, of a frame whose line nobody reads.
    pub fn pass(&mut self, frame: &Frame) {
        if let Transport::Tcp { flags, sequence, acknowledgement, .. } = frame.packet.transport {
            self.counted(frame, flags, (sequence, acknowledgement));
        }
    }

    fn above(&mut self, frame: &Frame, dress: &Dress<'_>) -> String {
        let length = bytes::content(frame);
        match frame.packet.transport {
            Transport::Tcp { flags, sequence, acknowledgement, .. } => self.segment(frame, flags, (sequence, acknowledgement), length),
            Transport::Udp { .. } => dns::line(frame, length).unwrap_or_else(|| format!("UDP, length {length}")),
            Transport::Icmp { kind, code, id, sequence } => {
                let (name, comma) = if frame.packet.source.is_ipv4() { ("ICMP", "") } else { ("ICMP6", ",") };
                let length = length + 8;
                if let Some(FlowId { destination, destination_port, .. }) = frame.packet.about() {
                    let (who, port) = ((dress.name)(destination), (dress.port)(destination_port));
                    let six = if comma.is_empty() { "" } else { ", destination unreachable, unreachable port," };
                    let end = if comma.is_empty() { " unreachable" } else { "" };
                    return format!("{name}{six} {who} udp port {port}{end}, length {length}");
                }
                match kind {
                    _ if ECHO_REQUEST.contains(&kind) => format!("{name}{comma} echo request, id {id}, seq {sequence}, length {length}"),
                    _ if ECHO_REPLY.contains(&kind) => format!("{name}{comma} echo reply, id {id}, seq {sequence}, length {length}"),
                    3 if code == 4 && comma.is_empty() => match self.long.get(&frame.packet.destination) {
                        Some(to) => format!("{name} {to} unreachable - need to frag (mtu {sequence}), length {length}"),
                        None => format!("{name} unreachable - need to frag (mtu {sequence}), length {length}"),
                    },
                    _ => format!("{name}{comma} type {kind} code {code}, length {length}"),
                }
            }
            Transport::Other(number) => format!("ip-proto-{number} {length}"),
        }
    }

    /// The numbers of a segment, from the connection's beginning once that was seen.
    fn counted(&mut self, frame: &Frame, flags: TcpFlags, (sequence, acknowledgement): (u32, u32)) -> (u32, u32) {
        let packet = &frame.packet;
        let Some((from, to)) = packet.ports().filter(|_| flags.has(TcpFlags::ACK)) else { return (sequence, acknowledgement) };
        let flow: Flow = ((packet.source, from), (packet.destination, to));
        let back: Flow = (flow.1, flow.0);
        match (self.begun.get(&flow), self.begun.get(&back)) {
            (Some(own), Some(other)) if !flags.has(TcpFlags::SYN) => (sequence.wrapping_sub(*own), acknowledgement.wrapping_sub(*other)),
            _ => {
                self.begun.insert(flow, sequence);
                self.begun.insert(back, acknowledgement.wrapping_sub(1));
                (sequence, acknowledgement)
            }
        }
    }

    fn segment(&mut self, frame: &Frame, flags: TcpFlags, numbers: (u32, u32), length: usize) -> String {
        let has_ack = flags.has(TcpFlags::ACK);
        let (sequence, acknowledgement) = self.counted(frame, flags, numbers);
        let letters: String = LETTERS.iter().filter(|(flag, _)| flags.has(*flag)).map(|(_, letter)| letter).collect();
        let mut text = format!("Flags [{letters}]");
        let counts = flags.has(TcpFlags::SYN) || flags.has(TcpFlags::FIN) || flags.has(TcpFlags::RST);
        if length > 0 {
            let end = sequence.wrapping_add(u32::try_from(length).unwrap_or(0));
            text.push_str(&format!(", seq {sequence}:{end}"));
        } else if counts {
            text.push_str(&format!(", seq {sequence}"));
        }
        if has_ack {
            text.push_str(&format!(", ack {acknowledgement}"));
        }
        let window = if flags.has(TcpFlags::RST) { 0 } else { bytes::WINDOW };
        text.push_str(&format!(", win {window}, length {length}"));
        if let Some(first) = bytes::first_line(frame) {
            text.push_str(&format!(": HTTP: {first}"));
        }
        text
    }
}
