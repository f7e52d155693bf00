//! The session: the one boundary between the playground and whoever shows it.
//!
//! It owns the simulator and the history. Acts go in, views come out.

use crate::act::Act;
use crate::view::board::{BoardView, DropTarget, RefusalView};
use crate::view::details::DetailsView;
use crate::view::form::FormView;
use crate::view::menu::MenuView;
use crate::view::timeline::{FlightView, TimelineView};
use crate::view::why::WhyView;
use serde_json::Value;
use std::collections::BTreeMap;

/// What came of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The act as a command line.
    pub echo: String,
    /// The reply, or the refusal.
    pub result: Result<Value, RefusalView>,
    /// What to say aloud: "svc is attaching to web-2 at index 1."
    pub announcement: String,
}

/// A line of the command echo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EchoView {
    /// The command line.
    pub line: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// A few words on what came of it.
    pub note: String,
}

/// A scene that comes with the playground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SceneView {
    /// Its id, as in `?scenario=`.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// What it shows, in a sentence.
    pub summary: String,
}

/// The playground as one value.
pub trait SessionApi: Sized {
    /// Opens a built-in scene; the first one if the id is empty. An unknown id is an error in plain words.
    fn open(scene: &str) -> Result<Self, String>;
    /// Opens a saved document.
    fn load(document: &[u8]) -> Result<Self, String>;
    /// Does an act now. A refused act changes nothing but the echo.
    fn execute(&mut self, act: &Act) -> Outcome;
    /// What an act would bring, without doing it.
    fn preview(&self, act: &Act) -> Result<(), RefusalView>;
    /// Every place where something in hand may or may not go: `eni:eni-…`, `elastic-ip:eipalloc-…`, `group:sg-…`.
    fn drop_targets(&self, in_hand: &str) -> Vec<DropTarget>;
    /// Lets virtual time pass, in microseconds.
    fn advance(&mut self, microseconds: u64);
    /// Goes to the next event; false if there is none.
    fn step(&mut self) -> bool;
    /// Virtual time in microseconds.
    fn now(&self) -> u64;
    /// What undo would take back: "Undo: attach svc to web-2".
    fn undo_text(&self) -> Option<String>;
    /// What redo would do again.
    fn redo_text(&self) -> Option<String>;
    /// Takes the last act back, with everything that has happened since.
    fn undo(&mut self) -> bool;
    /// Does it again.
    fn redo(&mut self) -> bool;
    /// The board and the tray.
    fn board(&self) -> BoardView;
    /// The timeline for a window this wide, in milliseconds.
    fn timeline(&self, width_ms: u64) -> TimelineView;
    /// The packets that set out since the last call, at most 200.
    fn take_flights(&mut self) -> Vec<FlightView>;
    /// *Why* of a packet that is still remembered.
    fn why(&self, packet: u64) -> Option<WhyView>;
    /// The newest lines of the echo, oldest first.
    fn echo(&self) -> Vec<EchoView>;
    /// The whole document.
    fn document(&self) -> String;
    /// What can be done with a thing now; `None` if there is no such thing.
    fn menu(&self, _thing: &str) -> Option<MenuView> {
        None
    }
    /// What is known about a thing; `None` if there is no such thing.
    fn details(&self, _thing: &str) -> Option<DetailsView> {
        None
    }
    /// A form by its id, as `create-eni:subnet-…`; what follows the colon may be empty, then a field lets one choose.
    fn form(&self, _id: &str) -> Option<FormView> {
        None
    }
    /// The acts that a filled form is, in order. What AWS would refuse is found by doing or previewing them.
    fn form_acts(&self, _id: &str, _values: &BTreeMap<String, String>) -> Vec<Act> {
        Vec::new()
    }
}
