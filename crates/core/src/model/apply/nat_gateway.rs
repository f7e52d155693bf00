//! NAT gateways.

use crate::model::event::Event;
use crate::model::nat_gateway::NatState;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_nat_gateway(&mut self, event: &Event) {
        match event {
            Event::NatGatewayCreated(gateway) => {
                self.counters.observe(gateway.id);
                self.nat_gateways.insert(gateway.id, gateway.clone());
            }
            Event::NatGatewayStateChanged(id, state, at) => {
                if let Some(gateway) = self.nat_gateways.get_mut(id) {
                    gateway.state = *state;
                    if *state == NatState::Deleted {
                        gateway.deleted_at = Some(*at);
                    }
                }
            }
            Event::NatGatewayAddressesSet(id, addresses) => {
                if let Some(gateway) = self.nat_gateways.get_mut(id) {
                    gateway.addresses.clone_from(addresses);
                }
            }
            Event::NatGatewayForgotten(id) => {
                self.nat_gateways.remove(id);
            }
            _ => {}
        }
    }
}
