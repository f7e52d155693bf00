//! Network Load Balancers on the way of packets: listeners, targets and zones, the client's address kept or hidden, and the way back (`P33` to `P40`,
//! `P50` to `P54`, `S37`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::control::command::Balancing;
use eni_core::dataplane::Origin;
use eni_core::dataplane::reason::{Balanced, Evidence, Target};
use eni_core::dataplane::resolver::{Decided, resolve};
use eni_core::dataplane::verdict::Walk;
use eni_core::id::GroupId;
use eni_core::model::Zone;
use eni_core::model::dns_name::DnsName;
use eni_core::model::event::Event;
use eni_core::model::hosted_zone::RecordType;
use eni_core::model::target_group::{BalancedProtocol, TargetHealth, TargetWho};
use eni_core::observe::crossing::of_walk;
use eni_core::time::Duration;
use support_dp::{Balancer, Host, Lab, packet};

/// A client at 10.0.3.10 in zone a; targets A at 10.0.1.10 in zone a and B at 10.0.2.10 in zone b; nodes at 10.0.1.80 and 10.0.2.80.
struct Scene {
    lab: Lab,
    client: Host,
    a: Host,
    b: Host,
    balancer: Balancer,
    guard: GroupId,
}

struct Wanted<'a> {
    /// Rules of the nodes; no group at all if empty.
    nodes: &'a [&'a str],
    /// Rules of the targets; `balancer` stands for the group of the nodes.
    targets: &'a [&'a str],
    by_instance: bool,
    protocol: BalancedProtocol,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Wanted { nodes: &[], targets: &["in tcp 8080 0.0.0.0/0"], by_instance: true, protocol: BalancedProtocol::Tcp }
    }
}

impl Scene {
    fn new(wanted: &Wanted<'_>) -> Scene {
        let mut lab = Lab::new();
        let (one, outside) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.3.0/24"));
        let guard = lab.group(wanted.nodes);
        let rules: Vec<String> = wanted.targets.iter().map(|rule| rule.replace("balancer", &guard.to_string())).collect();
        let targets = lab.group(&rules.iter().map(String::as_str).collect::<Vec<_>>());
        let open = lab.group(&["in all 10.0.0.0/8", "out all 0.0.0.0/0"]);
        let client = lab.host("C", outside, "10.0.3.10", &[open]);
        let a = lab.host("A", one, "10.0.1.10", &[targets]);
        lab.zone = Zone::new("us-east-1b");
        let two = lab.subnet("10.0.2.0/24");
        let b = lab.host("B", two, "10.0.2.10", &[targets]);
        let groups = if wanted.nodes.is_empty() { vec![] } else { vec![guard] };
        let balancer = lab.balancer_of(&[(one, "10.0.1.80"), (two, "10.0.2.80")], &groups, wanted.by_instance, wanted.protocol, false);
        let mut scene = Scene { lab, client, a, b, balancer, guard };
        let who = if wanted.by_instance {
            [TargetWho::Instance(a.instance), TargetWho::Instance(b.instance)]
        } else {
            [TargetWho::Address("10.0.1.10".parse().unwrap()), TargetWho::Address("10.0.2.10".parse().unwrap())]
        };
        scene.lab.register(scene.balancer.group, &who);
        scene
    }

    /// The target is B, in another zone than the node, and one of their subnets has an ACL that lets everything pass but for a rule: the node's (1)
    /// or the target's (2).
    fn with_acl(number: u8, rule: &str) -> Scene {
        let mut scene = Scene::new(&Wanted::default());
        scene.cross_zone();
        scene.health(scene.b, TargetHealth::Healthy);
        let vpc = scene.lab.vpc;
        let acl = eni_core::id::ResourceId::from_number(90);
        scene.lab.acl_with(acl, vpc);
        for both in ["in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0", rule] {
            scene.lab.set_acl(acl, both);
        }
        let eni = if number == 1 { scene.balancer.nodes[0] } else { scene.b.eni };
        let subnet = scene.lab.network.eni(eni).unwrap().subnet;
        scene.lab.apply(Event::AclAssociationReplaced(subnet, acl, eni_core::id::ResourceId::from_number(90)));
        scene
    }

