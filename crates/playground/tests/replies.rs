//! Describe replies and the answers of accepted calls, in the API's shapes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_core::model::network::Network;
use eni_playground::account::Account;
use eni_playground::aws::{Action, ApiError, actions};
use eni_playground::scenario::import;
use serde_json::{Map, Value, json};

/// A fresh account that answers as `eni api` would, settling after each call.
struct Api(Account);

impl Api {
    fn new() -> Api {
        Api(Account::fresh("us-east-1").unwrap())
    }

    fn network(&self) -> &Network {
        self.0.network()
    }

    fn call(&mut self, action: &str, parameters: Value) -> Result<Value, ApiError> {
        let answer = self.0.call("ec2", action, parameters.as_object().unwrap());
        self.0.settle();
        answer
    }

    fn ok(&mut self, action: &str, parameters: Value) -> Value {
        self.call(action, parameters.clone()).unwrap_or_else(|error| panic!("{action} {parameters}: {error}"))
    }
}

/// An instance in the first default subnet with a second ENI, an Elastic IP, a group and a route.
fn furnished() -> Api {
    let mut api = Api::new();
    let subnet = "subnet-00000000000000001";
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1, "SubnetId": subnet,
        "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}]});
    let instance = api.ok("RunInstances", launch)["Instances"][0]["InstanceId"].clone();
    let made = api.ok("CreateNetworkInterface", json!({"SubnetId": subnet, "Description": "service", "SecondaryPrivateIpAddressCount": 1}));
    let eni = made["NetworkInterface"]["NetworkInterfaceId"].clone();
    api.ok("AttachNetworkInterface", json!({"NetworkInterfaceId": eni, "InstanceId": instance, "DeviceIndex": 1}));
    api.ok("AssignPrivateIpAddresses", json!({"NetworkInterfaceId": eni, "Ipv4Prefixes": ["172.31.0.32/28"]}));
    let allocation = api.ok("AllocateAddress", json!({}))["AllocationId"].clone();
    api.ok("AssociateAddress", json!({"AllocationId": allocation, "NetworkInterfaceId": eni}));
    let group = api.ok("CreateSecurityGroup", json!({"GroupName": "web", "Description": "the web"}))["GroupId"].clone();
    api.ok(
        "AuthorizeSecurityGroupIngress",
        json!({"GroupId": group, "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
            "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}], "UserIdGroupPairs": [{"GroupId": group}]}]}),
    );
    api.ok("ModifyNetworkInterfaceAttribute", json!({"NetworkInterfaceId": eni, "Groups": [group]}));
    let table = api.ok("DescribeRouteTables", json!({}))["RouteTables"][0]["RouteTableId"].clone();
    let route = json!({"RouteTableId": table, "DestinationCidrBlock": "192.0.2.0/24", "NetworkInterfaceId": eni});
    assert_eq!(api.ok("CreateRoute", route), json!({"Return": true}));
    api
}

// rules: J1 J2 J3 J5 J6 J7 J9
#[test]
fn describe_replies_show_what_follows_too() {
    let mut api = furnished();
    let eni =
        api.ok("DescribeNetworkInterfaces", json!({"NetworkInterfaceIds": ["eni-00000000000000002"]}))["NetworkInterfaces"][0].clone();
    assert_eq!(eni["Status"], "in-use");
    assert_eq!(eni["Attachment"]["Status"], "attached");
    assert_eq!(eni["AvailabilityZone"], "us-east-1a");
    assert_eq!(eni["PrivateIpAddress"], "172.31.0.5");
    assert_eq!(eni["PrivateDnsName"], "ip-172-31-0-5.ec2.internal");
    assert_eq!(eni["Association"], eni["PrivateIpAddresses"][0]["Association"]);
    assert_eq!(eni["Association"]["IpOwnerId"], "123456789012");
    assert_eq!(eni["Groups"][0]["GroupName"], "web");
    assert_eq!(eni["Ipv4Prefixes"], json!([{"Ipv4Prefix": "172.31.0.32/28"}]));
    assert_eq!(eni["TagSet"], json!([]));
    assert!(eni.get("Tags").is_none() && eni.get("AssociatePublicIpAddress").is_none());

    let instance = api.ok("DescribeInstances", json!({}))["Reservations"][0]["Instances"][0].clone();
    assert_eq!(instance["State"], json!({"Code": 16, "Name": "running"}));
    assert_eq!(instance["NetworkInterfaces"].as_array().unwrap().len(), 2);
    let mapped: Vec<&String> = instance["NetworkInterfaces"][1]["Association"].as_object().unwrap().keys().collect();
    assert!(instance["NetworkInterfaces"][1]["Attachment"].get("InstanceId").is_none(), "it goes without saying");
    assert_eq!(mapped, ["IpOwnerId", "PublicDnsName", "PublicIp"], "an instance does not tell the ids of Elastic IPs");
    assert_eq!(instance["PrivateIpAddress"], "172.31.0.4");
    assert!(instance["PublicIpAddress"].is_string(), "a default subnet gives one");
    assert_eq!(instance["Tags"], json!([{"Key": "Name", "Value": "web"}]));

    let group = api.ok("DescribeSecurityGroups", json!({}))["SecurityGroups"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(group["IpPermissions"].as_array().unwrap().len(), 1, "rules of equal traffic are merged");
    assert_eq!(group["IpPermissions"][0]["UserIdGroupPairs"][0]["UserId"], "123456789012");
    let rules = api.ok("DescribeSecurityGroupRules", json!({}))["SecurityGroupRules"].clone();
    let all: Vec<&Value> = rules.as_array().unwrap().iter().filter(|rule| rule["IsEgress"] == true).collect();
    assert!(all.iter().all(|rule| rule["FromPort"] == -1 && rule["IpProtocol"] == "-1"));

    let subnet = api.ok("DescribeSubnets", json!({"SubnetIds": ["subnet-00000000000000001"]}))["Subnets"][0].clone();
    assert_eq!(subnet["AvailableIpAddressCount"], 4096 - 5 - 3 - 16);
    let routes = api.ok("DescribeRouteTables", json!({}))["RouteTables"][0]["Routes"].clone();
    let through = routes.as_array().unwrap().iter().find(|route| route["DestinationCidrBlock"] == "192.0.2.0/24").unwrap();
    assert_eq!((&through["State"], &through["Origin"]), (&json!("active"), &json!("CreateRoute")));
    assert_eq!(through["InstanceId"], "i-00000000000000001");
    let entries = api.ok("DescribeNetworkAcls", json!({}))["NetworkAcls"][0]["Entries"].clone();
    assert!(entries.as_array().unwrap().iter().any(|entry| entry["RuleNumber"] == 32767 && entry["RuleAction"] == "deny"));
}

// rules: X3
#[test]
fn ids_that_are_not_there_are_refused_by_describe() {
    let mut api = furnished();
    let cases = [
        ("DescribeVpcs", "VpcIds", "vpc-00000099", "InvalidVpcID.NotFound"),
        ("DescribeNetworkInterfaces", "NetworkInterfaceIds", "eni-00000099", "InvalidNetworkInterfaceID.NotFound"),
        ("DescribeInstances", "InstanceIds", "i-00000099", "InvalidInstanceID.NotFound"),
        ("DescribeAddresses", "AllocationIds", "eipalloc-00000099", "InvalidAllocationID.NotFound"),
        ("DescribeSecurityGroups", "GroupIds", "sg-00000099", "InvalidGroup.NotFound"),
        ("DescribeSubnets", "SubnetIds", "subnet-00000099", "InvalidSubnetID.NotFound"),
    ];
    for (action, member, id, code) in cases {
        assert_eq!(api.call(action, json!({member: [id]})).unwrap_err().code, code);
    }
    let error = api.call("DeleteNetworkInterface", json!({"NetworkInterfaceId": "eni-00000000000000002"})).unwrap_err();
    assert_eq!(error.code, "InvalidParameterValue", "a refusal of the engine keeps its code");
    assert!(error.to_json()["Error"]["Message"].as_str().unwrap().contains("currently in use"));
}

#[test]
fn answers_have_the_members_of_the_api() {
    let mut api = furnished();
    let address = api.ok("AllocateAddress", json!({}));
    let names: Vec<&String> = address.as_object().unwrap().keys().collect();
    assert_eq!(names, ["AllocationId", "Domain", "NetworkBorderGroup", "PublicIp", "PublicIpv4Pool"]);
    let stop = api.ok("StopInstances", json!({"InstanceIds": ["i-00000000000000001"]}));
    let change = json!({"InstanceId": "i-00000000000000001", "CurrentState": {"Code": 64, "Name": "stopping"},
        "PreviousState": {"Code": 16, "Name": "running"}});
    assert_eq!(stop, json!({"StoppingInstances": [change]}));
    let rules = api.ok("DescribeSecurityGroupRules", json!({}))["SecurityGroupRules"].clone();
    let rule = rules.as_array().unwrap().iter().find(|rule| rule["CidrIpv4"] == "0.0.0.0/0" && rule["FromPort"] == 443).unwrap();
    let revoked =
        api.ok("RevokeSecurityGroupIngress", json!({"GroupId": rule["GroupId"], "SecurityGroupRuleIds": [rule["SecurityGroupRuleId"]]}));
    assert_eq!(revoked["Return"], true);
    assert_eq!(revoked["RevokedSecurityGroupRules"][0]["SecurityGroupRuleId"], rule["SecurityGroupRuleId"]);
    assert_eq!(api.ok("CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}))["Vpc"]["State"], "pending");
    let assigned =
        api.ok("AssignPrivateIpAddresses", json!({"NetworkInterfaceId": "eni-00000000000000002", "SecondaryPrivateIpAddressCount": 1}));
    assert_eq!(assigned["AssignedPrivateIpAddresses"].as_array().unwrap().len(), 1);
    assert!(assigned.get("AssignedIpv4Prefixes").is_none());
    let eni = json!({"SubnetId": "subnet-00000000000000001", "Ipv4PrefixCount": 1});
    let eni = api.ok("CreateNetworkInterface", eni)["NetworkInterface"].clone();
    assert_eq!(eni["Ipv4Prefixes"], json!([{"Ipv4Prefix": "172.31.0.16/28"}]));
    let more = json!({"NetworkInterfaceId": eni["NetworkInterfaceId"], "Ipv4PrefixCount": 1, "SecondaryPrivateIpAddressCount": 1});
    let more = api.ok("AssignPrivateIpAddresses", more);
    assert_eq!(more["AssignedIpv4Prefixes"], json!([{"Ipv4Prefix": "172.31.0.48/28"}]));
    assert_eq!(more["AssignedPrivateIpAddresses"].as_array().unwrap().len(), 1);
}

#[test]
fn describe_replies_come_back_as_the_same_network() {
    let mut api = furnished();
    let mut files = Vec::new();
    let lists = |action: &&Action| {
        let asks_for_one = ["DescribeSecurityGroupReferences", "DescribeStaleSecurityGroups"].contains(&action.name);
        action.name.starts_with("Describe") && !action.name.ends_with("Attribute") && !asks_for_one
    };
    for action in actions().filter(lists) {
        let answer = api.ok(action.name, json!({}));
        files.push((format!("{}.json", action.name), answer.to_string().into_bytes()));
    }
    let (scenario, report) = import(&files).unwrap();
    assert_eq!((report.warnings, report.left_out), (vec![], vec![]), "everything that replies show is understood");
    let again = &scenario.network;
    assert!(again.vpcs().map(|vpc| &vpc.cidrs).eq(api.network().vpcs().map(|vpc| &vpc.cidrs)));
    assert!(again.subnets().eq(api.network().subnets()));
    assert!(again.groups().eq(api.network().groups()));
    assert!(again.acls().eq(api.network().acls()));
    assert!(again.route_tables().eq(api.network().route_tables()));
    assert!(again.internet_gateways().eq(api.network().internet_gateways()));
    assert!(again.elastic_ips().eq(api.network().elastic_ips()));
    // Their moments are counted from another beginning, and nothing tells what guests run: what is shown of them is the same.
    let mut account = Account::holding(scenario.network.clone(), scenario.clock, scenario.epoch);
    for action in ["DescribeInstances", "DescribeNetworkInterfaces"] {
        assert_eq!(account.call("ec2", action, &Map::new()).unwrap(), api.ok(action, json!({})), "{action}");
    }
}

// rules: J4 J5 J6
#[test]
fn what_begins_and_what_is_empty_is_told_as_aws_tells_it() {
    let mut api = Api::new();
    let made = api.ok("CreateVpc", json!({"CidrBlock": "10.0.0.0/16", "AmazonProvidedIpv6CidrBlock": true}))["Vpc"].clone();
    let block = &made["Ipv6CidrBlockAssociationSet"][0];
    assert_eq!((&made["State"], &block["Ipv6CidrBlockState"]["State"]), (&json!("pending"), &json!("associating")));
    assert_eq!(block["Ipv6CidrBlock"], "", "Amazon has not chosen yet");
    assert_eq!(made["CidrBlockAssociationSet"][0]["CidrBlockState"]["State"], "associated");
    let plain = api.ok("CreateVpc", json!({"CidrBlock": "10.1.0.0/16"}))["Vpc"].clone();
    assert_eq!((&plain["Ipv6CidrBlockAssociationSet"], plain.get("Tags")), (&json!([]), None));
    let more = api.ok("AssociateVpcCidrBlock", json!({"VpcId": plain["VpcId"], "AmazonProvidedIpv6CidrBlock": true}));
    assert_eq!(more["Ipv6CidrBlockAssociation"]["Ipv6CidrBlock"], "");

    let seen = |api: &mut Api, id: &Value| api.ok("DescribeVpcs", json!({"VpcIds": [id]}))["Vpcs"][0].clone();
    let (first, default) = (seen(&mut api, &made["VpcId"]), seen(&mut api, &json!("vpc-00000000000000001")));
    assert_eq!((&first["State"], default["State"].as_str()), (&json!("available"), Some("available")));
    assert!(first["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].as_str().is_some_and(|block| block.ends_with("/56")));
    assert_eq!(["Ipv6CidrBlockAssociationSet", "Tags"].map(|name| default.get(name)), [None, None]);
    // Some calls leave out tags where there are none, others show an empty list.
    api.ok("RunInstances", json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1}));
    api.ok("AllocateAddress", json!({}));
    let lists = [
        ("DescribeSubnets", "/Subnets/0/Tags", None),
        ("DescribeSecurityGroups", "/SecurityGroups/0/Tags", None),
        ("DescribeAddresses", "/Addresses/0/Tags", None),
        ("DescribeInstances", "/Reservations/0/Instances/0/Tags", None),
        ("DescribeRouteTables", "/RouteTables/0/Tags", Some(&json!([]))),
        ("DescribeNetworkAcls", "/NetworkAcls/0/Tags", Some(&json!([]))),
        ("DescribeNetworkInterfaces", "/NetworkInterfaces/0/TagSet", Some(&json!([]))),
    ];
    for (action, place, tags) in lists {
        assert_eq!(api.ok(action, json!({})).pointer(place), tags, "{action}");
    }
}

// rules: L20
#[test]
fn launches_tell_places_tokens_and_monitoring() {
    let mut api = Api::new();
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 2, "MaxCount": 2});
    let told = |instances: &Value| -> Vec<Vec<String>> {
        let words = ["/AmiLaunchIndex", "/Monitoring/State", "/StateReason/Code", "/ClientToken"];
        let of = |one: &Value| words.map(|place| one.pointer(place).map_or("-".to_owned(), |value| value.to_string().replace('"', "")));
        instances.as_array().unwrap().iter().map(|one| of(one).to_vec()).collect()
    };
    let first = told(&api.ok("RunInstances", launch.clone())["Instances"]);
    let token = first[0][3].clone();
    assert_eq!(first, [["0", "disabled", "pending", &token], ["1", "disabled", "pending", &token]]);
    let form: Vec<usize> = token.split('-').map(str::len).collect();
    assert_eq!((form, &token[14..15]), (vec![8, 4, 4, 4, 12], "4"), "{token}");
    let seen = |api: &mut Api| api.ok("DescribeInstances", json!({}))["Reservations"].clone();
    assert_eq!(told(&seen(&mut api)[0]["Instances"]), [["0", "disabled", "-", &token], ["1", "disabled", "-", &token]]);

    let mut asked = launch;
    asked["ClientToken"] = json!("mine");
    asked["Monitoring"] = json!({"Enabled": true});
    let second = api.ok("RunInstances", asked)["Instances"].clone();
    assert_eq!(told(&second)[1], ["1", "pending", "pending", "mine"]);
    assert_eq!(told(&seen(&mut api)[1]["Instances"])[1], ["1", "enabled", "-", "mine"]);
    let ids = json!({"InstanceIds": [second[0]["InstanceId"], second[1]["InstanceId"]]});
    let answer = api.ok("UnmonitorInstances", ids.clone())["InstanceMonitorings"].clone();
    assert_eq!(answer[1], json!({"InstanceId": second[1]["InstanceId"], "Monitoring": {"State": "disabling"}}));
    assert_eq!(told(&seen(&mut api)[1]["Instances"])[1][1], "disabled");
    assert_eq!(api.ok("MonitorInstances", ids.clone())["InstanceMonitorings"][0]["Monitoring"]["State"], "pending");
    assert_eq!(told(&seen(&mut api)[1]["Instances"])[0][1], "enabled");
    assert_eq!(api.call("MonitorInstances", json!({"InstanceIds": ["i-00000099"]})).unwrap_err().code, "InvalidInstanceID.NotFound");
    api.ok("TerminateInstances", ids.clone());
    assert_eq!(api.call("MonitorInstances", ids).unwrap_err().code, "IncorrectInstanceState");
}

// rules: L20
#[test]
fn calls_that_take_a_token_tell_one_that_was_made_up_where_none_is_given() {
    let mut api = Api::new();
    let (vpc, subnet) = ("vpc-00000000000000001", "subnet-00000000000000001");
    let calls = [
        ("CreateNetworkInterface", json!({"SubnetId": subnet})),
        ("CreateRouteTable", json!({"VpcId": vpc})),
        ("CreateNetworkAcl", json!({"VpcId": vpc})),
        ("CreateNatGateway", json!({"SubnetId": subnet, "ConnectivityType": "private"})),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (action, parameters) in calls {
        for _ in 0..2 {
            let token = api.ok(action, parameters.clone())["ClientToken"].as_str().unwrap().to_owned();
            assert_eq!(token.len(), 36, "{action}: {token}");
            assert!(seen.insert(token), "{action}: each request has its own");
        }
        let mut given = parameters.clone();
        given["ClientToken"] = json!("mine");
        assert_eq!(api.ok(action, given)["ClientToken"], "mine", "{action}");
    }
    assert!(api.ok("CreateSubnet", json!({"VpcId": vpc, "CidrBlock": "172.31.128.0/24"})).get("ClientToken").is_none());
}

// rules: X3
#[test]
fn a_request_with_a_client_token_is_done_once() {
    let subnet = "subnet-00000000000000001";
    let vpc = "vpc-00000000000000001";
    let launch = |count: u32, token: &str| json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": count, "MaxCount": count, "ClientToken": token});
    let cases = [
        (
            "CreateNetworkInterface",
            json!({"SubnetId": subnet, "ClientToken": "a"}),
            json!({"SubnetId": subnet, "Description": "b", "ClientToken": "a"}),
        ),
        ("CreateRouteTable", json!({"VpcId": vpc, "ClientToken": "a"}), json!({"VpcId": "vpc-00000000000000002", "ClientToken": "a"})),
        ("CreateNetworkAcl", json!({"VpcId": vpc, "ClientToken": "a"}), json!({"VpcId": "vpc-00000000000000002", "ClientToken": "a"})),
        ("RunInstances", launch(2, "a"), launch(1, "a")),
    ];
    let mut api = Api::new();
    for (action, parameters, other) in cases {
        let first = api.ok(action, parameters.clone());
        assert_eq!(first.get("ClientToken").is_some(), action != "RunInstances", "{action}: {first}");
        let before = api.network().clone();
        let again = api.ok(action, parameters.clone());
        assert!(*api.network() == before, "{action} was done twice");
        let id = |answer: &Value| -> Option<String> {
            let object = answer.as_object()?.values().find(|value| value.is_object()).unwrap_or(answer);
            object
                .as_object()?
                .iter()
                .find(|(name, _)| ["NetworkInterfaceId", "RouteTableId", "NetworkAclId", "ReservationId"].contains(&name.as_str()))
                .map(|(_, id)| id.to_string())
        };
        assert!(id(&first).is_some() && id(&first) == id(&again), "{action}: {first} {again}");
        let error = api.call(action, other).unwrap_err();
        assert_eq!(error.code, "IdempotentParameterMismatch", "{action}");
        let mut tried = parameters.clone();
        tried["DryRun"] = json!(true);
        assert_eq!(api.call(action, tried).unwrap_err().code, "DryRunOperation");
        let mut new = parameters.clone();
        new["ClientToken"] = json!("b");
        assert_ne!(id(&api.ok(action, new)), id(&first), "{action}: another token, another request");
        for bad in ["x".repeat(65), "é".to_owned(), "a b".to_owned()] {
            let mut wrong = parameters.clone();
            wrong["ClientToken"] = json!(bad);
            assert_eq!(api.call(action, wrong).unwrap_err().code, "InvalidParameterValue");
        }
    }
    // A refused request leaves its token free.
    let wrong = json!({"SubnetId": "subnet-00000000000000099", "ClientToken": "free"});
    assert_eq!(api.call("CreateNetworkInterface", wrong).unwrap_err().code, "InvalidSubnetID.NotFound");
    api.ok("CreateNetworkInterface", json!({"SubnetId": subnet, "ClientToken": "free"}));
}

// rules: E10
#[test]
fn deleting_tags_without_naming_any_deletes_them_all() {
    let mut api = furnished();
    let instance = "i-00000000000000001";
    api.ok("CreateTags", json!({"Resources": [instance], "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}));
    api.ok("DeleteTags", json!({"Resources": [instance], "Tags": [{"Key": "a", "Value": "2"}, {"Key": "b"}]}));
    let left = |api: &mut Api| api.ok("DescribeTags", json!({"Filters": [{"Name": "resource-id", "Values": [instance]}]}))["Tags"].clone();
    let tag = |key: &str, value: &str| json!({"ResourceId": instance, "ResourceType": "instance", "Key": key, "Value": value});
    assert_eq!(left(&mut api), json!([tag("Name", "web"), tag("a", "1")]));
    api.ok("DeleteTags", json!({"Resources": [instance]}));
    assert_eq!(left(&mut api), json!([]));
}

// rules: S8 X3
#[test]
fn a_group_of_the_default_vpc_may_be_named_by_its_name() {
    let mut api = furnished();
    let rule = json!({"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "192.0.2.0/24"});
    let with = |name: &str, value: &str| {
        let mut parameters = rule.clone();
        parameters[name] = json!(value);
        parameters
    };
    let added = api.ok("AuthorizeSecurityGroupIngress", with("GroupName", "web"))["SecurityGroupRules"][0]["GroupId"].clone();
    assert_eq!(api.ok("DescribeSecurityGroups", json!({"GroupNames": ["web"]}))["SecurityGroups"][0]["GroupId"], added);
    let error = api.call("AuthorizeSecurityGroupIngress", with("GroupId", added.as_str().unwrap())).unwrap_err();
    assert_eq!(error.code, "InvalidPermission.Duplicate");
    api.ok("RevokeSecurityGroupIngress", with("GroupName", "web"));
    assert_eq!(api.call("AuthorizeSecurityGroupEgress", with("GroupName", "web")).unwrap_err().code, "UnknownParameter");
    let absent = api.call("AuthorizeSecurityGroupIngress", with("GroupName", "nobody")).unwrap_err();
    let message = "The security group 'nobody' does not exist in default VPC 'vpc-00000000000000001'";
    assert_eq!((absent.code.as_str(), absent.message.as_str()), ("InvalidGroup.NotFound", message));
    assert_eq!(api.call("DeleteSecurityGroup", json!({})).unwrap_err().code, "MissingParameter");
    api.ok("CreateSecurityGroup", json!({"GroupName": "spare", "Description": "none uses it"}));
    assert_eq!(api.ok("DeleteSecurityGroup", json!({"GroupName": "spare"}))["Return"], true);
    let other = api.ok("CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}))["Vpc"]["VpcId"].clone();
    api.ok("CreateSecurityGroup", json!({"GroupName": "far", "Description": "elsewhere", "VpcId": other}));
    assert_eq!(api.call("DeleteSecurityGroup", json!({"GroupName": "far"})).unwrap_err().code, "InvalidGroup.NotFound");
}

// rules: L1 A1 J13 J14 J15
#[test]
fn what_takes_a_while_is_answered_as_it_begins_and_described_as_it_is() {
    let mut api = Api::new();
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1});
    let answer = api.ok("RunInstances", launch.clone())["Instances"][0].clone();
    let nic = &answer["NetworkInterfaces"][0];
    assert_eq!((&answer["State"]["Name"], &nic["Attachment"]["Status"]), (&json!("pending"), &json!("attaching")));
    let names = ["PublicIpAddress", "PublicDnsName"].map(|name| answer.get(name));
    assert_eq!((names, nic.get("Association"), nic["PrivateIpAddresses"][0].get("Association")), ([None, Some(&json!(""))], None, None));
    let seen = api.ok("DescribeInstances", json!({}))["Reservations"][0]["Instances"][0].clone();
    assert_eq!(
        (&seen["PublicIpAddress"], &seen["NetworkInterfaces"][0]["Attachment"]["Status"]),
        (&json!("203.0.113.1"), &json!("attached"))
    );
    assert_eq!(seen["NetworkInterfaces"][0]["PrivateIpAddresses"][0]["Association"]["PublicIp"], "203.0.113.1");

    // An Elastic IP that an existing interface has is there already.
    let eni =
        api.ok("CreateNetworkInterface", json!({"SubnetId": "subnet-00000000000000001"}))["NetworkInterface"]["NetworkInterfaceId"].clone();
    let allocation = api.ok("AllocateAddress", json!({}))["AllocationId"].clone();
    api.ok("AssociateAddress", json!({"AllocationId": allocation, "NetworkInterfaceId": eni}));
    let mut with_eni = launch;
    with_eni["NetworkInterfaces"] = json!([{"DeviceIndex": 0, "NetworkInterfaceId": eni}]);
    let answer = api.ok("RunInstances", with_eni)["Instances"][0].clone();
    assert!(answer["PublicIpAddress"].is_string() && answer["NetworkInterfaces"][0]["Attachment"]["Status"] == "attaching", "{answer}");

    let gateway = api.ok("CreateVpnGateway", json!({"Type": "ipsec.1"}))["VpnGateway"]["VpnGatewayId"].clone();
    let attached = api.ok("AttachVpnGateway", json!({"VpnGatewayId": gateway, "VpcId": "vpc-00000000000000001"}));
    assert_eq!(attached["VpcAttachment"]["State"], "attaching");
    assert_eq!(api.ok("DescribeVpnGateways", json!({}))["VpnGateways"][0]["VpcAttachments"][0]["State"], "attached");
    let far = json!({"Type": "ipsec.1", "PublicIp": "198.51.100.7", "BgpAsn": 65000});
    let far = api.ok("CreateCustomerGateway", far)["CustomerGateway"]["CustomerGatewayId"].clone();
    let made = api.ok("CreateVpnConnection", json!({"Type": "ipsec.1", "CustomerGatewayId": far, "VpnGatewayId": gateway}));
    assert_eq!((&made["VpnConnection"]["State"], made["VpnConnection"].get("VgwTelemetry")), (&json!("pending"), None));
    assert_eq!(api.ok("DescribeVpnConnections", json!({}))["VpnConnections"][0]["State"], "available");
}

// rules: R51
#[test]
fn both_tunnels_of_a_vpn_connection_are_up_each_at_an_address_of_its_own() {
    let mut api = Api::new();
    let gateway = api.ok("CreateVpnGateway", json!({"Type": "ipsec.1"}))["VpnGateway"]["VpnGatewayId"].clone();
    for (at, fixed) in [(1, true), (2, false)] {
        let far = json!({"Type": "ipsec.1", "PublicIp": format!("198.51.100.{at}"), "BgpAsn": 65000});
        let far = api.ok("CreateCustomerGateway", far)["CustomerGateway"]["CustomerGatewayId"].clone();
        let ends = json!({"Type": "ipsec.1", "CustomerGatewayId": far, "VpnGatewayId": gateway, "Options": {"StaticRoutesOnly": fixed}});
        api.ok("CreateVpnConnection", ends);
    }
    for block in ["192.168.0.0/16", "10.9.0.0/16"] {
        api.ok("CreateVpnConnectionRoute", json!({"VpnConnectionId": "vpn-00000000000000001", "DestinationCidrBlock": block}));
    }
    let shown = api.ok("DescribeVpnConnections", json!({}));
    let tunnel = |routes: u32, outside: &str, message: &str| json!({"AcceptedRouteCount": routes, "OutsideIpAddress": outside, "Status": "UP", "StatusMessage": message});
    let told = |at: usize| shown["VpnConnections"][at]["VgwTelemetry"].clone();
    assert_eq!(told(0), json!([tunnel(2, "198.19.224.2", ""), tunnel(2, "198.19.224.3", "")]));
    assert_eq!(told(1), json!([tunnel(0, "198.19.224.4", "0 BGP ROUTES"), tunnel(0, "198.19.224.5", "0 BGP ROUTES")]));
}
