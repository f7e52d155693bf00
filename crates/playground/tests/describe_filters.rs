//! Describe calls as AWS's API takes them: by ids, by filters, page by page; and those that show one attribute.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_playground::account::Account;
use eni_playground::aws::shape::{DERIVED, SHAPES};
use eni_playground::aws::{Kind, Member, Wire};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An account that answers and settles.
struct Api(Account);

impl Api {
    fn ask(&mut self, action: &str, parameters: Value) -> Result<Value, String> {
        let answer = self.0.call("ec2", action, parameters.as_object().unwrap());
        self.0.settle();
        answer.map_err(|error| error.to_string())
    }

    fn ok(&mut self, action: &str, parameters: Value) -> Value {
        self.ask(action, parameters.clone()).unwrap_or_else(|error| panic!("{action} {parameters}: {error}"))
    }

    /// The ids, in the order of the answer.
    fn ids(&mut self, action: &str, parameters: Value) -> Vec<String> {
        let answer = self.ok(action, parameters);
        answer[list_of(action)].as_array().unwrap().iter().flat_map(ids_in).collect()
    }
}

/// The member of a reply that lists what was asked for.
fn list_of(action: &str) -> &str {
    match action {
        "DescribeInstances" => "Reservations",
        "DescribeInstanceStatus" => "InstanceStatuses",
        _ => action.strip_prefix("Describe").unwrap(),
    }
}

/// The id of an object, or those of the instances of a launch.
fn ids_in(object: &Value) -> Vec<String> {
    if let Some(instances) = object["Instances"].as_array() {
        return instances.iter().map(|instance| instance["InstanceId"].as_str().unwrap().to_owned()).collect();
    }
    let members = [
        "VpcEndpointId",
        "VpcPeeringConnectionId",
        "SecurityGroupRuleId",
        "ResourceId",
        "ZoneName",
        "InstanceType",
        "RegionName",
        "KeyPairId",
    ];
    if object.get("SystemStatus").is_some() {
        return vec![object["InstanceId"].as_str().unwrap().to_owned()];
    }
    let own = members.iter().find_map(|member| object[*member].as_str());
    let named = |end: &str| ["NatGatewayId", "NetworkInterfaceId", "SubnetId", "AllocationId", "GroupId"].contains(&end);
    let other = object.as_object().unwrap().iter().find(|(name, _)| named(name)).and_then(|(_, value)| value.as_str());
    let rest = ["NetworkAclId", "RouteTableId", "InternetGatewayId", "VpcId"].iter().find_map(|member| object[*member].as_str());
    match object {
        // An address also names the interface that it is mapped to, and an interface its subnet.
        Value::Object(all) if all.contains_key("PublicIpv4Pool") => vec![all["AllocationId"].as_str().unwrap().to_owned()],
        Value::Object(all) if all.contains_key("MacAddress") => vec![all["NetworkInterfaceId"].as_str().unwrap().to_owned()],
        _ => vec![format!("{}{}", own.or(other).or(rest).unwrap(), object["Key"].as_str().unwrap_or_default())],
    }
}

