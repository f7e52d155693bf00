//! The calls on gateways other than internet gateways.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::control::command::Command;
use eni_core::model::vpn::VpnGateway;

pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateEgressOnlyInternetGateway { vpc, tags } => {
            ("CreateEgressOnlyInternetGateway", tagged(Object::new().text("VpcId", vpc), "egress-only-internet-gateway", tags))
        }
        Command::DeleteEgressOnlyInternetGateway(id) => {
            ("DeleteEgressOnlyInternetGateway", Object::new().text("EgressOnlyInternetGatewayId", id))
        }
        Command::CreateVpnGateway { amazon_side_asn, tags } => {
            let asn = (*amazon_side_asn != VpnGateway::USUAL_ASN).then_some(*amazon_side_asn);
            ("CreateVpnGateway", tagged(Object::new().with("Type", "ipsec.1").maybe("AmazonSideAsn", asn), "vpn-gateway", tags))
        }
        Command::AttachVpnGateway { gateway, vpc } => ("AttachVpnGateway", Object::new().text("VpnGatewayId", gateway).text("VpcId", vpc)),
        Command::DetachVpnGateway { gateway, vpc } => ("DetachVpnGateway", Object::new().text("VpnGatewayId", gateway).text("VpcId", vpc)),
        Command::DeleteVpnGateway(id) => ("DeleteVpnGateway", Object::new().text("VpnGatewayId", id)),
        Command::SetVgwRoutePropagation { table, gateway, on } => {
            let action = if *on { "EnableVgwRoutePropagation" } else { "DisableVgwRoutePropagation" };
            (action, Object::new().text("GatewayId", gateway).text("RouteTableId", table))
        }
        Command::CreateCustomerGateway(wanted) => {
            let object = Object::new().with("Type", "ipsec.1").text("IpAddress", wanted.ip).with("BgpAsn", wanted.bgp_asn);
            ("CreateCustomerGateway", tagged(object.filled("DeviceName", &wanted.device_name), "customer-gateway", &wanted.tags))
        }
        Command::DeleteCustomerGateway(id) => ("DeleteCustomerGateway", Object::new().text("CustomerGatewayId", id)),
        Command::CreateVpnConnection(wanted) => {
            let object = Object::new().with("Type", "ipsec.1").text("CustomerGatewayId", wanted.customer_gateway);
            let options = wanted.static_routes_only.then(|| Object::new().with("StaticRoutesOnly", true));
            let object = object.text("VpnGatewayId", wanted.vpn_gateway).maybe("Options", options);
            ("CreateVpnConnection", tagged(object, "vpn-connection", &wanted.tags))
        }
        Command::DeleteVpnConnection(id) => ("DeleteVpnConnection", Object::new().text("VpnConnectionId", id)),
        Command::SetVpnConnectionRoute { connection, destination, there } => {
            let action = if *there { "CreateVpnConnectionRoute" } else { "DeleteVpnConnectionRoute" };
            (action, Object::new().text("VpnConnectionId", connection).text("DestinationCidrBlock", destination))
        }
        _ => return None,
    })
}
