//! Log groups of CloudWatch Logs (`F24`).

use super::flow_log::{FlowDestination, FlowLog};
use super::network::Network;
use crate::time::{Duration, Instant};

/// A log group. Its name is its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name.
    pub name: String,
    /// When it was made, to the millisecond.
    pub created: Instant,
    /// How many days its records are kept; for ever if nothing is said.
    pub retention: Option<u32>,
}

impl LogGroup {
    /// A group that is made now.
    pub fn new(name: &str, now: Instant) -> LogGroup {
        LogGroup { name: name.to_owned(), created: Instant::ZERO + Duration::from_millis(now.as_millis()), retention: None }
    }
}

impl FlowLog {
    /// The log group that it writes to; nothing if it writes elsewhere.
    pub fn log_group(&self) -> Option<&str> {
        self.config.destination.log_group()
    }
}

impl FlowDestination {
    /// The log group, by the name that was given or that the ARN has.
    pub fn log_group(&self) -> Option<&str> {
        let FlowDestination::CloudWatchLogs { group, arn } = self else { return None };
        let named = || Some(arn.as_deref()?.split(":log-group:").nth(1)?.trim_end_matches(":*"));
        group.as_deref().or_else(named)
    }
}

impl Network {
    /// The log group of this name.
    pub fn log_group(&self, name: &str) -> Option<&LogGroup> {
        self.log_groups.get(name)
    }

    /// Every log group, in the order of their names.
    pub fn log_groups(&self) -> impl ExactSizeIterator<Item = &LogGroup> + Clone {
        self.log_groups.values()
    }
}
