//! The session as the shell meets it.

use super::Desk;
use crate::act::typed::{self, Line};
use crate::act::{Act, Asking, Loading, SceneAct, service};
use crate::aws::ApiError;
use crate::scenario::Scenario;
use crate::shell::{Failure, Host, PAGE_HELP, begun, question};
use crate::trace::{Answer, Ask, Connections};
use crate::view::board::RefusalView;
use crate::world::told::Told;
use eni_core::id::EniId;
use eni_core::observe::metrics::Nic;
use eni_core::sim::capture::Frame;
use eni_core::sim::load::Load;
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value};
use std::rc::Rc;

/// What a line has done to the journal and to time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wrote {
    /// Whether a call was made.
    pub called: bool,
    /// Whether something was written down.
    pub wrote: bool,
}

/// The session behind a desk.
pub struct Hosted<'a> {
    desk: &'a mut dyn Desk,
    connections: &'a mut Connections,
    wrote: Wrote,
    /// Whether what takes time is done before the next call.
    settles: bool,
    /// Whether time has passed since something was written down.
    passed: bool,
    refusals: Vec<Rc<RefusalView>>,
    region: String,
}

impl<'a> Hosted<'a> {
    /// The session behind this desk. `goes_on` if a call was made before by what was typed together.
    pub fn new(desk: &'a mut dyn Desk, connections: &'a mut Connections, goes_on: bool) -> Hosted<'a> {
        let region = desk.session().region().to_owned();
        Hosted { desk, connections, wrote: Wrote::default(), settles: goes_on, passed: false, refusals: Vec::new(), region }
    }

    /// What was done, and what was refused, in order. How far time came is written down, if nothing after it says so.
    pub fn done(mut self) -> (Wrote, Vec<Rc<RefusalView>>) {
        if self.passed {
            let entry = self.desk.session().journal_time();
            self.write_down(entry);
        }
        (self.wrote, self.refusals)
    }

    fn write_down(&mut self, entry: String) {
        self.desk.write_down(entry);
        self.wrote.wrote = true;
        self.passed = false;
    }

    fn pass(&mut self, pass: impl FnOnce(&mut dyn Desk)) {
        let before = self.desk.session().now();
        pass(self.desk);
        self.passed |= self.desk.session().now() != before;
    }

    /// Does an act as it is done on the board: written down first.
    fn act(&mut self, act: &Act) -> Result<Value, Box<RefusalView>> {
        if let Some(message) = self.desk.closed() {
            let code = "UnauthorizedOperation".to_owned();
            return Err(Box::new(RefusalView { code, headline: message.clone(), message, ..RefusalView::default() }));
        }
        let entry = self.desk.session().journal_line(act);
        self.write_down(entry);
        self.desk.session_mut().execute(act).result.map_err(Box::new)
    }

    /// What was typed together waits for one another: what a call or a move before has begun is done first.
    fn take_turn(&mut self) {
        if std::mem::replace(&mut self.settles, true) {
            self.pass(|desk| desk.session_mut().settle());
        }
        self.wrote.called = true;
    }

    fn error(&mut self, refusal: Box<RefusalView>) -> ApiError {
        let error = ApiError::new(refusal.code.clone(), refusal.message.clone());
        self.refusals.push(Rc::from(refusal));
        error
    }
}

impl Host for Hosted<'_> {
    fn region(&self) -> &str {
        &self.region
    }

    fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        self.take_turn();
        let answer = self.desk.session().look(service, action, parameters).unwrap_or_else(|| {
            self.act(&Act::Api { service: service.to_owned(), action: action.to_owned(), parameters: Value::Object(parameters.clone()) })
        });
        answer.map_err(|refusal| self.error(refusal))
    }

    fn wait(&mut self, span: Duration) {
        self.pass(|desk| desk.session_mut().pass(span));
    }

    fn wait_for_change(&mut self, at_most: Duration) -> Duration {
        let mut passed = Duration::ZERO;
        self.pass(|desk| passed = desk.session_mut().pass_to_change(at_most));
        passed
    }

    fn questions_in(&self, span: Duration) -> u64 {
        self.desk.session().questions_in(span)
    }

    fn trace(&self, ask: &Ask) -> Result<Answer, String> {
        self.desk.session().trace(ask)
    }

    fn flow_logs(&self, which: Option<&str>) -> String {
        self.desk.session().flow_logs(which)
    }

    fn nic(&self, eni: EniId) -> Nic {
        self.desk.session().nic(eni)
    }

    fn connections_left(&self, eni: EniId) -> Option<u32> {
        self.desk.session().connections_left(eni)
    }

    fn frames(&self, since: Instant) -> Vec<Frame> {
        self.desk.session().frames(since)
    }

    fn connect(&mut self, ask: &Ask, again: bool) -> Result<Answer, String> {
        let scenario = self.desk.session().kept();
        if again { self.connections.go_on(&scenario, ask) } else { self.connections.open(&scenario, ask) }
    }

    fn ask(&mut self, asking: &Asking) -> Result<Told, String> {
        self.take_turn();
        match self.act(&Act::Scene(SceneAct::Ask(asking.clone()))) {
            Ok(reply) => {
                let mut told = None;
                self.pass(|desk| told = Some(desk.session_mut().see_out(question(&reply))));
                told.ok_or_else(String::new)
            }
            Err(refusal) => {
                let message = refusal.message.clone();
                self.refusals.push(Rc::from(refusal));
                Err(message)
            }
        }
    }

    fn load(&mut self, loading: &Loading) -> Result<Load, String> {
        self.take_turn();
        match self.act(&Act::Scene(SceneAct::Load(loading.clone()))) {
            Ok(reply) => {
                self.wait(Duration::from_secs(loading.seconds));
                self.desk.session().load_of(begun(&reply)).ok_or_else(String::new)
            }
            Err(refusal) => {
                let message = refusal.message.clone();
                self.refusals.push(Rc::from(refusal));
                Err(message)
            }
        }
    }

    fn scenario(&self) -> Option<Scenario> {
        Some(self.desk.session().kept())
    }

    fn own_help(&self) -> &'static str {
        PAGE_HELP
    }

    fn own(&mut self, name: &str, words: &[String]) -> Option<Result<String, Failure>> {
        let failed = |text: &str| Failure { exit: 1, text: format!("{name}: {text}\n") };
        if let "undo" | "redo" = name {
            let turned = match self.desk.closed() {
                Some(why) => Err(failed(&why)),
                None => Ok(self.desk.turn(name == "undo")),
            };
            self.wrote.wrote = true;
            return Some(turned.map(|_| String::new()));
        }
        let act = match typed::line(name, words)? {
            Line::Act(act) => act,
            Line::Usage(usage) => return Some(Err(Failure { exit: 2, text: format!("{usage}\n") })),
        };
        // What only names or places something waits for nothing.
        if !matches!(act, Act::Scene(SceneAct::Name { .. } | SceneAct::Place { .. } | SceneAct::Title { .. })) {
            self.take_turn();
        }
        Some(match self.act(&act) {
            Ok(reply) => Ok(service::printed(&reply)),
            Err(refusal) => {
                let failure = failed(&refusal.message);
                self.refusals.push(Rc::from(refusal));
                Err(failure)
            }
        })
    }
}
