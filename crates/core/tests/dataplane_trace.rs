//! Traces: who the ends are, what is taken for granted, and the answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::analysis::remedy;
use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::trace::{End, TraceError, TraceRequest, answer, trace};
use eni_core::dataplane::verdict::Place;
use eni_core::dataplane::{Luck, Question};
use eni_core::id::{EniId, InstanceId, ResourceId};
use eni_core::model::event::Event;
use eni_core::model::instance::InstanceState;
use eni_core::model::route_table::RouteTarget;
use support_dp::{Lab, Open as Scene, ip, packet};

fn ending(lab: &Lab, request: &TraceRequest) -> String {
    let got = trace(&lab.network, request).unwrap();
    let reply = got.reply.as_ref().map_or("no answer".to_owned(), Lab::ending);
    assert_eq!(got.got_through(), remedy::of_trace(&lab.network, &got, lab.now).is_none());
    format!("{} / {reply}", Lab::ending(&got.forward))
}

// rules: P1 P5 P8 R33 R34
#[test]
fn ends_may_be_named_in_every_way() {
    let Scene { lab, a, b, .. } = Scene::build();
    let gateway = End::InternetGateway(lab.network.internet_gateway_of(lab.vpc).unwrap().id);
    let (a_i, b_i) = (End::Instance(a.instance), End::Instance(b.instance));
    let address = |text: &str| End::Address(ip(text).into());
    let table = [
        (a_i, b_i, "DELIVERED / DELIVERED"),
        (End::Eni(a.eni), End::Eni(b.eni), "DELIVERED / DELIVERED"),
        (address("10.0.1.10"), address("10.0.2.20"), "DELIVERED / DELIVERED"),
        (a_i, End::Internet, "EXITS_NETWORK / DELIVERED"),
        (a_i, gateway, "EXITS_NETWORK / DELIVERED"),
        (a_i, address("192.0.2.9"), "EXITS_NETWORK / DELIVERED"),
        (End::Internet, a_i, "DELIVERED / EXITS_NETWORK"),
        (gateway, a_i, "DELIVERED / EXITS_NETWORK"),
        (address("192.0.2.9"), address("203.0.113.10"), "DELIVERED / EXITS_NETWORK"),
        (b_i, End::Internet, "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS / no answer"),
        // From outside an instance is its public address, and B has none.
        (End::Internet, b_i, "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS / no answer"),
        (a_i, address("10.0.2.99"), "UNREACHABLE NO_POSSIBLE_DESTINATION / no answer"),
    ];
    for (from, to, expected) in table {
        assert_eq!(ending(&lab, &TraceRequest::new(from, to)), expected, "{from:?} {to:?}");
    }
}

// rules: P8
#[test]
fn what_is_not_there_is_named() {
    let Scene { mut lab, a, .. } = Scene::build();
    let vgw = End::VpnGateway(lab.vpn_gateway());
    let (eni, instance) = (End::Eni(EniId::from_number(999)), End::Instance(InstanceId::from_number(999)));
    let here = End::Instance(a.instance);
    let ask = |from, to| trace(&lab.network, &TraceRequest::new(from, to)).map(|_| ());
    assert_eq!(ask(here, eni), Err(TraceError::UnknownEnd(eni)));
    assert_eq!(ask(here, instance), Err(TraceError::UnknownEnd(instance)));
    assert_eq!(ask(instance, here), Err(TraceError::UnknownEnd(instance)));
    assert_eq!(ask(eni, here), Err(TraceError::UnknownEnd(eni)));
    assert_eq!(ask(here, vgw), Err(TraceError::NoAddress(vgw)));
    assert_eq!(ask(vgw, here), Err(TraceError::NoAddress(vgw)));
}

// rules: P-E1 P-I5
#[test]
fn a_stopped_end_is_in_a_bad_state_unless_it_is_taken_to_run() {
    let Scene { mut lab, a, b, .. } = Scene::build();
    let (from, to) = (End::Instance(a.instance), End::Instance(b.instance));
    lab.apply(Event::InstanceStateChanged(b.instance, InstanceState::Stopped));
    let mut request = TraceRequest::new(from, to);
    assert_eq!(ending(&lab, &request), "DENIED BAD_STATE / no answer");
    assert_eq!(ending(&lab, &TraceRequest::new(to, from)), "DENIED BAD_STATE / no answer");
    request.assume.running = true;
    assert_eq!(ending(&lab, &request), "DELIVERED / DELIVERED");
    // A route to a stopped instance's ENI is taken to work as well.
    let table = lab.table;
    lab.route(table, "192.168.0.0/16", RouteTarget::Eni(b.eni));
    let mut far = TraceRequest::new(from, End::Address(ip("192.168.1.1").into()));
    assert_eq!(ending(&lab, &far), "BLACKHOLED BAD_STATE_ROUTE / no answer");
    far.assume.running = true;
    assert_eq!(ending(&lab, &far), "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION / no answer");
}

