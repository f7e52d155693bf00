//! The records of a flow log in AWS's text, and what the fields of one mean.

use super::{SHOWN, choices, chosen, flow_text};
use crate::act::{Act, WorldAct};
use crate::aws::format_of;
use crate::view::evidence::{EvidenceOf, EvidenceView, ExplainedField, ExplainedView, LineMark, LineView};
use crate::view::form::ChoiceView;
use crate::view::make::Maker;
use crate::words::{EvidenceKey, seconds};
use crate::world::World;
use eni_core::addr::Direction;
use eni_core::id::EniId;
use eni_core::model::eni::Eni;
use eni_core::model::event::TaggedId;
use eni_core::model::flow_log::{FlowLog, FlowLogResource};
use eni_core::observe::crossing;
use eni_core::observe::flow_log::RECORDS_KEPT;
use eni_core::observe::flow_record::{Flow, FlowRecord, FlowShape, Status, fields};
use eni_core::order::sort_by_key;
use eni_core::sim::record::PacketRecord;
use serde_json::json;

/// How many records are put in order by time, the newest.
const SORTED: usize = SHOWN * 10;
/// For how many VPCs a flow log is offered.
const OFFERS: usize = 4;
/// The same where there is a flow log already.
const OFFERS_BESIDE: usize = 1;

/// The tab.
pub(super) fn tab(world: &World, maker: &Maker<'_>, of: &EvidenceOf, eni: Option<EniId>) -> EvidenceView {
    let reader = world.reader();
    let logs: Vec<&FlowLog> = reader.all_logs().collect();
    let Some(log) = logs.iter().find(|log| log.id.to_string() == of.log).or(logs.first()) else {
        return EvidenceView {
            eni: chosen(eni),
            empty: maker.say(EvidenceKey::NoFlowLogs),
            offers: offers(maker, eni, OFFERS),
            ..EvidenceView::default()
        };
    };
    let of_this = |(_, record): &(u64, &FlowRecord)| {
        record.log == log.id && eni.is_none_or(|eni| eni == record.eni) && of.only.is_none_or(|only| only == mark(record))
    };
    let all = world.sim.flow_logs().numbered().filter(of_this).count();
    // Those of one window are written by interface and flow; people read by time.
    let mut shown: Vec<(u64, &FlowRecord)> = world.sim.flow_logs().numbered().rev().filter(of_this).take(SORTED).collect();
    sort_by_key(&mut shown, |(number, record)| (record.start, *number));
    let shown = shown.get(shown.len().saturating_sub(SHOWN)..).unwrap_or_default();
    let line = |(number, record): &(u64, &FlowRecord)| LineView {
        key: number.to_string(),
        text: reader.line(log, record),
        name: maker.say(EvidenceKey::FieldsOf { flow: &title(maker, record) }),
        mark: mark(record),
        ..LineView::default()
    };
    let explained = shown.iter().find(|(number, _)| number.to_string() == of.line);
    let next = seconds(world.sim.flow_logs().next_close().as_millis());
    let has_records = world.sim.flow_logs().records().any(|record| record.log == log.id);
    let unseen = eni.and_then(|id| maker.network.eni(id)).is_some_and(|eni| !is_logged(maker, eni));
    let empty = match (unseen, has_records) {
        (true, _) => EvidenceKey::NoFlowLogs,
        (false, true) => EvidenceKey::NoSuchRecords,
        (false, false) => EvidenceKey::NoRecordsYet { seconds: &next },
    };
    let waits = (!unseen && !has_records && maker.network.flow_log(log.id).is_some()).then(|| until_written(world, maker, log));
    let offers = waits.into_iter().chain(offers(maker, eni, OFFERS_BESIDE)).collect();
    let more = |count: &str| maker.say(EvidenceKey::MoreLogs { count });
    let choices = choices(logs.iter().copied(), |one| one.id == log.id, |one| choice(maker, one), more);
    let (count, all, kept) = (shown.len().to_string(), all.to_string(), RECORDS_KEPT.to_string());
    EvidenceView {
        eni: chosen(eni),
        logs: if logs.len() > 1 { choices } else { Vec::new() },
        log: log.id.to_string(),
        marks: vec![("ACCEPT".to_owned(), LineMark::Passed), ("REJECT".to_owned(), LineMark::Lost)],
        head: fields(format_of(log)).collect::<Vec<_>>().join(" "),
        lines: shown.iter().map(line).collect(),
        limit: maker.say(EvidenceKey::RecordsShown { shown: &count, all: &all, kept: &kept }),
        empty: maker.say(empty),
        offers,
        explained: explained.map(|(_, record)| explain(world, maker, log, record)),
        enis: Vec::new(),
    }
}

