//! Network ACLs, routes, the internet gateway, source/destination check. One packet a line, both outcomes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::IpNet;
use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Evidence, Field, NearestMiss, RuleRef, Target};
use eni_core::dataplane::verdict::{Mark, Verdict, Walk};
use eni_core::id::{EniId, ResourceId, RouteTableId, SubnetId, VpcCidrAssociationId, VpcId};
use eni_core::model::Tags;
use eni_core::model::event::{Event, VpcChange};
use eni_core::model::peering::{Peering, PeeringSide, PeeringState};
use eni_core::model::route_table::{Destination, RouteOrigin, RouteState, RouteTableUser, RouteTarget};
use eni_core::model::vpc::VpcCidr;
use support_dp::{Host, Lab, ip, net, packet};

const OK: &str = "DELIVERED";
const ACL: &str = "DENIED SUBNET_ACL_RESTRICTION";

/// A in 10.0.1.0/24, B in 10.0.2.0/24, everything open.
struct Scene {
    lab: Lab,
    one: SubnetId,
    two: SubnetId,
    a: Host,
    b: Host,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", one, "10.0.1.10", &[open]);
    let b = lab.host("B", two, "10.0.2.20", &[open]);
    Scene { lab, one, two, a, b }
}

impl Scene {
    fn a_sends(&mut self, text: &str) -> String {
        Lab::ending(&self.lab.send(Origin::Instance(self.a.instance), packet(text)))
    }
}

fn acl_step(walk: &Walk, check: Check) -> (Option<u16>, Option<NearestMiss>) {
    let step = walk.steps.iter().find(|step| step.check == check).unwrap();
    match step.evidence {
        Evidence::Acl { number, .. } => (number, walk.nearest_at(step).copied()),
        other => panic!("{other:?}"),
    }
}

