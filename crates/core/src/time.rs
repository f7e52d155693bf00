//! Virtual time: whole nanoseconds since virtual zero. Nothing here reads a clock.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// A moment: nanoseconds since virtual 0, which is 2026-01-01T00:00:00Z unless the document says otherwise. Nothing happens before that, but
/// things may be older: the moments at which they were made are below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(i64);

/// A span of virtual time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(u64);

impl Instant {
    /// Virtual zero.
    pub const ZERO: Instant = Instant(0);

    /// The moment `nanos` nanoseconds after virtual zero; time ends after 292 years.
    pub const fn from_nanos(nanos: u64) -> Instant {
        Instant(if nanos > i64::MAX.unsigned_abs() { i64::MAX } else { nanos.cast_signed() })
    }

    /// The moment `nanos` nanoseconds from virtual zero, before it if they are negative.
    pub const fn from_zero(nanos: i64) -> Instant {
        Instant(nanos)
    }

    /// Nanoseconds from virtual zero, negative before it.
    pub const fn nanos_from_zero(self) -> i64 {
        self.0
    }

    /// Nanoseconds since virtual zero; 0 before it.
    pub const fn as_nanos(self) -> u64 {
        self.since(Instant::ZERO).0
    }

    /// Whole milliseconds since virtual zero; 0 before it.
    pub const fn as_millis(self) -> u64 {
        self.as_nanos() / 1_000_000
    }

    /// The span from `earlier` to this moment; zero if `earlier` is later.
    pub const fn since(self, earlier: Instant) -> Duration {
        Duration(if self.0 > earlier.0 { self.0.abs_diff(earlier.0) } else { 0 })
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// A span in nanoseconds.
    pub const fn from_nanos(nanos: u64) -> Duration {
        Duration(nanos)
    }

    /// A span in microseconds.
    pub const fn from_micros(micros: u64) -> Duration {
        Duration(micros.saturating_mul(1_000))
    }

    /// A span in milliseconds.
    pub const fn from_millis(millis: u64) -> Duration {
        Duration(millis.saturating_mul(1_000_000))
    }

    /// A span in seconds.
    pub const fn from_secs(secs: u64) -> Duration {
        Duration(secs.saturating_mul(1_000_000_000))
    }

    /// Nanoseconds.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// Whole milliseconds.
    pub const fn as_millis(self) -> u64 {
        self.0 / 1_000_000
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    /// Stops at the end of time instead of wrapping.
    fn add(self, span: Duration) -> Instant {
        Instant(self.0.saturating_add_unsigned(span.0))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, span: Duration) {
        *self = *self + span;
    }
}

impl Sub<Instant> for Instant {
    type Output = Duration;
    fn sub(self, earlier: Instant) -> Duration {
        self.since(earlier)
    }
}

impl Add<Duration> for Duration {
    type Output = Duration;
    fn add(self, other: Duration) -> Duration {
        Duration(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Instant {
    /// Seconds with three decimals, as `12.345 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.since(Instant::ZERO).fmt(f)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03} s", self.0 / 1_000_000_000, self.0 / 1_000_000 % 1_000)
    }
}
