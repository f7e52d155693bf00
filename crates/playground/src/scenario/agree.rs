//! Where two places of an import tell the same fact, they must tell the same.

use super::ScenarioError;
use super::gather::{Found, Gathered};
use crate::aws::Kind;
use crate::words::{InputKey, Saying};
use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::table::{Set, Table};
use serde_json::Value;

/// Members of an ENI that its instance repeats.
const REPEATED: [&str; 6] = ["SubnetId", "VpcId", "PrivateIpAddress", "MacAddress", "SourceDestCheck", "OwnerId"];
/// Members of an attachment that the instance repeats.
const REPEATED_ATTACHMENT: [&str; 3] = ["AttachmentId", "DeviceIndex", "DeleteOnTermination"];

/// Compares instances with ENIs, and Elastic IPs with ENIs.
pub(super) fn check(gathered: &Gathered) -> Result<(), ScenarioError> {
    for instance in gathered.of(Kind::Reservations) {
        check_instance(gathered, instance)?;
    }
    for eni in gathered.of(Kind::NetworkInterfaces) {
        check_place(gathered, eni)?;
        check_holder(gathered, eni)?;
    }
    let mut mapped: Mapped<'_> = Table::new();
    for eni in gathered.of(Kind::NetworkInterfaces) {
        for association in list(&eni.value, "PrivateIpAddresses").iter().filter_map(|entry| entry.get("Association")) {
            if let Some(allocation) = text(association, "AllocationId") {
                mapped.update(allocation, Vec::new(), |tellings| tellings.push((eni, association)));
            }
        }
    }
    for address in gathered.of(Kind::Addresses) {
        check_address(gathered, address, &mapped)?;
    }
    match mapped.iter().find(|(_, places)| places.len() > 1) {
        Some((allocation, places)) => {
            let problem = InputKey::TwoMappings { allocation };
            match places.as_slice() {
                [(first, _), (second, _), ..] => Err(disagree(first, second, problem)),
                _ => Ok(()),
            }
        }
        None => Ok(()),
    }
}

/// Where ENIs say that an Elastic IP is mapped to them, by allocation.
type Mapped<'a> = Table<&'a str, Vec<(&'a Found, &'a Value)>>;

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn disagree(first: &Found, second: &Found, problem: impl Into<Saying>) -> ScenarioError {
    let name = |found: &Found| format!("{} ({})", found.place, found.file);
    ScenarioError::Disagree { first: name(first), second: name(second), problem: problem.into() }
}

/// Compares members of two objects where both have them.
fn same(names: &[&str], (first, one): (&Found, &Value), (second, other): (&Found, &Value)) -> Result<(), ScenarioError> {
    for name in names {
        if let (Some(a), Some(b)) = (one.get(name), other.get(name))
            && a != b
            && !a.is_null()
            && !b.is_null()
        {
            return Err(disagree(first, second, InputKey::OneAndOther { member: name, one: &shown(a), other: &shown(b) }));
        }
    }
    Ok(())
}

/// A value as messages show it: addresses, ids and flags, never more.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned).chars().take(60).collect()
}

/// Each ENI in an instance's list against its own entry.
fn check_instance(gathered: &Gathered, instance: &Found) -> Result<(), ScenarioError> {
    for shown in list(&instance.value, "NetworkInterfaces") {
        let Some(eni) = text(shown, "NetworkInterfaceId").and_then(|id| gathered.find(Kind::NetworkInterfaces, id)) else { continue };
        same(&REPEATED, (instance, shown), (eni, &eni.value))?;
        let nothing = Value::Null;
        let ties = (shown.get("Attachment").unwrap_or(&nothing), eni.value.get("Attachment").unwrap_or(&nothing));
        if ties.0.is_object() && ties.1.is_null() {
            return Err(disagree(instance, eni, InputKey::AttachedOrNot));
        }
        same(&REPEATED_ATTACHMENT, (instance, ties.0), (eni, ties.1))?;
        if let (Some(a), Some(b)) = (text(&instance.value, "InstanceId"), text(ties.1, "InstanceId"))
            && a != b
        {
            return Err(disagree(instance, eni, InputKey::AttachedElsewhere { instance: b }));
        }
        let groups = |value: &Value| list(value, "Groups").iter().filter_map(|g| text(g, "GroupId").map(str::to_owned)).collect::<Set<_>>();
        if shown.get("Groups").is_some() && eni.value.get("Groups").is_some() && groups(shown) != groups(&eni.value) {
            return Err(disagree(instance, eni, InputKey::OtherGroups));
        }
    }
    Ok(())
}

