//! VPC peering connections.

use crate::model::event::{Event, PeeringChange};
use crate::model::network::Network;
use crate::model::peering::PeeringState;

impl Network {
    pub(super) fn apply_peering(&mut self, event: &Event) {
        match event {
            Event::PeeringCreated(peering) => {
                self.counters.observe(peering.id);
                self.peerings.insert(peering.id, peering.clone());
            }
            Event::PeeringChanged(id, change) => {
                let Some(peering) = self.peerings.get_mut(id) else { return };
                match change {
                    PeeringChange::State(state) => {
                        peering.state = *state;
                        peering.expires = None;
                    }
                    PeeringChange::Requested(expires) => {
                        peering.state = PeeringState::PendingAcceptance;
                        peering.expires = Some(*expires);
                    }
                    PeeringChange::Accepted(cidrs) => {
                        peering.state = PeeringState::Provisioning;
                        peering.expires = None;
                        peering.accepter.cidrs.clone_from(cidrs);
                    }
                    PeeringChange::DnsResolution { requester, accepter } => {
                        peering.requester.dns_resolution = requester.unwrap_or(peering.requester.dns_resolution);
                        peering.accepter.dns_resolution = accepter.unwrap_or(peering.accepter.dns_resolution);
                    }
                }
            }
            Event::PeeringForgotten(id) => {
                self.peerings.remove(id);
            }
            _ => {}
        }
    }
}
