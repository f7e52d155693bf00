//! Every object of a kind, one after the other, and one by its name.

use super::Writer;
use super::image::{image_of_id, images};
use super::load_balancer::id_of_arn;
use crate::aws::check::is_id;
use crate::aws::kind::Kind;
use crate::aws::text::{Json, Object};
use eni_core::id::GroupId;
use eni_core::model::Tags;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::security_group::GroupRule;
use eni_core::order::sort_by_key;
use serde_json::Value;
use std::fmt::Display;

/// How an object is written, with whichever of its members.
pub(in crate::aws) type Written<'w, 'a> = &'w dyn Fn(Writer<'a>) -> Json;

impl<'a> Writer<'a> {
    /// Shows every object of a kind to `see`, in the order of their ids, until that answers that it has seen enough.
    /// Instances stand by themselves, with their launch's id and owner. Of those kinds of which there are thousands, what does not come `after` an id is
    /// passed over at once; of the others it is shown, too.
    #[rustfmt::skip]
    pub(in crate::aws) fn each(self, kind: Kind, after: Option<&str>, see: &mut dyn FnMut(Written<'_, 'a>) -> bool) {
        let network = self.network;
        let mut made = |all: Vec<Json>| all.iter().all(|one| see(&|_| one.clone()));
        _ = match kind {
            Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations => made(self.reservations(kind)),
            Kind::VpcEndpointServices => made(self.endpoint_services()),
            Kind::Tags => made(self.tags()),
            Kind::AccountAttributes => made(self.account_attributes()),
            Kind::Regions => made(self.regions()),
            Kind::Images => made(images()),
            Kind::SpotInstanceRequests => made(self.spot_requests()),
            Kind::PrefixListEntries | Kind::PrefixListAssociations => true,
            Kind::SecurityGroupsForVpc | Kind::SecurityGroupReferences | Kind::StaleSecurityGroups => true,
            Kind::ServiceQuotas | Kind::DefaultServiceQuotas | Kind::CallerIdentity => true,
            Kind::HostedZone | Kind::ResourceRecordSets | Kind::HostedZonesOfVpc | Kind::DnsChange => true,
            Kind::Listeners | Kind::LoadBalancerAttributes | Kind::TargetGroupAttributes | Kind::TargetHealth => true,
            Kind::LoadBalancers => network.load_balancers().all(|it| see(&|writer| writer.load_balancer(it))),
            Kind::TargetGroups => network.target_groups().all(|it| see(&|writer| writer.target_group(it))),
            Kind::Function | Kind::FunctionConfiguration | Kind::MountTargetGroups => true,
            Kind::Functions => network.functions().all(|it| see(&|writer| writer.function(it))),
            Kind::FileSystems => network.file_systems().all(|it| see(&|writer| writer.file_system(it))),
            Kind::MountTargets => network.mount_targets().all(|it| see(&|writer| writer.mount_target(it))),
            Kind::LogGroups => network.log_groups().all(|it| see(&|writer| writer.log_group(it))),
            Kind::Alarms => network.alarms().all(|it| see(&|writer| writer.alarm(it))),
            Kind::TransitGatewayRoutes | Kind::TransitGatewayAttachmentPropagations => true,
            Kind::TransitGatewayRouteTableAssociations | Kind::TransitGatewayRouteTablePropagations => true,
            Kind::TransitGateways => network.transit_gateways().all(|it| see(&|writer| writer.transit_gateway(it))),
            Kind::TransitGatewayRouteTables => network.transit_tables().all(|it| see(&|writer| writer.transit_table(it))),
            Kind::TransitGatewayVpcAttachments => network.transit_attachments().all(|it| see(&|writer| writer.transit_vpc_attachment(it))),
            Kind::TransitGatewayAttachments => network.transit_attachments().all(|it| see(&|writer| writer.transit_attachment(it))),
            Kind::HostedZones => network.hosted_zones().all(|it| see(&|writer| writer.hosted_zone(it))),
            Kind::Vpcs => network.vpcs().all(|it| see(&|writer| writer.vpc(it))),
            Kind::DhcpOptions => network.dhcp_option_sets().all(|it| see(&|writer| writer.dhcp_options(it))),
            Kind::Subnets => network.subnets().all(|it| see(&|writer| writer.subnet(it))),
            Kind::InternetGateways => network.internet_gateways().all(|it| see(&|writer| writer.internet_gateway(it))),
            Kind::NatGateways => network.nat_gateways().all(|it| see(&|writer| writer.nat_gateway(it))),
            Kind::EgressOnlyInternetGateways => network.egress_only_gateways().all(|it| see(&|writer| writer.egress_only_gateway(it))),
            Kind::CustomerGateways => network.customer_gateways().all(|it| see(&|writer| writer.customer_gateway(it))),
            Kind::VpnConnections => network.vpn_connections().all(|it| see(&|writer| writer.vpn_connection(it))),
            Kind::VpnGateways => network.vpn_gateways().all(|it| see(&|writer| writer.vpn_gateway(it))),
            Kind::VpcEndpoints => network.endpoints().all(|it| see(&|writer| writer.endpoint(it))),
            Kind::FlowLogs => network.flow_logs().all(|it| see(&|writer| writer.flow_log(it))),
            Kind::KeyPairs => network.key_pairs().all(|it| see(&|writer| writer.key_pair(it))),
            Kind::VpcPeeringConnections => network.peerings().all(|it| see(&|writer| writer.peering(it))),
            Kind::SecurityGroups => network.groups().all(|it| see(&|writer| writer.group(it))),
            Kind::SecurityGroupRules => {
                let mut rules: Vec<(GroupId, &GroupRule)> =
                    network.groups().flat_map(|group| group.rules.iter().map(|rule| (group.id, rule))).collect();
                sort_by_key(&mut rules, |(_, rule)| rule.id);
                rules.into_iter().all(|(group, rule)| see(&|writer| writer.group_rule(group, rule)))
            }
            Kind::ManagedPrefixLists => network.prefix_lists().all(|it| see(&|writer| writer.prefix_list(it))),
            Kind::PrefixLists => {
                network.prefix_lists().filter(|list| list.by_aws).all(|it| see(&|writer| writer.service_prefix_list(it)))
            }
            Kind::NetworkAcls => network.acls().all(|it| see(&|writer| writer.network_acl(it))),
            Kind::RouteTables => network.route_tables().all(|it| see(&|writer| writer.route_table(it))),
            Kind::NetworkInterfaces => match after.and_then(|id| id.parse().ok()) {
                Some(id) => network.enis_after(id).all(|it| see(&|writer| writer.interface(it))),
                None => network.enis().all(|it| see(&|writer| writer.interface(it))),
            },
            Kind::Addresses => network.elastic_ips().all(|it| see(&|writer| writer.address(it))),
            Kind::Reservations => match after.and_then(|id| id.parse().ok()) {
                Some(id) => network.instances_after(id).all(|it| see(&|writer| writer.launched(it))),
                None => network.instances().all(|it| see(&|writer| writer.launched(it))),
            },
            Kind::InstanceStatuses => network.instances().all(|it| see(&|writer| writer.instance_status(it))),
            Kind::AvailabilityZones => network.zones().iter().all(|it| see(&|writer| writer.zone(it))),
            Kind::InstanceTypes => InstanceType::all().all(|it| see(&|_| instance_type(it))),
        };
    }

