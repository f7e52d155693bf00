//! What no call of AWS does: something breaks on an instance, or mends, or its connections are limited. `eni api` knows it as an action of `world`.

use super::check;
use super::error::ApiError;
use super::input::Parameters;
use super::member::{Member, Wire, optional, required};
use eni_core::control::command::Command;
use eni_core::model::fault::{EVERY_PACKET, Fault, MOST_CONNECTIONS};
use serde_json::{Map, Value};

const FAULT: &[Member] = &[
    required("InstanceId", Wire::Id("i"), "the instance"),
    optional("Hangs", Wire::Boolean, "whether its system hangs"),
    optional("LossPerMille", Wire::Integer, "how many of a thousand packets are lost; 0 ends it"),
    optional("ConnectionsAtMost", Wire::Integer, "how many connections it may track; 0 lifts the limit"),
];

/// The command of the action `Fault`: exactly one thing breaks or mends.
///
/// # Errors
/// As [`super::prepare`] says of actions of AWS.
pub(crate) fn fault_call(parameters: &Map<String, Value>) -> Result<Command, ApiError> {
    check::members(FAULT, parameters)?;
    let p = Parameters::new(parameters);
    let fault = match (p.flag("Hangs"), p.integer("LossPerMille"), p.integer("ConnectionsAtMost")) {
        (Some(hangs), None, None) => Fault::Hang(hangs),
        (None, Some(share), None) => {
            let known = u16::try_from(share).ok().filter(|share| *share <= EVERY_PACKET);
            Fault::Loss(known.ok_or_else(|| ApiError::invalid("LossPerMille", share, "It must be a number from 0 to 1000."))?)
        }
        (None, None, Some(most)) => {
            let known = u32::try_from(most).ok().filter(|most| *most <= MOST_CONNECTIONS);
            let told = || ApiError::invalid("ConnectionsAtMost", most, "It must be a number from 0 to 10000000.");
            Fault::Connections(known.ok_or_else(told)?)
        }
        (None, None, None) => return Err(ApiError::missing("Hangs")),
        _ => {
            let text = "Of the parameters Hangs, LossPerMille and ConnectionsAtMost only one may be used";
            return Err(ApiError::new("InvalidParameterCombination", text));
        }
    };
    Ok(Command::SetFault(p.id("InstanceId")?, fault))
}
