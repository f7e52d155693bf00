//! What would let a refused packet through: the smallest acts, each tried on a copy of the network before it is offered.

use super::propose;
use crate::control::command::Command;
use crate::control::decide::decide;
use crate::control::transition;
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::Code;
use crate::dataplane::trace::{Trace, trace};
use crate::dataplane::verdict::{Place, Walk};
use crate::dataplane::{Origin, Question, judge};
use crate::model::network::Network;
use crate::packet::Packet;
use crate::time::{Duration, Instant};

/// How long after the acts the packet is asked about again: whatever they set going has come to its end by then.
const SETTLED_AFTER: Duration = Duration::from_secs(60);

/// Acts that get a packet past the check that stopped it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The acts, in order. An id in them that does not exist yet is the one that an act before it will make.
    pub acts: Vec<Command>,
    /// Whether the packet then gets all the way; otherwise another check stops it, further on.
    pub enough: bool,
}

/// A check that stopped a traced packet or its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker {
    /// Whether it stopped the answer.
    pub reply: bool,
    /// Which hop of the walk, from 0.
    pub hop: usize,
    /// Which step of the hop, from 0.
    pub step: usize,
    /// Its code.
    pub code: Code,
    /// What would change it; those that are enough come first.
    pub remedies: Vec<Remedy>,
}

/// The check that stops a trace, with remedies; `None` if packet and answer get through. An act is tried as it would be decided at `now`.
pub fn of_trace(network: &Network, asked: &Trace, now: Instant) -> Option<Blocker> {
    let (walk, reply) = stopped(asked)?;
    let code = walk.code()?;
    let (hop, step) = last_place(walk);
    let again = |changed: &Network| match trace(changed, &asked.request) {
        Ok(next) => stopped(&next).map(|(walk, reply)| mark(walk, reply)),
        Err(_) => Some(mark(walk, reply)),
    };
    let remedies = verified(network, now, propose::acts(network, walk), mark(walk, reply), &again);
    Some(Blocker { reply, hop, step, code, remedies })
}

/// What would let one packet through that was judged before, with what is remembered of its flow.
pub fn of_walk(question: &Question<'_>, origin: Origin, packet: Packet, walk: &Walk) -> Vec<Remedy> {
    let again = |changed: &Network| {
        let mut next = Walk::default();
        judge(&Question { network: changed, ..*question }, origin, packet, &mut next);
        (!next.disposition.got_through()).then(|| mark(&next, false))
    };
    verified(question.network, question.now, propose::acts(question.network, walk), mark(walk, false), &again)
}

/// Where a walk stopped, to tell whether another stopped elsewhere.
type Stop = (bool, usize, Option<(Place, Check)>);

fn mark(walk: &Walk, reply: bool) -> Stop {
    (reply, walk.steps.len(), walk.blocker().map(|step| (step.place, step.check)))
}

/// The walk of a trace that did not get through.
fn stopped(trace: &Trace) -> Option<(&Walk, bool)> {
    if !trace.forward.disposition.got_through() {
        return Some((&trace.forward, false));
    }
    trace.reply.as_ref().filter(|reply| !reply.disposition.got_through()).map(|reply| (reply, true))
}

/// The last step by hop, and by its place in the hop.
fn last_place(walk: &Walk) -> (usize, usize) {
    let hops = walk.hops().count();
    let steps = walk.hops().last().map_or(0, <[_]>::len);
    (hops.saturating_sub(1), steps.saturating_sub(1))
}

/// Those proposals that the control plane accepts and that get the packet past its check.
fn verified(
    network: &Network,
    now: Instant,
    proposals: Vec<Vec<Command>>,
    before: Stop,
    again: &dyn Fn(&Network) -> Option<Stop>,
) -> Vec<Remedy> {
    let mut remedies: Vec<Remedy> = proposals
        .into_iter()
        .filter_map(|acts| {
            let changed = after(network, &acts, now)?;
            match again(&changed) {
                None => Some(Remedy { acts, enough: true }),
                Some(stop) if goes_further(before, stop) => Some(Remedy { acts, enough: false }),
                Some(_) => None,
            }
        })
        .collect();
    remedies.sort_by_key(|remedy| !remedy.enough);
    remedies
}

/// Whether a packet that is stopped anew is stopped later: in the answer instead of the request, or by a check further on.
fn goes_further(before: Stop, then: Stop) -> bool {
    let (was_reply, was_at, was_by) = before;
    let (reply, at, by) = then;
    by != was_by && (reply && !was_reply || reply == was_reply && at > was_at)
}

/// The network after these acts and what follows from them; `None` if one of them is refused.
pub fn after(network: &Network, acts: &[Command], now: Instant) -> Option<Network> {
    let mut changed = network.clone();
    for act in acts {
        let decision = decide(&changed, act, now).ok()?;
        for event in &decision.events {
            changed.apply(event);
        }
    }
    transition::settle(&mut changed, now + SETTLED_AFTER);
    Some(changed)
}
