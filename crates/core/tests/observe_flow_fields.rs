//! What each field of a record of flow logs says, field by field as AWS documents them (section 7.2 of the rulebook).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::internet::listed_as;
use eni_core::id::{FlowLogId, ResourceId};
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::flow_log::{FIELDS, FlowDestination, FlowLog, FlowLogConfig, FlowLogResource, FlowTraffic};
use eni_core::observe::crossing::Times;
use eni_core::observe::flow_log::FlowLogs;
use eni_core::observe::flow_record::Setting;
use eni_core::time::Duration;
use support_dp::{Host, Lab, packet};

/// A host with a second address and public ones, a flow log over its VPC, and 50 seconds until the window closes.
fn scene() -> (Lab, FlowLogs, Host) {
    let mut lab = Lab::new();
    lab.gateway();
    let (subnet, group) = (lab.subnet("10.0.1.0/24"), lab.group(&["out all 0.0.0.0/0", "in tcp 443 0.0.0.0/0"]));
    let instance = lab.instance(lab.vpc, eni_core::model::instance::GuestFlavour::PolicyRouting);
    let eni = lab.eni(subnet, &["10.0.1.10", "10.0.1.11"], &[group]);
    lab.attach(eni, instance, 0);
    lab.change_guest(instance, |guest| guest.configures_secondaries = true);
    lab.public(eni, "10.0.1.10", "203.0.113.10");
    lab.public(eni, "10.0.1.11", "203.0.113.11");
    let (id, resource) = (FlowLogId::from_number(lab.number()), FlowLogResource::Vpc(lab.vpc));
    let destination = FlowDestination::CloudWatchLogs { group: Some("flows".to_owned()), arn: None };
    let config = FlowLogConfig { traffic: FlowTraffic::All, destination, role: None, cross_account_role: None, format: None, interval: 60 };
    lab.apply(Event::FlowLogCreated(Box::new(FlowLog { id, resource, config, created: lab.now, tags: Tags::new() })));
    let mut logs = FlowLogs::default();
    logs.pass(&lab.network, lab.now);
    lab.now += Duration::from_secs(10);
    (lab, logs, Host { instance, eni })
}

/// The field of each record, by itself.
fn said(lab: &Lab, logs: &FlowLogs, field: &str) -> Vec<String> {
    let service = |address| listed_as(&lab.network, address);
    let setting = Setting { region: "eu-west-1", epoch: 1_700_000_000, zone_id: &|zone| format!("id-of-{zone}"), service: &service };
    logs.records().map(|record| record.line(&format!("${{{field}}}"), setting)).collect()
}

fn send(lab: &mut Lab, logs: &mut FlowLogs, origin: Origin, text: &str) {
    let walk = lab.send(origin, packet(text));
    logs.saw(&lab.network, (&walk, Times::ONCE), lab.now);
}

