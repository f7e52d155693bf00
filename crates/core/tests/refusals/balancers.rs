//! Refusals of load balancers and target groups.

use super::*;
use eni_core::control::command::{Balancing, CreateListener, CreateLoadBalancer, CreateTargetGroup, NodeWanted};
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, TargetWho};

fn act(act: Balancing) -> Command {
    Command::Balance(Box::new(act))
}

fn node(number: u64) -> NodeWanted {
    NodeWanted { subnet: subnet(number), allocation: None, private_ip: None }
}

fn wanted(name: &str, nodes: Vec<NodeWanted>) -> CreateLoadBalancer {
    CreateLoadBalancer { name: name.to_owned(), internet_facing: false, subnets: nodes, groups: vec![], tags: Tags::new() }
}

pub fn balancer(name: &str, nodes: Vec<NodeWanted>) -> Command {
    act(Balancing::Create(wanted(name, nodes)))
}

fn public(nodes: Vec<NodeWanted>) -> Command {
    act(Balancing::Create(CreateLoadBalancer { internet_facing: true, ..wanted("shop", nodes) }))
}

fn group_of(name: &str, vpc: VpcId, protocol: BalancedProtocol) -> Command {
    let (name, check) = (name.to_owned(), HealthCheck::default());
    act(Balancing::CreateGroup(CreateTargetGroup { name, vpc, protocol, port: 80, by_instance: true, check, tags: Tags::new() }))
}

fn group(name: &str) -> Command {
    group_of(name, vpc(1), BalancedProtocol::Tcp)
}

fn listener(balancer: u64, port: u16, group: u64) -> Command {
    let (balancer, group) = (id(balancer), id(group));
    act(Balancing::CreateListener(CreateListener { balancer, protocol: BalancedProtocol::Tcp, port, group }))
}

fn register(group: u64, who: TargetWho) -> Command {
    act(Balancing::Register(id(group), vec![(who, None)]))
}

/// A load balancer, a target group and a listener between them.
fn all(scene: &mut Scene) {
    scene.accept(balancer("shop", vec![node(1)]));
    scene.accept(group("web"));
    scene.accept(listener(1, 80, 1));
}

