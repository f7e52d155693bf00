//! The shapes of describe replies (`J1` to `J11`, `J15`): one table of members for each kind of object, and what writes them.
//!
//! The same tables say what a reply shows, what a document keeps, and which members an import understands.

mod network;
mod nic;
mod security;
mod tables;

use super::describe::Kind;
use super::member::{Member, Presence, Wire};
use super::object::Object;
use super::time::Epoch;
use eni_core::model::Tags;
use eni_core::model::network::Network;
use serde_json::Value;

/// The shape of one kind of object.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The kind.
    pub kind: Kind,
    /// The member of a reply that lists the objects: `NetworkInterfaces`.
    pub list: &'static str,
    /// The member that holds an object's id.
    pub id: &'static str,
    /// The members of an object.
    pub members: &'static [Member],
}

/// Every shape, in the order in which objects depend on one another (`J17`).
pub const SHAPES: &[Shape] = &[
    Shape { kind: Kind::Vpcs, list: "Vpcs", id: "VpcId", members: tables::VPC },
    Shape { kind: Kind::Subnets, list: "Subnets", id: "SubnetId", members: tables::SUBNET },
    Shape { kind: Kind::InternetGateways, list: "InternetGateways", id: "InternetGatewayId", members: tables::INTERNET_GATEWAY },
    Shape { kind: Kind::NatGateways, list: "NatGateways", id: "NatGatewayId", members: tables::NAT_GATEWAY },
    Shape { kind: Kind::VpnGateways, list: "VpnGateways", id: "VpnGatewayId", members: tables::VPN_GATEWAY },
    Shape { kind: Kind::SecurityGroups, list: "SecurityGroups", id: "GroupId", members: tables::GROUP },
    Shape { kind: Kind::SecurityGroupRules, list: "SecurityGroupRules", id: "SecurityGroupRuleId", members: tables::GROUP_RULE },
    Shape { kind: Kind::NetworkAcls, list: "NetworkAcls", id: "NetworkAclId", members: tables::NETWORK_ACL },
    Shape { kind: Kind::RouteTables, list: "RouteTables", id: "RouteTableId", members: tables::ROUTE_TABLE },
    Shape { kind: Kind::NetworkInterfaces, list: "NetworkInterfaces", id: "NetworkInterfaceId", members: tables::INTERFACE },
    Shape { kind: Kind::Addresses, list: "Addresses", id: "AllocationId", members: tables::ADDRESS },
    Shape { kind: Kind::Reservations, list: "Reservations", id: "ReservationId", members: tables::RESERVATION },
];

/// The shape of a kind of object.
pub fn shape(kind: Kind) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.kind == kind)
}

/// Every object of a kind with all that replies and documents say of it.
pub fn write(network: &Network, epoch: Epoch, kind: Kind) -> Vec<Value> {
    let writer = Writer { network, epoch };
    match kind {
        Kind::Vpcs => network.vpcs().map(|vpc| writer.vpc(vpc)).collect(),
        Kind::Subnets => network.subnets().map(|subnet| writer.subnet(subnet)).collect(),
        Kind::InternetGateways => network.internet_gateways().map(|gateway| writer.internet_gateway(gateway)).collect(),
        Kind::NatGateways => network.nat_gateways().map(|gateway| writer.nat_gateway(gateway)).collect(),
        Kind::VpnGateways => network.vpn_gateways().map(|gateway| writer.vpn_gateway(gateway)).collect(),
        Kind::SecurityGroups => network.groups().map(|group| writer.group(group)).collect(),
        Kind::SecurityGroupRules => {
            network.groups().flat_map(|group| group.rules.iter().map(move |rule| writer.group_rule(group.id, rule))).collect()
        }
        Kind::NetworkAcls => network.acls().map(|acl| writer.network_acl(acl)).collect(),
        Kind::RouteTables => network.route_tables().map(|table| writer.route_table(table)).collect(),
        Kind::NetworkInterfaces => network.enis().map(|eni| writer.interface(eni)).collect(),
        Kind::Addresses => network.elastic_ips().map(|eip| writer.address(eip)).collect(),
        Kind::Reservations => writer.reservations(),
    }
}

/// Which members stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// What a describe reply shows.
    Reply,
    /// What a document keeps: each fact once.
    Document,
}

/// Leaves only the members of a form in an object.
pub fn shorten(members: &[Member], form: Form, value: &mut Value) {
    let Value::Object(object) = value else { return };
    object.retain(|name, _| {
        let presence = members.iter().find(|member| member.name == name).map(|member| member.presence);
        !matches!((form, presence), (_, None) | (Form::Reply, Some(Presence::Attribute)) | (Form::Document, Some(Presence::Derived)))
    });
    for member in members {
        if let Some(value) = object.get_mut(member.name) {
            shorten_wire(member.wire, form, value);
        }
    }
}

fn shorten_wire(wire: Wire, form: Form, value: &mut Value) {
    match (wire, value) {
        (Wire::Struct(members), value) => shorten(members, form, value),
        (Wire::List(element), Value::Array(values)) => values.iter_mut().for_each(|value| shorten_wire(*element, form, value)),
        _ => {}
    }
}

/// Writes objects of one network.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    /// The network.
    pub(super) network: &'a Network,
    /// What virtual time counts from.
    pub(super) epoch: Epoch,
}

impl Writer<'_> {
    /// Its account's number as every object shows it.
    fn owner(&self) -> String {
        self.network.account().to_string()
    }

    /// An ARN in this region and account (`I11`).
    fn arn(&self, resource: &str, id: impl std::fmt::Display) -> String {
        format!("arn:aws:ec2:{}:{}:{resource}/{id}", self.network.region(), self.network.account())
    }
}

/// Tags as a list.
pub(super) fn tag_list(tags: &Tags) -> Value {
    tags.iter().map(|(key, value)| Value::from(Object::new().text("Key", key).text("Value", value))).collect()
}
