//! Security groups and network ACLs of a script.

use super::plan::{Plan, Query, name_of, tagged};
use crate::aws::object::Object;
use crate::aws::{acl_entry, permission};
use eni_core::addr::{Direction, IpNet, Ipv4Net, Ipv6Net, Traffic};
use eni_core::control::command::Permission;
use eni_core::id::{GroupId, VpcId};
use eni_core::model::network_acl::{AclAction, AclEntry, NetworkAcl};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use serde_json::Value;

/// All groups come before all rules, because groups may name each other.
pub(super) fn groups(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Security groups");
    for group in network.groups() {
        if is_default(plan, group.id) {
            plan.tags(&group.id, &group.tags);
            continue;
        }
        let object = Object::new().text("GroupName", &group.name).text("Description", &group.description).text("VpcId", group.vpc);
        let object = tagged(object, &[("security-group", &group.tags)]);
        plan.make(&group.id.to_string(), ("SG", &group.name), "CreateSecurityGroup", object, "GroupId");
    }
    plan.heading("Rules of security groups");
    for group in network.groups() {
        rules(plan, group);
    }
}

fn is_default(plan: &Plan<'_>, group: GroupId) -> bool {
    plan.network.vpcs().any(|vpc| vpc.default_group == group)
}

/// Whether IPv6 was there from the start.
fn has_ipv6(plan: &Plan<'_>, vpc: VpcId) -> bool {
    plan.network.vpc(vpc).is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty())
}

/// The rules that a new group has: everything out, and for a default group everything from its own members in (`S8`).
fn rules(plan: &mut Plan<'_>, group: &SecurityGroup) {
    let mut made = vec![(Direction::Egress, Peer::Ipv4(Ipv4Net::default()))];
    if has_ipv6(plan, group.vpc) {
        made.push((Direction::Egress, Peer::Ipv6(Ipv6Net::default())));
    }
    if is_default(plan, group.id) {
        made.push((Direction::Ingress, Peer::Group(group.id)));
    }
    let is = |rule: &GroupRule, (direction, peer): &(Direction, Peer)| {
        rule.direction == *direction
            && rule.traffic == Traffic::All
            && rule.peer == *peer
            && rule.description.is_empty()
            && rule.tags.is_empty()
    };
    for own in &made {
        if !group.rules.iter().any(|rule| is(rule, own)) {
            let action = match own.0 {
                Direction::Ingress => "RevokeSecurityGroupIngress",
                Direction::Egress => "RevokeSecurityGroupEgress",
            };
            let list = [permission(&Permission::new(Traffic::All, own.1))];
            plan.call(action, Object::new().text("GroupId", group.id).list("IpPermissions", list.into_iter()));
        }
    }
    for direction in [Direction::Ingress, Direction::Egress] {
        let action = match direction {
            Direction::Ingress => "AuthorizeSecurityGroupIngress",
            Direction::Egress => "AuthorizeSecurityGroupEgress",
        };
        let wanted: Vec<&GroupRule> = group.rules_of(direction).filter(|rule| !made.iter().any(|own| is(rule, own))).collect();
        let plain: Vec<Value> = wanted.iter().filter(|rule| rule.tags.is_empty()).map(|rule| written(rule)).collect();
        if !plain.is_empty() {
            plan.call(action, Object::new().text("GroupId", group.id).with("IpPermissions", plain));
        }
        // Tags are given to all rules of a call.
        for rule in wanted.iter().filter(|rule| !rule.tags.is_empty()) {
            let object = Object::new().text("GroupId", group.id).with("IpPermissions", vec![written(rule)]);
            plan.call(action, tagged(object, &[("security-group-rule", &rule.tags)]));
        }
    }
}

fn written(rule: &GroupRule) -> Value {
    permission(&Permission { description: rule.description.clone(), ..Permission::new(rule.traffic, rule.peer) })
}

/// Network ACLs, their entries, and the subnets that use another one than the default.
pub(super) fn acls(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Network ACLs");
    for acl in network.acls() {
        let is_default = network.vpcs().any(|vpc| vpc.default_acl == acl.id);
        if is_default {
            plan.tags(&acl.id, &acl.tags);
        } else {
            let object = tagged(Object::new().text("VpcId", acl.vpc), &[("network-acl", &acl.tags)]);
            plan.make(&acl.id.to_string(), ("ACL", name_of(&acl.tags)), "CreateNetworkAcl", object, "NetworkAcl.NetworkAclId");
        }
        for direction in [Direction::Ingress, Direction::Egress] {
            entries(plan, acl, direction, is_default);
        }
    }
    for subnet in network.subnets() {
        let Some(vpc) = network.vpc(subnet.vpc).filter(|vpc| vpc.default_acl != subnet.acl) else { continue };
        let tie = format!("tie of {} to {}", subnet.id, vpc.default_acl);
        let id = subnet.id.to_string();
        let query = Query::AclTie(id.clone());
        plan.find(&tie, ("TIE", name_of(&subnet.tags)), "DescribeNetworkAcls", &[("association.subnet-id", &id)], query);
        plan.call("ReplaceNetworkAclAssociation", Object::new().text("AssociationId", &tie).text("NetworkAclId", subnet.acl));
    }
}

/// The entries that differ from those of a new network ACL: a default one lets everything through by its entries 100 and, of IPv6, 101 (`N3`).
fn entries(plan: &mut Plan<'_>, acl: &NetworkAcl, direction: Direction, is_default: bool) {
    let through = |cidr| AclEntry { traffic: Traffic::All, cidr, action: AclAction::Allow };
    let mut made = Vec::new();
    if is_default {
        made.push((100, through(IpNet::V4(Ipv4Net::default()))));
    }
    if is_default && has_ipv6(plan, acl.vpc) {
        made.push((101, through(IpNet::V6(Ipv6Net::default()))));
    }
    let of = |number: u16| Object::new().text("NetworkAclId", acl.id).with("RuleNumber", number);
    for (number, _) in made.iter().filter(|(number, _)| !acl.entries(direction).contains_key(number)) {
        plan.call("DeleteNetworkAclEntry", of(*number).with("Egress", direction == Direction::Egress));
    }
    for (number, entry) in acl.entries(direction).iter() {
        let action = match made.iter().find(|(there, _)| there == number) {
            Some((_, there)) if there == entry => continue,
            Some(_) => "ReplaceNetworkAclEntry",
            None => "CreateNetworkAclEntry",
        };
        plan.call(action, acl_entry(direction, i64::from(*number), entry).text("NetworkAclId", acl.id));
    }
}
