//! Route tables of transit gateways: who uses them, who fills them, and what is written into them (`R66`, `R67`).

use super::attachment::found;
use super::{add_table, available, goes_later, working};
use crate::addr::IpNet;
use crate::control::check;
use crate::control::draft::Draft;
use crate::control::error::Refusal;
use crate::control::reply::Reply;
use crate::id::{TransitAttachmentId, TransitGatewayId, TransitTableId};
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::transit::{TransitAttachment, TransitId, TransitRoute, TransitState, TransitTable};

/// CreateTransitGatewayRouteTable.
pub(super) fn create(draft: &mut Draft, gateway: TransitGatewayId, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    working(draft, gateway)?;
    let id = add_table(draft, gateway, tags);
    Ok(Reply::Transit(TransitId::Table(id)))
}

/// The table, if it works.
fn working_table<'n>(draft: &Draft<'n>, id: TransitTableId) -> Result<&'n TransitTable, Refusal> {
    let table = draft.transit_table(id)?;
    if table.state == TransitState::Deleted {
        return Err(Refusal::TransitTableNotFound { table: id });
    }
    available(TransitId::Table(id), table.state).map(|()| table)
}

/// A table and an attachment of one gateway.
fn pair<'n>(
    draft: &Draft<'n>,
    table: TransitTableId,
    attachment: TransitAttachmentId,
) -> Result<(&'n TransitTable, &'n TransitAttachment), Refusal> {
    let (found_table, found_attachment) = (working_table(draft, table)?, found(draft, attachment)?);
    if found_table.gateway != found_attachment.gateway {
        return Err(Refusal::TransitElsewhere { table, attachment });
    }
    Ok((found_table, found_attachment))
}

/// DeleteTransitGatewayRouteTable: of one that no attachment uses, and no new one will.
pub(super) fn delete(draft: &mut Draft, id: TransitTableId) -> Result<Reply, Refusal> {
    let table = working_table(draft, id)?;
    let gateway = draft.network.transit_gateway(table.gateway);
    let default = gateway.is_some_and(|gateway| [gateway.association_table, gateway.propagation_table].contains(&Some(id)));
    if default || draft.network.transit_attachments().any(|attachment| attachment.table == Some(id)) {
        return Err(Refusal::TransitTableInUse { table: id, gateway: table.gateway });
    }
    draft.push(Event::TransitTableSet(Box::new(TransitTable { state: TransitState::Deleting, ..table.clone() })));
    goes_later(draft, TransitId::Table(id));
    Ok(Reply::Transit(TransitId::Table(id)))
}

/// AssociateTransitGatewayRouteTable and DisassociateTransitGatewayRouteTable. Done at once, where AWS takes a moment (`M`).
pub(super) fn associate(draft: &mut Draft, id: TransitTableId, attachment: TransitAttachmentId, on: bool) -> Result<Reply, Refusal> {
    let (_, found) = pair(draft, id, attachment)?;
    match (found.table, on) {
        (Some(table), true) => return Err(Refusal::TransitAssociated { attachment, table }),
        (own, false) if own != Some(id) => return Err(Refusal::TransitNotAssociated { attachment, table: id }),
        _ => {}
    }
    draft.push(Event::TransitAttachmentSet(Box::new(TransitAttachment { table: on.then_some(id), ..found.clone() })));
    Ok(Reply::TransitTie(id, attachment))
}

/// EnableTransitGatewayRouteTablePropagation and DisableTransitGatewayRouteTablePropagation.
pub(super) fn propagate(draft: &mut Draft, id: TransitTableId, attachment: TransitAttachmentId, on: bool) -> Result<Reply, Refusal> {
    let (table, _) = pair(draft, id, attachment)?;
    let mut table = table.clone();
    match (table.propagations.contains(&attachment), on) {
        (true, true) => return Err(Refusal::TransitPropagates { attachment, table: id }),
        (false, false) => return Err(Refusal::TransitNotPropagating { attachment, table: id }),
        (false, true) => _ = table.propagations.insert(attachment),
        (true, false) => _ = table.propagations.remove(&attachment),
    }
    draft.push(Event::TransitTableSet(Box::new(table)));
    Ok(Reply::TransitTie(id, attachment))
}

/// CreateTransitGatewayRoute and ReplaceTransitGatewayRoute: to an attachment, or to nowhere.
pub(super) fn set_route(
    draft: &mut Draft,
    (id, destination): (TransitTableId, IpNet),
    (to, blackhole): (Option<TransitAttachmentId>, bool),
    replace: bool,
) -> Result<Reply, Refusal> {
    let (first, second) = ("TransitGatewayAttachmentId", "Blackhole");
    match (to, blackhole) {
        (None, false) => return Err(Refusal::NeitherParameter { first, second }),
        (Some(_), true) => return Err(Refusal::ExclusiveParameters { first, second }),
        _ => {}
    }
    let destination = destination.trunc();
    let table = match to {
        Some(attachment) => pair(draft, id, attachment)?.0,
        None => working_table(draft, id)?,
    };
    match (table.routes.contains_key(&destination), replace) {
        (true, false) => return Err(Refusal::TransitRouteExists { table: id, destination }),
        (false, true) => return Err(Refusal::TransitRouteNotFound { table: id, destination }),
        _ => {}
    }
    let mut table = table.clone();
    table.routes.insert(destination, to);
    draft.push(Event::TransitTableSet(Box::new(table)));
    Ok(Reply::TransitRoute(id, TransitRoute { destination, propagated: false, to }))
}

/// DeleteTransitGatewayRoute: of a static one. What is propagated goes with its propagation.
pub(super) fn delete_route(draft: &mut Draft, id: TransitTableId, destination: IpNet) -> Result<Reply, Refusal> {
    let destination = destination.trunc();
    let mut table = working_table(draft, id)?.clone();
    let Some(to) = table.routes.remove(&destination) else {
        return Err(Refusal::TransitRouteNotFound { table: id, destination });
    };
    draft.push(Event::TransitTableSet(Box::new(table)));
    Ok(Reply::TransitRoute(id, TransitRoute { destination, propagated: false, to }))
}
