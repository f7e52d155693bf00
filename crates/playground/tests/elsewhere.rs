//! What an account tells of what is not in it comes in as it was told, and stays so in a document.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::scenario::{Report, Scenario, Why, import, load, save};
use eni_playground::script::script;
use eni_playground::shell::{Host as _, Lone};
use serde_json::{Map, Value, json};

const PAIR: &str = r#"{"GroupId": "sg-0ff11bb22cc33dd01", "UserId": "999988887777", "VpcId": "vpc-0ff11bb22cc33dd01",
    "VpcPeeringConnectionId": "pcx-0ff11bb22cc33dd01", "PeeringStatus": "active"}"#;

/// An account of one VPC whose letters of zones are shuffled, with a group that names one of another account.
fn account() -> (Scenario, Report) {
    let group = format!(
        r#"{{"SecurityGroups": [{{"GroupId": "sg-0aa11bb22cc33dd01", "GroupName": "web", "Description": "w", "OwnerId": "111122223333",
        "VpcId": "vpc-0aa11bb22cc33dd01", "IpPermissions": [{{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
        "UserIdGroupPairs": [{PAIR}, {{"GroupId": "sg-0aa11bb22cc33dd01", "UserId": "111122223333"}}]}}]}}]}}"#
    );
    let files = [
        group.as_str(),
        r#"{"Vpcs": [{"VpcId": "vpc-0aa11bb22cc33dd01", "CidrBlock": "10.0.0.0/16", "OwnerId": "111122223333"}]}"#,
        r#"{"Subnets": [{"SubnetId": "subnet-0aa11bb22cc33dd01", "VpcId": "vpc-0aa11bb22cc33dd01", "CidrBlock": "10.0.1.0/24",
            "AvailabilityZone": "us-east-1a", "AvailabilityZoneId": "use1-az4", "OwnerId": "111122223333"}]}"#,
        r#"{"AvailabilityZones": [{"ZoneName": "us-east-1b", "ZoneId": "use1-az6", "RegionName": "us-east-1"}]}"#,
    ];
    let files = files.iter().enumerate().map(|(at, text)| (format!("{at}.json"), text.as_bytes().to_vec()));
    import(&files.collect::<Vec<_>>()).unwrap()
}

fn asked(host: &mut Lone, action: &str, parameters: &Value) -> Value {
    host.call("ec2", action, parameters.as_object().unwrap()).unwrap()
}

// rules: S28 J6
#[test]
fn a_group_of_another_account_stays_the_one_that_was_told_of() {
    let (scenario, report) = account();
    let otherwise: Vec<&str> = report.left_out.iter().filter(|out| out.why == Why::Otherwise).map(|out| out.what.as_str()).collect();
    assert_eq!(otherwise, Vec::<&str>::new());
    let again = load(save(&scenario).as_bytes()).unwrap().0;
    assert_eq!(again.network, scenario.network);
    let told: Value = serde_json::from_str(PAIR).unwrap();
    for scenario in [scenario, again] {
        let mut host = Lone::of(scenario);
        let web = json!({"GroupIds": ["sg-0aa11bb22cc33dd01"]});
        let seen = asked(&mut host, "DescribeSecurityGroups", &web)["SecurityGroups"][0]["IpPermissions"][0]["UserIdGroupPairs"].clone();
        assert_eq!(seen, json!([told, {"GroupId": "sg-0aa11bb22cc33dd01", "UserId": "111122223333"}]));
        let rules = asked(&mut host, "DescribeSecurityGroupRules", &json!({}))["SecurityGroupRules"].clone();
        let named: Vec<&Value> = rules.as_array().unwrap().iter().filter_map(|rule| rule.get("ReferencedGroupInfo")).collect();
        assert!(named.contains(&&told), "{named:#?}");
        let stale = asked(&mut host, "DescribeStaleSecurityGroups", &json!({"VpcId": "vpc-0aa11bb22cc33dd01"}));
        assert_eq!(stale["StaleSecurityGroupSet"], json!([]));
    }
}

// rules: C1 S28
#[test]
fn a_script_leaves_out_the_rule_that_names_it_and_nothing_else() {
    let left_out = script(&account().0).left_out;
    let said = "sg-0aa11bb22cc33dd01: its ingress rule for tcp 443 and sg-0ff11bb22cc33dd01 is not made: sg-0ff11bb22cc33dd01 is not here";
    assert_eq!(left_out, [said]);
}

// rules: I3
#[test]
fn zones_have_the_ids_that_their_account_knows_them_by() {
    let scenario = account().0;
    let again = load(save(&scenario).as_bytes()).unwrap().0;
    // Those of which nothing was told have the ids that are left, their own if it is.
    let all = ["1a use1-az4", "1b use1-az6", "1c use1-az3", "1d use1-az1", "1e use1-az5", "1f use1-az2"];
    for scenario in [scenario, again] {
        let mut host = Lone::of(scenario);
        let zones = host.call("ec2", "DescribeAvailabilityZones", &Map::new()).unwrap()["AvailabilityZones"].clone();
        let word = |zone: &Value, name: &str| zone[name].as_str().unwrap().to_owned();
        let seen: Vec<String> =
            zones.as_array().unwrap().iter().map(|zone| format!("{} {}", &word(zone, "ZoneName")[8..], word(zone, "ZoneId"))).collect();
        assert_eq!(seen, all);
        let vpc = "vpc-0aa11bb22cc33dd01";
        let made = json!({"VpcId": vpc, "CidrBlock": "10.0.2.0/24", "AvailabilityZoneId": "use1-az6"});
        let made = asked(&mut host, "CreateSubnet", &made)["Subnet"].clone();
        assert_eq!((&made["AvailabilityZone"], &made["AvailabilityZoneId"]), (&json!("us-east-1b"), &json!("use1-az6")));
        let filters = json!({"Filters": [{"Name": "availability-zone-id", "Values": ["use1-az4"]}]});
        let found = asked(&mut host, "DescribeSubnets", &filters)["Subnets"].clone();
        assert_eq!((found.as_array().unwrap().len(), &found[0]["AvailabilityZone"]), (1, &json!("us-east-1a")));
    }
    // One whose letters are not shuffled has nothing to keep.
    assert!(!Lone::new("us-east-1", false).unwrap().save().contains("zoneIds"));
}
