//! The table of actions, by family.

mod address;
mod addressing;
mod block;
mod endpoint;
mod flow_log;
mod gateway;
mod group;
mod group_rules;
mod instance;
mod interface;
mod nat_gateway;
mod network_acl;
mod peering;
mod prefix_list;
mod read;
mod reservation;
mod route;
mod tag;
mod vpc;
mod vpn;

use super::describe::Describe;
use super::error::ApiError;
use super::input::Parameters;
use super::member::Member;
use eni_core::control::command::Command;

/// An action of a service.
#[derive(Clone, Copy)]
pub struct Action {
    /// AWS's name: `AttachNetworkInterface`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Its parameters.
    pub members: &'static [Member],
    /// Makes the typed request from checked parameters.
    pub(super) build: fn(&Parameters<'_>) -> Result<Request, ApiError>,
}

impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What an action asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// To change the network.
    Command(Command),
    /// To see it.
    Describe(Describe),
}

/// Every action, by family.
pub fn actions() -> impl Iterator<Item = &'static Action> {
    const FAMILIES: &[&[Action]] = &[
        vpc::ACTIONS,
        block::ACTIONS,
        reservation::ACTIONS,
        interface::ACTIONS,
        addressing::ACTIONS,
        address::ACTIONS,
        instance::ACTIONS,
        group::ACTIONS,
        group_rules::ACTIONS,
        prefix_list::ACTIONS,
        network_acl::ACTIONS,
        route::ACTIONS,
        gateway::ACTIONS,
        nat_gateway::ACTIONS,
        vpn::ACTIONS,
        endpoint::ACTIONS,
        peering::ACTIONS,
        flow_log::ACTIONS,
        tag::ACTIONS,
        read::ACTIONS,
    ];
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The action of this service and name.
pub fn action(service: &str, name: &str) -> Option<&'static Action> {
    if service == "ec2" { actions().find(|action| action.name == name) } else { None }
}

/// A request that changes the network.
fn command(command: Command) -> Result<Request, ApiError> {
    Ok(Request::Command(command))
}
