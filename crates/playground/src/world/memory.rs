//! What the board remembers about the network: AWS forgets where a terminated instance stood, people do not.

use super::Slot;
use super::stays::Stays;
use eni_core::id::{EniId, GroupId, InstanceId, SubnetId};
use eni_core::model::eni::AttachmentStatus;
use eni_core::model::network::Network;
use eni_core::model::security_group::SecurityGroup;
use eni_core::table::{Set, Table};
use eni_core::time::Instant;

/// Where an instance stands, and which ENIs it had when it still ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The subnet of its primary ENI.
    pub subnet: SubnetId,
    /// Its ENIs by card and index, with their names.
    pub slots: Table<(u16, u16), (EniId, String)>,
}

/// The look of a group: given when it is first seen, kept as long as it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The letter, or letter and digit.
    pub letter: String,
    /// The number of the hue.
    pub hue: u8,
}

/// Homes of instances and looks of groups. It follows from the acts, so undo and replay bring it back exactly.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Memory {
    homes: Table<InstanceId, Home>,
    looks: Table<GroupId, Look>,
    /// The instance that an ENI left last.
    left: Table<EniId, InstanceId>,
    stays: Stays,
    /// Nobody looks at a board: nothing is remembered.
    is_off: bool,
}

/// The hue of a VPC's default group: slate.
const DEFAULT_GROUP_HUE: u8 = 3;
/// The hues of the other groups, in the order in which they are given out.
const HUES: [u8; 7] = [0, 1, 2, 4, 5, 6, 7];

impl Memory {
    /// The memory of a world that has no board. It stays empty, so that acts cost the same however much is there.
    pub fn off() -> Memory {
        Memory { is_off: true, ..Memory::default() }
    }

    /// Where an instance stands.
    pub fn home(&self, instance: InstanceId) -> Option<&Home> {
        self.homes.get(&instance)
    }

    /// The instance that an ENI left last.
    pub fn left(&self, eni: EniId) -> Option<InstanceId> {
        self.left.get(&eni).copied()
    }

    /// How a group looks.
    pub fn look(&self, group: GroupId) -> Option<&Look> {
        self.looks.get(&group)
    }

    /// Where an ENI stood at a moment, if it has left that place since.
    pub fn stood(&self, eni: EniId, at: Instant) -> Option<Slot> {
        self.stays.left(eni, at)
    }

    /// Takes note of what is there now.
    pub fn follow(&mut self, network: &Network, now: Instant) {
        if self.is_off {
            return;
        }
        self.stays.follow(network, now);
        self.follow_instances(network);
        self.follow_departures(network);
        self.looks.retain(|id, _| network.group(*id).is_some());
        for group in network.groups() {
            if !self.looks.contains_key(&group.id) {
                let look = self.new_look(network, group);
                self.looks.insert(group.id, look);
            }
        }
    }

    fn follow_instances(&mut self, network: &Network) {
        self.homes.retain(|id, _| network.instance(*id).is_some());
        for instance in network.instances() {
            let Some(primary) = instance.primary_eni().and_then(|id| network.eni(id)) else { continue };
            let mut slots = Table::new();
            // An ENI that leaves a living instance leaves an empty place; one that leaves a dying one is remembered.
            for (place, id) in &instance.enis {
                let leaving = |status| status == AttachmentStatus::Detaching;
                let Some(eni) = network.eni(*id).filter(|eni| !eni.attachment.as_ref().is_some_and(|a| leaving(a.status))) else {
                    continue;
                };
                slots.insert(*place, (*id, super::name_of(&eni.tags, id)));
            }
            self.homes.insert(instance.id, Home { subnet: primary.subnet, slots });
        }
    }

    /// An ENI has left an instance when it is on its way off, or lies free while a dying instance still remembers it.
    fn follow_departures(&mut self, network: &Network) {
        self.left.retain(|id, _| network.eni(*id).is_some());
        for eni in network.enis() {
            if let Some(attachment) = eni.attachment.as_ref().filter(|attachment| attachment.status == AttachmentStatus::Detaching) {
                self.left.insert(eni.id, attachment.instance);
            }
        }
        for (instance, home) in &self.homes {
            for (id, _) in home.slots.values() {
                if network.eni(*id).is_some_and(|eni| eni.attachment.is_none()) {
                    self.left.insert(*id, *instance);
                }
            }
        }
    }

    fn new_look(&self, network: &Network, group: &SecurityGroup) -> Look {
        let taken: Set<&str> = self.looks.values().map(|look| look.letter.as_str()).collect();
        let is_default = network.vpc(group.vpc).is_some_and(|vpc| vpc.default_group == group.id);
        let hue = if is_default {
            DEFAULT_GROUP_HUE
        } else {
            let used = |hue: u8| self.looks.values().filter(|look| look.hue == hue).count();
            HUES.into_iter().min_by_key(|hue| used(*hue)).unwrap_or(DEFAULT_GROUP_HUE)
        };
        Look { letter: letter(&group.name, &taken), hue }
    }
}

/// The first letter of the name that no group has yet; else the first letter and a digit. AWS takes only ASCII in names of groups, and the
/// standard library's tables of all the other letters would be 24 kB of the page.
fn letter(name: &str, taken: &Set<&str>) -> String {
    let letters: Vec<String> = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase().to_string()).collect();
    if let Some(free) = letters.iter().find(|letter| !taken.contains(letter.as_str())) {
        return free.clone();
    }
    let first = letters.first().map_or("#", String::as_str);
    (2u32..).map(|number| format!("{first}{number}")).find(|letter| !taken.contains(letter.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_first_free_one_then_numbered() {
        let taken: Set<&str> = ["W", "E"].into();
        for (name, expected) in [("base", "B"), ("web", "B"), ("we", "W2"), ("-", "#2")] {
            assert_eq!(letter(name, &taken), expected, "{name}");
        }
    }
}
