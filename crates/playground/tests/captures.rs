//! Captures: files that another reader of pcapng understands, and lines as tcpdump prints them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::scenario::load;
use eni_playground::shell::{Lone, Shell, Stream};
use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use pcap_file::pcapng::blocks::enhanced_packet::EnhancedPacketOption;
use pcap_file::pcapng::blocks::interface_description::InterfaceDescriptionOption;
use pcap_file::pcapng::{Block, PcapNgReader};
use support::{open, seconds};

/// A packet of a file: its interface, time, comment, whether it came in, and bytes.
struct Kept {
    interface: String,
    nanos: u64,
    comment: String,
    inbound: bool,
    bytes: Vec<u8>,
}

/// What a reader of pcapng finds in a file.
fn read(file: &[u8]) -> Vec<Kept> {
    let mut reader = PcapNgReader::new(file).unwrap();
    let (mut names, mut all) = (Vec::new(), Vec::new());
    while let Some(block) = reader.next_block() {
        match block.unwrap() {
            Block::InterfaceDescription(interface) => {
                let name = interface.options.iter().find_map(|option| match option {
                    InterfaceDescriptionOption::IfName(name) => Some(name.to_string()),
                    _ => None,
                });
                assert!(interface.options.contains(&InterfaceDescriptionOption::IfTsResol(9)), "nanoseconds");
                names.push(name.unwrap());
            }
            Block::EnhancedPacket(packet) => {
                let comment = packet.options.iter().find_map(|option| match option {
                    EnhancedPacketOption::Comment(text) => Some(text.to_string()),
                    _ => None,
                });
                let inbound = packet.options.contains(&EnhancedPacketOption::Flags(1));
                assert_eq!(packet.original_len as usize, packet.data.len(), "nothing is cut");
                all.push(Kept {
                    interface: names[packet.interface_id as usize].clone(),
                    nanos: packet.timestamp.as_nanos() as u64,
                    comment: comment.unwrap(),
                    inbound,
                    bytes: packet.data.to_vec(),
                });
            }
            other => panic!("{other:?}"),
        }
    }
    all
}

/// Lengths and checksums are right; what is above IP.
fn check(bytes: &[u8]) -> String {
    let packet = SlicedPacket::from_ethernet(bytes).unwrap();
    let (source, destination) = match packet.net.as_ref().unwrap() {
        NetSlice::Ipv4(ip) => {
            let header = ip.header();
            assert_eq!(header.header_checksum(), header.to_header().calc_header_checksum());
            assert_eq!(usize::from(header.total_len()) + 14, bytes.len());
            (header.source_addr().to_string(), header.destination_addr().to_string())
        }
        NetSlice::Ipv6(ip) => {
            assert_eq!(usize::from(ip.header().payload_length()) + 54, bytes.len());
            (ip.header().source_addr().to_string(), ip.header().destination_addr().to_string())
        }
        other => panic!("{other:?}"),
    };
    let above = match packet.transport.as_ref().unwrap() {
        TransportSlice::Tcp(tcp) => {
            let header = tcp.to_header();
            let sum = match packet.net.as_ref().unwrap() {
                NetSlice::Ipv4(ip) => header.calc_checksum_ipv4(&ip.header().to_header(), tcp.payload()).unwrap(),
                NetSlice::Ipv6(ip) => header.calc_checksum_ipv6(&ip.header().to_header(), tcp.payload()).unwrap(),
                other => panic!("{other:?}"),
            };
            assert_eq!(tcp.checksum(), sum);
            format!("tcp {}>{}", tcp.source_port(), tcp.destination_port())
        }
        TransportSlice::Udp(udp) => format!("udp {}>{}", udp.source_port(), udp.destination_port()),
        TransportSlice::Icmpv4(icmp) => {
            assert!(icmp.header().checksum != 0);
            let mut again = icmp.header();
            again.update_checksum(icmp.payload());
            assert_eq!(again.checksum, icmp.checksum());
            format!("icmp {}", icmp.type_u8())
        }
        TransportSlice::Icmpv6(icmp) => format!("icmp6 {} {}", icmp.type_u8(), icmp.slice().len()),
        other => panic!("{other:?}"),
    };
    format!("{source}>{destination} {above}")
}

