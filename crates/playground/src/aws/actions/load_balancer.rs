//! Network Load Balancers and target groups, as Elastic Load Balancing's second API has them.

use super::{Action, Request, command, shown};
use crate::aws::error::{ApiError, short};
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, TAG, Wire, optional, required};
use crate::aws::shape::load_balancer::{ATTRIBUTE, id_of_arn};
use eni_core::control::command::{Balancing, Command, CreateListener, CreateLoadBalancer, CreateTargetGroup, NodeWanted};
use eni_core::id::{LoadBalancerId, ResourceId, SubnetId, TargetGroupId};
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, TargetWho};

/// The words of attributes that may be changed.
const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";
const KEEPS_CLIENT: &str = "preserve_client_ip.enabled";
const DRAINS: &str = "deregistration_delay.timeout_seconds";
/// The longest time that a target may drain, in seconds.
const LONGEST_DRAIN: u16 = 3_600;

const BALANCER: Member = required("LoadBalancerArn", Wire::Text, "the load balancer");
const GROUP: Member = required("TargetGroupArn", Wire::Text, "the target group");
const TAGS: Member = optional("Tags", Wire::List(&Wire::Struct(TAG)), "its tags");
const ATTRIBUTES: Wire = Wire::List(&Wire::Struct(ATTRIBUTE));

const TARGETS: Member = required(
    "Targets",
    Wire::List(&Wire::Struct(&[
        required("Id", Wire::Text, "an instance, or an address, as the group takes them"),
        optional("Port", Wire::Between(1, 65_535), "its port; that of the group if absent"),
    ])),
    "the targets",
);

const MAPPING: &[Member] = &[
    required("SubnetId", Wire::Id("subnet"), "the subnet"),
    optional("AllocationId", Wire::Id("eipalloc"), "the Elastic IP of an internet-facing one there"),
    optional("PrivateIPv4Address", Wire::Ipv4, "the address of an internal one there"),
];

