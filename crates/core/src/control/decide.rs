//! The one way to change a network: from an act to a refusal or to the events that will happen.

use super::command::Command;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::{
    account, acl, address, alarm, attachment, block, dhcp_options, edge, elastic_ip, endpoint, eni, fault, file_system, flow_log, function,
    gateway, group, group_rules, hosted_zone, instance, ipv6, key_pair, launch, load_balancer, log_group, nat_gateway, peering,
    prefix_list, propagation, quota, reservation, route, service, spot, tags, transit, vpc, vpn,
};
use crate::model::event::Event;
use crate::model::network::Network;
use crate::time::Instant;

/// What an accepted act brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What happens at once, in order.
    pub events: Vec<Event>,
    /// What the caller is told.
    pub reply: Reply,
}

/// Decides an act. The network does not change, and no id is used up, until somebody applies the events; so a dry run is the same call with
/// its result thrown away.
///
/// # Errors
///
/// The refusal that AWS would give. Shapes are looked at first, then whether things exist, whose they are, their state, their places, and
/// limits last (`X2`). An act on several things is done as a whole or not at all.
pub fn decide(network: &Network, command: &Command, now: Instant) -> Result<Decision, Refusal> {
    let mut draft = Draft::new(network, now);
    let reply = dispatch(&mut draft, command)?;
    Ok(Decision { events: draft.events, reply })
}

