//! What is wrong with changes of records, in Route 53's words.

use crate::model::dns_name::{BadName, DnsName};
use crate::model::hosted_zone::RecordType;
use std::fmt;

/// Everything that is wrong with a batch of changes, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFaults(pub Vec<RecordFault>);

/// One thing that is wrong with a batch of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordFault {
    /// Created, and there already.
    Exists(DnsName, RecordType),
    /// Deleted, and not there.
    Missing(DnsName, RecordType),
    /// Deleted with other values than it has.
    OtherValues(DnsName, RecordType),
    /// Not in the zone.
    OutsideZone(DnsName, DnsName),
    /// Another name for the zone's own name.
    CnameAtApex(DnsName),
    /// Another name beside other records of the name.
    CnameBeside(DnsName, RecordType, DnsName),
    /// More than one other name for a name.
    CnameTwice(DnsName),
    /// A value that the type does not take.
    Value(&'static str, String),
    /// A value that stands twice in a record set.
    ValueTwice(String),
    /// No value.
    NoValue(String),
    /// A name that is none.
    Name(BadName, String),
    /// Two changes of one record set.
    Twice(DnsName, RecordType),
    /// The zone's authority, deleted.
    NoAuthority,
    /// The zone's name servers, deleted.
    NoNameServer,
    /// More records than a zone takes.
    TooMany(usize),
}

impl fmt::Display for RecordFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (number, fault) in self.0.iter().enumerate() {
            let comma = if number > 0 { ", " } else { "" };
            write!(f, "{comma}{fault}")?;
        }
        f.write_str("]")
    }
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = |name: &DnsName, kind: &RecordType| format!("resource record set [name='{}', type='{}']", name.escaped(), kind.as_str());
        match self {
            RecordFault::Exists(name, kind) => write!(f, "Tried to create {} but it already exists", set(name, kind)),
            RecordFault::Missing(name, kind) => write!(f, "Tried to delete {} but it was not found", set(name, kind)),
            RecordFault::OtherValues(name, kind) => {
                write!(f, "Tried to delete {} but the values provided do not match the current values", set(name, kind))
            }
            RecordFault::OutsideZone(name, zone) => {
                write!(f, "RRSet with DNS name {} is not permitted in zone {}", name.escaped(), zone.escaped())
            }
            RecordFault::CnameAtApex(zone) => {
                write!(f, "RRSet of type CNAME with DNS name {0} is not permitted at apex in zone {0}", zone.escaped())
            }
            RecordFault::CnameBeside(name, kind, zone) => {
                let (kind, name) = (kind.as_str(), name.escaped());
                write!(
                    f,
                    "RRSet of type {kind} with DNS name {name} is not permitted as it conflicts with other records with the same DNS name in zone {zone}"
                )
            }
            RecordFault::CnameTwice(name) => {
                write!(
                    f,
                    "Invalid Resource Record: 'FATAL problem: MultipleCNAMERecords (More than one CNAME record found) encountered with '{name}''"
                )
            }
            RecordFault::Value(why, value) => write!(f, "Invalid Resource Record: 'FATAL problem: {why} encountered with '{value}''"),
            RecordFault::ValueTwice(value) => write!(f, "Duplicate Resource Record: '{value}'"),
            RecordFault::NoValue(name) => write!(f, "Missing field 'ResourceRecords' in Change of resource record set '{name}'"),
            RecordFault::Name(why, name) => write!(f, "FATAL problem: {} encountered with '{name}'", why.as_str()),
            RecordFault::Twice(name, kind) => {
                write!(f, "The request contains an invalid set of changes for a resource record set '{} {}'", kind.as_str(), name.escaped())
            }
            RecordFault::NoAuthority => f.write_str("A HostedZone must contain exactly one SOA record."),
            RecordFault::NoNameServer => f.write_str("A HostedZone must contain at least one NS record for the zone itself."),
            RecordFault::TooMany(limit) => write!(f, "Number of records limit of {limit} exceeded."),
        }
    }
}
