//! What comes with a VPC: the main route table's routes, the default network ACL and the default group.

use super::draft::Draft;
use crate::addr::{Direction, IpNet, Ipv4Net, Ipv6Net, Traffic};
use crate::id::RouteTableId;
use crate::model::Tags;
use crate::model::network_acl::{AclAction, AclEntry, NetworkAcl};
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTarget};
use crate::model::security_group::{GroupRule, Peer, SecurityGroup};
use crate::model::vpc::Vpc;
use crate::table::Table;

/// The number of the rule that allows everything in a default network ACL (`N2`).
pub(super) const ALLOW_ALL_RULE: u16 = 100;

/// The number of the same for IPv6 (`N2`).
pub(super) const ALLOW_ALL_IPV6_RULE: u16 = 101;

/// The entry that allows all of IPv4 (`N2`).
pub(super) fn allow_all_ipv4() -> AclEntry {
    AclEntry { traffic: Traffic::All, cidr: IpNet::V4(Ipv4Net::default()), action: AclAction::Allow }
}

/// The entry that allows all of IPv6 (`N2`, `N17`).
pub(super) fn allow_all_ipv6() -> AclEntry {
    AclEntry { traffic: Traffic::All, cidr: IpNet::V6(Ipv6Net::default()), action: AclAction::Allow }
}

/// A route table with the local routes of its VPC (`R3`).
pub(super) fn new_table(vpc: &Vpc, id: RouteTableId, tags: Tags) -> RouteTable {
    let local = Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRouteTable };
    let routes = vpc.blocks().map(|block| (Destination::Cidr(block), local.clone())).collect();
    RouteTable { id, vpc: vpc.id, associations: Table::new(), routes, propagating: Vec::new(), tags }
}

/// The ACL of new subnets: it allows everything both ways (`N2`).
pub(super) fn default_acl(vpc: &Vpc) -> NetworkAcl {
    let mut entries = Table::from([(ALLOW_ALL_RULE, allow_all_ipv4())]);
    if !vpc.ipv6_cidrs.is_empty() {
        entries.insert(ALLOW_ALL_IPV6_RULE, allow_all_ipv6());
    }
    NetworkAcl { id: vpc.default_acl, vpc: vpc.id, is_default: true, ingress: entries.clone(), egress: entries, tags: Tags::new() }
}

/// The group named `default`: everything from its own members, everything to anywhere (`S6`).
pub(super) fn default_group(draft: &mut Draft, vpc: &Vpc) -> SecurityGroup {
    let from_members = GroupRule {
        id: draft.new_id(),
        direction: Direction::Ingress,
        traffic: Traffic::All,
        peer: Peer::Group(vpc.default_group),
        description: String::new(),
        tags: Tags::new(),
    };
    let mut rules = vec![from_members, allow_all_egress(draft, Peer::Ipv4(Ipv4Net::default()))];
    if !vpc.ipv6_cidrs.is_empty() {
        rules.push(allow_all_egress(draft, Peer::Ipv6(Ipv6Net::default())));
    }
    SecurityGroup {
        id: vpc.default_group,
        vpc: vpc.id,
        name: "default".to_owned(),
        description: "default VPC security group".to_owned(),
        rules,
        tags: Tags::new(),
    }
}

/// The rule that lets everything out to a whole family (`S6`, `S7`).
pub(super) fn allow_all_egress(draft: &mut Draft, peer: Peer) -> GroupRule {
    GroupRule {
        id: draft.new_id(),
        direction: Direction::Egress,
        traffic: Traffic::All,
        peer,
        description: String::new(),
        tags: Tags::new(),
    }
}
