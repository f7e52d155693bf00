//! Refusals of alarms.

use super::*;
use eni_core::control::alarm::MOST_ALARMS;
use eni_core::control::command::{AlarmAct, PutMetricAlarm, SetAlarmState};
use eni_core::model::alarm::{Alarm, AlarmConfig, AlarmState, Amount, Comparison, Statistic};
use eni_core::time::Instant;

fn config() -> AlarmConfig {
    AlarmConfig {
        description: String::new(),
        actions_enabled: true,
        actions: Default::default(),
        namespace: "AWS/EC2".to_owned(),
        metric: "NetworkIn".to_owned(),
        dimensions: Vec::new(),
        statistic: Statistic::Sum,
        minutes: 1,
        unit: None,
        evaluation_periods: 1,
        datapoints_to_alarm: None,
        threshold: Amount::of(1, 1),
        comparison: Comparison::Above,
        missing: None,
    }
}

fn put(name: &str) -> Command {
    Command::Alarm(AlarmAct::Put(Box::new(PutMetricAlarm { name: name.to_owned(), config: config() })))
}

pub const ALARMS: &[Case] = &[
    case("AlarmNotFound", "ResourceNotFound: Alarms with names [other, third] do not exist", |scene| {
        scene.accept(put("one"));
        Command::Alarm(AlarmAct::Delete(vec!["one".to_owned(), "other".to_owned(), "third".to_owned()]))
    }),
    case("AlarmNotFound", "ResourceNotFound: Alarms with names [other] do not exist", |_| {
        Command::Alarm(AlarmAct::EnableActions(vec!["other".to_owned()], true))
    }),
    case("AlarmNotFound", "ResourceNotFound: Alarms with names [other] do not exist", |_| {
        let (name, reason) = ("other".to_owned(), "to see".to_owned());
        Command::Alarm(AlarmAct::SetState(Box::new(SetAlarmState { name, state: AlarmState::Ok, reason })))
    }),
    case("AlarmLimit", "LimitExceeded: The maximum number of alarms (5000) has been reached.", |scene| {
        let alarm = |at: usize| Alarm {
            name: format!("alarm-{at}"),
            config: config(),
            configured_at: Instant::ZERO,
            state: AlarmState::Ok,
            reason: String::new(),
            updated_at: Instant::ZERO,
            transitioned_at: Instant::ZERO,
            history: Vec::new(),
        };
        let alarms: Vec<Event> = (0..MOST_ALARMS).map(|at| Event::AlarmSet(Box::new(alarm(at)))).collect();
        scene.apply(&alarms);
        // One that is there may be set up otherwise.
        scene.accept(put("alarm-7"));
        put("one more")
    }),
];
