//! Hosted zones in a few words: what is done to them, and what is told of them where a VPC is looked at.

use super::details::Parts;
use super::{Maker, list};
use crate::view::board::OtherGatewayView;
use crate::view::details::FactView;
use crate::view::words::{ActKey, Key, ServiceKey};
use eni_core::control::command::Command;
use eni_core::id::{HostedZoneId, VpcId};
use eni_core::model::hosted_zone::HostedZone;

/// How many names of a zone are shown.
const MOST_SHOWN: usize = 20;

impl Maker<'_> {
    /// The private zones that a VPC sees, each with the names that it says.
    pub(super) fn zone_facts(&self, vpc: VpcId) -> Vec<FactView> {
        let fact = |zone: &HostedZone| {
            let own = zone.records.iter().filter(|((name, kind), _)| !zone.is_required(name, *kind));
            let said = own.map(|((name, _), set)| format!("{} → {}", name.as_str().trim_end_matches('.'), set.values.join(", ")));
            let text = std::iter::once(zone.name.as_str().trim_end_matches('.').to_owned()).chain(said.take(MOST_SHOWN));
            self.fact(Key::LabelHostedZone, text.collect::<Vec<_>>().join("\n"))
        };
        self.network.zones_of_vpc(vpc).map(fact).collect()
    }

    /// A private hosted zone on the board: it is in no VPC, and says which of them see it.
    pub(super) fn zone_gate(&self, zone: &HostedZone) -> OtherGatewayView {
        let vpcs = list(zone.vpcs.iter().map(|vpc| self.vpc_name(*vpc)));
        OtherGatewayView {
            thing: format!("zone:{}", zone.id),
            glyph: "names",
            kind: self.say(ServiceKey::KindHostedZone),
            name: self.zone_name(zone.id),
            note: self.say(ServiceKey::ZoneSeenBy { vpcs: &vpcs }),
            live: true,
            ..OtherGatewayView::default()
        }
    }

    /// The details of a zone: who sees it, and what it says.
    pub(super) fn zone_details(&self, id: HostedZoneId) -> Option<Parts> {
        let zone = self.network.hosted_zone(id)?;
        let mut facts = vec![self.code_fact(Key::LabelId, id.to_string())];
        facts.extend(zone.vpcs.iter().map(|vpc| self.vpc_fact(*vpc)));
        let own = zone.records.iter().filter(|((name, kind), _)| !zone.is_required(name, *kind)).take(MOST_SHOWN);
        facts.extend(own.map(|((name, kind), set)| {
            let text = format!("{} {} {}", name.as_str().trim_end_matches('.'), kind.as_str(), set.values.join(" "));
            self.code_fact(ServiceKey::LabelRecord, text)
        }));
        Some(("names", self.zone_name(id), self.say(ServiceKey::KindHostedZone), facts))
    }

    /// A zone by its name.
    fn zone_name(&self, id: HostedZoneId) -> String {
        self.network.hosted_zone(id).map_or_else(|| id.to_string(), |zone| zone.name.as_str().trim_end_matches('.').to_owned())
    }

    /// What is done to a hosted zone.
    pub(super) fn zone_summary(&self, command: &Command) -> String {
        match command {
            Command::CreateHostedZone(wanted) => self.say(ActKey::ActCreateNamed { thing: wanted.name.as_str().trim_end_matches('.') }),
            Command::DeleteHostedZone(id) => self.say(ActKey::ActDelete { thing: &self.zone_name(*id) }),
            Command::UpdateHostedZoneComment(id, _) => self.say(ActKey::ActChange { thing: &self.zone_name(*id) }),
            Command::AssociateHostedZone(wanted) => {
                self.say(ActKey::ActShowZone { zone: &self.zone_name(wanted.zone), vpc: &self.vpc_name(wanted.vpc) })
            }
            Command::DisassociateHostedZone(wanted) => {
                self.say(ActKey::ActHideZone { zone: &self.zone_name(wanted.zone), vpc: &self.vpc_name(wanted.vpc) })
            }
            Command::ChangeRecordSets(wanted) => self.say(ActKey::ActChangeRecords { zone: &self.zone_name(wanted.zone) }),
            _ => String::new(),
        }
    }
}
