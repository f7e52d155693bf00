//! Programs that ask over the network: their packets are the board's, and the time that they take is the page's.

use super::*;
use serde_json::json;

// rules: F6 F12
#[test]
fn what_a_program_asks_is_an_act_that_comes_back_and_is_undone_with_its_line() {
    let mut owner = owner("low-budget-ha");
    let log = "VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
X=$(aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows \\
 --deliver-logs-permission-arn arn:aws:iam::123456789012:role/logs --max-aggregation-interval 60)";
    run(&mut Terminal::default(), &mut owner, log);
    let (start, document) = (owner.session.now(), owner.session.document());
    let line = typed(&mut owner, "ssh ops-1 ping -c 3 -W 1 10.0.1.50; ssh ops-1 curl -m 2 10.0.1.50:9");
    let text = printed(&line, false);
    assert!(text.contains("3 packets transmitted, ") && text.contains(" ping statistics ---"), "{line:#?}");
    let took = owner.session.now() - start;
    assert!((2_000_000..6_000_000).contains(&took), "{took} us");
    assert_eq!(printed(&typed(&mut owner, "flow-logs"), true).lines().count(), 1, "the window is not over");
    run(&mut Terminal::default(), &mut owner, "wait 60s");
    let records = printed(&typed(&mut owner, "flow-logs"), false);
    assert!(records.lines().any(|line| line.contains(" 0 0 1 3 ")), "three echoes of one flow: {records}");
    assert_eq!(
        printed(&typed(&mut owner, "aws logs describe-log-groups --query 'logGroups[0].logGroupName' --output text"), false),
        "flows\n"
    );
    // Recovered, the same packets have flown.
    let (mut recovered, left_out) = Session::recover("low-budget-ha", &owner.journal).unwrap();
    assert_eq!((left_out, recovered.now()), (0, owner.session.now()));
    assert!(recovered.flow_logs(None) == owner.session.flow_logs(None), "other packets have flown");
    // One line, one step.
    assert!(owner.session.undo() && recovered.undo());
    assert_eq!((owner.session.now(), owner.session.document()), (start, document));
    assert_eq!((owner.session.flow_logs(None), recovered.flow_logs(None)), (String::new(), String::new()));
}

// rules: E89
#[test]
fn a_load_is_an_act_that_comes_back_and_is_undone_with_its_line() {
    let mut owner = owner("low-budget-ha");
    let (start, document) = (owner.session.now(), owner.session.document());
    let line = typed(&mut owner, "ssh web-3 iperf3 -c 10.0.1.11 -p 443 -b 80M -t 5");
    let text = printed(&line, false);
    assert!(text.contains("5.00   sec  9.54 MBytes  80.0 Mbits/sec    0 ") && text.ends_with("\niperf Done.\n"), "{line:#?}");
    assert!((5_000_000..6_000_000).contains(&(owner.session.now() - start)));
    let counted = printed(&typed(&mut owner, "ssh web-3 ethtool -S ens5"), false);
    assert!(!counted.contains("queue_0_tx_bytes: 0\n"), "{counted}");
    let (mut recovered, left_out) = Session::recover("low-budget-ha", &owner.journal).unwrap();
    assert_eq!((left_out, recovered.now()), (0, owner.session.now()));
    assert!(owner.session.undo() && recovered.undo());
    assert_eq!((owner.session.now(), owner.session.document()), (start, document));
}

// rules: E91 W5
#[test]
fn each_load_of_a_learner_for_a_service_of_the_host_meets_its_limit() {
    let exceeded = |owner: &mut Owner| -> Vec<u64> {
        let counted = printed(&typed(owner, "ssh web-3 ethtool -S ens5"), false);
        let of = |name: &str| counted.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": ")?.parse().ok()).unwrap();
        ["linklocal_allowance_exceeded", "pps_allowance_exceeded"].map(of).to_vec()
    };
    let udp = |to: &str, pause: &str| format!("ssh web-3 hping3 -q --udp -p 53 -d 29 -i {pause} -c 6000 {to}");
    // Its pace, how many seconds that takes, and whether it is more than 1,024 a second.
    for (pause, sent, over) in [("u1000", 6_000, false), ("u500", 6_000, true)] {
        for to in ["169.254.169.253", "169.254.169.123"] {
            let mut owner = owner("low-budget-ha");
            let line = typed(&mut owner, &udp(to, pause));
            let text = printed(&line, false);
            assert!(text.starts_with(&format!("HPING {to} (ens5 {to}): udp mode set, 28 headers + 29 data bytes\n")), "{line:#?}");
            assert!(
                printed(&line, true).contains(&format!("{sent} packets transmitted, 0 packets received, 100% packet loss")),
                "{line:#?}"
            );
            let [lost, packets] = exceeded(&mut owner)[..] else { panic!() };
            assert_eq!((lost > 0, packets), (over, 0), "{to} {pause}");
            if over {
                // Three seconds of 2,000, less 1,024 each and what may wait.
                assert!((2_900..=2_928).contains(&lost), "{lost}");
            }
        }
    }
    // The same as an act that the page is told.
    let mut owner = owner("low-budget-ha");
    let act = |seconds: u64| {
        let text = json!({"kind": "scene", "act": "load", "from": "web-3", "to": "169.254.169.253", "datagrams": true, "port": 53,
            "bitsPerSecond": 29 * 8 * 2_000, "payload": 29, "seconds": seconds});
        Act::from_json(&text).unwrap()
    };
    assert!(owner.session.execute(&act(3)).result.is_ok());
    owner.session.advance(3_000_000);
    assert!(exceeded(&mut owner)[0] > 2_900);
    // iperf3 asks for its other end by TCP first, and a name server has none: nothing of a load is sent.
    let mut owner = super::owner("low-budget-ha");
    let line = typed(&mut owner, "ssh web-3 iperf3 -c 169.254.169.253 -p 53 -u -b 10M -t 2");
    assert!(printed(&line, true).contains("Connection timed out"), "{line:#?}");
    assert_eq!(exceeded(&mut owner), [0, 0]);
    for (line, says) in [
        ("ssh web-3 hping3 --udp -p 53 -d 29 -c 10 10.0.1.11", "iperf3"),
        ("ssh web-3 hping3 --udp -p 53 -d 29 -c 10 -i 3600 169.254.169.253", "usage: hping3"),
        ("ssh web-3 hping3 --udp -p 53 -d 29 -c 100000 169.254.169.253", "the most that is played here"),
        ("ssh web-3 hping3 -S -p 53 169.254.169.253", "usage: hping3"),
        ("ssh web-3 hping3 --udp -p 53 -d 29 -c 10 nobody.example", "Unable to resolve"),
    ] {
        assert!(printed(&typed(&mut owner, line), true).contains(says), "{line}");
    }
}
