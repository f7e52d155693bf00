//! What instances are allowed to carry (`E87` to `E91`), and NAT gateways (`R45`): a bucket for each limit, which time fills and packets empty, and what
//! waits in front of it.
//!
//! Only loads (`super::load`) draw on them: what clients ask weighs nothing beside them (`M`).

use crate::addr::Direction;
use crate::id::{EniId, InstanceId, NatGatewayId};
use crate::model::instance_type::InstanceType;
use crate::model::network::Network;
use crate::observe::metrics::Allowance;
use crate::table::Table;
use crate::time::{Duration, Instant};

/// How long an instance of an "up to" type can send at its peak when it has all of its credits (`E90`, `M`: AWS says 5 to 60 minutes).
pub const BURST: Duration = Duration::from_secs(300);
/// For how long packets may wait in front of a limit (`M`).
pub const QUEUE: Duration = Duration::from_millis(5);
/// How many packets a second go with a Mbit/s of the peak (`M`: AWS does not publish it).
pub const PACKETS_PER_MBIT: u64 = 200;
/// What an ENI may send to the services of its host in a second (`E91`).
pub const LINK_LOCAL: u64 = 1_024;
/// The most that types with fewer than 32 vCPUs carry to or from the internet, in bits a second (`E88`).
pub const INTERNET: u64 = 5_000_000_000;
/// The most that a NAT gateway carries, in bits a second (`R45`). AWS lets it grow to that and does not say how fast: here it carries it at once (`M`).
pub const NAT_BITS: u64 = 100_000_000_000;
/// The same in packets a second.
pub const NAT_PACKETS: u64 = 10_000_000;
/// One of so many packets of somebody who looks for what gets through is lost at the limit (`M`).
const SEARCH: u64 = 1_024;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Limit {
    /// All bits that an instance takes in, or sends (`E87`).
    Bandwidth(InstanceId, Direction),
    /// Those of them that come from the internet, or go there (`E88`).
    Internet(InstanceId, Direction),
    /// Its packets, both ways together.
    Packets(InstanceId),
    /// Packets of an ENI to the services of its host (`E91`).
    LinkLocal(EniId),
    /// All bits that a NAT gateway sends on (`R45`).
    NatBits(NatGatewayId),
    /// All packets that it sends on.
    NatPackets(NatGatewayId),
}

/// Who counts what was more than is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counter {
    /// The driver of the network card: what waited, too.
    Driver(Allowance),
    /// A NAT gateway: what was lost.
    Gateway(NatGatewayId),
}

/// How much of something there may be in a second: always, and while there are credits. Of bandwidth it is bits, of everything else packets, and so
/// are all sums of a limit.
#[derive(Clone, Copy, Debug)]
struct Rate {
    steady: u64,
    peak: u64,
}

impl Limit {
    fn rate(self, network: &Network) -> Option<Rate> {
        let kind = |id| network.instance(id).map(|instance| instance.instance_type);
        let even = |rate| Rate { steady: rate, peak: rate };
        match self {
            Limit::Bandwidth(id, _) => bits(kind(id)?),
            Limit::Internet(id, _) => {
                let kind = kind(id)?;
                let Rate { steady, peak } = bits(kind)?;
                // The credits are those of all that the instance sends; this only caps it.
                let least = |rate: u64| if kind.is_large() { rate / 2 } else { rate.min(INTERNET) };
                Some(even(least(steady.max(peak))))
            }
            Limit::Packets(id) => Some(even(bits(kind(id)?)?.peak / 1_000_000 * PACKETS_PER_MBIT)),
            Limit::LinkLocal(_) => Some(even(LINK_LOCAL)),
            Limit::NatBits(id) => network.nat_gateway(id).map(|_| even(NAT_BITS)),
            Limit::NatPackets(id) => network.nat_gateway(id).map(|_| even(NAT_PACKETS)),
        }
    }

    /// What packets of a length weigh here.
    const fn weight(self, packets: u64, length: u64) -> u64 {
        match self {
            Limit::Bandwidth(..) | Limit::Internet(..) | Limit::NatBits(_) => packets.saturating_mul(length * 8),
            Limit::Packets(_) | Limit::LinkLocal(_) | Limit::NatPackets(_) => packets,
        }
    }

    /// Where it is counted what was more.
    pub(super) const fn counter(self) -> Counter {
        Counter::Driver(match self {
            Limit::Bandwidth(_, Direction::Ingress) | Limit::Internet(_, Direction::Ingress) => Allowance::BandwidthIn,
            Limit::Bandwidth(_, Direction::Egress) | Limit::Internet(_, Direction::Egress) => Allowance::BandwidthOut,
            Limit::Packets(_) => Allowance::Packets,
            Limit::LinkLocal(_) => Allowance::LinkLocal,
            Limit::NatBits(id) | Limit::NatPackets(id) => return Counter::Gateway(id),
        })
    }

