//! What an import shows otherwise than its files do: each member that was read is looked up in what describe calls show now.
//!
//! Some members the playground works out itself, and of some it has one value only. Whatever the reason, nothing is changed in silence.

use super::Scenario;
use super::gather::{Gathered, id_member};
use super::report::{Notes, is_secret};
use crate::aws::shape::{SHAPES, shown};
use crate::aws::{Epoch, Kind, Member, Wire};
use serde_json::Value;

/// How many pairs of elements of two lists are compared; longer ones are told of as a whole.
const MOST_PAIRS: usize = 4_000_000;

/// Compares everything that was gathered with what is shown of it, and lists what is not the same.
pub(super) fn tell(gathered: &Gathered, scenario: &Scenario, notes: &mut Notes) {
    for shape in SHAPES {
        for found in gathered.of(shape.kind) {
            let id = found.value.get(id_member(shape.kind)).and_then(Value::as_str).unwrap_or_default();
            // What was left out as a whole has been told of.
            let show = |kind| shown(&scenario.network, scenario.epoch, kind, id);
            let Some(mut shown) = show(shape.kind) else { continue };
            // The blocks of AWS's own lists are shown by a call of their own.
            if let (Kind::ManagedPrefixLists, Some(members), Some(blocks)) =
                (shape.kind, shown.as_object_mut(), show(Kind::PrefixLists).and_then(|list| list.get("Cidrs").cloned()))
            {
                members.insert("Cidrs".to_owned(), blocks);
            }
            let place = if shape.kind == Kind::Reservations { "Reservations.Instances" } else { shape.list };
            Comparison { epoch: scenario.epoch, notes }.members(place, shape.own_members(), &found.value, &shown);
        }
    }
}

struct Comparison<'a> {
    epoch: Epoch,
    notes: &'a mut Notes,
}

impl Comparison<'_> {
    /// Members that the table does not have were listed before.
    fn members(&mut self, place: &str, table: &[Member], told: &Value, shown: &Value) {
        for (name, told) in told.as_object().into_iter().flatten() {
            if let Some(member) = table.iter().find(|member| member.name == name) {
                self.value((place, name), member.wire, told, shown.get(name).unwrap_or(&Value::Null));
            }
        }
    }

    fn value(&mut self, (place, name): (&str, &str), wire: Wire, told: &Value, shown: &Value) {
        if same(self.epoch, wire, told, shown) {
            return;
        }
        match (wire, told, shown) {
            (Wire::Struct(table), Value::Object(_), Value::Object(_)) => self.members(&format!("{place}.{name}"), table, told, shown),
            (Wire::List(element), Value::Array(told), Value::Array(shown)) => self.list((place, name), *element, told, shown),
            _ => self.notes.show_otherwise(place, name),
        }
    }

    /// Lists are compared without regard to order: each element with the one that is most like it.
    fn list(&mut self, (place, name): (&str, &str), element: Wire, told: &[Value], shown: &[Value]) {
        if told.len().saturating_mul(shown.len()) > MOST_PAIRS {
            return self.notes.show_otherwise(place, name);
        }
        let mut rest: Vec<&Value> = shown.iter().collect();
        let mut changed = Vec::new();
        for told in told {
            match rest.iter().position(|shown| same(self.epoch, element, told, shown)) {
                Some(at) => _ = rest.swap_remove(at),
                None if is_secret_tag(told) => {}
                None => changed.push(told),
            }
        }
        for told in changed {
            let like = rest.iter().enumerate().map(|(at, shown)| (self.likeness(element, told, shown), at)).max();
            match like.filter(|(likeness, _)| *likeness > 0) {
                Some((_, at)) => {
                    let shown = rest.swap_remove(at);
                    self.value((place, name), element, told, shown);
                }
                None => self.notes.show_otherwise(place, name),
            }
        }
    }

    /// How many members of two objects are the same.
    fn likeness(&self, wire: Wire, told: &Value, shown: &Value) -> usize {
        let (Wire::Struct(table), Value::Object(members)) = (wire, told) else { return 0 };
        let alike = |(name, told): &(&String, &Value)| {
            let wire = table.iter().find(|member| member.name == *name).map(|member| member.wire);
            let shown = shown.get(name.as_str()).unwrap_or(&Value::Null);
            !shown.is_null() && wire.is_some_and(|wire| same(self.epoch, wire, told, shown))
        };
        members.iter().filter(alike).count()
    }
}

/// Whether a told value says nothing that is not shown.
fn same(epoch: Epoch, wire: Wire, told: &Value, shown: &Value) -> bool {
    match (wire, told, shown) {
        (_, Value::Null, _) => true,
        (_, Value::String(text), Value::Null) => text.is_empty(),
        (Wire::Time, Value::String(told), Value::String(shown)) => told == shown || epoch.read(told) == epoch.read(shown),
        (Wire::Struct(table), Value::Object(members), _) => members.iter().all(|(name, told)| {
            let shown = shown.get(name).unwrap_or(&Value::Null);
            table.iter().find(|member| member.name == name).is_none_or(|member| same(epoch, member.wire, told, shown))
        }),
        (Wire::List(_), Value::Array(told), Value::Null) => told.is_empty(),
        (Wire::List(element), Value::Array(told), Value::Array(shown)) => {
            told.len() == shown.len() && told.iter().zip(shown).all(|(told, shown)| same(epoch, *element, told, shown))
        }
        _ => told == shown,
    }
}

/// Whether it is a tag whose value may be secret: that it was left out has been told.
fn is_secret_tag(value: &Value) -> bool {
    value.get("Key").and_then(Value::as_str).is_some_and(is_secret)
}
