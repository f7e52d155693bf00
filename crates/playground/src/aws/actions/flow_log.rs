//! Flow logs.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::{Parameters, id};
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{Command, CreateFlowLogs};
use eni_core::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};

const FILES: &[Member] = &[
    optional("FileFormat", Wire::Words(&["plain-text", "parquet"]), "how the files are written"),
    optional("HiveCompatiblePartitions", Wire::Boolean, "whether folders are named as Hive does"),
    optional("PerHourPartition", Wire::Boolean, "whether each hour has a folder"),
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateFlowLogs",
        help: "makes flow logs of VPCs, subnets or interfaces; aws logs filter-log-events reads what they write",
        members: &[
            required("ResourceType", Wire::Words(&["VPC", "Subnet", "NetworkInterface"]), "what the resources are"),
            required("ResourceIds", Wire::List(&Wire::Text), "the resources; each gets a flow log"),
            optional("TrafficType", Wire::Words(&["ACCEPT", "REJECT", "ALL"]), "what is recorded"),
            optional(
                "LogDestinationType",
                Wire::Words(&["cloud-watch-logs", "s3", "kinesis-data-firehose"]),
                "where to; cloud-watch-logs if absent",
            ),
            optional("LogDestination", Wire::Text, "the ARN of the bucket, the delivery stream or the log group"),
            optional("LogGroupName", Wire::Text, "the log group (cloud-watch-logs)"),
            optional("DeliverLogsPermissionArn", Wire::Text, "the role that may write there (cloud-watch-logs)"),
            optional("DeliverCrossAccountRole", Wire::Text, "the role that may write in another account"),
            optional("LogFormat", Wire::Text, "the fields of a record, as ${version} ${srcaddr}"),
            optional("MaxAggregationInterval", Wire::Integer, "the seconds that one record stands for at most: 60 or 600"),
            optional("DestinationOptions", Wire::Struct(FILES), "how files are laid out (s3)"),
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "DeleteFlowLogs",
        help: "ends flow logs",
        members: &[required("FlowLogIds", Wire::List(&Wire::Id("fl")), "the flow logs"), DRY_RUN],
        build: |p| command(Command::DeleteFlowLogs(p.ids("FlowLogIds")?)),
    },
];

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let kind = p.text("ResourceType").unwrap_or_default();
    let resource = |text| match kind {
        "VPC" => id(text).map(FlowLogResource::Vpc),
        "Subnet" => id(text).map(FlowLogResource::Subnet),
        _ => id(text).map(FlowLogResource::Eni),
    };
    let owned = |name| p.text(name).map(str::to_owned);
    let files = p.object("DestinationOptions").map(|options| FlowFiles {
        parquet: options.text("FileFormat") == Some("parquet"),
        hive: options.flag("HiveCompatiblePartitions").unwrap_or(false),
        per_hour: options.flag("PerHourPartition").unwrap_or(false),
    });
    command(Command::CreateFlowLogs(Box::new(CreateFlowLogs {
        resources: p.texts("ResourceIds").map(resource).collect::<Result<_, _>>()?,
        traffic: FlowTraffic::ALL.into_iter().find(|traffic| p.text("TrafficType") == Some(traffic.as_str())),
        destination_type: owned("LogDestinationType"),
        destination: owned("LogDestination"),
        log_group: owned("LogGroupName"),
        role: owned("DeliverLogsPermissionArn"),
        cross_account_role: owned("DeliverCrossAccountRole"),
        format: owned("LogFormat"),
        interval: p.integer("MaxAggregationInterval"),
        files,
        tags: p.tags_for("vpc-flow-log", &["vpc-flow-log"])?,
    })))
}
