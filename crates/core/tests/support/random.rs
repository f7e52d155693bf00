//! Random acts that look at the network as they go: most of them name things that are there, some do not.
//!
//! The file stands alone, so that other crates' tests can take it in by its path.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "random_addresses.rs"]
mod random_addresses;
#[path = "random_connections.rs"]
mod random_connections;
#[path = "random_routes.rs"]
mod random_routes;

use eni_core::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, Ipv6Net, PortRange, Traffic};
use eni_core::control::command::*;
use eni_core::control::image::image_of;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::event::TaggedId;
use eni_core::model::instance::{GuestFlavour, ShutdownBehavior};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::Network;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::prefix_list::{AddressFamily, PrefixListEntry};
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::spot::{Interruption, Spot};
use eni_core::rng::Rng;
use eni_core::time::Duration;

/// Draws acts.
pub struct Dice<'a> {
    pub rng: &'a mut Rng,
    pub network: &'a Network,
}

/// A random act.
pub fn random_command(rng: &mut Rng, network: &Network) -> Command {
    let mut dice = Dice { rng, network };
    // Where there is nothing to act on, something is made first.
    if network.vpcs().len() > 0 && dice.chance(2) {
        if network.subnets().len() < 2 {
            return dice.create_subnet();
        }
        if network.instances().len() < 2 {
            return dice.launch();
        }
        if network.enis().len() < 4 {
            return dice.create_eni();
        }
        if network.elastic_ips().len() == 0 {
            return Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() };
        }
    }
    match dice.below(12) {
        10 => dice.nat_act(),
        11 => dice.vpn_act(),
        0 => dice.vpc_act(),
        1 | 2 => dice.instance_act(),
        3..=5 => dice.eni_act(),
        6 => dice.elastic_ip_act(),
        7 => dice.group_act(),
        8 => dice.route_act(),
        _ if dice.chance(3) => dice.peering_act(),
        _ if dice.chance(6) => dice.endpoint_act(),
        _ if dice.chance(6) => dice.flow_log_act(),
        _ if dice.chance(2) => dice.service_act(),
        _ => dice.other_act(),
    }
}