/// The first scene, with its two clients, as `eni run` has it.
fn scene() -> Lone {
    Lone::of(load(open("").document().as_bytes()).unwrap().0)
}

fn typed(host: &mut Lone, line: &str) -> (String, String, u8) {
    let mut shell = Shell::new();
    let (out, error): (Vec<_>, Vec<_>) = shell.run(host, line).into_iter().partition(|(stream, _)| *stream == Stream::Out);
    let text = |pieces: Vec<(Stream, String)>| pieces.into_iter().map(|(_, text)| text).collect::<String>();
    (text(out), text(error), shell.status())
}

// rule: P-E7
#[test]
fn another_reader_finds_the_same_conversation_at_both_ends() {
    let mut session = open("");
    session.advance(seconds(1));
    let (name, file) = session.capture("").unwrap();
    assert_eq!(name, "Low-budget-high-availability.pcapng");
    let all = read(&file);
    assert!(all.len() > 60, "{}", all.len());
    assert!(all.windows(2).all(|pair| pair[0].nanos <= pair[1].nanos), "in the order of their times");
    assert_eq!(all[0].nanos, 1_767_225_600_000_000_000, "virtual zero is the beginning of 2026");
    // ops-1 opens a connection to svc: out of one ENI, into the other, and back.
    let first: Vec<String> = all
        .iter()
        .filter(|kept| check(&kept.bytes).contains("50217"))
        .take(4)
        .map(|kept| {
            let name = kept.interface.split_once(" (").map_or(kept.interface.as_str(), |(_, name)| name.trim_end_matches(')'));
            format!("{name} {} {} | {}", if kept.inbound { "in" } else { "out" }, check(&kept.bytes), kept.comment)
        })
        .collect();
    assert_eq!(
        first,
        [
            "ops-1-main out 10.0.12.40>10.0.1.20 tcp 50217>443 | svc got this packet",
            "svc in 10.0.12.40>10.0.1.20 tcp 50217>443 | svc got this packet",
            "svc out 10.0.1.20>10.0.12.40 tcp 443>50217 | ops-1 got this packet",
            "ops-1-main in 10.0.1.20>10.0.12.40 tcp 443>50217 | ops-1 got this packet",
        ]
    );
    all.iter().for_each(|kept| _ = check(&kept.bytes));
}

#[test]
fn where_nothing_was_sent_there_is_no_file() {
    let mut host = Lone::new("us-east-1", true).unwrap();
    typed(&mut host, "wait 1s");
    assert!(host.capture(None).is_none());
    let mut host = scene();
    typed(&mut host, "wait 1s");
    assert!(host.capture(None).is_some());
}

// rules: S3 F7
#[test]
fn a_lost_packet_says_why_and_a_guest_does_not_see_it() {
    // ops-1 asks on, what the group of svc does not let in; its own guest sees what it sends.
    let mut session = open("");
    let asking = Asking {
        from: "ops-1".to_owned(),
        to: "10.0.1.20".to_owned(),
        protocol: "icmp".to_owned(),
        every_ms: 500,
        timeout_ms: 400,
        ..Asking::default()
    };
    assert!(session.execute(&Act::Scene(SceneAct::AddClient(asking))).result.is_ok());
    let mut host = Lone::of(load(session.document().as_bytes()).unwrap().0);
    let (there, ..) = typed(&mut host, "ssh web-1 timeout 2 tcpdump -ni ens6 icmp");
    assert_eq!(there, "", "a group keeps it from the guest");
    let (here, ..) = typed(&mut host, "ssh ops-1 timeout 2 tcpdump -ni ens5 icmp");
    assert!(here.lines().count() == 4 && here.contains(" IP 10.0.12.40 > 10.0.1.20: ICMP echo request, id "), "{here}");
    let all = read(&host.capture(None).unwrap());
    let lost: Vec<&Kept> = all.iter().filter(|kept| check(&kept.bytes).ends_with("icmp 8")).collect();
    assert_eq!(lost[..2].iter().map(|kept| kept.inbound).collect::<Vec<_>>(), [false, true], "out of ops-1, and up to svc");
    assert!(lost.iter().all(|kept| kept.comment.ends_with("[ENI_SG_RULES_MISMATCH]")), "{}", lost[0].comment);
}

