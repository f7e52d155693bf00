//! Functions of AWS Lambda and their network interfaces (`P27` to `P30`, `R90` to `R95`).

use super::command::{LambdaAct, NewFunction};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::service_eni::{self, ServiceEni};
use super::{check, elastic_ip};
use crate::id::{EniId, GroupId, SubnetId};
use crate::model::event::{Event, Transition};
use crate::model::function::{Function, FunctionEni, Interfaces, Phase, Trouble, Use, VpcConfig};
use crate::model::network::Network;
use crate::model::service::Service;
use crate::model::vpc::Subnet;
use crate::time::{Duration, Instant};

/// How many subnets a function may name.
const MOST_SUBNETS: usize = 16;
/// How many groups.
const MOST_GROUPS: usize = 5;

/// An act of AWS Lambda.
pub(super) fn act(draft: &mut Draft, act: &LambdaAct) -> Result<Reply, Refusal> {
    match act {
        LambdaAct::Create(wanted) => create(draft, wanted),
        LambdaAct::Update { function, .. } => update(draft, function, act),
        LambdaAct::Delete(name) => delete(draft, name),
        LambdaAct::Invoke { function, seconds, event } => invoke(draft, function, *seconds).map(|()| Reply::Invoked(*event)),
        LambdaAct::SetInterfaces(name, to) => set_interfaces(draft, name, *to),
    }
}

fn found<'n>(draft: &Draft<'n>, name: &str) -> Result<&'n Function, Refusal> {
    let (region, account) = (draft.network.region(), draft.network.account());
    let not_found = || Refusal::FunctionNotFound { region: region.to_owned(), account: account.to_string(), function: name.to_owned() };
    draft.network.function(name).ok_or_else(not_found)
}

fn create(draft: &mut Draft, wanted: &NewFunction) -> Result<Reply, Refusal> {
    let name = wanted.name.clone();
    if draft.network.function(&name).is_some() {
        return Err(Refusal::FunctionExists { function: name });
    }
    let vpc = config(draft, &wanted.subnets, &wanted.groups)?;
    let until = draft.now + draft.network.delays().function_create;
    let mut function = Function {
        name,
        runtime: wanted.runtime.clone(),
        role: wanted.role.clone(),
        handler: wanted.handler.clone(),
        description: wanted.description.clone(),
        timeout: wanted.timeout,
        memory: wanted.memory,
        vpc,
        interfaces: Interfaces::Shared,
        phase: Phase::Active,
        modified: draft.now,
    };
    function.phase = Phase::Creating(until, join(draft, &function)?);
    set(draft, function)
}

/// Keeps a function, and has it settle if something is under way.
fn set(draft: &mut Draft, function: Function) -> Result<Reply, Refusal> {
    if let Phase::Creating(until, _) | Phase::Updating(until, _) = function.phase {
        draft.push(Event::TransitionScheduled(until, Transition::FunctionsSettle));
    }
    let reply = Reply::Function(function.name.clone());
    draft.push(Event::FunctionSet(Box::new(function)));
    Ok(reply)
}

/// What a request says of a VPC (`R90`).
fn config(draft: &Draft, subnets: &[SubnetId], groups: &[GroupId]) -> Result<Option<VpcConfig>, Refusal> {
    let (subnets, groups) = (check::distinct(subnets), check::distinct(groups));
    let Some(first) = subnets.first() else {
        return if groups.is_empty() { Ok(None) } else { Err(Refusal::FunctionVpcHalf {}) };
    };
    if groups.is_empty() {
        return Err(Refusal::FunctionVpcHalf {});
    }
    for (count, limit, member) in [(subnets.len(), MOST_SUBNETS, "subnetIds"), (groups.len(), MOST_GROUPS, "securityGroupIds")] {
        if count > limit {
            return Err(Refusal::FunctionVpcLimit { member, count, limit });
        }
    }
    let found = |subnet: &SubnetId| draft.network.subnet(*subnet).ok_or(Refusal::FunctionSubnetNotFound { subnet: *subnet });
    let vpc = found(first)?.vpc;
    for subnet in &subnets {
        if found(subnet)?.vpc != vpc {
            return Err(Refusal::FunctionSubnetsApart { subnet: *subnet, vpc });
        }
    }
    for group in &groups {
        let own = draft.network.group(*group).ok_or(Refusal::FunctionGroupNotFound { group: *group })?;
        if own.vpc != vpc {
            return Err(Refusal::FunctionGroupElsewhere { group: *group, vpc });
        }
    }
    Ok(Some(VpcConfig { vpc, subnets, groups }))
}

