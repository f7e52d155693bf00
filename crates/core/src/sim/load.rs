//! Loads: streams of so many bits a second that their packets are counted and not sent one by one.
//!
//! Of each stream one packet and its acknowledgement are judged in every second of it, and before anything changes in the network; as many of their
//! kind as come through the allowances of the instances on the way (`super::allowance`) are counted in metrics, flow logs and the drivers'
//! counters. Opening and closing of a stream are judged in full. Nothing of it is among the packets that are kept.

use super::Simulator;
use super::allowance::{Allowances, Counter, Limit, Offer, Pass, over};
use super::client::{ClientRefused, Protocol, Source, Target};
use super::link;
use super::queue::{Planned, QueueKey};
use crate::addr::{Direction, IpAddr};
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::{Evidence, Target as Way};
use crate::dataplane::trace::{answer, answer_to};
use crate::dataplane::verdict::{Place, Walk};
use crate::dataplane::{Assume, Luck, Origin, Question, guest, judge, too_long};
use crate::id::EniId;
use crate::model::by_hand::JUMBO;
use crate::model::event::Event;
use crate::model::instance::InstanceState;
use crate::model::network::Network;
use crate::observe::crossing::{self, Times};
use crate::packet::{Packet, TcpFlags, Transport, ip_header_bytes};
use crate::table::Table;
use crate::time::{Duration, Instant};

/// The most that one stream carries, in bits a second (`E89`). There are no cluster placement groups here, in which it would be twice as much.
pub const ONE_FLOW: u64 = 5_000_000_000;
/// How many loads run at once.
pub const MAX_LOADS: usize = 16;
/// How many streams a load has at most, as iperf3's.
pub const MAX_STREAMS: u16 = 128;
/// How many seconds of streams are kept of a load.
pub const SECONDS_KEPT: u64 = 20_000;
/// How many loads that have ended can still be asked about.
const ENDED_KEPT: usize = 4;
/// Bytes behind the header of IP: those of TCP with its time stamps, and of UDP.
const TCP_BYTES: u16 = 32;
const UDP_BYTES: u16 = 8;
const SECOND: Duration = Duration::from_secs(1);

/// A load of a simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LoadId(pub u32);

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadSpec {
    /// Who sends.
    pub from: Source,
    /// Who gets it.
    pub to: Target,
    /// TCP or UDP, to a port.
    pub protocol: Protocol,
    /// How many streams.
    pub streams: u16,
    /// How many bits a second each stream carries; as many as get through if nothing is said.
    pub rate: Option<u64>,
    /// How many bytes a datagram carries; as many as the way takes if nothing is said.
    pub payload: Option<u16>,
    /// For how long.
    pub span: Duration,
}

/// A load.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// What is sent.
    pub spec: LoadSpec,
    /// Since when.
    pub began: Instant,
    /// Its streams.
    pub streams: Vec<Stream>,
    ended: bool,
}

/// A stream of a load.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// Address and port of its sender.
    pub local: (IpAddr, u16),
    /// Address and port of its receiver.
    pub remote: (IpAddr, u16),
    /// Whether both have heard of each other.
    pub is_open: bool,
    /// What was sent in each of its seconds.
    pub seconds: Vec<Second>,
    payload: u16,
    /// Of a packet that was not full: bits.
    rest: u64,
}

/// A second of a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Second {
    /// How many packets were sent.
    pub sent: u64,
    /// How many arrived.
    pub arrived: u64,
    /// How many of the others are lost; what still waits is not.
    pub lost: u64,
    /// How many bytes each carried.
    pub payload: u16,
    /// How long one and its acknowledgement took.
    pub round_trip: Duration,
}

/// All loads.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Loads {
    all: Table<LoadId, Load>,
    last: u32,
    /// Until when they are counted.
    counted: Instant,
    /// When they are counted next; nothing while none runs.
    next: Option<QueueKey>,
    allowances: Allowances,
}

/// The packets of a stream in a stretch of time.
struct Walks {
    forth: Walk,
    back: Option<Walk>,
}

