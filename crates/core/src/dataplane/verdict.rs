//! What a walk yields: places, steps, where the packet ended, what must be remembered.

pub use crate::mark::Mark;

use super::conntrack::Effect;
use super::pipeline::Check;
use super::reason::{Code, Evidence, NearestMiss};
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::{
    EgressOnlyGatewayId, EndpointId, EniId, InstanceId, InternetGatewayId, NatGatewayId, PeeringId, SubnetId, TransitGatewayId, VpcId,
    VpnGatewayId,
};
use crate::packet::{Packet, Transport};

/// Where a check is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The system on an instance.
    Guest(InstanceId),
    /// An ENI.
    Eni(EniId),
    /// A subnet: its ACL and its route table.
    Subnet(SubnetId),
    /// A VPC's router.
    Router(VpcId),
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A gateway endpoint.
    Endpoint(EndpointId),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// A transit gateway.
    TransitGateway(TransitGatewayId),
    /// The internet.
    Internet,
}

/// What a check said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It lets the packet on.
    Allow,
    /// It drops the packet.
    Deny,
    /// It chose the way.
    Route,
    /// It rewrote an address.
    Translate,
    /// It handed the packet over.
    Deliver,
    /// It does not apply here.
    Skip,
}

impl Verdict {
    /// Its name in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Allow => "ALLOW",
            Verdict::Deny => "DENY",
            Verdict::Route => "ROUTE",
            Verdict::Translate => "TRANSLATE",
            Verdict::Deliver => "DELIVER",
            Verdict::Skip => "SKIP",
        }
    }
}

/// Where a packet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Disposition {
    /// It reached a guest or service that takes it.
    Delivered,
    /// It left for a place outside the model.
    ExitsNetwork,
    /// A check said no.
    Denied,
    /// No route fits.
    NoRoute,
    /// The route leads to nothing.
    Blackholed,
    /// Nobody has that address.
    #[default]
    Unreachable,
}

impl Disposition {
    /// Its name in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Disposition::Delivered => "DELIVERED",
            Disposition::ExitsNetwork => "EXITS_NETWORK",
            Disposition::Denied => "DENIED",
            Disposition::NoRoute => "NO_ROUTE",
            Disposition::Blackholed => "BLACKHOLED",
            Disposition::Unreachable => "UNREACHABLE",
        }
    }

    /// Whether the packet got where it was going, as far as the model can tell.
    pub const fn got_through(self) -> bool {
        matches!(self, Disposition::Delivered | Disposition::ExitsNetwork)
    }
}

/// One check that was made, and what it found. Small and copyable: words are made later, elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where.
    pub place: Place,
    /// The packet as the check saw it.
    pub packet: Packet,
    /// Which check.
    pub check: Check,
    /// What it said.
    pub verdict: Verdict,
    /// Why.
    pub evidence: Evidence,
    /// The code, where it stopped the packet.
    pub code: Option<Code>,
    /// The number of the rule that it followed.
    pub rule: &'static str,
    /// How far that rule can be trusted; `None` for rules that a public source states.
    pub mark: Option<Mark>,
}

/// A step before anything is known of it.
const BEGUN: Step = Step {
    place: Place::Internet,
    packet: Packet {
        source: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        destination: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        transport: Transport::Other(0),
        length: 0,
    },
    check: Check::Owner,
    verdict: Verdict::Skip,
    evidence: Evidence::None,
    code: None,
    rule: "",
    mark: None,
};

/// Who got the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Where it arrived.
    pub place: Place,
    /// The ENI that it came in by, if it did.
    pub eni: Option<EniId>,
    /// The instance that got it, if one did.
    pub instance: Option<InstanceId>,
    /// The packet as it is seen there.
    pub packet: Packet,
}

/// The way of one packet. Meant to be reused: a judge clears it and fills it again without allocating.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// Every check, in order.
    pub steps: Vec<Step>,
    /// Where the packet ended.
    pub disposition: Disposition,
    /// Who got it. Also set where a guest got it and refused it for want of a listener: the guest answers that.
    pub arrived: Option<Arrival>,
    /// What connection tracking must remember, also of a packet that was stopped further on.
    pub effects: Vec<Effect>,
    /// The rule that came closest to letting the packet pass, where groups or an ACL stopped it.
    pub nearest: Option<NearestMiss>,
}

impl Walk {
    /// The steps by place: each slice is one hop.
    pub fn hops(&self) -> impl Iterator<Item = &[Step]> {
        self.steps.chunk_by(|a, b| a.place == b.place)
    }

    /// The step that stopped the packet.
    pub fn blocker(&self) -> Option<&Step> {
        self.steps.last().filter(|step| step.verdict == Verdict::Deny)
    }

    /// The rule that came closest at a step: there is one only at the step that stopped the packet.
    pub fn nearest_at(&self, step: &Step) -> Option<&NearestMiss> {
        self.nearest.as_ref().filter(|_| step.verdict == Verdict::Deny)
    }

    /// The code of the step that stopped the packet.
    pub fn code(&self) -> Option<Code> {
        self.blocker().and_then(|step| step.code)
    }

    /// A step for a check that is about to be made.
    #[inline(always)]
    pub(super) fn begin(&mut self, place: Place, packet: &Packet, check: Check) -> &mut Step {
        // What is the same for all goes first: what a check says is written over it before anybody reads it.
        let step = self.steps.push_mut(Step { check, ..BEGUN });
        step.place = place;
        step.packet = *packet;
        step
    }

    /// Forgets everything but the space.
    pub fn clear(&mut self) {
        self.steps.clear();
        self.effects.clear();
        self.arrived = None;
        self.nearest = None;
        self.disposition = Disposition::Unreachable;
    }
}
