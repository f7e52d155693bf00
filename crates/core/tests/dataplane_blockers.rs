//! Everything that refuses a packet or its answer, on each path: two faults or more are planted, and exactly those are told, in the order of the way,
//! each with a change of its own. All changes get the packet there and its answer back; without any one of them they do not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod blockers;
mod support_dp;

use blockers::{Faults, Told};
use eni_core::analysis::remedy::{Blockers, Remedy};
use eni_core::control::command::{Command, TransitAct};
use eni_core::dataplane::reason::{Field, Got};
use eni_core::dataplane::trace::{End, TraceRequest};
use eni_core::id::{EniId, ResourceId, RouteTableId};
use eni_core::model::Zone;
use eni_core::model::event::Event;
use eni_core::model::fault::Fault;
use eni_core::model::instance::GuestFlavour;
use eni_core::model::route_table::{RouteTableUser, RouteTarget};
use eni_core::model::target_group::TargetWho;
use eni_core::model::transit::TransitState;
use support_dp::{BehindNat, Host, Lab, Open, ip};

fn between(a: Host, b: Host) -> TraceRequest {
    TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance))
}

fn to(a: Host, address: &str) -> TraceRequest {
    TraceRequest::new(End::Instance(a.instance), End::Address(address.parse().unwrap()))
}

fn subnet_of(lab: &Lab, host: Host) -> eni_core::id::SubnetId {
    lab.network.eni(host.eni).unwrap().subnet
}

// rules: P1 S2 N10
#[test]
fn in_one_subnet() {
    let Open { mut lab, a, open, .. } = Open::build();
    let c = lab.host("C", subnet_of(&lab, a), "10.0.1.30", &[open]);
    lab.closes_out(a);
    lab.lets_in(c, &["in tcp 22 0.0.0.0/0", "in udp 443 10.9.0.0/16"]);
    let mut request = between(a, c);
    request.assume.listening = false;
    lab.refuses(
        &request,
        &[
            "10.0.1.10 SECURITY_GROUP_OUT SG_HAS_NO_RULES > let out tcp 443 group",
            "10.0.1.30 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 group",
            "C LISTENER GUEST_NO_LISTENER > ConfigureGuest",
        ],
    );
}

// rules: P2 P3 P4 N4 N9 N11
#[test]
fn between_subnets_and_back() {
    let Open { mut lab, a, b, .. } = Open::build();
    let (one, two) = (subnet_of(&lab, a), subnet_of(&lab, b));
    lab.own_acl(one, &["in 100 allow tcp 443 0.0.0.0/0", "out 10 deny tcp 443 10.0.2.0/24", "out 100 allow all 0.0.0.0/0"]);
    lab.own_acl(two, &["in 100 allow tcp 22 0.0.0.0/0", "out 100 allow tcp 443 0.0.0.0/0"]);
    lab.lets_in(b, &["in tcp 22 0.0.0.0/0"]);
    let found = lab.refuses(
        &between(a, b),
        &[
            "10.0.1.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 9 allow tcp 443 10.0.2.20/32",
            "10.0.2.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 443 10.0.1.10/32",
            "10.0.2.20 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 group",
            "back: 10.0.2.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 200 allow tcp 1024-65535 10.0.1.10/32",
            "back: 10.0.1.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 1024-65535 10.0.2.20/32",
        ],
    );
    // The rule that comes closest is told of checks further on, too.
    let nearest = |place: usize| found.rows[place].walk.nearest.map(|miss| (miss.field, miss.got, miss.fields_off));
    assert_eq!(nearest(2), Some((Field::Port, Got::Port(443), 1)));
    assert_eq!(nearest(4), Some((Field::Port, Got::Port(32_768), 1)));
}

