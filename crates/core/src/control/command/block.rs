//! Blocks of VPCs and subnets.

use crate::addr::{Ipv4Net, Ipv6Net};
use crate::id::VpcId;
use crate::model::{Tags, Zone};

/// What CreateSubnet was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateSubnet {
    /// The VPC.
    pub vpc: VpcId,
    /// Its IPv4 block.
    pub cidr: Ipv4Net,
    /// Its IPv6 block, a /64.
    pub ipv6_cidr: Option<Ipv6Net>,
    /// Its zone; the region's first if absent.
    pub zone: Option<Zone>,
    /// Its tags.
    pub tags: Tags,
}

/// A further block of a VPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewVpcBlock {
    /// This IPv4 block.
    Ipv4(Ipv4Net),
    /// An IPv6 block of Amazon's choice.
    AmazonIpv6,
}

/// An attribute of a subnet to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubnetAttribute {
    /// MapPublicIpOnLaunch.
    MapPublicIpOnLaunch(bool),
    /// AssignIpv6AddressOnCreation.
    AssignIpv6OnCreation(bool),
    /// EnableDns64.
    Dns64(bool),
    /// PrivateDnsHostnameTypeOnLaunch: whether `resource-name` instead of `ip-name`.
    NameByResource(bool),
    /// EnableResourceNameDnsARecordOnLaunch.
    ARecord(bool),
    /// EnableResourceNameDnsAAAARecordOnLaunch.
    AaaaRecord(bool),
}

impl SubnetAttribute {
    /// AWS's name, as its message lists it.
    pub const fn name(self) -> &'static str {
        match self {
            SubnetAttribute::MapPublicIpOnLaunch(_) => "mapPublicIpOnLaunch",
            SubnetAttribute::AssignIpv6OnCreation(_) => "assignIpv6AddressOnCreation",
            SubnetAttribute::Dns64(_) => "enableDns64",
            SubnetAttribute::NameByResource(_) => "privateDnsHostnameTypeOnLaunch",
            SubnetAttribute::ARecord(_) => "enableResourceNameDnsARecordOnLaunch",
            SubnetAttribute::AaaaRecord(_) => "enableResourceNameDnsAAAARecordOnLaunch",
        }
    }
}
