//! Managed prefix lists: versions, sizes, who names them, what AWS keeps (rulebook 3.1, 3.2).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Direction, IpNet, Traffic};
use eni_core::control::command::{Command, CreatePrefixList, ModifyPrefixList, Permission, RestorePrefixList, RouteTargetInput};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::prefix_list::{AddressFamily, PrefixList, PrefixListEntry, PrefixListState};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use eni_core::model::security_group::Peer;
use support::World;
use support::scene::{Scene, eni, from_block, igw, rtb, sg};

fn entry(block: &str) -> PrefixListEntry {
    PrefixListEntry { cidr: block.parse().unwrap(), description: String::new() }
}

fn create(max_entries: i64, blocks: &[&str]) -> Command {
    let (name, family) = ("offices".to_owned(), AddressFamily::Ipv4);
    let entries = blocks.iter().map(|block| entry(block)).collect();
    Command::CreateManagedPrefixList(Box::new(CreatePrefixList { name, family, max_entries, entries, tags: Tags::new() }))
}

/// A list that is there.
fn list(world: &mut World, max_entries: i64, blocks: &[&str]) -> PrefixListId {
    match world.settled(create(max_entries, blocks)) {
        Reply::PrefixList(id) => id,
        other => panic!("{other:?}"),
    }
}

fn modify(list: PrefixListId) -> ModifyPrefixList {
    ModifyPrefixList { list, version: None, name: None, add: Vec::new(), remove: Vec::new(), max_entries: None }
}

fn change(list: PrefixListId, version: i64, add: &[&str], remove: &[&str]) -> Command {
    let (add, remove) = (add.iter().map(|block| entry(block)).collect(), remove.iter().map(|block| block.parse().unwrap()).collect());
    Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList { version: Some(version), add, remove, ..modify(list) }))
}

fn resize(list: PrefixListId, size: i64) -> Command {
    Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList { max_entries: Some(size), ..modify(list) }))
}

fn of(world: &World, id: PrefixListId) -> PrefixList {
    world.network.prefix_list(id).unwrap().clone()
}

fn blocks(world: &World, id: PrefixListId) -> Vec<String> {
    of(world, id).entries.iter().map(|entry| entry.cidr.to_string()).collect()
}

fn allow(list: PrefixListId) -> Command {
    let permissions = vec![Permission::new(Traffic::All, Peer::PrefixList(list))];
    Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions }
}

fn revoke(list: PrefixListId) -> Command {
    let permissions = vec![Permission::new(Traffic::All, Peer::PrefixList(list))];
    Command::RevokeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions, rules: Vec::new() }
}

// rules: S10
#[test]
fn a_thousand_versions_are_kept_and_the_oldest_goes_first() {
    let mut world = World::empty();
    let id = list(&mut world, 3, &["192.0.2.0/24"]);
    let mut old = of(&world, id);
    old.earlier = (1..=998).map(|version| (version, Vec::new())).collect();
    old.version = 999;
    world.apply(&[Event::PrefixListSet(Box::new(old))]);
    let restore = |previous| Command::RestoreManagedPrefixListVersion(RestorePrefixList { list: id, previous, version: 1_001 });
    world.settled(change(id, 999, &["10.0.0.0/8"], &[]));
    assert!(of(&world, id).earlier.contains_key(&1), "999 earlier ones and the one in force");
    world.settled(change(id, 1_000, &["10.0.0.0/9"], &[]));
    assert_eq!((of(&world, id).earlier.len(), of(&world, id).earlier.contains_key(&1)), (999, false));
    world.refuse_with(restore(1), "InvalidParameterValue");
    world.accept(restore(2));
}

