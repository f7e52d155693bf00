//! An ENI as the board shows it.

use super::{Maker, list};
use crate::view::board::{AddressView, EniState, EniView, NamedId};
use crate::view::words::{Key, seconds};
use eni_core::id::InstanceId;
use eni_core::model::eni::{Attachment, AttachmentStatus, Eni, PrivateAddress, PublicOrigin};
use eni_core::model::event::Transition;
use eni_core::time::Duration;

/// Whether an ENI lies with the parts: it is on no instance, and no service holds or made it (`E13`, `E80`). Anybody may have created it for
/// themselves, whatever its requester is called.
pub fn lies_free(eni: &Eni) -> bool {
    !eni.is_in_use() && !eni.is_requester_managed()
}

impl Maker<'_> {
    /// An ENI.
    pub fn eni(&self, eni: &Eni) -> EniView {
        let subnet = self.network.subnet(eni.subnet);
        let (state, state_text, progress) = self.progress(eni);
        EniView {
            id: eni.id.to_string(),
            name: self.name(&eni.tags, &eni.id),
            state,
            state_text,
            progress,
            subnet: NamedId {
                id: eni.subnet.to_string(),
                name: subnet.map_or_else(|| eni.subnet.to_string(), |subnet| self.name(&subnet.tags, &subnet.id)),
            },
            zone: subnet.map(|subnet| subnet.zone.to_string()).unwrap_or_default(),
            attachment: eni.attachment.as_ref().map(|attachment| attachment.id.to_string()),
            addresses: shown(eni).iter().map(address).collect(),
            groups: eni.groups.iter().map(|group| self.badge(*group)).collect(),
            source_dest_check: eni.source_dest_check,
            mac: eni.mac.to_string(),
            description: eni.description.clone(),
            delete_on_termination: eni.attachment.as_ref().is_some_and(|attachment| attachment.delete_on_termination),
            requester_managed: eni.is_requester_managed(),
            elsewhere: String::new(),
            spoken: self.spoken(eni),
        }
    }

    /// Where an ENI is on the way, in words, and how far in thousandths.
    fn progress(&self, eni: &Eni) -> (EniState, String, u16) {
        let Some(attachment) = &eni.attachment else { return (EniState::Available, String::new(), 0) };
        let whole = |delay: Duration| delay.as_millis().max(1);
        let delays = self.network.delays();
        let (state, total) = match attachment.status {
            AttachmentStatus::Attached => return (EniState::Attached, String::new(), 1000),
            AttachmentStatus::Attaching => (EniState::Attaching, whole(delays.attach)),
            AttachmentStatus::Detaching => (EniState::Detaching, whole(delays.detach)),
        };
        let left = self.time_left(attachment).as_millis();
        let shown = seconds(left + 50);
        let text = match state {
            EniState::Attaching => self.say(Key::AttachingLeft { seconds: &shown }),
            _ => self.say(Key::DetachingLeft { seconds: &shown }),
        };
        let done = 1000u64.saturating_sub(left.saturating_mul(1000) / total);
        (state, text, u16::try_from(done).unwrap_or(0))
    }

    /// How long an attachment stays on the way.
    pub fn time_left(&self, attachment: &Attachment) -> Duration {
        self.network
            .transitions()
            .find(|(_, transition)| match transition {
                Transition::AttachFinishes(_, id) | Transition::DetachFinishes(_, id) => *id == attachment.id,
                _ => false,
            })
            .map_or(Duration::ZERO, |(key, _)| key.at.since(self.now))
    }

    /// The name of an instance, or its id.
    pub fn instance_name(&self, id: InstanceId) -> String {
        self.network.instance(id).map_or_else(|| id.to_string(), |instance| self.name(&instance.tags, &id))
    }

    fn spoken(&self, eni: &Eni) -> String {
        let name = self.name(&eni.tags, &eni.id);
        let addresses = list(shown(eni).iter().map(|address| self.spoken_address(address)));
        let groups = list(eni.groups.iter().map(|group| self.badge(*group).name));
        let groups = if groups.is_empty() { self.say(Key::SpokenNoGroups) } else { self.say(Key::SpokenGroups { groups: &groups }) };
        let addresses = addresses.as_str();
        let groups = groups.as_str();
        let Some(attachment) = &eni.attachment else {
            let subnet = self.network.subnet(eni.subnet);
            let zone = subnet.map(|subnet| subnet.zone.to_string()).unwrap_or_default();
            let subnet = subnet.map(|subnet| self.name(&subnet.tags, &subnet.id)).unwrap_or_default();
            if let Some(owner) = self.service_owner(eni.id) {
                return self.say(Key::SpokenOfService { eni: &name, owner: &owner, subnet: &subnet, zone: &zone, addresses, groups });
            }
            return self.say(Key::SpokenFree { eni: &name, subnet: &subnet, zone: &zone, addresses, groups });
        };
        let (instance, index) = (self.instance_name(attachment.instance), attachment.device_index.to_string());
        let (instance, index) = (instance.as_str(), index.as_str());
        self.say(match attachment.status {
            AttachmentStatus::Attached => Key::SpokenAttached { eni: &name, instance, index, addresses, groups },
            AttachmentStatus::Attaching => Key::SpokenAttaching { eni: &name, instance, index, addresses, groups },
            AttachmentStatus::Detaching => Key::SpokenDetaching { eni: &name, instance, index, addresses, groups },
        })
    }

    fn spoken_address(&self, address: &PrivateAddress) -> String {
        let private = address.ip.to_string();
        let Some(public) = &address.public else { return private };
        let public_ip = public.ip.to_string();
        self.say(match public.origin {
            PublicOrigin::Elastic { .. } => Key::SpokenElasticIp { address: &private, public: &public_ip },
            PublicOrigin::Amazon => Key::SpokenPublicIp { address: &private, public: &public_ip },
        })
    }
}

/// Its private addresses, and of those inside its prefixes the ones with an Elastic IP.
fn shown(eni: &Eni) -> Vec<PrivateAddress> {
    let inside = eni.prefix_publics.iter().map(|(ip, public)| PrivateAddress { ip: *ip, public: Some(*public) });
    eni.addresses.iter().cloned().chain(inside).collect()
}

fn address(address: &PrivateAddress) -> AddressView {
    let elastic = address.public.and_then(|public| match public.origin {
        PublicOrigin::Elastic { allocation, association } => Some((allocation, association)),
        PublicOrigin::Amazon => None,
    });
    AddressView {
        ip: address.ip.to_string(),
        public_ip: address.public.map(|public| public.ip.to_string()),
        allocation: elastic.map(|(allocation, _)| allocation.to_string()),
        association: elastic.map(|(_, association)| association.to_string()),
    }
}
