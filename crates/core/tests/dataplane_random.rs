//! What is true of every walk, whatever the packet and whoever sends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::pipeline::{self, Check};
use eni_core::dataplane::trace::answer;
use eni_core::dataplane::verdict::{Disposition, Step, Verdict, Walk};
use eni_core::dataplane::{Assume, Luck, Origin, Question, Ways, judge};
use eni_core::id::{EniId, InstanceId, ResourceId, RouteTableId};
use eni_core::model::eni::Requester;
use eni_core::model::event::{Event, InstanceChange};
use eni_core::model::fault::Fault;
use eni_core::model::instance::{GuestFlavour, InstanceState, ListenerProtocol, RpFilter};
use eni_core::model::route_table::{RouteTableUser, RouteTarget};
use eni_core::packet::Packet;
use eni_core::time::Duration;
use proptest::prelude::*;
use std::collections::BTreeSet;
use support_dp::{Lab, ip, net, packet};

/// A bit of everything: plain, policy-routed and router guests, closed and open groups and ACLs, gateways, a dead route, a service's ENI.
fn world() -> (Lab, Vec<Origin>) {
    let mut lab = Lab::new();
    let igw = lab.gateway();
    let vgw = lab.vpn_gateway();
    let subnets = [lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"), lab.subnet("10.0.3.0/24")];
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let some = lab.group(&["in tcp 443 0.0.0.0/0", "in udp 53 10.0.0.0/8", "out tcp 0-1023 0.0.0.0/0"]);
    let members = lab.group(&[&format!("in all {open}"), "out icmp 0.0.0.0/0"]);
    let a = lab.host("A", subnets[0], "10.0.1.10", &[open]);
    let b = lab.host_of(GuestFlavour::Plain, "B", subnets[1], "10.0.2.20", &[some]);
    let c = lab.host("C", subnets[0], "10.0.1.30", &[members]);
    let r = lab.host_of(GuestFlavour::Router, "R", subnets[2], "10.0.3.30", &[open]);
    lab.source_dest_check(r.eni, false);
    let second = lab.eni(subnets[0], &["10.0.1.20", "10.0.1.21"], &[open, some]);
    lab.attach(second, b.instance, 1);
    lab.eni(subnets[1], &["10.0.2.99"], &[open]);
    for (eni, private, public) in
        [(a.eni, "10.0.1.10", "203.0.113.10"), (second, "10.0.1.20", "203.0.113.20"), (r.eni, "10.0.3.30", "203.0.113.30")]
    {
        lab.public(eni, private, public);
    }
    lab.change_guest(b.instance, |guest| guest.rp_filter = RpFilter::Strict);
    let own = lab.own_table(subnets[1]);
    lab.route(own, "0.0.0.0/0", RouteTarget::Eni(r.eni));
    lab.route(own, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    lab.route(own, "198.51.101.0/24", RouteTarget::Eni(EniId::from_number(999)));
    lab.route(own, "198.51.102.0/24", RouteTarget::Unmodelled("lgw-0a".to_owned()));
    lab.own_acl(subnets[2], &["in 100 allow tcp 0.0.0.0/0", "out 100 allow all 0.0.0.0/0", "out 50 deny udp 0.0.0.0/0"]);
    let vpc = lab.vpc;
    lab.table_with(RouteTableId::from_number(900), vpc, RouteTableUser::InternetGateway(igw), "10.0.0.0/16");
    let stopped = lab.host("off", subnets[1], "10.0.2.50", &[open]);
    lab.apply(Event::InstanceStateChanged(stopped.instance, InstanceState::Stopped));
    // A private subnet behind a NAT gateway, and a VPC beyond a peering connection.
    let private = lab.subnet("10.0.4.0/24");
    let nat = lab.nat_gateway(subnets[0], "10.0.1.99", Some("203.0.113.99"));
    let behind = lab.host("P", private, "10.0.4.40", &[open]);
    let table = lab.own_table(private);
    lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    let far = lab.far("F", "10.1.1.20");
    let (across, peering) = (far.host, lab.peering(far.vpc));
    lab.route(table, "10.1.0.0/16", RouteTarget::Peering(peering));
    lab.route(far.table, "0.0.0.0/0", RouteTarget::Peering(peering));
    lab.rule(far.group, "in all 10.0.0.0/16");
    let broken = lab.host("lossy", subnets[0], "10.0.1.60", &[open]);
    lab.breaks(broken, Fault::Loss(300));
    lab.breaks(behind, Fault::Connections(3));
    let hosts = [a, b, c, r, stopped, behind, across, broken];
    let mut origins: Vec<Origin> = hosts.iter().flat_map(|host| [Origin::Instance(host.instance), Origin::Eni(host.eni)]).collect();
    origins.extend([Origin::Internet, Origin::VpnGateway(vgw), Origin::Instance(InstanceId::from_number(999))]);
    (lab, origins)
}

const ADDRESSES: [&str; 25] = [
    "10.0.1.70",
    "10.0.2.70",
    "10.0.1.60",
    "10.0.1.10",
    "10.0.2.20",
    "10.0.1.30",
    "10.0.3.30",
    "10.0.1.20",
    "10.0.1.21",
    "10.0.2.99",
    "10.0.2.50",
    "10.0.9.9",
    "10.0.4.40",
    "10.0.1.99",
    "10.1.1.20",
    "0.0.0.0",
    "203.0.113.99",
    "203.0.113.10",
    "203.0.113.20",
    "203.0.113.30",
    "198.51.100.7",
    "198.51.101.7",
    "198.51.102.7",
    "192.168.1.1",
    "169.254.169.254",
];

fn any_packet() -> impl Strategy<Value = Packet> {
    let address = || prop::sample::select(ADDRESSES.as_slice());
    let port = || prop::sample::select([22u16, 53, 443, 40_000].as_slice());
    let kind = prop::sample::select(["tcp", "udp", "ping", "pong", "too-big", "47"].as_slice());
    let flags = prop::sample::select(["syn", "syn+ack", "ack", "fin", "rst"].as_slice());
    (kind, address(), port(), address(), port(), flags).prop_map(|(kind, from, sport, to, dport, flags)| {
        let flags = if kind == "tcp" { format!(" {flags}") } else { String::new() };
        packet(&format!("{kind} {from}:{sport} > {to}:{dport}{flags}"))
    })
}

fn fits_together(walk: &Walk) {
    let denied = walk.steps.iter().filter(|step| step.verdict == Verdict::Deny).count();
    for step in &walk.steps {
        assert_eq!(step.code.is_some(), step.verdict == Verdict::Deny, "{step:?}");
        assert!(step.rule != "M", "a check that its stage does not know: {step:?}");
    }
    match walk.disposition {
        Disposition::Delivered | Disposition::ExitsNetwork => {
            assert_eq!(denied, 0);
            assert!(walk.arrived.is_some());
        }
        _ if walk.steps.is_empty() => assert!(walk.arrived.is_none() && walk.effects.is_empty()),
        _ => {
            assert_eq!(denied, 1);
            assert!(walk.blocker().is_some());
        }
    }
    assert_eq!(walk.hops().map(<[_]>::len).sum::<usize>(), walk.steps.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    // rules: P-E1 P-I5
    #[test]
    fn every_walk_ends_and_says_why(sent in prop::collection::vec((any_packet(), 0..19usize), 1..40)) {
        let (mut lab, origins) = world();
        let mut reused = Walk::default();
        for (packet, origin) in sent {
            let origin = origins[origin % origins.len()];
            let fresh = lab.ask(origin, packet);
            fits_together(&fresh);
            // A buffer that was used before makes no difference, and asking changes nothing.
            let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck: Luck::Good };
            judge(&question, origin, packet, &mut reused);
            prop_assert_eq!(&fresh, &reused);
            lab.tracking.note(&fresh.effects, lab.now);
        }
    }
}

/// What happens between two packets.
#[derive(Clone, Debug)]
enum Turn {
    /// A host asks another one so many times, and is answered: UDP, or TCP from its handshake on. It says its own address, or leaves it open.
    Talk { from: usize, to: &'static str, tcp: bool, bound: bool, sport: u16, dport: u16, times: usize },
    /// Something in the network becomes different.
    Edit(usize, usize, bool),
    /// So many seconds pass.
    Wait(u64),
}

/// Mostly the same few conversations, and edits of what they meet.
fn any_turn() -> impl Strategy<Value = Turn> {
    let port = || prop::sample::select([53u16, 53, 53, 443, 40_000].as_slice());
    let to = prop_oneof![4 => prop::sample::select(["10.0.1.70", "10.0.2.70"].as_slice()), 1 => prop::sample::select(ADDRESSES.as_slice())];
    let talk = (prop_oneof![4 => 9..11usize, 1 => 0..9usize], to, any::<bool>(), any::<bool>(), port(), port(), 1..6usize)
        .prop_map(|(from, to, tcp, bound, sport, dport, times)| Turn::Talk { from, to, tcp, bound, sport, dport, times });
    let edit = (0..10usize, 0..6usize, any::<bool>()).prop_map(|(what, of, on)| Turn::Edit(what, of, on));
    prop_oneof![6 => talk, 3 => edit, 1 => (1..200u64).prop_map(Turn::Wait)]
}

/// One of all, counted from the last.
fn last<T>(mut all: impl ExactSizeIterator<Item = T>, before: usize) -> T {
    let count = all.len();
    all.nth(count - 1 - before % count).unwrap()
}

fn edit(lab: &mut Lab, what: usize, of: usize, on: bool) {
    let network = &lab.network;
    let (eni, instance) = (last(network.enis(), of).id, last(network.instances(), of).id);
    let (group, table, acl) = (last(network.groups(), of).id, last(network.route_tables(), of).id, last(network.acls(), of).id);
    match what {
        0 => lab.source_dest_check(eni, on),
        1 => drop(lab.rule(group, "in udp 0-65535 10.0.0.0/8")),
        2 => {
            let rules: Vec<_> = lab.network.group(group).unwrap().rules.last().map(|rule| rule.id).into_iter().collect();
            lab.apply(Event::GroupRulesRemoved(group, rules));
        }
        3 => lab.change_guest(instance, |guest| guest.rp_filter = if on { RpFilter::Strict } else { RpFilter::Loose }),
        4 => lab.route(table, "10.0.2.0/24", if on { RouteTarget::Eni(eni) } else { RouteTarget::Local }),
        5 => lab.set_acl(acl, if on { "in 40 deny udp 0.0.0.0/0" } else { "in 40 allow udp 0.0.0.0/0" }),
        6 => lab.apply(Event::InstanceStateChanged(instance, if on { InstanceState::Running } else { InstanceState::Stopped })),
        7 => {
            let faults = lab.network.instance(instance).unwrap().faults.after(Fault::Loss(if on { 0 } else { 1_000 }), lab.now);
            lab.apply(Event::InstanceChanged(instance, InstanceChange::Faults(faults)));
        }
        9 => {
            let faults = lab.network.instance(instance).unwrap().faults.after(Fault::Connections(if on { 0 } else { 3 }), lab.now);
            lab.apply(Event::InstanceChanged(instance, InstanceChange::Faults(faults)));
        }
        _ => lab.change_guest(instance, |guest| guest.forwarding = on),
    }
}

/// A network with packets under way, judged in both manners.
struct Both {
    lab: Lab,
    ways: Ways,
    /// Reused from packet to packet, whether its way was kept or not.
    kept: Walk,
    /// Instances that send, the last two with groups whose flows are tracked.
    senders: Vec<Origin>,
}

impl Both {
    fn new() -> Both {
        let (mut lab, origins) = world();
        let near = lab.group(&["in udp 53 10.0.0.0/8", "in tcp 53 10.0.0.0/8", "out all 10.0.0.0/8"]);
        let subnet = |lab: &Lab, block: &str| lab.network.subnets().find(|subnet| subnet.cidr == net(block)).unwrap().id;
        let (one, two) = (subnet(&lab, "10.0.1.0/24"), subnet(&lab, "10.0.2.0/24"));
        let hosts = [lab.host("X", one, "10.0.1.70", &[near]), lab.host("Y", two, "10.0.2.70", &[near])];
        let mut senders: Vec<Origin> = origins.into_iter().filter(|origin| matches!(origin, Origin::Instance(_))).collect();
        senders.extend(hosts.map(|host| Origin::Instance(host.instance)));
        let instances: Vec<_> = lab.network.instances().map(|instance| instance.id).collect();
        for instance in instances {
            lab.listen(instance, ListenerProtocol::Udp, 53, None);
            lab.listen(instance, ListenerProtocol::Tcp, 53, None);
            lab.listen(instance, ListenerProtocol::Tcp, 443, None);
        }
        Both { lab, ways: Ways::default(), kept: Walk::default(), senders }
    }

    fn send(&mut self, origin: Origin, packet: Packet) -> Walk {
        let Lab { network, tracking, now, .. } = &self.lab;
        let question = Question { network, tracking, now: *now, assume: Assume::default(), luck: Luck::Good };
        let mut anew = Walk::default();
        judge(&question, origin, packet, &mut anew);
        self.ways.judge(&question, origin, packet, &mut self.kept);
        assert_eq!(anew, self.kept, "{packet:?}");
        self.lab.tracking.note(&anew.effects, self.lab.now);
        anew
    }

    fn turn(&mut self, turn: &Turn) {
        match *turn {
            Turn::Talk { from, to, tcp, bound, sport, dport, times } => {
                let origin = *self.senders.iter().cycle().nth(from).unwrap();
                let own = self.lab.network.enis().find(|eni| matches!(origin, Origin::Instance(of) if eni.attached_instance() == Some(of)));
                let own = own.filter(|_| bound).and_then(|eni| eni.primary_ip()).unwrap_or(ip("0.0.0.0"));
                for flags in ["syn", "syn", "ack", "ack", "fin"].into_iter().take(times) {
                    let text = format!("{own}:{sport} > {to}:{dport}");
                    let asked = packet(&if tcp { format!("tcp {text} {flags}") } else { format!("udp {text}") });
                    let walk = self.send(origin, asked);
                    let Some(arrived) = walk.arrived else { return };
                    let answer = answer(&arrived.packet).unwrap();
                    let back = arrived.instance.map_or(Origin::Internet, Origin::Instance);
                    // Twice, so that the way back of a single question is gone again, too.
                    self.send(back, answer);
                    self.send(back, answer);
                }
            }
            Turn::Edit(what, of, on) => edit(&mut self.lab, what, of, on),
            Turn::Wait(seconds) => self.lab.now += Duration::from_secs(seconds),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    // rules: S32 S36 S38
    #[test]
    fn a_way_that_was_gone_before_is_what_the_judge_finds(turns in prop::collection::vec(any_turn(), 1..60)) {
        let mut both = Both::new();
        turns.iter().for_each(|turn| both.turn(turn));
    }
}

// rules: S32 S42
#[test]
fn ways_are_kept_of_conversations_that_go_on_and_gone_until_something_changes() {
    let mut both = Both::new();
    let from = both.senders.len() - 2;
    let talk = |to| Turn::Talk { from, to, tcp: false, bound: false, sport: 40_000, dport: 53, times: 4 };
    both.turn(&talk("10.0.1.30"));
    assert_eq!((both.ways.kept(), both.ways.gone()), (0, 0), "C's group lets nobody in but members");
    let talk = talk("10.0.2.70");
    both.turn(&talk);
    // The first question opens the flow; the second has a key that was seen, and its way stays; so it is with the first two answers.
    assert_eq!((both.ways.kept(), both.ways.gone()), (2, 2 + 6));
    edit(&mut both.lab, 8, 3, true);
    both.turn(&talk);
    assert_eq!((both.ways.kept(), both.ways.gone()), (2, 8 + 3 + 7), "each way is looked for once more");
    both.lab.now += Duration::from_secs(600);
    both.turn(&talk);
    assert_eq!((both.ways.kept(), both.ways.gone()), (2, 18 + 10), "the flows were forgotten: a rule opens them again");
}

#[test]
fn a_packet_by_a_way_that_is_kept_shares_its_steps_with_its_header_aside() {
    let mut both = Both::new();
    let origin = *both.senders.last().unwrap();
    let ask = |port: u16| packet(&format!("udp 0.0.0.0:{port} > 10.0.1.70:53"));
    (40_000..40_003).for_each(|port| _ = both.send(origin, ask(port)));
    let (one, gone) = (both.kept.clone(), both.ways.gone());
    both.send(origin, ask(40_003));
    assert_eq!((both.kept.steps.as_ptr(), both.ways.gone()), (one.steps.as_ptr(), gone + 1));
    for (walk, port) in [(&one, 40_002), (&both.kept, 40_003)] {
        let ports: Vec<u16> = walk.seen().map(|step| step.packet.ports().unwrap().0).collect();
        assert_eq!(ports, vec![port; walk.steps.len()]);
        let sources: Vec<bool> = walk.seen().map(|step| step.packet.source.is_unspecified()).collect();
        assert!(sources[..2].iter().all(|open| *open) && sources[2..].iter().all(|open| !open), "its guest chose an address: {sources:?}");
    }
}

#[test]
fn a_reused_walk_takes_no_more_space() {
    assert!(size_of::<Step>() <= 128, "{}", size_of::<Step>());
    let (lab, origins) = world();
    let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck: Luck::Good };
    let ask = packet("tcp 10.0.1.10:40000 > 198.51.100.7:443");
    let mut walk = Walk::default();
    judge(&question, origins[0], ask, &mut walk);
    let before = (walk.steps.capacity(), walk.effects.capacity(), walk.steps.as_ptr(), walk.effects.as_ptr());
    for _ in 0..100 {
        judge(&question, origins[0], ask, &mut walk);
    }
    assert_eq!(before, (walk.steps.capacity(), walk.effects.capacity(), walk.steps.as_ptr(), walk.effects.as_ptr()));
}

// rules: P-E1 P-I5
#[test]
fn every_check_of_every_list_is_made() {
    let (lab, origins) = world();
    let mut made: BTreeSet<Check> = BTreeSet::new();
    for origin in &origins {
        for (from, to) in ADDRESSES.iter().flat_map(|from| ADDRESSES.iter().map(move |to| (from, to))) {
            let walk = lab.ask(*origin, packet(&format!("tcp {from}:40000 > {to}:443")));
            fits_together(&walk);
            made.extend(walk.steps.iter().map(|step| step.check));
        }
    }
    let lists = [
        pipeline::GUEST_OUT,
        pipeline::EGRESS,
        pipeline::LOCAL,
        pipeline::GATEWAY_OUT,
        pipeline::INTERNET,
        pipeline::GATEWAY_IN,
        pipeline::VPN_IN,
        pipeline::NAT,
        pipeline::PEERING,
        pipeline::INGRESS,
        pipeline::GUEST_IN,
    ];
    let listed: BTreeSet<Check> = lists.into_iter().flatten().copied().collect();
    assert_eq!(made, listed);
    let names: BTreeSet<&str> = listed.iter().map(|check| check.as_str()).collect();
    assert_eq!(names.len(), listed.len());
}

// rules: E80 R40
#[test]
fn a_service_takes_what_its_eni_lets_in() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    let open = lab.group(&["in tcp 443 10.0.0.0/8", "out all 0.0.0.0/0"]);
    let a = lab.host("A", subnet, "10.0.1.10", &[open]);
    let template = lab.network.eni(a.eni).unwrap().clone();
    let mut service = |number: u64, address: &str, kind: &str, groups: Vec<_>| {
        let mut eni = template.clone();
        eni.id = EniId::from_number(number);
        eni.addresses[0].ip = ip(address);
        eni.attachment = None;
        eni.groups = groups;
        eni.kind = eni_core::model::eni::InterfaceType::from_word(kind);
        eni.requester =
            Some(Requester { id: "amazon".to_owned(), managed: true, attachment: Some("ela-attach-0000000000000000a".parse().unwrap()) });
        lab.apply(Event::EniCreated(Box::new(eni)));
    };
    service(901, "10.0.1.91", "vpc_endpoint", vec![open]);
    service(902, "10.0.1.92", "nat_gateway", vec![]);
    let table = [
        ("tcp 10.0.1.10:40000 > 10.0.1.91:443", "DELIVERED"),
        ("tcp 10.0.1.10:40000 > 10.0.1.91:80", "DENIED ENI_SG_RULES_MISMATCH"),
        ("tcp 10.0.1.10:40000 > 10.0.1.92:443", "DENIED UNSUPPORTED_COMPONENT"),
    ];
    for (text, ending) in table {
        assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), packet(text))), ending, "{text}");
    }
    let back = lab.ask(Origin::Eni(EniId::from_number(901)), packet("tcp 10.0.1.91:443 > 10.0.1.10:40000 syn+ack"));
    assert_eq!(Lab::ending(&back), "DENIED ENI_SG_RULES_MISMATCH", "A's group lets nothing else in, and nothing is remembered");
}