fn choice(maker: &Maker<'_>, log: &FlowLog) -> ChoiceView {
    let (name, of) = (maker.tagged_name(TaggedId::FlowLog(log.id)), maker.logged_name(log.resource));
    let text = maker.say(EvidenceKey::LogOf { log: &name, traffic: log.config.traffic.as_str(), of: &of });
    ChoiceView { value: log.id.to_string(), text }
}

/// Whether a flow log records what an ENI meets.
fn is_logged(maker: &Maker<'_>, eni: &Eni) -> bool {
    let of = [FlowLogResource::Eni(eni.id), FlowLogResource::Subnet(eni.subnet), FlowLogResource::Vpc(eni.vpc)];
    of.into_iter().any(|resource| maker.network.flow_logs_of(resource).next().is_some())
}

/// Time passes until the window of a log is over that is open now.
fn until_written(world: &World, maker: &Maker<'_>, log: &FlowLog) -> (String, Act) {
    let (window, now) = (u64::from(log.config.interval.max(60)) * 1_000, world.sim.now().as_millis());
    let milliseconds = window - now % window;
    let text = maker.say(EvidenceKey::LetPass { seconds: &milliseconds.div_ceil(1_000).to_string() });
    (text, Act::World(WorldAct::Wait { milliseconds }))
}

/// A flow log of each VPC that has none, or of that of an ENI, as the console's first choice is: all traffic, by the minute, into a log group.
fn offers(maker: &Maker<'_>, eni: Option<EniId>, most: usize) -> Vec<(String, Act)> {
    let of = eni.and_then(|id| maker.network.eni(id)).map(|eni| eni.vpc);
    let vpcs = maker.network.vpcs().filter(|vpc| of.is_none_or(|of| of == vpc.id));
    let without = vpcs.filter(|vpc| maker.network.flow_logs_of(FlowLogResource::Vpc(vpc.id)).next().is_none());
    let offer = |vpc| {
        let role = format!("arn:aws:iam::{}:role/flow-logs", maker.network.account());
        let log = json!({
            "ResourceType": "VPC", "ResourceIds": [format!("{vpc}")], "TrafficType": "ALL", "LogGroupName": "flow-logs",
            "DeliverLogsPermissionArn": role, "MaxAggregationInterval": 60,
        });
        (maker.say(EvidenceKey::MakeFlowLog { vpc: &maker.vpc_name(vpc) }), Act::ec2("CreateFlowLogs", log))
    };
    without.take(most).map(|vpc| offer(vpc.id)).collect()
}

const fn mark(record: &FlowRecord) -> LineMark {
    match &record.status {
        Status::Ok(flow) if flow.key.accepted => LineMark::Passed,
        Status::Ok(_) => LineMark::Lost,
        Status::NoData | Status::SkipData => LineMark::Plain,
    }
}

/// What a record is about: "REJECT tcp 198.51.100.1 → 10.0.1.20 22 at svc".
fn title(maker: &Maker<'_>, record: &FlowRecord) -> String {
    let eni = maker.eni_name(record.eni);
    match &record.status {
        Status::Ok(Flow { key, .. }) => {
            let (action, protocol) = (if key.accepted { "ACCEPT" } else { "REJECT" }, maker.protocol(key.protocol));
            format!("{action} {protocol} {} → {} {}, {eni}", key.source, key.destination, key.destination_port)
        }
        other => format!("{} {eni}", other.as_str()),
    }
}

