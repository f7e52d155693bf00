//! Target groups and their targets (`R73` to `R76`).

use super::check;
use super::command::CreateTargetGroup;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::addr::Ipv4Addr;
use crate::id::{InstanceId, TargetGroupId};
use crate::model::event::{Event, Transition};
use crate::model::instance::InstanceState;
use crate::model::network::Network;
use crate::model::target_group::{BalancedProtocol, Target, TargetGroup, TargetHealth, TargetKey, TargetWho};
use crate::time::{Duration, Instant};

/// How long a target that is taken out keeps its flows, if nobody says otherwise.
const DRAIN_SECS: u16 = 300;
/// How many targets a group takes (`M`).
const MOST_TARGETS: usize = 500;

fn group_of<'n>(draft: &Draft<'n>, id: TargetGroupId) -> Result<&'n TargetGroup, Refusal> {
    draft.network.target_group(id).ok_or(Refusal::TargetGroupNotFound {})
}

fn set(draft: &mut Draft, group: TargetGroup) {
    draft.push(Event::TargetGroupSet(Box::new(group)));
}

pub(super) fn create(draft: &mut Draft, request: &CreateTargetGroup) -> Result<Reply, Refusal> {
    check::balancer_name("Target group", &request.name)?;
    check::tags(&request.tags)?;
    draft.vpc(request.vpc)?;
    if draft.network.target_groups().any(|known| known.name == request.name) {
        return Err(Refusal::TargetGroupExists { name: request.name.clone() });
    }
    let id = draft.new_id();
    set(
        draft,
        TargetGroup {
            id,
            name: request.name.clone(),
            vpc: request.vpc,
            protocol: request.protocol,
            port: request.port,
            by_instance: request.by_instance,
            check: request.check,
            keeps_client: None,
            drain_secs: DRAIN_SECS,
            targets: Vec::new(),
            tags: request.tags.clone(),
        },
    );
    Ok(Reply::TargetGroup(id))
}

/// DeleteTargetGroup. One that is not there is gone already.
pub(super) fn delete(draft: &mut Draft, id: TargetGroupId) -> Result<Reply, Refusal> {
    if let Some(group) = draft.network.target_group(id) {
        if draft.network.balancer_of(id).is_some() {
            return Err(Refusal::TargetGroupInUse { name: group.name.clone() });
        }
        draft.push(Event::TargetGroupDeleted(id));
    }
    Ok(Reply::Nothing)
}

pub(super) fn modify(draft: &mut Draft, id: TargetGroupId, keeps: Option<bool>, drain: Option<u16>) -> Result<Reply, Refusal> {
    let group = group_of(draft, id)?;
    if keeps == Some(false) && group.protocol != BalancedProtocol::Tcp {
        return Err(Refusal::BalancerConfiguration { why: "Client IP preservation cannot be disabled for UDP and TCP_UDP target groups" });
    }
    // What is usual for the group goes without saying.
    let usual = TargetGroup { keeps_client: None, ..group.clone() }.keeps_client_address();
    let keeps_client = keeps.or(group.keeps_client).filter(|keeps| *keeps != usual);
    let drain_secs = drain.unwrap_or(group.drain_secs);
    set(draft, TargetGroup { keeps_client, drain_secs, ..group.clone() });
    Ok(Reply::TargetGroupAttributes(id))
}

/// RegisterTargets: all of them or none. A target that is there stays as it is; one that is being taken out comes back.
pub(super) fn register(draft: &mut Draft, id: TargetGroupId, targets: &[(TargetWho, Option<u16>)]) -> Result<Reply, Refusal> {
    let mut group = group_of(draft, id)?.clone();
    for (who, port) in targets {
        may_be_target(draft.network, &group, *who)?;
        let new = Target { key: TargetKey { who: *who, port: port.unwrap_or(group.port) }, health: TargetHealth::Initial };
        match group.targets.iter_mut().find(|target| target.key == new.key) {
            Some(known) if matches!(known.health, TargetHealth::Draining(_)) => *known = new,
            Some(_) => {}
            None => group.targets.push(new),
        }
    }
    if group.targets.len() > MOST_TARGETS {
        return Err(Refusal::BalancerConfiguration { why: "A target group takes at most 500 targets" });
    }
    set(draft, group);
    Ok(Reply::Nothing)
}

/// Whether a group takes such a target (`R74`).
fn may_be_target(network: &Network, group: &TargetGroup, who: TargetWho) -> Result<(), Refusal> {
    let why = match who {
        TargetWho::Instance(id) if group.by_instance => instance_fault(network, group, id),
        TargetWho::Address(ip) if !group.by_instance => address_fault(network, group, ip),
        TargetWho::Instance(_) => Some("is not a valid IPv4 address: the targets of this group are addresses"),
        TargetWho::Address(_) => Some("is not a valid instance ID: the targets of this group are instances"),
    };
    why.map_or(Ok(()), |why| Err(Refusal::BadTarget { target: who.to_string(), why }))
}

fn instance_fault(network: &Network, group: &TargetGroup, id: InstanceId) -> Option<&'static str> {
    match network.instance(id) {
        None => Some("does not exist"),
        Some(instance) if instance.state != InstanceState::Running => Some("is not in a running state and cannot be registered"),
        Some(instance) if instance.vpc != group.vpc => Some("is not in the target group VPC"),
        Some(_) => None,
    }
}

fn address_fault(network: &Network, group: &TargetGroup, ip: Ipv4Addr) -> Option<&'static str> {
    let shared = matches!(ip.octets(), [100, 64..=127, ..]);
    let inside = network.vpc(group.vpc).is_some_and(|vpc| vpc.has_address(ip.into()));
    (!(inside || ip.is_private() || shared)).then_some("is neither in the VPC's blocks nor a private address")
}

/// DeregisterTargets: a target in use drains first (`R76`). One that is not there is no error.
pub(super) fn deregister(draft: &mut Draft, id: TargetGroupId, targets: &[(TargetWho, Option<u16>)]) -> Result<Reply, Refusal> {
    let group = group_of(draft, id)?;
    let named =
        |target: &&Target| targets.iter().any(|(who, port)| *who == target.key.who && port.is_none_or(|port| port == target.key.port));
    let lasts = Duration::from_secs(u64::from(group.drain_secs));
    for target in group.targets.iter().filter(named) {
        if matches!(target.health, TargetHealth::Draining(_)) {
            continue;
        }
        if draft.network.is_in_use(group, target) && group.drain_secs > 0 {
            let until = draft.now + lasts;
            draft.push(Event::TargetSet(id, Target { key: target.key, health: TargetHealth::Draining(until) }));
            draft.schedule(lasts, Transition::TargetDrains(id, target.key));
        } else {
            draft.push(Event::TargetGone(id, target.key));
        }
    }
    Ok(Reply::Nothing)
}

/// A target that was taken out has kept its flows for long enough.
pub(super) fn drains(network: &Network, id: TargetGroupId, key: TargetKey, at: Instant, events: &mut Vec<Event>) {
    let target = network.target_group(id).and_then(|group| group.target(key));
    if target.is_some_and(|target| matches!(target.health, TargetHealth::Draining(until) if until <= at)) {
        events.push(Event::TargetGone(id, key));
    }
}
