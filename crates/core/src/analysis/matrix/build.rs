//! A matrix from a network: who stands where, of which kind, and the ways between.

use super::ask::Asker;
use super::blocks::Blocks;
use super::groups::{Groups, KindKey};
use super::sites::{SiteKey, Sites, Stand};
use super::{Asked, End, Host, Lie, Matrix, ipv4};
use crate::addr::{Direction, IpAddr, Ipv4Addr, Ipv4Net};
use crate::dataplane::guest;
use crate::dataplane::trace::INTERNET_HOST;
use crate::id::{EniId, SubnetId};
use crate::model::eni::{Eni, InterfaceType};
use crate::model::fault::Faults;
use crate::model::instance::{Instance, InstanceState};
use crate::model::network::Network;
use crate::model::network_acl::{AclEntry, NetworkAcl};
use crate::model::route_table::{Destination, RouteTable, RouteTarget};
use crate::order::{sort, sort_by_key};
use crate::packet::Packet;
use crate::table::Table;
use std::cell::RefCell;

/// So many hosts outside are told apart; of more named blocks, the first ones.
const MOST_HOSTS: usize = 64;
/// Hosts of the internet that stand for all that nothing names: the first that no block has, and that is no address of the account's own.
const STRANGERS: [Ipv4Addr; 4] =
    [INTERNET_HOST, Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(203, 0, 113, 1), Ipv4Addr::new(93, 184, 215, 14)];

impl Matrix {
    /// The matrix of a network.
    pub fn build(network: &Network, asked: Asked) -> Matrix {
        let packets = asked.packets();
        let mut matrix = Matrix {
            asked,
            groups: Groups::new(network, packets),
            sites: Sites::default(),
            stands: Table::new(),
            hosts: Vec::new(),
            blocks: Blocks::default(),
            block_count: 0,
            entries: Table::new(),
            lie: Lie::of(network),
            rich: RefCell::default(),
        };
        let mut named = named_blocks(network, &packets);
        let apart = network.enis().filter(|eni| matrix.stands_apart(network, eni));
        named.extend(apart.filter_map(|eni| network.subnet(eni.subnet).map(|subnet| subnet.cidr)));
        for block in &named {
            matrix.add_block(*block);
        }
        for acl in network.acls() {
            for direction in [Direction::Ingress, Direction::Egress] {
                matrix.entries.insert((acl.id, direction), entries_for(acl, direction, &packets).collect());
            }
        }
        named.extend(matrix.groups.named_blocks(network));
        matrix.find_hosts(network, &named);
        for eni in network.enis() {
            matrix.place(network, eni);
        }
        let mut asker = Asker::new(network, asked);
        let outside: Vec<End> = matrix.hosts.iter().map(|host| host.end).collect();
        for site in matrix.sites.all() {
            matrix.sites.fill(&mut asker, site, &outside);
        }
        matrix
    }

    /// Whether a block of routes or ACLs is new.
    pub(super) fn add_block(&mut self, block: Ipv4Net) -> bool {
        let is_new = block.prefix_len() > 0 && self.blocks.add(block, self.block_count);
        self.block_count += u32::from(is_new);
        is_new
    }

    fn find_hosts(&mut self, network: &Network, named: &[Ipv4Net]) {
        let mut all = Blocks::default();
        let mut outside: Vec<Ipv4Net> = Vec::new();
        let far = network.vpn_connections().flat_map(|connection| connection.routes.iter().copied());
        for block in named.iter().copied().chain(far) {
            if block.prefix_len() > 0 && all.add(block, 0) {
                outside.push(block);
            }
        }
        sort(&mut outside);
        let is_longest = |block: Ipv4Net| {
            let inner = outside.iter().filter(|other| block.contains(*other) && **other != block).copied().collect::<Vec<_>>();
            move |ip: &Ipv4Addr| !inner.iter().any(|inner| inner.contains(ip))
        };
        let hosts = outside.iter().filter_map(|block| Some((host_of(network, *block, is_longest(*block))?, Some(*block))));
        let is_strange = |ip: &Ipv4Addr| all.longest(*ip).is_none() && !network.has_public_ip(*ip);
        let stranger = STRANGERS.into_iter().find(is_strange).unwrap_or(INTERNET_HOST);
        let hosts: Vec<(End, Option<Ipv4Net>)> = [(End::Internet(stranger), None)].into_iter().chain(hosts).take(MOST_HOSTS).collect();
        for (end, block) in hosts {
            let places = end.address(network).map(|ip| self.groups.places(network, ip)).unwrap_or_default();
            let kind = self.groups.kind(network, KindKey { vpc: None, groups: Vec::new(), beside: Vec::new(), places });
            self.hosts.push(Host { end, block, kind });
        }
    }

