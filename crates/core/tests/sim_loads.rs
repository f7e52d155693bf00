//! Loads against what instances are allowed to carry (`E87` to `E91`).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod scenes;

use eni_core::addr::{Direction, IcmpMatch, IpAddr, Ipv4Addr, PortRange, Traffic};
use eni_core::control::command::{Command, InstanceAttribute};
use eni_core::id::{EniId, InstanceId};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::observe::flow_record::Status;
use eni_core::observe::metric::{Metric, Sample, Subject};
use eni_core::sim::client::{ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::sim::load::{Load, LoadId, LoadSpec, MAX_LOADS};
use eni_core::time::Duration;
use scenes::{Scene, act, first_scene, millis, secs};
use std::collections::BTreeSet;

const MBIT: u64 = 1_000_000;

fn tcp(scene: &Scene, streams: u16, span: Duration) -> LoadSpec {
    let to = Target::PrivateOf(scene.service);
    LoadSpec { from: scene.inside(), to, protocol: Protocol::Tcp(443), streams, rate: None, payload: None, span }
}

fn udp(scene: &Scene, rate: u64, payload: u16, span: Duration) -> LoadSpec {
    LoadSpec { protocol: Protocol::Udp(53), rate: Some(rate), payload: Some(payload), ..tcp(scene, 1, span) }
}

fn run(scene: &mut Scene, spec: LoadSpec) -> LoadId {
    let id = scene.simulator.add_load(spec).unwrap();
    scene.simulator.advance(spec.span, &mut |_| {});
    id
}

fn load(scene: &Scene, id: LoadId) -> &Load {
    scene.simulator.load_of(id).unwrap()
}

/// Packets of all streams: sent, and arrived.
fn packets(load: &Load) -> (u64, u64) {
    let all = load.streams.iter().flat_map(|stream| &stream.seconds);
    all.fold((0, 0), |(sent, arrived), second| (sent + second.sent, arrived + second.arrived))
}

/// Mbit a second on the wire that arrived in a second of the load.
fn pace(load: &Load, second: usize, headers: u64) -> u64 {
    let of = |stream: &eni_core::sim::load::Stream| {
        stream.seconds.get(second).map_or(0, |told| told.arrived * (u64::from(told.payload) + headers) * 8)
    };
    load.streams.iter().map(of).sum::<u64>() / MBIT
}

fn primary(scene: &Scene, instance: InstanceId) -> EniId {
    scene.simulator.network().instance(instance).unwrap().primary_eni().unwrap()
}

fn exceeded(scene: &Scene, eni: EniId, name: &str) -> u64 {
    scene.simulator.metrics().nic(eni).exceeded().find(|(known, _)| *known == name).unwrap().1
}

fn resize(scene: &mut Scene, instance: InstanceId, kind: &str) {
    act(&mut scene.simulator, Command::StopInstances(vec![instance]));
    scene.simulator.advance(secs(30), &mut |_| {});
    let kind = InstanceAttribute::InstanceType(InstanceType::find(kind).unwrap());
    act(&mut scene.simulator, Command::ModifyInstanceAttribute(instance, kind));
    act(&mut scene.simulator, Command::StartInstances(vec![instance]));
    scene.simulator.advance(secs(30), &mut |_| {});
}

const TCP_HEADERS: u64 = 52;

// rules: E89 E87
#[test]
fn one_stream_has_its_limit_and_all_together_that_of_the_instance() {
    for (kind, streams, mbits, over) in [
        ("t3.small", 1, 5_000, false),
        ("t3.small", 2, 5_000, true),
        // More than it has to the internet.
        ("c5n.4xlarge", 4, 20_000, false),
        ("c5n.18xlarge", 1, 5_000, false),
        ("c5n.18xlarge", 4, 20_000, false),
    ] {
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        let (client, web_1) = (scene.client, scene.web_1);
        for instance in [client, web_1].into_iter().filter(|_| kind != "t3.small") {
            resize(&mut scene, instance, kind);
        }
        let spec = tcp(&scene, streams, secs(10));
        let id = run(&mut scene, spec);
        let eni = primary(&scene, scene.client);
        let whole = load(&scene, id).streams.iter().filter(|stream| stream.is_open && stream.seconds.len() == 10);
        assert_eq!(whole.count(), usize::from(streams));
        let ports: BTreeSet<u16> = load(&scene, id).streams.iter().map(|stream| stream.local.1).collect();
        assert_eq!(ports.len(), usize::from(streams), "each has a port of its own");
        let found = pace(load(&scene, id), 9, TCP_HEADERS);
        assert!(found.abs_diff(mbits) < mbits / 100, "{kind}, {streams}: {found}");
        assert_eq!(exceeded(&scene, eni, "bw_out_allowance_exceeded") > 0, over, "{kind}, {streams}");
        // What adapts loses next to nothing, and does not come to the receiver's limit.
        let sent = packets(load(&scene, id)).0;
        let lost: u64 = load(&scene, id).streams.iter().flat_map(|stream| &stream.seconds).map(|second| second.lost).sum();
        assert!(lost * 500 < sent, "{kind}, {streams}: {lost} of {sent}");
        assert_eq!(exceeded(&scene, scene.service, "bw_in_allowance_exceeded"), 0);
    }
}

// rules: E87
#[test]
fn in_and_out_are_apart() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let forth = tcp(&scene, 1, secs(5));
    // What goes the other way is let in by the connection's own flow only, so it is datagrams to a group that takes them.
    let back = LoadSpec {
        from: Source::Instance { instance: scene.web_1, address: None },
        to: Target::PrivateOf(primary(&scene, scene.web_3)),
        protocol: Protocol::Udp(53),
        rate: Some(4_000 * MBIT),
        ..forth
    };
    let (forth, back) = (scene.simulator.add_load(forth).unwrap(), scene.simulator.add_load(back).unwrap());
    scene.simulator.advance(secs(5), &mut |_| {});
    assert_eq!((pace(load(&scene, forth), 3, TCP_HEADERS) + 5) / 10, 500);
    assert_eq!((pace(load(&scene, back), 3, 28) + 5) / 10, 401, "web-1 takes 5 Gbit/s in and sends 4 meanwhile");
    assert_eq!(exceeded(&scene, primary(&scene, scene.web_1), "bw_out_allowance_exceeded"), 0);
}

