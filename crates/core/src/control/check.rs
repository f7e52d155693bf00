//! Checks that several acts share.

use super::draft::Draft;
use super::error::{Refusal, TextKind};
use crate::addr::Ipv4Addr;
use crate::id::{EniId, GroupId, SubnetId, VpcId};
use crate::model::eni::Eni;
use crate::model::network::Network;
use crate::model::vpc::Subnet;
use crate::model::{Tags, Zone};
use crate::table::Set;

/// Tags of a resource, at most (`E10`).
pub(super) const MAX_TAGS: usize = 50;

/// The longest name.
const LONGEST_BALANCER_NAME: usize = 32;

/// Whether AWS takes this text as a description (`E9`).
pub(super) fn description(kind: TextKind, text: &str) -> Result<(), Refusal> {
    if text.len() <= 255 && text.chars().all(is_text) { Ok(()) } else { Err(Refusal::BadDescription { kind }) }
}

/// The characters of names and descriptions.
pub(super) fn is_text(c: char) -> bool {
    c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c)
}

/// Whether AWS takes these tags on a new resource (`E10`).
pub(super) fn tags(tags: &Tags) -> Result<(), Refusal> {
    // What XML cannot carry; line ends and tabs it can.
    let is_control = |sign: char| sign < ' ' && !matches!(sign, '\t' | '\n' | '\r');
    let bad = |key: &str| Refusal::BadTag { key: key.chars().filter(|sign| !is_control(*sign)).collect() };
    for (key, value) in tags {
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Refusal::ReservedTag { key: key.clone() });
        }
        if key.is_empty() {
            return Err(Refusal::EmptyTagKey {});
        }
        if key.chars().count() > 127 || value.chars().count() > 256 || key.chars().chain(value.chars()).any(is_control) {
            return Err(bad(key));
        }
    }
    if tags.len() > MAX_TAGS { Err(Refusal::TagLimitExceeded { limit: MAX_TAGS }) } else { Ok(()) }
}

/// Whether a load balancer or a target group can have this name.
pub(super) fn balancer_name(what: &'static str, name: &str) -> Result<(), Refusal> {
    let fits =
        !name.is_empty() && name.len() <= LONGEST_BALANCER_NAME && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    let bad = !fits || name.starts_with('-') || name.ends_with('-') || name.starts_with("internal-");
    if bad { Err(Refusal::BalancerName { what, name: name.chars().take(64).collect() }) } else { Ok(()) }
}

/// Each item once, in the order given.
pub(super) fn distinct<T: Copy + Ord>(list: &[T]) -> Vec<T> {
    let mut seen = Set::new();
    list.iter().copied().filter(|item| seen.insert(*item)).collect()
}

/// How an act refuses a group that is not there, and one of another VPC than the subnet's.
pub(super) type GroupRefusals = (fn(GroupId) -> Refusal, fn(GroupId, SubnetId) -> Refusal);

/// Whether a new ENI may have these groups, or the VPC's default one if none is named; `refuse` is the form of the refusal (`E7`).
pub(super) fn new_groups(
    draft: &Draft,
    subnet: &Subnet,
    wanted: &[GroupId],
    (unknown, foreign): GroupRefusals,
) -> Result<Vec<GroupId>, Refusal> {
    let groups = distinct(wanted);
    for id in &groups {
        let group = draft.network.group(*id).ok_or_else(|| unknown(*id))?;
        if group.vpc != subnet.vpc {
            return Err(foreign(*id, subnet.id));
        }
    }
    if groups.is_empty() {
        return Ok(vec![draft.vpc(subnet.vpc)?.default_group]);
    }
    Ok(groups)
}

/// Whether an ENI that is there may have these groups instead of its own (`E6`, `E7`, `S9`).
pub(super) fn changed_groups(draft: &Draft, eni: EniId, vpc: VpcId, wanted: &[GroupId]) -> Result<Vec<GroupId>, Refusal> {
    let groups = distinct(wanted);
    if groups.is_empty() {
        return Err(Refusal::LastGroup { eni });
    }
    for id in &groups {
        if draft.group(*id)?.vpc != vpc {
            return Err(Refusal::DifferentNetworks { group: *id, vpc });
        }
    }
    group_count(draft, groups.len())?;
    Ok(groups)
}

/// Whether an ENI may have so many groups (`S9`).
pub(super) fn group_count(draft: &Draft, count: usize) -> Result<(), Refusal> {
    let limit = draft.network.quotas().groups_per_eni;
    if count > limit { Err(Refusal::GroupsPerEniLimit { count, limit }) } else { Ok(()) }
}

/// Whether the user may change an ENI (`E80`).
pub(super) fn not_managed(eni: &Eni) -> Result<(), Refusal> {
    if eni.is_requester_managed() { Err(Refusal::EniManagedByService { eni: eni.id }) } else { Ok(()) }
}

/// Whether the region takes `more` ENIs (`E86`).
pub(super) fn eni_quota(draft: &Draft, more: usize) -> Result<(), Refusal> {
    let limit = draft.network.quotas().enis;
    if draft.network.enis().len().saturating_add(more) > limit { Err(Refusal::EniLimit { limit }) } else { Ok(()) }
}

/// Whether a subnet has `wanted` free addresses (`E49`).
pub(super) fn free_addresses(network: &Network, subnet: &Subnet, wanted: u64) -> Result<(), Refusal> {
    let free = network.free_address_count(subnet);
    if u64::from(free) < wanted { Err(Refusal::SubnetFull { subnet: subnet.id, wanted, free }) } else { Ok(()) }
}

/// How a zone that the region does not have is refused: with those that it has.
pub(super) fn unknown_zone(network: &Network, zone: &Zone) -> Refusal {
    let zones: Vec<&str> = network.zones().iter().map(Zone::as_str).collect();
    Refusal::UnknownZone { zone: zone.clone(), zones: zones.join(", ") }
}

/// Who has a private address of a VPC: an ENI by itself, or an ENI through a prefix (`E50`, `E66`).
pub(super) fn not_in_use(network: &Network, vpc: VpcId, ip: Ipv4Addr) -> Result<(), Refusal> {
    match network.eni_by_private_ip(vpc, ip) {
        None => Ok(()),
        Some(eni) if eni.address(ip).is_none() => Err(Refusal::AddressInPrefix { ip, eni: eni.id }),
        Some(eni) => Err(Refusal::AddressInUse { ip, eni: eni.id }),
    }
}

/// A count of addresses, which must be positive (`E63`).
pub(super) fn address_count(count: i64) -> Result<u64, Refusal> {
    match u64::try_from(count) {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(Refusal::BadAddressCount { count }),
    }
}
