//! The shapes of describe replies (`J1` to `J11`, `J15`): one table of members for each kind of object, and what writes them.
//!
//! The same tables say what a reply shows, what a document keeps, and which members an import understands.

pub(in crate::aws) mod alarm;
mod dhcp_options;
mod each;
mod endpoint;
mod filters;
mod flow_log;
mod function;
pub(in crate::aws) mod hosted_zone;
mod image;
mod key_pair;
pub(in crate::aws) mod load_balancer;
mod log_group;
mod nat_gateway;
pub(in crate::aws) mod network;
mod nic;
mod peering;
mod prefix_list;
mod quota;
mod region;
mod replies;
mod reservation;
mod security;
mod spot;
mod status;
mod tables;
mod transit;
mod vpn;
mod zone;

pub(in crate::aws) use each::Written;
pub(crate) use flow_log::flow_files;
pub(in crate::aws) use image::{AMAZON, image_of_parameter, root_device};
pub(super) use key_pair::no_key;
pub(crate) use load_balancer::{balancer_arn, complete_arns, id_of_arn, listener_arn, target_group_arn};
pub(in crate::aws) use nat_gateway::nat_gateway_address;

pub(in crate::aws) use log_group::LOG_GROUP;
pub(crate) use nic::market as spot_market;
pub(in crate::aws) use nic::metadata_options;
pub(in crate::aws) use quota::quota_of;
pub use replies::{REPLY_MEMBERS, REPLY_ORDERS};
pub(crate) use replies::{reply_member, reply_order};
pub(in crate::aws) use transit::ROUTE_FILTERS as TRANSIT_ROUTE_FILTERS;
pub(crate) use zone::zone_id_of;

use super::kind::Kind;
use super::member::{Member, Presence, Wire};
use super::text::{Json, Object, Wanted};
use super::time::Epoch;
use eni_core::id::ReservationId;
use eni_core::model::AccountId;
use eni_core::model::network::Network;
use eni_core::model::prefix_list::lists_of_aws;
use eni_core::table::Table;
use serde_json::Value;
use std::cell::Cell;
use zone::RegionCode;

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
    /// The filters of its describe call, as `aws::filter` reads them.
    pub filters: &'static str,
}

impl Shape {
    const fn new(kind: Kind, list: &'static str, id: &'static str, members: &'static [Member], filters: &'static str) -> Shape {
        Shape { kind, list, id, members, filters }
    }

    /// The members of an object as [`Writer::each`] writes it: for launches, those of an instance.
    pub(crate) fn own_members(&self) -> &'static [Member] {
        if self.kind == Kind::Reservations { tables::INSTANCE } else { self.members }
    }
}

