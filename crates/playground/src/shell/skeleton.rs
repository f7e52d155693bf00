//! `--generate-cli-skeleton`: what `--cli-input-json` takes, with empty values.

use crate::aws::{Action, Member, Wire};
use serde_json::{Map, Value, json};

/// The parameters of an action, each with a value of its kind.
pub fn skeleton(action: &Action) -> Value {
    members(action.members)
}

fn members(table: &[Member]) -> Value {
    table.iter().map(|member| (member.name.to_owned(), value(member.wire))).collect::<Map<String, Value>>().into()
}

fn value(wire: Wire) -> Value {
    match wire {
        Wire::Words(words) => words.first().copied().unwrap_or_default().into(),
        Wire::Integer | Wire::Between(..) => json!(0),
        Wire::Number => json!(0.0),
        Wire::Boolean | Wire::Switch(..) => json!(true),
        Wire::Time => json!("1970-01-01T00:00:00"),
        Wire::Wrapped(inner) => json!({"Value": value(*inner)}),
        Wire::List(inner) => json!([value(*inner)]),
        Wire::Struct(table) => members(table),
        _ => json!(""),
    }
}
