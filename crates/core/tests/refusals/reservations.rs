//! Refusals of reservations of subnets.

use super::*;
use eni_core::control::command::CreateSubnetReservation;
use eni_core::model::reservation::ReservationKind;

fn reserve(cidr: &str) -> Command {
    let (cidr, kind) = (cidr.parse().unwrap(), ReservationKind::Explicit);
    let (description, tags) = (String::new(), Tags::new());
    Command::CreateSubnetReservation(Box::new(CreateSubnetReservation { subnet: subnet(1), cidr, kind, description, tags }))
}

pub const RESERVATIONS: &[Case] = &[
    case("ReservationNotFound", "InvalidSubnetCidrReservationID.NotFound: The subnet CIDR reservation ID 'scr-9' does not exist", |_| {
        Command::DeleteSubnetReservation(id(9))
    }),
    case(
        "ReservationOutside",
        "InvalidParameterValue: Reservation CIDR 10.0.0.0/23 is not within the CIDR blocks of subnet subnet-1",
        |_| reserve("10.0.0.0/23"),
    ),
    case(
        "ReservationOverlaps",
        "InvalidParameterValue: Reservation CIDR 10.0.1.64/27 has overlap with existing reserved CIDR block",
        |scene| {
            scene.accept(reserve("10.0.1.64/26"));
            reserve("10.0.1.64/27")
        },
    ),
];
