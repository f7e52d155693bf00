//! Rules of security groups over the API: tags, changes in place, descriptions, and what documents keep of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_core::time::Instant;
use eni_playground::account::Account;
use eni_playground::scenario::{import, load};
use serde_json::{Value, json};

/// A fresh account with one more group.
struct Api(Account);

const GROUP: &str = "sg-00000000000000002";

impl Api {
    fn new() -> Api {
        let mut api = Api(Account::fresh("us-east-1").unwrap());
        api.ok("CreateSecurityGroup", json!({"GroupName": "web", "Description": "the web"}));
        api
    }

    fn ask(&mut self, action: &str, parameters: Value) -> Result<Value, String> {
        let answer = self.0.call("ec2", action, parameters.as_object().unwrap());
        self.0.settle();
        answer.map_err(|error| error.to_string())
    }

    fn ok(&mut self, action: &str, parameters: Value) -> Value {
        self.ask(action, parameters.clone()).unwrap_or_else(|error| panic!("{action} {parameters}: {error}"))
    }

    fn refused(&mut self, action: &str, parameters: Value) -> String {
        self.ask(action, parameters).unwrap_err()
    }

    /// The rules for what comes in, by id.
    fn rules(&mut self, filters: Value) -> Vec<Value> {
        let answer = self.ok("DescribeSecurityGroupRules", json!({"Filters": filters}));
        let list = answer["SecurityGroupRules"].as_array().unwrap();
        list.iter().filter(|rule| rule["IsEgress"] == json!(false) && rule["GroupId"] == json!(GROUP)).cloned().collect()
    }

    /// Lets tcp 22 in from a block, with a tag; gives the rule's id.
    fn ssh(&mut self, block: &str, name: &str) -> Value {
        let answer = self.ok(
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": GROUP, "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": block}]}],
                "TagSpecifications": [{"ResourceType": "security-group-rule", "Tags": [{"Key": "Name", "Value": name}]}]}),
        );
        assert_eq!(answer["SecurityGroupRules"][0]["Tags"], json!([{"Key": "Name", "Value": name}]));
        answer["SecurityGroupRules"][0]["SecurityGroupRuleId"].clone()
    }
}

// rules: S11 S13
#[test]
fn the_reply_to_new_rules_has_their_tags_only_where_there_are_some_and_protocols_in_small_letters() {
    let mut api = Api::new();
    let ranges = json!([{"CidrIp": "192.0.2.0/24"}]);
    let permissions = json!([{"IpProtocol": "UDP", "FromPort": 53, "ToPort": 53, "IpRanges": ranges}]);
    let answer = api.ok("AuthorizeSecurityGroupIngress", json!({"GroupId": GROUP, "IpPermissions": permissions}));
    let rule = &answer["SecurityGroupRules"][0];
    assert_eq!((rule.get("Tags"), &rule["IpProtocol"]), (None, &json!("udp")));
    let shown = api.rules(json!([{"Name": "security-group-rule-id", "Values": [rule["SecurityGroupRuleId"]]}]));
    assert_eq!((&shown[0]["Tags"], &shown[0]["IpProtocol"]), (&json!([]), &json!("udp")), "where rules are described there is a list");
}

