//! What would let a refused packet through: acts that are tried on a copy of the network, all of them together, before they are offered.

use super::propose;
use super::reach::{self, Shared};
use crate::control::command::Command;
use crate::control::decide::decide;
use crate::control::transition;
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::Code;
use crate::dataplane::trace::{End, Trace, answer_to, trace};
use crate::dataplane::verdict::{Place, Walk};
use crate::dataplane::{Origin, Question, judge};
use crate::model::network::Network;
use crate::model::network_acl::AclAction;
use crate::order::sort_by_key;
use crate::packet::Packet;
use crate::time::{Duration, Instant};
use std::cell::Cell;

/// How long after the acts the packet is asked about again: whatever they set going has come to its end by then.
const SETTLED_AFTER: Duration = Duration::from_secs(60);
/// How many checks one remedy may get a packet past.
const MOST_CHECKS: usize = 6;
/// How many copies are tried for one packet.
const MOST_TRIES: u32 = 60;

/// Acts that together get a packet all the way, and its answer back.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The acts, in order. An id in them that does not exist yet is the one that an act before it will make.
    pub acts: Vec<Command>,
    /// What else the acts change, because it shares a group, a table or an ACL with the packet's way.
    pub shared: Vec<Shared>,
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
    /// What would change it; the one that changes least for others comes first.
    pub remedies: Vec<Remedy>,
}

/// The check that stops a trace, with remedies; `None` if packet and answer get through. An act is tried as it would be decided at `now`.
pub fn of_trace(network: &Network, asked: &Trace, now: Instant) -> Option<Blocker> {
    let stopped = stopped(asked)?;
    let code = stopped.walk.code()?;
    let (hop, step) = last_place(&stopped.walk);
    let again = |changed: &Network| {
        let mut request = asked.request;
        if let (Origin::Internet, End::Address(address)) = (asked.origin, request.to) {
            request.to = End::Address(propose::asked_after(network, changed, address));
        }
        match trace(changed, &request) {
            Ok(next) => Again::of(self::stopped(&next)),
            Err(_) => Again::Unknown,
        }
    };
    let reply = stopped.reply;
    Some(Blocker { reply, hop, step, code, remedies: Search::new(network, now, &again).remedies(stopped) })
}

/// What would let one packet through that was judged before, with what is remembered of its flow, and its answer back.
pub fn of_walk(question: &Question<'_>, origin: Origin, packet: Packet, walk: &Walk) -> Vec<Remedy> {
    let again = |changed: &Network| {
        let mut packet = packet;
        if origin == Origin::Internet {
            packet.destination = propose::asked_after(question.network, changed, packet.destination);
        }
        let question = Question { network: changed, ..*question };
        let mut there = Walk::default();
        judge(&question, origin, packet, &mut there);
        if !there.disposition.got_through() {
            return Again::Stopped(Box::new(Stopped { walk: there, reply: false }));
        }
        let Some((origin, answer)) = answer_to(&there) else { return Again::Through };
        let mut tracking = question.tracking.clone();
        tracking.note(&there.effects, question.now);
        let mut back = Walk::default();
        judge(&Question { tracking: &tracking, ..question }, origin, answer, &mut back);
        if back.disposition.got_through() { Again::Through } else { Again::Stopped(Box::new(Stopped { walk: back, reply: true })) }
    };
    Search::new(question.network, question.now, &again).remedies(Stopped { walk: walk.clone(), reply: false })
}

/// A walk that came to nothing.
struct Stopped {
    walk: Walk,
    reply: bool,
}

impl Stopped {
    /// Where, to tell whether another was stopped elsewhere.
    fn at(&self) -> Option<(bool, Place, Check)> {
        self.walk.blocker().map(|step| (self.reply, step.place, step.check))
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

/// The last step by hop, and by its place in the hop.
fn last_place(walk: &Walk) -> (usize, usize) {
    let hops = walk.hops().count();
    let steps = walk.hops().last().map_or(0, <[_]>::len);
    (hops.saturating_sub(1), steps.saturating_sub(1))
}

/// The search for acts that get a packet through: past one check, then past the next that stops it, until none does.
struct Search<'a> {
    network: &'a Network,
    now: Instant,
    again: &'a dyn Fn(&Network) -> Again,
    tries: Cell<u32>,
}

/// How far a search has come.
struct SoFar {
    remedy: Remedy,
    /// The checks that have stopped the packet on the way here.
    met: Vec<Option<(bool, Place, Check)>>,
}

impl<'a> Search<'a> {
    fn new(network: &'a Network, now: Instant, again: &'a dyn Fn(&Network) -> Again) -> Search<'a> {
        Search { network, now, again, tries: Cell::new(0) }
    }

