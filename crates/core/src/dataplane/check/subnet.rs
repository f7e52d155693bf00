//! Neighbours of one subnet talk directly (`P-E5`, `N10`, `R16`).

use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Step, Verdict};
use crate::model::vpc::Subnet;

/// Hands a packet for a neighbour straight to it.
pub fn check<'s, 'a>(step: &'s mut Step, context: &Context<'a>, subnet: &'a Subnet) -> Outcome<'s, 'a> {
    let network = context.network();
    let destination = context.packet().destination;
    // What goes back to a load balancer does not go to whoever has the client's address here.
    if !subnet.holds(destination) || context.returns.is_some() {
        return Outcome::skip(step, "P-E5", Evidence::SameSubnet { subnet: subnet.id, same: false, owner: None });
    }
    let owner = network.eni_by_address(subnet.vpc, destination);
    let evidence = Evidence::SameSubnet { subnet: subnet.id, same: true, owner: owner.map(|eni| eni.id) };
    match owner {
        Some(eni) => Outcome::new(step, Verdict::Deliver, "P-E5", evidence, Then::Next).to(Stage::ingress(network, eni, Some(subnet))),
        None => Outcome::lost(step, "P-E5", Code::NoPossibleDestination, evidence, Disposition::Unreachable).marked(Mark::Believed),
    }
}
