//! What an accepted call answers, in the API's shapes.

use super::express::permission;
use super::shape::network::{ipv4_block, ipv6_block};
use super::shape::{Form, Writer, metadata_options, nat_gateway_address, no_key};
use super::text::{Json, Object};
use super::time::Epoch;
use super::tokens;
use eni_core::addr::{IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use eni_core::control::command::{Command, Permission, TransitAct};
use eni_core::control::error::Refusal;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::instance::InstanceState;
use eni_core::model::nat_gateway::NatGatewayAddress;
use eni_core::model::network::Network;
use eni_core::model::security_group::GroupRule;
use eni_core::model::transit::TransitId;
use eni_core::time::Instant;

/// Writes the answer to an accepted command. `network` is the network after the events were applied; `token` comes back with what it made.
pub fn reply(network: &Network, epoch: Epoch, command: &Command, reply: &Reply, token: Option<&str>) -> Json {
    let answer = Answer { network, writer: Writer::new(network, epoch, Form::Reply), command };
    let object = answer.object(reply);
    // A launch is answered without it: its instances have it.
    let token = token.filter(|_| !matches!(reply, Reply::Instances { .. })).map(str::to_owned);
    object.maybe("ClientToken", token.or_else(|| token_of(command, reply))).into()
}

/// The token that AWS's command line sends where none is given, of the calls that tell it.
fn token_of(command: &Command, reply: &Reply) -> Option<String> {
    let made = match (command, reply) {
        (Command::CreateNetworkInterface(_), Reply::Eni(id)) => id.to_string(),
        (_, Reply::Acl(id)) => id.to_string(),
        (_, Reply::RouteTable(id)) => id.to_string(),
        (_, Reply::NatGateway(id)) => id.to_string(),
        _ => return None,
    };
    Some(tokens::made_up(&made))
}

/// What an answer is written from.
#[derive(Clone, Copy)]
struct Answer<'a> {
    network: &'a Network,
    writer: Writer<'a>,
    command: &'a Command,
}

/// An object that shows one thing under a name, where there is one.
fn shown(name: &str, thing: Option<Json>) -> Object {
    Object::new().maybe(name, thing)
}

/// The same in a list of one.
fn listed(name: &str, thing: Option<Json>) -> Object {
    Object::new().list(name, thing.into_iter())
}

