//! The window and listeners on it: they end when they are dropped.

pub use gloo_events::{EventListener, EventListenerOptions};

/// The window, where there is one.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
