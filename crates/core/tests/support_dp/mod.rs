//! A small laboratory for the data plane's tests: networks built event by event, rules and packets written as one line of text.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says plainly that something must be there")]
#![allow(missing_docs, reason = "names say it")]

use eni_core::addr::{Direction, IcmpMatch, IpAddr, IpNet, Ipv4Addr, Ipv4Net, Ipv6Net, Mac, PortRange, Traffic};
use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::dataplane::{Assume, Origin, Question, judge};
use eni_core::id::*;
use eni_core::model::eni::{
    Attachment, AttachmentStatus, Eni, InterfaceType, PrivateAddress, PublicAddress, PublicOrigin, TrackingTimeouts,
};
use eni_core::model::event::{EniChange, Event, InstanceChange, SubnetChange, VpcChange};
use eni_core::model::gateway::InternetGateway;
use eni_core::model::instance::{Guest, GuestFlavour, Instance, InstanceState, Listener, ListenerProtocol};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::Network;
use eni_core::model::network_acl::{AclAction, AclEntry, NetworkAcl};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use eni_core::model::vpc::{Subnet, SubnetIpv6Cidr, Vpc, VpcCidr, VpcIpv6Cidr};
use eni_core::model::vpn::VpnGateway;
use eni_core::model::{AccountId, Tags, Zone};
use eni_core::packet::{Packet, TcpFlags, Transport};
use eni_core::table::{Set, Table};
use eni_core::time::Instant;

/// A host: its instance and its first ENI.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    pub instance: InstanceId,
    pub eni: EniId,
}

/// One VPC, 10.0.0.0/16, with its main table and an ACL that allows all; more is added by the test.
pub struct Lab {
    pub network: Network,
    pub tracking: Tracking,
    pub now: Instant,
    pub vpc: VpcId,
    pub table: RouteTableId,
    pub acl: AclId,
    /// The default group: it lets its own members in, and everything out.
    pub default_group: GroupId,
    pub assume: Assume,
    names: Table<Place, String>,
    numbers: u64,
}

pub fn ip(text: &str) -> Ipv4Addr {
    text.parse().unwrap()
}

pub fn net(text: &str) -> Ipv4Net {
    text.parse().unwrap()
}

/// `tcp 22`, `udp 1000-2000`, `icmp`, `icmp 8`, `all`, `47`.
pub fn traffic(text: &str) -> Traffic {
    let mut words = text.split(' ');
    let protocol = words.next().unwrap();
    let rest = words.next();
    let ports = || match rest {
        None => PortRange::ALL,
        Some(text) => match text.split_once('-') {
            Some((from, to)) => PortRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap(),
            None => PortRange::single(text.parse().unwrap()),
        },
    };
    match protocol {
        "all" => Traffic::All,
        "tcp" => Traffic::Tcp(ports()),
        "udp" => Traffic::Udp(ports()),
        "icmp" => Traffic::Icmp(rest.map_or(IcmpMatch::Any, |kind| IcmpMatch::Type(kind.parse().unwrap()))),
        number => Traffic::Other(number.parse().unwrap()),
    }
}

/// `tcp 10.0.1.10:40000 > 10.0.2.20:443`, flags before it as `syn+ack`; `icmp 1.2.3.4 > 5.6.7.8`; `47 a > b`.
pub fn packet(text: &str) -> Packet {
    let words: Vec<&str> = text.split(' ').collect();
    let [protocol, source, ">", destination, flags @ ..] = words.as_slice() else { panic!("not a packet: {text}") };
    let end = |text: &str| match text.split_once(':') {
        Some((address, port)) => (IpAddr::V4(ip(address)), port.parse().unwrap()),
        None => (IpAddr::V4(ip(text)), 0u16),
    };
    let ((source, from), (destination, to)) = (end(source), end(destination));
    let transport = match *protocol {
        "tcp" => Transport::Tcp { source: from, destination: to, flags: tcp_flags(flags), sequence: 0, acknowledgement: 0 },
        "udp" => Transport::Udp { source: from, destination: to },
        "ping" => Transport::Icmp { kind: 8, code: 0, id: from, sequence: 1 },
        "pong" => Transport::Icmp { kind: 0, code: 0, id: from, sequence: 1 },
        "too-big" => Transport::Icmp { kind: 3, code: 4, id: 0, sequence: 0 },
        number => Transport::Other(number.parse().unwrap()),
    };
    Packet { source, destination, transport, length: 60 }
}

