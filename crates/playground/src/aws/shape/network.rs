//! Writes VPCs, subnets, gateways and route tables.

use super::{Form, Writer};
use crate::aws::express::{destination, route_target};
use crate::aws::object;
use crate::aws::text::{Json, Object};
use eni_core::id::VpcCidrAssociationId;
use eni_core::model::gateway::{EgressOnlyGateway, InternetGateway};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteState, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::vpc::{LaunchNames, Subnet, Vpc, VpcIpv6Cidr};
use std::fmt::Display;

impl Writer<'_> {
    pub(in crate::aws) fn vpc(&self, vpc: &Vpc) -> Json {
        let flag = |on: bool| Object::new().with("Value", on);
        // A VPC is answered before Amazon has given it a block; described, it tells of IPv6 only where it has some.
        let begins = self.form == Form::Begun;
        let block = |block: &VpcIpv6Cidr| match begins {
            true => self.vpc_ipv6(block.association, "", "associating"),
            false => self.vpc_ipv6(block.association, block.cidr, "associated"),
        };
        let ipv6: Vec<Json> = vpc.ipv6_cidrs.iter().map(|one| block(one).into()).collect();
        self.object()
            .text("VpcId", vpc.id)
            .maybe_text("CidrBlock", vpc.cidrs.first().map(|block| block.cidr))
            .list("CidrBlockAssociationSet", vpc.cidrs.iter().map(|block| ipv4_block(block.association, block.cidr, "associated").into()))
            .maybe("Ipv6CidrBlockAssociationSet", (begins || !vpc.ipv6_cidrs.is_empty()).then_some(ipv6))
            .with("IsDefault", vpc.is_default)
            .with("State", if begins { "pending" } else { "available" })
            .maybe("DhcpOptionsId", self.dhcp_options_of(vpc))
            .with("InstanceTenancy", "default")
            .maybe("EnableDnsSupport", self.attribute(flag(vpc.dns_support)))
            .maybe("EnableDnsHostnames", self.attribute(flag(vpc.dns_hostnames)))
            .with("OwnerId", self.owner())
            .tags_if_any(&vpc.tags)
            .into()
    }

    /// An IPv6 block of a VPC, which Amazon gave.
    pub(in crate::aws) fn vpc_ipv6(&self, association: VpcCidrAssociationId, cidr: impl Display, state: &str) -> Object {
        ipv6_block(association, cidr, state).with("NetworkBorderGroup", self.network.region()).with("Ipv6Pool", "Amazon")
    }

    pub(in crate::aws) fn subnet(&self, subnet: &Subnet) -> Json {
        self.object()
            .text("SubnetId", subnet.id)
            .with("SubnetArn", self.arn("subnet", subnet.id))
            .text("VpcId", subnet.vpc)
            .text("CidrBlock", subnet.cidr)
            .list(
                "Ipv6CidrBlockAssociationSet",
                subnet.ipv6_cidr.iter().map(|block| ipv6_block(block.association, block.cidr, "associated").into()),
            )
            .text("AvailabilityZone", &subnet.zone)
            .with("AvailabilityZoneId", self.zone_id(&subnet.zone))
            .with("AvailableIpAddressCount", self.network.free_address_count(subnet))
            .with("MapPublicIpOnLaunch", subnet.map_public_ip_on_launch)
            .with("AssignIpv6AddressOnCreation", subnet.assign_ipv6_on_creation)
            .with("EnableDns64", subnet.dns64)
            .with("Ipv6Native", false)
            .with("PrivateDnsNameOptionsOnLaunch", launch_names(subnet.launch_names))
            .with("DefaultForAz", subnet.default_for_az)
            .with("State", "available")
            .with("OwnerId", self.owner())
            .tags_if_any(&subnet.tags)
            .into()
    }

    pub(in crate::aws) fn internet_gateway(&self, gateway: &InternetGateway) -> Json {
        let attachment = |vpc| Object::new().text("VpcId", vpc).with("State", "available").into();
        self.object()
            .text("InternetGatewayId", gateway.id)
            .list("Attachments", gateway.vpc.iter().map(attachment))
            .with("OwnerId", self.owner())
            .tags("Tags", &gateway.tags)
            .into()
    }

    pub(in crate::aws) fn egress_only_gateway(&self, gateway: &EgressOnlyGateway) -> Json {
        let attachment = Object::new().text("VpcId", gateway.vpc).with("State", "attached").into();
        self.object()
            .text("EgressOnlyInternetGatewayId", gateway.id)
            .list("Attachments", std::iter::once(attachment))
            .tags("Tags", &gateway.tags)
            .into()
    }

    pub(in crate::aws) fn route_table(&self, table: &RouteTable) -> Json {
        let associations = table.associations.iter().map(|(id, user)| {
            let object = Object::new().text("RouteTableAssociationId", id).text("RouteTableId", table.id);
            let object = object.with("Main", *user == RouteTableUser::Main);
            let object = match user {
                RouteTableUser::Main => object,
                RouteTableUser::Subnet(subnet) => object.text("SubnetId", subnet),
                RouteTableUser::InternetGateway(gateway) => object.text("GatewayId", gateway),
                RouteTableUser::VpnGateway(gateway) => object.text("GatewayId", gateway),
            };
            object.with("AssociationState", Object::new().with("State", "associated")).into()
        });
        let propagating = table.propagating.iter().map(|gateway| Object::new().text("GatewayId", gateway).into());
        self.object()
            .text("RouteTableId", table.id)
            .text("VpcId", table.vpc)
            .list("Associations", associations)
            .list("PropagatingVgws", propagating)
            .list("Routes", table.routes.iter().map(|(to, route)| self.route(table, to, route)))
            .with("OwnerId", self.owner())
            .tags("Tags", &table.tags)
            .into()
    }

    fn route(&self, table: &RouteTable, to: &Destination, route: &Route) -> Json {
        let object = Object::new().members(&route_target(destination(object::Object::new(), to), &route.target).map());
        let instance = match route.target {
            RouteTarget::Eni(eni) => self.network.eni(eni).and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.instance),
            _ => None,
        };
        let state = match self.network.route_state(table, route) {
            RouteState::Active => "active",
            RouteState::Blackhole => "blackhole",
        };
        object
            .maybe_text("InstanceId", instance)
            .maybe("InstanceOwnerId", instance.map(|_| self.owner()))
            .with("Origin", origin_word(route.origin))
            .with("State", state)
            .into()
    }
}

