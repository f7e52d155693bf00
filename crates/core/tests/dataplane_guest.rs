//! The system on an instance: which ENI it sends by, what it knows, what it forwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::IpAddr;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Evidence, GuestAddressKind, GuestRouting};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::verdict::{Place, Verdict, Walk};
use eni_core::dataplane::{Origin, guest};
use eni_core::id::EniId;
use eni_core::model::event::{EniChange, Event};
use eni_core::model::instance::{GuestFlavour, InstanceState, ListenerProtocol, RpFilter};
use eni_core::model::route_table::RouteTarget;
use support_dp::{Host, Lab, ip, packet};

const OK: &str = "DELIVERED";
const OUT: &str = "EXITS_NETWORK";
const SDC: &str = "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION";

/// S has eth0 in 10.0.1.0/24 and a service ENI as eth1, in another subnet or the same; a client in each subnet.
struct Scene {
    lab: Lab,
    server: Host,
    service: EniId,
    address: &'static str,
}

fn scene(flavour: GuestFlavour, same_subnet: bool) -> Scene {
    let mut lab = Lab::new();
    lab.gateway();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let server = lab.host_of(flavour, "S", one, "10.0.1.10", &[open]);
    let (subnet, address) = if same_subnet { (one, "10.0.1.99") } else { (two, "10.0.2.99") };
    let service = lab.eni(subnet, &[address], &[open]);
    lab.attach(service, server.instance, 1);
    lab.public(service, address, "203.0.113.99");
    lab.host("near", two, "10.0.2.50", &[open]);
    lab.host("side", one, "10.0.1.50", &[open]);
    let nine = lab.subnet("10.0.9.0/24");
    lab.host("far", nine, "10.0.9.50", &[open]);
    Scene { lab, server, service, address }
}

fn guest_route(walk: &Walk) -> (Option<EniId>, GuestRouting) {
    match walk.steps.iter().find(|step| step.check == Check::GuestRoute).unwrap().evidence {
        Evidence::GuestRoute { eni, by } => (eni, by),
        other => panic!("{other:?}"),
    }
}

// rules: G1 G2 G3 G4 G5 G6 E33
#[test]
fn a_plain_guest_answers_by_the_wrong_interface() {
    use GuestFlavour::{Plain, PolicyRouting};
    let table = [
        // The client asks eth1's address; this is how the answer ends.
        (Plain, false, "198.51.100.7", SDC),
        (Plain, false, "10.0.9.50", SDC),
        (Plain, false, "10.0.1.50", SDC),
        // Neighbours of eth1 are reached by its connected route (G4)…
        (Plain, false, "10.0.2.50", OK),
        // … unless eth0 is in the same subnet, with the better metric.
        (Plain, true, "10.0.1.50", SDC),
        (Plain, true, "198.51.100.7", SDC),
        (PolicyRouting, false, "198.51.100.7", OUT),
        (PolicyRouting, false, "10.0.9.50", OK),
        (PolicyRouting, false, "10.0.1.50", OK),
        (PolicyRouting, false, "10.0.2.50", OK),
        (PolicyRouting, true, "10.0.1.50", OK),
        (PolicyRouting, true, "198.51.100.7", OUT),
    ];
    for (flavour, same_subnet, client, ending) in table {
        let Scene { lab, server, service, address } = scene(flavour, same_subnet);
        let text = format!("tcp {address}:443 > {client}:50000 syn+ack");
        let walk = lab.ask(Origin::Instance(server.instance), packet(&text));
        assert_eq!(Lab::ending(&walk), ending, "{flavour:?} {same_subnet} {client}");
        let (eni, by) = guest_route(&walk);
        match ending {
            SDC => {
                assert_eq!(eni, Some(server.eni), "{client}");
                assert_eq!(walk.blocker().unwrap().place, Place::Eni(server.eni), "it is eth0 that drops it");
            }
            _ => assert_eq!(eni, Some(service), "{client}"),
        }
        assert_eq!(by == GuestRouting::Policy, flavour == PolicyRouting);
    }
}

// rules: G2 G3 P9
#[test]
fn the_outside_client_of_a_plain_guest_is_lost_at_eth0() {
    for (flavour, reply) in [(GuestFlavour::Plain, SDC), (GuestFlavour::PolicyRouting, OUT)] {
        let Scene { lab, service, .. } = scene(flavour, true);
        let got = trace(&lab.network, &TraceRequest::new(End::Internet, End::Eni(service))).unwrap();
        assert_eq!(Lab::ending(&got.forward), OK, "{flavour:?}");
        assert_eq!(Lab::ending(got.reply.as_ref().unwrap()), reply, "{flavour:?}");
    }
}

