//! Private hosted zones of Route 53, and what they say.

use super::{Action, Request, command, shown};
use crate::aws::error::{ApiError, short};
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, optional, required};
use crate::aws::shape::hosted_zone::{RECORD_SET, VPC_OF_ZONE};
use eni_core::control::command::{ChangeRecordSets, Command, CreateHostedZone, HostedZoneVpc, RecordAction, RecordChange};
use eni_core::id::{HostedZoneId, VpcId};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::{RecordSet, RecordType};

/// The longest texts that a zone takes: comments, caller references.
const LONGEST_COMMENT: usize = 256;
const LONGEST_REFERENCE: usize = 128;
/// How many seconds an answer may be good at most.
const LONGEST_TTL: i64 = 2_147_483_647;

const ID: Member = required("Id", Wire::Text, "the zone's id, with or without /hostedzone/ before it");
const ZONE: Member = required("HostedZoneId", Wire::Text, "the zone's id, with or without /hostedzone/ before it");
const VPC: Member = required("VPC", Wire::Struct(VPC_OF_ZONE), "the VPC, with its region");
const COMMENT: Member = optional("Comment", Wire::Text, "free text about the change");

const CHANGE: &[Member] = &[
    required("Action", Wire::Words(&RecordAction::WORDS), "CREATE: it must not be there; DELETE: with what it says; UPSERT: either way"),
    required("ResourceRecordSet", Wire::Struct(RECORD_SET), "name, type, seconds and values"),
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateHostedZone",
        help: "makes a private zone: names that only VPCs which are associated with it resolve",
        members: &[
            required("Name", Wire::Text, "the domain, as corp.internal"),
            optional("VPC", Wire::Struct(VPC_OF_ZONE), "the first VPC that sees it, with its region; public zones are not here"),
            required("CallerReference", Wire::Text, "any text that no zone was made with before"),
            optional(
                "HostedZoneConfig",
                Wire::Struct(&[
                    optional("Comment", Wire::Text, "free text"),
                    optional("PrivateZone", Wire::Boolean, "true, as a VPC is named"),
                ]),
                "a comment",
            ),
        ],
        build: create,
    },
    Action {
        name: "DeleteHostedZone",
        help: "deletes a zone that has no records but its first two",
        members: &[ID],
        build: |p| command(Command::DeleteHostedZone(zone(p, "Id")?)),
    },
    Action {
        name: "UpdateHostedZoneComment",
        help: "changes the comment of a zone",
        members: &[ID, optional("Comment", Wire::Text, "the new one; none if absent")],
        build: |p| command(Command::UpdateHostedZoneComment(zone(p, "Id")?, comment(p)?)),
    },
    Action {
        name: "AssociateVPCWithHostedZone",
        help: "lets one more VPC see a zone",
        members: &[ZONE, VPC, COMMENT],
        build: |p| command(Command::AssociateHostedZone(Box::new(zone_vpc(p)?))),
    },
    Action {
        name: "DisassociateVPCFromHostedZone",
        help: "hides a zone from a VPC; one must be left that sees it",
        members: &[ZONE, VPC, COMMENT],
        build: |p| command(Command::DisassociateHostedZone(Box::new(zone_vpc(p)?))),
    },
    Action {
        name: "ChangeResourceRecordSets",
        help: "changes what a zone says: all changes of a batch, or none",
        members: &[
            ZONE,
            required(
                "ChangeBatch",
                Wire::Struct(&[COMMENT, required("Changes", Wire::List(&Wire::Struct(CHANGE)), "the changes, in order")]),
                "the changes",
            ),
        ],
        build: change,
    },
    Action {
        name: "ListHostedZones",
        help: "shows the zones of the account",
        members: &[],
        build: |_| shown(Kind::HostedZones, Vec::new()),
    },
    Action {
        name: "GetHostedZone",
        help: "shows a zone and the VPCs that see it",
        members: &[ID],
        build: |p| shown(Kind::HostedZone, vec![zone(p, "Id")?.to_string()]),
    },
    Action {
        name: "ListResourceRecordSets",
        help: "shows what a zone says",
        members: &[ZONE],
        build: |p| shown(Kind::ResourceRecordSets, vec![zone(p, "HostedZoneId")?.to_string()]),
    },
    Action {
        name: "ListHostedZonesByVPC",
        help: "shows the zones that a VPC sees",
        members: &[required("VPCId", Wire::Text, "the VPC"), required("VPCRegion", Wire::Text, "its region")],
        build: |p| shown(Kind::HostedZonesOfVpc, vec![p.text_or_empty("VPCId"), p.text_or_empty("VPCRegion")]),
    },
    Action {
        name: "GetChange",
        help: "says whether a change has come everywhere: here it has at once",
        members: &[required("Id", Wire::Text, "the change's id, from the answer to the call that made it")],
        build: |p| shown(Kind::DnsChange, vec![p.text_or_empty("Id")]),
    },
];

