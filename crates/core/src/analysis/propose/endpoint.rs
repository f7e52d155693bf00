//! Ways to services of AWS: the route of a gateway endpoint, and rules that name a service's prefix list.

use crate::addr::IpAddr;
use crate::control::command::{Command, CreateVpcEndpoint, ModifyVpcEndpoint};
use crate::dataplane::reason::{Evidence, RouteEvidence};
use crate::dataplane::verdict::Walk;
use crate::model::Tags;
use crate::model::endpoint::{EndpointKind, EndpointState};
use crate::model::network::Network;
use crate::model::prefix_list::PrefixList;
use crate::model::route_table::RouteTable;
use crate::model::security_group::Peer;

/// The list of AWS's own that has an address.
fn list_with(network: &Network, address: IpAddr) -> Option<&PrefixList> {
    network.prefix_lists().find(|list| list.by_aws && list.entry_of(address).is_some())
}

/// The peer of a rule for all of a service.
pub(super) fn peer(network: &Network, address: IpAddr) -> Option<Peer> {
    list_with(network, address).map(|list| Peer::PrefixList(list.id))
}

/// A gateway endpoint's route in a table: by the endpoint that the VPC has, or by a new one.
pub(super) fn route(network: &Network, table: &RouteTable, address: IpAddr) -> Option<Vec<Command>> {
    let list = list_with(network, address)?;
    let service = network.service_of_list(list)?;
    let mut of_vpc = network.endpoints().filter(|endpoint| endpoint.vpc == table.vpc && endpoint.kind == EndpointKind::Gateway);
    let existing = of_vpc.find(|endpoint| endpoint.service == service && endpoint.state == EndpointState::Available);
    let (none, tables) = (|| (Vec::new(), Vec::new()), vec![table.id]);
    Some(vec![match existing {
        Some(endpoint) => Command::ModifyVpcEndpoint(Box::new(ModifyVpcEndpoint {
            endpoint: endpoint.id,
            tables: (tables, Vec::new()),
            subnets: none(),
            groups: (Vec::new(), Vec::new()),
            private_dns: None,
        })),
        None => Command::CreateVpcEndpoint(Box::new(CreateVpcEndpoint {
            vpc: table.vpc,
            service: Some(list.name.clone()),
            interface: false,
            tables,
            subnets: Vec::new(),
            addresses: Vec::new(),
            groups: Vec::new(),
            private_dns: None,
            tags: Tags::new(),
        })),
    }])
}

/// The same for the table by which a packet left its subnet.
pub(super) fn route_of_walk(network: &Network, walk: &Walk, address: IpAddr) -> Option<Vec<Command>> {
    let table = walk.steps.iter().rev().find_map(|step| match step.evidence {
        Evidence::Route(RouteEvidence { table, .. }) => table,
        _ => None,
    });
    route(network, network.route_table(table?)?, address)
}
