//! `tracepath`, `nslookup`, `wget`, `curl -v`, `nc -u` and `cat` on instances: they print what the real ones print.
#![allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Lone, Shell, Stream};

/// What a line prints on one stream, and how it ends.
fn on(host: &mut Lone, stream: Stream, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let printed = shell.run(host, line).into_iter().filter(|(own, _)| *own == stream);
    let text = printed.map(|(_, text)| text).collect();
    (text, shell.status())
}

fn out(host: &mut Lone, line: &str) -> (String, u8) {
    on(host, Stream::Out, line)
}

fn error(host: &mut Lone, line: &str) -> (String, u8) {
    on(host, Stream::Err, line)
}

/// `app` behind a NAT gateway, and `web` in the public subnet, with a group that lets nothing in and everything out.
fn region() -> Lone {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let made = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
X=$(aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC)
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
X=$(aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW)
X=$(aws ec2 associate-route-table --route-table-id $RTB --subnet-id $PUBLIC)
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --private-ip-address 10.0.1.4 --query NatGateway.NatGatewayId --output text)
aws ec2 wait nat-gateway-available --nat-gateway-ids $NAT
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
X=$(aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT)
X=$(aws ec2 associate-route-table --route-table-id $RTB --subnet-id $PRIVATE)
SG=$(aws ec2 create-security-group --group-name app --description app --vpc-id $VPC --query GroupId --output text)
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $PRIVATE --security-group-ids $SG --private-ip-address 10.0.2.10 \
--tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=app}]')
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $PUBLIC --security-group-ids $SG --private-ip-address 10.0.1.10 \
--tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]')
wait 60s
";
    assert_eq!(out(&mut host, made), (String::new(), 0));
    host
}

/// Lets a protocol into the group from everywhere.
fn let_in(host: &mut Lone, permission: &str) {
    let line = format!(
        "X=$(aws ec2 authorize-security-group-ingress --group-id sg-00000000000000002 --ip-permissions \
'{permission},IpRanges=[{{CidrIp=0.0.0.0/0}}]')"
    );
    assert_eq!(error(host, &line), (String::new(), 0));
}

/// A line of `tracepath`.
fn hop(number: usize, host: &str, behind: &str) -> String {
    format!("{number:2}:  {host:<51} {behind}\n")
}

fn silent(from: usize, to: usize) -> String {
    (from..=to).map(|number| format!("{number:2}:  no reply\n")).collect()
}

// rules: G22 E93 S35 S47
#[test]
fn tracepath_finds_how_long_a_packet_may_be() {
    let mut host = region();
    let begin = format!(" 1?: {:<32} pmtu 9001\n", "[LOCALHOST]");
    // Inside, nothing makes packets shorter; nobody is seen where the group lets nobody in.
    let nobody = format!("{begin}{}     Too many hops: pmtu 9001\n     Resume: pmtu 9001 \n", silent(1, 4));
    assert_eq!(out(&mut host, "ssh app tracepath -m 4 10.0.1.10"), (nobody.clone(), 0));
    // The router tells twice: for the NAT gateway, and for the internet gateway behind it. A tracked flow is told of without a rule.
    let router = |name: &str| hop(1, name, "  0.512ms pmtu 8500") + &hop(1, name, "  0.512ms pmtu 1500");
    let gateway = hop(1, "ip-10-0-1-4.ec2.internal", "  0.512ms ");
    let end = |name: &str| hop(14, name, " 41.180ms reached") + "     Resume: pmtu 1500 hops 14 back 14 \n";
    let whole = format!("{begin}{}{gateway}{}{}", router("10.0.2.1"), silent(2, 13), end("8.8.8.8"));
    assert_eq!(out(&mut host, "ssh app tracepath 8.8.8.8").0, whole);
    // Shorter ones never meet the gateway's limit.
    let short =
        format!(" 1?: {:<32} pmtu 1400\n{gateway}{}     Too many hops: pmtu 1400\n     Resume: pmtu 1400 \n", "[LOCALHOST]", silent(2, 3));
    assert_eq!(out(&mut host, "ssh app tracepath -l 1400 -m 3 8.8.8.8").0, short);
    // With all UDP let in the flow is untracked, and nothing lets the router's word in: a black hole.
    let_in(&mut host, "IpProtocol=udp,FromPort=0,ToPort=65535");
    let hole = format!("{begin}{gateway}{}     Too many hops: pmtu 9001\n     Resume: pmtu 9001 \n", silent(2, 3));
    assert_eq!(out(&mut host, "ssh app tracepath -m 3 8.8.8.8").0, hole);
    // Nor what the end says: that nobody waits on the port.
    assert_eq!(out(&mut host, "ssh app tracepath -m 4 10.0.1.10"), (nobody, 0));
    let_in(&mut host, "IpProtocol=icmp,FromPort=3,ToPort=3");
    let near = |name: &str| format!("{begin}{}     Resume: pmtu 9001 hops 1 back 1 \n", hop(1, name, "  0.512ms reached"));
    assert_eq!(out(&mut host, "ssh app tracepath 10.0.1.10").0, near("ip-10-0-1-10.ec2.internal"));
    assert_eq!(out(&mut host, "ssh app tracepath -n 10.0.1.10").0, near("10.0.1.10"));
    assert_eq!(out(&mut host, "ssh app tracepath -b 10.0.1.10").0, near("ip-10-0-1-10.ec2.internal (10.0.1.10)"));
    // A rule cures it.
    let_in(&mut host, "IpProtocol=icmp,FromPort=3,ToPort=4");
    assert_eq!(out(&mut host, "ssh app tracepath 8.8.8.8").0, whole);
    assert_eq!(error(&mut host, "ssh app tracepath nobody.example").1, 1);
    assert_eq!(error(&mut host, "ssh app tracepath -l 10 8.8.8.8").1, 1);
}

