//! Further reads of a network, for the data plane.

use super::eni::Eni;
use super::network::Network;
use super::route_table::{RouteTable, RouteTableUser};
use super::security_group::SecurityGroup;
use super::vpc::{Subnet, Vpc};
use crate::addr::IpAddr;
use crate::id::{GroupRuleId, VpcId};

impl Network {
    /// The default VPC, if the region has one (`I10`).
    pub fn default_vpc(&self) -> Option<&Vpc> {
        self.vpcs().find(|vpc| vpc.is_default)
    }

    /// The ENI that has a private address of either family in a VPC. IPv6 addresses are not indexed: those are searched for.
    pub fn eni_by_address(&self, vpc: VpcId, ip: IpAddr) -> Option<&Eni> {
        match ip {
            IpAddr::V4(ip) => self.eni_by_private_ip(vpc, ip),
            IpAddr::V6(ip) => self.enis().find(|eni| eni.vpc == vpc && eni.owns_ipv6(ip)),
        }
    }

    /// The ENI that has a private address in any VPC; the VPC with the lowest id goes first.
    pub fn eni_anywhere(&self, ip: IpAddr) -> Option<&Eni> {
        self.vpcs().find_map(|vpc| self.eni_by_address(vpc.id, ip))
    }

    /// The group that a rule is in.
    pub fn group_of_rule(&self, rule: GroupRuleId) -> Option<&SecurityGroup> {
        self.index.group_of_rule.of(rule).next().and_then(|group| self.group(group))
    }

    /// The route table of a gateway (`R27`).
    pub fn edge_table_of(&self, user: RouteTableUser) -> Option<&RouteTable> {
        self.route_tables().find(|table| table.associations.values().any(|used_by| *used_by == user))
    }
}

impl Eni {
    /// Whether an address of either family is one of its own (`E41`).
    pub fn owns(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => self.owns_ipv4(ip),
            IpAddr::V6(ip) => self.owns_ipv6(ip),
        }
    }
}

impl Subnet {
    /// Whether an address of either family is inside its blocks.
    pub fn holds(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => self.cidr.contains(&ip),
            IpAddr::V6(ip) => self.ipv6_cidr.is_some_and(|cidr| cidr.contains(&ip)),
        }
    }
}
