//! CloudWatch alarms.

use super::Call;
use crate::aws::object::Object;
use crate::aws::shape::alarm::{ACTIONS, number};
use eni_core::control::command::Command;
use eni_core::model::alarm::AlarmConfig;
use serde_json::json;

/// The call that sets up, changes or deletes alarms.
pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::PutMetricAlarm(wanted) => ("PutMetricAlarm", put(&wanted.name, &wanted.config)),
        Command::DeleteAlarms(names) => ("DeleteAlarms", Object::new().texts("AlarmNames", names)),
        Command::EnableAlarmActions(names, true) => ("EnableAlarmActions", Object::new().texts("AlarmNames", names)),
        Command::EnableAlarmActions(names, false) => ("DisableAlarmActions", Object::new().texts("AlarmNames", names)),
        Command::SetAlarmState(wanted) => {
            let object = Object::new().text("AlarmName", &wanted.name).with("StateValue", wanted.state.as_str());
            ("SetAlarmState", object.text("StateReason", &wanted.reason))
        }
        _ => return None,
    })
}

/// The parameters that set an alarm up as it is.
pub(crate) fn put(name: &str, config: &AlarmConfig) -> Object {
    let mut object = Object::new().text("AlarmName", name).filled("AlarmDescription", &config.description);
    object = object.maybe("ActionsEnabled", (!config.actions_enabled).then_some(false));
    for (member, list) in ACTIONS.into_iter().zip(&config.actions).filter(|(_, list)| !list.is_empty()) {
        object = object.texts(member, list);
    }
    let object = object.text("MetricName", &config.metric).text("Namespace", &config.namespace);
    let mut object = object.with("Statistic", config.statistic.as_str());
    if !config.dimensions.is_empty() {
        object = object.list("Dimensions", config.dimensions.iter().map(|(name, value)| json!({ "Name": name, "Value": value })));
    }
    object
        .with("Period", config.minutes * 60)
        .maybe("Unit", config.unit.as_deref())
        .with("EvaluationPeriods", config.evaluation_periods)
        .maybe("DatapointsToAlarm", config.datapoints_to_alarm)
        .with("Threshold", number(&config.threshold.to_string()))
        .with("ComparisonOperator", config.comparison.as_str())
        .maybe("TreatMissingData", config.missing.map(|missing| missing.as_str()))
}
