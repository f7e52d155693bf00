//! What is remembered, by which key and for how long: flows at an ENI, a router's translations; and where a walk's nearest rule is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::control::command::{AttachmentKey, Command};
use eni_core::dataplane::conntrack::{Effect, FlowKey};
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::verdict::Verdict;
use eni_core::dataplane::{Origin, guest};
use eni_core::model::event::{Delays, Event};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::route_table::RouteTarget;
use eni_core::packet::{Packet, TcpFlags, Transport};
use eni_core::sim::Simulator;
use eni_core::sim::client::{ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::sim::link;
use eni_core::time::Duration;
use support_dp::{Host, Lab, packet};

fn tcp(source: &str, destination: &str, ports: (u16, u16)) -> Packet {
    let transport = Transport::Tcp { source: ports.0, destination: ports.1, flags: TcpFlags::SYN, sequence: 0, acknowledgement: 0 };
    Packet { source: source.parse().unwrap(), destination: destination.parse().unwrap(), transport, length: 60 }
}

// rules: S33
#[test]
fn flows_are_told_apart_by_every_part_of_both_ends() {
    let (here, there) = ("2001:db8:1:2:3:4:5:6", "2001:db8:a:b:c:d:e:f");
    let mut sent = vec![tcp(here, there, (1_000, 443)), tcp(here, there, (1_001, 443)), tcp(here, there, (1_000, 444))];
    // Each of the eight parts of an IPv6 address counts, at either end.
    for part in 0..8 {
        let other = |address: &str| {
            let mut parts: Vec<&str> = address.split(':').collect();
            if let Some(part) = parts.get_mut(part) {
                *part = "ffff";
            }
            parts.join(":")
        };
        sent.push(tcp(&other(here), there, (1_000, 443)));
        sent.push(tcp(here, &other(there), (1_000, 443)));
    }
    // The same number is another address in the other family, at either end.
    let (four, six) = ("10.0.1.10", "::10.0.1.10");
    sent.extend(
        [(four, "10.0.1.20"), (six, "::10.0.1.20"), (four, "::10.0.1.20"), (six, "10.0.1.20")]
            .map(|(from, to)| tcp(from, to, (1_000, 443))),
    );
    sent.push(Packet { transport: Transport::Udp { source: 1_000, destination: 443 }, ..tcp(here, there, (0, 0)) });
    let keys: Vec<FlowKey> = sent.iter().map(|packet| FlowKey::of(packet, Direction::Egress)).collect();
    for (at, key) in keys.iter().enumerate() {
        let same = keys.iter().filter(|other| *other == key).count();
        assert_eq!(same, 1, "{:?}", sent.get(at));
    }
    // And the answer, on its way in, has the key of the question.
    for (packet, key) in sent.iter().zip(&keys) {
        let answer = eni_core::dataplane::trace::answer(packet).unwrap();
        assert_eq!(FlowKey::of(&answer, Direction::Ingress), *key);
        assert_ne!(FlowKey::of(&answer, Direction::Egress), *key);
    }
}

/// A behind a router that masquerades, and another host beside A.
fn behind_router() -> (Lab, Host, Host, Host) {
    let mut lab = Lab::new();
    lab.gateway();
    let (private, public) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", private, "10.0.1.10", &[open]);
    let b = lab.host("B", private, "10.0.1.11", &[open]);
    let router = lab.host_of(GuestFlavour::Router, "R", public, "10.0.2.30", &[open]);
    lab.public(router.eni, "10.0.2.30", "203.0.113.30");
    lab.source_dest_check(router.eni, false);
    let table = lab.own_table(private);
    lab.route(table, "0.0.0.0/0", RouteTarget::Eni(router.eni));
    (lab, a, b, router)
}

// rules: P17 G10
#[test]
fn a_router_forgets_a_translation_after_ten_minutes_or_when_it_stops() {
    let answer = packet("tcp 198.51.100.7:443 > 203.0.113.30:40000 syn+ack");
    for (seconds, remembered) in [(599, true), (600, false)] {
        let (mut lab, a, _, router) = behind_router();
        lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
        lab.now += Duration::from_secs(seconds);
        let got = lab.ask(Origin::Internet, answer).arrived.unwrap().instance;
        assert_eq!(got, Some(if remembered { a.instance } else { router.instance }), "after {seconds} s");
    }
    // That another instance stops is nothing to it.
    let (mut lab, a, b, router) = behind_router();
    lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:40000 > 198.51.100.7:443"));
    for (stopped, gets_it) in [(b, a), (a, a), (router, router)] {
        lab.tracking.forget_instance(stopped.instance);
        assert_eq!(lab.ask(Origin::Internet, answer).arrived.unwrap().instance, Some(gets_it.instance));
    }
}

// rules: P17 L3
#[test]
fn a_router_that_stops_forgets_its_translations() {
    let (lab, a, _, router) = behind_router();
    let mut simulator = Simulator::new(lab.network, 1);
    let to = Target::Address("198.51.100.7".parse().unwrap());
    let from = Source::Instance { instance: a.instance, address: None };
    let id = simulator.send_once(ProbeSpec { from, to, protocol: Protocol::Udp(53), timeout: Duration::from_secs(5) }).unwrap();
    simulator.advance(Duration::from_millis(1), &mut |_| {});
    let effects = simulator.walk(id).unwrap().effects.clone();
    let reply = effects.iter().find_map(|effect| if let Effect::Masquerade { reply, .. } = effect { Some(*reply) } else { None }).unwrap();
    let remembered = |simulator: &Simulator| simulator.tracking().masquerade(router.instance, reply, simulator.now()).is_some();
    assert!(remembered(&simulator));
    simulator.execute(&Command::StopInstances(vec![a.instance])).unwrap();
    assert!(remembered(&simulator), "that A stops is nothing to the router");
    simulator.execute(&Command::StopInstances(vec![router.instance])).unwrap();
    assert!(!remembered(&simulator));
}

// rules: G8 E62
#[test]
fn a_guest_knows_the_ipv6_addresses_of_its_enis_and_no_others() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    lab.ipv6(subnet, "2001:db8::/64");
    let open = lab.group(&["in all ::/0", "out all ::/0"]);
    let host = lab.host("A", subnet, "10.0.1.10", &[open]);
    let mut eni = lab.network.eni(host.eni).unwrap().clone();
    eni.ipv6_addresses = vec!["2001:db8::10".parse().unwrap()];
    lab.apply(Event::EniDeleted(host.eni));
    lab.apply(Event::EniCreated(Box::new(eni)));
    let instance = lab.network.instance(host.instance).unwrap();
    let to = "2001:db8:ffff::1";
    assert_eq!(guest::source_for(&lab.network, instance, to.parse().unwrap()), Some("2001:db8::10".parse().unwrap()));
    for (bound, ending) in [("2001:db8::10", "DENIED SUBNET_ACL_RESTRICTION"), ("2001:db8::11", "DENIED GUEST_ADDRESS_NOT_CONFIGURED")] {
        assert_eq!(Lab::ending(&lab.ask(Origin::Instance(host.instance), tcp(bound, to, (1_000, 443)))), ending, "{bound}");
    }
}

