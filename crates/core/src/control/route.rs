//! Route tables and routes (`R1` to `R18`).

use super::check;
use super::command::RouteTargetInput;
use super::defaults::new_table;
use super::draft::Draft;
use super::edge;
use super::error::{Refusal, RouteDestination, RouteNeighbour};
use super::prefix_list::nameable;
use super::propagation;
use super::reply::Reply;
use super::weight::{weight, weight_of_routes};
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::{PrefixListId, RouteTableAssociationId, RouteTableId, SubnetId, VpcId};
use crate::model::Tags;
use crate::model::event::{Event, VpcChange};
use crate::model::nat_gateway::{NatGateway, NatState};
use crate::model::prefix_list::AddressFamily;
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use crate::model::transit::TransitState;

/// CreateRouteTable.
pub(super) fn create_table(draft: &mut Draft, vpc: VpcId, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    let vpc = draft.vpc(vpc)?;
    let limit = draft.network.quotas().route_tables_per_vpc;
    if draft.network.route_tables().filter(|table| table.vpc == vpc.id).count() >= limit {
        return Err(Refusal::RouteTableLimit { limit });
    }
    let id = draft.new_id();
    draft.push(Event::RouteTableCreated(Box::new(new_table(vpc, id, tags.clone()))));
    Ok(Reply::RouteTable(id))
}

/// DeleteRouteTable (`R2`).
pub(super) fn delete_table(draft: &mut Draft, id: RouteTableId) -> Result<Reply, Refusal> {
    let table = draft.route_table(id)?;
    if !table.associations.is_empty() || draft.vpc(table.vpc)?.main_route_table == id {
        return Err(Refusal::RouteTableInUse { table: id });
    }
    draft.push(Event::RouteTableDeleted(id));
    Ok(Reply::Nothing)
}

/// CreateRoute, or ReplaceRoute.
pub(super) fn set_route(
    draft: &mut Draft,
    id: RouteTableId,
    destination: Destination,
    targets: &[RouteTargetInput],
    replace: bool,
) -> Result<Reply, Refusal> {
    let target = match targets {
        [] => return Err(Refusal::NoRouteTarget {}),
        [target] => target,
        _ => return Err(Refusal::SeveralRouteTargets {}),
    };
    let destination = without_host_bits(destination);
    let table = draft.route_table(id)?;
    let target = found_target(draft, table, target)?;
    // What a gateway propagates is not there for those who write routes: a static route takes its place (`R5`).
    let existing = table.routes.get(&destination).filter(|route| route.origin != RouteOrigin::EnableVgwRoutePropagation);
    let shown = RouteDestination(destination);
    match (existing, replace) {
        (Some(_), false) => return Err(Refusal::RouteExists { table: id, destination: shown }),
        (None, true) => return Err(Refusal::NoRouteToReplace { table: id, destination: shown }),
        _ => {}
    }
    match destination {
        Destination::PrefixList(_) if existing.is_some_and(|route| matches!(route.target, RouteTarget::Endpoint(_))) => {
            return Err(Refusal::EndpointRoute { table: id, destination: shown });
        }
        Destination::PrefixList(list) => may_lead_to_list(draft, table, list, &target)?,
        Destination::Cidr(cidr) => may_lead(draft, table, cidr, &target)?,
    }
    if existing.is_none() {
        quota(draft, table, destination)?;
    }
    let origin = match existing {
        Some(route) if route.origin == RouteOrigin::CreateRouteTable => RouteOrigin::CreateRouteTable,
        _ => RouteOrigin::CreateRoute,
    };
    draft.push(Event::RouteSet(id, destination, Route { target, origin }));
    Ok(Reply::Nothing)
}

fn without_host_bits(destination: Destination) -> Destination {
    match destination {
        Destination::Cidr(cidr) => Destination::Cidr(cidr.trunc()),
        other => other,
    }
}

