//! What the reader's system asks for.

/// Whether things should move as little as possible.
pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the system is set to dark.
pub fn prefers_dark() -> bool {
    matches("(prefers-color-scheme: dark)")
}

/// Whether the page is as narrow as a phone: the width at which its sheets fold.
pub fn narrow() -> bool {
    matches("(max-width: 699px)")
}

fn matches(query: &str) -> bool {
    web_sys::window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}
