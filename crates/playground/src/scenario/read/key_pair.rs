//! Reads key pairs.

use super::Reader;
use super::facts::word;
use super::instance::LONGEST_KEY_NAME;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::KeyPairId;
use eni_core::model::event::Event;
use eni_core::model::key_pair::{KeyPair, KeyType, made_up_fingerprint};

/// The longest fingerprint.
const LONGEST: usize = 128;

impl Reader<'_> {
    pub(super) fn read_key_pair(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let id: KeyPairId = self.gateway_id(found, "KeyPairId")?;
        let name = fields.optional_text("KeyName", LONGEST_KEY_NAME)?.filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| FieldError::new(fields.place("KeyName"), InputKey::Missing))?.to_owned();
        let kind = word(&mut fields, "KeyType", "rsa")?;
        if !KeyType::WORDS.contains(&kind.as_str()) {
            return Err(FieldError::new(fields.place("KeyType"), InputKey::ExpectedWord { words: "rsa, ed25519" }).into());
        }
        let kind = KeyType::from_word(&kind);
        let told = fields.optional_text("KeyFingerprint", LONGEST)?.filter(|told| !told.is_empty()).map(str::to_owned);
        let fingerprint = told.unwrap_or_else(|| made_up_fingerprint(kind, false, &name));
        let created = self.moment(&mut fields, "CreateTime")?;
        let tags = self.tags(found, &id.to_string(), "Tags")?;
        self.events.push(Event::KeyPairCreated(Box::new(KeyPair { id, name, kind, fingerprint, created, tags })));
        Ok(())
    }
}
