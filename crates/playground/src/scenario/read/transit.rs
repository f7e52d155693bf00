//! Reads transit gateways, their route tables and attachments. The ENIs of an attachment are known by their descriptions.

use super::Reader;
use super::facts::{id, maybe_id, object, objects, text};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::IpNet;
use eni_core::id::{EniId, SubnetId, TransitAttachmentId, TransitGatewayId, TransitTableId, VpcId};
use eni_core::model::event::{Delays, Event, Transition};
use eni_core::model::transit::{TransitAttachment, TransitGateway, TransitId, TransitOptions, TransitState, TransitTable};
use eni_core::table::{Set, Table};
use eni_core::time::Instant;
use serde_json::Value;

impl Reader<'_> {
    /// All of them, behind the ENIs.
    pub(super) fn read_transit(&mut self) -> Result<(), ScenarioError> {
        self.each(Kind::TransitGateways, &mut |reader, found| reader.read_transit_gateway(found))?;
        self.each(Kind::TransitGatewayRouteTables, &mut |reader, found| reader.read_transit_table(found))?;
        self.each(Kind::TransitGatewayVpcAttachments, &mut |reader, found| reader.read_transit_attachment(found))
    }

    fn read_transit_gateway(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let gateway: TransitGatewayId = self.gateway_id(found, "TransitGatewayId")?;
        let mut fields = Fields::of(&found.place, &found.value)?;
        let state = self.transit_state(&mut fields, TransitId::Gateway(gateway))?;
        let (description, created) = (text(&mut fields, "Description")?, self.moment(&mut fields, "CreationTime")?);
        let mut gateway = TransitGateway {
            id: gateway,
            state,
            description,
            amazon_side_asn: TransitGateway::USUAL_ASN,
            auto_accept: false,
            vpn_ecmp: true,
            dns_support: true,
            association_table: None,
            propagation_table: None,
            created,
            tags: self.tags(found, &gateway.to_string(), "Tags")?,
        };
        if let Some(mut options) = object(&mut fields, "Options")? {
            gateway.amazon_side_asn = options.optional_number("AmazonSideAsn", u64::from(u32::MAX))?.unwrap_or(TransitGateway::USUAL_ASN);
            gateway.auto_accept = on(&mut options, "AutoAcceptSharedAttachments", false)?;
            gateway.vpn_ecmp = on(&mut options, "VpnEcmpSupport", true)?;
            gateway.dns_support = on(&mut options, "DnsSupport", true)?;
            gateway.association_table = maybe_id(&mut options, "AssociationDefaultRouteTableId")?;
            gateway.propagation_table = maybe_id(&mut options, "PropagationDefaultRouteTableId")?;
        }
        self.events.push(Event::TransitGatewaySet(Box::new(gateway)));
        Ok(())
    }

    /// The state; what was on its way goes on from the moment at which everything else begins.
    fn transit_state(&mut self, fields: &mut Fields<'_>, id: TransitId) -> Result<TransitState, FieldError> {
        let now = Instant::from_nanos(self.basis.extra.clock);
        let delays = Delays::default();
        let (state, next) = match text(fields, "State")?.as_str() {
            "" | "available" | "modifying" => (TransitState::Available, None),
            "pending" => (TransitState::Pending, Some((delays.transit_create, Transition::TransitSettles(id)))),
            // Somebody else has to say a word first.
            "initiating" | "initiatingRequest" | "pendingAcceptance" => (TransitState::Pending, None),
            "deleting" => (TransitState::Deleting, Some((delays.transit_delete, Transition::TransitGoes(id)))),
            "deleted" | "failed" | "failing" | "rejected" | "rejecting" | "rollingBack" => {
                (TransitState::Deleted, Some((delays.transit_forget, Transition::TransitIsForgotten(id))))
            }
            _ => {
                let words = "pending, available, modifying, deleting, deleted";
                return Err(FieldError::new(fields.place("State"), InputKey::ExpectedWord { words }));
            }
        };
        self.events.extend(next.map(|(after, transition)| Event::TransitionScheduled(now + after, transition)));
        Ok(state)
    }

    fn read_transit_table(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let table: TransitTableId = self.gateway_id(found, "TransitGatewayRouteTableId")?;
        let mut fields = Fields::of(&found.place, &found.value)?;
        let gateway: TransitGatewayId = id(&mut fields, "TransitGatewayId")?;
        self.must_be_told(&fields, "TransitGatewayId", Kind::TransitGateways, &gateway.to_string())?;
        let state = self.transit_state(&mut fields, TransitId::Table(table))?;
        let created = self.moment(&mut fields, "CreationTime")?;
        let (mut propagations, mut routes) = (Set::new(), Table::new());
        for mut entry in objects(&mut fields, "Propagations")? {
            propagations.insert(id::<TransitAttachmentId>(&mut entry, "TransitGatewayAttachmentId")?);
        }
        for mut entry in objects(&mut fields, "Routes")? {
            let block: Option<IpNet> = entry.optional_parsed("DestinationCidrBlock")?;
            let block = block.ok_or_else(|| FieldError::new(entry.place("DestinationCidrBlock"), InputKey::Missing))?;
            routes.insert(block.trunc(), maybe_id(&mut entry, "TransitGatewayAttachmentId")?);
        }
        let tags = self.tags(found, &table.to_string(), "Tags")?;
        self.events.push(Event::TransitTableSet(Box::new(TransitTable { id: table, gateway, state, propagations, routes, created, tags })));
        Ok(())
    }

    fn read_transit_attachment(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let attachment: TransitAttachmentId = self.gateway_id(found, "TransitGatewayAttachmentId")?;
        let mut fields = Fields::of(&found.place, &found.value)?;
        let (gateway, vpc): (TransitGatewayId, VpcId) = (id(&mut fields, "TransitGatewayId")?, id(&mut fields, "VpcId")?);
        let state = self.transit_state(&mut fields, TransitId::Attachment(attachment))?;
        if state != TransitState::Deleted {
            self.must_be_told(&fields, "TransitGatewayId", Kind::TransitGateways, &gateway.to_string())?;
            self.must_be_told(&fields, "VpcId", Kind::Vpcs, &vpc.to_string())?;
        }
        let mut options = TransitOptions::default();
        if let Some(mut told) = object(&mut fields, "Options")? {
            options.dns_support = on(&mut told, "DnsSupport", options.dns_support)?;
            options.group_references = on(&mut told, "SecurityGroupReferencingSupport", options.group_references)?;
            options.ipv6 = on(&mut told, "Ipv6Support", options.ipv6)?;
            options.appliance_mode = on(&mut told, "ApplianceModeSupport", options.appliance_mode)?;
        }
        let mut told_table = object(&mut fields, "Association")?;
        let table: Option<TransitTableId> =
            told_table.as_mut().map(|told| maybe_id(told, "TransitGatewayRouteTableId")).transpose()?.flatten();
        let table = table.filter(|table| self.gathered.find(Kind::TransitGatewayRouteTables, &table.to_string()).is_some());
        let (enis, created) = (self.enis_of_attachment(attachment, &mut fields)?, self.moment(&mut fields, "CreationTime")?);
        let tags = self.tags(found, &attachment.to_string(), "Tags")?;
        let id = attachment;
        let made = TransitAttachment { id, gateway, vpc, state, enis, table, options, created, tags };
        self.events.push(Event::TransitAttachmentSet(Box::new(made)));
        Ok(())
    }

    /// What an object stands on must have been told of, too; without it, it is left out.
    fn must_be_told(&self, fields: &Fields<'_>, name: &str, kind: Kind, id: &str) -> Result<(), FieldError> {
        match self.gathered.find(kind, id) {
            Some(_) => Ok(()),
            None => Err(FieldError::new(fields.place(name), InputKey::NotTold { id })),
        }
    }

    /// The ENIs of an attachment that were read, in the order of its subnets.
    fn enis_of_attachment(&self, attachment: TransitAttachmentId, fields: &mut Fields<'_>) -> Result<Vec<EniId>, FieldError> {
        let subnets = fields.list("SubnetIds")?.iter().filter_map(Value::as_str).filter_map(|text| text.parse().ok());
        let name = attachment.to_string();
        let here = |subnet: SubnetId| {
            self.events.iter().find_map(|event| match event {
                Event::EniCreated(eni) if eni.subnet == subnet && eni.description.ends_with(&name) && eni.is_requester_managed() => {
                    Some(eni.id)
                }
                _ => None,
            })
        };
        Ok(subnets.filter_map(here).collect())
    }
}

/// `enable` or `disable`.
fn on(fields: &mut Fields<'_>, name: &str, usual: bool) -> Result<bool, FieldError> {
    match text(fields, name)?.as_str() {
        "" => Ok(usual),
        "enable" => Ok(true),
        "disable" => Ok(false),
        _ => Err(FieldError::new(fields.place(name), InputKey::ExpectedWord { words: "enable, disable" })),
    }
}
