//! From a typed command back to AWS's action and parameters: remedies, menus and drags say what they do in the words that one could type.

use super::object::Object;
use super::traffic::{acl_protocol, icmp_numbers, write_permission};
use eni_core::addr::{Direction, IpNet, Traffic};
use eni_core::control::command::{AttachmentKey, Command, EdgeGateway, EniAttribute, InstanceAttribute, Permission, RouteTargetInput};
use eni_core::model::Tags;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::event::TaggedId;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::time::Duration;
use serde_json::{Map, Value};

mod addressing;
mod alarm;
mod block;
mod endpoint;
mod flow_log;
mod function;
mod gateway;
mod hosted_zone;
mod key_pair;
mod launch;
mod load_balancer;
mod log_group;
mod nat_gateway;
mod peering;
mod prefix_list;
mod quota;
mod rules;
mod transit;

pub(crate) use alarm::put as put_alarm;
pub(crate) use launch::metadata_options;

/// An action's name and parameters.
type Call = (&'static str, Object);

/// The call that asks for a command; nothing for a guest's configuration, which is no call of AWS.
pub fn express(command: &Command) -> Option<(&'static str, Map<String, Value>)> {
    let (action, parameters) = call(command)?;
    Some((action, parameters.map()))
}

fn call(command: &Command) -> Option<Call> {
    let object = Object::new;
    Some(match command {
        Command::CreateVpc { cidr, amazon_ipv6, tags } => {
            let object = object().text("CidrBlock", cidr).maybe("AmazonProvidedIpv6CidrBlock", amazon_ipv6.then_some(true));
            ("CreateVpc", tagged(object, "vpc", tags))
        }
        Command::ModifyVpcAttribute { vpc, dns_support, dns_hostnames } => {
            let object = object().text("VpcId", vpc).maybe("EnableDnsSupport", dns_support.map(wrapped));
            ("ModifyVpcAttribute", object.maybe("EnableDnsHostnames", dns_hostnames.map(wrapped)))
        }
        Command::CreateDefaultVpc => ("CreateDefaultVpc", object()),
        Command::CreateDefaultSubnet(zone) => ("CreateDefaultSubnet", object().text("AvailabilityZone", zone)),
        Command::DeleteVpc(vpc) => ("DeleteVpc", object().text("VpcId", vpc)),
        Command::CreateSubnet(_)
        | Command::ModifySubnetAttribute(..)
        | Command::AssociateVpcCidrBlock(..)
        | Command::DisassociateVpcCidrBlock(_)
        | Command::AssociateSubnetCidrBlock(..)
        | Command::DisassociateSubnetCidrBlock(_) => return block::call(command),
        Command::DeleteSubnet(subnet) => ("DeleteSubnet", object().text("SubnetId", subnet)),
        Command::RunInstances(_)
        | Command::RequestSpotInstances(_)
        | Command::CancelSpotInstanceRequests(_)
        | Command::StartInstances(_)
        | Command::StopInstances(_)
        | Command::HibernateInstances(_)
        | Command::RebootInstances(_)
        | Command::MonitorInstances(..)
        | Command::TerminateInstances(_)
        | Command::ModifyInstanceAttribute(..) => return instance_call(command),
        Command::SetFault(..) | Command::ConfigureGuest(..) | Command::ShutDownGuest(_) | Command::TellSpotInstance(_) => return None,
        Command::ServiceTakes(_) | Command::ServiceLeaves(_) => return None,
        Command::Lambda(act) => return function::lambda(act),
        Command::Efs(act) => function::efs(act),
        Command::CreateTags { resources, tags } => {
            let list = tag_list(tags.iter().map(|(key, value)| (key, Some(value))));
            ("CreateTags", object().with("Resources", resource_list(resources)).with("Tags", list))
        }
        Command::DeleteTags { resources, tags } => {
            let list = tag_list(tags.iter().map(|(key, value)| (key, value.as_ref())));
            ("DeleteTags", object().with("Resources", resource_list(resources)).with("Tags", list))
        }
        _ => {
            return interface_call(command)
                .or_else(|| group_call(command))
                .or_else(|| prefix_list::call(command))
                .or_else(|| quota::call(command))
                .or_else(|| acl_call(command))
                .or_else(|| route_call(command))
                .or_else(|| peering::call(command))
                .or_else(|| gateway::call(command))
                .or_else(|| transit::call(command))
                .or_else(|| nat_gateway::call(command))
                .or_else(|| endpoint::call(command))
                .or_else(|| load_balancer::call(command))
                .or_else(|| key_pair::call(command))
                .or_else(|| flow_log::call(command));
        }
    })
}

fn instance_call(command: &Command) -> Option<Call> {
    let of = |ids| Object::new().texts("InstanceIds", ids);
    Some(match command {
        Command::RunInstances(launch) => ("RunInstances", launch::parameters(launch)),
        Command::RequestSpotInstances(launch) => ("RequestSpotInstances", launch::spot_parameters(launch)),
        Command::CancelSpotInstanceRequests(ids) => ("CancelSpotInstanceRequests", Object::new().texts("SpotInstanceRequestIds", ids)),
        Command::StartInstances(ids) => ("StartInstances", of(ids)),
        Command::StopInstances(ids) => ("StopInstances", of(ids)),
        Command::HibernateInstances(ids) => ("StopInstances", of(ids).with("Hibernate", true)),
        Command::RebootInstances(ids) => ("RebootInstances", of(ids)),
        Command::MonitorInstances(ids, on) => (if *on { "MonitorInstances" } else { "UnmonitorInstances" }, of(ids)),
        Command::TerminateInstances(ids) => ("TerminateInstances", of(ids)),
        Command::ModifyInstanceAttribute(id, InstanceAttribute::Metadata(change)) => {
            ("ModifyInstanceMetadataOptions", launch::metadata(Object::new().text("InstanceId", id), *change))
        }
        Command::ModifyInstanceAttribute(id, attribute) => {
            let object = Object::new().text("InstanceId", id);
            let object = match attribute {
                InstanceAttribute::SourceDestCheck(on) => object.with("SourceDestCheck", wrapped(*on)),
                InstanceAttribute::Groups(groups) => object.texts("Groups", groups),
                InstanceAttribute::InstanceType(new) => object.with("InstanceType", wrapped(new.name())),
                InstanceAttribute::DisableApiTermination(on) => object.with("DisableApiTermination", wrapped(*on)),
                InstanceAttribute::DisableApiStop(on) => object.with("DisableApiStop", wrapped(*on)),
                InstanceAttribute::Metadata(_) => object,
                InstanceAttribute::UserData(data) => object.with("UserData", wrapped(&**data)),
                InstanceAttribute::EbsOptimized(on) => object.with("EbsOptimized", wrapped(*on)),
                InstanceAttribute::Unkept => return None,
                InstanceAttribute::ShutdownBehavior(behavior) => {
                    object.with("InstanceInitiatedShutdownBehavior", wrapped(behavior.as_str()))
                }
            };
            ("ModifyInstanceAttribute", object)
        }
        _ => return None,
    })
}

fn interface_call(command: &Command) -> Option<Call> {
    let of = |eni| Object::new().text("NetworkInterfaceId", eni);
    Some(match command {
        Command::CreateNetworkInterface(wanted) => ("CreateNetworkInterface", launch::interface_parameters(wanted)),
        Command::DeleteNetworkInterface(eni) => ("DeleteNetworkInterface", of(eni)),
        Command::AttachNetworkInterface { eni, instance, device_index, network_card } => {
            let card = (*network_card != 0).then_some(*network_card);
            let object = of(eni).text("InstanceId", instance).with("DeviceIndex", *device_index);
            ("AttachNetworkInterface", object.maybe("NetworkCardIndex", card))
        }
        Command::DetachNetworkInterface { attachment, force } => {
            let object = match attachment {
                AttachmentKey::Eni(id) => Object::new().text("AttachmentId", id),
                AttachmentKey::Service(id) => Object::new().text("AttachmentId", id),
            };
            ("DetachNetworkInterface", object.maybe("Force", force.then_some(true)))
        }
        Command::ModifyNetworkInterfaceAttribute(eni, attributes) => {
            ("ModifyNetworkInterfaceAttribute", attributes.iter().fold(of(eni), attribute))
        }
        Command::ResetNetworkInterfaceAttribute(eni) => ("ResetNetworkInterfaceAttribute", of(eni).text("SourceDestCheck", "true")),
        Command::AssignPrivateIpAddresses(_)
        | Command::UnassignPrivateIpAddresses(_)
        | Command::AssignIpv6Addresses(_)
        | Command::UnassignIpv6Addresses(_)
        | Command::CreateDhcpOptions(_)
        | Command::DeleteDhcpOptions(_)
        | Command::AssociateDhcpOptions(..)
        | Command::CreateSubnetReservation(_)
        | Command::DeleteSubnetReservation(_) => return addressing::call(command),
        Command::Logs(act) => return Some(log_group::call(act)),
        Command::Alarm(act) => return Some(alarm::call(act)),
        Command::CreateHostedZone(_)
        | Command::DeleteHostedZone(_)
        | Command::UpdateHostedZoneComment(..)
        | Command::AssociateHostedZone(_)
        | Command::DisassociateHostedZone(_)
        | Command::ChangeRecordSets(_) => return hosted_zone::call(command),
        Command::AllocateAddress { address, border_group, tags } => (
            "AllocateAddress",
            tagged(Object::new().maybe_text("Address", *address).maybe("NetworkBorderGroup", border_group.as_deref()), "elastic-ip", tags),
        ),
        Command::AssociateAddress { allocation, eni, instance, private_ip, allow_reassociation } => {
            let object = Object::new().text("AllocationId", allocation).maybe_text("NetworkInterfaceId", *eni);
            let object = object.maybe_text("InstanceId", *instance).maybe_text("PrivateIpAddress", *private_ip);
            ("AssociateAddress", object.maybe("AllowReassociation", *allow_reassociation))
        }
        Command::DisassociateAddress(id) => ("DisassociateAddress", Object::new().text("AssociationId", id)),
        Command::ReleaseAddress(id) => ("ReleaseAddress", Object::new().text("AllocationId", id)),
        _ => return None,
    })
}

/// One attribute of an ENI, added to the parameters.
fn attribute(object: Object, attribute: &EniAttribute) -> Object {
    match attribute {
        EniAttribute::Description(text) => object.with("Description", wrapped(text.as_str())),
        EniAttribute::Groups(groups) => object.list("Groups", groups.iter().map(|group| group.to_string().into())),
        EniAttribute::SourceDestCheck(on) => object.with("SourceDestCheck", wrapped(*on)),
        EniAttribute::DeleteOnTermination(id, on) => {
            let attachment = Object::new().maybe_text("AttachmentId", *id).with("DeleteOnTermination", *on);
            object.with("Attachment", attachment)
        }
        EniAttribute::AssociatePublicIp(on) => object.with("AssociatePublicIpAddress", *on),
        EniAttribute::PrimaryIpv6(on) => object.with("EnablePrimaryIpv6", *on),
        EniAttribute::Tracking(timeouts) => object.with("ConnectionTrackingSpecification", tracking(timeouts)),
    }
}

/// Idle time-outs in seconds; those left at AWS's default are absent.
pub fn tracking(timeouts: &TrackingTimeouts) -> Object {
    let seconds = |span: Option<Duration>| span.map(|span| span.as_millis() / 1_000);
    Object::new()
        .maybe("TcpEstablishedTimeout", seconds(timeouts.tcp_established))
        .maybe("UdpStreamTimeout", seconds(timeouts.udp_stream))
        .maybe("UdpTimeout", seconds(timeouts.udp))
}

fn group_call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateSecurityGroup { name, description, vpc, tags } => {
            let object = Object::new().text("GroupName", name).text("Description", description).maybe_text("VpcId", *vpc);
            ("CreateSecurityGroup", tagged(object, "security-group", tags))
        }
        Command::DeleteSecurityGroup(group) => ("DeleteSecurityGroup", Object::new().text("GroupId", group)),
        Command::AuthorizeSecurityGroup { group, direction, permissions } => {
            let action = match direction {
                Direction::Ingress => "AuthorizeSecurityGroupIngress",
                Direction::Egress => "AuthorizeSecurityGroupEgress",
            };
            let object = Object::new().text("GroupId", group).list("IpPermissions", permissions.iter().map(permission));
            let tags = permissions.first().map(|permission| permission.tags.clone()).unwrap_or_default();
            (action, tagged(object, "security-group-rule", &tags))
        }
        Command::RevokeSecurityGroup { group, direction, permissions, rules } => {
            let action = match direction {
                Direction::Ingress => "RevokeSecurityGroupIngress",
                Direction::Egress => "RevokeSecurityGroupEgress",
            };
            let object = Object::new().text("GroupId", group).texts("SecurityGroupRuleIds", rules);
            let list: Vec<Value> = permissions.iter().map(permission).collect();
            (action, object.maybe("IpPermissions", (!list.is_empty()).then_some(list)))
        }
        Command::ModifySecurityGroupRules(request) => ("ModifySecurityGroupRules", rules::modified(request)),
        Command::UpdateSecurityGroupRuleDescriptions(request) => rules::described(request),
        _ => return None,
    })
}

