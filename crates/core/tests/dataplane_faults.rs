//! What the judge says of a packet to, from and through an instance on which something is broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::dataplane::pipeline::{self, Check};
use eni_core::dataplane::reason::{Code, Evidence};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::verdict::{Mark, Walk};
use eni_core::dataplane::{Luck, Origin, Question, judge};
use eni_core::model::fault::{Fault, Faults};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::route_table::RouteTarget;
use support_dp::{Host, Lab, packet};

/// A and B in one subnet, and R, which hands on what A sends to the world.
struct Scene {
    lab: Lab,
    a: Host,
    b: Host,
    r: Host,
}

const TO_B: &str = "tcp 10.0.1.10:40000 > 10.0.1.20:443";
const TO_WORLD: &str = "tcp 10.0.1.10:40000 > 198.51.100.7:443";

fn scene() -> Scene {
    let mut lab = Lab::new();
    lab.gateway();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", one, "10.0.1.10", &[open]);
    let b = lab.host("B", one, "10.0.1.20", &[open]);
    let r = lab.host_of(GuestFlavour::Router, "R", two, "10.0.2.30", &[open]);
    lab.source_dest_check(r.eni, false);
    lab.public(r.eni, "10.0.2.30", "203.0.113.30");
    let table = lab.own_table(one);
    lab.route(table, "0.0.0.0/0", RouteTarget::Eni(r.eni));
    Scene { lab, a, b, r }
}

impl Scene {
    fn walk(&self, luck: Luck, text: &str) -> Walk {
        let lab = &self.lab;
        let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck };
        let mut walk = Walk::default();
        judge(&question, Origin::Instance(self.a.instance), packet(text), &mut walk);
        walk
    }

    /// How the packet ends, and where the check of faults was made.
    fn ends(&self, luck: Luck, text: &str) -> String {
        let walk = self.walk(luck, text);
        let places = self.lab.lines(&walk).into_iter().filter(|line| line.contains("FAULTS")).collect::<Vec<_>>().join(", ");
        format!("{}; {places}", Lab::ending(&walk))
    }
}

// rules: L17 L18
#[test]
fn the_check_stands_before_all_that_the_system_does_and_only_where_something_is_broken() {
    use Check::*;
    assert_eq!(pipeline::GUEST_OUT, [SourceRuns, Faults, GuestRoute]);
    assert_eq!(pipeline::GUEST_IN, [Faults, ReversePath, GuestAddress, Listener]);
    assert_eq!(scene().ends(Luck::Bad, TO_B), "DELIVERED; ");
}

// rules: L17
#[test]
fn a_system_that_hangs_sends_takes_and_forwards_nothing() {
    let table = [
        ('a', TO_B, "DENIED GUEST_HANGS; A FAULTS DENY"),
        ('b', TO_B, "DENIED GUEST_HANGS; B FAULTS DENY"),
        ('r', TO_WORLD, "DENIED GUEST_HANGS; R FAULTS DENY"),
        ('r', TO_B, "DELIVERED; "),
        ('b', TO_WORLD, "EXITS_NETWORK; "),
    ];
    for (who, text, end) in table {
        let mut scene = scene();
        let host = match who {
            'a' => scene.a,
            'b' => scene.b,
            _ => scene.r,
        };
        let before = scene.walk(Luck::Good, text);
        assert!(before.disposition.got_through(), "{text}");
        scene.lab.breaks(host, Fault::Hang(true));
        for luck in [Luck::Good, Luck::Bad, Luck::Drawn(7)] {
            assert_eq!(scene.ends(luck, text), end, "{who} hangs");
        }
        let broken = scene.walk(Luck::Good, text);
        if let Some(step) = broken.blocker() {
            let evidence = Evidence::Faults { instance: host.instance, hangs: true, per_mille: 0, drawn: None };
            assert_eq!((step.evidence, step.rule, step.mark), (evidence, "L17", Some(Mark::Modelled)));
        }
        scene.lab.breaks(host, Fault::Hang(false));
        assert_eq!(scene.walk(Luck::Good, text), before, "and all is as it was");
    }
}

// rules: L18
#[test]
fn luck_decides_where_not_every_packet_is_lost() {
    let table = [
        (200, Luck::Good, "DELIVERED; B FAULTS ALLOW"),
        (200, Luck::Bad, "DENIED GUEST_LOSES_PACKETS; B FAULTS DENY"),
        (999, Luck::Good, "DELIVERED; B FAULTS ALLOW"),
        (1_000, Luck::Good, "DENIED GUEST_LOSES_PACKETS; B FAULTS DENY"),
        (1_000, Luck::Drawn(3), "DENIED GUEST_LOSES_PACKETS; B FAULTS DENY"),
    ];
    for (per_mille, luck, end) in table {
        let mut scene = scene();
        let host = scene.b;
        scene.lab.breaks(host, Fault::Loss(per_mille));
        assert_eq!(scene.ends(luck, TO_B), end, "{per_mille} {luck:?}");
        let last = scene.walk(luck, TO_B);
        let step = last.steps.iter().find(|step| step.check == Check::Faults).unwrap();
        assert_eq!((step.rule, step.mark), ("L18", Some(Mark::Modelled)));
    }
}

