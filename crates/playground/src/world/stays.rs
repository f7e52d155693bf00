//! Where ENIs stood earlier: what was lost at one of them is shown where it was then, not where it is now.

use super::Slot;
use eni_core::id::EniId;
use eni_core::model::eni::Eni;
use eni_core::model::network::Network;
use eni_core::table::Table;
use eni_core::time::Instant;
use std::collections::VecDeque;

/// How many places that ENIs have left are kept, newest last: more than anybody moves while what was lost meanwhile is remembered.
const KEPT: usize = 256;

/// The places of ENIs, and those that they have left. It follows from the acts, as all that the board remembers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Stays {
    now: Table<EniId, Slot>,
    left: VecDeque<Stay>,
}

/// A place that an ENI has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stay {
    eni: EniId,
    slot: Slot,
    until: Instant,
}

impl Stays {
    /// Takes note of where each ENI is now.
    pub fn follow(&mut self, network: &Network, now: Instant) {
        let gone = |(id, slot): (&EniId, &Slot)| network.eni(*id).is_none().then_some((*id, *slot));
        let gone: Vec<(EniId, Slot)> = self.now.iter().filter_map(gone).collect();
        for (eni, slot) in gone {
            self.now.remove(&eni);
            self.leave(Stay { eni, slot, until: now });
        }
        for eni in network.enis() {
            let (before, slot) = (self.now.get(&eni.id).copied(), slot_of(eni));
            if before == slot {
                continue;
            }
            if let Some(slot) = before {
                self.leave(Stay { eni: eni.id, slot, until: now });
            }
            match slot {
                Some(slot) => self.now.insert(eni.id, slot),
                None => self.now.remove(&eni.id),
            };
        }
    }

    fn leave(&mut self, stay: Stay) {
        if self.left.len() >= KEPT {
            self.left.pop_front();
        }
        self.left.push_back(stay);
    }

    /// Where an ENI stood at a moment, if it has left that place since.
    pub fn left(&self, eni: EniId, at: Instant) -> Option<Slot> {
        self.left.iter().find(|stay| stay.eni == eni && at < stay.until).map(|stay| stay.slot)
    }
}

fn slot_of(eni: &Eni) -> Option<Slot> {
    let attachment = eni.attachment.as_ref()?;
    Some(Slot { instance: attachment.instance, card: attachment.network_card, index: attachment.device_index })
}
