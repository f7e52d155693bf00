//! Menus: everything that can be done with a thing. What would be refused now stays in its place with the reason beside it.

use super::Maker;
use crate::act::{Act, SceneAct, WorldAct};
use crate::view::menu::{MenuDoes, MenuEntry, MenuView};
use crate::view::words::MenuKey;
use crate::world::World;
use eni_core::control::command::{AttachmentKey, Command, EniAttribute, InstanceAttribute, UnassignPrivateIpAddresses};
use eni_core::control::legality::refusal_of;
use eni_core::model::eni::{Eni, PublicOrigin};
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::sim::key::ClientId;
use std::fmt::Display;

/// A thing of the board by its kind and id.
pub(super) fn split(thing: &str) -> Option<(&str, &str)> {
    if thing == "region" { Some(("region", "")) } else { thing.split_once(':') }
}

impl Maker<'_> {
    /// The menu of a thing; nothing if there is no such thing.
    pub fn menu(&self, world: &World, thing: &str) -> Option<MenuView> {
        let network = self.network;
        let (kind, id) = split(thing)?;
        let (title, entries) = match kind {
            "eni" => {
                let eni = network.eni(id.parse().ok()?)?;
                (self.name(&eni.tags, &eni.id), self.eni_menu(world, eni))
            }
            "instance" => {
                let instance = network.instance(id.parse().ok()?)?;
                (self.name(&instance.tags, &instance.id), self.instance_menu(instance))
            }
            "client" => {
                let client = world.sim.client(ClientId(id.parse().ok()?))?;
                (client.spec.name.clone(), self.client_menu(client.id.0, client.asking))
            }
            "elastic-ip" => {
                let eip = network.elastic_ip(id.parse().ok()?)?;
                (eip.ip.to_string(), self.elastic_ip_menu(eip))
            }
            "group" => {
                let group = network.group(id.parse().ok()?)?;
                (self.group_name(group.id), self.group_menu(group))
            }
            _ => self.place_menu(kind, id)?,
        };
        let entries = self.with_what_was_seen(world, (kind, id), entries);
        Some(MenuView { thing: thing.to_owned(), title, entries })
    }

    /// An entry that does a command, or says why it would be refused now.
    pub(super) fn does(&self, text: MenuKey<'_>, glyph: &'static str, command: &Command) -> MenuEntry {
        self.does_all(text, glyph, std::slice::from_ref(command))
    }

    /// The same for several commands in order; the first decides whether it may be done.
    fn does_all(&self, text: MenuKey<'_>, glyph: &'static str, commands: &[Command]) -> MenuEntry {
        self.does_saying(self.say(text), glyph, commands)
    }

    /// The same with a text that is made already.
    pub(super) fn does_saying(&self, text: String, glyph: &'static str, commands: &[Command]) -> MenuEntry {
        let refusal = commands.first().and_then(|command| refusal_of(self.network, command, self.now));
        let acts = commands.iter().filter_map(|command| Act::of_command_in(self.network, command)).collect();
        let (note, does) = match refusal {
            Some(refusal) => (self.refusal_headline(&refusal), MenuDoes::Refused(acts)),
            None => (String::new(), MenuDoes::Acts(acts)),
        };
        MenuEntry { text, note, glyph, does }
    }

    /// An entry that asks for more first.
    pub(super) fn asks(&self, text: MenuKey<'_>, glyph: &'static str, form: &str, about: &dyn Display) -> Option<MenuEntry> {
        let form = self.form(&format!("{form}:{about}"))?;
        Some(MenuEntry { text: self.say(text), note: String::new(), glyph, does: MenuDoes::Form(form) })
    }

    /// An entry that shows a thing.
    pub(super) fn shows(&self, text: MenuKey<'_>, glyph: &'static str, thing: String) -> MenuEntry {
        MenuEntry { text: self.say(text), note: String::new(), glyph, does: MenuDoes::Show(thing) }
    }

    pub(super) fn question(&self, text: MenuKey<'_>, from: String, to: String) -> MenuEntry {
        MenuEntry { text: self.say(text), note: String::new(), glyph: "send", does: MenuDoes::Ask { from, to } }
    }

    fn more(&self, text: MenuKey<'_>, glyph: &'static str, entries: Vec<MenuEntry>, none: MenuKey<'_>) -> MenuEntry {
        let (note, does) =
            if entries.is_empty() { (self.say(none), MenuDoes::Refused(Vec::new())) } else { (String::new(), MenuDoes::More(entries)) };
        MenuEntry { text: self.say(text), note, glyph, does }
    }

    fn eni_menu(&self, world: &World, eni: &Eni) -> Vec<MenuEntry> {
        let id = eni.id;
        let change = |attribute| Command::ModifyNetworkInterfaceAttribute(id, vec![attribute]);
        let mut entries = vec![self.move_entry(world, eni)];
        if let Some(attachment) = &eni.attachment {
            let detach = Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment.id), force: false };
            entries.push(self.does(MenuKey::MenuDetach, "eni", &detach));
            let force = Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment.id), force: true };
            entries.push(self.does(MenuKey::MenuDetachForce, "eni", &force));
        }
        entries.push(self.question(MenuKey::MenuAskFrom, id.to_string(), String::new()));
        entries.push(self.question(MenuKey::MenuAskTo, String::new(), id.to_string()));
        entries.push(self.mapping_entry(eni));
        entries.extend(self.unmapping_entries(eni));
        entries.extend(self.asks(MenuKey::MenuGroups, "group", "set-groups", &id));
        entries.extend(self.asks(MenuKey::MenuAssign, "plus", "assign-address", &id));
        let secondary = eni.addresses.iter().skip(1).map(|address| {
            let gone = UnassignPrivateIpAddresses { eni: id, addresses: vec![address.ip], prefixes: Vec::new() };
            let command = Command::UnassignPrivateIpAddresses(Box::new(gone));
            self.does(MenuKey::MenuUnassign { address: &address.ip.to_string() }, "bin", &command)
        });
        entries.extend(secondary);
        let check = if eni.source_dest_check { MenuKey::MenuCheckOff } else { MenuKey::MenuCheckOn };
        entries.push(self.does(check, "check", &change(EniAttribute::SourceDestCheck(!eni.source_dest_check))));
        if let Some(attachment) = &eni.attachment {
            let on = attachment.delete_on_termination;
            let text = if on { MenuKey::MenuOutlive } else { MenuKey::MenuDieWith };
            entries.push(self.does(text, "eni", &change(EniAttribute::DeleteOnTermination(Some(attachment.id), !on))));
        }
        if let Some(primary) = eni.addresses.first() {
            let given = primary.public.is_some_and(|public| public.origin == PublicOrigin::Amazon);
            let text = if given { MenuKey::MenuTakePublic } else { MenuKey::MenuGivePublic };
            entries.push(self.does(text, "elastic-ip", &change(EniAttribute::AssociatePublicIp(!given))));
        }
        entries.extend(self.asks(MenuKey::MenuTracking, "list", "tracking", &id));
        entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
        entries.extend(self.asks(MenuKey::MenuDescribe, "list", "describe", &id));
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("eni:{id}")));
        entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteNetworkInterface(id)));
        let of_lambda = self.function_entries(id);
        entries.extend((eni.is_requester_managed() && of_lambda.is_empty()).then(|| self.service_leaves_entry(id)));
        entries.extend(of_lambda);
        entries
    }

    /// "Move to…": every place that would take it, then those that would not, with the reason; index 0 does not move at all.
    fn move_entry(&self, world: &World, eni: &Eni) -> MenuEntry {
        let targets = world.drop_targets(self, &format!("eni:{}", eni.id));
        let slots = targets.iter().filter(|target| target.place != "tray" && target.act.is_some());
        let entry = |target: &crate::view::board::DropTarget| MenuEntry {
            text: self.place_text(&target.place),
            note: target.refusal.as_ref().map(|refusal| refusal.headline.clone()).unwrap_or_default(),
            glyph: "instance",
            does: match (&target.refusal, &target.act) {
                (None, Some(act)) => MenuDoes::Acts(vec![act.clone()]),
                (_, act) => MenuDoes::Refused(act.iter().cloned().collect()),
            },
        };
        let (open, closed): (Vec<_>, Vec<_>) = slots.partition(|target| target.refusal.is_none());
        if let (true, Some(first)) = (open.is_empty(), closed.first()) {
            let note = first.refusal.as_ref().map(|refusal| refusal.headline.clone()).unwrap_or_default();
            let does = MenuDoes::Refused(first.act.iter().cloned().collect());
            return MenuEntry { text: self.say(MenuKey::MenuMove), note, glyph: "move", does };
        }
        let entries = open.into_iter().chain(closed).map(entry).collect();
        self.more(MenuKey::MenuMove, "move", entries, MenuKey::NoInstanceHere)
    }

    /// "web-2, index 1" of `slot:i-…/0/1`.
    fn place_text(&self, place: &str) -> String {
        let mut parts = place.trim_start_matches("slot:").split('/');
        let instance = parts.next().and_then(|id| id.parse().ok()).map(|id| self.instance_name(id)).unwrap_or_default();
        let (card, index) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match card {
            "0" => self.say(MenuKey::PlaceIndex { instance: &instance, index }),
            _ => self.say(MenuKey::PlaceCardIndex { instance: &instance, card, index }),
        }
    }

    /// Each idle Elastic IP; onto each private address where there are several.
    fn mapping_entry(&self, eni: &Eni) -> MenuEntry {
        let several = eni.addresses.len() > 1;
        let mut entries = Vec::new();
        for eip in self.network.elastic_ips().filter(|eip| eip.association.is_none()) {
            let address = eip.ip.to_string();
            for private in &eni.addresses {
                let command = Command::AssociateAddress {
                    allocation: eip.allocation,
                    eni: Some(eni.id),
                    instance: None,
                    private_ip: Some(private.ip),
                    allow_reassociation: None,
                };
                let private = private.ip.to_string();
                let text = if several {
                    MenuKey::MenuMapOnto { address: &address, private: &private }
                } else {
                    MenuKey::MenuMapThis { address: &address }
                };
                entries.push(self.does(text, "elastic-ip", &command));
            }
        }
        self.more(MenuKey::MenuMap, "elastic-ip", entries, MenuKey::NoFreeElasticIp)
    }

    fn unmapping_entries(&self, eni: &Eni) -> Vec<MenuEntry> {
        let mapped = self.network.elastic_ips().filter_map(|eip| eip.association.filter(|a| a.eni == eni.id).map(|a| (eip, a)));
        mapped
            .map(|(eip, association)| {
                let command = Command::DisassociateAddress(association.id);
                self.does(MenuKey::MenuUnmapThis { address: &eip.ip.to_string() }, "elastic-ip", &command)
            })
            .collect()
    }

    fn instance_menu(&self, instance: &Instance) -> Vec<MenuEntry> {
        let id = instance.id;
        let ids = vec![id];
        let mut entries = match instance.state {
            InstanceState::Stopped | InstanceState::Stopping => {
                vec![self.does(MenuKey::MenuStart, "play", &Command::StartInstances(ids.clone()))]
            }
            _ => vec![
                self.does(MenuKey::MenuStop, "pause", &Command::StopInstances(ids.clone())),
                self.does(MenuKey::MenuReboot, "play", &Command::RebootInstances(ids.clone())),
            ],
        };
        if instance.hibernates && instance.state == InstanceState::Running {
            entries.push(self.does(MenuKey::MenuHibernate, "pause", &Command::HibernateInstances(ids.clone())));
        }
        if instance.spot.is_some() && instance.state == InstanceState::Running {
            let notice = vec![Act::World(WorldAct::SpotNotice { instance: id.to_string() })];
            entries.push(MenuEntry {
                text: self.say(MenuKey::MenuTellSpot),
                note: String::new(),
                glyph: "bin",
                does: MenuDoes::Acts(notice),
            });
        }
        if !matches!(instance.state, InstanceState::Terminated | InstanceState::ShuttingDown) {
            entries.push(self.question(MenuKey::MenuAskFrom, id.to_string(), String::new()));
            entries.push(self.question(MenuKey::MenuAskTo, String::new(), id.to_string()));
            let subnet = instance.primary_eni().and_then(|id| self.network.eni(id)).map(|eni| eni.subnet);
            entries.extend(subnet.and_then(|subnet| self.asks(MenuKey::MenuNewEniBeside, "plus", "create-eni", &subnet)));
            entries.extend(self.asks(MenuKey::MenuGuest, "list", "guest", &id));
            entries.extend(self.asks(MenuKey::MenuType, "instance", "change-type", &id));
            entries.extend(self.protections(instance));
            entries.extend(self.faults(instance));
            entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
        }
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("instance:{id}")));
        entries.push(self.does(MenuKey::MenuTerminate, "bin", &Command::TerminateInstances(ids)));
        entries
    }

    fn protections(&self, instance: &Instance) -> [MenuEntry; 2] {
        let change = |attribute| Command::ModifyInstanceAttribute(instance.id, attribute);
        let (ends, stops) = (instance.termination_protection, instance.stop_protection);
        let end = if ends { MenuKey::MenuProtectOff } else { MenuKey::MenuProtectOn };
        let stop = if stops { MenuKey::MenuStopProtectOff } else { MenuKey::MenuStopProtectOn };
        [
            self.does(end, "check", &change(InstanceAttribute::DisableApiTermination(!ends))),
            self.does(stop, "check", &change(InstanceAttribute::DisableApiStop(!stops))),
        ]
    }

    fn client_menu(&self, client: u32, asking: bool) -> Vec<MenuEntry> {
        let entry = |text: MenuKey<'_>, glyph, act| MenuEntry {
            text: self.say(text),
            note: String::new(),
            glyph,
            does: MenuDoes::Acts(vec![Act::Scene(act)]),
        };
        let (text, glyph) = if asking { (MenuKey::MenuPause, "pause") } else { (MenuKey::MenuResume, "play") };
        vec![
            entry(text, glyph, SceneAct::PauseClient { client, paused: asking }),
            entry(MenuKey::MenuRemoveClient, "bin", SceneAct::RemoveClient { client }),
        ]
    }
}
