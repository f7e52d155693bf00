//! NAT gateways on the way of packets: the path of section 6.5, forward and back, and what they refuse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::{Direction, IpAddr, IpNet, Ipv6Net, Traffic};
use eni_core::dataplane::Origin;
use eni_core::dataplane::reason::{Evidence, GroupMatch};
use eni_core::dataplane::translation::{FIRST_PORT, IDLE, PORTS_EACH, Passed};
use eni_core::dataplane::verdict::{Place, Verdict, Walk};
use eni_core::model::event::{EniChange, Event};
use eni_core::model::nat_gateway::NatState;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use eni_core::observe::crossing::of_walk;
use eni_core::packet::{FlowId, Transport};
use eni_core::time::Duration;
use support_dp::{BehindNat as Scene, Lab, ip, packet};

const OK: &str = "DELIVERED";
const ASKS: &str = "tcp 0.0.0.0:50000 > 198.51.100.7:443";
const ANSWERS: &str = "tcp 198.51.100.7:443 > 203.0.113.9:50000 syn+ack";

// rules: P11 P12 P13 R40 R42 R38
#[test]
fn path_6_5_through_a_nat_gateway_and_back() {
    let Scene { mut lab, a, .. } = Scene::build();
    let walk = lab.send(Origin::Instance(a.instance), packet(ASKS));
    lab.expect(
        &walk,
        &[
            "A leaves 10.0.1.0/24 by 10.0.1.10",
            "10.0.9.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.9.9 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.9.9 DESTINATION_RUNS DELIVER",
            "nat NAT_STATE ALLOW",
            "nat NAT_PROTOCOL ALLOW",
            "nat NAT_SOURCE ALLOW",
            "nat NAT_TRANSLATE TRANSLATE",
            "10.0.9.9 SOURCE_ATTACHED ALLOW",
            "10.0.9.9 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.9.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.9.0/24 ROUTE ROUTE",
            "igw GATEWAY_SOURCE TRANSLATE",
            "igw GATEWAY_DESTINATION DELIVER",
        ],
    );
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.9:50000 > 198.51.100.7:443"));
    // The ACL of the gateway's subnet sees the sender on the way in and the gateway on the way out.
    let seen = |check: &str| walk.seen().filter(|step| step.check.as_str() == check).map(|step| step.packet.source).collect::<Vec<_>>();
    assert_eq!(seen("NETWORK_ACL_IN"), [IpAddr::V4(ip("10.0.1.10"))]);
    assert_eq!(seen("NETWORK_ACL_OUT"), [IpAddr::V4(ip("10.0.1.10")), IpAddr::V4(ip("10.0.9.9"))]);

    let reply = lab.send(Origin::Internet, packet(ANSWERS));
    lab.expect(
        &reply,
        &[
            "internet PUBLIC_ADDRESS ROUTE",
            "igw GATEWAY_TRANSLATE TRANSLATE",
            "vpc OWNER DELIVER",
            "10.0.9.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.9.9 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.9.9 DESTINATION_RUNS DELIVER",
            "nat NAT_STATE ALLOW",
            "nat NAT_PROTOCOL ALLOW",
            "nat NAT_TRANSLATE TRANSLATE",
            "10.0.9.9 SOURCE_ATTACHED ALLOW",
            "10.0.9.9 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.9.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.9.0/24 ROUTE ROUTE",
            "vpc OWNER DELIVER",
            "A is reached in 10.0.1.0/24 at 10.0.1.10",
        ],
    );
    assert_eq!(reply.arrived.unwrap().packet, packet("tcp 198.51.100.7:443 > 10.0.1.10:50000 syn+ack"));
}

// rules: G16 P11 P12
#[test]
fn it_counts_a_hop_each_way() {
    let Scene { mut lab, a, .. } = Scene::build();
    let mut counted = |origin: Origin, text: &str| {
        let walk = lab.send(origin, packet(text));
        let at: Vec<u8> = of_walk(&lab.network, &walk).iter().map(|crossing| crossing.hops).collect();
        (at, walk.hops_counted())
    };
    // Out of A, into the gateway's interface, out of it; and back.
    assert_eq!(counted(Origin::Instance(a.instance), ASKS), (vec![0, 0, 1], 1));
    assert_eq!(counted(Origin::Internet, ANSWERS), (vec![0, 1, 1], 1));
    // What it drops it counts nowhere.
    assert_eq!(counted(Origin::Internet, "tcp 198.51.100.8:443 > 203.0.113.9:50000"), (vec![0], 0));
}

