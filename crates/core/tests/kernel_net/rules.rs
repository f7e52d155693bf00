//! A network in the words of `ip` and `nft`.

use super::layout::{self, EDGE, GUESTS, ROUTER};
use crate::random_net::built::Built;
use crate::random_net::draw::{ENIS, INSTANCES, NATS, VPCS};
use crate::random_net::naive::Naive;
use eni_core::addr::{Direction, IcmpMatch, IpNet, Ipv4Addr, PortRange, Traffic};
use eni_core::id::{EniId, VpcId};
use eni_core::model::eni::Eni;
use eni_core::model::instance::{Instance, InstanceState, RpFilter};
use eni_core::model::network::Network;
use eni_core::model::network_acl::AclAction;
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a namespace is given.
#[derive(Default)]
pub struct Wanted {
    /// For `ip -batch`: what they add is taken away before the next network comes.
    pub lines: Vec<String>,
    /// Below `net/ipv4/conf`.
    pub settings: Vec<(String, &'static str)>,
    /// For `nft -f`, in the place of what was there.
    pub rules: String,
}

/// An ENI of an instance or of a NAT gateway, and the router's device that leads to it.
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
    /// Begins every set of rules.
    head: String,
    /// Where connections are tracked, those of this network are kept apart.
    zone: String,
}

/// The addresses that a guest has configured, and the device of each (`E62`).
pub fn configured<'a>(network: &'a Network, instance: &'a Instance) -> impl Iterator<Item = (u16, Ipv4Addr)> + 'a {
    instance.enis.values().filter_map(|id| network.eni(*id)).flat_map(move |eni| {
        let count = if instance.guest.configures_secondaries { eni.addresses.len() } else { 1 };
        let device = eni.attachment.as_ref().map_or(0, |attachment| attachment.device_index);
        eni.addresses.iter().take(count).map(move |address| (device, address.ip))
    })
}

/// What every namespace is given for a network.
pub fn of(built: &Built, zone: u16) -> BTreeMap<String, Wanted> {
    let network = &built.lab.network;
    let number = |vpc: VpcId| *built.vpcs.iter().find(|(_, (id, _))| *id == vpc).unwrap().0;
    let slot = |at: usize, device: String, id: EniId| {
        let eni = network.eni(id).unwrap();
        Slot { at, device, vpc: number(eni.vpc), eni }
    };
    let enis = built.enis.iter().map(|(at, id)| slot(*at, format!("f{at}"), *id));
    let nats = built.nats.iter().map(|(at, id)| slot(ENIS + at, format!("n{at}"), network.nat_gateway(*id).unwrap().eni().unwrap()));
    let quiet = "icmp type { destination-unreachable, redirect, time-exceeded, parameter-problem } drop;";
    let words = Words {
        built,
        network,
        naive: Naive::new(network),
        slots: enis.chain(nats).collect(),
        head: format!("flush ruleset\ntable ip t {{\nchain quiet {{ type filter hook output priority -300; {quiet} }}\n"),
        zone: format!("chain flows {{ type filter hook prerouting priority -300; ct zone set {zone}; }}\n"),
    };
    let mut all = BTreeMap::from([(ROUTER.to_owned(), words.router()), (EDGE.to_owned(), words.edge())]);
    all.extend((0..ENIS).map(|at| (layout::eni(at), words.eni(at))));
    all.extend((0..NATS).map(|at| (layout::nat(at), words.nat(at))));
    all.extend((0..GUESTS).map(|at| (layout::guest(at), words.guest(at))));
    all
}

/// What a rule says of the packet, the peer apart.
fn traffic(traffic: Traffic) -> String {
    let ports = |protocol: &str, ports: PortRange| format!("{protocol} dport {}-{}", ports.from(), ports.to());
    match traffic {
        Traffic::All => String::new(),
        Traffic::Tcp(range) => ports("tcp", range),
        Traffic::Udp(range) => ports("udp", range),
        Traffic::Icmp(IcmpMatch::Any) => "ip protocol icmp".to_owned(),
        Traffic::Icmp(IcmpMatch::Type(kind)) => format!("icmp type {kind}"),
        Traffic::Other(number) => format!("ip protocol {number}"),
        other => panic!("{other:?}"),
    }
}

