//! Flow logs (`F1` to `F3`, `F20`, `F21`): made for several resources at once, deleted. What packets write into them is `observe::flow_log`'s.

use super::check;
use super::command::CreateFlowLogs;
use super::draft::Draft;
use super::error::{FlowLogList, Refusal};
use super::reply::Reply;
use crate::id::FlowLogId;
use crate::model::event::Event;
use crate::model::flow_log::{FIELDS, FlowDestination, FlowLog, FlowLogConfig, FlowLogResource, FlowTraffic};
use crate::model::log_group::LogGroup;

/// How long one record stands for at most, if nothing else is asked for, in seconds (`F2`).
const INTERVAL: i64 = 600;

/// CreateFlowLogs: one for each resource. What cannot have one is listed in the answer, the others get theirs.
pub(super) fn create(draft: &mut Draft, request: &CreateFlowLogs) -> Result<Reply, Refusal> {
    if request.resources.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "resourceId" });
    }
    let Some(traffic) = request.traffic else { return Err(Refusal::MissingParameter { parameter: "trafficType" }) };
    check::tags(&request.tags)?;
    let config = config(request, traffic)?;
    let (mut made, mut unsuccessful) = (Vec::new(), Vec::new());
    for resource in check::distinct(&request.resources) {
        if let Err(refusal) = takes(draft, resource, &config) {
            unsuccessful.push((resource.to_string(), refusal));
            continue;
        }
        let (id, created) = (draft.new_id(), draft.now);
        let log = FlowLog { id, resource, config: config.clone(), created, tags: request.tags.clone() };
        draft.push(Event::FlowLogCreated(Box::new(log)));
        made.push(id);
    }
    // The group comes with the first record on AWS; here at once (M).
    let group = config.destination.log_group().filter(|name| !made.is_empty() && draft.network.log_group(name).is_none());
    if let Some(name) = group {
        draft.push(Event::LogGroupSet(Box::new(LogGroup::new(name, draft.now))));
    }
    Ok(Reply::FlowLogs(made, unsuccessful))
}

/// What is asked for, if its parts go together.
fn config(request: &CreateFlowLogs, traffic: FlowTraffic) -> Result<FlowLogConfig, Refusal> {
    let destination = destination(request)?;
    let interval = match request.interval.unwrap_or(INTERVAL) {
        60 => 60,
        600 => 600,
        seconds => return Err(Refusal::FlowLogInterval { seconds }),
    };
    if let Some(format) = &request.format {
        known_fields(format)?;
    }
    let (role, cross_account_role) = (request.role.clone(), request.cross_account_role.clone());
    Ok(FlowLogConfig { traffic, destination, role, cross_account_role, format: request.format.clone(), interval })
}

/// Where the records go: each type has its own parameters.
fn destination(request: &CreateFlowLogs) -> Result<FlowDestination, Refusal> {
    let kind = request.destination_type.as_deref().unwrap_or("cloud-watch-logs");
    let group = request.log_group.as_ref().filter(|group| !group.is_empty());
    let arn = request.destination.as_ref().filter(|arn| !arn.is_empty());
    let missing = |parameter, with: &str| Err(Refusal::FlowLogLacks { parameter, with: with.to_owned() });
    let unsuited = |parameter| Err(Refusal::FlowLogUnsuited { parameter, kind: kind.to_owned() });
    if kind == "cloud-watch-logs" {
        return match (group, arn) {
            (None, None) => missing("LogDestination", "LogGroupName is not provided"),
            _ if request.role.is_none() => missing("DeliverLogsPermissionArn", "LogDestinationType is cloud-watch-logs"),
            _ if request.files.is_some() => unsuited("DestinationOptions"),
            (Some(_), Some(_)) => Err(Refusal::ExclusiveParameters { first: "LogDestination", second: "LogGroupName" }),
            (group, arn) => {
                arn.map_or(Ok(()), |arn| arn_of("logs", arn))?;
                Ok(FlowDestination::CloudWatchLogs { group: group.cloned(), arn: arn.cloned() })
            }
        };
    }
    let Some(arn) = arn.filter(|_| group.is_none()) else {
        return if group.is_some() {
            Err(Refusal::FlowLogGroupElsewhere {})
        } else {
            missing("LogDestination", "LogGroupName is not provided")
        };
    };
    if kind == "s3" {
        if request.role.is_some() {
            return unsuited("DeliverLogsPermissionArn");
        }
        arn_of("s3", arn)?;
        return Ok(FlowDestination::S3 { arn: arn.clone(), files: request.files });
    }
    if request.files.is_some() {
        return unsuited("DestinationOptions");
    }
    arn_of("firehose", arn)?;
    Ok(FlowDestination::Firehose(arn.clone()))
}

/// Whether a text is an ARN of a service. That the thing is there is not asked: it is outside of the network.
fn arn_of(service: &str, arn: &str) -> Result<(), Refusal> {
    let mut parts = arn.splitn(6, ':');
    let is_arn = parts.next() == Some("arn") && parts.next().is_some_and(|partition| partition.starts_with("aws"));
    if is_arn && parts.next() == Some(service) && parts.nth(2).is_some_and(|thing| !thing.is_empty()) {
        return Ok(());
    }
    Err(Refusal::FlowLogDestination { destination: arn.to_owned() })
}

/// Whether a record's format names fields that there are, and one at least (`F20`).
fn known_fields(format: &str) -> Result<(), Refusal> {
    let field = |word: &str| word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).map(str::to_owned);
    for word in format.split_ascii_whitespace() {
        let known = field(word).is_some_and(|name| FIELDS.split_ascii_whitespace().any(|known| known == name));
        if !known {
            return Err(Refusal::FlowLogFormat { field: word.to_owned() });
        }
    }
    if format.trim().is_empty() { Err(Refusal::FlowLogFormat { field: "none".to_owned() }) } else { Ok(()) }
}

/// Whether a resource is there and takes such a flow log (`F3`).
fn takes(draft: &Draft, resource: FlowLogResource, config: &FlowLogConfig) -> Result<(), Refusal> {
    match resource {
        FlowLogResource::Vpc(id) => _ = draft.vpc(id)?,
        FlowLogResource::Subnet(id) => _ = draft.subnet(id)?,
        FlowLogResource::Eni(id) => _ = draft.eni(id)?,
    }
    if let Some(same) = draft.network.flow_logs_of(resource).find(|log| log.config == *config) {
        return Err(Refusal::FlowLogExists { flow_log: same.id });
    }
    let limit = draft.network.quotas().flow_logs_per_resource;
    if draft.network.flow_logs_of(resource).count() >= limit { Err(Refusal::FlowLogLimit { limit }) } else { Ok(()) }
}

/// DeleteFlowLogs: all of these, or none.
pub(super) fn delete(draft: &mut Draft, ids: &[FlowLogId]) -> Result<Reply, Refusal> {
    if ids.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "flowLogId" });
    }
    let ids = check::distinct(ids);
    let unknown: Vec<FlowLogId> = ids.iter().copied().filter(|id| draft.network.flow_log(*id).is_none()).collect();
    if !unknown.is_empty() {
        return Err(Refusal::FlowLogNotFound { flow_logs: FlowLogList(unknown) });
    }
    ids.into_iter().for_each(|id| draft.push(Event::FlowLogDeleted(id)));
    Ok(Reply::Unsuccessful(Vec::new()))
}
