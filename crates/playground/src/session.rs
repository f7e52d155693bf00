//! The session: the one boundary between the playground and whoever shows it.
//!
//! It owns the world (the simulator and what the board remembers), the history and the observers. Acts go in, views come out. A move is the one act
//! with two halves: the ENI is detached now, and attached, as an act of its own, at the moment when it is off.

mod ends;
mod evidence;
mod journal;
mod kit;
mod lines;
mod observe;
mod panes;
mod perform;
mod step;
mod store;
mod targets;
mod timeline;

use crate::act::{Act, WorldAct};
use crate::history::{History, Replay};
use crate::scene;
use crate::view::board::{BoardView, DropTarget, RefusalView};
use crate::view::make::Maker;
use crate::view::timeline::FlightView;
use crate::view::why::{BlockerView, RemedyView};
use crate::words::{ActKey, Key, Language};
use crate::world::{Follow, World};
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::verdict::Place;
use eni_core::sim::event::SimEvent;
use eni_core::time::{Duration, Instant};
use kit::Kit;
use lines::Line;
use observe::Observer;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

pub(crate) use ends::LAMBDA;
pub use kit::{MOST_VARIABLES_KEPT, Variables};
pub use lines::{EchoView, PrintedView};
pub use panes::Again;
pub(crate) use perform::follow_act;
pub use timeline::{Landmark, Walk};

/// What came of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The act as a command line.
    pub echo: String,
    /// The reply, or the refusal.
    pub result: Result<Value, RefusalView>,
    /// What to say aloud: "svc is attaching to web-2 at index 1."
    pub announcement: String,
}

/// A scene that comes with the playground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SceneView {
    /// Its id, as in `?scenario=`.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// What it shows, in a sentence.
    pub summary: String,
}

/// An act that was done, at its moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    at: Instant,
    act: Act,
    summary: String,
    /// Whether it was done by the same line as the one before it: undo takes both back.
    joined: bool,
}

impl Replay for World {
    type Entry = Entry;

    fn go_to(&mut self, entry: &Entry) {
        // A second half that comes due on the way was done as an act of its own, or undone: either way not by itself again.
        while self.run_until(entry.at, &mut |_| {}).is_some() {}
    }

    fn redo(&mut self, entry: &Entry) {
        // It was accepted then, in this very world.
        let _ = self.perform(&entry.act, Language::English, &mut |_| {});
    }
}

/// The playground as one value.
#[derive(Clone, Debug)]
pub struct Session {
    world: World,
    history: History<World>,
    observer: Observer,
    language: Language,
    echo: VecDeque<EchoView>,
    lines_noted: u64,
    /// The typed line that is being run.
    line: Option<Line>,
    kit: Kit,
    scene: &'static str,
    /// Counts the states of the network: what was worked out for another one is worked out again.
    version: u64,
    remedies: RefCell<Option<Kept>>,
    /// The boxes of the board, and the state of the network that they show: a page asks for them many times a second.
    boxes: RefCell<Option<(u64, BoardView)>>,
}

/// What refuses a packet in a state of the network while a certain check stops it, and remedies.
type Kept = ((u64, u64, Option<(Place, Check, Option<Code>)>), (Vec<BlockerView>, Vec<RemedyView>));

impl Session {
    /// Opens a built-in scene; the first one if the id is empty. Every time with the same seed.
    ///
    /// # Errors
    /// An unknown id, in plain words.
    pub fn open(id: &str) -> Result<Session, String> {
        Session::open_seeded(id, store::SCENE_SEED)
    }

    /// Opens a built-in scene with a seed of its own: the same scene, seed and acts are the same run.
    ///
    /// # Errors
    /// An unknown id, in plain words.
    pub fn open_seeded(id: &str, seed: u64) -> Result<Session, String> {
        let scene = scene::find(id).ok_or_else(|| Language::English.say(Key::UnknownScene { id }))?;
        Ok(Session::start(World::of_scene(scene, seed)?, scene.id))
    }

    /// What randomness began with.
    pub fn seed(&self) -> u64 {
        self.world.seed
    }