// rules: G8
#[test]
fn a_new_conversation_starts_from_the_exit_that_fits_the_destination() {
    let table = [
        (GuestFlavour::Plain, "198.51.100.7", "10.0.1.10", GuestRouting::Default, "G8"),
        (GuestFlavour::PolicyRouting, "10.0.9.50", "10.0.1.10", GuestRouting::Default, "G8"),
        (GuestFlavour::PolicyRouting, "10.0.2.50", "10.0.2.99", GuestRouting::Connected, "G4"),
    ];
    for (flavour, to, source, by, rule) in table {
        let Scene { lab, server, .. } = scene(flavour, false);
        let walk = lab.ask(Origin::Instance(server.instance), packet(&format!("udp 0.0.0.0:5000 > {to}:53")));
        assert_eq!(guest_route(&walk).1, by, "{to}");
        assert_eq!(walk.steps.iter().find(|step| step.check == Check::GuestRoute).unwrap().rule, rule, "{to}");
        let sent = walk.seen().find(|step| step.check == Check::SourceAttached).unwrap();
        assert_eq!(sent.packet.source, ip(source), "{to}");
        let instance = lab.network.instance(server.instance).unwrap();
        assert_eq!(guest::source_for(&lab.network, instance, ip(to).into()), Some(ip(source).into()));
    }
}

// rules: G9 E45
#[test]
fn with_the_check_off_the_stray_answer_leaves_under_its_own_public_address() {
    let Scene { mut lab, server, address, .. } = scene(GuestFlavour::Plain, false);
    lab.source_dest_check(server.eni, false);
    let text = format!("tcp {address}:443 > 198.51.100.7:50000 syn+ack");
    let walk = lab.send(Origin::Instance(server.instance), packet(&text));
    assert_eq!(Lab::ending(&walk), OUT);
    assert_eq!(walk.arrived.unwrap().packet.source, ip("203.0.113.99"));
    let step = walk.steps.iter().find(|step| step.check == Check::GatewaySource).unwrap();
    assert_eq!((step.rule, step.mark.map(|mark| mark.letter())), ("G9", Some('B')));
    // The groups of eth0 still judge it, as a new flow: without a rule out it stays (E45).
    let closed = lab.group(&["in all 0.0.0.0/0"]);
    lab.apply(Event::EniChanged(server.eni, EniChange::Groups(vec![closed])));
    lab.tracking.forget_eni(server.eni);
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(server.instance), packet(&text))), "DENIED SG_HAS_NO_RULES");
}

// rules: G7
#[test]
fn the_reverse_path_filter_drops_before_an_answer_exists() {
    let table = [
        (GuestFlavour::Plain, RpFilter::Off, "198.51.100.7", OK),
        (GuestFlavour::Plain, RpFilter::Loose, "198.51.100.7", OK),
        (GuestFlavour::Plain, RpFilter::Strict, "198.51.100.7", "DENIED GUEST_REVERSE_PATH_FILTER"),
        (GuestFlavour::PolicyRouting, RpFilter::Strict, "198.51.100.7", OK),
    ];
    for (flavour, filter, from, ending) in table {
        let Scene { mut lab, server, .. } = scene(flavour, false);
        lab.change_guest(server.instance, |guest| guest.rp_filter = filter);
        let walk = lab.ask(Origin::Internet, packet(&format!("tcp {from}:50000 > 203.0.113.99:443")));
        assert_eq!(Lab::ending(&walk), ending, "{flavour:?} {filter:?}");
    }
}

// rules: E62
#[test]
fn a_secondary_address_works_once_the_guest_knows_it() {
    const UNKNOWN: &str = "DENIED GUEST_ADDRESS_NOT_CONFIGURED";
    for (flavour, ending) in [(GuestFlavour::Plain, UNKNOWN), (GuestFlavour::PolicyRouting, OK)] {
        let Scene { mut lab, server, .. } = scene(flavour, false);
        lab.apply(Event::AddressAssigned(server.eni, ip("10.0.1.77")));
        let ask = packet("tcp 10.0.1.50:50000 > 10.0.1.77:443");
        let client = lab.network.eni_by_private_ip(lab.vpc, ip("10.0.1.50")).unwrap().id;
        let walk = lab.ask(Origin::Eni(client), ask);
        assert_eq!(Lab::ending(&walk), ending, "{flavour:?}");
        // It reached the ENI in either case.
        assert!(walk.steps.iter().any(|step| step.check == Check::DestinationRuns && step.verdict.as_str() == "DELIVER"));
        let from = packet("tcp 10.0.1.77:443 > 10.0.1.50:50000 syn+ack");
        assert_eq!(Lab::ending(&lab.ask(Origin::Instance(server.instance), from)), ending, "{flavour:?}, sending");
        lab.change_guest(server.instance, |guest| {
            guest.configured.insert((server.eni, ip("10.0.1.77")));
        });
        assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), ask)), OK, "{flavour:?}, by hand");
        // What was done by hand goes with the interface: when it comes back, it is to be done again.
        lab.apply(Event::DetachFinished(server.eni));
        lab.attach(server.eni, server.instance, 0);
        assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), ask)), ending, "{flavour:?}, attached again");
    }
}

