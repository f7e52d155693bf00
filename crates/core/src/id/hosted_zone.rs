//! Ids of hosted zones, which have a form of their own: `Z` and up to 31 capitals and digits.

use super::{HostedZoneNumber, ResourceId};
use std::fmt;
use std::str::FromStr;

/// The longest id, in characters.
const LONGEST: usize = 32;
/// The digits of an id that our counter made.
const DIGITS: usize = 20;
/// What an API shows before the id.
const PATH: &str = "/hostedzone/";

/// A hosted zone of Route 53.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostedZoneId([u8; LONGEST]);

/// A text that is no id of a hosted zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected Z and up to 31 capital letters and digits")]
pub struct NoZoneId;

impl HostedZoneId {
    /// The id that a counter at this number makes.
    pub fn of_number(number: HostedZoneNumber) -> HostedZoneId {
        let number = number.counter_number().unwrap_or_default();
        format!("Z{number:0width$}", width = DIGITS).parse().unwrap_or(HostedZoneId([0; LONGEST]))
    }

    /// Zones are few: nobody looks for one by how many there are before it.
    pub(crate) const fn after(self, _first: HostedZoneId) -> usize {
        usize::MAX
    }

    /// The number, if our counter could have made this id.
    pub fn number(self) -> Option<HostedZoneNumber> {
        let text = self.to_string();
        let digits =
            text.strip_prefix('Z').filter(|digits| digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        let number = HostedZoneNumber::from_number(digits.parse().ok()?);
        number.counter_number().map(|_| number)
    }
}

impl fmt::Display for HostedZoneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take_while(|byte| **byte != 0).try_for_each(|byte| fmt::Write::write_char(f, char::from(*byte)))
    }
}

impl fmt::Debug for HostedZoneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for HostedZoneId {
    type Err = NoZoneId;

    fn from_str(text: &str) -> Result<HostedZoneId, NoZoneId> {
        let text = text.strip_prefix(PATH).unwrap_or(text);
        let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        if !text.starts_with('Z') || text.len() < 2 || text.len() > LONGEST || !text.bytes().all(is_sign) {
            return Err(NoZoneId);
        }
        let mut bytes = [0; LONGEST];
        bytes.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
        Ok(HostedZoneId(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // rules: L12 I1
    #[test]
    fn ids_of_zones_read_and_print_both_forms() {
        let own = HostedZoneId::of_number(HostedZoneNumber::from_number(7));
        assert_eq!(own.to_string(), "Z00000000000000000007");
        assert_eq!(own.number(), Some(HostedZoneNumber::from_number(7)));
        let foreign: HostedZoneId = "/hostedzone/Z1D633PJN98FT9".parse().unwrap();
        assert_eq!((foreign.to_string(), foreign.number()), ("Z1D633PJN98FT9".to_owned(), None));
        let long = format!("Z{}", "A".repeat(32));
        for bad in ["Z", "z123", "Zabc", "A12", "", "/hostedzone/", "Z12-3", long.as_str()] {
            assert!(bad.parse::<HostedZoneId>().is_err(), "{bad}");
        }
    }
}
