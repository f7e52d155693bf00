//! Every command of the rulebook's list (its section 12.1): its options are known, it is carried out, and what it did is described back.
//!
//! The commands stand in `data/commands/*.txt`; `== COMMAND` begins a row. See `rows`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod rows;

use rows::{Row, Scenery, play, rows};

const FILES: [&str; 3] =
    [include_str!("data/commands/interfaces.txt"), include_str!("data/commands/networks.txt"), include_str!("data/commands/instances.txt")];
/// How many commands the rulebook's list has, and one that waits for an instance to be well.
const COMMANDS: usize = 76;

/// The options of a row that are not as the row says.
fn options(row: &Row) -> Vec<String> {
    let help = Scenery::new().run(&format!("aws ec2 {} help", row.title)).0;
    let is_known = |option: &str| help.split_whitespace().any(|word| word.trim_matches(|c| "[]<>|,".contains(c)) == format!("--{option}"));
    row.options.iter().filter(|option| !is_known(option)).map(|option| format!("== {}: no option --{option}", row.title)).collect()
}

// rules: C1 J1 J2 J3 J4 J5 J6 J7 J8 J9 J10
#[test]
fn every_command_of_the_list_is_read_carried_out_and_described_back() {
    let rows = rows(&FILES);
    assert_eq!(rows.len(), COMMANDS, "a command was lost");
    let mut wrong = Vec::new();
    for row in &rows {
        match play(row) {
            Err(why) => wrong.push(format!("== {}\n     {why}", row.title)),
            Ok(()) => wrong.extend(options(row)),
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}
