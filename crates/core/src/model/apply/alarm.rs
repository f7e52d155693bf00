//! CloudWatch alarms.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_alarm(&mut self, event: &Event) {
        match event {
            Event::AlarmSet(alarm) => _ = self.alarms.insert(alarm.name.clone(), alarm.clone()),
            Event::AlarmDeleted(name) => _ = self.alarms.remove(name),
            _ => {}
        }
    }
}
