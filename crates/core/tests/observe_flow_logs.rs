//! What flow logs record of packets (`F1` to `F23`), read as the lines that AWS would write.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::{Direction, IpAddr, IpNet, Ipv6Net, Traffic};
use eni_core::control::command::{Command, LogsAct};
use eni_core::dataplane::Origin;
use eni_core::id::{FlowLogId, ResourceId};
use eni_core::model::Tags;
use eni_core::model::event::{EniChange, Event};
use eni_core::model::flow_log::{DEFAULT_FORMAT, FlowDestination, FlowLog, FlowLogConfig, FlowLogResource, FlowTraffic};
use eni_core::model::log_group::LogGroup;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::RouteTarget;
use eni_core::observe::crossing::Times;
use eni_core::observe::flow_log::{FLOWS_EACH, FlowLogs, RECORDS_KEPT};
use eni_core::observe::flow_record::Setting;
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::time::Duration;
use support_dp::{Host, Lab, ip, packet};

/// A and B in two subnets; B's group lets TCP 443 and echoes in. A flow log over the VPC.
struct Scene {
    lab: Lab,
    logs: FlowLogs,
    a: Host,
    b: Host,
}

fn log_of(lab: &mut Lab, resource: FlowLogResource, traffic: FlowTraffic) -> FlowLogId {
    let id = FlowLogId::from_number(lab.number());
    let destination = FlowDestination::CloudWatchLogs { group: Some("flows".to_owned()), arn: None };
    let config = FlowLogConfig { traffic, destination, role: None, cross_account_role: None, format: None, interval: 60 };
    lab.apply(Event::FlowLogCreated(Box::new(FlowLog { id, resource, config, created: lab.now, tags: Tags::new() })));
    id
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    lab.gateway();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let group = lab.default_group;
    let web = lab.group(&["in tcp 443 0.0.0.0/0", "in icmp 0.0.0.0/0"]);
    let a = lab.host("A", one, "10.0.1.10", &[group]);
    let b = lab.host("B", two, "10.0.2.20", &[web]);
    let vpc = lab.vpc;
    log_of(&mut lab, FlowLogResource::Vpc(vpc), FlowTraffic::All);
    Scene { lab, logs: FlowLogs::default(), a, b }
}

impl Scene {
    fn send(&mut self, origin: Origin, text: &str) {
        let walk = self.lab.send(origin, packet(text));
        self.logs.saw(&self.lab.network, (&walk, Times::ONCE), self.lab.now);
    }

    fn pass(&mut self, seconds: u64) {
        self.lab.now += Duration::from_secs(seconds);
        self.logs.pass(&self.lab.network, self.lab.now);
    }

    /// The fields of every record that has a flow, in the order of the records.
    fn lines(&self, format: &str) -> Vec<String> {
        let all = lines(&self.logs, format);
        all.into_iter().filter(|line| !line.contains("NODATA")).map(|line| line.replace(" OK", "")).collect()
    }
}

fn lines(logs: &FlowLogs, format: &str) -> Vec<String> {
    let setting = Setting { region: "us-east-1", epoch: 1_700_000_000, zone_id: &|_| "use1-az1".to_owned(), service: &|_| None };
    logs.records().map(|record| record.line(format, setting)).collect()
}

const WHO: &str = "${srcaddr} ${dstaddr} ${dstport} ${action} ${flow-direction} ${log-status}";

