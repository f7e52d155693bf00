//! Filters: which packets each shows, and what is none.

use super::{Filter, Names, Unread};
use eni_core::packet::{Packet, TcpFlags, Transport};

fn packet(source: &str, destination: &str, transport: Transport) -> Packet {
    Packet {
        source: source.parse().unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into()),
        destination: destination.parse().unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into()),
        transport,
        length: 84,
    }
}

fn read(text: &str) -> Result<Filter, Unread> {
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
        // `and` and `or` bind alike, from the left.
        ("icmp || udp && src 10.0.2.4", [false, true, false, false]),
        ("icmp or tcp port 443 and host 10.0.9.9", [false, false, false, false]),
        ("udp and host 10.0.9.9 or icmp", [false, true, false, false]),
        ("icmp or (tcp port 443 and host 10.0.9.9)", [false, true, false, false]),
        ("not icmp and host 10.0.1.20", [true, false, true, false]),
        // A value alone means what the last one meant.
        ("port 80 or 443", [true, false, false, true]),
        ("port 80 or https", [true, false, false, true]),
        ("port (80 or 53)", [false, false, true, false]),
        ("dst port 80 or 53", [false, false, false, false]),
        ("tcp port 80 or 53", [false, false, false, false]),
        ("host 10.0.1.20 and 10.0.2.4", [true, true, true, false]),
        ("host 10.0.1.20 and not 10.0.2.4", [false, false, false, false]),
        ("src 10.0.2.4 and (port 80 or 443) or 10.0.1.20", [true, false, true, false]),
        ("src or dst 10.0.1.20", [true, true, true, false]),
        ("src and dst net 10.0.1", [false, false, false, false]),
        ("src and dst net 10", [true, true, true, false]),
        ("net 10.0.1", [true, true, true, false]),
        ("dst net 10.0.1", [true, true, false, false]),
        ("net 10.0.1/24", [true, true, true, false]),
        ("net 10.0.1.0", [false, false, false, false]),
        ("src net 10.0.2", [true, true, false, false]),
        ("net 2001:db8::/32", [false, false, false, true]),
        ("arp", [false, false, false, false]),
        ("not arp and not port 53", [true, true, false, true]),
        ("arp host 10.0.1.20", [false, false, false, false]),
        ("ip proto 17", [false, false, true, false]),
        ("ip proto \\icmp", [false, true, false, false]),
        ("proto 6", [true, false, false, true]),
        // What stands in a header is looked for over IPv4 alone.
        ("tcp[tcpflags] & tcp-syn != 0", [true, false, false, false]),
        ("tcp[tcpflags]&(tcp-syn|tcp-ack)!=0", [true, false, false, false]),
        ("tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", [true, false, false, false]),
        ("tcp[13] = 18", [false, false, false, false]),
        ("tcp[13] & 0x02 = 2", [true, false, false, false]),
        ("tcp[tcpflags] & (tcp-rst|tcp-fin) != 0 or icmp[icmptype] = icmp-echo", [false, true, false, false]),
        ("icmp[0] >= 1 and icmp[icmpcode] < 1", [false, true, false, false]),
        ("icmp[icmptype] != icmp-echo", [false, false, false, false]),
        ("( icmp or udp ) and src 10.0.2.4", [false, true, false, false]),
        ("not (icmp or udp)", [true, false, false, true]),
    ] {
        let filter = read(text).unwrap_or_else(|why| unreachable!("{text}: {why:?}"));
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
        ("host", ""),
        ("net 10.0.0.0/x", "10.0.0.0/x"),
        ("tcp udp", "udp"),
        ("( tcp", ""),
        ("tcp )", ")"),
        ("and tcp", "and"),
        ("tcp and", ""),
        ("10.0.1.5", "10.0.1.5"),
        ("tcp and 443", "443"),
        ("(port 80) and 443", "443"),
        ("tcp[tcpflags]", ""),
        ("src and dst", ""),
        ("src or port 80", "port"),
        (&deep, "("),
        (&long, "tcp"),
        (&negated, "("),
    ] {
        assert_eq!(read(text).err(), Some(Unread::Syntax(word.to_owned())), "{}", text.get(..40).unwrap_or(text));
    }
}

#[test]
fn of_values_it_says_what_libpcap_says() {
    for (text, said) in [
        ("port none", "unknown port 'none'"),
        ("port 99999", "illegal port number 99999 > 65535"),
        ("portrange a-b", "unknown port in range 'a-b'"),
        ("icmp port 5", "illegal qualifier of 'port'"),
        ("host nobody", "unknown host 'nobody'"),
        ("host 10.0.1.0/24", "Mask syntax for networks only"),
        ("host 10.0.300", "invalid IPv4 address '10.0.300'"),
        ("net foo", "unknown network 'foo'"),
        ("net 10.0.0.0/33", "mask length must be <= 32"),
        ("net 10.0.1.5/24", "non-network bits set in \"10.0.1.5/24\""),
        ("tcp host 10.0.1.5", "'tcp' modifier applied to host"),
        ("udp net 10.0.1", "'udp' modifier applied to net"),
        ("ip6 host 10.0.0.1", "'ip6' modifier applied to ip host"),
        ("ip host 2001:db8::1", "'ip' modifier applied to ip6 host"),
    ] {
        assert_eq!(read(text).err(), Some(Unread::Said(said.to_owned())), "{text}");
    }
}

#[test]
fn what_is_a_filter_and_not_played_is_told_so() {
    for (text, what) in [
        ("vlan 5", "vlan"),
        ("ether host 02:00:00:00:00:01", "ether"),
        ("tcp and less 100", "less"),
        ("udp[2:2] = 53", "udp[2:2]"),
        ("ip[8] < 5", "ip[8]"),
        ("net 10.0.1.0 mask 255.255.255.0", "mask"),
        ("tcp[13] & 2|16 != 0", "|"),
    ] {
        assert_eq!(read(text).err(), Some(Unread::NotPlayed(what.to_owned())), "{text}");
    }
}
