//! A region with one of most things in it, to start tests from.

use super::{World, id, ip, kind, net};
use eni_core::addr::{PortRange, Traffic};
use eni_core::control::command::{AssignPrivateIpAddresses, Command, CreateFlowLogs, Permission, Wanted};
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::eni::Requester;
use eni_core::model::event::Event;
use eni_core::model::flow_log::{FlowLogResource, FlowTraffic};
use eni_core::model::nat_gateway::{NatGateway, NatState};
use eni_core::model::network::{Quotas, Switches};
use eni_core::model::security_group::Peer;
use eni_core::time::Instant;

/// A world with one of most things.
///
/// `vpc-1` 10.0.0.0/16: `subnet-1` 10.0.1.0/24 in zone a, `subnet-2` 10.0.2.0/24 in b, `subnet-3` 10.0.3.0/28 in a; `igw-1`; `i-1` (t3.small, `eni-1`)
/// and `i-2` (t3.micro, `eni-2`) run in `subnet-1`; `eni-3` is free; `eni-4` (10.0.1.7) is at index 1 of `i-1` by `eni-attach-3` and has
/// `eipalloc-1`; `eipalloc-2` is free. `sg-3`, `rtb-3` and `acl-3` are its own.
/// `vpc-2` 10.1.0.0/16: `subnet-4` in zone a, `sg-4`. `igw-2` is free.
pub struct Scene {
    pub world: World,
}

impl std::ops::Deref for Scene {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl std::ops::DerefMut for Scene {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

pub fn vpc(number: u64) -> VpcId {
    id(number)
}

pub fn subnet(number: u64) -> SubnetId {
    id(number)
}

pub fn eni(number: u64) -> EniId {
    id(number)
}

pub fn inst(number: u64) -> InstanceId {
    id(number)
}

pub fn sg(number: u64) -> GroupId {
    id(number)
}

pub fn eip(number: u64) -> AllocationId {
    id(number)
}

pub fn rtb(number: u64) -> RouteTableId {
    id(number)
}

pub fn acl(number: u64) -> AclId {
    id(number)
}

pub fn igw(number: u64) -> InternetGatewayId {
    id(number)
}

/// TCP from a block.
pub fn from_block(port: u16, block: &str) -> Permission {
    Permission::new(Traffic::Tcp(PortRange::single(port)), Peer::Ipv4(net(block)))
}

impl Scene {
    pub fn new() -> Scene {
        let mut world = World::empty();
        let first = world.vpc("10.0.0.0/16");
        let second = world.vpc("10.1.0.0/16");
        let near = world.subnet(first, "10.0.1.0/24", "a");
        world.subnet(first, "10.0.2.0/24", "b");
        world.subnet(first, "10.0.3.0/28", "a");
        world.subnet(second, "10.1.1.0/24", "a");
        world.gateway(first);
        world.accept(Command::CreateInternetGateway { tags: Tags::new() });
        let web = world.running(near, "t3.small");
        world.running(near, "t3.micro");
        world.interface(near);
        let service = world.interface(near);
        world.attach(service, web, 1);
        let address = world.allocate();
        world.associate(address, service);
        world.allocate();
        world.group(first, "web");
        world.group(second, "other");
        world.accept(Command::CreateRouteTable { vpc: first, tags: Tags::new() });
        world.accept(Command::CreateNetworkAcl { vpc: first, tags: Tags::new() });
        Scene { world }
    }

    /// The world as it is now, to act on beside this one.
    pub fn clone_world(&self) -> World {
        self.world.clone()
    }

    /// An ENI that a service made, with an Elastic IP that it holds: `eni-50`, 10.0.1.50, `ela-attach-1`; `eipalloc-50`.
    pub fn service(&mut self) {
        let mut managed = self.eni(eni(3)).clone();
        managed.id = eni(50);
        managed.mac.0[0] = 6;
        managed.addresses[0].ip = ip("10.0.1.50");
        managed.requester = Some(Requester { id: "amazon-elb".to_owned(), managed: true, attachment: Some(id(1)) });
        let held = ElasticIp {
            allocation: eip(50),
            ip: ip("203.0.113.200"),
            association: None,
            service_managed: Some("nlb".to_owned()),
            tags: Tags::new(),
        };
        self.apply(&[Event::EniCreated(Box::new(managed)), Event::ElasticIpAllocated(Box::new(held))]);
    }

    pub fn quotas(&mut self, change: impl FnOnce(&mut Quotas)) {
        let mut quotas = *self.network.quotas();
        change(&mut quotas);
        self.apply(&[Event::QuotasSet(Box::new(quotas))]);
    }

    pub fn same_vpc_only(&mut self) {
        self.apply(&[Event::SwitchesSet(Switches { attach_across_vpcs: false })]);
    }

    /// An ENI with so many addresses in `subnet-1`.
    pub fn with_addresses(&mut self, secondaries: i64) -> EniId {
        let free = self.interface(subnet(1));
        let count = Some(secondaries);
        self.accept(Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: free,
            addresses: Vec::new(),
            count,
            allow_reassignment: false,
            prefixes: Wanted::default(),
        })));
        free
    }

    pub fn stopped(&mut self, number: u64) -> InstanceId {
        self.settled(Command::StopInstances(vec![inst(number)]));
        inst(number)
    }

    pub fn launched(&mut self, name: &str) -> InstanceId {
        assert!(kind(name).max_enis() > 0);
        self.running(subnet(1), name)
    }
}

/// A NAT gateway without an ENI, as an import may bring one.
pub fn nat_gateway(state: NatState, subnet: SubnetId, vpc: VpcId) -> Event {
    Event::NatGatewayCreated(Box::new(NatGateway {
        id: id(1),
        subnet,
        vpc,
        state,
        public: true,
        addresses: Vec::new(),
        created_at: Instant::ZERO,
        deleted_at: None,
        failure: None,
        tags: Tags::new(),
    }))
}

/// A request for a flow log: all traffic of `vpc-1`, to a bucket.
pub fn flow_log() -> CreateFlowLogs {
    CreateFlowLogs {
        resources: vec![FlowLogResource::Vpc(vpc(1))],
        traffic: Some(FlowTraffic::All),
        destination_type: Some("s3".to_owned()),
        destination: Some("arn:aws:s3:::logs".to_owned()),
        ..CreateFlowLogs::default()
    }
}

pub fn create_flow_log(request: CreateFlowLogs) -> Command {
    Command::CreateFlowLogs(Box::new(request))
}
