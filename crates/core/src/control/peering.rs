//! VPC peering connections (`R52`, `J14`): asked for, accepted or rejected, deleted. What happens by itself in between is here, too.

use super::check;
use super::command::{CreateVpcPeeringConnection, ModifyVpcPeeringConnectionOptions};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::addr::Ipv4Net;
use crate::id::{PeeringId, VpcId};
use crate::model::event::{Event, PeeringChange, Transition};
use crate::model::network::Network;
use crate::model::peering::{Peering, PeeringSide, PeeringState};
use crate::model::vpc::Vpc;
use crate::time::Instant;

/// CreateVpcPeeringConnection. That the blocks of the two overlap is found out later, and shows as the state `failed` (`R52`).
pub(super) fn create(draft: &mut Draft, request: &CreateVpcPeeringConnection) -> Result<Reply, Refusal> {
    let Some(peer) = request.peer else { return Err(Refusal::MissingParameter { parameter: "peerVpcId" }) };
    check::tags(&request.tags)?;
    if request.peer_owner.is_some_and(|owner| owner != draft.network.account()) {
        return Err(Refusal::PeerElsewhere { parameter: "peerOwnerId" });
    }
    if request.peer_region.as_ref().is_some_and(|region| region != draft.network.region()) {
        return Err(Refusal::PeerElsewhere { parameter: "peerRegion" });
    }
    let (requester, accepter) = (draft.vpc(request.vpc)?, draft.vpc(peer)?);
    if let Some(peering) = draft.network.peering_between(requester.id, accepter.id) {
        return Err(Refusal::PeeringExists { peering: peering.id });
    }
    let limit = draft.network.quotas().peerings_per_vpc;
    if [requester.id, accepter.id].into_iter().any(|vpc| draft.network.peerings_of(vpc).count() >= limit) {
        return Err(Refusal::PeeringLimit { limit });
    }
    let id = draft.new_id();
    let side = |vpc: VpcId, cidrs: Vec<Ipv4Net>| PeeringSide {
        vpc,
        owner: draft.network.account(),
        region: draft.network.region().to_owned(),
        cidrs,
        dns_resolution: false,
    };
    let peering = Peering {
        id,
        requester: side(requester.id, blocks(requester)),
        accepter: side(accepter.id, Vec::new()),
        state: PeeringState::InitiatingRequest,
        expires: Some(draft.now + draft.network.delays().peering_expire),
        tags: request.tags.clone(),
    };
    draft.push(Event::PeeringCreated(Box::new(peering)));
    draft.schedule(draft.network.delays().peering_request, Transition::PeeringIsRequested(id));
    Ok(Reply::Peering(id))
}

fn blocks(vpc: &Vpc) -> Vec<Ipv4Net> {
    vpc.cidrs.iter().map(|block| block.cidr).collect()
}

/// Whether any block of one VPC shares addresses with a block of the other.
fn overlap(one: &Vpc, other: &Vpc) -> bool {
    one.cidrs.iter().any(|a| other.cidrs.iter().any(|b| a.cidr.contains(&b.cidr) || b.cidr.contains(&a.cidr)))
}

/// The connection, if the other side is still asked for it.
fn pending<'n>(draft: &Draft<'n>, id: PeeringId) -> Result<&'n Peering, Refusal> {
    let peering = draft.peering(id)?;
    match peering.state {
        PeeringState::PendingAcceptance => Ok(peering),
        state => Err(Refusal::PeeringNotPending { peering: id, state: state.as_str() }),
    }
}

/// AcceptVpcPeeringConnection.
pub(super) fn accept(draft: &mut Draft, id: PeeringId) -> Result<Reply, Refusal> {
    let peering = pending(draft, id)?;
    let accepter = draft.vpc(peering.accepter.vpc)?;
    draft.push(Event::PeeringChanged(id, PeeringChange::Accepted(blocks(accepter))));
    draft.schedule(draft.network.delays().peering_provision, Transition::PeeringActivates(id));
    Ok(Reply::Peering(id))
}

/// RejectVpcPeeringConnection.
pub(super) fn reject(draft: &mut Draft, id: PeeringId) -> Result<Reply, Refusal> {
    pending(draft, id)?;
    end(draft, id, PeeringState::Rejected);
    Ok(Reply::Nothing)
}

