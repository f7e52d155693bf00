//! Reservations of subnets.

use crate::addr::IpNet;
use crate::id::SubnetId;
use crate::model::Tags;
use crate::model::reservation::ReservationKind;

/// What CreateSubnetCidrReservation was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateSubnetReservation {
    /// The subnet.
    pub subnet: SubnetId,
    /// The range.
    pub cidr: IpNet,
    /// What it is to be kept for.
    pub kind: ReservationKind,
    /// Free text.
    pub description: String,
    /// Tags.
    pub tags: Tags,
}
