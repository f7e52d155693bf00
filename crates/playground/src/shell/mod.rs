//! The command language: `aws …` as the AWS command line reads and prints it, variables, and a few commands of its own.
//!
//! [`Shell::run`] takes a script and a [`Host`] and says what a terminal would show. Nothing here knows an action of AWS by name but [`sugar`] and
//! [`waiter`]: options, help and completion come from the table in `aws`.

mod answer;
mod builtin;
mod complete;
mod complete_filters;
mod files;
mod guest;
mod help;
mod host;
mod invoke;
mod kinds;
mod lex;
mod lone;
mod options;
mod order;
mod output;
mod paging;
mod printf;
mod query;
mod shorthand;
mod skeleton;
mod sugar;
mod table;
mod tail;
mod usage;
mod waiter;
mod yaml;

pub use crate::words::shell::PAGE_HELP;
pub use crate::world::told::{How, Told};
pub use complete::complete;
pub use host::Host;
pub use lex::{LONGEST_LINE, MOST_DEEP, first_line, wants_more};
pub use lone::{Lone, begun, question};

use crate::aws::ApiError;
use crate::words::shell as said;
use lex::{Instead, Joined, Part, Redirect, Script, Statement, Turns, Word, is_name};
use options::{Asked, Common, Format};
use order::Order;
use query::Query;
use std::collections::BTreeMap;

/// The commands that give values to names.
const DECLARE: [&str; 4] = ["export", "readonly", "declare", "local"];

/// Variables that a shell finds set where it begins: here they are empty.
const ENVIRONMENT: [&str; 8] = ["HOME", "HOSTNAME", "LANG", "PATH", "PWD", "SHELL", "TERM", "USER"];

/// How many commands may stand in brackets of others at once.
const DEEPEST: usize = MOST_DEEP;

/// How many turns all loops of a script may have together.
const MOST_TURNS: usize = 1_000;

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// What a terminal shows, piece by piece.
pub type Printed = Vec<(Stream, String)>;

/// What ends a command before its time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: u8,
    /// What is printed on standard error.
    pub text: String,
}

/// How the last `aws` command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Accepted,
    Refused(String),
    NotAsked(u8),
}

/// What a shell remembers from line to line.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The variables, and the files beside them ([`files`]).
    variables: BTreeMap<String, String>,
    exit: u8,
    outcome: Option<Outcome>,
    stops_at_failure: bool,
    /// Whether a variable without a value ends the script: `set -u`.
    stops_at_unset: bool,
    /// Whether a command that fails before a `|` counts: `set -o pipefail`.
    pipe_fails: bool,
    ended: bool,
    /// Whether the script has what this shell does not read: then nothing of it runs any more, around a `$(…)` neither.
    broken: bool,
    unmet: usize,
    /// The instance that it runs on, if it does not run at home.
    at: Option<String>,
    /// How many turns of loops the script has done.
    turns: usize,
    /// What the command that runs reads, if it was told.
    input: Option<String>,
    /// What is printed behind the answer of a program that has given one and ends badly all the same.
    behind: Option<Failure>,
}

impl Shell {
    /// A shell without variables.
    pub fn new() -> Shell {
        Shell::default()
    }

    /// The exit code: that of the last command; 1 if it went well, but something expected did not happen.
    pub fn exit(&self) -> u8 {
        if self.exit == 0 && self.unmet > 0 { 1 } else { self.exit }
    }

    /// The exit code of the last command.
    pub fn status(&self) -> u8 {
        self.exit
    }

