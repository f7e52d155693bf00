//! Private hosted zones of Route 53: names that only associated VPCs see (`L12`).

use super::dns_name::DnsName;
use crate::addr::{Ipv4Addr, Ipv6Addr};
use crate::id::{HostedZoneId, VpcId};
use crate::table::Table;

/// How long, in seconds, the record set of a new zone's name servers is good.
const NAME_SERVER_TTL: u32 = 172_800;
/// How long, in seconds, the record of a new zone's authority is good.
const AUTHORITY_TTL: u32 = 900;
/// The name servers of every private zone: nobody can ask them, the VPC's resolver answers in their place.
const NAME_SERVERS: [&str; 4] = ["ns-1536.awsdns-00.co.uk.", "ns-0.awsdns-00.com.", "ns-1024.awsdns-00.org.", "ns-512.awsdns-00.net."];
/// The authority of every new zone.
const AUTHORITY: &str = "ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400";

/// A private hosted zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedZone {
    /// Its id.
    pub id: HostedZoneId,
    /// The domain.
    pub name: DnsName,
    /// What tells a repetition of the request that made it from a second one.
    pub caller_reference: String,
    /// Free text.
    pub comment: String,
    /// The VPCs whose resolvers see it, in the order in which they came; at least one. A VPC may be gone: its association stays (`B`).
    pub vpcs: Vec<VpcId>,
    /// What it says, by name and type.
    pub records: Table<(DnsName, RecordType), RecordSet>,
}

/// The types of records that a zone here may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordType {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// Another name for it.
    Cname,
    /// Who takes its mail.
    Mx,
    /// Its name servers.
    Ns,
    /// The name of an address.
    Ptr,
    /// The zone's authority.
    Soa,
    /// Where a service is.
    Srv,
    /// Free text.
    Txt,
}

impl RecordType {
    /// All, in the order of their words.
    pub const ALL: [RecordType; 9] = [
        RecordType::A,
        RecordType::Aaaa,
        RecordType::Cname,
        RecordType::Mx,
        RecordType::Ns,
        RecordType::Ptr,
        RecordType::Soa,
        RecordType::Srv,
        RecordType::Txt,
    ];
    /// The words of all.
    pub const WORDS: [&str; 9] = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"];

    /// The word of the domain name system.
    pub const fn as_str(self) -> &'static str {
        match self {
            RecordType::A => "A",
            RecordType::Aaaa => "AAAA",
            RecordType::Cname => "CNAME",
            RecordType::Mx => "MX",
            RecordType::Ns => "NS",
            RecordType::Ptr => "PTR",
            RecordType::Soa => "SOA",
            RecordType::Srv => "SRV",
            RecordType::Txt => "TXT",
        }
    }

    /// From the word, in letters of any case.
    pub fn from_word(word: &str) -> Option<RecordType> {
        RecordType::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word))
    }

    /// Whether a value may stand in a record of this type.
    ///
    /// # Errors
    /// Route 53's words for what is wrong.
    pub fn check(self, value: &str) -> Result<(), &'static str> {
        let name = |text: &str| DnsName::read(text).map(drop).map_err(super::dns_name::BadName::as_str);
        let numbers = |text: &[&str]| text.iter().all(|word| word.parse::<u32>().is_ok());
        let words: Vec<&str> = value.split_whitespace().collect();
        match self {
            RecordType::A if value.parse::<Ipv4Addr>().is_err() => Err("ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"),
            RecordType::Aaaa if value.parse::<Ipv6Addr>().is_err() => {
                Err("AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)")
            }
            RecordType::Cname | RecordType::Ns | RecordType::Ptr => name(value),
            RecordType::Txt if value.len() < 2 || !value.starts_with('"') || !value.ends_with('"') => {
                Err("InvalidCharacterString (Value should be enclosed in quotation marks)")
            }
            RecordType::Mx => match words.as_slice() {
                [preference, exchange] if numbers(&[preference]) => name(exchange),
                _ => Err("MXRRDATANotTwoFields (MX record doesn't have 2 fields)"),
            },
            RecordType::Srv => match words.as_slice() {
                [priority, weight, port, target] if numbers(&[priority, weight, port]) => name(target),
                _ => Err("SRVRRDATANotFourFields (SRV record doesn't have 4 fields)"),
            },
            RecordType::Soa => match words.as_slice() {
                [server, mail, rest @ ..] if rest.len() == 5 && numbers(rest) => name(server).and_then(|()| name(mail)),
                _ => Err("SOARRDATANotSevenFields (SOA record doesn't have 7 fields)"),
            },
            RecordType::A | RecordType::Aaaa | RecordType::Txt => Ok(()),
        }
    }
}

/// What a zone says of one name in one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSet {
    /// How long an answer is good, in seconds.
    pub ttl: u32,
    /// The values, as they were given; at least one.
    pub values: Vec<String>,
}

impl HostedZone {
    /// A new zone has a record set of its name servers and one of its authority.
    pub fn first_records(name: &DnsName) -> Table<(DnsName, RecordType), RecordSet> {
        let servers = NAME_SERVERS.map(str::to_owned).to_vec();
        [
            ((name.clone(), RecordType::Ns), RecordSet { ttl: NAME_SERVER_TTL, values: servers }),
            ((name.clone(), RecordType::Soa), RecordSet { ttl: AUTHORITY_TTL, values: vec![AUTHORITY.to_owned()] }),
        ]
        .into_iter()
        .collect()
    }

    /// Whether a record set is one of those that every zone has, and that nobody may take away.
    pub fn is_required(&self, name: &DnsName, kind: RecordType) -> bool {
        *name == self.name && matches!(kind, RecordType::Ns | RecordType::Soa)
    }

    /// Whether it is empty but for what every zone has.
    pub fn is_empty(&self) -> bool {
        self.records.keys().all(|(name, kind)| self.is_required(name, *kind))
    }

    /// The record sets of a name.
    pub fn records_of<'z>(&'z self, name: &'z DnsName) -> impl Iterator<Item = (RecordType, &'z RecordSet)> + 'z {
        let first = (name.clone(), RecordType::A);
        self.records.range(first..).take_while(move |((of, _), _)| of == name).map(|((_, kind), set)| (*kind, set))
    }

    /// Whether a name is there: it has records, or something below it has.
    pub fn has_name(&self, name: &DnsName) -> bool {
        self.records.keys().any(|(other, _)| other.is_in(name))
    }
}
