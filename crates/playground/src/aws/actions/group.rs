//! Security groups and their rules.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::{Parameters, id};
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use crate::aws::traffic::read_permission;
use eni_core::addr::{Direction, Ipv4Net, Ipv6Net, Traffic};
use eni_core::control::command::{Command, Permission};
use eni_core::model::security_group::Peer;

pub(super) const GROUP: Member = required("GroupId", Wire::Id("sg"), "the group");
/// The same where a group of the default VPC may be named by its name instead.
pub(super) const GROUP_OR_NAME: Member = optional("GroupId", Wire::Id("sg"), "the group");
pub(super) const NAME: Member = optional("GroupName", Wire::Text, "or its name, in the default VPC");
pub(super) const DESCRIPTION: Member = optional("Description", Wire::Text, "why");
/// A permission: one kind of traffic, and any number of other ends (`J6`).
const PERMISSION: &[Member] = &[
    required("IpProtocol", Wire::Text, "tcp, udp, icmp, icmpv6, a number, or -1 for all"),
    optional("FromPort", Wire::Integer, "first port, or icmp type"),
    optional("ToPort", Wire::Integer, "last port, or icmp code"),
    optional("IpRanges", Wire::List(&Wire::Struct(&[required("CidrIp", Wire::Text, "an IPv4 block"), DESCRIPTION])), "IPv4 blocks"),
    optional("Ipv6Ranges", Wire::List(&Wire::Struct(&[required("CidrIpv6", Wire::Text, "an IPv6 block"), DESCRIPTION])), "IPv6 blocks"),
    optional(
        "UserIdGroupPairs",
        Wire::List(&Wire::Struct(&[
            required("GroupId", Wire::Id("sg"), "a group"),
            optional("GroupName", Wire::Text, "or its name, in the default VPC"),
            optional("UserId", Wire::Text, "its account"),
            optional("VpcId", Wire::Text, "its VPC"),
            DESCRIPTION,
        ])),
        "members of groups",
    ),
    optional(
        "PrefixListIds",
        Wire::List(&Wire::Struct(&[required("PrefixListId", Wire::Id("pl"), "a prefix list"), DESCRIPTION])),
        "prefix lists",
    ),
];
pub(super) const PERMISSIONS: Member = optional("IpPermissions", Wire::List(&Wire::Struct(PERMISSION)), "the permissions");
const ONE_PROTOCOL: Member = optional("IpProtocol", Wire::Text, "instead of permissions: one protocol");
const ONE_FROM: Member = optional("FromPort", Wire::Integer, "with it: the first port, or icmp type");
const ONE_TO: Member = optional("ToPort", Wire::Integer, "with it: the last port, or icmp code");
const ONE_BLOCK: Member = optional("CidrIp", Wire::Text, "with it: an IPv4 block");
const SOURCE_NAME: Member = optional("SourceSecurityGroupName", Wire::Text, "instead of permissions, in the default VPC: all from a group");
const SOURCE_OWNER: Member = optional("SourceSecurityGroupOwnerId", Wire::Text, "with it: the account of that group");
const RULES: Member = optional("SecurityGroupRuleIds", Wire::List(&Wire::Id("sgr")), "or rules by their ids");
/// Only what comes in can be changed by the group's name.
const AUTHORIZE_IN: &[Member] =
    &[GROUP_OR_NAME, NAME, PERMISSIONS, ONE_PROTOCOL, ONE_FROM, ONE_TO, ONE_BLOCK, SOURCE_NAME, SOURCE_OWNER, TAG_SPECIFICATIONS, DRY_RUN];
const AUTHORIZE_OUT: &[Member] = &[GROUP, PERMISSIONS, ONE_PROTOCOL, ONE_FROM, ONE_TO, ONE_BLOCK, TAG_SPECIFICATIONS, DRY_RUN];
const REVOKE_IN: &[Member] =
    &[GROUP_OR_NAME, NAME, PERMISSIONS, ONE_PROTOCOL, ONE_FROM, ONE_TO, ONE_BLOCK, SOURCE_NAME, SOURCE_OWNER, RULES, DRY_RUN];
const REVOKE_OUT: &[Member] = &[GROUP, PERMISSIONS, ONE_PROTOCOL, ONE_FROM, ONE_TO, ONE_BLOCK, RULES, DRY_RUN];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateSecurityGroup",
        help: "makes a security group that lets nothing in and everything out",
        members: &[
            required("GroupName", Wire::Text, "its name, unique in the VPC"),
            required("Description", Wire::Text, "why it exists"),
            optional("VpcId", Wire::Id("vpc"), "its VPC; the default VPC if absent"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: |p| {
            if let Some(text) = p.text("Description").filter(|text| !text.is_ascii()) {
                let text: String = text.chars().take(255).collect();
                let message =
                    format!("Value ({text}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.");
                return Err(ApiError::new("InvalidParameterValue", message));
            }
            command(Command::CreateSecurityGroup {
                name: p.text_or_empty("GroupName"),
                description: p.text_or_empty("Description"),
                vpc: p.maybe_id("VpcId")?,
                tags: p.tags_for("security-group", &["security-group"])?,
            })
        },
    },
    Action {
        name: "DeleteSecurityGroup",
        help: "deletes a security group that nothing uses",
        members: &[GROUP_OR_NAME, NAME, DRY_RUN],
        build: |p| command(Command::DeleteSecurityGroup(p.id("GroupId")?)),
    },
    Action {
        name: "AuthorizeSecurityGroupIngress",
        help: "adds rules for what comes in",
        members: AUTHORIZE_IN,
        build: |p| authorize(p, Direction::Ingress),
    },
    Action {
        name: "AuthorizeSecurityGroupEgress",
        help: "adds rules for what goes out",
        members: AUTHORIZE_OUT,
        build: |p| authorize(p, Direction::Egress),
    },
    Action {
        name: "RevokeSecurityGroupIngress",
        help: "takes out rules for what comes in",
        members: REVOKE_IN,
        build: |p| revoke(p, Direction::Ingress),
    },
    Action {
        name: "RevokeSecurityGroupEgress",
        help: "takes out rules for what goes out",
        members: REVOKE_OUT,
        build: |p| revoke(p, Direction::Egress),
    },
];

