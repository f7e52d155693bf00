//! What refusals are about, where an id or a number does not say it.

use super::Refusal;
use crate::addr::Ipv4Addr;
use crate::control::command::AttachmentKey;
use crate::id::*;
use crate::model::route_table::Destination;
use crate::model::security_group::PeerKind;
use std::fmt;

/// What a launch names for its primary ENI beside a list of ENIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaunchDetail {
    /// `SubnetId`.
    Subnet,
    /// `SecurityGroupIds`.
    Groups,
    /// `PrivateIpAddress`.
    PrivateIp,
}

impl fmt::Display for LaunchDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LaunchDetail::Subnet => "subnet ID",
            LaunchDetail::Groups => "security groups",
            LaunchDetail::PrivateIp => "private IP address",
        })
    }
}

/// What an instance was asked to do, as AWS's message says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceAct {
    /// StartInstances.
    Started,
    /// StopInstances.
    Stopped,
    /// RebootInstances.
    Rebooted,
}

impl fmt::Display for InstanceAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InstanceAct::Started => "started",
            InstanceAct::Stopped => "stopped",
            InstanceAct::Rebooted => "rebooted",
        })
    }
}

/// Which text of an ENI or a group is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The description of an ENI.
    Interface,
    /// The description of a group.
    Group,
    /// The description of a rule.
    Rule,
}

impl fmt::Display for TextKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TextKind::Interface => "interface",
            TextKind::Group => "security group",
            TextKind::Rule => "rule",
        })
    }
}

/// The kind of a rule's other end as AWS's message says it: what was given, or with `#` what the rule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerKindText(pub PeerKind);

impl fmt::Display for PeerKindText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.0, f.alternate()) {
            (PeerKind::Ipv4, false) => "CidrIpv4",
            (PeerKind::Ipv6, false) => "CidrIpv6",
            (PeerKind::PrefixList, false) => "a prefix list",
            (PeerKind::Group, false) => "a referenced group id",
            (PeerKind::Ipv4, true) => "IPv4 CIDR",
            (PeerKind::Ipv6, true) => "IPv6 CIDR",
            (PeerKind::PrefixList, true) => "prefix list",
            (PeerKind::Group, true) => "referenced group",
        })
    }
}

/// What a route would have led through, in another VPC than its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteNeighbour {
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// An ENI.
    Eni(EniId),
    /// A subnet that should use the table.
    Subnet(SubnetId),
    /// A VPC that should have the table as its main one.
    Vpc(VpcId),
}

impl fmt::Display for RouteNeighbour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RouteNeighbour::InternetGateway(id) => write!(f, "network gateway {id}"),
            RouteNeighbour::VpnGateway(id) => write!(f, "network gateway {id}"),
            RouteNeighbour::EgressOnlyGateway(id) => write!(f, "egress only internet gateway {id}"),
            RouteNeighbour::NatGateway(id) => write!(f, "NAT gateway {id}"),
            RouteNeighbour::Peering(id) => write!(f, "VPC peering connection {id}"),
            RouteNeighbour::Eni(id) => write!(f, "interface {id}"),
            RouteNeighbour::Subnet(id) => write!(f, "subnet {id}"),
            RouteNeighbour::Vpc(id) => write!(f, "network {id}"),
        }
    }
}

impl fmt::Display for AttachmentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AttachmentKey::Eni(id) => id.fmt(f),
            AttachmentKey::Service(id) => id.fmt(f),
        }
    }
}

/// Addresses, printed with commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressList(pub Vec<Ipv4Addr>);

impl fmt::Display for AddressList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, ip) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            ip.fmt(f)?;
        }
        Ok(())
    }
}

/// Flow logs, counted and listed as AWS's message does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLogList(pub Vec<FlowLogId>);

impl fmt::Display for FlowLogList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[TotalCount: {}]", self.0.len())?;
        self.0.iter().try_for_each(|id| write!(f, " {id}"))
    }
}

/// Where a route leads to, printed as AWS's messages do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteDestination(pub Destination);

impl fmt::Display for RouteDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Destination::Cidr(cidr) => cidr.fmt(f),
            Destination::PrefixList(id) => id.fmt(f),
        }
    }
}

impl fmt::Display for Refusal {
    /// Code and message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.message())
    }
}

impl std::error::Error for Refusal {}
