//! What a terminal leaves with the session from line to line, and how high it stands: no part of the world, so undo does not take it back, but part of
//! the journal, so it comes back where the work does.

use super::Session;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The most that variables come back with, names and values together, in bytes. Written down they have to fit into one line of a journal.
pub const MOST_VARIABLES_KEPT: usize = 128 << 10;

/// Values by the names of their variables.
pub type Variables = BTreeMap<String, String>;

/// The kit of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kit {
    variables: Variables,
    height: Option<u32>,
}

/// What an entry of the journal changes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KitChange {
    /// Variables with their new values; nothing for those that are unset.
    variables: BTreeMap<String, Option<String>>,
    height: Option<u32>,
}

impl KitChange {
    /// Reads the member `terminal` of an entry; nothing if it is not one.
    pub(super) fn read(value: &Value) -> Option<KitChange> {
        let mut change = KitChange::default();
        for (name, member) in value.as_object()? {
            match name.as_str() {
                "height" => {
                    change.height = Some(member.as_u64().and_then(|share| u32::try_from(share).ok()).filter(|share| *share <= 100)?)
                }
                "variables" => {
                    for (name, value) in member.as_object()? {
                        let value = if value.is_null() { None } else { Some(value.as_str()?.to_owned()) };
                        change.variables.insert(name.clone(), value);
                    }
                }
                _ => return None,
            }
        }
        Some(change)
    }
}

impl Session {
    /// The terminal's variables.
    pub fn variables(&self) -> &Variables {
        &self.kit.variables
    }

    /// How high the terminal was made, in per cent of the window; nothing if nobody has said.
    pub fn terminal_height(&self) -> Option<u32> {
        self.kit.height
    }

    /// The terminal was made so high, in per cent of the window.
    pub fn set_terminal_height(&mut self, share: u32) {
        self.kit.height = Some(share.min(100));
    }

    /// A line has left these variables: the entry that says what is other now, if anything is, and whether all of it comes back.
    pub(crate) fn set_variables(&mut self, now: &Variables) -> (Option<String>, bool) {
        let before = &self.kit.variables;
        let gone = before.keys().filter(|name| !now.contains_key(*name)).map(|name| (name.clone(), Value::Null));
        let other = now.iter().filter(|(name, value)| before.get(*name) != Some(*value));
        let fits = size(now) <= MOST_VARIABLES_KEPT;
        // One that does not come back is better gone than of an earlier value.
        let other = other.map(|(name, value)| (name.clone(), if fits { value.as_str().into() } else { Value::Null }));
        let changed: Map<String, Value> = gone.chain(other).collect();
        if changed.is_empty() {
            return (None, true);
        }
        self.kit.variables.clone_from(now);
        (Some(self.entry(&[("terminal", json!({ "variables": changed }))])), fits)
    }

    /// The line of the journal that says how high the terminal is, if somebody has said so.
    pub fn journal_height(&self) -> Option<String> {
        self.kit.height.map(|height| self.entry(&[("terminal", json!({ "height": height }))]))
    }

    /// The line with all that the terminal has left so far, where a journal begins anew with a document; nothing if it has left nothing.
    pub fn journal_terminal(&self) -> Option<String> {
        let mut members = Map::new();
        if !self.kit.variables.is_empty() && size(&self.kit.variables) <= MOST_VARIABLES_KEPT {
            members.insert("variables".to_owned(), json!(self.kit.variables));
        }
        if let Some(height) = self.kit.height {
            members.insert("height".to_owned(), height.into());
        }
        (!members.is_empty()).then(|| self.entry(&[("terminal", Value::Object(members))]))
    }

    /// Does what an entry says.
    pub(super) fn change_kit(&mut self, change: KitChange) {
        for (name, value) in change.variables {
            match value {
                Some(value) => self.kit.variables.insert(name, value),
                None => self.kit.variables.remove(&name),
            };
        }
        self.kit.height = change.height.or(self.kit.height);
    }
}

fn size(variables: &Variables) -> usize {
    variables.iter().map(|(name, value)| name.len() + value.len()).sum()
}
