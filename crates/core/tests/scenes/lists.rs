//! The recorded event lists: what is played.

use super::{Scene, first_scene, long, millis, secs};
use eni_core::addr::Direction;
use eni_core::control::command::Command;
use eni_core::model::event::Event;
use eni_core::model::instance::GuestFlavour;
use eni_core::sim::client::{Conversation, Protocol, Target};
use eni_core::time::Duration;
use std::fmt::Write;

/// Plays a scene from its start and returns the text of its events.
pub type Player = fn() -> String;

/// Name and player of every list. The record is the text that the player gave when it was recorded: `tests/data/NAME.events`.
pub const LISTS: [(&str, Player); 14] = [
    ("first-scene", play_first_scene),
    ("plain-image", play_plain_image),
    ("kept-connection", play_kept_connection),
    ("mixed", play_mixed),
    ("long-1", || long::play(1)),
    ("long-2", || long::play(2)),
    ("long-3", || long::play(3)),
    ("long-4", || long::play(4)),
    ("long-5", || long::play(5)),
    ("long-6", || long::play(6)),
    ("long-7", || long::play(7)),
    ("long-8", || long::play(8)),
    ("long-9", || long::play(9)),
    ("long-10", || long::play(10)),
];

/// All lists, one after another, each under its name.
pub fn all() -> String {
    LISTS.iter().fold(String::new(), |text, (name, play)| text + "== " + name + "\n" + &play())
}

struct Recorder {
    scene: Scene,
    text: String,
}

impl Recorder {
    fn new(flavour: GuestFlavour) -> Recorder {
        Recorder { scene: first_scene(flavour), text: String::new() }
    }

    fn run_to(&mut self, at: Duration) {
        let text = &mut self.text;
        self.scene.run_to(at, &mut |event| writeln!(text, "{event}").unwrap());
    }

    fn act(&mut self, act: impl FnOnce(&mut Scene) -> Vec<Event>) {
        for event in act(&mut self.scene) {
            let at = self.scene.simulator.now();
            writeln!(self.text, "{}", eni_core::sim::event::SimEvent::Network { at, event }).unwrap();
        }
    }

    fn finish(mut self) -> String {
        for client in self.scene.simulator.clients() {
            let seen = client.statistics;
            let outage = seen.last_outage.map_or("none".to_owned(), |outage| outage.length().to_string());
            let summary = (seen.sent, seen.answered, seen.lost, client.pending);
            writeln!(self.text, "{} sent, answered, lost, pending {summary:?} last outage {outage}", client.spec.name).unwrap();
        }
        self.text
    }
}

/// The server dies at 4.2 s; the service ENI is attached to the standby as soon as it is free.
fn play_first_scene() -> String {
    let mut play = Recorder::new(GuestFlavour::PolicyRouting);
    play.scene.add_both(Protocol::Icmp);
    play.run_to(millis(4_200));
    let web_1 = play.scene.web_1;
    play.act(|scene| scene.act(Command::TerminateInstances(vec![web_1])));
    play.run_to(millis(5_300));
    let web_2 = play.scene.web_2;
    play.act(|scene| scene.attach(web_2));
    play.run_to(secs(9));
    play.finish()
}

/// The same service on an image without policy routing.
fn play_plain_image() -> String {
    let mut play = Recorder::new(GuestFlavour::Plain);
    play.scene.add_both(Protocol::Tcp(443));
    play.run_to(secs(3));
    play.finish()
}

/// A connection that is kept open while its server's ENI goes away and comes back, and then moves to another server.
fn play_kept_connection() -> String {
    let mut play = Recorder::new(GuestFlavour::PolicyRouting);
    let scene = &mut play.scene;
    scene.add("outside", Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    scene.add("inside", scene.inside(), Target::PrivateOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    let (web_1, web_2) = (scene.web_1, scene.web_2);
    play.run_to(millis(1_100));
    play.act(Scene::detach);
    play.run_to(millis(4_100));
    play.act(|scene| scene.attach(web_1));
    play.run_to(secs(9));
    play.act(Scene::detach);
    play.run_to(millis(12_000));
    play.act(|scene| scene.attach(web_2));
    play.run_to(secs(18));
    play.finish()
}

/// Datagrams and connections while rules change and a server stops.
fn play_mixed() -> String {
    let mut play = Recorder::new(GuestFlavour::PolicyRouting);
    play.scene.add_both(Protocol::Udp(53));
    play.scene.add_both(Protocol::Tcp(443));
    play.scene.add_both(Protocol::Tcp(80));
    let (web_1, group) = (play.scene.web_1, play.scene.web_group);
    play.run_to(millis(700));
    let rules = play.scene.simulator.network().group(group).unwrap().rules_of(Direction::Ingress).map(|rule| rule.id).collect();
    play.act(|scene| scene.act(Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions: Vec::new(), rules }));
    play.run_to(millis(1_500));
    play.act(|scene| scene.act(Command::StopInstances(vec![web_1])));
    play.run_to(millis(2_300));
    play.finish()
}
