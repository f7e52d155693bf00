//! What a whole account prints is imported, and what is described then is the same, member by member, or the report says that it is not.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/dump.rs"]
mod dump;

use dump::{Files, described, files, imported};
use eni_core::model::network::Network;
use eni_core::time::Instant;
use eni_playground::aws::{Epoch, shape::SHAPES};
use eni_playground::scenario::{Report, Scenario, Why, load, save};
use eni_playground::view::report::report_of;
use eni_playground::view::words::Language;
use serde_json::Value;
use std::collections::BTreeMap;

/// Each value without parts of its own, by the object that it is in and its name in there.
type Leaves = BTreeMap<(String, String), Vec<String>>;

/// The member that an object has its id in.
fn id_of<'a>(list: &str, object: &'a Value) -> Option<&'a str> {
    let known = SHAPES.iter().find(|shape| shape.list == list).map(|shape| shape.id);
    let other = if list == "Entries" { "Cidr" } else { "Name" };
    object[known.unwrap_or(other)].as_str()
}

fn add(leaves: &mut Leaves, of: &str, path: &str, value: &Value) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            // An instance is an object of its own.
            let own = value.get("InstanceId").filter(|_| path == "Reservations.Instances" || path == "Reservations");
            add(leaves, own.and_then(Value::as_str).unwrap_or(of), &format!("{path}.{name}"), value);
        }),
        Value::Array(values) => values.iter().for_each(|value| {
            let own = value["InstanceId"].as_str().filter(|_| path == "Reservations.Instances");
            add(leaves, own.unwrap_or(of), path, value);
        }),
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => {
            // AWS prints fractions of a second or not, and writes `Z` or `+00:00`.
            let moment = Epoch::default().read(text).map(|at| format!("moment {at:?}"));
            leaves.entry((of.to_owned(), path.to_owned())).or_default().push(moment.unwrap_or_else(|_| text.clone()));
        }
        value => leaves.entry((of.to_owned(), path.to_owned())).or_default().push(value.to_string()),
    }
}

fn leaves(files: &Files) -> Leaves {
    let mut leaves = Leaves::new();
    for (file, text) in files {
        let printed: Value = serde_json::from_slice(text).unwrap();
        for (list, value) in printed.as_object().unwrap() {
            match value {
                Value::Array(objects) if list != "Tags" && list != "VPCs" => {
                    for object in objects {
                        let of = id_of(list, object).unwrap_or(file);
                        add(&mut leaves, of, list, object);
                    }
                }
                // Attributes of VPCs and instances; tags that are told of by themselves are looked at elsewhere.
                Value::Object(_)
                    if list.starts_with("EnableDns") || list.starts_with("DisableApi") || list.starts_with("InstanceInitiated") =>
                {
                    let of = ["VpcId", "InstanceId"].into_iter().find_map(|id| printed[id].as_str()).unwrap();
                    add(&mut leaves, of, list, value);
                }
                _ => {}
            }
        }
    }
    leaves
}

/// What was told and is not shown, by its name.
fn lost(told: &Leaves, shown: &Leaves) -> Vec<(String, String, String)> {
    let mut lost = Vec::new();
    for ((of, path), values) in told {
        let mut rest = shown.get(&(of.clone(), path.clone())).cloned().unwrap_or_default();
        for value in values {
            match rest.iter().position(|shown| shown == value) {
                Some(at) => _ = rest.swap_remove(at),
                None => lost.push((of.clone(), path.clone(), value.clone())),
            }
        }
    }
    lost
}

/// Whether the report tells of a member: by its name or that of what it is in, or of the object as a whole.
fn stands_in(report: &Report, of: &str, path: &str) -> bool {
    let named = |what: &str| path == what || path.strip_prefix(what).is_some_and(|rest| rest.starts_with('.'));
    let id = of.trim_start_matches("/hostedzone/");
    report.left_out.iter().any(|left| named(&left.what)) || report.warnings.iter().any(|warning| warning.to_string().contains(id))
}

fn why(report: &Report, why: Why) -> Vec<String> {
    report.left_out.iter().filter(|left| left.why == why).map(|left| left.say(Language::English)).collect()
}

/// Keys and values that an import must not keep, nor repeat.
const SECRETS: [&str; 2] = ["NOT-TO-BE-KEPT", "db_password"];

