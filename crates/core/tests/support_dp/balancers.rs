//! Network Load Balancers, made by the acts of the control plane.

use super::{Lab, ip};
use eni_core::control::command::{Balancing, Command, CreateListener, CreateLoadBalancer, CreateTargetGroup, NodeWanted};
use eni_core::control::decide::decide;
use eni_core::control::reply::Reply;
use eni_core::control::transition::settle;
use eni_core::dataplane::verdict::Place;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, Target, TargetHealth, TargetKey, TargetWho};
use eni_core::time::Duration;

/// A load balancer with one listener, and what belongs to it.
#[derive(Clone, Debug)]
pub struct Balancer {
    pub id: LoadBalancerId,
    pub group: TargetGroupId,
    /// The ENIs of its nodes, in the order of the subnets.
    pub nodes: Vec<EniId>,
}

impl Lab {
    pub fn balance(&mut self, act: Balancing) -> Reply {
        let decision = decide(&self.network, &Command::Balance(Box::new(act)), self.now).unwrap();
        decision.events.iter().for_each(|event| self.network.apply(event));
        decision.reply
    }

    /// An active load balancer called `shop` with a node in each subnet, which passes port 80 on to port 8080 of its targets.
    pub fn balancer(&mut self, subnets: &[(SubnetId, &str)], groups: &[GroupId], by_instance: bool) -> Balancer {
        self.balancer_of(subnets, groups, by_instance, BalancedProtocol::Tcp, false)
    }

    pub fn balancer_of(
        &mut self,
        subnets: &[(SubnetId, &str)],
        groups: &[GroupId],
        by_instance: bool,
        protocol: BalancedProtocol,
        internet_facing: bool,
    ) -> Balancer {
        let wanted = subnets.iter().map(|(subnet, address)| NodeWanted {
            subnet: *subnet,
            allocation: None,
            private_ip: (!internet_facing).then(|| ip(address)),
        });
        let create = CreateLoadBalancer {
            name: "shop".to_owned(),
            internet_facing,
            subnets: wanted.collect(),
            groups: groups.to_vec(),
            tags: Tags::new(),
        };
        let Reply::LoadBalancer(id) = self.balance(Balancing::Create(create)) else { panic!() };
        settle(&mut self.network, self.now + Duration::from_secs(10));
        let create = CreateTargetGroup {
            name: "web".to_owned(),
            vpc: self.vpc,
            protocol,
            port: 8080,
            by_instance,
            check: HealthCheck::default(),
            tags: Tags::new(),
        };
        let Reply::TargetGroup(group) = self.balance(Balancing::CreateGroup(create)) else { panic!() };
        self.balance(Balancing::CreateListener(CreateListener { balancer: id, protocol, port: 80, group }));
        let nodes: Vec<EniId> = self.network.load_balancer(id).unwrap().nodes.iter().map(|node| node.eni).collect();
        for node in &nodes {
            let address = self.network.eni(*node).unwrap().primary_ip().unwrap();
            self.name(Place::Eni(*node), &address.to_string());
        }
        Balancer { id, group, nodes }
    }

    pub fn register(&mut self, group: TargetGroupId, targets: &[TargetWho]) {
        self.balance(Balancing::Register(group, targets.iter().map(|who| (*who, None)).collect()));
    }

    pub fn health(&mut self, group: TargetGroupId, who: TargetWho, health: TargetHealth) {
        let key = TargetKey { who, port: 8080 };
        self.apply(Event::TargetSet(group, Target { key, health }));
    }
}
