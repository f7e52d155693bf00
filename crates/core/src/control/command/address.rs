//! Addresses and prefixes that acts ask for.

use crate::addr::{Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::EniId;

/// Some things by name, or so many of any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<T> {
    /// These.
    pub list: Vec<T>,
    /// Or how many of any; wider than it need be, so that a wrong one can be refused.
    pub count: Option<i64>,
}

impl<T> Wanted<T> {
    /// Whether nothing is asked for.
    pub fn is_none(&self) -> bool {
        self.list.is_empty() && self.count.is_none()
    }

    /// So many of any.
    pub fn any(count: i64) -> Wanted<T> {
        Wanted { list: Vec::new(), count: Some(count) }
    }

    /// These.
    pub fn these(list: Vec<T>) -> Wanted<T> {
        Wanted { list, count: None }
    }
}

impl<T> Default for Wanted<T> {
    fn default() -> Wanted<T> {
        Wanted { list: Vec::new(), count: None }
    }
}

/// The IPv6 addresses and prefixes of a new ENI.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ipv6Wanted {
    /// The addresses; a count of 0 overrides what the subnet gives by itself (`E76`).
    pub addresses: Wanted<Ipv6Addr>,
    /// The prefixes, instead of addresses (`E69`).
    pub prefixes: Wanted<Ipv6Net>,
    /// Whether the first address becomes the primary one (`E77`).
    pub primary: bool,
}

/// What AssignIpv6Addresses was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignIpv6Addresses {
    /// The ENI.
    pub eni: EniId,
    /// The addresses.
    pub addresses: Wanted<Ipv6Addr>,
    /// The prefixes.
    pub prefixes: Wanted<Ipv6Net>,
}

/// What UnassignIpv6Addresses was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignIpv6Addresses {
    /// The ENI.
    pub eni: EniId,
    /// The addresses.
    pub addresses: Vec<Ipv6Addr>,
    /// The prefixes.
    pub prefixes: Vec<Ipv6Net>,
}

/// What AssignPrivateIpAddresses was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignPrivateIpAddresses {
    /// The ENI.
    pub eni: EniId,
    /// The addresses wanted.
    pub addresses: Vec<Ipv4Addr>,
    /// Or how many of any.
    pub count: Option<i64>,
    /// The prefixes (`E66`).
    pub prefixes: Wanted<Ipv4Net>,
    /// Whether addresses of other ENIs may be taken (`E55`).
    pub allow_reassignment: bool,
}

/// What UnassignPrivateIpAddresses was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignPrivateIpAddresses {
    /// The ENI.
    pub eni: EniId,
    /// The addresses.
    pub addresses: Vec<Ipv4Addr>,
    /// The prefixes.
    pub prefixes: Vec<Ipv4Net>,
}
