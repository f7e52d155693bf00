//! Acts on rules of security groups that are there already.

use crate::addr::{Direction, Traffic};
use crate::id::{GroupId, GroupRuleId};
use crate::model::Tags;
use crate::model::security_group::Peer;

/// A permission to add to a group or take out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission {
    /// Protocol and ports, or ICMP type and code.
    pub traffic: Traffic,
    /// The other end.
    pub peer: Peer,
    /// Why.
    pub description: String,
    /// Tags of the rule that it makes.
    pub tags: Tags,
}

impl Permission {
    /// A permission without a description or tags.
    pub fn new(traffic: Traffic, peer: Peer) -> Permission {
        Permission { traffic, peer, description: String::new(), tags: Tags::new() }
    }
}

/// What ModifySecurityGroupRules was asked for (`S18`).
#[derive(Clone, Debug, PartialEq)]
pub struct ModifyGroupRules {
    /// The group.
    pub group: GroupId,
    /// The rules, each as it should be.
    pub changes: Vec<GroupRuleChange>,
}

/// A rule as it should be; its direction and its family stay.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRuleChange {
    /// The rule.
    pub rule: GroupRuleId,
    /// Protocol and ports, or ICMP type and code.
    pub traffic: Traffic,
    /// The other end.
    pub peer: Peer,
    /// Why; as it was if absent.
    pub description: Option<String>,
}

/// What UpdateSecurityGroupRuleDescriptionsIngress and …Egress were asked for: permissions with their new descriptions, or rules by id.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeGroupRules {
    /// The group.
    pub group: GroupId,
    /// In or out.
    pub direction: Direction,
    /// The permissions, each with the description that it should have; an empty one takes it away.
    pub permissions: Vec<Permission>,
    /// Or the rules by id, each with its description.
    pub rules: Vec<(GroupRuleId, String)>,
}
