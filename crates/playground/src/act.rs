//! The one kind of act: everything that changes the world is one of these, whoever did it.
//!
//! A drag, a key, a terminal line, an embedding page's call and a lesson's step are all acts; the session decides, journals, undoes and
//! echoes them by the same code. What an act may be, and how it is written as JSON and as a line, is settled here; what it does, in the
//! session.

pub(crate) mod fault;
mod guest;
pub(crate) mod lambda;
pub(crate) mod load;
mod scene;
pub(crate) mod service;
pub(crate) mod typed;

pub use fault::Fault;
pub use guest::{
    FilterOf, GuestChange, GuestCommand, GuestCommandError, Nat, Routing, WantedRoute, WantedRule, block, default_of, filter_number,
    masquerade_shown,
};
pub use load::Loading;
pub use scene::{Asking, SceneAct};

use crate::json::{self, FieldError, Fields, JsonError, LINE_LIMITS};
use crate::words::InputKey;
use eni_core::control::command::Command;
use eni_core::model::network::Network;
use serde_json::{Map, Value, json};

/// The longest wait that one act may ask for, in milliseconds: 30 days.
const MAX_WAIT: u64 = 30 * 24 * 3_600 * 1_000;
/// The longest name of a client, an instance or an object on the board, in characters.
pub(crate) const MAX_NAME: usize = 128;
/// The longest command typed on an instance, in characters.
const MAX_COMMAND: usize = 1_024;

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A call of an AWS service (echo `aws SERVICE …`).
    Api {
        /// `ec2` for nearly all.
        service: String,
        /// AWS's name of the action, as `AttachNetworkInterface`.
        action: String,
        /// The members of the request, in AWS's names: an object.
        parameters: Value,
    },
    /// A command on an instance (echo `ssh INSTANCE …`); [`GuestCommand`] reads it.
    Guest {
        /// The instance's id or name.
        instance: String,
        /// The command line.
        command: String,
    },
    /// Something that nobody asks AWS for (echo `wait …`, `fault …`).
    World(WorldAct),
    /// Something about the scene around the network.
    Scene(SceneAct),
}

/// What the world does.
#[derive(Clone, Debug, PartialEq)]
pub enum WorldAct {
    /// Time passes, in milliseconds.
    Wait {
        /// How long.
        milliseconds: u64,
    },
    /// Something breaks or mends.
    Fault {
        /// The id or name of the instance that it happens to.
        instance: String,
        /// What breaks.
        fault: Fault,
        /// Whether it breaks (true) or mends.
        broken: bool,
    },
    /// A service of AWS takes a subnet, with a network interface of its own.
    ServiceTakes {
        /// The service: `rds`, `alb` or `nlb`.
        service: String,
        /// The subnet's id or name.
        subnet: String,
        /// What it is called; the service's word if empty.
        name: String,
        /// The ids of the interface's groups; the default group if empty.
        groups: Vec<String>,
    },
    /// A service gives up what it took.
    ServiceLeaves {
        /// The id or name of its network interface.
        eni: String,
    },
    /// Whose the network interfaces of a function are, from now on.
    Lambda {
        /// The function's name.
        function: String,
        /// Each execution environment's own, as before 2019; or shared ones.
        then: bool,
    },
    /// A spot instance is told that it will be taken away.
    SpotNotice {
        /// The instance's id or name.
        instance: String,
    },
}

impl Act {
    /// A call of EC2.
    pub fn ec2(action: &str, parameters: Value) -> Act {
        Act::Api { service: "ec2".to_owned(), action: action.to_owned(), parameters }
    }

    /// The call that asks for a command; nothing for a command that is not a call of AWS (a guest's configuration).
    pub fn of_command(command: &Command) -> Option<Act> {
        if let Some(act) = service::of_command(command).or_else(|| fault::of_command(command)).or_else(|| lambda::of_command(command)) {
            return Some(Act::World(act));
        }
        let (action, parameters) = crate::aws::express(command)?;
        let service = crate::aws::service_of(action).map_or("ec2", |service| service.name).to_owned();
        Some(Act::Api { service, action: action.to_owned(), parameters: Value::Object(parameters) })
    }

    /// The same in a network, as AWS would take it: with whole ARNs.
    pub fn of_command_in(network: &Network, command: &Command) -> Option<Act> {
        let mut act = Act::of_command(command)?;
        if let (Act::Api { parameters, .. }, Command::Balance(_)) = (&mut act, command) {
            crate::aws::shape::complete_arns(network, parameters);
        }
        Some(act)
    }