/// An ENI against its subnet.
fn check_place(gathered: &Gathered, eni: &Found) -> Result<(), ScenarioError> {
    match text(&eni.value, "SubnetId").and_then(|id| gathered.find(Kind::Subnets, id)) {
        Some(subnet) => same(&["VpcId", "AvailabilityZone"], (eni, &eni.value), (subnet, &subnet.value)),
        None => Ok(()),
    }
}

/// An ENI that says it is attached, against the list of the instance that it names.
fn check_holder(gathered: &Gathered, eni: &Found) -> Result<(), ScenarioError> {
    let instance = eni.value.get("Attachment").and_then(|tie| text(tie, "InstanceId"));
    let Some(instance) = instance.and_then(|id| gathered.find(Kind::Reservations, id)) else { return Ok(()) };
    let Some(Value::Array(shown)) = instance.value.get("NetworkInterfaces") else { return Ok(()) };
    let own = text(&eni.value, "NetworkInterfaceId");
    if shown.iter().any(|shown| text(shown, "NetworkInterfaceId") == own) {
        return Ok(());
    }
    Err(disagree(eni, instance, InputKey::NotListed))
}

/// An Elastic IP against the ENI that it says it is mapped to, or that says so.
/// Whether an address is inside one of an ENI's prefixes: there only the Elastic IP tells that it is mapped.
fn in_prefix(eni: &Value, ip: Ipv4Addr) -> bool {
    let prefixes = list(eni, "Ipv4Prefixes").iter().filter_map(|entry| text(entry, "Ipv4Prefix")?.parse::<Ipv4Net>().ok());
    prefixes.into_iter().any(|prefix| prefix.contains(&ip))
}

fn check_address(gathered: &Gathered, address: &Found, mapped: &Mapped<'_>) -> Result<(), ScenarioError> {
    let (allocation, public) = (text(&address.value, "AllocationId"), text(&address.value, "PublicIp"));
    let told = text(&address.value, "NetworkInterfaceId");
    if let Some(eni) = told.and_then(|id| gathered.find(Kind::NetworkInterfaces, id)) {
        let private = text(&address.value, "PrivateIpAddress");
        let at = list(&eni.value, "PrivateIpAddresses").iter().find(|entry| text(entry, "PrivateIpAddress") == private);
        let own = at.and_then(|entry| entry.get("Association"));
        let is_inside = private.and_then(|ip| ip.parse().ok()).is_some_and(|ip| in_prefix(&eni.value, ip));
        if !is_inside && own.is_none_or(|own| text(own, "PublicIp").is_some_and(|ip| Some(ip) != public)) {
            return Err(disagree(address, eni, InputKey::NotMapped));
        }
    }
    for (eni, association) in allocation.and_then(|id| mapped.get(id)).into_iter().flatten() {
        let elsewhere = told.is_some() && told != text(&eni.value, "NetworkInterfaceId");
        // A full entry of describe-addresses shows a domain, and would show where it is mapped.
        let nowhere = told.is_none() && address.value.get("Domain").is_some();
        if elsewhere || nowhere {
            return Err(disagree(eni, address, InputKey::MappedByOne));
        }
        same(&["PublicIp", "AssociationId"], (address, &address.value), (eni, association))?;
    }
    Ok(())
}
