//! What CloudWatch and the network cards' drivers count (`W1` to `W10`): packets as they are sent, minute by minute of virtual time.
//!
//! A packet counts at the moment when it is sent (`M`), as for flow logs. Minutes in which nothing passed are not kept: that they were, and that an
//! instance ran in them, follows from [`Life`]. A minute is told when it is over; how long AWS takes to show it is not played.

use super::balancer::{self, Hosts};
use super::crossing::Times;
use super::metric::{COUNTS, Metric, NatCount, Sample, Source, StatusCheck, Subject, TRAFFIC, Traffic, balancers};
use crate::addr::Direction;
use crate::dataplane::conntrack::{Effect, Tracking};
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::verdict::{Place, Seen, Verdict, Walk};
use crate::id::{EniId, InstanceId, NatGatewayId, TargetGroupId};
use crate::model::event::{Event, InstanceChange};
use crate::model::instance::{Instance, InstanceState};
use crate::model::nat_gateway::NatState;
use crate::model::network::Network;
use crate::packet::{Packet, TcpFlags};
use crate::table::Table;
use crate::time::{Duration, Instant};

/// How many minutes of instances in which something passed are kept, the newest; as many are of NAT gateways and load balancers.
pub const MINUTES_KEPT: usize = 20_000;
/// How often an instance's state may have changed so that all of it is known.
const CHANGES_KEPT: usize = 100;
/// Of how many instances it is known how they were; beyond that those that are gone are forgotten.
const LIVES_KEPT: usize = 2_000;
/// How many minutes basic monitoring tells together (`W2`).
const BASIC: u64 = 5;
/// A minute.
const MINUTE: Duration = Duration::from_secs(60);

/// Numbers of one minute.
pub(super) type Row<const N: usize> = [u64; N];

/// The memory of all counters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    nics: Table<EniId, Nic>,
    /// By minute first, so that the oldest stand at the beginning.
    traffic: Table<(u64, InstanceId), Row<TRAFFIC>>,
    passing: Table<Subject, Row<COUNTS>>,
    gateways: Table<(u64, Subject), Row<COUNTS>>,
    /// How many targets of a group were well, and how many were not, from a moment on.
    hosts: Table<TargetGroupId, Vec<(Instant, Hosts)>>,
    lives: Table<InstanceId, Vec<(Instant, Life)>>,
    /// The minute that is counted now.
    minute: u64,
    /// Nothing from before is known.
    begun: Instant,
}

/// What the driver of a network card counts since it found the card (`W5`), and what passed in this minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nic {
    /// Bytes and packets in and out, in the order of [`Traffic`].
    total: Row<TRAFFIC>,
    minute: Row<TRAFFIC>,
    /// In the order of [`ALLOWANCES`].
    exceeded: Row<5>,
}

/// How an instance was from a moment on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Life {
    runs: bool,
    /// Its system hangs, or no packet gets through (`L17`, `L18`).
    fails: bool,
    /// No packet gets through.
    is_cut_off: bool,
}

impl Life {
    fn of(instance: &Instance) -> Life {
        let is_cut_off = instance.faults.cut_off_since().is_some();
        Life { runs: instance.state == InstanceState::Running, fails: is_cut_off || instance.faults.hangs_since.is_some(), is_cut_off }
    }

    fn failed(self, check: StatusCheck) -> u64 {
        u64::from(match check {
            StatusCheck::Any | StatusCheck::Instance => self.fails,
            StatusCheck::System => self.is_cut_off,
            StatusCheck::AttachedEbs => false,
        })
    }
}

/// What an instance is allowed only so much of, in the order of [`ALLOWANCES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by the driver's own words")]
pub enum Allowance {
    BandwidthIn,
    BandwidthOut,
    Packets,
    Connections,
    LinkLocal,
}

/// The names under which the driver counts packets that were more than an instance is allowed (`W5`).
pub const ALLOWANCES: [&str; 5] = [
    "bw_in_allowance_exceeded",
    "bw_out_allowance_exceeded",
    "pps_allowance_exceeded",
    "conntrack_allowance_exceeded",
    "linklocal_allowance_exceeded",
];

/// The name under which the driver tells how many connections more its instance may track (`S45`).
pub const CONNECTIONS_LEFT: &str = "conntrack_allowance_available";

