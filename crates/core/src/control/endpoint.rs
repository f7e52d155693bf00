//! VPC endpoints (`R18`, `R55`, `R56`, `P42`): gateway endpoints keep routes in the tables named, interface endpoints one ENI in each subnet named.

use super::check;
use super::command::{CreateVpcEndpoint, ModifyVpcEndpoint};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::service_eni::{self, ServiceEni};
use super::wish::take_address;
use crate::addr::Ipv4Addr;
use crate::id::{EndpointId, EniId, GroupId, RouteTableId, SubnetId, VpcId};
use crate::model::endpoint::{Endpoint, EndpointKind, EndpointState, INTERFACE_SERVICES, prefix_list_of};
use crate::model::event::{EndpointChange, EniChange, Event, Transition};
use crate::model::network::Network;
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use crate::model::vpc::{Subnet, Vpc};
use crate::table::Set;

/// Who asks for the ENIs of interface endpoints (`M`: AWS shows the number of an account of its own).
const REQUESTER: &str = "amazon-vpce";

/// CreateVpcEndpoint.
pub(super) fn create(draft: &mut Draft, request: &CreateVpcEndpoint) -> Result<Reply, Refusal> {
    let Some(name) = &request.service else { return Err(Refusal::MissingParameter { parameter: "serviceName" }) };
    check::tags(&request.tags)?;
    let unsuited = match request.interface {
        true => (!request.tables.is_empty()).then_some("routeTableIds"),
        false if !request.subnets.is_empty() => Some("subnetIds"),
        false if !request.addresses.is_empty() => Some("subnetConfigurations"),
        false if !request.groups.is_empty() => Some("securityGroupIds"),
        false => (request.private_dns == Some(true)).then_some("privateDnsEnabled"),
    };
    if let Some(parameter) = unsuited {
        return Err(Refusal::NotForEndpointType { parameter, kind: if request.interface { "Interface" } else { "Gateway" } });
    }
    let service = service_of(draft, name, request.interface)?;
    let vpc = draft.vpc(request.vpc)?;
    quota(draft, vpc, request.interface)?;
    let id = draft.new_id();
    let kind = if request.interface {
        let groups = groups_of(draft, vpc, &request.groups)?;
        let private_dns = request.private_dns == Some(true);
        if private_dns {
            may_answer(draft, vpc, service)?;
        }
        let subnets: Vec<SubnetId> = request.subnets.iter().chain(request.addresses.iter().map(|(subnet, _)| subnet)).copied().collect();
        let enis = add_enis(draft, (id, vpc.id), (&subnets, &request.addresses), (&[], &groups))?;
        EndpointKind::Interface { enis, groups, private_dns }
    } else {
        add_routes(draft, (id, vpc.id), service, &request.tables)?;
        EndpointKind::Gateway
    };
    let state = if request.interface { EndpointState::Pending } else { EndpointState::Available };
    let (service, created) = (service.to_owned(), draft.now);
    let endpoint = Endpoint { id, vpc: vpc.id, service, kind, state, created, tags: request.tags.clone() };
    draft.push(Event::EndpointCreated(Box::new(endpoint)));
    if state == EndpointState::Pending {
        draft.schedule(draft.network.delays().endpoint_create, Transition::EndpointSettles(id));
    }
    Ok(Reply::Endpoint(id))
}

/// The service of a full name, if it has endpoints of that type.
fn service_of<'a>(draft: &Draft, name: &'a str, interface: bool) -> Result<&'a str, Refusal> {
    let unknown = || Refusal::EndpointServiceNotFound { service: name.chars().take(100).collect() };
    let rest = name.strip_prefix("com.amazonaws.").and_then(|rest| rest.strip_prefix(draft.network.region()));
    let service = rest.and_then(|rest| rest.strip_prefix('.')).ok_or_else(unknown)?;
    let has = (prefix_list_of(service).is_some(), INTERFACE_SERVICES.contains(&service));
    match (has, interface) {
        ((true, _), false) | ((_, true), true) => Ok(service),
        ((false, false), _) => Err(unknown()),
        ((true, false), true) => Err(Refusal::EndpointTypeOfService { wanted: "Interface", has: "Gateway" }),
        ((false, true), false) => Err(Refusal::EndpointTypeOfService { wanted: "Gateway", has: "Interface" }),
    }
}

