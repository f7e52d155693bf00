//! IPv6 addresses and reservations as AWS shows them, as documents keep them and as an import brings them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/account.rs"]
mod account;

use account::{SUBNET, VPC, files_of, ok, refused, stays};
use eni_playground::account::Account;
use eni_playground::scenario::load;
use serde_json::{Value, json};

/// A subnet with IPv6; an interface with addresses of it, another one with a prefix; an instance with a primary IPv6 address; reservations.
fn furnished() -> Account {
    let mut account = Account::fresh("us-east-1").unwrap();
    ok(&mut account, "AssociateVpcCidrBlock", json!({"VpcId": VPC, "AmazonProvidedIpv6CidrBlock": true}));
    ok(&mut account, "AssociateSubnetCidrBlock", json!({"SubnetId": SUBNET, "Ipv6CidrBlock": "2001:db8:0:101::/64"}));
    let named = json!([{"Ipv6Address": "2001:db8:0:101::a"}, {"Ipv6Address": "2001:db8:0:101::9"}]);
    ok(&mut account, "CreateNetworkInterface", json!({"SubnetId": SUBNET, "Ipv6Addresses": named, "EnablePrimaryIpv6": true}));
    ok(&mut account, "CreateNetworkInterface", json!({"SubnetId": SUBNET, "Ipv6Prefixes": [{"Ipv6Prefix": "2001:db8:0:101:7::/80"}]}));
    ok(&mut account, "RunInstances", launch(json!({"SubnetId": SUBNET, "Ipv6AddressCount": 2, "EnablePrimaryIpv6": true})));
    let tags = json!([{"ResourceType": "subnet-cidr-reservation", "Tags": [{"Key": "Name", "Value": "pods"}]}]);
    let pods =
        json!({"SubnetId": SUBNET, "Cidr": "172.31.2.0/24", "ReservationType": "prefix", "Description": "pods", "TagSpecifications": tags});
    ok(&mut account, "CreateSubnetCidrReservation", pods);
    let servers = json!({"SubnetId": SUBNET, "Cidr": "2001:db8:0:101:8000::/68", "ReservationType": "explicit"});
    ok(&mut account, "CreateSubnetCidrReservation", servers);
    account
}

fn launch(with: Value) -> Value {
    let mut all = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1});
    all.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    all
}

fn described(account: &mut Account) -> Vec<Value> {
    let calls = [
        ("DescribeSubnets", json!({})),
        ("DescribeNetworkInterfaces", json!({})),
        ("DescribeInstances", json!({})),
        ("GetSubnetCidrReservations", json!({"SubnetId": SUBNET})),
    ];
    calls.into_iter().map(|(action, parameters)| ok(account, action, parameters)).collect()
}

// rules: E73 E77 J1 J3
#[test]
fn ipv6_of_interfaces_is_shown_as_aws_shows_it() {
    let mut account = furnished();
    let all = ok(&mut account, "DescribeNetworkInterfaces", json!({}))["NetworkInterfaces"].clone();
    let shown =
        json!([{"Ipv6Address": "2001:db8:0:101::a", "IsPrimaryIpv6": true}, {"Ipv6Address": "2001:db8:0:101::9", "IsPrimaryIpv6": false}]);
    assert_eq!(all[0]["Ipv6Addresses"], shown);
    assert_eq!(all[1]["Ipv6Prefixes"], json!([{"Ipv6Prefix": "2001:db8:0:101:7::/80"}]));
    let instance = ok(&mut account, "DescribeInstances", json!({}))["Reservations"][0]["Instances"][0].clone();
    let own = &instance["NetworkInterfaces"][0]["Ipv6Addresses"];
    assert_eq!((own.as_array().unwrap().len(), &own[0]["Ipv6Address"]), (2, &instance["Ipv6Address"]));
    assert_eq!((&own[0]["IsPrimaryIpv6"], &own[1]["IsPrimaryIpv6"]), (&json!(true), &json!(false)));
    let wanted = json!({"Filters": [{"Name": "ipv6-addresses.ipv6-address", "Values": ["2001:db8:0:101::9"]}]});
    let found = ok(&mut account, "DescribeNetworkInterfaces", wanted)["NetworkInterfaces"].clone();
    assert_eq!((found.as_array().unwrap().len(), &found[0]["NetworkInterfaceId"]), (1, &all[0]["NetworkInterfaceId"]));
    // What belongs to the primary interface stands in the list of interfaces, if there is one.
    let both = launch(json!({"Ipv6AddressCount": 1, "NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": SUBNET}]}));
    assert!(refused(&mut account, "RunInstances", both).starts_with("InvalidParameterCombination: "));
    let eni = &all[0]["NetworkInterfaceId"];
    let bad = json!({"NetworkInterfaceId": eni, "Ipv6Addresses": ["10.0.0.1"]});
    assert!(refused(&mut account, "AssignIpv6Addresses", bad).starts_with("InvalidParameterValue: "));
}

