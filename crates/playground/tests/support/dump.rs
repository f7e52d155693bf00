//! What the calls of a whole account print, and what an import makes of it. The account is nobody's: its shapes are those that AWS's service model
//! gives them, with what the playground does not know among it.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::account::Account;
use eni_playground::scenario::{Report, Scenario, import};
use serde_json::{Map, Value, json};
use std::path::Path;

/// A file's name with what it holds.
pub type Files = Vec<(String, Vec<u8>)>;

/// The files, in the order of their names.
pub fn files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/account");
    let read = |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    let mut files: Files = std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect();
    files.sort();
    files
}

/// What an import makes of files.
pub fn imported(files: &Files) -> (Scenario, Report) {
    import(files).unwrap()
}

/// The calls that list what a document holds.
const LISTS: [&str; 22] = [
    "Vpcs",
    "DhcpOptions",
    "Subnets",
    "InternetGateways",
    "EgressOnlyInternetGateways",
    "NatGateways",
    "VpnGateways",
    "CustomerGateways",
    "VpnConnections",
    "VpcPeeringConnections",
    "SecurityGroups",
    "SecurityGroupRules",
    "ManagedPrefixLists",
    "NetworkAcls",
    "RouteTables",
    "NetworkInterfaces",
    "VpcEndpoints",
    "FlowLogs",
    "Addresses",
    "KeyPairs",
    "Instances",
    "TransitGateways",
];

/// What all calls print of an account, a file each, as the files of a dump are.
pub fn described(scenario: &Scenario) -> Files {
    let mut account = Account::holding(scenario.network.clone(), scenario.clock, scenario.epoch);
    let mut call = |service: &str, action: &str, parameters: Value| -> Value {
        account.call(service, action, parameters.as_object().unwrap_or(&Map::new())).unwrap()
    };
    let mut files: Vec<(String, Value)> =
        LISTS.iter().map(|list| (format!("{list}.json"), call("ec2", &format!("Describe{list}"), json!({})))).collect();
    let ids = |(_, file): &(String, Value), list: &str, id: &str| -> Vec<String> {
        file[list].as_array().unwrap().iter().map(|object| object[id].as_str().unwrap().to_owned()).collect()
    };
    for vpc in ids(&files[0], "Vpcs", "VpcId") {
        for attribute in ["enableDnsSupport", "enableDnsHostnames"] {
            let printed = call("ec2", "DescribeVpcAttribute", json!({"VpcId": vpc, "Attribute": attribute}));
            files.push((format!("{vpc}-{attribute}.json"), printed));
        }
    }
    let reservations = call("ec2", "DescribeInstances", json!({}));
    let instances = reservations["Reservations"].as_array().unwrap().iter().flat_map(|one| one["Instances"].as_array().unwrap());
    for instance in instances.map(|instance| instance["InstanceId"].as_str().unwrap()) {
        for attribute in ["disableApiTermination", "instanceInitiatedShutdownBehavior"] {
            let printed = call("ec2", "DescribeInstanceAttribute", json!({"InstanceId": instance, "Attribute": attribute}));
            files.push((format!("{instance}-{attribute}.json"), printed));
        }
    }
    for subnet in ids(&files[2], "Subnets", "SubnetId") {
        files.push((format!("{subnet}.json"), call("ec2", "GetSubnetCidrReservations", json!({"SubnetId": subnet}))));
    }
    for list in ids(&files[12], "PrefixLists", "PrefixListId") {
        files.push((format!("{list}.json"), call("ec2", "GetManagedPrefixListEntries", json!({"PrefixListId": list}))));
    }
    let zones = ("hosted-zones.json".to_owned(), call("route53", "ListHostedZones", json!({})));
    for zone in ids(&zones, "HostedZones", "Id") {
        let name = zone.trim_start_matches("/hostedzone/");
        files.push((format!("{name}.json"), call("route53", "GetHostedZone", json!({"Id": name}))));
        files.push((format!("{name}-records.json"), call("route53", "ListResourceRecordSets", json!({"HostedZoneId": name}))));
    }
    files.push(zones);
    files.into_iter().map(|(name, printed)| (name, printed.to_string().into_bytes())).collect()
}
