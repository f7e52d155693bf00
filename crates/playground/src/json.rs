//! JSON from outside: read with limits, and taken apart with errors that name the place.

mod encoding;

use crate::words::{InputKey, Saying};
use eni_core::addr::MacError;
use eni_core::id::IdError;
use serde_json::{Map, Value};
use std::fmt;

/// How much JSON is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length in bytes.
    pub bytes: usize,
    /// How deep lists and objects may nest.
    pub depth: usize,
    /// How many values there may be, members and elements together.
    pub values: usize,
}

/// One act, or one line of a protocol.
pub const LINE_LIMITS: Limits = Limits { bytes: 1 << 20, depth: 64, values: 100_000 };
/// A document, or all files of an import together.
pub const FILE_LIMITS: Limits = Limits { bytes: 64 << 20, depth: 64, values: 4_000_000 };

/// Why a text was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// It is longer than the limit.
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// It nests deeper than the limit.
    TooDeep(usize),
    /// It has more values than the limit.
    TooMany(usize),
    /// It is not text.
    NotText,
    /// It is packed, by gzip or as a ZIP archive.
    Compressed,
    /// There is nothing in it.
    Empty,
    /// It does not even begin as JSON.
    NotJson,
    /// It is not JSON.
    Syntax {
        /// The line of the first fault, from 1.
        line: usize,
        /// The column of the first fault, from 1; 0 at the end of a line.
        column: usize,
    },
    /// It is JSON, but not what was wanted.
    Field(FieldError),
}

impl JsonError {
    /// What is wrong, to be said in any language.
    pub fn saying(&self) -> Saying {
        match self {
            JsonError::TooLong { length, limit } => InputKey::TooLong { length: &length.to_string(), limit: &limit.to_string() }.into(),
            JsonError::TooDeep(levels) => InputKey::TooDeep { levels: &levels.to_string() }.into(),
            JsonError::TooMany(limit) => InputKey::TooManyValues { limit: &limit.to_string() }.into(),
            JsonError::NotText => InputKey::NotText.into(),
            JsonError::Compressed => InputKey::Compressed.into(),
            JsonError::Empty => InputKey::EmptyFile.into(),
            JsonError::NotJson => InputKey::NotJsonAtAll.into(),
            JsonError::Syntax { line, column } => InputKey::NotJson { line: &line.to_string(), column: &column.to_string() }.into(),
            JsonError::Field(error) => error.saying(),
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.saying().fmt(f)
    }
}

impl std::error::Error for JsonError {}

impl From<FieldError> for JsonError {
    fn from(error: FieldError) -> JsonError {
        JsonError::Field(error)
    }
}

/// A member is missing, unknown or of the wrong kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Where: member names with dots between them; empty where it is the whole.
    pub place: String,
    /// What is wrong there.
    pub problem: Saying,
}

impl FieldError {
    /// An error at a place.
    pub fn new(place: impl fmt::Display, problem: impl Into<Saying>) -> FieldError {
        FieldError { place: place.to_string(), problem: problem.into() }
    }

    /// Where something is wrong and what, to be said in any language.
    pub fn saying(&self) -> Saying {
        if self.place.is_empty() {
            return self.problem.clone();
        }
        Saying::of(InputKey::AtPlace { place: &self.place, problem: "" }).holding("problem", self.problem.clone())
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.saying().fmt(f)
    }
}

impl std::error::Error for FieldError {}

/// What each kind of text that cannot be read should have been.
impl From<IdError> for Saying {
    fn from(error: IdError) -> Saying {
        InputKey::ExpectedId { prefix: error.prefix }.into()
    }
}

impl From<MacError> for Saying {
    fn from(_: MacError) -> Saying {
        InputKey::ExpectedMac.into()
    }
}

impl From<std::net::AddrParseError> for Saying {
    fn from(_: std::net::AddrParseError) -> Saying {
        InputKey::ExpectedAddress.into()
    }
}

impl From<eni_core::addr::BlockError> for Saying {
    fn from(_: eni_core::addr::BlockError) -> Saying {
        InputKey::ExpectedBlock.into()
    }
}

