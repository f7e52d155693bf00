//! The JSON of a trace, member by member: names, types and words, for every question between the ends of a described account.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_core::model::event::{Event, VpcChange};
use eni_core::model::instance::InstanceState;
use eni_playground::scenario::{Scenario, import};
use eni_playground::trace::{Ask, answer};
use serde_json::Value;
use std::path::Path;

const DISPOSITIONS: [&str; 6] = ["DELIVERED", "EXITS_NETWORK", "DENIED", "NO_ROUTE", "BLACKHOLED", "UNREACHABLE"];
const VERDICTS: [&str; 6] = ["ALLOW", "DENY", "ROUTE", "TRANSLATE", "DELIVER", "SKIP"];
const TYPES: [&str; 7] = ["instance", "network-interface", "subnet", "vpc", "internet-gateway", "vpn-gateway", "internet"];

fn account() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    import(&files).unwrap().0
}

/// Exactly these members, whatever their order.
fn members(value: &Value, names: &[&str]) {
    let mut found: Vec<&str> = value.as_object().unwrap_or_else(|| panic!("{value}")).keys().map(String::as_str).collect();
    let mut wanted = names.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{value}");
}

fn text_or_null(value: &Value) {
    assert!(value.is_null() || value.as_str().is_some_and(|text| !text.is_empty()), "{value}");
}

fn one_of(value: &Value, words: &[&str]) {
    assert!(value.as_str().is_some_and(|word| words.contains(&word)), "{value} is none of {words:?}");
}

