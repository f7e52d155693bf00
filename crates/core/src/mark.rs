//! How far a rule can be trusted.

/// How far a rule can be trusted, where its source was not opened or does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Believed from general knowledge.
    Believed,
    /// A decision of this model, because AWS does not say.
    Modelled,
    /// Sources disagree.
    Disputed,
}

impl Mark {
    /// The rulebook's letter.
    pub const fn letter(self) -> char {
        match self {
            Mark::Believed => 'B',
            Mark::Modelled => 'M',
            Mark::Disputed => '?',
        }
    }
}
