//! `eni trace`: one packet and its answer, as JSON and as text.

mod connection;
mod ends;
mod evidence;
mod text;

pub use connection::Connections;
pub use text::{Style, USUAL_WIDTH};

use crate::act::Act;
use crate::scenario::Scenario;
use crate::view::make::Maker;
use crate::words::{self, Language};
use crate::world::memory::Memory;
use eni_core::addr::IpAddr;
use eni_core::analysis::remedy::{Blocker, Blockers, Remedy, of_trace_among};
use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::too_long::INTERNET;
use eni_core::dataplane::trace::{End, SOURCE_PORT, Trace, TraceRequest, as_sent, trace};
use eni_core::dataplane::verdict::{Place, Step, Walk};
use eni_core::id::InstanceId;
use eni_core::model::by_hand::JUMBO;
use eni_core::packet::Packet;
use serde_json::{Value, json};

/// The version of the JSON form.
const FORMAT: u64 = 1;
/// The port that is asked when none is named.
const DEFAULT_PORT: u16 = 443;

/// What to trace, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ask {
    /// Who sends: an instance, an ENI, a gateway, an address, a DNS name or `internet`.
    pub from: String,
    /// Who shall get it.
    pub to: String,
    /// `tcp`, `udp`, `icmp` or a number; tcp if empty.
    pub protocol: String,
    /// The destination port; 443 if absent.
    pub port: Option<u16>,
    /// The source address, if not the sender's own choice.
    pub source_ip: Option<IpAddr>,
    /// The source port; 32768 if absent.
    pub source_port: Option<u16>,
    /// How long the packet is, in bytes, if longer than an opening.
    pub bytes: Option<u16>,
    /// Whether stopped instances are taken as running.
    pub assume_running: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The trace as JSON.
    pub json: Value,
    /// The trace for people.
    pub text: String,
    /// Whether both the packet and its answer got through.
    pub got_through: bool,
}

impl Answer {
    /// The JSON form over several lines, with a line end.
    pub fn pretty_json(&self) -> String {
        format!("{:#}\n", self.json)
    }
}

/// Who can send and get packets, for somebody who does not know: a line each with name, id and first address.
pub fn who_is_there(scenario: &Scenario) -> String {
    ends::list(scenario)
}

/// The instance that an address, a DNS name, a name or an id leads to.
pub fn instance_at(scenario: &Scenario, who: &str) -> Option<InstanceId> {
    ends::instance_at(scenario, who)
}

/// Traces a packet and its answer.
///
/// # Errors
/// An end that is not there, a protocol that is none: in plain words.
pub fn answer(scenario: &Scenario, ask: &Ask) -> Result<Answer, String> {
    styled_answer(scenario, ask, Style::default())
}

/// Traces a packet and its answer, with the text laid out for a screen.
///
/// # Errors
/// An end that is not there, a protocol that is none: in plain words.
pub fn styled_answer(scenario: &Scenario, ask: &Ask, style: Style) -> Result<Answer, String> {
    let request = read(scenario, ask)?;
    let traced = trace(&scenario.network, &request).map_err(|error| format!("{} → {}: {error}", ask.from, ask.to))?;
    Ok(told(scenario, ask, &traced, &Tracking::default(), style))
}

/// A trace in JSON and for people.
fn told(scenario: &Scenario, ask: &Ask, traced: &Trace, before: &Tracking, style: Style) -> Answer {
    let network = &scenario.network;
    let blockers = of_trace_among(network, traced, before, scenario.clock);
    let memory = Memory::default();
    let maker =
        Maker { network, memory: &memory, now: scenario.clock, language: Language::English, names: &scenario.scene.names, follows: &[] };
    let json = write(&maker, ask, traced, blockers.as_ref());
    let text = text::write(scenario, traced, blockers.as_ref(), style);
    Answer { json, text, got_through: traced.got_through() }
}