impl Answer<'_> {
    /// A table of the replies, so it stays one function: a row shows a thing as its describe call does, or leads to what its family answers.
    fn object(self, reply: &Reply) -> Object {
        let Answer { network, writer, .. } = self;
        match reply {
            Reply::Nothing => nothing(self.command),

            Reply::Vpc(id) => shown("Vpc", network.vpc(*id).map(|vpc| writer.in_form(Form::Begun).vpc(vpc))),
            Reply::VpcBlock(vpc, id) => self.vpc_block(*vpc, *id),
            Reply::VpcBlockGone(vpc, id, block) => self.vpc_block_gone(*vpc, *id, *block),
            Reply::DhcpOptions(id) => shown("DhcpOptions", network.dhcp_options(*id).map(|set| writer.dhcp_options(set))),
            Reply::Subnet(id) => shown("Subnet", network.subnet(*id).map(|subnet| writer.subnet(subnet))),
            Reply::SubnetBlock(subnet, id, cidr) => self.subnet_block(*subnet, *id, cidr),
            Reply::Reservation(id) => shown("SubnetCidrReservation", network.reservation(*id).map(|made| writer.reservation(made))),
            Reply::ReservationGone(gone) => shown("DeletedSubnetCidrReservation", Some(writer.reservation(gone))),

            Reply::Eni(id) => shown("NetworkInterface", network.eni(*id).map(|eni| writer.interface(eni))),
            Reply::Attachment(id, card) => Object::new().text("AttachmentId", id).with("NetworkCardIndex", *card),
            Reply::Assigned(addresses, prefixes) => self.assigned(addresses, prefixes),
            Reply::Ipv6(eni, addresses, prefixes) => self.ipv6(*eni, addresses, prefixes),
            Reply::Allocation(id) => self.allocation(*id),
            Reply::Association(id) => Object::new().text("AssociationId", id),

            Reply::Instances { instances, .. } if matches!(self.command, Command::RequestSpotInstances(_)) => {
                let writer = writer.in_form(Form::Begun);
                let requests = instances.iter().filter_map(|id| writer.spot_request(network.instance(*id)?));
                Object::new().list("SpotInstanceRequests", requests)
            }
            Reply::Instances { reservation, instances } => self.launch(*reservation, instances),
            Reply::MetadataOptions(id) => {
                let options = network.instance(*id).map(|instance| metadata_options(&instance.metadata));
                Object::new().text("InstanceId", id).maybe("InstanceMetadataOptions", options)
            }
            Reply::StateChanges(changes) => Object::new().list(changes_name(self.command), changes.iter().map(state_change)),

            Reply::Group(id) => self.group(*id),
            Reply::Rules(rules) => Object::new().with("Return", true).with("SecurityGroupRules", self.rules(rules)),
            Reply::Revoked { group, rules, unknown } => self.revoked(*group, rules, unknown),
            Reply::PrefixList(id) => shown("PrefixList", network.prefix_list(*id).map(|list| writer.prefix_list(list))),
            Reply::Acl(id) => shown("NetworkAcl", network.acl(*id).map(|acl| writer.network_acl(acl))),
            Reply::AclAssociation(id) => Object::new().text("NewAssociationId", id),

            Reply::RouteTable(id) => shown("RouteTable", network.route_table(*id).map(|table| writer.route_table(table))),
            Reply::RouteTableAssociation(id) => self.table_tie(*id),
            Reply::InternetGateway(id) => shown("InternetGateway", network.internet_gateway(*id).map(|one| writer.internet_gateway(one))),
            Reply::EgressOnlyGateway(id) => {
                shown("EgressOnlyInternetGateway", network.egress_only_gateway(*id).map(|one| writer.egress_only_gateway(one)))
            }
            Reply::NatGateway(id) => shown("NatGateway", network.nat_gateway(*id).map(|gateway| writer.nat_gateway(gateway))),
            Reply::NatGatewayAddresses(id, addresses) => nat_addresses(*id, addresses),
            Reply::VpnGateway(id) => shown("VpnGateway", network.vpn_gateway(*id).map(|gateway| writer.vpn_gateway(gateway))),
            Reply::CustomerGateway(id) => shown("CustomerGateway", network.customer_gateway(*id).map(|one| writer.customer_gateway(one))),
            Reply::VpnConnection(id) => {
                shown("VpnConnection", network.vpn_connection(*id).map(|one| writer.in_form(Form::Begun).vpn_connection(one)))
            }

            Reply::Function(name) => network.function(name).map_or_else(Object::new, |function| writer.function_object(function, true)),
            Reply::Invoked(true) => Object::new().with("StatusCode", 202),
            Reply::Invoked(false) => Object::new().with("StatusCode", 200).with("ExecutedVersion", "$LATEST"),
            Reply::FileSystem(id) => {
                network.file_system(*id).map_or_else(Object::new, |system| writer.file_system_object(system, "creating"))
            }
            Reply::MountTarget(id) => network.mount_target(*id).map_or_else(Object::new, |target| writer.mount_target_object(target)),
            Reply::Transit(id) => self.transit(*id),
            Reply::TransitTie(table, attachment) => self.transit_tie(*table, *attachment),
            Reply::TransitRoute(_, route) => {
                let deleted = matches!(self.command, Command::Transit(command) if matches!(**command, TransitAct::DeleteRoute(..)));
                shown("Route", Some(writer.transit_route(route, deleted)))
            }

            Reply::HostedZone(id, change, at) => self.hosted_zone(*id, *change, *at),
            Reply::HostedZoneComment(id) => shown("HostedZone", network.hosted_zone(*id).map(|zone| writer.hosted_zone(zone))),
            Reply::DnsChange(change, at) => self.dns_change(*change, *at),
            Reply::LoadBalancer(id) => listed("LoadBalancers", network.load_balancer(*id).map(|one| writer.load_balancer(one))),
            Reply::LoadBalancerAttributes(id) => {
                network.load_balancer(*id).map_or_else(Object::new, |balancer| writer.balancer_attributes(balancer))
            }
            Reply::Listener(of, id) => {
                let balancer = network.load_balancer(*of);
                let made = balancer.and_then(|balancer| Some((balancer, balancer.listeners.iter().find(|listener| listener.id == *id)?)));
                listed("Listeners", made.map(|(balancer, listener)| writer.listener(balancer, listener)))
            }
            Reply::TargetGroup(id) => listed("TargetGroups", network.target_group(*id).map(|group| writer.target_group(group))),
            Reply::TargetGroupAttributes(id) => network.target_group(*id).map_or_else(Object::new, |group| writer.group_attributes(group)),
            Reply::Quota(quota) => shown("RequestedQuota", Some(writer.raised(*quota))),
            Reply::KeyPair(id) => self.key_pair(*id),
            Reply::KeyPairGone(id) => Object::new().with("Return", true).maybe_text("KeyPairId", *id),
            Reply::Endpoint(id) => shown("VpcEndpoint", network.endpoint(*id).map(|endpoint| writer.endpoint(endpoint))),
            Reply::Peering(id) => self.peering(*id),
            Reply::FlowLogs(made, list) => {
                let object = Object::new().list("FlowLogIds", made.iter().map(|id| id.to_string().into()));
                object.list("Unsuccessful", list.iter().map(unsuccessful))
            }
            Reply::Unsuccessful(list) => Object::new().list("Unsuccessful", list.iter().map(unsuccessful)),
        }
    }

    fn hosted_zone(self, id: HostedZoneId, change: DnsChangeNumber, at: Instant) -> Object {
        let zone = self.network.hosted_zone(id);
        let vpc = zone.and_then(|zone| zone.vpcs.first()).map(|vpc| self.writer.vpc_of_zone(*vpc));
        shown("HostedZone", zone.map(|zone| self.writer.hosted_zone(zone)))
            .with("ChangeInfo", self.writer.change_info(change, at, ""))
            .maybe("VPC", vpc)
            .with("Location", format!("https://route53.amazonaws.com/2013-04-01/hostedzone/{id}"))
    }

    fn dns_change(self, change: DnsChangeNumber, at: Instant) -> Object {
        let comment = match self.command {
            Command::ChangeRecordSets(asked) => asked.comment.as_str(),
            Command::AssociateHostedZone(asked) | Command::DisassociateHostedZone(asked) => asked.comment.as_str(),
            _ => "",
        };
        Object::new().with("ChangeInfo", self.writer.change_info(change, at, comment))
    }

    fn vpc_block(self, vpc: VpcId, id: VpcCidrAssociationId) -> Object {
        let found = self.network.vpc(vpc);
        let ipv4 = found.and_then(|vpc| vpc.cidrs.iter().find(|block| block.association == id));
        let ipv6 = found.and_then(|vpc| vpc.ipv6_cidrs.iter().find(|block| block.association == id));
        Object::new()
            .text("VpcId", vpc)
            .maybe("CidrBlockAssociation", ipv4.map(|block| ipv4_block(id, block.cidr, "associating")))
            .maybe("Ipv6CidrBlockAssociation", ipv6.map(|_| self.writer.vpc_ipv6(id, "", "associating")))
    }

    fn vpc_block_gone(self, vpc: VpcId, id: VpcCidrAssociationId, block: IpNet) -> Object {
        let object = Object::new().text("VpcId", vpc);
        match block {
            IpNet::V4(cidr) => object.with("CidrBlockAssociation", ipv4_block(id, cidr, "disassociating")),
            IpNet::V6(cidr) => object.with("Ipv6CidrBlockAssociation", self.writer.vpc_ipv6(id, cidr, "disassociating")),
        }
    }

    fn subnet_block(self, subnet: SubnetId, id: SubnetCidrAssociationId, cidr: &Ipv6Net) -> Object {
        let state = if matches!(self.command, Command::AssociateSubnetCidrBlock(..)) { "associating" } else { "disassociating" };
        Object::new().text("SubnetId", subnet).with("Ipv6CidrBlockAssociation", ipv6_block(id, cidr, state))
    }

    fn assigned(self, addresses: &[Ipv4Addr], prefixes: &[Ipv4Net]) -> Object {
        let eni = match self.command {
            Command::AssignPrivateIpAddresses(wanted) => Some(wanted.eni),
            _ => None,
        };
        let list: Vec<Json> = addresses.iter().map(|ip| Object::new().text("PrivateIpAddress", ip).into()).collect();
        let prefixes: Vec<Json> = prefixes.iter().map(|prefix| Object::new().text("Ipv4Prefix", prefix).into()).collect();
        Object::new()
            .maybe_text("NetworkInterfaceId", eni)
            .maybe("AssignedPrivateIpAddresses", (!list.is_empty()).then_some(list))
            .maybe("AssignedIpv4Prefixes", (!prefixes.is_empty()).then_some(prefixes))
    }

    fn ipv6(self, eni: EniId, addresses: &[Ipv6Addr], prefixes: &[Ipv6Net]) -> Object {
        let gone = matches!(self.command, Command::UnassignIpv6Addresses(_));
        let (ips, blocks) = match gone {
            true => ("UnassignedIpv6Addresses", "UnassignedIpv6Prefixes"),
            false => ("AssignedIpv6Addresses", "AssignedIpv6Prefixes"),
        };
        Object::new().text("NetworkInterfaceId", eni).texts(ips, addresses).texts(blocks, prefixes)
    }

    fn allocation(self, id: AllocationId) -> Object {
        let ip = self.network.elastic_ip(id).map(|eip| eip.ip);
        let object = Object::new().text("AllocationId", id).maybe_text("PublicIp", ip).with("Domain", "vpc");
        object.with("PublicIpv4Pool", "amazon").with("NetworkBorderGroup", self.network.region())
    }

    /// A launch as it begins: its ENIs are on their way, and the public address that it gets is not there yet.
    fn launch(self, reservation: ReservationId, instances: &[InstanceId]) -> Object {
        let writer = self.writer.in_form(Form::Begun);
        let list = instances.iter().filter_map(|id| self.network.instance(*id)).map(|instance| writer.instance(instance));
        Object::new().text("ReservationId", reservation).text("OwnerId", self.network.account()).list("Instances", list)
    }

    fn key_pair(self, id: KeyPairId) -> Object {
        let Some(pair) = self.network.key_pair(id) else { return Object::new() };
        let object =
            Object::new().text("KeyPairId", id).with("KeyName", pair.name.as_str()).with("KeyFingerprint", pair.fingerprint.as_str());
        let object = if pair.tags.is_empty() { object } else { object.tags("Tags", &pair.tags) };
        match self.command {
            Command::CreateKeyPair(asked) => object.with("KeyMaterial", no_key(pair, asked.ppk)),
            _ => object,
        }
    }

    fn group(self, id: GroupId) -> Object {
        let arn = format!("arn:aws:ec2:{}:{}:security-group/{id}", self.network.region(), self.network.account());
        Object::new().text("GroupId", id).with("SecurityGroupArn", arn)
    }

    /// The rules that a command added to a group.
    fn rules(self, rules: &[GroupRuleId]) -> Vec<Json> {
        let Command::AuthorizeSecurityGroup { group, .. } = self.command else { return Vec::new() };
        let Some(found) = self.network.group(*group) else { return Vec::new() };
        let added = found.rules.iter().filter(|rule| rules.contains(&rule.id));
        added.map(|rule| self.writer.added_rule(*group, rule)).collect()
    }

    fn revoked(self, group: GroupId, rules: &[GroupRule], unknown: &[Permission]) -> Object {
        let gone: Vec<Json> = rules.iter().map(|rule| self.writer.revoked_rule(group, rule)).collect();
        let unknown: Vec<Json> = unknown.iter().map(|unknown| permission(unknown).into()).collect();
        let object = Object::new().with("Return", true).with("RevokedSecurityGroupRules", gone);
        object.maybe("UnknownIpPermissions", (!unknown.is_empty()).then_some(unknown))
    }

    /// A transit gateway, an attachment or a table; what was asked for is under way.
    fn transit(self, id: TransitId) -> Object {
        let writer = self.writer.in_form(Form::Begun);
        match id {
            TransitId::Gateway(id) => shown("TransitGateway", self.network.transit_gateway(id).map(|it| writer.transit_gateway(it))),
            TransitId::Attachment(id) => {
                shown("TransitGatewayVpcAttachment", self.network.transit_attachment(id).map(|it| writer.transit_vpc_attachment(it)))
            }
            TransitId::Table(id) => shown("TransitGatewayRouteTable", self.network.transit_table(id).map(|it| writer.transit_table(it))),
        }
    }

    fn transit_tie(self, table: TransitTableId, attachment: TransitAttachmentId) -> Object {
        let Command::Transit(command) = self.command else { return Object::new() };
        let (name, state) = match **command {
            TransitAct::Associate(_, _, true) => ("Association", "associating"),
            TransitAct::Associate(_, _, false) => ("Association", "disassociating"),
            TransitAct::Propagate(_, _, true) => ("Propagation", "enabled"),
            _ => ("Propagation", "disabled"),
        };
        Object::new().with(name, self.writer.transit_tie(table, attachment, state))
    }

    fn table_tie(self, id: RouteTableAssociationId) -> Object {
        let replaced = matches!(self.command, Command::ReplaceRouteTableAssociation { .. });
        let name = if replaced { "NewAssociationId" } else { "AssociationId" };
        Object::new().text(name, id).with("AssociationState", Object::new().with("State", "associated"))
    }

    fn peering(self, id: PeeringId) -> Object {
        let Command::ModifyVpcPeeringConnectionOptions(asked) = self.command else {
            return shown("VpcPeeringConnection", self.network.peering(id).map(|peering| self.writer.peering(peering)));
        };
        let options = |on: bool| Object::new().with("AllowDnsResolutionFromRemoteVpc", on);
        let object = Object::new().maybe("AccepterPeeringConnectionOptions", asked.accepter.map(options));
        object.maybe("RequesterPeeringConnectionOptions", asked.requester.map(options))
    }
}

