//! Source/destination check (`E40` to `E46`).

use crate::addr::IpAddr;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::Outcome;
use crate::dataplane::verdict::Step;
use crate::model::eni::Eni;

/// Whether the packet's address at this ENI's side is one of its own.
pub fn check<'s, 'a>(step: &'s mut Step, eni: &Eni, address: &IpAddr) -> Outcome<'s, 'a> {
    let own = eni.owns(*address);
    let evidence = Evidence::SourceDest { eni: eni.id, enabled: eni.source_dest_check, address: *address, own };
    if own || !eni.source_dest_check {
        Outcome::allow(step, "E40", evidence)
    } else {
        Outcome::deny(step, "E40", Code::EniSourceDestCheckRestriction, evidence)
    }
}
