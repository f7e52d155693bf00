//! The story of the first scene, act by act: a service address moves from a failed instance to its standby.

mod support;

use eni_core::control::command::{AttachmentKey, Command};
use eni_core::model::eni::EniStatus;
use eni_core::model::event::Event;
use eni_core::model::instance::InstanceState;
use support::{World, ip};

// rules: E5 E15 E18 E20 E23 E34 E39 L9 R26
#[test]
fn a_service_eni_survives_its_instance_and_moves_to_the_standby() {
    let mut world = World::empty();
    let vpc = world.vpc("10.0.0.0/16");
    world.gateway(vpc);
    let (near, far) = (world.subnet(vpc, "10.0.1.0/24", "a"), world.subnet(vpc, "10.0.2.0/24", "b"));
    let (first, second, third) = (world.running(near, "t3.small"), world.running(near, "t3.small"), world.running(far, "t3.small"));
    let service = world.interface(near);
    let mac = world.eni(service).mac;
    assert_eq!(world.eni(service).primary_ip(), Some(ip("10.0.1.6")));
    let allocation = world.allocate();
    world.associate(allocation, service);
    world.attach(service, first, 1);
    let public = world.public(service);
    assert_eq!(public, Some(ip("203.0.113.1")));

    world.accept(Command::TerminateInstances(vec![first]));
    assert_eq!(world.instance(first).state, InstanceState::ShuttingDown);
    assert!(!world.network.carries_packets(world.eni(service)), "packets stop at once");
    world.wait(1);
    assert_eq!(world.instance(first).state, InstanceState::Terminated);
    assert_eq!(world.eni(service).status(), EniStatus::Available);

    let attach = |instance, device_index| Command::AttachNetworkInterface { eni: service, instance, device_index, network_card: 0 };
    assert_eq!(world.refuse(attach(third, 1)).code(), "InvalidParameterCombination");
    assert_eq!(world.refuse(attach(second, 0)).code(), "InvalidParameterValue");
    world.accept(attach(second, 1));
    assert_eq!(world.eni(service).status(), EniStatus::InUse);
    assert!(!world.network.carries_packets(world.eni(service)), "attaching takes two seconds");
    let events = world.wait(2);
    assert!(events.contains(&Event::AttachFinished(service)));
    assert!(world.network.carries_packets(world.eni(service)));
    assert_eq!((world.public(service), world.eni(service).mac), (public, mac));

    let key = AttachmentKey::Eni(world.eni(service).attachment.as_ref().unwrap().id);
    world.accept(Command::DetachNetworkInterface { attachment: key, force: false });
    world.wait(2);
    assert_eq!(world.eni(service).status(), EniStatus::InUse, "hot detaching takes three seconds");
    world.wait(1);
    assert_eq!(world.eni(service).status(), EniStatus::Available);
    world.wait(3_600);
    assert!(world.network.instance(first).is_none(), "a terminated instance is forgotten after an hour");
}

// rules: A1 A5 A6 E20 I10 R31
#[test]
fn a_fresh_account_can_launch_at_once() {
    let mut world = World::fresh();
    assert_eq!(world.network.subnets().len(), 6);
    assert!(world.network.subnets().all(|subnet| world.network.is_public(subnet)));
    let id = world.launch(support::run(None, "t3.micro"));
    let eni = world.instance(id).primary_eni().unwrap();
    let before = world.public(eni);
    assert!(before.is_some());
    world.wait(2);
    world.settled(Command::StopInstances(vec![id]));
    assert_eq!(world.public(eni), None);
    world.settled(Command::StartInstances(vec![id]));
    assert!(world.public(eni).is_some());
    assert_ne!(world.public(eni), before);
}
