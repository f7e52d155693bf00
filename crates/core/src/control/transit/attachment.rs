//! Attachments of VPCs to transit gateways: one ENI in each subnet that was named, at most one subnet of a zone (`R57`, `R65`).

use super::{available, goes_later, settles_later, working};
use crate::control::check;
use crate::control::command::{NewTransitAttachment, TransitAttachmentChange};
use crate::control::draft::Draft;
use crate::control::error::Refusal;
use crate::control::reply::Reply;
use crate::control::service_eni::{self, ServiceEni};
use crate::id::{EniId, SubnetId, TransitAttachmentId, VpcId};
use crate::model::event::Event;
use crate::model::network::Network;
use crate::model::transit::{TransitAttachment, TransitId, TransitOptions, TransitState, TransitTable};
use crate::table::Set;

/// Who asks for the ENIs of attachments (`M`).
const REQUESTER: &str = "amazon-transit-gateway";

/// CreateTransitGatewayVpcAttachment.
pub(super) fn create(draft: &mut Draft, request: &NewTransitAttachment) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    if request.subnets.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "SubnetIds" });
    }
    let gateway = working(draft, request.gateway)?;
    let vpc = draft.vpc(request.vpc)?.id;
    let same = |one: &&TransitAttachment| one.gateway == gateway.id && one.vpc == vpc && one.state != TransitState::Deleted;
    if let Some(other) = draft.network.transit_attachments().find(same) {
        return Err(Refusal::TransitAttachmentExists { gateway: gateway.id, attachment: other.id });
    }
    let id = draft.new_id();
    let enis = add_enis(draft, (id, vpc), &request.subnets, &[])?;
    draft.push(Event::TransitAttachmentSet(Box::new(TransitAttachment {
        id,
        gateway: gateway.id,
        vpc,
        state: TransitState::Pending,
        enis,
        table: None,
        options: request.options,
        created: draft.now,
        tags: request.tags.clone(),
    })));
    settles_later(draft, TransitId::Attachment(id));
    Ok(Reply::Transit(TransitId::Attachment(id)))
}

/// An ENI in each of these subnets, beside those that stay.
fn add_enis(draft: &mut Draft, of: (TransitAttachmentId, VpcId), wanted: &[SubnetId], stay: &[SubnetId]) -> Result<Vec<EniId>, Refusal> {
    let wanted = check::distinct(wanted);
    let mut zones = Set::new();
    zones.extend(stay.iter().filter_map(|id| draft.network.subnet(*id)).map(|subnet| subnet.zone.clone()));
    for id in &wanted {
        let subnet = draft.subnet(*id)?;
        if subnet.vpc != of.1 {
            return Err(Refusal::TransitSubnetElsewhere { subnet: *id, vpc: of.1 });
        }
        if !zones.insert(subnet.zone.clone()) {
            return Err(Refusal::TransitSubnetsInZone { subnet: *id, zone: subnet.zone.clone() });
        }
    }
    check::eni_quota(draft, wanted.len())?;
    wanted.into_iter().map(|id| add_eni(draft, of.0, id)).collect()
}

fn add_eni(draft: &mut Draft, attachment: TransitAttachmentId, subnet: SubnetId) -> Result<EniId, Refusal> {
    let subnet = draft.subnet(subnet)?;
    let wanted = ServiceEni {
        requester: REQUESTER,
        kind: "transit_gateway",
        description: format!("Network Interface for Transit Gateway Attachment {attachment}"),
        groups: Vec::new(),
        source_dest_check: false,
        addresses: Vec::new(),
    };
    service_eni::add(draft, subnet, wanted)
}

/// The attachment, if it works.
pub(super) fn found<'n>(draft: &Draft<'n>, id: TransitAttachmentId) -> Result<&'n TransitAttachment, Refusal> {
    let attachment = draft.transit_attachment(id)?;
    if attachment.state == TransitState::Deleted {
        return Err(Refusal::TransitAttachmentNotFound { attachment: id });
    }
    available(TransitId::Attachment(id), attachment.state).map(|()| attachment)
}

