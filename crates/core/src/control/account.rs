//! What a fresh account finds in a region: a default VPC that reaches the internet (`I10`).

use super::draft::Draft;
use super::vpc::{add_subnet, add_vpc};
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net};
use crate::id::InternetGatewayId;
use crate::model::event::Event;
use crate::model::gateway::InternetGateway;
use crate::model::network::Network;
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use crate::model::{AccountId, Tags};
use crate::time::Instant;

/// The events that make an empty region a fresh account's: the default VPC 172.31.0.0/16 with its tables, a default /20 subnet in each zone, and
/// an internet gateway with a default route. Apply them to [`Network::empty`] of the same region and account.
pub fn fresh_account(region: &str, account: AccountId) -> Vec<Event> {
    let network = Network::empty(region, account);
    let mut draft = Draft::new(&network, Instant::ZERO);
    let base = Ipv4Addr::new(172, 31, 0, 0);
    let Ok(block) = Ipv4Net::new(base, 16) else { return Vec::new() };
    let vpc = add_vpc(&mut draft, block, &Tags::new(), true);
    let made = draft.events.iter().find_map(|event| match event {
        Event::VpcCreated(vpc) => Some((vpc.main_route_table, vpc.default_acl)),
        _ => None,
    });
    let Some((table, acl)) = made else { return Vec::new() };
    for (cidr, zone) in block.subnets(20).into_iter().flatten().zip(network.zones()) {
        add_subnet(&mut draft, (vpc, acl), cidr, zone.clone(), (&Tags::new(), true));
    }
    let gateway: InternetGatewayId = draft.new_id();
    draft.push(Event::InternetGatewayCreated(Box::new(InternetGateway { id: gateway, vpc: Some(vpc), tags: Tags::new() })));
    let route = Route { target: RouteTarget::InternetGateway(gateway), origin: RouteOrigin::CreateRoute };
    draft.push(Event::RouteSet(table, Destination::Cidr(IpNet::V4(Ipv4Net::default())), route));
    draft.events
}
