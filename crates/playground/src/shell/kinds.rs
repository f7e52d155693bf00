//! What the command line itself finds wrong with a request: a list or an object where one value belongs.

use super::usage::shown;
use crate::aws::Wire;
use serde_json::Value;

/// Whether a value is no list and no object where the table has room for one value alone.
pub fn fits(wire: Wire, value: &Value) -> bool {
    let is_one = !matches!(wire, Wire::Struct(_) | Wire::List(_) | Wire::Wrapped(_));
    !(is_one && matches!(value, Value::Array(_) | Value::Object(_)))
}

/// What is said of a value that does not fit, in the words of the language that the command line is written in.
pub fn wrong(wire: Wire, value: &Value, place: &str) -> String {
    let wanted = match wire {
        Wire::Integer | Wire::Between(..) => "<class 'int'>",
        Wire::Number => "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
        Wire::Boolean | Wire::Switch(..) => "<class 'bool'>",
        _ => "<class 'str'>",
    };
    let kind = if value.is_array() { "list" } else { "dict" };
    format!("Invalid type for parameter {place}, value: {}, type: <class '{kind}'>, valid types: {wanted}", shown(&python(value)))
}

/// A value as that language writes it.
fn python(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(values) => format!("[{}]", values.iter().map(python).collect::<Vec<String>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> = members.iter().map(|(name, value)| format!("{}: {}", quoted(name), python(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A text in the quotes that need the fewest signs before them.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    match (text.contains('\''), text.contains('"')) {
        (true, false) => format!("\"{text}\""),
        _ => format!("'{}'", text.replace('\'', "\\'")),
    }
}
