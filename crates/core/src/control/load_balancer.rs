//! Network Load Balancers and their listeners (`R70` to `R72`).

use super::command::{Balancing, CreateListener, CreateLoadBalancer, NodeWanted};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::service_eni::{self, ServiceEni};
use super::wish::take_address;
use super::{check, target_group};
use crate::addr::Ipv4Addr;
use crate::id::{GroupId, ListenerId, LoadBalancerId, SubnetId, VpcId};
use crate::model::elastic_ip::EipAssociation;
use crate::model::eni::{PublicAddress, PublicOrigin};
use crate::model::event::{Event, Transition};
use crate::model::load_balancer::{Listener, LoadBalancer, Node};
use crate::model::network::Network;
use crate::model::service::Service;
use crate::model::vpc::Subnet;

/// How many free addresses a subnet must have.
const ROOM: u32 = 8;

/// An act of load balancing.
pub(super) fn act(draft: &mut Draft, act: &Balancing) -> Result<Reply, Refusal> {
    match act {
        Balancing::Create(request) => create(draft, request),
        Balancing::Delete(id) => Ok(delete(draft, *id)),
        Balancing::ModifyAttributes { balancer, cross_zone } => {
            let known = draft.network.load_balancer(*balancer).ok_or(Refusal::BalancerNotFound {})?;
            let cross_zone = cross_zone.unwrap_or(known.cross_zone);
            set(draft, LoadBalancer { cross_zone, ..known.clone() });
            Ok(Reply::LoadBalancerAttributes(*balancer))
        }
        Balancing::CreateListener(request) => create_listener(draft, request),
        Balancing::DeleteListener(id) => delete_listener(draft, *id),
        Balancing::CreateGroup(request) => target_group::create(draft, request),
        Balancing::DeleteGroup(id) => target_group::delete(draft, *id),
        Balancing::ModifyGroupAttributes { group, keeps_client, drain_secs } => {
            target_group::modify(draft, *group, *keeps_client, *drain_secs)
        }
        Balancing::Register(group, targets) => target_group::register(draft, *group, targets),
        Balancing::Deregister(group, targets) => target_group::deregister(draft, *group, targets),
    }
}

fn set(draft: &mut Draft, balancer: LoadBalancer) {
    draft.push(Event::LoadBalancerSet(Box::new(balancer)));
}

fn create(draft: &mut Draft, request: &CreateLoadBalancer) -> Result<Reply, Refusal> {
    check::balancer_name("Load balancer", &request.name)?;
    check::tags(&request.tags)?;
    if draft.network.load_balancers().any(|known| known.name == request.name) {
        return Err(Refusal::BalancerExists { name: request.name.clone() });
    }
    let subnets = subnets(draft, request)?;
    let Some(vpc) = subnets.first().map(|(subnet, _)| subnet.vpc) else {
        return Err(Refusal::BalancerConfiguration { why: "At least one subnet must be specified" });
    };
    let groups = groups(draft, vpc, &request.groups)?;
    if request.internet_facing && draft.network.internet_gateway_of(vpc).is_none() {
        return Err(Refusal::BalancerNoGateway { vpc });
    }
    check::eni_quota(draft, subnets.len())?;
    let mut balancer = LoadBalancer {
        id: draft.new_id(),
        name: request.name.clone(),
        vpc,
        internet_facing: request.internet_facing,
        nodes: Vec::new(),
        groups,
        active: false,
        cross_zone: false,
        created: draft.now,
        listeners: Vec::new(),
        tags: request.tags.clone(),
    };
    for (subnet, wanted) in subnets {
        let node = node(draft, &balancer, subnet, wanted)?;
        balancer.nodes.push(node);
    }
    let id = balancer.id;
    set(draft, balancer);
    draft.schedule(draft.network.delays().load_balancer_create, Transition::LoadBalancerSettles(id));
    Ok(Reply::LoadBalancer(id))
}

