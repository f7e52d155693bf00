//! NAT gateways (`R38` to `R50`): made, deleted, and what follows by itself.

mod addresses;

pub(super) use addresses::{assign, associate, disassociate, unassign};

use super::check;
use super::command::CreateNatGateway;
use super::draft::Draft;
use super::elastic_ip;
use super::error::Refusal;
use super::reply::Reply;
use super::service_eni::{self, ServiceEni};
use super::wish::take_address;
use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, EniId, NatGatewayId, SubnetId};
use crate::model::elastic_ip::EipAssociation;
use crate::model::event::{Event, Transition};
use crate::model::nat_gateway::{NatFailure, NatGateway, NatGatewayAddress, NatState};
use crate::model::network::Network;
use crate::model::vpc::Subnet;
use crate::table::Set;
use crate::time::Instant;

/// Who makes the ENI of a NAT gateway.
const REQUESTER: &str = "amazon-nat-gateway";
/// How many private addresses one call may ask for by number.
const MOST_COUNTED: i64 = 31;

/// CreateNatGateway. What is wrong with its Elastic IPs, its VPC or the room in its subnet shows later, as a gateway that failed (`R50`).
pub(super) fn create(draft: &mut Draft, request: &CreateNatGateway) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    let secondaries = shape(request)?;
    let subnet = draft.subnet(request.subnet)?;
    for ip in request.private_ip.iter().chain(&request.secondary_ips) {
        take_address(draft, subnet, *ip, outside)?;
    }
    let limit = draft.network.quotas().addresses_per_nat_gateway;
    let wanted = secondaries.saturating_add(1);
    if wanted > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(Refusal::NatAddressLimit { limit });
    }
    quota(draft, subnet)?;
    check::eni_quota(draft, 1)?;
    let id = draft.new_id();
    let failure = failure(draft, subnet, request, wanted);
    let addresses = match failure {
        Some(_) => request.allocation.iter().chain(&request.secondary_allocations).map(|allocation| not_made(*allocation)).collect(),
        None => make_addresses(draft, subnet, id, request, secondaries)?,
    };
    draft.push(Event::NatGatewayCreated(Box::new(NatGateway {
        id,
        subnet: subnet.id,
        vpc: subnet.vpc,
        state: NatState::Pending,
        public: request.public,
        addresses,
        created_at: draft.now,
        deleted_at: None,
        failure,
        tags: request.tags.clone(),
    })));
    draft.schedule(draft.network.delays().nat_gateway_create, Transition::NatGatewaySettles(id));
    Ok(Reply::NatGateway(id))
}

/// How an address of another subnet is refused.
fn outside(ip: Ipv4Addr, subnet: SubnetId) -> Refusal {
    Refusal::AddressOutsideSubnet { ip, subnet }
}

/// What can be refused without looking at the network; how many secondary addresses are wanted (`R39`).
fn shape(request: &CreateNatGateway) -> Result<u64, Refusal> {
    let foreign = |parameter| Err(Refusal::NatConnectivity { parameter, connectivity: word(request.public) });
    let count = u64::try_from(request.secondary_ips.len()).unwrap_or(u64::MAX);
    if !request.public {
        if request.allocation.is_some() {
            return foreign("allocationId");
        }
        if !request.secondary_allocations.is_empty() {
            return foreign("secondaryAllocationIds");
        }
        return match request.secondary_count {
            None => Ok(count),
            Some(_) if count > 0 => {
                Err(Refusal::ExclusiveParameters { first: "secondaryPrivateIpAddresses", second: "secondaryPrivateIpAddressCount" })
            }
            Some(wanted) => counted("secondaryPrivateIpAddressCount", wanted),
        };
    }
    if request.secondary_count.is_some() {
        return foreign("secondaryPrivateIpAddressCount");
    }
    if request.allocation.is_none() {
        return Err(Refusal::MissingParameter { parameter: "allocationId" });
    }
    if request.secondary_ips.len() > request.secondary_allocations.len() {
        return Err(Refusal::MissingParameter { parameter: "secondaryAllocationIds" });
    }
    Ok(u64::try_from(request.secondary_allocations.len()).unwrap_or(u64::MAX))
}

/// AWS's word for the kind of a gateway.
const fn word(public: bool) -> &'static str {
    if public { "public" } else { "private" }
}

/// A number of private addresses.
fn counted(parameter: &'static str, value: i64) -> Result<u64, Refusal> {
    match u64::try_from(value) {
        Ok(count) if (1..=MOST_COUNTED).contains(&value) => Ok(count),
        _ => Err(Refusal::NumberOutOfRange { parameter, value, least: 1, most: MOST_COUNTED }),
    }
}

/// Whether the zone takes one more (`R49`).
fn quota(draft: &Draft, subnet: &Subnet) -> Result<(), Refusal> {
    let limit = draft.network.quotas().nat_gateways_per_zone;
    let in_zone = |gateway: &NatGateway| draft.network.subnet(gateway.subnet).is_some_and(|other| other.zone == subnet.zone);
    let count = draft.network.nat_gateways().filter(|gateway| gateway.stands() && in_zone(gateway)).count();
    if count >= limit { Err(Refusal::NatGatewayLimit { zone: subnet.zone.clone(), limit }) } else { Ok(()) }
}

