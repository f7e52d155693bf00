//! Some acts less one: what is typed on an instance stands in all later states of its guest, and is taken out of those, too.

use crate::control::command::Command;
use crate::id::InstanceId;
use crate::model::by_hand::ByHand;
use crate::model::instance::Guest;
use crate::model::network::Network;
use std::ops::Range;

/// The acts that are left where some in a row are left out.
pub fn without(network: &Network, acts: &[Command], left_out: Range<usize>) -> Vec<Command> {
    let mut left = acts.to_vec();
    for at in left_out.rev() {
        if at < left.len() {
            without_one(network, &mut left, at);
        }
    }
    left
}

fn without_one(network: &Network, acts: &mut Vec<Command>, at: usize) {
    let Command::ConfigureGuest(id, after) = acts.remove(at) else { return };
    let before = acts.get(..at).unwrap_or_default().iter().rev().find_map(|act| guest_of(act, id));
    let Some(before) = before.or_else(|| network.instance(id).map(|instance| &instance.guest)).cloned() else { return };
    for act in acts.iter_mut().skip(at) {
        if let Command::ConfigureGuest(other, later) = act
            && *other == id
        {
            undo(&before, &after, later);
        }
    }
}

fn guest_of(act: &Command, id: InstanceId) -> Option<&Guest> {
    match act {
        Command::ConfigureGuest(other, guest) if *other == id => Some(guest),
        _ => None,
    }
}

/// Takes what one change did out of a later state of the guest.
fn undo(before: &Guest, after: &Guest, later: &mut Guest) {
    back(&before.policy_routing, &after.policy_routing, &mut later.policy_routing);
    back(&before.forwarding, &after.forwarding, &mut later.forwarding);
    back(&before.masquerade, &after.masquerade, &mut later.masquerade);
    for new in after.configured.difference(&before.configured) {
        later.configured.remove(new);
    }
    take_out(&before.listeners, &after.listeners, &mut later.listeners);
    let none = ByHand::default();
    let (before, after) = (before.by_hand.as_deref().unwrap_or(&none), after.by_hand.as_deref().unwrap_or(&none));
    later.change_by_hand(|hand| {
        take_out(&before.rules, &after.rules, &mut hand.rules);
        take_out(&before.routes, &after.routes, &mut hand.routes);
        back(&before.filter_of_all, &after.filter_of_all, &mut hand.filter_of_all);
        for (eni, size) in &after.sizes {
            if before.sizes.get(eni) != Some(size) {
                hand.sizes.remove(eni);
                hand.sizes.extend(before.sizes.get(eni).map(|size| (*eni, *size)));
            }
        }
    });
}

/// A setting that the change made and nobody after it is as it was.
fn back<T: Copy + PartialEq>(before: &T, after: &T, later: &mut T) {
    if before != after && later == after {
        *later = *before;
    }
}

/// Removes what the change put in.
fn take_out<T: PartialEq>(before: &[T], after: &[T], later: &mut Vec<T>) {
    later.retain(|one| before.contains(one) || !after.contains(one));
}
