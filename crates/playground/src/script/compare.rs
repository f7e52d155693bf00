//! What is not the same in two regions, apart from ids, MACs, public addresses and times.

use super::ipv6;
use super::plan::is_of_aws;
use super::trial::replaced_in;
use crate::aws::Epoch;
use crate::aws::Kind;
use crate::aws::shape::{Form, SHAPES, Shape, balancer_arn, shorten, write, write_each};
use eni_core::model::network::Network;
use eni_core::table::{Set, Table};
use serde_json::{Map, Value};

/// Members that are another one each time.
const OTHER_EACH_TIME: &[&str] = &[
    "AlarmConfigurationUpdatedTimestamp",
    "CreationTime",
    "CreationTimestamp",
    "CreateTime",
    "CreatedTime",
    "ExpirationTime",
    "MacAddress",
    "PublicIp",
    "LaunchTime",
    "SpotInstanceRequestId",
    "AttachTime",
    "LastModified",
    "StateReason",
    "StateValue",
    "StateTransitionReason",
    "StateTransitionedTimestamp",
    "StateUpdatedTimestamp",
    "AttachmentId",
    "AssociationId",
    "NetworkAclAssociationId",
    "RouteTableAssociationId",
    "ReservationId",
    "SecurityGroupRuleId",
    "IpOwnerId",
];
/// Lists in which the order means nothing.
const UNORDERED: [&str; 4] = ["Associations", "Attachments", "Routes", "PropagatingVgws"];
/// Before an id that is not made, where the new region gave it to something else.
const NOT_MADE: &str = "not made: ";
/// What stands for a text that is another one each time.
const ANOTHER: &str = "another";

/// Something that is not the same: what, and which members of it; none if it is only in one of the regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) members: Vec<String>,
}

/// Every difference. `ids` has the new id of each id of the old region.
pub(super) fn differences(old: &Network, new: &Network, epoch: Epoch, ids: &Table<String, String>) -> Vec<Difference> {
    let mut all: Vec<Difference> = Vec::new();
    let given: Set<&str> = ids.values().map(String::as_str).collect();
    let taken = |id: &str| given.contains(&id).then(|| format!("{NOT_MADE}{id}"));
    let blocks = ipv6::blocks(old);
    for shape in SHAPES {
        let old =
            objects(old, epoch, shape, &|text| ids.get(text).cloned().or_else(|| ipv6::moved(&blocks, ids, text)).or_else(|| taken(text)));
        let mut new = objects(new, epoch, shape, &|_| None);
        for (name, object) in old.iter() {
            let Some(found) = new.remove(name) else {
                add(&mut all, whole(ids, shape, name, object));
                continue;
            };
            let differs = |(member, value): &(&String, &Value)| found.get(*member) != Some(*value);
            let mut members: Vec<String> = object.iter().filter(differs).map(|(member, _)| member.clone()).collect();
            members.extend(found.keys().filter(|member| !object.contains_key(*member)).cloned());
            if !members.is_empty() {
                add(&mut all, Difference { what: original(ids, name), members });
            }
        }
        for (name, object) in new.iter() {
            add(&mut all, whole(ids, shape, name, object));
        }
    }
    all
}

/// Something that is in one of the regions alone. Rules are told of by their groups.
fn whole(ids: &Table<String, String>, shape: &Shape, name: &str, object: &Map<String, Value>) -> Difference {
    if shape.kind == Kind::SecurityGroupRules {
        let group = object.get("GroupId").and_then(Value::as_str).unwrap_or_default();
        return Difference { what: original(ids, group), members: vec![shape.list.to_owned()] };
    }
    Difference { what: original(ids, name), members: Vec::new() }
}

fn add(all: &mut Vec<Difference>, difference: Difference) {
    if !all.contains(&difference) {
        all.push(difference);
    }
}

/// The id in the old region.
fn original(ids: &Table<String, String>, name: &str) -> String {
    let unmade = || name.strip_prefix(NOT_MADE).unwrap_or(name).to_owned();
    ids.iter().find(|(_, new)| new.as_str() == name).map_or_else(unmade, |(old, _)| old.clone())
}

