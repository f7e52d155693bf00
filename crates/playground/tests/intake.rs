//! Describe output as people have it: incomplete, in pages, merged, mixed with other things. What is there is shown, what is not is listed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests say plainly that something must be there")]

use eni_playground::scenario::{Intake, Report, Scenario, import, load, save};
use eni_playground::session::Session;
use serde_json::{Value, json};
use std::path::Path;

type Files = Vec<(String, Vec<u8>)>;

fn files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let read = |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    let mut files: Files = std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect();
    files.sort();
    files
}

fn file(name: &str, value: &Value) -> (String, Vec<u8>) {
    (name.to_owned(), value.to_string().into_bytes())
}

fn value(name: &str) -> Value {
    serde_json::from_slice(&files().into_iter().find(|(file, _)| file == name).unwrap().1).unwrap()
}

fn without(names: &[&str]) -> Files {
    files().into_iter().filter(|(file, _)| !names.contains(&file.as_str())).collect()
}

fn with(name: &str, change: impl FnOnce(&mut Value)) -> Files {
    let mut changed = value(name);
    change(&mut changed);
    let mut files = without(&[name]);
    files.push(file(name, &changed));
    files
}

/// What was imported is a sound world, and its document loads into the same.
fn sound(files: &Files) -> (Scenario, Vec<String>, Report) {
    let (scenario, report) = import(files).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(scenario.network.check_invariants(), Vec::<String>::new());
    let text = save(&scenario);
    let (again, unknown) = load(text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}: {text}"));
    assert_eq!(save(&again), text);
    assert_eq!(unknown, Report::default());
    (scenario, report.warnings.iter().map(ToString::to_string).collect(), report)
}

fn has(warnings: &[String], words: &[&str]) {
    assert!(warnings.iter().any(|warning| words.iter().all(|word| warning.contains(word))), "{words:?} in {warnings:#?}");
}

/// VPCs, subnets, ENIs, instances, Elastic IPs, groups.
fn counts(scenario: &Scenario) -> [usize; 6] {
    let network = &scenario.network;
    [
        network.vpcs().len(),
        network.subnets().len(),
        network.enis().len(),
        network.instances().len(),
        network.elastic_ips().len(),
        network.groups().len(),
    ]
}

// rules: J1 J17
#[test]
fn any_describe_output_may_be_missing() {
    let cases: [(&str, [usize; 6], &[&str]); 12] = [
        ("acls.json", [1, 2, 4, 2, 2, 2], &["default network ACL", "allows all"]),
        ("addresses.json", [1, 2, 4, 2, 1, 2], &[]),
        ("enis.json", [1, 2, 3, 2, 2, 2], &[]),
        ("everything-else.json", [1, 2, 4, 2, 2, 2], &[]),
        ("groups.json", [1, 2, 4, 2, 2, 3], &["sg-000000000000000f2 is not there", "made of the 3 rules"]),
        ("instances.json", [1, 2, 4, 0, 2, 2], &["the instance is not there"]),
        ("nat.json", [1, 2, 4, 2, 2, 2], &[]),
        ("rules.json", [1, 2, 4, 2, 2, 2], &[]),
        (
            "subnets.json",
            [1, 0, 0, 0, 2, 2],
            &["NetworkInterfaces (3) left out: subnet-000000000000000b1 is not there; aws ec2 describe-subnets"],
        ),
        ("tags.json", [1, 2, 4, 2, 2, 2], &[]),
        ("vpc-dns.json", [1, 2, 4, 2, 2, 2], &[]),
        ("vpn.json", [1, 2, 4, 2, 2, 2], &[]),
    ];
    assert_eq!(cases.len() + 1, files().len(), "each file but vpcs.json");
    for (name, expected, words) in cases {
        let (scenario, warnings, _) = sound(&without(&[name]));
        assert_eq!(counts(&scenario), expected, "without {name}: {warnings:#?}");
        if !words.is_empty() {
            has(&warnings, words);
        }
    }
    let told = import(&without(&["vpcs.json"])).unwrap_err().to_string();
    assert!(told.contains("there is no VPC in it") && told.contains("describe-vpcs"), "{told}");
    // Of several missing at once what is left is shown still.
    let (scenario, ..) = sound(&without(&["subnets.json", "groups.json", "rules.json", "acls.json", "instances.json"]));
    assert_eq!(counts(&scenario), [1, 0, 0, 0, 2, 1]);
    let (scenario, warnings, _) = sound(&without(&["groups.json", "rules.json"]));
    assert_eq!(scenario.network.group("sg-000000000000000f2".parse().unwrap()).unwrap().rules.len(), 0);
    has(&warnings, &["sg-000000000000000f2 is not there", "without rules, so nothing passes it"]);
}

