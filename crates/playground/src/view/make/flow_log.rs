//! Flow logs, where one looks at what they are of.

use super::Maker;
use super::traffic::protocol_text;
use crate::view::details::{FactView, RowView, TableView};
use crate::view::words::{Key, ServiceKey, seconds};
use crate::world::World;
use eni_core::id::FlowLogId;
use eni_core::model::event::TaggedId;
use eni_core::model::flow_log::{FlowLog, FlowLogResource};
use eni_core::observe::flow_record::{FlowRecord, Status};

/// How many records are shown, the newest.
const SHOWN: usize = 20;

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

    /// The newest records of what happened at a thing: at an ENI, or at the ENIs of what is larger. Where several flow logs watch it, those of the
    /// one that wrote last: each tells the same.
    pub(super) fn record_table(&self, world: &World, kind: &str, id: &str) -> Option<TableView> {
        let network = self.network;
        let resource = match kind {
            "eni" => FlowLogResource::Eni(id.parse().ok()?),
            "nat" => FlowLogResource::Eni(network.nat_gateway(id.parse().ok()?)?.eni()?),
            "subnet" => FlowLogResource::Subnet(id.parse().ok()?),
            "vpc" => FlowLogResource::Vpc(id.parse().ok()?),
            _ => return None,
        };
        let at = |record: &&FlowRecord| match resource {
            FlowLogResource::Eni(eni) => record.eni == eni,
            FlowLogResource::Subnet(subnet) => record.facts.subnet == subnet,
            FlowLogResource::Vpc(vpc) => record.facts.vpc == vpc,
        };
        let records = || world.sim.flow_logs().records().rev().filter(at);
        let log = records().next().map(|record| record.log).or_else(|| network.flow_logs_of(resource).next().map(|log| log.id))?;
        Some(self.records_of(log, &mut records().filter(|record| record.log == log).take(SHOWN)))
    }

    fn records_of(&self, log: FlowLogId, records: &mut dyn Iterator<Item = &FlowRecord>) -> TableView {
        let say = |key| self.language.say(key);
        TableView {
            title: say(ServiceKey::TableRecords { log: &self.tagged_name(TaggedId::FlowLog(log)) }),
            columns: vec![
                say(ServiceKey::ColumnUntil),
                self.say(Key::FieldSource),
                self.say(Key::FieldDestination),
                self.say(Key::LabelAction),
            ],
            rows: records.map(|record| self.record_row(record)).collect(),
            empty: say(ServiceKey::NoRecords),
            add: None,
        }
    }

    fn record_row(&self, record: &FlowRecord) -> RowView {
        let (eni, mut cells) = (self.eni_name(record.eni), vec![format!("{} s", seconds(record.end.as_millis()))]);
        let note = match &record.status {
            Status::Ok(flow) => {
                let key = &flow.key;
                let end = |address, port| if port == 0 { format!("{address}") } else { format!("{address} {port}") };
                cells.extend([end(key.source, key.source_port), end(key.destination, key.destination_port)]);
                cells.push(if key.accepted { "ACCEPT" } else { "REJECT" }.to_owned());
                let (protocol, packets, bytes) = (protocol_text(key.protocol), flow.packets.to_string(), flow.bytes.to_string());
                self.language.say(ServiceKey::RecordOfFlow { protocol: &protocol, packets: &packets, bytes: &bytes, eni: &eni })
            }
            other => {
                cells.extend([String::new(), String::new(), other.as_str().to_owned()]);
                let note = if *other == Status::NoData {
                    ServiceKey::RecordOfNothing { eni: &eni }
                } else {
                    ServiceKey::RecordOfTooMuch { eni: &eni }
                };
                self.language.say(note)
            }
        };
        RowView { cells, note, ..RowView::default() }
    }
}
