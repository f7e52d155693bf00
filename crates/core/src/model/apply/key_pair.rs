//! Key pairs.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_key_pair(&mut self, event: &Event) {
        match event {
            Event::KeyPairCreated(pair) => {
                self.counters.observe(pair.id);
                self.key_pairs.insert(pair.id, pair.clone());
            }
            Event::KeyPairDeleted(id) => {
                self.key_pairs.remove(id);
            }
            _ => {}
        }
    }
}
