//! The walls of the house: which crate may use which, what may stand in which module, and what may stand nowhere.
//!
//! Each wall is a function from sources to complaints. It is tried on the repository, where it must have none, and on a small offence, where
//! it must have one: a wall that lets everything through is found out as well.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "all of this is test code")]

mod dependencies;
mod engine;
mod layout;
mod page;
mod rows;
mod source;

use source::Sources;

/// What a wall says about one offence: where, and what.
type Complaints = Vec<String>;

/// The wall holds in the repository.
fn stands(wall: fn(&Sources) -> Complaints) {
    let complaints = wall(Sources::of_repository());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The wall stops each of these files, alone in an otherwise empty repository.
fn stops(wall: fn(&Sources) -> Complaints, offences: &[(&str, &str)]) {
    for (path, text) in offences {
        assert!(!wall(&Sources::of_one(path, text)).is_empty(), "{path} got through: {text}");
    }
}

/// The wall lets each of these files through.
fn passes(wall: fn(&Sources) -> Complaints, innocents: &[(&str, &str)]) {
    for (path, text) in innocents {
        let complaints = wall(&Sources::of_one(path, text));
        assert!(complaints.is_empty(), "{path} was stopped: {complaints:?}");
    }
}
