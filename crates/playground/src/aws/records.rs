//! What flow logs have written, as people read it: by CloudWatch Logs, or as plain lines (`F13`, `F19`).
//!
//! A log group is there as soon as somebody makes it, or a flow log names it. Records come there some minutes after their window is over (`F11`);
//! as plain lines they can be read as soon as it is.

use super::error::ApiError;
use super::member::{Member, Wire, derived};
use super::shape::{Form, LOG_GROUP, Writer};
use super::text::{Json, Object};
use super::time::Epoch;
use eni_core::dataplane::internet::listed_as;
use eni_core::model::flow_log::{DEFAULT_FORMAT, FlowLog, FlowTraffic};
use eni_core::model::log_group::LogGroup;
use eni_core::model::network::Network;
use eni_core::observe::flow_log::FlowLogs;
use eni_core::observe::flow_record::{FlowRecord, Setting, fields};
use eni_core::observe::metrics::Metrics;
use eni_core::order::sort_by;
use eni_core::table::Table;
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::ops::Range;

/// How long a record is on its way to CloudWatch Logs (`F11`: about five minutes).
const DELIVERY: Duration = Duration::from_secs(300);

/// A call that reads records.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// What is listed.
    pub wanted: Wanted,
    /// The log group.
    pub group: String,
    /// Only these streams; all if empty.
    pub streams: Vec<String>,
    /// Only names that begin so.
    pub prefix: String,
    /// From when on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Until before when.
    pub to: Option<i64>,
    /// Only records that fit.
    pub pattern: Pattern,
    /// Where the page is.
    pub page: Page,
    /// How many at most.
    pub limit: Option<usize>,
}

/// Which part of a list a limit leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What comes from so many on.
    From(usize),
    /// The last ones of so many.
    Until(usize),
}

impl Page {
    /// The last ones of all.
    pub const NEWEST: Page = Page::Until(usize::MAX);

    /// Reads the token of a page of a stream, which says the direction in which it is turned, too.
    pub fn read(token: &str) -> Option<Page> {
        let (way, place) = token.strip_suffix("/s")?.split_once('/')?;
        let place = place.parse().ok()?;
        match way {
            "f" => Some(Page::From(place)),
            "b" => Some(Page::Until(place)),
            _ => None,
        }
    }

    fn token(self) -> String {
        match self {
            Page::From(place) => format!("f/{place:056}/s"),
            Page::Until(place) => format!("b/{place:056}/s"),
        }
    }

    /// Which of so many are on it.
    fn range(self, count: usize, limit: Option<usize>) -> Range<usize> {
        let limit = limit.unwrap_or(count);
        match self {
            Page::From(begin) => begin.min(count)..begin.saturating_add(limit).min(count),
            Page::Until(end) => end.min(count).saturating_sub(limit)..end.min(count),
        }
    }
}

/// What such a call lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Log groups.
    Groups,
    /// Streams of a group.
    Streams,
    /// Records of a group.
    Events,
    /// Records of one stream.
    OneStream,
}

/// Words that a record must have, must not have, and of which it must have one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Pattern {
    all: Vec<String>,
    none: Vec<String>,
    any: Vec<String>,
}

impl Pattern {
    /// Reads a filter pattern of words.
    ///
    /// # Errors
    /// `InvalidParameterException` for patterns of columns and of JSON, which are not here.
    pub fn read(text: &str) -> Result<Pattern, ApiError> {
        let text = text.trim();
        if text.starts_with(['[', '{', '%']) {
            let why = "The playground reads patterns of words (REJECT, -NODATA, ?SSH ?443, \"443 6\"); columns, JSON and expressions are not here.";
            return Err(ApiError::new("InvalidParameterException", format!("Invalid filter pattern. {why}")));
        }
        let mut pattern = Pattern::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (list, word) = match first {
                '-' => (&mut pattern.none, rest.get(1..)),
                '?' => (&mut pattern.any, rest.get(1..)),
                _ => (&mut pattern.all, Some(rest)),
            };
            let word = word.unwrap_or_default();
            let (found, after) = match word.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => word.split_once(char::is_whitespace).unwrap_or((word, "")),
            };
            list.push(found.to_owned());
            rest = after.trim_start();
        }
        Ok(pattern)
    }

    fn fits(&self, line: &str) -> bool {
        let has = |word: &String| line.contains(word.as_str());
        self.all.iter().all(has) && !self.none.iter().any(has) && (self.any.is_empty() || self.any.iter().any(has))
    }
}

