//! Documents and imports: what comes in whole, what is listed, what is refused and in which words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_core::control::command::{AttachmentKey, Command};
use eni_core::control::decide::decide;
use eni_core::control::transition;
use eni_core::id::{EniId, InstanceId, ResourceId};
use eni_core::model::Tags;
use eni_core::model::eni::PublicOrigin;
use eni_core::model::instance::InstanceState;
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, RouteOrigin, RouteTarget};
use eni_core::time::Instant;
use eni_playground::scenario::{Report, Scenario, ScenarioError, import, load, save};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::path::Path;

type Files = Vec<(String, Vec<u8>)>;

fn files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let read = |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    let mut files: Files = std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect();
    files.sort();
    files
}

fn imported() -> (Scenario, Report) {
    import(&files()).unwrap()
}

/// The files with one of them changed.
fn with(name: &str, change: impl FnOnce(&mut Value)) -> Files {
    let mut files = files();
    let (_, bytes) = files.iter_mut().find(|(file, _)| file == name).unwrap();
    let mut value: Value = serde_json::from_slice(bytes).unwrap();
    change(&mut value);
    *bytes = value.to_string().into_bytes();
    files
}

fn eni(number: &str) -> EniId {
    format!("eni-000000000000000{number}").parse().unwrap()
}

// rules: J1 J2 J3 J4 J5 J6 J7 J8 J9 J10 J11 J15 J17
#[test]
fn an_account_is_imported_with_everything_that_it_tells() {
    let (scenario, report) = imported();
    let network = &scenario.network;
    assert_eq!(network.region(), "eu-west-1");
    let vpc = network.vpcs().next().unwrap();
    assert!(vpc.dns_hostnames, "from describe-vpc-attribute");

    let service = network.eni(eni("13")).unwrap();
    assert!(!service.source_dest_check);
    assert_eq!(service.attachment.as_ref().unwrap().device_index, 1);
    assert_eq!(service.addresses.len(), 2);
    assert_eq!(service.tags.get("Name").unwrap(), "service");
    assert!(matches!(service.addresses[0].public.unwrap().origin, PublicOrigin::Elastic { .. }));
    let first = network.eni(eni("11")).unwrap();
    assert_eq!(first.addresses[0].public.unwrap().origin, PublicOrigin::Amazon);
    assert_eq!(first.tags.get("Name").unwrap(), "web-1-eth0", "from describe-tags");
    let nat = network.eni(eni("14")).unwrap();
    assert!(nat.is_requester_managed() && nat.attachment.is_none() && nat.groups.is_empty());

    let instance: InstanceId = "i-00000000000000022".parse().unwrap();
    let instance = network.instance(instance).unwrap();
    assert!(instance.spot.is_some() && instance.state == InstanceState::Stopped);
    let web = network.groups().find(|group| group.name == "web").unwrap();
    assert_eq!(web.rules.len(), 3, "the rules win over the permissions");
    assert_eq!(network.acls().next().unwrap().ingress.len(), 3, "the closing deny is not kept");

    assert!(report.warnings.iter().any(|warning| warning.to_string().contains("zz9.huge")), "{:?}", report.warnings);
    assert!(report.warnings.iter().any(|warning| warning.to_string().contains("terminated")));
    let listed: Vec<&str> = report.left_out.iter().map(|left| left.what.as_str()).collect();
    assert!(listed.contains(&"LocalGateways"), "{listed:?}");
}

#[test]
fn secrets_are_named_but_never_kept() {
    let (scenario, report) = imported();
    let told = format!("{report:?}");
    assert!(!save(&scenario).contains("SECRET") && !told.contains("SECRET"));
    for what in ["Reservations.Instances.UserData", "VpnConnections.CustomerGatewayConfiguration", "Tags"] {
        assert!(report.left_out.iter().any(|left| left.why.is_secret() && left.what == what), "{what}");
    }
    // A member's name could be a secret too.
    let odd = with("vpn.json", |value| {
        value["hunter2 is my password!"] = json!([1]);
        value["VpnConnections"][0]["swordfish? really"] = json!({"token": "SECRET"});
    });
    let told = format!("{:?}", import(&odd).unwrap().1);
    assert!(!told.contains("hunter2") && !told.contains("swordfish") && !told.contains("SECRET"), "{told}");
}