// rules: F4 F5 F6 F10 F13 F14 P-E7 P-I3
#[test]
fn a_conversation_is_seen_at_both_enis_in_both_directions() {
    let mut scene = scene();
    let (a, b) = (scene.a, scene.b);
    scene.pass(3);
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    scene.pass(1);
    scene.send(Origin::Instance(b.instance), "tcp 10.0.2.20:443 > 10.0.1.10:50000 syn+ack");
    scene.pass(1);
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443 ack");
    assert_eq!(scene.logs.records().len(), 0, "the window is open");
    scene.pass(55);
    let account = "111122223333";
    let (mine, other) = (a.eni, b.eni);
    assert_eq!(
        scene.lines(DEFAULT_FORMAT),
        [
            format!("2 {account} {mine} 10.0.2.20 10.0.1.10 443 50000 6 1 60 1700000004 1700000004 ACCEPT"),
            format!("2 {account} {mine} 10.0.1.10 10.0.2.20 50000 443 6 2 120 1700000003 1700000005 ACCEPT"),
            format!("2 {account} {other} 10.0.1.10 10.0.2.20 50000 443 6 2 120 1700000003 1700000005 ACCEPT"),
            format!("2 {account} {other} 10.0.2.20 10.0.1.10 443 50000 6 1 60 1700000004 1700000004 ACCEPT"),
        ]
    );
    // SYN and a bare ACK add up to 2, SYN-ACK to 18.
    assert_eq!(
        scene.lines("${version} ${tcp-flags} ${flow-direction} ${traffic-path} ${instance-id} ${vpc-id} ${az-id} ${ecs-task-id}"),
        [
            format!("7 18 ingress - {} {} use1-az1 -", a.instance, scene.lab.vpc),
            format!("7 2 egress 1 {} {} use1-az1 -", a.instance, scene.lab.vpc),
            format!("7 2 ingress - {} {} use1-az1 -", b.instance, scene.lab.vpc),
            format!("7 18 egress 1 {} {} use1-az1 -", b.instance, scene.lab.vpc),
        ]
    );
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443 rst");
    scene.pass(60);
    assert_eq!(scene.lines("${tcp-flags} ${start}")[4..], ["4 1700000060"; 2], "RST counts 4");
}

// rules: F19
#[test]
fn of_many_log_groups_that_were_deleted_the_oldest_deletion_is_forgotten() {
    let mut scene = scene();
    let a = scene.a;
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    scene.pass(60);
    for number in 0..1_000 {
        scene.logs.empty(&format!("others-{number}"), scene.lab.now);
    }
    scene.pass(1);
    let log = scene.lab.network.flow_logs().next().unwrap();
    let can_be_read = |logs: &FlowLogs| logs.records().any(|record| logs.is_there(log, record));
    assert!(can_be_read(&scene.logs));
    for name in ["flows", "flows", "others"] {
        scene.logs.empty(name, scene.lab.now);
        assert!(!can_be_read(&scene.logs), "{name}");
    }
}

// rules: F7 F8 F9 F6 F18 N10
#[test]
fn what_is_refused_is_rejected_where_it_was_refused() {
    let mut scene = scene();
    let (a, b) = (scene.a, scene.b);
    // B's group refuses: A's side let it out, B's side rejects it.
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:22");
    scene.pass(60);
    assert_eq!(scene.lines(WHO), ["10.0.1.10 10.0.2.20 22 ACCEPT egress", "10.0.1.10 10.0.2.20 22 REJECT ingress"]);

    // A's own group refuses: one record, at A.
    let mut closed = self::scene();
    let group = closed.lab.group(&["in all 0.0.0.0/0"]);
    closed.lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![group])));
    closed.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    closed.pass(60);
    assert_eq!(closed.lines(WHO), ["10.0.1.10 10.0.2.20 443 REJECT egress"]);

    // A's ACL refuses on the way out: one record, at A.
    let mut refused = self::scene();
    let subnet = refused.lab.network.eni(a.eni).unwrap().subnet;
    refused.lab.own_acl(subnet, &["in 100 allow all 0.0.0.0/0"]);
    refused.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    refused.pass(60);
    assert_eq!(refused.lines(WHO), ["10.0.1.10 10.0.2.20 443 REJECT egress"]);

    // The group lets an echo in, the ACL of B's subnet does not let the answer out: ACCEPT and REJECT at one ENI.
    let mut echo = self::scene();
    let subnet = echo.lab.network.eni(b.eni).unwrap().subnet;
    echo.lab.own_acl(subnet, &["in 100 allow all 0.0.0.0/0"]);
    echo.send(Origin::Instance(a.instance), "ping 0.0.0.0:7 > 10.0.2.20");
    echo.send(Origin::Instance(b.instance), "pong 10.0.2.20:7 > 10.0.1.10");
    echo.pass(60);
    let at_b: Vec<String> = lines(&echo.logs, "${interface-id} ${srcport} ${dstport} ${action} ${flow-direction}");
    let of_b: Vec<&String> = at_b.iter().filter(|line| line.starts_with(&b.eni.to_string())).collect();
    assert_eq!(of_b, [&format!("{} 0 0 ACCEPT ingress", b.eni), &format!("{} 0 0 REJECT egress", b.eni)]);
    // The ACL of B's subnet refuses on the way in: B's ENI rejects, though its group was never asked.
    let mut inward = self::scene();
    let subnet = inward.lab.network.eni(b.eni).unwrap().subnet;
    inward.lab.own_acl(subnet, &["out 100 allow all 0.0.0.0/0"]);
    inward.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    inward.pass(60);
    assert_eq!(inward.lines(WHO)[1], "10.0.1.10 10.0.2.20 443 REJECT ingress");
}

