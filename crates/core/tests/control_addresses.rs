//! Private addresses and Elastic IPs (rulebook 1.6 and 2).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::Ipv4Addr;
use eni_core::control::command::{
    AssignPrivateIpAddresses, Command, CreateNetworkInterface, EniAttribute, SubnetAttribute, UnassignPrivateIpAddresses, Wanted,
};
use eni_core::control::decide::decide;
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::eni::PublicOrigin;
use support::scene::{Scene, eip, eni, inst, subnet, vpc};
use support::{World, associate, create_eni, ip, run};

fn count(eni: EniId, count: i64) -> Command {
    Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni,
        addresses: Vec::new(),
        count: Some(count),
        allow_reassignment: false,
        prefixes: Wanted::default(),
    }))
}

fn list(eni: EniId, addresses: &[&str], allow_reassignment: bool) -> Command {
    let addresses = addresses.iter().map(|address| ip(address)).collect();
    Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni,
        addresses,
        count: None,
        allow_reassignment,
        prefixes: Wanted::default(),
    }))
}

fn on(allocation: AllocationId, eni: EniId, address: Ipv4Addr) -> Command {
    Command::AssociateAddress { allocation, eni: Some(eni), instance: None, private_ip: Some(address), allow_reassociation: None }
}

fn addresses(world: &World, eni: EniId) -> Vec<String> {
    world.eni(eni).addresses.iter().map(|address| address.ip.to_string()).collect()
}

// rules: E48 E49 E51
#[test]
fn a_28_has_eleven_addresses_given_from_the_lowest() {
    let mut scene = Scene::new();
    let enis: Vec<_> = (0..11).map(|_| scene.interface(subnet(3))).collect();
    let given: Vec<_> = enis.iter().map(|id| scene.eni(*id).primary_ip().unwrap()).collect();
    let wanted: Vec<Ipv4Addr> = (4..15).map(|last| Ipv4Addr::new(10, 0, 3, last)).collect();
    assert_eq!(given, wanted);
    assert_eq!(scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap()), 0);
    scene.refuse_with(create_eni(subnet(3)), "InsufficientFreeAddressesInSubnet");
    scene.accept(Command::DeleteNetworkInterface(enis[4]));
    let again = scene.interface(subnet(3));
    assert_eq!(scene.eni(again).primary_ip(), Some(wanted[4]));
}

// rules: E50 E53 E54 E63 E64
#[test]
fn an_eni_is_created_with_the_addresses_asked_for() {
    let mut scene = Scene::new();
    let mut create = |change: &dyn Fn(&mut CreateNetworkInterface)| {
        let mut request = CreateNetworkInterface { subnet: Some(subnet(3)), ..CreateNetworkInterface::default() };
        change(&mut request);
        let Reply::Eni(id) = scene.accept(Command::CreateNetworkInterface(Box::new(request))) else { panic!() };
        addresses(&scene, id)
    };
    assert_eq!(create(&|request| request.addresses = vec![(ip("10.0.3.9"), false), (ip("10.0.3.8"), true)]), ["10.0.3.8", "10.0.3.9"]);
    assert_eq!(create(&|request| request.private_ip = Some(ip("10.0.3.5"))), ["10.0.3.5"]);
    assert_eq!(create(&|request| request.secondary_count = Some(2)), ["10.0.3.4", "10.0.3.6", "10.0.3.7"]);
    assert_eq!(create(&|request| request.addresses = vec![(ip("10.0.3.10"), false)]), ["10.0.3.11", "10.0.3.10"]);
}

