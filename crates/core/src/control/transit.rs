//! Transit gateways, their attachments and route tables (`R57`, `R64` to `R69`), and what happens of them by itself.

mod attachment;
mod table;

use super::check;
use super::command::{NewTransitGateway, TransitAct, TransitGatewayChange};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::{TransitGatewayId, TransitTableId};
use crate::model::Tags;
use crate::model::event::{Event, Transition};
use crate::model::network::Network;
use crate::model::transit::{TransitGateway, TransitId, TransitState, TransitTable};
use crate::table::{Set, Table};
use crate::time::Instant;

/// How many transit gateways an account has in a region.
const MOST_GATEWAYS: usize = 5;

/// One line for each act.
pub(super) fn act(draft: &mut Draft, act: &TransitAct) -> Result<Reply, Refusal> {
    use TransitAct as T;
    match act {
        T::CreateGateway(request) => create(draft, request),
        T::ModifyGateway(id, change) => modify(draft, *id, change),
        T::DeleteGateway(id) => delete(draft, *id),
        T::CreateAttachment(request) => attachment::create(draft, request),
        T::ModifyAttachment(id, change) => attachment::modify(draft, *id, change),
        T::DeleteAttachment(id) => attachment::delete(draft, *id),
        T::CreateTable(gateway, tags) => table::create(draft, *gateway, tags),
        T::DeleteTable(id) => table::delete(draft, *id),
        T::Associate(id, attachment, on) => table::associate(draft, *id, *attachment, *on),
        T::Propagate(id, attachment, on) => table::propagate(draft, *id, *attachment, *on),
        T::SetRoute { table, destination, to, blackhole, replace } => {
            table::set_route(draft, (*table, *destination), (*to, *blackhole), *replace)
        }
        T::DeleteRoute(id, destination) => table::delete_route(draft, *id, *destination),
    }
}

/// CreateTransitGateway: with a default table, where new attachments are to use or to fill one.
fn create(draft: &mut Draft, request: &NewTransitGateway) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    if draft.network.transit_gateways().filter(|gateway| gateway.state != TransitState::Deleted).count() >= MOST_GATEWAYS {
        return Err(Refusal::TransitGatewayLimit { limit: MOST_GATEWAYS });
    }
    let id = draft.new_id();
    let table = if request.association || request.propagation { Some(add_table(draft, id, &Tags::new())) } else { None };
    draft.push(Event::TransitGatewaySet(Box::new(TransitGateway {
        id,
        state: TransitState::Pending,
        description: request.description.clone(),
        amazon_side_asn: request.amazon_side_asn,
        auto_accept: request.auto_accept,
        vpn_ecmp: request.vpn_ecmp,
        dns_support: request.dns_support,
        association_table: table.filter(|_| request.association),
        propagation_table: table.filter(|_| request.propagation),
        created: draft.now,
        tags: request.tags.clone(),
    })));
    settles_later(draft, TransitId::Gateway(id));
    Ok(Reply::Transit(TransitId::Gateway(id)))
}

/// A table in the making.
fn add_table(draft: &mut Draft, gateway: TransitGatewayId, tags: &Tags) -> TransitTableId {
    let id = draft.new_id();
    draft.push(Event::TransitTableSet(Box::new(TransitTable {
        id,
        gateway,
        state: TransitState::Pending,
        propagations: Set::new(),
        routes: Table::new(),
        created: draft.now,
        tags: tags.clone(),
    })));
    settles_later(draft, TransitId::Table(id));
    id
}

fn settles_later(draft: &mut Draft, id: TransitId) {
    draft.schedule(draft.network.delays().transit_create, Transition::TransitSettles(id));
}

/// It must work before anything is done with it.
fn available(what: TransitId, state: TransitState) -> Result<(), Refusal> {
    if state == TransitState::Available { Ok(()) } else { Err(Refusal::TransitNotAvailable { what, state: state.as_str() }) }
}

/// The gateway, if it works.
fn working<'n>(draft: &Draft<'n>, id: TransitGatewayId) -> Result<&'n TransitGateway, Refusal> {
    let gateway = draft.transit_gateway(id)?;
    if gateway.state == TransitState::Deleted {
        return Err(Refusal::TransitGatewayNotFound { gateway: id });
    }
    available(TransitId::Gateway(id), gateway.state).map(|()| gateway)
}

