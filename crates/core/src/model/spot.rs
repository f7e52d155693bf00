//! Spot instances, which AWS may take back (`L8`), and why an instance is not running any more.

use crate::id::SpotRequestId;
use crate::time::Instant;
use std::fmt;

/// What a spot instance was asked for with, and whether AWS is about to take it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// What becomes of it when AWS takes it back.
    pub interruption: Interruption,
    /// Whether its request lives on when it is taken back or stopped; only then can it be stopped and started.
    pub persistent: bool,
    /// When it will be taken back, once it has been told so.
    pub notice: Option<Instant>,
    /// The id of its request; where there is none, it follows from the instance's own.
    pub request: Option<SpotRequestId>,
    /// Whether its request was taken back: the instance goes on, and nothing lives on after it.
    pub cancelled: bool,
}

/// What becomes of a spot instance when AWS takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Interruption {
    /// It ends.
    #[default]
    Terminate,
    /// It is stopped.
    Stop,
    /// It is stopped at once, with what is in its memory kept.
    Hibernate,
}

impl Interruption {
    /// AWS's words, in the order of the variants.
    pub const WORDS: &'static [&'static str] = &["terminate", "stop", "hibernate"];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Interruption::Terminate => "terminate",
            Interruption::Stop => "stop",
            Interruption::Hibernate => "hibernate",
        }
    }

    /// From AWS's word; what it does not name is `terminate`.
    pub fn from_word(word: &str) -> Interruption {
        match word {
            "stop" => Interruption::Stop,
            "hibernate" => Interruption::Hibernate,
            _ => Interruption::Terminate,
        }
    }
}

impl fmt::Display for Interruption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why an instance is not running any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateReason {
    /// Somebody stopped or terminated it.
    User,
    /// Somebody hibernated it.
    UserHibernated,
    /// Its own system was shut down.
    Guest,
    /// AWS took a spot instance back, and it is stopped.
    SpotStopped,
    /// AWS took a spot instance back, and it has ended.
    SpotTerminated,
}

impl StateReason {
    /// Every reason.
    pub const ALL: [StateReason; 5] =
        [StateReason::User, StateReason::UserHibernated, StateReason::Guest, StateReason::SpotStopped, StateReason::SpotTerminated];

    /// AWS's code.
    pub const fn code(self) -> &'static str {
        match self {
            StateReason::User => "Client.UserInitiatedShutdown",
            StateReason::UserHibernated => "Client.UserInitiatedHibernate",
            StateReason::Guest => "Client.InstanceInitiatedShutdown",
            StateReason::SpotStopped => "Server.SpotInstanceShutdown",
            StateReason::SpotTerminated => "Server.SpotInstanceTermination",
        }
    }

    /// What AWS says after the code.
    pub const fn text(self) -> &'static str {
        match self {
            StateReason::User => "User initiated shutdown",
            StateReason::UserHibernated => "User initiated hibernate",
            StateReason::Guest => "Instance initiated shutdown",
            StateReason::SpotStopped => "Spot instance shutdown",
            StateReason::SpotTerminated => "Spot instance termination",
        }
    }

    /// Whether a user did it.
    pub const fn is_users(self) -> bool {
        matches!(self, StateReason::User | StateReason::UserHibernated)
    }
}
