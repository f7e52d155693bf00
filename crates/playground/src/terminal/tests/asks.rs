//! Programs that ask over the network: their packets are the board's, and the time that they take is the page's.

use super::*;

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
