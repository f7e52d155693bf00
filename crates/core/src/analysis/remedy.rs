//! What would let a refused packet through, and every check that would refuse it on the way there: acts that are tried on a copy of the network, all
//! of them together, before they are offered.

mod less;
mod search;

pub use less::without;

use super::propose;
use super::reach::Shared;
use crate::control::command::Command;
use crate::control::decide::decide;
use crate::control::transition;
use crate::dataplane::conntrack::Tracking;
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::Code;
use crate::dataplane::trace::{End, Trace, answer_to, follow};
use crate::dataplane::verdict::{Place, Seen, Walk};
use crate::dataplane::{Origin, Question, judge};
use crate::model::network::Network;
use crate::packet::{Packet, TcpFlags};
use crate::time::{Duration, Instant};
use search::Search;

/// How long after the acts the packet is asked about again: whatever they set going has come to its end by then.
const SETTLED_AFTER: Duration = Duration::from_secs(60);

/// Acts that together get a packet past what refuses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The acts, in order. An id in them that does not exist yet is the one that an act before it will make.
    pub acts: Vec<Command>,
    /// What else the acts change, because it shares a group, a table or an ACL with the packet's way.
    pub shared: Vec<Shared>,
}

/// A check that refuses a packet or its answer once the changes of those before it are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker {
    /// Whether it refuses the answer.
    pub reply: bool,
    /// The way as far as this check, which is its last step.
    pub walk: Walk,
    /// What gets the packet past it: another check refuses it then, or none does. `None` where nothing that was tried does, and then nothing is known
    /// of what comes after.
    pub change: Option<Remedy>,
    /// Whether the change is accepted without those before it.
    pub alone: bool,
}

impl Blocker {
    /// The step that refuses.
    pub fn step(&self) -> Option<Seen<'_>> {
        self.walk.blocker()
    }

    /// Its code.
    pub fn code(&self) -> Option<Code> {
        self.walk.code()
    }

    /// Which hop of the walk that is, and which step of the hop, from 0.
    pub fn place(&self) -> (usize, usize) {
        let hops = self.walk.hops().count();
        let steps = self.walk.hops().last().map_or(0, <[_]>::len);
        (hops.saturating_sub(1), steps.saturating_sub(1))
    }
}

/// All that refuses a packet or its answer, and ways past all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Blockers {
    /// The checks in the order in which the packet and then its answer come to them; the first is the one that refuses now. There is at least one.
    pub rows: Vec<Blocker>,
    /// Ways that get the packet there and its answer back, the one that changes least for others first. The first is all the rows' changes; there is
    /// none where one of them has no change.
    pub remedies: Vec<Remedy>,
}

/// What refuses a trace, with remedies; `None` if packet and answer get through. An act is tried as it would be decided at `now`.
pub fn of_trace(network: &Network, asked: &Trace, now: Instant) -> Option<Blockers> {
    of_trace_among(network, asked, &Tracking::default(), now)
}

/// The same of a trace among others: `tracking` has what was remembered of those.
pub fn of_trace_among(network: &Network, asked: &Trace, tracking: &Tracking, now: Instant) -> Option<Blockers> {
    let first = stopped(asked)?;
    first.walk.code()?;
    let again = |changed: &Network| {
        let mut request = asked.request;
        if let (Origin::Internet, End::Address(address)) = (asked.origin, request.to) {
            request.to = End::Address(propose::asked_after(network, changed, address));
        }
        match follow(changed, &request, TcpFlags::SYN, &mut tracking.clone(), now) {
            Ok(next) => Again::of(stopped(&next)),
            Err(_) => Again::Unknown,
        }
    };
    Some(Search::new(network, now, &again).blockers(first))
}

/// What refuses one packet that was judged before, with what is remembered of its flow, and its answer.
pub fn of_walk(question: &Question<'_>, origin: Origin, packet: Packet, walk: &Walk) -> Blockers {
    let again = |changed: &Network| {
        let mut packet = packet;
        if origin == Origin::Internet {
            packet.destination = propose::asked_after(question.network, changed, packet.destination);
        }
        Again::of(judged(&Question { network: changed, ..*question }, origin, packet))
    };
    Search::new(question.network, question.now, &again).blockers(Stopped { walk: walk.clone(), reply: false })
}

/// Judges a packet, and its answer where it got through: what was stopped.
fn judged(question: &Question<'_>, origin: Origin, packet: Packet) -> Option<Stopped> {
    let mut there = Walk::default();
    judge(question, origin, packet, &mut there);
    if !there.disposition.got_through() {
        return Some(Stopped { walk: there, reply: false });
    }
    let (origin, answer) = answer_to(&there)?;
    let mut tracking = question.tracking.clone();
    tracking.note(&there.effects, question.now);
    let mut back = Walk::default();
    judge(&Question { tracking: &tracking, ..*question }, origin, answer, &mut back);
    (!back.disposition.got_through()).then_some(Stopped { walk: back, reply: true })
}

/// A walk that came to nothing.
#[derive(Clone)]
struct Stopped {
    walk: Walk,
    reply: bool,
}

/// Where a walk was stopped: in the answer or not, where, by which check, and why.
type At = Option<(bool, Place, Check, Option<Code>)>;

impl Stopped {
    /// Where, to tell whether another was stopped elsewhere.
    fn at(&self) -> At {
        self.walk.blocker().map(|step| (self.reply, step.place, step.check, step.code))
    }
}

/// How the packet fares on a changed copy.
enum Again {
    Through,
    Stopped(Box<Stopped>),
    Unknown,
}

impl Again {
    fn of(stopped: Option<Stopped>) -> Again {
        stopped.map_or(Again::Through, |stopped| Again::Stopped(Box::new(stopped)))
    }
}

/// The walk of a trace that did not get through.
fn stopped(trace: &Trace) -> Option<Stopped> {
    if !trace.forward.disposition.got_through() {
        return Some(Stopped { walk: trace.forward.clone(), reply: false });
    }
    let reply = trace.reply.as_ref().filter(|reply| !reply.disposition.got_through())?;
    Some(Stopped { walk: reply.clone(), reply: true })
}

/// The network after these acts and what follows from them; `None` if one of them is refused.
pub fn after(network: &Network, acts: &[Command], now: Instant) -> Option<Network> {
    let mut changed = done(network, acts, now)?;
    transition::settle(&mut changed, now + SETTLED_AFTER);
    Some(changed)
}

/// The network right behind these acts; `None` if one of them is refused.
fn done(network: &Network, acts: &[Command], now: Instant) -> Option<Network> {
    let mut changed = network.clone();
    for act in acts {
        let decision = decide(&changed, act, now).ok()?;
        for event in &decision.events {
            changed.apply(event);
        }
    }
    Some(changed)
}
