//! NAT gateways (`R38` to `R50`).

use super::Tags;
use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, AssociationId, EniId, NatGatewayId, SubnetId, VpcId};
use crate::time::Instant;

/// A NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NatGateway {
    /// Its id.
    pub id: NatGatewayId,
    /// Its subnet, for life (`R38`).
    pub subnet: SubnetId,
    /// The subnet's VPC.
    pub vpc: VpcId,
    /// How far it has come.
    pub state: NatState,
    /// Whether it has public addresses (`R39`).
    pub public: bool,
    /// Its addresses, the primary one first; those of a deleted one are what it had.
    pub addresses: Vec<NatGatewayAddress>,
    /// When it was asked for.
    pub created_at: Instant,
    /// When it was gone.
    pub deleted_at: Option<Instant>,
    /// Why it does not come to be (`R50`); while it is pending nobody is told.
    pub failure: Option<NatFailure>,
    /// Tags.
    pub tags: Tags,
}

impl NatGateway {
    /// Whether it stands in its subnet and counts for the quota (`R49`).
    pub const fn stands(&self) -> bool {
        matches!(self.state, NatState::Pending | NatState::Available | NatState::Deleting)
    }

    /// The ENI that it works through.
    pub fn eni(&self) -> Option<EniId> {
        self.addresses.first().and_then(|address| address.eni)
    }
}

/// How far a NAT gateway has come (`R38`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NatState {
    /// Asked for; no packet passes yet.
    Pending,
    /// It could not be made (`R50`).
    Failed,
    /// It works.
    Available,
    /// On its way off; no packet passes any more.
    Deleting,
    /// Gone; it stays listed for a while.
    Deleted,
}

impl NatState {
    /// Every state.
    pub const ALL: [NatState; 5] = [NatState::Pending, NatState::Failed, NatState::Available, NatState::Deleting, NatState::Deleted];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            NatState::Pending => "pending",
            NatState::Failed => "failed",
            NatState::Available => "available",
            NatState::Deleting => "deleting",
            NatState::Deleted => "deleted",
        }
    }
}

/// An address of a NAT gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NatGatewayAddress {
    /// Its ENI; none if the gateway did not come to be.
    pub eni: Option<EniId>,
    /// The private address.
    pub private_ip: Option<Ipv4Addr>,
    /// The Elastic IP.
    pub allocation: Option<AllocationId>,
    /// The tie of the Elastic IP.
    pub association: Option<AssociationId>,
    /// The public address.
    pub public_ip: Option<Ipv4Addr>,
}

/// Why a NAT gateway did not come to be: AWS's own code and message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NatFailure {
    /// `FailureCode`.
    pub code: String,
    /// `FailureMessage`.
    pub message: String,
}
