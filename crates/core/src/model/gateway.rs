//! Gateways. Only the internet gateway is fully modelled; the others are kept as an import brings them.

use super::Tags;
use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, EniId, InternetGatewayId, NatGatewayId, SubnetId, VpcId, VpnGatewayId};

/// An internet gateway (`R30` to `R36`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternetGateway {
    /// Its id.
    pub id: InternetGatewayId,
    /// The VPC that it is attached to.
    pub vpc: Option<VpcId>,
    /// Tags.
    pub tags: Tags,
}

/// A virtual private gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpnGateway {
    /// Its id.
    pub id: VpnGatewayId,
    /// The VPC that it is attached to.
    pub vpc: Option<VpcId>,
    /// Tags.
    pub tags: Tags,
}

/// A NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NatGateway {
    /// Its id.
    pub id: NatGatewayId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its VPC.
    pub vpc: VpcId,
    /// AWS's word for its state.
    pub state: String,
    /// Whether it has public addresses.
    pub public: bool,
    /// Its addresses.
    pub addresses: Vec<NatGatewayAddress>,
    /// Tags.
    pub tags: Tags,
}

/// An address of a NAT gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NatGatewayAddress {
    /// Its ENI.
    pub eni: Option<EniId>,
    /// The private address.
    pub private_ip: Ipv4Addr,
    /// The Elastic IP.
    pub allocation: Option<AllocationId>,
    /// The public address.
    pub public_ip: Option<Ipv4Addr>,
}
