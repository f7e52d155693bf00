//! Programs on instances that ask over the network: what they print, how they end, and that time passes as for a real one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_core::addr::Direction;
use eni_core::packet::Transport;
use eni_core::time::{Duration, Instant};
use eni_playground::scenario::load;
use eni_playground::shell::{Host, Lone, Shell, Stream};
use serde_json::Value;

/// What a line prints, how it ends, and how many milliseconds it took.
fn asked(host: &mut Lone, line: &str) -> (String, u8, u64) {
    let mut shell = Shell::new();
    let before = clock(host);
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status(), (clock(host) - before) / 1_000_000)
}

fn clock(host: &Lone) -> u64 {
    load(host.save().as_bytes()).unwrap().0.clock.as_nanos()
}

/// `a` and `b` in two subnets of a VPC that only their own packets know; b lets TCP 80 and 81 and echoes in, and serves 80. Flow logs of a minute.
fn region() -> Lone {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let made = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description web --vpc-id $VPC --query GroupId --output text)
X=$(aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80-81 --cidr 10.0.0.0/16)
X=$(aws ec2 authorize-security-group-ingress --group-id $WEB --protocol icmp --port -1 --cidr 10.0.0.0/16)
";
    let launches =
        [("a", "ONE", "10.0.1.10", ""), ("b", "TWO", "10.0.2.20", "--security-group-ids $WEB")].map(|(name, subnet, address, more)| {
            format!(
                "X=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id ${subnet} \
             --private-ip-address {address} {more} --tag-specifications 'ResourceType=instance,Tags=[{{Key=Name,Value={name}}}]')\n"
            )
        });
    let logs = "X=$(aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows \
                --deliver-logs-permission-arn arn:aws:iam::123456789012:role/logs --max-aggregation-interval 60)\nssh b listen tcp 80\n";
    let script = format!("{}{}{logs}", made, launches.concat());
    let printed = Shell::new().run(&mut host, &script);
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Out), "{printed:?}");
    host
}

// rules: G5 G8 E62 S3
#[test]
fn ping_waits_for_what_comes_back() {
    let mut host = region();
    let (text, exit, took) = asked(&mut host, "ssh a ping -c 3 10.0.2.20");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "PING 10.0.2.20 (10.0.2.20) 56(84) bytes of data.");
    assert!(lines[1].starts_with("64 bytes from 10.0.2.20: icmp_seq=1 ttl=64 time=") && lines[1].ends_with(" ms"), "{text}");
    assert!(lines[3].starts_with("64 bytes from 10.0.2.20: icmp_seq=3 ttl=64 time="), "{text}");
    assert_eq!(lines[5], "--- 10.0.2.20 ping statistics ---");
    assert!(lines[6].starts_with("3 packets transmitted, 3 received, 0% packet loss, time 200"), "{text}");
    assert!(lines[7].starts_with("rtt min/avg/max/mdev = "), "{text}");
    assert_eq!((lines.len(), exit), (8, 0));
    assert!((2_000..2_100).contains(&took), "two pauses of a second and a way there and back: {took} ms");
    // a's group lets in only what a's own group sends.
    let (text, exit, took) = asked(&mut host, "ssh b ping -c 2 -W 3 10.0.1.10");
    assert!(text.contains("2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n") && !text.contains("rtt"), "{text}");
    assert_eq!((exit, took), (1, 4_000));
    assert!(asked(&mut host, "ssh a ping -q -c 2 10.0.2.20").0.starts_with("PING 10.0.2.20 (10.0.2.20) 56(84) bytes of data.\n\n--- "));
}

// rules: G8 E62 E70
#[test]
fn a_program_sends_from_addresses_of_its_own_system_alone() {
    let mut host = region();
    let second = "V=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
S=$(aws ec2 create-subnet --vpc-id $V --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --private-ip-address 10.0.1.10 \
 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=twin}]')