// rules: N3 N4 N5 N6 N7
#[test]
fn the_first_entry_that_fits_decides() {
    let table: &[(&[&str], &str, &str)] = &[
        (&[], "tcp 10.0.1.10:40000 > 10.0.2.20:443", ACL),
        (&["in 100 allow all 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", OK),
        (&["in 90 deny tcp 443 10.0.1.0/24", "in 100 allow all 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", ACL),
        (&["in 110 deny tcp 443 10.0.1.0/24", "in 100 allow all 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", OK),
        (&["in 90 deny tcp 443 10.0.1.0/24", "in 100 allow all 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.2.20:444", OK),
        (&["in 100 allow tcp 443 10.0.1.10/32"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", OK),
        (&["in 100 allow tcp 443 10.0.2.20/32"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", ACL),
        (&["in 100 allow udp 443 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", ACL),
        (&["in 100 allow icmp 8 0.0.0.0/0"], "ping 10.0.1.10:1 > 10.0.2.20", OK),
        (&["in 100 allow icmp 0 0.0.0.0/0"], "ping 10.0.1.10:1 > 10.0.2.20", ACL),
        // Only the way in is asked at the receiver's border (N4).
        (&["out 100 allow all 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.2.20:443", ACL),
    ];
    for (entries, text, ending) in table {
        let mut scene = scene();
        let two = scene.two;
        scene.lab.own_acl(two, entries);
        assert_eq!(scene.a_sends(text), *ending, "{entries:?} {text}");
    }
}

// rules: N9 N11 P3
#[test]
fn acls_forget_so_answers_need_their_own_entries_both_ways() {
    let ask = "tcp 10.0.1.10:40000 > 10.0.2.20:443";
    let answer = "tcp 10.0.2.20:443 > 10.0.1.10:40000 syn+ack";
    let service = "in 100 allow tcp 443 10.0.1.0/24";
    let table: &[(&[&str], &[&str], &str, &str)] = &[
        (&[service, "out 100 allow tcp 1024-65535 10.0.1.0/24"], &["in 100 allow tcp 1024-65535 10.0.2.0/24"], OK, OK),
        (&[service], &["in 100 allow tcp 1024-65535 10.0.2.0/24"], OK, ACL),
        (&[service, "out 100 allow tcp 443 10.0.1.0/24"], &["in 100 allow tcp 1024-65535 10.0.2.0/24"], OK, ACL),
        (&[service, "out 100 allow tcp 1024-65535 10.0.1.0/24"], &[], OK, ACL),
        (&[service, "out 100 allow tcp 1024-65535 10.0.1.0/24"], &["in 100 allow tcp 443 10.0.2.0/24"], OK, ACL),
    ];
    for (at_b, back_at_a, first, second) in table {
        let Scene { mut lab, one, two, a, b } = scene();
        lab.own_acl(two, at_b);
        let own = lab.own_acl(one, back_at_a);
        lab.set_acl(own, "out 100 allow tcp 443 10.0.2.0/24");
        assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(ask))), *first, "{at_b:?} {back_at_a:?}");
        let back = lab.send(Origin::Instance(b.instance), packet(answer));
        assert_eq!(Lab::ending(&back), *second, "{at_b:?} {back_at_a:?}");
    }
}

// rules: N10 N12 S48 P-E2 I7
#[test]
fn neighbours_and_host_services_meet_no_acl() {
    let mut scene = scene();
    let one = scene.one;
    scene.lab.own_acl(one, &[]);
    let closed = scene.lab.group(&["in all 0.0.0.0/0", "out tcp 443 10.0.1.0/24"]);
    let c = scene.lab.host("C", one, "10.0.1.30", &[closed]);
    assert_eq!(scene.a_sends("tcp 10.0.1.10:40000 > 10.0.1.30:443"), OK);
    assert_eq!(scene.a_sends("tcp 10.0.1.10:40000 > 10.0.2.20:443"), ACL);
    let more = VpcCidr { association: VpcCidrAssociationId::from_number(900), cidr: net("10.5.0.0/16") };
    scene.lab.apply(Event::VpcChanged(scene.lab.vpc, VpcChange::CidrAdded(more)));
    let table = [
        ("udp 10.0.1.30:40000 > 10.0.0.2:53", OK),
        // The resolver is in the first block of the VPC.
        ("udp 10.0.1.30:40000 > 10.5.0.2:53", "DENIED ENI_SG_RULES_MISMATCH"),
        ("udp 10.0.1.30:40000 > 169.254.169.253:53", OK),
        ("tcp 10.0.1.30:40000 > 169.254.169.254:80", OK),
        ("udp 10.0.1.30:40000 > 169.254.169.123:123", OK),
        ("tcp 10.0.1.30:40000 > 169.254.169.250:1688", OK),
        ("tcp 10.0.1.30:40000 > 169.254.169.251:1688", OK),
        ("tcp 10.0.1.30:40000 > 169.254.169.252:1688", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("tcp 10.0.1.30:40000 > 169.254.170.2:80", OK),
        // The reserved addresses beside the router's are nobody's; the resolver's is that of the VPC, not of the subnet.
        ("udp 10.0.1.30:40000 > 10.0.1.2:53", "DENIED ENI_SG_RULES_MISMATCH"),
        ("udp 10.0.1.30:40000 > 10.0.1.3:53", "DENIED ENI_SG_RULES_MISMATCH"),
        ("ping 10.0.1.30:1 > 10.0.1.1", OK),
        ("tcp 10.0.1.30:40000 > 169.254.1.1:80", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        // An ordinary neighbour is filtered.
        ("udp 10.0.1.30:40000 > 10.0.1.10:53", "DENIED ENI_SG_RULES_MISMATCH"),
    ];
    for (text, ending) in table {
        let walk = scene.lab.ask(Origin::Instance(c.instance), packet(text));
        assert_eq!(Lab::ending(&walk), ending, "{text}");
    }
}

// rules: N4 N5
#[test]
fn the_nearest_entry_is_named() {
    let table: &[(&[&str], Option<u16>, u16, Field)] = &[
        (&["in 100 allow tcp 22 0.0.0.0/0", "in 200 allow udp 53 10.9.0.0/16"], None, 100, Field::Port),
        (&["in 100 allow tcp 443 10.9.0.0/16", "in 200 allow udp 53 0.0.0.0/0"], None, 100, Field::Source),
        (&["in 50 deny tcp 443 0.0.0.0/0", "in 100 allow all 0.0.0.0/0"], Some(50), 100, Field::Order),
    ];
    for (entries, number, nearest, field) in table {
        let Scene { mut lab, two, a, .. } = scene();
        let acl = lab.own_acl(two, entries);
        let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.2.20:443"));
        let (decided, miss) = acl_step(&walk, Check::AclIn);
        let miss = miss.unwrap();
        // The closing deny is a rule of its own (N5).
        assert_eq!(walk.blocker().unwrap().rule, if number.is_some() { "N4" } else { "N5" });
        assert_eq!((decided, miss.rule, miss.field), (*number, RuleRef::Acl(acl, *nearest), *field), "{entries:?}");
    }
}

// rules: E40 E41 E43 E44 E70
#[test]
fn source_dest_check_knows_the_private_addresses_only() {
    const SDC: &str = "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION";
    let table = [
        // Out: the ENI's primary, secondary, and what is not its own.
        (true, "tcp 10.0.1.10:40000 > 10.0.2.20:443", OK),
        (true, "tcp 10.0.1.11:40000 > 10.0.2.20:443", OK),
        (true, "tcp 10.0.1.12:40000 > 10.0.2.20:443", SDC),
        (true, "tcp 203.0.113.10:40000 > 10.0.2.20:443", SDC),
        // What is inside its prefix is its own, what is beside it is not.
        (true, "tcp 10.0.1.128:40000 > 10.0.2.20:443", OK),
        (true, "tcp 10.0.1.143:40000 > 10.0.2.20:443", OK),
        (true, "tcp 10.0.1.127:40000 > 10.0.2.20:443", SDC),
        (true, "tcp 10.0.1.144:40000 > 10.0.2.20:443", SDC),
        (false, "tcp 10.0.1.12:40000 > 10.0.2.20:443", OK),
        (false, "tcp 203.0.113.10:40000 > 10.0.2.20:443", OK),
    ];
    for (on, text, ending) in table {
        let Scene { mut lab, a, .. } = scene();
        let mut prefixed = lab.network.eni(a.eni).unwrap().clone();
        lab.ipv6(prefixed.subnet, "2001:db8::/64");
        prefixed.ipv4_prefixes.push("10.0.1.128/28".parse().unwrap());
        prefixed.ipv6_addresses.push("2001:db8::10".parse().unwrap());
        prefixed.ipv6_prefixes.push("2001:db8:0:0:1::/80".parse().unwrap());
        for (own, address) in [(true, "2001:db8::10"), (true, "2001:db8::1:0:0:9"), (false, "2001:db8::2:0:0:9"), (false, "2001:db8::11")] {
            assert_eq!(prefixed.owns(address.parse().unwrap()), own, "{address}");
        }
        lab.apply(Event::EniDeleted(a.eni));
        lab.apply(Event::EniCreated(Box::new(prefixed)));
        lab.apply(Event::AddressAssigned(a.eni, "10.0.1.11".parse().unwrap()));
        lab.public(a.eni, "10.0.1.10", "203.0.113.10");
        lab.source_dest_check(a.eni, on);
        let walk = lab.ask(Origin::Eni(a.eni), packet(text));
        assert_eq!(Lab::ending(&walk), ending, "{on} {text}");
        if ending == SDC {
            // It is looked at before the groups on the way out (section 6).
            assert!(!walk.steps.iter().any(|step| step.check == Check::GroupOut));
        }
    }
}

// rules: E40 E44 R20 R21 P17
#[test]
fn a_routed_packet_needs_the_check_off_at_the_middlebox() {
    let Scene { mut lab, one, two, a, b } = scene();
    let third = lab.subnet("10.0.3.0/24");
    let open = lab.network.eni(a.eni).unwrap().groups.clone();
    let middle = lab.host_of(eni_core::model::instance::GuestFlavour::Router, "M", third, "10.0.3.30", &open);
    lab.change_guest(middle.instance, |guest| guest.masquerade = false);
    for (subnet, cidr) in [(one, "10.0.2.0/24"), (two, "10.0.1.0/24")] {
        let table = lab.own_table(subnet);
        lab.route(table, cidr, RouteTarget::Eni(middle.eni));
    }
    let ask = packet("tcp 10.0.1.10:40000 > 10.0.2.20:443");
    let walk = lab.ask(Origin::Instance(a.instance), ask);
    assert_eq!(Lab::ending(&walk), "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION");
    // In: the group comes first, then the check (section 6).
    assert_eq!(walk.steps.iter().rev().nth(1).unwrap().check, Check::GroupIn);
    lab.source_dest_check(middle.eni, false);
    let walk = lab.send(Origin::Instance(a.instance), ask);
    assert_eq!(Lab::ending(&walk), OK);
    lab.expect(
        &walk,
        &[
            "A leaves 10.0.1.0/24 by 10.0.1.10",
            "10.0.3.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.3.30 SECURITY_GROUP_IN ALLOW",
            "10.0.3.30 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.3.30 DESTINATION_RUNS DELIVER",
            "M GUEST_ADDRESS ROUTE",
            "10.0.3.30 SOURCE_ATTACHED ALLOW",
            "10.0.3.30 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.3.30 SECURITY_GROUP_OUT ALLOW",
            "10.0.3.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.3.0/24 ROUTE ROUTE",
            "vpc OWNER DELIVER",
            "B is reached in 10.0.2.0/24 at 10.0.2.20",
        ],
    );
    let back = lab.send(Origin::Instance(b.instance), packet("tcp 10.0.2.20:443 > 10.0.1.10:40000 syn+ack"));
    assert_eq!(Lab::ending(&back), OK);
    assert!(lab.lines(&back).contains(&"M GUEST_ADDRESS ROUTE".to_owned()));
}

/// Further routes, where the packet goes, the destination of the route chosen, and of the next best.
type Lookup<'a> = (&'a [(&'a str, RouteOrigin)], &'a str, &'a str, Option<&'a str>);

// rules: R3 R5 R6 R7
#[test]
fn the_longest_prefix_is_chosen() {
    let vgw = |lab: &mut Lab| RouteTarget::VpnGateway(lab.vpn_gateway());
    let table: &[Lookup<'_>] = &[
        (&[], "10.0.2.20", "10.0.0.0/16", None),
        (&[("0.0.0.0/0", RouteOrigin::CreateRoute)], "10.0.2.20", "10.0.0.0/16", Some("0.0.0.0/0")),
        (&[("0.0.0.0/0", RouteOrigin::CreateRoute)], "8.8.8.8", "0.0.0.0/0", None),
        (&[("0.0.0.0/0", RouteOrigin::CreateRoute), ("8.8.0.0/16", RouteOrigin::CreateRoute)], "8.8.8.8", "8.8.0.0/16", Some("0.0.0.0/0")),
        (&[("10.0.2.0/24", RouteOrigin::CreateRoute)], "10.0.2.20", "10.0.2.0/24", Some("10.0.0.0/16")),
        // Nor does it where the local one leads elsewhere than it came with (R3).
        (
            &[("10.0.0.0/16", RouteOrigin::CreateRouteTable), ("10.0.2.0/24", RouteOrigin::EnableVgwRoutePropagation)],
            "10.0.2.20",
            "10.0.0.0/16",
            None,
        ),
        // A propagated route never beats the local one (R6).
        (&[("10.0.2.0/24", RouteOrigin::EnableVgwRoutePropagation)], "10.0.2.20", "10.0.0.0/16", None),
        (&[("192.168.0.0/16", RouteOrigin::EnableVgwRoutePropagation)], "192.168.1.1", "192.168.0.0/16", None),
    ];
    for (routes, to, chosen, runner_up) in table {
        let Scene { mut lab, a, .. } = scene();
        let target = vgw(&mut lab);
        for (cidr, origin) in *routes {
            let table = lab.table;
            lab.route_from(table, cidr, target.clone(), *origin);
        }
        let walk = lab.ask(Origin::Instance(a.instance), packet(&format!("tcp 10.0.1.10:40000 > {to}:443")));
        let step = walk.seen().find(|step| step.check == Check::Route).unwrap();
        let Evidence::Route(route) = step.evidence else { panic!("{:?}", step.evidence) };
        let cidr = |text: &str| Destination::Cidr(IpNet::V4(net(text)));
        assert_eq!(
            (route.destination, route.runner_up_for(step.packet.destination)),
            (Some(cidr(chosen)), runner_up.map(cidr)),
            "{routes:?} {to}"
        );
    }
}

// rules: R11 R12 R13 R15 R23 P-IGW1
#[test]
fn a_blackhole_wins_by_length_and_drops() {
    let Scene { mut lab, a, b, .. } = scene();
    let igw = lab.gateway();
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    let dead: EniId = lab.eni(lab.network.eni(b.eni).unwrap().subnet, &["10.0.2.99"], &[lab.default_group]);
    let table = lab.table;
    lab.route(table, "198.51.100.0/24", RouteTarget::Eni(dead));
    let to = |text: &str| packet(&format!("tcp 10.0.1.10:40000 > {text}:443"));
    let walk = lab.ask(Origin::Instance(a.instance), to("198.51.100.7"));
    assert_eq!(Lab::ending(&walk), "BLACKHOLED BAD_STATE_ROUTE");
    let blocker = walk.blocker().unwrap();
    assert_eq!(blocker.mark, Some(Mark::Believed));
    let Evidence::Route(route) = blocker.evidence else { panic!() };
    assert_eq!((route.target, route.state), (Some(Target::Eni(dead)), Some(RouteState::Blackhole)));
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), to("198.51.101.7"))), "EXITS_NETWORK");
    lab.apply(Event::InternetGatewayMoved(igw, None));
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), to("198.51.101.7"))), "BLACKHOLED BAD_STATE_ROUTE");
    lab.apply(Event::InternetGatewayMoved(igw, Some(lab.vpc)));
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), to("198.51.101.7"))), "EXITS_NETWORK");
    lab.apply(Event::RouteRemoved(table, Destination::Cidr(IpNet::V4(net("0.0.0.0/0")))));
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), to("198.51.101.7"))), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
}

