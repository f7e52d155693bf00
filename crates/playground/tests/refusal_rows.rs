//! Every row of the rulebook's table of errors (its section 10), as the lines that one types: what is refused, with which code and message.
//!
//! The rows stand in `data/refusals/*.txt`, in the table's order; `== act: condition [how sure the message is]` begins one. See `rows`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod rows;

use rows::{play, rows};

const FILES: [&str; 5] = [
    include_str!("data/refusals/01-interfaces.txt"),
    include_str!("data/refusals/02-addresses.txt"),
    include_str!("data/refusals/03-groups-and-acls.txt"),
    include_str!("data/refusals/04-routes-and-gateways.txt"),
    include_str!("data/refusals/05-networks-and-instances.txt"),
];
/// Calls that are wrong twice: which of two faults is told (`X2`).
const TWICE: &str = include_str!("data/refusals/order.txt");
/// Messages that differ from call to call, and codes that the table leaves open.
const WORDING: &str = include_str!("data/refusals/wording.txt");
/// How many rows the table of the rulebook has (`X3`).
const ROWS: usize = 120;
/// The rows that nothing here can produce (`@never`), with those that a test of the engine produces instead (`@elsewhere`).
const APART: usize = 3;

// rules: X1 X2 X3 X4
#[test]
fn every_row_of_the_table_of_errors_is_refused_as_aws_refuses_it() {
    let rows = rows(&FILES);
    assert_eq!(rows.len(), ROWS, "a row was lost");
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row.apart.is_none()) {
        match (play(row), row.not_yet) {
            (Err(why), None) => wrong.push(format!("== {}\n     {why}", row.title)),
            (Ok(()), Some(family)) => wrong.push(format!("== {}\n     works now: take `@not-yet {family}` out of this row", row.title)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

// rules: X3
#[test]
fn rows_that_no_line_can_produce_are_few_and_say_why() {
    let apart: Vec<&str> = rows(&FILES).iter().filter_map(|row| row.apart).collect();
    assert_eq!(apart.len(), APART, "{apart:?}");
    assert!(apart.iter().all(|reason| reason.split(' ').count() > 5), "{apart:?}");
    let waits: Vec<&str> = rows(&FILES).iter().filter_map(|row| row.not_yet).collect();
    let families = ["prefixes", "gateway route tables", "NAT gateways", "flow logs", "peering"];
    assert!(waits.iter().all(|family| families.contains(family)), "{waits:?}");
}

// rules: X2
#[test]
fn of_two_faults_the_one_that_aws_looks_at_first_is_told() {
    let wrong: Vec<String> = rows(&[TWICE]).iter().filter_map(|row| Some(format!("== {}\n     {}", row.title, play(row).err()?))).collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

// rules: X1 X3 I10
#[test]
fn each_call_has_its_own_words() {
    let wrong: Vec<String> =
        rows(&[WORDING]).iter().filter_map(|row| Some(format!("== {}\n     {}", row.title, play(row).err()?))).collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
