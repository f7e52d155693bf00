//! Further addresses of a NAT gateway: Elastic IPs of a public one, private addresses of a private one (`R39`, `R43`). They come and go at
//! once (`M`): no connection is waited for.

use super::{counted, mapped, outside, word};
use crate::addr::Ipv4Addr;
use crate::control::check;
use crate::control::command::{AssignPrivateNatGatewayAddress, AssociateNatGatewayAddress};
use crate::control::draft::Draft;
use crate::control::error::Refusal;
use crate::control::reply::Reply;
use crate::control::wish::take_address;
use crate::id::{AllocationId, AssociationId, EniId, NatGatewayId};
use crate::model::event::Event;
use crate::model::nat_gateway::{NatGateway, NatGatewayAddress, NatState};
use crate::model::vpc::Subnet;

/// AssignPrivateNatGatewayAddress.
pub(in crate::control) fn assign(draft: &mut Draft, request: &AssignPrivateNatGatewayAddress) -> Result<Reply, Refusal> {
    let wanted = match request.count {
        None if request.addresses.is_empty() => {
            return Err(Refusal::NeitherParameter { first: "privateIpAddresses", second: "privateIpAddressCount" });
        }
        None => u64::try_from(request.addresses.len()).unwrap_or(u64::MAX),
        Some(_) if !request.addresses.is_empty() => {
            return Err(Refusal::ExclusiveParameters { first: "privateIpAddresses", second: "privateIpAddressCount" });
        }
        Some(count) => counted("privateIpAddressCount", count)?,
    };
    let (gateway, eni, subnet) = of_kind(draft, request.gateway, false, "privateIpAddresses")?;
    let added = room(draft, gateway, subnet, &request.addresses, wanted)?;
    add(draft, gateway, eni, added, &[])
}

/// AssociateNatGatewayAddress.
pub(in crate::control) fn associate(draft: &mut Draft, request: &AssociateNatGatewayAddress) -> Result<Reply, Refusal> {
    let allocations = check::distinct(&request.allocations);
    if allocations.is_empty() || request.addresses.len() > allocations.len() {
        return Err(Refusal::MissingParameter { parameter: "allocationIds" });
    }
    let (gateway, eni, subnet) = of_kind(draft, request.gateway, true, "allocationIds")?;
    for allocation in &allocations {
        let eip = draft.elastic_ip(*allocation)?;
        if eip.service_managed.is_some() {
            return Err(Refusal::ElasticIpHeldByService { allocation: *allocation });
        }
        if let Some(association) = &eip.association {
            return Err(Refusal::AlreadyAssociated { allocation: *allocation, association: association.id });
        }
    }
    if draft.network.internet_gateway_of(gateway.vpc).is_none() {
        return Err(Refusal::NoInternetGateway { vpc: gateway.vpc });
    }
    let wanted = u64::try_from(allocations.len()).unwrap_or(u64::MAX);
    let added = room(draft, gateway, subnet, &request.addresses, wanted)?;
    add(draft, gateway, eni, added, &allocations)
}

/// The gateway with its ENI and its subnet, if it works and is of the kind that a call is for.
fn of_kind<'n>(
    draft: &Draft<'n>,
    id: NatGatewayId,
    public: bool,
    parameter: &'static str,
) -> Result<(&'n NatGateway, EniId, &'n Subnet), Refusal> {
    let gateway = draft.nat_gateway(id)?;
    let eni = gateway.eni().filter(|eni| gateway.state == NatState::Available && draft.network.eni(*eni).is_some());
    let eni = eni.ok_or(Refusal::NatGatewayNotReady { gateway: id, state: gateway.state.as_str() })?;
    if gateway.public != public {
        return Err(Refusal::NatConnectivity { parameter, connectivity: word(gateway.public) });
    }
    Ok((gateway, eni, draft.subnet(gateway.subnet)?))
}

