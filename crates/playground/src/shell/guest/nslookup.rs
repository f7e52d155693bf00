//! `nslookup`: a question to the resolver, printed as BIND's nslookup prints it; and the file that says who the resolver is.

use super::names::{Asked, STUB, ask, domain, pointer, servers, unknown, value};
use super::{Ended, Guest, failed};
use crate::shell::Failure;
use crate::words::programs;
use eni_core::dataplane::resolver::{Answer, Record, Status};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;

/// What is asked for where no type is named.
const ADDRESSES: [RecordType; 2] = [RecordType::A, RecordType::Aaaa];

pub(super) fn nslookup(guest: &Guest<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let usage = || failed(1, programs::NSLOOKUP);
    let (options, rest): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with('-'));
    let mut kind = None;
    for option in options {
        let named = option.strip_prefix("-type=").or_else(|| option.strip_prefix("-query=")).ok_or_else(usage)?;
        kind = Some(RecordType::from_word(&named.to_ascii_uppercase()).ok_or_else(usage)?);
    }
    let (asked, server) = match rest.as_slice() {
        [asked] => (*asked, None),
        [asked, server] => (*asked, Some(server.parse::<std::net::Ipv4Addr>().map_err(|_| usage())?.to_string())),
        _ => return Err(usage()),
    };
    let (name, kinds) = match (pointer(asked), kind) {
        (Some(pointer), _) => (pointer, vec![RecordType::Ptr]),
        (None, kind) => (DnsName::read(asked).map_err(|_| usage())?, kind.map_or(ADDRESSES.to_vec(), |kind| vec![kind])),
    };
    let all: Vec<Asked> = kinds.iter().map(|kind| ask(guest, &name, *kind, server.as_deref())).collect();
    Ok(shown(guest, &name, &all))
}

fn shown(guest: &Guest<'_>, name: &DnsName, all: &[Asked]) -> Ended {
    let silent = all.first().map_or(&[][..], |asked| asked.silent.as_slice());
    let mut text: String = silent.iter().map(|server| format!(";; communications error to {server}#53: timed out\n")).collect();
    let answered: Vec<&(String, Answer)> = all.iter().filter_map(|asked| asked.answered.as_ref()).collect();
    let Some((server, first)) = answered.first() else {
        return Ended { text: format!("{text}{text}{text};; no servers could be reached\n\n"), exit: 1, ..Ended::default() };
    };
    let is_pointer =
        all.iter().any(|asked| asked.answered.iter().any(|(_, answer)| answer.records.iter().any(|one| one.kind == RecordType::Ptr)));
    let head = format!("Server:\t\t{server}\nAddress:\t{server}#53\n\n");
    let shown = name.as_str().trim_end_matches('.');
    let fault = match first.status {
        Status::NoSuchName => Some(format!("** server can't find {shown}: NXDOMAIN\n\n{}", unknown(guest, shown))),
        Status::Failed | Status::TimedOut => Some(format!("** server can't find {shown}: SERVFAIL\n\n")),
        Status::NoError if answered.iter().all(|(_, answer)| answer.records.is_empty()) => {
            Some(format!("*** Can't find {shown}: No answer\n\n"))
        }
        Status::NoError => None,
    };
    if let Some(fault) = fault {
        let exit = u8::from(first.status != Status::NoError);
        return Ended { text: text + &head + &fault, exit, ..Ended::default() };
    }
    let mut lines: Vec<String> = Vec::new();
    for record in answered.iter().flat_map(|(_, answer)| &answer.records) {
        let line = line(record);
        // An alias is an answer to each question.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    // Of names of addresses it does not say who was asked.
    if !is_pointer {
        text.push_str(&head);
        text.push_str("Non-authoritative answer:\n");
    }
    text.push_str(&lines.concat());
    text.push_str(if is_pointer { "\nAuthoritative answers can be found from:\n\n" } else { "\n" });
    text.into()
}

fn line(record: &Record) -> String {
    let (name, value) = (record.name.as_str().trim_end_matches('.'), value(record));
    match record.kind {
        RecordType::A | RecordType::Aaaa => format!("Name:\t{name}\nAddress: {value}\n"),
        RecordType::Cname => format!("{name}\tcanonical name = {value}\n"),
        RecordType::Ptr => format!("{name}\tname = {value}\n"),
        RecordType::Mx => format!("{name}\tmail exchanger = {value}\n"),
        RecordType::Ns => format!("{name}\tnameserver = {value}\n"),
        RecordType::Txt => format!("{name}\ttext = {value}\n"),
        _ => format!("{name}\t{} = {value}\n", record.kind.as_str()),
    }
}

/// `cat /etc/resolv.conf`: who the resolver is, and the domain behind names that have none, as DHCP told the guest.
pub(super) fn cat(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let ["/etc/resolv.conf"] = words else { return Err(failed(1, programs::CAT)) };
    // A plain distribution asks its own resolver, which asks that of the VPC.
    if guest.is_plain() {
        let search = domain(guest).unwrap_or_else(|| ".".to_owned());
        return Ok(format!("nameserver {STUB}\noptions edns0 trust-ad\nsearch {search}\n"));
    }
    let search = domain(guest).map(|domain| format!("search {domain}\n")).unwrap_or_default();
    Ok(servers(guest).into_iter().map(|server| format!("nameserver {server}\n")).collect::<String>() + &search)
}