// rules: E90
#[test]
fn an_up_to_type_falls_to_its_baseline_and_earns_credits_while_it_runs() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let spec = tcp(&scene, 1, secs(400));
    let id = run(&mut scene, spec);
    let at = |scene: &Scene, id, second| pace(load(scene, id), second, TCP_HEADERS);
    assert_eq!(at(&scene, id, 298), 4_999, "five minutes at the peak");
    assert_eq!((at(&scene, id, 310), at(&scene, id, 399)), (127, 127), "then the baseline");
    let eni = primary(&scene, scene.client);
    assert!(exceeded(&scene, eni, "bw_out_allowance_exceeded") > 0);
    // An hour of rest is worth 128 Mbit/s for 3,600 s: 94 s at the peak. Another instance that stops takes nothing of that.
    let other = scene.web_3;
    act(&mut scene.simulator, Command::StopInstances(vec![other]));
    scene.simulator.advance(secs(3_600), &mut |_| {});
    let spec = tcp(&scene, 1, secs(120));
    let id = run(&mut scene, spec);
    assert_eq!((at(&scene, id, 80), at(&scene, id, 119)), (4_999, 127));
    // A stopped instance earns nothing.
    let client = scene.client;
    act(&mut scene.simulator, Command::StopInstances(vec![client]));
    scene.simulator.advance(secs(3_600), &mut |_| {});
    act(&mut scene.simulator, Command::StartInstances(vec![client]));
    scene.simulator.advance(secs(20), &mut |_| {});
    let spec = tcp(&scene, 1, secs(10));
    let id = run(&mut scene, spec);
    assert_eq!(at(&scene, id, 9), 127);
}

