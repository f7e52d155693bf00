//! An estate: a large network as companies have them, made by the acts that somebody would do, the same for the same seed.
//!
//! A VPC for about 2,000 ENIs, three tiers in three zones, a group for each tier of each service of 20 ENIs, with references from one to the next, and
//! two groups that many carry; an ACL for each tier, a route table for each tier and zone; NAT gateways, Elastic IPs, a ring of peering connections
//! with a hub; here and there a mistake. Each ENI is the only one of an instance that runs; NAT gateways have ENIs of their own beside those.

use crate::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, PortRange, Traffic};
use crate::control::command::{
    Command, CreateNatGateway, CreateNetworkInterface, CreateSubnet, CreateVpcPeeringConnection, Permission, RouteTargetInput,
    RunInstances, anywhere,
};
use crate::control::decide::decide;
use crate::control::image::image_of;
use crate::control::reply::Reply;
use crate::control::transition::settle;
use crate::id::*;
use crate::model::event::Event;
use crate::model::instance::GuestFlavour;
use crate::model::instance_type::InstanceType;
use crate::model::network::{Network, Quotas};
use crate::model::network_acl::{AclAction, AclEntry};
use crate::model::route_table::{Destination, RouteTarget};
use crate::model::security_group::Peer;
use crate::model::{AccountId, Tags, Zone};
use crate::rng::Rng;
use crate::time::{Duration, Instant};

/// The most ENIs that an estate may have: its VPCs have the blocks 10.0.0.0/16 to 10.99.0.0/16.
pub const MOST_ENIS: usize = 200_000;

const TIERS: [&str; 3] = ["web", "app", "db"];
const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];
const OFFICE: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(203, 0, 113, 0), 24);

/// An estate of so many ENIs. `None` for none and for more than [`MOST_ENIS`].
pub fn estate(enis: usize, seed: u64) -> Option<Network> {
    if enis == 0 || enis > MOST_ENIS {
        return None;
    }
    let mut network = Network::empty("us-east-1", AccountId::EXAMPLE);
    network.apply(&Event::QuotasSet(Box::new(quotas())));
    let mut estate = Estate { network, rng: Rng::new(seed) };
    let count = enis.div_ceil(2_000);
    let each = enis.div_ceil(count);
    let mut homes = Vec::new();
    for at in 0..count {
        homes.push(estate.home(at, each.min(enis - each * at))?);
    }
    estate.peer(&homes)?;
    for home in &homes {
        estate.services(home)?;
    }
    Some(estate.network)
}

fn quotas() -> Quotas {
    let most = crate::model::quota::MOST;
    let quotas = Quotas { vpcs: most, enis: most, elastic_ips: most, groups: most, internet_gateways: most, ..Quotas::default() };
    Quotas { peerings_per_vpc: 125, routes_per_table: 200, nat_gateways_per_zone: most, ..quotas }
}

struct Estate {
    network: Network,
    rng: Rng,
}

/// One VPC of it.
struct Home {
    at: usize,
    vpc: VpcId,
    enis: usize,
    /// By tier and zone.
    tables: Vec<RouteTableId>,
    /// By tier.
    subnets: [Vec<SubnetId>; 3],
}

fn named(name: &str) -> Tags {
    Tags::from([("Name".to_owned(), name.to_owned())])
}

fn block(second: usize, third: usize, length: u8) -> Option<Ipv4Net> {
    Ipv4Net::new(Ipv4Addr::new(10, u8::try_from(second).ok()?, u8::try_from(third).ok()?, 0), length).ok()
}

fn tcp(from: u16, to: u16) -> Option<Traffic> {
    PortRange::new(from, to).map(Traffic::Tcp)
}

impl Estate {
    /// Does an act.
    fn act(&mut self, command: Command) -> Option<Reply> {
        let decision = decide(&self.network, &command, Instant::ZERO).ok()?;
        decision.events.iter().for_each(|event| self.network.apply(event));
        settle(&mut self.network, Instant::ZERO + Duration::from_secs(600));
        Some(decision.reply)
    }

