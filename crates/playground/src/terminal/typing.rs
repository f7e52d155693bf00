//! What helps while a line is typed: completion and earlier lines.

use crate::act::typed::NAMES;
use crate::session::EchoView;
use crate::shell::complete;
use eni_core::order::sort;

/// How many words are offered at once.
const MOST_OFFERED: usize = 200;

/// What a terminal does itself, beside what stands for acts.
const OWN: [&str; 3] = ["clear", "redo", "undo"];

/// What may stand where somebody types.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Completion {
    /// What is put in at the place, because all that may stand there goes on so.
    pub insert: String,
    /// The words that may stand there, if there are several.
    pub words: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// What may stand at the end of `before`, which is all that was typed up to there. `ids` are those that are there.
pub fn completion(before: &str, ids: &[String]) -> Completion {
    let command = last_command(before);
    let mut words = complete(command, ids);
    let typed = command.rsplit(char::is_whitespace).next().unwrap_or_default();
    if typed == command {
        let own = NAMES.iter().chain(&OWN).filter(|name| name.starts_with(typed));
        words.extend(own.map(|name| (*name).to_owned()));
        sort(&mut words);
    }
    let Some(first) = words.first() else { return Completion::default() };
    if words.len() == 1 {
        let rest = first.strip_prefix(typed).unwrap_or_default();
        return Completion { insert: format!("{rest}{}", behind(first)), ..Completion::default() };
    }
    let common = words.iter().skip(1).fold(first.as_str(), |common, word| in_common(common, word));
    let insert = common.strip_prefix(typed).unwrap_or_default().to_owned();
    let more = words.len().saturating_sub(MOST_OFFERED);
    words.truncate(MOST_OFFERED);
    Completion { insert, words, more }
}

/// What stands behind a word that was chosen: nothing where its value is still to come.
pub fn behind(word: &str) -> &'static str {
    if word.ends_with('=') { "" } else { " " }
}

/// What two words begin with.
fn in_common<'a>(one: &'a str, other: &str) -> &'a str {
    let length = one.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map_or(one.len().min(other.len()), |((at, _), _)| at);
    one.get(..length).unwrap_or_default()
}

/// The command that is being typed: behind the last `$(`, `;`, `&&`, or start of a line that is not joined to the one before it.
fn last_command(before: &str) -> &str {
    let joined = |at: usize| before.get(..at).is_some_and(|head| head.ends_with('\\'));
    let mut starts = before.char_indices().filter(|(at, letter)| match letter {
        '\n' => !joined(*at),
        '(' | ';' | '|' | '&' | '`' => true,
        _ => false,
    });
    let start = starts.next_back().map_or(0, |(at, letter)| at + letter.len_utf8());
    before.get(start..).unwrap_or_default().trim_start()
}

/// The earlier line that is `back` lines behind, 1 for the newest; each line once where it stands several times in a row.
pub fn recalled(lines: &[EchoView], back: usize) -> Option<&str> {
    let mut lines = lines.iter().map(|line| line.line.as_str()).collect::<Vec<_>>();
    lines.dedup();
    let at = lines.len().checked_sub(back)?;
    lines.get(at).copied().filter(|_| back > 0)
}
