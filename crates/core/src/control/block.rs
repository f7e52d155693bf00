//! Further blocks of VPCs, IPv6 blocks of VPCs and subnets, and what subnets are set to (`E47`, `E72`, `I9`, `R19`).

use super::command::{NewVpcBlock, SubnetAttribute};
use super::defaults::{ALLOW_ALL_IPV6_RULE, ALLOW_ALL_RULE, allow_all_egress, allow_all_ipv4, allow_all_ipv6};
use super::draft::Draft;
use super::error::Refusal;
use super::peering::fail;
use super::reply::Reply;
use super::reservation;
use crate::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net, Traffic};
use crate::id::{SubnetCidrAssociationId, SubnetId, VpcCidrAssociationId, VpcId};
use crate::model::event::{Event, SubnetChange, VpcChange};
use crate::model::network::Network;
use crate::model::network_acl::AclEntry;
use crate::model::peering::{PeeringSide, PeeringState};
use crate::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use crate::model::security_group::Peer;
use crate::model::vpc::{LaunchNames, SUBNET_IPV6_LEN, Subnet, SubnetIpv6Cidr, VPC_IPV6_LEN, Vpc, VpcCidr, VpcIpv6Cidr, is_block_size};
use crate::table::Table;

/// AssociateVpcCidrBlock. Every table of the VPC gets a local route for the block (`R3`).
pub(super) fn associate_vpc(draft: &mut Draft, id: VpcId, block: &NewVpcBlock) -> Result<Reply, Refusal> {
    let vpc = draft.vpc(id)?;
    let quotas = draft.network.quotas();
    let association = draft.new_id();
    let (change, block) = match block {
        NewVpcBlock::Ipv4(cidr) => {
            let cidr = cidr.trunc();
            can_add(draft.network, vpc, cidr)?;
            let limit = quotas.blocks_per_vpc;
            if vpc.cidrs.len() >= limit {
                return Err(Refusal::BlockLimit { vpc: id, limit });
            }
            (VpcChange::CidrAdded(VpcCidr { association, cidr }), IpNet::V4(cidr))
        }
        NewVpcBlock::AmazonIpv6 => {
            let limit = quotas.ipv6_blocks_per_vpc;
            if vpc.ipv6_cidrs.len() >= limit {
                return Err(Refusal::BlockLimit { vpc: id, limit });
            }
            let cidr = amazon_ipv6(draft)?;
            (VpcChange::Ipv6CidrAdded(VpcIpv6Cidr { association, cidr }), IpNet::V6(cidr))
        }
    };
    draft.push(Event::VpcChanged(id, change));
    if let IpNet::V4(cidr) = block {
        peerings_fail(draft, vpc, cidr);
    }
    for table in draft.network.route_tables().filter(|table| table.vpc == id) {
        let local = Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRouteTable };
        draft.events.push(Event::RouteSet(table.id, Destination::Cidr(block), local));
    }
    if vpc.ipv6_cidrs.is_empty() && matches!(block, IpNet::V6(_)) {
        open_ipv6(draft, vpc);
    }
    Ok(Reply::VpcBlock(id, association))
}

/// Whether an IPv4 block can be added: its size, its range, no overlap, no route that it would hide.
fn can_add(network: &Network, vpc: &Vpc, cidr: Ipv4Net) -> Result<(), Refusal> {
    if !is_block_size(cidr) || is_forbidden(cidr) {
        return Err(Refusal::VpcRange { cidr });
    }
    if let Some(other) = vpc.cidrs.iter().map(|block| block.cidr).find(|own| own.contains(&cidr) || cidr.contains(own)) {
        return Err(Refusal::BlockConflict { cidr, other });
    }
    let blocks = vpc.cidrs.iter().map(|block| block.cidr);
    if let Some((_, with)) = blocks.enumerate().find(|(at, own)| is_restricted(*own, cidr, *at == 0)) {
        return Err(Refusal::BlockRestricted { cidr, with });
    }
    peers_allow(network, vpc, cidr)?;
    for table in network.route_tables().filter(|table| table.vpc == vpc.id) {
        let inside = |destination: &&Destination| matches!(destination, Destination::Cidr(IpNet::V4(to)) if cidr.contains(to));
        if let Some(destination) = table.routes.keys().find(inside) {
            let Destination::Cidr(destination) = *destination else { continue };
            return Err(Refusal::BlockHidesRoute { cidr, table: table.id, destination });
        }
    }
    Ok(())
}

