//! What may stand behind `|`: `cat`, and `jq` with a plain path, `.Vpcs[0].VpcId`, which many tutorials have instead of `--query`. Everything
//! else is refused before anything of its line runs.

use super::super::said;
use super::Word;
use super::redirect::plain;
use crate::aws::look;
use serde_json::Value;

/// The exit code of jq where a value is not of the kind that a path wants.
const NOT_OF_THE_KIND: u8 = 5;
/// The exit code of jq where what comes in is not JSON.
const NOT_JSON: u8 = 2;

/// The longest path.
const MOST_STEPS: usize = 100;

/// What the output of a command passes through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// `cat`.
    Same,
    /// `jq`.
    Path {
        /// The way to the values.
        steps: Vec<Step>,
        /// `-r`: texts without quotes.
        bare: bool,
    },
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.Name`.
    Member(String),
    /// `[0]`; below zero from the end.
    Element(i64),
    /// `[]`.
    Each,
}

impl Filter {
    /// Reads the command behind a `|`.
    ///
    /// # Errors
    /// What to do instead.
    pub fn read(words: &[Word]) -> Result<Filter, String> {
        let Some(words) = words.iter().map(plain).collect::<Option<Vec<String>>>() else {
            let name = words.first().and_then(plain).unwrap_or_default();
            return Err(said::no_pipe(&name));
        };
        match words.iter().map(String::as_str).collect::<Vec<&str>>().as_slice() {
            [] => Err(said::near("|")),
            ["cat"] => Ok(Filter::Same),
            ["jq", rest @ ..] => {
                let is_bare = |word: &&str| matches!(*word, "-r" | "--raw-output");
                let bare = rest.iter().any(is_bare);
                let program: Vec<&str> = rest.iter().filter(|word| !is_bare(word)).copied().collect();
                let steps = match program.as_slice() {
                    [] => Some(Vec::new()),
                    [path] => steps(path.trim()),
                    _ => None,
                };
                steps.map(|steps| Filter::Path { steps, bare }).ok_or_else(|| said::no_jq(&program.join(" ")))
            }
            [name, ..] => Err(said::no_pipe(name)),
        }
    }

    /// What comes out of a text, what is said beside it, and the exit code.
    pub fn pass(&self, text: String) -> (String, Option<String>, u8) {
        let Filter::Path { steps, bare } = self else { return (text, None, 0) };
        if text.trim().is_empty() {
            return (String::new(), None, 0);
        }
        if serde_json::from_str::<Value>(&text).is_err() {
            return (String::new(), Some(said::JQ_NOT_JSON.to_owned()), NOT_JSON);
        }
        let mut found = String::new();
        let wrong = walk(&tight(&text), steps, &mut |value| {
            match value.strip_prefix('"') {
                Some(_) if *bare => found.push_str(&look::text(value)),
                _ => spread(value, &mut found),
            }
            found.push('\n');
        });
        match wrong {
            Ok(()) => (found, None, 0),
            Err(why) => (found, Some(said::jq_error(text.lines().count(), &why)), NOT_OF_THE_KIND),
        }
    }
}

/// Reads a plain path.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('.')?;
    let mut steps = Vec::new();
    let mut is_first = true;
    while !rest.is_empty() {
        if steps.len() == MOST_STEPS {
            return None;
        }
        if let Some(inside) = rest.strip_prefix('[') {
            let (number, after) = inside.split_once(']')?;
            steps.push(if number.is_empty() { Step::Each } else { Step::Element(number.parse().ok()?) });
            rest = after;
        } else {
            let name = if is_first { rest } else { rest.strip_prefix('.')? };
            if name.starts_with('[') && !is_first {
                rest = name;
                continue;
            }
            let length = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(name.len());
            let (name, after) = name.split_at_checked(length)?;
            if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
                return None;
            }
            steps.push(Step::Member(name.to_owned()));
            rest = after;
        }
        is_first = false;
    }
    Some(steps)
}

/// Tells `found` of every value at the end of a path, in order.
fn walk(value: &str, steps: &[Step], found: &mut dyn FnMut(&str)) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else {
        found(value);
        return Ok(());
    };
    let next = match (step, kind(value)) {
        (Step::Member(_) | Step::Element(_), "null") => None,
        (Step::Member(name), "object") => look::member(value, name),
        (Step::Member(name), kind) => return Err(format!("Cannot index {kind} with \"{name}\"")),
        (Step::Element(at), "array") => {
            let count = i64::try_from(look::elements(value).count()).unwrap_or(i64::MAX);
            let at = if *at < 0 { count + at } else { *at };
            usize::try_from(at).ok().and_then(|at| look::elements(value).nth(at))
        }
        (Step::Element(_), kind) => return Err(format!("Cannot index {kind} with number")),
        (Step::Each, "array") => return look::elements(value).try_for_each(|value| walk(value, rest, found)),
        (Step::Each, "object") => return look::members(value).try_for_each(|(_, value)| walk(value, rest, found)),
        (Step::Each, kind) => {
            let value: String = value.chars().take(11).collect();
            return Err(format!("Cannot iterate over {kind} ({value})"));
        }
    };
    walk(next.unwrap_or("null"), rest, found)
}

/// jq's word for the kind of a value.
fn kind(value: &str) -> &'static str {
    match value.bytes().next() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}

/// JSON without white space around its values.
fn tight(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    each_letter(text, |letter, inside| {
        if inside || !letter.is_ascii_whitespace() {
            whole.push(letter);
        }
    });
    whole
}

/// JSON over several lines, with two blanks a level, as jq prints it.
fn spread(text: &str, to: &mut String) {
    let mut deep = 0_usize;
    let mut before = ' ';
    each_letter(text, |letter, inside| {
        let opened = matches!(before, '{' | '[');
        let line = |deep: usize, to: &mut String| {
            to.push('\n');
            to.extend(std::iter::repeat_n(' ', 2 * deep));
        };
        let closes = !inside && matches!(letter, '}' | ']');
        if closes {
            deep = deep.saturating_sub(1);
        }
        if closes != opened || before == ',' {
            line(deep, to);
        }
        to.push(letter);
        before = if inside { ' ' } else { letter };
        match before {
            '{' | '[' => deep += 1,
            ':' => to.push(' '),
            _ => {}
        }
    });
}

/// Tells of every letter, and whether it stands in a text.
fn each_letter(text: &str, mut tell: impl FnMut(char, bool)) {
    let (mut inside, mut escaped) = (false, false);
    for letter in text.chars() {
        let quote = letter == '"' && !escaped;
        tell(letter, inside || quote);
        escaped = inside && letter == '\\' && !escaped;
        inside ^= quote;
    }
}
