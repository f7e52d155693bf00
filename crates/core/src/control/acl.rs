//! Network ACLs (`N1` to `N16`).

use super::check;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::addr::{Direction, IpNet};
use crate::id::{AclAssociationId, AclId, VpcId};
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::network_acl::{AclEntry, MAX_RULE_NUMBER, NetworkAcl};
use crate::table::Table;

/// CreateNetworkAcl: it denies everything until it has entries (`N3`).
pub(super) fn create(draft: &mut Draft, vpc: VpcId, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    draft.vpc(vpc)?;
    let limit = draft.network.quotas().acls_per_vpc;
    if draft.network.acls().filter(|acl| acl.vpc == vpc).count() >= limit {
        return Err(Refusal::AclLimit { limit });
    }
    let id = draft.new_id();
    let (ingress, egress) = (Table::new(), Table::new());
    draft.push(Event::AclCreated(Box::new(NetworkAcl { id, vpc, is_default: false, ingress, egress, tags: tags.clone() })));
    Ok(Reply::Acl(id))
}

/// DeleteNetworkAcl (`N16`).
pub(super) fn delete(draft: &mut Draft, id: AclId) -> Result<Reply, Refusal> {
    let acl = draft.acl(id)?;
    if acl.is_default {
        return Err(Refusal::DefaultAcl { acl: id });
    }
    if draft.network.subnets_of_vpc(acl.vpc).any(|subnet| subnet.acl == id) {
        return Err(Refusal::AclInUse { acl: id });
    }
    draft.push(Event::AclDeleted(id));
    Ok(Reply::Nothing)
}

/// The number of an entry (`N4`).
fn entry_number(number: i64) -> Result<u16, Refusal> {
    match u16::try_from(number) {
        Ok(number @ 1..=MAX_RULE_NUMBER) => Ok(number),
        _ => Err(Refusal::NumberOutOfRange { parameter: "ruleNumber", value: number, least: 1, most: i64::from(MAX_RULE_NUMBER) }),
    }
}

/// CreateNetworkAclEntry, or ReplaceNetworkAclEntry (`N13`).
pub(super) fn set_entry(
    draft: &mut Draft,
    id: AclId,
    direction: Direction,
    number: i64,
    (entry, replace): (&AclEntry, bool),
) -> Result<Reply, Refusal> {
    let number = entry_number(number)?;
    let entries = draft.acl(id)?.entries(direction);
    match (entries.contains_key(&number), replace) {
        (true, false) => return Err(Refusal::AclEntryExists { acl: id, number }),
        (false, true) => return Err(Refusal::AclEntryNotFound { acl: id, number }),
        _ => {}
    }
    let entry = AclEntry { cidr: entry.cidr.trunc(), ..*entry };
    let is_ipv4 = |cidr: &IpNet| matches!(cidr, IpNet::V4(_));
    let same_family = |(_, other): &(&u16, &AclEntry)| is_ipv4(&other.cidr) == is_ipv4(&entry.cidr);
    let limit = draft.network.quotas().rules_per_acl;
    let grows = entries.get(&number).is_none_or(|old| is_ipv4(&old.cidr) != is_ipv4(&entry.cidr));
    // The new entry and the closing deny count too (`N14`); an ACL that was imported with more keeps them, and what replaces one of them.
    if grows && entries.iter().filter(same_family).count() + 2 > limit {
        return Err(Refusal::AclEntryLimit { acl: id, limit });
    }
    draft.push(Event::AclEntrySet(id, direction, number, entry));
    Ok(Reply::Nothing)
}

/// DeleteNetworkAclEntry.
pub(super) fn delete_entry(draft: &mut Draft, id: AclId, direction: Direction, number: i64) -> Result<Reply, Refusal> {
    let number = entry_number(number)?;
    if !draft.acl(id)?.entries(direction).contains_key(&number) {
        return Err(Refusal::AclEntryNotFound { acl: id, number });
    }
    draft.push(Event::AclEntryRemoved(id, direction, number));
    Ok(Reply::Nothing)
}

/// ReplaceNetworkAclAssociation: a subnet has one ACL always (`N1`).
pub(super) fn replace_association(draft: &mut Draft, association: AclAssociationId, id: AclId) -> Result<Reply, Refusal> {
    let subnet = draft.network.subnet_by_acl_association(association).ok_or(Refusal::AclAssociationNotFound { association })?;
    let acl = draft.acl(id)?;
    if acl.vpc != subnet.vpc {
        return Err(Refusal::AclOfOtherVpc { acl: id, subnet: subnet.id });
    }
    let new = draft.new_id();
    draft.push(Event::AclAssociationReplaced(subnet.id, id, new));
    Ok(Reply::AclAssociation(new))
}
