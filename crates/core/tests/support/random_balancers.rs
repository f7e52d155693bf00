//! Random acts on load balancers and target groups.

use super::Dice;
use eni_core::control::command::*;
use eni_core::id::{ListenerId, LoadBalancerId, ResourceId, TargetGroupId};
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, TargetWho};

impl Dice<'_> {
    fn balancer(&mut self) -> LoadBalancerId {
        let network = self.network;
        self.pick(network.load_balancers().map(|balancer| balancer.id))
    }

    fn target_group(&mut self) -> TargetGroupId {
        let network = self.network;
        self.pick(network.target_groups().map(|group| group.id))
    }

    fn balanced(&mut self) -> BalancedProtocol {
        [BalancedProtocol::Tcp, BalancedProtocol::Tcp, BalancedProtocol::Udp, BalancedProtocol::TcpUdp][self.below(4)]
    }

    fn targets(&mut self, group: TargetGroupId) -> Vec<(TargetWho, Option<u16>)> {
        let by_instance = self.network.target_group(group).is_none_or(|group| group.by_instance) != self.chance(12);
        (0..1 + self.below(2))
            .map(|_| {
                let who = if by_instance { TargetWho::Instance(self.instance()) } else { TargetWho::Address(self.address()) };
                (who, self.maybe(3, |dice| [8080, 9090][dice.below(2)]))
            })
            .collect()
    }

    pub(super) fn balancing_act(&mut self) -> Command {
        let (balancers, groups) = (self.network.load_balancers().len(), self.network.target_groups().len());
        let act = match self.below(12) {
            _ if balancers == 0 && self.chance(2) => self.create_balancer(),
            _ if groups == 0 && self.chance(2) => self.create_target_group(),
            0 => self.create_balancer(),
            1 => self.create_target_group(),
            2 if self.chance(2) => Balancing::Delete(self.balancer()),
            3 if self.chance(2) => Balancing::DeleteGroup(self.target_group()),
            4 => Balancing::ModifyAttributes { balancer: self.balancer(), cross_zone: Some(self.chance(2)) },
            5 => {
                let (keeps_client, drain_secs) = (self.maybe(2, |dice| dice.chance(2)), self.maybe(2, |dice| [0, 20, 300][dice.below(3)]));
                Balancing::ModifyGroupAttributes { group: self.target_group(), keeps_client, drain_secs }
            }
            6 => {
                let network = self.network;
                let ids: Vec<ListenerId> =
                    network.load_balancers().flat_map(|balancer| balancer.listeners.iter().map(|listener| listener.id)).collect();
                Balancing::DeleteListener(if ids.is_empty() { ListenerId::from_number(900) } else { ids[self.below(ids.len())] })
            }
            7 => {
                let group = self.target_group();
                Balancing::Deregister(group, self.targets(group))
            }
            8 | 9 => self.create_listener(),
            _ => {
                let group = self.target_group();
                Balancing::Register(group, self.targets(group))
            }
        };
        Command::Balance(Box::new(act))
    }

    fn create_listener(&mut self) -> Balancing {
        let (network, group) = (self.network, self.target_group());
        let own = network.target_group(group);
        let protocol = own.map(|group| group.protocol).filter(|_| !self.chance(8)).unwrap_or_else(|| self.balanced());
        let port = [80, 443, 53][self.below(3)];
        // Mostly one that may lead to the group.
        let of_its_vpc = own.and_then(|group| network.load_balancers().find(|balancer| balancer.vpc == group.vpc));
        let balancer = of_its_vpc.filter(|_| !self.chance(4)).map_or_else(|| self.balancer(), |balancer| balancer.id);
        Balancing::CreateListener(CreateListener { balancer, protocol, port, group })
    }

    fn create_balancer(&mut self) -> Balancing {
        let internet_facing = self.chance(2);
        let subnets = (0..1 + self.below(2))
            .map(|_| NodeWanted {
                subnet: self.subnet(),
                allocation: self.maybe(4, Dice::allocation).filter(|_| internet_facing),
                private_ip: None,
            })
            .collect::<Vec<_>>();
        let groups = subnets.first().map(|node| node.subnet).filter(|_| self.chance(2)).map(|subnet| self.groups_in(subnet));
        let name = ["shop", "web", "internal-x", "a"][self.below(4)].to_owned();
        Balancing::Create(CreateLoadBalancer { name, internet_facing, subnets, groups: groups.unwrap_or_default(), tags: self.tags() })
    }

    fn create_target_group(&mut self) -> Balancing {
        let check = HealthCheck { interval: [10, 30][self.below(2)], port: self.maybe(4, |_| 22), ..HealthCheck::default() };
        Balancing::CreateGroup(CreateTargetGroup {
            name: ["shop", "web", "-x", "a"][self.below(4)].to_owned(),
            vpc: self.vpc(),
            protocol: self.balanced(),
            port: 8080,
            by_instance: self.chance(2),
            check,
            tags: self.tags(),
        })
    }
}
