//! Opening something else: scenes, files, the beginning. What was here before stays within reach until the next time.

use super::Store;
use crate::store::start::{Effect, News, Past};
use crate::store::{Dialog, Looking, Msg, Selection};
use crate::words::{Key, in_language, language, say};
use eni_playground::scenario::Intake;
use eni_playground::session::Session;
use std::rc::Rc;

/// What was here before something else was opened, as it was left.
pub struct Previous {
    session: Session,
    scene: String,
    origin: Option<String>,
    checkpoint: Option<String>,
    entries: Vec<String>,
}

impl Previous {
    /// A session that was left in an earlier visit.
    pub(in crate::store) fn new(session: Session, scene: String, past: Past) -> Previous {
        Previous { session, scene, origin: None, checkpoint: past.checkpoint, entries: past.entries }
    }

    /// What it is called.
    pub fn title(&self) -> String {
        self.session.title()
    }
}

impl Store {
    pub(in crate::store) fn open_scene(&mut self, scene: String, seed: u64) {
        match Session::open_seeded(&scene, seed) {
            Ok(session) => {
                let beginning = session.beginning().unwrap_or_else(|| scene.clone());
                self.begin(session, beginning, None);
                self.scene = scene;
            }
            Err(reason) => self.update_page(Msg::Notice(say(Key::NotOpened { reason: &reason }))),
        }
    }

    pub(in crate::store) fn open_files(&mut self, intake: &Intake) {
        match Session::open_files(intake, language().tag()) {
            Ok((session, report)) => {
                let document = session.document();
                self.begin(session, document.clone(), Some(document));
                self.shown.dialog = report.map(|report| Dialog::Import { report: Rc::new(report) });
            }
            Err(reason) => self.update_page(Msg::Notice(say(Key::NotOpened { reason: &reason }))),
        }
    }

    /// What was opened, from its beginning: the document, or the scene.
    pub(in crate::store) fn start_over(&mut self) {
        let document = self.origin.clone().and_then(|origin| Some((Session::load(origin.as_bytes()).ok()?, origin)));
        match document {
            Some((session, origin)) => self.begin(session, origin.clone(), Some(origin)),
            None => self.open_scene(self.scene.clone(), self.session.seed()),
        }
    }

    /// Changes places with what was here before, with all that was done there.
    pub(in crate::store) fn go_back(&mut self) {
        let Some(previous) = self.previous.take() else { return };
        let Previous { session, scene, origin, checkpoint, entries } = *previous;
        // The loader starts from here after a crash; what is kept on the device still has all that was done.
        self.tell(News::Checkpoint(&session.document()));
        self.told = true;
        if let Some(entry) = session.journal_terminal() {
            self.tell(News::Entry(&entry));
        }
        self.put(session);
        self.scene = scene;
        self.origin = origin;
        self.checkpoint = checkpoint;
        self.entries = entries;
    }

    /// Puts another session in the place of this one. `checkpoint` is its document, or the beginning of its scene.
    fn begin(&mut self, session: Session, checkpoint: String, origin: Option<String>) {
        self.tell(News::Checkpoint(&checkpoint));
        self.told = true;
        let height = self.session.terminal_height();
        self.put(in_language(session));
        self.origin = origin;
        self.checkpoint = Some(checkpoint);
        // The terminal stays as high as it is, and that is kept with what stands here now.
        if let Some(share) = height {
            self.session.set_terminal_height(share);
            self.enter(self.session.journal_height());
        }
    }

    /// Keeps what is here, and puts a session in its place.
    fn put(&mut self, session: Session) {
        let previous = Previous {
            session: std::mem::replace(&mut self.session, session),
            scene: self.scene.clone(),
            origin: self.origin.take(),
            checkpoint: self.checkpoint.take(),
            entries: std::mem::take(&mut self.entries),
        };
        self.previous = Some(Box::new(previous));
        self.flows.clear();
        self.forget_lines();
        self.touched = true;
        self.shown.selection = Selection::default();
        self.shown.looking = Looking::default();
        self.shown.hand = None;
        self.shown.refusal = None;
        self.shown.dialog = None;
        self.shown.menu = None;
        self.push(Effect::Ground);
        self.keep();
        let title = self.session.title();
        self.update_page(Msg::Notice(say(Key::Opened { name: &title })));
        self.shown.offers_way_back = true;
    }
}
