//! What breaks on an instance: who it may happen to, how long it lasts, and what nobody can do meanwhile.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::Command;
use eni_core::model::fault::{Fault, Faults, Loss, MOST_CONNECTIONS};
use eni_core::model::instance::InstanceState;
use eni_core::time::{Duration, Instant};
use support::scene::{Scene, inst};

fn at(seconds: u64) -> Instant {
    Instant::ZERO + Duration::from_secs(seconds)
}

/// A scene at the 100th second, in which the first instance hangs and loses a fifth of its packets.
fn broken() -> Scene {
    let mut scene = Scene::new();
    scene.now = at(100);
    scene.accept(Command::SetFault(inst(1), Fault::Hang(true)));
    scene.accept(Command::SetFault(inst(1), Fault::Loss(200)));
    scene
}

fn faults(hangs: Option<u64>, loss: Option<(u16, u64)>) -> Faults {
    let loss = loss.map(|(per_mille, since)| Loss { per_mille, since: at(since) });
    Faults { hangs_since: hangs.map(at), loss, connections: None }
}

// rules: L17 L18
#[test]
fn what_breaks_goes_on_from_when_it_broke_until_it_is_mended() {
    let mut scene = broken();
    assert_eq!(scene.instance(inst(1)).faults, faults(Some(100), Some((200, 100))));
    assert_eq!(scene.instance(inst(2)).faults, Faults::default(), "its neighbour is well");
    scene.now = at(200);
    let table = [
        (Fault::Hang(true), faults(Some(100), Some((200, 100)))),
        (Fault::Loss(200), faults(Some(100), Some((200, 100)))),
        (Fault::Loss(300), faults(Some(100), Some((300, 200)))),
        (Fault::Loss(u16::MAX), faults(Some(100), Some((1_000, 200)))),
        (Fault::Hang(false), faults(None, Some((1_000, 200)))),
        (Fault::Loss(0), Faults::default()),
        (Fault::Loss(0), Faults::default()),
        (Fault::Hang(false), Faults::default()),
        (Fault::Hang(true), faults(Some(200), None)),
    ];
    for (fault, after) in table {
        scene.accept(Command::SetFault(inst(1), fault));
        assert_eq!(scene.instance(inst(1)).faults, after, "{fault:?}");
    }
}

// rules: L2 L17 L18
#[test]
fn a_reboot_ends_a_hang_and_a_stop_ends_everything() {
    let mut scene = broken();
    let before = scene.network.clone();
    scene.accept(Command::RebootInstances(vec![inst(2)]));
    assert_eq!(scene.network, before, "a reboot of another changes nothing");
    scene.accept(Command::RebootInstances(vec![inst(1), inst(2)]));
    assert_eq!(scene.instance(inst(1)).faults, faults(None, Some((200, 100))), "what the network cards lose, they go on losing");
    for act in [Command::StopInstances(vec![inst(1)]), Command::TerminateInstances(vec![inst(1)])] {
        let mut scene = broken();
        scene.accept(act);
        assert_eq!(scene.instance(inst(1)).faults, Faults::default());
        scene.refuse_with(Command::SetFault(inst(1), Fault::Hang(true)), "IncorrectInstanceState");
        scene.wait(60);
        scene.refuse_with(Command::SetFault(inst(1), Fault::Loss(7)), "IncorrectInstanceState");
    }
    let mut scene = broken();
    scene.settled(Command::StopInstances(vec![inst(1)]));
    scene.settled(Command::StartInstances(vec![inst(1)]));
    assert_eq!((scene.instance(inst(1)).state, scene.instance(inst(1)).faults), (InstanceState::Running, Faults::default()));
}

// rules: L17
#[test]
fn nobody_works_on_a_system_that_hangs() {
    let mut scene = broken();
    let mut guest = scene.instance(inst(1)).guest.clone();
    guest.forwarding = !guest.forwarding;
    let acts = [Command::ConfigureGuest(inst(1), Box::new(guest.clone())), Command::ShutDownGuest(inst(1))];
    for act in &acts {
        scene.refuse_with(act.clone(), "IncorrectInstanceState");
    }
    scene.accept(Command::SetFault(inst(1), Fault::Hang(false)));
    for act in acts {
        scene.accept(act);
    }
    assert_eq!(scene.instance(inst(1)).guest, guest, "what is lost at its network cards keeps nobody off");
}

// rules: L17 L18
#[test]
fn only_what_runs_is_broken() {
    let mut scene = broken();
    assert_eq!(scene.network.check_invariants(), Vec::<String>::new());
    let mut odd = scene.instance(inst(1)).clone();
    scene.settled(Command::StopInstances(vec![inst(1)]));
    odd.state = InstanceState::Stopped;
    scene.network.apply(&eni_core::model::event::Event::InstanceLaunched(Box::new(odd)));
    assert_eq!(scene.network.check_invariants(), [format!("FaultAtRest(\"{}\")", inst(1))]);
}

// rules: S45
#[test]
fn a_limit_of_connections_stays_until_it_is_lifted_whether_the_instance_runs_or_not() {
    let mut scene = broken();
    let limit = |scene: &Scene| scene.instance(inst(1)).faults.connections;
    for (wanted, set) in [(20, Some(20)), (u32::MAX, Some(MOST_CONNECTIONS)), (0, None), (0, None), (7, Some(7))] {
        scene.accept(Command::SetFault(inst(1), Fault::Connections(wanted)));
        assert_eq!(limit(&scene), set);
    }
    scene.accept(Command::RebootInstances(vec![inst(1)]));
    scene.accept(Command::SetFault(inst(1), Fault::Loss(0)));
    assert_eq!((limit(&scene), scene.instance(inst(1)).faults.any()), (Some(7), false), "it breaks nothing, and nothing mends it");
    scene.settled(Command::StopInstances(vec![inst(1)]));
    assert_eq!((limit(&scene), scene.network.check_invariants()), (Some(7), vec![]));
    scene.accept(Command::SetFault(inst(1), Fault::Connections(8)));
    scene.settled(Command::StartInstances(vec![inst(1)]));
    assert_eq!(limit(&scene), Some(8));
    scene.accept(Command::TerminateInstances(vec![inst(1)]));
    assert_eq!(limit(&scene), None);
    assert_eq!(scene.network.check_invariants(), Vec::<String>::new());
    scene.refuse_with(Command::SetFault(inst(1), Fault::Connections(8)), "IncorrectInstanceState");
    scene.refuse_with(Command::SetFault(inst(99), Fault::Connections(8)), "InvalidInstanceID.NotFound");
}
