//! A small laboratory for the data plane's tests: networks built event by event, rules and packets written as one line of text.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says plainly that something must be there")]
#![allow(missing_docs, reason = "names say it")]

mod balancers;
mod filters;
mod gateways;
mod machines;
mod scenes;
mod steps;
mod text;

#[allow(unused_imports, reason = "each test file uses its own part")]
pub use balancers::Balancer;
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use gateways::Transit;
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use scenes::{BehindNat, Far, Open};
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use text::{ip, net, packet, traffic};

use eni_core::addr::{IpNet, Ipv6Net};
use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::dataplane::{Assume, Luck, Origin, Question, judge};
use eni_core::id::*;
use eni_core::model::event::{Event, SubnetChange, VpcChange};
use eni_core::model::gateway::InternetGateway;
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::vpc::{Subnet, SubnetIpv6Cidr, Vpc, VpcCidr, VpcIpv6Cidr};
use eni_core::model::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use eni_core::model::{AccountId, Tags, Zone};
use eni_core::packet::Packet;
use eni_core::table::Table;
use eni_core::time::Instant;

/// A host: its instance and its first ENI.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    pub instance: InstanceId,
    pub eni: EniId,
}

/// One VPC, 10.0.0.0/16, with its main table and an ACL that allows all; more is added by the test.
pub struct Lab {
    pub network: Network,
    pub tracking: Tracking,
    pub now: Instant,
    pub vpc: VpcId,
    pub table: RouteTableId,
    pub acl: AclId,
    /// The default group: it lets its own members in, and everything out.
    pub default_group: GroupId,
    pub assume: Assume,
    /// Where new subnets and instances are.
    pub zone: Zone,
    names: Table<Place, String>,
    numbers: u64,
}

impl Lab {
    pub fn new() -> Lab {
        let mut lab = Lab {
            network: Network::empty("us-east-1", AccountId(111_122_223_333)),
            tracking: Tracking::default(),
            now: Instant::ZERO,
            vpc: VpcId::from_number(1),
            table: RouteTableId::from_number(1),
            acl: AclId::from_number(1),
            default_group: GroupId::from_number(1),
            assume: Assume { listening: true, ..Assume::default() },
            zone: Zone::new("us-east-1a"),
            names: Table::from([(Place::Internet, "internet".to_owned())]),
            numbers: 1,
        };
        let (vpc, table, acl, group) = (lab.vpc, lab.table, lab.acl, lab.default_group);
        lab.vpc_with(vpc, "10.0.0.0/16", table, acl, group);
        lab.name(Place::Router(vpc), "vpc");
        lab
    }

    /// A further VPC.
    pub fn other_vpc(&mut self, cidr: &str) -> VpcId {
        let number = self.number();
        let (vpc, table) = (VpcId::from_number(number), RouteTableId::from_number(number));
        self.vpc_with(vpc, cidr, table, AclId::from_number(number), GroupId::from_number(number));
        vpc
    }

    fn vpc_with(&mut self, id: VpcId, cidr: &str, table: RouteTableId, acl: AclId, group: GroupId) {
        let block = VpcCidr { association: VpcCidrAssociationId::from_number(self.numbers), cidr: net(cidr) };
        self.apply(Event::VpcCreated(Box::new(Vpc {
            id,
            cidrs: vec![block],
            ipv6_cidrs: vec![],
            is_default: false,
            main_route_table: table,
            default_acl: acl,
            default_group: group,
            dhcp_options: None,
            dns_support: true,
            dns_hostnames: true,
            tags: Tags::new(),
        })));
        self.table_with(table, id, RouteTableUser::Main, cidr);
        self.acl_with(acl, id);
        self.set_acl(acl, "in 100 allow all 0.0.0.0/0");
        self.set_acl(acl, "out 100 allow all 0.0.0.0/0");
        self.group_with(group, id, "default");
        self.rule(group, "out all 0.0.0.0/0");
        self.rule(group, &format!("in all {group}"));
    }

    pub fn apply(&mut self, event: Event) {
        self.network.apply(&event);
    }

    pub fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Gives a place a name for expected steps.
    pub fn name(&mut self, place: Place, name: &str) {
        self.names.insert(place, name.to_owned());
    }

    pub fn subnet(&mut self, cidr: &str) -> SubnetId {
        self.subnet_in(self.vpc, self.acl, cidr)
    }

    pub fn subnet_in(&mut self, vpc: VpcId, acl: AclId, cidr: &str) -> SubnetId {
        let number = self.number();
        let id = SubnetId::from_number(number);
        self.apply(Event::SubnetCreated(Box::new(Subnet {
            id,
            vpc,
            zone: self.zone.clone(),
            cidr: net(cidr),
            ipv6_cidr: None,
            dns64: false,
            launch_names: Default::default(),
            map_public_ip_on_launch: false,
            assign_ipv6_on_creation: false,
            default_for_az: false,
            acl,
            acl_association: AclAssociationId::from_number(number),
            tags: Tags::new(),
        })));
        self.name(Place::Subnet(id), cidr);
        id
    }

