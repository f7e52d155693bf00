//! Tests of the table of actions and its interpreter.

mod alarms;
mod functions;
mod gateways;
mod hosted_zones;
mod load_balancers;
mod machines;
mod network;

use super::*;
use eni_core::addr::{PortRange, Traffic};
use eni_core::control::command::Command;
use eni_core::id::ResourceId;
use eni_core::model::Tags;
use eni_core::model::security_group::Peer;
use serde_json::json;

fn n<I: ResourceId>(number: u64) -> I {
    I::from_number(number)
}

fn tags() -> Tags {
    Tags::from([("Name".to_owned(), "web 1".to_owned()), ("empty".to_owned(), String::new())])
}

fn read(action: &str, parameters: Value) -> Result<Prepared, ApiError> {
    prepare("ec2", action, parameters.as_object().unwrap())
}

/// Every command, most of them in more than one form.
fn all_commands() -> impl Iterator<Item = Command> {
    [
        network::network_commands(),
        machines::interface_commands(),
        machines::instance_commands(),
        machines::tag_commands(),
        gateways::nat_gateway_commands(),
        gateways::vpn_commands(),
        alarms::alarm_commands(),
        functions::function_commands(),
        hosted_zones::hosted_zone_commands(),
        load_balancers::load_balancer_commands(),
        gateways::connection_commands(),
        gateways::transit_commands(),
    ]
    .into_iter()
    .flatten()
}

#[test]
fn every_command_becomes_a_call_and_comes_back() {
    let mut called = eni_core::table::Set::new();
    for command in all_commands() {
        let (action, parameters) = express(&command).unwrap_or_else(|| panic!("no call for {command:?}"));
        let prepared = prepare(service_of(action).unwrap().name, action, &parameters)
            .unwrap_or_else(|error| panic!("{action} {parameters:?}: {error}"));
        assert_eq!(prepared.request, Request::Command(command), "{action}");
        called.insert(action);
    }
    let missing: Vec<&str> = all_actions()
        .map(|action| action.name)
        .filter(|name| !["Describe", "Filter", "Get", "List", "Search"].iter().any(|verb| name.starts_with(verb)) && !called.contains(name))
        .collect();
    assert!(missing.is_empty(), "no command makes {missing:?}");
}

#[test]
fn every_command_has_words_of_its_own() {
    use crate::view::make::Maker;
    let network = eni_core::model::network::Network::empty("us-east-1", eni_core::model::AccountId(123_456_789_012));
    let memory = crate::world::memory::Memory::default();
    let names = eni_core::table::Table::default();
    let maker = Maker {
        network: &network,
        memory: &memory,
        now: eni_core::time::Instant::ZERO,
        language: Default::default(),
        names: &names,
        follows: &[],
    };
    for command in all_commands() {
        let (action, _) = express(&command).unwrap_or_else(|| panic!("no call for {command:?}"));
        let words = maker.summary(&command, action);
        assert!(!words.contains(action) && words.starts_with(char::is_lowercase), "{action} reads {words:?}");
    }
}

// rules: N6 X3
#[test]
fn an_icmp_entry_of_an_acl_says_type_and_code() {
    let entry = |protocol: &str, kind: Option<Value>| {
        let mut parameters = json!({"NetworkAclId": "acl-00000000000000001", "Egress": false, "RuleNumber": 90, "Protocol": protocol,
            "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"});
        kind.into_iter().for_each(|kind| parameters["IcmpTypeCode"] = kind);
        read("CreateNetworkAclEntry", parameters)
    };
    for protocol in ["1", "icmp", "58", "ICMPv6"] {
        for (kind, missing) in [(None, "type"), (Some(json!({"Code": 0})), "type"), (Some(json!({"Type": 8})), "code")] {
            let error = entry(protocol, kind).unwrap_err();
            let message = format!("The request must contain the parameter icmpTypeCode.{missing}");
            assert_eq!((error.code.as_str(), error.message), ("MissingParameter", message), "{protocol}");
        }
        assert!(entry(protocol, Some(json!({"Type": -1, "Code": -1}))).is_ok());
    }
    for protocol in ["-1", "47"] {
        assert!(entry(protocol, None).is_ok(), "{protocol} has no types");
    }
}

#[test]
fn kinds_of_interfaces_that_are_not_modelled_say_so() {
    for kind in ["efa", "efa-only", "branch", "trunk"] {
        let error = read("CreateNetworkInterface", json!({ "SubnetId": "subnet-00000000000000001", "InterfaceType": kind })).unwrap_err();
        assert_eq!(error.code, "UnsupportedOperation", "{kind}");
        assert!(error.message.contains(kind), "{error}");
    }
    assert!(read("CreateNetworkInterface", json!({ "SubnetId": "subnet-00000000000000001", "InterfaceType": "interface" })).is_ok());
}

#[test]
fn the_table_has_no_name_twice() {
    fn check(place: &str, members: &[Member]) {
        let names: eni_core::table::Set<_> = members.iter().map(|member| member.name).collect();
        assert_eq!(names.len(), members.len(), "{place}");
        for member in members {
            assert!(!member.help.is_empty(), "{place}.{} has no help", member.name);
            let mut wire = member.wire;
            while let Wire::List(inner) | Wire::Wrapped(inner) = wire {
                wire = *inner;
            }
            if let Wire::Struct(members) = wire {
                check(&format!("{place}.{}", member.name), members);
            }
        }
    }
    let mut names = eni_core::table::Set::new();
    for action in all_actions() {
        assert!(names.insert(action.name), "{} is there twice", action.name);
        check(action.name, action.members);
    }
}

