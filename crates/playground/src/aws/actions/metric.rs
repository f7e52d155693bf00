//! CloudWatch's metrics: which there are, and what they say.

use super::{Action, Request};
use crate::aws::error::{ApiError, short};
use crate::aws::input::Parameters;
use crate::aws::member::{Member, Wire, optional, required};
use crate::aws::metrics::{Asked, DataQuery, MetricQuery, STATISTICS, Series};

/// The dimensions of a metric.
pub(super) const DIMENSIONS: Wire =
    Wire::List(&Wire::Struct(&[required("Name", Wire::Text, "InstanceId, NatGatewayId"), required("Value", Wire::Text, "the id")]));
const START: Member = required("StartTime", Wire::Time, "from when on, as 2026-01-01T00:00:00Z");
const END: Member = required("EndTime", Wire::Time, "until before when");
const PERIOD: Member = required("Period", Wire::Integer, "how many seconds are taken together: a multiple of 60");

const METRIC: &[Member] = &[
    optional("Namespace", Wire::Text, "AWS/EC2, AWS/NATGateway"),
    optional("MetricName", Wire::Text, "the metric, as NetworkIn"),
    optional("Dimensions", DIMENSIONS, "what it is of"),
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "ListMetrics",
        help: "shows which metrics there are",
        members: &[
            optional("Namespace", Wire::Text, "only those of this service: AWS/EC2, AWS/NATGateway"),
            optional("MetricName", Wire::Text, "only this one"),
            optional(
                "Dimensions",
                Wire::List(&Wire::Struct(&[
                    required("Name", Wire::Text, "InstanceId, NatGatewayId"),
                    optional("Value", Wire::Text, "the id"),
                ])),
                "only those of this",
            ),
        ],
        build: |p| {
            let dimension = |d: Parameters<'_>| (d.text_or_empty("Name"), d.text("Value").map(str::to_owned));
            let dimensions = p.objects("Dimensions").map(dimension).collect();
            let text = |name| p.text(name).map(str::to_owned);
            ask(p, Asked::List(text("Namespace"), text("MetricName"), dimensions))
        },
    },
    Action {
        name: "GetMetricStatistics",
        help: "shows what a metric says, period by period",
        members: &[
            required("Namespace", Wire::Text, "the service that keeps it: AWS/EC2, AWS/NATGateway"),
            required("MetricName", Wire::Text, "the metric, as NetworkIn"),
            optional("Dimensions", DIMENSIONS, "what it is of"),
            START,
            END,
            PERIOD,
            optional("Statistics", Wire::List(&Wire::Words(&STATISTICS)), "what is made of the values of a period"),
            optional("Unit", Wire::Text, "only values in this unit: Bytes, Count"),
        ],
        build: |p| {
            let statistics: Vec<String> = p.texts("Statistics").map(str::to_owned).collect();
            if statistics.is_empty() {
                let why = "At least one of the parameters Statistics and ExtendedStatistics must be specified.";
                return Err(ApiError::new("InvalidParameterCombination", why));
            }
            ask(p, Asked::Statistics(series(p, p), statistics))
        },
    },
    Action {
        name: "GetMetricData",
        help: "shows what several metrics say, period by period",
        members: &[
            required(
                "MetricDataQueries",
                Wire::List(&Wire::Struct(&[
                    required("Id", Wire::Text, "what the answer is called: a small letter first"),
                    optional(
                        "MetricStat",
                        Wire::Struct(&[
                            required("Metric", Wire::Struct(METRIC), "the metric"),
                            PERIOD,
                            required("Stat", Wire::Words(&STATISTICS), "what is made of the values of a period"),
                            optional("Unit", Wire::Text, "only values in this unit"),
                        ]),
                        "the metric, its period and its statistic",
                    ),
                    optional("Expression", Wire::Text, "is refused: what is calculated from metrics is not here"),
                    optional("Label", Wire::Text, "what it is labelled with; the metric's name if absent"),
                    optional("ReturnData", Wire::Boolean, "whether it is shown"),
                ])),
                "what is asked",
            ),
            START,
            END,
            optional("ScanBy", Wire::Words(&["TimestampDescending", "TimestampAscending"]), "which comes first; the newest if absent"),
        ],
        build: data,
    },
];

fn ask(p: &Parameters<'_>, asked: Asked) -> Result<Request, ApiError> {
    Ok(Request::Metrics(Box::new(MetricQuery { asked, start: p.text_or_empty("StartTime"), end: p.text_or_empty("EndTime") })))
}

/// A metric, as these members name it, and its period, as those do.
fn series(metric: &Parameters<'_>, stat: &Parameters<'_>) -> Series {
    Series {
        namespace: metric.text_or_empty("Namespace"),
        name: metric.text_or_empty("MetricName"),
        dimensions: metric.objects("Dimensions").map(|d| (d.text_or_empty("Name"), d.text_or_empty("Value"))).collect(),
        period: stat.whole("Period").unwrap_or(0),
        unit: stat.text("Unit").map(str::to_owned),
    }
}

fn data(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let mut queries: Vec<DataQuery> = Vec::new();
    for query in p.objects("MetricDataQueries") {
        let id = query.text_or_empty("Id");
        let shown = short(&id);
        let wrong = |why: &str| ApiError::new("ValidationError", format!("The value for parameter MetricDataQueries is invalid. {why}"));
        if !id.starts_with(|first: char| first.is_ascii_lowercase()) || queries.iter().any(|other| other.id == id) {
            return Err(wrong(&format!("Id {shown} must begin with a small letter, and stand there once.")));
        }
        let stat = query.object("MetricStat");
        let metric = stat.and_then(|stat| stat.object("Metric"));
        let (Some(stat), Some(metric), None) = (stat, metric, query.text("Expression")) else {
            return Err(wrong(&format!("{shown} needs MetricStat; what Expression calculates is not modelled in the playground.")));
        };
        if query.flag("ReturnData") != Some(false) {
            let (label, series) = (query.text("Label").map(str::to_owned), series(&metric, &stat));
            queries.push(DataQuery { id, label, series, stat: stat.text_or_empty("Stat") });
        }
    }
    ask(p, Asked::Data(queries, p.text("ScanBy") != Some("TimestampAscending")))
}
