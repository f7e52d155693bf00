//! Which ENIs a packet met on its way, and whether group and network ACL let it pass there: what a flow log sees (`P-E7`, `P-I3`, `F4` to `F10`).

use crate::addr::Direction;
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::{Balanced, Evidence, RouteEvidence, Target};
use crate::dataplane::verdict::{Place, Seen, Verdict, Walk};
use crate::id::{EniId, TransitGatewayId};
use crate::model::network::Network;
use crate::packet::Packet;

/// A packet at an ENI.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The ENI.
    pub eni: EniId,
    /// Into it or out of it.
    pub direction: Direction,
    /// Whether group and network ACL let it pass.
    pub accepted: bool,
    /// The packet as its header was there.
    pub packet: Packet,
    /// How many hops of its time to live were taken until then.
    pub hops: u8,
    /// Where the route led that took it on; only of packets that went out and found one.
    pub target: Option<Target>,
}

/// How many packets of a kind went a way that was judged once: at each ENI, in order, those that got so far. Nothing is told of a packet that goes
/// alone.
#[derive(Clone, Copy, Debug)]
pub struct Times<'a>(pub &'a [(EniId, Direction, u64)]);

impl Times<'_> {
    /// One packet.
    pub const ONCE: Times<'static> = Times(&[]);

    /// How many began.
    pub fn first(self) -> u64 {
        self.0.first().map_or(1, |(_, _, times)| *times)
    }

    /// How many passed an ENI.
    pub fn at(self, eni: EniId, direction: Direction) -> Option<u64> {
        self.0.iter().find(|(known, way, _)| *known == eni && *way == direction).map(|(_, _, times)| *times)
    }
}

/// The crossings of a walk, in order. Services of the host (`F22`), what source/destination check drops (`E46`), and what an instance may not track
/// (`S45`, by no rule of a group or an ACL) leave none; nor does an ENI that is attached to nothing that runs.
pub fn of_walk(network: &Network, walk: &Walk) -> Vec<Crossing> {
    let mut scan = Scan { network, found: Vec::new(), sender: None, next: None, hops: 0 };
    walk.seen().for_each(|step| scan.step(step));
    scan.found
}

struct Scan<'a> {
    network: &'a Network,
    found: Vec<Crossing>,
    /// The ENI that the packet is leaving.
    sender: Option<EniId>,
    /// The ENI that it was last said to go to.
    next: Option<EniId>,
    hops: u8,
}

impl Scan<'_> {
    fn step(&mut self, step: Seen<'_>) {
        let denied = step.verdict == Verdict::Deny;
        self.hops += u8::from(step.counts_a_hop());
        match (step.check, step.place) {
            (Check::SourceAttached, Place::Eni(eni)) => self.sender = Some(eni),
            (Check::GroupOut, _) if denied => self.leaves(step, false),
            // Inside the subnet nothing else is asked; whether anybody has the address does not matter.
            (Check::SameSubnet, _) if step.verdict != Verdict::Skip => {
                self.leaves(step, true);
                self.led(Target::Local);
            }
            (Check::AclOut, _) => self.leaves(step, !denied),
            (Check::AclIn, _) if denied => self.enters(self.next, step, false),
            (Check::GroupIn, Place::Eni(eni)) => self.enters(Some(eni), step, !denied),
            (Check::SourceDestCheckIn | Check::DestinationRuns, _) if denied => _ = self.found.pop(),
            // On the way out nothing was said of it yet.
            (Check::Connections, _) if denied => {
                if matches!(step.evidence, Evidence::Connections { direction: Direction::Ingress, .. }) {
                    self.found.pop();
                }
            }
            _ => {}
        }
        match step.evidence {
            Evidence::Owner { eni, .. } | Evidence::SameSubnet { owner: eni, same: true, .. } => self.next = eni,
            Evidence::Route(RouteEvidence { target: Some(target), .. }) if !denied => self.routed(step.check, target),
            // No route leads an answer back to its load balancer: it goes to the node that sent the question on.
            Evidence::Balanced { did: Balanced::Back, node, .. } if !denied => self.routed(step.check, Target::Eni(node)),
            _ => {}
        }
    }

    fn leaves(&mut self, step: Seen<'_>, accepted: bool) {
        let Some(eni) = self.sender else { return };
        let (direction, hops) = (Direction::Egress, self.hops);
        self.found.push(Crossing { eni, direction, accepted, packet: *step.packet, hops, target: None });
    }

    fn enters(&mut self, eni: Option<EniId>, step: Seen<'_>, accepted: bool) {
        let Some(eni) = eni else { return };
        let (direction, hops) = (Direction::Ingress, self.hops);
        self.found.push(Crossing { eni, direction, accepted, packet: *step.packet, hops, target: None });
    }

    fn routed(&mut self, check: Check, target: Target) {
        self.next = match target {
            Target::Eni(eni) => Some(eni),
            Target::NatGateway(id) => self.network.nat_gateway(id).and_then(|gateway| gateway.eni()),
            Target::TransitGateway(id) => self.transit_entry(id),
            _ => None,
        };
        if check == Check::Route {
            self.led(target);
        }
    }

    /// The ENI by which the sender's subnet comes to a transit gateway.
    fn transit_entry(&self, gateway: TransitGatewayId) -> Option<EniId> {
        let subnet = self.network.subnet(self.network.eni(self.sender?)?.subnet)?;
        let attachment = self.network.transit_attachment_of(gateway, subnet.vpc)?;
        self.network.transit_eni(attachment, &subnet.zone).map(|eni| eni.id)
    }

    /// The packet that left last was led on.
    fn led(&mut self, target: Target) {
        if let Some(last) = self.found.last_mut() {
            last.target = Some(target);
        }
    }
}
