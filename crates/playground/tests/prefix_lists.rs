//! Managed prefix lists over the API: what is shown, what is found, what documents and imports keep, what a packet meets.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_core::model::prefix_list::PrefixList;
use eni_core::time::Instant;
use eni_playground::account::Account;
use eni_playground::aws::Epoch;
use eni_playground::scenario::{Scenario, Scene, import, load, save};
use serde_json::{Value, json};

const LIST: &str = "pl-00000000000000001";

/// An account that settles after each call.
struct Api(Account);

impl Api {
    fn new() -> Api {
        Api(Account::fresh("us-east-1").unwrap())
    }

    fn ask(&mut self, action: &str, parameters: Value) -> Result<Value, String> {
        let answer = self.0.call("ec2", action, parameters.as_object().unwrap());
        self.0.settle();
        answer.map_err(|error| error.to_string())
    }

    fn ok(&mut self, action: &str, parameters: Value) -> Value {
        self.ask(action, parameters.clone()).unwrap_or_else(|error| panic!("{action} {parameters}: {error}"))
    }

    /// A list of two offices at its second version.
    fn furnished() -> Api {
        let mut api = Api::new();
        let entries = json!([{"Cidr": "192.0.2.0/24", "Description": "north"}, {"Cidr": "10.9.0.7/16"}]);
        let tags = json!([{"ResourceType": "prefix-list", "Tags": [{"Key": "Name", "Value": "offices"}]}]);
        api.ok(
            "CreateManagedPrefixList",
            json!({"PrefixListName": "offices", "AddressFamily": "IPv4", "MaxEntries": 5, "Entries": entries, "TagSpecifications": tags}),
        );
        api.ok("ModifyManagedPrefixList", json!({"PrefixListId": LIST, "CurrentVersion": 1, "RemoveEntries": [{"Cidr": "10.9.0.0/16"}]}));
        api
    }
}

// rules: C1 S10 S12
#[test]
fn a_list_is_shown_as_aws_shows_it() {
    let mut api = Api::new();
    let made = api.ok("CreateManagedPrefixList", json!({"PrefixListName": "offices", "AddressFamily": "IPv4", "MaxEntries": 5}));
    assert_eq!(
        made,
        json!({"PrefixList": {"PrefixListId": LIST, "AddressFamily": "IPv4", "State": "create-in-progress",
            "PrefixListArn": format!("arn:aws:ec2:us-east-1:123456789012:prefix-list/{LIST}"), "PrefixListName": "offices",
            "MaxEntries": 5, "Version": 1, "Tags": [], "OwnerId": "123456789012"}})
    );
    let shown = api.ok("DescribeManagedPrefixLists", json!({}));
    let ids: Vec<_> = shown["PrefixLists"].as_array().unwrap().iter().map(|list| list["PrefixListId"].as_str().unwrap()).collect();
    assert_eq!(ids, [LIST, "pl-02cd2c6b", "pl-63a5400a"]);
    assert_eq!(shown["PrefixLists"][0]["State"], "create-complete");
    let s3 = &shown["PrefixLists"][2];
    assert_eq!((&s3["OwnerId"], &s3["PrefixListArn"]), (&json!("AWS"), &json!("arn:aws:ec2:us-east-1:aws:prefix-list/pl-63a5400a")));
    assert_eq!((s3.get("MaxEntries"), s3.get("Version")), (None, None));
    let services = api.ok("DescribePrefixLists", json!({"Filters": [{"Name": "prefix-list-name", "Values": ["*.s3"]}]}));
    let cidrs = json!(["52.216.0.0/15", "54.231.0.0/16"]);
    assert_eq!(
        services["PrefixLists"],
        json!([{"PrefixListId": "pl-63a5400a", "PrefixListName": "com.amazonaws.us-east-1.s3", "Cidrs": cidrs}])
    );
    let own = api.ok("DescribeManagedPrefixLists", json!({"Filters": [{"Name": "owner-id", "Values": ["123456789012"]}]}));
    assert_eq!(own["PrefixLists"].as_array().unwrap().len(), 1);
    let wrong = json!({"PrefixListName": "offices", "AddressFamily": "IPv5", "MaxEntries": 5});
    let refused = api.ask("CreateManagedPrefixList", wrong).unwrap_err();
    assert!(refused.starts_with("InvalidParameterValue: Value (IPv5)"), "{refused}");
}

