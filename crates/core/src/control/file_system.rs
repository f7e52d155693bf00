//! File systems of Amazon EFS and their mount targets (`P43`, `R96` to `R98`).

use super::command::EfsAct;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use super::service_eni::{self, ServiceEni};
use super::wish::take_address;
use super::{check, elastic_ip};
use crate::addr::Ipv4Addr;
use crate::id::{FileSystemId, GroupId, MountTargetId, SubnetId, VpcId};
use crate::model::Tags;
use crate::model::event::{EniChange, Event, Transition};
use crate::model::file_system::{FileSystem, MountTarget, MountTargetState};
use crate::model::network::Network;
use crate::model::service::Service;

/// How many groups a mount target may have.
const MOST_GROUPS: usize = 5;

/// An act of Amazon EFS.
pub(super) fn act(draft: &mut Draft, act: &EfsAct) -> Result<Reply, Refusal> {
    match act {
        EfsAct::CreateFileSystem { token, tags } => create_file_system(draft, token, tags),
        EfsAct::DeleteFileSystem(id) => delete_file_system(draft, *id),
        EfsAct::CreateMountTarget { file_system, subnet, address, groups } => {
            create_mount_target(draft, *file_system, *subnet, *address, groups)
        }
        EfsAct::DeleteMountTarget(id) => delete_mount_target(draft, *id),
        EfsAct::ModifyMountTargetGroups(id, groups) => modify_groups(draft, *id, groups),
    }
}

fn create_file_system(draft: &mut Draft, token: &str, tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    if let Some(other) = draft.network.file_systems().find(|system| system.token == token) {
        return Err(Refusal::FileSystemExists { file_system: other.id, token: token.to_owned() });
    }
    let id: FileSystemId = draft.new_id();
    // Where none is given AWS's command line makes one up.
    let token = if token.is_empty() { format!("made-up-for-{id}") } else { token.to_owned() };
    draft.push(Event::FileSystemCreated(Box::new(FileSystem { id, token, created: draft.now, tags: tags.clone() })));
    Ok(Reply::FileSystem(id))
}

fn delete_file_system(draft: &mut Draft, id: FileSystemId) -> Result<Reply, Refusal> {
    draft.file_system(id)?;
    if draft.network.mount_targets_of(id).next().is_some() {
        return Err(Refusal::FileSystemInUse { file_system: id });
    }
    draft.push(Event::FileSystemDeleted(id));
    Ok(Reply::Nothing)
}

fn create_mount_target(
    draft: &mut Draft,
    file_system: FileSystemId,
    subnet: SubnetId,
    address: Option<Ipv4Addr>,
    groups: &[GroupId],
) -> Result<Reply, Refusal> {
    draft.file_system(file_system)?;
    let network = draft.network;
    let subnet = network.subnet(subnet).ok_or(Refusal::MountSubnetNotFound { subnet })?;
    for target in network.mount_targets_of(file_system) {
        let Some(other) = network.subnet(target.subnet) else { continue };
        if other.vpc != subnet.vpc {
            return Err(Refusal::MountTargetOtherVpc { target: target.id, vpc: other.vpc });
        }
        if other.zone == subnet.zone {
            return Err(Refusal::MountTargetZoneTaken { target: target.id });
        }
    }
    let mut groups = mount_groups(draft, subnet.vpc, groups)?;
    if groups.is_empty() {
        groups.push(draft.vpc(subnet.vpc)?.default_group);
    }
    if check::eni_quota(draft, 1).is_err() {
        return Err(Refusal::MountEniLimit { limit: network.quotas().enis });
    }
    if let Some(ip) = address {
        if !subnet.cidr.contains(&ip) || subnet.is_reserved(ip) {
            return Err(Refusal::MountAddressOutside { ip, subnet: subnet.id });
        }
        check::not_in_use(network, subnet.vpc, ip).map_err(|_| Refusal::MountAddressInUse { ip })?;
        take_address(draft, subnet, ip, |ip, subnet| Refusal::MountAddressOutside { ip, subnet })?;
    } else if network.free_address_count(subnet) == 0 {
        return Err(Refusal::MountSubnetFull { subnet: subnet.id });
    }
    let id = draft.new_id();
    let wanted = ServiceEni {
        requester: Service::Efs.requester(),
        kind: Service::Efs.interface_type(),
        description: Service::Efs.description(&format!("{file_system} ({id})")),
        groups,
        source_dest_check: true,
        addresses: address.into_iter().collect(),
    };
    let eni = service_eni::add(draft, subnet, wanted)?;
    let state = MountTargetState::Creating;
    draft.push(Event::MountTargetCreated(Box::new(MountTarget { id, file_system, subnet: subnet.id, eni, state })));
    draft.schedule(network.delays().mount_target_create, Transition::MountTargetSettles(id));
    Ok(Reply::MountTarget(id))
}

/// The groups named, all of that VPC.
fn mount_groups(draft: &Draft, vpc: VpcId, wanted: &[GroupId]) -> Result<Vec<GroupId>, Refusal> {
    let groups = check::distinct(wanted);
    if groups.len() > MOST_GROUPS {
        return Err(Refusal::MountGroupLimit { limit: MOST_GROUPS });
    }
    let foreign = groups.iter().find(|id| draft.network.group(**id).is_none_or(|group| group.vpc != vpc));
    match foreign {
        Some(group) => Err(Refusal::MountGroupNotFound { group: *group }),
        None => Ok(groups),
    }
}

fn delete_mount_target(draft: &mut Draft, id: MountTargetId) -> Result<Reply, Refusal> {
    let target = draft.mount_target(id)?;
    if target.state != MountTargetState::Deleting {
        draft.push(Event::MountTargetStateChanged(id, MountTargetState::Deleting));
        draft.schedule(draft.network.delays().mount_target_delete, Transition::MountTargetGoes(id));
    }
    Ok(Reply::Nothing)
}

fn modify_groups(draft: &mut Draft, id: MountTargetId, groups: &[GroupId]) -> Result<Reply, Refusal> {
    let target = draft.mount_target(id)?;
    if target.state != MountTargetState::Available {
        return Err(Refusal::MountTargetState { target: id, state: target.state.as_str() });
    }
    let Some(eni) = draft.network.eni(target.eni) else { return Ok(Reply::Nothing) };
    let mut groups = mount_groups(draft, eni.vpc, groups)?;
    if groups.is_empty() {
        groups.push(draft.vpc(eni.vpc)?.default_group);
    }
    if groups != eni.groups {
        draft.push(Event::EniChanged(eni.id, EniChange::Groups(groups)));
    }
    Ok(Reply::Nothing)
}

/// What a transition brings of mount targets.
pub(super) fn events_of(network: &Network, transition: Transition, events: &mut Vec<Event>) {
    let in_state = |id: MountTargetId, state| network.mount_target(id).filter(|target| target.state == state);
    match transition {
        Transition::MountTargetSettles(id) if in_state(id, MountTargetState::Creating).is_some() => {
            events.push(Event::MountTargetStateChanged(id, MountTargetState::Available));
        }
        Transition::MountTargetGoes(id) => {
            let Some(target) = in_state(id, MountTargetState::Deleting) else { return };
            if let Some(eni) = network.eni(target.eni) {
                elastic_ip::events_of_unmapping(eni, events);
                events.push(Event::EniDeleted(eni.id));
            }
            events.push(Event::MountTargetDeleted(id));
        }
        _ => {}
    }
}