    const fn instance(self) -> Option<InstanceId> {
        match self {
            Limit::Bandwidth(id, _) | Limit::Internet(id, _) | Limit::Packets(id) => Some(id),
            Limit::LinkLocal(_) | Limit::NatBits(_) | Limit::NatPackets(_) => None,
        }
    }
}

/// The bandwidth of a type in bits a second; that of one network card stands for it (`M`).
fn bits(kind: InstanceType) -> Option<Rate> {
    let (steady, peak) = kind.card_bandwidth()?;
    Some(Rate { steady: u64::from(steady) * 1_000_000, peak: u64::from(peak) * 1_000_000 })
}

/// How much comes of a rate in some time.
pub(super) fn over(rate: u64, span: Duration) -> u64 {
    u64::try_from(u128::from(rate) * u128::from(span.as_nanos()) / 1_000_000_000).unwrap_or(u64::MAX)
}

/// What is known of a limit since somebody came near it. What is not here is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    /// What may be carried above what always may.
    credits: u64,
    /// What has come and is not carried yet.
    waiting: u64,
    /// Until when it was reckoned.
    since: Instant,
    /// What does not run earns nothing (`E90`).
    runs: bool,
}

impl Bucket {
    fn full(rate: Rate, now: Instant) -> Bucket {
        Bucket { credits: over(rate.peak.saturating_sub(rate.steady), BURST), waiting: 0, since: now, runs: true }
    }

    /// Lets time pass in which nothing comes.
    fn rest(&mut self, rate: Rate, now: Instant) {
        let idle = now.since(self.since);
        self.since = now;
        if self.runs {
            self.carry(rate, idle, 0);
        }
    }

    /// Something comes in a time. Above its peak nothing is carried, however much is saved.
    fn carry(&mut self, rate: Rate, span: Duration, came: u64) {
        let steady = over(rate.steady, span);
        let above = self.credits.min(over(rate.peak.saturating_sub(rate.steady), span));
        let all = self.waiting.saturating_add(came);
        let served = all.min(steady.saturating_add(above));
        let (spent, earned) = (served.saturating_sub(steady), steady.saturating_sub(served));
        self.credits = (self.credits - spent).saturating_add(earned).min(Bucket::full(rate, self.since).credits);
        self.waiting = all - served;
    }

    /// How much it carries in a second at this moment.
    const fn pace(&self, rate: Rate) -> u64 {
        if self.credits > 0 { rate.peak } else { rate.steady }
    }
}

/// A packet's way through one limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pass {
    pub(super) limit: Limit,
    pub(super) eni: EniId,
    pub(super) direction: Direction,
    /// How many got through.
    pub(super) passed: u64,
    /// How many were lost.
    pub(super) lost: u64,
    /// How many had to wait, or were lost.
    pub(super) exceeded: u64,
}

/// What somebody sends in some time.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) packets: u64,
    /// Of each packet, in bytes, with its headers.
    pub(super) length: u64,
    /// Whether its sender sends only as much as gets through, as TCP does.
    pub(super) adapts: bool,
    /// The limits on its way, in order.
    pub(super) passes: Vec<Pass>,
}

impl Offer {
    /// How many packets got through all limits.
    pub(super) fn arrived(&self) -> u64 {
        self.passes.last().map_or(self.packets, |pass| pass.passed)
    }
}

/// What of a limit is left in some time.
#[derive(Clone, Copy, Debug)]
struct Room {
    limit: Limit,
    rate: Rate,
    /// How much it can still take, to carry it or to let it wait.
    takes: u64,
    /// How much it can still carry.
    carries: u64,
    waiting: u64,
    /// What comes to it at one place of the ways.
    comes: u64,
    /// What came in all, less what was lost.
    taken: u64,
}

impl Room {
    /// Of what comes now: how much is not lost, and how much gets through, in the time.
    fn now(&self) -> (u64, u64) {
        let taken = self.comes.min(self.takes);
        (taken, taken.saturating_add(self.waiting).min(self.carries))
    }

    /// What came is taken; what waited before goes first.
    fn take(&mut self) {
        let (taken, carried) = self.now();
        self.taken = self.taken.saturating_add(taken);
        self.takes -= taken;
        self.carries -= carried;
        self.waiting = (self.waiting.saturating_add(taken)).saturating_sub(carried);
        self.comes = 0;
    }
}

/// What is known of limits that somebody came near.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Allowances {
    buckets: Table<Limit, Bucket>,
}

impl Allowances {
    /// Takes what is sent in a time through its limits, one after another: what is too much waits as far as it may, the rest is lost.
    pub(super) fn carry(&mut self, network: &Network, offers: &mut [Offer], (begin, end): (Instant, Instant)) {
        let span = end.since(begin);
        let mut rooms = self.rooms(network, offers, begin, span);
        let mut tried = offers.to_vec();
        through(&mut tried, &mut rooms.clone(), true);
        for (offer, tried) in offers.iter_mut().zip(&tried).filter(|(offer, _)| offer.adapts) {
            let fits = tried.arrived();
            offer.packets = offer.packets.min(fits.saturating_add(fits / SEARCH + 1));
        }
        through(offers, &mut rooms, false);
        for room in rooms {
            let Some(bucket) = self.buckets.get_mut(&room.limit) else { continue };
            let before = bucket.waiting;
            bucket.since = end;
            bucket.carry(room.rate, span, room.taken);
            let grown = bucket.waiting.saturating_sub(before);
            let mut all = offers.iter_mut().filter(|offer| offer.packets > 0 && grown > 0);
            let first = all.find_map(|offer| Some((offer.length, offer.passes.iter_mut().find(|pass| pass.limit == room.limit)?)));
            if let Some((length, pass)) = first {
                pass.exceeded += grown / room.limit.weight(1, length).max(1);
            }
        }
    }

