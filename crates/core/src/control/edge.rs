//! Route tables of gateways (`R27`, `R28`).

use super::command::EdgeGateway;
use super::draft::Draft;
use super::error::{Refusal, RouteDestination, RouteNeighbour};
use super::reply::Reply;
use crate::addr::IpNet;
use crate::id::RouteTableId;
use crate::model::event::Event;
use crate::model::route_table::{Destination, Route, RouteTable, RouteTableUser, RouteTarget};
use crate::model::vpc::Vpc;

/// AssociateRouteTable with a gateway. The same tie again changes nothing.
pub(super) fn associate(draft: &mut Draft, id: RouteTableId, gateway: EdgeGateway) -> Result<Reply, Refusal> {
    let table = draft.route_table(id)?;
    let (user, vpc, neighbour) = match gateway {
        EdgeGateway::Internet(id) => {
            (RouteTableUser::InternetGateway(id), draft.internet_gateway(id)?.vpc, RouteNeighbour::InternetGateway(id))
        }
        EdgeGateway::Vpn(id) => (RouteTableUser::VpnGateway(id), draft.vpn_gateway(id)?.vpc, RouteNeighbour::VpnGateway(id)),
    };
    if let Some(own) = draft.network.edge_table_of(user) {
        let tie = own.associations.iter().find(|(_, other)| **other == user).map(|(association, _)| *association);
        return match tie {
            Some(association) if own.id == id => Ok(Reply::RouteTableAssociation(association)),
            _ => Err(Refusal::SubnetHasTable { table: id, other: own.id }),
        };
    }
    if vpc != Some(table.vpc) {
        return Err(Refusal::DifferentNetwork { table: id, neighbour });
    }
    may_serve(draft, table)?;
    let association = draft.new_id();
    draft.push(Event::RouteTableAssociated(id, association, user));
    Ok(Reply::RouteTableAssociation(association))
}

/// Whether a gateway may use a table: it is not the main one, takes no propagated routes, and leads nowhere but to the VPC or whole subnets of
/// it, locally or through an ENI (`R28`).
pub(super) fn may_serve(draft: &Draft, table: &RouteTable) -> Result<(), Refusal> {
    let vpc = draft.vpc(table.vpc)?;
    if vpc.main_route_table == table.id {
        return Err(Refusal::MainTableAtEdge { table: table.id });
    }
    if !table.propagating.is_empty() {
        return Err(Refusal::PropagationAtEdge { table: table.id });
    }
    let wrong = |(to, route): &(&Destination, &Route)| {
        !matches!(route.target, RouteTarget::Local | RouteTarget::Eni(_))
            || !matches!(to, Destination::Cidr(cidr) if is_whole(draft, vpc, *cidr))
    };
    match table.routes.iter().find(wrong) {
        Some((to, _)) => Err(Refusal::RouteAtEdge { table: table.id, destination: RouteDestination(*to) }),
        None => Ok(()),
    }
}

/// Whether a block is a whole block of the VPC, or that of a whole subnet.
fn is_whole(draft: &Draft, vpc: &Vpc, cidr: IpNet) -> bool {
    vpc.blocks().any(|block| block == cidr)
        || draft
            .network
            .subnets_of_vpc(vpc.id)
            .any(|s| IpNet::V4(s.cidr) == cidr || s.ipv6_cidr.map(|block| IpNet::V6(block.cidr)) == Some(cidr))
}

/// Whether a gateway uses a table.
pub(super) fn is_edge(table: &RouteTable) -> bool {
    table.associations.values().any(|user| matches!(user, RouteTableUser::InternetGateway(_) | RouteTableUser::VpnGateway(_)))
}

/// A gateway that leaves its VPC leaves its table too (`M`).
pub(super) fn leave(draft: &mut Draft, user: RouteTableUser) {
    let Some(table) = draft.network.edge_table_of(user) else { return };
    let ties = table.associations.iter().filter(|(_, other)| **other == user);
    for (association, _) in ties {
        draft.events.push(Event::RouteTableDisassociated(table.id, *association));
    }
}