/// Three instances of two launches, five more interfaces, an Elastic IP, groups, an ACL, a route table, tags.
fn furnished() -> Api {
    let mut api = Api(Account::fresh("us-east-1").unwrap());
    let subnet = "subnet-00000000000000001";
    let launch = |count: u32, name: &str| {
        json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": count, "MaxCount": count, "SubnetId": subnet,
            "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}, {"Key": "stage", "Value": "test"}]}]})
    };
    api.ok("RunInstances", launch(2, "web-1"));
    api.ok("CreateKeyPair", json!({"KeyName": "one"}));
    api.ok("CreateKeyPair", json!({"KeyName": "two*", "KeyType": "ed25519"}));
    let mut keyed = launch(1, "db 1*");
    keyed["KeyName"] = json!("two*");
    api.ok("RunInstances", keyed);
    for at in 0..5 {
        api.ok("CreateNetworkInterface", json!({"SubnetId": format!("subnet-{:017x}", at + 1), "Description": format!("spare {at}")}));
    }
    let first = "eni-00000000000000004";
    api.ok("AttachNetworkInterface", json!({"NetworkInterfaceId": first, "InstanceId": "i-00000000000000001", "DeviceIndex": 1}));
    let allocation = api.ok("AllocateAddress", json!({}))["AllocationId"].clone();
    api.ok("AllocateAddress", json!({"TagSpecifications": [{"ResourceType": "elastic-ip", "Tags": [{"Key": "Name", "Value": "spare"}]}]}));
    api.ok("AssociateAddress", json!({"AllocationId": allocation, "NetworkInterfaceId": first}));
    let group = api.ok("CreateSecurityGroup", json!({"GroupName": "web", "Description": "the web"}))["GroupId"].clone();
    for direction in ["Ingress", "Egress"] {
        let rules = json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 444, "IpRanges": [{"CidrIp": "10.0.0.0/8"}],
            "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "UserIdGroupPairs": [{"GroupId": group}]}]);
        api.ok(&format!("AuthorizeSecurityGroup{direction}"), json!({"GroupId": group, "IpPermissions": rules}));
    }
    let vpc = "vpc-00000000000000001";
    let acl = api.ok("CreateNetworkAcl", json!({"VpcId": vpc}))["NetworkAcl"]["NetworkAclId"].clone();
    let entry = |number: u32, protocol: &str| {
        json!({"NetworkAclId": acl, "RuleNumber": number, "Protocol": protocol, "RuleAction": "allow", "Egress": false,
            "CidrBlock": "10.0.0.0/8", "PortRange": {"From": 80, "To": 81}, "IcmpTypeCode": {"Type": 8, "Code": 0}})
    };
    for (number, protocol) in [(10, "6"), (20, "1")] {
        api.ok("CreateNetworkAclEntry", entry(number, protocol));
    }
    let v6 =
        json!({"NetworkAclId": acl, "RuleNumber": 30, "Protocol": "-1", "RuleAction": "deny", "Egress": true, "Ipv6CidrBlock": "::/0"});
    api.ok("CreateNetworkAclEntry", v6);
    let table = api.ok("CreateRouteTable", json!({"VpcId": vpc}))["RouteTable"]["RouteTableId"].clone();
    api.ok("CreateRoute", json!({"RouteTableId": table, "DestinationCidrBlock": "192.0.2.0/24", "NetworkInterfaceId": first}));
    api.ok("CreateRoute", json!({"RouteTableId": table, "DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-00000000000000001"}));
    api.ok("AssociateRouteTable", json!({"RouteTableId": table, "SubnetId": subnet}));
    api.ok("CreateInternetGateway", json!({}));
    let service = |name: &str| format!("com.amazonaws.us-east-1.{name}");
    api.ok("CreateVpcEndpoint", json!({"VpcId": vpc, "ServiceName": service("s3")}));
    api.ok("CreateVpcEndpoint", json!({"VpcId": vpc, "ServiceName": service("ssm"), "VpcEndpointType": "Interface"}));
    for block in ["10.7.0.0/16", "10.8.0.0/16"] {
        let other = api.ok("CreateVpc", json!({"CidrBlock": block}))["Vpc"]["VpcId"].clone();
        api.ok("CreateVpcPeeringConnection", json!({"VpcId": vpc, "PeerVpcId": other}));
    }
    api.ok("AcceptVpcPeeringConnection", json!({"VpcPeeringConnectionId": "pcx-00000000000000001"}));
    api
}

const LISTS: [(&str, Kind); 17] = [
    ("DescribeVpcs", Kind::Vpcs),
    ("DescribeSubnets", Kind::Subnets),
    ("DescribeNetworkInterfaces", Kind::NetworkInterfaces),
    ("DescribeInstances", Kind::Reservations),
    ("DescribeInstanceStatus", Kind::InstanceStatuses),
    ("DescribeAddresses", Kind::Addresses),
    ("DescribeSecurityGroups", Kind::SecurityGroups),
    ("DescribeSecurityGroupRules", Kind::SecurityGroupRules),
    ("DescribeNetworkAcls", Kind::NetworkAcls),
    ("DescribeRouteTables", Kind::RouteTables),
    ("DescribeInternetGateways", Kind::InternetGateways),
    ("DescribeVpcEndpoints", Kind::VpcEndpoints),
    ("DescribeVpcPeeringConnections", Kind::VpcPeeringConnections),
    ("DescribeKeyPairs", Kind::KeyPairs),
    ("DescribeTags", Kind::Tags),
    ("DescribeAvailabilityZones", Kind::AvailabilityZones),
    ("DescribeRegions", Kind::Regions),
];

