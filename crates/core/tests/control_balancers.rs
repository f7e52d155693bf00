//! Load balancers, listeners, target groups and targets: made, changed, checked, deleted (R70 to R76, E80, E82, E83).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::PortRange;
use eni_core::control::command::{Balancing, Command, CreateListener, CreateLoadBalancer, CreateTargetGroup, NodeWanted};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::instance::{Listener, ListenerProtocol};
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, TargetHealth, TargetKey, TargetWho};
use eni_core::packet::TcpFlags;
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::time::Duration;
use support::scene::{Scene, eip, from_block, inst, sg, subnet, vpc};
use support::{id, ip};

fn act(act: Balancing) -> Command {
    Command::Balance(Box::new(act))
}

fn nodes(numbers: &[u64]) -> Vec<NodeWanted> {
    numbers.iter().map(|number| NodeWanted { subnet: subnet(*number), allocation: None, private_ip: None }).collect()
}

fn balancer(internet_facing: bool, subnets: Vec<NodeWanted>, groups: &[GroupId]) -> Command {
    let (name, groups) = ("shop".to_owned(), groups.to_vec());
    act(Balancing::Create(CreateLoadBalancer { name, internet_facing, subnets, groups, tags: Tags::new() }))
}

fn target_group(check: HealthCheck) -> Command {
    let (name, protocol) = ("web".to_owned(), BalancedProtocol::Tcp);
    act(Balancing::CreateGroup(CreateTargetGroup { name, vpc: vpc(1), protocol, port: 8080, by_instance: true, check, tags: Tags::new() }))
}

fn listener() -> Command {
    act(Balancing::CreateListener(CreateListener { balancer: id(1), protocol: BalancedProtocol::Tcp, port: 80, group: id(1) }))
}

fn register(number: u64) -> Command {
    act(Balancing::Register(id(1), vec![(TargetWho::Instance(inst(number)), None)]))
}

fn deregister(number: u64) -> Command {
    act(Balancing::Deregister(id(1), vec![(TargetWho::Instance(inst(number)), None)]))
}

fn key(number: u64) -> TargetKey {
    TargetKey { who: TargetWho::Instance(inst(number)), port: 8080 }
}

// rules: R70 E80 E82 E83 E13
#[test]
fn it_has_an_eni_of_its_own_in_each_subnet_which_goes_with_it_and_nobody_else_manages() {
    let mut scene = Scene::new();
    let Reply::LoadBalancer(made) = scene.accept(balancer(false, nodes(&[1, 2]), &[sg(3)])) else { panic!() };
    let found = scene.network.load_balancer(made).unwrap().clone();
    assert!(!found.active);
    for (node, number) in found.nodes.iter().zip([1, 2]) {
        let eni = scene.eni(node.eni);
        let by = eni.requester.as_ref().unwrap();
        assert_eq!((eni.description.as_str(), eni.kind.as_str()), ("ELB net/shop/0000000000000001", "network_load_balancer"));
        assert_eq!((by.id.as_str(), by.managed, eni.source_dest_check), ("amazon-elb", true, false));
        assert_eq!((eni.subnet, eni.groups.as_slice()), (subnet(number), [sg(3)].as_slice()));
        scene.refuse_with(Command::DeleteNetworkInterface(node.eni), "AuthFailure");
        let refusal = scene.refuse(Command::ServiceLeaves(node.eni));
        assert!(refusal.message().contains("net/shop"), "{refusal}");
    }
    scene.refuse_with(Command::DeleteSecurityGroup(sg(3)), "DependencyViolation");
    scene.refuse_with(Command::DeleteSubnet(subnet(2)), "DependencyViolation");
    scene.wait(10);
    assert!(scene.network.load_balancer(made).unwrap().active);
    scene.accept(act(Balancing::Delete(made)));
    assert!(scene.network.load_balancer(made).is_none() && found.nodes.iter().all(|node| scene.network.eni(node.eni).is_none()));
    scene.accept(act(Balancing::Delete(made)));
    scene.accept(Command::DeleteSecurityGroup(sg(3)));
}