ENI=$(aws ec2 describe-network-interfaces --filters Name=private-ip-address,Values=10.0.1.10 --query 'NetworkInterfaces[0].NetworkInterfaceId' --output text)
X=$(aws ec2 assign-private-ip-addresses --network-interface-id $ENI --ipv4-prefixes 10.0.1.64/28)
ssh a sudo ip addr add 10.0.1.70/32 dev ens5";
    let (text, exit, _) = asked(&mut host, second);
    assert_eq!(exit, 0, "{text}");
    let ping = |host: &mut Lone, from: &str| asked(host, &format!("ssh a ping -c 1 -W 1 -I {from} 10.0.2.20"));
    let curl = |host: &mut Lone, on: &str, from: &str| asked(host, &format!("ssh {on} curl -sS -m 1 --interface {from} http://10.0.2.20/"));
    for own in ["10.0.1.10", "10.0.1.70"] {
        let (text, exit, _) = ping(&mut host, own);
        assert!(text.contains("1 received") && exit == 0, "{own}: {text}");
        assert_eq!(curl(&mut host, "a", own).0, "Hello from b\n", "{own}");
    }
    // Another instance's, one that is the ENI's and not configured, a host's of the internet.
    for foreign in ["10.0.2.20", "10.0.1.71", "8.8.8.8"] {
        let (text, exit, took) = ping(&mut host, foreign);
        assert_eq!((text.as_str(), exit, took), ("ping: bind: Cannot assign requested address\n", 2, 0), "{foreign}");
        let (text, exit, took) = curl(&mut host, "a", foreign);
        let expected = "curl: (45) bind failed with errno 99: Cannot assign requested address\n";
        assert_eq!((text.as_str(), exit, took), (expected, 45, 0), "{foreign}");
    }
    // Whoever has the same address in another VPC sends from there.
    let (text, exit, _) = curl(&mut host, "twin", "10.0.1.10");
    assert!(exit == 28 && text.starts_with("curl: (28)"), "{text}");
}

// rules: G21
#[test]
fn one_run_of_ping_has_one_identifier_and_growing_numbers() {
    let mut host = region();
    asked(&mut host, "ssh a ping -c 3 10.0.2.20; ssh a ping -c 2 10.0.2.20");
    let asks = host.frames(Instant::ZERO).into_iter().filter(|frame| frame.packet.asks_echo() && frame.direction == Direction::Egress);
    let seen: Vec<(u16, u16)> = asks
        .map(|frame| match frame.packet.transport {
            Transport::Icmp { id, sequence, .. } => (id, sequence),
            _ => panic!("{frame:?}"),
        })
        .collect();
    let (first, second) = (seen[0].0, seen[3].0);
    assert_ne!(first, second, "another run is another conversation");
    assert_eq!(seen, [(first, 1), (first, 2), (first, 3), (second, 1), (second, 2)]);
}

// rules: E93 G20 G21
#[test]
fn ping_says_what_is_too_long() {
    let mut host = region();
    let fits = asked(&mut host, "ssh a ping -c 1 -M do -s 8973 10.0.2.20").0;
    assert!(
        fits.starts_with("PING 10.0.2.20 (10.0.2.20) 8973(9001) bytes of data.\n8981 bytes from 10.0.2.20: icmp_seq=1 ttl=64 "),
        "{fits}"
    );
    let (text, exit, _) = asked(&mut host, "ssh a ping -c 2 -M do -s 8974 10.0.2.20");
    assert!(text.ends_with("ping: local error: message too long, mtu=9001\nping: local error: message too long, mtu=9001\n"), "{text}");
    assert!(text.contains("\n2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1000ms\n") && exit == 1, "{text}");
    // What may be cut is cut.
    assert!(asked(&mut host, "ssh a ping -c 1 -s 12000 10.0.2.20").0.contains("\n12008 bytes from 10.0.2.20: icmp_seq=1 "));
    // The other end takes less: nobody says so.
    assert_eq!(asked(&mut host, "ssh b sudo ip link set ens5 mtu 1500").1, 0);
    let (text, ..) = asked(&mut host, "ssh a ping -c 1 -W 1 -M do -s 1473 10.0.2.20");
    assert!(text.contains("1 packets transmitted, 0 received, 100% packet loss"), "{text}");
    assert!(asked(&mut host, "ssh a ping -c 1 -M do -s 1472 10.0.2.20").0.contains("1480 bytes from"));
    for wrong in ["ssh a ping -s 70000 10.0.2.20", "ssh a ping -M maybe 10.0.2.20", "ssh a ping -s"] {
        assert_eq!(asked(&mut host, wrong).1, 2, "{wrong}");
    }
}

