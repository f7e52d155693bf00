//! The tool as a person meets it: exit codes, what goes to stdout and stderr, and that a refused import writes nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of this test's own, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("eni-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn eni(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eni")).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn account() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../playground/tests/data/describe").display().to_string()
}

#[test]
fn an_account_is_imported_and_traced() {
    let folder = Folder::new("traced");
    let document = folder.path("a.eni.json");
    let import = eni(&["import", &account(), "-o", &document]);
    assert_eq!(import.status.code(), Some(0), "{}", stderr(&import));
    assert!(stdout(&import).contains("eu-west-1: 1 VPC, 2 subnets"), "{}", stdout(&import));
    for line in ["Kept (", "  4 ENIs", "Not modelled (", "  VpnConnections", "Never kept (", "  1 NAT gateway"] {
        assert!(stderr(&import).contains(line), "{line}: {}", stderr(&import));
    }

    // The document, the folder, and one merged file are the same world.
    let through = ["--from", "internet", "--to", "service", "--output", "json"];
    let from_document = eni(&[&["trace", &document], &through[..]].concat());
    let from_folder = eni(&[&["trace", &account()], &through[..]].concat());
    assert_eq!(from_document.status.code(), Some(0), "{}", stderr(&from_document));
    assert_eq!(stdout(&from_document), stdout(&from_folder));
    assert!(stdout(&from_document).contains("\"Disposition\": \"DELIVERED\""));

    let cases: [(&[&str], i32, &str); 9] = [
        (&["--from", "web <1>", "--to", "internet"], 0, "EXITS_NETWORK"),
        (&["--from", "internet", "--to", "service", "--port", "22"], 1, "ENI_SG_RULES_MISMATCH"),
        (&["--from", "internet", "--to", "service", "--port", "22", "--source-ip", "203.0.113.9"], 1, "SUBNET_ACL_RESTRICTION"),
        (&["--from", "db", "--to", "internet"], 1, "BAD_STATE"),
        (&["--from", "service", "--to", "db"], 1, "BAD_STATE"),
        (&["--from", "web <1>", "--to", "db", "--assume-running", "--source-ip", "10.20.1.20"], 0, "DELIVERED"),
        (
            &["--from", "service", "--to", "ip-10-20-2-10.eu-west-1.compute.internal", "--protocol", "icmp", "--assume-running"],
            0,
            "DELIVERED",
        ),
        (&["--from", "db", "--to", "internet", "--assume-running"], 1, "NO_ROUTE"),
        (&["--from", "service", "--to", "db", "--assume-running"], 0, "db is stopped, and taken as running"),
    ];
    for (arguments, code, word) in cases {
        let output = eni(&[&["trace", &document], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", stdout(&output), stderr(&output));
        assert!(stdout(&output).contains(word), "{arguments:?}: {}", stdout(&output));
    }
}

#[test]
fn a_refused_packet_comes_with_commands_that_let_it_through() {
    let output = eni(&["trace", &account(), "--from", "internet", "--to", "service", "--port", "22"]);
    assert!(stdout(&output).contains("$ aws ec2 authorize-security-group-ingress --group-id sg-"), "{}", stdout(&output));
}

#[test]
fn bad_usage_and_bad_input_end_with_2_and_a_reason_on_stderr() {
    let folder = Folder::new("bad");
    let broken = folder.file("broken.json", "{\"Vpcs\":[");
    let newer = folder.file("newer.eni.json", "{\"format\":\"eni-playground\",\"version\":99}");
    let nothing = folder.file("nothing.json", "{}");
    let overlap = folder.file(
        "overlap.json",
        r#"{"Vpcs":[{"VpcId":"vpc-00000001","CidrBlock":"10.0.0.0/16"}],"Subnets":[
            {"SubnetId":"subnet-00000001","VpcId":"vpc-00000001","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"},
            {"SubnetId":"subnet-00000002","VpcId":"vpc-00000001","CidrBlock":"10.0.1.128/25","AvailabilityZone":"us-east-1a"}]}"#,
    );
    let huge = folder.path("huge.json");
    std::fs::File::create(&huge).unwrap().set_len(70 << 20).unwrap();
    std::fs::create_dir_all(folder.path("empty")).unwrap();
    let (empty, absent) = (folder.path("empty"), folder.path("absent.json"));
    for (path, word) in [
        (&broken, "not JSON"),
        (&newer, "newer"),
        (&nothing, "nothing was found"),
        (&overlap, "subnet-00000001 (10.0.1.0/24) and subnet-00000002 (10.0.1.128/25) overlap"),
        (&huge, "64 MB"),
        (&empty, "there is no file in it"),
        (&absent, "absent.json"),
    ] {
        let target = folder.file("old.eni.json", "the old one");
        let output = eni(&["import", path, "-o", &target]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(stderr(&output).contains(word), "{path}: {}", stderr(&output));
        assert!(stdout(&output).is_empty());
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "the old one", "a refused import writes nothing");
        let output = eni(&["trace", path, "--from", "internet", "--to", "10.0.0.1"]);
        assert_eq!(output.status.code(), Some(2), "{path}");
    }
    let account = account();
    for arguments in [
        &["trace", &account, "--from", "nobody", "--to", "internet"][..],
        &["trace", &account, "--from", "internet"],
        &["trace", &account],
        &["trace", &account, "--from", "internet", "--to", "service", "--port", "99999"],
        &["trace", &account, "--from", "internet", "--to", "service", "--protocol", "carrots"],
        &["import", &account],
        &["fly"],
        &[],
    ] {
        let output = eni(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!stderr(&output).is_empty() && stdout(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn text_is_plain_where_nobody_looks_and_fits_the_screen() {
    for columns in ["80", "120"] {
        let output = Command::new(env!("CARGO_BIN_EXE_eni"))
            .args(["trace", &account(), "--from", "internet", "--to", "service", "--port", "22"])
            .env("COLUMNS", columns)
            .output()
            .unwrap();
        let text = stdout(&output);
        assert!(!text.contains('\u{1b}'), "{text}");
        let limit: usize = columns.parse().unwrap();
        // Commands are there to be copied, so they stay whole.
        let long: Vec<&str> = text.lines().filter(|line| !line.contains("$ aws") && line.chars().count() > limit).collect();
        assert!(long.is_empty(), "{long:#?}");
        assert!(text.contains("ENI_SG_RULES_MISMATCH") && text.contains("Port"), "{text}");
    }
}

#[test]
fn a_name_that_nobody_has_lists_those_that_are_near() {
    for (who, near) in [("servce", "service"), ("WEB <2>", "web <1>")] {
        let output = eni(&["trace", &account(), "--from", who, "--to", "internet"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(near), "{}", stderr(&output));
    }
}

#[test]
fn of_several_regions_one_is_kept_and_the_other_can_be_asked_for() {
    let folder = Folder::new("regions");
    let region = |name: &str, id: &str, subnets: usize| {
        let subnets: Vec<String> = (1..=subnets)
            .map(|at| {
                format!(r#"{{"SubnetId":"subnet-{id}{at}","VpcId":"vpc-{id}1","CidrBlock":"10.0.{at}.0/24","AvailabilityZone":"{name}a"}}"#)
            })
            .collect();
        let vpcs = format!(r#"{{"VpcId":"vpc-{id}1","CidrBlock":"10.0.0.0/16"}}"#);
        folder.file(&format!("{name}.json"), &format!(r#"{{"Vpcs":[{vpcs}],"Subnets":[{}]}}"#, subnets.join(",")));
    };
    region("eu-west-1", "0000000", 1);
    region("us-west-2", "000000a", 2);
    let (document, accounts) = (folder.path("a.eni.json"), folder.0.display().to_string());
    let import = eni(&["import", &accounts, "-o", &document]);
    assert_eq!(import.status.code(), Some(0), "{}", stderr(&import));
    assert!(stdout(&import).contains("us-west-2: 1 VPC, 2 subnets"), "{}", stdout(&import));
    assert!(stderr(&import).contains("eu-west-1 (1), us-west-2 (2)"), "{}", stderr(&import));
    std::fs::remove_file(&document).unwrap();
    let import = eni(&["import", &accounts, "-o", &document, "--region", "eu-west-1"]);
    assert!(stdout(&import).contains("eu-west-1: 1 VPC, 1 subnet"), "{}", stdout(&import));
    std::fs::remove_file(&document).unwrap();
    let import = eni(&["import", &accounts, "-o", &document, "--region", "sa-east-1"]);
    assert_eq!(import.status.code(), Some(2));
    assert!(stderr(&import).contains("nothing in it is of sa-east-1") && !Path::new(&document).exists(), "{}", stderr(&import));
}

#[test]
fn what_the_playground_does_not_do_can_be_read() {
    let all = eni(&["rules"]);
    assert!(all.status.success());
    assert!(stdout(&all).contains("does not keep") && stdout(&all).contains("Why not: "), "{}", stdout(&all));
    let one = eni(&["rules", "e15"]);
    assert!(one.status.success() && stdout(&one).starts_with("E15   An ENI has at most one attachment"), "{}", stdout(&one));
    let none = eni(&["rules", "E999"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("there is no rule E999"), "{}", stderr(&none));
}

// rules: J17
#[test]
fn the_help_of_import_names_every_list_that_is_read() {
    let told = stdout(&eni(&["import", "--help"]));
    let told = told.split("Usage:").next().unwrap();
    for shape in eni_playground::aws::shape::SHAPES {
        let named = told.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == shape.list);
        assert!(named, "{} is read, and not named", shape.list);
    }
}

// rules: F13 F19
#[test]
fn what_flow_logs_have_written_is_printed_when_a_script_has_run() {
    let folder = Folder::new("flow-logs");
    let state = folder.path("state.eni.json");
    let made = folder.file(
        "made.sh",
        "VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --private-ip-address 172.31.0.10 \
 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]'
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-destination-type s3 \
 --log-destination arn:aws:s3:::logs --max-aggregation-interval 60 --log-format '${srcaddr} ${dstaddr} ${action}'
",
    );
    assert!(eni(&["run", &made, "-o", &state]).status.success());
    let script = folder.file("traffic.sh", "ssh web ping -c 1 -W 1 172.31.0.99\nwait 60s\n");
    let shown = eni(&["flow-logs", &state, "--run", &script]);
    assert_eq!(stdout(&shown), "srcaddr dstaddr action\n172.31.0.10 172.31.0.99 ACCEPT\n");
    assert!(stderr(&shown).starts_with("PING 172.31.0.99 (172.31.0.99) "), "{}", stderr(&shown));
    let nothing = folder.file("nothing.sh", "ssh web ping -c 1 -W 1 172.31.0.99\n");
    let shown = eni(&["flow-logs", &state, "--run", &nothing]);
    assert_eq!((shown.status.code(), stdout(&shown)), (Some(2), String::new()));
    assert!(stderr(&shown).contains("wait 60s"), "{}", stderr(&shown));
    assert_eq!(eni(&["flow-logs", &state, "--run", &folder.path("none.sh")]).status.code(), Some(2));
    let empty = folder.path("empty.eni.json");
    assert!(eni(&["run", &nothing, "--empty", "-o", &empty]).status.code().is_some());
    assert!(stderr(&eni(&["flow-logs", &empty, "--run", &nothing])).contains("there is no flow log"));
    let reached = stdout(&eni(&["reach", &state, "--port", "80"]));
    assert!(reached.contains("web 172.31.0.10"), "an interface without a name goes by its instance's: {reached}");
    let unknown = eni(&["flow-logs", &state, "--run", &script, "--only", "fl-00000000000000009"]);
    assert_eq!((unknown.status.code(), stdout(&unknown)), (Some(2), String::new()));
    assert!(stderr(&unknown).contains("there is no flow log or network interface fl-00000000000000009"), "{}", stderr(&unknown));
    let only = eni(&["flow-logs", &state, "--run", &script, "--only", "fl-00000000000000001"]);
    assert_eq!(stdout(&only), stdout(&eni(&["flow-logs", &state, "--run", &script])));
}
