//! Tests of acts: their JSON form and their echoes.

use super::*;
use std::str::FromStr;

#[test]
fn every_kind_of_act_reads_prints_and_echoes() {
    let cases = [
        (
            r#"{"kind":"api","service":"ec2","action":"DeleteNetworkInterface","parameters":{"NetworkInterfaceId":"eni-00000000000000001"}}"#,
            "aws ec2 delete-network-interface --network-interface-id eni-00000000000000001",
        ),
        (r#"{"kind":"guest","instance":"web 1","command":"listen tcp 80"}"#, "ssh 'web 1' listen tcp 80"),
        (r#"{"kind":"world","act":"wait","milliseconds":1500}"#, "wait 1500ms"),
        (r#"{"kind":"world","act":"fault","fault":"loss","perMille":20,"instance":"web-1"}"#, "fault loss web-1 --per-mille 20"),
        (
            r#"{"kind":"world","act":"fault","fault":"connections","atMost":20,"instance":"web 1"}"#,
            "fault connections 'web 1' --at-most 20",
        ),
        (r#"{"kind":"world","act":"fault","fault":"connections","broken":false,"instance":"web-1"}"#, "fault connections web-1 --mend"),
        (r#"{"kind":"world","act":"fault","fault":"connections","atMost":0,"instance":"web-1"}"#, "fault connections web-1 --mend"),
        (r#"{"kind":"world","act":"fault","fault":"hang","broken":false,"instance":"web-1"}"#, "fault hang web-1 --mend"),
        (r#"{"kind":"world","act":"spot-notice","instance":"i-00000000000000001"}"#, "fault spot-notice i-00000000000000001"),
        (
            r#"{"kind":"world","act":"service-takes","service":"lambda","subnet":"subnet-1","name":"my shop","groups":["sg-1","sg-2"]}"#,
            "service takes lambda subnet-1 --name 'my shop' --groups sg-1 sg-2",
        ),
        (r#"{"kind":"world","act":"service-takes","service":"rds","subnet":"private a"}"#, "service takes rds 'private a'"),
        (r#"{"kind":"world","act":"service-leaves","eni":"eni-00000000000000001"}"#, "service leaves eni-00000000000000001"),
        (
            r#"{"kind":"scene","act":"add-client","name":"outside","from":"internet","to":"203.0.113.1","protocol":"tcp","port":443,"everyMs":200}"#,
            "ask internet 203.0.113.1 tcp 443 --every 200ms --name outside",
        ),
        (r#"{"kind":"scene","act":"pause-client","client":3}"#, "ask --pause 3"),
        (r#"{"kind":"scene","act":"pause-client","client":3,"paused":false}"#, "ask --resume 3"),
        (
            r#"{"kind":"scene","act":"ask","from":"i-00000000000000001","to":"eni-00000000000000002","protocol":"icmp"}"#,
            "ask i-00000000000000001 eni-00000000000000002 icmp",
        ),
        (
            r#"{"kind":"scene","act":"load","from":"ops-1","to":"10.0.1.20","streams":4,"bitsPerSecond":1000000,"datagrams":true,"payload":512,"seconds":5}"#,
            "ssh ops-1 iperf3 -c 10.0.1.20 -p 5201 -t 5 -P 4 -b 1000000 -l 512 -u",
        ),
        (r#"{"kind":"scene","act":"load","from":"ops-1","to":"10.0.1.20","port":80}"#, "ssh ops-1 iperf3 -c 10.0.1.20 -p 80 -t 10"),
        // Once is once, whatever the form had beside it.
        (
            r#"{"kind":"scene","act":"ask","name":"ops-1","from":"ops-1","to":"web-1","protocol":"tcp","port":443,"everyMs":200}"#,
            "ask ops-1 web-1 tcp 443",
        ),
        (r#"{"kind":"scene","act":"place","id":"eni-00000000000000002","x":-5,"y":7}"#, "place eni-00000000000000002 -5 7"),
        (r#"{"kind":"scene","act":"name","id":"i-1","name":"<b>web</b>"}"#, "name i-1 '<b>web</b>'"),
        (r#"{"kind":"scene","act":"title","title":"my shop"}"#, "title 'my shop'"),
        (r#"{"kind":"scene","act":"remove-client","client":1}"#, "ask --stop 1"),
        (
            r#"{"kind":"scene","act":"move","eni":"eni-00000000000000002","instance":"web 2","index":1}"#,
            "move eni-00000000000000002 'web 2' 1",
        ),
        (r#"{"kind":"scene","act":"move","eni":"eni-1","instance":"web-2","card":1,"index":0}"#, "move eni-1 web-2 0 --card 1"),
    ];
    for (text, echo) in cases {
        let act = Act::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(act.echo(), echo);
        assert_eq!(Act::from_json(&act.to_json()), Ok(act), "{text}");
    }
}

#[test]
fn wrong_acts_are_refused_with_the_place() {
    let cases = [
        (r#"[]"#, ""),
        (r#"{"kind":"magic"}"#, "kind"),
        (r#"{"kind":"api","parameters":{}}"#, "action"),
        (r#"{"kind":"api","action":"X","parameters":3}"#, "parameters"),
        (r#"{"kind":"guest","instance":7,"command":"listen tcp 80"}"#, "instance"),
        (r#"{"kind":"world","act":"wait","milliseconds":-1}"#, "milliseconds"),
        (r#"{"kind":"world","act":"wait","milliseconds":5,"seconds":1}"#, "seconds"),
        (r#"{"kind":"world","act":"fault","fault":"loss","perMille":2000,"instance":"i-00000000000000001"}"#, "perMille"),
        (r#"{"kind":"world","act":"fault","fault":"connections","instance":"i-00000000000000001"}"#, "atMost"),
        (r#"{"kind":"world","act":"fault","fault":"connections","atMost":10000001,"instance":"i-00000000000000001"}"#, "atMost"),
        (r#"{"kind":"world","act":"service-takes","service":"rds","subnet":"a","groups":[1]}"#, "groups"),
        (r#"{"kind":"world","act":"service-takes","service":"rds"}"#, "subnet"),
        (r#"{"kind":"world","act":"service-leaves"}"#, "eni"),
        (r#"{"kind":"scene","act":"ask","from":"internet","to":"10.0.0.1","protocol":"tcp","port":65536}"#, "port"),
        (r#"{"kind":"scene","act":"ask","from":"internet","to":"10.0.0.1","protocol":"tcp"}"#, "port"),
        (r#"{"kind":"scene","act":"ask","from":"internet","to":"10.0.0.1","protocol":"gre"}"#, "protocol"),
        (r#"{"kind":"scene","act":"add-client","from":"internet","to":"10.0.0.1","protocol":"icmp","everyMs":0}"#, "everyMs"),
        (r#"{"kind":"scene","act":"load","from":"a","to":"10.0.0.1","streams":129}"#, "streams"),
        (r#"{"kind":"scene","act":"load","from":"a","to":"10.0.0.1","streams":100,"seconds":201}"#, "seconds"),
        (r#"{"kind":"scene","act":"load","from":"a","to":"10.0.0.1","seconds":0}"#, "seconds"),
        (r#"{"kind":"scene","act":"place","id":"a","x":1e300,"y":0}"#, "x"),
    ];
    for (text, place) in cases {
        match Act::parse(text) {
            Err(JsonError::Field(error)) => {
                assert_eq!(error.place, place, "{text}");
                assert!(!error.to_string().starts_with(':'), "{error}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    let long = format!(r#"{{"kind":"scene","act":"name","id":"a","name":"{}"}}"#, "x".repeat(2 << 20));
    assert!(matches!(Act::parse(&long), Err(JsonError::TooLong { .. })));
    assert!(matches!(Act::parse(&"[".repeat(100)), Err(JsonError::TooDeep(64))));
}

#[test]
fn guest_commands_read_and_print_alike() {
    let good = [
        "listen tcp 80",
        "listen udp 53-54 on 10.0.0.5",
        "unlisten tcp 80",
        "ip addr add 10.0.0.9 dev eni-00000000000000001",
        "ip addr del 10.0.0.9 dev eni-00000000000000001",
        "sysctl net.ipv4.ip_forward=1",
        "sysctl net.ipv4.conf.all.rp_filter=2",
        "sysctl net.ipv4.conf.*.rp_filter=1",
        "sysctl net.ipv4.conf.eni-00000000000000001.rp_filter=0",
        "ip route add default via 10.0.0.1 dev eni-00000000000000001 table 2",
        "ip route del 10.1.0.0/16 via 10.0.0.1 dev eni-00000000000000001 src 10.0.0.9 metric 5",
        "ip route replace 192.0.2.1 dev eni-00000000000000001",
        "ip route flush table 2",
        "ip rule add from 10.0.0.9 to 192.0.2.0/24 lookup 2 pref 100",
        "ip rule del lookup 2",
        "ip rule flush",
        "networkctl renew eni-00000000000000001",
        "ip link set dev eni-00000000000000001 mtu 1500",
        "iptables -t nat -A POSTROUTING -s 10.0.0.0/16 -o eni-00000000000000001 -j MASQUERADE",
        "iptables -t nat -D POSTROUTING -j MASQUERADE",
        "iptables -t nat -F POSTROUTING",
        "masquerade on",
        "policy-routing off",
    ];
    for text in good {
        assert_eq!(GuestCommand::from_str(text).unwrap().to_string(), text);
    }
    for text in [
        "ip rule add table x",
        "ip route add",
        "ip link set mtu 1500",
        "iptables -A INPUT -j DROP",
        "",
        "rm -rf /",
        "listen",
        "listen tcp 90-80",
        "listen sctp 5",
        "ip addr add 10.0.0.9",
        "masquerade maybe",
    ] {
        assert!(GuestCommand::from_str(text).is_err(), "{text}");
    }
}

// rules: G17 G18 G19 G20
#[test]
fn whatever_is_set_by_hand_is_written_as_commands_that_set_it_again() {
    use eni_core::model::instance::{Guest, GuestFlavour};
    use eni_core::rng::Rng;
    let mut rng = Rng::new(7);
    let mut pick = |words: &[&str]| words[usize::try_from(rng.below(words.len() as u64)).unwrap()].to_owned();
    let (mut accepted, mut refused, mut kept) = (0, 0, vec![Guest::of(GuestFlavour::Plain)]);
    for step in 0..3_000 {
        let eni = pick(&["eni-00000000000000001", "eni-00000000000000002"]);
        let block = pick(&["default", "10.0.2.0/24", "192.0.2.1", "10.0.0.0/8"]);
        let (table, number) = (pick(&["", " table 2", " table 300", " table main"]), pick(&["", " metric 7", " metric 100"]));
        let (verb, all) = (pick(&["add", "del", "replace"]), pick(&["*", "all", "default", &eni]));
        let line = match step % 5 {
            0 => format!("ip route {verb} {block} via 10.0.1.1 dev {eni}{table}{number}"),
            1 => format!("ip rule {} from {block}{table}{}", pick(&["add", "del"]), pick(&["", " pref 5", " pref 40000"])),
            2 => format!("sysctl -w net.ipv4.conf.{all}.rp_filter={}", pick(&["0", "1", "2"])),
            3 => format!("iptables -t nat {} POSTROUTING{} -j MASQUERADE", pick(&["-A", "-D"]), pick(&["", &format!(" -o {eni}")])),
            _ => pick(&[
                &format!("ip link set dev {eni} mtu 1500"),
                &format!("ip link set dev {eni} mtu 9001"),
                &format!("networkctl renew {eni}"),
                &format!("ip route del default dev {eni}"),
                "ip rule flush",
                "ip route flush table 2",
            ]),
        };
        let before = kept.last().unwrap();
        let Ok(after) = line.parse::<GuestCommand>().and_then(|command| command.carried_out_on(before)) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        let ends = [(before, &after), (&kept[0], &after), (&after, &kept[0]), (&kept[kept.len() / 2], &after)];
        for (from, to) in ends {
            let typed = GuestCommand::between(from, to);
            let again = |guest: Guest, command: &GuestCommand| command.to_string().parse::<GuestCommand>()?.carried_out_on(&guest);
            let reached = typed.iter().try_fold(from.clone(), again);
            assert_eq!(reached.as_ref(), Ok(to), "{step} {line}: {:?}", typed.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
        kept.push(after);
    }
    assert!(accepted > 1_000 && refused > 100, "{accepted} {refused}");
}

// rules: G5 G7 E62
#[test]
fn guest_commands_change_what_they_name_and_nothing_else() {
    use eni_core::id::{EniId, ResourceId};
    use eni_core::model::instance::{Guest, GuestFlavour, RpFilter};
    let plain = Guest::of(GuestFlavour::Plain);
    let after = |text: &str, guest: &Guest| text.parse::<GuestCommand>().unwrap().carried_out_on(guest).unwrap();

    let listening = after("listen udp 53", &plain);
    assert_eq!(listening.listeners.len(), 1);
    assert_eq!(after("listen udp 53", &listening), listening, "a second time changes nothing");
    assert_eq!(after("unlisten udp 53", &listening), plain);

    let configured = after("ip addr add 10.0.0.9 dev eni-00000000000000001", &plain);
    assert_eq!(configured.configured.len(), 1);
    assert_eq!(after("ip addr del 10.0.0.9 dev eni-00000000000000001", &configured), plain);

    assert!(after("policy-routing on", &plain).policy_routing);
    assert!(after("masquerade on", &plain).masquerade);
    assert!(after("sysctl net.ipv4.ip_forward=1", &plain).forwarding);
    let strict = after("sysctl net.ipv4.conf.*.rp_filter=1", &plain);
    assert_eq!((strict.rp_filter, strict.filter_of(EniId::from_number(1))), (RpFilter::Strict, RpFilter::Strict));
    assert_eq!(after("ip rule del lookup 2", &after("ip rule add from 10.0.0.9 lookup 2", &plain)), plain, "nothing is left of it");

    let mut other = after("ip addr add 10.0.0.9 dev eni-00000000000000001", &Guest::of(GuestFlavour::Router));
    other.flavour = GuestFlavour::Plain;
    other.configures_secondaries = false;
    other = after("listen udp 53", &after("sysctl net.ipv4.conf.all.rp_filter=2", &other));
    for line in [
        "ip route add default via 10.0.0.1 dev eni-00000000000000001 table 2",
        "ip rule add from 10.0.0.9 lookup 2",
        "ip rule add from 10.0.0.8 lookup 2 pref 32765",
        "ip route del default dev eni-00000000000000001",
        "ip link set dev eni-00000000000000001 mtu 1500",
        "sysctl net.ipv4.conf.*.rp_filter=1",
        "sysctl net.ipv4.conf.all.rp_filter=0",
        "sysctl net.ipv4.conf.eni-00000000000000001.rp_filter=2",
        "iptables -t nat -A POSTROUTING -j MASQUERADE",
    ] {
        other = after(line, &other);
    }
    for (from, to) in [(&plain, &other), (&other, &plain)] {
        let reached = GuestCommand::between(from, to).iter().try_fold(from.clone(), |guest, command| command.carried_out_on(&guest));
        assert_eq!(reached.as_ref(), Ok(to));
    }

    let mut full = plain;
    for port in 0..100 {
        full = after(&format!("listen tcp {}", port + 1), &full);
    }
    let one_more = GuestCommand::from_str("listen tcp 9999").unwrap().carried_out_on(&full);
    assert_eq!(one_more, Err(GuestCommandError::TooManyListeners));
}
