//! Timers: they stop when they are dropped.

pub use gloo_timers::callback::Timeout;
