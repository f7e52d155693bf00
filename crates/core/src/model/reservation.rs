//! Reservations of a subnet: ranges of its addresses that are kept for prefixes, or for use by hand (`E65`).

use super::Tags;
use crate::addr::IpNet;
use crate::id::{SubnetId, SubnetReservationId};

/// A CIDR reservation of a subnet. It takes nothing away from those that have addresses in its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetReservation {
    /// Its id.
    pub id: SubnetReservationId,
    /// The subnet.
    pub subnet: SubnetId,
    /// The range, without host bits, in a block of the subnet.
    pub cidr: IpNet,
    /// What it is kept for.
    pub kind: ReservationKind,
    /// Free text.
    pub description: String,
    /// Tags.
    pub tags: Tags,
}

/// What a range is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReservationKind {
    /// For prefixes: those of any are taken from here.
    Prefix,
    /// For use by hand: nothing here is given to a call that does not name it.
    Explicit,
}

impl ReservationKind {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReservationKind::Prefix => "prefix",
            ReservationKind::Explicit => "explicit",
        }
    }

    /// From AWS's word.
    pub fn from_word(word: &str) -> Option<ReservationKind> {
        [ReservationKind::Prefix, ReservationKind::Explicit].into_iter().find(|kind| kind.as_str() == word)
    }
}

impl SubnetReservation {
    /// Whether a block and the range have an address in common.
    pub fn overlaps(&self, block: IpNet) -> bool {
        self.cidr.contains(&block) || block.contains(&self.cidr)
    }
}
