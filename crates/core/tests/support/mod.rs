//! A world to act on in tests: a network, a moment, and acts that must be accepted or refused.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

pub mod functions;
pub mod random;
pub mod scene;

use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::control::account::fresh_account;
use eni_core::control::command::{Command, CreateNetworkInterface, CreateSubnet, LaunchInterface, LaunchOptions, RunInstances};
use eni_core::control::decide::decide;
use eni_core::control::error::Refusal;
use eni_core::control::image::image_of;
use eni_core::control::reply::Reply;
use eni_core::control::transition::settle;
use eni_core::id::*;
use eni_core::model::eni::Eni;
use eni_core::model::event::Event;
use eni_core::model::instance::{GuestFlavour, Instance};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::Network;
use eni_core::model::{AccountId, Tags, Zone};
use eni_core::time::{Duration, Instant};

/// A network and the moment.
#[derive(Clone)]
pub struct World {
    pub network: Network,
    pub now: Instant,
}

/// Addresses and blocks as texts.
pub fn ip(text: &str) -> Ipv4Addr {
    text.parse().unwrap()
}

/// A block as a text.
pub fn net(text: &str) -> Ipv4Net {
    text.parse().unwrap()
}

/// An instance type by its name.
pub fn kind(name: &str) -> InstanceType {
    InstanceType::find(name).unwrap()
}

/// An id of the counters.
pub fn id<I: ResourceId>(number: u64) -> I {
    I::from_number(number)
}

impl World {
    /// An empty region.
    pub fn empty() -> World {
        World { network: Network::empty("us-east-1", AccountId(123_456_789_012)), now: Instant::ZERO }
    }

    /// A fresh account with a default VPC.
    pub fn fresh() -> World {
        let mut world = World::empty();
        world.apply(&fresh_account("us-east-1", AccountId(123_456_789_012)));
        world
    }

    /// Carries out events, and checks that the network is sound.
    pub fn apply(&mut self, events: &[Event]) {
        for event in events {
            self.network.apply(event);
        }
        self.check();
    }

    /// Every invariant holds.
    pub fn check(&self) {
        assert_eq!(self.network.check_invariants(), Vec::<String>::new());
    }

    /// An act that must be accepted.
    pub fn accept(&mut self, command: Command) -> Reply {
        let decision = decide(&self.network, &command, self.now).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
        self.apply(&decision.events);
        decision.reply
    }

    /// An act that must be accepted; then everything that follows by itself within a minute.
    pub fn settled(&mut self, command: Command) -> Reply {
        let reply = self.accept(command);
        self.wait(60);
        reply
    }

    /// An act that must be refused.
    pub fn refuse(&mut self, command: Command) -> Refusal {
        match decide(&self.network, &command, self.now) {
            Ok(decision) => panic!("{command:?} was accepted: {:?}", decision.reply),
            Err(refusal) => refusal,
        }
    }

    /// An act that must be refused with this code.
    pub fn refuse_with(&mut self, command: Command, code: &str) -> Refusal {
        let refusal = self.refuse(command);
        assert_eq!(refusal.code(), code, "{refusal}");
        refusal
    }

    /// Lets seconds pass.
    pub fn wait(&mut self, seconds: u64) -> Vec<Event> {
        self.now += Duration::from_secs(seconds);
        let events = settle(&mut self.network, self.now);
        self.check();
        events
    }

    pub fn eni(&self, id: EniId) -> &Eni {
        self.network.eni(id).unwrap()
    }

    pub fn instance(&self, id: InstanceId) -> &Instance {
        self.network.instance(id).unwrap()
    }

