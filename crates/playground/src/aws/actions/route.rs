//! Route tables and routes.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::{Parameters, id};
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::addr::IpNet;
use eni_core::control::command::{Command, EdgeGateway, RouteTargetInput};
use eni_core::model::route_table::{Destination, RouteTarget};

const TABLE: Member = required("RouteTableId", Wire::Id("rtb"), "the route table");
const BLOCK: Member = optional("DestinationCidrBlock", Wire::Ipv4Block, "where to: an IPv4 block");
const BLOCK6: Member = optional("DestinationIpv6CidrBlock", Wire::Ipv6Block, "or an IPv6 block");
const PREFIX_LIST: Member = optional("DestinationPrefixListId", Wire::Id("pl"), "or a prefix list");
const GATEWAY: Member = optional("GatewayId", Wire::Text, "through an internet or virtual private gateway");
const NAT: Member = optional("NatGatewayId", Wire::Id("nat"), "through a NAT gateway");
const INTERFACE: Member = optional("NetworkInterfaceId", Wire::Id("eni"), "through a network interface");
const INSTANCE: Member = optional("InstanceId", Wire::Id("i"), "through the only interface of an instance");
const PEERING: Member = optional("VpcPeeringConnectionId", Wire::Id("pcx"), "through a peering connection");
const EGRESS_ONLY: Member = optional("EgressOnlyInternetGatewayId", Wire::Id("eigw"), "through an egress-only internet gateway");
const TRANSIT: Member = optional("TransitGatewayId", Wire::Id("tgw"), "through a transit gateway");
const LOCAL_GATEWAY: Member = optional("LocalGatewayId", Wire::Text, "through a local gateway; not modelled");
const CARRIER: Member = optional("CarrierGatewayId", Wire::Text, "through a carrier gateway; not modelled");
const CORE_NETWORK: Member = optional("CoreNetworkArn", Wire::Text, "through a core network; not modelled");
const ODB: Member = optional("OdbNetworkArn", Wire::Text, "through a database network; not modelled");
const ENDPOINT: Member = optional("VpcEndpointId", Wire::Id("vpce"), "through a gateway load balancer endpoint");

/// Targets that AWS has and the playground does not.
const UNMODELLED: [(&str, &str); 4] = [
    ("LocalGatewayId", "a local gateway"),
    ("CarrierGatewayId", "a carrier gateway"),
    ("CoreNetworkArn", "a core network"),
    ("OdbNetworkArn", "a database network"),
];

/// What a route is told by, whether it is new or led elsewhere, and what only one of the two calls takes.
macro_rules! members_of_route {
    ($($more:expr)?) => {
        &[
            TABLE,
            BLOCK,
            BLOCK6,
            PREFIX_LIST,
            GATEWAY,
            NAT,
            INTERFACE,
            INSTANCE,
            PEERING,
            EGRESS_ONLY,
            TRANSIT,
            ENDPOINT,
            LOCAL_GATEWAY,
            CARRIER,
            CORE_NETWORK,
            ODB,
            $($more,)?
            DRY_RUN,
        ]
    };
}

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateRouteTable",
        help: "makes a route table with the local route",
        members: &[required("VpcId", Wire::Id("vpc"), "its VPC"), TAG_SPECIFICATIONS, CLIENT_TOKEN, DRY_RUN],
        build: |p| command(Command::CreateRouteTable { vpc: p.id("VpcId")?, tags: p.tags_for("route-table", &["route-table"])? }),
    },
    Action {
        name: "DeleteRouteTable",
        help: "deletes a route table that no subnet uses",
        members: &[TABLE, DRY_RUN],
        build: |p| command(Command::DeleteRouteTable(p.id("RouteTableId")?)),
    },
    Action { name: "CreateRoute", help: "adds a route", members: members_of_route!(), build: |p| set_route(p, false) },
    Action {
        name: "ReplaceRoute",
        help: "leads an existing route elsewhere",
        members: members_of_route!(optional("LocalTarget", Wire::Boolean, "back to the inside of the VPC")),
        build: |p| set_route(p, true),
    },
    Action {
        name: "DeleteRoute",
        help: "takes a route out",
        members: &[TABLE, BLOCK, BLOCK6, PREFIX_LIST, DRY_RUN],
        build: |p| command(Command::DeleteRoute { table: p.id("RouteTableId")?, destination: destination(p)? }),
    },
    Action {
        name: "AssociateRouteTable",
        help: "makes a subnet or a gateway use a route table",
        members: &[
            TABLE,
            optional("SubnetId", Wire::Id("subnet"), "the subnet"),
            optional("GatewayId", Wire::Text, "or an internet or virtual private gateway"),
            DRY_RUN,
        ],
        build: associate,
    },
    Action {
        name: "DisassociateRouteTable",
        help: "makes a subnet use the main route table again",
        members: &[required("AssociationId", Wire::Id("rtbassoc"), "the tie"), DRY_RUN],
        build: |p| command(Command::DisassociateRouteTable(p.id("AssociationId")?)),
    },
    Action {
        name: "ReplaceRouteTableAssociation",
        help: "makes a subnet use another route table, or a VPC another main table",
        members: &[required("AssociationId", Wire::Id("rtbassoc"), "the tie"), TABLE, DRY_RUN],
        build: |p| {
            let (association, table) = (p.id("AssociationId")?, p.id("RouteTableId")?);
            command(Command::ReplaceRouteTableAssociation { association, table })
        },
    },
];