    /// The object of a kind with this id, or another name that its describe call takes.
    pub(in crate::aws) fn one(self, kind: Kind, name: &str) -> Option<Json> {
        let network = self.network;
        match kind {
            Kind::Vpcs => network.vpc(name.parse().ok()?).map(|vpc| self.vpc(vpc)),
            Kind::DhcpOptions => network.dhcp_options(name.parse().ok()?).map(|set| self.dhcp_options(set)),
            Kind::Subnets => network.subnet(name.parse().ok()?).map(|subnet| self.subnet(subnet)),
            Kind::InternetGateways => network.internet_gateway(name.parse().ok()?).map(|gateway| self.internet_gateway(gateway)),
            Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations => {
                network.reservation(name.parse().ok()?).map(|reservation| self.reservation(reservation))
            }
            Kind::LoadBalancers => {
                id_of_arn("loadbalancer", name).and_then(|id| network.load_balancer(id)).map(|one| self.load_balancer(one))
            }
            Kind::TargetGroups => id_of_arn("targetgroup", name).and_then(|id| network.target_group(id)).map(|one| self.target_group(one)),
            Kind::Listeners | Kind::LoadBalancerAttributes | Kind::TargetGroupAttributes | Kind::TargetHealth => None,
            Kind::LogGroups => network.log_group(name).map(|group| self.log_group(group)),
            Kind::Alarms => network.alarm(name).map(|alarm| self.alarm(alarm)),
            Kind::HostedZones => network.hosted_zone(name.parse().ok()?).map(|zone| self.hosted_zone(zone)),
            Kind::Functions => network.function(name).map(|function| self.function(function)),
            Kind::FileSystems => network.file_system(name.parse().ok()?).map(|system| self.file_system(system)),
            Kind::MountTargets => network.mount_target(name.parse().ok()?).map(|target| self.mount_target(target)),
            Kind::Function | Kind::FunctionConfiguration | Kind::MountTargetGroups => None,
            Kind::HostedZone | Kind::ResourceRecordSets | Kind::HostedZonesOfVpc | Kind::DnsChange => None,
            Kind::VpcEndpoints => network.endpoint(name.parse().ok()?).map(|endpoint| self.endpoint(endpoint)),
            Kind::FlowLogs => network.flow_log(name.parse().ok()?).map(|log| self.flow_log(log)),
            Kind::KeyPairs => {
                let by_name = || network.key_pair_by_name(name);
                name.parse().ok().and_then(|id| network.key_pair(id)).or_else(by_name).map(|pair| self.key_pair(pair))
            }
            Kind::TransitGateways => network.transit_gateway(name.parse().ok()?).map(|it| self.transit_gateway(it)),
            Kind::TransitGatewayRouteTables => network.transit_table(name.parse().ok()?).map(|it| self.transit_table(it)),
            Kind::TransitGatewayVpcAttachments => network.transit_attachment(name.parse().ok()?).map(|it| self.transit_vpc_attachment(it)),
            Kind::TransitGatewayAttachments => network.transit_attachment(name.parse().ok()?).map(|it| self.transit_attachment(it)),
            Kind::VpcPeeringConnections => network.peering(name.parse().ok()?).map(|peering| self.peering(peering)),
            Kind::ManagedPrefixLists => network.prefix_list(name.parse().ok()?).map(|list| self.prefix_list(list)),
            Kind::NetworkAcls => network.acl(name.parse().ok()?).map(|acl| self.network_acl(acl)),
            Kind::RouteTables => network.route_table(name.parse().ok()?).map(|table| self.route_table(table)),
            Kind::NetworkInterfaces => network.eni(name.parse().ok()?).map(|eni| self.interface(eni)),
            Kind::Reservations => network.instance(name.parse().ok()?).map(|instance| self.launched(instance)),
            Kind::InstanceStatuses => network.instance(name.parse().ok()?).map(|instance| self.instance_status(instance)),
            Kind::InstanceTypes => InstanceType::find(name).map(instance_type),
            Kind::Images => image_of_id(name),
            Kind::SpotInstanceRequests => self.spot_request_of_id(name),
            Kind::SecurityGroups if is_id("sg", name) => network.group(name.parse().ok()?).map(|group| self.group(group)),
            Kind::SecurityGroups => {
                let vpc = network.default_vpc()?;
                network.group_by_name(vpc.id, name).map(|group| self.group(group))
            }
            Kind::SecurityGroupRules => {
                let id = name.parse().ok()?;
                let group = network.group_of_rule(id)?;
                group.rule(id).map(|rule| self.group_rule(group.id, rule))
            }
            Kind::Addresses => {
                let by_address = || network.elastic_ip_by_address(name.parse().ok()?);
                let found = name.parse().ok().and_then(|id| network.elastic_ip(id)).or_else(by_address);
                found.map(|eip| self.address(eip))
            }
            Kind::NatGateways => network.nat_gateway(name.parse().ok()?).map(|gateway| self.nat_gateway(gateway)),
            Kind::EgressOnlyInternetGateways => {
                network.egress_only_gateway(name.parse().ok()?).map(|gateway| self.egress_only_gateway(gateway))
            }
            Kind::CustomerGateways => network.customer_gateway(name.parse().ok()?).map(|gateway| self.customer_gateway(gateway)),
            Kind::VpnConnections => network.vpn_connection(name.parse().ok()?).map(|connection| self.vpn_connection(connection)),
            Kind::VpnGateways => network.vpn_gateway(name.parse().ok()?).map(|gateway| self.vpn_gateway(gateway)),
            Kind::PrefixLists
            | Kind::PrefixListEntries
            | Kind::PrefixListAssociations
            | Kind::SecurityGroupsForVpc
            | Kind::SecurityGroupReferences
            | Kind::StaleSecurityGroups
            | Kind::TransitGatewayRoutes
            | Kind::TransitGatewayRouteTableAssociations
            | Kind::TransitGatewayRouteTablePropagations
            | Kind::TransitGatewayAttachmentPropagations
            | Kind::Tags
            | Kind::VpcEndpointServices
            | Kind::AvailabilityZones
            | Kind::ServiceQuotas
            | Kind::DefaultServiceQuotas
            | Kind::CallerIdentity
            | Kind::Regions
            | Kind::AccountAttributes => {
                let id = super::shape(kind).map_or("", |shape| shape.id);
                let mut found = None;
                self.each(kind, None, &mut |written| {
                    found = Some(written(self)).filter(|object| object.text_of(id) == name || object.text_of("ZoneId") == name);
                    found.is_none()
                });
                found
            }
        }
    }