fn ends(lab: &mut Lab, origin: Origin, text: &str) -> String {
    Lab::ending(&lab.send(origin, packet(text)))
}

// rules: P15 R40
#[test]
fn nobody_outside_begins_anything_through_a_nat_gateway() {
    let Scene { mut lab, a, .. } = Scene::build();
    for asked in ["tcp 198.51.100.7:40000 > 203.0.113.9:443", "udp 198.51.100.7:53 > 203.0.113.9:50000", "ping 198.51.100.7 > 203.0.113.9"]
    {
        assert_eq!(ends(&mut lab, Origin::Internet, asked), "DENIED NGW_UNSOLICITED", "{asked}");
    }
    lab.send(Origin::Instance(a.instance), packet(ASKS));
    // The port is open for the end that was asked, and for nobody else.
    assert_eq!(ends(&mut lab, Origin::Internet, "tcp 198.51.100.8:443 > 203.0.113.9:50000 syn+ack"), "DENIED NGW_UNSOLICITED");
    assert_eq!(ends(&mut lab, Origin::Internet, "tcp 198.51.100.7:444 > 203.0.113.9:50000 syn+ack"), "DENIED NGW_UNSOLICITED");
    assert_eq!(ends(&mut lab, Origin::Internet, ANSWERS), "DELIVERED");
    // An instance of the VPC cannot reach it either.
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), "tcp 0.0.0.0:40000 > 10.0.9.9:443"), "DENIED NGW_UNSOLICITED");
}

// rules: P12 R40 R42 R44
#[test]
fn what_is_let_back_is_from_the_end_and_the_port_that_were_asked() {
    let lost = "DENIED NGW_UNSOLICITED";
    // What A asks, and what comes back to the gateway's address: datagrams are told apart as connections are.
    for (asks, answers) in [
        (
            "udp 10.0.1.10:5000 > 198.51.100.7:53",
            [
                ("udp 198.51.100.7:53 > 203.0.113.9:5000", OK),
                ("udp 198.51.100.8:53 > 203.0.113.9:5000", lost),
                ("udp 198.51.100.7:54 > 203.0.113.9:5000", lost),
                ("udp 198.51.100.7:53 > 203.0.113.9:5001", lost),
                ("tcp 198.51.100.7:53 > 203.0.113.9:5000 syn+ack", lost),
            ],
        ),
        (
            "tcp 10.0.1.10:5000 > 198.51.100.7:53",
            [
                ("tcp 198.51.100.7:53 > 203.0.113.9:5000 syn+ack", OK),
                ("tcp 198.51.100.8:53 > 203.0.113.9:5000 syn+ack", lost),
                ("tcp 198.51.100.7:54 > 203.0.113.9:5000 syn+ack", lost),
                ("tcp 198.51.100.7:53 > 203.0.113.9:5001 syn+ack", lost),
                ("udp 198.51.100.7:53 > 203.0.113.9:5000", lost),
            ],
        ),
        (
            "ping 10.0.1.10:5000 > 198.51.100.7",
            [
                ("pong 198.51.100.7:5000 > 203.0.113.9", OK),
                ("pong 198.51.100.8:5000 > 203.0.113.9", lost),
                ("pong 198.51.100.7:5001 > 203.0.113.9", lost),
                ("ping 198.51.100.7:5000 > 203.0.113.9", lost),
                ("udp 198.51.100.7:5000 > 203.0.113.9:5000", lost),
            ],
        ),
    ] {
        let Scene { mut lab, a, .. } = Scene::build();
        for (answer, _) in answers {
            assert_eq!(Lab::ending(&lab.ask(Origin::Internet, packet(answer))), lost, "before it asks: {answer}");
        }
        assert_eq!(ends(&mut lab, Origin::Instance(a.instance), asks), "EXITS_NETWORK");
        for (answer, ending) in answers {
            assert_eq!(Lab::ending(&lab.ask(Origin::Internet, packet(answer))), ending, "{answer}");
        }
        lab.now += IDLE;
        for (answer, _) in answers {
            assert_eq!(Lab::ending(&lab.ask(Origin::Internet, packet(answer))), lost, "after 350 s: {answer}");
        }
    }
}

