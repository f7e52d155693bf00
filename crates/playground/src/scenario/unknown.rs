//! Members that the tables do not have: they are listed, and of those with secrets the names alone are looked at.

use super::report::{Notes, harmless, is_secret};
use crate::aws::{Member, Wire};
use serde_json::Value;

/// Lists the members that the table does not have.
pub(super) fn note_unknown(place: &str, table: &[Member], value: &Value, notes: &mut Notes) {
    let Value::Object(members) = value else { return };
    for (name, value) in members {
        match table.iter().find(|member| member.name == name) {
            None => {
                notes.leave_out(place, name, 1);
                note_secrets(&format!("{place}.{}", harmless(name)), value, notes);
            }
            Some(member) => note_wire(&format!("{place}.{name}"), member.wire, value, notes),
        }
    }
}

/// Lists the members with secrets in something that is left out as a whole.
pub(super) fn note_secrets(place: &str, value: &Value, notes: &mut Notes) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) {
                    notes.leave_out(place, name, 1);
                } else {
                    note_secrets(place, value, notes);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| note_secrets(place, value, notes)),
        _ => {}
    }
}

fn note_wire(place: &str, wire: Wire, value: &Value, notes: &mut Notes) {
    match (wire, value) {
        (Wire::Struct(table), value) => note_unknown(place, table, value, notes),
        (Wire::List(element), Value::Array(values)) => values.iter().for_each(|value| note_wire(place, *element, value, notes)),
        _ => {}
    }
}
