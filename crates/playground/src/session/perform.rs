//! What acts do to the world. An act that is refused changes nothing.

use super::ends;
use super::targets::{attach_command, detach_command, refusal_of_move};
use crate::act::{Act, Asking, Fault, GuestChange, GuestCommand, Loading, SceneAct, WorldAct};
use crate::act::{lambda as act_lambda, service as act_service};
use crate::aws::{self, ApiError, Reader, Request};
use crate::view::board::RefusalView;
use crate::view::make::Maker;
use crate::words::{ActKey, Key, Language, RefusalKey};
use crate::world::{Follow, Slot, World};
use eni_core::control::command::Command;
use eni_core::sim::client::{ClientRefused, ProbeSpec};
use eni_core::sim::event::SimEvent;
use eni_core::sim::key::ClientId;
use eni_core::sim::load::LoadSpec;
use eni_core::time::Duration;
use serde_json::{Map, Value, json};

/// What came of an accepted act.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What is answered.
    pub reply: Value,
    /// The act in a few words.
    pub summary: String,
    /// What to say aloud.
    pub announcement: String,
    /// The command lines that it was.
    pub echo: String,
    /// Whether the world changed, so that there is something to undo.
    pub changed: bool,
}

/// What a call comes to.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A command, with its client token.
    Act {
        /// The command.
        command: Command,
        /// The token.
        token: Option<String>,
    },
    /// An answer: nothing changes by it.
    Look(Result<Value, Box<RefusalView>>),
}