// rules: P5 R15 R33
#[test]
fn out_to_the_internet() {
    let Open { mut lab, b, .. } = Open::build();
    let two = subnet_of(&lab, b);
    lab.own_table(two);
    lab.closes_out(b);
    lab.own_acl(two, &["out 100 allow all 0.0.0.0/0"]);
    lab.refuses(
        &TraceRequest::new(End::Instance(b.instance), End::Internet),
        &[
            "10.0.2.20 SECURITY_GROUP_OUT SG_HAS_NO_RULES > let out tcp 443 198.51.100.1/32",
            "10.0.2.0/24 ROUTE NO_ROUTE_TO_DESTINATION > route 0.0.0.0/0",
            "igw GATEWAY_SOURCE IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS > AllocateAddress + AssociateAddress",
            "back: 10.0.2.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 100 allow tcp 1024-65535 198.51.100.1/32",
        ],
    );
}

// rules: P8 P-E1 N9
#[test]
fn in_from_the_internet() {
    let Open { mut lab, a, .. } = Open::build();
    let one = subnet_of(&lab, a);
    lab.own_acl(one, &["in 100 allow tcp 22 0.0.0.0/0"]);
    lab.lets_in(a, &["in tcp 443 10.0.0.0/8"]);
    lab.stops(a);
    lab.refuses(
        &TraceRequest::new(End::Internet, End::Instance(a.instance)),
        &[
            "10.0.1.10 DESTINATION_RUNS BAD_STATE > StartInstances",
            "10.0.1.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 443 198.51.100.1/32",
            "10.0.1.10 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 198.51.100.1/32",
            "back: 10.0.1.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 100 allow tcp 1024-65535 198.51.100.1/32",
        ],
    );
}

// rules: P11 P12 P14
#[test]
fn through_a_nat_gateway() {
    let BehindNat { mut lab, a, private, public, .. } = BehindNat::build();
    lab.own_acl(private, &["out 1 deny tcp 443 0.0.0.0/0", "out 100 allow all 0.0.0.0/0", "in 100 allow all 0.0.0.0/0"]);
    lab.own_acl(public, &["out 100 allow all 0.0.0.0/0", "in 100 allow tcp 443 0.0.0.0/0"]);
    lab.own_table(public);
    lab.refuses(&TraceRequest::new(End::Instance(a.instance), End::Internet), &[
        "10.0.1.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 1 allow tcp 443 198.51.100.1/32 + acl out 2 deny tcp 443 0.0.0.0/0",
        "10.0.9.0/24 ROUTE NO_ROUTE_TO_DESTINATION > route 0.0.0.0/0",
        "back: 10.0.9.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 1024-65535 198.51.100.1/32",
    ]);
}

// rules: P18 G10 E40
#[test]
fn through_an_instance_that_hands_on() {
    let Open { mut lab, a, b, .. } = Open::build();
    let own = lab.own_table(subnet_of(&lab, b));
    lab.route(own, "0.0.0.0/0", RouteTarget::Eni(a.eni));
    lab.lets_in(a, &["in tcp 22 0.0.0.0/0"]);
    lab.refuses(
        &TraceRequest::new(End::Instance(b.instance), End::Internet),
        &[
            "10.0.1.10 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 group",
            "10.0.1.10 SOURCE_DEST_CHECK_IN ENI_SOURCE_DEST_CHECK_RESTRICTION > ModifyNetworkInterfaceAttribute",
            "A GUEST_ADDRESS GUEST_NOT_FORWARDING > ConfigureGuest",
            "igw GATEWAY_SOURCE IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS > ConfigureGuest",
        ],
    );
}

