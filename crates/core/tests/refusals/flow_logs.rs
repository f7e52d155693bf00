//! Flow logs.

use super::*;
use eni_core::control::command::CreateFlowLogs;
use eni_core::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};

/// All traffic of `vpc-1`, to a bucket.
fn request() -> CreateFlowLogs {
    CreateFlowLogs {
        resources: vec![FlowLogResource::Vpc(vpc(1))],
        traffic: Some(FlowTraffic::All),
        destination_type: Some("s3".to_owned()),
        destination: Some("arn:aws:s3:::logs".to_owned()),
        log_group: None,
        role: None,
        cross_account_role: None,
        format: None,
        interval: None,
        files: None,
        tags: Tags::new(),
    }
}

fn create(request: CreateFlowLogs) -> Command {
    Command::CreateFlowLogs(Box::new(request))
}

pub const FLOW_LOGS: &[Case] = &[
    case("MissingParameter", "MissingParameter: The request must contain the parameter trafficType", |_| {
        create(CreateFlowLogs { traffic: None, ..request() })
    }),
    case(
        "FlowLogNotFound",
        "InvalidFlowLogId.NotFound: These flow log ids in the input list are not found: [TotalCount: 2] fl-8 fl-9",
        |scene| {
            scene.accept(create(request()));
            Command::DeleteFlowLogs(vec![id(1), id(8), id(9)])
        },
    ),
    case(
        "FlowLogExists",
        "FlowLogAlreadyExists: Error. There is an existing Flow Log with the same configuration and log destination.",
        |scene| {
            scene.accept(create(request()));
            create(request())
        },
    ),
    case("FlowLogLimit", "FlowLogsLimitExceeded: The maximum number of flow logs for this resource has been reached.", |scene| {
        scene.quotas(|quotas| quotas.flow_logs_per_resource = 1);
        scene.accept(create(request()));
        create(CreateFlowLogs { traffic: Some(FlowTraffic::Reject), ..request() })
    }),
    case("VpcNotFound", "InvalidVpcID.NotFound: The vpc ID 'vpc-9' does not exist", |_| {
        create(CreateFlowLogs { resources: vec![FlowLogResource::Vpc(vpc(9))], ..request() })
    }),
    case("FlowLogInterval", "InvalidParameter: Invalid Flow Log Max Aggregation Interval", |_| {
        create(CreateFlowLogs { interval: Some(61), ..request() })
    }),
    case("FlowLogLacks", "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.", |_| {
        create(CreateFlowLogs { destination_type: None, destination: None, log_group: Some("logs".to_owned()), ..request() })
    }),
    case("FlowLogLacks", "InvalidParameter: LogDestination can't be empty if LogGroupName is not provided.", |_| {
        create(CreateFlowLogs { destination: None, ..request() })
    }),
    case("FlowLogGroupElsewhere", "InvalidParameter: LogDestination type must be cloud-watch-logs if LogGroupName is provided.", |_| {
        create(CreateFlowLogs { log_group: Some("logs".to_owned()), ..request() })
    }),
    case("FlowLogUnsuited", "InvalidParameter: DeliverLogsPermissionArn cannot be used with the log destination type s3.", |_| {
        create(CreateFlowLogs { role: Some("arn:aws:iam::123456789012:role/logs".to_owned()), ..request() })
    }),
    case(
        "FlowLogUnsuited",
        "InvalidParameter: DestinationOptions cannot be used with the log destination type kinesis-data-firehose.",
        |_| {
            let destination = Some("arn:aws:firehose:us-east-1:123456789012:deliverystream/logs".to_owned());
            let destination_type = Some("kinesis-data-firehose".to_owned());
            create(CreateFlowLogs { destination_type, destination, files: Some(FlowFiles::default()), ..request() })
        },
    ),
    case("FlowLogDestination", "InvalidParameter: LogDestination: arn:aws:sqs:::logs is not valid for this log destination type.", |_| {
        create(CreateFlowLogs { destination: Some("arn:aws:sqs:::logs".to_owned()), ..request() })
    }),
    case("FlowLogFormat", "InvalidParameter: Unknown fields provided: ${colour}", |_| {
        create(CreateFlowLogs { format: Some("${version} ${colour}".to_owned()), ..request() })
    }),
];