/// An IPv4 block of a VPC, in a state.
pub(in crate::aws) fn ipv4_block(association: VpcCidrAssociationId, cidr: impl Display, state: &str) -> Object {
    let object = Object::new().text("AssociationId", association).text("CidrBlock", cidr);
    object.with("CidrBlockState", Object::new().with("State", state))
}

/// An IPv6 block of a VPC or a subnet, in a state.
pub(in crate::aws) fn ipv6_block(association: impl Display, cidr: impl Display, state: &str) -> Object {
    let object = Object::new().text("AssociationId", association).text("Ipv6CidrBlock", cidr);
    object.with("Ipv6CidrBlockState", Object::new().with("State", state))
}

fn launch_names(names: LaunchNames) -> Object {
    Object::new()
        .with("HostnameType", if names.by_resource { "resource-name" } else { "ip-name" })
        .with("EnableResourceNameDnsARecord", names.a_record)
        .with("EnableResourceNameDnsAAAARecord", names.aaaa_record)
}

fn origin_word(origin: RouteOrigin) -> &'static str {
    match origin {
        RouteOrigin::CreateRouteTable => "CreateRouteTable",
        RouteOrigin::CreateRoute => "CreateRoute",
        RouteOrigin::EnableVgwRoutePropagation => "EnableVgwRoutePropagation",
        RouteOrigin::Advertisement => "Advertisement",
    }
}