/// A permission with its one other end.
pub fn permission(permission: &Permission) -> Value {
    let written = write_permission(permission.traffic);
    let object = Object::new().with("IpProtocol", written.protocol).maybe("FromPort", written.from).maybe("ToPort", written.to);
    let one = |name: &str, text: String| {
        let entry = Object::new().with(name, text).filled("Description", &permission.description);
        Value::Array(vec![entry.into()])
    };
    let object = match permission.peer {
        Peer::Ipv4(block) => object.with("IpRanges", one("CidrIp", block.to_string())),
        Peer::Ipv6(block) => object.with("Ipv6Ranges", one("CidrIpv6", block.to_string())),
        Peer::Group(group) => object.with("UserIdGroupPairs", one("GroupId", group.to_string())),
        Peer::PrefixList(list) => object.with("PrefixListIds", one("PrefixListId", list.to_string())),
    };
    object.into()
}

fn acl_call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateNetworkAcl { vpc, tags } => ("CreateNetworkAcl", tagged(Object::new().text("VpcId", vpc), "network-acl", tags)),
        Command::DeleteNetworkAcl(acl) => ("DeleteNetworkAcl", Object::new().text("NetworkAclId", acl)),
        Command::SetNetworkAclEntry { acl, direction, number, entry, replace } => {
            let action = if *replace { "ReplaceNetworkAclEntry" } else { "CreateNetworkAclEntry" };
            (action, acl_entry(*direction, *number, entry).text("NetworkAclId", acl))
        }
        Command::DeleteNetworkAclEntry { acl, direction, number } => {
            let object = Object::new().text("NetworkAclId", acl).with("RuleNumber", *number);
            ("DeleteNetworkAclEntry", object.with("Egress", *direction == Direction::Egress))
        }
        Command::ReplaceNetworkAclAssociation { association, acl } => {
            ("ReplaceNetworkAclAssociation", Object::new().text("AssociationId", association).text("NetworkAclId", acl))
        }
        _ => return None,
    })
}