// rules: G14 L13
#[test]
fn nslookup_asks_for_names_and_for_addresses() {
    let mut host = region();
    let head = "Server:\t\t10.0.0.2\nAddress:\t10.0.0.2#53\n\n";
    for (line, wanted, exit) in [
        (
            "example.com",
            format!(
                "{head}Non-authoritative answer:\nName:\texample.com\nAddress: 198.51.100.10\nName:\texample.com\nAddress: 2001:db8:ffff::a\n\n"
            ),
            0,
        ),
        ("-type=a example.com", format!("{head}Non-authoritative answer:\nName:\texample.com\nAddress: 198.51.100.10\n\n"), 0),
        (
            "example.com 10.0.0.2",
            format!(
                "{head}Non-authoritative answer:\nName:\texample.com\nAddress: 198.51.100.10\nName:\texample.com\nAddress: 2001:db8:ffff::a\n\n"
            ),
            0,
        ),
        ("-type=MX example.com", format!("{head}*** Can't find example.com: No answer\n\n"), 0),
        (
            "10.0.1.10",
            "10.1.0.10.in-addr.arpa\tname = ip-10-0-1-10.ec2.internal.\n\nAuthoritative answers can be found from:\n\n".to_owned(),
            0,
        ),
    ] {
        assert_eq!(out(&mut host, &format!("ssh app nslookup {line}")), (wanted, exit), "{line}");
    }
    let (text, exit) = out(&mut host, "ssh app nslookup nothing.example");
    assert!(text.starts_with(&format!("{head}** server can't find nothing.example: NXDOMAIN\n\n")) && exit == 1, "{text}");
    let lost = ";; communications error to 8.8.4.4#53: timed out\n".repeat(3) + ";; no servers could be reached\n\n";
    assert_eq!(out(&mut host, "ssh app nslookup example.com 8.8.4.4"), (lost, 1));
    assert_eq!(error(&mut host, "ssh app nslookup").1, 1);
    assert_eq!(out(&mut host, "ssh app cat /etc/resolv.conf"), ("nameserver 10.0.0.2\nsearch ec2.internal\n".to_owned(), 0));
    assert_eq!(error(&mut host, "ssh app cat /etc/hosts").1, 1);
}