// rules: J17 E47
#[test]
fn what_cannot_be_read_is_left_out_with_its_reason_and_what_hangs_on_it() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, [usize; 6], &[&str]); 9] = [
        (
            "subnets.json",
            |v| v["Subnets"][1]["CidrBlock"] = json!("10.20.2.0/29"),
            [1, 1, 3, 1, 2, 2],
            &["left out: ", "subnet-000000000000000b2.CidrBlock", "10.20.2.0/29 cannot be: blocks are from /16 to /28"],
        ),
        (
            "enis.json",
            |v| v["NetworkInterfaces"][3]["SubnetId"] = json!("subnet-00000009"),
            [1, 2, 3, 2, 2, 2],
            &["NetworkInterfaces (1)", "subnet-00000009 is not there"],
        ),
        (
            "enis.json",
            |v| v["NetworkInterfaces"][3]["MacAddress"] = json!("zz"),
            [1, 2, 3, 2, 2, 2],
            &["left out: ", "eni-00000000000000014.MacAddress"],
        ),
        (
            "subnets.json",
            |v| v["Subnets"][1]["CidrBlock"] = json!("banana"),
            [1, 1, 3, 1, 2, 2],
            &["left out: ", "subnet-000000000000000b2.CidrBlock"],
        ),
        (
            "subnets.json",
            |v| v["Subnets"][1]["CidrBlock"] = json!("banana"),
            [1, 1, 3, 1, 2, 2],
            &["Instances (1) left out with their primary"],
        ),
        ("groups.json", |v| v["SecurityGroups"][1]["IpPermissions"] = json!(7), [1, 2, 4, 2, 2, 2], &["left out: ", "IpPermissions"]),
        (
            "acls.json",
            |v| v["NetworkAcls"][0]["Entries"][0]["RuleAction"] = json!("perhaps"),
            [1, 2, 4, 2, 2, 2],
            &["left out: ", "RuleAction"],
        ),
        (
            "instances.json",
            |v| v["Reservations"][0]["Instances"][0]["State"] = json!({"Name": "dreaming"}),
            [1, 2, 4, 1, 2, 2],
            &["left out: ", "State.Name"],
        ),
        ("addresses.json", |v| v["Addresses"][1]["PublicIp"] = json!("300.1.1.1"), [1, 2, 4, 2, 1, 2], &["left out: ", "PublicIp"]),
    ];
    for (name, change, expected, words) in cases {
        let (scenario, warnings, _) = sound(&with(name, change));
        assert_eq!(counts(&scenario), expected, "{name} {words:?}: {warnings:#?}");
        has(&warnings, words);
    }
    let told = import(&with("vpcs.json", |v| v["Vpcs"][0]["CidrBlockAssociationSet"] = json!("x"))).unwrap_err().to_string();
    assert!(told.contains("nothing of it could be kept: left out: Vpcs vpc-000000000000000a1.CidrBlockAssociationSet"), "{told}");
    let huge = |v: &mut Value| {
        v["Vpcs"][0]["CidrBlock"] = json!("10.0.0.0/8");
        v["Vpcs"][0]["CidrBlockAssociationSet"][0]["CidrBlock"] = json!("10.0.0.0/8");
    };
    let told = import(&with("vpcs.json", huge)).unwrap_err().to_string();
    assert!(told.contains("10.0.0.0/8 cannot be: blocks are from /16 to /28"), "{told}");
}

