//! Looks into JSON that [`super::text`] wrote, without building values of it: an object's members, a list's elements, a text. Filters and pages
//! look at a few members of a thousand objects.

use std::borrow::Cow;

/// A member of an object.
pub fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    members(object).find(|(other, _)| *other == name).map(|(_, value)| value)
}

/// The members of an object; what is no object has none. Names are as they are written.
pub fn members(object: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = object.strip_prefix('{').unwrap_or_default();
    std::iter::from_fn(move || {
        let name = next(&mut rest)?;
        rest = rest.strip_prefix(':')?;
        Some((name.strip_prefix('"')?.strip_suffix('"')?, next(&mut rest)?))
    })
}

/// The elements of a list; what is no list has none.
pub fn elements(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list.strip_prefix('[').unwrap_or_default();
    std::iter::from_fn(move || next(&mut rest))
}

/// What a text says, or how another value is written.
pub fn text(value: &str) -> Cow<'_, str> {
    match value.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        None => value.into(),
        Some(text) if !text.contains('\\') => text.into(),
        Some(_) => serde_json::from_str::<String>(value).unwrap_or_default().into(),
    }
}

/// Whether any value at a place fits: members with dots between them, which may be named in the singular; lists on the way are looked through.
pub fn any(value: &str, path: &str, fits: &dyn Fn(&str) -> bool) -> bool {
    let mut rest = value;
    passed(&mut rest, path, fits)
}

/// The same of the first value of a text, which is taken from it unless something fits: so each letter is looked at once.
fn passed(rest: &mut &str, path: &str, fits: &dyn Fn(&str) -> bool) -> bool {
    if let Some(inside) = rest.strip_prefix('[') {
        *rest = inside;
        while !rest.is_empty() && !rest.starts_with(']') {
            if passed(rest, path, fits) {
                return true;
            }
            *rest = rest.strip_prefix(',').unwrap_or(rest);
        }
        *rest = rest.strip_prefix(']').unwrap_or(rest);
    } else if let Some(inside) = rest.strip_prefix('{') {
        *rest = inside;
        let (wanted, inner) = path.split_once('.').unwrap_or((path, ""));
        while let Some(name) = next(rest) {
            *rest = rest.strip_prefix(':').unwrap_or(rest);
            let after = name.strip_prefix('"').and_then(|name| name.strip_prefix(wanted));
            if !matches!(after, Some("\"" | "s\"")) {
                next(rest);
            } else if passed(rest, inner, fits) {
                return true;
            }
            *rest = rest.strip_prefix(',').unwrap_or(rest);
        }
        *rest = rest.strip_prefix('}').unwrap_or(rest);
    } else {
        let (value, after) = rest.split_at_checked(length(rest.as_bytes())).unwrap_or((rest, ""));
        *rest = after;
        return path.is_empty() && value != "null" && fits(&text(value));
    }
    false
}

/// Takes the first value from a text, with the comma behind it; nothing at the end of an object or a list.
fn next<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (value, after) = rest.split_at_checked(length(rest.as_bytes()))?;
    *rest = after.strip_prefix(',').unwrap_or(after);
    (!value.is_empty()).then_some(value)
}

/// How long the first value of a text is.
fn length(text: &[u8]) -> usize {
    let (mut depth, mut letters) = (0_usize, text.iter());
    while let Some(letter) = letters.next() {
        match letter {
            b'"' => while letters.find(|letter| matches!(letter, b'"' | b'\\')) == Some(&b'\\') && letters.next().is_some() {},
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' | b':' if depth == 0 => return text.len() - letters.len() - 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// The value again, built from what was looked at.
    fn rebuilt(value: &str) -> Value {
        match value.as_bytes().first() {
            Some(b'{') => members(value).map(|(name, value)| (name.to_owned(), rebuilt(value))).collect::<serde_json::Map<_, _>>().into(),
            Some(b'[') => elements(value).map(rebuilt).collect::<Vec<Value>>().into(),
            Some(b'"') => json!(text(value)),
            _ => serde_json::from_str(value).unwrap(),
        }
    }

    #[test]
    fn what_is_looked_at_is_what_was_written() {
        let cases = [
            json!({}),
            json!([]),
            json!({"A": "", "B": [], "C": {}, "D": [[], {}, [1, -2], "x"], "E": null, "F": true, "G": 1.5}),
            json!({"A": "a \\ b", "B": "\"}],:{[", "C": ["\\\"", "\\"], "D": "é\n\u{1f600}\u{1}"}),
            json!([{"Key": "Name", "Value": "a, b: {c}"}, {"Key": "", "Value": "\\\\"}]),
        ];
        for case in cases {
            assert_eq!(rebuilt(&case.to_string()), case);
            assert_eq!(rebuilt(&json!({"In": [case]}).to_string()), json!({"In": [case]}));
        }
        assert_eq!(member(r#"{"A":{"B":1},"B":"2","C":3}"#, "B").map(text).as_deref(), Some("2"));
        assert_eq!(member(r#"{"A":1}"#, "B"), None);
        assert_eq!((members("[1]").count(), elements("{}").count(), elements("1").count()), (0, 0, 0));
    }
}
