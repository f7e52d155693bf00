//! Virtual private gateways, customer gateways and VPN connections (`R51`). All of them come and go at once (`M`).

use super::check;
use super::command::{CreateCustomerGateway, CreateVpnConnection};
use super::draft::Draft;
use super::edge;
use super::error::{Refusal, RouteDestination};
use super::propagation;
use super::reply::Reply;
use crate::addr::{IpNet, Ipv4Net};
use crate::id::{CustomerGatewayId, VpcId, VpnConnectionId, VpnGatewayId};
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::route_table::{Destination, RouteTableUser};
use crate::model::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use crate::table::Set;

/// CreateVpnGateway.
pub(super) fn create_gateway(draft: &mut Draft, amazon_side_asn: u64, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    let limit = draft.network.quotas().vpn_gateways;
    if draft.network.vpn_gateways().len() >= limit {
        return Err(Refusal::VpnGatewayLimit { limit });
    }
    let id = draft.new_id();
    draft.push(Event::VpnGatewayCreated(Box::new(VpnGateway { id, vpc: None, amazon_side_asn, tags: tags.clone() })));
    Ok(Reply::VpnGateway(id))
}

/// AttachVpnGateway: one for each VPC, one VPC for it. The same again changes nothing.
pub(super) fn attach(draft: &mut Draft, id: VpnGatewayId, vpc: VpcId) -> Result<Reply, Refusal> {
    let gateway = draft.vpn_gateway(id)?;
    draft.vpc(vpc)?;
    match gateway.vpc {
        Some(attached) if attached == vpc => return Ok(Reply::Nothing),
        Some(attached) => return Err(Refusal::VpnGatewayAttached { gateway: id, vpc: attached }),
        None => {}
    }
    if let Some(other) = draft.network.vpn_gateway_of(vpc) {
        return Err(Refusal::VpcHasVpnGateway { vpc, gateway: other.id });
    }
    draft.push(Event::VpnGatewayMoved(id, Some(vpc)));
    Ok(Reply::Nothing)
}

/// DetachVpnGateway: what it propagated goes, and its table (`R27`).
pub(super) fn detach(draft: &mut Draft, id: VpnGatewayId, vpc: VpcId) -> Result<Reply, Refusal> {
    let gateway = draft.vpn_gateway(id)?;
    draft.vpc(vpc)?;
    if gateway.vpc != Some(vpc) {
        return Err(Refusal::VpnGatewayNotAttached { gateway: id, vpc });
    }
    propagation::leave(draft, id);
    edge::leave(draft, RouteTableUser::VpnGateway(id));
    draft.push(Event::VpnGatewayMoved(id, None));
    Ok(Reply::Nothing)
}

/// DeleteVpnGateway.
pub(super) fn delete_gateway(draft: &mut Draft, id: VpnGatewayId) -> Result<Reply, Refusal> {
    let attached = draft.vpn_gateway(id)?.vpc.is_some();
    if attached || draft.network.vpn_connections().any(|connection| connection.vpn_gateway == id) {
        return Err(Refusal::VpnGatewayInUse { gateway: id });
    }
    draft.push(Event::VpnGatewayDeleted(id));
    Ok(Reply::Nothing)
}

/// CreateCustomerGateway. Asked for once more with the same address and number it is the same one.
pub(super) fn create_customer_gateway(draft: &mut Draft, request: &CreateCustomerGateway) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    let same = |gateway: &&CustomerGateway| gateway.ip == request.ip && gateway.bgp_asn == request.bgp_asn;
    if let Some(known) = draft.network.customer_gateways().find(same) {
        return Ok(Reply::CustomerGateway(known.id));
    }
    let limit = draft.network.quotas().customer_gateways;
    if draft.network.customer_gateways().len() >= limit {
        return Err(Refusal::CustomerGatewayLimit { limit });
    }
    let id = draft.new_id();
    draft.push(Event::CustomerGatewayCreated(Box::new(CustomerGateway {
        id,
        ip: request.ip,
        bgp_asn: request.bgp_asn,
        device_name: request.device_name.clone(),
        tags: request.tags.clone(),
    })));
    Ok(Reply::CustomerGateway(id))
}

/// DeleteCustomerGateway.
pub(super) fn delete_customer_gateway(draft: &mut Draft, id: CustomerGatewayId) -> Result<Reply, Refusal> {
    draft.customer_gateway(id)?;
    if draft.network.vpn_connections().any(|connection| connection.customer_gateway == id) {
        return Err(Refusal::CustomerGatewayInUse { gateway: id });
    }
    draft.push(Event::CustomerGatewayDeleted(id));
    Ok(Reply::Nothing)
}

/// CreateVpnConnection.
pub(super) fn create_connection(draft: &mut Draft, request: &CreateVpnConnection) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    draft.customer_gateway(request.customer_gateway)?;
    draft.vpn_gateway(request.vpn_gateway)?;
    let limit = draft.network.quotas().vpn_connections_per_gateway;
    if draft.network.vpn_connections().filter(|connection| connection.vpn_gateway == request.vpn_gateway).count() >= limit {
        return Err(Refusal::VpnConnectionLimit { limit });
    }
    let id = draft.new_id();
    draft.push(Event::VpnConnectionCreated(Box::new(VpnConnection {
        id,
        customer_gateway: request.customer_gateway,
        vpn_gateway: request.vpn_gateway,
        static_routes_only: request.static_routes_only,
        routes: Set::new(),
        tags: request.tags.clone(),
    })));
    Ok(Reply::VpnConnection(id))
}

/// DeleteVpnConnection: the routes that it alone brought are no longer propagated.
pub(super) fn delete_connection(draft: &mut Draft, id: VpnConnectionId) -> Result<Reply, Refusal> {
    let connection = draft.vpn_connection(id)?;
    let others = draft.network.vpn_connections().filter(|other| other.vpn_gateway == connection.vpn_gateway && other.id != id);
    let left = others.flat_map(|other| other.routes.iter().copied()).collect();
    draft.push(Event::VpnConnectionDeleted(id));
    propagation::routes_changed(draft, connection.vpn_gateway, left);
    Ok(Reply::Nothing)
}

/// CreateVpnConnectionRoute and DeleteVpnConnectionRoute. A route that is there already stays as it is.
pub(super) fn set_route(draft: &mut Draft, id: VpnConnectionId, destination: Ipv4Net, there: bool) -> Result<Reply, Refusal> {
    let connection = draft.vpn_connection(id)?;
    let destination = destination.trunc();
    if !connection.static_routes_only {
        return Err(Refusal::VpnRoutesNotStatic { connection: id });
    }
    match (connection.routes.contains(&destination), there) {
        (true, true) => return Ok(Reply::Nothing),
        (false, false) => {
            let destination = RouteDestination(Destination::Cidr(IpNet::V4(destination)));
            return Err(Refusal::VpnRouteNotFound { connection: id, destination });
        }
        _ => {}
    }
    let others = draft.network.vpn_connections().filter(|other| other.vpn_gateway == connection.vpn_gateway);
    let mut routes: Set<Ipv4Net> = others
        .flat_map(|other| other.routes.iter().copied().filter(move |block| there || other.id != id || *block != destination))
        .collect();
    if there {
        routes.insert(destination);
    }
    draft.push(Event::VpnConnectionRouteSet(id, destination, there));
    propagation::routes_changed(draft, connection.vpn_gateway, routes);
    Ok(Reply::Nothing)
}
