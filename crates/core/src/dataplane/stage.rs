//! What a judge and its checks speak of: the question, the stage that a packet is at, and what a check says.

use super::conntrack::{Effect, Tracking};
use super::luck::Luck;
use super::pipeline::{self, Check};
use super::reason::{Code, Evidence, NearestMiss};
use super::verdict::{Disposition, Mark, Place, Step, Verdict, Walk};
use crate::addr::IpAddr;
use crate::id::{EndpointId, EniId, InstanceId, NatGatewayId, SubnetId, VpcId, VpnGatewayId};
use crate::model::endpoint::Endpoint;
use crate::model::eni::Eni;
use crate::model::gateway::{EgressOnlyGateway, InternetGateway};
use crate::model::instance::Instance;
use crate::model::load_balancer::LoadBalancer;
use crate::model::nat_gateway::NatGateway;
use crate::model::network::Network;
use crate::model::peering::{Peering, PeeringSide};
use crate::model::route_table::RouteTable;
use crate::model::service::Service;
use crate::model::transit::TransitAttachment;
use crate::model::vpc::Subnet;
use crate::model::vpn::VpnGateway;
use crate::packet::{FlowId, Packet};
use crate::time::Instant;

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
    /// A service of AWS answers through a gateway endpoint.
    Endpoint(EndpointId),
    /// A NAT gateway sends it itself: the reset for a connection that it has forgotten (`R44`).
    NatGateway(NatGatewayId),
    /// A service of the host of an instance answers to this ENI of it: past all filters, as it was asked (`S48`).
    HostService(EniId),
    /// The router of an ENI's subnet tells it of a packet of this flow that could not go on (`S47`).
    Router(EniId, FlowId),
}

impl Origin {
    /// Where what a host outside sends comes from: a network behind a virtual private gateway, or the internet.
    pub fn outside(network: &Network, address: IpAddr) -> Origin {
        network.on_premises(address).map_or(Origin::Internet, |gateway| Origin::VpnGateway(gateway.id))
    }
}

/// What a judge takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Assume {
    /// Every instance runs.
    pub running: bool,
    /// A service waits on every port.
    pub listening: bool,
    /// Where no rule of an ENI's groups fits, one does: what is left is what everything else on the way says.
    pub groups_pass: bool,
    /// The packet is a piece of a longer one, which its sender has cut (`R41`).
    pub cut: bool,
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

/// What checks read. The few that rewrite the packet or have something remembered take it mutably.
pub(crate) struct Context<'a> {
    pub question: Question<'a>,
    /// The packet as it is now. Whoever changes it has the walk keep both: [`Context::rewrite`].
    packet: Packet,
    /// The number of the packet in its walk; none until that has it.
    saw: Option<u8>,
    /// Whether the last ENI knew it as an answer to something that it had let out.
    pub reply: bool,
    /// Whether it was handed on by a guest on the way (`S25`).
    pub forwarded: bool,
    /// The node of a load balancer that passed it on to a target.
    pub through: Option<EniId>,
    /// The node of a load balancer that it goes back to.
    pub returns: Option<EniId>,
    /// Whether it came into its VPC over a transit gateway.
    pub transit: bool,
    /// Whether it came here through a gateway whose flows every ENI tracks (`S37`).
    pub tracks: bool,
    /// What must be remembered.
    pub effects: Vec<Effect>,
    /// The rule that came closest, where rules stopped it.
    pub nearest: Option<NearestMiss>,
    /// The table of the subnet that was left last, and whose it is.
    pub table: Option<(SubnetId, &'a RouteTable)>,
    /// The flow that a message of a router is about.
    pub about: Option<FlowId>,
    /// How often a guest or a gateway that keeps state handed it on.
    pub hops: u8,
}

/// What works behind an ENI that a service made for itself.
#[derive(Clone, Copy)]
pub(crate) enum Behind<'a> {
    /// A service of AWS.
    Endpoint(&'a Endpoint),
    /// A file system of Amazon EFS.
    MountTarget,
    /// Functions of AWS Lambda, which ask and are not asked.
    Functions,
}

