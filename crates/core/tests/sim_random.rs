//! Random acts while clients ask: whatever is done, the numbers add up, the network stays whole, and the same acts give the same run.

#![allow(clippy::indexing_slicing, reason = "tests may say plainly what must be there")]

mod scenes;

use eni_core::addr::Direction;
use eni_core::control::command::{AttachmentKey, Command};
use eni_core::model::instance::GuestFlavour;
use eni_core::rng::Rng;
use eni_core::sim::client::{Conversation, Protocol, Target};
use scenes::{Scene, attach_command, first_scene, millis, secs};

/// An act that may well be refused.
fn random_act(scene: &Scene, rng: &mut Rng) -> Command {
    let network = scene.simulator.network();
    let instances = [scene.web_1, scene.web_2, scene.web_3, scene.client];
    let mut any_instance = || instances[rng.below(4) as usize];
    let instance = any_instance();
    let enis: Vec<_> = network.enis().collect();
    let eni = enis[rng.below(enis.len() as u64) as usize];
    match rng.below(9) {
        0 => Command::StopInstances(vec![instance]),
        1 | 2 => Command::StartInstances(vec![instance]),
        3 if rng.below(4) == 0 => Command::TerminateInstances(vec![instance]),
        4 => {
            let group = if rng.below(2) == 0 { scene.web_group } else { scene.ping_group };
            let rules = network.group(group).map(|group| group.rules_of(Direction::Ingress).map(|rule| rule.id).collect());
            Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions: Vec::new(), rules: rules.unwrap_or_default() }
        }
        5 | 6 => match &eni.attachment {
            Some(attachment) => Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment.id), force: rng.below(2) == 0 },
            None => Command::DeleteNetworkInterface(eni.id),
        },
        _ => attach_command(scene.service, instance),
    }
}

fn play(seed: u64) -> (Scene, Vec<String>) {
    let mut rng = Rng::new(seed);
    let mut scene = first_scene(if seed.is_multiple_of(3) { GuestFlavour::Plain } else { GuestFlavour::PolicyRouting });
    for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443), Protocol::Tcp(80)] {
        scene.add_both(protocol);
    }
    scene.add("kept", Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    scene.add("kept", scene.inside(), Target::PrivateOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    let mut lines = Vec::new();
    for _ in 0..25 {
        let command = random_act(&scene, &mut rng);
        let before = scene.simulator.clone();
        match scene.simulator.execute(&command) {
            Ok(done) => lines.extend(done.events.iter().map(|event| format!("{event:?}"))),
            Err(refusal) => {
                assert_eq!(scene.simulator, before, "{refusal:?} changed something");
                lines.push(format!("{refusal:?}"));
            }
        }
        let mut last = scene.simulator.now();
        scene.simulator.advance(millis(rng.below(2_500)), &mut |event| {
            assert!(event.at() >= last, "time goes forward");
            last = event.at();
            lines.push(event.to_string());
        });
        check(&scene, seed);
    }
    (scene, lines)
}

fn check(scene: &Scene, seed: u64) {
    assert_eq!(scene.simulator.network().check_invariants(), Vec::<String>::new(), "seed {seed}");
    for client in scene.simulator.clients() {
        let seen = client.statistics;
        assert_eq!(seen.sent, seen.answered + seen.lost + client.pending as u64, "seed {seed}, {}", client.spec.name);
        assert!(client.pending <= 6, "requests end with their time-out");
    }
}

#[test]
fn numbers_add_up_whatever_is_done() {
    let mut answered = 0;
    for seed in 0..12 {
        let (mut scene, _) = play(seed);
        answered += scene.simulator.clients().map(|client| client.statistics.answered).sum::<u64>();
        let ids: Vec<_> = scene.simulator.clients().map(|client| client.id).collect();
        ids.iter().for_each(|id| assert!(scene.simulator.remove(*id)));
        // Instances stay listed for an hour after their end; two hours later all is still.
        scene.simulator.advance(secs(7_200), &mut |_| {});
        assert_eq!(scene.simulator.load(), (0, 0), "seed {seed}: nothing is left over");
    }
    assert!(answered > 300, "the runs are worth something: {answered}");
}

#[test]
fn the_same_acts_give_the_same_run() {
    for seed in 0..5 {
        let ((one, first), (two, second)) = (play(seed), play(seed));
        assert!(first == second && one.simulator == two.simulator, "seed {seed}");
    }
}