#[test]
fn of_one_interface_alone_there_is_nothing_of_another() {
    let mut host = scene();
    typed(&mut host, "wait 1s");
    let id = host.network().enis().find(|eni| eni.tags.get("Name").is_some_and(|name| name == "svc")).unwrap().id;
    let all = read(&host.capture(Some(id)).unwrap());
    assert!(all.len() > 40 && all.iter().all(|kept| kept.interface == format!("{id} (svc)")));
    assert_eq!(host.eni(&id.to_string()), Ok(id));
    assert!(host.eni("eni-0").is_err());
}

// The lines were compared with those of tcpdump 4.99.3 (`tcpdump -nr`) on the file of the same packets: they are the same.
#[test]
fn tcpdump_prints_what_crosses_an_interface() {
    let (text, error, exit) = typed(&mut scene(), "ssh web-1 sudo tcpdump -ni ens6 -c 6");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for line in &mut lines[..2] {
        // Where a connection begins its numbers are whatever the seed makes them.
        let head = line.split("seq ").next().unwrap().to_owned();
        *line = head + line.rsplit_once(", win").unwrap().1;
    }
    assert_eq!(
        lines,
        [
            "00:00:00.000600 IP 10.0.12.40.50217 > 10.0.1.20.443: Flags [S],  62727, length 0",
            "00:00:00.000600 IP 10.0.1.20.443 > 10.0.12.40.50217: Flags [S.],  62727, length 0",
            "00:00:00.001800 IP 10.0.12.40.50217 > 10.0.1.20.443: Flags [.], ack 1, win 62727, length 0",
            "00:00:00.001800 IP 10.0.12.40.50217 > 10.0.1.20.443: Flags [P.], seq 1:513, ack 1, win 62727, length 512",
            "00:00:00.001800 IP 10.0.1.20.443 > 10.0.12.40.50217: Flags [P.], seq 1:513, ack 513, win 62727, length 512",
            "00:00:00.003000 IP 10.0.12.40.50217 > 10.0.1.20.443: Flags [F.], seq 513, ack 513, win 62727, length 0",
        ]
    );
    assert!(error.contains("listening on ens6, link-type EN10MB (Ethernet)") && error.contains("6 packets captured\n"), "{error}");
    assert_eq!(exit, 0);
}

#[test]
fn tcpdump_shows_names_links_and_all_interfaces_where_it_is_told_to() {
    for (line, start, holds) in [
        ("tcpdump -i any -c 1 dst port https", "ens6  In  IP ", " > ip-10-0-1-20.ec2.internal.https: Flags [S]"),
        (
            "tcpdump -nei ens6 -c 1",
            "02:ff:0a:00:01:01 > 02:00:00:00:00:05, ethertype IPv4 (0x0800), length 54: ",
            " > 10.0.1.20.443: Flags [S]",
        ),
        (
            "tcpdump -nei any -c 1 dst port 443",
            "ens6  In  ifindex 3 02:ff:0a:00:01:01 ethertype IPv4 (0x0800), length 60: ",
            " > 10.0.1.20.443: Flags [S]",
        ),
        ("tcpdump -ni ens6 -c 1 src net 10.0.1.0/24", "IP 10.0.1.20.443 > ", "Flags [S.]"),
    ] {
        let (text, ..) = typed(&mut scene(), &format!("ssh web-1 {}", line.replacen("tcpdump", "tcpdump -t", 1)));
        assert!(text.starts_with(start) && text.contains(holds) && text.lines().count() == 1, "{line}: {text}");
    }
}

