//! What would have been accepted for an ENI, its addresses and groups, or an instance.

use super::kind::Remedy;
use crate::control::error::Refusal;
use crate::id::*;
use crate::model::Zone;
use crate::model::eni::AttachmentStatus;
use crate::model::instance::InstanceState;
use crate::model::instance_type::InstanceType;
use crate::model::network::Network;
use crate::order::sort_by_key;

/// Types offered, at most.
const OFFERED_TYPES: usize = 5;

pub(super) fn enis(refusal: &Refusal, network: &Network) -> Option<Remedy> {
    Some(match refusal {
        Refusal::DifferentZones { eni_zone, .. } => takers_in_zone(network, eni_zone),
        Refusal::DeviceIndexTaken { instance, network_card, .. } | Refusal::DeviceIndexStuck { instance, network_card, .. } => {
            free_indexes(network, *instance, *network_card)
        }
        Refusal::DeviceIndexTooHigh { limit, .. } => Remedy::Between { least: 0, most: i64::from(limit.saturating_sub(1)) },
        Refusal::NoSuchNetworkCard { cards, .. } => Remedy::Between { least: 0, most: i64::from(cards.saturating_sub(1)) },
        Refusal::EniInUse { attachment, .. }
        | Refusal::EniAlreadyAttached { attachment, .. }
        | Refusal::LaunchEniInUse { attachment, .. } => attachment.map_or(Remedy::AskTheService, |id| before_detaching(network, id)),
        Refusal::AttachmentBusy { .. } | Refusal::PrefixListBusy { .. } => Remedy::Wait,
        Refusal::AttachmentLimit { instance_type, count, .. } => larger(*instance_type, |kind| {
            usize::from(kind.max_enis_on_card(0)) >= *count && kind.network_cards() == instance_type.network_cards()
        }),
        Refusal::AddressLimit { eni, instance_type, count, .. } => for_addresses(network, Some(*eni), *instance_type, *count),
        Refusal::LaunchAddressLimit { eni, instance_type, count, .. } => for_addresses(network, *eni, *instance_type, *count),
        Refusal::Ipv6Limit { instance_type, count, .. } => larger(*instance_type, |kind| usize::from(kind.ipv6_per_eni()) >= *count),
        Refusal::PrefixesNeedNitro { .. } => {
            Remedy::Types(InstanceType::all().filter(|kind| kind.is_nitro()).take(OFFERED_TYPES).collect())
        }
        Refusal::GroupOfOtherVpc { subnet, .. } | Refusal::LaunchGroupOfOtherVpc { subnet, .. } => {
            groups_of(network, network.subnet(*subnet)?.vpc)
        }
        Refusal::DifferentNetworks { vpc, .. } => groups_of(network, *vpc),
        Refusal::LastGroup { eni } => groups_of(network, network.eni(*eni)?.vpc),
        _ => return None,
    })
}

/// An attached ENI comes free by detaching; a primary one never does, and one on its way only needs time.
fn before_detaching(network: &Network, id: AttachmentId) -> Remedy {
    match network.eni_by_attachment(id).and_then(|eni| eni.attachment.as_ref()) {
        Some(attachment) if attachment.is_primary() => Remedy::None,
        Some(attachment) if attachment.status == AttachmentStatus::Attached => Remedy::Detach(id),
        _ => Remedy::Wait,
    }
}

fn takers_in_zone(network: &Network, zone: &Zone) -> Remedy {
    let ready = |state| matches!(state, InstanceState::Running | InstanceState::Stopped);
    let takers =
        network.instances().filter(|i| i.zone == *zone && ready(i.state) && i.enis.len() < usize::from(i.instance_type.max_enis()));
    Remedy::InstancesInZone { zone: zone.clone(), instances: takers.map(|instance| instance.id).collect() }
}

fn free_indexes(network: &Network, instance: InstanceId, network_card: u16) -> Remedy {
    let Some(found) = network.instance(instance) else { return Remedy::None };
    let limit = found.instance_type.max_enis_on_card(network_card);
    let indexes = (0..limit).filter(|index| found.is_free((network_card, *index))).collect();
    Remedy::FreeIndexes { instance, network_card, indexes }
}

/// Types of the same family that take so many private addresses, and the IPv6 ones that the ENI has.
fn for_addresses(network: &Network, eni: Option<EniId>, kind: InstanceType, count: usize) -> Remedy {
    let ipv6 = eni.and_then(|eni| network.eni(eni)).map_or(0, |eni| eni.ipv6_addresses.len() + eni.ipv6_prefixes.len());
    larger(kind, |kind| usize::from(kind.ipv4_per_eni()) >= count && usize::from(kind.ipv6_per_eni()) >= ipv6)
}

/// Types of the same family that do.
fn larger(kind: InstanceType, does: impl Fn(InstanceType) -> bool) -> Remedy {
    let mut types: Vec<_> = InstanceType::all().filter(|other| other.family() == kind.family() && does(*other)).collect();
    sort_by_key(&mut types, |other| (other.max_enis(), other.ipv4_per_eni()));
    types.truncate(OFFERED_TYPES);
    Remedy::Types(types)
}

fn groups_of(network: &Network, vpc: VpcId) -> Remedy {
    Remedy::GroupsOfVpc { vpc, groups: network.groups().filter(|group| group.vpc == vpc).map(|group| group.id).collect() }
}

pub(super) fn instances(refusal: &Refusal, network: &Network) -> Option<Remedy> {
    Some(match refusal {
        Refusal::SeveralEnis { instance } => Remedy::EnisOf(*instance, network.instance(*instance)?.enis.values().copied().collect()),
        Refusal::InstanceNotReady { state, .. } | Refusal::WrongInstanceState { state, .. } if is_passing(*state) => Remedy::Wait,
        Refusal::InstanceNotAddressable { state: "pending", .. } => Remedy::Wait,
        Refusal::WrongInstanceState { instance, state: InstanceState::Stopped, .. } => Remedy::State(*instance, InstanceState::Running),
        Refusal::InstanceNotStopped { instance, .. } => Remedy::State(*instance, InstanceState::Stopped),
        Refusal::InstanceNotRunning { instance, .. } => Remedy::State(*instance, InstanceState::Running),
        Refusal::TerminationProtected { instance } | Refusal::StopProtected { instance } => Remedy::Unprotect(*instance),
        Refusal::NetworkCardMismatch { instance_type, wanted, .. } => larger(*instance_type, |kind| kind.network_cards() == *wanted),
        _ => return None,
    })
}

/// Whether the state ends by itself in one that can be acted on.
const fn is_passing(state: InstanceState) -> bool {
    matches!(state, InstanceState::Pending | InstanceState::Stopping)
}