    /// Every way past the first check, each with the best that can be done behind it.
    fn remedies(&self, stopped: Stopped) -> Vec<Remedy> {
        let start = SoFar { remedy: Remedy { acts: Vec::new(), shared: Vec::new() }, met: vec![stopped.at()] };
        let mut found = Vec::new();
        for proposal in self.proposals(self.network, &stopped.walk) {
            if let Some(remedy) = self.follow(&start, proposal).map(|remedy| self.without_the_needless(remedy))
                && !found.contains(&remedy)
            {
                found.push(remedy);
            }
        }
        sort_by_key(&mut found, |remedy| (reach::of_all(&remedy.shared), self.admitted(remedy), remedy.acts.len()));
        found
    }

    /// How many addresses the acts let in that could not come before.
    fn admitted(&self, remedy: &Remedy) -> usize {
        remedy.acts.iter().map(|act| reach::admitted(self.network, act)).fold(0, usize::saturating_add)
    }

    /// Ways past the check that stopped a walk, the least far-reaching first.
    fn proposals(&self, network: &Network, walk: &Walk) -> Vec<Remedy> {
        let with_reach = |acts: Vec<Command>| Remedy { shared: reach::shared(network, &acts, walk), acts };
        let mut proposals: Vec<Remedy> = propose::acts(network, walk).into_iter().map(with_reach).collect();
        sort_by_key(&mut proposals, |remedy| reach::of_all(&remedy.shared));
        proposals
    }

    fn follow(&self, so_far: &SoFar, proposal: Remedy) -> Option<Remedy> {
        let tried = self.tries.get();
        if tried >= MOST_TRIES {
            return None;
        }
        self.tries.set(tried + 1);
        let mut remedy = so_far.remedy.clone();
        remedy.acts.extend(proposal.acts);
        remedy.shared.extend(proposal.shared.into_iter().filter(|shared| !so_far.remedy.shared.contains(shared)));
        let changed = after(self.network, &remedy.acts, self.now)?;
        let stopped = match (self.again)(&changed) {
            Again::Through => return Some(remedy),
            Again::Stopped(stopped) => stopped,
            Again::Unknown => return None,
        };
        // A packet that the same check stops again has not come on.
        let at = stopped.at();
        if so_far.met.contains(&at) || so_far.met.len() >= MOST_CHECKS {
            return None;
        }
        let mut met = so_far.met.clone();
        met.push(at);
        let next = SoFar { remedy, met };
        self.proposals(&changed, &stopped.walk).into_iter().find_map(|proposal| self.follow(&next, proposal))
    }

    /// A remedy less the acts that it turned out not to need.
    fn without_the_needless(&self, remedy: Remedy) -> Remedy {
        let mut acts = remedy.acts;
        let mut at = acts.len();
        while at > 0 && acts.len() > 1 {
            at -= 1;
            // What is still to be denied is no part of what helps, but nobody asked to let it in.
            if acts.get(at).is_some_and(denies) {
                continue;
            }
            let mut fewer = acts.clone();
            fewer.remove(at);
            let through = after(self.network, &fewer, self.now).is_some_and(|changed| matches!((self.again)(&changed), Again::Through));
            if through {
                acts = fewer;
            }
        }
        let shared = remedy.shared.into_iter().filter(|shared| acts.iter().any(|act| shared.is_of(act))).collect();
        Remedy { acts, shared }
    }
}

/// Whether an act keeps something out.
fn denies(act: &Command) -> bool {
    matches!(act, Command::SetNetworkAclEntry { entry, .. } if entry.action == AclAction::Deny)
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
