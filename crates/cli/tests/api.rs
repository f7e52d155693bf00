//! `eni api` as a program meets it: a line in, a line out, whatever the line is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running `eni api`.
struct Api {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Api {
    fn start(arguments: &[&str]) -> Api {
        let mut child = Command::new(env!("CARGO_BIN_EXE_eni"))
            .arg("api")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Api { child, answers }
    }

    /// Sends one line and reads its answer before anything else is sent.
    fn ask(&mut self, line: &[u8]) -> String {
        let mut input = self.child.stdin.as_ref().unwrap();
        input.write_all(line).unwrap();
        input.write_all(b"\n").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert!(answer.ends_with('\n'), "every answer is one line: {answer:?}");
        answer.trim_end().to_owned()
    }

    fn call(&mut self, action: &str, parameters: &str) -> String {
        self.ask(format!(r#"{{"Action":"{action}","Parameters":{parameters}}}"#).as_bytes())
    }

    fn end(mut self) -> i32 {
        drop(self.child.stdin.take());
        let mut rest = String::new();
        self.answers.read_line(&mut rest).unwrap();
        assert_eq!(rest, "", "nothing is said that nobody asked");
        self.child.wait().unwrap().code().unwrap()
    }
}

/// How often a text stands in another one.
fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn a_new_account_has_a_default_vpc_with_a_subnet_in_each_zone() {
    for (region, zones) in [("us-east-1", "abcdef"), ("eu-west-1", "abc"), ("us-gov-west-1", "abc")] {
        let mut api = Api::start(&["--region", region]);
        let vpcs = api.call("DescribeVpcs", "{}");
        assert!(vpcs.contains(r#""CidrBlock":"172.31.0.0/16""#) && vpcs.contains(r#""IsDefault":true"#), "{vpcs}");
        let subnets = api.call("DescribeSubnets", "{}");
        assert_eq!(count(&subnets, r#""DefaultForAz":true"#), zones.len(), "{subnets}");
        assert_eq!(count(&subnets, r#""MapPublicIpOnLaunch":true"#), zones.len(), "{subnets}");
        assert_eq!(count(&subnets, "/20\""), zones.len(), "{subnets}");
        for zone in zones.chars() {
            assert!(subnets.contains(&format!(r#""AvailabilityZone":"{region}{zone}""#)), "{zone}: {subnets}");
        }
        assert_eq!(api.end(), 0);
    }
}

#[test]
fn an_empty_region_has_nothing() {
    let mut api = Api::start(&["--empty"]);
    assert_eq!(api.call("DescribeVpcs", "{}"), r#"{"Result":{"Vpcs":[]}}"#);
    assert_eq!(api.call("DescribeSecurityGroups", "{}"), r#"{"Result":{"SecurityGroups":[]}}"#);
    assert_eq!(api.end(), 0);
}

#[test]
fn what_takes_time_is_done_at_once_or_waited_for() {
    let subnet = r#"{"SubnetId":"subnet-00000000000000001"}"#;
    let status = |answer: &str, status: &str| answer.contains(&format!(r#""Status":"{status}""#));
    let mut settling = Api::start(&[]);
    assert!(status(&settling.call("CreateNetworkInterface", subnet), "pending"));
    assert!(status(&settling.call("DescribeNetworkInterfaces", "{}"), "available"));

    let mut waiting = Api::start(&["--no-settle"]);
    assert!(status(&waiting.call("CreateNetworkInterface", subnet), "pending"));
    assert!(status(&waiting.call("DescribeNetworkInterfaces", "{}"), "pending"));
    let wait = |seconds: &str| format!(r#"{{"Service":"world","Action":"Wait","Parameters":{{"Seconds":{seconds}}}}}"#);
    assert_eq!(waiting.ask(wait("0.5").as_bytes()), r#"{"Result":{}}"#);
    assert!(status(&waiting.call("DescribeNetworkInterfaces", "{}"), "pending"));
    assert_eq!(waiting.ask(wait("1").as_bytes()), r#"{"Result":{}}"#);
    assert!(status(&waiting.call("DescribeNetworkInterfaces", "{}"), "available"));
    for (seconds, code) in [("-1", "InvalidParameterValue"), ("1e300", "InvalidParameterValue"), ("\"5\"", "InvalidParameterValue")] {
        assert!(waiting.ask(wait(seconds).as_bytes()).contains(code), "{seconds}");
    }
    assert!(waiting.ask(br#"{"Service":"world","Action":"Wait"}"#).contains("MissingParameter"));
}

#[test]
fn a_line_that_cannot_be_used_is_an_error_and_the_next_one_works() {
    let mut api = Api::start(&[]);
    let group = |description: &str| {
        format!(r#"{{"Action":"CreateSecurityGroup","Parameters":{{"GroupName":"web","Description":"{description}"}}}}"#).into_bytes()
    };
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"".to_vec(), "InvalidRequest"),
        (b"aws ec2 describe-vpcs".to_vec(), "InvalidRequest"),
        (b"{".to_vec(), "InvalidRequest"),
        (b"[1]".to_vec(), "InvalidRequest"),
        (b"{\"Action\":\"\xff\"}".to_vec(), "InvalidRequest"),
        (b"{\"Action\":\"Describe\x00Vpcs\"}".to_vec(), "InvalidRequest"),
        (b"\x00".to_vec(), "InvalidRequest"),
        (format!(r#"{{"Action":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000)).into_bytes(), "InvalidRequest"),
        (vec![b'x'; 1_000_000], "InvalidRequest"),
        (vec![b' '; 5_000_000], "InvalidRequest"),
        (group(&"x".repeat(1_000_000)), "InvalidParameterValue"),
        (group(&"x".repeat(2_000_000)), "InvalidRequest"),
        (group("\\u0000"), "InvalidParameterValue"),
        (b"{}".to_vec(), "MissingAction"),
        (br#"{"Action":5}"#.to_vec(), "InvalidRequest"),
        (br#"{"Action":"DescribeVpcs","Parameters":[]}"#.to_vec(), "InvalidRequest"),
        (br#"{"Action":"DescribeVpcs","Token":"x"}"#.to_vec(), "UnknownParameter"),
        (br#"{"Action":"DescribeVpcs","Parameters":{"Colour":"red"}}"#.to_vec(), "UnknownParameter"),
        (br#"{"Action":"DescribeBudgets"}"#.to_vec(), "UnsupportedOperation"),
        (br#"{"Service":"s3","Action":"ListBuckets"}"#.to_vec(), "UnsupportedOperation"),
        (br#"{"Service":"world","Action":"End"}"#.to_vec(), "UnsupportedOperation"),
        (br#"{"Action":"CreateVpc","Parameters":{}}"#.to_vec(), "MissingParameter"),
        (br#"{"Action":"CreateVpc","Parameters":{"CidrBlock":"10.0.0.0/16","DryRun":true}}"#.to_vec(), "DryRunOperation"),
    ];
    let before = (api.call("DescribeVpcs", "{}"), api.call("DescribeSecurityGroups", "{}"));
    for (line, code) in cases {
        let shown = String::from_utf8_lossy(&line[..line.len().min(60)]).into_owned();
        let answer = api.ask(&line);
        assert!(answer.starts_with(&format!(r#"{{"Error":{{"Code":"{code}","Message":""#)), "{shown}: {answer}");
        assert!(answer.len() < 2_000, "{shown}: {answer}");
        let after = (api.call("DescribeVpcs", "{}"), api.call("DescribeSecurityGroups", "{}"));
        assert!(before == after, "{shown} changed something");
    }
    assert!(api.call("CreateVpc", r#"{"CidrBlock":"10.0.0.0/16"}"#).contains("vpc-00000000000000002"), "no refused call used up an id");
    assert_eq!(api.end(), 0);
}

#[test]
fn lines_may_end_as_they_do_elsewhere_and_the_last_one_needs_no_end() {
    let mut api = Api::start(&["--empty"]);
    assert_eq!(api.ask(b"{\"Action\":\"DescribeVpcs\"}\r"), r#"{"Result":{"Vpcs":[]}}"#);
    api.child.stdin.as_ref().unwrap().write_all(b"{\"Action\":\"DescribeSubnets\"}").unwrap();
    drop(api.child.stdin.take());
    let mut answer = String::new();
    api.answers.read_line(&mut answer).unwrap();
    assert_eq!(answer, "{\"Result\":{\"Subnets\":[]}}\n");
    assert_eq!(api.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_region_that_is_none_is_refused_at_once() {
    for region in ["", "moon", "us-east-", "us-east-12", "US-EAST-1", "us--1", "a/b-c-1"] {
        let output = Command::new(env!("CARGO_BIN_EXE_eni")).args(["api", "--region", region]).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{region}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{region}");
    }
}
