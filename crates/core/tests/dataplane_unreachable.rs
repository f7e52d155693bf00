//! "Port unreachable": what a guest says of a datagram for a port where nobody waits, and what becomes of that on its way (`P-I5`, `S47`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::unreachable::message;
use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Assume, Luck, Origin, Question, judge};
use eni_core::model::instance::{GuestFlavour, ListenerProtocol};
use eni_core::model::route_table::RouteTarget;
use eni_core::model::target_group::{BalancedProtocol, TargetWho};
use eni_core::packet::{FlowId, Packet, Transport};
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::time::Duration;
use support_dp::{BehindNat, Host, Lab, ip, packet};

const OK: &str = "DELIVERED";
const NOBODY: &str = "DENIED GUEST_NO_LISTENER";
const ACL: &str = "DENIED SUBNET_ACL_RESTRICTION";
const GROUP: &str = "DENIED ENI_SG_RULES_MISMATCH";
const ASKS: &str = "udp 10.0.1.10:40000 > 10.0.2.20:5000";

/// A, which asks everybody, and B, which port 5000 of UDP is let in to and which begins nothing.
fn scene() -> (Lab, Host, Host) {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let (asks, waits) = (lab.group(&["out all 0.0.0.0/0"]), lab.group(&["in udp 5000 0.0.0.0/0"]));
    let (a, b) = (lab.host("A", one, "10.0.1.10", &[asks]), lab.host("B", two, "10.0.2.20", &[waits]));
    (lab, a, b)
}

/// Sends a packet where nobody is taken to wait.
fn send(lab: &mut Lab, origin: Origin, packet: Packet) -> Walk {
    let mut walk = Walk::default();
    let Lab { network, tracking, now, .. } = &*lab;
    let question = Question { network, tracking, now: *now, assume: Assume::default(), luck: Luck::Good };
    judge(&question, origin, packet, &mut walk);
    lab.tracking.note(&walk.effects, lab.now);
    walk
}

/// Sends a datagram and, if somebody says that nobody waits, that: how both end.
fn both(lab: &mut Lab, origin: Origin, text: &str) -> (String, Option<Walk>) {
    let asked = send(lab, origin, packet(text));
    let told = message(&asked).map(|(origin, told)| send(lab, origin, told));
    (Lab::ending(&asked), told)
}

fn endings(lab: &mut Lab, from: Host, text: &str) -> (String, String) {
    let (asked, told) = both(lab, Origin::Instance(from.instance), text);
    (asked, told.map_or_else(|| "nothing".to_owned(), |told| Lab::ending(&told)))
}

fn are(asked: &str, told: &str) -> (String, String) {
    (asked.to_owned(), told.to_owned())
}

// rules: P-I5 S47
#[test]
fn the_guest_says_so_and_both_groups_let_it_pass_with_what_it_is_about() {
    let (mut lab, a, b) = scene();
    let asked = send(&mut lab, Origin::Instance(a.instance), Packet { length: 84, ..packet(ASKS) });
    assert_eq!(Lab::ending(&asked), NOBODY);
    let (origin, told) = message(&asked).unwrap();
    assert_eq!(origin, Origin::Instance(b.instance));
    let transport = Transport::Icmp { kind: 3, code: 3, id: 40_000, sequence: 5_000 };
    assert_eq!(told, Packet { transport, length: 112, ..packet("ping 10.0.2.20 > 10.0.1.10") });
    let (source, destination) = (ip("10.0.1.10").into(), ip("10.0.2.20").into());
    assert_eq!(told.about(), Some(FlowId { protocol: 17, source, source_port: 40_000, destination, destination_port: 5_000 }));
    let walk = send(&mut lab, origin, told);
    assert_eq!(Lab::ending(&walk), OK);
    let by_rule = |rule: &str| walk.steps.iter().filter(|step| step.rule == rule).map(|step| step.check.as_str()).collect::<Vec<_>>();
    assert_eq!(by_rule("S47"), ["SECURITY_GROUP_OUT", "SECURITY_GROUP_IN"]);
    assert!(message(&walk).is_none(), "nobody tells of what tells");
    // No more of the datagram than has room, and nothing of what is no such datagram.
    let long = send(&mut lab, Origin::Instance(a.instance), Packet { length: 1_400, ..packet(ASKS) });
    assert_eq!(message(&long).unwrap().1.length, 576);
    lab.listen(b.instance, ListenerProtocol::Udp, 5_000, None);
    let taken = send(&mut lab, Origin::Instance(a.instance), packet(ASKS));
    assert_eq!((Lab::ending(&taken).as_str(), message(&taken).is_none()), (OK, true), "somebody waits");
    lab.change_guest(b.instance, |guest| guest.listeners.clear());
    let request = TraceRequest::new(End::Instance(a.instance), End::Instance(b.instance));
    let asked_alone = |listening: bool| {
        let mut request = TraceRequest { protocol: 17, port: 5_000, ..request };
        request.assume.listening = listening;
        let found = trace(&lab.network, &request).unwrap();
        (Lab::ending(&found.forward), Lab::ending(&found.reply.unwrap()))
    };
    assert_eq!(asked_alone(true), are(OK, OK));
    assert_eq!(asked_alone(false), are(NOBODY, OK));
}

