//! `--output yaml`: an answer as version 2 of the AWS command line prints it, which leaves it to a library of Python: members by name, lists no
//! deeper than what they belong to, quotes only around what would be read as something else, long texts over several lines.

use super::output::is_scalar;
use serde_json::{Map, Value};

/// A text goes on in the next line at the first blank behind this column.
const WIDTH: usize = 80;
/// What a text must not begin with.
const SIGNS: &str = "#,[]{}&*!|>'\"%@`";
/// Texts that would be read as something else.
const WORDS: &[&str] = &[
    "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "=", "<<", ".inf", ".Inf", ".INF", "-.inf", "-.Inf",
    "-.INF", "+.inf", "+.Inf", "+.INF", ".nan", ".NaN", ".NAN",
];

/// An answer as YAML. One without members prints nothing.
pub fn yaml(value: &Value) -> String {
    let mut text = String::new();
    if !value.as_object().is_some_and(Map::is_empty) {
        write(value, 0, &mut text);
        // What stands alone and without quotes is followed by the end of the document.
        if is_scalar(value) && !text.starts_with(['\'', '"']) {
            text.push_str("...\n");
        }
    }
    text
}

/// Writes a value where the text ends, and the line's end; its further lines begin after so many blanks.
fn write(value: &Value, indent: usize, text: &mut String) {
    let blanks = |count: usize, text: &mut String| text.extend(std::iter::repeat_n(' ', count));
    match value {
        Value::Array(values) if !values.is_empty() => {
            for (number, value) in values.iter().enumerate() {
                blanks(if number > 0 { indent } else { 0 }, text);
                text.push_str("- ");
                write(value, indent + 2, text);
            }
        }
        Value::Object(members) if !members.is_empty() => {
            for (number, (name, value)) in members.iter().enumerate() {
                blanks(if number > 0 { indent } else { 0 }, text);
                write_text(name, indent, text);
                let inner = match value {
                    Value::Array(values) if !values.is_empty() => Some(indent),
                    Value::Object(members) if !members.is_empty() => Some(indent + 2),
                    _ => None,
                };
                text.push_str(if inner.is_some() { ":\n" } else { ": " });
                blanks(inner.unwrap_or_default(), text);
                write(value, inner.unwrap_or(indent + 2), text);
            }
        }
        Value::String(value) => {
            write_text(value, indent.max(2), text);
            text.push('\n');
        }
        value => {
            text.push_str(&value.to_string());
            text.push('\n');
        }
    }
}

/// Writes a text with the quotes that it needs.
fn write_text(value: &str, indent: usize, text: &mut String) {
    if value.chars().any(|letter| letter.is_control() || letter > '\u{ffff}') {
        text.push('"');
        value.chars().for_each(|letter| text.push_str(&escaped(letter)));
        text.push('"');
    } else if is_plain(value) {
        fold(value, indent, text);
    } else {
        text.push('\'');
        fold(&value.replace('\'', "''"), indent, text);
        text.push('\'');
    }
}

/// A letter between double quotes.
fn escaped(letter: char) -> String {
    match letter {
        '"' | '\\' => format!("\\{letter}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        letter if letter > '\u{ffff}' => format!("\\U{:08X}", u32::from(letter)),
        letter if letter.is_control() => format!("\\x{:02X}", u32::from(letter)),
        letter => letter.to_string(),
    }
}

/// Writes a text over as many lines as it needs.
fn fold(value: &str, indent: usize, text: &mut String) {
    let mut column = text.chars().rev().take_while(|letter| *letter != '\n').count();
    let mut before = ' ';
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        let alone = letter == ' ' && before != ' ' && letters.peek().is_some_and(|next| *next != ' ');
        if alone && column > WIDTH {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else {
            text.push(letter);
            column += 1;
        }
        before = letter;
    }
}

/// Whether a text is read as itself without quotes.
fn is_plain(text: &str) -> bool {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    let begins = match first {
        None | Some(' ') => false,
        Some('-' | '?' | ':') => second.is_some_and(|letter| letter != ' '),
        Some(first) => !SIGNS.contains(first),
    };
    let holds = [": ", " #"].iter().any(|signs| text.contains(signs)) || text.ends_with([' ', ':']);
    let ends_document = text.starts_with("---") || text.starts_with("...");
    begins && !holds && !ends_document && !WORDS.contains(&text) && !is_number(text) && !is_moment(text)
}

/// Whether a text would be read as a number: `123456789012`, `-1`, `1.5`, `1e5`, `0x1f`.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = text.strip_prefix(prefix).filter(|digits| !digits.is_empty()) {
            return digits.chars().all(|digit| digit == '_' || digit.is_digit(base));
        }
    }
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let power = power.strip_prefix(['-', '+']).unwrap_or(power);
    let is_power = !power.is_empty() && power.bytes().all(|digit| digit.is_ascii_digit());
    let all_digits = number.bytes().all(|digit| digit.is_ascii_digit() || matches!(digit, b'_' | b'.'));
    let points = number.matches('.').count();
    is_power
        && all_digits
        && points <= 1
        && number.starts_with(|letter: char| letter != '_')
        && number.bytes().any(|digit| digit.is_ascii_digit())
}

/// Whether a text would be read as a day or a moment: `2026-01-01T00:00:00+00:00`.
fn is_moment(text: &str) -> bool {
    let day = |day: &str| {
        day.len() == 10 && day.bytes().enumerate().all(|(at, sign)| if matches!(at, 4 | 7) { sign == b'-' } else { sign.is_ascii_digit() })
    };
    text.split_at_checked(10).is_some_and(|(date, rest)| {
        let time = rest.trim_start_matches(['T', 't', ' ']);
        day(date)
            && (rest.is_empty() || time.len() < rest.len() && time.starts_with(|digit: char| digit.is_ascii_digit()) && time.contains(':'))
    })
}