    /// True so many times in a thousand.
    fn chance(&mut self, per_mille: u64) -> bool {
        self.rng.below(1_000) < per_mille
    }

    fn home(&mut self, at: usize, enis: usize) -> Option<Home> {
        let name = |what: &str| format!("{what}-{at}");
        let create = Command::CreateVpc { cidr: block(at, 0, 16)?, amazon_ipv6: false, tags: named(&name("vpc")) };
        let Reply::Vpc(vpc) = self.act(create)? else { return None };
        let Reply::InternetGateway(gateway) = self.act(Command::CreateInternetGateway { tags: named(&name("igw")) })? else { return None };
        self.act(Command::AttachInternetGateway { gateway, vpc })?;
        let mut home = Home { at, vpc, enis, tables: Vec::new(), subnets: Default::default() };
        for (tier, subnets) in TIERS.into_iter().enumerate() {
            let acl = self.acl(vpc, subnets)?;
            for zone in 0..3 {
                self.rack(&mut home, tier, zone, acl)?;
            }
        }
        self.exits(&home, gateway)?;
        Some(home)
    }

    /// The subnets of a tier in a zone, with their table; another set for each 800 ENIs.
    fn rack(&mut self, home: &mut Home, tier: usize, zone: usize, acl: AclId) -> Option<()> {
        let (at, vpc) = (home.at, home.vpc);
        let name = format!("{}-{at}-{}", TIERS.get(tier)?, zone + 1);
        let Reply::RouteTable(table) = self.act(Command::CreateRouteTable { vpc, tags: named(&name) })? else { return None };
        home.tables.push(table);
        for set in 0..home.enis.div_ceil(800) {
            let cidr = block(at, set * 9 + tier * 3 + zone, 24)?;
            let zone = ZONES.get(zone).map(|zone| Zone::new(zone));
            let create = CreateSubnet { vpc, cidr, zone, tags: named(&format!("{name}-{}", set + 1)), ipv6_cidr: None };
            let Reply::Subnet(subnet) = self.act(Command::CreateSubnet(Box::new(create)))? else { return None };
            self.act(Command::AssociateRouteTable { table, subnet })?;
            let association = self.network.subnet(subnet)?.acl_association;
            self.act(Command::ReplaceNetworkAclAssociation { association, acl })?;
            home.subnets.get_mut(tier)?.push(subnet);
        }
        Some(())
    }

    /// An ACL of a tier. Now and then answers to low ephemeral ports are forgotten.
    fn acl(&mut self, vpc: VpcId, tier: &str) -> Option<AclId> {
        let Reply::Acl(acl) = self.act(Command::CreateNetworkAcl { vpc, tags: named(tier) })? else { return None };
        let low = if self.chance(10) { 32_768 } else { 1_024 };
        let inside: Ipv4Net = Ipv4Net::new(Ipv4Addr::new(10, 0, 0, 0), 8).ok()?;
        let entries = [
            (tcp(22, 22)?, anywhere(), tier == "web"),
            (tcp(80, 80)?, anywhere(), tier != "db"),
            (tcp(443, 443)?, anywhere(), tier != "db"),
            (tcp(0, u16::MAX)?, IpNet::V4(inside), true),
            (tcp(3306, 3306)?, anywhere(), false),
            (tcp(5432, 5432)?, anywhere(), false),
            (tcp(low, u16::MAX)?, anywhere(), true),
        ];
        for (number, (traffic, cidr, allows)) in (100i64..).step_by(10).zip(entries) {
            let action = if allows { AclAction::Allow } else { AclAction::Deny };
            let entry = AclEntry { traffic, cidr, action };
            self.act(Command::SetNetworkAclEntry { acl, direction: Direction::Ingress, number, entry, replace: false })?;
        }
        let entry = AclEntry { traffic: Traffic::All, cidr: anywhere(), action: AclAction::Allow };
        self.act(Command::SetNetworkAclEntry { acl, direction: Direction::Egress, number: 100, entry, replace: false })?;
        Some(acl)
    }

    fn route(&mut self, table: RouteTableId, to: IpNet, target: RouteTarget) -> Option<()> {
        let (destination, targets) = (Destination::Cidr(to), vec![RouteTargetInput::Target(target)]);
        self.act(Command::SetRoute { table, destination, targets, replace: false }).map(|_| ())
    }

