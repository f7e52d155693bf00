//! VPC endpoints as AWS shows them, as documents keep them and as an import brings them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/account.rs"]
mod account;

use account::{VPC, files_of, ok, stays};
use eni_playground::account::Account;
use eni_playground::scenario::{import, load};
use serde_json::{Value, json};

fn subnet(number: u32) -> String {
    format!("subnet-{number:017x}")
}

fn id(number: u32) -> String {
    format!("vpce-{number:017x}")
}

/// A gateway endpoint in the main table, and an interface endpoint in two subnets.
fn furnished() -> (Account, Value, Value) {
    let mut account = Account::fresh("us-east-1").unwrap();
    let gateway = json!({"VpcId": VPC, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": ["rtb-00000000000000001"]});
    let gateway = ok(&mut account, "CreateVpcEndpoint", gateway)["VpcEndpoint"].clone();
    let interface = json!({"VpcId": VPC, "ServiceName": "com.amazonaws.us-east-1.ecr.api", "VpcEndpointType": "Interface",
        "SubnetIds": [subnet(1), subnet(2)], "PrivateDnsEnabled": true,
        "TagSpecifications": [{"ResourceType": "vpc-endpoint", "Tags": [{"Key": "Name", "Value": "images"}]}]});
    let interface = ok(&mut account, "CreateVpcEndpoint", interface)["VpcEndpoint"].clone();
    (account, gateway, interface)
}

fn described(account: &mut Account) -> Vec<Value> {
    ok(account, "DescribeVpcEndpoints", json!({}))["VpcEndpoints"].as_array().unwrap().clone()
}

// rules: J13 R55 R56 P42
#[test]
fn both_types_are_shown_as_aws_shows_them() {
    let (mut account, gateway, interface) = furnished();
    assert_eq!((&gateway["State"], &gateway["VpcEndpointType"]), (&json!("available"), &json!("Gateway")));
    assert_eq!((&gateway["RouteTableIds"], &gateway["NetworkInterfaceIds"]), (&json!(["rtb-00000000000000001"]), &json!([])));
    assert_eq!((&interface["State"], &interface["PrivateDnsEnabled"]), (&json!("pending"), &json!(true)));
    assert_eq!(interface["SubnetIds"], json!([subnet(1), subnet(2)]));
    let names: Vec<_> = interface["DnsEntries"].as_array().unwrap().iter().map(|entry| entry["DnsName"].as_str().unwrap()).collect();
    assert_eq!(names, [format!("{}.api.ecr.us-east-1.vpce.amazonaws.com", id(2)).as_str(), "api.ecr.us-east-1.amazonaws.com"]);
    assert_eq!(interface["Groups"], json!([{"GroupId": "sg-00000000000000001", "GroupName": "default"}]));
    assert_eq!(described(&mut account)[1]["State"], "available");

    let filter =
        json!({"Filters": [{"Name": "interface-type", "Values": ["vpc_endpoint"]}, {"Name": "requester-managed", "Values": ["true"]}]});
    let enis = ok(&mut account, "DescribeNetworkInterfaces", filter)["NetworkInterfaces"].as_array().unwrap().clone();
    assert_eq!(
        enis.iter().map(|eni| eni["NetworkInterfaceId"].clone()).collect::<Vec<_>>(),
        *interface["NetworkInterfaceIds"].as_array().unwrap()
    );
    assert_eq!((&enis[0]["Status"], &enis[0]["Attachment"]["InstanceOwnerId"]), (&json!("in-use"), &json!("amazon-aws")));
    assert!(enis[0]["Attachment"]["AttachmentId"].as_str().unwrap().starts_with("ela-attach-"));
    let table = ok(&mut account, "DescribeRouteTables", json!({}))["RouteTables"][0].clone();
    let route = table["Routes"].as_array().unwrap().iter().find(|route| route.get("DestinationPrefixListId").is_some()).unwrap().clone();
    assert_eq!((&route["GatewayId"], &route["State"]), (&json!(id(1)), &json!("active")));

    let change = json!({"VpcEndpointId": id(2), "RemoveSubnetIds": [subnet(1)]});
    assert_eq!(ok(&mut account, "ModifyVpcEndpoint", change), json!({"Return": true}));
    assert_eq!(described(&mut account)[1]["SubnetIds"], json!([subnet(2)]));
    let gone = ok(&mut account, "DeleteVpcEndpoints", json!({"VpcEndpointIds": [id(2), id(9)]}));
    let error = json!({"Code": "InvalidVpcEndpointId.NotFound", "Message": format!("The Vpc Endpoint Id '{}' does not exist", id(9))});
    assert_eq!(gone["Unsuccessful"], json!([{"ResourceId": id(9), "Error": error}]));
    assert_eq!(described(&mut account).len(), 1);
    let unknown = account.call("ec2", "DescribeVpcEndpoints", json!({"VpcEndpointIds": [id(9)]}).as_object().unwrap());
    assert!(unknown.unwrap_err().to_string().starts_with("InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id"));
}

// rules: J13 R55
#[test]
fn the_services_that_have_endpoints_are_listed() {
    let mut account = Account::fresh("eu-west-1").unwrap();
    let all = ok(&mut account, "DescribeVpcEndpointServices", json!({}));
    let names = all["ServiceNames"].as_array().unwrap();
    assert!(names.contains(&json!("com.amazonaws.eu-west-1.s3")) && names.contains(&json!("com.amazonaws.eu-west-1.ssm")));
    assert_eq!(names.len(), all["ServiceDetails"].as_array().unwrap().len());
    let gateways = json!({"Filters": [{"Name": "service-type", "Values": ["Gateway"]}]});
    let gateways = ok(&mut account, "DescribeVpcEndpointServices", gateways);
    assert_eq!(gateways["ServiceNames"], json!(["com.amazonaws.eu-west-1.dynamodb", "com.amazonaws.eu-west-1.s3"]));
    let unknown = account.call("ec2", "DescribeVpcEndpointServices", json!({"ServiceNames": ["teapot"]}).as_object().unwrap());
    assert!(unknown.unwrap_err().to_string().starts_with("InvalidServiceName: "));
    // A name, and what AWS says of every service of its own.
    let named = ok(&mut account, "DescribeVpcEndpointServices", json!({"ServiceNames": ["com.amazonaws.eu-west-1.ssm"]}));
    let service = &named["ServiceDetails"][0];
    assert_eq!((&service["Owner"], &service["AcceptanceRequired"]), (&json!("amazon"), &json!(false)));
    assert_eq!(service["AvailabilityZones"], json!(["eu-west-1a", "eu-west-1b", "eu-west-1c"]));
    assert_eq!(service["PrivateDnsName"], json!("ssm.eu-west-1.amazonaws.com"));
    assert_eq!(service["ServiceType"], json!([{"ServiceType": "Interface"}]));
    // What is listed can be had.
    for service in all["ServiceDetails"].as_array().unwrap() {
        for kind in service["ServiceType"].as_array().unwrap() {
            let wanted = json!({"VpcId": VPC, "ServiceName": service["ServiceName"], "VpcEndpointType": kind["ServiceType"]});
            ok(&mut account, "CreateVpcEndpoint", wanted);
        }
    }
}

// rules: J13 J17
#[test]
fn what_describe_prints_is_read_again_and_a_document_keeps_it() {
    let (mut first, ..) = furnished();
    let lists =
        ["Vpcs", "SecurityGroups", "NetworkAcls", "RouteTables", "InternetGateways", "Subnets", "NetworkInterfaces", "VpcEndpoints"];
    let mut files = files_of(&mut first, &lists);
    let text = stays(&mut first, &files, described);

    for (place, wrong) in [
        ("/VpcEndpointType", json!("GatewayLoadBalancer")),
        ("/ServiceName", json!("com.amazonaws.vpce.us-east-1.vpce-svc-1")),
        ("/State", json!("rejected")),
        ("/VpcId", json!("vpc-00000000000000099")),
    ] {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        *value.pointer_mut(&format!("/state/VpcEndpoints/1{place}")).unwrap() = wrong;
        assert!(load(value.to_string().as_bytes()).is_err(), "{place}");
        let (read, report) = import(&[("all.json".to_owned(), value["state"].to_string().into_bytes())]).unwrap();
        assert_eq!(read.network.endpoints().len(), 1, "{place}");
        assert!(report.warnings.iter().any(|warning| warning.to_string().contains("VpcEndpoints")), "{place}");
    }
    // Endpoints of an account whose network interfaces were not told of.
    files.retain(|(name, _)| name != "NetworkInterfaces.json");
    let (read, _) = import(&files).unwrap();
    assert_eq!(read.network.endpoints().map(|endpoint| endpoint.enis().len()).collect::<Vec<_>>(), [0, 0]);
}
