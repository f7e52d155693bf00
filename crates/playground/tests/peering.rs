//! VPC peering connections as AWS shows them, as documents keep them and as an import brings them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_core::time::{Duration, Instant};
#[path = "support/account.rs"]
mod account;

use account::{files_of, ok, refused, scenario};
use eni_playground::account::Account;
use eni_playground::scenario::{import, load, save};
use serde_json::{Value, json};

const DAY: u64 = 86_400;

/// A fresh account with three more VPCs, 10.1.0.0/16 to 10.3.0.0/16.
fn account() -> Account {
    let mut account = Account::fresh("us-east-1").unwrap();
    for block in 1..4 {
        ok(&mut account, "CreateVpc", json!({"CidrBlock": format!("10.{block}.0.0/16")}));
    }
    account
}

fn vpc(number: u32) -> String {
    format!("vpc-{number:017x}")
}

fn pcx(number: u32) -> Value {
    json!({"VpcPeeringConnectionId": format!("pcx-{number:017x}")})
}

fn ask(account: &mut Account, one: u32, other: u32) -> Value {
    ok(account, "CreateVpcPeeringConnection", json!({"VpcId": vpc(one), "PeerVpcId": vpc(other)}))["VpcPeeringConnection"].clone()
}

fn described(account: &mut Account) -> Vec<Value> {
    ok(account, "DescribeVpcPeeringConnections", json!({}))["VpcPeeringConnections"].as_array().unwrap().clone()
}

