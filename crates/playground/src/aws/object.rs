//! Small helps for writing JSON objects. What is generic only hands on to what is not: each kind of value has a few bytes of code of its own.

use serde_json::{Map, Value};
use std::fmt::Display;

/// An object in the making.
#[derive(Default)]
pub struct Object(Map<String, Value>);

impl Object {
    /// An empty one.
    pub fn new() -> Object {
        Object::default()
    }

    /// One with these members.
    pub fn of(members: Map<String, Value>) -> Object {
        Object(members)
    }

    /// With a member.
    pub fn with(self, name: &str, value: impl Into<Value>) -> Object {
        self.holding(name, value.into())
    }

    #[inline(never)]
    fn holding(mut self, name: &str, value: Value) -> Object {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// With a member that is written as text.
    pub fn text(self, name: &str, value: impl Display) -> Object {
        self.holding(name, written(&value))
    }

    /// With a member, if there is a value.
    pub fn maybe<T: Into<Value>>(self, name: &str, value: Option<T>) -> Object {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
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

    /// With a list of texts, unless there are none.
    pub fn texts<T: Display>(self, name: &str, values: &[T]) -> Object {
        if values.is_empty() { self } else { self.list(name, values.iter().map(|value| written(value))) }
    }

    /// With a list.
    pub fn list(self, name: &str, values: impl Iterator<Item = Value>) -> Object {
        self.with(name, Value::Array(values.collect()))
    }

    /// Done: the members.
    pub fn map(self) -> Map<String, Value> {
        self.0
    }
}

#[inline(never)]
fn written(value: &dyn Display) -> Value {
    Value::String(value.to_string())
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        Value::Object(object.0)
    }
}