    /// Puts an ENI where it stands. One without an IPv4 address is nowhere.
    pub(super) fn place(&mut self, network: &Network, eni: &Eni) -> Option<Stand> {
        let stand = self.stand_of(network, eni)?;
        self.sites.add(stand, eni.id);
        self.stands.insert(eni.id, stand);
        Some(stand)
    }

    pub(super) fn stand_of(&mut self, network: &Network, eni: &Eni) -> Option<Stand> {
        let address = eni.addresses.first()?;
        let subnet = network.subnet(eni.subnet)?;
        let site = self.sites.site(SiteKey {
            vpc: eni.vpc,
            acl: subnet.acl,
            table: network.route_table_of(subnet).map(|table| table.id),
            block: self.blocks.longest(address.ip),
            carries: self.carries(network, eni),
            subnet: self.lie.special.contains(&subnet.id).then_some(subnet.id),
            alone: self.stands_apart(network, eni).then_some(eni.id),
        });
        let kind = self.kind_of(network, eni, address.ip);
        Some((site, subnet.id, address.public.is_some(), kind))
    }

    pub(super) fn kind_of(&mut self, network: &Network, eni: &Eni, ip: Ipv4Addr) -> u32 {
        let mut groups = eni.groups.clone();
        sort(&mut groups);
        let others = network.vpcs().filter(|vpc| self.lie.overlaps && vpc.id != eni.vpc && vpc.contains(ip));
        let mut beside: Vec<_> =
            others.filter_map(|vpc| network.eni_by_address(vpc.id, IpAddr::V4(ip))).flat_map(|eni| &eni.groups).copied().collect();
        sort(&mut beside);
        let places = self.groups.places(network, ip);
        self.groups.kind(network, KindKey { vpc: Some(eni.vpc), groups, beside, places })
    }

    fn carries(&self, network: &Network, eni: &Eni) -> bool {
        eni.requester.is_some() || eni.attached_instance().and_then(|id| network.instance(id)).is_some_and(|instance| self.runs(instance))
    }

    fn runs(&self, instance: &Instance) -> bool {
        instance.state == InstanceState::Running || (self.asked.running && !instance.state.is_gone())
    }

    /// Whether the way of a packet depends on more than where an ENI is.
    pub(super) fn stands_apart(&self, network: &Network, eni: &Eni) -> bool {
        let plain = matches!(eni.kind, InterfaceType::Interface | InterfaceType::Efa) && eni.requester.is_none();
        let several = |instance: &Instance| {
            instance.faults != Faults::default()
                || instance.guest.by_hand.is_some()
                || guest::interfaces(network, instance).take(2).count() > 1
        };
        !plain
            || self.lie.appliances
            || self.lie.targets.binary_search(&eni.id).is_ok()
            || eni.attached_instance().and_then(|id| network.instance(id)).is_some_and(several)
    }
}

/// A host of a block that lies outside of all VPCs, and is in no smaller block.
fn host_of(network: &Network, block: Ipv4Net, fits: impl Fn(&Ipv4Addr) -> bool) -> Option<End> {
    let first = u32::from(block.network());
    let candidates = [1, 10, 2, 77, 0].into_iter().filter_map(|more| first.checked_add(more)).map(Ipv4Addr::from);
    let spread = (1..64u32).filter_map(|part| first.checked_add((u32::from(block.broadcast()) - first) / 64 * part)).map(Ipv4Addr::from);
    let inside = |ip: Ipv4Addr| network.vpcs().any(|vpc| vpc.contains(ip)) || network.has_public_ip(ip);
    let host = candidates.chain(spread).find(|ip| block.contains(ip) && fits(ip) && !inside(*ip))?;
    match network.on_premises(IpAddr::V4(host)) {
        Some(gateway) => Some(End::OnPremises(gateway.id, host)),
        None => (!host.is_private() && !host.is_link_local()).then_some(End::Internet(host)),
    }
}

