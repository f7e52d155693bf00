//! The network: every table, with the read API. Only `apply` writes.

use super::alarm::Alarm;
use super::changes::Changes;
use super::dhcp_options::DhcpOptions;
use super::elastic_ip::ElasticIp;
use super::elsewhere::Elsewhere;
use super::endpoint::Endpoint;
use super::eni::Eni;
use super::event::{Delays, Transition, TransitionKey};
use super::file_system::{FileSystem, MountTarget};
use super::flow_log::FlowLog;
use super::function::{Function, FunctionEni};
use super::gateway::{EgressOnlyGateway, InternetGateway};
use super::hosted_zone::HostedZone;
use super::index::Index;
use super::instance::{Instance, InstanceState};
use super::key_pair::KeyPair;
use super::load_balancer::LoadBalancer;
use super::log_group::LogGroup;
use super::nat_gateway::{NatGateway, NatState};
use super::network_acl::NetworkAcl;
use super::peering::Peering;
use super::prefix_list::{PrefixList, lists_of_aws};
use super::reservation::SubnetReservation;
use super::route_table::{Route, RouteState, RouteTable, RouteTarget};
use super::security_group::SecurityGroup;
use super::target_group::TargetGroup;
use super::transit::{TransitAttachment, TransitGateway, TransitTable};
use super::vpc::{Subnet, Vpc};
use super::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use super::{AccountId, Zone};
use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::*;
use crate::table::Table;
use std::ops::Bound;

pub use super::quotas::{Quotas, RULES_PER_ENI, Switches};

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
    pub(crate) dhcp_option_sets: Table<DhcpOptionsId, Box<DhcpOptions>>,
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
    pub(crate) transit_gateways: Table<TransitGatewayId, Box<TransitGateway>>,
    pub(crate) transit_attachments: Table<TransitAttachmentId, Box<TransitAttachment>>,
    pub(crate) transit_tables: Table<TransitTableId, Box<TransitTable>>,
    pub(crate) reservations: Table<SubnetReservationId, Box<SubnetReservation>>,
    pub(crate) hosted_zones: Table<HostedZoneId, Box<HostedZone>>,
    pub(crate) key_pairs: Table<KeyPairId, Box<KeyPair>>,
    pub(crate) load_balancers: Table<LoadBalancerId, Box<LoadBalancer>>,
    pub(crate) target_groups: Table<TargetGroupId, Box<TargetGroup>>,
    pub(crate) functions: Table<String, Box<Function>>,
    pub(crate) function_enis: Table<EniId, FunctionEni>,
    pub(crate) file_systems: Table<FileSystemId, Box<FileSystem>>,
    pub(crate) mount_targets: Table<MountTargetId, Box<MountTarget>>,
    pub(crate) alarms: Table<String, Box<Alarm>>,
    pub(crate) log_groups: Table<String, LogGroup>,
    pub(crate) transitions: Table<TransitionKey, Transition>,
    pub(crate) transition_sequence: u64,
    pub(crate) counters: Counters,
    pub(crate) macs_drawn: u64,
    pub(crate) public_ips_drawn: u32,
    pub(crate) quotas: Quotas,
    pub(crate) delays: Delays,
    pub(crate) switches: Switches,
    pub(crate) elsewhere: Box<Elsewhere>,
    pub(crate) index: Index,
    pub(crate) changes: Changes,
}

/// Generates the by-id getter and the in-order iterator of a table.
macro_rules! tables {
    ($($(#[$doc:meta])* $one:ident, $all:ident: $id:ident => $object:ident;)*) => {
        impl Network { $(
            #[doc = concat!("The ", stringify!($object), " with this id.")]
            pub fn $one(&self, id: $id) -> Option<&$object> { self.$all.near(&id, |first| id.after(*first)).map(AsRef::as_ref) }
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
    dhcp_options, dhcp_option_sets: DhcpOptionsId => DhcpOptions;
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
    transit_gateway, transit_gateways: TransitGatewayId => TransitGateway;
    transit_attachment, transit_attachments: TransitAttachmentId => TransitAttachment;
    transit_table, transit_tables: TransitTableId => TransitTable;
    reservation, reservations: SubnetReservationId => SubnetReservation;
    hosted_zone, hosted_zones: HostedZoneId => HostedZone;
    key_pair, key_pairs: KeyPairId => KeyPair;
    load_balancer, load_balancers: LoadBalancerId => LoadBalancer;
    target_group, target_groups: TargetGroupId => TargetGroup;
    file_system, file_systems: FileSystemId => FileSystem;
    mount_target, mount_targets: MountTargetId => MountTarget;
}

impl Network {
    /// An empty region: no VPC, AWS's default quotas, its own prefix lists and DHCP option set.
    pub fn empty(region: &str, account: AccountId) -> Network {
        let mut counters = Counters::default();
        let options = DhcpOptions::of_region(counters.take(), region);
        Network {
            region: region.to_owned(),
            account,
            zones: zones_of(region),
            vpcs: Table::new(),
            subnets: Table::new(),
            enis: Table::new(),
            instances: Table::new(),
            dhcp_option_sets: Table::from([(options.id, Box::new(options))]),
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
            transit_gateways: Table::new(),
            transit_attachments: Table::new(),
            transit_tables: Table::new(),
            reservations: Table::new(),
            hosted_zones: Table::new(),
            key_pairs: Table::new(),
            load_balancers: Table::new(),
            target_groups: Table::new(),
            functions: Table::new(),
            function_enis: Table::new(),
            file_systems: Table::new(),
            mount_targets: Table::new(),
            alarms: Table::new(),
            log_groups: Table::new(),
            transitions: Table::new(),
            transition_sequence: 0,
            counters,
            macs_drawn: 0,
            public_ips_drawn: 0,
            quotas: Quotas::default(),
            delays: Delays::default(),
            switches: Switches::default(),
            elsewhere: Box::default(),
            index: Index::default(),
            changes: Changes::default(),
        }
    }

    /// The alarm of this name.
    pub fn alarm(&self, name: &str) -> Option<&Alarm> {
        self.alarms.get(name).map(AsRef::as_ref)
    }

    /// Every alarm, in the order of their names.
    pub fn alarms(&self) -> impl ExactSizeIterator<Item = &Alarm> + Clone {
        self.alarms.values().map(AsRef::as_ref)
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

    /// How often it has changed. Who keeps what follows from a network looks at this; it says nothing of copies of it.
    pub fn changes(&self) -> u64 {
        self.changes.number()
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

    /// The ENIs whose ids come after one, in their order.
    pub fn enis_after(&self, id: EniId) -> impl Iterator<Item = &Eni> + '_ {
        self.enis.range((Bound::Excluded(id), Bound::Unbounded)).map(|(_, eni)| eni.as_ref())
    }

    /// The instances whose ids come after one, in their order.
    pub fn instances_after(&self, id: InstanceId) -> impl Iterator<Item = &Instance> + '_ {
        self.instances.range((Bound::Excluded(id), Bound::Unbounded)).map(|(_, instance)| instance.as_ref())
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
            None => self.vpc(subnet.vpc)?.main_route_table,
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
            RouteTarget::TransitGateway(id) => self.transit_route_works(*id, table.vpc),
            RouteTarget::Endpoint(_) => true,
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
