//! JSON that is written at once as text: what replies show. A tree of values costs an allocation for every name in it; a thousand network
//! interfaces have fifty thousand of them, and most replies are only printed (DESIGN.md, "Why are replies text before they are values?").
//!
//! [`super::object`] has the same verbs for objects that are read again: parameters and lines.

use eni_core::id::ResourceId;
use serde_json::{Map, Value};
use std::fmt::{Display, Write};
use std::net::Ipv4Addr;

/// A JSON value as text, without white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(String);

impl Json {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value.
    pub fn value(&self) -> Value {
        let read = serde_json::from_str(&self.0);
        debug_assert!(read.is_ok(), "{}", self.0);
        read.unwrap_or_default()
    }

    /// Whether it is a list of nothing.
    pub fn is_empty_list(&self) -> bool {
        self.0 == "[]"
    }

    /// A list.
    pub fn list(values: impl IntoIterator<Item = Json>) -> Json {
        let mut text = String::new();
        write_list(&mut text, values);
        Json(text)
    }
}

/// Writes a list.
pub(super) fn write_list(text: &mut String, values: impl IntoIterator<Item = Json>) {
    let mut values = values.into_iter();
    text.push('[');
    if let Some(first) = values.next() {
        // The others will be about as long: a long reply grows once instead of being copied again and again.
        text.reserve((first.0.len() + 1).saturating_mul(values.size_hint().0 + 2));
        text.push_str(&first.0);
        for value in values {
            text.push(',');
            text.push_str(&value.0);
        }
    }
    text.push(']');
}

impl FromIterator<Json> for Json {
    fn from_iter<T: IntoIterator<Item = Json>>(values: T) -> Json {
        Json::list(values)
    }
}

impl From<Object> for Json {
    fn from(mut object: Object) -> Json {
        object.end();
        Json(object.0)
    }
}

macro_rules! from_members {
    ($($member:ty)*) => { $(
        impl From<$member> for Json {
            fn from(value: $member) -> Json {
                let mut text = String::new();
                value.write(&mut text);
                Json(text)
            }
        }
    )* };
}
from_members! { &str String Vec<Json> Value }

/// What may stand in a member.
pub trait Writes {
    /// Writes it.
    fn write(self, text: &mut String);
}

impl Writes for &str {
    fn write(self, text: &mut String) {
        text.push('"');
        push_escaped(text, self);
        text.push('"');
    }
}

impl Writes for String {
    fn write(self, text: &mut String) {
        self.as_str().write(text);
    }
}

impl Writes for bool {
    fn write(self, text: &mut String) {
        text.push_str(if self { "true" } else { "false" });
    }
}

impl Writes for Vec<Json> {
    fn write(self, text: &mut String) {
        write_list(text, self);
    }
}

impl Writes for Value {
    fn write(self, text: &mut String) {
        _ = write!(text, "{self}");
    }
}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Writes for $number {
            fn write(self, text: &mut String) {
                _ = write!(text, "{self}");
            }
        }
    )* };
}
numbers! { i32 i64 u8 u16 u32 u64 usize }

/// Adds a text with what JSON escapes escaped.
#[inline(never)]
fn push_escaped(to: &mut String, text: &str) {
    if !needs_escapes(text) {
        return to.push_str(text);
    }
    for letter in text.chars() {
        match letter {
            '"' | '\\' => to.extend(['\\', letter]),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            letter if letter < ' ' => _ = write!(to, "\\u{:04x}", u32::from(letter)),
            letter => to.push(letter),
        }
    }
}

/// Looks at every byte, which is quicker than to stop at the first.
fn needs_escapes(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte < b' ') | (byte == b'"') | (byte == b'\\'))
}

/// An IPv4 address with this between its numbers.
fn push_ipv4(to: &mut String, ip: Ipv4Addr, between: char) {
    for (at, number) in ip.octets().into_iter().enumerate() {
        if at > 0 {
            to.push(between);
        }
        for (unit, least) in [(100, 100), (10, 10), (1, 0)] {
            if number >= least {
                to.push(char::from(b'0' + number / unit % 10));
            }
        }
    }
}

/// The name of a host in a network: what comes before its address, and what follows.
pub struct HostName<'a>(pub &'static str, pub Ipv4Addr, pub [&'a str; 3]);

impl Writes for HostName<'_> {
    fn write(self, text: &mut String) {
        text.push('"');
        text.push_str(self.0);
        push_ipv4(text, self.1, '-');
        self.2.iter().for_each(|part| text.push_str(part));
        text.push('"');
    }
}

impl Writes for Ipv4Addr {
    fn write(self, text: &mut String) {
        text.push('"');
        push_ipv4(text, self, '.');
        text.push('"');
    }
}

/// An object in the making.
pub struct Object(String);

impl Object {
    /// An empty one.
    pub fn new() -> Object {
        Object(String::with_capacity(250))
    }

    /// An empty one that will be large.
    pub fn large() -> Object {
        Object(String::with_capacity(1_000))
    }

