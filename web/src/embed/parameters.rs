//! Page parameters: the known ones are read; of the others, and of values that mean nothing, a notice says what they may be.

use crate::store::{Panels, Start, Theme};
use crate::words::{Key, Language, say, speak};
use serde_json::{Map, Value};

/// How much of a name or a value is repeated.
const REPEATED: usize = 60;
/// How many faults are named.
const NAMED: usize = 4;

/// Reads page parameters, or attributes of the element. Nothing in them can make a page fail: what means nothing is told and left out.
pub fn read(parameters: &Map<String, Value>, embedded: bool) -> Start {
    let mut start = Start { autoplay: true, embedded, panels: Panels::usual(embedded), ..Start::default() };
    let mut faults = Vec::new();
    // First of all, so that the notice is in it.
    if let Some(tag) = parameters.get("lang").and_then(Value::as_str) {
        speak(Language::of_tag(tag));
    }
    let mut controls = true;
    for (name, value) in parameters {
        let value = value.as_str().unwrap_or_default();
        let result = match name.as_str() {
            "scenario" => {
                start.scene = value.to_owned();
                Ok(())
            }
            "theme" => Theme::from_name(value).map(|theme| start.theme = theme).ok_or("auto, light, dark, projector"),
            "readonly" => switch(value, &mut start.readonly),
            "autoplay" => switch(value, &mut start.autoplay),
            "controls" => switch(value, &mut controls),
            "panels" => Panels::of_words(value).map(|panels| start.panels = panels).map_err(|_| Panels::WORDS),
            // The loader has read it.
            "embed" => switch(value, &mut false),
            "lang" => Language::is_known(value).then_some(()).ok_or("en, en-XA"),
            "lesson" => {
                faults.push(say(Key::NoLesson { name: &short(value) }));
                Ok(())
            }
            _ => {
                faults.push(say(Key::UnknownParameter { name: &short(name) }));
                Ok(())
            }
        };
        if let Err(wanted) = result {
            faults.push(say(Key::ParameterValue { name, value: &short(value), wanted }));
        }
    }
    start.panels.controls = controls;
    faults.truncate(NAMED);
    start.notice = (!faults.is_empty()).then(|| faults.join(" "));
    start
}

/// A parameter that is on or off. Without a value, as an attribute may be, it is on.
fn switch(value: &str, place: &mut bool) -> Result<(), &'static str> {
    *place = match value {
        "" | "1" | "true" | "yes" => true,
        "0" | "false" | "no" => false,
        _ => return Err("1, 0"),
    };
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().take(REPEATED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(pairs: &[(&str, &str)], embedded: bool) -> Start {
        read(&pairs.iter().map(|&(name, value)| (name.to_owned(), Value::from(value))).collect(), embedded)
    }

    fn told(name: &str, value: &str) -> String {
        start(&[(name, value)], false).notice.unwrap_or_default()
    }

    #[test]
    fn known_parameters_are_read() {
        let read =
            start(&[("scenario", "a"), ("theme", "dark"), ("readonly", ""), ("autoplay", "0"), ("lang", "en-GB"), ("embed", "1")], false);
        assert_eq!((read.scene.as_str(), read.theme, read.readonly, read.autoplay), ("a", Theme::Dark, true, false));
        assert_eq!((read.panels, read.notice), (Panels::ALL, None));
    }

    #[test]
    fn panels_and_controls_are_what_was_asked_for() {
        assert_eq!(start(&[], true).panels, Panels { why: true, ..Panels::NONE });
        assert_eq!(start(&[("panels", "none"), ("controls", "0")], false).panels, Panels { controls: false, ..Panels::NONE });
        assert_eq!(start(&[("panels", "all"), ("controls", "0")], true).panels, Panels { controls: false, ..Panels::ALL });
        assert_eq!(
            start(&[("panels", "echo,sidebar"), ("controls", "maybe")], false).panels,
            Panels::ALL,
            "what means nothing is left out"
        );
    }

    #[test]
    fn what_means_nothing_is_told_with_what_it_may_be() {
        assert_eq!(told("colour", "red"), "The page parameter colour is not known.");
        assert_eq!(told("theme", "pink"), "The page parameter theme is “pink”. It may be: auto, light, dark, projector.");
        for (name, value, wanted) in [
            ("panels", "sidebar", Panels::WORDS),
            ("controls", "2", "1, 0"),
            ("readonly", "on", "1, 0"),
            ("autoplay", "x", "1, 0"),
            ("embed", "x", "1, 0"),
            ("lang", "tlh", "en, en-XA"),
        ] {
            assert!(told(name, value).contains(wanted), "{name}: {}", told(name, value));
        }
        assert_eq!(told("lesson", "one"), "There is no lesson “one” here.");
        let many: Vec<(String, Value)> = (0..50).map(|at| (format!("{at}{}", "x".repeat(500)), Value::from(""))).collect();
        let notice = read(&many.into_iter().collect(), false).notice.unwrap_or_default();
        assert!(notice.len() < 600, "{}", notice.len());
        assert_eq!(
            start(&[("colour", "red"), ("theme", "pink")], false).notice.map(|text| text.matches("page parameter").count()),
            Some(2)
        );
    }
}
