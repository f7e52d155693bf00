//! Words: the only place where a finding becomes a sentence.
//!
//! One table (`english`, `why` for what became of a packet, `acts` for what was done, `menus`, `page` for what only the page says, `input` for what comes
//! from outside, `reach` for who reaches whom, `blockers` for why nothing changes a verdict, `refusals` for why something is refused, `services` for flow logs and what services of AWS do, `evidence` for the panel of that name, `shell` for the terminal's shell,
//! `loader.json` for what the page's loader says where there is no engine: the build writes it into the loader) holds every sentence under a
//! key; the arguments of a key are named and checked
//! by the compiler. A second language is one more table. The pseudo-locale rewrites the first one (accents, longer, in brackets), so that a test and an eye can find a sentence that
//! did not come from here. Names, ids, addresses, codes and AWS's own messages are arguments and stay as they are.

/// Makes the enum of the keys and what leads from a key to its text.
macro_rules! messages {
    ($name:ident: $about:literal; $($key:ident $({ $($argument:ident),* })? = $text:literal;)*) => {
        #[doc = $about]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name<'a> {
            $(
                #[doc = $text]
                $key $({ $(#[doc = "An argument."] $argument: &'a str),* })?,
            )*
        }

        impl<'a> Sentence<'a> for $name<'a> {
            fn parts(self) -> (&'static str, Arguments<'a>) {
                match self {
                    $($name::$key $({ $($argument),* })? => ($text, arguments(&[$($((stringify!($argument), $argument)),*)?])),)*
                }
            }
        }

        impl From<$name<'_>> for Saying {
            fn from(key: $name<'_>) -> Saying {
                Saying::of(key)
            }
        }

        /// Every key with its text and its arguments' names.
        #[cfg(test)]
        pub(super) const TABLE: &[(&str, &str, &[&str])] =
            &[$((stringify!($key), $text, &[$($(stringify!($argument)),*)?])),*];
    };
}

mod acts;
mod blockers;
mod english;
mod evidence;
mod input;
mod menus;
mod page;
pub mod programs;
mod reach;
mod refusals;
mod saying;
mod services;
pub(crate) mod shell;
mod why;

pub use acts::ActKey;
pub use blockers::BlockerKey;
pub use english::Key;
pub use evidence::EvidenceKey;
pub use input::InputKey;
pub use menus::MenuKey;
pub use page::PageKey;
pub use reach::ReachKey;
pub use refusals::RefusalKey;
pub use saying::Saying;
pub use services::ServiceKey;
pub use why::WhyKey;

/// A key of the table.
pub trait Sentence<'a> {
    /// The text with its places, and what goes there.
    fn parts(self) -> (&'static str, Arguments<'a>);
}

/// A language that the playground speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// English that shows where a sentence was not looked up: `⟦…⟧` around it, accents on it, a third longer.
    Pseudo,
}

impl Language {
    /// The language of a tag such as `en-GB`; English for all that are not known.
    pub fn of_tag(tag: &str) -> Language {
        if tag.eq_ignore_ascii_case("pseudo") || tag.eq_ignore_ascii_case("en-XA") { Language::Pseudo } else { Language::English }
    }

    /// Whether a tag is of a language that there is a table for.
    pub fn is_known(tag: &str) -> bool {
        let language = tag.split('-').next().unwrap_or_default();
        language.eq_ignore_ascii_case("en") || Language::of_tag(tag) != Language::English
    }

    /// The tag for `lang` of the page.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Pseudo => "en-XA",
        }
    }

    /// The sentence of a key.
    pub fn say<'a>(self, key: impl Sentence<'a>) -> String {
        let (text, arguments) = key.parts();
        fill(self, text, &arguments)
    }
}

/// The sentence of a key.
pub fn text<'a>(language: Language, key: impl Sentence<'a>) -> String {
    language.say(key)
}

/// No sentence has more arguments.
const MOST_ARGUMENTS: usize = 6;

/// The arguments of a sentence by name, in the order of its key; the rest is empty.
pub type Arguments<'a> = [(&'static str, &'a str); MOST_ARGUMENTS];

