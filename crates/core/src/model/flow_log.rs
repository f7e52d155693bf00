//! VPC flow logs (`F1` to `F3`, `F20`, `F21`, `J12`): what is recorded of whose packets, and where the records go.

use super::Tags;
use crate::id::{EniId, FlowLogId, SubnetId, VpcId};
use crate::time::Instant;
use std::fmt;

/// A flow log. It cannot be changed, only deleted and made anew (`F3`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLog {
    /// Its id.
    pub id: FlowLogId,
    /// Whose packets it records.
    pub resource: FlowLogResource,
    /// What it records, and where to.
    pub config: FlowLogConfig,
    /// When it was made.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// What a flow log is set to. Two of one resource differ in it (`F3`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLogConfig {
    /// Which packets it records, by what became of them.
    pub traffic: FlowTraffic,
    /// Where the records go.
    pub destination: FlowDestination,
    /// The role that may write there.
    pub role: Option<String>,
    /// The role that may write in another account.
    pub cross_account_role: Option<String>,
    /// The fields of a record, in AWS's notation; AWS's own choice if absent (`F13`, `F20`).
    pub format: Option<String>,
    /// The longest time that one record stands for, in seconds: 60 or 600 (`F2`).
    pub interval: u32,
}

/// Whose packets a flow log records (`F1`): of everything that is in it, whenever it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowLogResource {
    /// All ENIs of a VPC.
    Vpc(VpcId),
    /// All ENIs of a subnet.
    Subnet(SubnetId),
    /// One ENI.
    Eni(EniId),
}

impl FlowLogResource {
    /// AWS's word for the type.
    pub const fn kind(self) -> &'static str {
        match self {
            FlowLogResource::Vpc(_) => "VPC",
            FlowLogResource::Subnet(_) => "Subnet",
            FlowLogResource::Eni(_) => "NetworkInterface",
        }
    }
}

impl fmt::Display for FlowLogResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FlowLogResource::Vpc(id) => id.fmt(f),
            FlowLogResource::Subnet(id) => id.fmt(f),
            FlowLogResource::Eni(id) => id.fmt(f),
        }
    }
}

/// Which packets a flow log records (`F2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowTraffic {
    /// Those that group and network ACL let through.
    Accept,
    /// Those that one of them refuses.
    Reject,
    /// All of them.
    All,
}

impl FlowTraffic {
    /// Every choice.
    pub const ALL: [FlowTraffic; 3] = [FlowTraffic::Accept, FlowTraffic::Reject, FlowTraffic::All];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            FlowTraffic::Accept => "ACCEPT",
            FlowTraffic::Reject => "REJECT",
            FlowTraffic::All => "ALL",
        }
    }
}

/// Where records go (`F2`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlowDestination {
    /// A log group of CloudWatch Logs: its name, or its ARN.
    CloudWatchLogs {
        /// The name.
        group: Option<String>,
        /// The ARN.
        arn: Option<String>,
    },
    /// Files in a bucket of Amazon S3.
    S3 {
        /// The bucket's ARN, a folder of it at its end.
        arn: String,
        /// How the files are laid out; AWS's own way if absent.
        files: Option<FlowFiles>,
    },
    /// A delivery stream of Amazon Data Firehose, by its ARN.
    Firehose(String),
}

/// How files with records are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct FlowFiles {
    /// Whether they are Parquet files, and not text.
    pub parquet: bool,
    /// Whether folders are named as Hive does.
    pub hive: bool,
    /// Whether each hour has a folder.
    pub per_hour: bool,
}

impl FlowDestination {
    /// AWS's word for the type.
    pub const fn kind(&self) -> &'static str {
        match self {
            FlowDestination::CloudWatchLogs { .. } => "cloud-watch-logs",
            FlowDestination::S3 { .. } => "s3",
            FlowDestination::Firehose(_) => "kinesis-data-firehose",
        }
    }
}

/// The record that AWS writes if nothing else is asked for (`F13`).
pub const DEFAULT_FORMAT: &str = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} \
    ${bytes} ${start} ${end} ${action} ${log-status}";

/// The fields that a record may have.
pub const FIELDS: &str = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status \
    vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service \
    pkt-dst-aws-service flow-direction traffic-path ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id \
    ecs-container-id ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id \
    encryption-status";