// rules: R41 P14
#[test]
fn it_carries_tcp_udp_and_icmp_and_nothing_else() {
    let rows = [
        (ASKS, "EXITS_NETWORK"),
        ("udp 0.0.0.0:50000 > 198.51.100.7:53", "EXITS_NETWORK"),
        ("ping 0.0.0.0:7 > 198.51.100.7", "EXITS_NETWORK"),
        ("47 0.0.0.0 > 198.51.100.7", "DENIED PROTOCOL_RESTRICTION"),
    ];
    let Scene { mut lab, a, nat, private, .. } = Scene::build();
    for (asked, ending) in rows {
        assert_eq!(ends(&mut lab, Origin::Instance(a.instance), asked), ending, "{asked}");
    }
    // Of what was cut into pieces, only UDP.
    for (asked, ending) in [
        (ASKS, "DENIED PROTOCOL_RESTRICTION"),
        ("udp 0.0.0.0:50000 > 198.51.100.7:53", "EXITS_NETWORK"),
        ("ping 0.0.0.0:7 > 198.51.100.7", "DENIED PROTOCOL_RESTRICTION"),
    ] {
        lab.assume.cut = true;
        assert_eq!(ends(&mut lab, Origin::Instance(a.instance), asked), ending, "a piece of {asked}");
        lab.assume.cut = false;
    }
    // IPv6 neither: NAT64 is not played.
    let mut ipv6 = packet("tcp 10.0.1.10:50000 > 198.51.100.7:443");
    (ipv6.source, ipv6.destination) = ("2001:db8::10".parse().unwrap(), "2001:db8:ffff::1".parse().unwrap());
    let (open, table) = (lab.group(&["out all ::/0"]), lab.network.route_table_of(lab.network.subnet(private).unwrap()).unwrap().id);
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![open])));
    lab.source_dest_check(a.eni, false);
    let acl = lab.network.subnet(private).unwrap().acl;
    let allow = AclEntry { traffic: Traffic::All, cidr: IpNet::V6(Ipv6Net::default()), action: AclAction::Allow };
    for direction in [Direction::Egress, Direction::Ingress] {
        lab.apply(Event::AclEntrySet(acl, direction, 90, allow));
    }
    let route = Route { target: RouteTarget::NatGateway(nat), origin: RouteOrigin::CreateRoute };
    lab.apply(Event::RouteSet(table, Destination::Cidr(IpNet::V6(Ipv6Net::default())), route));
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(a.eni), ipv6)), "DENIED PROTOCOL_RESTRICTION");
    let group = lab.default_group;
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![group])));
    // The answer to an echo finds its asker by the identifier; an echo that asks does not.
    assert_eq!(ends(&mut lab, Origin::Internet, "pong 198.51.100.7:7 > 203.0.113.9:7"), "DENIED NGW_UNSOLICITED");
    let out = lab.send(Origin::Instance(a.instance), packet("ping 0.0.0.0:2000 > 198.51.100.7"));
    let Transport::Icmp { id, .. } = out.arrived.unwrap().packet.transport else { panic!("an echo") };
    assert_eq!(ends(&mut lab, Origin::Internet, &format!("ping 198.51.100.7:{id} > 203.0.113.9")), "DENIED NGW_UNSOLICITED");
    assert_eq!(ends(&mut lab, Origin::Internet, &format!("pong 198.51.100.7:{id} > 203.0.113.9")), "DELIVERED");
}

fn port_outside(walk: &Walk) -> u16 {
    walk.arrived.unwrap().packet.ports().unwrap().0
}