// rules: P23 R60
#[test]
fn to_and_from_the_premises() {
    let Open { mut lab, a, .. } = Open::build();
    lab.vpn_gateway();
    lab.closes_out(a);
    lab.refuses(
        &to(a, "192.168.1.1"),
        &[
            "10.0.1.10 SECURITY_GROUP_OUT SG_HAS_NO_RULES > let out tcp 443 192.168.1.1/32",
            "igw GATEWAY_DESTINATION IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS > SetVgwRoutePropagation",
        ],
    );

    let Open { mut lab, b, .. } = Open::build();
    let from = End::VpnGateway(lab.vpn_gateway());
    lab.lets_in(b, &[]);
    lab.own_acl(subnet_of(&lab, b), &["in 100 allow tcp 22 0.0.0.0/0"]);
    let request = TraceRequest { source_ip: Some(ip("192.168.1.1").into()), ..TraceRequest::new(from, End::Instance(b.instance)) };
    lab.refuses(
        &request,
        &[
            "10.0.2.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 443 192.168.1.1/32",
            "10.0.2.20 SECURITY_GROUP_IN SG_HAS_NO_RULES > let in tcp 443 192.168.1.1/32",
            "back: 10.0.2.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 100 allow tcp 1024-65535 192.168.1.1/32",
            "back: igw GATEWAY_SOURCE IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS > SetVgwRoutePropagation",
        ],
    );
}

// rules: R53
#[test]
fn over_a_peering_connection() {
    let Open { mut lab, a, .. } = Open::build();
    let far = lab.far("F", "10.1.1.10");
    lab.peering(far.vpc);
    let mut request = to(a, "10.1.1.10");
    request.to = End::Instance(far.host.instance);
    lab.refuses(
        &request,
        &[
            "igw GATEWAY_DESTINATION IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS > route 10.1.0.0/16",
            "10.1.1.10 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 10.0.1.10/32",
            "back: 10.1.1.0/24 ROUTE NO_ROUTE_TO_DESTINATION > route 10.0.0.0/16",
        ],
    );
}

// rules: P45 R57 R66
#[test]
fn through_a_transit_gateway() {
    let Open { mut lab, a, .. } = Open::build();
    let (far, near_gate) = (lab.far("F", "10.1.1.10"), lab.subnet("10.0.9.0/28"));
    let transit = lab.transit(&[(near_gate, "10.0.9.4"), (far.subnet, "10.1.1.4")]);
    // Nobody has associated the near attachment, the far one propagates to nothing, and no table of either VPC leads there.
    lab.transit_attachment(transit.attachments[0], |near| near.table = None);
    lab.transit_table(transit.table, |table| _ = table.propagations.remove(&transit.attachments[1]));
    lab.refuses(
        &between(a, far.host),
        &[
            "igw GATEWAY_DESTINATION IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS > route 10.1.0.0/16",
            "tgw TRANSIT_ASSOCIATION TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION > Transit",
            "tgw TRANSIT_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT > Transit",
            "10.1.1.10 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 10.0.1.10/32",
            "back: 10.1.1.0/24 ROUTE NO_ROUTE_TO_DESTINATION > route 10.0.0.0/16",
        ],
    );
}

/// A and F, whom a transit gateway joins by ENIs in A's own subnet and in F's; both tables lead there, and F's group lets A in.
fn joined() -> (Lab, Host, support_dp::Far, support_dp::Transit) {
    let Open { mut lab, a, .. } = Open::build();
    let far = lab.far("F", "10.1.1.10");
    lab.rule(far.group, "in tcp 443 10.0.0.0/8");
    let transit = lab.transit(&[(subnet_of(&lab, a), "10.0.1.4"), (far.subnet, "10.1.1.4")]);
    lab.lead_to_each_other(&far, RouteTarget::TransitGateway(transit.gateway));
    (lab, a, far, transit)
}

/// How many ways there are past all that refuses, and how many begin with such a transit gateway's act.
fn ways(found: &Blockers, is_it: impl Fn(&TransitAct) -> bool) -> (usize, usize) {
    let begins = |remedy: &&Remedy| matches!(remedy.acts.first(), Some(Command::Transit(act)) if is_it(act));
    (found.remedies.len(), found.remedies.iter().filter(begins).count())
}

