//! JSON that is written at once as text: what replies show. A tree of values costs an allocation for every name in it; a thousand network
//! interfaces have fifty thousand of them, and most replies are only printed (DESIGN.md, "Why are replies text before they are values?").
//!
//! [`super::object`] has the same verbs for objects that are read again: parameters and lines.

use super::look;
use eni_core::addr::Mac;
use eni_core::id::ResourceId;
use eni_core::model::{AccountId, Tags};
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

    /// The value of a member, as text. Only objects have members.
    pub(super) fn text_of(&self, name: &str) -> String {
        look::member(&self.0, name).map(look::text).unwrap_or_default().into_owned()
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
        object.text.push('}');
        Json(object.text)
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

impl Writes for u64 {
    fn write(self, text: &mut String) {
        let (mut digits, mut rest) = ([b'0'; 20], self);
        let mut begin = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            begin -= 1;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        text.push_str(digits.get(begin..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default());
    }
}

impl Writes for i64 {
    fn write(self, text: &mut String) {
        if self < 0 {
            text.push('-');
        }
        self.unsigned_abs().write(text);
    }
}

macro_rules! numbers {
    ($($number:ty as $wide:ty),*) => { $(
        impl Writes for $number {
            fn write(self, text: &mut String) {
                (self as $wide).write(text);
            }
        }
    )* };
}
numbers! { i32 as i64, u8 as u64, u16 as u64, u32 as u64, usize as u64 }

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

impl Writes for AccountId {
    fn write(self, text: &mut String) {
        let (mut digits, mut rest) = ([b'"'; 14], self.0);
        for digit in digits.iter_mut().skip(1).take(12).rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
    }
}

impl Writes for Mac {
    fn write(self, text: &mut String) {
        text.push('"');
        self.push_to(text);
        text.push('"');
    }
}

/// Which members of an object are wanted: a bit for each name. Names may share a bit, so more may be written than was wanted, never less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted(u64);

impl Wanted {
    /// All.
    pub const ALL: Wanted = Wanted(u64::MAX);
    /// None.
    pub const NONE: Wanted = Wanted(0);

    fn bit(name: &str) -> u64 {
        let (first, last) = (name.as_bytes().first(), name.as_bytes().last());
        let [first, last] = [first, last].map(|letter| usize::from(letter.copied().unwrap_or_default()));
        1 << ((name.len().wrapping_mul(5) + first.wrapping_mul(3) + last) % 64)
    }

    /// These, and the one with this name.
    pub fn and(self, name: &str) -> Wanted {
        Wanted(self.0 | Wanted::bit(name))
    }

    fn has(self, name: &str) -> bool {
        self == Wanted::ALL || self.0 & Wanted::bit(name) != 0
    }
}

/// An object in the making, at the end of a text.
pub struct Object {
    text: String,
    wanted: Wanted,
}

impl Object {
    /// An empty one.
    pub fn new() -> Object {
        Object::sized(250, Wanted::ALL)
    }

    /// An empty one, of which only these members are written.
    pub(super) fn of(wanted: Wanted) -> Object {
        Object::sized(if wanted == Wanted::ALL { 1_000 } else { 250 }, wanted)
    }

    fn sized(capacity: usize, wanted: Wanted) -> Object {
        let mut text = String::with_capacity(capacity);
        text.push('{');
        Object { text, wanted }
    }

    /// With these members.
    pub fn members(self, members: &Map<String, Value>) -> Object {
        members.iter().fold(self, |object, (name, value)| object.with(name, value.clone()))
    }

    /// With a member.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn with(mut self, name: &str, value: impl Writes) -> Object {
        if self.name(name) {
            value.write(&mut self.text);
        }
        self
    }

    /// Begins a member, if it is wanted. Natively each name is written in its place, as what it is; the page is built for size.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn name(&mut self, name: &str) -> bool {
        if !self.wanted.has(name) {
            return false;
        }
        let text = &mut self.text;
        // Nothing but an object that has just begun ends so.
        if text.as_bytes().last() != Some(&b'{') {
            text.push(',');
        }
        text.push('"');
        text.push_str(name);
        text.push_str("\":");
        true
    }

    /// With a member that is written as text.
    pub fn text(mut self, name: &str, value: impl Display) -> Object {
        self.display(name, &value);
        self
    }

    #[inline(never)]
    fn display(&mut self, name: &str, value: &dyn Display) {
        if !self.name(name) {
            return;
        }
        self.text.push('"');
        let begin = self.text.len();
        // Writing into a string cannot fail.
        _ = write!(self.text, "{value}");
        if self.text.get(begin..).is_some_and(needs_escapes) {
            let written = self.text.split_off(begin);
            push_escaped(&mut self.text, &written);
        }
        self.text.push('"');
    }

    /// With a member, if there is a value.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn maybe(self, name: &str, value: Option<impl Writes>) -> Object {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With an id.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn id(mut self, name: &str, id: impl ResourceId) -> Object {
        if self.name(name) {
            self.text.push('"');
            id.push_to(&mut self.text);
            self.text.push('"');
        }
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
        if self.name(name) {
            write_list(&mut self.text, values);
        }
        self
    }

    /// With a list, to which `fill` adds one value after the other; and what that comes to.
    pub(super) fn filled_list<T>(mut self, name: &str, fill: impl FnOnce(&mut dyn FnMut(&Json)) -> T) -> (Object, T) {
        let written = self.name(name);
        self.text.push('[');
        let text = &mut self.text;
        let done = fill(&mut |value| {
            if !text.ends_with('[') {
                text.push(',');
            }
            text.push_str(&value.0);
        });
        debug_assert!(written, "{name}");
        self.text.push(']');
        (self, done)
    }

    /// With an object, which is written in its place.
    pub fn object(mut self, name: &str, write: impl FnOnce(Object) -> Object) -> Object {
        if self.name(name) { self.inner(write) } else { self }
    }

    /// With a list of objects, each written in its place.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn objects<T>(mut self, name: &str, items: impl Iterator<Item = T>, write: impl Fn(Object, T) -> Object) -> Object {
        if !self.name(name) {
            return self;
        }
        self.text.push('[');
        let mut object = self;
        for item in items {
            if !object.text.ends_with('[') {
                object.text.push(',');
            }
            object = object.inner(|inner| write(inner, item));
        }
        object.text.push(']');
        object
    }

    /// With tags as a list.
    pub fn tags(self, name: &str, tags: &Tags) -> Object {
        self.objects(name, tags.iter(), |object, (key, value)| object.with("Key", key.as_str()).with("Value", value.as_str()))
    }

    fn inner(mut self, write: impl FnOnce(Object) -> Object) -> Object {
        let wanted = self.wanted;
        self.text.push('{');
        let mut inner = write(Object { text: self.text, wanted: Wanted::ALL });
        inner.text.push('}');
        Object { text: inner.text, wanted }
    }

    /// Whether it has no member.
    pub fn is_empty(&self) -> bool {
        self.text.ends_with('{')
    }
}

impl Writes for Object {
    fn write(self, text: &mut String) {
        text.push_str(&self.text);
        text.push('}');
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
