//! Random acts on a small network: what is refused changes nothing, what is accepted leaves the network sound.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::Command;
use eni_core::control::decide::decide;
use eni_core::control::legality::refusal_of;
use eni_core::control::transition::{due, settle};
use eni_core::model::eni::PublicOrigin;
use eni_core::model::instance::InstanceState;
use eni_core::model::network::Network;
use eni_core::rng::Rng;
use eni_core::time::Duration;
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::World;
use support::random::random_command;

/// Plays one sequence; tells how many acts were accepted and refused.
fn play(seed: u64, steps: u32) -> (u32, u32) {
    let mut rng = Rng::new(seed);
    let mut world = if seed.is_multiple_of(2) { World::fresh() } else { World::empty() };
    if seed % 4 < 2 {
        let vpc = world.vpc("10.0.0.0/16");
        world.subnet(vpc, "10.0.0.0/28", "a");
        world.subnet(vpc, "10.0.1.0/24", "a");
        world.subnet(vpc, "10.0.2.0/24", "b");
        world.gateway(vpc);
    }
    let (mut accepted, mut refused) = (0, 0);
    for step in 0..steps {
        let command = random_command(&mut rng, &world.network);
        let before = world.network.clone();
        let decision = decide(&world.network, &command, world.now);
        assert_eq!(decision, decide(&world.network, &command, world.now), "deciding twice gives the same");
        assert_eq!(world.network, before, "deciding changes nothing");
        assert_eq!(refusal_of(&world.network, &command, world.now), decision.clone().err());
        match decision {
            Ok(decision) => {
                decision.events.iter().for_each(|event| world.network.apply(event));
                accepted += 1;
            }
            Err(refusal) => {
                assert!(!refusal.code().is_empty() && !refusal.message().is_empty() && !refusal.message().contains('{'), "{refusal:?}");
                let _ = refusal.remedy(&world.network);
                refused += 1;
            }
        }
        assert_eq!(unsound(&world.network), Vec::<String>::new(), "step {step}: {command:?}");
        if rng.below(3) == 0 {
            world.now += Duration::from_millis(rng.below(4_000));
        }
        loop {
            let events = due(&world.network, world.now);
            if events.is_empty() {
                break;
            }
            events.iter().for_each(|event| world.network.apply(event));
            assert_eq!(unsound(&world.network), Vec::<String>::new(), "step {step}, afterwards: {events:?}");
        }
    }
    (accepted, refused)
}

/// Broken invariants, and what acts alone keep (an import may bring more than a type takes).
fn unsound(network: &Network) -> Vec<String> {
    let mut broken = network.check_invariants();
    let mut say = |holds: bool, what: String| {
        if !holds {
            broken.push(what);
        }
    };
    for instance in network.instances() {
        let kind = instance.instance_type;
        let gone = instance.state == InstanceState::Terminated;
        say(instance.primary_eni().is_none() == gone, format!("{} has a primary ENI until it is terminated", instance.id));
        say(instance.enis.len() <= usize::from(kind.max_enis()), format!("{} has too many ENIs", instance.id));
        for ((card, index), eni) in &instance.enis {
            let eni = network.eni(*eni).unwrap();
            say(*index < kind.max_enis_on_card(*card), format!("{} has no index {index}", instance.id));
            say(eni.addresses.len() <= usize::from(kind.ipv4_per_eni()), format!("{} has too many addresses", eni.id));
            let automatic = eni.addresses.iter().filter(|a| a.public.is_some_and(|public| public.origin == PublicOrigin::Amazon)).count();
            let on = matches!(instance.state, InstanceState::Pending | InstanceState::Running | InstanceState::Stopping);
            let leaving = instance.state == InstanceState::ShuttingDown;
            say(automatic == 0 || on || leaving, format!("{} has a public address although {} is stopped", eni.id, instance.id));
            say(automatic == 0 || (*card, *index) == (0, 0), format!("{} is not primary and has a public address", eni.id));
        }
    }
    for eni in network.enis() {
        say(eni.groups.len() <= network.quotas().groups_per_eni, format!("{} has too many groups", eni.id));
        let free = eni.attachment.is_none() && !eni.is_requester_managed();
        say(
            !free || eni.addresses.iter().all(|a| a.public.is_none_or(|public| public.origin != PublicOrigin::Amazon)),
            format!("{} keeps a public address", eni.id),
        );
    }
    let mut macs: Vec<_> = network.enis().map(|eni| eni.mac).collect();
    macs.sort();
    macs.dedup();
    say(macs.len() == network.enis().len(), "two ENIs have one MAC".to_owned());
    broken
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    // rules: X2 E54
    #[test]
    fn refused_means_unchanged_and_accepted_means_sound(seed in any::<u64>(), steps in 1u32..80) {
        play(seed, steps);
    }
}

// rules: X2
#[test]
fn the_dice_reach_both_outcomes_often() {
    let (accepted, refused) = (0..40).map(|seed| play(seed, 60)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(accepted > 600 && refused > 600, "{accepted} accepted, {refused} refused");
}

/// The table that every act has a line in: without one it does not compile.
const TABLE: &str = include_str!("../src/control/decide.rs");

/// Acts that the dice draw in one outcome only, and why.
const ONE_WAY: [(&str, bool, &str); 2] = [
    ("DeleteKeyPair", false, "what is not there is no error (L19)"),
    ("PutMetricAlarm", false, "only where a region has 5,000 of them (W20)"),
];

/// The name of an act, as the table has it.
fn name_of(command: &Command) -> String {
    format!("{command:?}").chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect()
}

// rules: X2
#[test]
fn the_dice_draw_every_act_with_both_outcomes() {
    let lines = TABLE.lines().filter(|line| line.starts_with("        C::"));
    let acts = lines.flat_map(|line| line.split("C::").skip(1));
    let names = acts.map(|act| act.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect::<String>());
    let mut seen: BTreeMap<String, [u32; 2]> = names.map(|name| (name, [0, 0])).collect();
    assert!(seen.len() > 100, "{}", seen.len());
    let mut lacking = Vec::new();
    for seed in 0..1_000 {
        let (mut rng, mut world) = (Rng::new(seed), if seed % 2 == 0 { World::fresh() } else { World::empty() });
        for _ in 0..200 {
            let command = random_command(&mut rng, &world.network);
            let decision = decide(&world.network, &command, world.now);
            let outcomes = seen.get_mut(&name_of(&command)).unwrap();
            outcomes[usize::from(decision.is_ok())] += 1;
            decision.into_iter().flat_map(|decision| decision.events).for_each(|event| world.network.apply(&event));
            world.now += Duration::from_secs(rng.below(60));
            settle(&mut world.network, world.now);
        }
        lacking = seen.iter().flat_map(|(name, outcomes)| lacks(name, *outcomes)).collect();
        if lacking.is_empty() {
            break;
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}

/// The outcomes in which an act was never drawn, though it should have been, and the other way round.
fn lacks(name: &str, outcomes: [u32; 2]) -> Vec<String> {
    let lacks = |(accepted, count): (bool, u32)| {
        let excused = ONE_WAY.iter().any(|(other, never, _)| *other == name && *never == accepted);
        ((count == 0) != excused).then(|| format!("{name} was {} {count} times", if accepted { "accepted" } else { "refused" }))
    };
    [false, true].into_iter().zip(outcomes).filter_map(lacks).collect()
}
