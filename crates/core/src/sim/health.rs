//! Health checks of load balancers: connections from their nodes to their targets, packets like all others (`R75`).
//!
//! Each target has one checker (`M`): the node of its own zone, or the first one where it is in none. What a check says counts when it ends.

use super::client::{ClientSpec, Conversation, ProbeSpec, Protocol, SHORTEST, Source, Target as Asked};
use super::event::SimEvent;
use super::queue::Planned;
use super::{Simulator, Sink};
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::TargetGroupId;
use crate::model::event::Event;
use crate::model::network::Network;
use crate::model::target_group::{HealthCheck, Target, TargetHealth, TargetKey};
use crate::time::Duration;

/// A registration of a target.
pub(super) type Registration = (TargetGroupId, TargetKey);

/// How many checks in a row a target has passed, and how many it has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Row {
    good: u8,
    bad: u8,
}

impl Row {
    /// One more check; what it makes of the target.
    fn note(&mut self, ok: bool, health: TargetHealth, check: &HealthCheck) -> TargetHealth {
        if matches!(health, TargetHealth::Draining(_)) {
            return health;
        }
        let Row { good, bad } = *self;
        *self = if ok { Row { good: good.saturating_add(1), bad: 0 } } else { Row { good: 0, bad: bad.saturating_add(1) } };
        if self.good >= check.healthy {
            TargetHealth::Healthy
        } else if self.bad >= check.unhealthy {
            TargetHealth::Unhealthy
        } else {
            health
        }
    }
}

/// How a target is checked now; nothing while it is not in use.
struct Plan {
    from: Source,
    to: Ipv4Addr,
    port: u16,
    check: HealthCheck,
}

fn plan(network: &Network, (group, key): Registration) -> Option<Plan> {
    let group = network.target_group(group)?;
    let target = group.target(key).filter(|target| network.is_in_use(group, target))?;
    let (balancer, _) = network.balancer_of(group.id).filter(|(balancer, _)| balancer.active)?;
    let zone = network.zone_of_target(group.vpc, target.key.who);
    let own = balancer.nodes.iter().find(|node| zone == Some(&node.zone));
    let node = own.or_else(|| balancer.nodes.first())?;
    let from = Source::Node { eni: node.eni, address: network.eni(node.eni)?.primary_ip()? };
    Some(Plan { from, to: network.address_of_target(key.who)?, port: group.check.port.unwrap_or(key.port), check: group.check })
}

impl Simulator {
    /// Targets that are in use from now on are checked, the first time at once.
    pub(super) fn watch_targets(&mut self) {
        let mut new = Vec::new();
        for group in self.network.target_groups() {
            let registrations = group.targets.iter().map(|target| (group.id, target.key));
            new.extend(registrations.filter(|one| !self.watched.contains_key(one) && plan(&self.network, *one).is_some()));
        }
        for registration in new {
            self.watched.insert(registration, Row::default());
            self.queue.plan(self.now, Planned::Check(registration));
        }
    }

    /// A target is taken out: should it come back before its next check, nothing is known of it.
    pub(super) fn start_over(&mut self, registration: Registration) {
        if let Some(row) = self.watched.get_mut(&registration) {
            *row = Row::default();
        }
    }

    /// The time for a check has come.
    pub(super) fn check_target(&mut self, registration: Registration, sink: &mut Sink<'_>) {
        let Some(Plan { from, to, port, check }) = plan(&self.network, registration) else {
            self.watched.remove(&registration);
            self.set_health(registration, TargetHealth::Initial, sink);
            return;
        };
        self.queue.plan(self.now + Duration::from_secs(u64::from(check.interval)), Planned::Check(registration));
        let timeout = Duration::from_secs(u64::from(check.timeout));
        let probe = ProbeSpec { from, to: Asked::Address(IpAddr::V4(to)), protocol: Protocol::Tcp(port), timeout };
        let spec = ClientSpec { name: String::new(), probe, interval: SHORTEST, conversation: Conversation::NewEachTime };
        if let Ok(client) = self.insert_client(spec, true) {
            self.checks.insert(client, registration);
        }
    }

    /// A check has ended.
    pub(super) fn checked(&mut self, registration: Registration, ok: bool, sink: &mut Sink<'_>) {
        let Some(row) = self.watched.get_mut(&registration) else { return };
        let group = self.network.target_group(registration.0);
        let Some((check, target)) = group.and_then(|group| Some((group.check, group.target(registration.1)?))) else { return };
        let health = row.note(ok, target.health, &check);
        self.set_health(registration, health, sink);
    }

    fn set_health(&mut self, (group, key): Registration, health: TargetHealth, sink: &mut Sink<'_>) {
        let known = self.network.target_group(group).and_then(|group| group.target(key)).map(|target| target.health);
        if known.is_none_or(|known| known == health || matches!(known, TargetHealth::Draining(_))) {
            return;
        }
        let event = Event::TargetSet(group, Target { key, health });
        self.apply(&event);
        sink(&SimEvent::Network { at: self.now, event });
    }
}
