//! In which order the members of a JSON answer are printed: as AWS's service model has them, and what a query makes as it was written.
//!
//! Values keep members by their names. So the order of each set of names is worked out from the answer before a query takes it apart, and
//! looked up by these names when something with them is printed.

use crate::aws::shape::{reply_member, reply_order};
use crate::aws::{Member, Wire};
use eni_core::order::sort_by_key;
use eni_core::table::Table;
use serde_json::{Map, Value};

/// The orders that are known; what has other names is printed by name.
#[derive(Default)]
pub struct Order(Table<String, Vec<String>>);

impl Order {
    /// The orders in an answer to a call.
    pub fn of(call: &str, answer: &Value) -> Order {
        let mut order = Order::default();
        let Value::Object(members) = answer else { return order };
        order.add(members, |name| reply_order(call).split(' ').position(|other| other == name));
        for (name, value) in members {
            if let Some(wire) = reply_member(call, name) {
                order.gather(wire, value);
            }
        }
        order
    }

    /// An object with these names is printed in their order.
    pub fn write(&mut self, names: Vec<String>) {
        let mut key: Vec<&str> = names.iter().map(String::as_str).collect();
        eni_core::order::sort(&mut key);
        self.0.insert(key.join("\n"), names);
    }

    /// Where the names of an object, sorted, stand in their order.
    pub fn places(&self, names: &[String]) -> Vec<usize> {
        let ordered = self.0.get(&names.join("\n")).map_or(&[][..], Vec::as_slice);
        let places: Vec<usize> = ordered.iter().filter_map(|name| names.iter().position(|other| other == name)).collect();
        if places.len() == names.len() { places } else { (0..names.len()).collect() }
    }

    /// The members of an object in their order.
    pub fn members<'a>(&self, object: &'a Map<String, Value>) -> Vec<(&'a String, &'a Value)> {
        let names = self.0.get(&key(object)).map_or(&[][..], Vec::as_slice);
        let ordered: Vec<_> = names.iter().filter_map(|name| object.get_key_value(name)).collect();
        if ordered.len() == object.len() { ordered } else { object.iter().collect() }
    }

    fn gather(&mut self, wire: Wire, value: &Value) {
        match (wire, value) {
            (Wire::List(inner), value) => self.gather(*inner, value),
            (wire, Value::Array(values)) => values.iter().for_each(|value| self.gather(wire, value)),
            (Wire::Struct(table), Value::Object(members)) => {
                self.add(members, |name| place(table, name));
                for (name, value) in members.iter().filter(|(_, value)| value.is_object() || value.is_array()) {
                    if let Some(member) = table.iter().find(|member| member.name == name) {
                        self.gather(member.wire, value);
                    }
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, members: &Map<String, Value>, place: impl Fn(&str) -> Option<usize>) {
        let key = key(members);
        if self.0.contains_key(&key) {
            return;
        }
        let mut names: Vec<(usize, String)> = members.keys().map(|name| (place(name).unwrap_or(last(name)), name.clone())).collect();
        sort_by_key(&mut names, |(place, name)| (*place, name.clone()));
        self.0.insert(key, names.into_iter().map(|(_, name)| name).collect());
    }
}

/// Where a name stands that no table has: behind the others, and where the next page begins behind all.
fn last(name: &str) -> usize {
    if name == "NextToken" { usize::MAX } else { usize::MAX - 1 }
}

fn place(table: &[Member], name: &str) -> Option<usize> {
    table.iter().position(|member| member.name == name)
}

fn key(object: &Map<String, Value>) -> String {
    let names: Vec<&str> = object.keys().map(String::as_str).collect();
    names.join("\n")
}