// rules: C1 S10
#[test]
fn entries_are_shown_by_version_and_page_by_page() {
    let mut api = Api::furnished();
    let north = json!({"Cidr": "192.0.2.0/24", "Description": "north"});
    assert_eq!(api.ok("GetManagedPrefixListEntries", json!({"PrefixListId": LIST}))["Entries"], json!([north]));
    let first = api.ok("GetManagedPrefixListEntries", json!({"PrefixListId": LIST, "TargetVersion": 1, "MaxResults": 1}));
    assert_eq!(first["Entries"], json!([{"Cidr": "10.9.0.0/16"}]));
    let more = json!({"PrefixListId": LIST, "TargetVersion": 1, "NextToken": first["NextToken"]});
    assert_eq!(api.ok("GetManagedPrefixListEntries", more), json!({"Entries": [north]}));
    for (parameters, error) in [
        (json!({"PrefixListId": LIST, "TargetVersion": 3}), "InvalidParameterValue"),
        (json!({"PrefixListId": LIST, "TargetVersion": -1}), "InvalidParameterValue"),
        (json!({"PrefixListId": "pl-00000000000000009"}), "InvalidPrefixListID.NotFound"),
        (json!({"PrefixListId": "offices"}), "InvalidPrefixListId.Malformed"),
    ] {
        let refused = api.ask("GetManagedPrefixListEntries", parameters.clone()).unwrap_err();
        assert!(refused.starts_with(error), "{parameters}: {refused}");
    }
    let tagged = api.ok("DescribeTags", json!({"Filters": [{"Name": "resource-type", "Values": ["prefix-list"]}]}));
    assert_eq!(tagged["Tags"][0]["ResourceId"], LIST);
}