    /// The tags of everything, by the ids of resources and then by key.
    fn tags(self) -> Vec<Json> {
        let network = self.network;
        let mut all = Vec::new();
        network.acls().for_each(|it| tagged(&mut all, &it.id, "network-acl", &it.tags));
        network.dhcp_option_sets().for_each(|it| tagged(&mut all, &it.id, "dhcp-options", &it.tags));
        network.customer_gateways().for_each(|it| tagged(&mut all, &it.id, "customer-gateway", &it.tags));
        network.egress_only_gateways().for_each(|it| tagged(&mut all, &it.id, "egress-only-internet-gateway", &it.tags));
        network.elastic_ips().for_each(|it| tagged(&mut all, &it.allocation, "elastic-ip", &it.tags));
        network.enis().for_each(|it| tagged(&mut all, &it.id, "network-interface", &it.tags));
        network.instances().for_each(|it| tagged(&mut all, &it.id, "instance", &it.tags));
        network.internet_gateways().for_each(|it| tagged(&mut all, &it.id, "internet-gateway", &it.tags));
        network.key_pairs().for_each(|it| tagged(&mut all, &it.id, "key-pair", &it.tags));
        network.nat_gateways().for_each(|it| tagged(&mut all, &it.id, "natgateway", &it.tags));
        network.prefix_lists().for_each(|it| tagged(&mut all, &it.id, "prefix-list", &it.tags));
        network.route_tables().for_each(|it| tagged(&mut all, &it.id, "route-table", &it.tags));
        network.groups().for_each(|it| tagged(&mut all, &it.id, "security-group", &it.tags));
        let mut rules: Vec<&GroupRule> =
            network.groups().flat_map(|group| group.rules.iter().filter(|rule| !rule.tags.is_empty())).collect();
        sort_by_key(&mut rules, |rule| rule.id);
        rules.into_iter().for_each(|it| tagged(&mut all, &it.id, "security-group-rule", &it.tags));
        network.reservations().for_each(|it| tagged(&mut all, &it.id, "subnet-cidr-reservation", &it.tags));
        network.subnets().for_each(|it| tagged(&mut all, &it.id, "subnet", &it.tags));
        network.transit_gateways().for_each(|it| tagged(&mut all, &it.id, "transit-gateway", &it.tags));
        network.transit_attachments().for_each(|it| tagged(&mut all, &it.id, "transit-gateway-attachment", &it.tags));
        network.transit_tables().for_each(|it| tagged(&mut all, &it.id, "transit-gateway-route-table", &it.tags));
        network.vpn_connections().for_each(|it| tagged(&mut all, &it.id, "vpn-connection", &it.tags));
        network.vpn_gateways().for_each(|it| tagged(&mut all, &it.id, "vpn-gateway", &it.tags));
        network.endpoints().for_each(|it| tagged(&mut all, &it.id, "vpc-endpoint", &it.tags));
        network.flow_logs().for_each(|it| tagged(&mut all, &it.id, "vpc-flow-log", &it.tags));
        network.peerings().for_each(|it| tagged(&mut all, &it.id, "vpc-peering-connection", &it.tags));
        network.vpcs().for_each(|it| tagged(&mut all, &it.id, "vpc", &it.tags));
        all
    }

