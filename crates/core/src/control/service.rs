//! Our own acts: a service of AWS takes a subnet, and leaves it (`E80`, `E82`).
//!
//! AWS has no single call for it: each service has one of its own, which makes a function, a database or a load balancer as well. What all of them
//! have in common is the ENI, and that is what stands here.

use super::check;
use super::command::ServiceTakes;
use super::draft::Draft;
use super::error::{Refusal, TextKind};
use super::reply::Reply;
use super::service_eni::{self, ServiceEni};
use crate::id::EniId;

/// A service takes a subnet: one ENI, which it attaches and manages.
pub(super) fn takes(draft: &mut Draft, request: &ServiceTakes) -> Result<Reply, Refusal> {
    let service = request.service;
    let description = service.description(&request.name);
    check::description(TextKind::Interface, &description)?;
    let subnet = draft.subnet(request.subnet)?;
    let refusals: check::GroupRefusals =
        (|group| Refusal::SecurityGroupNotFound { group }, |group, subnet| Refusal::GroupOfOtherVpc { group, subnet });
    let groups = check::new_groups(draft, subnet, &request.groups, refusals)?;
    check::group_count(draft, groups.len())?;
    check::eni_quota(draft, 1)?;
    let wanted = ServiceEni {
        requester: service.requester(),
        kind: service.interface_type(),
        description,
        groups,
        source_dest_check: service.checks_addresses(),
        addresses: Vec::new(),
    };
    service_eni::add(draft, subnet, wanted).map(Reply::Eni)
}

/// A service gives up what it took. What an endpoint, a NAT gateway or a load balancer has goes with these.
pub(super) fn leaves(draft: &mut Draft, id: EniId) -> Result<Reply, Refusal> {
    let eni = draft.eni(id)?;
    let network = draft.network;
    let of_endpoint = network.endpoints().find(|endpoint| endpoint.enis().contains(&id)).map(|endpoint| endpoint.id.to_string());
    let of_gateway = || network.nat_gateways().find(|gateway| gateway.eni() == Some(id)).map(|gateway| gateway.id.to_string());
    let of_balancer = || network.load_balancer_of(eni).map(|balancer| balancer.path());
    let of_target = || network.mount_target_of(eni).map(|target| target.id.to_string());
    let of_function = || network.function_eni(id).map(|_| "AWS Lambda".to_owned());
    let of_transit = || network.transit_attachment_with(eni).map(|attachment| attachment.id.to_string());
    if let Some(owner) = of_endpoint.or_else(of_gateway).or_else(of_balancer).or_else(of_target).or_else(of_function).or_else(of_transit) {
        return Err(Refusal::EniOfOther { eni: id, owner });
    }
    if !eni.is_requester_managed() {
        return Err(Refusal::EniOfNoService { eni: id });
    }
    service_eni::remove(draft, id);
    Ok(Reply::Nothing)
}