/// Reads one JSON value within the limits. They are checked before anything is built, so a hostile text costs no memory.
///
/// # Errors
/// Says which limit was passed, or where the text stops being JSON.
pub fn parse(text: &[u8], limits: Limits) -> Result<Value, JsonError> {
    let text = checked(text, limits)?;
    serde_json::from_slice(&text).map_err(syntax)
}

/// Reads JSON values that stand one after the other, as in a file that several commands wrote to; the limits are for all of them.
///
/// # Errors
/// As for [`parse`].
pub fn parse_all(text: &[u8], limits: Limits) -> Result<Vec<Value>, JsonError> {
    let text = checked(text, limits)?;
    serde_json::Deserializer::from_slice(&text).into_iter().collect::<Result<_, _>>().map_err(syntax)
}

fn syntax(error: serde_json::Error) -> JsonError {
    JsonError::Syntax { line: error.line(), column: error.column() }
}

/// The text in UTF-8, after the limits were checked.
fn checked(text: &[u8], limits: Limits) -> Result<std::borrow::Cow<'_, [u8]>, JsonError> {
    if text.len() > limits.bytes {
        return Err(JsonError::TooLong { length: text.len(), limit: limits.bytes });
    }
    let text = encoding::text(text)?;
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(JsonError::Empty),
        Some(first) if !b"{[\"-0123456789tfn".contains(first) => return Err(JsonError::NotJson),
        Some(_) => {}
    }
    measure(&text, limits)?;
    Ok(text)
}

/// Counts brackets and commas outside of strings.
fn measure(text: &[u8], limits: Limits) -> Result<(), JsonError> {
    let (mut depth, mut values, mut in_string, mut escaped) = (0usize, 1usize, false, false);
    for byte in text {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                values += 1;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > limits.depth {
            return Err(JsonError::TooDeep(limits.depth));
        }
        if values > limits.values {
            return Err(JsonError::TooMany(limits.values));
        }
    }
    Ok(())
}

