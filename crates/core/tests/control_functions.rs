//! Functions of AWS Lambda and their network interfaces, then and now; mount targets of Amazon EFS (P27, P28, R90 to R98).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{AttachmentKey, Command, EfsAct, EniAttribute, LambdaAct};
use eni_core::id::{EniId, GroupId, SubnetId};
use eni_core::model::file_system::MountTargetState;
use eni_core::model::function::{Interfaces, Phase, Trouble};
use support::functions::{call, efs, files, function, mount, then};
use support::scene::{Scene, sg, subnet};
use support::{create_eni, id};

fn enis(scene: &Scene, name: &str) -> Vec<EniId> {
    let mut all: Vec<EniId> = scene.network.enis_of_function(scene.network.function(name).unwrap()).iter().map(|eni| eni.id).collect();
    all.sort();
    all
}

fn phase(scene: &Scene, name: &str) -> Phase {
    scene.network.function(name).unwrap().phase
}

fn lambdas(scene: &Scene) -> usize {
    scene.network.enis().filter(|eni| eni.kind.as_str() == "lambda").count()
}

fn lambda(act: LambdaAct) -> Command {
    Command::Lambda(Box::new(act))
}

fn moved(name: &str, vpc: (Vec<SubnetId>, Vec<GroupId>)) -> Command {
    let function = name.to_owned();
    let (runtime, role, handler, description) = (None, None, None, Some("moved".to_owned()));
    lambda(LambdaAct::Update { function, runtime, role, handler, description, timeout: Some(9), memory: None, vpc: Some(vpc) })
}

// rules: P28 R91 E78 E80 E82
#[test]
fn functions_of_one_subnet_and_the_same_groups_share_a_network_interface_that_is_lambdas() {
    let mut scene = Scene::new();
    scene.accept(function("one", &[subnet(2)], &[sg(1), sg(3)]));
    assert_eq!(phase(&scene, "one").state(), "Pending");
    let shared = enis(&scene, "one");
    assert_eq!(shared.len(), 1);
    scene.wait(60);
    assert_eq!((phase(&scene, "one"), phase(&scene, "one").last_update()), (Phase::Active, "Successful"));
    let eni = scene.eni(shared[0]);
    assert_eq!((eni.kind.as_str(), eni.description.as_str(), eni.is_requester_managed()), ("lambda", "AWS Lambda VPC ENI-one", true));
    assert_eq!((eni.subnet, eni.groups.clone(), eni.attachment.is_none()), (subnet(2), vec![sg(1), sg(3)], true));
    // The order of the groups is no matter; another set is another interface, and so is another subnet.
    scene.settled(function("two", &[subnet(2)], &[sg(3), sg(1)]));
    scene.settled(function("three", &[subnet(2)], &[sg(3)]));
    scene.settled(function("four", &[subnet(2), subnet(1)], &[sg(3)]));
    scene.settled(function("none", &[], &[]));
    assert_eq!((enis(&scene, "two"), lambdas(&scene)), (shared.clone(), 3));
    assert!(enis(&scene, "four").contains(&enis(&scene, "three")[0]) && enis(&scene, "none").is_empty());
    let names: Vec<&str> = scene.network.functions_sharing(scene.eni(shared[0])).map(|function| function.name.as_str()).collect();
    assert_eq!(names, ["one", "two"]);
    // It is Lambda's, and calls change nothing about it.
    let before = scene.network.clone();
    scene.accept(call("one"));
    assert_eq!(scene.network, before);
    let attachment = scene.eni(shared[0]).requester.as_ref().unwrap().attachment.unwrap();
    scene.refuse_with(Command::DeleteNetworkInterface(shared[0]), "AuthFailure");
    scene.refuse_with(Command::ModifyNetworkInterfaceAttribute(shared[0], vec![EniAttribute::SourceDestCheck(false)]), "AuthFailure");
    scene.refuse_with(
        Command::DetachNetworkInterface { attachment: AttachmentKey::Service(attachment), force: true },
        "OperationNotPermitted",
    );
    scene.refuse_with(Command::ServiceLeaves(shared[0]), "OperationNotPermitted");
    scene.check();
}

