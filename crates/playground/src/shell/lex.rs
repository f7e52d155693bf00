//! The shell's own grammar: a script's statements, their words, and the parts of a word.
//!
//! It is as much of bash as scripts of `aws` commands use. A line is read to its end before anything of it runs: what the shell does not know
//! (most pipes, arithmetic) is refused by name, with all that stands beside it, and the next line works; of `if`, `while` and the like nothing
//! runs that stands in them, and the script ends ([`construct`]).

mod braces;
mod construct;
mod pipe;
mod redirect;
mod word;

use super::{assignment, said};
pub use construct::Turns;
pub use pipe::Filter;
pub use redirect::{Input, Redirect};
use std::collections::VecDeque;
use std::str::Chars;

/// The longest line, in bytes.
pub const LONGEST_LINE: usize = 1 << 20;
/// How deep `$(…)` may nest.
pub const MOST_DEEP: usize = 16;

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands there.
    Text {
        /// The text, without quotes.
        text: String,
        /// Whether it stood in quotes, or behind a backslash.
        quoted: bool,
    },
    /// `$NAME`: the value of a variable.
    Variable {
        /// Its name; `?` is the last exit code.
        name: String,
        /// `${NAME%END}`: this end is taken off its value, if it ends so.
        without: String,
        /// `${NAME:-TEXT}`: what stands there if it has no value.
        instead: Option<Instead>,
        /// Whether it stood in double quotes: then its value is not split into words.
        quoted: bool,
    },
    /// `$(…)`: what a script prints.
    Command {
        /// The script.
        script: String,
        /// The number of the line where it begins.
        line: usize,
        /// Whether it stood in double quotes: then its output is not split into words.
        quoted: bool,
    },
}

/// What stands in the place of a variable without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// That.
    pub word: Word,
    /// Whether an empty value is none.
    pub or_empty: bool,
}

/// A word: its parts, one after the other.
pub type Word = Vec<Part>;

/// When a statement runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// In any case.
    Always,
    /// After `&&`: if what stood before it went well.
    IfOk,
    /// After `||`: if it did not.
    IfFailed,
}

/// A command with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words, at least one.
    pub words: Vec<Word>,
    /// Where goes what it prints.
    pub to: Redirect,
    /// What its output passes through, and where goes what comes out.
    pub pipe: Option<(Filter, Redirect)>,
    /// When it runs.
    pub joined: Joined,
    /// What is done over and over: then the words are the values of a variable, one for each turn.
    pub turns: Option<Turns>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the line where the statement begins, from 1.
    pub line: usize,
    /// What is wrong, in plain words.
    pub message: String,
    /// Whether it only wants something that closes it: more lines may bring that.
    pub open: bool,
    /// Whether nothing of the script may run after it.
    pub ends: bool,
}

/// Why a statement cannot be read.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// In plain words.
    pub message: String,
    /// The line that is meant, if it is not the one where the statement begins.
    pub line: Option<usize>,
    /// Whether more lines may mend it.
    pub open: bool,
    /// The last line that is lost with it.
    pub last: usize,
}

impl From<String> for Trouble {
    fn from(message: String) -> Trouble {
        Trouble { open: said::is_unclosed(&message), message, line: None, last: 0 }
    }
}

/// Reads a script, statement by statement.
#[derive(Clone, Debug)]
pub struct Script<'a> {
    rest: Chars<'a>,
    /// The number of the line that comes next, from 1.
    pub(super) line: usize,
    joined: Joined,
    /// Statements of a line that was read to its end.
    ready: VecDeque<Statement>,
    /// Whether the last statement was the last of its line.
    line_ended: bool,
    /// How many bytes behind this line are texts that it has read already.
    below: usize,
    /// Whether what stands in `$(…)` is looked at, too.
    looks_inside: bool,
    /// How many bytes come behind the line that was looked at as a whole last.
    behind_line: usize,
    /// In how many loops it stands.
    pub(super) deep: usize,
}

