//! What happens by itself: the end of attaching, detaching, starting, stopping, terminating (`E18`, `E39`, `A5`, `L1`).

use super::{elastic_ip, endpoint, file_system, function, load_balancer, nat_gateway, peering, prefix_list, spot, target_group, transit};
use crate::id::{AttachmentId, EniId, InstanceId};
use crate::model::eni::{AttachmentStatus, Eni, PublicOrigin};
use crate::model::event::{Event, Transition, TransitionKey};
use crate::model::instance::InstanceState;
use crate::model::network::Network;
use crate::time::Instant;

/// The events of the next transition that is due at or before `now`; none if nothing is due.
///
/// Whoever drives the clock applies them and asks again until nothing comes: a transition sees what the one before it did. The first event
/// always takes the transition off the list.
pub fn due(network: &Network, now: Instant) -> Vec<Event> {
    match network.next_transition() {
        Some((key, transition)) if key.at <= now => events_of(network, key, transition),
        _ => Vec::new(),
    }
}

/// The moment at which nothing is under way any more. That a terminated instance is forgotten, or a request expires, is not waited for: it takes
/// hours or days, and nobody waits for it.
pub fn settled_at(network: &Network, now: Instant) -> Instant {
    let last = now + network.delays().longest();
    let under_way = network.transitions().take_while(|(key, _)| key.at <= last);
    let awaited = under_way.filter(|(_, transition)| transition.is_awaited());
    awaited.map(|(key, _)| key.at).last().map_or(now, |at| at.max(now))
}

/// Carries out every transition that is due at or before `now`, and tells what happened.
pub fn settle(network: &mut Network, now: Instant) -> Vec<Event> {
    let mut happened = Vec::new();
    loop {
        let events = due(network, now);
        if events.is_empty() {
            return happened;
        }
        for event in &events {
            network.apply(event);
        }
        happened.extend(events);
    }
}

/// Brings to its end, at once, everything that is under way, and forgets instances that are terminated. This is how a document is saved: requests
/// go on waiting for their answer, and what is over of peering connections is still listed.
pub fn finish(network: &mut Network) {
    loop {
        let next = network
            .transitions()
            .find(|(_, transition)| !matches!(transition, Transition::PeeringExpires(_) | Transition::PeeringIsForgotten(_)));
        let Some((key, transition)) = next else { return };
        for event in &events_of(network, key, transition) {
            network.apply(event);
        }
    }
}

/// What one transition brings. What it was meant for may have changed since; then it only goes off the list.
fn events_of(network: &Network, key: TransitionKey, transition: Transition) -> Vec<Event> {
    let mut events = vec![Event::TransitionDropped(key)];
    match transition {
        Transition::EniSettles(id) => {
            if network.eni(id).is_some_and(|eni| !eni.settled) {
                events.push(Event::EniSettled(id));
            }
        }
        Transition::AttachFinishes(id, attachment) => {
            if is(network, id, attachment, AttachmentStatus::Attaching) {
                events.push(Event::AttachFinished(id));
            }
        }
        Transition::DetachFinishes(id, attachment) => {
            if is(network, id, attachment, AttachmentStatus::Detaching) {
                events.push(Event::DetachFinished(id));
            }
        }
        Transition::InstanceRuns(id) => {
            if in_state(network, id, InstanceState::Pending) {
                events.push(Event::InstanceStateChanged(id, InstanceState::Running));
            }
        }
        Transition::InstanceStops(id) => {
            if in_state(network, id, InstanceState::Stopping) {
                release_automatic_addresses(network, id, &mut events);
                events.push(Event::InstanceStateChanged(id, InstanceState::Stopped));
            }
        }
        Transition::InstanceTerminates(id) => {
            if in_state(network, id, InstanceState::ShuttingDown) {
                release_automatic_addresses(network, id, &mut events);
                leave_enis(network, id, &mut events);
                events.push(Event::InstanceStateChanged(id, InstanceState::Terminated));
                events.push(Event::TransitionScheduled(key.at + network.delays().instance_forget, Transition::InstanceIsForgotten(id)));
            }
        }
        Transition::SpotTaken(id) => spot::taken(network, id, key.at, &mut events),
        Transition::PrefixListSettles(id) => events.extend(prefix_list::settled(network, id)),
        Transition::InstanceIsForgotten(id) => {
            if in_state(network, id, InstanceState::Terminated) {
                events.push(Event::InstanceForgotten(id));
            }
        }
        Transition::EndpointSettles(_) | Transition::EndpointGoes(_) => endpoint::events_of(network, transition, &mut events),
        Transition::FunctionsSettle | Transition::FunctionEniGoes(_) => function::events_of(network, key.at, transition, &mut events),
        Transition::MountTargetSettles(_) | Transition::MountTargetGoes(_) => file_system::events_of(network, transition, &mut events),
        Transition::PeeringIsRequested(_)
        | Transition::PeeringActivates(_)
        | Transition::PeeringExpires(_)
        | Transition::PeeringIsForgotten(_) => peering::events_of(network, key.at, transition, &mut events),
        Transition::NatGatewaySettles(id) => nat_gateway::settles(network, id, key.at, &mut events),
        Transition::NatGatewayGoes(id) => nat_gateway::goes(network, id, key.at, &mut events),
        Transition::LoadBalancerSettles(id) => load_balancer::settles(network, id, &mut events),
        Transition::TargetDrains(id, target) => target_group::drains(network, id, target, key.at, &mut events),
        Transition::TransitSettles(_) | Transition::TransitGoes(_) | Transition::TransitIsForgotten(_) => {
            transit::events_of(network, key.at, transition, &mut events);
        }
        Transition::NatGatewayIsForgotten(id) => nat_gateway::is_forgotten(network, id, &mut events),
    }
    events
}

fn is(network: &Network, eni: EniId, attachment: AttachmentId, status: AttachmentStatus) -> bool {
    network.eni(eni).and_then(|eni| eni.attachment.as_ref()).is_some_and(|own| own.id == attachment && own.status == status)
}

fn in_state(network: &Network, instance: InstanceId, state: InstanceState) -> bool {
    network.instance(instance).is_some_and(|instance| instance.state == state)
}

fn enis_of(network: &Network, instance: InstanceId) -> impl Iterator<Item = &Eni> {
    network.instance(instance).into_iter().flat_map(|instance| instance.enis.values()).filter_map(|id| network.eni(*id))
}

/// An automatic public address does not outlive the run (`A5`).
fn release_automatic_addresses(network: &Network, instance: InstanceId, events: &mut Vec<Event>) {
    for eni in enis_of(network, instance) {
        if eni.addresses.iter().any(|address| address.public.is_some_and(|public| public.origin == PublicOrigin::Amazon)) {
            events.push(Event::PublicIpReleased(eni.id));
        }
    }
}

/// Each ENI goes or stays by its own setting; one that stays keeps its addresses and Elastic IPs (`E39`, `A26`).
fn leave_enis(network: &Network, instance: InstanceId, events: &mut Vec<Event>) {
    for eni in enis_of(network, instance) {
        events.push(Event::DetachFinished(eni.id));
        if eni.attachment.as_ref().is_some_and(|attachment| attachment.delete_on_termination) {
            elastic_ip::events_of_unmapping(eni, events);
            events.push(Event::EniDeleted(eni.id));
        }
    }
}
