//! What a decision works on: the network as it is, and what the decision has used up so far.

mod free;

use super::error::Refusal;
use super::pool;
use crate::addr::{Ipv4Addr, Ipv4Net, Ipv6Addr, Mac};
use crate::id::*;
use crate::model::dhcp_options::DhcpOptions;
use crate::model::elastic_ip::ElasticIp;
use crate::model::endpoint::Endpoint;
use crate::model::eni::Eni;
use crate::model::event::{Event, Transition};
use crate::model::file_system::{FileSystem, MountTarget};
use crate::model::gateway::{EgressOnlyGateway, InternetGateway};
use crate::model::hosted_zone::HostedZone;
use crate::model::instance::Instance;
use crate::model::key_pair::KeyPair;
use crate::model::nat_gateway::NatGateway;
use crate::model::network::Network;
use crate::model::network_acl::NetworkAcl;
use crate::model::peering::Peering;
use crate::model::prefix_list::PrefixList;
use crate::model::reservation::SubnetReservation;
use crate::model::route_table::RouteTable;
use crate::model::security_group::SecurityGroup;
use crate::model::transit::{TransitAttachment, TransitGateway, TransitTable};
use crate::model::vpc::{Subnet, Vpc};
use crate::model::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use crate::table::{Set, Table};
use crate::time::{Duration, Instant};

/// A decision in the making. Nothing of it reaches the network unless the decision is accepted.
pub(super) struct Draft<'n> {
    /// The network before the act.
    pub network: &'n Network,
    /// The moment of the act.
    pub now: Instant,
    /// What will happen, in order.
    pub events: Vec<Event>,
    counters: Counters,
    macs_drawn: u64,
    public_ips_drawn: u32,
    /// Private addresses that the decision has given already.
    given: Set<(SubnetId, Ipv4Addr)>,
    /// The last free address that was picked.
    picked: Option<(SubnetId, Ipv4Addr)>,
    /// Prefixes that the decision has given already, by their first addresses.
    given_prefixes: Table<(SubnetId, Ipv4Addr), Ipv4Net>,
    /// IPv6 addresses that the decision has given already.
    given_ipv6: Set<Ipv6Addr>,
    /// The first addresses of IPv6 prefixes that the decision has given already.
    given_ipv6_prefixes: Set<Ipv6Addr>,
    /// The number, in its subnet, of the last free IPv6 prefix that was picked.
    pub picked_ipv6_prefix: Option<(SubnetId, u16)>,
    /// The first address of the last free prefix that was picked.
    picked_prefix: Option<(SubnetId, Ipv4Addr)>,
}

/// Writes the look-ups that refuse an id that names nothing.
macro_rules! lookups {
    ($($name:ident: $id:ident => $object:ident, $refusal:ident { $field:ident };)*) => {
        impl<'n> Draft<'n> { $(
            #[doc = concat!("The ", stringify!($object), " with this id.")]
            pub fn $name(&self, id: $id) -> Result<&'n $object, Refusal> {
                self.network.$name(id).ok_or(Refusal::$refusal { $field: id })
            }
        )* }
    };
}

lookups! {
    vpc: VpcId => Vpc, VpcNotFound { vpc };
    dhcp_options: DhcpOptionsId => DhcpOptions, DhcpOptionsNotFound { set };
    subnet: SubnetId => Subnet, SubnetNotFound { subnet };
    endpoint: EndpointId => Endpoint, EndpointNotFound { endpoint };
    file_system: FileSystemId => FileSystem, FileSystemNotFound { file_system };
    mount_target: MountTargetId => MountTarget, MountTargetNotFound { target };
    hosted_zone: HostedZoneId => HostedZone, HostedZoneNotFound { zone };
    reservation: SubnetReservationId => SubnetReservation, ReservationNotFound { reservation };
    eni: EniId => Eni, EniNotFound { eni };
    instance: InstanceId => Instance, InstanceNotFound { instance };
    elastic_ip: AllocationId => ElasticIp, AllocationNotFound { allocation };
    group: GroupId => SecurityGroup, GroupNotFound { group };
    acl: AclId => NetworkAcl, AclNotFound { acl };
    prefix_list: PrefixListId => PrefixList, PrefixListNotFound { list };
    route_table: RouteTableId => RouteTable, RouteTableNotFound { table };
    internet_gateway: InternetGatewayId => InternetGateway, InternetGatewayNotFound { gateway };
    key_pair: KeyPairId => KeyPair, KeyPairIdNotFound { key_pair };
    peering: PeeringId => Peering, PeeringNotFound { peering };
    egress_only_gateway: EgressOnlyGatewayId => EgressOnlyGateway, EgressOnlyGatewayNotFound { gateway };
    nat_gateway: NatGatewayId => NatGateway, NatGatewayNotFound { gateway };
    transit_gateway: TransitGatewayId => TransitGateway, TransitGatewayNotFound { gateway };
    transit_attachment: TransitAttachmentId => TransitAttachment, TransitAttachmentNotFound { attachment };
    transit_table: TransitTableId => TransitTable, TransitTableNotFound { table };
    customer_gateway: CustomerGatewayId => CustomerGateway, CustomerGatewayNotFound { gateway };
    vpn_connection: VpnConnectionId => VpnConnection, VpnConnectionNotFound { connection };
    vpn_gateway: VpnGatewayId => VpnGateway, VpnGatewayNotFound { gateway };
}

impl<'n> Draft<'n> {
    /// A draft in which nothing has been decided.
    pub fn new(network: &'n Network, now: Instant) -> Draft<'n> {
        Draft {
            network,
            now,
            events: Vec::new(),
            counters: network.counters().clone(),
            macs_drawn: network.macs_drawn(),
            public_ips_drawn: network.public_ips_drawn(),
            given: Set::new(),
            picked: None,
            given_prefixes: Table::new(),
            given_ipv6: Set::new(),
            given_ipv6_prefixes: Set::new(),
            picked_ipv6_prefix: None,
            picked_prefix: None,
        }
    }

    /// A new id.
    pub fn new_id<I: ResourceId>(&mut self) -> I {
        self.counters.take()
    }

    /// A new MAC address (`I4`).
    pub fn new_mac(&mut self) -> Mac {
        self.macs_drawn += 1;
        Mac::from_number(self.macs_drawn)
    }

    /// Adds an event.
    pub fn push(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Adds a transition that is due after `delay`.
    pub fn schedule(&mut self, delay: Duration, transition: Transition) {
        self.events.push(Event::TransitionScheduled(self.now + delay, transition));
    }

    /// Draws a public address from AWS's pool.
    pub fn draw_public_ip(&mut self) -> Result<Ipv4Addr, Refusal> {
        let (ip, drawn) = pool::draw(self.network, self.public_ips_drawn).ok_or(Refusal::PublicPoolEmpty {})?;
        self.public_ips_drawn = drawn;
        self.push(Event::PublicPoolAdvanced(drawn));
        Ok(ip)
    }
}