/// Whether the peering connections of a VPC allow a further block: none while the VPC asks for one, none of the other side's addresses (`R52`).
fn peers_allow(network: &Network, vpc: &Vpc, cidr: Ipv4Net) -> Result<(), Refusal> {
    for peering in network.peerings_of(vpc.id) {
        let waits = matches!(peering.state, PeeringState::InitiatingRequest | PeeringState::PendingAcceptance);
        if waits && peering.requester.vpc == vpc.id {
            return Err(Refusal::BlockWhilePeeringWaits { vpc: vpc.id, peering: peering.id });
        }
        if let Some(other) = peering.beyond(vpc.id).and_then(|side| shared(network, side, cidr)).filter(|_| !waits) {
            return Err(Refusal::BlockOfPeer { cidr, other, peering: peering.id });
        }
    }
    Ok(())
}

/// The block of a side of a peering connection that shares addresses with this one.
fn shared(network: &Network, side: &PeeringSide, cidr: Ipv4Net) -> Option<Ipv4Net> {
    let now = network.vpc(side.vpc).into_iter().flat_map(|vpc| vpc.cidrs.iter().map(|block| block.cidr));
    side.cidrs.iter().copied().chain(now).find(|own| own.contains(&cidr) || cidr.contains(own))
}

/// Requests for peering that the new block makes impossible fail: the VPC was asked, and has addresses of the other side now (`R52`).
fn peerings_fail(draft: &mut Draft, vpc: &Vpc, cidr: Ipv4Net) {
    let network = draft.network;
    for peering in network.peerings_of(vpc.id).filter(|peering| peering.accepter.vpc == vpc.id) {
        if peering.state == PeeringState::PendingAcceptance && shared(network, &peering.requester, cidr).is_some() {
            fail(draft, peering.id);
        }
    }
}

/// The private ranges, each of which excludes the others, and one that AWS uses itself (`I9`).
const RANGES: [(Ipv4Addr, u8); 4] = [
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 19, 0, 0), 16),
];

/// Whether a block may not stand beside one that the VPC has (`I9`). The first block of a VPC decides for its range (`M`).
fn is_restricted(own: Ipv4Net, new: Ipv4Net, is_first: bool) -> bool {
    let within = |block: Ipv4Net, (ip, len): (Ipv4Addr, u8)| Ipv4Net::new(ip, len).is_ok_and(|range| range.contains(&block));
    let range = |block| RANGES.into_iter().position(|range| within(block, range));
    let other_range = range(new).is_some() && range(new) != range(own);
    let near_ten = within(own, (Ipv4Addr::new(10, 0, 0, 0), 15)) && within(new, (Ipv4Addr::new(10, 0, 0, 0), 16));
    let default_range = within(own, (Ipv4Addr::new(172, 16, 0, 0), 12)) && within(new, (Ipv4Addr::new(172, 31, 0, 0), 16));
    near_ten || is_first && (other_range || default_range)
}

/// Ranges that no VPC may touch (`I9`; the last three `M`: they are no unicast addresses).
pub(super) fn is_forbidden(cidr: Ipv4Net) -> bool {
    let forbidden = [
        (Ipv4Addr::new(169, 254, 0, 0), 16),
        (Ipv4Addr::new(0, 0, 0, 0), 8),
        (Ipv4Addr::new(127, 0, 0, 0), 8),
        (Ipv4Addr::new(224, 0, 0, 0), 3),
    ];
    forbidden.iter().filter_map(|(ip, len)| Ipv4Net::new(*ip, *len).ok()).any(|range| range.contains(&cidr))
}

/// A /56 for a VPC, from a range kept for examples: the lowest that nobody has (`E72a`, `I8`).
pub(super) fn amazon_ipv6(draft: &Draft) -> Result<Ipv6Net, Refusal> {
    let pool = u128::from(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0));
    let step = 1u128 << (128 - VPC_IPV6_LEN);
    let used = |block: &Ipv6Net| draft.network.vpcs().any(|vpc| vpc.ipv6_cidrs.iter().any(|own| own.cidr.contains(block)));
    let blocks = (1..=0x00ff_ffff_u128).filter_map(|number| Ipv6Net::new(Ipv6Addr::from(pool + number * step), VPC_IPV6_LEN).ok());
    blocks.into_iter().find(|block| !used(block)).ok_or(Refusal::PublicPoolEmpty {})
}

