//! What CloudWatch counts of Network Load Balancers (`W10`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::dataplane::Origin;
use eni_core::model::event::Event;
use eni_core::model::instance::InstanceState;
use eni_core::model::target_group::{BalancedProtocol, Target, TargetHealth, TargetKey, TargetWho};
use eni_core::observe::crossing::Times;
use eni_core::observe::metric::{METRICS, Metric, Subject};
use eni_core::observe::metrics::Metrics;
use eni_core::time::{Duration, Instant};
use support_dp::{Balancer, Host, Lab, packet};

/// A client at 10.0.3.10; targets A at 10.0.1.10 and B at 10.0.1.11, of which A is well; a node at 10.0.1.80 that takes TCP and UDP on port 80.
struct Scene {
    lab: Lab,
    metrics: Metrics,
    client: Host,
    a: Host,
    b: Host,
    balancer: Balancer,
}

impl Scene {
    fn new() -> Scene {
        let mut lab = Lab::new();
        let (one, outside) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.3.0/24"));
        let open = lab.group(&["in all 10.0.0.0/8", "out all 0.0.0.0/0"]);
        let client = lab.host("C", outside, "10.0.3.10", &[open]);
        let (a, b) = (lab.host("A", one, "10.0.1.10", &[open]), lab.host("B", one, "10.0.1.11", &[open]));
        let balancer = lab.balancer_of(&[(one, "10.0.1.80")], &[], true, BalancedProtocol::TcpUdp, false);
        lab.register(balancer.group, &[TargetWho::Instance(a.instance), TargetWho::Instance(b.instance)]);
        let metrics = Metrics::starting_at(lab.now);
        let mut scene = Scene { lab, metrics, client, a, b, balancer };
        scene.health(a, TargetHealth::Healthy);
        scene
    }

    fn health(&mut self, host: Host, health: TargetHealth) {
        let key = TargetKey { who: TargetWho::Instance(host.instance), port: 8080 };
        self.happen(Event::TargetSet(self.balancer.group, Target { key, health }));
    }

    fn happen(&mut self, event: Event) {
        self.metrics.before(&self.lab.network, &event);
        self.lab.apply(event.clone());
        self.metrics.after(&self.lab.network, &event, self.lab.now);
    }

    fn send(&mut self, from: Host, text: &str) {
        let walk = self.lab.send(Origin::Instance(from.instance), packet(text));
        self.metrics.saw(&self.lab.tracking, (&walk, Times::ONCE), self.lab.now);
    }

    fn minute_passes(&mut self) {
        self.minutes_pass(1);
    }

    /// Nobody looks before all of them are over.
    fn minutes_pass(&mut self, minutes: u64) {
        self.lab.now += Duration::from_secs(60 * minutes);
        self.metrics.pass(&self.lab.network, &mut self.lab.tracking, self.lab.now);
    }

    fn told(&self, name: &str, subject: Subject) -> Vec<(u64, u64)> {
        let metric = Metric::find("AWS/NetworkELB", name).unwrap();
        let samples = self.metrics.samples(&self.lab.network, metric, subject, (0, u64::MAX));
        samples.iter().map(|sample| (sample.minute, sample.sum)).collect()
    }

    /// What the last minute tells; a dash where it tells nothing.
    fn last(&self, names: &[&str]) -> String {
        let minute = self.lab.now.as_nanos() / Duration::from_secs(60).as_nanos() - 1;
        let of = |name: &&str| {
            let told = self.told(name, Subject::LoadBalancer(self.balancer.id));
            told.iter().find(|(at, _)| *at == minute).map_or("-".to_owned(), |(_, value)| value.to_string())
        };
        names.iter().map(of).collect::<Vec<_>>().join(" ")
    }
}

const TCP: [&str; 7] = [
    "ActiveFlowCount",
    "NewFlowCount",
    "ProcessedBytes",
    "ProcessedPackets",
    "TCP_Client_Reset_Count",
    "TCP_Target_Reset_Count",
    "TCP_ELB_Reset_Count",
];

// rules: W10
#[test]
fn each_minute_tells_flows_bytes_and_resets_and_none_without_traffic() {
    let mut scene = Scene::new();
    let (client, a) = (scene.client, scene.a);
    let cases: [(&[(Host, &str)], &str); 9] = [
        (&[], "- - - - - - -"),
        (&[(client, "tcp 0.0.0.0:50000 > 10.0.1.80:80")], "1 1 60 1 0 0 0"),
        // The answer, and a packet more: the flow is known.
        (&[(a, "tcp 10.0.1.10:8080 > 10.0.3.10:50000 syn+ack"), (client, "tcp 0.0.0.0:50000 > 10.0.1.80:80 ack")], "1 0 120 2 0 0 0"),
        // It is remembered for 350 s; while it is, a minute without packets tells that.
        (&[], "1 0 0 0 0 0 0"),
        // One that was reset is forgotten before the minute is over.
        (&[(client, "tcp 0.0.0.0:50001 > 10.0.1.80:80"), (client, "tcp 0.0.0.0:50001 > 10.0.1.80:80 rst")], "1 1 120 2 1 0 0"),
        (&[(a, "tcp 10.0.1.10:8080 > 10.0.3.10:50000 rst")], "0 0 60 1 0 1 0"),
        // A flow that it does not know it answers itself, and passes nothing on.
        (&[(client, "tcp 0.0.0.0:50009 > 10.0.1.80:80 ack")], "0 0 0 0 0 0 1"),
        (&[(client, "tcp 0.0.0.0:50009 > 10.0.1.80:80 rst")], "- - - - - - -"),
        // What no listener takes, and what is not for it.
        (&[(client, "tcp 0.0.0.0:50000 > 10.0.1.80:81"), (client, "tcp 0.0.0.0:50000 > 10.0.1.10:8080")], "- - - - - - -"),
    ];
    for (number, (packets, expected)) in cases.into_iter().enumerate() {
        packets.iter().for_each(|(from, text)| scene.send(*from, text));
        scene.minute_passes();
        assert_eq!(scene.last(&TCP), expected, "minute {number}");
    }
}