// rules: L18
#[test]
fn the_share_of_drawn_packets_is_the_share_that_was_asked_for() {
    for per_mille in [5, 200, 950] {
        let mut scene = scene();
        let host = scene.b;
        scene.lab.breaks(host, Fault::Loss(per_mille));
        let mut lost = 0u16;
        for seed in 0..20_000 {
            let walk = scene.walk(Luck::Drawn(seed), TO_B);
            assert_eq!(walk, scene.walk(Luck::Drawn(seed), TO_B), "the same seed, the same fate");
            let step = walk.steps.iter().find(|step| step.check == Check::Faults).unwrap();
            let Evidence::Faults { drawn: Some(drawn), .. } = step.evidence else { panic!("{step:?}") };
            assert_eq!(step.code, (drawn < per_mille).then_some(Code::GuestLosesPackets));
            lost += u16::from(drawn < per_mille);
        }
        let expected = per_mille * 20;
        // Four times what such a count strays by.
        let stray = 4.0 * (f64::from(expected) * (1.0 - f64::from(per_mille) / 1_000.0)).sqrt();
        assert!(f64::from(lost.abs_diff(expected)) < stray, "{lost} lost where {expected} are to be");
    }
}

// rules: L18
#[test]
fn each_instance_and_each_direction_has_a_chance_of_its_own() {
    let mut scene = scene();
    for host in [scene.a, scene.b] {
        scene.lab.breaks(host, Fault::Loss(500));
    }
    let mut ends = [0u32; 3];
    for seed in 0..4_000 {
        match scene.ends(Luck::Drawn(seed), TO_B).as_str() {
            "DENIED GUEST_LOSES_PACKETS; A FAULTS DENY" => ends[0] += 1,
            "DENIED GUEST_LOSES_PACKETS; A FAULTS ALLOW, B FAULTS DENY" => ends[1] += 1,
            "DELIVERED; A FAULTS ALLOW, B FAULTS ALLOW" => ends[2] += 1,
            other => panic!("{other}"),
        }
    }
    for (at, expected) in [2_000u32, 1_000, 1_000].into_iter().enumerate() {
        assert!(ends[at].abs_diff(expected) < 120, "{ends:?}");
    }
    // A packet and the next one, which answers it: they do not share their fate.
    let mut both = [0u32; 2];
    let fate = |number: u64, direction: Direction| {
        let mut scene = self::scene();
        let host = scene.a;
        scene.lab.breaks(host, Fault::Loss(500));
        let from = if direction == Direction::Egress { TO_B } else { "tcp 10.0.1.10:40000 > 10.0.1.10:443" };
        scene.walk(Luck::Drawn(number), from).disposition.got_through()
    };
    for number in 0..200 {
        both[usize::from(fate(number, Direction::Egress) == fate(number + 1, Direction::Egress))] += 1;
    }
    assert!(both[0].abs_diff(both[1]) < 60, "{both:?}");
}

// rules: L18
#[test]
fn what_an_instance_sends_to_itself_meets_no_network_card() {
    let mut scene = scene();
    let host = scene.a;
    let own = "tcp 10.0.1.10:40000 > 10.0.1.10:443";
    scene.lab.breaks(host, Fault::Loss(1_000));
    assert_eq!(scene.ends(Luck::Bad, own), "DELIVERED; A FAULTS ALLOW, A FAULTS ALLOW");
    scene.lab.breaks(host, Fault::Hang(true));
    assert_eq!(scene.ends(Luck::Good, own), "DENIED GUEST_HANGS; A FAULTS DENY");
}

// rules: L17 L18
#[test]
fn a_trace_asks_as_good_luck_would_have_it() {
    let mut scene = scene();
    let host = scene.b;
    let asked = |scene: &Scene| {
        let request = TraceRequest::new(End::Instance(scene.a.instance), End::Instance(scene.b.instance));
        trace(&scene.lab.network, &request).unwrap()
    };
    scene.lab.breaks(host, Fault::Loss(999));
    assert!(asked(&scene).got_through());
    scene.lab.breaks(host, Fault::Loss(1_000));
    assert_eq!(asked(&scene).forward.code(), Some(Code::GuestLosesPackets));
    scene.lab.breaks(host, Fault::Hang(true));
    assert_eq!(asked(&scene).forward.code(), Some(Code::GuestHangs), "a system that hangs is the first thing to tell");
    assert_ne!(scene.lab.network.instance(host.instance).unwrap().faults, Faults::default());
}
