//! A region by itself: what `eni run` works on. It is the world of a page without the page, so that a line does the same in both.

use super::{Failure, Host};
use crate::account::{Account, NoRegion};
use crate::act::typed::{self, Line};
use crate::act::{Act, Asking, Loading, SceneAct, service};
use crate::aws::ApiError;
use crate::scenario::{Scenario, save};
use crate::session::follow_act;
use crate::trace::{Answer, Ask, Connections, answer};
use crate::view::board::RefusalView;
use crate::words::Language;
use crate::words::shell::{RUN_HELP, no_interface, no_log_or_interface};
use crate::world::World;
use crate::world::told::Told;
use eni_core::control::transition::settled_at;
use eni_core::id::EniId;
use eni_core::model::network::Network;
use eni_core::observe::metrics::Nic;
use eni_core::sim::Simulator;
use eni_core::sim::capture::Frame;
use eni_core::sim::key::ClientId;
use eni_core::sim::load::{Load, LoadId};
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value};

/// What randomness begins with where no document says it.
const SEED: u64 = 0;

/// A region by itself, with what of a document is not part of a network.
#[derive(Clone, Debug)]
pub struct Lone {
    world: World,
    connections: Connections,
    /// Whether what takes time is done between two calls.
    settles: bool,
}

impl Lone {
    /// A region as a new account finds it; with nothing in it if `empty`.
    ///
    /// # Errors
    /// The text is not a region's name.
    pub fn new(region: &str, empty: bool) -> Result<Lone, NoRegion> {
        let account = if empty { Account::empty(region)? } else { Account::fresh(region)? };
        Ok(Lone::on(World::new(Simulator::new(account.network().clone(), SEED), SEED)))
    }

    /// The region of a document.
    pub fn of(scenario: Scenario) -> Lone {
        Lone::on(World::of_scenario(scenario))
    }

    /// What is in the region.
    pub fn network(&self) -> &Network {
        self.world.network()
    }

    /// Whether there is no flow log, nor records of one that is gone.
    pub fn network_has_no_flow_logs(&self) -> bool {
        self.network().flow_logs().next().is_none() && self.world.sim.flow_logs().logs().next().is_none()
    }

    /// The ENI with this id.
    ///
    /// # Errors
    /// There is none.
    pub fn eni(&self, id: &str) -> Result<EniId, String> {
        let eni = id.parse().ok().and_then(|id| self.network().eni(id));
        eni.map(|eni| eni.id).ok_or_else(|| no_interface(id))
    }

    /// Whether this is the id of a flow log or of an ENI, also of one that is gone and has left records.
    ///
    /// # Errors
    /// It is neither.
    pub fn flow_log_or_eni(&self, id: &str) -> Result<(), String> {
        let logs = self.world.sim.flow_logs();
        let is_log = self.world.reader().all_logs().any(|log| log.id.to_string() == id);
        let has_records = || logs.records().any(|record| record.eni.to_string() == id);
        if is_log || self.eni(id).is_ok() || has_records() { Ok(()) } else { Err(no_log_or_interface(id)) }
    }

    /// The packets that were sent and are kept, as a pcapng file: all of them, or those of one ENI. Nothing if there is none.
    pub fn capture(&self, only: Option<EniId>) -> Option<Vec<u8>> {
        self.world.capture(only)
    }

    /// From now on what takes time is waited for (`wait`, `aws ec2 wait`), and not done between two calls.
    pub fn without_settling(mut self) -> Lone {
        self.settles = false;
        self
    }

    fn on(world: World) -> Lone {
        Lone { world: world.without_board(), connections: Connections::default(), settles: true }
    }

    /// The region as a document.
    pub fn save(&self) -> String {
        save(&self.world.scenario())
    }

    /// Does an act; what was refused has changed nothing.
    fn act(&mut self, act: &Act) -> Result<Value, Box<RefusalView>> {
        let before = self.world.clone();
        let done = self.world.perform(act, Language::English, &mut |_| {});
        self.follow_on();
        done.map(|done| done.reply).inspect_err(|_| self.world = before)
    }

    /// Does the second halves of moves that are due. One that is refused is forgotten: what it wanted has become impossible meanwhile.
    fn follow_on(&mut self) {
        while let Some(act) = self.world.take_due().and_then(follow_act) {
            let _ = self.world.perform(&act, Language::English, &mut |_| {});
        }
    }

