//! The walker: it takes a packet from stage to stage and makes each stage's checks in the order of `pipeline`.

use super::check::{self, size};
use super::conntrack::Effect;
use super::pipeline::{self, Check};
use super::reason::{Code, Evidence, GroupMatch};
use super::stage::{Context, Origin, Question, Stage, Then};
use super::verdict::{Arrival, Disposition, Place, Verdict, Walk};
use crate::id::VpcId;
use crate::model::eni::Eni;
use crate::model::instance::Instance;
use crate::model::vpc::Subnet;
use crate::packet::Packet;

/// How often a packet may be handed from one ENI's guest to another before it is dropped.
const HOP_LIMIT: u8 = 16;

/// Makes the checks of a constant list one after the other, each with a step of its own, until one of them leads away. The places in the list are
/// written out: what is known of each check is then known when this is compiled, and no packet asks for it.
macro_rules! in_order {
    ($context:ident, $stage:ident, $walk:ident, $checks:expr, $place:expr, |$step:ident, $check:pat_param| $ask:expr) => {
        in_order!($context, $stage, $walk, $checks, $place, |$step, $check| $ask, [0 1 2 3 4 5 6 7])
    };
    ($context:ident, $stage:ident, $walk:ident, $checks:expr, $place:expr, |$step:ident, $check:pat_param| $ask:expr, [$($at:literal)*]) => {{
        const { assert!($checks.len() <= [$($at),*].len(), "a list is longer than what is written out") };
        let place = $place;
        $(if let Some(&check) = $checks.get($at) && let Some(place) = place(check) {
            let saw = $context.saw($walk);
            let $step = $walk.begin(place, saw, check);
            let $check = check;
            match $ask.then {
                Then::Next => {}
                Then::Go(next) => return Some(next),
                then => return $context.leave($stage, then, $walk),
            }
        })*
        None
    }};
}

/// Judges one packet. It changes nothing: hand `walk.effects` to [`Tracking::note`] afterwards.
pub fn judge(question: &Question<'_>, origin: Origin, packet: Packet, walk: &mut Walk) {
    walk.clear();
    walk.make_room();
    let network = question.network;
    let effects = std::mem::take(&mut walk.effects);
    let mut context = Context::new(*question, packet, effects);
    let first = match origin {
        Origin::Instance(id) => network.instance(id).map(|instance| Stage::GuestOut { instance }),
        Origin::Eni(id) => Stage::egress(network, id),
        Origin::Internet => Some(Stage::Internet),
        Origin::NatGateway(id) => network.nat_gateway(id).and_then(|gateway| Stage::egress(network, gateway.eni()?)),
        Origin::HostService(id) => {
            network.eni(id).and_then(|eni| Some(Stage::GuestIn { instance: network.instance(eni.attached_instance()?)?, eni }))
        }
        Origin::Router(id, about) => {
            context.about = Some(about);
            network.eni(id).map(|eni| Stage::Local { vpc: eni.vpc, from: None })
        }
        Origin::Endpoint(id) => network.endpoint(id).map(|endpoint| Stage::EndpointIn { endpoint }),
        Origin::VpnGateway(id) => network.vpn_gateway(id).map(|gateway| Stage::VpnIn { gateway }),
    };
    let mut next = first;
    while let Some(stage) = &next {
        next = context.walk_stage(stage, walk);
    }
    walk.effects = context.effects;
    if context.nearest.is_some() {
        walk.nearest = context.nearest;
    }
}

impl<'a> Context<'a> {
    /// Makes the checks of a stage; the stage that follows, if one does. Where nearly every packet comes by, the code is of that stage alone.
    fn walk_stage(&mut self, stage: &Stage<'a>, walk: &mut Walk) -> Option<Stage<'a>> {
        // What fits everywhere is asked no more than this.
        if self.packet().length > size::FITS_EVERYWHERE && size::is_lost(self, *stage, walk) {
            return None;
        }
        match *stage {
            Stage::GuestOut { instance } => self.guest_out(stage, instance, walk),
            Stage::Egress { eni, subnet } => self.egress(stage, eni, subnet, walk),
            Stage::Local { vpc, from } => self.local(stage, vpc, from, walk),
            Stage::Ingress { eni, subnet, crossed } => self.ingress(stage, eni, subnet, crossed, walk),
            Stage::GuestIn { instance, eni } => self.guest_in(stage, instance, eni, walk),
            _ => self.elsewhere(stage, walk),
        }
    }

    #[inline(never)]
    fn guest_out(&mut self, stage: &Stage<'a>, instance: &'a Instance, walk: &mut Walk) -> Option<Stage<'a>> {
        let place = Place::Guest(instance.id);
        let broken = instance.faults.any();
        in_order!(self, stage, walk, pipeline::GUEST_OUT, |check| (broken || check != Check::Faults).then_some(place), |step, check| {
            check::guest_out(step, self, instance, check)
        })
    }

