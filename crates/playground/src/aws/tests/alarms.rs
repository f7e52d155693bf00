//! Every act of CloudWatch and of its logs that is a call.

use eni_core::control::command::{AlarmAct, Command, LogsAct, PutMetricAlarm, SetAlarmState};
use eni_core::model::alarm::{AlarmConfig, AlarmState, Amount, Comparison, Missing, Statistic};

pub fn alarm_commands() -> Vec<Command> {
    let name = || "busy".to_owned();
    let stops = || vec!["arn:aws:automate:us-east-1:ec2:stop".to_owned()];
    let full = AlarmConfig {
        description: "much traffic".to_owned(),
        actions_enabled: false,
        actions: [Vec::new(), stops(), stops()],
        namespace: "AWS/EC2".to_owned(),
        metric: "NetworkOut".to_owned(),
        dimensions: vec![("InstanceId".to_owned(), "i-00000000000000001".to_owned())],
        statistic: Statistic::Sum,
        minutes: 5,
        unit: Some("Bytes".to_owned()),
        evaluation_periods: 3,
        datapoints_to_alarm: Some(2),
        threshold: Amount::of(5, 2),
        comparison: Comparison::AtLeast,
        missing: Some(Missing::NotBreaching),
    };
    let plain = AlarmConfig {
        description: String::new(),
        actions_enabled: true,
        actions: [Vec::new(), stops(), Vec::new()],
        unit: None,
        datapoints_to_alarm: None,
        missing: None,
        comparison: Comparison::Below,
        ..full.clone()
    };
    let put = |config| AlarmAct::Put(Box::new(PutMetricAlarm { name: name(), config }));
    let set = SetAlarmState { name: name(), state: AlarmState::InsufficientData, reason: "to try it".to_owned() };
    let alarms = [
        put(full),
        put(plain),
        AlarmAct::SetState(Box::new(set)),
        AlarmAct::EnableActions(vec![name()], true),
        AlarmAct::EnableActions(vec![name(), "quiet".to_owned()], false),
        AlarmAct::Delete(vec![name()]),
    ];
    let group = || "/vpc/flow-logs".to_owned();
    let logs = [LogsAct::Create(group()), LogsAct::Retain(group(), Some(14)), LogsAct::Retain(group(), None), LogsAct::Delete(group())];
    let alarms = alarms.into_iter().map(Command::Alarm);
    alarms.chain(logs.into_iter().map(Command::Logs)).collect()
}
