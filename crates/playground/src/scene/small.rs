//! Small scenes: one idea each, or a place to start from.

use super::build::{ACCOUNT, Builder, Built, REGION};
use crate::act::Asking;
use eni_core::control::account::fresh_account as fresh_events;
use eni_core::model::instance::GuestFlavour;

/// The first scene on systems that send every answer out by their first ENI: the source/dest check there stops it.
pub fn two_doors(builder: &mut Builder) -> Built<Vec<Asking>> {
    super::low_budget::build_with(builder, GuestFlavour::Plain)
}

/// What a fresh account finds: the default VPC.
pub fn fresh_account(builder: &mut Builder) -> Built<Vec<Asking>> {
    builder.apply(&fresh_events(REGION, ACCOUNT));
    Ok(Vec::new())
}

/// Nothing at all.
pub fn empty(_builder: &mut Builder) -> Built<Vec<Asking>> {
    Ok(Vec::new())
}
