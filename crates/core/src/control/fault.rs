//! Our own act: something breaks on a running instance, or mends (`L17`, `L18`), or the connections that an instance tracks are limited (`S45`).

use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::InstanceId;
use crate::model::event::{Event, InstanceChange};
use crate::model::fault::Fault;
use crate::model::instance::{Instance, InstanceState};

/// What breaks twice, or mends whole, changes nothing.
pub(super) fn set(draft: &mut Draft, id: InstanceId, fault: Fault) -> Result<Reply, Refusal> {
    let instance = draft.instance(id)?;
    let may_be = match fault {
        Fault::Hang(_) | Fault::Loss(_) => instance.state == InstanceState::Running,
        // An instance is held to it whether it runs or not.
        Fault::Connections(_) => !instance.state.is_gone(),
    };
    if !may_be {
        return Err(Refusal::InstanceNotRunning { instance: id, state: instance.state });
    }
    change(draft, instance, fault);
    Ok(Reply::Nothing)
}

/// A system that is started anew does not hang; what is lost at the network cards is no matter of the system.
pub(super) fn reboots(draft: &mut Draft, instance: &Instance) {
    change(draft, instance, Fault::Hang(false));
}

fn change(draft: &mut Draft, instance: &Instance, fault: Fault) {
    let faults = instance.faults.after(fault, draft.now);
    if faults != instance.faults {
        draft.push(Event::InstanceChanged(instance.id, InstanceChange::Faults(faults)));
    }
}

/// Whether somebody can work on an instance's system: on one that hangs, nobody can.
pub(super) fn answers(instance: &Instance) -> Result<(), Refusal> {
    if instance.faults.hangs_since.is_some() { Err(Refusal::InstanceHangs { instance: instance.id }) } else { Ok(()) }
}
