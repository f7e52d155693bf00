//! The describe calls.

use super::{Action, Request};
use crate::aws::describe::{Describe, Kind};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, Wire, optional};

/// One describe call: its name, its help, the member with ids and their prefix.
macro_rules! describe {
    ($name:literal, $help:literal, $ids:literal, $prefix:literal, $kind:ident) => {
        Action {
            name: $name,
            help: $help,
            members: {
                const MEMBERS: &[Member] = &[optional($ids, Wire::List(&Wire::Id($prefix)), "only these; all if absent"), DRY_RUN];
                MEMBERS
            },
            build: |p| read(p, Kind::$kind, $ids),
        }
    };
}

pub(super) const ACTIONS: &[Action] = &[
    describe!("DescribeVpcs", "shows VPCs", "VpcIds", "vpc", Vpcs),
    describe!("DescribeSubnets", "shows subnets", "SubnetIds", "subnet", Subnets),
    describe!("DescribeNetworkInterfaces", "shows network interfaces", "NetworkInterfaceIds", "eni", NetworkInterfaces),
    describe!("DescribeInstances", "shows instances", "InstanceIds", "i", Reservations),
    describe!("DescribeAddresses", "shows Elastic IP addresses", "AllocationIds", "eipalloc", Addresses),
    describe!("DescribeSecurityGroups", "shows security groups", "GroupIds", "sg", SecurityGroups),
    describe!("DescribeSecurityGroupRules", "shows rules of security groups", "SecurityGroupRuleIds", "sgr", SecurityGroupRules),
    describe!("DescribeNetworkAcls", "shows network ACLs", "NetworkAclIds", "acl", NetworkAcls),
    describe!("DescribeRouteTables", "shows route tables", "RouteTableIds", "rtb", RouteTables),
    describe!("DescribeInternetGateways", "shows internet gateways", "InternetGatewayIds", "igw", InternetGateways),
    describe!("DescribeNatGateways", "shows NAT gateways", "NatGatewayIds", "nat", NatGateways),
    describe!("DescribeVpnGateways", "shows virtual private gateways", "VpnGatewayIds", "vgw", VpnGateways),
];

fn read(p: &Parameters<'_>, kind: Kind, ids: &str) -> Result<Request, ApiError> {
    Ok(Request::Describe(Describe { kind, ids: p.texts(ids).map(str::to_owned).collect() }))
}
