//! Rules of security groups that are there already: changed in place, or described anew.

use super::group::{DESCRIPTION, GROUP, GROUP_OR_NAME, NAME, PERMISSIONS, ipv4_block, ipv6_block, permissions, traffic};
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, Wire, optional, required};
use eni_core::addr::Direction;
use eni_core::control::command::{Command, DescribeGroupRules, GroupRuleChange, ModifyGroupRules};
use eni_core::model::security_group::Peer;

const RULE: Member = required("SecurityGroupRuleId", Wire::Id("sgr"), "the rule");
/// A rule as it should be.
const WANTED: &[Member] = &[
    optional("IpProtocol", Wire::Text, "tcp, udp, icmp, icmpv6, a number, or -1 for all"),
    optional("FromPort", Wire::Integer, "first port, or icmp type"),
    optional("ToPort", Wire::Integer, "last port, or icmp code"),
    optional("CidrIpv4", Wire::Text, "an IPv4 block"),
    optional("CidrIpv6", Wire::Text, "an IPv6 block"),
    optional("PrefixListId", Wire::Id("pl"), "a prefix list"),
    optional("ReferencedGroupId", Wire::Id("sg"), "members of a group"),
    DESCRIPTION,
];
const CHANGES: Wire = Wire::List(&Wire::Struct(&[RULE, optional("SecurityGroupRule", Wire::Struct(WANTED), "the rule as it should be")]));
const DESCRIPTIONS: Member =
    optional("SecurityGroupRuleDescriptions", Wire::List(&Wire::Struct(&[RULE, DESCRIPTION])), "or rules by their ids");
const DESCRIBE: &[Member] = &[GROUP_OR_NAME, NAME, PERMISSIONS, DESCRIPTIONS, DRY_RUN];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "ModifySecurityGroupRules",
        help: "changes ports, the other end or the description of rules; a block stays a block, a group a group",
        members: &[GROUP, required("SecurityGroupRules", CHANGES, "the rules, each as it should be"), DRY_RUN],
        build: modify,
    },
    Action {
        name: "UpdateSecurityGroupRuleDescriptionsIngress",
        help: "describes rules for what comes in anew",
        members: DESCRIBE,
        build: |p| describe(p, Direction::Ingress),
    },
    Action {
        name: "UpdateSecurityGroupRuleDescriptionsEgress",
        help: "describes rules for what goes out anew",
        members: DESCRIBE,
        build: |p| describe(p, Direction::Egress),
    },
];

fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let changes = p.objects("SecurityGroupRules").map(|entry| change(&entry)).collect::<Result<_, _>>()?;
    command(Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group: p.id("GroupId")?, changes })))
}

fn change(p: &Parameters<'_>) -> Result<GroupRuleChange, ApiError> {
    let wanted = p.object("SecurityGroupRule").ok_or_else(|| ApiError::missing("SecurityGroupRule"))?;
    if !wanted.has("IpProtocol") {
        let message = "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.";
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    let ports = [wanted.integer("FromPort"), wanted.integer("ToPort")];
    if matches!(wanted.text("IpProtocol"), Some("-1" | "all")) && ports.iter().flatten().any(|port| *port != -1) {
        let message = "You may not specify all protocols and specific ports. Please specify each protocol and port range combination individually, or all protocols and no port range.";
        return Err(ApiError::new("InvalidParameterValue", message));
    }
    let description = wanted.text("Description").map(str::to_owned);
    Ok(GroupRuleChange { rule: p.id("SecurityGroupRuleId")?, traffic: traffic(&wanted)?, peer: peer(&wanted)?, description })
}

/// The one other end of a rule (`S12`).
fn peer(p: &Parameters<'_>) -> Result<Peer, ApiError> {
    let ipv4 = p.text("CidrIpv4").map(ipv4_block).transpose()?.map(Peer::Ipv4);
    let ipv6 = p.text("CidrIpv6").map(ipv6_block).transpose()?.map(Peer::Ipv6);
    let list = p.maybe_id("PrefixListId")?.map(Peer::PrefixList);
    let group = p.maybe_id("ReferencedGroupId")?.map(Peer::Group);
    let mut peers = [ipv4, ipv6, list, group].into_iter().flatten();
    match (peers.next(), peers.next()) {
        (Some(peer), None) => Ok(peer),
        (None, _) => {
            let message = "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId";
            Err(ApiError::new("MissingParameter", message))
        }
        (Some(_), Some(_)) => {
            Err(ApiError::combination("Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified"))
        }
    }
}

fn describe(p: &Parameters<'_>, direction: Direction) -> Result<Request, ApiError> {
    let permissions = permissions(p)?;
    let rules = p.objects("SecurityGroupRuleDescriptions");
    let rules =
        rules.map(|entry| Ok((entry.id("SecurityGroupRuleId")?, entry.text_or_empty("Description")))).collect::<Result<_, ApiError>>()?;
    let request = DescribeGroupRules { group: p.id("GroupId")?, direction, permissions, rules };
    command(Command::UpdateSecurityGroupRuleDescriptions(Box::new(request)))
}
