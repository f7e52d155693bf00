//! What breaks on an instance, or mends, and what it is held to: JSON, the line that says the same, and the command behind it.
//!
//! On a command line: `fault hang INSTANCE [--mend]`, `fault loss INSTANCE --per-mille RATE`, `fault connections INSTANCE --at-most COUNT`, and the
//! last two with `--mend` alone.

use super::{MAX_NAME, WorldAct, none_of};
use crate::aws::quote;
use crate::json::{FieldError, Fields};
use eni_core::control::command::Command;
use eni_core::id::InstanceId;
use eni_core::model::fault::{EVERY_PACKET, Fault as Broken, MOST_CONNECTIONS};
use serde_json::{Value, json};

/// What can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The system hangs: nothing is answered or forwarded, AWS still calls it running.
    Hang,
    /// Packets to and from it are lost: so many of a thousand.
    Loss(u16),
    /// The groups of its ENIs track no more connections together.
    Connections(u32),
}

impl Fault {
    /// What it is to the engine: broken, or mended.
    pub const fn engine(self, broken: bool) -> Broken {
        match (self, broken) {
            (Fault::Hang, broken) => Broken::Hang(broken),
            (Fault::Loss(rate), true) => Broken::Loss(rate),
            (Fault::Loss(_), false) => Broken::Loss(0),
            (Fault::Connections(most), true) => Broken::Connections(most),
            (Fault::Connections(_), false) => Broken::Connections(0),
        }
    }

    /// The command that breaks or mends it.
    pub(crate) const fn command(self, instance: InstanceId, broken: bool) -> Command {
        Command::SetFault(instance, self.engine(broken))
    }
}

/// The act that asks for such a command.
pub(super) fn of_command(command: &Command) -> Option<WorldAct> {
    let Command::SetFault(instance, fault) = command else { return None };
    let (fault, broken) = match fault {
        Broken::Hang(broken) => (Fault::Hang, *broken),
        Broken::Loss(0) => (Fault::Loss(0), false),
        Broken::Loss(rate) => (Fault::Loss(*rate), true),
        Broken::Connections(most) => (Fault::Connections(*most), *most > 0),
    };
    Some(WorldAct::Fault { instance: instance.to_string(), fault, broken })
}

/// The act that words of a command line name, behind `fault`.
pub(crate) fn of_words(words: &[&str]) -> Option<WorldAct> {
    let of = |instance: &str, fault, broken| Some(WorldAct::Fault { instance: instance.to_owned(), fault, broken });
    match words {
        ["spot-notice", instance] => Some(WorldAct::SpotNotice { instance: (*instance).to_owned() }),
        ["hang", instance] => of(instance, Fault::Hang, true),
        ["hang", instance, "--mend"] => of(instance, Fault::Hang, false),
        ["loss", instance, "--mend"] => of(instance, Fault::Loss(0), false),
        ["loss", instance, "--per-mille", share] => of(instance, Fault::Loss(rate(share)?), true),
        ["loss", instance, "--per-mille", share, "--mend"] => of(instance, Fault::Loss(rate(share)?), false),
        ["connections", instance, "--mend"] => of(instance, Fault::Connections(0), false),
        ["connections", instance, "--at-most", most] => of(instance, Fault::Connections(connections(most)?), true),
        _ => None,
    }
}

/// So many of a thousand.
fn rate(text: &str) -> Option<u16> {
    text.parse().ok().filter(|rate| *rate <= EVERY_PACKET)
}

/// So many connections: one at least, or nothing would get through that is tracked.
fn connections(text: &str) -> Option<u32> {
    text.parse().ok().filter(|most| (1..=MOST_CONNECTIONS).contains(most))
}

/// Whether such words ask for a loss that there is not.
pub(crate) fn is_too_much(words: &[&str]) -> bool {
    matches!(words, ["loss", _, "--per-mille", share, ..] if rate(share).is_none())
}

/// Whether such words ask for a limit that there is not.
pub(crate) fn is_no_limit(words: &[&str]) -> bool {
    matches!(words, ["connections", _, "--at-most", most] if connections(most).is_none())
}

/// The line that says the same.
pub(super) fn echo(instance: &str, fault: Fault, broken: bool) -> String {
    let mend = if broken { "" } else { " --mend" };
    match fault {
        Fault::Loss(0) if !broken => format!("fault loss {} --mend", quote(instance)),
        Fault::Hang => format!("fault hang {}{mend}", quote(instance)),
        Fault::Loss(rate) => format!("fault loss {} --per-mille {rate}{mend}", quote(instance)),
        Fault::Connections(most) if broken => format!("fault connections {} --at-most {most}", quote(instance)),
        Fault::Connections(_) => format!("fault connections {} --mend", quote(instance)),
    }
}

/// Reads such an act from JSON. What mends needs no share and no count.
pub(super) fn read(fields: &mut Fields<'_>) -> Result<WorldAct, FieldError> {
    let mut broken = fields.optional_flag("broken")?.unwrap_or(true);
    let fault = match fields.text("fault", 32)? {
        "hang" => Fault::Hang,
        "loss" => {
            let most = u64::from(EVERY_PACKET);
            let share = if broken { fields.number("perMille", most)? } else { fields.optional_number("perMille", most)?.unwrap_or(0) };
            Fault::Loss(u16::try_from(share).unwrap_or(EVERY_PACKET))
        }
        "connections" => {
            let most = u64::from(MOST_CONNECTIONS);
            let count = if broken { fields.number("atMost", most)? } else { fields.optional_number("atMost", most)?.unwrap_or(0) };
            // No connection at all is no limit, as no packet is no loss.
            broken &= count > 0;
            Fault::Connections(if broken { u32::try_from(count).unwrap_or(MOST_CONNECTIONS) } else { 0 })
        }
        other => return Err(none_of("fault", other, "hang, loss, connections")),
    };
    Ok(WorldAct::Fault { instance: fields.text("instance", MAX_NAME)?.to_owned(), fault, broken })
}

/// Such an act as JSON.
pub(super) fn write(instance: &str, fault: Fault, broken: bool) -> Value {
    match fault {
        Fault::Hang => json!({"kind": "world", "act": "fault", "fault": "hang", "instance": instance, "broken": broken}),
        Fault::Loss(rate) => {
            json!({"kind": "world", "act": "fault", "fault": "loss", "perMille": rate, "instance": instance, "broken": broken})
        }
        Fault::Connections(most) => {
            json!({"kind": "world", "act": "fault", "fault": "connections", "atMost": most, "instance": instance, "broken": broken})
        }
    }
}
