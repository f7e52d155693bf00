//! `--output json` and `--output text`: an answer as the AWS command line prints it.

use super::order::Order;
use eni_core::order::sort;
use serde_json::{Map, Value};

/// JSON with four blanks a level. An answer without members prints nothing.
pub fn json(value: &Value, order: &Order) -> String {
    let mut text = String::new();
    if !value.as_object().is_some_and(Map::is_empty) {
        write_json(value, order, 0, &mut text);
        text.push('\n');
    }
    text
}

fn write_json(value: &Value, order: &Order, level: usize, text: &mut String) {
    let line = |level: usize, text: &mut String| {
        text.push('\n');
        text.push_str(&" ".repeat(4 * level));
    };
    match value {
        Value::Array(values) if !values.is_empty() => {
            text.push('[');
            for (number, value) in values.iter().enumerate() {
                text.push_str(if number > 0 { "," } else { "" });
                line(level + 1, text);
                write_json(value, order, level + 1, text);
            }
            line(level, text);
            text.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (number, (name, value)) in order.members(members).into_iter().enumerate() {
                text.push_str(if number > 0 { "," } else { "" });
                line(level + 1, text);
                text.push_str(&format!("{}: ", Value::from(name.as_str())));
                write_json(value, order, level + 1, text);
            }
            line(level, text);
            text.push('}');
        }
        value => text.push_str(&value.to_string()),
    }
}

/// Values with tabs between them: scalars of an object in the order of their names, then what is inside of it, each line with the name of the
/// member in capitals.
pub fn text(value: &Value) -> String {
    let mut lines = String::new();
    write(value, None, None, &mut lines);
    lines
}

/// A value that is neither list nor object.
pub fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

/// A scalar as Python prints it, which is what the AWS command line is written in.
pub fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The names of the scalar members of several objects together, in order.
pub fn scalar_names<'a>(objects: impl Iterator<Item = &'a Map<String, Value>>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in objects.flatten().filter(|(_, value)| is_scalar(value)) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    sort(&mut names);
    names
}

/// Whether the elements are objects.
fn are_objects(values: &[Value]) -> bool {
    values.iter().any(Value::is_object)
}

fn line(name: Option<&str>, values: impl Iterator<Item = String>, lines: &mut String) {
    let cells: Vec<String> = name.map(str::to_ascii_uppercase).into_iter().chain(values).collect();
    lines.push_str(&cells.join("\t"));
    lines.push('\n');
}

fn write(value: &Value, name: Option<&str>, columns: Option<&[&str]>, lines: &mut String) {
    match value {
        Value::Object(members) => object(members, name, columns, lines),
        Value::Array(values) if are_objects(values) => {
            let columns = scalar_names(values.iter().filter_map(Value::as_object));
            values.iter().for_each(|value| write(value, name, Some(&columns), lines));
        }
        Value::Array(values) if values.iter().any(Value::is_array) => {
            let mut scalars = values.iter().filter(|value| is_scalar(value)).map(scalar).peekable();
            if scalars.peek().is_some() {
                line(name, scalars, lines);
            }
            values.iter().filter(|value| !is_scalar(value)).for_each(|value| write(value, name, None, lines));
        }
        Value::Array(values) if values.is_empty() => {}
        Value::Array(values) if name.is_some() => values.iter().for_each(|value| line(name, std::iter::once(scalar(value)), lines)),
        Value::Array(values) => line(None, values.iter().map(scalar), lines),
        value => line(name, std::iter::once(scalar(value)), lines),
    }
}

fn object(members: &Map<String, Value>, name: Option<&str>, columns: Option<&[&str]>, lines: &mut String) {
    let own = scalar_names(std::iter::once(members));
    let columns = columns.unwrap_or(&own);
    if !columns.is_empty() {
        let cell = |column: &&str| members.get(*column).filter(|value| is_scalar(value)).map(scalar).unwrap_or_default();
        line(name, columns.iter().map(cell), lines);
    }
    let mut inner: Vec<&String> = members.iter().filter(|(_, value)| !is_scalar(value)).map(|(name, _)| name).collect();
    sort(&mut inner);
    for name in inner {
        if let Some(value) = members.get(name) {
            write(value, Some(name), None, lines);
        }
    }
}
