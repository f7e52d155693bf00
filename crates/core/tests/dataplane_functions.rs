//! Packets of functions of AWS Lambda, and names of file systems (P29, P30, R99).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::resolver::{Decided, resolve, resolve_in};
use eni_core::id::{EniId, FileSystemId, MountTargetId, ResourceId};
use eni_core::model::Tags;
use eni_core::model::Zone;
use eni_core::model::dns_name::DnsName;
use eni_core::model::event::{Event, VpcChange};
use eni_core::model::file_system::{FileSystem, MountTarget, MountTargetState};
use eni_core::model::hosted_zone::RecordType;
use eni_core::model::instance::ListenerProtocol;
use eni_core::model::route_table::RouteTarget;
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::time::Duration;
use support_dp::{Host, Lab, ip, packet};

/// A server in one subnet, and in another, which leads to the internet, the interface of functions at 10.0.2.70 with these rules.
struct Scene {
    lab: Lab,
    a: Host,
    function: EniId,
}

fn scene(rules: &[&str]) -> Scene {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", one, "10.0.1.10", &[open]);
    let guard = lab.group(rules);
    let function = lab.service_eni(two, "10.0.2.70", &[guard], "lambda", "amazon-lambda");
    Scene { lab, a, function }
}

const ASKS: &str = "tcp 10.0.2.70:50000 > 10.0.1.10:443";
const ANSWERS: &str = "tcp 10.0.1.10:443 > 10.0.2.70:50000 syn+ack";

// rules: P29 P30
#[test]
fn a_function_asks_under_its_groups_and_only_answers_come_in() {
    let unsolicited = "DENIED LAMBDA_UNSOLICITED";
    for (rules, asked, back, begun) in [
        (&["out all 0.0.0.0/0"][..], "DELIVERED", "DELIVERED", "DENIED SG_HAS_NO_RULES"),
        (&["out tcp 443 10.0.1.0/24", "in all 0.0.0.0/0"], "DELIVERED", "DELIVERED", unsolicited),
        // Untracked on either side, an answer is known all the same.
        (&["out all 0.0.0.0/0", "in all 0.0.0.0/0"], "DELIVERED", "DELIVERED", unsolicited),
        (&["out tcp 22 10.0.1.0/24", "in all 0.0.0.0/0"], "DENIED ENI_SG_RULES_MISMATCH", unsolicited, unsolicited),
        (
            &["out tcp 443 10.9.0.0/16", "in tcp 80 0.0.0.0/0"],
            "DENIED ENI_SG_RULES_MISMATCH",
            "DENIED ENI_SG_RULES_MISMATCH",
            "DENIED ENI_SG_RULES_MISMATCH",
        ),
    ] {
        let Scene { mut lab, a, function } = scene(rules);
        let begins = lab.send(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.2.70:443"));
        assert_eq!(Lab::ending(&begins), begun, "{rules:?}");
        assert_eq!(Lab::ending(&lab.send(Origin::Eni(function), packet(ASKS))), asked, "{rules:?}");
        assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(ANSWERS))), back, "{rules:?}");
    }
}