    fn asks(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Instance(self.client.instance), packet(text))
    }

    fn answers(&mut self, host: Host, text: &str) -> Walk {
        self.lab.send(Origin::Instance(host.instance), packet(text))
    }

    fn health(&mut self, host: Host, health: TargetHealth) {
        self.lab.health(self.balancer.group, TargetWho::Instance(host.instance), health);
    }

    fn cross_zone(&mut self) {
        self.lab.balance(Balancing::ModifyAttributes { balancer: self.balancer.id, cross_zone: Some(true) });
    }

    fn keeps(&mut self, keeps: bool) {
        let act = Balancing::ModifyGroupAttributes { group: self.balancer.group, keeps_client: Some(keeps), drain_secs: None };
        self.lab.balance(act);
    }
}

/// What the node did.
fn did(walk: &Walk) -> Balanced {
    let found = walk.steps.iter().rev().find_map(|step| match step.evidence {
        Evidence::Balanced { did, .. } => Some(did),
        _ => None,
    });
    found.unwrap()
}

fn arrived(walk: &Walk) -> String {
    let arrival = walk.arrived.unwrap();
    let (from, to) = arrival.packet.ports().unwrap();
    format!("{}:{from} > {}:{to}", arrival.packet.source, arrival.packet.destination)
}

/// The crossings of a walk as a flow log has them: ENI's address, direction, addresses.
fn crossings(lab: &Lab, walk: &Walk) -> Vec<String> {
    of_walk(&lab.network, walk)
        .iter()
        .map(|crossing| {
            let eni = lab.network.eni(crossing.eni).unwrap().primary_ip().unwrap();
            let way = if crossing.direction == eni_core::addr::Direction::Egress { "out" } else { "in" };
            let ok = if crossing.accepted { "ACCEPT" } else { "REJECT" };
            format!("{eni} {way} {} {} {ok}", crossing.packet.source, crossing.packet.destination)
        })
        .collect()
}

const ASKS: &str = "tcp 10.0.3.10:50000 > 10.0.1.80:80";

// rules: P33 P50 P51 P34
#[test]
fn with_the_clients_address_kept_the_answer_goes_back_through_the_node_without_a_route() {
    let mut scene = Scene::new(&Wanted::default());
    let walk = scene.asks(ASKS);
    scene.lab.expect(
        &walk,
        &[
            "C leaves 10.0.3.0/24 by 10.0.3.10",
            "vpc OWNER DELIVER",
            "10.0.1.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.1.80 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.80 DESTINATION_RUNS DELIVER",
            "10.0.1.80 LOAD_BALANCER TRANSLATE",
            "10.0.1.80 SOURCE_ATTACHED ALLOW",
            "10.0.1.80 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.1.0/24 SAME_SUBNET DELIVER",
            "10.0.1.10 SECURITY_GROUP_IN ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.10 DESTINATION_RUNS DELIVER",
            "A GUEST_ADDRESS ALLOW",
            "A LISTENER DELIVER",
        ],
    );
    assert_eq!(arrived(&walk), "10.0.3.10:50000 > 10.0.1.10:8080");
    assert_eq!(
        crossings(&scene.lab, &walk),
        [
            "10.0.3.10 out 10.0.3.10 10.0.1.80 ACCEPT",
            "10.0.1.80 in 10.0.3.10 10.0.1.80 ACCEPT",
            "10.0.1.80 out 10.0.3.10 10.0.1.10 ACCEPT",
            "10.0.1.10 in 10.0.3.10 10.0.1.10 ACCEPT",
        ]
    );
    let back = scene.answers(scene.a, "tcp 10.0.1.10:8080 > 10.0.3.10:50000 syn+ack");
    scene.lab.expect(
        &back,
        &[
            "A SOURCE_RUNS ALLOW",
            "A GUEST_ROUTE ROUTE",
            "10.0.1.10 SOURCE_ATTACHED ALLOW",
            "10.0.1.10 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.1.10 SECURITY_GROUP_OUT ALLOW",
            "10.0.1.0/24 ROUTE ROUTE",
            "10.0.1.80 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.1.80 DESTINATION_RUNS DELIVER",
            "10.0.1.80 LOAD_BALANCER TRANSLATE",
            "10.0.1.80 SOURCE_ATTACHED ALLOW",
            "10.0.1.80 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.1.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.1.0/24 ROUTE ROUTE",
            "vpc OWNER DELIVER",
            "C is reached in 10.0.3.0/24 at 10.0.3.10",
        ],
    );
    assert_eq!(arrived(&back), "10.0.1.80:80 > 10.0.3.10:50000");
    assert_eq!(
        crossings(&scene.lab, &back),
        [
            "10.0.1.10 out 10.0.1.10 10.0.3.10 ACCEPT",
            "10.0.1.80 in 10.0.1.10 10.0.3.10 ACCEPT",
            "10.0.1.80 out 10.0.1.80 10.0.3.10 ACCEPT",
            "10.0.3.10 in 10.0.1.80 10.0.3.10 ACCEPT",
        ]
    );
}

