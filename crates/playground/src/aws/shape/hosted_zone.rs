//! Private hosted zones of Route 53.

use super::{Form, Writer};
use crate::aws::error::{ApiError, short};
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, attribute, derived, kept, optional, required};
use crate::aws::text::{Json, Object};
use eni_core::id::{DnsChangeNumber, IdKind, ResourceId, VpcId};
use eni_core::model::hosted_zone::{HostedZone, RecordType};
use eni_core::order::sort_by_key;
use eni_core::time::Instant;

/// A VPC as Route 53 names it.
pub const VPC_OF_ZONE: &[Member] =
    &[required("VPCRegion", Wire::Text, "the region that it is in"), required("VPCId", Wire::Text, "its id")];

/// A record set.
pub const RECORD_SET: &[Member] = &[
    required("Name", Wire::Text, "the name, in the zone's domain; * as its first label stands for any"),
    required("Type", Wire::Words(&RecordType::WORDS), "the type"),
    optional("TTL", Wire::Between(0, 2_147_483_647), "how many seconds an answer is good"),
    optional("ResourceRecords", Wire::List(&Wire::Struct(&[required("Value", Wire::Text, "the value")])), "the values"),
];

/// A zone. What two other calls show stands with it in documents.
pub const HOSTED_ZONE: &[Member] = &[
    kept("Id", Wire::Text),
    kept("Name", Wire::Text),
    kept("CallerReference", Wire::Text),
    kept("Config", Wire::Struct(&[kept("Comment", Wire::Text), derived("PrivateZone", Wire::Boolean)])),
    derived("ResourceRecordSetCount", Wire::Integer),
    attribute("VPCs", Wire::List(&Wire::Struct(VPC_OF_ZONE))),
    attribute("ResourceRecordSets", Wire::List(&Wire::Struct(RECORD_SET))),
];

/// A zone as the list of those that a VPC sees names it.
pub const ZONE_OF_VPC: &[Member] = &[
    derived("HostedZoneId", Wire::Text),
    derived("Name", Wire::Text),
    derived("Owner", Wire::Struct(&[derived("OwningAccount", Wire::Text)])),
];

impl Writer<'_> {
    pub(in crate::aws) fn hosted_zone(&self, zone: &HostedZone) -> Json {
        let config = Object::new().filled("Comment", &zone.comment).with("PrivateZone", true);
        let object = Object::new()
            .with("Id", format!("/hostedzone/{}", zone.id))
            .with("Name", zone.name.escaped())
            .with("CallerReference", zone.caller_reference.as_str())
            .with("Config", config)
            .with("ResourceRecordSetCount", zone.records.len());
        if self.form == Form::Reply {
            return object.into();
        }
        object.list("VPCs", self.vpcs_of_zone(zone)).list("ResourceRecordSets", record_sets(zone).into_iter()).into()
    }

    /// A VPC with the region.
    pub(in crate::aws) fn vpc_of_zone(&self, vpc: VpcId) -> Json {
        Object::new().with("VPCRegion", self.network.region()).text("VPCId", vpc).into()
    }

    fn vpcs_of_zone<'z>(&'z self, zone: &'z HostedZone) -> impl Iterator<Item = Json> + 'z {
        zone.vpcs.iter().map(|vpc| self.vpc_of_zone(*vpc))
    }

    /// The answers of the calls that show zones.
    pub(in crate::aws) fn dns(&self, kind: Kind, names: &[String]) -> Result<Json, ApiError> {
        let name = names.first().map_or("", String::as_str);
        let found = || name.parse().ok().and_then(|id| self.network.hosted_zone(id));
        let zone = || found().ok_or_else(|| ApiError::new("NoSuchHostedZone", format!("No hosted zone found with ID: {name}")));
        Ok(match kind {
            Kind::HostedZone => {
                let zone = zone()?;
                Object::new().with("HostedZone", self.hosted_zone(zone)).list("VPCs", self.vpcs_of_zone(zone)).into()
            }
            Kind::ResourceRecordSets => {
                let list = record_sets(zone()?).into_iter();
                Object::new().list("ResourceRecordSets", list).with("IsTruncated", false).with("MaxItems", "300").into()
            }
            Kind::HostedZonesOfVpc => self.zones_seen(name, names.get(1).map_or("", String::as_str))?,
            Kind::DnsChange => self.dns_change(name)?,
            _ => {
                let zones = self.network.hosted_zones().map(|zone| self.hosted_zone(zone));
                Object::new().list("HostedZones", zones).with("IsTruncated", false).with("MaxItems", "100").into()
            }
        })
    }

    /// A change of names that was taken at a moment.
    pub(in crate::aws) fn change_info(&self, change: DnsChangeNumber, at: Instant, comment: &str) -> Json {
        let object = Object::new().with("Id", change_id(change)).with("Status", "PENDING").with("SubmittedAt", self.epoch.print(at));
        object.filled("Comment", comment).into()
    }

    fn zones_seen(&self, vpc: &str, region: &str) -> Result<Json, ApiError> {
        let id: Option<VpcId> = vpc.parse().ok();
        let here = region == self.network.region();
        let Some(id) = id.filter(|id| here && self.network.vpc(*id).is_some()) else {
            let (vpc, region) = (short(vpc), short(region));
            return Err(ApiError::new("InvalidVPCId", format!("The VPC: {vpc} in region {region} that you provided is not found.")));
        };
        let summary = |zone: &HostedZone| {
            let owner = Object::new().with("OwningAccount", self.owner());
            Object::new().text("HostedZoneId", zone.id).with("Name", zone.name.escaped()).with("Owner", owner).into()
        };
        let zones = self.network.zones_of_vpc(id).map(summary);
        Ok(Object::new().list("HostedZoneSummaries", zones).with("MaxItems", "100").into())
    }

    /// A change that was made is everywhere at once.
    fn dns_change(&self, id: &str) -> Result<Json, ApiError> {
        let text = id.strip_prefix("/change/").unwrap_or(id);
        let number: Option<u64> = text.strip_prefix('C').filter(|digits| digits.len() == DIGITS).and_then(|digits| digits.parse().ok());
        let last = self.network.counters().last(IdKind::DnsChangeNumber);
        match number.filter(|number| (1..=last).contains(number)) {
            Some(number) => {
                let info = Object::new().with("Id", change_id(DnsChangeNumber::from_number(number))).with("Status", "INSYNC");
                Ok(Object::new().with("ChangeInfo", info).into())
            }
            None => Err(ApiError::new("NoSuchChange", format!("Could not find resource with ID: {}", short(text)))),
        }
    }
}

/// The digits of a change's id.
const DIGITS: usize = 20;

/// The id of a change, as answers show it.
fn change_id(number: DnsChangeNumber) -> String {
    format!("/change/C{:0width$}", number.counter_number().unwrap_or_default(), width = DIGITS)
}

/// The record sets of a zone as Route 53 lists them: by their labels from the root down, then by type.
fn record_sets(zone: &HostedZone) -> Vec<Json> {
    let mut sets: Vec<_> = zone.records.iter().collect();
    sort_by_key(&mut sets, |((name, kind), _)| (name.order(), *kind));
    let one = |((name, kind), set): (&(_, RecordType), &eni_core::model::hosted_zone::RecordSet)| {
        let name: &eni_core::model::dns_name::DnsName = name;
        let values = set.values.iter().map(|value| Object::new().with("Value", value.as_str()).into());
        Object::new().with("Name", name.escaped()).with("Type", kind.as_str()).with("TTL", set.ttl).list("ResourceRecords", values).into()
    };
    sets.into_iter().map(one).collect()
}