// rules: E90
#[test]
fn no_more_credits_are_saved_than_a_fresh_instance_has() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let spec = tcp(&scene, 1, secs(10));
    run(&mut scene, spec);
    scene.simulator.advance(secs(100 * 3_600), &mut |_| {});
    let spec = tcp(&scene, 1, secs(320));
    let id = run(&mut scene, spec);
    assert_eq!([298, 310].map(|second| pace(load(&scene, id), second, TCP_HEADERS)), [4_999, 127]);
}

// rules: E87 W5
#[test]
fn what_is_too_much_waits_and_then_is_lost_and_counts() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let spec = LoadSpec { streams: 2, payload: Some(8_972), ..udp(&scene, 3_000 * MBIT, 8_972, secs(4)) };
    let id = run(&mut scene, spec);
    let (sent, arrived) = packets(load(&scene, id));
    let late = sent - arrived;
    assert!(late * 100 / sent == 16, "one of six Gbit/s: {late} of {sent}");
    let eni = primary(&scene, scene.client);
    let lost: u64 = load(&scene, id).streams.iter().flat_map(|stream| &stream.seconds).map(|second| second.lost).sum();
    // 5 ms at 5 Gbit/s wait until the end.
    let waiting = 25 * MBIT / (9_000 * 8);
    assert!(late.abs_diff(lost + waiting) < 10, "{late}, of them {lost} lost");
    assert!(exceeded(&scene, eni, "bw_out_allowance_exceeded").abs_diff(late) < 10);
    assert_eq!(exceeded(&scene, scene.service, "bw_in_allowance_exceeded"), 0, "the receiver gets no more than it may");
}

// rules: W5
#[test]
fn small_packets_meet_the_limit_of_packets_first() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let spec = udp(&scene, 2_000 * MBIT, 64, secs(2));
    let id = run(&mut scene, spec);
    let arrived = load(&scene, id).streams[0].seconds[1].arrived;
    assert!(arrived.abs_diff(1_000_000) < 10_000, "{arrived}");
    let eni = primary(&scene, scene.client);
    let counted = ["pps_allowance_exceeded", "bw_out_allowance_exceeded"].map(|name| exceeded(&scene, eni, name) > 0);
    assert_eq!(counted, [true, false]);
    scene.simulator.advance(secs(600), &mut |_| {});
    let left = told(&scene, "NetworkPacketsOut", scene.client);
    assert!(left.abs_diff(packets(load(&scene, id)).1) < 10_000, "{left}: what the limit took never left");
}

// rules: W5
#[test]
fn packets_in_and_out_have_one_limit_together() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let forth = udp(&scene, 600_000 * 64 * 8, 64, secs(3));
    let (from, to) = (Source::Instance { instance: scene.web_1, address: None }, Target::PrivateOf(primary(&scene, scene.web_3)));
    let ids = [forth, LoadSpec { from, to, ..forth }].map(|spec| scene.simulator.add_load(spec).unwrap());
    scene.simulator.advance(secs(3), &mut |_| {});
    let arrived = ids.map(|id| load(&scene, id).streams[0].seconds[2].arrived);
    assert!(arrived.iter().sum::<u64>().abs_diff(1_000_000) < 10_000, "web-1 sends and takes a million together: {arrived:?}");
    let exceeded = exceeded(&scene, scene.service, "pps_allowance_exceeded")
        + exceeded(&scene, primary(&scene, scene.web_1), "pps_allowance_exceeded");
    assert!(exceeded.abs_diff(3 * 200_000) < 20_000, "{exceeded}");
}

// rules: E91 W5
#[test]
fn services_of_the_host_take_1024_packets_a_second_of_each_interface() {
    for (per_second, arrived, over) in [(1_000, 1_000, false), (3_000, 1_024, true)] {
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        let resolver = Target::Address(IpAddr::V4(Ipv4Addr::new(169, 254, 169, 253)));
        let spec = LoadSpec { to: resolver, ..udp(&scene, per_second * 36 * 8, 36, secs(3)) };
        let id = run(&mut scene, spec);
        assert_eq!(load(&scene, id).streams[0].seconds[2].arrived, arrived);
        let eni = primary(&scene, scene.client);
        assert_eq!(exceeded(&scene, eni, "linklocal_allowance_exceeded") > 0, over);
        assert_eq!(exceeded(&scene, eni, "pps_allowance_exceeded"), 0);
    }
}

