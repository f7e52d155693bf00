//! What the tool prints, whole, as a person sees it: kept beside this file and compared. `ENI_TRANSCRIPTS=write` writes them anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::process::Command;

/// A command, its exit code, and what it prints.
fn transcript(folder: &Path, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_eni"))
        .args(arguments.split(' ').filter(|word| !word.is_empty()))
        .current_dir(folder)
        .env("COLUMNS", "80")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let mut text = format!("$ eni {arguments}\n");
    for (name, bytes) in [("", &output.stdout), ("stderr: ", &output.stderr)] {
        for line in String::from_utf8_lossy(bytes).lines() {
            text.push_str(format!("{name}{line}").trim_end());
            text.push('\n');
        }
    }
    text.push_str(&format!("exit {}\n\n", output.status.code().unwrap()));
    text
}

fn check(name: &str, commands: &[&str]) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    // Beside the account that is traced, so that paths are short and the same everywhere.
    let folder = here.join("../../playground/tests/data");
    let told: String = commands.iter().map(|arguments| transcript(&folder, arguments)).collect();
    let kept = here.join("transcripts").join(name);
    if std::env::var_os("ENI_TRANSCRIPTS").is_some() {
        std::fs::write(&kept, &told).unwrap();
    }
    let expected = std::fs::read_to_string(&kept).unwrap_or_default();
    let differs = told.lines().zip(expected.lines()).find(|(now, then)| now != then);
    assert!(told == expected, "{name} differs at {differs:?}; ENI_TRANSCRIPTS=write takes what is printed now:\n{told}");
    let long: Vec<&str> =
        told.lines().filter(|line| line.chars().count() > 90 && !line.contains("$ ") && !line.starts_with("stderr: ")).collect();
    assert!(long.is_empty(), "too long for a screen: {long:#?}");
}

#[test]
fn help_reads_so() {
    check("help.txt", &["--help", "import --help", "trace --help", "api --help"]);
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
