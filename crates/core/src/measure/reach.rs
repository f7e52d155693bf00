//! Who reaches whom in an estate, and edits of it: what `cargo xtask bench` times of the matrix.

use super::estate::estate;
use crate::addr::Direction;
use crate::analysis::matrix::{Asked, Matrix};
use crate::id::GroupId;
use crate::model::event::Event;
use crate::model::instance::InstanceState;
use crate::model::network::Network;
use crate::model::network_acl::{AclAction, AclEntry};
use crate::model::route_table::RouteOrigin;
use crate::rng::Rng;

/// TCP to the port of the services of an estate, where nearly every group has a say.
const ASKED: Asked = Asked { protocol: 6, port: 8080, running: false };

/// What is edited: something is taken out, and put back by the next edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A rule of a group, any one.
    GroupRule,
    /// A rule of a group that every ENI of a VPC carries.
    SharedGroup,
    /// An entry of an ACL.
    AclEntry,
    /// A route.
    Route,
    /// An instance stops.
    Instance,
}

impl Edit {
    /// All of them, with their names in tables.
    pub const ALL: [(&str, Edit); 5] = [
        ("group rule", Edit::GroupRule),
        ("rule of a shared group", Edit::SharedGroup),
        ("ACL entry", Edit::AclEntry),
        ("route", Edit::Route),
        ("instance", Edit::Instance),
    ];
}

/// An estate with its matrix.
pub struct Reach {
    network: Network,
    matrix: Matrix,
    rng: Rng,
    /// What puts back what the last edit took out.
    back: Option<Event>,
    events: Vec<Event>,
}

impl Reach {
    /// Of so many ENIs.
    pub fn of(enis: usize) -> Option<Reach> {
        let network = estate(enis, 1)?;
        let matrix = Matrix::build(&network, ASKED);
        Some(Reach { network, matrix, rng: Rng::new(1), back: None, events: Vec::new() })
    }

    /// Works the matrix out from the beginning.
    pub fn build(&mut self) {
        self.matrix = Matrix::build(&self.network, ASKED);
    }

    /// How many pairs of ENIs can open a connection.
    pub fn pairs(&self) -> u64 {
        self.matrix.count(&self.network)
    }

    /// Edits the network, the matrix not yet.
    pub fn edit(&mut self, edit: Edit) {
        // What was picked may have nothing to take out.
        let event = self.back.take().or_else(|| (0..100).find_map(|_| self.taken_out(edit)));
        self.events = event.into_iter().collect();
        self.events.iter().for_each(|event| self.network.apply(event));
    }

    /// Tells the matrix.
    pub fn follow(&mut self) {
        self.matrix.update(&self.network, &self.events);
    }

    /// Takes something out, and keeps what puts it back.
    fn taken_out(&mut self, edit: Edit) -> Option<Event> {
        let (one, other) = (self.rng.next_u64(), self.rng.next_u64());
        let network = &self.network;
        let (there, back) = match edit {
            Edit::GroupRule => rule_of(pick(network.groups(), one)?.id, network, other)?,
            Edit::SharedGroup => {
                let shared = network.groups().filter(|group| network.enis_in_group(group.id).take(100).count() == 100);
                rule_of(pick(shared.collect::<Vec<_>>().into_iter(), one)?.id, network, other)?
            }
            Edit::AclEntry => {
                let own = network.acls().filter(|acl| !acl.is_default).collect::<Vec<_>>();
                let acl = pick(own.into_iter(), one)?;
                let (number, entry) = pick(acl.ingress.iter(), other)?;
                let opposite = if entry.action == AclAction::Allow { AclAction::Deny } else { AclAction::Allow };
                let set = |action| Event::AclEntrySet(acl.id, Direction::Ingress, *number, AclEntry { action, ..*entry });
                (set(opposite), set(entry.action))
            }
            Edit::Route => {
                let table = pick(network.route_tables(), one)?;
                let made = table.routes.iter().filter(|(_, route)| route.origin == RouteOrigin::CreateRoute).collect::<Vec<_>>();
                let (destination, route) = pick(made.into_iter(), other)?;
                (Event::RouteRemoved(table.id, *destination), Event::RouteSet(table.id, *destination, route.clone()))
            }
            Edit::Instance => {
                let instance = pick(network.instances(), one)?.id;
                let state = |state| Event::InstanceStateChanged(instance, state);
                (state(InstanceState::Stopped), state(InstanceState::Running))
            }
        };
        self.back = Some(back);
        Some(there)
    }
}

fn pick<T>(mut all: impl ExactSizeIterator<Item = T>, number: u64) -> Option<T> {
    let at = number % all.len().max(1) as u64;
    all.nth(at as usize)
}

/// A rule of a group goes, and comes back.
fn rule_of(group: GroupId, network: &Network, number: u64) -> Option<(Event, Event)> {
    let rules = &network.group(group)?.rules;
    let rule = rules.get((number % rules.len().max(1) as u64) as usize)?;
    Some((Event::GroupRulesRemoved(group, vec![rule.id]), Event::GroupRulesAdded(group, vec![rule.clone()])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_edit_changes_the_network_and_is_taken_back() {
        let mut reach = Reach::of(2_300).unwrap();
        let (first, pairs) = (reach.network.clone(), reach.pairs());
        for (name, edit) in Edit::ALL {
            let mut other = 0;
            for _ in 0..40 {
                reach.edit(edit);
                reach.follow();
                other += usize::from(reach.pairs() != pairs);
                reach.edit(edit);
                reach.follow();
                assert_eq!(reach.pairs(), pairs, "{name}");
            }
            // Routes lead outside here, and what all may do by one group they may by others.
            assert!(other > 0 || matches!(edit, Edit::SharedGroup | Edit::Route), "{name}");
        }
        // Rules come back at the end of their groups.
        assert_eq!(first.groups().len(), reach.network.groups().len());
    }
}
