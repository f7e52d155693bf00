//! What no call of AWS does: something breaks on an instance, or mends. `eni api` knows it as an action of `world`.

use super::check;
use super::error::ApiError;
use super::input::Parameters;
use super::member::{Member, Wire, optional, required};
use eni_core::control::command::Command;
use eni_core::model::fault::{EVERY_PACKET, Fault};
use serde_json::{Map, Value};

const FAULT: &[Member] = &[
    required("InstanceId", Wire::Id("i"), "the instance"),
    optional("Hangs", Wire::Boolean, "whether its system hangs"),
    optional("LossPerMille", Wire::Integer, "how many of a thousand packets are lost; 0 ends it"),
];

/// The command of the action `Fault`: exactly one thing breaks or mends.
///
/// # Errors
/// As [`super::prepare`] says of actions of AWS.
pub(crate) fn fault_call(parameters: &Map<String, Value>) -> Result<Command, ApiError> {
    check::members(FAULT, parameters)?;
    let p = Parameters::new(parameters);
    let fault = match (p.flag("Hangs"), p.integer("LossPerMille")) {
        (Some(hangs), None) => Fault::Hang(hangs),
        (None, Some(share)) => {
            let known = u16::try_from(share).ok().filter(|share| *share <= EVERY_PACKET);
            Fault::Loss(known.ok_or_else(|| ApiError::invalid("LossPerMille", share, "It must be a number from 0 to 1000."))?)
        }
        (None, None) => return Err(ApiError::missing("Hangs")),
        (Some(_), Some(_)) => {
            return Err(ApiError::new("InvalidParameterCombination", "The parameters Hangs and LossPerMille may not be used together"));
        }
    };
    Ok(Command::SetFault(p.id("InstanceId")?, fault))
}
