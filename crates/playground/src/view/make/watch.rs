//! What leads from a thing to what was seen of it: *Why* of its newest packet, and the panel of evidence, set to it.

use super::Maker;
use crate::view::evidence::{EvidenceOf, EvidenceTab};
use crate::view::menu::{MenuDoes, MenuEntry};
use crate::view::words::{MenuKey, PageKey};
use crate::world::World;
use eni_core::dataplane::verdict::Place;
use eni_core::id::EniId;

impl Maker<'_> {
    /// The entries of a menu, with what leads to what was seen of the thing before the one that shows its details.
    pub(super) fn with_what_was_seen(&self, world: &World, (kind, id): (&str, &str), mut entries: Vec<MenuEntry>) -> Vec<MenuEntry> {
        let seen = place(kind, id).and_then(|place| self.newest_entry(world, place));
        let at = entries.iter().rposition(|entry| matches!(entry.does, MenuDoes::Show(_))).unwrap_or(entries.len());
        entries.splice(at..at, seen.into_iter().chain(self.evidence_entry(kind, id)));
        entries
    }

    /// *Why* of the newest packet that was at a place.
    fn newest_entry(&self, world: &World, place: Place) -> Option<MenuEntry> {
        let here = world.sim.packets().rev().find(|record| record.walk.steps.iter().any(|step| step.place == place))?;
        let does = MenuDoes::Why { packet: here.id.0, at: super::why::anchor(place) };
        Some(MenuEntry { text: self.say(MenuKey::MenuWhyHere), note: String::new(), glyph: "send", does })
    }

    /// The tabs of the panel that have something of an ENI, a NAT gateway or an instance.
    fn evidence_entry(&self, kind: &str, id: &str) -> Option<MenuEntry> {
        let network = self.network;
        let (eni, subject) = match kind {
            "eni" | "service" => {
                let eni = network.eni(id.parse().ok()?)?;
                let gateway = network.nat_gateways().find(|gateway| gateway.stands() && gateway.eni() == Some(eni.id));
                let instance = eni.attachment.as_ref().map(|attachment| attachment.instance.to_string());
                (eni.id, instance.or_else(|| gateway.map(|gateway| gateway.id.to_string())))
            }
            "nat" => (network.nat_gateway(id.parse().ok()?)?.eni()?, Some(id.to_owned())),
            "instance" => (network.instance(id.parse().ok()?)?.primary_eni()?, Some(id.to_owned())),
            _ => return None,
        };
        let tabs = EvidenceTab::ALL.map(|tab| self.tab_entry(tab, eni, subject.as_deref()));
        Some(MenuEntry { text: self.say(MenuKey::MenuEvidence), note: String::new(), glyph: "list", does: MenuDoes::More(tabs.into()) })
    }

    /// A tab of the panel; nobody counts for an ENI that is on no instance and of no NAT gateway.
    fn tab_entry(&self, tab: EvidenceTab, eni: EniId, subject: Option<&str>) -> MenuEntry {
        let text = self.language.say(match tab {
            EvidenceTab::FlowLogs => PageKey::TabFlowLogs,
            EvidenceTab::Capture => PageKey::TabCapture,
            EvidenceTab::Connections => PageKey::TabConnections,
            EvidenceTab::Metrics => PageKey::TabMetrics,
        });
        if tab == EvidenceTab::Metrics && subject.is_none() {
            return MenuEntry { text, note: self.say(MenuKey::NoMetricsHere), glyph: "list", does: MenuDoes::Refused(Vec::new()) };
        }
        let of = EvidenceOf { tab, eni: eni.to_string(), subject: subject.unwrap_or_default().to_owned(), ..EvidenceOf::default() };
        MenuEntry { text, note: String::new(), glyph: "list", does: MenuDoes::Evidence(of) }
    }
}

/// The place where packets meet a thing; some never do.
fn place(kind: &str, id: &str) -> Option<Place> {
    Some(match kind {
        "eni" | "service" => Place::Eni(id.parse().ok()?),
        "instance" => Place::Guest(id.parse().ok()?),
        "subnet" => Place::Subnet(id.parse().ok()?),
        "igw" => Place::InternetGateway(id.parse().ok()?),
        "eigw" => Place::EgressOnlyGateway(id.parse().ok()?),
        "vgw" => Place::VpnGateway(id.parse().ok()?),
        "nat" => Place::NatGateway(id.parse().ok()?),
        "vpce" => Place::Endpoint(id.parse().ok()?),
        "tgw" => Place::TransitGateway(id.parse().ok()?),
        "pcx" => Place::Peering(id.parse().ok()?),
        _ => return None,
    })
}
