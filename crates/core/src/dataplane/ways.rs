//! Ways that packets have gone before. Whoever judges packet after packet of the same conversations keeps what was found: a packet that goes the
//! same way then gets the same steps without each check being made again.
//!
//! A way is kept only where everything that was looked at is the network, which knows how often it changed, or the flows that ENIs track, which are
//! looked up again for every packet. So whatever comes by here is what [`judge`] would have said, step for step; nothing is decided here.

use super::check::size::FITS_EVERYWHERE;
use super::conntrack::{Effect, FlowKey, Timeouts};
use super::pipeline::Check;
use super::reason::{Evidence, GroupMatch, GuestAddressKind};
use super::stage::{Assume, Origin, Question};
use super::verdict::{Arrival, Disposition, Step, Verdict, Walk};
use super::walker::judge;
use crate::addr::{Direction, IpAddr};
use crate::id::EniId;
use crate::packet::{Packet, TcpFlags, Transport};
use crate::table::mix;
use std::rc::Rc;

/// So many ways are kept at most, a power of two: those of a few hundred conversations, both directions.
const PLACES: usize = 512;

/// The ways that were gone last. A copy begins without any: what is copied is a state, and this is none.
#[derive(Debug, Default)]
pub struct Ways {
    /// None, or [`PLACES`] of them; a key names its place.
    places: Vec<Place>,
    gone: u64,
}

impl Clone for Ways {
    fn clone(&self) -> Ways {
        Ways::default()
    }
}

impl PartialEq for Ways {
    fn eq(&self, _: &Ways) -> bool {
        true
    }
}

/// What packets that go one way have in common. Of the port that they come from only tracking knows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    origin: Origin,
    source: IpAddr,
    destination: IpAddr,
    protocol: u8,
    port: u16,
    /// Whether it is the first of a TCP connection.
    opens: bool,
}

/// A place for a way. The second packet in a row that comes by leaves its way there.
#[derive(Debug, Default)]
struct Place {
    key: Option<Key>,
    way: Option<Way>,
}

/// A way.
#[derive(Debug)]
struct Way {
    /// How often the network had changed.
    changes: u64,
    steps: Rc<[Step]>,
    packets: Vec<Packet>,
    arrived: Arrival,
    passed: Vec<Passed>,
}

/// An ENI whose groups let the packet pass.
#[derive(Clone, Copy, Debug)]
struct Passed {
    eni: EniId,
    direction: Direction,
    because: Because,
    timeouts: Timeouts,
}

/// Why they did.
#[derive(Clone, Copy, Debug)]
enum Because {
    /// The flow was tracked.
    Tracked { opened: Direction },
    /// It was not known, and a rule let it in.
    Rule { tracked: bool },
    /// It is one of those that are not tracked, and a rule let it in again.
    Untracked { opened: Direction },
}

impl Ways {
    /// How many ways are kept.
    pub fn kept(&self) -> usize {
        self.places.iter().filter(|place| place.way.is_some()).count()
    }

    /// How many packets went a way that was kept.
    pub const fn gone(&self) -> u64 {
        self.gone
    }

    /// Judges a packet as [`judge`] does.
    pub fn judge(&mut self, question: &Question<'_>, origin: Origin, packet: Packet, walk: &mut Walk) {
        let Some(key) = key_of(question, origin, &packet) else { return judge(question, origin, packet, walk) };
        let at = place_of(&key);
        let kept = self.places.get(at).filter(|place| place.key == Some(key));
        if let Some(way) = kept.and_then(|place| place.way.as_ref())
            && way.go(question, &packet, walk)
        {
            self.gone += 1;
            return;
        }
        let again = kept.is_some();
        judge(question, origin, packet, walk);
        if self.places.is_empty() {
            self.places.resize_with(PLACES, Place::default);
        }
        if let Some(place) = self.places.get_mut(at) {
            *place = Place { key: Some(key), way: if again { Way::of(question, walk) } else { None } };
        }
    }
}

/// The key of a packet that may go a way that is kept: of a guest or an ENI, with ports, and short enough to fit everywhere.
fn key_of(question: &Question<'_>, origin: Origin, packet: &Packet) -> Option<Key> {
    let (protocol, port, opens) = match packet.transport {
        Transport::Tcp { flags, destination, .. } => (6, destination, flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK)),
        Transport::Udp { destination, .. } => (17, destination, false),
        _ => return None,
    };
    let usual = matches!(origin, Origin::Instance(_) | Origin::Eni(_)) && question.assume == Assume::default();
    let key = Key { origin, source: packet.source, destination: packet.destination, protocol, port, opens };
    (usual && packet.length <= FITS_EVERYWHERE).then_some(key)
}

