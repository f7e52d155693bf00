//! The network: every table, with the read API. Only `apply` writes.

use super::elastic_ip::ElasticIp;
use super::endpoint::Endpoint;
use super::eni::{Eni, IPV4_PREFIX_LEN, PrivateAddress};
use super::event::{Delays, Transition, TransitionKey};
use super::flow_log::FlowLog;
use super::gateway::{EgressOnlyGateway, InternetGateway};
use super::index::Index;
use super::instance::{Instance, InstanceState};
use super::nat_gateway::{NatGateway, NatState};
use super::network_acl::NetworkAcl;
use super::peering::Peering;
use super::prefix_list::{PrefixList, lists_of_aws};
use super::reservation::SubnetReservation;
use super::route_table::{Route, RouteState, RouteTable, RouteTarget};
use super::security_group::SecurityGroup;
use super::vpc::{Subnet, Vpc};
use super::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use super::{AccountId, Zone};
use crate::addr::{Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::*;
use crate::table::Table;

/// One region of one account.
///
/// The tables can be read by anybody in the crate and written by `apply` alone (a test holds this).
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    pub(crate) region: String,
    pub(crate) account: AccountId,
    pub(crate) zones: Vec<Zone>,
    pub(crate) vpcs: Table<VpcId, Box<Vpc>>,
    pub(crate) subnets: Table<SubnetId, Box<Subnet>>,
    pub(crate) enis: Table<EniId, Box<Eni>>,
    pub(crate) instances: Table<InstanceId, Box<Instance>>,
    pub(crate) elastic_ips: Table<AllocationId, Box<ElasticIp>>,
    pub(crate) groups: Table<GroupId, Box<SecurityGroup>>,
    pub(crate) prefix_lists: Table<PrefixListId, Box<PrefixList>>,
    pub(crate) acls: Table<AclId, Box<NetworkAcl>>,
    pub(crate) route_tables: Table<RouteTableId, Box<RouteTable>>,
    pub(crate) internet_gateways: Table<InternetGatewayId, Box<InternetGateway>>,
    pub(crate) egress_only_gateways: Table<EgressOnlyGatewayId, Box<EgressOnlyGateway>>,
    pub(crate) vpn_gateways: Table<VpnGatewayId, Box<VpnGateway>>,
    pub(crate) customer_gateways: Table<CustomerGatewayId, Box<CustomerGateway>>,
    pub(crate) vpn_connections: Table<VpnConnectionId, Box<VpnConnection>>,
    pub(crate) nat_gateways: Table<NatGatewayId, Box<NatGateway>>,
    pub(crate) endpoints: Table<EndpointId, Box<Endpoint>>,
    pub(crate) flow_logs: Table<FlowLogId, Box<FlowLog>>,
    pub(crate) peerings: Table<PeeringId, Box<Peering>>,
    pub(crate) reservations: Table<SubnetReservationId, Box<SubnetReservation>>,
    pub(crate) transitions: Table<TransitionKey, Transition>,
    pub(crate) transition_sequence: u64,
    pub(crate) counters: Counters,
    pub(crate) macs_drawn: u64,
    pub(crate) public_ips_drawn: u32,
    pub(crate) quotas: Quotas,
    pub(crate) delays: Delays,
    pub(crate) switches: Switches,
    pub(crate) index: Index,
}

/// The product of rules a group and groups an ENI that AWS never goes beyond (`S9`).
pub const RULES_PER_ENI: usize = 1_000;

/// AWS's default quotas, as settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// VPCs in the region.
    pub vpcs: usize,
    /// Blocks of a VPC in each family (`E47`).
    pub blocks_per_vpc: usize,
    /// Subnets of a VPC.
    pub subnets_per_vpc: usize,
    /// ENIs in the region (`E86`).
    pub enis: usize,
    /// Elastic IPs in the region (`A13`).
    pub elastic_ips: usize,
    /// Security groups in the region (`S9`).
    pub groups: usize,
    /// Rules of a group in one direction and family (`S9`).
    pub rules_per_group: usize,
    /// Managed prefix lists in the region.
    pub prefix_lists: usize,
    /// Groups of an ENI (`S9`).
    pub groups_per_eni: usize,
    /// Rules of an ACL in one direction and family, the final deny in them (`N14`).
    pub rules_per_acl: usize,
    /// Network ACLs of a VPC.
    pub acls_per_vpc: usize,
    /// Routes of a table in one family (`R17`).
    pub routes_per_table: usize,
    /// Route tables of a VPC.
    pub route_tables_per_vpc: usize,
    /// Internet gateways in the region.
    pub internet_gateways: usize,
    /// Gateway endpoints in the region.
    pub gateway_endpoints: usize,
    /// Interface endpoints of a VPC.
    pub interface_endpoints_per_vpc: usize,
    /// Flow logs of one VPC, subnet or ENI.
    pub flow_logs_per_resource: usize,
    /// VPC peering connections of a VPC that are not over.
    pub peerings_per_vpc: usize,
    /// NAT gateways of an Availability Zone (`R49`).
    pub nat_gateways_per_zone: usize,
    /// Egress-only internet gateways in the region.
    pub egress_only_gateways: usize,
    /// Virtual private gateways in the region.
    pub vpn_gateways: usize,
    /// Customer gateways in the region.
    pub customer_gateways: usize,
    /// Connections of a virtual private gateway.
    pub vpn_connections_per_gateway: usize,
    /// Propagated routes of a table (`R17`).
    pub propagated_routes_per_table: usize,
    /// Addresses of a NAT gateway (`R43`).
    pub addresses_per_nat_gateway: usize,
}

