//! After a remedy: the packet is sent again, and *Why* is about that one.

use super::Store;
use eni_playground::act::Act;
use eni_playground::session::Again;

/// Whose next question is waited for.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Following {
    packet: u64,
    since_us: u64,
}

impl Store {
    /// Does what would let a packet through, and sees to it that the packet is sent again: by who keeps asking, or by asking once more.
    pub(in crate::store) fn remedy(&mut self, acts: Vec<Act>, packet: u64) {
        let again = self.session().again(packet);
        if !acts.into_iter().all(|act| self.act(act).result.is_ok()) {
            return;
        }
        match again {
            Again::Asks => {
                self.following = Some(Following { packet, since_us: self.session().now() });
                self.run();
            }
            Again::Once(act) => self.act_and_follow(act),
            Again::Gone => {}
        }
    }

    /// Chooses the question that was waited for, as soon as it is sent.
    pub(in crate::store) fn follow(&mut self) {
        let Some(Following { packet, since_us }) = self.following else { return };
        // Whoever has chosen something else meanwhile is not called back.
        if self.shown().selection.packet != Some(packet) {
            self.following = None;
        } else if let Some(next) = self.session().next_question(packet, since_us) {
            self.following = None;
            self.choose(next);
        }
    }
}