// rules: P-I5
#[test]
fn a_service_must_wait_there_unless_that_is_taken_for_granted() {
    const REFUSED: &str = "DENIED GUEST_NO_LISTENER";
    let Scene { mut lab, server, .. } = scene(GuestFlavour::PolicyRouting, false);
    lab.listen(server.instance, ListenerProtocol::Tcp, 443, None);
    lab.listen(server.instance, ListenerProtocol::Udp, 53, Some("10.0.2.99"));
    let client = lab.network.eni_by_private_ip(lab.vpc, ip("10.0.1.50")).unwrap().id;
    let table = [
        ("tcp 10.0.1.50:50000 > 10.0.1.10:443", OK),
        ("tcp 10.0.1.50:50000 > 10.0.2.99:443", OK),
        ("tcp 10.0.1.50:50000 > 10.0.1.10:80", REFUSED),
        ("udp 10.0.1.50:50000 > 10.0.1.10:443", REFUSED),
        ("udp 10.0.1.50:50000 > 10.0.2.99:53", OK),
        ("udp 10.0.1.50:50000 > 10.0.1.10:53", REFUSED),
        // The system itself answers these.
        ("ping 10.0.1.50:7 > 10.0.1.10", OK),
        ("tcp 10.0.1.50:50000 > 10.0.1.10:80 ack", OK),
        ("tcp 10.0.1.50:50000 > 10.0.1.10:80 syn+ack", OK),
    ];
    for (text, ending) in table {
        lab.assume.listening = false;
        let walk = lab.ask(Origin::Eni(client), packet(text));
        assert_eq!(Lab::ending(&walk), ending, "{text}");
        // The guest got it, refused or not: it is the guest that answers.
        assert_eq!(walk.arrived.and_then(|arrival| arrival.instance), Some(server.instance), "{text}");
        lab.assume.listening = true;
        assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), packet(text))), OK, "{text}, taken for granted");
    }
    // An answer needs no service.
    lab.assume.listening = false;
    lab.send(Origin::Instance(server.instance), packet("udp 10.0.1.10:5000 > 10.0.1.50:53"));
    let back = lab.ask(Origin::Eni(client), packet("udp 10.0.1.50:53 > 10.0.1.10:5000"));
    assert_eq!(Lab::ending(&back), OK);
}

// rules: P-E1 P-I5 E14
#[test]
fn only_an_attached_eni_of_a_running_instance_carries_packets() {
    let ask = packet("tcp 10.0.1.10:40000 > 10.0.1.50:443");
    let answer = packet("tcp 10.0.1.50:443 > 10.0.1.10:40000 syn+ack");
    for state in [InstanceState::Pending, InstanceState::Stopping, InstanceState::Stopped, InstanceState::ShuttingDown] {
        let Scene { mut lab, server, .. } = scene(GuestFlavour::PolicyRouting, false);
        let client = lab.network.eni_by_private_ip(lab.vpc, ip("10.0.1.50")).unwrap().id;
        lab.apply(Event::InstanceStateChanged(server.instance, state));
        assert_eq!(Lab::ending(&lab.ask(Origin::Instance(server.instance), ask)), "DENIED BAD_STATE", "{state:?}");
        assert_eq!(Lab::ending(&lab.ask(Origin::Eni(server.eni), ask)), "DENIED BAD_STATE", "{state:?}");
        assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), answer)), "DENIED BAD_STATE", "{state:?}");
        lab.assume.running = true;
        let gone = state == InstanceState::ShuttingDown;
        let ending = if gone { "DENIED BAD_STATE" } else { OK };
        assert_eq!(Lab::ending(&lab.ask(Origin::Instance(server.instance), ask)), ending, "{state:?}, assumed");
        assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), answer)), ending, "{state:?}, assumed");
    }
    // From the start of detaching to the end of attaching nothing passes.
    let Scene { mut lab, server, service, .. } = scene(GuestFlavour::PolicyRouting, true);
    let client = lab.network.eni_by_private_ip(lab.vpc, ip("10.0.1.50")).unwrap().id;
    let to_service = packet("tcp 10.0.1.50:50000 > 10.0.1.99:443");
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), to_service)), OK);
    lab.apply(Event::DetachStarted(service));
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), to_service)), "DENIED BAD_STATE_ATTACHMENT");
    // The guest has that address no more.
    let stray = packet("tcp 10.0.1.99:443 > 10.0.1.50:50000 ack");
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(server.instance), stray)), "DENIED GUEST_ADDRESS_NOT_CONFIGURED");
    lab.apply(Event::DetachFinished(service));
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), to_service)), "DENIED BAD_STATE_ATTACHMENT");
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(service), stray)), "DENIED BAD_STATE_ATTACHMENT");
    lab.attach(service, server.instance, 1);
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(client), to_service)), OK);
}

