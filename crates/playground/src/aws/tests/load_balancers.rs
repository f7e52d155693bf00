//! Every command of load balancing, most in more than one form.

use super::n;
use eni_core::control::command::{Balancing, Command, CreateListener, CreateLoadBalancer, CreateTargetGroup, NodeWanted};
use eni_core::model::Tags;
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, TargetWho};

fn balancer(internet_facing: bool, subnets: Vec<NodeWanted>) -> Balancing {
    let (name, groups) = ("shop".to_owned(), if internet_facing { vec![n(1)] } else { vec![] });
    Balancing::Create(CreateLoadBalancer { name, internet_facing, subnets, groups, tags: super::tags() })
}

fn group(by_instance: bool, check: HealthCheck) -> Balancing {
    let (name, protocol) = ("web".to_owned(), BalancedProtocol::TcpUdp);
    Balancing::CreateGroup(CreateTargetGroup { name, vpc: n(1), protocol, port: 53, by_instance, check, tags: Tags::new() })
}

pub fn load_balancer_commands() -> Vec<Command> {
    let plain = NodeWanted { subnet: n(1), allocation: None, private_ip: None };
    let own = NodeWanted { subnet: n(2), allocation: None, private_ip: Some("10.0.2.80".parse().unwrap()) };
    let public = NodeWanted { subnet: n(2), allocation: Some(n(1)), private_ip: None };
    let check = HealthCheck { port: Some(8080), interval: 10, timeout: 5, healthy: 2, unhealthy: 3 };
    let targets = vec![(TargetWho::Instance(n(1)), None), (TargetWho::Address("10.0.1.7".parse().unwrap()), Some(80))];
    let acts = vec![
        balancer(false, vec![plain]),
        balancer(false, vec![plain, own]),
        balancer(true, vec![plain, public]),
        Balancing::Delete(n(1)),
        Balancing::ModifyAttributes { balancer: n(1), cross_zone: Some(true) },
        Balancing::CreateListener(CreateListener { balancer: n(1), protocol: BalancedProtocol::Udp, port: 53, group: n(2) }),
        Balancing::DeleteListener(n(3)),
        group(true, HealthCheck::default()),
        group(false, check),
        Balancing::DeleteGroup(n(2)),
        Balancing::ModifyGroupAttributes { group: n(2), keeps_client: Some(false), drain_secs: None },
        Balancing::ModifyGroupAttributes { group: n(2), keeps_client: None, drain_secs: Some(20) },
        Balancing::Register(n(2), targets.clone()),
        Balancing::Deregister(n(2), targets),
    ];
    acts.into_iter().map(|act| Command::Balance(Box::new(act))).collect()
}
