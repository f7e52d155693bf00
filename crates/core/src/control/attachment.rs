//! Attaching and detaching ENIs (`E19` to `E34`).

use super::check;
use super::command::AttachmentKey;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::{EniId, InstanceId};
use crate::model::eni::{Attachment, AttachmentStatus, Eni};
use crate::model::event::{Event, InstanceChange, Transition};
use crate::model::instance::{Instance, InstanceState};
use crate::model::instance_type::InstanceType;
use crate::model::network::Network;
use crate::time::Duration;

/// AttachNetworkInterface.
pub(super) fn attach(draft: &mut Draft, eni: EniId, instance: InstanceId, index: u16, card: u16) -> Result<Reply, Refusal> {
    let eni = draft.eni(eni)?;
    let instance = draft.instance(instance)?;
    check::not_managed(eni)?;
    if eni.is_in_use() {
        return Err(Refusal::EniAlreadyAttached { eni: eni.id, attachment: eni.attachment.as_ref().map(|attachment| attachment.id) });
    }
    if !matches!(instance.state, InstanceState::Running | InstanceState::Stopped) {
        return Err(Refusal::InstanceNotReady { instance: instance.id, state: instance.state });
    }
    placement(draft, eni, instance)?;
    if let Some(by) = instance.enis.get(&(card, index)) {
        return Err(Refusal::DeviceIndexTaken { instance: instance.id, network_card: card, device_index: index, by: *by });
    }
    if instance.stuck.get(&(card, index)).is_some_and(|forced| *forced != eni.id) {
        return Err(Refusal::DeviceIndexStuck { instance: instance.id, network_card: card, device_index: index });
    }
    limits(eni, instance, index, card)?;

    let id = draft.new_id();
    let delay = draft.network.delays().attach;
    let status = if delay == Duration::ZERO { AttachmentStatus::Attached } else { AttachmentStatus::Attaching };
    let attachment = Attachment {
        id,
        instance: instance.id,
        device_index: index,
        network_card: card,
        delete_on_termination: false,
        status,
        attached_at: draft.now,
    };
    draft.push(Event::AttachStarted(eni.id, Box::new(attachment)));
    if status == AttachmentStatus::Attaching {
        draft.schedule(delay, Transition::AttachFinishes(eni.id, id));
    }
    Ok(Reply::Attachment(id, card))
}

/// Same zone (`E20`); another VPC only where the switch allows it (`E21`).
fn placement(draft: &Draft, eni: &Eni, instance: &Instance) -> Result<(), Refusal> {
    let subnet = draft.subnet(eni.subnet)?;
    if subnet.zone != instance.zone {
        return Err(Refusal::DifferentZones { eni: Some(eni.id), eni_zone: subnet.zone.clone(), instance_zone: instance.zone.clone() });
    }
    if eni.vpc != instance.vpc && !draft.network.switches().attach_across_vpcs {
        return Err(Refusal::DifferentVpcs { eni: Some(eni.id), vpc: instance.vpc });
    }
    Ok(())
}

/// What the instance's type takes: ENIs, ENIs on the card, the index, addresses (`E25` to `E28`, `E67`).
fn limits(eni: &Eni, instance: &Instance, index: u16, card: u16) -> Result<(), Refusal> {
    let kind = instance.instance_type;
    let on_card = instance.enis.keys().filter(|(used, _)| *used == card).count();
    eni_limits(kind, on_card + 1, (card, index))?;
    if let Some((count, limit)) = too_many_addresses(kind, eni) {
        return Err(Refusal::AddressLimit { eni: eni.id, instance_type: kind, count, limit });
    }
    if !eni.ipv4_prefixes.is_empty() && !kind.is_nitro() {
        return Err(Refusal::PrefixesNeedNitro { eni: Some(eni.id), instance_type: kind });
    }
    Ok(())
}

/// Whether a type takes so many ENIs on one card, and has that index there (`E25` to `E27`). The limits of the cards add up to the type's.
pub(super) fn eni_limits(kind: InstanceType, on_card: usize, (card, index): (u16, u16)) -> Result<(), Refusal> {
    if card >= kind.network_cards() {
        return Err(Refusal::NoSuchNetworkCard { instance_type: kind, network_card: card, cards: kind.network_cards() });
    }
    let limit = kind.max_enis_on_card(card);
    if on_card > usize::from(limit) {
        return Err(Refusal::AttachmentLimit { instance_type: kind, count: on_card, limit });
    }
    if index >= limit {
        return Err(Refusal::DeviceIndexTooHigh { instance_type: kind, network_card: card, device_index: index, limit });
    }
    Ok(())
}

/// How many addresses and prefixes an ENI has in a family in which a type takes fewer, and how many it takes (`E28`, `E61`, `E75`).
pub(super) fn too_many_addresses(kind: InstanceType, eni: &Eni) -> Option<(usize, u16)> {
    let ipv4 = (address_count(eni), kind.ipv4_per_eni());
    let ipv6 = (eni.ipv6_addresses.len() + eni.ipv6_prefixes.len(), kind.ipv6_per_eni());
    [ipv4, ipv6].into_iter().find(|(count, limit)| *count > usize::from(*limit))
}

/// How many places of the type's limit an ENI takes: each address one, each prefix one (`E61`, `E68`).
pub(super) fn address_count(eni: &Eni) -> usize {
    eni.addresses.len() + eni.ipv4_prefixes.len()
}

/// DetachNetworkInterface.
pub(super) fn detach(draft: &mut Draft, key: AttachmentKey, force: bool) -> Result<Reply, Refusal> {
    let (eni, attachment) = find(draft.network, key)?;
    check::not_managed(eni)?;
    if attachment.is_primary() {
        return Err(Refusal::DetachPrimary { attachment: attachment.id });
    }
    if attachment.status != AttachmentStatus::Attached {
        return Err(Refusal::AttachmentBusy { attachment: attachment.id, status: attachment.status });
    }
    let instance = draft.instance(attachment.instance)?;
    let delays = draft.network.delays();
    let delay = match instance.state {
        InstanceState::Stopped => delays.detach_stopped,
        InstanceState::Running | InstanceState::Stopping if force => delays.detach_forced,
        InstanceState::Running | InstanceState::Stopping => delays.detach,
        state => return Err(Refusal::InstanceNotReady { instance: instance.id, state }),
    };
    if force && instance.state == InstanceState::Running {
        let place = (attachment.network_card, attachment.device_index);
        draft.push(Event::InstanceChanged(instance.id, InstanceChange::PlaceStuck(place, eni.id)));
    }
    draft.push(Event::DetachStarted(eni.id));
    if delay == Duration::ZERO {
        draft.push(Event::DetachFinished(eni.id));
    } else {
        draft.schedule(delay, Transition::DetachFinishes(eni.id, attachment.id));
    }
    Ok(Reply::Nothing)
}

/// The ENI and its attachment. One that a service made is there, but not for the user (`E81`).
fn find(network: &Network, key: AttachmentKey) -> Result<(&Eni, &Attachment), Refusal> {
    let unknown = Refusal::AttachmentNotFound { attachment: key };
    match key {
        AttachmentKey::Eni(id) => {
            let found = network.eni_by_attachment(id);
            found.and_then(|eni| Some((eni, eni.attachment.as_ref()?))).ok_or(unknown)
        }
        AttachmentKey::Service(id) => Err(match network.eni_by_service_attachment(id) {
            Some(_) => Refusal::ServiceAttachment { attachment: id },
            None => unknown,
        }),
    }
}
