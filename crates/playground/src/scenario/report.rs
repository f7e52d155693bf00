//! What an import tells besides the world that it made: warnings, and what was left out.

use super::intake::Skipped;
use crate::words::{InputKey, Language, Saying};
use eni_core::table::Table;

/// How many warnings are kept.
const MAX_WARNINGS: usize = 500;
/// How many different things that were left out are named.
const MAX_LEFT_OUT: usize = 500;
/// Members whose values are secret: they are not even looked at.
const SECRET_WORDS: [&str; 11] = [
    "customergatewayconfiguration",
    "userdata",
    "password",
    "passwd",
    "secret",
    "token",
    "privatekey",
    "presharedkey",
    "credential",
    "apikey",
    "accesskey",
];

/// What an import tells besides the world that it made.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Things that were understood in a way that one should know of.
    pub warnings: Vec<Saying>,
    /// What the playground did not understand, by name; never a value.
    pub left_out: Vec<LeftOut>,
    /// Files that were not read.
    pub not_read: Vec<Skipped>,
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name: `Reservations.Instances.KeyName`.
    pub what: String,
    /// How often it was there.
    pub count: usize,
    /// Why it was left out.
    pub why: Why,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The playground has no such kind of thing.
    NotModelled,
    /// The playground does not know this member.
    NotKnown,
    /// The playground shows another value of this member.
    Otherwise,
    /// It is a tag of something that is not kept.
    TagOfOthers,
    /// It may be secret.
    Secret,
    /// It is a tag whose key looks like that of a secret.
    SecretTag,
}

impl Why {
    /// Whether it was left out because it may be secret.
    pub fn is_secret(self) -> bool {
        matches!(self, Why::Secret | Why::SecretTag)
    }
}

impl LeftOut {
    /// Its name and how often it was there.
    pub fn say(&self, language: Language) -> String {
        let what = match self.why {
            Why::TagOfOthers => language.say(InputKey::TagsOfOthers),
            Why::SecretTag => language.say(InputKey::SecretTags),
            Why::NotModelled | Why::NotKnown | Why::Otherwise | Why::Secret => self.what.clone(),
        };
        match self.count {
            1 => language.say(InputKey::Once { what: &what }),
            count => language.say(InputKey::Times { what: &what, count: &count.to_string() }),
        }
    }
}

/// A report in the making.
#[derive(Default)]
pub(super) struct Notes {
    warnings: Vec<Saying>,
    left_out: Table<(Why, String), usize>,
    not_read: Vec<Skipped>,
}

impl Notes {
    /// Adds a warning; the same one is not told twice.
    pub(super) fn warn(&mut self, warning: impl Into<Saying>) {
        if self.warnings.len() < MAX_WARNINGS {
            let warning = warning.into();
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
    }

    /// Adds a member that was left out, or a whole list if it stands nowhere.
    pub(super) fn leave_out(&mut self, place: &str, name: &str, count: usize) {
        let why = match (is_secret(name), place.is_empty()) {
            (true, _) => Why::Secret,
            (false, true) => Why::NotModelled,
            (false, false) => Why::NotKnown,
        };
        let name = harmless(name);
        self.count(why, if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }, count);
    }

    /// Adds a member of which another value is shown than was told.
    pub(super) fn show_otherwise(&mut self, place: &str, name: &str) {
        self.count(Why::Otherwise, format!("{place}.{name}"), 1);
    }

    /// Adds tags that were left out.
    pub(super) fn leave_out_tags(&mut self, why: Why, count: usize) {
        self.count(why, "Tags".to_owned(), count);
    }

    fn count(&mut self, why: Why, what: String, count: usize) {
        if self.left_out.len() < MAX_LEFT_OUT || self.left_out.contains_key(&(why, what.clone())) {
            self.left_out.update((why, what), 0, |known| *known = known.saturating_add(count));
        }
    }

    /// Adds a file that was not read.
    pub(super) fn not_read(&mut self, file: String, why: impl Into<Saying>) {
        self.not_read.push(Skipped { file, why: why.into() });
    }

    /// Adds files that were not read.
    pub(super) fn all_not_read(&mut self, skipped: &[Skipped]) {
        self.not_read.extend_from_slice(skipped);
    }

    /// What was warned of so far.
    pub(super) fn warnings(&self) -> &[Saying] {
        &self.warnings
    }

    /// The files that were not read so far.
    pub(super) fn files_not_read(&self) -> &[Skipped] {
        &self.not_read
    }

    /// The report.
    pub(super) fn report(self) -> Report {
        let left_out = self.left_out.into_iter().map(|((why, what), count)| LeftOut { what, count, why }).collect();
        Report { warnings: self.warnings, left_out, not_read: self.not_read }
    }
}

/// A member's name, if it looks like one of AWS's; others could be anything and are not repeated.
pub(super) fn harmless(name: &str) -> &str {
    let plain = name.len() <= 64 && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    if plain { name } else { "(?)" }
}

/// Whether a member or tag of this name may hold a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    SECRET_WORDS.iter().any(|word| plain.contains(word))
}
