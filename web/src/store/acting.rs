//! Acts, undo and redo: written down first, then done, then told.

use super::Looking;
use super::start::{Effect, News};
use super::state::{Store, spoken};
use crate::words::{Key, say};
use eni_playground::act::Act;
use eni_playground::session::{Outcome, Session};
use eni_playground::view::board::RefusalView;
use std::rc::Rc;

/// A document is given to the loader after so many acts, so that a recovery never replays more.
const CHECKPOINT_EVERY: usize = 200;

impl Store {
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

    pub(super) fn refuse_readonly(&mut self) -> Outcome {
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
    pub(super) fn turned(&mut self, text: String) {
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
                // A document has nothing of the terminal.
                self.enter(self.session.journal_terminal());
            }
        }
        self.touched = true;
        if let (false, Some(beginning)) = (self.told, self.session.beginning()) {
            self.tell(News::Checkpoint(&beginning));
            self.told = true;
        }
        if self.keeping.take_height() {
            self.enter(self.session.journal_height());
        }
        self.enter(Some(line));
    }

    /// Puts an entry into both journals, if there is one.
    pub(super) fn enter(&mut self, entry: Option<String>) {
        if let Some(entry) = entry {
            self.tell(News::Entry(&entry));
            self.entries.push(entry);
        }
    }
}
