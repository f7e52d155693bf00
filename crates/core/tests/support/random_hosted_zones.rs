//! Random acts on private hosted zones and their records.

use super::Dice;
use eni_core::control::command::*;
use eni_core::id::{HostedZoneId, HostedZoneNumber, ResourceId};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::{RecordSet, RecordType};

impl Dice<'_> {
    fn zone(&mut self) -> HostedZoneId {
        let count = self.network.hosted_zones().len();
        if count == 0 || self.chance(20) {
            return HostedZoneId::of_number(HostedZoneNumber::from_number(900));
        }
        let at = self.below(count);
        self.network.hosted_zones().nth(at).unwrap().id
    }

    pub(super) fn hosted_zone_act(&mut self) -> Command {
        let (vpc, region, comment) = (self.vpc(), self.network.region().to_owned(), ["", "names"][self.below(2)].to_owned());
        if self.network.hosted_zones().len() == 0 || self.chance(6) {
            let name = DnsName::read(["corp.internal", "db.corp.internal", "example.com"][self.below(3)]).unwrap();
            let caller_reference = format!("ref-{}", self.below(20));
            let vpc = if self.chance(15) { None } else { Some((vpc, region)) };
            return Command::CreateHostedZone(Box::new(CreateHostedZone { name, vpc, is_private: None, caller_reference, comment }));
        }
        let zone = self.zone();
        match self.below(8) {
            0 => Command::DeleteHostedZone(zone),
            1 => Command::UpdateHostedZoneComment(zone, comment),
            2 => Command::AssociateHostedZone(Box::new(HostedZoneVpc { zone, vpc, region, comment })),
            3 => {
                // Mostly one of several that see it.
                let several = self.network.hosted_zones().find(|zone| zone.vpcs.len() > 1).filter(|_| !self.chance(4));
                let zone = several.map_or(zone, |zone| zone.id);
                let seen = self.network.hosted_zone(zone).map(|zone| zone.vpcs.clone()).filter(|_| !self.chance(5));
                let vpc = seen.map_or(vpc, |seen| seen[self.below(seen.len())]);
                Command::DisassociateHostedZone(Box::new(HostedZoneVpc { zone, vpc, region, comment }))
            }
            4 => Command::AssociateHostedZone(Box::new(HostedZoneVpc { zone, vpc, region, comment })),
            _ => {
                let count = 1 + self.below(3);
                let changes = (0..count).map(|_| self.record_change(zone)).collect();
                Command::ChangeRecordSets(Box::new(ChangeRecordSets { zone, changes, comment }))
            }
        }
    }

    fn record_change(&mut self, zone: HostedZoneId) -> RecordChange {
        let found = self.network.hosted_zone(zone);
        if let Some(zone) = found.filter(|zone| !zone.is_empty() && self.chance(3)) {
            let own: Vec<_> = zone.records.iter().filter(|((name, kind), _)| !zone.is_required(name, *kind)).collect();
            let ((name, kind), set) = own[self.below(own.len())];
            return RecordChange { action: RecordAction::Delete, name: name.as_str().to_owned(), kind: *kind, set: set.clone() };
        }
        let domain = found.map_or("corp.internal.", |zone| zone.name.as_str());
        let name = format!("{}.{domain}", ["web", "db", "*", "a.b"][self.below(4)]);
        let (kind, value) = match self.below(4) {
            0 => (RecordType::Cname, "db.corp.internal".to_owned()),
            1 => (RecordType::Txt, "\"some text\"".to_owned()),
            _ => (RecordType::A, self.address().to_string()),
        };
        let action = if self.chance(3) { RecordAction::Create } else { RecordAction::Upsert };
        RecordChange { action, name, kind, set: RecordSet { ttl: 60, values: vec![value] } }
    }
}