// rules: P35 P50
#[test]
fn with_the_clients_address_hidden_the_target_speaks_to_the_node() {
    let mut scene = Scene::new(&Wanted { by_instance: false, ..Wanted::default() });
    let walk = scene.asks(ASKS);
    assert_eq!(arrived(&walk), "10.0.1.80:50000 > 10.0.1.10:8080");
    let back = scene.answers(scene.a, "tcp 10.0.1.10:8080 > 10.0.1.80:50000 syn+ack");
    assert_eq!(arrived(&back), "10.0.1.80:80 > 10.0.3.10:50000");
    assert_eq!(
        crossings(&scene.lab, &back),
        [
            "10.0.1.10 out 10.0.1.10 10.0.1.80 ACCEPT",
            "10.0.1.80 in 10.0.1.10 10.0.1.80 ACCEPT",
            "10.0.1.80 out 10.0.1.80 10.0.3.10 ACCEPT",
            "10.0.3.10 in 10.0.1.80 10.0.3.10 ACCEPT",
        ]
    );
}

// rules: P35
#[test]
fn two_clients_on_one_port_are_told_apart_behind_a_node_that_hides_them() {
    let mut scene = Scene::new(&Wanted { by_instance: false, ..Wanted::default() });
    let subnet = scene.lab.network.eni(scene.client.eni).unwrap().subnet;
    scene.lab.zone = Zone::new("us-east-1a");
    let open = scene.lab.group(&["in all 10.0.0.0/8", "out all 0.0.0.0/0"]);
    let second = scene.lab.host("D", subnet, "10.0.3.11", &[open]);
    assert_eq!(arrived(&scene.asks(ASKS)), "10.0.1.80:50000 > 10.0.1.10:8080");
    let walk = scene.answers(second, "tcp 10.0.3.11:50000 > 10.0.1.80:80");
    assert_eq!(arrived(&walk), "10.0.1.80:50001 > 10.0.1.10:8080");
    let back = scene.answers(scene.a, "tcp 10.0.1.10:8080 > 10.0.1.80:50001 syn+ack");
    assert_eq!(arrived(&back), "10.0.1.80:80 > 10.0.3.11:50000");
}

// rules: P34
#[test]
fn who_sees_the_clients_address_follows_from_target_type_protocol_and_attribute() {
    use BalancedProtocol::{Tcp, TcpUdp, Udp};
    for (by_instance, protocol, set, keeps) in [
        (true, Tcp, None, true),
        (false, Tcp, None, false),
        (true, Tcp, Some(false), false),
        (false, Tcp, Some(true), true),
        (true, Udp, None, true),
        (false, Udp, None, true),
        (false, TcpUdp, None, true),
    ] {
        let mut scene = Scene::new(&Wanted { by_instance, protocol, ..Wanted::default() });
        if let Some(set) = set {
            scene.keeps(set);
        }
        let group = scene.lab.network.target_group(scene.balancer.group).unwrap();
        assert_eq!(group.keeps_client_address(), keeps, "{by_instance} {protocol:?} {set:?}");
        if protocol == Tcp {
            let source = if keeps { "10.0.3.10" } else { "10.0.1.80" };
            assert_eq!(arrived(&scene.asks(ASKS)), format!("{source}:50000 > 10.0.1.10:8080"));
        }
    }
}