const FORWARD: &[Member] =
    &[required("Type", Wire::Words(&["forward"]), "what it does"), required("TargetGroupArn", Wire::Text, "whose targets get the packets")];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateLoadBalancer",
        help: "makes a Network Load Balancer, with a network interface of its own in each subnet",
        members: &[
            required("Name", Wire::Text, "its name"),
            optional("Subnets", Wire::List(&Wire::Id("subnet")), "its subnets, each in another zone"),
            optional("SubnetMappings", Wire::List(&Wire::Struct(MAPPING)), "the same, with an address for each"),
            optional("SecurityGroups", Wire::List(&Wire::Id("sg")), "its groups; made without any it never has one"),
            optional("Scheme", Wire::Words(&["internet-facing", "internal"]), "whether it has public addresses; it has if absent"),
            TAGS,
            optional("Type", Wire::Words(&["application", "network", "gateway"]), "network: the playground has no others"),
            optional("IpAddressType", Wire::Words(&["ipv4"]), "ipv4"),
        ],
        build: create,
    },
    Action {
        name: "DeleteLoadBalancer",
        help: "deletes a load balancer with its listeners and interfaces; its target groups stay",
        members: &[BALANCER],
        build: |p| act(Balancing::Delete(balancer(p)?)),
    },
    Action {
        name: "DescribeLoadBalancers",
        help: "shows load balancers",
        members: &[
            optional("LoadBalancerArns", Wire::List(&Wire::Text), "only these"),
            optional("Names", Wire::List(&Wire::Text), "only those of these names"),
        ],
        build: |p| shown(Kind::LoadBalancers, named(p, "LoadBalancerArns")),
    },
    Action {
        name: "ModifyLoadBalancerAttributes",
        help: "says whether each node sends to targets of every zone",
        members: &[BALANCER, required("Attributes", ATTRIBUTES, "load_balancing.cross_zone.enabled")],
        build: modify,
    },
    Action {
        name: "DescribeLoadBalancerAttributes",
        help: "shows the attributes of a load balancer",
        members: &[BALANCER],
        build: |p| shown(Kind::LoadBalancerAttributes, vec![p.text_or_empty("LoadBalancerArn")]),
    },
    Action {
        name: "CreateListener",
        help: "lets a load balancer take packets on a port, for the targets of a group",
        members: &[
            BALANCER,
            required("Protocol", Wire::Words(&BalancedProtocol::WORDS), "the protocol"),
            required("Port", Wire::Between(1, 65_535), "the port"),
            required("DefaultActions", Wire::List(&Wire::Struct(FORWARD)), "Type=forward and the target group"),
        ],
        build: create_listener,
    },
    Action {
        name: "DeleteListener",
        help: "deletes a listener",
        members: &[required("ListenerArn", Wire::Text, "the listener")],
        build: |p| {
            let id = id_of_arn("listener", &p.text_or_empty("ListenerArn"));
            act(Balancing::DeleteListener(id.ok_or_else(|| ApiError::new("ListenerNotFound", "One or more listeners not found"))?))
        },
    },
    Action {
        name: "DescribeListeners",
        help: "shows the listeners of a load balancer",
        members: &[
            optional("LoadBalancerArn", Wire::Text, "the load balancer"),
            optional("ListenerArns", Wire::List(&Wire::Text), "or these"),
        ],
        build: |p| {
            let of = p.text("LoadBalancerArn").map(str::to_owned);
            shown(Kind::Listeners, of.into_iter().chain(p.texts("ListenerArns").map(str::to_owned)).collect())
        },
    },
    Action {
        name: "CreateTargetGroup",
        help: "makes a target group: who gets what a load balancer passes on, and how that is checked",
        members: &[
            required("Name", Wire::Text, "its name"),
            required("Protocol", Wire::Words(&BalancedProtocol::WORDS), "the protocol"),
            required("Port", Wire::Between(1, 65_535), "the port of targets that name none"),
            required("VpcId", Wire::Id("vpc"), "its VPC"),
            optional("TargetType", Wire::Words(&["instance", "ip"]), "what its targets are; instances if absent"),
            optional("HealthCheckProtocol", Wire::Words(&["TCP"]), "TCP: a connection that is answered"),
            optional("HealthCheckPort", Wire::Text, "a port, or traffic-port: that of the target"),
            optional("HealthCheckEnabled", Wire::Boolean, "true"),
            optional("HealthCheckIntervalSeconds", Wire::Between(5, 300), "from one check to the next; 30 if absent"),
            optional("HealthCheckTimeoutSeconds", Wire::Between(2, 120), "how long an answer may take; 10 if absent"),
            optional("HealthyThresholdCount", Wire::Between(2, 10), "how many good ones make it healthy; 5 if absent"),
            optional("UnhealthyThresholdCount", Wire::Between(2, 10), "how many bad ones make it unhealthy; 2 if absent"),
            TAGS,
            optional("IpAddressType", Wire::Words(&["ipv4"]), "ipv4"),
        ],
        build: create_group,
    },
    Action {
        name: "DeleteTargetGroup",
        help: "deletes a target group that no listener uses",
        members: &[GROUP],
        build: |p| act(Balancing::DeleteGroup(group(p)?)),
    },
    Action {
        name: "DescribeTargetGroups",
        help: "shows target groups",
        members: &[
            optional("LoadBalancerArn", Wire::Text, "only those of this load balancer"),
            optional("TargetGroupArns", Wire::List(&Wire::Text), "only these"),
            optional("Names", Wire::List(&Wire::Text), "only those of these names"),
        ],
        build: |p| {
            let of = p.text("LoadBalancerArn").map(str::to_owned);
            shown(Kind::TargetGroups, of.into_iter().chain(named(p, "TargetGroupArns")).collect())
        },
    },
    Action {
        name: "ModifyTargetGroupAttributes",
        help: "says whether targets see the client's address, and how long one that is taken out drains",
        members: &[GROUP, required("Attributes", ATTRIBUTES, "preserve_client_ip.enabled, deregistration_delay.timeout_seconds")],
        build: modify_group,
    },
    Action {
        name: "DescribeTargetGroupAttributes",
        help: "shows the attributes of a target group",
        members: &[GROUP],
        build: |p| shown(Kind::TargetGroupAttributes, vec![p.text_or_empty("TargetGroupArn")]),
    },
    Action {
        name: "RegisterTargets",
        help: "puts targets into a group: they are checked first",
        members: &[GROUP, TARGETS],
        build: |p| act(Balancing::Register(group(p)?, targets(p)?)),
    },
    Action {
        name: "DeregisterTargets",
        help: "takes targets out of a group: they drain first",
        members: &[GROUP, TARGETS],
        build: |p| act(Balancing::Deregister(group(p)?, targets(p)?)),
    },
    Action {
        name: "DescribeTargetHealth",
        help: "shows how well the targets of a group are",
        members: &[GROUP],
        build: |p| shown(Kind::TargetHealth, vec![p.text_or_empty("TargetGroupArn")]),
    },
];

