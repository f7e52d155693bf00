//! Names that stand for ids: groups of the default VPC may be named by their names, and zones by their own ids. What a launch names is in
//! `launch_names`.

use super::error::ApiError;
use super::launch_names;
use super::member::camel;
use super::object::Object;
use super::shape::zone_id_of;
use eni_core::model::network::Network;
use eni_core::model::security_group::SecurityGroup;
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

/// The calls in which the other end of a rule may be named without permissions.
const SOURCE_NAMED: [&str; 2] = ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"];

/// What `SourceSecurityGroupName` means: all of ICMP, TCP and UDP from a group of the default VPC.
fn all_from(network: &Network, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
    let others = ["IpPermissions", "IpProtocol", "FromPort", "ToPort", "CidrIp"];
    if let Some(other) = others.into_iter().find(|name| parameters.get(*name).is_some_and(|value| !value.is_null())) {
        let message = format!("The parameter 'sourceSecurityGroupName' may not be used in combination with '{}'", camel(other));
        return Err(ApiError::combination(message));
    }
    let name = text(parameters, "SourceSecurityGroupName").unwrap_or_default();
    let id = group_id(network, name)?;
    if text(parameters, "SourceSecurityGroupOwnerId").is_some_and(|account| account != network.account().to_string()) {
        return Err(no_group(network, name));
    }
    let permission = |protocol: &str, from: i32, to: i32| {
        let pair = Object::new().with("GroupId", id.clone());
        let object = Object::new().with("IpProtocol", protocol).with("FromPort", from).with("ToPort", to);
        Value::from(object.with("UserIdGroupPairs", vec![Value::from(pair)]))
    };
    Ok(Value::Array(vec![permission("icmp", -1, -1), permission("tcp", 0, 65_535), permission("udp", 0, 65_535)]))
}

/// The parameters of a call with ids in the place of names.
///
/// # Errors
/// `InvalidGroup.NotFound` if the default VPC has no group of this name, or a rule names a group of another account or VPC than it says;
/// `InvalidParameterValue` if no zone of the region has this id; what a launch names may be refused for more, as `launch_names` says.
pub fn resolve<'p>(network: &Network, action: &str, parameters: &'p Map<String, Value>) -> Result<Cow<'p, Map<String, Value>>, ApiError> {
    if let ("CreateSubnet", Some(id), None) = (action, text(parameters, "AvailabilityZoneId"), text(parameters, "AvailabilityZone")) {
        let zone = network.zones().iter().find(|zone| zone_id_of(network, zone) == id);
        let zone = zone.ok_or_else(|| {
            let zones: Vec<String> = network.zones().iter().map(|zone| zone_id_of(network, zone)).collect();
            let why = format!("Subnets can currently only be created in the following availability zones: {}.", zones.join(", "));
            ApiError::invalid("AvailabilityZoneId", id, &why)
        })?;
        let mut resolved = parameters.clone();
        resolved.remove("AvailabilityZoneId");
        resolved.insert("AvailabilityZone".to_owned(), zone.to_string().into());
        return Ok(Cow::Owned(resolved));
    }
    if action == "RunInstances" {
        return launch_names::resolve(network, parameters);
    }
    if let (true, Some(Value::Object(asked))) = (action == "RequestSpotInstances", parameters.get("LaunchSpecification")) {
        let asked = launch_names::resolve(network, asked)?.into_owned();
        let mut resolved = parameters.clone();
        resolved.insert("LaunchSpecification".to_owned(), asked.into());
        return Ok(Cow::Owned(resolved));
    }
    let mut resolved = Cow::Borrowed(parameters);
    let name = parameters.get("GroupName").and_then(Value::as_str).filter(|_| BY_NAME.contains(&action));
    if let Some(name) = name.filter(|_| parameters.get("GroupId").is_none_or(Value::is_null)) {
        let id = group_id(network, name)?;
        let resolved = resolved.to_mut();
        resolved.remove("GroupName");
        resolved.insert("GroupId".to_owned(), id);
    }
    if SOURCE_NAMED.contains(&action) && text(parameters, "SourceSecurityGroupName").is_some() {
        let permissions = all_from(network, parameters)?;
        let resolved = resolved.to_mut();
        resolved.remove("SourceSecurityGroupName");
        resolved.remove("SourceSecurityGroupOwnerId");
        resolved.insert("IpPermissions".to_owned(), permissions);
        return Ok(Cow::Owned(std::mem::take(resolved)));
    }
    let pairs = |permission: &Value| permission.get("UserIdGroupPairs").and_then(Value::as_array).is_some_and(|pairs| !pairs.is_empty());
    if parameters.get("IpPermissions").and_then(Value::as_array).is_some_and(|permissions| permissions.iter().any(pairs)) {
        let permissions = resolved.to_mut().get_mut("IpPermissions").and_then(Value::as_array_mut);
        let pairs = permissions.into_iter().flatten().filter_map(|permission| permission.get_mut("UserIdGroupPairs")?.as_array_mut());
        pairs.flatten().filter_map(Value::as_object_mut).try_for_each(|pair| resolve_pair(network, pair))?;
    }
    Ok(resolved)
}

/// The id of a group of the default VPC.
fn group_id(network: &Network, name: &str) -> Result<Value, ApiError> {
    let group = network.default_vpc().and_then(|vpc| network.group_by_name(vpc.id, name));
    group.map(|group| group.id.to_string().into()).ok_or_else(|| no_group(network, name))
}

/// The other end of a rule: a group of this account, by name or by id, with the VPC that it is in.
fn resolve_pair(network: &Network, pair: &mut Map<String, Value>) -> Result<(), ApiError> {
    let text = |pair: &Map<String, Value>, name: &str| pair.get(name).and_then(Value::as_str).map(str::to_owned);
    if let (Some(name), None) = (text(pair, "GroupName"), text(pair, "GroupId")) {
        pair.insert("GroupId".to_owned(), group_id(network, &name)?);
        pair.remove("GroupName");
    }
    let Some(id) = text(pair, "GroupId") else { return Ok(()) };
    let foreign = text(pair, "UserId").is_some_and(|account| account != network.account().to_string());
    let found = id.parse().ok().and_then(|id| network.group(id));
    let misnamed = |name: &str, is: &dyn Fn(&SecurityGroup) -> String| {
        text(pair, name).is_some_and(|said| found.is_some_and(|group| !is(group).eq_ignore_ascii_case(&said)))
    };
    if foreign || misnamed("VpcId", &|group| group.vpc.to_string()) || misnamed("GroupName", &|group| group.name.clone()) {
        return Err(ApiError::not_found("sg", id));
    }
    // What is no text is told of by the table.
    for name in ["UserId", "VpcId", "GroupName"] {
        if pair.get(name).is_some_and(Value::is_string) {
            pair.remove(name);
        }
    }
    Ok(())
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
