//! Makes the views: reads the world, asks the engine, and lets `words` say it.

pub mod board;
mod clients;
mod details;
pub mod eni;
mod evidence;
mod form;
mod form_acts;
mod menu;
mod menu_network;
mod refusal;
mod remedies;
pub mod report;
mod summary;
mod tables;
mod traffic;
pub mod tray;
pub mod why;

use super::board::GroupBadge;
use super::memory::Memory;
use super::words::{Key, Language};
use eni_core::id::GroupId;
use eni_core::model::Tags;
use eni_core::model::network::Network;
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
}

impl Maker<'_> {
    /// The sentence of a key.
    pub fn say(&self, key: Key<'_>) -> String {
        self.language.say(key)
    }

    /// A group as a badge.
    pub fn badge(&self, id: GroupId) -> GroupBadge {
        let look = self.memory.look(id);
        GroupBadge {
            id: id.to_string(),
            name: self.network.group(id).map_or_else(|| id.to_string(), |group| group.name.clone()),
            letter: look.map_or_else(|| "?".to_owned(), |look| look.letter.clone()),
            hue: look.map_or(3, |look| look.hue),
        }
    }
}

/// The value of the Name tag, or the id.
pub fn name_of(tags: &Tags, id: &dyn Display) -> String {
    match tags.get("Name") {
        Some(name) if !name.is_empty() => name.clone(),
        _ => id.to_string(),
    }
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
