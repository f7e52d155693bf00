//! What is said of files, documents and commands from outside comes from the table too: in the pseudo-locale nothing of it is plain English.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::{Act, GuestCommand};
use eni_playground::scenario::{Intake, load};
use eni_playground::session::Session;
use eni_playground::view::words::Language;
use std::path::Path;

/// Words that stand outside of the brackets which the pseudo-locale puts around what it says: names of files and members only.
fn plain(text: &str) -> Vec<String> {
    let mut depth = 0;
    let outside: String = text
        .chars()
        .filter(|letter| {
            depth += i32::from(*letter == '⟦') - i32::from(*letter == '⟧');
            depth == 0 && *letter != '⟧'
        })
        .collect();
    outside.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// Whether a sentence has two plain words side by side: each letter of the table carries a mark.
fn has_english(text: &str) -> bool {
    let is_plain = |word: &str| word.len() > 2 && word.chars().all(|letter| letter.is_ascii_lowercase());
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| is_plain(pair[0]) && is_plain(pair[1]))
}

fn check(what: &str, text: &str) {
    assert!(text.starts_with('⟦') && plain(text).is_empty() && !has_english(text), "{what}: {text}");
}

#[test]
fn refused_documents_are_refused_in_the_language_of_the_page() {
    let subnet = |id: &str, cidr: &str| {
        format!(r#"{{"SubnetId":"{id}","VpcId":"vpc-00000001","CidrBlock":"{cidr}","AvailabilityZone":"us-east-1a"}}"#)
    };
    let overlap = format!(
        r#"{{"Vpcs":[{{"VpcId":"vpc-00000001","CidrBlock":"10.0.0.0/16"}}],"Subnets":[{},{}]}}"#,
        subnet("subnet-00000001", "10.0.1.0/24"),
        subnet("subnet-00000002", "10.0.1.128/25")
    );
    let regions = overlap.replacen("us-east-1a", "eu-west-1a", 1);
    let cases = [
        "",
        "{",
        "Vpcs:",
        "[]",
        "{}",
        r#"{"Vpcs":[{"VpcId":"x","CidrBlock":"10.0.0.0/16"}]}"#,
        r#"{"Vpcs":[{"VpcId":"vpc-00000001","CidrBlock":"banana"}]}"#,
        r#"{"Vpcs":[{"VpcId":"vpc-00000001"}]}"#,
        r#"{"format":"eni-playground","version":99}"#,
        r#"{"format":"eni-playground","version":1,"epoch":"yesterday"}"#,
        r#"{"format":"eni-playground","version":1,"playground":{"traffic":[{"from":1}]}}"#,
        &overlap,
        &regions,
    ];
    for text in cases {
        let intake = Intake::of(vec![("a.json".to_owned(), text.as_bytes().to_vec())]);
        check(text, &Session::open_files(&intake, "en-XA").unwrap_err());
        if let Err(error) = load(text.as_bytes()) {
            check(text, &error.say(Language::Pseudo));
        }
    }
    let mut large = Intake::new("x");
    large.wants("large.json", 70 << 20, true);
    check("large", &Session::open_files(&large, "en-XA").unwrap_err());
}

#[test]
fn the_report_of_an_import_is_in_the_language_of_the_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.push(("empty.json".to_owned(), Vec::new()));
    files.push(("notes.txt".to_owned(), b"hello".to_vec()));
    let (session, report) = Session::open_files(&Intake::of(files), "en-XA").unwrap();
    let report = report.unwrap();
    check("title", &session.title());
    let parts: Vec<&str> = report.sections.iter().map(|section| section.part).collect();
    assert_eq!(parts, ["kept", "warnings", "not-modelled", "not-known", "otherwise", "secrets", "not-read"]);
    for section in &report.sections {
        check(section.part, &section.heading);
        check(section.part, &section.note);
        section.lines.iter().for_each(|line| check(section.part, line));
    }
}

#[test]
fn guest_commands_are_refused_in_the_language_of_the_page() {
    for command in ["fly", "listen tcp", "sysctl x=1", "masquerade perhaps"] {
        check(command, &command.parse::<GuestCommand>().unwrap_err().saying().say(Language::Pseudo));
    }
    // What a program says is said as it says it, in every language.
    let program = "ip addr add x".parse::<GuestCommand>().unwrap_err().saying().say(Language::Pseudo);
    assert!(program.contains("Error: any valid prefix is expected rather than \"x\"."), "{program}");
    check("act", &Act::parse("{\"kind\":\"x\"}").unwrap_err().saying().say(Language::Pseudo));
}
