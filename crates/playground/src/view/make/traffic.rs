//! Names of things and words for the traffic that a rule speaks of.

use super::Maker;
use crate::view::words::Key;
use crate::view::words::PageKey;
use eni_core::addr::{IcmpMatch, PortRange, Traffic};
use eni_core::dataplane::verdict::Place;
use eni_core::id::{EniId, GroupId, InternetGatewayId, NatGatewayId, PrefixListId, RouteTableId, SubnetId, VpcId};
use eni_core::model::event::TaggedId;
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::transit::TransitId;

impl Maker<'_> {
    /// The name of an ENI, or its id.
    pub fn eni_name(&self, id: EniId) -> String {
        self.network.eni(id).map_or_else(|| id.to_string(), |eni| self.name(&eni.tags, &id))
    }

    /// The name of a subnet, or its id.
    pub fn subnet_name(&self, id: SubnetId) -> String {
        self.network.subnet(id).map_or_else(|| id.to_string(), |subnet| self.name(&subnet.tags, &id))
    }

    /// The name of a group, with its VPC where another VPC has a group of the same name; or its id.
    pub fn group_name(&self, id: GroupId) -> String {
        let Some(group) = self.network.group(id) else { return id.to_string() };
        // In one VPC no two groups have the same name.
        let several = self.network.vpcs().nth(1).is_some();
        if several && self.network.groups().any(|other| other.id != id && other.name == group.name) {
            return self.say(Key::GroupOfVpc { group: &group.name, vpc: &self.vpc_name(group.vpc) });
        }
        group.name.clone()
    }

    /// The name of a VPC, or its id.
    pub fn vpc_name(&self, id: VpcId) -> String {
        self.network.vpc(id).map_or_else(|| id.to_string(), |vpc| self.name(&vpc.tags, &id))
    }

    /// The name of a prefix list, or its id.
    pub fn prefix_list_name(&self, id: PrefixListId) -> String {
        self.network.prefix_list(id).map_or_else(|| id.to_string(), |list| list.name.clone())
    }

    /// The name of a route table, or its id.
    pub fn table_name(&self, id: RouteTableId) -> String {
        self.network.route_table(id).map_or_else(|| id.to_string(), |table| self.name_of_table(table))
    }

    /// The name of an internet gateway, or its id.
    pub fn gateway_name(&self, id: InternetGatewayId) -> String {
        self.network.internet_gateway(id).map_or_else(|| id.to_string(), |gateway| self.name(&gateway.tags, &id))
    }

    /// The name of a NAT gateway, or its id.
    pub fn nat_gateway_name(&self, id: NatGatewayId) -> String {
        self.network.nat_gateway(id).map_or_else(|| id.to_string(), |gateway| self.name(&gateway.tags, &id))
    }

    /// The name of anything that can have tags, or its id.
    pub fn tagged_name(&self, id: TaggedId) -> String {
        match id {
            TaggedId::Eni(id) => self.eni_name(id),
            TaggedId::Group(id) => self.group_name(id),
            TaggedId::GroupRule(id) => id.to_string(),
            TaggedId::Instance(id) => self.instance_name(id),
            TaggedId::InternetGateway(id) => self.gateway_name(id),
            TaggedId::DhcpOptions(id) => self.network.dhcp_options(id).map_or_else(|| id.to_string(), |set| self.name(&set.tags, &id)),
            TaggedId::EgressOnlyGateway(id) => {
                self.network.egress_only_gateway(id).map_or_else(|| id.to_string(), |gateway| self.name(&gateway.tags, &id))
            }
            TaggedId::NatGateway(id) => self.nat_gateway_name(id),
            TaggedId::Endpoint(id) => self.network.endpoint(id).map_or_else(|| id.to_string(), |endpoint| self.name(&endpoint.tags, &id)),
            TaggedId::FlowLog(id) => self.network.flow_log(id).map_or_else(|| id.to_string(), |log| self.name(&log.tags, &id)),
            TaggedId::KeyPair(id) => self.network.key_pair(id).map_or_else(|| id.to_string(), |pair| pair.name.clone()),
            TaggedId::Peering(id) => self.network.peering(id).map_or_else(|| id.to_string(), |peering| self.name(&peering.tags, &id)),
            TaggedId::PrefixList(id) => self.prefix_list_name(id),
            TaggedId::RouteTable(id) => self.table_name(id),
            TaggedId::Subnet(id) => self.subnet_name(id),
            TaggedId::SubnetReservation(id) => self.network.reservation(id).map_or_else(|| id.to_string(), |one| self.name(&one.tags, &id)),
            TaggedId::Transit(id) => self.transit_name(id),
            TaggedId::Vpc(id) => self.vpc_name(id),
            TaggedId::ElasticIp(id) => self.elastic_ip_text(id),
            TaggedId::CustomerGateway(id) => {
                self.network.customer_gateway(id).map_or_else(|| id.to_string(), |gateway| self.name(&gateway.tags, &id))
            }
            TaggedId::VpnConnection(id) => {
                self.network.vpn_connection(id).map_or_else(|| id.to_string(), |connection| self.name(&connection.tags, &id))
            }
            TaggedId::VpnGateway(id) => {
                self.network.vpn_gateway(id).map_or_else(|| id.to_string(), |gateway| self.name(&gateway.tags, &id))
            }
            TaggedId::Acl(id) => self.network.acl(id).map_or_else(|| id.to_string(), |acl| self.acl_name(acl)),
        }
    }

    /// The name of a transit gateway, or of what belongs to one. An attachment without one goes by its VPC's.
    pub fn transit_name(&self, id: TransitId) -> String {
        let network = self.network;
        let name = match id {
            TransitId::Gateway(id) => network.transit_gateway(id).map(|it| self.name(&it.tags, &id)),
            TransitId::Attachment(id) => network.transit_attachment(id).map(|it| match it.tags.contains_key("Name") {
                true => self.name(&it.tags, &id),
                false => self.say(Key::AttachmentOf { vpc: &self.vpc_name(it.vpc) }),
            }),
            TransitId::Table(id) => network.transit_table(id).map(|it| self.name(&it.tags, &id)),
        };
        name.unwrap_or_else(|| id.to_string())
    }

    /// The name of a place on a packet's way, or its id.
    pub fn place_name(&self, place: Place) -> String {
        match place {
            Place::Guest(id) => self.instance_name(id),
            Place::Eni(id) => self.eni_name(id),
            Place::Subnet(id) => self.subnet_name(id),
            Place::Router(id) => self.vpc_name(id),
            Place::InternetGateway(id) => self.gateway_name(id),
            Place::EgressOnlyGateway(id) => self.tagged_name(TaggedId::EgressOnlyGateway(id)),
            Place::VpnGateway(id) => self.tagged_name(TaggedId::VpnGateway(id)),
            Place::NatGateway(id) => self.nat_gateway_name(id),
            Place::Endpoint(id) => self.endpoint_name(id),
            Place::Peering(id) => self.tagged_name(TaggedId::Peering(id)),
            Place::TransitGateway(id) => self.transit_name(TransitId::Gateway(id)),
            Place::Internet => self.say(PageKey::Internet),
        }
    }

    /// Who an ENI stands for when people speak of it: its instance if it is the primary one, itself otherwise.
    pub fn owner_name(&self, id: EniId) -> String {
        let attachment = self.network.eni(id).and_then(|eni| eni.attachment.as_ref());
        match attachment.filter(|attachment| attachment.is_primary()) {
            Some(attachment) => self.instance_name(attachment.instance),
            None => self.card_name(id).unwrap_or_else(|| self.eni_name(id)),
        }
    }

    /// A protocol where it stands alone: "tcp", "protocol 47".
    pub fn protocol(&self, number: u8) -> String {
        let text = protocol_text(number);
        if text.starts_with(|first: char| first.is_ascii_digit()) { self.say(Key::ProtocolNumber { number: &text }) } else { text }
    }

    /// What a rule speaks of: "tcp 443", "all traffic".
    pub fn traffic(&self, traffic: Traffic) -> String {
        match traffic {
            Traffic::All => self.say(Key::AllTraffic),
            Traffic::Tcp(ports) => with_ports("tcp", ports),
            Traffic::Udp(ports) => with_ports("udp", ports),
            Traffic::Icmp(icmp) => with_icmp("icmp", icmp),
            Traffic::Icmpv6(icmp) => with_icmp("icmpv6", icmp),
            Traffic::Other(number) => self.say(Key::ProtocolNumber { number: &number.to_string() }),
        }
    }

    /// The other end that a rule of a group names.
    pub fn peer(&self, peer: Peer) -> String {
        match peer {
            Peer::Ipv4(block) => block.to_string(),
            Peer::Ipv6(block) => block.to_string(),
            Peer::PrefixList(id) => self.prefix_list_name(id),
            Peer::Group(id) => self.say(Key::GroupNamed { group: &self.group_name(id) }),
        }
    }

    /// Where a route leads.
    pub fn route_target(&self, target: &RouteTarget) -> String {
        match target {
            RouteTarget::Local => "local".to_owned(),
            RouteTarget::InternetGateway(id) => self.gateway_name(*id),
            RouteTarget::NatGateway(id) => self.nat_gateway_name(*id),
            RouteTarget::Eni(id) => self.eni_name(*id),
            RouteTarget::Peering(id) => self.tagged_name(TaggedId::Peering(*id)),
            RouteTarget::VpnGateway(id) => self.tagged_name(TaggedId::VpnGateway(*id)),
            RouteTarget::EgressOnlyGateway(id) => self.tagged_name(TaggedId::EgressOnlyGateway(*id)),
            RouteTarget::TransitGateway(id) => self.transit_name(TransitId::Gateway(*id)),
            RouteTarget::Endpoint(id) => self.tagged_name(TaggedId::Endpoint(*id)),
            RouteTarget::Unmodelled(text) => text.clone(),
        }
    }
}

