//! `tcpdump`: what crosses the interfaces of a guest while it listens. It listens until it has seen as many packets as it was told; where no number
//! is given, to ten packets or for ten seconds, as nobody presses Ctrl-C here.

use super::link::links;
use super::net::{Program, seconds};
use super::{Ended, Guest, failed, names};
use crate::capture::{Dress, Filter, Lines, Names, Unread};
use crate::shell::{Failure, said};
use crate::words::programs;
use eni_core::addr::IpAddr;
use eni_core::id::EniId;
use eni_core::model::hosted_zone::RecordType;
use eni_core::sim::capture::Frame;
use eni_core::time::{Duration, Instant};
use std::collections::BTreeMap;

/// How many packets it waits for without being told.
const USUAL: u64 = 10;
/// The most that it can be told to wait for.
const MOST: u64 = 1_000;
/// How long it waits without being told, and how long at most for the packets that it was told to wait for.
const USUAL_SPAN: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(60);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(100);
/// Services that are shown by their names.
const SERVICES: [(u16, &str); 9] = [
    (22, "ssh"),
    (25, "smtp"),
    (53, "domain"),
    (80, "http"),
    (123, "ntp"),
    (443, "https"),
    (2049, "nfs"),
    (3306, "mysql"),
    (5432, "postgresql"),
];

/// Interfaces by their ENIs: their names, and the numbers that the system has for them.
type Listened = BTreeMap<EniId, (String, u32)>;

#[derive(Default)]
struct Options<'w> {
    count: Option<u64>,
    span: Option<Duration>,
    link: Option<&'w str>,
    is_numeric: bool,
    shows_link: bool,
    is_timeless: bool,
    filter: Vec<&'w str>,
}

/// `timeout SECONDS tcpdump …`: it listens no longer.
pub(super) fn timeout(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let (span, rest) = match words {
        [span, "tcpdump", rest @ ..] => (seconds(span), rest),
        [span, "sudo", "tcpdump", rest @ ..] => (seconds(span), rest),
        _ => (None, words),
    };
    let span = span.ok_or_else(|| failed(125, said::TIMEOUT_USAGE))?;
    let ended = listen(program, rest, Some(span))?;
    // That is what `timeout` ends with where it had to end the command.
    Ok(if ended.1 { Ended { exit: 124, ..ended.0 } } else { ended.0 })
}

pub(super) fn tcpdump(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    listen(program, words, None).map(|(ended, _)| ended)
}

/// Listens; whether it was the time that ended it.
fn listen(program: &mut Program<'_>, words: &[&str], span: Option<Duration>) -> Result<(Ended, bool), Failure> {
    let mut options = read(words).ok_or_else(|| failed(1, said::TCPDUMP_USAGE))?;
    options.span = span;
    let filter = program.on(|guest| {
        let address = |name: &str| names::address_of(guest, name);
        let port = |name: &str| SERVICES.iter().find(|(_, known)| *known == name).map(|(port, _)| *port);
        Filter::read(&options.filter, &Names { address: &address, port: &port })
    })?;
    let filter = filter.map_err(|why| match why {
        Unread::Syntax(word) => failed(1, &said::tcpdump_filter(&word)),
        Unread::Said(text) => failed(1, &format!("tcpdump: {text}")),
        Unread::NotPlayed(what) => failed(1, &programs::filter_not_played(&what)),
    })?;
    let (listened, any) = program.on(|guest| links_of(guest, options.link))?.map_err(|name| failed(1, &said::tcpdump_no_device(&name)))?;
    let now = program.now()?;
    let count = options.count.unwrap_or(USUAL);
    let span = options.span.unwrap_or(if options.count.is_some() { LONGEST } else { USUAL_SPAN });
    let frames = caught(program, &listened, &filter, now, (count, span))?;
    let is_late = u64::try_from(frames.len()).unwrap_or(u64::MAX) < count;
    let text = program.on(|guest| text(guest, &frames, &options, any.then_some(&listened)))?;
    let name = if any { "any" } else { listened.values().next().map_or("", |(name, _)| name) };
    Ok((Ended { text, error: said::tcpdump_said(name, any, frames.len()), exit: 0 }, is_late))
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let mut options = Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            options.filter.push(word);
            continue;
        };
        for (at, letter) in letters.char_indices() {
            let rest = word.get(at + 2..).unwrap_or_default();
            match letter {
                'n' => options.is_numeric = true,
                'e' => options.shows_link = true,
                't' => options.is_timeless = true,
                // Whether lines come at once, and what else than the guest's own is on the link, makes no difference here.
                'l' | 'U' | 'p' => {}
                'i' | 'c' => {
                    let value = if rest.is_empty() { words.next()? } else { rest };
                    if letter == 'i' {
                        options.link = Some(value);
                    } else {
                        options.count = Some(value.parse().ok().filter(|count| (1..=MOST).contains(count))?);
                    }
                    break;
                }
                _ => return None,
            }
        }
    }
    Some(options)
}

/// The interfaces that are listened to, by their ENIs, and whether those are all.
fn links_of(guest: &Guest<'_>, name: Option<&str>) -> Result<(Listened, bool), String> {
    let any = name == Some("any");
    // The loopback is the first of the system's interfaces.
    let all = links(guest).into_iter().map(|link| (link.eni.id, (link.name, link.place + 2)));
    let listened: Listened = match name {
        _ if any => all.collect(),
        Some(name) => all.filter(|(_, (own, _))| own == name).collect(),
        None => all.take(1).collect(),
    };
    if listened.is_empty() { Err(name.unwrap_or_default().to_owned()) } else { Ok((listened, any)) }
}

/// Lets time pass until enough was seen, or it is over.
fn caught(
    program: &mut Program<'_>,
    listened: &Listened,
    filter: &Filter,
    since: Instant,
    (count, span): (u64, Duration),
) -> Result<Vec<Frame>, Failure> {
    let (until, count) = (since + span, usize::try_from(count).unwrap_or(usize::MAX));
    let seen = |frame: &Frame| frame.seen_by_guest && listened.contains_key(&frame.eni) && filter.shows(&frame.packet);
    let (mut frames, mut now) = (Vec::new(), since);
    while frames.len() < count && now < until {
        program.host.wait(LOOK.min(until.since(now)));
        frames.extend(program.host.frames(now).into_iter().filter(seen));
        now = program.now()?;
    }
    frames.truncate(count);
    Ok(frames)
}

fn text(guest: &Guest<'_>, frames: &[Frame], options: &Options<'_>, listened: Option<&Listened>) -> String {
    let name = |address: IpAddr| {
        let known = || {
            let pointer = names::pointer(&address.to_string())?;
            let found = names::records(guest, &pointer, RecordType::Ptr).first().map(names::value)?;
            Some(found.trim_end_matches('.').to_owned())
        };
        if options.is_numeric { None } else { known() }.unwrap_or_else(|| address.to_string())
    };
    let port = |port: u16| {
        let service = SERVICES.iter().find(|(known, _)| !options.is_numeric && *known == port);
        service.map_or_else(|| port.to_string(), |(_, name)| (*name).to_owned())
    };
    let mut lines = Lines::default();
    let line = |frame: &Frame| {
        let time = if options.is_timeless { String::new() } else { guest.scenario.epoch.time_of_day(frame.at) };
        let link = listened.and_then(|listened| listened.get(&frame.eni)).map(|(name, number)| (name.as_str(), *number));
        lines.line(frame, &Dress { time, link, shows_link: options.shows_link, name: &name, port: &port })
    };
    frames.iter().map(line).collect()
}
