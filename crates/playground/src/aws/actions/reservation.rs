//! Reservations of subnets.

use super::read::FILTERS;
use super::{Action, Request, command};
use crate::aws::describe::{Describe, Kind};
use crate::aws::error::ApiError;
use crate::aws::filter;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use crate::aws::shape::shape;
use eni_core::control::command::{Command, CreateSubnetReservation};
use eni_core::model::reservation::ReservationKind;

const SUBNET: Member = required("SubnetId", Wire::Id("subnet"), "the subnet");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateSubnetCidrReservation",
        help: "keeps a range of a subnet for prefixes, or for use by hand",
        members: &[
            SUBNET,
            required("Cidr", Wire::Text, "the range, in a block of the subnet"),
            required(
                "ReservationType",
                Wire::Words(&["prefix", "explicit"]),
                "prefix: prefixes of any come from here; explicit: only what is named",
            ),
            optional("Description", Wire::Text, "why"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "DeleteSubnetCidrReservation",
        help: "gives a reserved range back to its subnet; who has addresses in it keeps them",
        members: &[required("SubnetCidrReservationId", Wire::Id("scr"), "the reservation"), DRY_RUN],
        build: |p| command(Command::DeleteSubnetReservation(p.id("SubnetCidrReservationId")?)),
    },
    Action {
        name: "GetSubnetCidrReservations",
        help: "shows the reservations of a subnet",
        members: &[SUBNET, FILTERS, DRY_RUN],
        build: |p| {
            let kind = Kind::SubnetIpv4Reservations;
            let filters = filter::read(shape(kind).map_or("", |shape| shape.filters), p.objects("Filters"))?;
            let ids = vec![p.text_or_empty("SubnetId")];
            Ok(Request::Describe(Describe { kind, ids, filters, most: None, after: None, attribute: None }))
        },
    },
];

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let text = p.text("Cidr").unwrap_or_default();
    let kind = p.text("ReservationType").and_then(ReservationKind::from_word).ok_or_else(|| ApiError::missing("ReservationType"))?;
    command(Command::CreateSubnetReservation(Box::new(CreateSubnetReservation {
        subnet: p.id("SubnetId")?,
        cidr: text.parse().map_err(|_| ApiError::invalid("Cidr", text, "This is not a valid CIDR block."))?,
        kind,
        description: p.text_or_empty("Description"),
        tags: p.tags_for("subnet-cidr-reservation", &["subnet-cidr-reservation"])?,
    })))
}
