//! Moments as AWS writes them: ISO 8601 with a zone; virtual time counts from an epoch.

use crate::words::{InputKey, Saying};
use eni_core::time::Instant;
use std::fmt;
use std::str::FromStr;

/// A second in nanoseconds.
const SECOND: i64 = 1_000_000_000;

/// The last second that is read.
const LAST: i64 = 253_402_300_799;

/// The moment that virtual time counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch {
    /// Seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
}

/// A text is not a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochError;

impl From<EpochError> for Saying {
    fn from(_: EpochError) -> Saying {
        InputKey::ExpectedTime.into()
    }
}

impl Default for Epoch {
    /// 2026-01-01T00:00:00Z.
    fn default() -> Epoch {
        Epoch { seconds: 1_767_225_600 }
    }
}

impl Epoch {
    /// Seconds since 1970-01-01T00:00:00Z; 0 for what was before.
    pub fn seconds(self) -> u64 {
        u64::try_from(self.seconds).unwrap_or(0)
    }

    /// A virtual moment as AWS would print it.
    pub fn print(self, instant: Instant) -> String {
        let mut text = String::with_capacity(35);
        self.moment(instant).push_to(&mut text);
        text
    }

    /// A virtual moment as `tcpdump` prints it, with a space behind: `15:04:05.000600 `, in UTC, as guests have it.
    pub fn time_of_day(self, instant: Instant) -> String {
        let micros = instant.as_nanos() / 1_000;
        let seconds = self.seconds() + micros / 1_000_000;
        let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
        format!("{hour:02}:{minute:02}:{second:02}.{:06} ", micros % 1_000_000)
    }

    /// A virtual moment, to be written as AWS would print it.
    pub(super) fn moment(self, instant: Instant) -> Moment {
        Moment(self, instant)
    }

    /// The virtual moment of a printed one.
    ///
    /// # Errors
    /// If the text is not a moment.
    pub fn read(self, text: &str) -> Result<Instant, EpochError> {
        let (seconds, nanos) = read_moment(text)?;
        Ok(Instant::from_zero((seconds - self.seconds).saturating_mul(SECOND).saturating_add(nanos)))
    }

    /// The same, where a moment without a zone is in UTC.
    ///
    /// # Errors
    /// If the text is not a moment.
    pub(super) fn read_utc(self, text: &str) -> Result<Instant, EpochError> {
        self.read(text).or_else(|_| self.read(&format!("{text}Z")))
    }

    /// The first whole second at which a printed moment is over, as far as documents can say it.
    ///
    /// # Errors
    /// If the text is not a moment.
    pub fn after(text: &str) -> Result<Epoch, EpochError> {
        let (seconds, nanos) = read_moment(text)?;
        Ok(Epoch { seconds: (seconds + i64::from(nanos > 0)).min(LAST) })
    }
}

impl FromStr for Epoch {
    type Err = EpochError;
    fn from_str(text: &str) -> Result<Epoch, EpochError> {
        match read_moment(text)? {
            (seconds, 0) => Ok(Epoch { seconds }),
            _ => Err(EpochError),
        }
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(20);
        Civil::of(self.seconds).push_to(&mut text);
        write!(f, "{text}Z")
    }
}

/// A virtual moment and what it counts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment(Epoch, Instant);

impl Moment {
    /// Adds it to a text. Every attachment has one, so its digits are written one by one: formatted numbers take ten times as long.
    pub(super) fn push_to(self, text: &mut String) {
        let nanos = self.1.nanos_from_zero();
        let (whole, mut rest) = (nanos.div_euclid(SECOND), nanos.rem_euclid(SECOND).unsigned_abs());
        Civil::of(self.0.seconds + whole).push_to(text);
        // The command line writes six digits or none; a document loses nothing of what is between them.
        let (mut unit, last) = (100_000_000, if rest % 1_000 == 0 { 1_000 } else { 1 });
        if rest > 0 {
            text.push('.');
            while unit >= last {
                push_digit(text, rest / unit);
                (rest, unit) = (rest % unit, unit / 10);
            }
        }
        text.push_str("+00:00");
    }
}

/// Date and time of day.
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    second: i64,
}

impl Civil {
    /// From seconds since 1970, by the proleptic Gregorian calendar. Years are counted from March, so that the leap day is the last one.
    fn of(seconds: i64) -> Civil {
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let from_march = days + 719_468;
        let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Civil { year: era * 400 + year_of_era + i64::from(month <= 2), month, day: day_of_year - (153 * shifted + 2) / 5 + 1, second }
    }

    /// Seconds since 1970.
    fn seconds(&self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let shifted = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * shifted + 2) / 5 + self.day - 1;
        (era * 146_097 + day_of_era - 719_468) * 86_400 + self.second
    }
}

impl Civil {
    /// Adds `2026-01-01T00:00:00`.
    fn push_to(&self, text: &mut String) {
        let (hour, minute, second) = (self.second / 3_600, self.second / 60 % 60, self.second % 60);
        // A document may begin in the year 9999, and virtual time runs for centuries.
        if self.year > 9_999 {
            text.push('1');
        }
        push_pair(text, self.year / 100);
        for (before, number) in [("", self.year), ("-", self.month), ("-", self.day), ("T", hour), (":", minute), (":", second)] {
            text.push_str(before);
            push_pair(text, number);
        }
    }
}

