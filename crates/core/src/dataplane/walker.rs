//! The walker: it takes a packet from stage to stage and makes each stage's checks in the order of `pipeline`.

use super::check;
use super::conntrack::{Effect, Tracking};
use super::luck::Luck;
use super::pipeline::{self, Check};
use super::reason::{Code, Evidence, NearestMiss};
use super::verdict::{Arrival, Disposition, Mark, Place, Step, Verdict, Walk};
use crate::id::{EniId, InstanceId, NatGatewayId, VpcId, VpnGatewayId};
use crate::model::eni::Eni;
use crate::model::gateway::InternetGateway;
use crate::model::instance::Instance;
use crate::model::nat_gateway::NatGateway;
use crate::model::network::Network;
use crate::model::peering::{Peering, PeeringSide};
use crate::model::vpc::Subnet;
use crate::model::vpn::VpnGateway;
use crate::packet::Packet;
use crate::time::Instant;

/// How often a packet may be handed from one ENI's guest to another before it is dropped.
const HOP_LIMIT: u8 = 16;

/// Where a packet starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The guest of an instance sends it. An unspecified source (`0.0.0.0`) is filled in by the guest (`G8`).
    Instance(InstanceId),
    /// It is put on the wire at an ENI, whatever the guest thinks.
    Eni(EniId),
    /// A host of the internet sends it.
    Internet,
    /// A host beyond a virtual private gateway sends it.
    VpnGateway(VpnGatewayId),
    /// A NAT gateway sends it itself: the reset for a connection that it has forgotten (`R44`).
    NatGateway(NatGatewayId),
}

/// What a judge takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Assume {
    /// Every instance runs.
    pub running: bool,
    /// A service waits on every port.
    pub listening: bool,
}

/// What a judge looks at.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The network.
    pub network: &'a Network,
    /// What ENIs and router guests remember.
    pub tracking: &'a Tracking,
    /// The moment.
    pub now: Instant,
    /// What is taken for granted.
    pub assume: Assume,
    /// What decides where chance does.
    pub luck: Luck,
}

/// Judges one packet. It changes nothing: hand `walk.effects` to [`Tracking::note`] afterwards.
pub fn judge(question: &Question<'_>, origin: Origin, packet: Packet, walk: &mut Walk) {
    walk.clear();
    let network = question.network;
    let effects = std::mem::take(&mut walk.effects);
    let mut context = Context { question: *question, packet, reply: false, forwarded: false, effects, nearest: None, hops: 0 };
    let first = match origin {
        Origin::Instance(id) => network.instance(id).map(|instance| Stage::GuestOut { instance }),
        Origin::Eni(id) => Stage::egress(network, id),
        Origin::Internet => Some(Stage::Internet),
        Origin::NatGateway(id) => network.nat_gateway(id).and_then(|gateway| Stage::egress(network, gateway.eni()?)),
        Origin::VpnGateway(id) => network.vpn_gateway(id).and_then(|gateway| Some(Stage::VpnIn { gateway, vpc: gateway.vpc? })),
    };
    let mut next = first;
    while let Some(stage) = next {
        next = context.walk_stage(stage, walk);
    }
    walk.effects = context.effects;
    walk.nearest = context.nearest;
}

/// What checks read. The few that rewrite the packet or have something remembered take it mutably.
pub(crate) struct Context<'a> {
    pub question: Question<'a>,
    /// The packet as it is now.
    pub packet: Packet,
    /// Whether the last ENI knew it as an answer to something that it had let out.
    pub reply: bool,
    /// Whether it was handed on by a guest on the way (`S25`).
    pub forwarded: bool,
    /// What must be remembered.
    pub effects: Vec<Effect>,
    /// The rule that came closest, where rules stopped it.
    pub nearest: Option<NearestMiss>,
    hops: u8,
}

