//! Spot instances (`L8`) and hibernation: what a launch may ask for, and how AWS takes an instance back.

use super::check;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::{InstanceId, SpotRequestId};
use crate::model::event::{Event, InstanceChange, Transition};
use crate::model::instance::{Instance, InstanceState};
use crate::model::network::Network;
use crate::model::spot::{Interruption, Spot, StateReason};
use crate::time::{Duration, Instant};

/// How long ahead a spot instance is told that it will be taken back. One that hibernates is told, and hibernates at once.
pub const NOTICE: Duration = Duration::from_secs(120);

/// Whether a launch may ask for this: what is not to end when it is taken back needs a request that lives on.
pub(super) fn request(spot: &Spot) -> Result<(), Refusal> {
    if spot.interruption == Interruption::Terminate || spot.persistent {
        Ok(())
    } else {
        Err(Refusal::SpotOneTimeInterruption { behavior: spot.interruption })
    }
}

/// CancelSpotInstanceRequests: the instances go on, but nobody can stop them any more (`L22`). A second time changes nothing.
pub(super) fn cancel(draft: &mut Draft, ids: &[SpotRequestId]) -> Result<Reply, Refusal> {
    for request in check::distinct(ids) {
        let instance = draft.network.instances().find(|instance| instance.spot_request() == Some(request));
        let instance = instance.ok_or(Refusal::SpotRequestNotFound { request })?;
        if instance.spot.is_some_and(|spot| !spot.cancelled) {
            draft.push(Event::InstanceChanged(instance.id, InstanceChange::SpotCancelled));
        }
    }
    Ok(Reply::Nothing)
}

/// Whether a user may stop an instance: a spot instance of a request that does not live on, or was taken back, cannot be.
pub(super) fn can_stop(instance: &Instance) -> Result<(), Refusal> {
    match instance.spot {
        Some(spot) if spot.cancelled => Err(Refusal::SpotCancelled { instance: instance.id }),
        Some(spot) if !spot.persistent => Err(Refusal::SpotOneTime { instance: instance.id }),
        _ => Ok(()),
    }
}

/// Our own act: AWS tells a spot instance that it will be taken back. Told twice, it is not told anew.
pub(super) fn tell(draft: &mut Draft, id: InstanceId) -> Result<Reply, Refusal> {
    let instance = draft.instance(id)?;
    let Some(spot) = instance.spot else { return Err(Refusal::NotSpot { instance: id }) };
    if instance.state != InstanceState::Running {
        return Err(Refusal::InstanceNotRunning { instance: id, state: instance.state });
    }
    if spot.notice.is_none() {
        let ahead = if spot.interruption == Interruption::Hibernate { Duration::ZERO } else { NOTICE };
        draft.push(Event::InstanceChanged(id, InstanceChange::SpotNotice(draft.now + ahead)));
        draft.schedule(ahead, Transition::SpotTaken(id));
    }
    Ok(Reply::Nothing)
}

/// What happens when the time of the notice has come. A run that ended meanwhile took its notice with it.
pub(super) fn taken(network: &Network, id: InstanceId, at: Instant, events: &mut Vec<Event>) {
    let Some(instance) = network.instance(id) else { return };
    let Some(spot) = instance.spot.filter(|spot| spot.notice == Some(at) && instance.state == InstanceState::Running) else { return };
    let delays = network.delays();
    let (reason, state, delay, then) = match spot.interruption {
        Interruption::Terminate => {
            (StateReason::SpotTerminated, InstanceState::ShuttingDown, delays.instance_terminate, Transition::InstanceTerminates(id))
        }
        Interruption::Stop | Interruption::Hibernate => {
            (StateReason::SpotStopped, InstanceState::Stopping, delays.instance_stop, Transition::InstanceStops(id))
        }
    };
    events.push(Event::InstanceStateChanged(id, state));
    events.push(Event::InstanceChanged(id, InstanceChange::Reason(reason, at)));
    events.push(Event::TransitionScheduled(at + delay, then));
}
