//! Record sets of hosted zones, as `list-resource-record-sets` prints them: without a word of which zone they are of.
//!
//! The file's name says it where the zone's id is in it; else the name does that has the SOA record, where one zone alone has it.

use super::gather::Gathered;
use super::report::Notes;
use crate::aws::Kind;
use crate::words::InputKey;
use serde_json::{Map, Value};

/// The member of the output, and the one under which a document keeps them with their zone.
pub(super) const RECORDS: &str = "ResourceRecordSets";
/// What the id of a zone begins with where it stands with the zone.
const PATH: &str = "/hostedzone/";

/// What one output tells.
pub(super) struct Records {
    file: String,
    path: String,
    sets: Vec<Value>,
}

impl Records {
    /// The record sets in an output, if that is what it is. `path` is the file's whole name.
    pub(super) fn read(file: &str, path: &str, members: &Map<String, Value>) -> Option<Records> {
        let sets = members.get(RECORDS)?.as_array()?.clone();
        Some(Records { file: file.to_owned(), path: path.to_owned(), sets })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.sets.len()
    }

    /// The zone that they are of, if that is certain.
    fn zone(&self, gathered: &Gathered) -> Option<String> {
        let zones = gathered.of(Kind::HostedZones);
        let id = |value: &Value| value.get("Id").and_then(Value::as_str).map(str::to_owned);
        let named = zones.iter().filter_map(|zone| id(&zone.value)).find(|id| self.path.contains(id.trim_start_matches(PATH)));
        let soa = self.sets.iter().find(|set| set.get("Type").and_then(Value::as_str) == Some("SOA")).and_then(|set| set.get("Name"));
        let mut owned = zones.iter().filter(|zone| soa.is_some() && zone.value.get("Name") == soa);
        named.or_else(|| owned.next().filter(|_| owned.next().is_none()).and_then(|zone| id(&zone.value)))
    }
}

/// Gives each zone the record sets that were told of it.
pub(super) fn hand_out(gathered: &mut Gathered, told: Vec<Records>, notes: &mut Notes) {
    for records in told {
        let zone = records.zone(gathered);
        let Some(Value::Object(members)) = zone.and_then(|zone| gathered.find_mut(Kind::HostedZones, &zone)) else {
            notes.warn(InputKey::RecordsOfNone { what: &format!("{RECORDS} ({})", records.file) });
            continue;
        };
        if let Value::Array(own) = members.entry(RECORDS).or_insert_with(|| Value::Array(Vec::new())) {
            own.extend(records.sets.into_iter().filter(|set| !set.is_null()));
        }
    }
}

/// A zone as `get-hosted-zone` prints it, with its VPCs beside it, as a document has it.
pub(super) fn zone_with_vpcs(members: &Map<String, Value>) -> Option<Value> {
    let mut zone = members.get("HostedZone")?.clone();
    if let (Some(zone), Some(vpcs)) = (zone.as_object_mut(), members.get("VPCs")) {
        zone.insert("VPCs".to_owned(), vpcs.clone());
    }
    Some(zone)
}
