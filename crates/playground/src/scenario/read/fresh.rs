//! What a fresh VPC has in its default group and network ACL, for imports that lack them.

use eni_core::addr::{Direction, IpNet, Ipv4Net, Traffic};
use eni_core::id::{Counters, GroupId};
use eni_core::model::Tags;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::security_group::{GroupRule, Peer};

/// What AWS writes into the default group of a VPC.
pub(super) const DEFAULT_DESCRIPTION: &str = "default VPC security group";

/// The rule that a fresh default network ACL has in each direction (`N2`).
pub(super) fn allow_all() -> AclEntry {
    AclEntry { traffic: Traffic::All, cidr: IpNet::V4(Ipv4Net::default()), action: AclAction::Allow }
}

/// The rules of a fresh default group (`S6`).
pub(super) fn default_rules(group: GroupId, counters: &mut Counters) -> Vec<GroupRule> {
    let mut rule = |direction, peer| GroupRule {
        id: counters.take(),
        direction,
        traffic: Traffic::All,
        peer,
        description: String::new(),
        tags: Tags::new(),
    };
    vec![rule(Direction::Ingress, Peer::Group(group)), rule(Direction::Egress, Peer::Ipv4(Ipv4Net::default()))]
}