/// The blocks that ACLs and routes name, as far as the packets meet them, and those of VPCs.
fn named_blocks(network: &Network, packets: &[Packet; 2]) -> Vec<Ipv4Net> {
    let mut named: Vec<Ipv4Net> = network.vpcs().flat_map(|vpc| vpc.cidrs.iter().map(|block| block.cidr)).collect();
    named.extend(network.peerings().flat_map(|peering| peering.requester.cidrs.iter().chain(&peering.accepter.cidrs)));
    for acl in network.acls() {
        for direction in [Direction::Ingress, Direction::Egress] {
            named.extend(entries_for(acl, direction, packets).filter_map(|(_, entry)| ipv4(entry.cidr)));
        }
    }
    named.extend(network.instances().flat_map(blocks_by_hand));
    for table in network.route_tables() {
        for destination in table.routes.keys() {
            named.extend(blocks_of(network, destination));
        }
    }
    named.extend(network.transit_tables().flat_map(|table| table.routes.keys()).filter_map(|block| ipv4(*block)));
    named
}

/// The entries of an ACL that speak of one of the packets, in one direction.
pub(super) fn entries_for<'a>(
    acl: &'a NetworkAcl,
    direction: Direction,
    packets: &'a [Packet; 2],
) -> impl Iterator<Item = (u16, AclEntry)> + 'a {
    let fits = |entry: &AclEntry| packets.iter().any(|packet| packet.fits(entry.traffic));
    acl.entries(direction).iter().map(|(number, entry)| (*number, *entry)).filter(move |(_, entry)| fits(entry))
}

/// The blocks of a route's destination.
pub(super) fn blocks_of(network: &Network, destination: &Destination) -> Vec<Ipv4Net> {
    match destination {
        Destination::Cidr(block) => ipv4(*block).into_iter().collect(),
        Destination::PrefixList(id) => {
            network.prefix_list(*id).into_iter().flat_map(|list| &list.entries).filter_map(|entry| ipv4(entry.cidr)).collect()
        }
    }
}

impl Lie {
    fn of(network: &Network) -> Lie {
        let mut targets: Vec<EniId> = network.route_tables().flat_map(|table| targets_of(network, table)).collect();
        targets.extend(network.nat_gateways().filter_map(|gateway| gateway.eni()));
        targets.extend(network.instances().flat_map(|instance| routers_of(network, instance)));
        sort(&mut targets);
        targets.dedup();
        let mut special: Vec<SubnetId> = targets.iter().filter_map(|id| network.eni(*id)).map(|eni| eni.subnet).collect();
        special.extend(network.nat_gateways().map(|gateway| gateway.subnet));
        for attachment in network.transit_attachments() {
            special.extend(network.subnets_of_vpc(attachment.vpc).map(|subnet| subnet.id));
        }
        let appliances = network.transit_attachments().any(|attachment| attachment.options.appliance_mode && attachment.enis.len() > 1);
        sort(&mut special);
        special.dedup();
        let mut blocks: Vec<Ipv4Net> = network.vpcs().flat_map(|vpc| vpc.cidrs.iter().map(|block| block.cidr)).collect();
        sort_by_key(&mut blocks, |block| (block.network(), block.prefix_len()));
        let overlaps = blocks.windows(2).any(|pair| matches!(pair, [one, other] if one.contains(other)));
        Lie { targets, special, appliances, overlaps }
    }
}

/// The ENIs that the routes of a table lead to.
fn targets_of<'a>(network: &'a Network, table: &'a RouteTable) -> impl Iterator<Item = EniId> + 'a {
    table.routes.values().filter_map(move |route| target_of(network, &route.target))
}

/// The neighbours that a guest sends by, because somebody told it to.
fn routers_of<'a>(network: &'a Network, instance: &'a Instance) -> impl Iterator<Item = EniId> + 'a {
    let routes = instance.guest.by_hand.iter().flat_map(|hand| &hand.routes);
    routes.filter_map(|route| Some(network.eni_by_address(network.eni(route.eni)?.vpc, IpAddr::V4(route.via?))?.id))
}

/// The blocks that somebody named on a guest.
fn blocks_by_hand(instance: &Instance) -> impl Iterator<Item = Ipv4Net> + '_ {
    instance.guest.by_hand.iter().flat_map(|hand| {
        let rules = hand.rules.iter().flat_map(|rule| [rule.from, rule.to]);
        let routes = hand.routes.iter().map(|route| route.destination);
        rules.chain(routes).chain(hand.masquerades.iter().map(|masquerade| masquerade.from))
    })
}

/// The ENI that a route leads to.
pub(super) fn target_of(network: &Network, target: &RouteTarget) -> Option<EniId> {
    match target {
        RouteTarget::Eni(id) => Some(*id),
        RouteTarget::NatGateway(id) => network.nat_gateway(*id).and_then(|gateway| gateway.eni()),
        _ => None,
    }
}
