//! VPC peering connections: two VPCs, and nothing beyond them (`R52` to `R54`).

use crate::addr::IpAddr;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::model::peering::{Peering, PeeringSide};

/// It carries packets between addresses of its two VPCs: what is for an address beyond the other one is dropped (`R53`). A VPC of another account or
/// region is outside of the model: packets that it would take leave for it.
pub fn addresses<'s, 'a>(step: &'s mut Step, context: &Context<'a>, peering: &'a Peering, to: &'a PeeringSide) -> Outcome<'s, 'a> {
    let address = context.packet().destination;
    let here = context.network().vpc(to.vpc);
    let inside = match (here, address) {
        (Some(vpc), _) => vpc.has_address(address),
        (None, IpAddr::V4(address)) => to.cidrs.iter().any(|block| block.contains(&address)),
        (None, IpAddr::V6(_)) => true,
    };
    let evidence = Evidence::Peering { peering: peering.id, to: to.vpc, address, inside };
    // AWS does not always tell the blocks of a VPC of somebody else.
    if here.is_none() && to.cidrs.is_empty() {
        return Outcome::deny(step, "R52", Code::UnsupportedComponent, evidence).marked(Mark::Modelled);
    }
    if !inside {
        return Outcome::deny(step, "R53", Code::PcxRequiresAddressInVpcCidr, evidence);
    }
    let then = match here {
        Some(vpc) => Then::Go(Stage::Local { vpc: vpc.id, from: None }),
        None => Then::Arrive(Disposition::ExitsNetwork, Place::Peering(peering.id)),
    };
    Outcome::new(step, Verdict::Route, "R52", evidence, then)
}