// rules: G21
#[test]
fn ping_asks_nobody_whom_the_system_does_not_let_it_ask() {
    let mut host = region();
    let broadcast = "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n";
    for (line, wanted) in [
        ("10.0.1.255", broadcast),
        ("255.255.255.255", broadcast),
        ("-I 10.0.1.99 10.0.2.20", "ping: bind: Cannot assign requested address\n"),
        ("-I 10.0.2.20 10.0.2.20", "ping: bind: Cannot assign requested address\n"),
    ] {
        assert_eq!(asked(&mut host, &format!("ssh a ping -c 1 {line}")), (wanted.to_owned(), 2, 0), "{line}");
    }
    // Another subnet's last address is nobody's, and nothing tells a guest that it is one.
    assert!(asked(&mut host, "ssh a ping -c 1 -W 1 10.0.2.255").0.contains("100% packet loss"));
    // Nobody's address is one's own.
    let (text, exit, _) = asked(&mut host, "ssh a ping -c 1 0.0.0.0");
    assert!(text.starts_with("PING 0.0.0.0 (127.0.0.1) 56(84) bytes of data.\n64 bytes from 127.0.0.1: ") && exit == 0, "{text}");
    let (text, exit, _) = asked(&mut host, "ssh a ping -c 1 10.0.1.10");
    assert!(text.contains("64 bytes from 10.0.1.10: icmp_seq=1 ttl=64 time=0.030 ms\n") && exit == 0, "{text}");
}

// rules: S3
#[test]
fn a_guest_that_asks_itself_meets_no_network() {
    let mut host = region();
    let head = "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat:";
    let to = |end: &str| format!("{head} Connected to {end}:80.\nNcat: 0 bytes sent, 0 bytes received in 0.00 seconds.\n");
    let refused = || format!("{head} Connection refused.\n");
    assert_eq!(asked(&mut host, "ssh b listen tcp 7070 on 10.0.2.20").1, 0);
    // Neither a's group nor b's lets any of this in.
    for (line, text, exit) in [
        ("ssh b nc -zv 127.0.0.1 80", to("127.0.0.1"), 0),
        ("ssh b nc -zv localhost 80", to("127.0.0.1"), 0),
        ("ssh b nc -zv ::1 80", to("::1"), 0),
        ("ssh b nc -zv 127.0.0.1 1", refused(), 1),
        ("ssh b nc -z 127.0.0.1 80", String::new(), 0),
        ("ssh b nc -zv 127.0.0.1 7070", refused(), 1),
        ("ssh a nc -zv 127.0.0.1 80", refused(), 1),
    ] {
        assert_eq!(asked(&mut host, line), (text, exit, 0), "{line}");
    }
    let (text, exit, _) = asked(&mut host, "ssh a ping -c 2 127.0.0.1");
    assert!(text.contains("2 packets transmitted, 2 received, 0% packet loss") && exit == 0, "{text}");
    assert_eq!(asked(&mut host, "ssh a curl -s 127.0.0.1").1, 7);
}

