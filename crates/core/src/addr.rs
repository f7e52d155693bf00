//! Addresses and the parts of a packet that rules speak of, on top of `ipnet`.

use std::fmt;
use std::str::FromStr;

pub use ipnet::{AddrParseError as BlockError, IpNet, Ipv4Net, Ipv6Net};
pub use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a block has an address; one of the other family it never has. Every packet is compared with several blocks: this takes a tenth of what
/// `IpNet::contains` does, which works out the first and the last address.
#[inline]
pub fn block_has(block: &IpNet, ip: IpAddr) -> bool {
    match (block, ip) {
        (IpNet::V4(block), IpAddr::V4(ip)) => ipv4_block_has(block, ip),
        (IpNet::V6(block), IpAddr::V6(ip)) => {
            let differ = u128::from(block.addr()) ^ u128::from(ip);
            differ.checked_shr(128 - u32::from(block.prefix_len())).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// Whether a block of IPv4 has an address.
#[inline]
pub fn ipv4_block_has(block: &Ipv4Net, ip: Ipv4Addr) -> bool {
    let differ = u32::from(block.addr()) ^ u32::from(ip);
    differ.checked_shr(32 - u32::from(block.prefix_len())).unwrap_or(0) == 0
}

/// A MAC address of an ENI: locally administered, unicast (`I4`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(pub [u8; 6]);

impl Mac {
    /// The MAC that a counter at `number` makes: `02:…`, unique below 2^40.
    pub fn from_number(number: u64) -> Mac {
        let [_, _, _, b, c, d, e, f] = number.to_be_bytes();
        Mac([0x02, b, c, d, e, f])
    }
}

/// The lower-case digit of a number below 16.
pub(crate) const fn hex_digit(number: u8) -> u8 {
    if number < 10 { b'0' + number } else { b'a' - 10 + number }
}

impl Mac {
    /// Adds it to a text, as it is displayed. Replies are full of them.
    pub fn push_to(self, text: &mut String) {
        for (at, byte) in self.0.into_iter().enumerate() {
            if at > 0 {
                text.push(':');
            }
            [byte >> 4, byte & 15].into_iter().for_each(|digit| text.push(char::from(hex_digit(digit))));
        }
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(17);
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

/// A text is not a MAC address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected six pairs of hex digits with colons between them")]
pub struct MacError;

impl FromStr for Mac {
    type Err = MacError;
    fn from_str(text: &str) -> Result<Mac, MacError> {
        let mut bytes = [0u8; 6];
        let mut parts = text.split(':');
        for byte in &mut bytes {
            let part = parts.next().filter(|p| p.len() == 2).ok_or(MacError)?;
            *byte = u8::from_str_radix(part, 16).map_err(|_| MacError)?;
        }
        if parts.next().is_some() { Err(MacError) } else { Ok(Mac(bytes)) }
    }
}

/// A range of ports whose ends are in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    from: u16,
    to: u16,
}

impl PortRange {
    /// Every port.
    pub const ALL: PortRange = PortRange { from: 0, to: u16::MAX };

    /// The range from `from` to `to`, both in it; `None` if they are reversed (`S14`).
    pub const fn new(from: u16, to: u16) -> Option<PortRange> {
        if from <= to { Some(PortRange { from, to }) } else { None }
    }

    /// One port.
    pub const fn single(port: u16) -> PortRange {
        PortRange { from: port, to: port }
    }

    /// The first port.
    pub const fn from(self) -> u16 {
        self.from
    }

    /// The last port.
    pub const fn to(self) -> u16 {
        self.to
    }

    /// Whether `port` is in the range.
    pub const fn contains(self, port: u16) -> bool {
        self.from <= port && port <= self.to
    }
}

/// Which traffic a rule speaks of, apart from its peer: the protocol with its ports, or its ICMP type and code (`S13` to `S16`, `N6`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Traffic {
    /// Every protocol (`-1`).
    All,
    /// TCP to a range of destination ports.
    Tcp(PortRange),
    /// UDP to a range of destination ports.
    Udp(PortRange),
    /// ICMP for IPv4.
    Icmp(IcmpMatch),
    /// ICMP for IPv6.
    Icmpv6(IcmpMatch),
    /// Another protocol by its IANA number; ports do not matter.
    Other(u8),
}

/// An ICMP type and code; `None` matches any. A code needs a type (`S15`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IcmpMatch {
    /// Any type and code.
    Any,
    /// One type, any code.
    Type(u8),
    /// One type and code.
    TypeCode(u8, u8),
}

impl IcmpMatch {
    /// Whether this type and code fit.
    pub const fn matches(self, kind: u8, code: u8) -> bool {
        match self {
            IcmpMatch::Any => true,
            IcmpMatch::Type(t) => t == kind,
            IcmpMatch::TypeCode(t, c) => t == kind && c == code,
        }
    }
}

impl Traffic {
    /// The IANA number of the protocol; `None` for all.
    pub const fn protocol_number(self) -> Option<u8> {
        match self {
            Traffic::All => None,
            Traffic::Tcp(_) => Some(6),
            Traffic::Udp(_) => Some(17),
            Traffic::Icmp(_) => Some(1),
            Traffic::Icmpv6(_) => Some(58),
            Traffic::Other(n) => Some(n),
        }
    }
}

/// Seen from the ENI: into it or out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Into the ENI or subnet.
    Ingress,
    /// Out of the ENI or subnet.
    Egress,
}

impl Direction {
    /// The other direction.
    pub const fn opposite(self) -> Direction {
        match self {
            Direction::Ingress => Direction::Egress,
            Direction::Egress => Direction::Ingress,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address() -> impl Strategy<Value = IpAddr> {
        // Few bits differ, so that blocks are met.
        let near = prop_oneof![Just(0u128), any::<u128>().prop_map(|bits| bits & 0xff), any::<u128>()];
        (any::<bool>(), near)
            .prop_map(|(short, bits)| if short { IpAddr::V4(Ipv4Addr::from(bits as u32)) } else { IpAddr::V6(bits.into()) })
    }

    proptest! {
        #[test]
        fn a_block_has_what_lies_between_its_ends(base in address(), length in 0u8..=128, ip in address()) {
            let Ok(block) = IpNet::new(base, length) else { return Ok(()) };
            prop_assert_eq!(block_has(&block, ip), block.contains(&ip));
            prop_assert!(block_has(&block, base));
        }
    }
}