// rules: J14 R52
#[test]
fn each_state_is_shown_as_aws_shows_it() {
    let mut account = account();
    let asked = ask(&mut account, 2, 3);
    assert_eq!(asked["Status"], json!({"Code": "initiating-request", "Message": "Initiating Request to 123456789012"}));
    let side = json!({"VpcId": vpc(3), "OwnerId": "123456789012", "Region": "us-east-1"});
    assert_eq!(asked["AccepterVpcInfo"], side, "its blocks are told when it accepts");
    assert_eq!(asked["RequesterVpcInfo"]["CidrBlock"], "10.1.0.0/16");
    assert_eq!(asked["ExpirationTime"], "2026-01-08T00:00:00+00:00", "told from the start");
    let waiting = &described(&mut account)[0];
    assert_eq!(waiting["Status"]["Code"], "pending-acceptance");
    assert_eq!(waiting["ExpirationTime"], asked["ExpirationTime"]);

    let accepted = ok(&mut account, "AcceptVpcPeeringConnection", pcx(1))["VpcPeeringConnection"].clone();
    assert_eq!(accepted["Status"], json!({"Code": "provisioning", "Message": "Provisioning"}));
    let active = &described(&mut account)[0];
    assert_eq!((&active["Status"]["Code"], active.get("ExpirationTime")), (&json!("active"), None));
    assert_eq!(active["AccepterVpcInfo"]["CidrBlockSet"], json!([{"CidrBlock": "10.2.0.0/16"}]));
    assert_eq!(active["AccepterVpcInfo"]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"], false);

    // A further block of either VPC is told with the next look.
    ok(&mut account, "AssociateVpcCidrBlock", json!({"VpcId": vpc(3), "CidrBlock": "10.77.0.0/16"}));
    let now = described(&mut account)[0]["AccepterVpcInfo"]["CidrBlockSet"].clone();
    assert_eq!(now, json!([{"CidrBlock": "10.2.0.0/16"}, {"CidrBlock": "10.77.0.0/16"}]));

    let mut options = pcx(1);
    options["AccepterPeeringConnectionOptions"] = json!({"AllowDnsResolutionFromRemoteVpc": true});
    let reply = ok(&mut account, "ModifyVpcPeeringConnectionOptions", options);
    assert_eq!(reply, json!({"AccepterPeeringConnectionOptions": {"AllowDnsResolutionFromRemoteVpc": true}}));
    let active = &described(&mut account)[0];
    assert_eq!(active["AccepterVpcInfo"]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"], true);
    assert_eq!(active["RequesterVpcInfo"]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"], false);

    assert_eq!(ok(&mut account, "DeleteVpcPeeringConnection", pcx(1)), json!({"Return": true}));
    assert_eq!(described(&mut account)[0]["Status"], json!({"Code": "deleted", "Message": "Deleted by 123456789012"}));
    ask(&mut account, 2, 3);
    assert_eq!(ok(&mut account, "RejectVpcPeeringConnection", pcx(2)), json!({"Return": true}));
    assert_eq!(described(&mut account)[1]["Status"]["Code"], "rejected");
}

// rules: R52 X2 X3
#[test]
fn requests_that_cannot_be_are_refused_in_words() {
    let mut account = account();
    let peer = |owner: &str| json!({"VpcId": vpc(2), "PeerVpcId": vpc(3), "PeerOwnerId": owner});
    assert!(refused(&mut account, "CreateVpcPeeringConnection", peer("12")).starts_with("InvalidParameterValue: Value (12)"));
    assert!(refused(&mut account, "CreateVpcPeeringConnection", peer("999999999999")).starts_with("UnsupportedOperation: "));
    assert!(refused(&mut account, "CreateVpcPeeringConnection", json!({"VpcId": vpc(2)})).starts_with("MissingParameter: "));
    let wrong = json!({"VpcPeeringConnectionId": "pcx-1"});
    assert!(refused(&mut account, "AcceptVpcPeeringConnection", wrong).starts_with("InvalidVpcPeeringConnectionId.Malformed: "));
    let tags = json!([{"ResourceType": "vpc", "Tags": [{"Key": "a", "Value": "b"}]}]);
    let tagged = json!({"VpcId": vpc(2), "PeerVpcId": vpc(3), "TagSpecifications": tags});
    assert!(refused(&mut account, "CreateVpcPeeringConnection", tagged).contains("not a valid taggable resource type"));
    let mut dry = pcx(9);
    dry["DryRun"] = json!(true);
    let unknown = refused(&mut account, "DeleteVpcPeeringConnection", dry);
    assert!(unknown.starts_with("InvalidVpcPeeringConnectionID.NotFound: "), "{unknown}");
}

/// One that waits, one that is active with tags and options, one that is over.
fn furnished() -> Account {
    let mut account = account();
    ask(&mut account, 2, 3);
    ask(&mut account, 2, 4);
    ok(&mut account, "AcceptVpcPeeringConnection", pcx(2));
    let tags = json!({"Resources": [pcx(2)["VpcPeeringConnectionId"]], "Tags": [{"Key": "Name", "Value": "a"}]});
    ok(&mut account, "CreateTags", tags);
    let mut options = pcx(2);
    options["RequesterPeeringConnectionOptions"] = json!({"AllowDnsResolutionFromRemoteVpc": true});
    ok(&mut account, "ModifyVpcPeeringConnectionOptions", options);
    ask(&mut account, 3, 4);
    ok(&mut account, "DeleteVpcPeeringConnection", pcx(3));
    account
}

// rules: J14 J17
#[test]
fn what_describe_prints_is_read_again() {
    let mut first = furnished();
    let lists = ["Vpcs", "SecurityGroups", "NetworkAcls", "RouteTables", "InternetGateways", "Subnets", "VpcPeeringConnections"];
    let mut files = files_of(&mut first, &lists);
    let (read, report) = import(&files).unwrap();
    assert!(report.warnings.is_empty(), "{:?}", report.warnings.iter().map(ToString::to_string).collect::<Vec<_>>());
    let mut second = Account::holding(read.network, read.clock, read.epoch);
    assert_eq!(described(&mut second), described(&mut first));
    assert_eq!(described(&mut second).len(), 3);

    // One side in another account and region is kept as it is told.
    let mut foreign = described(&mut first)[1].clone();
    foreign["AccepterVpcInfo"] = json!({"VpcId": "vpc-0123456789abcdef0", "OwnerId": "999999999999", "Region": "eu-west-1",
        "CidrBlock": "192.168.0.0/16", "CidrBlockSet": [{"CidrBlock": "192.168.0.0/16"}], "PeeringOptions": foreign["AccepterVpcInfo"]["PeeringOptions"]});
    files.pop();
    files.push(("peerings.json".to_owned(), json!({"VpcPeeringConnections": [foreign]}).to_string().into_bytes()));
    let (read, _) = import(&files).unwrap();
    let mut third = Account::holding(read.network, read.clock, read.epoch);
    assert_eq!(described(&mut third), [foreign]);
}

// rules: J14 R52
#[test]
fn a_document_keeps_connections_and_what_they_wait_for() {
    let mut first = furnished();
    let text = save(&scenario(&first));
    let (read, _) = load(text.as_bytes()).unwrap();
    assert_eq!(save(&read), text);
    let mut second = Account::holding(read.network, read.clock, read.epoch);
    assert_eq!(described(&mut second), described(&mut first));
    second.wait(Duration::from_secs(7 * DAY));
    let states: Vec<_> = described(&mut second).iter().map(|peering| peering["Status"]["Code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(states, ["expired", "active"], "and the third is forgotten");
    assert!(second.now() > Instant::ZERO);
}

// rules: J14
#[test]
fn what_is_no_connection_is_left_out_of_an_import_and_refused_in_a_document() {
    let first = furnished();
    let text = save(&scenario(&first));
    for (place, wrong) in [
        ("/Status/Code", json!("asleep")),
        ("/RequesterVpcInfo", json!(null)),
        ("/RequesterVpcInfo/VpcId", json!("vpc")),
        ("/AccepterVpcInfo/VpcId", json!(null)),
        ("/ExpirationTime", json!("soon")),
    ] {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        *value.pointer_mut(&format!("/state/VpcPeeringConnections/0{place}")).unwrap() = wrong;
        assert!(load(value.to_string().as_bytes()).is_err(), "{place}");
        let mut state = value["state"].clone();
        let (read, report) = import(&[("all.json".to_owned(), state.to_string().into_bytes())]).unwrap();
        assert_eq!(read.network.peerings().len(), 2, "{place}");
        assert!(report.warnings.iter().any(|warning| warning.to_string().contains("VpcPeeringConnections pcx-")), "{place}");
        // Two between the same VPCs cannot be.
        state["VpcPeeringConnections"] = json!([value["state"]["VpcPeeringConnections"][1], value["state"]["VpcPeeringConnections"][1]]);
        state["VpcPeeringConnections"][1]["VpcPeeringConnectionId"] = json!("pcx-0123456789abcdef0");
        let twice = import(&[("all.json".to_owned(), state.to_string().into_bytes())]).unwrap_err().to_string();
        assert!(twice.contains("join the same two VPCs"), "{twice}");
    }
}