#[test]
fn a_document_loads_into_the_world_that_was_saved() {
    let (mut scenario, _) = imported();
    scenario.seed = u64::MAX;
    scenario.clock = Instant::from_nanos(12_345_678_901);
    scenario.scene.layout.insert("eni-1".to_owned(), (-4, 9));
    scenario.scene.names.insert("eni-1".to_owned(), "<i>".to_owned());
    let text = save(&scenario);
    let (again, report) = load(text.as_bytes()).unwrap();
    assert_eq!(again, scenario);
    assert_eq!(save(&again), text);
    assert_eq!(report, Report::default(), "nothing of a saved document is unknown");
}

fn act(network: &mut Network, command: &Command, second: u64) {
    let now = Instant::from_nanos(second * 1_000_000_000);
    let decision = decide(network, command, now).unwrap_or_else(|refusal| panic!("{refusal}"));
    decision.events.iter().for_each(|event| network.apply(event));
}

// rules: E18
#[test]
fn what_is_in_flight_is_settled_and_counters_go_on() {
    let (mut scenario, _) = imported();
    let network = &mut scenario.network;
    let vpc = "vpc-000000000000000a1".parse().unwrap();
    let (name, description) = ("new".to_owned(), "new".to_owned());
    act(network, &Command::CreateSecurityGroup { name, description, vpc: Some(vpc), tags: Tags::new() }, 1);
    let attachment = AttachmentKey::Eni("eni-attach-00000000000000003".parse().unwrap());
    act(network, &Command::DetachNetworkInterface { attachment, force: false }, 2);
    act(network, &Command::TerminateInstances(vec!["i-00000000000000022".parse().unwrap()]), 2);
    let made = network.groups().find(|group| group.name == "new").unwrap().id;
    act(network, &Command::DeleteSecurityGroup(made), 3);

    let (again, _) = load(save(&scenario).as_bytes()).unwrap();
    assert!(again.network.eni(eni("13")).unwrap().attachment.is_none(), "detaching is over");
    assert_eq!(again.network.instances().len(), 1, "terminating is over");
    assert!(again.network.transitions().next().is_none());
    let next = again.network.counters().clone().take::<eni_core::id::GroupId>();
    assert!(next.counter_number() > made.counter_number(), "a deleted group's id does not come again");
    assert_eq!(load(save(&again).as_bytes()).unwrap().0, again);
}

#[test]
fn places_that_disagree_are_refused_by_name() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, [&str; 2]); 9] = [
        (
            "instances.json",
            |v| v["Reservations"][0]["Instances"][0]["NetworkInterfaces"][1]["SubnetId"] = json!("subnet-000000000000000b2"),
            ["i-00000000000000021", "eni-00000000000000013"],
        ),
        (
            "instances.json",
            |v| v["Reservations"][0]["Instances"][0]["NetworkInterfaces"][1]["Attachment"]["DeviceIndex"] = json!(2),
            ["i-00000000000000021", "eni-00000000000000013"],
        ),
        (
            "instances.json",
            |v| {
                v["Reservations"][0]["Instances"][0]["NetworkInterfaces"].as_array_mut().unwrap().remove(1);
            },
            ["eni-00000000000000013", "i-00000000000000021"],
        ),
        (
            "instances.json",
            |v| v["Reservations"][0]["Instances"][0]["NetworkInterfaces"][0]["Groups"] = json!([]),
            ["i-00000000000000021", "eni-00000000000000011"],
        ),
        (
            "addresses.json",
            |v| v["Addresses"][0]["NetworkInterfaceId"] = json!("eni-00000000000000011"),
            ["eipalloc-00000000000000031", "eni-00000000000000011"],
        ),
        (
            "addresses.json",
            |v| {
                v["Addresses"][0].as_object_mut().unwrap().remove("NetworkInterfaceId");
            },
            ["eni-00000000000000013", "eipalloc-00000000000000031"],
        ),
        ("rules.json", |v| v["SecurityGroupRules"][0]["ToPort"] = json!(444), ["SecurityGroupRules", "sg-000000000000000f2"]),
        ("tags.json", |v| v["Tags"][0]["ResourceId"] = json!("eni-00000000000000013"), ["eni-00000000000000013", "tags.json"]),
        (
            "enis.json",
            |v| v["NetworkInterfaces"][2]["AvailabilityZone"] = json!("eu-west-1a"),
            ["eni-00000000000000012", "subnet-000000000000000b2"],
        ),
    ];
    for (file, change, names) in cases {
        let error = import(&with(file, change)).unwrap_err();
        assert!(matches!(error, ScenarioError::Disagree { .. }), "{file} {names:?}: {error}");
        let told = error.to_string();
        assert!(names.iter().all(|name| told.contains(name)), "{told} should name {names:?}");
    }
}