// rules: P-I5 S47 S35 S42 N9
#[test]
fn what_is_let_in_and_heard_decides_whether_it_is_said_and_learnt() {
    let (mut lab, a, b) = scene();
    // Who is not let in, or speaks TCP, hears nothing of it.
    assert_eq!(endings(&mut lab, a, "udp 10.0.1.10:40000 > 10.0.2.20:5001"), are(GROUP, "nothing"));
    let group = lab.network.eni(b.eni).unwrap().groups[0];
    lab.rule(group, "in tcp 5000 0.0.0.0/0");
    assert_eq!(endings(&mut lab, a, "tcp 10.0.1.10:40000 > 10.0.2.20:5000"), are(NOBODY, "nothing"));
    assert_eq!(endings(&mut lab, a, ASKS), are(NOBODY, OK));
    // Network ACLs remember nothing: on either border ICMP has to be let through.
    for (of_sender, entry) in [(false, "out 90 deny icmp 0.0.0.0/0"), (true, "in 90 deny icmp 0.0.0.0/0")] {
        let (mut lab, a, b) = scene();
        let subnet = lab.network.eni(if of_sender { a.eni } else { b.eni }).unwrap().subnet;
        let acl = lab.own_acl(subnet, &[entry, "in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0"]);
        assert_eq!(endings(&mut lab, a, ASKS), are(NOBODY, ACL), "{entry}");
        lab.set_acl(acl, &format!("{} 80 allow icmp 10.0.0.0/16", entry.split(' ').next().unwrap()));
        assert_eq!(endings(&mut lab, a, ASKS), are(NOBODY, OK), "{entry}");
    }
    // A flow that is not tracked lets nothing pass: both ends need a rule then.
    let (mut lab, a, b) = scene();
    let open = |lab: &mut Lab| lab.group(&["in udp 0-65535 0.0.0.0/0", "out udp 0-65535 0.0.0.0/0"]);
    let (one, two) = (open(&mut lab), open(&mut lab));
    for (host, group) in [(a, one), (b, two)] {
        let change = eni_core::model::event::EniChange::Groups(vec![group]);
        lab.apply(eni_core::model::event::Event::EniChanged(host.eni, change));
    }
    assert_eq!(endings(&mut lab, a, ASKS), are(NOBODY, GROUP));
    lab.rule(two, "out icmp 3 0.0.0.0/0");
    assert_eq!(endings(&mut lab, a, ASKS), are(NOBODY, GROUP));
    lab.rule(one, "in icmp 3 0.0.0.0/0");
    assert_eq!(endings(&mut lab, a, ASKS), are(NOBODY, OK));
    // Nor does one that is forgotten, or another one.
    for (secs, about, ending) in [(29, 40_000, OK), (30, 40_000, "DENIED SG_HAS_NO_RULES"), (1, 40_001, "DENIED SG_HAS_NO_RULES")] {
        let (mut lab, a, _) = scene();
        let asked = send(&mut lab, Origin::Instance(a.instance), packet(ASKS));
        let (origin, told) = message(&asked).unwrap();
        lab.now += Duration::from_secs(secs);
        let transport = Transport::Icmp { kind: 3, code: 3, id: about, sequence: 5_000 };
        assert_eq!(Lab::ending(&send(&mut lab, origin, Packet { transport, ..told })), ending, "{secs} {about}");
    }
}

// rules: P-I5 S47 R32 P24
#[test]
fn an_internet_gateway_translates_what_it_is_about() {
    let (mut lab, a, b) = scene();
    lab.gateway();
    lab.public(b.eni, "10.0.2.20", "203.0.113.20");
    let (asked, told) = both(&mut lab, Origin::Internet, "udp 198.51.100.7:40000 > 203.0.113.20:5000");
    let told = told.unwrap();
    assert_eq!((asked.as_str(), Lab::ending(&told).as_str()), (NOBODY, "EXITS_NETWORK"));
    let about = told.arrived.unwrap().packet.about().unwrap();
    assert_eq!(about.to_string(), "17 198.51.100.7:40000 -> 203.0.113.20:5000", "as its sender sent it");
    // Out and in again by public addresses: each end knows the other by its public one.
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    assert_eq!(endings(&mut lab, a, "udp 10.0.1.10:40000 > 203.0.113.20:5000"), are(NOBODY, OK));
}