/// What a VPC's first IPv6 block brings: the default ACL and group let it through, unless somebody has changed them (`N17`, `S6`).
fn open_ipv6(draft: &mut Draft, vpc: &Vpc) {
    let untouched =
        |entries: &Table<u16, AclEntry>| entries.len() == 1 && entries.get(&ALLOW_ALL_RULE).is_some_and(|entry| *entry == allow_all_ipv4());
    if let Some(acl) = draft.network.acl(vpc.default_acl)
        && untouched(&acl.ingress)
        && untouched(&acl.egress)
    {
        for direction in [Direction::Ingress, Direction::Egress] {
            draft.push(Event::AclEntrySet(acl.id, direction, ALLOW_ALL_IPV6_RULE, allow_all_ipv6()));
        }
    }
    let Some(group) = draft.network.group(vpc.default_group) else { return };
    let mut out = group.rules.iter().filter(|rule| rule.direction == Direction::Egress);
    let first = out.next().is_some_and(|rule| rule.traffic == Traffic::All && rule.peer == Peer::Ipv4(Ipv4Net::default()));
    if first && out.next().is_none() {
        let rule = allow_all_egress(draft, Peer::Ipv6(Ipv6Net::default()));
        draft.push(Event::GroupRulesAdded(group.id, vec![rule]));
    }
}

/// DisassociateVpcCidrBlock. The block's local routes go with it.
pub(super) fn disassociate_vpc(draft: &mut Draft, association: VpcCidrAssociationId) -> Result<Reply, Refusal> {
    let holds = |vpc: &&Vpc| {
        let ipv6 = vpc.ipv6_cidrs.iter().map(|block| block.association);
        vpc.cidrs.iter().map(|block| block.association).chain(ipv6).any(|id| id == association)
    };
    let Some(vpc) = draft.network.vpcs().find(holds) else { return Err(Refusal::VpcBlockNotFound { association }) };
    if vpc.cidrs.first().is_some_and(|block| block.association == association) {
        return Err(Refusal::PrimaryBlock { association, vpc: vpc.id });
    }
    let ipv4 = vpc.cidrs.iter().find(|block| block.association == association).map(|block| IpNet::V4(block.cidr));
    let ipv6 = vpc.ipv6_cidrs.iter().find(|block| block.association == association).map(|block| IpNet::V6(block.cidr));
    let Some(block) = ipv4.or(ipv6) else { return Err(Refusal::VpcBlockNotFound { association }) };
    let inside = |subnet: &&Subnet| match block {
        IpNet::V4(block) => block.contains(&subnet.cidr),
        IpNet::V6(block) => subnet.ipv6_cidr.is_some_and(|own| block.contains(&own.cidr)),
    };
    if let Some(subnet) = draft.network.subnets_of_vpc(vpc.id).find(inside) {
        return Err(Refusal::BlockInUse { vpc: vpc.id, block, subnet: subnet.id });
    }
    for table in draft.network.route_tables().filter(|table| table.vpc == vpc.id) {
        draft.events.push(Event::RouteRemoved(table.id, Destination::Cidr(block)));
    }
    let change = if ipv4.is_some() { VpcChange::CidrRemoved(association) } else { VpcChange::Ipv6CidrRemoved(association) };
    draft.push(Event::VpcChanged(vpc.id, change));
    Ok(Reply::VpcBlockGone(vpc.id, association, block))
}

/// Whether a subnet of the VPC can have this IPv6 block: a /64 inside a block of the VPC, over no other subnet (`E72a`).
pub(super) fn subnet_ipv6(network: &Network, vpc: &Vpc, cidr: Ipv6Net) -> Result<Ipv6Net, Refusal> {
    let cidr = cidr.trunc();
    let inside = vpc.ipv6_cidrs.iter().any(|block| block.cidr.contains(&cidr));
    if !inside || cidr.prefix_len() != SUBNET_IPV6_LEN {
        return Err(Refusal::SubnetIpv6Range { cidr, vpc: vpc.id });
    }
    match network.subnets_of_vpc(vpc.id).find(|other| other.ipv6_cidr.is_some_and(|block| block.cidr == cidr)) {
        Some(other) => Err(Refusal::SubnetIpv6Conflict { cidr, other: other.id }),
        None => Ok(cidr),
    }
}