impl<'a> Script<'a> {
    /// The statements of this text.
    pub fn new(text: &'a str) -> Script<'a> {
        Script::at_line(text, 1)
    }

    /// The statements of a text that begins in this line.
    pub fn at_line(text: &'a str, line: usize) -> Script<'a> {
        Script {
            rest: text.chars(),
            line,
            joined: Joined::Always,
            ready: VecDeque::new(),
            line_ended: false,
            below: 0,
            looks_inside: true,
            behind_line: usize::MAX,
            deep: 0,
        }
    }

    /// The same place, for a look ahead: scripts in brackets are not read there.
    pub(super) fn ahead(&self) -> Script<'a> {
        let Script { line, joined, below, behind_line, deep, .. } = *self;
        Script {
            rest: self.rest.clone(),
            line,
            joined,
            ready: VecDeque::new(),
            line_ended: false,
            below,
            looks_inside: false,
            behind_line,
            deep,
        }
    }

    /// Goes on where a look ahead came to.
    pub(super) fn resume(&mut self, ahead: Script<'a>) {
        (self.rest, self.line) = (ahead.rest, ahead.line);
    }

    /// The same, and what it came to ends where the next command begins.
    pub(super) fn go_on(&mut self, ahead: Script<'a>) {
        self.line_ended = ahead.line_ended;
        self.resume(ahead);
    }

    /// Words up to the end of a command that always goes on with the next one; nothing if there is more than words.
    pub(super) fn only_words(&mut self) -> Option<Vec<Word>> {
        self.joined = Joined::Always;
        let (words, to) = self.simple().ok()?;
        let is_plain = self.joined == Joined::Always && to == Redirect::default() && (self.line_ended || self.peek() != Some('|'));
        is_plain.then_some(words)
    }

    /// Passes over blanks and the ends of lines.
    pub(super) fn skip_lines(&mut self) {
        self.skip_blanks();
        while self.end_line() {
            self.skip_blanks();
        }
    }

    /// What comes next.
    pub(super) fn rest(&self) -> &'a str {
        self.rest.as_str()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let letter = self.rest.next();
        self.line += usize::from(letter == Some('\n'));
        letter
    }

    /// Takes this text, if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        match self.rest.as_str().strip_prefix(text) {
            Some(rest) => {
                self.line += text.matches('\n').count();
                self.rest = rest.chars();
                true
            }
            None => false,
        }
    }

    /// Takes everything up to the end of the line.
    pub(super) fn skip_line(&mut self) {
        while self.peek().is_some_and(|letter| letter != '\n') {
            self.bump();
        }
    }

    /// Takes the end of a line, with the texts below that belong to it.
    fn end_line(&mut self) -> bool {
        let ends = self.eat("\n");
        if ends {
            let below = std::mem::take(&mut self.below);
            let text = self.rest().get(..below).unwrap_or_default();
            self.eat(text);
        }
        ends
    }

    /// What stands in the lines below this one that no text before it has taken, and the number of its first line.
    pub(super) fn lines_below(&self) -> (usize, &'a str) {
        let (mut line, mut rest) = (self.line, self.rest());
        while let Some((head, tail)) = rest.split_once('\n') {
            (line, rest) = (line + 1, tail);
            if !head.trim_end_matches('\r').ends_with('\\') {
                let (taken, left) = rest.split_at_checked(self.below).unwrap_or_default();
                return (line + taken.matches('\n').count(), left);
            }
        }
        (line, "")
    }

    /// So many bytes of the lines below are taken.
    pub(super) fn pass_below(&mut self, bytes: usize) {
        self.below += bytes;
    }

    /// Passes over what is left of a line that is lost.
    fn skip_rest(&mut self) {
        if !self.line_ended {
            self.skip_line();
            self.bump();
        }
    }

    /// Passes over blanks, joined lines and, at the start of a word, a comment.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            if self.eat("\\\n") || self.eat("\\\r\n") || self.eat(" ") || self.eat("\t") || self.eat("\r") {
                continue;
            }
            if self.peek() != Some('#') {
                return;
            }
            self.skip_line();
        }
    }

    /// Whether the line that begins here can be looked at at all.
    fn check_line(&mut self) -> Result<(), String> {
        let text = self.rest.as_str();
        // Of a line with many commands it is looked at once.
        if text.len() > self.behind_line {
            return Ok(());
        }
        let line = text.as_bytes().iter().take(LONGEST_LINE + 1).position(|byte| *byte == b'\n');
        let line = match line {
            Some(end) => text.as_bytes().get(..end).unwrap_or_default(),
            None if text.len() > LONGEST_LINE => return Err(said::line_too_long(LONGEST_LINE)),
            None => text.as_bytes(),
        };
        self.behind_line = text.len() - line.len();
        if line.contains(&0) { Err(said::NUL.to_owned()) } else { Ok(()) }
    }

    /// A statement to its end; without words where there is none.
    fn statement(&mut self, joined: Joined) -> Result<Statement, Trouble> {
        self.check_line()?;
        let (mut words, mut to) = self.simple()?;
        // `> FILE` alone makes the file.
        if words.is_empty() && !to.files.is_empty() {
            words.push(vec![Part::Text { text: ":".to_owned(), quoted: true }]);
        }
        let mut pipe = None;
        if self.eat("|") {
            if words.is_empty() {
                return Err(said::near("|").into());
            }
            if self.eat("&") {
                to.join();
            }
            self.skip_lines();
            let (behind, behind_to) = self.simple()?;
            let filter = Filter::read(&behind)?;
            if self.peek() == Some('|') && !self.line_ended {
                return Err(said::no_second_pipe().into());
            }
            pipe = Some((filter, behind_to));
        }
        Ok(Statement { words, to, pipe, joined, turns: None })
    }

    /// A command up to its end, which is taken, or to a `|`, which is not.
    fn simple(&mut self) -> Result<(Vec<Word>, Redirect), Trouble> {
        let (mut words, mut to) = (Vec::new(), Redirect::default());
        loop {
            let line = self.line;
            self.skip_blanks();
            self.line_ended = false;
            if self.line != line {
                self.check_line()?;
            }
            let ends = if self.eat("&&") {
                Some(Joined::IfOk)
            } else if self.eat("||") {
                Some(Joined::IfFailed)
            } else if self.eat(";") {
                Some(Joined::Always)
            } else if self.end_line() || self.peek().is_none() {
                self.line_ended = true;
                Some(Joined::Always)
            } else {
                None
            };
            if let Some(joined) = ends {
                if words.is_empty() && joined != Joined::Always {
                    return Err(said::near(if joined == Joined::IfOk { "&&" } else { "||" }).into());
                }
                if !words.is_empty() {
                    self.joined = joined;
                }
                return Ok((words, to));
            }
            match self.peek() {
                Some('|') => {
                    self.line_ended = false;
                    return Ok((words, to));
                }
                Some('<' | '>') => self.redirect(None, &mut to)?,
                Some('&') if self.rest().starts_with("&>") => self.redirect(None, &mut to)?,
                Some('(') if words.last().and_then(redirect::plain).is_some_and(|word| word.ends_with('=')) => {
                    return Err(said::no_array("A=(…)").into());
                }
                Some(odd @ ('&' | '(' | ')')) => return Err(said::no_operator(odd).into()),
                _ => {
                    let word = self.word()?;
                    let number = redirect::number(&word).filter(|_| matches!(self.peek(), Some('<' | '>')));
                    match number {
                        Some(_) => self.redirect(number, &mut to)?,
                        // What is given to a name before a command stays whole.
                        None if words.iter().chain([&word]).all(|word| assignment(word).is_some()) => words.push(word),
                        None => words.extend(braces::expand(word)?),
                    }
                }
            }
        }
    }
}

