//! The scenes that come with the playground: networks that were built by acts, with the clients that ask in them.

mod build;
mod low_budget;
mod small;

use crate::act::{Act, Asking, SceneAct};
use crate::session::world::World;
use crate::view::words::{Key, Language};
use build::{Builder, Built};
use eni_core::sim::Simulator;

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

/// The seed of every scene: two visits see the same run.
const SEED: u64 = 1;

/// The scene with this id; the first one if it is empty.
pub fn find(id: &str) -> Option<&'static Scene> {
    if id.is_empty() { SCENES.first() } else { SCENES.iter().find(|scene| scene.id == id) }
}

/// The world of a scene: everything runs, no time has passed, the clients are about to ask for the first time.
///
/// # Errors
/// The control plane refuses an act of the scene (a test opens them all).
pub fn open(scene: &Scene) -> Result<World, String> {
    let mut builder = Builder::new();
    let clients = (scene.build)(&mut builder).map_err(|refusal| refusal.to_string())?;
    let mut world = World::new(Simulator::new(builder.network, SEED), SEED);
    for asking in clients {
        let act = Act::Scene(SceneAct::AddClient(asking));
        world.perform(&act, Language::English, &mut |_| {}).map_err(|refusal| refusal.message)?;
    }
    Ok(world)
}