/// ModifyTransitGatewayVpcAttachment.
pub(super) fn modify(draft: &mut Draft, id: TransitAttachmentId, change: &TransitAttachmentChange) -> Result<Reply, Refusal> {
    let mut attachment = found(draft, id)?.clone();
    let old: Vec<(EniId, SubnetId)> = attachment.enis.iter().filter_map(|id| Some((*id, draft.network.eni(*id)?.subnet))).collect();
    if let Some(subnet) = change.remove.iter().find(|subnet| old.iter().all(|(_, own)| own != *subnet)) {
        return Err(Refusal::TransitSubnetUnused { subnet: *subnet, attachment: id });
    }
    let (gone, stay): (Vec<_>, Vec<_>) = old.into_iter().partition(|(_, subnet)| change.remove.contains(subnet));
    let subnets: Vec<SubnetId> = stay.iter().map(|(_, subnet)| *subnet).collect();
    attachment.enis = stay.into_iter().map(|(eni, _)| eni).collect();
    attachment.enis.extend(add_enis(draft, (id, attachment.vpc), &change.add, &subnets)?);
    if attachment.enis.is_empty() {
        return Err(Refusal::TransitLastSubnet { attachment: id });
    }
    gone.into_iter().for_each(|(eni, _)| service_eni::remove(draft, eni));
    let old = attachment.options;
    attachment.options = TransitOptions {
        dns_support: change.dns_support.unwrap_or(old.dns_support),
        group_references: change.group_references.unwrap_or(old.group_references),
        ipv6: change.ipv6.unwrap_or(old.ipv6),
        appliance_mode: change.appliance_mode.unwrap_or(old.appliance_mode),
    };
    draft.push(Event::TransitAttachmentSet(Box::new(attachment)));
    Ok(Reply::Transit(TransitId::Attachment(id)))
}

/// DeleteTransitGatewayVpcAttachment: routes to it stay, and lead to nothing (`R67`).
pub(super) fn delete(draft: &mut Draft, id: TransitAttachmentId) -> Result<Reply, Refusal> {
    let attachment = draft.transit_attachment(id)?;
    match attachment.state {
        TransitState::Deleted => return Err(Refusal::TransitAttachmentNotFound { attachment: id }),
        TransitState::Deleting => return Err(Refusal::TransitNotAvailable { what: TransitId::Attachment(id), state: "deleting" }),
        TransitState::Pending | TransitState::Available => {}
    }
    draft.push(Event::TransitAttachmentSet(Box::new(TransitAttachment { state: TransitState::Deleting, ..attachment.clone() })));
    goes_later(draft, TransitId::Attachment(id));
    Ok(Reply::Transit(TransitId::Attachment(id)))
}

/// A pending attachment works: with the default tables of its gateway, if that has some.
pub(super) fn settles(network: &Network, id: TransitAttachmentId, events: &mut Vec<Event>) {
    let Some(attachment) = network.transit_attachment(id) else { return };
    let gateway = network.transit_gateway(attachment.gateway);
    let table = gateway.and_then(|gateway| gateway.association_table);
    events.push(Event::TransitAttachmentSet(Box::new(TransitAttachment { state: TransitState::Available, table, ..attachment.clone() })));
    if let Some(table) = gateway.and_then(|gateway| network.transit_table(gateway.propagation_table?)) {
        let mut table = table.clone();
        table.propagations.insert(id);
        events.push(Event::TransitTableSet(Box::new(table)));
    }
}

/// An attachment is gone, and its ENIs with it; what led to it leads nowhere.
pub(super) fn goes(network: &Network, id: TransitAttachmentId, events: &mut Vec<Event>) {
    let Some(attachment) = network.transit_attachment(id) else { return };
    events.extend(attachment.enis.iter().map(|eni| Event::EniDeleted(*eni)));
    let gone = TransitAttachment { state: TransitState::Deleted, enis: Vec::new(), table: None, ..attachment.clone() };
    events.push(Event::TransitAttachmentSet(Box::new(gone)));
    let leads = |table: &&TransitTable| table.propagations.contains(&id) || table.routes.values().any(|to| *to == Some(id));
    for table in network.transit_tables().filter(leads) {
        let mut table = table.clone();
        table.propagations.remove(&id);
        table.routes.values_mut().filter(|to| **to == Some(id)).for_each(|to| *to = None);
        events.push(Event::TransitTableSet(Box::new(table)));
    }
}
