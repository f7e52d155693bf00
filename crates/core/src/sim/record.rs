//! What is kept of the last packets, so that anybody can ask why one went the way it went.

use super::host::Host;
use super::key::{Cause, PacketId, Purpose};
use crate::dataplane::verdict::Walk;
use crate::packet::Packet;
use crate::table::Table;
use crate::time::{Duration, Instant};
use std::rc::Rc;

/// How many of the last packets are kept.
pub const PACKETS_KEPT: usize = 2_000;
/// How many of the lost packets before those are kept: losses are what people come back to.
pub const LOST_KEPT: usize = 1_000;

/// A packet that was sent, and its whole way.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketRecord {
    /// Its id.
    pub id: PacketId,
    /// When it was sent.
    pub at: Instant,
    /// Who sent it.
    pub from: Host,
    /// The packet as its sender made it.
    pub packet: Packet,
    /// For whom.
    pub cause: Cause,
    /// What for.
    pub purpose: Purpose,
    /// Whether it was sent before and is sent again.
    pub again: bool,
    /// How long it is on its way: until it arrives or, where it is lost, until it is stopped.
    pub travel: Duration,
    /// Every check that it met.
    pub walk: Walk,
}

/// The last [`PACKETS_KEPT`] packets, and the last [`LOST_KEPT`] lost ones before them.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Records {
    last: u64,
    kept: Table<PacketId, Rc<PacketRecord>>,
    /// All of them older than those.
    lost: Table<PacketId, Rc<PacketRecord>>,
    /// An empty walk whose space came from a packet that was forgotten.
    spare: Walk,
}

impl Records {
    pub(super) fn next_id(&mut self) -> PacketId {
        self.last += 1;
        PacketId(self.last)
    }

    pub(super) fn keep(&mut self, record: Rc<PacketRecord>) {
        while self.kept.len() >= PACKETS_KEPT {
            let Some((id, mut forgotten)) = self.kept.pop_first() else { break };
            if !forgotten.walk.disposition.got_through() {
                self.lost.insert(id, forgotten);
                if self.lost.len() <= LOST_KEPT {
                    continue;
                }
                let Some((_, oldest)) = self.lost.pop_first() else { break };
                forgotten = oldest;
            }
            if let Ok(forgotten) = Rc::try_unwrap(forgotten) {
                self.spare = forgotten.walk;
                self.spare.clear();
            }
        }
        self.kept.insert(record.id, record);
    }

    /// An empty walk to judge into.
    pub(super) fn blank_walk(&mut self) -> Walk {
        std::mem::take(&mut self.spare)
    }

    /// Puts another walk in the place of a packet's first one.
    pub(super) fn replace_walk(&mut self, id: PacketId, walk: Walk) {
        if let Some(record) = self.kept.get_mut(&id) {
            Rc::make_mut(record).walk = walk;
        }
    }

    pub(super) fn get(&self, id: PacketId) -> Option<&Rc<PacketRecord>> {
        self.kept.get(&id).or_else(|| self.lost.get(&id))
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Rc<PacketRecord>> {
        self.lost.values().chain(self.kept.values())
    }
}
