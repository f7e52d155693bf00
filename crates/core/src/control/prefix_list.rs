//! Managed prefix lists (`S10`, `S12`).

use super::check;
use super::command::{CreatePrefixList, ModifyPrefixList, RestorePrefixList};
use super::draft::Draft;
use super::error::{Refusal, TextKind};
use super::reply::Reply;
use super::weight::{rule_quota, weight_of_routes};
use crate::addr::{Direction, IpNet};
use crate::id::PrefixListId;
use crate::model::event::{Event, Transition};
use crate::model::network::Network;
use crate::model::prefix_list::{AddressFamily, PrefixList, PrefixListEntry, PrefixListState};
use crate::table::{Set, Table};

/// Entries of a list, at most.
const MAX_ENTRIES: usize = 1_000;
/// Entries that one request adds or takes away, at most.
const MAX_CHANGES: usize = 100;
/// Versions that are kept; the oldest goes first.
const MAX_VERSIONS: usize = 1_000;
/// Users that a message names.
const NAMED: usize = 10;

/// CreateManagedPrefixList.
pub(super) fn create(draft: &mut Draft, request: &CreatePrefixList) -> Result<Reply, Refusal> {
    name(&request.name)?;
    let max_entries = size(request.max_entries)?;
    check::tags(&request.tags)?;
    let entries = new_entries(&request.entries, request.family)?;
    if entries.len() > max_entries {
        return Err(Refusal::PrefixListFull { limit: max_entries });
    }
    let limit = draft.network.quotas().prefix_lists;
    if draft.network.prefix_lists().filter(|list| !list.by_aws).count() >= limit {
        return Err(Refusal::PrefixListLimit { limit });
    }
    let id = draft.new_id();
    let list = PrefixList {
        id,
        by_aws: false,
        name: request.name.clone(),
        family: request.family,
        max_entries,
        version: 1,
        entries,
        earlier: Table::new(),
        state: PrefixListState::CreateInProgress,
        state_message: String::new(),
        tags: request.tags.clone(),
    };
    begin(draft, list);
    Ok(Reply::PrefixList(id))
}

/// Puts a list in with what is under way, which ends after a while.
fn begin(draft: &mut Draft, list: PrefixList) {
    let id = list.id;
    draft.push(Event::PrefixListSet(Box::new(list)));
    draft.schedule(draft.network.delays().prefix_list, Transition::PrefixListSettles(id));
}

fn name(name: &str) -> Result<(), Refusal> {
    let bad = name.is_empty() || name.chars().count() > 255 || name.starts_with("com.amazonaws");
    if bad { Err(Refusal::BadPrefixListName { list_name: name.to_owned() }) } else { Ok(()) }
}

fn size(wanted: i64) -> Result<usize, Refusal> {
    let most = i64::try_from(MAX_ENTRIES).unwrap_or(i64::MAX);
    match usize::try_from(wanted) {
        Ok(size @ 1..=MAX_ENTRIES) => Ok(size),
        _ => Err(Refusal::NumberOutOfRange { parameter: "maxEntries", value: wanted, least: 1, most }),
    }
}

/// Entries as they are stored: blocks of the family, without host bits, each once.
fn new_entries(entries: &[PrefixListEntry], family: AddressFamily) -> Result<Vec<PrefixListEntry>, Refusal> {
    if entries.len() > MAX_CHANGES {
        return Err(Refusal::TooManyEntries { limit: MAX_CHANGES });
    }
    let mut blocks = Set::new();
    let stored = |entry: &PrefixListEntry| {
        check::description(TextKind::Rule, &entry.description)?;
        let cidr = entry.cidr.trunc();
        if AddressFamily::of(cidr) != family {
            return Err(Refusal::PrefixListFamily { cidr, family: family.as_str() });
        }
        if !blocks.insert(cidr) {
            return Err(Refusal::BadPrefixListChange { cidr });
        }
        Ok(PrefixListEntry { cidr, description: entry.description.clone() })
    };
    entries.iter().map(stored).collect()
}