impl Load {
    fn end(&self) -> Instant {
        self.began + self.spec.span
    }

    /// When its second that runs at a moment is over.
    fn next(&self, now: Instant) -> Instant {
        let seconds = now.since(self.began).as_nanos() / SECOND.as_nanos() + 1;
        (self.began + Duration::from_nanos(seconds * SECOND.as_nanos())).min(self.end())
    }
}

impl Stream {
    fn packet(&self, protocol: Protocol, flags: TcpFlags) -> Packet {
        let ((source_ip, source), (destination_ip, destination)) = (self.local, self.remote);
        let transport = match protocol {
            Protocol::Udp(_) => Transport::Udp { source, destination },
            _ => Transport::Tcp { source, destination, flags, sequence: 1, acknowledgement: 1 },
        };
        Packet { source: source_ip, destination: destination_ip, transport, length: 0 }
    }

    fn note(&mut self, at: usize, (sent, arrived, lost): (u64, u64, u64), round_trip: Duration) {
        while self.seconds.len() <= at {
            self.seconds.push(Second::default());
        }
        if let Some(second) = self.seconds.get_mut(at) {
            *second = Second {
                sent: second.sent + sent,
                arrived: second.arrived + arrived,
                lost: second.lost + lost,
                payload: self.payload,
                round_trip,
            };
        }
    }
}

/// Bytes of headers.
fn overhead(protocol: Protocol, address: IpAddr) -> u16 {
    ip_header_bytes(address) + if matches!(protocol, Protocol::Udp(_)) { UDP_BYTES } else { TCP_BYTES }
}

impl Simulator {
    /// Begins to send. Whether a stream stands is known at once.
    ///
    /// # Errors
    /// There are [`MAX_LOADS`] already, or it asks for nothing, or for more than is kept.
    pub fn add_load(&mut self, spec: LoadSpec) -> Result<LoadId, ClientRefused> {
        self.pump();
        if self.loads.all.values().filter(|load| !load.ended).count() >= MAX_LOADS {
            return Err(ClientRefused::TooMany);
        }
        let seconds = spec.span.as_nanos().div_ceil(SECOND.as_nanos());
        let streams = u64::from(spec.streams);
        let (Protocol::Tcp(port) | Protocol::Udp(port)) = spec.protocol else { return Err(ClientRefused::Timing) };
        if seconds * streams == 0 || seconds.saturating_mul(streams) > SECONDS_KEPT || spec.streams > MAX_STREAMS {
            return Err(ClientRefused::Timing);
        }
        let Some(to) = spec.to.resolve(&self.network) else { return Err(ClientRefused::Timing) };
        let local = self.choose_source(spec.from, to);
        let payload = spec.payload.unwrap_or_else(|| self.longest(spec.from, local, to).saturating_sub(overhead(spec.protocol, to)));
        let mut stream = || {
            let local = (local, self.draw_port(spec.from));
            Stream { local, remote: (to, port), is_open: false, seconds: Vec::new(), payload, rest: 0 }
        };
        let streams = (0..spec.streams).map(|_| stream()).collect();
        let mut load = Load { spec, began: self.now, streams, ended: false };
        for stream in &mut load.streams {
            stream.is_open = self.exchange(&spec, stream, TcpFlags::SYN);
        }
        self.loads.last += 1;
        self.loads.counted = self.now;
        let id = LoadId(self.loads.last);
        self.loads.all.insert(id, load);
        self.plan_pump();
        Ok(id)
    }

    /// A load, as far as it has come; also one of the last that have ended.
    pub fn load_of(&self, id: LoadId) -> Option<&Load> {
        self.loads.all.get(&id)
    }

    /// How long a packet may be that leaves by the interface to an address.
    fn longest(&self, from: Source, source: IpAddr, to: IpAddr) -> u16 {
        let Source::Instance { instance, .. } = from else { return JUMBO };
        let Some(instance) = self.network.instance(instance) else { return JUMBO };
        guest::exit(&self.network, instance, source, to).eni.map_or(JUMBO, |eni| instance.guest.size_of(eni.id))
    }