// rules: S2 S32
#[test]
fn pages_are_fetched_in_silence_or_with_every_step_told() {
    let mut host = region();
    let_in(&mut host, "IpProtocol=tcp,FromPort=80,ToPort=81");
    assert_eq!(out(&mut host, "ssh web listen tcp 80").1, 0);
    assert_eq!(out(&mut host, "ssh app wget -qO- http://10.0.1.10/"), ("Hello from web\n".to_owned(), 0));
    assert_eq!(out(&mut host, "ssh app wget -q -O /dev/null http://10.0.1.10/"), (String::new(), 0));
    // Refused, without an answer, without a name: one exit code for all of the network.
    for (line, exit) in [("http://10.0.1.10:81/", 4), ("-T 1 http://10.0.1.10:82/", 4), ("http://nobody.example/", 4)] {
        assert_eq!(out(&mut host, &format!("ssh app wget -qO- {line}")), (String::new(), exit), "{line}");
    }
    assert_eq!(out(&mut host, "ssh app wget -qO- http://169.254.169.254/latest/meta-data/nothing").1, 8);
    assert_eq!(error(&mut host, "ssh app wget http://10.0.1.10/").1, 2);

    let told = "*   Trying 10.0.1.10:80...
* Connected to 10.0.1.10 (10.0.1.10) port 80
* using HTTP/1.x
> GET / HTTP/1.1
> Host: 10.0.1.10
> User-Agent: curl/8.11.1
> Accept: */*
> X: y
> 
* Request completely sent off
< HTTP/1.1 200 OK
< 
* Connection #0 to host 10.0.1.10 left intact
";
    assert_eq!(error(&mut host, "ssh app curl -v -H 'X: y' http://10.0.1.10/"), (told.to_owned(), 0));
    assert_eq!(out(&mut host, "ssh app curl -sv http://10.0.1.10/").0, "Hello from web\n");
    let (text, exit) = error(&mut host, "ssh app curl -sv http://10.0.1.10:81/");
    assert!(text.starts_with("*   Trying 10.0.1.10:81...\n* Failed to connect to 10.0.1.10 port 81 after ") && exit == 7, "{text}");
    let (text, _) = error(&mut host, "ssh app curl -v http://example.com");
    assert!(
        text.starts_with(
            "* Host example.com:80 was resolved.\n* IPv6: 2001:db8:ffff::a\n* IPv4: 198.51.100.10\n*   Trying 198.51.100.10:80...\n"
        ),
        "{text}"
    );
}

#[test]
fn over_udp_nobody_says_that_something_came() {
    let mut host = region();
    let sent = "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 10.0.1.10:53.\nNcat: UDP packet sent successfully\n\
Ncat: 1 bytes sent, 0 bytes received in 2.00 seconds.\n";
    assert_eq!(out(&mut host, "ssh app nc -uzv 10.0.1.10 53"), (sent.to_owned(), 0));
    assert_eq!(out(&mut host, "ssh app nc -uz 10.0.1.10 53"), (String::new(), 0));
}

// rules: P-I5 S47
#[test]
fn over_udp_a_system_says_that_nobody_waits() {
    let mut host = region();
    let open =
        "SG=$(aws ec2 describe-security-groups --filters Name=group-name,Values=app --query 'SecurityGroups[0].GroupId' --output text)
X=$(aws ec2 authorize-security-group-ingress --group-id $SG --protocol udp --port 0-65535 --source-group $SG)";
    assert_eq!(out(&mut host, open), (String::new(), 0));
    let refused = "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.\n";
    assert_eq!(error(&mut host, "ssh app nc -uzv 10.0.1.10 53"), (refused.to_owned(), 1));
    let traced = |lines: &str| format!("traceroute to 10.0.1.10 (10.0.1.10), 2 hops max, 60 byte packets\n{lines}");
    let stars = " 1  * * *\n 2  * * *\n";
    let end = " 1  ip-10-0-1-10.ec2.internal (10.0.1.10)  0.512 ms  0.498 ms  0.505 ms\n";
    assert_eq!(out(&mut host, "ssh app traceroute -m 2 10.0.1.10"), (traced(end), 0));
    assert!(out(&mut host, "ssh app tracepath -n -m 2 10.0.1.10").0.contains(&hop(1, "10.0.1.10", "  0.512ms reached")));
    // A network ACL that takes UDP and not ICMP back keeps it from being heard; ports where somebody waits answer.
    let acl = "ACL=$(aws ec2 describe-network-acls --query 'NetworkAcls[0].NetworkAclId' --output text)
for ACL in $(aws ec2 describe-network-acls --query 'NetworkAcls[].NetworkAclId' --output text); do aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 50 --protocol icmp --icmp-type-code Type=3,Code=-1 --cidr-block 0.0.0.0/0 --rule-action deny; done";
    assert_eq!(out(&mut host, acl).1, 0);
    assert_eq!(out(&mut host, "ssh app nc -uz 10.0.1.10 53"), (String::new(), 0));
    assert_eq!(out(&mut host, "ssh app traceroute -m 2 10.0.1.10"), (traced(stars), 0));
    assert_eq!(out(&mut host, "ssh app traceroute -m 2 -T 10.0.1.10").0.lines().count(), 3);
}