/// Every shape of what stands in a document, in the order in which objects depend on one another (`J17`).
#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    Shape::new(Kind::Vpcs, "Vpcs", "VpcId", tables::VPC, filters::VPC),
    Shape::new(Kind::DhcpOptions, "DhcpOptions", "DhcpOptionsId", dhcp_options::DHCP_OPTIONS, dhcp_options::FILTERS),
    Shape::new(Kind::Subnets, "Subnets", "SubnetId", tables::SUBNET, filters::SUBNET),
    Shape::new(
        Kind::SubnetIpv4Reservations, "SubnetIpv4CidrReservations", "SubnetCidrReservationId", reservation::RESERVATION, reservation::FILTERS,
    ),
    Shape::new(
        Kind::SubnetIpv6Reservations, "SubnetIpv6CidrReservations", "SubnetCidrReservationId", reservation::RESERVATION, reservation::FILTERS,
    ),
    Shape::new(Kind::InternetGateways, "InternetGateways", "InternetGatewayId", tables::INTERNET_GATEWAY, filters::INTERNET_GATEWAY),
    Shape::new(
        Kind::EgressOnlyInternetGateways, "EgressOnlyInternetGateways", "EgressOnlyInternetGatewayId", tables::EGRESS_ONLY_GATEWAY,
        filters::EGRESS_ONLY_GATEWAY,
    ),
    Shape::new(Kind::NatGateways, "NatGateways", "NatGatewayId", tables::NAT_GATEWAY, filters::NAT_GATEWAY),
    Shape::new(Kind::VpnGateways, "VpnGateways", "VpnGatewayId", tables::VPN_GATEWAY, filters::VPN_GATEWAY),
    Shape::new(Kind::CustomerGateways, "CustomerGateways", "CustomerGatewayId", tables::CUSTOMER_GATEWAY, filters::CUSTOMER_GATEWAY),
    Shape::new(Kind::VpnConnections, "VpnConnections", "VpnConnectionId", tables::VPN_CONNECTION, filters::VPN_CONNECTION),
    Shape::new(Kind::VpcPeeringConnections, "VpcPeeringConnections", "VpcPeeringConnectionId", peering::PEERING, peering::FILTERS),
    Shape::new(Kind::SecurityGroups, "SecurityGroups", "GroupId", tables::GROUP, filters::GROUP),
    Shape::new(Kind::SecurityGroupRules, "SecurityGroupRules", "SecurityGroupRuleId", tables::GROUP_RULE, filters::GROUP_RULE),
    Shape::new(Kind::ManagedPrefixLists, "PrefixLists", "PrefixListId", tables::PREFIX_LIST, filters::MANAGED_PREFIX_LIST),
    Shape::new(Kind::NetworkAcls, "NetworkAcls", "NetworkAclId", tables::NETWORK_ACL, filters::NETWORK_ACL),
    Shape::new(Kind::RouteTables, "RouteTables", "RouteTableId", tables::ROUTE_TABLE, filters::ROUTE_TABLE),
    Shape::new(Kind::NetworkInterfaces, "NetworkInterfaces", "NetworkInterfaceId", tables::INTERFACE, filters::INTERFACE),
    Shape::new(Kind::VpcEndpoints, "VpcEndpoints", "VpcEndpointId", endpoint::ENDPOINT, endpoint::FILTERS),
    Shape::new(Kind::TargetGroups, "TargetGroups", "TargetGroupArn", load_balancer::TARGET_GROUP, ""),
    Shape::new(Kind::LoadBalancers, "LoadBalancers", "LoadBalancerArn", load_balancer::LOAD_BALANCER, ""),
    Shape::new(Kind::TransitGateways, "TransitGateways", "TransitGatewayId", transit::GATEWAY, transit::GATEWAY_FILTERS),
    Shape::new(
        Kind::TransitGatewayRouteTables, "TransitGatewayRouteTables", "TransitGatewayRouteTableId", transit::TABLE, transit::TABLE_FILTERS,
    ),
    Shape::new(
        Kind::TransitGatewayVpcAttachments, "TransitGatewayVpcAttachments", "TransitGatewayAttachmentId", transit::VPC_ATTACHMENT,
        transit::VPC_ATTACHMENT_FILTERS,
    ),
    Shape::new(Kind::FlowLogs, "FlowLogs", "FlowLogId", flow_log::FLOW_LOG, flow_log::FILTERS),
    Shape::new(Kind::Addresses, "Addresses", "AllocationId", tables::ADDRESS, filters::ADDRESS),
    Shape::new(Kind::Functions, "Functions", "FunctionName", function::FUNCTION, ""),
    Shape::new(Kind::FileSystems, "FileSystems", "FileSystemId", function::FILE_SYSTEM, ""),
    Shape::new(Kind::MountTargets, "MountTargets", "MountTargetId", function::MOUNT_TARGET, ""),
    Shape::new(Kind::HostedZones, "HostedZones", "Id", hosted_zone::HOSTED_ZONE, ""),
    Shape::new(Kind::LogGroups, "logGroups", "logGroupName", LOG_GROUP, ""),
    Shape::new(Kind::Alarms, "MetricAlarms", "AlarmName", alarm::METRIC_ALARM, ""),
    Shape::new(Kind::KeyPairs, "KeyPairs", "KeyPairId", key_pair::KEY_PAIR, key_pair::FILTERS),
    Shape::new(Kind::Reservations, "Reservations", "ReservationId", tables::RESERVATION, filters::INSTANCE),
];

