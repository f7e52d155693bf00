//! Instances: launching, starting, stopping, terminating, changing (rulebook 9).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{AssignPrivateIpAddresses, Command, EniAttribute, InstanceAttribute, LaunchInterface, Wanted};
use eni_core::control::image::{guest_of, image_of};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::control::transition::due;
use eni_core::id::*;
use eni_core::model::eni::AttachmentStatus;
use eni_core::model::event::{Delays, Event};
use eni_core::model::instance::{GuestFlavour, InstanceState};
use eni_core::time::Duration;
use support::scene::{Scene, eip, eni, inst, sg, subnet};
use support::{World, id, ip, kind, run};

// rules: E22 E35 L1 A3 A4 I12
#[test]
fn a_launch_makes_primary_enis_that_are_attached_at_once() {
    let mut scene = Scene::new();
    let mut request = run(Some(subnet(1)), "t3.small");
    request.count = 3;
    request.groups = vec![sg(3)];
    request.associate_public_ip = Some(true);
    let Reply::Instances { instances, .. } = scene.accept(Command::RunInstances(Box::new(request))) else { panic!() };
    let mut publics = Vec::new();
    for id in &instances {
        let instance = scene.instance(*id);
        assert_eq!((instance.state, instance.enis.len()), (InstanceState::Pending, 1));
        let eni = scene.eni(instance.primary_eni().unwrap());
        let attachment = eni.attachment.as_ref().unwrap();
        assert!(attachment.status == AttachmentStatus::Attached && attachment.delete_on_termination && attachment.is_primary());
        assert_eq!((eni.groups.as_slice(), eni.description.as_str()), ([sg(3)].as_slice(), ""));
        assert!(!scene.network.carries_packets(eni), "not before it runs");
        publics.extend(scene.public(eni.id));
    }
    publics.dedup();
    assert_eq!((instances.len(), publics.len()), (3, 3));
    scene.wait(2);
    assert!(instances.iter().all(|id| scene.instance(*id).state == InstanceState::Running));
}

// rules: A4 E21 E36 E37
#[test]
fn an_existing_eni_can_be_the_primary_one() {
    let mut scene = Scene::new();
    scene.accept(Command::ModifyNetworkInterfaceAttribute(eni(3), vec![EniAttribute::AssociatePublicIp(true)]));
    let interface = |device_index, existing| LaunchInterface {
        device_index,
        network_card: 0,
        existing,
        subnet: if existing.is_some() { None } else { Some(subnet(4)) },
        groups: Vec::new(),
        private_ip: None,
        description: String::new(),
        delete_on_termination: None,
        associate_public_ip: None,
        ..LaunchInterface::default()
    };
    let mut alone = scene.clone_world();
    let mut request = run(None, "t3.small");
    request.interfaces = vec![interface(0, Some(eni(3)))];
    let id = alone.launch(request.clone());
    assert_eq!(alone.instance(id).primary_eni(), Some(eni(3)));
    assert!(alone.public(eni(3)).is_some(), "it has the flag and is the only one");
    request.interfaces = vec![LaunchInterface { private_ip: Some(ip("10.1.1.77")), ..interface(1, None) }, interface(0, Some(eni(3)))];
    let id = scene.launch(request);
    assert_eq!(scene.public(eni(3)), None, "two ENIs");
    let (primary, second) = (scene.eni(eni(3)), scene.eni(scene.instance(id).enis.get(&(0, 1)).copied().unwrap()));
    assert_eq!(scene.instance(id).vpc, primary.vpc, "the primary ENI decides");
    assert_ne!(primary.vpc, second.vpc);
    assert_eq!(second.primary_ip(), Some(ip("10.1.1.77")));
    assert!(!primary.attachment.as_ref().unwrap().delete_on_termination);
}

