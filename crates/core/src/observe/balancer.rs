//! What is counted of Network Load Balancers (`W10`): flows, bytes and resets at their nodes, and how many targets are well.

use super::metric::{COUNTS, NlbCount};
use super::metrics::{Row, add};
use crate::dataplane::conntrack::Tracking;
use crate::dataplane::reason::{Balanced, Code};
use crate::dataplane::verdict::{Seen, Verdict};
use crate::id::LoadBalancerId;
use crate::model::event::Event;
use crate::model::network::Network;
use crate::model::target_group::{TargetGroup, TargetHealth};
use crate::packet::TcpFlags;
use crate::time::Instant;

const TCP: u8 = 6;
const UDP: u8 = 17;

/// What a node counts of a packet that its groups let in. Its own checks are none of the traffic.
pub(super) fn at_node((step, times): (Seen<'_>, u64), did: Balanced) -> Row<COUNTS> {
    let mut row = [0; COUNTS];
    let is_tcp = step.packet.protocol_number() == TCP;
    let resets = step.packet.tcp_flags().is_some_and(|flags| flags.has(TcpFlags::RST));
    let mut count = |what: NlbCount, much: u64| add(&mut row, what as usize, much);
    if step.verdict == Verdict::Translate {
        let bytes = u64::from(step.packet.length).saturating_mul(times);
        count(NlbCount::Bytes, bytes);
        count(if is_tcp { NlbCount::BytesTcp } else { NlbCount::BytesUdp }, bytes);
        count(NlbCount::Packets, times);
    }
    match did {
        Balanced::Chosen { .. } if step.verdict == Verdict::Translate => {
            count(NlbCount::NewFlows, 1);
            count(if is_tcp { NlbCount::NewFlowsTcp } else { NlbCount::NewFlowsUdp }, 1);
        }
        Balanced::Known { .. } if resets => count(NlbCount::ClientResets, 1),
        Balanced::Returned { .. } if resets => count(NlbCount::TargetResets, 1),
        // It answers by a reset of its own (`P52`, `P53`).
        Balanced::Unknown if step.code == Some(Code::NlbFlowUnknown) && !resets => count(NlbCount::OwnResets, 1),
        _ => {}
    }
    row
}

/// The flows that load balancers keep at a moment; nothing of those that keep none.
pub(super) fn active(network: &Network, tracking: &Tracking, now: Instant) -> Vec<(LoadBalancerId, Row<COUNTS>)> {
    let balances = tracking.balances();
    let mut all = Vec::new();
    for balancer in network.load_balancers().filter(|_| !balances.is_empty()) {
        let of = |protocol| balancer.nodes.iter().map(|node| balances.active(node.eni, protocol, now) as u64).sum::<u64>();
        let (tcp, udp) = (of(TCP), of(UDP));
        let mut row = [0; COUNTS];
        for (what, much) in [(NlbCount::ActiveFlows, tcp + udp), (NlbCount::ActiveFlowsTcp, tcp), (NlbCount::ActiveFlowsUdp, udp)] {
            add(&mut row, what as usize, much);
        }
        if tcp + udp > 0 {
            all.push((balancer.id, row));
        }
    }
    all
}

/// How well the targets of a group are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hosts {
    /// The load balancer that uses it, while it has targets.
    pub(super) of: Option<LoadBalancerId>,
    pub(super) well: u64,
    pub(super) unwell: u64,
}

impl Hosts {
    pub(super) fn of(network: &Network, group: &TargetGroup) -> Hosts {
        let balancer = network.balancer_of(group.id).filter(|_| !group.targets.is_empty());
        let used = || group.targets.iter().filter(|target| network.is_in_use(group, target));
        let count = |health: TargetHealth| used().filter(|target| target.health == health).count() as u64;
        let of = balancer.map(|(balancer, _)| balancer.id);
        Hosts { of, well: count(TargetHealth::Healthy), unwell: count(TargetHealth::Unhealthy) }
    }
}

/// Whether something that happens may change how well targets are.
pub(super) const fn concerns(event: &Event) -> bool {
    matches!(
        event,
        Event::LoadBalancerSet(_)
            | Event::LoadBalancerDeleted(_)
            | Event::TargetGroupSet(_)
            | Event::TargetGroupDeleted(_)
            | Event::TargetSet(..)
            | Event::TargetGone(..)
            | Event::InstanceStateChanged(..)
    )
}
