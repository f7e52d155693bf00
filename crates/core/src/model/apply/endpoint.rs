//! VPC endpoints.

use crate::model::endpoint::EndpointKind;
use crate::model::event::{EndpointChange, Event};
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_endpoint(&mut self, event: &Event) {
        match event {
            Event::EndpointCreated(endpoint) => {
                self.counters.observe(endpoint.id);
                self.endpoints.insert(endpoint.id, endpoint.clone());
            }
            Event::EndpointChanged(id, change) => {
                let Some(endpoint) = self.endpoints.get_mut(id) else { return };
                match (change, &mut endpoint.kind) {
                    (EndpointChange::State(state), _) => endpoint.state = *state,
                    (EndpointChange::Enis(new), EndpointKind::Interface { enis, .. }) => enis.clone_from(new),
                    (EndpointChange::Groups(new), EndpointKind::Interface { groups, .. }) => groups.clone_from(new),
                    (EndpointChange::PrivateDns(on), EndpointKind::Interface { private_dns, .. }) => *private_dns = *on,
                    _ => {}
                }
            }
            Event::EndpointDeleted(id) => {
                self.endpoints.remove(id);
            }
            _ => {}
        }
    }
}
