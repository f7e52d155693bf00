//! Every object of a kind, one after the other, and one by its name.

use super::Writer;
use crate::aws::check::is_id;
use crate::aws::describe::Kind;
use crate::aws::text::{Json, Object};
use eni_core::id::GroupId;
use eni_core::model::Tags;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::security_group::GroupRule;
use eni_core::order::sort_by_key;
use serde_json::Value;
use std::fmt::Display;

impl<'a> Writer<'a> {
    /// Every object of a kind with all that replies and documents say of it, in the order of their ids. They are written as they are asked for.
    /// Instances stand by themselves, with their launch's id and owner.
    pub(in crate::aws) fn each(self, kind: Kind) -> Box<dyn Iterator<Item = Json> + 'a> {
        let network = self.network;
        match kind {
            Kind::Vpcs => Box::new(network.vpcs().map(move |vpc| self.vpc(vpc))),
            Kind::Subnets => Box::new(network.subnets().map(move |subnet| self.subnet(subnet))),
            Kind::InternetGateways => Box::new(network.internet_gateways().map(move |gateway| self.internet_gateway(gateway))),
            Kind::NatGateways => Box::new(network.nat_gateways().map(move |gateway| self.nat_gateway(gateway))),
            Kind::EgressOnlyInternetGateways => {
                Box::new(network.egress_only_gateways().map(move |gateway| self.egress_only_gateway(gateway)))
            }
            Kind::CustomerGateways => Box::new(network.customer_gateways().map(move |gateway| self.customer_gateway(gateway))),
            Kind::VpnConnections => Box::new(network.vpn_connections().map(move |connection| self.vpn_connection(connection))),
            Kind::VpnGateways => Box::new(network.vpn_gateways().map(move |gateway| self.vpn_gateway(gateway))),
            Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations => Box::new(self.reservations(kind).into_iter()),
            Kind::VpcEndpoints => Box::new(network.endpoints().map(move |endpoint| self.endpoint(endpoint))),
            Kind::VpcEndpointServices => Box::new(self.endpoint_services().into_iter()),
            Kind::FlowLogs => Box::new(network.flow_logs().map(move |log| self.flow_log(log))),
            Kind::VpcPeeringConnections => Box::new(network.peerings().map(move |peering| self.peering(peering))),
            Kind::SecurityGroups => Box::new(network.groups().map(move |group| self.group(group))),
            Kind::SecurityGroupRules => {
                let mut rules: Vec<(GroupId, &GroupRule)> =
                    network.groups().flat_map(|group| group.rules.iter().map(|rule| (group.id, rule))).collect();
                sort_by_key(&mut rules, |(_, rule)| rule.id);
                Box::new(rules.into_iter().map(move |(group, rule)| self.group_rule(group, rule)))
            }
            Kind::ManagedPrefixLists => Box::new(network.prefix_lists().map(move |list| self.prefix_list(list))),
            Kind::PrefixLists => {
                Box::new(network.prefix_lists().filter(|list| list.by_aws).map(move |list| self.service_prefix_list(list)))
            }
            Kind::PrefixListEntries
            | Kind::SecurityGroupReferences
            | Kind::StaleSecurityGroups
            | Kind::ServiceQuotas
            | Kind::DefaultServiceQuotas => Box::new(std::iter::empty()),
            Kind::NetworkAcls => Box::new(network.acls().map(move |acl| self.network_acl(acl))),
            Kind::RouteTables => Box::new(network.route_tables().map(move |table| self.route_table(table))),
            Kind::NetworkInterfaces => Box::new(network.enis().map(move |eni| self.interface(eni))),
            Kind::Addresses => Box::new(network.elastic_ips().map(move |eip| self.address(eip))),
            Kind::Reservations => Box::new(network.instances().map(move |instance| self.launched(instance))),
            Kind::InstanceStatuses => Box::new(network.instances().map(move |instance| self.instance_status(instance))),
            Kind::Tags => Box::new(self.tags().into_iter()),
            Kind::AvailabilityZones => Box::new(network.zones().iter().map(move |zone| self.zone(zone))),
            Kind::InstanceTypes => Box::new(InstanceType::all().map(instance_type)),
            Kind::AccountAttributes => Box::new(self.account_attributes().into_iter()),
        }
    }

    /// The object of a kind with this id, or another name that its describe call takes.
    pub(in crate::aws) fn one(self, kind: Kind, name: &str) -> Option<Json> {
        let network = self.network;
        match kind {
            Kind::Vpcs => network.vpc(name.parse().ok()?).map(|vpc| self.vpc(vpc)),
            Kind::Subnets => network.subnet(name.parse().ok()?).map(|subnet| self.subnet(subnet)),
            Kind::InternetGateways => network.internet_gateway(name.parse().ok()?).map(|gateway| self.internet_gateway(gateway)),
            Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations => {
                network.reservation(name.parse().ok()?).map(|reservation| self.reservation(reservation))
            }
            Kind::VpcEndpoints => network.endpoint(name.parse().ok()?).map(|endpoint| self.endpoint(endpoint)),
            Kind::FlowLogs => network.flow_log(name.parse().ok()?).map(|log| self.flow_log(log)),
            Kind::VpcPeeringConnections => network.peering(name.parse().ok()?).map(|peering| self.peering(peering)),
            Kind::ManagedPrefixLists => network.prefix_list(name.parse().ok()?).map(|list| self.prefix_list(list)),
            Kind::NetworkAcls => network.acl(name.parse().ok()?).map(|acl| self.network_acl(acl)),
            Kind::RouteTables => network.route_table(name.parse().ok()?).map(|table| self.route_table(table)),
            Kind::NetworkInterfaces => network.eni(name.parse().ok()?).map(|eni| self.interface(eni)),
            Kind::Reservations => network.instance(name.parse().ok()?).map(|instance| self.launched(instance)),
            Kind::InstanceStatuses => network.instance(name.parse().ok()?).map(|instance| self.instance_status(instance)),
            Kind::InstanceTypes => InstanceType::find(name).map(instance_type),
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
            | Kind::SecurityGroupReferences
            | Kind::StaleSecurityGroups
            | Kind::Tags
            | Kind::VpcEndpointServices
            | Kind::AvailabilityZones
            | Kind::ServiceQuotas
            | Kind::DefaultServiceQuotas
            | Kind::AccountAttributes => {
                let is = |object: &Value, member| object.get(member).and_then(Value::as_str) == Some(name);
                let id = super::shape(kind).map_or("", |shape| shape.id);
                self.each(kind).find(|object| {
                    let object = object.value();
                    is(&object, id) || is(&object, "ZoneId")
                })
            }
        }
    }

    /// The tags of everything, by the ids of resources and then by key.
    fn tags(self) -> Vec<Json> {
        let network = self.network;
        let mut all = Vec::new();
        network.acls().for_each(|it| tagged(&mut all, &it.id, "network-acl", &it.tags));
        network.customer_gateways().for_each(|it| tagged(&mut all, &it.id, "customer-gateway", &it.tags));
        network.egress_only_gateways().for_each(|it| tagged(&mut all, &it.id, "egress-only-internet-gateway", &it.tags));
        network.elastic_ips().for_each(|it| tagged(&mut all, &it.allocation, "elastic-ip", &it.tags));
        network.enis().for_each(|it| tagged(&mut all, &it.id, "network-interface", &it.tags));
        network.instances().for_each(|it| tagged(&mut all, &it.id, "instance", &it.tags));
        network.internet_gateways().for_each(|it| tagged(&mut all, &it.id, "internet-gateway", &it.tags));
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
        let object = Object::new().with("NetworkCardIndex", at).with("MaximumNetworkInterfaces", kind.max_enis_on_card(at));
        Json::from(object)
    };
    let timeouts = Object::new().with("DefaultTcpEstablishedTimeout", kind.tcp_established_secs());
    let network = Object::new()
        .with("MaximumNetworkInterfaces", kind.max_enis())
        .with("Ipv4AddressesPerInterface", kind.ipv4_per_eni())
        .with("Ipv6AddressesPerInterface", kind.ipv6_per_eni())
        .with("Ipv6Supported", kind.ipv6_per_eni() > 0)
        .with("MaximumNetworkCards", kind.network_cards())
        .with("DefaultNetworkCardIndex", 0)
        .list("NetworkCards", (0..kind.network_cards()).map(card))
        .with("ConnectionTrackingConfiguration", timeouts.with("DefaultUdpStreamTimeout", 180).with("DefaultUdpTimeout", 30));
    Object::new().with("InstanceType", kind.name()).with("NetworkInfo", network).into()
}
