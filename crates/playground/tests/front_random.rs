//! Random calls through the fronts: what is refused changes nothing, what is accepted is undone and done again, and what is described is
//! read again as it was.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/calls.rs"]
mod calls;
#[path = "../../core/tests/support/random.rs"]
mod random;

use calls::Caller;
use eni_core::control::account::fresh_account;
use eni_core::control::command::{Command, CreateFlowLogs};
use eni_core::control::decide::decide;
use eni_core::control::transition::settle;
use eni_core::model::flow_log::{FlowLogResource, FlowTraffic};
use eni_core::model::network::Network;
use eni_core::model::{AccountId, Tags};
use eni_core::rng::Rng;
use eni_core::time::{Duration, Instant};
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::aws::{Epoch, actions, all_actions, express, service_of};
use eni_playground::scenario::{Scenario, Scene, Why, import, load, save};
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

/// A network that came about by random acts, and when the last of them was done.
fn random_network(seed: u64, steps: u32) -> (Network, Instant) {
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
    (network, now)
}

/// The same at rest, with nothing broken.
fn world(seed: u64, steps: u32) -> Network {
    let (mut network, _) = random_network(seed, steps);
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
    (0..96).for_each(|seed| talk(seed, 400, &mut accepted));
    let reached = all_actions().filter(|action| accepted.contains_key(action.name)).count();
    let never: Vec<&str> = all_actions().map(|action| action.name).filter(|name| !accepted.contains_key(*name)).collect();
    assert!(reached * 100 >= all_actions().count() * 75, "never accepted: {never:?}");
    assert!(accepted.values().sum::<u32>() > 600, "{accepted:?}");
}

/// How often each action is tried to its end: accepted, and refused.
const TRIES: u32 = 3;

/// What became of an action's calls.
#[derive(Clone, Copy, Default)]
struct Tried {
    accepted: u32,
    refused: u32,
    undone: u32,
}

/// A world in the middle of things: random acts, and then seven minutes of running, in which records of flow logs are written and come to CloudWatch.
fn in_the_middle(seed: u64) -> (Session, String, Network) {
    let (mut network, clock) = random_network(seed, 60 + u32::try_from(seed % 7).unwrap() * 30);
    let logs = Command::CreateFlowLogs(Box::new(CreateFlowLogs {
        resources: network.vpcs().map(|vpc| FlowLogResource::Vpc(vpc.id)).collect(),
        traffic: Some(FlowTraffic::All),
        destination_type: None,
        destination: None,
        log_group: Some("logs".to_owned()),
        role: Some("arn:aws:iam::123456789012:role/logs".to_owned()),
        cross_account_role: None,
        format: None,
        interval: Some(60),
        files: None,
        tags: Tags::new(),
    }));
    let made = decide(&network, &logs, clock).map(|decision| decision.events).unwrap_or_default();
    made.iter().for_each(|event| network.apply(event));
    let scenario = Scenario { title: "random".to_owned(), network, epoch: Epoch::default(), clock, seed, scene: Scene::default() };
    let mut session = Session::load(save(&scenario).as_bytes()).unwrap();
    session.advance(421_000_000);
    let document = session.document();
    let (scenario, _) = load(document.as_bytes()).unwrap();
    (session, document, scenario.network)
}

/// Tries calls that look at one world, each of them from there: what is refused leaves it as it is, what is accepted is undone, done again, and
/// undone once more.
fn try_all(seed: u64, tried: &mut BTreeMap<&'static str, Tried>) {
    let (mut session, document, network) = in_the_middle(seed);
    let (mut caller, mut rng) = (Caller::new(seed), Rng::new(seed));
    caller.saw(&document);
    for turn in 0..2_500 {
        let known = random::random_command(&mut rng, &network);
        let (service, action, parameters) = match express(&known).filter(|_| turn % 2 == 0) {
            Some((action, parameters)) => (service_of(action).unwrap().name, action, parameters),
            None => caller.call(),
        };
        let tries = tried.entry(action).or_default();
        if tries.accepted >= TRIES && tries.refused >= TRIES {
            continue;
        }
        let undo = session.undo_text();
        let what = format!("{action} {}", Value::Object(parameters.clone()));
        let outcome = session.execute(&act(service, action, &parameters));
        // What only looks is no act to be undone.
        let (accepted, changes) = (outcome.result.is_ok(), session.undo_text() != undo);
        let count = if accepted { &mut tries.accepted } else { &mut tries.refused };
        *count += 1;
        let is_looked_at = *count <= TRIES;
        if !changes {
            assert!(!is_looked_at || session.document() == document, "{what} changed something");
            continue;
        }
        tries.undone += 1;
        if is_looked_at {
            let after = session.document();
            assert!(session.undo(), "{what}");
            assert_eq!(session.document(), document, "{what} undone");
            assert!(session.redo(), "{what}");
            assert_eq!(session.document(), after, "{what} done again");
        }
        assert!(session.undo(), "{what}");
    }
}

// rules: X2
#[test]
fn every_action_is_accepted_undone_and_done_again_and_refused_without_a_trace() {
    let looks = |name: &str| ["Describe", "Get", "List", "Filter", "Search"].iter().any(|verb| name.starts_with(verb));
    let mut tried = BTreeMap::new();
    let mut lacking = Vec::new();
    for seed in 0..240 {
        try_all(seed, &mut tried);
        let lacks = |action: &eni_playground::aws::Action| {
            let Tried { accepted, refused, undone } = tried.get(action.name).copied().unwrap_or_default();
            let all = [(accepted > 0, "accepted"), (refused > 0, "refused"), (undone > 0 || looks(action.name), "undone")];
            all.into_iter().find(|(there, _)| !there).map(|(_, what)| format!("{} was never {what}", action.name))
        };
        lacking = all_actions().filter_map(lacks).collect();
        if lacking.is_empty() {
            break;
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}
