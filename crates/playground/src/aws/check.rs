//! The one check of requests: does every member stand in the table, is it of its kind, is what must be there there?

use super::error::ApiError;
use super::member::{Member, Presence, Wire};
use eni_core::addr::{Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use serde_json::{Map, Value};

/// How many elements a list of a request may have.
const MAX_ELEMENTS: usize = 1_000;
/// The longest text of a request, in characters.
const MAX_TEXT: usize = 4_096;

/// Checks an object of a request: names first, then what must be there, then kinds (`X2`).
///
/// # Errors
/// The first fault in AWS's words.
pub fn members(table: &[Member], object: &Map<String, Value>) -> Result<(), ApiError> {
    object.keys().try_for_each(|name| match table.iter().any(|member| member.name == name) {
        true => Ok(()),
        false => Err(ApiError::unknown(name)),
    })?;
    for member in table.iter().filter(|member| member.presence == Presence::Required) {
        if object.get(member.name).is_none_or(Value::is_null) {
            return Err(ApiError::missing(member.name));
        }
    }
    for member in table {
        match object.get(member.name) {
            None | Some(Value::Null) => {}
            Some(value) => wire(member.name, member.wire, value)?,
        }
    }
    Ok(())
}

fn wire(name: &str, kind: Wire, value: &Value) -> Result<(), ApiError> {
    match (kind, value) {
        (Wire::Boolean | Wire::Switch(..), Value::Bool(_)) => Ok(()),
        (Wire::Integer, Value::Number(number)) if number.is_i64() => Ok(()),
        (Wire::Number, Value::Number(_)) => Ok(()),
        (Wire::Between(least, most), Value::Number(number)) if number.is_i64() => {
            let side = match number.as_i64() {
                Some(number) if number < least => format!("Expecting a value greater than {least}."),
                Some(number) if number > most => format!("Expecting a value less than {most}."),
                _ => return Ok(()),
            };
            Err(ApiError::invalid(name, number, &side))
        }
        (Wire::List(_), Value::Array(elements)) if elements.len() > MAX_ELEMENTS => {
            Err(ApiError::invalid(name, format!("{} elements", elements.len()), "A list has at most 1000 elements."))
        }
        (Wire::List(element), Value::Array(elements)) => elements.iter().try_for_each(|value| wire(name, *element, value)),
        (Wire::Struct(table), Value::Object(object)) => members(table, object),
        (Wire::Wrapped(inner), Value::Object(object)) => {
            let table = [super::member::required("Value", *inner, "")];
            members(&table, object)
        }
        (_, Value::String(text)) => text_kind(name, kind, text),
        _ => Err(wrong_kind(name, kind, value)),
    }
}

/// Checks a text for a kind that is written as text.
fn text_kind(name: &str, kind: Wire, text: &str) -> Result<(), ApiError> {
    let not_a_block = || ApiError::invalid(name, text, "This is not a valid CIDR block.");
    match kind {
        // What a launch runs first has a limit of its own.
        Wire::Text if name == "UserData" => Ok(()),
        Wire::Text | Wire::Time if text.chars().count() <= MAX_TEXT => Ok(()),
        Wire::Text | Wire::Time => Err(ApiError::invalid(name, text, "It is too long.")),
        Wire::Words(words) if words.contains(&text) => Ok(()),
        Wire::Words(_) if name == "Attribute" => Err(ApiError::invalid(name, text, "Unknown attribute.")),
        Wire::Words(words) => Err(ApiError::invalid(name, text, &format!("Expected one of: {}.", words.join(", ")))),
        Wire::Id(prefix) if is_id(prefix, text) => Ok(()),
        Wire::Id(prefix) => Err(ApiError::malformed(prefix, text)),
        Wire::Ipv4 => match text.parse::<Ipv4Addr>() {
            Ok(_) => Ok(()),
            Err(_) => Err(ApiError::new("InvalidParameterValue", format!("invalid value for parameter address: {text}"))),
        },
        Wire::Ipv6 => match text.parse::<Ipv6Addr>() {
            Ok(_) => Ok(()),
            Err(_) => Err(ApiError::new("InvalidParameterValue", format!("invalid value for parameter address: {text}"))),
        },
        Wire::Ipv4Block => text.parse::<Ipv4Net>().map(|_| ()).map_err(|_| not_a_block()),
        Wire::Ipv6Block => text.parse::<Ipv6Net>().map(|_| ()).map_err(|_| not_a_block()),
        _ => Err(wrong_kind(name, kind, &Value::String(text.to_owned()))),
    }
}

/// Whether a text is a well-formed id with a prefix (`I1`).
pub fn is_id(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|hex| matches!(hex.len(), 8 | 17) && hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)))
}

fn wrong_kind(name: &str, kind: Wire, value: &Value) -> ApiError {
    let wanted = match kind {
        Wire::Integer | Wire::Between(..) => "a whole number",
        Wire::Number => "a number",
        Wire::Boolean | Wire::Switch(..) => "true or false",
        Wire::List(_) => "a list",
        Wire::Struct(_) => "an object",
        Wire::Wrapped(_) => "an object with the member Value",
        _ => "a text",
    };
    let shown = match value {
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    ApiError::invalid(name, shown, &format!("Expected {wanted}."))
}
