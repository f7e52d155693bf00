//! What a route table said.

use crate::addr::{IpAddr, IpNet};
use crate::id::*;
use crate::model::route_table::{Destination, RouteState, RouteTarget};

/// What a route table said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteEvidence {
    /// The table; `None` where a gateway has none.
    pub table: Option<RouteTableId>,
    /// The destination of the chosen route.
    pub destination: Option<Destination>,
    /// Its target.
    pub target: Option<Target>,
    /// Whether it works.
    pub state: Option<RouteState>,
    /// The prefix length of the next best route, which longest prefix passed over.
    pub runner_up: Option<u8>,
}

impl RouteEvidence {
    /// The destination of the next best route for an address.
    pub fn runner_up_for(&self, address: IpAddr) -> Option<Destination> {
        IpNet::new(address, self.runner_up?).ok().map(|block| Destination::Cidr(block.trunc()))
    }
}

/// A route's target in a copyable form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Inside the VPC.
    Local,
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// An ENI.
    Eni(EniId),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// A transit gateway.
    TransitGateway(TransitGatewayId),
    /// A VPC endpoint.
    Endpoint(EndpointId),
    /// Something that the model keeps as text.
    Unmodelled,
}

impl Target {
    /// The copyable form.
    pub const fn of(target: &RouteTarget) -> Target {
        match target {
            RouteTarget::Local => Target::Local,
            RouteTarget::InternetGateway(id) => Target::InternetGateway(*id),
            RouteTarget::NatGateway(id) => Target::NatGateway(*id),
            RouteTarget::Eni(id) => Target::Eni(*id),
            RouteTarget::Peering(id) => Target::Peering(*id),
            RouteTarget::VpnGateway(id) => Target::VpnGateway(*id),
            RouteTarget::EgressOnlyGateway(id) => Target::EgressOnlyGateway(*id),
            RouteTarget::TransitGateway(id) => Target::TransitGateway(*id),
            RouteTarget::Endpoint(id) => Target::Endpoint(*id),
            RouteTarget::Unmodelled(_) => Target::Unmodelled,
        }
    }
}
