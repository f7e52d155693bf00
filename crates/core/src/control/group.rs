//! Security groups and their rules (`S1` to `S31`).

use super::check;
use super::command::Permission;
use super::defaults::allow_all_egress;
use super::draft::Draft;
use super::error::{Refusal, TextKind};
use super::prefix_list::nameable;
use super::reply::Reply;
use super::weight::rule_quota;
use crate::addr::{Direction, IcmpMatch, Ipv4Net, Ipv6Net, PortRange, Traffic};
use crate::id::{GroupId, GroupRuleId, ResourceId, VpcId};
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::security_group::{GroupRule, Peer, SecurityGroup};

/// CreateSecurityGroup: no rule in, everything out (`S7`; IPv6 where the VPC has it, `B`).
pub(super) fn create(draft: &mut Draft, name: &str, description: &str, vpc: Option<VpcId>, tags: &Tags) -> Result<Reply, Refusal> {
    let name = name.trim_end();
    group_name(name)?;
    if description.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "GroupDescription" });
    }
    check::description(TextKind::Group, description)?;
    check::tags(tags)?;
    let vpc = match vpc {
        Some(id) => draft.vpc(id)?,
        None => draft.network.default_vpc().ok_or(Refusal::NoDefaultVpc {})?,
    };
    if draft.network.group_by_name(vpc.id, name).is_some() {
        return Err(Refusal::GroupDuplicate { group_name: name.to_owned(), vpc: vpc.id });
    }
    let limit = draft.network.quotas().groups;
    if draft.network.groups().len() >= limit {
        return Err(Refusal::GroupLimit { limit });
    }
    let id = draft.new_id();
    let mut rules = vec![allow_all_egress(draft, Peer::Ipv4(Ipv4Net::default()))];
    if !vpc.ipv6_cidrs.is_empty() {
        rules.push(allow_all_egress(draft, Peer::Ipv6(Ipv6Net::default())));
    }
    let group = SecurityGroup { id, vpc: vpc.id, name: name.to_owned(), description: description.to_owned(), rules, tags: tags.clone() };
    draft.push(Event::GroupCreated(Box::new(group)));
    Ok(Reply::Group(id))
}

/// The names that AWS takes (`S8`).
fn group_name(name: &str) -> Result<(), Refusal> {
    let lower = name.to_ascii_lowercase();
    if lower == "default" {
        return Err(Refusal::GroupReserved { group_name: name.to_owned() });
    }
    let bad = name.is_empty() || name.len() > 255 || !name.chars().all(check::is_text) || lower.starts_with("sg-");
    if bad { Err(Refusal::BadGroupName { group_name: name.to_owned() }) } else { Ok(()) }
}

/// DeleteSecurityGroup.
pub(super) fn delete(draft: &mut Draft, id: GroupId) -> Result<Reply, Refusal> {
    let group = draft.group(id)?;
    if draft.vpc(group.vpc)?.default_group == id {
        return Err(Refusal::DefaultGroup { group: id });
    }
    // A rule of another VPC that names it becomes stale instead (`S28`).
    let is_named = draft.network.groups_naming(id).filter_map(|other| draft.network.group(other)).any(|other| other.vpc == group.vpc);
    let is_used = draft.network.enis_in_group(id).next().is_some() || draft.network.endpoints_with_group(id).next().is_some();
    if is_used || is_named {
        return Err(Refusal::GroupInUse { group: id });
    }
    draft.push(Event::GroupDeleted(id));
    Ok(Reply::Nothing)
}

/// AuthorizeSecurityGroupIngress and …Egress.
pub(super) fn authorize(draft: &mut Draft, id: GroupId, direction: Direction, permissions: &[Permission]) -> Result<Reply, Refusal> {
    if permissions.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "ipPermissions" });
    }
    for permission in permissions {
        check::description(TextKind::Rule, &permission.description)?;
        check::tags(&permission.tags)?;
    }
    let group = draft.group(id)?;
    let mut new: Vec<GroupRule> = Vec::with_capacity(permissions.len());
    for permission in permissions {
        let wanted = rule(permission, direction);
        peer_exists(draft, group, wanted.peer)?;
        if new.iter().any(|other| other.same_permission(&wanted)) {
            return Err(Refusal::RuleTwice {});
        }
        if let Some(old) = group.rules.iter().find(|old| old.same_permission(&wanted)) {
            return Err(Refusal::RuleDuplicate { rule: old.id, text: text_of(old) });
        }
        new.push(wanted);
    }
    rule_quota(draft.network, None, id, group.rules_of(direction).chain(&new))?;
    for rule in &mut new {
        rule.id = draft.new_id();
    }
    let ids = new.iter().map(|rule| rule.id).collect();
    draft.push(Event::GroupRulesAdded(id, new));
    Ok(Reply::Rules(ids))
}