    fn start(world: World, scene: &'static str) -> Session {
        let mut session = Session {
            world,
            history: History::default(),
            observer: Observer::default(),
            language: Language::default(),
            echo: VecDeque::new(),
            lines_noted: 0,
            line: None,
            kit: Kit::default(),
            scene,
            version: 0,
            remedies: RefCell::new(None),
            boxes: RefCell::new(None),
        };
        // The first questions are asked at the very beginning: they fly as all others do.
        for record in session.world.sim.packets() {
            session.observer.see(&SimEvent::Sent { record: Rc::clone(record) });
        }
        session.catch_up();
        session
    }

    /// The scenes that can be opened, the first one first.
    pub fn scenes(&self) -> Vec<SceneView> {
        scene::SCENES
            .iter()
            .map(|scene| SceneView { id: scene.id, title: self.language.say(scene.title), summary: self.language.say(scene.summary) })
            .collect()
    }

    /// The scene that this began with; nothing for a document.
    pub fn scene(&self) -> Option<SceneView> {
        self.scenes().into_iter().find(|scene| scene.id == self.scene)
    }

    /// Speaks another language from now on: a tag such as `en`.
    pub fn speak(&mut self, tag: &str) {
        self.language = Language::of_tag(tag);
        self.boxes.replace(None);
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    fn maker(&self) -> Maker<'_> {
        self.world.maker(self.language)
    }

    /// Does an act now. A refused act changes nothing but the echo.
    pub fn execute(&mut self, act: &Act) -> Outcome {
        if let Act::World(WorldAct::Wait { milliseconds }) = act {
            let echo = act.echo();
            self.note_act(&echo, true, String::new());
            self.advance(milliseconds.saturating_mul(1000));
            return Outcome { echo, result: Ok(json!({})), announcement: String::new() };
        }
        let before = self.world.clone();
        let at = self.world.sim.now();
        let (world, observer) = (&mut self.world, &mut self.observer);
        let outcome = match world.perform(act, self.language, &mut |event| observer.see(event)) {
            Ok(done) => {
                if done.changed {
                    let joined = self.is_joined();
                    self.history.record(before, Entry { at, act: act.clone(), summary: done.summary.clone(), joined });
                    self.has_done();
                    self.version += 1;
                }
                self.note_act(&done.echo, true, done.summary);
                self.follow_on();
                Outcome { echo: done.echo, result: Ok(done.reply), announcement: done.announcement }
            }
            Err(refusal) => {
                // A refused act leaves the world as it is; this holds even if a part of it had begun.
                self.world = before;
                let echo = act.echo();
                let note = if refusal.code.is_empty() { refusal.message.clone() } else { refusal.code.clone() };
                self.note_act(&echo, false, note);
                Outcome { echo, announcement: refusal.headline.clone(), result: Err(*refusal) }
            }
        };
        self.catch_up();
        outcome
    }

    /// What an act would bring, without doing it.
    ///
    /// # Errors
    /// The refusal that it would meet.
    pub fn preview(&self, act: &Act) -> Result<(), Box<RefusalView>> {
        self.world.clone().perform(act, self.language, &mut |_| {}).map(|_| ())
    }

    /// Every place where something in hand may or may not go: `eni:eni-…`, `elastic-ip:eipalloc-…`, `group:sg-…`, `group:sg-…@eni-…`.
    pub fn drop_targets(&self, in_hand: &str) -> Vec<DropTarget> {
        self.world.drop_targets(&self.maker(), in_hand)
    }

    /// Lets virtual time pass, in microseconds.
    pub fn advance(&mut self, microseconds: u64) {
        let until = self.world.sim.now() + Duration::from_micros(microseconds);
        loop {
            let (world, observer) = (&mut self.world, &mut self.observer);
            let due = world.run_until(until, &mut |event| observer.see(event));
            let Some(follow) = due else { break };
            self.follow(follow);
        }
        self.catch_up();
    }

    /// Does the second halves that are due at this moment. None may wait for time to pass: an ENI leaves a stopped instance at once, and a move that
    /// waited for the next frame would end otherwise when it is replayed without frames.
    fn follow_on(&mut self) {
        while let Some(follow) = self.world.take_due() {
            self.follow(follow);
        }
    }

