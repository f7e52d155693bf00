//! Tests of a byte of a header: `tcp[tcpflags] & tcp-syn != 0`, `icmp[icmptype] = icmp-echo`.

use super::Unread;
use super::read::Words;
use eni_core::packet::{Packet, Transport};

/// The bytes that are asked for by name in practice, of the rest of a header the model does not keep all: TCP's flags, the type and code of ICMP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    TcpFlags,
    IcmpKind,
    IcmpCode,
    Icmp6Kind,
    Icmp6Code,
}

/// A byte, what is taken of it, and how it compares with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Test {
    field: Field,
    mask: u32,
    relation: Relation,
    value: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// Fields by their protocol and the names, or places, in brackets.
const FIELDS: [(&str, &str, &str, Field); 5] = [
    ("tcp", "tcpflags", "13", Field::TcpFlags),
    ("icmp", "icmptype", "0", Field::IcmpKind),
    ("icmp", "icmpcode", "1", Field::IcmpCode),
    ("icmp6", "icmp6type", "0", Field::Icmp6Kind),
    ("icmp6", "icmp6code", "1", Field::Icmp6Code),
];
/// Numbers that have names.
const NUMBERS: [(&str, u32); 12] = [
    ("tcp-fin", 1),
    ("tcp-syn", 2),
    ("tcp-rst", 4),
    ("tcp-push", 8),
    ("tcp-ack", 16),
    ("tcp-urg", 32),
    ("icmp-echoreply", 0),
    ("icmp-unreach", 3),
    ("icmp-echo", 8),
    ("icmp-timxceed", 11),
    ("icmp6-echo", 128),
    ("icmp6-echoreply", 129),
];

impl Test {
    /// Reads what stands behind the name of a protocol, from its bracket on.
    pub(super) fn read(protocol: &str, words: &mut Words) -> Result<Test, Unread> {
        words.next_if(|word| word == "[");
        let place = words.value()?;
        words.next_if(|word| word == "]").ok_or_else(|| words.fault())?;
        let known = FIELDS.iter().find(|(of, name, number, _)| *of == protocol && (*name == place || *number == place));
        let Some((.., field)) = known else { return Err(Unread::NotPlayed(format!("{protocol}[{place}]"))) };
        let mask = match words.next_if(|word| word == "&") {
            Some(_) => number(words)?,
            None => u32::MAX,
        };
        // Further calculation would be taken by libpcap.
        if let Some(sign) = words.next_if(|word| matches!(word, "|" | "&" | "+" | "-" | "*" | "/" | "<<" | ">>")) {
            return Err(Unread::NotPlayed(sign));
        }
        let relation = relation(words)?;
        Ok(Test { field: *field, mask, relation, value: number(words)? })
    }

    /// Whether a packet has it so. What is in a TCP segment or an ICMP message over IPv6 is not looked at by `tcp` and `icmp`.
    pub(super) fn shows(&self, packet: &Packet) -> bool {
        let over_ipv4 = packet.source.is_ipv4();
        let byte = match (self.field, packet.transport) {
            (Field::TcpFlags, Transport::Tcp { flags, .. }) if over_ipv4 => flags.0,
            (Field::IcmpKind, Transport::Icmp { kind, .. }) if over_ipv4 => kind,
            (Field::IcmpCode, Transport::Icmp { code, .. }) if over_ipv4 => code,
            (Field::Icmp6Kind, Transport::Icmp { kind, .. }) if !over_ipv4 => kind,
            (Field::Icmp6Code, Transport::Icmp { code, .. }) if !over_ipv4 => code,
            _ => return false,
        };
        let has = u32::from(byte) & self.mask;
        match self.relation {
            Relation::Equal => has == self.value,
            Relation::Unequal => has != self.value,
            Relation::Less => has < self.value,
            Relation::LessOrEqual => has <= self.value,
            Relation::More => has > self.value,
            Relation::MoreOrEqual => has >= self.value,
        }
    }
}

fn relation(words: &mut Words) -> Result<Relation, Unread> {
    Ok(match words.value()?.as_str() {
        "=" | "==" => Relation::Equal,
        "!=" => Relation::Unequal,
        "<" => Relation::Less,
        "<=" => Relation::LessOrEqual,
        ">" => Relation::More,
        ">=" => Relation::MoreOrEqual,
        other => return Err(Unread::Syntax(other.to_owned())),
    })
}

/// A number, or several in brackets: `(tcp-syn|tcp-ack)`.
fn number(words: &mut Words) -> Result<u32, Unread> {
    if words.next_if(|word| word == "(").is_none() {
        return one(words);
    }
    let mut sum = one(words)?;
    while words.next_if(|word| word == "|").is_some() {
        sum |= one(words)?;
    }
    words.next_if(|word| word == ")").ok_or_else(|| words.fault())?;
    Ok(sum)
}

fn one(words: &mut Words) -> Result<u32, Unread> {
    let word = words.value()?;
    let named = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    let written = || match word.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => word.parse().ok(),
    };
    named.or_else(written).ok_or(Unread::Syntax(word))
}