// rules: F22 F23 E46
#[test]
fn what_is_not_logged_and_what_is_accepted_although_it_is_lost() {
    let mut scene = scene();
    let a = scene.a;
    for unseen in [
        "udp 0.0.0.0:5000 > 169.254.169.253:53",
        "udp 0.0.0.0:5000 > 10.0.0.2:53",
        "tcp 0.0.0.0:50000 > 169.254.169.254:80",
        "udp 0.0.0.0:123 > 169.254.169.123:123",
        "tcp 0.0.0.0:50000 > 169.254.169.250:1688",
        "ping 0.0.0.0:1 > 10.0.1.1",
    ] {
        scene.send(Origin::Instance(a.instance), unseen);
    }
    // Source/destination check drops it.
    scene.send(Origin::Eni(a.eni), "tcp 10.9.9.9:50000 > 10.0.2.20:443");
    scene.pass(60);
    assert_eq!(scene.lines(WHO), Vec::<String>::new());
    // So does the check of an ENI that a route leads to: the sender's record stands alone.
    let (table, target) = (scene.lab.table, RouteTarget::Eni(scene.b.eni));
    scene.lab.route(table, "192.0.2.0/24", target);
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 192.0.2.7:443");
    scene.pass(60);
    assert_eq!(scene.lines(WHO), ["10.0.1.10 192.0.2.7 443 ACCEPT egress"]);
    let mut scene = self::scene();
    // Nobody has that address in the VPC, and the gateway has no public address for A: both were let out.
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.99:443");
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 198.51.100.7:443");
    scene.pass(60);
    assert_eq!(scene.lines(WHO), ["10.0.1.10 10.0.2.99 443 ACCEPT egress", "10.0.1.10 198.51.100.7 443 ACCEPT egress"]);
}

// rules: F16 F15
#[test]
fn a_nat_gateway_leaves_four_records() {
    let mut scene = scene();
    let (public, private) = (scene.lab.subnet("10.0.9.0/24"), scene.lab.network.eni(scene.a.eni).unwrap().subnet);
    let nat = scene.lab.nat_gateway(public, "10.0.9.9", Some("203.0.113.9"));
    let table = scene.lab.own_table(private);
    scene.lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    let (a, gateway) = (scene.a, scene.lab.network.nat_gateway(nat).unwrap().eni().unwrap());
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 198.51.100.7:443");
    scene.send(Origin::Internet, "tcp 198.51.100.7:443 > 203.0.113.9:50000 syn+ack");
    scene.pass(60);
    let format = "${interface-id} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${flow-direction} ${traffic-path} ${instance-id}";
    let all = scene.lines(format);
    let at = |eni: eni_core::id::EniId| -> Vec<String> {
        all.iter().filter_map(|line| line.strip_prefix(&format!("{eni} "))).map(str::to_owned).collect()
    };
    let (from, nat, to) = ("10.0.1.10", "10.0.9.9", "198.51.100.7");
    let mut seen = at(gateway);
    seen.sort();
    let mut expected = [
        format!("{from} {nat} {from} {to} ingress - -"),
        format!("{nat} {to} {nat} {to} egress 8 -"),
        format!("{to} {nat} {to} {nat} ingress - -"),
        format!("{nat} {from} {to} {from} egress 1 -"),
    ];
    expected.sort();
    assert_eq!(seen, expected);
    let instance = a.instance;
    assert_eq!(
        at(a.eni),
        [format!("{to} {from} {to} {from} ingress - {instance}"), format!("{from} {to} {from} {to} egress 1 {instance}")]
    );
}

