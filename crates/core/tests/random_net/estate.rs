//! A large network as companies have them: a VPC for about 2,000 ENIs, three tiers in three zones, a group for each tier of each service of about
//! 20 ENIs, with references from one to the next; NAT gateways, a ring of peering connections with a hub, and here and there a mistake.

use super::draw::Draw;
use crate::support_dp::{Host, Lab};
use eni_core::id::*;
use eni_core::model::event::Event;
use eni_core::model::route_table::{RouteTableUser, RouteTarget};

const TIERS: [&str; 3] = ["pub", "app", "db"];

pub struct Estate {
    pub lab: Lab,
    /// With their private addresses.
    pub hosts: Vec<(Host, String)>,
    pub publics: Vec<String>,
    draw: Draw,
}

/// One VPC of an estate.
struct Home {
    at: usize,
    id: VpcId,
    gateway: InternetGatewayId,
    acls: Vec<AclId>,
    /// By tier and zone.
    tables: Vec<RouteTableId>,
    /// By tier; with the subnet's number.
    subnets: [Vec<(SubnetId, usize)>; 3],
}

pub fn estate(enis: usize, seed: u64) -> Estate {
    let mut estate = Estate { lab: Lab::new(), hosts: vec![], publics: vec![], draw: Draw::new(seed) };
    let count = enis.div_ceil(2_000);
    let vpcs: Vec<VpcId> =
        (0..count).map(|at| if at == 0 { estate.lab.vpc } else { estate.lab.other_vpc(&format!("10.{at}.0.0/16")) }).collect();
    let mut homes: Vec<Home> = vpcs.into_iter().enumerate().map(|(at, id)| estate.home(at, id, enis / count)).collect();
    estate.peer(&homes);
    for home in &mut homes {
        estate.gateways(home);
        estate.services(home, enis / count);
    }
    estate
}

impl Estate {
    fn home(&mut self, at: usize, id: VpcId, enis: usize) -> Home {
        self.lab.vpc = id;
        let gateway = self.lab.bare_gateway(Some(id));
        let acls = TIERS.iter().map(|tier| self.acl(id, tier)).collect();
        let mut home = Home { at, id, gateway, acls, tables: vec![], subnets: Default::default() };
        for tier in 0..3 {
            for _zone in 0..3 {
                let table = RouteTableId::from_number(self.lab.number());
                let number = home.tables.len();
                home.tables.push(table);
                for set in 0..enis.div_ceil(800).max(1) {
                    let number = set * 9 + number;
                    let subnet = self.lab.subnet_in(id, home.acls[tier], &format!("10.{at}.{number}.0/24"));
                    home.subnets[tier].push((subnet, number));
                    if set == 0 {
                        self.lab.table_with(table, id, RouteTableUser::Subnet(subnet), &format!("10.{at}.0.0/16"));
                    } else {
                        let association = RouteTableAssociationId::from_number(self.lab.number());
                        self.lab.apply(Event::RouteTableAssociated(table, association, RouteTableUser::Subnet(subnet)));
                    }
                }
            }
        }
        home
    }

    fn acl(&mut self, vpc: VpcId, tier: &str) -> AclId {
        let id = AclId::from_number(self.lab.number());
        self.lab.acl_with(id, vpc);
        let word = |allow: bool| if allow { "allow" } else { "deny" };
        // A mistake: answers to low ephemeral ports are forgotten.
        let answers = if self.draw.chance(10) { "32768-65535" } else { "1024-65535" };
        let ingress = [
            ("tcp 22", "0.0.0.0/0", tier == "pub"),
            ("tcp 80", "0.0.0.0/0", tier != "db"),
            ("tcp 443", "0.0.0.0/0", tier != "db"),
            ("tcp", "10.0.0.0/8", true),
            ("tcp 3306", "0.0.0.0/0", false),
            ("tcp 5432", "0.0.0.0/0", false),
            (&format!("tcp {answers}"), "0.0.0.0/0", true),
        ];
        for (at, (traffic, cidr, allow)) in ingress.iter().enumerate() {
            self.lab.set_acl(id, &format!("in {} {} {traffic} {cidr}", 100 + 10 * at, word(*allow)));
        }
        self.lab.set_acl(id, "out 100 allow all 0.0.0.0/0");
        id
    }

