//! VPCs, subnets and internet gateways of a script.

use super::plan::{Plan, Query, name_of, tagged, wrapped};
use super::said;
use crate::aws::object::Object;
use eni_core::addr::Ipv4Net;
use eni_core::model::gateway::InternetGateway;
use eni_core::model::network::{Network, Quotas};
use eni_core::model::quota::Quota;
use eni_core::model::vpc::{Subnet, Vpc};
use std::cmp::Reverse;

/// The size of a default subnet, as the length of its prefix.
const DEFAULT_SUBNET: u8 = 20;

/// Quotas that are above those that every account begins with. Raising the quota of VPCs raises others with it, so it comes first.
pub(super) fn quotas(plan: &mut Plan<'_>) {
    let (mut reached, own) = (Quotas::default(), *plan.network.quotas());
    let more = own.vpcs.saturating_sub(reached.vpcs);
    plan.heading(said::QUOTAS);
    for quota in std::iter::once(&Quota::Vpcs).chain(Quota::ALL) {
        if quota.of(&own) <= quota.of(&reached) {
            continue;
        }
        *quota.of_mut(&mut reached) = quota.of(&own);
        if *quota == Quota::Vpcs {
            reached.internet_gateways += more;
            reached.egress_only_gateways += more;
        }
        let object = Object::new().with("ServiceCode", quota.service().code()).with("QuotaCode", quota.code());
        plan.call("RequestServiceQuotaIncrease", object.with("DesiredValue", quota.of(&own)));
    }
}

/// Every VPC with what it is made with.
pub(super) fn vpcs(plan: &mut Plan<'_>, fresh: &Network) {
    for vpc in plan.network.vpcs() {
        one_vpc(plan, fresh, vpc);
    }
}

fn one_vpc(plan: &mut Plan<'_>, fresh: &Network, vpc: &Vpc) {
    let id = vpc.id.to_string();
    let name = ("VPC", name_of(&vpc.tags));
    plan.heading(&format!("VPC {} {}", vpc.cidrs.first().map_or_else(String::new, |block| block.cidr.to_string()), name_of(&vpc.tags)));
    if vpc.is_default {
        plan.make(&id, name, "CreateDefaultVpc", Object::new(), "Vpc.VpcId");
        plan.tags(&vpc.id, &vpc.tags);
    } else {
        let object = Object::new().maybe_text("CidrBlock", vpc.cidrs.first().map(|block| block.cidr));
        let object = object.maybe("AmazonProvidedIpv6CidrBlock", (!vpc.ipv6_cidrs.is_empty()).then_some(true));
        plan.make(&id, name, "CreateVpc", tagged(object, &[("vpc", &vpc.tags)]), "Vpc.VpcId");
    }
    for block in vpc.cidrs.iter().skip(1) {
        plan.call("AssociateVpcCidrBlock", Object::new().text("VpcId", vpc.id).text("CidrBlock", block.cidr));
    }
    ipv6_blocks(plan, vpc, &id);
    if !vpc.is_default && (vpc.dns_hostnames || names_are_needed(plan.network, vpc)) {
        plan.call("ModifyVpcAttribute", Object::new().text("VpcId", vpc.id).with("EnableDnsHostnames", wrapped(true)));
    }
    made_with_a_vpc(plan, vpc, &id);
    if vpc.is_default {
        default_subnets(plan, fresh, vpc);
    }
    for subnet in plan.network.subnets_of_vpc(vpc.id).filter(|subnet| !subnet.default_for_az) {
        let object = Object::new().text("VpcId", vpc.id).text("CidrBlock", subnet.cidr).text("AvailabilityZone", &subnet.zone);
        let object = object.maybe_text("Ipv6CidrBlock", subnet.ipv6_cidr.map(|block| block.cidr));
        let object = tagged(object, &[("subnet", &subnet.tags)]);
        plan.make(&subnet.id.to_string(), ("SUBNET", name_of(&subnet.tags)), "CreateSubnet", object, "Subnet.SubnetId");
        attributes(plan, subnet, false);
    }
}

/// The IPv6 blocks, which Amazon chooses, and the questions which ones came.
fn ipv6_blocks(plan: &mut Plan<'_>, vpc: &Vpc, id: &str) {
    let by_itself = usize::from(!vpc.is_default);
    for _ in vpc.ipv6_cidrs.iter().skip(by_itself) {
        plan.call("AssociateVpcCidrBlock", Object::new().text("VpcId", vpc.id).with("AmazonProvidedIpv6CidrBlock", true));
    }
    if !vpc.ipv6_cidrs.is_empty() {
        plan.wait("vpc-available", "VpcIds", vec![id.to_owned()]);
    }
    for (at, block) in vpc.ipv6_cidrs.iter().enumerate() {
        let query = Query::At(format!("Vpcs[0].Ipv6CidrBlockAssociationSet[{at}].Ipv6CidrBlock"));
        plan.find(&block.cidr.to_string(), ("IPV6", name_of(&vpc.tags)), "DescribeVpcs", &[("vpc-id", id)], query);
    }
}

