//! ENIs that a service of AWS makes for itself (`E80` to `E82`): it attaches them, and the user may look, tag, and nothing else.

use super::draft::Draft;
use super::eni::{NewEni, make};
use super::error::Refusal;
use super::ipv6::Ipv6Wish;
use super::wish::Granted;
use super::{check, elastic_ip};
use crate::addr::Ipv4Addr;
use crate::id::{EniId, GroupId};
use crate::model::Tags;
use crate::model::eni::{InterfaceType, Requester, TrackingTimeouts};
use crate::model::event::Event;
use crate::model::vpc::Subnet;

/// What a service wants of an ENI, beside the subnet.
pub(super) struct ServiceEni<'a> {
    /// The principal that asks (`E13`).
    pub requester: &'a str,
    /// AWS's word for the type (`E78`).
    pub kind: &'a str,
    /// What it is for: users know it by that (`E82`).
    pub description: String,
    /// Its groups; none for services that have none.
    pub groups: Vec<GroupId>,
    /// Whether it checks the addresses of packets (`E83`).
    pub source_dest_check: bool,
    /// Its private addresses, the primary one first; the lowest free one of the subnet if empty.
    pub addresses: Vec<Ipv4Addr>,
}

/// Makes an ENI for a service. It is attached by the service at once.
pub(super) fn add(draft: &mut Draft, subnet: &Subnet, wanted: ServiceEni<'_>) -> Result<EniId, Refusal> {
    let mut addresses = wanted.addresses;
    if addresses.is_empty() {
        check::free_addresses(draft.network, subnet, 1)?;
        addresses.push(draft.take_free_address(subnet, 1)?);
    }
    let granted = Granted { addresses, prefixes: Vec::new() };
    let new = NewEni {
        description: wanted.description,
        groups: wanted.groups,
        granted,
        ipv6: Ipv6Wish::default(),
        tracking: TrackingTimeouts::default(),
        tags: Tags::new(),
    };
    let mut eni = make(draft, subnet, new)?;
    eni.kind = InterfaceType::from_word(wanted.kind);
    eni.source_dest_check = wanted.source_dest_check;
    eni.wants_public_ip = false;
    eni.requester = Some(Requester { id: wanted.requester.to_owned(), managed: true, attachment: Some(draft.new_id()) });
    let id = eni.id;
    draft.push(Event::EniCreated(Box::new(eni)));
    Ok(id)
}

/// The events by which a service takes its ENI away.
pub(super) fn remove(draft: &mut Draft, id: EniId) {
    if let Some(eni) = draft.network.eni(id) {
        elastic_ip::events_of_unmapping(eni, &mut draft.events);
        draft.push(Event::EniDeleted(id));
    }
}
