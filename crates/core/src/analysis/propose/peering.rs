//! Ways over a peering connection (`R53`).

use crate::addr::{IpAddr, IpNet, block_has};
use crate::control::command::{Command, RouteTargetInput};
use crate::model::network::Network;
use crate::model::peering::PeeringState;
use crate::model::route_table::{Destination, RouteTable, RouteTarget};

/// A route to each peering connection of a table's VPC whose other end has the address.
pub(super) fn routes(network: &Network, table: &RouteTable, destination: IpAddr) -> Vec<Vec<Command>> {
    let mut ways = Vec::new();
    for peering in network.peerings_of(table.vpc).filter(|peering| peering.state == PeeringState::Active) {
        let Some(far) = peering.beyond(table.vpc) else { continue };
        let block = far.cidrs.iter().map(|cidr| IpNet::V4(*cidr)).find(|cidr| block_has(cidr, destination));
        ways.extend(block.map(|block| {
            let targets = vec![RouteTargetInput::Target(RouteTarget::Peering(peering.id))];
            vec![Command::SetRoute { table: table.id, destination: Destination::Cidr(block), targets, replace: false }]
        }));
    }
    ways
}