// rules: R42
#[test]
fn two_senders_on_one_port_are_told_apart() {
    let Scene { mut lab, a, private, .. } = Scene::build();
    let group = lab.default_group;
    let b = lab.host("B", private, "10.0.1.20", &[group]);
    let first = port_outside(&lab.send(Origin::Instance(a.instance), packet(ASKS)));
    let second = port_outside(&lab.send(Origin::Instance(b.instance), packet(ASKS)));
    assert_eq!(first, 50_000);
    assert_ne!(first, second);
    // Towards another end the port is free.
    assert_eq!(port_outside(&lab.send(Origin::Instance(b.instance), packet("tcp 0.0.0.0:50000 > 198.51.100.8:443"))), 50_000);
    // Another packet of the flow keeps its port; a sender's low port is not given.
    assert_eq!(port_outside(&lab.send(Origin::Instance(b.instance), packet(ASKS))), second);
    for sender in [a, b, a] {
        let low = port_outside(&lab.send(Origin::Instance(sender.instance), packet("udp 0.0.0.0:53 > 198.51.100.7:53")));
        assert!(low >= FIRST_PORT, "{low}");
    }
    let walk = lab.send(Origin::Internet, packet(&format!("tcp 198.51.100.7:443 > 203.0.113.9:{second} syn+ack")));
    assert_eq!(walk.arrived.unwrap().instance, Some(b.instance));
}

// rules: R44 P14
#[test]
fn a_connection_that_is_idle_for_350_seconds_is_forgotten() {
    let Scene { mut lab, a, nat, .. } = Scene::build();
    let later = "tcp 10.0.1.10:50000 > 198.51.100.7:443 ack";
    let answers_later = "tcp 198.51.100.7:443 > 203.0.113.9:50000 ack";
    lab.send(Origin::Instance(a.instance), packet(ASKS));
    // The groups remember an open connection for days: what is forgotten below, the gateway has forgotten.
    assert_eq!(ends(&mut lab, Origin::Internet, ANSWERS), "DELIVERED");
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), later), "EXITS_NETWORK");
    lab.now += Duration::from_secs(349);
    assert_eq!(ends(&mut lab, Origin::Internet, answers_later), "DELIVERED");
    lab.now += Duration::from_secs(349);
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), later), "EXITS_NETWORK");
    assert_eq!(lab.tracking.translations().active(nat, lab.now), 1);
    lab.now += IDLE;
    assert_eq!(lab.tracking.translations().active(nat, lab.now), 0);
    assert_eq!(ends(&mut lab, Origin::Internet, answers_later), "DENIED NGW_UNSOLICITED");
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), later), "DENIED NGW_IDLE_TIMEOUT");
    // Clearing away changes nothing but space, and a new connection works.
    lab.tracking.expire(lab.now);
    assert!(lab.tracking.translations().is_empty());
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), later), "DENIED NGW_IDLE_TIMEOUT");
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), ASKS), "EXITS_NETWORK");
    // Datagrams have no beginning: they open a mapping again by themselves.
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), "udp 10.0.1.10:5000 > 198.51.100.7:53"), "EXITS_NETWORK");
    lab.now += IDLE;
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), "udp 10.0.1.10:5000 > 198.51.100.7:53"), "EXITS_NETWORK");
}

// rules: R42 R44
#[test]
fn a_connection_that_was_idle_for_too_long_does_not_go_on_by_a_port_that_another_got() {
    let Scene { mut lab, a, private, .. } = Scene::build();
    let group = lab.default_group;
    let b = lab.host("B", private, "10.0.1.20", &[group]);
    lab.send(Origin::Instance(a.instance), packet(ASKS));
    lab.now += IDLE;
    // Nothing has been cleared away: what A had is still noted down.
    assert_eq!(port_outside(&lab.send(Origin::Instance(b.instance), packet(ASKS))), 50_000);
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), "tcp 10.0.1.10:50000 > 198.51.100.7:443 ack"), "DENIED NGW_IDLE_TIMEOUT");
    assert_ne!(port_outside(&lab.send(Origin::Instance(a.instance), packet(ASKS))), 50_000);
    let answered = lab.send(Origin::Internet, packet(ANSWERS));
    assert_eq!(answered.arrived.unwrap().instance, Some(b.instance));
}

// rules: R44
#[test]
fn a_connection_that_was_closed_is_forgotten_sooner() {
    for (last, kept) in [("ack", true), ("fin", false), ("rst", false)] {
        let Scene { mut lab, a, nat, .. } = Scene::build();
        lab.send(Origin::Instance(a.instance), packet(ASKS));
        ends(&mut lab, Origin::Internet, ANSWERS);
        for flags in [last, "ack"] {
            assert_eq!(
                ends(&mut lab, Origin::Instance(a.instance), &format!("tcp 10.0.1.10:50000 > 198.51.100.7:443 {flags}")),
                "EXITS_NETWORK"
            );
        }
        lab.now += Duration::from_secs(10);
        assert_eq!(lab.tracking.translations().active(nat, lab.now), usize::from(kept), "{last}");
    }
}

