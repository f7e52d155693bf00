//! What the judge is asked: whether one end can open a connection to another, and what that rested on.

use crate::addr::{Direction, IpAddr, Ipv4Addr};
use crate::dataplane::conntrack::Tracking;
use crate::dataplane::pipeline::Check;
use crate::dataplane::trace::{End as TraceEnd, TraceRequest, answer_to, transport_of};
use crate::dataplane::verdict::{Place, Seen, Walk};
use crate::dataplane::{Assume, Luck, Origin, Question, judge};
use crate::id::{AclId, EniId, InstanceId, RouteTableId, SubnetId, VpnGatewayId};
use crate::model::eni::Eni;
use crate::model::network::Network;
use crate::packet::{Packet, TcpFlags};
use crate::time::Instant;

/// What is asked of every pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// IANA protocol number.
    pub protocol: u8,
    /// Destination port of TCP and UDP.
    pub port: u16,
    /// Whether stopped instances are taken as running.
    pub running: bool,
}

/// One that opens connections, or to which they are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// An ENI, by its primary private address; seen from the internet by the public one.
    Eni(EniId),
    /// A host of the internet.
    Internet(Ipv4Addr),
    /// A host behind a virtual private gateway.
    OnPremises(VpnGatewayId, Ipv4Addr),
}

impl End {
    /// Its own address.
    pub fn address(self, network: &Network) -> Option<Ipv4Addr> {
        match self {
            End::Eni(id) => network.eni(id)?.primary_ip(),
            End::Internet(host) | End::OnPremises(_, host) => Some(host),
        }
    }
}

impl Asked {
    /// The question of a pair, as a trace asks it.
    pub fn of_pair(&self, from: End, to: End) -> TraceRequest {
        let (sender, source) = match from {
            End::Eni(id) => (TraceEnd::Eni(id), None),
            End::Internet(host) => (TraceEnd::Internet, Some(IpAddr::V4(host))),
            End::OnPremises(gateway, host) => (TraceEnd::VpnGateway(gateway), Some(IpAddr::V4(host))),
        };
        let receiver = match to {
            End::Eni(id) => TraceEnd::Eni(id),
            End::Internet(host) | End::OnPremises(_, host) => TraceEnd::Address(IpAddr::V4(host)),
        };
        let usual = TraceRequest::new(sender, receiver);
        let assume = Assume { running: self.running, ..usual.assume };
        TraceRequest { protocol: self.protocol, port: self.port, source_ip: source, assume, ..usual }
    }

    /// The first packet of a connection, and its answer, between ends that do not matter: what rules are compared with.
    pub(super) fn packets(&self) -> [Packet; 2] {
        let nobody = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let request = self.of_pair(End::Internet(Ipv4Addr::UNSPECIFIED), End::Internet(Ipv4Addr::UNSPECIFIED));
        let packet = Packet { source: nobody, destination: nobody, transport: transport_of(&request, TcpFlags::SYN), length: 60 };
        [packet, crate::dataplane::trace::answer(&packet).unwrap_or(packet)]
    }
}

/// What of a subnet a walk asked.
pub mod met {
    /// Its ACL, on the way out.
    pub const ACL_OUT: u8 = 1;
    /// Its ACL, on the way in.
    pub const ACL_IN: u8 = 2;
    /// Its route table.
    pub const TABLE: u8 = 4;
    /// Anything at all.
    pub const ANYTHING: u8 = 8;
}

/// What a way was found to be, and what that rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub way: Way,
    /// Whether it leads through somebody who is neither end.
    pub through: bool,
    /// What was asked of subnets of neither end: of each table and each ACL one of 32 bits, which others may have, too.
    pub beside: u32,
    /// What was asked of the subnet of the first end.
    pub from: u8,
    /// What was asked of the subnet of the other.
    pub to: u8,
}