// rules: F7 F16
#[test]
fn what_the_acl_of_a_nat_gateways_subnet_refuses_is_rejected_at_its_eni() {
    let mut scene = scene();
    let (public, private) = (scene.lab.subnet("10.0.9.0/24"), scene.lab.network.eni(scene.a.eni).unwrap().subnet);
    let nat = scene.lab.nat_gateway(public, "10.0.9.9", Some("203.0.113.9"));
    let table = scene.lab.own_table(private);
    scene.lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    scene.lab.own_acl(public, &["out 100 allow all 0.0.0.0/0"]);
    let gateway = scene.lab.network.nat_gateway(nat).unwrap().eni().unwrap();
    scene.send(Origin::Instance(scene.a.instance), "tcp 0.0.0.0:50000 > 198.51.100.7:443");
    scene.pass(60);
    assert_eq!(
        scene.lines("${interface-id} ${action} ${flow-direction} ${log-status}"),
        [format!("{} ACCEPT egress", scene.a.eni), format!("{gateway} REJECT ingress")]
    );
}

// rules: F13
#[test]
fn each_way_out_has_a_number() {
    // By which route, to whom, and the number: inside the VPC, by a gateway to other networks, to a VPC here, to one elsewhere, to the internet.
    for (way, to, number) in [
        ("neighbour", "10.0.1.11", "1"),
        ("other subnet", "10.0.2.20", "1"),
        ("vpn", "192.168.1.1", "3"),
        ("peering", "10.7.1.1", "4"),
        ("peering elsewhere", "10.7.1.1", "5"),
        ("internet", "198.51.100.7", "8"),
    ] {
        let mut scene = scene();
        let (a, lab) = (scene.a, &mut scene.lab);
        let (subnet, table) = (lab.network.eni(a.eni).unwrap().subnet, lab.table);
        let group = lab.default_group;
        lab.host("C", subnet, "10.0.1.11", &[group]);
        lab.public(a.eni, "10.0.1.10", "203.0.113.10");
        match way {
            "vpn" => {
                let gateway = lab.vpn_gateway();
                lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(gateway));
            }
            "peering" | "peering elsewhere" => {
                let other = lab.other_vpc("10.7.0.0/16");
                let id = lab.peering(other);
                if way == "peering elsewhere" {
                    let mut far = lab.network.peering(id).unwrap().clone();
                    far.accepter.region = "eu-west-1".to_owned();
                    lab.apply(Event::PeeringCreated(Box::new(far)));
                }
                lab.route(table, "10.7.0.0/16", RouteTarget::Peering(id));
            }
            "internet" => {
                let gateway = lab.network.internet_gateway_of(lab.vpc).unwrap().id;
                lab.route(table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
            }
            _ => {}
        }
        scene.send(Origin::Instance(a.instance), &format!("tcp 0.0.0.0:50000 > {to}:443"));
        scene.pass(60);
        let format = "${interface-id} ${flow-direction} ${traffic-path}";
        assert_eq!(scene.lines(format).first(), Some(&format!("{} egress {number}", a.eni)), "{way}");
    }
    // By a gateway endpoint, and to the internet: on Nitro, and before.
    for (kind, numbers) in [("t3.small", ["7", "8"]), ("t2.small", ["2", "2"])] {
        let mut scene = scene();
        let (a, table) = (scene.a, scene.lab.table);
        let kind = eni_core::model::instance_type::InstanceType::find(kind).unwrap();
        scene.lab.apply(Event::InstanceChanged(a.instance, eni_core::model::event::InstanceChange::Type(kind)));
        scene.lab.gateway_endpoint(table, "s3");
        scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 52.216.0.9:443");
        scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 198.51.100.7:443");
        scene.pass(60);
        let mut paths = scene.lines("${dstaddr} ${traffic-path}");
        paths.retain(|line| line != "- -");
        paths.sort();
        let [endpoint, internet] = numbers;
        assert_eq!(paths, [format!("198.51.100.7 {internet}"), format!("52.216.0.9 {endpoint}")], "{kind:?}");
    }
}

