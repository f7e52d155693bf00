//! What CloudWatch and network cards count (`W1` to `W9`), beside what happened.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod scenes;
mod support_dp;

use eni_core::addr::{Direction, IpAddr};
use eni_core::control::command::Command;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::translation::PORTS_EACH;
use eni_core::dataplane::verdict::{Place, Verdict, Walk};
use eni_core::id::{EniId, InstanceId, NatGatewayId};
use eni_core::model::fault::Fault;
use eni_core::model::instance::GuestFlavour;
use eni_core::observe::metric::{Metric, Sample, Subject, Traffic};
use eni_core::observe::metrics::MINUTES_KEPT;
use eni_core::rng::Rng;
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::time::Duration;
use scenes::{Scene, first_scene, millis, secs};
use std::collections::BTreeMap;
use support_dp::{BehindNat, ip};

fn told(sim: &Simulator, name: &str, subject: Subject) -> Vec<Sample> {
    let metric = ["AWS/EC2", "AWS/NATGateway"].into_iter().find_map(|namespace| Metric::find(namespace, name)).unwrap();
    sim.metrics().samples(sim.network(), metric, subject, (0, u64::MAX))
}

fn values(sim: &Simulator, name: &str, subject: Subject) -> Vec<(u64, u64)> {
    told(sim, name, subject).iter().map(|sample| (sample.minute, sample.sum)).collect()
}

fn sum(sim: &Simulator, name: &str, subject: Subject) -> u64 {
    told(sim, name, subject).iter().map(|sample| sample.sum).sum()
}

/// What a packet counts for: the ENI, whether it goes out, and how long it is.
fn counted(walk: &Walk) -> Vec<(EniId, bool, u64)> {
    let mut all = Vec::new();
    for (place, step) in walk.seen().enumerate() {
        let Place::Eni(eni) = step.place else { continue };
        let lets = |check: Check| {
            let rest = walk.steps[place..].iter().take_while(|other| other.place == step.place);
            let mut of_check = rest.filter(|other| other.check == check);
            of_check.next().is_some_and(|other| other.verdict != Verdict::Deny)
        };
        match step.check {
            Check::GroupOut if step.verdict != Verdict::Deny => all.push((eni, true, u64::from(step.packet.length))),
            Check::GroupIn if step.verdict != Verdict::Deny && lets(Check::DestinationRuns) => {
                all.push((eni, false, u64::from(step.packet.length)));
            }
            _ => {}
        }
    }
    all
}

type Sums = BTreeMap<InstanceId, [u64; 4]>;

fn add(sums: &mut Sums, sim_owner: impl Fn(EniId) -> Option<InstanceId>, walk: &Walk) {
    for (eni, out, bytes) in counted(walk) {
        let Some(instance) = sim_owner(eni) else { continue };
        let row = sums.entry(instance).or_default();
        row[usize::from(out)] += bytes;
        row[2 + usize::from(out)] += 1;
    }
}

fn random_act(scene: &Scene, rng: &mut Rng) -> Command {
    let instances = [scene.web_1, scene.web_2, scene.web_3, scene.client];
    let instance = instances[rng.below(4) as usize];
    match rng.below(6) {
        0 => Command::StopInstances(vec![instance]),
        1 | 2 => Command::StartInstances(vec![instance]),
        3 => Command::SetFault(instance, Fault::Hang(rng.below(2) == 0)),
        4 => {
            // What a group does not let out is not sent, and what it does not let in not received.
            let direction = if rng.below(2) == 0 { Direction::Ingress } else { Direction::Egress };
            let network = scene.simulator.network();
            let eni = network.instance(scene.client).and_then(|client| client.primary_eni()).and_then(|eni| network.eni(eni));
            let group = eni.filter(|_| direction == Direction::Egress).map_or(scene.ping_group, |eni| eni.groups[0]);
            let rules = network.group(group).unwrap().rules_of(direction).map(|rule| rule.id).collect();
            Command::RevokeSecurityGroup { group, direction, permissions: Vec::new(), rules }
        }
        _ => scenes::attach_command(scene.service, instance),
    }
}