/// The names of a kind's filters and where they lead, as AWS's names of members.
fn filters(kind: Kind) -> Vec<(String, String)> {
    let shape = SHAPES.iter().chain(DERIVED).find(|shape| shape.kind == kind).unwrap();
    let words = shape.filters.split_whitespace().filter(|word| *word != "tag" && !word.starts_with('!'));
    let pascal = |name: &str| {
        let part = |part: &str| part.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect::<String>();
        name.split('.').map(part).collect::<Vec<_>>().join(".")
    };
    words
        .map(|word| word.split_once('=').map_or((word.to_owned(), pascal(word)), |(name, path)| (name.to_owned(), path.to_owned())))
        .collect()
}

/// What the table says stands at a place.
fn leads_to(members: &[Member], path: &str) -> bool {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(member) = members.iter().find(|member| member.name == name || member.name == format!("{name}s")) else { return false };
    let mut wire = member.wire;
    while let Wire::List(inner) = wire {
        wire = *inner;
    }
    match wire {
        Wire::Struct(members) => leads_to(members, rest),
        _ => rest.is_empty(),
    }
}

/// Every value at a place of an object.
fn values(object: &Value, path: &str) -> Vec<String> {
    match object {
        Value::Array(list) => list.iter().flat_map(|value| values(value, path)).collect(),
        Value::Object(members) => {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            members.get(name).or_else(|| members.get(&format!("{name}s"))).map_or_else(Vec::new, |value| values(value, rest))
        }
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

#[test]
fn every_filter_leads_to_a_member_of_the_reply() {
    for shape in SHAPES.iter().chain(DERIVED) {
        let instance = SHAPES.iter().find(|shape| shape.kind == Kind::Reservations).unwrap().members;
        let members = match shape.members.iter().find(|member| member.name == "Instances").map(|member| member.wire) {
            Some(Wire::List(Wire::Struct(members))) => *members,
            _ => shape.members,
        };
        for (name, path) in filters(shape.kind) {
            let of_launch = shape.kind == Kind::Reservations && leads_to(instance, &path);
            assert!(leads_to(members, &path) || of_launch, "{}: {name} leads nowhere", shape.list);
        }
    }
}

// rules: C1 C2
#[test]
fn every_filter_keeps_what_fits_and_nothing_else() {
    let mut api = furnished();
    let (mut tried, mut idle) = (0, Vec::new());
    for (action, kind) in LISTS {
        let all: Vec<(Vec<String>, Value)> = objects(&mut api, action);
        for (name, path) in filters(kind) {
            let filter = |values: Value| json!({"Filters": [{"Name": name, "Values": values}]});
            assert_eq!(api.ids(action, filter(json!(["no such thing"]))), Vec::<String>::new(), "{action} {name}");
            let known: BTreeSet<String> = all.iter().flat_map(|(_, object)| values(object, &path)).collect();
            if known.is_empty() {
                idle.push(format!("{action} {name}"));
            }
            for value in known {
                let literal = value.replace('\\', r"\\").replace('*', r"\*").replace('?', r"\?");
                let fits = |object: &Value| values(object, &path).contains(&value);
                let expected: Vec<String> = all.iter().filter(|(_, object)| fits(object)).flat_map(|(ids, _)| ids.clone()).collect();
                assert_eq!(api.ids(action, filter(json!(["no such thing", literal]))), expected, "{action} {name} {value}");
                tried += 1;
            }
        }
    }
    assert!(tried > 300, "{tried}");
    let absent = |name: &String| {
        [
            "ipv6",
            "prefix",
            "transit",
            "peering",
            "nat-gateway",
            "egress-only",
            "requester-id",
            "lifecycle",
            "message",
            "reason-code",
            "gateway-id",
        ]
        .iter()
        .any(|word| name.contains(word))
    };
    assert!(idle.iter().all(absent), "nothing of the scene has it: {idle:?}");
}

/// What a call lists without filters: ids, and the object as filters see it.
fn objects(api: &mut Api, action: &str) -> Vec<(Vec<String>, Value)> {
    let answer = api.ok(action, json!({}));
    let list = answer[list_of(action)].as_array().unwrap().clone();
    if action != "DescribeInstances" {
        return list.into_iter().map(|object| (ids_in(&object), object)).collect();
    }
    let mut all = Vec::new();
    for launch in list {
        for instance in launch["Instances"].as_array().unwrap() {
            let mut instance = instance.clone();
            for name in ["ReservationId", "OwnerId"] {
                instance[name] = launch[name].clone();
            }
            all.push((vec![instance["InstanceId"].as_str().unwrap().to_owned()], instance));
        }
    }
    all
}

// rules: C1
#[test]
fn values_are_or_ed_filters_are_and_ed_and_tags_can_be_asked_for() {
    let mut api = furnished();
    let mut ask = |filters: Value| api.ids("DescribeInstances", json!({"Filters": filters}));
    let i = |number: u32| format!("i-{number:017x}");
    let cases = [
        (json!([{"Name": "tag:Name", "Values": ["web-1"]}]), vec![1, 2]),
        (json!([{"Name": "tag:Name", "Values": ["web-1", "db*"]}]), vec![1, 2, 3]),
        (json!([{"Name": "tag:Name", "Values": ["WEB-1"]}]), vec![]),
        (json!([{"Name": "tag:Name", "Values": ["db 1\\*"]}]), vec![3]),
        (json!([{"Name": "tag:Name", "Values": ["w?b-\\*"]}]), vec![]),
        (json!([{"Name": "tag:stage", "Values": ["web-1"]}]), vec![]),
        (json!([{"Name": "tag-key", "Values": ["stage"]}]), vec![1, 2, 3]),
        (json!([{"Name": "tag-key", "Values": ["test"]}]), vec![]),
        (json!([{"Name": "tag:Name", "Values": ["web-1"]}, {"Name": "instance-id", "Values": [i(2), i(3)]}]), vec![2]),
        (json!([{"Name": "tag:Name", "Values": ["web-1"]}, {"Name": "instance-id", "Values": [i(3)]}]), vec![]),
        (json!([]), vec![1, 2, 3]),
    ];
    for (filters, expected) in cases {
        assert_eq!(ask(filters.clone()), expected.into_iter().map(i).collect::<Vec<_>>(), "{filters}");
    }
    let some = api.ok("DescribeInstances", json!({"Filters": [{"Name": "instance-id", "Values": [i(2)]}]}));
    assert_eq!(some["Reservations"].as_array().unwrap().len(), 1, "a launch is shown with those of its instances that fit");
    assert!(some["Reservations"][0]["Instances"][0].get("ReservationId").is_none());
}

// rules: X3 X4
#[test]
fn what_no_filter_is_called_is_refused() {
    let mut api = furnished();
    let filter = |name: &str, values: Value| json!({"Filters": [{"Name": name, "Values": values}]});
    let many = |count: usize| Value::Array(vec![json!("x"); count]);
    let cases = [
        ("DescribeVpcs", filter("colour", json!(["red"])), "InvalidParameterValue: The filter 'colour' is invalid"),
        ("DescribeVpcs", filter("subnet-id", json!(["x"])), "InvalidParameterValue: The filter 'subnet-id' is invalid"),
        ("DescribeVpcs", filter("VpcId", json!(["x"])), "InvalidParameterValue: The filter 'VpcId' is invalid"),
        ("DescribeAvailabilityZones", filter("tag:Name", json!(["x"])), "InvalidParameterValue: The filter 'tag:Name' is invalid"),
        ("DescribeVpcs", filter("vpc-id", json!([])), "InvalidParameterValue: "),
        ("DescribeVpcs", filter("vpc-id", many(201)), "FilterLimitExceeded: "),
        ("DescribeVpcs", json!({"Filters": vec![json!({"Name": "vpc-id", "Values": ["x"]}); 51]}), "FilterLimitExceeded: "),
        ("DescribeVpcs", json!({"Filters": [{"Values": ["x"]}]}), "MissingParameter: "),
        ("DescribeVpcs", json!({"Filters": {"Name": "vpc-id"}}), "InvalidParameterValue: "),
        ("DescribeNatGateways", json!({"Filters": []}), "UnknownParameter: "),
        (
            "DescribeVpcs",
            json!({"MaxResults": 4}),
            "InvalidParameterValue: Value ( 4 ) for parameter MaxResults is invalid. Expecting a value greater than or equal to 5.",
        ),
        ("DescribeVpcs", json!({"MaxResults": 1001}), "InvalidParameterValue: "),
        (
            "DescribeRouteTables",
            json!({"MaxResults": 101}),
            "InvalidParameterValue: Value ( 101 ) for parameter MaxResults is invalid. Expecting a value smaller than or equal to 100.",
        ),
        (
            "DescribeInstances",
            json!({"MaxResults": 2}),
            "InvalidParameterValue: Value ( 2 ) for parameter maxResults is invalid. Expecting a value greater than 5.",
        ),
        (
            "DescribeEgressOnlyInternetGateways",
            json!({"MaxResults": 4}),
            "InvalidParameterValue: Value (4) for parameter maxResults is invalid. Expecting a value greater than 5.",
        ),
        ("DescribeAddresses", json!({"MaxResults": 10}), "UnknownParameter: "),
        ("DescribeVpcs", json!({"NextToken": "5"}), "InvalidNextToken: "),
        ("DescribeVpcs", json!({"NextToken": "zz"}), "InvalidNextToken: "),
        ("DescribeVpcs", json!({"NextToken": "c3a9"}), "InvalidNextToken: "),
        (
            "DescribeInstances",
            json!({"InstanceIds": ["i-00000000000000001"], "MaxResults": 5}),
            "InvalidParameterCombination: The parameter instancesSet cannot be used with the parameter maxResults",
        ),
        (
            "DescribeNetworkInterfaces",
            json!({"NetworkInterfaceIds": ["eni-00000000000000001"], "MaxResults": 5}),
            "InvalidParameterCombination: ",
        ),
        ("DescribeVpcs", json!({"DryRun": true}), "DryRunOperation: "),
        ("DescribeAddresses", json!({"PublicIps": ["192.0.2.200"]}), "InvalidAddress.NotFound: Address '192.0.2.200' not found."),
        (
            "DescribeSecurityGroups",
            json!({"GroupNames": ["nobody"]}),
            "InvalidGroup.NotFound: The security group 'nobody' does not exist in default VPC 'vpc-00000000000000001'",
        ),
        (
            "DescribeAvailabilityZones",
            json!({"ZoneNames": ["eu-west-1a"]}),
            "InvalidParameterValue: Invalid availability zone: [eu-west-1a]",
        ),
        ("DescribeRegions", json!({"RegionNames": ["us--east-1"]}), "InvalidParameterValue: Invalid region: [us--east-1]"),
        ("DescribeRegions", json!({"MaxResults": 5}), "UnknownParameter: "),
        (
            "DescribeInstanceTypes",
            json!({"InstanceTypes": ["t3.nope"]}),
            "InvalidInstanceType: The following supplied instance types do not exist: [t3.nope]",
        ),
        ("DescribeAccountAttributes", json!({"AttributeNames": ["colour"]}), "InvalidParameterValue: "),
        ("DescribeVpcAttribute", json!({"VpcId": "vpc-00000000000000001"}), "MissingParameter: "),
        (
            "DescribeVpcAttribute",
            json!({"VpcId": "vpc-00000000000000001", "Attribute": "colour"}),
            "InvalidParameterValue: Value (colour) for parameter attribute is invalid. Unknown attribute.",
        ),
        ("DescribeVpcAttribute", json!({"VpcId": "vpc-00000000000000009", "Attribute": "enableDnsSupport"}), "InvalidVpcID.NotFound: "),
        (
            "DescribeNetworkInterfaceAttribute",
            json!({"NetworkInterfaceId": "eni-00000000000000099", "Attribute": "description"}),
            "InvalidNetworkInterfaceID.NotFound: ",
        ),
    ];
    for (action, parameters, error) in cases {
        let answer = api.ask(action, parameters.clone()).unwrap_err();
        assert!(answer.starts_with(error), "{action} {parameters}: {answer}");
    }
}

/// Every page of a call.
fn pages(api: &mut Api, action: &str, size: u32, mut between: impl FnMut(&mut Api, usize)) -> Vec<Vec<String>> {
    let (mut pages, mut token) = (Vec::new(), json!(null));
    loop {
        let answer = api.ok(action, json!({"MaxResults": size, "NextToken": token}));
        pages.push(answer[list_of(action)].as_array().unwrap().iter().flat_map(ids_in).collect());
        let Some(next) = answer.get("NextToken") else { return pages };
        token = next.clone();
        between(api, pages.len());
    }
}

// rules: C1
#[test]
fn pages_together_are_the_whole_list() {
    let mut api = furnished();
    for at in 0..20 {
        api.ok("CreateNetworkInterface", json!({"SubnetId": "subnet-00000000000000001", "Description": format!("more {at}"),
            "TagSpecifications": [{"ResourceType": "network-interface", "Tags": [{"Key": "b", "Value": "1"}, {"Key": "a", "Value": "2"}]}]}));
    }
    for action in ["DescribeNetworkInterfaces", "DescribeInstances", "DescribeSecurityGroupRules", "DescribeSubnets", "DescribeTags"] {
        let all = api.ids(action, json!({}));
        let found = pages(&mut api, action, 5, |_, _| {});
        assert_eq!(found.concat(), all, "{action}");
        assert!(found.iter().rev().skip(1).all(|page| page.len() == 5) && found.last().unwrap().len() <= 5, "{action}: {found:?}");
        assert!(found.len() > 1 || all.len() <= 5, "{action}");
    }
    // What goes between two pages takes nothing else with it.
    let all = api.ids("DescribeNetworkInterfaces", json!({}));
    let found = pages(&mut api, "DescribeNetworkInterfaces", 10, |api, page| {
        if page == 1 {
            for gone in [8, 9, 10, 11] {
                api.ok("DeleteNetworkInterface", json!({"NetworkInterfaceId": format!("eni-{gone:017x}")}));
            }
        }
    });
    let gone = "eni-0000000000000000b";
    assert_eq!(found.concat(), all.into_iter().filter(|id| id != gone).collect::<Vec<_>>());
    // Another call's token is none.
    let token = api.ok("DescribeNetworkInterfaces", json!({"MaxResults": 5}))["NextToken"].clone();
    assert!(!token.as_str().unwrap().contains("eni-"), "it is not meant to be read: {token}");
    assert!(api.ask("DescribeSubnets", json!({"NextToken": token})).unwrap_err().starts_with("InvalidNextToken"));
    let rest = api.ids("DescribeNetworkInterfaces", json!({"NextToken": token, "Filters": [{"Name": "status", "Values": ["available"]}]}));
    assert!(!rest.is_empty() && rest.iter().all(|id| id.as_str() > "eni-00000000000000005"), "{rest:?}");
}

#[test]
fn what_is_named_comes_once_and_in_the_lists_order() {
    let mut api = furnished();
    let eni = |number: u32| format!("eni-{number:017x}");
    let ids = api.ids("DescribeNetworkInterfaces", json!({"NetworkInterfaceIds": [eni(3), eni(1), eni(3)]}));
    assert_eq!(ids, [eni(1), eni(3)]);
    let both = json!({"NetworkInterfaceIds": [eni(3), eni(1)], "Filters": [{"Name": "network-interface-id", "Values": [eni(3)]}]});
    assert_eq!(api.ids("DescribeNetworkInterfaces", both), [eni(3)]);
    let address = api.ok("DescribeAddresses", json!({}))["Addresses"][0].clone();
    let by_address = api.ok("DescribeAddresses", json!({"PublicIps": [address["PublicIp"]]}));
    assert_eq!(by_address["Addresses"], json!([address]));
    let by_name = api.ok("DescribeSecurityGroups", json!({"GroupNames": ["web"]}));
    assert_eq!(by_name["SecurityGroups"][0]["Description"], "the web");
    let zones = api.ok("DescribeAvailabilityZones", json!({"ZoneIds": ["use1-az2"]}));
    assert_eq!(zones["AvailabilityZones"][0]["ZoneName"], "us-east-1b");
    let types = api.ok("DescribeInstanceTypes", json!({"InstanceTypes": ["t3.small"]}));
    assert_eq!(types["InstanceTypes"][0]["NetworkInfo"]["MaximumNetworkInterfaces"], 3);
}

// rules: I3
#[test]
fn a_zone_has_a_name_and_an_id() {
    let cases = [
        ("us-east-1", "use1-az6", 6),
        ("eu-central-1", "euc1-az3", 3),
        ("ap-southeast-2", "apse2-az3", 3),
        ("ap-northeast-1", "apne1-az3", 3),
        ("us-gov-west-1", "usgw1-az3", 3),
    ];
    for (region, last, count) in cases {
        let mut api = Api(Account::fresh(region).unwrap());
        let zones = api.ok("DescribeAvailabilityZones", json!({}))["AvailabilityZones"].as_array().unwrap().clone();
        assert_eq!((zones.len(), &zones.last().unwrap()["ZoneId"]), (count, &json!(last)), "{region}");
        let subnets = api.ok("DescribeSubnets", json!({}))["Subnets"].as_array().unwrap().clone();
        assert!(subnets.iter().all(|subnet| zones.iter().any(|zone| zone["ZoneId"] == subnet["AvailabilityZoneId"])), "{region}");
    }
}

// rules: J4 J16 L14
#[test]
fn one_attribute_is_shown_as_its_call_shows_it() {
    let mut api = furnished();
    let (vpc, eni, free, instance) = ("vpc-00000000000000001", "eni-00000000000000004", "eni-00000000000000005", "i-00000000000000001");
    api.ok("ModifyInstanceAttribute", json!({"InstanceId": instance, "DisableApiTermination": {"Value": true}}));
    let of_vpc = |attribute: &str| ("DescribeVpcAttribute", "VpcId", vpc, attribute.to_owned());
    let of_eni = |attribute: &str| ("DescribeNetworkInterfaceAttribute", "NetworkInterfaceId", eni, attribute.to_owned());
    let of_free = |attribute: &str| ("DescribeNetworkInterfaceAttribute", "NetworkInterfaceId", free, attribute.to_owned());
    let of_instance = |attribute: &str| ("DescribeInstanceAttribute", "InstanceId", instance, attribute.to_owned());
    let default = json!([{"GroupId": "sg-00000000000000001", "GroupName": "default"}]);
    let attachment =
        api.ok("DescribeNetworkInterfaces", json!({"NetworkInterfaceIds": [eni]}))["NetworkInterfaces"][0]["Attachment"].clone();
    let cases = [
        (of_vpc("enableDnsSupport"), json!({"EnableDnsSupport": {"Value": true}})),
        (of_vpc("enableDnsHostnames"), json!({"EnableDnsHostnames": {"Value": true}})),
        (of_vpc("enableNetworkAddressUsageMetrics"), json!({"EnableNetworkAddressUsageMetrics": {"Value": false}})),
        (of_eni("description"), json!({"Description": {"Value": "spare 0"}})),
        (of_eni("groupSet"), json!({"Groups": default})),
        (of_eni("sourceDestCheck"), json!({"SourceDestCheck": {"Value": true}})),
        (of_eni("attachment"), json!({"Attachment": attachment})),
        (of_free("attachment"), json!({})),
        (of_free("associatePublicIpAddress"), json!({"AssociatePublicIpAddress": true})),
        (of_instance("instanceType"), json!({"InstanceType": {"Value": "t3.small"}})),
        (of_instance("groupSet"), json!({"Groups": default})),
        (of_instance("sourceDestCheck"), json!({"SourceDestCheck": {"Value": true}})),
        (of_instance("disableApiTermination"), json!({"DisableApiTermination": {"Value": true}})),
        (of_instance("disableApiStop"), json!({"DisableApiStop": {"Value": false}})),
        (of_instance("userData"), json!({"UserData": {}})),
    ];
    for ((action, member, id, attribute), mut expected) in cases {
        expected[member] = json!(id);
        assert_eq!(api.ok(action, json!({member: id, "Attribute": attribute})), expected, "{action} {attribute}");
    }
    let types = api.ok("DescribeInstanceTypes", json!({"InstanceTypes": ["c6in.32xlarge"]}))["InstanceTypes"][0]["NetworkInfo"].clone();
    assert_eq!((&types["MaximumNetworkCards"], &types["NetworkCards"][1]["NetworkCardIndex"]), (&json!(2), &json!(1)));
    let account = api.ok("DescribeAccountAttributes", json!({"AttributeNames": ["default-vpc"]}));
    let named = json!([{"AttributeName": "default-vpc", "AttributeValues": [{"AttributeValue": vpc}]}]);
    assert_eq!(account["AccountAttributes"], named);
}

// rules: C1
#[test]
fn filters_that_look_at_nothing_here_are_told_from_those_that_aws_has_not() {
    let mut api = Api(Account::fresh("us-east-1").unwrap());
    let tags = json!([{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}]);
    let launch =
        json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "TagSpecifications": tags});
    api.ok("RunInstances", launch);
    let mut ask = |action: &str, name: &str, value: &str| {
        let answer = api.ask(action, json!({"Filters": [{"Name": name, "Values": [value]}]}));
        answer.map(|answer| answer[list_of(action)].as_array().unwrap().len())
    };
    let found = [
        ("DescribeInstances", "tag-value", "w*", 1),
        ("DescribeInstances", "tag-value", "Name", 0),
        ("DescribeTags", "tag-value", "web", 1),
        ("DescribeInstances", "ena-support", "true", 1),
        ("DescribeInstances", "ena-support", "false", 0),
        ("DescribeInstances", "network-interface.addresses.private-dns-name", "ip-172-31-*", 1),
        ("DescribeInstances", "network-interface.public-dns-name", "ec2-*", 1),
        ("DescribeInstances", "network-interface.ipv6-address", "*", 0),
        ("DescribeInstances", "network-interface.ipv4-prefixes.ipv4-prefix", "*", 0),
    ];
    for (action, name, value, count) in found {
        assert_eq!(ask(action, name, value), Ok(count), "{action} {name} {value}");
    }
    let elsewhere = [
        ("DescribeInstances", "network-interface.requester-managed"),
        ("DescribeInstances", "network-interface.tag-key"),
        ("DescribeInstances", "ebs-optimized"),
        ("DescribeSubnets", "outpost-arn"),
        ("DescribeImages", "block-device-mapping.volume-size"),
        ("DescribeInstanceTypes", "vcpu-info.valid-cores"),
        ("DescribeInstanceStatus", "event.code"),
        ("DescribeSpotInstanceRequests", "network-interface.subnet-id"),
        ("DescribeVpcEndpoints", "service-region"),
    ];
    for (action, name) in elsewhere {
        let expected = format!("UnsupportedOperation: The playground does not have the filter '{name}'; AWS has it.");
        assert_eq!(ask(action, name, "1"), Err(expected), "{action}");
    }
    for (action, name) in [("DescribeInstances", "tag-values"), ("DescribeSubnets", "ena-support"), ("DescribeVpcs", "outpost-arn")] {
        assert_eq!(ask(action, name, "1"), Err(format!("InvalidParameterValue: The filter '{name}' is invalid")), "{action}");
    }
}