/// The destination of a route as AWS writes it.
pub fn destination_text(destination: Destination) -> String {
    match destination {
        Destination::Cidr(block) => block.to_string(),
        Destination::PrefixList(id) => id.to_string(),
    }
}

/// Ports as "443" or "1000-2000"; empty for all.
pub fn ports_text(ports: PortRange) -> String {
    match (ports == PortRange::ALL, ports.from() == ports.to()) {
        (true, _) => String::new(),
        (_, true) => ports.from().to_string(),
        _ => format!("{}-{}", ports.from(), ports.to()),
    }
}

/// Type and code as "8" or "8/0"; empty for all.
pub fn icmp_text(icmp: IcmpMatch) -> String {
    match icmp {
        IcmpMatch::Any => String::new(),
        IcmpMatch::Type(kind) => kind.to_string(),
        IcmpMatch::TypeCode(kind, code) => format!("{kind}/{code}"),
    }
}

fn with_ports(protocol: &str, ports: PortRange) -> String {
    joined(protocol, &ports_text(ports))
}

fn with_icmp(protocol: &str, icmp: IcmpMatch) -> String {
    joined(protocol, &icmp_text(icmp))
}

fn joined(protocol: &str, rest: &str) -> String {
    if rest.is_empty() { protocol.to_owned() } else { format!("{protocol} {rest}") }
}

/// The name of a protocol by its number.
pub fn protocol_text(number: u8) -> String {
    match number {
        1 => "icmp".to_owned(),
        6 => "tcp".to_owned(),
        17 => "udp".to_owned(),
        58 => "icmpv6".to_owned(),
        other => other.to_string(),
    }
}
