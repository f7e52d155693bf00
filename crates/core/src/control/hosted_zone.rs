//! Private hosted zones and their records (`L12`).

use super::command::{ChangeRecordSets, CreateHostedZone, HostedZoneVpc, RecordAction, RecordChange};
use super::draft::Draft;
use super::error::{RecordFault, RecordFaults, Refusal};
use super::reply::Reply;
use crate::id::{DnsChangeNumber, HostedZoneId, VpcId};
use crate::model::dns_name::DnsName;
use crate::model::event::{Event, HostedZoneChange};
use crate::model::hosted_zone::{HostedZone, RecordSet, RecordType};
use crate::table::{Set, Table};

/// How many zones an account may have.
const MOST_ZONES: usize = 500;
/// How many record sets a zone may have.
const MOST_SETS: usize = 10_000;
/// How many records one batch may name.
const MOST_RECORDS: usize = 1_000;

/// CreateHostedZone.
pub(super) fn create(draft: &mut Draft, request: &CreateHostedZone) -> Result<Reply, Refusal> {
    let Some((vpc, region)) = &request.vpc else {
        return Err(match request.is_private {
            Some(true) => Refusal::HostedZonePrivacy { private: true },
            _ => Refusal::PublicHostedZone {},
        });
    };
    if request.is_private == Some(false) {
        return Err(Refusal::HostedZonePrivacy { private: false });
    }
    if let Some(zone) = draft.network.hosted_zones().find(|zone| zone.caller_reference == request.caller_reference) {
        return Err(Refusal::HostedZoneExists { reference: request.caller_reference.clone(), zone: zone.id });
    }
    may_see(draft, *vpc, region, &request.name)?;
    if draft.network.hosted_zones().len() >= MOST_ZONES {
        return Err(Refusal::HostedZoneLimit { limit: MOST_ZONES });
    }
    let id = HostedZoneId::of_number(draft.new_id());
    let change = changed(draft);
    draft.push(Event::HostedZoneCreated(Box::new(HostedZone {
        id,
        name: request.name.clone(),
        caller_reference: request.caller_reference.clone(),
        comment: request.comment.clone(),
        vpcs: vec![*vpc],
        records: HostedZone::first_records(&request.name),
    })));
    Ok(Reply::HostedZone(id, change, draft.now))
}

/// DeleteHostedZone.
pub(super) fn delete(draft: &mut Draft, id: HostedZoneId) -> Result<Reply, Refusal> {
    let zone = draft.hosted_zone(id)?;
    if !zone.is_empty() {
        return Err(Refusal::HostedZoneNotEmpty { zone: id });
    }
    draft.push(Event::HostedZoneDeleted(id));
    Ok(Reply::DnsChange(changed(draft), draft.now))
}

/// UpdateHostedZoneComment.
pub(super) fn comment(draft: &mut Draft, id: HostedZoneId, comment: &str) -> Result<Reply, Refusal> {
    draft.hosted_zone(id)?;
    draft.push(Event::HostedZoneChanged(id, HostedZoneChange::Comment(comment.to_owned())));
    Ok(Reply::HostedZoneComment(id))
}

/// AssociateVPCWithHostedZone.
pub(super) fn associate(draft: &mut Draft, request: &HostedZoneVpc) -> Result<Reply, Refusal> {
    let zone = draft.hosted_zone(request.zone)?;
    may_see(draft, request.vpc, &request.region, &zone.name)?;
    draft.push(Event::HostedZoneChanged(zone.id, HostedZoneChange::Vpc(request.vpc, true)));
    Ok(Reply::DnsChange(changed(draft), draft.now))
}

/// DisassociateVPCFromHostedZone. The VPC may be gone.
pub(super) fn disassociate(draft: &mut Draft, request: &HostedZoneVpc) -> Result<Reply, Refusal> {
    let zone = draft.hosted_zone(request.zone)?;
    let (vpc, region) = (request.vpc, request.region.clone());
    if region != draft.network.region() || !zone.vpcs.contains(&vpc) {
        return Err(Refusal::HostedZoneNotAssociated { vpc, region, zone: zone.id });
    }
    if zone.vpcs.len() == 1 {
        return Err(Refusal::HostedZoneLastVpc { vpc, region, zone: zone.id });
    }
    draft.push(Event::HostedZoneChanged(zone.id, HostedZoneChange::Vpc(vpc, false)));
    Ok(Reply::DnsChange(changed(draft), draft.now))
}

/// Whether a VPC may see a zone of this name: it is there, and sees no other one of that name.
fn may_see(draft: &Draft, vpc: VpcId, region: &str, name: &DnsName) -> Result<(), Refusal> {
    let region = region.to_owned();
    if region != draft.network.region() || draft.network.vpc(vpc).is_none() {
        return Err(Refusal::HostedZoneVpcNotFound { vpc, region });
    }
    match draft.network.zones_of_vpc(vpc).find(|zone| zone.name == *name) {
        Some(other) => Err(Refusal::HostedZoneConflict { vpc, region, zone: other.id }),
        None => Ok(()),
    }
}

fn changed(draft: &mut Draft) -> DnsChangeNumber {
    let number = draft.new_id();
    draft.push(Event::DnsChangeMade(number));
    number
}

