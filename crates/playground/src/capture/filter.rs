//! The filters of captures, as far as learners write them: `tcp port 80 and not host 10.0.1.20`.

use eni_core::addr::{IpAddr, IpNet};
use eni_core::packet::Packet;
use std::iter::Peekable;

/// How deep brackets may nest.
const MOST_DEEP: usize = 16;
/// How many words a filter may have: a filter of many parts calls itself for each.
const MOST_WORDS: usize = 256;

/// Which packets are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    All,
    /// Those of a protocol.
    Protocol(u8),
    /// Those of IPv4; of IPv6.
    Family(bool),
    /// Those of a block's addresses.
    Net(Side, IpNet),
    /// Those of ports.
    Ports(Side, u16, u16),
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

impl Filter {
    /// Reads a filter; without words it shows everything.
    ///
    /// # Errors
    /// The word at which it cannot be read; empty at its end.
    pub fn read(words: &[&str], names: &Names<'_>) -> Result<Filter, String> {
        let text = words.join(" ").replace('(', " ( ").replace(')', " ) ").replace('!', " ! ");
        if let Some(word) = text.split_whitespace().nth(MOST_WORDS) {
            return Err(word.to_owned());
        }
        let mut words = text.split_whitespace().peekable();
        if words.peek().is_none() {
            return Ok(Filter::All);
        }
        let filter = either(&mut words, names, 0)?;
        words.next().map_or(Ok(filter), |word| Err(word.to_owned()))
    }

    /// Whether a packet is shown.
    pub fn shows(&self, packet: &Packet) -> bool {
        match self {
            Filter::All => true,
            Filter::Protocol(number) => packet.protocol_number() == *number,
            Filter::Family(is_ipv4) => packet.source.is_ipv4() == *is_ipv4,
            Filter::Net(side, net) => side.any(net.contains(&packet.source), net.contains(&packet.destination)),
            Filter::Ports(side, from, to) => packet.ports().is_some_and(|(source, destination)| {
                let is_in = |port| (*from..=*to).contains(&port);
                side.any(is_in(source), is_in(destination))
            }),
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
            Side::Source => source,
            Side::Destination => destination,
        }
    }
}

/// `A or B or …`.
fn either<'w>(words: &mut Peekable<impl Iterator<Item = &'w str>>, names: &Names<'_>, deep: usize) -> Result<Filter, String> {
    let mut filter = both(words, names, deep)?;
    while words.next_if(|word| matches!(*word, "or" | "||")).is_some() {
        filter = Filter::Or(Box::new([filter, both(words, names, deep)?]));
    }
    Ok(filter)
}

/// `A and B and …`.
fn both<'w>(words: &mut Peekable<impl Iterator<Item = &'w str>>, names: &Names<'_>, deep: usize) -> Result<Filter, String> {
    let mut filter = one(words, names, deep)?;
    while words.next_if(|word| matches!(*word, "and" | "&&")).is_some() {
        filter = Filter::And(Box::new([filter, one(words, names, deep)?]));
    }
    Ok(filter)
}

/// `not A`, `( A )`, or what is no further divided.
fn one<'w>(words: &mut Peekable<impl Iterator<Item = &'w str>>, names: &Names<'_>, deep: usize) -> Result<Filter, String> {
    if deep > MOST_DEEP {
        return Err("(".to_owned());
    }
    if words.next_if(|word| matches!(*word, "not" | "!")).is_some() {
        return Ok(Filter::Not(Box::new(one(words, names, deep + 1)?)));
    }
    if words.next_if_eq(&"(").is_some() {
        let filter = either(words, names, deep + 1)?;
        return match words.next() {
            Some(")") => Ok(filter),
            other => Err(other.unwrap_or_default().to_owned()),
        };
    }
    let kind = match words.peek().copied() {
        Some("tcp") => Some(Filter::Protocol(6)),
        Some("udp") => Some(Filter::Protocol(17)),
        Some("icmp") => Some(Filter::Protocol(1)),
        Some("icmp6") => Some(Filter::Protocol(58)),
        Some("ip") => Some(Filter::Family(true)),
        Some("ip6") => Some(Filter::Family(false)),
        _ => None,
    };
    let Some(kind) = kind else { return end(words, names) };
    words.next();
    // `tcp port 80` is `tcp and port 80`.
    let goes_on = matches!(words.peek(), Some(&("src" | "dst" | "host" | "net" | "port" | "portrange")));
    if goes_on { Ok(Filter::And(Box::new([kind, end(words, names)?]))) } else { Ok(kind) }
}

/// `[src|dst] [host|net|port|portrange] VALUE`.
fn end<'w>(words: &mut Peekable<impl Iterator<Item = &'w str>>, names: &Names<'_>) -> Result<Filter, String> {
    let mut word = words.next().ok_or_else(String::new)?;
    let side = match word {
        "src" => Side::Source,
        "dst" => Side::Destination,
        _ => Side::Either,
    };
    if side != Side::Either {
        word = words.next().ok_or_else(String::new)?;
    }
    let kind = if matches!(word, "host" | "net" | "port" | "portrange") { word } else { "" };
    let value = if kind.is_empty() { word } else { words.next().ok_or_else(String::new)? };
    let bad = || value.to_owned();
    let port = |text: &str| text.parse().ok().or_else(|| (names.port)(text));
    match kind {
        "net" => value.parse().map(|net| Filter::Net(side, net)).map_err(|_| bad()),
        "port" => port(value).map(|port| Filter::Ports(side, port, port)).ok_or_else(bad),
        "portrange" => {
            let (from, to) = value.split_once('-').ok_or_else(bad)?;
            let (from, to) = (port(from).ok_or_else(bad)?, port(to).ok_or_else(bad)?);
            Ok(Filter::Ports(side, from.min(to), from.max(to)))
        }
        // A value by itself is a host's, if it says which end or what it is.
        "" if side == Side::Either => Err(bad()),
        _ => {
            let address = value.parse().ok().or_else(|| (names.address)(value)).ok_or_else(bad)?;
            Ok(Filter::Net(side, IpNet::from(address)))
        }
    }
}
