//! Questions to the resolver of a VPC, and how its answers are written.

use super::Guest;
use eni_core::dataplane::resolver::{Answer, Record, Status, resolve};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;

/// Asks the resolver.
pub fn ask(guest: &Guest<'_>, name: &DnsName, kind: RecordType) -> Answer {
    resolve(guest.network(), guest.vpc, name, kind)
}

/// The value as it is printed: names end with a dot.
pub fn value(record: &Record) -> String {
    let is_name = matches!(record.kind, RecordType::Cname | RecordType::Ns | RecordType::Ptr);
    let name = if is_name { DnsName::read(&record.value).ok() } else { None };
    name.map_or_else(|| record.value.clone(), |name| name.to_string())
}

/// The name of an address, backwards: `5.1.0.10.in-addr.arpa.`.
pub fn pointer(address: &str) -> Option<DnsName> {
    let address: std::net::Ipv4Addr = address.parse().ok()?;
    let [a, b, c, d] = address.octets();
    DnsName::read(&format!("{d}.{c}.{b}.{a}.in-addr.arpa")).ok()
}

/// The word for how it went.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::NoError => "NOERROR",
        Status::NoSuchName => "NXDOMAIN",
        Status::Failed | Status::TimedOut => "SERVFAIL",
    }
}

/// How many bytes an answer has on its way, as names are packed where a question's name comes again.
pub fn size(question: &DnsName, answer: &Answer) -> usize {
    let wire = |name: &DnsName| name.as_str().len() + usize::from(name.as_str() != ".");
    let record = |record: &Record| {
        let own = if record.name == *question { 2 } else { wire(&record.name) };
        let data = match record.kind {
            RecordType::A => 4,
            RecordType::Aaaa => 16,
            RecordType::Soa => record.value.len() + 18,
            _ => record.value.len() + 2,
        };
        own + 10 + data
    };
    let records: usize = answer.records.iter().chain(&answer.authority).map(record).sum();
    12 + wire(question) + 4 + 11 + records
}
