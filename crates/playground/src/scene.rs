//! The scenes that come with the playground: networks that were built by acts, with the clients that ask in them.

mod build;
mod low_budget;
mod small;

use crate::act::Asking;
use crate::words::Key;
use build::{Builder, Built};
use eni_core::model::network::Network;

/// A scene.
#[derive(Clone, Copy)]
pub struct Scene {
    /// Its id, as in `?scenario=`.
    pub id: &'static str,
    /// Its title.
    pub title: Key<'static>,
    /// What it shows.
    pub summary: Key<'static>,
    build: fn(&mut Builder) -> Built<Vec<Asking>>,
}

/// Every scene, the first one first.
pub const SCENES: &[Scene] = &[
    Scene { id: "low-budget-ha", title: Key::SceneLowBudget, summary: Key::SceneLowBudgetAbout, build: low_budget::build },
    Scene { id: "two-doors", title: Key::SceneTwoDoors, summary: Key::SceneTwoDoorsAbout, build: small::two_doors },
    Scene { id: "fresh-account", title: Key::SceneFresh, summary: Key::SceneFreshAbout, build: small::fresh_account },
    Scene { id: "empty", title: Key::SceneEmpty, summary: Key::SceneEmptyAbout, build: small::empty },
];

/// The scene with this id; the first one if it is empty.
pub fn find(id: &str) -> Option<&'static Scene> {
    if id.is_empty() { SCENES.first() } else { SCENES.iter().find(|scene| scene.id == id) }
}

/// The network of a scene, where everything runs, and the clients that ask in it.
///
/// # Errors
/// The control plane refuses an act of the scene (a test opens them all).
pub fn open(scene: &Scene) -> Result<(Network, Vec<Asking>), String> {
    let mut builder = Builder::new();
    let clients = (scene.build)(&mut builder).map_err(|refusal| refusal.to_string())?;
    Ok((builder.network, clients))
}