// rules: R65 R66 R67
#[test]
fn at_a_transit_gateway_each_way_past_is_offered() {
    // Nothing propagates to the table: the other attachment does, or a route to it is written.
    let (mut lab, a, far, transit) = joined();
    lab.transit_table(transit.table, |table| _ = table.propagations.remove(&transit.attachments[1]));
    let found = lab.refuses(&between(a, far.host), &["tgw TRANSIT_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT > Transit"]);
    assert_eq!(ways(&found, |act| matches!(act, TransitAct::Propagate(..))), (2, 1));
    assert_eq!(ways(&found, |act| matches!(act, TransitAct::SetRoute { replace: false, .. })), (2, 1));

    // A blackhole leads there instead, or goes.
    let (mut lab, a, far, transit) = joined();
    lab.transit_table(transit.table, |table| _ = table.routes.insert("10.1.1.0/24".parse().unwrap(), None));
    let found = lab.refuses(&between(a, far.host), &["tgw TRANSIT_ROUTE BAD_STATE_ROUTE > Transit"]);
    assert_eq!(ways(&found, |act| matches!(act, TransitAct::SetRoute { replace: true, .. })), (2, 1));
    assert_eq!(ways(&found, |act| matches!(act, TransitAct::DeleteRoute(..))), (2, 1));

    // An IPv6 block does not propagate: the attachment says that it does, or a route is written; where it does not propagate to that table at all,
    // both are needed.
    let (mut lab, a, far, transit) = joined();
    let [own, other] = transit.attachments[..] else { panic!() };
    lab.lead_to_each_other_by_ipv6(a, &far, &RouteTarget::TransitGateway(transit.gateway));
    lab.transit_attachment(own, |own| own.options.ipv6 = true);
    let mut request = to(a, "2001:db8:1:101::10");
    request.from = End::Eni(a.eni);
    let says = |act: &TransitAct| matches!(act, TransitAct::ModifyAttachment(id, change) if *id == other && change.ipv6 == Some(true));
    let found = lab.refuses(&request, &["tgw TRANSIT_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT > Transit"]);
    assert_eq!((ways(&found, says), ways(&found, |act| matches!(act, TransitAct::SetRoute { .. }))), ((2, 1), (2, 1)));
    lab.transit_table(transit.table, |table| _ = table.propagations.remove(&other));
    let found = lab.refuses(&request, &["tgw TRANSIT_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT > Transit"]);
    let both = |remedy: &&Remedy| matches!(&remedy.acts[..], [_, Command::Transit(act)] if says(act));
    assert_eq!(found.remedies.iter().filter(both).count(), 1);

    // The VPC is attached no more.
    let (mut lab, a, far, transit) = joined();
    let own = lab.network.transit_attachment(transit.attachments[0]).unwrap().clone();
    own.enis.iter().for_each(|eni| lab.apply(Event::EniDeleted(*eni)));
    lab.transit_attachment(own.id, |one| (one.state, one.table, one.enis) = (TransitState::Deleted, None, Vec::new()));
    lab.transit_table(transit.table, |table| _ = table.propagations.remove(&own.id));
    let found = lab.refuses(&between(a, far.host), &["10.0.1.0/24 ROUTE BAD_STATE_ROUTE > Transit"]);
    assert_eq!(ways(&found, |act| matches!(act, TransitAct::CreateAttachment(_))).1, 1);
}

