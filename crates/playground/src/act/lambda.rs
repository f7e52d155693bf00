//! An act of our own about functions: whose their network interfaces are. JSON, the line that says the same, and the command behind it.
//!
//! On a command line: `lambda FUNCTION then` (as before 2019) and `lambda FUNCTION now`.

use super::{MAX_NAME, WorldAct};
use crate::aws::quote;
use crate::json::{FieldError, Fields};
use eni_core::control::command::{Command, LambdaAct};
use eni_core::model::function::Interfaces;
use serde_json::{Value, json};

/// The act that asks for such a command.
pub(super) fn of_command(command: &Command) -> Option<WorldAct> {
    let Command::Lambda(act) = command else { return None };
    let LambdaAct::SetInterfaces(function, to) = act.as_ref() else { return None };
    Some(WorldAct::Lambda { function: function.clone(), then: *to == Interfaces::OfEnvironments })
}

/// The command of such an act.
pub(crate) fn command(function: &str, then: bool) -> Command {
    let to = if then { Interfaces::OfEnvironments } else { Interfaces::Shared };
    Command::Lambda(Box::new(LambdaAct::SetInterfaces(function.to_owned(), to)))
}

/// The act that words of a command line name, behind `lambda`.
pub(super) fn of_words(words: &[&str]) -> Option<WorldAct> {
    match words {
        [function, "then"] => Some(WorldAct::Lambda { function: (*function).to_owned(), then: true }),
        [function, "now"] => Some(WorldAct::Lambda { function: (*function).to_owned(), then: false }),
        _ => None,
    }
}

/// The line that says the same.
pub(super) fn echo(function: &str, then: bool) -> String {
    format!("lambda {} {}", quote(function), if then { "then" } else { "now" })
}

/// Reads such an act from JSON.
pub(super) fn read(fields: &mut Fields<'_>) -> Result<WorldAct, FieldError> {
    let function = fields.text("function", MAX_NAME)?.to_owned();
    Ok(WorldAct::Lambda { function, then: fields.optional_flag("then")?.unwrap_or(false) })
}

/// Such an act as JSON.
pub(super) fn write(function: &str, then: bool) -> Value {
    json!({"kind": "world", "act": "lambda", "function": function, "then": then})
}
