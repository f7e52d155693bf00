//! An Elastic IP on an address inside a prefix of an ENI: described, drawn, kept by a document and brought back by a script.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_playground::scenario::{Report, load, save};
use eni_playground::script::script;
use eni_playground::session::Session;
use serde_json::{Value, json};
use support::{eni, open};

fn call(session: &mut Session, action: &str, parameters: Value) -> Value {
    let act = eni_playground::act::Act::ec2(action, parameters);
    session.execute(&act).result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"))
}

/// The first scene with an Elastic IP on an address of a prefix of `spare`, and that address's public one.
fn mapped() -> (Session, String) {
    let mut session = open("low-budget-ha");
    let id = eni(&session, "spare").id;
    call(&mut session, "AssignPrivateIpAddresses", json!({"NetworkInterfaceId": id, "Ipv4Prefixes": ["10.0.1.64/28"]}));
    let idle = call(&mut session, "DescribeAddresses", json!({}))["Addresses"].as_array().unwrap().clone();
    let idle = idle.into_iter().find(|address| address.get("AssociationId").is_none()).unwrap();
    let parameters = json!({"AllocationId": idle["AllocationId"], "NetworkInterfaceId": id, "PrivateIpAddress": "10.0.1.70"});
    call(&mut session, "AssociateAddress", parameters);
    (session, idle["PublicIp"].as_str().unwrap().to_owned())
}

fn told(session: &mut Session, public: &str) -> Value {
    call(session, "DescribeAddresses", json!({"PublicIps": [public]}))["Addresses"][0].clone()
}

// rules: E70 A18
#[test]
fn describe_addresses_and_the_board_say_where_it_is() {
    let (mut session, public) = mapped();
    let spare = eni(&session, "spare");
    let address = told(&mut session, &public);
    assert_eq!((&address["PrivateIpAddress"], &address["NetworkInterfaceId"]), (&json!("10.0.1.70"), &json!(spare.id)));
    assert!(spare.addresses.iter().any(|address| address.ip == "10.0.1.70" && address.public_ip.as_deref() == Some(public.as_str())));
    let seen = call(&mut session, "DescribeNetworkInterfaces", json!({"NetworkInterfaceIds": [spare.id]}));
    let listed = seen["NetworkInterfaces"][0]["PrivateIpAddresses"].as_array().unwrap().len();
    assert_eq!(listed, 1, "an address of a prefix is in no list of addresses");
    assert!(session.undo());
    assert!(told(&mut session, &public).get("AssociationId").is_none());
    assert!(session.redo());
    assert_eq!(told(&mut session, &public), address);
}

// rules: E70
#[test]
fn a_document_keeps_it_and_refuses_it_elsewhere() {
    let (session, _) = mapped();
    let text = session.document();
    let (again, report) = load(text.as_bytes()).unwrap();
    assert_eq!((save(&again), report), (text.clone(), Report::default()));
    assert!(again.network.enis().any(|eni| eni.prefix_publics.len() == 1));
    assert_eq!(text.matches("\"PrivateIpAddress\": \"10.0.1.70\"").count() + text.matches("\"PrivateIpAddress\":\"10.0.1.70\"").count(), 1);
    // An address that is in no prefix of the ENI is mapped by nobody.
    let elsewhere = text.replace("10.0.1.70", "10.0.1.99");
    assert!(load(elsewhere.as_bytes()).is_err());
}

// rules: E70 C1
#[test]
fn a_script_maps_it_again() {
    let (session, _) = mapped();
    let (scenario, _) = load(session.document().as_bytes()).unwrap();
    let written = script(&scenario);
    let joined = written.text.replace(" \\\n   ", "");
    assert!(joined.contains("--network-interface-id $ENI_SPARE --private-ip-address 10.0.1.70"), "{}", written.text);
    assert!(written.left_out.iter().all(|line| !line.contains("eipalloc")), "{:?}", written.left_out);
}
