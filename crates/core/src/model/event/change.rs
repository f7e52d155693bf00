//! What may change of the things that have many attributes.

use crate::addr::Ipv4Net;
use crate::id::*;
use crate::model::dns_name::DnsName;
use crate::model::endpoint::EndpointState;
use crate::model::eni::TrackingTimeouts;
use crate::model::fault::Faults;
use crate::model::hosted_zone::{RecordSet, RecordType};
use crate::model::instance::{Guest, ShutdownBehavior};
use crate::model::instance_type::InstanceType;
use crate::model::metadata::MetadataOptions;
use crate::model::peering::PeeringState;
use crate::model::spot::StateReason;
use crate::model::vpc::{LaunchNames, SubnetIpv6Cidr, VpcCidr, VpcIpv6Cidr};
use crate::time::Instant;

/// An attribute of a VPC.
#[derive(Clone, Debug, PartialEq)]
pub enum VpcChange {
    /// Whether the resolver answers.
    DnsSupport(bool),
    /// Whether public names are given.
    DnsHostnames(bool),
    /// A further IPv4 block. The local routes for it come as events of their own.
    CidrAdded(VpcCidr),
    /// An IPv4 block goes. The local routes for it go as events of their own.
    CidrRemoved(VpcCidrAssociationId),
    /// An IPv6 block. The local routes for it come as events of their own.
    Ipv6CidrAdded(VpcIpv6Cidr),
    /// An IPv6 block goes. The local routes for it go as events of their own.
    Ipv6CidrRemoved(VpcCidrAssociationId),
    /// Another DHCP option set, or none.
    DhcpOptions(Option<DhcpOptionsId>),
    /// Another table is the main one.
    MainRouteTable(RouteTableId),
}

/// An attribute of a subnet.
#[derive(Clone, Debug, PartialEq)]
pub enum SubnetChange {
    /// Whether new primary ENIs want a public address.
    MapPublicIpOnLaunch(bool),
    /// Whether new ENIs get an IPv6 address.
    AssignIpv6OnCreation(bool),
    /// Whether the resolver makes IPv6 addresses up.
    Dns64(bool),
    /// How instances are named.
    LaunchNames(LaunchNames),
    /// Its IPv6 block, or none any more.
    Ipv6Cidr(Option<SubnetIpv6Cidr>),
}

/// An attribute of an ENI.
#[derive(Clone, Debug, PartialEq)]
pub enum EniChange {
    /// Its description.
    Description(String),
    /// The whole set of its groups (`E6`).
    Groups(Vec<GroupId>),
    /// Source/destination check.
    SourceDestCheck(bool),
    /// Whether it dies with its instance. It must be attached.
    DeleteOnTermination(bool),
    /// Whether it wants an automatic public address.
    WantsPublicIp(bool),
    /// Idle time-outs of tracked connections.
    Tracking(TrackingTimeouts),
}

/// An attribute of an instance.
#[derive(Clone, Debug, PartialEq)]
pub enum InstanceChange {
    /// Its type.
    Type(InstanceType),
    /// The system on it.
    Guest(Box<Guest>),
    /// Whether terminate is refused.
    TerminationProtection(bool),
    /// Whether stop is refused.
    StopProtection(bool),
    /// InstanceInitiatedShutdownBehavior.
    Shutdown(ShutdownBehavior),
    /// The settings of its metadata service.
    Metadata(MetadataOptions),
    /// A spot instance is told when it will be taken back (`L8`).
    SpotNotice(Instant),
    /// An ENI was forced off a card's place, which takes no other one before the next stop (`E29`).
    PlaceStuck((u16, u16), EniId),
    /// Why it is not running any more, and since when. A new run forgets it.
    Reason(StateReason, Instant),
    /// What is broken on it. When it runs no more, nothing is.
    Faults(Faults),
    /// The request of a spot instance is taken back (`L22`).
    SpotCancelled,
    /// Whether it is measured every minute.
    Monitored(bool),
    /// What it is told to run first; nothing of it is done.
    UserData(Box<str>),
    /// Whether it reaches its disks by a way of its own.
    EbsOptimized(bool),
}

/// What changes of a VPC endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointChange {
    /// How far it has come.
    State(EndpointState),
    /// Its ENIs, of an interface endpoint.
    Enis(Vec<EniId>),
    /// Their groups.
    Groups(Vec<GroupId>),
    /// Whether the service's own name leads to them.
    PrivateDns(bool),
}

/// What changes of a VPC peering connection.
#[derive(Clone, Debug, PartialEq)]
pub enum PeeringChange {
    /// Its state; it waits for nobody any more.
    State(PeeringState),
    /// It waits for the other side until this moment.
    Requested(Instant),
    /// The other side accepts, and tells its blocks.
    Accepted(Vec<Ipv4Net>),
    /// Whether names of the other side are resolved to private addresses, on either side.
    DnsResolution {
        /// On the side that asked.
        requester: Option<bool>,
        /// On the side that was asked.
        accepter: Option<bool>,
    },
}

/// What changes on a hosted zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostedZoneChange {
    /// Its comment.
    Comment(String),
    /// Whether this VPC sees it.
    Vpc(VpcId, bool),
    /// What it says of a name in a type; nothing from now on if absent.
    Records(DnsName, RecordType, Option<RecordSet>),
}
