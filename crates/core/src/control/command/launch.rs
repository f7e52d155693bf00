//! Launches, and attributes of instances.

use super::{Ipv6Wanted, Wanted};
use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::{EniId, GroupId, ImageId, SubnetId};
use crate::model::Tags;
use crate::model::eni::TrackingTimeouts;
use crate::model::instance::ShutdownBehavior;
use crate::model::instance_type::InstanceType;
use crate::model::metadata::{MetadataChange, MetadataOptions};
use crate::model::spot::Spot;

/// What RunInstances was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct RunInstances {
    /// The image; decides the guest.
    pub image: ImageId,
    /// The type.
    pub instance_type: InstanceType,
    /// How many, at most and at least 1.
    pub count: u32,
    /// The subnet of the primary ENI; a default subnet if absent.
    pub subnet: Option<SubnetId>,
    /// Groups of the primary ENI.
    pub groups: Vec<GroupId>,
    /// Its private address.
    pub private_ip: Option<Ipv4Addr>,
    /// Whether it wants a public address; the subnet's setting if absent (`A2`).
    pub associate_public_ip: Option<bool>,
    /// ENIs spelled out, instead of the four above.
    pub interfaces: Vec<LaunchInterface>,
    /// Tags of the instances.
    pub tags: Tags,
    /// Tags of the ENIs that the launch creates.
    pub interface_tags: Tags,
    /// Everything else that is about the instances themselves.
    pub options: LaunchOptions,
}

/// What a launch asks for beside its network.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LaunchOptions {
    /// Spot instances, and what becomes of them when they are taken back (`L8`).
    pub spot: Option<Spot>,
    /// Whether they can hibernate.
    pub hibernates: bool,
    /// Whether terminate is refused from the start (`L6`).
    pub termination_protection: bool,
    /// Whether stop is refused from the start (`L6`).
    pub stop_protection: bool,
    /// What becomes of them when their system is shut down from inside.
    pub shutdown: ShutdownBehavior,
    /// How they are told of themselves.
    pub metadata: MetadataOptions,
    /// The TCP ports of the services that their user data starts (`G13`).
    pub serves: Vec<u16>,
    /// The key pair, by its name (`L19`).
    pub key_name: Option<String>,
    /// The token that the launch is asked with.
    pub client_token: Option<String>,
    /// Whether they are measured every minute.
    pub monitored: bool,
    /// What they are told to run first, in base64; empty if nothing.
    pub user_data: Box<str>,
    /// Whether they reach their disks by a way of their own.
    pub ebs_optimized: bool,
}

/// An ENI of a launch: an existing one, or one to create.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LaunchInterface {
    /// Its device index.
    pub device_index: u16,
    /// Its card.
    pub network_card: u16,
    /// An existing ENI (`E37`).
    pub existing: Option<EniId>,
    /// Or the subnet of a new one.
    pub subnet: Option<SubnetId>,
    /// Groups of a new one.
    pub groups: Vec<GroupId>,
    /// Private address of a new one.
    pub private_ip: Option<Ipv4Addr>,
    /// Private addresses of a new one in a list, each with its mark as primary.
    pub addresses: Vec<(Ipv4Addr, bool)>,
    /// Or how many secondary ones of any.
    pub secondary_count: Option<i64>,
    /// IPv4 prefixes of a new one.
    pub prefixes: Wanted<Ipv4Net>,
    /// IPv6 addresses and prefixes of a new one.
    pub ipv6: Ipv6Wanted,
    /// Description of a new one.
    pub description: String,
    /// Whether it dies with the instance.
    pub delete_on_termination: Option<bool>,
    /// Whether it wants a public address.
    pub associate_public_ip: Option<bool>,
    /// Idle time-outs of a new one's tracked flows (`S43`).
    pub tracking: TrackingTimeouts,
}

/// An attribute of an instance to change.
#[derive(Clone, Debug, PartialEq)]
pub enum InstanceAttribute {
    /// SourceDestCheck of its only ENI (`E42`).
    SourceDestCheck(bool),
    /// Groups of its only ENI (`S4`).
    Groups(Vec<GroupId>),
    /// InstanceType (`L7`).
    InstanceType(InstanceType),
    /// DisableApiTermination.
    DisableApiTermination(bool),
    /// DisableApiStop.
    DisableApiStop(bool),
    /// InstanceInitiatedShutdownBehavior.
    ShutdownBehavior(ShutdownBehavior),
    /// ModifyInstanceMetadataOptions, a call of its own.
    Metadata(MetadataChange),
    /// UserData in base64, of a stopped instance.
    UserData(Box<str>),
    /// EbsOptimized, of a stopped instance.
    EbsOptimized(bool),
    /// What no packet ever meets and the model does not keep: taken of a stopped instance, as by AWS.
    Unkept,
}
