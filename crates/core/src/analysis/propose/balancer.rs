//! Ways past the nodes of load balancers.

use crate::control::command::{Balancing, Command};
use crate::id::LoadBalancerId;

/// The nodes choose among the targets of every zone (`P54`).
pub(super) fn every_zone(balancer: LoadBalancerId) -> Vec<Vec<Command>> {
    vec![vec![Command::Balance(Box::new(Balancing::ModifyAttributes { balancer, cross_zone: Some(true) }))]]
}
