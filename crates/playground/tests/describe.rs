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

// rules: I6 L14 J3
#[test]
fn where_a_vpc_gives_no_public_names_they_are_empty() {
    let (mut session, eni) = launched();
    let (vpc, public) = (eni["VpcId"].clone(), eni["Association"]["PublicIp"].as_str().unwrap().to_owned());
    let given = format!("ec2-{}.compute-1.amazonaws.com", public.replace('.', "-"));
    let names = |session: &mut Session| {
        let eni = call(session, "DescribeNetworkInterfaces", json!({}))["NetworkInterfaces"][0].clone();
        let instance = call(session, "DescribeInstances", json!({}))["Reservations"][0]["Instances"][0].clone();
        [
            (&eni, "/Association/PublicDnsName"),
            (&eni, "/PrivateIpAddresses/0/Association/PublicDnsName"),
            (&instance, "/PublicDnsName"),
            (&instance, "/NetworkInterfaces/0/Association/PublicDnsName"),
            (&instance, "/NetworkInterfaces/0/PrivateIpAddresses/0/Association/PublicDnsName"),
        ]
        .map(|(object, at)| object.pointer(at).and_then(Value::as_str).unwrap_or("absent").to_owned())
    };
    let set = |session: &mut Session, attribute: &str, on: bool| {
        call(session, "ModifyVpcAttribute", json!({"VpcId": vpc, attribute: {"Value": on}}));
    };
    assert_eq!(names(&mut session), [given.as_str(); 5]);
    for attribute in ["EnableDnsHostnames", "EnableDnsSupport"] {
        set(&mut session, attribute, false);
        assert_eq!(names(&mut session), [""; 5], "{attribute}");
        set(&mut session, attribute, true);
        assert_eq!(names(&mut session), [given.as_str(); 5], "{attribute}");
    }
    let id = json!(["i-00000000000000001"]);
    call(&mut session, "TerminateInstances", json!({"InstanceIds": id}));
    session.advance(seconds(60));
    let gone = call(&mut session, "DescribeInstances", json!({"InstanceIds": id}))["Reservations"][0]["Instances"][0].clone();
    assert_eq!((&gone["PublicDnsName"], &gone["PrivateDnsName"]), (&json!(""), &json!("")));
}

// rules: L1
#[test]
fn how_instances_are_follows_their_states() {
    let (mut session, _) = launched();
    let ids = json!(["i-00000000000000001"]);
    let seen = |session: &mut Session, all: bool| {
        let told = call(session, "DescribeInstanceStatus", json!({"InstanceIds": ids, "IncludeAllInstances": all}));
        let told = &told["InstanceStatuses"];
        let word = |at: &str| told.pointer(at).and_then(Value::as_str).unwrap_or("-").to_owned();
        ["/0/InstanceState/Name", "/0/InstanceStatus/Status", "/0/SystemStatus/Status", "/0/SystemStatus/Details/0/Status"]
            .map(word)
            .join(" ")
    };
    assert_eq!(seen(&mut session, false), "running ok ok passed");
    call(&mut session, "StopInstances", json!({"InstanceIds": ids}));
    assert_eq!(
        (seen(&mut session, false), seen(&mut session, true)),
        ("- - - -".to_owned(), "stopping not-applicable not-applicable -".to_owned())
    );
    session.advance(seconds(60));
    call(&mut session, "StartInstances", json!({"InstanceIds": ids}));
    assert_eq!(
        (seen(&mut session, false), seen(&mut session, true)),
        ("- - - -".to_owned(), "pending initializing initializing initializing".to_owned())
    );
}

