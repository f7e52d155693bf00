//! Small networks at work, shared by the tests of the simulator and by the program that plays them in wasm.
//!
//! Everything is built by the acts that a user would do.

#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may say plainly what must be there"
)]

pub mod lists;
pub mod long;

use eni_core::addr::{Direction, IcmpMatch, IpAddr, IpNet, Ipv4Addr, PortRange, Traffic};
use eni_core::control::command::{
    AttachmentKey, Command, CreateFlowLogs, CreateNetworkInterface, CreateSubnet, Permission, RouteTargetInput, RunInstances, anywhere,
};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::event::Event;
use eni_core::model::flow_log::{FlowLogResource, FlowTraffic};
use eni_core::model::instance::{Guest, GuestFlavour, Listener, ListenerProtocol};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::{AccountId, Zone};
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::sim::key::ClientId;
use eni_core::time::{Duration, Instant};

/// The outside client.
pub const OUTSIDE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);
/// The service's own address.
pub const SERVICE: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 100);

/// Two web servers in one zone, a third and a client in another; a service ENI with an Elastic IP on the first server.
pub struct Scene {
    pub simulator: Simulator,
    pub vpc: VpcId,
    pub gateway: InternetGatewayId,
    pub web_1: InstanceId,
    pub web_2: InstanceId,
    pub web_3: InstanceId,
    pub client: InstanceId,
    pub service: EniId,
    pub public: Ipv4Addr,
    pub web_group: GroupId,
    pub ping_group: GroupId,
}

pub fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Does an act that must be accepted.
pub fn act(simulator: &mut Simulator, command: Command) -> Reply {
    simulator.execute(&command).unwrap_or_else(|refusal| panic!("{command:?} was refused: {refusal:?}")).reply
}

macro_rules! made {
    ($simulator:expr, $command:expr, $kind:ident) => {
        match act($simulator, $command) {
            Reply::$kind(id) => id,
            other => panic!("another reply: {other:?}"),
        }
    };
}

fn guest(flavour: GuestFlavour) -> Guest {
    let listener = |protocol, port| Listener { protocol, ports: PortRange::single(port), address: None };
    Guest { listeners: vec![listener(ListenerProtocol::Tcp, 443), listener(ListenerProtocol::Udp, 53)], ..Guest::of(flavour) }
}

fn launch(simulator: &mut Simulator, subnet: SubnetId, group: GroupId, guest: Guest) -> InstanceId {
    let request = RunInstances {
        image: "ami-0000000000000000a".parse().unwrap(),
        instance_type: InstanceType::find("t3.small").unwrap(),
        count: 1,
        subnet: Some(subnet),
        groups: vec![group],
        private_ip: None,
        associate_public_ip: None,
        interfaces: Vec::new(),
        tags: Default::default(),
        interface_tags: Default::default(),
        options: Default::default(),
    };
    let Reply::Instances { instances, .. } = act(simulator, Command::RunInstances(Box::new(request))) else { panic!("no instance") };
    // A guest can be configured when it runs.
    simulator.advance(secs(3), &mut |_| {});
    act(simulator, Command::ConfigureGuest(instances[0], Box::new(guest)));
    instances[0]
}

fn group(simulator: &mut Simulator, vpc: VpcId, name: &str, allowed: &[Traffic]) -> GroupId {
    let create = Command::CreateSecurityGroup { name: name.into(), description: name.into(), vpc: Some(vpc), tags: Default::default() };
    let group = made!(simulator, create, Group);
    let IpNet::V4(all) = anywhere() else { panic!("not IPv4") };
    let permissions: Vec<_> = allowed.iter().map(|traffic| Permission::new(*traffic, Peer::Ipv4(all))).collect();
    if !permissions.is_empty() {
        act(simulator, Command::AuthorizeSecurityGroup { group, direction: Direction::Ingress, permissions });
    }
    group
}