/// Gateway endpoints are counted in the region, interface endpoints in their VPC.
fn quota(draft: &Draft, vpc: &Vpc, interface: bool) -> Result<(), Refusal> {
    let quotas = draft.network.quotas();
    let gateways = draft.network.endpoints().filter(|endpoint| endpoint.kind == EndpointKind::Gateway).count();
    let (count, limit) = match interface {
        false => (gateways, quotas.gateway_endpoints),
        true => {
            let own = draft.network.endpoints().filter(|endpoint| endpoint.vpc == vpc.id && endpoint.kind != EndpointKind::Gateway);
            (own.count(), quotas.interface_endpoints_per_vpc)
        }
    };
    if count >= limit { Err(Refusal::EndpointLimit { limit }) } else { Ok(()) }
}

/// The groups named, or the VPC's default one (`E6`).
fn groups_of(draft: &Draft, vpc: &Vpc, wanted: &[GroupId]) -> Result<Vec<GroupId>, Refusal> {
    let groups = check::distinct(wanted);
    for id in &groups {
        if draft.group(*id)?.vpc != vpc.id {
            return Err(Refusal::DifferentNetworks { group: *id, vpc: vpc.id });
        }
    }
    check::group_count(draft, groups.len())?;
    Ok(if groups.is_empty() { vec![vpc.default_group] } else { groups })
}

/// Whether the service's own name may lead to an endpoint in this VPC (`P42`).
fn may_answer(draft: &Draft, vpc: &Vpc, service: &str) -> Result<(), Refusal> {
    if !(vpc.dns_support && vpc.dns_hostnames) {
        return Err(Refusal::PrivateDnsNeedsNames { vpc: vpc.id });
    }
    let mut others = draft.network.endpoints().filter(|other| other.vpc == vpc.id && other.service == service);
    match others.find(|other| other.has_private_dns() && other.state != EndpointState::Deleting) {
        Some(other) => Err(Refusal::PrivateDnsTaken { endpoint: other.id, vpc: vpc.id }),
        None => Ok(()),
    }
}

/// A route to the service in each of these tables.
fn add_routes(draft: &mut Draft, (id, vpc): (EndpointId, VpcId), service: &str, tables: &[RouteTableId]) -> Result<(), Refusal> {
    let Some(list) = prefix_list_of(service) else { return Ok(()) };
    for table in check::distinct(tables) {
        let found = draft.route_table(table)?;
        if found.vpc != vpc {
            return Err(Refusal::NotInEndpointsVpc { what: table.to_string(), vpc });
        }
        if found.routes.contains_key(&Destination::PrefixList(list)) {
            return Err(Refusal::EndpointRouteExists { table, list });
        }
        let route = Route { target: RouteTarget::Endpoint(id), origin: RouteOrigin::CreateRoute };
        draft.push(Event::RouteSet(table, Destination::PrefixList(list), route));
    }
    Ok(())
}

