//! CloudWatch alarms.

use super::Writer;
use crate::aws::error::ApiError;
use crate::aws::member::{Member, Wire, attribute, derived, kept};
use crate::aws::metrics::{AlarmsWanted, HistoryWanted};
use crate::aws::text::{Json, Object};
use eni_core::model::alarm::{Alarm, AlarmConfig};
use eni_core::order::sort_by_key;
use serde_json::{Value, json};

const TEXTS: Wire = Wire::List(&Wire::Text);

/// What an alarm did.
pub const HISTORY: &[Member] = &[
    derived("AlarmName", Wire::Text),
    derived("AlarmType", Wire::Text),
    derived("Timestamp", Wire::Time),
    derived("HistoryItemType", Wire::Text),
    derived("HistorySummary", Wire::Text),
];

/// An alarm. What it did, which another call shows, stands with it in documents.
pub const METRIC_ALARM: &[Member] = &[
    kept("AlarmName", Wire::Text),
    derived("AlarmArn", Wire::Text),
    kept("AlarmDescription", Wire::Text),
    kept("AlarmConfigurationUpdatedTimestamp", Wire::Time),
    kept("ActionsEnabled", Wire::Boolean),
    kept("OKActions", TEXTS),
    kept("AlarmActions", TEXTS),
    kept("InsufficientDataActions", TEXTS),
    kept("StateValue", Wire::Text),
    kept("StateReason", Wire::Text),
    kept("StateUpdatedTimestamp", Wire::Time),
    kept("MetricName", Wire::Text),
    kept("Namespace", Wire::Text),
    kept("Statistic", Wire::Text),
    kept("Dimensions", Wire::List(&Wire::Struct(&[kept("Name", Wire::Text), kept("Value", Wire::Text)]))),
    kept("Period", Wire::Integer),
    kept("Unit", Wire::Text),
    kept("EvaluationPeriods", Wire::Integer),
    kept("DatapointsToAlarm", Wire::Integer),
    kept("Threshold", Wire::Number),
    kept("ComparisonOperator", Wire::Text),
    kept("TreatMissingData", Wire::Text),
    kept("StateTransitionedTimestamp", Wire::Time),
    attribute(
        "AlarmHistoryItems",
        Wire::List(&Wire::Struct(&[
            kept("Timestamp", Wire::Time),
            kept("HistoryItemType", Wire::Text),
            kept("HistorySummary", Wire::Text),
        ])),
    ),
];

/// The members of an alarm's actions, in the order of the states.
pub const ACTIONS: [&str; 3] = ["OKActions", "AlarmActions", "InsufficientDataActions"];