/// Whether an endpoint lends its service's name, which it may only where the VPC gives names.
fn names_are_needed(network: &Network, vpc: &Vpc) -> bool {
    network.endpoints().any(|endpoint| endpoint.vpc == vpc.id && endpoint.has_private_dns())
}

/// What must come after everything that stands in VPCs and subnets: names that are not given any more, IPv6 addresses that new ENIs get.
pub(super) fn late(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Attributes of VPCs and subnets");
    for vpc in network.vpcs() {
        let given = vpc.is_default || names_are_needed(network, vpc);
        let off = [("EnableDnsHostnames", given && !vpc.dns_hostnames), ("EnableDnsSupport", !vpc.dns_support)];
        for (attribute, _) in off.into_iter().filter(|(_, off)| *off) {
            plan.call("ModifyVpcAttribute", Object::new().text("VpcId", vpc.id).with(attribute, wrapped(false)));
        }
    }
    for subnet in network.subnets() {
        let of = || Object::new().text("SubnetId", subnet.id);
        if subnet.assign_ipv6_on_creation {
            plan.call("ModifySubnetAttribute", of().with("AssignIpv6AddressOnCreation", wrapped(true)));
        }
        if subnet.dns64 {
            plan.call("ModifySubnetAttribute", of().with("EnableDns64", wrapped(true)));
        }
        let names = subnet.launch_names;
        if names.by_resource {
            plan.call("ModifySubnetAttribute", of().with("PrivateDnsHostnameTypeOnLaunch", "resource-name"));
        }
        for (attribute, on) in
            [("EnableResourceNameDnsARecordOnLaunch", names.a_record), ("EnableResourceNameDnsAAAARecordOnLaunch", names.aaaa_record)]
        {
            if on {
                plan.call("ModifySubnetAttribute", of().with(attribute, wrapped(true)));
            }
        }
    }
}

/// Ranges of subnets that are kept: after everything that has addresses in them.
pub(super) fn reservations(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Reservations of subnets");
    for kept in network.reservations() {
        let object = Object::new().text("SubnetId", kept.subnet).text("Cidr", kept.cidr).with("ReservationType", kept.kind.as_str());
        let object = tagged(object.filled("Description", &kept.description), &[("subnet-cidr-reservation", &kept.tags)]);
        let path = "SubnetCidrReservation.SubnetCidrReservationId";
        plan.make(&kept.id.to_string(), ("RESERVATION", name_of(&kept.tags)), "CreateSubnetCidrReservation", object, path);
    }
}

/// The main route table, the default group and the default network ACL come with a VPC.
fn made_with_a_vpc(plan: &mut Plan<'_>, vpc: &Vpc, id: &str) {
    let of = [("vpc-id", id)];
    let label = name_of(&vpc.tags);
    let main = [of[0], ("association.main", "true")];
    let table = Query::Path("RouteTables[0].RouteTableId");
    plan.find(&vpc.main_route_table.to_string(), ("MAIN_TABLE", label), "DescribeRouteTables", &main, table);
    let group = Query::Path("SecurityGroups[0].GroupId");
    let named = [of[0], ("group-name", "default")];
    plan.find(&vpc.default_group.to_string(), ("DEFAULT_GROUP", label), "DescribeSecurityGroups", &named, group);
    let acl = Query::Path("NetworkAcls[0].NetworkAclId");
    plan.find(&vpc.default_acl.to_string(), ("DEFAULT_ACL", label), "DescribeNetworkAcls", &[of[0], ("default", "true")], acl);
}

/// The default subnets: those that are not as a new default VPC has them go, and come again where they were.
fn default_subnets(plan: &mut Plan<'_>, fresh: &Network, vpc: &Vpc) {
    let id = vpc.id.to_string();
    let network = plan.network;
    let own: Vec<&Subnet> = network.subnets_of_vpc(vpc.id).filter(|subnet| subnet.default_for_az).collect();
    let mut missing: Vec<&Subnet> = own.clone();
    for made in fresh.subnets() {
        let same = own.iter().find(|subnet| subnet.zone == made.zone && subnet.cidr == made.cidr);
        let zone = made.zone.to_string();
        let filters = [("vpc-id", id.as_str()), ("availability-zone", zone.as_str()), ("default-for-az", "true")];
        let path = Query::Path("Subnets[0].SubnetId");
        match same {
            Some(subnet) => {
                missing.retain(|other| other.id != subnet.id);
                let label = if name_of(&subnet.tags).is_empty() { &zone } else { name_of(&subnet.tags) };
                plan.find(&subnet.id.to_string(), ("SUBNET", label), "DescribeSubnets", &filters, path);
            }
            None => {
                let gone = format!("default subnet of {zone}");
                plan.find(&gone, ("UNWANTED_SUBNET", &zone), "DescribeSubnets", &filters, path);
                plan.call("DeleteSubnet", Object::new().text("SubnetId", &gone));
            }
        }
    }
    let stays: Vec<Ipv4Net> =
        own.iter().filter(|subnet| !missing.iter().any(|other| other.id == subnet.id)).map(|subnet| subnet.cidr).collect();
    default_subnets_in_order(plan, vpc, missing, &stays);
    for subnet in own {
        plan.tags(&subnet.id, &subnet.tags);
        attributes(plan, subnet, true);
    }
}