// rules: E28 E61
#[test]
fn an_eni_that_just_fits_can_be_launched_with() {
    let mut scene = Scene::new();
    let just = scene.with_addresses(3);
    let mut request = run(None, "t3.small");
    request.interfaces = vec![LaunchInterface {
        device_index: 0,
        network_card: 0,
        existing: Some(just),
        subnet: None,
        groups: Vec::new(),
        private_ip: None,
        description: String::new(),
        delete_on_termination: Some(false),
        associate_public_ip: None,
        ..LaunchInterface::default()
    }];
    let id = scene.launch(request);
    assert_eq!(scene.instance(id).primary_eni(), Some(just));
}

// rules: L1 L2 L3 L4
#[test]
fn states_follow_each_other() {
    let mut scene = Scene::new();
    let changes = |reply| match reply {
        Reply::StateChanges(changes) => changes,
        other => panic!("{other:?}"),
    };
    let (one, two) = (inst(1), inst(2));
    let before = scene.network.clone();
    scene.accept(Command::RebootInstances(vec![one, two]));
    assert_eq!(scene.network, before, "nothing changes");
    assert_eq!(changes(scene.accept(Command::StartInstances(vec![one]))), [(one, InstanceState::Running, InstanceState::Running)]);
    scene.stopped(2);
    let reply = scene.accept(Command::StopInstances(vec![one, two, one]));
    assert_eq!(
        changes(reply),
        [(one, InstanceState::Running, InstanceState::Stopping), (two, InstanceState::Stopped, InstanceState::Stopped)]
    );
    assert_eq!(scene.eni(eni(4)).attached_instance(), Some(one), "ENIs stay attached");
    assert!(!scene.network.carries_packets(scene.eni(eni(4))));
    scene.wait(2);
    assert_eq!(scene.public(eni(4)), scene.network.elastic_ip(eip(1)).map(|eip| eip.ip), "Elastic IPs stay");
    scene.accept(Command::StartInstances(vec![one]));
    assert_eq!(scene.instance(one).state.as_str(), "pending");
    scene.wait(2);
    assert!(scene.network.carries_packets(scene.eni(eni(4))));
    scene.accept(Command::TerminateInstances(vec![one, two]));
    scene.wait(1);
    let reply = scene.accept(Command::TerminateInstances(vec![one]));
    assert_eq!(changes(reply), [(one, InstanceState::Terminated, InstanceState::Terminated)]);
    scene.refuse_with(Command::StartInstances(vec![one]), "IncorrectInstanceState");
}

// rules: L1 X2
#[test]
fn a_launch_that_is_terminated_at_once_never_runs() {
    let mut scene = Scene::new();
    let id = scene.launch(run(Some(subnet(1)), "t3.micro"));
    scene.accept(Command::TerminateInstances(vec![id]));
    let events = scene.wait(60);
    assert!(!events.contains(&Event::InstanceStateChanged(id, InstanceState::Running)));
    assert_eq!(scene.instance(id).state, InstanceState::Terminated);
}

// rules: L6
#[test]
fn protection_refuses_and_can_be_taken_off() {
    let mut scene = Scene::new();
    let protect = |attribute| Command::ModifyInstanceAttribute(inst(1), attribute);
    scene.accept(protect(InstanceAttribute::DisableApiStop(true)));
    scene.accept(protect(InstanceAttribute::DisableApiTermination(true)));
    scene.refuse_with(Command::StopInstances(vec![inst(1)]), "OperationNotPermitted");
    let refusal = scene.refuse_with(Command::TerminateInstances(vec![inst(2), inst(1)]), "OperationNotPermitted");
    assert_eq!(refusal.remedy(&scene.network), Remedy::Unprotect(inst(1)));
    assert_eq!(scene.instance(inst(2)).state, InstanceState::Running, "all or none");
    scene.accept(protect(InstanceAttribute::DisableApiTermination(false)));
    scene.accept(Command::TerminateInstances(vec![inst(2), inst(1)]));
}

