//! What the calls on VPN ends and connections ask for.

use crate::addr::Ipv4Addr;
use crate::id::{CustomerGatewayId, VpnGatewayId};
use crate::model::Tags;

/// CreateCustomerGateway.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateCustomerGateway {
    /// Its address in the internet.
    pub ip: Ipv4Addr,
    /// Its number among the systems of the internet.
    pub bgp_asn: u64,
    /// What people call it.
    pub device_name: String,
    /// Its tags.
    pub tags: Tags,
}

/// CreateVpnConnection.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateVpnConnection {
    /// The far end.
    pub customer_gateway: CustomerGatewayId,
    /// This end.
    pub vpn_gateway: VpnGatewayId,
    /// Whether its routes are written by hand.
    pub static_routes_only: bool,
    /// Its tags.
    pub tags: Tags,
}