// rules: E47 E48 E52
#[test]
fn networks_that_cannot_exist_are_refused_in_plain_words() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &[&str]); 4] = [
        (
            "subnets.json",
            |v| v["Subnets"][1]["CidrBlock"] = json!("10.20.1.128/25"),
            &["subnet-000000000000000b1", "subnet-000000000000000b2", "overlap"],
        ),
        ("subnets.json", |v| v["Subnets"][1]["CidrBlock"] = json!("10.99.1.0/24"), &["subnet-000000000000000b2", "outside"]),
        (
            "enis.json",
            |v| v["NetworkInterfaces"][3]["PrivateIpAddresses"][0]["PrivateIpAddress"] = json!("10.20.1.20"),
            &["10.20.1.20", "two ENIs"],
        ),
        ("enis.json", |v| v["NetworkInterfaces"][3]["PrivateIpAddresses"][0]["PrivateIpAddress"] = json!("10.20.1.1"), &["10.20.1.1"]),
    ];
    for (file, change, words) in cases {
        let told = import(&with(file, change)).unwrap_err().to_string();
        assert!(words.iter().all(|word| told.contains(word)), "{told} should say {words:?}");
    }
}

#[test]
fn the_later_of_two_wins_with_a_warning() {
    let mut files = files();
    let mut again: Value = serde_json::from_slice(&files.iter().find(|(file, _)| file == "subnets.json").unwrap().1).unwrap();
    again["Subnets"].as_array_mut().unwrap().truncate(1);
    again["Subnets"][0]["MapPublicIpOnLaunch"] = json!(false);
    files.push(("zz-later.json".to_owned(), again.to_string().into_bytes()));
    let (scenario, report) = import(&files).unwrap();
    assert!(!scenario.network.subnet("subnet-000000000000000b1".parse().unwrap()).unwrap().map_public_ip_on_launch);
    let told = report.warnings.iter().map(ToString::to_string).find(|warning| warning.contains("twice")).unwrap();
    assert!(told.contains("subnet-000000000000000b1") && told.contains("zz-later.json") && told.contains("subnets.json"), "{told}");
}

// rules: R5
#[test]
fn a_static_route_beside_a_propagated_one_decides() {
    let static_route = json!({"DestinationCidrBlock": "172.16.0.0/16", "GatewayId": "igw-000000000000000c1", "Origin": "CreateRoute"});
    let propagated = json!({"DestinationCidrBlock": "172.16.0.0/16", "GatewayId": "vgw-00000009", "Origin": "EnableVgwRoutePropagation"});
    for routes in [[static_route.clone(), propagated.clone()], [propagated, static_route.clone()]] {
        let files = with("everything-else.json", |v| v["RouteTables"][1]["Routes"].as_array_mut().unwrap().extend(routes));
        let (scenario, report) = import(&files).unwrap();
        let table = scenario.network.route_table("rtb-000000000000000d2".parse().unwrap()).unwrap();
        let route = table.routes.get(&Destination::Cidr("172.16.0.0/16".parse().unwrap())).unwrap();
        assert!(route.origin == RouteOrigin::CreateRoute && matches!(route.target, RouteTarget::InternetGateway(_)), "{route:?}");
        assert!(report.warnings.iter().any(|warning| warning.to_string().contains("static")), "{:?}", report.warnings);
    }
    let twice = with("everything-else.json", |v| {
        v["RouteTables"][1]["Routes"].as_array_mut().unwrap().extend([static_route.clone(), static_route]);
    });
    assert!(import(&twice).unwrap_err().to_string().contains("two routes"));
}

