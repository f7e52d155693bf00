//! Reservations of subnets.

use super::{Writer, tables};
use crate::aws::error::ApiError;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, derived, kept};
use crate::aws::text::Json;
use eni_core::addr::IpNet;
use eni_core::id::SubnetId;
use eni_core::model::reservation::SubnetReservation;

/// A reservation.
pub const RESERVATION: &[Member] = &[
    kept("SubnetCidrReservationId", Wire::Text),
    kept("SubnetId", Wire::Text),
    kept("Cidr", Wire::Text),
    kept("ReservationType", Wire::Text),
    derived("OwnerId", Wire::Text),
    kept("Description", Wire::Text),
    tables::TAGS,
];

/// The filters of GetSubnetCidrReservations.
pub const FILTERS: &str = "tag subnet-id reservationType=ReservationType";

impl Writer<'_> {
    pub(in crate::aws) fn reservation(&self, reservation: &SubnetReservation) -> Json {
        self.object()
            .text("SubnetCidrReservationId", reservation.id)
            .text("SubnetId", reservation.subnet)
            .text("Cidr", reservation.cidr)
            .with("ReservationType", reservation.kind.as_str())
            .with("OwnerId", self.owner())
            .with("Description", reservation.description.as_str())
            .tags("Tags", &reservation.tags)
            .into()
    }

    /// All of one family.
    pub(in crate::aws) fn reservations(&self, kind: Kind) -> Vec<Json> {
        let of_kind = |one: &&SubnetReservation| of_family(kind, one);
        self.network.reservations().filter(of_kind).map(|one| self.reservation(one)).collect()
    }

    /// Those of a subnet, of both families, in the order of their ids.
    pub(in crate::aws) fn reservations_of(&self, names: &[String]) -> Result<Vec<Json>, ApiError> {
        let name = names.first().map_or("", String::as_str);
        let id: Option<SubnetId> = name.parse().ok();
        let subnet = id.and_then(|id| self.network.subnet(id)).ok_or_else(|| ApiError::not_found("subnet", name))?;
        Ok(self.network.reservations_of(subnet.id).map(|one| self.reservation(one)).collect())
    }
}

fn of_family(kind: Kind, reservation: &SubnetReservation) -> bool {
    matches!(reservation.cidr, IpNet::V6(_)) == (kind == Kind::SubnetIpv6Reservations)
}
