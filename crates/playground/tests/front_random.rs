//! Random calls through the fronts: what is refused changes nothing, what is accepted is undone and done again, and what is described is
//! read again as it was.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/calls.rs"]
mod calls;
#[path = "../../core/tests/support/random.rs"]
mod random;

use calls::Caller;
use eni_core::control::account::fresh_account;
use eni_core::control::decide::decide;
use eni_core::control::transition::settle;
use eni_core::model::AccountId;
use eni_core::model::network::Network;
use eni_core::rng::Rng;
use eni_core::time::{Duration, Instant};
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::aws::{Epoch, actions, all_actions, express, service_of};
use eni_playground::scenario::{Why, import};
use eni_playground::session::Session;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Sends random lines to an account; counts the accepted calls of each action.
fn talk(seed: u64, lines: u32, accepted: &mut BTreeMap<String, u32>) {
    let mut caller = Caller::new(seed);
    let mut account = Account::fresh("us-east-1").unwrap();
    let mut all = Vec::new();
    account.answer(br#"{"Action":"DescribeSubnets"}"#, &mut all).unwrap();
    caller.saw(&String::from_utf8(all).unwrap());
    for _ in 0..lines {
        let line = caller.line();
        let before = account.network().clone();
        let mut output = Vec::new();
        account.answer(line.as_bytes(), &mut output).unwrap();
        let answer = String::from_utf8(output).unwrap();
        assert!(answer.ends_with("}\n") && answer.matches('\n').count() == 1, "{line}: {answer}");
        let value: Value = serde_json::from_str(&answer).unwrap();
        if let Some(error) = value.get("Error") {
            assert!(*account.network() == before, "{line} was refused ({answer}) and changed something");
            assert!(!error["Code"].as_str().unwrap().is_empty() && !error["Message"].as_str().unwrap().is_empty(), "{line}: {answer}");
        } else {
            let action: Value = serde_json::from_str(&line).unwrap();
            *accepted.entry(action["Action"].as_str().unwrap().to_owned()).or_default() += 1;
            caller.saw(&answer);
        }
        assert_eq!(account.network().check_invariants(), Vec::<String>::new(), "{line}");
    }
}

fn act(service: &str, action: &str, parameters: &Map<String, Value>) -> Act {
    Act::Api { service: service.to_owned(), action: action.to_owned(), parameters: Value::Object(parameters.clone()) }
}

/// A world that came about by random acts, at rest.
fn world(seed: u64, steps: u32) -> Network {
    let mut rng = Rng::new(seed);
    let mut network = Network::empty("us-east-1", AccountId::EXAMPLE);
    if seed.is_multiple_of(2) {
        fresh_account("us-east-1", AccountId::EXAMPLE).iter().for_each(|event| network.apply(event));
    }
    let mut now = Instant::ZERO;
    for _ in 0..steps {
        let command = random::random_command(&mut rng, &network);
        if let Ok(decision) = decide(&network, &command, now) {
            decision.events.iter().for_each(|event| network.apply(event));
        }
        now += Duration::from_secs(60);
        settle(&mut network, now);
    }
    settle(&mut network, Instant::from_nanos(u64::MAX));
    random::mend(&mut network);
    network
}

/// What every describe call that needs no parameter says of a network, by the member that it stands in.
fn described(network: &Network, epoch: Epoch) -> Map<String, Value> {
    let mut account = Account::holding(network.clone(), Instant::ZERO, epoch);
    let mut all = Map::new();
    for action in actions().filter(|action| action.name.starts_with("Describe")) {
        // What is the same for everybody is no part of an account.
        let for_all =
            ["DescribeInstanceTypes", "DescribeRegions", "DescribeAvailabilityZones", "DescribeAccountAttributes", "DescribePrefixLists"];
        if for_all.contains(&action.name) {
            continue;
        }
        if let Ok(Value::Object(members)) = account.call("ec2", action.name, &Map::new()) {
            all.extend(members);
        }
    }
    // Reservations are asked for by subnet.
    let mut reserved: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for subnet in network.subnets() {
        let parameters = json!({"SubnetId": subnet.id.to_string()});
        let found = account.call("ec2", "GetSubnetCidrReservations", parameters.as_object().unwrap()).unwrap();
        for (list, objects) in found.as_object().unwrap() {
            reserved.entry(list.clone()).or_default().extend(objects.as_array().unwrap().iter().cloned());
        }
    }
    all.extend(reserved.into_iter().map(|(list, objects)| (list, Value::Array(objects))));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    // rules: X2
    #[test]
    fn random_calls_are_answered_by_a_line_and_change_nothing_where_they_are_refused(seed in any::<u64>(), lines in 1u32..120) {
        talk(seed, lines, &mut BTreeMap::new());
    }

    // rules: J17
    #[test]
    fn what_is_described_is_read_again_as_it_was(seed in any::<u64>(), steps in 1u32..100) {
        let network = world(seed, steps);
        prop_assume!(network.vpcs().len() > 0);
        let first = described(&network, Epoch::default());
        let (scenario, report) = import(&[("all.json".to_owned(), Value::Object(first.clone()).to_string().into_bytes())]).unwrap();
        prop_assert!(report.left_out.iter().all(|left| left.why != Why::Otherwise), "{:?}", report.left_out);
        let second = described(&scenario.network, scenario.epoch);
        for (member, objects) in &first {
            prop_assert_eq!(Some(objects), second.get(member), "{}", member);
        }
        prop_assert_eq!(first.len(), second.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    // rules: X2
    #[test]
    fn what_is_accepted_is_undone_and_done_again(seed in any::<u64>(), acts in 1u32..40) {
        let mut caller = Caller::new(seed);
        let mut session = Session::open("fresh-account").unwrap();
        let look = |session: &mut Session, action: &str| session.execute(&Act::ec2(action, json!({}))).result.unwrap().to_string();
        for action in ["DescribeSubnets", "DescribeSecurityGroups", "DescribeRouteTables", "DescribeInternetGateways"] {
            caller.saw(&look(&mut session, action));
        }
        for _ in 0..acts {
            let (service, action, parameters) = caller.call();
            let before = session.document();
            let (undo, outcome) = (session.undo_text(), session.execute(&act(service, action, &parameters)));
            let after = session.document();
            let what = format!("{action} {}", Value::Object(parameters));
            match outcome.result {
                Err(_) => prop_assert_eq!(&before, &after, "{} was refused", what),
                Ok(answer) => {
                    caller.saw(&answer.to_string());
                    // What only looks is no act to be undone.
                    if session.undo_text() == undo && before == after {
                        continue;
                    }
                    prop_assert!(session.undo(), "{}", what);
                    prop_assert_eq!(&session.document(), &before, "{} undone", what);
                    prop_assert!(session.redo(), "{}", what);
                    prop_assert_eq!(&session.document(), &after, "{} done again", what);
                }
            }
            session.advance(5_000_000);
        }
    }
}

// rules: X2
#[test]
fn random_calls_reach_most_actions() {
    let mut accepted = BTreeMap::new();
    (0..48).for_each(|seed| talk(seed, 400, &mut accepted));
    let reached = all_actions().filter(|action| accepted.contains_key(action.name)).count();
    let never: Vec<&str> = all_actions().map(|action| action.name).filter(|name| !accepted.contains_key(*name)).collect();
    assert!(reached * 100 >= all_actions().count() * 75, "never accepted: {never:?}");
    assert!(accepted.values().sum::<u32>() > 600, "{accepted:?}");
}

// rules: X2
#[test]
fn every_action_that_changes_something_is_drawn_with_success() {
    let mut accepted = BTreeMap::new();
    (0..64).for_each(|seed| talk(seed, 400, &mut accepted));
    for seed in 0..260 {
        let mut rng = Rng::new(seed);
        let mut network = Network::empty("us-east-1", AccountId::EXAMPLE);
        if seed % 2 == 0 {
            fresh_account("us-east-1", AccountId::EXAMPLE).iter().for_each(|event| network.apply(event));
        }
        let mut now = Instant::ZERO;
        for _ in 0..300 {
            let command = random::random_command(&mut rng, &network);
            if let Ok(decision) = decide(&network, &command, now) {
                decision.events.iter().for_each(|event| network.apply(event));
                if let Some((action, _)) = express(&command) {
                    *accepted.entry(action.to_owned()).or_default() += 1;
                }
            }
            now += Duration::from_secs(60);
            settle(&mut network, now);
        }
    }
    // An account by itself has no traffic, so its flow logs have nothing to read.
    let of_records = |name: &str| service_of(name).is_some_and(|service| service.name == "logs");
    let never: Vec<&str> =
        all_actions().map(|action| action.name).filter(|name| !accepted.contains_key(*name) && !of_records(name)).collect();
    assert_eq!(never, Vec::<&str>::new());
}
