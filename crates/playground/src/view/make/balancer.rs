//! Load balancers in words: what is done to them, what their nodes find of a packet, what is told of them where one of their interfaces is looked at.

use super::Maker;
use crate::view::details::FactView;
use crate::view::words::{ActKey, Key, WhyKey};
use eni_core::addr::IpAddr;
use eni_core::control::command::Balancing;
use eni_core::dataplane::reason::Balanced;
use eni_core::dataplane::verdict::Seen;
use eni_core::id::{EniId, LoadBalancerId, TargetGroupId};
use eni_core::model::load_balancer::{Listener, LoadBalancer};
use eni_core::model::target_group::TargetWho;
use std::net::SocketAddr;

impl Maker<'_> {
    /// A load balancer by its name.
    pub(super) fn balancer_name(&self, id: LoadBalancerId) -> String {
        self.network.load_balancer(id).map_or_else(|| id.to_string(), |balancer| balancer.name.clone())
    }

    fn target_group_name(&self, id: TargetGroupId) -> String {
        self.network.target_group(id).map_or_else(|| id.to_string(), |group| group.name.clone())
    }

    fn target_name_of(&self, who: TargetWho) -> String {
        match who {
            TargetWho::Instance(id) => self.instance_name(id),
            TargetWho::Address(ip) => ip.to_string(),
        }
    }

    fn targets(&self, targets: &[(TargetWho, Option<u16>)]) -> String {
        targets.iter().map(|(who, _)| self.target_name_of(*who)).collect::<Vec<_>>().join(", ")
    }

    /// What is done to load balancers and target groups.
    pub(super) fn balancing_summary(&self, act: &Balancing) -> String {
        match act {
            Balancing::Create(wanted) => self.say(ActKey::ActCreateNamed { thing: &wanted.name }),
            Balancing::CreateGroup(wanted) => self.say(ActKey::ActCreateNamed { thing: &wanted.name }),
            Balancing::Delete(id) => self.say(ActKey::ActDelete { thing: &self.balancer_name(*id) }),
            Balancing::ModifyAttributes { balancer, .. } => self.say(ActKey::ActChange { thing: &self.balancer_name(*balancer) }),
            Balancing::DeleteGroup(id) => self.say(ActKey::ActDelete { thing: &self.target_group_name(*id) }),
            Balancing::ModifyGroupAttributes { group, .. } => self.say(ActKey::ActChange { thing: &self.target_group_name(*group) }),
            Balancing::CreateListener(wanted) => self.say(ActKey::ActListen {
                port: &wanted.port.to_string(),
                balancer: &self.balancer_name(wanted.balancer),
                group: &self.target_group_name(wanted.group),
            }),
            Balancing::DeleteListener(id) => {
                let is_it = |balancer: &LoadBalancer| balancer.listeners.iter().find(|listener| listener.id == *id).copied();
                let found = self.network.load_balancers().find_map(|balancer| Some((balancer, is_it(balancer)?)));
                let (balancer, port) =
                    found.map_or_else(Default::default, |(balancer, listener)| (balancer.name.clone(), listener.port.to_string()));
                self.say(ActKey::ActStopListening { port: &port, balancer: &balancer })
            }
            Balancing::Register(group, targets) => {
                self.say(ActKey::ActRegister { targets: &self.targets(targets), group: &self.target_group_name(*group) })
            }
            Balancing::Deregister(group, targets) => {
                self.say(ActKey::ActDeregister { targets: &self.targets(targets), group: &self.target_group_name(*group) })
            }
        }
    }

    /// What a node did with a packet, in a sentence.
    pub(super) fn balanced_evidence(&self, balancer: LoadBalancerId, node: EniId, did: Balanced, step: Seen<'_>) -> String {
        let end = |(address, port): (IpAddr, u16)| SocketAddr::new(address, port).to_string();
        let name = self.balancer_name(balancer);
        let name = name.as_str();
        let zone = self.network.load_balancer(balancer).and_then(|balancer| balancer.node(node)).map(|node| node.zone.to_string());
        let zone = zone.unwrap_or_default();
        let zone = zone.as_str();
        let port = step.packet.flow().destination_port.to_string();
        match did {
            Balanced::Chosen { target, of, healthy, keeps } => {
                let (target, of) = (end(target), of.to_string());
                let (target, of) = (target.as_str(), of.as_str());
                let chosen =
                    self.say(if healthy { WhyKey::BalancerChose { target, of } } else { WhyKey::BalancerFailsOpen { target, of } });
                format!("{chosen} {}", self.say(if keeps { WhyKey::BalancerKeeps } else { WhyKey::BalancerHides }))
            }
            Balanced::Known { target, .. } => self.say(WhyKey::BalancerKnows { target: &end(target) }),
            Balanced::Returned { to, .. } => self.say(WhyKey::BalancerReturns { to: &end(to) }),
            Balanced::Back => self.say(WhyKey::BalancerWayBack { balancer: name, address: &step.packet.destination.to_string() }),
            Balanced::Own => self.say(WhyKey::BalancerOwn { balancer: name }),
            Balanced::NotActive => self.say(WhyKey::BalancerStarts { balancer: name }),
            Balanced::NoListener if step.packet.ports().is_none() => self.say(WhyKey::BalancerPortsOnly),
            Balanced::NoListener => self.say(WhyKey::BalancerNoListener { balancer: name, port: &port }),
            Balanced::Unknown => self.say(WhyKey::BalancerForgot),
            Balanced::NoTarget { every_zone: true } => self.say(WhyKey::BalancerNoTarget),
            Balanced::NoTarget { every_zone: false } => self.say(WhyKey::BalancerNoTargetInZone { zone }),
        }
    }

    /// What is told of the load balancer behind an interface: its listeners, and how well their targets are.
    pub(super) fn balancer_facts(&self, eni: EniId) -> Vec<FactView> {
        let found = self.network.eni(eni).and_then(|eni| self.network.load_balancer_of(eni));
        let Some(balancer) = found else { return Vec::new() };
        let mut lines = vec![balancer.dns_name(self.network.region())];
        lines.extend(balancer.listeners.iter().flat_map(|listener| self.listener_lines(listener)));
        vec![self.fact(Key::LabelBalancer, lines.join("\n"))]
    }

    /// What stands on the card of one of its nodes.
    pub(super) fn balancer_lines(&self, balancer: &LoadBalancer) -> Vec<String> {
        balancer.listeners.iter().flat_map(|listener| self.listener_lines(listener)).collect()
    }

    fn listener_lines(&self, listener: &Listener) -> Vec<String> {
        let Some(group) = self.network.target_group(listener.target_group) else { return Vec::new() };
        let mut lines = vec![format!("{}:{} → {}", listener.protocol.as_str(), listener.port, group.name)];
        lines.extend(group.targets.iter().map(|target| {
            let told = self.network.health_told(group, target);
            format!("{}:{} {}", self.target_name_of(target.key.who), target.key.port, told.state)
        }));
        lines
    }
}