fn act(act: Balancing) -> Result<Request, ApiError> {
    command(Command::Balance(Box::new(act)))
}

/// What is asked for by ARNs, and by names.
fn named(p: &Parameters<'_>, arns: &str) -> Vec<String> {
    p.texts(arns).chain(p.texts("Names")).map(str::to_owned).collect()
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new("ValidationError", message)
}

/// The number behind an ARN. One of another kind names nothing either.
fn arn<I: ResourceId>(p: &Parameters<'_>, member: &str, kind: &str, code: &str) -> Result<I, ApiError> {
    let found = id_of_arn(kind, p.text(member).unwrap_or_default());
    found.ok_or_else(|| {
        ApiError::new(
            format!("{code}NotFound"),
            format!("One or more {} not found", if kind == "loadbalancer" { "load balancers" } else { "target groups" }),
        )
    })
}

fn balancer(p: &Parameters<'_>) -> Result<LoadBalancerId, ApiError> {
    arn(p, "LoadBalancerArn", "loadbalancer", "LoadBalancer")
}

fn group(p: &Parameters<'_>) -> Result<TargetGroupId, ApiError> {
    arn(p, "TargetGroupArn", "targetgroup", "TargetGroup")
}

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    if p.text("Type") != Some("network") {
        return Err(invalid("The playground has Network Load Balancers only: Type must be network."));
    }
    let mut subnets = Vec::new();
    for subnet in p.ids::<SubnetId>("Subnets")? {
        subnets.push(NodeWanted { subnet, allocation: None, private_ip: None });
    }
    for mapping in p.objects("SubnetMappings") {
        if p.has("Subnets") {
            return Err(invalid("You must specify either subnets or subnet mappings, not both"));
        }
        let (allocation, private_ip) = (mapping.maybe_id("AllocationId")?, mapping.ipv4("PrivateIPv4Address")?);
        subnets.push(NodeWanted { subnet: mapping.id("SubnetId")?, allocation, private_ip });
    }
    act(Balancing::Create(CreateLoadBalancer {
        name: p.text_or_empty("Name"),
        internet_facing: p.text("Scheme") != Some("internal"),
        subnets,
        groups: p.ids("SecurityGroups")?,
        tags: p.tags()?,
    }))
}

/// The value of an attribute, of those that were named; another name than the known ones is refused.
fn attributes(p: &Parameters<'_>, known: &[&str]) -> Result<Vec<(String, String)>, ApiError> {
    let told: Vec<(String, String)> = p.objects("Attributes").map(|one| (one.text_or_empty("Key"), one.text_or_empty("Value"))).collect();
    match told.iter().find(|(key, _)| !known.contains(&key.as_str())) {
        Some((key, _)) => {
            Err(invalid(format!("The attribute '{}' is not one that can be changed here. Known: {}", short(key), known.join(", "))))
        }
        None => Ok(told),
    }
}