// rules: W10
#[test]
fn each_protocol_is_told_apart_while_there_is_some_of_it() {
    let mut scene = Scene::new();
    let client = scene.client;
    let names = [
        "NewFlowCount_TCP",
        "NewFlowCount_UDP",
        "ProcessedBytes_TCP",
        "ProcessedBytes_UDP",
        "ActiveFlowCount",
        "ActiveFlowCount_TCP",
        "ActiveFlowCount_UDP",
    ];
    for (text, expected) in [
        ("tcp 0.0.0.0:50000 > 10.0.1.80:80", "1 - 60 - 1 1 -"),
        ("udp 0.0.0.0:50000 > 10.0.1.80:80", "- 1 - 60 2 1 1"),
        ("udp 0.0.0.0:50000 > 10.0.1.80:80", "- - - 60 2 1 1"),
    ] {
        scene.send(client, text);
        scene.minute_passes();
        assert_eq!(scene.last(&names), expected, "{text}");
    }
}

// rules: W10 P52
#[test]
fn a_flow_counts_once_after_it_got_another_target_too() {
    let mut scene = Scene::new();
    let (client, a, b) = (scene.client, scene.a, scene.b);
    for (text, expected) in [("tcp 0.0.0.0:50000 > 10.0.1.80:80", "1"), ("tcp 0.0.0.0:50001 > 10.0.1.80:80", "2")] {
        scene.send(client, text);
        scene.minute_passes();
        assert_eq!(scene.last(&["ActiveFlowCount_TCP"]), expected);
    }
    scene.health(a, TargetHealth::Unhealthy);
    scene.health(b, TargetHealth::Healthy);
    ["tcp 0.0.0.0:50000 > 10.0.1.80:80", "tcp 0.0.0.0:50001 > 10.0.1.80:80"].iter().for_each(|text| scene.send(client, text));
    scene.minute_passes();
    assert_eq!(scene.last(&["ActiveFlowCount_TCP", "NewFlowCount_TCP"]), "2 2");
}

// rules: W10
#[test]
fn packets_of_a_load_count_as_often_as_they_came_to_the_node() {
    let mut scene = Scene::new();
    let node = scene.balancer.nodes[0];
    let walk = scene.lab.send(Origin::Instance(scene.client.instance), packet("udp 0.0.0.0:50000 > 10.0.1.80:80"));
    // Of a thousand that were sent, 700 came so far.
    let times = [(scene.client.eni, Direction::Egress, 1_000), (node, Direction::Ingress, 700)];
    scene.metrics.saw(&scene.lab.tracking, (&walk, Times(&times)), scene.lab.now);
    scene.minute_passes();
    let names = ["NewFlowCount", "ProcessedBytes", "ProcessedBytes_UDP", "ProcessedPackets"];
    assert_eq!(scene.last(&names), "1 42000 42000 700", "one flow, however many packets it has");
}

// rules: W10
#[test]
fn flows_are_told_of_each_minute_however_late_somebody_looks() {
    let mut scene = Scene::new();
    scene.send(scene.client, "tcp 0.0.0.0:50000 > 10.0.1.80:80");
    scene.minutes_pass(10);
    let told = scene.told("ActiveFlowCount", Subject::LoadBalancer(scene.balancer.id));
    assert_eq!(told, [0, 1, 2, 3, 4].map(|minute| (minute, 1)), "350 s are forgotten in the sixth minute");
}

// rules: W10
#[test]
fn targets_are_counted_by_how_well_they_are_at_the_end_of_each_minute() {
    let mut scene = Scene::new();
    let group = Subject::TargetGroup(scene.balancer.id, scene.balancer.group);
    let b = scene.b;
    // B is not known yet, then well, then not.
    scene.minute_passes();
    scene.lab.now += Duration::from_secs(30);
    scene.health(b, TargetHealth::Healthy);
    scene.lab.now = Instant::from_nanos(scene.lab.now.as_nanos() - 30_000_000_000);
    scene.minute_passes();
    scene.health(b, TargetHealth::Unhealthy);
    scene.minute_passes();
    scene.minute_passes();
    let counts = |scene: &Scene| {
        let of = |name| scene.told(name, group).iter().map(|(_, value)| *value).collect::<Vec<u64>>();
        (of("HealthyHostCount"), of("UnHealthyHostCount"))
    };
    assert_eq!(counts(&scene), (vec![1, 2, 1, 1], vec![0, 0, 1, 1]));
    scene.happen(Event::LoadBalancerDeleted(scene.balancer.id));
    scene.minute_passes();
    assert_eq!(counts(&scene).0.len(), 4, "nobody uses the group any more");
}