#[test]
fn tcpdump_ends_when_it_has_seen_enough_or_its_time_is_over() {
    // Nobody asks web-2.
    for (line, exit, took) in
        [("tcpdump -ni ens5", 0, 10_000), ("tcpdump -ni ens5 -c 3", 0, 60_000), ("timeout 2 tcpdump -ni ens5", 124, 2_000)]
    {
        let mut host = scene();
        let (text, error, ended) = typed(&mut host, &format!("ssh web-2 {line}"));
        let clock = load(host.save().as_bytes()).unwrap().0.clock.as_nanos() / 1_000_000;
        assert_eq!((text.as_str(), ended, clock), ("", exit, took), "{line}");
        assert!(error.contains("0 packets captured"), "{error}");
    }
}

#[test]
fn what_tcpdump_cannot_do_it_says() {
    for (line, says) in [
        ("tcpdump -i ens9", "ens9: No such device exists"),
        ("tcpdump port", "tcpdump: can't parse filter expression: syntax error\n(at its end)\nusage: tcpdump"),
        ("tcpdump tcp udp", "tcpdump: can't parse filter expression: syntax error\n(at “udp”)\n"),
        ("tcpdump host 10.0.0.300", "tcpdump: invalid IPv4 address '10.0.0.300'\n"),
        ("tcpdump port 80 or 99999", "tcpdump: illegal port number 99999 > 65535\n"),
        ("tcpdump vlan 5", "tcpdump: “vlan” is a filter, and not played here."),
        ("tcpdump -w file", "usage: tcpdump"),
        ("tcpdump -c 0", "usage: tcpdump"),
        ("timeout tcpdump", "usage: timeout"),
    ] {
        let (text, error, exit) = typed(&mut scene(), &format!("ssh web-1 {line}"));
        assert!(text.is_empty() && error.contains(says) && exit != 0, "{line}: {error} {exit}");
    }
}

// rules: E72 I7
#[test]
fn packets_of_ipv6_are_twenty_bytes_longer() {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let script = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
BLOCK=$(aws ec2 describe-vpcs --vpc-ids $VPC --query 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock' --output text)
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --ipv6-cidr-block ${BLOCK%/56}/64 --query Subnet.SubnetId --output text)
for NAME in a b; do
  I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --ipv6-address-count 1 --tag-specifications \"ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]\" --query 'Instances[0].InstanceId' --output text)
done
B=$(aws ec2 describe-instances --instance-ids $I --query 'Reservations[0].Instances[0].NetworkInterfaces[0].Ipv6Addresses[0].Ipv6Address' --output text)
X=$(aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/logs --max-aggregation-interval 60)
ssh a ping -6 -c 1 $B
ssh b listen tcp 80
ssh a curl -s -m 2 http://[$B]/
wait 1s
";
    let (text, error, _) = typed(&mut host, script);
    assert!(text.contains("1 received") && error.is_empty(), "{text} {error}");
    let (logs, ..) = typed(&mut host, "wait 60s\nflow-logs");
    let echoes: Vec<&str> = logs.lines().filter(|line| line.contains(" 0 0 58 ")).collect();
    assert!(echoes.len() == 4 && echoes.iter().all(|line| line.contains(" 58 1 104 ")), "a packet of 104 bytes each: {logs}");
    let all = read(&host.capture(None).unwrap());
    let lengths: Vec<(String, usize)> =
        all.iter().map(|kept| (check(&kept.bytes).rsplit(' ').nth(1).unwrap().to_owned(), kept.bytes.len())).collect();
    assert_eq!(lengths[0], ("128".to_owned(), 14 + 40 + 64));
    let bare = lengths.iter().filter(|(kind, length)| kind == "tcp" && *length == 14 + 40 + 20);
    assert_eq!(bare.count(), 12, "six packets of TCP without a payload, each at both ENIs");
    assert!(lengths.iter().any(|(kind, length)| kind == "tcp" && *length == 14 + 60 + 512), "{lengths:?}");
}

