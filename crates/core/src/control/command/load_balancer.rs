//! Network Load Balancers and target groups.

use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, GroupId, ListenerId, LoadBalancerId, SubnetId, TargetGroupId, VpcId};
use crate::model::Tags;
use crate::model::target_group::{BalancedProtocol, HealthCheck, TargetWho};

/// An act of load balancing.
#[derive(Clone, Debug, PartialEq)]
pub enum Balancing {
    /// CreateLoadBalancer.
    Create(CreateLoadBalancer),
    /// DeleteLoadBalancer.
    Delete(LoadBalancerId),
    /// ModifyLoadBalancerAttributes: whether it sends to every zone.
    ModifyAttributes {
        /// The load balancer.
        balancer: LoadBalancerId,
        /// `load_balancing.cross_zone.enabled`.
        cross_zone: Option<bool>,
    },
    /// CreateListener.
    CreateListener(CreateListener),
    /// DeleteListener.
    DeleteListener(ListenerId),
    /// CreateTargetGroup.
    CreateGroup(CreateTargetGroup),
    /// DeleteTargetGroup.
    DeleteGroup(TargetGroupId),
    /// ModifyTargetGroupAttributes.
    ModifyGroupAttributes {
        /// The group.
        group: TargetGroupId,
        /// `preserve_client_ip.enabled`.
        keeps_client: Option<bool>,
        /// `deregistration_delay.timeout_seconds`.
        drain_secs: Option<u16>,
    },
    /// RegisterTargets, each with its port if one was named.
    Register(TargetGroupId, Vec<(TargetWho, Option<u16>)>),
    /// DeregisterTargets; without a port all of its registrations go.
    Deregister(TargetGroupId, Vec<(TargetWho, Option<u16>)>),
}

/// What CreateLoadBalancer was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateLoadBalancer {
    /// Its name.
    pub name: String,
    /// Whether its name leads to public addresses.
    pub internet_facing: bool,
    /// Its subnets.
    pub subnets: Vec<NodeWanted>,
    /// The groups of its nodes; none if empty.
    pub groups: Vec<GroupId>,
    /// Tags.
    pub tags: Tags,
}

/// A subnet that a load balancer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeWanted {
    /// The subnet.
    pub subnet: SubnetId,
    /// The Elastic IP of the node there.
    pub allocation: Option<AllocationId>,
    /// Its private address.
    pub private_ip: Option<Ipv4Addr>,
}

/// What CreateListener was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateListener {
    /// The load balancer.
    pub balancer: LoadBalancerId,
    /// The protocol.
    pub protocol: BalancedProtocol,
    /// The port.
    pub port: u16,
    /// Whose targets get what comes.
    pub group: TargetGroupId,
}

/// What CreateTargetGroup was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTargetGroup {
    /// Its name.
    pub name: String,
    /// Its VPC.
    pub vpc: VpcId,
    /// The protocol.
    pub protocol: BalancedProtocol,
    /// The port.
    pub port: u16,
    /// Whether its targets are instances.
    pub by_instance: bool,
    /// How they are checked.
    pub check: HealthCheck,
    /// Tags.
    pub tags: Tags,
}
