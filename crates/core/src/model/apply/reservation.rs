//! Reservations of subnets.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_reservation(&mut self, event: &Event) {
        match event {
            Event::ReservationCreated(reservation) => {
                self.counters.observe(reservation.id);
                self.index.reservations_of.insert(reservation.subnet, reservation.id);
                self.reservations.insert(reservation.id, reservation.clone());
            }
            Event::ReservationDeleted(id) => {
                if let Some(gone) = self.reservations.remove(id) {
                    self.index.reservations_of.remove(gone.subnet, *id);
                }
            }
            _ => {}
        }
    }
}
