//! Site-to-Site VPN: virtual private gateways, customer gateways, connections, and the routes that they propagate.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{Command, CreateCustomerGateway, CreateVpnConnection};
use eni_core::model::vpn::VpnGateway;

const GATEWAY: Member = required("VpnGatewayId", Wire::Id("vgw"), "the virtual private gateway");
const VPC: Member = required("VpcId", Wire::Id("vpc"), "the VPC");
const TABLE: Member = required("RouteTableId", Wire::Id("rtb"), "the route table");
const PROPAGATING: Member = required("GatewayId", Wire::Id("vgw"), "the virtual private gateway");
const CONNECTION: Member = required("VpnConnectionId", Wire::Id("vpn"), "the connection");
const BLOCK: Member = required("DestinationCidrBlock", Wire::Ipv4Block, "the block behind the customer gateway");
const TYPE: Member = required("Type", Wire::Words(&["ipsec.1"]), "ipsec.1");
/// The numbers that a system of the internet may have.
const ASN: Wire = Wire::Between(1, 4_294_967_295);

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateVpnGateway",
        help: "makes a virtual private gateway",
        members: &[TYPE, optional("AmazonSideAsn", ASN, "its number; 64512 if absent"), TAG_SPECIFICATIONS, DRY_RUN],
        build: |p| {
            let amazon_side_asn = p.whole("AmazonSideAsn").unwrap_or(VpnGateway::USUAL_ASN);
            command(Command::CreateVpnGateway { amazon_side_asn, tags: p.tags_for("vpn-gateway", &["vpn-gateway"])? })
        },
    },
    Action {
        name: "AttachVpnGateway",
        help: "attaches a virtual private gateway to a VPC",
        members: &[GATEWAY, VPC, DRY_RUN],
        build: |p| command(Command::AttachVpnGateway { gateway: p.id("VpnGatewayId")?, vpc: p.id("VpcId")? }),
    },
    Action {
        name: "DetachVpnGateway",
        help: "detaches a virtual private gateway from its VPC",
        members: &[GATEWAY, VPC, DRY_RUN],
        build: |p| command(Command::DetachVpnGateway { gateway: p.id("VpnGatewayId")?, vpc: p.id("VpcId")? }),
    },
    Action {
        name: "DeleteVpnGateway",
        help: "deletes a virtual private gateway that is not attached",
        members: &[GATEWAY, DRY_RUN],
        build: |p| command(Command::DeleteVpnGateway(p.id("VpnGatewayId")?)),
    },
    Action {
        name: "EnableVgwRoutePropagation",
        help: "lets a virtual private gateway put its routes into a route table",
        members: &[PROPAGATING, TABLE, DRY_RUN],
        build: |p| propagation(p, true),
    },
    Action {
        name: "DisableVgwRoutePropagation",
        help: "takes a virtual private gateway's routes out of a route table",
        members: &[PROPAGATING, TABLE, DRY_RUN],
        build: |p| propagation(p, false),
    },
    Action {
        name: "CreateCustomerGateway",
        help: "makes the far end of a VPN connection known",
        members: &[
            TYPE,
            optional("IpAddress", Wire::Ipv4, "its address in the internet"),
            optional("PublicIp", Wire::Ipv4, "the same, by its old name"),
            optional("BgpAsn", ASN, "its number; 65000 if absent"),
            optional("DeviceName", Wire::Text, "what it is called"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: customer_gateway,
    },
    Action {
        name: "DeleteCustomerGateway",
        help: "deletes a customer gateway that no connection ends at",
        members: &[required("CustomerGatewayId", Wire::Id("cgw"), "the customer gateway"), DRY_RUN],
        build: |p| command(Command::DeleteCustomerGateway(p.id("CustomerGatewayId")?)),
    },
    Action {
        name: "CreateVpnConnection",
        help: "connects a customer gateway with a virtual private gateway",
        members: &[
            required("CustomerGatewayId", Wire::Id("cgw"), "the far end"),
            required("Type", Wire::Text, "ipsec.1"),
            optional("VpnGatewayId", Wire::Id("vgw"), "this end"),
            optional("TransitGatewayId", Wire::Id("tgw"), "or a transit gateway; not modelled"),
            optional("Options", Wire::Struct(OPTIONS), "whether its routes are written by hand"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: connection,
    },
    Action {
        name: "DeleteVpnConnection",
        help: "deletes a VPN connection, with its routes",
        members: &[CONNECTION, DRY_RUN],
        build: |p| command(Command::DeleteVpnConnection(p.id("VpnConnectionId")?)),
    },
    Action {
        name: "CreateVpnConnectionRoute",
        help: "adds a static route to a VPN connection",
        members: &[CONNECTION, BLOCK],
        build: |p| route(p, true),
    },
    Action {
        name: "DeleteVpnConnectionRoute",
        help: "takes a static route from a VPN connection",
        members: &[CONNECTION, BLOCK],
        build: |p| route(p, false),
    },
];

const OPTIONS: &[Member] = &[
    optional("StaticRoutesOnly", Wire::Boolean, "else the device tells its routes by BGP; here it tells none"),
    optional("TunnelOptions", Wire::List(&Wire::Struct(TUNNEL)), "how its tunnels are set; not modelled"),
];
const WORDS: Wire = Wire::List(&Wire::Struct(&[optional("Value", Wire::Text, "which")]));
const NUMBERS: Wire = Wire::List(&Wire::Struct(&[optional("Value", Wire::Integer, "which")]));
const TUNNEL: &[Member] = &[
    optional("TunnelInsideCidr", Wire::Text, "its own addresses"),
    optional("TunnelInsideIpv6Cidr", Wire::Text, "the same of IPv6"),
    optional("PreSharedKey", Wire::Text, "the secret of both ends"),
    optional("Phase1LifetimeSeconds", Wire::Integer, "how long the first phase holds"),
    optional("Phase2LifetimeSeconds", Wire::Integer, "how long the second one does"),
    optional("RekeyMarginTimeSeconds", Wire::Integer, "how long before its end a new key is agreed on"),
    optional("RekeyFuzzPercentage", Wire::Integer, "how far that is left to chance"),
    optional("ReplayWindowSize", Wire::Integer, "how many packets are looked back at"),
    optional("DPDTimeoutSeconds", Wire::Integer, "after how long the other end is dead"),
    optional("DPDTimeoutAction", Wire::Text, "what happens then"),
    optional("Phase1EncryptionAlgorithms", WORDS, "how the first phase may encrypt"),
    optional("Phase2EncryptionAlgorithms", WORDS, "how the second one may"),
    optional("Phase1IntegrityAlgorithms", WORDS, "how the first phase may sign"),
    optional("Phase2IntegrityAlgorithms", WORDS, "how the second one may"),
    optional("Phase1DHGroupNumbers", NUMBERS, "by which groups the first phase may agree"),
    optional("Phase2DHGroupNumbers", NUMBERS, "by which the second one may"),
    optional("IKEVersions", WORDS, "by which versions of IKE"),
    optional("StartupAction", Wire::Text, "who begins"),
];

/// The number that a customer gateway has where none is asked for.
const USUAL_CUSTOMER_ASN: u64 = 65_000;

fn propagation(p: &Parameters<'_>, on: bool) -> Result<Request, ApiError> {
    command(Command::SetVgwRoutePropagation { table: p.id("RouteTableId")?, gateway: p.id("GatewayId")?, on })
}

fn customer_gateway(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let ip = p.ipv4("IpAddress")?.or(p.ipv4("PublicIp")?).ok_or_else(|| ApiError::missing("IpAddress"))?;
    command(Command::CreateCustomerGateway(Box::new(CreateCustomerGateway {
        ip,
        bgp_asn: p.whole("BgpAsn").unwrap_or(USUAL_CUSTOMER_ASN),
        device_name: p.text_or_empty("DeviceName"),
        tags: p.tags_for("customer-gateway", &["customer-gateway"])?,
    })))
}

fn connection(p: &Parameters<'_>) -> Result<Request, ApiError> {
    if p.text("Type") != Some("ipsec.1") {
        return Err(ApiError::invalid("Type", p.text_or_empty("Type"), "Expected one of: ipsec.1."));
    }
    if p.has("TransitGatewayId") {
        return Err(ApiError::new("UnsupportedOperation", "VPN connections of transit gateways are not part of the playground."));
    }
    let options = p.object("Options");
    if options.is_some_and(|options| options.has("TunnelOptions")) {
        let message = "The playground has no tunnels inside a VPN connection: leave TunnelOptions out.";
        return Err(ApiError::new("UnsupportedOperation", message));
    }
    let static_routes_only = options.and_then(|options| options.flag("StaticRoutesOnly")).unwrap_or(false);
    command(Command::CreateVpnConnection(Box::new(CreateVpnConnection {
        customer_gateway: p.id("CustomerGatewayId")?,
        vpn_gateway: p.id("VpnGatewayId")?,
        static_routes_only,
        tags: p.tags_for("vpn-connection", &["vpn-connection"])?,
    })))
}

fn route(p: &Parameters<'_>, there: bool) -> Result<Request, ApiError> {
    let destination = p.ipv4_block("DestinationCidrBlock")?.ok_or_else(|| ApiError::missing("DestinationCidrBlock"))?;
    command(Command::SetVpnConnectionRoute { connection: p.id("VpnConnectionId")?, destination, there })
}
