//! The paths of the rulebook's section 6, forward and back: every place, check and verdict in order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::{self, Check};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::id::EniId;
use eni_core::model::route_table::RouteTarget;
use support_dp::{Host, Lab, ip, packet};

/// Two subnets; A in the first, B in the second, C beside A; a gateway; public addresses on A and B.
struct Scene {
    lab: Lab,
    a: Host,
    b: Host,
    c: Host,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    lab.gateway();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let group = lab.default_group;
    let web = lab.group(&["in tcp 443 0.0.0.0/0", "in tcp 443 10.0.0.0/8"]);
    let a = lab.host("A", one, "10.0.1.10", &[group]);
    let b = lab.host("B", two, "10.0.2.20", &[web]);
    let c = lab.host("C", one, "10.0.1.30", &[web]);
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    lab.public(b.eni, "10.0.2.20", "203.0.113.20");
    Scene { lab, a, b, c }
}

// rules: P-E1 P-E2 P-E3 P-E4 P-E5 P-E6 P-E8 P-I1 P-I2 P-I4 P-I5
#[test]
fn the_blocks_are_in_the_normative_order() {
    use Check::*;
    assert_eq!(pipeline::GUEST_OUT, [SourceRuns, Faults, GuestRoute]);
    assert_eq!(pipeline::EGRESS, [SourceAttached, Unfiltered, SourceDestCheckOut, GroupOut, Connections, SameSubnet, AclOut, Route]);
    assert_eq!(pipeline::LOCAL, [Owner]);
    assert_eq!(pipeline::GATEWAY_OUT, [GatewaySource, GatewayDestination]);
    assert_eq!(pipeline::INTERNET, [PublicAddress]);
    assert_eq!(pipeline::GATEWAY_IN, [GatewayTranslate, EdgeRoute]);
    assert_eq!(pipeline::EGRESS_ONLY_OUT, [EgressOnly, GatewayDestination]);
    assert_eq!(pipeline::EGRESS_ONLY_IN, [EgressOnly]);
    assert_eq!(pipeline::VPN_IN, [VpnRoute, VpnAddress, EdgeRoute]);
    assert_eq!(pipeline::VPN_OUT, [VpnAddress, VpnRoute]);
    assert_eq!(pipeline::NAT, [NatState, NatProtocol, NatSource, NatTranslate]);
    assert_eq!(pipeline::PEERING, [PeeringAddress]);
    assert_eq!(pipeline::INGRESS, [AclIn, GroupIn, Connections, SourceDestCheckIn, DestinationRuns]);
    assert_eq!(pipeline::GUEST_IN, [Faults, ReversePath, GuestAddress, Listener]);
}