/// ChangeResourceRecordSets: all changes of a batch, or none.
pub(super) fn change(draft: &mut Draft, request: &ChangeRecordSets) -> Result<Reply, Refusal> {
    let zone = draft.hosted_zone(request.zone)?;
    let records: usize = request.changes.iter().map(|change| change.set.values.len()).sum();
    // First of all: each value is compared with those before it, which is no work for as many as anybody cares to send.
    if records.max(request.changes.len()) > MOST_RECORDS {
        return Err(Refusal::RecordBatch { faults: RecordFaults(vec![RecordFault::TooMany(MOST_RECORDS)]) });
    }
    let mut batch = Batch { zone, records: zone.records.clone(), faults: Vec::new(), named: Set::new() };
    request.changes.iter().for_each(|change| batch.change(change));
    batch.check_names();
    if batch.records.len() > MOST_SETS {
        batch.faults.push(RecordFault::TooMany(MOST_SETS));
    }
    let Batch { records, faults, named, .. } = batch;
    if !faults.is_empty() {
        return Err(Refusal::RecordBatch { faults: RecordFaults(faults) });
    }
    for (name, kind) in named.iter() {
        let set = records.get(&(name.clone(), *kind)).cloned();
        draft.push(Event::HostedZoneChanged(zone.id, HostedZoneChange::Records(name.clone(), *kind, set)));
    }
    Ok(Reply::DnsChange(changed(draft), draft.now))
}

/// A batch of changes in the making.
struct Batch<'n> {
    zone: &'n HostedZone,
    records: Table<(DnsName, RecordType), RecordSet>,
    faults: Vec<RecordFault>,
    named: Set<(DnsName, RecordType)>,
}

impl Batch<'_> {
    fn change(&mut self, change: &RecordChange) {
        let name = match DnsName::read(&change.name) {
            Ok(name) => name,
            Err(why) => return self.faults.push(RecordFault::Name(why, change.name.chars().take(100).collect())),
        };
        if !name.is_in(&self.zone.name) {
            return self.faults.push(RecordFault::OutsideZone(name, self.zone.name.clone()));
        }
        self.check_values(&name, change);
        let key = (name.clone(), change.kind);
        if !self.named.insert(key.clone()) && change.action != RecordAction::Upsert {
            // A deletion and a creation of one set replace it; nothing else may come twice.
            let replaces = change.action == RecordAction::Create && !self.records.contains_key(&key);
            if !replaces {
                return self.faults.push(RecordFault::Twice(name, change.kind));
            }
        }
        let old = self.records.get(&key);
        match (change.action, old) {
            (RecordAction::Create, Some(_)) => self.faults.push(RecordFault::Exists(name, change.kind)),
            (RecordAction::Delete, None) => self.faults.push(RecordFault::Missing(name, change.kind)),
            (RecordAction::Delete, Some(old)) if !is_same(old, &change.set) => {
                self.faults.push(RecordFault::OtherValues(name, change.kind));
            }
            (RecordAction::Delete, Some(_)) if self.zone.is_required(&name, change.kind) => {
                self.faults.push(if change.kind == RecordType::Soa { RecordFault::NoAuthority } else { RecordFault::NoNameServer });
            }
            (RecordAction::Delete, Some(_)) => drop(self.records.remove(&key)),
            (RecordAction::Create | RecordAction::Upsert, _) => drop(self.records.insert(key, change.set.clone())),
        }
    }

    fn check_values(&mut self, name: &DnsName, change: &RecordChange) {
        let values = &change.set.values;
        if values.is_empty() {
            self.faults.push(RecordFault::NoValue(name.escaped()));
        }
        for (number, value) in values.iter().enumerate() {
            let shown = || value.chars().take(100).collect();
            if let Err(why) = change.kind.check(value) {
                self.faults.push(RecordFault::Value(why, shown()));
            } else if values.iter().take(number).any(|other| other == value) {
                self.faults.push(RecordFault::ValueTwice(shown()));
            }
        }
        if change.kind == RecordType::Cname && values.len() > 1 {
            self.faults.push(RecordFault::CnameTwice(name.clone()));
        }
    }

    /// Another name stands alone, and not at the zone's own name.
    fn check_names(&mut self) {
        for (name, kind) in self.named.iter().filter(|key| self.records.contains_key(key)) {
            let key = |kind: RecordType| (name.clone(), kind);
            let others = RecordType::ALL.into_iter().any(|other| other != RecordType::Cname && self.records.contains_key(&key(other)));
            if *kind == RecordType::Cname && *name == self.zone.name {
                self.faults.push(RecordFault::CnameAtApex(name.clone()));
            } else if others && self.records.contains_key(&key(RecordType::Cname)) {
                self.faults.push(RecordFault::CnameBeside(name.clone(), *kind, self.zone.name.clone()));
            }
        }
    }
}

/// Whether two sets are the same: the values in any order.
fn is_same(one: &RecordSet, other: &RecordSet) -> bool {
    let has = |value: &String| other.values.contains(value);
    one.ttl == other.ttl && one.values.len() == other.values.len() && one.values.iter().all(has)
}
