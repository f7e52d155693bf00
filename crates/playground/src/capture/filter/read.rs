//! How filters are read: `and` and `or` bind alike, from the left, and `not` more than both; behind them a value alone means what the last one meant
//! (`port 80 or 443`).

use super::field::Test;
use super::{Filter, Names, Side, Unread};
use eni_core::addr::{IpAddr, IpNet, Ipv4Addr};

/// How deep brackets may nest.
const MOST_DEEP: usize = 16;
/// How many words a filter may have: a filter of many parts calls itself for each.
const MOST_WORDS: usize = 256;
/// Signs that are words of their own, the longer ones first.
const SIGNS: [&str; 19] = ["&&", "||", "!=", "==", "<=", ">=", "<<", ">>", "(", ")", "[", "]", "!", "=", "<", ">", "&", "|", "+"];
/// What `tcpdump` takes besides, and nobody is shown here.
const NOT_PLAYED: [&str; 24] = [
    "ether",
    "link",
    "fddi",
    "tr",
    "wlan",
    "gateway",
    "broadcast",
    "multicast",
    "less",
    "greater",
    "len",
    "inbound",
    "outbound",
    "vlan",
    "mpls",
    "pppoed",
    "pppoes",
    "geneve",
    "ifname",
    "on",
    "sctp",
    "vrrp",
    "pim",
    "atalk",
];

/// A protocol that stands before the rest, or alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Ip,
    Ip6,
    /// What is on no link here.
    Link,
    /// One above IP.
    Above(u8),
}

const PROTOCOLS: [(&str, Protocol); 11] = [
    ("tcp", Protocol::Above(6)),
    ("udp", Protocol::Above(17)),
    ("icmp", Protocol::Above(1)),
    ("icmp6", Protocol::Above(58)),
    ("igmp", Protocol::Above(2)),
    ("esp", Protocol::Above(50)),
    ("ah", Protocol::Above(51)),
    ("ip", Protocol::Ip),
    ("ip6", Protocol::Ip6),
    ("arp", Protocol::Link),
    ("rarp", Protocol::Link),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Host,
    Net,
    Port,
    PortRange,
}

/// What stands before a value.
#[derive(Clone, Copy, Debug)]
struct Meant {
    protocol: Option<(&'static str, Protocol)>,
    side: Side,
    kind: Kind,
}

/// The words that are left.
pub(super) struct Words(std::iter::Peekable<std::vec::IntoIter<String>>);

impl Words {
    fn peek(&mut self) -> &str {
        self.0.peek().map_or("", String::as_str)
    }

    pub(super) fn next_if(&mut self, is: impl Fn(&str) -> bool) -> Option<String> {
        self.0.next_if(|word| is(word))
    }

    pub(super) fn value(&mut self) -> Result<String, Unread> {
        self.0.next().ok_or_else(|| Unread::Syntax(String::new()))
    }

    /// That the next word does not belong there.
    pub(super) fn fault(&mut self) -> Unread {
        Unread::Syntax(self.peek().to_owned())
    }
}

impl Filter {
    /// Reads a filter; without words it shows everything.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(words: &[&str], names: &Names<'_>) -> Result<Filter, Unread> {
        let words = words_of(&words.join(" "));
        if let Some(word) = words.get(MOST_WORDS) {
            return Err(Unread::Syntax(word.clone()));
        }
        if words.is_empty() {
            return Ok(Filter::All);
        }
        let mut reader = Reader { words: Words(words.into_iter().peekable()), names, last: None };
        let filter = reader.several(0)?;
        if reader.words.peek().is_empty() { Ok(filter) } else { Err(reader.words.fault()) }
    }
}

fn words_of(text: &str) -> Vec<String> {
    let (mut words, mut left) = (Vec::new(), text.trim_start());
    while !left.is_empty() {
        let sign = SIGNS.iter().find(|sign| left.starts_with(**sign)).map(|sign| sign.len());
        let plain = || left.find(|sign: char| sign.is_whitespace() || "()[]!=<>&|+".contains(sign)).unwrap_or(left.len());
        let (word, rest) = left.split_at_checked(sign.unwrap_or_else(plain)).unwrap_or((left, ""));
        words.push(word.to_owned());
        left = rest.trim_start();
    }
    words
}

struct Reader<'n> {
    words: Words,
    names: &'n Names<'n>,
    /// What stood before the last value.
    last: Option<Meant>,
}