/// An entry of a network ACL as requests and replies write it.
pub fn acl_entry(direction: Direction, number: i64, entry: &AclEntry) -> Object {
    let object = Object::new()
        .with("Egress", direction == Direction::Egress)
        .with("RuleNumber", number)
        .with("Protocol", acl_protocol(entry.traffic))
        .with("RuleAction", if entry.action == AclAction::Allow { "allow" } else { "deny" });
    let object = match entry.cidr {
        IpNet::V4(block) => object.text("CidrBlock", block),
        IpNet::V6(block) => object.text("Ipv6CidrBlock", block),
    };
    match entry.traffic {
        Traffic::Tcp(ports) | Traffic::Udp(ports) => {
            object.with("PortRange", Object::new().with("From", ports.from()).with("To", ports.to()))
        }
        Traffic::Icmp(icmp) | Traffic::Icmpv6(icmp) => {
            let (kind, code) = icmp_numbers(icmp);
            object.with("IcmpTypeCode", Object::new().with("Type", kind).with("Code", code))
        }
        Traffic::All | Traffic::Other(_) => object,
    }
}

fn route_call(command: &Command) -> Option<Call> {
    let of = |table| Object::new().text("RouteTableId", table);
    Some(match command {
        Command::CreateRouteTable { vpc, tags } => ("CreateRouteTable", tagged(Object::new().text("VpcId", vpc), "route-table", tags)),
        Command::DeleteRouteTable(table) => ("DeleteRouteTable", of(table)),
        Command::SetRoute { table, destination: to, targets, replace } => {
            let action = if *replace { "ReplaceRoute" } else { "CreateRoute" };
            (action, targets.iter().fold(destination(of(table), to), route_input))
        }
        Command::DeleteRoute { table, destination: to } => ("DeleteRoute", destination(of(table), to)),
        Command::AssociateRouteTable { table, subnet } => ("AssociateRouteTable", of(table).text("SubnetId", subnet)),
        Command::AssociateGatewayRouteTable { table, gateway } => {
            let object = of(table);
            let object = match gateway {
                EdgeGateway::Internet(id) => object.text("GatewayId", id),
                EdgeGateway::Vpn(id) => object.text("GatewayId", id),
            };
            ("AssociateRouteTable", object)
        }
        Command::DisassociateRouteTable(id) => ("DisassociateRouteTable", Object::new().text("AssociationId", id)),
        Command::ReplaceRouteTableAssociation { association, table } => {
            ("ReplaceRouteTableAssociation", of(table).text("AssociationId", association))
        }
        Command::CreateInternetGateway { tags } => ("CreateInternetGateway", tagged(Object::new(), "internet-gateway", tags)),
        Command::AttachInternetGateway { gateway, vpc } => {
            ("AttachInternetGateway", Object::new().text("InternetGatewayId", gateway).text("VpcId", vpc))
        }
        Command::DetachInternetGateway { gateway, vpc } => {
            ("DetachInternetGateway", Object::new().text("InternetGatewayId", gateway).text("VpcId", vpc))
        }
        Command::DeleteInternetGateway(id) => ("DeleteInternetGateway", Object::new().text("InternetGatewayId", id)),
        _ => return None,
    })
}