/// Where a packet is, with what the checks there need.
#[derive(Clone, Copy)]
pub(crate) enum Stage<'a> {
    GuestOut { instance: &'a Instance },
    Egress { eni: &'a Eni, subnet: &'a Subnet },
    Local { vpc: VpcId, from: Option<&'a Subnet> },
    GatewayOut { gateway: &'a InternetGateway, vpc: VpcId, sender: EniId },
    Internet,
    GatewayIn { gateway: &'a InternetGateway, vpc: VpcId },
    VpnIn { gateway: &'a VpnGateway, vpc: VpcId },
    Nat { gateway: &'a NatGateway, eni: &'a Eni },
    Peering { peering: &'a Peering, to: &'a PeeringSide },
    Ingress { eni: &'a Eni, subnet: &'a Subnet, crossed: bool },
    GuestIn { instance: &'a Instance, eni: &'a Eni },
}

impl<'a> Stage<'a> {
    pub fn egress(network: &'a Network, eni: EniId) -> Option<Stage<'a>> {
        let eni = network.eni(eni)?;
        Some(Stage::Egress { eni, subnet: network.subnet(eni.subnet)? })
    }

    /// Into an ENI, from a subnet or (`None`) from a gateway.
    pub fn ingress(network: &'a Network, eni: &'a Eni, from: Option<&Subnet>) -> Option<Stage<'a>> {
        let crossed = from.is_none_or(|subnet| subnet.id != eni.subnet);
        Some(Stage::Ingress { eni, subnet: network.subnet(eni.subnet)?, crossed })
    }

    fn checks(&self) -> &'static [Check] {
        match self {
            Stage::GuestOut { instance } if instance.faults.any() => pipeline::FAULTY_GUEST_OUT,
            Stage::GuestOut { .. } => pipeline::GUEST_OUT,
            Stage::Egress { .. } => pipeline::EGRESS,
            Stage::Local { .. } => pipeline::LOCAL,
            Stage::GatewayOut { .. } => pipeline::GATEWAY_OUT,
            Stage::Internet => pipeline::INTERNET,
            Stage::GatewayIn { .. } => pipeline::GATEWAY_IN,
            Stage::VpnIn { .. } => pipeline::VPN_IN,
            Stage::Nat { .. } => pipeline::NAT,
            Stage::Peering { .. } => pipeline::PEERING,
            Stage::Ingress { .. } => pipeline::INGRESS,
            Stage::GuestIn { instance, .. } if instance.faults.any() => pipeline::FAULTY_GUEST_IN,
            Stage::GuestIn { .. } => pipeline::GUEST_IN,
        }
    }

    fn place(&self, check: Check) -> Place {
        match self {
            Stage::GuestOut { instance } | Stage::GuestIn { instance, .. } => Place::Guest(instance.id),
            Stage::Egress { subnet, .. } if matches!(check, Check::SameSubnet | Check::AclOut | Check::Route) => Place::Subnet(subnet.id),
            Stage::Ingress { subnet, .. } if check == Check::AclIn => Place::Subnet(subnet.id),
            Stage::Egress { eni, .. } | Stage::Ingress { eni, .. } => Place::Eni(eni.id),
            Stage::Local { vpc, .. } => Place::Router(*vpc),
            Stage::GatewayOut { gateway, .. } | Stage::GatewayIn { gateway, .. } => Place::InternetGateway(gateway.id),
            Stage::VpnIn { gateway, .. } => Place::VpnGateway(gateway.id),
            Stage::Nat { gateway, .. } => Place::NatGateway(gateway.id),
            Stage::Peering { peering, .. } => Place::Peering(peering.id),
            Stage::Internet => Place::Internet,
        }
    }
}

/// What happens after a check.
#[derive(Clone, Copy)]
pub(crate) enum Then<'a> {
    /// The stage's next check.
    Next,
    /// Another stage.
    Go(Stage<'a>),
    /// Handed on by a guest, or by a gateway that keeps state, to another stage.
    Forward(Stage<'a>),
    /// Somebody got it.
    Arrive(Disposition, Place),
    /// It is lost.
    Lost(Disposition),
}

/// What a check says. It is written into the walk's step where that stays, because copying is what a walk would spend most of its time with.
pub(crate) struct Outcome<'s, 'a> {
    step: &'s mut Step,
    then: Then<'a>,
}

impl<'s, 'a> Outcome<'s, 'a> {
    #[inline]
    pub fn new(step: &'s mut Step, verdict: Verdict, rule: &'static str, evidence: Evidence, then: Then<'a>) -> Outcome<'s, 'a> {
        step.verdict = verdict;
        step.rule = rule;
        step.evidence = evidence;
        Outcome { step, then }
    }

    #[inline]
    pub fn allow(step: &'s mut Step, rule: &'static str, evidence: Evidence) -> Outcome<'s, 'a> {
        Outcome::new(step, Verdict::Allow, rule, evidence, Then::Next)
    }

    #[inline]
    pub fn skip(step: &'s mut Step, rule: &'static str, evidence: Evidence) -> Outcome<'s, 'a> {
        Outcome::new(step, Verdict::Skip, rule, evidence, Then::Next)
    }

    #[inline]
    pub fn deny(step: &'s mut Step, rule: &'static str, code: Code, evidence: Evidence) -> Outcome<'s, 'a> {
        Outcome::lost(step, rule, code, evidence, Disposition::Denied)
    }

    #[inline]
    pub fn lost(step: &'s mut Step, rule: &'static str, code: Code, evidence: Evidence, disposition: Disposition) -> Outcome<'s, 'a> {
        let outcome = Outcome::new(step, Verdict::Deny, rule, evidence, Then::Lost(disposition));
        outcome.step.code = Some(code);
        outcome
    }

    #[inline]
    pub fn marked(self, mark: Mark) -> Outcome<'s, 'a> {
        self.step.mark = Some(mark);
        self
    }

    /// By another rule than the usual one.
    #[inline]
    pub fn by(self, rule: &'static str) -> Outcome<'s, 'a> {
        self.step.rule = rule;
        self
    }

    /// Somebody gets it.
    #[inline]
    pub fn arrives(self, disposition: Disposition, place: Place) -> Outcome<'s, 'a> {
        Outcome { step: self.step, then: Then::Arrive(disposition, place) }
    }

    /// On to a stage; a stage that is not there (a subnet missing in a broken import) loses the packet.
    #[inline]
    pub fn to(self, stage: Option<Stage<'a>>) -> Outcome<'s, 'a> {
        let then = match stage {
            Some(stage) => Then::Go(stage),
            None => {
                self.step.verdict = Verdict::Deny;
                self.step.code = Some(Code::NoPossibleDestination);
                Then::Lost(Disposition::Unreachable)
            }
        };
        Outcome { step: self.step, then }
    }
}

impl Outcome<'_, '_> {
    /// What goes on goes on as something handed on: it counts as a hop, and its sender may not be whom groups know (`S25`).
    #[inline]
    pub fn forwarded(self) -> Self {
        let then = match self.then {
            Then::Go(stage) => Then::Forward(stage),
            other => other,
        };
        Outcome { then, ..self }
    }
}

impl<'a> Context<'a> {
    /// Makes the checks of a stage; the stage that follows, if one does.
    fn walk_stage(&mut self, stage: Stage<'a>, walk: &mut Walk) -> Option<Stage<'a>> {
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

    pub fn network(&self) -> &'a Network {
        self.question.network
    }
}