fn arguments<'a>(given: &[(&'static str, &'a str)]) -> Arguments<'a> {
    let mut all = [("", ""); MOST_ARGUMENTS];
    for (place, argument) in all.iter_mut().zip(given) {
        *place = *argument;
    }
    all
}

/// Puts the arguments into their places. A place without an argument stays as it stands (a test finds it).
fn fill(language: Language, text: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 24);
    let pseudo = language == Language::Pseudo;
    if pseudo {
        out.push('⟦');
    }
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        push(&mut out, before, pseudo);
        let Some((name, tail)) = after.split_once('}') else { break };
        match arguments.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(name),
        }
        rest = tail;
    }
    push(&mut out, rest, pseudo);
    if pseudo {
        for _ in 0..text.chars().count() / 3 {
            out.push('·');
        }
        out.push('⟧');
    }
    out
}

fn push(out: &mut String, text: &str, pseudo: bool) {
    if pseudo {
        out.extend(text.chars().map(accented));
    } else {
        out.push_str(text);
    }
}

/// The letter with a mark on it.
const fn accented(letter: char) -> char {
    match letter {
        'a' => 'á',
        'b' => 'ƀ',
        'c' => 'ç',
        'd' => 'ð',
        'e' => 'é',
        'f' => 'ƒ',
        'g' => 'ĝ',
        'h' => 'ĥ',
        'i' => 'î',
        'j' => 'ĵ',
        'k' => 'ķ',
        'l' => 'ļ',
        'm' => 'ɱ',
        'n' => 'ñ',
        'o' => 'ö',
        'p' => 'þ',
        'q' => 'ʠ',
        'r' => 'ŕ',
        's' => 'š',
        't' => 'ţ',
        'u' => 'û',
        'v' => 'ṽ',
        'w' => 'ŵ',
        'x' => 'ẋ',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Å',
        'E' => 'É',
        'I' => 'Î',
        'N' => 'Ñ',
        'O' => 'Ö',
        'S' => 'Š',
        'T' => 'Ţ',
        'U' => 'Û',
        other => other,
    }
}

/// Milliseconds as seconds with one decimal, as `3.7`.
pub fn seconds(milliseconds: u64) -> String {
    let mut out = (milliseconds / 1000).to_string();
    out.push('.');
    out.push_str(&(milliseconds % 1000 / 100).to_string());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of every table.
    fn tables() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static [&'static str])> {
        [
            acts::TABLE,
            blockers::TABLE,
            english::TABLE,
            evidence::TABLE,
            input::TABLE,
            menus::TABLE,
            page::TABLE,
            reach::TABLE,
            refusals::TABLE,
            services::TABLE,
            why::TABLE,
        ]
        .into_iter()
        .flatten()
    }

    #[test]
    fn each_place_of_each_sentence_has_an_argument_and_each_argument_a_place() {
        for (key, text, arguments) in tables() {
            let mut places: Vec<&str> = text.split('{').skip(1).map(|part| part.split('}').next().unwrap()).collect();
            places.sort_unstable();
            places.dedup();
            let mut names = arguments.to_vec();
            names.sort_unstable();
            assert_eq!(places, names, "{key}");
            assert!(names.len() <= MOST_ARGUMENTS, "{key}");
        }
    }

    #[test]
    fn sentences_keep_the_house_style() {
        for (key, text, _) in tables() {
            let lower = text.to_lowercase();
            for never in ["!", "please", "oops", "successfully", "simply", "skipped", "unknown error"] {
                assert!(!lower.contains(never), "{key} says {never}");
            }
        }
    }

    #[test]
    fn arguments_stand_where_the_sentence_wants_them() {
        let key = || Key::AttachingLeft { seconds: "0.7" };
        assert_eq!(text(Language::English, key()), "attaching, 0.7 s left");
        let pseudo = text(Language::Pseudo, key());
        assert!(pseudo.starts_with('⟦') && pseudo.contains("0.7") && !pseudo.contains("attaching"), "{pseudo}");
        assert!(pseudo.chars().count() > "attaching, 0.7 s left".len() * 5 / 4);
        assert_eq!(seconds(12_345), "12.3");
    }
}
