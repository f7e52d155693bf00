//! Private hosted zones.

use crate::model::event::{Event, HostedZoneChange};
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_hosted_zone(&mut self, event: &Event) {
        match event {
            Event::HostedZoneCreated(zone) => {
                if let Some(number) = zone.id.number() {
                    self.counters.observe(number);
                }
                self.hosted_zones.insert(zone.id, zone.clone());
            }
            Event::HostedZoneChanged(id, change) => {
                let Some(zone) = self.hosted_zones.get_mut(id) else { return };
                match change {
                    HostedZoneChange::Comment(comment) => zone.comment.clone_from(comment),
                    HostedZoneChange::Vpc(vpc, true) => zone.vpcs.push(*vpc),
                    HostedZoneChange::Vpc(vpc, false) => zone.vpcs.retain(|other| other != vpc),
                    HostedZoneChange::Records(name, kind, Some(set)) => {
                        zone.records.insert((name.clone(), *kind), set.clone());
                    }
                    HostedZoneChange::Records(name, kind, None) => {
                        zone.records.remove(&(name.clone(), *kind));
                    }
                }
            }
            Event::HostedZoneDeleted(id) => {
                self.hosted_zones.remove(id);
            }
            Event::DnsChangeMade(change) => self.counters.observe(*change),
            _ => {}
        }
    }
}
