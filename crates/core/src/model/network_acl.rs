//! Network ACLs: ordered, stateless rules at a subnet's border (`N1` to `N17`).

use super::Tags;
use crate::addr::{Direction, IpNet, Traffic};
use crate::id::{AclId, VpcId};
use crate::table::Table;

/// The highest number that an entry of the user may have (`N4`).
pub const MAX_RULE_NUMBER: u16 = 32766;
/// The number under which the closing IPv4 deny is shown (`N5`).
pub const FINAL_DENY_IPV4: u16 = 32767;
/// The number under which the closing IPv6 deny is shown (`N5`).
pub const FINAL_DENY_IPV6: u16 = 32768;

/// A network ACL. The closing denies are always there and are not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAcl {
    /// Its id.
    pub id: AclId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Whether it is its VPC's default one (`N2`).
    pub is_default: bool,
    /// Rules for what enters a subnet, by number.
    pub ingress: Table<u16, AclEntry>,
    /// Rules for what leaves a subnet, by number.
    pub egress: Table<u16, AclEntry>,
    /// Tags.
    pub tags: Tags,
}

impl NetworkAcl {
    /// The rules of one direction, by number.
    pub fn entries(&self, direction: Direction) -> &Table<u16, AclEntry> {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }
}

/// A rule of a network ACL (`N6`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AclEntry {
    /// Protocol and ports, or ICMP type and code.
    pub traffic: Traffic,
    /// Source block on the way in, destination block on the way out (`N7`).
    pub cidr: IpNet,
    /// What it does with what fits.
    pub action: AclAction,
}

/// What a rule of a network ACL does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AclAction {
    /// Lets it through.
    Allow,
    /// Drops it.
    Deny,
}

impl NetworkAcl {
    pub(crate) fn entries_mut(&mut self, direction: Direction) -> &mut Table<u16, AclEntry> {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }
}