    /// Blocks of IPv6 for a subnet and its VPC, without routes.
    pub fn ipv6(&mut self, subnet: SubnetId, block: &str) {
        let (number, vpc) = (self.number(), self.network.subnet(subnet).unwrap().vpc);
        let cidr: Ipv6Net = block.parse().unwrap();
        let whole = VpcIpv6Cidr { association: VpcCidrAssociationId::from_number(number), cidr: cidr.supernet().unwrap() };
        self.apply(Event::VpcChanged(vpc, VpcChange::Ipv6CidrAdded(whole)));
        let own = SubnetIpv6Cidr { association: SubnetCidrAssociationId::from_number(number), cidr };
        self.apply(Event::SubnetChanged(subnet, SubnetChange::Ipv6Cidr(Some(own))));
    }

    /// A subnet's own table, with the local route of the VPC.
    pub fn own_table(&mut self, subnet: SubnetId) -> RouteTableId {
        let id = RouteTableId::from_number(self.number());
        self.table_with(id, self.vpc, RouteTableUser::Subnet(subnet), "10.0.0.0/16");
        id
    }

    pub fn table_with(&mut self, id: RouteTableId, vpc: VpcId, user: RouteTableUser, cidr: &str) {
        let association = RouteTableAssociationId::from_number(self.number());
        let local = Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRouteTable };
        self.apply(Event::RouteTableCreated(Box::new(RouteTable {
            id,
            vpc,
            associations: Table::from([(association, user)]),
            routes: Table::from([(Destination::Cidr(IpNet::V4(net(cidr))), local)]),
            propagating: vec![],
            tags: Tags::new(),
        })));
    }

    pub fn route(&mut self, table: RouteTableId, cidr: &str, target: RouteTarget) {
        self.route_from(table, cidr, target, RouteOrigin::CreateRoute);
    }

    pub fn route_from(&mut self, table: RouteTableId, cidr: &str, target: RouteTarget, origin: RouteOrigin) {
        self.apply(Event::RouteSet(table, Destination::Cidr(IpNet::V4(net(cidr))), Route { target, origin }));
    }

    /// An internet gateway attached to the VPC, with a default route to it in the main table.
    pub fn gateway(&mut self) -> InternetGatewayId {
        let id = self.bare_gateway(Some(self.vpc));
        self.route(self.table, "0.0.0.0/0", RouteTarget::InternetGateway(id));
        self.name(Place::InternetGateway(id), "igw");
        id
    }

    pub fn bare_gateway(&mut self, vpc: Option<VpcId>) -> InternetGatewayId {
        let id = InternetGatewayId::from_number(self.number());
        self.apply(Event::InternetGatewayCreated(Box::new(InternetGateway { id, vpc: None, tags: Tags::new() })));
        self.apply(Event::InternetGatewayMoved(id, vpc));
        id
    }

    /// A virtual private gateway of the VPC, with a connection to 192.168.0.0/16.
    pub fn vpn_gateway(&mut self) -> VpnGatewayId {
        let id = VpnGatewayId::from_number(self.number());
        self.apply(Event::VpnGatewayCreated(Box::new(VpnGateway { id, vpc: Some(self.vpc), amazon_side_asn: 64_512, tags: Tags::new() })));
        self.name(Place::VpnGateway(id), "vgw");
        let gateway = CustomerGatewayId::from_number(self.number());
        let device_name = String::new();
        let far = CustomerGateway { id: gateway, ip: ip("198.51.100.10"), bgp_asn: 65_000, device_name, tags: Tags::new() };
        self.apply(Event::CustomerGatewayCreated(Box::new(far)));
        let connection = VpnConnection {
            id: VpnConnectionId::from_number(self.number()),
            customer_gateway: gateway,
            vpn_gateway: id,
            static_routes_only: true,
            routes: [net("192.168.0.0/16")].into_iter().collect(),
            tags: Tags::new(),
        };
        self.apply(Event::VpnConnectionCreated(Box::new(connection)));
        id
    }

    /// Judges without remembering.
    pub fn ask(&self, origin: Origin, packet: Packet) -> Walk {
        let broken = self.network.check_invariants();
        assert!(broken.is_empty(), "{broken:?}");
        let mut walk = Walk::default();
        let question = Question { network: &self.network, tracking: &self.tracking, now: self.now, assume: self.assume, luck: Luck::Good };
        judge(&question, origin, packet, &mut walk);
        walk
    }

    /// Of each flow that an ENI remembers, whether it is tracked.
    pub fn tracks(&self, eni: EniId) -> Vec<bool> {
        self.tracking.flows(eni).map(|(_, flow)| flow.tracked).collect()
    }

    /// Judges and remembers, as the simulator does.
    pub fn send(&mut self, origin: Origin, packet: Packet) -> Walk {
        let walk = self.ask(origin, packet);
        self.tracking.note(&walk.effects, self.now);
        walk
    }
}

impl Default for Lab {
    fn default() -> Lab {
        Lab::new()
    }
}