/// The members of an object, taken out one after the other; [`Fields::finish`] refuses what nobody asked for.
pub struct Fields<'a> {
    place: String,
    members: &'a Map<String, Value>,
    seen: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    /// The members of `value`, which stands at `place`.
    ///
    /// # Errors
    /// If it is not an object.
    pub fn of(place: &str, value: &'a Value) -> Result<Fields<'a>, FieldError> {
        let members = value.as_object().ok_or_else(|| FieldError::new(place, InputKey::ExpectedObject))?;
        Ok(Fields { place: place.to_owned(), members, seen: Vec::new() })
    }

    /// The name of a member's place, for errors.
    pub fn place(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    /// A member that may be absent; JSON's null counts as absent.
    pub fn optional(&mut self, name: &str) -> Option<&'a Value> {
        let (key, value) = self.members.get_key_value(name)?;
        self.seen.push(key);
        (!value.is_null()).then_some(value)
    }

    /// A member that must be there.
    ///
    /// # Errors
    /// If it is absent.
    pub fn required(&mut self, name: &str) -> Result<&'a Value, FieldError> {
        self.optional(name).ok_or_else(|| FieldError::new(self.place(name), InputKey::Missing))
    }

    /// A text of at most `limit` characters, or nothing.
    ///
    /// # Errors
    /// If it is not a text or too long.
    pub fn optional_text(&mut self, name: &str, limit: usize) -> Result<Option<&'a str>, FieldError> {
        let Some(value) = self.optional(name) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| FieldError::new(self.place(name), InputKey::ExpectedText))?;
        if text.chars().count() > limit {
            return Err(FieldError::new(self.place(name), InputKey::TextTooLong { limit: &limit.to_string() }));
        }
        Ok(Some(text))
    }

    /// A text of at most `limit` characters.
    ///
    /// # Errors
    /// If it is absent, not a text or too long.
    pub fn text(&mut self, name: &str, limit: usize) -> Result<&'a str, FieldError> {
        self.optional_text(name, limit)?.ok_or_else(|| FieldError::new(self.place(name), InputKey::Missing))
    }

    /// Something that can be read from a text, or nothing.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn optional_parsed<T: std::str::FromStr>(&mut self, name: &str) -> Result<Option<T>, FieldError>
    where
        T::Err: Into<Saying>,
    {
        let Some(text) = self.optional_text(name, 255)? else { return Ok(None) };
        text.parse().map(Some).map_err(|error| FieldError::new(self.place(name), error))
    }

    /// Something that can be read from a text.
    ///
    /// # Errors
    /// If it is absent or cannot be read.
    pub fn parsed<T: std::str::FromStr>(&mut self, name: &str) -> Result<T, FieldError>
    where
        T::Err: Into<Saying>,
    {
        self.optional_parsed(name)?.ok_or_else(|| FieldError::new(self.place(name), InputKey::Missing))
    }

    /// A whole number from 0 to `limit`, or nothing.
    ///
    /// # Errors
    /// If it is something else or too large.
    pub fn optional_number(&mut self, name: &str, limit: u64) -> Result<Option<u64>, FieldError> {
        let Some(value) = self.optional(name) else { return Ok(None) };
        match value.as_u64() {
            Some(number) if number <= limit => Ok(Some(number)),
            _ => Err(FieldError::new(self.place(name), InputKey::ExpectedNumber { limit: &limit.to_string() })),
        }
    }

    /// A whole number from 0 to `limit`.
    ///
    /// # Errors
    /// If it is absent, something else or too large.
    pub fn number(&mut self, name: &str, limit: u64) -> Result<u64, FieldError> {
        self.optional_number(name, limit)?.ok_or_else(|| FieldError::new(self.place(name), InputKey::Missing))
    }

    /// A truth value, or nothing.
    ///
    /// # Errors
    /// If it is something else.
    pub fn optional_flag(&mut self, name: &str) -> Result<Option<bool>, FieldError> {
        let Some(value) = self.optional(name) else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| FieldError::new(self.place(name), InputKey::ExpectedFlag))
    }

    /// The elements of a list; none if it is absent.
    ///
    /// # Errors
    /// If it is not a list.
    pub fn list(&mut self, name: &str) -> Result<&'a [Value], FieldError> {
        let Some(value) = self.optional(name) else { return Ok(&[]) };
        value.as_array().map(Vec::as_slice).ok_or_else(|| FieldError::new(self.place(name), InputKey::ExpectedList))
    }

    /// Done: nothing else may be there.
    ///
    /// # Errors
    /// Names the first member that nobody asked for.
    pub fn finish(self) -> Result<(), FieldError> {
        match self.members.keys().find(|key| !self.seen.contains(&key.as_str())) {
            Some(unknown) => Err(FieldError::new(self.place(unknown), InputKey::MemberUnknown)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_checked_before_anything_is_built() {
        let limits = Limits { bytes: 40, depth: 3, values: 6 };
        let cases: [(&str, Option<JsonError>); 7] = [
            (r#"{"a":[1,2]}"#, None),
            (r#"{"a":"[[[[[[\"[[,,,,,,"}"#, None),
            ("[[[1]]]", None),
            ("[[[[1]]]]", Some(JsonError::TooDeep(3))),
            ("[1,2,3,4,5,6,7]", Some(JsonError::TooMany(6))),
            ("0000000000000000000000000000000000000000000", Some(JsonError::TooLong { length: 43, limit: 40 })),
            ("{\"a\":\n tru}", Some(JsonError::Syntax { line: 2, column: 5 })),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text.as_bytes(), limits).err(), expected, "{text}");
        }
    }

    #[test]
    fn fields_name_the_place_of_a_fault() {
        let value: Value = serde_json::json!({"name": "x", "port": 70000, "extra": 1, "none": null});
        let mut fields = Fields::of("client", &value).unwrap();
        assert_eq!(fields.text("name", 10), Ok("x"));
        assert_eq!(fields.number("port", 65_535).unwrap_err().place, "client.port");
        assert_eq!(fields.text("none", 10).unwrap_err().to_string(), "client.none: it is missing");
        assert_eq!(fields.finish().unwrap_err().place, "client.extra");
        assert!(Fields::of("", &Value::Null).is_err());
    }
}
