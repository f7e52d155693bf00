//! The describe calls: which kind of object, and which of them.

use super::error::ApiError;
use super::object::Object;
use super::shape::{self, Form, Shape, shape, shorten};
use super::time::Epoch;
use eni_core::model::network::Network;
use serde_json::Value;

/// A describe call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Describe {
    /// What is asked for.
    pub kind: Kind,
    /// Only these; all if empty.
    pub ids: Vec<String>,
}

/// The kinds of objects that describe calls list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// VPCs.
    Vpcs,
    /// Subnets.
    Subnets,
    /// Network interfaces.
    NetworkInterfaces,
    /// Instances, by the launch that made them.
    Reservations,
    /// Elastic IP addresses.
    Addresses,
    /// Security groups.
    SecurityGroups,
    /// Rules of security groups.
    SecurityGroupRules,
    /// Network ACLs.
    NetworkAcls,
    /// Route tables.
    RouteTables,
    /// Internet gateways.
    InternetGateways,
    /// NAT gateways.
    NatGateways,
    /// Virtual private gateways.
    VpnGateways,
}

/// Answers a describe call.
///
/// # Errors
/// `Invalid….NotFound` for an id that is not there.
pub fn describe(network: &Network, epoch: Epoch, request: &Describe) -> Result<Value, ApiError> {
    let Some(shape) = shape(request.kind) else { return Ok(Value::Null) };
    let mut objects = shape::write(network, epoch, request.kind);
    if !request.ids.is_empty() {
        objects = chosen(shape, objects, &request.ids)?;
    }
    for object in &mut objects {
        shorten(shape.members, Form::Reply, object);
    }
    Ok(Object::new().with(shape.list, objects).into())
}

/// The objects with these ids. Of a launch, only the instances that are wanted.
fn chosen(shape: &Shape, objects: Vec<Value>, ids: &[String]) -> Result<Vec<Value>, ApiError> {
    let by_instance = shape.kind == Kind::Reservations;
    let is = |object: &Value, member: &str, id: &str| object.get(member).and_then(Value::as_str) == Some(id);
    let instances = |object: &Value| object.get("Instances").and_then(Value::as_array).cloned().unwrap_or_default();
    for id in ids {
        let there = objects.iter().any(|object| match by_instance {
            true => instances(object).iter().any(|instance| is(instance, "InstanceId", id)),
            false => is(object, shape.id, id),
        });
        if !there {
            return Err(ApiError::not_found(id.rsplit_once('-').map_or("", |(prefix, _)| prefix), id));
        }
    }
    let wanted = |object: &Value, member: &str| ids.iter().any(|id| is(object, member, id));
    if !by_instance {
        return Ok(objects.into_iter().filter(|object| wanted(object, shape.id)).collect());
    }
    let kept = objects.into_iter().filter_map(|mut launch| {
        let chosen: Vec<Value> = instances(&launch).into_iter().filter(|instance| wanted(instance, "InstanceId")).collect();
        if chosen.is_empty() {
            return None;
        }
        launch.as_object_mut()?.insert("Instances".to_owned(), Value::Array(chosen));
        Some(launch)
    });
    Ok(kept.collect())
}
