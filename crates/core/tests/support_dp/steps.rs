//! The steps of a packet as lines of text, and the stretches that most ways begin and end with as one line each.

use super::Lab;
use eni_core::dataplane::verdict::{Step, Walk};

impl Lab {
    /// The name of a step's place, and its check.
    pub fn place(&self, step: &Step) -> String {
        let place = self.names.get(&step.place).cloned().unwrap_or_else(|| format!("{:?}", step.place));
        format!("{place} {}", step.check.as_str())
    }

    /// The steps as lines: place, check, verdict. Checks that do not apply are left out.
    pub fn lines(&self, walk: &Walk) -> Vec<String> {
        let made = walk.steps.iter().filter(|step| step.verdict.as_str() != "SKIP");
        made.map(|step| format!("{} {}", self.place(step), step.verdict.as_str())).collect()
    }

    /// How it ended: disposition, and the code if it was stopped.
    pub fn ending(walk: &Walk) -> String {
        match walk.code() {
            Some(code) => format!("{} {}", walk.disposition.as_str(), code.as_str()),
            None => walk.disposition.as_str().to_owned(),
        }
    }

    /// Compares the steps with expected lines, in which a stretch may stand for its steps.
    pub fn expect(&self, walk: &Walk, expected: &[&str]) {
        let expected: Vec<String> = expected.iter().flat_map(|line| written_out(line)).collect();
        assert_eq!(self.lines(walk), expected, "{}", Lab::ending(walk));
    }
}

/// The steps of a line: those of a stretch, `A leaves 10.0.1.0/24 by 10.0.1.10` (from the guest to the table of its subnet) or
/// `B is reached in 10.0.2.0/24 at 10.0.2.20` (from the border of the subnet to the guest), or the one that it is. The first test of
/// `dataplane_paths.rs` that goes from subnet to subnet has them word for word.
fn written_out(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        [host, "leaves", subnet, "by", eni] => vec![
            format!("{host} SOURCE_RUNS ALLOW"),
            format!("{host} GUEST_ROUTE ROUTE"),
            format!("{eni} SOURCE_ATTACHED ALLOW"),
            format!("{eni} SOURCE_DEST_CHECK_OUT ALLOW"),
            format!("{eni} SECURITY_GROUP_OUT ALLOW"),
            format!("{subnet} NETWORK_ACL_OUT ALLOW"),
            format!("{subnet} ROUTE ROUTE"),
        ],
        [host, "is", "reached", "in", subnet, "at", eni] => vec![
            format!("{subnet} NETWORK_ACL_IN ALLOW"),
            format!("{eni} SECURITY_GROUP_IN ALLOW"),
            format!("{eni} SOURCE_DEST_CHECK_IN ALLOW"),
            format!("{eni} DESTINATION_RUNS DELIVER"),
            format!("{host} GUEST_ADDRESS ALLOW"),
            format!("{host} LISTENER DELIVER"),
        ],
        _ => vec![line.to_owned()],
    }
}
