//! What Network Load Balancers remember of the flows that they pass on (`P50` to `P52`): to which target, and what stands for the client there.

use super::lifetime::TCP_CLOSING;
use crate::addr::IpAddr;
use crate::id::EniId;
use crate::model::load_balancer::{TCP_IDLE_SECS, UDP_IDLE_SECS};
use crate::packet::{FlowId, Packet, TcpFlags, Transport};
use crate::table::Table;
use crate::time::{Duration, Instant};

/// The lowest port that a node gives a flow whose client's address it hides.
const FIRST_PORT: u16 = 1_024;

/// A flow in one direction at an ENI, and what becomes of it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The node that passes it on: for a target, the one that its answers go back to.
    pub node: EniId,
    /// The flow as it goes on from there.
    pub flow: FlowId,
    /// Whether that leads to the target.
    pub forth: bool,
    expires: Instant,
    closing: bool,
}

/// A packet that a node passed on, in either direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carried {
    /// The node.
    pub node: EniId,
    /// The client's flow, as it comes to the node.
    pub outside: FlowId,
    /// The same flow, as it comes to the target.
    pub inside: FlowId,
    /// The ENI of a target that sees the client's address: its answers must be led back.
    pub target: Option<EniId>,
    /// The TCP flags of the packet.
    pub flags: Option<TcpFlags>,
}

/// The memory of every node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balances {
    legs: Table<(EniId, FlowId), Leg>,
}

impl Balances {
    /// What becomes of a flow at an ENI, unless it is forgotten by now.
    pub fn leg(&self, eni: EniId, flow: FlowId, now: Instant) -> Option<&Leg> {
        self.legs.get(&(eni, flow)).filter(|leg| leg.expires > now)
    }

    /// The flow to a target under which a node hides its client: on the client's own port, or else on the next one that is free there.
    pub fn hidden(&self, node: EniId, wanted: FlowId, now: Instant) -> Option<FlowId> {
        let first = wanted.source_port.max(FIRST_PORT);
        let ports = (first..=u16::MAX).chain(FIRST_PORT..first);
        let flows = ports.map(|source_port| FlowId { source_port, ..wanted });
        flows.into_iter().find(|flow| self.leg(node, flow.reversed(), now).is_none())
    }

    /// Remembers a packet that was passed on.
    pub fn note(&mut self, carried: &Carried, now: Instant) {
        let Carried { node, outside, inside, target, flags } = *carried;
        let idle = Duration::from_secs(if outside.protocol == 6 { TCP_IDLE_SECS } else { UDP_IDLE_SECS });
        let has = |wanted: TcpFlags| flags.is_some_and(|flags| flags.has(wanted));
        let known = self.leg(node, outside, now).is_some_and(|leg| leg.closing);
        let closing = has(TcpFlags::FIN) || has(TcpFlags::RST) || (known && !has(TcpFlags::SYN));
        let expires = now + if closing { TCP_CLOSING } else { idle };
        let leg = |flow, forth| Leg { node, flow, forth, expires, closing };
        self.legs.insert((node, outside), leg(inside, true));
        self.legs.insert((node, inside.reversed()), leg(outside.reversed(), false));
        if let Some(target) = target {
            self.legs.insert((target, inside.reversed()), leg(inside.reversed(), false));
        }
    }

    /// Forgets what an ENI had to do with: it is gone, or has left its instance.
    pub fn forget(&mut self, eni: EniId) {
        self.legs.retain(|(owner, _), leg| *owner != eni && leg.node != eni);
    }

    /// Drops what is forgotten by now; it only frees space.
    pub fn expire(&mut self, now: Instant) {
        self.legs.retain(|_, leg| leg.expires > now);
    }

    /// How many flows of a protocol a node passes on now.
    pub fn active(&self, node: EniId, protocol: u8, now: Instant) -> usize {
        // The way forth is one for each flow; ways back are more than one where the flow got another target meanwhile.
        let of_node = |owner: EniId, flow: FlowId| owner == node && flow.protocol == protocol;
        self.legs.iter().filter(|((owner, flow), leg)| leg.forth && leg.expires > now && of_node(*owner, *flow)).count()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.legs.is_empty()
    }
}

/// A number that follows from a flow alone, by which a node chooses among targets (`P51`). A new connection of TCP has a sequence number of its own.
pub(crate) fn hash(packet: &Packet) -> u64 {
    let flow = packet.flow();
    let sequence = match packet.transport {
        Transport::Tcp { sequence, .. } => sequence,
        _ => 0,
    };
    let ports = [flow.source_port.to_be_bytes(), flow.destination_port.to_be_bytes()];
    let ends = octets(flow.source).chain(octets(flow.destination));
    let bytes = ends.chain(ports.into_iter().flatten()).chain(sequence.to_be_bytes()).chain([flow.protocol]);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn octets(ip: IpAddr) -> impl Iterator<Item = u8> {
    let bits = match ip {
        IpAddr::V4(ip) => u128::from(u32::from(ip)),
        IpAddr::V6(ip) => u128::from(ip),
    };
    bits.to_be_bytes().into_iter()
}
