//! The search for acts that get a packet through: past one check, then past the next that stops it, until none does.

use super::super::{propose, reach};
use super::{Again, At, Blocker, Blockers, Remedy, Stopped, after, done, without};
use crate::control::command::Command;
use crate::dataplane::verdict::Walk;
use crate::model::network::Network;
use crate::model::network_acl::AclAction;
use crate::order::sort_by_key;
use crate::time::Instant;
use std::cell::{Cell, RefCell};

/// How many checks one remedy may get a packet past.
const MOST_CHECKS: usize = 12;
/// How many copies are tried for one packet.
const MOST_TRIES: u32 = 80;

/// The search, for one packet.
pub(super) struct Search<'a> {
    network: &'a Network,
    now: Instant,
    again: &'a dyn Fn(&Network) -> Again,
    tries: Cell<u32>,
    /// Where no way led all the way: the acts for each check that the packet came past, of the way that led furthest.
    furthest: RefCell<Vec<Vec<Command>>>,
}

/// How far a search has come.
#[derive(Clone, Default)]
struct SoFar {
    /// The acts for each check.
    links: Vec<Vec<Command>>,
    shared: Vec<reach::Shared>,
    /// The checks that have stopped the packet on the way here.
    met: Vec<At>,
}

impl<'a> Search<'a> {
    pub(super) fn new(network: &'a Network, now: Instant, again: &'a dyn Fn(&Network) -> Again) -> Search<'a> {
        Search { network, now, again, tries: Cell::new(0), furthest: RefCell::default() }
    }

    /// Every check that refuses from the first on, and every way past all of them.
    pub(super) fn blockers(&self, first: Stopped) -> Blockers {
        let mut ways = self.ways(&first);
        let links = if ways.is_empty() { self.furthest.take() } else { ways.remove(0).0 };
        let rows = self.rows(first, &links);
        // The acts of the first way are those of the rows; what they share with others was told with them.
        let mut remedies: Vec<Remedy> = ways.into_iter().map(|(_, remedy)| remedy).collect();
        if rows.iter().all(|row| row.change.is_some()) {
            remedies.insert(0, together(&rows));
        }
        Blockers { rows, remedies }
    }

    /// Every way past the first check, each with the best that can be done behind it, the least far-reaching first.
    fn ways(&self, first: &Stopped) -> Vec<(Vec<Vec<Command>>, Remedy)> {
        let start = SoFar { met: vec![first.at()], ..SoFar::default() };
        let mut found: Vec<(Vec<Vec<Command>>, Remedy)> = Vec::new();
        for proposal in self.proposals(self.network, &first.walk) {
            let Some(way) = self.follow(&start, proposal) else { continue };
            let links = self.without_the_needless(way.links);
            let acts = links.concat();
            let shared = way.shared.into_iter().filter(|shared| acts.iter().any(|act| shared.is_of(act))).collect();
            let remedy = Remedy { acts, shared };
            if found.iter().all(|(_, known)| *known != remedy) {
                found.push((links, remedy));
            }
        }
        sort_by_key(&mut found, |(_, remedy)| (reach::of_all(&remedy.shared), self.admitted(remedy), remedy.acts.len()));
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

    fn follow(&self, so_far: &SoFar, proposal: Remedy) -> Option<SoFar> {
        let tried = self.tries.get();
        if tried >= MOST_TRIES {
            return None;
        }
        self.tries.set(tried + 1);
        let mut next = so_far.clone();
        next.links.push(proposal.acts);
        next.shared.extend(proposal.shared.into_iter().filter(|shared| !so_far.shared.contains(shared)));
        let changed = after(self.network, &next.links.concat(), self.now)?;
        let stopped = match (self.again)(&changed) {
            Again::Through => return Some(next),
            Again::Stopped(stopped) => stopped,
            Again::Unknown => return None,
        };
        // A packet that the same check stops again has not come on.
        let at = stopped.at();
        if so_far.met.contains(&at) || so_far.met.len() >= MOST_CHECKS {
            return None;
        }
        next.met.push(at);
        let way = self.onward(&next, &changed, &stopped.walk);
        if way.is_none() && next.links.len() > self.furthest.borrow().len() {
            self.furthest.replace(next.links);
        }
        way
    }

    /// The first way past what stops the packet next. Acts are proposed by the network as it has settled, where a new gateway works by now. What is
    /// free only then cannot be taken by acts that are done at once: where none of those helps, others are proposed as it is right behind the acts.
    fn onward(&self, so_far: &SoFar, settled: &Network, walk: &Walk) -> Option<SoFar> {
        let proposals = self.proposals(settled, walk);
        let follow = |proposal: &Remedy| self.follow(so_far, proposal.clone());
        proposals.iter().find_map(follow).or_else(|| {
            let at_once = done(self.network, &so_far.links.concat(), self.now)?;
            let others = self.proposals(&at_once, walk);
            others.iter().filter(|other| !proposals.contains(other)).find_map(follow)
        })
    }

    /// What the acts come to: as the packet fares on a copy where they are done.
    fn tried(&self, acts: &[Command]) -> Again {
        after(self.network, acts, self.now).map_or(Again::Unknown, |changed| (self.again)(&changed))
    }

    /// The acts for each check less those that turned out not to be needed. What goes may make others needless that were asked about before.
    fn without_the_needless(&self, links: Vec<Vec<Command>>) -> Vec<Vec<Command>> {
        let (mut before, mut links) = (links.len() + 1, links);
        while links.len() < before {
            before = links.len();
            links = self.thinned(links);
        }
        links
    }

    /// Asks of every act whether it is needed: whole links first, then one act after the other.
    fn thinned(&self, mut links: Vec<Vec<Command>>) -> Vec<Vec<Command>> {
        for whole in [true, false] {
            let mut at = links.len();
            while at > 0 {
                at -= 1;
                let length = links.get(at).map_or(0, Vec::len);
                let parts = if whole { 0..usize::from(length > 0) } else { 0..length };
                for part in parts.rev() {
                    let (from, to) = if whole { (0, length) } else { (part, part + 1) };
                    links = self.less(links, at, from, to);
                }
            }
        }
        links.retain(|link| !link.is_empty());
        links
    }

    /// The same without some acts of a link, if that gets the packet through as well.
    fn less(&self, links: Vec<Vec<Command>>, at: usize, from: usize, to: usize) -> Vec<Vec<Command>> {
        let acts = links.concat();
        let before: usize = links.iter().take(at).map(Vec::len).sum();
        let left_out = before + from..before + to;
        // What is still to be denied is no part of what helps, but nobody asked to let it in.
        let denies = to - from == 1 && acts.get(before + from).is_some_and(denies);
        if denies || acts.len() <= to - from {
            return links;
        }
        let fewer = without(self.network, &acts, left_out);
        if !matches!(self.tried(&fewer), Again::Through) {
            return links;
        }
        let mut rest = fewer.into_iter();
        let length = |(place, link): (usize, &Vec<Command>)| if place == at { link.len() - (to - from) } else { link.len() };
        let lengths: Vec<usize> = links.iter().enumerate().map(length).collect();
        lengths.into_iter().map(|length| rest.by_ref().take(length).collect()).collect()
    }

    /// The checks that stop the packet one after the other while the links are done, each with those that get it past.
    fn rows(&self, first: Stopped, links: &[Vec<Command>]) -> Vec<Blocker> {
        let (mut rows, mut done) = (Vec::new(), Vec::new());
        let (mut stopped, mut links) = (Some(first), links.iter());
        while let Some(here) = stopped.take() {
            let begun = done.len();
            let mut past = false;
            while !past {
                let Some(link) = links.next() else { break };
                done.extend(link.iter().cloned());
                match self.tried(&done) {
                    Again::Through => past = true,
                    Again::Stopped(next) if next.at() != here.at() => {
                        past = true;
                        stopped = Some(*next);
                    }
                    _ => {}
                }
            }
            let acts = done.get(begun..).unwrap_or_default().to_vec();
            rows.push(self.row(here, done.get(..begun).unwrap_or_default(), acts, past));
        }
        rows
    }

    fn row(&self, here: Stopped, before: &[Command], acts: Vec<Command>, past: bool) -> Blocker {
        let alone = before.is_empty() || after(self.network, &acts, self.now).is_some();
        let change = past.then(|| {
            let shared = match after(self.network, before, self.now) {
                Some(then) => reach::shared(&then, &acts, &here.walk),
                None => Vec::new(),
            };
            Remedy { acts, shared }
        });
        Blocker { reply: here.reply, walk: here.walk, change, alone }
    }
}

/// All changes in one.
fn together(rows: &[Blocker]) -> Remedy {
    let mut whole = Remedy { acts: Vec::new(), shared: Vec::new() };
    for change in rows.iter().filter_map(|row| row.change.as_ref()) {
        whole.acts.extend(change.acts.iter().cloned());
        whole.shared.extend(change.shared.iter().filter(|shared| !whole.shared.contains(shared)).cloned().collect::<Vec<_>>());
    }
    whole
}

/// Whether an act keeps something out.
fn denies(act: &Command) -> bool {
    matches!(act, Command::SetNetworkAclEntry { entry, .. } if entry.action == AclAction::Deny)
}
