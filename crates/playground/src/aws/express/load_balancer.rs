//! Network Load Balancers and target groups. Their ARNs need the region and the account, which no command knows: the words here are those of the id.

use super::{Call, tag_list};
use crate::aws::object::Object;
use eni_core::control::command::{Balancing, Command, CreateTargetGroup, NodeWanted};
use eni_core::id::ResourceId;
use eni_core::model::Tags;
use eni_core::model::load_balancer::hex;
use eni_core::model::target_group::{HealthCheck, TargetWho};
use serde_json::Value;

/// The call of load balancing.
pub(super) fn call(command: &Command) -> Option<Call> {
    let Command::Balance(act) = command else { return None };
    let of_balancer = |id| Object::new().with("LoadBalancerArn", arn("loadbalancer", id));
    let of_group = |id| Object::new().with("TargetGroupArn", arn("targetgroup", id));
    Some(match &**act {
        Balancing::Create(wanted) => {
            let plain = wanted.subnets.iter().all(|node| node.allocation.is_none() && node.private_ip.is_none());
            let object = Object::new().with("Name", wanted.name.as_str());
            let object = match plain {
                true => object.list("Subnets", wanted.subnets.iter().map(|node| node.subnet.to_string().into())),
                false => object.list("SubnetMappings", wanted.subnets.iter().map(mapping)),
            };
            let object = if wanted.groups.is_empty() { object } else { object.texts("SecurityGroups", &wanted.groups) };
            let object = object.with("Scheme", if wanted.internet_facing { "internet-facing" } else { "internal" });
            ("CreateLoadBalancer", tagged(object, &wanted.tags).with("Type", "network"))
        }
        Balancing::Delete(id) => ("DeleteLoadBalancer", of_balancer(*id)),
        Balancing::ModifyAttributes { balancer, cross_zone } => {
            let list = cross_zone.iter().map(|on| pair("load_balancing.cross_zone.enabled", on.to_string()));
            ("ModifyLoadBalancerAttributes", of_balancer(*balancer).list("Attributes", list))
        }
        Balancing::CreateListener(wanted) => {
            let action = Object::new().with("Type", "forward").with("TargetGroupArn", arn("targetgroup", wanted.group));
            let object = of_balancer(wanted.balancer).with("Protocol", wanted.protocol.as_str()).with("Port", wanted.port);
            ("CreateListener", object.with("DefaultActions", Value::Array(vec![action.into()])))
        }
        Balancing::DeleteListener(id) => ("DeleteListener", Object::new().with("ListenerArn", arn("listener", *id))),
        Balancing::CreateGroup(wanted) => ("CreateTargetGroup", group(wanted)),
        Balancing::DeleteGroup(id) => ("DeleteTargetGroup", of_group(*id)),
        Balancing::ModifyGroupAttributes { group, keeps_client, drain_secs } => {
            let keeps = keeps_client.map(|on| pair("preserve_client_ip.enabled", on.to_string()));
            let drains = drain_secs.map(|secs| pair("deregistration_delay.timeout_seconds", secs.to_string()));
            ("ModifyTargetGroupAttributes", of_group(*group).list("Attributes", keeps.into_iter().chain(drains)))
        }
        Balancing::Register(group, targets) => ("RegisterTargets", of_group(*group).list("Targets", targets.iter().map(target))),
        Balancing::Deregister(group, targets) => ("DeregisterTargets", of_group(*group).list("Targets", targets.iter().map(target))),
    })
}

/// An ARN as far as it says which: what stands before the number is not looked at.
fn arn<I: ResourceId>(kind: &str, id: I) -> String {
    format!("arn:aws:elasticloadbalancing:::{kind}/-/{}", hex(id))
}

fn pair(key: &str, value: String) -> Value {
    Object::new().with("Key", key).with("Value", value).into()
}

fn mapping(node: &NodeWanted) -> Value {
    let object = Object::new().text("SubnetId", node.subnet).maybe_text("AllocationId", node.allocation);
    object.maybe_text("PrivateIPv4Address", node.private_ip).into()
}

fn target((who, port): &(TargetWho, Option<u16>)) -> Value {
    Object::new().text("Id", who).maybe("Port", *port).into()
}

fn tagged(object: Object, tags: &Tags) -> Object {
    if tags.is_empty() { object } else { object.with("Tags", tag_list(tags.iter().map(|(key, value)| (key, Some(value))))) }
}

/// What is usual is left out.
fn group(wanted: &CreateTargetGroup) -> Object {
    let (check, usual) = (wanted.check, HealthCheck::default());
    let other = |value: u16, usual: u16| (value != usual).then_some(value);
    let object = Object::new().with("Name", wanted.name.as_str()).with("Protocol", wanted.protocol.as_str()).with("Port", wanted.port);
    let object = object.text("VpcId", wanted.vpc).maybe("TargetType", (!wanted.by_instance).then_some("ip"));
    let object = object
        .maybe_text("HealthCheckPort", check.port)
        .maybe("HealthCheckIntervalSeconds", other(check.interval, usual.interval))
        .maybe("HealthCheckTimeoutSeconds", other(check.timeout, usual.timeout))
        .maybe("HealthyThresholdCount", other(check.healthy.into(), usual.healthy.into()))
        .maybe("UnhealthyThresholdCount", other(check.unhealthy.into(), usual.unhealthy.into()));
    tagged(object, &wanted.tags)
}
