//! Private hosted zones through the calls of Route 53, in documents, imports, scripts and undo.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{import, load};
use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell, Stream};
use serde_json::{Value, json};

const ZONE: &str = "/hostedzone/Z00000000000000000001";

fn call(account: &mut Account, service: &str, action: &str, parameters: Value) -> Result<Value, String> {
    account.call(service, action, parameters.as_object().unwrap()).map_err(|error| error.to_string())
}

fn names(account: &mut Account, action: &str, parameters: Value) -> Value {
    call(account, "route53", action, parameters).unwrap()
}

/// A region with a zone of its default VPC that says where the database is.
fn with_zone() -> (Account, String) {
    let mut account = Account::fresh("us-east-1").unwrap();
    let vpcs = call(&mut account, "ec2", "DescribeVpcs", json!({})).unwrap();
    let vpc = vpcs["Vpcs"][0]["VpcId"].as_str().unwrap().to_owned();
    let parameters = json!({"Name": "Corp.Internal", "VPC": {"VPCRegion": "us-east-1", "VPCId": vpc}, "CallerReference": "one",
        "HostedZoneConfig": {"Comment": "ours", "PrivateZone": true}});
    let made = names(&mut account, "CreateHostedZone", parameters);
    assert_eq!(
        made,
        json!({"HostedZone": {"Id": ZONE, "Name": "corp.internal.", "CallerReference": "one", "Config": {"Comment": "ours", "PrivateZone": true},
            "ResourceRecordSetCount": 2}, "VPC": {"VPCRegion": "us-east-1", "VPCId": vpc},
            "ChangeInfo": {"Id": "/change/C00000000000000000001", "Status": "PENDING", "SubmittedAt": "2026-01-01T00:00:00+00:00"},
            "Location": "https://route53.amazonaws.com/2013-04-01/hostedzone/Z00000000000000000001"})
    );
    let set = |name: &str, kind: &str, value: &str| json!({"Action": "CREATE", "ResourceRecordSet": {"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]}});
    let changes = [set("db.corp.internal", "A", "172.31.0.10"), set("*.corp.internal", "CNAME", "db.corp.internal")];
    let changed = names(
        &mut account,
        "ChangeResourceRecordSets",
        json!({"HostedZoneId": ZONE, "ChangeBatch": {"Comment": "all", "Changes": changes}}),
    );
    assert_eq!((&changed["ChangeInfo"]["Comment"], &changed["ChangeInfo"]["Status"]), (&json!("all"), &json!("PENDING")));
    (account, vpc)
}

// rules: L12
#[test]
fn zones_are_shown_as_route_53_shows_them() {
    let (mut account, vpc) = with_zone();
    let listed = names(&mut account, "ListResourceRecordSets", json!({"HostedZoneId": "Z00000000000000000001"}));
    let sets: Vec<(&str, &str)> = listed["ResourceRecordSets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|set| (set["Name"].as_str().unwrap(), set["Type"].as_str().unwrap()))
        .collect();
    let star = ("\\052.corp.internal.", "CNAME");
    assert_eq!(sets, [("corp.internal.", "NS"), ("corp.internal.", "SOA"), star, ("db.corp.internal.", "A")]);
    let one = names(&mut account, "GetHostedZone", json!({"Id": ZONE}));
    assert_eq!((&one["HostedZone"]["ResourceRecordSetCount"], &one["VPCs"][0]["VPCId"]), (&json!(4), &json!(vpc)));
    let seen = names(&mut account, "ListHostedZonesByVPC", json!({"VPCId": vpc, "VPCRegion": "us-east-1"}));
    let summary = json!({"HostedZoneId": "Z00000000000000000001", "Name": "corp.internal.", "Owner": {"OwningAccount": "123456789012"}});
    assert_eq!(seen["HostedZoneSummaries"], json!([summary]));
    assert_eq!(names(&mut account, "GetChange", json!({"Id": "C00000000000000000002"}))["ChangeInfo"]["Status"], "INSYNC");
    let refused = [
        ("GetChange", json!({"Id": "C00000000000000000003"}), "NoSuchChange"),
        ("GetHostedZone", json!({"Id": "Z9"}), "NoSuchHostedZone"),
        ("GetHostedZone", json!({"Id": "corp.internal"}), "NoSuchHostedZone"),
        ("ListHostedZonesByVPC", json!({"VPCId": vpc, "VPCRegion": "eu-west-1"}), "InvalidVPCId"),
        ("CreateHostedZone", json!({"Name": "a..b", "CallerReference": "x"}), "InvalidDomainName"),
        ("CreateHostedZone", json!({"Name": "a.b", "CallerReference": ""}), "InvalidInput"),
        ("ChangeResourceRecordSets", json!({"HostedZoneId": ZONE, "ChangeBatch": {"Changes": []}}), "InvalidInput"),
        ("ListHostedZones", json!({"Marker": "x"}), "UnknownParameter"),
    ];
    for (action, parameters, code) in refused {
        let answer = call(&mut account, "route53", action, parameters.clone()).unwrap_err();
        assert!(answer.starts_with(code), "{action} {parameters}: {answer}");
    }
    assert!(call(&mut account, "ec2", "ListHostedZones", json!({})).unwrap_err().starts_with("UnsupportedOperation"));
}

/// What all calls say of the zones.
fn described(account: &mut Account) -> Value {
    let mut all = names(account, "ListHostedZones", json!({}))["HostedZones"].clone();
    for zone in all.as_array_mut().unwrap() {
        let id = zone["Id"].clone();
        zone["VPCs"] = names(account, "GetHostedZone", json!({"Id": id}))["VPCs"].clone();
        zone["ResourceRecordSets"] = names(account, "ListResourceRecordSets", json!({"HostedZoneId": id}))["ResourceRecordSets"].clone();
    }
    all
}

// rules: L12 J17
#[test]
fn what_is_described_is_read_again() {
    let (mut account, _) = with_zone();
    let zones = described(&mut account);
    let mut all = call(&mut account, "ec2", "DescribeVpcs", json!({})).unwrap();
    all["HostedZones"] = zones.clone();
    let (scenario, _) = import(&[("all.json".to_owned(), all.to_string().into_bytes())]).unwrap();
    assert_eq!(described(&mut Account::holding(scenario.network, account.now(), account.epoch())), zones);
    // The list alone does not say who sees a zone: it is left out, and told.
    all["HostedZones"] = names(&mut account, "ListHostedZones", json!({}))["HostedZones"].clone();
    let (scenario, report) = import(&[("all.json".to_owned(), all.to_string().into_bytes())]).unwrap();
    assert_eq!(scenario.network.hosted_zones().len(), 0);
    assert!(report.warnings.iter().any(|warning| warning.to_string().contains("left out")), "{report:?}");
}

// rules: L12
#[test]
fn documents_undo_and_scripts_keep_zones() {
    let mut session = Session::open("fresh-account").unwrap();
    let vpcs = session.execute(&Act::ec2("DescribeVpcs", json!({}))).result.unwrap();
    let vpc = vpcs["Vpcs"][0]["VpcId"].clone();
    let parameters = json!({"Name": "corp.internal", "VPC": {"VPCRegion": "us-east-1", "VPCId": vpc}, "CallerReference": "one"});
    let act = Act::Api { service: "route53".to_owned(), action: "CreateHostedZone".to_owned(), parameters };
    assert!(act.echo().starts_with("aws route53 create-hosted-zone --name corp.internal --vpc "), "{}", act.echo());
    let before = session.document();
    session.execute(&act).result.unwrap();
    let after = session.document();
    assert!(after.contains("HostedZones") && load(after.as_bytes()).unwrap().0.network.hosted_zones().len() == 1);
    assert!(session.undo() && session.document() == before && session.redo() && session.document() == after);
}

// rules: L12
#[test]
fn a_script_brings_zones_back() {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let mut shell = Shell::new();
    let made = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ZONE=$(aws route53 create-hosted-zone --name corp.internal --vpc VPCRegion=us-east-1,VPCId=$VPC --caller-reference one --query HostedZone.Id --output text)
aws route53 change-resource-record-sets --hosted-zone-id $ZONE --change-batch 'Changes=[{Action=CREATE,ResourceRecordSet={Name=db.corp.internal,Type=A,TTL=60,ResourceRecords=[{Value=10.0.0.5}]}}]'
";
    let printed = shell.run(&mut host, made);
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Out), "{printed:?}");
    let script = eni_playground::script::script(&load(host.save().as_bytes()).unwrap().0).text;
    let mut again = Lone::new("us-east-1", true).unwrap();
    let printed = Shell::new().run(&mut again, &script);
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Out), "{script}\n{printed:?}");
    let zones = |host: &Lone| -> Value { serde_json::from_str::<Value>(&host.save()).unwrap()["state"]["HostedZones"].clone() };
    assert_eq!(zones(&again), zones(&host), "{script}");
}

