//! Who can open a connection to whom, on one protocol and port: everybody with everybody.
//!
//! The judge decides about packets, and is asked as little as possible. What it says of a pair rests on two things that can be told apart: what the
//! groups of the two ends say of each other (`groups`), and everything else on the way and back (`sites`). The first is worked out for all pairs by
//! what rules name; the second is asked of the judge, once for all that stand alike. Where a way leads past the groups of somebody else, each pair
//! of classes is asked by itself. A test compares all of it with the judge, asked pair by pair.

mod ask;
mod bits;
mod blocks;
mod build;
mod doubt;
mod groups;
mod listing;
mod sites;
mod update;

pub use ask::{Asked, End};
pub use listing::{Class, Link, Where, count_pairs};

use crate::addr::{Direction, IpNet, Ipv4Net};
use crate::id::{AclId, EniId, SubnetId};
use crate::model::network::Network;
use crate::model::network_acl::AclEntry;
use crate::table::Table;
use ask::{Asker, Cell, Way};
use blocks::Blocks;
use groups::Groups;
use sites::{Sites, Stand};
use std::cell::RefCell;

/// The block, if it is one of IPv4.
fn ipv4(block: IpNet) -> Option<Ipv4Net> {
    if let IpNet::V4(block) = block { Some(block) } else { None }
}

/// A host outside, and how groups see it.
#[derive(Clone, Debug)]
struct Host {
    end: End,
    /// The block that it stands for; none for the rest of the internet.
    block: Option<Ipv4Net>,
    kind: u32,
}

/// The two ends of a pair of classes on a way that is asked by itself: for each its site (of a host its number) and behaviour, and whether they are
/// in one subnet, or the second is outside, or the first.
type RichKey = (u32, bool, u32, u32, bool, u32, Where);

/// The matrix of a network, for one protocol and port. It is held beside the network; [`Matrix::update`] tells it what happened.
#[derive(Clone, Debug)]
pub struct Matrix {
    asked: Asked,
    groups: Groups,
    sites: Sites,
    /// What each ENI is.
    stands: Table<EniId, Stand>,
    hosts: Vec<Host>,
    /// The blocks that routes and ACLs name.
    blocks: Blocks,
    block_count: u32,
    /// The entries of ACLs that have a say, by number.
    entries: Table<(AclId, Direction), Vec<(u16, AclEntry)>>,
    /// What shapes sites beside that.
    lie: Lie,
    /// Answers of single pairs of classes, as far as they were asked for.
    rich: RefCell<Table<RichKey, bool>>,
}

/// What of the network decides which ENIs stand apart.
#[derive(Clone, Debug, Default)]
struct Lie {
    /// ENIs that routes lead to.
    targets: Vec<EniId>,
    /// Subnets that stand apart: one stands in them that routes lead to, or their zone decides how they come to a transit gateway.
    special: Vec<SubnetId>,
    /// Whether addresses decide by which ENI a transit gateway sends on.
    appliances: bool,
    /// Whether VPCs have addresses in common.
    overlaps: bool,
}

impl Matrix {
    /// What was asked.
    pub fn asked(&self) -> Asked {
        self.asked
    }

    /// The hosts outside: one for all of the internet that nothing names, one for each block that rules, ACLs or routes name, and for each network
    /// behind a virtual private gateway; with the block.
    pub fn outside(&self) -> impl Iterator<Item = (End, Option<Ipv4Net>)> + '_ {
        self.hosts.iter().map(|host| (host.end, host.block))
    }

    /// Whether one end can open a connection to another. `None` for an end that is not there, for two hosts outside, and for one and the same.
    pub fn opens(&self, network: &Network, from: End, to: End) -> Option<bool> {
        if from == to {
            return None;
        }
        let host = |end: End| (0u32..).zip(&self.hosts).find(|(_, host)| host.end == end);
        let stand = |end: End| if let End::Eni(id) = end { self.stands.get(&id).copied() } else { None };
        let open = match (stand(from), stand(to)) {
            (Some(one), Some(other)) => {
                let place = if one.1 == other.1 { Where::SameSubnet } else { Where::OtherSubnets };
                self.between(network, one, other, place, (from, to))
            }
            (Some(one), None) => self.at_gate(network, one, host(to)?, true, (from, to)),
            (None, Some(other)) => self.at_gate(network, other, host(from)?, false, (from, to)),
            (None, None) => return None,
        };
        Some(open)
    }

    fn between(&self, network: &Network, one: Stand, other: Stand, place: Where, ends: (End, End)) -> bool {
        let cell = if place == Where::SameSubnet { self.sites.beside(one.0, other.0) } else { self.sites.across(one.0, other.0) };
        let (from, to) = (self.groups.behaviour_of(one.3), self.groups.behaviour_of(other.3));
        self.decided(network, cell, (from, to), ends, || (one.0, false, from, other.0, false, to, place))
    }

    fn at_gate(&self, network: &Network, eni: Stand, (number, host): (u32, &Host), outward: bool, ends: (End, End)) -> bool {
        let cell = self.sites.gate(eni.0, eni.2, number, outward);
        let (inside, outside) = (self.groups.behaviour_of(eni.3), self.groups.behaviour_of(host.kind));
        let pair = if outward { (inside, outside) } else { (outside, inside) };
        let place = if outward { Where::Outward } else { Where::Inward };
        self.decided(network, cell, pair, ends, || (eni.0, eni.2, inside, number, false, outside, place))
    }

    fn decided(&self, network: &Network, cell: Option<Cell>, pair: (u32, u32), ends: (End, End), key: impl Fn() -> RichKey) -> bool {
        match cell.map(|cell| cell.way) {
            None | Some(Way::Shut) => false,
            Some(Way::Plain) => self.groups.opens(pair.0, pair.1),
            Some(Way::Rich) => self.asked_itself(network, key(), ends),
        }
    }

    fn asked_itself(&self, network: &Network, key: RichKey, (from, to): (End, End)) -> bool {
        if let Some(known) = self.rich.borrow().get(&key) {
            return *known;
        }
        let opens = Asker::new(network, self.asked).opens(from, to);
        self.rich.borrow_mut().insert(key, opens);
        opens
    }
}