impl Reader<'_> {
    /// `A and B or …`.
    fn several(&mut self, deep: usize) -> Result<Filter, Unread> {
        let mut filter = self.one(deep)?;
        while let Some(word) = self.words.next_if(|word| matches!(word, "and" | "&&" | "or" | "||")) {
            let both = Box::new([filter, self.one(deep)?]);
            filter = if matches!(word.as_str(), "and" | "&&") { Filter::And(both) } else { Filter::Or(both) };
        }
        Ok(filter)
    }

    /// `not A`, `( A )`, or what is no further divided.
    fn one(&mut self, deep: usize) -> Result<Filter, Unread> {
        if deep > MOST_DEEP {
            return Err(Unread::Syntax("(".to_owned()));
        }
        if self.words.next_if(|word| matches!(word, "not" | "!")).is_some() {
            return Ok(Filter::Not(Box::new(self.one(deep + 1)?)));
        }
        if self.words.next_if(|word| word == "(").is_some() {
            let before = self.last;
            let filter = self.several(deep + 1)?;
            // Behind the bracket what stood before it is meant again.
            self.last = before;
            return self.words.next_if(|word| word == ")").map(|_| filter).ok_or_else(|| self.words.fault());
        }
        self.primitive(deep)
    }

    /// `[tcp|…] [src|dst] [host|net|port|portrange] VALUE`, a protocol alone, a byte of its header, or a value.
    fn primitive(&mut self, deep: usize) -> Result<Filter, Unread> {
        let word = self.words.peek().to_owned();
        if NOT_PLAYED.contains(&word.as_str()) {
            return Err(Unread::NotPlayed(word));
        }
        let protocol = PROTOCOLS.iter().find(|(name, _)| *name == word).copied();
        if protocol.is_some() {
            self.words.value()?;
        }
        match self.words.peek() {
            "[" if !word.is_empty() => return self.byte(protocol),
            "proto" => return self.number(protocol),
            _ => {}
        }
        let (side, kind) = (self.side()?, self.kind());
        match (protocol, side, kind) {
            (Some((_, protocol)), None, None) => {
                self.last = None;
                Ok(protocol.filter())
            }
            (None, None, None) => self.again(&word),
            _ => {
                let meant = Meant { protocol, side: side.unwrap_or(Side::Either), kind: kind.unwrap_or(Kind::Host) };
                self.last = Some(meant);
                if self.words.peek() == "(" { self.one(deep + 1) } else { self.valued(meant) }
            }
        }
    }

    /// A value alone: it means what the last one meant.
    fn again(&mut self, word: &str) -> Result<Filter, Unread> {
        let is_value = !word.is_empty() && !matches!(word, "and" | "or" | "&&" | "||") && !SIGNS.contains(&word);
        match self.last.filter(|_| is_value) {
            Some(meant) => self.valued(meant),
            None => Err(self.words.fault()),
        }
    }

    fn side(&mut self) -> Result<Option<Side>, Unread> {
        let Some(first) = self.words.next_if(|word| matches!(word, "src" | "dst")) else { return Ok(None) };
        let other = if first == "src" { "dst" } else { "src" };
        let side = match self.words.next_if(|word| matches!(word, "or" | "and")) {
            None if first == "src" => Side::Source,
            None => Side::Destination,
            Some(word) => {
                self.words.next_if(|word| word == other).ok_or_else(|| self.words.fault())?;
                if word == "or" { Side::Either } else { Side::Both }
            }
        };
        Ok(Some(side))
    }

    fn kind(&mut self) -> Option<Kind> {
        let word = self.words.next_if(|word| matches!(word, "host" | "net" | "port" | "portrange"))?;
        Some(match word.as_str() {
            "host" => Kind::Host,
            "net" => Kind::Net,
            "port" => Kind::Port,
            _ => Kind::PortRange,
        })
    }

    /// `tcp[tcpflags] …`.
    fn byte(&mut self, protocol: Option<(&str, Protocol)>) -> Result<Filter, Unread> {
        self.last = None;
        let (name, _) = protocol.ok_or_else(|| self.words.fault())?;
        Test::read(name, &mut self.words).map(Filter::Field)
    }

    /// `ip proto 6`.
    fn number(&mut self, protocol: Option<(&str, Protocol)>) -> Result<Filter, Unread> {
        self.last = None;
        let proto = self.words.value()?;
        let word = self.words.value()?;
        // The names of protocols are words of filters, too: here they stand behind a backslash.
        let named = || PROTOCOLS.iter().find(|(name, _)| word.strip_prefix('\\') == Some(*name)).map(|(_, found)| *found);
        let above = match (word.parse().ok().map(Protocol::Above).or_else(named), protocol) {
            (Some(above @ Protocol::Above(_)), None | Some((_, Protocol::Ip | Protocol::Ip6))) => above,
            (Some(_), _) => return Err(Unread::NotPlayed(format!("{proto} {word}"))),
            (None, _) => return Err(Unread::Syntax(word)),
        };
        Ok(both(protocol.map(|(_, protocol)| protocol), above.filter()))
    }

    fn valued(&mut self, meant: Meant) -> Result<Filter, Unread> {
        let word = self.words.value()?;
        if self.words.peek() == "mask" {
            return Err(Unread::NotPlayed("mask".to_owned()));
        }
        let end = match meant.kind {
            Kind::Port => self.port(&word, meant.protocol).map(|port| Filter::Ports(meant.side, port, port)),
            Kind::PortRange => {
                let (from, to) = word.split_once('-').unwrap_or((&word, &word));
                let unknown = |why: Unread| match why {
                    Unread::Said(text) if text.starts_with("unknown") => Unread::Said(format!("unknown port in range '{word}'")),
                    why => why,
                };
                let port = |end: &str| self.port(end, meant.protocol).map_err(unknown);
                let (from, to) = (port(from)?, port(to)?);
                Ok(Filter::Ports(meant.side, from.min(to), from.max(to)))
            }
            Kind::Net => net(&word).and_then(|net| fits(net, meant, "net")).map(|net| Filter::Net(meant.side, net)),
            Kind::Host => self.host(&word).and_then(|net| fits(net, meant, "host")).map(|net| Filter::Net(meant.side, net)),
        };
        end.map(|end| both(meant.protocol.map(|(_, protocol)| protocol), end))
    }

    fn port(&self, word: &str, protocol: Option<(&str, Protocol)>) -> Result<u16, Unread> {
        if !matches!(protocol, None | Some((_, Protocol::Above(6 | 17)))) {
            return Err(Unread::Said("illegal qualifier of 'port'".to_owned()));
        }
        match word.parse::<u64>() {
            Ok(number) => u16::try_from(number).map_err(|_| Unread::Said(format!("illegal port number {number} > 65535"))),
            Err(_) => (self.names.port)(word).ok_or_else(|| Unread::Said(format!("unknown port '{word}'"))),
        }
    }

    fn host(&self, word: &str) -> Result<IpNet, Unread> {
        if word.contains('/') {
            return Err(Unread::Said("Mask syntax for networks only".to_owned()));
        }
        let number = || word.parse::<u32>().ok().map(|number| IpAddr::V4(Ipv4Addr::from(number)).into());
        let address = || word.parse::<IpAddr>().ok().or_else(|| (self.names.address)(word)).map(IpNet::from);
        number().or_else(address).or_else(|| short(word)).ok_or_else(|| unknown("host", word))
    }
}