// rules: L7 E27 E61
#[test]
fn a_stopped_instance_changes_its_type_if_everything_fits() {
    let mut scene = Scene::new();
    let become_type = |name| Command::ModifyInstanceAttribute(inst(1), InstanceAttribute::InstanceType(kind(name)));
    let refusal = scene.refuse_with(become_type("m5.large"), "IncorrectInstanceState");
    assert_eq!(refusal.remedy(&scene.network), Remedy::State(inst(1), InstanceState::Stopped));
    scene.stopped(1);
    scene.accept(become_type("m5.large"));
    assert_eq!(scene.instance(inst(1)).instance_type.name(), "m5.large");
    let count = Some(5);
    scene.accept(Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: eni(4),
        addresses: Vec::new(),
        count,
        allow_reassignment: false,
        prefixes: Wanted::default(),
    })));
    scene.refuse_with(become_type("t3.small"), "PrivateIpAddressLimitExceeded");
    scene.refuse_with(become_type("c6in.32xlarge"), "InvalidInstanceAttributeValue");
    scene.accept(become_type("t3.medium"));
}

// rules: E25 E67 L7
#[test]
fn a_smaller_type_needs_the_indexes_and_the_prefixes_that_are_used() {
    let mut scene = Scene::new();
    let id = scene.launched("t3.small");
    let far = scene.interface(subnet(1));
    scene.attach(far, id, 2);
    scene.settled(Command::StopInstances(vec![id]));
    let become_type = |id, name| Command::ModifyInstanceAttribute(id, InstanceAttribute::InstanceType(kind(name)));
    assert_eq!(scene.refuse_with(become_type(id, "t3.micro"), "InvalidParameterValue").name(), "DeviceIndexTooHigh");
    scene.stopped(2);
    let mut prefixed = scene.eni(eni(2)).clone();
    prefixed.ipv4_prefixes.push("10.0.1.128/28".parse().unwrap());
    let tie = prefixed.attachment.take().unwrap();
    scene.apply(&[
        Event::DetachFinished(eni(2)),
        Event::EniDeleted(eni(2)),
        Event::EniCreated(Box::new(prefixed)),
        Event::AttachStarted(eni(2), Box::new(tie)),
    ]);
    scene.refuse_with(become_type(inst(2), "t2.micro"), "Unsupported");
    scene.accept(become_type(inst(2), "t3.nano"));
}

// rules: A5 A26 E39
#[test]
fn an_automatic_address_ends_with_the_run_even_if_its_eni_stays() {
    let mut scene = Scene::new();
    scene.accept(Command::ModifyNetworkInterfaceAttribute(eni(3), vec![EniAttribute::AssociatePublicIp(true)]));
    let id = scene.launch(support::with_interface(eni(3)));
    assert!(scene.public(eni(3)).is_some());
    scene.settled(Command::TerminateInstances(vec![id]));
    assert_eq!((scene.public(eni(3)), scene.eni(eni(3)).attachment.is_none()), (None, true));
}

// rules: A4 E27
#[test]
fn a_launch_counts_each_card_by_itself_and_gives_several_enis_no_public_address() {
    let mut scene = Scene::new();
    let interface = |network_card, device_index| LaunchInterface {
        device_index,
        network_card,
        existing: None,
        subnet: Some(subnet(1)),
        groups: Vec::new(),
        private_ip: None,
        description: String::new(),
        delete_on_termination: None,
        associate_public_ip: None,
        ..LaunchInterface::default()
    };
    let mut request = run(None, "c6in.32xlarge");
    request.interfaces = (0..8).map(|index| interface(0, index)).chain([interface(1, 0)]).collect();
    request.associate_public_ip = Some(true);
    scene.refuse_with(Command::RunInstances(Box::new(request.clone())), "InvalidParameterCombination");
    request.associate_public_ip = None;
    scene.accept(Command::RunInstances(Box::new(request.clone())));
    // The lowest free address of each subnet, in whatever order the subnets come.
    let mut mixed = run(None, "t3.small");
    mixed.interfaces = vec![LaunchInterface { subnet: Some(subnet(3)), ..interface(0, 0) }, interface(0, 1)];
    let id = scene.launch(mixed);
    let lowest = scene.instance(id).enis.values().map(|eni| scene.eni(*eni).primary_ip().unwrap().to_string()).collect::<Vec<_>>();
    assert_eq!(lowest, ["10.0.3.4", "10.0.1.17"]);
    request.interfaces.push(interface(0, 8));
    scene.refuse_with(Command::RunInstances(Box::new(request)), "AttachmentLimitExceeded");
}