fn associate(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let table = p.id("RouteTableId")?;
    match (p.maybe_id("SubnetId")?, p.text("GatewayId")) {
        (Some(subnet), None) => command(Command::AssociateRouteTable { table, subnet }),
        (None, Some(text)) if text.starts_with("vgw-") => {
            command(Command::AssociateGatewayRouteTable { table, gateway: EdgeGateway::Vpn(id(text)?) })
        }
        (None, Some(text)) => command(Command::AssociateGatewayRouteTable { table, gateway: EdgeGateway::Internet(id(text)?) }),
        (None, None) => Err(ApiError::missing("SubnetId")),
        (Some(_), Some(_)) => Err(ApiError::combination("You may not specify both subnetId and gatewayId")),
    }
}

fn destination(p: &Parameters<'_>) -> Result<Destination, ApiError> {
    let ipv4 = p.ipv4_block("DestinationCidrBlock")?.map(|block| Destination::Cidr(IpNet::V4(block)));
    let ipv6 = p.ipv6_block("DestinationIpv6CidrBlock")?.map(|block| Destination::Cidr(IpNet::V6(block)));
    let list = p.maybe_id("DestinationPrefixListId")?.map(Destination::PrefixList);
    let mut given = [ipv4, ipv6, list].into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(destination), None) => Ok(destination),
        (None, _) => Err(ApiError::missing("DestinationCidrBlock")),
        (Some(_), Some(_)) => Err(ApiError::combination("Only one destination can be specified.")),
    }
}

fn set_route(p: &Parameters<'_>, replace: bool) -> Result<Request, ApiError> {
    for (member, what) in UNMODELLED {
        if p.has(member) {
            return Err(ApiError::new("UnsupportedOperation", format!("Routes through {what} are not part of the playground.")));
        }
    }
    let mut targets = Vec::new();
    if let Some(text) = p.text("GatewayId") {
        targets.push(RouteTargetInput::Target(gateway(text)?));
    }
    let others = [
        p.maybe_id("NatGatewayId")?.map(RouteTarget::NatGateway),
        p.maybe_id("NetworkInterfaceId")?.map(RouteTarget::Eni),
        p.maybe_id("VpcPeeringConnectionId")?.map(RouteTarget::Peering),
        p.maybe_id("EgressOnlyInternetGatewayId")?.map(RouteTarget::EgressOnlyGateway),
        p.maybe_id("TransitGatewayId")?.map(RouteTarget::TransitGateway),
        p.maybe_id("VpcEndpointId")?.map(RouteTarget::Endpoint),
        p.flag("LocalTarget").filter(|on| *on).map(|_| RouteTarget::Local),
    ];
    targets.extend(others.into_iter().flatten().map(RouteTargetInput::Target));
    targets.extend(p.maybe_id("InstanceId")?.map(RouteTargetInput::Instance));
    command(Command::SetRoute { table: p.id("RouteTableId")?, destination: destination(p)?, targets, replace })
}

/// What a `GatewayId` of a request names.
fn gateway(text: &str) -> Result<RouteTarget, ApiError> {
    match text.split_once('-').map_or(text, |(prefix, _)| prefix) {
        "vgw" => id(text).map(RouteTarget::VpnGateway),
        // AWS takes these here, too, and shows them under their own names.
        "nat" => id(text).map(RouteTarget::NatGateway),
        "eigw" => id(text).map(RouteTarget::EgressOnlyGateway),
        "local" => Ok(RouteTarget::Local),
        "vpce" => id(text).map(RouteTarget::Endpoint),
        _ => id(text).map(RouteTarget::InternetGateway),
    }
}