/// What a member of an answer to such a call holds.
pub fn reply_member(call: &str, name: &str) -> Option<Wire> {
    const TIME: Wire = Wire::Integer;
    const STREAM: &[Member] = &[
        derived("logStreamName", Wire::Text),
        derived("creationTime", TIME),
        derived("firstEventTimestamp", TIME),
        derived("lastEventTimestamp", TIME),
        derived("lastIngestionTime", TIME),
        derived("arn", Wire::Text),
        derived("storedBytes", Wire::Integer),
    ];
    const FILTERED: &[Member] = &[
        derived("logStreamName", Wire::Text),
        derived("timestamp", TIME),
        derived("message", Wire::Text),
        derived("ingestionTime", TIME),
        derived("eventId", Wire::Text),
    ];
    const EVENT: &[Member] = &[derived("timestamp", TIME), derived("message", Wire::Text), derived("ingestionTime", TIME)];
    match (call, name) {
        ("DescribeLogGroups", "logGroups") => Some(Wire::List(&Wire::Struct(LOG_GROUP))),
        ("DescribeLogStreams", "logStreams") => Some(Wire::List(&Wire::Struct(STREAM))),
        ("FilterLogEvents", "events") => Some(Wire::List(&Wire::Struct(FILTERED))),
        ("GetLogEvents", "events") => Some(Wire::List(&Wire::Struct(EVENT))),
        _ => None,
    }
}

/// Where records are, and what their moments count from.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What is in the region.
    pub network: &'a Network,
    /// What virtual time counts from.
    pub epoch: Epoch,
    /// The moment.
    pub now: Instant,
    /// What was recorded; nothing where there is no traffic.
    pub logs: Option<&'a FlowLogs>,
    /// What was counted; nothing where there is no traffic.
    pub metrics: Option<&'a Metrics>,
}

/// A record with its place in CloudWatch Logs.
struct Event<'a> {
    record: &'a FlowRecord,
    stream: String,
    line: String,
}

