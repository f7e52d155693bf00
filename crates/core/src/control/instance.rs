//! Starting, stopping, terminating and changing instances (`L1` to `L16`). Launching is in `launch`.

use super::attachment::{eni_limits, too_many_addresses};
use super::check;
use super::command::InstanceAttribute;
use super::draft::Draft;
use super::elastic_ip;
use super::error::{InstanceAct, Refusal};
use super::fault;
use super::reply::Reply;
use super::spot;
use crate::id::{GroupId, InstanceId};
use crate::model::eni::Eni;
use crate::model::event::{EniChange, Event, InstanceChange, Transition};
use crate::model::instance::{Guest, Instance, InstanceState, ShutdownBehavior};
use crate::model::instance_type::InstanceType;
use crate::model::spot::StateReason;

/// The instances named, each once; at least one.
fn named<'n>(draft: &Draft<'n>, ids: &[InstanceId]) -> Result<Vec<&'n Instance>, Refusal> {
    if ids.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "InstanceId" });
    }
    check::distinct(ids).into_iter().map(|id| draft.instance(id)).collect()
}

/// Changes the state of each instance that `next` gives another state for; all of them or none.
fn change_states(
    draft: &mut Draft,
    ids: &[InstanceId],
    next: impl Fn(&Instance) -> Result<InstanceState, Refusal>,
    follow: impl Fn(&mut Draft, &Instance),
) -> Result<Reply, Refusal> {
    let instances = named(draft, ids)?;
    let states: Vec<_> = instances.iter().map(|instance| next(instance)).collect::<Result<_, _>>()?;
    let mut changes = Vec::with_capacity(instances.len());
    for (instance, state) in instances.into_iter().zip(states) {
        changes.push((instance.id, instance.state, state));
        if state != instance.state {
            draft.push(Event::InstanceStateChanged(instance.id, state));
            follow(draft, instance);
        }
    }
    Ok(Reply::StateChanges(changes))
}

fn wrong_state(instance: &Instance, act: InstanceAct) -> Refusal {
    Refusal::WrongInstanceState { instance: instance.id, state: instance.state, act }
}

/// StartInstances: one that runs or starts already is left alone.
pub(super) fn start(draft: &mut Draft, ids: &[InstanceId]) -> Result<Reply, Refusal> {
    let next = |instance: &Instance| match instance.state {
        InstanceState::Stopped => Ok(InstanceState::Pending),
        InstanceState::Pending | InstanceState::Running => Ok(instance.state),
        _ => Err(wrong_state(instance, InstanceAct::Started)),
    };
    change_states(draft, ids, next, |draft, instance| {
        let primary = instance.primary_eni().and_then(|id| draft.network.eni(id));
        if let Some(eni) = primary.filter(|eni| eni.wants_public_ip && instance.enis.len() == 1) {
            elastic_ip::give_automatic_address(draft, eni, &[]);
        }
        draft.schedule(draft.network.delays().instance_start, Transition::InstanceRuns(instance.id));
    })
}

/// StopInstances: one that is stopped or stops already is left alone. Its automatic public address goes when it is stopped (`A5`).
pub(super) fn stop(draft: &mut Draft, ids: &[InstanceId]) -> Result<Reply, Refusal> {
    let next = |instance: &Instance| match instance.state {
        InstanceState::Running if instance.stop_protection => Err(Refusal::StopProtected { instance: instance.id }),
        InstanceState::Running => spot::can_stop(instance).map(|()| InstanceState::Stopping),
        InstanceState::Stopping | InstanceState::Stopped => Ok(instance.state),
        _ => Err(wrong_state(instance, InstanceAct::Stopped)),
    };
    change_states(draft, ids, next, |draft, instance| {
        because(draft, instance, StateReason::User);
        draft.schedule(draft.network.delays().instance_stop, Transition::InstanceStops(instance.id));
    })
}

/// StopInstances with `Hibernate`: for the network the same as to stop. What was not launched for it cannot hibernate.
pub(super) fn hibernate(draft: &mut Draft, ids: &[InstanceId]) -> Result<Reply, Refusal> {
    let next = |instance: &Instance| match instance.state {
        InstanceState::Running if !instance.hibernates => Err(Refusal::NoHibernation { instance: instance.id }),
        InstanceState::Running if instance.stop_protection => Err(Refusal::StopProtected { instance: instance.id }),
        InstanceState::Running => spot::can_stop(instance).map(|()| InstanceState::Stopping),
        InstanceState::Stopping | InstanceState::Stopped => Ok(instance.state),
        _ => Err(wrong_state(instance, InstanceAct::Stopped)),
    };
    change_states(draft, ids, next, |draft, instance| {
        because(draft, instance, StateReason::UserHibernated);
        draft.schedule(draft.network.delays().instance_stop, Transition::InstanceStops(instance.id));
    })
}

