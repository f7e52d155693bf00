//! `aws logs tail GROUP`: records as lines, as the AWS command line makes them of its call.

use super::host::Host;
use super::usage::{OTHER, choice, plain, refused};
use super::{Failure, said, sugar};
use crate::aws::{ApiError, Epoch};
use eni_core::time::Instant;
use serde_json::{Map, Value};

/// The formats of lines.
const FORMATS: [&str; 3] = ["detailed", "short", "json"];

/// The records that are asked for, as lines.
///
/// # Errors
/// A value that cannot be read, or the call is refused.
pub fn tail(host: &mut dyn Host, given: &Map<String, Value>) -> Result<String, (Failure, Option<ApiError>)> {
    let text = |name: &str| given.get(name).and_then(Value::as_str);
    let format = text("format").unwrap_or("detailed");
    if !FORMATS.contains(&format) {
        return Err((choice("--format", format, &FORMATS.map(str::to_owned)), None));
    }
    if given.get("follow").is_some_and(|follow| follow == true) {
        return Err((plain(said::NO_FOLLOW), None));
    }
    let (epoch, now) = host.scenario().map_or((Epoch::default(), Instant::ZERO), |scenario| (scenario.epoch, scenario.clock));
    let since = text("since").unwrap_or("10m");
    let bad = || (Failure { exit: OTHER, ..plain(&said::no_moment(since)) }, None);
    let start = since_when(since, epoch, now).ok_or_else(bad)?;
    let mut parameters: Map<String, Value> = given.clone();
    ["since", "format", "follow"].iter().for_each(|name| drop(parameters.remove(*name)));
    parameters.insert("startTime".to_owned(), millis(epoch, start).into());
    let answer = host.call("logs", sugar::TAIL_ASKS, &parameters).map_err(|error| (refused(sugar::TAIL_ASKS, &error), Some(error)))?;
    let events = answer.get("events").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    Ok(events.iter().map(|event| line(event, format, epoch)).collect())
}

/// From when on: `5m` ago, or a moment.
fn since_when(text: &str, epoch: Epoch, now: Instant) -> Option<Instant> {
    let units = [('s', 1), ('m', 60), ('h', 3_600), ('d', 86_400), ('w', 7 * 86_400)];
    let ago = units.iter().find_map(|(unit, seconds)| Some(text.strip_suffix(*unit)?.parse::<u64>().ok()?.saturating_mul(*seconds)));
    match ago {
        Some(seconds) => Some(Instant::from_nanos(now.as_nanos().saturating_sub(seconds.saturating_mul(1_000_000_000)))),
        None => epoch.read(text).ok(),
    }
}

/// Milliseconds since 1970.
fn millis(epoch: Epoch, at: Instant) -> u64 {
    epoch.seconds() * 1_000 + at.as_millis()
}

/// A record as a line: when, of which stream, and what.
fn line(event: &Value, format: &str, epoch: Epoch) -> String {
    let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
    let at = event.get("timestamp").and_then(Value::as_u64).unwrap_or(0).saturating_sub(epoch.seconds() * 1_000);
    let second = epoch.print(Instant::from_nanos(at / 1_000 * 1_000_000_000));
    let (clock, zone) = second.split_once('+').unwrap_or((&second, ""));
    let (micros, stream, message) = (at % 1_000 * 1_000, text("logStreamName"), text("message"));
    match format {
        "short" => format!("{clock} {message}\n"),
        "json" if micros == 0 => format!("{second} {stream} {message}\n"),
        _ => format!("{clock}.{micros:06}+{zone} {stream} {message}\n"),
    }
}