// rules: E53 E54 E61
#[test]
fn secondaries_are_added_all_or_none() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.accept(list(eni(3), &["10.0.1.40", "10.0.1.41"], false)),
        Reply::Assigned(vec![ip("10.0.1.40"), ip("10.0.1.41")], vec![])
    );
    scene.accept(list(eni(3), &["10.0.1.41"], false));
    let before = addresses(&scene, eni(3));
    scene.refuse_with(list(eni(3), &["10.0.1.50", "10.0.1.4"], false), "InvalidParameterValue");
    assert_eq!(addresses(&scene, eni(3)), before);
    scene.refuse_with(count(eni(3), 1 << 40), "InsufficientFreeAddressesInSubnet");
    scene.accept(count(eni(3), 60));
    assert_eq!(scene.eni(eni(3)).addresses.len(), 63, "no limit while it is not attached");
    scene.accept(count(eni(4), 3));
    assert_eq!(scene.refuse_with(count(eni(4), 1), "PrivateIpAddressLimitExceeded").rule(), "E61");
    let own = addresses(&scene, eni(4)).pop().unwrap();
    scene.accept(list(eni(4), &[&own], false));
    assert_eq!(scene.eni(eni(4)).addresses.len(), 4, "what it has already takes no further place");
}

// rules: E49 E55
#[test]
fn a_move_needs_no_free_address() {
    let mut scene = Scene::new();
    let (from, to) = (scene.interface(subnet(3)), scene.interface(subnet(3)));
    scene.accept(count(from, 9));
    let moving = addresses(&scene, from).pop().unwrap();
    scene.refuse_with(count(to, 1), "InsufficientFreeAddressesInSubnet");
    scene.accept(list(to, &[&moving], true));
    assert_eq!(addresses(&scene, to).last(), Some(&moving));
}

// rules: E55 E56 E57 E58 L10
#[test]
fn a_secondary_moves_only_if_allowed_and_takes_its_elastic_ip_along() {
    let mut scene = Scene::new();
    let rich = scene.with_addresses(1);
    let moving = scene.eni(rich).addresses[1].ip;
    scene.accept(on(eip(2), rich, moving));
    let text = moving.to_string();
    let refusal = scene.refuse_with(list(eni(3), &[&text], false), "InvalidParameterValue");
    assert_eq!(refusal.remedy(&scene.network), Remedy::AllowReassignment);
    scene.refuse_with(list(eni(3), &["10.0.1.4"], true), "InvalidParameterValue");
    assert_eq!(scene.refuse(list(eni(3), &["10.0.1.6"], true)).name(), "PrimaryAddressTaken", "not even its own");
    scene.accept(list(eni(3), &[&text], true));
    assert_eq!(scene.eni(rich).addresses.len(), 1);
    let association = scene.network.elastic_ip(eip(2)).unwrap().association.unwrap();
    assert_eq!((association.eni, association.private_ip), (eni(3), moving));
    let far = scene.interface(subnet(2));
    scene.refuse_with(list(far, &[&text], true), "InvalidParameterValue");
}

// rules: E59 E60 E3
#[test]
fn unassigning_a_secondary_frees_its_elastic_ip() {
    let mut scene = Scene::new();
    let rich = scene.with_addresses(2);
    let secondary = scene.eni(rich).addresses[1].ip;
    scene.accept(on(eip(2), rich, secondary));
    scene.accept(Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
        eni: rich,
        addresses: vec![secondary, secondary],
        prefixes: Vec::new(),
    })));
    assert!(scene.network.elastic_ip(eip(2)).unwrap().association.is_none());
    assert_eq!(scene.eni(rich).addresses.len(), 2);
    scene.refuse_with(
        Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
            eni: rich,
            addresses: Vec::new(),
            prefixes: Vec::new(),
        })),
        "MissingParameter",
    );
    let both = scene.eni(rich).addresses.iter().map(|address| address.ip).collect();
    scene.refuse_with(
        Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses { eni: rich, addresses: both, prefixes: Vec::new() })),
        "InvalidParameterValue",
    );
    assert_eq!(scene.eni(rich).addresses.len(), 2, "all or none");
}

