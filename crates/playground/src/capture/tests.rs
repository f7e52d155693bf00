//! Filters: which packets each shows, and what is none.

use super::{Filter, Names};
use eni_core::packet::{Packet, TcpFlags, Transport};

fn packet(source: &str, destination: &str, transport: Transport) -> Packet {
    Packet {
        source: source.parse().unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into()),
        destination: destination.parse().unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into()),
        transport,
        length: 84,
    }
}

fn read(text: &str) -> Result<Filter, String> {
    let address = |name: &str| (name == "web").then(|| std::net::Ipv4Addr::new(10, 0, 1, 20).into());
    let port = |name: &str| (name == "https").then_some(443);
    Filter::read(&text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>(), &Names { address: &address, port: &port })
}

#[test]
fn filters_show_what_they_say() {
    let tcp = Transport::Tcp { source: 49152, destination: 443, flags: TcpFlags::SYN, sequence: 1, acknowledgement: 0 };
    let syn = packet("10.0.2.4", "10.0.1.20", tcp);
    let echo = packet("10.0.2.4", "10.0.1.20", Transport::Icmp { kind: 8, code: 0, id: 1, sequence: 1 });
    let udp = packet("10.0.1.20", "10.0.2.4", Transport::Udp { source: 53, destination: 5353 });
    let six = packet("2001:db8::1", "2001:db8::2", tcp);
    for (text, shown) in [
        ("", [true, true, true, true]),
        ("tcp", [true, false, false, true]),
        ("udp", [false, false, true, false]),
        ("icmp", [false, true, false, false]),
        ("icmp6", [false, false, false, false]),
        ("ip", [true, true, true, false]),
        ("ip6", [false, false, false, true]),
        ("port 443", [true, false, false, true]),
        ("port https", [true, false, false, true]),
        ("src port 443", [false, false, false, false]),
        ("dst port 443", [true, false, false, true]),
        ("portrange 50-60", [false, false, true, false]),
        ("tcp port 443", [true, false, false, true]),
        ("udp port 443", [false, false, false, false]),
        ("host 10.0.1.20", [true, true, true, false]),
        ("host web", [true, true, true, false]),
        ("src 10.0.1.20", [false, false, true, false]),
        ("dst host 10.0.1.20", [true, true, false, false]),
        ("net 10.0.1.0/24", [true, true, true, false]),
        ("src net 10.0.1.0/24", [false, false, true, false]),
        ("ip6 host 2001:db8::2", [false, false, false, true]),
        ("not tcp", [false, true, true, false]),
        ("! tcp and ! udp", [false, true, false, false]),
        ("icmp or udp", [false, true, true, false]),
        ("icmp || udp && src 10.0.2.4", [false, true, false, false]),
        ("( icmp or udp ) and src 10.0.2.4", [false, true, false, false]),
        ("not (icmp or udp)", [true, false, false, true]),
    ] {
        let filter = read(text).unwrap_or_else(|word| unreachable!("{text}: {word}"));
        assert_eq!([&syn, &echo, &udp, &six].map(|packet| filter.shows(packet)), shown, "{text}");
    }
}

#[test]
fn what_is_no_filter_is_told_by_its_word() {
    let deep = format!("{}tcp", "( ".repeat(100));
    let long = "tcp and ".repeat(100_000);
    let negated = "not ".repeat(200);
    for (text, word) in [
        ("port", ""),
        ("port none", "none"),
        ("host", ""),
        ("host nobody", "nobody"),
        ("net 10.0.0.0/33", "10.0.0.0/33"),
        ("portrange 5", "5"),
        ("tcp udp", "udp"),
        ("( tcp", ""),
        ("tcp )", ")"),
        ("and tcp", "and"),
        ("tcp and", ""),
        ("vlan 5", "vlan"),
        (&deep, "("),
        (&long, "tcp"),
        (&negated, "("),
    ] {
        assert_eq!(read(text).err().as_deref(), Some(word), "{}", text.get(..40).unwrap_or(text));
    }
}