    pub fn vpc(&mut self, cidr: &str) -> VpcId {
        match self.accept(Command::CreateVpc { cidr: net(cidr), amazon_ipv6: false, tags: Tags::new() }) {
            Reply::Vpc(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub fn subnet(&mut self, vpc: VpcId, cidr: &str, zone: &str) -> SubnetId {
        let zone = Some(Zone::new(&format!("us-east-1{zone}")));
        match self.accept(Command::CreateSubnet(Box::new(CreateSubnet { vpc, cidr: net(cidr), zone, tags: Tags::new(), ipv6_cidr: None })))
        {
            Reply::Subnet(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub fn gateway(&mut self, vpc: VpcId) -> InternetGatewayId {
        let Reply::InternetGateway(gateway) = self.accept(Command::CreateInternetGateway { tags: Tags::new() }) else { panic!() };
        self.accept(Command::AttachInternetGateway { gateway, vpc });
        gateway
    }

    pub fn group(&mut self, vpc: VpcId, name: &str) -> GroupId {
        let (name, description) = (name.to_owned(), "a group".to_owned());
        match self.accept(Command::CreateSecurityGroup { name, description, vpc: Some(vpc), tags: Tags::new() }) {
            Reply::Group(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub fn interface(&mut self, subnet: SubnetId) -> EniId {
        match self.settled(create_eni(subnet)) {
            Reply::Eni(id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// An instance that runs.
    pub fn running(&mut self, subnet: SubnetId, kind: &str) -> InstanceId {
        let id = self.launch(run(Some(subnet), kind));
        self.wait(60);
        id
    }

    /// The first instance of a launch.
    pub fn launch(&mut self, request: RunInstances) -> InstanceId {
        match self.accept(Command::RunInstances(Box::new(request))) {
            Reply::Instances { instances, .. } => instances[0],
            other => panic!("{other:?}"),
        }
    }

    /// Attaches an ENI and waits until it is.
    pub fn attach(&mut self, eni: EniId, instance: InstanceId, device_index: u16) -> AttachmentId {
        match self.settled(Command::AttachNetworkInterface { eni, instance, device_index, network_card: 0 }) {
            Reply::Attachment(id, _) => id,
            other => panic!("{other:?}"),
        }
    }

    pub fn allocate(&mut self) -> AllocationId {
        match self.accept(Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() }) {
            Reply::Allocation(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub fn associate(&mut self, allocation: AllocationId, eni: EniId) -> AssociationId {
        match self.accept(associate(allocation, eni)) {
            Reply::Association(id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// The public address on an ENI's primary address.
    pub fn public(&self, eni: EniId) -> Option<Ipv4Addr> {
        self.eni(eni).addresses[0].public.map(|public| public.ip)
    }
}

/// CreateNetworkInterface with defaults.
pub fn create_eni(subnet: SubnetId) -> Command {
    Command::CreateNetworkInterface(Box::new(CreateNetworkInterface { subnet: Some(subnet), ..CreateNetworkInterface::default() }))
}

/// RunInstances with defaults.
pub fn run(subnet: Option<SubnetId>, name: &str) -> RunInstances {
    RunInstances {
        image: image_of(GuestFlavour::PolicyRouting),
        instance_type: kind(name),
        count: 1,
        subnet,
        groups: Vec::new(),
        private_ip: None,
        associate_public_ip: None,
        interfaces: Vec::new(),
        tags: Tags::new(),
        interface_tags: Tags::new(),
        options: LaunchOptions::default(),
    }
}

/// AssociateAddress to the primary address of an ENI.
pub fn associate(allocation: AllocationId, eni: EniId) -> Command {
    Command::AssociateAddress { allocation, eni: Some(eni), instance: None, private_ip: None, allow_reassociation: None }
}

/// A launch with an existing ENI as its primary one.
pub fn with_interface(eni: EniId) -> RunInstances {
    let interface = LaunchInterface {
        device_index: 0,
        network_card: 0,
        existing: Some(eni),
        subnet: None,
        groups: Vec::new(),
        private_ip: None,
        description: String::new(),
        delete_on_termination: None,
        associate_public_ip: None,
        ..LaunchInterface::default()
    };
    RunInstances { interfaces: vec![interface], ..run(None, "t3.small") }
}