// rules: S10
#[test]
fn an_earlier_version_comes_back_where_it_has_room() {
    for (size, code) in [(2, None), (1, Some("PrefixListMaxEntriesExceeded"))] {
        let mut world = World::empty();
        let id = list(&mut world, 3, &["10.0.0.0/8", "192.0.2.0/24"]);
        world.settled(change(id, 1, &[], &["10.0.0.0/8"]));
        world.settled(resize(id, size));
        let restore = Command::RestoreManagedPrefixListVersion(RestorePrefixList { list: id, previous: 1, version: 2 });
        match code {
            None => drop(world.settled(restore)),
            Some(code) => drop(world.refuse_with(restore, code)),
        }
        assert_eq!(of(&world, id).entries.len(), if code.is_none() { 2 } else { 1 });
    }
}

// rules: S10 S17
#[test]
fn entries_change_version_by_version_and_come_back() {
    let mut world = World::empty();
    let Reply::PrefixList(id) = world.accept(create(3, &["10.0.0.9/8", "192.0.2.0/24"])) else { panic!() };
    assert_eq!((of(&world, id).state, of(&world, id).version), (PrefixListState::CreateInProgress, 1));
    world.refuse_with(change(id, 1, &["10.9.0.0/16"], &[]), "IncorrectState");
    world.wait(60);
    assert_eq!(
        (of(&world, id).state, blocks(&world, id)),
        (PrefixListState::CreateComplete, vec!["10.0.0.0/8".into(), "192.0.2.0/24".into()])
    );
    world.settled(change(id, 1, &["198.51.100.0/24"], &["10.0.0.0/8"]));
    assert_eq!((of(&world, id).state, of(&world, id).version), (PrefixListState::ModifyComplete, 2));
    assert_eq!(blocks(&world, id), ["192.0.2.0/24", "198.51.100.0/24"]);
    world.refuse_with(change(id, 1, &["10.9.0.0/16"], &[]), "PrefixListVersionMismatch");
    // Another name is no other version.
    world.settled(Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList { name: Some("homes".into()), ..modify(id) })));
    assert_eq!((of(&world, id).name.as_str(), of(&world, id).version), ("homes", 2));
    let restore = |previous, version| Command::RestoreManagedPrefixListVersion(RestorePrefixList { list: id, previous, version });
    world.refuse_with(restore(2, 2), "InvalidParameterValue");
    world.refuse_with(restore(1, 1), "PrefixListVersionMismatch");
    world.settled(restore(1, 2));
    assert_eq!((of(&world, id).state, of(&world, id).version), (PrefixListState::RestoreComplete, 3));
    assert_eq!(blocks(&world, id), ["10.0.0.0/8", "192.0.2.0/24"]);
}

// rules: S10
#[test]
fn a_list_has_as_many_entries_as_it_may_have() {
    let mut world = World::empty();
    world.refuse_with(create(1, &["10.0.0.0/8", "192.0.2.0/24"]), "PrefixListMaxEntriesExceeded");
    for size in [0, -1, 1_001] {
        world.refuse_with(create(size, &[]), "InvalidParameterValue");
    }
    let id = list(&mut world, 2, &["10.0.0.0/8"]);
    world.refuse_with(change(id, 1, &["10.1.0.0/16", "10.2.0.0/16"], &[]), "PrefixListMaxEntriesExceeded");
    world.settled(change(id, 1, &["10.1.0.0/16"], &[]));
    world.settled(change(id, 2, &["10.2.0.0/16"], &["10.1.0.0/16"]));
    world.refuse_with(resize(id, 1), "PrefixListMaxEntriesExceeded");
    world.settled(resize(id, 3));
    assert_eq!((of(&world, id).max_entries, of(&world, id).version), (3, 3), "a size is no version");
    for (add, remove) in [(&["10.0.0.0/8"][..], &[][..]), (&[], &["10.7.0.0/16"]), (&["10.7.0.0/16", "10.7.1.1/16"], &[])] {
        world.refuse_with(change(id, 3, add, remove), "InvalidPrefixListModification");
    }
    world.refuse_with(change(id, 3, &["::/0"], &[]), "InvalidParameterValue");
    let many: Vec<String> = (0..101).map(|n| format!("10.{n}.0.0/16")).collect();
    world.refuse_with(create(1_000, &many.iter().map(String::as_str).collect::<Vec<_>>()), "InvalidParameterValue");
}