// rule: R9
#[test]
fn a_route_takes_other_gateways_under_the_name_of_an_internet_gateway() {
    let mut api = Api(Account::fresh("us-east-1").unwrap());
    let vpc = api.ok("CreateVpc", json!({"CidrBlock": "10.0.0.0/16", "AmazonProvidedIpv6CidrBlock": true}))["Vpc"]["VpcId"].clone();
    let subnet = api.ok("CreateSubnet", json!({"VpcId": vpc, "CidrBlock": "10.0.0.0/24"}))["Subnet"]["SubnetId"].clone();
    let nat = api.ok("CreateNatGateway", json!({"SubnetId": subnet, "ConnectivityType": "private"}))["NatGateway"]["NatGatewayId"].clone();
    let egress =
        api.ok("CreateEgressOnlyInternetGateway", json!({"VpcId": vpc}))["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
            .clone();
    let vpn = api.ok("CreateVpnGateway", json!({"Type": "ipsec.1"}))["VpnGateway"]["VpnGatewayId"].clone();
    api.ok("AttachVpnGateway", json!({"VpcId": vpc, "VpnGatewayId": vpn}));
    let table = api.ok("CreateRouteTable", json!({"VpcId": vpc}))["RouteTable"]["RouteTableId"].clone();
    let cases = [
        ("DestinationCidrBlock", "0.0.0.0/0", &nat, "NatGatewayId"),
        ("DestinationIpv6CidrBlock", "::/0", &egress, "EgressOnlyInternetGatewayId"),
        ("DestinationCidrBlock", "192.0.2.0/24", &vpn, "GatewayId"),
    ];
    for action in ["CreateRoute", "ReplaceRoute"] {
        for (member, block, gateway, shown) in cases {
            api.ok(action, json!({"RouteTableId": table, member: block, "GatewayId": gateway}));
            let tables = api.ok("DescribeRouteTables", json!({"RouteTableIds": [table]}));
            let routes = tables["RouteTables"][0]["Routes"].as_array().unwrap();
            let route = routes.iter().find(|route| route[member] == block).unwrap();
            assert_eq!(route[shown], *gateway, "{action} {block}: {route}");
            assert!(shown == "GatewayId" || route["GatewayId"].is_null(), "{action} {block}: {route}");
        }
    }
}
