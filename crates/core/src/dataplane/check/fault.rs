//! What is broken on an instance: a system that hangs takes and sends nothing (`L17`), network cards that fail lose a share of what passes (`L18`).

use crate::addr::Direction;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome};
use crate::dataplane::verdict::{Mark, Step};
use crate::dataplane::{Luck, guest};
use crate::model::fault::EVERY_PACKET;
use crate::model::instance::Instance;

/// Asked of an instance on which something is broken, on the way into its system and out of it.
pub fn check<'s, 'a>(step: &'s mut Step, context: &Context<'a>, instance: &'a Instance, direction: Direction) -> Outcome<'s, 'a> {
    let faults = &instance.faults;
    let per_mille = faults.loss.map_or(0, |loss| loss.per_mille);
    let hangs = faults.hangs_since.is_some();
    let mut evidence = Evidence::Faults { instance: instance.id, hangs, per_mille, drawn: None };
    if hangs {
        return Outcome::deny(step, "L17", Code::GuestHangs, evidence).marked(Mark::Modelled);
    }
    let other_end = match direction {
        Direction::Egress => context.packet().destination,
        Direction::Ingress => context.packet().source,
    };
    // What an instance sends to itself meets no network card.
    let stays = guest::configured_on(context.network(), instance, other_end).is_some();
    let lost = match context.question.luck {
        _ if stays => false,
        Luck::Good => per_mille >= EVERY_PACKET,
        Luck::Bad => per_mille > 0,
        Luck::Drawn(seed) => {
            let drawn = Luck::draw(seed, instance.id, direction);
            evidence = Evidence::Faults { instance: instance.id, hangs, per_mille, drawn: Some(drawn) };
            drawn < per_mille
        }
    };
    if lost {
        Outcome::deny(step, "L18", Code::GuestLosesPackets, evidence).marked(Mark::Modelled)
    } else {
        Outcome::allow(step, "L18", evidence).marked(Mark::Modelled)
    }
}
