//! What the acts on VPC peering connections were asked for.

use crate::id::{PeeringId, VpcId};
use crate::model::{AccountId, Tags};

/// What CreateVpcPeeringConnection was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateVpcPeeringConnection {
    /// The VPC that asks.
    pub vpc: VpcId,
    /// The VPC that is asked; AWS requires it.
    pub peer: Option<VpcId>,
    /// The account of the VPC that is asked; the own one if absent.
    pub peer_owner: Option<AccountId>,
    /// Its region; the own one if absent.
    pub peer_region: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// What ModifyVpcPeeringConnectionOptions was asked for: AllowDnsResolutionFromRemoteVpc of either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModifyVpcPeeringConnectionOptions {
    /// The connection.
    pub peering: PeeringId,
    /// On the side that asked.
    pub requester: Option<bool>,
    /// On the side that was asked.
    pub accepter: Option<bool>,
}