/// A world whose only subnet gives public addresses, and an instance in it.
fn public_world() -> (World, InstanceId, EniId) {
    let mut world = World::empty();
    let vpc = world.vpc("10.0.0.0/16");
    world.gateway(vpc);
    let subnet = world.subnet(vpc, "10.0.1.0/24", "a");
    world.accept(Command::ModifySubnetAttribute(subnet, vec![SubnetAttribute::MapPublicIpOnLaunch(true)]));
    let instance = world.running(subnet, "t3.small");
    let eni = world.instance(instance).primary_eni().unwrap();
    (world, instance, eni)
}

fn is_automatic(world: &World, eni: EniId) -> bool {
    world.eni(eni).addresses[0].public.is_some_and(|public| public.origin == PublicOrigin::Amazon)
}

// rules: A1 A2
#[test]
fn the_subnets_flag_counts_when_the_eni_is_made_and_the_launch_overrides_it() {
    for (flag, wish, wanted) in [(true, None, true), (false, None, false), (true, Some(false), false), (false, Some(true), true)] {
        let mut scene = Scene::new();
        scene.accept(Command::ModifySubnetAttribute(subnet(1), vec![SubnetAttribute::MapPublicIpOnLaunch(flag)]));
        let mut request = run(Some(subnet(1)), "t3.micro");
        request.associate_public_ip = wish;
        let id = scene.launch(request);
        let eni = scene.instance(id).primary_eni().unwrap();
        scene.accept(Command::ModifySubnetAttribute(subnet(1), vec![SubnetAttribute::MapPublicIpOnLaunch(!flag)]));
        assert_eq!(is_automatic(&scene, eni), wanted, "subnet {flag}, launch {wish:?}");
    }
}

// rules: A5 A6 A9 L3 L4
#[test]
fn the_automatic_address_dies_at_stop_and_stays_away_with_two_enis() {
    let (mut world, id, primary) = public_world();
    let first = world.public(primary);
    let more = world.interface(world.eni(primary).subnet);
    world.attach(more, id, 1);
    assert_eq!(world.public(primary), first, "attaching takes nothing away");
    world.accept(Command::StopInstances(vec![id]));
    world.wait(2);
    assert_eq!(world.public(primary), None);
    world.settled(Command::StartInstances(vec![id]));
    assert_eq!(world.public(primary), None, "two ENIs");
    let attachment = world.eni(more).attachment.as_ref().unwrap().id;
    let key = eni_core::control::command::AttachmentKey::Eni(attachment);
    world.settled(Command::DetachNetworkInterface { attachment: key, force: false });
    world.settled(Command::StopInstances(vec![id]));
    world.settled(Command::StartInstances(vec![id]));
    assert!(is_automatic(&world, primary));
    assert_ne!(world.public(primary), first);
}

// rules: A6 A7 A8
#[test]
fn an_elastic_ip_drives_the_automatic_address_out_and_lets_a_new_one_in() {
    let (mut world, _, primary) = public_world();
    let first = world.public(primary);
    let allocation = world.allocate();
    let association = world.associate(allocation, primary);
    assert_eq!(world.public(primary), world.network.elastic_ip(allocation).map(|eip| eip.ip));
    world.accept(Command::DisassociateAddress(association));
    assert!(is_automatic(&world, primary));
    assert_ne!(world.public(primary), first, "it can never be had back");
    // An Elastic IP that only goes on to a secondary address lets none in.
    world.associate(allocation, primary);
    world.accept(count(primary, 1));
    let secondary = world.eni(primary).addresses[1].ip;
    world.accept(on(allocation, primary, secondary));
    assert_eq!(world.public(primary), None);
}

