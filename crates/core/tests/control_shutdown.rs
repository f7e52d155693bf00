//! A system that is shut down from inside, and what a launch or a new ENI asks for beside its network.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{Command, CreateNetworkInterface, InstanceAttribute, LaunchInterface, RunInstances};
use eni_core::control::reply::Reply;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::instance::{InstanceState, ShutdownBehavior};
use eni_core::model::spot::{Interruption, Spot, StateReason};
use eni_core::time::Duration;
use support::scene::{Scene, eni, inst, subnet};
use support::*;

// rules: L1 L3 L5 L6
#[test]
fn a_shutdown_from_inside_stops_or_ends_as_the_instance_says() {
    let persistent = |persistent| Some(Spot { interruption: Interruption::Terminate, persistent, ..Spot::default() });
    let cases = [
        (ShutdownBehavior::Stop, None, InstanceState::Stopped),
        (ShutdownBehavior::Terminate, None, InstanceState::Terminated),
        (ShutdownBehavior::Stop, persistent(true), InstanceState::Stopped),
        (ShutdownBehavior::Stop, persistent(false), InstanceState::Terminated),
    ];
    for (shutdown, spot, after) in cases {
        let mut scene = Scene::new();
        let mut request: RunInstances = run(Some(subnet(1)), "t3.small");
        request.options.shutdown = shutdown;
        request.options.spot = spot;
        // No protection keeps a system from ending itself.
        request.options.stop_protection = spot.is_none();
        request.options.termination_protection = spot.is_none();
        let id = scene.launch(request);
        scene.refuse_with(Command::ShutDownGuest(id), "IncorrectInstanceState");
        scene.wait(60);
        scene.accept(Command::ShutDownGuest(id));
        if after == InstanceState::Terminated {
            // It is on its way off: whoever asks for that once more is not refused, protected or not.
            let again = scene.accept(Command::TerminateInstances(vec![id]));
            assert_eq!(again, Reply::StateChanges(vec![(id, InstanceState::ShuttingDown, InstanceState::ShuttingDown)]));
        }
        scene.wait(60);
        let instance = scene.instance(id);
        assert_eq!((instance.state, instance.reason.map(|(reason, _)| reason)), (after, Some(StateReason::Guest)), "{shutdown:?} {spot:?}");
        scene.refuse_with(Command::ShutDownGuest(id), "IncorrectInstanceState");
    }
}

// rules: L1
#[test]
fn what_a_shutdown_does_can_be_changed_at_any_time() {
    let mut scene = Scene::new();
    for behavior in [ShutdownBehavior::Terminate, ShutdownBehavior::Stop] {
        scene.accept(Command::ModifyInstanceAttribute(inst(1), InstanceAttribute::ShutdownBehavior(behavior)));
        assert_eq!(scene.instance(inst(1)).shutdown, behavior);
    }
    scene.settled(Command::TerminateInstances(vec![inst(1)]));
    let change = InstanceAttribute::ShutdownBehavior(ShutdownBehavior::Terminate);
    scene.refuse_with(Command::ModifyInstanceAttribute(inst(1), change), "IncorrectInstanceState");
}

// rules: S42 S43
#[test]
fn idle_time_outs_are_set_from_the_start_within_their_ranges() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let cases = [
        (TrackingTimeouts { tcp_established: seconds(60), udp_stream: seconds(180), udp: seconds(30) }, true),
        (TrackingTimeouts { tcp_established: seconds(432_001), ..TrackingTimeouts::default() }, false),
        (TrackingTimeouts { udp_stream: seconds(59), ..TrackingTimeouts::default() }, false),
        (TrackingTimeouts { udp: seconds(61), ..TrackingTimeouts::default() }, false),
    ];
    for (tracking, is_taken) in cases {
        let mut scene = Scene::new();
        let create = CreateNetworkInterface { subnet: Some(subnet(1)), tracking, ..CreateNetworkInterface::default() };
        let mut launch = run(None, "t3.small");
        launch.interfaces = vec![LaunchInterface { subnet: Some(subnet(1)), tracking, ..LaunchInterface::default() }];
        for command in [Command::CreateNetworkInterface(Box::new(create)), Command::RunInstances(Box::new(launch))] {
            if is_taken {
                let before: Vec<_> = scene.network.enis().map(|eni| eni.id).collect();
                scene.accept(command);
                let new = scene.network.enis().find(|eni| !before.contains(&eni.id)).unwrap();
                assert_eq!(new.tracking, tracking);
            } else {
                scene.refuse_with(command, "InvalidParameterValue");
            }
        }
    }
    // Those of an ENI that is there are its own.
    let mut scene = Scene::new();
    let mut launch = run(None, "t3.small");
    let tracking = TrackingTimeouts { udp: seconds(30), ..TrackingTimeouts::default() };
    launch.interfaces = vec![LaunchInterface { existing: Some(eni(3)), tracking, ..LaunchInterface::default() }];
    scene.refuse_with(Command::RunInstances(Box::new(launch)), "InvalidParameterCombination");
}