// rules: R70 A28
#[test]
fn an_internet_facing_one_has_public_addresses_its_own_elastic_ips_or_those_of_the_pool() {
    let mut scene = Scene::new();
    let mut wanted = nodes(&[1, 2]);
    wanted[0].allocation = Some(eip(2));
    scene.accept(balancer(true, wanted, &[]));
    let found = scene.network.load_balancer(id(1)).unwrap().clone();
    let public = |number: usize| scene.public(found.nodes[number].eni);
    let held = scene.network.elastic_ip(eip(2)).unwrap().ip;
    assert_eq!(public(0), Some(held));
    assert!(public(1).is_some_and(|ip| ip != held));
    assert!(scene.eni(found.nodes[0].eni).groups.is_empty(), "made without groups, it has none");
    let tie = scene.network.elastic_ip(eip(2)).unwrap().association.unwrap();
    scene.refuse_with(Command::DisassociateAddress(tie.id), "AuthFailure");
    scene.refuse_with(Command::ReleaseAddress(eip(2)), "AuthFailure");
    scene.accept(act(Balancing::Delete(id(1))));
    assert!(scene.network.elastic_ip(eip(2)).unwrap().association.is_none(), "it stays with the account");

    let mut scene = Scene::new();
    let mut wanted = nodes(&[1]);
    wanted[0].private_ip = Some(ip("10.0.1.80"));
    scene.accept(balancer(false, wanted, &[]));
    let node = scene.network.load_balancer(id(1)).unwrap().nodes[0].eni;
    assert_eq!((scene.eni(node).primary_ip(), scene.public(node)), (Some(ip("10.0.1.80")), None));
}

// rules: R76
#[test]
fn a_target_in_use_drains_and_another_one_is_gone_at_once() {
    let mut scene = Scene::new();
    scene.accept(target_group(HealthCheck::default()));
    scene.accept(register(1));
    scene.accept(deregister(1));
    assert!(scene.network.target_group(id(1)).unwrap().targets.is_empty(), "nobody uses it");
    scene.accept(balancer(false, nodes(&[1]), &[]));
    scene.accept(listener());
    scene.accept(register(1));
    scene.accept(deregister(1));
    let health = |scene: &Scene| scene.network.target_group(id(1)).unwrap().target(key(1)).map(|target| target.health);
    assert!(matches!(health(&scene), Some(TargetHealth::Draining(_))));
    scene.wait(299);
    assert!(health(&scene).is_some());
    scene.wait(1);
    assert_eq!(health(&scene), None);
    // One that comes back while it drains stays.
    scene.accept(register(1));
    scene.accept(deregister(1));
    scene.accept(register(1));
    scene.wait(400);
    assert_eq!(health(&scene), Some(TargetHealth::Initial));
    // Without a delay nothing drains.
    scene.accept(act(Balancing::ModifyGroupAttributes { group: id(1), keeps_client: None, drain_secs: Some(0) }));
    scene.accept(deregister(1));
    assert_eq!(health(&scene), None);
}

// rules: R73 R74
#[test]
fn what_is_told_of_a_target_follows_from_its_checks_and_from_the_network() {
    let mut scene = Scene::new();
    let told = |scene: &Scene| {
        let group = scene.network.target_group(id(1)).unwrap();
        let told = scene.network.health_told(group, group.target(key(1)).unwrap());
        format!("{} {}", told.state, told.reason.unwrap_or("-"))
    };
    scene.accept(target_group(HealthCheck::default()));
    scene.accept(register(1));
    assert_eq!(told(&scene), "unused Target.NotInUse");
    scene.accept(balancer(false, nodes(&[2]), &[]));
    scene.accept(listener());
    assert_eq!(told(&scene), "unused Target.NotInUse", "its zone is none of the load balancer's");
    scene.accept(act(Balancing::DeleteListener(id(1))));
    scene.accept(act(Balancing::Delete(id(1))));
    scene.accept(balancer(false, nodes(&[1]), &[]));
    let listen = CreateListener { balancer: id(2), protocol: BalancedProtocol::Tcp, port: 80, group: id(1) };
    scene.accept(act(Balancing::CreateListener(listen)));
    assert_eq!(told(&scene), "initial Elb.InitialHealthChecking");
    scene.stopped(1);
    assert_eq!(told(&scene), "unused Target.InvalidState");
    scene.settled(Command::TerminateInstances(vec![inst(1)]));
    scene.wait(7_200);
    assert!(scene.network.target_group(id(1)).unwrap().targets.is_empty(), "an instance that is forgotten is no target");
}

