//! The page's language, and its words by key. The texts stand in the playground's table (`view::words`), none of them here.

use eni_playground::session::Session;
pub use eni_playground::view::words::{Language, PageKey as Key};
use std::cell::Cell;

thread_local! {
    /// One mount is one instance of this module, so this is the mount's language and nobody else's.
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// Sets the language of this mount.
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// The language of this mount.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// The session, speaking this mount's language.
pub fn in_language(mut session: Session) -> Session {
    session.speak(language().tag());
    session
}

/// The sentence of a key.
pub fn say(key: Key<'_>) -> String {
    language().say(key)
}
