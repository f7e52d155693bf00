//! Reads log groups of CloudWatch Logs.

use super::Reader;
use crate::json::Fields;
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use eni_core::model::event::Event;
use eni_core::model::log_group::LogGroup;
use eni_core::time::{Duration, Instant};

/// The longest name.
const LONGEST_NAME: usize = 512;
/// The last moment that is taken, in milliseconds since 1970: the year 9999.
const LAST: u64 = 253_402_300_799_999;
/// The most days that records are kept.
const MOST_DAYS: u64 = 3_653;

impl Reader<'_> {
    pub(super) fn read_log_group(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let name = fields.text("logGroupName", LONGEST_NAME)?.to_owned();
        let millis = fields.optional_number("creationTime", LAST)?.unwrap_or_default();
        let since = millis.saturating_sub(self.basis.epoch.seconds().saturating_mul(1_000));
        let days = fields.optional_number("retentionInDays", MOST_DAYS)?;
        let group = LogGroup {
            name,
            created: Instant::ZERO + Duration::from_millis(since),
            retention: days.and_then(|days| u32::try_from(days).ok()).filter(|days| *days > 0),
        };
        self.events.push(Event::LogGroupSet(Box::new(group)));
        Ok(())
    }
}