fn value<'t>(told: &'t [(String, String)], key: &str) -> Option<&'t str> {
    told.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

fn flag(told: &[(String, String)], key: &str) -> Result<Option<bool>, ApiError> {
    match value(told, key) {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(other) => Err(invalid(format!("The value '{}' of '{key}' must be true or false", short(other)))),
    }
}

fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let told = attributes(p, &[CROSS_ZONE])?;
    act(Balancing::ModifyAttributes { balancer: balancer(p)?, cross_zone: flag(&told, CROSS_ZONE)? })
}

fn modify_group(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let told = attributes(p, &[KEEPS_CLIENT, DRAINS])?;
    let drain_secs = match value(&told, DRAINS) {
        None => None,
        Some(text) => {
            let secs = text.parse().ok().filter(|secs| *secs <= LONGEST_DRAIN);
            Some(secs.ok_or_else(|| invalid(format!("The value '{}' of '{DRAINS}' must be from 0 to {LONGEST_DRAIN}", short(text))))?)
        }
    };
    act(Balancing::ModifyGroupAttributes { group: group(p)?, keeps_client: flag(&told, KEEPS_CLIENT)?, drain_secs })
}

fn protocol(p: &Parameters<'_>) -> Result<BalancedProtocol, ApiError> {
    p.text("Protocol").and_then(BalancedProtocol::from_word).ok_or_else(|| ApiError::missing("Protocol"))
}

fn port(p: &Parameters<'_>) -> Result<u16, ApiError> {
    p.small("Port")?.ok_or_else(|| ApiError::missing("Port"))
}

fn create_listener(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let mut actions = p.objects("DefaultActions");
    let action = actions.next().filter(|_| actions.next().is_none()).ok_or_else(|| invalid("A listener has exactly one default action"))?;
    let (balancer, group) = (balancer(p)?, group(&action)?);
    act(Balancing::CreateListener(CreateListener { balancer, protocol: protocol(p)?, port: port(p)?, group }))
}

fn create_group(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let usual = HealthCheck::default();
    let check_port = match p.text("HealthCheckPort") {
        None | Some("traffic-port") => None,
        Some(text) => {
            let port = text.parse().ok().filter(|port| *port > 0);
            Some(port.ok_or_else(|| invalid(format!("Health check port '{}' must be in the range 1-65535 or traffic-port", short(text))))?)
        }
    };
    if p.flag("HealthCheckEnabled") == Some(false) {
        return Err(invalid("Health checks must be enabled for target groups with target type 'instance' and 'ip'"));
    }
    let small = |name: &str, usual: u8| Ok::<u8, ApiError>(p.small(name)?.and_then(|count| u8::try_from(count).ok()).unwrap_or(usual));
    let check = HealthCheck {
        port: check_port,
        interval: p.small("HealthCheckIntervalSeconds")?.unwrap_or(usual.interval),
        timeout: p.small("HealthCheckTimeoutSeconds")?.unwrap_or(usual.timeout),
        healthy: small("HealthyThresholdCount", usual.healthy)?,
        unhealthy: small("UnhealthyThresholdCount", usual.unhealthy)?,
    };
    act(Balancing::CreateGroup(CreateTargetGroup {
        name: p.text_or_empty("Name"),
        vpc: p.id("VpcId")?,
        protocol: protocol(p)?,
        port: port(p)?,
        by_instance: p.text("TargetType") != Some("ip"),
        check,
        tags: p.tags()?,
    }))
}

fn targets(p: &Parameters<'_>) -> Result<Vec<(TargetWho, Option<u16>)>, ApiError> {
    let one = |target: Parameters<'_>| {
        let text = target.text("Id").unwrap_or_default();
        let who = text.parse().map(TargetWho::Instance).or_else(|_| text.parse().map(TargetWho::Address));
        let who = who.map_err(|_| invalid(format!("Target ID '{}' is neither an instance nor an IPv4 address", short(text))))?;
        Ok((who, target.small("Port")?))
    };
    p.objects("Targets").map(one).collect()
}
