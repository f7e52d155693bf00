//! A load that a program on an instance sends, as an act: JSON, and the line that says the same.
//!
//! On a command line: `ssh INSTANCE iperf3 -c ADDRESS …`, which first asks whether the other end is there.

use super::MAX_NAME;
use crate::aws::quote;
use crate::json::{FieldError, Fields};
use crate::words::InputKey;
use eni_core::sim::load::{MAX_STREAMS, SECONDS_KEPT};
use serde_json::{Value, json};

/// The longest load, in seconds.
pub const LONGEST: u64 = 3_600;
/// The most bits a second that somebody may ask for in a stream.
const MAX_RATE: u64 = 1_000_000_000_000;

/// Who sends how much to whom.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Loading {
    /// An instance, or an address of one.
    pub from: String,
    /// An address.
    pub to: String,
    /// Whether datagrams are sent, and no TCP.
    pub datagrams: bool,
    /// The port.
    pub port: u16,
    /// How many streams.
    pub streams: u16,
    /// How many bits a second in each; as many as get through if 0.
    pub rate: u64,
    /// How many bytes in a datagram; as many as the way takes if 0.
    pub payload: u16,
    /// For how long.
    pub seconds: u64,
}

impl Loading {
    /// Reads the members of such an act.
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<Loading, FieldError> {
        let (from, to) = (fields.text("from", MAX_NAME)?.to_owned(), fields.text("to", MAX_NAME)?.to_owned());
        let datagrams = fields.optional_flag("datagrams")?.unwrap_or(false);
        let mut least = |name: &'static str, most: u64, usual: u64| match fields.optional_number(name, most)?.unwrap_or(usual) {
            0 => Err(FieldError::new(fields.place(name), InputKey::ExpectedBetween { from: "1", to: &most.to_string() })),
            number => Ok(number),
        };
        let port = least("port", u64::from(u16::MAX), 5_201)?;
        let streams = least("streams", u64::from(MAX_STREAMS), 1)?;
        let seconds = least("seconds", LONGEST.min(SECONDS_KEPT / streams), 10)?;
        let rate = fields.optional_number("bitsPerSecond", MAX_RATE)?.unwrap_or(0);
        let payload = fields.optional_number("payload", u64::from(u16::MAX))?.unwrap_or(0);
        let small = |number: u64| u16::try_from(number).unwrap_or(u16::MAX);
        Ok(Loading { from, to, datagrams, port: small(port), streams: small(streams), rate, payload: small(payload), seconds })
    }

    /// The act as JSON.
    pub(super) fn to_json(&self) -> Value {
        let Loading { from, to, datagrams, port, streams, rate, payload, seconds } = self;
        json!({"kind": "scene", "act": "load", "from": from, "to": to, "datagrams": datagrams, "port": port, "streams": streams,
            "bitsPerSecond": rate, "payload": payload, "seconds": seconds})
    }

    /// The line that says the same.
    pub(super) fn echo(&self) -> String {
        let mut line = format!("ssh {} iperf3 -c {} -p {} -t {}", quote(&self.from), quote(&self.to), self.port, self.seconds);
        let mut word = |option: &str, number: u64, usual: u64| {
            if number != usual {
                line.push_str(&format!(" {option} {number}"));
            }
        };
        word("-P", u64::from(self.streams), 1);
        word("-b", self.rate, 0);
        word("-l", u64::from(self.payload), 0);
        if self.datagrams {
            line.push_str(" -u");
        }
        line
    }
}
