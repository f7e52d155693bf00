//! Site-to-Site VPN: virtual private gateways, customer gateways, and the connections between them (`R51`).

use super::Tags;
use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::{CustomerGatewayId, VpcId, VpnConnectionId, VpnGatewayId};
use crate::table::Set;

/// A virtual private gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpnGateway {
    /// Its id.
    pub id: VpnGatewayId,
    /// The VPC that it is attached to.
    pub vpc: Option<VpcId>,
    /// Its number among the systems of the internet.
    pub amazon_side_asn: u64,
    /// Tags.
    pub tags: Tags,
}

impl VpnGateway {
    /// The number that AWS gives where none is asked for.
    pub const USUAL_ASN: u64 = 64_512;
}

/// The device at the other end of a VPN connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerGateway {
    /// Its id.
    pub id: CustomerGatewayId,
    /// Its address in the internet.
    pub ip: Ipv4Addr,
    /// Its number among the systems of the internet.
    pub bgp_asn: u64,
    /// What people call it.
    pub device_name: String,
    /// Tags.
    pub tags: Tags,
}

/// A Site-to-Site VPN connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpnConnection {
    /// Its id.
    pub id: VpnConnectionId,
    /// The device at the other end.
    pub customer_gateway: CustomerGatewayId,
    /// The gateway at this end.
    pub vpn_gateway: VpnGatewayId,
    /// Whether its routes are written by hand; else the device would tell them by BGP, and here it tells none.
    pub static_routes_only: bool,
    /// The routes that were written.
    pub routes: Set<Ipv4Net>,
    /// Tags.
    pub tags: Tags,
}

impl VpnConnection {
    /// The addresses of its two tunnels at AWS's end. They follow from its id (`M`): nothing here is sent to them.
    pub fn outside_addresses(&self) -> [Ipv4Addr; 2] {
        let text = self.id.to_string();
        let number = text.get(text.len().saturating_sub(3)..).and_then(|end| u32::from_str_radix(end, 16).ok()).unwrap_or_default();
        [0, 1].map(|tunnel| Ipv4Addr::from(u32::from(FIRST_OUTSIDE) + 2 * number + tunnel))
    }
}

/// The first address of a tunnel.
const FIRST_OUTSIDE: Ipv4Addr = Ipv4Addr::new(198, 19, 224, 0);
