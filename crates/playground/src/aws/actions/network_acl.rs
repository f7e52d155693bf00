//! Network ACLs.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use crate::aws::traffic::{protocol_number, read_acl};
use eni_core::addr::{Direction, IpNet};
use eni_core::control::command::Command;
use eni_core::model::network_acl::{AclAction, AclEntry};

const ACL: Member = required("NetworkAclId", Wire::Id("acl"), "the network ACL");
const EGRESS: Member = required("Egress", Wire::Switch("egress", "ingress"), "whether the entry judges what leaves the subnet");
const NUMBER: Member = required("RuleNumber", Wire::Integer, "its number, 1 to 32766; the lowest that fits decides");
const ENTRY: &[Member] = &[
    ACL,
    EGRESS,
    NUMBER,
    required("Protocol", Wire::Text, "tcp, udp, icmp, a number, or -1 for all"),
    required("RuleAction", Wire::Words(&["allow", "deny"]), "what it does"),
    optional("CidrBlock", Wire::Ipv4Block, "source on the way in, destination on the way out"),
    optional("Ipv6CidrBlock", Wire::Ipv6Block, "the same for IPv6"),
    optional(
        "PortRange",
        Wire::Struct(&[optional("From", Wire::Integer, "first port"), optional("To", Wire::Integer, "last port")]),
        "destination ports of tcp and udp",
    ),
    optional(
        "IcmpTypeCode",
        Wire::Struct(&[optional("Type", Wire::Integer, "type, -1 for any"), optional("Code", Wire::Integer, "code, -1 for any")]),
        "type and code of icmp",
    ),
    DRY_RUN,
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateNetworkAcl",
        help: "makes a network ACL that denies everything",
        members: &[required("VpcId", Wire::Id("vpc"), "its VPC"), TAG_SPECIFICATIONS, CLIENT_TOKEN, DRY_RUN],
        build: |p| command(Command::CreateNetworkAcl { vpc: p.id("VpcId")?, tags: p.tags_for("network-acl", &["network-acl"])? }),
    },
    Action {
        name: "DeleteNetworkAcl",
        help: "deletes a network ACL that no subnet uses",
        members: &[ACL, DRY_RUN],
        build: |p| command(Command::DeleteNetworkAcl(p.id("NetworkAclId")?)),
    },
    Action { name: "CreateNetworkAclEntry", help: "adds an entry to a network ACL", members: ENTRY, build: |p| set_entry(p, false) },
    Action { name: "ReplaceNetworkAclEntry", help: "replaces an entry of a network ACL", members: ENTRY, build: |p| set_entry(p, true) },
    Action {
        name: "DeleteNetworkAclEntry",
        help: "takes an entry out of a network ACL",
        members: &[ACL, EGRESS, NUMBER, DRY_RUN],
        build: |p| {
            let number = p.integer("RuleNumber").unwrap_or_default();
            command(Command::DeleteNetworkAclEntry { acl: p.id("NetworkAclId")?, direction: direction(p), number })
        },
    },
    Action {
        name: "ReplaceNetworkAclAssociation",
        help: "makes a subnet use another network ACL",
        members: &[required("AssociationId", Wire::Id("aclassoc"), "the subnet's tie to its present one"), ACL, DRY_RUN],
        build: |p| {
            let (association, acl) = (p.id("AssociationId")?, p.id("NetworkAclId")?);
            command(Command::ReplaceNetworkAclAssociation { association, acl })
        },
    },
];

fn direction(p: &Parameters<'_>) -> Direction {
    if p.flag("Egress").unwrap_or(false) { Direction::Egress } else { Direction::Ingress }
}

fn set_entry(p: &Parameters<'_>, replace: bool) -> Result<Request, ApiError> {
    let pair = |name: &str, first: &str, second: &str| {
        let object = p.object(name)?;
        Some((object.integer(first)?, object.integer(second)?))
    };
    let protocol = p.text("Protocol").unwrap_or_default();
    // AWS says what is missing only where it is needed, and the first of two.
    let kind = p.object("IcmpTypeCode");
    let lacks = |name: &str| kind.as_ref().and_then(|kind| kind.integer(name)).is_none();
    let missing = [("Type", "icmpTypeCode.type"), ("Code", "icmpTypeCode.code")].into_iter().find(|(name, _)| lacks(name));
    if let (Ok(Some(1 | 58)), Some((_, missing))) = (protocol_number(protocol), missing) {
        return Err(ApiError::missing(missing));
    }
    let traffic = read_acl(protocol, pair("PortRange", "From", "To"), pair("IcmpTypeCode", "Type", "Code"))
        .map_err(|message| ApiError::new("InvalidParameterValue", message))?;
    let cidr = match (p.ipv4_block("CidrBlock")?, p.ipv6_block("Ipv6CidrBlock")?) {
        (Some(block), None) => IpNet::V4(block),
        (None, Some(block)) => IpNet::V6(block),
        (None, None) => return Err(ApiError::missing("CidrBlock")),
        (Some(_), Some(_)) => return Err(ApiError::combination("Only one of cidrBlock and ipv6CidrBlock can be specified.")),
    };
    let action = if p.text("RuleAction") == Some("allow") { AclAction::Allow } else { AclAction::Deny };
    let number = p.integer("RuleNumber").unwrap_or_default();
    let entry = AclEntry { traffic, cidr, action };
    command(Command::SetNetworkAclEntry { acl: p.id("NetworkAclId")?, direction: direction(p), number, entry, replace })
}
