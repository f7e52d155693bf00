//! Secondary private addresses and prefixes (`E53` to `E71`).

use super::attachment::address_count;
use super::check;
use super::command::{AssignPrivateIpAddresses, UnassignPrivateIpAddresses};
use super::draft::Draft;
use super::elastic_ip;
use super::error::{AddressList, Refusal};
use super::reply::Reply;
use super::wish::{enough_for_prefixes, prefix_count, prefix_is_free};
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net};
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::event::Event;
use crate::model::vpc::Subnet;

/// AssignPrivateIpAddresses.
pub(super) fn assign(draft: &mut Draft, request: &AssignPrivateIpAddresses) -> Result<Reply, Refusal> {
    let id = request.eni;
    let any = address_wish(request)?;
    let any_prefixes = prefix_count(&request.prefixes)?;
    let eni = draft.eni(id)?;
    check::not_managed(eni)?;
    let subnet = draft.subnet(eni.subnet)?;
    let wanted = check::distinct(&request.addresses);
    let moves = plan_moves(draft, eni, subnet, &wanted, request.allow_reassignment)?;
    let mut prefixes = new_prefixes(draft, eni, subnet, &request.prefixes.list)?;
    let new = wanted.iter().filter(|ip| eni.address(**ip).is_none()).count();
    let more = any.saturating_add(u64::try_from(new).unwrap_or(u64::MAX));
    let more_prefixes = any_prefixes.saturating_add(u64::try_from(prefixes.len()).unwrap_or(u64::MAX));
    type_limit(draft, eni, more, more_prefixes)?;
    let fresh = more.saturating_sub(u64::try_from(moves.len()).unwrap_or(u64::MAX));
    check::free_addresses(draft.network, subnet, fresh)?;
    enough_for_prefixes(draft, subnet, fresh, more_prefixes)?;

    for ip in wanted.iter().filter(|ip| eni.address(**ip).is_none() && moves.iter().all(|(moved, _)| moved != *ip)) {
        draft.give(subnet.id, *ip)?;
    }
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
    for _ in 0..any_prefixes {
        prefixes.push(draft.take_free_prefix(subnet, any_prefixes)?);
    }
    draft.events.extend(prefixes.iter().map(|prefix| Event::PrefixAssigned(id, IpNet::V4(*prefix))));
    Ok(Reply::Assigned(assigned, prefixes))
}

/// How many addresses of any are asked for; something must be (`E53`).
fn address_wish(request: &AssignPrivateIpAddresses) -> Result<u64, Refusal> {
    let (first, second) = ("privateIpAddresses", "secondaryPrivateIpAddressCount");
    match (request.addresses.as_slice(), request.count) {
        ([], None) if request.prefixes.is_none() => Err(Refusal::NeitherParameter { first, second }),
        ([], Some(count)) => check::address_count(count),
        (_, None) => Ok(0),
        (_, Some(_)) => Err(Refusal::ExclusiveParameters { first, second }),
    }
}

/// The prefixes that were asked for by name and that the ENI does not have; takes them (`E66`).
fn new_prefixes(draft: &mut Draft, eni: &Eni, subnet: &Subnet, list: &[Ipv4Net]) -> Result<Vec<Ipv4Net>, Refusal> {
    let mut prefixes = check::distinct(list);
    prefixes.retain(|prefix| !eni.ipv4_prefixes.contains(prefix));
    for prefix in &prefixes {
        prefix_is_free(draft.network, subnet, *prefix)?;
        draft.give_prefix(subnet.id, *prefix)?;
    }
    Ok(prefixes)
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

/// What the instance's type takes; an unattached ENI has no limit (`E61`, `B`; `E67`, `E68`).
fn type_limit(draft: &Draft, eni: &Eni, more: u64, prefixes: u64) -> Result<(), Refusal> {
    let Some(attachment) = &eni.attachment else { return Ok(()) };
    let kind = draft.instance(attachment.instance)?.instance_type;
    let count = address_count(eni).saturating_add(usize::try_from(more.saturating_add(prefixes)).unwrap_or(usize::MAX));
    if prefixes > 0 && !kind.is_nitro() {
        return Err(Refusal::PrefixesNeedNitro { eni: Some(eni.id), instance_type: kind });
    }
    let limit = kind.ipv4_per_eni();
    if count > usize::from(limit) { Err(Refusal::AddressLimit { eni: eni.id, instance_type: kind, count, limit }) } else { Ok(()) }
}

/// UnassignPrivateIpAddresses (`E59`, `E60`).
pub(super) fn unassign(draft: &mut Draft, request: &UnassignPrivateIpAddresses) -> Result<Reply, Refusal> {
    let id = request.eni;
    if request.addresses.is_empty() && request.prefixes.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "privateIpAddresses" });
    }
    let eni = draft.eni(id)?;
    check::not_managed(eni)?;
    let (gone, prefixes) = (check::distinct(&request.addresses), check::distinct(&request.prefixes));
    for ip in &gone {
        if eni.address(*ip).is_none() {
            return Err(Refusal::NotAssigned { eni: id, ip: *ip });
        }
        if eni.primary_ip() == Some(*ip) {
            return Err(Refusal::UnassignPrimary { eni: id, ip: *ip });
        }
    }
    if let Some(prefix) = prefixes.iter().find(|prefix| !eni.ipv4_prefixes.contains(prefix)) {
        return Err(Refusal::PrefixNotAssigned { eni: id, prefix: IpNet::V4(*prefix) });
    }
    let mut unmapped = false;
    // What is on addresses of a prefix goes with it (`E70`).
    let inside = eni.prefix_publics.keys().copied().filter(|ip| prefixes.iter().any(|prefix| prefix.contains(ip)));
    let inside: Vec<_> = inside.collect();
    for ip in &inside {
        unmapped |= elastic_ip::events_of_unmapping_one(eni, *ip, &mut draft.events);
    }
    draft.events.extend(prefixes.iter().map(|prefix| Event::PrefixUnassigned(id, IpNet::V4(*prefix))));
    for ip in &gone {
        unmapped |= elastic_ip::events_of_unmapping_one(eni, *ip, &mut draft.events);
        draft.push(Event::AddressUnassigned(id, *ip));
    }
    if unmapped {
        let unmapped: Vec<_> = gone.into_iter().chain(inside).collect();
        elastic_ip::automatic_address_returns(draft, eni, &unmapped);
    }
    Ok(Reply::Nothing)
}