    fn account_attributes(self) -> Vec<Json> {
        let default = self.network.default_vpc().map_or_else(|| "none".to_owned(), |vpc| vpc.id.to_string());
        let quotas = self.network.quotas();
        let attribute = |name: &str, value: String| {
            let values = vec![Json::from(Object::new().with("AttributeValue", value))];
            Object::new().with("AttributeName", name).with("AttributeValues", values).into()
        };
        vec![
            attribute("default-vpc", default),
            attribute("supported-platforms", "VPC".to_owned()),
            attribute("vpc-max-elastic-ips", quotas.elastic_ips.to_string()),
            attribute("vpc-max-security-groups-per-interface", quotas.groups_per_eni.to_string()),
        ]
    }
}

fn tagged(all: &mut Vec<Json>, id: &dyn Display, kind: &str, tags: &Tags) {
    for (key, value) in tags {
        let tag = Object::new().with("ResourceId", id.to_string()).with("ResourceType", kind);
        all.push(tag.with("Key", key.as_str()).with("Value", value.as_str()).into());
    }
}

/// What an instance type takes (`J16`).
fn instance_type(kind: InstanceType) -> Json {
    let card = |at: u16| {
        // Of several cards the word is that of all of them.
        let word = kind.network_performance().filter(|_| kind.network_cards() == 1);
        let object = Object::new().with("NetworkCardIndex", at).maybe("NetworkPerformance", word);
        let object = object.with("MaximumNetworkInterfaces", kind.max_enis_on_card(at));
        let gigabits = |megabits: u32| Value::from(f64::from(megabits) / 1_000.0);
        let (baseline, peak) = kind.card_bandwidth().map(|(least, most)| (gigabits(least), gigabits(most))).unzip();
        Json::from(object.maybe("BaselineBandwidthInGbps", baseline).maybe("PeakBandwidthInGbps", peak))
    };
    let timeouts = Object::new().with("DefaultTcpEstablishedTimeout", kind.tcp_established_secs());
    let network = Object::new()
        .maybe("NetworkPerformance", kind.network_performance())
        .with("MaximumNetworkInterfaces", kind.max_enis())
        .with("Ipv4AddressesPerInterface", kind.ipv4_per_eni())
        .with("Ipv6AddressesPerInterface", kind.ipv6_per_eni())
        .with("Ipv6Supported", kind.ipv6_per_eni() > 0)
        .with("EnaSupport", kind.ena_support())
        .with("EfaSupported", kind.has_efa())
        .with("MaximumNetworkCards", kind.network_cards())
        .with("DefaultNetworkCardIndex", 0)
        .list("NetworkCards", (0..kind.network_cards()).map(card))
        .with("ConnectionTrackingConfiguration", timeouts.with("DefaultUdpStreamTimeout", 180).with("DefaultUdpTimeout", 30));
    Object::new().with("InstanceType", kind.name()).with("NetworkInfo", network).into()
}
