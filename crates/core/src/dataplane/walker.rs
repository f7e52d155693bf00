//! The walker: it takes a packet from stage to stage and makes each stage's checks in the order of `pipeline`.

use super::check::{self, size};
use super::reason::{Code, Evidence};
use super::stage::{Context, Origin, Question, Stage, Then};
use super::verdict::{Arrival, Disposition, Place, Step, Verdict, Walk};
use crate::packet::Packet;

/// How often a packet may be handed from one ENI's guest to another before it is dropped.
const HOP_LIMIT: u8 = 16;

/// Most walks have no more steps, so that space for them is got once.
const USUAL_STEPS: usize = 16;

/// Judges one packet. It changes nothing: hand `walk.effects` to [`Tracking::note`] afterwards.
pub fn judge(question: &Question<'_>, origin: Origin, packet: Packet, walk: &mut Walk) {
    walk.clear();
    if walk.steps.capacity() == 0 {
        walk.steps.reserve(USUAL_STEPS);
    }
    let network = question.network;
    let effects = std::mem::take(&mut walk.effects);
    let mut context = Context {
        question: *question,
        packet,
        reply: false,
        forwarded: false,
        through: None,
        returns: None,
        transit: false,
        effects,
        nearest: None,
        hops: 0,
        about: None,
    };
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
    while let Some(stage) = next {
        next = context.walk_stage(stage, walk);
    }
    walk.effects = context.effects;
    walk.nearest = context.nearest;
}

impl<'a> Context<'a> {
    /// Makes the checks of a stage; the stage that follows, if one does.
    fn walk_stage(&mut self, stage: Stage<'a>, walk: &mut Walk) -> Option<Stage<'a>> {
        // What fits everywhere is asked no more than this.
        if self.packet.length > size::FITS_EVERYWHERE && size::is_lost(self, stage, walk) {
            return None;
        }
        for &check in stage.checks() {
            let (place, packet) = (stage.place(check), self.packet);
            let evidence = Evidence::None;
            walk.steps.push(Step { place, packet, check, verdict: Verdict::Skip, evidence, code: None, rule: "", mark: None });
            let step = walk.steps.last_mut()?;
            let mut outcome = check::ask(step, self, stage, check);
            if matches!(outcome.then, Then::Forward(_)) && self.hops >= HOP_LIMIT {
                outcome.step.verdict = Verdict::Deny;
                outcome.step.code = Some(Code::HopLimitExceeded);
                outcome.then = Then::Lost(Disposition::Denied);
            }
            match outcome.then {
                Then::Next => {}
                Then::Go(next) => return Some(next),
                Then::Forward(next) => {
                    self.hops += 1;
                    // What a guest sends on under an address of its own is its own (`S25`, `S26`).
                    self.forwarded = !matches!(next, Stage::Egress { eni, .. } if eni.owns(self.packet.source));
                    self.through = self.through.filter(|node| matches!(next, Stage::Egress { eni, .. } if eni.id == *node));
                    return Some(next);
                }
                Then::Arrive(disposition, place) => {
                    walk.disposition = disposition;
                    walk.arrived = Some(self.arrival(stage, place));
                    return None;
                }
                Then::Lost(disposition) => {
                    walk.disposition = disposition;
                    return None;
                }
            }
        }
        None
    }

    fn arrival(&self, stage: Stage<'a>, place: Place) -> Arrival {
        let (eni, instance) = match (stage, place) {
            (Stage::GuestIn { instance, eni }, _) => (Some(eni.id), Some(instance.id)),
            (_, Place::Eni(eni)) => (Some(eni), None),
            _ => (None, None),
        };
        Arrival { place, eni, instance, packet: self.packet }
    }
}
