//! The terminal of a page: what is typed is run line by line on the session of whoever owns it, and stands in the session's lines with all that it
//! printed.
//!
//! A line is what stands up to a line's end that nothing goes on over: no backslash, open quote or bracket. Its acts are acts like any other, written
//! down before they are done, and together one step of undo.

mod host;
mod typing;

pub use typing::{Completion, behind, completion, recalled};

use crate::session::{MOST_VARIABLES_KEPT, PrintedView, Session};
use crate::shell::{Shell, Stream, first_line};
use crate::trace::Connections;
use crate::view::board::RefusalView;
use crate::words::{Language, PageKey};
use host::Hosted;
use std::rc::Rc;

pub use crate::shell::wants_more;

/// The most that is taken at once, in bytes.
pub const MOST_TYPED: usize = 256 << 10;
/// The most that is shown of what a line printed, in bytes.
const MOST_SHOWN: usize = 64 << 10;
/// The same in lines.
const MOST_LINES_SHOWN: usize = 600;

/// Whoever owns the session that a terminal works on.
pub trait Desk {
    /// The session, to look at.
    fn session(&self) -> &Session;
    /// The session, to do something.
    fn session_mut(&mut self) -> &mut Session;
    /// Why nothing may be done here, in words; nothing if it may.
    fn closed(&self) -> Option<String>;
    /// Writes an entry of the journal down: what it says is done next.
    fn write_down(&mut self, entry: String);
    /// Takes the last act back, or does it again. False if there is none.
    fn turn(&mut self, back: bool) -> bool;
}

/// A terminal: the shell that its lines are run by, and what is still to be run.
#[derive(Clone, Debug, Default)]
pub struct Terminal {
    shell: Shell,
    /// The connections that its lines opened.
    connections: Connections,
    typed: String,
    /// How much of it was run.
    at: usize,
    /// Whether a call of what was typed together was made before: what takes time is done before the next one.
    goes_on: bool,
}

/// What a line did to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Whether something was written down, so that it has to be kept.
    pub wrote: bool,
    /// How many lines were left out because the script ended before them.
    pub left_out: usize,
}

impl Terminal {
    /// Takes what was typed or pasted, to be run line by line. What was still to be run comes first.
    ///
    /// # Errors
    /// It is more than [`MOST_TYPED`]; then nothing is taken.
    pub fn take(&mut self, typed: &str, language: Language) -> Result<(), String> {
        if self.typed.len().saturating_sub(self.at) + typed.len() > MOST_TYPED {
            return Err(too_much(typed.len(), language));
        }
        if self.is_busy() {
            self.typed.push('\n');
        } else {
            self.stop();
        }
        self.typed.push_str(typed);
        Ok(())
    }

    /// Whether something is still to be run.
    pub fn is_busy(&self) -> bool {
        self.at < self.typed.len()
    }

    /// What is still to be run is not run any more.
    pub fn stop(&mut self) {
        (self.typed, self.at, self.goes_on) = (String::new(), 0, false);
    }

    /// Runs the next line, if there is one.
    pub fn run_next(&mut self, desk: &mut dyn Desk) -> Option<Ran> {
        let rest = self.typed.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (line, _) = rest.split_at_checked(first_line(rest))?;
        let line = line.to_owned();
        self.at += line.len();
        let shown = line.trim_matches(['\n', '\r']);
        if shown.trim().is_empty() {
            return Some(Ran { wrote: false, left_out: 0 });
        }
        self.shell.set_variables(desk.session().variables().clone());
        desk.session_mut().begin_line();
        let mut host = Hosted::new(desk, &mut self.connections, self.goes_on);
        let printed = self.shell.run(&mut host, &line);
        let (wrote, refusals) = host.done();
        self.goes_on |= wrote.called;
        let accepted = self.shell.status() == 0;
        let language = desk.session().language();
        let mut pieces = shown_pieces(printed, refusals, language);
        let (entry, comes_back) = desk.session_mut().set_variables(self.shell.variables());
        if !comes_back {
            let limit = (MOST_VARIABLES_KEPT >> 10).to_string();
            pieces.push(PrintedView {
                text: format!("{}\n", language.say(PageKey::VariablesNotKept { limit: &limit })),
                error: true,
                refusal: None,
            });
        }
        desk.session_mut().end_line(shown, accepted, pieces);
        let kept = entry.map(|entry| desk.write_down(entry)).is_some();
        let left_out = if self.shell.has_ended() { self.left_out() } else { 0 };
        Some(Ran { wrote: wrote.wrote || kept, left_out })
    }

    /// Drops what is still to be run, and counts its lines.
    fn left_out(&mut self) -> usize {
        let rest = self.typed.get(self.at..).unwrap_or_default();
        let count = rest.lines().filter(|line| !line.trim().is_empty()).count();
        self.stop();
        count
    }
}

/// What is said of text that is more than a terminal takes.
pub fn too_much(bytes: usize, language: Language) -> String {
    let kilobytes = |bytes: usize| bytes.div_ceil(1024).to_string();
    language.say(PageKey::TooMuchTyped { size: &kilobytes(bytes), limit: &kilobytes(MOST_TYPED) })
}

/// The pieces as they are shown: not too long, and refusals with what is known of them.
fn shown_pieces(printed: Vec<(Stream, String)>, refusals: Vec<Rc<RefusalView>>, language: Language) -> Vec<PrintedView> {
    let mut refusals = refusals.into_iter().peekable();
    let (mut bytes, mut lines) = (MOST_SHOWN, MOST_LINES_SHOWN);
    let mut pieces = Vec::new();
    for (stream, text) in printed {
        let error = stream == Stream::Err;
        // AWS's errors have the code in brackets; the playground's own lines print the message alone.
        let coded = text.contains("An error occurred (");
        let says = |refusal: &Rc<RefusalView>| text.contains(&refusal.message) && (!coded || text.contains(&format!("({})", refusal.code)));
        let refusal = if error { refusals.next_if(says) } else { None };
        let shown = beginning(&text, bytes, lines);
        bytes -= shown.len();
        lines -= shown.lines().count();
        let left = text.len() - shown.len();
        let shown = shown.to_owned();
        if !shown.is_empty() {
            pieces.push(PrintedView { text: shown, error, refusal });
        }
        if left > 0 {
            let kilobytes = left.div_ceil(1024).to_string();
            pieces.push(PrintedView {
                text: format!("{}\n", language.say(PageKey::NotAllShown { size: &kilobytes })),
                error: true,
                refusal: None,
            });
            break;
        }
    }
    pieces
}

/// The beginning of a text: whole lines, as far as there is room; of a single long line, as much as goes.
fn beginning(text: &str, bytes: usize, lines: usize) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n').take(lines) {
        if end + line.len() > bytes {
            if end == 0 {
                end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
            }
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