fn push_pair(text: &mut String, number: i64) {
    let number = number.unsigned_abs();
    push_digit(text, number / 10);
    push_digit(text, number);
}

/// Adds the last digit of a number.
fn push_digit(text: &mut String, number: u64) {
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// Reads a moment: seconds since 1970 and nanoseconds.
fn read_moment(text: &str) -> Result<(i64, i64), EpochError> {
    let (date, time) = text.split_once(['T', ' ']).ok_or(EpochError)?;
    let [year, month, day] = numbers(date, '-')?;
    let at = time.find(['Z', '+', '-']).ok_or(EpochError)?;
    let (clock, zone) = time.split_at(at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let [hour, minute, second] = numbers(clock, ':')?;
    let in_range = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !in_range || hour > 23 || minute > 59 || second > 60 {
        return Err(EpochError);
    }
    let civil = Civil { year, month, day, second: hour * 3_600 + minute * 60 + second };
    Ok((civil.seconds() - read_zone(zone)?, read_fraction(fraction)?))
}

fn numbers<const N: usize>(text: &str, separator: char) -> Result<[i64; N], EpochError> {
    let mut found = [0i64; N];
    let mut parts = text.split(separator);
    for number in &mut found {
        let part = parts.next().filter(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
        *number = part.and_then(|part| part.parse().ok()).ok_or(EpochError)?;
    }
    if parts.next().is_some() { Err(EpochError) } else { Ok(found) }
}

fn read_fraction(digits: &str) -> Result<i64, EpochError> {
    if digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EpochError);
    }
    format!("{digits:0<9}").parse().map_err(|_| EpochError)
}

/// Seconds that a zone is ahead of UTC.
fn read_zone(zone: &str) -> Result<i64, EpochError> {
    if zone == "Z" {
        return Ok(0);
    }
    let (sign, rest) = if let Some(rest) = zone.strip_prefix('-') { (-1, rest) } else { (1, zone.strip_prefix('+').ok_or(EpochError)?) };
    let [hour, minute] = numbers(rest, ':')?;
    if hour > 23 || minute > 59 { Err(EpochError) } else { Ok(sign * (hour * 3_600 + minute * 60)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_and_print() {
        let epoch = Epoch::default();
        assert_eq!(epoch.to_string(), "2026-01-01T00:00:00Z");
        assert_eq!("2026-01-01T00:00:00Z".parse(), Ok(epoch));
        let cases = [
            (0, "2026-01-01T00:00:00+00:00"),
            (86_400_000_000_000 * 59, "2026-03-01T00:00:00+00:00"),
            (86_400_000_000_000 * 365, "2027-01-01T00:00:00+00:00"),
            (86_400_000_000_000 * (365 + 365 + 59), "2028-02-29T00:00:00+00:00"),
            (1_500_000_000, "2026-01-01T00:00:01.500000+00:00"),
            (25_087_100_000, "2026-01-01T00:00:25.087100+00:00"),
            (600_000, "2026-01-01T00:00:00.000600+00:00"),
            (1, "2026-01-01T00:00:00.000000001+00:00"),
            (10_203_040, "2026-01-01T00:00:00.010203040+00:00"),
            (86_399_999_999_999, "2026-01-01T23:59:59.999999999+00:00"),
        ];
        for (nanos, text) in cases {
            let instant = Instant::from_nanos(nanos);
            assert_eq!(epoch.print(instant), text);
            assert_eq!(epoch.read(text), Ok(instant));
        }
        let late: Epoch = "9999-12-31T23:59:59Z".parse().unwrap();
        for (text, at) in [
            ("2025-12-31T23:59:59.999999999+00:00", -1),
            ("2025-12-31T23:59:58.500000+00:00", -1_500_000_000),
            ("2017-09-26T22:00:55+00:00", -260_762_345_000_000_000),
            ("1970-01-01T00:00:00+00:00", -1_767_225_600_000_000_000),
        ] {
            assert_eq!(epoch.read(text).map(Instant::nanos_from_zero), Ok(at), "{text}: before the epoch");
            assert_eq!(epoch.print(Instant::from_zero(at)), text);
        }
        assert_eq!(late.print(Instant::from_nanos(1_000_000_000)), "10000-01-01T00:00:00+00:00");
        assert_eq!(Epoch::after("2026-01-01T00:00:00Z"), Ok(epoch));
        assert_eq!(Epoch::after("2025-12-31T23:59:59.1Z"), Ok(epoch));
        assert_eq!(Epoch::after("9999-12-31T23:59:59.9-12:00"), Ok(late));
        assert_eq!(epoch.read("2026-01-01T02:00:05.000+02:00"), Ok(Instant::from_nanos(5_000_000_000)));
        for bad in
            ["", "now", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "99999999999999999999-01-01T00:00:00Z"]
        {
            assert!(epoch.read(bad).is_err(), "{bad}");
        }
    }
}
