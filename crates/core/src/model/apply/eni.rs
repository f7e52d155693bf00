//! ENIs and their attachments.

use crate::id::{EniId, ResourceId};
use crate::model::eni::{AttachmentStatus, Eni};
use crate::model::event::{EniChange, Event};
use crate::model::flow_log::FlowLogResource;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_eni(&mut self, event: &Event) {
        match event {
            Event::EniCreated(eni) => {
                self.counters.observe(eni.id);
                if let Some(attachment) = eni.requester.as_ref().and_then(|requester| requester.attachment) {
                    self.counters.observe(attachment);
                }
                self.macs_drawn = self.macs_drawn.max(mac_number(eni));
                self.index.add_eni(eni);
                self.enis.insert(eni.id, eni.clone());
            }
            Event::EniSettled(id) => self.edit_eni(*id, |eni| eni.settled = true),
            Event::EniChanged(id, change) => self.edit_eni(*id, |eni| match change {
                EniChange::Description(text) => eni.description.clone_from(text),
                EniChange::Groups(groups) => eni.groups.clone_from(groups),
                EniChange::SourceDestCheck(on) => eni.source_dest_check = *on,
                EniChange::DeleteOnTermination(on) => {
                    if let Some(attachment) = &mut eni.attachment {
                        attachment.delete_on_termination = *on;
                    }
                }
                EniChange::WantsPublicIp(on) => eni.wants_public_ip = *on,
                EniChange::Tracking(timeouts) => eni.tracking = *timeouts,
            }),
            Event::EniDeleted(id) => {
                if let Some(eni) = self.enis.remove(id) {
                    self.index.remove_eni(&eni);
                    self.forget_flow_logs(FlowLogResource::Eni(*id));
                }
            }
            _ => {}
        }
    }

    pub(super) fn apply_attachment(&mut self, event: &Event) {
        match event {
            Event::AttachStarted(id, attachment) => {
                self.counters.observe(attachment.id);
                if let Some(instance) = self.instances.get_mut(&attachment.instance) {
                    instance.enis.insert((attachment.network_card, attachment.device_index), *id);
                }
                self.edit_eni(*id, |eni| {
                    eni.attachment = Some((**attachment).clone());
                    eni.settled = true;
                });
            }
            Event::AttachFinished(id) => self.set_attachment_status(*id, AttachmentStatus::Attached),
            Event::DetachStarted(id) => self.set_attachment_status(*id, AttachmentStatus::Detaching),
            Event::DetachFinished(id) => {
                let mut former = None;
                self.edit_eni(*id, |eni| former = eni.attachment.take());
                let Some(attachment) = former else { return };
                if let Some(instance) = self.instances.get_mut(&attachment.instance) {
                    instance.enis.remove(&(attachment.network_card, attachment.device_index));
                    instance.guest.configured.retain(|(eni, _)| eni != id);
                    if instance.guest.by_hand.is_some() {
                        instance.guest.change_by_hand(|hand| hand.forget(*id));
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn set_attachment_status(&mut self, id: EniId, status: AttachmentStatus) {
        if let Some(attachment) = self.enis.get_mut(&id).and_then(|eni| eni.attachment.as_mut()) {
            attachment.status = status;
        }
    }

    /// Changes an ENI and keeps the index with it.
    pub(super) fn edit_eni(&mut self, id: EniId, change: impl FnOnce(&mut Eni)) {
        if let Some(eni) = self.enis.get_mut(&id) {
            self.index.remove_eni(eni);
            change(eni);
            self.index.add_eni(eni);
        }
    }
}

/// The number that `Mac::from_number` made this ENI's MAC from; 0 if it did not.
fn mac_number(eni: &Eni) -> u64 {
    let [first, a, b, c, d, e] = eni.mac.0;
    let number = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
    // Imported MACs may start with 02 too; those far away must not use the counter up.
    if first == 0x02 && number < 1 << 32 && eni.id.counter_number().is_some() { number } else { 0 }
}