// rules: E42 S4
#[test]
fn an_instances_groups_and_check_are_those_of_its_only_eni() {
    let mut scene = Scene::new();
    let modify = |id, attribute| Command::ModifyInstanceAttribute(id, attribute);
    scene.accept(modify(inst(2), InstanceAttribute::SourceDestCheck(false)));
    scene.accept(modify(inst(2), InstanceAttribute::Groups(vec![sg(3)])));
    let primary = scene.eni(eni(2));
    assert!(!primary.source_dest_check && primary.groups == [sg(3)]);
    scene.refuse_with(modify(inst(2), InstanceAttribute::Groups(vec![sg(4)])), "InvalidGroup.NotFound");
    for attribute in [InstanceAttribute::SourceDestCheck(false), InstanceAttribute::Groups(vec![sg(3)])] {
        scene.refuse_with(modify(inst(1), attribute), "InvalidInstanceID");
    }
}

// rules: G5 G6 G10 G13 E62
#[test]
fn the_image_decides_the_guest() {
    let any: ImageId = "ami-0abcdef1234567890".parse().unwrap();
    for (image, policy_routing, forwarding) in [
        (image_of(GuestFlavour::PolicyRouting), true, false),
        (image_of(GuestFlavour::Plain), false, false),
        (image_of(GuestFlavour::Router), true, true),
        (any, true, false),
    ] {
        let guest = guest_of(image);
        assert_eq!((guest.policy_routing, guest.forwarding, guest.masquerade), (policy_routing, forwarding, forwarding), "{image}");
        let ports: Vec<_> = guest.listeners.iter().map(|listener| listener.ports.from()).collect();
        assert_eq!(ports, [22]);
    }
    let mut scene = Scene::new();
    let mut guest = scene.instance(inst(1)).guest.clone();
    guest.configured.insert((eni(4), ip("10.0.1.77")));
    scene.accept(Command::ConfigureGuest(inst(1), Box::new(guest.clone())));
    assert_eq!(scene.instance(inst(1)).guest, guest);
}

// rules: E18
#[test]
fn delays_are_a_setting_and_may_be_zero() {
    let mut scene = Scene::new();
    let none = Delays { eni_create: Duration::ZERO, attach: Duration::ZERO, detach: Duration::ZERO, ..*scene.network.delays() };
    scene.apply(&[Event::DelaysSet(Box::new(none))]);
    let Reply::Eni(new) = scene.accept(support::create_eni(subnet(1))) else { panic!() };
    scene.accept(Command::AttachNetworkInterface { eni: new, instance: inst(1), device_index: 2, network_card: 0 });
    assert!(scene.network.carries_packets(scene.eni(new)));
    assert!(due(&scene.network, scene.now).is_empty());
}

// rules: X2
#[test]
fn existence_comes_before_state_and_state_before_place() {
    let mut world = World::empty();
    let vpc = world.vpc("10.0.0.0/16");
    let (near, far) = (world.subnet(vpc, "10.0.1.0/24", "a"), world.subnet(vpc, "10.0.2.0/24", "b"));
    let instance = world.running(near, "t3.micro");
    let (first, second) = (world.interface(near), world.interface(far));
    world.attach(first, instance, 1);
    let attach = |eni, instance, device_index| Command::AttachNetworkInterface { eni, instance, device_index, network_card: 0 };
    assert_eq!(world.refuse(attach(first, id(9), 0)).name(), "InstanceNotFound");
    assert_eq!(world.refuse(attach(first, instance, 0)).name(), "EniAlreadyAttached");
    assert_eq!(world.refuse(attach(second, instance, 0)).name(), "DifferentZones");
    let third = world.interface(near);
    assert_eq!(world.refuse(attach(third, instance, 1)).name(), "DeviceIndexTaken");
    assert_eq!(world.refuse(attach(third, instance, 2)).name(), "AttachmentLimit");
}