fn input(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidInput", message.into())
}

fn zone(p: &Parameters<'_>, name: &str) -> Result<HostedZoneId, ApiError> {
    let text = short(p.text(name).unwrap_or_default());
    text.parse().map_err(|_| ApiError::new("NoSuchHostedZone", format!("No hosted zone found with ID: {text}")))
}

fn comment(p: &Parameters<'_>) -> Result<String, ApiError> {
    limited(p, "Comment", LONGEST_COMMENT)
}

fn limited(p: &Parameters<'_>, name: &str, longest: usize) -> Result<String, ApiError> {
    let text = p.text_or_empty(name);
    if text.chars().count() > longest {
        return Err(input(format!("{name} must be at most {longest} characters long")));
    }
    Ok(text)
}

/// The VPC and its region.
fn vpc_in(p: &Parameters<'_>) -> Result<Option<(VpcId, String)>, ApiError> {
    let Some(vpc) = p.object("VPC") else { return Ok(None) };
    let text = short(vpc.text("VPCId").unwrap_or_default());
    let region = vpc.text_or_empty("VPCRegion");
    let id = text.parse().map_err(|_| ApiError::new("InvalidVPCId", format!("The VPC ID {text} is invalid.")))?;
    Ok(Some((id, region)))
}

fn zone_vpc(p: &Parameters<'_>) -> Result<HostedZoneVpc, ApiError> {
    let (vpc, region) = vpc_in(p)?.ok_or_else(|| ApiError::missing("VPC"))?;
    Ok(HostedZoneVpc { zone: zone(p, "HostedZoneId")?, vpc, region, comment: comment(p)? })
}

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let text = p.text("Name").unwrap_or_default();
    let name = DnsName::read(text).ok().filter(|name| name.labels() > 0 && !name.as_str().starts_with('*'));
    let short: String = text.chars().take(100).collect();
    let name = name.ok_or_else(|| ApiError::new("InvalidDomainName", format!("{short} is not a valid domain name")))?;
    let config = p.object("HostedZoneConfig");
    let caller_reference = limited(p, "CallerReference", LONGEST_REFERENCE)?;
    if caller_reference.is_empty() {
        return Err(input("CallerReference must be at least 1 character long"));
    }
    command(Command::CreateHostedZone(Box::new(CreateHostedZone {
        name,
        vpc: vpc_in(p)?,
        is_private: config.as_ref().and_then(|config| config.flag("PrivateZone")),
        caller_reference,
        comment: config.as_ref().map_or(Ok(String::new()), comment)?,
    })))
}

fn change(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let batch = p.object("ChangeBatch").ok_or_else(|| ApiError::missing("ChangeBatch"))?;
    let changes: Result<Vec<RecordChange>, ApiError> = batch.objects("Changes").map(|change| one_change(&change)).collect();
    let changes = changes?;
    if changes.is_empty() {
        return Err(input("Changes must have at least 1 member"));
    }
    let (zone, comment) = (zone(p, "HostedZoneId")?, comment(&batch)?);
    command(Command::ChangeRecordSets(Box::new(ChangeRecordSets { zone, changes, comment })))
}

fn one_change(p: &Parameters<'_>) -> Result<RecordChange, ApiError> {
    let action = p.text("Action").and_then(RecordAction::from_word).ok_or_else(|| ApiError::missing("Action"))?;
    let set = p.object("ResourceRecordSet").ok_or_else(|| ApiError::missing("ResourceRecordSet"))?;
    let kind = set.text("Type").and_then(RecordType::from_word).ok_or_else(|| ApiError::missing("Type"))?;
    let ttl = set.integer("TTL").unwrap_or(-1);
    let ttl = u32::try_from(ttl).ok().filter(|ttl| i64::from(*ttl) <= LONGEST_TTL);
    let ttl = ttl.ok_or_else(|| input("Missing or wrong TTL: it must be a number from 0 to 2147483647"))?;
    let values = set.objects("ResourceRecords").map(|record| record.text_or_empty("Value")).collect();
    Ok(RecordChange { action, name: set.text_or_empty("Name"), kind, set: RecordSet { ttl, values } })
}