fn explain(world: &World, maker: &Maker<'_>, log: &FlowLog, record: &FlowRecord) -> ExplainedView {
    let line = world.reader().line(log, record);
    let field = |(name, value): (&str, &str)| ExplainedField {
        name: name.to_owned(),
        // What has no name goes by its id, which stands there already.
        value: meant(maker, record, name)
            .filter(|meant| meant != value)
            .map_or_else(|| value.to_owned(), |meant| format!("{value} ({meant})")),
        text: maker.say(meaning(name)),
    };
    let packet = match &record.status {
        Status::Ok(flow) => packet_of(world, record, flow),
        _ => None,
    };
    ExplainedView {
        title: title(maker, record),
        fields: fields(format_of(log)).zip(line.split(' ')).map(field).collect(),
        packet: packet.map(|packet| packet.id.0),
        verdict: packet.map(|packet| flow_text(maker, &packet.packet)).unwrap_or_default(),
    }
}

/// What a number stands for, where people would have to look it up.
fn meant(maker: &Maker<'_>, record: &FlowRecord, name: &str) -> Option<String> {
    match (name, &record.status) {
        ("start", _) => Some(format!("{} s", seconds(record.start.as_millis()))),
        ("end", _) => Some(format!("{} s", seconds(record.end.as_millis()))),
        ("interface-id", _) => Some(maker.eni_name(record.eni)),
        ("instance-id", _) => record.facts.instance.map(|id| maker.instance_name(id)),
        ("vpc-id", _) => Some(maker.vpc_name(record.facts.vpc)),
        ("subnet-id", _) => Some(maker.subnet_name(record.facts.subnet)),
        ("protocol", Status::Ok(flow)) => Some(maker.protocol(flow.key.protocol)),
        ("tcp-flags", Status::Ok(flow)) if flow.flags != 0 => {
            let names = [(2, "SYN"), (16, "ACK"), (1, "FIN"), (4, "RST")];
            Some(names.into_iter().filter(|(bit, _)| flow.flags & bit != 0).map(|(_, name)| name).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

fn meaning(name: &str) -> EvidenceKey<'static> {
    use EvidenceKey as K;
    match name {
        "version" => K::FieldVersion,
        "account-id" => K::FieldAccount,
        "interface-id" => K::FieldInterface,
        "srcaddr" => K::FieldSource,
        "dstaddr" => K::FieldTarget,
        "srcport" => K::FieldSourcePort,
        "dstport" => K::FieldTargetPort,
        "protocol" => K::FieldProtocol,
        "packets" => K::FieldPackets,
        "bytes" => K::FieldBytes,
        "start" => K::FieldStart,
        "end" => K::FieldEnd,
        "action" => K::FieldAction,
        "log-status" => K::FieldStatus,
        "vpc-id" => K::FieldVpc,
        "subnet-id" => K::FieldSubnet,
        "instance-id" => K::FieldInstance,
        "tcp-flags" => K::FieldFlags,
        "type" => K::FieldType,
        "pkt-srcaddr" => K::FieldPacketSource,
        "pkt-dstaddr" => K::FieldPacketTarget,
        "region" => K::FieldRegion,
        "az-id" => K::FieldZone,
        "flow-direction" => K::FieldDirection,
        "traffic-path" => K::FieldPath,
        "reject-reason" => K::FieldReason,
        _ => K::FieldElse,
    }
}

/// The newest packet that a record counted, if one is kept still.
fn packet_of<'w>(world: &'w World, record: &FlowRecord, flow: &Flow) -> Option<&'w PacketRecord> {
    let in_time = world.sim.packets().rev().filter(|packet| packet.at >= record.start && packet.at <= record.end);
    let counted = |packet: &&std::rc::Rc<PacketRecord>| {
        let met = crossing::of_walk(world.network(), &packet.walk);
        met.iter().any(|met| met.eni == record.eni && is_of(&flow.key, met))
    };
    in_time.filter(|packet| packet.packet.protocol_number() == flow.key.protocol).find(counted).map(|packet| &**packet)
}

fn is_of(key: &FlowShape, met: &crossing::Crossing) -> bool {
    let same_way = (met.direction == Direction::Egress) == (key.direction == Direction::Egress) && met.accepted == key.accepted;
    let packet = &met.packet;
    let ends = (packet.source, packet.destination) == (key.packet_source, key.packet_destination);
    same_way && ends && packet.ports().unwrap_or((0, 0)) == (key.source_port, key.destination_port)
}
