//! IPv4 prefixes of ENIs: /28 blocks of the subnet, counted as one address each.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::Ipv4Net;
use eni_core::control::command::{
    AssignPrivateIpAddresses, Command, CreateNetworkInterface, LaunchInterface, RunInstances, UnassignPrivateIpAddresses, Wanted,
};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use support::scene::{Scene, eni, inst, sg, subnet, vpc};
use support::{ip, net, run};

fn assign(eni: EniId, prefixes: Wanted<Ipv4Net>) -> Command {
    let (addresses, count, allow_reassignment) = (Vec::new(), None, false);
    Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses { eni, addresses, count, prefixes, allow_reassignment }))
}

fn unassign(eni: EniId, prefix: &str) -> Command {
    let prefixes = vec![net(prefix)];
    Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses { eni, addresses: Vec::new(), prefixes }))
}

fn create(change: impl FnOnce(&mut CreateNetworkInterface)) -> Command {
    let mut request = CreateNetworkInterface { subnet: Some(subnet(1)), ..CreateNetworkInterface::default() };
    change(&mut request);
    Command::CreateNetworkInterface(Box::new(request))
}

fn free(scene: &Scene) -> u32 {
    scene.network.free_address_count(scene.network.subnet(subnet(1)).unwrap())
}

fn prefixes(scene: &Scene, eni: EniId) -> Vec<String> {
    scene.eni(eni).ipv4_prefixes.iter().map(ToString::to_string).collect()
}

// rules: E71
#[test]
fn too_few_addresses_and_none_in_a_row_are_two_refusals() {
    // A /26 has 59 addresses for ENIs; so many of them are used, the lowest ones. An ENI with a prefix needs 17.
    for (used, code) in [(11, None), (43, Some("InvalidParameterValue")), (42, Some("InsufficientCidrBlocks"))] {
        let mut scene = Scene::new();
        let small = scene.world.subnet(vpc(1), "10.0.9.0/26", "a");
        let first = scene.world.interface(small);
        let (addresses, count, allow_reassignment) = (Vec::new(), Some(used - 1), false);
        let more = AssignPrivateIpAddresses { eni: first, addresses, count, prefixes: Wanted::default(), allow_reassignment };
        scene.accept(Command::AssignPrivateIpAddresses(Box::new(more)));
        let act = create(|request| (request.subnet, request.prefixes) = (Some(small), Wanted::any(1)));
        match code {
            None => drop(scene.accept(act)),
            Some(code) => drop(scene.refuse_with(act, code)),
        }
    }
}

// rules: E49 E66 E71
#[test]
fn a_prefix_takes_sixteen_addresses_in_a_row() {
    let mut scene = Scene::new();
    let before = free(&scene);
    // The first sixteen have reserved and used addresses among them.
    assert_eq!(scene.accept(assign(eni(3), Wanted::any(2))), Reply::Assigned(vec![], vec![net("10.0.1.16/28"), net("10.0.1.32/28")]));
    assert_eq!(free(&scene), before - 32);
    // What is asked for again is there already; what is asked for by name lies anywhere.
    let again = Wanted::these(vec![net("10.0.1.16/28"), net("10.0.1.224/28")]);
    assert_eq!(scene.accept(assign(eni(3), again)), Reply::Assigned(vec![], vec![net("10.0.1.224/28")]));
    // Free addresses are not of a prefix, and nobody else takes one.
    let next = (8..16).chain(48..60);
    for last in next {
        let made = scene.interface(subnet(1));
        assert_eq!(scene.eni(made).primary_ip(), Some(ip(&format!("10.0.1.{last}"))));
    }
    scene.refuse_with(create(|request| request.private_ip = Some(ip("10.0.1.20"))), "Resource.AlreadyAssigned");
    scene.refuse_with(assign(eni(4), Wanted::these(vec![net("10.0.1.48/28")])), "InvalidIPAddress.InUse");
    scene.accept(unassign(eni(3), "10.0.1.16/28"));
    assert_eq!(prefixes(&scene, eni(3)), ["10.0.1.32/28", "10.0.1.224/28"]);
    assert_eq!(scene.accept(assign(eni(4), Wanted::any(1))), Reply::Assigned(vec![], vec![net("10.0.1.16/28")]));
}

// rules: E51 E53 E66
#[test]
fn addresses_of_any_lie_outside_of_a_prefix_of_the_same_call() {
    let mut scene = Scene::new();
    let prefixes = Wanted::these(vec![net("10.0.1.16/28")]);
    let (addresses, count, allow_reassignment) = (Vec::new(), Some(9), false);
    let both = AssignPrivateIpAddresses { eni: eni(3), addresses, count, prefixes, allow_reassignment };
    let Reply::Assigned(addresses, _) = scene.accept(Command::AssignPrivateIpAddresses(Box::new(both))) else { panic!() };
    assert_eq!(addresses.last(), Some(&ip("10.0.1.32")), "{addresses:?}");
}

