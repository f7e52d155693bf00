//! What describe calls print, as AWS prints it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_playground::act::Act;
use eni_playground::scenario::import;
use eni_playground::session::Session;
use serde_json::{Value, json};
use support::{open, seconds};

fn call(session: &mut Session, action: &str, parameters: Value) -> Value {
    session.execute(&Act::ec2(action, parameters)).result.unwrap()
}

/// An instance in the default VPC, and its primary ENI.
fn launched() -> (Session, Value) {
    let mut session = open("fresh-account");
    let parameters = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1});
    call(&mut session, "RunInstances", parameters);
    session.advance(seconds(5));
    let described = call(&mut session, "DescribeNetworkInterfaces", json!({}));
    let eni = described["NetworkInterfaces"][0].clone();
    (session, eni)
}

// rules: A11
#[test]
fn an_automatic_public_address_belongs_to_amazon_and_is_no_elastic_ip() {
    let (mut session, eni) = launched();
    let association = &eni["Association"];
    assert_eq!(association["IpOwnerId"], "amazon");
    assert!(association["PublicIp"].is_string());
    assert_eq!((association.get("AllocationId"), association.get("AssociationId")), (None, None));
    assert_eq!(call(&mut session, "DescribeAddresses", json!({}))["Addresses"], json!([]));

    let allocation = call(&mut session, "AllocateAddress", json!({}))["AllocationId"].clone();
    let parameters = json!({"AllocationId": allocation, "NetworkInterfaceId": eni["NetworkInterfaceId"]});
    call(&mut session, "AssociateAddress", parameters);
    let described = call(&mut session, "DescribeNetworkInterfaces", json!({}));
    let association = &described["NetworkInterfaces"][0]["Association"];
    assert_eq!(association["AllocationId"], allocation);
    assert_ne!(association["IpOwnerId"], "amazon");
}

// rules: L13 I5
#[test]
fn the_private_name_is_that_of_the_primary_address() {
    let (mut session, eni) = launched();
    let address = eni["PrivateIpAddress"].as_str().unwrap();
    let name = format!("ip-{}.ec2.internal", address.replace('.', "-"));
    assert_eq!(eni["PrivateDnsName"], json!(name));
    let described = call(&mut session, "DescribeInstances", json!({}));
    assert_eq!(described["Reservations"][0]["Instances"][0]["PrivateDnsName"], json!(name));
}

// rules: I6 I11
#[test]
fn public_names_are_those_of_public_addresses_and_resources_have_arns() {
    let (mut session, eni) = launched();
    let public = eni["Association"]["PublicIp"].as_str().unwrap().replace('.', "-");
    assert_eq!(eni["Association"]["PublicDnsName"], json!(format!("ec2-{public}.compute-1.amazonaws.com")));
    let owner = eni["OwnerId"].as_str().unwrap();
    for (action, list, member, kind, id) in [
        ("DescribeSubnets", "Subnets", "SubnetArn", "subnet", "SubnetId"),
        ("DescribeSecurityGroups", "SecurityGroups", "SecurityGroupArn", "security-group", "GroupId"),
        ("DescribeSecurityGroupRules", "SecurityGroupRules", "SecurityGroupRuleArn", "security-group-rule", "SecurityGroupRuleId"),
    ] {
        let first = call(&mut session, action, json!({}))[list][0].clone();
        let arn = format!("arn:aws:ec2:us-east-1:{owner}:{kind}/{}", first[id].as_str().unwrap());
        assert_eq!(first[member], json!(arn), "{action}");
    }
}

// rules: J3
#[test]
fn an_instance_tells_of_what_it_is_made() {
    for (kind, architecture, ena) in [("t3.small", "x86_64", true), ("t4g.small", "arm64", true), ("t2.micro", "x86_64", false)] {
        let mut session = open("fresh-account");
        let parameters = json!({"ImageId": "ami-00000000000000001", "InstanceType": kind, "MinCount": 1, "MaxCount": 1});
        let instance = call(&mut session, "RunInstances", parameters)["Instances"][0].clone();
        let seen = (&instance["Architecture"], &instance["EnaSupport"], &instance["Hypervisor"], &instance["RootDeviceType"]);
        assert_eq!(seen, (&json!(architecture), &json!(ena), &json!("xen"), &json!("ebs")), "{kind}");
    }
}

// rules: E78 J17
#[test]
fn what_describe_prints_is_read_again_whatever_the_interface_type() {
    let (mut session, _) = launched();
    let mut all = serde_json::Map::new();
    for what in ["Vpcs", "Subnets", "SecurityGroups", "NetworkAcls", "RouteTables", "InternetGateways", "NetworkInterfaces", "Instances"] {
        let Value::Object(reply) = call(&mut session, &format!("Describe{what}"), json!({})) else { unreachable!() };
        all.extend(reply);
    }
    for kind in ["interface", "evs", "global_accelerator_managed", "something_of_next_year"] {
        let mut changed = Value::Object(all.clone());
        changed["NetworkInterfaces"][0]["InterfaceType"] = json!(kind);
        let (scenario, report) = import(&[("all.json".to_owned(), changed.to_string().into_bytes())]).unwrap();
        assert_eq!(scenario.network.enis().map(|eni| eni.kind.as_str()).collect::<Vec<_>>(), [kind], "{report:?}");
        assert_eq!(scenario.network.check_invariants(), Vec::<String>::new());
    }
}
