//! How often a network has changed: what follows from one can be kept by that.

/// The number. Two networks that are alike are equal, however they came to be so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes(u64);

impl Changes {
    /// So often.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Once more.
    pub(super) const fn count(&mut self) {
        self.0 = self.0.wrapping_add(1);
    }
}

impl PartialEq for Changes {
    fn eq(&self, _: &Changes) -> bool {
        true
    }
}
