//! CloudWatch alarms: set up, evaluated, acting (`W11` to `W20`).

use super::command::{AlarmAct, PutMetricAlarm, SetAlarmState};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::{fault, instance};
use crate::id::InstanceId;
use crate::model::alarm::{Alarm, AlarmConfig, AlarmState, Amount, HISTORY_KEPT, HistoryItem, HistoryKind, Missing};
use crate::model::event::{Event, InstanceChange};
use crate::model::fault::Fault;
use crate::model::network::Network;
use crate::time::Instant;

/// How many alarms a region may have.
pub const MOST_ALARMS: usize = 5_000;
/// How many more periods than it needs an alarm looks at, where values are missing (`M`: AWS says that it takes more, and not how many).
pub const MORE_PERIODS: u32 = 2;

/// An act on alarms.
pub(super) fn act(draft: &mut Draft, act: &AlarmAct) -> Result<Reply, Refusal> {
    match act {
        AlarmAct::Put(request) => put(draft, request),
        AlarmAct::Delete(names) => delete(draft, names),
        AlarmAct::EnableActions(names, on) => enable(draft, names, *on),
        AlarmAct::SetState(request) => set_state(draft, request),
    }
}

/// PutMetricAlarm: a new alarm knows nothing; one that is there keeps its state (`W19`).
fn put(draft: &mut Draft, request: &PutMetricAlarm) -> Result<Reply, Refusal> {
    let now = draft.now;
    let known = draft.network.alarm(&request.name);
    if known.is_none() && draft.network.alarms().len() >= MOST_ALARMS {
        return Err(Refusal::AlarmLimit { limit: MOST_ALARMS });
    }
    let new = || Alarm {
        name: request.name.clone(),
        config: request.config.clone(),
        configured_at: now,
        state: AlarmState::InsufficientData,
        reason: "Unchecked: Initial alarm creation".to_owned(),
        updated_at: now,
        transitioned_at: now,
        history: Vec::new(),
    };
    let mut alarm = known.cloned().unwrap_or_else(new);
    alarm.config.clone_from(&request.config);
    alarm.configured_at = now;
    let done = if known.is_none() { "created" } else { "updated" };
    note(&mut alarm, now, HistoryKind::ConfigurationUpdate, format!("Alarm \"{}\" {done}", request.name));
    draft.push(Event::AlarmSet(Box::new(alarm)));
    Ok(Reply::Nothing)
}

/// DeleteAlarms: all that are named, or none.
fn delete(draft: &mut Draft, names: &[String]) -> Result<Reply, Refusal> {
    for alarm in all(draft.network, names)? {
        draft.push(Event::AlarmDeleted(alarm.name.clone()));
    }
    Ok(Reply::Nothing)
}

/// EnableAlarmActions and DisableAlarmActions.
fn enable(draft: &mut Draft, names: &[String], on: bool) -> Result<Reply, Refusal> {
    let now = draft.now;
    for alarm in all(draft.network, names)? {
        if alarm.config.actions_enabled != on {
            let mut alarm = alarm.clone();
            (alarm.config.actions_enabled, alarm.configured_at) = (on, now);
            let summary = format!("Alarm \"{}\" updated", alarm.name);
            note(&mut alarm, now, HistoryKind::ConfigurationUpdate, summary);
            draft.push(Event::AlarmSet(Box::new(alarm)));
        }
    }
    Ok(Reply::Nothing)
}

/// SetAlarmState: as if the metric had said so, until it is evaluated the next time (`W18`).
fn set_state(draft: &mut Draft, request: &SetAlarmState) -> Result<Reply, Refusal> {
    let alarm = one(draft.network, &request.name)?;
    comes_into(draft, alarm, request.state, request.reason.clone());
    Ok(Reply::Nothing)
}

fn one<'n>(network: &'n Network, name: &str) -> Result<&'n Alarm, Refusal> {
    network.alarm(name).ok_or_else(|| Refusal::AlarmNotFound { names: name.to_owned() })
}

fn all<'n>(network: &'n Network, names: &[String]) -> Result<Vec<&'n Alarm>, Refusal> {
    let unknown: Vec<&str> = names.iter().map(String::as_str).filter(|name| network.alarm(name).is_none()).collect();
    if !unknown.is_empty() {
        return Err(Refusal::AlarmNotFound { names: unknown.join(", ") });
    }
    Ok(names.iter().filter_map(|name| network.alarm(name)).collect())
}

/// What happens where an alarm was evaluated and has another state from now on.
pub fn evaluated(network: &Network, alarm: &Alarm, (state, reason): (AlarmState, String), now: Instant) -> Vec<Event> {
    let mut draft = Draft::new(network, now);
    comes_into(&mut draft, alarm, state, reason);
    draft.events
}

/// An alarm is said to be in a state; where that is another one, it acts (`W15`).
fn comes_into(draft: &mut Draft, alarm: &Alarm, state: AlarmState, reason: String) {
    let (mut alarm, now) = (alarm.clone(), draft.now);
    (alarm.reason, alarm.updated_at) = (reason, now);
    if alarm.state != state {
        let summary = format!("Alarm updated from {} to {}", alarm.state.as_str(), state.as_str());
        note(&mut alarm, now, HistoryKind::StateUpdate, summary);
        (alarm.state, alarm.transitioned_at) = (state, now);
        let enabled = alarm.config.actions_enabled;
        let actions = if enabled { alarm.config.actions_of(state).to_vec() } else { Vec::new() };
        for action in &actions {
            let begun = draft.events.len();
            let summary = match acts(draft, &alarm.config, action) {
                Ok(()) => format!("Successfully executed action {action}"),
                Err(why) => {
                    draft.events.truncate(begun);
                    format!("Failed to execute action {action}. Received error: \"{why}\"")
                }
            };
            note(&mut alarm, now, HistoryKind::Action, summary);
        }
    }
    draft.push(Event::AlarmSet(Box::new(alarm)));
}

