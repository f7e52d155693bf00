//! Log groups of CloudWatch Logs.

use super::Writer;
use crate::aws::member::{Member, Wire, derived, kept};
use crate::aws::text::Json;
use eni_core::model::log_group::LogGroup;

/// A log group.
pub const LOG_GROUP: &[Member] = &[
    kept("logGroupName", Wire::Text),
    kept("creationTime", Wire::Integer),
    kept("retentionInDays", Wire::Integer),
    derived("metricFilterCount", Wire::Integer),
    derived("arn", Wire::Text),
    derived("storedBytes", Wire::Integer),
    derived("logGroupClass", Wire::Text),
    derived("logGroupArn", Wire::Text),
];

impl Writer<'_> {
    pub(in crate::aws) fn log_group(&self, group: &LogGroup) -> Json {
        let arn = format!("arn:aws:logs:{}:{}:log-group:{}", self.network.region(), self.owner(), group.name);
        self.object()
            .with("logGroupName", group.name.as_str())
            .with("creationTime", self.epoch.seconds() * 1_000 + group.created.as_millis())
            .maybe("retentionInDays", group.retention)
            .with("metricFilterCount", 0)
            .with("arn", format!("{arn}:*"))
            .with("storedBytes", 0)
            .with("logGroupClass", "STANDARD")
            .with("logGroupArn", arn)
            .into()
    }
}