    /// With these members.
    pub fn members(self, members: &Map<String, Value>) -> Object {
        members.iter().fold(self, |object, (name, value)| object.with(name, value.clone()))
    }

    /// With a member.
    pub fn with(mut self, name: &str, value: impl Writes) -> Object {
        self.name(name);
        value.write(&mut self.0);
        self
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        let text = &mut self.0;
        text.reserve(name.len() + 4);
        text.push_str(if text.is_empty() { "{\"" } else { ",\"" });
        text.push_str(name);
        text.push_str("\":");
    }

    /// With a member that is written as text.
    pub fn text(mut self, name: &str, value: impl Display) -> Object {
        self.display(name, &value);
        self
    }

    #[inline(never)]
    fn display(&mut self, name: &str, value: &dyn Display) {
        self.name(name);
        self.0.push('"');
        let begin = self.0.len();
        // Writing into a string cannot fail.
        _ = write!(self.0, "{value}");
        if self.0.get(begin..).is_some_and(needs_escapes) {
            let written = self.0.split_off(begin);
            push_escaped(&mut self.0, &written);
        }
        self.0.push('"');
    }

    /// With a member, if there is a value.
    pub fn maybe(self, name: &str, value: Option<impl Writes>) -> Object {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With an id.
    pub fn id(mut self, name: &str, id: impl ResourceId) -> Object {
        self.name(name);
        self.0.push('"');
        id.push_to(&mut self.0);
        self.0.push('"');
        self
    }

    /// With a member that is written as text, if there is a value.
    pub fn maybe_text(self, name: &str, value: Option<impl Display>) -> Object {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// With a text member, unless the text is empty.
    pub fn filled(self, name: &str, value: &str) -> Object {
        if value.is_empty() { self } else { self.with(name, value) }
    }

    /// With a list of texts, unless it is empty.
    pub fn texts(self, name: &str, values: &[impl Display]) -> Object {
        if values.is_empty() { self } else { self.list(name, values.iter().map(|value| value.to_string().into())) }
    }

    /// With a list.
    pub fn list(mut self, name: &str, values: impl Iterator<Item = Json>) -> Object {
        self.name(name);
        write_list(&mut self.0, values);
        self
    }

    /// Whether it has no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn end(&mut self) {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
    }
}

impl Writes for Object {
    fn write(mut self, text: &mut String) {
        self.end();
        text.push_str(&self.0);
    }
}

impl Writes for Json {
    fn write(self, text: &mut String) {
        text.push_str(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_back() {
        let every: String = (0..0x180).filter_map(char::from_u32).chain(['\u{2028}', '\u{ffff}', '\u{1f600}']).collect();
        for letter in every.chars() {
            let text = letter.to_string();
            assert_eq!(Json::from(text.as_str()).value(), json!(text), "{letter:?}");
        }
        let tag = |key: &str| Json::from(Object::new().with("Key", key).text("Value", key));
        let address = Ipv4Addr::new(203, 0, 10, 255);
        let written = Object::new()
            .with("Text", every.as_str())
            .text("Displayed", &every)
            .filled("Nothing", "")
            .filled("Something", "x")
            .maybe("None", None::<bool>)
            .maybe("Some", Some(false))
            .with("Least", i64::MIN)
            .with("Most", u64::MAX)
            .with("Address", address)
            .with("Name", HostName("ip-", address, [".", "eu-west-1", ".compute.internal"]))
            .with("Empty", Object::new())
            .list("List", [tag("a"), tag("\"")].into_iter())
            .with("Lists", vec![Json::list([]), Json::from("b")])
            .members(json!({"From": {"a": [1, null]}}).as_object().unwrap());
        let expected = json!({
            "Text": every, "Displayed": every, "Something": "x", "Some": false, "Least": i64::MIN, "Most": u64::MAX,
            "Address": "203.0.10.255", "Name": "ip-203-0-10-255.eu-west-1.compute.internal", "Empty": {},
            "List": [{"Key": "a", "Value": "a"}, {"Key": "\"", "Value": "\""}], "Lists": [[], "b"], "From": {"a": [1, null]},
        });
        assert_eq!(Json::from(written).value(), expected);
        assert_eq!(Json::from(Object::new()).value(), json!({}));
    }

    // rules: I1
    #[test]
    fn addresses_and_ids_are_written_as_they_are_displayed() {
        for number in [0, 1, 0x0a00_0004, 0x6464_6463, 0xc0a8_0a01, 0xcb00_71ff, u32::MAX] {
            let ip = Ipv4Addr::from(number);
            assert_eq!(Json::from(Object::new().with("a", ip)).value(), json!({"a": ip.to_string()}));
        }
        for id in [
            "eni-00000000000000000",
            "eni-0123456789abcdef0",
            "eni-f0000000000000001",
            "eni-12345678",
            "eni-00000000",
            "eni-fffffffffffffffff",
        ] {
            let read: eni_core::id::EniId = id.parse().unwrap();
            assert_eq!(read.to_string(), id);
            assert_eq!(Json::from(Object::new().id("a", read)).value(), json!({"a": id}));
        }
    }
}