    /// Whether the last script ended before its last line: by `exit`, by a failure with `set -e`, or by what this shell does not have.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// The value of a variable.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// All variables, and the files.
    pub fn variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }

    /// The variables are these now.
    pub fn set_variables(&mut self, variables: BTreeMap<String, String>) {
        self.variables = variables;
    }

    /// Runs a script and says what a terminal would show.
    pub fn run(&mut self, host: &mut dyn Host, script: &str) -> Printed {
        self.turns = 0;
        self.go_on(host, script)
    }

    /// The same, where turns of loops were done already.
    fn go_on(&mut self, host: &mut dyn Host, script: &str) -> Printed {
        let mut printed = Printed::new();
        (self.ended, self.broken) = (false, false);
        self.script(host, Script::new(script), 0, &mut printed);
        printed
    }

    fn script(&mut self, host: &mut dyn Host, script: Script<'_>, deep: usize, printed: &mut Printed) {
        let mut script = script.peekable();
        while let Some(statement) = script.next() {
            let is_last_chance = match statement {
                Err(fault) => {
                    printed.push((Stream::Err, format!("line {}: {}\n", fault.line, fault.message)));
                    self.exit = 2;
                    self.broken |= fault.ends;
                    self.ended |= fault.ends;
                    true
                }
                Ok(statement) => {
                    let skipped = match statement.joined {
                        Joined::Always => false,
                        Joined::IfOk => self.exit != 0,
                        Joined::IfFailed => self.exit == 0,
                    };
                    if !skipped {
                        self.exit = self.statement(host, &statement, deep, printed);
                    }
                    // What goes on with `&&` or `||` is looked at as a whole.
                    let goes_on = matches!(script.peek(), Some(Ok(next)) if !matches!(next.joined, Joined::Always));
                    !skipped && !goes_on
                }
            };
            if self.ended || self.stops_at_failure && self.exit != 0 && is_last_chance {
                self.ended = true;
                return;
            }
        }
    }

    fn statement(&mut self, host: &mut dyn Host, statement: &Statement, deep: usize, printed: &mut Printed) -> u8 {
        let done = match &statement.turns {
            Some(turns) => self.each(host, &statement.words, turns, deep, printed),
            None => self.lending(host, statement, deep, printed),
        };
        done.unwrap_or_else(|failure| {
            printed.push((Stream::Err, failure.text));
            failure.exit
        })
    }

    /// Does what a loop does, once for each value.
    fn each(&mut self, host: &mut dyn Host, words: &[Word], turns: &Turns, deep: usize, printed: &mut Printed) -> Result<u8, Failure> {
        let before = std::mem::replace(&mut self.exit, 0);
        let mut values: Vec<String> = Vec::new();
        for word in words {
            values.extend(self.expand(host, word, before, true, deep, printed)?);
        }
        self.exit = 0;
        for value in values {
            self.turns += 1;
            let fault = if deep >= DEEPEST { Some(said::loops_too_deep(DEEPEST)) } else { None };
            let fault = fault.or_else(|| (self.turns > MOST_TURNS).then(|| said::too_many_turns(MOST_TURNS)));
            if let Some(fault) = fault {
                (self.ended, self.broken) = (true, true);
                return Err(Failure { exit: 2, text: format!("{fault}\n") });
            }
            self.variables.insert(turns.name.clone(), value);
            self.script(host, Script::at_line(&turns.body, turns.line), deep + 1, printed);
            if self.ended {
                break;
            }
        }
        Ok(self.exit)
    }

    /// Assignments before a command are for that command alone, whether it comes to it or not.
    fn lending(&mut self, host: &mut dyn Host, statement: &Statement, deep: usize, printed: &mut Printed) -> Result<u8, Failure> {
        let assigned = statement.words.iter().take_while(|word| assignment(word).is_some()).count();
        let (assignments, command) = statement.words.split_at_checked(assigned).unwrap_or_default();
        let names = assignments.iter().filter(|_| !command.is_empty()).filter_map(assignment).map(|(name, _)| name);
        let lent: Vec<(String, Option<String>)> = names.map(|name| (name.clone(), self.variables.get(&name).cloned())).collect();
        let exit = self.exit_of_expansion(host, statement, (assignments, command), deep, printed);
        for (name, old) in lent {
            match old {
                Some(value) => self.variables.insert(name, value),
                None => self.variables.remove(&name),
            };
        }
        exit
    }

    fn exit_of_expansion(
        &mut self,
        host: &mut dyn Host,
        statement: &Statement,
        (assignments, command): (&[Word], &[Word]),
        deep: usize,
        printed: &mut Printed,
    ) -> Result<u8, Failure> {
        let before = std::mem::replace(&mut self.exit, 0);
        for word in assignments {
            let Some((name, value)) = assignment(word) else { continue };
            let fields = self.expand(host, &value, before, false, deep, printed)?;
            self.variables.insert(name, fields.concat());
        }
        let mut words: Vec<String> = Vec::new();
        for word in command {
            // What is given to a name stays whole, as in an assignment by itself.
            let split = assignment(word).is_none() || !words.first().is_some_and(|name| DECLARE.contains(&name.as_str()));
            words.extend(self.expand(host, word, before, split, deep, printed)?);
        }
        if words.iter().map(String::len).sum::<usize>() > LONGEST_LINE {
            return Err(Failure { exit: 126, text: format!("{}\n", said::line_too_long(LONGEST_LINE)) });
        }
        let behind_to = statement.pipe.as_ref().map(|(_, to)| to);
        let mut open =
            |to: &Redirect| self.open(to, &mut |shell, word| Ok(shell.expand(host, word, before, false, deep, printed)?.concat()));
        let behind = behind_to.map(&mut open).transpose()?.unwrap_or_default();
        let files = open(&statement.to)?;
        if command.is_empty() {
            return Ok(self.exit);
        }
        self.exit = before;
        let mut own = Printed::new();
        let mut exit = self.command(host, &words, &mut own);
        let (mut own, mut has_room) = self.send(&statement.to, &files, own);
        if let Some((filter, to)) = &statement.pipe {
            let (piped, said): (Printed, Printed) = own.into_iter().partition(|(stream, _)| *stream == Stream::Out);
            let (text, fault, passed) = filter.pass(piped.into_iter().map(|(_, text)| text).collect());
            let came_out = [(Stream::Out, text), (Stream::Err, fault.unwrap_or_default())];
            let (shown, has_room_too) = self.send(to, &behind, came_out.into_iter().filter(|(_, text)| !text.is_empty()).collect());
            own = said.into_iter().chain(shown).collect();
            has_room &= has_room_too;
            exit = if passed == 0 && self.pipe_fails { exit } else { passed };
        }
        printed.extend(own);
        exit = if has_room { exit } else { exit.max(1) };
        Ok(exit)
    }

    /// The words that a word becomes: none, one, or with `split` as many as blanks make of values outside of quotes.
    fn expand(
        &mut self,
        host: &mut dyn Host,
        word: &Word,
        before: u8,
        split: bool,
        deep: usize,
        printed: &mut Printed,
    ) -> Result<Vec<String>, Failure> {
        let (mut fields, mut current): (Vec<String>, Option<String>) = (Vec::new(), None);
        let mut length = 0;
        for part in word {
            let (value, quoted) = match part {
                Part::Text { text, .. } => (text.clone(), true),
                Part::Variable { name, quoted, .. } if name == "?" => (before.to_string(), *quoted),
                Part::Variable { name, without, instead, quoted } => match (self.variables.get(name), instead) {
                    (value, Some(instead)) if value.is_none_or(|value| instead.or_empty && value.is_empty()) => {
                        let is_quoted = *quoted || instead.word.iter().any(|part| matches!(part, Part::Text { quoted: true, .. }));
                        (self.expand(host, &instead.word, before, false, deep, printed)?.concat(), is_quoted)
                    }
                    (None, _) if self.stops_at_unset && !ENVIRONMENT.contains(&name.as_str()) => {
                        self.ended = true;
                        return Err(Failure { exit: 1, text: format!("{name}: unbound variable\n") });
                    }
                    (value, _) => {
                        let value = value.map_or("", String::as_str);
                        (value.strip_suffix(without.as_str()).unwrap_or(value).to_owned(), *quoted)
                    }
                },
                Part::Command { script, line, quoted } => (self.substitute(host, Script::at_line(script, *line), deep, printed)?, *quoted),
            };
            length += value.len();
            if length > LONGEST_LINE {
                return Err(Failure { exit: 126, text: format!("{}\n", said::line_too_long(LONGEST_LINE)) });
            }
            if quoted || !split {
                current.get_or_insert_default().push_str(&value);
                continue;
            }
            for (number, piece) in value.split([' ', '\t', '\n']).enumerate() {
                if number > 0 {
                    fields.extend(current.take());
                }
                if !piece.is_empty() {
                    current.get_or_insert_default().push_str(piece);
                }
            }
        }
        fields.extend(current);
        Ok(fields)
    }

    /// What a script prints, without the ends of lines at its end.
    fn substitute(&mut self, host: &mut dyn Host, script: Script<'_>, deep: usize, printed: &mut Printed) -> Result<String, Failure> {
        if deep >= DEEPEST {
            return Err(Failure { exit: 2, text: format!("{}\n", said::too_deep(DEEPEST)) });
        }
        let (variables, stops) = (self.variables.clone(), self.stops_at_failure);
        let mut inner = Printed::new();
        self.script(host, script, deep + 1, &mut inner);
        self.keep_files(variables);
        (self.stops_at_failure, self.ended) = (stops, self.broken);
        let mut output = String::new();
        for (stream, text) in inner {
            match stream {
                Stream::Out => output.push_str(&text),
                Stream::Err => printed.push((stream, text)),
            }
        }
        if self.broken {
            return Err(Failure { exit: 2, text: String::new() });
        }
        output.truncate(output.trim_end_matches('\n').len());
        Ok(output)
    }

    fn command(&mut self, host: &mut dyn Host, words: &[String], printed: &mut Printed) -> u8 {
        let Some((name, rest)) = words.split_first() else { return 0 };
        let done = match name.as_str() {
            "aws" if self.at.is_some() => Err(Failure { exit: usage::NO_CREDENTIALS, text: format!("{}\n", said::NO_CREDENTIALS) }),
            "aws" => self.aws(host, rest),
            _ => self.builtin(host, name, rest),
        };
        match done {
            Ok(text) => {
                let behind = self.behind.take().unwrap_or_default();
                let pieces = [(Stream::Out, text), (Stream::Err, behind.text)];
                printed.extend(pieces.into_iter().filter(|(_, text)| !text.is_empty()));
                behind.exit
            }
            Err(failure) => {
                printed.push((Stream::Err, failure.text));
                failure.exit
            }
        }
    }

    fn aws(&mut self, host: &mut dyn Host, words: &[String]) -> Result<String, Failure> {
        self.outcome = None;
        let done = self.call(host, words);
        if let (None, Err(failure)) = (&self.outcome, &done) {
            self.outcome = Some(Outcome::NotAsked(failure.exit));
        }
        done
    }

    fn call(&mut self, host: &mut dyn Host, words: &[String]) -> Result<String, Failure> {
        if let [configure, get, name] = words
            && (configure.as_str(), get.as_str()) == ("configure", "get")
        {
            let value = (name == "region").then(|| format!("{}\n", host.region()));
            return value.ok_or(Failure { exit: 1, text: String::new() });
        }
        let (service, action, parameters, common) = match options::read(&self.with_files(words)?)? {
            Asked::Wait { waiter, parameters, common } => {
                self.check_region(host, &common)?;
                let done = waiter.wait(host, &parameters).map(|()| String::new());
                return self.ended(done);
            }
            Asked::Call { action, parameters, common, .. } if action.name == sugar::TAIL => {
                self.check_region(host, &common)?;
                let done = tail::tail(host, &parameters);
                return self.ended(done);
            }
            Asked::Skeleton(action) => return Ok(output::json(&skeleton::skeleton(action), &Order::default())),
            Asked::Help(action) => return Ok(help::help(action)),
            Asked::Version => return Ok(said::version()),
            Asked::Call { service, action, parameters, common } => (service, action, parameters, common),
        };
        self.check_region(host, &common)?;
        let query = common.query.as_deref().map(Query::new).transpose()?;
        let answer = common.paging.ask(host, service.name, action, &parameters);
        self.outcome = Some(match &answer {
            Ok(_) => Outcome::Accepted,
            Err(error) => Outcome::Refused(error.code.clone()),
        });
        let mut answer = answer.map_err(|error| usage::refused(action.name, &error))?;
        if let Some(file) = &common.outfile {
            let returned = invoke::carry_out(host, &parameters, &mut answer);
            self.write(file, &returned, false)?;
        }
        let format = common.output.or_else(|| Format::named(self.variables.get("AWS_DEFAULT_OUTPUT")?)).unwrap_or(Format::Json);
        let (text, behind) = answer::print(action, answer, query.as_ref(), format, &common)?;
        self.behind = behind;
        Ok(text)
    }

    /// How a command ended that asks by calls of its own: with a refusal, if it was one that ended it.
    fn ended(&mut self, done: Result<String, (Failure, Option<ApiError>)>) -> Result<String, Failure> {
        let (outcome, done) = match done {
            Ok(text) => (Outcome::Accepted, Ok(text)),
            Err((failure, Some(error))) => (Outcome::Refused(error.code), Err(failure)),
            Err((failure, None)) => (Outcome::NotAsked(failure.exit), Err(failure)),
        };
        self.outcome = Some(outcome);
        done
    }

    /// There is one region here.
    fn check_region(&self, host: &dyn Host, common: &Common) -> Result<(), Failure> {
        let named = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(|name| self.variables.get(name));
        match common.region.as_ref().or(named) {
            Some(region) if region != host.region() => {
                let text = format!("\n{}\n", said::other_region(region, host.region()));
                Err(Failure { exit: usage::OTHER, text })
            }
            _ => Ok(()),
        }
    }
}

/// The name and the value of a word `NAME=value`; of `NAME+=value` it begins with what the name has already.
fn assignment(word: &Word) -> Option<(String, Word)> {
    let (first, rest) = word.split_first()?;
    let Part::Text { text, quoted: false } = first else { return None };
    let (name, value) = text.split_once('=')?;
    let (name, adds) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
    let name = Some(name.to_owned()).filter(|name| is_name(name))?;
    let nothing = Some(Instead { word: Word::new(), or_empty: false });
    let old = adds.then(|| Part::Variable { name: name.clone(), without: String::new(), instead: nothing, quoted: true });
    let head = Part::Text { text: value.to_owned(), quoted: true };
    Some((name, old.into_iter().chain([head]).chain(rest.iter().cloned()).collect()))
}

#[cfg(test)]
mod tests;
