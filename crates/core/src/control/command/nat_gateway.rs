//! What the calls on NAT gateways ask for.

use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, NatGatewayId, SubnetId};
use crate::model::Tags;

/// CreateNatGateway.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateNatGateway {
    /// Its subnet.
    pub subnet: SubnetId,
    /// Whether it has public addresses (`R39`).
    pub public: bool,
    /// The Elastic IP of its primary address.
    pub allocation: Option<AllocationId>,
    /// Its primary private address; any free one if absent.
    pub private_ip: Option<Ipv4Addr>,
    /// Elastic IPs of further addresses.
    pub secondary_allocations: Vec<AllocationId>,
    /// Further private addresses.
    pub secondary_ips: Vec<Ipv4Addr>,
    /// Or how many of any.
    pub secondary_count: Option<i64>,
    /// Its tags.
    pub tags: Tags,
}

/// AssignPrivateNatGatewayAddress.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignPrivateNatGatewayAddress {
    /// The gateway.
    pub gateway: NatGatewayId,
    /// The addresses wanted.
    pub addresses: Vec<Ipv4Addr>,
    /// Or how many of any.
    pub count: Option<i64>,
}

/// AssociateNatGatewayAddress.
#[derive(Clone, Debug, PartialEq)]
pub struct AssociateNatGatewayAddress {
    /// The gateway.
    pub gateway: NatGatewayId,
    /// The Elastic IPs.
    pub allocations: Vec<AllocationId>,
    /// The private addresses that they are mapped to, in the same order; any free ones beyond that.
    pub addresses: Vec<Ipv4Addr>,
}
