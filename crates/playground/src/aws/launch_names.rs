//! What a launch names otherwise than by ids: groups of the default VPC by their names, and the zone that decides for a default subnet.

use super::error::ApiError;
use super::shape::{image_of_parameter, zone_id_of};
use eni_core::id::ResourceId;
use eni_core::model::Zone;
use eni_core::model::network::Network;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The parameters of RunInstances with ids in the place of names.
///
/// # Errors
/// `InvalidGroup.NotFound` if the default VPC has no group of a name, `InvalidParameterCombination` for a name beside a subnet or a zone by name
/// and id, `InvalidParameterValue` for a zone that is not there, or that the subnet or interface is not in, `MissingInput` for one without a
/// default subnet.
pub(super) fn resolve<'p>(network: &Network, parameters: &'p Map<String, Value>) -> Result<Cow<'p, Map<String, Value>>, ApiError> {
    let mut resolved = Cow::Borrowed(parameters);
    // What is no list of texts is told of by the table.
    if let Some(names) = parameters.get("SecurityGroups").and_then(Value::as_array).filter(|names| names.iter().all(Value::is_string)) {
        let ids = names.iter().filter_map(Value::as_str).map(|name| group(network, name, parameters)).collect::<Result<Vec<_>, _>>()?;
        let resolved = resolved.to_mut();
        resolved.remove("SecurityGroups");
        match resolved.get_mut("SecurityGroupIds").and_then(Value::as_array_mut) {
            Some(list) => list.extend(ids),
            None if ids.is_empty() => {}
            None => _ = resolved.insert("SecurityGroupIds".to_owned(), Value::Array(ids)),
        }
    }
    if let Some(path) = parameters.get("ImageId").and_then(Value::as_str).and_then(|text| text.strip_prefix("resolve:ssm:")) {
        let image = image_of_parameter(path).ok_or_else(|| {
            let path: String = path.chars().take(200).collect();
            let known = "/aws/service/ami-amazon-linux-latest/, /aws/service/canonical/ and /aws/service/debian/";
            ApiError::new("UnsupportedOperation", format!("The playground does not know the parameter {path}, only those of {known}."))
        })?;
        resolved.to_mut().insert("ImageId".to_owned(), image.to_string().into());
    }
    if let Some(zone) = zone(network, parameters)? {
        place(network, zone, resolved.to_mut())?;
    }
    Ok(resolved)
}

/// The id of a group of the default VPC.
fn group(network: &Network, name: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
    if parameters.get("SubnetId").is_some_and(|subnet| !subnet.is_null()) {
        return Err(ApiError::combination("The parameter groupName cannot be used with the parameter subnet"));
    }
    let vpc = network.default_vpc();
    if let Some(group) = vpc.and_then(|vpc| network.group_by_name(vpc.id, name)) {
        return Ok(group.id.to_string().into());
    }
    let name: String = name.chars().take(255).collect();
    let place = vpc.map_or_else(String::new, |vpc| format!(" in VPC '{}'", vpc.id));
    Err(ApiError::new("InvalidGroup.NotFound", format!("The security group '{name}' does not exist{place}")))
}

/// The zone that a launch is placed in, by its name or by its id.
fn zone<'n>(network: &'n Network, parameters: &Map<String, Value>) -> Result<Option<&'n Zone>, ApiError> {
    let asked = |name: &str| parameters.get("Placement").and_then(|placement| placement.get(name)).and_then(Value::as_str);
    let (text, found) = match (asked("AvailabilityZone"), asked("AvailabilityZoneId")) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            let message = "The parameter availabilityZone cannot be used with the parameter availabilityZoneId";
            return Err(ApiError::combination(message));
        }
        (Some(name), None) => (name, network.zones().iter().find(|zone| zone.as_str() == name)),
        (None, Some(id)) => (id, network.zones().iter().find(|zone| zone_id_of(network, zone) == id)),
    };
    let shown = || text.chars().take(100).collect::<String>();
    found.map(Some).ok_or_else(|| ApiError::new("InvalidParameterValue", format!("Invalid availability zone: [{}]", shown())))
}

/// Puts a launch into a zone: into its default subnet where no subnet is named; what is named must be there.
fn place(network: &Network, zone: &Zone, parameters: &mut Map<String, Value>) -> Result<(), ApiError> {
    match parameters.get_mut("NetworkInterfaces").and_then(Value::as_array_mut).filter(|list| !list.is_empty()) {
        Some(interfaces) => interfaces.iter_mut().filter_map(Value::as_object_mut).try_for_each(|one| put(network, zone, one)),
        None => put(network, zone, parameters),
    }
}

/// Puts one interface, or the launch that speaks of its only one, into a zone.
fn put(network: &Network, zone: &Zone, object: &mut Map<String, Value>) -> Result<(), ApiError> {
    if let Some(text) = object.get("NetworkInterfaceId").and_then(Value::as_str) {
        let eni = found(text).and_then(|id| network.eni(id));
        return in_zone(zone, text, eni.and_then(|eni| network.subnet(eni.subnet)).map(|subnet| &subnet.zone));
    }
    if let Some(text) = object.get("SubnetId").and_then(Value::as_str) {
        return in_zone(zone, text, found(text).and_then(|id| network.subnet(id)).map(|subnet| &subnet.zone));
    }
    // Without a default VPC the launch itself says what is missing.
    let Some(vpc) = network.default_vpc() else { return Ok(()) };
    let subnet = network.subnets_of_vpc(vpc.id).find(|subnet| subnet.default_for_az && subnet.zone == *zone);
    let Some(subnet) = subnet else {
        return Err(ApiError::new("MissingInput", format!("No default subnet for availability zone: '{zone}'.")));
    };
    object.insert("SubnetId".to_owned(), subnet.id.to_string().into());
    Ok(())
}

fn found<I: ResourceId>(text: &str) -> Option<I> {
    text.parse().ok()
}

/// Whether what is named is in the zone. What is not there is told of by the launch.
fn in_zone(zone: &Zone, text: &str, at: Option<&Zone>) -> Result<(), ApiError> {
    match at {
        Some(at) if at != zone => Err(ApiError::invalid("AvailabilityZone", zone, &format!("{text} is in {at}."))),
        _ => Ok(()),
    }
}
