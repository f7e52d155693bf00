//! Flow logs, and the log groups that they write to.

use crate::id::{FlowLogId, ResourceId};
use crate::model::event::Event;
use crate::model::flow_log::FlowLogResource;
use crate::model::log_group::LogGroup;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_flow_log(&mut self, event: &Event) {
        match event {
            Event::FlowLogCreated(log) => {
                self.counters.observe(log.id);
                self.index.flow_logs_of.insert((log.resource, log.id));
                self.flow_logs.insert(log.id, log.clone());
            }
            Event::FlowLogDeleted(id) => {
                if let Some(log) = self.flow_logs.remove(id) {
                    self.index.flow_logs_of.remove(&(log.resource, log.id));
                }
            }
            Event::LogGroupSet(group) => _ = self.log_groups.insert(group.name.clone(), LogGroup::clone(group)),
            Event::LogGroupDeleted(name) => _ = self.log_groups.remove(name),
            _ => {}
        }
    }

    /// A flow log goes with what it is of (`M`).
    pub(super) fn forget_flow_logs(&mut self, resource: FlowLogResource) {
        let first = (resource, FlowLogId::from_number(0));
        let gone: Vec<_> = self.index.flow_logs_of.range(first..).copied().take_while(|(of, _)| *of == resource).collect();
        for pair in gone {
            self.index.flow_logs_of.remove(&pair);
            self.flow_logs.remove(&pair.1);
        }
    }
}
