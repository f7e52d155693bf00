//! Elastic IPs (`A12` to `A36`), and how they drive automatic public addresses out and let them in again (`A5` to `A10`).

use super::check;
use super::draft::Draft;
use super::error::Refusal;
use super::pool;
use super::reply::Reply;
use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, AssociationId, EniId, InstanceId};
use crate::model::Tags;
use crate::model::elastic_ip::{EipAssociation, ElasticIp};
use crate::model::eni::{Eni, PublicAddress, PublicOrigin};
use crate::model::event::Event;
use crate::model::instance::InstanceState;

/// AllocateAddress.
pub(super) fn allocate(draft: &mut Draft, wanted: Option<Ipv4Addr>, border_group: Option<&str>, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    if let Some(group) = border_group.filter(|group| *group != draft.network.region()) {
        return Err(Refusal::UnknownBorderGroup { group: group.to_owned() });
    }
    if let Some(ip) = wanted
        && !pool::was_released(draft.network, ip)
    {
        return Err(Refusal::AddressNotRecoverable { ip });
    }
    let limit = draft.network.quotas().elastic_ips;
    if draft.network.elastic_ips().len() >= limit {
        return Err(Refusal::AddressQuota { limit });
    }
    let ip = match wanted {
        Some(ip) => ip,
        None => draft.draw_public_ip()?,
    };
    let allocation = draft.new_id();
    let eip = ElasticIp { allocation, ip, association: None, service_managed: None, tags: tags.clone() };
    draft.push(Event::ElasticIpAllocated(Box::new(eip)));
    Ok(Reply::Allocation(allocation))
}

/// AssociateAddress, with an ENI or with an instance that has only one.
pub(super) fn associate(
    draft: &mut Draft,
    allocation: AllocationId,
    ends: (Option<EniId>, Option<InstanceId>),
    private_ip: Option<Ipv4Addr>,
    may_take: Option<bool>,
) -> Result<Reply, Refusal> {
    let (eni, instance) = match ends {
        (Some(_), Some(_)) => return Err(Refusal::ExclusiveParameters { first: "networkInterfaceId", second: "instanceId" }),
        (None, None) => return Err(Refusal::MissingParameter { parameter: "networkInterfaceId" }),
        (eni, instance) => (eni, instance),
    };
    let eip = draft.elastic_ip(allocation)?;
    let eni = match (eni, instance) {
        (Some(id), _) => draft.eni(id)?,
        (None, Some(id)) => only_eni(draft, id)?,
        (None, None) => return Err(Refusal::MissingParameter { parameter: "networkInterfaceId" }),
    };
    not_held(eip)?;
    check::not_managed(eni)?;
    let Some(ip) = private_ip.or(eni.primary_ip()) else { return Err(Refusal::MissingParameter { parameter: "privateIpAddress" }) };
    if !eni.owns_ipv4(ip) {
        return Err(Refusal::NotThePrivateIpOf { eni: eni.id, ip });
    }
    if let Some(association) = &eip.association {
        check::not_managed(draft.eni(association.eni)?)?;
        if (association.eni, association.private_ip) == (eni.id, ip) {
            return Ok(Reply::Association(association.id));
        }
        if may_take == Some(false) {
            return Err(Refusal::AlreadyAssociated { allocation, association: association.id });
        }
    }
    if let Some(PublicAddress { ip: public, origin: PublicOrigin::Elastic { allocation: other, .. } }) = eni.public_of(ip) {
        not_held(draft.elastic_ip(other)?)?;
        if may_take == Some(false) {
            return Err(Refusal::PrivateIpAlreadyAssociated { eni: eni.id, ip, public });
        }
    }
    if draft.network.internet_gateway_of(eni.vpc).is_none() {
        return Err(Refusal::NoInternetGateway { vpc: eni.vpc });
    }
    Ok(Reply::Association(map(draft, eip, eni, ip)))
}

/// The only ENI of an instance whose state allows it (`A16`, `A24`).
fn only_eni<'n>(draft: &Draft<'n>, id: InstanceId) -> Result<&'n Eni, Refusal> {
    let instance = draft.instance(id)?;
    if matches!(instance.state, InstanceState::Pending | InstanceState::ShuttingDown | InstanceState::Terminated) {
        return Err(Refusal::InstanceNotAddressable { instance: id, state: instance.state.as_str() });
    }
    match instance.primary_eni() {
        Some(eni) if instance.enis.len() == 1 => draft.eni(eni),
        _ => Err(Refusal::SeveralEnis { instance: id }),
    }
}

/// Whether no service holds the Elastic IP (`A28`, `A29`).
fn not_held(eip: &ElasticIp) -> Result<(), Refusal> {
    if eip.service_managed.is_some() { Err(Refusal::ElasticIpHeldByService { allocation: eip.allocation }) } else { Ok(()) }
}