fn note(alarm: &mut Alarm, at: Instant, kind: HistoryKind, summary: String) {
    alarm.history.push(HistoryItem { at, kind, summary });
    let more = alarm.history.len().saturating_sub(HISTORY_KEPT);
    alarm.history.drain(..more);
}

/// What EC2 does for an alarm, by the end of the action's ARN.
pub const EC2_ACTIONS: [&str; 4] = ["stop", "terminate", "reboot", "recover"];

/// What an action does to an instance: the last word of `arn:aws:automate:REGION:ec2:stop`.
pub fn ec2_action(arn: &str) -> Option<&str> {
    let (_, action) = arn.strip_prefix("arn:aws:automate:")?.split_once(":ec2:")?;
    EC2_ACTIONS.contains(&action).then_some(action)
}

fn acts(draft: &mut Draft, config: &AlarmConfig, action: &str) -> Result<(), String> {
    let Some(word) = ec2_action(action) else {
        return Err("The playground carries out actions of EC2 only: nobody here is told of anything.".to_owned());
    };
    let named = config.dimensions.iter().find(|(name, _)| name == "InstanceId").and_then(|(_, id)| id.parse::<InstanceId>().ok());
    let id = named.ok_or_else(|| "The metric is of no instance.".to_owned())?;
    let done = match word {
        "stop" => instance::stop(draft, &[id]),
        "terminate" => instance::terminate(draft, &[id]),
        "reboot" => instance::reboot(draft, &[id]),
        _ => recover(draft, id),
    };
    done.map(drop).map_err(|refusal| format!("{}: {}", refusal.code(), refusal.message()))
}

/// The instance comes up on another machine, with its id, its addresses and its ENIs (`W16`).
fn recover(draft: &mut Draft, id: InstanceId) -> Result<Reply, Refusal> {
    fault::set(draft, id, Fault::Loss(0))?;
    let faults = draft.instance(id)?.faults.after(Fault::Loss(0), draft.now).after(Fault::Hang(false), draft.now);
    draft.push(Event::InstanceChanged(id, InstanceChange::Faults(faults)));
    Ok(Reply::Nothing)
}

/// What an alarm makes of the values of its last periods, oldest first: as many as it needs, and [`MORE_PERIODS`] before them (`W12`, `W13`). Nothing
/// where it stays as it is.
pub fn judge(config: &AlarmConfig, periods: &[Option<Amount>]) -> Option<(AlarmState, String)> {
    let known: Vec<Amount> = periods.iter().copied().flatten().collect();
    let (wanted, needed) = (config.evaluation_periods as usize, config.needed() as usize);
    // Those that were left of the missing ones count if there are enough of them.
    let looked_at = known.get(known.len().saturating_sub(wanted)..).unwrap_or_default();
    let crosses = |value: &Amount| config.comparison.crosses(*value, config.threshold);
    let crossing = looked_at.iter().filter(|value| crosses(value)).count();
    let absent = wanted.saturating_sub(looked_at.len());
    let missing = config.missing.unwrap_or(Missing::Missing);
    let alarms = match missing {
        Missing::Breaching => crossing + absent >= needed,
        Missing::NotBreaching => crossing >= needed,
        Missing::Missing | Missing::Ignore if looked_at.is_empty() => {
            let none = format!("Insufficient Data: {wanted} datapoint{} unknown.", if wanted == 1 { " was" } else { "s were" });
            return (missing == Missing::Missing).then_some((AlarmState::InsufficientData, none));
        }
        Missing::Missing | Missing::Ignore if absent > 0 && crossing < needed && crossing == looked_at.len() => {
            // Too few to tell, and none of them well: an alarm only if the first one of them is old enough, so that it is no short peak.
            let age = periods.iter().position(Option::is_some).map_or(0, |place| periods.len() - place);
            if missing == Missing::Ignore || age < needed {
                return None;
            }
            true
        }
        Missing::Missing | Missing::Ignore => crossing >= needed,
    };
    let state = if alarms { AlarmState::Alarm } else { AlarmState::Ok };
    Some((state, why(config, looked_at, crossing, alarms, absent)))
}

/// Why an alarm is in its state, as AWS says it but for the moments of the values (`W17`).
fn why(config: &AlarmConfig, values: &[Amount], crossing: usize, alarms: bool, absent: usize) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let spoken = config.comparison.spoken();
    if values.is_empty() {
        let word = if config.missing == Some(Missing::Breaching) { "Breaching" } else { "NonBreaching" };
        return format!(
            "Threshold Crossed: no datapoints were received for {absent} period{0} and {absent} missing datapoint{0} {1} treated as [{word}].",
            plural(absent),
            if absent == 1 { "was" } else { "were" }
        );
    }
    let count = if alarms { crossing } else { values.len() - crossing };
    let shown: Vec<String> = values.iter().rev().map(Amount::to_string).collect();
    let (verb, not) = (if count == 1 { "was" } else { "were" }, if alarms { "" } else { "not " });
    let needed = if alarms { config.needed() } else { config.evaluation_periods - config.needed() + 1 };
    let change = if alarms { "OK -> ALARM" } else { "ALARM -> OK" };
    format!(
        "Threshold Crossed: {count} out of the last {} datapoints [{}] {verb} {not}{spoken} the threshold ({}) (minimum {needed} datapoint{} for \
         {change} transition).",
        values.len(),
        shown.join(", "),
        config.threshold,
        plural(needed as usize),
    )
}
