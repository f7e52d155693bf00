//! Requests for spot instances (`L22`): each follows from the instance that was launched for it.

use super::instance::{Instance, InstanceState};
use super::spot::{Interruption, Spot, StateReason};
use crate::id::SpotRequestId;

impl Instance {
    /// The request that it came from, of a spot instance.
    pub fn spot_request(&self) -> Option<SpotRequestId> {
        self.spot.map(|spot| spot.request.unwrap_or_else(|| SpotRequestId::of_instance(self.id)))
    }
}

/// How far a request for a spot instance has come: its state, the code of its status, and what AWS says to that.
pub struct SpotStatus(pub &'static str, pub &'static str, pub &'static str);

impl SpotStatus {
    /// As a request begins, before anything was launched for it.
    pub const BEGUN: SpotStatus =
        SpotStatus("open", "pending-evaluation", "Your Spot request has been submitted for review, and is pending evaluation.");

    /// What follows from the instance that was launched for it.
    pub fn of(instance: &Instance, spot: &Spot) -> SpotStatus {
        let by_user = instance.reason.is_none_or(|(reason, _)| !matches!(reason, StateReason::SpotStopped | StateReason::SpotTerminated));
        let lives_on = spot.persistent && !spot.cancelled;
        let (state, code, message) = match (instance.state, by_user) {
            (InstanceState::Pending | InstanceState::Running, _) if spot.cancelled => {
                ("cancelled", "request-canceled-and-instance-running", "Your Spot request is canceled, but your instance is still running.")
            }
            (InstanceState::Running, _) if spot.notice.is_some() && spot.interruption == Interruption::Terminate => {
                ("active", "marked-for-termination", "Your Spot Instance is marked for termination.")
            }
            (InstanceState::Running, _) if spot.notice.is_some() => ("active", "marked-for-stop", "Your Spot Instance is marked for stop."),
            (InstanceState::Pending | InstanceState::Running, _) => ("active", "fulfilled", "Your Spot request is fulfilled."),
            (InstanceState::Stopping | InstanceState::Stopped, true) => {
                ("disabled", "instance-stopped-by-user", "Your Spot Instance was stopped by you.")
            }
            (InstanceState::Stopping | InstanceState::Stopped, false) => {
                ("open", "instance-stopped-no-capacity", "Your Spot Instance was stopped because there is no capacity for it any more.")
            }
            (_, true) => {
                (if lives_on { "open" } else { "closed" }, "instance-terminated-by-user", "Your Spot Instance was terminated by you.")
            }
            (_, false) => {
                let message = "Your Spot Instance was terminated because there is no capacity for it any more.";
                (if lives_on { "open" } else { "closed" }, "instance-terminated-no-capacity", message)
            }
        };
        SpotStatus(if spot.cancelled { "cancelled" } else { state }, code, message)
    }
}
