//! VPC peering connections (`R52` to `R54`, `J14`): a tie between two VPCs, which one side asks for and the other accepts.

use super::{AccountId, Tags};
use crate::addr::Ipv4Net;
use crate::id::{PeeringId, VpcId};
use crate::time::Instant;

/// A VPC peering connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peering {
    /// Its id.
    pub id: PeeringId,
    /// The side that asked.
    pub requester: PeeringSide,
    /// The side that was asked.
    pub accepter: PeeringSide,
    /// How far it has come.
    pub state: PeeringState,
    /// When a request that nobody accepts ends (`R52`).
    pub expires: Option<Instant>,
    /// Tags.
    pub tags: Tags,
}

/// One side of a peering connection. An import may bring one of another account or region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeeringSide {
    /// The VPC. It may be gone by now, or be one that the playground does not know.
    pub vpc: VpcId,
    /// Its account.
    pub owner: AccountId,
    /// Its region.
    pub region: String,
    /// Its blocks, as they were told; AWS tells the accepter's only of a connection that was accepted.
    pub cidrs: Vec<Ipv4Net>,
    /// Whether names of the other side are resolved to private addresses (AllowDnsResolutionFromRemoteVpc).
    pub dns_resolution: bool,
}

/// How far a peering connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeeringState {
    /// Asked for; not looked at yet.
    InitiatingRequest,
    /// The other side may accept or reject it.
    PendingAcceptance,
    /// Accepted; carries nothing yet.
    Provisioning,
    /// Carries packets.
    Active,
    /// The other side did not want it.
    Rejected,
    /// It could not be: the blocks of the two overlap.
    Failed,
    /// Nobody accepted it in seven days.
    Expired,
    /// One side took it away.
    Deleted,
}

impl PeeringState {
    /// Every state, in the order of a life.
    pub const ALL: [PeeringState; 8] = [
        PeeringState::InitiatingRequest,
        PeeringState::PendingAcceptance,
        PeeringState::Provisioning,
        PeeringState::Active,
        PeeringState::Rejected,
        PeeringState::Failed,
        PeeringState::Expired,
        PeeringState::Deleted,
    ];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            PeeringState::InitiatingRequest => "initiating-request",
            PeeringState::PendingAcceptance => "pending-acceptance",
            PeeringState::Provisioning => "provisioning",
            PeeringState::Active => "active",
            PeeringState::Rejected => "rejected",
            PeeringState::Failed => "failed",
            PeeringState::Expired => "expired",
            PeeringState::Deleted => "deleted",
        }
    }

    /// Whether nothing can become of it any more: it is only listed for a while.
    pub const fn is_over(self) -> bool {
        matches!(self, PeeringState::Rejected | PeeringState::Failed | PeeringState::Expired | PeeringState::Deleted)
    }
}

impl Peering {
    /// Whether the VPC is one of the two.
    pub fn joins(&self, vpc: VpcId) -> bool {
        self.requester.vpc == vpc || self.accepter.vpc == vpc
    }

    /// The other side, seen from a VPC.
    pub fn beyond(&self, vpc: VpcId) -> Option<&PeeringSide> {
        match vpc {
            vpc if vpc == self.requester.vpc => Some(&self.accepter),
            vpc if vpc == self.accepter.vpc => Some(&self.requester),
            _ => None,
        }
    }

    /// Whether it carries packets of this VPC.
    pub fn carries(&self, vpc: VpcId) -> bool {
        self.state == PeeringState::Active && self.joins(vpc)
    }
}
