//! Names of members: how they are written, and which are wanted.

/// Which members of an object are wanted: a bit for each name. Names may share a bit, so more may be written than was wanted, never less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aws) struct Wanted(u64);

impl Wanted {
    /// All.
    pub const ALL: Wanted = Wanted(u64::MAX);
    /// None.
    pub const NONE: Wanted = Wanted(0);

    /// The bit of a name.
    pub(in crate::aws) const fn bit(name: &str) -> u64 {
        let (first, last) = match name.as_bytes() {
            [] => (0, 0),
            [one] => (*one, *one),
            [first, .., last] => (*first, *last),
        };
        1 << ((name.len().wrapping_mul(5) + first as usize * 3 + last as usize) % 64)
    }

    /// These, and the one with this name.
    pub fn and(self, name: &str) -> Wanted {
        Wanted(self.0 | Wanted::bit(name))
    }

    pub(super) fn has(self, name: impl MemberName) -> bool {
        self == Wanted::ALL || self.0 & name.bit() != 0
    }
}

/// What a member may be called by.
pub trait MemberName: Copy {
    /// Its bit among those that are wanted.
    fn bit(self) -> u64;
    /// Begins the member, behind another one or as the first.
    fn begin(self, text: &mut String, is_first: bool);
}

impl MemberName for &str {
    fn bit(self) -> u64 {
        Wanted::bit(self)
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn begin(self, text: &mut String, is_first: bool) {
        if !is_first {
            text.push(',');
        }
        text.push('"');
        text.push_str(self);
        text.push_str("\":");
    }
}

/// A name with all that stands around it, `,"VpcId":`, which is copied at once, and its bit. `quoted!` makes them, for what is shown by the
/// thousand.
#[derive(Clone, Copy)]
pub struct Quoted(pub &'static str, pub u64);

impl MemberName for Quoted {
    fn bit(self) -> u64 {
        self.1
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn begin(self, text: &mut String, is_first: bool) {
        text.push_str(if is_first { self.0.trim_start_matches(',') } else { self.0 });
    }
}

/// The name of a member of what is shown by the thousand.
macro_rules! quoted {
    ($name:literal) => {
        $crate::aws::text::Quoted(concat!(",\"", $name, "\":"), const { $crate::aws::text::Wanted::bit($name) })
    };
}
pub(in crate::aws) use quoted;
