//! What the panes show, as plain data: no rules, no ids that the page would have to look up, every sentence already made (`words`).
//!
//! Each pane has one struct here and one function of the session that makes it. The web page draws them and knows nothing else.

pub mod board;
pub mod details;
pub mod evidence;
pub mod form;
pub(crate) mod make;
pub mod menu;
pub mod report;
pub mod timeline;
pub mod why;
pub use crate::words;
