//! Internet gateways and egress-only ones.

use super::Tags;
use crate::id::{EgressOnlyGatewayId, InternetGatewayId, VpcId};

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

/// An egress-only internet gateway: IPv6 out, nothing in (`R37`). It belongs to one VPC for life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressOnlyGateway {
    /// Its id.
    pub id: EgressOnlyGatewayId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Tags.
    pub tags: Tags,
}
