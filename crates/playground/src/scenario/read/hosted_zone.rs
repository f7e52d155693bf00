//! Reads private hosted zones of Route 53. What other calls show of them, their VPCs and records, stands with them; a zone that no VPC sees is left
//! out.

use super::Reader;
use super::facts::{MAX_TEXT, object, objects, text};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::{HostedZoneId, VpcId};
use eni_core::model::dns_name::DnsName;
use eni_core::model::event::Event;
use eni_core::model::hosted_zone::{HostedZone, RecordSet, RecordType};
use eni_core::table::Table;

impl Reader<'_> {
    pub(super) fn read_hosted_zone(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let id = text(&mut fields, "Id")?;
        let id: HostedZoneId = id.parse().map_err(|_| expected(&fields, "Id", "/hostedzone/Z…"))?;
        let name = name(&mut fields)?;
        let caller_reference = text(&mut fields, "CallerReference")?;
        let comment = object(&mut fields, "Config")?.map(|mut config| text(&mut config, "Comment")).transpose()?.unwrap_or_default();
        let mut vpcs = Vec::new();
        for mut vpc in objects(&mut fields, "VPCs")? {
            let vpc: VpcId = vpc.parsed("VPCId")?;
            // One of another region or account is nowhere here.
            let is_there = self.basis.strict || self.gathered.find(Kind::Vpcs, &vpc.to_string()).is_some();
            if is_there && !vpcs.contains(&vpc) {
                vpcs.push(vpc);
            }
        }
        if vpcs.is_empty() {
            self.notes.warn(InputKey::ZoneWithoutVpc { zone: &id.to_string() });
            return Ok(());
        }
        let mut records: Table<(DnsName, RecordType), RecordSet> = HostedZone::first_records(&name);
        for mut set in objects(&mut fields, "ResourceRecordSets")? {
            let read = record_set(&mut set, &name).map(|(key, set)| _ = records.insert(key, set));
            self.keep(self.events.len(), read.map_err(ScenarioError::from))?;
        }
        self.events.push(Event::HostedZoneCreated(Box::new(HostedZone { id, name, caller_reference, comment, vpcs, records })));
        Ok(())
    }
}

fn record_set(fields: &mut Fields<'_>, zone: &DnsName) -> Result<((DnsName, RecordType), RecordSet), FieldError> {
    let name = name(fields)?;
    if !name.is_in(zone) {
        return Err(expected(fields, "Name", zone.as_str()));
    }
    if ["AliasTarget", "SetIdentifier"].iter().any(|member| fields.optional(member).is_some()) {
        return Err(FieldError::new(fields.place("Name"), InputKey::NotPlainRecord { name: &name.escaped() }));
    }
    let word = text(fields, "Type")?;
    let kind = RecordType::from_word(&word).ok_or_else(|| expected(fields, "Type", "A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT"))?;
    let ttl = fields.number("TTL", 2_147_483_647)?;
    let mut values = Vec::new();
    for mut record in objects(fields, "ResourceRecords")? {
        let value = record.text("Value", MAX_TEXT)?.to_owned();
        kind.check(&value).map_err(|_| expected(&record, "Value", kind.as_str()))?;
        values.push(value);
    }
    if values.is_empty() {
        return Err(expected(fields, "ResourceRecords", kind.as_str()));
    }
    Ok(((name, kind), RecordSet { ttl: u32::try_from(ttl).unwrap_or(u32::MAX), values }))
}

fn name(fields: &mut Fields<'_>) -> Result<DnsName, FieldError> {
    let name = text(fields, "Name")?;
    DnsName::read(&name).map_err(|_| expected(fields, "Name", "corp.internal."))
}

fn expected(fields: &Fields<'_>, member: &str, words: &str) -> FieldError {
    FieldError::new(fields.place(member), InputKey::ExpectedWord { words })
}