// rules: A1 A5 A6
#[test]
fn who_was_imported_with_an_automatic_address_gets_another_at_the_next_start() {
    let mut network = imported().0.network;
    let (primary, service) = (network.eni(eni("11")).unwrap(), network.eni(eni("13")).unwrap());
    assert!(primary.wants_public_ip && !service.wants_public_ip, "an Elastic IP is no such wish");
    let (id, alone) = (primary.attachment.as_ref().unwrap().instance, service.attachment.as_ref().unwrap().id);
    let first = primary.addresses[0].public;
    let detach = Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(alone), force: false };
    for (act, second) in [(detach, 1), (Command::StopInstances(vec![id]), 100), (Command::StartInstances(vec![id]), 200)] {
        self::act(&mut network, &act, second);
        transition::settle(&mut network, Instant::from_nanos((second + 90) * 1_000_000_000));
    }
    let public = network.eni(eni("11")).unwrap().addresses[0].public.unwrap();
    assert_eq!(public.origin, PublicOrigin::Amazon);
    assert_ne!(Some(public), first);
}

#[test]
fn a_few_lists_are_enough_and_what_lacks_is_made_up() {
    let some: Files = files()
        .into_iter()
        .filter(|(file, _)| ["vpcs.json", "subnets.json", "groups.json", "enis.json"].contains(&file.as_str()))
        .collect();
    let (scenario, report) = import(&some).unwrap();
    assert_eq!(scenario.network.enis().len(), 4);
    assert_eq!(scenario.network.elastic_ips().len(), 1, "the ENI tells of its Elastic IP");
    for words in ["main route table", "default network ACL", "not attached"] {
        assert!(report.warnings.iter().any(|warning| warning.to_string().contains(words)), "{words}: {:?}", report.warnings);
    }
    let only_instances: Files = files().into_iter().filter(|(file, _)| file != "enis.json").collect();
    let (scenario, _) = import(&only_instances).unwrap();
    assert_eq!(scenario.network.enis().len(), 3, "instances tell of their ENIs");
    let service = scenario.network.eni(eni("13")).unwrap().addresses[0].public.unwrap();
    assert!(matches!(service.origin, PublicOrigin::Elastic { .. }), "the address list says whose it is");
    // The same that is made up for in an import is refused in a document.
    let document =
        json!({"format": "eni-playground", "version": 1, "state": {"Vpcs": [{"VpcId": "vpc-00000001", "CidrBlock": "10.0.0.0/16"}]}});
    assert!(load(document.to_string().as_bytes()).unwrap_err().to_string().contains("main route table"));
}

#[test]
fn bad_documents_are_refused_in_plain_words() {
    let deep = format!("{}{}", "[".repeat(70), "]".repeat(70));
    let cases = [
        ("", "is empty"),
        ("{\"format\":", "not JSON"),
        ("[]", "not a document"),
        ("{\"format\":\"draw.io\"}", "not a document"),
        ("{\"format\":\"eni-playground\",\"version\":2}", "newer"),
        ("{\"format\":\"eni-playground\",\"version\":\"x\"}", "version"),
        ("{\"format\":\"eni-playground\",\"version\":0}", "version"),
        ("{\"format\":\"eni-playground\"}", "version"),
        ("{\"format\":\"eni-playground\",\"version\":1,\"state\":[]}", "state"),
        ("{\"format\":\"eni-playground\",\"version\":1,\"epoch\":\"yesterday\"}", "epoch"),
        ("{\"format\":\"eni-playground\",\"version\":1,\"playground\":{\"guests\":{\"i-00000001\":{}}}}", "i-00000001"),
        ("{\"format\":\"eni-playground\",\"version\":1,\"playground\":{\"traffic\":[{\"from\":1}]}}", "traffic[0]"),
        (deep.as_str(), "nested deeper than 64"),
    ];
    for (text, words) in cases {
        let told = load(text.as_bytes()).unwrap_err().to_string();
        assert!(told.contains(words), "{text}: {told}");
    }
    assert!(load(b"{\"format\":\"eni-playground\",\"version\":1}").is_ok(), "an empty world is a world");
    let large = vec![b' '; (64 << 20) + 1];
    assert!(matches!(import(&[("a.json".to_owned(), large)]), Err(ScenarioError::FileTooLarge { .. })));
    assert!(matches!(import(&[("a.json".to_owned(), b"{\"Buckets\":[]}".to_vec())]), Err(ScenarioError::Nothing(_))));
    let many = format!("{{\"Vpcs\":[{}0]}}", "0,".repeat(4_000_001));
    assert!(import(&[("a.json".to_owned(), many.into_bytes())]).unwrap_err().to_string().contains("more than 4000000 values"));
    let document = save(&imported().0).into_bytes();
    assert!(import(&[("x.eni.json".to_owned(), document.clone())]).is_ok(), "a document by itself is opened");
    let two = [("x.eni.json".to_owned(), document.clone()), ("y.eni.json".to_owned(), document)];
    assert!(matches!(import(&two), Err(ScenarioError::DocumentAmongFiles(_))));
}