// rules: J17
#[test]
fn files_may_be_in_pages_split_merged_or_written_one_after_the_other() {
    let whole = save(&import(&files()).unwrap().0);
    let all: Vec<Value> = files().iter().map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect();
    // `cat *.json`, `jq -s .`, and `jq -s add` without the one file that is an attribute.
    let text: String = all.iter().map(|value| format!("{value}\n")).collect();
    let mut merged = serde_json::Map::new();
    for value in all.iter().filter(|value| value.get("EnableDnsHostnames").is_none() && value.get("EnableDnsSupport").is_none()) {
        merged.extend(value.as_object().unwrap().clone());
    }
    let attribute = all.iter().find(|value| value.get("EnableDnsHostnames").is_some() || value.get("EnableDnsSupport").is_some()).unwrap();
    let mut paged = without(&["enis.json"]);
    for (at, eni) in value("enis.json")["NetworkInterfaces"].as_array().unwrap().iter().enumerate() {
        paged.push(file(&format!("enis-{at}.json"), &json!({"NetworkInterfaces": [eni], "NextToken": "eyJ0b2tlbiI6IDF9"})));
    }
    let mut split = without(&["instances.json"]);
    for (at, launch) in value("instances.json")["Reservations"].as_array().unwrap().iter().enumerate() {
        split.push(file(&format!("{at}.json"), &json!({"Reservations": [launch], "ResponseMetadata": {"RequestId": "x"}})));
    }
    for (what, given) in [
        ("concatenated", vec![("all.json".to_owned(), text.into_bytes())]),
        ("a list of outputs", vec![file("all.json", &Value::Array(all.clone()))]),
        ("merged", vec![file("all.json", &Value::Object(merged)), file("dns.json", attribute)]),
        ("in pages", paged),
        ("split", split),
    ] {
        let (scenario, _, report) = sound(&given);
        let names = |text: &str| text.replace(",\"title\":\"all\"", "").replace("\"title\":\"all\",", "");
        assert_eq!(names(&save(&scenario)), names(&whole), "{what}");
        assert!(!report.left_out.iter().any(|left| left.what.contains("NextToken") || left.what.contains("ResponseMetadata")), "{what}");
    }
}

#[test]
fn one_bad_file_among_good_ones_is_listed() {
    let mut given = without(&["vpn.json"]);
    given.push(("vpn.json".to_owned(), b"{\"VpnGateways\": [".to_vec()));
    given.push(("table.json".to_owned(), b"-----\n| DescribeVpcs |".to_vec()));
    given.push(("picture.json".to_owned(), vec![0x89, b'P', b'N', b'G', 0xff, 0xfe, 0]));
    given.push(("mine.eni.json".to_owned(), save(&import(&files()).unwrap().0).into_bytes()));
    let (scenario, _, report) = sound(&given);
    assert_eq!(counts(&scenario), [1, 2, 4, 2, 2, 2]);
    let listed: Vec<&str> = report.not_read.iter().map(|skipped| skipped.file.as_str()).collect();
    assert_eq!(listed, ["vpn.json", "table.json", "picture.json", "mine.eni.json"]);
    // If that one was what everything hangs on, the refusal names it.
    let mut given = without(&["vpcs.json"]);
    given.push(("vpcs.json".to_owned(), b"{\"Vpcs\": [".to_vec()));
    let told = import(&given).unwrap_err().to_string();
    assert!(told.contains("no VPC") && told.contains("vpcs.json: it is not JSON"), "{told}");
    // A file by itself is refused.
    assert!(import(&[("x.json".to_owned(), b"{\"Vpcs\": [".to_vec())]).unwrap_err().to_string().contains("not JSON"));
}