// rules: P1 N10 R16 S32
#[test]
fn path_6_1_same_subnet_meets_no_acl_and_no_route() {
    let Scene { mut lab, a, c, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 10.0.1.30:443"));
    lab.expect(
        &walk,
        &[
            "A SOURCE_RUNS ALLOW",
            "A GUEST_ROUTE ROUTE",
            "10.0.1.10 SOURCE_ATTACHED ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.1.10 SECURITY_GROUP_OUT ALLOW",
            "10.0.1.0/24 SAME_SUBNET DELIVER",
            "10.0.1.30 SECURITY_GROUP_IN ALLOW",
            "10.0.1.30 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.30 DESTINATION_RUNS DELIVER",
            "C GUEST_ADDRESS ALLOW",
            "C LISTENER DELIVER",
        ],
    );
    assert_eq!(Lab::ending(&walk), "DELIVERED");
    let reply = lab.send(Origin::Instance(c.instance), packet("tcp 10.0.1.30:443 > 10.0.1.10:40000 syn+ack"));
    lab.expect(
        &reply,
        &[
            "C SOURCE_RUNS ALLOW",
            "C GUEST_ROUTE ROUTE",
            "10.0.1.30 SOURCE_ATTACHED ALLOW",
            "10.0.1.30 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.1.30 SECURITY_GROUP_OUT ALLOW",
            "10.0.1.0/24 SAME_SUBNET DELIVER",
            "10.0.1.10 SECURITY_GROUP_IN ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.10 DESTINATION_RUNS DELIVER",
            "A GUEST_ADDRESS ALLOW",
            "A LISTENER DELIVER",
        ],
    );
}

// rules: P2 P3 P4 R3
#[test]
fn path_6_2_other_subnet_meets_two_acls_each_way() {
    let Scene { mut lab, a, b, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.2.20:443"));
    lab.expect(
        &walk,
        &[
            "A SOURCE_RUNS ALLOW",
            "A GUEST_ROUTE ROUTE",
            "10.0.1.10 SOURCE_ATTACHED ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.1.10 SECURITY_GROUP_OUT ALLOW",
            "10.0.1.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.1.0/24 ROUTE ROUTE",
            "vpc OWNER DELIVER",
            "10.0.2.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.2.20 SECURITY_GROUP_IN ALLOW",
            "10.0.2.20 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.2.20 DESTINATION_RUNS DELIVER",
            "B GUEST_ADDRESS ALLOW",
            "B LISTENER DELIVER",
        ],
    );
    let reply = lab.send(Origin::Instance(b.instance), packet("tcp 10.0.2.20:443 > 10.0.1.10:40000 syn+ack"));
    lab.expect(&reply, &["B leaves 10.0.2.0/24 by 10.0.2.20", "vpc OWNER DELIVER", "A is reached in 10.0.1.0/24 at 10.0.1.10"]);
}

// rules: P5 P6 P7 P-IGW2 P-IGW3 R32
#[test]
fn path_6_3_out_through_the_gateway_and_back() {
    let Scene { mut lab, a, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
    lab.expect(&walk, &["A leaves 10.0.1.0/24 by 10.0.1.10", "igw GATEWAY_SOURCE TRANSLATE", "igw GATEWAY_DESTINATION DELIVER"]);
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.10:40000 > 198.51.100.7:443"));
    // Groups and ACLs see the private source (P7).
    let acl = walk.seen().find(|step| step.check == Check::AclOut).unwrap();
    assert_eq!(acl.packet.source, ip("10.0.1.10"));

    let reply = lab.send(Origin::Internet, packet("tcp 198.51.100.7:443 > 203.0.113.10:40000 syn+ack"));
    lab.expect(
        &reply,
        &[
            "internet PUBLIC_ADDRESS ROUTE",
            "igw GATEWAY_TRANSLATE TRANSLATE",
            "vpc OWNER DELIVER",
            "A is reached in 10.0.1.0/24 at 10.0.1.10",
        ],
    );
    // Nobody in the internet may begin a conversation with A: its group lets only its own members in.
    let stranger = lab.send(Origin::Internet, packet("tcp 198.51.100.7:1234 > 203.0.113.10:40000"));
    assert_eq!(Lab::ending(&stranger), "DENIED ENI_SG_RULES_MISMATCH");
}

// rules: P8 P9 S32
#[test]
fn path_6_4_in_from_the_internet_and_back() {
    let Scene { mut lab, b, .. } = scene();
    let walk = lab.send(Origin::Internet, packet("tcp 198.51.100.7:50000 > 203.0.113.20:443"));
    lab.expect(
        &walk,
        &[
            "internet PUBLIC_ADDRESS ROUTE",
            "igw GATEWAY_TRANSLATE TRANSLATE",
            "vpc OWNER DELIVER",
            "B is reached in 10.0.2.0/24 at 10.0.2.20",
        ],
    );
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 198.51.100.7:50000 > 10.0.2.20:443"));
    let reply = lab.send(Origin::Instance(b.instance), packet("tcp 10.0.2.20:443 > 198.51.100.7:50000 syn+ack"));
    lab.expect(&reply, &["B leaves 10.0.2.0/24 by 10.0.2.20", "igw GATEWAY_SOURCE TRANSLATE", "igw GATEWAY_DESTINATION DELIVER"]);
    assert_eq!(reply.arrived.unwrap().packet, packet("tcp 203.0.113.20:443 > 198.51.100.7:50000 syn+ack"));
}

// rules: P9 P10 R31
#[test]
fn a_public_address_without_a_way_to_the_gateway_gets_requests_and_loses_answers() {
    let Scene { mut lab, b, .. } = scene();
    let subnet = lab.network.eni(b.eni).unwrap().subnet;
    lab.own_table(subnet);
    let got = trace(&lab.network, &TraceRequest::new(End::Internet, End::Instance(b.instance))).unwrap();
    assert_eq!(Lab::ending(&got.forward), "DELIVERED");
    assert_eq!(Lab::ending(got.reply.as_ref().unwrap()), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
    assert!(!got.got_through());
}

// rules: P24 P25 P26 S23
#[test]
fn path_6_8_the_hairpin_shows_public_addresses_to_both_sides() {
    let Scene { mut lab, a, b, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 203.0.113.20:443"));
    let lines = lab.lines(&walk);
    let at_gateway: Vec<&str> = lines.iter().filter(|line| line.starts_with("igw")).map(String::as_str).collect();
    assert_eq!(at_gateway, ["igw GATEWAY_SOURCE TRANSLATE", "igw GATEWAY_DESTINATION ROUTE", "igw GATEWAY_TRANSLATE TRANSLATE"]);
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.10:40000 > 10.0.2.20:443"));
    let reply = lab.send(Origin::Instance(b.instance), packet("tcp 10.0.2.20:443 > 203.0.113.10:40000 syn+ack"));
    assert_eq!(reply.arrived.unwrap().packet, packet("tcp 203.0.113.20:443 > 10.0.1.10:40000 syn+ack"));
    assert_eq!(Lab::ending(&reply), "DELIVERED");
}

/// A asks B's public address: how that ends, and how the answer does.
fn around(lab: &mut Lab, a: Host, b: Host) -> (String, Option<String>) {
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 203.0.113.20:443"));
    let ending = Lab::ending(&walk);
    let answer = walk.arrived.map(|arrived| packet(&format!("tcp 10.0.2.20:443 > {}:40000 syn+ack", arrived.packet.source)));
    (ending, answer.map(|answer| Lab::ending(&lab.send(Origin::Instance(b.instance), answer))))
}

// rules: P24 P25 R33 R47 S22 S23 S26
#[test]
fn path_6_8_each_check_of_the_hairpin_sees_public_addresses() {
    const OK: &str = "DELIVERED";
    const NO_RULE: &str = "DENIED ENI_SG_RULES_MISMATCH";
    const ACL: &str = "DENIED SUBNET_ACL_RESTRICTION";
    let groups = |out: &str, into: &str| {
        let mut lab = Lab::new();
        lab.gateway();
        let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
        let (asks, asked) = (lab.group(&[]), lab.group(&[]));
        let a = lab.host("A", one, "10.0.1.10", &[asks]);
        let b = lab.host("B", two, "10.0.2.20", &[asked]);
        lab.public(a.eni, "10.0.1.10", "203.0.113.10");
        lab.public(b.eni, "10.0.2.20", "203.0.113.20");
        lab.rule(asks, &format!("out tcp 443 {}", out.replace("B", &asked.to_string())));
        lab.rule(asked, &format!("in tcp 443 {}", into.replace("A", &asks.to_string())));
        (lab, a, b)
    };
    // What lets A out, what lets B's side in, and how it ends there and back.
    for (out, into, there, back) in [
        ("0.0.0.0/0", "0.0.0.0/0", OK, Some(OK)),
        ("203.0.113.20/32", "203.0.113.10/32", OK, Some(OK)),
        ("0.0.0.0/0", "A", NO_RULE, None),
        ("0.0.0.0/0", "10.0.0.0/16", NO_RULE, None),
        ("B", "0.0.0.0/0", NO_RULE, None),
        ("10.0.0.0/16", "0.0.0.0/0", NO_RULE, None),
    ] {
        let (mut lab, a, b) = groups(out, into);
        assert_eq!(around(&mut lab, a, b), (there.to_owned(), back.map(str::to_owned)), "{out} {into}");
    }
    // Entries of A's ACL or of B's: each border is crossed, and shows the public address of the other side.
    for (at_a, entries, there, back) in [
        (true, ["out 100 allow tcp 10.0.0.0/16", "in 100 allow all 0.0.0.0/0"], ACL, None),
        (true, ["out 100 allow tcp 203.0.113.20/32", "in 100 allow all 203.0.113.20/32"], OK, Some(OK)),
        (true, ["out 100 allow tcp 203.0.113.20/32", "in 100 allow all 10.0.0.0/16"], OK, Some(ACL)),
        (false, ["in 100 allow tcp 10.0.0.0/16", "out 100 allow all 0.0.0.0/0"], ACL, None),
        (false, ["in 100 allow tcp 203.0.113.10/32", "out 100 allow all 203.0.113.10/32"], OK, Some(OK)),
        (false, ["in 100 allow tcp 203.0.113.10/32", "out 100 allow all 10.0.0.0/16"], OK, Some(ACL)),
    ] {
        let (mut lab, a, b) = groups("0.0.0.0/0", "0.0.0.0/0");
        let subnet = lab.network.eni(if at_a { a } else { b }.eni).unwrap().subnet;
        lab.own_acl(subnet, &entries);
        assert_eq!(around(&mut lab, a, b), (there.to_owned(), back.map(str::to_owned)), "{at_a} {entries:?}");
    }
}

// rules: P24 P25 P11 R33 R34 R15
#[test]
fn path_6_8_who_goes_round_needs_a_public_address_or_a_nat_gateway_and_a_way_on_both_sides() {
    // Without a public address of one's own there is no way out, and the address of nobody is not in the VPC.
    let Scene { mut lab, a, b, .. } = scene();
    let (one, group) = (lab.network.eni(a.eni).unwrap().subnet, lab.default_group);
    let private = lab.host("private", one, "10.0.1.40", &[group]);
    let walk = lab.ask(Origin::Instance(private.instance), packet("tcp 10.0.1.40:40000 > 203.0.113.20:443"));
    assert_eq!(Lab::ending(&walk), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 203.0.113.77:443"));
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    // To oneself: it comes back from one's own public address, which the group must let in.
    let own = packet("tcp 10.0.1.10:40000 > 203.0.113.10:443");
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), own)), "DENIED ENI_SG_RULES_MISMATCH");
    lab.rule(group, "in tcp 443 203.0.113.10/32");
    let walk = lab.ask(Origin::Instance(a.instance), own);
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.10:40000 > 10.0.1.10:443"));
    // Behind a NAT gateway: B sees the gateway's public address, and the answer finds A through it.
    let (near, far) = (lab.subnet("10.0.4.0/24"), lab.subnet("10.0.9.0/24"));
    let inner = lab.host("inner", near, "10.0.4.40", &[group]);
    let nat = lab.nat_gateway(far, "10.0.9.9", Some("203.0.113.9"));
    let table = lab.own_table(near);
    lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    let walk = lab.send(Origin::Instance(inner.instance), packet("tcp 10.0.4.40:40000 > 203.0.113.20:443"));
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.9:40000 > 10.0.2.20:443"));
    let back = lab.send(Origin::Instance(b.instance), packet("tcp 10.0.2.20:443 > 203.0.113.9:40000 syn+ack"));
    assert_eq!(back.arrived.unwrap().packet, packet("tcp 203.0.113.20:443 > 10.0.4.40:40000 syn+ack"));
    // Without a route of B's own the request comes in and the answer finds no way.
    let two = lab.network.eni(b.eni).unwrap().subnet;
    lab.own_table(two);
    let ended = around(&mut lab, a, b);
    assert_eq!(ended, ("DELIVERED".to_owned(), Some("NO_ROUTE NO_ROUTE_TO_DESTINATION".to_owned())));
}

// rules: P-E1 P-I5
#[test]
fn hops_are_the_places_in_order() {
    let Scene { lab, a, b, .. } = scene();
    let got = trace(&lab.network, &TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance))).unwrap();
    let hops: Vec<usize> = got.forward.hops().map(<[_]>::len).collect();
    assert_eq!(hops.iter().sum::<usize>(), got.forward.steps.len());
    let expected: usize = ["guest", "eni", "subnet", "router", "subnet", "eni", "guest"].len();
    assert_eq!(hops.len(), expected);
    assert!(got.got_through());
    let nobody: EniId = "eni-0ffffffffffffffff".parse().unwrap();
    assert!(trace(&lab.network, &TraceRequest::new(End::Eni(nobody), End::Internet)).is_err());
}