    #[inline(never)]
    fn egress(&mut self, stage: &Stage<'a>, eni: &'a Eni, subnet: &'a Subnet, walk: &mut Walk) -> Option<Stage<'a>> {
        let network = self.network();
        let place = |check| match check {
            Check::Connections => network.connection_limit(eni).map(|_| Place::Eni(eni.id)),
            Check::SameSubnet | Check::AclOut | Check::Route => Some(Place::Subnet(subnet.id)),
            _ => Some(Place::Eni(eni.id)),
        };
        in_order!(self, stage, walk, pipeline::EGRESS, place, |step, check| check::egress(step, self, eni, subnet, check))
    }

    #[inline(never)]
    fn local(&mut self, stage: &Stage<'a>, vpc: VpcId, from: Option<&'a Subnet>, walk: &mut Walk) -> Option<Stage<'a>> {
        let place = |_| Some(Place::Router(vpc));
        in_order!(self, stage, walk, pipeline::LOCAL, place, |step, _| check::local(step, self, vpc, from))
    }

    #[inline(never)]
    fn ingress(&mut self, stage: &Stage<'a>, eni: &'a Eni, subnet: &'a Subnet, crossed: bool, walk: &mut Walk) -> Option<Stage<'a>> {
        let network = self.network();
        let place = |check| match check {
            Check::Connections => network.connection_limit(eni).map(|_| Place::Eni(eni.id)),
            Check::AclIn => Some(Place::Subnet(subnet.id)),
            _ => Some(Place::Eni(eni.id)),
        };
        in_order!(self, stage, walk, pipeline::INGRESS, place, |step, check| check::ingress(step, self, (eni, subnet, crossed), check))
    }

    #[inline(never)]
    fn guest_in(&mut self, stage: &Stage<'a>, instance: &'a Instance, eni: &'a Eni, walk: &mut Walk) -> Option<Stage<'a>> {
        let place = Place::Guest(instance.id);
        let broken = instance.faults.any();
        in_order!(self, stage, walk, pipeline::GUEST_IN, |check| (broken || check != Check::Faults).then_some(place), |step, check| {
            check::guest_in(step, self, instance, eni, check)
        })
    }

    #[inline(never)]
    fn elsewhere(&mut self, stage: &Stage<'a>, walk: &mut Walk) -> Option<Stage<'a>> {
        if let Some(tracks) = stage.tracks() {
            self.tracks = tracks;
            if tracks {
                self.track(walk);
            }
        }
        for &check in stage.checks() {
            let saw = self.saw(walk);
            let step = walk.begin(stage.place(), saw, check);
            match check::elsewhere(step, self, *stage, check).then {
                Then::Next => {}
                Then::Go(next) => return Some(next),
                then => return self.leave(stage, then, walk),
            }
        }
        None
    }

    /// ENIs by which the packet has come already track its flow after all: only now is known that it goes through such a gateway (`S37`).
    fn track(&mut self, walk: &mut Walk) {
        for step in walk.steps.iter_mut() {
            let Evidence::Group { eni: at, matched: GroupMatch::Rule { tracked, .. }, .. } = &mut step.evidence else { continue };
            if std::mem::replace(tracked, true) {
                continue;
            }
            for effect in &mut self.effects {
                match effect {
                    Effect::Open { eni, tracked, .. } if *eni == *at => *tracked = true,
                    // It was not so far: from here on it is one that was opened as it had been.
                    Effect::Refresh { eni, key, flags, timeouts, .. } if *eni == *at => {
                        let known = self.question.tracking.flow(*eni, key, self.question.now);
                        let Some(direction) = known.map(|flow| flow.opened) else { continue };
                        *effect = Effect::Open { eni: *eni, key: *key, direction, tracked: true, flags: *flags, timeouts: *timeouts };
                    }
                    _ => {}
                }
            }
        }
    }

    /// What is rarer than going on: it is handed on, it arrived, or it is lost.
    #[inline(never)]
    fn leave(&mut self, stage: &Stage<'a>, then: Then<'a>, walk: &mut Walk) -> Option<Stage<'a>> {
        match then {
            Then::Next => {}
            Then::Go(next) => return Some(next),
            Then::Forward(_) if self.hops >= HOP_LIMIT => {
                if let Some(step) = walk.steps.last_mut() {
                    (step.verdict, step.code) = (Verdict::Deny, Some(Code::HopLimitExceeded));
                }
                walk.disposition = Disposition::Denied;
            }
            Then::Forward(next) => {
                self.hops += 1;
                // What a guest sends on under an address of its own is its own (`S25`, `S26`).
                self.forwarded = !matches!(next, Stage::Egress { eni, .. } if eni.owns(self.packet().source));
                self.through = self.through.filter(|node| matches!(next, Stage::Egress { eni, .. } if eni.id == *node));
                return Some(next);
            }
            Then::Arrive(disposition, place) => {
                walk.disposition = disposition;
                walk.arrived = Some(self.arrival(*stage, place));
            }
            Then::Lost(disposition) => walk.disposition = disposition,
        }
        None
    }

    fn arrival(&self, stage: Stage<'a>, place: Place) -> Arrival {
        let (eni, instance) = match (stage, place) {
            (Stage::GuestIn { instance, eni }, _) => (Some(eni.id), Some(instance.id)),
            (_, Place::Eni(eni)) => (Some(eni), None),
            _ => (None, None),
        };
        Arrival { place, eni, instance, packet: *self.packet() }
    }
}
