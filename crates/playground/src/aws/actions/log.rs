//! CloudWatch Logs, as far as flow logs write there: the groups, their streams, and the records in them.

use super::Action;
use super::Request;
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{Member, Wire, optional, required};
use crate::aws::records::{Pattern, Records, Wanted};

const GROUP: Member = required("logGroupName", Wire::Text, "the log group");
const START: Member = optional("startTime", Wire::Integer, "from when on, in milliseconds since 1970");
const END: Member = optional("endTime", Wire::Integer, "until when");
const TOKEN: Member = optional("nextToken", Wire::Text, "where the next page begins");
const LIMIT: Member = optional("limit", Wire::Between(1, 10_000), "how many at most");
const PAGE: Member = optional("limit", Wire::Between(1, 50), "how many at most");
const STREAMS: Member = optional("logStreamNames", Wire::List(&Wire::Text), "only these streams");
const PREFIX: Member = optional("logStreamNamePrefix", Wire::Text, "only streams whose names begin so");
const PATTERN: Member =
    optional("filterPattern", Wire::Text, "only records with these words; -word: without it; ?word ?word: with one of them");

/// `aws logs tail GROUP`, which the command line makes of [`FilterLogEvents`](ACTIONS).
pub(super) const TAIL: Action = Action {
    name: "Tail",
    help: "shows records of a log group as lines: aws logs tail GROUP",
    members: &[
        GROUP,
        optional("since", Wire::Text, "from when on: 5m, 2h, 1d, or a moment such as 2026-01-01T00:00:00Z; 10m if absent"),
        optional("format", Wire::Text, "detailed (if absent), short (without the stream) or json"),
        PATTERN,
        STREAMS,
        PREFIX,
        optional("follow", Wire::Boolean, "is refused: here nobody waits for what comes"),
    ],
    build: |p| build(p, Wanted::Events),
};

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "DescribeLogGroups",
        help: "shows the log groups that flow logs write to",
        members: &[optional("logGroupNamePrefix", Wire::Text, "only those whose names begin so"), TOKEN, PAGE],
        build: |p| build(p, Wanted::Groups),
    },
    Action {
        name: "DescribeLogStreams",
        help: "shows the streams of a log group: one for each network interface that has records",
        members: &[GROUP, optional("logStreamNamePrefix", Wire::Text, "only those whose names begin so"), TOKEN, PAGE],
        build: |p| build(p, Wanted::Streams),
    },
    Action {
        name: "FilterLogEvents",
        help: "shows records of a log group, all streams together, by time",
        members: &[GROUP, STREAMS, PREFIX, START, END, PATTERN, TOKEN, LIMIT],
        build: |p| build(p, Wanted::Events),
    },
    Action {
        name: "GetLogEvents",
        help: "shows the records of one stream, by time",
        members: &[
            GROUP,
            required("logStreamName", Wire::Text, "the stream"),
            START,
            END,
            TOKEN,
            LIMIT,
            optional("startFromHead", Wire::Boolean, "whether the limit takes the oldest; else the newest"),
        ],
        build: |p| build(p, Wanted::OneStream),
    },
];

fn build(p: &Parameters<'_>, wanted: Wanted) -> Result<Request, ApiError> {
    let streams = p.texts("logStreamNames").chain(p.text("logStreamName")).map(str::to_owned).collect();
    let (prefixes, limit) =
        (["logGroupNamePrefix", "logStreamNamePrefix"], p.integer("limit").and_then(|limit| usize::try_from(limit).ok()));
    let begin = p.text("nextToken").map_or(Ok(0), |token| {
        token.parse().map_err(|_| ApiError::new("InvalidParameterException", "The specified nextToken is invalid."))
    })?;
    Ok(Request::Records(Box::new(Records {
        wanted,
        group: p.text_or_empty("logGroupName"),
        streams,
        prefix: prefixes.into_iter().find_map(|name| p.text(name)).unwrap_or_default().to_owned(),
        from: p.integer("startTime"),
        to: p.integer("endTime"),
        pattern: Pattern::read(p.text("filterPattern").unwrap_or_default())?,
        begin,
        limit,
        newest: wanted == Wanted::OneStream && !p.flag("startFromHead").unwrap_or(false),
    })))
}