// rules: P47 R66
#[test]
fn out_by_the_nat_gateway_of_another_vpc() {
    let (mut lab, a, far, transit) = joined();
    let public = lab.subnet_in(far.vpc, far.acl, "10.1.5.0/24");
    let internet = lab.bare_gateway(Some(far.vpc));
    let nat = lab.nat_gateway(public, "10.1.5.9", Some("203.0.113.9"));
    let out = RouteTableId::from_number(70);
    lab.table_with(out, far.vpc, RouteTableUser::Subnet(public), "10.1.0.0/16");
    let (gateway, table) = (RouteTarget::TransitGateway(transit.gateway), lab.table);
    lab.route(out, "0.0.0.0/0", RouteTarget::InternetGateway(internet));
    lab.route(out, "10.0.0.0/16", gateway.clone());
    lab.route(far.table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    lab.route(table, "0.0.0.0/0", gateway);
    let request = TraceRequest::new(End::Instance(a.instance), End::Internet);
    let found = lab.refuses(&request, &["tgw TRANSIT_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT > Transit"]);
    assert_eq!(ways(&found, |act| matches!(act, TransitAct::SetRoute { .. })), (1, 1));
}

// rules: R11 R12
#[test]
fn by_routes_that_lead_to_nothing() {
    // The gateway was detached.
    let Open { mut lab, a, .. } = Open::build();
    let gateway = lab.network.internet_gateway_of(lab.vpc).unwrap().id;
    lab.apply(Event::InternetGatewayMoved(gateway, None));
    let out = TraceRequest::new(End::Instance(a.instance), End::Internet);
    lab.refuses(&out, &["10.0.1.0/24 ROUTE BAD_STATE_ROUTE > AttachInternetGateway"]);

    // A narrower route leads to nothing; behind it there is a wider one.
    let Open { mut lab, a, .. } = Open::build();
    let table = lab.table;
    lab.route(table, "198.51.100.0/24", RouteTarget::Eni(EniId::from_number(999)));
    let found = lab.refuses(&to(a, "198.51.100.7"), &["10.0.1.0/24 ROUTE BAD_STATE_ROUTE > route 198.51.100.0/24"]);
    let deletes = |remedy: &&Remedy| matches!(remedy.acts.as_slice(), [Command::DeleteRoute { .. }]);
    assert_eq!((found.remedies.len(), found.remedies.iter().filter(deletes).count()), (2, 1));
}

// rules: R27 R29
#[test]
fn by_a_table_of_the_gateway() {
    let Open { mut lab, a, b, .. } = Open::build();
    let gateway = lab.network.internet_gateway_of(lab.vpc).unwrap().id;
    let (edge, vpc) = (RouteTableId::from_number(900), lab.vpc);
    lab.table_with(edge, vpc, RouteTableUser::InternetGateway(gateway), "10.0.0.0/16");
    lab.route(edge, "10.0.1.0/24", RouteTarget::Eni(b.eni));
    lab.lets_in(a, &[]);
    lab.refuses(
        &TraceRequest::new(End::Internet, End::Instance(a.instance)),
        &[
            "igw EDGE_ROUTE INGRESS_RTB_NO_PUBLIC_IP > AllocateAddress + AssociateAddress",
            "10.0.2.20 SOURCE_DEST_CHECK_IN ENI_SOURCE_DEST_CHECK_RESTRICTION > ModifyNetworkInterfaceAttribute",
            "B GUEST_ADDRESS GUEST_NOT_FORWARDING > ConfigureGuest",
            "10.0.1.10 SECURITY_GROUP_IN SG_HAS_NO_RULES > let in tcp 443 198.51.100.1/32",
        ],
    );
}

// rules: R58
#[test]
fn out_by_an_egress_only_gateway() {
    let Open { mut lab, a, .. } = Open::build();
    let (subnet, table) = (subnet_of(&lab, a), lab.table);
    lab.ipv6(subnet, "2001:db8:0:101::/64");
    lab.ipv6_address(a.eni, "2001:db8:0:101::10");
    lab.egress_only(table);
    // The rules of both are for IPv4.
    let mut request = to(a, "2001:db8:ffff::7");
    request.from = End::Eni(a.eni);
    lab.refuses(
        &request,
        &[
            "10.0.1.10 SECURITY_GROUP_OUT ENI_SG_RULES_MISMATCH > let out tcp 443 2001:db8:ffff::7/128",
            "10.0.1.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 200 allow tcp 443 2001:db8:ffff::7/128",
            "back: 10.0.1.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 1024-65535 2001:db8:ffff::7/128",
        ],
    );
}

// rules: R55 R61 R62
#[test]
fn to_endpoints_and_file_systems() {
    let Open { mut lab, b, .. } = Open::build();
    let two = subnet_of(&lab, b);
    lab.own_table(two);
    lab.closes_out(b);
    lab.own_acl(two, &["in 100 allow all 0.0.0.0/0"]);
    lab.refuses(
        &to(b, "52.216.0.10"),
        &[
            "10.0.2.20 SECURITY_GROUP_OUT SG_HAS_NO_RULES > let out tcp 443 52.216.0.10/32",
            "10.0.2.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 100 allow tcp 443 52.216.0.10/32",
            "10.0.2.0/24 ROUTE NO_ROUTE_TO_DESTINATION > CreateVpcEndpoint",
        ],
    );

    let Open { mut lab, a, b, .. } = Open::build();
    let (two, closed) = (subnet_of(&lab, b), lab.group(&["in tcp 80 0.0.0.0/0"]));
    lab.interface_endpoint("ssm", &[(two, "10.0.2.50")], &[closed]);
    lab.own_acl(subnet_of(&lab, a), &["in 100 allow all 0.0.0.0/0"]);
    lab.refuses(
        &to(a, "10.0.2.50"),
        &[
            "10.0.1.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 100 allow tcp 443 10.0.2.50/32",
            "10.0.2.50 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 group",
        ],
    );

    let Open { mut lab, a, b, .. } = Open::build();
    let (two, closed) = (subnet_of(&lab, b), lab.group(&[]));
    lab.service_eni(two, "10.0.2.60", &[closed], "efs", "amazon-efs");
    lab.own_acl(two, &["in 100 allow tcp 2049 0.0.0.0/0"]);
    let request = TraceRequest { port: 2049, ..to(a, "10.0.2.60") };
    lab.refuses(
        &request,
        &[
            "10.0.2.60 SECURITY_GROUP_IN SG_HAS_NO_RULES > let in tcp 2049 10.0.1.10/32",
            "back: 10.0.2.0/24 NETWORK_ACL_OUT SUBNET_ACL_RESTRICTION > acl out 100 allow tcp 1024-65535 10.0.1.10/32",
        ],
    );
}

// rules: P33 P35 P38
#[test]
fn through_a_load_balancer() {
    let Open { mut lab, a, b, .. } = Open::build();
    let (two, closed) = (subnet_of(&lab, b), lab.group(&["out all 0.0.0.0/0"]));
    let balancer = lab.balancer(&[(two, "10.0.2.80")], &[closed], true);
    lab.register(balancer.group, &[TargetWho::Instance(b.instance)]);
    lab.lets_in(b, &["in tcp 80 0.0.0.0/0"]);
    let request = TraceRequest { port: 80, ..to(a, "10.0.2.80") };
    lab.refuses(
        &request,
        &[
            "10.0.2.80 SECURITY_GROUP_IN SG_HAS_NO_RULES > let in tcp 80 group",
            "10.0.2.20 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 8080 10.0.1.10/32",
        ],
    );
}

// rules: P54
#[test]
fn at_a_node_whose_targets_are_in_other_zones() {
    let Open { mut lab, a, b, .. } = Open::build();
    let (two, open) = (subnet_of(&lab, b), lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]));
    lab.zone = Zone::new("us-east-1b");
    let three = lab.subnet("10.0.3.0/24");
    let far = lab.host("far", three, "10.0.3.10", &[open]);
    let balancer = lab.balancer(&[(two, "10.0.2.80"), (three, "10.0.3.80")], &[open], true);
    let request = TraceRequest { port: 80, ..to(a, "10.0.2.80") };
    // No target at all: which one it should be, nobody can say.
    lab.refuses(&request, &["10.0.2.80 LOAD_BALANCER ELBV2_NO_TARGETS_IN_AZ > nothing"]);
    lab.register(balancer.group, &[TargetWho::Instance(far.instance)]);
    lab.refuses(&request, &["10.0.2.80 LOAD_BALANCER ELBV2_NO_TARGETS_IN_AZ > cross-zone on"]);
}