fn tcp_flags(words: &[&str]) -> TcpFlags {
    match words {
        [] | ["syn"] => TcpFlags::SYN,
        ["syn+ack"] => TcpFlags::SYN_ACK,
        ["ack"] => TcpFlags::ACK,
        ["fin"] => TcpFlags::FIN.with(TcpFlags::ACK),
        ["rst"] => TcpFlags::RST,
        other => panic!("no such flags: {other:?}"),
    }
}

impl Lab {
    pub fn new() -> Lab {
        let mut lab = Lab {
            network: Network::empty("us-east-1", AccountId(111_122_223_333)),
            tracking: Tracking::default(),
            now: Instant::ZERO,
            vpc: VpcId::from_number(1),
            table: RouteTableId::from_number(1),
            acl: AclId::from_number(1),
            default_group: GroupId::from_number(1),
            assume: Assume { running: false, listening: true },
            names: Table::from([(Place::Internet, "internet".to_owned())]),
            numbers: 1,
        };
        let (vpc, table, acl, group) = (lab.vpc, lab.table, lab.acl, lab.default_group);
        lab.vpc_with(vpc, "10.0.0.0/16", table, acl, group);
        lab.name(Place::Router(vpc), "vpc");
        lab
    }

    /// A further VPC.
    pub fn other_vpc(&mut self, cidr: &str) -> VpcId {
        let number = self.number();
        let (vpc, table) = (VpcId::from_number(number), RouteTableId::from_number(number));
        self.vpc_with(vpc, cidr, table, AclId::from_number(number), GroupId::from_number(number));
        vpc
    }

    fn vpc_with(&mut self, id: VpcId, cidr: &str, table: RouteTableId, acl: AclId, group: GroupId) {
        let block = VpcCidr { association: VpcCidrAssociationId::from_number(self.numbers), cidr: net(cidr) };
        self.apply(Event::VpcCreated(Box::new(Vpc {
            id,
            cidrs: vec![block],
            ipv6_cidrs: vec![],
            is_default: false,
            main_route_table: table,
            default_acl: acl,
            default_group: group,
            dns_support: true,
            dns_hostnames: true,
            tags: Tags::new(),
        })));
        self.table_with(table, id, RouteTableUser::Main, cidr);
        self.acl_with(acl, id);
        self.set_acl(acl, "in 100 allow all 0.0.0.0/0");
        self.set_acl(acl, "out 100 allow all 0.0.0.0/0");
        self.group_with(group, id, "default");
        self.rule(group, "out all 0.0.0.0/0");
        self.rule(group, &format!("in all {group}"));
    }

    pub fn apply(&mut self, event: Event) {
        self.network.apply(&event);
    }

    pub fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Gives a place a name for expected steps.
    pub fn name(&mut self, place: Place, name: &str) {
        self.names.insert(place, name.to_owned());
    }

    pub fn subnet(&mut self, cidr: &str) -> SubnetId {
        self.subnet_in(self.vpc, self.acl, cidr)
    }

    pub fn subnet_in(&mut self, vpc: VpcId, acl: AclId, cidr: &str) -> SubnetId {
        let number = self.number();
        let id = SubnetId::from_number(number);
        self.apply(Event::SubnetCreated(Box::new(Subnet {
            id,
            vpc,
            zone: Zone::new("us-east-1a"),
            cidr: net(cidr),
            ipv6_cidr: None,
            dns64: false,
            launch_names: Default::default(),
            map_public_ip_on_launch: false,
            assign_ipv6_on_creation: false,
            default_for_az: false,
            acl,
            acl_association: AclAssociationId::from_number(number),
            tags: Tags::new(),
        })));
        self.name(Place::Subnet(id), cidr);
        id
    }

