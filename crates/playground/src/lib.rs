//! The headless application of the ENI Playground: what the page, the command line tool and an embedding page all talk to.

pub mod account;
pub mod act;
pub mod aws;
mod capture;
mod history;
pub mod json;
pub mod reach;
pub mod rules;
pub mod scenario;
mod scene;
pub mod script;
pub mod session;
pub mod shell;
pub mod terminal;
pub mod trace;
pub mod view;
pub mod words;
mod world;

/// The engine's own table of refused acts: the words of refusals are tried on each.
#[cfg(test)]
#[path = "../../core/tests/support/mod.rs"]
mod support;

pub use eni_core::{measure, order, table};