/// Lets time pass, and counts what is sent by the ENIs' owners at that moment, which change by acts and by what comes due.
fn run(scene: &mut Scene, sums: &mut Sums, span: Duration) {
    let end = scene.simulator.now() + span;
    while scene.simulator.now() < end {
        let now = scene.simulator.now();
        let network = scene.simulator.network();
        let next = network.next_transition().map_or(end, |(key, _)| key.at.min(end));
        let owners: BTreeMap<EniId, InstanceId> = network.enis().filter_map(|eni| Some((eni.id, eni.attached_instance()?))).collect();
        // Just before what comes due, then over it.
        let short = next.since(now).as_nanos().saturating_sub(1).max(1);
        scene.simulator.advance(Duration::from_nanos(short), &mut |event| {
            if let SimEvent::Sent { record } = event {
                add(sums, |eni| owners.get(&eni).copied(), &record.walk);
            }
        });
    }
}

// rules: W1 W8
#[test]
fn what_is_counted_is_what_the_events_say() {
    let mut all = 0;
    for seed in 0..4 {
        let mut rng = Rng::new(seed);
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443), Protocol::Tcp(80)] {
            scene.add_both(protocol);
        }
        let mut expected = Sums::new();
        for _ in 0..30 {
            let act = random_act(&scene, &mut rng);
            let _ = scene.simulator.execute(&act);
            run(&mut scene, &mut expected, millis(rng.below(40_000)));
        }
        let clients: Vec<_> = scene.simulator.clients().map(|client| client.id).collect();
        clients.iter().for_each(|id| assert!(scene.simulator.remove(*id)));
        run(&mut scene, &mut expected, secs(600));
        let names = ["NetworkIn", "NetworkOut", "NetworkPacketsIn", "NetworkPacketsOut"];
        for (instance, row) in &expected {
            let found = names.map(|name| sum(&scene.simulator, name, Subject::Instance(*instance)));
            assert_eq!(found, *row, "seed {seed}, {instance}");
            all += row[3];
        }
    }
    assert!(all > 3_000, "the runs are worth something: {all}");
}

// rules: W2
#[test]
fn basic_monitoring_tells_five_minutes_together_and_detailed_each() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.add("pings", scene.inside(), Target::PrivateOf(scene.service), Protocol::Icmp, Conversation::NewEachTime);
    let client = Subject::Instance(scene.client);
    scene.simulator.advance(secs(299), &mut |_| {});
    assert_eq!(told(&scene.simulator, "NetworkIn", client), [], "five minutes are not over");
    scene.simulator.advance(secs(600), &mut |_| {});
    let basic = told(&scene.simulator, "NetworkIn", client);
    assert_eq!(basic.iter().map(|sample| (sample.minute, sample.count)).collect::<Vec<_>>(), [(0, 5), (5, 5)]);
    scenes::act(&mut scene.simulator, Command::MonitorInstances(vec![scene.client], true));
    let detailed = told(&scene.simulator, "NetworkIn", client);
    assert_eq!(
        detailed.iter().map(|sample| (sample.minute, sample.count)).collect::<Vec<_>>(),
        (0..14).map(|m| (m, 1)).collect::<Vec<_>>()
    );
    assert_eq!(detailed[..10].iter().map(|sample| sample.sum).sum::<u64>(), basic.iter().map(|sample| sample.sum).sum::<u64>());
    assert_eq!(told(&scene.simulator, "NetworkPacketsIn", client).len(), 2, "packets are told by five minutes always");
}

// rules: W3 W4
#[test]
fn checks_fail_as_long_as_something_is_broken_and_say_nothing_of_what_does_not_run() {
    let names = ["StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System", "StatusCheckFailed_AttachedEBS"];
    let cases: [(Option<Fault>, [u64; 4]); 4] = [
        (None, [0, 0, 0, 0]),
        (Some(Fault::Hang(true)), [1, 1, 0, 0]),
        (Some(Fault::Loss(1_000)), [1, 1, 1, 0]),
        (Some(Fault::Loss(999)), [0, 0, 0, 0]),
    ];
    for (fault, expected) in cases {
        let mut scene = first_scene(GuestFlavour::Plain);
        let (instance, subject) = (scene.web_1, Subject::Instance(scene.web_1));
        scene.simulator.advance(secs(90), &mut |_| {});
        if let Some(fault) = fault {
            scenes::act(&mut scene.simulator, Command::SetFault(instance, fault));
        }
        scene.simulator.advance(secs(100), &mut |_| {});
        for (name, last) in names.into_iter().zip(expected) {
            assert_eq!(values(&scene.simulator, name, subject), [(0, 0), (1, last), (2, last)], "{fault:?} {name}");
        }
        // Stopped, it says nothing; started again, all is well.
        scenes::act(&mut scene.simulator, Command::StopInstances(vec![instance]));
        scene.simulator.advance(secs(180), &mut |_| {});
        scenes::act(&mut scene.simulator, Command::StartInstances(vec![instance]));
        scene.simulator.advance(secs(120), &mut |_| {});
        let after = values(&scene.simulator, "StatusCheckFailed", subject);
        assert_eq!(after[3..], [(6, 0), (7, 0)], "{fault:?}");
    }
}

