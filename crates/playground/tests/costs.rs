//! What public addresses cost, where one looks at them (`A33`).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::Act;
use eni_playground::session::Session;
use serde_json::{Value, json};

fn done(session: &mut Session, action: &str, parameters: Value) {
    session.execute(&Act::ec2(action, parameters)).result.unwrap();
    while session.step().is_some() {}
}

/// The value of a fact of a thing; nothing where it has no such fact.
fn fact(session: &Session, thing: &str, name: &str) -> Option<String> {
    session.details(thing).unwrap().facts.into_iter().find(|fact| fact.name == name).map(|fact| fact.value)
}

// rules: A33
#[test]
fn every_public_address_costs_the_same_mapped_or_not() {
    let mut session = Session::open("fresh-account").unwrap();
    let (eip, eni, instance) = ("elastic-ip:eipalloc-00000000000000001", "eni:eni-00000000000000001", "i-00000000000000001");
    done(&mut session, "AllocateAddress", json!({}));
    let one = "0.005 USD an hour, mapped or not: 3.65 USD in a month of 730 hours";
    assert_eq!(fact(&session, eip, "Costs").as_deref(), Some(one), "it is idle");
    assert_eq!(fact(&session, eip, "All of the region").as_deref(), Some("1 of public IPv4: 0.005 USD an hour"));
    // An instance in a default subnet is given an address, which costs as much; another private address costs nothing.
    done(
        &mut session,
        "RunInstances",
        json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1}),
    );
    done(&mut session, "AssignPrivateIpAddresses", json!({"NetworkInterfaceId": &eni[4..], "SecondaryPrivateIpAddressCount": 1}));
    assert_eq!(fact(&session, eni, "Costs").as_deref(), Some(one));
    assert_eq!(fact(&session, eip, "All of the region").as_deref(), Some("2 of public IPv4: 0.01 USD an hour"));
    // Stopped, it has none, and an ENI without one says nothing of costs; the Elastic IP goes on.
    done(&mut session, "StopInstances", json!({"InstanceIds": [instance]}));
    assert_eq!(fact(&session, eni, "Costs"), None);
    assert_eq!(fact(&session, eip, "All of the region").as_deref(), Some("1 of public IPv4: 0.005 USD an hour"));
    // Mapped to the second address it counts once.
    done(&mut session, "AssociateAddress", json!({"AllocationId": &eip[11..], "NetworkInterfaceId": &eni[4..]}));
    assert_eq!(fact(&session, eni, "Costs").as_deref(), Some(one));
    assert_eq!(fact(&session, eip, "All of the region").as_deref(), Some("1 of public IPv4: 0.005 USD an hour"));
}
