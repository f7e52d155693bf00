//! CloudWatch's alarms: set up, looked at, set to a state, deleted.

use super::metric::DIMENSIONS;
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{Member, Wire, optional, required};
use crate::aws::metrics::{AlarmsWanted, Asked, HistoryWanted, MetricQuery};
use eni_core::control::alarm::ec2_action;
use eni_core::control::command::{AlarmAct, Command, PutMetricAlarm, SetAlarmState};
use eni_core::id::InstanceId;
use eni_core::model::alarm::{AlarmConfig, AlarmState, Amount, Comparison, HistoryKind, Missing, Statistic};
use eni_core::observe::metric::{Metric, Source};

/// The longest name of an alarm, a metric or a dimension, and the longest texts beside it.
const LONGEST_NAME: usize = 255;
const LONGEST_TEXT: usize = 1_024;
/// How many dimensions a metric has at most.
const MOST_DIMENSIONS: usize = 30;
/// How many actions each state takes.
const MOST_ACTIONS: usize = 5;
/// How many alarms one call names.
const MOST_NAMES: usize = 100;
/// How long an alarm looks back at most, in seconds: with periods of an hour and more, and with shorter ones.
const WEEK: i64 = 604_800;
const DAY: i64 = 86_400;

const NAMES: Member = required("AlarmNames", Wire::List(&Wire::Text), "the alarms, by their names");
const ARNS: Wire = Wire::List(&Wire::Text);

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "PutMetricAlarm",
        help: "sets an alarm up, or otherwise; it watches one metric and acts when it comes into another state",
        members: &[
            required("AlarmName", Wire::Text, "its name; one that is there becomes what is said, and keeps its state"),
            optional("AlarmDescription", Wire::Text, "free text"),
            optional("ActionsEnabled", Wire::Boolean, "whether it acts; it does if absent"),
            optional("OKActions", ARNS, "what it does when all is well again, by ARN"),
            optional("AlarmActions", ARNS, "what it does in an alarm: arn:aws:automate:REGION:ec2:stop, terminate, reboot or recover"),
            optional("InsufficientDataActions", ARNS, "what it does when nobody can tell"),
            optional("MetricName", Wire::Text, "the metric, as StatusCheckFailed"),
            optional("Namespace", Wire::Text, "the service that keeps it: AWS/EC2, AWS/NATGateway"),
            optional("Statistic", Wire::Words(Statistic::WORDS), "what is made of the values of a period"),
            optional("Dimensions", DIMENSIONS, "what the metric is of"),
            optional("Period", Wire::Integer, "how many seconds a period has: a multiple of 60"),
            optional("Unit", Wire::Text, "only values in this unit: Bytes, Count"),
            optional("EvaluationPeriods", Wire::Integer, "how many periods are looked at"),
            optional("DatapointsToAlarm", Wire::Integer, "in how many of them the threshold must be crossed; in all if absent"),
            optional("Threshold", Wire::Number, "what values are compared with"),
            optional("ComparisonOperator", Wire::Words(Comparison::WORDS), "how"),
            optional("TreatMissingData", Wire::Words(Missing::WORDS), "what a period without values counts as; missing if absent"),
        ],
        build: put,
    },
    Action {
        name: "DescribeAlarms",
        help: "shows alarms, each with its state and why",
        members: &[
            optional("AlarmNames", Wire::List(&Wire::Text), "only these"),
            optional("AlarmNamePrefix", Wire::Text, "only those whose names begin so"),
            optional("StateValue", Wire::Words(AlarmState::WORDS), "only those in this state"),
            optional("ActionPrefix", Wire::Text, "only those with an action whose ARN begins so"),
        ],
        build: |p| {
            ask(Asked::Alarms(AlarmsWanted {
                names: p.texts("AlarmNames").map(str::to_owned).collect(),
                prefix: p.text_or_empty("AlarmNamePrefix"),
                state: p.text("StateValue").and_then(AlarmState::from_word),
                action_prefix: p.text("ActionPrefix").map(str::to_owned),
            }))
        },
    },
    Action {
        name: "DescribeAlarmHistory",
        help: "shows what alarms did: how they were set up, which states they came into, how they acted",
        members: &[
            optional("AlarmName", Wire::Text, "only this one"),
            optional("HistoryItemType", Wire::Words(HistoryKind::WORDS), "only what is of this kind"),
            optional("StartDate", Wire::Time, "from when on"),
            optional("EndDate", Wire::Time, "until when"),
            optional("MaxRecords", Wire::Between(1, 100), "how many at most"),
            optional("ScanBy", Wire::Words(&["TimestampDescending", "TimestampAscending"]), "which comes first; the newest if absent"),
        ],
        build: |p| {
            ask(Asked::History(HistoryWanted {
                name: p.text("AlarmName").map(str::to_owned),
                kind: p.text("HistoryItemType").and_then(HistoryKind::from_word),
                start: p.text("StartDate").map(str::to_owned),
                end: p.text("EndDate").map(str::to_owned),
                most: p.whole("MaxRecords").unwrap_or(usize::MAX),
                newest_first: p.text("ScanBy") != Some("TimestampAscending"),
            }))
        },
    },
    Action {
        name: "SetAlarmState",
        help: "says of an alarm that it is in a state, until it is evaluated the next time; it acts as if it had come into it",
        members: &[
            required("AlarmName", Wire::Text, "the alarm"),
            required("StateValue", Wire::Words(AlarmState::WORDS), "the state"),
            required("StateReason", Wire::Text, "why, in words"),
        ],
        build: |p| {
            let state = p.text("StateValue").and_then(AlarmState::from_word).ok_or_else(|| ApiError::missing("StateValue"))?;
            let reason = limited(p, "StateReason", LONGEST_TEXT)?;
            alarm(AlarmAct::SetState(Box::new(SetAlarmState { name: p.text_or_empty("AlarmName"), state, reason })))
        },
    },
    Action {
        name: "DeleteAlarms",
        help: "deletes alarms: all that are named, or none",
        members: &[NAMES],
        build: |p| alarm(AlarmAct::Delete(names(p)?)),
    },
    Action {
        name: "EnableAlarmActions",
        help: "lets alarms act again",
        members: &[NAMES],
        build: |p| alarm(AlarmAct::EnableActions(names(p)?, true)),
    },
    Action {
        name: "DisableAlarmActions",
        help: "keeps alarms from acting; their states go on changing",
        members: &[NAMES],
        build: |p| alarm(AlarmAct::EnableActions(names(p)?, false)),
    },
];