// rules: E54 E69
#[test]
fn an_eni_is_created_with_prefixes_instead_of_secondary_addresses() {
    let mut scene = Scene::new();
    let Reply::Eni(id) = scene.accept(create(|request| {
        request.private_ip = Some(ip("10.0.1.16"));
        request.prefixes = Wanted::any(2);
    })) else {
        panic!()
    };
    // The primary address is not in a prefix.
    assert_eq!(prefixes(&scene, id), ["10.0.1.32/28", "10.0.1.48/28"]);
    let named = Wanted::these(vec![net("10.0.1.64/28")]);
    scene.refuse_with(create(|request| (request.private_ip, request.prefixes) = (Some(ip("10.0.1.65")), named)), "InvalidParameterValue");
    // All or nothing: fourteen fit into an empty /24, eleven into this one. For thirteen there are addresses, but not in a row.
    let before = scene.network.clone();
    scene.refuse_with(create(|request| request.prefixes = Wanted::any(12)), "InsufficientCidrBlocks");
    scene.refuse_with(create(|request| request.prefixes = Wanted::any(14)), "InvalidParameterValue");
    assert_eq!(scene.network, before);
}

// rules: E61 E67 E68
#[test]
fn a_prefix_counts_as_one_address_of_the_type() {
    let mut scene = Scene::new();
    let big = scene.launched("c5.large");
    let primary = scene.instance(big).primary_eni().unwrap();
    scene.refuse_with(assign(primary, Wanted::any(10)), "PrivateIpAddressLimitExceeded");
    scene.accept(assign(primary, Wanted::any(9)));
    scene.refuse_with(assign(primary, Wanted::any(1)), "PrivateIpAddressLimitExceeded");
    // An instance that is not built on Nitro takes none, neither attached nor at launch; an ENI in no instance takes any.
    let old = scene.launched("t2.medium");
    let old_primary = scene.instance(old).primary_eni().unwrap();
    scene.refuse_with(assign(old_primary, Wanted::any(1)), "Unsupported");
    scene.accept(assign(eni(3), Wanted::any(3)));
    scene.refuse_with(Command::AttachNetworkInterface { eni: eni(3), instance: old, device_index: 1, network_card: 0 }, "Unsupported");
    scene.accept(Command::AttachNetworkInterface { eni: eni(3), instance: inst(1), device_index: 2, network_card: 0 });
}

// rules: E28 E51 E66 E67 E68
#[test]
fn a_launch_gives_prefixes() {
    let mut scene = Scene::new();
    let launch = |name: &str, count: u32, change: &dyn Fn(&mut LaunchInterface)| {
        let mut interface = LaunchInterface { subnet: Some(subnet(1)), groups: vec![sg(1)], ..LaunchInterface::default() };
        change(&mut interface);
        Command::RunInstances(Box::new(RunInstances { count, interfaces: vec![interface], ..run(None, name) }))
    };
    let two = |interface: &mut LaunchInterface| interface.prefixes = Wanted::any(2);
    let Reply::Instances { instances, .. } = scene.accept(launch("t3.small", 2, &two)) else { panic!() };
    let given: Vec<_> = instances.iter().map(|id| prefixes(&scene, scene.instance(*id).primary_eni().unwrap())).collect();
    assert_eq!(given, [["10.0.1.16/28", "10.0.1.32/28"], ["10.0.1.48/28", "10.0.1.64/28"]]);
    let mixed = |interface: &mut LaunchInterface| (interface.secondary_count, interface.prefixes) = (Some(2), Wanted::any(1));
    scene.accept(launch("t3.small", 1, &mixed));
    scene.refuse_with(launch("t3.micro", 1, &mixed), "InvalidInterface.IpAddressLimitExceeded");
    scene.refuse_with(launch("t3.micro", 1, &two), "InvalidInterface.IpAddressLimitExceeded");
    scene.refuse_with(launch("t2.medium", 1, &two), "Unsupported");
    let named = |interface: &mut LaunchInterface| interface.prefixes = Wanted::these(vec![net("10.0.1.128/28")]);
    scene.refuse_with(launch("t3.small", 2, &named), "InvalidParameterCombination");
    scene.accept(launch("t3.small", 1, &named));
    scene.refuse_with(launch("t3.small", 1, &named), "InvalidIPAddress.InUse");
    scene.refuse_with(launch("t3.small", 5, &two), "InvalidParameterValue");
    let existing = |interface: &mut LaunchInterface| {
        (interface.existing, interface.subnet, interface.groups) = (Some(eni(3)), None, vec![]);
        two(interface);
    };
    scene.refuse_with(launch("t3.small", 1, &existing), "InvalidParameterCombination");
}