/// How many bytes of a script its first line has, with its end and all lines that are joined to it: what a terminal runs at once.
pub fn first_line(script: &str) -> usize {
    let mut read = Script::new(script);
    loop {
        let is_fault = !matches!(read.next(), Some(Ok(_)));
        let left = read.rest.as_str().len();
        let at = script.len() - left;
        if is_fault || left == 0 || script.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\n') {
            return at;
        }
    }
}

/// Whether the script wants more lines: a quote or bracket is open, or its last line goes on.
pub fn wants_more(script: &str) -> bool {
    let slashes = script.len() - script.trim_end_matches('\\').len();
    slashes % 2 == 1 || Script::new(script).any(|statement| statement.is_err_and(|fault| fault.open))
}

/// Whether a text can be the name of a variable.
pub fn is_name(text: &str) -> bool {
    let starts = text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_');
    starts && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Iterator for Script<'_> {
    type Item = Result<Statement, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(statement) = self.ready.pop_front() {
            return Some(Ok(statement));
        }
        while self.peek().is_some() {
            let start = self.ahead();
            let joined = std::mem::replace(&mut self.joined, Joined::Always);
            let statement = match construct::turns(self, joined) {
                Some(Ok(turns)) => Ok(turns),
                Some(Err(fault)) => {
                    self.ready.clear();
                    self.skip_rest();
                    return Some(Err(fault));
                }
                None => match construct::skip(self) {
                    Some(fault) => {
                        self.ready.clear();
                        return Some(Err(fault));
                    }
                    None => self.statement(joined),
                },
            };
            match statement {
                Ok(statement) if statement.words.is_empty() => self.joined = joined,
                Ok(statement) => self.ready.push_back(statement),
                Err(trouble) => return Some(Err(self.lose(start, trouble))),
            }
            if self.line_ended && self.joined == Joined::Always && !self.ready.is_empty() {
                break;
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl<'a> Script<'a> {
    /// Passes over the line of a statement that cannot be read, with all that is joined to it. A quote that nothing closes takes only the line where its
    /// statement began: what comes after that is not lost.
    fn lose(&mut self, start: Script<'a>, trouble: Trouble) -> Fault {
        let taken = start.rest().len() - self.rest().len();
        let is_behind = start.rest().get(..taken).is_some_and(|taken| taken.ends_with('\n'));
        let reached = self.line - usize::from(is_behind);
        let last = if said::is_unclosed(&trouble.message) { 0 } else { trouble.last.max(reached) };
        let line = start.line;
        let below = self.below;
        *self = Script { joined: Joined::Always, looks_inside: self.looks_inside, ..start };
        loop {
            let begin = self.rest();
            self.skip_line();
            let length = begin.len() - self.rest().len();
            let goes_on = last > 0 && begin.get(..length).is_some_and(|line| line.trim_end_matches('\r').ends_with('\\'));
            if self.bump().is_none() || self.line > last && !goes_on {
                break;
            }
        }
        // Texts below the line are lost with it.
        self.below = 0;
        let text = self.rest().get(..below).unwrap_or_default();
        self.eat(text);
        Fault { line: trouble.line.unwrap_or(line), message: trouble.message, open: trouble.open, ends: false }
    }
}