/// The function uses the shared network interface of each of its subnets; those that are not there are made, all or none (`P28`).
fn join(draft: &mut Draft, function: &Function) -> Result<Option<Trouble>, Refusal> {
    let Some(vpc) = function.vpc.as_ref().filter(|_| function.interfaces == Interfaces::Shared) else { return Ok(None) };
    let network = draft.network;
    let mut missing: Vec<&Subnet> = Vec::new();
    for subnet in vpc.subnets.iter().filter_map(|id| network.subnet(*id)) {
        let mut there = network.function_enis().filter(|(eni, used)| used.used == Use::Shared && eni.subnet == subnet.id && vpc.fits(eni));
        match there.next() {
            None => missing.push(subnet),
            Some((eni, used)) if used.goes.is_some() => draft.push(shared(eni.id, None)),
            Some(_) => {}
        }
    }
    if check::eni_quota(draft, missing.len()).is_err() {
        return Ok(Some(Trouble::NoInterface));
    }
    if missing.iter().any(|subnet| network.free_address_count(subnet) == 0) {
        return Ok(Some(Trouble::NoAddress));
    }
    for subnet in missing {
        let eni = add(draft, subnet, &function.name, &vpc.groups)?;
        draft.push(shared(eni, None));
    }
    Ok(None)
}

fn shared(eni: EniId, goes: Option<Instant>) -> Event {
    Event::FunctionEniSet(eni, Some(FunctionEni { used: Use::Shared, goes }))
}

fn add(draft: &mut Draft, subnet: &Subnet, name: &str, groups: &[GroupId]) -> Result<EniId, Refusal> {
    let wanted = ServiceEni {
        requester: Service::Lambda.requester(),
        kind: Service::Lambda.interface_type(),
        description: Service::Lambda.description(name),
        groups: groups.to_vec(),
        source_dest_check: true,
        addresses: Vec::new(),
    };
    service_eni::add(draft, subnet, wanted)
}

/// The function leaves the shared network interfaces that it does not use any more. Each outlives its last function by a while (`R92`).
fn leave(draft: &mut Draft, function: &Function, next: Option<&VpcConfig>, keep: Duration) {
    let network = draft.network;
    for eni in network.enis_of_function(function) {
        let alone = network.functions_sharing(eni).all(|other| other.name == function.name);
        if network.function_eni(eni.id).is_some_and(|used| used.used == Use::Shared) && alone && !next.is_some_and(|next| next.fits(eni)) {
            draft.push(shared(eni.id, Some(draft.now + keep)));
            draft.schedule(keep, Transition::FunctionEniGoes(eni.id));
        }
    }
}

fn update(draft: &mut Draft, name: &str, act: &LambdaAct) -> Result<Reply, Refusal> {
    let LambdaAct::Update { runtime, role, handler, description, timeout, memory, vpc, .. } = act else { return Ok(Reply::Nothing) };
    let old = found(draft, name)?;
    if matches!(old.phase, Phase::Creating(..) | Phase::Updating(..)) {
        return Err(Refusal::FunctionBusy { function: name.to_owned() });
    }
    let mut new = Function { modified: draft.now, ..old.clone() };
    let texts = [(&mut new.runtime, runtime), (&mut new.role, role), (&mut new.handler, handler), (&mut new.description, description)];
    for (place, text) in texts {
        place.clone_from(text.as_ref().unwrap_or(&place.clone()));
    }
    new.timeout = timeout.unwrap_or(old.timeout);
    new.memory = memory.unwrap_or(old.memory);
    let until = draft.now + draft.network.delays().function_create;
    if let Some((subnets, groups)) = vpc {
        new.vpc = config(draft, subnets, groups)?;
        let trouble = join(draft, &new)?;
        new.phase = Phase::Updating(until, trouble);
        match trouble {
            None => leave(draft, old, new.vpc.as_ref(), draft.network.delays().function_eni_keep),
            // It goes on as it was.
            Some(_) => new.vpc.clone_from(&old.vpc),
        }
    }
    set(draft, new)
}

fn delete(draft: &mut Draft, name: &str) -> Result<Reply, Refusal> {
    let function = found(draft, name)?;
    let keep = draft.network.delays().function_eni_keep;
    leave(draft, function, None, keep);
    for eni in environments(draft.network, name) {
        draft.push(Event::FunctionEniSet(eni, Some(FunctionEni { used: Use::Nobody, goes: Some(draft.now + keep) })));
        draft.schedule(keep, Transition::FunctionEniGoes(eni));
    }
    draft.push(Event::FunctionDeleted(name.to_owned()));
    Ok(Reply::Nothing)
}

/// The network interfaces of a function's execution environments.
fn environments(network: &Network, name: &str) -> Vec<EniId> {
    let own = |used: &FunctionEni| matches!(&used.used, Use::Environment { function, .. } if function == name);
    network.function_enis().filter(|(_, used)| own(used)).map(|(eni, _)| eni.id).collect()
}

