//! What a shell speaks to: a region that takes calls, lets time pass and answers who reaches whom.

use super::Failure;
use crate::act::{Asking, Loading};
use crate::aws::ApiError;
use crate::scenario::Scenario;
use crate::trace::{Answer, Ask};
use crate::world::told::Told;
use eni_core::id::EniId;
use eni_core::observe::metrics::Nic;
use eni_core::sim::capture::Frame;
use eni_core::sim::load::Load;
use eni_core::time::{Duration, Instant};
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

    /// How many questions clients would ask in that time.
    fn questions_in(&self, span: Duration) -> u64 {
        let _ = span;
        0
    }

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

    /// A program on an instance asks something, once, and time passes until it knows what came of it.
    ///
    /// # Errors
    /// Who is meant is not there, or nothing is sent here: in plain words.
    fn ask(&mut self, asking: &Asking) -> Result<Told, String> {
        let _ = asking;
        Err(super::said::NO_TRAFFIC.to_owned())
    }

    /// A program on an instance sends for a while, and time passes until it is done.
    ///
    /// # Errors
    /// Who is meant is not there, or nothing is sent here: in plain words.
    fn load(&mut self, loading: &Loading) -> Result<Load, String> {
        let _ = loading;
        Err(super::said::NO_TRAFFIC.to_owned())
    }

    /// What flow logs have written, in lines: all of them, or that of one log or network interface, by its id.
    fn flow_logs(&self, which: Option<&str>) -> String {
        let _ = which;
        String::new()
    }

    /// What the driver of an ENI's card has counted.
    fn nic(&self, eni: EniId) -> Nic {
        let _ = eni;
        Nic::default()
    }

    /// How many connections more an ENI's instance may track, where that is limited.
    fn connections_left(&self, eni: EniId) -> Option<u32> {
        let _ = eni;
        None
    }

    /// What has crossed ENIs since a moment, in order.
    fn frames(&self, since: Instant) -> Vec<Frame> {
        let _ = since;
        Vec::new()
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