fn read(scenario: &Scenario, ask: &Ask) -> Result<TraceRequest, String> {
    let from = ends::find(scenario, &ask.from)?;
    let to = ends::seen_from(scenario, from, ends::find(scenario, &ask.to)?, &ask.to);
    let protocol = match ask.protocol.as_str() {
        "" | "tcp" => 6,
        "udp" => 17,
        "icmp" => 1,
        number => number.parse().map_err(|_| format!("\"{number}\" is no protocol: expected tcp, udp, icmp or a number from 0 to 255"))?,
    };
    if !matches!(protocol, 6 | 17) && (ask.port.is_some() || ask.source_port.is_some()) {
        return Err("only tcp and udp have ports".to_owned());
    }
    let most = if matches!(from, End::Internet | End::InternetGateway(_)) { INTERNET } else { JUMBO };
    if let Some(bytes) = ask.bytes.filter(|bytes| *bytes > most) {
        return Err(words::shell::no_such_length(&ask.from, bytes, most));
    }
    let mut request = TraceRequest::new(from, to);
    request.protocol = protocol;
    request.port = ask.port.unwrap_or(DEFAULT_PORT);
    request.source_port = ask.source_port.unwrap_or(SOURCE_PORT);
    request.source_ip = ask.source_ip;
    request.length = ask.bytes.unwrap_or(request.length);
    request.assume.running = ask.assume_running;
    Ok(request)
}

fn write(maker: &Maker<'_>, ask: &Ask, traced: &Trace, blockers: Option<&Blockers>) -> Value {
    let request = &traced.request;
    let has_ports = matches!(request.protocol, 6 | 17);
    // They stand with the way that the first of them stopped, those of the answer that would come, too.
    let of = |reply: bool| blockers.filter(|blockers| blockers.rows.first().is_some_and(|first| first.reply == reply));
    let mut json = way(maker, &traced.forward, of(false));
    let reply = traced.reply.as_ref().map(|walk| way(maker, walk, of(true)));
    if let Value::Object(members) = &mut json {
        members.insert("Format".to_owned(), FORMAT.into());
        members.insert("Reply".to_owned(), reply.unwrap_or_default());
        let mut request = json!({
            "From": ask.from,
            "To": ask.to,
            "Protocol": protocol_name(request.protocol),
            "Port": has_ports.then_some(request.port),
            "SourceIp": request.source_ip.map(|ip| ip.to_string()),
            "SourcePort": has_ports.then_some(request.source_port),
            "AssumeRunning": request.assume.running,
        });
        if let (Some(bytes), Some(members)) = (ask.bytes, request.as_object_mut()) {
            members.insert("Bytes".to_owned(), bytes.into());
        }
        members.insert("Request".to_owned(), request);
    }
    json
}

/// One way: disposition, code, hops, and what refuses it.
fn way(maker: &Maker<'_>, walk: &Walk, blockers: Option<&Blockers>) -> Value {
    let hops: Vec<Value> = walk.hops().map(|steps| hop(maker, walk, steps)).collect();
    let blockers: Vec<Value> = blockers.map(|blockers| write_blockers(maker, blockers)).unwrap_or_default();
    json!({
        "Disposition": walk.disposition.as_str(),
        "ExplanationCode": walk.code().map(|code| code.as_str()),
        "Hops": hops,
        "Blockers": blockers,
    })
}

fn hop(maker: &Maker<'_>, walk: &Walk, steps: &[Step]) -> Value {
    let Some(first) = steps.first() else { return Value::Null };
    // The guest's own checks see a packet whose source is not chosen yet; what is told is the packet that it sends.
    let seen = *walk.packet(first);
    let seen = if seen.source.is_unspecified() { as_sent(maker.network, &seen, walk) } else { seen };
    let (kind, id) = component(first.place);
    json!({
        "Component": {"Id": id, "Type": kind},
        "Packet": packet(&seen),
        "Steps": steps.iter().map(|made| step(walk, made)).collect::<Vec<_>>(),
    })
}

fn step(walk: &Walk, step: &Step) -> Value {
    let found = evidence::of(walk.of(step), walk.nearest_at(step));
    json!({
        "Check": step.check.as_str(),
        "Verdict": step.verdict.as_str(),
        "Rule": found.rule,
        "Matched": found.matched,
        "NearestMiss": found.nearest,
        "ExplanationCode": step.code.map(|code| code.as_str()),
        "Rulebook": step.rule,
        "Mark": step.mark.map(|mark| mark.letter().to_string()),
    })
}