/// `i-1`, which waits on port 8080 under `sg-3`, behind a load balancer in `subnet-1` that checks every ten seconds.
fn checked(allowed: &str) -> Simulator {
    let check = HealthCheck { interval: 10, timeout: 5, healthy: 3, unhealthy: 2, port: None };
    checked_by(allowed, &[(1, "10.0.1.80")], check, 60)
}

/// The same, by a node in each of these subnets, so long after it was made.
fn checked_by(allowed: &str, own: &[(u64, &str)], check: HealthCheck, waits: u64) -> Simulator {
    let mut scene = Scene::new();
    scene.accept(Command::AuthorizeSecurityGroup {
        group: sg(3),
        direction: eni_core::addr::Direction::Ingress,
        permissions: vec![from_block(8080, allowed)],
    });
    let primary = scene.instance(inst(1)).primary_eni().unwrap();
    let groups = vec![eni_core::control::command::EniAttribute::Groups(vec![sg(3)])];
    scene.accept(Command::ModifyNetworkInterfaceAttribute(primary, groups));
    let mut guest = scene.instance(inst(1)).guest.clone();
    guest.listeners.push(Listener { protocol: ListenerProtocol::Tcp, ports: PortRange::single(8080), address: None });
    scene.accept(Command::ConfigureGuest(inst(1), Box::new(guest)));
    let mut wanted = nodes(&own.iter().map(|(subnet, _)| *subnet).collect::<Vec<_>>());
    wanted.iter_mut().zip(own).for_each(|(node, (_, address))| node.private_ip = Some(ip(address)));
    scene.accept(balancer(false, wanted, &[]));
    scene.wait(waits);
    scene.accept(target_group(check));
    scene.accept(listener());
    scene.accept(register(1));
    Simulator::starting_at(scene.world.network.clone(), 7, scene.world.now)
}

fn health(sim: &Simulator) -> TargetHealth {
    sim.network().target_group(id(1)).unwrap().target(key(1)).unwrap().health
}

fn pass(sim: &mut Simulator, seconds: u64) -> TargetHealth {
    sim.advance(Duration::from_secs(seconds), &mut |_| {});
    health(sim)
}

// rules: R75
#[test]
fn checks_come_from_the_nodes_address_and_so_many_in_a_row_decide() {
    use TargetHealth::{Healthy, Initial, Unhealthy};
    let mut sim = checked("10.0.1.80/32");
    // Checks at 0, 10 and 20 seconds.
    assert_eq!((pass(&mut sim, 19), pass(&mut sim, 2)), (Initial, Healthy));
    let mut guest = sim.network().instance(inst(1)).unwrap().guest.clone();
    let listeners = std::mem::take(&mut guest.listeners);
    sim.execute(&Command::ConfigureGuest(inst(1), Box::new(guest.clone()))).unwrap();
    // Refused at once at 30 and 40 seconds.
    assert_eq!((pass(&mut sim, 18), pass(&mut sim, 2)), (Healthy, Unhealthy));
    guest.listeners = listeners;
    sim.execute(&Command::ConfigureGuest(inst(1), Box::new(guest))).unwrap();
    assert_eq!((pass(&mut sim, 28), pass(&mut sim, 2)), (Unhealthy, Healthy));
    let mut from = Vec::new();
    sim.advance(Duration::from_secs(10), &mut |event| {
        if let SimEvent::Sent { record } = event {
            from.push(record.packet.source.to_string());
        }
    });
    assert!(from.contains(&"10.0.1.80".to_owned()) && from.contains(&"10.0.1.5".to_owned()) || from.len() > 3, "{from:?}");
}

/// Who began a check in so many seconds, and where to; and how often something was told of the network.
fn began(sim: &mut Simulator, seconds: u64) -> (Vec<String>, usize) {
    let (mut began, mut told) = (Vec::new(), 0);
    sim.advance(Duration::from_secs(seconds), &mut |event| match event {
        SimEvent::Sent { record } if record.packet.tcp_flags() == Some(TcpFlags::SYN) && !record.again => {
            began.push(format!("{} > {}", record.packet.source, record.packet.ports().unwrap().1));
        }
        SimEvent::Network { .. } => told += 1,
        _ => {}
    });
    (began, told)
}

