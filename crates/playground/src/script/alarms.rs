//! CloudWatch alarms of a script.

use super::plan::Plan;
use super::said;
use crate::aws::put_alarm;
use eni_core::id::{InstanceId, NatGatewayId};

/// Every alarm, as it is set up. Their states, and what they did, do not come back: they begin anew.
pub(super) fn alarms(plan: &mut Plan<'_>) {
    plan.heading("Alarms: they begin anew, and come into their states by themselves");
    for alarm in plan.network.alarms() {
        let is_id = |value: &str| value.parse::<InstanceId>().is_ok() || value.parse::<NatGatewayId>().is_ok();
        // What is not made again has no variable, and its id may be something else's there.
        if alarm.config.dimensions.iter().any(|(_, value)| is_id(value) && plan.variables.get(value).is_none()) {
            plan.note(&alarm.name, "", said::alarm_of_nothing);
            continue;
        }
        plan.call("PutMetricAlarm", put_alarm(&alarm.name, &alarm.config));
    }
}
