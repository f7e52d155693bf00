//! CloudWatch alarms.

use super::Call;
use crate::aws::object::Object;
use crate::aws::shape::alarm::{ACTIONS, evaluation};
use eni_core::control::command::AlarmAct;
use eni_core::model::alarm::AlarmConfig;
use serde_json::json;

/// The call that sets up, changes or deletes alarms.
pub(super) fn call(act: &AlarmAct) -> Call {
    let named = |names: &[String]| Object::new().texts("AlarmNames", names);
    match act {
        AlarmAct::Put(wanted) => ("PutMetricAlarm", put(&wanted.name, &wanted.config)),
        AlarmAct::Delete(names) => ("DeleteAlarms", named(names)),
        AlarmAct::EnableActions(names, true) => ("EnableAlarmActions", named(names)),
        AlarmAct::EnableActions(names, false) => ("DisableAlarmActions", named(names)),
        AlarmAct::SetState(wanted) => {
            let object = Object::new().text("AlarmName", &wanted.name).with("StateValue", wanted.state.as_str());
            ("SetAlarmState", object.text("StateReason", &wanted.reason))
        }
    }
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
    evaluation(config).into_iter().fold(object, |object, (name, value)| object.maybe(name, value))
}
