//! Reads DHCP option sets. Where an import does not tell of a set that a VPC uses, it is taken as the region's own.

use super::Reader;
use super::facts::{id, maybe_id, objects, text};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::DhcpOptionsId;
use eni_core::model::dhcp_options::{DhcpKey, DhcpOption, DhcpOptions};
use eni_core::model::event::Event;
use eni_core::model::network::Network;
use eni_core::table::Table;

impl Reader<'_> {
    /// Reads the sets. Where sets are told of, or VPCs name others, the one that every region begins with is there no more.
    pub(super) fn read_dhcp_options(&mut self) -> Result<(), ScenarioError> {
        let gathered = self.gathered;
        let mut sets: Table<DhcpOptionsId, DhcpOptions> = Table::new();
        for found in gathered.of(Kind::DhcpOptions) {
            let read = self.dhcp_options(found).map(|set| _ = sets.insert(set.id, set));
            self.keep(self.events.len(), read)?;
        }
        let used: Vec<DhcpOptionsId> = gathered.of(Kind::Vpcs).iter().filter_map(used_by).collect();
        let first = Network::empty(&self.basis.region, self.account).dhcp_option_sets().next().cloned();
        let stays = |set: &DhcpOptions| !gathered.seen.contains(&Kind::DhcpOptions) && used.iter().all(|id| *id == set.id);
        match first {
            Some(first) if stays(&first) => _ = sets.insert(first.id, first),
            Some(first) => self.events.push(Event::DhcpOptionsDeleted(first.id)),
            None => {}
        }
        for id in used {
            if !sets.contains_key(&id) {
                self.make_up(&format!("DhcpOptions {id}"), InputKey::OptionsUnknown)?;
                sets.insert(id, DhcpOptions::of_region(id, &self.basis.region));
            }
        }
        let usual = |set: &&DhcpOptions| set.options == DhcpOptions::of_region(set.id, &self.basis.region).options;
        self.default_options = sets.values().find(usual).map(|set| set.id);
        for set in sets.into_values() {
            self.observe(set.id);
            self.events.push(Event::DhcpOptionsCreated(Box::new(set)));
        }
        Ok(())
    }

    fn dhcp_options(&mut self, found: &Found) -> Result<DhcpOptions, ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let set: DhcpOptionsId = id(&mut fields, "DhcpOptionsId")?;
        let mut options: Vec<DhcpOption> = Vec::new();
        for mut option in objects(&mut fields, "DhcpConfigurations")? {
            let words = || DhcpKey::ALL.map(DhcpKey::as_str).join(", ");
            let key = DhcpKey::find(&text(&mut option, "Key")?).filter(|key| options.iter().all(|other| other.key != *key));
            let key = key.ok_or_else(|| FieldError::new(option.place("Key"), InputKey::ExpectedWord { words: &words() }))?;
            let mut values = Vec::new();
            for mut value in objects(&mut option, "Values")? {
                values.push(text(&mut value, "Value")?);
            }
            let fits = (1..=key.most_values()).contains(&values.len()) && values.iter().all(|value| key.takes(value));
            if !fits {
                return Err(FieldError::new(option.place("Values"), InputKey::OptionValues { key: key.as_str() }).into());
            }
            options.push(DhcpOption { key, values });
        }
        Ok(DhcpOptions { id: set, options, tags: self.tags(found, &set.to_string(), "Tags")? })
    }

    /// The set that a VPC says it uses; the region's own where it says nothing.
    pub(super) fn options_of_vpc(&mut self, fields: &mut Fields<'_>) -> Result<Option<DhcpOptionsId>, ScenarioError> {
        match fields.optional_text("DhcpOptionsId", 64)? {
            Some("default") => Ok(None),
            Some(_) => Ok(maybe_id(fields, "DhcpOptionsId")?),
            None => {
                if self.default_options.is_none() {
                    let set = DhcpOptions::of_region(self.counters.take(), &self.basis.region);
                    self.default_options = Some(set.id);
                    self.events.push(Event::DhcpOptionsCreated(Box::new(set)));
                }
                Ok(self.default_options)
            }
        }
    }
}

/// The set that a VPC names; one that is no id is told of where the VPC is read.
fn used_by(found: &Found) -> Option<DhcpOptionsId> {
    found.value.get("DhcpOptionsId")?.as_str()?.parse().ok()
}
