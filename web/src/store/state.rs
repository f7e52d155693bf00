//! The store: it owns the session, does what messages ask, and makes what is shown.

mod following;
mod keeping;
mod opening;

use super::flows::Flows;
use super::start::{Effect, JournalSink, News, Start};
use super::{EvidenceMade, EvidenceShown, Msg, Saved, Selection, Shown, TerminalShown};
use crate::platform::entropy;
use crate::words::{Key, in_language, say};
use eni_playground::session::Session;
use eni_playground::terminal::Terminal;
use eni_playground::view::board::RefusalView;
use following::Following;
use keeping::Keeping;
use opening::Previous;
use std::rc::Rc;

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
    pub(super) effects: Vec<Effect>,
    sink: JournalSink,
    /// Whether the loader knows what the entries start from.
    pub(super) told: bool,
    pub(super) last_frame: Option<f64>,
    pub(super) following: Option<Following>,
    pub(super) last_views: f64,
    /// Whether anything was done since the page began: then an earlier visit is not brought back over it.
    pub(super) touched: bool,
    pub(super) keeping: Keeping,
    /// Of what state the lines of evidence are.
    pub(super) evidence: EvidenceMade,
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
            evidence: EvidenceShown { open: start.panels.evidence_open && !start.panels.terminal, ..EvidenceShown::default() },
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
            evidence: EvidenceMade::default(),
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
            Msg::OpenTerminal(_) | Msg::TerminalHeight(_) | Msg::Type(_) | Msg::StopLines | Msg::ClearLines => {
                self.update_terminal(message)
            }
            Msg::OpenEvidence(open) => self.open_evidence(open),
            Msg::ShowEvidence(of) => self.show_evidence(of),
            Msg::WhyAt { packet, at } => self.why_at(packet, &at),
            Msg::WhyOfEvidence(packet) => self.why_of_evidence(packet),
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
            Msg::DownloadCapture(eni) => self.download_capture(&eni),
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
            Msg::Evidence(of) => shown.evidence.of = of,
            Msg::Resized => shown.lie_otherwise(),
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

    fn download(&mut self) {
        let (name, bytes) = (self.session.file_name(), self.session.document().into_bytes());
        self.effects.push(Effect::Download { name, bytes });
    }

    fn download_capture(&mut self, eni: &str) {
        match self.session.capture(eni) {
            Some((name, bytes)) => self.effects.push(Effect::Download { name, bytes }),
            None => self.update_page(Msg::Notice(say(Key::NothingCaptured))),
        }
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
    pub(super) fn refresh(&mut self) {
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
        self.refresh_evidence();
        let shown = &mut self.shown;
        shown.way_back = self.previous.as_ref().map(|previous| previous.title());
        shown.scene = self.session.title();
        shown.clock.now_ms = self.session.now() / 1000;
        shown.terminal.height = self.session.terminal_height();
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
