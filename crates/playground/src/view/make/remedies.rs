//! What would change a verdict, as sentences with buttons. The engine has tried each before it comes here.

use super::Maker;
use super::traffic::destination_text;
use crate::act::{Act, GuestCommand};
use crate::view::why::RemedyView;
use crate::view::words::Key;
use eni_core::addr::Direction;
use eni_core::analysis::reach::Shared;
use eni_core::analysis::remedy::Remedy;
use eni_core::control::command::{Balancing, Command, EniAttribute, RouteTargetInput};
use eni_core::dataplane::guest::{device_name, interfaces};
use eni_core::id::InstanceId;
use eni_core::model::event::TaggedId;
use eni_core::model::instance::Guest;
use eni_core::table::Table;

/// How many ways are offered.
const OFFERED: usize = 3;
/// How many of those that share a thing are named.
const NAMED: usize = 3;

/// The guests as they are after the commands before.
type Guests<'g> = Table<InstanceId, &'g Guest>;

impl Maker<'_> {
    /// The ways, the one that changes least for others first.
    pub fn remedies(&self, remedies: &[Remedy]) -> Vec<RemedyView> {
        remedies.iter().filter_map(|remedy| self.remedy(remedy)).take(OFFERED).collect()
    }

    /// One way in words; nothing if a part of it cannot be said as an act.
    pub fn remedy(&self, remedy: &Remedy) -> Option<RemedyView> {
        let acts = self.acts_of(&remedy.acts)?;
        let (mut sentences, mut plain, mut guests) = (Vec::new(), Vec::new(), Guests::new());
        for command in &remedy.acts {
            let Some(sentence) = self.remedy_sentence(command, &mut guests) else {
                plain.push(self.summary(command, Act::of_command(command).as_ref().map_or("", action_of)));
                continue;
            };
            sentences.extend(self.plain_sentence(std::mem::take(&mut plain)));
            sentences.push(sentence);
        }
        sentences.extend(self.plain_sentence(plain));
        let shared: Vec<String> = remedy.shared.iter().map(|shared| self.shared_sentence(shared)).collect();
        let steps = self.steps(&remedy.acts, &shared);
        let sentence = sentences.into_iter().chain(shared).reduce(|all, next| format!("{all} {next}"))?;
        let is_rule = matches!(remedy.acts.as_slice(), [Command::AuthorizeSecurityGroup { .. } | Command::SetNetworkAclEntry { .. }]);
        let button = self.say(if is_rule { Key::SubmitAddRule } else { Key::ButtonDoThis });
        let echo = |act: &Act| match act {
            Act::Guest { instance, .. } => self.with_devices(instance.parse().ok(), act.echo()),
            act => act.echo(),
        };
        let echo = acts.iter().map(echo).collect::<Vec<_>>().join("\n");
        Some(RemedyView { sentence, steps, button, echo, acts })
    }

    /// Several acts one by one, for a numbered list; nothing where one sentence says it.
    fn steps(&self, commands: &[Command], shared: &[String]) -> Vec<String> {
        if commands.len() < 2 {
            return Vec::new();
        }
        let mut guests = Guests::new();
        let mut step = |command| {
            self.remedy_sentence(command, &mut guests).unwrap_or_else(|| {
                let act = self.summary(command, Act::of_command(command).as_ref().map_or("", action_of));
                self.say(Key::RemedyStep { act: &super::capital(&act) })
            })
        };
        commands.iter().map(&mut step).chain(shared.iter().cloned()).collect()
    }

    /// The acts for some commands in a row. What is typed on an instance is what is new since the command before.
    pub fn acts_of(&self, commands: &[Command]) -> Option<Vec<Act>> {
        let mut guests = Guests::new();
        let mut acts = Vec::new();
        for command in commands {
            let Command::ConfigureGuest(id, after) = command else {
                acts.push(Act::of_command_in(self.network, command)?);
                continue;
            };
            let typed = self.typed(&mut guests, *id, after)?;
            acts.extend(typed.into_iter().map(|typed| Act::Guest { instance: id.to_string(), command: typed.to_string() }));
        }
        Some(acts)
    }

    /// A text about an instance in which its interfaces go by the names that its system has for them.
    fn with_devices(&self, instance: Option<InstanceId>, text: String) -> String {
        let Some(instance) = instance.and_then(|id| self.network.instance(id)) else { return text };
        interfaces(self.network, instance).fold(text, |text, eni| match device_name(instance, eni) {
            Some(name) => text.replace(&eni.id.to_string(), &name),
            None => text,
        })
    }

    /// What is typed on an instance so that its guest becomes like this one.
    fn typed<'g>(&self, guests: &mut Guests<'g>, id: InstanceId, after: &'g Guest) -> Option<Vec<GuestCommand>> {
        let before = match guests.get(&id) {
            Some(before) => before,
            None => &self.network.instance(id)?.guest,
        };
        let typed = GuestCommand::between(before, after);
        guests.insert(id, after);
        Some(typed)
    }

    /// Who else uses what the acts change.
    fn shared_sentence(&self, shared: &Shared) -> String {
        let mut names: Vec<String> = shared.with.iter().take(NAMED).map(|id| self.tagged_name(*id)).collect();
        if let Some(more) = shared.with.len().checked_sub(NAMED).filter(|more| *more > 0) {
            names.push(self.say(Key::AndMore { count: &more.to_string() }));
        }
        let (thing, with) = (self.tagged_name(shared.thing), super::list(names));
        let (thing, with) = (thing.as_str(), with.as_str());
        self.say(match shared.thing {
            TaggedId::RouteTable(_) => Key::TableServesToo { thing, with },
            _ => Key::GuardsToo { thing, with },
        })
    }

    /// One sentence for acts in a row that have no sentence of their own.
    fn plain_sentence(&self, acts: Vec<String>) -> Option<String> {
        match acts.as_slice() {
            [] => None,
            [act] => Some(self.say(Key::RemedyAct { act })),
            _ => Some(self.say(Key::RemedyActs { acts: &super::list(acts) })),
        }
    }

    /// The sentence of an act that has one of its own.
    fn remedy_sentence<'g>(&self, command: &'g Command, guests: &mut Guests<'g>) -> Option<String> {
        Some(match command {
            Command::AuthorizeSecurityGroup { group, direction, permissions } => {
                let Some(permission) = permissions.first() else { return Some(String::new()) };
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
            Command::CreateVpcEndpoint(request) => {
                self.say(Key::RemedyEndpoint { service: request.service.as_deref().unwrap_or_default() })
            }
            Command::ModifyVpcEndpoint(request) => self.say(Key::RemedyEndpoint { service: &self.endpoint_name(request.endpoint) }),
            Command::Balance(act) => match act.as_ref() {
                Balancing::ModifyAttributes { balancer, cross_zone: Some(true) } => {
                    self.say(Key::RemedyCrossZone { balancer: &self.balancer_name(*balancer) })
                }
                _ => return None,
            },
            Command::ModifyNetworkInterfaceAttribute(eni, attributes)
                if matches!(attributes.as_slice(), [EniAttribute::SourceDestCheck(false)]) =>
            {
                self.say(Key::RemedyCheckOff { eni: &self.eni_name(*eni) })
            }
            Command::ConfigureGuest(id, after) => {
                let typed = self.typed(guests, *id, after).unwrap_or_default();
                let command = typed.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
                let command = self.with_devices(Some(*id), command);
                self.say(Key::RemedyGuest { instance: &self.instance_name(*id), command: &command })
            }
            _ => return None,
        })
    }
}

fn action_of(act: &Act) -> &str {
    match act {
        Act::Api { action, .. } => action,
        _ => "",
    }
}
