//! Ways through a transit gateway: routes to it, its attachments, and its tables (`R57`, `R64` to `R68`).

use crate::addr::{IpAddr, IpNet, Ipv4Net};
use crate::control::command::{Command, NewTransitAttachment, RouteTargetInput, TransitAct, TransitAttachmentChange};
use crate::dataplane::reason::{RouteEvidence, Target};
use crate::dataplane::verdict::{Place, Seen, Walk};
use crate::id::{SubnetId, TransitAttachmentId, TransitGatewayId, TransitTableId, VpcId};
use crate::model::Tags;
use crate::model::network::Network;
use crate::model::route_table::{Destination, RouteTable, RouteTarget};
use crate::model::transit::{TransitAttachment, TransitOptions, TransitRoute, TransitState};

fn act(command: TransitAct) -> Vec<Command> {
    vec![Command::Transit(Box::new(command))]
}

/// A route to each transit gateway that joins a table's VPC with the VPC of an address.
pub(super) fn routes(network: &Network, table: &RouteTable, destination: IpAddr, replace: bool) -> Vec<Vec<Command>> {
    let working = |one: &&TransitAttachment| one.state == TransitState::Available;
    let own = network.transit_attachments().filter(|one| one.vpc == table.vpc).filter(working);
    let way = |own: &TransitAttachment| {
        let far = attachment_to(network, own.gateway, destination, own.id)?;
        let block = network.vpc(far.vpc)?.blocks().find(|block| block.contains(&destination))?;
        let targets = vec![RouteTargetInput::Target(RouteTarget::TransitGateway(own.gateway))];
        Some(vec![Command::SetRoute { table: table.id, destination: Destination::Cidr(block), targets, replace }])
    };
    own.filter_map(way).collect()
}

/// The attachment of the VPC that has an address, other than the one by which a packet comes.
fn attachment_to(network: &Network, gateway: TransitGatewayId, address: IpAddr, from: TransitAttachmentId) -> Option<&TransitAttachment> {
    let has = |one: &&TransitAttachment| network.vpc(one.vpc).is_some_and(|vpc| vpc.has_address(address));
    let of_gateway = |one: &&TransitAttachment| one.gateway == gateway && one.id != from && one.state == TransitState::Available;
    network.transit_attachments().filter(of_gateway).find(has)
}

/// The attachment gets an ENI in the sender's zone: in its own subnet, which is one of the zone.
pub(super) fn zone(network: &Network, step: Seen<'_>, route: RouteEvidence) -> Vec<Vec<Command>> {
    let (Place::Subnet(subnet), Some(Target::TransitGateway(gateway))) = (step.place, route.target) else { return Vec::new() };
    let vpc = network.subnet(subnet).map(|subnet| subnet.vpc);
    let attachment = vpc.and_then(|vpc| network.transit_attachment_of(gateway, vpc));
    let add = |subnet: SubnetId| TransitAttachmentChange { add: vec![subnet], ..TransitAttachmentChange::default() };
    attachment.map(|one| act(TransitAct::ModifyAttachment(one.id, add(subnet)))).into_iter().collect()
}

/// The VPC is attached to the gateway again, in the subnet from which the packet comes.
pub(super) fn attach(network: &Network, walk: &Walk, gateway: TransitGatewayId, vpc: VpcId) -> Vec<Vec<Command>> {
    let free = network.transit_gateway(gateway).is_some_and(|gateway| gateway.state == TransitState::Available);
    let subnet = walk.blocker().and_then(|step| match step.place {
        Place::Subnet(subnet) => Some(subnet),
        _ => None,
    });
    let new = |subnet| NewTransitAttachment { gateway, vpc, subnets: vec![subnet], options: TransitOptions::default(), tags: Tags::new() };
    subnet.filter(|_| free).map(|subnet| act(TransitAct::CreateAttachment(new(subnet)))).into_iter().collect()
}

/// At the gateway: the attachment is associated with a table; the VPC that has the address propagates to the table, IPv6 too; a route leads to its attachment,
/// or, for an address of no VPC, to that of one with a way out; a blackhole goes.
pub(super) fn acts(
    network: &Network,
    step: Seen<'_>,
    (from, table, route): (TransitAttachmentId, Option<TransitTableId>, Option<TransitRoute>),
) -> Vec<Vec<Command>> {
    let Some(own) = network.transit_attachment(from) else { return Vec::new() };
    let Some(table) = table else { return tables(network, own) };
    let (destination, mut ways) = (step.packet.destination, Vec::new());
    let far = attachment_to(network, own.gateway, destination, from);
    let found = network.transit_table(table);
    if let (Some(far), Some(found)) = (far, found) {
        let propagates = found.propagations.contains(&far.id);
        let mut all = if propagates { Vec::new() } else { act(TransitAct::Propagate(table, far.id, true)) };
        if destination.is_ipv6() && !far.options.ipv6 {
            let change = TransitAttachmentChange { ipv6: Some(true), ..TransitAttachmentChange::default() };
            all.extend(act(TransitAct::ModifyAttachment(far.id, change)));
        }
        ways.extend(Some(all).filter(|all| !all.is_empty()));
    }
    let set = |destination, to: &TransitAttachment, replace| {
        act(TransitAct::SetRoute { table, destination, to: Some(to.id), blackhole: false, replace })
    };
    match (route, far) {
        (Some(route), _) if !route.propagated => {
            ways.extend(far.map(|far| set(route.destination, far, true)));
            ways.push(act(TransitAct::DeleteRoute(table, route.destination)));
        }
        (None, Some(far)) => {
            let block = network.vpc(far.vpc).and_then(|vpc| vpc.blocks().find(|block| block.contains(&destination)));
            ways.extend(block.map(|block| set(block, far, false)));
        }
        (None, None) if destination.is_ipv4() => {
            let leads_out = |one: &&TransitAttachment| one.gateway == own.gateway && one.id != from && leads_out(network, one.vpc);
            let outward = network.transit_attachments().filter(|one| one.state == TransitState::Available).filter(leads_out);
            ways.extend(outward.map(|one| set(IpNet::V4(Ipv4Net::default()), one, false)));
        }
        _ => {}
    }
    ways
}

/// Whether a VPC has a NAT gateway, by which others may go out.
fn leads_out(network: &Network, vpc: VpcId) -> bool {
    network.nat_gateways().any(|nat| nat.vpc == vpc && nat.public && nat.stands())
}

/// The tables that an attachment may be associated with, the default one first.
fn tables(network: &Network, own: &TransitAttachment) -> Vec<Vec<Command>> {
    let default = network.transit_gateway(own.gateway).and_then(|gateway| gateway.association_table);
    let others = network.transit_tables().filter(|table| table.gateway == own.gateway && table.state == TransitState::Available);
    let others = others.map(|table| table.id).filter(|id| Some(*id) != default);
    default.into_iter().chain(others).map(|table| act(TransitAct::Associate(table, own.id, true))).collect()
}
