//! What the acts on flow logs were asked for.

use crate::model::Tags;
use crate::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};

/// What CreateFlowLogs was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateFlowLogs {
    /// Whose packets are recorded: one flow log for each.
    pub resources: Vec<FlowLogResource>,
    /// Which packets.
    pub traffic: Option<FlowTraffic>,
    /// AWS's word for where the records go; `cloud-watch-logs` if absent.
    pub destination_type: Option<String>,
    /// The ARN of where they go.
    pub destination: Option<String>,
    /// The name of a log group.
    pub log_group: Option<String>,
    /// The role that may write there.
    pub role: Option<String>,
    /// The role that may write in another account.
    pub cross_account_role: Option<String>,
    /// The fields of a record, in AWS's notation.
    pub format: Option<String>,
    /// The longest time that a record stands for, in seconds.
    pub interval: Option<i64>,
    /// How files are laid out.
    pub files: Option<FlowFiles>,
    /// Tags of each.
    pub tags: Tags,
}
