//! Reservations of subnets.

use super::read::{FILTERS, TOKEN, list, most};
use super::{Action, Request, command};
use crate::aws::describe::Describe;
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
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
        members: &[SUBNET, FILTERS, most(1000), TOKEN, DRY_RUN],
        build: |p| match list(p, Kind::SubnetIpv4Reservations, &[])? {
            Request::Describe(asked) => Ok(Request::Describe(Describe { ids: vec![p.text_or_empty("SubnetId")], ..asked })),
            request => Ok(request),
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
