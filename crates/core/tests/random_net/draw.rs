//! Draws networks: small ones, in which much can happen.

use super::{By, Habits, Peer, Piece, To};
use eni_core::rng::Rng;
use std::hash::{Hash, Hasher};

/// So many ENIs at most; the first four are pairs on two instances.
pub const ENIS: usize = 8;
pub const INSTANCES: [usize; ENIS] = [0, 0, 1, 1, 2, 3, 4, 5];
pub const NATS: usize = 2;
pub const VPCS: usize = 2;

pub const SERVICES: usize = 2;

pub const HOSTS: [&str; 2] = ["198.51.100.1", "198.51.100.77"];
pub const HOSTS_IPV6: [&str; 2] = ["2001:db8::1", "2001:db8:7::77"];
/// In the office, the last behind no route of the connection.
pub const OFFICE: [&str; 3] = ["192.168.0.9", "192.168.77.7", "172.20.0.1"];

const TRAFFIC: [&str; 10] = ["all", "all", "tcp", "tcp 443", "tcp 0-1023", "tcp 1024-65535", "udp", "udp 53", "icmp", "icmp 8"];

/// The tables of gateways are counted from here.
const EDGES: usize = 100;

pub struct Draw(pub Rng);

impl Draw {
    pub fn new(seed: u64) -> Draw {
        Draw(Rng::new(seed))
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.below(bound as u64)).unwrap()
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, per_cent: usize) -> bool {
        self.below(100) < per_cent
    }

    pub fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

/// The subnets of a network that is being drawn: their VPCs.
struct Shape {
    draw: Draw,
    pieces: Vec<Piece>,
    vpcs: usize,
    subnets: Vec<usize>,
    enis: Vec<(usize, usize)>,
    ipv6: bool,
}

/// The network of a seed.
pub fn network(seed: u64) -> Vec<Piece> {
    let mut draw = Draw::new(seed);
    let vpcs = 1 + usize::from(draw.chance(60));
    let subnets = (0..2 + draw.below(4)).map(|at| if at < vpcs { at } else { draw.below(vpcs) }).collect();
    let ipv6 = draw.chance(22);
    let mut shape = Shape { draw, pieces: vec![], vpcs, subnets, enis: vec![], ipv6 };
    shape.vpcs();
    shape.subnets();
    shape.groups();
    shape.enis();
    shape.routes();
    shape.middlebox();
    shape.edges();
    shape.pieces
}

