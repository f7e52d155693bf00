//! The calls about VPC peering connections.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::control::command::Command;

/// The call of such a command.
pub(super) fn call(command: &Command) -> Option<Call> {
    let of = |id| Object::new().text("VpcPeeringConnectionId", id);
    Some(match command {
        Command::CreateVpcPeeringConnection(request) => {
            let object = Object::new().text("VpcId", request.vpc).maybe_text("PeerVpcId", request.peer);
            let object = object.maybe_text("PeerOwnerId", request.peer_owner).maybe("PeerRegion", request.peer_region.as_deref());
            ("CreateVpcPeeringConnection", tagged(object, "vpc-peering-connection", &request.tags))
        }
        Command::AcceptVpcPeeringConnection(id) => ("AcceptVpcPeeringConnection", of(id)),
        Command::RejectVpcPeeringConnection(id) => ("RejectVpcPeeringConnection", of(id)),
        Command::DeleteVpcPeeringConnection(id) => ("DeleteVpcPeeringConnection", of(id)),
        Command::ModifyVpcPeeringConnectionOptions(request) => {
            let options = |on: bool| Object::new().with("AllowDnsResolutionFromRemoteVpc", on);
            let object = of(&request.peering).maybe("AccepterPeeringConnectionOptions", request.accepter.map(options));
            ("ModifyVpcPeeringConnectionOptions", object.maybe("RequesterPeeringConnectionOptions", request.requester.map(options)))
        }
        _ => return None,
    })
}