fn step(step: &Value) {
    members(step, &["Check", "Verdict", "Rule", "Matched", "NearestMiss", "ExplanationCode", "Rulebook", "Mark"]);
    assert!(step["Check"].as_str().is_some_and(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_')), "{step}");
    one_of(&step["Verdict"], &VERDICTS);
    text_or_null(&step["Rule"]);
    assert!(step["Matched"].is_object(), "{step}");
    assert!(step["Rulebook"].as_str().is_some_and(|rule| !rule.is_empty()), "{step}");
    if !step["Mark"].is_null() {
        one_of(&step["Mark"], &["B", "M", "?"]);
    }
    if !step["NearestMiss"].is_null() {
        members(&step["NearestMiss"], &["Rule", "Field", "Wanted", "Got"]);
        for member in ["Rule", "Field", "Wanted", "Got"] {
            assert!(step["NearestMiss"][member].is_string(), "{step}");
        }
    }
    // A code stands where the packet was stopped, and nowhere else.
    text_or_null(&step["ExplanationCode"]);
    assert_eq!(step["Verdict"] == "DENY", step["ExplanationCode"].is_string(), "{step}");
}

fn hop(hop: &Value) {
    members(hop, &["Component", "Packet", "Steps"]);
    members(&hop["Component"], &["Id", "Type"]);
    assert!(hop["Component"]["Id"].is_string());
    one_of(&hop["Component"]["Type"], &TYPES);
    let packet = &hop["Packet"];
    members(packet, &["Protocol", "Source", "SourcePort", "Destination", "DestinationPort"]);
    let ports = matches!(packet["Protocol"].as_str().unwrap(), "tcp" | "udp");
    assert!(packet["SourcePort"].is_u64() == ports && packet["DestinationPort"].is_u64() == ports, "{packet}");
    assert!(packet["Source"].is_string() && packet["Destination"].is_string());
    assert_ne!(packet["Source"], "0.0.0.0", "a packet is told with the address of its sender: {hop}");
    let steps = hop["Steps"].as_array().unwrap();
    assert!(!steps.is_empty());
    steps.iter().for_each(step);
}

/// A check that refuses: a step with its place, and what changes it, or why nothing does.
fn blocker(found: &Value) {
    let mut as_step = found.clone();
    let rest = as_step.as_object_mut().unwrap();
    let mut take = |member: &str| rest.remove(member).unwrap_or_else(|| panic!("no {member}: {found}"));
    assert!(take("Hop").is_u64() && take("Step").is_u64() && take("Reply").is_boolean(), "{found}");
    let (component, packet, change, no_change) = (take("Component"), take("Packet"), take("Change"), take("NoChange"));
    let remedies = take("Remedies");
    step(&as_step);
    assert_eq!(as_step["Verdict"], "DENY", "{found}");
    members(&component, &["Id", "Type"]);
    members(&packet, &["Protocol", "Source", "SourcePort", "Destination", "DestinationPort"]);
    assert_eq!(change.is_null(), no_change.is_string(), "{found}");
    text_or_null(&no_change);
    let acts = remedies.as_array().unwrap().iter().chain(Some(&change).filter(|change| !change.is_null()));
    for acts in acts.map(|acts| acts.as_array().unwrap()) {
        assert!(!acts.is_empty() && acts.iter().all(|act| act["kind"].is_string()), "{found}");
    }
}

/// One way; returns whether it got through.
fn way(way: &Value) -> bool {
    one_of(&way["Disposition"], &DISPOSITIONS);
    text_or_null(&way["ExplanationCode"]);
    let hops = way["Hops"].as_array().unwrap();
    hops.iter().for_each(hop);
    let through = matches!(way["Disposition"].as_str().unwrap(), "DELIVERED" | "EXITS_NETWORK");
    let blockers = way["Blockers"].as_array().unwrap();
    assert_eq!(through, blockers.is_empty(), "{way}");
    assert_eq!(through, way["ExplanationCode"].is_null(), "{way}");
    for (place, found) in blockers.iter().enumerate() {
        blocker(found);
        let changed = !found["Change"].is_null();
        assert!(changed || place + 1 == blockers.len(), "nothing is told behind what nothing changes: {way}");
        assert_eq!(found["Remedies"].as_array().unwrap().is_empty(), blockers.last().unwrap()["Change"].is_null(), "{way}");
    }
    if let Some(first) = blockers.first() {
        let at = &hops[usize::try_from(first["Hop"].as_u64().unwrap()).unwrap()]["Steps"];
        let stopped = &at[usize::try_from(first["Step"].as_u64().unwrap()).unwrap()];
        for member in ["Check", "Verdict", "Rule", "Matched", "NearestMiss", "ExplanationCode", "Rulebook", "Mark"] {
            assert_eq!(stopped[member], first[member], "{first}");
        }
        assert_eq!(first["ExplanationCode"], way["ExplanationCode"]);
    }
    through
}

#[test]
fn every_trace_has_the_members_of_the_contract() {
    let scenario = account();
    let ends = ["service", "web <1>", "db", "internet", "10.20.2.10", "10.20.9.9", "203.0.113.200"];
    let (mut asked, mut through) = (0, 0);
    for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (*from, *to))) {
        for (protocol, port) in [("tcp", Some(443)), ("tcp", Some(22)), ("udp", Some(53)), ("icmp", None), ("47", None)] {
            for assume_running in [false, true] {
                let ask =
                    Ask { from: from.to_owned(), to: to.to_owned(), protocol: protocol.to_owned(), port, assume_running, ..Ask::default() };
                let Ok(got) = answer(&scenario, &ask) else { continue };
                let json = &got.json;
                members(json, &["Format", "Request", "Disposition", "ExplanationCode", "Hops", "Blockers", "Reply"]);
                assert_eq!(json["Format"], 1);
                assert!(json["Request"].is_object());
                let mut fine = way(json);
                if !json["Reply"].is_null() {
                    assert!(fine, "only what got through is answered: {json}");
                    members(&json["Reply"], &["Disposition", "ExplanationCode", "Hops", "Blockers"]);
                    fine = way(&json["Reply"]);
                }
                assert_eq!(got.got_through, fine);
                asked += 1;
                through += u32::from(fine);
            }
        }
    }
    assert!(asked > 300 && through > 30 && through < asked, "{asked} {through}");
}

