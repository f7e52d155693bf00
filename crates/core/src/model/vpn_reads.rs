//! What lies behind virtual private gateways, as the data plane asks (`R60`).

use super::network::Network;
use super::route_table::{Destination, RouteOrigin, RouteTable, RouteTarget};
use super::vpn::{VpnConnection, VpnGateway};
use crate::addr::{IpAddr, Ipv4Addr, Ipv4Net};
use crate::id::{CustomerGatewayId, VpnGatewayId};

impl Network {
    /// The connection by which a virtual private gateway reaches an address: that of the longest static route.
    pub fn vpn_connection_to(&self, gateway: VpnGatewayId, ip: IpAddr) -> Option<&VpnConnection> {
        let IpAddr::V4(ip) = ip else { return None };
        let length =
            |connection: &VpnConnection| connection.routes.iter().filter(|block| block.contains(&ip)).map(Ipv4Net::prefix_len).max();
        let ends_here = self.vpn_connections().filter(|connection| connection.vpn_gateway == gateway);
        ends_here.filter(|connection| length(connection).is_some()).max_by_key(|connection| length(connection))
    }

    /// Whether an attached gateway knows a way to an address: by a static route of a connection, or by one that it was told by BGP, which only an
    /// import brings: it stands in a table as propagated.
    pub fn vpn_reaches(&self, gateway: &VpnGateway, ip: IpAddr) -> bool {
        let told = |table: &RouteTable| {
            table.routes.iter().any(|(destination, route)| {
                let is_told = route.origin == RouteOrigin::EnableVgwRoutePropagation && route.target == RouteTarget::VpnGateway(gateway.id);
                is_told && matches!(destination, Destination::Cidr(block) if block.contains(&ip))
            })
        };
        self.vpn_connection_to(gateway.id, ip).is_some() || self.route_tables().filter(|table| Some(table.vpc) == gateway.vpc).any(told)
    }

    /// The virtual private gateway behind which an address outside lies, if it lies behind one.
    pub fn on_premises(&self, ip: IpAddr) -> Option<&VpnGateway> {
        self.vpn_gateways().find(|gateway| gateway.vpc.is_some() && self.vpn_reaches(gateway, ip))
    }

    /// An address of the network behind a customer gateway: the tenth of the first block that a connection leads to.
    pub fn host_behind(&self, gateway: CustomerGatewayId) -> Option<Ipv4Addr> {
        let mut own = self.vpn_connections().filter(|connection| connection.customer_gateway == gateway);
        let block = own.find_map(|connection| connection.routes.iter().next())?;
        let tenth = u32::from(block.network()).checked_add(10).map(Ipv4Addr::from);
        tenth.filter(|ip| block.contains(ip)).or(Some(block.addr()))
    }
}
