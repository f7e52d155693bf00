//! What an import tells besides the world that it made: warnings, and what was left out.

use std::collections::BTreeMap;

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
    pub warnings: Vec<String>,
    /// What the playground did not understand, by name; never a value.
    pub left_out: Vec<LeftOut>,
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name: `Reservations.Instances.KeyName`.
    pub what: String,
    /// How often it was there.
    pub count: usize,
    /// Whether it was left out because it may be secret.
    pub secret: bool,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let times = if self.count == 1 { "once".to_owned() } else { format!("{} times", self.count) };
        let reason = if self.secret { ", may be secret" } else { "" };
        write!(f, "{} ({times}{reason})", self.what)
    }
}

/// A report in the making.
#[derive(Default)]
pub(super) struct Notes {
    warnings: Vec<String>,
    left_out: BTreeMap<(String, bool), usize>,
}

impl Notes {
    /// Adds a warning; the same one is not told twice.
    pub(super) fn warn(&mut self, text: String) {
        if self.warnings.len() < MAX_WARNINGS && !self.warnings.contains(&text) {
            self.warnings.push(text);
        }
    }

    /// Adds something that was left out.
    pub(super) fn leave_out(&mut self, place: &str, name: &str, count: usize) {
        let secret = is_secret(name);
        let name = harmless(name);
        let what = if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
        if let Some(known) = self.left_out.get_mut(&(what.clone(), secret)) {
            *known = known.saturating_add(count);
        } else if self.left_out.len() < MAX_LEFT_OUT {
            self.left_out.insert((what, secret), count);
        }
    }

    /// The report.
    pub(super) fn report(self) -> Report {
        let left_out = self.left_out.into_iter().map(|((what, secret), count)| LeftOut { what, count, secret }).collect();
        Report { warnings: self.warnings, left_out }
    }
}

/// A member's name, if it looks like one of AWS's; others could be anything and are not repeated.
pub(super) fn harmless(name: &str) -> &str {
    let plain = name.len() <= 64 && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    if plain { name } else { "(a strange name)" }
}

/// Whether a member or tag of this name may hold a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    SECRET_WORDS.iter().any(|word| plain.contains(word))
}
