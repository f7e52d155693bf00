//! Chance from the browser: what a new document is seeded with. Nothing else is left to it.

/// A seed for a new document, below 2^32, so that every reader of its JSON reads it exactly.
pub fn seed() -> u64 {
    // A browser that has none gives every document the same one: the run is as true as another.
    getrandom::u32().map_or(1, u64::from)
}