/// A in a private subnet whose default route is a router's ENI in a public one.
fn behind_router() -> (Lab, Host, Host) {
    let mut lab = Lab::new();
    lab.gateway();
    let (private, public) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", private, "10.0.1.10", &[open]);
    let router = lab.host_of(GuestFlavour::Router, "R", public, "10.0.2.30", &[open]);
    lab.public(router.eni, "10.0.2.30", "203.0.113.30");
    lab.source_dest_check(router.eni, false);
    let table = lab.own_table(private);
    lab.route(table, "0.0.0.0/0", RouteTarget::Eni(router.eni));
    (lab, a, router)
}

// rules: R24 R26
#[test]
fn a_middlebox_is_judged_by_its_own_group_and_acl_and_replaced_by_another_one() {
    let sends = |lab: &mut Lab, a: Host| {
        let walk = lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
        (Lab::ending(&walk), walk.arrived.map(|arrived| arrived.packet.source))
    };
    let through = |ip: &str| (OUT.to_owned(), Some(IpAddr::V4(support_dp::ip(ip))));
    let (mut lab, a, router) = behind_router();
    assert_eq!(sends(&mut lab, a), through("203.0.113.30"));
    for (rules, ending) in [
        (vec!["out all 0.0.0.0/0"], "DENIED SG_HAS_NO_RULES"),
        (vec!["in all 0.0.0.0/0"], "DENIED SG_HAS_NO_RULES"),
        (vec!["in tcp 443 10.0.1.0/24", "out tcp 443 0.0.0.0/0"], OUT),
        (vec!["in tcp 443 10.0.9.0/24", "out tcp 443 0.0.0.0/0"], "DENIED ENI_SG_RULES_MISMATCH"),
    ] {
        let (mut lab, a, router) = behind_router();
        let group = lab.group(&rules);
        lab.apply(Event::EniChanged(router.eni, EniChange::Groups(vec![group])));
        assert_eq!(sends(&mut lab, a).0, ending, "{rules:?}");
    }
    for (entries, ending) in [
        (vec!["in 100 allow all 0.0.0.0/0"], "DENIED SUBNET_ACL_RESTRICTION"),
        (vec!["out 100 allow all 0.0.0.0/0"], "DENIED SUBNET_ACL_RESTRICTION"),
        (vec!["in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0"], OUT),
    ] {
        let (mut lab, a, router) = behind_router();
        let subnet = lab.network.eni(router.eni).unwrap().subnet;
        lab.own_acl(subnet, &entries);
        assert_eq!(sends(&mut lab, a).0, ending, "{entries:?}");
    }
    // It stops, and the route is replaced by one to another.
    let groups = lab.network.eni(router.eni).unwrap().groups.clone();
    let (subnet, private) = (lab.network.eni(router.eni).unwrap().subnet, lab.network.eni(a.eni).unwrap().subnet);
    let spare = lab.host_of(GuestFlavour::Router, "R2", subnet, "10.0.2.31", &groups);
    lab.public(spare.eni, "10.0.2.31", "203.0.113.31");
    lab.source_dest_check(spare.eni, false);
    lab.apply(Event::InstanceStateChanged(router.instance, InstanceState::Stopped));
    assert_eq!(sends(&mut lab, a).0, "BLACKHOLED BAD_STATE_ROUTE");
    let table = lab.network.route_table_of(lab.network.subnet(private).unwrap()).unwrap().id;
    lab.route(table, "0.0.0.0/0", RouteTarget::Eni(spare.eni));
    assert_eq!(sends(&mut lab, a), through("203.0.113.31"));
}

