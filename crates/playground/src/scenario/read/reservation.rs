//! Reads reservations of subnets.

use super::Reader;
use super::facts::{id, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::IpNet;
use eni_core::id::SubnetReservationId;
use eni_core::model::event::Event;
use eni_core::model::reservation::{ReservationKind, SubnetReservation};

impl Reader<'_> {
    pub(super) fn read_reservation(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let reservation: SubnetReservationId = self.gateway_id(found, "SubnetCidrReservationId")?;
        let cidr: IpNet = fields.parsed("Cidr")?;
        let kind = ReservationKind::from_word(&text(&mut fields, "ReservationType")?)
            .ok_or_else(|| FieldError::new(fields.place("ReservationType"), InputKey::ExpectedWord { words: "prefix, explicit" }))?;
        let (subnet, description) = (id(&mut fields, "SubnetId")?, text(&mut fields, "Description")?);
        let tags = self.tags(found, &reservation.to_string(), "Tags")?;
        let read = SubnetReservation { id: reservation, subnet, cidr: cidr.trunc(), kind, description, tags };
        self.events.push(Event::ReservationCreated(Box::new(read)));
        Ok(())
    }
}
