//! Elastic IP addresses (`A12` to `A36`).

use super::Tags;
use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, AssociationId, EniId};

/// A public address that the account holds until it is released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElasticIp {
    /// Its id.
    pub allocation: AllocationId,
    /// The address.
    pub ip: Ipv4Addr,
    /// What it is mapped to. Kept equal to the ENI's own entry by `apply`.
    pub association: Option<EipAssociation>,
    /// The service that holds it, if one does (`A28`, `A29`).
    pub service_managed: Option<String>,
    /// Tags.
    pub tags: Tags,
}

/// What an Elastic IP is mapped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EipAssociation {
    /// The tie.
    pub id: AssociationId,
    /// The ENI.
    pub eni: EniId,
    /// The private address on that ENI.
    pub private_ip: Ipv4Addr,
}
