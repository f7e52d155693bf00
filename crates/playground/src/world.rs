//! The world: everything that undo brings back. The simulator with its network, what the board remembers, and moves that wait for their second half.

pub mod memory;
mod stays;
pub mod told;

use crate::act::Asking;
use crate::aws::{Epoch, Tokens};
use eni_core::id::{EniId, InstanceId};
use eni_core::model::Tags;
use eni_core::model::eni::AttachmentStatus;
use eni_core::model::event::Transition;
use eni_core::model::network::Network;
use eni_core::sim::Simulator;
use eni_core::sim::event::SimEvent;
use eni_core::table::Table;
use eni_core::time::{Duration, Instant};
use memory::Memory;
use std::fmt::Display;

/// A place for an ENI on an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The instance.
    pub instance: InstanceId,
    /// The network card.
    pub card: u16,
    /// The device index.
    pub index: u16,
}

/// The second half of a move: an ENI is attached as soon as it is detached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The ENI that is on its way off.
    pub eni: EniId,
    /// Where it goes.
    pub to: Slot,
}

/// Everything that undo brings back.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// The network at work.
    pub sim: Simulator,
    /// What the board remembers.
    pub memory: Memory,
    /// Moves whose ENI is still leaving.
    pub follows: Vec<Follow>,
    /// Where people put objects on the board, by id.
    pub places: Table<String, (i64, i64)>,
    /// Names that AWS does not know, by id.
    pub names: Table<String, String>,
    /// What clients were told, by number, as it was said.
    pub askings: Table<u32, Asking>,
    /// What virtual time counts from.
    pub epoch: Epoch,
    /// What was asked with client tokens.
    pub tokens: Tokens,
    /// What people call this world; empty if it is a scene of the playground, which has a title of its own.
    pub title: String,
    /// What randomness began with.
    pub seed: u64,
}

impl World {
    /// Whether an ENI is on its way to or from an instance.
    pub fn is_moving(&self) -> bool {
        let moves = |transition| matches!(transition, Transition::AttachFinishes(..) | Transition::DetachFinishes(..));
        self.network().transitions().any(|(_, transition)| moves(transition))
    }

    /// A world at the beginning.
    pub fn new(sim: Simulator, seed: u64) -> World {
        let mut memory = Memory::default();
        memory.follow(sim.network(), sim.now());
        World {
            sim,
            memory,
            follows: Vec::new(),
            places: Table::new(),
            names: Table::new(),
            askings: Table::new(),
            epoch: Epoch::default(),
            tokens: Tokens::default(),
            title: String::new(),
            seed,
        }
    }

    /// The same world with nobody who looks at a board.
    pub fn without_board(mut self) -> World {
        self.memory = Memory::off();
        self
    }

    /// The network as it is now.
    pub fn network(&self) -> &Network {
        self.sim.network()
    }

    /// Lets time pass up to a moment. Stops where a move's second half is due, and hands it over: whoever goes on does it or drops it.
    ///
    /// It stops at each change of the network too, so that what the board remembers does not depend on how time is cut into frames.
    pub fn run_until(&mut self, until: Instant, seen: &mut dyn FnMut(&SimEvent)) -> Option<Follow> {
        loop {
            if let Some(due) = self.take_due() {
                return Some(due);
            }
            let now = self.sim.now();
            if now >= until {
                return None;
            }
            let due = self.network().next_transition().map(|(key, _)| key.at);
            let next = [due, self.sim.next_watch()].into_iter().flatten().fold(until, Instant::min);
            let mut changed = false;
            self.sim.advance(next.since(now), &mut |event| {
                changed |= matches!(event, SimEvent::Network { .. });
                seen(event);
            });
            if changed {
                self.memory.follow(self.sim.network(), self.sim.now());
            }
        }
    }

    /// How many questions clients would ask in that time.
    pub fn questions_in(&self, span: Duration) -> u64 {
        let asking = self.sim.clients().filter(|client| client.asking);
        asking.map(|client| span.as_nanos() / client.spec.interval.as_nanos().max(1)).sum()
    }

    /// Goes to the next thing that can be seen, and on to the next whole microsecond, so that every act stands at one. False if nothing will happen.
    pub fn step(&mut self, seen: &mut dyn FnMut(&SimEvent)) -> bool {
        let happened = self.sim.step(seen);
        let at = self.sim.now();
        let beyond = self.sim.now().as_nanos() % 1_000;
        let rest = if beyond == 0 { 0 } else { 1_000 - beyond };
        self.sim.advance(Duration::from_nanos(rest), seen);
        self.memory.follow(self.sim.network(), at);
        happened
    }

    /// The first move whose ENI is off. A move whose ENI does something else by now is forgotten.
    pub fn take_due(&mut self) -> Option<Follow> {
        let network = self.sim.network();
        let leaving = |follow: &Follow| {
            let attachment = network.eni(follow.eni).map(|eni| eni.attachment.as_ref());
            matches!(attachment, Some(None)) || matches!(attachment, Some(Some(a)) if a.status == AttachmentStatus::Detaching)
        };
        self.follows.retain(leaving);
        let free = |follow: &Follow| network.eni(follow.eni).is_some_and(|eni| eni.attachment.is_none());
        let at = self.follows.iter().position(free)?;
        Some(self.follows.remove(at))
    }
}

/// The value of the Name tag, or the id.
pub fn name_of(tags: &Tags, id: &dyn Display) -> String {
    match tags.get("Name") {
        Some(name) if !name.is_empty() => name.clone(),
        _ => id.to_string(),
    }
}