// rules: S9 S10 S12
#[test]
fn a_rule_that_names_a_list_counts_as_its_greatest_size() {
    let mut scene = Scene::new();
    let id = list(&mut scene.world, 59, &[]);
    scene.refuse_with(
        Command::AuthorizeSecurityGroup {
            group: sg(3),
            direction: Direction::Ingress,
            permissions: vec![
                Permission::new(Traffic::All, Peer::PrefixList(id)),
                from_block(22, "10.0.0.0/8"),
                from_block(23, "10.0.0.0/8"),
            ],
        },
        "RulesPerSecurityGroupLimitExceeded",
    );
    scene.accept(allow(id));
    scene.accept(Command::AuthorizeSecurityGroup {
        group: sg(3),
        direction: Direction::Ingress,
        permissions: vec![from_block(22, "10.0.0.0/8")],
    });
    let one_more =
        Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions: vec![from_block(23, "10.0.0.0/8")] };
    scene.refuse_with(one_more, "RulesPerSecurityGroupLimitExceeded");
    // The other family is counted apart.
    let ipv6 = Permission::new(Traffic::All, Peer::Ipv6("::/0".parse().unwrap()));
    scene.accept(Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions: vec![ipv6] });
    // The list cannot grow where the group has no room: the change begins, and fails.
    scene.settled(resize(id, 60));
    let kept = of(&scene.world, id);
    assert_eq!((kept.max_entries, kept.state), (59, PrefixListState::ModifyFailed));
    assert!(kept.state_message.contains(&sg(3).to_string()), "{}", kept.state_message);
    scene.settled(resize(id, 58));
    assert_eq!((of(&scene.world, id).max_entries, of(&scene.world, id).state), (58, PrefixListState::ModifyComplete));
    assert_eq!(of(&scene.world, id).state_message, "");
    // What has no room any more may still become smaller.
    scene.quotas(|quotas| quotas.rules_per_group = 10);
    scene.settled(resize(id, 57));
    assert_eq!((of(&scene.world, id).max_entries, of(&scene.world, id).state), (57, PrefixListState::ModifyComplete));
}

// rules: S9 S10
#[test]
fn rules_on_the_way_out_need_room_for_a_list_too() {
    let mut scene = Scene::new();
    let id = list(&mut scene.world, 1, &[]);
    let others = scene.network.group(sg(3)).unwrap().rules_of(Direction::Egress).count();
    let permissions = vec![Permission::new(Traffic::All, Peer::PrefixList(id))];
    scene.accept(Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Egress, permissions });
    let room = i64::try_from(60 - others).unwrap();
    scene.settled(resize(id, room));
    assert_eq!(of(&scene.world, id).state, PrefixListState::ModifyComplete);
    scene.settled(resize(id, room + 1));
    assert_eq!(of(&scene.world, id).state, PrefixListState::ModifyFailed);
}

// rules: S10
#[test]
fn lists_that_aws_keeps_do_not_count() {
    let mut scene = Scene::new();
    scene.quotas(|quotas| quotas.prefix_lists = 1);
    assert!(scene.network.prefix_lists().any(|list| list.by_aws));
    scene.accept(create(1, &[]));
    scene.refuse_with(create(1, &[]), "ResourceLimitExceeded");
}