// rules: J1 J2 J3 J4 J5 J6 J7 J8 J9 J10 J11 J12 J13 J14 J15 J17
#[test]
fn every_member_of_an_account_comes_back_or_stands_in_the_report() {
    let files = files();
    let (scenario, report) = imported(&files);
    let (told, shown) = (leaves(&files), leaves(&described(&scenario)));
    let is_secret = |value: &str| SECRETS.iter().any(|secret| value.contains(secret));
    let lost: Vec<_> = lost(&told, &shown).into_iter().filter(|(.., value)| !is_secret(value)).collect();
    let silent: Vec<_> = lost.iter().filter(|(of, path, _)| !stands_in(&report, of, path)).collect();
    assert!(silent.is_empty(), "{silent:#?}\n{}", report_of(&scenario, &report).plain);
    // Nothing stands there that came back.
    let really =
        |what: &str| lost.iter().any(|(_, path, _)| path.strip_prefix(what).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    let needless: Vec<&str> = report
        .left_out
        .iter()
        .filter(|left| left.why == Why::Otherwise && !left.what.contains("VPCs"))
        .map(|left| left.what.as_str())
        .collect();
    assert!(needless.iter().all(|what| really(what.trim_start_matches("HostedZones.")) || really(what)), "{needless:#?}");
}

// rules: J1 J17
#[test]
fn what_an_account_has_and_the_playground_has_not_is_named() {
    let (scenario, report) = imported(&files());
    assert_eq!(
        why(&report, Why::Otherwise),
        [
            "FlowLogs.DeliverLogsErrorMessage",
            "FlowLogs.DeliverLogsStatus",
            "HostedZones.ResourceRecordSetCount",
            "HostedZones.ResourceRecordSets, 2 times",
            "HostedZones.VPCs",
            "NetworkInterfaces.Attachment.AttachTime, 2 times",
            "NetworkInterfaces.Attachment.AttachmentId",
            "NetworkInterfaces.Attachment.InstanceOwnerId",
            "NetworkInterfaces.Attachment.NetworkCardIndex",
            "Reservations.Instances.Placement.Tenancy",
            "RouteTables.Routes.State",
            "Subnets.AvailableIpAddressCount",
            "TransitGateways.OwnerId",
            "VpcEndpoints.DnsEntries",
            "VpcEndpoints.PolicyDocument, 2 times",
            "Vpcs.InstanceTenancy",
            "VpnConnections.VgwTelemetry.OutsideIpAddress",
        ]
    );
    assert_eq!(why(&report, Why::NotModelled), ["CarrierGateways"]);
    assert_eq!(why(&report, Why::TagOfOthers).len(), 1);
    assert_eq!(why(&report, Why::SecretTag).len(), 1);
    let told: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
    let zone = "HostedZones /hostedzone/Z0418273645PRIVSHOP1.ResourceRecordSets";
    let not_plain = "is an alias or one of several by a routing policy, and record sets are plain here";
    assert_eq!(
        told,
        [
            format!("left out: {zone}[4].Name: lb.shop.internal. {not_plain}"),
            format!("left out: {zone}[5].Name: canary.shop.internal. {not_plain}"),
            "Z0918273645PUBLIC0001 left out: nothing says which VPCs see it, or it is a public zone".to_owned(),
            "VpnGateways vgw-0e62a8b1d94f7c350 is deleted and was left out".to_owned(),
            "CustomerGateways cgw-02d8f6b1a9c73e450 is deleted and was left out".to_owned(),
            "VpnConnections vpn-0f7c2b9e4d81a6350 is deleted and was left out".to_owned(),
        ]
    );
    let all = format!("{}{}", save(&scenario), report_of(&scenario, &report).plain);
    assert!(SECRETS.iter().all(|secret| !all.contains(secret)));
}

/// Every kind that is kept is counted, and nothing else.
#[test]
fn the_summary_counts_everything_that_was_kept() {
    let (scenario, report) = imported(&files());
    let view = report_of(&scenario, &report);
    let kept = view.sections.iter().find(|section| section.part == "kept").unwrap();
    assert_eq!(
        kept.lines.join("; "),
        "3 VPCs; 2 DHCP option sets; 5 subnets; 2 subnet CIDR reservations; 3 instances; 2 key pairs; 9 ENIs; 4 Elastic IPs; 2 flow logs; \
             1 private hosted zone; 5 security groups; 1 prefix list; 4 network ACLs; 5 route tables; 3 internet gateways; \
             1 egress-only internet gateway; 3 NAT gateways; 2 VPC peering connections; 1 transit gateway; 1 gateway endpoint; 1 interface endpoint; \
             1 virtual private gateway; 1 customer gateway; 1 VPN connection"
    );
    // An empty region has nothing to tell of, but what AWS puts into each.
    let nothing = Network::empty("eu-central-1", scenario.network.account());
    let bare = Scenario { network: nothing, ..scenario };
    assert_eq!(report_of(&bare, &Report::default()).sections, []);
}

/// What was made long ago was made then, and what is to come is still to come.
// rules: J17
#[test]
fn moments_stay_where_they_were() {
    let (scenario, _) = imported(&files());
    // Virtual time begins when the last of it had happened.
    assert_eq!((scenario.epoch.to_string().as_str(), scenario.clock), ("2026-03-02T10:01:07Z", Instant::ZERO));
    let shown = leaves(&described(&scenario));
    let leaf = |of: &str, path: &str| shown[&(of.to_owned(), path.to_owned())].clone();
    for (of, path, moment) in [
        ("i-0b7d9e3f5c81a2640", "Reservations.Instances.LaunchTime", "2019-06-04T13:20:54Z"),
        ("eni-0e5b9d7c3f81a2640", "NetworkInterfaces.Attachment.AttachTime", "2022-10-30T02:59:01Z"),
        ("key-0c5d7b9e3f8a12640", "KeyPairs.CreateTime", "2019-05-28T19:02:11.3Z"),
        ("nat-09d5e2c7b81fa4630", "NatGateways.DeleteTime", "2026-03-02T10:01:07Z"),
        ("pcx-0a3e7f92c6d5b1840", "VpcPeeringConnections.ExpirationTime", "2026-04-12T08:00:00Z"),
    ] {
        assert_eq!(leaf(of, path), [format!("moment {:?}", Epoch::default().read(moment).unwrap())], "{of} {path}");
    }
    let reason = leaf("i-0e8d5b7c9f2a31640", "Reservations.Instances.StateTransitionReason");
    assert_eq!(reason, ["User initiated (2024-08-30 17:44:10 GMT)"]);
    // A document keeps them.
    let (again, _) = load(save(&scenario).as_bytes()).unwrap();
    assert_eq!(leaves(&described(&again)), shown);
}

// rules: J17
#[test]
fn what_is_described_after_an_import_is_imported_as_it_is() {
    let (first, _) = imported(&files());
    let printed = described(&first);
    let (second, report) = imported(&printed);
    assert_eq!(leaves(&described(&second)), leaves(&printed));
    let told: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
    assert_eq!((report.left_out, told), (vec![], vec![]));
}