/// The subnets that are asked for: of one VPC, each in a zone of its own, with room.
fn subnets<'n>(draft: &Draft<'n>, request: &CreateLoadBalancer) -> Result<Vec<(&'n Subnet, NodeWanted)>, Refusal> {
    let mut found: Vec<(&'n Subnet, NodeWanted)> = Vec::new();
    for wanted in &request.subnets {
        let id = wanted.subnet;
        let subnet = draft.network.subnet(id).ok_or(Refusal::BalancerSubnetNotFound { subnet: id })?;
        let why = if found.iter().any(|(other, _)| other.vpc != subnet.vpc) {
            Some("All subnets of a load balancer must be in one VPC")
        } else if found.iter().any(|(other, _)| other.zone == subnet.zone) {
            Some("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
        } else if wanted.allocation.is_some() && !request.internet_facing {
            Some("Elastic IP addresses can be given to internet-facing load balancers only")
        } else if wanted.private_ip.is_some() && request.internet_facing {
            Some("Private IPv4 addresses can be chosen for internal load balancers only")
        } else {
            None
        };
        if let Some(why) = why {
            return Err(Refusal::BalancerConfiguration { why });
        }
        let free = draft.network.free_address_count(subnet);
        if free < ROOM {
            return Err(Refusal::BalancerRoom { subnet: id, free });
        }
        found.push((subnet, *wanted));
    }
    Ok(found)
}

fn groups(draft: &Draft, vpc: VpcId, wanted: &[GroupId]) -> Result<Vec<GroupId>, Refusal> {
    let groups = check::distinct(wanted);
    for group in &groups {
        if draft.network.group(*group).is_none_or(|found| found.vpc != vpc) {
            return Err(Refusal::BalancerGroup { group: *group });
        }
    }
    check::group_count(draft, groups.len())?;
    Ok(groups)
}

/// How an address of another subnet is refused.
fn outside(ip: Ipv4Addr, subnet: SubnetId) -> Refusal {
    Refusal::AddressOutsideSubnet { ip, subnet }
}

/// The node in a subnet: an ENI of the service's own (`E80`, `E83`), and its public address.
fn node(draft: &mut Draft, balancer: &LoadBalancer, subnet: &Subnet, wanted: NodeWanted) -> Result<Node, Refusal> {
    let ip = match wanted.private_ip {
        Some(ip) => {
            take_address(draft, subnet, ip, outside)?;
            ip
        }
        None => draft.take_free_address(subnet, 1)?,
    };
    let service = Service::NetworkLoadBalancer;
    let eni = ServiceEni {
        requester: service.requester(),
        kind: service.interface_type(),
        description: balancer.description(),
        groups: balancer.groups.clone(),
        source_dest_check: service.checks_addresses(),
        addresses: vec![ip],
    };
    let eni = service_eni::add(draft, subnet, eni)?;
    match wanted.allocation {
        Some(allocation) => {
            let free = |eip: &&crate::model::elastic_ip::ElasticIp| eip.association.is_none() && eip.service_managed.is_none();
            let taken = draft.events.iter().any(|event| matches!(event, Event::ElasticIpAssociated(other, _) if *other == allocation));
            if taken || draft.network.elastic_ip(allocation).filter(free).is_none() {
                return Err(Refusal::BalancerAllocation { allocation });
            }
            let id = draft.new_id();
            draft.push(Event::ElasticIpAssociated(allocation, EipAssociation { id, eni, private_ip: ip }));
        }
        None if balancer.internet_facing => {
            let public = PublicAddress { ip: draft.draw_public_ip()?, origin: PublicOrigin::Amazon };
            draft.push(Event::PublicIpGiven(eni, ip, public));
        }
        None => {}
    }
    Ok(Node { subnet: subnet.id, zone: subnet.zone.clone(), eni, allocation: wanted.allocation })
}

/// DeleteLoadBalancer: its listeners and ENIs go with it, its target groups stay. One that is not there is gone already.
fn delete(draft: &mut Draft, id: LoadBalancerId) -> Reply {
    if let Some(balancer) = draft.network.load_balancer(id) {
        for node in &balancer.nodes {
            service_eni::remove(draft, node.eni);
        }
        draft.push(Event::LoadBalancerDeleted(id));
    }
    Reply::Nothing
}

fn create_listener(draft: &mut Draft, request: &CreateListener) -> Result<Reply, Refusal> {
    let network = draft.network;
    let balancer = network.load_balancer(request.balancer).ok_or(Refusal::BalancerNotFound {})?;
    let group = network.target_group(request.group).ok_or(Refusal::TargetGroupNotFound {})?;
    let (CreateListener { protocol, port, .. }, others) = (*request, &balancer.listeners);
    let overlaps = |other: &Listener| [6, 17].iter().any(|number| other.protocol.takes(*number) && protocol.takes(*number));
    if others.iter().any(|other| other.port == port && overlaps(other)) {
        return Err(Refusal::ListenerExists { port });
    }
    if group.protocol != protocol {
        return Err(Refusal::ListenerProtocol { listener: protocol.as_str(), group: group.protocol.as_str() });
    }
    if group.vpc != balancer.vpc {
        return Err(Refusal::BalancerConfiguration { why: "The target group is not in the load balancer's VPC" });
    }
    if network.balancer_of(group.id).is_some_and(|(other, _)| other.id != balancer.id) {
        return Err(Refusal::TargetGroupElsewhere { name: group.name.clone() });
    }
    let id: ListenerId = draft.new_id();
    let mut changed = balancer.clone();
    changed.listeners.push(Listener { id, protocol, port, target_group: group.id });
    set(draft, changed);
    Ok(Reply::Listener(balancer.id, id))
}

fn delete_listener(draft: &mut Draft, id: ListenerId) -> Result<Reply, Refusal> {
    let holds = |balancer: &&LoadBalancer| balancer.listeners.iter().any(|listener| listener.id == id);
    let mut changed = draft.network.load_balancers().find(holds).ok_or(Refusal::ListenerNotFound {})?.clone();
    changed.listeners.retain(|listener| listener.id != id);
    set(draft, changed);
    Ok(Reply::Nothing)
}

/// A new load balancer works.
pub(super) fn settles(network: &Network, id: LoadBalancerId, events: &mut Vec<Event>) {
    if let Some(balancer) = network.load_balancer(id).filter(|balancer| !balancer.active) {
        events.push(Event::LoadBalancerSet(Box::new(LoadBalancer { active: true, ..balancer.clone() })));
    }
}