fn place_of(key: &Key) -> usize {
    let end = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => u64::from(u32::from(ip)),
        IpAddr::V6(ip) => u128::from(ip) as u64,
    };
    let ports = u64::from(key.opens) << 24 | u64::from(key.protocol) << 16 | u64::from(key.port);
    mix(mix(ports, end(key.source)), end(key.destination)) as usize % PLACES
}

impl Way {
    /// The way of a walk, if another packet may go it.
    fn of(question: &Question<'_>, walk: &Walk) -> Option<Way> {
        let arrived = walk.arrived.filter(|arrived| walk.disposition == Disposition::Delivered && arrived.instance.is_some())?;
        let rests_on_the_network = |step: &Step| match (step.check, step.evidence) {
            (Check::SourceAttached | Check::DestinationRuns, Evidence::Attachment { instance, .. }) => instance.is_some(),
            (Check::GroupOut | Check::GroupIn, Evidence::Group { matched, .. }) => {
                matches!(matched, GroupMatch::Tracked { .. } | GroupMatch::Rule { .. })
            }
            (Check::GuestAddress, Evidence::GuestAddress { is, .. }) => is == GuestAddressKind::Configured,
            (
                Check::SourceRuns
                | Check::GuestRoute
                | Check::Unfiltered
                | Check::SourceDestCheckOut
                | Check::SameSubnet
                | Check::AclOut
                | Check::Route
                | Check::Owner
                | Check::AclIn
                | Check::SourceDestCheckIn
                | Check::ReversePath
                | Check::Listener,
                evidence,
            ) => step.verdict != Verdict::Translate && !matches!(evidence, Evidence::Balanced { .. }),
            _ => false,
        };
        if !walk.steps.iter().all(rests_on_the_network) {
            return None;
        }
        let groups = walk.steps.iter().filter_map(|step| match step.evidence {
            Evidence::Group { eni, direction, matched } => Some((eni, direction, matched)),
            _ => None,
        });
        let passed = groups.zip(&walk.effects).map(|((eni, direction, matched), effect)| {
            let (because, timeouts) = match (matched, *effect) {
                (GroupMatch::Tracked { opened }, Effect::Refresh { timeouts, .. }) => (Because::Tracked { opened }, timeouts),
                (GroupMatch::Rule { tracked, .. }, Effect::Open { timeouts, .. }) => (Because::Rule { tracked }, timeouts),
                (GroupMatch::Rule { .. }, Effect::Refresh { key, timeouts, .. }) => {
                    let opened = question.tracking.flow(eni, &key, question.now)?.opened;
                    (Because::Untracked { opened }, timeouts)
                }
                _ => return None,
            };
            Some(Passed { eni, direction, because, timeouts })
        });
        let passed: Vec<Passed> = passed.collect::<Option<_>>()?;
        let all = passed.len() == walk.effects.len();
        all.then(|| Way {
            changes: question.network.changes(),
            steps: walk.steps.to_vec().into(),
            packets: walk.packets.clone(),
            arrived,
            passed,
        })
    }

    /// Takes a packet the same way, if it still is the same: whether it did.
    fn go(&self, question: &Question<'_>, packet: &Packet, walk: &mut Walk) -> bool {
        let (tracking, now) = (question.tracking, question.now);
        if self.changes != question.network.changes() {
            return false;
        }
        walk.clear();
        // As it arrives: the guest that sends it may have chosen its source.
        let arriving = Packet { transport: packet.transport, length: packet.length, ..self.arrived.packet };
        let leaving = FlowKey::of(&arriving, Direction::Egress);
        let flags = packet.tcp_flags();
        for &Passed { eni, direction, because, timeouts } in &self.passed {
            let key = if direction == Direction::Egress { leaving } else { leaving.mirrored() };
            let known = tracking.flow(eni, &key, now).filter(|flow| !flow.is_reopened_by(direction, flags));
            let effect = match (because, known) {
                (Because::Tracked { opened }, Some(flow)) if flow.tracked && flow.opened == opened => {
                    Effect::Refresh { eni, key, direction, flags, timeouts }
                }
                (Because::Untracked { opened }, Some(flow)) if !flow.tracked && flow.opened == opened => {
                    Effect::Refresh { eni, key, direction, flags, timeouts }
                }
                (Because::Rule { tracked }, None) => Effect::Open { eni, key, direction, tracked, flags, timeouts },
                _ => return false,
            };
            if direction == Direction::Egress && tracking.turns_back(eni, &arriving, now) {
                return false;
            }
            walk.effects.push(effect);
        }
        if self.arrived.instance.is_some_and(|instance| tracking.translates_back(instance, &arriving, now)) {
            return false;
        }
        walk.steps.share(&self.steps);
        let (transport, length) = (packet.transport, packet.length);
        walk.packets.extend(self.packets.iter().map(|seen| Packet { transport, length, ..*seen }));
        walk.disposition = Disposition::Delivered;
        walk.arrived = Some(Arrival { packet: arriving, ..self.arrived });
        true
    }
}
