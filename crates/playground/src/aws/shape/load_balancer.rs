//! Load balancers, their listeners, target groups and how well targets are (`R70` to `R76`).

use super::{Form, Writer};
use crate::aws::error::ApiError;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, attribute, derived, kept, optional, required};
use crate::aws::text::{Json, Object};
use eni_core::id::ResourceId;
use eni_core::model::load_balancer::{Listener, LoadBalancer, Node, hex, of_hex};
use eni_core::model::network::Network;
use eni_core::model::target_group::{Target, TargetGroup, TargetHealth};
use serde_json::Value;

/// An attribute by its name.
pub const ATTRIBUTE: &[Member] = &[required("Key", Wire::Text, "its name"), optional("Value", Wire::Text, "its value")];

const TEXT: Wire = Wire::Text;
const ATTRIBUTES: Wire = Wire::List(&Wire::Struct(ATTRIBUTE));
const TAGS: Wire = Wire::List(&Wire::Struct(&[kept("Key", TEXT), kept("Value", TEXT)]));
const ACTION: Wire = Wire::List(&Wire::Struct(&[derived("Type", TEXT), kept("TargetGroupArn", TEXT)]));

/// A listener.
pub const LISTENER: &[Member] = &[
    kept("ListenerArn", TEXT),
    derived("LoadBalancerArn", TEXT),
    kept("Port", Wire::Integer),
    kept("Protocol", TEXT),
    kept("DefaultActions", ACTION),
];

/// A load balancer. What other calls show stands with it in documents.
pub const LOAD_BALANCER: &[Member] = &[
    kept("LoadBalancerArn", TEXT),
    derived("DNSName", TEXT),
    derived("CanonicalHostedZoneId", TEXT),
    kept("CreatedTime", Wire::Time),
    kept("LoadBalancerName", TEXT),
    kept("Scheme", TEXT),
    kept("VpcId", TEXT),
    derived("State", Wire::Struct(&[derived("Code", TEXT)])),
    kept("Type", TEXT),
    kept(
        "AvailabilityZones",
        Wire::List(&Wire::Struct(&[
            derived("ZoneName", TEXT),
            kept("SubnetId", TEXT),
            kept(
                "LoadBalancerAddresses",
                Wire::List(&Wire::Struct(&[derived("IpAddress", TEXT), kept("AllocationId", TEXT), derived("PrivateIPv4Address", TEXT)])),
            ),
        ])),
    ),
    kept("SecurityGroups", Wire::List(&TEXT)),
    derived("IpAddressType", TEXT),
    attribute("Attributes", ATTRIBUTES),
    attribute("Listeners", Wire::List(&Wire::Struct(LISTENER))),
    attribute("Tags", TAGS),
];

/// How well a target is.
pub const TARGET_HEALTH: &[Member] = &[
    kept("Target", Wire::Struct(&[kept("Id", TEXT), kept("Port", Wire::Integer)])),
    derived("HealthCheckPort", TEXT),
    kept("TargetHealth", Wire::Struct(&[kept("State", TEXT), derived("Reason", TEXT), derived("Description", TEXT)])),
];

/// A target group. What other calls show stands with it in documents.
pub const TARGET_GROUP: &[Member] = &[
    kept("TargetGroupArn", TEXT),
    kept("TargetGroupName", TEXT),
    kept("Protocol", TEXT),
    kept("Port", Wire::Integer),
    kept("VpcId", TEXT),
    derived("HealthCheckProtocol", TEXT),
    kept("HealthCheckPort", TEXT),
    derived("HealthCheckEnabled", Wire::Boolean),
    kept("HealthCheckIntervalSeconds", Wire::Integer),
    kept("HealthCheckTimeoutSeconds", Wire::Integer),
    kept("HealthyThresholdCount", Wire::Integer),
    kept("UnhealthyThresholdCount", Wire::Integer),
    derived("LoadBalancerArns", Wire::List(&TEXT)),
    kept("TargetType", TEXT),
    derived("IpAddressType", TEXT),
    attribute("Attributes", ATTRIBUTES),
    attribute("TargetHealthDescriptions", Wire::List(&Wire::Struct(TARGET_HEALTH))),
    attribute("Tags", TAGS),
];