/// The private addresses that a gateway gets: those named, then free ones.
fn room(draft: &mut Draft, gateway: &NatGateway, subnet: &Subnet, named: &[Ipv4Addr], wanted: u64) -> Result<Vec<Ipv4Addr>, Refusal> {
    for ip in named {
        take_address(draft, subnet, *ip, outside)?;
    }
    let limit = draft.network.quotas().addresses_per_nat_gateway;
    let after = wanted.saturating_add(u64::try_from(gateway.addresses.len()).unwrap_or(u64::MAX));
    if after > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(Refusal::NatAddressLimit { limit });
    }
    check::free_addresses(draft.network, subnet, wanted)?;
    let mut ips = named.to_vec();
    while u64::try_from(ips.len()).unwrap_or(u64::MAX) < wanted {
        ips.push(draft.take_free_address(subnet, wanted)?);
    }
    Ok(ips)
}

/// Puts addresses on the gateway's ENI, the first ones with Elastic IPs.
fn add(draft: &mut Draft, gateway: &NatGateway, eni: EniId, ips: Vec<Ipv4Addr>, allocations: &[AllocationId]) -> Result<Reply, Refusal> {
    let mut allocations = allocations.iter().copied();
    let mut added = Vec::new();
    for ip in ips {
        draft.push(Event::AddressAssigned(eni, ip));
        added.push(mapped(draft, eni, ip, allocations.next()));
    }
    let all = gateway.addresses.iter().chain(&added).copied().collect();
    draft.push(Event::NatGatewayAddressesSet(gateway.id, all));
    Ok(Reply::NatGatewayAddresses(gateway.id, added))
}

/// UnassignPrivateNatGatewayAddress.
pub(in crate::control) fn unassign(draft: &mut Draft, id: NatGatewayId, ips: &[Ipv4Addr]) -> Result<Reply, Refusal> {
    let (gateway, eni, _) = of_kind(draft, id, false, "privateIpAddresses")?;
    for ip in ips {
        match gateway.addresses.iter().position(|address| address.private_ip == Some(*ip)) {
            Some(0) => return Err(Refusal::UnassignPrimary { eni, ip: *ip }),
            Some(_) => {}
            None => return Err(Refusal::NotAssigned { eni, ip: *ip }),
        }
    }
    remove(draft, gateway, eni, |address| address.private_ip.is_some_and(|ip| ips.contains(&ip)))
}

/// DisassociateNatGatewayAddress: the Elastic IP stays with the account, its private address goes.
pub(in crate::control) fn disassociate(draft: &mut Draft, id: NatGatewayId, ties: &[AssociationId]) -> Result<Reply, Refusal> {
    let (gateway, eni, _) = of_kind(draft, id, true, "associationIds")?;
    for tie in ties {
        match gateway.addresses.iter().position(|address| address.association == Some(*tie)) {
            Some(0) => return Err(Refusal::NatPrimaryAddress { gateway: id, association: *tie }),
            Some(_) => {}
            None => return Err(Refusal::AssociationNotFound { association: *tie }),
        }
    }
    remove(draft, gateway, eni, |address| address.association.is_some_and(|tie| ties.contains(&tie)))
}

/// Takes addresses off the gateway's ENI, with their Elastic IPs.
fn remove(draft: &mut Draft, gateway: &NatGateway, eni: EniId, goes: impl Fn(&NatGatewayAddress) -> bool) -> Result<Reply, Refusal> {
    let (gone, kept): (Vec<_>, Vec<_>) = gateway.addresses.iter().copied().partition(goes);
    for address in &gone {
        if let Some(allocation) = address.allocation {
            draft.push(Event::ElasticIpDisassociated(allocation));
        }
        if let Some(ip) = address.private_ip {
            draft.push(Event::AddressUnassigned(eni, ip));
        }
    }
    draft.push(Event::NatGatewayAddressesSet(gateway.id, kept));
    Ok(Reply::NatGatewayAddresses(gateway.id, gone))
}