/// One line for each act. It is a table, so it stays one function however long it grows; an act without a line does not compile.
fn dispatch(draft: &mut Draft, command: &Command) -> Result<Reply, Refusal> {
    use Command as C;
    match command {
        C::CreateVpc { cidr, amazon_ipv6, tags } => vpc::create_vpc(draft, *cidr, *amazon_ipv6, tags),
        C::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => vpc::modify_vpc(draft, *vpc, *dns_support, *dns_hostnames),
        C::CreateDefaultVpc => account::create_default_vpc(draft),
        C::CreateDefaultSubnet(zone) => account::create_default_subnet(draft, zone),
        C::DeleteVpc(vpc) => vpc::delete_vpc(draft, *vpc),
        C::CreateDhcpOptions(request) => dhcp_options::create(draft, request),
        C::DeleteDhcpOptions(id) => dhcp_options::delete(draft, *id),
        C::AssociateDhcpOptions(vpc, set) => dhcp_options::associate(draft, *vpc, *set),
        C::CreateSubnet(request) => vpc::create_subnet(draft, request),
        C::ModifySubnetAttribute(subnet, attributes) => block::modify_subnet(draft, *subnet, attributes),
        C::AssociateVpcCidrBlock(vpc, new) => block::associate_vpc(draft, *vpc, new),
        C::DisassociateVpcCidrBlock(association) => block::disassociate_vpc(draft, *association),
        C::AssociateSubnetCidrBlock(subnet, cidr) => block::associate_subnet(draft, *subnet, *cidr),
        C::DisassociateSubnetCidrBlock(association) => block::disassociate_subnet(draft, *association),
        C::DeleteSubnet(subnet) => vpc::delete_subnet(draft, *subnet),
        C::CreateSubnetReservation(request) => reservation::create(draft, request),
        C::DeleteSubnetReservation(id) => reservation::delete(draft, *id),
        C::CreateHostedZone(request) => hosted_zone::create(draft, request),
        C::DeleteHostedZone(id) => hosted_zone::delete(draft, *id),
        C::UpdateHostedZoneComment(id, comment) => hosted_zone::comment(draft, *id, comment),
        C::AssociateHostedZone(request) => hosted_zone::associate(draft, request),
        C::DisassociateHostedZone(request) => hosted_zone::disassociate(draft, request),
        C::ChangeRecordSets(request) => hosted_zone::change(draft, request),
        C::RunInstances(request) | C::RequestSpotInstances(request) => launch::run_instances(draft, request),
        C::CancelSpotInstanceRequests(ids) => spot::cancel(draft, ids),
        C::StartInstances(ids) => instance::start(draft, ids),
        C::StopInstances(ids) => instance::stop(draft, ids),
        C::HibernateInstances(ids) => instance::hibernate(draft, ids),
        C::RebootInstances(ids) => instance::reboot(draft, ids),
        C::MonitorInstances(ids, on) => instance::monitor(draft, ids, *on),
        C::TerminateInstances(ids) => instance::terminate(draft, ids),
        C::ModifyInstanceAttribute(id, attribute) => instance::modify(draft, *id, attribute),
        C::TellSpotInstance(id) => spot::tell(draft, *id),
        C::SetFault(id, broken) => fault::set(draft, *id, *broken),
        C::ConfigureGuest(id, guest) => instance::configure_guest(draft, *id, guest),
        C::ShutDownGuest(id) => instance::shut_down_guest(draft, *id),
        C::CreateNetworkInterface(request) => eni::create(draft, request),
        C::DeleteNetworkInterface(eni) => eni::delete(draft, *eni),
        C::AttachNetworkInterface { eni, instance, device_index, network_card } => {
            attachment::attach(draft, *eni, *instance, *device_index, *network_card)
        }
        C::DetachNetworkInterface { attachment, force } => attachment::detach(draft, *attachment, *force),
        C::ModifyNetworkInterfaceAttribute(eni, attributes) => eni::modify(draft, *eni, attributes),
        C::ResetNetworkInterfaceAttribute(eni) => eni::reset(draft, *eni),
        C::AssignPrivateIpAddresses(request) => address::assign(draft, request),
        C::UnassignPrivateIpAddresses(request) => address::unassign(draft, request),
        C::AssignIpv6Addresses(request) => ipv6::assign(draft, request),
        C::UnassignIpv6Addresses(request) => ipv6::unassign(draft, request),
        C::AllocateAddress { address, border_group, tags } => elastic_ip::allocate(draft, *address, border_group.as_deref(), tags),
        C::AssociateAddress { allocation, eni, instance, private_ip, allow_reassociation } => {
            elastic_ip::associate(draft, *allocation, (*eni, *instance), *private_ip, *allow_reassociation)
        }
        C::DisassociateAddress(association) => elastic_ip::disassociate(draft, *association),
        C::ReleaseAddress(allocation) => elastic_ip::release(draft, *allocation),
        C::CreateSecurityGroup { name, description, vpc, tags } => group::create(draft, name, description, *vpc, tags),
        C::DeleteSecurityGroup(group) => group::delete(draft, *group),
        C::AuthorizeSecurityGroup { group, direction, permissions } => group::authorize(draft, *group, *direction, permissions),
        C::RevokeSecurityGroup { group, direction, permissions, rules } => group::revoke(draft, *group, *direction, permissions, rules),
        C::ModifySecurityGroupRules(request) => group_rules::modify(draft, request),
        C::UpdateSecurityGroupRuleDescriptions(request) => group_rules::describe(draft, request),
        C::CreateManagedPrefixList(request) => prefix_list::create(draft, request),
        C::ModifyManagedPrefixList(request) => prefix_list::modify(draft, request),
        C::RestoreManagedPrefixListVersion(request) => prefix_list::restore(draft, request),
        C::DeleteManagedPrefixList(list) => prefix_list::delete(draft, *list),
        C::CreateNetworkAcl { vpc, tags } => acl::create(draft, *vpc, tags),
        C::DeleteNetworkAcl(acl) => acl::delete(draft, *acl),
        C::SetNetworkAclEntry { acl, direction, number, entry, replace } => {
            acl::set_entry(draft, *acl, *direction, *number, (entry, *replace))
        }
        C::DeleteNetworkAclEntry { acl, direction, number } => acl::delete_entry(draft, *acl, *direction, *number),
        C::ReplaceNetworkAclAssociation { association, acl } => acl::replace_association(draft, *association, *acl),
        C::CreateRouteTable { vpc, tags } => route::create_table(draft, *vpc, tags),
        C::DeleteRouteTable(table) => route::delete_table(draft, *table),
        C::SetRoute { table, destination, targets, replace } => route::set_route(draft, *table, *destination, targets, *replace),
        C::DeleteRoute { table, destination } => route::delete_route(draft, *table, *destination),
        C::AssociateRouteTable { table, subnet } => route::associate(draft, *table, *subnet),
        C::AssociateGatewayRouteTable { table, gateway } => edge::associate(draft, *table, *gateway),
        C::DisassociateRouteTable(association) => route::disassociate(draft, *association),
        C::ReplaceRouteTableAssociation { association, table } => route::replace_association(draft, *association, *table),
        C::CreateInternetGateway { tags } => gateway::create(draft, tags),
        C::AttachInternetGateway { gateway, vpc } => gateway::attach(draft, *gateway, *vpc),
        C::DetachInternetGateway { gateway, vpc } => gateway::detach(draft, *gateway, *vpc),
        C::DeleteInternetGateway(gateway) => gateway::delete(draft, *gateway),
        C::CreateVpcEndpoint(request) => endpoint::create(draft, request),
        C::ModifyVpcEndpoint(request) => endpoint::modify(draft, request),
        C::DeleteVpcEndpoints(ids) => endpoint::delete(draft, ids),
        C::Balance(act) => load_balancer::act(draft, act),
        C::ServiceTakes(request) => service::takes(draft, request),
        C::ServiceLeaves(eni) => service::leaves(draft, *eni),
        C::CreateKeyPair(request) => key_pair::create(draft, request),
        C::ImportKeyPair(request) => key_pair::import(draft, request),
        C::DeleteKeyPair(which) => key_pair::delete(draft, which),
        C::Lambda(act) => function::act(draft, act),
        C::Efs(act) => file_system::act(draft, act),
        C::Alarm(act) => alarm::act(draft, act),
        C::Logs(act) => log_group::act(draft, act),
        C::CreateFlowLogs(request) => flow_log::create(draft, request),
        C::DeleteFlowLogs(ids) => flow_log::delete(draft, ids),
        C::CreateVpcPeeringConnection(request) => peering::create(draft, request),
        C::AcceptVpcPeeringConnection(peering) => peering::accept(draft, *peering),
        C::RejectVpcPeeringConnection(peering) => peering::reject(draft, *peering),
        C::DeleteVpcPeeringConnection(peering) => peering::delete(draft, *peering),
        C::ModifyVpcPeeringConnectionOptions(request) => peering::modify_options(draft, request),
        C::Transit(act) => transit::act(draft, act),
        C::CreateEgressOnlyInternetGateway { vpc, tags } => gateway::create_egress_only(draft, *vpc, tags),
        C::DeleteEgressOnlyInternetGateway(gateway) => gateway::delete_egress_only(draft, *gateway),
        C::CreateVpnGateway { amazon_side_asn, tags } => vpn::create_gateway(draft, *amazon_side_asn, tags),
        C::AttachVpnGateway { gateway, vpc } => vpn::attach(draft, *gateway, *vpc),
        C::DetachVpnGateway { gateway, vpc } => vpn::detach(draft, *gateway, *vpc),
        C::DeleteVpnGateway(gateway) => vpn::delete_gateway(draft, *gateway),
        C::SetVgwRoutePropagation { table, gateway, on } => propagation::set(draft, *table, *gateway, *on),
        C::CreateCustomerGateway(request) => vpn::create_customer_gateway(draft, request),
        C::DeleteCustomerGateway(gateway) => vpn::delete_customer_gateway(draft, *gateway),
        C::CreateVpnConnection(request) => vpn::create_connection(draft, request),
        C::DeleteVpnConnection(connection) => vpn::delete_connection(draft, *connection),
        C::SetVpnConnectionRoute { connection, destination, there } => vpn::set_route(draft, *connection, *destination, *there),
        C::CreateNatGateway(request) => nat_gateway::create(draft, request),
        C::DeleteNatGateway(gateway) => nat_gateway::delete(draft, *gateway),
        C::AssignPrivateNatGatewayAddress(request) => nat_gateway::assign(draft, request),
        C::UnassignPrivateNatGatewayAddress(gateway, addresses) => nat_gateway::unassign(draft, *gateway, addresses),
        C::AssociateNatGatewayAddress(request) => nat_gateway::associate(draft, request),
        C::DisassociateNatGatewayAddress(gateway, associations) => nat_gateway::disassociate(draft, *gateway, associations),
        C::RequestServiceQuotaIncrease { quota, value } => quota::request(draft, *quota, *value),
        C::CreateTags { resources, tags } => tags::create(draft, resources, tags),
        C::DeleteTags { resources, tags } => tags::delete(draft, resources, tags),
    }
}
