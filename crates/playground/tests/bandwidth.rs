//! What is told of an instance's bandwidth: it is its type's, however many interfaces there are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::Act;
use eni_playground::session::Session;
use serde_json::{Value, json};

const INSTANCE: &str = "i-00000000000000001";

fn ok(session: &mut Session, action: &str, parameters: Value) -> Value {
    session.execute(&Act::ec2(action, parameters)).result.unwrap()
}

/// What the pane of details says of bandwidth.
fn told(session: &Session) -> Vec<String> {
    let facts = session.details(&format!("instance:{INSTANCE}")).unwrap().facts;
    facts.into_iter().filter(|fact| fact.name == "Bandwidth").map(|fact| fact.value).collect()
}

// rules: E31 J16
#[test]
fn another_interface_adds_no_bandwidth() {
    let mut session = Session::open("fresh-account").unwrap();
    let subnet = ok(&mut session, "DescribeSubnets", json!({}))["Subnets"][0]["SubnetId"].clone();
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.large", "MinCount": 1, "MaxCount": 1, "SubnetId": subnet});
    ok(&mut session, "RunInstances", launch);
    session.advance(60_000_000);
    let before = told(&session);
    assert_eq!(before, ["Up to 5 Gigabit, of all its ENIs together"]);
    let kind =
        |session: &mut Session| ok(session, "DescribeInstanceTypes", json!({"InstanceTypes": ["t3.large"]}))["InstanceTypes"][0].clone();
    let described = kind(&mut session);
    let eni = ok(&mut session, "CreateNetworkInterface", json!({"SubnetId": subnet}))["NetworkInterface"]["NetworkInterfaceId"].clone();
    let place = json!({"NetworkInterfaceId": eni, "InstanceId": INSTANCE, "DeviceIndex": 1});
    ok(&mut session, "AttachNetworkInterface", place);
    session.advance(60_000_000);
    assert_eq!((told(&session), kind(&mut session)), (before, described));
}

// rules: J16
#[test]
fn figures_are_those_of_the_type_and_its_cards() {
    let mut session = Session::open("fresh-account").unwrap();
    let mut network =
        |name: &str| ok(&mut session, "DescribeInstanceTypes", json!({"InstanceTypes": [name]}))["InstanceTypes"][0]["NetworkInfo"].clone();
    let one = network("a1.2xlarge");
    assert_eq!(one["NetworkPerformance"], "Up to 10 Gigabit");
    let card = json!({"NetworkCardIndex": 0, "NetworkPerformance": "Up to 10 Gigabit", "MaximumNetworkInterfaces": 4,
        "BaselineBandwidthInGbps": 2.5, "PeakBandwidthInGbps": 10.0});
    assert_eq!(one["NetworkCards"], json!([card]));
    let two = network("c6in.32xlarge");
    assert_eq!((two["NetworkCards"].as_array().unwrap().len(), two["NetworkCards"][0].get("NetworkPerformance")), (2, None));
    assert!(two["NetworkCards"][1]["PeakBandwidthInGbps"].is_number());
    // Of what nobody tells, nothing is told.
    assert_eq!(network("f1.2xlarge")["NetworkCards"][0].get("PeakBandwidthInGbps"), None);
}
