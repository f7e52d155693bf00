//! Calls that change rules of security groups in place.

use super::{Call, permission};
use crate::aws::object::Object;
use crate::aws::traffic::write_permission;
use eni_core::addr::Direction;
use eni_core::control::command::{DescribeGroupRules, GroupRuleChange, ModifyGroupRules};
use eni_core::model::security_group::Peer;
use serde_json::Value;

/// The parameters of ModifySecurityGroupRules.
pub(super) fn modified(request: &ModifyGroupRules) -> Object {
    Object::new().text("GroupId", request.group).list("SecurityGroupRules", request.changes.iter().map(change))
}

fn change(change: &GroupRuleChange) -> Value {
    let written = write_permission(change.traffic);
    let rule = Object::new().with("IpProtocol", written.protocol).maybe("FromPort", written.from).maybe("ToPort", written.to);
    let rule = match change.peer {
        Peer::Ipv4(block) => rule.text("CidrIpv4", block),
        Peer::Ipv6(block) => rule.text("CidrIpv6", block),
        Peer::PrefixList(list) => rule.text("PrefixListId", list),
        Peer::Group(group) => rule.text("ReferencedGroupId", group),
    };
    let rule = rule.maybe("Description", change.description.as_deref());
    Object::new().text("SecurityGroupRuleId", change.rule).with("SecurityGroupRule", rule).into()
}

/// The call that describes rules anew.
pub(super) fn described(request: &DescribeGroupRules) -> Call {
    let action = match request.direction {
        Direction::Ingress => "UpdateSecurityGroupRuleDescriptionsIngress",
        Direction::Egress => "UpdateSecurityGroupRuleDescriptionsEgress",
    };
    let object = Object::new().text("GroupId", request.group);
    let permissions: Vec<Value> = request.permissions.iter().map(permission).collect();
    let entry = |(rule, text): &(_, String)| Object::new().text("SecurityGroupRuleId", rule).filled("Description", text).into();
    let rules: Vec<Value> = request.rules.iter().map(entry).collect();
    let object = object.maybe("IpPermissions", (!permissions.is_empty()).then_some(permissions));
    (action, object.maybe("SecurityGroupRuleDescriptions", (!rules.is_empty()).then_some(rules)))
}