// rules: S3 G5
#[test]
fn curl_and_nc_tell_answered_refused_and_silent_apart() {
    let mut host = region();
    let connected = "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 10.0.2.20:80.\nNcat: 0 bytes sent, 0 bytes received in 0.00 seconds.\n";
    let refused = "curl: (7) Failed to connect to 10.0.2.20 port 81 after 0 ms: Could not connect to server\n";
    let kernel = "curl: (28) Failed to connect to 10.0.2.20 port 82 after 127000 ms: Could not connect to server\n";
    for (line, wanted, exit, took) in [
        ("ssh a curl http://10.0.2.20/x", "Hello from b\n", 0, 0..20),
        ("ssh a curl -s -o /dev/null -w '%{http_code}' 10.0.2.20", "200", 0, 0..20),
        ("ssh a curl -I 10.0.2.20", "HTTP/1.1 200 OK\n\n", 0, 0..20),
        ("ssh a curl -s -o /dev/null -w '%{remote_ip}:%{remote_port} %{num_connects}' 10.0.2.20", "10.0.2.20:80 1", 0, 0..20),
        ("ssh a curl -s -w '%{colour}' -o /dev/null 10.0.2.20", "curl: unknown --write-out variable: 'colour'\n", 0, 0..20),
        ("ssh a curl 10.0.2.20:81", refused, 7, 0..20),
        ("ssh a curl -s 10.0.2.20:81", "", 7, 0..20),
        (
            "ssh a curl -sS -w '%{http_code}\\n' -m 5 10.0.2.20:82",
            "000\ncurl: (28) Connection timed out after 5000 milliseconds\n",
            28,
            5_000..5_001,
        ),
        (
            "ssh a curl --connect-timeout 2 10.0.2.20:82",
            "curl: (28) Failed to connect to 10.0.2.20 port 82 after 2000 ms: Timeout was reached\n",
            28,
            2_000..2_001,
        ),
        ("ssh a curl 10.0.2.20:82", kernel, 28, 127_000..127_001),
        ("ssh a curl -s no.corp.internal", "", 6, 0..1),
        ("ssh a curl http:///", "curl: (3) URL rejected: No host part in the URL\n", 3, 0..1),
        (
            "ssh a curl http://10.0.2.20:99999/",
            "curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n",
            3,
            0..1,
        ),
        ("ssh a curl http://[::1/", "curl: (3) URL rejected: Bad IPv6 address\n", 3, 0..1),
        ("ssh a curl gofer://10.0.2.20/", "curl: (1) Protocol \"gofer\" not supported\n", 1, 0..1),
        ("ssh a curl ftp://10.0.2.20/", "curl: ftp:// is not played here: http:// and https:// are\n", 1, 0..1),
        ("ssh a nc -zv 10.0.2.20 80", connected, 0, 0..20),
        ("ssh a nc -zv 10.0.2.20 81", "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.\n", 1, 0..20),
        ("ssh a nc -zv -w 2 10.0.2.20 82", "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: TIMEOUT.\n", 1, 2_000..2_001),
        // A probe that is not asked to tell says nothing.
        ("ssh a nc -z -w 2 10.0.2.20 82", "", 1, 2_000..2_001),
        ("ssh a nc -z 10.0.2.20 81", "", 1, 0..20),
    ] {
        let (text, ended, lasted) = asked(&mut host, line);
        assert_eq!((text.as_str(), ended), (wanted, exit), "{line}");
        assert!(took.contains(&lasted), "{line}: {lasted} ms");
    }
}

#[test]
fn a_program_that_is_called_wrongly_says_how_it_is_called() {
    let mut host = region();
    for line in [
        "ssh a ping",
        "ssh a ping -c 0 10.0.2.20",
        "ssh a curl",
        "ssh a curl -m x 10.0.2.20",
        "ssh a nc 10.0.2.20 80",
        "ssh a nc -zv 10.0.2.20",
    ] {
        let (text, exit, took) = asked(&mut host, line);
        assert!(text.starts_with("usage: "), "{line}: {text}");
        assert_eq!((exit, took), (2, 0), "{line}");
    }
    assert_eq!(asked(&mut host, "ssh moon ping 10.0.2.20").1, 255);
    // The instance has that address on no interface.
    assert_eq!(asked(&mut host, "ssh a ping -c 1 -I 10.0.9.9 10.0.2.20").1, 2);
}

/// The moments of a stream's records, a page at a time. Behind the last page the token leads to where one is.
fn turned(host: &mut Lone, call: &str, turn: &str, first: &str, count: usize) -> Vec<String> {
    let (mut seen, mut token) = (Vec::new(), String::new());
    for page in 0..=count {
        let place = if page == 0 { first.to_owned() } else { format!("--next-token {token}") };
        let told: Value = serde_json::from_str(&asked(host, &format!("{call} {place}")).0).unwrap();
        seen.extend(told["events"].as_array().unwrap().iter().map(|event| event["timestamp"].to_string()));
        let before = std::mem::replace(&mut token, told[turn].as_str().unwrap().to_owned());
        assert_eq!(before == token, page == count, "{turn}, page {page}");
    }
    seen
}

