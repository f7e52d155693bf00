//! Secondary private addresses (`E53` to `E64`).

use super::attachment::address_count;
use super::check;
use super::draft::Draft;
use super::elastic_ip;
use super::error::{AddressList, Refusal};
use super::reply::Reply;
use crate::addr::Ipv4Addr;
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::event::Event;
use crate::model::vpc::Subnet;

/// AssignPrivateIpAddresses.
pub(super) fn assign(draft: &mut Draft, id: EniId, list: &[Ipv4Addr], count: Option<i64>, may_move: bool) -> Result<Reply, Refusal> {
    let (first, second) = ("privateIpAddresses", "secondaryPrivateIpAddressCount");
    let any = match (list, count) {
        ([], None) => return Err(Refusal::NeitherParameter { first, second }),
        ([], Some(count)) => check::address_count(count)?,
        (_, None) => 0,
        (_, Some(_)) => return Err(Refusal::ExclusiveParameters { first, second }),
    };
    let eni = draft.eni(id)?;
    check::not_managed(eni)?;
    let subnet = draft.subnet(eni.subnet)?;
    let wanted = check::distinct(list);
    let moves = plan_moves(draft, eni, subnet, &wanted, may_move)?;
    let new = wanted.iter().filter(|ip| eni.address(**ip).is_none()).count();
    let more = any.saturating_add(u64::try_from(new).unwrap_or(u64::MAX));
    type_limit(draft, eni, more)?;
    let fresh = more.saturating_sub(u64::try_from(moves.len()).unwrap_or(u64::MAX));
    check::free_addresses(draft.network, subnet, fresh)?;

    let mut assigned = wanted;
    for ip in &assigned {
        match moves.iter().find(|(moved, _)| moved == ip) {
            Some((ip, from)) => draft.events.push(Event::AddressMoved { ip: *ip, from: *from, to: id }),
            None if eni.address(*ip).is_none() => draft.events.push(Event::AddressAssigned(id, *ip)),
            None => {}
        }
    }
    for _ in 0..any {
        let ip = draft.take_free_address(subnet, any)?;
        draft.push(Event::AddressAssigned(id, ip));
        assigned.push(ip);
    }
    Ok(Reply::Assigned(assigned))
}

/// Which of the addresses are to be taken from other ENIs, and from which (`E55` to `E57`).
fn plan_moves(draft: &Draft, eni: &Eni, subnet: &Subnet, wanted: &[Ipv4Addr], may_move: bool) -> Result<Vec<(Ipv4Addr, EniId)>, Refusal> {
    let mut moves = Vec::new();
    for ip in wanted {
        if !subnet.cidr.contains(ip) {
            return Err(Refusal::AddressOutsideSubnet { ip: *ip, subnet: subnet.id });
        }
        if subnet.is_reserved(*ip) {
            return Err(Refusal::AssignedAddressReserved { ip: *ip, subnet: subnet.id });
        }
        let Some(holder) = draft.network.eni_by_private_ip(eni.vpc, *ip) else { continue };
        if holder.address(*ip).is_none() {
            return Err(Refusal::AddressInPrefix { ip: *ip, eni: holder.id });
        }
        if holder.id != eni.id {
            moves.push((*ip, holder.id));
        } else if eni.primary_ip() == Some(*ip) {
            return Err(Refusal::PrimaryAddressTaken { ip: *ip, eni: eni.id });
        }
    }
    if !may_move && !moves.is_empty() {
        return Err(Refusal::MoveNotAllowed { addresses: AddressList(moves.into_iter().map(|(ip, _)| ip).collect()) });
    }
    for (ip, holder) in &moves {
        let holder = draft.eni(*holder)?;
        check::not_managed(holder)?;
        if holder.primary_ip() == Some(*ip) {
            return Err(Refusal::PrimaryAddressTaken { ip: *ip, eni: holder.id });
        }
    }
    Ok(moves)
}

/// The limit of the instance's type; an unattached ENI has none (`E61`, `B`).
fn type_limit(draft: &Draft, eni: &Eni, more: u64) -> Result<(), Refusal> {
    let Some(attachment) = &eni.attachment else { return Ok(()) };
    let kind = draft.instance(attachment.instance)?.instance_type;
    let count = address_count(eni).saturating_add(usize::try_from(more).unwrap_or(usize::MAX));
    let limit = kind.ipv4_per_eni();
    if count > usize::from(limit) { Err(Refusal::AddressLimit { eni: eni.id, instance_type: kind, count, limit }) } else { Ok(()) }
}

/// UnassignPrivateIpAddresses (`E59`, `E60`).
pub(super) fn unassign(draft: &mut Draft, id: EniId, list: &[Ipv4Addr]) -> Result<Reply, Refusal> {
    if list.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "privateIpAddresses" });
    }
    let eni = draft.eni(id)?;
    check::not_managed(eni)?;
    let gone = check::distinct(list);
    for ip in &gone {
        if eni.address(*ip).is_none() {
            return Err(Refusal::NotAssigned { eni: id, ip: *ip });
        }
        if eni.primary_ip() == Some(*ip) {
            return Err(Refusal::UnassignPrimary { eni: id, ip: *ip });
        }
    }
    let mut unmapped = false;
    for ip in &gone {
        unmapped |= elastic_ip::events_of_unmapping_one(eni, *ip, &mut draft.events);
        draft.push(Event::AddressUnassigned(id, *ip));
    }
    if unmapped {
        elastic_ip::automatic_address_returns(draft, eni, &gone);
    }
    Ok(Reply::Nothing)
}
