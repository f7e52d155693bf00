//! What would have been accepted instead of a refused act. Words and buttons are made from it elsewhere.

mod dependents;
mod interface;
mod kind;

pub use kind::Remedy;

use super::error::Refusal;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net};
use crate::id::*;
use crate::model::network::Network;
use dependents::dependents;
use interface::{enis, instances};

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
        Refusal::TransitAttachmentNotFound { .. } => TransitAttachmentId::PREFIX,
        Refusal::TransitTableNotFound { .. } => TransitTableId::PREFIX,
        Refusal::VpcNotFound { .. } | Refusal::NoDefaultVpc {} => VpcId::PREFIX,
        Refusal::CustomerGatewayNotFound { .. } => CustomerGatewayId::PREFIX,
        Refusal::VpnConnectionNotFound { .. } => VpnConnectionId::PREFIX,
        Refusal::VpnGatewayNotFound { .. } => VpnGatewayId::PREFIX,
        _ => return None,
    }))
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
        | Refusal::TransitGatewayLimit { limit }
        | Refusal::EgressOnlyGatewayLimit { limit }
        | Refusal::VpnGatewayLimit { limit }
        | Refusal::CustomerGatewayLimit { limit }
        | Refusal::VpnConnectionLimit { limit }
        | Refusal::NatGatewayLimit { limit, .. }
        | Refusal::NatAddressLimit { limit } => Remedy::AtMost(*limit),
        Refusal::NatGatewayNotReady { state: "pending", .. } | Refusal::TransitNotAvailable { state: "pending", .. } => Remedy::Wait,
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
