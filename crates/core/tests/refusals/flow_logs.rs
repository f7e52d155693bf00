//! Flow logs.

use super::*;
use eni_core::control::command::{CreateFlowLogs, LogsAct};
use eni_core::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};

pub const FLOW_LOGS: &[Case] = &[
    case("MissingParameter", "MissingParameter: The request must contain the parameter trafficType", |_| {
        create_flow_log(CreateFlowLogs { traffic: None, ..flow_log() })
    }),
    case(
        "FlowLogNotFound",
        "InvalidFlowLogId.NotFound: These flow log ids in the input list are not found: [TotalCount: 2] fl-8 fl-9",
        |scene| {
            scene.accept(create_flow_log(flow_log()));
            Command::DeleteFlowLogs(vec![id(1), id(8), id(9)])
        },
    ),
    case(
        "FlowLogExists",
        "FlowLogAlreadyExists: Error. There is an existing Flow Log with the same configuration and log destination.",
        |scene| {
            scene.accept(create_flow_log(flow_log()));
            create_flow_log(flow_log())
        },
    ),
    case("FlowLogLimit", "FlowLogsLimitExceeded: The maximum number of flow logs for this resource has been reached.", |scene| {
        scene.quotas(|quotas| quotas.flow_logs_per_resource = 1);
        scene.accept(create_flow_log(flow_log()));
        create_flow_log(CreateFlowLogs { traffic: Some(FlowTraffic::Reject), ..flow_log() })
    }),
    case("VpcNotFound", "InvalidVpcID.NotFound: The vpc ID 'vpc-9' does not exist", |_| {
        create_flow_log(CreateFlowLogs { resources: vec![FlowLogResource::Vpc(vpc(9))], ..flow_log() })
    }),
    case("FlowLogInterval", "InvalidParameter: Invalid Flow Log Max Aggregation Interval", |_| {
        create_flow_log(CreateFlowLogs { interval: Some(61), ..flow_log() })
    }),
    case("FlowLogLacks", "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.", |_| {
        create_flow_log(CreateFlowLogs { destination_type: None, destination: None, log_group: Some("logs".to_owned()), ..flow_log() })
    }),
    case("FlowLogLacks", "InvalidParameter: LogDestination can't be empty if LogGroupName is not provided.", |_| {
        create_flow_log(CreateFlowLogs { destination: None, ..flow_log() })
    }),
    case("FlowLogGroupElsewhere", "InvalidParameter: LogDestination type must be cloud-watch-logs if LogGroupName is provided.", |_| {
        create_flow_log(CreateFlowLogs { log_group: Some("logs".to_owned()), ..flow_log() })
    }),
    case("FlowLogUnsuited", "InvalidParameter: DeliverLogsPermissionArn cannot be used with the log destination type s3.", |_| {
        create_flow_log(CreateFlowLogs { role: Some("arn:aws:iam::123456789012:role/logs".to_owned()), ..flow_log() })
    }),
    case(
        "FlowLogUnsuited",
        "InvalidParameter: DestinationOptions cannot be used with the log destination type kinesis-data-firehose.",
        |_| {
            let destination = Some("arn:aws:firehose:us-east-1:123456789012:deliverystream/logs".to_owned());
            let destination_type = Some("kinesis-data-firehose".to_owned());
            create_flow_log(CreateFlowLogs { destination_type, destination, files: Some(FlowFiles::default()), ..flow_log() })
        },
    ),
    case("FlowLogDestination", "InvalidParameter: LogDestination: arn:aws:sqs:::logs is not valid for this log destination type.", |_| {
        create_flow_log(CreateFlowLogs { destination: Some("arn:aws:sqs:::logs".to_owned()), ..flow_log() })
    }),
    case("FlowLogFormat", "InvalidParameter: Unknown fields provided: ${colour}", |_| {
        create_flow_log(CreateFlowLogs { format: Some("${version} ${colour}".to_owned()), ..flow_log() })
    }),
    case("LogGroupExists", "ResourceAlreadyExistsException: The specified log group already exists", |scene| {
        scene.accept(Command::Logs(LogsAct::Create("logs".to_owned())));
        Command::Logs(LogsAct::Create("logs".to_owned()))
    }),
    case("LogGroupNotFound", "ResourceNotFoundException: The specified log group does not exist.", |_| {
        Command::Logs(LogsAct::Delete("logs".to_owned()))
    }),
    case("LogGroupNotFound", "ResourceNotFoundException: The specified log group does not exist.", |_| {
        Command::Logs(LogsAct::Retain("logs".to_owned(), Some(7)))
    }),
];
