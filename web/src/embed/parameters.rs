//! Page parameters: the known ones are read, the others are named in a warning.

use crate::store::{Start, Theme};
use crate::words::{Key, Language, say, speak};
use std::collections::BTreeMap;

/// Reads page parameters, or attributes of the element. Nothing in them can make a page fail.
pub fn read(parameters: &BTreeMap<String, String>) -> Start {
    let mut start = Start { autoplay: true, ..Start::default() };
    let mut unknown = None;
    if let Some(tag) = parameters.get("lang") {
        speak(Language::of_tag(tag));
    }
    for (name, value) in parameters {
        let on = !matches!(value.as_str(), "0" | "false" | "no");
        match name.as_str() {
            "scenario" => start.scene.clone_from(value),
            "theme" => match Theme::from_name(value) {
                Some(theme) => start.theme = theme,
                None => unknown = Some(format!("{name}={value}")),
            },
            "readonly" => start.readonly = on,
            "autoplay" => start.autoplay = on,
            "embed" | "lang" | "lesson" | "controls" | "panels" | "src" => {}
            _ => unknown = Some(name.clone()),
        }
    }
    start.notice = unknown.map(|name| say(Key::UnknownParameter { name: &name.chars().take(60).collect::<String>() }));
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(pairs: &[(&str, &str)]) -> Start {
        read(&pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn known_parameters_are_read_and_others_are_named() {
        let read = start(&[("scenario", "a"), ("theme", "dark"), ("readonly", "1"), ("autoplay", "0")]);
        assert_eq!((read.scene.as_str(), read.theme, read.readonly, read.autoplay), ("a", Theme::Dark, true, false));
        assert_eq!(read.notice, None);
        assert!(start(&[("colour", "red")]).notice.is_some_and(|text| text.contains("colour")));
        assert!(start(&[("theme", "pink")]).notice.is_some_and(|text| text.contains("theme=pink")));
    }
}
