//! Acts of services that take a subnet: JSON, the line that says the same, and the command behind them.
//!
//! On a command line: `service takes rds SUBNET [--name NAME] [--groups sg-… …]` and `service leaves ENI`.

use super::{MAX_NAME, WorldAct};
use crate::aws::{ApiError, quote, service_leaves, service_takes};
use crate::json::{FieldError, Fields};
use crate::words::InputKey;
use eni_core::control::command::Command;
use serde_json::{Value, json};

/// The most groups that are read.
const MOST_GROUPS: usize = 16;

/// The act that asks for such a command.
pub(super) fn of_command(command: &Command) -> Option<WorldAct> {
    Some(match command {
        Command::ServiceTakes(wanted) => {
            let (service, subnet) = (wanted.service.word().to_owned(), wanted.subnet.to_string());
            let groups = wanted.groups.iter().map(ToString::to_string).collect();
            WorldAct::ServiceTakes { service, subnet, name: wanted.name.clone(), groups }
        }
        Command::ServiceLeaves(eni) => WorldAct::ServiceLeaves { eni: eni.to_string() },
        _ => return None,
    })
}

/// The command of such an act; `found` turns names of subnets, network interfaces and groups into ids.
///
/// # Errors
/// Says which word or id is none.
pub(crate) fn command(act: &WorldAct, found: &dyn Fn(&str) -> String) -> Result<Command, ApiError> {
    match act {
        WorldAct::ServiceTakes { service, subnet, name, groups } => {
            let groups: Vec<String> = groups.iter().map(|group| found(group)).collect();
            let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
            service_takes(service, &found(subnet), name, &groups)
        }
        WorldAct::ServiceLeaves { eni } => service_leaves(&found(eni)),
        _ => Err(ApiError::unsupported("world", "")),
    }
}

/// The id in an answer: what a command line prints of it.
pub(crate) fn printed(reply: &Value) -> String {
    let id = reply.pointer("/NetworkInterface/NetworkInterfaceId").and_then(Value::as_str);
    id.map(|id| format!("{id}\n")).unwrap_or_default()
}

/// The act that words of a command line name, behind `service`.
pub(crate) fn of_words(words: &[String]) -> Option<WorldAct> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["leaves", eni] => Some(WorldAct::ServiceLeaves { eni: (*eni).to_owned() }),
        ["takes", service, subnet, options @ ..] => {
            let (mut name, mut groups, mut options) = (String::new(), Vec::new(), options);
            loop {
                match options {
                    [] => break,
                    ["--name", word, rest @ ..] => (name, options) = ((*word).to_owned(), rest),
                    ["--groups", rest @ ..] => {
                        let count = rest.iter().position(|word| word.starts_with("--")).unwrap_or(rest.len());
                        let (these, more) = rest.split_at_checked(count)?;
                        groups = these.iter().map(|group| (*group).to_owned()).collect();
                        options = more;
                    }
                    _ => return None,
                }
            }
            Some(WorldAct::ServiceTakes { service: (*service).to_owned(), subnet: (*subnet).to_owned(), name, groups })
        }
        _ => None,
    }
}

/// The line that says the same.
pub(super) fn echo(act: &WorldAct) -> String {
    match act {
        WorldAct::ServiceTakes { service, subnet, name, groups } => {
            let mut line = format!("service takes {} {}", quote(service), quote(subnet));
            if !name.is_empty() {
                line.push_str(&format!(" --name {}", quote(name)));
            }
            if !groups.is_empty() {
                line.push_str(" --groups");
                groups.iter().for_each(|group| line.push_str(&format!(" {}", quote(group))));
            }
            line
        }
        WorldAct::ServiceLeaves { eni } => format!("service leaves {}", quote(eni)),
        _ => String::new(),
    }
}

/// Reads such an act from JSON.
pub(super) fn read(act: &str, fields: &mut Fields<'_>) -> Result<WorldAct, FieldError> {
    if act == "service-leaves" {
        return Ok(WorldAct::ServiceLeaves { eni: fields.text("eni", MAX_NAME)?.to_owned() });
    }
    let groups = if fields.optional("groups").is_some() { fields.list("groups")? } else { &[] };
    let text = |group: &Value| group.as_str().filter(|group| group.len() <= MAX_NAME).map(str::to_owned);
    let groups: Option<Vec<String>> = groups.iter().map(text).collect();
    let groups = groups.filter(|groups| groups.len() <= MOST_GROUPS);
    Ok(WorldAct::ServiceTakes {
        service: fields.text("service", 16)?.to_owned(),
        subnet: fields.text("subnet", MAX_NAME)?.to_owned(),
        name: fields.optional_text("name", MAX_NAME)?.unwrap_or_default().to_owned(),
        groups: groups.ok_or_else(|| FieldError::new("groups", InputKey::ExpectedWord { words: "sg-…" }))?,
    })
}

/// Such an act as JSON.
pub(super) fn write(act: &WorldAct) -> Value {
    match act {
        WorldAct::ServiceTakes { service, subnet, name, groups } => {
            json!({"kind": "world", "act": "service-takes", "service": service, "subnet": subnet, "name": name, "groups": groups})
        }
        WorldAct::ServiceLeaves { eni } => json!({"kind": "world", "act": "service-leaves", "eni": eni}),
        _ => Value::Null,
    }
}
