//! Reads managed prefix lists.

use super::Reader;
use super::facts::{id, objects, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::IpNet;
use eni_core::id::PrefixListId;
use eni_core::model::event::Event;
use eni_core::model::prefix_list::{AddressFamily, PrefixList, PrefixListEntry, PrefixListState, lists_of_aws};
use eni_core::table::Table;
use serde_json::Value;

/// The most entries that a list has.
const MAX_ENTRIES: u64 = 1_000;

impl Reader<'_> {
    pub(super) fn read_prefix_list(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let list: PrefixListId = id(&mut fields, "PrefixListId")?;
        self.observe(list);
        let name = text(&mut fields, "PrefixListName")?;
        let by_aws = text(&mut fields, "OwnerId")? == "AWS" || name.starts_with("com.amazonaws.");
        let own = lists_of_aws(&self.basis.region).find(|own| by_aws && own.name == name);
        let mut entries = read_entries(&mut fields)?;
        // A document writes no empty lists.
        if entries.is_none() && own.is_none() && !self.basis.strict {
            self.make_up(&found.place, InputKey::EntriesUnknown)?;
        }
        let told = own.as_ref().map(|own| own.entries.clone());
        let entries = entries.take().or(told).unwrap_or_default();
        let family = match fields.optional_text("AddressFamily", 8)? {
            Some("IPv6") => AddressFamily::Ipv6,
            Some("IPv4") => AddressFamily::Ipv4,
            // Describe-prefix-lists does not say it.
            None => entries.first().map_or(AddressFamily::Ipv4, |entry| AddressFamily::of(entry.cidr)),
            Some(_) => return Err(FieldError::new(fields.place("AddressFamily"), InputKey::ExpectedWord { words: "IPv4, IPv6" }).into()),
        };
        let mut earlier = Table::new();
        for mut version in objects(&mut fields, "EarlierVersions")? {
            earlier.insert(version.number("Version", u64::MAX / 2)?, read_entries(&mut version)?.unwrap_or_default());
        }
        let usual = u64::try_from(entries.len()).unwrap_or(MAX_ENTRIES).max(1);
        let max_entries =
            if by_aws { own.as_ref().map_or(usual, |_| 1) } else { fields.optional_number("MaxEntries", MAX_ENTRIES)?.unwrap_or(usual) };
        let state = fields.optional_text("State", 32)?.unwrap_or("create-complete");
        let state = PrefixListState::find(state)
            .ok_or_else(|| FieldError::new(fields.place("State"), InputKey::ExpectedWord { words: "create-complete, modify-complete" }))?;
        let state_message = text(&mut fields, "StateMessage")?;
        let read = PrefixList {
            id: list,
            by_aws,
            name,
            family,
            max_entries: usize::try_from(max_entries).unwrap_or(usize::MAX),
            version: fields.optional_number("Version", u64::MAX / 2)?.unwrap_or(1),
            entries,
            earlier,
            // What was under way has ended meanwhile.
            state: state.settled(false).unwrap_or(state),
            state_message,
            tags: self.tags(found, &list.to_string(), "Tags")?,
        };
        // The region's own list is the one that is told of.
        if let Some(own) = own.filter(|own| own.id != list) {
            self.events.push(Event::PrefixListDeleted(own.id));
        }
        self.events.push(Event::PrefixListSet(Box::new(read)));
        Ok(())
    }
}

/// The entries of a list or a version; none where nothing tells of them.
fn read_entries(fields: &mut Fields<'_>) -> Result<Option<Vec<PrefixListEntry>>, ScenarioError> {
    let mut entries = Vec::new();
    let blocks = fields.optional("Cidrs").and_then(Value::as_array);
    for block in blocks.into_iter().flatten() {
        let cidr = block.as_str().and_then(|text| text.parse::<IpNet>().ok());
        let cidr = cidr.ok_or_else(|| FieldError::new(fields.place("Cidrs"), InputKey::ExpectedText))?;
        entries.push(PrefixListEntry { cidr: cidr.trunc(), description: String::new() });
    }
    let listed = fields.optional("Entries").is_some();
    for mut entry in objects(fields, "Entries")? {
        let cidr: IpNet = entry.parsed("Cidr")?;
        entries.push(PrefixListEntry { cidr: cidr.trunc(), description: text(&mut entry, "Description")? });
    }
    Ok((listed || blocks.is_some()).then_some(entries))
}
