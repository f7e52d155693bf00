//! Target groups: who gets what a load balancer passes on, and how well each of them is (`R73` to `R76`).

use super::eni::Eni;
use super::instance::InstanceState;
use super::load_balancer::{Listener, LoadBalancer, Node, hex};
use super::network::Network;
use super::{Tags, Zone};
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::{InstanceId, TargetGroupId, VpcId};
use crate::time::Instant;

/// What a listener takes, and a target group passes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BalancedProtocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// Both on one port.
    TcpUdp,
}

impl BalancedProtocol {
    /// AWS's words.
    pub const WORDS: [&str; 3] = ["TCP", "UDP", "TCP_UDP"];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            BalancedProtocol::Tcp => "TCP",
            BalancedProtocol::Udp => "UDP",
            BalancedProtocol::TcpUdp => "TCP_UDP",
        }
    }

    /// From AWS's word.
    pub fn from_word(word: &str) -> Option<BalancedProtocol> {
        [BalancedProtocol::Tcp, BalancedProtocol::Udp, BalancedProtocol::TcpUdp].into_iter().find(|known| known.as_str() == word)
    }

    /// Whether it takes packets of this IANA number.
    pub const fn takes(self, protocol: u8) -> bool {
        matches!(
            (self, protocol),
            (BalancedProtocol::Tcp | BalancedProtocol::TcpUdp, 6) | (BalancedProtocol::Udp | BalancedProtocol::TcpUdp, 17)
        )
    }
}

/// A target group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// The number behind its ARN.
    pub id: TargetGroupId,
    /// Its name.
    pub name: String,
    /// Its VPC.
    pub vpc: VpcId,
    /// The protocol.
    pub protocol: BalancedProtocol,
    /// The port of targets that name none.
    pub port: u16,
    /// Whether its targets are instances; addresses otherwise.
    pub by_instance: bool,
    /// How targets are checked.
    pub check: HealthCheck,
    /// Whether targets see the client's address, where somebody said so.
    pub keeps_client: Option<bool>,
    /// How many seconds a target that is taken out keeps the flows that it has.
    pub drain_secs: u16,
    /// The targets, in order.
    pub targets: Vec<Target>,
    /// Tags.
    pub tags: Tags,
}

/// How targets are checked: a connection over TCP that stands and is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthCheck {
    /// The port; that of the target if none.
    pub port: Option<u16>,
    /// From one check to the next, in seconds.
    pub interval: u16,
    /// How long an answer may take, in seconds.
    pub timeout: u16,
    /// How many good ones in a row make a target healthy.
    pub healthy: u8,
    /// How many bad ones in a row make it unhealthy.
    pub unhealthy: u8,
}

impl Default for HealthCheck {
    fn default() -> HealthCheck {
        HealthCheck { port: None, interval: 30, timeout: 10, healthy: 5, unhealthy: 2 }
    }
}

/// Who a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetWho {
    /// An instance: its primary address.
    Instance(InstanceId),
    /// An address.
    Address(Ipv4Addr),
}

impl std::fmt::Display for TargetWho {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TargetWho::Instance(id) => id.fmt(f),
            TargetWho::Address(ip) => ip.fmt(f),
        }
    }
}

/// A target by who it is and the port that it gets packets on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetKey {
    /// Who.
    pub who: TargetWho,
    /// Its port.
    pub port: u16,
}

/// A target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Who, and on which port.
    pub key: TargetKey,
    /// How well it is.
    pub health: TargetHealth,
}

/// How well a target is, as its checks said. Whether it is in use at all follows from the rest of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetHealth {
    /// Not checked often enough to say.
    Initial,
    /// Well.
    Healthy,
    /// Not well.
    Unhealthy,
    /// Taken out, until then.
    Draining(Instant),
}

/// What `describe-target-health` says of a target: AWS's words for its state, and for why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthTold {
    /// `State`.
    pub state: &'static str,
    /// `Reason`.
    pub reason: Option<&'static str>,
    /// `Description`.
    pub description: Option<&'static str>,
}

impl TargetGroup {
    /// Whether its targets see the client's address (`P34`): of instances yes, of addresses only for UDP, unless somebody said so; for UDP always.
    pub fn keeps_client_address(&self) -> bool {
        self.protocol != BalancedProtocol::Tcp || self.keeps_client.unwrap_or(self.by_instance)
    }