/// An ENI in each of these subnets, beside those that the endpoint has: one in a zone.
fn add_enis(
    draft: &mut Draft,
    (endpoint, vpc): (EndpointId, VpcId),
    (subnets, addresses): (&[SubnetId], &[(SubnetId, Ipv4Addr)]),
    (has, groups): (&[EniId], &[GroupId]),
) -> Result<Vec<EniId>, Refusal> {
    let network = draft.network;
    let zone_of = |eni: &EniId| network.eni(*eni).and_then(|eni| network.subnet(eni.subnet)).map(|subnet| subnet.zone.clone());
    let mut zones: Set<_> = has.iter().filter_map(zone_of).collect();
    let mut places: Vec<&Subnet> = Vec::new();
    for id in check::distinct(subnets) {
        let subnet = draft.subnet(id)?;
        if subnet.vpc != vpc {
            return Err(Refusal::NotInEndpointsVpc { what: id.to_string(), vpc });
        }
        if !zones.insert(subnet.zone.clone()) {
            return Err(Refusal::EndpointZoneTaken { subnet: id });
        }
        places.push(subnet);
    }
    check::eni_quota(draft, places.len())?;
    let mut enis = Vec::new();
    for subnet in places {
        let description = format!("VPC Endpoint Interface {endpoint}");
        let addresses: Vec<Ipv4Addr> = addresses.iter().filter(|(of, _)| *of == subnet.id).map(|(_, ip)| *ip).take(1).collect();
        for ip in &addresses {
            take_address(draft, subnet, *ip, |ip, subnet| Refusal::AddressOutsideSubnet { ip, subnet })?;
        }
        let groups = groups.to_vec();
        let wanted = ServiceEni { requester: REQUESTER, kind: "vpc_endpoint", description, groups, source_dest_check: true, addresses };
        enis.push(service_eni::add(draft, subnet, wanted)?);
    }
    Ok(enis)
}

/// ModifyVpcEndpoint: routes of a gateway endpoint; subnets, groups and names of an interface endpoint.
pub(super) fn modify(draft: &mut Draft, request: &ModifyVpcEndpoint) -> Result<Reply, Refusal> {
    let endpoint = draft.endpoint(request.endpoint)?;
    let vpc = draft.vpc(endpoint.vpc)?;
    let of_gateway = !(request.tables.0.is_empty() && request.tables.1.is_empty());
    let of_interface =
        !(request.subnets.0.is_empty() && request.subnets.1.is_empty() && request.groups.0.is_empty() && request.groups.1.is_empty());
    let unsuited = match endpoint.kind {
        EndpointKind::Interface { .. } => of_gateway.then_some("addRouteTableIds"),
        EndpointKind::Gateway if of_interface => Some("addSubnetIds"),
        EndpointKind::Gateway => request.private_dns.and(Some("privateDnsEnabled")),
    };
    if let Some(parameter) = unsuited {
        return Err(Refusal::NotForEndpointType { parameter, kind: endpoint.kind_word() });
    }
    if endpoint.state == EndpointState::Deleting {
        return Err(Refusal::EndpointNotFound { endpoint: endpoint.id });
    }
    if let EndpointKind::Interface { enis, groups, private_dns } = &endpoint.kind {
        let groups = changed_groups(draft, (endpoint, vpc), groups, request)?;
        if request.private_dns == Some(true) && !private_dns {
            may_answer(draft, vpc, &endpoint.service)?;
        }
        change_subnets(draft, endpoint, (enis, &groups), request)?;
        if let Some(on) = request.private_dns {
            draft.push(Event::EndpointChanged(endpoint.id, EndpointChange::PrivateDns(on)));
        }
    } else {
        remove_routes(draft, endpoint, Some(&request.tables.1))?;
        add_routes(draft, (endpoint.id, vpc.id), &endpoint.service, &request.tables.0)?;
    }
    Ok(Reply::Nothing)
}

/// The groups of an endpoint's ENIs after a change, which all of them get (`E6`).
fn changed_groups(
    draft: &mut Draft,
    (endpoint, vpc): (&Endpoint, &Vpc),
    old: &[GroupId],
    request: &ModifyVpcEndpoint,
) -> Result<Vec<GroupId>, Refusal> {
    let (add, remove) = &request.groups;
    let kept = old.iter().filter(|group| !remove.contains(group));
    let wanted: Vec<GroupId> = kept.chain(add).copied().collect();
    if wanted.is_empty() {
        return Err(Refusal::LastEndpointGroup { endpoint: endpoint.id });
    }
    let new = groups_of(draft, vpc, &wanted)?;
    if new != old {
        for eni in endpoint.enis() {
            draft.push(Event::EniChanged(*eni, EniChange::Groups(new.clone())));
        }
        draft.push(Event::EndpointChanged(endpoint.id, EndpointChange::Groups(new.clone())));
    }
    Ok(new)
}