// rules: A6
#[test]
fn no_automatic_address_beside_an_elastic_ip_on_a_secondary() {
    let (mut world, id, primary) = public_world();
    world.accept(count(primary, 1));
    let secondary = world.eni(primary).addresses[1].ip;
    let allocation = world.allocate();
    world.accept(on(allocation, primary, secondary));
    assert!(is_automatic(&world, primary), "what is there stays");
    world.settled(Command::StopInstances(vec![id]));
    world.settled(Command::StartInstances(vec![id]));
    assert_eq!(world.public(primary), None);
    world.accept(Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
        eni: primary,
        addresses: vec![secondary],
        prefixes: Vec::new(),
    })));
    assert!(is_automatic(&world, primary), "after the Elastic IP is removed");
}

// rules: A6 A8
#[test]
fn no_automatic_address_comes_back_to_an_instance_with_two_interfaces() {
    for interfaces in [1, 2] {
        let (mut world, id, primary) = public_world();
        let allocation = world.allocate();
        let association = world.associate(allocation, primary);
        if interfaces == 2 {
            let second = world.interface(world.eni(primary).subnet);
            world.attach(second, id, 1);
        }
        world.accept(Command::DisassociateAddress(association));
        assert_eq!(is_automatic(&world, primary), interfaces == 1, "{interfaces} interfaces");
    }
}

// rules: A10
#[test]
fn the_wish_for_a_public_address_can_be_switched() {
    let (mut world, _, primary) = public_world();
    let wish = |on| Command::ModifyNetworkInterfaceAttribute(primary, vec![EniAttribute::AssociatePublicIp(on)]);
    let first = world.public(primary);
    world.accept(wish(true));
    assert_eq!(world.public(primary), first, "it has one");
    for _ in 0..2 {
        world.accept(wish(false));
        assert_eq!(world.public(primary), None);
    }
    world.accept(wish(true));
    assert!(is_automatic(&world, primary));
    let other = world.interface(world.eni(primary).subnet);
    world.accept(Command::ModifyNetworkInterfaceAttribute(other, vec![EniAttribute::AssociatePublicIp(true)]));
    assert_eq!(world.public(other), None, "it acts on the primary ENI only");
}

// rules: A12 A13 A27 A30 A34 I8
#[test]
fn addresses_are_allocated_released_and_recovered() {
    let mut scene = Scene::new();
    for _ in 0..3 {
        scene.allocate();
    }
    let refusal =
        scene.refuse_with(Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() }, "AddressLimitExceeded");
    assert_eq!(refusal.remedy(&scene.network), Remedy::Release((2..6).map(eip).collect()));
    let address = scene.network.elastic_ip(eip(2)).unwrap().ip;
    assert!(address.octets().starts_with(&[203, 0, 113]));
    scene.accept(Command::ReleaseAddress(eip(2)));
    let back = Command::AllocateAddress { address: Some(address), border_group: None, tags: Tags::new() };
    scene.accept(back.clone());
    assert_eq!(scene.network.elastic_ip(eip(6)).unwrap().ip, address);
    scene.accept(Command::ReleaseAddress(eip(3)));
    scene.refuse_with(back, "InvalidAddress.NotFound");
    // An automatic address is nobody's to allocate while somebody has it.
    let (world, _, primary) = public_world();
    let automatic = Command::AllocateAddress { address: world.public(primary), border_group: None, tags: Tags::new() };
    assert_eq!(decide(&world.network, &automatic, world.now).unwrap_err().code(), "InvalidAddress.NotFound");
}

