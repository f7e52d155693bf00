//! Time and acts: what happens next, and what an act brings about.

use super::host::Host;
use super::key::Cause;
use super::queue::Planned;
use super::{Simulator, Sink};
use crate::control::command::Command;
use crate::control::decide::decide;
use crate::control::error::Refusal;
use crate::control::reply::Reply;
use crate::control::transition;
use crate::model::event::Event;
use crate::model::instance::InstanceState;
use crate::model::nat_gateway::NatState;
use crate::model::target_group::{Target, TargetHealth};
use crate::sim::event::SimEvent;
use crate::time::{Duration, Instant};

/// How often forgotten flows are cleared away. Nothing else depends on it.
const EXPIRE_EVERY: Duration = Duration::from_secs(10);

/// What an accepted act brought about.
#[derive(Clone, Debug, PartialEq)]
pub struct Executed {
    /// What happened to the network at once. What follows later comes out of [`Simulator::step`].
    pub events: Vec<Event>,
    /// What AWS answers.
    pub reply: Reply,
}

impl Simulator {
    /// Whether an act would be accepted now. Nothing changes.
    ///
    /// # Errors
    /// AWS's refusal.
    pub fn dry_run(&self, command: &Command) -> Result<(), Refusal> {
        decide(&self.network, command, self.now).map(|_| ())
    }

    /// Does an act at this moment.
    ///
    /// # Errors
    /// AWS's refusal; then nothing has changed.
    pub fn execute(&mut self, command: &Command) -> Result<Executed, Refusal> {
        let decision = decide(&self.network, command, self.now)?;
        for event in &decision.events {
            self.apply(event);
        }
        Ok(Executed { events: decision.events, reply: decision.reply })
    }

    /// When the next thing will happen; `None` if nothing will.
    pub fn next_event_at(&self) -> Option<Instant> {
        let transition = self.network.next_transition().map(|(key, _)| key.at);
        [self.queue.next_at(), transition, self.next_watch()].into_iter().flatten().min()
    }

    /// Whether anything will happen but that alarms are evaluated.
    fn is_still(&self) -> bool {
        self.queue.next_at().is_none() && self.network.next_transition().is_none()
    }

    /// Moves to the next moment at which something can be seen and lets that one thing happen. Returns whether there was one.
    pub fn step(&mut self, sink: &mut Sink<'_>) -> bool {
        while let Some(at) = self.next_event_at() {
            if self.is_still() {
                let Some((ahead, events)) = self.watched_ahead() else { return false };
                *self = ahead;
                events.iter().for_each(sink);
                return true;
            }
            let mut seen = false;
            self.happen(at, &mut |event| {
                seen = true;
                sink(event);
            });
            if seen {
                return true;
            }
        }
        false
    }

    /// Lets time pass, with all that happens in it.
    pub fn advance(&mut self, span: Duration, sink: &mut Sink<'_>) {
        let end = self.now + span;
        while let Some(at) = self.next_event_at().filter(|at| *at <= end) {
            self.happen(at, sink);
        }
        self.now = end;
        self.flow_logs.pass(&self.network, end);
        self.metrics.pass(&self.network, &mut self.tracking, end);
    }

    /// One thing happens at `at`: a transition of the network first, then what was planned first.
    pub(super) fn happen(&mut self, at: Instant, sink: &mut Sink<'_>) {
        self.now = self.now.max(at);
        self.flow_logs.pass(&self.network, self.now);
        self.metrics.pass(&self.network, &mut self.tracking, self.now);
        if self.now >= self.next_expiry {
            self.tracking.expire(self.now);
            self.next_expiry = self.now + EXPIRE_EVERY;
        }
        if self.next_watch().is_some_and(|at| at <= self.now) {
            self.watch(sink);
            return;
        }
        if self.network.next_transition().is_some_and(|(key, _)| key.at <= self.now) {
            self.settle(sink);
            return;
        }
        let Some((_, planned)) = self.queue.pop() else { return };
        match planned {
            Planned::Ask(client) => self.ask(client, sink),
            Planned::GiveUp(client, request) => self.give_up(Cause { client, request }, sink),
            Planned::Arrive(flight) => self.arrive(&flight, sink),
            Planned::Lose(packet, cause) => self.lose(packet, cause, sink),
            Planned::Retransmit(key) => self.retransmit(key, sink),
            Planned::Tidy(key) => self.tidy(key),
            Planned::Check(registration) => self.check_target(registration, sink),
            Planned::Checked(registration, ok) => self.checked(registration, ok, sink),
            Planned::Pump => self.pump_on(),
        }
    }

    /// What is due in the network happens.
    fn settle(&mut self, sink: &mut Sink<'_>) {
        let first = self.network.next_transition().map(|(key, _)| key);
        for event in transition::due(&self.network, self.now) {
            self.apply(&event);
            sink(&SimEvent::Network { at: self.now, event });
        }
        // A transition that brings nothing must not come due for ever.
        if let Some(key) = first.filter(|key| self.network.next_transition().is_some_and(|(next, _)| next == *key)) {
            self.apply(&Event::TransitionDropped(key));
        }
    }

    /// Carries out an event, and what it means for packets and sockets.
    pub(super) fn apply(&mut self, event: &Event) {
        self.pump();
        self.metrics.before(&self.network, event);
        self.network.apply(event);
        self.metrics.after(&self.network, event, self.now);
        match event {
            // The ENI leaves its instance: its memory of flows is lost (S46).
            Event::DetachStarted(eni) | Event::DetachFinished(eni) | Event::EniDeleted(eni) => self.tracking.forget_eni(*eni),
            Event::NatGatewayStateChanged(id, state, _) if *state == NatState::Deleted => self.tracking.forget_nat_gateway(*id),
            Event::EgressOnlyGatewayDeleted(id) => self.tracking.forget_egress_only(*id),
            Event::InstanceStateChanged(id, state) if !matches!(state, InstanceState::Pending | InstanceState::Running) => {
                self.tracking.forget_instance(*id);
                self.drop_sockets_of(Host::Instance(*id));
            }
            Event::LogGroupDeleted(name) => self.flow_logs.empty(name, self.now),
            Event::LoadBalancerSet(_) | Event::TargetGroupSet(_) | Event::InstanceStateChanged(_, InstanceState::Running) => {
                self.watch_targets()
            }
            Event::TargetGone(group, key) | Event::TargetSet(group, Target { key, health: TargetHealth::Draining(_) }) => {
                self.start_over((*group, *key));
            }
            _ => {}
        }
        self.loads_after(event);
    }
}
