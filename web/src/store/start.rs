//! How a page begins, and what the store says to what is around it.

use super::{Panels, Theme};
use eni_playground::view::timeline::FlightView;

/// How a page begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The scene's id; empty for the first.
    pub scene: String,
    /// The seed of a new document.
    pub seed: u64,
    /// Whether another page shows this one.
    pub embedded: bool,
    /// Whether acts are refused.
    pub readonly: bool,
    /// Whether time runs from the start.
    pub autoplay: bool,
    /// The colours.
    pub theme: Theme,
    /// What stands around the board.
    pub panels: Panels,
    /// What to say about the page parameters.
    pub notice: Option<String>,
    /// Whether an earlier visit is being read from the device; nothing is written there before.
    pub reads_earlier_visit: bool,
    /// After a crash, or from an earlier visit: the document to begin with, and what was done since.
    pub past: Option<Past>,
}

/// What was done before: a document, and entries since it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The document, or the beginning of a scene as [`Session::beginning`] writes it; the scene that is open if there is none.
    pub checkpoint: Option<String>,
    /// What was done since, oldest first.
    pub entries: Vec<String>,
    /// Virtual time at which it was left, in microseconds; 0 if unknown.
    pub left_at: u64,
}

/// What the loader is told, in this order and at once: it outlives a panic of the engine, and starts again from what it was told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum News<'a> {
    /// What is about to be done.
    Entry(&'a str),
    /// A document, or the beginning of a scene, that has in it all that was told before.
    Checkpoint(&'a str),
}

/// Who is told: the loader.
pub type JournalSink = Box<dyn Fn(News<'_>)>;

/// What the store asks of the page around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Copy text.
    Copy(String),
    /// Give a file.
    Download {
        /// Its name.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// Keep the work.
    Save,
    /// Keep how far time came.
    SaveTime,
    /// Keep the work, also where another tab has kept its own since.
    SaveHere,
    /// Lets one choose files, or a folder.
    Choose {
        /// A folder.
        folder: bool,
    },
    /// Make packets fly.
    Fly(Vec<FlightView>),
    /// Take all packets out of the air.
    Ground,
    /// Give the focus back to what had it before *Why*.
    FocusBack,
    /// Give the focus to a thing on the board.
    Focus(String),
}
