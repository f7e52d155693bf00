//! What is broken on an instance. AWS has no call that breaks one, so these are acts of the world (`fault hang`, `fault loss`): rules `L17`, `L18`.

use crate::time::Instant;

/// Every packet of a thousand.
pub const EVERY_PACKET: u16 = 1_000;

/// What is broken on an instance; as a rule nothing is. Only a running instance has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Faults {
    /// Since when its system hangs.
    pub hangs_since: Option<Instant>,
    /// What is lost at its network cards.
    pub loss: Option<Loss>,
}

/// A share of the packets that reach or leave an instance's network cards is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loss {
    /// How many of a thousand, from 1 to [`EVERY_PACKET`].
    pub per_mille: u16,
    /// Since when.
    pub since: Instant,
}

/// One thing that breaks or mends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The system hangs, or does not any more.
    Hang(bool),
    /// So many of a thousand packets are lost, 1,000 at most; none any more with 0.
    Loss(u16),
}

impl Faults {
    /// Whether anything is broken.
    pub const fn any(&self) -> bool {
        self.hangs_since.is_some() || self.loss.is_some()
    }

    /// The same after something broke or mended. What goes on has begun when it began.
    #[must_use]
    pub fn after(self, fault: Fault, now: Instant) -> Faults {
        match fault {
            Fault::Hang(hangs) => Faults { hangs_since: hangs.then(|| self.hangs_since.unwrap_or(now)), ..self },
            Fault::Loss(0) => Faults { loss: None, ..self },
            Fault::Loss(wanted) => {
                let per_mille = wanted.min(EVERY_PACKET);
                let same = self.loss.filter(|loss| loss.per_mille == per_mille);
                Faults { loss: Some(same.unwrap_or(Loss { per_mille, since: now })), ..self }
            }
        }
    }

    /// Since when no packet gets through at its network cards.
    pub fn cut_off_since(&self) -> Option<Instant> {
        self.loss.filter(|loss| loss.per_mille >= EVERY_PACKET).map(|loss| loss.since)
    }
}
