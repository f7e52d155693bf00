//! What the tool prints, whole, as a person sees it: kept beside this file and compared. `ENI_TRANSCRIPTS=write` writes them anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The command line of a transcript, ready to run.
fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eni"));
    command.args(arguments.split(' ').filter(|word| !word.is_empty()));
    command.current_dir(folder).env("COLUMNS", "80").env("NO_COLOR", "1");
    command
}

/// A command, its exit code, and what it prints, in the order in which a terminal shows it. Which stream a line is of is seen from a second run,
/// which prints to two places.
fn transcript(folder: &Path, arguments: &str) -> String {
    let (mut reader, writer) = std::io::pipe().unwrap();
    // With the command go its ends of the pipe, which the reader waits for.
    let mut child = command(folder, arguments).stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
    let mut shown = Vec::new();
    reader.read_to_end(&mut shown).unwrap();
    let exit = child.wait().unwrap().code().unwrap();
    let apart = command(folder, arguments).output().unwrap();
    assert_eq!(apart.status.code(), Some(exit), "{arguments}");
    let [shown, out, err] = [&shown, &apart.stdout, &apart.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (mut out, mut err) = (out.lines().peekable(), err.lines().peekable());
    let mut lines = shown.lines().peekable();
    let mut text = format!("$ eni {arguments}\n");
    while let Some(line) = lines.next() {
        // A line of either: what comes next tells which one it is of.
        let mut after = err.clone();
        let is_err =
            after.next() == Some(line) && (out.peek() != Some(&line) || lines.peek().is_some_and(|next| after.peek() == Some(next)));
        assert_eq!(if is_err { err.next() } else { out.next() }, Some(line), "{arguments}: in another order, something else is printed");
        text.push_str(format!("{}{line}", if is_err { "stderr: " } else { "" }).trim_end());
        text.push('\n');
    }
    assert_eq!((out.next(), err.next()), (None, None), "{arguments}");
    text.push_str(&format!("exit {exit}\n\n"));
    text
}

/// Calls of `eni api`, each with its answer; what begins with `#` is said in between.
fn conversation(arguments: &[&str], lines: &[&str]) -> String {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_eni")).arg("api").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let calls: Vec<&&str> = lines.iter().filter(|line| !line.starts_with('#')).collect();
    let mut input = child.stdin.take().unwrap();
    for call in &calls {
        writeln!(input, "{call}").unwrap();
    }
    drop(input);
    let output = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let mut answers = output.lines();
    let mut text = format!("$ eni api {}\n", arguments.join(" ")).replace(" \n", "\n");
    for line in lines {
        match line.strip_prefix('#') {
            Some(said) => text.push_str(&format!("\n#{said}\n")),
            None => text.push_str(&format!("> {line}\n{}\n", answers.next().unwrap())),
        }
    }
    assert_eq!(answers.next(), None);
    text
}

fn check(name: &str, commands: &[&str]) {
    // Beside the account that is traced, so that paths are short and the same everywhere.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../playground/tests/data");
    let told: String = commands.iter().map(|arguments| transcript(&folder, arguments)).collect();
    compare(name, &told);
    let long: Vec<&str> =
        told.lines().filter(|line| line.chars().count() > 90 && !line.contains("$ ") && !line.starts_with("stderr: ")).collect();
    assert!(long.is_empty(), "too long for a screen: {long:#?}");
}

/// What is told beside what is kept.
fn compare(name: &str, told: &str) {
    if let Err(why) = differs(name, told) {
        panic!("{why}");
    }
}

fn differs(name: &str, told: &str) -> Result<(), String> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(name);
    if std::env::var_os("ENI_TRANSCRIPTS").is_some() {
        std::fs::write(&kept, told).unwrap();
    }
    let expected = std::fs::read_to_string(&kept).unwrap_or_default();
    if told == expected {
        return Ok(());
    }
    let line = told.lines().zip(expected.lines()).find(|(now, then)| now != then);
    Err(format!("{name} differs at {line:?}; ENI_TRANSCRIPTS=write takes what is printed now:\n{told}"))
}