impl<'a> Reader<'a> {
    /// Answers a call that reads records.
    ///
    /// # Errors
    /// `ResourceNotFoundException` for a group or stream that is not there.
    pub fn answer(self, wanted: &Records) -> Result<Json, ApiError> {
        if wanted.wanted == Wanted::Groups {
            return Ok(self.groups(wanted));
        }
        let events = self.events(&wanted.group);
        if events.is_empty() && self.network.log_group(&wanted.group).is_none() {
            return Err(ApiError::new("ResourceNotFoundException", "The specified log group does not exist."));
        }
        if wanted.streams.iter().any(|stream| !events.iter().any(|event| event.stream == *stream)) {
            return Err(ApiError::new("ResourceNotFoundException", "The specified log stream does not exist."));
        }
        if wanted.wanted == Wanted::Streams {
            return Ok(self.streams(wanted, &events).into());
        }
        let fits = |event: &&Event<'_>| {
            let at = self.millis(event.record.start);
            let in_time = wanted.from.is_none_or(|from| at >= from) && wanted.to.is_none_or(|to| at < to);
            let in_stream = wanted.streams.is_empty() || wanted.streams.contains(&event.stream);
            in_time && in_stream && event.stream.starts_with(&wanted.prefix) && wanted.pattern.fits(&event.line)
        };
        let found: Vec<&Event<'_>> = events.iter().filter(fits).collect();
        let range = wanted.page.range(found.len(), wanted.limit);
        let (page, next) = page(&found, wanted);
        let shown: Vec<Value> = page.iter().map(|event| self.event(event, wanted.wanted)).collect();
        let mut reply = Map::new();
        reply.insert("events".to_owned(), shown.into());
        if wanted.wanted == Wanted::Events {
            reply.insert("searchedLogStreams".to_owned(), json!([]));
            reply.extend(next.map(|next| ("nextToken".to_owned(), next.into())));
        } else {
            // There are always both: at the end of a stream they lead to where one is.
            for (name, turned) in [("nextForwardToken", Page::From(range.end)), ("nextBackwardToken", Page::Until(range.start))] {
                reply.insert(name.to_owned(), turned.token().into());
            }
        }
        Ok(Value::Object(reply).into())
    }

    /// The records of a flow log or of an ENI, or all of them, as plain lines: behind a line with the names of the fields, as in files.
    pub fn plain(self, which: Option<&str>) -> String {
        let mut text = String::new();
        for log in self.all_logs() {
            let all_of_log = which.is_none_or(|id| id == log.id.to_string());
            let of_this =
                |record: &&FlowRecord| record.log == log.id && (all_of_log || which.is_some_and(|id| id == record.eni.to_string()));
            let lines: Vec<String> =
                self.logs.into_iter().flat_map(FlowLogs::records).filter(of_this).map(|record| self.line(log, record)).collect();
            if lines.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&fields(format_of(log)).collect::<Vec<_>>().join(" "));
            text.push('\n');
            lines.iter().for_each(|line| text.extend([line.as_str(), "\n"]));
        }
        text
    }

    /// Every flow log that is there or has left records.
    pub fn all_logs(self) -> impl Iterator<Item = &'a FlowLog> {
        let gone = self.logs.into_iter().flat_map(FlowLogs::logs).filter(move |log| self.network.flow_log(log.id).is_none());
        gone.chain(self.network.flow_logs())
    }

    /// A record as its log writes it.
    pub fn line(self, log: &FlowLog, record: &FlowRecord) -> String {
        let writer = Writer::new(self.network, self.epoch, Form::Reply);
        let zone_id = |zone: &_| writer.zone_id(zone).to_string();
        let service = |address| listed_as(self.network, address);
        let setting = Setting { region: self.network.region(), epoch: self.epoch.seconds(), zone_id: &zone_id, service: &service };
        record.line(format_of(log), setting)
    }

    /// The records of a log group by time, and by stream where that is the same.
    fn events(self, group: &str) -> Vec<Event<'a>> {
        let mut events: Vec<Event<'a>> = Vec::new();
        for log in self.all_logs().filter(|log| log.log_group() == Some(group)) {
            let records = self.records_of(log);
            events.extend(records.map(|record| Event { record, stream: stream_of(log, record), line: self.line(log, record) }));
        }
        sort_by(&mut events, |one, other| (one.record.start, &one.stream).cmp(&(other.record.start, &other.stream)));
        events
    }

    /// The records of a flow log that have been delivered and can still be read.
    fn records_of(self, log: &'a FlowLog) -> impl Iterator<Item = &'a FlowRecord> {
        let came = move |record: &FlowRecord| record.log == log.id && delivered_at(record) <= self.now;
        let readable = move |logs: &'a FlowLogs| logs.records().filter(move |record| came(record) && logs.is_there(log, record));
        self.logs.into_iter().flat_map(readable)
    }

    fn millis(self, at: Instant) -> i64 {
        i64::try_from(self.epoch.seconds() * 1_000 + at.as_millis()).unwrap_or(i64::MAX)
    }

    fn event(self, event: &Event<'_>, wanted: Wanted) -> Value {
        let (timestamp, ingested) = (self.millis(event.record.start), self.millis(delivered_at(event.record)));
        if wanted == Wanted::OneStream {
            return json!({ "timestamp": timestamp, "message": event.line, "ingestionTime": ingested });
        }
        let id = format!("{timestamp:020}{:036}", event.stream.bytes().chain(event.line.bytes()).fold(7_u128, mixed));
        json!({
            "logStreamName": event.stream, "timestamp": timestamp, "message": event.line, "ingestionTime": ingested, "eventId": id,
        })
    }

    fn groups(self, wanted: &Records) -> Json {
        let mut groups: Table<&str, Cow<'_, LogGroup>> = Table::new();
        // Whoever goes on writing to a group that was deleted makes it again.
        for log in self.all_logs() {
            let first = self.records_of(log).next();
            if let Some((name, record)) = log.log_group().zip(first) {
                groups.insert(name, Cow::Owned(LogGroup::new(name, delivered_at(record))));
            }
        }
        groups.extend(self.network.log_groups().map(|group| (group.name.as_str(), Cow::Borrowed(group))));
        let all: Vec<Cow<'_, LogGroup>> =
            groups.into_iter().filter(|(name, _)| name.starts_with(&wanted.prefix)).map(|(_, group)| group).collect();
        let (page, next) = page(&all, wanted);
        let writer = Writer::new(self.network, self.epoch, Form::Reply);
        let shown = page.iter().map(|group| writer.log_group(group));
        let listed = Object::new().list("logGroups", shown).maybe("nextToken", next);
        listed.into()
    }

    fn arn(self, group: &str) -> String {
        format!("arn:aws:logs:{}:{}:log-group:{group}", self.network.region(), self.network.account())
    }

    fn streams(self, wanted: &Records, events: &[Event<'_>]) -> Value {
        let mut streams: Table<&str, (Instant, Instant, Instant)> = Table::new();
        for event in events.iter().filter(|event| event.stream.starts_with(&wanted.prefix)) {
            let (start, end) = (event.record.start, delivered_at(event.record));
            let (first, last, ingested) = streams.get(event.stream.as_str()).copied().unwrap_or((start, start, end));
            streams.insert(&event.stream, (first.min(start), last.max(start), ingested.max(end)));
        }
        let all: Vec<_> = streams.iter().map(|(name, times)| (*name, *times)).collect();
        let (page, next) = page(&all, wanted);
        let shown = page.iter().map(|(name, (first, last, ingested))| {
            json!({
                "logStreamName": name, "creationTime": self.millis(*first), "firstEventTimestamp": self.millis(*first),
                "lastEventTimestamp": self.millis(*last), "lastIngestionTime": self.millis(*ingested),
                "arn": format!("{}:log-stream:{name}", self.arn(&wanted.group)), "storedBytes": 0,
            })
        });
        listed("logStreams", shown.collect(), next)
    }
}

/// When CloudWatch Logs has a record: so long after the minute in which it ends.
fn delivered_at(record: &FlowRecord) -> Instant {
    let minutes = record.end.as_millis().div_ceil(60_000);
    Instant::ZERO + Duration::from_secs(minutes * 60) + DELIVERY
}

fn listed(name: &str, shown: Vec<Value>, next: Option<String>) -> Value {
    let mut reply = Map::new();
    reply.insert(name.to_owned(), shown.into());
    reply.extend(next.map(|next| ("nextToken".to_owned(), next.into())));
    Value::Object(reply)
}

/// One page of a list, and where the next one begins.
fn page<'p, T>(all: &'p [T], wanted: &Records) -> (&'p [T], Option<String>) {
    let range = wanted.page.range(all.len(), wanted.limit);
    let end = range.end;
    (all.get(range).unwrap_or_default(), (end < all.len()).then(|| end.to_string()))
}

/// Another number for another text.
fn mixed(number: u128, byte: u8) -> u128 {
    number.wrapping_mul(0x0100_0000_01b3).wrapping_add(u128::from(byte)) % 1_000_000_000_000_000_000_000_000_000_000_000_000
}

/// What a flow log's records look like.
pub fn format_of(log: &FlowLog) -> &str {
    log.config.format.as_deref().unwrap_or(DEFAULT_FORMAT)
}

/// The stream of a record: by its interface, and by what the log records (`F19`).
fn stream_of(log: &FlowLog, record: &FlowRecord) -> String {
    let traffic = match log.config.traffic {
        FlowTraffic::All => "all",
        FlowTraffic::Accept => "accept",
        FlowTraffic::Reject => "reject",
    };
    format!("{}-{traffic}", record.eni)
}