// rules: F4 F12 F13 F14 F15 F18 F20
#[test]
fn every_field_says_what_aws_documents() {
    let (mut lab, mut logs, host) = scene();
    // Out from the second address to S3, by the internet gateway, and the answer; then silence for a window.
    send(&mut lab, &mut logs, Origin::Instance(host.instance), "tcp 10.0.1.11:50000 > 52.216.0.9:443");
    lab.now += Duration::from_secs(5);
    send(&mut lab, &mut logs, Origin::Internet, "tcp 52.216.0.9:443 > 203.0.113.11:50000 syn+ack");
    send(&mut lab, &mut logs, Origin::Internet, "tcp 52.216.0.9:443 > 203.0.113.11:50000 fin");
    for _ in 0..2 {
        lab.now += Duration::from_secs(60);
        logs.pass(&lab.network, lab.now);
    }
    let (eni, instance, vpc) = (host.eni.to_string(), host.instance.to_string(), lab.vpc.to_string());
    let subnet = lab.network.eni(host.eni).unwrap().subnet.to_string();
    // Of the answers, of what asked, and of nothing at all; the version is the field's own where it is alone.
    let table: &[(&str, &str, [&str; 3])] = &[
        ("version", "2", ["2", "2", "2"]),
        ("account-id", "2", ["111122223333"; 3]),
        ("interface-id", "2", [&eni; 3]),
        ("srcaddr", "2", ["52.216.0.9", "10.0.1.10", "-"]),
        ("dstaddr", "2", ["10.0.1.10", "52.216.0.9", "-"]),
        ("srcport", "2", ["443", "50000", "-"]),
        ("dstport", "2", ["50000", "443", "-"]),
        ("protocol", "2", ["6", "6", "-"]),
        ("packets", "2", ["2", "1", "-"]),
        ("bytes", "2", ["120", "60", "-"]),
        ("start", "2", ["1700000015", "1700000010", "1700000060"]),
        ("end", "2", ["1700000015", "1700000010", "1700000120"]),
        ("action", "2", ["ACCEPT", "ACCEPT", "-"]),
        ("log-status", "2", ["OK", "OK", "NODATA"]),
        ("vpc-id", "3", [&vpc; 3]),
        ("subnet-id", "3", [&subnet; 3]),
        ("instance-id", "3", [&instance; 3]),
        ("tcp-flags", "3", ["19", "2", "-"]),
        ("type", "3", ["IPv4", "IPv4", "-"]),
        ("pkt-srcaddr", "3", ["52.216.0.9", "10.0.1.11", "-"]),
        ("pkt-dstaddr", "3", ["10.0.1.11", "52.216.0.9", "-"]),
        ("region", "4", ["eu-west-1"; 3]),
        ("az-id", "4", ["id-of-us-east-1a"; 3]),
        ("sublocation-type", "4", ["-"; 3]),
        ("sublocation-id", "4", ["-"; 3]),
        ("pkt-src-aws-service", "5", ["S3", "-", "-"]),
        ("pkt-dst-aws-service", "5", ["-", "S3", "-"]),
        ("flow-direction", "5", ["ingress", "egress", "-"]),
        ("traffic-path", "5", ["-", "8", "-"]),
        ("ecs-cluster-arn", "7", ["-"; 3]),
        ("ecs-cluster-name", "7", ["-"; 3]),
        ("ecs-container-instance-arn", "7", ["-"; 3]),
        ("ecs-container-instance-id", "7", ["-"; 3]),
        ("ecs-container-id", "7", ["-"; 3]),
        ("ecs-second-container-id", "7", ["-"; 3]),
        ("ecs-service-name", "7", ["-"; 3]),
        ("ecs-task-definition-arn", "7", ["-"; 3]),
        ("ecs-task-arn", "7", ["-"; 3]),
        ("ecs-task-id", "7", ["-"; 3]),
        ("reject-reason", "8", ["-"; 3]),
        ("resource-id", "9", ["-"; 3]),
        ("encryption-status", "10", ["-"; 3]),
    ];
    for (field, version, values) in table {
        assert_eq!(said(&lab, &logs, field)[..3], values[..], "{field}");
        let both = said(&lab, &logs, &format!("{field}}} ${{version"));
        assert!(both[0].ends_with(&format!(" {version}")), "{field}: {both:?}");
    }
    // None is left out: AWS names no more.
    let named: Vec<&str> = table.iter().map(|(field, ..)| *field).collect();
    assert_eq!(named, FIELDS.split_ascii_whitespace().collect::<Vec<_>>());
}

// rules: F14
#[test]
fn services_are_named_by_whose_list_an_address_is_in() {
    let (mut lab, mut logs, host) = scene();
    let subnet = lab.network.eni(host.eni).unwrap().subnet;
    let group = lab.default_group;
    let other = lab.host("B", subnet, "10.0.1.20", &[group]);
    lab.public(other.eni, "10.0.1.20", "203.0.113.20");
    for (at, to) in ["52.216.0.9", "52.94.0.9", "203.0.113.20", "198.51.100.7", "10.0.1.20"].into_iter().enumerate() {
        send(&mut lab, &mut logs, Origin::Instance(host.instance), &format!("udp 10.0.1.10:{} > {to}:53", 50_000 + at));
    }
    lab.now += Duration::from_secs(60);
    logs.pass(&lab.network, lab.now);
    let lines = said(&lab, &logs, "flow-direction} ${pkt-dstaddr} ${pkt-dst-aws-service");
    let mut out: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("egress ")).collect();
    out.sort_unstable();
    assert_eq!(out, ["10.0.1.20 -", "198.51.100.7 -", "203.0.113.20 EC2", "52.216.0.9 S3", "52.94.0.9 DYNAMODB"]);
}