impl Dice<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(u64::try_from(bound).unwrap())).unwrap()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// Mostly one of those, sometimes one that is not there.
    fn pick<I: ResourceId>(&mut self, from: impl Iterator<Item = I> + Clone) -> I {
        let count = from.clone().count();
        if count == 0 || self.chance(20) {
            return I::from_number(900 + self.rng.below(3));
        }
        let at = self.below(count);
        from.clone().nth(at).unwrap()
    }

    fn vpc(&mut self) -> VpcId {
        let network = self.network;
        self.pick(network.vpcs().map(|vpc| vpc.id))
    }

    fn subnet(&mut self) -> SubnetId {
        let network = self.network;
        self.pick(network.subnets().map(|subnet| subnet.id))
    }

    fn eni(&mut self) -> EniId {
        let network = self.network;
        self.pick(network.enis().map(|eni| eni.id))
    }

    fn instance(&mut self) -> InstanceId {
        let network = self.network;
        self.pick(network.instances().map(|instance| instance.id))
    }

    fn group(&mut self) -> GroupId {
        let network = self.network;
        self.pick(network.groups().map(|group| group.id))
    }

    fn allocation(&mut self) -> AllocationId {
        let network = self.network;
        self.pick(network.elastic_ips().map(|eip| eip.allocation))
    }

    fn acl(&mut self) -> AclId {
        let network = self.network;
        self.pick(network.acls().map(|acl| acl.id))
    }

    fn table(&mut self) -> RouteTableId {
        let network = self.network;
        self.pick(network.route_tables().map(|table| table.id))
    }

    fn gateway(&mut self) -> InternetGatewayId {
        let network = self.network;
        self.pick(network.internet_gateways().map(|gateway| gateway.id))
    }

    fn groups(&mut self) -> Vec<GroupId> {
        (0..self.below(3)).map(|_| self.group()).collect()
    }

    /// Mostly an address of a small subnet or one in use.
    fn address(&mut self) -> Ipv4Addr {
        let network = self.network;
        let used: Vec<Ipv4Addr> = network.enis().flat_map(|eni| eni.addresses.iter().map(|address| address.ip)).collect();
        if !used.is_empty() && self.chance(2) {
            return used[self.below(used.len())];
        }
        let block = u8::try_from(self.below(4)).unwrap();
        Ipv4Addr::new(10, 0, block, u8::try_from(self.below(20)).unwrap())
    }

    fn block(&mut self) -> Ipv4Net {
        let len = [16, 24, 24, 28, 28, 12][self.below(6)];
        Ipv4Net::new(self.address(), len).unwrap()
    }

    /// One of the first few /64 of a VPC's IPv6 block.
    fn ipv6_block_of(&self, vpc: VpcId) -> Option<Ipv6Net> {
        let block = self.network.vpc(vpc)?.ipv6_cidrs.first()?.cidr;
        let free = |block: &Ipv6Net| self.network.subnets().all(|subnet| subnet.ipv6_cidr.is_none_or(|own| own.cidr != *block));
        block.subnets(64).ok()?.take(4).find(free)
    }

    fn tags(&mut self) -> Tags {
        (0..self.below(2)).map(|n| (format!("key{n}"), "value".to_owned())).collect()
    }

    fn maybe<T>(&mut self, of: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(of) { Some(make(self)) } else { None }
    }

    fn direction(&mut self) -> Direction {
        if self.chance(2) { Direction::Ingress } else { Direction::Egress }
    }

    fn vpc_act(&mut self) -> Command {
        match self.below(15) {
            10 => Command::AssociateVpcCidrBlock(self.vpc(), NewVpcBlock::Ipv4(self.block())),
            11 => Command::AssociateVpcCidrBlock(self.vpc(), NewVpcBlock::AmazonIpv6),
            12 => {
                let network = self.network;
                let ipv4 = network.vpcs().flat_map(|vpc| vpc.cidrs.iter().map(|block| block.association));
                let ipv6 = network.vpcs().flat_map(|vpc| vpc.ipv6_cidrs.iter().map(|block| block.association));
                Command::DisassociateVpcCidrBlock(self.pick(ipv4.chain(ipv6)))
            }
            13 => {
                let subnet = self.subnet();
                let cidr = self.network.subnet(subnet).and_then(|subnet| self.ipv6_block_of(subnet.vpc));
                Command::AssociateSubnetCidrBlock(subnet, cidr.unwrap_or_default())
            }
            14 => {
                let network = self.network;
                let ties = network.subnets().filter_map(|subnet| subnet.ipv6_cidr.map(|block| block.association));
                Command::DisassociateSubnetCidrBlock(self.pick(ties))
            }
            8 => Command::CreateDefaultVpc,
            9 => Command::CreateDefaultSubnet(self.network.zones()[0].clone()),
            0 => Command::CreateVpc { cidr: self.block(), amazon_ipv6: self.chance(3), tags: self.tags() },
            1 => Command::DeleteVpc(self.vpc()),
            2 => Command::DeleteSubnet(self.subnet()),
            3 => Command::ModifySubnetAttribute(self.subnet(), {
                let on = self.chance(2);
                vec![if self.chance(2) { SubnetAttribute::MapPublicIpOnLaunch(on) } else { SubnetAttribute::AssignIpv6OnCreation(on) }]
            }),
            4 => Command::ModifyVpcAttribute {
                vpc: self.vpc(),
                dns_support: self.maybe(2, |_| true),
                dns_hostnames: self.maybe(2, |_| true),
            },
            _ => self.create_subnet(),
        }
    }

    fn create_subnet(&mut self) -> Command {
        let zones = self.network.zones().to_vec();
        let zone = self.below(2);
        let zone = self.maybe(2, |_| zones[zone].clone());
        Command::CreateSubnet(Box::new(CreateSubnet { vpc: self.vpc(), cidr: self.block(), zone, tags: self.tags(), ipv6_cidr: None }))
    }

    fn launch(&mut self) -> Command {
        let names = ["t3.micro", "t3.small", "m5.large", "c6in.32xlarge", "t2.micro"];
        let interfaces = if self.chance(3) { (0..1 + self.below(2)).map(|at| self.launch_interface(at)).collect() } else { Vec::new() };
        let plain = interfaces.is_empty() || self.chance(20);
        Command::RunInstances(Box::new(RunInstances {
            image: image_of([GuestFlavour::PolicyRouting, GuestFlavour::Plain, GuestFlavour::Router][self.below(3)]),
            instance_type: InstanceType::find(names[self.below(names.len())]).unwrap(),
            count: if self.chance(20) { 0 } else { u32::from(self.chance(4)) + 1 },
            subnet: if plain { Some(self.subnet()) } else { None },
            groups: if plain { self.groups() } else { Vec::new() },
            private_ip: if plain { self.maybe(8, Self::address) } else { None },
            associate_public_ip: self.maybe(3, |dice| dice.chance(2)),
            interfaces,
            tags: self.tags(),
            interface_tags: self.tags(),
            options: self.launch_options(),
        }))
    }

    fn launch_options(&mut self) -> LaunchOptions {
        let interruptions = [Interruption::Terminate, Interruption::Stop, Interruption::Hibernate];
        let spot = self.maybe(3, |dice| Spot { interruption: interruptions[dice.below(3)], persistent: !dice.chance(3), notice: None });
        let protects = spot.is_none() || self.chance(10);
        LaunchOptions {
            spot,
            hibernates: self.chance(3),
            termination_protection: protects && self.chance(10),
            stop_protection: protects && self.chance(10),
            shutdown: self.shutdown(),
        }
    }

    fn shutdown(&mut self) -> ShutdownBehavior {
        if self.chance(3) { ShutdownBehavior::Terminate } else { ShutdownBehavior::Stop }
    }

    /// Idle time-outs, some of them out of their range.
    fn tracking(&mut self) -> TrackingTimeouts {
        let seconds = |dice: &mut Self| Duration::from_secs([59, 60, 180][dice.below(3)]);
        TrackingTimeouts { tcp_established: self.maybe(8, seconds), udp_stream: self.maybe(8, seconds), udp: None }
    }

    fn launch_interface(&mut self, at: usize) -> LaunchInterface {
        let existing = self.maybe(2, Self::eni);
        let new = existing.is_none();
        LaunchInterface {
            device_index: u16::try_from(at).unwrap(),
            network_card: u16::from(self.chance(10)),
            existing,
            subnet: if new { Some(self.subnet()) } else { None },
            groups: if new { self.groups() } else { Vec::new() },
            private_ip: if new { self.maybe(4, Self::address) } else { None },
            addresses: Vec::new(),
            description: String::new(),
            delete_on_termination: self.maybe(3, |dice| dice.chance(2)),
            associate_public_ip: self.maybe(6, |dice| dice.chance(2)),
            secondary_count: if new { self.maybe(6, |_| 1) } else { None },
            prefixes: if new && self.chance(4) { self.prefixes() } else { Wanted::default() },
            tracking: if new { self.tracking() } else { TrackingTimeouts::default() },
            ipv6: if new && self.chance(9) { self.new_ipv6() } else { Ipv6Wanted::default() },
        }
    }

    fn instance_act(&mut self) -> Command {
        let ids = |dice: &mut Self| (0..1 + dice.below(2)).map(|_| dice.instance()).collect();
        match self.below(12) {
            11 => Command::ShutDownGuest(self.instance()),
            9 => Command::HibernateInstances(ids(self)),
            10 => Command::TellSpotInstance(self.instance()),
            0 => Command::StartInstances(ids(self)),
            1 => Command::StopInstances(ids(self)),
            2 => Command::RebootInstances(ids(self)),
            3 => Command::TerminateInstances(ids(self)),
            4 => {
                let attribute = match self.below(6) {
                    5 => InstanceAttribute::ShutdownBehavior(self.shutdown()),
                    0 => InstanceAttribute::SourceDestCheck(self.chance(2)),
                    1 => InstanceAttribute::Groups(self.groups()),
                    2 => InstanceAttribute::InstanceType(InstanceType::find("t3.nano").unwrap()),
                    3 => InstanceAttribute::DisableApiTermination(self.chance(3)),
                    _ => InstanceAttribute::DisableApiStop(self.chance(3)),
                };
                Command::ModifyInstanceAttribute(self.instance(), attribute)
            }
            _ => self.launch(),
        }
    }

    fn eni_act(&mut self) -> Command {
        match self.below(14) {
            0 | 1 => self.create_eni(),
            12 | 13 => self.ipv6_act(),
            10 => Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: self.eni(),
                addresses: Vec::new(),
                count: self.maybe(4, |_| 1),
                prefixes: self.prefixes(),
                allow_reassignment: false,
            })),
            11 => Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
                eni: self.eni(),
                addresses: Vec::new(),
                prefixes: vec![self.prefix()],
            })),
            2 => Command::DeleteNetworkInterface(self.eni()),
            3 | 4 => Command::AttachNetworkInterface {
                eni: self.eni(),
                instance: self.instance(),
                device_index: u16::try_from(self.below(4)).unwrap(),
                network_card: u16::from(self.chance(10)),
            },
            5 => {
                let network = self.network;
                let attachments = network.enis().filter_map(|eni| eni.attachment.as_ref().map(|attachment| attachment.id));
                Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(self.pick(attachments)), force: self.chance(3) }
            }
            6 => self.modify_eni(),
            7 => Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
                eni: self.eni(),
                addresses: (0..self.below(3)).map(|_| self.address()).collect(),
                prefixes: Vec::new(),
            })),
            8 => Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: self.eni(),
                addresses: Vec::new(),
                count: Some(i64::try_from(self.below(4)).unwrap()),
                allow_reassignment: false,
                prefixes: Wanted::default(),
            })),
            _ => Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: self.eni(),
                addresses: (0..1 + self.below(2)).map(|_| self.address()).collect(),
                count: None,
                allow_reassignment: self.chance(2),
                prefixes: Wanted::default(),
            })),
        }
    }

    fn create_eni(&mut self) -> Command {
        Command::CreateNetworkInterface(Box::new(CreateNetworkInterface {
            subnet: Some(self.subnet()),
            description: String::new(),
            groups: self.groups(),
            private_ip: self.maybe(3, Self::address),
            addresses: (0..self.below(3)).map(|_| (self.address(), self.chance(4))).collect(),
            secondary_count: self.maybe(5, |dice| i64::try_from(dice.below(4)).unwrap()),
            prefixes: if self.chance(4) { self.prefixes() } else { Wanted::default() },
            tracking: self.tracking(),
            ipv6: if self.chance(4) { self.new_ipv6() } else { Ipv6Wanted::default() },
            tags: self.tags(),
        }))
    }

    /// Prefixes by count, or by name: those of a subnet, or in use.
    fn prefixes(&mut self) -> Wanted<Ipv4Net> {
        if self.chance(2) { Wanted::any(i64::try_from(self.below(4)).unwrap()) } else { Wanted::these(vec![self.prefix()]) }
    }

    fn prefix(&mut self) -> Ipv4Net {
        let network = self.network;
        let used: Vec<Ipv4Net> = network.enis().flat_map(|eni| eni.ipv4_prefixes.iter().copied()).collect();
        if !used.is_empty() && self.chance(2) {
            return used[self.below(used.len())];
        }
        let start = Ipv4Addr::new(10, 0, u8::try_from(self.below(4)).unwrap(), u8::try_from(self.below(16) * 16).unwrap());
        Ipv4Net::new(start, 28).unwrap()
    }

    fn modify_eni(&mut self) -> Command {
        let eni = self.eni();
        let own = self.network.eni(eni).and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.id);
        let attribute = match self.below(5) {
            0 => EniAttribute::Description("changed".to_owned()),
            1 => EniAttribute::Groups(self.groups()),
            2 => EniAttribute::SourceDestCheck(self.chance(2)),
            3 => EniAttribute::DeleteOnTermination(own, self.chance(2)),
            _ => EniAttribute::AssociatePublicIp(self.chance(2)),
        };
        Command::ModifyNetworkInterfaceAttribute(eni, vec![attribute])
    }

    fn elastic_ip_act(&mut self) -> Command {
        let network = self.network;
        match self.below(6) {
            0 => Command::AllocateAddress { address: None, border_group: None, tags: self.tags() },
            1 => Command::ReleaseAddress(self.allocation()),
            2 => {
                let ties = network.elastic_ips().filter_map(|eip| eip.association.map(|association| association.id));
                Command::DisassociateAddress(self.pick(ties))
            }
            _ => {
                let by_instance = self.chance(4);
                Command::AssociateAddress {
                    allocation: self.allocation(),
                    eni: if by_instance { None } else { Some(self.eni()) },
                    instance: if by_instance { Some(self.instance()) } else { None },
                    private_ip: self.maybe(3, Self::address),
                    allow_reassociation: self.maybe(3, |dice| dice.chance(2)),
                }
            }
        }
    }

    fn permission(&mut self) -> Permission {
        let port = PortRange::single([22, 80, 443][self.below(3)]);
        let traffic = if self.chance(3) { Traffic::All } else { Traffic::Tcp(port) };
        let peer = match self.below(5) {
            0 | 1 => Peer::Group(self.group()),
            2 => Peer::PrefixList(self.prefix_list()),
            _ => Peer::Ipv4(self.block()),
        };
        Permission::new(traffic, peer)
    }

    fn prefix_list(&mut self) -> PrefixListId {
        let network = self.network;
        self.pick(network.prefix_lists().map(|list| list.id))
    }

    fn entries(&mut self) -> Vec<PrefixListEntry> {
        (0..self.below(3)).map(|_| PrefixListEntry { cidr: IpNet::V4(self.block()), description: String::new() }).collect()
    }

    fn prefix_list_act(&mut self) -> Command {
        let changed = self.network.prefix_lists().find(|list| list.version > 1).filter(|_| self.chance(2));
        let list = changed.map_or_else(|| self.prefix_list(), |list| list.id);
        let found = self.network.prefix_list(list);
        let version = found.map_or(1, |list| i64::try_from(list.version).unwrap());
        match self.below(6) {
            0 | 1 => Command::CreateManagedPrefixList(Box::new(CreatePrefixList {
                name: "dice".to_owned(),
                family: AddressFamily::Ipv4,
                max_entries: i64::try_from(self.below(30)).unwrap(),
                entries: self.entries(),
                tags: self.tags(),
            })),
            2 => Command::DeleteManagedPrefixList(list),
            3 => Command::RestoreManagedPrefixListVersion(RestorePrefixList { list, previous: version - 1, version }),
            _ => {
                let sized = self.chance(2);
                Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList {
                    list,
                    version: Some(version),
                    name: None,
                    add: if sized { Vec::new() } else { self.entries() },
                    remove: found.into_iter().flat_map(|list| &list.entries).filter(|_| !sized).take(1).map(|entry| entry.cidr).collect(),
                    max_entries: if sized { Some(i64::try_from(self.below(70)).unwrap()) } else { None },
                }))
            }
        }
    }

    fn group_act(&mut self) -> Command {
        match self.below(9) {
            8 => self.prefix_list_act(),
            6 => self.modify_rules(),
            7 => self.describe_rules(),
            0 => {
                let name = format!("group{}", self.below(4));
                Command::CreateSecurityGroup { name, description: "made by dice".to_owned(), vpc: Some(self.vpc()), tags: self.tags() }
            }
            1 => Command::DeleteSecurityGroup(self.group()),
            2 => {
                let group = self.group();
                let rules: Vec<_> =
                    self.network.group(group).into_iter().flat_map(|group| group.rules.iter().map(|rule| rule.id)).collect();
                let rules = rules.into_iter().filter(|_| self.chance(3)).collect();
                Command::RevokeSecurityGroup { group, direction: self.direction(), permissions: Vec::new(), rules }
            }
            3 => Command::RevokeSecurityGroup {
                group: self.group(),
                direction: self.direction(),
                permissions: vec![self.permission()],
                rules: Vec::new(),
            },
            _ => Command::AuthorizeSecurityGroup {
                group: self.group(),
                direction: self.direction(),
                permissions: (0..1 + self.below(2)).map(|_| self.permission()).collect(),
            },
        }
    }

    fn rules_of(&mut self, group: GroupId) -> Vec<GroupRuleId> {
        let rules: Vec<_> = self.network.group(group).into_iter().flat_map(|group| group.rules.iter().map(|rule| rule.id)).collect();
        rules.into_iter().filter(|_| self.chance(2)).collect()
    }

    fn modify_rules(&mut self) -> Command {
        let group = self.group();
        let rules = self.rules_of(group);
        let changes = rules.into_iter().map(|rule| {
            let Permission { traffic, peer, .. } = self.permission();
            GroupRuleChange { rule, traffic, peer, description: self.maybe(3, |_| "changed".to_owned()) }
        });
        Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group, changes: changes.collect() }))
    }

    fn describe_rules(&mut self) -> Command {
        let group = self.group();
        let by_id = self.chance(2);
        let rules = if by_id { self.rules_of(group).into_iter().map(|rule| (rule, "described".to_owned())).collect() } else { Vec::new() };
        let permissions = if by_id { Vec::new() } else { vec![self.permission()] };
        let direction = self.direction();
        Command::UpdateSecurityGroupRuleDescriptions(Box::new(DescribeGroupRules { group, direction, permissions, rules }))
    }

    fn route_act(&mut self) -> Command {
        let network = self.network;
        let ties = network.route_tables().flat_map(|table| table.associations.keys().copied());
        match self.below(8) {
            0 => Command::CreateRouteTable { vpc: self.vpc(), tags: self.tags() },
            1 => Command::DeleteRouteTable(self.table()),
            2 => Command::DeleteRoute { table: self.table(), destination: self.destination() },
            3 => Command::AssociateRouteTable { table: self.table(), subnet: self.subnet() },
            4 => Command::DisassociateRouteTable(self.pick(ties)),
            5 => Command::ReplaceRouteTableAssociation { association: self.pick(ties), table: self.table() },
            _ => {
                let target = match self.below(8) {
                    6 => RouteTargetInput::Target(RouteTarget::Peering(self.pick(network.peerings().map(|peering| peering.id)))),
                    7 => RouteTargetInput::Target(RouteTarget::VpnGateway(self.vpn_gateway())),
                    4 => RouteTargetInput::Target(RouteTarget::EgressOnlyGateway(self.egress_only())),
                    5 => RouteTargetInput::Target(RouteTarget::NatGateway(self.nat())),
                    0 => RouteTargetInput::Target(RouteTarget::InternetGateway(self.gateway())),
                    1 => RouteTargetInput::Target(RouteTarget::Local),
                    2 => RouteTargetInput::Instance(self.instance()),
                    _ => RouteTargetInput::Target(RouteTarget::Eni(self.eni())),
                };
                Command::SetRoute { table: self.table(), destination: self.destination(), targets: vec![target], replace: self.chance(3) }
            }
        }
    }

    fn destination(&mut self) -> Destination {
        if self.chance(8) {
            return Destination::Cidr("::/0".parse::<IpNet>().unwrap());
        }
        if self.chance(8) {
            return Destination::PrefixList(self.prefix_list());
        }
        Destination::Cidr(IpNet::V4(if self.chance(3) { Ipv4Net::default() } else { self.block() }))
    }

    fn other_act(&mut self) -> Command {
        let network = self.network;
        match self.below(10) {
            0 => Command::CreateInternetGateway { tags: self.tags() },
            1 => Command::AttachInternetGateway { gateway: self.gateway(), vpc: self.vpc() },
            2 => Command::DetachInternetGateway { gateway: self.gateway(), vpc: self.vpc() },
            3 => Command::DeleteInternetGateway(self.gateway()),
            4 => Command::CreateNetworkAcl { vpc: self.vpc(), tags: self.tags() },
            5 => Command::DeleteNetworkAcl(self.acl()),
            6 => {
                let ties = network.subnets().map(|subnet| subnet.acl_association);
                Command::ReplaceNetworkAclAssociation { association: self.pick(ties), acl: self.acl() }
            }
            7 => Command::DeleteNetworkAclEntry { acl: self.acl(), direction: self.direction(), number: 100 },
            8 => {
                let resources = vec![TaggedId::Eni(self.eni()), TaggedId::Vpc(self.vpc())];
                Command::CreateTags { resources, tags: Tags::from([("Name".to_owned(), "dice".to_owned())]) }
            }
            _ => {
                let entry = AclEntry { traffic: Traffic::All, cidr: IpNet::V4(self.block()), action: AclAction::Deny };
                let number = i64::try_from(self.below(4)).unwrap() * 100;
                Command::SetNetworkAclEntry { acl: self.acl(), direction: self.direction(), number, entry, replace: self.chance(3) }
            }
        }
    }
}