// rules: E91 W5
#[test]
fn hping3_sends_as_many_datagrams_as_it_is_told_at_the_pace_that_it_is_told() {
    // How many, how fast, how long each, and how many seconds that takes.
    for (count, pace, data, took) in [
        (6_000, "-i u1000", 29, 6),
        (2_000, "--faster", 29, 2),
        (20, "--fast -q", 29, 2),
        (10, "-i u300000 -n", 29, 3),
        (3, "-i 2", 29, 6),
        (2, "", 1_472, 2),
        (5, "-i u10", 29, 1),
    ] {
        let mut host = region();
        let (text, exit, lasted) = asked(&mut host, &format!("ssh a hping3 --udp -p 53 -d {data} -c {count} {pace} 169.254.169.253"));
        assert_eq!((exit, lasted), (1, took * 1_000), "{pace}");
        assert!(text.contains(&format!("\n{count} packets transmitted, 0 packets received")), "{pace}: {text}");
    }
    let mut host = region();
    for wrong in [
        "-p 53 -d 29 -c 10 169.254.169.253",
        "--udp -d 29 -c 10 169.254.169.253",
        "--udp -p 53 -c 10 169.254.169.253",
        "--udp -p 53 -d 29 169.254.169.253",
        "--udp -p 53 -d 29 -c 0 169.254.169.253",
        "--udp -p 53 -d 1473 -c 10 169.254.169.253",
        "--udp -p 53 -d 29 -c 10",
        "--udp -p 53 -d 29 -c 10 169.254.169.253 169.254.169.123",
        "--udp -p 53 -d 29 -c 10 --flood",
        "--udp -p 53 -d 29 -c 10 -i u0 169.254.169.253",
        "--udp -p 53 -d 29 -c 10 -i 61 169.254.169.253",
    ] {
        let (text, exit, took) = asked(&mut host, &format!("ssh a hping3 {wrong}"));
        assert!(text.starts_with("usage: hping3 ") && (exit, took) == (1, 0), "{wrong}: {text}");
    }
}

