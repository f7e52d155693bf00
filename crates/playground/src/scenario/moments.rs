//! When an import's virtual time begins: at the last moment that its files tell of, so that everything there is older.

use super::gather::Gathered;
use crate::aws::shape::SHAPES;
use crate::aws::{Epoch, Member, Wire};
use serde_json::Value;

/// What is still to come when it is told.
const TO_COME: &str = "ExpirationTime";

/// The last moment that is told of, or the usual beginning if that is later.
pub(super) fn beginning(gathered: &Gathered) -> Epoch {
    let mut last = Epoch::default();
    for shape in SHAPES {
        gathered.of(shape.kind).iter().for_each(|found| see_members(shape.own_members(), &found.value, &mut last));
    }
    last
}

fn see_members(table: &[Member], value: &Value, last: &mut Epoch) {
    for member in table.iter().filter(|member| member.name != TO_COME) {
        see(member.wire, value.get(member.name).unwrap_or(&Value::Null), last);
    }
}

fn see(wire: Wire, value: &Value, last: &mut Epoch) {
    match (wire, value) {
        (Wire::Time, Value::String(text)) => *last = Epoch::after(text).map_or(*last, |moment| moment.max(*last)),
        (Wire::Struct(table), Value::Object(_)) => see_members(table, value, last),
        (Wire::List(element), Value::Array(values)) => values.iter().for_each(|value| see(*element, value, last)),
        _ => {}
    }
}
