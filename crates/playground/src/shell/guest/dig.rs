//! `dig`: a question to the resolver, printed as BIND's dig prints it. Time is virtual, so an answer takes no time.

use super::names::{ask, pointer, size, status, unknown, value};
use super::{Guest, failed};
use crate::shell::{Failure, said};
use eni_core::dataplane::resolver::{Answer, Record};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;

/// The version that it says it is.
const VERSION: &str = "9.18.33";
/// The column of answers behind names, and of the question's class.
const ANSWER_COLUMN: usize = 24;
const QUESTION_COLUMN: usize = 32;

/// What is asked, and how the answer is wanted.
struct Question {
    name: DnsName,
    kind: RecordType,
    is_short: bool,
    server: Option<String>,
}

pub(super) fn dig(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let question = read(words).ok_or_else(|| failed(1, said::DIG_USAGE))?;
    let asked = ask(guest, &question.name, question.kind, question.server.as_deref());
    let silent = |server: &String| format!(";; communications error to {server}#53: {}\n", said_of(server));
    let head = format!("\n; <<>> DiG {VERSION} <<>> {}\n;; global options: +cmd\n", words.join(" "));
    let before: String = asked.silent.iter().map(silent).collect();
    let Some((server, answer)) = asked.answered else {
        let head = if question.is_short { "" } else { &head };
        return Err(failed(9, &format!("{}{head};; no servers could be reached", before.repeat(3))));
    };
    if question.is_short {
        return Ok(before + &answer.records.iter().map(|record| format!("{}\n", value(record))).collect::<String>());
    }
    let hint = unknown(guest, question.name.as_str());
    let hint = if hint.is_empty() { hint } else { format!(";; {hint}\n") };
    let now = when(&guest.scenario.epoch.print(guest.scenario.clock)).unwrap_or_default();
    Ok(format!("{before}{head}{}{hint}{}", sections(&question, &answer), tail(&question, &answer, &server, &now)))
}

/// Why a server did not answer: the guest itself has none running.
fn said_of(server: &str) -> &'static str {
    if server == "127.0.0.1" { "connection refused" } else { "timed out" }
}

fn read(words: &[&str]) -> Option<Question> {
    let (mut name, mut kind, mut is_short, mut server) = (None, None, false, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if let Some(at) = word.strip_prefix('@') {
            server = Some(at.parse::<std::net::Ipv4Addr>().ok()?.to_string());
        } else if *word == "-x" {
            (name, kind) = (Some(pointer(words.next()?)?), Some(RecordType::Ptr));
        } else if let Some(option) = word.strip_prefix('+') {
            match option {
                "short" => is_short = true,
                "noshort" => is_short = false,
                _ => return None,
            }
        } else if let (Some(found), None) = (RecordType::from_word(word), kind) {
            kind = Some(found);
        } else if name.is_none() {
            name = Some(DnsName::read(word).ok()?);
        } else {
            return None;
        }
    }
    Some(Question { name: name?, kind: kind.unwrap_or(RecordType::A), is_short, server })
}

fn sections(question: &Question, answer: &Answer) -> String {
    let (answers, authorities) = (answer.records.len(), usize::from(answer.authority.is_some()));
    let mut text = format!(
        ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: {}, id: {}\n;; flags: qr rd ra; QUERY: 1, ANSWER: {answers}, AUTHORITY: {authorities}, ADDITIONAL: 1\n\n",
        status(answer.status),
        number(&question.name)
    );
    text.push_str(";; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 4096\n;; QUESTION SECTION:\n");
    text.push_str(&format!("{}IN\t{}\n\n", padded(&format!(";{}", question.name), QUESTION_COLUMN), question.kind.as_str()));
    for (title, records) in [("ANSWER", answer.records.as_slice()), ("AUTHORITY", answer.authority.as_slice())] {
        if !records.is_empty() {
            text.push_str(&format!(";; {title} SECTION:\n"));
            records.iter().for_each(|record| text.push_str(&line(record)));
            text.push('\n');
        }
    }
    text
}

fn line(record: &Record) -> String {
    let name = padded(record.name.as_str(), ANSWER_COLUMN);
    format!("{name}{}\tIN\t{}\t{}\n", record.ttl, record.kind.as_str(), value(record))
}

/// A text with tabs behind it, one at least, up to a column.
fn padded(text: &str, column: usize) -> String {
    let tabs = column.saturating_sub(text.len()).div_ceil(8).max(1);
    format!("{text}{}", "\t".repeat(tabs))
}

fn tail(question: &Question, answer: &Answer, server: &str, now: &str) -> String {
    let size = size(&question.name, answer);
    format!(";; Query time: 0 msec\n;; SERVER: {server}#53({server}) (UDP)\n;; WHEN: {now}\n;; MSG SIZE  rcvd: {size}\n\n")
}

/// `2026-01-01T00:00:00+00:00` as `Thu Jan 01 00:00:00 UTC 2026`.
fn when(moment: &str) -> Option<String> {
    const DAYS: [&str; 7] = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (date, time) = moment.split_once('T')?;
    let numbers: Vec<usize> = date.split('-').filter_map(|number| number.parse().ok()).collect();
    let [year, month, day] = numbers.as_slice() else { return None };
    // Zeller's congruence: January and February belong to the year before.
    let (y, m) = if *month < 3 { (year.checked_sub(1)?, month + 12) } else { (*year, *month) };
    let weekday = DAYS.get((day + 13 * (m + 1) / 5 + y + y / 4 + 6 * (y / 100) + y / 400) % 7)?;
    let month = MONTHS.get(month.checked_sub(1)?)?;
    Some(format!("{weekday} {month} {day:02} {} UTC {year}", time.get(..8)?))
}

/// The number of a question: the same each time, and another one for another name.
fn number(name: &DnsName) -> u16 {
    name.as_str().bytes().fold(4_711, |number: u16, byte| number.wrapping_mul(31).wrapping_add(u16::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::when;

    #[test]
    fn the_day_of_the_week_is_known() {
        for (moment, shown) in [
            ("2026-01-01T00:00:00+00:00", "Thu Jan 01 00:00:00 UTC 2026"),
            ("2024-02-29T23:59:59+00:00", "Thu Feb 29 23:59:59 UTC 2024"),
            ("2025-12-07T01:02:03.5+00:00", "Sun Dec 07 01:02:03 UTC 2025"),
        ] {
            assert_eq!(when(moment).as_deref(), Some(shown));
        }
        assert_eq!(when("today"), None);
    }
}