    fn rooms(&mut self, network: &Network, offers: &[Offer], begin: Instant, span: Duration) -> Vec<Room> {
        let mut rooms: Vec<Room> = Vec::new();
        for pass in offers.iter().flat_map(|offer| &offer.passes) {
            let limit = pass.limit;
            let Some(rate) = limit.rate(network).filter(|_| rooms.iter().all(|room| room.limit != limit)) else { continue };
            let mut bucket = self.buckets.get(&limit).copied().unwrap_or_else(|| Bucket::full(rate, begin));
            bucket.rest(rate, begin);
            self.buckets.insert(limit, bucket);
            let above = over(rate.peak.saturating_sub(rate.steady), span).min(bucket.credits);
            let carries = over(rate.steady, span).saturating_add(above);
            let takes = carries.saturating_add(over(bucket.pace(rate), QUEUE)).saturating_sub(bucket.waiting);
            rooms.push(Room { limit, rate, takes, carries, waiting: bucket.waiting, comes: 0, taken: 0 });
        }
        rooms
    }

    /// How long a packet waits in front of an instance's limit at this moment.
    pub(super) fn wait(&self, network: &Network, instance: InstanceId, direction: Direction, now: Instant) -> Duration {
        let limit = Limit::Bandwidth(instance, direction);
        let Some((mut bucket, rate)) = self.buckets.get(&limit).copied().zip(limit.rate(network)) else { return Duration::ZERO };
        // What waited at the end of the last stretch of a load waits for as long as the load goes on.
        if now.since(bucket.since) > Duration::from_secs(1) {
            bucket.rest(rate, now);
        }
        let nanos = u128::from(bucket.waiting) * 1_000_000_000 / u128::from(bucket.pace(rate).max(1));
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))
    }

    /// An instance begins or ceases to run: until now it was as it was.
    pub(super) fn note(&mut self, network: &Network, instance: InstanceId, runs: bool, now: Instant) {
        for (limit, bucket) in self.buckets.iter_mut().filter(|(limit, _)| limit.instance() == Some(instance)) {
            if let Some(rate) = limit.rate(network) {
                bucket.rest(rate, now);
            }
            bucket.runs = runs;
        }
    }

    /// Forgets what is about an instance or an ENI that is gone.
    pub(super) fn forget_gone(&mut self, network: &Network) {
        self.buckets
            .retain(|limit, _| limit.rate(network).is_some() && !matches!(limit, Limit::LinkLocal(eni) if network.eni(*eni).is_none()));
    }
}

/// Takes what is sent through its limits, all that are first on a way before all that are second, and so on. Where more comes than there is room
/// for, each loses the same share. What waits gets through later, unless it is only asked how much would not be lost.
fn through(offers: &mut [Offer], rooms: &mut [Room], is_asked: bool) {
    let longest = offers.iter().map(|offer| offer.passes.len()).max().unwrap_or(0);
    for place in 0..longest {
        for offer in offers.iter() {
            let left = left_at(offer, place);
            let Some(pass) = offer.passes.get(place) else { continue };
            if let Some(room) = rooms.iter_mut().find(|room| room.limit == pass.limit) {
                room.comes = room.comes.saturating_add(pass.limit.weight(left, offer.length));
            }
        }
        for offer in offers.iter_mut() {
            let left = left_at(offer, place);
            let Some(pass) = offer.passes.get_mut(place) else { continue };
            let (taken, passed) = match rooms.iter().find(|room| room.limit == pass.limit) {
                Some(room) => {
                    let (taken, carried) = room.now();
                    (share(left, taken, room.comes), share(left, if is_asked { taken } else { carried }, room.comes))
                }
                None => (left, left),
            };
            pass.passed = passed;
            pass.lost = left - taken;
            pass.exceeded = pass.lost;
        }
        rooms.iter_mut().filter(|room| room.comes > 0).for_each(Room::take);
    }
}

fn left_at(offer: &Offer, place: usize) -> u64 {
    place.checked_sub(1).and_then(|before| offer.passes.get(before)).map_or(offer.packets, |pass| pass.passed)
}

/// The share of so many packets, where of all that comes only so much is meant. What waited before does not make it more.
fn share(packets: u64, room: u64, comes: u64) -> u64 {
    if comes <= room {
        return packets;
    }
    u64::try_from(u128::from(packets) * u128::from(room) / u128::from(comes)).unwrap_or(packets)
}