// rules: W4
#[test]
fn a_stopped_instance_has_no_traffic_and_not_none_of_it() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let subject = Subject::Instance(scene.web_3);
    scenes::act(&mut scene.simulator, Command::MonitorInstances(vec![scene.web_3], true));
    scene.simulator.advance(secs(120), &mut |_| {});
    scenes::act(&mut scene.simulator, Command::StopInstances(vec![scene.web_3]));
    scene.simulator.advance(secs(300), &mut |_| {});
    assert_eq!(values(&scene.simulator, "NetworkIn", subject), [(0, 0), (1, 0), (2, 0)], "it ran for a moment of the third minute");
}

// rules: W5
#[test]
fn a_network_card_counts_from_when_its_driver_found_it() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.add("pings", scene.inside(), Target::PrivateOf(scene.service), Protocol::Icmp, Conversation::NewEachTime);
    scene.simulator.advance(secs(10), &mut |_| {});
    let eni = scene.simulator.network().instance(scene.client).unwrap().primary_eni().unwrap();
    let nic = scene.simulator.metrics().nic(eni);
    let client = scene.simulator.clients().next().unwrap();
    assert_eq!((nic.total(Traffic::PacketsOut), nic.total(Traffic::PacketsIn)), (client.statistics.sent, client.statistics.answered));
    assert_eq!(nic.total(Traffic::BytesOut), 84 * client.statistics.sent);
    scenes::act(&mut scene.simulator, Command::StopInstances(vec![scene.client]));
    scene.simulator.advance(secs(60), &mut |_| {});
    assert_eq!(scene.simulator.metrics().nic(eni).total(Traffic::PacketsOut), 0, "the driver begins anew");
}

/// A host behind a NAT gateway, and who else is asked to ask from beside it.
fn behind_nat(hosts: u8) -> (Simulator, Vec<InstanceId>, NatGatewayId) {
    let mut scene = BehindNat::build();
    let group = scene.lab.default_group;
    let mut all = vec![scene.a.instance];
    for number in 1..hosts {
        all.push(scene.lab.host("B", scene.private, &format!("10.0.1.{}", 100 + number), &[group]).instance);
    }
    (Simulator::new(scene.lab.network, 7), all, scene.nat)
}

fn asks(instance: InstanceId, to: &str, protocol: Protocol, interval: Duration) -> ClientSpec {
    let to = Target::Address(IpAddr::V4(ip(to)));
    let probe = ProbeSpec { from: Source::Instance { instance, address: None }, to, protocol, timeout: secs(1) };
    ClientSpec { name: "a".to_owned(), probe, interval, conversation: Conversation::NewEachTime }
}

