//! What somebody set in a guest by hand, beside what its image does by itself: rules and routes, filters, masquerading, sizes (`G17` to `G21`).

use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::EniId;
use crate::table::{Set, Table};

/// The number of the table that every guest has.
pub const MAIN_TABLE: u32 = 254;
/// The priority of the rule that leads to it.
pub const MAIN_RULE: u32 = 32_766;
/// The priority of the rules that an image makes by itself, and what the numbers of their tables count from.
pub const IMAGE_RULE: u32 = 10_000;
/// Bytes of the longest packet of an interface that nobody set.
pub const JUMBO: u16 = 9_001;

/// All of it. A guest in which nobody set anything has none of these.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ByHand {
    /// `ip rule`, in the order in which they are asked.
    pub rules: Vec<HandRule>,
    /// `ip route`.
    pub routes: Vec<HandRoute>,
    /// Interfaces whose default route the system made by itself and somebody took away.
    pub without_default: Set<EniId>,
    /// The reverse path filter of `all`, if it is not the image's: of it and an interface's own, the higher number holds.
    pub filter_of_all: Option<RpFilter>,
    /// The reverse path filters of interfaces.
    pub filters: Table<EniId, RpFilter>,
    /// What is masqueraded where not everything is.
    pub masquerades: Vec<Masquerade>,
    /// The longest packets of interfaces.
    pub sizes: Table<EniId, u16>,
    /// Addresses that were given another length than their subnet's, or are of another block: each brings a route of its own to what it is taken to
    /// be beside.
    pub lengths: Table<(EniId, Ipv4Addr), u8>,
}

/// The kernel's reverse path filter, in the order of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RpFilter {
    /// 0: no check.
    Off,
    /// 1: the way back must be the interface that the packet came in by.
    Strict,
    /// 2: some way back must exist.
    Loose,
}

/// A rule that chooses a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandRule {
    /// The lowest is asked first.
    pub priority: u32,
    /// The sources that it speaks of.
    pub from: Ipv4Net,
    /// The destinations.
    pub to: Ipv4Net,
    /// The table.
    pub table: u32,
}

/// A route in one of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandRoute {
    /// The table.
    pub table: u32,
    /// Where it leads.
    pub destination: Ipv4Net,
    /// The router that is asked; where there is none, the destination itself is looked for in the interface's subnet.
    pub via: Option<Ipv4Addr>,
    /// The interface.
    pub eni: EniId,
    /// The address that a new conversation begins from.
    pub source: Option<Ipv4Addr>,
    /// The lowest is preferred.
    pub metric: u32,
}

/// What gets the forwarder's address: everything, or what leaves by an interface, or comes from some addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Masquerade {
    /// The interface that it leaves by; every one where none is named.
    pub out: Option<EniId>,
    /// The sources.
    pub from: Ipv4Net,
}

impl HandRule {
    /// Whether it speaks of a packet. What has no source yet is spoken of only by rules that speak of every source.
    pub fn fits(&self, source: Ipv4Addr, destination: Ipv4Addr) -> bool {
        self.from.contains(&source) && self.to.contains(&destination)
    }
}

impl ByHand {
    /// Forgets an interface that is no more.
    pub fn forget(&mut self, eni: EniId) {
        self.routes.retain(|route| route.eni != eni);
        self.without_default.remove(&eni);
        self.filters.remove(&eni);
        self.masquerades.retain(|one| one.out != Some(eni));
        self.sizes.remove(&eni);
        self.lengths.retain(|(of, _), _| *of != eni);
    }

    /// The blocks that addresses of a length of their own are taken to be in, each with the interface and the address. One that is alone is in none.
    pub fn blocks(&self) -> impl Iterator<Item = (Ipv4Net, EniId, Ipv4Addr)> {
        let of = |((eni, ip), length): (&(EniId, Ipv4Addr), &u8)| Some((Ipv4Net::new(*ip, *length).ok()?.trunc(), *eni, *ip));
        self.lengths.iter().filter_map(of).filter(|(block, ..)| block.prefix_len() < 32)
    }

    /// Sets a route beside the others, which stand in their own order.
    pub fn put_route(&mut self, route: HandRoute) {
        let at = self.routes.partition_point(|other| *other < route);
        self.routes.insert(at, route);
    }

    /// Whether what comes from an address and leaves by an interface gets another source.
    pub fn masquerades(&self, source: Ipv4Addr, out: EniId) -> bool {
        self.masquerades.iter().any(|one| one.out.is_none_or(|eni| eni == out) && one.from.contains(&source))
    }

    /// The priority of a rule that is made without one: below that of all others.
    pub fn next_priority(&self, image_has_rules: bool) -> u32 {
        let first = if image_has_rules { IMAGE_RULE + 1 } else { MAIN_RULE };
        let least = self.rules.iter().map(|rule| rule.priority).filter(|priority| *priority > 0).fold(first, u32::min);
        least.saturating_sub(1)
    }
}