    /// Reads an act from JSON text of at most 1 MB.
    ///
    /// # Errors
    /// Says which limit was passed or which member is wrong.
    pub fn parse(text: &str) -> Result<Act, JsonError> {
        Ok(Act::from_json(&json::parse(text.as_bytes(), LINE_LIMITS)?)?)
    }

    /// Reads an act from JSON.
    ///
    /// # Errors
    /// Says which member is missing, unknown or wrong.
    pub fn from_json(value: &Value) -> Result<Act, FieldError> {
        let mut fields = Fields::of("", value)?;
        let act = match fields.text("kind", 16)? {
            "api" => read_call(&mut fields)?,
            "guest" => Act::Guest {
                instance: fields.text("instance", MAX_NAME)?.to_owned(),
                command: fields.text("command", MAX_COMMAND)?.to_owned(),
            },
            "world" => Act::World(read_world(&mut fields)?),
            "scene" => Act::Scene(SceneAct::read(&mut fields)?),
            other => return Err(none_of("kind", other, "api, guest, world, scene")),
        };
        fields.finish()?;
        Ok(act)
    }

    /// The act as JSON; [`Act::from_json`] reads it back.
    pub fn to_json(&self) -> Value {
        match self {
            Act::Api { service, action, parameters } => {
                json!({"kind": "api", "service": service, "action": action, "parameters": parameters})
            }
            Act::Guest { instance, command } => json!({"kind": "guest", "instance": instance, "command": command}),
            Act::World(act) => write_world(act),
            Act::Scene(act) => act.to_json(),
        }
    }

    /// The line that says the same at the terminal.
    pub fn echo(&self) -> String {
        let quote = crate::aws::quote;
        match self {
            Act::Api { service, action, parameters } => crate::aws::echo(service, action, parameters.as_object().unwrap_or(&Map::new())),
            Act::Guest { instance, command } => format!("ssh {} {command}", quote(instance)),
            Act::World(WorldAct::Wait { milliseconds }) => format!("wait {milliseconds}ms"),
            Act::World(WorldAct::Fault { instance, fault, broken }) => fault::echo(instance, *fault, *broken),
            Act::World(act @ (WorldAct::ServiceTakes { .. } | WorldAct::ServiceLeaves { .. })) => service::echo(act),
            Act::World(WorldAct::Lambda { function, then }) => lambda::echo(function, *then),
            Act::World(WorldAct::SpotNotice { instance }) => format!("fault spot-notice {}", quote(instance)),
            Act::Scene(act) => act.echo(),
        }
    }
}

/// A word that is none of those that are known.
fn none_of(place: &str, found: &str, words: &str) -> FieldError {
    FieldError::new(place, InputKey::NoneOf { found, words })
}

fn read_call(fields: &mut Fields<'_>) -> Result<Act, FieldError> {
    let service = fields.optional_text("service", 64)?.unwrap_or("ec2").to_owned();
    let action = fields.text("action", 128)?.to_owned();
    let parameters = match fields.optional("parameters") {
        None => Value::Object(Map::new()),
        Some(members @ Value::Object(_)) => members.clone(),
        Some(_) => return Err(FieldError::new("parameters", InputKey::ExpectedObject)),
    };
    Ok(Act::Api { service, action, parameters })
}

fn read_world(fields: &mut Fields<'_>) -> Result<WorldAct, FieldError> {
    match fields.text("act", 32)? {
        "wait" => Ok(WorldAct::Wait { milliseconds: fields.number("milliseconds", MAX_WAIT)? }),
        "spot-notice" => Ok(WorldAct::SpotNotice { instance: fields.text("instance", MAX_NAME)?.to_owned() }),
        "fault" => fault::read(fields),
        "lambda" => lambda::read(fields),
        act @ ("service-takes" | "service-leaves") => service::read(act, fields),
        other => Err(none_of("act", other, "wait, fault, lambda, spot-notice, service-takes, service-leaves")),
    }
}

fn write_world(act: &WorldAct) -> Value {
    match act {
        WorldAct::Wait { milliseconds } => json!({"kind": "world", "act": "wait", "milliseconds": milliseconds}),
        WorldAct::SpotNotice { instance } => json!({"kind": "world", "act": "spot-notice", "instance": instance}),
        WorldAct::ServiceTakes { .. } | WorldAct::ServiceLeaves { .. } => service::write(act),
        WorldAct::Lambda { function, then } => lambda::write(function, *then),
        WorldAct::Fault { instance, fault, broken } => fault::write(instance, *fault, *broken),
    }
}

#[cfg(test)]
mod tests;