/// A route's destination, added to an object.
pub fn destination(object: Object, destination: &Destination) -> Object {
    match destination {
        Destination::Cidr(IpNet::V4(block)) => object.text("DestinationCidrBlock", block),
        Destination::Cidr(IpNet::V6(block)) => object.text("DestinationIpv6CidrBlock", block),
        Destination::PrefixList(list) => object.text("DestinationPrefixListId", list),
    }
}

fn route_input(object: Object, target: &RouteTargetInput) -> Object {
    match target {
        RouteTargetInput::Instance(id) => object.text("InstanceId", id),
        RouteTargetInput::Target(RouteTarget::Local) => object.with("LocalTarget", true),
        RouteTargetInput::Target(RouteTarget::Endpoint(id)) => object.text("VpcEndpointId", id),
        RouteTargetInput::Target(target) => route_target(object, target),
    }
}

/// A route's target as describe replies write it, added to an object.
pub fn route_target(object: Object, target: &RouteTarget) -> Object {
    match target {
        RouteTarget::Local => object.with("GatewayId", "local"),
        RouteTarget::InternetGateway(id) => object.text("GatewayId", id),
        RouteTarget::VpnGateway(id) => object.text("GatewayId", id),
        RouteTarget::Endpoint(id) => object.text("GatewayId", id),
        RouteTarget::NatGateway(id) => object.text("NatGatewayId", id),
        RouteTarget::Eni(id) => object.text("NetworkInterfaceId", id),
        RouteTarget::Peering(id) => object.text("VpcPeeringConnectionId", id),
        RouteTarget::EgressOnlyGateway(id) => object.text("EgressOnlyInternetGatewayId", id),
        RouteTarget::TransitGateway(id) => object.text("TransitGatewayId", id),
        RouteTarget::Unmodelled(text) => match text.split_once('=') {
            Some((member, id)) => object.with(member, id),
            None => object.with("GatewayId", text.as_str()),
        },
    }
}