// rules: P17 G10 R20
#[test]
fn a_router_that_masquerades_takes_the_answer_back_to_the_sender() {
    let (mut lab, a, router) = behind_router();
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
    assert_eq!(Lab::ending(&walk), OUT);
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.30:40000 > 198.51.100.7:443"));
    let back = lab.send(Origin::Internet, packet("tcp 198.51.100.7:443 > 203.0.113.30:40000 syn+ack"));
    assert_eq!(Lab::ending(&back), OK);
    assert_eq!(back.arrived.unwrap().packet, packet("tcp 198.51.100.7:443 > 10.0.1.10:40000 syn+ack"));
    assert_eq!(back.arrived.unwrap().instance, Some(a.instance));
    let kinds: Vec<GuestAddressKind> = back
        .steps
        .iter()
        .filter_map(|step| match step.evidence {
            Evidence::GuestAddress { is, .. } => Some(is),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [GuestAddressKind::Returned, GuestAddressKind::Configured]);
    // Another sender with the same port to the same peer gets another port.
    let subnet = lab.network.eni(a.eni).unwrap().subnet;
    let groups = lab.network.eni(a.eni).unwrap().groups.clone();
    let second = lab.host("A2", subnet, "10.0.1.11", &groups);
    let walk = lab.send(Origin::Instance(second.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.30:40001 > 198.51.100.7:443"));
    let back = lab.send(Origin::Internet, packet("tcp 198.51.100.7:443 > 203.0.113.30:40001 syn+ack"));
    assert_eq!(back.arrived.unwrap().instance, Some(second.instance));
    lab.tracking.forget_instance(router.instance);
    let lost = lab.ask(Origin::Internet, packet("tcp 198.51.100.7:443 > 203.0.113.30:40001 ack"));
    assert_eq!(lost.arrived.unwrap().instance, Some(router.instance));
}

// rules: P18 G10 R33
#[test]
fn a_router_without_masquerade_or_without_forwarding_is_no_way_out() {
    let ask = packet("tcp 10.0.1.10:40000 > 198.51.100.7:443");
    let (mut lab, a, router) = behind_router();
    lab.change_guest(router.instance, |guest| guest.masquerade = false);
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), ask)), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    lab.change_guest(router.instance, |guest| guest.forwarding = false);
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), ask)), "DENIED GUEST_NOT_FORWARDING");
}

// rules: S25 R25
#[test]
fn a_reference_does_not_fit_what_a_middlebox_hands_on() {
    let (mut lab, a, router) = behind_router();
    lab.change_guest(router.instance, |guest| guest.masquerade = false);
    let clients = lab.group(&["out all 0.0.0.0/0"]);
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![clients])));
    let inner = lab.group(&[&format!("in all {clients}")]);
    let third = lab.subnet("10.0.3.0/24");
    let b = lab.host("B", third, "10.0.3.20", &[inner]);
    let ask = packet("tcp 10.0.1.10:40000 > 10.0.3.20:443");
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), ask)), OK);
    let table = lab.network.route_table_of(lab.network.subnet(lab.network.eni(a.eni).unwrap().subnet).unwrap()).unwrap().id;
    lab.route(table, "10.0.3.0/24", RouteTarget::Eni(router.eni));
    let walk = lab.ask(Origin::Instance(a.instance), ask);
    assert_eq!(Lab::ending(&walk), "DENIED ENI_SG_RULES_MISMATCH");
    assert_eq!(walk.blocker().unwrap().place, Place::Eni(b.eni));
}

