//! What CloudWatch shows of what is counted: which metrics there are, and their values over periods (`W8`, `W9`).

use super::error::{ApiError, short};
use super::member::{Member, Wire, derived};
use super::records::Reader;
use super::shape::{Form, Writer};
use super::text::Json;
use eni_core::model::alarm::{AlarmState, HistoryKind};
use eni_core::observe::metric::{METRICS, Metric, Sample};
use eni_core::order::sort;
use eni_core::table::Table;
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value, json};

/// The most values that one answer of GetMetricStatistics has.
const MOST_VALUES: u64 = 1_440;
/// The same of GetMetricData.
const MOST_DATA: u64 = 100_800;

/// A call that reads metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricQuery {
    /// What is asked.
    pub asked: Asked,
    /// From when on, as it was written.
    pub start: String,
    /// Until before when.
    pub end: String,
}

/// What such a call asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Which metrics there are, of a namespace, a name, and with these dimensions.
    List(Option<String>, Option<String>, Vec<(String, Option<String>)>),
    /// Statistics of one metric.
    Statistics(Series, Vec<String>),
    /// One statistic of each of several metrics; whether the newest comes first.
    Data(Vec<DataQuery>, bool),
    /// Alarms.
    Alarms(AlarmsWanted),
    /// What alarms did.
    History(HistoryWanted),
}

/// Which alarms are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmsWanted {
    /// Only these; all if empty.
    pub names: Vec<String>,
    /// Only names that begin so.
    pub prefix: String,
    /// Only those in this state.
    pub state: Option<AlarmState>,
    /// Only those with an action that begins so.
    pub action_prefix: Option<String>,
}

/// What of the past of alarms is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryWanted {
    /// Only of this alarm.
    pub name: Option<String>,
    /// Only this kind.
    pub kind: Option<HistoryKind>,
    /// From when on, as it was written.
    pub start: Option<String>,
    /// Until when.
    pub end: Option<String>,
    /// How many at most.
    pub most: usize,
    /// Whether the newest comes first.
    pub newest_first: bool,
}

/// One metric, over periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The service that keeps it.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Names and values of its dimensions.
    pub dimensions: Vec<(String, String)>,
    /// How long a period is, in seconds.
    pub period: u64,
    /// Only values in this unit.
    pub unit: Option<String>,
}

/// One question of GetMetricData.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataQuery {
    /// What its answer is called.
    pub id: String,
    /// What it is labelled with, if not with the metric's name.
    pub label: Option<String>,
    /// The metric.
    pub series: Series,
    /// The statistic.
    pub stat: String,
}

