//! Where the page lies.

/// The path of the page, which names its work among that of other pages of the same server.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}