// rules: R75
#[test]
fn a_target_is_checked_by_the_node_of_its_zone_once_an_interval() {
    let check = HealthCheck { interval: 10, timeout: 5, healthy: 3, unhealthy: 2, port: None };
    // Its nodes, whom it checks by, and where.
    for (nodes, port, expected) in [
        (&[(1, "10.0.1.80")][..], None, "10.0.1.80 > 8080"),
        (&[(2, "10.0.2.80"), (1, "10.0.1.80")], None, "10.0.1.80 > 8080"),
        (&[(1, "10.0.1.80")], Some(9000), "10.0.1.80 > 9000"),
    ] {
        let mut sim = checked_by("10.0.0.0/16", nodes, HealthCheck { port, ..check }, 60);
        began(&mut sim, 65);
        // What is told of a target is told once.
        assert_eq!(began(&mut sim, 60), (vec![expected.to_owned(); 6], 0), "{nodes:?}");
    }
    // While its load balancer is provisioning nobody is checked.
    let mut sim = checked_by("10.0.0.0/16", &[(1, "10.0.1.80")], check, 1);
    assert_eq!(began(&mut sim, 3).0.len(), 0);
    assert_eq!(pass(&mut sim, 60), TargetHealth::Healthy);
}

// rules: R75 R76
#[test]
fn a_target_that_drains_goes_on_draining_whatever_checks_say() {
    let mut sim = checked("10.0.1.80/32");
    assert_eq!(pass(&mut sim, 25), TargetHealth::Healthy);
    sim.execute(&deregister(1)).unwrap();
    for _ in 0..3 {
        assert!(matches!(pass(&mut sim, 10), TargetHealth::Draining(_)));
    }
}

// rules: R75
#[test]
fn a_check_that_passes_begins_the_row_of_failures_anew() {
    let mut sim = checked("10.0.1.80/32");
    assert_eq!(pass(&mut sim, 25), TargetHealth::Healthy);
    let guest = sim.network().instance(inst(1)).unwrap().guest.clone();
    let mut closed = guest.clone();
    closed.listeners.clear();
    // Of each two checks one fails.
    for step in 0..6 {
        let next = if step % 2 == 0 { &closed } else { &guest };
        sim.execute(&Command::ConfigureGuest(inst(1), Box::new(next.clone()))).unwrap();
        assert_eq!(pass(&mut sim, 10), TargetHealth::Healthy, "{step}");
    }
}

// rules: R75 P35
#[test]
fn a_group_that_lets_the_client_in_and_not_the_node_makes_its_target_unhealthy() {
    let mut sim = checked("10.9.0.0/16");
    // The first check ends after 5 s, the second one 10 s later.
    assert_eq!((pass(&mut sim, 14), pass(&mut sim, 2)), (TargetHealth::Initial, TargetHealth::Unhealthy));
}

// rules: R75 R76
#[test]
fn nothing_is_checked_that_is_not_in_use() {
    let mut sim = checked("10.0.1.80/32");
    pass(&mut sim, 60);
    sim.execute(&Command::StopInstances(vec![inst(1)])).unwrap();
    pass(&mut sim, 60);
    assert_eq!(health(&sim), TargetHealth::Initial, "a stopped instance has no health");
    assert_eq!(sim.next_event_at(), None, "and nothing is planned");
    sim.execute(&Command::StartInstances(vec![inst(1)])).unwrap();
    assert_eq!(pass(&mut sim, 60), TargetHealth::Healthy);
    sim.execute(&act(Balancing::DeleteListener(id(1)))).unwrap();
    pass(&mut sim, 60);
    assert_eq!(sim.next_event_at(), None);
}

// rules: P33 R75
#[test]
fn a_client_in_the_vpc_is_answered_through_it() {
    let mut sim = checked("10.0.0.0/16");
    pass(&mut sim, 30);
    let from = Source::Instance { instance: inst(2), address: None };
    let to = Target::Address("10.0.1.80".parse().unwrap());
    let probe = ProbeSpec { from, to, protocol: Protocol::Tcp(80), timeout: Duration::from_secs(1) };
    let spec = ClientSpec { name: "c".to_owned(), probe, interval: Duration::from_secs(1), conversation: Conversation::NewEachTime };
    let client = sim.add_client(spec).unwrap();
    pass(&mut sim, 10);
    let seen = sim.client(client).unwrap().statistics;
    assert!(seen.answered >= 10 && seen.lost == 0, "{seen:?}");
}
