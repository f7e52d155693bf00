//! Names that stand for ids: groups of the default VPC may be named by their names.

use super::error::ApiError;
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
/// `InvalidGroup.NotFound` if the default VPC has no group of this name.
pub fn resolve<'p>(network: &Network, action: &str, parameters: &'p Map<String, Value>) -> Result<Cow<'p, Map<String, Value>>, ApiError> {
    let name = parameters.get("GroupName").and_then(Value::as_str).filter(|_| BY_NAME.contains(&action));
    let Some(name) = name.filter(|_| parameters.get("GroupId").is_none_or(Value::is_null)) else { return Ok(Cow::Borrowed(parameters)) };
    let group = network.default_vpc().and_then(|vpc| network.group_by_name(vpc.id, name)).ok_or_else(|| no_group(network, name))?;
    let mut resolved = parameters.clone();
    resolved.remove("GroupName");
    resolved.insert("GroupId".to_owned(), group.id.to_string().into());
    Ok(Cow::Owned(resolved))
}

/// The default VPC has no group of this name.
pub fn no_group(network: &Network, name: &str) -> ApiError {
    let name: String = name.chars().take(255).collect();
    let place = network.default_vpc().map_or_else(String::new, |vpc| format!(" in default VPC '{}'", vpc.id));
    ApiError::new("InvalidGroup.NotFound", format!("The security group '{name}' does not exist{place}"))
}
