//! Reservations of subnets (`E65`).

use super::check;
use super::command::CreateSubnetReservation;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::addr::IpNet;
use crate::id::{SubnetId, SubnetReservationId};
use crate::model::event::Event;
use crate::model::reservation::SubnetReservation;

/// CreateSubnetCidrReservation. Who has an address in the range keeps it.
pub(super) fn create(draft: &mut Draft, request: &CreateSubnetReservation) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    let subnet = draft.subnet(request.subnet)?;
    let cidr = request.cidr.trunc();
    let inside = match cidr {
        IpNet::V4(range) => subnet.cidr.contains(&range),
        IpNet::V6(range) => subnet.ipv6_cidr.is_some_and(|block| block.cidr.contains(&range)),
    };
    if !inside {
        return Err(Refusal::ReservationOutside { cidr, subnet: subnet.id });
    }
    let overlaps = |other: &&SubnetReservation| other.cidr.contains(&cidr) || cidr.contains(&other.cidr);
    if let Some(other) = draft.network.reservations_of(subnet.id).find(overlaps) {
        return Err(Refusal::ReservationOverlaps { cidr, other: other.cidr });
    }
    let id = draft.new_id();
    draft.push(Event::ReservationCreated(Box::new(SubnetReservation {
        id,
        subnet: subnet.id,
        cidr,
        kind: request.kind,
        description: request.description.clone(),
        tags: request.tags.clone(),
    })));
    Ok(Reply::Reservation(id))
}

/// DeleteSubnetCidrReservation. Who has an address in the range keeps it.
pub(super) fn delete(draft: &mut Draft, id: SubnetReservationId) -> Result<Reply, Refusal> {
    let gone = draft.reservation(id)?.clone();
    draft.push(Event::ReservationDeleted(id));
    Ok(Reply::ReservationGone(Box::new(gone)))
}

/// The reservations of a subnet go with it, and those of its IPv6 block with the block (`M`).
pub(super) fn remove_all(draft: &mut Draft, subnet: SubnetId, of_ipv6_alone: bool) {
    let gone = draft.network.reservations_of(subnet).filter(|one| !of_ipv6_alone || matches!(one.cidr, IpNet::V6(_)));
    let events: Vec<Event> = gone.map(|one| Event::ReservationDeleted(one.id)).collect();
    draft.events.extend(events);
}