impl World {
    /// A maker of views of this world.
    pub fn maker(&self, language: Language) -> Maker<'_> {
        Maker { network: self.network(), memory: &self.memory, now: self.sim.now(), language, names: &self.names, follows: &self.follows }
    }

    /// Does an act at this moment, and lets all happen that is due now: between acts nothing ever waits that is due.
    ///
    /// # Errors
    /// The refusal; then nothing has changed.
    pub fn perform(&mut self, act: &Act, language: Language, seen: &mut dyn FnMut(&SimEvent)) -> Result<Done, Box<RefusalView>> {
        let done = match act {
            Act::Api { service, action, parameters } => self.call(service, action, parameters, language),
            Act::Guest { instance, command } => self.guest(instance, command, language),
            Act::World(WorldAct::SpotNotice { instance }) => self.spot_notice(instance, language),
            Act::World(act @ (WorldAct::ServiceTakes { .. } | WorldAct::ServiceLeaves { .. })) => self.service(act, language),
            Act::World(WorldAct::Lambda { function, then }) => self.command(&act_lambda::command(function, *then), "", None, language),
            Act::World(WorldAct::Fault { instance, fault, broken }) => self.fault(instance, *fault, *broken, language),
            Act::World(WorldAct::Wait { .. }) => Err(self.not_yet(language)),
            Act::Scene(act) => self.scene(act, language),
        };
        let mut done = done?;
        if done.echo.is_empty() {
            done.echo = act.echo();
        }
        self.sim.advance(Duration::ZERO, seen);
        self.memory.follow(self.sim.network(), self.sim.now());
        Ok(done)
    }

    /// What flow logs have written.
    pub fn reader(&self) -> Reader<'_> {
        let (epoch, now) = (self.epoch, self.sim.now());
        Reader { network: self.network(), epoch, now, logs: Some(self.sim.flow_logs()), metrics: Some(self.sim.metrics()) }
    }

    fn not_yet(&self, language: Language) -> Box<RefusalView> {
        let maker = self.maker(language);
        Box::new(RefusalView {
            code: "UnsupportedOperation".to_owned(),
            ..*maker.refused_here(maker.say(Key::NotDoneHere), RefusalKey::PartOfPlayground)
        })
    }

    fn call(&mut self, service: &str, action: &str, parameters: &Value, language: Language) -> Result<Done, Box<RefusalView>> {
        let none = Map::new();
        match self.asked_for(service, action, parameters.as_object().unwrap_or(&none), language) {
            Asked::Act { command, token } => self.once(&command, action, token.as_deref(), language),
            Asked::Look(looked) => {
                Ok(Done { reply: looked?, summary: action.to_owned(), announcement: String::new(), echo: String::new(), changed: false })
            }
        }
    }

    /// What a call comes to: a command that is still to be done, or, where nothing can change by it, the answer: to a call that describes, to a
    /// rehearsal, to one that cannot be read.
    pub fn asked_for(&self, service: &str, action: &str, parameters: &Map<String, Value>, language: Language) -> Asked {
        let maker = self.maker(language);
        let prepared = aws::resolve(self.network(), action, parameters).and_then(|parameters| aws::prepare(service, action, &parameters));
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return Asked::Look(Err(maker.refused_request(error))),
        };
        match prepared.request {
            Request::Command(command) if !prepared.dry_run => Asked::Act { command, token: prepared.token },
            Request::Describe(describe) if !prepared.dry_run => Asked::Look(
                aws::describe(self.network(), self.epoch, &describe).map(|seen| seen.value()).map_err(|error| maker.refused_request(error)),
            ),
            Request::Records(wanted) => {
                Asked::Look(self.reader().answer(&wanted).map(|seen| seen.value()).map_err(|error| maker.refused_request(error)))
            }
            Request::Metrics(wanted) => {
                Asked::Look(self.reader().measured(&wanted).map(|seen| seen.value()).map_err(|error| maker.refused_request(error)))
            }
            tried => {
                let would = match &tried {
                    Request::Records(_) | Request::Metrics(_) => Ok(()),
                    Request::Command(command) => self.sim.dry_run(command).map(|_| ()).map_err(|refusal| maker.refusal(&refusal)),
                    Request::Describe(describe) => {
                        aws::describe(self.network(), self.epoch, describe).map(|_| ()).map_err(|error| maker.refused_request(error))
                    }
                };
                if let Err(refused) = would {
                    return Asked::Look(Err(refused));
                }
                let tried = maker.refused_request(ApiError::dry_run());
                Asked::Look(Err(Box::new(RefusalView { headline: maker.say(Key::DryRun), ..*tried })))
            }
        }
    }

    /// Does a command, or, if it was done before with the same client token, only answers as it did then.
    fn once(&mut self, command: &Command, action: &str, token: Option<&str>, language: Language) -> Result<Done, Box<RefusalView>> {
        match self.tokens.again(action, token, command) {
            Ok(None) => self.command(command, action, token, language),
            Ok(Some(reply)) => {
                let reply = aws::reply(self.network(), self.epoch, command, &reply, token).value();
                Ok(Done { reply, summary: action.to_owned(), announcement: String::new(), echo: String::new(), changed: false })
            }
            Err(error) => Err(self.maker(language).refused_request(error)),
        }
    }

    fn command(&mut self, command: &Command, action: &str, token: Option<&str>, language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        // The words are made before: afterwards what was deleted has no name any more.
        let summary = maker.summary(command, action);
        let announcement = maker.announcement(command, &summary);
        let executed = match self.sim.execute(command) {
            Ok(executed) => executed,
            Err(refusal) => return Err(self.maker(language).refusal(&refusal)),
        };
        self.tokens.remember(action, token, command, &executed.reply);
        let reply = aws::reply(self.network(), self.epoch, command, &executed.reply, token).value();
        Ok(Done { reply, summary, announcement, echo: String::new(), changed: true })
    }

    /// AWS tells a spot instance that it will be taken back (`L8`).
    fn spot_notice(&mut self, name: &str, language: Language) -> Result<Done, Box<RefusalView>> {
        match ends::instance(self.network(), name) {
            Some(id) => self.command(&Command::TellSpotInstance(id), "", None, language),
            None => Err(self.maker(language).no_such_instance(name)),
        }
    }

    /// Something breaks on an instance, or mends (`L17`, `L18`).
    fn fault(&mut self, name: &str, fault: Fault, broken: bool, language: Language) -> Result<Done, Box<RefusalView>> {
        match ends::instance(self.network(), name) {
            Some(id) => self.command(&fault.command(id, broken), "", None, language),
            None => Err(self.maker(language).no_such_instance(name)),
        }
    }

    /// A service takes a subnet, or leaves it.
    fn service(&mut self, act: &WorldAct, language: Language) -> Result<Done, Box<RefusalView>> {
        let network = self.network();
        match act_service::command(act, &|name| ends::id_of(network, name)) {
            Ok(command) => self.command(&command, "", None, language),
            Err(error) => Err(self.maker(language).refused_request(error)),
        }
    }

    fn guest(&mut self, name: &str, text: &str, language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        let Some(id) = ends::instance(self.network(), name) else {
            return Err(maker.no_such_instance(name));
        };
        let Some(instance) = self.network().instance(id) else { return Err(self.not_yet(language)) };
        let command = text
            .parse::<GuestCommand>()
            .and_then(|command| match command.0 {
                GuestChange::ShutDown => Ok(Command::ShutDownGuest(id)),
                _ => command.carried_out_on(&instance.guest).map(|guest| Command::ConfigureGuest(id, Box::new(guest))),
            })
            .map_err(|error| maker.refused_here(error.saying().say(language), RefusalKey::GuestLike))?;
        let summary = maker.say(ActKey::ActGuest { instance: &maker.instance_name(id), command: text });
        self.command(&command, "", None, language).map(|done| Done { summary, ..done })
    }

    fn scene(&mut self, act: &SceneAct, language: Language) -> Result<Done, Box<RefusalView>> {
        match act {
            SceneAct::AddClient(asking) => self.keep_asking(asking, language),
            SceneAct::Ask(asking) => self.ask_once(asking, language),
            SceneAct::Load(loading) => self.begin_load(loading, language),
            SceneAct::RemoveClient { client } => {
                let summary = |maker: &Maker<'_>, client: &str| maker.say(ActKey::ActRemoveClient { client });
                self.change_client(*client, summary, |world, id| world.askings.remove(&id.0).is_some() && world.sim.remove(id), language)
            }
            SceneAct::PauseClient { client, paused: true } => {
                let summary = |maker: &Maker<'_>, client: &str| maker.say(ActKey::ActPauseClient { client });
                self.change_client(*client, summary, |world, id| world.sim.pause(id), language)
            }
            SceneAct::PauseClient { client, paused: false } => {
                let summary = |maker: &Maker<'_>, client: &str| maker.say(ActKey::ActResumeClient { client });
                self.change_client(*client, summary, |world, id| world.sim.resume(id), language)
            }
            SceneAct::Move { eni, instance, card, index } => self.start_move(eni, instance, (*card, *index), language),
            SceneAct::Place { id, x, y } => {
                self.places.insert(id.clone(), (*x, *y));
                let summary = self.maker(language).say(ActKey::ActPlace { thing: id });
                Ok(quiet(summary))
            }
            SceneAct::Name { id, name } => {
                let summary = self.maker(language).say(ActKey::ActName { thing: id });
                if name.is_empty() {
                    self.names.remove(id);
                } else {
                    self.names.insert(id.clone(), name.clone());
                }
                Ok(quiet(summary))
            }
            SceneAct::Title { title } => {
                title.trim().clone_into(&mut self.title);
                Ok(quiet(self.maker(language).say(ActKey::ActTitle)))
            }
        }
    }

    fn keep_asking(&mut self, asking: &Asking, language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        let spec = ends::client_spec(self, &maker, asking)?;
        let summary = maker.say(ActKey::ActAsk { client: &spec.name, target: &ends::asked_name(&maker, &asking.to) });
        let added = self.sim.add_client(spec);
        if let Ok(id) = added {
            self.askings.insert(id.0, asking.clone());
        }
        self.asked(added.map(|id| json!({ "Client": id.0 })), summary, language)
    }

    fn ask_once(&mut self, asking: &Asking, language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        let spec = ends::client_spec(self, &maker, asking)?;
        let (from, target) = (ends::source_name(&maker, spec.probe.from), ends::asked_name(&maker, &asking.to));
        let summary = maker.say(ActKey::ActAskOnce { from: &from, target: &target });
        let sent = match asking.echo.filter(|_| asking.protocol == "icmp") {
            Some(echo) => self.sim.send_echo(spec.probe, echo),
            None => self.sim.send_once(spec.probe),
        };
        let question = self.sim.newest_client();
        self.asked(sent.map(|packet| json!({ "Packet": packet.0, "Client": question.0 })), summary, language)
    }

    fn begin_load(&mut self, loading: &Loading, language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        let Loading { from, to, port, .. } = loading.clone();
        let protocol = if loading.datagrams { "udp" } else { "tcp" }.to_owned();
        let ProbeSpec { from, to, protocol, .. } =
            ends::client_spec(self, &maker, &Asking { from, to, protocol, port, ..Asking::default() })?.probe;
        let summary = maker.say(ActKey::ActLoad { from: &ends::source_name(&maker, from), target: &ends::asked_name(&maker, &loading.to) });
        let some = |number: u64| (number > 0).then_some(number);
        let payload = some(u64::from(loading.payload)).map(|_| loading.payload);
        let span = Duration::from_secs(loading.seconds);
        let begun = self.sim.add_load(LoadSpec { from, to, protocol, streams: loading.streams, rate: some(loading.rate), payload, span });
        self.asked(begun.map(|id| json!({ "Load": id.0 })), summary, language)
    }

    fn asked(&self, result: Result<Value, ClientRefused>, summary: String, language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        match result {
            Ok(reply) => {
                let announcement = maker.say(ActKey::SaidDone { act: &summary });
                Ok(Done { reply, summary, announcement, echo: String::new(), changed: true })
            }
            Err(ClientRefused::TooMany) => Err(maker.refused_here(maker.say(Key::TooManyClients), RefusalKey::FewerClients)),
            Err(ClientRefused::Timing) => Err(maker.refused_here(maker.say(Key::ClientTiming), RefusalKey::PauseInRange)),
        }
    }

    fn change_client(
        &mut self,
        client: u32,
        summary: impl Fn(&Maker<'_>, &str) -> String,
        change: impl Fn(&mut World, ClientId) -> bool,
        language: Language,
    ) -> Result<Done, Box<RefusalView>> {
        let id = ClientId(client);
        let maker = self.maker(language);
        let Some(name) = self.sim.client(id).map(|client| client.spec.name.clone()) else {
            return Err(maker.refused_here(maker.say(Key::NoSuchClient), RefusalKey::ListedClient));
        };
        let summary = summary(&maker, &name);
        change(self, id);
        Ok(quiet(summary))
    }

    /// A move: off first, and on when it is off. What is not attached goes on at once.
    fn start_move(&mut self, eni: &str, instance: &str, place: (u16, u16), language: Language) -> Result<Done, Box<RefusalView>> {
        let maker = self.maker(language);
        let Some(eni_id) = ends::eni(self.network(), eni) else {
            return Err(maker.no_such_end(eni));
        };
        let Some(to) = ends::instance(self.network(), instance) else {
            return Err(maker.no_such_instance(instance));
        };
        let slot = Slot { instance: to, card: place.0, index: place.1 };
        if let Some(refusal) = refusal_of_move(self, eni_id, slot) {
            return Err(maker.refusal(&refusal));
        }
        let summary = maker.move_summary(eni_id, to);
        let follow = Follow { eni: eni_id, to: slot };
        let Some(detach) = detach_command(self, eni_id) else {
            return self
                .command(&attach_command(follow), "AttachNetworkInterface", None, language)
                .map(|done| echoing(done, &attach_command(follow)));
        };
        let done = self.command(&detach, "DetachNetworkInterface", None, language)?;
        self.follows.push(follow);
        Ok(Done { summary, ..echoing(done, &detach) })
    }
}

/// The act that the second half of a move is.
pub fn follow_act(follow: Follow) -> Option<Act> {
    Act::of_command(&attach_command(follow))
}

fn echoing(done: Done, command: &Command) -> Done {
    Done { echo: Act::of_command(command).map(|act| act.echo()).unwrap_or_default(), ..done }
}

fn quiet(summary: String) -> Done {
    Done { reply: json!({}), announcement: String::new(), summary, echo: String::new(), changed: true }
}