/// A default subnet gets the first /20 that is free: what is free below it is taken by others for a while.
fn default_subnets_in_order(plan: &mut Plan<'_>, vpc: &Vpc, missing: Vec<&Subnet>, stays: &[Ipv4Net]) {
    let (mut missing, others): (Vec<&Subnet>, Vec<&Subnet>) =
        missing.into_iter().partition(|subnet| subnet.cidr.prefix_len() == DEFAULT_SUBNET);
    eni_core::order::sort_by_key(&mut missing, |subnet| Reverse(subnet.cidr));
    let mut held = Vec::new();
    let blocks = vpc.cidrs.iter().filter_map(|block| block.cidr.subnets(DEFAULT_SUBNET).ok()).flatten();
    for block in blocks.filter(|block| !stays.contains(block)) {
        match missing.last() {
            None => break,
            Some(subnet) if subnet.cidr == block => {
                default_subnet(plan, subnet);
                missing.pop();
            }
            Some(_) => {
                let id = format!("subnet that holds {block}");
                let object = Object::new().text("VpcId", vpc.id).text("CidrBlock", block);
                plan.make(&id, ("HOLDS_A_BLOCK", ""), "CreateSubnet", object, "Subnet.SubnetId");
                held.push(id);
            }
        }
    }
    held.iter().for_each(|id| plan.call("DeleteSubnet", Object::new().text("SubnetId", id)));
    missing.iter().rev().chain(&others).for_each(|subnet| default_subnet(plan, subnet));
}

fn default_subnet(plan: &mut Plan<'_>, subnet: &Subnet) {
    let object = Object::new().text("AvailabilityZone", &subnet.zone);
    plan.make(&subnet.id.to_string(), ("SUBNET", name_of(&subnet.tags)), "CreateDefaultSubnet", object, "Subnet.SubnetId");
}

fn attributes(plan: &mut Plan<'_>, subnet: &Subnet, usual: bool) {
    let on = subnet.map_public_ip_on_launch;
    if on != usual {
        let object = Object::new().text("SubnetId", subnet.id).with("MapPublicIpOnLaunch", wrapped(on));
        plan.call("ModifySubnetAttribute", object);
    }
    if let Some(block) = subnet.ipv6_cidr.filter(|_| subnet.default_for_az) {
        plan.call("AssociateSubnetCidrBlock", Object::new().text("SubnetId", subnet.id).text("Ipv6CidrBlock", block.cidr));
    }
}

/// Internet gateways. The default VPC comes with one.
pub(super) fn internet_gateways(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Internet gateways");
    let default = network.default_vpc().map(|vpc| vpc.id);
    let of_default = |gateway: &InternetGateway| default.is_some() && gateway.vpc == default;
    if let Some(vpc) = default {
        let id = vpc.to_string();
        let path = Query::Path("InternetGateways[0].InternetGatewayId");
        let filters = [("attachment.vpc-id", id.as_str())];
        if let Some(gateway) = network.internet_gateways().find(|gateway| of_default(gateway)) {
            plan.find(&gateway.id.to_string(), ("IGW", "default"), "DescribeInternetGateways", &filters, path);
            plan.tags(&gateway.id, &gateway.tags);
        } else {
            let gone = "internet gateway of the default VPC";
            plan.find(gone, ("UNWANTED_IGW", ""), "DescribeInternetGateways", &filters, path);
            plan.call("DetachInternetGateway", Object::new().with("InternetGatewayId", gone).text("VpcId", vpc));
            plan.call("DeleteInternetGateway", Object::new().with("InternetGatewayId", gone));
        }
    }
    for gateway in network.internet_gateways().filter(|gateway| !of_default(gateway)) {
        let object = tagged(Object::new(), &[("internet-gateway", &gateway.tags)]);
        let name = ("IGW", name_of(&gateway.tags));
        plan.make(&gateway.id.to_string(), name, "CreateInternetGateway", object, "InternetGateway.InternetGatewayId");
        if let Some(vpc) = gateway.vpc {
            plan.call("AttachInternetGateway", Object::new().text("InternetGatewayId", gateway.id).text("VpcId", vpc));
        }
    }
}