// rules: F13 F15
#[test]
fn ipv6_shows_the_addresses_that_it_has() {
    let mut scene = scene();
    let a = scene.a;
    let subnet = scene.lab.network.eni(a.eni).unwrap().subnet;
    scene.lab.ipv6(subnet, "2001:db8::/64");
    for address in ["2001:db8::10", "2001:db8::11"] {
        scene.lab.apply(Event::Ipv6Assigned(a.eni, address.parse().unwrap()));
    }
    let group = scene.lab.group(&["out all ::/0"]);
    scene.lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![group])));
    let (acl, cidr) = (scene.lab.network.subnet(subnet).unwrap().acl, IpNet::V6(Ipv6Net::default()));
    let allow = AclEntry { traffic: Traffic::All, cidr, action: AclAction::Allow };
    scene.lab.apply(Event::AclEntrySet(acl, Direction::Egress, 101, allow));
    let mut sent = packet("tcp 10.0.1.10:50000 > 198.51.100.7:443");
    (sent.source, sent.destination) = ("2001:db8::11".parse().unwrap(), "2001:db8:ffff::1".parse().unwrap());
    let walk = scene.lab.send(Origin::Instance(a.instance), sent);
    scene.logs.saw(&scene.lab.network, (&walk, Times::ONCE), scene.lab.now);
    scene.pass(60);
    assert_eq!(
        scene.lines("${type} ${srcaddr} ${pkt-srcaddr} ${dstaddr} ${action} ${log-status}"),
        ["IPv6 2001:db8::11 2001:db8::11 2001:db8:ffff::1 ACCEPT"]
    );
}

// rules: F12
#[test]
fn nothing_is_said_of_the_time_before_somebody_watched() {
    let Scene { mut lab, a, b, .. } = scene();
    lab.now += Duration::from_secs(30);
    let mut logs = FlowLogs::starting_at(lab.now);
    lab.now += Duration::from_secs(90);
    logs.pass(&lab.network, lab.now);
    let seen = lines(&logs, "${interface-id} ${start} ${end} ${log-status}");
    let both = |span: &str| [a, b].map(|host| format!("{} {span} NODATA", host.eni));
    assert_eq!(seen, [both("1700000030 1700000060"), both("1700000060 1700000120")].concat());
}

// rules: F15
#[test]
fn traffic_to_a_secondary_address_shows_the_primary_one() {
    let mut scene = scene();
    let (a, b) = (scene.a, scene.b);
    scene.lab.apply(Event::AddressAssigned(b.eni, ip("10.0.2.21")));
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.21:443");
    scene.pass(60);
    let format = "${interface-id} ${srcaddr} ${dstaddr} ${pkt-dstaddr}";
    assert_eq!(
        scene.lines(format),
        [format!("{} 10.0.1.10 10.0.2.21 10.0.2.21", a.eni), format!("{} 10.0.1.10 10.0.2.20 10.0.2.21", b.eni)]
    );
}

// rules: F1 F2 F3
#[test]
fn logs_of_a_vpc_a_subnet_and_an_eni_see_what_they_are_about() {
    let mut scene = scene();
    let (a, b) = (scene.a, scene.b);
    let vpc_log = scene.lab.network.flow_logs().next().unwrap().id;
    scene.lab.apply(Event::FlowLogDeleted(vpc_log));
    let subnet = scene.lab.network.eni(a.eni).unwrap().subnet;
    let of_subnet = log_of(&mut scene.lab, FlowLogResource::Subnet(subnet), FlowTraffic::All);
    let accepted = log_of(&mut scene.lab, FlowLogResource::Eni(b.eni), FlowTraffic::Accept);
    let rejected = log_of(&mut scene.lab, FlowLogResource::Eni(b.eni), FlowTraffic::Reject);
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:22");
    scene.pass(60);
    let of = |log: FlowLogId| -> Vec<String> {
        let setting = Setting { region: "us-east-1", epoch: 0, zone_id: &|_| String::new(), service: &|_| None };
        scene
            .logs
            .records()
            .filter(|record| record.log == log)
            .map(|record| record.line("${dstport} ${action} ${flow-direction}", setting))
            .collect()
    };
    assert_eq!(of(of_subnet), ["22 ACCEPT egress", "443 ACCEPT egress"]);
    assert_eq!(of(accepted), ["443 ACCEPT ingress"]);
    assert_eq!(of(rejected), ["22 REJECT ingress"]);
    assert!(of(vpc_log).is_empty());
}

