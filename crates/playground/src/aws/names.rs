//! Names that stand for ids: groups of the default VPC may be named by their names, and zones by their own ids.

use super::error::ApiError;
use super::shape::Writer;
use super::time::Epoch;
use eni_core::model::network::Network;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The calls that take `GroupName` instead of `GroupId`.
const BY_NAME: [&str; 5] = [
    "DeleteSecurityGroup",
    "AuthorizeSecurityGroupIngress",
    "RevokeSecurityGroupIngress",
    "UpdateSecurityGroupRuleDescriptionsIngress",
    "UpdateSecurityGroupRuleDescriptionsEgress",
];

/// The parameters of a call with ids in the place of names.
///
/// # Errors
/// `InvalidGroup.NotFound` if the default VPC has no group of this name; `InvalidParameterValue` if no zone of the region has this id.
pub fn resolve<'p>(network: &Network, action: &str, parameters: &'p Map<String, Value>) -> Result<Cow<'p, Map<String, Value>>, ApiError> {
    if let ("CreateSubnet", Some(id), None) = (action, text(parameters, "AvailabilityZoneId"), text(parameters, "AvailabilityZone")) {
        let writer = Writer { network, epoch: Epoch::default() };
        let zone = network.zones().iter().find(|zone| writer.zone_id(zone) == id);
        let zone =
            zone.ok_or_else(|| ApiError::invalid("AvailabilityZoneId", id, "Subnets can not be created in that availability zone."))?;
        let mut resolved = parameters.clone();
        resolved.remove("AvailabilityZoneId");
        resolved.insert("AvailabilityZone".to_owned(), zone.to_string().into());
        return Ok(Cow::Owned(resolved));
    }
    let name = parameters.get("GroupName").and_then(Value::as_str).filter(|_| BY_NAME.contains(&action));
    let Some(name) = name.filter(|_| parameters.get("GroupId").is_none_or(Value::is_null)) else { return Ok(Cow::Borrowed(parameters)) };
    let group = network.default_vpc().and_then(|vpc| network.group_by_name(vpc.id, name)).ok_or_else(|| no_group(network, name))?;
    let mut resolved = parameters.clone();
    resolved.remove("GroupName");
    resolved.insert("GroupId".to_owned(), group.id.to_string().into());
    Ok(Cow::Owned(resolved))
}

fn text<'p>(parameters: &'p Map<String, Value>, name: &str) -> Option<&'p str> {
    parameters.get(name).and_then(Value::as_str)
}

/// The default VPC has no group of this name.
pub fn no_group(network: &Network, name: &str) -> ApiError {
    let name: String = name.chars().take(255).collect();
    let place = network.default_vpc().map_or_else(String::new, |vpc| format!(" in default VPC '{}'", vpc.id));
    ApiError::new("InvalidGroup.NotFound", format!("The security group '{name}' does not exist{place}"))
}