// rules: X2 S14
#[test]
fn wrong_parameters_are_refused_in_awss_words() {
    let eni = "eni-00000000000000001";
    let cases = [
        ("NoSuchAction", json!({}), "UnsupportedOperation"),
        ("DeleteNetworkInterface", json!({}), "MissingParameter"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": null}), "MissingParameter"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": eni, "Force": true}), "UnknownParameter"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": "eni-xyz"}), "InvalidNetworkInterfaceId.Malformed"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": "ENI-00000000000000001"}), "InvalidNetworkInterfaceId.Malformed"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": 5}), "InvalidParameterValue"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": eni, "DryRun": "yes"}), "InvalidParameterValue"),
        ("StartInstances", json!({"InstanceIds": ["i-00000000000000001", "sg-1"]}), "InvalidInstanceID.Malformed"),
        ("StartInstances", json!({"InstanceIds": "i-00000000000000001"}), "InvalidParameterValue"),
        ("DeleteSubnet", json!({"SubnetId": "subnet-"}), "InvalidSubnetID.Malformed"),
        ("DeleteSecurityGroup", json!({"GroupId": "default"}), "InvalidGroupId.Malformed"),
        ("DeleteRouteTable", json!({"RouteTableId": "rtb"}), "InvalidRouteTableId.Malformed"),
        ("DetachNetworkInterface", json!({"AttachmentId": eni}), "InvalidNetworkInterfaceAttachmentId.Malformed"),
        ("CreateVpc", json!({"CidrBlock": "10.0.0.0"}), "InvalidParameterValue"),
        ("CreateNetworkInterface", json!({"SubnetId": "subnet-00000001", "PrivateIpAddress": "10.0.0"}), "InvalidParameterValue"),
        (
            "AttachNetworkInterface",
            json!({"NetworkInterfaceId": eni, "InstanceId": "i-00000001", "DeviceIndex": 70000}),
            "InvalidParameterValue",
        ),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-00000001", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 9, "ToPort": 5, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
            "InvalidParameterValue",
        ),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-00000001", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/40"}]}]}),
            "InvalidParameterValue",
        ),
        ("AuthorizeSecurityGroupIngress", json!({"GroupId": "sg-00000001"}), "MissingParameter"),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-00000001", "IpProtocol": "-1", "CidrIp": "0.0.0.0/0",
                "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
            "InvalidParameterCombination",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-00000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 4_000_000_000u32}),
            "InstanceLimitExceeded",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-00000001", "InstanceType": "t3.small", "MinCount": 2, "MaxCount": 1}),
            "InvalidParameterCombination",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-00000001", "InstanceType": "t9.tiny", "MinCount": 1, "MaxCount": 1}),
            "InvalidParameterValue",
        ),
        ("ReleaseAddress", json!({"PublicIp": "203.0.113.1"}), "InvalidParameterValue"),
        ("CreateTags", json!({"Resources": ["x-1"], "Tags": [{"Key": "a"}]}), "InvalidID"),
        ("CreateRoute", json!({"RouteTableId": "rtb-00000001", "GatewayId": "igw-00000001"}), "MissingParameter"),
        (
            "ModifyInstanceAttribute",
            json!({"InstanceId": "i-00000001", "DisableApiStop": {"Value": true}, "Groups": []}),
            "InvalidParameterCombination",
        ),
    ];
    for (action, parameters, code) in cases {
        let error = read(action, parameters.clone()).expect_err(action);
        assert_eq!(error.code, code, "{action} {parameters}: {}", error.message);
    }
    assert_eq!(prepare("s3", "CreateBucket", &Map::new()).unwrap_err().code, "UnsupportedOperation");
    let missing = read("DeleteNetworkInterface", json!({})).unwrap_err();
    assert_eq!(missing.message, "The request must contain the parameter networkInterfaceId");
    let malformed = read("TerminateInstances", json!({"InstanceIds": ["web-1"]})).unwrap_err();
    assert_eq!(malformed.message, "Invalid id: \"web-1\" (expecting \"i-...\")");
}

// rules: S13 S17
#[test]
fn blocks_lose_their_host_bits() {
    let request = read(
        "AuthorizeSecurityGroupIngress",
        json!({"GroupId": "sg-00000001", "IpPermissions": [{"IpProtocol": "6", "FromPort": 22, "ToPort": 22,
            "IpRanges": [{"CidrIp": "10.1.2.3/8"}], "Ipv6Ranges": [{"CidrIpv6": "2001:db8::1/32"}]}]}),
    );
    let Ok(Prepared { request: Request::Command(Command::AuthorizeSecurityGroup { permissions, .. }), dry_run: false, .. }) = request
    else {
        panic!("{request:?}")
    };
    let peers: Vec<Peer> = permissions.iter().map(|permission| permission.peer).collect();
    assert_eq!(peers, [Peer::Ipv4("10.0.0.0/8".parse().unwrap()), Peer::Ipv6("2001:db8::/32".parse().unwrap())]);
    assert!(permissions.iter().all(|permission| permission.traffic == Traffic::Tcp(PortRange::single(22))));
    let request = read("CreateVpc", json!({"CidrBlock": "100.68.0.18/18", "DryRun": true})).unwrap();
    assert!(request.dry_run);
    assert_eq!(
        request.request,
        Request::Command(Command::CreateVpc { cidr: "100.68.0.0/18".parse().unwrap(), amazon_ipv6: false, tags: Tags::new() })
    );
}