/// Why the gateway will not come to be (`R50`), in AWS's words.
fn failure(draft: &Draft, subnet: &Subnet, request: &CreateNatGateway, wanted: u64) -> Option<NatFailure> {
    let because = |code: &str, message: String| Some(NatFailure { code: code.to_owned(), message });
    let mut seen = Set::new();
    for allocation in request.allocation.iter().chain(&request.secondary_allocations) {
        match draft.network.elastic_ip(*allocation) {
            None => {
                let message = format!("Elastic IP address {allocation} could not be associated with this NAT gateway");
                return because("InvalidAllocationID.NotFound", message);
            }
            Some(eip) if eip.association.is_some() || eip.service_managed.is_some() || !seen.insert(*allocation) => {
                return because("Resource.AlreadyAssociated", format!("Elastic IP address {allocation} is already associated"));
            }
            Some(_) => {}
        }
    }
    if request.public && draft.network.internet_gateway_of(subnet.vpc).is_none() {
        return because("Gateway.NotAttached", format!("Network {} has no Internet gateway attached", subnet.vpc));
    }
    if u64::from(draft.network.free_address_count(subnet)) < wanted {
        let message = "Subnet has insufficient free addresses to create this NAT gateway".to_owned();
        return because("InsufficientFreeAddressesInSubnet", message);
    }
    None
}

/// An address of a gateway that will not come to be.
const fn not_made(allocation: AllocationId) -> NatGatewayAddress {
    NatGatewayAddress { eni: None, private_ip: None, allocation: Some(allocation), association: None, public_ip: None }
}

/// The gateway's ENI, which has no group and is for the service alone to manage (`R40`, `E80`), and its addresses with their Elastic IPs.
fn make_addresses(
    draft: &mut Draft,
    subnet: &Subnet,
    id: NatGatewayId,
    request: &CreateNatGateway,
    secondaries: u64,
) -> Result<Vec<NatGatewayAddress>, Refusal> {
    let wanted = secondaries.saturating_add(1);
    let primary = match request.private_ip {
        Some(ip) => ip,
        None => draft.take_free_address(subnet, wanted)?,
    };
    let mut ips = vec![primary];
    ips.extend(&request.secondary_ips);
    while u64::try_from(ips.len()).unwrap_or(u64::MAX) < wanted {
        ips.push(draft.take_free_address(subnet, wanted)?);
    }
    let description = format!("Interface for NAT Gateway {id}");
    let (groups, addresses) = (Vec::new(), ips.clone());
    let wanted = ServiceEni { requester: REQUESTER, kind: "nat_gateway", description, groups, source_dest_check: false, addresses };
    let eni_id = service_eni::add(draft, subnet, wanted)?;
    let mut allocations = request.allocation.iter().chain(&request.secondary_allocations);
    Ok(ips.into_iter().map(|ip| mapped(draft, eni_id, ip, allocations.next().copied())).collect())
}

/// An address of the gateway's ENI, with the Elastic IP mapped to it, if it gets one.
fn mapped(draft: &mut Draft, eni: EniId, ip: Ipv4Addr, allocation: Option<AllocationId>) -> NatGatewayAddress {
    let mut address = NatGatewayAddress { eni: Some(eni), private_ip: Some(ip), allocation, association: None, public_ip: None };
    if let Some(allocation) = allocation {
        let id = draft.new_id();
        address.association = Some(id);
        address.public_ip = draft.network.elastic_ip(allocation).map(|eip| eip.ip);
        draft.push(Event::ElasticIpAssociated(allocation, EipAssociation { id, eni, private_ip: ip }));
    }
    address
}

/// DeleteNatGateway. One that is on its way off, or gone, stays so; one that failed is gone at once (`M`).
pub(super) fn delete(draft: &mut Draft, id: NatGatewayId) -> Result<Reply, Refusal> {
    match draft.nat_gateway(id)?.state {
        NatState::Pending | NatState::Available => {
            draft.push(Event::NatGatewayStateChanged(id, NatState::Deleting, draft.now));
            draft.schedule(draft.network.delays().nat_gateway_delete, Transition::NatGatewayGoes(id));
        }
        // There is nothing to take down.
        NatState::Failed => draft.push(Event::NatGatewayStateChanged(id, NatState::Deleted, draft.now)),
        NatState::Deleting | NatState::Deleted => {}
    }
    Ok(Reply::Nothing)
}

/// A pending gateway works, or has failed (`R50`).
pub(super) fn settles(network: &Network, id: NatGatewayId, at: Instant, events: &mut Vec<Event>) {
    let Some(gateway) = network.nat_gateway(id).filter(|gateway| gateway.state == NatState::Pending) else { return };
    if gateway.failure.is_some() {
        events.push(Event::NatGatewayStateChanged(id, NatState::Failed, at));
        events.push(Event::TransitionScheduled(at + network.delays().nat_gateway_forget, Transition::NatGatewayIsForgotten(id)));
    } else {
        events.push(Event::NatGatewayStateChanged(id, NatState::Available, at));
    }
}

/// A gateway is gone, and its ENI with it; its Elastic IPs stay with the account (`R48`).
pub(super) fn goes(network: &Network, id: NatGatewayId, at: Instant, events: &mut Vec<Event>) {
    let Some(gateway) = network.nat_gateway(id).filter(|gateway| gateway.state == NatState::Deleting) else { return };
    if let Some(eni) = gateway.eni().and_then(|eni| network.eni(eni)) {
        elastic_ip::events_of_unmapping(eni, events);
        events.push(Event::EniDeleted(eni.id));
    }
    events.push(Event::NatGatewayStateChanged(id, NatState::Deleted, at));
    events.push(Event::TransitionScheduled(at + network.delays().nat_gateway_forget, Transition::NatGatewayIsForgotten(id)));
}

/// A gateway that failed or was deleted leaves the lists.
pub(super) fn is_forgotten(network: &Network, id: NatGatewayId, events: &mut Vec<Event>) {
    if network.nat_gateway(id).is_some_and(|gateway| matches!(gateway.state, NatState::Failed | NatState::Deleted)) {
        events.push(Event::NatGatewayForgotten(id));
    }
}