// rules: E88
#[test]
fn to_the_internet_large_types_have_half_and_others_5_gbit() {
    for (kind, mbits) in [("c5n.18xlarge", 50_000), ("c5n.4xlarge", 5_000), ("t3.small", 5_000)] {
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        let web_1 = scene.web_1;
        resize(&mut scene, web_1, kind);
        let from = Source::Instance { instance: web_1, address: Some(scenes::SERVICE) };
        let outside = Target::Address(IpAddr::V4(scenes::OUTSIDE));
        let spec = LoadSpec { from, to: outside, ..tcp(&scene, 20, secs(3)) };
        let id = run(&mut scene, spec);
        let found = pace(load(&scene, id), 2, TCP_HEADERS);
        assert!(found.abs_diff(mbits) < mbits / 100, "{kind}: {found}");
        assert_eq!(load(&scene, id).streams[0].seconds[2].payload, 1_500 - 52, "the way out takes no longer packets");
        assert!(exceeded(&scene, scene.service, "bw_out_allowance_exceeded") > 0);
    }
}

// rules: E88
#[test]
fn from_the_internet_no_more_comes_than_goes_there() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let web_1 = scene.web_1;
    resize(&mut scene, web_1, "c5n.4xlarge");
    let spec = LoadSpec { from: Scene::outside(), to: Target::PublicOf(scene.service), ..udp(&scene, 4_000 * MBIT, 1_400, secs(3)) };
    let id = run(&mut scene, LoadSpec { streams: 2, ..spec });
    let found = pace(load(&scene, id), 2, 28);
    assert!(found.abs_diff(5_000) < 50, "of 8 Gbit/s: {found}");
    assert!(exceeded(&scene, scene.service, "bw_in_allowance_exceeded") > 0);
}

fn told(scene: &Scene, name: &str, instance: InstanceId) -> u64 {
    let metric = Metric::find("AWS/EC2", name).unwrap();
    let samples = scene.simulator.metrics().samples(scene.simulator.network(), metric, Subject::Instance(instance), (0, u64::MAX));
    samples.iter().map(|sample: &Sample| sample.sum).sum()
}

// rules: E93
#[test]
fn a_sender_that_does_not_hear_what_fits_loses_what_does_not_and_one_whose_link_is_short_sends_short_packets() {
    let to_outside = |scene: &Scene| {
        let from = Source::Instance { instance: scene.web_1, address: Some(scenes::SERVICE) };
        LoadSpec { from, to: Target::Address(IpAddr::V4(scenes::OUTSIDE)), ..udp(scene, 8 * MBIT, 8_000, secs(3)) }
    };
    for hears in [true, false] {
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        if !hears {
            let acl = scene.simulator.network().vpc(scene.vpc).unwrap().default_acl;
            let entry = AclEntry { traffic: Traffic::Icmp(IcmpMatch::Any), cidr: "0.0.0.0/0".parse().unwrap(), action: AclAction::Deny };
            act(&mut scene.simulator, Command::SetNetworkAclEntry { acl, direction: Direction::Ingress, number: 1, entry, replace: false });
        }
        let spec = to_outside(&scene);
        let id = run(&mut scene, spec);
        let second = load(&scene, id).streams[0].seconds[2];
        assert_eq!((second.arrived > 0, second.lost > 0, second.payload), (hears, !hears, if hears { 1_472 } else { 8_000 }), "{second:?}");
    }
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let eni = primary(&scene, scene.client);
    let mut guest = scene.simulator.network().instance(scene.client).unwrap().guest.clone();
    guest.change_by_hand(|hand| _ = hand.sizes.insert(eni, 1_500));
    act(&mut scene.simulator, Command::ConfigureGuest(scene.client, Box::new(guest)));
    let spec = tcp(&scene, 1, secs(2));
    let id = run(&mut scene, spec);
    assert_eq!(load(&scene, id).streams[0].seconds[1].payload, 1_500 - 52);
}