// rules: W6 W7
#[test]
fn a_nat_gateway_counts_what_it_takes_and_what_it_hands_on() {
    let (mut sim, hosts, nat) = behind_nat(1);
    let id = sim.add_client(asks(hosts[0], "198.51.100.7", Protocol::Tcp(443), secs(10))).unwrap();
    sim.advance(secs(55), &mut |_| {});
    assert!(sim.remove(id));
    let (mut out, mut back) = ((0, 0), (0, 0));
    // What was sent until then is still among the packets that are kept.
    for record in sim.packets() {
        for step in record.walk.seen().filter(|step| step.check == Check::NatTranslate) {
            let of = if step.rule == "P12" { &mut back } else { &mut out };
            *of = (of.0 + 1, of.1 + u64::from(step.packet.length));
        }
    }
    sim.advance(secs(6 * 60 + 10), &mut |_| {});
    let gateway = Subject::NatGateway(nat);
    let all = |name: &str| sum(&sim, name, gateway);
    assert!(out.0 > 15 && back.0 > 15, "{out:?} {back:?}");
    assert_eq!((all("PacketsInFromSource"), all("BytesInFromSource")), out);
    assert_eq!((all("PacketsOutToDestination"), all("BytesOutToDestination")), out);
    assert_eq!((all("PacketsInFromDestination"), all("BytesInFromDestination")), back);
    assert_eq!((all("PacketsOutToSource"), all("BytesOutToSource")), back);
    assert_eq!((all("ConnectionAttemptCount"), all("ConnectionEstablishedCount")), (6, 6));
    assert_eq!((all("PacketsDropCount"), all("ErrorPortAllocation"), all("IdleTimeoutCount")), (0, 0, 0), "they were closed");
    assert_eq!(values(&sim, "ActiveConnectionCount", gateway)[0], (0, 1), "the last one closes at the end of the minute");
}

// rules: W7 R44
#[test]
fn connections_that_nobody_answers_and_that_idle_are_told() {
    let (mut sim, hosts, nat) = behind_nat(1);
    let gateway = Subject::NatGateway(nat);
    let id = sim.add_client(asks(hosts[0], "198.51.100.7", Protocol::Udp(53), secs(20))).unwrap();
    sim.advance(secs(59), &mut |_| {});
    assert!(sim.remove(id));
    sim.advance(secs(600), &mut |_| {});
    let active = values(&sim, "ActiveConnectionCount", gateway);
    assert_eq!(active[..7], [(0, 3), (1, 3), (2, 3), (3, 3), (4, 3), (5, 2), (6, 0)]);
    // The last packets came at 0, 20 and 40 s: forgotten at 350, 370 and 390 s.
    let idled: Vec<_> = values(&sim, "IdleTimeoutCount", gateway).into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(idled, [(5, 1), (6, 2)]);
}

// rules: W7 R43
#[test]
fn a_gateway_without_a_free_port_counts_each_packet_that_it_cannot_take() {
    let (mut sim, hosts, nat) = behind_nat(5);
    for host in hosts {
        sim.add_client(asks(host, "198.51.100.7", Protocol::Udp(53), millis(1))).unwrap();
    }
    let mut refused = 0;
    sim.advance(secs(12), &mut |event| {
        if let SimEvent::Lost { code: Some(code), .. } = event {
            assert_eq!(code.as_str(), "NGW_ERROR_PORT_ALLOCATION");
            refused += 1;
        }
    });
    let clients: Vec<_> = sim.clients().map(|client| client.id).collect();
    clients.iter().for_each(|id| assert!(sim.remove(*id)));
    sim.advance(secs(50), &mut |event| refused += u64::from(matches!(event, SimEvent::Lost { .. })));
    let gateway = Subject::NatGateway(nat);
    assert!(refused > 1_000, "{refused}");
    assert_eq!(sum(&sim, "ErrorPortAllocation", gateway), refused);
    assert_eq!(sum(&sim, "PacketsDropCount", gateway), refused);
    assert_eq!(values(&sim, "ActiveConnectionCount", gateway), [(0, PORTS_EACH as u64)]);
}

// rules: W8
#[test]
fn minutes_without_number_are_not_kept() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let probe = ProbeSpec { from: scene.inside(), to: Target::PrivateOf(scene.service), protocol: Protocol::Icmp, timeout: secs(1) };
    let conversation = Conversation::NewEachTime;
    scene.simulator.add_client(ClientSpec { name: "ping".to_owned(), probe, interval: secs(60), conversation }).unwrap();
    // Two instances in each minute.
    scene.simulator.advance(secs(60 * (MINUTES_KEPT as u64 / 2 + 100)), &mut |_| {});
    let found = values(&scene.simulator, "NetworkOut", Subject::Instance(scene.client));
    let with_packets = found.iter().filter(|(_, bytes)| *bytes > 0).count();
    assert!(with_packets <= MINUTES_KEPT / 10 + 1, "{with_packets}");
    assert_eq!(found.last().unwrap().1, 5 * 84, "the newest are");
    assert_eq!(found[0].1, 0, "the oldest are not");
}
