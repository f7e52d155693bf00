//! Entries of managed prefix lists, as `get-managed-prefix-list-entries` prints them: without a word of which list they are of.
//!
//! The file's name says it where the list's id is in it; else they are taken as those of the only list there is.

use super::gather::Gathered;
use super::report::Notes;
use crate::aws::Kind;
use crate::words::InputKey;
use eni_core::id::PrefixListId;
use eni_core::table::Table;
use serde_json::{Map, Value};

/// The member of the output, and the one under which a document keeps them with their list.
pub(super) const ENTRIES: &str = "Entries";

/// What one output tells.
pub(super) struct Told {
    /// The file, for messages.
    pub(super) file: String,
    /// The list that its name speaks of.
    list: Option<PrefixListId>,
    entries: Vec<Value>,
}

impl Told {
    /// The entries in an output, if that is what it is. `path` is the file's whole name.
    pub(super) fn read(file: &str, path: &str, members: &Map<String, Value>) -> Option<Told> {
        let entries = members.get(ENTRIES)?.as_array()?;
        let all = entries.iter().all(|entry| entry.get("Cidr").is_some());
        all.then(|| Told { file: file.to_owned(), list: list_in(path), entries: entries.clone() })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.entries.len()
    }
}

/// The last id of a prefix list in a file's name: folders may bear names, too.
fn list_in(path: &str) -> Option<PrefixListId> {
    path.rmatch_indices("pl-").find_map(|(at, start)| {
        let digits = path.get(at + start.len()..)?.find(|letter: char| !letter.is_ascii_hexdigit());
        path.get(at..digits.map_or(path.len(), |digits| at + start.len() + digits))?.parse().ok()
    })
}

/// Gives each list the entries that were told of it.
pub(super) fn hand_out(gathered: &mut Gathered, told: Vec<Told>, notes: &mut Notes) {
    let only = only_list(gathered);
    let mut known: Table<(String, String), (Value, String)> = Table::new();
    for told in told {
        let what = format!("{ENTRIES} ({})", told.file);
        let list = match (told.list, &only) {
            (Some(list), _) => list.to_string(),
            (None, Some((list, others))) => {
                if *others > 0 {
                    notes.warn(InputKey::EntriesOfOnly { what: &what, list });
                }
                list.clone()
            }
            (None, None) => {
                notes.warn(InputKey::EntriesOfNone { what: &what });
                continue;
            }
        };
        let Some(Value::Object(members)) = gathered.find_mut(Kind::ManagedPrefixLists, &list) else {
            notes.warn(InputKey::LeftOutWithout { what: &what, id: &list, command: "describe-managed-prefix-lists" });
            continue;
        };
        let Value::Array(own) = members.entry(ENTRIES).or_insert_with(|| Value::Array(Vec::new())) else { continue };
        for entry in told.entries {
            let cidr = entry.get("Cidr").and_then(Value::as_str).unwrap_or_default().to_owned();
            let key = (list.clone(), cidr);
            if let Some((first, file)) = known.get(&key) {
                if *first != entry {
                    notes.warn(InputKey::TakenTwice { what: &format!("{list} {}", key.1), file, other: &told.file });
                }
                continue;
            }
            own.push(entry.clone());
            known.insert(key, (entry, told.file.clone()));
        }
    }
}

/// The list of the account's own, where there is one alone, and how many of AWS's stand beside it; or the only one at all.
fn only_list(gathered: &Gathered) -> Option<(String, usize)> {
    let all = gathered.of(Kind::ManagedPrefixLists);
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut own = all.iter().filter(|found| text(&found.value, "OwnerId") != "AWS");
    let only = match (own.next(), own.next(), all) {
        (Some(found), None, _) | (None, None, [found]) => found,
        _ => return None,
    };
    Some((text(&only.value, "PrefixListId"), all.len() - 1))
}
