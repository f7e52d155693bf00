//! Transit gateways as AWS shows them, as documents keep them, as an import brings them, and on the board.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/account.rs"]
mod account;

use account::{files_of, ok, refused, scenario};
use eni_core::time::Duration;
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{import, load, save};
use eni_playground::session::Session;
use serde_json::{Value, json};

const TGW: &str = "tgw-00000000000000001";
const TABLE: &str = "tgw-rtb-00000000000000001";
const ONE: &str = "tgw-attach-00000000000000001";
const TWO: &str = "tgw-attach-00000000000000002";

/// A gateway with its default table and two attachments: of the default VPC in two zones, and of 10.1.0.0/16.
fn furnished() -> Account {
    let mut account = Account::fresh("us-east-1").unwrap();
    ok(&mut account, "CreateVpc", json!({"CidrBlock": "10.1.0.0/16"}));
    ok(&mut account, "CreateSubnet", json!({"VpcId": "vpc-00000000000000002", "CidrBlock": "10.1.1.0/24"}));
    let subnet = |number: u32| format!("subnet-{number:017x}");
    let tags = json!([{"ResourceType": "transit-gateway", "Tags": [{"Key": "Name", "Value": "hub"}]}]);
    ok(&mut account, "CreateTransitGateway", json!({"Description": "hub", "Options": {"AmazonSideAsn": 64600}, "TagSpecifications": tags}));
    account.wait(Duration::from_secs(5));
    for (vpc, subnets, options) in
        [(1, vec![subnet(1), subnet(2)], json!({})), (2, vec![subnet(7)], json!({"ApplianceModeSupport": "enable"}))]
    {
        let vpc = format!("vpc-{vpc:017x}");
        let wanted = json!({"TransitGatewayId": TGW, "VpcId": vpc, "SubnetIds": subnets, "Options": options});
        ok(&mut account, "CreateTransitGatewayVpcAttachment", wanted);
    }
    account.wait(Duration::from_secs(5));
    let route = |block: &str| json!({"TransitGatewayRouteTableId": TABLE, "DestinationCidrBlock": block});
    let mut to = route("10.9.0.0/16");
    to["TransitGatewayAttachmentId"] = json!(TWO);
    ok(&mut account, "CreateTransitGatewayRoute", to);
    let mut nowhere = route("10.1.7.0/24");
    nowhere["Blackhole"] = json!(true);
    ok(&mut account, "CreateTransitGatewayRoute", nowhere);
    ok(&mut account, "CreateTransitGatewayRouteTable", json!({"TransitGatewayId": TGW}));
    account.wait(Duration::from_secs(5));
    account
}

fn listed(account: &mut Account, action: &str, list: &str, parameters: Value) -> Vec<Value> {
    ok(account, action, parameters)[list].as_array().unwrap().clone()
}

fn search(account: &mut Account, filters: Value) -> Vec<String> {
    let asked = json!({"TransitGatewayRouteTableId": TABLE, "Filters": filters});
    let routes = listed(account, "SearchTransitGatewayRoutes", "Routes", asked);
    let text = |route: &Value, name: &str| route[name].as_str().unwrap().to_owned();
    routes.iter().map(|route| [text(route, "DestinationCidrBlock"), text(route, "Type"), text(route, "State")].join(" ")).collect()
}

// rules: R64 R66 R67
#[test]
fn calls_answer_as_aws_does() {
    let mut account = furnished();
    let gateway = &listed(&mut account, "DescribeTransitGateways", "TransitGateways", json!({}))[0];
    assert_eq!(gateway["TransitGatewayArn"], format!("arn:aws:ec2:us-east-1:123456789012:transit-gateway/{TGW}"));
    assert_eq!(
        gateway["Options"],
        json!({"AmazonSideAsn": 64600, "AutoAcceptSharedAttachments": "disable", "DefaultRouteTableAssociation": "enable",
            "AssociationDefaultRouteTableId": TABLE, "DefaultRouteTablePropagation": "enable", "PropagationDefaultRouteTableId": TABLE,
            "VpnEcmpSupport": "enable", "DnsSupport": "enable", "SecurityGroupReferencingSupport": "disable", "MulticastSupport": "disable"})
    );
    let attachment = &listed(&mut account, "DescribeTransitGatewayAttachments", "TransitGatewayAttachments", json!({}))[1];
    assert_eq!(attachment["Association"], json!({"TransitGatewayRouteTableId": TABLE, "State": "associated"}));
    assert_eq!((&attachment["ResourceType"], &attachment["ResourceId"]), (&json!("vpc"), &json!("vpc-00000000000000002")));
    let tied = json!({"TransitGatewayRouteTableId": TABLE, "Filters": [{"Name": "resource-id", "Values": ["vpc-00000000000000002"]}]});
    let one = json!({"TransitGatewayAttachmentId": TWO, "ResourceId": "vpc-00000000000000002", "ResourceType": "vpc"});
    for (action, list, state) in [
        ("GetTransitGatewayRouteTableAssociations", "Associations", "associated"),
        ("GetTransitGatewayRouteTablePropagations", "TransitGatewayRouteTablePropagations", "enabled"),
    ] {
        let mut expected = one.clone();
        expected["State"] = json!(state);
        assert_eq!(listed(&mut account, action, list, tied.clone()), [expected]);
    }
    let filled = ok(&mut account, "GetTransitGatewayAttachmentPropagations", json!({"TransitGatewayAttachmentId": ONE}));
    assert_eq!(filled["TransitGatewayAttachmentPropagations"], json!([{"TransitGatewayRouteTableId": TABLE, "State": "enabled"}]));
    let changed = json!({"TransitGatewayId": TGW, "Description": "core"});
    assert_eq!(ok(&mut account, "ModifyTransitGateway", changed)["TransitGateway"]["State"], "modifying");
}

