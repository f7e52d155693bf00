//! Questions to the name servers of a guest, and how answers are written.

use super::Guest;
use super::net::Family;
use crate::shell::said;
use eni_core::addr::{IpAddr, Ipv4Addr, Ipv6Addr};
use eni_core::dataplane::guest::source_for;
use eni_core::dataplane::resolver::{Answer, Decided, Record, Status, resolve_in, server_of};
use eni_core::model::dhcp_options::{DhcpKey, NameServers};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;

/// Where a plain distribution has a resolver of its own (systemd's), which asks the others.
pub const STUB: &str = "127.0.0.53";

/// Where VPCs have their resolver, too (`I7`).
const LOCAL_RESOLVERS: [&str; 2] = ["169.254.169.253", "fd00:ec2::253"];

/// What came of asking.
pub struct Asked {
    /// Who was asked in vain.
    pub silent: Vec<String>,
    /// Who answered, and what; nobody may have.
    pub answered: Option<(String, Answer)>,
}

/// Asks one server after the other, as DHCP told the guest, or the one that is named. Only the resolver of the VPC answers here.
pub fn ask(guest: &Guest<'_>, name: &DnsName, kind: RecordType, named: Option<&str>) -> Asked {
    let own = server_of(guest.vpc).to_string();
    let mut asked = Asked { silent: Vec::new(), answered: None };
    for server in named.map_or_else(|| servers(guest), |server| vec![server.to_owned()]) {
        if server == own || LOCAL_RESOLVERS.contains(&server.as_str()) {
            let answer = resolve_in(guest.network(), (guest.vpc, Some(&guest.instance.zone)), name, kind);
            if answer.status != Status::TimedOut {
                asked.answered = Some((server, answer));
                break;
            }
        }
        asked.silent.push(server);
    }
    if named.is_none() && guest.is_plain() {
        let own = || STUB.to_owned();
        return Asked {
            silent: asked.silent.first().map(|_| own()).into_iter().collect(),
            answered: asked.answered.map(|(_, answer)| (own(), answer)),
        };
    }
    asked
}

/// What is answered to a guest, whoever it asks: nothing where nobody answers.
pub fn records(guest: &Guest<'_>, name: &DnsName, kind: RecordType) -> Vec<Record> {
    ask(guest, name, kind, None).answered.map(|(_, answer)| answer.records).unwrap_or_default()
}

/// The IPv4 address of a name.
pub fn address_of(guest: &Guest<'_>, name: &str) -> Option<IpAddr> {
    let found = records(guest, &DnsName::read(name).ok()?, RecordType::A);
    found.iter().filter(|record| record.kind == RecordType::A).find_map(|record| record.value.parse().ok())
}

/// The addresses of a name, in the order in which the system wants them tried: those of IPv6 first where the guest can send to them from an address
/// of its own (RFC 6724).
pub fn addresses(guest: &Guest<'_>, text: &str, family: Family) -> Vec<IpAddr> {
    if text == "localhost" {
        return vec![if family == Family::Six { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() }];
    }
    let Ok(name) = DnsName::read(text) else { return Vec::new() };
    let of = |kind: RecordType, is_wanted: bool| -> Vec<IpAddr> {
        let found = if is_wanted { records(guest, &name, kind) } else { Vec::new() };
        found.iter().filter(|record| record.kind == kind).filter_map(|record| record.value.parse().ok()).collect()
    };
    let (six, four) = (of(RecordType::Aaaa, family != Family::Four), of(RecordType::A, family != Family::Six));
    let speaks_six = six.first().is_some_and(|to| source_for(guest.network(), guest.instance, *to).is_some());
    let (mut first, then) = if speaks_six { (six, four) } else { (four, six) };
    first.extend(then);
    first
}

/// Why a name leads to no address, as the system says it, and whether it took its time to find out.
pub fn fault(guest: &Guest<'_>, text: &str) -> (&'static str, bool) {
    let Ok(name) = DnsName::read(text) else { return ("Name or service not known", false) };
    let Asked { silent, answered } = ask(guest, &name, RecordType::A, None);
    match answered.map(|(_, answer)| answer.status) {
        Some(Status::NoSuchName) => ("Name or service not known", false),
        Some(Status::NoError) => ("No address associated with hostname", false),
        Some(Status::Failed | Status::TimedOut) => ("Temporary failure in name resolution", false),
        // A system that asks itself is told at once that nobody is there.
        None => ("Temporary failure in name resolution", silent.iter().any(|server| server != "127.0.0.1")),
    }
}

/// What is said behind a fault where nobody knows a name: of the internet only some are known here (`G14`).
pub fn unknown(guest: &Guest<'_>, name: &str) -> String {
    let asked = DnsName::read(name).ok().and_then(|name| ask(guest, &name, RecordType::A, None).answered);
    let decided = asked.as_ref().and_then(|(_, answer)| answer.decided.last());
    if decided == Some(&Decided::Nobody) { format!("{}\n", said::names_known()) } else { String::new() }
}

/// The name servers of a guest. One that was told none asks itself.
pub fn servers(guest: &Guest<'_>) -> Vec<String> {
    match guest.network().name_servers_of(guest.vpc) {
        NameServers::OfVpc => vec![server_of(guest.vpc).to_string()],
        NameServers::OfNitro if guest.instance.instance_type.is_nitro() => LOCAL_RESOLVERS.into_iter().take(1).map(str::to_owned).collect(),
        NameServers::Own(servers) if !servers.is_empty() => servers.iter().map(ToString::to_string).collect(),
        NameServers::OfNitro | NameServers::Nobody | NameServers::Own(_) => vec!["127.0.0.1".to_owned()],
    }
}

/// The domain behind names that have none, as DHCP told the guest.
pub fn domain(guest: &Guest<'_>) -> Option<String> {
    let set = guest.network().dhcp_options(guest.vpc.dhcp_options?)?;
    set.values(DhcpKey::DomainName).first().cloned()
}

/// The value as it is printed: names end with a dot.
pub fn value(record: &Record) -> String {
    let is_name = matches!(record.kind, RecordType::Cname | RecordType::Ns | RecordType::Ptr);
    let name = if is_name { DnsName::read(&record.value).ok() } else { None };
    name.map_or_else(|| record.value.clone(), |name| name.to_string())
}

/// The name of an address, backwards: `5.1.0.10.in-addr.arpa.`.
pub fn pointer(address: &str) -> Option<DnsName> {
    let address: Ipv4Addr = address.parse().ok()?;
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
