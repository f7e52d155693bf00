//! The journal: a line for each thing that was done, written before it is done, and the way back from such lines.
//!
//! A line is JSON with the virtual time in microseconds: `{"at":4200000,"act":{…}}`, `{"at":…,"undo":true}`, `{"at":…,"redo":true}`, or only
//! `{"at":…}` for time that passed; `"terminal":{"variables":{…},"height":…}` says what the terminal has left (`kit`). `"joined":true` says that the same typed line did what stands before it, too.

use super::Session;
use super::kit::KitChange;
use super::lines::Line;
use crate::act::Act;
use crate::json::{self, Fields, LINE_LIMITS};
use serde_json::{Map, Value, json};

/// One thing of a journal.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Act(Act),
    Undo,
    Redo,
    Terminal(KitChange),
    Nothing,
}

impl Session {
    /// The line for an act that is about to be done.
    pub fn journal_line(&self, act: &Act) -> String {
        self.entry(&[("act", act.to_json())])
    }

    /// The line for an undo that is about to be done.
    pub fn journal_undo(&self) -> String {
        self.entry(&[("undo", Value::Bool(true))])
    }

    /// The line for a redo that is about to be done.
    pub fn journal_redo(&self) -> String {
        self.entry(&[("redo", Value::Bool(true))])
    }

    /// The line that says only how far time has come.
    pub fn journal_time(&self) -> String {
        self.entry(&[])
    }

    pub(super) fn entry(&self, members: &[(&str, Value)]) -> String {
        let mut entry = Map::new();
        entry.insert("at".to_owned(), self.now().into());
        for (name, value) in members {
            entry.insert((*name).to_owned(), value.clone());
        }
        if self.is_joined() {
            entry.insert("joined".to_owned(), Value::Bool(true));
        }
        Value::Object(entry).to_string()
    }

    /// What a journal of this session starts from, while it began with a scene: the scene's id and the seed, `low-budget-ha:4711`.
    pub fn beginning(&self) -> Option<String> {
        self.scene().map(|scene| format!("{}:{}", scene.id, self.seed()))
    }

    /// Comes back to where a journal ends. `start` is a document, or the id of a scene with or without a seed (see [`Session::beginning`]). Lines that cannot be read are left out; their number
    /// comes with the session.
    ///
    /// # Errors
    /// The start cannot be opened, in plain words.
    pub fn recover(start: &str, journal: &[String]) -> Result<(Session, usize), String> {
        let seeded = || start.split_once(':').and_then(|(scene, seed)| Some((scene, seed.parse().ok()?)));
        let mut session = match seeded() {
            _ if start.trim_start().starts_with('{') => Session::load(start.as_bytes())?,
            Some((scene, seed)) => Session::open_seeded(scene, seed)?,
            None => Session::open(start)?,
        };
        let mut left_out = 0;
        for line in journal {
            let Some((at, step, joined)) = read(line) else {
                left_out += 1;
                continue;
            };
            session.line = joined.then_some(Line { has_done: true, noted: true });
            session.advance(at.saturating_sub(session.now()));
            match step {
                Step::Act(act) => drop(session.execute(&act)),
                Step::Undo => drop(session.undo()),
                Step::Redo => drop(session.redo()),
                Step::Terminal(change) => session.change_kit(change),
                Step::Nothing => {}
            }
            session.line = None;
        }
        session.observer.forget();
        Ok((session, left_out))
    }

    /// Does an act that comes as JSON, and answers as JSON: `{"Result":{…}}` or `{"Error":{"Code":…,"Message":…}}`.
    pub fn call(&mut self, act: &str) -> String {
        let answer = match Act::parse(act) {
            Err(error) => error_json("InvalidAct", &error.to_string()),
            Ok(act) => match self.execute(&act).result {
                Ok(reply) => json!({ "Result": reply }),
                Err(refusal) => error_json(&refusal.code, &refusal.message),
            },
        };
        answer.to_string()
    }
}

fn error_json(code: &str, message: &str) -> Value {
    json!({ "Error": { "Code": code, "Message": message } })
}

fn read(line: &str) -> Option<(u64, Step, bool)> {
    let value = json::parse(line.as_bytes(), LINE_LIMITS).ok()?;
    let mut fields = Fields::of("", &value).ok()?;
    let at = fields.number("at", u64::MAX / 1_000).ok()?;
    let step = match fields.optional("act") {
        Some(act) => Step::Act(Act::from_json(act).ok()?),
        None if fields.optional_flag("undo").ok()? == Some(true) => Step::Undo,
        None if fields.optional_flag("redo").ok()? == Some(true) => Step::Redo,
        None => match fields.optional("terminal") {
            Some(change) => Step::Terminal(KitChange::read(change)?),
            None => Step::Nothing,
        },
    };
    let joined = fields.optional_flag("joined").ok()?.unwrap_or_default();
    fields.finish().ok()?;
    Some((at, step, joined))
}
