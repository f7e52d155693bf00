//! Tests of traces as the command line tool prints them.

use super::*;
use crate::aws::Epoch;
use crate::scenario::Scene;
use eni_core::control::account::fresh_account;
use eni_core::model::AccountId;
use eni_core::model::network::Network;
use eni_core::time::Instant;

fn fresh() -> Scenario {
    let account = AccountId(123_456_789_012);
    let mut network = Network::empty("us-east-1", account);
    for event in fresh_account("us-east-1", account) {
        network.apply(&event);
    }
    Scenario { title: String::new(), network, epoch: Epoch::default(), clock: Instant::ZERO, seed: 1, scene: Scene::default() }
}

fn ask(from: &str, to: &str) -> Ask {
    Ask { from: from.to_owned(), to: to.to_owned(), ..Ask::default() }
}

#[test]
fn what_cannot_be_asked_is_said_in_plain_words() {
    let scenario = fresh();
    let cases = [
        (ask("nobody", "internet"), "nobody is called \"nobody\""),
        (ask("i-00000000000000099", "internet"), "there is no i-00000000000000099"),
        (ask("internet", "ip-10-0-0-5.ec2.internal"), "nobody is called"),
        (Ask { protocol: "carrots".to_owned(), ..ask("internet", "10.0.0.1") }, "is no protocol"),
        (Ask { protocol: "icmp".to_owned(), port: Some(80), ..ask("internet", "10.0.0.1") }, "only tcp and udp have ports"),
    ];
    for (ask, problem) in cases {
        let error = answer(&scenario, &ask).unwrap_err();
        assert!(error.contains(problem), "{error}");
    }
}

#[test]
fn the_answer_has_the_members_of_the_contract() {
    let json = answer(&fresh(), &ask("internet", "203.0.113.7")).unwrap().json;
    for member in ["Format", "Request", "Disposition", "ExplanationCode", "Hops", "Blockers", "Reply"] {
        assert!(json.get(member).is_some(), "{member}");
    }
    assert_eq!(json["Format"], 1);
    let request = json!({"From": "internet", "To": "203.0.113.7", "Protocol": "tcp", "Port": 443, "SourceIp": null,
        "SourcePort": 32768, "AssumeRunning": false});
    assert_eq!(json["Request"], request);
}