/// Runs a program of this machine on a file; `None`, told in plain sight, where it is missing.
fn read_by(program: &str, arguments: &[&str], file: &[u8]) -> Option<String> {
    let path = std::env::temp_dir().join(format!("eni-{program}-{}-{}.pcapng", std::process::id(), file.len()));
    std::fs::write(&path, file).unwrap();
    let output = std::process::Command::new(program).arg("-r").arg(&path).args(arguments).env("TZ", "UTC").output();
    std::fs::remove_file(&path).unwrap();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(_) => {
            eprintln!("skipped: `{program}` is not installed");
            None
        }
    }
}

/// A host behind a NAT gateway speaks to the internet: TCP, UDP and echoes over IPv4, echoes and TCP over IPv6; and knocks where it is not let in.
const SPEAKS: &str = "\
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --ipv6-cidr-block 2001:db8:0:101::/64 --query Subnet.SubnetId --output text)
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query 'RouteTables[0].RouteTableId' --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW
OWN=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $OWN --subnet-id $PRIVATE
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
SG=$(aws ec2 create-security-group --group-name quiet --description quiet --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-egress --group-id $SG --ip-permissions 'IpProtocol=-1,Ipv6Ranges=[{CidrIpv6=::/0}]'
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $PRIVATE --security-group-ids $SG \
    --ipv6-addresses Ipv6Address=2001:db8:0:101::10 --private-ip-address 10.0.2.10 --query 'Instances[0].InstanceId' --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $PRIVATE --security-group-ids $SG \
    --private-ip-address 10.0.2.11 --query 'Instances[0].InstanceId' --output text)
wait 3m
aws ec2 create-route --route-table-id $OWN --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT
aws ec2 create-route --route-table-id $OWN --destination-ipv6-cidr-block ::/0 --gateway-id $IGW
ssh $A ping -c 2 198.51.100.7
ssh $A curl -m 5 http://198.51.100.7/
ssh $A nc -u -z -w 1 198.51.100.7 53
ssh $A ping -c 1 2001:db8:ffff::7
ssh $A curl -m 5 http://[2001:db8:ffff::7]/
ssh $A nc -z -w 1 10.0.2.11 22
";

