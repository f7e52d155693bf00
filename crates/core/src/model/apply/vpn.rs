//! Virtual private gateways, customer gateways and VPN connections.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_vpn(&mut self, event: &Event) {
        match event {
            Event::VpnGatewayCreated(gateway) => {
                self.counters.observe(gateway.id);
                self.vpn_gateways.insert(gateway.id, gateway.clone());
            }
            Event::VpnGatewayMoved(id, vpc) => {
                if let Some(gateway) = self.vpn_gateways.get_mut(id) {
                    gateway.vpc = *vpc;
                }
            }
            Event::VpnGatewayDeleted(id) => {
                self.vpn_gateways.remove(id);
            }
            Event::CustomerGatewayCreated(gateway) => {
                self.counters.observe(gateway.id);
                self.customer_gateways.insert(gateway.id, gateway.clone());
            }
            Event::CustomerGatewayDeleted(id) => {
                self.customer_gateways.remove(id);
            }
            Event::VpnConnectionCreated(connection) => {
                self.counters.observe(connection.id);
                self.vpn_connections.insert(connection.id, connection.clone());
            }
            Event::VpnConnectionDeleted(id) => {
                self.vpn_connections.remove(id);
            }
            Event::VpnConnectionRouteSet(id, block, there) => {
                if let Some(connection) = self.vpn_connections.get_mut(id) {
                    if *there {
                        connection.routes.insert(*block);
                    } else {
                        connection.routes.remove(block);
                    }
                }
            }
            _ => {}
        }
    }
}
