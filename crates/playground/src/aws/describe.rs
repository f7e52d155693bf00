//! The describe calls: which kind of object, and which of them.

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
