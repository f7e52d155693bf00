//! How scenes are built: act by act, as anybody would, at virtual zero, each settled before the next.

use eni_core::addr::{Direction, IcmpMatch, Ipv4Addr, Ipv4Net, PortRange, Traffic};
use eni_core::control::command::{
    Command, CreateNetworkInterface, CreateSubnet, LaunchOptions, Permission, RouteTargetInput, RunInstances, anywhere,
};
use eni_core::control::decide::decide;
use eni_core::control::error::Refusal;
use eni_core::control::image::{image_of, serve};
use eni_core::control::reply::Reply;
use eni_core::control::transition::settle;
use eni_core::id::*;
use eni_core::model::event::Event;
use eni_core::model::instance::GuestFlavour;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::{AccountId, Tags, Zone};
use eni_core::time::{Duration, Instant};

/// The account and region of every scene.
pub const ACCOUNT: AccountId = AccountId::EXAMPLE;
/// The region.
pub const REGION: &str = "us-east-1";

/// What an act of a scene brings, or why the control plane refused it.
pub type Built<T> = Result<T, Refusal>;

/// A network that grows.
pub struct Builder {
    /// The network so far.
    pub network: Network,
}

/// An instance to launch.
pub struct Launch<'a> {
    /// Its name; its primary ENI is called the same with `-main`.
    pub name: &'a str,
    /// Its type.
    pub kind: &'a str,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its private address.
    pub ip: Ipv4Addr,
    /// Its groups.
    pub groups: Vec<GroupId>,
    /// The system on it.
    pub guest: GuestFlavour,
    /// The TCP ports of the services on it, beside secure shell.
    pub serves: &'a [u16],
}

/// A Name tag.
pub fn named(name: &str) -> Tags {
    Tags::from([("Name".to_owned(), name.to_owned())])
}

/// `tcp` to one port.
pub fn tcp(port: u16) -> Traffic {
    Traffic::Tcp(PortRange::single(port))
}

/// Every kind of ICMP.
pub fn icmp() -> Traffic {
    Traffic::Icmp(IcmpMatch::Any)
}

/// A block from its parts.
pub fn block(a: u8, b: u8, c: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new(Ipv4Addr::new(a, b, c, 0), prefix).unwrap_or_default()
}

/// A reply that is not of the kind that the act gives.
fn unexpected(name: &'static str) -> Refusal {
    Refusal::MissingParameter { parameter: name }
}

impl Builder {
    /// An empty region.
    pub fn new() -> Builder {
        Builder { network: Network::empty(REGION, ACCOUNT) }
    }

    /// Does an act, and lets all that follows happen.
    pub fn act(&mut self, command: &Command) -> Built<Reply> {
        let decision = decide(&self.network, command, Instant::ZERO)?;
        self.apply(&decision.events);
        // Long enough for everything that begins with an act here.
        settle(&mut self.network, Instant::ZERO + Duration::from_secs(600));
        Ok(decision.reply)
    }

    /// Carries out events.
    pub fn apply(&mut self, events: &[Event]) {
        for event in events {
            self.network.apply(event);
        }
    }

    /// A VPC with an internet gateway.
    pub fn vpc(&mut self, name: &str, cidr: Ipv4Net, gateway: &str) -> Built<(VpcId, InternetGatewayId)> {
        let Reply::Vpc(vpc) = self.act(&Command::CreateVpc { cidr, amazon_ipv6: false, tags: named(name) })? else {
            return Err(unexpected("vpc"));
        };
        let Reply::InternetGateway(id) = self.act(&Command::CreateInternetGateway { tags: named(gateway) })? else {
            return Err(unexpected("internetGateway"));
        };
        self.act(&Command::AttachInternetGateway { gateway: id, vpc })?;
        Ok((vpc, id))
    }

    /// A route table that leads to the internet.
    pub fn public_table(&mut self, vpc: VpcId, gateway: InternetGatewayId) -> Built<RouteTableId> {
        let Reply::RouteTable(table) = self.act(&Command::CreateRouteTable { vpc, tags: named("public") })? else {
            return Err(unexpected("routeTable"));
        };
        self.act(&Command::SetRoute {
            table,
            destination: Destination::Cidr(anywhere()),
            targets: vec![RouteTargetInput::Target(RouteTarget::InternetGateway(gateway))],
            replace: false,
        })?;
        Ok(table)
    }