// rules: P35 P38
#[test]
fn the_targets_groups_see_the_client_or_the_node_and_know_the_nodes_group_either_way() {
    let open = &["in tcp 80 0.0.0.0/0", "out all 0.0.0.0/0"];
    let no = "DENIED ENI_SG_RULES_MISMATCH";
    for (keeps, rule, ending) in [
        (true, "in tcp 8080 10.0.3.0/24", "DELIVERED"),
        (true, "in tcp 8080 10.0.1.80/32", no),
        (false, "in tcp 8080 10.0.3.0/24", no),
        (false, "in tcp 8080 10.0.1.80/32", "DELIVERED"),
        (true, "in tcp 8080 balancer", "DELIVERED"),
        (false, "in tcp 8080 balancer", "DELIVERED"),
        (true, "in tcp 80 balancer", no),
    ] {
        let mut scene = Scene::new(&Wanted { nodes: open, targets: &[rule], ..Wanted::default() });
        scene.keeps(keeps);
        assert_eq!(Lab::ending(&scene.asks(ASKS)), ending, "{keeps} {rule}");
    }
    // The node itself lets out only what its own rules do; a group in them is that of the target.
    for (out, ending) in [("out tcp 8080 10.0.1.10/32", "DELIVERED"), ("out tcp 80 0.0.0.0/0", no)] {
        let mut scene = Scene::new(&Wanted { nodes: &["in tcp 80 0.0.0.0/0", out], ..Wanted::default() });
        assert_eq!(Lab::ending(&scene.asks(ASKS)), ending, "{out}");
    }
    let mut scene = Scene::new(&Wanted { nodes: &["in tcp 443 0.0.0.0/0"], ..Wanted::default() });
    assert_eq!(Lab::ending(&scene.asks(ASKS)), no, "the node's group lets nobody in on port 80");
    assert_eq!(scene.lab.network.eni(scene.balancer.nodes[0]).unwrap().groups, [scene.guard]);
}

// rules: P33 P50 N9
#[test]
fn acls_of_both_subnets_see_the_packet_each_way() {
    // Out of the node's subnet, into it, and the same at the target's, where the target is in another zone.
    for (number, rule, ending, back) in [
        (1, "out 50 deny tcp 8080 0.0.0.0/0", "DENIED SUBNET_ACL_RESTRICTION", ""),
        (2, "in 50 deny tcp 8080 10.0.3.0/24", "DENIED SUBNET_ACL_RESTRICTION", ""),
        (2, "in 50 deny tcp 8080 10.0.1.0/24", "DELIVERED", "DELIVERED"),
        (2, "out 50 deny tcp 50000 10.0.3.0/24", "DELIVERED", "DENIED SUBNET_ACL_RESTRICTION"),
        (1, "in 50 deny tcp 50000 10.0.2.0/24", "DELIVERED", "DENIED SUBNET_ACL_RESTRICTION"),
        (1, "out 50 deny tcp 50000 10.0.3.0/24", "DELIVERED", "DENIED SUBNET_ACL_RESTRICTION"),
    ] {
        let mut scene = Scene::with_acl(number, rule);
        assert_eq!(Lab::ending(&scene.asks(ASKS)), ending, "{number} {rule}");
        if !back.is_empty() {
            let walk = scene.answers(scene.b, "tcp 10.0.2.10:8080 > 10.0.3.10:50000 syn+ack");
            assert_eq!(Lab::ending(&walk), back, "{number} {rule}");
        }
    }
}

// rules: P50 F4
#[test]
fn an_answer_that_the_acl_of_the_nodes_subnet_refuses_is_refused_at_the_node() {
    let mut scene = Scene::with_acl(1, "in 50 deny tcp 50000 10.0.2.0/24");
    scene.asks(ASKS);
    let back = scene.answers(scene.b, "tcp 10.0.2.10:8080 > 10.0.3.10:50000 syn+ack");
    assert_eq!(crossings(&scene.lab, &back), ["10.0.2.10 out 10.0.2.10 10.0.3.10 ACCEPT", "10.0.1.80 in 10.0.2.10 10.0.3.10 REJECT"]);
    let targets: Vec<_> = of_walk(&scene.lab.network, &back).iter().map(|crossing| crossing.target).collect();
    assert_eq!(targets, [Some(Target::Eni(scene.balancer.nodes[0])), None]);
}

