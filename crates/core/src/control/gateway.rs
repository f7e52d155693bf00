//! Internet gateways (`R30` to `R36`) and egress-only ones (`R37`).

use super::check;
use super::draft::Draft;
use super::edge;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::{EgressOnlyGatewayId, InternetGatewayId, VpcId};
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::gateway::{EgressOnlyGateway, InternetGateway};
use crate::model::route_table::RouteTableUser;

/// CreateInternetGateway.
pub(super) fn create(draft: &mut Draft, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    let limit = draft.network.quotas().internet_gateways;
    if draft.network.internet_gateways().len() >= limit {
        return Err(Refusal::InternetGatewayLimit { limit });
    }
    let id = draft.new_id();
    draft.push(Event::InternetGatewayCreated(Box::new(InternetGateway { id, vpc: None, tags: tags.clone() })));
    Ok(Reply::InternetGateway(id))
}

/// AttachInternetGateway.
pub(super) fn attach(draft: &mut Draft, id: InternetGatewayId, vpc: VpcId) -> Result<Reply, Refusal> {
    let gateway = draft.internet_gateway(id)?;
    draft.vpc(vpc)?;
    if let Some(attached) = gateway.vpc {
        return Err(Refusal::GatewayAttached { gateway: id, vpc: attached });
    }
    if let Some(other) = draft.network.internet_gateway_of(vpc) {
        return Err(Refusal::VpcHasGateway { vpc, gateway: other.id });
    }
    draft.push(Event::InternetGatewayMoved(id, Some(vpc)));
    Ok(Reply::Nothing)
}

/// DetachInternetGateway.
pub(super) fn detach(draft: &mut Draft, id: InternetGatewayId, vpc: VpcId) -> Result<Reply, Refusal> {
    let gateway = draft.internet_gateway(id)?;
    draft.vpc(vpc)?;
    if gateway.vpc != Some(vpc) {
        return Err(Refusal::GatewayNotAttached { gateway: id, vpc });
    }
    if draft.network.has_mapped_public_address(vpc) {
        return Err(Refusal::PublicAddressesMapped { vpc });
    }
    edge::leave(draft, RouteTableUser::InternetGateway(id));
    draft.push(Event::InternetGatewayMoved(id, None));
    Ok(Reply::Nothing)
}

/// DeleteInternetGateway.
pub(super) fn delete(draft: &mut Draft, id: InternetGatewayId) -> Result<Reply, Refusal> {
    if draft.internet_gateway(id)?.vpc.is_some() {
        return Err(Refusal::GatewayInUse { gateway: id });
    }
    draft.push(Event::InternetGatewayDeleted(id));
    Ok(Reply::Nothing)
}

/// CreateEgressOnlyInternetGateway: attached to its VPC from the beginning, one for each VPC (`R37`).
pub(super) fn create_egress_only(draft: &mut Draft, vpc: VpcId, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    draft.vpc(vpc)?;
    if let Some(other) = draft.network.egress_only_gateways().find(|gateway| gateway.vpc == vpc) {
        return Err(Refusal::VpcHasEgressOnlyGateway { vpc, gateway: other.id });
    }
    let limit = draft.network.quotas().egress_only_gateways;
    if draft.network.egress_only_gateways().len() >= limit {
        return Err(Refusal::EgressOnlyGatewayLimit { limit });
    }
    let id = draft.new_id();
    draft.push(Event::EgressOnlyGatewayCreated(Box::new(EgressOnlyGateway { id, vpc, tags: tags.clone() })));
    Ok(Reply::EgressOnlyGateway(id))
}

/// DeleteEgressOnlyInternetGateway: routes through it become black holes (`R11`).
pub(super) fn delete_egress_only(draft: &mut Draft, id: EgressOnlyGatewayId) -> Result<Reply, Refusal> {
    draft.egress_only_gateway(id)?;
    draft.push(Event::EgressOnlyGatewayDeleted(id));
    Ok(Reply::Nothing)
}
