//! What is wrong with an instance, and what it is held to. AWS has no call for either, so these are acts of the world (`fault hang`, `fault loss`,
//! `fault connections`): rules `L17`, `L18`, `S45`.

use crate::time::Instant;

/// Every packet of a thousand.
pub const EVERY_PACKET: u16 = 1_000;

/// The highest limit of tracked connections that can be set.
pub const MOST_CONNECTIONS: u32 = 10_000_000;

/// What is broken on an instance, and what it is held to; as a rule nothing is. Only a running instance has something that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Faults {
    /// Since when its system hangs.
    pub hangs_since: Option<Instant>,
    /// What is lost at its network cards.
    pub loss: Option<Loss>,
    /// How many connections the groups of its ENIs may track together. AWS has such a number for each type and publishes none, so nothing is one.
    pub connections: Option<u32>,
}

/// A share of the packets that reach or leave an instance's network cards is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loss {
    /// How many of a thousand, from 1 to [`EVERY_PACKET`].
    pub per_mille: u16,
    /// Since when.
    pub since: Instant,
}

/// One thing that breaks or mends, or that an instance is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The system hangs, or does not any more.
    Hang(bool),
    /// So many of a thousand packets are lost, 1,000 at most; none any more with 0.
    Loss(u16),
    /// So many connections may be tracked, [`MOST_CONNECTIONS`] at most; as many as there are with 0.
    Connections(u32),
}

impl Faults {
    /// Whether anything is broken. What an instance is held to breaks nothing.
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
            Fault::Connections(0) => Faults { connections: None, ..self },
            Fault::Connections(most) => Faults { connections: Some(most.min(MOST_CONNECTIONS)), ..self },
        }
    }

    /// What is left of it where nothing runs: what an instance is held to.
    #[must_use]
    pub const fn at_rest(self) -> Faults {
        Faults { hangs_since: None, loss: None, connections: self.connections }
    }

    /// Since when no packet gets through at its network cards.
    pub fn cut_off_since(&self) -> Option<Instant> {
        self.loss.filter(|loss| loss.per_mille >= EVERY_PACKET).map(|loss| loss.since)
    }
}