    /// Blocks of IPv6 for a subnet and its VPC, without routes.
    pub fn ipv6(&mut self, subnet: SubnetId, block: &str) {
        let (number, vpc) = (self.number(), self.network.subnet(subnet).unwrap().vpc);
        let cidr: Ipv6Net = block.parse().unwrap();
        let whole = VpcIpv6Cidr { association: VpcCidrAssociationId::from_number(number), cidr: cidr.supernet().unwrap() };
        self.apply(Event::VpcChanged(vpc, VpcChange::Ipv6CidrAdded(whole)));
        let own = SubnetIpv6Cidr { association: SubnetCidrAssociationId::from_number(number), cidr };
        self.apply(Event::SubnetChanged(subnet, SubnetChange::Ipv6Cidr(Some(own))));
    }

    /// A subnet's own table, with the local route of the VPC.
    pub fn own_table(&mut self, subnet: SubnetId) -> RouteTableId {
        let id = RouteTableId::from_number(self.number());
        self.table_with(id, self.vpc, RouteTableUser::Subnet(subnet), "10.0.0.0/16");
        id
    }

    pub fn table_with(&mut self, id: RouteTableId, vpc: VpcId, user: RouteTableUser, cidr: &str) {
        let association = RouteTableAssociationId::from_number(self.number());
        let local = Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRouteTable };
        self.apply(Event::RouteTableCreated(Box::new(RouteTable {
            id,
            vpc,
            associations: Table::from([(association, user)]),
            routes: Table::from([(Destination::Cidr(IpNet::V4(net(cidr))), local)]),
            propagating: vec![],
            tags: Tags::new(),
        })));
    }

    pub fn route(&mut self, table: RouteTableId, cidr: &str, target: RouteTarget) {
        self.route_from(table, cidr, target, RouteOrigin::CreateRoute);
    }

    pub fn route_from(&mut self, table: RouteTableId, cidr: &str, target: RouteTarget, origin: RouteOrigin) {
        self.apply(Event::RouteSet(table, Destination::Cidr(IpNet::V4(net(cidr))), Route { target, origin }));
    }

    /// An internet gateway attached to the VPC, with a default route to it in the main table.
    pub fn gateway(&mut self) -> InternetGatewayId {
        let id = self.bare_gateway(Some(self.vpc));
        self.route(self.table, "0.0.0.0/0", RouteTarget::InternetGateway(id));
        self.name(Place::InternetGateway(id), "igw");
        id
    }

    pub fn bare_gateway(&mut self, vpc: Option<VpcId>) -> InternetGatewayId {
        let id = InternetGatewayId::from_number(self.number());
        self.apply(Event::InternetGatewayCreated(Box::new(InternetGateway { id, vpc: None, tags: Tags::new() })));
        self.apply(Event::InternetGatewayMoved(id, vpc));
        id
    }

    pub fn vpn_gateway(&mut self) -> VpnGatewayId {
        let id = VpnGatewayId::from_number(self.number());
        self.apply(Event::VpnGatewayCreated(Box::new(VpnGateway { id, vpc: Some(self.vpc), amazon_side_asn: 64_512, tags: Tags::new() })));
        self.name(Place::VpnGateway(id), "vgw");
        id
    }

    pub fn acl_with(&mut self, id: AclId, vpc: VpcId) {
        self.apply(Event::AclCreated(Box::new(NetworkAcl {
            id,
            vpc,
            is_default: false,
            ingress: Table::new(),
            egress: Table::new(),
            tags: Tags::new(),
        })));
    }

    /// A new ACL, which denies everything, for a subnet.
    pub fn own_acl(&mut self, subnet: SubnetId, entries: &[&str]) -> AclId {
        let number = self.number();
        let id = AclId::from_number(number);
        self.acl_with(id, self.vpc);
        self.apply(Event::AclAssociationReplaced(subnet, id, AclAssociationId::from_number(number)));
        for entry in entries {
            self.set_acl(id, entry);
        }
        id
    }

    /// `in 100 allow tcp 22 0.0.0.0/0`.
    pub fn set_acl(&mut self, acl: AclId, text: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let [direction, number, action, traffic_words @ .., cidr] = words.as_slice() else { panic!("not an entry: {text}") };
        let action = if *action == "allow" { AclAction::Allow } else { AclAction::Deny };
        let entry = AclEntry { traffic: traffic(&traffic_words.join(" ")), cidr: IpNet::V4(net(cidr)), action };
        self.apply(Event::AclEntrySet(acl, direction_of(direction), number.parse().unwrap(), entry));
    }

    /// A group with rules, as `in tcp 22 203.0.113.1/32` or `out all sg-…`.
    pub fn group(&mut self, rules: &[&str]) -> GroupId {
        let id = GroupId::from_number(self.number());
        self.group_with(id, self.vpc, &id.to_string());
        for rule in rules {
            self.rule(id, rule);
        }
        id
    }

    fn group_with(&mut self, id: GroupId, vpc: VpcId, name: &str) {
        self.apply(Event::GroupCreated(Box::new(SecurityGroup {
            id,
            vpc,
            name: name.to_owned(),
            description: "test".to_owned(),
            rules: vec![],
            tags: Tags::new(),
        })));
    }

    pub fn rule(&mut self, group: GroupId, text: &str) -> GroupRuleId {
        let words: Vec<&str> = text.split(' ').collect();
        let [direction, traffic_words @ .., peer] = words.as_slice() else { panic!("not a rule: {text}") };
        let peer = match peer.split_once('-') {
            Some(("sg", _)) => Peer::Group(peer.parse().unwrap()),
            Some(("pl", _)) => Peer::PrefixList(peer.parse().unwrap()),
            _ if peer.contains(':') => Peer::Ipv6(peer.parse().unwrap()),
            _ => Peer::Ipv4(net(peer)),
        };
        let id = GroupRuleId::from_number(self.number());
        let rule = GroupRule {
            id,
            direction: direction_of(direction),
            traffic: traffic(&traffic_words.join(" ")),
            peer,
            description: String::new(),
            tags: Tags::new(),
        };
        self.apply(Event::GroupRulesAdded(group, vec![rule]));
        id
    }

    /// An ENI with these addresses, attached to nothing.
    pub fn eni(&mut self, subnet: SubnetId, addresses: &[&str], groups: &[GroupId]) -> EniId {
        let number = self.number();
        let id = EniId::from_number(number);
        let eni = Eni {
            id,
            subnet,
            vpc: self.network.subnet(subnet).unwrap().vpc,
            owner: self.network.account(),
            description: String::new(),
            kind: InterfaceType::Interface,
            mac: Mac::from_number(number),
            addresses: addresses.iter().map(|text| PrivateAddress { ip: ip(text), public: None }).collect(),
            ipv4_prefixes: vec![],
            ipv6_addresses: vec![],
            primary_ipv6: None,
            ipv6_prefixes: vec![],
            groups: groups.to_vec(),
            source_dest_check: true,
            wants_public_ip: false,
            attachment: None,
            settled: true,
            requester: None,
            tracking: TrackingTimeouts::default(),
            tags: Tags::new(),
        };
        self.apply(Event::EniCreated(Box::new(eni)));
        let first = addresses.first().map_or("eni", |text| text);
        self.name(Place::Eni(id), first);
        id
    }

    pub fn attach(&mut self, eni: EniId, instance: InstanceId, device_index: u16) {
        let attachment = Attachment {
            id: AttachmentId::from_number(self.number()),
            instance,
            device_index,
            network_card: 0,
            delete_on_termination: false,
            status: AttachmentStatus::Attached,
            attached_at: self.now,
        };
        self.apply(Event::AttachStarted(eni, Box::new(attachment)));
    }

    pub fn instance(&mut self, vpc: VpcId, flavour: GuestFlavour) -> InstanceId {
        let number = self.number();
        let id = InstanceId::from_number(number);
        self.apply(Event::InstanceLaunched(Box::new(Instance {
            id,
            reservation: ReservationId::from_number(number),
            instance_type: InstanceType::find("t3.small").unwrap(),
            image: ImageId::from_number(1),
            state: InstanceState::Running,
            zone: Zone::new("us-east-1a"),
            vpc,
            launched_at: self.now,
            enis: Table::new(),
            termination_protection: false,
            stop_protection: false,
            spot: None,
            hibernates: false,
            reason: None,
            stuck: Table::new(),
            shutdown: eni_core::model::instance::ShutdownBehavior::Stop,
            guest: Guest { configured: Set::new(), ..Guest::of(flavour) },
            tags: Tags::new(),
        })));
        id
    }

    /// A running instance with one ENI, on the image with policy routing.
    pub fn host(&mut self, name: &str, subnet: SubnetId, address: &str, groups: &[GroupId]) -> Host {
        self.host_of(GuestFlavour::PolicyRouting, name, subnet, address, groups)
    }

    pub fn host_of(&mut self, flavour: GuestFlavour, name: &str, subnet: SubnetId, address: &str, groups: &[GroupId]) -> Host {
        let eni = self.eni(subnet, &[address], groups);
        let vpc = self.network.eni(eni).unwrap().vpc;
        let instance = self.instance(vpc, flavour);
        self.attach(eni, instance, 0);
        self.name(Place::Guest(instance), name);
        Host { instance, eni }
    }

    /// Maps a public address to a private one.
    pub fn public(&mut self, eni: EniId, private: &str, public: &str) {
        let mapping = PublicAddress { ip: ip(public), origin: PublicOrigin::Amazon };
        self.apply(Event::PublicIpGiven(eni, ip(private), mapping));
    }

    pub fn source_dest_check(&mut self, eni: EniId, on: bool) {
        self.apply(Event::EniChanged(eni, EniChange::SourceDestCheck(on)));
    }

    pub fn change_guest(&mut self, instance: InstanceId, change: impl FnOnce(&mut Guest)) {
        let mut guest = self.network.instance(instance).unwrap().guest.clone();
        change(&mut guest);
        self.apply(Event::InstanceChanged(instance, InstanceChange::Guest(Box::new(guest))));
    }

    pub fn listen(&mut self, instance: InstanceId, protocol: ListenerProtocol, port: u16, address: Option<&str>) {
        let listener = Listener { protocol, ports: PortRange::single(port), address: address.map(ip) };
        self.change_guest(instance, |guest| guest.listeners.push(listener));
    }

    /// Judges without remembering.
    pub fn ask(&self, origin: Origin, packet: Packet) -> Walk {
        let broken = self.network.check_invariants();
        assert!(broken.is_empty(), "{broken:?}");
        let mut walk = Walk::default();
        let question = Question { network: &self.network, tracking: &self.tracking, now: self.now, assume: self.assume };
        judge(&question, origin, packet, &mut walk);
        walk
    }

    /// Judges and remembers, as the simulator does.
    pub fn send(&mut self, origin: Origin, packet: Packet) -> Walk {
        let walk = self.ask(origin, packet);
        self.tracking.note(&walk.effects, self.now);
        walk
    }

    /// The steps as lines: place, check, verdict. Checks that do not apply are left out.
    pub fn lines(&self, walk: &Walk) -> Vec<String> {
        let name = |place: &Place| self.names.get(place).cloned().unwrap_or_else(|| format!("{place:?}"));
        walk.steps
            .iter()
            .filter(|step| step.verdict.as_str() != "SKIP")
            .map(|step| format!("{} {} {}", name(&step.place), step.check.as_str(), step.verdict.as_str()))
            .collect()
    }

    /// How it ended: disposition, and the code if it was stopped.
    pub fn ending(walk: &Walk) -> String {
        match walk.code() {
            Some(code) => format!("{} {}", walk.disposition.as_str(), code.as_str()),
            None => walk.disposition.as_str().to_owned(),
        }
    }

    /// Compares the steps with expected lines.
    pub fn expect(&self, walk: &Walk, expected: &[&str]) {
        let lines = self.lines(walk);
        assert_eq!(lines, expected, "{}", Lab::ending(walk));
    }
}

impl Default for Lab {
    fn default() -> Lab {
        Lab::new()
    }
}

fn direction_of(word: &str) -> Direction {
    match word {
        "in" => Direction::Ingress,
        "out" => Direction::Egress,
        other => panic!("no such direction: {other}"),
    }
}
