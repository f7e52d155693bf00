//! CloudWatch Logs, as far as flow logs write there: the groups, which are made and deleted, their streams, and the records in them.

use super::Action;
use super::Request;
use super::command;
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{Member, Wire, optional, required};
use crate::aws::records::{Page, Pattern, Records, Wanted};
use eni_core::control::command::{Command, LogsAct};

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

/// How long records can be kept, in days.
const DAYS: [i64; 22] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateLogGroup",
        help: "makes a log group; a flow log that names one that is not there makes it, too",
        members: &[required("logGroupName", Wire::Text, "its name")],
        build: |p| logs(LogsAct::Create(name(p)?)),
    },
    Action {
        name: "DeleteLogGroup",
        help: "deletes a log group, with what was written to it",
        members: &[GROUP],
        build: |p| logs(LogsAct::Delete(name(p)?)),
    },
    Action {
        name: "PutRetentionPolicy",
        help: "says how many days a log group keeps its records",
        members: &[GROUP, required("retentionInDays", Wire::Integer, "1, 3, 5, 7, 14, 30, 60, 90, …")],
        build: |p| logs(LogsAct::Retain(name(p)?, Some(days(p)?))),
    },
    Action {
        name: "DeleteRetentionPolicy",
        help: "lets a log group keep its records for ever",
        members: &[GROUP],
        build: |p| logs(LogsAct::Retain(name(p)?, None)),
    },
    Action {
        name: "DescribeLogGroups",
        help: "shows the log groups",
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

fn logs(act: LogsAct) -> Result<Request, ApiError> {
    command(Command::Logs(act))
}

/// How many streams one call names.
const MOST_STREAMS: usize = 100;
/// The longest name of a log group.
const LONGEST_NAME: usize = 512;

fn unfit(member: &str, value: &str, must: &str) -> ApiError {
    let value: String = value.chars().take(LONGEST_NAME).collect();
    let text = format!("1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {must}");
    ApiError::new("InvalidParameterException", text)
}

/// The name of a log group, if one can be called so.
fn name(p: &Parameters<'_>) -> Result<String, ApiError> {
    let name = p.text_or_empty("logGroupName");
    let fits = |sign: u8| sign.is_ascii_alphanumeric() || b".-_/#".contains(&sign);
    if name.is_empty() {
        return Err(unfit("logGroupName", "", "Member must have length greater than or equal to 1"));
    }
    if name.len() > LONGEST_NAME {
        return Err(unfit("logGroupName", &name, "Member must have length less than or equal to 512"));
    }
    if name.starts_with("aws/") {
        return Err(ApiError::new("InvalidParameterException", "Log groups starting with AWS/ are reserved for AWS."));
    }
    if !name.bytes().all(fits) {
        return Err(unfit("logGroupName", &name, "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"));
    }
    Ok(name)
}

/// A number of days that records can be kept.
fn days(p: &Parameters<'_>) -> Result<u32, ApiError> {
    let days = p.integer("retentionInDays").unwrap_or_default();
    let known = DAYS.contains(&days).then(|| u32::try_from(days).ok()).flatten();
    known.ok_or_else(|| {
        let all: Vec<String> = DAYS.iter().map(i64::to_string).collect();
        unfit("retentionInDays", &days.to_string(), &format!("Member must satisfy enum value set: [{}]", all.join(", ")))
    })
}

fn build(p: &Parameters<'_>, wanted: Wanted) -> Result<Request, ApiError> {
    let streams: Vec<String> = p.texts("logStreamNames").chain(p.text("logStreamName")).map(str::to_owned).collect();
    if streams.len() > MOST_STREAMS {
        return Err(unfit("logStreamNames", "", &format!("Member must have length less than or equal to {MOST_STREAMS}")));
    }
    let (prefixes, limit) = (["logGroupNamePrefix", "logStreamNamePrefix"], p.whole("limit"));
    let page = match (p.text("nextToken"), wanted) {
        (Some(token), Wanted::OneStream) => Page::read(token),
        (Some(token), _) => token.parse().ok().map(Page::From),
        (None, Wanted::OneStream) if !p.flag("startFromHead").unwrap_or(false) => Some(Page::NEWEST),
        (None, _) => Some(Page::From(0)),
    };
    let page = page.ok_or_else(|| ApiError::new("InvalidParameterException", "The specified nextToken is invalid."))?;
    Ok(Request::Records(Box::new(Records {
        wanted,
        group: p.text_or_empty("logGroupName"),
        streams,
        prefix: prefixes.into_iter().find_map(|name| p.text(name)).unwrap_or_default().to_owned(),
        from: p.integer("startTime"),
        to: p.integer("endTime"),
        pattern: Pattern::read(p.text("filterPattern").unwrap_or_default())?,
        page,
        limit,
    })))
}