/// The objects of a kind by their ids, with the ids of the new region, and without what is another one each time.
fn objects(network: &Network, epoch: Epoch, shape: &Shape, other: &dyn Fn(&str) -> Option<String>) -> Table<String, Map<String, Value>> {
    let mut table = Table::new();
    // The DHCP option set that a region begins with may have come back under another id: it is compared, too.
    let listing = if shape.kind == Kind::DhcpOptions { write_each } else { write };
    let mut listed = listing(network, epoch, shape.kind);
    if shape.kind == Kind::Reservations {
        let launched = |launch: Value| launch.get("Instances").and_then(Value::as_array).cloned().unwrap_or_default();
        listed = listed.into_iter().flat_map(launched).collect();
    }
    for object in listed {
        let mut object = object;
        // What follows from the rest is not compared: it would be told twice.
        shorten(shape.own_members(), Form::Document, &mut object);
        let Value::Object(members) = object else { continue };
        // AWS keeps these in every region, with other ids.
        if shape.kind == Kind::ManagedPrefixLists && members.get("OwnerId").and_then(Value::as_str) == Some("AWS") {
            continue;
        }
        let mut members = replaced_in(&members, other);
        if shape.kind == Kind::NetworkInterfaces && members.get("RequesterManaged") == Some(&Value::Bool(true)) {
            told_by_a_service(&mut members, &|word| other(word).or_else(|| of_balancer(network, word, other)));
        }
        // An alarm begins anew: what it did before stays behind.
        members.remove("AlarmHistoryItems");
        clear(&mut members);
        let id = if shape.kind == Kind::Reservations { "InstanceId" } else { shape.id };
        // Rules of groups are known by what they say.
        let mut name = match members.get(id).and_then(Value::as_str) {
            Some(id) if id != ANOTHER => id.to_owned(),
            _ => Value::Object(members.clone()).to_string(),
        };
        while table.contains_key(&name) {
            name.push('+');
        }
        table.insert(name, members);
    }
    table
}

/// What load balancers call themselves in a description: the end of their ARN.
fn of_balancer(network: &Network, word: &str, other: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let balancer = network.load_balancers().find(|balancer| balancer.path() == word)?;
    other(&balancer_arn(network, balancer))?.split_once(":loadbalancer/").map(|(_, path)| path.to_owned())
}

/// A service says in a description what its ENI is for, with the id of that.
fn told_by_a_service(members: &mut Map<String, Value>, other: &dyn Fn(&str) -> Option<String>) {
    if let Some(Value::String(text)) = members.get_mut("Description") {
        let words: Vec<String> = text.split(' ').map(|word| other(word).unwrap_or_else(|| word.to_owned())).collect();
        *text = words.join(" ");
    }
}

fn clear(members: &mut Map<String, Value>) {
    // How well a target is, its checks say. Why an instance does not run: here a script stopped it. It launches each by itself, with a token of its own, and with the launch whatever may
    // come with it, so that nobody asked for those ENIs by themselves. When a log group was made, is a number.
    ["StateReason", "AmiLaunchIndex", "ClientToken", "RequesterId", "TargetHealth", "creationTime"]
        .into_iter()
        .for_each(|name| _ = members.remove(name));
    for (name, value) in members.iter_mut() {
        match value {
            Value::String(text) if OTHER_EACH_TIME.contains(&name.as_str()) => ANOTHER.clone_into(text),
            Value::Object(inner) => clear(inner),
            Value::Array(values) => {
                values.retain(|value| !value.get("Key").and_then(Value::as_str).is_some_and(is_of_aws));
                values.iter_mut().filter_map(Value::as_object_mut).for_each(clear);
                if UNORDERED.contains(&name.as_str()) {
                    let mut texts: Vec<(String, Value)> = values.drain(..).map(|value| (value.to_string(), value)).collect();
                    eni_core::order::sort_by(&mut texts, |one, other| one.0.cmp(&other.0));
                    values.extend(texts.into_iter().map(|(_, value)| value));
                }
            }
            _ => {}
        }
    }
}
