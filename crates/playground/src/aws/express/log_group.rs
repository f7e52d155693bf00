//! Log groups of CloudWatch Logs.

use super::Call;
use crate::aws::object::Object;
use eni_core::control::command::LogsAct;

/// The call that makes, deletes or changes a log group.
pub(super) fn call(act: &LogsAct) -> Call {
    let named = |name: &str| Object::new().text("logGroupName", name);
    match act {
        LogsAct::Create(name) => ("CreateLogGroup", named(name)),
        LogsAct::Delete(name) => ("DeleteLogGroup", named(name)),
        LogsAct::Retain(name, Some(days)) => ("PutRetentionPolicy", named(name).with("retentionInDays", *days)),
        LogsAct::Retain(name, None) => ("DeleteRetentionPolicy", named(name)),
    }
}