// rules: S3
#[test]
fn the_nearest_rule_is_told_at_the_step_that_refused_and_at_no_other() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    let (open, closed) = (lab.group(&["out all 0.0.0.0/0"]), lab.group(&["in tcp 22 0.0.0.0/0"]));
    let (a, _) = (lab.host("A", subnet, "10.0.1.10", &[open]), lab.host("B", subnet, "10.0.1.20", &[closed]));
    let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.1.20:443"));
    assert_eq!(Lab::ending(&walk), "DENIED ENI_SG_RULES_MISMATCH");
    let told: Vec<(Check, Verdict)> =
        walk.steps.iter().filter(|step| walk.nearest_at(step).is_some()).map(|step| (step.check, step.verdict)).collect();
    assert_eq!(told, [(Check::GroupIn, Verdict::Deny)]);
    assert!(walk.steps.len() > 3);
}

// rules: P24 R34
#[test]
fn a_public_address_of_another_vpc_is_reached_through_both_gateways() {
    let mut lab = Lab::new();
    lab.gateway();
    let subnet = lab.subnet("10.0.1.0/24");
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", subnet, "10.0.1.10", &[open]);
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    let far = lab.far("B", "10.1.1.20");
    let (b, gateway) = (far.host, lab.bare_gateway(Some(far.vpc)));
    lab.route(far.table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    lab.rule(far.group, "in tcp 443 203.0.113.10/32");
    lab.public(b.eni, "10.1.1.20", "203.0.113.20");
    let walk = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 203.0.113.20:443"));
    assert_eq!(Lab::ending(&walk), "DELIVERED");
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 203.0.113.10:40000 > 10.1.1.20:443"));
    let reply = lab.send(Origin::Instance(b.instance), packet("tcp 10.1.1.20:443 > 203.0.113.10:40000 syn+ack"));
    assert_eq!(reply.arrived.unwrap().packet, packet("tcp 203.0.113.20:443 > 10.0.1.10:40000 syn+ack"));
    assert_eq!(Lab::ending(&reply), "DELIVERED");
    // It turns round at the gateways' edge: no host of the internet is in the way.
    let mut simulator = Simulator::new(lab.network, 1);
    let probe = |from, to: &str| ProbeSpec {
        from,
        to: Target::Address(to.parse().unwrap()),
        protocol: Protocol::Icmp,
        timeout: Duration::from_secs(5),
    };
    let inside = Source::Instance { instance: a.instance, address: None };
    let outside = Source::Internet { address: "198.51.100.7".parse().unwrap() };
    for (from, to, edge) in
        [(inside, "203.0.113.20", link::EDGE), (inside, "198.51.100.7", link::INTERNET), (outside, "203.0.113.20", link::INTERNET)]
    {
        let id = simulator.send_once(probe(from, to)).unwrap();
        simulator.advance(Duration::from_secs(1), &mut |_| {});
        let travel = simulator.packet(id).unwrap().travel;
        assert!((edge..edge + Duration::from_millis(1)).contains(&travel), "{from:?} {to}: {travel}");
    }
}

// rules: E34
#[test]
fn what_was_under_way_to_an_eni_does_not_follow_it_even_at_once() {
    let (mut lab, a, b, _) = behind_router();
    lab.apply(Event::DelaysSet(Box::new(Delays { attach: Duration::ZERO, detach: Duration::ZERO, ..Delays::default() })));
    let private = lab.network.eni(a.eni).unwrap().subnet;
    let groups = lab.network.eni(a.eni).unwrap().groups.clone();
    let service = lab.eni(private, &["10.0.1.50"], &groups);
    lab.attach(service, a.instance, 1);
    lab.public(service, "10.0.1.50", "203.0.113.50");
    let tie = lab.network.eni(service).unwrap().attachment.as_ref().unwrap().id;
    let from = Source::Internet { address: "198.51.100.7".parse().unwrap() };
    let probe = ProbeSpec { from, to: Target::PublicOf(service), protocol: Protocol::Icmp, timeout: Duration::from_secs(5) };
    for moves in [false, true] {
        let mut simulator = Simulator::new(lab.network.clone(), 1);
        let id = simulator.send_once(probe).unwrap();
        simulator.advance(Duration::from_millis(10), &mut |_| {});
        if moves {
            let attachment = AttachmentKey::Eni(tie);
            simulator.execute(&Command::DetachNetworkInterface { attachment, force: false }).unwrap();
            let attach = Command::AttachNetworkInterface { eni: service, instance: b.instance, device_index: 1, network_card: 0 };
            simulator.execute(&attach).unwrap();
        }
        let mut arrived = false;
        simulator
            .advance(Duration::from_millis(12), &mut |event| arrived |= matches!(event, SimEvent::Arrived { packet, .. } if *packet == id));
        assert_eq!(arrived, !moves);
    }
}
