//! Which rule of a group or an ACL fitted, or what about the nearest one did not.

use crate::addr::{Direction, IcmpMatch, IpAddr, IpNet, PortRange, Traffic};
use crate::id::*;
use crate::model::security_group::Peer;

/// What let a packet through security groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupMatch {
    /// A flow that is being tracked; rules were not asked (`S32`, `S38`).
    Tracked {
        /// The direction of the packet that opened the flow.
        opened: Direction,
    },
    /// A rule.
    Rule {
        /// The group.
        group: GroupId,
        /// The rule.
        rule: GroupRuleId,
        /// The entry of the prefix list that it names.
        entry: Option<IpNet>,
        /// Whether the flow is tracked from now on (`S35`, `S36`).
        tracked: bool,
    },
    /// No group has a rule of this direction.
    NoRules,
    /// No rule fits.
    NoMatch,
    /// The ENI has no group, so nothing filters (`R40`).
    NoGroup,
}

/// A rule that did not fit, and the first thing about it that did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearestMiss {
    /// Which rule.
    pub rule: RuleRef,
    /// The first field that differs.
    pub field: Field,
    /// What the rule wants there.
    pub wanted: Wanted,
    /// What the packet has.
    pub got: Got,
    /// How many fields differ: the nearest rule has the fewest.
    pub fields_off: u8,
    /// Why a reference to a group did not fit.
    pub reference: Option<ReferenceMiss>,
}

/// A rule of a group or of an ACL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleRef {
    /// A rule of a security group.
    Group(GroupId, GroupRuleId),
    /// An entry of a network ACL.
    Acl(AclId, u16),
}

/// A field of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The protocol.
    Protocol,
    /// The ports.
    Port,
    /// The ICMP type and code.
    Icmp,
    /// The other end, on the way in.
    Source,
    /// The other end, on the way out.
    Destination,
    /// Its place: an entry with a lower number decided first (`N4`).
    Order,
}

impl Field {
    /// Its name in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Protocol => "PROTOCOL",
            Field::Port => "PORT",
            Field::Icmp => "ICMP",
            Field::Source => "SOURCE",
            Field::Destination => "DESTINATION",
            Field::Order => "ORDER",
        }
    }
}

/// What a rule wants in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wanted {
    /// A protocol, as in this traffic.
    Protocol(Traffic),
    /// A range of ports.
    Ports(PortRange),
    /// An ICMP type and code.
    Icmp(IcmpMatch),
    /// A peer.
    Peer(Peer),
    /// A block.
    Cidr(IpNet),
    /// A number below this one.
    Before(u16),
}

/// What a packet has in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Got {
    /// An IANA protocol number.
    Protocol(u8),
    /// A destination port.
    Port(u16),
    /// An ICMP type and code.
    Icmp(u8, u8),
    /// An address.
    Address(IpAddr),
    /// The entry's number.
    Number(u16),
}

/// Why a rule that names a group (or prefix list) did not fit an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceMiss {
    /// The address is a public one, and references know private ones only (`S23`).
    PublicAddress(Option<EniId>),
    /// An ENI has the address, but does not carry the group (`S22`, `S29`).
    NotMember(EniId),
    /// No ENI has the address (`S22`).
    NobodyHasIt,
    /// The packet came through a middlebox (`S25`).
    Forwarded,
    /// The group is gone (`S28`).
    Stale,
    /// The prefix list's blocks are not known here.
    PrefixListUnknown,
}