fn change_subnets(
    draft: &mut Draft,
    endpoint: &Endpoint,
    (enis, groups): (&[EniId], &[GroupId]),
    request: &ModifyVpcEndpoint,
) -> Result<(), Refusal> {
    let (add, remove) = &request.subnets;
    let network = draft.network;
    let subnet_of = |eni: &EniId| network.eni(*eni).map(|eni| eni.subnet);
    for subnet in remove {
        if !enis.iter().any(|eni| subnet_of(eni) == Some(*subnet)) {
            return Err(Refusal::NotOfEndpoint { what: subnet.to_string(), endpoint: endpoint.id });
        }
    }
    let (gone, mut kept): (Vec<EniId>, Vec<EniId>) =
        enis.iter().partition(|eni| subnet_of(eni).is_some_and(|subnet| remove.contains(&subnet)));
    for eni in &gone {
        service_eni::remove(draft, *eni);
    }
    let new = add_enis(draft, (endpoint.id, endpoint.vpc), (add, &[]), (&kept, groups))?;
    if !(gone.is_empty() && new.is_empty()) {
        kept.extend(new);
        draft.push(Event::EndpointChanged(endpoint.id, EndpointChange::Enis(kept)));
    }
    Ok(())
}

/// Takes the routes of a gateway endpoint out of these tables, or out of all.
fn remove_routes(draft: &mut Draft, endpoint: &Endpoint, of: Option<&[RouteTableId]>) -> Result<(), Refusal> {
    let network = draft.network;
    let own: Vec<(RouteTableId, Destination)> = network.routes_of_endpoint(endpoint.id).collect();
    for table in of.unwrap_or_default() {
        draft.route_table(*table)?;
        if !own.iter().any(|(with, _)| with == table) {
            return Err(Refusal::NotOfEndpoint { what: table.to_string(), endpoint: endpoint.id });
        }
    }
    for (table, destination) in own {
        if of.is_none_or(|of| of.contains(&table)) {
            draft.push(Event::RouteRemoved(table, destination));
        }
    }
    Ok(())
}

/// DeleteVpcEndpoints: those that are there go; the others are listed in the answer.
pub(super) fn delete(draft: &mut Draft, ids: &[EndpointId]) -> Result<Reply, Refusal> {
    if ids.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "vpcEndpointId" });
    }
    let mut unsuccessful = Vec::new();
    for id in check::distinct(ids) {
        match draft.endpoint(id) {
            Err(refusal) => unsuccessful.push((id.to_string(), refusal)),
            Ok(endpoint) if endpoint.state == EndpointState::Deleting => {}
            Ok(endpoint) => {
                remove_routes(draft, endpoint, None)?;
                draft.push(Event::EndpointChanged(id, EndpointChange::State(EndpointState::Deleting)));
                draft.schedule(draft.network.delays().endpoint_delete, Transition::EndpointGoes(id));
            }
        }
    }
    Ok(Reply::Unsuccessful(unsuccessful))
}

/// What a transition brings of an endpoint.
pub(super) fn events_of(network: &Network, transition: Transition, events: &mut Vec<Event>) {
    match transition {
        Transition::EndpointSettles(id) if network.endpoint(id).is_some_and(|endpoint| endpoint.state == EndpointState::Pending) => {
            events.push(Event::EndpointChanged(id, EndpointChange::State(EndpointState::Available)));
        }
        Transition::EndpointGoes(id) => {
            let Some(endpoint) = network.endpoint(id).filter(|endpoint| endpoint.state == EndpointState::Deleting) else { return };
            for eni in endpoint.enis().iter().filter_map(|eni| network.eni(*eni)) {
                super::elastic_ip::events_of_unmapping(eni, events);
                events.push(Event::EniDeleted(eni.id));
            }
            events.push(Event::EndpointDeleted(id));
        }
        _ => {}
    }
}
