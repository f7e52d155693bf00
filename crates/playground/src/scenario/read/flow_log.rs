//! Reads flow logs.

use super::Reader;
use super::facts::{flag, object, text, word};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::FlowLogId;
use eni_core::model::event::Event;
use eni_core::model::flow_log::{DEFAULT_FORMAT, FlowDestination, FlowFiles, FlowLog, FlowLogConfig, FlowLogResource, FlowTraffic};

/// The longest text of a name, an ARN or a format.
const LONGEST: usize = 4_096;

impl Reader<'_> {
    pub(super) fn read_flow_log(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let id: FlowLogId = self.gateway_id(found, "FlowLogId")?;
        let of = text(&mut fields, "ResourceId")?;
        let vpc = of.parse().map(FlowLogResource::Vpc);
        let resource = vpc.or_else(|_| of.parse().map(FlowLogResource::Subnet)).or_else(|_| of.parse().map(FlowLogResource::Eni));
        let resource = resource.map_err(|_| expected(&fields, "ResourceId", "vpc-…, subnet-…, eni-…"))?;
        let traffic = word(&mut fields, "TrafficType", "ALL")?;
        let traffic = FlowTraffic::ALL.into_iter().find(|known| known.as_str() == traffic);
        let traffic = traffic.ok_or_else(|| expected(&fields, "TrafficType", "ACCEPT, REJECT, ALL"))?;
        let interval = match fields.optional_number("MaxAggregationInterval", 600)? {
            Some(60) => 60,
            Some(600) | None => 600,
            Some(_) => return Err(expected(&fields, "MaxAggregationInterval", "60, 600").into()),
        };
        let destination = read_destination(&mut fields)?;
        let role = fields.optional_text("DeliverLogsPermissionArn", LONGEST)?.map(str::to_owned);
        let cross_account_role = fields.optional_text("DeliverCrossAccountRole", LONGEST)?.map(str::to_owned);
        let format = fields.optional_text("LogFormat", LONGEST)?.filter(|format| *format != DEFAULT_FORMAT).map(str::to_owned);
        let created = self.moment(&mut fields, "CreationTime")?;
        let tags = self.tags(found, &id.to_string(), "Tags")?;
        let config = FlowLogConfig { traffic, destination, role, cross_account_role, format, interval };
        self.events.push(Event::FlowLogCreated(Box::new(FlowLog { id, resource, config, created, tags })));
        Ok(())
    }
}

fn expected(fields: &Fields<'_>, member: &str, words: &str) -> FieldError {
    FieldError::new(fields.place(member), InputKey::ExpectedWord { words })
}

fn read_destination(fields: &mut Fields<'_>) -> Result<FlowDestination, FieldError> {
    let group = fields.optional_text("LogGroupName", LONGEST)?.map(str::to_owned);
    let arn = fields.optional_text("LogDestination", LONGEST)?.map(str::to_owned);
    let kind = word(fields, "LogDestinationType", "cloud-watch-logs")?;
    let there =
        |arn: Option<String>, fields: &Fields<'_>| arn.ok_or_else(|| FieldError::new(fields.place("LogDestination"), InputKey::Missing));
    match kind.as_str() {
        "cloud-watch-logs" => Ok(FlowDestination::CloudWatchLogs { group, arn }),
        "s3" => {
            let files = object(fields, "DestinationOptions")?;
            Ok(FlowDestination::S3 { arn: there(arn, fields)?, files: files.map(read_files).transpose()? })
        }
        "kinesis-data-firehose" => Ok(FlowDestination::Firehose(there(arn, fields)?)),
        _ => Err(expected(fields, "LogDestinationType", "cloud-watch-logs, s3, kinesis-data-firehose")),
    }
}

fn read_files(mut fields: Fields<'_>) -> Result<FlowFiles, FieldError> {
    Ok(FlowFiles {
        parquet: word(&mut fields, "FileFormat", "plain-text")? == "parquet",
        hive: flag(&mut fields, "HiveCompatiblePartitions", false)?,
        per_hour: flag(&mut fields, "PerHourPartition", false)?,
    })
}
