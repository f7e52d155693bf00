//! Commands on an instance that look and change nothing: `ssh INSTANCE dig NAME` and its like. Those that change the guest are acts
//! (`act::guest`); a new one that only looks stands in [`COMMANDS`], with a file of its own.

mod dig;
mod host;
mod names;

use super::{Failure, Host, said};
use crate::scenario::Scenario;
use eni_core::id::InstanceId;
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::model::network::Network;
use eni_core::model::vpc::Vpc;

/// A command on an instance.
pub struct GuestCommand {
    /// What it is called.
    pub name: &'static str,
    /// The words that may stand behind it, as far as they can be listed.
    pub words: &'static [&'static str],
    /// What it does.
    run: fn(&Guest<'_>, &[&str]) -> Result<String, Failure>,
}

/// Every command that only looks.
pub const COMMANDS: &[GuestCommand] = &[
    GuestCommand { name: "dig", words: &["+short", "-x", "A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"], run: dig::dig },
    GuestCommand { name: "getent", words: &["hosts"], run: host::getent },
    GuestCommand { name: "host", words: &[], run: host::host },
];

/// Where a command runs.
pub struct Guest<'s> {
    /// All that is there.
    pub scenario: &'s Scenario,
    /// The VPC of the instance: that of its primary ENI.
    pub vpc: &'s Vpc,
}

impl Guest<'_> {
    /// What is in the region.
    pub fn network(&self) -> &Network {
        &self.scenario.network
    }
}

/// Does a command on an instance if it is one that only looks; nothing if it is none.
pub fn look(host: &dyn Host, words: &[String]) -> Option<Result<String, Failure>> {
    let (name, command) = words.split_first()?;
    let (first, rest) = command.split_first()?;
    let found = COMMANDS.iter().find(|known| known.name == first)?;
    let scenario = host.scenario()?;
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    Some(guest(&scenario, name).and_then(|guest| (found.run)(&guest, &rest)))
}

/// The guest of a running instance.
fn guest<'s>(scenario: &'s Scenario, name: &str) -> Result<Guest<'s>, Failure> {
    let network = &scenario.network;
    let shown: String = name.chars().take(100).collect();
    let instance = called(scenario, name).ok_or_else(|| failed(255, &said::no_host(&shown)))?;
    let vpc = network.vpc(instance.vpc).filter(|_| instance.state == InstanceState::Running);
    let vpc = vpc.ok_or_else(|| failed(255, &said::host_is_down(&shown)))?;
    Ok(Guest { scenario, vpc })
}

/// The instance with this id, or name, on AWS or on the board; of several of one name the first that is not gone.
fn called<'s>(scenario: &'s Scenario, name: &str) -> Option<&'s Instance> {
    let network = &scenario.network;
    let by_id = name.parse::<InstanceId>().ok().and_then(|id| network.instance(id));
    let lives = |instance: &&Instance| instance.state != InstanceState::Terminated;
    let is_called = |instance: &&Instance| instance.tags.get("Name").is_some_and(|own| own == name);
    let on_board = |instance: &&Instance| scenario.scene.names.get(&instance.id.to_string()).is_some_and(|own| own == name);
    by_id.or_else(|| network.instances().filter(lives).find(is_called)).or_else(|| network.instances().filter(lives).find(on_board))
}

/// A failure with a line of text.
fn failed(exit: u8, text: &str) -> Failure {
    Failure { exit, text: format!("{text}\n") }
}