/// Two zones of one name, seen by two VPCs, and a public one.
fn zones_of_one_name() -> Vec<(String, Vec<u8>)> {
    let vpc = |id: &str, block: &str| json!({"VpcId": id, "CidrBlock": block, "IsDefault": false});
    let zone = |id: &str, name: &str| json!({"Id": format!("/hostedzone/{id}"), "Name": name, "CallerReference": id, "Config": {"PrivateZone": true}});
    let seen = |id: &str, vpc: &str| json!({"HostedZone": zone(id, "corp.internal."), "VPCs": [{"VPCRegion": "us-east-1", "VPCId": vpc}]});
    let files = [
        ("vpcs.json", json!({"Vpcs": [vpc("vpc-0000000a", "10.0.0.0/16"), vpc("vpc-0000000b", "10.1.0.0/16")]})),
        (
            "list.json",
            json!({"HostedZones": [zone("ZA1", "corp.internal."), zone("ZB1", "corp.internal.")], "IsTruncated": false, "MaxItems": "100"}),
        ),
        ("a.json", seen("ZA1", "vpc-0000000a")),
        ("b.json", seen("ZB1", "vpc-0000000b")),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_string().into_bytes())).collect()
}

// rules: L12 J17
#[test]
fn record_sets_go_to_the_zone_that_their_file_or_their_soa_record_names() {
    let set = |name: &str, kind: &str, value: &str| json!({"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]});
    let soa = set("corp.internal.", "SOA", "ns.corp.internal. admin.corp.internal. 1 7200 900 1209600 86400");
    let records = json!({"ResourceRecordSets": [soa, set("db.corp.internal.", "A", "10.1.0.9")], "IsTruncated": false, "MaxItems": "300"});
    let none = "left out: nothing says of which hosted zone they are; name the file by the zone’s id (Z….json)";
    let one_zone = |files: &mut Vec<(String, Vec<u8>)>| files.retain(|(name, _)| name == "vpcs.json" || name == "b.json");
    // The file's name, whether there are others of that name, the zone's id in the end, and what is said.
    let cases = [
        ("records.json", false, None, Some(none)),
        ("acct/ZB1-records.json", false, Some("ZB1"), None),
        ("ZA1.json", false, Some("ZA1"), None),
        ("records.json", true, Some("ZB1"), None),
    ];
    for (name, alone, zone, said) in cases {
        let mut files = zones_of_one_name();
        if alone {
            one_zone(&mut files);
        }
        files.push((name.to_owned(), records.to_string().into_bytes()));
        let (scenario, report) = import(&files).unwrap();
        let has: Vec<String> =
            scenario.network.hosted_zones().filter(|zone| zone.records.len() > 2).map(|zone| zone.id.to_string()).collect();
        assert_eq!(has, zone.into_iter().collect::<Vec<_>>(), "{name}");
        let told: Vec<String> =
            report.warnings.iter().map(ToString::to_string).filter(|line| line.contains("ResourceRecordSets")).collect();
        assert_eq!(told.len(), said.into_iter().count(), "{name}: {told:?}");
        assert!(told.iter().zip(said).all(|(told, said)| told.ends_with(said)), "{told:?}");
        assert!(
            report.left_out.iter().all(|left| !["IsTruncated", "MaxItems", "VPCs", "HostedZone"].contains(&left.what.as_str())),
            "{report:?}"
        );
    }
}

#[test]
fn the_details_of_a_vpc_show_each_private_name_in_a_line() {
    let mut session = Session::open("").unwrap();
    let vpc = session.board().vpcs[0].id.clone();
    let mut call = |action: &str, parameters: Value| {
        let act = json!({"kind": "api", "service": "route53", "action": action, "parameters": parameters});
        session.execute(&Act::from_json(&act).unwrap()).result.unwrap()
    };
    let made =
        call("CreateHostedZone", json!({"Name": "corp.internal", "CallerReference": "1", "VPC": {"VPCRegion": "us-east-1", "VPCId": vpc}}));
    let record = |name: &str, to: &str| json!({"Action": "CREATE", "ResourceRecordSet": {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": to}]}});
    let changes = json!({"Changes": [record("a.corp.internal", "10.0.1.11"), record("b.corp.internal", "10.0.1.12")]});
    call("ChangeResourceRecordSets", json!({"HostedZoneId": made["HostedZone"]["Id"], "ChangeBatch": changes}));
    let facts = session.details(&format!("vpc:{vpc}")).unwrap().facts;
    let names: Vec<&str> = facts.iter().filter(|fact| fact.name == "Private names").map(|fact| &*fact.value).collect();
    assert_eq!(names, ["corp.internal\na.corp.internal → 10.0.1.11\nb.corp.internal → 10.0.1.12"]);
}
