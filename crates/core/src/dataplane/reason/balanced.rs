//! What a node of a load balancer did with a packet.

use crate::addr::IpAddr;

/// What a node did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Balanced {
    /// It chose a target for a new flow (`P51`).
    Chosen {
        /// The target's address and port.
        target: (IpAddr, u16),
        /// How many there were to choose among.
        of: u16,
        /// Whether those were healthy; otherwise none was, and all were taken (`P53`).
        healthy: bool,
        /// Whether the target sees the client's address.
        keeps: bool,
    },
    /// It passed a packet of a flow that it knows on to its target.
    Known {
        /// The target's address and port.
        target: (IpAddr, u16),
        /// Whether the target sees the client's address.
        keeps: bool,
    },
    /// It brought an answer of a target back to its client.
    Returned {
        /// The client's address and port.
        to: (IpAddr, u16),
        /// Whether the target saw them.
        keeps: bool,
    },
    /// An answer of a target that sees the client's address is on its way back to the node.
    Back,
    /// It is for the node itself: an answer to a health check.
    Own,
    /// The load balancer does not work yet.
    NotActive,
    /// No listener waits for the protocol and port.
    NoListener,
    /// The packet belongs to no flow that the node knows, or to one whose target is gone.
    Unknown,
    /// There is no target that the node may choose.
    NoTarget {
        /// Whether it may choose among those of every zone.
        every_zone: bool,
    },
}
