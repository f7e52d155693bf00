//! Virtual private gateways, customer gateways, VPN connections.

use super::*;
use crate::support::ip;
use eni_core::control::command::{CreateCustomerGateway, CreateVpnConnection, EdgeGateway};

fn gateway() -> Command {
    Command::CreateVpnGateway { amazon_side_asn: 64_512, tags: Tags::new() }
}

fn attach(gateway: u64, number: u64) -> Command {
    Command::AttachVpnGateway { gateway: id(gateway), vpc: vpc(number) }
}

fn customer(last: u8) -> Command {
    let ip = ip(&format!("198.51.100.{last}"));
    Command::CreateCustomerGateway(Box::new(CreateCustomerGateway { ip, bgp_asn: 65_000, device_name: String::new(), tags: Tags::new() }))
}

fn connect(static_routes_only: bool) -> Command {
    let (customer_gateway, vpn_gateway) = (id(1), id(1));
    Command::CreateVpnConnection(Box::new(CreateVpnConnection { customer_gateway, vpn_gateway, static_routes_only, tags: Tags::new() }))
}

fn route(there: bool) -> Command {
    Command::SetVpnConnectionRoute { connection: id(1), destination: net("192.168.0.0/16"), there }
}

/// `vgw-1`, `cgw-1` and `vpn-1` between them.
fn connected(scene: &mut Scene, static_routes_only: bool) {
    scene.accept(gateway());
    scene.accept(customer(1));
    scene.accept(connect(static_routes_only));
}

pub const VPN: &[Case] = &[
    case("VpnGatewayNotFound", "InvalidVpnGatewayID.NotFound: The vpnGateway ID 'vgw-9' does not exist", |_| attach(9, 1)),
    case("CustomerGatewayNotFound", "InvalidCustomerGatewayID.NotFound: The customerGateway ID 'cgw-1' does not exist", |_| connect(true)),
    case("VpnConnectionNotFound", "InvalidVpnConnectionID.NotFound: The vpnConnection ID 'vpn-1' does not exist", |_| route(true)),
    case("VpnGatewayAttached", "Resource.AlreadyAssociated: resource vgw-1 is already attached to network vpc-1", |scene| {
        scene.accept(gateway());
        scene.accept(attach(1, 1));
        attach(1, 2)
    }),
    case("VpcHasVpnGateway", "VpnGatewayAttachmentLimitExceeded: Network vpc-1 already has a virtual private gateway attached", |scene| {
        scene.accept(gateway());
        scene.accept(gateway());
        scene.accept(attach(1, 1));
        attach(2, 1)
    }),
    case("VpnGatewayNotAttached", "Gateway.NotAttached: resource vgw-1 is not attached to network vpc-1", |scene| {
        scene.accept(gateway());
        Command::DetachVpnGateway { gateway: id(1), vpc: vpc(1) }
    }),
    case("VpnGatewayNotAttached", "Gateway.NotAttached: resource vgw-1 is not attached to network vpc-1", |scene| {
        scene.accept(gateway());
        scene.accept(attach(1, 2));
        Command::SetVgwRoutePropagation { table: rtb(3), gateway: id(1), on: true }
    }),
    case(
        "PropagationAtEdge",
        "InvalidParameterValue: Route table rtb-3 cannot have route propagation and an association with a gateway.",
        |scene| {
            scene.accept(gateway());
            scene.accept(attach(1, 1));
            scene.accept(Command::AssociateGatewayRouteTable { table: rtb(3), gateway: EdgeGateway::Vpn(id(1)) });
            Command::SetVgwRoutePropagation { table: rtb(3), gateway: id(1), on: true }
        },
    ),
    case("VpnGatewayInUse", "IncorrectState: The vpnGateway 'vgw-1' is in use", |scene| {
        scene.accept(gateway());
        scene.accept(attach(1, 1));
        Command::DeleteVpnGateway(id(1))
    }),
    case("VpnGatewayInUse", "IncorrectState: The vpnGateway 'vgw-1' is in use", |scene| {
        connected(scene, true);
        Command::DeleteVpnGateway(id(1))
    }),
    case("CustomerGatewayInUse", "IncorrectState: The customer gateway 'cgw-1' is in use.", |scene| {
        connected(scene, true);
        Command::DeleteCustomerGateway(id(1))
    }),
    case("VpnGatewayLimit", "VpnGatewayLimitExceeded: The maximum number of virtual private gateways has been reached.", |scene| {
        scene.quotas(|quotas| quotas.vpn_gateways = 1);
        scene.accept(gateway());
        gateway()
    }),
    case("CustomerGatewayLimit", "CustomerGatewayLimitExceeded: The maximum number of customer gateways has been reached.", |scene| {
        scene.quotas(|quotas| quotas.customer_gateways = 1);
        scene.accept(customer(1));
        customer(2)
    }),
    case("VpnConnectionLimit", "VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached.", |scene| {
        scene.quotas(|quotas| quotas.vpn_connections_per_gateway = 1);
        connected(scene, true);
        connect(true)
    }),
    case("VpnRoutesNotStatic", "InvalidParameterValue: The VPN connection vpn-1 does not use static routes.", |scene| {
        connected(scene, false);
        route(true)
    }),
    case("VpnRouteNotFound", "InvalidRoute.NotFound: The VPN connection vpn-1 has no route 192.168.0.0/16.", |scene| {
        connected(scene, true);
        route(false)
    }),
    case("VpcInUse", "DependencyViolation: The vpc 'vpc-3' has dependencies and cannot be deleted.", |scene| {
        scene.vpc("10.2.0.0/16");
        scene.accept(gateway());
        scene.accept(attach(1, 3));
        Command::DeleteVpc(vpc(3))
    }),
];
