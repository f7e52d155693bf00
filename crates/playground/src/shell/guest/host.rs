//! `host` and `getent hosts`: a name's addresses, a line each.

use super::names::{Asked, ask, pointer, records, unknown, value};
use super::{Guest, failed};
use crate::shell::{Failure, said};
use eni_core::dataplane::resolver::{Record, Status};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;

/// `host NAME`: its addresses of both families, and who takes its mail; `host ADDRESS`: its name.
pub(super) fn host(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let [asked] = words else { return Err(failed(1, said::HOST_USAGE)) };
    let backwards = pointer(asked);
    let first = if backwards.is_some() { RecordType::Ptr } else { RecordType::A };
    let name = backwards.clone().or_else(|| DnsName::read(asked).ok()).ok_or_else(|| failed(1, said::HOST_USAGE))?;
    let Asked { silent, answered } = ask(guest, &name, first, None);
    let Some((_, answer)) = answered else {
        let each: String = silent.iter().map(|server| format!(";; communications error to {server}#53: timed out\n")).collect();
        return Err(failed(1, &format!("{each}{each};; no servers could be reached")));
    };
    // Where the question is an address, the name that is asked for is shown to its end.
    let shown = if backwards.is_some() { name.as_str() } else { plain(&name) };
    let hint = if backwards.is_some() { String::new() } else { unknown(guest, asked) };
    match answer.status {
        Status::NoSuchName => return Err(failed(1, format!("Host {shown} not found: 3(NXDOMAIN)\n{hint}").trim_end())),
        Status::Failed | Status::TimedOut => return Err(failed(1, &format!("Host {shown} not found: 2(SERVFAIL)"))),
        Status::NoError => {}
    }
    let mut text: String = answer.records.iter().map(line).collect();
    // The rest is asked of the name at the end of the aliases.
    let last = answer.records.iter().rev().find(|record| record.kind == RecordType::Cname).map(value);
    let end = last.and_then(|last| DnsName::read(&last).ok()).unwrap_or_else(|| name.clone());
    for kind in [RecordType::Aaaa, RecordType::Mx].into_iter().filter(|_| backwards.is_none()) {
        text.extend(records(guest, &end, kind).iter().filter(|record| record.kind == kind).map(line));
    }
    Ok(text)
}

/// A name without the dot at its end.
fn plain(name: &DnsName) -> &str {
    name.as_str().trim_end_matches('.')
}

fn line(record: &Record) -> String {
    let words = match record.kind {
        RecordType::Cname => "is an alias for",
        RecordType::Aaaa => "has IPv6 address",
        RecordType::Mx => "mail is handled by",
        RecordType::Ptr => "domain name pointer",
        _ => "has address",
    };
    format!("{} {words} {}\n", plain(&record.name), value(record))
}

/// `getent hosts NAME`: the addresses of IPv6 where there are any, else those of IPv4.
pub(super) fn getent(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let ["hosts", name] = words else { return Err(failed(1, said::GETENT_USAGE)) };
    let name = DnsName::read(name).map_err(|_| failed(1, said::GETENT_USAGE))?;
    let of = |kind: RecordType| -> String {
        records(guest, &name, kind).iter().filter(|record| record.kind == kind).map(|record| entry(&name, record)).collect()
    };
    let lines = Some(of(RecordType::Aaaa)).filter(|six| !six.is_empty()).unwrap_or_else(|| of(RecordType::A));
    if lines.is_empty() { Err(Failure { exit: 2, text: String::new() }) } else { Ok(lines) }
}

fn entry(name: &DnsName, record: &Record) -> String {
    let (own, asked) = (plain(&record.name), plain(name));
    let also = if own == asked { String::new() } else { format!(" {asked}") };
    format!("{:<15} {own}{also}\n", record.value)
}