// rules: P24 P26
#[test]
fn out_and_in_again_by_public_addresses() {
    let Open { mut lab, a, b, .. } = Open::build();
    lab.public(b.eni, "10.0.2.20", "203.0.113.20");
    lab.lets_in(b, &["in all 10.0.0.0/8"]);
    lab.own_acl(subnet_of(&lab, b), &["in 100 allow all 10.0.0.0/8", "out 100 allow all 0.0.0.0/0"]);
    lab.refuses(
        &to(a, "203.0.113.20"),
        &[
            "10.0.2.0/24 NETWORK_ACL_IN SUBNET_ACL_RESTRICTION > acl in 200 allow tcp 443 203.0.113.10/32",
            "10.0.2.20 SECURITY_GROUP_IN ENI_SG_RULES_MISMATCH > let in tcp 443 203.0.113.10/32",
        ],
    );
}

// rules: G5 G7 E62 L17 S45
#[test]
fn in_guests() {
    let Open { mut lab, a, b, .. } = Open::build();
    lab.breaks(b, Fault::Hang(true));
    lab.lets_in(b, &[]);
    let mut request = between(a, b);
    request.assume.listening = false;
    lab.refuses(
        &request,
        &[
            "10.0.2.20 SECURITY_GROUP_IN SG_HAS_NO_RULES > let in tcp 443 group",
            "B FAULTS GUEST_HANGS > RebootInstances",
            "B LISTENER GUEST_NO_LISTENER > ConfigureGuest",
        ],
    );

    // A router that may track one connection, and needs two for what it hands on.
    let Open { mut lab, a, b, .. } = Open::build();
    let own = lab.group(&["in all 10.0.0.0/8", "out all 198.51.100.0/24"]);
    let r = lab.host_of(GuestFlavour::Router, "R", subnet_of(&lab, b), "10.0.2.30", &[own]);
    lab.public(r.eni, "10.0.2.30", "203.0.113.30");
    lab.breaks(r, Fault::Connections(1));
    let table = lab.own_table(subnet_of(&lab, a));
    lab.route(table, "198.51.100.0/24", RouteTarget::Eni(r.eni));
    lab.refuses(
        &to(a, "198.51.100.7"),
        &[
            "10.0.2.30 SOURCE_DEST_CHECK_IN ENI_SOURCE_DEST_CHECK_RESTRICTION > ModifyNetworkInterfaceAttribute",
            "10.0.2.30 CONNECTION_TRACKING CONNTRACK_ALLOWANCE_EXCEEDED > SetFault",
        ],
    );

    let Open { mut lab, a, b, open } = Open::build();
    let r = lab.host_of(GuestFlavour::PolicyRouting, "R", subnet_of(&lab, b), "10.0.2.30", &[open]);
    let own = lab.own_table(subnet_of(&lab, a));
    lab.route(own, "198.51.100.0/24", RouteTarget::Eni(r.eni));
    lab.refuses(
        &to(a, "198.51.100.7"),
        &[
            "10.0.2.30 SOURCE_DEST_CHECK_IN ENI_SOURCE_DEST_CHECK_RESTRICTION > ModifyNetworkInterfaceAttribute",
            "R GUEST_ADDRESS GUEST_NOT_FORWARDING > ConfigureGuest",
        ],
    );

    // Two that send on to each other are found behind what each of them refuses; which route is wrong nobody knows.
    let Open { mut lab, a, b, open } = Open::build();
    let r = lab.host_of(GuestFlavour::Router, "R", subnet_of(&lab, b), "10.0.2.30", &[open]);
    lab.change_guest(r.instance, |guest| (guest.forwarding, guest.masquerade) = (false, false));
    let table = lab.table;
    lab.route(table, "198.51.100.0/24", RouteTarget::Eni(r.eni));
    lab.refuses(
        &to(a, "198.51.100.7"),
        &[
            "10.0.2.30 SOURCE_DEST_CHECK_IN ENI_SOURCE_DEST_CHECK_RESTRICTION > ModifyNetworkInterfaceAttribute",
            "R GUEST_ADDRESS GUEST_NOT_FORWARDING > ConfigureGuest",
            "R GUEST_ADDRESS HOP_LIMIT_EXCEEDED > nothing",
        ],
    );
}
