//! The canvas on which packets are drawn.

pub use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