// rules: R17 S10
#[test]
fn a_list_cannot_outgrow_a_table_that_leads_to_it() {
    let mut scene = Scene::new();
    let id = list(&mut scene.world, 1, &[]);
    let route = Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRoute };
    scene.apply(&[Event::RouteSet(rtb(3), Destination::PrefixList(id), route)]);
    let others = scene.network.route_table(rtb(3)).unwrap().routes.len() - 1;
    let room = i64::try_from(50 - others).unwrap();
    scene.settled(resize(id, room));
    assert_eq!(of(&scene.world, id).state, PrefixListState::ModifyComplete);
    scene.settled(resize(id, room + 1));
    assert_eq!(of(&scene.world, id).state, PrefixListState::ModifyFailed);
    assert!(of(&scene.world, id).state_message.contains(&rtb(3).to_string()));
    scene.settled(Command::DeleteManagedPrefixList(id));
    assert_eq!(of(&scene.world, id).state, PrefixListState::DeleteFailed);
}

fn lead(to: PrefixListId, target: RouteTarget, replace: bool) -> Command {
    let targets = vec![RouteTargetInput::Target(target)];
    Command::SetRoute { table: rtb(3), destination: Destination::PrefixList(to), targets, replace }
}

// rules: R5 R8 R9 S12
#[test]
fn a_route_leads_to_a_list_as_to_a_block() {
    let mut scene = Scene::new();
    let id = list(&mut scene.world, 3, &["192.168.0.0/16"]);
    let (gateway, eni) = (RouteTarget::InternetGateway(igw(1)), RouteTarget::Eni(eni(3)));
    scene.refuse_with(lead(id, gateway.clone(), true), "InvalidParameterValue");
    scene.accept(lead(id, gateway.clone(), false));
    scene.refuse_with(lead(id, gateway, false), "RouteAlreadyExists");
    scene.accept(lead(id, eni.clone(), true));
    let route = |scene: &Scene| scene.network.route_table(rtb(3)).unwrap().routes.get(&Destination::PrefixList(id)).cloned();
    assert_eq!(route(&scene), Some(Route { target: eni.clone(), origin: RouteOrigin::CreateRoute }));
    // What a route leads to stays.
    scene.settled(Command::DeleteManagedPrefixList(id));
    assert_eq!(of(&scene.world, id).state, PrefixListState::DeleteFailed);
    scene.accept(Command::DeleteRoute { table: rtb(3), destination: Destination::PrefixList(id) });
    assert_eq!(route(&scene), None);
    scene.accept(Command::DeleteManagedPrefixList(id));
    scene.refuse_with(lead(id, eni.clone(), false), "IncorrectState");
    scene.wait(60);
    scene.refuse_with(lead(id, eni, false), "InvalidPrefixListID.NotFound");
}

// rules: R3 R7 R14 R37
#[test]
fn every_block_of_a_list_must_be_one_that_the_route_may_lead_to() {
    let mut scene = Scene::new();
    let gateway = RouteTarget::InternetGateway(igw(1));
    for (blocks, is_taken) in
        [(vec!["192.168.0.0/16"], true), (vec![], true), (vec!["192.168.0.0/16", "10.0.1.0/25"], false), (vec!["169.254.168.0/24"], false)]
    {
        let id = list(&mut scene.world, 3, &blocks);
        if is_taken {
            scene.accept(lead(id, gateway.clone(), false));
            scene.refuse_with(lead(id, RouteTarget::Local, true), "RouteNotSupported");
        } else {
            scene.refuse_with(lead(id, gateway.clone(), false), "InvalidParameterValue");
        }
    }
}

// rules: R17 S10
#[test]
fn a_route_to_a_list_counts_as_its_greatest_size() {
    let mut scene = Scene::new();
    let routes = scene.network.route_table(rtb(3)).unwrap().routes.len();
    let id = list(&mut scene.world, 5, &["192.168.0.0/16"]);
    let gateway = RouteTarget::InternetGateway(igw(1));
    scene.quotas(|quotas| quotas.routes_per_table = routes + 4);
    scene.refuse_with(lead(id, gateway.clone(), false), "RouteLimitExceeded");
    scene.quotas(|quotas| quotas.routes_per_table = routes + 5);
    scene.accept(lead(id, gateway, false));
    // And whatever comes after it finds no room.
    let block = Destination::Cidr("192.0.2.0/24".parse().unwrap());
    let targets = vec![RouteTargetInput::Target(RouteTarget::Eni(eni(3)))];
    scene.refuse_with(Command::SetRoute { table: rtb(3), destination: block, targets, replace: false }, "RouteLimitExceeded");
}