fn alarm(act: AlarmAct) -> Result<Request, ApiError> {
    command(Command::Alarm(act))
}

fn ask(asked: Asked) -> Result<Request, ApiError> {
    Ok(Request::Metrics(Box::new(MetricQuery { asked, start: String::new(), end: String::new() })))
}

fn wrong(why: impl Into<String>) -> ApiError {
    ApiError::new("ValidationError", why.into())
}

/// A text, empty if absent, that is no longer than CloudWatch takes.
fn limited(p: &Parameters<'_>, name: &str, longest: usize) -> Result<String, ApiError> {
    let text = p.text_or_empty(name);
    if text.chars().count() > longest {
        return Err(wrong(format!("{name} must have length less than or equal to {longest}")));
    }
    Ok(text)
}

fn names(p: &Parameters<'_>) -> Result<Vec<String>, ApiError> {
    let mut names: Vec<String> = Vec::new();
    for name in p.texts("AlarmNames") {
        if !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
    if names.is_empty() || names.len() > MOST_NAMES {
        return Err(wrong(format!("AlarmNames must have from 1 to {MOST_NAMES} members")));
    }
    Ok(names)
}

fn put(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let name = limited(p, "AlarmName", LONGEST_NAME)?;
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(wrong("AlarmName must have length greater than or equal to 1, and no control characters"));
    }
    let must =
        |member: &str| wrong(format!("The parameter {member} is required; alarms on several metrics are not modelled in the playground."));
    let word = |member: &str| Some(limited(p, member, LONGEST_NAME)?).filter(|text| !text.is_empty()).ok_or_else(|| must(member));
    let whole = |member: &str| p.integer(member).ok_or_else(|| must(member));
    let (period, periods) = (whole("Period")?, whole("EvaluationPeriods")?);
    let minutes = checked_period(period, periods)?;
    let evaluation_periods = u32::try_from(periods).unwrap_or(1);
    let needed = p.integer("DatapointsToAlarm");
    if needed.is_some_and(|needed| needed < 1 || needed > periods) {
        return Err(wrong("DatapointsToAlarm must be from 1 to EvaluationPeriods"));
    }
    let threshold = p.number("Threshold").ok_or_else(|| must("Threshold"))?;
    let threshold = Amount::read(&threshold).ok_or_else(|| wrong(format!("Threshold {threshold} is out of range")))?;
    let config = AlarmConfig {
        description: limited(p, "AlarmDescription", LONGEST_TEXT)?,
        actions_enabled: p.flag("ActionsEnabled").unwrap_or(true),
        actions: [actions(p, "OKActions")?, actions(p, "AlarmActions")?, actions(p, "InsufficientDataActions")?],
        namespace: word("Namespace")?,
        metric: word("MetricName")?,
        dimensions: dimensions(p)?,
        statistic: Statistic::from_word(&word("Statistic")?).ok_or_else(|| must("Statistic"))?,
        minutes,
        unit: Some(limited(p, "Unit", LONGEST_NAME)?).filter(|unit| !unit.is_empty()),
        evaluation_periods,
        datapoints_to_alarm: needed.and_then(|needed| u32::try_from(needed).ok()),
        threshold,
        comparison: Comparison::from_word(&word("ComparisonOperator")?).ok_or_else(|| must("ComparisonOperator"))?,
        missing: p.text("TreatMissingData").and_then(Missing::from_word),
    };
    check_actions(&config)?;
    alarm(AlarmAct::Put(Box::new(PutMetricAlarm { name, config })))
}