impl<'a> Behind<'a> {
    /// What answers behind an ENI, as far as that is known.
    pub fn of(network: &'a Network, eni: &Eni) -> Option<Behind<'a>> {
        let is_of = |service: Service| eni.kind.as_str() == service.interface_type();
        let other = || is_of(Service::Efs).then_some(Behind::MountTarget).or_else(|| is_of(Service::Lambda).then_some(Behind::Functions));
        network.endpoint_of(eni).map(Behind::Endpoint).or_else(other)
    }
}

/// Where a packet is, with what the checks there need.
#[derive(Clone, Copy)]
pub(crate) enum Stage<'a> {
    GuestOut { instance: &'a Instance },
    Egress { eni: &'a Eni, subnet: &'a Subnet },
    Local { vpc: VpcId, from: Option<&'a Subnet> },
    GatewayOut { gateway: &'a InternetGateway, sender: &'a Eni },
    Internet,
    GatewayIn { gateway: &'a InternetGateway, vpc: VpcId },
    EgressOnlyOut { gateway: &'a EgressOnlyGateway },
    EgressOnlyIn { gateway: &'a EgressOnlyGateway },
    VpnIn { gateway: &'a VpnGateway },
    VpnOut { gateway: &'a VpnGateway },
    Nat { gateway: &'a NatGateway, eni: &'a Eni },
    EndpointOut { endpoint: &'a Endpoint },
    EndpointIn { endpoint: &'a Endpoint },
    Balancer { balancer: &'a LoadBalancer, eni: &'a Eni },
    Service { eni: &'a Eni, behind: Behind<'a> },
    Peering { peering: &'a Peering, to: &'a PeeringSide },
    Transit { attachment: &'a TransitAttachment, eni: &'a Eni },
    Ingress { eni: &'a Eni, subnet: &'a Subnet, crossed: bool },
    GuestIn { instance: &'a Instance, eni: &'a Eni },
}

impl<'a> Context<'a> {
    /// Of a packet that is about to be sent. `effects` gives the space for them.
    #[inline(always)]
    pub fn new(question: Question<'a>, packet: Packet, effects: Vec<Effect>) -> Context<'a> {
        Context {
            question,
            packet,
            saw: None,
            reply: false,
            forwarded: false,
            through: None,
            returns: None,
            transit: false,
            tracks: false,
            effects,
            nearest: None,
            table: None,
            about: None,
            hops: 0,
        }
    }

    /// The network that is asked about.
    pub fn network(&self) -> &'a Network {
        self.question.network
    }

    /// The packet as it is now.
    #[inline(always)]
    pub fn packet(&self) -> &Packet {
        &self.packet
    }

    /// The packet is another one from here on.
    pub fn rewrite(&mut self, packet: Packet) {
        self.packet = packet;
        self.saw = None;
    }

    /// The number of the packet in its walk, which takes it in if it is new.
    #[inline(always)]
    pub fn saw(&mut self, walk: &mut Walk) -> u8 {
        match self.saw {
            Some(number) => number,
            None => {
                let number = walk.takes(&self.packet);
                self.saw = Some(number);
                number
            }
        }
    }
}

impl<'a> Stage<'a> {
    pub fn egress(network: &'a Network, eni: EniId) -> Option<Stage<'a>> {
        Stage::leaving(network, network.eni(eni)?)
    }

    /// Out of an ENI that was found already.
    #[inline]
    pub fn leaving(network: &'a Network, eni: &'a Eni) -> Option<Stage<'a>> {
        Some(Stage::Egress { eni, subnet: network.subnet(eni.subnet)? })
    }

    /// Into an ENI, from a subnet or (`None`) from a gateway.
    #[inline]
    pub fn ingress(network: &'a Network, eni: &'a Eni, from: Option<&Subnet>) -> Option<Stage<'a>> {
        let crossed = from.is_none_or(|subnet| subnet.id != eni.subnet);
        Some(Stage::Ingress { eni, subnet: network.subnet(eni.subnet)?, crossed })
    }

    /// Whether flows that come by here are tracked at every ENI on their way, whatever its rules are (`S37`); nothing where it leaves that as it is.
    /// Beyond the internet nobody knows any more what they came through.
    pub fn tracks(&self) -> Option<bool> {
        match self {
            Stage::Nat { .. } | Stage::Transit { .. } | Stage::EgressOnlyOut { .. } | Stage::EgressOnlyIn { .. } => Some(true),
            Stage::Internet | Stage::GatewayIn { .. } => Some(false),
            _ => None,
        }
    }

    /// What is looked at there, in order.
    pub fn checks(&self) -> &'static [Check] {
        match self {
            Stage::GuestOut { .. } => pipeline::GUEST_OUT,
            Stage::Egress { .. } => pipeline::EGRESS,
            Stage::Local { .. } => pipeline::LOCAL,
            Stage::GatewayOut { .. } => pipeline::GATEWAY_OUT,
            Stage::Internet => pipeline::INTERNET,
            Stage::GatewayIn { .. } => pipeline::GATEWAY_IN,
            Stage::EgressOnlyOut { .. } => pipeline::EGRESS_ONLY_OUT,
            Stage::EgressOnlyIn { .. } => pipeline::EGRESS_ONLY_IN,
            Stage::VpnIn { .. } => pipeline::VPN_IN,
            Stage::VpnOut { .. } => pipeline::VPN_OUT,
            Stage::Nat { .. } => pipeline::NAT,
            Stage::EndpointOut { .. } | Stage::EndpointIn { .. } => pipeline::ENDPOINT,
            Stage::Balancer { .. } => pipeline::BALANCER,
            Stage::Service { .. } => pipeline::SERVICE,
            Stage::Peering { .. } => pipeline::PEERING,
            Stage::Transit { .. } => pipeline::TRANSIT,
            Stage::Ingress { .. } => pipeline::INGRESS,
            Stage::GuestIn { .. } => pipeline::GUEST_IN,
        }
    }

    /// Where that is, as a walk tells it; of checks at a subnet's border that is the subnet.
    pub fn place(&self) -> Place {
        match self {
            Stage::GuestOut { instance } | Stage::GuestIn { instance, .. } => Place::Guest(instance.id),
            Stage::Egress { eni, .. } | Stage::Ingress { eni, .. } | Stage::Service { eni, .. } | Stage::Balancer { eni, .. } => {
                Place::Eni(eni.id)
            }
            Stage::Local { vpc, .. } => Place::Router(*vpc),
            Stage::GatewayOut { gateway, .. } | Stage::GatewayIn { gateway, .. } => Place::InternetGateway(gateway.id),
            Stage::EgressOnlyOut { gateway } | Stage::EgressOnlyIn { gateway } => Place::EgressOnlyGateway(gateway.id),
            Stage::VpnIn { gateway } | Stage::VpnOut { gateway } => Place::VpnGateway(gateway.id),
            Stage::Nat { gateway, .. } => Place::NatGateway(gateway.id),
            Stage::EndpointOut { endpoint } | Stage::EndpointIn { endpoint } => Place::Endpoint(endpoint.id),
            Stage::Peering { peering, .. } => Place::Peering(peering.id),
            Stage::Transit { attachment, .. } => Place::TransitGateway(attachment.gateway),
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
    pub step: &'s mut Step,
    pub then: Then<'a>,
}

impl<'s, 'a> Outcome<'s, 'a> {
    #[inline]
    pub fn new(step: &'s mut Step, verdict: Verdict, rule: &'static str, evidence: Evidence, then: Then<'a>) -> Outcome<'s, 'a> {
        step.evidence = evidence;
        Outcome::seen(step, verdict, rule, then)
    }

    /// Of a step that has its evidence.
    #[inline]
    pub fn seen(step: &'s mut Step, verdict: Verdict, rule: &'static str, then: Then<'a>) -> Outcome<'s, 'a> {
        step.verdict = verdict;
        step.rule = rule;
        Outcome { step, then }
    }

    /// The same, where it stops the packet.
    #[inline]
    pub fn refused(step: &'s mut Step, rule: &'static str, code: Code) -> Outcome<'s, 'a> {
        step.code = Some(code);
        Outcome::seen(step, Verdict::Deny, rule, Then::Lost(Disposition::Denied))
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