fn authorize(p: &Parameters<'_>, direction: Direction) -> Result<Request, ApiError> {
    let mut permissions = permissions(p)?;
    if permissions.is_empty() {
        return Err(ApiError::missing("IpPermissions"));
    }
    let tags = p.tags_for("security-group-rule", &["security-group-rule"])?;
    permissions.iter_mut().for_each(|permission| permission.tags.clone_from(&tags));
    command(Command::AuthorizeSecurityGroup { group: p.id("GroupId")?, direction, permissions })
}

fn revoke(p: &Parameters<'_>, direction: Direction) -> Result<Request, ApiError> {
    let (permissions, rules) = (permissions(p)?, p.ids("SecurityGroupRuleIds")?);
    if permissions.is_empty() && rules.is_empty() {
        return Err(ApiError::missing("IpPermissions"));
    }
    command(Command::RevokeSecurityGroup { group: p.id("GroupId")?, direction, permissions, rules })
}

/// The permissions of a request, one for each other end; the two styles may not be mixed.
pub(super) fn permissions(p: &Parameters<'_>) -> Result<Vec<Permission>, ApiError> {
    // With the name beside it, it has become permissions before (`aws::names`).
    if p.has("SourceSecurityGroupOwnerId") {
        return Err(ApiError::missing("SourceSecurityGroupName"));
    }
    let mut found = Vec::new();
    for entry in p.objects("IpPermissions") {
        let traffic = traffic(&entry)?;
        let before = found.len();
        peers(&entry, traffic, &mut found)?;
        if found.len() == before {
            return Err(ApiError::new("InvalidParameterValue", "The permission names no source or destination."));
        }
    }
    if p.has("IpProtocol") || p.has("CidrIp") {
        if !found.is_empty() {
            return Err(ApiError::combination("The parameter 'ipPermissions' may not be used in combination with 'ipProtocol'"));
        }
        let block = p.text("CidrIp").ok_or_else(|| ApiError::missing("CidrIp"))?;
        if !p.has("IpProtocol") {
            return Err(ApiError::missing("IpProtocol"));
        }
        found.push(Permission::new(traffic(p)?, Peer::Ipv4(ipv4_block(block)?)));
    }
    Ok(found)
}

pub(super) fn traffic(p: &Parameters<'_>) -> Result<Traffic, ApiError> {
    let protocol = p.text("IpProtocol").unwrap_or_default();
    read_permission(protocol, p.integer("FromPort"), p.integer("ToPort")).map_err(|message| ApiError::new("InvalidParameterValue", message))
}

fn peers(p: &Parameters<'_>, traffic: Traffic, found: &mut Vec<Permission>) -> Result<(), ApiError> {
    let mut add = |peer: Peer, entry: &Parameters<'_>| {
        found.push(Permission { description: entry.text_or_empty("Description"), ..Permission::new(traffic, peer) });
    };
    for entry in p.objects("IpRanges") {
        add(Peer::Ipv4(ipv4_block(entry.text("CidrIp").unwrap_or_default())?), &entry);
    }
    for entry in p.objects("Ipv6Ranges") {
        add(Peer::Ipv6(ipv6_block(entry.text("CidrIpv6").unwrap_or_default())?), &entry);
    }
    for entry in p.objects("UserIdGroupPairs") {
        add(Peer::Group(id(entry.text("GroupId").unwrap_or_default())?), &entry);
    }
    for entry in p.objects("PrefixListIds") {
        add(Peer::PrefixList(id(entry.text("PrefixListId").unwrap_or_default())?), &entry);
    }
    Ok(())
}

/// An IPv4 block with its host bits cleared (`S17`).
pub(super) fn ipv4_block(text: &str) -> Result<Ipv4Net, ApiError> {
    text.parse::<Ipv4Net>().map(|block| block.trunc()).map_err(|_| malformed_block(text))
}

/// The same for IPv6.
pub(super) fn ipv6_block(text: &str) -> Result<Ipv6Net, ApiError> {
    text.parse::<Ipv6Net>().map(|block| block.trunc()).map_err(|_| malformed_block(text))
}

fn malformed_block(text: &str) -> ApiError {
    let text: String = text.chars().take(100).collect();
    ApiError::new("InvalidParameterValue", format!("CIDR block {text} is malformed"))
}