pub const BALANCERS: &[Case] = &[
    case("BalancerNotFound", "LoadBalancerNotFound: One or more load balancers not found", |_| listener(9, 80, 9)),
    case("TargetGroupNotFound", "TargetGroupNotFound: One or more target groups not found", |scene| {
        scene.accept(balancer("shop", vec![node(1)]));
        listener(1, 80, 9)
    }),
    case("ListenerNotFound", "ListenerNotFound: One or more listeners not found", |_| act(Balancing::DeleteListener(id(9)))),
    case(
        "BalancerName",
        "ValidationError: Load balancer name 'internal-shop' must be 1 to 32 letters, digits and hyphens, and must not begin or end with a hyphen or begin with internal-",
        |_| balancer("internal-shop", vec![node(1)]),
    ),
    case(
        "BalancerExists",
        "DuplicateLoadBalancerName: A load balancer with the same name 'shop' exists, but with different settings",
        |scene| {
            scene.accept(balancer("shop", vec![node(1)]));
            balancer("shop", vec![node(2)])
        },
    ),
    case(
        "TargetGroupExists",
        "DuplicateTargetGroupName: A target group with the same name 'web' exists, but with different settings",
        |scene| {
            scene.accept(group("web"));
            group("web")
        },
    ),
    case("BalancerSubnetNotFound", "SubnetNotFound: The subnet ID 'subnet-9' does not exist", |_| balancer("shop", vec![node(9)])),
    case(
        "BalancerConfiguration",
        "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        |_| balancer("shop", vec![node(1), node(3)]),
    ),
    case("BalancerConfiguration", "InvalidConfigurationRequest: All subnets of a load balancer must be in one VPC", |_| {
        balancer("shop", vec![node(2), node(4)])
    }),
    case("BalancerConfiguration", "InvalidConfigurationRequest: At least one subnet must be specified", |_| balancer("shop", vec![])),
    case(
        "BalancerConfiguration",
        "InvalidConfigurationRequest: Elastic IP addresses can be given to internet-facing load balancers only",
        |_| balancer("shop", vec![NodeWanted { allocation: Some(eip(2)), ..node(1) }]),
    ),
    case(
        "BalancerConfiguration",
        "InvalidConfigurationRequest: Private IPv4 addresses can be chosen for internal load balancers only",
        |_| public(vec![NodeWanted { private_ip: Some("10.0.1.80".parse().unwrap()), ..node(1) }]),
    ),
    case("BalancerConfiguration", "InvalidConfigurationRequest: The target group is not in the load balancer's VPC", |scene| {
        scene.accept(balancer("shop", vec![node(1)]));
        scene.accept(group_of("web", vpc(2), BalancedProtocol::Tcp));
        listener(1, 80, 1)
    }),
    case(
        "BalancerConfiguration",
        "InvalidConfigurationRequest: Client IP preservation cannot be disabled for UDP and TCP_UDP target groups",
        |scene| {
            scene.accept(group_of("web", vpc(1), BalancedProtocol::Udp));
            act(Balancing::ModifyGroupAttributes { group: id(1), keeps_client: Some(false), drain_secs: None })
        },
    ),
    case("BalancerNoGateway", "InvalidSubnet: VPC vpc-2 has no internet gateway", |_| public(vec![node(4)])),
    case(
        "BalancerRoom",
        "InvalidSubnet: Not enough IP space available in subnet-3. ELB requires at least 8 free IP addresses in each subnet.",
        |scene| {
            (0..5).for_each(|_| _ = scene.interface(subnet(3)));
            balancer("shop", vec![node(3)])
        },
    ),
    case("BalancerGroup", "InvalidSecurityGroup: Security group 'sg-4' does not exist in the load balancer's VPC", |_| {
        act(Balancing::Create(CreateLoadBalancer { groups: vec![sg(4)], ..wanted("shop", vec![node(1)]) }))
    }),
    case("BalancerAllocation", "AllocationIdNotFound: The allocation ID 'eipalloc-1' is not available for use", |_| {
        public(vec![NodeWanted { allocation: Some(eip(1)), ..node(1) }])
    }),
    case("ListenerExists", "DuplicateListener: A listener already exists on this port for this load balancer: 80", |scene| {
        all(scene);
        listener(1, 80, 1)
    }),
    case("ListenerProtocol", "IncompatibleProtocols: A TCP listener cannot forward to a target group of protocol UDP", |scene| {
        scene.accept(balancer("shop", vec![node(1)]));
        scene.accept(group_of("web", vpc(1), BalancedProtocol::Udp));
        listener(1, 80, 1)
    }),
    case(
        "TargetGroupElsewhere",
        "TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: web",
        |scene| {
            all(scene);
            scene.accept(balancer("second", vec![node(2)]));
            listener(2, 80, 1)
        },
    ),
    case("TargetGroupInUse", "ResourceInUse: Target group 'web' is currently in use by a listener or a rule", |scene| {
        all(scene);
        act(Balancing::DeleteGroup(id(1)))
    }),
    case("BadTarget", "InvalidTarget: The target 'i-9' does not exist", |scene| {
        scene.accept(group("web"));
        register(1, TargetWho::Instance(inst(9)))
    }),
    case("BadTarget", "InvalidTarget: The target 'i-2' is not in a running state and cannot be registered", |scene| {
        scene.accept(group("web"));
        scene.stopped(2);
        register(1, TargetWho::Instance(inst(2)))
    }),
    case("BadTarget", "InvalidTarget: The target 'i-1' is not in the target group VPC", |scene| {
        scene.accept(group_of("web", vpc(2), BalancedProtocol::Tcp));
        register(1, TargetWho::Instance(inst(1)))
    }),
    case(
        "BadTarget",
        "InvalidTarget: The target '10.0.1.7' is not a valid instance ID: the targets of this group are instances",
        |scene| {
            scene.accept(group("web"));
            register(1, TargetWho::Address("10.0.1.7".parse().unwrap()))
        },
    ),
];
