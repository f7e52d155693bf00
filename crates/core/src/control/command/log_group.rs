//! What the acts of CloudWatch Logs are asked for.

/// An act of CloudWatch Logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogsAct {
    /// CreateLogGroup.
    Create(String),
    /// DeleteLogGroup.
    Delete(String),
    /// PutRetentionPolicy with a number of days, DeleteRetentionPolicy without.
    Retain(String, Option<u32>),
}
