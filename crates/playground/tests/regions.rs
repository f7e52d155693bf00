//! Output of several regions in one import: one is kept as if it had come alone, and the others are listed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_playground::scenario::{Intake, Report, Scenario, ScenarioError, open, save};
use eni_playground::words::Language;
use serde_json::json;
use std::path::Path;

type Files = Vec<(String, Vec<u8>)>;

/// The described account, as if it were in a region of its own; of only some files where any are named.
fn account(region: &str, only: &[&str]) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let mut files: Files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if only.is_empty() || only.contains(&name.as_str()) {
            let text = std::fs::read_to_string(&path).unwrap().replace("eu-west-1", region);
            // Other places, other ids.
            let text = if region == "eu-west-1" { text } else { text.replace("-000000", "-00000a") };
            files.push((format!("{region}/{name}"), text.into_bytes()));
        }
    }
    files.sort();
    files
}

/// A prefix list of a region, and nothing else: its ARN says where it is.
fn list(region: &str, id: &str) -> (String, Vec<u8>) {
    let arn = format!("arn:aws:ec2:{region}:123456789012:prefix-list/{id}");
    let list = json!({"PrefixListId": id, "PrefixListName": region, "PrefixListArn": arn, "Entries": [{"Cidr": "192.0.2.0/24"}]});
    (format!("{region}/lists.json"), json!({"PrefixLists": [list]}).to_string().into_bytes())
}

fn opened(files: Files, region: Option<&str>) -> Result<(Scenario, Report), ScenarioError> {
    open(&Intake::of(files).of_region(region))
}

fn warnings(report: &Report) -> String {
    report.warnings.iter().map(|warning| warning.say(Language::English)).collect::<Vec<_>>().join("\n")
}

const SMALL: [&str; 4] = ["vpcs.json", "subnets.json", "groups.json", "rules.json"];

// rules: J17
#[test]
fn of_several_regions_the_one_with_most_things_is_kept_and_the_rest_is_told() {
    for (large, small) in [("us-west-2", "eu-west-1"), ("eu-west-1", "us-west-2")] {
        let alone = opened(account(large, &[]), None).unwrap().0;
        let mut files = account(small, &SMALL);
        files.extend(account(large, &[]));
        let (both, report) = opened(files, None).unwrap();
        assert_eq!(both.network.region(), large);
        assert_eq!(both.network, alone.network, "nothing of {small} came with {large}");
        let told = warnings(&report);
        let line = told.lines().find(|line| line.contains("several regions")).unwrap_or_else(|| panic!("{told}"));
        for part in ["eu-west-1 (", "us-west-2 (", &format!("{large} is here"), "Vpcs (1)", "Subnets (2)", "SecurityGroups (", "--region"] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
}

#[test]
fn the_region_that_is_asked_for_is_kept() {
    let both = || {
        let mut files = account("us-west-2", &[]);
        files.push(list("us-west-2", "pl-0123456789abcdef2"));
        files.extend(account("eu-west-1", &SMALL));
        files.push(list("eu-west-1", "pl-0123456789abcdef1"));
        files
    };
    let mut files = account("eu-west-1", &SMALL);
    files.push(list("eu-west-1", "pl-0123456789abcdef1"));
    let alone = opened(files, None).unwrap().0;
    assert!(alone.network.prefix_lists().any(|list| list.name == "eu-west-1"));
    let (kept, _) = opened(both(), Some("eu-west-1")).unwrap();
    assert_eq!(kept.network, alone.network);
    let error = opened(both(), Some("sa-east-1")).unwrap_err().to_string();
    assert!(error.starts_with("nothing in it is of sa-east-1; there is eu-west-1 (") && error.contains("us-west-2 ("), "{error}");
    let document = vec![("a.eni.json".to_owned(), save(&alone).into_bytes())];
    assert_eq!(opened(document.clone(), Some("eu-west-1")).unwrap().0.network, alone.network);
    let error = opened(document, Some("us-west-2")).unwrap_err().to_string();
    assert_eq!(error, "nothing in it is of us-west-2; there is eu-west-1");
}

#[test]
fn what_is_in_two_regions_at_once_is_a_contradiction() {
    let subnet =
        |id: &str, zone: &str| json!({"SubnetId": id, "VpcId": "vpc-00000001", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": zone});
    let vpcs = json!([{"VpcId": "vpc-00000001", "CidrBlock": "10.0.0.0/16"}]);
    let one = [subnet("subnet-00000001", "us-east-1a"), subnet("subnet-00000002", "eu-west-1a")];
    let eni = json!([{"NetworkInterfaceId": "eni-00000001", "SubnetId": "subnet-00000001", "AvailabilityZone": "eu-west-1a"}]);
    for (value, names) in [
        (json!({"Vpcs": vpcs, "Subnets": one}), ["Subnets subnet-00000001", "Subnets subnet-00000002"]),
        (
            json!({"Vpcs": vpcs, "Subnets": [one[0]], "NetworkInterfaces": eni}),
            ["Subnets subnet-00000001", "NetworkInterfaces eni-00000001"],
        ),
    ] {
        let error = opened(vec![("a.json".to_owned(), value.to_string().into_bytes())], None).unwrap_err().to_string();
        assert!(names.iter().all(|name| error.contains(name)) && error.contains("us-east-1") && error.contains("eu-west-1"), "{error}");
    }
}