// rules: P-I5 P-E1
#[test]
fn a_stopped_receiver_is_the_answer_whatever_else_would_refuse() {
    let Scene { mut lab, a, b, .. } = Scene::build();
    let closed = lab.group(&["in tcp 22 0.0.0.0/0"]);
    lab.apply(Event::EniChanged(b.eni, eni_core::model::event::EniChange::Groups(vec![closed])));
    lab.apply(Event::InstanceStateChanged(b.instance, InstanceState::Stopped));
    let stopped = [
        (End::Instance(a.instance), End::Instance(b.instance)),
        (End::Instance(a.instance), End::Eni(b.eni)),
        (End::Instance(a.instance), End::Address(ip("10.0.2.20").into())),
        // It has no public address either.
        (End::Internet, End::Instance(b.instance)),
    ];
    for (from, to) in stopped {
        let mut request = TraceRequest::new(from, to);
        assert_eq!(ending(&lab, &request), "DENIED BAD_STATE / no answer", "{from:?} {to:?}");
        // Running is not all that it takes: the remedies say the rest, too.
        let got = trace(&lab.network, &request).unwrap();
        let blocker = remedy::of_trace(&lab.network, &got, lab.now).unwrap();
        let changed = remedy::after(&lab.network, &blocker.remedies[0].acts, lab.now).unwrap();
        assert!(trace(&changed, &request).unwrap().got_through() && blocker.remedies[0].acts.len() >= 2, "{blocker:?}");
        request.assume.running = true;
        assert!(!ending(&lab, &request).contains("BAD_STATE"), "{from:?} {to:?}");
    }
}

// rules: R15 R33 R5
#[test]
fn a_way_out_is_offered_whole_and_first_where_it_changes_nobody_else() {
    let Scene { mut lab, a, b, .. } = Scene::build();
    let subnet = lab.network.eni(b.eni).unwrap().subnet;
    let table = lab.table;
    lab.apply(Event::RouteRemoved(table, eni_core::model::route_table::Destination::Cidr("0.0.0.0/0".parse().unwrap())));
    let _ = a;
    let request = TraceRequest::new(End::Instance(b.instance), End::Internet);
    assert_eq!(ending(&lab, &request), "NO_ROUTE NO_ROUTE_TO_DESTINATION / no answer");
    let got = trace(&lab.network, &request).unwrap();
    let blocker = remedy::of_trace(&lab.network, &got, lab.now).unwrap();
    assert_eq!(blocker.remedies.len(), 2, "a table of its own, or the shared one: {blocker:#?}");
    for remedy in &blocker.remedies {
        let changed = remedy::after(&lab.network, &remedy.acts, lab.now).unwrap();
        assert!(trace(&changed, &request).unwrap().got_through(), "the route alone is not enough: {remedy:#?}");
    }
    assert!(blocker.remedies[0].shared.is_empty(), "{blocker:#?}");
    let shared = &blocker.remedies[1].shared;
    assert!(shared.len() == 1 && !shared[0].with.contains(&eni_core::model::event::TaggedId::Subnet(subnet)), "{shared:?}");
}

// rules: E40
#[test]
fn a_forged_source_meets_the_check_and_a_secondary_does_not() {
    let Scene { mut lab, a, b, .. } = Scene::build();
    lab.apply(Event::AddressAssigned(a.eni, ip("10.0.1.11")));
    let mut request = TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance));
    request.source_ip = Some(ip("10.0.1.11").into());
    assert_eq!(ending(&lab, &request), "DELIVERED / DELIVERED");
    request.source_ip = Some(ip("10.0.1.12").into());
    assert_eq!(ending(&lab, &request), "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION / no answer");
}