impl Default for Quotas {
    fn default() -> Quotas {
        Quotas {
            vpcs: 5,
            blocks_per_vpc: 5,
            subnets_per_vpc: 200,
            enis: 5_000,
            elastic_ips: 5,
            groups: 2_500,
            rules_per_group: 60,
            prefix_lists: 100,
            groups_per_eni: 5,
            rules_per_acl: 20,
            acls_per_vpc: 200,
            routes_per_table: 50,
            route_tables_per_vpc: 200,
            internet_gateways: 5,
            gateway_endpoints: 20,
            interface_endpoints_per_vpc: 50,
            flow_logs_per_resource: 2,
            peerings_per_vpc: 50,
            nat_gateways_per_zone: 5,
            egress_only_gateways: 5,
            vpn_gateways: 5,
            customer_gateways: 50,
            vpn_connections_per_gateway: 10,
            propagated_routes_per_table: 100,
            addresses_per_nat_gateway: 8,
        }
    }
}

/// Rules that changed over the years or that sources tell differently, as switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// Whether an ENI of another VPC may be attached as a secondary one (`E21`: since October 2023).
    pub attach_across_vpcs: bool,
}

impl Default for Switches {
    fn default() -> Switches {
        Switches { attach_across_vpcs: true }
    }
}

/// Generates the by-id getter and the in-order iterator of a table.
macro_rules! tables {
    ($($(#[$doc:meta])* $one:ident, $all:ident: $id:ident => $object:ident;)*) => {
        impl Network { $(
            #[doc = concat!("The ", stringify!($object), " with this id.")]
            pub fn $one(&self, id: $id) -> Option<&$object> { self.$all.get(&id).map(AsRef::as_ref) }
            #[doc = concat!("Every ", stringify!($object), ", in the order of their ids.")]
            pub fn $all(&self) -> impl ExactSizeIterator<Item = &$object> + Clone { self.$all.values().map(AsRef::as_ref) }
        )* }
    };
}

tables! {
    vpc, vpcs: VpcId => Vpc;
    subnet, subnets: SubnetId => Subnet;
    eni, enis: EniId => Eni;
    instance, instances: InstanceId => Instance;
    elastic_ip, elastic_ips: AllocationId => ElasticIp;
    group, groups: GroupId => SecurityGroup;
    prefix_list, prefix_lists: PrefixListId => PrefixList;
    acl, acls: AclId => NetworkAcl;
    route_table, route_tables: RouteTableId => RouteTable;
    internet_gateway, internet_gateways: InternetGatewayId => InternetGateway;
    egress_only_gateway, egress_only_gateways: EgressOnlyGatewayId => EgressOnlyGateway;
    vpn_gateway, vpn_gateways: VpnGatewayId => VpnGateway;
    customer_gateway, customer_gateways: CustomerGatewayId => CustomerGateway;
    vpn_connection, vpn_connections: VpnConnectionId => VpnConnection;
    nat_gateway, nat_gateways: NatGatewayId => NatGateway;
    endpoint, endpoints: EndpointId => Endpoint;
    flow_log, flow_logs: FlowLogId => FlowLog;
    peering, peerings: PeeringId => Peering;
    reservation, reservations: SubnetReservationId => SubnetReservation;
}

impl Network {
    /// An empty region: no VPC, AWS's default quotas and its own prefix lists.
    pub fn empty(region: &str, account: AccountId) -> Network {
        Network {
            region: region.to_owned(),
            account,
            zones: zones_of(region),
            vpcs: Table::new(),
            subnets: Table::new(),
            enis: Table::new(),
            instances: Table::new(),
            elastic_ips: Table::new(),
            groups: Table::new(),
            prefix_lists: lists_of_aws(region).map(|list| (list.id, Box::new(list))).collect(),
            acls: Table::new(),
            route_tables: Table::new(),
            internet_gateways: Table::new(),
            egress_only_gateways: Table::new(),
            vpn_gateways: Table::new(),
            customer_gateways: Table::new(),
            vpn_connections: Table::new(),
            nat_gateways: Table::new(),
            endpoints: Table::new(),
            flow_logs: Table::new(),
            peerings: Table::new(),
            reservations: Table::new(),
            transitions: Table::new(),
            transition_sequence: 0,
            counters: Counters::default(),
            macs_drawn: 0,
            public_ips_drawn: 0,
            quotas: Quotas::default(),
            delays: Delays::default(),
            switches: Switches::default(),
            index: Index::default(),
        }
    }

    /// The region's name.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The account.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The region's Availability Zones.
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// The quotas in force.
    pub fn quotas(&self) -> &Quotas {
        &self.quotas
    }

    /// How long things take.
    pub fn delays(&self) -> &Delays {
        &self.delays
    }

    /// The rule switches in force.
    pub fn switches(&self) -> Switches {
        self.switches
    }

    /// The counters that new ids come from, to draft with.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// How many MACs have been drawn.
    pub fn macs_drawn(&self) -> u64 {
        self.macs_drawn
    }

    /// How many public addresses have been drawn.
    pub fn public_ips_drawn(&self) -> u32 {
        self.public_ips_drawn
    }

    /// The next thing that will happen by itself.
    pub fn next_transition(&self) -> Option<(TransitionKey, Transition)> {
        self.transitions.first_key_value().map(|(key, transition)| (*key, *transition))
    }

    /// Everything that will happen by itself, in order.
    pub fn transitions(&self) -> impl Iterator<Item = (TransitionKey, Transition)> + '_ {
        self.transitions.iter().map(|(key, transition)| (*key, *transition))
    }

    /// The ENI that has a private address in a VPC. An address inside a prefix counts.
    pub fn eni_by_private_ip(&self, vpc: VpcId, ip: Ipv4Addr) -> Option<&Eni> {
        self.index.by_private.get(&(vpc, ip)).and_then(|id| self.eni(*id)).or_else(|| {
            self.index
                .prefixes
                .range(..=(vpc, ip))
                .next_back()
                .and_then(|((_, _), (prefix, id))| prefix.contains(&ip).then_some(id))
                .and_then(|id| self.eni(*id))
                .filter(|eni| eni.vpc == vpc)
        })
    }

    /// The ENI that has an IPv6 address in a VPC. An address inside a prefix counts.
    pub fn eni_by_ipv6(&self, vpc: VpcId, ip: Ipv6Addr) -> Option<&Eni> {
        let by_prefix = || self.index.ipv6_prefix_around(vpc, ip);
        self.index.by_ipv6.get(&(vpc, ip)).copied().or_else(by_prefix).and_then(|id| self.eni(id))
    }

    /// The ENI that has an IPv6 prefix of a VPC, or an address in it.
    pub fn eni_in_ipv6_prefix(&self, vpc: VpcId, prefix: Ipv6Net) -> Option<&Eni> {
        let range = (vpc, prefix.network())..=(vpc, prefix.broadcast());
        let address = self.index.by_ipv6.range(range).next().map(|(_, id)| *id);
        let whole = || self.index.ipv6_prefixes.get(&(vpc, prefix.network())).map(|(_, id)| *id);
        address.or_else(whole).and_then(|id| self.eni(id))
    }

    /// The ENI and private address that a public address is mapped to.
    pub fn mapping_of_public_ip(&self, ip: Ipv4Addr) -> Option<(&Eni, &PrivateAddress)> {
        let (eni, private) = self.index.by_public.get(&ip)?;
        let eni = self.eni(*eni)?;
        Some((eni, eni.address(*private)?))
    }

    /// The ENI that an attachment ties to its instance.
    pub fn eni_by_attachment(&self, attachment: AttachmentId) -> Option<&Eni> {
        self.index.attachment_of.of(attachment).next().and_then(|id| self.eni(id))
    }

    /// The ENI that a service attached.
    pub fn eni_by_service_attachment(&self, attachment: ServiceAttachmentId) -> Option<&Eni> {
        self.index.service_attachment_of.of(attachment).next().and_then(|id| self.eni(id))
    }

    /// The Elastic IP that an association ties to a private address.
    pub fn elastic_ip_by_association(&self, association: AssociationId) -> Option<&ElasticIp> {
        self.index.elastic_ip_of.get(&association).and_then(|id| self.elastic_ip(*id))
    }

    /// The Elastic IP that is this address.
    pub fn elastic_ip_by_address(&self, ip: Ipv4Addr) -> Option<&ElasticIp> {
        self.index.elastic_ip_by_ip.get(&ip).and_then(|id| self.elastic_ip(*id))
    }

    /// The route table that an association belongs to.
    pub fn route_table_by_association(&self, association: RouteTableAssociationId) -> Option<&RouteTable> {
        self.index.route_association_of.get(&association).and_then(|id| self.route_table(*id))
    }

    /// The subnet that an association ties to its network ACL.
    pub fn subnet_by_acl_association(&self, association: AclAssociationId) -> Option<&Subnet> {
        self.index.acl_association_of.get(&association).and_then(|id| self.subnet(*id))
    }

    /// The subnets of a VPC, by their blocks.
    pub fn subnets_of_vpc(&self, vpc: VpcId) -> impl Iterator<Item = &Subnet> + '_ {
        let first = (vpc, Ipv4Net::default(), SubnetId::from_number(0));
        self.index.subnets_of.range(first..).take_while(move |(v, ..)| *v == vpc).filter_map(|(.., id)| self.subnet(*id))
    }

    /// The subnet of a VPC whose block holds this address.
    pub fn subnet_by_ip(&self, vpc: VpcId, ip: Ipv4Addr) -> Option<&Subnet> {
        let last = (vpc, Ipv4Net::from(ip), SubnetId::from_number(u64::MAX));
        let (_, _, id) = self.index.subnets_of.range(..=last).next_back()?;
        self.subnet(*id).filter(|subnet| subnet.vpc == vpc && subnet.cidr.contains(&ip))
    }

    /// The group of this name in a VPC, whatever the case of its letters (`S8`).
    pub fn group_by_name(&self, vpc: VpcId, name: &str) -> Option<&SecurityGroup> {
        let first = (vpc, name.to_ascii_lowercase(), GroupId::from_number(0));
        let (found_vpc, found, id) = self.index.group_names.range(first..).next()?;
        if *found_vpc == vpc && *found == name.to_ascii_lowercase() { self.group(*id) } else { None }
    }

    /// Whether another group names this one in a rule.
    pub fn is_referenced(&self, group: GroupId) -> bool {
        self.index.references.of(group).next().is_some()
    }

    /// The other groups that name this one in a rule, by id.
    pub fn groups_naming(&self, group: GroupId) -> impl Iterator<Item = GroupId> + '_ {
        self.index.references.of(group)
    }

    /// The lowest free private address of a subnet that is at least `from` (`E51`).
    pub fn lowest_free_address(&self, subnet: &Subnet, from: Ipv4Addr) -> Option<Ipv4Addr> {
        let (first, last) = (u32::from(subnet.cidr.network()), u32::from(subnet.cidr.broadcast()));
        self.index.used.first_free(subnet.vpc, first.saturating_add(4).max(from.into()), last.saturating_sub(1))
    }

    /// The lowest free /28 of a subnet that begins at `from` or later (`E66`).
    pub fn lowest_free_prefix(&self, subnet: &Subnet, from: Ipv4Addr) -> Option<Ipv4Net> {
        let (first, last) = (u32::from(subnet.cidr.network()), u32::from(subnet.cidr.broadcast()));
        let range = (first.saturating_add(4).max(from.into()), last.saturating_sub(1));
        let start = self.index.used.first_free_block(subnet.vpc, range, 1 << (32 - IPV4_PREFIX_LEN))?;
        Ipv4Net::new(start, IPV4_PREFIX_LEN).ok()
    }

    /// Whether any private address of a VPC has a public one mapped to it (`R36`).
    pub fn has_mapped_public_address(&self, vpc: VpcId) -> bool {
        let range = (vpc, Ipv4Addr::UNSPECIFIED)..=(vpc, Ipv4Addr::BROADCAST);
        self.index
            .by_private
            .range(range)
            .any(|((_, ip), eni)| self.eni(*eni).and_then(|eni| eni.address(*ip)).is_some_and(|address| address.public.is_some()))
    }

    /// The private addresses in use in a subnet, in order; prefixes are not in it.
    pub fn used_addresses(&self, subnet: &Subnet) -> impl Iterator<Item = Ipv4Addr> + '_ {
        let (first, last) = (subnet.cidr.network(), subnet.cidr.broadcast());
        self.index.by_private.range((subnet.vpc, first)..=(subnet.vpc, last)).map(|((_, ip), _)| *ip)
    }

    /// How many addresses of a subnet are free (`E49`).
    pub fn free_address_count(&self, subnet: &Subnet) -> u32 {
        let size = 1u64 << (32 - u64::from(subnet.cidr.prefix_len()));
        let single = self.index.addresses_in.get(&subnet.id).copied().unwrap_or(0);
        u32::try_from(size.saturating_sub(5).saturating_sub(single)).unwrap_or(0)
    }

    /// The ENIs of a subnet, in the order of their ids.
    pub fn enis_in_subnet(&self, subnet: SubnetId) -> impl Iterator<Item = &Eni> + '_ {
        self.index.enis_in.of(subnet).filter_map(|id| self.eni(id))
    }

    /// The ENIs that carry a group, in the order of their ids.
    pub fn enis_in_group(&self, group: GroupId) -> impl Iterator<Item = &Eni> + '_ {
        self.index.members.of(group).filter_map(|id| self.eni(id))
    }

    /// The table that a subnet uses: its own, or its VPC's main one (`R1`).
    pub fn route_table_of(&self, subnet: &Subnet) -> Option<&RouteTable> {
        let id = match self.index.table_of.get(&subnet.id) {
            Some(id) => *id,
            None => self.vpcs.get(&subnet.vpc)?.main_route_table,
        };
        self.route_table(id)
    }

    /// The table that a subnet was associated with, if it was.
    pub fn own_route_table_of(&self, subnet: &Subnet) -> Option<&RouteTable> {
        self.index.table_of.get(&subnet.id).and_then(|id| self.route_table(*id))
    }

    /// The internet gateway that is attached to a VPC.
    pub fn internet_gateway_of(&self, vpc: VpcId) -> Option<&InternetGateway> {
        self.index.gateway_of.get(&vpc).and_then(|id| self.internet_gateway(*id))
    }

    /// The virtual private gateway that is attached to a VPC.
    pub fn vpn_gateway_of(&self, vpc: VpcId) -> Option<&VpnGateway> {
        self.vpn_gateways().find(|gateway| gateway.vpc == Some(vpc))
    }

    /// Whether an ENI carries packets now: attached to a running instance.
    pub fn carries_packets(&self, eni: &Eni) -> bool {
        eni.attached_instance().and_then(|id| self.instances.get(&id)).is_some_and(|instance| instance.state == InstanceState::Running)
    }

    /// Whether a route can carry packets now (`R11`).
    pub fn route_state(&self, table: &RouteTable, route: &Route) -> RouteState {
        let works = match &route.target {
            RouteTarget::Local | RouteTarget::Unmodelled(_) => true,
            RouteTarget::InternetGateway(id) => self.internet_gateways.get(id).is_some_and(|igw| igw.vpc == Some(table.vpc)),
            RouteTarget::VpnGateway(id) => self.vpn_gateways.get(id).is_some_and(|vgw| vgw.vpc == Some(table.vpc)),
            RouteTarget::NatGateway(id) => self.nat_gateways.get(id).is_some_and(|nat| nat.state == NatState::Available),
            RouteTarget::Eni(id) => self.enis.get(id).is_some_and(|eni| self.carries_packets(eni)),
            RouteTarget::EgressOnlyGateway(id) => self.egress_only_gateways.get(id).is_some_and(|gateway| gateway.vpc == table.vpc),
            RouteTarget::Peering(id) => self.peerings.get(id).is_some_and(|peering| peering.carries(table.vpc)),
            RouteTarget::TransitGateway(_) | RouteTarget::Endpoint(_) => true,
        };
        if works { RouteState::Active } else { RouteState::Blackhole }
    }

    /// Whether a subnet's table leads to an internet gateway (`R31`).
    pub fn is_public(&self, subnet: &Subnet) -> bool {
        self.route_table_of(subnet)
            .is_some_and(|table| table.routes.values().any(|route| matches!(route.target, RouteTarget::InternetGateway(_))))
    }
}

/// The zones of a region: `a` to `f` in us-east-1, `a` to `c` elsewhere.
fn zones_of(region: &str) -> Vec<Zone> {
    let letters = if region == "us-east-1" { "abcdef" } else { "abc" };
    letters.chars().map(|letter| Zone::new(&format!("{region}{letter}"))).collect()
}