/// Bytes and packets that flow logs say of an ENI, a direction and whether it was accepted.
fn logged(scene: &Scene, eni: EniId, direction: Direction, accepted: bool) -> (u64, u64) {
    let of_eni = scene.simulator.flow_logs().records().filter(|record| record.eni == eni);
    let flows = of_eni.filter_map(|record| if let Status::Ok(flow) = &record.status { Some(flow) } else { None });
    let wanted = flows.filter(|flow| flow.key.direction == direction && flow.key.accepted == accepted);
    wanted.fold((0, 0), |(bytes, packets), flow| (bytes + flow.bytes, packets + flow.packets))
}

// rules: W1 F5 F9
#[test]
fn metrics_and_flow_logs_count_what_was_sent_and_an_edit_in_the_middle_of_a_second_ends_it_there() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let log = scene.flow_log();
    act(&mut scene.simulator, log);
    let spec = udp(&scene, 800 * MBIT, 1_000, secs(10));
    let id = scene.simulator.add_load(spec).unwrap();
    scene.simulator.advance(millis(2_500), &mut |_| {});
    let group = scene.web_group;
    let rules = scene.simulator.network().group(group).unwrap().rules_of(Direction::Ingress).map(|rule| rule.id).collect();
    act(&mut scene.simulator, Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions: Vec::new(), rules });
    scene.simulator.advance(secs(600), &mut |_| {});
    let arrived: Vec<u64> = load(&scene, id).streams[0].seconds.iter().map(|second| second.arrived).collect();
    assert_eq!(arrived, [100_000, 100_000, 50_000, 0, 0, 0, 0, 0, 0, 0]);
    let client = primary(&scene, scene.client);
    // A first datagram of 28 bytes and its answer, then 1,028 bytes each.
    let (sent, came) = ((28 + 1_000_000 * 1_028, 1_000_001), (28 + 250_000 * 1_028, 250_001));
    assert_eq!(logged(&scene, client, Direction::Egress, true), sent);
    assert_eq!(logged(&scene, scene.service, Direction::Ingress, true), came);
    assert_eq!(logged(&scene, scene.service, Direction::Ingress, false), (750_000 * 1_028, 750_000));
    assert_eq!((told(&scene, "NetworkOut", scene.client), told(&scene, "NetworkPacketsOut", scene.client)), sent);
    // Nobody acknowledges datagrams, and what is refused is lost.
    assert_eq!((told(&scene, "NetworkIn", scene.client), told(&scene, "NetworkPacketsIn", scene.client)), (28, 1));
    let refused: Vec<(u64, u64)> = load(&scene, id).streams[0].seconds.iter().map(|second| (second.sent, second.lost)).collect();
    assert_eq!(refused[2..4], [(100_000, 50_000), (100_000, 100_000)]);
    assert_eq!((told(&scene, "NetworkIn", scene.web_1), told(&scene, "NetworkPacketsIn", scene.web_1)), came);
}

// rules: W1
#[test]
fn what_is_lost_at_the_receivers_limit_was_sent() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let (client, web_3) = (scene.client, scene.web_3);
    resize(&mut scene, client, "c5n.18xlarge");
    resize(&mut scene, web_3, "t3.small");
    let to = Target::PrivateOf(primary(&scene, web_3));
    let spec = LoadSpec { to, streams: 3, ..udp(&scene, 3_000 * MBIT, 8_972, secs(2)) };
    let before = told(&scene, "NetworkOut", client);
    let id = run(&mut scene, spec);
    scene.simulator.advance(secs(600), &mut |_| {});
    let (sent, arrived) = packets(load(&scene, id));
    let lost = sent - arrived;
    let eni = primary(&scene, web_3);
    assert!(lost > sent / 3);
    let counted = exceeded(&scene, eni, "bw_in_allowance_exceeded");
    assert!(counted.abs_diff(lost) < 10, "{counted} counted, {lost} lost");
    assert_eq!(exceeded(&scene, primary(&scene, client), "bw_out_allowance_exceeded"), 0);
    assert_eq!(told(&scene, "NetworkOut", client) - before, sent * 9_000 + 3 * 28);
    assert_eq!(told(&scene, "NetworkIn", web_3), arrived * 9_000 + 3 * 28);
}

