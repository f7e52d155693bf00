//! Random acts that look at the network as they go: most of them name things that are there, some do not.
//!
//! The file stands alone, so that other crates' tests can take it in by its path.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "random_addresses.rs"]
mod random_addresses;
#[path = "random_alarms.rs"]
mod random_alarms;
#[path = "random_balancers.rs"]
mod random_balancers;
#[path = "random_connections.rs"]
mod random_connections;
#[path = "random_dhcp.rs"]
mod random_dhcp;
#[path = "random_enis.rs"]
mod random_enis;
#[path = "random_functions.rs"]
mod random_functions;
#[path = "random_groups.rs"]
mod random_groups;
#[path = "random_hosted_zones.rs"]
mod random_hosted_zones;
#[path = "random_instances.rs"]
mod random_instances;
#[path = "random_networks.rs"]
mod random_networks;
#[path = "random_routes.rs"]
mod random_routes;
#[path = "random_transit.rs"]
mod random_transit;

use eni_core::addr::{Direction, Ipv4Addr, Ipv4Net, Ipv6Net};
use eni_core::control::command::Command;
use eni_core::control::image::guest_of;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::{Event, InstanceChange};
use eni_core::model::fault::Faults;
use eni_core::model::network::Network;
use eni_core::rng::Rng;

/// Draws acts.
pub struct Dice<'a> {
    pub rng: &'a mut Rng,
    pub network: &'a Network,
}

/// A random act.
pub fn random_command(rng: &mut Rng, network: &Network) -> Command {
    let mut dice = Dice { rng, network };
    // Where there is nothing to act on, something is made first.
    if network.vpcs().len() == 0 && dice.chance(2) {
        return dice.create_vpc();
    }
    if network.vpcs().len() > 0 && dice.chance(2) {
        if network.subnets().len() < 2 {
            return dice.create_subnet();
        }
        if network.instances().len() < 2 {
            return dice.launch();
        }
        if network.enis().len() < 4 {
            return dice.create_eni();
        }
        if network.elastic_ips().len() == 0 {
            return Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() };
        }
    }
    match dice.below(14) {
        // What is drawn seldom otherwise.
        12 => dice.other_act(),
        13 => match dice.below(20) {
            18 => dice.transit_act(),
            10 | 11 => dice.hosted_zone_act(),
            12 => dice.peering_act(),
            9 | 13 | 14 | 19 => dice.balancing_act(),
            15 | 16 => dice.alarm_act(),
            8 => dice.function_act(),
            7 | 17 => dice.file_system_act(),
            6 => dice.dhcp_act(),
            0 => dice.prefix_list_act(),
            1 => dice.hosted_zone_act(),
            2 => dice.endpoint_act(),
            3 => dice.peering_act(),
            4 => dice.flow_log_act(),
            _ => dice.nat_act(),
        },
        10 => dice.nat_act(),
        11 => dice.vpn_act(),
        0 => dice.vpc_act(),
        1 | 2 => dice.instance_act(),
        3..=5 => dice.eni_act(),
        6 => dice.elastic_ip_act(),
        7 => dice.group_act(),
        8 => dice.route_act(),
        _ if dice.chance(10) => dice.key_pair_act(),
        _ if dice.chance(3) => dice.peering_act(),
        _ if dice.chance(3) => dice.transit_act(),
        _ if dice.chance(6) => dice.endpoint_act(),
        _ if dice.chance(12) => dice.quota_act(),
        _ if dice.chance(6) => dice.flow_log_act(),
        _ if dice.chance(3) => dice.hosted_zone_act(),
        _ if dice.chance(3) => dice.balancing_act(),
        _ if dice.chance(3) => dice.dhcp_act(),
        _ if dice.chance(3) => dice.function_act(),
        _ if dice.chance(3) => dice.file_system_act(),
        _ if dice.chance(2) => dice.service_act(),
        _ => dice.other_act(),
    }
}

