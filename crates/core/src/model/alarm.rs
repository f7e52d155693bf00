//! CloudWatch alarms: what each watches, in which state it is, and what it did (`W11` to `W20`).

use crate::time::Instant;
use std::fmt;

/// How many things that an alarm did are kept, the newest.
pub const HISTORY_KEPT: usize = 100;

/// A metric alarm. Its name is its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Its name.
    pub name: String,
    /// What it was set to.
    pub config: AlarmConfig,
    /// When.
    pub configured_at: Instant,
    /// Its state.
    pub state: AlarmState,
    /// Why it is in that state.
    pub reason: String,
    /// When it was said last why.
    pub updated_at: Instant,
    /// When it came into that state.
    pub transitioned_at: Instant,
    /// What it did, oldest first; at most [`HISTORY_KEPT`].
    pub history: Vec<HistoryItem>,
}

/// What an alarm watches, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmConfig {
    /// Free text.
    pub description: String,
    /// Whether it acts at all.
    pub actions_enabled: bool,
    /// What it does when it comes into a state, by ARN: in the order of [`AlarmState::ALL`].
    pub actions: [Vec<String>; 3],
    /// The metric: who keeps it, as `AWS/EC2`.
    pub namespace: String,
    /// Its name.
    pub metric: String,
    /// Names and values of its dimensions.
    pub dimensions: Vec<(String, String)>,
    /// What is made of the values of a period.
    pub statistic: Statistic,
    /// How long a period is, in minutes.
    pub minutes: u32,
    /// Only values in this unit.
    pub unit: Option<String>,
    /// How many periods are looked at (N).
    pub evaluation_periods: u32,
    /// In how many of them the threshold must be crossed (M); in all where none is said.
    pub datapoints_to_alarm: Option<u32>,
    /// What values are compared with.
    pub threshold: Amount,
    /// How.
    pub comparison: Comparison,
    /// What a period without values counts as; `missing` where nothing is said.
    pub missing: Option<Missing>,
}

impl AlarmConfig {
    /// In how many periods the threshold must be crossed.
    pub fn needed(&self) -> u32 {
        self.datapoints_to_alarm.unwrap_or(self.evaluation_periods)
    }

    /// What it does when it comes into a state.
    pub fn actions_of(&self, state: AlarmState) -> &[String] {
        self.actions.get(state as usize).map_or(&[], Vec::as_slice)
    }
}

/// Something that an alarm did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryItem {
    /// When.
    pub at: Instant,
    /// Of which kind.
    pub kind: HistoryKind,
    /// What, in words.
    pub summary: String,
}

/// An enum whose variants are words of AWS.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// AWS's words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// AWS's word.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// From AWS's word.
            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// The state of an alarm.
    AlarmState {
        /// The threshold is not crossed.
        Ok = "OK",
        /// It is.
        Alarm = "ALARM",
        /// Nobody can tell: it is new, or there are no values.
        InsufficientData = "INSUFFICIENT_DATA",
    }
}

words! {
    /// The kinds of things that an alarm does.
    HistoryKind {
        /// It was set up, or otherwise.
        ConfigurationUpdate = "ConfigurationUpdate",
        /// It came into another state.
        StateUpdate = "StateUpdate",
        /// It acted, or could not.
        Action = "Action",
    }
}

words! {
    /// What is made of the values of a period.
    Statistic {
        /// How many there are.
        SampleCount = "SampleCount",
        /// All together by how many there are.
        Average = "Average",
        /// All together.
        Sum = "Sum",
        /// The least.
        Minimum = "Minimum",
        /// The greatest.
        Maximum = "Maximum",
    }
}

words! {
    /// How a value is compared with the threshold.
    Comparison {
        /// `>=`
        AtLeast = "GreaterThanOrEqualToThreshold",
        /// `>`
        Above = "GreaterThanThreshold",
        /// `<`
        Below = "LessThanThreshold",
        /// `<=`
        AtMost = "LessThanOrEqualToThreshold",
    }
}

words! {
    /// What a period without values counts as (`W13`).
    Missing {
        /// As crossing the threshold.
        Breaching = "breaching",
        /// As not crossing it.
        NotBreaching = "notBreaching",
        /// As nothing: the alarm stays as it is.
        Ignore = "ignore",
        /// As missing: without any value the state is unknown.
        Missing = "missing",
    }
}

impl Comparison {
    /// Whether a value crosses the threshold.
    pub fn crosses(self, value: Amount, threshold: Amount) -> bool {
        match self {
            Comparison::AtLeast => value >= threshold,
            Comparison::Above => value > threshold,
            Comparison::Below => value < threshold,
            Comparison::AtMost => value <= threshold,
        }
    }

    /// As it is said of values.
    pub const fn spoken(self) -> &'static str {
        match self {
            Comparison::AtLeast => "greater than or equal to",
            Comparison::Above => "greater than",
            Comparison::Below => "less than",
            Comparison::AtMost => "less than or equal to",
        }
    }
}

/// A number with six places: the engine knows no others. What is finer is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i128);

/// The places of an [`Amount`], as a factor.
const PLACES: i128 = 1_000_000;

impl Amount {
    /// So many of so many parts.
    pub const fn of(whole: u64, parts: u64) -> Amount {
        Amount(whole as i128 * PLACES / if parts == 0 { 1 } else { parts as i128 })
    }

    /// From a decimal number as it is written: digits with or without a sign, a point and an exponent.
    pub fn read(text: &str) -> Option<Amount> {
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().ok().filter(|exponent| (-30..=18).contains(exponent))?;
        let (sign, digits) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{rest}");
        if all.is_empty() || all.len() > 24 || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let places = exponent - i32::try_from(rest.len()).ok()? + 6;
        let mut value: i128 = all.parse().ok()?;
        for _ in 0..places.unsigned_abs() {
            value = if places > 0 { value.checked_mul(10)? } else { value / 10 };
        }
        // What CloudWatch takes is less by far; so nothing overflows later.
        (value < i128::MAX / PLACES).then_some(Amount(sign * value))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.abs() / PLACES, self.0.abs() % PLACES);
        let rest = format!("{rest:06}");
        let rest = rest.trim_end_matches('0');
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}.{}", if rest.is_empty() { "0" } else { rest })
    }
}
