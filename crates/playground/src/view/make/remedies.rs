//! What would change a verdict, as sentences with buttons. The engine has tried each before it comes here.

use super::Maker;
use super::traffic::destination_text;
use crate::act::{Act, GuestChange, GuestCommand};
use crate::view::why::RemedyView;
use crate::view::words::Key;
use eni_core::addr::Direction;
use eni_core::analysis::remedy::Remedy;
use eni_core::control::command::{Command, EniAttribute, RouteTargetInput};
use eni_core::model::instance::Guest;

/// How many ways are offered.
const OFFERED: usize = 3;

impl Maker<'_> {
    /// The ways that are enough, the smallest first.
    pub fn remedies(&self, remedies: &[Remedy]) -> Vec<RemedyView> {
        remedies.iter().filter(|remedy| remedy.enough).filter_map(|remedy| self.remedy(remedy)).take(OFFERED).collect()
    }

    fn remedy(&self, remedy: &Remedy) -> Option<RemedyView> {
        let acts: Vec<Act> = remedy.acts.iter().filter_map(|command| self.act_of(command)).collect();
        // A way of which a part cannot be said as an act is no way.
        if acts.len() != remedy.acts.len() {
            return None;
        }
        let sentences = remedy.acts.iter().map(|command| self.remedy_sentence(command));
        let sentence = sentences.reduce(|all, next| format!("{all} {next}"))?;
        let is_rule = matches!(remedy.acts.as_slice(), [Command::AuthorizeSecurityGroup { .. } | Command::SetNetworkAclEntry { .. }]);
        let button = self.say(if is_rule { Key::SubmitAddRule } else { Key::ButtonDoThis });
        Some(RemedyView { sentence, button, echo: acts.first().map(Act::echo).unwrap_or_default(), acts })
    }

    fn act_of(&self, command: &Command) -> Option<Act> {
        match command {
            Command::ConfigureGuest(id, after) => {
                let instance = self.network.instance(*id)?;
                let change = guest_change(&instance.guest, after)?;
                Some(Act::Guest { instance: id.to_string(), command: GuestCommand(change).to_string() })
            }
            other => Act::of_command(other),
        }
    }

    fn remedy_sentence(&self, command: &Command) -> String {
        match command {
            Command::AuthorizeSecurityGroup { group, direction, permissions } => {
                let Some(permission) = permissions.first() else { return String::new() };
                let (traffic, peer, group) = (self.traffic(permission.traffic), self.peer(permission.peer), self.group_name(*group));
                let (traffic, peer, group) = (traffic.as_str(), peer.as_str(), group.as_str());
                self.say(match direction {
                    Direction::Ingress => Key::RemedyLetIn { traffic, peer, group },
                    Direction::Egress => Key::RemedyLetOut { traffic, peer, group },
                })
            }
            Command::SetNetworkAclEntry { number, entry, .. } => self.say(Key::RemedyAclEntry {
                number: &number.to_string(),
                traffic: &self.traffic(entry.traffic),
                block: &entry.cidr.to_string(),
            }),
            Command::SetRoute { destination, targets, .. } => {
                let target = match targets.first() {
                    Some(RouteTargetInput::Target(target)) => self.route_target(target),
                    Some(RouteTargetInput::Instance(id)) => self.instance_name(*id),
                    None => String::new(),
                };
                self.say(Key::RemedyRoute { destination: &destination_text(*destination), target: &target })
            }
            Command::ModifyNetworkInterfaceAttribute(eni, attributes)
                if matches!(attributes.as_slice(), [EniAttribute::SourceDestCheck(false)]) =>
            {
                self.say(Key::RemedyCheckOff { eni: &self.eni_name(*eni) })
            }
            Command::ConfigureGuest(id, after) => {
                let change = self.network.instance(*id).and_then(|instance| guest_change(&instance.guest, after));
                let command = change.map(|change| GuestCommand(change).to_string()).unwrap_or_default();
                self.say(Key::RemedyGuest { instance: &self.instance_name(*id), command: &command })
            }
            other => self.say(Key::RemedyAct { act: &self.summary(other, Act::of_command(other).as_ref().map_or("", action_of)) }),
        }
    }
}

fn action_of(act: &Act) -> &str {
    match act {
        Act::Api { action, .. } => action,
        _ => "",
    }
}

/// The one thing that is different about a guest; nothing if there are none or several.
fn guest_change(before: &Guest, after: &Guest) -> Option<GuestChange> {
    let listener = after.listeners.iter().find(|listener| !before.listeners.contains(listener));
    let address = after.configured.difference(&before.configured).next();
    let switches = [
        (before.forwarding != after.forwarding).then_some(GuestChange::Forwarding(after.forwarding)),
        (before.rp_filter != after.rp_filter).then_some(GuestChange::ReversePathFilter(after.rp_filter)),
        (before.masquerade != after.masquerade).then_some(GuestChange::Masquerade(after.masquerade)),
        (before.policy_routing != after.policy_routing).then_some(GuestChange::PolicyRouting(after.policy_routing)),
    ];
    let first = listener.map(|listener| GuestChange::Listen(*listener));
    let second = address.map(|(eni, ip)| GuestChange::ConfigureAddress(*ip, *eni));
    let mut changes = first.into_iter().chain(second).chain(switches.into_iter().flatten());
    let change = changes.next()?;
    changes.next().is_none().then_some(change)
}
