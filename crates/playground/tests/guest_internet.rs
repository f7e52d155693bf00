//! The internet's names, and by which address its hosts know who asks.
#![allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Host, Lone, Shell};

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

/// `six` speaks both families and has a way out over IPv6 alone; `four` speaks IPv4 alone, and has none.
fn dual() -> Lone {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let made = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
BLOCK=$(aws ec2 describe-vpcs --vpc-ids $VPC --query 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock' --output text)
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --ipv6-cidr-block ${BLOCK%/56}/64 --query Subnet.SubnetId --output text)
E=$(aws ec2 create-egress-only-internet-gateway --vpc-id $VPC --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)
T=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query 'RouteTables[0].RouteTableId' --output text)
X=$(aws ec2 create-route --route-table-id $T --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id $E)
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --private-ip-address 10.0.1.6 --ipv6-address-count 1 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=six}]')
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --private-ip-address 10.0.1.4 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=four}]')
";
    assert_eq!(asked(&mut host, made), (String::new(), 0));
    host
}

// rules: G8 G14 G21 R37
#[test]
fn a_system_that_speaks_ipv6_tries_it_first() {
    let mut host = dual();
    let six = "2001:db8:ffff::a";
    for (line, start, exit) in [
        ("ssh six curl -m 2 http://example.com/", "Hello from example.com\n".to_owned(), 0),
        ("ssh six curl -sS -4 -m 2 http://example.com/", "curl: (28) Connection timed out after 2000 milliseconds\n".to_owned(), 28),
        ("ssh six curl -s -o /dev/null -w '%{remote_ip}' http://example.com/", six.to_owned(), 0),
        ("ssh six wget -qO- http://example.com/", "Hello from example.com\n".to_owned(), 0),
        ("ssh six ping -c 1 example.com", format!("PING example.com({six} ({six})) 56 data bytes\n64 bytes from {six} ({six}): "), 0),
        ("ssh six ping -4 -W 1 -c 1 example.com", "PING example.com (198.51.100.10) 56(84) bytes of data.\n\n".to_owned(), 1),
        ("ssh six nc -zv example.com 80", format!("Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to {six}:80.\n"), 0),
        ("ssh six tracepath -m 13 example.com", " 1?: [LOCALHOST]                        0.009ms pmtu 9001\n 1:  ".to_owned(), 0),
        ("ssh six traceroute -m 1 example.com", "traceroute to example.com (198.51.100.10), 1 hops max, 60 byte packets\n".to_owned(), 0),
        ("ssh six traceroute -6 -n example.com", format!("traceroute to example.com ({six}), 30 hops max, 80 byte packets\n"), 0),
        ("ssh six getent hosts example.com", format!("{six} example.com\n"), 0),
        ("ssh six host example.com", format!("example.com has address 198.51.100.10\nexample.com has IPv6 address {six}\n"), 0),
        // Who has no address of IPv6 does not try it, though the name leads there, too.
        ("ssh four curl -sS -m 2 http://example.com/", "curl: (28) Connection timed out after 2000 milliseconds\n".to_owned(), 28),
        ("ssh four ping -W 1 -c 1 example.com", "PING example.com (198.51.100.10) 56(84) bytes of data.\n\n".to_owned(), 1),
        (
            "ssh four nc -zv -6 example.com 80",
            "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Network is unreachable.\n".to_owned(),
            1,
        ),
        ("ssh four getent hosts example.com", format!("{six} example.com\n"), 0),
    ] {
        let (text, ended) = asked(&mut host, line);
        assert!(text.starts_with(&start) && ended == exit, "{line}: {ended} {text}");
    }
    let (text, exit) = asked(&mut host, "ssh six ping -6 -c 2 -W 1 -M do -s 2000 example.com");
    let told = format!("PING example.com({six} ({six})) 2000 data bytes\nFrom fe80::1%ens5 icmp_seq=1 Packet too big: mtu=1500\n");
    assert!(text.starts_with(&told) && text.ends_with("ping: local error: message too long, mtu: 1500\n") && exit == 1, "{text}");
    assert!(asked(&mut host, "ssh six traceroute -6 -n example.com").0.contains(&format!("\n13  {six}  41.180 ms")));
}

