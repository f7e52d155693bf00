//! Where routes lead, and which gateways have tables.

use crate::id::{InstanceId, InternetGatewayId, VpnGatewayId};
use crate::model::route_table::RouteTarget;

/// A gateway that can have a route table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeGateway {
    /// An internet gateway.
    Internet(InternetGatewayId),
    /// A virtual private gateway.
    Vpn(VpnGatewayId),
}

/// A target as a caller names it: an instance stands for its only ENI (`R10`).
#[derive(Clone, Debug, PartialEq)]
pub enum RouteTargetInput {
    /// A target as it is stored.
    Target(RouteTarget),
    /// An instance.
    Instance(InstanceId),
}
