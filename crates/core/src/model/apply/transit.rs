//! Transit gateways, their attachments and route tables.

use crate::model::Tags;
use crate::model::event::Event;
use crate::model::network::Network;
use crate::model::transit::TransitId;

impl Network {
    pub(super) fn apply_transit(&mut self, event: &Event) {
        match event {
            Event::TransitGatewaySet(gateway) => {
                self.counters.observe(gateway.id);
                self.transit_gateways.insert(gateway.id, gateway.clone());
            }
            Event::TransitAttachmentSet(attachment) => {
                self.counters.observe(attachment.id);
                self.transit_attachments.insert(attachment.id, attachment.clone());
            }
            Event::TransitTableSet(table) => {
                self.counters.observe(table.id);
                self.transit_tables.insert(table.id, table.clone());
            }
            Event::TransitForgotten(TransitId::Gateway(id)) => _ = self.transit_gateways.remove(id),
            Event::TransitForgotten(TransitId::Attachment(id)) => _ = self.transit_attachments.remove(id),
            Event::TransitForgotten(TransitId::Table(id)) => _ = self.transit_tables.remove(id),
            _ => {}
        }
    }

    /// Where the tags of one of them are.
    pub(super) fn transit_tags(&mut self, id: TransitId) -> Option<&mut Tags> {
        match id {
            TransitId::Gateway(id) => self.transit_gateways.get_mut(&id).map(|object| &mut object.tags),
            TransitId::Attachment(id) => self.transit_attachments.get_mut(&id).map(|object| &mut object.tags),
            TransitId::Table(id) => self.transit_tables.get_mut(&id).map(|object| &mut object.tags),
        }
    }
}