// rules: A35 P26
#[test]
fn a_public_name_is_the_private_address_inside_its_vpc() {
    let mut scenario = account();
    let vpc = scenario.network.vpcs().next().unwrap().id;
    let name = "ec2-203-0-113-40.eu-west-1.compute.amazonaws.com";
    let asked_for = |scenario: &Scenario, from: &str, to: &str| {
        let ask = Ask { from: from.to_owned(), to: to.to_owned(), assume_running: true, ..Ask::default() };
        let json = answer(scenario, &ask).unwrap().json;
        json["Hops"][0]["Packet"]["Destination"].as_str().unwrap().to_owned()
    };
    let table = [
        ("i-00000000000000021", name, "10.20.1.20"),
        ("10.20.1.10", name, "10.20.1.20"),
        ("internet", name, "203.0.113.40"),
        // An address is what it is.
        ("i-00000000000000021", "203.0.113.40", "203.0.113.40"),
    ];
    for (from, to, seen) in table {
        assert_eq!(asked_for(&scenario, from, to), seen, "{from} {to}");
    }
    for change in [VpcChange::DnsHostnames(false), VpcChange::DnsSupport(false)] {
        let network = scenario.network.clone();
        scenario.network.apply(&Event::VpcChanged(vpc, change));
        assert_eq!(asked_for(&scenario, "i-00000000000000021", name), "203.0.113.40");
        scenario.network = network;
    }
}

#[test]
fn a_trace_in_words_tells_who_has_the_address_who_sends_and_all_that_must_be_done() {
    let mut scenario = account();
    let words = |scenario: &Scenario, from: &str, to: &str, assume_running: bool| {
        let (from, to, protocol) = (from.to_owned(), to.to_owned(), "icmp".to_owned());
        let text = answer(scenario, &Ask { from, to, protocol, assume_running, ..Ask::default() }).unwrap().text;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = words(&scenario, "internet", "db", true);
    assert!(text.contains(": it has no public address for 10.20.2.10"), "{text}");
    assert!(text.contains(" has 10.20.2.10 as a private address, and no Elastic IP or public address belongs to it."), "{text}");
    let nobody = words(&scenario, "internet", "203.0.113.200", true);
    assert!(nobody.contains("Nobody has the address 203.0.113.200") && nobody.contains("No ENI has 203.0.113.200."), "{nobody}");
    // Who is stopped has chosen no source yet, and would take the address of its first ENI.
    let text = words(&scenario, "db", "internet", false);
    assert!(text.contains("icmp 10.20.2.10 → ") && !text.contains("0.0.0.0 →"), "{text}");
    let text = words(&scenario, "db", "web <1>", false);
    assert!(text.contains("One act more: start db."), "{text}");
    let web = scenario.network.instances().find(|one| one.state == InstanceState::Running).unwrap().id;
    scenario.network.apply(&Event::InstanceStateChanged(web, InstanceState::Stopped));
    let text = words(&scenario, "db", "web <1>", false);
    let order = [
        "What would refuse it, one after the other",
        "1 x Guest db sends BAD_STATE",
        "start db.",
        "2 x Attachment",
        "start web <1>.",
        "All 3 changes",
    ];
    let places: Vec<_> = order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("no {part}: {text}"))).collect();
    assert!(places.is_sorted(), "{text}");
}

// rules: S2 N5 R15
#[test]
fn all_that_refuses_is_told_in_order_each_with_what_changes_it() {
    let scenario = account();
    let ask = Ask { from: "db".to_owned(), to: "10.20.9.9".to_owned(), assume_running: true, ..Ask::default() };
    let got = answer(&scenario, &ask).unwrap();
    let words = got.text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Nobody is at the far end: nothing changes that, and what comes after is not known.
    let last = got.json["Blockers"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["ExplanationCode"], &last["Change"]), (&"NO_POSSIBLE_DESTINATION".into(), &Value::Null), "{last}");
    assert_eq!(last["NoChange"], "Nobody has 10.20.9.9, so there is nobody to lead the packet to.");
    assert!(words.contains("there is nobody to lead the packet to. What comes after this check is not known"), "{words}");
    assert!(!words.contains("changes together"), "{words}");
}