    /// The first tier leads to the internet, the second to the NAT gateway of its zone.
    fn exits(&mut self, home: &Home, gateway: InternetGatewayId) -> Option<()> {
        for zone in 0..3 {
            let subnet = *home.subnets.first()?.get(zone * home.enis.div_ceil(800))?;
            let allocation = Some(self.address()?);
            let create = CreateNatGateway {
                subnet,
                public: true,
                allocation,
                private_ip: None,
                secondary_allocations: Vec::new(),
                secondary_ips: Vec::new(),
                secondary_count: None,
                tags: named(&format!("nat-{}-{}", home.at, zone + 1)),
            };
            let Reply::NatGateway(nat) = self.act(Command::CreateNatGateway(Box::new(create)))? else { return None };
            self.route(*home.tables.get(zone)?, anywhere(), RouteTarget::InternetGateway(gateway))?;
            self.route(*home.tables.get(3 + zone)?, anywhere(), RouteTarget::NatGateway(nat))?;
        }
        Some(())
    }

    fn address(&mut self) -> Option<AllocationId> {
        match self.act(Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() })? {
            Reply::Allocation(allocation) => Some(allocation),
            _ => None,
        }
    }

    /// A ring, and all with the first. Now and then a route leads to an ENI that is nowhere.
    fn peer(&mut self, homes: &[Home]) -> Option<()> {
        let pairs = homes.iter().flat_map(|one| homes.iter().filter(|other| other.at > one.at).map(move |other| (one, other)));
        let joined = |one: &Home, other: &Home| one.at == 0 || other.at == one.at + 1;
        for (one, other) in pairs.filter(|(one, other)| joined(one, other)) {
            let create =
                CreateVpcPeeringConnection { vpc: one.vpc, peer: Some(other.vpc), peer_owner: None, peer_region: None, tags: Tags::new() };
            let Reply::Peering(peering) = self.act(Command::CreateVpcPeeringConnection(Box::new(create)))? else { return None };
            self.act(Command::AcceptVpcPeeringConnection(peering))?;
            for (from, to) in [(one, other), (other, one)] {
                for table in &from.tables {
                    let target = if self.chance(10) { RouteTarget::Eni(self.nowhere(from)?) } else { RouteTarget::Peering(peering) };
                    self.route(*table, IpNet::V4(block(to.at, 0, 16)?), target)?;
                }
            }
        }
        Some(())
    }

    fn nowhere(&mut self, home: &Home) -> Option<EniId> {
        let subnet = home.subnets.first()?.first().copied();
        let create = CreateNetworkInterface { subnet, tags: named("forgotten"), ..Default::default() };
        let Reply::Eni(eni) = self.act(Command::CreateNetworkInterface(Box::new(create)))? else { return None };
        Some(eni)
    }

    fn group(&mut self, home: &Home, name: &str, sends: bool) -> Option<GroupId> {
        let (name, description) = (format!("{name}-{}", home.at), "of an estate".to_owned());
        let create = Command::CreateSecurityGroup { name, description, vpc: Some(home.vpc), tags: Tags::new() };
        let Reply::Group(group) = self.act(create)? else { return None };
        if !sends {
            let rules = self.network.group(group)?.rules_of(Direction::Egress).map(|rule| rule.id).collect();
            self.act(Command::RevokeSecurityGroup { group, direction: Direction::Egress, permissions: Vec::new(), rules })?;
        }
        Some(group)
    }

    fn lets(&mut self, group: GroupId, direction: Direction, port: u16, peer: Peer) -> Option<()> {
        let permissions = vec![Permission::new(tcp(port, port)?, peer)];
        self.act(Command::AuthorizeSecurityGroup { group, direction, permissions }).map(|_| ())
    }

    fn services(&mut self, home: &Home) -> Option<()> {
        let bastion = self.group(home, "bastion", true)?;
        self.lets(bastion, Direction::Ingress, 22, Peer::Ipv4(OFFICE))?;
        let monitoring = self.group(home, "monitoring", true)?;
        self.lets(monitoring, Direction::Ingress, 9100, Peer::Group(bastion))?;
        let mut apps: Vec<GroupId> = Vec::new();
        for service in 0..home.enis.div_ceil(20) {
            let groups = self.service_groups(home, service, bastion, &mut apps)?;
            let mut places = Vec::new();
            for at in service * 20..home.enis.min(service * 20 + 20) {
                let tier = match at % 20 {
                    0 | 1 => 0,
                    17.. => 2,
                    _ => 1,
                };
                let subnets = home.subnets.get(tier)?;
                places.push((tier, *subnets.get(at % subnets.len())?, at == 0));
            }
            crate::order::sort(&mut places);
            for same in places.chunk_by(|one, other| one == other) {
                let (tier, subnet, first) = *same.first()?;
                let own = if first { bastion } else { *groups.get(tier)? };
                let name = if first { format!("bastion-{}", home.at) } else { format!("{}-{}-{service}", TIERS.get(tier)?, home.at) };
                self.launch(&name, same.len(), subnet, vec![own, monitoring], tier == 0)?;
            }
        }
        Some(())
    }

    /// The groups of a service: its load balancers, its application, its database.
    fn service_groups(&mut self, home: &Home, service: usize, bastion: GroupId, apps: &mut Vec<GroupId>) -> Option<[GroupId; 3]> {
        let web = self.group(home, &format!("web-{service}"), false)?;
        let app = self.group(home, &format!("app-{service}"), true)?;
        let db = self.group(home, &format!("db-{service}"), false)?;
        let everybody = Peer::Ipv4(Ipv4Net::default());
        self.lets(web, Direction::Ingress, 443, everybody)?;
        self.lets(web, Direction::Ingress, 80, everybody)?;
        self.lets(web, Direction::Egress, 8080, Peer::Group(app))?;
        self.lets(app, Direction::Ingress, 8080, Peer::Group(web))?;
        let open = self.chance(10);
        self.lets(app, Direction::Ingress, 22, if open { everybody } else { Peer::Group(bastion) })?;
        self.lets(db, Direction::Ingress, 5432, Peer::Group(app))?;
        for _ in 0..self.rng.below(4) {
            let other = apps.get(self.rng.below(apps.len().max(1) as u64) as usize).copied();
            // The same once more is refused, as AWS does.
            other.and_then(|other| self.lets(app, Direction::Ingress, 8443, Peer::Group(other)));
        }
        apps.push(app);
        Some([web, app, db])
    }

    fn launch(&mut self, name: &str, count: usize, subnet: SubnetId, groups: Vec<GroupId>, may_be_public: bool) -> Option<()> {
        let launch = RunInstances {
            image: image_of(GuestFlavour::PolicyRouting),
            instance_type: InstanceType::find("t3.micro")?,
            count: u32::try_from(count).ok()?,
            subnet: Some(subnet),
            groups,
            private_ip: None,
            associate_public_ip: None,
            interfaces: Vec::new(),
            tags: named(name),
            interface_tags: named(name),
            options: Default::default(),
        };
        let Reply::Instances { instances, .. } = self.act(Command::RunInstances(Box::new(launch)))? else { return None };
        for instance in instances.into_iter().filter(|_| may_be_public) {
            if self.chance(500) {
                let (allocation, eni) = (self.address()?, self.network.instance(instance)?.primary_eni());
                self.act(Command::AssociateAddress { allocation, eni, instance: None, private_ip: None, allow_reassociation: None })?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estate_is_sound_and_the_same_for_the_same_seed() {
        for enis in [1, 130, 2_100] {
            let network = estate(enis, 7).unwrap();
            assert_eq!(network.instances().len(), enis);
            assert_eq!(network.check_invariants(), Vec::<String>::new());
            assert!(network.enis().len() < enis + 3 * network.vpcs().len() + 10);
        }
        assert!(estate(130, 7) == estate(130, 7) && estate(130, 7) != estate(130, 8));
        assert!(estate(0, 1).is_none() && estate(MOST_ENIS + 1, 1).is_none());
    }
}
