//! VPC peering connections of a script.

use super::plan::{Plan, name_of, tagged};
use super::said;
use crate::aws::object::Object;
use eni_core::id::VpcId;
use eni_core::model::peering::{Peering, PeeringState};

/// Peering connections that are asked for or accepted, before the rules and routes that speak of them. One that has ended is only listed for a
/// while, and does not come back.
pub(super) fn peerings(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("VPC peering connections");
    let mut made = Vec::new();
    for peering in network.peerings() {
        let is_here = |vpc: VpcId| network.vpc(vpc).is_some();
        if peering.state.is_over() || !is_here(peering.requester.vpc) || !is_here(peering.accepter.vpc) {
            plan.note(&peering.id, "", said::not_here);
            continue;
        }
        let object = Object::new().text("VpcId", peering.requester.vpc).text("PeerVpcId", peering.accepter.vpc);
        let object = tagged(object, &[("vpc-peering-connection", &peering.tags)]);
        let id = peering.id.to_string();
        let path = "VpcPeeringConnection.VpcPeeringConnectionId";
        plan.make(&id, ("PEERING", name_of(&peering.tags)), "CreateVpcPeeringConnection", object, path);
        made.push(peering);
    }
    plan.wait("vpc-peering-connection-exists", "VpcPeeringConnectionIds", made.iter().map(|peering| peering.id.to_string()).collect());
    made.retain(|peering| is_accepted(peering));
    if made.is_empty() {
        return;
    }
    plan.pause(said::UNTIL_PENDING);
    for peering in made {
        plan.call("AcceptVpcPeeringConnection", Object::new().text("VpcPeeringConnectionId", peering.id));
    }
    plan.pause(said::UNTIL_ACTIVE);
}

fn is_accepted(peering: &Peering) -> bool {
    peering.state == PeeringState::Active
}

/// What only an active connection takes.
pub(super) fn options(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Options of VPC peering connections");
    for peering in network.peerings().filter(|peering| is_accepted(peering)) {
        let wish = |on: bool| on.then(|| Object::new().with("AllowDnsResolutionFromRemoteVpc", true));
        let (requester, accepter) = (peering.requester.dns_resolution, peering.accepter.dns_resolution);
        if requester || accepter {
            let object = Object::new().text("VpcPeeringConnectionId", peering.id);
            let object = object.maybe("RequesterPeeringConnectionOptions", wish(requester));
            plan.call("ModifyVpcPeeringConnectionOptions", object.maybe("AccepterPeeringConnectionOptions", wish(accepter)));
        }
    }
}