/// ModifyTransitGateway. Attachments that are there stay as they are.
fn modify(draft: &mut Draft, id: TransitGatewayId, change: &TransitGatewayChange) -> Result<Reply, Refusal> {
    let mut gateway = working(draft, id)?.clone();
    for table in [change.association, change.propagation].into_iter().flatten().flatten() {
        if draft.transit_table(table)?.gateway != id {
            return Err(Refusal::TransitTableNotFound { table });
        }
    }
    gateway.description = change.description.clone().unwrap_or(gateway.description);
    gateway.amazon_side_asn = change.amazon_side_asn.unwrap_or(gateway.amazon_side_asn);
    gateway.auto_accept = change.auto_accept.unwrap_or(gateway.auto_accept);
    gateway.vpn_ecmp = change.vpn_ecmp.unwrap_or(gateway.vpn_ecmp);
    gateway.dns_support = change.dns_support.unwrap_or(gateway.dns_support);
    gateway.association_table = change.association.unwrap_or(gateway.association_table);
    gateway.propagation_table = change.propagation.unwrap_or(gateway.propagation_table);
    draft.push(Event::TransitGatewaySet(Box::new(gateway)));
    Ok(Reply::Transit(TransitId::Gateway(id)))
}

/// DeleteTransitGateway, with its tables: no attachment may be left.
fn delete(draft: &mut Draft, id: TransitGatewayId) -> Result<Reply, Refusal> {
    let gateway = working(draft, id)?;
    let left =
        |attachment: &&crate::model::transit::TransitAttachment| attachment.gateway == id && attachment.state != TransitState::Deleted;
    if let Some(attachment) = draft.network.transit_attachments().find(left) {
        return Err(Refusal::TransitGatewayInUse { gateway: id, attachment: attachment.id });
    }
    draft.push(Event::TransitGatewaySet(Box::new(TransitGateway { state: TransitState::Deleting, ..gateway.clone() })));
    goes_later(draft, TransitId::Gateway(id));
    for table in draft.network.transit_tables().filter(|table| table.gateway == id && table.state.stands()) {
        draft.push(Event::TransitTableSet(Box::new(TransitTable { state: TransitState::Deleting, ..table.clone() })));
        goes_later(draft, TransitId::Table(table.id));
    }
    Ok(Reply::Transit(TransitId::Gateway(id)))
}

fn goes_later(draft: &mut Draft, id: TransitId) {
    draft.schedule(draft.network.delays().transit_delete, Transition::TransitGoes(id));
}

/// What a transition brings of something that has not changed since otherwise.
pub(super) fn events_of(network: &Network, at: Instant, transition: Transition, events: &mut Vec<Event>) {
    let forget = |id| Event::TransitionScheduled(at + network.delays().transit_forget, Transition::TransitIsForgotten(id));
    match transition {
        Transition::TransitSettles(id) if state_of(network, id) == Some(TransitState::Pending) => {
            if let TransitId::Attachment(id) = id {
                return attachment::settles(network, id, events);
            }
            events.extend(in_state(network, id, TransitState::Available));
        }
        Transition::TransitGoes(id) if state_of(network, id) == Some(TransitState::Deleting) => {
            match id {
                TransitId::Attachment(id) => attachment::goes(network, id, events),
                _ => events.extend(in_state(network, id, TransitState::Deleted)),
            }
            events.push(forget(id));
        }
        Transition::TransitIsForgotten(id) if state_of(network, id) == Some(TransitState::Deleted) => {
            events.push(Event::TransitForgotten(id))
        }
        _ => {}
    }
}

fn state_of(network: &Network, id: TransitId) -> Option<TransitState> {
    match id {
        TransitId::Gateway(id) => network.transit_gateway(id).map(|gateway| gateway.state),
        TransitId::Attachment(id) => network.transit_attachment(id).map(|attachment| attachment.state),
        TransitId::Table(id) => network.transit_table(id).map(|table| table.state),
    }
}

/// A gateway or a table in another state.
fn in_state(network: &Network, id: TransitId, state: TransitState) -> Option<Event> {
    Some(match id {
        TransitId::Gateway(id) => Event::TransitGatewaySet(Box::new(TransitGateway { state, ..network.transit_gateway(id)?.clone() })),
        TransitId::Table(id) => Event::TransitTableSet(Box::new(TransitTable { state, ..network.transit_table(id)?.clone() })),
        TransitId::Attachment(_) => return None,
    })
}
