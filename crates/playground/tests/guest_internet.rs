//! The internet's names, and by which address its hosts know who asks.
#![allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Lone, Shell};

/// What a line prints, and how it ends.
fn asked(host: &mut Lone, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

/// A new account in whose default VPC `web` runs, with a public address.
fn region() -> Lone {
    let mut host = Lone::new("us-east-1", false).unwrap();
    let launch =
        "aws ec2 run-instances --image-id ami-00000000000000001 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]'";
    assert_eq!(asked(&mut host, launch).1, 0);
    host
}

// rules: G14
#[test]
fn a_handful_of_names_leads_to_hosts_of_the_internet() {
    let mut host = region();
    let names = "(the playground's internet has the names of AWS's services in this region, and these: example.com, example.net, example.org, amazon.com, aws.amazon.com, google.com, \
                 checkip.amazonaws.com, ifconfig.me)\n";
    for (line, wanted, exit) in [
        ("ssh web dig +short example.com", "198.51.100.10\n".to_owned(), 0),
        ("ssh web dig +short www.example.com AAAA", "2001:db8:ffff::a\n".to_owned(), 0),
        ("ssh web dig +short sub.example.com", String::new(), 0),
        ("ssh web curl -s https://example.com/index.html", "Hello from example.com\n".to_owned(), 0),
        ("ssh web curl -s http://198.51.100.99", "Hello from 198.51.100.99\n".to_owned(), 0),
        ("ssh web curl nowhere.test", format!("curl: (6) Could not resolve host: nowhere.test\n{names}"), 6),
        ("ssh web curl -s nowhere.test", String::new(), 6),
        ("ssh web ping nowhere.test", format!("ping: nowhere.test: Name or service not known\n{names}"), 2),
        ("ssh web host nowhere.test", format!("Host nowhere.test not found: 3(NXDOMAIN)\n{names}"), 1),
        (
            "ssh web nc -z nowhere.test 80",
            format!("Ncat: Could not resolve hostname \"nowhere.test\": Name or service not known. QUITTING.\n{names}"),
            2,
        ),
    ] {
        assert_eq!(asked(&mut host, line), (wanted, exit), "{line}");
    }
    let (text, exit) = asked(&mut host, "ssh web ping -c 1 amazon.com");
    assert!(text.starts_with("PING amazon.com (198.51.100.20) 56(84) bytes of data.\n64 bytes from ") && exit == 0, "{text}");
    assert!(asked(&mut host, "ssh web dig nowhere.test").0.contains(&format!("\n;; {names}")));
    assert!(!asked(&mut host, "ssh web dig example.com").0.contains("playground"));
}

// rules: G14 L12
#[test]
fn a_private_zone_hides_the_internets_name_and_no_hint_is_given_for_it() {
    let mut host = region();
    let zone = "VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
X=$(aws route53 create-hosted-zone --name example.com --vpc VPCRegion=us-east-1,VPCId=$VPC --caller-reference one)";
    assert_eq!(asked(&mut host, zone).1, 0);
    let fault = "curl: (6) Could not resolve host: www.example.com\n".to_owned();
    assert_eq!(asked(&mut host, "ssh web curl www.example.com"), (fault, 6));
    assert_eq!(asked(&mut host, "ssh web dig +short example.org").0, "198.51.100.12\n");
}

// rules: A37 A31 R33
#[test]
fn who_is_asked_sees_the_public_address_of_the_way() {
    let mut host = region();
    assert_eq!(asked(&mut host, "ssh web curl -s checkip.amazonaws.com"), ("203.0.113.1\n".to_owned(), 0));
    assert_eq!(asked(&mut host, "ssh web curl -s https://checkip.amazonaws.com"), ("203.0.113.1\n".to_owned(), 0));
    // Behind a NAT gateway it is the gateway's.
    let made = "VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
PUBLIC=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 172.31.200.0/24 --query Subnet.SubnetId --output text)
TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
X=$(aws ec2 associate-route-table --route-table-id $TABLE --subnet-id $PRIVATE)
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $PRIVATE --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=app}]')";
    assert_eq!(asked(&mut host, made).1, 0);
    assert_eq!(asked(&mut host, "ssh app curl -s -m 2 checkip.amazonaws.com").1, 28, "no route leads out");
    let gateway = "EIP=$(aws ec2 allocate-address --query AllocationId --output text)
SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $SUBNET --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
TABLE=$(aws ec2 describe-route-tables --filters Name=association.main,Values=false --query 'RouteTables[0].RouteTableId' --output text)
aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT
aws ec2 describe-addresses --query 'Addresses[0].PublicIp' --output text";
    let (text, exit) = asked(&mut host, gateway);
    let of_gateway = text.lines().last().unwrap().to_owned();
    assert_eq!(exit, 0, "{text}");
    assert_eq!(asked(&mut host, "ssh app curl -s checkip.amazonaws.com").0, format!("{of_gateway}\n"));
    assert_ne!(of_gateway, "203.0.113.1");
    assert_eq!(asked(&mut host, "ssh app curl -s ifconfig.me").0, format!("{of_gateway}\n"));
}
