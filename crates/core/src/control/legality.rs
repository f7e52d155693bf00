//! Whether an act would be accepted: asked for each drop target while the pointer is still moving.

use super::command::Command;
use super::decide::decide;
use super::error::Refusal;
use crate::model::network::Network;
use crate::time::Instant;

/// The refusal that the act would meet now; `None` if it would be accepted.
pub fn refusal_of(network: &Network, command: &Command, now: Instant) -> Option<Refusal> {
    decide(network, command, now).err()
}