// rules: R66 R67 C1
#[test]
fn routes_are_searched_by_kind_and_by_block() {
    let mut account = furnished();
    let filter = |name: &str, value: &str| json!([{"Name": name, "Values": [value]}]);
    let all =
        ["10.1.0.0/16 propagated active", "10.1.7.0/24 static blackhole", "10.9.0.0/16 static active", "172.31.0.0/16 propagated active"];
    assert_eq!(search(&mut account, filter("state", "*")), all);
    assert_eq!(search(&mut account, filter("type", "static")), [all[1], all[2]]);
    assert_eq!(search(&mut account, filter("attachment.resource-id", "vpc-00000000000000001")), [all[3]]);
    assert_eq!(search(&mut account, filter("route-search.longest-prefix-match", "10.1.7.9")), [all[1]]);
    assert_eq!(search(&mut account, filter("route-search.supernet-of-match", "10.1.7.9/32")), [all[0], all[1]]);
    assert_eq!(search(&mut account, filter("route-search.subnet-of-match", "10.0.0.0/8")), [all[0], all[1], all[2]]);
    assert_eq!(search(&mut account, filter("route-search.exact-match", "10.9.0.0/16")), [all[2]]);
    let wrong = |value: Value| json!({"TransitGatewayRouteTableId": TABLE, "Filters": value});
    assert!(refused(&mut account, "SearchTransitGatewayRoutes", wrong(filter("route-search.near", "10.0.0.0/8"))).contains("is invalid"));
    assert!(
        refused(&mut account, "SearchTransitGatewayRoutes", wrong(filter("route-search.exact-match", "ten"))).contains("not a valid CIDR")
    );
}

// rules: R64 S31 X2
#[test]
fn what_is_not_modelled_and_what_is_no_request_is_refused_in_words() {
    let mut account = furnished();
    for (options, what) in [
        (json!({"MulticastSupport": "enable"}), "multicast"),
        (json!({"SecurityGroupReferencingSupport": "enable"}), "security groups of other VPCs"),
        (json!({"TransitGatewayCidrBlocks": ["10.3.0.0/24"]}), "blocks of their own"),
    ] {
        let refusal = refused(&mut account, "CreateTransitGateway", json!({"Options": options}));
        assert!(refusal.starts_with("UnsupportedOperation: ") && refusal.contains(what), "{refusal}");
    }
    let block = json!({"TransitGatewayRouteTableId": TABLE, "DestinationCidrBlock": "10.0.0.0/40", "Blackhole": true});
    assert!(refused(&mut account, "CreateTransitGatewayRoute", block).starts_with("InvalidParameterValue: "));
    let lame = json!({"TransitGatewayId": TGW, "Options": {"DefaultRouteTableAssociation": "enable"}});
    assert!(refused(&mut account, "ModifyTransitGateway", lame).starts_with("MissingParameter: "));
    let unknown = refused(&mut account, "DescribeTransitGateways", json!({"TransitGatewayIds": ["tgw-00000000000000009"]}));
    assert_eq!(unknown, "InvalidTransitGatewayID.NotFound: Transit Gateway tgw-00000000000000009 was deleted or does not exist.");
}

const LISTS: [&str; 4] = ["TransitGateways", "TransitGatewayRouteTables", "TransitGatewayVpcAttachments", "TransitGatewayAttachments"];

fn all(account: &mut Account) -> Vec<Value> {
    let described = LISTS.iter().flat_map(|list| listed(account, &format!("Describe{list}"), list, json!({}))).collect::<Vec<_>>();
    let routes = search(account, json!([{"Name": "state", "Values": ["*"]}])).into_iter().map(Value::from);
    described.into_iter().chain(routes).collect()
}