// rules: E89
#[test]
fn a_load_ends_when_its_sender_stops_and_its_streams_when_nobody_answers() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let nobody = LoadSpec { protocol: Protocol::Tcp(444), ..tcp(&scene, 2, secs(5)) };
    let id = run(&mut scene, nobody);
    let streams: Vec<(bool, usize)> = load(&scene, id).streams.iter().map(|stream| (stream.is_open, stream.seconds.len())).collect();
    assert_eq!(streams, [(false, 0), (false, 0)]);
    let spec = tcp(&scene, 1, secs(20));
    let id = scene.simulator.add_load(spec).unwrap();
    scene.simulator.advance(millis(3_500), &mut |_| {});
    let client = scene.client;
    act(&mut scene.simulator, Command::StopInstances(vec![client]));
    scene.simulator.advance(secs(60), &mut |_| {});
    let seconds = &load(&scene, id).streams[0].seconds;
    assert_eq!(seconds.len(), 4);
    assert!(seconds[3].arrived * 2 <= seconds[2].arrived + 1);
    assert_eq!(scene.simulator.next_event_at(), None, "nothing is left of it");
    // There are as many streams, and seconds of them, as are kept.
    let too_many = [(0, 1), (1, 0), (129, 1), (128, 157)].map(|(streams, span)| tcp(&scene, streams, secs(span)));
    assert!(too_many.into_iter().all(|spec| scene.simulator.add_load(spec).is_err()));
}

// rules: W1
#[test]
fn what_is_left_of_a_packet_is_sent_later_and_every_second_one_is_acknowledged() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    // 1,052 bytes on the wire for 1,000: one and a half packets a second.
    let spec = LoadSpec { rate: Some(12_000), payload: Some(1_000), ..tcp(&scene, 1, secs(4)) };
    let id = run(&mut scene, spec);
    scene.simulator.advance(secs(600), &mut |_| {});
    let sent: Vec<u64> = load(&scene, id).streams[0].seconds.iter().map(|second| second.sent).collect();
    assert_eq!(sent, [1, 2, 1, 2]);
    // How the connection begins and ends is a packet each way.
    assert_eq!(told(&scene, "NetworkPacketsOut", scene.client), 6 + 2);
    assert_eq!(told(&scene, "NetworkPacketsIn", scene.client), 4 + 2);
}

// rules: E89
#[test]
fn a_stream_that_nobody_acknowledges_any_more_sends_next_to_nothing() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let spec = tcp(&scene, 1, secs(6));
    let id = scene.simulator.add_load(spec).unwrap();
    scene.simulator.advance(millis(2_500), &mut |_| {});
    // What answers does not leave the server's subnet: its ACL forgets.
    let acl = scene.simulator.network().vpc(scene.vpc).unwrap().default_acl;
    let ports = PortRange::new(1024, 65_535).unwrap();
    let entry = AclEntry { traffic: Traffic::Tcp(ports), cidr: "0.0.0.0/0".parse().unwrap(), action: AclAction::Deny };
    act(&mut scene.simulator, Command::SetNetworkAclEntry { acl, direction: Direction::Egress, number: 1, entry, replace: false });
    scene.simulator.advance(secs(4), &mut |_| {});
    let seconds = &load(&scene, id).streams[0].seconds;
    assert!(seconds[1].sent > 10_000);
    assert_eq!(seconds[3..].iter().map(|second| (second.sent <= 1, second.arrived)).collect::<Vec<_>>(), [(true, 0); 3]);
}