#[test]
fn tshark_shows_the_same_conversation_at_each_interface() {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let (_, error, _) = typed(&mut host, SPEAKS);
    let file = host.capture(None).unwrap();
    let mine = read(&file);
    let fields = "frame.interface_name frame.comment ip.src ipv6.src ip.dst ipv6.dst ip.proto tcp.srcport tcp.dstport udp.srcport udp.dstport \
        icmp.type icmpv6.type";
    let mut arguments = vec!["-T", "fields", "-E", "separator=|"];
    fields.split_ascii_whitespace().for_each(|field| arguments.extend(["-e", field]));
    let Some(text) = read_by("tshark", &arguments, &file) else { return };
    let theirs: Vec<[String; 3]> = text
        .lines()
        .map(|line| {
            let fields: [&str; 13] = line.split('|').collect::<Vec<_>>().try_into().unwrap();
            let [interface, comment, v4, v6, to4, to6, _, tcp, tcp_to, udp, udp_to, icmp, icmp6] = fields;
            let above = match (tcp.is_empty(), udp.is_empty(), icmp.is_empty()) {
                (false, ..) => format!("tcp {tcp}>{tcp_to}"),
                (_, false, _) => format!("udp {udp}>{udp_to}"),
                (.., false) => format!("icmp {icmp}"),
                _ => format!("icmp6 {icmp6}"),
            };
            [interface.to_owned(), comment.to_owned(), format!("{v4}{v6}>{to4}{to6} {above}")]
        })
        .collect();
    // What this test reads from the bytes by another library; of ICMPv6 that says a length, too.
    let plain = |bytes: &[u8]| check(bytes).splitn(4, ' ').take(3).collect::<Vec<_>>().join(" ");
    let expected: Vec<[String; 3]> = mine.iter().map(|kept| [kept.interface.clone(), kept.comment.clone(), plain(&kept.bytes)]).collect();
    assert_eq!(theirs, expected, "{error}");
    // Every kind of packet is there, on both sides of the NAT gateway, and what was refused says by what.
    let nat = host.network().nat_gateways().next().unwrap().addresses[0].private_ip.unwrap();
    let has = |what: &str| theirs.iter().any(|[_, _, packet]| packet.contains(what));
    let ends = [
        "10.0.2.10>198.51.100.7".to_owned(),
        format!("{nat}>198.51.100.7"),
        "198.51.100.7>10.0.2.10".to_owned(),
        format!("198.51.100.7>{nat}"),
    ];
    for ends in &ends {
        for kind in [" icmp ", " tcp "] {
            assert!(has(&format!("{ends}{kind}")), "{ends}{kind}: {text}");
        }
    }
    for packet in
        ["10.0.2.10>198.51.100.7 udp ", "2001:db8:0:101::10>2001:db8:ffff::7 icmp6 128", "2001:db8:ffff::7>2001:db8:0:101::10 tcp 80>"]
    {
        assert!(has(packet), "{packet}: {text}");
    }
    let lost = theirs.iter().filter(|[_, comment, packet]| packet.ends_with(">22") && comment.contains("[SG_HAS_NO_RULES]"));
    assert!(lost.count() >= 2, "{text}");
    // One interface for each ENI that was met, and nothing that a reader takes for damaged.
    let mut names: Vec<&str> = theirs.iter().map(|[interface, ..]| interface.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 3, "{names:?}");
    let checks = ["ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE"];
    let wrong = "_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0 or udp.checksum.status == 0 or icmp.checksum.status == 0 or \
        icmpv6.checksum.status == 0";
    let arguments: Vec<&str> = checks.into_iter().flat_map(|check| ["-o", check]).chain(["-Y", wrong]).collect();
    assert_eq!(read_by("tshark", &arguments, &file).unwrap(), "");
}

#[test]
fn the_programs_lines_are_those_of_tcpdump() {
    let mut session = open("");
    for (protocol, port) in [("icmp", 0), ("udp", 5000), ("tcp", 443), ("tcp", 80)] {
        let to = "10.0.1.20".to_owned();
        let asking = Asking {
            from: "ops-1".to_owned(),
            to,
            protocol: protocol.to_owned(),
            port,
            every_ms: 700,
            timeout_ms: 400,
            ..Asking::default()
        };
        assert!(session.execute(&Act::Scene(SceneAct::AddClient(asking))).result.is_ok());
    }
    for (name, link) in [("ops-1", "ens5"), ("web-1", "ens6")] {
        let mut host = Lone::of(load(session.document().as_bytes()).unwrap().0);
        let (text, ..) = typed(&mut host, &format!("ssh {name} timeout 20 tcpdump -ni {link} -c 40"));
        let instance = host.network().instances().find(|one| one.tags.get("Name").is_some_and(|own| own == name)).unwrap();
        let index = if link == "ens5" { 0 } else { 1 };
        let eni = *instance.enis.values().nth(index).unwrap();
        // What the group keeps from the guest is in the file, and not on its link.
        let refused = if name == "web-1" { "tcp port 443" } else { "" };
        let Some(theirs) = read_by("tcpdump", &["-n", refused], &host.capture(Some(eni)).unwrap()) else { return };
        assert_eq!(text.lines().count(), 40, "{text}");
        // What was sent before it began to listen is in the file alone.
        let begun = theirs.find(text.lines().next().unwrap()).unwrap();
        for (ours, theirs) in text.lines().zip(theirs[begun..].lines()) {
            assert_eq!(ours, theirs, "{name}");
        }
    }
}

