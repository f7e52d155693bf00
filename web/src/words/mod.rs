//! The page's own words: labels, buttons, hints. Findings and refusals become sentences in the playground (`view::words`), not here.
//!
//! Each table is written with [`sentences!`]: a key with named arguments and its English text. `say` looks a key up in the page's language.

use std::cell::Cell;

mod board;
mod pane;

pub use board::Board;
pub use pane::Pane;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// English in brackets and with accents, to find what was not looked up.
    Pseudo,
}

impl Language {
    /// The language of a tag such as `en-GB`; English for all that are not known.
    pub fn of_tag(tag: &str) -> Language {
        if tag.eq_ignore_ascii_case("pseudo") || tag.eq_ignore_ascii_case("en-XA") { Language::Pseudo } else { Language::English }
    }
}

thread_local! {
    /// One mount is one instance of this module, so this is the mount's language and nobody else's.
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// Sets the language of this mount.
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// A key of some table.
pub trait Sentence {
    /// Its text with `{name}` for each argument, and the arguments.
    fn parts(&self) -> (&'static str, Vec<(&'static str, String)>);
}

/// The sentence of a key.
pub fn say(key: impl Sentence) -> String {
    let (text, arguments) = key.parts();
    fill(LANGUAGE.get(), text, &arguments)
}

fn fill(language: Language, text: &str, arguments: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        push(&mut out, before, language);
        let Some((name, tail)) = after.split_once('}') else { break };
        out.push_str(arguments.iter().find(|(known, _)| *known == name).map_or(name, |(_, value)| value));
        rest = tail;
    }
    push(&mut out, rest, language);
    if language == Language::Pseudo { format!("⟦{out}⟧") } else { out }
}

fn push(out: &mut String, text: &str, language: Language) {
    match language {
        Language::English => out.push_str(text),
        Language::Pseudo => out.extend(text.chars().map(|letter| match letter {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ö',
            'u' => 'ü',
            other => other,
        })),
    }
}

/// Writes a table: `Name { Key = "text"; Other { argument } = "text with {argument}"; }`.
macro_rules! sentences {
    ($(#[$about:meta])* $table:ident { $($key:ident $({ $($argument:ident),* })? = $text:literal;)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $table {
            $(
                #[doc = $text]
                $key $({ $(#[doc = "An argument."] $argument: String),* })?,
            )*
        }

        impl $crate::words::Sentence for $table {
            fn parts(&self) -> (&'static str, Vec<(&'static str, String)>) {
                match self {
                    $($table::$key $({ $($argument),* })? => ($text, vec![$($((stringify!($argument), $argument.clone())),*)?]),)*
                }
            }
        }
    };
}
use sentences;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stay_as_they_are_and_the_rest_is_translated() {
        let arguments = [("name", "a {b}".to_owned())];
        assert_eq!(fill(Language::English, "{name} here", &arguments), "a {b} here");
        assert_eq!(fill(Language::Pseudo, "{name} here", &arguments), "⟦a {b} héré⟧");
    }
}
