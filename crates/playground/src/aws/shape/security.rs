//! Writes security groups, their rules, and network ACLs.

use super::{Writer, tag_list};
use crate::aws::express::acl_entry;
use crate::aws::object::Object;
use crate::aws::traffic::write_permission;
use eni_core::addr::{Direction, IpNet, Ipv4Net, Ipv6Net, Traffic};
use eni_core::id::GroupId;
use eni_core::model::network_acl::{AclAction, AclEntry, FINAL_DENY_IPV4, FINAL_DENY_IPV6, NetworkAcl};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use serde_json::Value;

impl Writer<'_> {
    pub(in crate::aws) fn group(&self, group: &SecurityGroup) -> Value {
        let permissions = |direction| permissions(group.rules_of(direction), &self.owner());
        Object::new()
            .text("GroupId", group.id)
            .text("GroupName", &group.name)
            .text("Description", &group.description)
            .text("VpcId", group.vpc)
            .with("SecurityGroupArn", self.arn("security-group", group.id))
            .with("IpPermissions", permissions(Direction::Ingress))
            .with("IpPermissionsEgress", permissions(Direction::Egress))
            .with("OwnerId", self.owner())
            .with("Tags", tag_list(&group.tags))
            .into()
    }

    pub(in crate::aws) fn group_rule(&self, group: GroupId, rule: &GroupRule) -> Value {
        let written = write_permission(rule.traffic);
        let object = Object::new()
            .text("SecurityGroupRuleId", rule.id)
            .text("GroupId", group)
            .with("GroupOwnerId", self.owner())
            .with("IsEgress", rule.direction == Direction::Egress)
            .with("IpProtocol", written.protocol)
            .with("FromPort", written.from.unwrap_or(-1))
            .with("ToPort", written.to.unwrap_or(-1));
        let object = match rule.peer {
            Peer::Ipv4(block) => object.text("CidrIpv4", block),
            Peer::Ipv6(block) => object.text("CidrIpv6", block),
            Peer::PrefixList(list) => object.text("PrefixListId", list),
            Peer::Group(other) => object.with("ReferencedGroupInfo", Object::new().text("GroupId", other).with("UserId", self.owner())),
        };
        object
            .filled("Description", &rule.description)
            .with("SecurityGroupRuleArn", self.arn("security-group-rule", rule.id))
            .with("Tags", tag_list(&rule.tags))
            .into()
    }

    pub(in crate::aws) fn network_acl(&self, acl: &NetworkAcl) -> Value {
        let subnets = self.network.subnets().filter(|subnet| subnet.acl == acl.id).map(|subnet| {
            let object = Object::new().text("NetworkAclAssociationId", subnet.acl_association).text("NetworkAclId", acl.id);
            object.text("SubnetId", subnet.id).into()
        });
        let entries = [Direction::Egress, Direction::Ingress].into_iter().flat_map(|direction| {
            let own = acl.entries(direction).iter().map(move |(number, entry)| acl_entry(direction, i64::from(*number), entry).into());
            own.chain(final_denies(acl, direction))
        });
        Object::new()
            .text("NetworkAclId", acl.id)
            .text("VpcId", acl.vpc)
            .with("IsDefault", acl.is_default)
            .list("Associations", subnets)
            .list("Entries", entries)
            .with("OwnerId", self.owner())
            .with("Tags", tag_list(&acl.tags))
            .into()
    }
}

/// The closing denies as replies show them: the one for IPv6 where there are IPv6 entries (`N5`).
fn final_denies(acl: &NetworkAcl, direction: Direction) -> impl Iterator<Item = Value> {
    let deny = |cidr| AclEntry { traffic: Traffic::All, cidr, action: AclAction::Deny };
    let has_ipv6 = acl.ingress.values().chain(acl.egress.values()).any(|entry| matches!(entry.cidr, IpNet::V6(_)));
    let ipv6 = has_ipv6.then(|| (FINAL_DENY_IPV6, deny(IpNet::V6(Ipv6Net::default()))));
    [(FINAL_DENY_IPV4, deny(IpNet::V4(Ipv4Net::default())))]
        .into_iter()
        .chain(ipv6)
        .map(move |(number, entry)| acl_entry(direction, i64::from(number), &entry).into())
}

/// Rules of one direction as permissions: those of equal traffic are merged (`J6`).
fn permissions<'a>(rules: impl Iterator<Item = &'a GroupRule>, owner: &str) -> Value {
    let mut merged: Vec<(Traffic, Vec<&GroupRule>)> = Vec::new();
    for rule in rules {
        match merged.iter_mut().find(|(traffic, _)| *traffic == rule.traffic) {
            Some((_, group)) => group.push(rule),
            None => merged.push((rule.traffic, vec![rule])),
        }
    }
    merged.into_iter().map(|(traffic, rules)| permission(traffic, &rules, owner)).collect()
}

fn permission(traffic: Traffic, rules: &[&GroupRule], owner: &str) -> Value {
    let written = write_permission(traffic);
    let (mut ipv4, mut ipv6, mut lists, mut groups) = (vec![], vec![], vec![], vec![]);
    for rule in rules {
        let (list, name, text) = match rule.peer {
            Peer::Ipv4(block) => (&mut ipv4, "CidrIp", block.to_string()),
            Peer::Ipv6(block) => (&mut ipv6, "CidrIpv6", block.to_string()),
            Peer::PrefixList(id) => (&mut lists, "PrefixListId", id.to_string()),
            Peer::Group(id) => (&mut groups, "GroupId", id.to_string()),
        };
        let entry = Object::new().with(name, text).filled("Description", &rule.description);
        let entry = if name == "GroupId" { entry.with("UserId", owner) } else { entry };
        list.push(Value::from(entry));
    }
    Object::new()
        .with("IpProtocol", written.protocol)
        .maybe("FromPort", written.from)
        .maybe("ToPort", written.to)
        .with("IpRanges", ipv4)
        .with("Ipv6Ranges", ipv6)
        .with("PrefixListIds", lists)
        .with("UserIdGroupPairs", groups)
        .into()
}
