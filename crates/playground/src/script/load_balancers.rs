//! Network Load Balancers of a script, with their target groups. What an internet-facing one's interfaces have for private addresses nobody can choose.

use super::gateways::service_eni;
use super::plan::{Plan, Query, tag_list};
use super::said;
use crate::aws::object::Object;
use crate::aws::shape::{balancer_arn, listener_arn, target_group_arn};
use eni_core::model::Tags;
use eni_core::model::load_balancer::{LoadBalancer, Node};
use eni_core::model::target_group::{Target, TargetGroup};
use serde_json::Value;

/// Target groups, and the load balancers whose private addresses the script chooses: they come before all else that takes addresses, while there is
/// room for them.
pub(super) fn inner(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Target groups and internal load balancers");
    network.target_groups().for_each(|group| target_group(plan, group));
    network.load_balancers().filter(|balancer| !balancer.internet_facing).for_each(|balancer| load_balancer(plan, balancer));
}

/// The others, which take what is free.
pub(super) fn outward(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Load balancers that face the internet");
    network.load_balancers().filter(|balancer| balancer.internet_facing).for_each(|balancer| load_balancer(plan, balancer));
}

/// Targets run by now.
pub(super) fn targets(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Targets of load balancers");
    for group in network.target_groups().filter(|group| !group.targets.is_empty()) {
        let target = |target: &Target| Object::new().text("Id", target.key.who).with("Port", target.key.port).into();
        let object = Object::new().with("TargetGroupArn", target_group_arn(network, group));
        plan.call("RegisterTargets", object.list("Targets", group.targets.iter().map(target)));
    }
}

fn target_group(plan: &mut Plan<'_>, group: &TargetGroup) {
    let (arn, check) = (target_group_arn(plan.network, group), group.check);
    let object = Object::new()
        .with("Name", group.name.as_str())
        .with("Protocol", group.protocol.as_str())
        .with("Port", group.port)
        .text("VpcId", group.vpc)
        .with("TargetType", if group.by_instance { "instance" } else { "ip" })
        .maybe_text("HealthCheckPort", check.port)
        .with("HealthCheckIntervalSeconds", check.interval)
        .with("HealthCheckTimeoutSeconds", check.timeout)
        .with("HealthyThresholdCount", check.healthy)
        .with("UnhealthyThresholdCount", check.unhealthy);
    plan.make(&arn, ("TARGETS", &group.name), "CreateTargetGroup", tagged(object, &group.tags), "TargetGroups[0].TargetGroupArn");
    let keeps = group.keeps_client.map(|keeps| attribute("preserve_client_ip.enabled", keeps.to_string()));
    let drains = attribute("deregistration_delay.timeout_seconds", group.drain_secs.to_string());
    let attributes = keeps.into_iter().chain([drains]);
    plan.call("ModifyTargetGroupAttributes", Object::new().with("TargetGroupArn", arn).list("Attributes", attributes));
}

fn load_balancer(plan: &mut Plan<'_>, balancer: &LoadBalancer) {
    let network = plan.network;
    let arn = balancer_arn(network, balancer);
    let mapping = |node: &Node| {
        let private = network.eni(node.eni).and_then(|eni| eni.primary_ip()).filter(|_| !balancer.internet_facing);
        let object = Object::new().text("SubnetId", node.subnet).maybe_text("AllocationId", node.allocation);
        object.maybe_text("PrivateIPv4Address", private).into()
    };
    let object = Object::new().with("Name", balancer.name.as_str()).with("Type", "network");
    let object = object.with("Scheme", if balancer.internet_facing { "internet-facing" } else { "internal" });
    let object = object.list("SubnetMappings", balancer.nodes.iter().map(mapping));
    let object = if balancer.groups.is_empty() { object } else { object.texts("SecurityGroups", &balancer.groups) };
    let name = balancer.name.as_str();
    plan.make(&arn, ("BALANCER", name), "CreateLoadBalancer", tagged(object, &balancer.tags), "LoadBalancers[0].LoadBalancerArn");
    if balancer.cross_zone {
        let list = [attribute("load_balancing.cross_zone.enabled", "true".to_owned())].into_iter();
        plan.call("ModifyLoadBalancerAttributes", Object::new().with("LoadBalancerArn", arn.as_str()).list("Attributes", list));
    }
    for listener in &balancer.listeners {
        let Some(group) = network.target_group(listener.target_group) else { continue };
        let action = Object::new().with("Type", "forward").with("TargetGroupArn", target_group_arn(network, group)).into();
        let object = Object::new().with("LoadBalancerArn", arn.as_str()).with("Protocol", listener.protocol.as_str());
        let object = object.with("Port", listener.port).list("DefaultActions", [action].into_iter());
        plan.make(&listener_arn(network, balancer, listener), ("LISTENER", name), "CreateListener", object, "Listeners[0].ListenerArn");
    }
    for node in &balancer.nodes {
        match balancer.internet_facing {
            false => service_eni(plan, node.eni, ("BALANCER_ENI", name)),
            true => own_address(plan, balancer, node),
        }
    }
}

/// An interface at an address of the load balancer's own choice: it is known by its description.
fn own_address(plan: &mut Plan<'_>, balancer: &LoadBalancer, node: &Node) {
    let (subnet, description) = (node.subnet.to_string(), format!("ELB net/{}/*", balancer.name));
    let filters = [("subnet-id", subnet.as_str()), ("description", description.as_str())];
    let found = Query::Path("NetworkInterfaces[0].NetworkInterfaceId");
    plan.find(&node.eni.to_string(), ("BALANCER_ENI", &balancer.name), "DescribeNetworkInterfaces", &filters, found);
    plan.note(&node.eni, "PrivateIpAddresses", |_| said::own_choice(&balancer.name));
    if let Some(allocation) = node.allocation {
        plan.note(&allocation, "PrivateIpAddress", |_| said::own_choice(&balancer.name));
    }
}

fn attribute(key: &str, value: String) -> Value {
    Object::new().with("Key", key).with("Value", value).into()
}

fn tagged(object: Object, tags: &Tags) -> Object {
    if tags.is_empty() { object } else { object.with("Tags", tag_list(tags)) }
}