fn nat_addresses(id: NatGatewayId, addresses: &[NatGatewayAddress]) -> Object {
    let list = addresses.iter().map(|address| nat_gateway_address(address, false));
    Object::new().text("NatGatewayId", id).list("NatGatewayAddresses", list)
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
            Object::new().with("VpcAttachment", Object::new().text("VpcId", vpc).with("State", "attaching"))
        }
        Command::DeleteEgressOnlyInternetGateway(_) => Object::new().with("ReturnCode", true),
        Command::DeleteNatGateway(gateway) => Object::new().text("NatGatewayId", gateway),
        Command::SetRoute { replace: false, .. }
        | Command::ModifySecurityGroupRules(_)
        | Command::UpdateSecurityGroupRuleDescriptions(_)
        | Command::ModifyVpcEndpoint(_)
        | Command::RejectVpcPeeringConnection(_)
        | Command::DeleteVpcPeeringConnection(_) => Object::new().with("Return", true),
        Command::CancelSpotInstanceRequests(ids) => {
            let one = |id: &SpotRequestId| Object::new().with("State", "cancelled").text("SpotInstanceRequestId", id).into();
            Object::new().list("CancelledSpotInstanceRequests", ids.iter().map(one))
        }
        Command::MonitorInstances(ids, on) => {
            let state = if *on { "pending" } else { "disabling" };
            let one = |id: &InstanceId| Object::new().text("InstanceId", id).with("Monitoring", Object::new().with("State", state)).into();
            Object::new().list("InstanceMonitorings", ids.iter().map(one))
        }
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