/// The target as it is stored, once it is there and in the table's network (`R9`, `R10`).
fn found_target(draft: &Draft, table: &RouteTable, input: &RouteTargetInput) -> Result<RouteTarget, Refusal> {
    let target = match input {
        RouteTargetInput::Instance(id) => {
            let instance = draft.instance(*id)?;
            match instance.primary_eni() {
                Some(eni) if instance.enis.len() == 1 => RouteTarget::Eni(eni),
                None => return Err(Refusal::InstanceNotReady { instance: *id, state: instance.state }),
                _ => return Err(Refusal::SeveralEnis { instance: *id }),
            }
        }
        RouteTargetInput::Target(target) => target.clone(),
    };
    let unsupported = |target: String| Refusal::UnsupportedTarget { table: table.id, target };
    let (vpc, neighbour) = match &target {
        RouteTarget::Local => return Ok(target),
        RouteTarget::InternetGateway(id) => (draft.internet_gateway(*id)?.vpc, RouteNeighbour::InternetGateway(*id)),
        RouteTarget::VpnGateway(id) => (draft.vpn_gateway(*id)?.vpc, RouteNeighbour::VpnGateway(*id)),
        RouteTarget::NatGateway(id) => {
            // One that is gone or never came to be is no target, though it is still listed.
            let works = |gateway: &&NatGateway| matches!(gateway.state, NatState::Pending | NatState::Available);
            let gateway = draft.network.nat_gateway(*id).filter(works).ok_or(Refusal::RouteNatGatewayNotFound { gateway: *id })?;
            (Some(gateway.vpc), RouteNeighbour::NatGateway(*id))
        }
        RouteTarget::Eni(id) => (Some(draft.eni(*id)?.vpc), RouteNeighbour::Eni(*id)),
        RouteTarget::Peering(id) => {
            // One that waits may be led to already: the route is a blackhole until it is accepted (`R52`).
            let peering = draft.peering(*id)?;
            if peering.state.is_over() {
                return Err(Refusal::PeeringNotFound { peering: *id });
            }
            (peering.joins(table.vpc).then_some(table.vpc), RouteNeighbour::Peering(*id))
        }
        RouteTarget::EgressOnlyGateway(id) => (Some(draft.egress_only_gateway(*id)?.vpc), RouteNeighbour::EgressOnlyGateway(*id)),
        RouteTarget::TransitGateway(id) => {
            // AWS says of a gateway without an attachment in the VPC that it is not there.
            let attachment = draft.network.transit_attachment_of(*id, table.vpc).filter(|one| one.state == TransitState::Available);
            return match attachment {
                Some(_) => Ok(target),
                None => Err(Refusal::RouteTransitGatewayNotFound { gateway: *id, vpc: table.vpc }),
            };
        }
        RouteTarget::Endpoint(id) => return Err(unsupported(id.to_string())),
        RouteTarget::Unmodelled(text) => return Err(unsupported(text.clone())),
    };
    if vpc == Some(table.vpc) { Ok(target) } else { Err(Refusal::DifferentNetwork { table: table.id, neighbour }) }
}

/// Whether a table may lead to this block through this target (`R3`, `R7`, `R14`, `R28`).
fn may_lead(draft: &Draft, table: &RouteTable, cidr: IpNet, target: &RouteTarget) -> Result<(), Refusal> {
    if is_service_range(cidr) {
        return Err(Refusal::ServiceDestination { destination: cidr });
    }
    let inward = matches!(target, RouteTarget::Eni(_) | RouteTarget::NatGateway(_));
    if matches!((cidr, target), (IpNet::V4(_), RouteTarget::EgressOnlyGateway(_))) {
        return Err(Refusal::Ipv6TargetOnly { destination: cidr });
    }
    let is_edge = edge::is_edge(table);
    if is_edge && !matches!(target, RouteTarget::Eni(_) | RouteTarget::Local) {
        return Err(Refusal::EdgeTarget { table: table.id });
    }
    let vpc = draft.vpc(table.vpc)?;
    let blocks = vpc.blocks();
    let Some(block) = blocks.into_iter().find(|block| block.contains(&cidr)) else {
        let local = *target == RouteTarget::Local;
        if is_edge {
            return Err(Refusal::EdgeDestination { table: table.id, destination: cidr });
        }
        return if local { Err(Refusal::LocalOutside { table: table.id, destination: cidr }) } else { Ok(()) };
    };
    let is_subnet = || {
        draft
            .network
            .subnets_of_vpc(vpc.id)
            .any(|s| IpNet::V4(s.cidr) == cidr || s.ipv6_cidr.map(|block| IpNet::V6(block.cidr)) == Some(cidr))
    };
    match (inward, *target == RouteTarget::Local && block == cidr) {
        (false, false) => Err(Refusal::InsideLocal { table: table.id, destination: cidr }),
        (true, _) if block != cidr && !is_subnet() => Err(Refusal::NoSuchSubnetBlock { table: table.id, destination: cidr }),
        _ => Ok(()),
    }
}

/// The same for every block of a prefix list. A gateway's table has none (`R28`), and no list leads to the inside of the VPC.
fn may_lead_to_list(draft: &Draft, table: &RouteTable, list: PrefixListId, target: &RouteTarget) -> Result<(), Refusal> {
    nameable(draft, list)?;
    if edge::is_edge(table) {
        return Err(Refusal::RouteAtEdge { table: table.id, destination: RouteDestination(Destination::PrefixList(list)) });
    }
    if *target == RouteTarget::Local {
        return Err(Refusal::UnsupportedTarget { table: table.id, target: "local".to_owned() });
    }
    draft.prefix_list(list)?.entries.iter().try_for_each(|entry| may_lead(draft, table, entry.cidr, target))
}

/// 169.254.168.0/22 and fd00:ec2::/32 belong to AWS's own services (`R14`).
fn is_service_range(cidr: IpNet) -> bool {
    match cidr {
        IpNet::V4(cidr) => Ipv4Net::new(Ipv4Addr::new(169, 254, 168, 0), 22).is_ok_and(|range| range.contains(&cidr)),
        IpNet::V6(cidr) => Ipv6Net::new(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32).is_ok_and(|range| range.contains(&cidr)),
    }
}