// rules: P51 P53 P54
#[test]
fn a_node_chooses_healthy_targets_of_its_zone_or_of_every_zone_and_all_where_none_is_healthy() {
    use TargetHealth::{Healthy, Initial, Unhealthy};
    let chosen = |walk: &Walk| match did(walk) {
        Balanced::Chosen { of, healthy, .. } => format!("{of} {healthy}"),
        Balanced::NoTarget { .. } => Lab::ending(walk),
        other => format!("{other:?}"),
    };
    for (cross, a, b, expected) in [
        (false, Healthy, Healthy, "1 true"),
        (true, Healthy, Healthy, "2 true"),
        (true, Healthy, Unhealthy, "1 true"),
        (true, Unhealthy, Healthy, "1 true"),
        (true, Initial, Healthy, "1 true"),
        // Its own zone fails open, though another one is well.
        (false, Unhealthy, Healthy, "1 false"),
        (true, Unhealthy, Unhealthy, "2 false"),
        (true, Initial, Initial, "2 false"),
    ] {
        let mut scene = Scene::new(&Wanted::default());
        scene.health(scene.a, a);
        scene.health(scene.b, b);
        if cross {
            scene.cross_zone();
        }
        assert_eq!(chosen(&scene.asks(ASKS)), expected, "{cross} {a:?} {b:?}");
    }
    let mut scene = Scene::new(&Wanted::default());
    let gone = Balancing::Deregister(scene.balancer.group, vec![(TargetWho::Instance(scene.a.instance), None)]);
    scene.lab.balance(gone);
    assert_eq!(chosen(&scene.asks(ASKS)), "DENIED ELBV2_NO_TARGETS_IN_AZ", "what drains gets no new flow");
    scene.cross_zone();
    assert_eq!(chosen(&scene.asks(ASKS)), "1 false");
}

// rules: P51
#[test]
fn a_flow_keeps_its_target_and_flows_spread_by_their_hash() {
    let mut scene = Scene::new(&Wanted::default());
    scene.cross_zone();
    let mut seen = Vec::new();
    for port in 50_000..50_040 {
        let text = format!("tcp 10.0.3.10:{port} > 10.0.1.80:80");
        let first = arrived(&scene.asks(&text));
        assert_eq!(arrived(&scene.asks(&text)), first, "the same packet again");
        seen.push(first.contains("10.0.1.10"));
    }
    let near = seen.iter().filter(|near| **near).count();
    assert!((5..=35).contains(&near), "{near} of 40 to A");
    let again: Vec<bool> = (50_000..50_040)
        .map(|port| {
            let walk = scene.lab.ask(Origin::Instance(scene.client.instance), packet(&format!("tcp 10.0.3.10:{port} > 10.0.1.80:80")));
            arrived(&walk).contains("10.0.1.10")
        })
        .collect();
    assert_eq!(again, seen);
}

// rules: P39 P52 P53
#[test]
fn a_flow_is_forgotten_after_350_seconds_and_ends_when_its_target_is_out_or_unhealthy() {
    let later = "tcp 10.0.3.10:50000 > 10.0.1.80:80 ack";
    let unknown = "DENIED NLB_FLOW_UNKNOWN";
    for (secs, ending) in [(349, "DELIVERED"), (351, unknown)] {
        let mut scene = Scene::new(&Wanted::default());
        scene.asks(ASKS);
        scene.lab.now += Duration::from_secs(secs);
        // The client's own group has forgotten it by then; it lets everything out.
        assert_eq!(Lab::ending(&scene.asks(later)), ending, "{secs}");
    }
    let mut scene = Scene::new(&Wanted::default());
    scene.cross_zone();
    scene.health(scene.a, TargetHealth::Healthy);
    scene.asks(ASKS);
    assert_eq!(did(&scene.asks(later)), Balanced::Known { target: ("10.0.1.10".parse().unwrap(), 8080), keeps: true });
    scene.health(scene.a, TargetHealth::Unhealthy);
    assert_eq!(Lab::ending(&scene.asks(later)), "DELIVERED", "nobody is healthy: it goes on");
    scene.health(scene.b, TargetHealth::Healthy);
    assert_eq!(Lab::ending(&scene.asks(later)), unknown);
    assert!(arrived(&scene.asks(ASKS)).ends_with("10.0.2.10:8080"), "a new connection goes elsewhere");
    assert_eq!(Lab::ending(&scene.asks("tcp 10.0.3.10:50009 > 10.0.1.80:80 ack")), unknown);
}

