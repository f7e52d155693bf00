//! Route tables (`R1` to `R19`).

use super::Tags;
use crate::addr::IpNet;
use crate::id::{
    EgressOnlyGatewayId, EndpointId, EniId, InternetGatewayId, NatGatewayId, PeeringId, PrefixListId, RouteTableAssociationId,
    RouteTableId, SubnetId, TransitGatewayId, VpcId, VpnGatewayId,
};
use crate::table::Table;

/// A route table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// Its VPC.
    pub vpc: VpcId,
    /// What uses it.
    pub associations: Table<RouteTableAssociationId, RouteTableUser>,
    /// Its routes by destination.
    pub routes: Table<Destination, Route>,
    /// The virtual private gateways whose routes it takes.
    pub propagating: Vec<VpnGatewayId>,
    /// Tags.
    pub tags: Tags,
}

/// What uses a route table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteTableUser {
    /// It is its VPC's main table.
    Main,
    /// A subnet that was associated with it.
    Subnet(SubnetId),
    /// An internet gateway (edge table).
    InternetGateway(InternetGatewayId),
    /// A virtual private gateway (edge table).
    VpnGateway(VpnGatewayId),
}

/// Where a route leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    /// A block, without host bits.
    Cidr(IpNet),
    /// The blocks of a managed prefix list.
    PrefixList(PrefixListId),
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// What it leads through.
    pub target: RouteTarget,
    /// Who made it.
    pub origin: RouteOrigin,
}

/// What a route leads through (`R9`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteTarget {
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
    /// Something that is kept as text because the playground does not model it.
    Unmodelled(String),
}

/// Who made a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteOrigin {
    /// Came with the table: the local routes (`R3`).
    CreateRouteTable,
    /// Somebody added it.
    CreateRoute,
    /// Propagated by a virtual private gateway.
    EnableVgwRoutePropagation,
    /// Advertised by another service.
    Advertisement,
}

/// Whether a route can carry packets now (`R11`). It is computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteState {
    /// Its target is there and works.
    Active,
    /// Its target is missing or unusable.
    Blackhole,
}