/// What an edit leaves of a network: some rules of groups and entries of ACLs say nothing any more, and a few are new. Which ones, each piece
/// decides by itself, so that the edit stays what it is where other pieces are taken away.
pub fn edited(seed: u64, pieces: &[Piece]) -> Vec<Piece> {
    let goes = |piece: &Piece| {
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        (seed, format!("{piece:?}")).hash(&mut hasher);
        hasher.finish() % 100 < if matches!(piece, Piece::Rule { .. }) { 35 } else { 8 }
    };
    let mut left: Vec<Piece> = pieces.iter().map(|piece| if goes(piece) { piece.silent() } else { piece.clone() }).collect();
    let mut draw = Draw::new(seed ^ 0xed17);
    for _ in 0..2 {
        let block = draw.one_of(&["0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "198.51.100.0/24"]);
        let (acl, group) = (draw.below(4), draw.below(4));
        let text = format!("{} {} deny {} {block}", draw.one_of(&["in", "out"]), 1 + draw.below(9), draw.one_of(&TRAFFIC[2..]));
        left.push(Piece::Entry { acl, text });
        left.push(Piece::Rule {
            group,
            text: draw.one_of(&["in tcp", "out tcp", "in udp", "out all"]),
            peer: Peer::Block(block.to_owned()),
        });
    }
    left
}

impl Shape {
    fn vpcs(&mut self) {
        for vpc in 0..self.vpcs {
            let gateway = self.draw.chance(90);
            self.pieces.push(Piece::Vpc { vpc, gateway });
            if self.ipv6 && self.draw.chance(90) {
                self.pieces.push(Piece::Ipv6 { vpc });
            }
            if self.ipv6 && self.draw.chance(70) {
                self.pieces.push(Piece::EgressOnly { vpc });
            }
        }
        if self.draw.chance(35) {
            self.pieces.push(Piece::Vpn { vpc: 0 });
        }
        if self.vpcs > 1 && self.draw.chance(90) {
            let active = self.draw.chance(75);
            self.pieces.push(Piece::Peering { one: 0, other: 1, active });
        }
        for list in 0..2 {
            let blocks = (0..1 + self.draw.below(3)).map(|_| self.block()).collect();
            self.pieces.push(Piece::List { list, blocks });
        }
    }

    /// A block that has some of the addresses there are.
    fn block(&mut self) -> String {
        let subnet = self.draw.below(self.subnets.len());
        let vpc = self.subnets[subnet];
        let host = 10 + self.draw.below(ENIS);
        match self.draw.below(9) {
            0 | 1 => "0.0.0.0/0".to_owned(),
            2 => "10.0.0.0/8".to_owned(),
            3 => format!("10.{vpc}.0.0/16"),
            4 => format!("10.{vpc}.{subnet}.0/24"),
            5 => format!("10.{vpc}.{subnet}.{host}/32"),
            6 => "198.51.100.0/24".to_owned(),
            7 => format!("{}/32", HOSTS[self.draw.below(2)]),
            _ => "203.0.113.0/24".to_owned(),
        }
    }

    /// The same of IPv6.
    fn ipv6_block(&mut self) -> String {
        let subnet = self.draw.below(self.subnets.len());
        let vpc = self.subnets[subnet];
        match self.draw.below(7) {
            0 | 1 => "::/0".to_owned(),
            2 => "2600:1f18::/40".to_owned(),
            3 => format!("2600:1f18:0:{vpc}{subnet:02}::/64"),
            4 => format!("2600:1f18:0:{vpc}{subnet:02}::{:x}/128", 1 + self.draw.below(ENIS)),
            5 => "2001:db8::/32".to_owned(),
            _ => format!("{}/128", HOSTS_IPV6[self.draw.below(2)]),
        }
    }

    /// Of one family or the other.
    fn any_block(&mut self) -> String {
        if self.ipv6 && self.draw.chance(40) { self.ipv6_block() } else { self.block() }
    }

    fn subnets(&mut self) {
        for (subnet, vpc) in self.subnets.clone().into_iter().enumerate() {
            self.pieces.push(Piece::Acl { acl: subnet, vpc });
            for direction in ["in", "out"] {
                for _ in 0..self.draw.below(4) {
                    let (number, action) = (10 + self.draw.below(80), self.draw.one_of(&["allow", "deny"]));
                    let text = format!("{direction} {number} {action} {} {}", self.draw.one_of(&TRAFFIC), self.any_block());
                    self.pieces.push(Piece::Entry { acl: subnet, text });
                }
                if self.draw.chance(85) {
                    self.pieces.push(Piece::Entry { acl: subnet, text: format!("{direction} 100 allow all 0.0.0.0/0") });
                }
                if self.ipv6 && self.draw.chance(85) {
                    self.pieces.push(Piece::Entry { acl: subnet, text: format!("{direction} 101 allow all ::/0") });
                }
            }
            self.pieces.push(Piece::Table { table: subnet, vpc });
            self.pieces.push(Piece::Subnet { subnet, vpc, acl: subnet, table: subnet });
        }
    }

    fn groups(&mut self) {
        for group in 0..4 {
            let vpc = group % self.vpcs;
            self.pieces.push(Piece::Group { group, vpc });
        }
        for group in 0..4 {
            for direction in ["in", "out"] {
                for _ in 0..1 + self.draw.below(3) {
                    let (text, peer) = (self.rule(direction), self.peer());
                    self.pieces.push(Piece::Rule { group, text, peer });
                }
                if self.draw.chance(40) {
                    let text = if direction == "in" { "in all" } else { "out all" };
                    let all = if self.ipv6 && self.draw.chance(60) { "::/0" } else { "0.0.0.0/0" };
                    self.pieces.push(Piece::Rule { group, text, peer: Peer::Block(all.to_owned()) });
                }
            }
        }
    }

    fn rule(&mut self, direction: &str) -> &'static str {
        let ways: [(&str, &str); 7] = [
            ("in all", "out all"),
            ("in tcp", "out tcp"),
            ("in tcp 443", "out tcp 443"),
            ("in udp 53-8080", "out udp"),
            ("in icmp", "out icmp 8"),
            ("in icmp6", "out icmp6 128"),
            ("in tcp 1024-65535", "out tcp 0-1023"),
        ];
        let (inward, outward) = self.draw.one_of(&ways);
        if direction == "in" { inward } else { outward }
    }

    fn peer(&mut self) -> Peer {
        match self.draw.below(4) {
            0 | 1 => Peer::Group(self.draw.below(4)),
            2 => Peer::List(self.draw.below(2)),
            _ => Peer::Block(self.any_block()),
        }
    }

    fn enis(&mut self) {
        let enis = 4 + self.draw.below(ENIS - 3);
        // A guest's ENIs are in one VPC.
        let mut homes = [0; ENIS];
        for home in &mut homes {
            *home = self.draw.below(self.subnets.len());
        }
        let vpcs: Vec<usize> =
            (0..6).map(|instance| self.subnets[homes[(0..ENIS).find(|eni| INSTANCES[*eni] == instance).unwrap()]]).collect();
        for (instance, vpc) in vpcs.iter().copied().enumerate() {
            let forwards = self.draw.chance(40);
            let guest = Habits {
                policy_routing: self.draw.chance(60),
                forwards,
                masquerades: forwards && self.draw.chance(40),
                reverse_path: self.draw.one_of(&[0, 0, 0, 1, 2]),
                configures_secondaries: self.draw.chance(70),
            };
            let runs = self.draw.chance(95);
            self.pieces.push(Piece::Instance { instance, vpc, guest, runs });
        }
        for (eni, instance) in INSTANCES.into_iter().enumerate().take(enis) {
            let vpc = vpcs[instance];
            let subnet = if self.subnets[homes[eni]] == vpc { homes[eni] } else { self.subnets.iter().position(|of| *of == vpc).unwrap() };
            let mut groups: Vec<usize> = (0..4).filter(|group| group % self.vpcs == vpc).filter(|_| self.draw.chance(60)).collect();
            if groups.is_empty() {
                groups.push(vpc);
            }
            let (check, second, public) = (self.draw.chance(60), self.draw.chance(25), self.draw.chance(60));
            let instance = self.draw.chance(95).then_some(instance);
            let ipv6 = self.ipv6 && self.draw.chance(90);
            self.pieces.push(Piece::Eni { eni, subnet, groups, check, second, public, ipv6, instance });
            self.enis.push((eni, vpc));
        }
        for nat in 0..self.draw.below(NATS + 1) {
            let (subnet, public) = (self.draw.below(self.subnets.len()), self.draw.chance(90));
            self.pieces.push(Piece::Nat { nat, subnet, public });
        }
        for service in 0..self.draw.below(SERVICES + 1) {
            let (subnet, files) = (self.draw.below(self.subnets.len()), self.draw.chance(50));
            let vpc = self.subnets[subnet];
            let groups: Vec<usize> =
                (0..4).filter(|group| group % self.vpcs == vpc).filter(|_| self.draw.chance(60)).chain([vpc]).collect();
            self.pieces.push(Piece::Service { service, subnet, groups, files });
        }
    }

    fn routes(&mut self) {
        for (table, vpc) in self.subnets.clone().into_iter().enumerate() {
            if self.draw.chance(90) {
                let by = if self.draw.chance(55) { By::Gateway } else { self.by(vpc) };
                self.pieces.push(Piece::Route { table, to: To::Block("0.0.0.0/0".to_owned()), by });
            }
            if self.vpcs > 1 && self.draw.chance(80) {
                self.pieces.push(Piece::Route { table, to: To::Block(format!("10.{}.0.0/16", 1 - vpc)), by: By::Peering });
            }
            for _ in 0..self.draw.below(3) {
                let (to, by) = (self.to(vpc), self.by(vpc));
                self.pieces.push(Piece::Route { table, to, by });
            }
            if self.ipv6 {
                self.ipv6_routes(table, vpc);
            }
            if self.has_vpn() && vpc == 0 {
                self.office_routes(table);
            }
        }
    }

    fn ipv6_routes(&mut self, table: usize, vpc: usize) {
        let enis: Vec<usize> = self.enis.iter().filter(|(_, of)| *of == vpc).map(|(eni, _)| *eni).collect();
        if self.draw.chance(90) {
            let by = match self.draw.below(10) {
                0..=3 => By::Gateway,
                4..=7 => By::EgressOnly,
                8 if !enis.is_empty() => By::Eni(self.draw.one_of(&enis)),
                _ => By::Nothing,
            };
            self.pieces.push(Piece::Route { table, to: To::Block("::/0".to_owned()), by });
        }
        if self.vpcs > 1 && self.draw.chance(70) {
            self.pieces.push(Piece::Route { table, to: To::Block(format!("2600:1f18:0:{}00::/56", 1 - vpc)), by: By::Peering });
        }
        if self.draw.chance(20) {
            let by = if enis.is_empty() { By::EgressOnly } else { By::Eni(self.draw.one_of(&enis)) };
            self.pieces.push(Piece::Route { table, to: To::Block("2001:db8::/32".to_owned()), by });
        }
    }

    fn has_vpn(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Vpn { .. }))
    }

    /// By hand, or told by the gateway: then a local route goes before it, however long it is (`R6`).
    fn office_routes(&mut self, table: usize) {
        if self.draw.chance(60) {
            self.pieces.push(Piece::Route { table, to: To::Block("192.168.0.0/16".to_owned()), by: By::Vpn });
        }
        if self.draw.chance(60) {
            let block =
                self.draw.one_of(&["192.168.0.0/16", "192.168.77.0/24", "172.20.0.0/16", "10.0.0.0/24", "10.0.1.0/24", "198.51.100.0/24"]);
            self.pieces.push(Piece::Told { table, block: block.to_owned() });
        }
    }

    /// Tables of what comes in by gateways, which lead some subnets' packets through an ENI.
    fn edges(&mut self) {
        let tables = (0..self.vpcs).map(|vpc| (vpc, By::Gateway)).chain(self.has_vpn().then_some((0, By::Vpn)));
        for (at, (vpc, by)) in tables.enumerate().collect::<Vec<_>>() {
            let enis: Vec<usize> = self.enis.iter().filter(|(_, of)| *of == vpc).map(|(eni, _)| *eni).collect();
            if enis.is_empty() || !self.draw.chance(25) {
                continue;
            }
            let table = EDGES + at;
            self.pieces.push(Piece::Edge { table, vpc, by });
            for subnet in (0..self.subnets.len()).filter(|subnet| self.subnets[*subnet] == vpc).collect::<Vec<_>>() {
                if self.draw.chance(60) {
                    let by = By::Eni(self.draw.one_of(&enis));
                    self.pieces.push(Piece::Route { table, to: To::Block(format!("10.{vpc}.{subnet}.0/24")), by });
                }
            }
        }
    }

    /// An ENI that others send by, and mostly may.
    fn middlebox(&mut self) {
        if !self.draw.chance(75) {
            return;
        }
        let (chosen, vpc) = self.draw.one_of(&self.enis);
        let (forwards, opens, masquerades) = (self.draw.chance(75), self.draw.chance(80), self.draw.chance(50));
        let mut home = (0, 0);
        for piece in &mut self.pieces {
            match piece {
                Piece::Eni { eni, subnet, groups, check, .. } if *eni == chosen => {
                    *check = false;
                    home = (*subnet, groups[0]);
                }
                Piece::Instance { instance, guest, .. } if *instance == INSTANCES[chosen] && forwards => {
                    (guest.forwards, guest.masquerades) = (true, masquerades);
                }
                _ => {}
            }
        }
        for text in ["in all", "out all"].into_iter().filter(|_| opens) {
            self.pieces.push(Piece::Rule { group: home.1, text, peer: Peer::Block("0.0.0.0/0".to_owned()) });
        }
        for (table, of) in self.subnets.clone().into_iter().enumerate().filter(|(table, _)| *table != home.0) {
            if of == vpc && self.draw.chance(75) {
                let to = self.to(vpc);
                self.pieces.push(Piece::Route { table, to, by: By::Eni(chosen) });
            }
        }
    }

    /// A destination inside the VPC is that of a whole subnet (`R7`), and a prefix list has none of the VPC.
    fn to(&mut self, vpc: usize) -> To {
        match self.draw.below(5) {
            0 => To::Block(format!("{}/32", HOSTS[0])),
            1 => To::Block("198.51.100.0/24".to_owned()),
            2 => To::Block("203.0.113.0/24".to_owned()),
            3 => To::List(self.draw.below(2)),
            _ => {
                let inside: Vec<usize> = (0..self.subnets.len()).filter(|subnet| self.subnets[*subnet] == vpc).collect();
                To::Block(format!("10.{vpc}.{}.0/24", self.draw.one_of(&inside)))
            }
        }
    }

    fn by(&mut self, vpc: usize) -> By {
        let enis: Vec<usize> = self.enis.iter().filter(|(_, of)| *of == vpc).map(|(eni, _)| *eni).collect();
        match self.draw.below(6) {
            0 => By::Gateway,
            1 | 2 => By::Nat(self.draw.below(NATS)),
            3 => By::Peering,
            4 if !enis.is_empty() => By::Eni(self.draw.one_of(&enis)),
            _ => By::Nothing,
        }
    }
}
