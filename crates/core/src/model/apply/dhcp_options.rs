//! DHCP option sets.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_dhcp_options(&mut self, event: &Event) {
        match event {
            Event::DhcpOptionsCreated(set) => {
                self.counters.observe(set.id);
                self.dhcp_option_sets.insert(set.id, set.clone());
            }
            Event::DhcpOptionsDeleted(id) => {
                self.dhcp_option_sets.remove(id);
            }
            _ => {}
        }
    }
}
