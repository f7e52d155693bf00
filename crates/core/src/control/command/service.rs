//! What the acts of services were asked for.

use crate::id::{GroupId, SubnetId};
use crate::model::service::Service;

/// Our own act: a service takes a subnet, with one ENI in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceTakes {
    /// The service.
    pub service: Service,
    /// The subnet.
    pub subnet: SubnetId,
    /// What it is called: a function's or a load balancer's name.
    pub name: String,
    /// The groups of its ENI; the VPC's default group if empty.
    pub groups: Vec<GroupId>,
}