fn wrapped(value: impl Into<Value>) -> Value {
    Object::new().with("Value", value).into()
}

/// With tags for the resource that a request makes, unless there are none.
fn tagged(object: Object, kind: &str, tags: &Tags) -> Object {
    if tags.is_empty() { object } else { object.with("TagSpecifications", Value::Array(vec![tag_specification(kind, tags)])) }
}

fn tag_specification(kind: &str, tags: &Tags) -> Value {
    let list = tag_list(tags.iter().map(|(key, value)| (key, Some(value))));
    Object::new().with("ResourceType", kind).with("Tags", list).into()
}

fn tag_list<'a>(tags: impl Iterator<Item = (&'a String, Option<&'a String>)>) -> Value {
    tags.map(|(key, value)| Value::from(Object::new().text("Key", key).maybe_text("Value", value))).collect()
}

fn resource_list(resources: &[TaggedId]) -> Value {
    resources.iter().map(|id| Value::from(resource_text(*id))).collect()
}

fn resource_text(id: TaggedId) -> String {
    match id {
        TaggedId::Acl(id) => id.to_string(),
        TaggedId::CustomerGateway(id) => id.to_string(),
        TaggedId::DhcpOptions(id) => id.to_string(),
        TaggedId::EgressOnlyGateway(id) => id.to_string(),
        TaggedId::ElasticIp(id) => id.to_string(),
        TaggedId::Endpoint(id) => id.to_string(),
        TaggedId::Eni(id) => id.to_string(),
        TaggedId::FlowLog(id) => id.to_string(),
        TaggedId::Group(id) => id.to_string(),
        TaggedId::GroupRule(id) => id.to_string(),
        TaggedId::Instance(id) => id.to_string(),
        TaggedId::InternetGateway(id) => id.to_string(),
        TaggedId::KeyPair(id) => id.to_string(),
        TaggedId::NatGateway(id) => id.to_string(),
        TaggedId::Peering(id) => id.to_string(),
        TaggedId::PrefixList(id) => id.to_string(),
        TaggedId::RouteTable(id) => id.to_string(),
        TaggedId::Subnet(id) => id.to_string(),
        TaggedId::SubnetReservation(id) => id.to_string(),
        TaggedId::Transit(id) => id.to_string(),
        TaggedId::Vpc(id) => id.to_string(),
        TaggedId::VpnConnection(id) => id.to_string(),
        TaggedId::VpnGateway(id) => id.to_string(),
    }
}