/// The shapes of what follows from the rest, or is the same for everybody: replies show them, documents do not keep them.
pub const DERIVED: &[Shape] = &[
    Shape::new(Kind::HostedZone, "HostedZone", "Id", hosted_zone::HOSTED_ZONE, ""),
    Shape::new(Kind::ResourceRecordSets, "ResourceRecordSets", "Name", hosted_zone::RECORD_SET, ""),
    Shape::new(Kind::HostedZonesOfVpc, "HostedZoneSummaries", "HostedZoneId", hosted_zone::ZONE_OF_VPC, ""),
    Shape::new(Kind::Listeners, "Listeners", "ListenerArn", load_balancer::LISTENER, ""),
    Shape::new(Kind::TargetHealth, "TargetHealthDescriptions", "HealthCheckPort", load_balancer::TARGET_HEALTH, ""),
    Shape::new(Kind::PrefixLists, "PrefixLists", "PrefixListId", tables::SERVICE_PREFIX_LIST, filters::PREFIX_LIST),
    Shape::new(Kind::PrefixListEntries, "Entries", "Cidr", tables::PREFIX_LIST_ENTRY, ""),
    Shape::new(Kind::PrefixListAssociations, "PrefixListAssociations", "ResourceId", tables::PREFIX_LIST_ASSOCIATION, ""),
    Shape::new(
        Kind::TransitGatewayAttachments,
        "TransitGatewayAttachments",
        "TransitGatewayAttachmentId",
        transit::ATTACHMENT,
        transit::ATTACHMENT_FILTERS,
    ),
    Shape::new(Kind::TransitGatewayRoutes, "Routes", "DestinationCidrBlock", transit::ROUTE, transit::ROUTE_FILTERS),
    Shape::new(
        Kind::TransitGatewayRouteTableAssociations,
        "Associations",
        "TransitGatewayAttachmentId",
        transit::TIED,
        transit::TIED_FILTERS,
    ),
    Shape::new(
        Kind::TransitGatewayRouteTablePropagations,
        "TransitGatewayRouteTablePropagations",
        "TransitGatewayAttachmentId",
        transit::TIED,
        transit::TIED_FILTERS,
    ),
    Shape::new(
        Kind::TransitGatewayAttachmentPropagations,
        "TransitGatewayAttachmentPropagations",
        "TransitGatewayRouteTableId",
        transit::FILLED,
        transit::FILLED_FILTERS,
    ),
    Shape::new(Kind::SecurityGroupsForVpc, "SecurityGroupForVpcs", "GroupId", tables::GROUP_FOR_VPC, filters::GROUP_FOR_VPC),
    Shape::new(Kind::SecurityGroupReferences, "SecurityGroupReferenceSet", "GroupId", tables::GROUP_REFERENCE, ""),
    Shape::new(Kind::StaleSecurityGroups, "StaleSecurityGroupSet", "GroupId", tables::STALE_GROUP, ""),
    Shape::new(Kind::InstanceStatuses, "InstanceStatuses", "InstanceId", status::STATUS, status::FILTERS),
    Shape::new(Kind::Tags, "Tags", "ResourceId", tables::TAGGED, filters::TAGGED),
    Shape::new(Kind::AvailabilityZones, "AvailabilityZones", "ZoneName", tables::ZONE, filters::ZONE),
    Shape::new(Kind::Regions, "Regions", "RegionName", region::REGION, region::FILTERS),
    Shape::new(Kind::VpcEndpointServices, "ServiceDetails", "ServiceName", endpoint::SERVICE, endpoint::SERVICE_FILTERS),
    Shape::new(Kind::InstanceTypes, "InstanceTypes", "InstanceType", tables::INSTANCE_TYPE, filters::INSTANCE_TYPE),
    Shape::new(Kind::SpotInstanceRequests, "SpotInstanceRequests", "SpotInstanceRequestId", spot::SPOT_REQUEST, spot::FILTERS),
    Shape::new(Kind::Images, "Images", "ImageId", image::IMAGE, image::FILTERS),
    Shape::new(Kind::ServiceQuotas, "Quotas", "QuotaCode", quota::QUOTA, ""),
    Shape::new(Kind::DefaultServiceQuotas, "Quotas", "QuotaCode", quota::QUOTA, ""),
    Shape::new(Kind::AccountAttributes, "AccountAttributes", "AttributeName", tables::ACCOUNT_ATTRIBUTE, ""),
];

/// The shape of a kind of object.
pub fn shape(kind: Kind) -> Option<&'static Shape> {
    SHAPES.iter().chain(DERIVED).find(|shape| shape.kind == kind)
}

/// Every object of a kind as a document lists it.
pub fn write(network: &Network, epoch: Epoch, kind: Kind) -> Vec<Value> {
    let writer = Writer::new(network, epoch, Form::Document);
    let values = |list: &mut dyn Iterator<Item = Json>| list.map(|object| object.value()).collect();
    match kind {
        Kind::Reservations => {
            values(&mut writer.by_launch(network.instances().map(|instance| (instance.reservation, writer.instance(instance)))))
        }
        // Rules stay in the order in which their group has them.
        Kind::SecurityGroupRules => {
            values(&mut network.groups().flat_map(|group| group.rules.iter().map(move |rule| writer.group_rule(group.id, rule))))
        }
        // What AWS keeps in every region is known.
        Kind::ManagedPrefixLists => {
            let known: Vec<_> = lists_of_aws(network.region()).collect();
            values(&mut network.prefix_lists().filter(|list| !known.contains(list)).map(|list| writer.prefix_list(list)))
        }
        // So is the set that every region begins with.
        Kind::DhcpOptions if network.dhcp_option_sets().eq(network.emptied().dhcp_option_sets()) => Vec::new(),
        _ => write_each(network, epoch, kind),
    }
}