// rules: J17 R64
#[test]
fn a_document_keeps_all_of_it() {
    let mut first = furnished();
    let text = save(&scenario(&first));
    let (read, _) = load(text.as_bytes()).unwrap();
    assert_eq!(save(&read), text);
    let mut second = Account::holding(read.network, read.clock, read.epoch);
    assert_eq!(all(&mut second), all(&mut first));
}

// rules: J17 R64 R66
#[test]
fn what_describe_prints_is_read_again_and_routes_by_the_name_of_their_file() {
    let mut first = furnished();
    let lists = ["Vpcs", "SecurityGroups", "NetworkAcls", "RouteTables", "InternetGateways", "Subnets", "NetworkInterfaces"];
    let mut files = files_of(&mut first, &lists.into_iter().chain(LISTS).collect::<Vec<_>>());
    let told = |files: &[(String, Vec<u8>)]| {
        let (read, report) = import(files).unwrap();
        let warnings: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
        (Account::holding(read.network, read.clock, read.epoch), warnings)
    };
    let (mut second, warnings) = told(&files);
    assert!(warnings.is_empty(), "{warnings:?}");
    let told_alone = |account: &mut Account| {
        LISTS.iter().flat_map(|list| listed(account, &format!("Describe{list}"), list, json!({}))).collect::<Vec<_>>()
    };
    assert_eq!(told_alone(&mut second), told_alone(&mut first));
    assert!(search(&mut second, json!([{"Name": "state", "Values": ["*"]}])).is_empty(), "nobody told of what is in the table");
    let any = json!({"TransitGatewayRouteTableId": TABLE, "Filters": [{"Name": "state", "Values": ["*"]}]});
    let table = json!({"TransitGatewayRouteTableId": TABLE});
    for (name, reply) in [
        ("routes", ok(&mut first, "SearchTransitGatewayRoutes", any)),
        ("fills", ok(&mut first, "GetTransitGatewayRouteTablePropagations", table.clone())),
        ("uses", ok(&mut first, "GetTransitGatewayRouteTableAssociations", table)),
    ] {
        files.push((format!("{name}-{TABLE}.json"), reply.to_string().into_bytes()));
    }
    let (mut third, warnings) = told(&files);
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(all(&mut third), all(&mut first));
    // Without the attachments, what leads to them is left out, and told.
    files.retain(|(name, _)| !name.contains("TransitGatewayVpcAttachments"));
    let (fourth, warnings) = told(&files);
    assert!(warnings.iter().any(|warning| warning.contains("describe-transit-gateway-vpc-attachments")), "{warnings:?}");
    assert_eq!(scenario(&fourth).network.transit_attachments().len(), 0);
}

// rules: R57 R64
#[test]
fn it_stands_between_its_vpcs_and_says_what_its_tables_know() {
    let mut session = Session::open("empty").unwrap();
    let mut call = |action: &str, parameters: Value| {
        let reply = session.execute(&Act::ec2(action, parameters)).result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"));
        session.advance(10_000_000);
        serde_json::to_value(&reply).unwrap()
    };
    call("CreateTransitGateway", json!({}));
    for (number, block) in [(1, "10.0"), (2, "10.1")] {
        call("CreateVpc", json!({"CidrBlock": format!("{block}.0.0/16")}));
        let vpc = format!("vpc-{number:017x}");
        call("CreateSubnet", json!({"VpcId": vpc, "CidrBlock": format!("{block}.1.0/24")}));
    }
    let alone: Vec<_> = session.board().others.iter().map(|gate| (gate.thing.clone(), gate.note.clone(), gate.live)).collect();
    let thing = format!("tgw:{TGW}");
    assert_eq!(alone, [(thing.clone(), "available".to_owned(), true)]);
    for number in [1, 2] {
        let wanted =
            json!({"TransitGatewayId": TGW, "VpcId": format!("vpc-{number:017x}"), "SubnetIds": [format!("subnet-{number:017x}")]});
        session.execute(&Act::ec2("CreateTransitGatewayVpcAttachment", wanted)).result.unwrap();
        session.advance(10_000_000);
    }
    assert!(session.board().others.is_empty());
    let between: Vec<_> = session.board().peerings.iter().map(|one| (one.gate.thing.clone(), one.gate.kind.clone())).collect();
    assert_eq!(between, [(thing.clone(), "Transit gateway".to_owned())]);
    let facts = session.details(&thing).unwrap().facts;
    assert_eq!(facts.iter().filter(|fact| fact.thing.as_ref().is_some_and(|thing| thing.starts_with("vpc:"))).count(), 2);
    assert_eq!(facts.iter().filter(|fact| fact.value.contains("the attachment of")).count(), 2, "{facts:?}");
    assert!(session.menu(&thing).is_some_and(|menu| !menu.entries.is_empty()));
}