    fn pass_to(&mut self, moment: Instant) {
        while let Some(follow) = self.world.run_until(moment, &mut |_| {}) {
            if let Some(act) = follow_act(follow) {
                let _ = self.world.perform(&act, Language::English, &mut |_| {});
            }
        }
    }

    /// Lets time pass until nothing is under way any more, the second half of a move included.
    pub fn settle(&mut self) {
        let moves = !self.world.follows.is_empty();
        for _half in 0..1 + u8::from(moves) {
            self.pass_to(settled_at(self.world.network(), self.world.sim.now()));
        }
    }

    /// How a question ended.
    fn see_out(&mut self, question: ClientId) -> Told {
        loop {
            let told = self.world.see_out(question, &mut |_| {});
            self.follow_on();
            if let Some(told) = told {
                return told;
            }
        }
    }
}

impl Host for Lone {
    fn region(&self) -> &str {
        self.world.network().region()
    }

    fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        let act = Act::Api { service: service.to_owned(), action: action.to_owned(), parameters: Value::Object(parameters.clone()) };
        // A call is carried out whole or not at all: there is nothing to take back.
        let done = self.world.perform(&act, Language::English, &mut |_| {});
        self.follow_on();
        if self.settles {
            self.settle();
        }
        done.map(|done| done.reply).map_err(|refusal| ApiError::new(refusal.code.clone(), refusal.message.clone()))
    }

    fn wait(&mut self, span: Duration) {
        self.pass_to(self.world.sim.now() + span);
    }

    fn questions_in(&self, span: Duration) -> u64 {
        self.world.questions_in(span)
    }

    fn trace(&self, ask: &Ask) -> Result<Answer, String> {
        answer(&self.world.scenario(), ask)
    }

    fn scenario(&self) -> Option<Scenario> {
        Some(self.world.scenario())
    }

    fn own(&mut self, name: &str, words: &[String]) -> Option<Result<String, Failure>> {
        let act = match typed::line(name, words)? {
            Line::Act(act) => act,
            Line::Usage(usage) => return Some(Err(Failure { exit: 2, text: format!("{usage}\n") })),
        };
        let done = self.act(&act);
        Some(match done {
            Ok(reply) => Ok(service::printed(&reply)),
            Err(refusal) => {
                let code = if refusal.code.is_empty() { String::new() } else { format!("{}: ", refusal.code) };
                Err(Failure { exit: 1, text: format!("{name}: {code}{}\n", refusal.message) })
            }
        })
    }

    fn own_help(&self) -> &'static str {
        RUN_HELP
    }

    fn ask(&mut self, asking: &Asking) -> Result<Told, String> {
        let reply = self.act(&Act::Scene(SceneAct::Ask(asking.clone()))).map_err(|refusal| refusal.message)?;
        Ok(self.see_out(question(&reply)))
    }

    fn load(&mut self, loading: &Loading) -> Result<Load, String> {
        let reply = self.act(&Act::Scene(SceneAct::Load(loading.clone()))).map_err(|refusal| refusal.message)?;
        self.wait(Duration::from_secs(loading.seconds));
        self.world.sim.load_of(begun(&reply)).cloned().ok_or_else(String::new)
    }

    fn flow_logs(&self, which: Option<&str>) -> String {
        self.world.reader().plain(which)
    }

    fn nic(&self, eni: EniId) -> Nic {
        self.world.sim.metrics().nic(eni)
    }

    fn connections_left(&self, eni: EniId) -> Option<u32> {
        self.world.sim.connections_left(eni)
    }

    fn frames(&self, since: Instant) -> Vec<Frame> {
        self.world.frames(since)
    }

    fn connect(&mut self, ask: &Ask, again: bool) -> Result<Answer, String> {
        let scenario = self.world.scenario();
        if again { self.connections.go_on(&scenario, ask) } else { self.connections.open(&scenario, ask) }
    }
}

/// The number of a question in the answer to the act that asked it.
pub fn question(reply: &Value) -> ClientId {
    let number = reply.get("Client").and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    ClientId(number.unwrap_or(0))
}

/// The number of a load in the answer to the act that began it.
pub fn begun(reply: &Value) -> LoadId {
    let number = reply.get("Load").and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    LoadId(number.unwrap_or(0))
}
