//! Reads CloudWatch alarms.

use super::Reader;
use super::facts::{MAX_TEXT, flag, integer, objects, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::model::alarm::{
    Alarm, AlarmConfig, AlarmState, Amount, Comparison, HISTORY_KEPT, HistoryItem, HistoryKind, Missing, Statistic,
};
use eni_core::model::event::Event;
use serde_json::Value;

impl Reader<'_> {
    pub(super) fn read_alarm(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let name = fields.text("AlarmName", 255)?.to_owned();
        let config = config(&mut fields)?;
        let state = told(&mut fields, "StateValue", AlarmState::from_word, AlarmState::WORDS)?;
        let mut history = Vec::new();
        for mut item in objects(&mut fields, "AlarmHistoryItems")? {
            let kind = told(&mut item, "HistoryItemType", HistoryKind::from_word, HistoryKind::WORDS)?;
            history.push(HistoryItem { at: self.moment(&mut item, "Timestamp")?, kind, summary: text(&mut item, "HistorySummary")? });
        }
        history.truncate(HISTORY_KEPT);
        let alarm = Alarm {
            name,
            config,
            configured_at: self.moment(&mut fields, "AlarmConfigurationUpdatedTimestamp")?,
            state,
            reason: text(&mut fields, "StateReason")?,
            updated_at: self.moment(&mut fields, "StateUpdatedTimestamp")?,
            transitioned_at: self.moment(&mut fields, "StateTransitionedTimestamp")?,
            history,
        };
        self.events.push(Event::AlarmSet(Box::new(alarm)));
        Ok(())
    }
}

fn config(fields: &mut Fields<'_>) -> Result<AlarmConfig, FieldError> {
    let mut dimensions = Vec::new();
    for mut dimension in objects(fields, "Dimensions")? {
        dimensions.push((text(&mut dimension, "Name")?, text(&mut dimension, "Value")?));
    }
    let period = fields.number("Period", 604_800)?;
    let evaluation_periods = fields.number("EvaluationPeriods", 10_080)?;
    let fits = period >= 60 && period.is_multiple_of(60) && evaluation_periods > 0 && period * evaluation_periods <= 604_800;
    let needed = integer(fields, "DatapointsToAlarm")?.and_then(|needed| u64::try_from(needed).ok());
    if !fits || needed.is_some_and(|needed| needed == 0 || needed > evaluation_periods) {
        return Err(FieldError::new(fields.place("Period"), InputKey::ExpectedWord { words: "60, 120, …, 604800" }));
    }
    let threshold = fields.required("Threshold")?;
    let threshold = Some(threshold).filter(|value| value.is_number()).and_then(|value| Amount::read(&value.to_string()));
    let missing = text(fields, "TreatMissingData")?;
    let unit = text(fields, "Unit")?;
    Ok(AlarmConfig {
        description: text(fields, "AlarmDescription")?,
        actions_enabled: flag(fields, "ActionsEnabled", true)?,
        actions: [arns(fields, "OKActions")?, arns(fields, "AlarmActions")?, arns(fields, "InsufficientDataActions")?],
        namespace: text(fields, "Namespace")?,
        metric: text(fields, "MetricName")?,
        dimensions,
        statistic: told(fields, "Statistic", Statistic::from_word, Statistic::WORDS)?,
        minutes: u32::try_from(period / 60).unwrap_or(1),
        unit: Some(unit).filter(|unit| !unit.is_empty()),
        evaluation_periods: u32::try_from(evaluation_periods).unwrap_or(1),
        datapoints_to_alarm: needed.and_then(|needed| u32::try_from(needed).ok()),
        threshold: threshold.ok_or_else(|| FieldError::new(fields.place("Threshold"), InputKey::ExpectedWord { words: "1.0" }))?,
        comparison: told(fields, "ComparisonOperator", Comparison::from_word, Comparison::WORDS)?,
        missing: Missing::from_word(&missing),
    })
}

/// One of AWS's words.
fn told<T>(fields: &mut Fields<'_>, name: &str, read: impl Fn(&str) -> Option<T>, words: &[&str]) -> Result<T, FieldError> {
    let word = text(fields, name)?;
    read(&word).ok_or_else(|| FieldError::new(fields.place(name), InputKey::ExpectedWord { words: &words.join(", ") }))
}

fn arns(fields: &mut Fields<'_>, name: &str) -> Result<Vec<String>, FieldError> {
    let list = fields.optional(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let texts = list.iter().filter_map(Value::as_str).filter(|text| text.chars().count() <= MAX_TEXT);
    Ok(texts.take(5).map(str::to_owned).collect())
}
