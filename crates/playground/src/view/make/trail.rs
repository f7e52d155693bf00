//! Trails: where the ENIs of an instance came from, as long as that can still be seen.

use super::{Maker, list};
use crate::view::board::TrailView;
use crate::view::words::Key;
use crate::world::Slot;
use eni_core::id::{EniId, InstanceId};
use eni_core::model::eni::{AttachmentStatus, Eni, PublicOrigin};
use eni_core::model::instance::Instance;

impl Maker<'_> {
    /// The ENI that will be attached to a place as soon as it has left another one.
    pub fn coming(&self, place: Slot) -> Option<EniId> {
        self.follows.iter().find(|follow| follow.to == place).map(|follow| follow.eni)
    }

    /// What has come to an instance, or is on its way to it, from another one.
    pub fn trails(&self, instance: &Instance) -> Vec<TrailView> {
        let coming = self.follows.iter().filter(|follow| follow.to.instance == instance.id).map(|follow| follow.eni);
        let here = instance.enis.values().copied();
        let trail = |id: EniId| {
            let eni = self.network.eni(id)?;
            let from = self.came_from(eni).filter(|from| *from != instance.id && self.network.instance(*from).is_some())?;
            Some(TrailView { eni: id.to_string(), name: self.eni_name(id), from: from.to_string(), text: self.what_it_keeps(eni) })
        };
        here.chain(coming).filter_map(trail).collect()
    }

    /// The instance that an ENI leaves, has left on its way to the next one, or was left behind by when that one ended.
    fn came_from(&self, eni: &Eni) -> Option<InstanceId> {
        let attachment = eni.attachment.as_ref()?;
        match attachment.status {
            AttachmentStatus::Detaching => self.follows.iter().any(|follow| follow.eni == eni.id).then_some(attachment.instance),
            AttachmentStatus::Attaching => self.memory.left(eni.id),
            AttachmentStatus::Attached => {
                self.memory.left(eni.id).filter(|from| self.network.instance(*from).is_some_and(super::board::is_gone))
            }
        }
    }

    /// "keeps its address, MAC, groups, Elastic IP": what moves with an ENI, as far as it has it.
    fn what_it_keeps(&self, eni: &Eni) -> String {
        let elastic = eni.mapped().any(|(_, public)| matches!(public.origin, PublicOrigin::Elastic { .. }));
        let address = if eni.addresses.len() > 1 { Key::KeepsAddresses } else { Key::KeepsAddress };
        let kept = [Some(address), Some(Key::KeepsMac), Some(Key::KeepsGroups), elastic.then_some(Key::KeepsElasticIp)];
        self.say(Key::Keeps { things: &list(kept.into_iter().flatten().map(|key| self.say(key))) })
    }
}