/// The first scene, at virtual zero and settled, before anybody asks anything. The web servers run an image of this flavour.
pub fn first_scene(flavour: GuestFlavour) -> Scene {
    let mut building = Simulator::new(Network::empty("us-east-1", AccountId(123_456_789_012)), 1);
    let sim = &mut building;
    let vpc = made!(sim, Command::CreateVpc { cidr: "10.0.0.0/16".parse().unwrap(), amazon_ipv6: false, tags: Default::default() }, Vpc);
    let subnet = |sim: &mut Simulator, cidr: &str, zone: &str| {
        let zone = Some(Zone::new(zone));
        made!(
            sim,
            Command::CreateSubnet(Box::new(CreateSubnet {
                vpc,
                cidr: cidr.parse().unwrap(),
                zone,
                tags: Default::default(),
                ipv6_cidr: None
            })),
            Subnet
        )
    };
    let subnet_a = subnet(sim, "10.0.1.0/24", "us-east-1a");
    let subnet_b = subnet(sim, "10.0.2.0/24", "us-east-1b");
    let gateway = made!(sim, Command::CreateInternetGateway { tags: Default::default() }, InternetGateway);
    act(sim, Command::AttachInternetGateway { gateway, vpc });
    let table = sim.network().vpc(vpc).unwrap().main_route_table;
    let targets = vec![RouteTargetInput::Target(RouteTarget::InternetGateway(gateway))];
    act(sim, Command::SetRoute { table, destination: Destination::Cidr(anywhere()), targets, replace: false });

    let web_group = group(sim, vpc, "web", &[Traffic::Tcp(PortRange::single(443)), Traffic::Udp(PortRange::single(53))]);
    let ping_group = group(sim, vpc, "ping", &[Traffic::Icmp(IcmpMatch::Type(8))]);
    let client_group = group(sim, vpc, "client", &[]);
    let web_1 = launch(sim, subnet_a, web_group, guest(flavour));
    let web_2 = launch(sim, subnet_a, web_group, guest(flavour));
    let web_3 = launch(sim, subnet_b, web_group, guest(flavour));
    let client = launch(sim, subnet_b, client_group, Guest::of(GuestFlavour::PolicyRouting));
    sim.advance(secs(5), &mut |_| {});

    let service = CreateNetworkInterface {
        subnet: Some(subnet_a),
        groups: vec![web_group, ping_group],
        private_ip: Some(SERVICE),
        ..Default::default()
    };
    let service = made!(sim, Command::CreateNetworkInterface(Box::new(service)), Eni);
    let allocation = made!(sim, Command::AllocateAddress { address: None, border_group: None, tags: Default::default() }, Allocation);
    let associate =
        Command::AssociateAddress { allocation, eni: Some(service), instance: None, private_ip: None, allow_reassociation: None };
    act(sim, associate);
    act(sim, attach_command(service, web_1));
    sim.advance(secs(5), &mut |_| {});
    assert_eq!(sim.next_event_at(), None, "the scene is settled");
    let network = sim.network().clone();
    assert_eq!(network.check_invariants(), Vec::<String>::new());
    let public = network.elastic_ip(allocation).unwrap().ip;
    Scene { simulator: Simulator::new(network, 7), vpc, gateway, web_1, web_2, web_3, client, service, public, web_group, ping_group }
}

pub fn attach_command(eni: EniId, instance: InstanceId) -> Command {
    Command::AttachNetworkInterface { eni, instance, device_index: 1, network_card: 0 }
}

impl Scene {
    pub fn add(&mut self, name: &str, from: Source, to: Target, protocol: Protocol, conversation: Conversation) -> ClientId {
        let probe = ProbeSpec { from, to, protocol, timeout: secs(1) };
        self.simulator.add_client(ClientSpec { name: name.into(), probe, interval: millis(200), conversation }).unwrap()
    }

    pub fn outside() -> Source {
        Source::Internet { address: OUTSIDE }
    }

    pub fn inside(&self) -> Source {
        Source::Instance { instance: self.client, address: None }
    }

    /// The outside client asks the public address, the inside one the private one, each five times a second.
    pub fn add_both(&mut self, protocol: Protocol) -> [ClientId; 2] {
        let outside = self.add("outside", Scene::outside(), Target::PublicOf(self.service), protocol, Conversation::NewEachTime);
        let inside = self.add("inside", self.inside(), Target::PrivateOf(self.service), protocol, Conversation::NewEachTime);
        [outside, inside]
    }

    /// A flow log of all packets of the VPC, a record a minute.
    pub fn flow_log(&self) -> Command {
        Command::CreateFlowLogs(Box::new(CreateFlowLogs {
            resources: vec![FlowLogResource::Vpc(self.vpc)],
            traffic: Some(FlowTraffic::All),
            destination_type: Some("s3".to_owned()),
            destination: Some("arn:aws:s3:::logs".to_owned()),
            interval: Some(60),
            ..CreateFlowLogs::default()
        }))
    }

    pub fn act(&mut self, command: Command) -> Vec<Event> {
        self.simulator.execute(&command).unwrap_or_else(|refusal| panic!("{command:?} was refused: {refusal:?}")).events
    }

    pub fn attach(&mut self, instance: InstanceId) -> Vec<Event> {
        self.act(attach_command(self.service, instance))
    }

    pub fn detach(&mut self) -> Vec<Event> {
        let attachment = self.simulator.network().eni(self.service).unwrap().attachment.as_ref().unwrap().id;
        self.act(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force: false })
    }

    /// Lets time pass until `at`.
    pub fn run_to(&mut self, at: Duration, sink: &mut dyn FnMut(&SimEvent)) {
        let span = (Instant::ZERO + at) - self.simulator.now();
        self.simulator.advance(span, sink);
    }

    pub fn run_quietly_to(&mut self, at: Duration) {
        self.run_to(at, &mut |_| {});
    }

    pub fn service_address(&self) -> IpAddr {
        IpAddr::V4(SERVICE)
    }
}