    /// Loads have run for a while: it is counted, and those that are over end.
    pub(super) fn pump_on(&mut self) {
        self.pump();
        self.end_loads(|load, now, _| load.end() <= now);
        self.plan_pump();
    }

    fn plan_pump(&mut self) {
        if let Some(key) = self.loads.next.take() {
            self.queue.cancel(key);
        }
        let next = self.loads.all.values().filter(|load| !load.ended).map(|load| load.next(self.now)).min();
        self.loads.next = next.map(|at| self.queue.plan(at, Planned::Pump));
    }

    fn end_loads(&mut self, is_over: impl Fn(&Load, Instant, &Network) -> bool) {
        let over = |load: &&Load| !load.ended && is_over(load, self.now, &self.network);
        if !self.loads.all.values().any(|load| over(&load)) {
            return;
        }
        let mut all = std::mem::take(&mut self.loads.all);
        for load in all.values_mut().filter(|load| !load.ended) {
            load.ended = is_over(load, self.now, &self.network);
            let closes = load.ended && matches!(load.spec.protocol, Protocol::Tcp(_));
            for stream in load.streams.iter().filter(|stream| closes && stream.is_open) {
                self.exchange(&load.spec, stream, TcpFlags::FIN);
            }
        }
        let mut excess = all.values().filter(|load| load.ended).count().saturating_sub(ENDED_KEPT);
        all.retain(|_, load| {
            !(load.ended && excess > 0) || {
                excess -= 1;
                false
            }
        });
        self.loads.all = all;
    }

    /// Something has happened to the network.
    pub(super) fn loads_after(&mut self, event: &Event) {
        let Event::InstanceStateChanged(id, state) = event else { return };
        self.loads.allowances.note(&self.network, *id, *state == InstanceState::Running, self.now);
        let is_gone = |load: &Load, _, network: &Network| {
            let Source::Instance { instance, .. } = load.spec.from else { return false };
            network.instance(instance).is_none_or(|instance| instance.state != InstanceState::Running)
        };
        self.end_loads(is_gone);
        self.loads.allowances.forget_gone(&self.network);
    }

    /// One packet to the other end, and its answer: how a stream begins and ends. Whether both arrived.
    fn exchange(&mut self, spec: &LoadSpec, stream: &Stream, flags: TcpFlags) -> bool {
        let flags = if flags == TcpFlags::SYN { flags } else { flags.with(TcpFlags::ACK) };
        let packet = Packet { length: overhead(spec.protocol, stream.remote.0), ..stream.packet(spec.protocol, flags) };
        let forth = self.went(spec.from.host().origin(&self.network), packet, Times::ONCE);
        if let Some(eni) = host_service(&forth) {
            let back = answer(&packet).unwrap_or(packet);
            return self.went(Origin::HostService(eni), back, Times::ONCE).disposition.got_through();
        }
        let Some((origin, reply)) = answer_to(&forth).filter(|_| forth.disposition.got_through()) else { return false };
        self.went(origin, reply, Times::ONCE).disposition.got_through()
    }

    /// Judges a packet, counts it and remembers what has to be.
    fn went(&mut self, origin: Origin, packet: Packet, times: Times<'_>) -> Walk {
        let walk = self.way(origin, packet);
        self.count(&walk, times);
        self.tracking.note(&walk.effects, self.now);
        walk
    }

    fn way(&self, origin: Origin, packet: Packet) -> Walk {
        // A program waits there that the load speaks with.
        let assume = Assume { listening: true, ..Assume::default() };
        let mut walk = Walk::default();
        judge(
            &Question { network: &self.network, tracking: &self.tracking, now: self.now, assume, luck: Luck::Good },
            origin,
            packet,
            &mut walk,
        );
        walk
    }

    fn count(&mut self, walk: &Walk, times: Times<'_>) {
        self.metrics.saw(&self.tracking, (walk, times), self.now);
        self.flow_logs.saw(&self.network, (walk, times), self.now);
    }

