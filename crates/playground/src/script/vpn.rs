//! The VPN family of a script: customer gateways, virtual private gateways, connections and their routes.

use super::plan::{Plan, name_of, tagged};
use crate::aws::object::Object;
use eni_core::model::vpn::VpnGateway;

/// Everything of it, early: AWS takes a while to attach a virtual private gateway, and has no waiter for that. Propagation comes with the route
/// tables.
pub(super) fn all(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Virtual private gateways");
    for gateway in network.vpn_gateways() {
        let asn = (gateway.amazon_side_asn != VpnGateway::USUAL_ASN).then_some(gateway.amazon_side_asn);
        let object = tagged(Object::new().with("Type", "ipsec.1").maybe("AmazonSideAsn", asn), &[("vpn-gateway", &gateway.tags)]);
        let name = ("VGW", name_of(&gateway.tags));
        plan.make(&gateway.id.to_string(), name, "CreateVpnGateway", object, "VpnGateway.VpnGatewayId");
        if let Some(vpc) = gateway.vpc {
            plan.call("AttachVpnGateway", Object::new().text("VpnGatewayId", gateway.id).text("VpcId", vpc));
        }
    }
    plan.heading("Customer gateways");
    for gateway in network.customer_gateways() {
        let object = Object::new().with("Type", "ipsec.1").text("IpAddress", gateway.ip).with("BgpAsn", gateway.bgp_asn);
        let object = tagged(object.filled("DeviceName", &gateway.device_name), &[("customer-gateway", &gateway.tags)]);
        let name = ("CGW", name_of(&gateway.tags));
        plan.make(&gateway.id.to_string(), name, "CreateCustomerGateway", object, "CustomerGateway.CustomerGatewayId");
    }
    connections(plan);
}

fn connections(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("VPN connections");
    for connection in network.vpn_connections() {
        let object = Object::new().with("Type", "ipsec.1").text("CustomerGatewayId", connection.customer_gateway);
        let object = object.text("VpnGatewayId", connection.vpn_gateway);
        let object = object.with("Options", Object::new().with("StaticRoutesOnly", connection.static_routes_only));
        let object = tagged(object, &[("vpn-connection", &connection.tags)]);
        let name = ("VPN", name_of(&connection.tags));
        plan.make(&connection.id.to_string(), name, "CreateVpnConnection", object, "VpnConnection.VpnConnectionId");
    }
    let ids = network.vpn_connections().map(|connection| connection.id.to_string()).collect();
    plan.wait("vpn-connection-available", "VpnConnectionIds", ids);
    for connection in network.vpn_connections() {
        for block in connection.routes.iter() {
            let object = Object::new().text("VpnConnectionId", connection.id).text("DestinationCidrBlock", block);
            plan.call("CreateVpnConnectionRoute", object);
        }
    }
}