/// Every place in a JSON value, as a list of steps.
fn places(value: &Value, here: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    found.push(here.clone());
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(values) => values.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in inner {
        here.push(step);
        places(value, here, found);
        here.pop();
    }
}

/// Changes one place.
fn mutate(value: &mut Value, path: &[String], kind: u8, new: &Value) {
    let Some((last, before)) = path.split_last() else { return };
    let pointer: String = before.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect();
    match (value.pointer_mut(&pointer), kind) {
        (Some(Value::Object(members)), 0) => drop(members.remove(last)),
        (Some(Value::Object(members)), 1) => drop(members.insert(format!("{last}x"), new.clone())),
        (Some(Value::Object(members)), _) => drop(members.insert(last.clone(), new.clone())),
        (Some(Value::Array(values)), 0) => drop(values.remove(last.parse().unwrap())),
        (Some(Value::Array(values)), 1) => values.push(values[last.parse::<usize>().unwrap()].clone()),
        (Some(Value::Array(values)), _) => values[last.parse::<usize>().unwrap()] = new.clone(),
        _ => {}
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    const WORDS: &[&str] = &[
        "",
        "internet",
        "10.20.1.5",
        "10.20.1.0/24",
        "0.0.0.0/0",
        "eni-00000000000000011",
        "i-00000000000000021",
        "local",
        "-1",
        "tcp",
        "\u{0}",
        "🦀",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-2i64..70_000).prop_map(Value::from),
        any::<f64>().prop_map(|number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)),
        proptest::sample::select(WORDS).prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(Value::Array(Vec::new())),
        Just(Value::Object(Map::new())),
        Just(json!([{"a": [1]}])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Whatever is done to a document: no panic, and either a refusal or a whole world that saves and loads as itself.
    #[test]
    fn mutated_documents_are_refused_or_sound(changes in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..4, any_value()), 1..5)) {
        static SAVED: std::sync::LazyLock<Value> = std::sync::LazyLock::new(|| serde_json::from_str(&save(&imported().0)).unwrap());
        let mut value = SAVED.clone();
        for (at, kind, new) in changes {
            let mut found = Vec::new();
            places(&value, &mut Vec::new(), &mut found);
            let path = at.get(&found).clone();
            mutate(&mut value, &path, kind, &new);
        }
        if let Ok((scenario, _)) = load(value.to_string().as_bytes()) {
            prop_assert_eq!(scenario.network.check_invariants(), Vec::<String>::new());
            let text = save(&scenario);
            let again = load(text.as_bytes());
            prop_assert!(again.is_ok(), "{:?}", again.err());
            prop_assert_eq!(save(&again.unwrap().0), text);
        }
    }

    /// The same for the files of an account.
    #[test]
    fn mutated_imports_are_refused_or_sound(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), kind in 0u8..4, new in any_value()) {
        let mut files = files();
        let (_, bytes) = &mut files[file.index(13)];
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        let mut found = Vec::new();
        places(&value, &mut Vec::new(), &mut found);
        let path = at.get(&found).clone();
        mutate(&mut value, &path, kind, &new);
        *bytes = value.to_string().into_bytes();
        if let Ok((scenario, _)) = import(&files) {
            prop_assert_eq!(scenario.network.check_invariants(), Vec::<String>::new());
            let again = load(save(&scenario).as_bytes());
            prop_assert_eq!(again.map(|(again, _)| again).map_err(|error| error.to_string()), Ok(scenario));
        }
    }

    /// Bytes that are nothing at all.
    #[test]
    fn noise_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(load(&bytes).is_err());
    }
}

/// Every version that was ever written has a sample here; when the next one comes, this list grows and nothing in it changes.
#[test]
fn samples_of_every_version_still_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/documents");
    for version in 1..=eni_playground::scenario::VERSION {
        let text = std::fs::read(folder.join(format!("version-{version}.eni.json"))).unwrap();
        let (scenario, report) = load(&text).unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert_eq!(report, Report::default());
        assert_eq!(scenario.network.enis().len(), 4, "version {version}");
    }
}
