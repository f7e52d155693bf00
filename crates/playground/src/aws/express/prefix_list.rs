//! Calls on managed prefix lists.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::addr::IpNet;
use eni_core::control::command::Command;
use eni_core::model::prefix_list::PrefixListEntry;
use serde_json::Value;

/// The call of a command on prefix lists.
pub(super) fn call(command: &Command) -> Option<Call> {
    let of = |list| Object::new().text("PrefixListId", list);
    Some(match command {
        Command::CreateManagedPrefixList(wanted) => {
            let object = Object::new().with("PrefixListName", wanted.name.as_str()).with("AddressFamily", wanted.family.as_str());
            let object = object.with("MaxEntries", wanted.max_entries).maybe("Entries", entries(&wanted.entries));
            ("CreateManagedPrefixList", tagged(object, "prefix-list", &wanted.tags))
        }
        Command::ModifyManagedPrefixList(change) => {
            let removed = |cidr: &IpNet| Value::from(Object::new().text("Cidr", cidr));
            let removed: Vec<Value> = change.remove.iter().map(removed).collect();
            let object = of(change.list).maybe("CurrentVersion", change.version).maybe("PrefixListName", change.name.as_deref());
            let object = object.maybe("AddEntries", entries(&change.add)).maybe("RemoveEntries", (!removed.is_empty()).then_some(removed));
            ("ModifyManagedPrefixList", object.maybe("MaxEntries", change.max_entries))
        }
        Command::RestoreManagedPrefixListVersion(wanted) => {
            let object = of(wanted.list).with("PreviousVersion", wanted.previous).with("CurrentVersion", wanted.version);
            ("RestoreManagedPrefixListVersion", object)
        }
        Command::DeleteManagedPrefixList(list) => ("DeleteManagedPrefixList", of(*list)),
        _ => return None,
    })
}

fn entries(entries: &[PrefixListEntry]) -> Option<Vec<Value>> {
    let entry = |entry: &PrefixListEntry| Object::new().text("Cidr", entry.cidr).filled("Description", &entry.description).into();
    (!entries.is_empty()).then(|| entries.iter().map(entry).collect())
}
