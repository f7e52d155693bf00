//! A world holds one region. Of output that tells of several, one is kept and the others are listed; what contradicts itself is refused.
//!
//! Few objects say where they are. Subnets, ENIs and instances do, by their zone; of everything else it is known from what it is in.

use super::gather::{Found, Gathered, id_member};
use super::report::Notes;
use super::{Scenario, ScenarioError};
use crate::aws::Kind;
use crate::aws::shape::SHAPES;
use crate::words::InputKey;
use eni_core::table::Table;
use serde_json::Value;

/// The region where nothing says which.
const USUAL: &str = "us-east-1";
/// Kinds of things that stand in a zone.
const IN_ZONES: [Kind; 3] = [Kind::Subnets, Kind::NetworkInterfaces, Kind::Reservations];
/// Members that name what something is in or on.
const LINKS: [&str; 5] = ["VpcId", "SubnetId", "GroupId", "NetworkInterfaceId", "InstanceId"];

/// The region of something, and what says so.
type Said = (String, String);

/// Finds the region, and leaves out what is not shown to be there if the output tells of several. `wanted` is the one to keep; otherwise it is the
/// one with most subnets, ENIs and instances.
///
/// # Errors
/// Nothing is in the region that is wanted, or something is said to be in two.
pub(super) fn choose(gathered: &mut Gathered, wanted: Option<&str>, notes: &mut Notes) -> Result<String, ScenarioError> {
    let mut counts: Table<String, usize> = Table::new();
    for found in IN_ZONES.into_iter().flat_map(|kind| gathered.of(kind)) {
        if let Some(region) = by_zone(found) {
            counts.update(region, 0, |count| *count += 1);
        }
    }
    let listed =
        |counts: &Table<String, usize>| counts.iter().map(|(region, count)| format!("{region} ({count})")).collect::<Vec<_>>().join(", ");
    let most = counts.iter().rev().max_by_key(|(_, count)| **count).map(|(region, _)| region.as_str());
    let kept = wanted.or(most).unwrap_or(USUAL).to_owned();
    if !counts.is_empty() && !counts.contains_key(&kept) {
        return Err(ScenarioError::OtherRegion { wanted: kept, there: listed(&counts) });
    }
    if counts.len() > 1 {
        let mut places = places(gathered)?;
        // A zone is wherever VPCs see it.
        for zone in gathered.of(Kind::HostedZones) {
            let seen = zone.value.get("VPCs").and_then(Value::as_array).into_iter().flatten();
            if let (Some(id), true) = (text(&zone.value, "Id"), seen.into_iter().any(|vpc| text(vpc, "VPCRegion") == Some(kept.as_str()))) {
                places.insert(id.to_owned(), (kept.clone(), zone.place.clone()));
            }
        }
        let left_out = gathered.keep_only(&|id| places.get(id).is_some_and(|(region, _)| *region == kept));
        let others = left_out.iter().map(|(list, count)| format!("{list} ({count})")).collect::<Vec<_>>().join(", ");
        notes.warn(InputKey::SeveralRegions { regions: &listed(&counts), taken: &kept, others: &others });
    }
    Ok(kept)
}

/// Whether a saved world is of the region that is wanted.
pub(super) fn is_of(scenario: &Scenario, wanted: Option<&str>) -> Result<(), ScenarioError> {
    let there = scenario.network.region();
    match wanted.filter(|wanted| *wanted != there) {
        Some(wanted) => Err(ScenarioError::OtherRegion { wanted: wanted.to_owned(), there: there.to_owned() }),
        None => Ok(()),
    }
}

/// Where everything is, by id, as far as something says so.
fn places(gathered: &Gathered) -> Result<Table<String, Said>, ScenarioError> {
    let mut places: Table<String, Said> = Table::new();
    // VPCs do not say where they are: what is in them does.
    for found in IN_ZONES.into_iter().flat_map(|kind| gathered.of(kind)) {
        if let (Some(region), Some(vpc)) = (by_zone(found), text(&found.value, "VpcId")) {
            place(&mut places, vpc, (region, found.place.clone()))?;
        }
    }
    // Nor do sets of DHCP options: the VPCs that use them do.
    for vpc in gathered.of(Kind::Vpcs) {
        let set = text(&vpc.value, "DhcpOptionsId").filter(|set| *set != "default");
        let said = text(&vpc.value, "VpcId").and_then(|vpc| places.get(vpc).cloned());
        if let (Some(set), Some(said)) = (set, said) {
            place(&mut places, set, said)?;
        }
    }
    // What something is in stands before it in the table of shapes.
    for shape in SHAPES {
        for found in gathered.of(shape.kind) {
            let Some(id) = text(&found.value, id_member(shape.kind)) else { continue };
            let own = by_zone(found).or_else(|| by_name(found)).map(|region| (region, found.place.clone()));
            let mut said: Vec<Said> = own.into_iter().collect();
            said.extend(links(&found.value).filter_map(|link| places.get(link).cloned()));
            for said in said {
                place(&mut places, id, said)?;
            }
        }
    }
    Ok(places)
}

/// Takes note of where something is; it cannot be in two regions.
fn place(places: &mut Table<String, Said>, id: &str, (region, by): Said) -> Result<(), ScenarioError> {
    match places.get(id) {
        Some((one, said)) if *one != region => {
            let problem = InputKey::TwoRegions { one, other: &region }.into();
            Err(ScenarioError::Disagree { first: said.clone(), second: by, problem })
        }
        Some(_) => Ok(()),
        None => {
            places.insert(id.to_owned(), (region, by));
            Ok(())
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// What something is in or on.
fn links(value: &Value) -> impl Iterator<Item = &str> {
    let own = LINKS.into_iter().filter_map(|name| text(value, name));
    let tied = ["Attachments", "VpcAttachments"].into_iter().filter_map(|name| text(value.get(name)?.get(0)?, "VpcId"));
    let asking = value.get("RequesterVpcInfo").and_then(|side| text(side, "VpcId"));
    own.chain(tied).chain(asking)
}

/// The region of the zone that something is in.
fn by_zone(found: &Found) -> Option<String> {
    text(&found.value, "AvailabilityZone").or_else(|| text(found.value.get("Placement")?, "AvailabilityZone")).map(region_of_zone)
}

/// The region in the name that AWS has for it everywhere, or that its address is announced in.
fn by_name(found: &Found) -> Option<String> {
    let names = ["SecurityGroupArn", "SecurityGroupRuleArn", "PrefixListArn"]
        .into_iter()
        .find_map(|name| text(&found.value, name)?.split(':').nth(3));
    names.or_else(|| text(&found.value, "NetworkBorderGroup")).map(region_of_zone)
}

/// `us-west-2` of `us-west-2a` and of the local zone `us-west-2-lax-1a`.
fn region_of_zone(zone: &str) -> String {
    let mut parts = Vec::new();
    for part in zone.split('-') {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            parts.push(digits);
            break;
        }
        parts.push(part.to_owned());
    }
    parts.join("-").chars().take(32).collect()
}
