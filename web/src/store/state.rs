//! The store: it owns the session, does what messages ask, and makes what is shown.

use super::flows::Flows;
use super::following::Following;
use super::keeping::Keeping;
use super::opening::Previous;
use super::{Looking, Msg, Panels, Saved, Selection, Shown, TerminalShown, Theme};
use crate::platform::entropy;
use crate::words::{Key, in_language, say};
use eni_playground::act::Act;
use eni_playground::session::{Outcome, Session};
use eni_playground::terminal::Terminal;
use eni_playground::view::board::RefusalView;
use eni_playground::view::timeline::FlightView;
use std::rc::Rc;

/// A frame never lets more real time pass than this: after a stall the page goes on, it does not leap.
const LONGEST_FRAME_MS: f64 = 100.0;
/// Views are made anew at most this often while time runs, in real milliseconds. Packets on the canvas move with every frame.
const VIEWS_EVERY_MS: f64 = 50.0;
/// A document is given to the loader after so many acts, so that a recovery never replays more.
const CHECKPOINT_EVERY: usize = 200;

/// How a page begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The scene's id; empty for the first.
    pub scene: String,
    /// The seed of a new document.
    pub seed: u64,
    /// Whether another page shows this one.
    pub embedded: bool,
    /// Whether acts are refused.
    pub readonly: bool,
    /// Whether time runs from the start.
    pub autoplay: bool,
    /// The colours.
    pub theme: Theme,
    /// What stands around the board.
    pub panels: Panels,
    /// What to say about the page parameters.
    pub notice: Option<String>,
    /// Whether an earlier visit is being read from the device; nothing is written there before.
    pub reads_earlier_visit: bool,
    /// After a crash, or from an earlier visit: the document to begin with, and what was done since.
    pub past: Option<Past>,
}

/// What was done before: a document, and entries since it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The document, or the beginning of a scene as [`Session::beginning`] writes it; the scene that is open if there is none.
    pub checkpoint: Option<String>,
    /// What was done since, oldest first.
    pub entries: Vec<String>,
    /// Virtual time at which it was left, in microseconds; 0 if unknown.
    pub left_at: u64,
}