// rules: P9 R44
#[test]
fn an_answer_to_what_came_in_past_the_gateway_does_not_go_out_by_it() {
    let Scene { mut lab, a, .. } = Scene::build();
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    lab.rule(lab.default_group, "in all 0.0.0.0/0");
    let cases = [
        ("tcp 198.51.100.7:50000 > 203.0.113.10:443 syn", "tcp 10.0.1.10:443 > 198.51.100.7:50000 syn+ack", "DENIED NGW_IDLE_TIMEOUT"),
        ("ping 198.51.100.7:7 > 203.0.113.10:7", "pong 10.0.1.10:7 > 198.51.100.7:7", "DENIED NGW_IDLE_TIMEOUT"),
        // Nothing tells a datagram that answers from one that asks: it goes out, under an address that nobody awaits.
        ("udp 198.51.100.7:50000 > 203.0.113.10:53", "udp 10.0.1.10:53 > 198.51.100.7:50000", "EXITS_NETWORK"),
        ("tcp 198.51.100.7:50001 > 203.0.113.10:443 syn", "tcp 10.0.1.10:40000 > 198.51.100.7:50001 syn", "EXITS_NETWORK"),
        ("ping 198.51.100.7:8 > 203.0.113.10:8", "ping 10.0.1.10:9 > 198.51.100.7:9", "EXITS_NETWORK"),
    ];
    for (asked, sent, ending) in cases {
        assert_eq!(ends(&mut lab, Origin::Internet, asked), "DELIVERED", "{asked}");
        assert_eq!(ends(&mut lab, Origin::Instance(a.instance), sent), ending, "{sent}");
    }
}

// rules: R43
#[test]
fn one_address_carries_55_000_flows_to_one_end() {
    let Scene { mut lab, a, nat, .. } = Scene::build();
    let flow = |number: usize| {
        let port = u16::try_from(number % 60_000 + 2_000).unwrap();
        let source = IpAddr::V4(ip("10.0.1.200"));
        FlowId { protocol: 6, source, source_port: port, destination: IpAddr::V4(ip("198.51.100.7")), destination_port: 443 }
    };
    let mut memory = lab.tracking.clone();
    for number in 0..PORTS_EACH - 1 {
        let (own, own_port) = memory.translations().free_port(nat, [ip("10.0.9.9")], &flow(number), lab.now).unwrap();
        let passed = Passed { gateway: nat, own, own_port, inside: flow(number), flags: None };
        memory.note(&[eni_core::dataplane::conntrack::Effect::Nat(passed)], lab.now);
    }
    lab.tracking = memory;
    assert_eq!(lab.tracking.translations().active(nat, lab.now), PORTS_EACH - 1);
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), ASKS), "EXITS_NETWORK");
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), "tcp 0.0.0.0:50001 > 198.51.100.7:443"), "DENIED NGW_ERROR_PORT_ALLOCATION");
    // The flow that has a port keeps it; other ends, and the other protocol, have ports of their own.
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), ASKS), "EXITS_NETWORK");
    for asked in ["tcp 0.0.0.0:50001 > 198.51.100.7:80", "tcp 0.0.0.0:50001 > 198.51.100.8:443", "udp 0.0.0.0:50001 > 198.51.100.7:443"] {
        assert_eq!(ends(&mut lab, Origin::Instance(a.instance), asked), "EXITS_NETWORK", "{asked}");
    }
    // Once they are forgotten there is room, whether or not anybody cleared them away.
    lab.now += IDLE;
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), "tcp 0.0.0.0:50001 > 198.51.100.7:443"), "EXITS_NETWORK");
}