/// A call. With shared network interfaces nothing changes by it; otherwise it takes an execution environment that waits, or a new one starts
/// with a network interface of its own (`P27`, `R94`, `R95`). It is busy for as long as the work takes, and never longer than the function's timeout.
fn invoke(draft: &mut Draft, name: &str, seconds: u16) -> Result<(), Refusal> {
    let function = found(draft, name)?;
    if matches!(function.phase, Phase::Creating(..) | Phase::Failed(_)) {
        return Err(Refusal::FunctionNotReady { function: name.to_owned(), state: function.phase.state() });
    }
    let Some(vpc) = function.vpc.as_ref().filter(|_| function.interfaces == Interfaces::OfEnvironments) else { return Ok(()) };
    let (network, now, delays) = (draft.network, draft.now, draft.network.delays());
    let turn = network.function_enis().filter_map(|(_, used)| turn_of(used)).max().unwrap_or(0) + 1;
    let waits =
        |used: &FunctionEni| matches!(&used.used, Use::Environment { function, busy_until, .. } if function == name && *busy_until <= now);
    let warm = network.function_enis().find(|(eni, used)| waits(used) && vpc.fits(eni)).map(|(eni, _)| eni.id);
    let (eni, ready) = match warm {
        Some(eni) => (eni, now),
        None => (start(draft, function, vpc)?, now + delays.function_cold_start),
    };
    let busy_until = ready + Duration::from_secs(u64::from(seconds.min(function.timeout)));
    let goes = busy_until + delays.function_idle;
    let used = Use::Environment { function: name.to_owned(), ready, busy_until, turn };
    draft.push(Event::FunctionEniSet(eni, Some(FunctionEni { used, goes: Some(goes) })));
    draft.push(Event::TransitionScheduled(goes, Transition::FunctionEniGoes(eni)));
    Ok(())
}

const fn turn_of(used: &FunctionEni) -> Option<u64> {
    match used.used {
        Use::Environment { turn, .. } => Some(turn),
        Use::Shared | Use::Nobody => None,
    }
}

/// A new execution environment: in the subnet with the fewest of them that has an address left.
fn start(draft: &mut Draft, function: &Function, vpc: &VpcConfig) -> Result<EniId, Refusal> {
    let network = draft.network;
    if let Some(group) = vpc.groups.iter().find(|group| network.group(**group).is_none()) {
        return Err(Refusal::FunctionGroupGone { function: function.name.clone(), group: *group });
    }
    if let Some(subnet) = vpc.subnets.iter().find(|subnet| network.subnet(**subnet).is_none()) {
        return Err(Refusal::FunctionSubnetGone { function: function.name.clone(), subnet: *subnet });
    }
    if check::eni_quota(draft, 1).is_err() {
        return Err(Refusal::FunctionEniLimit { limit: network.quotas().enis });
    }
    let own = environments(network, &function.name);
    let count = |subnet: &&Subnet| network.enis_in_subnet(subnet.id).filter(|eni| own.contains(&eni.id)).count();
    let subnets = vpc.subnets.iter().filter_map(|id| network.subnet(*id));
    let place = subnets.filter(|subnet| network.free_address_count(subnet) > 0).min_by_key(count);
    let place = place.ok_or_else(|| Refusal::FunctionSubnetFull { function: function.name.clone() })?;
    add(draft, place, &function.name, &vpc.groups)
}

/// Whose the network interfaces of a function are from now on. Those that it had otherwise are gone at once, as if they had never been.
fn set_interfaces(draft: &mut Draft, name: &str, to: Interfaces) -> Result<Reply, Refusal> {
    let old = found(draft, name)?;
    if matches!(old.phase, Phase::Creating(..) | Phase::Updating(..)) {
        return Err(Refusal::FunctionBusy { function: name.to_owned() });
    }
    if old.interfaces == to {
        return Ok(Reply::Function(name.to_owned()));
    }
    for eni in draft.network.enis_of_function(old) {
        if draft.network.functions_sharing(eni).all(|other| other.name == name) {
            service_eni::remove(draft, eni.id);
            draft.push(Event::FunctionEniSet(eni.id, None));
        }
    }
    let mut new = Function { interfaces: to, phase: Phase::Active, ..old.clone() };
    if let Some(vpc) = new.vpc.as_ref().filter(|_| to == Interfaces::Shared) {
        let there = |vpc: &VpcConfig| config(draft, &vpc.subnets, &vpc.groups);
        there(vpc)?;
        let trouble = join(draft, &new)?;
        let until = draft.now + draft.network.delays().function_create;
        new.phase = Phase::Creating(until, trouble);
    }
    set(draft, new)
}

/// What a transition brings of functions.
pub(super) fn events_of(network: &Network, at: Instant, transition: Transition, events: &mut Vec<Event>) {
    match transition {
        Transition::FunctionsSettle => {
            for function in network.functions() {
                let phase = match function.phase {
                    Phase::Creating(until, Some(trouble)) if until <= at => Phase::Failed(trouble),
                    Phase::Updating(until, Some(trouble)) if until <= at => Phase::NotUpdated(trouble),
                    Phase::Creating(until, None) | Phase::Updating(until, None) if until <= at => Phase::Active,
                    _ => continue,
                };
                events.push(Event::FunctionSet(Box::new(Function { phase, ..function.clone() })));
            }
        }
        Transition::FunctionEniGoes(id) if network.function_eni(id).and_then(|used| used.goes).is_some_and(|goes| goes <= at) => {
            if let Some(eni) = network.eni(id) {
                elastic_ip::events_of_unmapping(eni, events);
            }
            events.push(Event::EniDeleted(id));
            events.push(Event::FunctionEniSet(id, None));
        }
        _ => {}
    }
}
