//! VPCs and subnets (`E47`, `L14`, `L15`).

use super::command::CreateSubnet;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::{block, check, defaults, dhcp_options, reservation};
use crate::addr::{Ipv4Net, Ipv6Net};
use crate::id::{SubnetId, VpcId};
use crate::model::event::{Event, VpcChange};
use crate::model::nat_gateway::NatGateway;
use crate::model::network::Network;
use crate::model::route_table::RouteTableUser;
use crate::model::vpc::{LaunchNames, Subnet, SubnetIpv6Cidr, Vpc, VpcCidr, VpcIpv6Cidr, is_block_size};
use crate::model::{Tags, Zone};

/// CreateVpc.
pub(super) fn create_vpc(draft: &mut Draft, cidr: Ipv4Net, amazon_ipv6: bool, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    let cidr = cidr.trunc();
    if !is_block_size(cidr) || block::is_forbidden(cidr) {
        return Err(Refusal::VpcRange { cidr });
    }
    let limit = draft.network.quotas().vpcs;
    if draft.network.vpcs().len() >= limit {
        return Err(Refusal::VpcLimit { limit });
    }
    let ipv6 = if amazon_ipv6 { Some(block::amazon_ipv6(draft)?) } else { None };
    Ok(Reply::Vpc(add_vpc(draft, cidr, ipv6, (tags, false))))
}

/// A VPC with what comes with it: main route table, default network ACL, default group.
pub(super) fn add_vpc(draft: &mut Draft, cidr: Ipv4Net, ipv6: Option<Ipv6Net>, (tags, is_default): (&Tags, bool)) -> VpcId {
    let dhcp_options = Some(dhcp_options::of_new_vpc(draft));
    let id = draft.new_id();
    let vpc = Vpc {
        id,
        cidrs: vec![VpcCidr { association: draft.new_id(), cidr }],
        ipv6_cidrs: ipv6.into_iter().map(|cidr| VpcIpv6Cidr { association: draft.new_id(), cidr }).collect(),
        is_default,
        main_route_table: draft.new_id(),
        default_acl: draft.new_id(),
        default_group: draft.new_id(),
        dhcp_options,
        dns_support: true,
        dns_hostnames: is_default,
        tags: tags.clone(),
    };
    let mut table = defaults::new_table(&vpc, vpc.main_route_table, Tags::new());
    table.associations.insert(draft.new_id(), RouteTableUser::Main);
    let acl = defaults::default_acl(&vpc);
    let group = defaults::default_group(draft, &vpc);
    draft.push(Event::VpcCreated(Box::new(vpc)));
    draft.push(Event::RouteTableCreated(Box::new(table)));
    draft.push(Event::AclCreated(Box::new(acl)));
    draft.push(Event::GroupCreated(Box::new(group)));
    id
}

/// ModifyVpcAttribute: one attribute a call.
pub(super) fn modify_vpc(draft: &mut Draft, id: VpcId, support: Option<bool>, hostnames: Option<bool>) -> Result<Reply, Refusal> {
    let change = match (support, hostnames) {
        (Some(on), None) => VpcChange::DnsSupport(on),
        (None, Some(on)) => VpcChange::DnsHostnames(on),
        (None, None) => return Err(Refusal::NoAttributes {}),
        (Some(_), Some(_)) => return Err(Refusal::SeveralAttributes { attributes: "enableDnsSupport, enableDnsHostnames".to_owned() }),
    };
    draft.vpc(id)?;
    draft.push(Event::VpcChanged(id, change));
    Ok(Reply::Nothing)
}

/// DeleteVpc.
pub(super) fn delete_vpc(draft: &mut Draft, id: VpcId) -> Result<Reply, Refusal> {
    let vpc = draft.vpc(id)?;
    if vpc_has_dependents(draft.network, vpc) {
        return Err(Refusal::VpcInUse { vpc: id });
    }
    draft.push(Event::VpcDeleted(id));
    Ok(Reply::Nothing)
}