    /// What its ARN ends with: `shop/0000000000000001`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.name, hex(self.id))
    }

    /// A target.
    pub fn target(&self, key: TargetKey) -> Option<&Target> {
        self.targets.iter().find(|target| target.key == key)
    }
}

impl Network {
    /// The load balancer that passes packets on to a target group, with the listener: at most one does.
    pub fn balancer_of(&self, group: TargetGroupId) -> Option<(&LoadBalancer, &Listener)> {
        self.load_balancers().find_map(|balancer| {
            balancer.listeners.iter().find(|listener| listener.target_group == group).map(|listener| (balancer, listener))
        })
    }

    /// The load balancer that works through an ENI.
    pub fn load_balancer_of(&self, eni: &Eni) -> Option<&LoadBalancer> {
        self.load_balancers().find(|balancer| balancer.vpc == eni.vpc && balancer.node(eni.id).is_some())
    }

    /// The address of a target, while it has one: that of an instance while it runs.
    pub fn address_of_target(&self, who: TargetWho) -> Option<Ipv4Addr> {
        match who {
            TargetWho::Address(ip) => Some(ip),
            TargetWho::Instance(id) => {
                let instance = self.instance(id).filter(|instance| instance.state == InstanceState::Running)?;
                self.eni(instance.primary_eni()?)?.primary_ip()
            }
        }
    }

    /// The zone that a target of a VPC is in; an address outside of the VPC is in none, and counts as one of every zone.
    pub fn zone_of_target(&self, vpc: VpcId, who: TargetWho) -> Option<&Zone> {
        match who {
            TargetWho::Instance(id) => self.instance(id).map(|instance| &instance.zone),
            TargetWho::Address(ip) => self.subnets_of_vpc(vpc).find(|subnet| subnet.holds(IpAddr::V4(ip))).map(|subnet| &subnet.zone),
        }
    }

    /// What is told of a target's health.
    pub fn health_told(&self, group: &TargetGroup, target: &Target) -> HealthTold {
        let told = |state, reason, description| HealthTold { state, reason, description };
        if let TargetHealth::Draining(_) = target.health {
            return told("draining", Some("Target.DeregistrationInProgress"), Some("Target deregistration is in progress"));
        }
        let Some((balancer, _)) = self.balancer_of(group.id) else {
            let why = "Target group is not configured to receive traffic from the load balancer";
            return told("unused", Some("Target.NotInUse"), Some(why));
        };
        let zone = self.zone_of_target(group.vpc, target.key.who);
        if zone.is_some_and(|zone| !balancer.nodes.iter().any(|node| node.zone == *zone)) {
            let why = "Target is in an Availability Zone that is not enabled for the load balancer";
            return told("unused", Some("Target.NotInUse"), Some(why));
        }
        if self.address_of_target(target.key.who).is_none() {
            return told("unused", Some("Target.InvalidState"), Some("Target is in the stopped state"));
        }
        match target.health {
            TargetHealth::Initial => told("initial", Some("Elb.InitialHealthChecking"), Some("Initial health checks in progress")),
            TargetHealth::Unhealthy => told("unhealthy", Some("Target.FailedHealthChecks"), Some("Health checks failed")),
            TargetHealth::Healthy | TargetHealth::Draining(_) => told("healthy", None, None),
        }
    }

    /// The nodes that the name of a load balancer leads to (`R71`): those which can reach a healthy target of every listener that has targets, or all
    /// where there is no such node. One whose listeners have no targets fails open, too.
    pub fn nodes_named<'a>(&self, balancer: &'a LoadBalancer) -> Vec<&'a Node> {
        let groups = || balancer.listeners.iter().filter_map(|listener| self.target_group(listener.target_group));
        let serves = |node: &&Node, group: &TargetGroup| {
            group.targets.iter().any(|target| {
                let zone = self.zone_of_target(group.vpc, target.key.who);
                let near = balancer.cross_zone || zone.is_none_or(|zone| *zone == node.zone);
                near && target.health == TargetHealth::Healthy && self.is_in_use(group, target)
            })
        };
        let well = |node: &&Node| groups().filter(|group| !group.targets.is_empty()).all(|group| serves(node, group));
        let named: Vec<&Node> = balancer.nodes.iter().filter(well).collect();
        if named.is_empty() { balancer.nodes.iter().collect() } else { named }
    }

    /// Whether a target can get packets of a load balancer at all.
    pub fn is_in_use(&self, group: &TargetGroup, target: &Target) -> bool {
        !matches!(target.health, TargetHealth::Draining(_)) && self.health_told(group, target).state != "unused"
    }
}