/// A list that somebody of the account may change now.
fn changeable<'n>(draft: &Draft<'n>, id: PrefixListId) -> Result<&'n PrefixList, Refusal> {
    let list = draft.prefix_list(id)?;
    if list.by_aws {
        return Err(Refusal::PrefixListOfAws { list: id });
    }
    free(list)?;
    Ok(list)
}

/// Whether nothing is under way with a list.
fn free(list: &PrefixList) -> Result<(), Refusal> {
    let state = list.state;
    if state.is_busy() { Err(Refusal::PrefixListBusy { list: list.id, state: state.as_str() }) } else { Ok(()) }
}

fn version(list: &PrefixList, wanted: i64) -> Result<(), Refusal> {
    if u64::try_from(wanted).ok() == Some(list.version) {
        Ok(())
    } else {
        Err(Refusal::PrefixListVersionMismatch { version: list.version })
    }
}

/// ModifyManagedPrefixList: the name, or the entries, or how many there may be.
pub(super) fn modify(draft: &mut Draft, request: &ModifyPrefixList) -> Result<Reply, Refusal> {
    let entries_change = !request.add.is_empty() || !request.remove.is_empty();
    if entries_change && request.max_entries.is_some() {
        return Err(Refusal::EntriesAndSize {});
    }
    if !entries_change && request.max_entries.is_none() && request.name.is_none() {
        return Err(Refusal::NoAttributes {});
    }
    if entries_change && request.version.is_none() {
        return Err(Refusal::MissingParameter { parameter: "currentVersion" });
    }
    if request.remove.len() > MAX_CHANGES {
        return Err(Refusal::TooManyEntries { limit: MAX_CHANGES });
    }
    request.name.as_deref().map_or(Ok(()), name)?;
    let max_entries = request.max_entries.map(size).transpose()?;
    let list = changeable(draft, request.list)?;
    request.version.map_or(Ok(()), |wanted| version(list, wanted))?;
    let mut new = list.clone();
    new.state_message = String::new();
    if let Some(name) = &request.name {
        new.name.clone_from(name);
    }
    if entries_change {
        let added = new_entries(&request.add, list.family)?;
        next_version(&mut new, changed_entries(list, &added, &request.remove)?);
    }
    if let Some(size) = max_entries {
        resize(draft.network, &mut new, size)?;
    }
    new.state = PrefixListState::ModifyInProgress;
    begin(draft, new);
    Ok(Reply::PrefixList(request.list))
}

/// The entries after a change.
fn changed_entries(list: &PrefixList, added: &[PrefixListEntry], removed: &[IpNet]) -> Result<Vec<PrefixListEntry>, Refusal> {
    let gone: Set<IpNet> = removed.iter().map(IpNet::trunc).collect();
    let known = |cidr: IpNet| list.entries.iter().any(|entry| entry.cidr == cidr);
    if let Some(cidr) = gone.iter().find(|cidr| !known(**cidr)) {
        return Err(Refusal::BadPrefixListChange { cidr: *cidr });
    }
    if let Some(entry) = added.iter().find(|entry| known(entry.cidr)) {
        return Err(Refusal::BadPrefixListChange { cidr: entry.cidr });
    }
    let kept = list.entries.iter().filter(|entry| !gone.contains(&entry.cidr));
    let entries: Vec<PrefixListEntry> = kept.chain(added).cloned().collect();
    if entries.len() > list.max_entries { Err(Refusal::PrefixListFull { limit: list.max_entries }) } else { Ok(entries) }
}

fn next_version(list: &mut PrefixList, entries: Vec<PrefixListEntry>) {
    list.earlier.insert(list.version, std::mem::replace(&mut list.entries, entries));
    list.version += 1;
    if list.earlier.len() >= MAX_VERSIONS {
        let oldest = list.earlier.keys().next().copied();
        oldest.and_then(|oldest| list.earlier.remove(&oldest));
    }
}