/// What the metric is of, by names and values.
fn dimensions(p: &Parameters<'_>) -> Result<Vec<(String, String)>, ApiError> {
    if p.objects("Dimensions").count() > MOST_DIMENSIONS {
        return Err(wrong(format!("Dimensions must have at most {MOST_DIMENSIONS} members")));
    }
    let of = |one: Parameters<'_>| Ok((limited(&one, "Name", LONGEST_NAME)?, limited(&one, "Value", LONGEST_TEXT)?));
    p.objects("Dimensions").map(of).collect()
}

/// The minutes of a period, where it and so many of them are what CloudWatch takes.
fn checked_period(period: i64, periods: i64) -> Result<u32, ApiError> {
    if [10, 20, 30].contains(&period) {
        return Err(wrong(format!(
            "Period {period} is for metrics of high resolution, which the playground does not model: a multiple of 60 is."
        )));
    }
    if period < 60 || period % 60 != 0 {
        return Err(wrong("Period must be 10, 20, 30 or a multiple of 60"));
    }
    let most = if period >= 3_600 { WEEK } else { DAY };
    if periods < 1 || period.saturating_mul(periods) > most {
        return Err(wrong(format!(
            "Metrics cannot be checked across more than {most} seconds (EvaluationPeriods * Period must be <= {most})"
        )));
    }
    Ok(u32::try_from(period / 60).unwrap_or(1))
}

fn actions(p: &Parameters<'_>, name: &str) -> Result<Vec<String>, ApiError> {
    let list: Vec<String> = p.texts(name).map(str::to_owned).collect();
    if list.len() > MOST_ACTIONS {
        return Err(wrong(format!("{name} must have at most {MOST_ACTIONS} members")));
    }
    match list.iter().find(|arn| !arn.starts_with("arn:") || arn.chars().count() > LONGEST_TEXT) {
        Some(odd) => Err(wrong(format!("Invalid arn syntax: {}", odd.chars().take(100).collect::<String>()))),
        None => Ok(list),
    }
}

/// What EC2 does, it does to an instance that the metric is of; and it recovers one only from what its system check says.
fn check_actions(config: &AlarmConfig) -> Result<(), ApiError> {
    for action in config.actions.iter().flatten().filter_map(|arn| ec2_action(arn)) {
        let metric = Metric::find(&config.namespace, &config.metric);
        let is_of_instance = match (metric.map(|metric| metric.source), config.dimensions.as_slice()) {
            (Some(Source::Traffic(..) | Source::Check(_)), [(name, id)]) => name == "InstanceId" && id.parse::<InstanceId>().is_ok(),
            _ => false,
        };
        if !is_of_instance {
            return Err(wrong(format!("The EC2 action {action} needs a metric of AWS/EC2 with the dimension InstanceId alone")));
        }
        if action == "recover" && config.metric != "StatusCheckFailed_System" {
            return Err(wrong("The EC2 action recover needs the metric StatusCheckFailed_System"));
        }
    }
    Ok(())
}
