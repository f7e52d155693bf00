//! What an accepted call answers, in the API's shapes.

use super::express::permission;
use super::shape::network::{ipv4_block, ipv6_block};
use super::shape::{Form, Writer, nat_gateway_address};
use super::text::{Json, Object};
use super::time::Epoch;
use eni_core::addr::IpNet;
use eni_core::control::command::Command;
use eni_core::control::error::Refusal;
use eni_core::control::reply::Reply;
use eni_core::id::{GroupRuleId, InstanceId};
use eni_core::model::instance::InstanceState;
use eni_core::model::network::Network;

/// Writes the answer to an accepted command. `network` is the network after the events were applied; `token` comes back with what it made.
pub fn reply(network: &Network, epoch: Epoch, command: &Command, reply: &Reply, token: Option<&str>) -> Json {
    let writer = Writer::new(network, epoch, Form::Reply);
    let object = Object::new();
    let shown = |name: &str, value: Option<Json>| Object::new().maybe(name, value);
    let object = match reply {
        Reply::Nothing => nothing(command),
        Reply::Vpc(id) => shown("Vpc", network.vpc(*id).map(|vpc| writer.vpc(vpc))),
        Reply::VpcBlock(vpc, id) => {
            let found = network.vpc(*vpc);
            let ipv4 = found.and_then(|vpc| vpc.cidrs.iter().find(|block| block.association == *id));
            let ipv6 = found.and_then(|vpc| vpc.ipv6_cidrs.iter().find(|block| block.association == *id));
            object
                .text("VpcId", vpc)
                .maybe("CidrBlockAssociation", ipv4.map(|block| ipv4_block(*id, block.cidr, "associating")))
                .maybe("Ipv6CidrBlockAssociation", ipv6.map(|block| writer.vpc_ipv6(*id, block.cidr, "associating")))
        }
        Reply::VpcBlockGone(vpc, id, block) => {
            let object = object.text("VpcId", vpc);
            match block {
                IpNet::V4(cidr) => object.with("CidrBlockAssociation", ipv4_block(*id, cidr, "disassociating")),
                IpNet::V6(cidr) => object.with("Ipv6CidrBlockAssociation", writer.vpc_ipv6(*id, cidr, "disassociating")),
            }
        }
        Reply::SubnetBlock(subnet, id, cidr) => {
            let state = if matches!(command, Command::AssociateSubnetCidrBlock(..)) { "associating" } else { "disassociating" };
            object.text("SubnetId", subnet).with("Ipv6CidrBlockAssociation", ipv6_block(*id, cidr, state))
        }
        Reply::Subnet(id) => shown("Subnet", network.subnet(*id).map(|subnet| writer.subnet(subnet))),
        Reply::Eni(id) => shown("NetworkInterface", network.eni(*id).map(|eni| writer.interface(eni))),
        Reply::Attachment(id, card) => object.text("AttachmentId", id).with("NetworkCardIndex", *card),
        Reply::Assigned(addresses, prefixes) => {
            let eni = match command {
                Command::AssignPrivateIpAddresses(wanted) => Some(wanted.eni),
                _ => None,
            };
            let list: Vec<Json> = addresses.iter().map(|ip| Object::new().text("PrivateIpAddress", ip).into()).collect();
            let prefixes: Vec<Json> = prefixes.iter().map(|prefix| Object::new().text("Ipv4Prefix", prefix).into()).collect();
            object
                .maybe_text("NetworkInterfaceId", eni)
                .maybe("AssignedPrivateIpAddresses", (!list.is_empty()).then_some(list))
                .maybe("AssignedIpv4Prefixes", (!prefixes.is_empty()).then_some(prefixes))
        }
        Reply::Ipv6(eni, addresses, prefixes) => {
            let gone = matches!(command, Command::UnassignIpv6Addresses(_));
            let (ips, blocks) = match gone {
                true => ("UnassignedIpv6Addresses", "UnassignedIpv6Prefixes"),
                false => ("AssignedIpv6Addresses", "AssignedIpv6Prefixes"),
            };
            object.text("NetworkInterfaceId", eni).texts(ips, addresses).texts(blocks, prefixes)
        }
        Reply::Instances { reservation, instances } => {
            let list = instances.iter().filter_map(|id| network.instance(*id)).map(|instance| writer.instance(instance));
            let launch = object.text("ReservationId", reservation).text("OwnerId", network.account()).list("Instances", list);
            return launch.into();
        }
        Reply::StateChanges(changes) => object.list(changes_name(command), changes.iter().map(state_change)),
        Reply::Allocation(id) => {
            let ip = network.elastic_ip(*id).map(|eip| eip.ip);
            let object = object.text("AllocationId", id).maybe_text("PublicIp", ip).with("Domain", "vpc");
            object.with("PublicIpv4Pool", "amazon").with("NetworkBorderGroup", network.region())
        }
        Reply::Association(id) => object.text("AssociationId", id),
        Reply::Group(id) => {
            let arn = format!("arn:aws:ec2:{}:{}:security-group/{id}", network.region(), network.account());
            object.text("GroupId", id).with("SecurityGroupArn", arn)
        }
        Reply::Rules(rules) => object.with("Return", true).with("SecurityGroupRules", rules_of(writer, command, rules)),
        Reply::Revoked { group, rules, unknown } => {
            let gone: Vec<Json> = rules.iter().map(|rule| writer.revoked_rule(*group, rule)).collect();
            let unknown: Vec<Json> = unknown.iter().map(|unknown| permission(unknown).into()).collect();
            let object = object.with("Return", true).with("RevokedSecurityGroupRules", gone);
            object.maybe("UnknownIpPermissions", (!unknown.is_empty()).then_some(unknown))
        }
        Reply::PrefixList(id) => shown("PrefixList", network.prefix_list(*id).map(|list| writer.prefix_list(list))),
        Reply::Acl(id) => shown("NetworkAcl", network.acl(*id).map(|acl| writer.network_acl(acl))),
        Reply::AclAssociation(id) => object.text("NewAssociationId", id),
        Reply::RouteTable(id) => shown("RouteTable", network.route_table(*id).map(|table| writer.route_table(table))),
        Reply::RouteTableAssociation(id) => {
            let name = if matches!(command, Command::ReplaceRouteTableAssociation { .. }) { "NewAssociationId" } else { "AssociationId" };
            object.text(name, id).with("AssociationState", Object::new().with("State", "associated"))
        }
        Reply::InternetGateway(id) => {
            shown("InternetGateway", network.internet_gateway(*id).map(|gateway| writer.internet_gateway(gateway)))
        }
        Reply::EgressOnlyGateway(id) => {
            let gateway = network.egress_only_gateway(*id).map(|gateway| writer.egress_only_gateway(gateway));
            shown("EgressOnlyInternetGateway", gateway)
        }
        Reply::VpnGateway(id) => shown("VpnGateway", network.vpn_gateway(*id).map(|gateway| writer.vpn_gateway(gateway))),
        Reply::CustomerGateway(id) => {
            let gateway = network.customer_gateway(*id).map(|gateway| writer.customer_gateway(gateway));
            shown("CustomerGateway", gateway)
        }
        Reply::VpnConnection(id) => {
            let connection = network.vpn_connection(*id).map(|connection| writer.vpn_connection(connection));
            shown("VpnConnection", connection)
        }
        Reply::NatGateway(id) => shown("NatGateway", network.nat_gateway(*id).map(|gateway| writer.nat_gateway(gateway))),
        Reply::NatGatewayAddresses(id, addresses) => {
            let list = addresses.iter().map(|address| nat_gateway_address(address, false));
            object.text("NatGatewayId", id).list("NatGatewayAddresses", list)
        }
        Reply::Reservation(id) => {
            let made = network.reservation(*id).map(|reservation| writer.reservation(reservation));
            shown("SubnetCidrReservation", made)
        }
        Reply::ReservationGone(gone) => shown("DeletedSubnetCidrReservation", Some(writer.reservation(gone))),
        Reply::Endpoint(id) => shown("VpcEndpoint", network.endpoint(*id).map(|endpoint| writer.endpoint(endpoint))),
        Reply::Unsuccessful(list) => object.list("Unsuccessful", list.iter().map(unsuccessful)),
        Reply::FlowLogs(made, list) => {
            let object = object.list("FlowLogIds", made.iter().map(|id| id.to_string().into()));
            object.list("Unsuccessful", list.iter().map(unsuccessful))
        }
        Reply::Peering(id) => match command {
            Command::ModifyVpcPeeringConnectionOptions(asked) => {
                let options = |on: bool| Object::new().with("AllowDnsResolutionFromRemoteVpc", on);
                let object = object.maybe("AccepterPeeringConnectionOptions", asked.accepter.map(options));
                object.maybe("RequesterPeeringConnectionOptions", asked.requester.map(options))
            }
            _ => {
                let peering = network.peering(*id).map(|peering| writer.peering(peering));
                shown("VpcPeeringConnection", peering)
            }
        },
    };
    object.maybe("ClientToken", token).into()
}