/// What the loader is told, in this order and at once: it outlives a panic of the engine, and starts again from what it was told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum News<'a> {
    /// What is about to be done.
    Entry(&'a str),
    /// A document, or the beginning of a scene, that has in it all that was told before.
    Checkpoint(&'a str),
}

/// Who is told: the loader.
pub type JournalSink = Box<dyn Fn(News<'_>)>;

/// What the store asks of the page around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Copy text.
    Copy(String),
    /// Give a file.
    Download {
        /// Its name.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Keep the work.
    Save,
    /// Keep how far time came.
    SaveTime,
    /// Keep the work, also where another tab has kept its own since.
    SaveHere,
    /// Lets one choose files, or a folder.
    Choose {
        /// A folder.
        folder: bool,
    },
    /// Make packets fly.
    Fly(Vec<FlightView>),
    /// Take all packets out of the air.
    Ground,
    /// Give the focus back to what had it before *Why*.
    FocusBack,
    /// Give the focus to a thing on the board.
    Focus(String),
}

/// The store.
pub struct Store {
    pub(super) session: Session,
    pub(super) flows: Flows,
    pub(super) shown: Shown,
    pub(super) scene: String,
    /// The document that was opened from files; the scene was opened if there is none.
    pub(super) origin: Option<String>,
    /// What was here before something else was opened.
    pub(super) previous: Option<Box<Previous>>,
    pub(super) checkpoint: Option<String>,
    pub(super) entries: Vec<String>,
    effects: Vec<Effect>,
    sink: JournalSink,
    /// Whether the loader knows what the entries start from.
    pub(super) told: bool,
    last_frame: Option<f64>,
    pub(super) following: Option<Following>,
    last_views: f64,
    /// Whether anything was done since the page began: then an earlier visit is not brought back over it.
    pub(super) touched: bool,
    pub(super) keeping: Keeping,
    /// The terminal, once something was typed.
    pub(super) terminal: Option<Box<Terminal>>,
}

impl Store {
    /// Opens what `start` says. A past that cannot be brought back gives way to the scene, with a notice.
    ///
    /// # Errors
    ///
    /// In plain words, when not even the first scene opens.
    pub fn new(start: Start, sink: JournalSink) -> Result<Store, String> {
        let mut notice = start.notice;
        let session = match Session::open_seeded(&start.scene, start.seed) {
            Ok(session) => session,
            Err(reason) => {
                let told = say(Key::NotOpened { reason: &reason });
                notice = Some(notice.map_or(told.clone(), |before| format!("{told} {before}")));
                Session::open_seeded("", start.seed)?
            }
        };
        let mut shown = Shown {
            theme: start.theme,
            panels: start.panels,
            terminal: TerminalShown { open: start.panels.terminal, ..TerminalShown::default() },
            embedded: start.embedded,
            readonly: start.readonly,
            notice,
            ..Shown::default()
        };
        shown.clock.playing = start.autoplay;
        if start.embedded {
            shown.saved = Saved::Off;
        }
        let mut store = Store {
            session: in_language(session),
            flows: Flows::default(),
            shown,
            scene: start.scene,
            origin: None,
            previous: None,
            checkpoint: None,
            entries: Vec::new(),
            effects: Vec::new(),
            sink,
            told: start.past.is_some(),
            last_frame: None,
            following: None,
            last_views: f64::MIN,
            touched: false,
            keeping: Keeping::new(start.reads_earlier_visit),
            terminal: None,
        };
        if let Some(past) = start.past {
            store.bring_back(past);
        }
        store.shown.scenes = Rc::new(store.session.scenes());
        store.refresh();
        Ok(store)
    }

    /// What is on the page.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The session, to read from.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What is to be done outside, since the last call.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Does what a message asks. True if the page has to be drawn again.
    pub fn update(&mut self, message: Msg) -> bool {
        match message {
            Msg::Frame(at) => return self.frame(at),
            Msg::FilesOver(over) => {
                // A page for reading takes none.
                let over = over && !self.shown.readonly;
                return std::mem::replace(&mut self.shown.files_over, over) != over;
            }
            Msg::Act(act) => self.act_and_follow(act),
            Msg::Acts(acts) => {
                let _ = acts.into_iter().all(|act| self.act(act).result.is_ok());
            }
            Msg::Remedy { acts, packet } => self.remedy(acts, packet),
            Msg::PickUp(_) | Msg::Over(_) | Msg::WalkPlaces(_) | Msg::DropOn(_) | Msg::Release(_) | Msg::PutBack => {
                return self.update_hand(message);
            }
            Msg::Submit { form, values } => self.submit(&form, &values),
            Msg::OpenTerminal(_) | Msg::Type(_) | Msg::StopLines | Msg::ClearLines => self.update_terminal(message),
            Msg::Undo => self.undo(),
            Msg::Redo => self.redo(),
            Msg::Play => self.play(true),
            Msg::Pause => self.play(false),
            Msg::Step => self.step(),
            Msg::Speed(speed) => self.shown.clock.speed = speed,
            Msg::Look(look) => self.look(look),
            Msg::OpenScene(scene) => self.open_scene(scene, entropy::seed()),
            Msg::Reset => self.start_over(),
            Msg::GoBack => self.go_back(),
            Msg::OpenImport(_) | Msg::OpenFiles(_) if self.shown.readonly => self.update_page(Msg::Notice(say(Key::Readonly))),
            Msg::OpenImport(folder) => self.effects.push(Effect::Choose { folder }),
            Msg::OpenFiles(intake) => self.open_files(&intake),
            Msg::Download => self.download(),
            Msg::DownloadScript => self.download_script(),
            Msg::Copy(text) => self.effects.push(Effect::Copy(text)),
            other => self.update_page(other),
        }
        self.refresh();
        true
    }

    /// Messages that change only what the page shows.
    pub(super) fn update_page(&mut self, message: Msg) {
        let shown = &mut self.shown;
        match message {
            Msg::SelectPacket(packet) => {
                shown.selection = Selection { packet, check: None, ..std::mem::take(&mut shown.selection) };
                shown.asked_why |= packet.is_some();
                // What was said of something else makes way for it.
                (shown.refusal, shown.refused_at, shown.happened) = (None, None, None);
                shown.leave_parts(packet.is_some());
            }
            Msg::SelectThing(thing) => shown.selection.thing = thing,
            Msg::ShowThing(thing) => {
                shown.selection.thing = Some(thing);
                shown.asked_why = true;
                shown.leave_parts(true);
            }
            Msg::CloseWhy => {
                (shown.selection, shown.asked_why) = (Selection::default(), false);
                self.push(Effect::FocusBack);
            }
            Msg::Light(check) => shown.selection.check = check,
            Msg::OpenMenu(thing) => self.open_menu(&thing),
            Msg::CloseMenu => shown.menu = None,
            Msg::OpenDialog(dialog) => {
                shown.menu = None;
                shown.refusal = None;
                shown.dialog = Some(dialog);
            }
            Msg::CloseDialog => shown.dialog = None,
            Msg::Theme(theme) => shown.theme = theme,
            Msg::Pane(pane) => shown.pane = pane,
            Msg::Resized => shown.resized = shown.resized.wrapping_add(1),
            Msg::DismissNotice => {
                shown.notice = None;
                shown.offers_way_back = false;
                shown.offers_keeping = false;
                self.offer_declined();
            }
            Msg::Notice(text) => {
                self.say(text.clone());
                self.shown.notice = Some(text);
                self.shown.offers_way_back = false;
                self.shown.offers_keeping = false;
            }
            Msg::Saved(saved, changes) => self.kept(saved, changes),
            Msg::KeepHere => self.keep_here(),
            Msg::OfferKeeping => self.offer_keeping(),
            Msg::Leaving => self.keep_time(),
            _ => {}
        }
    }

    /// Does an act: journal first, then the session, then words.
    pub fn act(&mut self, act: Act) -> Outcome {
        if self.shown.readonly {
            return self.refuse_readonly();
        }
        self.note(self.session.journal_line(&act));
        self.shown.refused_at = None;
        self.shown.happened = None;
        let outcome = self.session.execute(&act);
        match &outcome.result {
            Ok(_) => {
                self.shown.refusal = None;
                self.say(outcome.announcement.clone());
            }
            Err(refusal) => {
                self.shown.refusal = Some(Rc::new(refusal.clone()));
                self.alarm(spoken(refusal));
            }
        }
        self.keep();
        outcome
    }

    fn refuse_readonly(&mut self) -> Outcome {
        let text = say(Key::Readonly);
        self.alarm(text.clone());
        let refusal = RefusalView { headline: text.clone(), message: text, ..Default::default() };
        Outcome { echo: String::new(), announcement: refusal.headline.clone(), result: Err(refusal) }
    }

    pub(super) fn undo(&mut self) {
        if let (Some(text), false) = (self.session.undo_text(), self.shown.readonly) {
            self.note(self.session.journal_undo());
            if self.session.undo() {
                self.turned(text);
            }
        }
    }

    pub(super) fn redo(&mut self) {
        if let (Some(text), false) = (self.session.redo_text(), self.shown.readonly) {
            self.note(self.session.journal_redo());
            if self.session.redo() {
                self.turned(text);
            }
        }
    }

    /// The world is another one: nothing in the hand or in the air belongs to it.
    fn turned(&mut self, text: String) {
        self.shown.hand = None;
        self.shown.refusal = None;
        self.shown.happened = None;
        self.shown.looking = Looking::default();
        self.flows.clear();
        self.effects.push(Effect::Ground);
        self.keep();
        self.say(text);
    }

    /// Writes down what is about to be done, here and in the loader's journal.
    pub(super) fn note(&mut self, line: String) {
        if self.entries.len() >= CHECKPOINT_EVERY {
            let document = self.session.document();
            // What could not be read back is no checkpoint.
            if Session::load(document.as_bytes()).is_ok() {
                self.tell(News::Checkpoint(&document));
                self.checkpoint = Some(document);
                self.entries.clear();
            }
        }
        self.touched = true;
        if let (false, Some(beginning)) = (self.told, self.session.beginning()) {
            self.tell(News::Checkpoint(&beginning));
            self.told = true;
        }
        self.tell(News::Entry(&line));
        self.entries.push(line);
    }

    fn play(&mut self, playing: bool) {
        self.shown.clock.playing = playing;
        self.shown.happened = None;
        self.last_frame = None;
        if !playing {
            self.keep_time();
        }
    }

    fn step(&mut self) {
        self.shown.clock.playing = false;
        let told = self.session.step();
        self.take_flights();
        let text = match told {
            Some(step) => {
                if let Some(packet) = step.packet {
                    self.choose(packet);
                }
                step.text
            }
            None => say(Key::NothingDue),
        };
        self.say(text.clone());
        self.shown.happened = Some(text);
    }

    /// *Why* is about this packet, without coming up where it is not.
    pub(super) fn choose(&mut self, packet: u64) {
        self.shown.selection.packet = Some(packet);
        self.shown.selection.check = None;
    }

    /// Lets time run.
    pub(super) fn run(&mut self) {
        self.play(true);
    }

    fn frame(&mut self, at: f64) -> bool {
        let passed = self.last_frame.map_or(0.0, |before| (at - before).clamp(0.0, LONGEST_FRAME_MS));
        self.last_frame = Some(at);
        let typed = self.shown.terminal.busy;
        if typed {
            self.run_lines();
        }
        if !self.shown.clock.playing {
            return typed && self.refresh_at(at);
        }
        let virtual_us = passed * self.shown.clock.speed.factor() * 1000.0;
        // Never negative and at most some hundred thousand: the cast keeps the whole microseconds.
        self.session.advance(virtual_us as u64);
        self.take_flights();
        self.keep_time_at(at);
        self.refresh_at(at)
    }

    /// Makes all views anew, unless that was done just now.
    fn refresh_at(&mut self, at: f64) -> bool {
        if at - self.last_views < VIEWS_EVERY_MS && (self.shown.clock.playing || self.shown.terminal.busy) {
            return false;
        }
        self.last_views = at;
        self.refresh();
        true
    }

    /// Packets set out, and what happened by itself is said.
    pub(super) fn take_flights(&mut self) {
        for text in self.session.take_announcements() {
            self.say(text);
        }
        let flights = self.session.take_flights();
        self.flows.learn(&flights, &self.shown.board.clients);
        if !flights.is_empty() {
            self.effects.push(Effect::Fly(flights));
            self.follow();
        }
    }

    fn download(&mut self) {
        let (name, text) = (self.session.file_name(), self.session.document());
        self.effects.push(Effect::Download { name, text });
    }

    pub(super) fn tell(&self, told: News<'_>) {
        (self.sink)(told);
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Says something when there is time.
    pub(super) fn say(&mut self, text: String) {
        if !text.is_empty() {
            self.shown.said = (self.shown.said.0.wrapping_add(1), text);
        }
    }

    /// Says something at once.
    pub(super) fn alarm(&mut self, text: String) {
        self.shown.alarm = (self.shown.alarm.0.wrapping_add(1), text);
    }

    /// Makes all views anew.
    fn refresh(&mut self) {
        let shown = &mut self.shown;
        replace(&mut shown.board, self.session.board());
        shown.tray = shown.board.tray.clone();
        if shown.echo.last().map_or(0, |line| line.number) != self.session.newest_line() {
            shown.echo = Rc::new(self.session.echo());
        }
        replace(&mut shown.wires, self.flows.wires(&shown.board.clients));
        shown.why = shown.selection.packet.and_then(|packet| self.session.why(packet)).map(Rc::new);
        self.refresh_timeline();
        self.refresh_overlays();
        let shown = &mut self.shown;
        shown.way_back = self.previous.as_ref().map(|previous| previous.title());
        shown.scene = self.session.title();
        shown.clock.now_ms = self.session.now() / 1000;
        shown.undo = self.session.undo_text();
        shown.redo = self.session.redo_text();
        self.refresh_hand();
    }
}

/// Puts a new value behind the pointer only if it is another one, so that parts with the same pointer are not drawn again.
fn replace<T: PartialEq>(place: &mut Rc<T>, value: T) {
    if **place != value {
        *place = Rc::new(value);
    }
}

/// A refusal for those who hear it: what, AWS's message and code, and what would be accepted.
pub(super) fn spoken(refusal: &RefusalView) -> String {
    say(Key::SpokenRefusal { headline: &refusal.headline, message: &refusal.message, code: &refusal.code, instead: &refusal.remedy })
}