fn block(end: &str, block: &str) -> String {
    if block == "0.0.0.0/0" { String::new() } else { format!("ip {end} {block}") }
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

impl Words<'_> {
    /// For a namespace that nobody has.
    fn nothing(&self) -> Wanted {
        Wanted {
            rules: format!("{}chain forward {{ type filter hook forward priority 0; policy drop; }}\n}}\n", self.head),
            ..Wanted::default()
        }
    }

    /// The ENI's side of the world: from the guest (`g`) outward, from the router (`f`) inward.
    fn eni(&self, at: usize) -> Wanted {
        let Some(slot) = self.slots.iter().find(|slot| slot.at == at) else { return self.nothing() };
        let own = list(slot.eni.addresses.iter().map(|address| address.ip));
        let check = |end| if slot.eni.source_dest_check { format!("ip {end} != {{ {own} }} drop;\n") } else { String::new() };
        let mut rules = self.head.clone() + &self.zone;
        rules +=
            "chain forward { type filter hook forward priority 0; policy drop; iifname \"g\" jump outward; iifname \"f\" jump inward; }\n";
        // What a guest sends on under an address of its own is its own (S25).
        writeln!(
            rules,
            "chain outward {{ ip saddr {{ {own} }} ip dscp set cs0;\n{}{}}}",
            check("saddr"),
            self.groups(slot, Direction::Egress)
        )
        .unwrap();
        writeln!(rules, "chain inward {{\n{}{}}}\n}}", check("daddr"), self.groups(slot, Direction::Ingress)).unwrap();
        Wanted { rules, ..Wanted::default() }
    }

    fn groups(&self, slot: &Slot<'_>, direction: Direction) -> String {
        let (end, opened, other) = if direction == Direction::Ingress { ("saddr", 1, 2) } else { ("daddr", 2, 1) };
        let mut text = format!(
            "ct state established ct direction original ct mark and {opened} == 0 accept;\n\
             ct state established ct direction reply ct mark and {other} == 0 accept;\n"
        );
        text += &self.untracked(slot, direction, &format!("ct mark set ct mark or {opened} accept"));
        let groups = slot.eni.groups.iter().filter_map(|id| self.network.group(*id));
        for rule in groups.flat_map(|group| group.rules_of(direction)) {
            let peers: Vec<String> = match rule.peer {
                Peer::Ipv4(cidr) => vec![block(end, &cidr.to_string())],
                Peer::PrefixList(id) => {
                    self.network.prefix_list(id).unwrap().entries.iter().map(|entry| block(end, &entry.cidr.to_string())).collect()
                }
                // Not what was handed on: guests mark that (S25).
                Peer::Group(id) => self.members(slot, id).iter().map(|member| format!("ip dscp cs0 ip {end} {member}")).collect(),
                Peer::Ipv6(_) => vec![],
            };
            for peer in peers {
                writeln!(text, "{} {peer} accept;", traffic(rule.traffic)).unwrap();
            }
        }
        text
    }

    /// A kernel tracks every flow. Those that AWS does not (S35) bear a mark of the direction that they were opened in, and have their rules asked again.
    fn untracked(&self, slot: &Slot<'_>, direction: Direction, mark: &str) -> String {
        let end = if direction == Direction::Ingress { "saddr" } else { "daddr" };
        let open = |direction: Direction| {
            let groups = slot.eni.groups.iter().filter_map(|id| self.network.group(*id));
            groups
                .flat_map(move |group| group.rules_of(direction))
                .filter(|rule| matches!(rule.peer, Peer::Ipv4(cidr) if cidr.prefix_len() == 0))
        };
        // What a service has put into the VPC is always spoken with by tracked flows (S37).
        let services = self.slots.iter().filter(|other| other.vpc == slot.vpc && other.eni.is_requester_managed());
        let services = list(services.flat_map(|other| &other.eni.addresses).map(|address| address.ip));
        let apart = if services.is_empty() { services } else { format!("ip {end} != {{ {services} }}") };
        let mut text = String::new();
        for (protocol, number) in [("tcp", 6), ("udp", 17)] {
            let speaks = |rule: Traffic| rule == Traffic::All || matches!((rule, number), (Traffic::Tcp(_), 6) | (Traffic::Udp(_), 17));
            let all = |rule: Traffic| matches!(rule, Traffic::All | Traffic::Tcp(PortRange::ALL) | Traffic::Udp(PortRange::ALL));
            if open(direction.opposite()).any(|rule| speaks(rule.traffic) && all(rule.traffic)) {
                for rule in open(direction).filter(|rule| speaks(rule.traffic)) {
                    writeln!(text, "meta l4proto {protocol} {} ct state new {apart} {mark};", traffic(rule.traffic)).unwrap();
                }
            }
        }
        text
    }

    /// The addresses of a group's members, as a rule of an ENI sees them.
    fn members(&self, slot: &Slot<'_>, group: eni_core::id::GroupId) -> Vec<Ipv4Addr> {
        let Some(named) = self.network.group(group) else { return vec![] };
        let joined = named.vpc == slot.eni.vpc || self.peered();
        let members = self.network.enis().filter(|eni| joined && eni.vpc == named.vpc && eni.groups.contains(&group));
        members.flat_map(|eni| eni.addresses.iter().map(|address| address.ip)).collect()
    }

    fn peered(&self) -> bool {
        self.network.peerings().any(|peering| peering.state.as_str() == "active")
    }

    /// Every VPC's router: subnets' tables, ACLs, peering.
    fn router(&self) -> Wanted {
        let mut lines = vec![];
        for slot in &self.slots {
            for other in &self.slots {
                for address in &other.eni.addresses {
                    if other.eni.subnet == slot.eni.subnet {
                        lines.push(format!("route add {}/32 dev {} table {}", address.ip, other.device, 100 + slot.at));
                    }
                }
            }
            let subnet = self.network.subnet(slot.eni.subnet).unwrap();
            lines.push(format!("route add blackhole {} table {}", subnet.cidr, 100 + slot.at));
            lines.extend(self.routes(slot));
        }
        for vpc in 0..VPCS {
            for slot in self.slots.iter().filter(|slot| slot.vpc == vpc) {
                for address in &slot.eni.addresses {
                    lines.push(format!("route add {}/32 dev {} table {}", address.ip, slot.device, 300 + vpc));
                }
            }
        }
        Wanted { lines, rules: self.acls(), ..Wanted::default() }
    }

    /// The route table of an ENI's subnet.
    fn routes(&self, slot: &Slot<'_>) -> Vec<String> {
        let subnet = self.network.subnet(slot.eni.subnet).unwrap();
        let table = self.naive.table_of(subnet);
        let mut lines = vec![];
        let mut lists = 20;
        for (destination, route) in &table.routes {
            let device = |id: &EniId| self.slots.iter().find(|slot| slot.eni.id == *id).map(|slot| slot.device.clone());
            let by = match &route.target {
                target if !self.naive.works(table.vpc, target) => None,
                RouteTarget::Local => Some(format!("a{}", slot.vpc)),
                RouteTarget::InternetGateway(_) => Some(format!("w{}", slot.vpc)),
                RouteTarget::Peering(_) => Some(format!("p{}", slot.vpc)),
                RouteTarget::Eni(id) => device(id),
                // Its own subnet sends it to itself (R47).
                RouteTarget::NatGateway(id) => {
                    device(&self.network.nat_gateway(*id).unwrap().eni().unwrap()).filter(|device| *device != slot.device)
                }
                other => panic!("{other:?}"),
            };
            let (blocks, metric): (Vec<IpNet>, usize) = match destination {
                Destination::Cidr(block) => (vec![*block], 10),
                Destination::PrefixList(id) => {
                    lists += 1;
                    (self.network.prefix_list(*id).unwrap().entries.iter().map(|entry| entry.cidr).collect(), lists)
                }
            };
            let mut seen: Vec<IpNet> = vec![];
            for block in blocks {
                if !seen.contains(&block) {
                    seen.push(block);
                    let table = 200 + slot.at;
                    lines.push(match &by {
                        Some(device) => format!("route add {block} dev {device} table {table} metric {metric}"),
                        None => format!("route add blackhole {block} table {table} metric {metric}"),
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
        let neighbours = list(neighbours);
        rules += "chain forward { type filter hook forward priority 0;\n";
        for (vpc, beyond) in [(0, 1), (1, 0)] {
            // What goes into one end of the peering connection comes out of the other (R53).
            writeln!(rules, "iifname \"p{beyond}\" ip daddr != 10.{beyond}.0.0/16 drop; # from {vpc}").unwrap();
        }
        if !self.slots.is_empty() {
            let jumps = |way: &str| list(self.slots.iter().map(|slot| format!("{} : jump {way}{}", slot.device, slot.at)));
            writeln!(rules, "iifname . oifname {{ {neighbours} }} accept").unwrap();
            writeln!(rules, "iifname vmap {{ {} }}\noifname vmap {{ {} }}", jumps("out"), jumps("in")).unwrap();
        }
        rules += "}\n";
        for slot in &self.slots {
            for (way, direction, end) in [("out", Direction::Egress, "daddr"), ("in", Direction::Ingress, "saddr")] {
                writeln!(rules, "chain {way}{} {{", slot.at).unwrap();
                let acl = self.network.acl(self.network.subnet(slot.eni.subnet).unwrap().acl).unwrap();
                for entry in acl.entries(direction).values() {
                    let verdict = if entry.action == AclAction::Allow { "return" } else { "drop" };
                    writeln!(rules, "{} {} {verdict};", traffic(entry.traffic), block(end, &entry.cidr.to_string())).unwrap();
                }
                rules += "drop; }\n";
            }
        }
        rules + "}\n"
    }

    /// The internet gateways: one address for another, without memory.
    fn edge(&self) -> Wanted {
        let gateway = |vpc: usize| {
            let id = self.built.vpcs.get(&vpc).map(|(id, _)| *id);
            self.network.internet_gateways().any(|gateway| id.is_some() && gateway.vpc == id)
        };
        let mapped = |vpc: usize| {
            let slots = self.slots.iter().filter(move |slot| slot.vpc == vpc && gateway(vpc));
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
        let nowhere = self.slots.iter().filter(|slot| !gateway(slot.vpc)).flat_map(|slot| slot.eni.mapped());
        for (_, public) in nowhere {
            writeln!(rules, "ip daddr {} drop;", public.ip).unwrap();
        }
        let all: Vec<(Ipv4Addr, Ipv4Addr)> = (0..VPCS).flat_map(mapped).collect();
        if all.is_empty() {
            rules += "iifname \"h\" drop;\n";
        } else {
            writeln!(rules, "iifname \"h\" ip daddr != {{ {} }} drop;", list(all.iter().map(|(_, public)| public))).unwrap();
            let pairs = list(all.iter().map(|(private, public)| format!("{public} : {private}")));
            writeln!(rules, "ip daddr set ip daddr map {{ {pairs} }};").unwrap();
        }
        Wanted { rules: rules + "}\n}\n", ..Wanted::default() }
    }

    fn nat(&self, at: usize) -> Wanted {
        let Some(slot) = self.slots.iter().find(|slot| slot.at == ENIS + at) else { return self.nothing() };
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
        for leg in &legs {
            wanted.settings.push((format!("e{leg}/rp_filter"), filter));
            wanted.settings.push((format!("e{leg}/forwarding"), forwards));
        }
        let Some(instance) = instance else { return wanted };
        let mut rules = self.head.clone() + "chain forward { type filter hook forward priority 0; ip dscp set cs1; }\n";
        if instance.guest.masquerade {
            rules += &self.zone;
            rules += "chain leaving { type nat hook postrouting priority 100;\n";
        }
        for (device, address) in configured(self.network, instance) {
            wanted.lines.push(format!("addr add {address}/32 dev e{device}"));
            if instance.guest.policy_routing {
                wanted.lines.push(format!("rule add from {address} lookup 5{device} pref 5{device}"));
            }
        }
        for eni in instance.enis.values().filter_map(|id| self.network.eni(*id)) {
            let device = eni.attachment.as_ref().unwrap().device_index;
            let subnet = self.network.subnet(eni.subnet).unwrap().cidr;
            wanted.lines.push(format!("route add default dev e{device} table 5{device}"));
            wanted.lines.push(format!("route add {subnet} dev e{device} metric 10{device}"));
            wanted.lines.push(format!("route add default dev e{device} metric 10{device}"));
            if instance.guest.masquerade {
                writeln!(rules, "iifname {{ e0, e1 }} oifname e{device} snat to {};", eni.addresses[0].ip).unwrap();
            }
        }
        if instance.guest.masquerade {
            rules += "}\n";
        }
        wanted.rules = rules + "}\n";
        wanted
    }
}
