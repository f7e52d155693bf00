//! `aws lambda invoke`: what a function does that is called is told in its payload, as nobody runs its code. It opens a connection, works for a
//! while, or both; what came of it is the file that the command line writes.

use super::host::Host;
use super::said;
use crate::act::Asking;
use crate::aws::payload;
use crate::scenario::Scenario;
use crate::session::LAMBDA;
use crate::world::told::{How, Told};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::internet::{PublicHost, address_of_service, service_named};
use eni_core::dataplane::resolver::{Status, resolve_in};
use eni_core::model::dns_name::DnsName;
use eni_core::model::eni::Eni;
use eni_core::model::function::{Function, Use};
use eni_core::model::hosted_zone::RecordType;
use eni_core::sim::host::Host as End;
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value, json};

/// How long a question and its answer take across the internet.
const ACROSS: Duration = Duration::from_millis(20);

/// The member of the answer that says that a function failed, and its word.
const FAILED: (&str, &str) = ("FunctionError", "Unhandled");

/// Who asks: the network interface, if there is one, and its private address, the moment from which on it can send, and how long the function may run.
struct Runs {
    eni: Option<(String, Ipv4Addr)>,
    in_vpc: bool,
    ready: Instant,
    timeout: Duration,
}

/// Does what a call was told, and says what the function returned. An answer that tells of a failure says so, too.
pub fn carry_out(host: &mut dyn Host, parameters: &Map<String, Value>, answer: &mut Value) -> String {
    if answer.get("StatusCode").and_then(Value::as_u64) != Some(200) {
        return String::new();
    }
    let text = |name: &str| parameters.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = text("FunctionName").rsplit(':').next().unwrap_or_default().to_owned();
    let told = payload(text("Payload")).unwrap_or_default();
    let returned = run(host, &name, &told);
    if let (Err(_), Some(members)) = (&returned, answer.as_object_mut()) {
        members.insert(FAILED.0.to_owned(), FAILED.1.into());
    }
    returned.unwrap_or_else(|why| why).to_string()
}

fn failed(kind: &str, message: impl Into<String>) -> Value {
    json!({"errorMessage": message.into(), "errorType": kind})
}

fn run(host: &mut dyn Host, name: &str, told: &Value) -> Result<Value, Value> {
    let scenario = host.scenario().ok_or(Value::Null)?;
    let function = scenario.network.function(name).ok_or(Value::Null)?;
    let runs = who_runs(&scenario, function);
    let began = scenario.clock;
    if runs.ready > began {
        host.wait(runs.ready.since(began));
    }
    let mut returned = Map::new();
    if runs.ready > began {
        returned.insert("coldStartSeconds".to_owned(), (runs.ready.since(began).as_millis() / 1_000).into());
    }
    let mut left = runs.timeout;
    if let Some(target) = told.get("connect").and_then(Value::as_str) {
        let done = connect(host, name, &runs, target)?;
        left = Duration::from_nanos(left.as_nanos().saturating_sub(done.took().as_nanos()));
        returned.insert("connected".to_owned(), target.into());
        returned.insert("from".to_owned(), runs.eni.as_ref().map_or(LAMBDA, |(_, ip)| *ip).to_string().into());
        returned.extend(done.seen_as.map(|seen| ("seenAs".to_owned(), seen.to_string().into())));
    }
    if let Some(seconds) = told.get("seconds").and_then(Value::as_u64) {
        let wanted = Duration::from_secs(seconds.min(u64::from(u16::MAX)));
        host.wait(wanted.min(left));
        if wanted > left {
            return Err(timed_out(runs.timeout));
        }
        returned.insert("worked".to_owned(), seconds.into());
    }
    Ok(if returned.is_empty() { Value::Null } else { returned.into() })
}

/// What Lambda says of a function that ran for too long.
fn timed_out(after: Duration) -> Value {
    failed("Sandbox.Timedout", format!("Task timed out after {}.00 seconds", after.as_millis() / 1_000))
}

