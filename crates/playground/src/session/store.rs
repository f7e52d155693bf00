//! Documents and imports: a session is saved as a document and begins with one.

use super::Session;
use super::world::World;
use crate::act::{Act, SceneAct};
use crate::scenario::{self, Report, SavedClient, Scenario, Scene};
use crate::view::words::Language;
use eni_core::sim::Simulator;
use eni_core::sim::client::ClientId;
use eni_core::time::Instant;

/// The scene's id of a session that began with a document.
const NO_SCENE: &str = "";

impl World {
    /// A world from a document.
    pub fn of_scenario(scenario: Scenario) -> World {
        let mut sim = Simulator::new(scenario.network, scenario.seed);
        sim.advance(scenario.clock.since(Instant::ZERO), &mut |_| {});
        let mut world = World::new(sim, scenario.seed);
        world.epoch = scenario.epoch;
        world.places = scenario.scene.layout;
        world.names = scenario.scene.names;
        for saved in scenario.scene.traffic {
            // A client whose end is gone asks nobody: it is left out.
            let added = world.perform(&Act::Scene(SceneAct::AddClient(saved.asking)), Language::English, &mut |_| {});
            let number = added.ok().and_then(|done| done.reply.get("Client").and_then(serde_json::Value::as_u64));
            if let Some(client) = number.and_then(|number| u32::try_from(number).ok()).filter(|_| saved.paused) {
                world.sim.pause(ClientId(client));
            }
        }
        world
    }

    /// What a document of this world holds.
    pub fn scenario(&self) -> Scenario {
        let saved = |client: eni_core::sim::client::ClientView<'_>| {
            let asking = self.askings.get(&client.id.0)?.clone();
            Some(SavedClient { asking, paused: !client.asking })
        };
        Scenario {
            network: self.network().clone(),
            epoch: self.epoch,
            clock: self.sim.now(),
            seed: self.seed,
            scene: Scene {
                traffic: self.sim.clients().filter_map(saved).collect(),
                layout: self.places.clone(),
                names: self.names.clone(),
            },
        }
    }
}

impl Session {
    /// Opens a saved document.
    ///
    /// # Errors
    /// Why it cannot be opened, in plain words.
    pub fn load(document: &[u8]) -> Result<Session, String> {
        let (scenario, _) = scenario::load(document).map_err(|error| error.to_string())?;
        Ok(Session::start(World::of_scenario(scenario), NO_SCENE))
    }

    /// Opens files: one saved document, or any number of describe outputs. With the session come the lines of a report: what is worth
    /// knowing, and what was left out.
    ///
    /// # Errors
    /// Why they cannot be opened, in plain words.
    pub fn open_files(files: &[(String, Vec<u8>)]) -> Result<(Session, Vec<String>), String> {
        let one = match files {
            [(_, bytes)] => scenario::load(bytes).ok(),
            _ => None,
        };
        let (scenario, report) = match one {
            Some(loaded) => loaded,
            None => match (files, scenario::import(files)) {
                (_, Ok(imported)) => imported,
                // A single file that calls itself a document is told what is wrong with it as one.
                ([(_, bytes)], Err(error)) => match scenario::load(bytes) {
                    Err(scenario::ScenarioError::NotADocument) | Ok(_) => return Err(error.to_string()),
                    Err(as_document) => return Err(as_document.to_string()),
                },
                (_, Err(error)) => return Err(error.to_string()),
            },
        };
        Ok((Session::start(World::of_scenario(scenario), NO_SCENE), lines(&report)))
    }

    /// The whole document.
    pub fn document(&self) -> String {
        scenario::save(&self.world.scenario())
    }
}

fn lines(report: &Report) -> Vec<String> {
    report.warnings.iter().cloned().chain(report.left_out.iter().map(ToString::to_string)).collect()
}
