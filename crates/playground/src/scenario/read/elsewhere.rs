//! Reads what an account tells of what is not in it: groups of other accounts that rules name, and the ids of its zones.

use super::Reader;
use crate::aws::Kind;
use crate::aws::shape::zone_id_of;
use crate::scenario::gather::Gathered;
use eni_core::id::GroupId;
use eni_core::model::Zone;
use eni_core::model::elsewhere::{Elsewhere, FarGroup};
use eni_core::model::event::Event;
use eni_core::model::network::Network;
use eni_core::table::Table;
use serde_json::Value;

/// How long a word may be that is kept as it was told.
const LONGEST: usize = 32;

impl Reader<'_> {
    /// What is not here is kept as it was told.
    pub(super) fn read_elsewhere(&mut self) {
        let zone_ids = if self.basis.strict { self.basis.extra.zone_ids.clone() } else { zone_ids(self.gathered, &self.basis.region) };
        let mut elsewhere = Elsewhere { groups: Table::new(), zone_ids };
        let mut add = |named: &Value| {
            if let Some((id, far)) = far_group(named).filter(|(id, _)| !self.groups.contains(id)) {
                elsewhere.groups.insert(id, far);
            }
        };
        for rule in self.gathered.of(Kind::SecurityGroupRules) {
            rule.value.get("ReferencedGroupInfo").into_iter().for_each(&mut add);
        }
        for group in self.gathered.of(Kind::SecurityGroups) {
            let permissions = ["IpPermissions", "IpPermissionsEgress"].into_iter().flat_map(|name| list(&group.value, name));
            permissions.flat_map(|permission| list(permission, "UserIdGroupPairs")).for_each(&mut add);
        }
        if elsewhere != Elsewhere::default() {
            self.events.push(Event::ElsewhereSet(Box::new(elsewhere)));
        }
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A short plain word.
fn word<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    let is_plain = |text: &&str| text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    value.get(name).and_then(Value::as_str).filter(is_plain)
}

/// A group as a rule names it.
fn far_group(named: &Value) -> Option<(GroupId, FarGroup)> {
    let text = |name| word(named, name).unwrap_or_default().to_owned();
    let id = word(named, "GroupId")?.parse().ok()?;
    let vpc = word(named, "VpcId").and_then(|id| id.parse().ok());
    let peering = word(named, "VpcPeeringConnectionId").and_then(|id| id.parse().ok());
    let far = FarGroup { owner: text("UserId"), vpc, peering, status: text("PeeringStatus") };
    (far != FarGroup::default()).then_some((id, far))
}

/// The ids of all zones, where those that are told are not the playground's own. The others share what is left.
fn zone_ids(gathered: &Gathered, region: &str) -> Table<Zone, String> {
    let network = Network::empty(region, super::DEFAULT_ACCOUNT);
    let mut told: Table<Zone, String> = Table::new();
    let mut add = |place: &Value, name: &str, id: &str| {
        if let (Some(name), Some(id)) = (word(place, name).filter(|name| name.starts_with(region)), word(place, id)) {
            told.insert(Zone::new(name), id.to_owned());
        }
    };
    for kind in [Kind::Subnets, Kind::NetworkInterfaces] {
        gathered.of(kind).iter().for_each(|found| add(&found.value, "AvailabilityZone", "AvailabilityZoneId"));
    }
    let placements = gathered.of(Kind::Reservations).iter().filter_map(|found| found.value.get("Placement"));
    placements.for_each(|placement| add(placement, "AvailabilityZone", "AvailabilityZoneId"));
    gathered.zones.iter().for_each(|zone| add(zone, "ZoneName", "ZoneId"));
    if told.iter().all(|(zone, id)| zone_id_of(&network, zone) == *id) {
        return Table::new();
    }
    let usual = |zone: &Zone| zone_id_of(&network, zone);
    let mut left: Vec<String> = network.zones().iter().map(usual).filter(|id| !told.values().any(|other| other == id)).collect();
    let rest: Vec<&Zone> = network.zones().iter().filter(|zone| !told.contains_key(*zone)).collect();
    let mut shared = Vec::new();
    for zone in &rest {
        // One keeps its own number where nobody else has it.
        let at = left.iter().position(|id| *id == usual(zone));
        shared.push(at.map(|at| left.remove(at)));
    }
    for (zone, id) in rest.into_iter().zip(shared) {
        let id = id.or_else(|| if left.is_empty() { None } else { Some(left.remove(0)) });
        told.extend(id.map(|id| (zone.clone(), id)));
    }
    told
}
