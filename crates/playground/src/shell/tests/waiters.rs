//! `aws ec2 wait`: what is waited for, how long, and what ends it.

use super::super::waiter::WAITERS;
use super::super::*;
use super::shown;
use eni_core::time::Instant;

#[test]
fn waiters_ask_until_it_is_so() {
    let launched = "ID=$(aws ec2 run-instances --image-id ami-00000000000000001 --query 'Instances[0].InstanceId' --output text)";
    let cases = [
        ("aws ec2 wait instance-running --instance-ids $ID; expect ok", 0, "as expected: ok\n"),
        ("aws ec2 wait instance-stopped --instance-ids $ID", 255, "\nWaiter InstanceStopped failed: Max attempts exceeded\n"),
        ("aws ec2 stop-instances --instance-ids $ID --query x; aws ec2 wait instance-stopped --instance-ids $ID", 0, "null\n"),
        (
            "aws ec2 wait vpc-available --vpc-ids vpc-0000000000000000f",
            255,
            "\nWaiter VpcAvailable failed: An error occurred (InvalidVpcID.NotFound): The vpc ID 'vpc-0000000000000000f' does not exist\n",
        ),
        (
            "aws ec2 request-spot-instances --launch-specification ImageId=ami-00000000000000001,InstanceType=t3.micro --query x; \
             aws ec2 wait spot-instance-request-fulfilled; expect ok",
            0,
            "null\nas expected: ok\n",
        ),
        ("aws ec2 wait", 252, "the following arguments are required: waiter"),
        ("aws ec2 wait vpc-availabel", 252, "Invalid choice: 'vpc-availabel', maybe you meant:"),
        ("aws ec2 wait vpc-available --foo", 252, "Unknown options: --foo"),
    ];
    for (script, exit, expected) in cases {
        let (printed, got) = shown(&format!("{launched}\n{script}"));
        assert_eq!(got, exit, "{script}: {printed}");
        assert!(if exit == 252 { printed.contains(expected) } else { printed == expected }, "{script}: {printed}");
    }
}

/// What a wait prints, its exit code, and how many seconds of virtual time it took where nothing is done between two calls.
fn waited(script: &str) -> (String, u8, u64) {
    let mut host = Lone::new("us-east-1", false).unwrap().without_settling();
    let mut shell = Shell::new();
    let (before, last) = script.rsplit_once("; ").unwrap_or(("", script));
    shell.run(&mut host, before);
    let now = |host: &Lone| host.scenario().unwrap().clock.since(Instant::ZERO).as_nanos() / 1_000_000_000;
    let begin = now(&host);
    let printed = shell.run(&mut host, last);
    (printed.into_iter().map(|(_, text)| text).collect(), shell.exit(), now(&host) - begin)
}

#[test]
fn a_waiter_asks_as_often_as_awss_own_and_knows_the_same_refusals() {
    let launch = "ID=$(aws ec2 run-instances --image-id ami-00000000000000001 --query 'Instances[0].InstanceId' --output text)";
    let again = |code: &str| format!("Max attempts exceeded. Previously accepted state: Matched expected service error code: {code}");
    let ended = |states: &str, state: &str| {
        format!(
            "Waiter encountered a terminal failure state: For expression \"{states}\" we matched expected path: \"{state}\" at least once"
        )
    };
    let states = "Reservations[].Instances[].State.Name";
    let cases = [
        // What is not there yet is asked for again: 40 times, 5 seconds apart.
        ("aws ec2 wait instance-exists --instance-ids i-0000000000000000f", "InstanceExists", again("InvalidInstanceID.NotFound"), 195),
        ("aws ec2 wait instance-running --instance-ids i-0000000000000000f", "InstanceRunning", again("InvalidInstanceID.NotFound"), 585),
        ("aws ec2 wait vpc-exists --vpc-ids vpc-0000000000000000f", "VpcExists", again("InvalidVpcID.NotFound"), 4),
        ("aws ec2 wait key-pair-exists --key-names none", "KeyPairExists", again("InvalidKeyPair.NotFound"), 25),
        ("aws ec2 wait key-pair-exists", "KeyPairExists", "Max attempts exceeded".to_owned(), 25),
        // What AWS's own waiter gives up at.
        (&format!("{launch}; aws ec2 wait instance-stopped --instance-ids $ID"), "InstanceStopped", ended(states, "pending"), 0),
        (
            "aws ec2 wait network-interface-available --network-interface-ids eni-0000000000000000f",
            "NetworkInterfaceAvailable",
            "Waiter encountered a terminal failure state: Matched expected service error code: InvalidNetworkInterfaceID.NotFound"
                .to_owned(),
            0,
        ),
        // Its waiter for internet gateways knows a code that the call does not answer with.
        (
            "aws ec2 wait internet-gateway-exists --internet-gateway-ids igw-0000000000000000f",
            "InternetGatewayExists",
            "An error occurred (InvalidInternetGatewayID.NotFound): The internetGateway ID 'igw-0000000000000000f' does not exist"
                .to_owned(),
            0,
        ),
    ];
    for (script, name, why, seconds) in cases {
        assert_eq!(waited(script), (format!("\nWaiter {name} failed: {why}\n"), 255, seconds), "{script}");
    }
    let well = [
        (&*format!("{launch}; aws ec2 wait instance-running --instance-ids $ID"), 15),
        ("aws ec2 wait vpc-peering-connection-deleted --vpc-peering-connection-ids pcx-0000000000000000f", 0),
        ("aws ec2 wait nat-gateway-deleted --nat-gateway-ids nat-0000000000000000f", 0),
        ("aws ec2 wait vpc-peering-connection-exists", 0),
        ("aws ec2 wait vpc-exists", 0),
    ];
    for (script, seconds) in well {
        assert_eq!(waited(script), (String::new(), 0, seconds), "{script}");
    }
}

#[test]
fn what_can_be_waited_for_is_listed_told_and_completed() {
    let list = shown("aws ec2 wait help");
    assert_eq!(list.1, 0);
    assert!(shown("aws ec2 help").0.contains("\n  wait  "));
    let names: Vec<&str> = WAITERS.iter().map(|waiter| waiter.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    for waiter in WAITERS {
        assert!(list.0.contains(&format!("\n  {}\n", waiter.name)), "{}", waiter.name);
        assert!(complete("aws ec2 wait ", &[]).contains(&waiter.name.to_owned()), "{}", waiter.name);
        let (help, exit) = shown(&format!("aws ec2 wait {} help", waiter.name));
        assert!(exit == 0 && help.contains(&format!("\n  aws ec2 wait {}", waiter.name)), "{help}");
        assert!(help.contains(" seconds, ") && help.lines().all(|line| line.len() <= 80), "{help}");
    }
    let ids = ["i-00000000000000001".to_owned(), "vpc-00000000000000001".to_owned()];
    assert_eq!(complete("aws ec2 wait instance-running --instance-ids ", &ids), ["i-00000000000000001"]);
    assert!(complete("aws ec2 w", &[]).contains(&"wait".to_owned()));
}
