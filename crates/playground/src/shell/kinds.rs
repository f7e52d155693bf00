//! What the command line itself finds wrong with a request: members that nobody knows, and values of another kind than AWS's model has there.

use super::usage::shown;
use crate::aws::Wire;
use serde_json::{Map, Value};

/// What a value should be, in the words of the language that the command line is written in; nothing if it is that.
fn wanted(wire: Wire, value: &Value) -> Option<&'static str> {
    let (fits, wanted) = match wire {
        Wire::Struct(_) | Wire::Wrapped(_) => (value.is_object(), "<class 'dict'>"),
        Wire::List(_) => (value.is_array(), "<class 'list'>, <class 'tuple'>"),
        // True and false are numbers there.
        Wire::Integer | Wire::Between(..) => (value.is_i64() || value.is_u64() || value.is_boolean(), "<class 'int'>"),
        Wire::Number => (value.is_number() || value.is_boolean(), "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>"),
        Wire::Boolean | Wire::Switch(..) => (value.is_boolean(), "<class 'bool'>"),
        Wire::Time => (value.is_string() || value.is_number(), "<class 'datetime.datetime'>, timestamp-string"),
        _ => (value.is_string(), "<class 'str'>"),
    };
    (!fits).then_some(wanted)
}

/// Adds what is wrong with the value of this place, and with all that it holds: all of it is told at once.
pub fn check(wire: Wire, value: &Value, place: &str, faults: &mut Vec<String>) {
    if let Some(wanted) = wanted(wire, value) {
        let (told, kind) = (value.as_str().map_or_else(|| python(value), str::to_owned), kind(value));
        faults.push(format!("Invalid type for parameter {place}, value: {}, type: <class '{kind}'>, valid types: {wanted}", shown(&told)));
    }
    match (wire, value) {
        (Wire::Struct(table), Value::Object(object)) => {
            let names = || table.iter().map(|member| member.name);
            members(object, place, &names().collect::<Vec<_>>(), faults, |name| {
                table.iter().find(|member| member.name == name).map(|member| member.wire)
            });
        }
        (Wire::Wrapped(inner), Value::Object(object)) => {
            members(object, place, &["Value"], faults, |name| (name == "Value").then_some(*inner));
        }
        (Wire::List(element), Value::Array(values)) => {
            values.iter().enumerate().for_each(|(number, value)| check(*element, value, &format!("{place}[{number}]"), faults));
        }
        _ => {}
    }
}

/// Adds what is wrong with an object's members: first those that are not known.
fn members(object: &Map<String, Value>, place: &str, names: &[&str], faults: &mut Vec<String>, wire: impl Fn(&str) -> Option<Wire>) {
    let whole = if place.is_empty() { "input" } else { place };
    for name in object.keys().filter(|name| wire(name).is_none()) {
        faults.push(format!("Unknown parameter in {whole}: \"{}\", must be one of: {}", shown(name), names.join(", ")));
    }
    for (name, value) in object {
        if let Some(wire) = wire(name) {
            let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            check(wire, value, &place, faults);
        }
    }
}

/// The kind of a value in that language.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
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