// rules: C1 S12
#[test]
fn what_names_a_list_is_told_page_by_page() {
    let mut api = Api::furnished();
    let ask = json!({"PrefixListId": LIST});
    assert_eq!(api.ok("GetManagedPrefixListAssociations", ask.clone()), json!({"PrefixListAssociations": []}));
    let permission = json!([{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": LIST}]}]);
    for at in 1..=5 {
        let group = api.ok("CreateSecurityGroup", json!({"GroupName": format!("g{at}"), "Description": "x"}))["GroupId"].clone();
        api.ok("AuthorizeSecurityGroupEgress", json!({"GroupId": group, "IpPermissions": permission}));
    }
    let table = api.ok("DescribeRouteTables", json!({}))["RouteTables"][0]["RouteTableId"].clone();
    let route = json!({"RouteTableId": table, "DestinationPrefixListId": LIST, "GatewayId": "igw-00000000000000001"});
    api.ok("CreateRoute", route);
    let first = api.ok("GetManagedPrefixListAssociations", json!({"PrefixListId": LIST, "MaxResults": 5}));
    let named = first["PrefixListAssociations"].as_array().unwrap();
    assert_eq!((named.len(), &named[0]), (5, &json!({"ResourceId": table, "ResourceOwner": "123456789012"})));
    assert_eq!(named[1]["ResourceId"], "sg-00000000000000002");
    let rest = api.ok("GetManagedPrefixListAssociations", json!({"PrefixListId": LIST, "MaxResults": 5, "NextToken": first["NextToken"]}));
    let last = json!({"ResourceId": "sg-00000000000000006", "ResourceOwner": "123456789012"});
    assert_eq!(rest, json!({"PrefixListAssociations": [last]}));
    for (parameters, error) in [
        (json!({"PrefixListId": "pl-00000000000000009"}), "InvalidPrefixListID.NotFound"),
        (json!({}), "MissingParameter"),
        (json!({"PrefixListId": LIST, "MaxResults": 256}), "InvalidParameterValue"),
        (json!({"PrefixListId": LIST, "Filters": []}), "UnknownParameter"),
    ] {
        let refused = api.ask("GetManagedPrefixListAssociations", parameters.clone()).unwrap_err();
        assert!(refused.starts_with(error), "{parameters}: {refused}");
    }
}

// rules: J17 S12
#[test]
fn documents_keep_lists_with_their_entries_and_versions() {
    let mut api = Api::furnished();
    let group = "sg-00000000000000001";
    let permissions = json!([{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": LIST}]}]);
    api.ok("AuthorizeSecurityGroupIngress", json!({"GroupId": group, "IpPermissions": permissions}));
    let scenario = Scenario {
        title: String::new(),
        network: api.0.network().clone(),
        epoch: Epoch::default(),
        clock: Instant::ZERO,
        seed: 0,
        scene: Scene::default(),
    };
    let text = save(&scenario);
    assert!(!text.contains("pl-63a5400a"), "what AWS keeps in every region is not written");
    let (again, _) = load(text.as_bytes()).unwrap();
    assert!(again.network.prefix_lists().eq(scenario.network.prefix_lists()));
    assert!(again.network.groups().eq(scenario.network.groups()));
    assert_eq!(save(&again), text);
}

// rules: J17
#[test]
fn an_import_keeps_lists_and_takes_the_regions_own_for_those_of_aws() {
    let vpcs = br#"{"Vpcs": [{"VpcId": "vpc-0a", "CidrBlock": "10.0.0.0/16"}]}"#.to_vec();
    let vpcs = String::from_utf8(vpcs).unwrap().replace("vpc-0a", "vpc-0123456789abcdef0").into_bytes();
    let subnets = json!({"Subnets": [{"SubnetId": "subnet-0123456789abcdef0", "VpcId": "vpc-0123456789abcdef0", "CidrBlock": "10.0.0.0/24",
        "AvailabilityZone": "eu-north-1a"}]});
    let lists = json!({"PrefixLists": [
        {"PrefixListId": "pl-c3aa4faa", "PrefixListName": "com.amazonaws.eu-north-1.s3", "AddressFamily": "IPv4", "OwnerId": "AWS",
            "State": "create-complete", "Tags": []},
        {"PrefixListId": "pl-0123456789abcdef0", "PrefixListName": "offices", "AddressFamily": "IPv4", "OwnerId": "123456789012",
            "State": "modify-complete", "MaxEntries": 3, "Version": 7, "Tags": []},
        {"PrefixListId": "pl-0123456789abcdef1", "PrefixListName": "homes", "AddressFamily": "IPv4", "OwnerId": "123456789012",
            "State": "create-complete", "MaxEntries": 3, "Version": 1, "Tags": [], "Entries": [{"Cidr": "192.0.2.0/24"}]}]});
    let files: Vec<(String, Vec<u8>)> =
        [("v.json", vpcs), ("s.json", subnets.to_string().into_bytes()), ("l.json", lists.to_string().into_bytes())]
            .map(|(name, bytes)| (name.to_owned(), bytes))
            .to_vec();
    let (scenario, report) = import(&files).unwrap();
    let named: Vec<_> = scenario.network.prefix_lists().map(|list| (list.id.to_string(), list.entries.len())).collect();
    let expected = [("pl-0123456789abcdef0", 0), ("pl-0123456789abcdef1", 1), ("pl-02cd2c6b", 2), ("pl-c3aa4faa", 2)];
    assert_eq!(named, expected.map(|(id, count)| (id.to_owned(), count)));
    let told = format!("{report:?}");
    assert!(told.contains("pl-0123456789abcdef0") && !told.contains("pl-0123456789abcdef1"), "{told}");
    let mut api = Api(Account::holding(scenario.network, Instant::ZERO, scenario.epoch));
    let shown = api.ok("DescribeManagedPrefixLists", json!({"PrefixListIds": ["pl-0123456789abcdef0"]}));
    assert_eq!((&shown["PrefixLists"][0]["Version"], &shown["PrefixLists"][0]["State"]), (&json!(7), &json!("modify-complete")));
    let clash = lists.to_string().replace("\"Cidr\":\"192.0.2.0/24\"", "\"Cidr\":\"2001:db8::/32\"").into_bytes();
    let wrong: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(name, bytes)| if name == "l.json" { (name, clash.clone()) } else { (name, bytes) }).collect();
    assert!(import(&wrong).is_err());
}

/// An account with these prefix lists, and outputs of get-managed-prefix-list-entries by the names of their files.
fn with_entries(lists: &[(&str, &str)], outputs: &[(&str, &str)]) -> (Vec<(String, Vec<String>)>, Vec<String>) {
    let vpc = "vpc-0123456789abcdef0";
    let subnet =
        json!({"SubnetId": "subnet-0123456789abcdef0", "VpcId": vpc, "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "us-east-1a"});
    let list =
        |(id, owner): &(&str, &str)| json!({"PrefixListId": id, "PrefixListName": id, "OwnerId": owner, "MaxEntries": 9, "Version": 1});
    let lists: Vec<_> = lists.iter().map(list).collect();
    let network = json!({"Vpcs": [{"VpcId": vpc, "CidrBlock": "10.0.0.0/16"}], "Subnets": [subnet], "PrefixLists": lists});
    let mut files = vec![("network.json".to_owned(), network.to_string().into_bytes())];
    files.extend(outputs.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
    let (scenario, report) = import(&files).unwrap();
    let blocks = |list: &PrefixList| list.entries.iter().map(|entry| entry.cidr.to_string()).collect();
    let read = scenario.network.prefix_lists().filter(|list| list.version > 0 && !list.name.starts_with("com."));
    let told = report.warnings.iter().map(ToString::to_string).filter(|line| !line.contains("was made") && !line.contains("network ACL"));
    (read.map(|list| (list.id.to_string(), blocks(list))).collect(), told.collect())
}

// rules: J17 S12
#[test]
fn entries_go_to_the_list_that_their_file_is_named_by_or_to_the_only_one() {
    const ONE: &str = "pl-0123456789abcdef0";
    const TWO: &str = "pl-0123456789abcdef1";
    const OWN: &str = "123456789012";
    let north = r#"{"Entries": [{"Cidr": "10.1.0.0/16", "Description": "north"}], "NextToken": "x"}"#;
    let south = r#"{"Entries": [{"Cidr": "10.2.0.0/16"}]}"#;
    let got = |id: &str, blocks: &[&str]| (id.to_owned(), blocks.iter().map(|block| (*block).to_owned()).collect::<Vec<_>>());
    // By name, wherever the id stands in it; the second page comes behind the first.
    let (lists, told) = with_entries(
        &[(ONE, OWN), (TWO, OWN)],
        &[(&format!("{ONE}.json"), north), (&format!("pl-x/{ONE}/entries-2.json"), south), (&format!("of-{TWO}.json"), south)],
    );
    assert_eq!(lists, [got(ONE, &["10.1.0.0/16", "10.2.0.0/16"]), got(TWO, &["10.2.0.0/16"])]);
    assert!(told.is_empty(), "{told:?}");
    // Without a name: the only one there is, and where AWS's stand beside it, that is told.
    let (lists, told) = with_entries(&[(ONE, OWN)], &[("entries.json", north)]);
    assert_eq!((lists, told.len()), (vec![got(ONE, &["10.1.0.0/16"])], 0));
    let (lists, told) = with_entries(&[("pl-0aaaaaaaaaaaaaaaa", "AWS"), (ONE, OWN)], &[("entries.json", north)]);
    assert_eq!(lists, [got(ONE, &["10.1.0.0/16"]), got("pl-0aaaaaaaaaaaaaaaa", &[])]);
    let taken = format!("Entries (entries.json) are taken as those of {ONE}, the only prefix list of the account’s own");
    assert_eq!(told.first(), Some(&taken));
    // An empty list is known to be empty.
    assert!(with_entries(&[(ONE, OWN)], &[("entries.json", r#"{"Entries": []}"#)]).1.is_empty());
    // Nothing says which: what to do is told.
    let (lists, told) = with_entries(&[(ONE, OWN), (TWO, OWN)], &[("entries.json", north)]);
    assert_eq!(lists, [got(ONE, &[]), got(TWO, &[])]);
    let which = "Entries (entries.json) left out: nothing says of which prefix list they are; name the file by the list’s id (pl-….json)";
    assert!(told.contains(&which.to_owned()) && told.len() == 3, "{told:?}");
    // A list that is not there, and an entry that two pages tell in two ways.
    let (_, told) = with_entries(&[(ONE, OWN)], &[(&format!("{TWO}.json"), north)]);
    let left_out = format!("Entries ({TWO}.json) left out: {TWO} is not there; aws ec2 describe-managed-prefix-lists tells of it");
    assert!(told.contains(&left_out), "{told:?}");
    let other = north.replace("north", "other");
    let (lists, told) = with_entries(&[(ONE, OWN)], &[("a.json", north), ("b.json", &other), ("c.json", north)]);
    assert_eq!(lists, [got(ONE, &["10.1.0.0/16"])]);
    assert_eq!(told, [format!("{ONE} 10.1.0.0/16 is there twice; the one in a.json is taken, the one in b.json is not")]);
}