// rules: C1 C2 E10 S11
#[test]
fn rules_are_tagged_found_by_their_tags_and_listed_with_them() {
    let mut api = Api::new();
    let (first, second) = (api.ssh("10.0.0.0/8", "office"), api.ssh("192.0.2.0/24", "home"));
    let ids = |rules: Vec<Value>| rules.iter().map(|rule| rule["SecurityGroupRuleId"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(api.rules(json!([{"Name": "tag:Name", "Values": ["off*"]}]))), std::slice::from_ref(&first));
    assert_eq!(ids(api.rules(json!([{"Name": "tag-key", "Values": ["Name"]}]))), [first.clone(), second.clone()]);
    api.ok("CreateTags", json!({"Resources": [second], "Tags": [{"Key": "stage", "Value": "test"}]}));
    assert_eq!(ids(api.rules(json!([{"Name": "tag:stage", "Values": ["test"]}]))), std::slice::from_ref(&second));
    let tags = api.ok("DescribeTags", json!({"Filters": [{"Name": "resource-type", "Values": ["security-group-rule"]}]}));
    let listed: Vec<_> = tags["Tags"].as_array().unwrap().iter().map(|tag| (tag["ResourceId"].clone(), tag["Key"].clone())).collect();
    assert_eq!(listed, [(first, json!("Name")), (second.clone(), json!("Name")), (second.clone(), json!("stage"))]);
    api.ok("DeleteTags", json!({"Resources": [second]}));
    assert_eq!(api.rules(json!([{"Name": "security-group-rule-id", "Values": [second]}]))[0]["Tags"], json!([]));
    let wrong = json!({"GroupId": GROUP, "IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "CidrIp": "10.0.0.0/8",
        "TagSpecifications": [{"ResourceType": "security-group", "Tags": [{"Key": "Name", "Value": "x"}]}]});
    let refused = api.refused("AuthorizeSecurityGroupIngress", wrong);
    assert_eq!(refused, "InvalidParameterValue: 'security-group' is not a valid taggable resource type for this operation.");
}

// rules: S12 S13 S14 S17 S18
#[test]
fn a_rule_is_modified_over_the_api() {
    let mut api = Api::new();
    let rule = api.ssh("10.0.0.0/8", "office");
    let modify =
        |wanted: Value| json!({"GroupId": GROUP, "SecurityGroupRules": [{"SecurityGroupRuleId": rule, "SecurityGroupRule": wanted}]});
    let wanted = json!({"IpProtocol": "6", "FromPort": 2222, "ToPort": 2222, "CidrIpv4": "192.0.2.9/24", "Description": "moved"});
    assert_eq!(api.ok("ModifySecurityGroupRules", modify(wanted)), json!({"Return": true}));
    let seen = api.rules(json!([]))[0].clone();
    let member = |name: &str| seen[name].clone();
    assert_eq!(
        [member("IpProtocol"), member("FromPort"), member("CidrIpv4"), member("Description")],
        [json!("tcp"), json!(2222), json!("192.0.2.0/24"), json!("moved")]
    );
    assert_eq!(seen["Tags"][0]["Value"], "office");
    let cases = [
        (
            json!({"IpProtocol": "-1", "ReferencedGroupId": GROUP}),
            "InvalidParameterValue: You may not specify a referenced group id for an existing IPv4 CIDR rule.",
        ),
        (
            json!({"IpProtocol": "-1", "CidrIpv6": "::/0"}),
            "InvalidParameterValue: You may not specify CidrIpv6 for an existing IPv4 CIDR rule.",
        ),
        (json!({"IpProtocol": "-1"}), "MissingParameter: The request must contain exactly one of: "),
        (json!({"IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8", "CidrIpv6": "::/0"}), "InvalidParameterCombination: Only one of "),
        (json!({"CidrIpv4": "10.0.0.0/8"}), "InvalidParameterValue: Invalid value 'null' for protocol."),
        (
            json!({"IpProtocol": "tcp", "CidrIpv4": "10.0.0.0/8"}),
            "InvalidParameterValue: Invalid value 'Must specify both from and to ports",
        ),
        (
            json!({"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "CidrIpv4": "10.0.0.0"}),
            "InvalidParameterValue: CIDR block 10.0.0.0 is malformed",
        ),
        (json!({"IpProtocol": "-1", "ReferencedGroupId": "web"}), "InvalidGroupId.Malformed: "),
        (json!({"IpProtocol": "-1", "Cidr": "10.0.0.0/8"}), "UnknownParameter: "),
    ];
    for (wanted, error) in cases {
        let refused = api.refused("ModifySecurityGroupRules", modify(wanted.clone()));
        assert!(refused.starts_with(error), "{wanted}: {refused}");
    }
    assert_eq!(api.rules(json!([])), [seen], "a refusal changes nothing");
}

// rules: S18 J7 J17
#[test]
fn descriptions_change_over_the_api_and_documents_keep_rules_with_their_tags() {
    let mut api = Api::new();
    let rule = api.ssh("10.0.0.0/8", "office");
    let permissions =
        json!([{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "office"}]}]);
    let by_name = json!({"GroupName": "web", "IpPermissions": permissions});
    assert_eq!(api.ok("UpdateSecurityGroupRuleDescriptionsIngress", by_name), json!({"Return": true}));
    assert_eq!(api.rules(json!([]))[0]["Description"], "office");
    let by_id = json!({"GroupId": GROUP, "SecurityGroupRuleDescriptions": [{"SecurityGroupRuleId": rule, "Description": "second"}]});
    let wrong_way = api.refused("UpdateSecurityGroupRuleDescriptionsEgress", by_id.clone());
    assert!(wrong_way.starts_with("InvalidSecurityGroupRuleId.NotFound"), "{wrong_way}");
    api.ok("UpdateSecurityGroupRuleDescriptionsIngress", by_id);
    let before = api.ok("DescribeSecurityGroupRules", json!({}));
    assert_eq!(api.rules(json!([]))[0]["Description"], "second");
    let described = [
        ("DescribeVpcs", "vpcs"),
        ("DescribeSubnets", "subnets"),
        ("DescribeSecurityGroups", "groups"),
        ("DescribeSecurityGroupRules", "rules"),
        ("DescribeNetworkAcls", "acls"),
        ("DescribeRouteTables", "tables"),
        ("DescribeInternetGateways", "gateways"),
    ];
    let files: Vec<(String, Vec<u8>)> =
        described.iter().map(|(action, name)| (format!("{name}.json"), api.ok(action, json!({})).to_string().into_bytes())).collect();
    let (scenario, _) = import(&files).unwrap();
    let mut again = Api(Account::holding(scenario.network, Instant::ZERO, scenario.epoch));
    assert_eq!(again.ok("DescribeSecurityGroupRules", json!({})), before);
}

// rules: S12 S20 S30 C1
#[test]
fn groups_of_the_default_vpc_are_named_by_name_and_what_goes_is_told() {
    let mut api = Api::new();
    let pairs = |pair: Value| json!({"GroupId": GROUP, "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [pair]}]});
    api.ok("AuthorizeSecurityGroupIngress", pairs(json!({"GroupName": "default", "UserId": "123456789012"})));
    assert_eq!(api.rules(json!([]))[0]["ReferencedGroupInfo"]["GroupId"], "sg-00000000000000001");
    for (pair, error) in [
        (json!({"GroupName": "nobody"}), "InvalidGroup.NotFound: The security group 'nobody' does not exist in default VPC"),
        (json!({"GroupId": GROUP, "UserId": "999999999999"}), "InvalidGroup.NotFound"),
        (json!({"GroupId": GROUP, "VpcId": "vpc-00000000000000009"}), "InvalidGroup.NotFound"),
        (json!({"GroupId": GROUP, "GroupName": "default"}), "InvalidGroup.NotFound"),
        (json!({"GroupId": GROUP, "UserId": 5}), "InvalidParameterValue"),
    ] {
        let refused = api.refused("AuthorizeSecurityGroupIngress", pairs(pair.clone()));
        assert!(refused.starts_with(error), "{pair}: {refused}");
    }
    let gone = api.ok("RevokeSecurityGroupIngress", pairs(json!({"GroupName": "default"})));
    let rule = &gone["RevokedSecurityGroupRules"][0];
    assert_eq!((&rule["ReferencedGroupId"], rule.get("ReferencedGroupInfo")), (&json!("sg-00000000000000001"), None));
    let ssh = api.ssh("10.0.0.0/8", "office");
    let all = json!({"IpProtocol": "-1", "FromPort": 22, "ToPort": 22, "CidrIpv4": "10.0.0.0/8"});
    let change = json!({"GroupId": GROUP, "SecurityGroupRules": [{"SecurityGroupRuleId": ssh, "SecurityGroupRule": all}]});
    let refused = api.refused("ModifySecurityGroupRules", change);
    assert!(refused.starts_with("InvalidParameterValue: You may not specify all protocols and specific ports."), "{refused}");
}

// rules: S28 C1
#[test]
fn references_and_stale_rules_are_listed() {
    let mut api = Api::new();
    let home = "vpc-00000000000000001";
    let far = api.ok("CreateVpc", json!({"CidrBlock": "10.7.0.0/16"}))["Vpc"]["VpcId"].clone();
    let peering = api.ok("CreateVpcPeeringConnection", json!({"VpcId": home, "PeerVpcId": far}));
    let peering = peering["VpcPeeringConnection"]["VpcPeeringConnectionId"].clone();
    api.ok("AcceptVpcPeeringConnection", json!({"VpcPeeringConnectionId": peering}));
    let db = api.ok("CreateSecurityGroup", json!({"GroupName": "db", "Description": "far", "VpcId": far}))["GroupId"].clone();
    let permissions = json!([{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": db, "VpcId": far}]}]);
    api.ok("AuthorizeSecurityGroupIngress", json!({"GroupId": GROUP, "IpPermissions": permissions}));
    let shown = api.rules(json!([]))[0]["ReferencedGroupInfo"].clone();
    assert_eq!((&shown["VpcId"], &shown["PeeringStatus"]), (&far, &json!("active")));
    let named = api.ok("DescribeSecurityGroupReferences", json!({"GroupId": [db]}));
    assert_eq!(named["SecurityGroupReferenceSet"], json!([{"GroupId": db, "ReferencingVpcId": home, "VpcPeeringConnectionId": peering}]));
    assert_eq!(api.ok("DescribeStaleSecurityGroups", json!({"VpcId": home}))["StaleSecurityGroupSet"], json!([]));
    api.ok("DeleteVpcPeeringConnection", json!({"VpcPeeringConnectionId": peering}));
    let stale = api.ok("DescribeStaleSecurityGroups", json!({"VpcId": home}));
    let group = &stale["StaleSecurityGroupSet"][0];
    assert_eq!((&group["GroupId"], &group["StaleIpPermissionsEgress"]), (&json!(GROUP), &json!([])));
    assert_eq!(group["StaleIpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"], db);
    assert!(api.refused("DescribeStaleSecurityGroups", json!({"VpcId": "vpc-00000000000000009"})).starts_with("InvalidVpcID.NotFound"));
    let unknown = json!({"GroupId": ["sg-00000000000000009"]});
    assert!(api.refused("DescribeSecurityGroupReferences", unknown).starts_with("InvalidGroup.NotFound"));
}

// rules: S1 C1
#[test]
fn the_groups_that_enis_of_a_vpc_can_have_are_its_own() {
    let mut api = Api::new();
    let far = api.ok("CreateVpc", json!({"CidrBlock": "10.7.0.0/16"}))["Vpc"]["VpcId"].clone();
    let tags = json!([{"ResourceType": "security-group", "Tags": [{"Key": "Name", "Value": "db"}]}]);
    let db = json!({"GroupName": "db", "Description": "far", "VpcId": far, "TagSpecifications": tags});
    let db = api.ok("CreateSecurityGroup", db)["GroupId"].clone();
    let mut ask =
        |filters: Value| api.ok("GetSecurityGroupsForVpc", json!({"VpcId": far, "Filters": filters}))["SecurityGroupForVpcs"].clone();
    let all = ask(json!([]));
    let names: Vec<&Value> = all.as_array().unwrap().iter().map(|group| &group["GroupName"]).collect();
    assert_eq!(names, ["default", "db"]);
    let filter = |name: &str, value: &str| json!([{"Name": name, "Values": [value]}]);
    for (name, value) in [("group-name", "d?"), ("description", "far"), ("group-id", db.as_str().unwrap())] {
        let found = ask(filter(name, value));
        let expected = json!([{"Description": "far", "GroupName": "db", "OwnerId": "123456789012", "GroupId": db,
            "Tags": [{"Key": "Name", "Value": "db"}], "PrimaryVpcId": far}]);
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(ask(filter("primary-vpc-id", "vpc-00000000000000001")), json!([]));
    assert_eq!(ask(filter("owner-id", "123456789012")).as_array().unwrap().len(), 2);
    let unknown = json!({"VpcId": "vpc-00000000000000009"});
    assert!(api.refused("GetSecurityGroupsForVpc", unknown).starts_with("InvalidVpcID.NotFound"));
    let tagged = json!({"VpcId": far, "Filters": filter("tag:Name", "db")});
    assert!(api.refused("GetSecurityGroupsForVpc", tagged).starts_with("InvalidParameterValue: The filter 'tag:Name' is invalid"));
}

// rules: S12 S14 S15
#[test]
fn all_from_a_group_of_the_default_vpc_is_named_by_its_name() {
    let mut api = Api::new();
    let all = json!({"GroupName": "web", "SourceSecurityGroupName": "default", "SourceSecurityGroupOwnerId": "123456789012"});
    api.ok("AuthorizeSecurityGroupIngress", all.clone());
    let told = |rules: Vec<Value>| {
        let one = |rule: &Value| format!("{} {} {}", rule["IpProtocol"].as_str().unwrap(), rule["FromPort"], rule["ToPort"]);
        let mut told: Vec<String> = rules.iter().map(one).collect();
        told.sort();
        told
    };
    assert_eq!(told(api.rules(json!([]))), ["icmp -1 -1", "tcp 0 65535", "udp 0 65535"]);
    api.ok("RevokeSecurityGroupIngress", all);
    assert_eq!(api.rules(json!([])), Vec::<Value>::new());
    for (wrong, code) in [
        (json!({"GroupName": "web", "SourceSecurityGroupName": "nobody"}), "InvalidGroup.NotFound"),
        (json!({"GroupName": "web", "SourceSecurityGroupName": "default", "SourceSecurityGroupOwnerId": "1"}), "InvalidGroup.NotFound"),
        (json!({"GroupName": "web", "SourceSecurityGroupName": "default", "CidrIp": "10.0.0.0/8"}), "InvalidParameterCombination"),
        (json!({"GroupName": "web", "SourceSecurityGroupOwnerId": "123456789012"}), "MissingParameter"),
    ] {
        let refused = api.refused("AuthorizeSecurityGroupIngress", wrong.clone());
        assert!(refused.contains(code), "{wrong}: {refused}");
    }
    assert_eq!(api.rules(json!([])), Vec::<Value>::new());
    // A group is described and deleted by its name too, where it is one of the default VPC's.
    assert_eq!(api.ok("DescribeSecurityGroups", json!({"GroupNames": ["web"]}))["SecurityGroups"][0]["GroupId"], GROUP);
    api.ok("DeleteSecurityGroup", json!({"GroupName": "web"}));
    assert!(api.refused("DescribeSecurityGroups", json!({"GroupNames": ["web"]})).contains("InvalidGroup.NotFound"));
}

// rules: S9
#[test]
fn rules_of_a_group_and_groups_of_an_interface_may_not_both_be_many() {
    let document = |rules: u32, groups: u32| {
        let quotas = json!({"rulesPerSecurityGroup": rules, "securityGroupsPerNetworkInterface": groups});
        let document =
            json!({"format": "eni-playground", "version": 1, "region": "us-east-1", "state": {}, "playground": {"quotas": quotas}});
        load(document.to_string().as_bytes())
    };
    for (rules, groups, is_taken) in [(200, 5, true), (62, 16, true), (201, 5, false), (63, 16, false)] {
        assert_eq!(document(rules, groups).is_ok(), is_taken, "{rules} {groups}");
    }
    assert!(document(201, 5).unwrap_err().to_string().contains("1000"));
}
