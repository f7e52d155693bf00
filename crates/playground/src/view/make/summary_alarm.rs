//! Alarms and log groups in a few words: what is done to them, and what is told of them where the thing is looked at that they watch.

use super::Maker;
use crate::view::details::FactView;
use crate::view::words::{ActKey, Key};
use eni_core::control::command::{AlarmAct, LogsAct};

impl Maker<'_> {
    /// The alarms on metrics of a thing, each with its state.
    pub(super) fn alarm_facts(&self, id: &str) -> Vec<FactView> {
        let watches = |dimensions: &[(String, String)]| dimensions.iter().any(|(_, value)| value == id);
        let own = self.network.alarms().filter(|alarm| watches(&alarm.config.dimensions));
        own.map(|alarm| self.fact(Key::LabelAlarm, format!("{}: {} ({})", alarm.name, alarm.state.as_str(), alarm.config.metric))).collect()
    }

    /// What is done to log groups.
    pub(super) fn logs_summary(&self, act: &LogsAct) -> String {
        match act {
            LogsAct::Create(name) => self.say(ActKey::ActCreateNamed { thing: name }),
            LogsAct::Delete(name) => self.say(ActKey::ActDelete { thing: name }),
            LogsAct::Retain(name, _) => self.say(ActKey::ActChange { thing: name }),
        }
    }

    /// What is done to alarms.
    pub(super) fn alarm_summary(&self, act: &AlarmAct) -> String {
        match act {
            AlarmAct::Put(wanted) if self.network.alarm(&wanted.name).is_none() => self.say(ActKey::ActCreateNamed { thing: &wanted.name }),
            AlarmAct::Put(wanted) => self.say(ActKey::ActChange { thing: &wanted.name }),
            AlarmAct::Delete(names) => self.say(ActKey::ActDelete { thing: &names.join(", ") }),
            AlarmAct::EnableActions(names, _) => self.say(ActKey::ActChange { thing: &names.join(", ") }),
            AlarmAct::SetState(wanted) => self.say(ActKey::ActSetAlarm { alarm: &wanted.name, state: wanted.state.as_str() }),
        }
    }
}