/// Whether anything stands in the VPC but what came with it, or anything elsewhere names its default group.
fn vpc_has_dependents(network: &Network, vpc: &Vpc) -> bool {
    network.subnets_of_vpc(vpc.id).next().is_some()
        || network.internet_gateway_of(vpc.id).is_some()
        || network.egress_only_gateways().any(|gateway| gateway.vpc == vpc.id)
        || network.vpn_gateways().any(|gateway| gateway.vpc == Some(vpc.id))
        || network.groups().any(|group| group.vpc == vpc.id && group.id != vpc.default_group)
        || network.route_tables().any(|table| table.vpc == vpc.id && table.id != vpc.main_route_table)
        || network.acls().any(|acl| acl.vpc == vpc.id && acl.id != vpc.default_acl)
        || network.endpoints().any(|endpoint| endpoint.vpc == vpc.id)
        || network.peerings_of(vpc.id).next().is_some()
        || network.is_referenced(vpc.default_group)
}

/// CreateSubnet.
pub(super) fn create_subnet(draft: &mut Draft, request: &CreateSubnet) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    let cidr = request.cidr.trunc();
    let zone = request.zone.as_ref();
    if let Some(zone) = zone
        && !draft.network.zones().contains(zone)
    {
        return Err(check::unknown_zone(draft.network, zone));
    }
    let vpc = draft.vpc(request.vpc)?;
    let inside = vpc.cidrs.iter().any(|block| block.cidr.contains(&cidr));
    if !inside || !is_block_size(cidr) {
        return Err(Refusal::SubnetRange { cidr, vpc: vpc.id });
    }
    let overlapping = draft.network.subnets_of_vpc(vpc.id).find(|other| other.cidr.contains(&cidr) || cidr.contains(&other.cidr));
    if let Some(other) = overlapping {
        return Err(Refusal::SubnetConflict { cidr, other: other.id });
    }
    let ipv6 = request.ipv6_cidr.map(|cidr| block::subnet_ipv6(draft.network, vpc, cidr)).transpose()?;
    let limit = draft.network.quotas().subnets_per_vpc;
    if draft.network.subnets_of_vpc(vpc.id).count() >= limit {
        return Err(Refusal::SubnetLimit { limit });
    }
    let Some(zone) = zone.or(draft.network.zones().first()).cloned() else {
        return Err(Refusal::MissingParameter { parameter: "AvailabilityZone" });
    };
    Ok(Reply::Subnet(add_subnet(draft, (vpc.id, vpc.default_acl), (cidr, ipv6), zone, (&request.tags, false))))
}

/// A subnet, which uses its VPC's default ACL (`N1`) and, until it is associated, the main route table (`R1`).
pub(super) fn add_subnet(
    draft: &mut Draft,
    (vpc, acl): (VpcId, crate::id::AclId),
    (cidr, ipv6): (Ipv4Net, Option<Ipv6Net>),
    zone: Zone,
    (tags, default_for_az): (&Tags, bool),
) -> SubnetId {
    let id = draft.new_id();
    let acl_association = draft.new_id();
    let ipv6_cidr = ipv6.map(|cidr| SubnetIpv6Cidr { association: draft.new_id(), cidr });
    draft.push(Event::SubnetCreated(Box::new(Subnet {
        id,
        vpc,
        zone,
        cidr,
        ipv6_cidr,
        map_public_ip_on_launch: default_for_az,
        assign_ipv6_on_creation: false,
        dns64: false,
        launch_names: LaunchNames::default(),
        default_for_az,
        acl,
        acl_association,
        tags: tags.clone(),
    })));
    id
}

/// DeleteSubnet. Its tie to a route table goes with it.
pub(super) fn delete_subnet(draft: &mut Draft, id: SubnetId) -> Result<Reply, Refusal> {
    let subnet = draft.subnet(id)?;
    let stands = |nat: &NatGateway| nat.subnet == id && nat.stands();
    let used = draft.network.enis_in_subnet(id).next().is_some() || draft.network.nat_gateways().any(stands);
    if used {
        return Err(Refusal::SubnetInUse { subnet: id });
    }
    if let Some(table) = draft.network.route_table_of(subnet) {
        let ties = table.associations.iter().filter(|(_, user)| **user == RouteTableUser::Subnet(id));
        for (association, _) in ties {
            draft.events.push(Event::RouteTableDisassociated(table.id, *association));
        }
    }
    reservation::remove_all(draft, id, false);
    draft.push(Event::SubnetDeleted(id));
    Ok(Reply::Nothing)
}