// rules: R43
#[test]
fn another_address_takes_what_the_first_has_no_port_for() {
    let Scene { lab, nat, .. } = Scene::build();
    let mut memory = lab.tracking;
    let both = [ip("10.0.9.9"), ip("10.0.9.10")];
    let destination = IpAddr::V4(ip("198.51.100.7"));
    let mut given = [0usize; 2];
    for number in 0..PORTS_EACH + 5 {
        let source = IpAddr::V4(ip(if number < 50_000 { "10.0.1.1" } else { "10.0.1.2" }));
        let source_port = u16::try_from(number % 50_000 + 2_000).unwrap();
        let inside = FlowId { protocol: 17, source, source_port, destination, destination_port: 53 };
        let (own, own_port) = memory.translations().free_port(nat, both, &inside, lab.now).unwrap();
        given[usize::from(own == both[1])] += 1;
        memory.note(&[eni_core::dataplane::conntrack::Effect::Nat(Passed { gateway: nat, own, own_port, inside, flags: None })], lab.now);
    }
    assert_eq!(given, [PORTS_EACH, 5]);
}

// rules: R47 P13
#[test]
fn it_is_no_way_out_of_its_own_subnet() {
    let Scene { mut lab, nat, public, table, .. } = Scene::build();
    let group = lab.default_group;
    let neighbour = lab.host("N", public, "10.0.9.50", &[group]);
    // With the table of the gateway's own subnet leading to the gateway, its packets turn round.
    let own = lab.own_table(public);
    lab.route(own, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    let walk = lab.send(Origin::Instance(neighbour.instance), packet(ASKS));
    assert_eq!(Lab::ending(&walk), "DENIED CANNOT_ROUTE");
    assert_eq!(walk.blocker().unwrap().rule, "R47");
    assert_eq!(walk.blocker().unwrap().place, Place::Subnet(public));
    assert_ne!(table, own);
    // From its own subnet the packet met no ACL on its way to it, and no group of it.
    let asked = walk.steps.iter().filter(|step| step.verdict != Verdict::Skip);
    let checks: Vec<&str> = asked.map(|step| step.check.as_str()).collect();
    let at = checks.iter().position(|check| *check == "NAT_STATE").unwrap();
    let (before, _) = checks.split_at(at);
    assert!(before.contains(&"ROUTE") && !before.iter().any(|check| check.starts_with("NETWORK_ACL")), "{checks:?}");
    assert!(!checks.contains(&"SECURITY_GROUP_IN"), "{checks:?}");
}

// rules: R46
#[test]
fn it_serves_only_its_own_vpc() {
    let Scene { mut lab, a, .. } = Scene::build();
    lab.source_dest_check(a.eni, false);
    // A forwards what it got from elsewhere: its source is in no block of the VPC.
    let forged = packet("udp 172.16.0.9:5000 > 198.51.100.7:53");
    assert_eq!(Lab::ending(&lab.send(Origin::Eni(a.eni), forged)), "DENIED NGW_REQUIRES_SOURCE_IN_VPC");
    let own = packet("udp 10.0.1.77:5000 > 198.51.100.7:53");
    assert_eq!(Lab::ending(&lab.send(Origin::Eni(a.eni), own)), "EXITS_NETWORK");
}

// rules: P16 R33 R39
#[test]
fn a_private_one_does_not_get_out_by_an_internet_gateway() {
    let mut lab = Lab::new();
    lab.gateway();
    let (private, middle) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.9.0/24"));
    let table = lab.own_table(private);
    let group = lab.default_group;
    let a = lab.host("A", private, "10.0.1.10", &[group]);
    let nat = lab.nat_gateway(middle, "10.0.9.9", None);
    lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    assert_eq!(ends(&mut lab, Origin::Instance(a.instance), ASKS), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    // By a virtual private gateway it does, under its own private address.
    let vgw = lab.vpn_gateway();
    lab.route(lab.table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:50000 > 192.168.1.1:443"));
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    assert_eq!(walk.arrived.unwrap().packet.source, IpAddr::V4(ip("10.0.9.9")));
    let back = lab.send(Origin::VpnGateway(vgw), packet("tcp 192.168.1.1:443 > 10.0.9.9:50000 syn+ack"));
    assert_eq!(back.arrived.unwrap().instance, Some(a.instance));
}

// rules: R48 P14
#[test]
fn one_that_goes_carries_nothing_any_more() {
    let Scene { mut lab, a, nat, .. } = Scene::build();
    lab.send(Origin::Instance(a.instance), packet(ASKS));
    lab.apply(Event::NatGatewayStateChanged(nat, NatState::Deleting, lab.now));
    let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:50000 > 198.51.100.7:443 ack"));
    assert_eq!(Lab::ending(&walk), "BLACKHOLED BAD_STATE_ROUTE");
    assert_eq!(ends(&mut lab, Origin::Internet, ANSWERS), "DENIED BAD_STATE");
}

// rules: P11 P12
#[test]
fn the_acl_of_its_subnet_must_let_both_sides_through() {
    let inner = "in 100 allow tcp 443 10.0.0.0/16";
    let outer = "out 100 allow tcp 443 0.0.0.0/0";
    let answers = "in 110 allow tcp 1024-65535 0.0.0.0/0";
    let inward = "out 110 allow tcp 1024-65535 10.0.0.0/16";
    let all = [inner, outer, answers, inward];
    for left_out in [None, Some(inner), Some(outer), Some(answers), Some(inward)] {
        let Scene { mut lab, a, public, .. } = Scene::build();
        let entries: Vec<&str> = all.into_iter().filter(|entry| Some(*entry) != left_out).collect();
        lab.own_acl(public, &entries);
        let out = ends(&mut lab, Origin::Instance(a.instance), ASKS);
        let back = ends(&mut lab, Origin::Internet, ANSWERS);
        let denied = "DENIED SUBNET_ACL_RESTRICTION";
        let expected = match left_out {
            None => ("EXITS_NETWORK", "DELIVERED"),
            // "in 100" also is what a packet from inside needs: without it nothing is ever translated.
            Some(entry) if entry == inner => (denied, "DENIED NGW_UNSOLICITED"),
            Some(entry) if entry == outer => (denied, "DELIVERED"),
            Some(_) => ("EXITS_NETWORK", denied),
        };
        assert_eq!((out.as_str(), back.as_str()), expected, "without {left_out:?}");
    }
}

// rules: S37 S35 S38
#[test]
fn flows_through_it_are_tracked_though_rules_are_open_to_all() {
    for (to, is_tracked) in [("198.51.100.7", true), ("10.0.9.20", false)] {
        let Scene { mut lab, private, public, .. } = Scene::build();
        let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
        let c = lab.host("C", private, "10.0.1.30", &[open]);
        lab.host("D", public, "10.0.9.20", &[open]);
        let sends = |lab: &mut Lab, protocol: &str, flags: &str| {
            lab.send(Origin::Instance(c.instance), packet(&format!("{protocol} 10.0.1.30:50000 > {to}:443{flags}")))
        };
        let first = sends(&mut lab, "tcp", "");
        let told = first.steps.iter().find_map(|step| match step.evidence {
            Evidence::Group { matched: GroupMatch::Rule { tracked, .. }, .. } => Some(tracked),
            _ => None,
        });
        assert_eq!((told, lab.tracks(c.eni)), (Some(is_tracked), vec![is_tracked]), "{to}");
        // The rule goes; the connection goes on where it is tracked, and a new one begins in neither case.
        let out = lab.network.group(open).unwrap().rules_of(Direction::Egress).map(|rule| rule.id).collect();
        lab.apply(Event::GroupRulesRemoved(open, out));
        assert_eq!(sends(&mut lab, "tcp", " ack").code().is_none(), is_tracked, "{to}");
        assert_eq!(ends(&mut lab, Origin::Instance(c.instance), &format!("tcp 10.0.1.30:50001 > {to}:443")), "DENIED SG_HAS_NO_RULES");
    }
}

// rules: S37
#[test]
fn a_flow_is_tracked_from_the_packet_on_that_comes_to_a_gateway_which_has_it_tracked() {
    let Scene { mut lab, private, .. } = Scene::build();
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let c = lab.host("C", private, "10.0.1.30", &[open]);
    let acl = lab.own_acl(private, &["in 100 allow all 0.0.0.0/0"]);
    let asks = "udp 10.0.1.30:50000 > 198.51.100.7:53";
    assert_eq!(ends(&mut lab, Origin::Instance(c.instance), asks), "DENIED SUBNET_ACL_RESTRICTION");
    assert_eq!(lab.tracks(c.eni), [false], "it came no further than its subnet");
    lab.set_acl(acl, "out 100 allow all 0.0.0.0/0");
    lab.send(Origin::Instance(c.instance), packet(asks));
    assert_eq!(lab.tracks(c.eni), [true]);
    assert_eq!(ends(&mut lab, Origin::Internet, "udp 198.51.100.7:53 > 203.0.113.9:50000"), OK);
}