// rules: R22 R24 S32
#[test]
fn both_directions_pass_the_same_middlebox_or_its_group_does_not_know_the_answer() {
    let request = "tcp 10.0.1.10:40000 > 10.0.3.20:443";
    let answer = "tcp 10.0.3.20:443 > 10.0.1.10:40000 syn+ack";
    let refused = "DENIED ENI_SG_RULES_MISMATCH";
    // Whether the request passes it, whether the answer does, how they end, and how the answer ends where the group lets the server's port in, too.
    for (there, back, ending, with_a_rule) in
        [(true, true, OK, OK), (false, true, refused, OK), (true, false, OK, OK), (false, false, OK, OK)]
    {
        let (mut lab, a, router) = behind_router();
        lab.change_guest(router.instance, |guest| guest.masquerade = false);
        let narrow = lab.group(&["in tcp 443 10.0.1.0/24", "out tcp 443 10.0.3.0/24"]);
        lab.apply(Event::EniChanged(router.eni, EniChange::Groups(vec![narrow])));
        let open = lab.network.eni(a.eni).unwrap().groups.clone();
        let (near, far) = (lab.network.eni(a.eni).unwrap().subnet, lab.subnet("10.0.3.0/24"));
        let b = lab.host("B", far, "10.0.3.20", &open);
        let (from, to) = (lab.network.route_table_of(lab.network.subnet(near).unwrap()).unwrap().id, lab.own_table(far));
        for (passes, table, block) in [(there, from, "10.0.3.0/24"), (back, to, "10.0.1.0/24")] {
            if passes {
                lab.route(table, block, RouteTarget::Eni(router.eni));
            }
        }
        let passed = |walk: &Walk| walk.steps.iter().any(|step| step.place == Place::Eni(router.eni));
        let walk = lab.send(Origin::Instance(a.instance), packet(request));
        assert_eq!((Lab::ending(&walk).as_str(), passed(&walk)), (OK, there), "{there} {back}");
        let walk = lab.send(Origin::Instance(b.instance), packet(answer));
        assert_eq!((Lab::ending(&walk).as_str(), passed(&walk)), (ending, back), "{there} {back}");
        if ending == refused {
            assert_eq!(walk.blocker().unwrap().place, Place::Eni(router.eni));
        }
        lab.rule(narrow, "in tcp 1024-65535 10.0.3.0/24");
        lab.rule(narrow, "out tcp 1024-65535 10.0.1.0/24");
        assert_eq!(Lab::ending(&lab.ask(Origin::Instance(b.instance), packet(answer))), with_a_rule, "{there} {back}");
    }
}

// rules: G10
#[test]
fn a_router_that_masquerades_hands_on_as_they_are_answers_that_it_does_not_know() {
    let (mut lab, _, router) = behind_router();
    let cases = [
        ("tcp 10.0.1.10:443 > 198.51.100.7:50000 syn+ack", GuestAddressKind::Forwarded(router.eni)),
        ("tcp 10.0.1.10:443 > 198.51.100.7:50000 rst", GuestAddressKind::Forwarded(router.eni)),
        ("pong 10.0.1.10:7 > 198.51.100.7:7", GuestAddressKind::Forwarded(router.eni)),
        ("tcp 10.0.1.10:40000 > 198.51.100.7:443", GuestAddressKind::Masqueraded(router.eni)),
        ("tcp 10.0.1.10:40000 > 198.51.100.7:443 fin", GuestAddressKind::Masqueraded(router.eni)),
        ("udp 10.0.1.10:443 > 198.51.100.7:50000", GuestAddressKind::Masqueraded(router.eni)),
        ("ping 10.0.1.10:8 > 198.51.100.7:8", GuestAddressKind::Masqueraded(router.eni)),
    ];
    let a = lab.network.eni_anywhere(ip("10.0.1.10").into()).unwrap().id;
    for (text, expected) in cases {
        let walk = lab.send(Origin::Eni(a), packet(text));
        let step = walk.steps.iter().find(|step| step.check == Check::GuestAddress).unwrap_or_else(|| panic!("{text}"));
        assert!(matches!(step.evidence, Evidence::GuestAddress { is, .. } if is == expected), "{text}: {:?}", step.evidence);
    }
}

// rules: S22 S25 S26
#[test]
fn what_a_router_sends_under_its_own_address_is_the_routers() {
    let (mut lab, a, router) = behind_router();
    let (clients, routers) = (lab.group(&["out all 0.0.0.0/0"]), lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]));
    for (eni, group) in [(a.eni, clients), (router.eni, routers)] {
        lab.apply(Event::EniChanged(eni, EniChange::Groups(vec![group])));
    }
    let third = lab.subnet("10.0.3.0/24");
    let table = lab.network.route_table_of(lab.network.subnet(lab.network.eni(a.eni).unwrap().subnet).unwrap()).unwrap().id;
    lab.route(table, "10.0.3.0/24", RouteTarget::Eni(router.eni));
    let b = lab.host("B", third, "10.0.3.20", &[clients]);
    for (named, ending) in [(clients, "DENIED ENI_SG_RULES_MISMATCH"), (routers, OK)] {
        let inner = lab.group(&[&format!("in all {named}")]);
        lab.apply(Event::EniChanged(b.eni, EniChange::Groups(vec![inner])));
        let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.3.20:443"));
        assert_eq!(Lab::ending(&walk), ending, "a rule that names {named}");
    }
}