// rules: R30 R32 R34
#[test]
fn what_a_gateway_does_not_take_is_told_for_what_it_is() {
    let mut scenario = account();
    let told = |scenario: &Scenario, ask: Ask| {
        let got = answer(scenario, &Ask { from: "internet".to_owned(), assume_running: true, ..ask }).unwrap();
        (got.text.split_whitespace().collect::<Vec<_>>().join(" "), got.json["Blockers"][0]["Remedies"].clone())
    };
    let to = |who: &str| Ask { to: who.to_owned(), ..Ask::default() };
    for source in ["10.20.1.99", "100.64.0.9"] {
        let (text, _) = told(&scenario, Ask { source_ip: source.parse().ok(), ..to("203.0.113.40") });
        assert!(text.contains(&format!("takes nothing from {source}, which is no public address")), "{text}");
        assert!(!text.contains("Nobody has") && !text.contains("becomes"), "{text}");
    }
    let (text, _) = told(&scenario, Ask { protocol: "47".to_owned(), ..to("203.0.113.40") });
    assert!(text.contains("protocol 47 198.51.100.1 → 203.0.113.40"), "{text}");
    // By its private address one is offered what one is offered by name.
    let ((_, by_address), (_, by_name)) = (told(&scenario, to("10.20.2.10")), told(&scenario, to("db")));
    assert!(by_name.as_array().is_some_and(|ways| !ways.is_empty()), "{by_name}");
    assert_eq!(by_address, by_name);

    let gateway = scenario.network.internet_gateways().find(|gateway| gateway.vpc.is_some()).unwrap().id;
    scenario.network.apply(&Event::InternetGatewayMoved(gateway, None));
    let (text, _) = told(&scenario, to("203.0.113.40"));
    assert!(text.contains("No internet gateway leads to 203.0.113.40") && !text.contains("Nobody has"), "{text}");
}

// rules: G8 P-E1
#[test]
fn a_trace_carries_the_address_of_its_sender_whether_it_runs_or_not() {
    let scenario = account();
    let table = [
        ("db", false, "DENIED", "10.20.2.10"),
        ("db", true, "NO_ROUTE", "10.20.2.10"),
        ("web <1>", false, "EXITS_NETWORK", "10.20.1.10"),
        ("service", false, "EXITS_NETWORK", "10.20.1.20"),
    ];
    for (from, assume_running, disposition, sender) in table {
        let ask = Ask { from: from.to_owned(), to: "internet".to_owned(), assume_running, ..Ask::default() };
        let json = answer(&scenario, &ask).unwrap().json;
        assert_eq!(
            (&json["Disposition"], &json["Hops"][0]["Packet"]["Source"]),
            (&disposition.into(), &sender.into()),
            "{from} {assume_running}"
        );
    }
}

// rules: E93
#[test]
fn a_packet_longer_than_any_interface_takes_is_not_asked_about() {
    let scenario = account();
    let asks = |from: &str, bytes: u16| {
        let ask = Ask { from: from.to_owned(), to: "10.20.2.10".to_owned(), bytes: Some(bytes), ..Ask::default() };
        answer(&scenario, &ask).err().filter(|why| why.contains("bytes"))
    };
    for (from, most) in [("db", 9_001), ("internet", 1_500)] {
        assert_eq!(asks(from, most), None, "{from}");
        assert_eq!(asks(from, most + 1), Some(format!("{from} sends no packet of {} bytes: expected at most {most}", most + 1)));
    }
}