// rules: R32 R33 R34 R35 P18
#[test]
fn the_gateway_translates_one_to_one_or_drops() {
    let Scene { mut lab, a, .. } = scene();
    lab.gateway();
    let out = |lab: &Lab, to: &str| Lab::ending(&lab.ask(Origin::Instance(a.instance), packet(&format!("tcp 10.0.1.10:40000 > {to}:443"))));
    assert_eq!(out(&lab, "198.51.100.7"), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    assert_eq!(out(&lab, "198.51.100.7"), "EXITS_NETWORK");
    // Whatever is sent gets another address, and nothing else of it changes.
    for (sent, seen) in [
        ("tcp 10.0.1.10:40000 > 198.51.100.7:443", "tcp 203.0.113.10:40000 > 198.51.100.7:443"),
        ("tcp 10.0.1.10:1 > 198.51.100.7:65535", "tcp 203.0.113.10:1 > 198.51.100.7:65535"),
        ("udp 10.0.1.10:53 > 198.51.100.7:53", "udp 203.0.113.10:53 > 198.51.100.7:53"),
        ("ping 10.0.1.10:7 > 198.51.100.7", "ping 203.0.113.10:7 > 198.51.100.7"),
    ] {
        let walk = lab.ask(Origin::Instance(a.instance), packet(sent));
        assert_eq!(walk.arrived.unwrap().packet, packet(seen));
    }
    let answer = lab.ask(Origin::Internet, packet("udp 198.51.100.7:53 > 203.0.113.10:53"));
    assert_eq!(answer.arrived.unwrap().packet, packet("udp 198.51.100.7:53 > 10.0.1.10:53"));
    assert_eq!(out(&lab, "192.168.7.7"), "DENIED IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS");
    assert_eq!(out(&lab, "100.64.0.1"), "DENIED IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS");
    // Addresses that no host can have, and their neighbours, which somebody may.
    for (to, ending) in [
        ("0.0.0.5", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("1.0.0.1", "EXITS_NETWORK"),
        ("126.255.255.254", "EXITS_NETWORK"),
        ("128.0.0.1", "EXITS_NETWORK"),
        ("223.255.255.254", "EXITS_NETWORK"),
        ("224.0.0.5", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("239.1.2.3", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("240.0.0.1", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("255.255.255.255", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
    ] {
        assert_eq!(out(&lab, to), ending, "{to}");
    }
    // What is for a system itself can only be forged on the wire.
    let forged = lab.ask(Origin::Eni(a.eni), packet("tcp 10.0.1.10:40000 > 127.0.0.5:443"));
    assert_eq!(Lab::ending(&forged), "UNREACHABLE NO_POSSIBLE_DESTINATION");
    let into = |lab: &Lab, text: &str| Lab::ending(&lab.ask(Origin::Internet, packet(text)));
    assert_eq!(into(&lab, "tcp 198.51.100.7:1 > 203.0.113.10:443"), OK);
    assert_eq!(into(&lab, "tcp 198.51.100.7:1 > 203.0.113.11:443"), "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS");
    assert_eq!(into(&lab, "tcp 198.51.100.7:1 > 10.0.1.10:443"), "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS");
    assert_eq!(into(&lab, "tcp 192.168.1.1:1 > 203.0.113.10:443"), "DENIED IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS");
    assert_eq!(into(&lab, "tcp 100.64.1.1:1 > 203.0.113.10:443"), "DENIED IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS");
    let gateway = lab.network.internet_gateway_of(lab.vpc).unwrap().id;
    lab.apply(Event::InternetGatewayMoved(gateway, None));
    assert_eq!(into(&lab, "tcp 198.51.100.7:1 > 203.0.113.10:443"), "UNREACHABLE BAD_STATE_ATTACHMENT");
}

// rules: R27 R28 R29
#[test]
fn a_gateway_may_have_a_route_table() {
    let Scene { mut lab, two, a, .. } = scene();
    let gateway = lab.gateway();
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    let open = lab.network.eni(a.eni).unwrap().groups.clone();
    let middle = lab.host_of(eni_core::model::instance::GuestFlavour::Router, "M", two, "10.0.2.30", &open);
    lab.source_dest_check(middle.eni, false);
    lab.change_guest(middle.instance, |guest| guest.masquerade = false);
    let edge = RouteTableId::from_number(900);
    let vpc = lab.vpc;
    lab.table_with(edge, vpc, RouteTableUser::InternetGateway(gateway), "10.0.0.0/16");
    let ask = packet("tcp 198.51.100.7:1 > 203.0.113.10:443");
    let walk = lab.ask(Origin::Internet, ask);
    assert!(lab.lines(&walk).contains(&"igw EDGE_ROUTE ROUTE".to_owned()));
    assert_eq!(Lab::ending(&walk), OK);
    lab.route(edge, "10.0.1.0/24", RouteTarget::Eni(middle.eni));
    assert_eq!(Lab::ending(&lab.ask(Origin::Internet, ask)), "DENIED INGRESS_RTB_NO_PUBLIC_IP");
    lab.public(middle.eni, "10.0.2.30", "203.0.113.30");
    let walk = lab.ask(Origin::Internet, ask);
    assert!(lab.lines(&walk).contains(&"M GUEST_ADDRESS ROUTE".to_owned()));
    assert_eq!(Lab::ending(&walk), OK);
}

// rules: P22 R51
#[test]
fn a_virtual_private_gateway_carries_packets_as_they_are() {
    let Scene { mut lab, a, .. } = scene();
    let vgw = lab.vpn_gateway();
    let table = lab.table;
    lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 192.168.1.1:443"));
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 10.0.1.10:40000 > 192.168.1.1:443"));
    let back = lab.send(Origin::VpnGateway(vgw), packet("tcp 192.168.1.1:443 > 10.0.1.10:40000 syn+ack"));
    assert_eq!(Lab::ending(&back), OK);
}

// rules: R27 R29
#[test]
fn a_virtual_private_gateway_may_lead_through_an_eni_without_a_public_address() {
    let Scene { mut lab, two, a, .. } = scene();
    let vgw = lab.vpn_gateway();
    let open = lab.network.eni(a.eni).unwrap().groups.clone();
    let middle = lab.host_of(eni_core::model::instance::GuestFlavour::Router, "M", two, "10.0.2.30", &open);
    lab.source_dest_check(middle.eni, false);
    lab.change_guest(middle.instance, |guest| guest.masquerade = false);
    let (edge, vpc) = (RouteTableId::from_number(900), lab.vpc);
    lab.table_with(edge, vpc, RouteTableUser::VpnGateway(vgw), "10.0.0.0/16");
    lab.route(edge, "10.0.1.0/24", RouteTarget::Eni(middle.eni));
    let walk = lab.ask(Origin::VpnGateway(vgw), packet("tcp 192.168.1.1:1 > 10.0.1.10:443"));
    assert_eq!(Lab::ending(&walk), OK);
    assert!(lab.lines(&walk).contains(&"M GUEST_ADDRESS ROUTE".to_owned()));
}

// rules: R9
#[test]
fn what_is_not_modelled_says_so() {
    let Scene { mut lab, a, .. } = scene();
    let side = |vpc| {
        let (owner, region) = (lab.network.account(), lab.network.region().to_owned());
        PeeringSide { vpc, owner, region, cidrs: Vec::new(), dns_resolution: false }
    };
    let (requester, accepter) = (side(lab.vpc), side(VpcId::from_number(99)));
    let id = "pcx-0000000000000000a".parse().unwrap();
    let peering = Peering { id, requester, accepter, state: PeeringState::Active, expires: None, tags: Tags::new() };
    lab.apply(Event::PeeringCreated(Box::new(peering)));
    let targets = [
        RouteTarget::NatGateway("nat-0000000000000000a".parse().unwrap()),
        RouteTarget::Peering(id),
        RouteTarget::Peering("pcx-0000000000000000b".parse().unwrap()),
        RouteTarget::TransitGateway("tgw-0000000000000000a".parse().unwrap()),
        RouteTarget::Endpoint("vpce-0000000000000000a".parse().unwrap()),
        RouteTarget::Unmodelled("lgw-0000000000000000a".to_owned()),
    ];
    for target in targets {
        let table = lab.table;
        lab.route(table, "198.51.100.0/24", target.clone());
        let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 198.51.100.7:443"));
        // What is not there is a blackhole; the others cannot be looked at.
        let absent =
            matches!(target, RouteTarget::NatGateway(_)) || target == RouteTarget::Peering("pcx-0000000000000000b".parse().unwrap());
        let ending = if absent { "BLACKHOLED BAD_STATE_ROUTE" } else { "DENIED UNSUPPORTED_COMPONENT" };
        assert_eq!(Lab::ending(&walk), ending, "{target:?}");
        assert_eq!(walk.blocker().unwrap().verdict, Verdict::Deny);
    }
}

// rules: P-E5 R3
#[test]
fn an_address_that_nobody_has_is_unreachable_without_a_word() {
    let mut scene = scene();
    for text in ["tcp 10.0.1.10:40000 > 10.0.1.77:443", "tcp 10.0.1.10:40000 > 10.0.2.77:443"] {
        assert_eq!(scene.a_sends(text), "UNREACHABLE NO_POSSIBLE_DESTINATION", "{text}");
    }
}

// rules: E92
#[test]
fn mail_to_public_addresses_stays_inside() {
    let table = [
        ("tcp 10.0.1.10:40000 > 198.51.100.7:25", "DENIED OUTBOUND_PORT_25_RESTRICTED"),
        // An address of this VPC is public, too, when it is asked for by its public form.
        ("tcp 10.0.1.10:40000 > 203.0.113.20:25", "DENIED OUTBOUND_PORT_25_RESTRICTED"),
        ("tcp 10.0.1.10:40000 > 203.0.113.20:26", OK),
        // Submission to a server, other protocols, and mail inside the VPC are free.
        ("tcp 10.0.1.10:40000 > 198.51.100.7:587", "EXITS_NETWORK"),
        ("udp 10.0.1.10:40000 > 198.51.100.7:25", "EXITS_NETWORK"),
        ("tcp 10.0.1.10:40000 > 10.0.2.20:25", OK),
        // So is what a mail server answers: there 25 is the source.
        ("tcp 10.0.1.10:25 > 198.51.100.7:50000 syn+ack", "EXITS_NETWORK"),
    ];
    for (text, ending) in table {
        let mut scene = scene();
        scene.lab.gateway();
        scene.lab.public(scene.a.eni, "10.0.1.10", "203.0.113.10");
        scene.lab.public(scene.b.eni, "10.0.2.20", "203.0.113.20");
        assert_eq!(scene.a_sends(text), ending, "{text}");
    }
}

// rules: E70 R30 R33
#[test]
fn an_elastic_ip_on_an_address_of_a_prefix_is_translated_both_ways() {
    let Scene { mut lab, a, .. } = scene();
    lab.gateway();
    let mut prefixed = lab.network.eni(a.eni).unwrap().clone();
    prefixed.ipv4_prefixes.push("10.0.1.128/28".parse().unwrap());
    lab.apply(Event::EniDeleted(a.eni));
    lab.apply(Event::EniCreated(Box::new(prefixed)));
    lab.change_guest(a.instance, |guest| guest.configured.extend([(a.eni, ip("10.0.1.130"))]));
    let asked = packet("tcp 198.51.100.7:50000 > 203.0.113.130:443");
    let out = packet("tcp 10.0.1.130:40000 > 198.51.100.7:443");
    assert_eq!(Lab::ending(&lab.ask(Origin::Internet, asked)), "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS");
    lab.public(a.eni, "10.0.1.130", "203.0.113.130");
    let walk = lab.ask(Origin::Instance(a.instance), out);
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    assert_eq!(walk.arrived.unwrap().packet.source, ip("203.0.113.130"));
    let open = lab.group(&["in tcp 443 0.0.0.0/0", "out all 0.0.0.0/0"]);
    lab.apply(Event::EniChanged(a.eni, eni_core::model::event::EniChange::Groups(vec![open])));
    let walk = lab.ask(Origin::Internet, asked);
    assert_eq!((Lab::ending(&walk).as_str(), walk.arrived.unwrap().packet.destination), ("DELIVERED", ip("10.0.1.130").into()));
    // Its neighbour in the prefix has none.
    let other = packet("tcp 10.0.1.131:40000 > 198.51.100.7:443");
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(a.eni), other)), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
}
