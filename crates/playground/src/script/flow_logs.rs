//! Flow logs of a script.

use super::plan::{Plan, name_of, tagged};
use crate::aws::object::Object;
use crate::aws::shape::flow_files;
use eni_core::model::flow_log::FlowDestination;
use eni_core::table::Set;

/// The log groups that no flow log makes.
fn log_groups(plan: &mut Plan<'_>) {
    let network = plan.network;
    for group in network.log_groups() {
        if !network.flow_logs().any(|log| log.log_group() == Some(&group.name)) {
            plan.call("CreateLogGroup", Object::new().text("logGroupName", &group.name));
        }
    }
}

/// How long records are kept, where somebody said so; and the groups that flow logs made and somebody deleted.
fn afterwards(plan: &mut Plan<'_>) {
    let deleted: Set<&str> = plan.network.flow_logs().filter_map(|log| log.log_group()).collect();
    for name in deleted.iter().filter(|name| plan.network.log_group(name).is_none()) {
        plan.call("DeleteLogGroup", Object::new().text("logGroupName", name));
    }
    for group in plan.network.log_groups() {
        if let Some(days) = group.retention {
            plan.call("PutRetentionPolicy", Object::new().text("logGroupName", &group.name).with("retentionInDays", days));
        }
    }
}

/// Every flow log, one call for each, and the log groups.
pub(super) fn flow_logs(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Flow logs");
    log_groups(plan);
    for log in network.flow_logs() {
        let config = &log.config;
        let object = Object::new().with("ResourceType", log.resource.kind()).texts("ResourceIds", &[log.resource.to_string()]);
        let object = object.with("TrafficType", config.traffic.as_str()).with("LogDestinationType", config.destination.kind());
        let object = match &config.destination {
            // A call takes one of them alone, though a log that is described may show both.
            FlowDestination::CloudWatchLogs { group, arn } => {
                object.maybe("LogDestination", arn.as_deref().filter(|_| group.is_none())).maybe("LogGroupName", group.as_deref())
            }
            FlowDestination::S3 { arn, files } => {
                object.with("LogDestination", arn.as_str()).maybe("DestinationOptions", files.map(flow_files))
            }
            FlowDestination::Firehose(arn) => object.with("LogDestination", arn.as_str()),
        };
        let object = object.maybe("DeliverLogsPermissionArn", config.role.as_deref());
        let object = object.maybe("DeliverCrossAccountRole", config.cross_account_role.as_deref());
        let object = object.maybe("LogFormat", config.format.as_deref()).with("MaxAggregationInterval", config.interval);
        let object = tagged(object, &[("vpc-flow-log", &log.tags)]);
        plan.make(&log.id.to_string(), ("FLOW_LOG", name_of(&log.tags)), "CreateFlowLogs", object, "FlowLogIds[0]");
    }
    afterwards(plan);
}
