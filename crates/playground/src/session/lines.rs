//! The lines of the command line: what was done, one line each, and what was typed with all that it printed.
//!
//! What one line does is one step of undo: its later acts are joined to its first one.

use super::Session;
use super::perform::Asked;
use crate::scenario::Scenario;
use crate::trace::{Answer, Ask, answer};
use crate::view::board::RefusalView;
use crate::world::told::Told;
use eni_core::control::transition::settled_at;
use eni_core::id::EniId;
use eni_core::observe::metrics::Nic;
use eni_core::sim::capture::Frame;
use eni_core::sim::key::ClientId;
use eni_core::sim::load::{Load, LoadId};
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value};
use std::rc::Rc;

/// How many lines are kept.
const LINES_KEPT: usize = 200;
/// How many bytes of what lines printed are kept; beyond that the oldest lines keep only that they were done.
const PRINTED_KEPT: usize = 2 << 20;

/// A line of the command line.
#[derive(Clone, Debug, PartialEq)]
pub struct EchoView {
    /// Counts the lines: another number, another line.
    pub number: u64,
    /// The command line.
    pub line: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// A few words on what came of it.
    pub note: String,
    /// Whether somebody typed it; what was done on the board stands there without having been typed.
    pub typed: bool,
    /// What it printed.
    pub printed: Rc<[PrintedView]>,
}

/// A piece of what a line printed.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedView {
    /// The text, with its line ends.
    pub text: String,
    /// Whether it is an error.
    pub error: bool,
    /// Of a refusal: why, and what would be accepted.
    pub refusal: Option<Rc<RefusalView>>,
}

/// The line that is being run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Whether it has done something that undo takes back.
    pub(super) has_done: bool,
    /// Whether each of its acts has a line of its own, as when a journal is replayed.
    pub(super) noted: bool,
}

impl Session {
    /// The lines, oldest first.
    pub fn echo(&self) -> Vec<EchoView> {
        self.echo.iter().cloned().collect()
    }

    /// The number of the newest line; 0 if there is none.
    pub fn newest_line(&self) -> u64 {
        self.echo.back().map_or(0, |line| line.number)
    }

    /// Takes note of something that was done on the board, or by itself.
    pub(super) fn note(&mut self, line: String, accepted: bool, note: String) {
        self.add_line(EchoView { number: 0, line, accepted, note, typed: false, printed: Rc::new([]) });
    }

    /// The same for an act; one of a typed line has no line of its own.
    pub(super) fn note_act(&mut self, line: &str, accepted: bool, note: String) {
        if self.line.is_none_or(|line| line.noted) {
            self.note(line.to_owned(), accepted, note);
        }
    }

    fn add_line(&mut self, line: EchoView) {
        self.lines_noted += 1;
        if self.echo.len() >= LINES_KEPT {
            self.echo.pop_front();
        }
        self.echo.push_back(EchoView { number: self.lines_noted, ..line });
        let size = |line: &EchoView| line.printed.iter().map(|piece| piece.text.len()).sum::<usize>();
        let mut left = PRINTED_KEPT;
        for line in self.echo.iter_mut().rev() {
            let printed = size(line);
            match left.checked_sub(printed) {
                Some(rest) => left = rest,
                None => (left, line.printed) = (0, Rc::new([])),
            }
        }
    }

    /// A typed line begins: what is done until [`Session::end_line`] is one step, and no line of its own.
    pub(crate) fn begin_line(&mut self) {
        self.line = Some(Line::default());
    }

    /// The typed line is done, and this is what it printed.
    pub(crate) fn end_line(&mut self, line: &str, accepted: bool, printed: Vec<PrintedView>) {
        self.line = None;
        self.add_line(EchoView { number: 0, line: line.to_owned(), accepted, note: String::new(), typed: true, printed: printed.into() });
    }

    /// Whether what is done next belongs to the act before it.
    pub(super) fn is_joined(&self) -> bool {
        self.line.is_some_and(|line| line.has_done)
    }

    /// Something was done that undo takes back.
    pub(super) fn has_done(&mut self) {
        if let Some(line) = &mut self.line {
            line.has_done = true;
        }
    }

    /// The answer to a call by which nothing can change: one that describes, a rehearsal, one that cannot be read. Nothing for the others: they are acts.
    pub(crate) fn look(&self, service: &str, action: &str, parameters: &Map<String, Value>) -> Option<Result<Value, Box<RefusalView>>> {
        match self.world.asked_for(service, action, parameters, self.language) {
            Asked::Look(looked) => Some(looked),
            Asked::Act { .. } => None,
        }
    }

    /// The region's name.
    pub fn region(&self) -> &str {
        self.world.network().region()
    }

    /// Lets time pass until nothing is under way any more. The second half of a move begins when the first one is over: it is waited for, too.
    pub(crate) fn settle(&mut self) {
        let moves = !self.world.follows.is_empty();
        for _half in 0..1 + u8::from(moves) {
            let now = self.world.sim.now();
            self.pass(settled_at(self.world.network(), now).since(now));
        }
    }

    /// Lets time pass up to the next change that comes by itself, and not longer than this; how long it was.
    pub(crate) fn pass_to_change(&mut self, at_most: Duration) -> Duration {
        let now = self.world.sim.now();
        let next = self.world.network().next_transition().map(|(key, _)| key.at.since(now));
        self.pass(next.map_or(at_most, |span| span.min(at_most)));
        self.world.sim.now().since(now)
    }

    /// Lets time pass, up to a whole microsecond: every act stands at one.
    pub(crate) fn pass(&mut self, span: Duration) {
        self.advance(span.as_nanos().div_ceil(1_000));
    }

    /// Waits until a question that was asked once has ended.
    pub(crate) fn see_out(&mut self, question: ClientId) -> Told {
        loop {
            let (world, observer) = (&mut self.world, &mut self.observer);
            let told = world.see_out(question, &mut |event| observer.see(event));
            self.follow_on();
            if let Some(told) = told {
                self.catch_up();
                return told;
            }
        }
    }

    /// Follows a packet and its answer.
    pub(crate) fn trace(&self, ask: &Ask) -> Result<Answer, String> {
        answer(&self.kept(), ask)
    }

    /// What flow logs have written, in lines: all of them, or that of one log or network interface, by its id.
    pub(crate) fn flow_logs(&self, which: Option<&str>) -> String {
        self.world.reader().plain(which)
    }

    /// What the driver of an ENI's card has counted.
    pub(crate) fn nic(&self, eni: EniId) -> Nic {
        self.world.sim.metrics().nic(eni)
    }

    /// How many connections more an ENI's instance may track, where that is limited.
    pub(crate) fn connections_left(&self, eni: EniId) -> Option<u32> {
        self.world.sim.connections_left(eni)
    }

    /// A load, as far as it has come.
    pub(crate) fn load_of(&self, id: LoadId) -> Option<Load> {
        self.world.sim.load_of(id).cloned()
    }

    /// What has crossed ENIs since a moment.
    pub(crate) fn frames(&self, since: Instant) -> Vec<Frame> {
        self.world.frames(since)
    }

    /// How many questions clients would ask in that time.
    pub(crate) fn questions_in(&self, span: Duration) -> u64 {
        self.world.questions_in(span)
    }

    /// What a document would keep of this moment.
    pub(crate) fn kept(&self) -> Scenario {
        self.world.scenario()
    }

    /// The ids of everything that can be described, in order.
    pub fn ids(&self) -> Vec<String> {
        crate::aws::ids(self.world.network(), self.world.epoch)
    }
}