// rules: P29 R33
#[test]
fn a_public_subnet_does_not_lead_a_function_to_the_internet_and_a_nat_gateway_does() {
    let asks = "tcp 10.0.2.70:50000 > 198.51.100.10:443";
    let Scene { mut lab, function, .. } = scene(&["out all 0.0.0.0/0"]);
    let (table, gateway) = (lab.table, lab.gateway());
    lab.route(table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    assert_eq!(Lab::ending(&lab.send(Origin::Eni(function), packet(asks))), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
    let place = lab.subnet("10.0.9.0/24");
    let nat = lab.nat_gateway(place, "10.0.9.9", Some("203.0.113.9"));
    let own = lab.own_table(lab.network.eni(function).unwrap().subnet);
    lab.route(own, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    assert_eq!(Lab::ending(&lab.send(Origin::Eni(function), packet(asks))), "EXITS_NETWORK");
}

// rules: P29 P30
#[test]
fn a_function_opens_connections_and_is_answered() {
    let Scene { mut lab, a, function } = scene(&["out all 0.0.0.0/0"]);
    lab.listen(a.instance, ListenerProtocol::Tcp, 443, None);
    let mut sim = Simulator::new(lab.network, 7);
    let from = Source::Function { eni: function, address: ip("10.0.2.70") };
    let ask = |from, to: &str, protocol| ClientSpec {
        name: "function".to_owned(),
        probe: ProbeSpec { from, to: Target::Address(ip(to).into()), protocol, timeout: Duration::from_secs(1) },
        interval: Duration::from_secs(2),
        conversation: Conversation::NewEachTime,
    };
    let there = sim.add_client(ask(from, "10.0.1.10", Protocol::Tcp(443))).unwrap();
    let nobody = sim.add_client(ask(from, "10.0.1.99", Protocol::Tcp(443))).unwrap();
    let ping = sim.add_client(ask(from, "10.0.1.10", Protocol::Icmp)).unwrap();
    sim.advance(Duration::from_secs(9), &mut |_| {});
    let seen = [there, nobody, ping].map(|id| sim.client(id).unwrap().statistics);
    assert_eq!(seen.map(|seen| (seen.answered, seen.lost)), [(5, 0), (0, 5), (5, 0)]);
}

// rules: R99
#[test]
fn the_name_of_a_file_system_leads_to_the_mount_target_of_the_zone() {
    let Scene { mut lab, .. } = scene(&["in all 0.0.0.0/0"]);
    let (vpc, guard) = (lab.vpc, lab.group(&[]));
    let subnet = lab.network.subnets().last().unwrap().id;
    let eni = lab.service_eni(subnet, "10.0.2.60", &[guard], "efs", "amazon-efs");
    let zone = lab.network.subnet(subnet).unwrap().zone.clone();
    let (system, id) = (FileSystemId::from_number(1), MountTargetId::from_number(1));
    let created = lab.now;
    lab.apply(Event::FileSystemCreated(Box::new(FileSystem { id: system, token: "one".to_owned(), created, tags: Tags::new() })));
    lab.apply(Event::MountTargetCreated(Box::new(MountTarget { id, file_system: system, subnet, eni, state: MountTargetState::Creating })));
    let other = Zone::new("us-east-1f");
    let ask = |lab: &Lab, from: Option<&Zone>, name: &str| {
        let found = lab.network.vpc(vpc).unwrap();
        let answer = resolve_in(&lab.network, (found, from), &DnsName::read(name).unwrap(), RecordType::A);
        let addresses: Vec<String> = answer.records.iter().map(|record| record.value.clone()).collect();
        (addresses.join(" "), answer.decided[0])
    };
    let there = ("10.0.2.60".to_owned(), Decided::MountTarget(eni));
    let nowhere = (String::new(), Decided::NoMountTarget(system));
    let name = format!("{system}.efs.us-east-1.amazonaws.com");
    let of_zone = format!("{}.{name}", zone.as_str());
    lab.apply(Event::VpcChanged(vpc, VpcChange::DnsHostnames(true)));
    assert_eq!(ask(&lab, Some(&zone), &name), nowhere, "it is not available yet");
    lab.apply(Event::MountTargetStateChanged(id, MountTargetState::Available));
    for (from, name, expected) in [
        (Some(&zone), &name, &there),
        (Some(&other), &name, &nowhere),
        (None, &name, &nowhere),
        (Some(&other), &of_zone, &there),
        (None, &of_zone, &there),
        (Some(&zone), &format!("us-east-1f.{name}"), &nowhere),
    ] {
        assert_eq!(ask(&lab, from, name), *expected, "{from:?} {name}");
    }
    let unknown = ask(&lab, Some(&zone), "fs-00000000000000009.efs.us-east-1.amazonaws.com");
    assert_eq!(unknown, (String::new(), Decided::Nobody));
    let found = resolve(&lab.network, lab.network.vpc(vpc).unwrap(), &DnsName::read(&of_zone).unwrap(), RecordType::A);
    assert_eq!(found.records.len(), 1);
    lab.apply(Event::VpcChanged(vpc, VpcChange::DnsHostnames(false)));
    assert_eq!(ask(&lab, Some(&zone), &name), (String::new(), Decided::Nobody));
}
