//! Network Load Balancers: their nodes, what they listen to, and their names (`R70` to `R72`).

use super::target_group::BalancedProtocol;
use super::{Tags, Zone};
use crate::id::{AllocationId, EniId, GroupId, ListenerId, LoadBalancerId, ResourceId, SubnetId, TargetGroupId, VpcId};
use crate::time::Instant;

/// How long a TCP flow without packets is remembered (`P52`).
pub const TCP_IDLE_SECS: u64 = 350;
/// How long a UDP flow without packets is remembered (`P52`).
pub const UDP_IDLE_SECS: u64 = 120;

/// A Network Load Balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBalancer {
    /// The number behind its ARN.
    pub id: LoadBalancerId,
    /// Its name.
    pub name: String,
    /// Its VPC.
    pub vpc: VpcId,
    /// Whether its nodes have public addresses, and its name leads to those.
    pub internet_facing: bool,
    /// One in each of its subnets, at most one in a zone.
    pub nodes: Vec<Node>,
    /// The groups of its nodes; one that was made without any never has one (`P33`).
    pub groups: Vec<GroupId>,
    /// Whether it works yet.
    pub active: bool,
    /// Whether each node sends to targets of every zone.
    pub cross_zone: bool,
    /// When it was made.
    pub created: Instant,
    /// What it listens to.
    pub listeners: Vec<Listener>,
    /// Tags.
    pub tags: Tags,
}

/// What of a load balancer stands in one subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The subnet.
    pub subnet: SubnetId,
    /// The subnet's zone.
    pub zone: Zone,
    /// Its ENI.
    pub eni: EniId,
    /// The Elastic IP that it was given.
    pub allocation: Option<AllocationId>,
}

/// A port that a load balancer takes packets on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The number behind its ARN.
    pub id: ListenerId,
    /// The protocol.
    pub protocol: BalancedProtocol,
    /// The port.
    pub port: u16,
    /// Whose targets get what comes.
    pub target_group: TargetGroupId,
}

impl LoadBalancer {
    /// The node that works through an ENI.
    pub fn node(&self, eni: EniId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.eni == eni)
    }

    /// The listener for a protocol, by its number, and port.
    pub fn listener_for(&self, protocol: u8, port: u16) -> Option<&Listener> {
        self.listeners.iter().find(|listener| listener.port == port && listener.protocol.takes(protocol))
    }

    /// What its ARN ends with: `net/shop/0000000000000001`.
    pub fn path(&self) -> String {
        format!("net/{}/{}", self.name, hex(self.id))
    }

    /// What the description of its ENIs says (`E82`).
    pub fn description(&self) -> String {
        format!("ELB {}", self.path())
    }

    /// Its DNS name.
    pub fn dns_name(&self, region: &str) -> String {
        format!("{}-{}.{}", self.name, hex(self.id), domain(region))
    }
}

/// The domain of the names of load balancers.
pub fn domain(region: &str) -> String {
    format!("elb.{region}.amazonaws.com")
}

/// A number as ARNs of load balancing have it: 16 digits.
pub fn hex<I: ResourceId>(id: I) -> String {
    let text = id.to_string();
    let (_, digits) = text.rsplit_once('-').unwrap_or_default();
    format!("{:0>16}", digits.strip_prefix('0').unwrap_or(digits))
}

/// The number of 16 digits at the end of an ARN.
pub fn of_hex<I: ResourceId>(text: &str) -> Option<I> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let number = u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16 && text.bytes().all(is_digit))?;
    Some(I::from_number(number))
}