// rules: P50
#[test]
fn a_node_takes_what_it_listens_to_and_answers_no_echo() {
    let mut scene = Scene::new(&Wanted::default());
    for (text, ending) in [
        ("tcp 10.0.3.10:50000 > 10.0.1.80:81", "DENIED ELBV2_LISTENERS_MISMATCH"),
        ("udp 10.0.3.10:50000 > 10.0.1.80:80", "DENIED ELBV2_LISTENERS_MISMATCH"),
        ("ping 10.0.3.10:7 > 10.0.1.80:0", "DENIED PROTOCOL_RESTRICTION"),
        ("tcp 10.0.3.10:50000 > 10.0.1.80:80", "DELIVERED"),
    ] {
        assert_eq!(Lab::ending(&scene.asks(text)), ending, "{text}");
    }
}

// rules: P37
#[test]
fn a_target_that_asks_its_own_load_balancer_is_refused_where_it_is_chosen_itself() {
    for (keeps, ending) in [(true, "DENIED GUEST_OWN_SOURCE"), (false, "DELIVERED")] {
        let mut scene = Scene::new(&Wanted { targets: &["in all 0.0.0.0/0", "out all 0.0.0.0/0"], ..Wanted::default() });
        scene.keeps(keeps);
        let walk = scene.answers(scene.a, "tcp 10.0.1.10:50000 > 10.0.1.80:80");
        assert_eq!(Lab::ending(&walk), ending, "{keeps}");
        let other = scene.answers(scene.b, "tcp 10.0.2.10:50000 > 10.0.1.80:80");
        assert_eq!(Lab::ending(&other), "DELIVERED", "another instance gets through");
    }
}

// rules: S37 P40
#[test]
fn flows_through_a_load_balancer_are_tracked_though_rules_are_open_to_all() {
    let open = &["in all 0.0.0.0/0", "out all 0.0.0.0/0"];
    let mut scene = Scene::new(&Wanted { nodes: open, targets: open, ..Wanted::default() });
    scene.asks(ASKS);
    let tracked = |eni| scene.lab.tracking.flows(eni).map(|(_, flow)| flow.tracked).collect::<Vec<_>>();
    assert_eq!(tracked(scene.balancer.nodes[0]), [true, true], "the client's flow, and the target's");
    assert_eq!(tracked(scene.a.eni), [true]);
    // The same without the load balancer is not.
    let mut direct = Scene::new(&Wanted { nodes: open, targets: open, ..Wanted::default() });
    direct.asks("tcp 10.0.3.10:50000 > 10.0.1.10:8080");
    assert_eq!(direct.lab.tracking.flows(direct.a.eni).map(|(_, flow)| flow.tracked).collect::<Vec<_>>(), [false]);
}

// rules: R71
#[test]
fn its_name_leads_to_the_nodes_of_zones_that_are_well() {
    use TargetHealth::{Healthy, Unhealthy};
    let ask = |scene: &Scene, name: &str| {
        let vpc = scene.lab.network.vpc(scene.lab.vpc).unwrap();
        let answer = resolve(&scene.lab.network, vpc, &DnsName::read(name).unwrap(), RecordType::A);
        (answer.records.iter().map(|record| record.value.clone()).collect::<Vec<_>>().join(" "), answer.decided)
    };
    let name = "shop-0000000000000001.elb.us-east-1.amazonaws.com";
    for (a, b, expected) in [
        (Healthy, Healthy, "10.0.1.80 10.0.2.80"),
        (Healthy, Unhealthy, "10.0.1.80"),
        (Unhealthy, Healthy, "10.0.2.80"),
        (Unhealthy, Unhealthy, "10.0.1.80 10.0.2.80"),
    ] {
        let mut scene = Scene::new(&Wanted::default());
        scene.health(scene.a, a);
        scene.health(scene.b, b);
        assert_eq!(ask(&scene, name), (expected.to_owned(), vec![Decided::Balancer(scene.balancer.id)]), "{a:?} {b:?}");
        assert_eq!(ask(&scene, &format!("us-east-1b.{name}")).0, "10.0.2.80");
        assert_eq!(ask(&scene, "other-0000000000000001.elb.us-east-1.amazonaws.com").0, "");
        if (a, b) == (Healthy, Unhealthy) {
            scene.cross_zone();
            assert_eq!(ask(&scene, name).0, "10.0.1.80 10.0.2.80", "each zone reaches the healthy one");
        }
    }
}