// rules: N10 R16
#[test]
fn a_router_in_the_same_subnet_is_reached_without_its_acl() {
    let (mut lab, a, router) = behind_router();
    let (private, public) = (lab.network.eni(a.eni).unwrap().subnet, lab.network.eni(router.eni).unwrap().subnet);
    let ask = packet("tcp 10.0.1.10:40000 > 198.51.100.7:443");
    lab.own_acl(private, &[]);
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), ask)), "DENIED SUBNET_ACL_RESTRICTION");
    // A neighbour of the router, whose subnet sends everything through it.
    let groups = lab.network.eni(a.eni).unwrap().groups.clone();
    let near = lab.host("N", public, "10.0.2.10", &groups);
    let table = lab.own_table(public);
    lab.route(table, "0.0.0.0/0", RouteTarget::Eni(router.eni));
    lab.own_acl(public, &[]);
    let walk = lab.ask(Origin::Instance(near.instance), packet("tcp 10.0.2.10:40000 > 198.51.100.7:443"));
    let acls = walk.steps.iter().filter(|step| matches!(step.check, Check::AclOut | Check::AclIn) && step.verdict != Verdict::Skip).count();
    assert_eq!((acls, walk.blocker().map(|step| step.place)), (0, Some(Place::Guest(router.instance))), "{}", Lab::ending(&walk));
}

// rules: R20 G10
#[test]
fn two_routers_that_send_to_each_other_do_not_do_so_for_ever() {
    let (mut lab, a, router) = behind_router();
    let third = lab.subnet("10.0.3.0/24");
    let groups = lab.network.eni(a.eni).unwrap().groups.clone();
    let other = lab.host_of(GuestFlavour::Router, "R2", third, "10.0.3.30", &groups);
    lab.source_dest_check(other.eni, false);
    for (host, next) in [(router, other), (other, router)] {
        lab.change_guest(host.instance, |guest| guest.masquerade = false);
        let subnet = lab.network.eni(host.eni).unwrap().subnet;
        let table = lab.own_table(subnet);
        lab.route(table, "0.0.0.0/0", RouteTarget::Eni(next.eni));
    }
    let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 198.51.100.7:443"));
    assert_eq!(Lab::ending(&walk), "DENIED HOP_LIMIT_EXCEEDED");
    let handed_on = walk.steps.iter().filter(|step| step.check == Check::GuestAddress && step.verdict == Verdict::Route).count();
    assert_eq!(handed_on, 16, "so often, and not once more");
}

// rules: G7
#[test]
fn a_forged_packet_from_an_address_of_the_receiver_is_believed() {
    // A real kernel believes nobody who speaks from outside with its own address; here the filter does not tell the wire from itself.
    let mut lab = Lab::new();
    let (subnet, group) = (lab.subnet("10.0.1.0/24"), lab.default_group);
    let a = lab.host("A", subnet, "10.0.1.10", &[group]);
    let b = lab.host("B", subnet, "10.0.1.20", &[group]);
    lab.source_dest_check(a.eni, false);
    for filter in [RpFilter::Off, RpFilter::Loose, RpFilter::Strict] {
        lab.change_guest(b.instance, |guest| guest.rp_filter = filter);
        let walk = lab.ask(Origin::Eni(a.eni), packet("tcp 10.0.1.20:40000 > 10.0.1.20:443"));
        assert_eq!(Lab::ending(&walk), OK, "{filter:?}");
    }
}

