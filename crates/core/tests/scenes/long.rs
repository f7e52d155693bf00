//! Long runs of random acts while many ask: too long to be kept line by line, so each stretch of events is kept as its number, its last moment and
//! a digest of its lines.

use super::{Scene, attach_command, first_scene, millis};
use eni_core::addr::{Direction, Traffic};
use eni_core::control::command::{AttachmentKey, Command, Permission};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::security_group::Peer;
use eni_core::rng::Rng;
use eni_core::sim::client::{Conversation, Protocol, Target};
use eni_core::time::Instant;
use std::fmt::{Display, Write};

/// An act that may well be refused, and that leaves something to go on with: nobody is terminated, nothing is deleted, and rules come back.
fn lasting_act(scene: &Scene, rng: &mut Rng) -> Option<Command> {
    let network = scene.simulator.network();
    let mut any_instance = || [scene.web_1, scene.web_2, scene.web_3, scene.client].get(rng.below(4) as usize).copied();
    let instance = any_instance()?;
    let attachment = network.eni(scene.service)?.attachment.as_ref().map(|attachment| attachment.id);
    let group = if rng.below(2) == 0 { scene.web_group } else { scene.ping_group };
    let direction = Direction::Ingress;
    let command = match (rng.below(10), attachment) {
        (0, _) => Command::StopInstances(vec![instance]),
        (1..=3, _) => Command::StartInstances(vec![instance]),
        (4, _) => {
            let rules = network.group(group)?.rules_of(direction).map(|rule| rule.id).collect();
            Command::RevokeSecurityGroup { group, direction, permissions: Vec::new(), rules }
        }
        (5, _) => Command::AuthorizeSecurityGroup { group, direction, permissions: vec![Permission::new(Traffic::All, all())] },
        (6, Some(attachment)) => Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force: rng.below(2) == 0 },
        _ => attach_command(scene.service, instance),
    };
    Some(command)
}

fn all() -> Peer {
    Peer::Ipv4("0.0.0.0/0".parse().unwrap())
}

/// So many acts in a long run…
const ACTS: usize = 300;
/// …with up to so long between two of them.
const LONGEST_PAUSE_MILLIS: u64 = 4_000;
/// So many events make a line of the list.
const STRETCH: usize = 1_000;

/// What happened, stretch by stretch.
#[derive(Default)]
struct Digest {
    lines: usize,
    hash: u64,
    text: String,
}

impl Digest {
    /// FNV-1a, over each line and its end.
    fn take(&mut self, at: Instant, line: impl Display) {
        for byte in line.to_string().bytes().chain(*b"\n") {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.lines += 1;
        if self.lines.is_multiple_of(STRETCH) {
            writeln!(self.text, "{} until {at} {:016x}", self.lines, self.hash).unwrap();
        }
    }
}

/// A run of some ten minutes: acts drawn by `seed` on the first scene, while eight ask all the time.
pub fn play(seed: u64) -> String {
    let mut rng = Rng::new(seed);
    let mut scene = first_scene(if seed.is_multiple_of(3) { GuestFlavour::Plain } else { GuestFlavour::PolicyRouting });
    for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443)] {
        scene.add_both(protocol);
    }
    scene.add("kept", Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    scene.add("kept", scene.inside(), Target::PrivateOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    let mut seen = Digest::default();
    for _ in 0..ACTS {
        let command = lasting_act(&scene, &mut rng).unwrap();
        let at = scene.simulator.now();
        match scene.simulator.execute(&command) {
            Ok(done) => done.events.iter().for_each(|event| seen.take(at, format_args!("{event:?}"))),
            Err(refusal) => seen.take(at, format_args!("{refusal:?}")),
        }
        scene.simulator.advance(millis(rng.below(LONGEST_PAUSE_MILLIS)), &mut |event| seen.take(event.at(), event));
    }
    for client in scene.simulator.clients() {
        let told = client.statistics;
        seen.take(scene.simulator.now(), format_args!("{} {} {} {}", client.spec.name, told.sent, told.answered, told.lost));
    }
    writeln!(seen.text, "{} in all, at {} {:016x}", seen.lines, scene.simulator.now(), seen.hash).unwrap();
    seen.text
}