/// The number behind an ARN of load balancing, of the kind that is asked for.
pub fn id_of_arn<I: ResourceId>(kind: &str, arn: &str) -> Option<I> {
    let resource = arn.split(':').nth(5)?;
    let (of, path) = resource.split_once('/')?;
    let (_, number) = path.rsplit_once('/')?;
    of_hex(number).filter(|_| of == kind)
}

fn arn(network: &Network, resource: &str) -> String {
    format!("arn:aws:elasticloadbalancing:{}:{}:{resource}", network.region(), network.account())
}

/// The ARN of a load balancer.
pub fn balancer_arn(network: &Network, balancer: &LoadBalancer) -> String {
    arn(network, &format!("loadbalancer/{}", balancer.path()))
}

/// The ARN of a target group.
pub fn target_group_arn(network: &Network, group: &TargetGroup) -> String {
    arn(network, &format!("targetgroup/{}", group.path()))
}

/// The ARN of a listener.
pub fn listener_arn(network: &Network, balancer: &LoadBalancer, listener: &Listener) -> String {
    arn(network, &format!("listener/{}/{}", balancer.path(), hex(listener.id)))
}

/// The ARNs in a call that a command was written as, whole: those know of region and account nothing (`express`).
pub fn complete_arns(network: &Network, parameters: &mut Value) {
    match parameters {
        Value::String(text) => {
            if let Some(whole) = complete_arn(network, text) {
                *text = whole;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| complete_arns(network, value)),
        Value::Object(members) => members.values_mut().for_each(|value| complete_arns(network, value)),
        _ => {}
    }
}

fn complete_arn(network: &Network, text: &str) -> Option<String> {
    if !text.starts_with("arn:aws:elasticloadbalancing:::") {
        return None;
    }
    let balancer = id_of_arn("loadbalancer", text).and_then(|id| network.load_balancer(id)).map(|balancer| balancer_arn(network, balancer));
    let group = || id_of_arn("targetgroup", text).and_then(|id| network.target_group(id)).map(|group| target_group_arn(network, group));
    let listener = || {
        let id = id_of_arn("listener", text)?;
        let of = |balancer: &LoadBalancer| Some(listener_arn(network, balancer, balancer.listeners.iter().find(|one| one.id == id)?));
        network.load_balancers().find_map(of)
    };
    balancer.or_else(group).or_else(listener)
}

impl Writer<'_> {
    pub(in crate::aws) fn load_balancer(&self, balancer: &LoadBalancer) -> Json {
        let object = self
            .object()
            .with("LoadBalancerArn", balancer_arn(self.network, balancer))
            .with("DNSName", balancer.dns_name(self.network.region()))
            .with("CanonicalHostedZoneId", "Z26RNL4JYFTOTI")
            .with("CreatedTime", self.epoch.print(balancer.created))
            .with("LoadBalancerName", balancer.name.as_str())
            .with("Scheme", if balancer.internet_facing { "internet-facing" } else { "internal" })
            .text("VpcId", balancer.vpc)
            .with("State", Object::new().with("Code", if balancer.active { "active" } else { "provisioning" }))
            .with("Type", "network")
            .list("AvailabilityZones", balancer.nodes.iter().map(|node| self.node(balancer, node)));
        let groups = (!balancer.groups.is_empty()).then(|| Json::list(balancer.groups.iter().map(|group| group.to_string().into())));
        let object = object.maybe("SecurityGroups", groups).with("IpAddressType", "ipv4");
        if self.form != Form::Document {
            return object.into();
        }
        let object = object.list("Attributes", balancer_attributes(balancer));
        let object = object.list("Listeners", balancer.listeners.iter().map(|listener| self.listener(balancer, listener)));
        if balancer.tags.is_empty() { object.into() } else { object.tags("Tags", &balancer.tags).into() }
    }

    fn node(&self, balancer: &LoadBalancer, node: &Node) -> Json {
        let eni = self.network.eni(node.eni);
        let private = eni.and_then(|eni| eni.primary_ip());
        let public = eni.zip(private).and_then(|(eni, ip)| eni.public_of(ip));
        let told = node.allocation.is_some() || !balancer.internet_facing;
        let address = Object::new()
            .maybe_text("IpAddress", node.allocation.and(public).map(|public| public.ip))
            .maybe_text("AllocationId", node.allocation)
            .maybe_text("PrivateIPv4Address", private.filter(|_| !balancer.internet_facing));
        let addresses = told.then(|| Json::from(address));
        let object = Object::new().with("ZoneName", node.zone.as_str()).text("SubnetId", node.subnet);
        object.list("LoadBalancerAddresses", addresses.into_iter()).into()
    }

    pub(in crate::aws) fn listener(&self, balancer: &LoadBalancer, listener: &Listener) -> Json {
        let group = self.network.target_group(listener.target_group).map(|group| target_group_arn(self.network, group));
        let action = Object::new().with("Type", "forward").maybe("TargetGroupArn", group);
        Object::new()
            .with("ListenerArn", listener_arn(self.network, balancer, listener))
            .with("LoadBalancerArn", balancer_arn(self.network, balancer))
            .with("Port", listener.port)
            .with("Protocol", listener.protocol.as_str())
            .list("DefaultActions", std::iter::once(action.into()))
            .into()
    }

    pub(in crate::aws) fn target_group(&self, group: &TargetGroup) -> Json {
        let check = group.check;
        let balancer = self.network.balancer_of(group.id).map(|(balancer, _)| balancer_arn(self.network, balancer).into());
        let object = self
            .object()
            .with("TargetGroupArn", target_group_arn(self.network, group))
            .with("TargetGroupName", group.name.as_str())
            .with("Protocol", group.protocol.as_str())
            .with("Port", group.port)
            .text("VpcId", group.vpc)
            .with("HealthCheckProtocol", "TCP")
            .with("HealthCheckPort", check.port.map_or_else(|| "traffic-port".to_owned(), |port| port.to_string()))
            .with("HealthCheckEnabled", true)
            .with("HealthCheckIntervalSeconds", check.interval)
            .with("HealthCheckTimeoutSeconds", check.timeout)
            .with("HealthyThresholdCount", u16::from(check.healthy))
            .with("UnhealthyThresholdCount", u16::from(check.unhealthy))
            .list("LoadBalancerArns", balancer.into_iter())
            .with("TargetType", if group.by_instance { "instance" } else { "ip" })
            .with("IpAddressType", "ipv4");
        if self.form != Form::Document {
            return object.into();
        }
        let object = object.list("Attributes", group_attributes(group));
        let object = object.list("TargetHealthDescriptions", group.targets.iter().map(|target| self.target_health(group, target)));
        if group.tags.is_empty() { object.into() } else { object.tags("Tags", &group.tags).into() }
    }

    fn target_health(&self, group: &TargetGroup, target: &Target) -> Json {
        let told = self.network.health_told(group, target);
        // A document keeps what the checks said, whether the target is in use now or not.
        let state = if self.form == Form::Document { health_word(target) } else { told.state };
        let health = Object::new().with("State", state).maybe("Reason", told.reason).maybe("Description", told.description);
        Object::new()
            .with("Target", Object::new().text("Id", target.key.who).with("Port", target.key.port))
            .with("HealthCheckPort", group.check.port.unwrap_or(target.key.port).to_string())
            .with("TargetHealth", health)
            .into()
    }

    /// Attributes of a load balancer, as the calls answer that change and show them.
    pub(in crate::aws) fn balancer_attributes(&self, balancer: &LoadBalancer) -> Object {
        Object::new().list("Attributes", balancer_attributes(balancer))
    }

    /// Attributes of a target group, as the calls answer that change and show them.
    pub(in crate::aws) fn group_attributes(&self, group: &TargetGroup) -> Object {
        Object::new().list("Attributes", group_attributes(group))
    }

    /// The answers of the calls that show load balancers and what belongs to them.
    pub(in crate::aws) fn balancing(&self, kind: Kind, ids: &[String]) -> Result<Json, ApiError> {
        let first = ids.first().map_or("", String::as_str);
        let group = || id_of_arn("targetgroup", first).and_then(|id| self.network.target_group(id)).ok_or_else(no_group);
        Ok(match kind {
            Kind::LoadBalancerAttributes => {
                let found = id_of_arn("loadbalancer", first).and_then(|id| self.network.load_balancer(id));
                self.balancer_attributes(found.ok_or_else(no_balancer)?).into()
            }
            Kind::TargetGroupAttributes => self.group_attributes(group()?).into(),
            Kind::TargetHealth => {
                let group = group()?;
                Object::new().list("TargetHealthDescriptions", group.targets.iter().map(|target| self.target_health(group, target))).into()
            }
            Kind::Listeners => self.listeners(ids)?,
            Kind::TargetGroups => self.target_groups(ids)?,
            _ => {
                let is = |balancer: &&LoadBalancer, id: &String| balancer.name == *id || balancer_arn(self.network, balancer) == *id;
                if ids.iter().any(|id| !self.network.load_balancers().any(|one| is(&one, id))) {
                    return Err(no_balancer());
                }
                let wanted = self.network.load_balancers().filter(|one| ids.is_empty() || ids.iter().any(|id| is(one, id)));
                Object::new().list("LoadBalancers", wanted.map(|balancer| self.load_balancer(balancer))).into()
            }
        })
    }

    fn listeners(&self, ids: &[String]) -> Result<Json, ApiError> {
        if ids.is_empty() {
            return Err(ApiError::new("ValidationError", "You must specify either listener ARNs or a load balancer ARN"));
        }
        let mut found = Vec::new();
        for id in ids {
            let before = found.len();
            let of_balancer = id_of_arn("loadbalancer", id).and_then(|id| self.network.load_balancer(id));
            for balancer in self.network.load_balancers() {
                let own = balancer.listeners.iter();
                let asked = own.filter(|listener| {
                    of_balancer.is_some_and(|of| of.id == balancer.id) || listener_arn(self.network, balancer, listener) == *id
                });
                found.extend(asked.map(|listener| self.listener(balancer, listener)));
            }
            if found.len() == before && of_balancer.is_none() {
                return Err(if id.contains(":loadbalancer/") {
                    no_balancer()
                } else {
                    ApiError::new("ListenerNotFound", "One or more listeners not found")
                });
            }
        }
        Ok(Object::new().list("Listeners", found.into_iter()).into())
    }

    fn target_groups(&self, ids: &[String]) -> Result<Json, ApiError> {
        let network = self.network;
        let is = |group: &TargetGroup, id: &String| {
            let of_balancer = || network.balancer_of(group.id).is_some_and(|(balancer, _)| balancer_arn(self.network, balancer) == *id);
            group.name == *id || target_group_arn(self.network, group) == *id || of_balancer()
        };
        for id in ids {
            let balancer = id_of_arn("loadbalancer", id).map(|id| network.load_balancer(id).is_some());
            if balancer == Some(false) {
                return Err(no_balancer());
            }
            if balancer.is_none() && !network.target_groups().any(|group| is(group, id)) {
                return Err(no_group());
            }
        }
        let wanted = network.target_groups().filter(|group| ids.is_empty() || ids.iter().any(|id| is(group, id)));
        Ok(Object::new().list("TargetGroups", wanted.map(|group| self.target_group(group))).into())
    }
}

fn no_balancer() -> ApiError {
    ApiError::new("LoadBalancerNotFound", "One or more load balancers not found")
}

fn no_group() -> ApiError {
    ApiError::new("TargetGroupNotFound", "One or more target groups not found")
}

fn pair(key: &str, value: impl std::fmt::Display) -> Json {
    Object::new().with("Key", key).text("Value", value).into()
}

fn balancer_attributes(balancer: &LoadBalancer) -> impl Iterator<Item = Json> {
    std::iter::once(pair("load_balancing.cross_zone.enabled", balancer.cross_zone))
}

fn group_attributes(group: &TargetGroup) -> impl Iterator<Item = Json> {
    [pair("preserve_client_ip.enabled", group.keeps_client_address()), pair("deregistration_delay.timeout_seconds", group.drain_secs)]
        .into_iter()
}

/// What the checks of a target said.
fn health_word(target: &Target) -> &'static str {
    match target.health {
        TargetHealth::Initial => "initial",
        TargetHealth::Healthy => "healthy",
        TargetHealth::Unhealthy => "unhealthy",
        TargetHealth::Draining(_) => "draining",
    }
}