// rules: F4 F6 F9 F11 F12 F19
#[test]
fn what_flow_logs_write_is_read_as_on_aws_and_as_plain_lines() {
    let mut host = region();
    assert_eq!(asked(&mut host, "flow-logs").1, 1, "no window is over");
    asked(&mut host, "ssh a curl -m 1 10.0.2.20:82; ssh a curl 10.0.2.20; wait 60s");
    let plain = asked(&mut host, "flow-logs").0;
    assert!(plain.starts_with("version account-id interface-id srcaddr dstaddr "), "{plain}");
    let refused: Vec<&str> = plain.lines().filter(|line| line.contains(" REJECT ")).collect();
    assert_eq!(refused.len(), 1, "{plain}");
    assert!(refused[0].contains(" 10.0.1.10 10.0.2.20 32768 82 6 1 40 "), "{plain}");
    let eni = refused[0].split(' ').nth(2).unwrap().to_owned();
    let of_eni = asked(&mut host, &format!("flow-logs {eni}")).0;
    assert!(of_eni.lines().skip(1).all(|line| line.contains(&eni)) && of_eni.lines().count() < plain.lines().count());
    assert_eq!(asked(&mut host, "flow-logs fl-00000000000000009").1, 1);
    assert_eq!(asked(&mut host, "flow-logs all").1, 2);
    // The same by CloudWatch Logs, five minutes later.
    let events = |host: &mut Lone, more: &str| {
        asked(host, &format!("aws logs filter-log-events --log-group-name flows {more} --query 'events[].message' --output text")).0
    };
    asked(&mut host, "wait 290s");
    assert_eq!(events(&mut host, "--filter-pattern REJECT"), "");
    asked(&mut host, "wait 10s");
    assert_eq!(asked(&mut host, "flow-logs").0.lines().filter(|line| line.contains(" REJECT ")).count(), 1, "nothing else was refused");
    assert_eq!(events(&mut host, "--filter-pattern REJECT").trim_end(), refused[0]);
    assert_eq!(events(&mut host, "--filter-pattern '\" 82 6 \" -ACCEPT'").trim_end(), refused[0]);
    assert_eq!(events(&mut host, "--filter-pattern '?REJECT ?NODATA'").trim_end(), refused[0]);
    assert_eq!(events(&mut host, "").split('\t').count(), plain.lines().count() - 1);
    assert_eq!(events(&mut host, &format!("--log-stream-names {eni}-all")).split('\t').count(), of_eni.lines().count() - 1);
    let one = format!("aws logs get-log-events --log-group-name flows --log-stream-name {eni}-all --limit 1");
    assert_eq!(asked(&mut host, &format!("{one} --query 'length(events)'")).0, "1\n");
    // All streams together stand by time; a limit takes the newest of a stream, or its oldest; the end of a span is not in it.
    let times = |host: &mut Lone, more: &str| -> Vec<u64> {
        let line = format!("aws logs filter-log-events --log-group-name flows {more} --query 'events[].timestamp' --output text");
        asked(host, &line).0.split_whitespace().map(|time| time.parse().unwrap()).collect()
    };
    let (all, first, last) = (times(&mut host, ""), times(&mut host, "")[0], *times(&mut host, "").last().unwrap());
    assert!(all.is_sorted() && first < last, "{all:?}");
    assert_eq!(times(&mut host, &format!("--start-time {last} --end-time {last}")), Vec::<u64>::new());
    assert_eq!(
        times(&mut host, &format!("--start-time {last} --end-time {}", last + 1)),
        all.iter().filter(|at| **at == last).copied().collect::<Vec<_>>()
    );
    let stream = asked(&mut host, &format!("{} --query 'events[].timestamp' --output text", one.replace(" --limit 1", ""))).0;
    let stream: Vec<&str> = stream.split_whitespace().collect();
    for (more, at) in [("", stream.last()), ("--start-from-head", stream.first())] {
        let seen = asked(&mut host, &format!("{one} {more} --query 'events[0].timestamp' --output text")).0;
        assert_eq!(Some(&seen.trim_end()), at, "{more}");
    }
    assert_ne!(stream.first(), stream.last());
    // Page by page, back to the oldest record and on to the newest.
    let mut back = turned(&mut host, &one, "nextBackwardToken", "", stream.len());
    back.reverse();
    assert_eq!(back, stream);
    assert_eq!(turned(&mut host, &one, "nextForwardToken", "--start-from-head", stream.len()), stream);
    let odd = asked(&mut host, &format!("{one} --next-token 1"));
    assert!(odd.0.contains("The specified nextToken is invalid."), "{odd:?}");
    assert_eq!(times(&mut host, &format!("--log-stream-name-prefix {eni}")).len(), stream.len());
    for (prefix, found) in [("", "flows\n"), ("--log-group-name-prefix fl", "flows\n"), ("--log-group-name-prefix x", "")] {
        let line = format!("aws logs describe-log-groups {prefix} --query 'logGroups[].logGroupName' --output text");
        assert_eq!(asked(&mut host, &line).0, found, "{prefix}");
    }
    assert_eq!(asked(&mut host, "aws logs describe-log-streams --log-group-name flows --query 'length(logStreams)'").0, "2\n");
    for line in
        ["aws logs filter-log-events --log-group-name none", "aws logs get-log-events --log-group-name flows --log-stream-name none"]
    {
        let (text, exit, _) = asked(&mut host, line);
        assert!(text.contains("ResourceNotFoundException") && exit == 254, "{line}: {text}");
    }
    // The same as lines: when, of which stream, and what.
    let tail = |host: &mut Lone, more: &str| asked(host, &format!("aws logs tail flows {more}")).0;
    let [short, long, json] =
        ["short", "detailed", "json"].map(|format| tail(&mut host, &format!("--filter-pattern REJECT --format {format}")));
    let start = short.strip_suffix(&format!(" {}\n", refused[0])).unwrap();
    assert!(start.starts_with("2026-01-01T00:0") && start.len() == 19, "{short}");
    assert_eq!(long, format!("{start}.000000+00:00 {eni}-all {}\n", refused[0]));
    assert_eq!(json, format!("{start}+00:00 {eni}-all {}\n", refused[0]));
    assert_eq!(tail(&mut host, &format!("--log-stream-name-prefix {eni}")).lines().count(), of_eni.lines().count() - 1);
    for (since, all) in [("2026-01-01T00:00:00Z", true), ("1d", true), ("10m", true), ("1s", false), ("2026-01-02T00:00:00Z", false)] {
        let expected = if all { plain.lines().count() - 1 } else { 0 };
        assert_eq!(tail(&mut host, &format!("--since {since}")).lines().count(), expected, "{since}");
    }
    // What was written stays when its log goes.
    asked(&mut host, "aws ec2 delete-flow-logs --flow-log-ids fl-00000000000000001");
    assert_eq!(events(&mut host, "--filter-pattern REJECT").trim_end(), refused[0]);
    // With its group the records go; what the flow log writes later makes it again.
    assert_eq!(asked(&mut host, "aws logs delete-log-group --log-group-name flows").1, 0);
    assert_eq!(asked(&mut host, "aws logs describe-log-groups --query 'length(logGroups)'").0, "0\n");
    assert_eq!(asked(&mut host, "aws logs describe-log-streams --log-group-name flows").1, 254);
    let again = "aws ec2 create-flow-logs --resource-type VPC --resource-ids $(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text) --traffic-type ALL --log-group-name flows \
        --deliver-logs-permission-arn arn:aws:iam::123456789012:role/logs --max-aggregation-interval 60";
    assert_eq!(asked(&mut host, &format!("{again}; aws logs delete-log-group --log-group-name flows")).1, 0);
    assert_eq!(asked(&mut host, "aws logs describe-log-groups --query 'length(logGroups)'").0, "0\n");
    asked(&mut host, "ssh a curl 10.0.2.20; wait 60s");
    assert_eq!(asked(&mut host, "aws logs describe-log-groups --query 'length(logGroups)'").0, "0\n", "it is on its way");
    asked(&mut host, "wait 5m");
    let later = times(&mut host, "");
    assert!(!later.is_empty() && later.iter().all(|at| *at > last), "{later:?}");
    assert_eq!(asked(&mut host, "aws logs describe-log-groups --query 'logGroups[].logGroupName' --output text").0, "flows\n");
}

