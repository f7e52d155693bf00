//! Flow logs (`J12`): their members, their filters, and what writes them.
//!
//! What delivers records is there and may be written to, so `DeliverLogsStatus` is always that of success.

use super::Writer;
use super::tables::{ID, TAGS};
use crate::aws::member::{Member, Wire, derived, kept};
use crate::aws::object;
use crate::aws::text::Json;
use eni_core::model::flow_log::{DEFAULT_FORMAT, FlowDestination, FlowFiles, FlowLog};
use serde_json::Value;

/// How files are laid out.
const FILES: &[Member] =
    &[kept("FileFormat", Wire::Text), kept("HiveCompatiblePartitions", Wire::Boolean), kept("PerHourPartition", Wire::Boolean)];

/// A flow log.
pub const FLOW_LOG: &[Member] = &[
    kept("CreationTime", Wire::Time),
    derived("DeliverLogsErrorMessage", Wire::Text),
    kept("DeliverLogsPermissionArn", Wire::Text),
    kept("DeliverCrossAccountRole", Wire::Text),
    derived("DeliverLogsStatus", Wire::Text),
    kept("FlowLogId", ID),
    derived("FlowLogStatus", Wire::Text),
    kept("LogGroupName", Wire::Text),
    kept("ResourceId", ID),
    kept("TrafficType", Wire::Text),
    kept("LogDestinationType", Wire::Text),
    kept("LogDestination", Wire::Text),
    kept("LogFormat", Wire::Text),
    TAGS,
    kept("MaxAggregationInterval", Wire::Integer),
    kept("DestinationOptions", Wire::Struct(FILES)),
];

/// The filters of DescribeFlowLogs.
pub const FILTERS: &str =
    "tag deliver-log-status=DeliverLogsStatus log-destination-type flow-log-id log-group-name resource-id traffic-type";

/// How files are laid out, as replies and requests say it.
pub(crate) fn flow_files(files: FlowFiles) -> object::Object {
    object::Object::new()
        .with("FileFormat", if files.parquet { "parquet" } else { "plain-text" })
        .with("HiveCompatiblePartitions", files.hive)
        .with("PerHourPartition", files.per_hour)
}

impl Writer<'_> {
    pub(in crate::aws) fn flow_log(&self, log: &FlowLog) -> Json {
        let config = &log.config;
        let (group, arn, files) = match &config.destination {
            FlowDestination::CloudWatchLogs { group, arn } => (group.as_deref(), arn.as_deref(), None),
            FlowDestination::S3 { arn, files } => (None, Some(arn.as_str()), *files),
            FlowDestination::Firehose(arn) => (None, Some(arn.as_str()), None),
        };
        self.object()
            .with("CreationTime", self.epoch.print(log.created))
            .maybe("DeliverLogsPermissionArn", config.role.as_deref())
            .maybe("DeliverCrossAccountRole", config.cross_account_role.as_deref())
            .with("DeliverLogsStatus", "SUCCESS")
            .text("FlowLogId", log.id)
            .with("FlowLogStatus", "ACTIVE")
            .maybe("LogGroupName", group)
            .text("ResourceId", log.resource)
            .with("TrafficType", config.traffic.as_str())
            .with("LogDestinationType", config.destination.kind())
            .maybe("LogDestination", arn)
            .with("LogFormat", config.format.as_deref().unwrap_or(DEFAULT_FORMAT))
            .with("MaxAggregationInterval", config.interval)
            .maybe("DestinationOptions", files.map(|files| Value::from(flow_files(files))))
            .tags("Tags", &log.tags)
            .into()
    }
}
