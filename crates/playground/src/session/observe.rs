//! What is seen while time passes: packets that set out, and changes that people want to hear of. It reads events and never feeds back.

use crate::view::make::Maker;
use crate::view::timeline::FlightView;
use crate::words::{ActKey, seconds};
use crate::world::World;
use eni_core::model::event::Event;
use eni_core::model::instance::InstanceState;
use eni_core::sim::event::SimEvent;
use eni_core::sim::key::ClientId;
use eni_core::sim::record::PacketRecord;
use eni_core::table::Table;
use eni_core::time::Instant;
use std::collections::VecDeque;
use std::rc::Rc;

/// How many packets fly at most between two calls.
const FLIGHTS_KEPT: usize = 200;
/// How many sentences wait at most.
const SAYINGS_KEPT: usize = 16;

/// Notes of what was seen.
#[derive(Clone, Debug, Default)]
pub struct Observer {
    sent: VecDeque<Rc<PacketRecord>>,
    events: Vec<Event>,
    flights: VecDeque<FlightView>,
    sayings: VecDeque<String>,
    /// The end of the last outage that was spoken of, by client.
    spoken: Table<ClientId, Instant>,
}

impl Observer {
    /// Takes note of an event.
    pub fn see(&mut self, event: &SimEvent) {
        match event {
            SimEvent::Sent { record } => {
                if self.sent.len() >= FLIGHTS_KEPT {
                    self.sent.pop_front();
                }
                self.sent.push_back(Rc::clone(record));
            }
            SimEvent::Network { event, .. } if self.events.len() < SAYINGS_KEPT => self.events.push(event.clone()),
            _ => {}
        }
    }

    /// Whether the network changed since the last digest.
    pub fn saw_change(&self) -> bool {
        !self.events.is_empty()
    }

    /// Makes flights and sentences of the notes.
    pub fn digest(&mut self, maker: &Maker<'_>, world: &World) {
        while let Some(record) = self.sent.pop_front() {
            if self.flights.len() >= FLIGHTS_KEPT {
                self.flights.pop_front();
            }
            self.flights.push_back(maker.flight(&record));
        }
        for event in std::mem::take(&mut self.events) {
            if let Some(text) = saying(maker, &event) {
                self.say(text);
            }
        }
        for client in world.sim.clients() {
            let Some(outage) = client.statistics.last_outage else { continue };
            if self.spoken.insert(client.id, outage.to) != Some(outage.to) {
                let length = seconds(outage.length().as_millis());
                let lost = client.statistics.outcomes.iter().filter(|o| !o.ok && o.asked >= outage.from && o.asked <= outage.to).count();
                let target = maker.target_name(client.spec.probe.to);
                self.say(maker.say(ActKey::SaidAnswered { target: &target, seconds: &length, lost: &lost.to_string() }));
            }
        }
    }

    /// Something to be said.
    pub fn say(&mut self, text: String) {
        if text.is_empty() {
            return;
        }
        if self.sayings.len() >= SAYINGS_KEPT {
            self.sayings.pop_front();
        }
        self.sayings.push_back(text);
    }

    /// The flights since the last call.
    pub fn take_flights(&mut self) -> Vec<FlightView> {
        self.flights.drain(..).collect()
    }

    /// The sentences since the last call.
    pub fn take_sayings(&mut self) -> Vec<String> {
        self.sayings.drain(..).collect()
    }

    /// Forgets everything: the world is another one.
    pub fn forget(&mut self) {
        *self = Observer { spoken: std::mem::take(&mut self.spoken), ..Observer::default() };
    }
}

/// A change of the network that people want to hear of.
pub(super) fn saying(maker: &Maker<'_>, event: &Event) -> Option<String> {
    match event {
        Event::AttachFinished(id) => {
            let attachment = maker.network.eni(*id)?.attachment.as_ref()?;
            Some(maker.say(ActKey::SaidAttached {
                eni: &maker.eni_name(*id),
                instance: &maker.instance_name(attachment.instance),
                index: &attachment.device_index.to_string(),
            }))
        }
        Event::DetachFinished(id) => {
            let free = maker.network.eni(*id)?.attachment.is_none();
            free.then(|| maker.say(ActKey::SaidDetached { eni: &maker.eni_name(*id) }))
        }
        Event::InstanceStateChanged(id, state) => {
            let instance = maker.instance_name(*id);
            let instance = instance.as_str();
            match state {
                InstanceState::Running => Some(maker.say(ActKey::SaidRunning { instance })),
                InstanceState::Stopped => Some(maker.say(ActKey::SaidStopped { instance })),
                InstanceState::Terminated => Some(maker.say(ActKey::SaidTerminated { instance })),
                _ => None,
            }
        }
        _ => None,
    }
}
