//! Managed prefix lists of a script, with the versions that they have been through.

use super::plan::{Plan, Query, tagged};
use super::said;
use crate::aws::express;
use crate::aws::object::Object;
use eni_core::control::command::{Command, CreatePrefixList, ModifyPrefixList, RestorePrefixList};
use eni_core::model::Tags;
use eni_core::model::prefix_list::{PrefixList, PrefixListEntry, PrefixListState, lists_of_aws};

/// Entries that one call takes.
const ENTRIES: usize = 100;

/// The account's own prefix lists; those that AWS keeps are there.
pub(super) fn prefix_lists(plan: &mut Plan<'_>) {
    let network = plan.network;
    let known: Vec<PrefixList> = lists_of_aws(network.region()).collect();
    for list in network.prefix_lists().filter(|list| list.by_aws && !known.contains(list)) {
        // A real region's list has another id than the playground's.
        let query = Query::Path("PrefixLists[0].PrefixListId");
        let service = list.name.rsplit('.').next().unwrap_or_default();
        plan.find(&list.id.to_string(), ("PL", service), "DescribeManagedPrefixLists", &[("prefix-list-name", &list.name)], query);
    }
    plan.heading("Prefix lists");
    for list in network.prefix_lists().filter(|list| !list.by_aws) {
        use PrefixListState::{CreateFailed, DeleteFailed, ModifyFailed, RestoreFailed};
        if matches!(list.state, CreateFailed | ModifyFailed | RestoreFailed | DeleteFailed) {
            plan.note(&list.id, "State", said::failed_change);
            plan.note(&list.id, "StateMessage", said::failed_change);
        }
        one_list(plan, list);
    }
}

fn one_list(plan: &mut Plan<'_>, list: &PrefixList) {
    let is_whole = u64::try_from(list.earlier.len()).is_ok_and(|earlier| earlier + 1 == list.version);
    let mut versions: Vec<&[PrefixListEntry]> = Vec::new();
    if is_whole {
        versions.extend(list.earlier.values().map(Vec::as_slice));
    } else {
        // An import knows the newest version alone: what is more than a call takes comes in further ones.
        plan.note(&list.id, "Version", said::earlier_versions);
        versions.extend((1..list.entries.len().div_ceil(ENTRIES)).filter_map(|calls| list.entries.get(..calls * ENTRIES)));
    }
    versions.push(&list.entries);
    let most = versions.iter().map(|entries| entries.len()).max().unwrap_or_default().max(list.max_entries).max(1);
    // One that was only resized is resized.
    let resized = list.state == PrefixListState::ModifyComplete && versions.len() == 1;
    let begins = most + usize::from(resized && most < 1_000);
    let call = CreatePrefixList {
        name: list.name.clone(),
        family: list.family,
        max_entries: wide(begins),
        entries: versions.first().map(|entries| entries.iter().take(ENTRIES).cloned().collect()).unwrap_or_default(),
        tags: Tags::new(),
    };
    if let Some((action, parameters)) = express(&Command::CreateManagedPrefixList(Box::new(call))) {
        let object = tagged(Object::of(parameters), &[("prefix-list", &list.tags)]);
        plan.make(&list.id.to_string(), ("PL", &list.name), action, object, "PrefixList.PrefixListId");
    }
    for (at, pair) in versions.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let is_last = at + 2 == versions.len();
        let earlier = versions.iter().take(at + 1).position(|entries| entries == after);
        let restores = earlier.filter(|_| is_last && list.state == PrefixListState::RestoreComplete || !is_reached(before, after));
        let command = match restores {
            Some(earlier) => Command::RestoreManagedPrefixListVersion(RestorePrefixList {
                list: list.id,
                previous: wide(earlier + 1),
                version: wide(at + 1),
            }),
            None => modify(list, Some(at + 1), before, after),
        };
        said_as_call(plan, &command);
    }
    if begins != list.max_entries {
        let size = ModifyPrefixList { max_entries: Some(wide(list.max_entries)), ..changing(list) };
        said_as_call(plan, &Command::ModifyManagedPrefixList(Box::new(size)));
    }
}

fn wide(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A change, which is only taken when what came before it is done.
fn said_as_call(plan: &mut Plan<'_>, command: &Command) {
    if let Some((action, parameters)) = express(command) {
        plan.pause(said::UNTIL_COMPLETE);
        plan.call(action, Object::of(parameters));
    }
}

fn changing(list: &PrefixList) -> ModifyPrefixList {
    ModifyPrefixList { list: list.id, version: None, name: None, add: Vec::new(), remove: Vec::new(), max_entries: None }
}

fn kept<'e>(before: &'e [PrefixListEntry], after: &'e [PrefixListEntry]) -> impl Iterator<Item = &'e PrefixListEntry> {
    before.iter().filter(|entry| after.contains(entry))
}

fn added<'e>(before: &'e [PrefixListEntry], after: &'e [PrefixListEntry]) -> impl Iterator<Item = &'e PrefixListEntry> {
    after.iter().filter(|entry| !before.contains(entry))
}

/// Whether taking entries out and adding others brings them in this order.
fn is_reached(before: &[PrefixListEntry], after: &[PrefixListEntry]) -> bool {
    kept(before, after).chain(added(before, after)).eq(after.iter())
}

fn modify(list: &PrefixList, version: Option<usize>, before: &[PrefixListEntry], after: &[PrefixListEntry]) -> Command {
    let goes = |entry: &&PrefixListEntry| !after.iter().any(|other| other.cidr == entry.cidr);
    Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList {
        version: version.map(wide),
        add: added(before, after).cloned().collect(),
        remove: before.iter().filter(goes).map(|entry| entry.cidr).collect(),
        ..changing(list)
    }))
}
