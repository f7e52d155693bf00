//! What no single call of AWS does: a service takes a subnet, and leaves it. `eni api` knows both as actions of `world`.

use super::check;
use super::error::ApiError;
use super::input::{Parameters, id};
use super::member::{Member, Wire, optional, required};
use eni_core::control::command::{Command, ServiceTakes};
use eni_core::model::service::Service;
use serde_json::{Map, Value};

const TAKES: &[Member] = &[
    required("Service", Wire::Text, "rds, alb or nlb"),
    required("SubnetId", Wire::Id("subnet"), "the subnet"),
    optional("Name", Wire::Text, "what it is called"),
    optional("Groups", Wire::List(&Wire::Id("sg")), "the groups of its interface"),
];
const LEAVES: &[Member] = &[required("NetworkInterfaceId", Wire::Id("eni"), "the interface that it made")];

/// A service takes a subnet. It is called as its word is, if it has no name.
///
/// # Errors
/// `InvalidParameterValue` for a service that takes none here, `….Malformed` for ids.
pub(crate) fn service_takes(service: &str, subnet: &str, name: &str, groups: &[&str]) -> Result<Command, ApiError> {
    let known = Service::of_word(service);
    let service = known.ok_or_else(|| ApiError::invalid("Service", service, "These take a subnet here: rds, alb, nlb."))?;
    let name = if name.is_empty() { service.word().to_owned() } else { name.to_owned() };
    let groups = groups.iter().map(|group| id(group)).collect::<Result<_, _>>()?;
    Ok(Command::ServiceTakes(Box::new(ServiceTakes { service, subnet: id(subnet)?, name, groups })))
}

/// A service gives up what it took.
///
/// # Errors
/// `….Malformed` for what is no id of a network interface.
pub(crate) fn service_leaves(eni: &str) -> Result<Command, ApiError> {
    Ok(Command::ServiceLeaves(id(eni)?))
}

/// The command of the action `ServiceTakes` or `ServiceLeaves`.
///
/// # Errors
/// As [`super::prepare`] says of actions of AWS.
pub(crate) fn service_call(action: &str, parameters: &Map<String, Value>) -> Result<Command, ApiError> {
    let takes = action == "ServiceTakes";
    check::members(if takes { TAKES } else { LEAVES }, parameters)?;
    let p = Parameters::new(parameters);
    if !takes {
        return service_leaves(&p.text_or_empty("NetworkInterfaceId"));
    }
    let groups: Vec<&str> = p.texts("Groups").collect();
    service_takes(&p.text_or_empty("Service"), &p.text_or_empty("SubnetId"), &p.text_or_empty("Name"), &groups)
}