// rules: E89
#[test]
fn so_many_loads_run_at_once_and_so_many_that_ended_are_remembered() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let short = udp(&scene, 8_000, 1_000, secs(1));
    let ids: Vec<LoadId> = (0..MAX_LOADS).map(|_| scene.simulator.add_load(short).unwrap()).collect();
    assert!(scene.simulator.add_load(short).is_err());
    scene.simulator.advance(secs(2), &mut |_| {});
    assert!(scene.simulator.add_load(short).is_ok(), "the others have ended");
    let more = (1..MAX_LOADS).filter(|_| scene.simulator.add_load(short).is_ok()).count();
    assert_eq!((more, scene.simulator.add_load(short).is_err()), (MAX_LOADS - 1, true), "those that are remembered do not run");
    let known: Vec<bool> = ids.iter().rev().map(|id| scene.simulator.load_of(*id).is_some()).collect();
    assert!(known[0] && !known[MAX_LOADS - 1], "{known:?}");
    // One that runs is known, however many end meanwhile.
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let long = scene.simulator.add_load(LoadSpec { span: secs(20), ..short }).unwrap();
    for _ in 0..8 {
        run(&mut scene, short);
    }
    assert!(scene.simulator.load_of(long).is_some());
}

// rules: E89
#[test]
fn a_stream_that_was_refused_sends_nothing_beside_one_that_stands() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let log = scene.flow_log();
    act(&mut scene.simulator, log);
    let good = LoadSpec { rate: Some(8 * MBIT), payload: Some(1_000), ..tcp(&scene, 1, secs(5)) };
    let ids = [444, 443].map(|port| scene.simulator.add_load(LoadSpec { protocol: Protocol::Tcp(port), ..good }).unwrap());
    scene.simulator.advance(secs(120), &mut |_| {});
    assert_eq!(ids.map(|id| packets(load(&scene, id))), [(0, 0), (5_000, 5_000)]);
    assert_eq!(logged(&scene, scene.service, Direction::Ingress, false), (52, 1), "the one that was to open it");
}

// rules: E87
#[test]
fn what_is_refused_at_the_receiver_takes_nothing_of_what_it_may_carry() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let client = scene.client;
    resize(&mut scene, client, "c5n.18xlarge");
    let spec = LoadSpec { streams: 3, ..udp(&scene, 3_000 * MBIT, 8_972, secs(2)) };
    let id = scene.simulator.add_load(spec).unwrap();
    let group = scene.web_group;
    let rules = scene.simulator.network().group(group).unwrap().rules_of(Direction::Ingress).map(|rule| rule.id).collect();
    act(&mut scene.simulator, Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions: Vec::new(), rules });
    scene.simulator.advance(secs(2), &mut |_| {});
    let (sent, arrived) = packets(load(&scene, id));
    assert!(sent > 200_000 && arrived == 0);
    assert_eq!(exceeded(&scene, scene.service, "bw_in_allowance_exceeded"), 0);
}

/// How many microseconds an echo of the client's and its answer take.
fn ping(scene: &mut Scene) -> u64 {
    let (from, to) = (scene.inside(), Target::PrivateOf(scene.service));
    scene.simulator.send_once(ProbeSpec { from, to, protocol: Protocol::Icmp, timeout: secs(1) }).unwrap();
    let mut trip = 0;
    scene.simulator.advance(secs(1), &mut |event| {
        if let SimEvent::Answered { round_trip, .. } = event {
            trip = round_trip.as_nanos() / 1_000;
        }
    });
    trip
}

// rules: E87
#[test]
fn others_wait_behind_a_load() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    // One that asks for next to nothing goes on all the time.
    let little = udp(&scene, 8_000, 1_000, secs(60));
    scene.simulator.add_load(little).unwrap();
    // In tenths of a millisecond.
    for (streams, trip) in [(1, 12), (2, 62)] {
        let spec = tcp(&scene, streams, secs(3));
        let id = scene.simulator.add_load(spec).unwrap();
        scene.simulator.advance(millis(1_500), &mut |_| {});
        assert_eq!(ping(&mut scene) / 100, trip, "5 ms in front of the client's limit where there is too much");
        assert_eq!(load(&scene, id).streams[0].seconds[1].round_trip.as_nanos() / 100_000, trip);
        scene.simulator.advance(secs(5), &mut |_| {});
        assert_eq!(ping(&mut scene), 1_200, "what waited is gone");
    }
}
