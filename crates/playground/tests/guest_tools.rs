//! `ip`, `ss`, `hostname` and `traceroute` on instances: what the system on them knows of itself.
#![allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Lone, Shell};

/// What a line prints, and how it ends.
fn asked(host: &mut Lone, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

/// `web` with two interfaces in two subnets, the second one with a secondary address; the image decides how its system routes.
fn region(image: u8, kind: &str) -> Lone {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let made = format!(
        "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
X=$(aws ec2 run-instances --image-id ami-0000000000000000{image} --instance-type {kind} --subnet-id $ONE --private-ip-address 10.0.2.10 \
--tag-specifications 'ResourceType=instance,Tags=[{{Key=Name,Value=web}}]')
ENI=$(aws ec2 create-network-interface --subnet-id $TWO --private-ip-address 10.0.1.20 --query NetworkInterface.NetworkInterfaceId --output text)
X=$(aws ec2 assign-private-ip-addresses --network-interface-id $ENI --private-ip-addresses 10.0.1.21)
X=$(aws ec2 attach-network-interface --network-interface-id $ENI --instance-id i-00000000000000001 --device-index 1)
"
    );
    assert_eq!(asked(&mut host, &made), (String::new(), 0));
    host
}

// rules: G15 G1 G5 G6 E62
#[test]
fn ip_shows_interfaces_addresses_routes_and_rules() {
    let mut host = region(1, "t3.micro");
    let before = host.save();
    for (line, wanted) in [
        (
            "ip -br addr",
            "lo               UNKNOWN        127.0.0.1/8 ::1/128 \n\
             ens5             UP             10.0.2.10/24 metric 512 fe80::ff:fe00:1/64 \n\
             ens6             UP             10.0.1.20/24 metric 522 10.0.1.21/24 fe80::ff:fe00:2/64 \n",
        ),
        (
            "ip -4 addr show dev ens6",
            "3: ens6: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9001 qdisc mq state UP group default qlen 1000
    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
    altname enp0s6
    altname eni-00000000000000002
    altname device-number-1.0
    inet 10.0.1.20/24 metric 522 brd 10.0.1.255 scope global dynamic ens6
       valid_lft 3595sec preferred_lft 3595sec
    inet 10.0.1.21/24 brd 10.0.1.255 scope global secondary ens6
       valid_lft forever preferred_lft forever
",
        ),
        (
            "ip route",
            "default via 10.0.2.1 dev ens5 proto dhcp src 10.0.2.10 metric 512
default via 10.0.1.1 dev ens6 proto dhcp src 10.0.1.20 metric 522
10.0.1.0/24 dev ens6 proto kernel scope link src 10.0.1.20 metric 522
10.0.1.1 dev ens6 proto dhcp scope link src 10.0.1.20 metric 522
10.0.2.0/24 dev ens5 proto kernel scope link src 10.0.2.10 metric 512
10.0.2.1 dev ens5 proto dhcp scope link src 10.0.2.10 metric 512
",
        ),
        (
            "ip rule",
            "0:\tfrom all lookup local
10001:\tfrom 10.0.1.20 lookup 10001 proto static
10001:\tfrom 10.0.1.21 lookup 10001 proto static
32766:\tfrom all lookup main
32767:\tfrom all lookup default
",
        ),
        (
            "ip route show table 10001",
            "default via 10.0.1.1 dev ens6 proto dhcp src 10.0.1.20 metric 522
10.0.1.0/24 dev ens6 proto kernel scope link src 10.0.1.20 metric 522
",
        ),
        ("ip neigh", "10.0.2.1 dev ens5 lladdr 02:ff:0a:00:02:01 REACHABLE\n10.0.1.1 dev ens6 lladdr 02:ff:0a:00:01:01 REACHABLE\n"),
        ("ip -br link show ens5", "ens5             UP             02:00:00:00:00:01 <BROADCAST,MULTICAST,UP,LOWER_UP> \n"),
        ("hostname", "ip-10-0-2-10.ec2.internal\n"),
        ("hostname -I", "10.0.2.10 10.0.1.20 10.0.1.21 \n"),
    ] {
        assert_eq!(asked(&mut host, &format!("ssh web {line}")), (wanted.to_owned(), 0), "{line}");
    }
    assert_eq!(host.save(), before);
    for line in ["ip", "ip carrots", "ip route get x", "ip addr show a b", "ss", "ss -x", "hostname -x"] {
        let (text, exit) = asked(&mut host, &format!("ssh web {line}"));
        assert!(text.starts_with("usage: ") && exit == 255, "{line}: {text}");
    }
    let missing = ("Device \"ens9\" does not exist.\n".to_owned(), 1);
    assert_eq!(asked(&mut host, "ssh web ip addr show ens9"), missing);
    assert_eq!(asked(&mut host, "ssh web ip route show table 7").1, 2);
}

// rules: G2 G5 G8 G15
#[test]
fn ip_route_get_says_what_the_judge_does() {
    let get = |host: &mut Lone, what: &str| asked(host, &format!("ssh web ip route get {what}")).0;
    let mut host = region(1, "t3.micro");
    assert_eq!(get(&mut host, "198.51.100.1"), "198.51.100.1 via 10.0.2.1 dev ens5 src 10.0.2.10 uid 1000 \n    cache \n");
    assert_eq!(get(&mut host, "10.0.1.99"), "10.0.1.99 dev ens6 src 10.0.1.20 uid 1000 \n    cache \n");
    assert_eq!(get(&mut host, "10.0.2.10"), "local 10.0.2.10 dev lo src 10.0.2.10 uid 1000 \n    cache <local> \n");
    let bound = "198.51.100.1 from 10.0.1.21";
    let get_bound = "198.51.100.1 from 10.0.1.21";
    assert_eq!(get(&mut host, get_bound), format!("{bound} via 10.0.1.1 dev ens6 table 10001 uid 1000 \n    cache \n"));
    assert_eq!(get(&mut host, "198.51.100.1 from 10.9.9.9"), "RTNETLINK answers: Invalid argument\n");
    // A plain system has one table: the answer from the second interface's address leaves by the first one. Before Nitro its names are others.
    let mut host = region(2, "t2.medium");
    assert_eq!(get(&mut host, "198.51.100.1 from 10.0.1.20"), "198.51.100.1 from 10.0.1.20 via 10.0.2.1 dev eth0 uid 1000 \n    cache \n");
    assert_eq!(
        asked(&mut host, "ssh web ip rule").0,
        "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n"
    );
    asked(&mut host, "ssh web policy-routing on");
    let cured = "198.51.100.1 from 10.0.1.20 via 10.0.1.1 dev eth1 table 10001 uid 1000 \n    cache \n";
    assert_eq!(get(&mut host, "198.51.100.1 from 10.0.1.20"), cured);
}

// rules: E62 G15
#[test]
fn a_secondary_address_is_configured_by_the_name_of_its_interface() {
    let mut host = region(2, "t3.micro");
    let shown = |host: &mut Lone| asked(host, "ssh web ip -4 -br addr show ens6").0;
    assert_eq!(shown(&mut host), "ens6             UP             10.0.1.20/24 metric 200 \n");
    assert_eq!(asked(&mut host, "ssh web sudo ip addr add 10.0.1.21/24 dev ens6"), (String::new(), 0));
    assert_eq!(shown(&mut host), "ens6             UP             10.0.1.20/24 metric 200 10.0.1.21/24 \n");
    assert_eq!(asked(&mut host, "ssh web ip addr del 10.0.1.21 dev eni-00000000000000002"), (String::new(), 0));
    assert_eq!(shown(&mut host), "ens6             UP             10.0.1.20/24 metric 200 \n");
    assert_ne!(asked(&mut host, "ssh web ip addr add 10.0.1.21 dev ens9").1, 0);
}

// rules: G10 G15
#[test]
fn ss_lists_what_waits_on_ports() {
    let mut host = region(1, "t3.micro");
    asked(&mut host, "ssh web listen tcp 8080 on 10.0.2.10; ssh web listen udp 53; ssh web listen tcp 9000-9010");
    let (text, exit) = asked(&mut host, "ssh web ss -tln");
    assert_eq!(text.lines().next(), Some("State   Recv-Q  Send-Q     Local Address:Port    Peer Address:Port  Process"));
    assert!(text.contains("\nLISTEN  0       128              0.0.0.0:22           0.0.0.0:*\n") && exit == 0, "{text}");
    assert!(text.contains("\nLISTEN  0       128            10.0.2.10:8080         0.0.0.0:*\n"), "{text}");
    assert!(
        text.contains("\nLISTEN  0       128                 [::]:22              [::]:*\n"),
        "secure shell waits over both families: {text}"
    );
    assert!(text.contains(":9000-9010 ") && !text.contains(":53 "), "{text}");
    assert_eq!(asked(&mut host, "ssh web ss -ulnH").0, "UNCONN  0       0                0.0.0.0:53           0.0.0.0:*\n");
    assert!(asked(&mut host, "ssh web ss -tuln").0.contains("\nudp   UNCONN  0       0 "));
}

// rules: G16 R33
#[test]
fn traceroute_shows_who_counts_hops() {
    let mut host = Lone::new("us-east-1", false).unwrap();
    let made = "VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
PUBLIC=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 172.31.200.0/24 --query Subnet.SubnetId --output text)
TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
X=$(aws ec2 associate-route-table --route-table-id $TABLE --subnet-id $PRIVATE)
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $PRIVATE --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=app}]')
X=$(aws ec2 run-instances --image-id ami-00000000000000003 --subnet-id $PUBLIC --private-ip-address 172.31.0.9 \
  --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=router}]')
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
X=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --private-ip-address 172.31.0.20)
echo $TABLE";
    let (text, exit) = asked(&mut host, made);
    let table = text.trim_end();
    assert_eq!(exit, 0, "{text}");
    let stars = |from: usize, to: usize| (from..=to).map(|hop| format!("{hop:2}  * * *\n")).collect::<String>();
    let line = |hop: usize, who: &str, times: &str| format!("{hop:2}  {who}  {times}\n");
    let (inside, outside) = ("0.512 ms  0.498 ms  0.505 ms", "41.180 ms  41.022 ms  41.063 ms");
    let head = "traceroute to example.com (198.51.100.10), 30 hops max, 60 byte packets\n";
    // From the public subnet no hop of the VPC is seen.
    let (text, exit) = asked(&mut host, "ssh router traceroute example.com");
    let end = line(13, "198.51.100.10 (198.51.100.10)", outside);
    assert_eq!((text, exit), (format!("{head}{}{end}", stars(1, 12)), 0));
    // Without a way nothing is.
    let nothing = format!("traceroute to 198.51.100.10 (198.51.100.10), 4 hops max, 60 byte packets\n{}", stars(1, 4));
    assert_eq!(asked(&mut host, "ssh app traceroute -m 4 198.51.100.10").0, nothing);
    let route =
        format!("aws ec2 create-route --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-00000000000000001");
    assert_eq!(asked(&mut host, &route).1, 0);
    let through =
        |own: &str| format!("{head}{}{}{}", line(1, own, inside), stars(2, 13), line(14, "198.51.100.10 (198.51.100.10)", outside));
    assert_eq!(asked(&mut host, "ssh app traceroute -I example.com").0, through("ip-172-31-0-20.ec2.internal (172.31.0.20)"));
    // A NAT instance with its check off is a hop as well. Its group must let the packet in.
    let moved = format!(
        "ENI=$(aws ec2 describe-network-interfaces --filters Name=private-ip-address,Values=172.31.0.9 --query 'NetworkInterfaces[0].NetworkInterfaceId' \
--output text)
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --no-source-dest-check
aws ec2 replace-route --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --network-interface-id $ENI"
    );
    assert_eq!(asked(&mut host, &moved).1, 0);
    // With -n an address stands alone.
    let numeric = through("172.31.0.9").replace("198.51.100.10 (198.51.100.10)  41", "198.51.100.10  41");
    assert_eq!(asked(&mut host, "ssh app traceroute -n example.com").0, numeric);
    let near = "traceroute to 172.31.0.9 (172.31.0.9), 30 hops max, 60 byte packets\n";
    let one = format!("{near}{}", line(1, "ip-172-31-0-9.ec2.internal (172.31.0.9)", inside));
    assert_eq!(asked(&mut host, "ssh app traceroute -T -p 22 172.31.0.9").0, one);
    assert_eq!(asked(&mut host, "ssh app traceroute").1, 2);
}
