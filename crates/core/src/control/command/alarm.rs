//! CloudWatch alarms.

use crate::model::alarm::{AlarmConfig, AlarmState};

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