    /// A subnet, with a route table if it has one of its own.
    pub fn subnet(&mut self, vpc: VpcId, name: &str, cidr: Ipv4Net, zone: &str, table: Option<RouteTableId>) -> Built<SubnetId> {
        let zone = Some(Zone::new(zone));
        let Reply::Subnet(subnet) =
            self.act(&Command::CreateSubnet(Box::new(CreateSubnet { vpc, cidr, zone, tags: named(name), ipv6_cidr: None })))?
        else {
            return Err(unexpected("subnet"));
        };
        if let Some(table) = table {
            self.act(&Command::AssociateRouteTable { table, subnet })?;
        }
        Ok(subnet)
    }

    /// A security group with what it lets in.
    pub fn group(&mut self, vpc: VpcId, name: &str, description: &str, lets_in: &[(Traffic, Ipv4Net)]) -> Built<GroupId> {
        let (name, description) = (name.to_owned(), description.to_owned());
        let command = Command::CreateSecurityGroup { name, description, vpc: Some(vpc), tags: Tags::new() };
        let Reply::Group(group) = self.act(&command)? else { return Err(unexpected("group")) };
        for (traffic, from) in lets_in {
            let permissions = vec![Permission::new(*traffic, Peer::Ipv4(*from))];
            self.act(&Command::AuthorizeSecurityGroup { group, direction: Direction::Ingress, permissions })?;
        }
        Ok(group)
    }

    /// An instance that runs.
    pub fn instance(&mut self, launch: Launch<'_>) -> Built<InstanceId> {
        let instance_type = InstanceType::find(launch.kind).ok_or(unexpected("instanceType"))?;
        let command = Command::RunInstances(Box::new(RunInstances {
            image: image_of(launch.guest),
            instance_type,
            count: 1,
            subnet: Some(launch.subnet),
            groups: launch.groups,
            private_ip: Some(launch.ip),
            associate_public_ip: None,
            interfaces: Vec::new(),
            tags: named(launch.name),
            options: LaunchOptions::default(),
            interface_tags: named(&format!("{}-main", launch.name)),
        }));
        let made = match self.act(&command)? {
            Reply::Instances { instances, .. } => instances.first().and_then(|id| self.network.instance(*id)),
            _ => None,
        };
        let (id, mut guest) = made.map(|instance| (instance.id, instance.guest.clone())).ok_or(unexpected("instance"))?;
        serve(&mut guest, launch.serves);
        self.act(&Command::ConfigureGuest(id, Box::new(guest)))?;
        Ok(id)
    }

    /// An ENI in no instance.
    pub fn interface(&mut self, name: &str, subnet: SubnetId, ip: Ipv4Addr, groups: Vec<GroupId>) -> Built<EniId> {
        let request =
            CreateNetworkInterface { subnet: Some(subnet), groups, private_ip: Some(ip), tags: named(name), ..Default::default() };
        match self.act(&Command::CreateNetworkInterface(Box::new(request)))? {
            Reply::Eni(id) => Ok(id),
            _ => Err(unexpected("networkInterface")),
        }
    }

    /// Attaches an ENI.
    pub fn attach(&mut self, eni: EniId, instance: InstanceId, device_index: u16) -> Built<()> {
        self.act(&Command::AttachNetworkInterface { eni, instance, device_index, network_card: 0 }).map(|_| ())
    }

    /// An Elastic IP, the next of the pool after so many draws; onto an ENI if one is given.
    pub fn elastic_ip(&mut self, drawn: u32, eni: Option<EniId>) -> Built<AllocationId> {
        self.apply(&[Event::PublicPoolAdvanced(drawn)]);
        let Reply::Allocation(allocation) = self.act(&Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() })?
        else {
            return Err(unexpected("allocation"));
        };
        if eni.is_some() {
            self.act(&Command::AssociateAddress { allocation, eni, instance: None, private_ip: None, allow_reassociation: None })?;
        }
        Ok(allocation)
    }
}
