//! The paths of the rulebook's section 6, forward and back: every place, check and verdict in order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::{self, Check};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::id::EniId;
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
    assert_eq!(pipeline::EGRESS, [SourceAttached, Unfiltered, SourceDestCheckOut, GroupOut, SameSubnet, AclOut, Route]);
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
    assert_eq!(pipeline::INGRESS, [AclIn, GroupIn, SourceDestCheckIn, DestinationRuns]);
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
    lab.expect(
        &reply,
        &[
            "B SOURCE_RUNS ALLOW",
            "B GUEST_ROUTE ROUTE",
            "10.0.2.20 SOURCE_ATTACHED ALLOW",
            "10.0.2.20 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.2.20 SECURITY_GROUP_OUT ALLOW",
            "10.0.2.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.2.0/24 ROUTE ROUTE",
            "vpc OWNER DELIVER",
            "10.0.1.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.1.10 SECURITY_GROUP_IN ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.10 DESTINATION_RUNS DELIVER",
            "A GUEST_ADDRESS ALLOW",
            "A LISTENER DELIVER",
        ],
    );
}

// rules: P5 P6 P7 P-IGW2 P-IGW3 R32
#[test]
fn path_6_3_out_through_the_gateway_and_back() {
    let Scene { mut lab, a, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
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
            "igw GATEWAY_SOURCE TRANSLATE",
            "igw GATEWAY_DESTINATION DELIVER",
        ],
    );
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.10:40000 > 198.51.100.7:443"));
    // Groups and ACLs see the private source (P7).
    let acl = walk.steps.iter().find(|step| step.check == Check::AclOut).unwrap();
    assert_eq!(acl.packet.source, ip("10.0.1.10"));

    let reply = lab.send(Origin::Internet, packet("tcp 198.51.100.7:443 > 203.0.113.10:40000 syn+ack"));
    lab.expect(
        &reply,
        &[
            "internet PUBLIC_ADDRESS ROUTE",
            "igw GATEWAY_TRANSLATE TRANSLATE",
            "vpc OWNER DELIVER",
            "10.0.1.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.1.10 SECURITY_GROUP_IN ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.10 DESTINATION_RUNS DELIVER",
            "A GUEST_ADDRESS ALLOW",
            "A LISTENER DELIVER",
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
            "10.0.2.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.2.20 SECURITY_GROUP_IN ALLOW",
            "10.0.2.20 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.2.20 DESTINATION_RUNS DELIVER",
            "B GUEST_ADDRESS ALLOW",
            "B LISTENER DELIVER",
        ],
    );
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 198.51.100.7:50000 > 10.0.2.20:443"));
    let reply = lab.send(Origin::Instance(b.instance), packet("tcp 10.0.2.20:443 > 198.51.100.7:50000 syn+ack"));
    lab.expect(
        &reply,
        &[
            "B SOURCE_RUNS ALLOW",
            "B GUEST_ROUTE ROUTE",
            "10.0.2.20 SOURCE_ATTACHED ALLOW",
            "10.0.2.20 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.2.20 SECURITY_GROUP_OUT ALLOW",
            "10.0.2.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.2.0/24 ROUTE ROUTE",
            "igw GATEWAY_SOURCE TRANSLATE",
            "igw GATEWAY_DESTINATION DELIVER",
        ],
    );
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