    /// What loads have sent since it was counted last.
    pub(super) fn pump(&mut self) {
        let (begin, end) = (self.loads.counted, self.now);
        self.loads.counted = end;
        if begin >= end || self.loads.next.is_none() {
            return;
        }
        let mut all = std::mem::take(&mut self.loads.all);
        let (mut walks, mut offers) = (Vec::new(), Vec::new());
        for load in all.values_mut().filter(|load| !load.ended) {
            for stream in load.streams.iter_mut().filter(|stream| stream.is_open) {
                let (of_stream, offer) = self.offered(&load.spec, stream, end.since(begin));
                walks.push(of_stream);
                offers.push(offer);
            }
        }
        self.loads.allowances.carry(&self.network, &mut offers, (begin, end));
        let mut sent = walks.iter().zip(&offers);
        for load in all.values_mut().filter(|load| !load.ended) {
            let second = begin.since(load.began).as_nanos() / SECOND.as_nanos();
            for stream in load.streams.iter_mut().filter(|stream| stream.is_open) {
                let Some((walks, offer)) = sent.next() else { break };
                let gets_through = walks.forth.disposition.got_through() && (!offer.adapts || walks.back.is_some());
                let arrived = if gets_through { offer.arrived() } else { 0 };
                let lost = if gets_through { offer.passes.iter().map(|pass| pass.lost).sum() } else { offer.packets };
                let both = [Some(&walks.forth), walks.back.as_ref()].into_iter().flatten();
                let way = both.fold(Duration::ZERO, |way, walk| way + link::travel_time(&self.network, walk) + self.held_up(walk));
                stream.note(usize::try_from(second).unwrap_or(usize::MAX), (offer.packets, arrived, lost), way);
                self.count_stretch(walks, offer, arrived);
            }
        }
        self.loads.all = all;
    }

    /// What a stream would send in some time, and the way that it takes.
    fn offered(&mut self, spec: &LoadSpec, stream: &mut Stream, span: Duration) -> (Walks, Offer) {
        let adapts = matches!(spec.protocol, Protocol::Tcp(_));
        let headers = overhead(spec.protocol, stream.remote.0);
        let origin = spec.from.host().origin(&self.network);
        let packet = stream.packet(spec.protocol, TcpFlags::ACK.with(TcpFlags::PSH));
        let mut forth = self.way(origin, Packet { length: headers.saturating_add(stream.payload), ..packet });
        if let Some(limit) = self.told_of_size(&forth) {
            stream.payload = limit.saturating_sub(headers);
            forth = self.way(origin, Packet { length: limit, ..packet });
        }
        let length = u64::from(headers) + u64::from(stream.payload);
        self.tracking.note(&forth.effects, self.now);
        let gets_through = forth.disposition.got_through();
        let answer = answer_to(&forth).filter(|_| gets_through && adapts);
        let back = answer.map(|(origin, answer)| {
            let back = self.way(origin, Packet { length: headers, ..answer });
            self.tracking.note(&back.effects, self.now);
            back
        });
        let back = back.filter(|back| back.disposition.got_through());
        let wanted = spec.rate.map_or(ONE_FLOW, |rate| rate.saturating_mul(length) / u64::from(stream.payload).max(1));
        let bits = over(wanted.min(ONE_FLOW), span) + stream.rest;
        let mut packets = bits / (length * 8);
        stream.rest = bits % (length * 8);
        if adapts && back.is_none() {
            // Nobody says that anything has arrived: the same is sent again.
            packets = packets.min(1);
        }
        let passes = limits(&self.network, &forth);
        (Walks { forth, back }, Offer { packets, length, adapts, passes })
    }

    /// How long the packets of a way may be that were too long, if their sender is told.
    fn told_of_size(&mut self, walk: &Walk) -> Option<u16> {
        let (origin, message) = too_long::message(&self.network, walk)?;
        let told = self.went(origin, message, Times::ONCE);
        too_long::told(&message).filter(|_| told.disposition.got_through())
    }