/// What could not be done of several things, and why.
fn unsuccessful((resource, refusal): &(String, Refusal)) -> Json {
    let error = Object::new().with("Code", refusal.code()).with("Message", refusal.message());
    Object::new().with("ResourceId", resource.as_str()).with("Error", error).into()
}

/// The answer of calls that only say yes.
fn nothing(command: &Command) -> Object {
    match command {
        Command::DeleteSecurityGroup(group) => Object::new().with("Return", true).text("GroupId", group),
        Command::AttachVpnGateway { vpc, .. } => {
            Object::new().with("VpcAttachment", Object::new().text("VpcId", vpc).with("State", "attached"))
        }
        Command::DeleteEgressOnlyInternetGateway(_) => Object::new().with("ReturnCode", true),
        Command::DeleteNatGateway(gateway) => Object::new().text("NatGatewayId", gateway),
        Command::SetRoute { replace: false, .. }
        | Command::ModifySecurityGroupRules(_)
        | Command::UpdateSecurityGroupRuleDescriptions(_)
        | Command::ModifyVpcEndpoint(_)
        | Command::RejectVpcPeeringConnection(_)
        | Command::DeleteVpcPeeringConnection(_) => Object::new().with("Return", true),
        _ => Object::new(),
    }
}

fn changes_name(command: &Command) -> &'static str {
    match command {
        Command::StartInstances(_) => "StartingInstances",
        Command::StopInstances(_) | Command::HibernateInstances(_) => "StoppingInstances",
        _ => "TerminatingInstances",
    }
}

fn state_change(change: &(InstanceId, InstanceState, InstanceState)) -> Json {
    let (id, previous, current) = change;
    let state = |state: &InstanceState| Object::new().with("Code", state.code()).with("Name", state.as_str());
    Object::new().text("InstanceId", id).with("CurrentState", state(current)).with("PreviousState", state(previous)).into()
}

/// The rules that a command added to a group.
fn rules_of(writer: Writer<'_>, command: &Command, rules: &[GroupRuleId]) -> Vec<Json> {
    let Command::AuthorizeSecurityGroup { group, .. } = command else { return Vec::new() };
    let Some(found) = writer.network.group(*group) else { return Vec::new() };
    let added = found.rules.iter().filter(|rule| rules.contains(&rule.id));
    added.map(|rule| writer.group_rule(*group, rule)).collect()
}