impl Dice<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(u64::try_from(bound).unwrap())).unwrap()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// Mostly one of those, sometimes one that is not there.
    fn pick<I: ResourceId>(&mut self, from: impl Iterator<Item = I> + Clone) -> I {
        let count = from.clone().count();
        if count == 0 || self.chance(20) {
            return I::from_number(900 + self.rng.below(3));
        }
        let at = self.below(count);
        from.clone().nth(at).unwrap()
    }

    fn vpc(&mut self) -> VpcId {
        let network = self.network;
        self.pick(network.vpcs().map(|vpc| vpc.id))
    }

    fn subnet(&mut self) -> SubnetId {
        let network = self.network;
        self.pick(network.subnets().map(|subnet| subnet.id))
    }

    fn eni(&mut self) -> EniId {
        let network = self.network;
        self.pick(network.enis().map(|eni| eni.id))
    }

    fn instance(&mut self) -> InstanceId {
        let network = self.network;
        self.pick(network.instances().map(|instance| instance.id))
    }

    fn group(&mut self) -> GroupId {
        let network = self.network;
        self.pick(network.groups().map(|group| group.id))
    }

    fn allocation(&mut self) -> AllocationId {
        let network = self.network;
        self.pick(network.elastic_ips().map(|eip| eip.allocation))
    }

    fn acl(&mut self) -> AclId {
        let network = self.network;
        self.pick(network.acls().map(|acl| acl.id))
    }

    fn table(&mut self) -> RouteTableId {
        let network = self.network;
        self.pick(network.route_tables().map(|table| table.id))
    }

    fn gateway(&mut self) -> InternetGatewayId {
        let network = self.network;
        self.pick(network.internet_gateways().map(|gateway| gateway.id))
    }

    fn groups(&mut self) -> Vec<GroupId> {
        (0..self.below(3)).map(|_| self.group()).collect()
    }

    /// Mostly groups of the VPC that a subnet is in.
    fn groups_in(&mut self, subnet: SubnetId) -> Vec<GroupId> {
        let network = self.network;
        let Some(subnet) = network.subnet(subnet).filter(|_| !self.chance(6)) else { return self.groups() };
        (0..self.below(3)).map(|_| self.pick(network.groups().filter(|group| group.vpc == subnet.vpc).map(|group| group.id))).collect()
    }

    /// Mostly an address of a small subnet or one in use.
    fn address(&mut self) -> Ipv4Addr {
        let network = self.network;
        let used: Vec<Ipv4Addr> = network.enis().flat_map(|eni| eni.addresses.iter().map(|address| address.ip)).collect();
        if !used.is_empty() && self.chance(2) {
            return used[self.below(used.len())];
        }
        let block = u8::try_from(self.below(4)).unwrap();
        Ipv4Addr::new(10, 0, block, u8::try_from(self.below(20)).unwrap())
    }

    fn block(&mut self) -> Ipv4Net {
        let len = [16, 24, 24, 28, 28, 12][self.below(6)];
        Ipv4Net::new(self.address(), len).unwrap()
    }

    /// One of the first few /64 of a VPC's IPv6 block.
    fn ipv6_block_of(&self, vpc: VpcId) -> Option<Ipv6Net> {
        let block = self.network.vpc(vpc)?.ipv6_cidrs.first()?.cidr;
        let free = |block: &Ipv6Net| self.network.subnets().all(|subnet| subnet.ipv6_cidr.is_none_or(|own| own.cidr != *block));
        block.subnets(64).ok()?.take(4).find(free)
    }

    /// Now and then a tag that nobody may set.
    fn tags(&mut self) -> Tags {
        if self.chance(30) {
            return Tags::from([("aws:dice".to_owned(), String::new())]);
        }
        (0..self.below(2)).map(|n| (format!("key{n}"), "value".to_owned())).collect()
    }

    fn maybe<T>(&mut self, of: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(of) { Some(make(self)) } else { None }
    }

    fn direction(&mut self) -> Direction {
        if self.chance(2) { Direction::Ingress } else { Direction::Egress }
    }
}

/// Mends whatever is broken on instances, lifts what they are held to, and takes back what was set on their systems: no call that describes a network says it, and no script
/// brings it back.
pub fn mend(network: &mut Network) {
    let set: Vec<_> = network.instances().map(|instance| (instance.id, guest_of(instance.image), instance.guest.clone())).collect();
    for (id, guest, _) in set.into_iter().filter(|(_, guest, now)| guest != now) {
        network.apply(&Event::InstanceChanged(id, InstanceChange::Guest(Box::new(guest))));
    }
    let broken: Vec<_> = network.instances().filter(|instance| instance.faults != Faults::default()).map(|instance| instance.id).collect();
    for id in broken {
        network.apply(&Event::InstanceChanged(id, InstanceChange::Faults(Faults::default())));
    }
}