// rules: E40 E43 G7 G18 S22
#[test]
fn a_forged_source_leaves_only_with_the_check_off_and_is_then_judged_as_what_it_says() {
    let mut lab = Lab::new();
    lab.gateway();
    let (one, two, members) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"), lab.default_group);
    let outsiders = lab.group(&["out all 0.0.0.0/0"]);
    let a = lab.host("A", one, "10.0.1.10", &[outsiders]);
    lab.host("member", one, "10.0.1.30", &[members]);
    lab.host("there", two, "10.0.2.30", &[members]);
    let b = lab.host_of(GuestFlavour::Plain, "B", one, "10.0.1.20", &[members]);
    let second = lab.eni(two, &["10.0.2.20"], &[members]);
    lab.attach(second, b.instance, 1);
    let (strange, filtered) = ("DENIED ENI_SG_RULES_MISMATCH", "DENIED GUEST_REVERSE_PATH_FILTER");
    // Whom it says it is from; how it ends with the check off, and then under a strict reverse path filter at B.
    for (source, off, strict) in [
        ("10.0.1.10", strange, strange),
        ("10.0.1.30", OK, OK),
        ("10.0.1.20", OK, OK),
        ("10.0.2.30", OK, filtered),
        ("10.0.1.77", strange, strange),
        ("198.51.100.7", strange, strange),
    ] {
        let forged = packet(&format!("tcp {source}:40000 > 10.0.1.20:443"));
        for (check, filter, ending) in [
            (true, RpFilter::Loose, if source == "10.0.1.10" { strange } else { SDC }),
            (false, RpFilter::Loose, off),
            (false, RpFilter::Off, off),
            (false, RpFilter::Strict, strict),
        ] {
            lab.source_dest_check(a.eni, check);
            lab.change_guest(b.instance, |guest| guest.rp_filter = filter);
            assert_eq!(Lab::ending(&lab.ask(Origin::Eni(a.eni), forged)), ending, "{source} {check} {filter:?}");
        }
    }
    // Out to the internet: the gateway knows no public address of whom it says it is from, or takes it for that one.
    lab.source_dest_check(a.eni, false);
    let out = |lab: &Lab| lab.ask(Origin::Eni(a.eni), packet("tcp 10.0.1.30:40000 > 198.51.100.7:443"));
    assert_eq!(Lab::ending(&out(&lab)), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    let member = lab.network.enis().find(|eni| eni.addresses[0].ip == ip("10.0.1.30")).unwrap().id;
    lab.public(member, "10.0.1.30", "203.0.113.30");
    assert_eq!(out(&lab).arrived.unwrap().packet.source, IpAddr::V4(ip("203.0.113.30")));
}

// rules: G1 G8
#[test]
fn a_guest_speaks_to_itself_from_the_address_that_it_speaks_to() {
    let mut lab = Lab::new();
    let (subnet, group) = (lab.subnet("10.0.1.0/24"), lab.default_group);
    let host = lab.host("A", subnet, "10.0.1.10", &[group]);
    let second = lab.eni(subnet, &["10.0.1.20", "10.0.1.21"], &[group]);
    lab.attach(second, host.instance, 1);
    // As Linux does: to its own addresses from those, to all others from its first ENI's.
    let cases = [("10.0.1.10", "10.0.1.10"), ("10.0.1.20", "10.0.1.20"), ("10.0.1.21", "10.0.1.21"), ("198.51.100.7", "10.0.1.10")];
    for (to, from) in cases {
        let walk = lab.ask(Origin::Instance(host.instance), packet(&format!("tcp 0.0.0.0:40000 > {to}:443")));
        assert_eq!(walk.seen().last().unwrap().packet.source, ip(from), "{to}");
        let instance = lab.network.instance(host.instance).unwrap();
        assert_eq!(guest::source_for(&lab.network, instance, to.parse().unwrap()), Some(from.parse().unwrap()), "{to}");
    }
}

// rules: G1
#[test]
fn what_a_guest_sends_to_itself_stays_inside() {
    for filter in [RpFilter::Off, RpFilter::Loose, RpFilter::Strict] {
        let Scene { mut lab, server, address, .. } = scene(GuestFlavour::PolicyRouting, false);
        lab.change_guest(server.instance, |guest| guest.rp_filter = filter);
        let walk = lab.ask(Origin::Instance(server.instance), packet(&format!("tcp 10.0.1.10:40000 > {address}:443")));
        assert_eq!(Lab::ending(&walk), OK, "{filter:?}");
        assert!(walk.steps.iter().all(|step| step.place == Place::Guest(server.instance)));
    }
}

// rules: G1 E62
#[test]
fn what_is_for_the_system_itself_never_leaves_it() {
    for flavour in [GuestFlavour::Plain, GuestFlavour::PolicyRouting, GuestFlavour::Router] {
        let Scene { mut lab, server, .. } = scene(flavour, false);
        let (origin, [own, other]) = (Origin::Instance(server.instance), ["127.0.0.1", "127.0.0.5"].map(|text| IpAddr::V4(ip(text))));
        for (source, to) in [("0.0.0.0", "127.0.0.5"), ("0.0.0.0", "127.255.255.254"), ("127.0.0.1", "127.0.0.1")] {
            let walk = lab.send(origin, packet(&format!("tcp {source}:40000 > {to}:443")));
            assert_eq!(Lab::ending(&walk), OK, "{flavour:?} {source} {to}");
            assert!(walk.steps.iter().all(|step| step.place == Place::Guest(server.instance)), "{flavour:?} {to}");
            assert_eq!(walk.arrived.map(|arrived| (arrived.instance, arrived.packet.source)), Some((Some(server.instance), own)));
            assert_eq!(Lab::ending(&lab.send(origin, packet(&format!("tcp {to}:443 > 127.0.0.1:40000 syn+ack")))), OK, "{flavour:?} {to}");
        }
        assert_eq!(guest::source_for(&lab.network, lab.network.instance(server.instance).unwrap(), other), Some(own));
        assert_eq!(Lab::ending(&lab.ask(origin, packet("tcp 127.0.0.1:4 > 198.51.100.7:443"))), "DENIED GUEST_ADDRESS_NOT_CONFIGURED");
    }
}
