//! What would have been accepted: the kinds of it.

use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::*;
use crate::model::Zone;
use crate::model::event::TaggedId;
use crate::model::instance::InstanceState;
use crate::model::instance_type::InstanceType;

/// What would have been accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing that the refusal itself points at.
    None,
    /// Name something that is there: the field is the prefix of the id that was wrong.
    AnExisting(&'static str),
    /// Exactly one of these parameters.
    OneOf(Vec<&'static str>),
    /// The parameter that is missing.
    Add(&'static str),
    /// A number from `least` to `most`.
    Between {
        /// The lowest.
        least: i64,
        /// The highest.
        most: i64,
    },
    /// An instance of the ENI's zone that takes it: attached to it, it would have a free index.
    InstancesInZone {
        /// The zone.
        zone: Zone,
        /// The instances, by id.
        instances: Vec<InstanceId>,
    },
    /// Another device index of the card.
    FreeIndexes {
        /// The instance.
        instance: InstanceId,
        /// The card.
        network_card: u16,
        /// The free indexes.
        indexes: Vec<u16>,
    },
    /// Detach first.
    Detach(AttachmentId),
    /// Wait until what is under way has ended.
    Wait,
    /// Groups of this VPC, and no more than the limit.
    GroupsOfVpc {
        /// The VPC.
        vpc: VpcId,
        /// Its groups, by id.
        groups: Vec<GroupId>,
    },
    /// At most so many.
    AtMost(usize),
    /// An address of this block; the lowest free one, if there is one.
    AddressIn {
        /// The subnet's block.
        cidr: Ipv4Net,
        /// The lowest free address.
        free: Option<Ipv4Addr>,
    },
    /// A prefix of this block; the lowest free one, if there is one.
    PrefixIn {
        /// The subnet's block.
        cidr: Ipv4Net,
        /// The lowest free prefix.
        free: Option<Ipv4Net>,
    },
    /// A block of these, without those that are taken.
    BlockIn {
        /// The VPC's blocks; empty if any private block will do.
        blocks: Vec<Ipv4Net>,
        /// Blocks that are taken.
        taken: Vec<Ipv4Net>,
    },
    /// Types of the same family that would do.
    Types(Vec<InstanceType>),
    /// Allow addresses to be moved from other ENIs.
    AllowReassignment,
    /// Allow an Elastic IP to be taken from where it is.
    AllowReassociation,
    /// Disassociate first.
    Disassociate(AssociationId),
    /// Release some of these first.
    Release(Vec<AllocationId>),
    /// Attach an internet gateway to the VPC: one of these free ones, or a new one.
    AttachGateway {
        /// The VPC.
        vpc: VpcId,
        /// Gateways without a VPC.
        gateways: Vec<InternetGatewayId>,
    },
    /// Detach this internet gateway first.
    DetachGateway(InternetGatewayId, VpcId),
    /// Name one of the instance's ENIs.
    EnisOf(InstanceId, Vec<EniId>),
    /// The instance must be in this state first.
    State(InstanceId, InstanceState),
    /// Take the protection off first.
    Unprotect(InstanceId),
    /// What depends on it must go first.
    RemoveFirst(Vec<TaggedId>),
    /// A zone of the region.
    Zones(Vec<Zone>),
    /// Replace what is there instead of creating it, or the other way round.
    UseReplace(bool),
    /// Only the service that made it can.
    AskTheService,
    /// The rule is there already: nothing to do.
    AlreadySo,
}
