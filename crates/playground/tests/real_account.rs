//! What a real account printed, where the folder with it is there: `ENI_REAL_ACCOUNT`, or `shared/data/real-account` beside the repository.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_core::id::{InstanceId, VpcId};
use eni_playground::scenario::{import, load, save};
use eni_playground::trace::{Ask, answer};
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/real-account");
    let folder = std::env::var_os("ENI_REAL_ACCOUNT").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not there; set ENI_REAL_ACCOUNT to a folder of describe output of that account", folder.display());
    None
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

// rules: J1 J2 J3 J4 J5 J6 J8 J9 J10 J17 I1
#[test]
fn the_real_account_is_imported_whole() {
    let Some(folder) = folder() else { return };
    let (scenario, report) = import(&files(&folder)).unwrap();
    let warnings: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["Vpcs vpc-f8fad69d: its default security group is not there; one was made"]);
    let network = &scenario.network;
    assert_eq!(network.region(), "us-west-2");
    assert_eq!(network.account().to_string(), "118292266645");
    let counts = [
        network.vpcs().len(),
        network.subnets().len(),
        network.enis().len(),
        network.instances().len(),
        network.elastic_ips().len(),
        network.acls().len(),
        network.route_tables().len(),
        network.internet_gateways().len(),
        network.vpn_gateways().len(),
    ];
    assert_eq!(counts, [4, 10, 9, 4, 1, 4, 5, 3, 1]);
    // One VPC has no default group in the files; it gets one.
    assert_eq!(network.groups().len(), 11 + 1);
    let border: InstanceId = "i-0383fda87c012141d".parse().unwrap();
    assert_eq!(network.instance(border).unwrap().enis.len(), 2);
    let odd: VpcId = "vpc-b390fad5".parse().unwrap();
    assert_eq!(network.vpc(odd).unwrap().default_group.to_string(), "sg-3dfb3140", "the one that AWS described, not the renamed one");

    let text = save(&scenario);
    let (again, _) = load(text.as_bytes()).unwrap();
    assert_eq!(again, scenario);
    assert_eq!(save(&again), text);
    for secret in ["EXAMPLE-SECRET-NEVER-KEEP", "pre_shared_key", "CustomerGatewayConfiguration"] {
        assert!(!text.contains(secret), "{secret}");
        assert!(report.left_out.iter().all(|left| !left.what.contains("EXAMPLE-SECRET")));
    }
    let left_out = |what: &str| report.left_out.iter().find(|left| left.what == what).unwrap_or_else(|| panic!("{what}"));
    assert_eq!(network.vpn_connections().len(), 1);
    assert!(left_out("VpnConnections.CustomerGatewayConfiguration").why.is_secret());
}

// rules: S2 S3 N10 E40 R5 R33 R34 P-E1 P-E5
#[test]
fn traces_of_the_real_account_are_what_the_files_say() {
    let Some(folder) = folder() else { return };
    let (scenario, _) = import(&files(&folder)).unwrap();
    let trace = |from: &str, to: &str, protocol: &str, port: Option<u16>, assume_running: bool| {
        let (from, to, protocol) = (from.to_owned(), to.to_owned(), protocol.to_owned());
        let ask = Ask { from, to, protocol, port, assume_running, ..Ask::default() };
        let json = answer(&scenario, &ask).unwrap().json;
        let code = json["ExplanationCode"].as_str().unwrap_or_default();
        format!("{} {code}", json["Disposition"].as_str().unwrap()).trim().to_owned()
    };
    // As they are, all four instances are stopped.
    for (from, to) in [("border_01", "core_01"), ("core_01", "internet"), ("CVP Server Test", "border_02")] {
        assert_eq!(trace(from, to, "tcp", None, false), "DENIED BAD_STATE", "{from} {to}");
    }
    let no_public = "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS";
    let cases = [
        // One subnet, one group that lets 192.168.0.0/16 in.
        ("border_01", "core_01", "tcp", None, "DELIVERED"),
        ("border_01-eth1", "core_01-eth1", "tcp", None, "DELIVERED"),
        ("border_02", "CVP Server Test", "tcp", Some(22), "DELIVERED"),
        // Across subnets, by the local route and the open ACL.
        ("core_01-eth1", "border_02-eth1", "icmp", None, "DELIVERED"),
        ("border_01", "192.168.2.57", "udp", Some(53), "DELIVERED"),
        // The default route leads to a gateway that has no public address for anybody.
        ("core_01", "internet", "tcp", None, no_public),
        ("border_01", "10.0.0.30", "tcp", None, no_public),
        // Nobody has the address, or the ENI that has it is in no instance.
        ("border_01", "192.168.2.40", "tcp", None, "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("10.0.0.54", "10.0.0.30", "tcp", None, "DENIED BAD_STATE_ATTACHMENT"),
        // The account's only Elastic IP is mapped to nothing.
        ("internet", "34.214.188.89", "tcp", None, "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"),
    ];
    for (from, to, protocol, port, expected) in cases {
        assert_eq!(trace(from, to, protocol, port, true), expected, "{from} {to} {protocol}");
    }
}