// rules: P22 N9
#[test]
fn the_answer_from_beyond_the_model_is_traced_too() {
    let Scene { mut lab, a, .. } = Scene::build();
    let vgw = lab.vpn_gateway();
    let (table, acl) = (lab.table, lab.acl);
    lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    let request = TraceRequest::new(End::Instance(a.instance), End::Address(ip("192.168.1.1").into()));
    assert_eq!(ending(&lab, &request), "EXITS_NETWORK / DELIVERED");
    lab.set_acl(acl, "in 10 deny tcp 1024-65535 192.168.0.0/16");
    assert_eq!(ending(&lab, &request), "EXITS_NETWORK / DENIED SUBNET_ACL_RESTRICTION");
    let got = trace(&lab.network, &request).unwrap();
    assert_eq!(got.reply.unwrap().steps[0].place, Place::VpnGateway(vgw));
    let mut back = TraceRequest::new(End::VpnGateway(vgw), End::Instance(a.instance));
    back.source_ip = Some(ip("192.168.1.1").into());
    assert_eq!(ending(&lab, &back), "DELIVERED / EXITS_NETWORK");
}

// rules: S32 S34 S36
#[test]
fn every_protocol_has_its_answer() {
    let table = [
        ("tcp 10.0.0.1:4 > 10.0.0.2:5", Some("tcp 10.0.0.2:5 > 10.0.0.1:4 syn+ack")),
        ("udp 10.0.0.1:4 > 10.0.0.2:5", Some("udp 10.0.0.2:5 > 10.0.0.1:4")),
        ("ping 10.0.0.1:4 > 10.0.0.2:4", Some("pong 10.0.0.2:4 > 10.0.0.1:4")),
        ("47 10.0.0.1 > 10.0.0.2", Some("47 10.0.0.2 > 10.0.0.1")),
        ("pong 10.0.0.1:4 > 10.0.0.2:4", None),
    ];
    for (ask, expected) in table {
        let got = answer(&packet(ask)).map(|got| (got.source, got.destination, got.flow(), got.protocol_number()));
        let wanted = expected.map(packet).map(|got| (got.source, got.destination, got.flow(), got.protocol_number()));
        assert_eq!(got, wanted, "{ask}");
    }
    for protocol in [1, 6, 17, 47] {
        let Scene { mut lab, a, b, .. } = Scene::build();
        let closed = lab.group(&["in all 10.0.1.0/24"]);
        lab.apply(Event::EniChanged(b.eni, eni_core::model::event::EniChange::Groups(vec![closed])));
        let mut request = TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance));
        request.protocol = protocol;
        assert_eq!(ending(&lab, &request), "DELIVERED / DELIVERED", "{protocol}");
        request = TraceRequest { from: request.to, to: request.from, ..request };
        assert_eq!(ending(&lab, &request), "DENIED SG_HAS_NO_RULES / no answer", "{protocol}");
    }
}

// rules: R33 R34
#[test]
fn a_public_address_is_offered_to_who_needs_one() {
    let Scene { lab, b, .. } = Scene::build();
    for (from, to, code) in [
        (End::Internet, End::Instance(b.instance), Code::IgwPrivateIpAssociationForIngress),
        (End::Instance(b.instance), End::Internet, Code::IgwPublicIpAssociationForEgress),
    ] {
        let got = trace(&lab.network, &TraceRequest::new(from, to)).unwrap();
        let blocker = remedy::of_trace(&lab.network, &got, lab.now).unwrap();
        assert_eq!(blocker.rows[0].code(), Some(code));
        assert!(blocker.remedies.iter().any(|remedy| remedy.acts.len() == 2), "{blocker:#?}");
    }
}

// rules: R34
#[test]
fn who_is_asked_by_a_private_address_from_outside_is_offered_what_one_is_who_is_asked_by_name() {
    let Scene { lab, b, .. } = Scene::build();
    let private = lab.network.eni(b.eni).unwrap().primary_ip().unwrap();
    let asked = |to: End| trace(&lab.network, &TraceRequest::new(End::Internet, to)).unwrap();
    let named = asked(End::Eni(b.eni));
    let offered = remedy::of_trace(&lab.network, &named, lab.now).unwrap();
    assert!(!offered.remedies.is_empty());
    let by_address = asked(End::Address(private.into()));
    assert_eq!(remedy::of_trace(&lab.network, &by_address, lab.now), Some(offered.clone()));
    let tracking = Tracking::default();
    let question = Question { network: &lab.network, tracking: &tracking, now: lab.now, assume: named.request.assume, luck: Luck::Good };
    assert_eq!(
        remedy::of_walk(&question, named.origin, named.packet, &named.forward).remedies,
        offered.remedies,
        "and so is a packet that was sent"
    );
    let mut nobody = named.packet;
    nobody.destination = ip("10.0.2.200").into();
    assert_eq!(remedy::of_walk(&question, named.origin, nobody, &named.forward).remedies, [], "what helps another address helps nobody");
}