    /// The hub is the first VPC.
    fn peer(&mut self, homes: &[Home]) {
        for (at, home) in homes.iter().enumerate() {
            for other in homes.iter().filter(|other| other.at > at && (at == 0 || other.at == at + 1)) {
                let peering = self.lab.peering_between(home.id, other.id);
                for (from, to) in [(home, other.at), (other, home.at)] {
                    for table in &from.tables {
                        let mistaken = self.draw.chance(2);
                        let target = if mistaken { RouteTarget::Eni(EniId::from_number(9_999_999)) } else { RouteTarget::Peering(peering) };
                        self.lab.route(*table, &format!("10.{to}.0.0/16"), target);
                    }
                }
            }
        }
    }

    fn gateways(&mut self, home: &Home) {
        let at = home.at;
        for zone in 0..3 {
            let (subnet, number) = home.subnets[0][zone * home.subnets[0].len() / 3];
            let public = format!("198.18.{at}.{}", 250 + zone);
            let nat = self.lab.nat_gateway(subnet, &format!("10.{at}.{number}.250"), Some(&public));
            self.lab.route(home.tables[zone], "0.0.0.0/0", RouteTarget::InternetGateway(home.gateway));
            self.lab.route(home.tables[3 + zone], "0.0.0.0/0", RouteTarget::NatGateway(nat));
        }
    }

    fn services(&mut self, home: &Home, enis: usize) {
        self.lab.vpc = home.id;
        let bastion = self.lab.group(&["in tcp 22 203.0.113.0/24", "out all 0.0.0.0/0"]);
        let monitor = self.lab.group(&[&format!("in tcp 9100 {bastion}"), "out all 0.0.0.0/0"]);
        let mut used = vec![3; 256];
        let mut apps: Vec<GroupId> = vec![];
        for service in 0..enis.div_ceil(20) {
            let [lb, app, db] = self.tiers(bastion, &mut apps);
            for at in service * 20..enis.min(service * 20 + 20) {
                let (tier, group) = match at % 20 {
                    0 | 1 => (0, lb),
                    17.. => (2, db),
                    _ => (1, app),
                };
                let (subnet, number) = home.subnets[tier][at % home.subnets[tier].len()];
                used[number] += 1;
                let address = format!("10.{}.{number}.{}", home.at, used[number]);
                let groups = if at == 0 { vec![bastion] } else { vec![group, monitor] };
                let host = self.lab.host("host", subnet, &address, &groups);
                if tier == 0 && self.draw.chance(50) {
                    let public = format!("198.19.{}.{}", home.at * 8 + self.publics.len() / 250 % 8, self.publics.len() % 250);
                    self.lab.public(host.eni, &address, &public);
                    self.publics.push(public);
                }
                self.hosts.push((host, address));
            }
        }
    }

    /// The groups of a service.
    fn tiers(&mut self, bastion: GroupId, apps: &mut Vec<GroupId>) -> [GroupId; 3] {
        let [lb, app, db] = [0; 3].map(|_| self.lab.group(&[]));
        let ssh = if self.draw.chance(1) { "in tcp 22 0.0.0.0/0".to_owned() } else { format!("in tcp 22 {bastion}") };
        for (group, rule) in [
            (lb, "in tcp 443 0.0.0.0/0".to_owned()),
            (lb, "in tcp 80 0.0.0.0/0".to_owned()),
            (lb, format!("out tcp 8080 {app}")),
            (app, format!("in tcp 8080 {lb}")),
            (app, ssh),
            (app, "out all 0.0.0.0/0".to_owned()),
            (db, format!("in tcp 5432 {app}")),
        ] {
            self.lab.rule(group, &rule);
        }
        for _ in 0..self.draw.below(4).min(apps.len()) {
            let other = self.draw.one_of(apps);
            self.lab.rule(app, &format!("in tcp 8443 {other}"));
        }
        apps.push(app);
        [lb, app, db]
    }
}