// rules: F12 F2
#[test]
fn a_window_without_packets_says_so_and_one_with_too_many_flows_too() {
    let mut scene = scene();
    let (a, b) = (scene.a, scene.b);
    scene.pass(60);
    let format = "${interface-id} ${srcaddr} ${packets} ${start} ${end} ${action} ${log-status}";
    assert_eq!(
        lines(&scene.logs, format),
        [a, b].map(|host| format!("{} - - 1700000000 1700000060 - NODATA", host.eni)),
        "both run and are silent"
    );
    // A log that is made in the middle of a window speaks of what came after it.
    let mut later = self::scene();
    later.pass(30);
    let of_eni = log_of(&mut later.lab, FlowLogResource::Eni(b.eni), FlowTraffic::All);
    later.pass(30);
    let setting = Setting { region: "us-east-1", epoch: 0, zone_id: &|_| String::new(), service: &|_| None };
    let silent: Vec<String> = later
        .logs
        .records()
        .filter(|record| record.log == of_eni)
        .map(|record| record.line("${start} ${end} ${log-status}", setting))
        .collect();
    assert_eq!(silent, ["30 60 NODATA"]);
    for number in 0..=FLOWS_EACH {
        let (port, high) = (1_024 + number % 60_000, 10 + number / 60_000);
        scene.send(Origin::Instance(a.instance), &format!("udp 0.0.0.0:{port} > 198.51.100.{high}:53"));
    }
    // A packet more of a flow that is known counts.
    scene.send(Origin::Instance(a.instance), "udp 0.0.0.0:1024 > 198.51.100.10:53");
    scene.pass(60);
    let skipped = format!("{} - - 1700000060 1700000120 - SKIPDATA", a.eni);
    let now = lines(&scene.logs, format);
    assert_eq!(now.iter().filter(|line| line.ends_with(" OK")).count(), FLOWS_EACH);
    assert_eq!(now.iter().filter(|line| **line == skipped).count(), 1);
    assert_eq!(now.iter().filter(|line| line.contains(" 10.0.1.10 2 ")).count(), 1);
    // What is kept has a limit, and what was dropped is counted.
    let before = scene.logs.records().len();
    scene.pass(60 * 10_000);
    assert_eq!(scene.logs.records().len(), RECORDS_KEPT);
    assert_eq!(scene.logs.forgotten(), (before + 20_000 - RECORDS_KEPT) as u64);
}