/// Maps an Elastic IP, after what stands in the way has gone (`A7`, `A19`, `A20`).
fn map(draft: &mut Draft, eip: &ElasticIp, eni: &Eni, ip: Ipv4Addr) -> AssociationId {
    if let Some(old) = &eip.association {
        draft.push(Event::ElasticIpDisassociated(eip.allocation));
        if old.eni != eni.id
            && let Some(former) = draft.network.eni(old.eni)
        {
            automatic_address_returns(draft, former, &[old.private_ip]);
        }
    }
    match eni.public_of(ip).map(|public| public.origin) {
        Some(PublicOrigin::Elastic { allocation, .. }) => draft.push(Event::ElasticIpDisassociated(allocation)),
        Some(PublicOrigin::Amazon) => draft.push(Event::PublicIpReleased(eni.id)),
        None => {}
    }
    let id = draft.new_id();
    draft.push(Event::ElasticIpAssociated(eip.allocation, EipAssociation { id, eni: eni.id, private_ip: ip }));
    id
}

/// DisassociateAddress: the address stays allocated (`A27`).
pub(super) fn disassociate(draft: &mut Draft, association: AssociationId) -> Result<Reply, Refusal> {
    let found = draft.network.elastic_ip_by_association(association);
    let Some((eip, held)) = found.and_then(|eip| Some((eip, eip.association?))) else {
        return Err(Refusal::AssociationNotFound { association });
    };
    not_held(eip)?;
    let eni = draft.eni(held.eni)?;
    check::not_managed(eni)?;
    unmap(draft, eip, &held);
    Ok(Reply::Nothing)
}

/// ReleaseAddress; in a default VPC it disassociates by itself (`A28`).
pub(super) fn release(draft: &mut Draft, allocation: AllocationId) -> Result<Reply, Refusal> {
    let eip = draft.elastic_ip(allocation)?;
    not_held(eip)?;
    if let Some(association) = &eip.association {
        let eni = draft.eni(association.eni)?;
        check::not_managed(eni)?;
        if !draft.vpc(eni.vpc)?.is_default {
            return Err(Refusal::AddressAssociated { allocation, ip: eip.ip, association: association.id });
        }
        unmap(draft, eip, association);
    }
    draft.push(Event::ElasticIpReleased(allocation));
    Ok(Reply::Nothing)
}

fn unmap(draft: &mut Draft, eip: &ElasticIp, association: &EipAssociation) {
    draft.push(Event::ElasticIpDisassociated(eip.allocation));
    if let Some(eni) = draft.network.eni(association.eni) {
        automatic_address_returns(draft, eni, &[association.private_ip]);
    }
}

/// The events that take every Elastic IP off an ENI (`E17`).
pub(super) fn events_of_unmapping(eni: &Eni, events: &mut Vec<Event>) {
    for (ip, _) in eni.mapped() {
        events_of_unmapping_one(eni, ip, events);
    }
}

/// The event that takes the Elastic IP off one private address, and whether there was one (`E59`).
pub(super) fn events_of_unmapping_one(eni: &Eni, ip: Ipv4Addr, events: &mut Vec<Event>) -> bool {
    match eni.public_of(ip).map(|public| public.origin) {
        Some(PublicOrigin::Elastic { allocation, .. }) => {
            events.push(Event::ElasticIpDisassociated(allocation));
            true
        }
        _ => false,
    }
}

/// Gives an ENI an automatic public address if the rules still give one now that the Elastic IPs of `unmapped` have gone: only to the primary ENI
/// of a running instance, which wants one, is alone there, and carries no other Elastic IP (`A6`, `A8`). An empty pool gives none.
pub(super) fn automatic_address_returns(draft: &mut Draft, eni: &Eni, unmapped: &[Ipv4Addr]) {
    let running = |id| draft.network.instance(id).is_some_and(|i| i.state == InstanceState::Running && i.enis.len() == 1);
    let placed = eni.attachment.as_ref().is_some_and(|attachment| attachment.is_primary() && running(attachment.instance));
    if placed && eni.wants_public_ip {
        give_automatic_address(draft, eni, unmapped);
    }
}

/// Maps a new automatic address to the primary address of an ENI, unless it or a secondary one is mapped (`A3`, `A6`).
pub(super) fn give_automatic_address(draft: &mut Draft, eni: &Eni, unmapped: &[Ipv4Addr]) {
    let mapped = eni.mapped().any(|(ip, _)| !unmapped.contains(&ip));
    let Some(primary) = eni.primary_ip().filter(|_| !mapped) else { return };
    if let Ok(ip) = draft.draw_public_ip() {
        draft.push(Event::PublicIpGiven(eni.id, primary, PublicAddress { ip, origin: PublicOrigin::Amazon }));
    }
}

/// What follows when somebody switches an ENI's wish for an automatic address on or off (`A10`; at once, `M`).
pub(super) fn follow_the_wish(draft: &mut Draft, eni: &Eni, wants: bool) {
    let has_one = eni.addresses.iter().any(|address| address.public.is_some_and(|public| public.origin == PublicOrigin::Amazon));
    if !wants && has_one {
        draft.push(Event::PublicIpReleased(eni.id));
    } else if wants && !has_one {
        let wishing = Eni { wants_public_ip: true, ..eni.clone() };
        automatic_address_returns(draft, &wishing, &[]);
    }
}
