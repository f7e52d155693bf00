//! The page of the ENI Playground: a Yew application that is mounted by `web/js/loader.js` through the handle in [`embed`].

mod app;
mod ask;
mod board;
mod dialog;
pub mod embed;
mod evidence;
mod form_dialog;
mod forms;
mod glyph;
mod help;
mod import;
mod inspector;
mod menu;
mod object_menu;
mod platform;
mod refusal;
mod rulebook;
mod store;
mod tables;
mod tabs;
mod terminal;
mod timeline;
mod topbar;
mod why;
mod words;
