//! CloudWatch alarms.

use crate::model::alarm::{AlarmConfig, AlarmState};

/// An act on alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlarmAct {
    /// PutMetricAlarm.
    Put(Box<PutMetricAlarm>),
    /// DeleteAlarms, by their names.
    Delete(Vec<String>),
    /// EnableAlarmActions with `true`, DisableAlarmActions without.
    EnableActions(Vec<String>, bool),
    /// SetAlarmState.
    SetState(Box<SetAlarmState>),
}

/// What PutMetricAlarm was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutMetricAlarm {
    /// The alarm's name.
    pub name: String,
    /// What it shall watch and do.
    pub config: AlarmConfig,
}

/// What SetAlarmState was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAlarmState {
    /// The alarm's name.
    pub name: String,
    /// The state.
    pub state: AlarmState,
    /// Why, in words.
    pub reason: String,
}
