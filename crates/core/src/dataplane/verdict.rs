//! What a walk yields: places, steps, where the packet ended, what must be remembered.

pub use super::steps::{Seen, Step, Steps};
pub use crate::mark::Mark;

use super::conntrack::Effect;
use super::pipeline::Check;
use super::reason::{Code, NearestMiss};
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

/// A way from an instance to another one in the next subnet, with what is asked of broken systems, has no more steps; others get more space.
const USUAL_STEPS: usize = 20;
/// It is noted at both ends.
const USUAL_EFFECTS: usize = 2;

/// What a step saw that is not of the walk that is asked.
const NO_PACKET: Packet = Packet {
    source: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    destination: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    transport: Transport::Other(0),
    length: 0,
};

/// The way of one packet. Meant to be reused: a judge clears it and fills it again without allocating.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// Every check, in order.
    pub steps: Steps,
    /// The packet as it was sent, and as it was after each time that something on its way changed it.
    pub(super) packets: Vec<Packet>,
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

    /// The packet as the check of a step saw it.
    pub fn packet(&self, step: &Step) -> &Packet {
        self.packets.get(usize::from(step.saw)).unwrap_or(&NO_PACKET)
    }

    /// A step with its packet.
    pub fn of<'a>(&'a self, step: &'a Step) -> Seen<'a> {
        Seen::new(step, self.packet(step))
    }

    /// Every check with the packet that it saw, in order.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = Seen<'_>> {
        self.steps.iter().map(|step| self.of(step))
    }

    /// How many hops of its time to live those took who handed the packet on.
    pub fn hops_counted(&self) -> u8 {
        self.steps.iter().fold(0, |hops, step| hops + u8::from(step.counts_a_hop()))
    }

    /// The step that stopped the packet.
    pub fn blocker(&self) -> Option<Seen<'_>> {
        self.steps.last().filter(|step| step.verdict == Verdict::Deny).map(|step| self.of(step))
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
    pub(super) fn begin(&mut self, place: Place, saw: u8, check: Check) -> &mut Step {
        self.steps.begin(place, saw, check)
    }

    /// Takes the packet in as it is from now on: the number by which steps name it.
    #[inline(never)]
    pub(super) fn takes(&mut self, packet: &Packet) -> u8 {
        self.packets.push(*packet);
        u8::try_from(self.packets.len() - 1).unwrap_or(u8::MAX)
    }

    /// Gets space for a usual way at once.
    #[inline]
    pub(super) fn make_room(&mut self) {
        if self.steps.capacity() == 0 {
            self.steps.reserve(USUAL_STEPS);
            self.effects.reserve(USUAL_EFFECTS);
        }
    }

    /// Forgets everything but the space.
    pub fn clear(&mut self) {
        self.steps.clear();
        self.packets.clear();
        self.effects.clear();
        self.arrived = None;
        self.nearest = None;
        self.disposition = Disposition::Unreachable;
    }
}