// rules: P-I5 R40 P12
#[test]
fn a_nat_gateway_brings_back_what_is_about_a_flow_of_its_own() {
    let BehindNat { mut lab, a, public, .. } = BehindNat::build();
    let waits = lab.group(&["in udp 5000 0.0.0.0/0"]);
    let b = lab.host("B", public, "10.0.9.20", &[waits]);
    lab.public(b.eni, "10.0.9.20", "203.0.113.20");
    let (asked, told) = both(&mut lab, Origin::Instance(a.instance), "udp 0.0.0.0:40000 > 203.0.113.20:5000");
    let told = told.unwrap();
    assert_eq!((asked.as_str(), Lab::ending(&told).as_str()), (NOBODY, OK), "{:#?}", lab.lines(&told));
    let arrived = told.arrived.unwrap();
    assert_eq!(arrived.instance, Some(a.instance));
    assert_eq!(arrived.packet.about().unwrap().to_string(), "17 10.0.1.10:40000 -> 203.0.113.20:5000");
    assert!(told.steps.iter().any(|step| step.rule == "P12" && step.mark.map(|mark| mark.letter()) == Some('B')));
    // What is about a flow that it has not got, it drops.
    let stranger = Transport::Icmp { kind: 3, code: 3, id: 40_001, sequence: 5_000 };
    let walk = send(&mut lab, Origin::Internet, Packet { transport: stranger, ..packet("ping 203.0.113.20 > 203.0.113.9") });
    assert_eq!(Lab::ending(&walk), "DENIED NGW_UNSOLICITED");
}

// rules: P-I5 P50
#[test]
fn a_load_balancer_passes_nothing_on_of_it() {
    let (mut lab, a, b) = scene();
    let two = lab.network.eni(b.eni).unwrap().subnet;
    let group = lab.network.eni(b.eni).unwrap().groups[0];
    lab.rule(group, "in udp 8080 0.0.0.0/0");
    let balancer = lab.balancer_of(&[(two, "10.0.2.80")], &[], true, BalancedProtocol::Udp, false);
    lab.register(balancer.group, &[TargetWho::Instance(b.instance)]);
    assert_eq!(endings(&mut lab, a, "udp 10.0.1.10:40000 > 10.0.2.80:80"), are(NOBODY, "nothing"));
    assert_eq!(endings(&mut lab, a, "udp 10.0.1.10:40000 > 10.0.2.20:8080"), are(NOBODY, OK), "asked itself, it says so");
}

// rules: P-I5 G10
#[test]
fn a_router_that_masquerades_knows_whom_it_is_for() {
    let (mut lab, a, _) = scene();
    let three = lab.subnet("10.0.3.0/24");
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let router = lab.host_of(GuestFlavour::Router, "R", three, "10.0.3.30", &[open]);
    lab.source_dest_check(router.eni, false);
    let one = lab.network.eni(a.eni).unwrap().subnet;
    let table = lab.own_table(one);
    lab.route(table, "10.0.2.0/24", RouteTarget::Eni(router.eni));
    let (asked, told) = both(&mut lab, Origin::Instance(a.instance), ASKS);
    let told = told.unwrap();
    assert_eq!((asked.as_str(), Lab::ending(&told).as_str()), (NOBODY, OK), "{:#?}", lab.lines(&told));
    assert!(told.steps.iter().any(|step| told.packet(step).destination == ip("10.0.3.30")), "B knows the router alone");
    assert_eq!(told.arrived.unwrap().instance, Some(a.instance));
}