/// A rule as it is stored, but for its id: blocks without host bits (`S17`).
pub(super) fn rule(permission: &Permission, direction: Direction) -> GroupRule {
    let peer = without_host_bits(permission.peer);
    let id = GroupRuleId::from_number(0);
    GroupRule {
        id,
        direction,
        traffic: permission.traffic,
        peer,
        description: permission.description.clone(),
        tags: permission.tags.clone(),
    }
}

/// Blocks without host bits (`S17`).
pub(super) fn without_host_bits(peer: Peer) -> Peer {
    match peer {
        Peer::Ipv4(block) => Peer::Ipv4(block.trunc()),
        Peer::Ipv6(block) => Peer::Ipv6(block.trunc()),
        other => other,
    }
}

/// Whether the other end can be named in this group's rules: a group of the same VPC, or of one behind an active peering connection (`S30`).
pub(super) fn peer_exists(draft: &Draft, group: &SecurityGroup, peer: Peer) -> Result<(), Refusal> {
    match peer {
        Peer::Ipv4(_) | Peer::Ipv6(_) => Ok(()),
        Peer::PrefixList(list) => nameable(draft, list),
        Peer::Group(named) => {
            let other = draft.group(named)?.vpc;
            let reaches = other == group.vpc || draft.network.are_peered(other, group.vpc);
            if reaches { Ok(()) } else { Err(Refusal::DifferentNetworks { group: named, vpc: group.vpc }) }
        }
    }
}

/// A rule as AWS's message tells it (`S19`).
pub(super) fn text_of(rule: &GroupRule) -> String {
    let peer = match rule.peer {
        Peer::Ipv4(block) => block.to_string(),
        Peer::Ipv6(block) => block.to_string(),
        Peer::PrefixList(id) => id.to_string(),
        Peer::Group(id) => id.to_string(),
    };
    let ports = |name: &str, ports: PortRange| format!("{name}, from port: {}, to port: {}", ports.from(), ports.to());
    let icmp = |name: &str, icmp: IcmpMatch| match icmp {
        IcmpMatch::Any => format!("{name}, type: ALL, code: ALL"),
        IcmpMatch::Type(kind) => format!("{name}, type: {kind}, code: ALL"),
        IcmpMatch::TypeCode(kind, code) => format!("{name}, type: {kind}, code: {code}"),
    };
    let traffic = match rule.traffic {
        Traffic::All => "ALL".to_owned(),
        Traffic::Tcp(range) => ports("TCP", range),
        Traffic::Udp(range) => ports("UDP", range),
        Traffic::Icmp(matched) => icmp("ICMP", matched),
        Traffic::Icmpv6(matched) => icmp("ICMPv6", matched),
        Traffic::Other(number) => number.to_string(),
    };
    format!("peer: {peer}, {traffic}, ALLOW")
}

/// RevokeSecurityGroupIngress and …Egress, by rule ids or by permissions (`S20`).
pub(super) fn revoke(
    draft: &mut Draft,
    id: GroupId,
    direction: Direction,
    permissions: &[Permission],
    rules: &[GroupRuleId],
) -> Result<Reply, Refusal> {
    if permissions.is_empty() && rules.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "ipPermissions" });
    }
    let group = draft.group(id)?;
    let forgiving = draft.vpc(group.vpc)?.is_default;
    let mut gone = check::distinct(rules);
    for named in &gone {
        if group.rule(*named).is_none_or(|rule| rule.direction != direction) {
            return Err(Refusal::GroupRuleNotFound { rule: *named });
        }
    }
    let mut unknown = Vec::new();
    for permission in permissions {
        let wanted = rule(permission, direction);
        match group.rules.iter().find(|old| old.same_permission(&wanted)) {
            Some(old) if gone.contains(&old.id) => {}
            Some(old) => gone.push(old.id),
            None if forgiving => unknown.push(permission.clone()),
            None => return Err(Refusal::RuleNotFound { group: id }),
        }
    }
    if !gone.is_empty() {
        draft.push(Event::GroupRulesRemoved(id, gone.clone()));
    }
    let rules = group.rules.iter().filter(|rule| gone.contains(&rule.id)).cloned().collect();
    Ok(Reply::Revoked { group: id, rules, unknown })
}