/// Questions to a name server and to a port where nobody waits, seen by who asks.
#[test]
fn the_lines_of_questions_for_names_and_of_ports_where_nobody_waits_are_those_of_tcpdump() {
    let mut session = open("");
    for port in [53, 5_000] {
        let (from, to, protocol) = ("ops-1".to_owned(), "10.0.1.20".to_owned(), "udp".to_owned());
        let asking = Asking { from, to, protocol, port, every_ms: 700, timeout_ms: 400, ..Asking::default() };
        assert!(session.execute(&Act::Scene(SceneAct::AddClient(asking))).result.is_ok());
    }
    let mut host = Lone::of(load(session.document().as_bytes()).unwrap().0);
    let eni = host.network().enis().find(|eni| eni.primary_ip().is_some_and(|ip| ip.to_string() == "10.0.1.20")).unwrap();
    let (service, groups) = (eni.id, eni.groups.clone());
    for group in groups {
        let rule = format!("aws ec2 authorize-security-group-ingress --group-id {group} --protocol udp --port 0-65535 --cidr 10.0.0.0/8");
        assert_eq!(typed(&mut host, &rule).2, 0);
    }
    assert_eq!(typed(&mut host, "ssh web-1 listen udp 53").2, 0);
    for (name, link) in [("ops-1", "ens5"), ("web-1", "ens6")] {
        let (text, ..) = typed(&mut host, &format!("ssh {name} timeout 9 tcpdump -ni {link} -c 24 udp or icmp"));
        let plain = |line: &str| line.split_once(" IP ").unwrap().1.split(' ').skip(3).collect::<Vec<_>>().join(" ");
        let kinds: std::collections::BTreeSet<String> =
            text.lines().map(|line| plain(line).trim_start_matches(|digit: char| digit.is_ascii_digit()).to_owned()).collect();
        let expected = [
            "+ [1au] A? example.com. (56)",
            " 1/0/1 A 198.51.100.10 (56)",
            "ICMP 10.0.1.20 udp port 5000 unreachable, length 92",
            "UDP, length 56",
        ];
        assert_eq!(kinds, expected.into_iter().map(str::to_owned).collect(), "{text}");
        // Each question has a number of its own, and its answer has the same.
        let numbered = |mark: &str| -> Vec<u16> {
            let of_kind = text.lines().map(plain).filter(|said| said.contains(mark));
            of_kind.map(|said| said.split(['+', ' ']).next().unwrap().parse().unwrap()).collect()
        };
        let (asked, answered) = (numbered(" A? "), numbered(" A 198"));
        assert!(asked.len() > 1 && asked.iter().collect::<std::collections::BTreeSet<_>>().len() == asked.len(), "{asked:?}");
        assert_eq!(asked[..answered.len()], answered);
        let of = if name == "web-1" {
            service
        } else {
            host.network().enis().find(|eni| eni.primary_ip().is_some_and(|ip| ip.to_string() == "10.0.12.40")).unwrap().id
        };
        let file = host.capture(Some(of)).unwrap();
        let Some(theirs) = read_by("tcpdump", &["-n", "udp or icmp"], &file) else { return };
        let begun = theirs.find(text.lines().next().unwrap()).unwrap_or_else(|| panic!("{text}\n{theirs}"));
        for (ours, theirs) in text.lines().zip(theirs[begun..].lines()) {
            assert_eq!(ours, theirs, "{name}");
        }
        let damaged = read_by("tshark", &["-Y", "_ws.malformed or icmp.checksum.status == 0"], &file);
        assert_eq!(damaged.unwrap_or_default(), "", "{name}");
    }
}