// rules: W10
#[test]
fn before_anything_happened_targets_were_as_they_are() {
    let mut scene = Scene::new();
    scene.metrics = Metrics::starting_at(scene.lab.now);
    scene.minutes_pass(2);
    let b = scene.b;
    scene.health(b, TargetHealth::Healthy);
    scene.minute_passes();
    let group = Subject::TargetGroup(scene.balancer.id, scene.balancer.group);
    assert_eq!(scene.told("HealthyHostCount", group), [(0, 1), (1, 1), (2, 2)]);
}

/// What both metrics tell of the last minute.
fn hosts(scene: &mut Scene) -> Option<(u64, u64)> {
    let group = Subject::TargetGroup(scene.balancer.id, scene.balancer.group);
    scene.minute_passes();
    let minute = scene.lab.now.as_nanos() / Duration::from_secs(60).as_nanos() - 1;
    let of = |name| scene.told(name, group).iter().find(|(at, _)| *at == minute).map(|(_, value)| *value);
    of("HealthyHostCount").zip(of("UnHealthyHostCount"))
}

// rules: W10
#[test]
fn targets_are_counted_while_they_are_in_use() {
    let mut scene = Scene::new();
    let (a, b, group) = (scene.a, scene.b, scene.balancer.group);
    scene.health(b, TargetHealth::Unhealthy);
    assert_eq!(hosts(&mut scene), Some((1, 1)));
    for (state, expected) in [(InstanceState::Stopped, (1, 0)), (InstanceState::Running, (1, 1))] {
        scene.happen(Event::InstanceStateChanged(b.instance, state));
        assert_eq!(hosts(&mut scene), Some(expected), "{state:?}");
    }
    // Without a listener that leads to it the group is in no use; with one it is again.
    let own = scene.lab.network.load_balancer(scene.balancer.id).unwrap().clone();
    let mut without = own.clone();
    without.listeners = Default::default();
    for (balancer, expected) in [(without, None), (own, Some((1, 1)))] {
        scene.happen(Event::LoadBalancerSet(Box::new(balancer)));
        assert_eq!(hosts(&mut scene), expected);
    }
    let key = |host: Host| TargetKey { who: TargetWho::Instance(host.instance), port: 8080 };
    scene.happen(Event::TargetGone(group, key(a)));
    assert_eq!(hosts(&mut scene), Some((0, 1)));
    // Without targets nothing is told.
    let mut empty = scene.lab.network.target_group(group).unwrap().clone();
    empty.targets = Default::default();
    scene.happen(Event::TargetGroupSet(Box::new(empty)));
    assert_eq!(hosts(&mut scene), None);
}

// rules: W10
#[test]
fn its_metrics_have_the_ends_of_its_arns_as_dimensions() {
    let scene = Scene::new();
    let network = &scene.lab.network;
    let balancer = network.load_balancer(scene.balancer.id).unwrap().path();
    let group = format!("targetgroup/{}", network.target_group(scene.balancer.group).unwrap().path());
    let of_balancer = Subject::LoadBalancer(scene.balancer.id);
    let of_group = Subject::TargetGroup(scene.balancer.id, scene.balancer.group);
    let dimensions =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>();
    let cases = [
        (dimensions(&[("LoadBalancer", &balancer)]), Some(of_balancer)),
        (dimensions(&[("LoadBalancer", &balancer), ("TargetGroup", &group)]), Some(of_group)),
        (dimensions(&[("TargetGroup", &group), ("LoadBalancer", &balancer)]), Some(of_group)),
        (dimensions(&[("LoadBalancer", "net/other/0000000000000001")]), None),
        (dimensions(&[("TargetGroup", &group)]), None),
        (dimensions(&[("LoadBalancer", &balancer), ("TargetGroup", "targetgroup/other/0000000000000001")]), None),
        (dimensions(&[("InstanceId", &balancer)]), None),
        (Vec::new(), None),
    ];
    // How many targets are well is told of a group behind its load balancer, everything else of the load balancer.
    for metric in METRICS.iter().filter(|metric| metric.namespace == "AWS/NetworkELB") {
        let own = if metric.name.ends_with("HostCount") { of_group } else { of_balancer };
        for (named, subject) in &cases {
            assert_eq!(metric.subject(network, named), subject.filter(|subject| *subject == own), "{} {named:?}", metric.name);
        }
    }
    let subjects = scene.metrics.subjects(network);
    assert!([of_balancer, of_group].iter().all(|subject| subjects.contains(subject)));
}