/// What a way was found to be, groups apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing gets through, whatever groups say.
    Shut,
    /// What the groups of its two ends say decides.
    Plain,
    /// Groups are asked elsewhere, too: each pair of classes has its own answer.
    Rich,
}

/// One who asks, with space for walks.
pub struct Asker<'a> {
    network: &'a Network,
    asked: Asked,
    forward: Walk,
    reply: Walk,
}

impl<'a> Asker<'a> {
    pub fn new(network: &'a Network, asked: Asked) -> Asker<'a> {
        Asker { network, asked, forward: Walk::default(), reply: Walk::default() }
    }

    /// Whether a connection opens: the packet arrives at the other end, and its answer comes back to the first as one.
    pub fn opens(&mut self, from: End, to: End) -> bool {
        self.ask(from, to, false).unwrap_or(false)
    }

    /// What everything but groups says of a way.
    pub fn way(&mut self, from: End, to: End) -> Cell {
        let opens = self.ask(from, to, true).unwrap_or(false);
        let steps = || self.forward.seen().chain(self.reply.seen());
        let through = steps().any(|step| self.is_beside(step, from, to));
        let others = steps().filter(|step| self.is_beside(*step, from, to));
        let beside = others.fold(0, |all, step| all | self.asked_beside(step));
        // Which connections take a place of those that an instance tracks, groups decide.
        let counts = steps().any(|step| step.check == Check::Connections);
        let way = match opens {
            false => Way::Shut,
            true if counts || steps().any(|step| self.asks_others(step, from, to)) || self.handed_on() => Way::Rich,
            true => Way::Plain,
        };
        let asked_of = |end: End| {
            let here = self.subnet_of(end);
            let own = steps().filter(|step| matches!(step.place, Place::Subnet(id) if Some(id) == here));
            own.fold(met::ANYTHING, |all, step| all | asked_by(step))
        };
        Cell { way, through, beside, from: asked_of(from), to: asked_of(to) }
    }

    fn ask(&mut self, from: End, to: End, groups_pass: bool) -> Option<bool> {
        let network = self.network;
        self.forward.clear();
        self.reply.clear();
        let mut request = self.asked.of_pair(from, to);
        request.assume.groups_pass = groups_pass;
        let destination = self.destination(from, to)?;
        let (origin, source) = match from {
            End::Eni(id) => (Origin::Eni(id), from.address(network)?),
            End::Internet(host) => (Origin::Internet, host),
            End::OnPremises(gateway, host) => (Origin::VpnGateway(gateway), host),
        };
        let transport = transport_of(&request, TcpFlags::SYN);
        let sent = Packet { source: IpAddr::V4(source), destination: IpAddr::V4(destination), transport, length: 60 };
        let mut tracking = Tracking::default();
        let assume = request.assume;
        judge(&Question { network, tracking: &tracking, now: Instant::ZERO, assume, luck: Luck::Good }, origin, sent, &mut self.forward);
        if !self.forward.disposition.got_through() || !arrived(&self.forward, to) {
            return Some(false);
        }
        tracking.note(&self.forward.effects, Instant::ZERO);
        let (origin, answer) = answer_to(&self.forward)?;
        judge(&Question { network, tracking: &tracking, now: Instant::ZERO, assume, luck: Luck::Good }, origin, answer, &mut self.reply);
        let back = self.reply.arrived.map(|arrival| arrival.packet);
        let fits = back.is_some_and(|back| back.flow() == sent.flow().reversed());
        Some(fits && self.reply.disposition.got_through() && arrived(&self.reply, from))
    }

    /// Seen from the internet an ENI is its public address, if it has one.
    fn destination(&self, from: End, to: End) -> Option<Ipv4Addr> {
        let End::Eni(id) = to else { return to.address(self.network) };
        let address = self.network.eni(id)?.addresses.first()?;
        let public = address.public.filter(|_| matches!(from, End::Internet(_)));
        Some(public.map_or(address.ip, |public| public.ip))
    }

    fn is_beside(&self, step: Seen<'_>, from: End, to: End) -> bool {
        match step.place {
            Place::Eni(id) => ![from, to].contains(&End::Eni(id)),
            Place::Subnet(id) => ![from, to].iter().any(|end| self.subnet_of(*end) == Some(id)),
            Place::Guest(id) => ![from, to].iter().any(|end| self.instance_of(*end) == Some(id)),
            _ => false,
        }
    }

    /// The bits of what a step asks of a subnet.
    fn asked_beside(&self, step: Seen<'_>) -> u32 {
        let Place::Subnet(id) = step.place else { return 0 };
        let Some(subnet) = self.network.subnet(id) else { return 0 };
        let table = || self.network.route_table_of(subnet).map_or(0, |table| table_bit(table.id));
        match step.check {
            // Whether a packet meets an ACL on its way out depends on the route, too (`N10`).
            Check::AclOut => acl_bit(subnet.acl, Direction::Egress) | table(),
            Check::AclIn => acl_bit(subnet.acl, Direction::Ingress),
            _ => table(),
        }
    }

    fn subnet_of(&self, end: End) -> Option<SubnetId> {
        if let End::Eni(id) = end { self.network.eni(id).map(|eni| eni.subnet) } else { None }
    }

    fn instance_of(&self, end: End) -> Option<InstanceId> {
        let End::Eni(id) = end else { return None };
        self.network.eni(id)?.attachment.as_ref().map(|attachment| attachment.instance)
    }

    /// Whether a step asks groups of anybody but the two ends about each other, or is one of a guest that hands on.
    fn asks_others(&self, step: Seen<'_>, from: End, to: End) -> bool {
        let remote = match step.check {
            Check::GroupIn => step.packet.source,
            Check::GroupOut => step.packet.destination,
            _ => return matches!(step.place, Place::Guest(_)) && self.is_beside(step, from, to),
        };
        let Place::Eni(id) = step.place else { return true };
        if self.network.eni(id).is_none_or(|eni: &Eni| eni.groups.is_empty()) {
            return false;
        }
        let other = match End::Eni(id) {
            own if own == from => to,
            own if own == to => from,
            _ => return true,
        };
        other.address(self.network).map(IpAddr::V4) != Some(remote)
    }

    /// Whether a guest handed a packet on, or a transit gateway: groups do not know their members behind it.
    fn handed_on(&self) -> bool {
        let guests = |walk: &Walk| walk.steps.iter().filter(|step| step.check == Check::GuestAddress).count() > 1;
        let more = |walk: &Walk| guests(walk) || walk.steps.iter().any(|step| step.check == Check::TransitRoute);
        more(&self.forward) || more(&self.reply)
    }
}

/// The bit of a table.
pub fn table_bit(table: RouteTableId) -> u32 {
    1 << (table.low() % 32)
}

/// The bit of one direction of an ACL. An account's own IDs may be any numbers.
pub fn acl_bit(acl: AclId, direction: Direction) -> u32 {
    1 << (acl.low() % 16 * 2 + u64::from(direction == Direction::Egress))
}

/// What a step asks of its subnet.
fn asked_by(step: Seen<'_>) -> u8 {
    match step.check {
        // Whether a packet meets an ACL on its way out depends on the route, too (`N10`).
        Check::AclOut => met::ACL_OUT | met::TABLE,
        Check::AclIn => met::ACL_IN,
        Check::Route => met::TABLE,
        _ => 0,
    }
}

/// Whether a packet came to an end, and not to somebody else with its address.
fn arrived(walk: &Walk, at: End) -> bool {
    let Some(arrival) = walk.arrived else { return false };
    match at {
        End::Eni(id) => arrival.eni == Some(id),
        End::Internet(host) | End::OnPremises(_, host) => arrival.eni.is_none() && arrival.packet.destination == IpAddr::V4(host),
    }
}
