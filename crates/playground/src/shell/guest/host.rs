//! `host` and `getent hosts`: a name's address in one line.

use super::names::{ask, unknown, value};
use super::{Guest, failed};
use crate::shell::{Failure, said};
use eni_core::dataplane::resolver::{Answer, Status};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;

pub(super) fn host(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let [name] = words else { return Err(failed(1, said::HOST_USAGE)) };
    let name = DnsName::read(name).map_err(|_| failed(1, said::HOST_USAGE))?;
    let Some((_, answer)) = ask(guest, &name, RecordType::A, None).answered else {
        return Err(failed(1, ";; connection timed out; no servers could be reached"));
    };
    let shown = name.as_str().trim_end_matches('.');
    match answer.status {
        Status::NoSuchName => Err(failed(1, format!("Host {shown} not found: 3(NXDOMAIN)\n{}", unknown(guest, name.as_str())).trim_end())),
        Status::Failed | Status::TimedOut => Err(failed(1, &format!("Host {shown} not found: 2(SERVFAIL)"))),
        Status::NoError if answer.records.is_empty() => Ok(format!("{shown} has no A record\n")),
        Status::NoError => Ok(answer
            .records
            .iter()
            .map(|record| {
                let (name, value) = (record.name.as_str().trim_end_matches('.'), value(record));
                let words = if record.kind == RecordType::Cname { "is an alias for" } else { "has address" };
                format!("{name} {words} {value}\n")
            })
            .collect()),
    }
}

pub(super) fn getent(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let ["hosts", name] = words else { return Err(failed(1, said::GETENT_USAGE)) };
    let name = DnsName::read(name).map_err(|_| failed(1, said::GETENT_USAGE))?;
    let lines = ask(guest, &name, RecordType::A, None).answered.map_or_else(String::new, |(_, answer)| addresses(&name, &answer));
    if lines.is_empty() { Err(Failure { exit: 2, text: String::new() }) } else { Ok(lines) }
}

fn addresses(name: &DnsName, answer: &Answer) -> String {
    let asked = name.as_str().trim_end_matches('.');
    let line = |record: &eni_core::dataplane::resolver::Record| {
        let own = record.name.as_str().trim_end_matches('.');
        let also = if own == asked { String::new() } else { format!(" {asked}") };
        format!("{:<15} {own}{also}\n", record.value)
    };
    answer.records.iter().filter(|record| record.kind == RecordType::A).map(line).collect()
}
