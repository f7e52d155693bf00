//! Small readers of describe members: each says where it stood when it cannot read.

use crate::json::{FieldError, Fields};
use crate::scenario::report::{Notes, Why, is_secret};
use crate::words::InputKey;
use eni_core::addr::{Ipv4Net, Ipv6Net};
use eni_core::id::ResourceId;
use eni_core::model::{Tags, Zone};
use serde_json::Value;

/// The longest text that is kept, in characters.
pub(super) const MAX_TEXT: usize = 1_024;
/// How many tags one thing may have: the user's fifty, and some of AWS's own.
const MAX_TAGS: usize = 100;

/// An id that must be there.
pub(super) fn id<I: ResourceId>(fields: &mut Fields<'_>, name: &str) -> Result<I, FieldError> {
    fields.parsed(name)
}

/// An id, if there is one; an empty text counts as none.
pub(super) fn maybe_id<I: ResourceId>(fields: &mut Fields<'_>, name: &str) -> Result<Option<I>, FieldError> {
    match fields.optional_text(name, MAX_TEXT)? {
        None | Some("") => Ok(None),
        Some(_) => fields.optional_parsed(name),
    }
}

/// A text, or an empty one.
pub(super) fn text(fields: &mut Fields<'_>, name: &str) -> Result<String, FieldError> {
    Ok(fields.optional_text(name, MAX_TEXT)?.unwrap_or_default().to_owned())
}

/// A text, or what is usual where it is absent or empty.
pub(super) fn word(fields: &mut Fields<'_>, name: &str, usual: &str) -> Result<String, FieldError> {
    Ok(fields.optional_text(name, 64)?.filter(|text| !text.is_empty()).unwrap_or(usual).to_owned())
}

/// A zone's name.
pub(super) fn zone(fields: &mut Fields<'_>) -> Result<Zone, FieldError> {
    match fields.text("AvailabilityZone", 64)? {
        "" => Err(FieldError::new(fields.place("AvailabilityZone"), InputKey::IsEmpty)),
        name => Ok(Zone::new(name)),
    }
}

/// A truth value, or what is usual.
pub(super) fn flag(fields: &mut Fields<'_>, name: &str, usual: bool) -> Result<bool, FieldError> {
    Ok(fields.optional_flag(name)?.unwrap_or(usual))
}

/// A number below 65536, or 0.
pub(super) fn small(fields: &mut Fields<'_>, name: &str) -> Result<u16, FieldError> {
    Ok(u16::try_from(fields.optional_number(name, 65_535)?.unwrap_or(0)).unwrap_or(0))
}

/// A whole number of any sign, if there is one.
pub(super) fn integer(fields: &mut Fields<'_>, name: &str) -> Result<Option<i64>, FieldError> {
    let Some(value) = fields.optional(name) else { return Ok(None) };
    value.as_i64().map(Some).ok_or_else(|| FieldError::new(fields.place(name), InputKey::ExpectedWhole))
}

/// An IPv4 block without host bits, if there is one.
pub(super) fn ipv4_block(fields: &mut Fields<'_>, name: &str) -> Result<Option<Ipv4Net>, FieldError> {
    Ok(fields.optional_parsed::<Ipv4Net>(name)?.map(|block| block.trunc()))
}

/// An IPv6 block without host bits, if there is one.
pub(super) fn ipv6_block(fields: &mut Fields<'_>, name: &str) -> Result<Option<Ipv6Net>, FieldError> {
    Ok(fields.optional_parsed::<Ipv6Net>(name)?.map(|block| block.trunc()))
}

/// The objects of a list.
pub(super) fn objects<'a>(fields: &mut Fields<'a>, name: &str) -> Result<Vec<Fields<'a>>, FieldError> {
    let place = fields.place(name);
    fields.list(name)?.iter().enumerate().map(|(at, value)| Fields::of(&format!("{place}[{at}]"), value)).collect()
}

/// An object, if there is one.
pub(super) fn object<'a>(fields: &mut Fields<'a>, name: &str) -> Result<Option<Fields<'a>>, FieldError> {
    let place = fields.place(name);
    fields.optional(name).map(|value| Fields::of(&place, value)).transpose()
}

/// The `Value` of a wrapped flag, if there is one.
pub(super) fn wrapped_flag(fields: &mut Fields<'_>, name: &str) -> Result<Option<bool>, FieldError> {
    match object(fields, name)? {
        Some(mut inner) => inner.optional_flag("Value"),
        None => Ok(None),
    }
}

/// The tags of a list; those whose key looks like that of a secret are left out.
pub(super) fn tags(place: &str, list: Option<&Value>, notes: &mut Notes) -> Result<Tags, FieldError> {
    let mut tags = Tags::new();
    let place = format!("{place}.Tags");
    let values = match list {
        None | Some(Value::Null) => return Ok(tags),
        Some(Value::Array(values)) => values,
        Some(_) => return Err(FieldError::new(place, InputKey::ExpectedList)),
    };
    for value in values {
        let mut tag = Fields::of(&place, value)?;
        let key = tag.text("Key", MAX_TEXT)?;
        if is_secret(key) {
            notes.leave_out_tags(Why::SecretTag, 1);
            continue;
        }
        let value = tag.optional_text("Value", MAX_TEXT)?.unwrap_or_default();
        check_tag(&place, key, value, tags.len())?;
        tags.insert(key.to_owned(), value.to_owned());
    }
    Ok(tags)
}

/// Checks one more tag of a thing that has some.
pub(super) fn check_tag(place: &str, key: &str, value: &str, others: usize) -> Result<(), FieldError> {
    if key.is_empty() || key.chars().count() > 127 || value.chars().count() > 256 {
        return Err(FieldError::new(place, InputKey::TagLength));
    }
    if others >= MAX_TAGS {
        return Err(FieldError::new(place, InputKey::MostTags { limit: &MAX_TAGS.to_string() }));
    }
    Ok(())
}