// rules: F2
#[test]
fn an_instance_that_is_not_on_nitro_keeps_the_longer_window() {
    for (kind, after_a_minute) in [("t3.small", 1), ("t2.small", 0)] {
        let mut scene = scene();
        let log = scene.lab.network.flow_logs().next().unwrap().clone();
        scene.lab.apply(Event::FlowLogDeleted(log.id));
        let config = FlowLogConfig { interval: 600, ..log.config };
        let resource = FlowLogResource::Eni(scene.a.eni);
        scene.lab.apply(Event::FlowLogCreated(Box::new(FlowLog { config, resource, ..log })));
        let kind = eni_core::model::instance_type::InstanceType::find(kind).unwrap();
        scene.lab.apply(Event::InstanceChanged(scene.a.instance, eni_core::model::event::InstanceChange::Type(kind)));
        scene.send(Origin::Instance(scene.a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
        scene.pass(60);
        assert_eq!(scene.logs.records().len(), after_a_minute, "{kind:?}");
        scene.pass(540);
        assert_eq!(scene.lines(WHO), ["10.0.1.10 10.0.2.20 443 ACCEPT egress"]);
    }
}

// rules: F1 F4
#[test]
fn the_simulator_writes_them_while_time_passes() {
    let Scene { lab, a, .. } = scene();
    let mut sim = Simulator::new(lab.network, 3);
    let probe = ProbeSpec {
        from: Source::Instance { instance: a.instance, address: None },
        to: Target::Address(IpAddr::V4(ip("10.0.2.20"))),
        protocol: Protocol::Icmp,
        timeout: Duration::from_secs(1),
    };
    let spec = ClientSpec { name: "a".to_owned(), probe, interval: Duration::from_secs(1), conversation: Conversation::NewEachTime };
    sim.add_client(spec).unwrap();
    sim.advance(Duration::from_secs(59), &mut |_| {});
    assert_eq!(sim.flow_logs().records().len(), 0);
    sim.advance(Duration::from_secs(61), &mut |_| {});
    let counts: Vec<String> = lines(sim.flow_logs(), "${packets} ${bytes} ${start} ${end} ${action}");
    // Echo and answer at both ENIs, 60 each minute: nothing is lost between two windows.
    assert_eq!(counts[..4], ["60 5040 1700000000 1700000059 ACCEPT"; 4]);
    assert_eq!(counts[4..], ["60 5040 1700000060 1700000119 ACCEPT"; 4]);
}

// rules: F12
#[test]
fn a_long_time_that_passes_at_once_leaves_what_it_leaves_minute_by_minute() {
    let scene = || {
        let mut scene = scene();
        let (a, log) = (scene.a, scene.lab.network.flow_logs().next().unwrap().clone());
        // One more, which no packet can pass: of it nothing is said.
        let subnet = scene.lab.network.eni(a.eni).unwrap().subnet;
        let group = scene.lab.default_group;
        scene.lab.eni(subnet, &["10.0.1.60"], &[group]);
        // On this type a record stands for ten minutes.
        let config = FlowLogConfig { interval: 600, ..log.config };
        let resource = FlowLogResource::Eni(a.eni);
        let id = FlowLogId::from_number(scene.lab.number());
        scene.lab.apply(Event::FlowLogCreated(Box::new(FlowLog { id, config, resource, ..log })));
        let kind = eni_core::model::instance_type::InstanceType::find("t2.micro").unwrap();
        scene.lab.apply(Event::InstanceChanged(a.instance, eni_core::model::event::InstanceChange::Type(kind)));
        scene.pass(30);
        scene.send(Origin::Instance(a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
        scene
    };
    let (mut at_once, mut by_minutes) = (scene(), scene());
    at_once.pass(12 * 24 * 3_600 + 90);
    (0..12 * 24 * 60).for_each(|_| by_minutes.pass(60));
    by_minutes.pass(90);
    assert_eq!(at_once.logs.records().len(), RECORDS_KEPT);
    assert!(at_once.logs.forgotten() > 1_000);
    assert_eq!(at_once.logs, by_minutes.logs);
}

// rules: F24
#[test]
fn what_was_written_to_a_group_goes_with_it_and_what_comes_later_can_be_read() {
    let mut scene = scene();
    let log = scene.lab.network.flow_logs().next().unwrap().clone();
    let asks = |scene: &mut Scene| scene.send(Origin::Instance(scene.a.instance), "tcp 0.0.0.0:50000 > 10.0.2.20:443");
    asks(&mut scene);
    scene.pass(60);
    let read = |scene: &Scene| {
        let there = scene.logs.records().map(|record| scene.logs.is_there(&log, record));
        there.collect::<Vec<bool>>()
    };
    assert_eq!(read(&scene), [true; 2], "a record of each ENI");
    scene.lab.now += Duration::from_secs(5);
    scene.logs.empty("another", scene.lab.now);
    assert_eq!(read(&scene), [true; 2]);
    scene.logs.empty("flows", scene.lab.now);
    assert_eq!(read(&scene), [false; 2]);
    scene.lab.now += Duration::from_secs(5);
    asks(&mut scene);
    scene.pass(110);
    assert_eq!(read(&scene), [false, false, true, true, true, true], "the minute after has records, too");
}

// rules: F24
#[test]
fn a_simulator_empties_a_group_that_is_deleted() {
    let mut lab = scene().lab;
    lab.apply(Event::LogGroupSet(Box::new(LogGroup::new("flows", lab.now))));
    let log = lab.network.flow_logs().next().unwrap().clone();
    let mut sim = Simulator::new(lab.network, 1);
    sim.advance(Duration::from_secs(61), &mut |_| {});
    let readable = |sim: &Simulator| sim.flow_logs().records().filter(|record| sim.flow_logs().is_there(&log, record)).count();
    assert!(readable(&sim) > 0);
    sim.execute(&Command::Logs(LogsAct::Delete("flows".to_owned()))).unwrap();
    assert_eq!(readable(&sim), 0);
    sim.advance(Duration::from_secs(60), &mut |_| {});
    assert!(readable(&sim) > 0, "the flow log writes on");
}
