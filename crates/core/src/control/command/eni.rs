//! ENIs: what one is made from, and its attributes.

use super::{Ipv6Wanted, Wanted};
use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::{AttachmentId, GroupId, ServiceAttachmentId, SubnetId};
use crate::model::Tags;
use crate::model::eni::TrackingTimeouts;

/// What CreateNetworkInterface was asked for.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateNetworkInterface {
    /// The subnet; AWS requires it.
    pub subnet: Option<SubnetId>,
    /// Free text.
    pub description: String,
    /// Groups; the VPC's default group if empty.
    pub groups: Vec<GroupId>,
    /// The private address asked for by itself.
    pub private_ip: Option<Ipv4Addr>,
    /// Private addresses in a list, each with its mark as primary.
    pub addresses: Vec<(Ipv4Addr, bool)>,
    /// Or how many secondary ones of any.
    pub secondary_count: Option<i64>,
    /// IPv4 prefixes, instead of secondary addresses (`E69`).
    pub prefixes: Wanted<Ipv4Net>,
    /// Idle time-outs of its tracked flows (`S43`).
    pub tracking: TrackingTimeouts,
    /// IPv6 addresses and prefixes.
    pub ipv6: Ipv6Wanted,
    /// Tags.
    pub tags: Tags,
}

/// An attribute of an ENI to change.
#[derive(Clone, Debug, PartialEq)]
pub enum EniAttribute {
    /// Description.
    Description(String),
    /// Groups: the whole new set.
    Groups(Vec<GroupId>),
    /// SourceDestCheck.
    SourceDestCheck(bool),
    /// Attachment.DeleteOnTermination, with the attachment's id (`E12`).
    DeleteOnTermination(Option<AttachmentId>, bool),
    /// AssociatePublicIpAddress.
    AssociatePublicIp(bool),
    /// EnablePrimaryIpv6 (`E77`).
    PrimaryIpv6(bool),
    /// ConnectionTrackingSpecification.
    Tracking(TrackingTimeouts),
}

/// An attachment's id, of either kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttachmentKey {
    /// Made by attaching an ENI.
    Eni(AttachmentId),
    /// Made by a service (`E81`).
    Service(ServiceAttachmentId),
}