impl Nic {
    /// How many packets were more than what is allowed, by the name of what is.
    pub fn exceeded(&self) -> impl Iterator<Item = (&'static str, u64)> {
        ALLOWANCES.into_iter().zip(self.exceeded)
    }

    /// How much of something has passed since the driver found the card.
    pub fn total(&self, what: Traffic) -> u64 {
        self.total.get(what as usize).copied().unwrap_or(0)
    }

    fn count(&mut self, bytes: Traffic, packets: Traffic, (packet, times): (&Packet, u64)) {
        for row in [&mut self.total, &mut self.minute] {
            add(row, bytes as usize, u64::from(packet.length).saturating_mul(times));
            add(row, packets as usize, times);
        }
    }
}

pub(super) fn add<const N: usize>(row: &mut Row<N>, place: usize, much: u64) {
    if let Some(number) = row.get_mut(place) {
        *number = number.saturating_add(much);
    }
}

fn add_all<const N: usize>(to: &mut Row<N>, more: &Row<N>) {
    to.iter_mut().zip(more).for_each(|(number, more)| *number = number.saturating_add(*more));
}

/// The minute in which a moment lies.
pub const fn minute_of(at: Instant) -> u64 {
    at.as_nanos() / MINUTE.as_nanos()
}

/// When a minute begins.
pub const fn begin_of(minute: u64) -> Instant {
    Instant::from_nanos(minute.saturating_mul(MINUTE.as_nanos()))
}

impl Metrics {
    /// The memory of counters that nobody has watched until now.
    pub fn starting_at(now: Instant) -> Metrics {
        Metrics { minute: minute_of(now), begun: now, ..Metrics::default() }
    }

    /// What the driver of an ENI's card has counted.
    pub fn nic(&self, eni: EniId) -> Nic {
        self.nics.get(&eni).copied().unwrap_or_default()
    }

    /// So many packets were more than what is allowed at an ENI (`E87` to `E91`, `S45`).
    pub fn exceed(&mut self, eni: EniId, what: Allowance, packets: u64) {
        self.nics.update(eni, Nic::default(), |nic| add(&mut nic.exceeded, what as usize, packets));
    }

    /// So many packets of a load were more than a NAT gateway carries (`R45`).
    pub fn dropped(&mut self, gateway: NatGatewayId, packets: u64) {
        self.passing.update(Subject::NatGateway(gateway), [0; COUNTS], |row| add(row, NatCount::PacketsDrop as usize, packets));
    }