#[test]
fn help_reads_so() {
    check(
        "help.txt",
        &["--help", "import --help", "trace --help", "api --help", "run --help", "export --help", "reach --help", "estate --help"],
    );
}

#[test]
fn who_is_there_and_who_is_not_reads_so() {
    check(
        "who.txt",
        &[
            "trace describe",
            "trace describe --from internet",
            "trace describe --from servce --to internet",
            "trace describe --from eth0 --to internet",
            "trace describe --from eni-00000000000000099 --to internet",
            "trace describe --from internet --to service --port 99999",
            "trace describe --from internet --to service --protocol carrots",
            "trace nowhere --from internet --to service",
            "import nowhere -o x.eni.json",
            "import describe",
        ],
    );
}

// rules: E14 E15 E16 E17 E20 E23 E39 A16 A19 A25 A26 X1 X2
#[test]
fn the_life_of_an_interface_reads_so() {
    let call = |action: &str, parameters: &str| format!(r#"{{"Action":"{action}","Parameters":{{{parameters}}}}}"#);
    let launch = |subnet: u32| {
        let image = "\"ImageId\":\"ami-00000000000000001\",\"InstanceType\":\"t3.small\",\"MinCount\":1,\"MaxCount\":1,";
        call("RunInstances", &format!("{image}\"SubnetId\":\"subnet-{subnet:017x}\",\"DryRun\":false"))
    };
    let eni = "\"NetworkInterfaceId\":\"eni-00000000000000003\"";
    let attach = |instance: u32, index: u32| {
        call("AttachNetworkInterface", &format!("{eni},\"InstanceId\":\"i-{instance:017x}\",\"DeviceIndex\":{index}"))
    };
    let mut lines = vec![
        "# Two instances, in two Availability Zones.".to_owned(),
        launch(1),
        launch(2),
        "# An interface in the first zone, with an Elastic IP.".to_owned(),
        call(
            "CreateNetworkInterface",
            "\"SubnetId\":\"subnet-00000000000000001\",\"Description\":\"service\",\"Groups\":[\"sg-00000000000000001\"]",
        ),
        call("AllocateAddress", "\"Domain\":\"vpc\""),
        call("AssociateAddress", &format!("\"AllocationId\":\"eipalloc-00000000000000001\",{eni}")),
        "# It cannot leave its zone, nor take the place of the primary interface.".to_owned(),
        attach(2, 1),
        attach(1, 0),
        attach(1, 1),
        "# Attached once is attached; what is attached is not deleted; the primary one never comes off.".to_owned(),
        attach(1, 2),
        call("DeleteNetworkInterface", eni),
        call("DetachNetworkInterface", "\"AttachmentId\":\"eni-attach-00000000000000001\""),
        "# An instance with two interfaces does not say which one is meant.".to_owned(),
        call("AssociateAddress", "\"AllocationId\":\"eipalloc-00000000000000001\",\"InstanceId\":\"i-00000000000000001\""),
        "# The instance ends; the interface that was attached later stays, with its addresses.".to_owned(),
        call("TerminateInstances", "\"InstanceIds\":[\"i-00000000000000001\"]"),
        call("DescribeNetworkInterfaces", "\"Filters\":[{\"Name\":\"status\",\"Values\":[\"avail*\"]}]"),
        "# Deleted, it leaves its Elastic IP to the account.".to_owned(),
        call("DeleteNetworkInterface", eni),
        call("DescribeAddresses", ""),
    ];
    lines.iter_mut().for_each(|line| *line = line.replace(",\"DryRun\":false", ""));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    compare("api-interface.txt", &conversation(&["--region", "eu-west-1"], &lines));
}

#[test]
fn a_tutorial_reads_so() {
    check("run.txt", &["run ../../../cli/tests/scripts/web-server.sh"]);
}

/// What a transcript begins with, if it cites rules: what their codes are, by the first one.
fn legend(script: &str) -> String {
    let comments = script.lines().filter(|line| line.starts_with('#'));
    let in_brackets = comments.flat_map(|line| line.split('(').skip(1)).filter_map(|rest| rest.split(')').next());
    let is_code =
        |word: &&str| word.starts_with(|first: char| first.is_ascii_uppercase()) && word.ends_with(|last: char| last.is_ascii_digit());
    let code = in_brackets.flat_map(|inside| inside.split(' ')).find(is_code);
    code.map_or_else(String::new, |code| {
        format!("# Codes in brackets are rules: `eni rules {code}` says {code}, crates/RULES.md has them all, with their sources.\n\n")
    })
}

/// The lines of a script, each with what it prints, as a terminal shows them. Comments stand where they stand. Its first line may say that nothing
/// is done between two calls.
fn played(script: &str) -> (String, bool) {
    let mut host = Lone::new("us-east-1", false).unwrap();
    if script.lines().next().is_some_and(|first| first.ends_with("eni run --no-settle")) {
        host = host.without_settling();
    }
    let mut shell = Shell::new();
    let (mut text, mut line) = (legend(script), String::new());
    for part in script.lines() {
        if line.is_empty() && (part.is_empty() || part.starts_with('#')) {
            text.push_str(&format!("{part}\n"));
            continue;
        }
        text.push_str(&format!("{} {part}\n", if line.is_empty() { "$" } else { ">" }));
        line.push_str(&format!("{part}\n"));
        if !part.ends_with('\\') {
            shell.run(&mut host, &line).iter().for_each(|(_, printed)| text.push_str(printed.trim_start_matches('\n')));
            line.clear();
        }
    }
    (text, shell.exit() == 0)
}

/// The scripts of a folder, each beside its transcript.
fn plays(folder: &str, count: usize) {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts").join(folder);
    let mut names: Vec<_> = std::fs::read_dir(scripts).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), count);
    let mut wrong = Vec::new();
    for path in names {
        let name = format!("{folder}/{}.txt", path.file_stem().unwrap().to_str().unwrap());
        let (text, is_met) = played(&std::fs::read_to_string(&path).unwrap());
        if is_met {
            wrong.extend(differs(&name, &text).err());
        } else {
            wrong.push(format!("{name}: something that the script expects does not happen:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

// rules: S1 S7 S8 S9 S10 S11 S12 S17 S18 S19 S20 S6
#[test]
fn the_life_of_a_group_reads_so() {
    plays("groups", 1);
}

// rules: E20 E21 E22 E23 E24 E27 E40 E41 E58 E59 E61 A5 A6 A9 A14 A16 A25 S22 S23 S24 S26 S35 S36 S38 S39 S41 S42
// rules: N9 N10 R11 R12 R31 R32 R33 P9 P10 P18 P24 G2 G3 G5
#[test]
fn the_ten_rules_most_often_got_wrong_read_so() {
    plays("rules", 10);
}

#[test]
fn an_account_as_a_script_reads_so() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../playground/tests/data");
    compare("export.txt", &transcript(&folder, "export describe"));
}

// rules: F1 F2 F3 F20 F21 J12 E13 E78 E82
// rules: J13 J14 R18 R52 R55 R56 P42 E80 E81 L15 X3
#[test]
fn the_lives_of_connections_read_so() {
    plays("connections", 4);
}

// rules: L9 L12 L13 L14 A35 I7 X4 G14 A37
#[test]
fn a_name_that_follows_the_address_and_who_is_asked_for_it_read_so() {
    plays("names", 3);
}

// rules: L1 L2 L3 L4 L5 L6 L7 L8 L9 E4 E14 E15 E16 E17 E18 E34 E36 E39 A7 A8 A12 A15 A19 A21 A25 A26 A27 A30 A13 S9 X4 L19 G11 G12
#[test]
fn lives_read_so() {
    plays("life", 10);
}

// rules: R3 R5 R7 R8 R11 R13 R27 R28 R37 R38 R39 R40 R48 R50 R51 R64 R66 R67 R69 P46 P47 A28 E80 J11
#[test]
fn routes_and_gateways_read_so() {
    plays("routing", 4);
}

// rules: R37 R58 R60 R51 P22 P23 N8 R18 R55 R61 R63 P44 P41 P42 P43 P45 R56 R57 R62 R65 R66 R67 E82
// rules: P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12 P14 P15 P16 P24 P25 P26 N9 N10 S22 S23 S28 S30 S32 A35 R3 R5 R7 R8 R11 R12 R15 R16
// rules: R20 R21 R22 R27 R28 R29 R31 R32 R33 R34 R38 R39 R40 R42 R52 R53 R54
// rules: P27 P28 P29 P30 R91 R92 R93 R94 R95 R96 R97 R98 R99
#[test]
fn paths_forward_and_back_read_so() {
    plays("paths", 15);
}

// rules: G1 G2 G3 G5 G7 G15 G17 G18 E62 E93 G20 G21 S47 P17 P18 R20 R21 R24 E40 E43 E45 G10 G19
// rules: S32 S35 S36 S38 S39 S40 S41 N9 N15 P-I5 G16
#[test]
fn what_guests_do_reads_so() {
    plays("guests", 5);
}

// rules: P33 P34 P35 P37 P38 P50 P51 P53 P54 R70 R71 R72 R73 R74 R75 R76 E82 A28
#[test]
fn load_balancers_read_so() {
    plays("balancers", 3);
}

// rules: E47 E48 E49 E51 E61 E65 E66 E67 E68 E69 E71 E72 E73 E74 E75 E76 E77 I9 R3
#[test]
fn addresses_read_so() {
    plays("addresses", 3);
}

// rules: S35 S36 S45 E31 E87 E88 E89 E90 W1 W2 W3 W4 W5 W6 W7 W9 W10 R42 R43 W11 W12 W13 W15 W16 W17 W18 W20
#[test]
fn what_cloudwatch_tells_reads_so() {
    plays("watch", 6);
}

/// The commands of a folder of its own, with files in it.
fn plays_in(name: &str, files: &[(&str, String)], commands: &[&str]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.trim_end_matches(".txt"));
    std::fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        std::fs::write(folder.join(file), text).unwrap();
    }
    compare(name, &commands.iter().map(|arguments| transcript(&folder, arguments)).collect::<String>());
}

// rules: S2 S3 S20 S22 N10 R33 P8
#[test]
fn who_reaches_whom_reads_so() {
    let scene = Session::open("low-budget-ha").unwrap().document();
    let group = |name: &str| {
        format!(
            "$(aws ec2 describe-security-groups --filters Name=group-name,Values={name} --query 'SecurityGroups[0].GroupId' --output text)"
        )
    };
    let revoke = |from: &str, to: &str| {
        format!(
            "aws ec2 revoke-security-group-ingress --group-id {} --protocol tcp --port 8080 --source-group {}\n",
            group(to),
            group(from)
        )
    };
    let close = |name: &str| {
        format!("aws ec2 revoke-security-group-ingress --group-id {} --protocol tcp --port 443 --cidr 0.0.0.0/0\n", group(name))
    };
    plays_in(
        "reach.txt",
        &[("scene.eni.json", scene), ("close.sh", close("web")), ("revoke.sh", revoke("web-0-0", "app-0-0"))],
        &[
            "reach scene.eni.json --port 443",
            "run close.sh --state scene.eni.json -o closed.eni.json",
            "reach closed.eni.json --port 443",
            "estate 40 -o estate.eni.json",
            "reach estate.eni.json --port 8080",
            "run revoke.sh --state estate.eni.json -o revoked.eni.json",
            "reach revoked.eni.json --port 8080",
            "reach revoked.eni.json --port 8080 --from 10.0.1.5 --to 10.0.3.4",
            "reach estate.eni.json --protocol icmp --output json --port 1",
            "reach estate.eni.json",
            "estate 20001",
        ],
    );
}