/// Every check that refuses, in order, with its own change. `Remedies` get the packet all the way from there: of the first, every way that was found.
fn write_blockers(maker: &Maker<'_>, blockers: &Blockers) -> Vec<Value> {
    let mut written = Vec::new();
    maker.at_each(blockers, &mut |then, blocker| {
        let from_here = blockers.rows.get(written.len()..).unwrap_or_default();
        let remedies = if written.is_empty() { blockers.remedies.clone() } else { the_rest(from_here).into_iter().collect() };
        written.push(write_blocker(then, blocker, &remedies));
    });
    written
}

/// The changes of these checks in one, if each has one.
fn the_rest(rows: &[Blocker]) -> Option<Remedy> {
    let changes = rows.iter().map(|row| row.change.as_ref().map(|change| change.acts.clone()));
    let acts = changes.collect::<Option<Vec<_>>>()?.concat();
    Some(Remedy { acts, shared: Vec::new() })
}

fn write_blocker(maker: &Maker<'_>, blocker: &Blocker, remedies: &[Remedy]) -> Value {
    let acts = |remedy: &Remedy| Some(maker.acts_of(&remedy.acts)?.iter().map(Act::to_json).collect::<Vec<Value>>());
    let remedies: Vec<Vec<Value>> = remedies.iter().filter_map(acts).collect();
    let change = blocker.change.as_ref().and_then(acts);
    let (at_hop, at_step) = blocker.place();
    let mut json = blocker.step().map(|found| step(&blocker.walk, &found)).unwrap_or_default();
    if let (Value::Object(members), Some(found)) = (&mut json, blocker.step()) {
        let (kind, id) = component(found.place);
        members.insert("Hop".to_owned(), at_hop.into());
        members.insert("Step".to_owned(), at_step.into());
        members.insert("Reply".to_owned(), blocker.reply.into());
        members.insert("Component".to_owned(), json!({"Id": id, "Type": kind}));
        members.insert("Packet".to_owned(), packet(found.packet));
        members.insert("NoChange".to_owned(), change.is_none().then(|| maker.why_no_change(found)).into());
        members.insert("Change".to_owned(), change.into());
        members.insert("Remedies".to_owned(), remedies.into());
    }
    json
}

/// AWS's name for the kind of a place, and the place's id.
fn component(place: Place) -> (&'static str, String) {
    match place {
        Place::Guest(id) => ("instance", id.to_string()),
        Place::Eni(id) => ("network-interface", id.to_string()),
        Place::Subnet(id) => ("subnet", id.to_string()),
        Place::Router(id) => ("vpc", id.to_string()),
        Place::InternetGateway(id) => ("internet-gateway", id.to_string()),
        Place::EgressOnlyGateway(id) => ("egress-only-internet-gateway", id.to_string()),
        Place::VpnGateway(id) => ("vpn-gateway", id.to_string()),
        Place::NatGateway(id) => ("natgateway", id.to_string()),
        Place::Endpoint(id) => ("vpc-endpoint", id.to_string()),
        Place::Peering(id) => ("vpc-peering-connection", id.to_string()),
        Place::TransitGateway(id) => ("transit-gateway", id.to_string()),
        Place::Internet => ("internet", "internet".to_owned()),
    }
}

fn packet(packet: &Packet) -> Value {
    let ports = packet.ports();
    json!({
        "Protocol": protocol_name(packet.protocol_number()),
        "Source": packet.source.to_string(),
        "SourcePort": ports.map(|(source, _)| source),
        "Destination": packet.destination.to_string(),
        "DestinationPort": ports.map(|(_, destination)| destination),
    })
}

/// The protocol's name, or its number as text.
fn protocol_name(number: u8) -> String {
    match number {
        1 => "icmp".to_owned(),
        6 => "tcp".to_owned(),
        17 => "udp".to_owned(),
        58 => "icmpv6".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
