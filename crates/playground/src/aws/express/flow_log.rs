//! The calls about flow logs.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::control::command::Command;

/// The call of such a command.
pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateFlowLogs(request) => {
            let object = Object::new().maybe("ResourceType", request.resources.first().map(|resource| resource.kind()));
            let object =
                object.texts("ResourceIds", &request.resources).maybe("TrafficType", request.traffic.map(|traffic| traffic.as_str()));
            let object = object.maybe("LogDestinationType", request.destination_type.as_deref());
            let object = object.maybe("LogDestination", request.destination.as_deref());
            let object = object.maybe("LogGroupName", request.log_group.as_deref());
            let object = object.maybe("DeliverLogsPermissionArn", request.role.as_deref());
            let object = object.maybe("DeliverCrossAccountRole", request.cross_account_role.as_deref());
            let object = object.maybe("LogFormat", request.format.as_deref()).maybe("MaxAggregationInterval", request.interval);
            let object = object.maybe("DestinationOptions", request.files.map(crate::aws::shape::flow_files));
            ("CreateFlowLogs", tagged(object, "vpc-flow-log", &request.tags))
        }
        Command::DeleteFlowLogs(ids) => ("DeleteFlowLogs", Object::new().texts("FlowLogIds", ids)),
        _ => return None,
    })
}
