//! What will happen next, ordered by time and, within a moment, by the order in which it was planned.

use super::health::Registration;
use super::host::Host;
use super::key::{Cause, ClientId, PacketId, Purpose, RequestId, SocketKey};
use crate::id::{AttachmentId, EniId};
use crate::packet::Packet;
use crate::table::Table;
use crate::time::Instant;

/// Where an entry stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct QueueKey {
    pub(super) at: Instant,
    sequence: u64,
}

/// A packet on its way to a host that will get it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flight {
    pub(super) id: PacketId,
    pub(super) cause: Cause,
    pub(super) purpose: Purpose,
    pub(super) to: Host,
    /// The ENI that it comes in by, and its attachment when the packet was sent.
    pub(super) via: Option<(EniId, AttachmentId)>,
    /// The packet as the receiver sees it.
    pub(super) packet: Packet,
    /// Whether no service waits for it, so that it gets in only if a socket knows it.
    pub(super) unexpected: bool,
}

/// Something that is planned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Planned {
    /// A client asks (again).
    Ask(ClientId),
    /// A request has waited long enough.
    GiveUp(ClientId, RequestId),
    /// A packet comes to the end of its way.
    Arrive(Box<Flight>),
    /// A packet comes to the check that stops it.
    Lose(PacketId, Cause),
    /// A socket has waited long enough for an acknowledgement.
    Retransmit(SocketKey),
    /// Look whether a socket is still in use.
    Tidy(SocketKey),
    /// A load balancer checks a target (again).
    Check(Registration),
    /// A check has ended, well or not.
    Checked(Registration, bool),
    /// Loads have run for another second, or one ends.
    Pump,
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Queue {
    planned: Table<QueueKey, Planned>,
    sequence: u64,
}

impl Queue {
    pub(super) fn plan(&mut self, at: Instant, what: Planned) -> QueueKey {
        self.sequence += 1;
        let key = QueueKey { at, sequence: self.sequence };
        self.planned.insert(key, what);
        key
    }

    pub(super) fn cancel(&mut self, key: QueueKey) {
        self.planned.remove(&key);
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.planned.first_key_value().map(|(key, _)| key.at)
    }

    pub(super) fn pop(&mut self) -> Option<(Instant, Planned)> {
        self.planned.pop_first().map(|(key, what)| (key.at, what))
    }

    pub(super) fn len(&self) -> usize {
        self.planned.len()
    }
}
