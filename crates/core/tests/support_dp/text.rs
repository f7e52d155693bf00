//! Addresses, traffic and packets as one line of text.

use eni_core::addr::{Direction, IcmpMatch, IpAddr, Ipv4Addr, Ipv4Net, PortRange, Traffic};
use eni_core::packet::{Packet, TcpFlags, Transport};
use std::net::SocketAddr;

pub fn ip(text: &str) -> Ipv4Addr {
    text.parse().unwrap()
}

pub fn net(text: &str) -> Ipv4Net {
    text.parse().unwrap()
}

/// `tcp 22`, `udp 1000-2000`, `icmp`, `icmp 8`, `icmp6`, `all`, `47`.
pub fn traffic(text: &str) -> Traffic {
    let mut words = text.split(' ');
    let protocol = words.next().unwrap();
    let rest = words.next();
    let ports = || match rest {
        None => PortRange::ALL,
        Some(text) => match text.split_once('-') {
            Some((from, to)) => PortRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap(),
            None => PortRange::single(text.parse().unwrap()),
        },
    };
    match protocol {
        "all" => Traffic::All,
        "tcp" => Traffic::Tcp(ports()),
        "udp" => Traffic::Udp(ports()),
        "icmp" => Traffic::Icmp(rest.map_or(IcmpMatch::Any, |kind| IcmpMatch::Type(kind.parse().unwrap()))),
        "icmp6" => Traffic::Icmpv6(rest.map_or(IcmpMatch::Any, |kind| IcmpMatch::Type(kind.parse().unwrap()))),
        number => Traffic::Other(number.parse().unwrap()),
    }
}

/// `tcp 10.0.1.10:40000 > 10.0.2.20:443`, with flags behind it as `syn+ack`, or of IPv6 `tcp [2001:db8::1]:1 > [2001:db8::2]:2`; `icmp 1.2.3.4 > 5.6.7.8`; `47 a > b`.
pub fn packet(text: &str) -> Packet {
    let words: Vec<&str> = text.split(' ').collect();
    let [protocol, source, ">", destination, flags @ ..] = words.as_slice() else { panic!("not a packet: {text}") };
    let end = |text: &str| match text.parse::<SocketAddr>() {
        Ok(end) => (end.ip(), end.port()),
        Err(_) => (text.parse::<IpAddr>().unwrap(), 0u16),
    };
    let ((source, from), (destination, to)) = (end(source), end(destination));
    let transport = match *protocol {
        "tcp" => Transport::Tcp { source: from, destination: to, flags: tcp_flags(flags), sequence: 0, acknowledgement: 0 },
        "udp" => Transport::Udp { source: from, destination: to },
        "ping" if source.is_ipv6() => Transport::Icmp { kind: 128, code: 0, id: from, sequence: 1 },
        "pong" if source.is_ipv6() => Transport::Icmp { kind: 129, code: 0, id: from, sequence: 1 },
        "ping" => Transport::Icmp { kind: 8, code: 0, id: from, sequence: 1 },
        "pong" => Transport::Icmp { kind: 0, code: 0, id: from, sequence: 1 },
        "too-big" => Transport::Icmp { kind: 3, code: 4, id: 0, sequence: 0 },
        number => Transport::Other(number.parse().unwrap()),
    };
    Packet { source, destination, transport, length: 60 }
}

fn tcp_flags(words: &[&str]) -> TcpFlags {
    match words {
        [] | ["syn"] => TcpFlags::SYN,
        ["syn+ack"] => TcpFlags::SYN_ACK,
        ["ack"] => TcpFlags::ACK,
        ["fin"] => TcpFlags::FIN.with(TcpFlags::ACK),
        ["rst"] => TcpFlags::RST,
        other => panic!("no such flags: {other:?}"),
    }
}

pub(super) fn direction_of(word: &str) -> Direction {
    match word {
        "in" => Direction::Ingress,
        "out" => Direction::Egress,
        other => panic!("no such direction: {other}"),
    }
}