// rules: R92 P28
#[test]
fn a_shared_network_interface_outlives_its_last_function_and_holds_subnet_and_group_until_then() {
    let mut scene = Scene::new();
    scene.settled(function("one", &[subnet(2)], &[sg(3)]));
    scene.settled(function("two", &[subnet(2)], &[sg(3)]));
    let shared = enis(&scene, "one")[0];
    scene.accept(lambda(LambdaAct::Delete("one".to_owned())));
    scene.wait(3_600);
    assert!(scene.network.eni(shared).is_some(), "two has it still");
    scene.accept(lambda(LambdaAct::Delete("two".to_owned())));
    scene.refuse_with(Command::DeleteSubnet(subnet(2)), "DependencyViolation");
    scene.refuse_with(Command::DeleteSecurityGroup(sg(3)), "DependencyViolation");
    scene.wait(1_199);
    assert!(scene.network.eni(shared).is_some());
    // Whoever comes before takes it over, and the time begins anew when he leaves.
    scene.accept(function("late", &[subnet(2)], &[sg(3)]));
    assert_eq!(enis(&scene, "late"), [shared]);
    scene.accept(lambda(LambdaAct::Delete("late".to_owned())));
    scene.wait(1);
    assert!(scene.network.eni(shared).is_some(), "the time that began before is over, and no longer counts");
    scene.wait(1_198);
    assert!(scene.network.eni(shared).is_some());
    scene.wait(1);
    assert!(scene.network.eni(shared).is_none() && scene.network.function_eni(shared).is_none());
    scene.accept(Command::DeleteSecurityGroup(sg(3)));
    scene.accept(Command::DeleteSubnet(subnet(2)));
    scene.check();
}

// rules: R90 R91 R92
#[test]
fn a_function_that_moves_leaves_what_it_had_and_one_that_finds_no_address_stays_or_fails() {
    let mut scene = Scene::new();
    scene.settled(function("one", &[subnet(2)], &[sg(3)]));
    let before = enis(&scene, "one");
    scene.accept(moved("one", (vec![subnet(1), subnet(2)], vec![sg(3)])));
    assert_eq!((phase(&scene, "one").state(), phase(&scene, "one").last_update()), ("Active", "InProgress"));
    scene.refuse_with(moved("one", (vec![], vec![])), "ResourceConflictException");
    scene.wait(60);
    assert_eq!((phase(&scene, "one"), enis(&scene, "one").len()), (Phase::Active, 2));
    assert!(enis(&scene, "one").contains(&before[0]));
    let function_of = |scene: &Scene| scene.network.function("one").unwrap().clone();
    assert_eq!((function_of(&scene).timeout, function_of(&scene).memory, function_of(&scene).description.as_str()), (9, 128, "moved"));
    // Where there is no room, it goes on as it was.
    scene.quotas(|quotas| quotas.enis = 0);
    scene.settled(moved("one", (vec![subnet(3)], vec![sg(3)])));
    assert_eq!(phase(&scene, "one"), Phase::NotUpdated(Trouble::NoInterface));
    assert_eq!((function_of(&scene).vpc.unwrap().subnets, enis(&scene, "one").len()), (vec![subnet(1), subnet(2)], 2));
    scene.accept(call("one"));
    scene.quotas(|quotas| quotas.enis = 100);
    scene.settled(moved("one", (vec![], vec![])));
    assert_eq!((phase(&scene, "one"), function_of(&scene).vpc, lambdas(&scene)), (Phase::Active, None, 2));
    scene.wait(1_200);
    assert_eq!(lambdas(&scene), 0);
    while scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap()) > 0 {
        scene.world.interface(subnet(3));
    }
    scene.settled(function("new", &[subnet(3)], &[sg(3)]));
    assert_eq!(
        (phase(&scene, "new"), phase(&scene, "new").trouble().unwrap().as_str()),
        (Phase::Failed(Trouble::NoAddress), "SubnetOutOfIPAddresses")
    );
    scene.check();
}

// rules: P27 R94 R95
#[test]
fn then_each_execution_environment_took_an_address_and_kept_it_while_it_was_warm() {
    let mut scene = Scene::new();
    scene.settled(function("old", &[subnet(3)], &[sg(3)]));
    assert_eq!(lambdas(&scene), 1);
    scene.accept(then("old"));
    assert_eq!((lambdas(&scene), phase(&scene, "old")), (0, Phase::Active), "nothing stands before the first call");
    let free = |scene: &Scene| scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap());
    let at_first = free(&scene);
    scene.accept(call("old"));
    scene.accept(call("old"));
    let two = enis(&scene, "old");
    assert_eq!((two.len(), free(&scene)), (2, at_first - 2));
    // 10 seconds of start and 60 of work: then they are warm, and the next call starts nothing.
    scene.wait(69);
    scene.accept(call("old"));
    assert_eq!(enis(&scene, "old").len(), 3);
    scene.wait(1);
    scene.accept(call("old"));
    scene.accept(call("old"));
    assert_eq!(enis(&scene, "old").len(), 3);
    // Another function of the same groups has its own.
    scene.settled(function("now", &[subnet(3)], &[sg(3)]));
    assert_eq!(lambdas(&scene), 4);
    scene.accept(call("now"));
    assert_eq!(lambdas(&scene), 4);
    while free(&scene) > 0 {
        scene.accept(call("old"));
    }
    scene.refuse_with(call("old"), "SubnetIPAddressLimitReachedException");
    scene.accept(call("now"));
    // Ten minutes after the last call an environment goes, with its interface.
    scene.wait(10 + 60 + 600);
    assert_eq!((enis(&scene, "old").len(), lambdas(&scene)), (0, 1));
    scene.accept(call("old"));
    scene.accept(lambda(LambdaAct::SetInterfaces("old".to_owned(), Interfaces::Shared)));
    assert_eq!((enis(&scene, "old"), lambdas(&scene)), (enis(&scene, "now"), 1));
    scene.wait(60);
    scene.accept(then("old"));
    scene.accept(call("old"));
    scene.accept(lambda(LambdaAct::Delete("old".to_owned())));
    assert_eq!(lambdas(&scene), 2);
    scene.wait(1_200);
    assert_eq!(lambdas(&scene), 1);
    scene.check();
}