// rules: S12
#[test]
fn a_list_that_something_names_is_not_deleted() {
    let mut scene = Scene::new();
    let id = list(&mut scene.world, 5, &["10.0.0.0/8"]);
    scene.accept(allow(id));
    scene.accept(Command::DeleteManagedPrefixList(id));
    assert_eq!(of(&scene.world, id).state, PrefixListState::DeleteInProgress);
    scene.refuse_with(Command::DeleteManagedPrefixList(id), "IncorrectState");
    scene.wait(60);
    let failed = of(&scene.world, id);
    assert_eq!(failed.state, PrefixListState::DeleteFailed);
    assert!(failed.state_message.contains(&sg(3).to_string()), "{}", failed.state_message);
    scene.accept(revoke(id));
    scene.accept(Command::DeleteManagedPrefixList(id));
    // Nothing new may name what is on its way out.
    scene.refuse_with(allow(id), "IncorrectState");
    scene.wait(60);
    assert!(scene.network.prefix_list(id).is_none());
    scene.refuse_with(allow(id), "InvalidPrefixListID.NotFound");
}

// rules: S12 R18
#[test]
fn aws_keeps_two_lists_that_nobody_changes() {
    let mut scene = Scene::new();
    let known: Vec<_> = scene.network.prefix_lists().map(|list| (list.name.clone(), list.id, list.by_aws)).collect();
    let names: Vec<_> = known.iter().map(|(name, _, by_aws)| (name.as_str(), *by_aws)).collect();
    assert_eq!(names, [("com.amazonaws.us-east-1.dynamodb", true), ("com.amazonaws.us-east-1.s3", true)]);
    let s3 = known[1].1;
    assert_eq!(s3.to_string(), "pl-63a5400a");
    scene.refuse_with(Command::DeleteManagedPrefixList(s3), "AuthFailure");
    scene.refuse_with(change(s3, 1, &["10.0.0.0/8"], &[]), "AuthFailure");
    let tags = Tags::from([("Name".to_owned(), "s3".to_owned())]);
    scene.refuse_with(Command::CreateTags { resources: vec![TaggedId::PrefixList(s3)], tags }, "AuthFailure");
    // A rule that names one counts once.
    scene.quotas(|quotas| quotas.rules_per_group = 1);
    scene.accept(allow(s3));
    scene.refuse_with(create_named("com.amazonaws.mine"), "InvalidParameterValue");
}

fn create_named(name: &str) -> Command {
    let (name, family) = (name.to_owned(), AddressFamily::Ipv6);
    Command::CreateManagedPrefixList(Box::new(CreatePrefixList { name, family, max_entries: 1, entries: Vec::new(), tags: Tags::new() }))
}

// rules: S12
#[test]
fn entries_are_of_the_family_and_the_first_that_has_an_address_tells() {
    let mut world = World::empty();
    let id = list(&mut world, 5, &["10.0.0.0/8", "10.1.0.0/16"]);
    let found = |text: &str| of(&world, id).entry_of(text.parse().unwrap()).map(|entry| entry.cidr);
    assert_eq!(found("10.1.2.3"), Some("10.0.0.0/8".parse::<IpNet>().unwrap()));
    assert_eq!((found("11.0.0.1"), found("::1")), (None, None));
    let broken = PrefixList { entries: vec![entry("::/0"), entry("10.0.0.0/8")], max_entries: 1, ..of(&world, id) };
    world.network.apply(&Event::PrefixListSet(Box::new(broken)));
    assert_eq!(world.network.broken().len(), 2, "an import that says so is refused");
}