// rules: P33 R70
#[test]
fn an_internet_facing_one_is_reached_by_its_public_address_and_its_targets_need_no_way_out() {
    let mut lab = Lab::new();
    let (public, private) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    lab.gateway();
    lab.own_table(private);
    let group = lab.group(&["in tcp 8080 0.0.0.0/0"]);
    let a = lab.host("A", private, "10.0.2.10", &[group]);
    let balancer = lab.balancer_of(&[(public, "")], &[], true, BalancedProtocol::Tcp, true);
    lab.register(balancer.group, &[TargetWho::Instance(a.instance)]);
    let node = lab.network.eni(balancer.nodes[0]).unwrap();
    let own = node.primary_ip().unwrap();
    let address = node.public_of(own).unwrap().ip;
    let name = DnsName::read("shop-0000000000000001.elb.us-east-1.amazonaws.com").unwrap();
    let answer = resolve(&lab.network, lab.network.vpc(lab.vpc).unwrap(), &name, RecordType::A);
    assert_eq!(answer.records[0].value, address.to_string(), "its name leads there, also where it is asked inside the VPC");
    let walk = lab.send(Origin::Internet, packet(&format!("tcp 198.51.100.7:50000 > {address}:80")));
    assert_eq!(arrived(&walk), "198.51.100.7:50000 > 10.0.2.10:8080");
    let back = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.2.10:8080 > 198.51.100.7:50000 syn+ack"));
    assert_eq!((Lab::ending(&back), arrived(&back)), ("EXITS_NETWORK".to_owned(), format!("{address}:80 > 198.51.100.7:50000")));
    // Without the flow the same packet finds no route.
    let stray = lab.ask(Origin::Eni(a.eni), packet("tcp 10.0.2.10:8080 > 198.51.100.7:50001 ack"));
    assert!(!stray.disposition.got_through());
    assert!(!address.is_private());
}

// rules: P50 S32
#[test]
fn a_connection_through_it_stays_open_under_groups_that_track_it() {
    let open = &["in tcp 80 0.0.0.0/0", "out all 0.0.0.0/0"];
    let mut scene = Scene::new(&Wanted { nodes: open, targets: &["in tcp 8080 10.0.3.0/24"], ..Wanted::default() });
    for (there, back) in [("", " syn+ack"), (" ack", " ack"), (" ack", " ack")] {
        let walk = scene.asks(&format!("{ASKS}{there}"));
        assert_eq!(Lab::ending(&walk), "DELIVERED", "{there} {:?}", scene.lab.lines(&walk));
        let walk = scene.answers(scene.a, &format!("tcp 10.0.1.10:8080 > 10.0.3.10:50000{back}"));
        assert_eq!(Lab::ending(&walk), "DELIVERED", "{back} {:?}", scene.lab.lines(&walk));
    }
}

// rules: P36
#[test]
fn a_target_outside_of_the_vpc_sees_the_node_whatever_is_set() {
    let mut scene = Scene::new(&Wanted { by_instance: false, ..Wanted::default() });
    scene.keeps(true);
    let own = [("10.0.1.10", None), ("10.0.2.10", None)];
    let gone = own.iter().map(|(ip, port)| (TargetWho::Address(ip.parse().unwrap()), *port)).collect();
    scene.lab.balance(Balancing::Deregister(scene.balancer.group, gone));
    scene.lab.register(scene.balancer.group, &[TargetWho::Address("192.168.7.7".parse().unwrap())]);
    let (gateway, table) = (scene.lab.vpn_gateway(), scene.lab.table);
    scene.lab.route(table, "192.168.0.0/16", eni_core::model::route_table::RouteTarget::VpnGateway(gateway));
    let walk = scene.asks(ASKS);
    assert_eq!((Lab::ending(&walk), arrived(&walk)), ("EXITS_NETWORK".to_owned(), "10.0.1.80:50000 > 192.168.7.7:8080".to_owned()));
}