fn who_runs(scenario: &Scenario, function: &Function) -> Runs {
    let eni = scenario.network.enis_of_function(function).into_iter().next();
    let ready = match eni.and_then(|eni| scenario.network.function_eni(eni.id)).map(|used| &used.used) {
        Some(Use::Environment { ready, .. }) => *ready,
        _ => scenario.clock,
    };
    let address = |eni: &Eni| Some((eni.id.to_string(), eni.primary_ip()?));
    let timeout = Duration::from_secs(u64::from(function.timeout));
    Runs { eni: eni.and_then(address), in_vpc: function.vpc.is_some(), ready, timeout }
}

/// Opens a connection to a host and port, and asks something over it.
fn connect(host: &mut dyn Host, name: &str, runs: &Runs, target: &str) -> Result<Told, Value> {
    let port = target.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok().filter(|port| *port > 0)?)));
    let (whom, port): (&str, u16) = port.ok_or_else(|| failed("ValueError", said::NO_TARGET))?;
    let from = match &runs.eni {
        Some((eni, _)) => eni.clone(),
        None if runs.in_vpc => return Err(failed("OSError", said::NO_INTERFACE)),
        None => name.to_owned(),
    };
    let to = match whom.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => address,
        Err(_) => look_up(host, runs, whom)?,
    };
    if let Some(told) = beyond(host, runs, to) {
        return Ok(told);
    }
    let timeout_ms = runs.timeout.as_millis();
    let asking = Asking { from, to: to.to_string(), protocol: "tcp".to_owned(), port, timeout_ms, ..Asking::default() };
    let told = host.ask(&asking).map_err(|why| failed("OSError", why))?;
    match told.how {
        How::Answered(_) => Ok(told),
        How::Refused => Err(failed("ConnectionRefusedError", said::NOT_TAKEN)),
        How::NoWay | How::Nothing | How::TooLong(..) => Err(timed_out(runs.timeout)),
    }
}

/// From outside of all VPCs to another host of the internet no packet meets anything of ours: it is taken to get through (`M`).
fn beyond(host: &dyn Host, runs: &Runs, to: IpAddr) -> Option<Told> {
    let (scenario, IpAddr::V4(ip)) = (host.scenario().filter(|_| !runs.in_vpc)?, to) else { return None };
    let ours = scenario.network.mapping_of_public_ip(ip).is_some() || scenario.network.vpcs().any(|vpc| vpc.contains(ip));
    let (asked, at) = (scenario.clock, scenario.clock + ACROSS);
    let how = How::Answered(End::Internet(to));
    (!ours && !ip.is_private()).then_some(Told { asked, at, how, seen_as: Some(LAMBDA.into()), hops: 0 })
}

/// The address of a name: in a VPC its resolver says it, elsewhere that of the internet.
fn look_up(host: &dyn Host, runs: &Runs, name: &str) -> Result<IpAddr, Value> {
    let unknown = || failed("gaierror", said::NO_SUCH_NAME);
    let scenario = host.scenario().ok_or_else(unknown)?;
    let network = &scenario.network;
    let read = DnsName::read(name).map_err(|_| unknown())?;
    let Some((eni, _)) = &runs.eni else {
        let service = name.strip_suffix(".amazonaws.com").and_then(|stem| stem.strip_suffix(network.region())?.strip_suffix('.'));
        let service = service.and_then(|stem| address_of_service(network, service_named(stem)?));
        let address = PublicHost::named(read.as_str()).map(PublicHost::ipv4).or(service);
        return address.map(IpAddr::V4).ok_or_else(unknown);
    };
    let eni = eni.parse().ok().and_then(|id| network.eni(id)).ok_or_else(unknown)?;
    let vpc = network.vpc(eni.vpc).ok_or_else(unknown)?;
    let zone = network.subnet(eni.subnet).map(|subnet| &subnet.zone);
    let answer = resolve_in(network, (vpc, zone), &read, RecordType::A);
    if answer.status == Status::TimedOut {
        return Err(failed("gaierror", said::NAME_NOT_TOLD));
    }
    let address = answer.records.iter().filter(|record| record.kind == RecordType::A).find_map(|record| record.value.parse().ok());
    address.ok_or_else(unknown)
}
