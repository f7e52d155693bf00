//! What would have been accepted instead of a refused act. Words and buttons are made from it elsewhere.

use super::error::Refusal;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net};
use crate::id::*;
use crate::model::Zone;
use crate::model::elastic_ip::ElasticIp;
use crate::model::event::TaggedId;
use crate::model::instance::InstanceState;
use crate::model::instance_type::InstanceType;
use crate::model::network::Network;
use crate::model::route_table::RouteTableUser;
use crate::order::sort_by_key;

/// What would have been accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing that the refusal itself points at.
    None,
    /// Name something that is there: the field is the prefix of the id that was wrong.
    AnExisting(&'static str),
    /// Exactly one of these parameters.
    OneOf(Vec<&'static str>),
    /// The parameter that is missing.
    Add(&'static str),
    /// A number from `least` to `most`.
    Between {
        /// The lowest.
        least: i64,
        /// The highest.
        most: i64,
    },
    /// An instance of the ENI's zone that takes it: attached to it, it would have a free index.
    InstancesInZone {
        /// The zone.
        zone: Zone,
        /// The instances, by id.
        instances: Vec<InstanceId>,
    },
    /// Another device index of the card.
    FreeIndexes {
        /// The instance.
        instance: InstanceId,
        /// The card.
        network_card: u16,
        /// The free indexes.
        indexes: Vec<u16>,
    },
    /// Detach first.
    Detach(AttachmentId),
    /// Wait until what is under way has ended.
    Wait,
    /// Groups of this VPC, and no more than the limit.
    GroupsOfVpc {
        /// The VPC.
        vpc: VpcId,
        /// Its groups, by id.
        groups: Vec<GroupId>,
    },
    /// At most so many.
    AtMost(usize),
    /// An address of this block; the lowest free one, if there is one.
    AddressIn {
        /// The subnet's block.
        cidr: Ipv4Net,
        /// The lowest free address.
        free: Option<Ipv4Addr>,
    },
    /// A prefix of this block; the lowest free one, if there is one.
    PrefixIn {
        /// The subnet's block.
        cidr: Ipv4Net,
        /// The lowest free prefix.
        free: Option<Ipv4Net>,
    },
    /// A block of these, without those that are taken.
    BlockIn {
        /// The VPC's blocks; empty if any private block will do.
        blocks: Vec<Ipv4Net>,
        /// Blocks that are taken.
        taken: Vec<Ipv4Net>,
    },
    /// Types of the same family that would do.
    Types(Vec<InstanceType>),
    /// Allow addresses to be moved from other ENIs.
    AllowReassignment,
    /// Allow an Elastic IP to be taken from where it is.
    AllowReassociation,
    /// Disassociate first.
    Disassociate(AssociationId),
    /// Release some of these first.
    Release(Vec<AllocationId>),
    /// Attach an internet gateway to the VPC: one of these free ones, or a new one.
    AttachGateway {
        /// The VPC.
        vpc: VpcId,
        /// Gateways without a VPC.
        gateways: Vec<InternetGatewayId>,
    },
    /// Detach this internet gateway first.
    DetachGateway(InternetGatewayId, VpcId),
    /// Name one of the instance's ENIs.
    EnisOf(InstanceId, Vec<EniId>),
    /// The instance must be in this state first.
    State(InstanceId, InstanceState),
    /// Take the protection off first.
    Unprotect(InstanceId),
    /// What depends on it must go first.
    RemoveFirst(Vec<TaggedId>),
    /// A zone of the region.
    Zones(Vec<Zone>),
    /// Replace what is there instead of creating it, or the other way round.
    UseReplace(bool),
    /// Only the service that made it can.
    AskTheService,
    /// The rule is there already: nothing to do.
    AlreadySo,
}

/// Types offered, at most.
const OFFERED_TYPES: usize = 5;

impl Refusal {
    /// What would have been accepted in this network.
    pub fn remedy(&self, network: &Network) -> Remedy {
        let first = shapes(self).or_else(|| ids(self)).or_else(|| enis(self, network)).or_else(|| addresses(self, network));
        first.or_else(|| instances(self, network)).or_else(|| dependents(self, network)).unwrap_or_else(|| rest(self, network))
    }
}

fn shapes(refusal: &Refusal) -> Option<Remedy> {
    Some(match refusal {
        Refusal::MissingParameter { parameter } => Remedy::Add(parameter),
        Refusal::NumberOutOfRange { least, most, .. } => Remedy::Between { least: *least, most: *most },
        Refusal::BadAddressCount { .. } | Refusal::BadPrefixCount { .. } => Remedy::Between { least: 1, most: i64::from(u16::MAX) },
        Refusal::NeitherParameter { first, second } | Refusal::ExclusiveParameters { first, second } => Remedy::OneOf(vec![first, second]),
        Refusal::TagLimitExceeded { limit } => Remedy::AtMost(*limit),
        Refusal::EniManagedByService { .. }
        | Refusal::ElasticIpHeldByService { .. }
        | Refusal::ServiceAttachment { .. }
        | Refusal::PrefixListOfAws { .. } => Remedy::AskTheService,
        _ => return None,
    })
}

fn ids(refusal: &Refusal) -> Option<Remedy> {
    Some(Remedy::AnExisting(match refusal {
        Refusal::AclNotFound { .. } => AclId::PREFIX,
        Refusal::AclAssociationNotFound { .. } => AclAssociationId::PREFIX,
        Refusal::AllocationNotFound { .. } => AllocationId::PREFIX,
        Refusal::AssociationNotFound { .. } => AssociationId::PREFIX,
        Refusal::AttachmentNotFound { .. } | Refusal::NotTheAttachmentOf { .. } => AttachmentId::PREFIX,
        Refusal::DhcpOptionsNotFound { .. } => DhcpOptionsId::PREFIX,
        Refusal::EgressOnlyGatewayNotFound { .. } => EgressOnlyGatewayId::PREFIX,
        Refusal::EndpointNotFound { .. } => EndpointId::PREFIX,
        Refusal::EniNotFound { .. } => EniId::PREFIX,
        Refusal::FlowLogNotFound { .. } => FlowLogId::PREFIX,
        Refusal::GroupNotFound { .. } | Refusal::SecurityGroupNotFound { .. } => GroupId::PREFIX,
        Refusal::GroupRuleNotFound { .. } | Refusal::RuleNotFound { .. } => GroupRuleId::PREFIX,
        Refusal::InstanceNotFound { .. } => InstanceId::PREFIX,
        Refusal::InternetGatewayNotFound { .. } => InternetGatewayId::PREFIX,
        Refusal::KeyPairNotFound { .. } | Refusal::KeyPairIdNotFound { .. } => KeyPairId::PREFIX,
        Refusal::NatGatewayNotFound { .. } | Refusal::RouteNatGatewayNotFound { .. } => NatGatewayId::PREFIX,
        Refusal::PeeringNotFound { .. } => PeeringId::PREFIX,
        Refusal::PrefixListNotFound { .. } => PrefixListId::PREFIX,
        Refusal::RouteTableNotFound { .. } => RouteTableId::PREFIX,
        Refusal::RouteTableAssociationNotFound { .. } => RouteTableAssociationId::PREFIX,
        Refusal::VpcBlockNotFound { .. } => VpcCidrAssociationId::PREFIX,
        Refusal::SubnetBlockNotFound { .. } => SubnetCidrAssociationId::PREFIX,
        Refusal::SubnetNotFound { .. } => SubnetId::PREFIX,
        Refusal::TransitGatewayNotFound { .. } => TransitGatewayId::PREFIX,
        Refusal::VpcNotFound { .. } | Refusal::NoDefaultVpc {} => VpcId::PREFIX,
        Refusal::CustomerGatewayNotFound { .. } => CustomerGatewayId::PREFIX,
        Refusal::VpnConnectionNotFound { .. } => VpnConnectionId::PREFIX,
        Refusal::VpnGatewayNotFound { .. } => VpnGatewayId::PREFIX,
        _ => return None,
    }))
}

fn enis(refusal: &Refusal, network: &Network) -> Option<Remedy> {
    Some(match refusal {
        Refusal::DifferentZones { eni_zone, .. } => takers_in_zone(network, eni_zone),
        Refusal::DeviceIndexTaken { instance, network_card, .. } | Refusal::DeviceIndexStuck { instance, network_card, .. } => {
            free_indexes(network, *instance, *network_card)
        }
        Refusal::DeviceIndexTooHigh { limit, .. } => Remedy::Between { least: 0, most: i64::from(limit.saturating_sub(1)) },
        Refusal::NoSuchNetworkCard { cards, .. } => Remedy::Between { least: 0, most: i64::from(cards.saturating_sub(1)) },
        Refusal::EniInUse { attachment, .. }
        | Refusal::EniAlreadyAttached { attachment, .. }
        | Refusal::LaunchEniInUse { attachment, .. } => attachment.map_or(Remedy::AskTheService, |id| before_detaching(network, id)),
        Refusal::AttachmentBusy { .. } | Refusal::PrefixListBusy { .. } => Remedy::Wait,
        Refusal::AttachmentLimit { instance_type, count, .. } => larger(*instance_type, |kind| {
            usize::from(kind.max_enis_on_card(0)) >= *count && kind.network_cards() == instance_type.network_cards()
        }),
        Refusal::AddressLimit { eni, instance_type, count, .. } => for_addresses(network, Some(*eni), *instance_type, *count),
        Refusal::LaunchAddressLimit { eni, instance_type, count, .. } => for_addresses(network, *eni, *instance_type, *count),
        Refusal::Ipv6Limit { instance_type, count, .. } => larger(*instance_type, |kind| usize::from(kind.ipv6_per_eni()) >= *count),
        Refusal::PrefixesNeedNitro { .. } => {
            Remedy::Types(InstanceType::all().filter(|kind| kind.is_nitro()).take(OFFERED_TYPES).collect())
        }
        Refusal::GroupOfOtherVpc { subnet, .. } | Refusal::LaunchGroupOfOtherVpc { subnet, .. } => {
            groups_of(network, network.subnet(*subnet)?.vpc)
        }
        Refusal::DifferentNetworks { vpc, .. } => groups_of(network, *vpc),
        Refusal::LastGroup { eni } => groups_of(network, network.eni(*eni)?.vpc),
        _ => return None,
    })
}

/// An attached ENI comes free by detaching; a primary one never does, and one on its way only needs time.
fn before_detaching(network: &Network, id: AttachmentId) -> Remedy {
    use crate::model::eni::AttachmentStatus;
    match network.eni_by_attachment(id).and_then(|eni| eni.attachment.as_ref()) {
        Some(attachment) if attachment.is_primary() => Remedy::None,
        Some(attachment) if attachment.status == AttachmentStatus::Attached => Remedy::Detach(id),
        _ => Remedy::Wait,
    }
}

fn takers_in_zone(network: &Network, zone: &Zone) -> Remedy {
    let ready = |state| matches!(state, InstanceState::Running | InstanceState::Stopped);
    let takers =
        network.instances().filter(|i| i.zone == *zone && ready(i.state) && i.enis.len() < usize::from(i.instance_type.max_enis()));
    Remedy::InstancesInZone { zone: zone.clone(), instances: takers.map(|instance| instance.id).collect() }
}

fn free_indexes(network: &Network, instance: InstanceId, network_card: u16) -> Remedy {
    let Some(found) = network.instance(instance) else { return Remedy::None };
    let limit = found.instance_type.max_enis_on_card(network_card);
    let indexes = (0..limit).filter(|index| found.is_free((network_card, *index))).collect();
    Remedy::FreeIndexes { instance, network_card, indexes }
}

/// Types of the same family that take so many private addresses, and the IPv6 ones that the ENI has.
fn for_addresses(network: &Network, eni: Option<EniId>, kind: InstanceType, count: usize) -> Remedy {
    let ipv6 = eni.and_then(|eni| network.eni(eni)).map_or(0, |eni| eni.ipv6_addresses.len() + eni.ipv6_prefixes.len());
    larger(kind, |kind| usize::from(kind.ipv4_per_eni()) >= count && usize::from(kind.ipv6_per_eni()) >= ipv6)
}

/// Types of the same family that do.
fn larger(kind: InstanceType, does: impl Fn(InstanceType) -> bool) -> Remedy {
    let mut types: Vec<_> = InstanceType::all().filter(|other| other.family() == kind.family() && does(*other)).collect();
    sort_by_key(&mut types, |other| (other.max_enis(), other.ipv4_per_eni()));
    types.truncate(OFFERED_TYPES);
    Remedy::Types(types)
}

fn groups_of(network: &Network, vpc: VpcId) -> Remedy {
    Remedy::GroupsOfVpc { vpc, groups: network.groups().filter(|group| group.vpc == vpc).map(|group| group.id).collect() }
}

fn addresses(refusal: &Refusal, network: &Network) -> Option<Remedy> {
    let within = |subnet: &SubnetId| {
        let subnet = network.subnet(*subnet)?;
        Some(Remedy::AddressIn { cidr: subnet.cidr, free: network.lowest_unreserved_address(subnet, Ipv4Addr::UNSPECIFIED) })
    };
    Some(match refusal {
        Refusal::AddressOutsideSubnet { subnet, .. }
        | Refusal::LaunchAddressOutsideSubnet { subnet, .. }
        | Refusal::AddressReserved { subnet, .. }
        | Refusal::AssignedAddressReserved { subnet, .. } => within(subnet)?,
        Refusal::AddressInUse { eni, .. } | Refusal::LaunchAddressInUse { eni, .. } | Refusal::AddressInPrefix { eni, .. } => {
            within(&network.eni(*eni)?.subnet)?
        }
        Refusal::PrefixOutsideSubnet { prefix: IpNet::V4(_), subnet } | Refusal::PrefixReserved { prefix: IpNet::V4(_), subnet } => {
            prefix_in(network, *subnet)?
        }
        Refusal::PrefixInUse { prefix: IpNet::V4(_), eni } => prefix_in(network, network.eni(*eni)?.subnet)?,
        Refusal::SubnetFull { free, .. } => Remedy::AtMost(usize::try_from(*free).unwrap_or(usize::MAX)),
        Refusal::TooFewForPrefixes { free, .. } => Remedy::AtMost(usize::try_from(free / 16).unwrap_or(usize::MAX)),
        Refusal::MoveNotAllowed { .. } => Remedy::AllowReassignment,
        Refusal::AlreadyAssociated { .. } | Refusal::PrivateIpAlreadyAssociated { .. } => Remedy::AllowReassociation,
        Refusal::AddressAssociated { association, .. } => Remedy::Disassociate(*association),
        Refusal::AddressQuota { .. } => {
            let idle = network.elastic_ips().filter(|eip| eip.association.is_none() && eip.service_managed.is_none());
            Remedy::Release(idle.map(|eip| eip.allocation).collect())
        }
        Refusal::NoInternetGateway { vpc } => {
            let free = network.internet_gateways().filter(|gateway| gateway.vpc.is_none()).map(|gateway| gateway.id).collect();
            Remedy::AttachGateway { vpc: *vpc, gateways: free }
        }
        _ => return None,
    })
}

fn prefix_in(network: &Network, subnet: SubnetId) -> Option<Remedy> {
    let subnet = network.subnet(subnet)?;
    Some(Remedy::PrefixIn { cidr: subnet.cidr, free: network.lowest_unreserved_prefix(subnet, Ipv4Addr::UNSPECIFIED) })
}

fn instances(refusal: &Refusal, network: &Network) -> Option<Remedy> {
    Some(match refusal {
        Refusal::SeveralEnis { instance } => Remedy::EnisOf(*instance, network.instance(*instance)?.enis.values().copied().collect()),
        Refusal::InstanceNotReady { state, .. } | Refusal::WrongInstanceState { state, .. } if is_passing(*state) => Remedy::Wait,
        Refusal::InstanceNotAddressable { state: "pending", .. } => Remedy::Wait,
        Refusal::WrongInstanceState { instance, state: InstanceState::Stopped, .. } => Remedy::State(*instance, InstanceState::Running),
        Refusal::InstanceNotStopped { instance, .. } => Remedy::State(*instance, InstanceState::Stopped),
        Refusal::InstanceNotRunning { instance, .. } => Remedy::State(*instance, InstanceState::Running),
        Refusal::TerminationProtected { instance } | Refusal::StopProtected { instance } => Remedy::Unprotect(*instance),
        Refusal::NetworkCardMismatch { instance_type, wanted, .. } => larger(*instance_type, |kind| kind.network_cards() == *wanted),
        _ => return None,
    })
}

/// Whether the state ends by itself in one that can be acted on.
const fn is_passing(state: InstanceState) -> bool {
    matches!(state, InstanceState::Pending | InstanceState::Stopping)
}

/// What must go before something can be deleted.
fn dependents(refusal: &Refusal, network: &Network) -> Option<Remedy> {
    Some(Remedy::RemoveFirst(match refusal {
        Refusal::BlockInUse { subnet, .. } => vec![TaggedId::Subnet(*subnet)],
        Refusal::SubnetBlockInUse { eni, .. } => vec![TaggedId::Eni(*eni)],
        Refusal::SubnetInUse { subnet } => {
            let nats: Vec<_> = network.nat_gateways().filter(|nat| nat.subnet == *subnet && nat.stands()).collect();
            let enis = network.enis_in_subnet(*subnet).filter(|eni| nats.iter().all(|nat| nat.eni() != Some(eni.id)));
            let nats = nats.iter().map(|nat| TaggedId::NatGateway(nat.id));
            nats.chain(enis.map(|eni| TaggedId::Eni(eni.id))).collect()
        }
        Refusal::VpcInUse { vpc } => in_vpc(network, *vpc),
        Refusal::GroupInUse { group } => {
            let members = network.enis_in_group(*group).map(|eni| TaggedId::Eni(eni.id));
            let vpc = network.group(*group)?.vpc;
            let naming = network.groups_naming(*group).filter(|other| network.group(*other).is_some_and(|other| other.vpc == vpc));
            members.chain(naming.map(TaggedId::Group)).collect()
        }
        Refusal::AclInUse { acl } => {
            let vpc = network.acl(*acl)?.vpc;
            network.subnets_of_vpc(vpc).filter(|subnet| subnet.acl == *acl).map(|subnet| TaggedId::Subnet(subnet.id)).collect()
        }
        Refusal::RouteTableInUse { table } => {
            let vpc = network.route_table(*table)?.vpc;
            let users = network.subnets_of_vpc(vpc).filter(|subnet| network.own_route_table_of(subnet).is_some_and(|own| own.id == *table));
            let gateways = network.route_table(*table)?.associations.values().filter_map(|user| match user {
                RouteTableUser::InternetGateway(id) => Some(TaggedId::InternetGateway(*id)),
                RouteTableUser::VpnGateway(id) => Some(TaggedId::VpnGateway(*id)),
                RouteTableUser::Main | RouteTableUser::Subnet(_) => None,
            });
            users.map(|subnet| TaggedId::Subnet(subnet.id)).chain(gateways).collect()
        }
        Refusal::DhcpOptionsInUse { set } => {
            network.vpcs().filter(|vpc| vpc.dhcp_options == Some(*set)).map(|vpc| TaggedId::Vpc(vpc.id)).collect()
        }
        Refusal::CustomerGatewayInUse { gateway } => {
            let ends = network.vpn_connections().filter(|connection| connection.customer_gateway == *gateway);
            ends.map(|connection| TaggedId::VpnConnection(connection.id)).collect()
        }
        Refusal::VpnGatewayInUse { gateway } => {
            let ends = network.vpn_connections().filter(|connection| connection.vpn_gateway == *gateway);
            ends.map(|connection| TaggedId::VpnConnection(connection.id)).collect()
        }
        Refusal::PublicAddressesMapped { vpc } => {
            let mapped = network
                .elastic_ips()
                .filter(|eip| eip.association.and_then(|association| network.eni(association.eni)).is_some_and(|eni| eni.vpc == *vpc));
            let nats = network.nat_gateways().filter(|nat| nat.vpc == *vpc && nat.stands() && nat.public);
            let held =
                |eip: &ElasticIp| network.nat_gateways().any(|nat| nat.eni().is_some() && nat.eni() == eip.association.map(|tie| tie.eni));
            let mapped = mapped.filter(|eip| !held(eip)).map(|eip| TaggedId::ElasticIp(eip.allocation));
            nats.map(|nat| TaggedId::NatGateway(nat.id)).chain(mapped).collect()
        }
        Refusal::PeeringExists { peering } => vec![TaggedId::Peering(*peering)],
        _ => return None,
    }))
}

fn in_vpc(network: &Network, vpc: VpcId) -> Vec<TaggedId> {
    let Some(own) = network.vpc(vpc) else { return Vec::new() };
    let subnets = network.subnets_of_vpc(vpc).map(|subnet| TaggedId::Subnet(subnet.id));
    let gateway = network.internet_gateway_of(vpc).map(|gateway| TaggedId::InternetGateway(gateway.id));
    let groups = network.groups().filter(|group| group.vpc == vpc && group.id != own.default_group).map(|group| TaggedId::Group(group.id));
    let tables = network.route_tables().filter(|table| table.vpc == vpc && table.id != own.main_route_table);
    let acls = network.acls().filter(|acl| acl.vpc == vpc && acl.id != own.default_acl).map(|acl| TaggedId::Acl(acl.id));
    let endpoints = network.endpoints().filter(|endpoint| endpoint.vpc == vpc).map(|endpoint| TaggedId::Endpoint(endpoint.id));
    let peerings = network.peerings_of(vpc).map(|peering| TaggedId::Peering(peering.id));
    let egress = network.egress_only_gateways().filter(|gateway| gateway.vpc == vpc).map(|gateway| TaggedId::EgressOnlyGateway(gateway.id));
    let vpn = network.vpn_gateway_of(vpc).map(|gateway| TaggedId::VpnGateway(gateway.id));
    subnets
        .chain(gateway)
        .chain(vpn)
        .chain(egress)
        .chain(groups)
        .chain(tables.map(|table| TaggedId::RouteTable(table.id)))
        .chain(acls)
        .chain(endpoints)
        .chain(peerings)
        .collect()
}

fn rest(refusal: &Refusal, network: &Network) -> Remedy {
    match refusal {
        Refusal::SubnetRange { vpc, .. } => Remedy::BlockIn { blocks: blocks_of(network, *vpc), taken: taken_in(network, *vpc) },
        Refusal::SubnetConflict { other, .. } => match network.subnet(*other) {
            Some(other) => Remedy::BlockIn { blocks: blocks_of(network, other.vpc), taken: taken_in(network, other.vpc) },
            None => Remedy::None,
        },
        Refusal::BlockLimit { limit, .. } => Remedy::AtMost(*limit),
        Refusal::VpcRange { .. } => Remedy::BlockIn { blocks: Vec::new(), taken: Vec::new() },
        Refusal::UnknownZone { .. } => Remedy::Zones(network.zones().to_vec()),
        Refusal::GroupsPerEniLimit { limit, .. }
        | Refusal::VpcLimit { limit }
        | Refusal::SubnetLimit { limit }
        | Refusal::EniLimit { limit }
        | Refusal::GroupLimit { limit }
        | Refusal::RuleLimit { limit, .. }
        | Refusal::PrefixListLimit { limit }
        | Refusal::PrefixListFull { limit }
        | Refusal::TooManyEntries { limit }
        | Refusal::AclLimit { limit }
        | Refusal::AclEntryLimit { limit, .. }
        | Refusal::RouteLimit { limit, .. }
        | Refusal::RouteTableLimit { limit }
        | Refusal::InternetGatewayLimit { limit }
        | Refusal::PeeringLimit { limit }
        | Refusal::EndpointLimit { limit }
        | Refusal::FlowLogLimit { limit }
        | Refusal::EgressOnlyGatewayLimit { limit }
        | Refusal::VpnGatewayLimit { limit }
        | Refusal::CustomerGatewayLimit { limit }
        | Refusal::VpnConnectionLimit { limit }
        | Refusal::NatGatewayLimit { limit, .. }
        | Refusal::NatAddressLimit { limit } => Remedy::AtMost(*limit),
        Refusal::NatGatewayNotReady { state: "pending", .. } => Remedy::Wait,
        Refusal::AclEntryExists { .. } | Refusal::RouteExists { .. } => Remedy::UseReplace(true),
        Refusal::AclEntryNotFound { .. } | Refusal::NoRouteToReplace { .. } => Remedy::UseReplace(false),
        Refusal::PeeringNotPending { state, .. } | Refusal::PeeringNotActive { state, .. }
            if matches!(*state, "initiating-request" | "provisioning") =>
        {
            Remedy::Wait
        }
        Refusal::RuleDuplicate { .. } | Refusal::FlowLogExists { .. } => Remedy::AlreadySo,
        Refusal::VpcHasGateway { vpc, gateway } | Refusal::GatewayAttached { gateway, vpc } => Remedy::DetachGateway(*gateway, *vpc),
        Refusal::GatewayInUse { gateway } => match network.internet_gateway(*gateway).and_then(|gateway| gateway.vpc) {
            Some(vpc) => Remedy::DetachGateway(*gateway, vpc),
            None => Remedy::None,
        },
        _ => Remedy::None,
    }
}

fn blocks_of(network: &Network, vpc: VpcId) -> Vec<Ipv4Net> {
    network.vpc(vpc).into_iter().flat_map(|vpc| vpc.cidrs.iter().map(|block| block.cidr)).collect()
}

fn taken_in(network: &Network, vpc: VpcId) -> Vec<Ipv4Net> {
    network.subnets_of_vpc(vpc).map(|subnet| subnet.cidr).collect()
}