// rules: L1
#[test]
fn how_instances_are_is_told_in_pages() {
    let (mut session, _) = launched();
    let parameters = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 6, "MaxCount": 6});
    call(&mut session, "RunInstances", parameters);
    session.advance(seconds(5));
    let first = call(&mut session, "DescribeInstanceStatus", json!({"MaxResults": 5}));
    let second = call(&mut session, "DescribeInstanceStatus", json!({"MaxResults": 5, "NextToken": first["NextToken"]}));
    let count = |page: &Value| page["InstanceStatuses"].as_array().unwrap().len();
    assert_eq!((count(&first), count(&second), second.get("NextToken")), (5, 2, None));
    let refused = session.execute(&Act::ec2("DescribeInstanceStatus", json!({"MaxResults": 5, "InstanceIds": ["i-00000000000000001"]})));
    assert!(refused.result.is_err());
}

// rules: L3 L5
#[test]
fn a_shutdown_typed_on_an_instance_does_what_the_instance_says() {
    for (behavior, after) in [("stop", "stopped"), ("terminate", "terminated")] {
        let (mut session, _) = launched();
        let (id, word) = ("i-00000000000000001", json!({"Value": behavior}));
        call(&mut session, "ModifyInstanceAttribute", json!({"InstanceId": id, "InstanceInitiatedShutdownBehavior": word}));
        let shown =
            call(&mut session, "DescribeInstanceAttribute", json!({"InstanceId": id, "Attribute": "instanceInitiatedShutdownBehavior"}));
        assert_eq!(shown["InstanceInitiatedShutdownBehavior"]["Value"], behavior);
        let typed = |command: &str| Act::Guest { instance: id.to_owned(), command: command.to_owned() };
        assert!(session.execute(&typed("shutdown tomorrow")).result.is_err());
        session.execute(&typed("sudo shutdown -h now")).result.unwrap();
        session.advance(seconds(60));
        let instance = call(&mut session, "DescribeInstances", json!({}))["Reservations"][0]["Instances"][0].clone();
        assert_eq!(
            (&instance["State"]["Name"], &instance["StateReason"]["Code"]),
            (&json!(after), &json!("Client.InstanceInitiatedShutdown"))
        );
    }
    let (mut session, _) = launched();
    let word = json!({"Value": "hibernate"});
    let parameters = json!({"InstanceId": "i-00000000000000001", "InstanceInitiatedShutdownBehavior": word});
    assert!(session.execute(&Act::ec2("ModifyInstanceAttribute", parameters)).result.is_err());
}

// rules: S42 S43
#[test]
fn idle_time_outs_can_be_given_from_the_start() {
    let mut session = open("fresh-account");
    let timeouts = json!({"TcpEstablishedTimeout": 600, "UdpTimeout": 45});
    let subnet = "subnet-00000000000000001";
    let made = call(&mut session, "CreateNetworkInterface", json!({"SubnetId": subnet, "ConnectionTrackingSpecification": timeouts}));
    assert_eq!(made["NetworkInterface"]["ConnectionTrackingConfiguration"], timeouts);
    let interface = json!({"DeviceIndex": 0, "SubnetId": subnet, "ConnectionTrackingSpecification": timeouts});
    let parameters = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1, "NetworkInterfaces": [interface]});
    call(&mut session, "RunInstances", parameters.clone());
    let all = call(&mut session, "DescribeNetworkInterfaces", json!({}));
    assert_eq!(all["NetworkInterfaces"][1]["ConnectionTrackingConfiguration"], timeouts);
    for wrong in [json!({"TcpEstablishedTimeout": 59}), json!({"UdpStreamTimeout": 181}), json!({"UdpTimeout": 61})] {
        let mut parameters = parameters.clone();
        parameters["NetworkInterfaces"][0]["ConnectionTrackingSpecification"] = wrong.clone();
        assert!(session.execute(&Act::ec2("RunInstances", parameters)).result.is_err(), "{wrong}");
        let parameters = json!({"SubnetId": subnet, "ConnectionTrackingSpecification": wrong});
        assert!(session.execute(&Act::ec2("CreateNetworkInterface", parameters)).result.is_err(), "{wrong}");
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