/// How an alarm looks at the values of its metric: the members that its setting up and its description have alike, in AWS's order.
pub fn evaluation(config: &AlarmConfig) -> [(&'static str, Option<Value>); 7] {
    [
        ("Period", Some((config.minutes * 60).into())),
        ("Unit", config.unit.as_deref().map(Value::from)),
        ("EvaluationPeriods", Some(config.evaluation_periods.into())),
        ("DatapointsToAlarm", config.datapoints_to_alarm.map(Value::from)),
        ("Threshold", Some(number(&config.threshold.to_string()))),
        ("ComparisonOperator", Some(config.comparison.as_str().into())),
        ("TreatMissingData", config.missing.map(|missing| missing.as_str().into())),
    ]
}

impl Writer<'_> {
    pub(in crate::aws) fn alarm(&self, alarm: &Alarm) -> Json {
        let config = &alarm.config;
        let dimension = |(name, value): &(String, String)| json!({ "Name": name, "Value": value }).into();
        let items = self.attribute(alarm.history.iter().map(
            |item| json!({ "Timestamp": self.epoch.print(item.at), "HistoryItemType": item.kind.as_str(), "HistorySummary": item.summary }),
        ));
        let mut object = self
            .object()
            .with("AlarmName", alarm.name.as_str())
            .with("AlarmArn", format!("arn:aws:cloudwatch:{}:{}:alarm:{}", self.network.region(), self.owner(), alarm.name))
            .filled("AlarmDescription", &config.description)
            .with("AlarmConfigurationUpdatedTimestamp", self.epoch.print(alarm.configured_at))
            .with("ActionsEnabled", config.actions_enabled);
        for (name, list) in ACTIONS.into_iter().zip(&config.actions) {
            object = object.list(name, list.iter().map(|arn| arn.as_str().into()));
        }
        let object = object
            .with("StateValue", alarm.state.as_str())
            .with("StateReason", alarm.reason.as_str())
            .with("StateUpdatedTimestamp", self.epoch.print(alarm.updated_at))
            .with("MetricName", config.metric.as_str())
            .with("Namespace", config.namespace.as_str())
            .with("Statistic", config.statistic.as_str())
            .list("Dimensions", config.dimensions.iter().map(dimension));
        evaluation(config)
            .into_iter()
            .fold(object, |object, (name, value)| object.maybe(name, value))
            .with("StateTransitionedTimestamp", self.epoch.print(alarm.transitioned_at))
            .maybe("AlarmHistoryItems", items.map(|items| items.map(Json::from).collect::<Vec<Json>>()))
            .into()
    }

    /// The answer to DescribeAlarms: by name, those that fit.
    pub(in crate::aws) fn alarms(&self, wanted: &AlarmsWanted) -> Json {
        let has_action = |alarm: &Alarm, prefix: &str| alarm.config.actions.iter().flatten().any(|arn| arn.starts_with(prefix));
        let fits = |alarm: &&Alarm| {
            (wanted.names.is_empty() || wanted.names.contains(&alarm.name))
                && alarm.name.starts_with(&wanted.prefix)
                && wanted.state.is_none_or(|state| state == alarm.state)
                && wanted.action_prefix.as_deref().is_none_or(|prefix| has_action(alarm, prefix))
        };
        let found = self.network.alarms().filter(fits).map(|alarm| self.alarm(alarm));
        Object::new().list("MetricAlarms", found).with("CompositeAlarms", Vec::<Json>::new()).into()
    }

    /// The answer to DescribeAlarmHistory: the newest first, unless the oldest are wanted first.
    ///
    /// # Errors
    /// A moment is none.
    pub(in crate::aws) fn alarm_history(&self, wanted: &HistoryWanted) -> Result<Json, ApiError> {
        let read = |name: &str, text: &Option<String>| {
            text.as_deref().map(|text| self.epoch.read_utc(text).map_err(|_| ApiError::invalid(name, text, "It is no moment."))).transpose()
        };
        let (from, to) = (read("StartDate", &wanted.start)?, read("EndDate", &wanted.end)?);
        let mut found = Vec::new();
        for alarm in self.network.alarms().filter(|alarm| wanted.name.as_ref().is_none_or(|name| *name == alarm.name)) {
            let fits = |item: &&eni_core::model::alarm::HistoryItem| {
                wanted.kind.is_none_or(|kind| kind == item.kind)
                    && from.is_none_or(|from| item.at >= from)
                    && to.is_none_or(|to| item.at <= to)
            };
            found.extend(alarm.history.iter().filter(fits).map(|item| (alarm, item)));
        }
        sort_by_key(&mut found, |(alarm, item)| (item.at, alarm.name.clone()));
        if wanted.newest_first {
            found.reverse();
        }
        found.truncate(wanted.most);
        let item = |(alarm, item): &(&Alarm, &eni_core::model::alarm::HistoryItem)| {
            let (at, kind) = (self.epoch.print(item.at), item.kind.as_str());
            json!({
                "AlarmName": alarm.name, "AlarmType": "MetricAlarm", "Timestamp": at, "HistoryItemType": kind, "HistorySummary": item.summary,
            })
        };
        Ok(json!({ "AlarmHistoryItems": found.iter().map(item).collect::<Vec<Value>>() }).into())
    }
}

/// A number of that many digits as JSON has it.
pub fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