// rules: F11 F19
#[test]
fn records_say_when_they_came_and_streams_when_their_first_and_last_did() {
    let mut host = region();
    asked(&mut host, "ssh a curl -m 1 10.0.2.20:82; ssh a curl 10.0.2.20; wait 10m");
    let numbers = |host: &mut Lone, call: &str, query: &str| -> Vec<u64> {
        let text = asked(host, &format!("aws logs {call} --query '{query}' --output text")).0;
        text.split_whitespace().map(|number| number.parse().unwrap()).collect()
    };
    let streams = |host: &mut Lone, group: &str| -> Vec<String> {
        let text = asked(
            host,
            &format!("aws logs describe-log-streams --log-group-name {group} --query 'logStreams[].logStreamName' --output text"),
        )
        .0;
        text.split_whitespace().map(str::to_owned).collect()
    };
    for stream in streams(&mut host, "flows") {
        let own = format!("filter-log-events --log-group-name flows --log-stream-names {stream}");
        let sent = numbers(&mut host, &own, "events[].timestamp");
        let came = numbers(&mut host, &own, "events[].ingestionTime");
        let messages = asked(&mut host, &format!("aws logs {own} --query 'events[].message' --output text")).0;
        let ends: Vec<u64> = messages.trim_end().split('\t').map(|line| line.split(' ').nth(11).unwrap().parse().unwrap()).collect();
        // Five minutes after the minute in which they end.
        assert_eq!(came, ends.iter().map(|end| (end.div_ceil(60) * 60 + 300) * 1_000).collect::<Vec<_>>());
        let told = format!("logStreams[?logStreamName==`{stream}`].[firstEventTimestamp, lastEventTimestamp, lastIngestionTime]");
        let all = [sent.iter().min(), sent.iter().max(), came.iter().max()].map(|time| *time.unwrap());
        assert!(all[0] < all[1]);
        assert_eq!(numbers(&mut host, "describe-log-streams --log-group-name flows", &told), all, "{stream}");
    }
}

