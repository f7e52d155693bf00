//! Documents and imports: a session is saved as a document and begins with one.

use super::{Session, ends};
use crate::act::{Act, SceneAct};
use crate::scenario::{self, Intake, Report, SavedClient, Scenario, Scene};
use crate::scene;
use crate::script::{Script, script};
use crate::view::make;
use crate::view::report::ReportView;
use crate::words::{InputKey, Language};
use crate::world::World;
use eni_core::model::instance::InstanceState;
use eni_core::sim::Simulator;
use eni_core::sim::client::Source;
use eni_core::sim::key::ClientId;

/// The longest name of a file, in characters, without its ending.
const FILE_NAME: usize = 60;
/// The scene's id of a session that began with a document.
const NO_SCENE: &str = "";

/// The seed of a scene for which nobody drew one.
pub(super) const SCENE_SEED: u64 = 1;

impl World {
    /// The world of a scene: no time has passed, the clients are about to ask for the first time.
    ///
    /// # Errors
    /// An act of the scene is refused.
    pub fn of_scene(scene: &scene::Scene, seed: u64) -> Result<World, String> {
        let (network, clients) = scene::open(scene)?;
        let mut world = World::new(Simulator::new(network, seed), seed);
        for asking in clients {
            let act = Act::Scene(SceneAct::AddClient(asking));
            world.perform(&act, Language::English, &mut |_| {}).map_err(|refusal| refusal.message)?;
        }
        Ok(world)
    }

    /// A world from a document.
    pub fn of_scenario(scenario: Scenario) -> World {
        let sim = Simulator::starting_at(scenario.network, scenario.seed, scenario.clock);
        let mut world = World::new(sim, scenario.seed);
        world.epoch = scenario.epoch;
        world.title = scenario.title;
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
            // One whose end is gone would be left out when the document is opened.
            let spec = ends::client_spec(self, &self.maker(Language::English), &asking).ok()?;
            if let Source::Instance { instance, .. } = spec.probe.from {
                let state = self.network().instance(instance)?.state;
                if matches!(state, InstanceState::ShuttingDown | InstanceState::Terminated) {
                    return None;
                }
            }
            Some(SavedClient { asking, paused: !client.asking })
        };
        Scenario {
            title: self.title.clone(),
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

    /// Opens files: one saved document, or any number of describe outputs. With the session comes a report: what is there now, what is worth
    /// knowing, and what was left out; nothing is to be reported of a document that was read whole.
    ///
    /// # Errors
    /// Why they cannot be opened, in plain words of the language of that tag.
    pub fn open_files(intake: &Intake, language: &str) -> Result<(Session, Option<ReportView>), String> {
        let language = Language::of_tag(language);
        let (scenario, report) = scenario::open(intake).map_err(|error| error.say(language))?;
        let is_import = intake.is_import();
        let view = (is_import || report != Report::default()).then(|| make::report::report(&scenario, &report, language));
        let mut scenario = scenario;
        scenario.title = make::report::title(&scenario, language);
        let mut session = Session::start(World::of_scenario(scenario), NO_SCENE);
        session.language = language;
        Ok((session, view))
    }

    /// The whole document. It bears the title that people see, also when that is a scene's.
    pub fn document(&self) -> String {
        let mut scenario = self.world.scenario();
        if scenario.title.is_empty() {
            scenario.title = self.title();
        }
        scenario::save(&scenario)
    }

    /// The network as a script of AWS's command line that rebuilds it, with a word at its head on what does not come back.
    pub fn script(&self) -> Script {
        let mut scenario = self.world.scenario();
        scenario.title = self.title();
        script(&scenario)
    }

    /// The packets that were sent last, as a pcapng file, with what it is called; those that crossed one ENI alone if its id is said. Nothing where
    /// there is none.
    pub fn capture(&self, eni: &str) -> Option<(String, Vec<u8>)> {
        let name = format!("{}.pcapng", self.file_name().trim_end_matches(".eni.json"));
        self.world.capture(eni.parse().ok()).map(|file| (name, file))
    }

    /// What a file of the document is called: the title as far as a file system bears it, `.eni.json`.
    pub fn file_name(&self) -> String {
        let title = self.title();
        let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let name: String = words.collect::<Vec<_>>().join("-").chars().take(FILE_NAME).collect();
        if name.is_empty() { "playground.eni.json".to_owned() } else { format!("{name}.eni.json") }
    }

    /// What this is called: the document's title, the scene's, or the name of the file or folder that it was read from.
    pub fn title(&self) -> String {
        match (self.world.title.as_str(), self.scene()) {
            ("", Some(scene)) => scene.title,
            ("", None) => self.language.say(InputKey::Untitled),
            (title, _) => title.to_owned(),
        }
    }
}