fn associate(eni: EniId, allocation: AllocationId, private: &str, allow_reassociation: Option<bool>) -> Command {
    Command::AssociateAddress { allocation, eni: Some(eni), instance: None, private_ip: Some(ip(private)), allow_reassociation }
}

/// A scene in which a free ENI has a prefix, 10.0.1.16/28, and two Elastic IPs are idle.
fn with_two_elastic_ips() -> (Scene, [AllocationId; 2]) {
    let mut scene = Scene::new();
    scene.accept(assign(eni(3), Wanted::these(vec![net("10.0.1.16/28")])));
    let mut allocate = || match scene.accept(Command::AllocateAddress { address: None, border_group: None, tags: Default::default() }) {
        Reply::Allocation(id) => id,
        other => panic!("{other:?}"),
    };
    let both = [allocate(), allocate()];
    (scene, both)
}

fn mapped(scene: &Scene, eni: EniId) -> Vec<String> {
    scene.eni(eni).mapped().map(|(ip, public)| format!("{ip} {}", public.ip)).collect()
}

// rules: E70 A19 A20 A21
#[test]
fn each_address_of_a_prefix_can_carry_an_elastic_ip() {
    let (mut scene, [one, two]) = with_two_elastic_ips();
    let before = mapped(&scene, eni(3));
    let public = |scene: &Scene, id| scene.network.elastic_ip(id).unwrap().ip;
    let Reply::Association(first) = scene.accept(associate(eni(3), one, "10.0.1.20", None)) else { panic!() };
    assert_eq!(scene.accept(associate(eni(3), one, "10.0.1.20", Some(false))), Reply::Association(first), "again the same");
    scene.accept(associate(eni(3), two, "10.0.1.31", None));
    let both = [format!("10.0.1.20 {}", public(&scene, one)), format!("10.0.1.31 {}", public(&scene, two))];
    assert_eq!(mapped(&scene, eni(3)), [before.as_slice(), &both].concat());
    assert_eq!(scene.network.mapping_of_public_ip(public(&scene, two)).map(|(eni, ip)| (eni.id, ip)), Some((eni(3), ip("10.0.1.31"))));
    assert_eq!(scene.network.check_invariants(), Vec::<String>::new());
    // An address that carries one makes way for another, unless it may not.
    scene.refuse_with(associate(eni(3), two, "10.0.1.20", Some(false)), "Resource.AlreadyAssociated");
    scene.accept(associate(eni(3), two, "10.0.1.20", None));
    assert_eq!(scene.network.elastic_ip(one).unwrap().association, None);
    assert_eq!(mapped(&scene, eni(3)).last(), Some(&format!("10.0.1.20 {}", public(&scene, two))));
    // Outside of its prefixes and addresses nothing is its own.
    scene.refuse_with(associate(eni(3), one, "10.0.1.32", None), "InvalidParameterValue");
    let association = scene.network.elastic_ip(two).unwrap().association.unwrap().id;
    scene.accept(Command::DisassociateAddress(association));
    assert_eq!(mapped(&scene, eni(3)), before);
    assert_eq!(scene.network.check_invariants(), Vec::<String>::new());
}

// rules: E17 E70
#[test]
fn what_is_on_addresses_of_a_prefix_goes_with_the_prefix_and_with_the_eni() {
    for gone in [unassign(eni(3), "10.0.1.16/28"), Command::DeleteNetworkInterface(eni(3))] {
        let (mut scene, [one, _]) = with_two_elastic_ips();
        scene.accept(associate(eni(3), one, "10.0.1.20", None));
        scene.accept(gone);
        assert_eq!(scene.network.elastic_ip(one).unwrap().association, None, "it stays with the account");
        assert_eq!(scene.network.check_invariants(), Vec::<String>::new());
        assert!(!scene.network.elastic_ips().any(|eip| eip.association.is_some_and(|to| to.private_ip == ip("10.0.1.20"))));
    }
    // Another prefix may go.
    let (mut scene, [one, _]) = with_two_elastic_ips();
    scene.accept(assign(eni(3), Wanted::these(vec![net("10.0.1.64/28")])));
    scene.accept(associate(eni(3), one, "10.0.1.20", None));
    scene.accept(unassign(eni(3), "10.0.1.64/28"));
    assert!(scene.network.elastic_ip(one).unwrap().association.is_some());
}
