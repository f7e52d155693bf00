//! VPCs and subnets.

use super::{Tags, Zone};
use crate::addr::{Ipv4Addr, Ipv4Net, Ipv6Net};
use crate::id::{AclAssociationId, AclId, GroupId, RouteTableId, SubnetId, VpcCidrAssociationId, VpcId};

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Its IPv4 blocks; the first is the primary one.
    pub cidrs: Vec<VpcCidr>,
    /// Its IPv6 blocks.
    pub ipv6_cidrs: Vec<Ipv6Net>,
    /// Whether it is the account's default VPC.
    pub is_default: bool,
    /// The table of subnets that have no other (`R1`).
    pub main_route_table: RouteTableId,
    /// The network ACL of new subnets (`N1`).
    pub default_acl: AclId,
    /// The group named `default` (`S6`).
    pub default_group: GroupId,
    /// Whether the resolver answers (`L14`).
    pub dns_support: bool,
    /// Whether public names are given (`L14`).
    pub dns_hostnames: bool,
    /// Tags.
    pub tags: Tags,
}

impl Vpc {
    /// Whether an address is inside one of its blocks.
    pub fn contains(&self, ip: Ipv4Addr) -> bool {
        self.cidrs.iter().any(|block| block.cidr.contains(&ip))
    }
}

/// Whether a block has a size that VPCs and subnets may have: a /16 to a /28 (`E47`).
pub fn is_block_size(cidr: Ipv4Net) -> bool {
    (16..=28).contains(&cidr.prefix_len())
}

/// An IPv4 block of a VPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VpcCidr {
    /// The tie.
    pub association: VpcCidrAssociationId,
    /// The block, without host bits (`E52`).
    pub cidr: Ipv4Net,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its Availability Zone.
    pub zone: Zone,
    /// Its IPv4 block (`E47`).
    pub cidr: Ipv4Net,
    /// Its IPv6 block, a /64.
    pub ipv6_cidr: Option<Ipv6Net>,
    /// Whether new primary ENIs want a public address (`A1`).
    pub map_public_ip_on_launch: bool,
    /// Whether new ENIs get an IPv6 address (`E76`).
    pub assign_ipv6_on_creation: bool,
    /// Whether it is its zone's default subnet.
    pub default_for_az: bool,
    /// Its network ACL (`N1`).
    pub acl: AclId,
    /// The tie to it.
    pub acl_association: AclAssociationId,
    /// Tags.
    pub tags: Tags,
}

impl Subnet {
    /// Whether an address of the subnet is one of the five that nobody may have (`E48`).
    pub fn is_reserved(&self, ip: Ipv4Addr) -> bool {
        let (first, last) = (u32::from(self.cidr.network()), u32::from(self.cidr.broadcast()));
        let number = u32::from(ip);
        self.cidr.contains(&ip) && (number - first < 4 || number == last)
    }
}
