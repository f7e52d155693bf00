//! Spot instances, hibernation, and why an instance is not running any more.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use eni_core::control::command::{AttachmentKey, Command, InstanceAttribute, RunInstances};
use eni_core::id::InstanceId;
use eni_core::model::instance::InstanceState;
use eni_core::model::spot::{Interruption, Spot, StateReason};
use support::{World, run};

/// A running spot instance in a subnet of its own, with a second ENI that outlives it.
fn spot(interruption: Interruption, persistent: bool) -> (World, InstanceId) {
    let mut world = World::empty();
    let vpc = world.vpc("10.0.0.0/16");
    let subnet = world.subnet(vpc, "10.0.1.0/24", "a");
    let mut request: RunInstances = run(Some(subnet), "t3.small");
    request.options.spot = Some(Spot { interruption, persistent, ..Spot::default() });
    let id = world.launch(request);
    world.wait(60);
    let service = world.interface(subnet);
    world.attach(service, id, 1);
    (world, id)
}

fn state(world: &World, id: InstanceId) -> (InstanceState, Option<StateReason>) {
    let instance = world.instance(id);
    (instance.state, instance.reason.map(|(reason, _)| reason))
}

// rules: L8 L5 E39
#[test]
fn a_spot_instance_is_told_two_minutes_ahead_and_then_taken() {
    for (interruption, at_once, end, reason, enis) in [
        (Interruption::Terminate, false, InstanceState::Terminated, StateReason::SpotTerminated, 1),
        (Interruption::Stop, false, InstanceState::Stopped, StateReason::SpotStopped, 2),
        (Interruption::Hibernate, true, InstanceState::Stopped, StateReason::SpotStopped, 2),
    ] {
        let (mut world, id) = spot(interruption, true);
        world.accept(Command::TellSpotInstance(id));
        world.wait(119);
        let expected = if at_once { (end, Some(reason)) } else { (InstanceState::Running, None) };
        assert_eq!(state(&world, id), expected, "{interruption:?} after 119 seconds");
        world.wait(1);
        assert_ne!(world.instance(id).state, InstanceState::Running, "{interruption:?} after two minutes");
        world.wait(60);
        assert_eq!(state(&world, id), (end, Some(reason)), "{interruption:?}");
        // What outlives an instance is there afterwards; what stops keeps all.
        assert_eq!(world.network.enis().count(), enis, "{interruption:?}");
        assert_eq!(world.instance(id).enis.len(), if end == InstanceState::Stopped { 2 } else { 0 });
    }
}

// rules: L8
#[test]
fn a_notice_ends_with_the_run_and_is_not_given_twice() {
    let (mut world, id) = spot(Interruption::Terminate, true);
    world.accept(Command::TellSpotInstance(id));
    let first = world.instance(id).spot.unwrap().notice;
    assert!(first.is_some());
    world.wait(30);
    world.accept(Command::TellSpotInstance(id));
    assert_eq!(world.instance(id).spot.unwrap().notice, first, "told once");
    // Stopped and started before the time has come, it is another run, and nobody takes that back.
    world.settled(Command::StopInstances(vec![id]));
    assert_eq!(state(&world, id), (InstanceState::Stopped, Some(StateReason::User)));
    world.settled(Command::StartInstances(vec![id]));
    assert_eq!(world.instance(id).spot.unwrap().notice, None);
    world.wait(600);
    assert_eq!(state(&world, id), (InstanceState::Running, None), "a new run has no reason to be over");
}

// rules: L8 L6
#[test]
fn only_spot_instances_of_a_request_that_lives_on_can_be_stopped() {
    let (mut world, id) = spot(Interruption::Terminate, false);
    world.refuse_with(Command::StopInstances(vec![id]), "UnsupportedOperation");
    let (mut world, id) = spot(Interruption::Stop, true);
    world.settled(Command::StopInstances(vec![id]));
    assert_eq!(world.instance(id).state, InstanceState::Stopped);
}

// rules: L3 L8
#[test]
fn hibernating_is_stopping_for_the_network_and_needs_to_be_asked_for_at_launch() {
    let mut world = World::fresh();
    let mut request = run(None, "t3.small");
    request.options.hibernates = true;
    let id = world.launch(request);
    world.wait(60);
    let eni = world.instance(id).primary_eni().unwrap();
    assert!(world.public(eni).is_some());
    world.settled(Command::HibernateInstances(vec![id]));
    assert_eq!(state(&world, id), (InstanceState::Stopped, Some(StateReason::UserHibernated)));
    assert_eq!(world.public(eni), None, "the automatic address goes as at a stop");
    world.settled(Command::StartInstances(vec![id]));
    assert!(world.public(eni).is_some());
    let plain = world.launch(run(None, "t3.small"));
    world.wait(60);
    world.refuse_with(Command::HibernateInstances(vec![plain]), "UnsupportedHibernationConfiguration");
    // What keeps an instance from being stopped keeps it from that, too.
    let protect = |on| Command::ModifyInstanceAttribute(id, InstanceAttribute::DisableApiStop(on));
    world.accept(protect(true));
    world.refuse_with(Command::HibernateInstances(vec![id]), "OperationNotPermitted");
    world.accept(protect(false));
    world.accept(Command::HibernateInstances(vec![id]));
}

// rules: E29
#[test]
fn the_place_of_an_eni_that_was_forced_off_takes_no_other_before_the_next_stop() {
    let mut world = World::fresh();
    let id = world.launch(run(None, "t3.large"));
    world.wait(60);
    let subnet = world.eni(world.instance(id).primary_eni().unwrap()).subnet;
    let (first, second) = (world.interface(subnet), world.interface(subnet));
    let attach = |eni, index| Command::AttachNetworkInterface { eni, instance: id, device_index: index, network_card: 0 };
    let detach = |attachment, force| Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force };
    // Without force the place is free at once.
    let attachment = world.attach(first, id, 1);
    world.settled(detach(attachment, false));
    let attachment = world.attach(second, id, 1);
    world.settled(detach(attachment, true));
    // After force it is so for the same one, and for others at other places.
    world.refuse_with(attach(first, 1), "InvalidParameterValue");
    let attachment = world.attach(second, id, 1);
    world.settled(detach(attachment, true));
    let other = world.attach(first, id, 2);
    world.settled(detach(other, false));
    world.settled(Command::StopInstances(vec![id]));
    world.settled(Command::StartInstances(vec![id]));
    world.settled(attach(first, 1));
    assert!(world.instance(id).enis.contains_key(&(0, 1)));
    // On one that does not run there is nothing for force to leave behind.
    let attachment = world.eni(first).attachment.as_ref().unwrap().id;
    world.settled(Command::StopInstances(vec![id]));
    world.settled(detach(attachment, true));
    world.settled(attach(second, 1));
}