    fn count_stretch(&mut self, walks: &Walks, offer: &Offer, arrived: u64) {
        let mut many = offer.packets;
        let mut times = Vec::new();
        for crossing in crossing::of_walk(&self.network, &walks.forth) {
            let at = |pass: &&Pass| pass.eni == crossing.eni && pass.direction == crossing.direction;
            many = offer.passes.iter().rfind(at).map_or(many, |pass| pass.passed);
            times.push((crossing.eni, crossing.direction, many));
        }
        self.count(&walks.forth, Times(&times));
        for pass in offer.passes.iter().filter(|pass| pass.exceeded > 0) {
            match pass.limit.counter() {
                Counter::Driver(counter) => self.metrics.exceed(pass.eni, counter, pass.exceeded),
                Counter::Gateway(gateway) => self.metrics.dropped(gateway, pass.lost),
            }
        }
        // Every second segment is acknowledged.
        if let Some(back) = walks.back.as_ref().filter(|_| arrived > 0) {
            let acknowledged = arrived.div_ceil(2);
            let times: Vec<_> =
                crossing::of_walk(&self.network, back).iter().map(|crossing| (crossing.eni, crossing.direction, acknowledged)).collect();
            self.count(back, Times(&times));
        }
    }

    /// How long a packet waits behind loads on its way.
    pub(super) fn held_up(&self, walk: &Walk) -> Duration {
        if self.loads.next.is_none() {
            return Duration::ZERO;
        }
        let waits = crossing::of_walk(&self.network, walk).into_iter().filter(|crossing| crossing.accepted).filter_map(|crossing| {
            let instance = self.network.eni(crossing.eni)?.attached_instance()?;
            Some(self.loads.allowances.wait(&self.network, instance, crossing.direction, self.now))
        });
        waits.fold(Duration::ZERO, |all, wait| all + wait)
    }
}

/// The ENI whose host has a service that a packet came to.
fn host_service(walk: &Walk) -> Option<EniId> {
    match walk.steps.last().map(|step| (step.evidence, step.place)) {
        Some((Evidence::Service(_), Place::Eni(eni))) => Some(eni),
        _ => None,
    }
}

/// The limits on a way.
fn limits(network: &Network, walk: &Walk) -> Vec<Pass> {
    let mut passes = Vec::new();
    let mut push = |limit, eni: EniId, direction| passes.push(Pass { limit, eni, direction, passed: 0, lost: 0, exceeded: 0 });
    let through_gateway = |place: Place| matches!(place, Place::InternetGateway(_) | Place::EgressOnlyGateway(_));
    let comes_in = walk.steps.first().is_some_and(|step| matches!(step.place, Place::Internet)) || {
        walk.steps.iter().take_while(|step| step.check != Check::GroupIn).any(|step| through_gateway(step.place))
    };
    for crossing in crossing::of_walk(network, walk).into_iter().filter(|crossing| crossing.accepted) {
        let eni = network.eni(crossing.eni);
        if let Some(gateway) = eni.filter(|_| crossing.direction == Direction::Egress).and_then(|eni| network.nat_gateway_of(eni)) {
            push(Limit::NatBits(gateway.id), crossing.eni, crossing.direction);
            push(Limit::NatPackets(gateway.id), crossing.eni, crossing.direction);
        }
        let Some(instance) = eni.and_then(|eni| eni.attached_instance()) else { continue };
        let is_outside = match crossing.direction {
            Direction::Egress => matches!(crossing.target, Some(Way::InternetGateway(_) | Way::EgressOnlyGateway(_))),
            Direction::Ingress => comes_in,
        };
        push(Limit::Bandwidth(instance, crossing.direction), crossing.eni, crossing.direction);
        if is_outside {
            push(Limit::Internet(instance, crossing.direction), crossing.eni, crossing.direction);
        }
        push(Limit::Packets(instance), crossing.eni, crossing.direction);
    }
    if let Some(eni) = host_service(walk) {
        push(Limit::LinkLocal(eni), eni, Direction::Egress);
    }
    passes
}