// rules: F12
#[test]
fn a_month_without_packets_is_over_at_once_and_its_last_records_are_there() {
    let mut host = region();
    let (_, exit, took) = asked(&mut host, "wait 30d");
    assert_eq!((exit, took), (0, 30 * 24 * 3_600_000));
    let plain = asked(&mut host, "flow-logs").0;
    let last = plain.lines().last().unwrap();
    let seconds: u64 = last.split(' ').nth(11).unwrap().parse().unwrap();
    let now = 1_767_225_600 + clock(&host) / Duration::from_secs(1).as_nanos();
    assert!(last.ends_with(" NODATA") && now - seconds < 60, "{last}");
    assert_eq!(plain.lines().count(), 20_001);
}

#[test]
fn a_wait_in_which_clients_would_ask_too_often_is_refused() {
    let mut host = region();
    assert_eq!(asked(&mut host, "ask a b icmp --every 1ms").1, 0);
    let (text, exit, took) = asked(&mut host, "wait 1h");
    assert!(text.starts_with("wait: clients would ask 3600000 times") && (exit, took) == (1, 0), "{text}");
    assert_eq!(asked(&mut host, "wait 2s").2, 2_000);
    assert_eq!(asked(&mut host, "ask --pause 1; wait 1h").2, 3_600_000);
}

// rules: S3 R37
#[test]
fn programs_ask_over_ipv6_as_well() {
    let mut host = Lone::new("us-east-1", true).unwrap();
    asked(&mut host, "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block");
    let block = asked(&mut host, "aws ec2 describe-vpcs --query 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock' --output text").0;
    let net = block.trim_end().trim_end_matches("::/56").to_owned();
    let subnet = "aws ec2 create-subnet --vpc-id $(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text) --cidr-block 10.0.1.0/24";
    assert_eq!(asked(&mut host, &format!("{subnet} --ipv6-cidr-block {net}::/64")).1, 0);
    let launch = |name: &str, last: u8| {
        format!(
            "X=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro \
             --subnet-id $(aws ec2 describe-subnets --query 'Subnets[0].SubnetId' --output text) --ipv6-addresses Ipv6Address={net}::{last} \
             --tag-specifications 'ResourceType=instance,Tags=[{{Key=Name,Value={name}}}]' 'ResourceType=volume,Tags=[{{Key=Name,Value={name}}}]')"
        )
    };
    for (name, last) in [("a", 10), ("b", 20)] {
        let (text, exit, _) = asked(&mut host, &launch(name, last));
        assert_eq!((text.as_str(), exit), ("", 0));
    }
    asked(&mut host, "ssh b listen tcp 80");
    let (text, exit, _) = asked(&mut host, &format!("ssh a ping -c 1 {net}::20"));
    assert!(
        text.starts_with(&format!("PING {net}::20({net}::20) 56 data bytes\n64 bytes from {net}::20: icmp_seq=1 ")) && exit == 0,
        "{text}"
    );
    assert_eq!(asked(&mut host, &format!("ssh a curl -g 'http://[{net}::20]/'")).0, "Hello from b\n");
    assert_eq!(asked(&mut host, &format!("ssh a nc -z {net}::20 80")).1, 0);
    let (text, exit, _) = asked(
        &mut host,
        "aws ec2 create-vpc --cidr-block 10.2.0.0/16 --tag-specifications 'ResourceType=vpc,Tags=[{Key=a,Value=1},{Key=a,Value=2}]'",
    );
    assert!(text.contains("(InvalidParameterValue)") && text.contains("Duplicate tag key 'a' specified.") && exit == 254, "{text}");
}

// rules: X2 L1
#[test]
fn what_takes_time_takes_it_where_nothing_settles() {
    let mut host = Lone::new("us-east-1", false).unwrap().without_settling();
    let launch = "aws ec2 run-instances --image-id ami-00000000000000001 --query 'Instances[0].InstanceId' --output text";
    let id = asked(&mut host, launch).0.trim_end().to_owned();
    let state = format!("aws ec2 describe-instances --instance-ids {id} --query 'Reservations[0].Instances[0].State.Name' --output text");
    assert_eq!(asked(&mut host, &state).0, "pending\n");
    assert_eq!(asked(&mut host, &format!("aws ec2 stop-instances --instance-ids {id}")).1, 254);
    assert_eq!(asked(&mut host, &format!("aws ec2 wait instance-running --instance-ids {id}")).1, 0);
    assert_eq!(asked(&mut host, &state).0, "running\n");
}
