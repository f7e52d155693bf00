//! What a shell speaks to: a region that takes calls, lets time pass and answers who reaches whom.

use super::Failure;
use crate::account::{Account, NoRegion};
use crate::act::service;
use crate::aws::ApiError;
use crate::scenario::{Scenario, Scene, save};
use crate::trace::{Answer, Ask, Connections, answer};
use eni_core::time::Duration;
use serde_json::{Map, Value};

/// A region of an account, as a terminal meets it.
pub trait Host {
    /// The region's name.
    fn region(&self) -> &str;

    /// Answers a call; what takes time is done before the next one.
    ///
    /// # Errors
    /// AWS's refusal.
    fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError>;

    /// Lets time pass.
    fn wait(&mut self, span: Duration);

    /// Lets time pass for somebody who waits for something to become so, at most this long; how long it was.
    fn wait_for_change(&mut self, at_most: Duration) -> Duration {
        self.wait(at_most);
        at_most
    }

    /// Follows a packet and its answer.
    ///
    /// # Errors
    /// Who is meant is not there: in plain words.
    fn trace(&self, ask: &Ask) -> Result<Answer, String>;

    /// All that is there, at this moment, for commands on instances; nothing where there are no instances to type on.
    fn scenario(&self) -> Option<Scenario> {
        None
    }

    /// What `help` says of the commands that only this host knows.
    fn own_help(&self) -> &'static str {
        ""
    }

    /// Does a command that only this host knows; nothing if it does not know it.
    fn own(&mut self, _name: &str, _words: &[String]) -> Option<Result<String, Failure>> {
        None
    }

    /// Opens a connection and keeps it; with `again`, follows one more packet of a connection that was opened, and its answer.
    ///
    /// # Errors
    /// Who is meant is not there, or connections are not kept here: in plain words.
    fn connect(&mut self, ask: &Ask, again: bool) -> Result<Answer, String> {
        let _ = (ask, again);
        Err(super::said::NO_CONNECTIONS.to_owned())
    }
}

/// An account by itself, with what of a document is not part of a network.
#[derive(Clone, Debug)]
pub struct Lone {
    account: Account,
    title: String,
    seed: u64,
    scene: Scene,
    connections: Connections,
}

impl Lone {
    /// A region as a new account finds it; with nothing in it if `empty`.
    ///
    /// # Errors
    /// The text is not a region's name.
    pub fn new(region: &str, empty: bool) -> Result<Lone, NoRegion> {
        let account = if empty { Account::empty(region)? } else { Account::fresh(region)? };
        Ok(Lone { account, title: String::new(), seed: 0, scene: Scene::default(), connections: Connections::default() })
    }

    /// The region of a document.
    pub fn of(scenario: Scenario) -> Lone {
        let account = Account::holding(scenario.network, scenario.clock, scenario.epoch);
        Lone { account, title: scenario.title, seed: scenario.seed, scene: scenario.scene, connections: Connections::default() }
    }

    fn kept(&self) -> Scenario {
        let (network, clock, epoch) = (self.account.network().clone(), self.account.now(), self.account.epoch());
        Scenario { title: self.title.clone(), network, epoch, clock, seed: self.seed, scene: self.scene.clone() }
    }

    /// The region as a document.
    pub fn save(&self) -> String {
        save(&self.kept())
    }
}

impl Lone {
    /// A service takes a subnet, or leaves it.
    fn service(&mut self, words: &[String]) -> Result<String, Failure> {
        let failed = |exit, text: &str| Failure { exit, text: format!("{text}\n") };
        let act = service::of_words(words).ok_or_else(|| failed(2, super::said::SERVICE_USAGE))?;
        let done = service::command(&act, &str::to_owned).and_then(|command| self.account.own_command(&command));
        done.map(|reply| service::printed(&reply)).map_err(|error| failed(1, &format!("service: {error}")))
    }
}

impl Host for Lone {
    fn region(&self) -> &str {
        self.account.network().region()
    }

    fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        let answer = self.account.call(service, action, parameters);
        self.account.settle();
        answer
    }

    fn wait(&mut self, span: Duration) {
        self.account.wait(span);
    }

    fn trace(&self, ask: &Ask) -> Result<Answer, String> {
        answer(&self.kept(), ask)
    }

    fn scenario(&self) -> Option<Scenario> {
        Some(self.kept())
    }

    fn own(&mut self, name: &str, words: &[String]) -> Option<Result<String, Failure>> {
        if name == "service" {
            return Some(self.service(words));
        }
        if name != "fault" {
            return None;
        }
        let failed = |exit: u8, text: &str| Failure { exit, text: format!("{text}\n") };
        let ("spot-notice", [instance]) = words.split_first().map_or(("", words), |(kind, rest)| (kind.as_str(), rest)) else {
            return Some(Err(failed(2, super::said::FAULT_USAGE)));
        };
        let parameters = Map::from_iter([("InstanceId".to_owned(), instance.as_str().into())]);
        let told = self.account.call("world", "SpotNotice", &parameters);
        Some(told.map(|_| String::new()).map_err(|error| failed(1, &format!("fault: {error}"))))
    }

    fn connect(&mut self, ask: &Ask, again: bool) -> Result<Answer, String> {
        let scenario = self.kept();
        if again { self.connections.go_on(&scenario, ask) } else { self.connections.open(&scenario, ask) }
    }
}
