//! AWS's own names: one table of actions and members, and one interpreter that reads JSON parameters, prints command lines, and reads and
//! writes describe members by it.
//!
//! [`prepare`] turns an action with JSON parameters into a typed command; [`express`] does the opposite; [`echo`] prints the line that one
//! would type; [`describe()`] answers a describe call. There is no type per request: a row of the table costs bytes where a type costs
//! kilobytes (DESIGN.md, "Why a table of actions").

mod actions;
mod check;
mod describe;
mod echo;
mod error;
mod express;
mod fault;
mod filter;
mod ids;
mod input;
mod kind;
mod launch_names;
pub(crate) mod look;
mod member;
mod metrics;
mod names;
pub(crate) mod object;
mod records;
mod reply;
mod service;
pub mod shape;
mod text;
mod time;
mod tokens;
mod traffic;
mod wording;

pub use actions::{Action, Request, SERVICES, ServiceTable, action, actions, all_actions, service_named, service_of};
pub(crate) use actions::{payload, text_of_base64};
pub use describe::{Describe, describe, described};
pub use echo::{echo, quote};
pub use error::ApiError;
pub use express::express;
pub(crate) use express::{acl_entry, destination, metadata_options, permission, put_alarm, route_target};
pub(crate) use fault::fault_call;
pub use ids::ids;
pub(crate) use input::Parameters;
pub use kind::Kind;
pub use member::{Member, Presence, Wire, kebab};
pub use names::resolve;
pub use records::{Reader, Records, format_of};
pub use reply::reply;
pub(crate) use service::{service_call, service_leaves, service_takes};
pub(crate) use shape::spot_market;
pub use text::Json;
pub use time::{Epoch, EpochError};
pub use tokens::Tokens;
pub(crate) use tokens::made_up as made_up_token;
pub(crate) use traffic::{read_acl as read_acl_traffic, read_permission as read_rule_traffic, write_permission as write_rule_traffic};

use serde_json::{Map, Value};

/// A request that was read: what is asked, and whether it is only a rehearsal.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// What is asked.
    pub request: Request,
    /// Whether nothing may change (`--dry-run`).
    pub dry_run: bool,
    /// What tells a repetition of the request from a second one.
    pub token: Option<String>,
}

/// Reads an action's JSON parameters by the table.
///
/// # Errors
/// `UnsupportedOperation` for an action that is not in the table, `UnknownParameter`, `MissingParameter`, `Invalid….Malformed` for ids,
/// `InvalidParameterValue` for values of the wrong kind.
pub fn prepare(service: &str, name: &str, parameters: &Map<String, Value>) -> Result<Prepared, ApiError> {
    let action = action(service, name).ok_or_else(|| ApiError::unsupported(service, name))?;
    check::members(action.members, parameters).map_err(|error| wording::of(name, error))?;
    let parameters = Parameters::new(parameters);
    let request = (action.build)(&parameters)?;
    let token = parameters.text("ClientToken").filter(|token| !token.is_empty());
    token.map_or(Ok(()), tokens::check)?;
    Ok(Prepared { request, dry_run: parameters.flag("DryRun").unwrap_or(false), token: token.map(str::to_owned) })
}

#[cfg(test)]
mod tests;
