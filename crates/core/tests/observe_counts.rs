//! What counters say at their edges (`W1` to `W10`): of what is dropped, of who came or went in the middle of a minute, and of the time before.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod scenes;
mod support_dp;

use eni_core::control::command::Command;
use eni_core::dataplane::Origin;
use eni_core::id::NatGatewayId;
use eni_core::model::event::Event;
use eni_core::model::fault::Fault;
use eni_core::model::instance::{GuestFlavour, InstanceState};
use eni_core::model::nat_gateway::NatState;
use eni_core::observe::crossing::Times;
use eni_core::observe::metric::{Metric, Sample, Subject, Traffic};
use eni_core::observe::metrics::Metrics;
use eni_core::sim::client::{Conversation, Protocol, Target};
use eni_core::time::Duration;
use scenes::{first_scene, secs};
use support_dp::{BehindNat, Lab, packet};

fn metric(name: &str) -> &'static Metric {
    ["AWS/EC2", "AWS/NATGateway"].into_iter().find_map(|namespace| Metric::find(namespace, name)).unwrap()
}

/// The minutes that are told of a NAT gateway.
fn minutes(metrics: &Metrics, lab: &Lab, nat: NatGatewayId) -> Vec<u64> {
    let samples = metrics.samples(&lab.network, metric("PacketsDropCount"), Subject::NatGateway(nat), (0, u64::MAX));
    samples.iter().map(|sample| sample.minute).collect()
}

fn pass(metrics: &mut Metrics, lab: &mut Lab, seconds: u64) {
    lab.now += Duration::from_secs(seconds);
    metrics.pass(&lab.network, &mut lab.tracking, lab.now);
}

// rules: W6 W7 P12 R41
#[test]
fn what_a_nat_gateway_drops_it_has_taken_and_only_what_begins_inside_is_an_attempt() {
    let BehindNat { mut lab, a, nat, .. } = BehindNat::build();
    let mut metrics = Metrics::starting_at(lab.now);
    let (inside, outside) = (Origin::Instance(a.instance), Origin::Internet);
    let names = [
        "PacketsInFromSource",
        "PacketsOutToDestination",
        "PacketsInFromDestination",
        "PacketsOutToSource",
        "PacketsDropCount",
        "ConnectionAttemptCount",
        "ConnectionEstablishedCount",
    ];
    let cases: [(Origin, &str, [u64; 7]); 8] = [
        (inside, "tcp 0.0.0.0:50000 > 198.51.100.7:443", [1, 1, 0, 0, 0, 1, 0]),
        // It is sent again.
        (inside, "tcp 0.0.0.0:50000 > 198.51.100.7:443", [1, 1, 0, 0, 0, 0, 0]),
        (outside, "tcp 198.51.100.7:443 > 203.0.113.9:50000 syn+ack", [0, 0, 1, 1, 0, 0, 1]),
        (outside, "tcp 198.51.100.7:443 > 203.0.113.9:50000 ack", [0, 0, 1, 1, 0, 0, 0]),
        // Nobody asked for those.
        (outside, "tcp 198.51.100.8:443 > 203.0.113.9:50001 syn+ack", [0, 0, 1, 0, 1, 0, 0]),
        (outside, "tcp 198.51.100.8:443 > 203.0.113.9:50001", [0, 0, 1, 0, 1, 0, 0]),
        (inside, "tcp 0.0.0.0:50002 > 198.51.100.7:443 syn+ack", [1, 0, 0, 0, 1, 0, 0]),
        // No protocol of a NAT gateway's.
        (inside, "47 10.0.1.10 > 198.51.100.7", [1, 0, 0, 0, 1, 0, 0]),
    ];
    for (minute, (origin, text, expected)) in (0..).zip(cases) {
        let walk = lab.ask(origin, packet(text));
        metrics.saw(&lab.tracking, (&walk, Times::ONCE), lab.now);
        lab.tracking.note(&walk.effects, lab.now);
        pass(&mut metrics, &mut lab, 60);
        let of = |name: &str| metrics.samples(&lab.network, metric(name), Subject::NatGateway(nat), (minute, minute + 1))[0].sum;
        assert_eq!(names.map(of), expected, "{text}");
    }
}

// rules: W6 W8
#[test]
fn a_nat_gateway_is_told_of_from_the_minute_in_which_it_works_until_it_is_gone() {
    let BehindNat { mut lab, public, .. } = BehindNat::build();
    let mut metrics = Metrics::starting_at(lab.now);
    pass(&mut metrics, &mut lab, 130);
    let nat = lab.nat_gateway(public, "10.0.9.10", None);
    let is_asked_about = |metrics: &Metrics, lab: &Lab| metrics.subjects(&lab.network).contains(&Subject::NatGateway(nat));
    pass(&mut metrics, &mut lab, 120);
    assert_eq!(minutes(&metrics, &lab, nat), [2, 3]);
    for (state, told, asked) in [
        (NatState::Pending, &[][..], false),
        (NatState::Deleting, &[2, 3], true),
        (NatState::Deleted, &[], true),
        (NatState::Failed, &[], false),
    ] {
        lab.apply(Event::NatGatewayStateChanged(nat, state, lab.now));
        assert_eq!((&minutes(&metrics, &lab, nat)[..], is_asked_about(&metrics, &lab)), (told, asked), "{state:?}");
    }
}