/// Notes why an instance is on its way to stop or to end.
fn because(draft: &mut Draft, instance: &Instance, reason: StateReason) {
    draft.push(Event::InstanceChanged(instance.id, InstanceChange::Reason(reason, draft.now)));
}

/// RebootInstances: nothing of the network changes (`L2`); a system that hangs is started anew (`L17`).
pub(super) fn reboot(draft: &mut Draft, ids: &[InstanceId]) -> Result<Reply, Refusal> {
    let instances = named(draft, ids)?;
    if let Some(instance) = instances.iter().find(|instance| instance.state != InstanceState::Running) {
        return Err(wrong_state(instance, InstanceAct::Rebooted));
    }
    instances.into_iter().for_each(|instance| fault::reboots(draft, instance));
    Ok(Reply::Nothing)
}

/// MonitorInstances and UnmonitorInstances. Nothing in a network follows from it.
pub(super) fn monitor(draft: &mut Draft, ids: &[InstanceId], on: bool) -> Result<Reply, Refusal> {
    for instance in named(draft, ids)? {
        if instance.state.is_gone() {
            return Err(Refusal::InstanceGone { instance: instance.id, state: instance.state });
        }
        draft.push(Event::InstanceChanged(instance.id, InstanceChange::Monitored(on)));
    }
    Ok(Reply::Nothing)
}

/// TerminateInstances. Packets stop at once; the ENIs follow when the instance is terminated (`E39`).
pub(super) fn terminate(draft: &mut Draft, ids: &[InstanceId]) -> Result<Reply, Refusal> {
    let next = |instance: &Instance| match instance.state {
        InstanceState::ShuttingDown | InstanceState::Terminated => Ok(instance.state),
        _ if instance.termination_protection => Err(Refusal::TerminationProtected { instance: instance.id }),
        _ => Ok(InstanceState::ShuttingDown),
    };
    change_states(draft, ids, next, |draft, instance| {
        because(draft, instance, StateReason::User);
        draft.schedule(draft.network.delays().instance_terminate, Transition::InstanceTerminates(instance.id));
    })
}

/// ModifyInstanceAttribute, and ModifyInstanceMetadataOptions.
pub(super) fn modify(draft: &mut Draft, id: InstanceId, attribute: &InstanceAttribute) -> Result<Reply, Refusal> {
    let instance = draft.instance(id)?;
    if matches!(instance.state, InstanceState::ShuttingDown | InstanceState::Terminated) {
        return Err(Refusal::InstanceGone { instance: id, state: instance.state });
    }
    let event = match attribute {
        InstanceAttribute::SourceDestCheck(on) => {
            let eni = only_eni(draft, instance)?;
            check::not_managed(eni)?;
            Event::EniChanged(eni.id, EniChange::SourceDestCheck(*on))
        }
        InstanceAttribute::Groups(groups) => groups_event(draft, instance, groups)?,
        InstanceAttribute::InstanceType(new) => {
            fits(draft, instance, *new)?;
            Event::InstanceChanged(id, InstanceChange::Type(*new))
        }
        InstanceAttribute::DisableApiTermination(on) => {
            protectable(instance, *on)?;
            Event::InstanceChanged(id, InstanceChange::TerminationProtection(*on))
        }
        InstanceAttribute::DisableApiStop(on) => {
            protectable(instance, *on)?;
            Event::InstanceChanged(id, InstanceChange::StopProtection(*on))
        }
        InstanceAttribute::UserData(data) => {
            stopped(instance)?;
            Event::InstanceChanged(id, InstanceChange::UserData(data.clone()))
        }
        InstanceAttribute::EbsOptimized(on) => {
            stopped(instance)?;
            Event::InstanceChanged(id, InstanceChange::EbsOptimized(*on))
        }
        InstanceAttribute::Unkept => return stopped(instance).map(|()| Reply::Nothing),
        InstanceAttribute::ShutdownBehavior(behavior) => Event::InstanceChanged(id, InstanceChange::Shutdown(*behavior)),
        InstanceAttribute::Metadata(change) => Event::InstanceChanged(id, InstanceChange::Metadata(change.of(instance.metadata))),
    };
    draft.push(event);
    Ok(if matches!(attribute, InstanceAttribute::Metadata(_)) { Reply::MetadataOptions(id) } else { Reply::Nothing })
}