// rules: G8 G14
#[test]
fn where_one_family_has_no_way_the_other_is_tried() {
    let mut host = dual();
    // The way out is over IPv4 now.
    let turned = "T=$(aws ec2 describe-route-tables --query 'RouteTables[0].RouteTableId' --output text)
V=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
I=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $I --vpc-id $V
aws ec2 delete-route --route-table-id $T --destination-ipv6-cidr-block ::/0
X=$(aws ec2 create-route --route-table-id $T --destination-cidr-block 0.0.0.0/0 --gateway-id $I)
A=$(aws ec2 allocate-address --query AllocationId --output text)
N=$(aws ec2 describe-network-interfaces --filters Name=private-ip-address,Values=10.0.1.6 --query 'NetworkInterfaces[0].NetworkInterfaceId' --output text)
X=$(aws ec2 associate-address --allocation-id $A --network-interface-id $N)";
    assert_eq!(asked(&mut host, turned), (String::new(), 0));
    let trying = "* Host example.com:80 was resolved.\n* IPv6: 2001:db8:ffff::a\n* IPv4: 198.51.100.10\n*   Trying [2001:db8:ffff::a]:80...\n*   Trying 198.51.100.10:80...\n";
    let before = host.scenario().unwrap().clock;
    let (text, exit) = asked(&mut host, "ssh six curl -sv -m 2 http://example.com/");
    assert!(text.contains(trying) && text.starts_with("Hello from example.com\n") && exit == 0, "{text}");
    assert!(
        (200..400).contains(&(host.scenario().unwrap().clock.since(before).as_millis())),
        "a fifth of a second is waited for the first family"
    );
    let tried =
        "Ncat: Connection to 2001:db8:ffff::a failed: TIMEOUT.\nNcat: Trying next address...\nNcat: Connected to 198.51.100.10:80.\n";
    assert!(asked(&mut host, "ssh six nc -zv -w 1 example.com 80").0.contains(tried));
    assert_eq!(asked(&mut host, "ssh six wget -qO- -T 1 http://example.com/"), ("Hello from example.com\n".to_owned(), 0));
    // ping takes the first address and no other.
    assert_eq!(asked(&mut host, "ssh six ping -c 1 -W 1 example.com").1, 1);
}

// rules: L12 L14
#[test]
fn where_nobody_resolves_names_that_is_another_fault() {
    let mut host = region();
    let off =
        "aws ec2 modify-vpc-attribute --vpc-id $(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text) --no-enable-dns-support";
    assert_eq!(asked(&mut host, off).1, 0);
    for (line, wanted, exit, took) in [
        ("ping -c 1 example.com", "ping: example.com: Temporary failure in name resolution\n", 2, 10),
        (
            "nc -z example.com 80",
            "Ncat: Could not resolve hostname \"example.com\": Temporary failure in name resolution. QUITTING.\n",
            2,
            10,
        ),
        ("tracepath example.com", "tracepath: example.com: Temporary failure in name resolution\n", 1, 10),
        ("curl -sS http://example.com", "curl: (6) Could not resolve host: example.com\n", 6, 10),
        ("curl -sS -m 3 http://example.com", "curl: (28) Resolving timed out after 3000 milliseconds\n", 28, 3),
        (
            "host example.com",
            ";; communications error to 172.31.0.2#53: timed out\n;; communications error to 172.31.0.2#53: timed out\n;; no servers could be reached\n",
            1,
            0,
        ),
    ] {
        let before = host.scenario().unwrap().clock;
        assert_eq!(asked(&mut host, &format!("ssh web {line}")), (wanted.to_owned(), exit), "{line}");
        assert_eq!(host.scenario().unwrap().clock.since(before).as_millis() / 1_000, took, "{line}");
    }
}
