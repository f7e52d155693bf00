//! Writes virtual private gateways (`J15`), customer gateways and VPN connections.

use super::{Form, Writer};
use crate::aws::text::{Json, Object};
use eni_core::model::vpn::{CustomerGateway, VpnConnection, VpnGateway};

impl Writer<'_> {
    pub(in crate::aws) fn vpn_gateway(&self, gateway: &VpnGateway) -> Json {
        let attachment = |vpc| Object::new().text("VpcId", vpc).with("State", "attached").into();
        self.object()
            .text("VpnGatewayId", gateway.id)
            .list("VpcAttachments", gateway.vpc.iter().map(attachment))
            .with("State", "available")
            .with("Type", "ipsec.1")
            .with("AmazonSideAsn", gateway.amazon_side_asn)
            .tags("Tags", &gateway.tags)
            .into()
    }

    pub(in crate::aws) fn customer_gateway(&self, gateway: &CustomerGateway) -> Json {
        self.object()
            .text("CustomerGatewayId", gateway.id)
            .text("IpAddress", gateway.ip)
            .text("BgpAsn", gateway.bgp_asn)
            .filled("DeviceName", &gateway.device_name)
            .with("State", "available")
            .with("Type", "ipsec.1")
            .tags("Tags", &gateway.tags)
            .into()
    }

    /// Without its configuration: that has keys in it, and nothing here needs them.
    pub(in crate::aws) fn vpn_connection(&self, connection: &VpnConnection) -> Json {
        let route = |block| {
            let object = Object::new().text("DestinationCidrBlock", block).with("Source", "Static");
            object.with("State", "available").into()
        };
        // Nothing here takes a tunnel down, and by BGP no routes are told. Since when it is so, nobody keeps.
        let (routes, message) = if connection.static_routes_only { (connection.routes.len(), "") } else { (0, "0 BGP ROUTES") };
        let tunnel = |outside| {
            let object = Object::new().with("AcceptedRouteCount", routes).text("OutsideIpAddress", outside);
            object.with("Status", "UP").with("StatusMessage", message).into()
        };
        let tunnels = (self.form != Form::Begun).then(|| Json::list(connection.outside_addresses().into_iter().map(tunnel)));
        self.object()
            .text("VpnConnectionId", connection.id)
            .text("CustomerGatewayId", connection.customer_gateway)
            .text("VpnGatewayId", connection.vpn_gateway)
            .with("Options", Object::new().with("StaticRoutesOnly", connection.static_routes_only))
            .list("Routes", connection.routes.iter().map(route))
            .with("State", if self.form == Form::Begun { "pending" } else { "available" })
            .with("Type", "ipsec.1")
            .with("Category", "VPN")
            .tags("Tags", &connection.tags)
            .maybe("VgwTelemetry", tunnels)
            .into()
    }
}
