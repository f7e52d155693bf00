//! Where something that is in hand may go: every place at once, each asked of the engine as if it were dropped there now.

use crate::act::{Act, SceneAct};
use crate::view::board::{DropTarget, RefusalView};
use crate::view::make::Maker;
use crate::words::Key;
use crate::world::{Follow, Slot, World, name_of};
use eni_core::control::command::{AttachmentKey, Command, EniAttribute};
use eni_core::control::decide::decide;
use eni_core::control::error::Refusal;
use eni_core::control::legality::refusal_of;
use eni_core::id::{AllocationId, EniId, GroupId, InstanceId};
use eni_core::model::eni::PublicOrigin;
use eni_core::model::event::Event;
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::model::network::Network;
use std::borrow::Cow;

/// The network as it will be when an ENI is off its instance; the refusal if it may not go off.
fn without(world: &World, eni: EniId) -> Result<Cow<'_, Network>, Refusal> {
    let network = world.network();
    if network.eni(eni).is_none_or(|eni| eni.attachment.is_none()) {
        return Ok(Cow::Borrowed(network));
    }
    let Some(detach) = detach_command(world, eni) else { return Ok(Cow::Borrowed(network)) };
    let mut later = network.clone();
    // An ENI that is leaving already will be off without being told again.
    let already = world
        .network()
        .transitions()
        .any(|(_, transition)| matches!(transition, eni_core::model::event::Transition::DetachFinishes(leaving, _) if leaving == eni));
    if !already {
        for event in decide(network, &detach, world.sim.now())?.events {
            later.apply(&event);
        }
    }
    later.apply(&Event::DetachFinished(eni));
    Ok(Cow::Owned(later))
}

/// Attaches an ENI to its place.
pub fn attach_command(follow: Follow) -> Command {
    let Slot { instance, card, index } = follow.to;
    Command::AttachNetworkInterface { eni: follow.eni, instance, device_index: index, network_card: card }
}

/// Detaches an ENI; nothing if it is in no instance.
pub fn detach_command(world: &World, eni: EniId) -> Option<Command> {
    let attachment = world.network().eni(eni)?.attachment.as_ref()?;
    Some(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment.id), force: false })
}

/// The refusal that a move would meet, now or when its ENI is off.
pub fn refusal_of_move(world: &World, eni: EniId, to: Slot) -> Option<Refusal> {
    match without(world, eni) {
        Ok(network) => refusal_of(&network, &attach_command(Follow { eni, to }), world.sim.now()),
        Err(refusal) => Some(refusal),
    }
}

