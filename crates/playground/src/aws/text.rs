//! JSON that is written at once as text: what replies show. A tree of values costs an allocation for every name in it; a thousand network
//! interfaces have fifty thousand of them, and most replies are only printed (DESIGN.md, "Why are replies text before they are values?").
//!
//! [`super::object`] has the same verbs for objects that are read again: parameters and lines.

mod name;

pub(super) use name::{MemberName, Quoted, Wanted, quoted};

use super::look;
use super::time::Moment;
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

    /// What was written, read as nothing else.
    pub(super) fn of_text(text: String) -> Json {
        Json(text)
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        self.0
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
    fn from(object: Object) -> Json {
        Json(object.into_text())
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

/// A word that has nothing in it that JSON escapes: AWS's own, or an id.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a>(pub &'a str);

impl Writes for Word<'_> {
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn write(self, text: &mut String) {
        debug_assert!(!needs_escapes(self.0), "{}", self.0);
        text.push('"');
        text.push_str(self.0);
        text.push('"');
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

/// The name of a host in a network: what comes before its address, the region behind it, if it is told, and what follows.
pub struct HostName<'a>(pub &'static str, pub Ipv4Addr, pub Option<&'a str>, pub &'static str);

impl Writes for HostName<'_> {
    fn write(self, text: &mut String) {
        text.push('"');
        text.push_str(self.0);
        push_ipv4(text, self.1, '-');
        if let Some(region) = self.2 {
            text.push('.');
            text.push_str(region);
        }
        text.push_str(self.3);
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
        // Nearly every region is of this one, and every object says so.
        if self == AccountId::EXAMPLE {
            return text.push_str("\"123456789012\"");
        }
        let (mut digits, mut rest) = ([b'"'; 14], self.0);
        for digit in digits.iter_mut().skip(1).take(12).rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
    }
}

impl Writes for Moment {
    fn write(self, text: &mut String) {
        text.push('"');
        self.push_to(text);
        text.push('"');
    }
}

impl Writes for Mac {
    fn write(self, text: &mut String) {
        text.push('"');
        self.push_to(text);
        text.push('"');
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
        Object::at(String::with_capacity(250), Wanted::ALL)
    }

    /// An empty one at the end of a text, of which only these members are written.
    pub(super) fn at(mut text: String, wanted: Wanted) -> Object {
        text.push('{');
        Object { text, wanted }
    }

    /// The text at whose end it was written, with it.
    pub(super) fn into_text(mut self) -> String {
        self.text.push('}');
        self.text
    }

    /// With these members.
    pub fn members(self, members: &Map<String, Value>) -> Object {
        members.iter().fold(self, |object, (name, value)| object.with(name.as_str(), value.clone()))
    }

    /// With a member.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn with(mut self, name: impl MemberName, value: impl Writes) -> Object {
        if self.name(name) {
            value.write(&mut self.text);
        }
        self
    }

    /// Begins a member, if it is wanted. Natively each name is written in its place, as what it is; the page is built for size.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn name(&mut self, name: impl MemberName) -> bool {
        if !self.wanted.has(name) {
            return false;
        }
        // Nothing but an object that has just begun ends so.
        let is_first = self.text.as_bytes().last() == Some(&b'{');
        name.begin(&mut self.text, is_first);
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
    pub fn maybe(self, name: impl MemberName, value: Option<impl Writes>) -> Object {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With an id.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn id(mut self, name: impl MemberName, id: impl ResourceId) -> Object {
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

    /// With a list, to which `fill` adds one value after the other; and what that comes to. Room is made for `expected` values of the first
    /// one's length.
    pub(super) fn filled_list<T>(mut self, name: &str, expected: usize, fill: impl FnOnce(&mut dyn FnMut(&Json)) -> T) -> (Object, T) {
        let written = self.name(name);
        self.text.push('[');
        let text = &mut self.text;
        let done = fill(&mut |value| {
            if text.ends_with('[') {
                // Grown once, a long reply is not copied again and again. Numbers grow: later ones are a little longer.
                text.reserve((value.0.len() + 16).saturating_mul(expected));
            } else {
                text.push(',');
            }
            text.push_str(&value.0);
        });
        debug_assert!(written, "{name}");
        self.text.push(']');
        (self, done)
    }

    /// With an object, which is written in its place.
    pub fn object(mut self, name: impl MemberName, write: impl FnOnce(Object) -> Object) -> Object {
        if self.name(name) { self.inner(write) } else { self }
    }

    /// With a list of objects, each written in its place.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn objects<T>(mut self, name: impl MemberName, items: impl Iterator<Item = T>, write: impl Fn(Object, T) -> Object) -> Object {
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
    pub fn tags(self, name: impl MemberName, tags: &Tags) -> Object {
        self.objects(name, tags.iter(), |object, (key, value)| object.with("Key", key.as_str()).with("Value", value.as_str()))
    }

    /// The same, left out where there are none: some calls of AWS tell of tags only where there are any.
    pub fn tags_if_any(self, tags: &Tags) -> Object {
        if tags.is_empty() { self } else { self.tags("Tags", tags) }
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
mod tests;
