//! Makes the views: reads the world, asks the engine, and lets `words` say it.

pub mod balancer;
mod blockers;
mod board;
mod cards;
pub mod clients;
mod cost;
mod details;
pub mod eni;
mod evidence;
mod evidence_nat;
mod fault;
mod flow_log;
mod form;
mod form_acts;
mod gates;
mod menu;
mod menu_network;
mod refusal;
mod refusal_instead;
#[cfg(test)]
mod refusal_tests;
mod refusal_words;
mod remedies;
pub mod report;
mod service;
mod summary;
mod summary_alarm;
mod summary_dhcp;
mod summary_function;
mod summary_zone;
mod tables;
pub mod traffic;
mod trail;
pub mod tray;
mod watch;
pub mod why;

use super::board::GroupBadge;
use super::words::{Language, Sentence};
use crate::world::memory::Memory;
use crate::world::{Follow, name_of};
use eni_core::id::GroupId;
use eni_core::model::Tags;
use eni_core::model::network::Network;
use eni_core::table::Table;
use eni_core::time::Instant;
use std::fmt::Display;

/// What every view is made from.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    /// The network as it is now.
    pub network: &'a Network,
    /// What the board remembers.
    pub memory: &'a Memory,
    /// Virtual time.
    pub now: Instant,
    /// The language.
    pub language: Language,
    /// Names that people gave on the board, by id.
    pub names: &'a Table<String, String>,
    /// Moves whose ENI is still leaving.
    pub follows: &'a [Follow],
}

impl Maker<'_> {
    /// What a thing is called: by the name that somebody gave it on the board, else by its Name tag, else by its id.
    pub fn name(&self, tags: &Tags, id: &dyn Display) -> String {
        self.name_on_board(id).unwrap_or_else(|| name_of(tags, id))
    }

    /// The name that somebody gave a thing on the board.
    fn name_on_board(&self, id: &dyn Display) -> Option<String> {
        // Most boards have none, and ids need not be written for them.
        if self.names.is_empty() { None } else { self.names.get(&id.to_string()).cloned() }
    }

    /// The sentence of a key.
    pub fn say<'k>(&self, key: impl Sentence<'k>) -> String {
        self.language.say(key)
    }

    /// A group as a badge.
    pub fn badge(&self, id: GroupId) -> GroupBadge {
        let look = self.memory.look(id);
        GroupBadge {
            id: id.to_string(),
            name: self.name_on_board(&id).unwrap_or_else(|| self.group_name(id)),
            letter: look.map_or_else(|| "?".to_owned(), |look| look.letter.clone()),
            hue: look.map_or(3, |look| look.hue),
        }
    }
}

/// With a capital at its beginning.
fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A text that stands inside a sentence: its first letter is a small one.
fn small(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// The items with ", " between them.
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    let mut out = String::new();
    for item in items {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&item);
    }
    out
}