// rules: E65
#[test]
fn reservations_are_shown_by_family_and_filtered() {
    let mut account = furnished();
    let all = ok(&mut account, "GetSubnetCidrReservations", json!({"SubnetId": SUBNET}));
    let pods = json!({"SubnetCidrReservationId": "scr-00000000000000001", "SubnetId": SUBNET, "Cidr": "172.31.2.0/24", "ReservationType": "prefix",
        "OwnerId": all["SubnetIpv4CidrReservations"][0]["OwnerId"], "Description": "pods", "Tags": [{"Key": "Name", "Value": "pods"}]});
    assert_eq!(all["SubnetIpv4CidrReservations"], json!([pods]));
    assert_eq!(all["SubnetIpv6CidrReservations"][0]["Cidr"], "2001:db8:0:101:8000::/68");
    for (name, value, counts) in [
        ("reservationType", "explicit", (0, 1)),
        ("reservationType", "p*", (1, 0)),
        ("tag:Name", "pods", (1, 0)),
        ("subnet-id", SUBNET, (1, 1)),
        ("tag-key", "none", (0, 0)),
    ] {
        let parameters = json!({"SubnetId": SUBNET, "Filters": [{"Name": name, "Values": [value]}]});
        let found = ok(&mut account, "GetSubnetCidrReservations", parameters);
        let count = |list: &str| found[list].as_array().unwrap().len();
        assert_eq!((count("SubnetIpv4CidrReservations"), count("SubnetIpv6CidrReservations")), counts, "{name} {value}");
    }
    let other = json!({"SubnetId": "subnet-00000000000000002"});
    assert_eq!(ok(&mut account, "GetSubnetCidrReservations", other)["SubnetIpv4CidrReservations"], json!([]));
    let unknown = json!({"SubnetId": "subnet-00000000000000099"});
    assert!(refused(&mut account, "GetSubnetCidrReservations", unknown).starts_with("InvalidSubnetID.NotFound: "));
    let malformed = json!({"SubnetId": SUBNET, "Cidr": "pods", "ReservationType": "prefix"});
    assert!(refused(&mut account, "CreateSubnetCidrReservation", malformed).starts_with("InvalidParameterValue: "));
    let tagged = json!({"Filters": [{"Name": "resource-type", "Values": ["subnet-cidr-reservation"]}]});
    assert_eq!(ok(&mut account, "DescribeTags", tagged)["Tags"][0]["ResourceId"], "scr-00000000000000001");
    let gone = ok(&mut account, "DeleteSubnetCidrReservation", json!({"SubnetCidrReservationId": "scr-00000000000000001"}));
    assert_eq!(gone["DeletedSubnetCidrReservation"], pods);
    let again = refused(&mut account, "DeleteSubnetCidrReservation", json!({"SubnetCidrReservationId": "scr-00000000000000001"}));
    assert!(again.starts_with("InvalidSubnetCidrReservationID.NotFound: "));
}

// rules: E65 E73 J17
#[test]
fn what_describe_prints_is_read_again_and_a_document_keeps_it() {
    let mut first = furnished();
    let lists = ["Vpcs", "SecurityGroups", "NetworkAcls", "RouteTables", "InternetGateways", "Subnets", "NetworkInterfaces", "Instances"];
    let mut files = files_of(&mut first, &lists);
    let reserved = ok(&mut first, "GetSubnetCidrReservations", json!({"SubnetId": SUBNET})).to_string();
    files.push(("reservations.json".to_owned(), reserved.into_bytes()));
    let text = stays(&mut first, &files, described);

    // An address that the subnet's block cannot give, one that two interfaces have, a range outside of the subnet, an unknown word.
    for (place, wrong) in [
        ("/NetworkInterfaces/0/Ipv6Addresses/0/Ipv6Address", json!("2001:db8:0:102::9")),
        ("/NetworkInterfaces/0/Ipv6Addresses/1/Ipv6Address", json!("2001:db8:0:101:7::1")),
        ("/NetworkInterfaces/1/Ipv6Prefixes/0/Ipv6Prefix", json!("2001:db8:0:102:7::/80")),
        ("/SubnetIpv4CidrReservations/0/Cidr", json!("172.31.16.0/24")),
        ("/SubnetIpv4CidrReservations/0/ReservationType", json!("spare")),
        ("/SubnetIpv6CidrReservations/0/SubnetId", json!("subnet-00000000000000002")),
    ] {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        *value.pointer_mut(&format!("/state{place}")).unwrap() = wrong;
        assert!(load(value.to_string().as_bytes()).is_err(), "{place}");
    }
}

