//! Internet gateways (`R30` to `R36`).

use super::check;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::{InternetGatewayId, VpcId};
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::gateway::InternetGateway;

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