// rules: A14 A17 A19 A20 A21 A22
#[test]
fn one_elastic_ip_for_one_private_address() {
    let mut scene = Scene::new();
    let association = scene.associate(eip(2), eni(3));
    assert_eq!(scene.associate(eip(2), eni(3)), association, "the same pair again changes nothing");
    scene.accept(count(eni(3), 1));
    let secondary = scene.eni(eni(3)).addresses[1].ip;
    let more = scene.allocate();
    scene.accept(on(more, eni(3), secondary));
    assert!(scene.eni(eni(3)).addresses.iter().all(|address| address.public.is_some()));
    let moved = scene.associate(eip(1), eni(3));
    assert_ne!(moved, association);
    assert_eq!(scene.network.elastic_ip(eip(2)).unwrap().association, None, "pushed out, still allocated");
    assert_eq!(scene.public(eni(4)), None, "moved from there");
    let keep = Command::AssociateAddress {
        allocation: eip(1),
        eni: Some(eni(4)),
        instance: None,
        private_ip: None,
        allow_reassociation: Some(false),
    };
    let refusal = scene.refuse_with(keep, "Resource.AlreadyAssociated");
    assert_eq!(refusal.remedy(&scene.network), Remedy::AllowReassociation);
    // Where it is already, it may be put again: that takes it from nobody.
    let again = Command::AssociateAddress {
        allocation: eip(1),
        eni: Some(eni(3)),
        instance: None,
        private_ip: None,
        allow_reassociation: Some(false),
    };
    assert_eq!(scene.accept(again), Reply::Association(moved));
}

// rules: A15 A16 A23 A24 R30
#[test]
fn by_instance_only_with_one_eni_and_only_with_a_gateway() {
    let mut scene = Scene::new();
    let by = |instance| Command::AssociateAddress {
        allocation: eip(2),
        eni: None,
        instance: Some(instance),
        private_ip: None,
        allow_reassociation: None,
    };
    scene.accept(by(inst(2)));
    assert!(scene.public(eni(2)).is_some());
    let association = scene.network.elastic_ip(eip(2)).unwrap().association.unwrap().id;
    scene.accept(Command::DisassociateAddress(association));
    assert_eq!(scene.public(eni(2)), None, "it never wanted an address of its own");
    let refusal = scene.refuse_with(by(inst(1)), "InvalidInstanceID");
    assert_eq!(refusal.remedy(&scene.network), Remedy::EnisOf(inst(1), vec![eni(1), eni(4)]));
    // One that is gone, or about to be, takes none, though it has one ENI or none.
    scene.accept(Command::TerminateInstances(vec![inst(2)]));
    for state in ["shutting-down", "terminated"] {
        let refusal = scene.refuse_with(by(inst(2)), "InvalidInstanceID");
        assert!(refusal.message().starts_with(&format!("The {state} instance")), "{refusal}");
        scene.wait(60);
    }
    let foreign = scene.interface(subnet(4));
    let refusal = scene.refuse_with(associate(eip(2), foreign), "Gateway.NotAttached");
    assert_eq!(refusal.remedy(&scene.network), Remedy::AttachGateway { vpc: vpc(2), gateways: vec![support::scene::igw(2)] });
    scene.accept(Command::AttachInternetGateway { gateway: support::scene::igw(2), vpc: vpc(2) });
    scene.associate(eip(2), foreign);
}

// rules: A26 A27 A28
#[test]
fn disassociated_at_delete_and_released_by_hand() {
    let mut scene = Scene::new();
    scene.refuse_with(Command::ReleaseAddress(eip(1)), "InvalidIPAddress.InUse");
    let association = scene.network.elastic_ip(eip(1)).unwrap().association.unwrap().id;
    scene.accept(Command::DisassociateAddress(association));
    scene.refuse_with(Command::DisassociateAddress(association), "InvalidAssociationID.NotFound");
    scene.accept(Command::ReleaseAddress(eip(1)));
    scene.associate(eip(2), eni(2));
    scene.settled(Command::TerminateInstances(vec![inst(2)]));
    assert_eq!(scene.network.elastic_ip(eip(2)).unwrap().association, None);

    let mut fresh = World::fresh();
    let id = fresh.launch(run(None, "t3.micro"));
    let primary = fresh.instance(id).primary_eni().unwrap();
    let allocation = fresh.allocate();
    fresh.associate(allocation, primary);
    fresh.accept(Command::ReleaseAddress(allocation));
    assert!(fresh.network.elastic_ip(allocation).is_none(), "a default VPC disassociates by itself");
}