// rules: W3 W8
#[test]
fn nothing_is_told_of_the_time_before_somebody_counted() {
    let BehindNat { mut lab, a, nat, .. } = BehindNat::build();
    lab.now += Duration::from_secs(130);
    let mut metrics = Metrics::starting_at(lab.now);
    pass(&mut metrics, &mut lab, 120);
    let checks = metrics.samples(&lab.network, metric("StatusCheckFailed"), Subject::Instance(a.instance), (0, u64::MAX));
    assert_eq!(checks.iter().map(|sample| sample.minute).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(minutes(&metrics, &lab, nat), [2, 3]);
    // One that is pending is not asked about.
    assert!(metrics.subjects(&lab.network).contains(&Subject::Instance(a.instance)));
    lab.apply(Event::InstanceStateChanged(a.instance, InstanceState::Pending));
    assert!(!metrics.subjects(&lab.network).contains(&Subject::Instance(a.instance)));
}

// rules: W2 W4
#[test]
fn five_minutes_are_told_for_their_beginning_and_of_a_span_only_those_that_begin_in_it() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let (client, web) = (scene.client, scene.web_3);
    scene.add("pings", scene.inside(), Target::PrivateOf(scene.service), Protocol::Icmp, Conversation::NewEachTime);
    scenes::act(&mut scene.simulator, Command::StopInstances(vec![web]));
    // It runs again in the eighth minute, and once more for less than a minute.
    scene.simulator.advance(secs(7 * 60 + 5), &mut |_| {});
    scenes::act(&mut scene.simulator, Command::StartInstances(vec![web]));
    scene.simulator.advance(secs(25), &mut |_| {});
    scenes::act(&mut scene.simulator, Command::StopInstances(vec![web]));
    scene.simulator.advance(secs(12 * 60), &mut |_| {});
    let told = |instance, span| {
        let samples = scene.simulator.metrics().samples(scene.simulator.network(), metric("NetworkIn"), Subject::Instance(instance), span);
        samples.iter().map(|sample| (sample.minute, sample.count)).collect::<Vec<_>>()
    };
    assert_eq!(told(client, (0, u64::MAX)), [(0, 5), (5, 5), (10, 5)]);
    for (span, expected) in [((1, 8), &[(5, 5)][..]), ((0, 1), &[(0, 5)]), ((5, 5), &[]), ((6, 11), &[(10, 5)])] {
        assert_eq!(told(client, span), expected, "{span:?}");
    }
    assert_eq!(told(web, (1, u64::MAX)), [(5, 1)], "of the minute in which it ran for a while");
}

// rules: W5
#[test]
fn a_card_counts_on_while_its_system_hangs_and_anew_in_another_instance() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.add("pings", scene.inside(), Target::PrivateOf(scene.service), Protocol::Icmp, Conversation::NewEachTime);
    scene.simulator.advance(secs(10), &mut |_| {});
    let count = |scene: &scenes::Scene| scene.simulator.metrics().nic(scene.service).total(Traffic::PacketsIn);
    let before = count(&scene);
    assert!(before > 0);
    scenes::act(&mut scene.simulator, Command::SetFault(scene.web_1, Fault::Hang(true)));
    assert_eq!(count(&scene), before);
    let detach = scene.detach();
    assert!(!detach.is_empty());
    scene.simulator.advance(secs(10), &mut |_| {});
    assert_eq!(count(&scene), 0, "no driver has it");
}

// rules: W2 W12
#[test]
fn values_of_two_moments_are_taken_together_and_told_for_the_first() {
    let sample = |minute, value| Sample { minute, count: 1, sum: value, least: value, most: value };
    for (first, second) in [(5, 9), (9, 5)] {
        let both = Sample { minute: 3, count: 2, sum: 14, least: 5, most: 9 };
        assert_eq!(sample(3, first).with(sample(4, second)), both, "{first} {second}");
    }
    // A metric is one of its own service alone.
    for (namespace, name, is_one) in
        [("AWS/NATGateway", "PacketsDropCount", true), ("AWS/EC2", "PacketsDropCount", false), ("AWS/NATGateway", "NetworkIn", false)]
    {
        assert_eq!(Metric::find(namespace, name).is_some(), is_one, "{namespace} {name}");
    }
}
