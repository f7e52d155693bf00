//! Writes VPCs, subnets, gateways and route tables.

use super::{Writer, tag_list};
use crate::aws::express::{destination, route_target};
use crate::aws::object::Object;
use eni_core::model::gateway::{InternetGateway, NatGateway, VpnGateway};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteState, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::vpc::{Subnet, Vpc, VpcCidr};
use serde_json::Value;

impl Writer<'_> {
    pub(in crate::aws) fn vpc(&self, vpc: &Vpc) -> Value {
        let block = |block: &VpcCidr| {
            let object = Object::new().text("AssociationId", block.association).text("CidrBlock", block.cidr);
            object.with("CidrBlockState", Object::new().with("State", "associated")).into()
        };
        let flag = |on: bool| Object::new().with("Value", on);
        Object::new()
            .text("VpcId", vpc.id)
            .maybe_text("CidrBlock", vpc.cidrs.first().map(|block| block.cidr))
            .list("CidrBlockAssociationSet", vpc.cidrs.iter().map(block))
            .list("Ipv6CidrBlockAssociationSet", vpc.ipv6_cidrs.iter().map(|cidr| ipv6_block(&cidr.to_string())))
            .with("IsDefault", vpc.is_default)
            .with("State", "available")
            .with("InstanceTenancy", "default")
            .with("EnableDnsSupport", flag(vpc.dns_support))
            .with("EnableDnsHostnames", flag(vpc.dns_hostnames))
            .with("OwnerId", self.owner())
            .with("Tags", tag_list(&vpc.tags))
            .into()
    }

    pub(in crate::aws) fn subnet(&self, subnet: &Subnet) -> Value {
        Object::new()
            .text("SubnetId", subnet.id)
            .with("SubnetArn", self.arn("subnet", subnet.id))
            .text("VpcId", subnet.vpc)
            .text("CidrBlock", subnet.cidr)
            .list("Ipv6CidrBlockAssociationSet", subnet.ipv6_cidr.iter().map(|cidr| ipv6_block(&cidr.to_string())))
            .text("AvailabilityZone", &subnet.zone)
            .with("AvailabilityZoneId", self.zone_id(&subnet.zone))
            .with("AvailableIpAddressCount", self.network.free_address_count(subnet))
            .with("MapPublicIpOnLaunch", subnet.map_public_ip_on_launch)
            .with("AssignIpv6AddressOnCreation", subnet.assign_ipv6_on_creation)
            .with("DefaultForAz", subnet.default_for_az)
            .with("State", "available")
            .with("OwnerId", self.owner())
            .with("Tags", tag_list(&subnet.tags))
            .into()
    }

    pub(in crate::aws) fn internet_gateway(&self, gateway: &InternetGateway) -> Value {
        let attachment = |vpc| Object::new().text("VpcId", vpc).with("State", "available").into();
        Object::new()
            .text("InternetGatewayId", gateway.id)
            .list("Attachments", gateway.vpc.iter().map(attachment))
            .with("OwnerId", self.owner())
            .with("Tags", tag_list(&gateway.tags))
            .into()
    }

    pub(in crate::aws) fn vpn_gateway(&self, gateway: &VpnGateway) -> Value {
        let attachment = |vpc| Object::new().text("VpcId", vpc).with("State", "attached").into();
        Object::new()
            .text("VpnGatewayId", gateway.id)
            .list("VpcAttachments", gateway.vpc.iter().map(attachment))
            .with("State", "available")
            .with("Type", "ipsec.1")
            .with("Tags", tag_list(&gateway.tags))
            .into()
    }

    pub(in crate::aws) fn nat_gateway(&self, gateway: &NatGateway) -> Value {
        let addresses = gateway.addresses.iter().map(|address| {
            Object::new()
                .maybe_text("AllocationId", address.allocation)
                .maybe_text("NetworkInterfaceId", address.eni)
                .text("PrivateIp", address.private_ip)
                .maybe_text("PublicIp", address.public_ip)
                .into()
        });
        Object::new()
            .text("NatGatewayId", gateway.id)
            .text("SubnetId", gateway.subnet)
            .text("VpcId", gateway.vpc)
            .text("State", &gateway.state)
            .with("ConnectivityType", if gateway.public { "public" } else { "private" })
            .list("NatGatewayAddresses", addresses)
            .with("Tags", tag_list(&gateway.tags))
            .into()
    }

    pub(in crate::aws) fn route_table(&self, table: &RouteTable) -> Value {
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
        Object::new()
            .text("RouteTableId", table.id)
            .text("VpcId", table.vpc)
            .list("Associations", associations)
            .list("PropagatingVgws", propagating)
            .list("Routes", table.routes.iter().map(|(to, route)| self.route(table, to, route)))
            .with("OwnerId", self.owner())
            .with("Tags", tag_list(&table.tags))
            .into()
    }

    fn route(&self, table: &RouteTable, to: &Destination, route: &Route) -> Value {
        let object = route_target(destination(Object::new(), to), &route.target);
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

fn ipv6_block(cidr: &str) -> Value {
    Object::new().with("Ipv6CidrBlock", cidr).with("Ipv6CidrBlockState", Object::new().with("State", "associated")).into()
}

fn origin_word(origin: RouteOrigin) -> &'static str {
    match origin {
        RouteOrigin::CreateRouteTable => "CreateRouteTable",
        RouteOrigin::CreateRoute => "CreateRoute",
        RouteOrigin::EnableVgwRoutePropagation => "EnableVgwRoutePropagation",
        RouteOrigin::Advertisement => "Advertisement",
    }
}