// rules: A12 J2
#[test]
fn an_elastic_ip_is_of_amazons_pool_and_the_regions_border_group() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let given = ok(&mut account, "AllocateAddress", json!({"PublicIpv4Pool": "amazon", "NetworkBorderGroup": "us-east-1"}));
    assert_eq!((&given["PublicIpv4Pool"], &given["NetworkBorderGroup"]), (&json!("amazon"), &json!("us-east-1")));
    let shown = ok(&mut account, "DescribeAddresses", json!({}))["Addresses"][0].clone();
    assert_eq!((&shown["PublicIpv4Pool"], &shown["NetworkBorderGroup"]), (&json!("amazon"), &json!("us-east-1")));
    let pool = refused(&mut account, "AllocateAddress", json!({"PublicIpv4Pool": "ipv4pool-ec2-012345"}));
    assert!(pool.starts_with("InvalidPublicIpv4PoolID.NotFound: "));
    let group = refused(&mut account, "AllocateAddress", json!({"NetworkBorderGroup": "us-west-2"}));
    assert!(group.starts_with("InvalidParameterValue: "));
}

// rules: J2
#[test]
fn an_elastic_ip_tells_of_the_subnet_that_it_leads_to() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let subnet = ok(&mut account, "DescribeSubnets", json!({}))["Subnets"][1]["SubnetId"].clone();
    let eni = ok(&mut account, "CreateNetworkInterface", json!({"SubnetId": subnet}))["NetworkInterface"]["NetworkInterfaceId"].clone();
    let eip = ok(&mut account, "AllocateAddress", json!({}))["AllocationId"].clone();
    let shown = |account: &mut Account| ok(account, "DescribeAddresses", json!({}))["Addresses"][0].clone();
    assert_eq!(shown(&mut account).get("SubnetId"), None);
    let association =
        ok(&mut account, "AssociateAddress", json!({"AllocationId": eip, "NetworkInterfaceId": eni}))["AssociationId"].clone();
    assert_eq!(shown(&mut account)["SubnetId"], subnet);
    ok(&mut account, "DisassociateAddress", json!({"AssociationId": association}));
    assert_eq!(shown(&mut account).get("SubnetId"), None);
}

// rules: C1 E65
#[test]
fn reservations_come_in_pages_over_both_families() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let vpc = ok(&mut account, "CreateVpc", json!({"CidrBlock": "10.0.0.0/16", "AmazonProvidedIpv6CidrBlock": true}))["Vpc"].clone();
    let vpc = ok(&mut account, "DescribeVpcs", json!({"VpcIds": [vpc["VpcId"]]}))["Vpcs"][0].clone();
    let block = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].as_str().unwrap().replace("/56", "/64");
    let asked = json!({"VpcId": vpc["VpcId"], "CidrBlock": "10.0.0.0/24", "Ipv6CidrBlock": block});
    let subnet = ok(&mut account, "CreateSubnet", asked)["Subnet"]["SubnetId"].clone();
    for number in 0..6 {
        let ipv6 = block.replace("::/64", &format!(":{number}::/80"));
        for cidr in [format!("10.0.0.{}/28", 16 * (number + 1)), ipv6] {
            let asked = json!({"SubnetId": subnet, "Cidr": cidr, "ReservationType": "explicit"});
            ok(&mut account, "CreateSubnetCidrReservation", asked);
        }
    }
    let whole = ok(&mut account, "GetSubnetCidrReservations", json!({"SubnetId": subnet}));
    let (mut pages, mut token, mut sizes) = ([Vec::new(), Vec::new()], json!(null), Vec::new());
    let lists = ["SubnetIpv4CidrReservations", "SubnetIpv6CidrReservations"];
    loop {
        let asked = json!({"SubnetId": subnet, "MaxResults": 5, "NextToken": token});
        let page = ok(&mut account, "GetSubnetCidrReservations", asked);
        let parts = lists.map(|list| page[list].as_array().unwrap().clone());
        sizes.push(parts.iter().map(Vec::len).sum::<usize>());
        pages.iter_mut().zip(parts).for_each(|(all, part)| all.extend(part));
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(sizes, [5, 5, 2]);
    for (list, paged) in lists.iter().zip(pages) {
        assert_eq!((&whole[list], paged.len()), (&Value::Array(paged.clone()), 6), "{list}");
    }
    let refusals = [json!({"SubnetId": subnet, "NextToken": "00"}), json!({"SubnetId": subnet, "MaxResults": 4})];
    let refusals = refusals.map(|asked| refused(&mut account, "GetSubnetCidrReservations", asked));
    assert!(refusals[0].starts_with("InvalidNextToken: ") && refusals[1].starts_with("InvalidParameterValue: "), "{refusals:?}");
}