#[test]
fn things_of_two_accounts_are_shown_and_told() {
    let (scenario, warnings, _) = sound(&with("enis.json", |v| v["NetworkInterfaces"][3]["OwnerId"] = json!("999999999999")));
    assert_eq!(counts(&scenario), [1, 2, 4, 2, 2, 2]);
    has(&warnings, &["several accounts", "999999999999", "123456789012"]);
    assert!(!sound(&files()).1.iter().any(|warning| warning.contains("several accounts")));
    // Another account's VPC with the same addresses is another network.
    let other: Vec<(String, Vec<u8>)> = ["vpcs.json", "subnets.json"]
        .iter()
        .map(|name| (format!("other/{name}"), value(name).to_string().replace("0000000", "0000007").into_bytes()))
        .collect();
    let (scenario, ..) = sound(&[files(), other].concat());
    assert_eq!(counts(&scenario)[..2], [2, 4]);
}

#[test]
fn gateways_stand_on_the_board_and_those_that_carry_nothing_yet_say_so() {
    let files = with("vpn.json", |vpn| vpn["VpnGateways"][0]["VpcAttachments"][0]["State"] = json!("attached"));
    let (scenario, ..) = sound(&files);
    let session = Session::load(save(&scenario).as_bytes()).unwrap();
    let board = session.board();
    let (mut vpcs, mut subnets) = (Vec::new(), Vec::new());
    for vpc in &board.vpcs {
        vpcs.extend(vpc.others.iter().map(|other| (vpc.id.clone(), other.thing.clone())));
        for subnet in vpc.zones.iter().flat_map(|zone| &zone.subnets) {
            subnets.extend(subnet.others.iter().map(|other| (subnet.id.clone(), other.thing.clone())));
        }
    }
    let pair = |place: &str, thing: &str| (place.to_owned(), thing.to_owned());
    assert_eq!(vpcs, [pair("vpc-000000000000000a1", "vgw:vgw-00000000000000001")]);
    assert_eq!(subnets, [pair("subnet-000000000000000b1", "nat:nat-00000000000000001")]);
    for (_, thing) in vpcs.iter().chain(&subnets) {
        assert!(!session.menu(thing).unwrap().entries.is_empty());
        let details = session.details(thing).unwrap();
        assert!(!details.facts.is_empty(), "{details:?}");
    }
}

// rules: E13 E80
#[test]
fn who_manages_an_eni_decides_where_it_lies_not_who_asked_for_it() {
    let given = with("enis.json", |v| {
        let list = v["NetworkInterfaces"].as_array_mut().unwrap();
        let by = |number: u8, managed: bool| {
            let mut eni = list[3].clone();
            for (member, value) in [
                ("NetworkInterfaceId", format!("eni-0000000000000002{number}")),
                ("MacAddress", format!("06:aa:bb:cc:dd:1{number}")),
                ("PrivateIpAddress", format!("10.20.1.4{number}")),
                ("RequesterId", "AIDAEXAMPLE".to_owned()),
            ] {
                eni[member] = json!(value);
            }
            eni["PrivateIpAddresses"] = json!([{"PrivateIpAddress": format!("10.20.1.4{number}"), "Primary": true}]);
            eni["RequesterManaged"] = json!(managed);
            eni["Groups"] = list[0]["Groups"].clone();
            eni.as_object_mut().unwrap().remove("Attachment");
            eni["Status"] = json!("available");
            eni
        };
        let more = [by(1, false), by(2, true)];
        list.extend(more);
    });
    let (session, _) = Session::open_files(&Intake::of(given), "en").unwrap_or_else(|error| panic!("{error}"));
    let board = session.board();
    let subnets = board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets);
    let drawn: Vec<&str> = subnets.flat_map(|subnet| &subnet.service_enis).map(|eni| eni.id.as_str()).collect();
    let free: Vec<&str> = board.tray.enis.iter().map(|eni| eni.id.as_str()).collect();
    let (of_a_service, of_nobody) = (["eni-00000000000000014", "eni-00000000000000022"], "eni-00000000000000021");
    assert_eq!(drawn, of_a_service);
    assert!(free.contains(&of_nobody) && free.iter().all(|id| !of_a_service.contains(id)), "{free:?}");
}
