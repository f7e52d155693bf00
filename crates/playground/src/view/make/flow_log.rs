//! Flow logs, where one looks at what they are of.

use super::Maker;
use crate::view::details::FactView;
use crate::view::words::ServiceKey;
use eni_core::model::event::TaggedId;
use eni_core::model::flow_log::{FlowLog, FlowLogResource};

impl Maker<'_> {
    /// The name of what a flow log is of.
    pub fn logged_name(&self, resource: FlowLogResource) -> String {
        match resource {
            FlowLogResource::Vpc(id) => self.vpc_name(id),
            FlowLogResource::Subnet(id) => self.subnet_name(id),
            FlowLogResource::Eni(id) => self.eni_name(id),
        }
    }

    /// The flow logs of a VPC, a subnet or an ENI. Where their records are read is said with each.
    pub(super) fn flow_log_facts(&self, resource: FlowLogResource) -> impl Iterator<Item = FactView> {
        self.network.flow_logs_of(resource).map(|log| self.flow_log_fact(log))
    }

    fn flow_log_fact(&self, log: &FlowLog) -> FactView {
        let (name, config) = (self.tagged_name(TaggedId::FlowLog(log.id)), &log.config);
        let fact = ServiceKey::FlowLogFact { log: &name, traffic: config.traffic.as_str(), kind: config.destination.kind() };
        FactView { name: self.language.say(ServiceKey::LabelFlowLog), value: self.language.say(fact), code: false, thing: None }
    }
}
