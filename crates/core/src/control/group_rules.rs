//! Rules of a security group that are there already: changed in place, or described anew (`S18`).

use super::check;
use super::command::{DescribeGroupRules, GroupRuleChange, ModifyGroupRules};
use super::draft::Draft;
use super::error::{PeerKindText, Refusal, TextKind};
use super::group::{peer_exists, rule, text_of, without_host_bits};
use super::reply::Reply;
use super::weight::rule_quota;
use crate::addr::Direction;
use crate::id::GroupRuleId;
use crate::model::event::Event;
use crate::model::security_group::{GroupRule, SecurityGroup};

/// ModifySecurityGroupRules: ports, protocol, the other end and the description may change; direction and the kind of the other end may not.
pub(super) fn modify(draft: &mut Draft, request: &ModifyGroupRules) -> Result<Reply, Refusal> {
    if request.changes.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "securityGroupRules" });
    }
    for change in &request.changes {
        check::description(TextKind::Rule, change.description.as_deref().unwrap_or_default())?;
    }
    once(request.changes.iter().map(|change| change.rule))?;
    let group = draft.group(request.group)?;
    let changed = request.changes.iter().map(|change| changed(draft, group, change)).collect::<Result<Vec<_>, _>>()?;
    let after: Vec<&GroupRule> = group.rules.iter().map(|old| changed.iter().find(|new| new.id == old.id).unwrap_or(old)).collect();
    for new in &changed {
        if let Some(other) = after.iter().find(|other| other.id != new.id && other.same_permission(new)) {
            return Err(Refusal::RuleDuplicate { rule: other.id, text: text_of(other) });
        }
    }
    for direction in [Direction::Ingress, Direction::Egress] {
        if changed.iter().any(|new| new.direction == direction) {
            rule_quota(draft.network, None, group.id, after.iter().copied().filter(|rule| rule.direction == direction))?;
        }
    }
    draft.push(Event::GroupRulesChanged(group.id, changed));
    Ok(Reply::Nothing)
}

/// A rule as a change leaves it.
fn changed(draft: &Draft, group: &SecurityGroup, change: &GroupRuleChange) -> Result<GroupRule, Refusal> {
    let old = group.rule(change.rule).ok_or(Refusal::GroupRuleNotFound { rule: change.rule })?;
    if old.peer.kind() != change.peer.kind() {
        let (existing, given) = (PeerKindText(old.peer.kind()), PeerKindText(change.peer.kind()));
        return Err(Refusal::RuleKind { rule: old.id, existing, given });
    }
    peer_exists(draft, group, change.peer)?;
    let description = change.description.clone().unwrap_or_else(|| old.description.clone());
    Ok(GroupRule { traffic: change.traffic, peer: without_host_bits(change.peer), description, ..old.clone() })
}

/// UpdateSecurityGroupRuleDescriptionsIngress and …Egress: a description that is left out is taken away.
pub(super) fn describe(draft: &mut Draft, request: &DescribeGroupRules) -> Result<Reply, Refusal> {
    match (request.permissions.is_empty(), request.rules.is_empty()) {
        (true, true) => return Err(Refusal::MissingParameter { parameter: "ipPermissions" }),
        (false, false) => {
            return Err(Refusal::ExclusiveParameters { first: "ipPermissions", second: "securityGroupRuleDescriptions" });
        }
        _ => {}
    }
    let texts = request.permissions.iter().map(|permission| &permission.description).chain(request.rules.iter().map(|(_, text)| text));
    for text in texts {
        check::description(TextKind::Rule, text)?;
    }
    let group = draft.group(request.group)?;
    let mut described = Vec::new();
    for permission in &request.permissions {
        let wanted = rule(permission, request.direction);
        let old = group.rules.iter().find(|old| old.same_permission(&wanted)).ok_or(Refusal::RuleNotFound { group: group.id })?;
        described.push(GroupRule { description: permission.description.clone(), ..old.clone() });
    }
    for (id, text) in &request.rules {
        let old = group.rule(*id).filter(|old| old.direction == request.direction);
        let old = old.ok_or(Refusal::GroupRuleNotFound { rule: *id })?;
        described.push(GroupRule { description: text.clone(), ..old.clone() });
    }
    once(described.iter().map(|rule| rule.id))?;
    draft.push(Event::GroupRulesChanged(group.id, described));
    Ok(Reply::Nothing)
}

/// Whether each rule is named once.
fn once(rules: impl Iterator<Item = GroupRuleId>) -> Result<(), Refusal> {
    let rules: Vec<GroupRuleId> = rules.collect();
    if check::distinct(&rules).len() < rules.len() { Err(Refusal::RuleTwice {}) } else { Ok(()) }
}
