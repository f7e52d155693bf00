//! A network in the words of `ip` and `nft`: once for each family.

use super::layout::{self, EDGE, GUESTS, ROUTER};
use crate::random_net::built::Built;
use crate::random_net::draw::{ENIS, INSTANCES, NATS, SERVICES, VPCS};
use crate::random_net::naive::Naive;
use eni_core::addr::{Direction, IcmpMatch, IpAddr, IpNet, PortRange, Traffic};
use eni_core::id::{EniId, GroupId, VpcId};
use eni_core::model::eni::Eni;
use eni_core::model::instance::{Instance, InstanceState, RpFilter};
use eni_core::model::network::Network;
use eni_core::model::network_acl::AclAction;
use eni_core::model::route_table::{Destination, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::security_group::{GroupRule, Peer};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a namespace is given.
#[derive(Default)]
pub struct Wanted {
    /// For `ip -batch`: what they add is taken away before the next network comes.
    pub lines: Vec<String>,
    /// Below `/proc/sys/net`.
    pub settings: Vec<(String, &'static str)>,
    /// For `nft -f`, in the place of what was there.
    pub rules: String,
}

/// An ENI of an instance, a NAT gateway or a service, and the router's device that leads to it.
struct Slot<'a> {
    at: usize,
    device: String,
    vpc: usize,
    eni: &'a Eni,
}

struct Words<'a> {
    built: &'a Built,
    network: &'a Network,
    naive: Naive<'a>,
    slots: Vec<Slot<'a>>,
    ipv6: bool,
    /// Begins every set of rules.
    head: String,
    /// Where connections are tracked, those of this network are kept apart.
    zone: String,
}

/// The addresses that a guest has configured, and the device of each (`E62`).
pub fn configured<'a>(network: &'a Network, instance: &'a Instance) -> impl Iterator<Item = (u16, IpAddr)> + 'a {
    instance.enis.values().filter_map(|id| network.eni(*id)).flat_map(move |eni| {
        let count = if instance.guest.configures_secondaries { eni.addresses.len() } else { 1 };
        let device = eni.attachment.as_ref().map_or(0, |attachment| attachment.device_index);
        let ipv6 = eni.ipv6_addresses.iter().map(|ip| IpAddr::V6(*ip));
        eni.addresses.iter().take(count).map(|own| IpAddr::V4(own.ip)).chain(ipv6).map(move |own| (device, own))
    })
}

/// What every namespace is given for a network.
pub fn of(built: &Built, zone: u16) -> BTreeMap<String, Wanted> {
    let mut all = words(built, zone, false).all();
    // Where a VPC has a block of it, packets of IPv6 are asked about, whether anybody has an address or not.
    if built.lab.network.vpcs().flat_map(|vpc| vpc.blocks()).any(|block| matches!(block, IpNet::V6(_))) {
        for (name, more) in words(built, zone, true).all() {
            let wanted = all.entry(name).or_default();
            wanted.lines.extend(more.lines);
            wanted.settings.extend(more.settings);
            wanted.rules += &more.rules;
        }
    }
    all
}

fn words(built: &Built, zone: u16, ipv6: bool) -> Words<'_> {
    let network = &built.lab.network;
    let number = |vpc: VpcId| *built.vpcs.iter().find(|(_, (id, _))| *id == vpc).unwrap().0;
    let slot = |at: usize, device: String, id: EniId| {
        let eni = network.eni(id).unwrap();
        Slot { at, device, vpc: number(eni.vpc), eni }
    };
    let enis = built.enis.iter().map(|(at, id)| slot(*at, format!("f{at}"), *id));
    let nats = built.nats.iter().map(|(at, id)| slot(ENIS + at, format!("n{at}"), network.nat_gateway(*id).unwrap().eni().unwrap()));
    let services = built.services.iter().map(|(at, id)| slot(ENIS + NATS + at, format!("s{at}"), *id));
    // Kernels say nothing of their own.
    let quiet = if ipv6 {
        "icmpv6 type != { echo-request, echo-reply } drop;"
    } else {
        "icmp type { destination-unreachable, redirect, time-exceeded, parameter-problem } drop;"
    };
    let flush = if ipv6 { "table ip6 t {" } else { "flush ruleset\ntable ip t {" };
    Words {
        built,
        network,
        naive: Naive::new(network),
        slots: enis.chain(nats).chain(services).collect(),
        ipv6,
        head: format!("{flush}\nchain quiet {{ type filter hook output priority -300; {quiet} }}\n"),
        zone: format!("chain flows {{ type filter hook prerouting priority -300; ct zone set {zone}; }}\n"),
    }
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

