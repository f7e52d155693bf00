//! Routing on instances set by hand: what is typed, what the programs say to it, what the packets do then, and that all of it is an act.
#![allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Lone, Shell};

/// What a line prints, and how it ends.
fn asked(host: &mut Lone, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

/// `web`, a plain system with an interface in each of two subnets.
fn region() -> Lone {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let made = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
X=$(aws ec2 run-instances --image-id ami-00000000000000002 --instance-type t3.micro --subnet-id $ONE --private-ip-address 10.0.1.10 \
--tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]')
ENI=$(aws ec2 create-network-interface --subnet-id $TWO --private-ip-address 10.0.2.20 --query NetworkInterface.NetworkInterfaceId --output text)
X=$(aws ec2 attach-network-interface --network-interface-id $ENI --instance-id i-00000000000000001 --device-index 1)";
    assert_eq!(asked(&mut host, made), (String::new(), 0));
    host
}

fn typed(host: &mut Lone, line: &str) -> (String, u8) {
    asked(host, &format!("ssh web {line}"))
}

// rules: G17 G5 G15
#[test]
fn tables_and_rules_are_taken_as_people_type_them() {
    for lines in [
        ["sudo ip route add default via 10.0.2.1 dev ens6 table 2", "sudo ip rule add from 10.0.2.20 table 2"],
        ["ip route add default via 10.0.2.1 table 2", "ip rule add from 10.0.2.20/32 lookup 2"],
        ["ip r a default via 10.0.2.1 dev ens6 proto static onlink table 2", "ip ru add table 2 from 10.0.2.20 prio 32765"],
        ["ip route replace table 2 0.0.0.0/0 dev eni-00000000000000002 via 10.0.2.1", "ip rule add from 10.0.2.20 to all lookup 2"],
    ] {
        let mut host = region();
        for line in lines {
            assert_eq!(typed(&mut host, line), (String::new(), 0), "{line}");
        }
        assert_eq!(typed(&mut host, "ip route show table 2").0, "default via 10.0.2.1 dev ens6\n", "{lines:?}");
        let rules =
            "0:\tfrom all lookup local\n32765:\tfrom 10.0.2.20 lookup 2\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n";
        assert_eq!(typed(&mut host, "ip rule").0, rules, "{lines:?}");
        let way = "198.51.100.1 from 10.0.2.20 via 10.0.2.1 dev ens6 table 2 uid 1000 \n    cache \n";
        assert_eq!(typed(&mut host, "ip route get 198.51.100.1 from 10.0.2.20").0, way, "{lines:?}");
    }
}

// rules: G17
#[test]
fn rules_stand_by_priority_and_a_new_one_before_all_others() {
    let mut host = region();
    for line in [
        "from 10.0.2.20 table 2",
        "from 10.0.2.21 table 2",
        "to 192.0.2.0/24 table 3 pref 100",
        "from 10.0.2.22 lookup main priority 40000",
    ] {
        assert_eq!(typed(&mut host, &format!("ip rule add {line}")), (String::new(), 0), "{line}");
    }
    let shown = "0:\tfrom all lookup local
100:\tfrom all to 192.0.2.0/24 lookup 3
32764:\tfrom 10.0.2.21 lookup 2
32765:\tfrom 10.0.2.20 lookup 2
32766:\tfrom all lookup main
32767:\tfrom all lookup default
40000:\tfrom 10.0.2.22 lookup main
";
    assert_eq!(typed(&mut host, "ip rule list").0, shown);
    for line in ["pref 100", "table 2", "from 10.0.2.20 table 2", "from 10.0.2.22"] {
        assert_eq!(typed(&mut host, &format!("ip rule del {line}")), (String::new(), 0), "{line}");
    }
    let left = "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n";
    assert_eq!(typed(&mut host, "ip ru").0, left);
}

// rules: G17
#[test]
fn what_cannot_be_is_refused_as_the_programs_do_it() {
    let mut host = region();
    for line in ["ip route add default via 10.0.2.1 dev ens6 table 2", "ip rule add from 10.0.2.20 table 2"] {
        assert_eq!(typed(&mut host, line).1, 0);
    }
    let before = host.save();
    for (line, text, exit) in [
        ("ip route add default via 10.0.2.1 dev ens6 table 2", "RTNETLINK answers: File exists", 2),
        ("ip rule add from 10.0.2.20 table 2 pref 32765", "RTNETLINK answers: File exists", 2),
        ("ip route add default via 10.0.9.1 dev ens6 table 3", "Error: Nexthop has invalid gateway.", 2),
        ("ip route add default via 10.0.9.1", "Error: Nexthop has invalid gateway.", 2),
        ("ip route add default via 10.0.2.1 dev ens9 table 3", "Cannot find device \"ens9\"", 1),
        ("ip route add default table 3", "RTNETLINK answers: No such device", 2),
        ("ip route add 10.0.2.5/24 dev ens6 table 3", "Error: Invalid prefix for given prefix length.", 2),
        ("ip route add here dev ens6", "Error: any valid prefix is expected rather than \"here\".", 1),
        ("ip route add default via there dev ens6", "Error: inet address is expected rather than \"there\".", 1),
        ("ip route add default via 10.0.2.1 dev ens6 src 10.0.2.77 table 3", "Error: Invalid prefsrc address.", 2),
        ("ip route add default via 10.0.2.1 dev", "Command line is not complete. Try option \"help\"", 255),
        ("ip route add default dev ens6 table out", "Error: argument \"out\" is wrong: table id value is invalid", 255),
        ("ip route add default dev ens6 fast", "Error: either \"to\" is duplicate, or \"fast\" is a garbage.", 255),
        ("ip route del default via 10.0.2.1 table 9", "RTNETLINK answers: No such process", 2),
        ("ip rule add from 10.0.2.20 table out", "Error: argument \"out\" is wrong: invalid table ID", 255),
        ("ip rule add frm 10.0.2.20", "Error: argument \"frm\" is wrong: Failed to parse rule type", 255),
        ("ip rule add from 10.0.2.30 table 255", "Error: argument \"255\" is wrong: invalid table ID", 255),
        ("ip rule del from 10.0.2.99", "RTNETLINK answers: No such file or directory", 2),
        ("ip addr add 10.0.1.10/24 dev ens5", "RTNETLINK answers: File exists", 2),
        ("ip addr add 10.0.1.77/24", "Not enough information: \"dev\" argument is required.", 1),
        ("ip addr add 10.0.1.300/24 dev ens5", "Error: any valid prefix is expected rather than \"10.0.1.300/24\".", 1),
        ("ip addr add 10.0.1.77/33 dev ens5", "Error: any valid prefix is expected rather than \"10.0.1.77/33\".", 1),
        ("ip addr del 10.0.1.77/24 dev ens5", "Error: ipv4: Address not found.", 2),
        // What iproute2 takes and is not played is not called a fault.
        (
            "ip route add blackhole 192.0.2.9",
            "ip route: “blackhole” is not played here: a route is a block, with via, dev, src, metric and table",
            255,
        ),
        (
            "ip rule add fwmark 1 table 100",
            "ip rule: “fwmark” is not played here: rules choose by from and to, and lead to a table, in the order of their pref",
            255,
        ),
        (
            "ip link set ens6 down",
            "ip link: “down” is not played here: of an interface mtu can be set. What takes one away is aws ec2 detach-network-interface",
            255,
        ),
        ("ip route show table local", "ip route: table “local” is not listed here: main is, and tables by their numbers", 255),
        ("ip link set dev ens6 mtu 20000", "Error: mtu greater than device maximum.", 2),
        ("ip link set ens9 mtu 1500", "Cannot find device \"ens9\"", 1),
        (
            "sysctl -w net.ipv4.conf.ens9.rp_filter=1",
            "sysctl: cannot stat /proc/sys/net/ipv4/conf/ens9/rp_filter: No such file or directory",
            1,
        ),
        ("sysctl -w net.ipv4.conf.all.rp_filter=3", "sysctl: setting key \"net.ipv4.conf.all.rp_filter\": Invalid argument", 1),
        ("iptables -t nat -D POSTROUTING -j MASQUERADE", "iptables: Bad rule (does a matching rule exist in that chain?).", 1),
    ] {
        assert_eq!(typed(&mut host, line), (format!("{text}\n"), exit), "{line}");
    }
    assert_eq!(host.save(), before);
    let (text, exit) = typed(&mut host, "ip route add default via 10.0.2.99 dev ens6 table 3");
    assert!(text.contains("not played") && exit == 2, "{text}");
}

// rules: G17 G1
#[test]
fn a_default_route_is_taken_away_and_comes_back() {
    let mut host = region();
    assert_eq!(typed(&mut host, "sudo ip route del default"), (String::new(), 0));
    let shown = "default via 10.0.2.1 dev ens6 proto dhcp src 10.0.2.20 metric 200
10.0.1.0/24 dev ens5 proto kernel scope link src 10.0.1.10 metric 100
10.0.1.1 dev ens5 proto dhcp scope link src 10.0.1.10 metric 100
10.0.2.0/24 dev ens6 proto kernel scope link src 10.0.2.20 metric 200
10.0.2.1 dev ens6 proto dhcp scope link src 10.0.2.20 metric 200
";
    assert_eq!(typed(&mut host, "ip route").0, shown);
    assert!(typed(&mut host, "ip route get 198.51.100.1").0.contains(" dev ens6 "));
    assert_eq!(typed(&mut host, "ip route del default via 10.0.2.1 dev ens6").1, 0);
    assert_eq!(
        typed(&mut host, "ip route get 127.0.0.5"),
        ("local 127.0.0.5 dev lo src 127.0.0.1 uid 1000 \n    cache <local> \n".to_owned(), 0)
    );
    assert_eq!(typed(&mut host, "ip route get 198.51.100.1"), ("RTNETLINK answers: Network is unreachable\n".to_owned(), 2));
    assert_eq!(typed(&mut host, "ping -c 1 198.51.100.1"), ("ping: connect: Network is unreachable\n".to_owned(), 2));
    assert_eq!(typed(&mut host, "ip route del default"), ("RTNETLINK answers: No such process\n".to_owned(), 2));
    for device in ["ens5", "ens6"] {
        assert_eq!(typed(&mut host, &format!("networkctl renew {device}")), (String::new(), 0));
    }
    assert!(typed(&mut host, "ip route get 198.51.100.1").0.contains(" dev ens5 "));
}

// rules: G18 G19 G10 G20 N11
#[test]
fn settings_are_read_as_they_were_written() {
    let mut host = region();
    let ports = typed(&mut host, "sysctl net.ipv4.ip_local_port_range");
    assert_eq!(ports, ("net.ipv4.ip_local_port_range = 32768\t60999\n".to_owned(), 0));
    assert_eq!(typed(&mut host, "sysctl -w net.ipv4.ip_local_port_range=1024").1, 255, "it is only read");
    let read = "net.ipv4.ip_forward = 0\nnet.ipv4.conf.all.rp_filter = 2\nnet.ipv4.conf.ens6.rp_filter = 2\n";
    let ask = "sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.ipv4.conf.ens6.rp_filter";
    assert_eq!(typed(&mut host, ask), (read.to_owned(), 0));
    for (line, printed) in [
        ("sudo sysctl -w net.ipv4.ip_forward=1", "net.ipv4.ip_forward = 1\n"),
        ("sysctl -w net.ipv4.conf.all.rp_filter=1", "net.ipv4.conf.all.rp_filter = 1\n"),
        ("sysctl -qw net/ipv4/conf/ens6/rp_filter = 0", ""),
        ("sudo iptables -t nat -A POSTROUTING -o ens5 -s 10.0.2.0/24 -j MASQUERADE", ""),
        ("ip link set dev ens6 mtu 1500", ""),
    ] {
        assert_eq!(typed(&mut host, line), (printed.to_owned(), 0), "{line}");
    }
    let read = "net.ipv4.ip_forward = 1\nnet.ipv4.conf.all.rp_filter = 1\nnet.ipv4.conf.ens6.rp_filter = 0\n";
    assert_eq!(typed(&mut host, ask), (read.to_owned(), 0));
    assert!(typed(&mut host, "iptables -t nat -S").0.ends_with("-A POSTROUTING -s 10.0.2.0/24 -o ens5 -j MASQUERADE\n"));
    assert!(typed(&mut host, "ip link show ens6").0.contains(" mtu 1500 "));
    assert_eq!(typed(&mut host, "sysctl net.ipv4.tcp_syncookies").1, 1);
}

// rules: G17 G18 G19 G20
#[test]
fn a_document_keeps_it() {
    use eni_playground::session::Session;
    let mut host = region();
    for line in [
        "ip route add default via 10.0.2.1 dev ens6 table 2",
        "ip route add 192.0.2.0/24 via 10.0.1.1 dev ens5 src 10.0.1.10 metric 7",
        "ip rule add from 10.0.2.20 to 198.51.100.0/24 table 2 pref 77",
        "ip route del default via 10.0.1.1 dev ens5",
        "ip addr add 10.0.2.99/24 dev ens6",
        "ip addr add 10.0.2.98 dev ens6",
        "ip link set ens5 mtu 1500",
        "sysctl -w net.ipv4.conf.all.rp_filter=0",
        "sysctl -w net.ipv4.conf.ens5.rp_filter=1",
        "iptables -t nat -A POSTROUTING -j MASQUERADE",
        "iptables -t nat -A POSTROUTING -s 10.0.0.0/16 -o ens5 -j MASQUERADE",
    ] {
        assert_eq!(typed(&mut host, line).1, 0, "{line}");
    }
    let saved = host.save();
    for wanted in ["\"byHand\"", "ip rule add from 10.0.2.20 to 198.51.100.0/24 lookup 2 pref 77", "mtu 1500", "10.0.2.98/32"] {
        assert!(saved.contains(wanted), "{wanted}: {saved}");
    }
    let session = Session::load(saved.as_bytes()).unwrap();
    let (by_hand, titled) =
        (|text: &str| text[text.find("\"byHand\"").unwrap()..text.find("\"configured\"").unwrap()].to_owned(), session.document());
    assert_eq!(by_hand(&titled), by_hand(&saved));
    assert_eq!(Session::load(titled.as_bytes()).unwrap().document(), titled);
    let broken = saved.replace("lookup 2 pref 77", "lookup out");
    assert!(Session::load(broken.as_bytes()).is_err());
}

// rules: G17
#[test]
fn it_is_undone_and_done_again_as_any_act() {
    use eni_playground::act::Act;
    use eni_playground::session::Session;
    let mut session = Session::load(region().save().as_bytes()).unwrap();
    let saved = session.document();
    for command in ["ip route add default via 10.0.2.1 dev eni-00000000000000002 table 2", "ip rule add from 10.0.2.20 table 2"] {
        let outcome = session.execute(&Act::Guest { instance: "web".to_owned(), command: command.to_owned() });
        assert!(outcome.result.is_ok(), "{command}");
    }
    let set = session.document();
    assert!(set.contains("ip rule add from 10.0.2.20 lookup 2 pref 32765"), "{set}");
    session.undo();
    session.undo();
    assert_eq!(session.document(), saved);
    session.redo();
    session.redo();
    assert_eq!(session.document(), set);
}

// rules: E62 G15 G17
#[test]
fn an_address_keeps_the_length_that_it_was_given() {
    let mut host = region();
    let shown = |host: &mut Lone| {
        let all = typed(host, "ip -4 addr show ens6").0;
        all.lines().filter(|line| line.contains(" inet ")).map(|line| line.trim().to_owned()).skip(1).collect::<Vec<_>>()
    };
    for (line, address) in [
        ("10.0.2.21/24 dev ens6", "inet 10.0.2.21/24 scope global secondary ens6"),
        ("10.0.2.22 dev ens6", "inet 10.0.2.22/32 scope global ens6"),
        ("10.0.2.23/32 dev ens6", "inet 10.0.2.23/32 scope global ens6"),
        ("10.0.3.77/24 dev ens6", "inet 10.0.3.77/24 scope global ens6"),
    ] {
        assert_eq!(typed(&mut host, &format!("sudo ip addr add {line}")), (String::new(), 0), "{line}");
        assert!(shown(&mut host).contains(&address.to_owned()), "{line}: {:?}", shown(&mut host));
    }
    // One of another block brings its route: what is there is looked for on the link now, and nobody is.
    assert!(typed(&mut host, "ip route").0.contains("\n10.0.3.0/24 dev ens6 proto kernel scope link src 10.0.3.77\n"));
    assert_eq!(typed(&mut host, "ip route get 10.0.3.30").0, "10.0.3.30 dev ens6 src 10.0.3.77 uid 1000 \n    cache \n");
    assert_eq!(shown(&mut host).len(), 4);
    for line in ["10.0.2.22 dev ens6", "10.0.3.77/24 dev ens6"] {
        assert_eq!(typed(&mut host, &format!("sudo ip addr del {line}")), (String::new(), 0), "{line}");
    }
    assert_eq!(shown(&mut host).len(), 2);
    assert!(!typed(&mut host, "ip route").0.contains("10.0.3.0/24"));
}

// rules: G15 G18
#[test]
fn a_plain_distribution_is_not_amazons() {
    let mut host = region();
    let amazon = "X=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --private-ip-address 10.0.1.30 \
                  --subnet-id $(aws ec2 describe-subnets --filters Name=cidr-block,Values=10.0.1.0/24 --query 'Subnets[0].SubnetId' --output text) \
                  --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=amazon}]')";
    assert_eq!(asked(&mut host, amazon), (String::new(), 0));
    let filters = "sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.default.rp_filter";
    for (line, plain, amazons) in [
        ("hostname", "ip-10-0-1-10\n", "ip-10-0-1-30.ec2.internal\n"),
        ("hostname -f", "ip-10-0-1-10.ec2.internal\n", "ip-10-0-1-30.ec2.internal\n"),
        (
            filters,
            "net.ipv4.conf.all.rp_filter = 2\nnet.ipv4.conf.default.rp_filter = 2\n",
            "net.ipv4.conf.all.rp_filter = 0\nnet.ipv4.conf.default.rp_filter = 2\n",
        ),
        (
            "ip link show ens5",
            "    altname enp0s5\n$",
            "    altname enp0s5\n    altname eni-00000000000000003\n    altname device-number-0.0\n",
        ),
        ("cat /etc/resolv.conf", "nameserver 127.0.0.53\n", "nameserver 10.0.0.2\n"),
        ("dig example.com", ";; SERVER: 127.0.0.53#53(127.0.0.53) (UDP)\n", ";; SERVER: 10.0.0.2#53(10.0.0.2) (UDP)\n"),
    ] {
        for (name, wanted) in [("web", plain), ("amazon", amazons)] {
            let (text, exit) = asked(&mut host, &format!("ssh {name} {line}"));
            assert!(format!("{text}$").contains(wanted) && exit == 0, "{name} {line}: {text}");
        }
    }
    // What is back at the image's own number is nobody's setting any more.
    let before = host.save();
    for value in [0, 2] {
        assert_eq!(typed(&mut host, &format!("sysctl -w net.ipv4.conf.all.rp_filter={value}")).1, 0);
    }
    assert_eq!(host.save(), before);
}
