//! How many connections an instance may track: which packets need a place, who shares the places, and when one is free again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::Evidence;
use eni_core::dataplane::verdict::{Mark, Verdict, Walk};
use eni_core::id::GroupId;
use eni_core::model::event::{EniChange, Event};
use eni_core::model::fault::Fault;
use eni_core::model::instance::{GuestFlavour, InstanceState, ListenerProtocol};
use eni_core::model::route_table::RouteTarget;
use eni_core::observe::crossing;
use eni_core::time::Duration;
use support_dp::{Host, Lab, packet};

/// A beside B. A's group lets everybody in and out, so it tracks no TCP and no UDP; B's tracks TCP to port 443 and pings, and not UDP to port 53.
struct Pair {
    lab: Lab,
    a: Host,
    b: Host,
    open: GroupId,
}

fn pair() -> Pair {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let group = lab.group(&["in tcp 443 10.0.0.0/8", "in icmp 10.0.0.0/8", "in udp 53 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", subnet, "10.0.1.10", &[open]);
    let b = lab.host("B", subnet, "10.0.1.20", &[group]);
    lab.listen(b.instance, ListenerProtocol::Udp, 53, None);
    Pair { lab, a, b, open }
}

impl Pair {
    fn send(&mut self, from: char, text: &str) -> Walk {
        let host = if from == 'a' { self.a } else { self.b };
        self.lab.send(Origin::Instance(host.instance), packet(text))
    }

    fn ends(&mut self, from: char, text: &str) -> String {
        Lab::ending(&self.send(from, text))
    }
}

const OK: &str = "DELIVERED";
const FULL: &str = "DENIED CONNTRACK_ALLOWANCE_EXCEEDED";

fn opens(port: u16) -> String {
    format!("tcp 10.0.1.10:{port} > 10.0.1.20:443")
}

/// What the check said: at which ENI's instance, in which direction, and how many places were taken.
fn told(walk: &Walk) -> Vec<(Direction, Option<u32>)> {
    let of = |evidence| if let Evidence::Connections { direction, taken, .. } = evidence { Some((direction, taken)) } else { None };
    walk.steps.iter().filter_map(|step| of(step.evidence)).collect()
}

// rules: S45 S35 S36 S48
#[test]
fn what_would_begin_one_tracked_connection_too_many_is_dropped_and_nothing_else() {
    let mut pair = pair();
    pair.lab.breaks(pair.b, Fault::Connections(2));
    let table = [
        ('a', "tcp 10.0.1.10:40001 > 10.0.1.20:443", OK),
        ('b', "tcp 10.0.1.20:443 > 10.0.1.10:40001 syn+ack", OK),
        ('a', "tcp 10.0.1.10:40001 > 10.0.1.20:443 ack", OK),
        // Not tracked: it takes no place.
        ('a', "udp 10.0.1.10:5 > 10.0.1.20:53", OK),
        ('a', "ping 10.0.1.10:7 > 10.0.1.20", OK),
        // Both places are taken. What has one goes on, both ways, and may begin anew.
        ('a', "tcp 10.0.1.10:40002 > 10.0.1.20:443", FULL),
        ('a', "ping 10.0.1.10:8 > 10.0.1.20", FULL),
        ('a', "tcp 10.0.1.10:40001 > 10.0.1.20:443 ack", OK),
        ('b', "tcp 10.0.1.20:443 > 10.0.1.10:40001 ack", OK),
        ('b', "pong 10.0.1.20:7 > 10.0.1.10", OK),
        ('a', "tcp 10.0.1.10:40001 > 10.0.1.20:443", OK),
        ('b', "tcp 10.0.1.20:443 > 10.0.1.10:40001 syn+ack", OK),
        ('a', "tcp 10.0.1.10:40001 > 10.0.1.20:443 ack", OK),
        // What is not tracked, and what no group sees, needs none.
        ('a', "udp 10.0.1.10:6 > 10.0.1.20:53", OK),
        ('b', "udp 10.0.1.20:53 > 10.0.1.10:6", OK),
        ('b', "udp 10.0.1.20:40000 > 10.0.0.2:53", OK),
        // The other way, too: what B begins would be tracked at B.
        ('b', "tcp 10.0.1.20:40000 > 10.0.1.10:443", FULL),
    ];
    for (from, text, end) in table {
        assert_eq!(pair.ends(from, text), end, "{text}");
    }
    // The ping is forgotten after 30 seconds, and its place is free.
    pair.lab.now += Duration::from_secs(29);
    assert_eq!(pair.ends('a', &opens(40_002)), FULL);
    pair.lab.now += Duration::from_secs(1);
    assert_eq!(pair.ends('a', &opens(40_002)), OK);
    assert_eq!(pair.ends('a', &opens(40_003)), FULL);
    // As many as there are.
    pair.lab.breaks(pair.b, Fault::Connections(0));
    assert_eq!(pair.ends('a', &opens(40_003)), OK);
}

// rules: S45
#[test]
fn the_check_stands_behind_the_groups_of_a_limited_instance_and_says_how_many_it_tracks() {
    let mut pair = pair();
    let walk = pair.send('a', &opens(40_001));
    assert!(told(&walk).is_empty(), "nobody counts where nothing is limited");
    pair.lab.breaks(pair.b, Fault::Connections(2));
    let (ingress, egress) = (Direction::Ingress, Direction::Egress);
    let table = [
        ('a', opens(40_001), vec![(ingress, None)]),
        ('b', "tcp 10.0.1.20:443 > 10.0.1.10:40001 syn+ack".to_owned(), vec![(egress, None)]),
        ('a', "udp 10.0.1.10:5 > 10.0.1.20:53".to_owned(), vec![(ingress, None)]),
        ('a', opens(40_002), vec![(ingress, Some(1))]),
        ('b', "tcp 10.0.1.20:40000 > 10.0.1.10:443".to_owned(), vec![(egress, Some(2))]),
        ('a', opens(40_003), vec![(ingress, Some(2))]),
    ];
    for (from, text, expected) in table {
        assert_eq!(told(&pair.send(from, &text)), expected, "{text}");
    }
    let walk = pair.send('a', &opens(40_003));
    let step = walk.blocker().unwrap();
    assert_eq!((step.check, step.rule, step.mark), (Check::Connections, "S45", Some(Mark::Modelled)));
    let before = walk.steps.iter().rev().nth(1).unwrap();
    assert_eq!((before.check, before.verdict), (Check::GroupIn, Verdict::Allow), "the group lets it in");
    let Pair { lab, b, .. } = &pair;
    assert_eq!(lab.tracking.flows(b.eni).filter(|(_, flow)| flow.tracked).count(), 2, "nothing is remembered of what got no place");
    assert_eq!(walk.effects.len(), 1, "but at the sender, who has let it out");
    // No rule said no: a flow log tells that it left A, and nothing of B.
    let seen: Vec<_> = crossing::of_walk(&lab.network, &walk).iter().map(|seen| (seen.eni, seen.accepted)).collect();
    assert_eq!(seen, [(pair.a.eni, true)]);
    let walk = pair.send('b', "tcp 10.0.1.20:40000 > 10.0.1.10:443");
    assert!(crossing::of_walk(&pair.lab.network, &walk).is_empty());
}

// rules: S45
#[test]
fn all_interfaces_of_an_instance_share_its_places_and_others_have_their_own() {
    let mut pair = pair();
    let (subnet, group) = (pair.lab.subnet("10.0.2.0/24"), pair.lab.network.eni(pair.b.eni).unwrap().groups.clone());
    let second = pair.lab.eni(subnet, &["10.0.2.20"], &group);
    pair.lab.attach(second, pair.b.instance, 1);
    pair.lab.host("C", subnet, "10.0.2.30", &group);
    pair.lab.breaks(pair.b, Fault::Connections(2));
    for (text, end) in [
        ("tcp 10.0.1.10:40001 > 10.0.2.30:443", OK),
        ("tcp 10.0.1.10:40002 > 10.0.2.30:443", OK),
        ("tcp 10.0.1.10:40003 > 10.0.2.30:443", OK),
        ("tcp 10.0.1.10:40001 > 10.0.1.20:443", OK),
        ("tcp 10.0.1.10:40001 > 10.0.2.20:443", OK),
        ("tcp 10.0.1.10:40002 > 10.0.1.20:443", FULL),
        ("tcp 10.0.1.10:40002 > 10.0.2.20:443", FULL),
    ] {
        assert_eq!(pair.ends('a', text), end, "{text}");
    }
    // An interface that leaves takes its flows along, and its places.
    pair.lab.tracking.forget_eni(second);
    assert_eq!(pair.ends('a', &opens(40_002)), OK);
}

// rules: S45 S40
#[test]
fn what_is_tracked_before_there_is_a_limit_goes_on_and_a_stop_lifts_none() {
    let mut pair = pair();
    for port in 40_001..40_006 {
        assert_eq!(pair.ends('a', &opens(port)), OK);
    }
    pair.lab.breaks(pair.b, Fault::Connections(3));
    let walk = pair.send('a', &opens(40_006));
    assert_eq!((told(&walk), Lab::ending(&walk).as_str()), (vec![(Direction::Ingress, Some(5))], FULL));
    for port in 40_001..40_006 {
        assert_eq!(pair.ends('b', &format!("tcp 10.0.1.20:443 > 10.0.1.10:{port} syn+ack")), OK);
    }
    for state in [InstanceState::Stopped, InstanceState::Running] {
        pair.lab.apply(Event::InstanceStateChanged(pair.b.instance, state));
    }
    assert_eq!(pair.ends('a', &opens(40_006)), FULL);
    // Where both directions are open to everybody nothing is tracked, so nothing is too much.
    pair.lab.apply(Event::EniChanged(pair.b.eni, EniChange::Groups(vec![pair.open])));
    assert_eq!(pair.ends('a', &opens(40_007)), OK);
}

// rules: S45 G10
#[test]
fn what_a_router_hands_on_takes_a_place_on_its_way_in_and_one_on_its_way_out() {
    for (most, end) in [(0, "EXITS_NETWORK"), (1, FULL), (2, "EXITS_NETWORK")] {
        let mut lab = Lab::new();
        lab.gateway();
        let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
        let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
        let own = lab.group(&["in all 10.0.0.0/8", "out all 198.51.100.0/24"]);
        let a = lab.host("A", one, "10.0.1.10", &[open]);
        let r = lab.host_of(GuestFlavour::Router, "R", two, "10.0.2.30", &[own]);
        lab.source_dest_check(r.eni, false);
        lab.public(r.eni, "10.0.2.30", "203.0.113.30");
        let table = lab.own_table(one);
        lab.route(table, "0.0.0.0/0", RouteTarget::Eni(r.eni));
        lab.breaks(r, Fault::Connections(most));
        let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 198.51.100.7:443"));
        assert_eq!(Lab::ending(&walk), end, "{most}");
        if most == 1 {
            assert_eq!(told(&walk), [(Direction::Ingress, Some(0)), (Direction::Egress, Some(1))]);
            let seen: Vec<_> = crossing::of_walk(&lab.network, &walk).iter().map(|seen| (seen.eni, seen.accepted)).collect();
            assert_eq!(seen, [(a.eni, true), (r.eni, true)], "it came in, and did not leave");
        }
    }
}