impl Words<'_> {
    fn all(&self) -> BTreeMap<String, Wanted> {
        let mut all = BTreeMap::from([(ROUTER.to_owned(), self.router()), (EDGE.to_owned(), self.edge())]);
        all.extend((0..ENIS).map(|at| (layout::eni(at), self.eni(at))));
        all.extend((0..NATS).map(|at| (layout::nat(at), self.nat(at))));
        all.extend((0..SERVICES).map(|at| (layout::service(at), self.service(at))));
        all.extend((0..GUESTS).map(|at| (layout::guest(at), self.guest(at))));
        all
    }

    fn ip(&self) -> &'static str {
        if self.ipv6 { "ip6" } else { "ip" }
    }

    /// An ENI's addresses of this family.
    fn own(&self, eni: &Eni) -> Vec<IpAddr> {
        if self.ipv6 {
            eni.ipv6_addresses.iter().map(|ip| IpAddr::V6(*ip)).collect()
        } else {
            eni.addresses.iter().map(|own| IpAddr::V4(own.ip)).collect()
        }
    }

    fn block_of(&self, vpc: usize) -> String {
        if self.ipv6 { format!("2600:1f18:0:{vpc}00::/56") } else { format!("10.{vpc}.0.0/16") }
    }

    fn everywhere(&self) -> &'static str {
        if self.ipv6 { "::/0" } else { "0.0.0.0/0" }
    }

    /// A block as one end of a packet; none where it is of the other family.
    fn block(&self, end: &str, block: IpNet) -> Option<String> {
        let of_this = matches!(block, IpNet::V6(_)) == self.ipv6;
        of_this.then(|| if block.prefix_len() == 0 { String::new() } else { format!("{} {end} {block}", self.ip()) })
    }

    /// What a rule says of the packet, the peer apart; none where no packet of this family is meant.
    fn traffic(&self, traffic: Traffic) -> Option<String> {
        let ports = |protocol: &str, ports: PortRange| format!("{protocol} dport {}-{}", ports.from(), ports.to());
        let icmp = |of_ipv6: bool, protocol: &str, icmp: IcmpMatch| {
            let text = match icmp {
                IcmpMatch::Any => format!("meta l4proto {protocol}"),
                IcmpMatch::Type(kind) => format!("{protocol} type {kind}"),
                IcmpMatch::TypeCode(..) => panic!("{icmp:?}"),
            };
            (of_ipv6 == self.ipv6).then_some(text)
        };
        match traffic {
            Traffic::All => Some(String::new()),
            Traffic::Tcp(range) => Some(ports("tcp", range)),
            Traffic::Udp(range) => Some(ports("udp", range)),
            Traffic::Icmp(kind) => icmp(false, "icmp", kind),
            Traffic::Icmpv6(kind) => icmp(true, "icmpv6", kind),
            Traffic::Other(number) => Some(format!("meta l4proto {number}")),
        }
    }

    /// For a namespace that nobody has.
    fn nothing(&self) -> Wanted {
        let policy = "priority 0; policy drop; }";
        let rules = format!(
            "{}chain forward {{ type filter hook forward {policy}\nchain input {{ type filter hook input {policy}\n}}\n",
            self.head
        );
        Wanted { rules, ..Wanted::default() }
    }

    /// The ENI's side of the world: from the guest (`g`) outward, from the router (`f`) inward.
    fn eni(&self, at: usize) -> Wanted {
        let Some(slot) = self.slots.iter().find(|slot| slot.at == at) else { return self.nothing() };
        let mut rules = self.head.clone() + &self.zone;
        rules +=
            "chain forward { type filter hook forward priority 0; policy drop; iifname \"g\" jump outward; iifname \"f\" jump inward; }\n";
        rules += &self.filters(slot, "");
        Wanted { rules: rules + "}\n", ..Wanted::default() }
    }

    /// What a service made for itself: it waits on one port (`R62`, `P43`).
    fn service(&self, at: usize) -> Wanted {
        let Some(slot) = self.slots.iter().find(|slot| slot.at == ENIS + NATS + at) else { return self.nothing() };
        let zone = self.zone.replace("chain flows", "chain own").replace("prerouting", "output");
        let port = if slot.eni.kind.as_str() == "efs" { 2049 } else { 443 };
        let mut rules = self.head.clone() + &self.zone + &zone;
        rules += "chain input { type filter hook input priority 0; policy drop; jump inward; }\n";
        rules += "chain output { type filter hook output priority 0; policy drop; jump outward; }\n";
        rules += &self.filters(slot, &format!("tcp dport != {port} drop;\nmeta l4proto != tcp drop;\n"));
        // Routes go with a device's last address.
        let own = self.own(slot.eni).into_iter().map(|own| format!("addr add {own}/32 dev e"));
        let lines = own.chain((!self.ipv6).then(|| "route add default dev e".to_owned())).collect();
        Wanted { rules: rules + "}\n", lines, ..Wanted::default() }
    }

    /// The source/destination check and the groups of an ENI, outward and inward.
    fn filters(&self, slot: &Slot<'_>, inward: &str) -> String {
        let (ip, own) = (self.ip(), list(self.own(slot.eni)));
        let check = |end| match (slot.eni.source_dest_check, own.is_empty()) {
            (false, _) => String::new(),
            (true, true) => "drop;\n".to_owned(),
            (true, false) => format!("{ip} {end} != {{ {own} }} drop;\n"),
        };
        // What a guest sends on under an address of its own is its own (S25).
        let itself = if own.is_empty() { String::new() } else { format!("{ip} saddr {{ {own} }} {ip} dscp set cs0;\n") };
        let outward = format!("chain outward {{\n{itself}{}{}}}\n", check("saddr"), self.groups(slot, Direction::Egress));
        outward + &format!("chain inward {{\n{}{inward}{}}}\n", check("daddr"), self.groups(slot, Direction::Ingress))
    }

    fn rules<'s>(&'s self, slot: &'s Slot<'_>, direction: Direction) -> impl Iterator<Item = &'s GroupRule> {
        slot.eni.groups.iter().filter_map(|id| self.network.group(*id)).flat_map(move |group| group.rules_of(direction))
    }

    fn groups(&self, slot: &Slot<'_>, direction: Direction) -> String {
        let (end, opened, other) = if direction == Direction::Ingress { ("saddr", 1, 2) } else { ("daddr", 2, 1) };
        let mut text = format!(
            "ct state established ct direction original ct mark and {opened} == 0 accept;\n\
             ct state established ct direction reply ct mark and {other} == 0 accept;\n"
        );
        text += &self.untracked(slot, direction, &format!("ct mark set ct mark or {opened} accept"));
        for rule in self.rules(slot, direction) {
            let Some(traffic) = self.traffic(rule.traffic) else { continue };
            let peers: Vec<String> = match rule.peer {
                Peer::Ipv4(cidr) => self.block(end, IpNet::V4(cidr)).into_iter().collect(),
                Peer::Ipv6(cidr) => self.block(end, IpNet::V6(cidr)).into_iter().collect(),
                Peer::PrefixList(id) => {
                    self.network.prefix_list(id).unwrap().entries.iter().filter_map(|entry| self.block(end, entry.cidr)).collect()
                }
                // Not what was handed on: guests mark that (S25).
                Peer::Group(id) => {
                    let ip = self.ip();
                    self.members(slot, id).iter().map(|member| format!("{ip} dscp cs0 {ip} {end} {member}")).collect()
                }
            };
            for peer in peers {
                writeln!(text, "{traffic} {peer} accept;").unwrap();
            }
        }
        text
    }

    /// A kernel tracks every flow. Those that AWS does not (S35) bear a mark of the direction that they were opened in, and have their rules asked again.
    fn untracked(&self, slot: &Slot<'_>, direction: Direction, mark: &str) -> String {
        let end = if direction == Direction::Ingress { "saddr" } else { "daddr" };
        let open = |direction: Direction| {
            self.rules(slot, direction).filter(|rule| match rule.peer {
                Peer::Ipv4(cidr) => !self.ipv6 && cidr.prefix_len() == 0,
                Peer::Ipv6(cidr) => self.ipv6 && cidr.prefix_len() == 0,
                Peer::PrefixList(_) | Peer::Group(_) => false,
            })
        };
        // What a service has put into the VPC is always spoken with by tracked flows (S37).
        if slot.eni.is_requester_managed() {
            return String::new();
        }
        let services = self.slots.iter().filter(|other| other.vpc == slot.vpc && other.eni.is_requester_managed());
        let services = list(services.flat_map(|other| self.own(other.eni)));
        let apart = if services.is_empty() { services } else { format!("{} {end} != {{ {services} }}", self.ip()) };
        let mut text = String::new();
        for (protocol, number) in [("tcp", 6), ("udp", 17)] {
            let speaks = |rule: Traffic| rule == Traffic::All || matches!((rule, number), (Traffic::Tcp(_), 6) | (Traffic::Udp(_), 17));
            let all = |rule: Traffic| matches!(rule, Traffic::All | Traffic::Tcp(PortRange::ALL) | Traffic::Udp(PortRange::ALL));
            if open(direction.opposite()).any(|rule| speaks(rule.traffic) && all(rule.traffic)) {
                for traffic in open(direction).filter(|rule| speaks(rule.traffic)).filter_map(|rule| self.traffic(rule.traffic)) {
                    writeln!(text, "meta l4proto {protocol} {traffic} ct state new {apart} {mark};").unwrap();
                }
            }
        }
        text
    }

    /// The addresses of a group's members, as a rule of an ENI sees them.
    fn members(&self, slot: &Slot<'_>, group: GroupId) -> Vec<IpAddr> {
        let Some(named) = self.network.group(group) else { return vec![] };
        let joined = named.vpc == slot.eni.vpc || self.peered();
        let members = self.network.enis().filter(|eni| joined && eni.vpc == named.vpc && eni.groups.contains(&group));
        members.flat_map(|eni| self.own(eni)).collect()
    }

    fn peered(&self) -> bool {
        self.network.peerings().any(|peering| peering.state.as_str() == "active")
    }

    /// Every VPC's router: subnets' tables, gateways' tables, ACLs, peering, virtual private gateways.
    fn router(&self) -> Wanted {
        let mut lines = vec![];
        for slot in &self.slots {
            for other in self.slots.iter().filter(|other| other.eni.subnet == slot.eni.subnet) {
                let to = |own: &IpAddr| format!("route add {own} dev {} table {}", other.device, 100 + slot.at);
                lines.extend(self.own(other.eni).iter().map(to));
            }
            let subnet = self.network.subnet(slot.eni.subnet).unwrap();
            let blocks = [Some(IpNet::V4(subnet.cidr)), subnet.ipv6_cidr.map(|block| IpNet::V6(block.cidr))];
            for block in blocks.into_iter().flatten().filter(|block| self.block("", *block).is_some()) {
                lines.push(format!("route add blackhole {block} table {}", 100 + slot.at));
            }
            lines.extend(self.routes(self.naive.table_of(subnet), slot.vpc, 200 + slot.at, Some(&slot.device)));
        }
        for vpc in 0..VPCS {
            for slot in self.slots.iter().filter(|slot| slot.vpc == vpc) {
                lines.extend(self.own(slot.eni).iter().map(|own| format!("route add {own} dev {} table {}", slot.device, 300 + vpc)));
            }
        }
        for table in self.network.route_tables() {
            for (vpc, number) in table.associations.values().filter_map(|user| self.edge_of(table, user)) {
                lines.extend(self.routes(table, vpc, number, None));
            }
        }
        Wanted { lines, rules: self.acls(), ..Wanted::default() }
    }

    /// The VPC of a gateway's table, and the kernel's number for it.
    fn edge_of(&self, table: &RouteTable, user: &RouteTableUser) -> Option<(usize, usize)> {
        let vpc = *self.built.vpcs.iter().find(|(_, (id, _))| *id == table.vpc)?.0;
        match user {
            RouteTableUser::InternetGateway(_) => Some((vpc, 400 + vpc)),
            RouteTableUser::VpnGateway(_) => Some((vpc, 402)),
            RouteTableUser::Main | RouteTableUser::Subnet(_) => None,
        }
    }

    /// A route table, as that of an ENI's subnet (which has a device) or of a gateway.
    fn routes(&self, table: &RouteTable, vpc: usize, number: usize, from: Option<&str>) -> Vec<String> {
        let mut lines = vec![];
        let mut lists = 20;
        for (destination, route) in &table.routes {
            let slot = |id: EniId| self.slots.iter().find(|slot| slot.eni.id == id);
            let by = match &route.target {
                target if !self.naive.works(table.vpc, target) => None,
                // What no route of a gateway's table leads elsewhere is looked for in the VPC.
                RouteTarget::Local if from.is_none() => continue,
                RouteTarget::Local => Some(format!("a{vpc}")),
                RouteTarget::InternetGateway(_) => Some(format!("w{vpc}")),
                RouteTarget::EgressOnlyGateway(_) => Some(format!("x{vpc}")),
                RouteTarget::VpnGateway(_) => Some("v0".to_owned()),
                RouteTarget::Peering(_) => Some(format!("p{vpc}")),
                // From the internet only to one that has a public address (R29).
                RouteTarget::Eni(id) => slot(*id)
                    .filter(|slot| number == 402 || from.is_some() || slot.eni.mapped().next().is_some())
                    .map(|slot| slot.device.clone()),
                // Its own subnet sends it to itself (R47).
                RouteTarget::NatGateway(id) => {
                    let nat = slot(self.network.nat_gateway(*id).unwrap().eni().unwrap());
                    nat.map(|nat| nat.device.clone()).filter(|device| from != Some(device))
                }
                other => panic!("{other:?}"),
            };
            let (blocks, metric): (Vec<IpNet>, usize) = match destination {
                Destination::Cidr(block) if route.origin == RouteOrigin::EnableVgwRoutePropagation => {
                    // A local route goes before one that was told (R6).
                    if self.network.vpc(table.vpc).unwrap().has_address(block.addr()) {
                        continue;
                    }
                    (vec![*block], 90)
                }
                Destination::Cidr(block) => (vec![*block], 10),
                Destination::PrefixList(id) => {
                    lists += 1;
                    (self.network.prefix_list(*id).unwrap().entries.iter().map(|entry| entry.cidr).collect(), lists)
                }
            };
            let mut seen: Vec<IpNet> = vec![];
            for block in blocks.into_iter().filter(|block| self.block("", *block).is_some()) {
                if !seen.contains(&block) {
                    seen.push(block);
                    lines.push(match &by {
                        Some(device) => format!("route add {block} dev {device} table {number} metric {metric}"),
                        None => format!("route add blackhole {block} table {number} metric {metric}"),
                    });
                }
            }
        }
        lines
    }

    fn acls(&self) -> String {
        let mut rules = self.head.clone();
        let neighbours = self.slots.iter().flat_map(|one| {
            let others = self.slots.iter().filter(|other| other.eni.subnet == one.eni.subnet);
            others.map(|other| format!("{} . {}", one.device, other.device))
        });
        let (neighbours, ip) = (list(neighbours), self.ip());
        rules += "chain forward { type filter hook forward priority 0;\n";
        for (vpc, beyond) in [(0, 1), (1, 0)] {
            // What goes into one end of the peering connection comes out of the other (R53).
            writeln!(rules, "iifname \"p{beyond}\" {ip} daddr != {} drop; # from {vpc}", self.block_of(beyond)).unwrap();
        }
        // A virtual private gateway takes what is of its VPC, for where a connection leads to, and brings what is for its VPC (P23, R60).
        if !self.ipv6 {
            writeln!(rules, "oifname \"v0\" ip saddr != 10.0.0.0/16 drop;\niifname \"v0\" ip daddr != 10.0.0.0/16 drop;").unwrap();
            writeln!(rules, "oifname \"v0\" jump office;").unwrap();
        }
        if !self.slots.is_empty() {
            let jumps = |way: &str| list(self.slots.iter().map(|slot| format!("{} : jump {way}{}", slot.device, slot.at)));
            writeln!(rules, "iifname . oifname {{ {neighbours} }} accept").unwrap();
            writeln!(rules, "iifname vmap {{ {} }}\noifname vmap {{ {} }}", jumps("out"), jumps("in")).unwrap();
        }
        rules += "}\n";
        if !self.ipv6 {
            writeln!(rules, "chain office {{ {}drop; }}", self.office()).unwrap();
        }
        for slot in &self.slots {
            for (way, direction, end) in [("out", Direction::Egress, "daddr"), ("in", Direction::Ingress, "saddr")] {
                writeln!(rules, "chain {way}{} {{", slot.at).unwrap();
                let acl = self.network.acl(self.network.subnet(slot.eni.subnet).unwrap().acl).unwrap();
                for entry in acl.entries(direction).values() {
                    let verdict = if entry.action == AclAction::Allow { "return" } else { "drop" };
                    if let (Some(traffic), Some(block)) = (self.traffic(entry.traffic), self.block(end, entry.cidr)) {
                        writeln!(rules, "{traffic} {block} {verdict};").unwrap();
                    }
                }
                rules += "drop; }\n";
            }
        }
        rules + "}\n"
    }

    /// Where the virtual private gateway knows a way to: by its connection, or because it told a table of the VPC.
    fn office(&self) -> String {
        let written = self.network.vpn_connections().flat_map(|connection| connection.routes.iter()).map(|block| IpNet::V4(*block));
        let told = self.network.route_tables().flat_map(|table| &table.routes).filter_map(|(destination, route)| match destination {
            Destination::Cidr(block) if route.origin == RouteOrigin::EnableVgwRoutePropagation => Some(*block),
            _ => None,
        });
        written.chain(told).map(|block| format!("ip daddr {block} return; ")).collect()
    }

    fn gateway(&self, vpc: usize) -> bool {
        let id = self.built.vpcs.get(&vpc).map(|(id, _)| *id);
        self.network.internet_gateways().any(|gateway| id.is_some() && gateway.vpc == id)
    }

    /// The internet gateways: one address for another, without memory.
    fn edge(&self) -> Wanted {
        if self.ipv6 {
            return self.edge_ipv6();
        }
        let mapped = |vpc: usize| {
            let slots = self.slots.iter().filter(move |slot| slot.vpc == vpc && self.gateway(vpc));
            slots
                .flat_map(|slot| slot.eni.addresses.iter().filter_map(|address| Some((address.ip, address.public?.ip))))
                .collect::<Vec<_>>()
        };
        let mut rules = self.head.clone();
        for vpc in 0..VPCS {
            let pairs = mapped(vpc);
            writeln!(rules, "chain from{vpc} {{").unwrap();
            if pairs.is_empty() {
                rules += "drop;\n";
            } else {
                writeln!(rules, "ip saddr != {{ {} }} drop;", list(pairs.iter().map(|(private, _)| private))).unwrap();
                rules += "ip daddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 } drop;\ntcp dport 25 drop;\n";
                let pairs = list(pairs.iter().map(|(private, public)| format!("{private} : {public}")));
                writeln!(rules, "ip saddr set ip saddr map {{ {pairs} }};").unwrap();
            }
            rules += "}\n";
        }
        rules += "chain arriving { type filter hook prerouting priority -200;\niifname vmap { w0 : jump from0, w1 : jump from1 }\n";
        let nowhere = self.slots.iter().filter(|slot| !self.gateway(slot.vpc)).flat_map(|slot| slot.eni.mapped());
        for (_, public) in nowhere {
            writeln!(rules, "ip daddr {} drop;", public.ip).unwrap();
        }
        let all: Vec<_> = (0..VPCS).flat_map(mapped).collect();
        if all.is_empty() {
            rules += "iifname \"h\" drop;\n";
        } else {
            writeln!(rules, "iifname \"h\" ip daddr != {{ {} }} drop;", list(all.iter().map(|(_, public)| public))).unwrap();
            let pairs = list(all.iter().map(|(private, public)| format!("{public} : {private}")));
            writeln!(rules, "ip daddr set ip daddr map {{ {pairs} }};").unwrap();
        }
        Wanted { rules: rules + "}\n}\n", ..Wanted::default() }
    }

    /// Over IPv6 nothing is translated. An egress-only gateway (`x`) lets in what belongs to something that it let out: it marks that by its VPC. What
    /// can be nothing but an answer it lets out only where the flow bears its mark (R58).
    fn edge_ipv6(&self) -> Wanted {
        let mut rules = self.head.clone() + &self.zone;
        rules += "chain forward { type filter hook forward priority 0; policy drop;\ntcp dport 25 drop;\n";
        for vpc in 0..VPCS {
            let mark = 1 << vpc;
            for answer in ["tcp flags & (syn | ack) == syn | ack", "icmpv6 type echo-reply"] {
                // An answer to something that never came by here belongs to no flow, so it bears no mark that could be looked at.
                writeln!(rules, "iifname \"x{vpc}\" ct state invalid {answer} drop;").unwrap();
                writeln!(rules, "iifname \"x{vpc}\" ct mark and {mark} == 0 {answer} drop;").unwrap();
            }
            writeln!(rules, "iifname \"x{vpc}\" ct mark set ct mark or {mark};").unwrap();
        }
        for vpc in 0..VPCS {
            let slots = self.slots.iter().filter(|slot| slot.vpc == vpc);
            let own = list(slots.flat_map(|slot| self.own(slot.eni)));
            let egress_only =
                self.network.egress_only_gateways().any(|one| self.built.vpcs.get(&vpc).is_some_and(|(id, _)| one.vpc == *id));
            if !own.is_empty() && egress_only {
                writeln!(rules, "oifname \"w{vpc}\" ip6 daddr {{ {own} }} ct mark and {} != 0 accept;", 1 << vpc).unwrap();
            }
            if !own.is_empty() && self.gateway(vpc) {
                writeln!(rules, "oifname \"w{vpc}\" ip6 daddr {{ {own} }} accept;").unwrap();
            }
        }
        rules += "iifname \"h\" oifname \"h\" drop;\noifname \"h\" accept;\n}\n}\n";
        // What nobody here has, the internet has, unless it is of a VPC's block.
        let to =
            |slot: &Slot<'_>| self.own(slot.eni).into_iter().map(|own| format!("route add {own} dev w{}", slot.vpc)).collect::<Vec<_>>();
        let blocks = self.network.vpcs().flat_map(|vpc| vpc.blocks()).filter(|block| matches!(block, IpNet::V6(_)));
        let nobody = blocks.map(|block| format!("route add blackhole {block}"));
        Wanted { rules, lines: self.slots.iter().flat_map(to).chain(nobody).collect(), ..Wanted::default() }
    }

    fn nat(&self, at: usize) -> Wanted {
        let slot = self.slots.iter().find(|slot| slot.at == ENIS + at && !self.ipv6);
        let Some(slot) = slot else { return self.nothing() };
        let own = slot.eni.addresses[0].ip;
        let rules = format!(
            "{}{}chain forward {{ type filter hook forward priority 0;\n\
             ip protocol != {{ tcp, udp, icmp }} drop; ct state invalid drop; ip daddr {own} drop;\n\
             ct direction original ip saddr != 10.{}.0.0/16 drop; ip dscp set cs1; }}\n\
             chain leaving {{ type nat hook postrouting priority 100; snat to {own}; }}\n}}\n",
            self.head, self.zone, slot.vpc
        );
        Wanted { rules, ..Wanted::default() }
    }

    fn guest(&self, at: usize) -> Wanted {
        let id = self.built.instances.get(&at);
        let instance = id.and_then(|id| self.network.instance(*id)).filter(|instance| instance.state == InstanceState::Running);
        let legs: Vec<usize> = (0..ENIS).filter(|eni| INSTANCES[*eni] == at).map(|eni| eni % 2).collect();
        let mut wanted = self.nothing();
        let filter = match instance.map(|instance| instance.guest.rp_filter) {
            Some(RpFilter::Strict) => "1",
            Some(RpFilter::Loose) => "2",
            _ => "0",
        };
        let forwards = if instance.is_some_and(|instance| instance.guest.forwarding) { "1" } else { "0" };
        if self.ipv6 {
            wanted.settings.push(("ipv6/conf/all/forwarding".to_owned(), forwards));
        }
        for leg in legs.iter().filter(|_| !self.ipv6) {
            wanted.settings.push((format!("ipv4/conf/e{leg}/rp_filter"), filter));
            wanted.settings.push((format!("ipv4/conf/e{leg}/forwarding"), forwards));
        }
        let Some(instance) = instance else { return wanted };
        let (ip, everywhere, masquerade) = (self.ip(), self.everywhere(), instance.guest.masquerade && !self.ipv6);
        let mut rules = format!("{}chain forward {{ type filter hook forward priority 0; {ip} dscp set cs1; }}\n", self.head);
        if masquerade {
            rules += &self.zone;
            rules += "chain leaving { type nat hook postrouting priority 100;\n";
        }
        for (device, address) in configured(self.network, instance).filter(|(_, address)| address.is_ipv6() == self.ipv6) {
            wanted.lines.push(format!("addr add {address}/{} dev e{device}", if self.ipv6 { 128 } else { 32 }));
            if instance.guest.policy_routing {
                wanted.lines.push(format!("rule add from {address} lookup 5{device} pref 5{device}"));
            }
        }
        for eni in instance.enis.values().filter_map(|id| self.network.eni(*id)).filter(|eni| !self.own(eni).is_empty()) {
            let device = eni.attachment.as_ref().unwrap().device_index;
            let subnet = self.network.subnet(eni.subnet).unwrap();
            let block = if self.ipv6 { subnet.ipv6_cidr.map(|block| IpNet::V6(block.cidr)) } else { Some(IpNet::V4(subnet.cidr)) };
            wanted.lines.push(format!("route add {everywhere} dev e{device} table 5{device}"));
            wanted.lines.extend(block.map(|block| format!("route add {block} dev e{device} metric 10{device}")));
            wanted.lines.push(format!("route add {everywhere} dev e{device} metric 10{device}"));
            if masquerade {
                writeln!(rules, "iifname {{ e0, e1 }} oifname e{device} snat to {};", eni.addresses[0].ip).unwrap();
            }
        }
        if masquerade {
            rules += "}\n";
        }
        wanted.rules = rules + "}\n";
        wanted
    }
}
