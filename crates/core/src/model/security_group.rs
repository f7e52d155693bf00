//! Security groups (`S1` to `S31`).

use super::Tags;
use crate::addr::{Direction, Ipv4Net, Ipv6Net, Traffic};
use crate::id::{GroupId, GroupRuleId, PrefixListId, VpcId};

/// A security group: rules that only allow (`S2`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityGroup {
    /// Its id.
    pub id: GroupId,
    /// Its VPC (`S1`).
    pub vpc: VpcId,
    /// Its name, unique in the VPC (`S8`).
    pub name: String,
    /// Why it exists; fixed at creation.
    pub description: String,
    /// Its rules, in the order they were added. Order decides nothing.
    pub rules: Vec<GroupRule>,
    /// Tags.
    pub tags: Tags,
}

impl SecurityGroup {
    /// Its rules of one direction.
    pub fn rules_of(&self, direction: Direction) -> impl Iterator<Item = &GroupRule> {
        self.rules.iter().filter(move |rule| rule.direction == direction)
    }

    /// A rule by its id.
    pub fn rule(&self, id: GroupRuleId) -> Option<&GroupRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// A rule of a security group (`S11`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule {
    /// Its id.
    pub id: GroupRuleId,
    /// In or out.
    pub direction: Direction,
    /// Protocol and ports, or ICMP type and code.
    pub traffic: Traffic,
    /// The other end.
    pub peer: Peer,
    /// Why; at most 255 characters.
    pub description: String,
    /// Tags.
    pub tags: Tags,
}

impl GroupRule {
    /// Whether both allow the same; ids and descriptions are not looked at (`S19`).
    pub fn same_permission(&self, other: &GroupRule) -> bool {
        self.direction == other.direction && self.traffic == other.traffic && self.peer == other.peer
    }
}

/// What kind of other end a rule has: fixed when the rule is made (`S18`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeerKind {
    /// An IPv4 block.
    Ipv4,
    /// An IPv6 block.
    Ipv6,
    /// A prefix list.
    PrefixList,
    /// A group.
    Group,
}

impl Peer {
    /// What kind of other end it is.
    pub const fn kind(self) -> PeerKind {
        match self {
            Peer::Ipv4(_) => PeerKind::Ipv4,
            Peer::Ipv6(_) => PeerKind::Ipv6,
            Peer::PrefixList(_) => PeerKind::PrefixList,
            Peer::Group(_) => PeerKind::Group,
        }
    }
}

/// The other end that a rule speaks of: exactly one of these (`S12`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Peer {
    /// An IPv4 block, without host bits (`S17`).
    Ipv4(Ipv4Net),
    /// An IPv6 block, without host bits.
    Ipv6(Ipv6Net),
    /// A managed prefix list.
    PrefixList(PrefixListId),
    /// The private addresses of a group's members (`S22`).
    Group(GroupId),
}