/// Routes are counted by family, a prefix list as many times as it may have entries; propagated ones are not counted (`R17`, `S10`).
fn quota(draft: &Draft, table: &RouteTable, destination: Destination) -> Result<(), Refusal> {
    let network = draft.network;
    let family = match destination {
        Destination::Cidr(cidr) => AddressFamily::of(cidr),
        Destination::PrefixList(id) => draft.prefix_list(id)?.family,
    };
    let limit = network.quotas().routes_per_table;
    let new = weight(network, destination, family, None);
    if weight_of_routes(network, table, family, None).saturating_add(new) > limit {
        return Err(Refusal::RouteLimit { table: table.id, limit });
    }
    Ok(())
}

/// DeleteRoute.
pub(super) fn delete_route(draft: &mut Draft, id: RouteTableId, destination: Destination) -> Result<Reply, Refusal> {
    let destination = without_host_bits(destination);
    let shown = RouteDestination(destination);
    let table = draft.route_table(id)?;
    let written = table.routes.get(&destination).filter(|route| route.origin != RouteOrigin::EnableVgwRoutePropagation);
    let route = written.ok_or(Refusal::RouteNotFound { table: id, destination: shown })?;
    if route.origin == RouteOrigin::CreateRouteTable {
        return Err(Refusal::LocalRoute { table: id, destination: shown });
    }
    if matches!((destination, &route.target), (Destination::PrefixList(_), RouteTarget::Endpoint(_))) {
        return Err(Refusal::EndpointRoute { table: id, destination: shown });
    }
    draft.push(Event::RouteRemoved(id, destination));
    let freed = propagation::Difference { routes: None, freed: Some(destination) };
    propagation::follow(draft, table, &table.propagating, &freed);
    Ok(Reply::Nothing)
}

/// AssociateRouteTable with a subnet. The same tie again changes nothing.
pub(super) fn associate(draft: &mut Draft, id: RouteTableId, subnet: SubnetId) -> Result<Reply, Refusal> {
    let table = draft.route_table(id)?;
    let subnet = draft.subnet(subnet)?;
    let user = RouteTableUser::Subnet(subnet.id);
    if let Some(own) = draft.network.own_route_table_of(subnet) {
        let tie = own.associations.iter().find(|(_, other)| **other == user).map(|(association, _)| *association);
        return match tie {
            Some(association) if own.id == id => Ok(Reply::RouteTableAssociation(association)),
            _ => Err(Refusal::SubnetHasTable { table: id, other: own.id }),
        };
    }
    if table.vpc != subnet.vpc {
        return Err(Refusal::DifferentNetwork { table: id, neighbour: RouteNeighbour::Subnet(subnet.id) });
    }
    let association = draft.new_id();
    draft.push(Event::RouteTableAssociated(id, association, user));
    Ok(Reply::RouteTableAssociation(association))
}

/// The table that an association belongs to, and who uses it.
fn association_of<'n>(draft: &Draft<'n>, association: RouteTableAssociationId) -> Result<(&'n RouteTable, RouteTableUser), Refusal> {
    let found = draft.network.route_table_by_association(association);
    let user = found.and_then(|table| table.associations.get(&association).copied());
    found.zip(user).ok_or(Refusal::RouteTableAssociationNotFound { association })
}

/// DisassociateRouteTable: a subnet uses the main table again (`R1`), a gateway none.
pub(super) fn disassociate(draft: &mut Draft, association: RouteTableAssociationId) -> Result<Reply, Refusal> {
    let (table, user) = association_of(draft, association)?;
    if user == RouteTableUser::Main {
        return Err(Refusal::MainAssociation { association });
    }
    draft.push(Event::RouteTableDisassociated(table.id, association));
    Ok(Reply::Nothing)
}

/// ReplaceRouteTableAssociation: of a subnet or a gateway, or of a VPC, which makes another table the main one (`R2`).
pub(super) fn replace_association(draft: &mut Draft, association: RouteTableAssociationId, id: RouteTableId) -> Result<Reply, Refusal> {
    let (old, user) = association_of(draft, association)?;
    let table = draft.route_table(id)?;
    if table.vpc != old.vpc {
        return Err(match user {
            RouteTableUser::Subnet(subnet) => Refusal::DifferentNetwork { table: id, neighbour: RouteNeighbour::Subnet(subnet) },
            _ => Refusal::DifferentNetwork { table: id, neighbour: RouteNeighbour::Vpc(old.vpc) },
        });
    }
    match user {
        RouteTableUser::InternetGateway(_) | RouteTableUser::VpnGateway(_) => edge::may_serve(draft, table)?,
        RouteTableUser::Main if edge::is_edge(table) => return Err(Refusal::MainTableAtEdge { table: id }),
        RouteTableUser::Main | RouteTableUser::Subnet(_) => {}
    }
    let new = draft.new_id();
    draft.push(Event::RouteTableDisassociated(old.id, association));
    draft.push(Event::RouteTableAssociated(id, new, user));
    if user == RouteTableUser::Main {
        draft.push(Event::VpcChanged(table.vpc, VpcChange::MainRouteTable(id)));
    }
    Ok(Reply::RouteTableAssociation(new))
}
