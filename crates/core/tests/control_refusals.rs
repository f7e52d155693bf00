//! Every refusal is produced, with its whole text, and changes nothing.

mod refusals;
mod support;

use eni_core::control::decide::decide;
use eni_core::control::error::REFUSAL_NAMES;
use refusals::{Case, Scene, enis, instances, lookups, networks, routes};
use std::collections::BTreeSet;

fn all() -> impl Iterator<Item = &'static Case> {
    let tables = [
        lookups::SHAPES,
        lookups::IDS,
        lookups::OWNERS,
        networks::VPCS,
        networks::GATEWAYS,
        networks::GROUPS,
        networks::ACLS,
        enis::ADDRESSES,
        enis::ENIS,
        enis::ELASTIC_IPS,
        instances::INSTANCES,
        instances::LAUNCHES,
        routes::ROUTES,
    ];
    tables.into_iter().flatten()
}

/// A text with the zeros of ids taken out: `eni-00000000000000004` reads `eni-4`.
fn without_zeros(text: &str) -> String {
    let mut short = String::new();
    for part in text.split_inclusive('-') {
        short.push_str(if short.ends_with('-') && part.starts_with("0000000") { part.trim_start_matches('0') } else { part });
    }
    short
}

// rules: X2 X3 X4
#[test]
fn each_refusal_says_what_aws_says_and_changes_nothing() {
    let mut wrong = Vec::new();
    for (at, case) in all().enumerate() {
        let mut scene = Scene::new();
        let command = (case.act)(&mut scene);
        let before = scene.network.clone();
        match decide(&scene.network, &command, scene.now) {
            Ok(decision) => wrong.push(format!("{at} {}: accepted: {:?}", case.name, decision.reply)),
            Err(refusal) => {
                let text = without_zeros(&refusal.to_string());
                if (refusal.name(), text.as_str()) != (case.name, case.text) {
                    wrong.push(format!("{at} {}: {} {text:?}", case.name, refusal.name()));
                }
                assert!(refusal.rule().chars().next().is_some_and(char::is_uppercase), "{refusal:?} cites no rule");
                let _ = refusal.remedy(&scene.network);
            }
        }
        assert_eq!(scene.network, before, "{}", case.name);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

// rules: X3
#[test]
fn every_refusal_is_in_the_tables() {
    let named: BTreeSet<_> = REFUSAL_NAMES.iter().copied().collect();
    let produced: BTreeSet<_> = all().map(|case| case.name).collect();
    assert_eq!(named.difference(&produced).collect::<Vec<_>>(), Vec::<&&str>::new(), "no test produces these");
}
