//! VPCs and subnets.

use super::{Tags, Zone};

use crate::addr::{IpAddr, IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net, Mac};
use crate::id::{
    AclAssociationId, AclId, DhcpOptionsId, GroupId, RouteTableId, SubnetCidrAssociationId, SubnetId, VpcCidrAssociationId, VpcId,
};

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Its IPv4 blocks; the first is the primary one.
    pub cidrs: Vec<VpcCidr>,
    /// Its IPv6 blocks.
    pub ipv6_cidrs: Vec<VpcIpv6Cidr>,
    /// Whether it is the account's default VPC.
    pub is_default: bool,
    /// The table of subnets that have no other (`R1`).
    pub main_route_table: RouteTableId,
    /// The network ACL of new subnets (`N1`).
    pub default_acl: AclId,
    /// The group named `default` (`S6`).
    pub default_group: GroupId,
    /// What its guests are told about the network; none where its owner chose none.
    pub dhcp_options: Option<DhcpOptionsId>,
    /// Whether the resolver answers (`L14`).
    pub dns_support: bool,
    /// Whether public names are given (`L14`).
    pub dns_hostnames: bool,
    /// Tags.
    pub tags: Tags,
}

impl Vpc {
    /// Whether public addresses in it have public names: both its DNS attributes must be on (`L14`).
    pub fn has_public_names(&self) -> bool {
        self.dns_support && self.dns_hostnames
    }

    /// Whether an address is inside one of its blocks.
    pub fn contains(&self, ip: Ipv4Addr) -> bool {
        self.cidrs.iter().any(|block| block.cidr.contains(&ip))
    }

    /// Whether an address of either family is inside one of its blocks.
    pub fn has_address(&self, ip: IpAddr) -> bool {
        self.blocks().any(|block| block.contains(&ip))
    }

    /// Its blocks of both families, each of which has a local route in every table of it (`R3`).
    pub fn blocks(&self) -> impl Iterator<Item = IpNet> + '_ {
        let ipv6 = self.ipv6_cidrs.iter().map(|block| IpNet::V6(block.cidr));
        self.cidrs.iter().map(|block| IpNet::V4(block.cidr)).chain(ipv6)
    }
}

/// The length of every IPv6 block of a VPC (`E72a`).
pub const VPC_IPV6_LEN: u8 = 56;
/// The length of every IPv6 block of a subnet (`E72`).
pub const SUBNET_IPV6_LEN: u8 = 64;

/// An IPv6 block of a VPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VpcIpv6Cidr {
    /// The tie.
    pub association: VpcCidrAssociationId,
    /// The block, a /56.
    pub cidr: Ipv6Net,
}

/// The IPv6 block of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubnetIpv6Cidr {
    /// The tie.
    pub association: SubnetCidrAssociationId,
    /// The block, a /64.
    pub cidr: Ipv6Net,
}

/// How instances launched in a subnet are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LaunchNames {
    /// By the instance's id (`resource-name`) instead of its address (`ip-name`).
    pub by_resource: bool,
    /// Whether the name made from the id has an A record.
    pub a_record: bool,
    /// Whether it has an AAAA record.
    pub aaaa_record: bool,
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
    pub ipv6_cidr: Option<SubnetIpv6Cidr>,
    /// Whether new primary ENIs want a public address (`A1`).
    pub map_public_ip_on_launch: bool,
    /// Whether new ENIs get an IPv6 address (`E76`).
    pub assign_ipv6_on_creation: bool,
    /// Whether the resolver answers with made-up IPv6 addresses for names that have only IPv4 ones.
    pub dns64: bool,
    /// How instances launched in it are named.
    pub launch_names: LaunchNames,
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
    /// The IPv4 address of its router: the first after the block's own (`E48`).
    pub fn router(&self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.cidr.network()).saturating_add(1))
    }

    /// The router's MAC address, which is made up of that (`M`).
    pub fn router_mac(&self) -> Mac {
        let [a, b, c, d] = self.router().octets();
        Mac([0x02, 0xff, a, b, c, d])
    }
}

impl SubnetIpv6Cidr {
    /// Whether an address of the block is one of the five that nobody may have (`E72`).
    pub fn is_reserved(&self, ip: Ipv6Addr) -> bool {
        let (first, last) = (u128::from(self.cidr.network()), u128::from(self.cidr.broadcast()));
        let number = u128::from(ip);
        self.cidr.contains(&ip) && (number - first < 4 || number == last)
    }
}

impl Subnet {
    /// Whether an address of the subnet is one of the five that nobody may have (`E48`).
    pub fn is_reserved(&self, ip: Ipv4Addr) -> bool {
        let (first, last) = (u32::from(self.cidr.network()), u32::from(self.cidr.broadcast()));
        let number = u32::from(ip);
        self.cidr.contains(&ip) && (number - first < 4 || number == last)
    }
}
