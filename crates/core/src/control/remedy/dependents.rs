//! What must go before something can be deleted, or taken off.

use super::kind::Remedy;
use crate::control::error::Refusal;
use crate::id::VpcId;
use crate::model::elastic_ip::ElasticIp;
use crate::model::event::TaggedId;
use crate::model::network::Network;
use crate::model::route_table::RouteTableUser;

/// What must go before something can be deleted.
pub(super) fn dependents(refusal: &Refusal, network: &Network) -> Option<Remedy> {
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
            // Of an endpoint without subnets there is no ENI to be told of.
            let endpoints = network.endpoints_with_group(*group).filter(|endpoint| endpoint.enis().is_empty());
            let endpoints = endpoints.map(|endpoint| TaggedId::Endpoint(endpoint.id));
            members.chain(naming.map(TaggedId::Group)).chain(endpoints).collect()
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