/// AssociateSubnetCidrBlock: a subnet has one IPv6 block at most.
pub(super) fn associate_subnet(draft: &mut Draft, id: SubnetId, cidr: Ipv6Net) -> Result<Reply, Refusal> {
    let subnet = draft.subnet(id)?;
    let cidr = subnet_ipv6(draft.network, draft.vpc(subnet.vpc)?, cidr)?;
    if let Some(block) = subnet.ipv6_cidr {
        return Err(Refusal::SubnetHasIpv6 { subnet: id, cidr: block.cidr });
    }
    let association = draft.new_id();
    draft.push(Event::SubnetChanged(id, SubnetChange::Ipv6Cidr(Some(SubnetIpv6Cidr { association, cidr }))));
    Ok(Reply::SubnetBlock(id, association, cidr))
}

/// DisassociateSubnetCidrBlock: only when no ENI of the subnet has an IPv6 address or prefix.
pub(super) fn disassociate_subnet(draft: &mut Draft, association: SubnetCidrAssociationId) -> Result<Reply, Refusal> {
    let holds = |subnet: &&Subnet| subnet.ipv6_cidr.is_some_and(|block| block.association == association);
    let found = draft.network.subnets().find(holds).and_then(|subnet| Some((subnet, subnet.ipv6_cidr?)));
    let Some((subnet, block)) = found else { return Err(Refusal::SubnetBlockNotFound { association }) };
    let user = draft.network.enis_in_subnet(subnet.id).find(|eni| !eni.ipv6_addresses.is_empty() || !eni.ipv6_prefixes.is_empty());
    if let Some(eni) = user {
        return Err(Refusal::SubnetBlockInUse { subnet: subnet.id, cidr: block.cidr, eni: eni.id });
    }
    reservation::remove_all(draft, subnet.id, true);
    draft.push(Event::SubnetChanged(subnet.id, SubnetChange::Ipv6Cidr(None)));
    if subnet.assign_ipv6_on_creation {
        draft.push(Event::SubnetChanged(subnet.id, SubnetChange::AssignIpv6OnCreation(false)));
    }
    Ok(Reply::SubnetBlock(subnet.id, association, block.cidr))
}

/// ModifySubnetAttribute: one attribute a call.
pub(super) fn modify_subnet(draft: &mut Draft, id: SubnetId, attributes: &[SubnetAttribute]) -> Result<Reply, Refusal> {
    let attribute = match attributes {
        [] => return Err(Refusal::NoAttributes {}),
        [attribute] => *attribute,
        several => {
            let names: Vec<_> = several.iter().map(|attribute| attribute.name()).collect();
            return Err(Refusal::SeveralAttributes { attributes: names.join(", ") });
        }
    };
    let subnet = draft.subnet(id)?;
    let names = subnet.launch_names;
    let change = match attribute {
        SubnetAttribute::MapPublicIpOnLaunch(on) => SubnetChange::MapPublicIpOnLaunch(on),
        SubnetAttribute::AssignIpv6OnCreation(on) => {
            if on && subnet.ipv6_cidr.is_none() {
                return Err(Refusal::SubnetWithoutIpv6 { subnet: id });
            }
            SubnetChange::AssignIpv6OnCreation(on)
        }
        SubnetAttribute::Dns64(on) => SubnetChange::Dns64(on),
        SubnetAttribute::NameByResource(by_resource) => SubnetChange::LaunchNames(LaunchNames { by_resource, ..names }),
        SubnetAttribute::ARecord(a_record) => SubnetChange::LaunchNames(LaunchNames { a_record, ..names }),
        SubnetAttribute::AaaaRecord(aaaa_record) => SubnetChange::LaunchNames(LaunchNames { aaaa_record, ..names }),
    };
    draft.push(Event::SubnetChanged(id, change));
    Ok(Reply::Nothing)
}