// rules: P-I5 S47 R58
#[test]
fn over_ipv6_it_is_another_type_and_comes_back_by_an_egress_only_gateway() {
    let (mut lab, a, b) = scene();
    let (acl, table) = (lab.acl, lab.table);
    lab.ipv6_route(table, "2001:db8:0:100::/56", RouteTarget::Local);
    for entry in ["in 101 allow all ::/0", "out 101 allow all ::/0"] {
        lab.set_acl(acl, entry);
    }
    let [one, two] = [a, b].map(|host| lab.network.eni(host.eni).unwrap().subnet);
    lab.ipv6(one, "2001:db8:0:101::/64");
    lab.ipv6(two, "2001:db8:0:102::/64");
    lab.ipv6_address(a.eni, "2001:db8:0:101::10");
    lab.ipv6_address(b.eni, "2001:db8:0:102::20");
    let [asks, waits] = [a, b].map(|host| lab.network.eni(host.eni).unwrap().groups[0]);
    lab.rule(asks, "out all ::/0");
    lab.rule(waits, "in udp 5000 ::/0");
    let text = "udp [2001:db8:0:101::10]:40000 > [2001:db8:0:102::20]:5000";
    let asked = send(&mut lab, Origin::Instance(a.instance), packet(text));
    let (_, told) = message(&asked).unwrap();
    assert_eq!(told.transport, Transport::Icmp { kind: 1, code: 4, id: 40_000, sequence: 5_000 });
    assert_eq!(told.length, 60 + 40 + 8);
    let long = send(&mut lab, Origin::Instance(a.instance), Packet { length: 1_400, ..packet(text) });
    assert_eq!(message(&long).unwrap().1.length, 1_280, "IPv6 hands as much on everywhere");
    assert_eq!(endings(&mut lab, a, text), are(NOBODY, OK));
    // Type 3 code 3 is something else there, and type 1 code 4 over IPv4.
    let other = |kind, code, text| Packet { transport: Transport::Icmp { kind, code, id: 1, sequence: 1 }, ..packet(text) };
    assert!(other(3, 3, "ping 2001:db8::1 > 2001:db8::2").about().is_none());
    assert!(other(1, 4, "ping 10.0.1.10 > 10.0.2.20").about().is_none());
    // Out by an egress-only gateway, what somebody outside says of it comes in; of what did not go out, it does not.
    lab.egress_only(table);
    send(&mut lab, Origin::Instance(a.instance), packet("udp [2001:db8:0:101::10]:40000 > [2001:db8:ffff::7]:5000"));
    let from_outside = |lab: &mut Lab, port| {
        let transport = Transport::Icmp { kind: 1, code: 4, id: port, sequence: 5_000 };
        let told = Packet { transport, ..packet("ping 2001:db8:ffff::7 > 2001:db8:0:101::10") };
        Lab::ending(&send(lab, Origin::Internet, told))
    };
    assert_eq!(from_outside(&mut lab, 40_000), OK);
    assert_eq!(from_outside(&mut lab, 40_001), "DENIED EIGW_UNSOLICITED");
}

// rules: P-I5
#[test]
fn a_client_learns_it_at_once_or_waits_in_vain() {
    // Whether somebody waits, whether ICMP comes back, what the client sees, and whether it learns it before its patience ends.
    for (waits, comes_back, answered, ends, at_once) in
        [(true, true, 1, "answered", true), (false, true, 0, "GUEST_NO_LISTENER", true), (false, false, 0, "SUBNET_ACL_RESTRICTION", true)]
    {
        let (mut lab, a, b) = scene();
        if waits {
            lab.listen(b.instance, ListenerProtocol::Udp, 5_000, None);
        }
        if !comes_back {
            let acl = lab.acl;
            lab.set_acl(acl, "in 90 deny icmp 0.0.0.0/0");
        }
        let mut sim = Simulator::new(lab.network, 7);
        let probe = ProbeSpec {
            from: Source::Instance { instance: a.instance, address: None },
            to: Target::Address(ip("10.0.2.20").into()),
            protocol: Protocol::Udp(5_000),
            timeout: Duration::from_secs(2),
        };
        let spec = ClientSpec { name: "a".to_owned(), probe, interval: Duration::from_secs(60), conversation: Conversation::NewEachTime };
        let id = sim.add_client(spec).unwrap();
        let mut seen = Vec::new();
        sim.advance(Duration::from_secs(5), &mut |event| match event {
            SimEvent::Lost { code: Some(code), .. } => seen.push(code.as_str()),
            SimEvent::Answered { .. } => seen.push("answered"),
            _ => {}
        });
        let statistics = &sim.client(id).unwrap().statistics;
        let outcome = statistics.outcomes.back().unwrap();
        assert_eq!((statistics.answered, *seen.last().unwrap()), (answered, ends), "{seen:?}");
        assert_eq!(outcome.at - outcome.asked < Duration::from_secs(1), at_once);
        // What is told of the request is that nobody waited, not what became of the message.
        let told = sim.packet(outcome.packet.unwrap()).unwrap();
        assert_eq!(told.walk.code().map(|code| code.as_str()), (!waits).then_some("GUEST_NO_LISTENER"));
        let said = sim.packets().filter(|record| record.packet.about().is_some()).count();
        assert_eq!(said, usize::from(!waits));
    }
}