    /// A packet was sent, or as many of its kind as are told; this is its way. What is remembered of its flow is not noted yet.
    pub fn saw(&mut self, tracking: &Tracking, (walk, times): (&Walk, Times<'_>), now: Instant) {
        let mut entered = None;
        let mut many = times.first();
        for step in walk.seen() {
            let denied = step.verdict == Verdict::Deny;
            match (step.check, step.place) {
                (Check::GroupOut, Place::Eni(eni)) if !denied => {
                    many = times.at(eni, Direction::Egress).unwrap_or(many);
                    self.nics.update(eni, Nic::default(), |nic| nic.count(Traffic::BytesOut, Traffic::PacketsOut, (step.packet, many)));
                }
                (Check::GroupIn, Place::Eni(eni)) if !denied => {
                    many = times.at(eni, Direction::Ingress).unwrap_or(many);
                    entered = Some(eni);
                }
                (Check::Connections, Place::Eni(eni)) if denied => self.exceed(eni, Allowance::Connections, many),
                (Check::DestinationRuns, _) if !denied => {
                    let Some(eni) = entered else { continue };
                    self.nics.update(eni, Nic::default(), |nic| nic.count(Traffic::BytesIn, Traffic::PacketsIn, (step.packet, many)));
                }
                (Check::NatProtocol | Check::NatSource | Check::NatTranslate, Place::NatGateway(gateway))
                    if denied || step.check == Check::NatTranslate =>
                {
                    let leaving = entered.and_then(|eni| times.at(eni, Direction::Egress)).unwrap_or(many);
                    let row = at_gateway(step, (many, leaving), is_new(tracking, walk, gateway, now));
                    self.passing.update(Subject::NatGateway(gateway), [0; COUNTS], |passing| add_all(passing, &row));
                }
                (Check::Balance, _) => {
                    let Evidence::Balanced { balancer, did, .. } = step.evidence else { continue };
                    let row = balancer::at_node((step, many), did);
                    if row != [0; COUNTS] {
                        self.passing.update(Subject::LoadBalancer(balancer), [0; COUNTS], |passing| add_all(passing, &row));
                    }
                }
                _ => {}
            }
        }
    }

    /// Something is about to happen to the network: what was counted belongs to what is there until now.
    pub fn before(&mut self, network: &Network, event: &Event) {
        if self.hosts.is_empty() && balancer::concerns(event) {
            self.note_hosts(network, self.begun);
        }
        match event {
            Event::InstanceStateChanged(id, _) | Event::InstanceChanged(id, InstanceChange::Faults(_)) => {
                self.settle(network);
                let begun = self.begun;
                if !self.lives.contains_key(id)
                    && let Some(instance) = network.instance(*id)
                {
                    self.lives.insert(*id, vec![(begun.max(instance.launched_at), Life::of(instance))]);
                }
            }
            Event::AttachFinished(_) => self.settle(network),
            Event::DetachStarted(eni) | Event::DetachFinished(eni) | Event::EniDeleted(eni) => {
                self.settle(network);
                self.nics.remove(eni);
            }
            _ => {}
        }
    }

    /// Something has happened to the network.
    pub fn after(&mut self, network: &Network, event: &Event, now: Instant) {
        if balancer::concerns(event) {
            self.note_hosts(network, now);
        }
        let (Event::InstanceStateChanged(id, _) | Event::InstanceChanged(id, InstanceChange::Faults(_))) = event else { return };
        let Some(instance) = network.instance(*id) else { return };
        let life = Life::of(instance);
        if let Some(known) = self.lives.get_mut(id).filter(|known| known.last().is_some_and(|(_, last)| *last != life)) {
            known.push((now, life));
            if known.len() > CHANGES_KEPT {
                known.remove(0);
            }
        }
        if !life.runs {
            instance.enis.values().for_each(|eni| _ = self.nics.remove(eni));
        }
        if self.lives.len() > LIVES_KEPT.max(2 * network.instances().len()) {
            self.lives.retain(|id, _| network.instance(*id).is_some());
        }
    }

    /// Time has come so far: minutes that are over are closed, with what gateways have forgotten by then.
    pub fn pass(&mut self, network: &Network, tracking: &mut Tracking, now: Instant) {
        let last = minute_of(now);
        while self.minute < last {
            self.settle(network);
            let end = begin_of(self.minute + 1);
            tracking.expire_gateways(end);
            for (gateway, at) in tracking.take_idled() {
                let minute = minute_of(Instant::from_nanos(at.as_nanos().saturating_sub(1)));
                let count = NatCount::IdleTimeout as usize;
                self.gateways.update((minute, Subject::NatGateway(gateway)), [0; COUNTS], |row| add(row, count, 1));
            }
            let mut is_busy = false;
            for gateway in network.nat_gateways().filter(|_| !tracking.translations().is_empty()) {
                let active = tracking.translations().active(gateway.id, end) as u64;
                if active > 0 {
                    is_busy = true;
                    let count = NatCount::ActiveConnections as usize;
                    self.gateways.update((self.minute, Subject::NatGateway(gateway.id)), [0; COUNTS], |row| add(row, count, active));
                }
            }
            for (balancer, row) in balancer::active(network, tracking, end) {
                is_busy = true;
                self.gateways.update((self.minute, Subject::LoadBalancer(balancer)), [0; COUNTS], |kept| add_all(kept, &row));
            }
            while self.gateways.len() > MINUTES_KEPT {
                self.gateways.pop_first();
            }
            self.minute = if is_busy { self.minute + 1 } else { last };
        }
    }

    /// What passed in this minute is added to what is kept of it.
    fn settle(&mut self, network: &Network) {
        let minute = self.minute;
        for (eni, nic) in self.nics.iter_mut().filter(|(_, nic)| nic.minute != [0; TRAFFIC]) {
            let row = std::mem::take(&mut nic.minute);
            if let Some(instance) = network.eni(*eni).and_then(|eni| eni.attached_instance()) {
                self.traffic.update((minute, instance), [0; TRAFFIC], |kept| add_all(kept, &row));
            }
        }
        for (subject, row) in &self.passing {
            self.gateways.update((minute, *subject), [0; COUNTS], |kept| add_all(kept, row));
        }
        self.passing.clear();
        while self.traffic.len() > MINUTES_KEPT {
            self.traffic.pop_first();
        }
    }

    /// What a metric tells of minutes from one to before another, as far as they are over, oldest first.
    pub fn samples(&self, network: &Network, metric: &Metric, subject: Subject, (from, to): (u64, u64)) -> Vec<Sample> {
        let from = from.max(minute_of(self.begun));
        match (metric.source, subject) {
            (Source::Traffic(what, always_basic), Subject::Instance(id)) => {
                let detailed = network.instance(id).is_some_and(|instance| instance.monitored) && !always_basic;
                if detailed {
                    return (from..to.min(self.minute)).filter_map(|minute| self.traffic_in(network, id, what, minute)).collect();
                }
                let bundle = |number: u64| {
                    let minutes = number * BASIC..(number + 1) * BASIC;
                    let told = minutes.filter_map(|minute| self.traffic_in(network, id, what, minute)).reduce(Sample::with)?;
                    Some(Sample { minute: number * BASIC, ..told })
                };
                (from.div_ceil(BASIC)..to.div_ceil(BASIC).min(self.minute / BASIC)).filter_map(bundle).collect()
            }
            (Source::Check(check), Subject::Instance(id)) => {
                let told = |minute| {
                    let life = self.life_before(network, id, begin_of(minute + 1)).filter(|life| life.runs)?;
                    Some(Sample::of(minute, life.failed(check)))
                };
                (from..to.min(self.minute)).filter_map(told).collect()
            }
            (Source::Gateway(count), Subject::NatGateway(id)) => {
                (from..to.min(self.minute)).filter_map(|minute| self.gateway_in(network, id, count, minute)).collect()
            }
            (Source::Balancer(count, or_nothing), Subject::LoadBalancer(_)) => {
                let told = |minute| {
                    let row = self.gateways.get(&(minute, subject))?;
                    Some(Sample::of(minute, row.get(count as usize).copied().unwrap_or(0))).filter(|sample| sample.sum > 0 || !or_nothing)
                };
                (from..to.min(self.minute)).filter_map(told).collect()
            }
            (Source::Targets(well), Subject::TargetGroup(balancer, group)) => {
                let told = |minute| {
                    let hosts = self.hosts_before(network, group, begin_of(minute + 1)).filter(|hosts| hosts.of == Some(balancer))?;
                    Some(Sample::of(minute, if well { hosts.well } else { hosts.unwell }))
                };
                (from..to.min(self.minute)).filter_map(told).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Everything that a metric can be asked about.
    pub fn subjects(&self, network: &Network) -> Vec<Subject> {
        let instances = network.instances().filter(|instance| instance.state != InstanceState::Pending);
        let gateways = network.nat_gateways().filter(|gateway| !matches!(gateway.state, NatState::Pending | NatState::Failed));
        let gateways = gateways.map(|gateway| Subject::NatGateway(gateway.id));
        instances.map(|instance| Subject::Instance(instance.id)).chain(gateways).chain(balancers(network)).collect()
    }

    fn hosts_before(&self, network: &Network, group: TargetGroupId, at: Instant) -> Option<Hosts> {
        match self.hosts.get(&group) {
            Some(known) => known.iter().rev().find(|(since, _)| *since < at).map(|(_, hosts)| *hosts),
            None => network.target_group(group).map(|group| Hosts::of(network, group)),
        }
    }

    /// Something has happened by which targets may be well, or not, that were not before.
    fn note_hosts(&mut self, network: &Network, now: Instant) {
        for group in network.target_groups() {
            let hosts = Hosts::of(network, group);
            let known = self.hosts.get(&group.id).and_then(|known| known.last()).map(|(_, hosts)| *hosts);
            if known == Some(hosts) {
                continue;
            }
            self.hosts.update(group.id, Vec::new(), |known| {
                known.push((now, hosts));
                if known.len() > CHANGES_KEPT {
                    known.remove(0);
                }
            });
        }
        self.hosts.retain(|group, _| network.target_group(*group).is_some());
    }

    fn traffic_in(&self, network: &Network, id: InstanceId, what: Traffic, minute: u64) -> Option<Sample> {
        let row = self.traffic.get(&(minute, id));
        if row.is_none() && !self.ran_in(network, id, minute) {
            return None;
        }
        Some(Sample::of(minute, row.and_then(|row| row.get(what as usize)).copied().unwrap_or(0)))
    }

    fn gateway_in(&self, network: &Network, id: NatGatewayId, count: NatCount, minute: u64) -> Option<Sample> {
        let row = self.gateways.get(&(minute, Subject::NatGateway(id)));
        let works = || {
            let gateway = network.nat_gateway(id).filter(|gateway| matches!(gateway.state, NatState::Available | NatState::Deleting));
            gateway.is_some_and(|gateway| gateway.created_at < begin_of(minute + 1))
        };
        if row.is_none() && !works() {
            return None;
        }
        Some(Sample::of(minute, row.and_then(|row| row.get(count as usize)).copied().unwrap_or(0)))
    }

    /// How an instance was just before a moment.
    fn life_before(&self, network: &Network, id: InstanceId, at: Instant) -> Option<Life> {
        match self.lives.get(&id) {
            Some(known) => known.iter().rev().find(|(since, _)| *since < at).map(|(_, life)| *life),
            None => network.instance(id).filter(|instance| instance.launched_at < at).map(Life::of),
        }
    }

    fn ran_in(&self, network: &Network, id: InstanceId, minute: u64) -> bool {
        let (begin, end) = (begin_of(minute), begin_of(minute + 1));
        let changed = self.lives.get(&id).into_iter().flatten();
        let mut ran_since = changed.filter(|(since, life)| *since >= begin && *since < end && life.runs);
        ran_since.next().is_some() || self.life_before(network, id, end).is_some_and(|life| life.runs) || {
            self.life_before(network, id, begin).is_some_and(|life| life.runs)
        }
    }
}

/// Whether a packet that begins a connection is the first one of it that a gateway takes.
fn is_new(tracking: &Tracking, walk: &Walk, gateway: NatGatewayId, now: Instant) -> bool {
    let passed = walk.effects.iter().find_map(|effect| match effect {
        Effect::Nat(passed) if passed.gateway == gateway => Some(passed),
        _ => None,
    });
    passed.is_none_or(|passed| tracking.translations().of_flow(gateway, &passed.inside, now).is_none())
}

/// What a gateway counts of a packet that has come to it (`W6`, `W7`); of as many of its kind as came, and as it could send on.
fn at_gateway(step: Seen<'_>, (times, leaving): (u64, u64), is_new: bool) -> Row<COUNTS> {
    use NatCount::*;
    let mut row = [0; COUNTS];
    let mut count = |what: NatCount, much: u64| add(&mut row, what as usize, much);
    let bytes = |times| u64::from(step.packet.length).saturating_mul(times);
    let flags = step.packet.tcp_flags();
    let begins = flags.is_some_and(|flags| flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK));
    let is_back = step.rule == "P12" || step.code == Some(Code::NgwUnsolicited);
    let passed = step.verdict == Verdict::Translate;
    let (packets_in, bytes_in, packets_out, bytes_out) = if is_back {
        (PacketsInFromDestination, BytesInFromDestination, PacketsOutToSource, BytesOutToSource)
    } else {
        (PacketsInFromSource, BytesInFromSource, PacketsOutToDestination, BytesOutToDestination)
    };
    count(packets_in, times);
    count(bytes_in, bytes(times));
    if passed {
        count(packets_out, leaving);
        count(bytes_out, bytes(leaving));
    } else {
        count(PacketsDrop, times);
    }
    if begins && !is_back && is_new {
        count(Attempts, 1);
    }
    if is_back && passed && flags.is_some_and(|flags| flags.has(TcpFlags::SYN_ACK)) {
        count(Established, 1);
    }
    if step.code == Some(Code::NgwErrorPortAllocation) {
        count(ErrorPortAllocation, 1);
    }
    row
}
