//! The document, and what real accounts print: how a world is saved, loaded and imported.
//!
//! A document's `state` is what `aws … describe-*` prints, each fact once; `playground` adds what AWS has no word for. [`load`] and
//! [`import`] read both by the same tables and either give a whole world whose invariants hold, or refuse in plain words. Nothing that was
//! in flight is saved: attaching ENIs are attached, detaching ones are off, terminated instances are gone.

mod agree;
mod broken;
mod document;
mod entries;
mod error;
mod extra;
mod gather;
mod guests;
mod import;
mod intake;
mod moments;
mod otherwise;
mod read;
mod records;
mod region;
mod report;
mod transit;
mod unknown;

pub use document::{FORMAT, VERSION, load, save};
pub use error::ScenarioError;
pub use import::{import, open};
pub use intake::{Intake, MOST_FILES, Skipped};
pub use report::{LeftOut, Report, Why};

use crate::act::Asking;
use crate::aws::Epoch;
use eni_core::model::network::Network;
use eni_core::table::Table;
use eni_core::time::Instant;

/// A world at rest: what a document holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What people call it; empty if nobody has named it.
    pub title: String,
    /// The network.
    pub network: Network,
    /// What virtual time counts from.
    pub epoch: Epoch,
    /// Where virtual time stands.
    pub clock: Instant,
    /// Where the generator of randomness stands.
    pub seed: u64,
    /// What is around the network.
    pub scene: Scene,
}

/// What is around the network: traffic, places on the board, names that AWS does not know.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scene {
    /// The clients, in the order of their numbers.
    pub traffic: Vec<SavedClient>,
    /// Where objects were put on the board, by id.
    pub layout: Table<String, (i64, i64)>,
    /// Names that objects have on the board, by id.
    pub names: Table<String, String>,
}

/// A client as it is saved.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedClient {
    /// What it asks.
    pub asking: Asking,
    /// Whether it pauses.
    pub paused: bool,
}