impl World {
    /// Every place for a thing in hand: `eni:eni-…`, `elastic-ip:eipalloc-…`, `group:sg-…`, or a group on an ENI: `group:sg-…@eni-…`.
    pub fn drop_targets(&self, maker: &Maker<'_>, in_hand: &str) -> Vec<DropTarget> {
        let Some((kind, id)) = in_hand.split_once(':') else { return Vec::new() };
        match (kind, id.split_once('@')) {
            ("eni", _) => id.parse().map(|id| self.eni_targets(maker, id)).unwrap_or_default(),
            ("elastic-ip", _) => id.parse().map(|id| self.address_targets(maker, id)).unwrap_or_default(),
            ("group", Some((group, eni))) => match (group.parse(), eni.parse()) {
                (Ok(group), Ok(eni)) => self.group_targets(maker, group, Some(eni)),
                _ => Vec::new(),
            },
            ("group", None) => id.parse().map(|id| self.group_targets(maker, id, None)).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn eni_targets(&self, maker: &Maker<'_>, id: EniId) -> Vec<DropTarget> {
        let Some(eni) = self.network().eni(id) else { return Vec::new() };
        let thing = name_of(&eni.tags, &id);
        let later = without(self, id);
        let here = eni.attachment.as_ref().map(|attachment| (attachment.instance, attachment.network_card, attachment.device_index));
        let mut targets = Vec::new();
        for instance in self.network().instances().filter(|instance| !is_gone(instance)) {
            let kind = instance.instance_type;
            for card in 0..kind.network_cards() {
                for index in 0..kind.max_enis_on_card(card) {
                    let slot = Slot { instance: instance.id, card, index };
                    let stays = here == Some((instance.id, card, index));
                    targets.push(self.slot_target(maker, (id, &thing), slot, stays, &later));
                }
            }
        }
        targets.push(self.tray_target(maker, id, &thing));
        let elsewhere = |place: &str| slot_instance(place).filter(|id| here.is_none_or(|here| here.0 != *id));
        self.name_takers(maker, &mut targets, |place| elsewhere(place).map(|id| maker.instance_name(id)));
        targets
    }

    fn slot_target(
        &self,
        maker: &Maker<'_>,
        (id, thing): (EniId, &str),
        slot: Slot,
        stays: bool,
        later: &Result<Cow<'_, Network>, Refusal>,
    ) -> DropTarget {
        let place = format!("slot:{}/{}/{}", slot.instance, slot.card, slot.index);
        if stays && later.is_ok() {
            return DropTarget { place, text: maker.say(Key::StaysHere { thing }), ..DropTarget::default() };
        }
        let attach = attach_command(Follow { eni: id, to: slot });
        let then = later.as_ref().ok().and_then(|network| refusal_of(network, &attach, self.sim.now()));
        let refusal = later.as_ref().err().or(then.as_ref());
        let attached = self.network().eni(id).is_some_and(|eni| eni.attachment.is_some());
        let act = if attached {
            Some(Act::Scene(SceneAct::Move {
                eni: id.to_string(),
                instance: slot.instance.to_string(),
                card: slot.card,
                index: slot.index,
            }))
        } else {
            Act::of_command(&attach)
        };
        finish(maker, place, act, refusal, &|| maker.say(Key::MayGoHere { thing }))
    }

    fn tray_target(&self, maker: &Maker<'_>, id: EniId, thing: &str) -> DropTarget {
        let place = "tray".to_owned();
        let Some(detach) = detach_command(self, id) else {
            return DropTarget { place, text: maker.say(Key::StaysHere { thing }), ..DropTarget::default() };
        };
        let refusal = refusal_of(self.network(), &detach, self.sim.now());
        finish(maker, place, Act::of_command(&detach), refusal.as_ref(), &|| maker.say(Key::MayLeave { thing }))
    }

    fn address_targets(&self, maker: &Maker<'_>, id: AllocationId) -> Vec<DropTarget> {
        let Some(eip) = self.network().elastic_ip(id) else { return Vec::new() };
        let address = eip.ip.to_string();
        let now = self.sim.now();
        let from = eip.association.map(|association| association.eni);
        let mut targets = Vec::new();
        for eni in self.network().enis() {
            for private in &eni.addresses {
                let place = format!("address:{}/{}", eni.id, private.ip);
                if eip.association.is_some_and(|association| association.private_ip == private.ip && association.eni == eni.id) {
                    targets.push(DropTarget { place, text: maker.say(Key::StaysHere { thing: &address }), ..DropTarget::default() });
                    continue;
                }
                let command = Command::AssociateAddress {
                    allocation: id,
                    eni: Some(eni.id),
                    instance: None,
                    private_ip: Some(private.ip),
                    allow_reassociation: None,
                };
                let refusal = refusal_of(self.network(), &command, now);
                targets.push(finish(maker, place, Act::of_command(&command), refusal.as_ref(), &|| {
                    let what = match from {
                        Some(from) => maker.say(Key::TakesFrom { address: &address, eni: &maker.eni_name(from) }),
                        None => maker.say(Key::MayGoHere { thing: &address }),
                    };
                    // What is mapped there now makes way without a word of AWS (A20).
                    let Some(public) = private.public else { return what };
                    let (what, other) = (what.as_str(), &public.ip.to_string());
                    maker.say(match public.origin {
                        PublicOrigin::Amazon => Key::GivesBack { what, other },
                        _ => Key::MakesIdle { what, other },
                    })
                }));
            }
        }
        let tray = "tray".to_owned();
        targets.push(match eip.association {
            None => DropTarget { place: tray, text: maker.say(Key::StaysHere { thing: &address }), ..DropTarget::default() },
            Some(association) => {
                let command = Command::DisassociateAddress(association.id);
                let refusal = refusal_of(self.network(), &command, now);
                finish(maker, tray, Act::of_command(&command), refusal.as_ref(), &|| maker.say(Key::Unmaps { address: &address }))
            }
        });
        self.name_takers(maker, &mut targets, |place| place_eni(place).map(|id| maker.eni_name(id)));
        targets
    }

    /// Onto an ENI adds the group; off the ENI that it was taken from, to the tray or to another ENI, removes it there.
    fn group_targets(&self, maker: &Maker<'_>, group: GroupId, from: Option<EniId>) -> Vec<DropTarget> {
        let Some(found) = self.network().group(group) else { return Vec::new() };
        let mut targets = Vec::new();
        for eni in self.network().enis().filter(|eni| eni.vpc == found.vpc) {
            let place = format!("eni:{}", eni.id);
            if eni.groups.contains(&group) {
                targets.push(DropTarget { place, text: maker.say(Key::StaysHere { thing: &found.name }), ..DropTarget::default() });
                continue;
            }
            let mut groups = eni.groups.clone();
            groups.push(group);
            let eni_name = maker.eni_name(eni.id);
            let text = || maker.say(Key::GroupMayJoin { group: &found.name, eni: &eni_name });
            targets.push(self.groups_target(maker, place, eni.id, groups, &text));
        }
        let tray = "tray".to_owned();
        targets.push(match from.and_then(|id| self.network().eni(id)).filter(|eni| eni.groups.contains(&group)) {
            None => DropTarget { place: tray, text: maker.say(Key::StaysHere { thing: &found.name }), ..DropTarget::default() },
            Some(eni) => {
                let rest = eni.groups.iter().copied().filter(|other| *other != group).collect();
                let eni_name = maker.eni_name(eni.id);
                let text = || maker.say(Key::GroupMayLeave { group: &found.name, eni: &eni_name });
                self.groups_target(maker, tray, eni.id, rest, &text)
            }
        });
        targets
    }

    fn groups_target(&self, maker: &Maker<'_>, place: String, eni: EniId, groups: Vec<GroupId>, text: &dyn Fn() -> String) -> DropTarget {
        let command = Command::ModifyNetworkInterfaceAttribute(eni, vec![EniAttribute::Groups(groups)]);
        let refusal = refusal_of(self.network(), &command, self.sim.now());
        finish(maker, place, Act::of_command(&command), refusal.as_ref(), text)
    }

    /// Beside each refusal stands who would take the thing, if anybody would. What is refused at that very one keeps its own words: which index is free.
    fn name_takers(&self, maker: &Maker<'_>, targets: &mut [DropTarget], name: impl Fn(&str) -> Option<String>) {
        let mut takers = targets.iter().filter(|target| target.refusal.is_none() && target.act.is_some());
        let taker = takers.find_map(|target| name(&target.place));
        let Some(taker) = taker else { return };
        for target in targets.iter_mut().filter(|target| name(&target.place).as_ref() != Some(&taker)) {
            if let Some(refusal) = &mut target.refusal {
                refusal.remedy = maker.say(Key::TakesIt { who: &taker });
            }
        }
    }
}

fn finish(maker: &Maker<'_>, place: String, act: Option<Act>, refusal: Option<&Refusal>, text: &dyn Fn() -> String) -> DropTarget {
    let refusal: Option<RefusalView> = refusal.map(|refusal| *maker.refusal(refusal));
    let text = refusal.as_ref().map_or_else(text, |refusal| refusal.headline.clone());
    DropTarget { place, act, refusal, text }
}

fn is_gone(instance: &Instance) -> bool {
    matches!(instance.state, InstanceState::ShuttingDown | InstanceState::Terminated)
}

fn slot_instance(place: &str) -> Option<InstanceId> {
    place.strip_prefix("slot:")?.split('/').next()?.parse().ok()
}

fn place_eni(place: &str) -> Option<EniId> {
    place.strip_prefix("address:")?.split('/').next()?.parse().ok()
}