// rules: R94
#[test]
fn then_a_call_took_an_environment_no_longer_than_the_timeout_of_its_function() {
    let mut scene = Scene::new();
    scene.settled(function("old", &[subnet(3)], &[sg(3)]));
    scene.accept(then("old"));
    let long = || lambda(LambdaAct::Invoke { function: "old".to_owned(), seconds: u16::MAX, event: true });
    scene.accept(long());
    // 10 seconds of start and 60 of work, for which it has time: it is warm then.
    scene.wait(70);
    scene.accept(long());
    assert_eq!(enis(&scene, "old").len(), 1);
}

// rules: P27
#[test]
fn then_environments_spread_over_the_subnets_that_have_room() {
    let mut scene = Scene::new();
    scene.settled(function("old", &[subnet(2), subnet(3)], &[sg(3)]));
    scene.accept(then("old"));
    (0..4).for_each(|_| drop(scene.accept(call("old"))));
    let count = |scene: &Scene, of: u64| enis(scene, "old").iter().filter(|eni| scene.eni(**eni).subnet == subnet(of)).count();
    assert_eq!((count(&scene, 2), count(&scene, 3)), (2, 2));
    while scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap()) > 0 {
        scene.accept(create_eni(subnet(3)));
    }
    (0..3).for_each(|_| drop(scene.accept(call("old"))));
    assert_eq!((count(&scene, 2), count(&scene, 3)), (5, 2));
}

// rules: P43 R96 R97 R98 E80 E82
#[test]
fn a_file_system_has_one_mount_target_in_a_zone_and_goes_after_them() {
    let mut scene = Scene::new();
    scene.accept(files(""));
    scene.accept(mount(subnet(2), Some("10.0.2.9"), &[sg(3)]));
    let target = |scene: &Scene| scene.network.mount_target(id(1)).cloned();
    assert_eq!(target(&scene).unwrap().state, MountTargetState::Creating);
    scene.wait(60);
    let made = target(&scene).unwrap();
    let eni = scene.eni(made.eni);
    assert_eq!(
        (made.state, eni.primary_ip(), eni.groups.clone()),
        (MountTargetState::Available, Some("10.0.2.9".parse().unwrap()), vec![sg(3)])
    );
    let description = format!("EFS mount target for {} ({})", made.file_system, made.id);
    assert_eq!((eni.kind.as_str(), eni.description.as_str(), eni.is_requester_managed()), ("efs", description.as_str(), true));
    scene.refuse_with(Command::ServiceLeaves(made.eni), "OperationNotPermitted");
    scene.refuse_with(Command::DeleteSecurityGroup(sg(3)), "DependencyViolation");
    scene.accept(efs(EfsAct::ModifyMountTargetGroups(id(1), vec![sg(1)])));
    assert_eq!(scene.eni(made.eni).groups, [sg(1)]);
    scene.accept(Command::DeleteSecurityGroup(sg(3)));
    scene.accept(files("other"));
    scene.accept(efs(EfsAct::DeleteFileSystem(id(2))));
    scene.accept(efs(EfsAct::DeleteMountTarget(id(1))));
    assert_eq!(target(&scene).unwrap().state, MountTargetState::Deleting);
    scene.refuse_with(efs(EfsAct::DeleteFileSystem(id(1))), "FileSystemInUse");
    scene.wait(60);
    assert!(target(&scene).is_none() && scene.network.eni(made.eni).is_none());
    scene.accept(efs(EfsAct::DeleteFileSystem(id(1))));
    scene.accept(Command::DeleteSubnet(subnet(2)));
    scene.check();
}