/// Only one that is stopped is changed so.
fn stopped(instance: &Instance) -> Result<(), Refusal> {
    match instance.state {
        InstanceState::Stopped => Ok(()),
        state => Err(Refusal::InstanceNotStopped { instance: instance.id, state }),
    }
}

/// The instance's only ENI (`E42`, `S4`).
fn only_eni<'n>(draft: &Draft<'n>, instance: &Instance) -> Result<&'n Eni, Refusal> {
    match instance.primary_eni() {
        Some(eni) if instance.enis.len() == 1 => draft.eni(eni),
        _ => Err(Refusal::SeveralEnis { instance: instance.id }),
    }
}

fn groups_event(draft: &Draft, instance: &Instance, groups: &[GroupId]) -> Result<Event, Refusal> {
    groups.iter().try_for_each(|group| draft.group(*group).map(drop))?;
    let eni = only_eni(draft, instance)?;
    check::not_managed(eni)?;
    Ok(Event::EniChanged(eni.id, EniChange::Groups(check::changed_groups(draft, eni.id, eni.vpc, groups)?)))
}

/// Protection is not there for spot instances (`L6`).
fn protectable(instance: &Instance, on: bool) -> Result<(), Refusal> {
    if on && instance.spot.is_some() { Err(Refusal::SpotUnprotectable { instance: instance.id }) } else { Ok(()) }
}

/// Whether a stopped instance can become of another type: as many network cards, and its ENIs and addresses fit (`L7`).
fn fits(draft: &Draft, instance: &Instance, new: InstanceType) -> Result<(), Refusal> {
    stopped(instance)?;
    let wanted = instance.instance_type.network_cards();
    if new.network_cards() != wanted {
        return Err(Refusal::NetworkCardMismatch { instance_type: new, cards: new.network_cards(), wanted });
    }
    for ((card, index), eni) in &instance.enis {
        let on_card = instance.enis.keys().filter(|(used, _)| used == card).count();
        eni_limits(new, on_card, (*card, *index))?;
        let eni = draft.eni(*eni)?;
        if let Some((count, limit)) = too_many_addresses(new, eni) {
            return Err(Refusal::AddressLimit { eni: eni.id, instance_type: new, count, limit });
        }
        if !eni.ipv4_prefixes.is_empty() && !new.is_nitro() {
            return Err(Refusal::PrefixesNeedNitro { eni: Some(eni.id), instance_type: new });
        }
    }
    Ok(())
}

/// Our own act: the system on a running instance changes (`G10`).
pub(super) fn configure_guest(draft: &mut Draft, id: InstanceId, guest: &Guest) -> Result<Reply, Refusal> {
    let instance = draft.instance(id)?;
    if instance.state != InstanceState::Running {
        return Err(Refusal::InstanceNotRunning { instance: id, state: instance.state });
    }
    fault::answers(instance)?;
    draft.push(Event::InstanceChanged(id, InstanceChange::Guest(Box::new(guest.clone()))));
    Ok(Reply::Nothing)
}

/// Our own act: the system on a running instance is shut down. No protection keeps it from that, and a spot instance that nobody can stop ends.
pub(super) fn shut_down_guest(draft: &mut Draft, id: InstanceId) -> Result<Reply, Refusal> {
    let instance = draft.instance(id)?;
    if instance.state != InstanceState::Running {
        return Err(Refusal::InstanceNotRunning { instance: id, state: instance.state });
    }
    fault::answers(instance)?;
    let delays = draft.network.delays();
    let ends = instance.shutdown == ShutdownBehavior::Terminate || spot::can_stop(instance).is_err();
    let (state, delay, transition) = if ends {
        (InstanceState::ShuttingDown, delays.instance_terminate, Transition::InstanceTerminates(id))
    } else {
        (InstanceState::Stopping, delays.instance_stop, Transition::InstanceStops(id))
    };
    draft.push(Event::InstanceStateChanged(id, state));
    because(draft, instance, StateReason::Guest);
    draft.schedule(delay, transition);
    Ok(Reply::Nothing)
}