/// DeleteVpcPeeringConnection: of one that is active, or still waits. Routes through it stay, and lead to nothing (`R11`).
pub(super) fn delete(draft: &mut Draft, id: PeeringId) -> Result<Reply, Refusal> {
    let peering = draft.peering(id)?;
    if peering.state.is_over() {
        return Err(Refusal::PeeringOver { peering: id, state: peering.state.as_str() });
    }
    end(draft, id, PeeringState::Deleted);
    Ok(Reply::Nothing)
}

/// Ends a connection, which stays listed for a while.
fn end(draft: &mut Draft, id: PeeringId, state: PeeringState) {
    draft.push(Event::PeeringChanged(id, PeeringChange::State(state)));
    draft.schedule(draft.network.delays().peering_forget, Transition::PeeringIsForgotten(id));
}

/// Ends a request that cannot come true any more.
pub(super) fn fail(draft: &mut Draft, id: PeeringId) {
    draft.push(Event::PeeringChanged(id, PeeringChange::State(PeeringState::Failed)));
    draft.schedule(draft.network.delays().peering_forget_failed, Transition::PeeringIsForgotten(id));
}

/// ModifyVpcPeeringConnectionOptions: of an active connection.
pub(super) fn modify_options(draft: &mut Draft, request: &ModifyVpcPeeringConnectionOptions) -> Result<Reply, Refusal> {
    let ModifyVpcPeeringConnectionOptions { peering: id, requester, accepter } = *request;
    if requester.is_none() && accepter.is_none() {
        let (first, second) = ("requesterPeeringConnectionOptions", "accepterPeeringConnectionOptions");
        return Err(Refusal::NeitherParameter { first, second });
    }
    let peering = draft.peering(id)?;
    if peering.state != PeeringState::Active {
        return Err(Refusal::PeeringNotActive { peering: id, state: peering.state.as_str() });
    }
    draft.push(Event::PeeringChanged(id, PeeringChange::DnsResolution { requester, accepter }));
    Ok(Reply::Peering(id))
}

/// What a transition brings of a connection that has not changed since otherwise.
pub(super) fn events_of(network: &Network, at: Instant, transition: Transition, events: &mut Vec<Event>) {
    let state_of = |id| network.peering(id).map(|peering| peering.state);
    let delays = network.delays();
    let mut over = |id, state, listed| {
        events.push(Event::PeeringChanged(id, PeeringChange::State(state)));
        events.push(Event::TransitionScheduled(at + listed, Transition::PeeringIsForgotten(id)));
    };
    match transition {
        Transition::PeeringIsRequested(id) if state_of(id) == Some(PeeringState::InitiatingRequest) => {
            if !can_be(network, id) {
                return over(id, PeeringState::Failed, delays.peering_forget_failed);
            }
            let told = network.peering(id).and_then(|peering| peering.expires);
            let expires = told.unwrap_or(at + delays.peering_expire);
            events.push(Event::PeeringChanged(id, PeeringChange::Requested(expires)));
            events.push(Event::TransitionScheduled(expires, Transition::PeeringExpires(id)));
        }
        Transition::PeeringActivates(id) if state_of(id) == Some(PeeringState::Provisioning) => {
            events.push(Event::PeeringChanged(id, PeeringChange::State(PeeringState::Active)));
        }
        Transition::PeeringExpires(id) if state_of(id) == Some(PeeringState::PendingAcceptance) => {
            over(id, PeeringState::Expired, delays.peering_forget);
        }
        Transition::PeeringIsForgotten(id) if state_of(id).is_some_and(PeeringState::is_over) => {
            events.push(Event::PeeringForgotten(id));
        }
        _ => {}
    }
}

/// Whether the two VPCs can be tied: both are there, and share no address.
fn can_be(network: &Network, id: PeeringId) -> bool {
    let vpcs = network.peering(id).and_then(|peering| Some((network.vpc(peering.requester.vpc)?, network.vpc(peering.accepter.vpc)?)));
    vpcs.is_some_and(|(requester, accepter)| !overlap(requester, accepter))
}