/// The namespace, the name and the dimensions of a metric that there is.
type Listed = (&'static str, &'static str, Vec<(&'static str, String)>);

/// The statistics that CloudWatch makes of values.
pub const STATISTICS: [&str; 5] = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/// What a member of an answer to such a call holds.
pub fn reply_member(call: &str, name: &str) -> Option<Wire> {
    const DIMENSIONS: Wire = Wire::List(&Wire::Struct(&[derived("Name", Wire::Text), derived("Value", Wire::Text)]));
    const METRIC: &[Member] = &[derived("Namespace", Wire::Text), derived("MetricName", Wire::Text), derived("Dimensions", DIMENSIONS)];
    const DATAPOINT: &[Member] = &[
        derived("Timestamp", Wire::Time),
        derived("SampleCount", Wire::Number),
        derived("Average", Wire::Number),
        derived("Sum", Wire::Number),
        derived("Minimum", Wire::Number),
        derived("Maximum", Wire::Number),
        derived("Unit", Wire::Text),
    ];
    const RESULT: &[Member] = &[
        derived("Id", Wire::Text),
        derived("Label", Wire::Text),
        derived("Timestamps", Wire::List(&Wire::Time)),
        derived("Values", Wire::List(&Wire::Number)),
        derived("StatusCode", Wire::Text),
    ];
    match (call, name) {
        ("ListMetrics", "Metrics") => Some(Wire::List(&Wire::Struct(METRIC))),
        ("GetMetricStatistics", "Datapoints") => Some(Wire::List(&Wire::Struct(DATAPOINT))),
        ("DescribeAlarmHistory", "AlarmHistoryItems") => Some(Wire::List(&Wire::Struct(super::shape::alarm::HISTORY))),
        ("GetMetricData", "MetricDataResults") => Some(Wire::List(&Wire::Struct(RESULT))),
        _ => None,
    }
}

impl Reader<'_> {
    /// Answers a call that reads metrics.
    ///
    /// # Errors
    /// What is asked makes no sense: a period that CloudWatch does not have, a time that ends before it begins, or too much at once.
    pub fn measured(self, query: &MetricQuery) -> Result<Json, ApiError> {
        let writer = Writer::new(self.network, self.epoch, Form::Reply);
        let answer = match &query.asked {
            Asked::Alarms(wanted) => return Ok(writer.alarms(wanted)),
            Asked::History(wanted) => return writer.alarm_history(wanted),
            Asked::List(namespace, name, dimensions) => self.listed(namespace.as_deref(), name.as_deref(), dimensions),
            Asked::Statistics(series, wanted) => {
                let span = self.span(query, "InvalidParameterValue")?;
                check_period(series.period, "InvalidParameterValue")?;
                let asked = span.1.since(span.0).as_nanos() / Duration::from_secs(series.period).as_nanos().max(1);
                if asked > MOST_VALUES {
                    let why = format!(
                        "You have requested up to {asked} datapoints, which exceeds the limit of {MOST_VALUES}. You may reduce the datapoints \
                         requested by increasing Period, or decreasing the time range."
                    );
                    return Err(ApiError::new("InvalidParameterCombination", why));
                }
                let point = |(at, sample, unit): (String, Sample, &str)| {
                    let mut point = Map::new();
                    point.insert("Timestamp".to_owned(), at.into());
                    point.extend(wanted.iter().map(|stat| (stat.clone(), statistic(&sample, stat).into())));
                    point.insert("Unit".to_owned(), unit.into());
                    Value::Object(point)
                };
                let points: Vec<Value> = self.points(series, span).into_iter().map(point).collect();
                json!({ "Label": series.name, "Datapoints": points })
            }
            Asked::Data(queries, newest_first) => self.data(queries, *newest_first, self.span(query, "ValidationError")?)?,
        };
        Ok(answer.into())
    }

    fn data(self, queries: &[DataQuery], newest_first: bool, span: (Instant, Instant)) -> Result<Value, ApiError> {
        let mut results = Vec::new();
        let seconds = span.1.since(span.0).as_millis() / 1_000;
        let asked: u64 = queries.iter().map(|query| seconds / query.series.period.max(1)).sum();
        if asked > MOST_DATA {
            return Err(ApiError::new(
                "ValidationError",
                format!("At most {MOST_DATA} datapoints can be asked for; this asks for {asked}."),
            ));
        }
        for query in queries {
            check_period(query.series.period, "ValidationError")?;
            let mut points = self.points(&query.series, span);
            if newest_first {
                points.reverse();
            }
            let values: Vec<f64> = points.iter().map(|(_, sample, _)| statistic(sample, &query.stat)).collect();
            let times: Vec<&str> = points.iter().map(|(at, ..)| at.as_str()).collect();
            let label = query.label.as_deref().unwrap_or(&query.series.name);
            results.push(json!({ "Id": query.id, "Label": label, "Timestamps": times, "Values": values, "StatusCode": "Complete" }));
        }
        Ok(json!({ "MetricDataResults": results, "Messages": [] }))
    }

    fn span(self, query: &MetricQuery, code: &str) -> Result<(Instant, Instant), ApiError> {
        let read = |name: &str, text: &str| {
            let shown = short(text);
            self.epoch.read_utc(text).map_err(|_| ApiError::new(code, format!("{name} {shown} is no moment; one is 2026-01-01T00:00:00Z.")))
        };
        let (start, end) = (read("StartTime", &query.start)?, read("EndTime", &query.end)?);
        if start >= end {
            return Err(ApiError::new(code, "The parameter StartTime must be less than the parameter EndTime."));
        }
        Ok((start, end))
    }

    /// The values of a metric by period, oldest first, each with its moment and its unit.
    fn points(self, series: &Series, (start, end): (Instant, Instant)) -> Vec<(String, Sample, &'static str)> {
        let metric = Metric::find(&series.namespace, &series.name);
        let known = metric.and_then(|metric| Some((metric, metric.subject(self.network, &series.dimensions)?)));
        let Some((metric, subject)) = known else { return Vec::new() };
        if series.unit.as_deref().is_some_and(|unit| unit != metric.unit) {
            return Vec::new();
        }
        let minutes = (start.as_millis() / 60_000, end.as_millis().div_ceil(60_000));
        let samples = self.metrics.map_or_else(Vec::new, |metrics| metrics.samples(self.network, metric, subject, minutes));
        let period = series.period.max(1);
        let mut periods: Table<u64, Sample> = Table::new();
        for sample in samples {
            let begin = (self.epoch.seconds() + sample.minute * 60) / period * period;
            let all = periods.get(&begin).map_or(sample, |all| all.with(sample));
            periods.insert(begin, all);
        }
        let at = |begin: u64| {
            let nanos = i64::try_from(begin).unwrap_or(i64::MAX) - i64::try_from(self.epoch.seconds()).unwrap_or(0);
            self.epoch.print(Instant::from_zero(nanos.saturating_mul(1_000_000_000)))
        };
        periods.iter().map(|(begin, sample)| (at(*begin), *sample, metric.unit)).collect()
    }

    fn listed(self, namespace: Option<&str>, name: Option<&str>, dimensions: &[(String, Option<String>)]) -> Value {
        let subjects = self.metrics.map_or_else(Vec::new, |metrics| metrics.subjects(self.network));
        let mut found: Vec<Listed> = Vec::new();
        for metric in &METRICS {
            if namespace.is_some_and(|wanted| wanted != metric.namespace) || name.is_some_and(|wanted| wanted != metric.name) {
                continue;
            }
            for subject in subjects.iter().filter(|subject| metric.is_of(**subject)) {
                let own = subject.dimensions(self.network);
                let fits = |(name, wanted): &(String, Option<String>)| {
                    own.iter().any(|(known, value)| name == known && wanted.as_deref().is_none_or(|wanted| wanted == value))
                };
                if dimensions.iter().all(fits) {
                    found.push((metric.namespace, metric.name, own));
                }
            }
        }
        sort(&mut found);
        let metric = |(namespace, name, own): &Listed| {
            let own: Vec<Value> = own.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
            json!({ "Namespace": namespace, "MetricName": name, "Dimensions": own })
        };
        json!({ "Metrics": found.iter().map(metric).collect::<Vec<Value>>() })
    }
}

fn check_period(period: u64, code: &str) -> Result<(), ApiError> {
    if period > 0 && period.is_multiple_of(60) && period <= 86_400 {
        return Ok(());
    }
    Err(ApiError::new(code, format!("The parameter Period must be a multiple of 60, from 60 to 86400; it is {period}.")))
}

/// What a statistic makes of values.
#[allow(clippy::cast_precision_loss, reason = "CloudWatch's numbers are of that kind")]
pub fn statistic(sample: &Sample, name: &str) -> f64 {
    match name {
        "SampleCount" => sample.count as f64,
        "Average" => sample.sum as f64 / sample.count.max(1) as f64,
        "Minimum" => sample.least as f64,
        "Maximum" => sample.most as f64,
        _ => sample.sum as f64,
    }
}
