//! Sentences that are kept: made where something is found out, said where somebody reads it, in the language of that moment.

use super::{Language, Sentence};
use std::fmt;

/// A sentence with its arguments, not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    text: &'static str,
    parts: Vec<(&'static str, Part)>,
}

/// What stands in a place of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// A name, a number, an id.
    Text(String),
    /// A sentence of its own.
    Saying(Saying),
}

impl Saying {
    /// Keeps the sentence of a key.
    pub fn of<'a>(key: impl Sentence<'a>) -> Saying {
        let (text, arguments) = key.parts();
        let parts = arguments.iter().filter(|(name, _)| !name.is_empty()).map(|(name, value)| (*name, Part::Text((*value).to_owned())));
        Saying { text, parts: parts.collect() }
    }

    /// Puts a sentence into the place of an argument.
    #[must_use]
    pub fn holding(mut self, name: &'static str, inner: Saying) -> Saying {
        self.parts.retain(|(other, _)| *other != name);
        self.parts.push((name, Part::Saying(inner)));
        self
    }

    /// The sentence in a language.
    pub fn say(&self, language: Language) -> String {
        let said: Vec<(&'static str, String)> = self
            .parts
            .iter()
            .map(|(name, part)| match part {
                Part::Text(text) => (*name, text.clone()),
                Part::Saying(inner) => (*name, inner.say(language)),
            })
            .collect();
        let arguments: Vec<(&str, &str)> = said.iter().map(|(name, text)| (*name, text.as_str())).collect();
        super::fill(language, self.text, &arguments)
    }
}

/// In English: for programs, logs and the command line.
impl fmt::Display for Saying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::English))
    }
}

#[cfg(test)]
mod tests {
    use super::super::InputKey;
    use super::*;

    #[test]
    fn a_kept_sentence_is_said_in_the_language_of_the_reader() {
        let inner = Saying::of(InputKey::NotThere { id: "vpc-1" });
        let outer = Saying::of(InputKey::AtPlace { place: "Subnets", problem: "" }).holding("problem", inner);
        assert_eq!(outer.to_string(), "Subnets: vpc-1 is not there");
        let pseudo = outer.say(Language::Pseudo);
        assert!(pseudo.starts_with("⟦Subnets: ⟦vpc-1 ") && !pseudo.contains("there"), "{pseudo}");
    }
}
