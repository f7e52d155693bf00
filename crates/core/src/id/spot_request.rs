//! Ids of requests for spot instances, which have a form of their own: `sir-` and eight small letters and digits.

use super::InstanceId;
use std::fmt;
use std::str::FromStr;

/// How many letters and digits it has.
const SIGNS: usize = 8;

/// A request for a spot instance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpotRequestId([u8; SIGNS]);

/// A text that is no id of such a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected sir- and eight lower-case letters and digits")]
pub struct NoSpotRequestId;

impl SpotRequestId {
    /// The request that an instance of our own came from: its signs are the last ones of the instance's id.
    pub fn of_instance(instance: InstanceId) -> SpotRequestId {
        let mut signs = [b'0'; SIGNS];
        let id = instance.to_string();
        signs.iter_mut().rev().zip(id.bytes().rev()).for_each(|(place, sign)| *place = sign);
        SpotRequestId(signs)
    }
}

impl fmt::Display for SpotRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sir-")?;
        self.0.iter().try_for_each(|sign| fmt::Write::write_char(f, char::from(*sign)))
    }
}

impl fmt::Debug for SpotRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SpotRequestId {
    type Err = NoSpotRequestId;

    fn from_str(text: &str) -> Result<SpotRequestId, NoSpotRequestId> {
        let is_sign = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let signs = text.strip_prefix("sir-").and_then(|signs| <[u8; SIGNS]>::try_from(signs.as_bytes()).ok());
        signs.filter(|signs| signs.iter().all(is_sign)).map(SpotRequestId).ok_or(NoSpotRequestId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ResourceId;

    // rules: L22 I1
    #[test]
    fn ids_of_spot_requests_read_and_print() {
        let own = SpotRequestId::of_instance(InstanceId::from_number(0x2a));
        assert_eq!(own.to_string(), "sir-0000002a");
        assert_eq!("sir-0000002a".parse(), Ok(own));
        assert_eq!("sir-y4egrv9m".parse::<SpotRequestId>().unwrap().to_string(), "sir-y4egrv9m");
        for bad in ["sir-", "sir-y4egrv9", "sir-y4egrv9mm", "sir-Y4EGRV9M", "i-0000002a", "sir-y4egrv9\u{e9}", ""] {
            assert!(bad.parse::<SpotRequestId>().is_err(), "{bad}");
        }
    }
}
