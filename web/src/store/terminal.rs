//! The terminal's side of the store: what is typed is run here, on the session that the board shows.

use super::start::Effect;
use super::state::Store;
use super::{Msg, Pane};
use crate::words::{Key, language, say};
use eni_playground::session::Session;
use eni_playground::terminal::{Completion, Desk, completion};

/// How many lines are run in a frame: a long script neither stops the page nor hides what it builds.
const LINES_IN_A_FRAME: usize = 4;

/// What is shown of the terminal beside its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TerminalShown {
    /// Whether it is open.
    pub open: bool,
    /// The newest line that was cleared away: those up to it are not shown.
    pub cleared: u64,
    /// Whether something is still to be run.
    pub busy: bool,
    /// How high its lines were made, in per cent of the window; nothing if nobody has said.
    pub height: Option<u32>,
}

impl Desk for Store {
    fn session(&self) -> &Session {
        &self.session
    }

    fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    fn closed(&self) -> Option<String> {
        self.shown.readonly.then(|| say(Key::Readonly))
    }

    fn write_down(&mut self, entry: String) {
        self.note(entry);
    }

    fn turn(&mut self, back: bool) -> bool {
        let text = if back { self.session.undo_text() } else { self.session.redo_text() };
        if back {
            self.undo()
        } else {
            self.redo()
        }
        text.is_some()
    }
}

impl Store {
    /// Messages of the terminal.
    pub(super) fn update_terminal(&mut self, message: Msg) {
        match message {
            Msg::OpenTerminal(open) => {
                self.shown.terminal.open = open;
                self.shown.evidence.open &= !open;
                self.shown.lie_otherwise();
                // A page that was narrow is left with nothing else open.
                if !open && self.shown.pane == Pane::Terminal || open && self.shown.pane == Pane::Evidence {
                    self.shown.pane = Pane::Board;
                }
            }
            Msg::TerminalHeight(share) => {
                self.choose_height(share);
                self.shown.lie_otherwise();
            }
            Msg::ClearLines => self.shown.terminal.cleared = self.session.newest_line(),
            Msg::StopLines => {
                self.terminal.get_or_insert_default().stop();
                self.shown.terminal.busy = false;
            }
            Msg::Type(text) => {
                let taken = self.terminal.get_or_insert_default().take(&text, language());
                match taken {
                    Ok(()) => self.run_lines(),
                    Err(reason) => self.update_page(Msg::Notice(reason)),
                }
            }
            _ => {}
        }
    }

    /// Runs a few of the lines that wait.
    pub(super) fn run_lines(&mut self) {
        let Some(mut terminal) = self.terminal.take() else { return };
        (self.shown.refused_at, self.shown.happened) = (None, None);
        for _ in 0..LINES_IN_A_FRAME {
            let Some(ran) = terminal.run_next(self) else { break };
            if ran.wrote {
                self.shown.refusal = None;
                self.keep();
            }
            if ran.left_out > 0 {
                self.update_page(Msg::Notice(say(Key::LinesLeftOut { count: &ran.left_out.to_string() })));
            }
        }
        self.shown.terminal.busy = terminal.is_busy();
        self.terminal = Some(terminal);
        self.take_flights();
    }

    /// The lines of another session: its terminal knows nothing yet.
    pub(super) fn forget_lines(&mut self) {
        self.terminal = None;
        self.shown.echo = Default::default();
        self.shown.terminal = TerminalShown { open: self.shown.terminal.open, ..TerminalShown::default() };
    }

    /// Gives the network as a script.
    pub(super) fn download_script(&mut self) {
        let name = format!("{}.sh", self.session.file_name().trim_end_matches(".eni.json"));
        let bytes = self.session.script().text.into_bytes();
        self.push(Effect::Download { name, bytes });
    }

    /// What may stand where somebody types; `before` is what was typed up to there.
    pub fn complete(&self, before: &str) -> Completion {
        completion(before, &self.session.ids())
    }
}

#[cfg(test)]
mod tests;