/// Gives a list another size. Where those who name it have no room for it, the change begins, and fails (`S10`).
fn resize(network: &Network, list: &mut PrefixList, size: usize) -> Result<(), Refusal> {
    if list.entries.len() > size {
        return Err(Refusal::PrefixListFull { limit: size });
    }
    let before = list.max_entries;
    list.max_entries = size;
    let full: Vec<String> = if size > before { without_room(network, list).collect() } else { Vec::new() };
    if !full.is_empty() {
        list.max_entries = before;
        list.state_message = format!("The following resources do not support the new maximum size: {}", named(full.into_iter()));
    }
    Ok(())
}

/// Who names a list and has no room for it, were it so large: groups, then route tables.
fn without_room<'n>(network: &'n Network, list: &'n PrefixList) -> impl Iterator<Item = String> + 'n {
    let groups = network.groups_with_list(list.id).filter_map(|id| network.group(id)).filter(move |group| {
        let fits = |direction| rule_quota(network, Some(list), group.id, group.rules_of(direction)).is_ok();
        !(fits(Direction::Ingress) && fits(Direction::Egress))
    });
    let limit = network.quotas().routes_per_table;
    let tables = network.tables_with_list(list.id).filter(move |table| weight_of_routes(network, table, list.family, Some(list)) > limit);
    groups.map(|group| group.id.to_string()).chain(tables.map(|table| table.id.to_string()))
}

/// RestoreManagedPrefixListVersion: the entries of an earlier version, as a new one.
pub(super) fn restore(draft: &mut Draft, request: &RestorePrefixList) -> Result<Reply, Refusal> {
    let list = changeable(draft, request.list)?;
    version(list, request.version)?;
    let earlier = u64::try_from(request.previous).ok().and_then(|number| list.earlier.get(&number));
    let earlier = earlier.ok_or(Refusal::PrefixListVersionUnknown { list: list.id, version: request.previous })?.clone();
    if earlier.len() > list.max_entries {
        return Err(Refusal::PrefixListFull { limit: list.max_entries });
    }
    let mut new = list.clone();
    new.state_message = String::new();
    next_version(&mut new, earlier);
    new.state = PrefixListState::RestoreInProgress;
    begin(draft, new);
    Ok(Reply::PrefixList(request.list))
}

/// DeleteManagedPrefixList: begins in any case, and fails where something still names the list.
pub(super) fn delete(draft: &mut Draft, id: PrefixListId) -> Result<Reply, Refusal> {
    let list = changeable(draft, id)?;
    begin(draft, PrefixList { state: PrefixListState::DeleteInProgress, state_message: String::new(), ..list.clone() });
    Ok(Reply::PrefixList(id))
}

/// What comes after what was under way with a list.
pub(super) fn settled(network: &Network, id: PrefixListId) -> Option<Event> {
    let list = network.prefix_list(id)?;
    let mut state_message = list.state_message.clone();
    if list.state == PrefixListState::DeleteInProgress {
        let mut users = users(network, id).peekable();
        if users.peek().is_none() {
            return Some(Event::PrefixListDeleted(id));
        }
        state_message = format!("The prefix list is referenced by: {}", named(users));
    }
    let state = list.state.settled(!state_message.is_empty())?;
    Some(Event::PrefixListSet(Box::new(PrefixList { state, state_message, ..list.clone() })))
}

/// Who names a list: groups, then route tables.
fn users(network: &Network, id: PrefixListId) -> impl Iterator<Item = String> + '_ {
    network.groups_with_list(id).map(|group| group.to_string()).chain(network.tables_with_list(id).map(|table| table.id.to_string()))
}

fn named(users: impl Iterator<Item = String>) -> String {
    users.take(NAMED).collect::<Vec<_>>().join(", ")
}

/// Whether a rule or a route may name a list now.
pub(super) fn nameable(draft: &Draft, id: PrefixListId) -> Result<(), Refusal> {
    let list = draft.prefix_list(id)?;
    if list.state == PrefixListState::DeleteInProgress { free(list) } else { Ok(()) }
}