/// Every object of a kind, also what is known to be there.
pub(crate) fn write_each(network: &Network, epoch: Epoch, kind: Kind) -> Vec<Value> {
    let writer = Writer::new(network, epoch, Form::Document);
    let mut all = Vec::new();
    writer.each(kind, None, &mut |written| {
        all.push(written(writer).value());
        true
    });
    all
}

/// One object as describe calls show it, with what other calls than its own show of it.
pub fn shown(network: &Network, epoch: Epoch, kind: Kind, id: &str) -> Option<Value> {
    let writer = Writer::new(network, epoch, Form::Document);
    let (mut whole, reply) = (writer.one(kind, id)?.value(), writer.in_form(Form::Reply).one(kind, id)?.value());
    if let (Some(members), Value::Object(reply)) = (whole.as_object_mut(), reply) {
        reply.into_iter().for_each(|(name, value)| _ = members.insert(name, value));
    }
    Some(whole)
}

impl Writer<'_> {
    /// Instances by the launches that made them.
    pub(super) fn by_launch(self, instances: impl Iterator<Item = (ReservationId, Json)>) -> impl Iterator<Item = Json> {
        let mut launches: Table<ReservationId, Vec<Json>> = Table::new();
        for (launch, instance) in instances {
            launches.update(launch, Vec::new(), |list| list.push(instance));
        }
        let owner = self.owner();
        launches
            .into_iter()
            .map(move |(id, list)| Object::new().id("ReservationId", id).with("OwnerId", owner).with("Instances", list).into())
    }
}

/// Which members stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// What a describe reply shows.
    Reply,
    /// What the act that makes something answers: how it begins.
    Begun,
    /// What a document keeps: each fact once.
    Document,
}

/// Leaves only the members of a form in an object.
pub fn shorten(members: &[Member], form: Form, value: &mut Value) {
    let Value::Object(object) = value else { return };
    object.retain(|name, _| {
        let presence = members.iter().find(|member| member.name == name).map(|member| member.presence);
        !matches!(
            (form, presence),
            (_, None) | (Form::Reply | Form::Begun, Some(Presence::Attribute)) | (Form::Document, Some(Presence::Derived))
        )
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
    epoch: Epoch,
    /// Whether what AWS shows by other calls is written too.
    form: Form,
    /// What the ids of the region's zones begin with.
    region_code: RegionCode,
    /// Which members of each object are written.
    wanted: Wanted,
    /// A text that is needed no more, to write the next object in.
    spare: Option<&'a Cell<String>>,
}

impl<'a> Writer<'a> {
    /// A writer.
    pub(super) fn new(network: &'a Network, epoch: Epoch, form: Form) -> Writer<'a> {
        Writer { network, epoch, form, region_code: RegionCode::of(network.region()), wanted: Wanted::ALL, spare: None }
    }

    /// One that writes only these members of each object.
    pub(super) fn only(self, wanted: Wanted) -> Writer<'a> {
        Writer { wanted, ..self }
    }

    /// One that writes in another form.
    pub(super) fn in_form(self, form: Form) -> Writer<'a> {
        Writer { form, ..self }
    }

    /// One that keeps a text to write objects in, one after the other.
    pub(super) fn with_spare(self, spare: &'a Cell<String>) -> Writer<'a> {
        Writer { spare: Some(spare), ..self }
    }

    /// Takes back an object that was seen: its text holds the next one.
    pub(super) fn take_back(self, object: Json) {
        if let Some(spare) = self.spare {
            spare.set(object.into_text());
        }
    }
}

impl Writer<'_> {
    /// What AWS shows by another call ([`Presence::Attribute`]): a document has it, a reply has not.
    fn attribute<T>(&self, value: T) -> Option<T> {
        (self.form == Form::Document).then_some(value)
    }

    /// Its account's number as every object shows it.
    fn owner(&self) -> AccountId {
        self.network.account()
    }

    /// The object that is asked for, in the making.
    fn object(&self) -> Object {
        let mut text = self.spare.map(Cell::take).unwrap_or_default();
        text.clear();
        text.reserve(if self.wanted == Wanted::ALL { 1_000 } else { 250 });
        Object::at(text, self.wanted)
    }

    /// An ARN in this region and account (`I11`).
    fn arn(&self, resource: &str, id: impl std::fmt::Display) -> String {
        format!("arn:aws:ec2:{}:{}:{resource}/{id}", self.network.region(), self.network.account())
    }
}
