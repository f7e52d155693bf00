//! The calls of Service Quotas.

use super::Call;
use crate::aws::object::Object;
use eni_core::control::command::Command;

/// The call of such a command.
pub(super) fn call(command: &Command) -> Option<Call> {
    let Command::RequestServiceQuotaIncrease { quota, value } = command else { return None };
    let object = Object::new().with("ServiceCode", quota.service().code()).with("QuotaCode", quota.code());
    Some(("RequestServiceQuotaIncrease", object.with("DesiredValue", *value)))
}
