//! What a fresh account finds in a region: a default VPC that reaches the internet (`I10`).

use super::check;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::vpc::{add_subnet, add_vpc};
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net};
use crate::id::{InternetGatewayId, VpcId};
use crate::model::event::Event;
use crate::model::gateway::InternetGateway;
use crate::model::network::Network;
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use crate::model::{AccountId, Tags, Zone};
use crate::time::Instant;

/// The length of the prefix of a default subnet.
const SUBNET_SIZE: u8 = 20;

/// The events that make an empty region a fresh account's: the default VPC 172.31.0.0/16 with its tables, a default /20 subnet in each zone, and
/// an internet gateway with a default route. Apply them to [`Network::empty`] of the same region and account.
pub fn fresh_account(region: &str, account: AccountId) -> Vec<Event> {
    let network = Network::empty(region, account);
    let mut draft = Draft::new(&network, Instant::ZERO);
    add_default_vpc(&mut draft);
    draft.events
}

/// The block of a default VPC.
fn default_block() -> Ipv4Net {
    Ipv4Net::new(Ipv4Addr::new(172, 31, 0, 0), 16).unwrap_or_default()
}

/// A default VPC as AWS makes it, with its subnets and its way to the internet.
fn add_default_vpc(draft: &mut Draft) -> Option<VpcId> {
    let block = default_block();
    let id = add_vpc(draft, block, None, (&Tags::new(), true));
    let (table, acl) = draft.events.iter().find_map(|event| match event {
        Event::VpcCreated(vpc) => Some((vpc.main_route_table, vpc.default_acl)),
        _ => None,
    })?;
    for (cidr, zone) in block.subnets(SUBNET_SIZE).into_iter().flatten().zip(draft.network.zones()) {
        add_subnet(draft, (id, acl), (cidr, None), zone.clone(), (&Tags::new(), true));
    }
    let gateway: InternetGatewayId = draft.new_id();
    draft.push(Event::InternetGatewayCreated(Box::new(InternetGateway { id: gateway, vpc: Some(id), tags: Tags::new() })));
    let route = Route { target: RouteTarget::InternetGateway(gateway), origin: RouteOrigin::CreateRoute };
    draft.push(Event::RouteSet(table, Destination::Cidr(IpNet::V4(Ipv4Net::default())), route));
    Some(id)
}

/// CreateDefaultVpc: one in a region, and as a new account has it.
pub(super) fn create_default_vpc(draft: &mut Draft) -> Result<Reply, Refusal> {
    if let Some(vpc) = draft.network.default_vpc() {
        return Err(Refusal::DefaultVpcExists { vpc: vpc.id });
    }
    let limit = draft.network.quotas().vpcs;
    if draft.network.vpcs().len() >= limit {
        return Err(Refusal::VpcLimit { limit });
    }
    let limit = draft.network.quotas().internet_gateways;
    if draft.network.internet_gateways().len() >= limit {
        return Err(Refusal::InternetGatewayLimit { limit });
    }
    add_default_vpc(draft).map(Reply::Vpc).ok_or(Refusal::DefaultVpcMissing {})
}

/// CreateDefaultSubnet: one in each zone; it takes the lowest free block (`M`).
pub(super) fn create_default_subnet(draft: &mut Draft, zone: &Zone) -> Result<Reply, Refusal> {
    if !draft.network.zones().contains(zone) {
        return Err(check::unknown_zone(draft.network, zone));
    }
    let vpc = draft.network.default_vpc().ok_or(Refusal::DefaultVpcMissing {})?;
    let mut subnets = draft.network.subnets_of_vpc(vpc.id);
    if let Some(subnet) = subnets.find(|subnet| subnet.default_for_az && subnet.zone == *zone) {
        return Err(Refusal::DefaultSubnetExists { subnet: subnet.id, zone: zone.clone() });
    }
    let limit = draft.network.quotas().subnets_per_vpc;
    if draft.network.subnets_of_vpc(vpc.id).count() >= limit {
        return Err(Refusal::SubnetLimit { limit });
    }
    let is_free = |block: &Ipv4Net| !draft.network.subnets_of_vpc(vpc.id).any(|s| s.cidr.contains(block) || block.contains(&s.cidr));
    let blocks = vpc.cidrs.iter().filter_map(|block| block.cidr.subnets(SUBNET_SIZE).ok()).flatten();
    let Some(cidr) = blocks.into_iter().find(is_free) else { return Err(Refusal::NoDefaultBlock { vpc: vpc.id }) };
    Ok(Reply::Subnet(add_subnet(draft, (vpc.id, vpc.default_acl), (cidr, None), zone.clone(), (&Tags::new(), true))))
}
