//! The page of the ENI Playground: a Yew application that is mounted by `web/js/loader.js` through the handle in [`embed`].

#![allow(dead_code, reason = "the panes that use it are not in yet")]

mod app;
mod board;
pub mod embed;
mod glyph;
mod platform;
mod store;
mod words;