    /// The second half of a move, as an act of its own.
    fn follow(&mut self, follow: Follow) {
        let Some(act) = follow_act(follow) else { return };
        let before = self.world.clone();
        let at = self.world.sim.now();
        let (world, observer) = (&mut self.world, &mut self.observer);
        match world.perform(&act, self.language, &mut |event| observer.see(event)) {
            Ok(done) => {
                let joined = self.is_joined();
                self.history.record(before, Entry { at, act, summary: done.summary.clone(), joined });
                self.note(done.echo, true, done.summary);
                self.observer.say(done.announcement);
            }
            Err(refusal) => {
                self.world = before;
                self.note(act.echo(), false, refusal.code.clone());
                self.observer.say(refusal.message);
            }
        }
    }

    /// What was seen becomes flights and sentences.
    fn catch_up(&mut self) {
        if self.observer.saw_change() {
            self.version += 1;
        }
        let maker = self.world.maker(self.language);
        self.observer.digest(&maker, &self.world);
    }

    /// Virtual time in microseconds.
    pub fn now(&self) -> u64 {
        self.world.sim.now().as_nanos() / 1_000
    }

    /// What undo would take back: "Undo: attach svc to web-2".
    pub fn undo_text(&self) -> Option<String> {
        self.history.last_done().map(|entry| self.language.say(ActKey::Undo { act: &entry.summary }))
    }

    /// What redo would do again.
    pub fn redo_text(&self) -> Option<String> {
        self.history.next_undone().map(|entry| self.language.say(ActKey::Redo { act: &entry.summary }))
    }

    /// Takes the last act back, with everything that has happened since, and with it all that the same line did.
    pub fn undo(&mut self) -> bool {
        let note = self.undo_text();
        let undone = self.turn(|history| history.undo());
        while undone && self.history.next_undone().is_some_and(|entry| entry.joined) && self.turn(|history| history.undo()) {}
        if undone {
            self.note_turn("undo", note);
        }
        undone
    }

    /// Does it again, with second halves that came at the same moment, and all that the same line did.
    pub fn redo(&mut self) -> bool {
        let note = self.redo_text();
        let redone = self.redo_act();
        while redone && self.history.next_undone().is_some_and(|entry| entry.joined) && self.redo_act() {}
        if redone {
            self.note_turn("redo", note);
        }
        redone
    }

    fn redo_act(&mut self) -> bool {
        let redone = self.turn(|history| history.redo());
        while let Some(due) = redone.then(|| self.world.take_due()).flatten() {
            // One that is not the next entry was refused then, or undone for another act: it is not done by itself again.
            let now = self.world.sim.now();
            let next = self.history.next_undone().filter(|next| next.at == now).map(|next| &next.act);
            if next.is_some() && next == follow_act(due).as_ref() {
                self.turn(|history| history.redo());
            }
        }
        redone
    }

    /// `line` is what one types for it, and `note` what it takes back or does again.
    fn note_turn(&mut self, line: &str, note: Option<String>) {
        self.note(line.to_owned(), true, note.unwrap_or_default());
    }

    fn turn(&mut self, turn: impl Fn(&mut History<World>) -> Option<World>) -> bool {
        let Some(world) = turn(&mut self.history) else { return false };
        self.world = world;
        self.version += 1;
        self.observer.forget();
        true
    }

    /// The board and the tray.
    pub fn board(&self) -> BoardView {
        let maker = self.maker();
        let clients = self.world.sim.clients().map(|client| maker.client(&client)).collect();
        let mut boxes = self.boxes.borrow_mut();
        let made = match boxes.take() {
            // What is on its way shows how far it is, at every moment anew.
            Some((version, made)) if version == self.version && !self.world.is_moving() => made,
            _ => maker.board(),
        };
        *boxes = Some((self.version, made.clone()));
        BoardView { clients, ..made }
    }

    /// Counts the states of the network: another number, another network; the same one, the same.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The packets that set out since the last call, at most 200.
    pub fn take_flights(&mut self) -> Vec<FlightView> {
        self.observer.take_flights()
    }

    /// What happened by itself since the last call, to be said aloud: "svc is attached to web-2 at index 1."
    pub fn take_announcements(&mut self) -> Vec<String> {
        self.observer.take_sayings()
    }
}

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod tests;
