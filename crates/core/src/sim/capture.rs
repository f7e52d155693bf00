//! What a capture at an ENI sees: the frames of a packet at each ENI that it meets. They are made from the packets that a simulator keeps, when
//! somebody looks: nothing is recorded beside them.
//!
//! A guest sees what it sends itself before anything outside has refused it, and gets what group and network ACL let in. The frames of a Hyperplane
//! or NAT gateway ENI are here, too, though nobody but AWS can see them on AWS (`M`).

use super::link;
use super::record::PacketRecord;
use crate::addr::{Direction, IpAddr, Mac};
use crate::dataplane::pipeline::Check;
use crate::dataplane::verdict::{Place, Verdict, Walk};
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::network::Network;
use crate::observe::crossing::{self, Crossing};
use crate::packet::Packet;
use crate::time::{Duration, Instant};

/// A packet at an ENI, with the header of the link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// When it was there.
    pub at: Instant,
    /// The ENI.
    pub eni: EniId,
    /// Into it or out of it.
    pub direction: Direction,
    /// Whether the guest sees it: not what group or network ACL keep from coming in.
    pub seen_by_guest: bool,
    /// Who sends it on the link: the ENI, its neighbour in the subnet, or the subnet's router.
    pub source: Mac,
    /// Who gets it on the link.
    pub destination: Mac,
    /// The packet as its header was there.
    pub packet: Packet,
    /// Whether it comes from outside of the VPC, through routers that have counted it.
    pub from_outside: bool,
    /// How many hops of its time to live were taken since.
    pub hops: u8,
}

/// The frames of a packet, in order. An ENI that is there no longer has none.
pub fn of_record(network: &Network, record: &PacketRecord) -> Vec<Frame> {
    let walk = &record.walk;
    let mut crossings = crossing::of_walk(network, walk);
    if crossings.is_empty() {
        crossings.extend(unrecorded(walk));
    }
    let from_outside = matches!(walk.steps.first().map(|step| step.place), Some(Place::Internet | Place::VpnGateway(_)));
    let mut passed = if from_outside { link::INTERNET } else { Duration::ZERO };
    let mut last: Option<EniId> = None;
    let mut frames = Vec::with_capacity(crossings.len());
    for crossing in crossings {
        let Some(eni) = network.eni(crossing.eni) else { continue };
        if let Some(before) = last.replace(eni.id) {
            passed = passed + link::between(network, before, eni.id);
        }
        let is_end = crossing.direction == Direction::Ingress && walk.arrived.is_some_and(|arrival| arrival.eni == Some(eni.id));
        if is_end {
            passed = record.travel;
        }
        frames.push(frame(network, eni, &crossing, record.at + passed, from_outside));
    }
    frames
}

/// What crosses an ENI and no flow log: what a guest sends to a service of its host, or with an address that is not its ENI's; and what such a
/// service answers.
fn unrecorded(walk: &Walk) -> Option<Crossing> {
    let sent = walk.seen().find(|step| step.check == Check::SourceAttached && step.verdict != Verdict::Deny);
    let answered = || walk.seen().find(|step| matches!(step.place, Place::Eni(_)));
    let (step, direction) = match sent {
        Some(step) => (step, Direction::Egress),
        None => (answered().filter(|_| walk.disposition.got_through())?, Direction::Ingress),
    };
    let Place::Eni(eni) = step.place else { return None };
    Some(Crossing { eni, direction, accepted: true, packet: *step.packet, hops: 0, target: None })
}

fn frame(network: &Network, eni: &Eni, crossing: &Crossing, at: Instant, from_outside: bool) -> Frame {
    let Packet { source, destination, .. } = crossing.packet;
    let leaves = crossing.direction == Direction::Egress;
    let other = neighbour(network, eni, if leaves { destination } else { source });
    let (source, destination) = if leaves { (eni.mac, other) } else { (other, eni.mac) };
    Frame {
        at,
        eni: eni.id,
        direction: crossing.direction,
        seen_by_guest: leaves || crossing.accepted,
        source,
        destination,
        packet: crossing.packet,
        from_outside,
        hops: crossing.hops,
    }
}

/// The MAC address that an ENI's subnet has for an address: that of the ENI beside it, else of the subnet's router.
fn neighbour(network: &Network, eni: &Eni, address: IpAddr) -> Mac {
    let beside = network.eni_by_address(eni.vpc, address).filter(|other| other.subnet == eni.subnet && other.id != eni.id);
    beside.map(|other| other.mac).or_else(|| network.subnet(eni.subnet).map(|subnet| subnet.router_mac())).unwrap_or(eni.mac)
}
