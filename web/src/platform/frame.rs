//! The frame clock.

use gloo_render::{AnimationFrame, request_animation_frame};
use yew::Callback;

/// A frame that was asked for; it does not come once this is dropped.
pub struct Frame {
    _handle: AnimationFrame,
}

/// Asks for the next frame; `tell` gets its time in milliseconds. A hidden page gets no frames, so time stands while nobody looks.
pub fn next(tell: Callback<f64>) -> Frame {
    Frame { _handle: request_animation_frame(move |at| tell.emit(at)) }
}