impl Protocol {
    const fn filter(self) -> Filter {
        match self {
            Protocol::Ip => Filter::Family(true),
            Protocol::Ip6 => Filter::Family(false),
            Protocol::Link => Filter::Nothing,
            Protocol::Above(number) => Filter::Protocol(number),
        }
    }
}

fn both(protocol: Option<Protocol>, end: Filter) -> Filter {
    match protocol {
        Some(protocol) => Filter::And(Box::new([protocol.filter(), end])),
        None => end,
    }
}

/// The block of some first numbers of an IPv4 address: `10.0.1` has 24 bits.
fn short(word: &str) -> Option<IpNet> {
    let numbers: Vec<u8> = word.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    let bits = u8::try_from(numbers.len() * 8).ok().filter(|bits| *bits <= 32)?;
    let mut octets = [0; 4];
    octets.iter_mut().zip(numbers).for_each(|(octet, number)| *octet = number);
    IpNet::new(IpAddr::V4(Ipv4Addr::from(octets)), bits).ok()
}

/// What is said of a word that is no address.
fn unknown(what: &str, word: &str) -> Unread {
    let is_number = word.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    Unread::Said(if is_number { format!("invalid IPv4 address '{word}'") } else { format!("unknown {what} '{word}'") })
}

fn net(word: &str) -> Result<IpNet, Unread> {
    let unknown = || unknown("network", word);
    let Some((start, bits)) = word.split_once('/') else {
        return short(word).or_else(|| word.parse::<IpAddr>().ok().map(IpNet::from)).ok_or_else(unknown);
    };
    let start = short(start).map(|net| net.addr()).or_else(|| start.parse().ok()).ok_or_else(unknown)?;
    let most = if start.is_ipv4() { 32 } else { 128 };
    let bits: u8 = bits.parse().map_err(|_| Unread::Syntax(word.to_owned()))?;
    let net = IpNet::new(start, bits).map_err(|_| Unread::Said(format!("mask length must be <= {most}")))?;
    let has_more = net.trunc() != net;
    if has_more { Err(Unread::Said(format!("non-network bits set in \"{word}\""))) } else { Ok(net) }
}

/// A block, if the protocol before it has such addresses.
fn fits(net: IpNet, meant: Meant, what: &str) -> Result<IpNet, Unread> {
    let family = if net.addr().is_ipv4() { Protocol::Ip } else { Protocol::Ip6 };
    match meant.protocol {
        Some((name, Protocol::Above(_))) => Err(Unread::Said(format!("'{name}' modifier applied to {what}"))),
        Some((name, protocol @ (Protocol::Ip | Protocol::Ip6))) if protocol != family => {
            let other = if family == Protocol::Ip { "ip" } else { "ip6" };
            Err(Unread::Said(format!("'{name}' modifier applied to {other} host")))
        }
        _ => Ok(net),
    }
}
