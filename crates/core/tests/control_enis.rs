//! ENIs: what they carry, how they are attached and detached, what becomes of them (rulebook 1.1 to 1.4).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{
    AssignIpv6Addresses, AssignPrivateIpAddresses, AttachmentKey, Command, CreateNetworkInterface, EniAttribute, InstanceAttribute,
    LaunchInterface, NewVpcBlock, UnassignPrivateIpAddresses, Wanted,
};
use eni_core::control::decide::decide;
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::eni::{AttachmentStatus, EniStatus, Requester, TrackingTimeouts};
use eni_core::model::event::{Delays, Event, TaggedId};
use eni_core::model::instance::InstanceState;
use eni_core::time::Duration;
use support::scene::{Scene, eni, inst, sg, subnet};
use support::{World, create_eni, ip, kind, run};

fn attach(eni: EniId, instance: InstanceId, device_index: u16) -> Command {
    Command::AttachNetworkInterface { eni, instance, device_index, network_card: 0 }
}

fn detach(world: &World, eni: EniId, force: bool) -> Command {
    Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(world.eni(eni).attachment.as_ref().unwrap().id), force }
}

fn change(eni: EniId, attribute: EniAttribute) -> Command {
    Command::ModifyNetworkInterfaceAttribute(eni, vec![attribute])
}

// rules: E1 E2 E3 E5 E6 E8 E13 E18 I4
#[test]
fn a_new_eni_has_an_address_a_mac_a_group_and_the_check() {
    let mut scene = Scene::new();
    let Reply::Eni(id) = scene.accept(create_eni(subnet(1))) else { panic!() };
    let (vpc, group) = (scene.network.vpc(support::scene::vpc(1)).unwrap().id, sg(1));
    let made = scene.eni(id);
    assert_eq!((made.vpc, made.subnet, made.groups.as_slice()), (vpc, subnet(1), [group].as_slice()));
    assert_eq!(made.primary_ip(), Some(ip("10.0.1.8")));
    assert_eq!(made.mac.0[0] & 3, 2, "locally administered, unicast");
    assert!(made.source_dest_check && !made.is_requester_managed());
    assert!(made.requester.as_ref().is_some_and(|requester| requester.id.starts_with("AIDA")), "the user who asked");
    assert_eq!(scene.eni(eni(1)).requester, None, "it came with its instance");
    assert_eq!(made.status(), EniStatus::Pending);
    scene.wait(1);
    assert_eq!(scene.eni(id).status(), EniStatus::Available);
}

// rules: E4 E5 E14 E24 E25 E30 E36 S5 A25
#[test]
fn everything_stays_with_an_eni_that_is_detached_and_attached_elsewhere() {
    let mut scene = Scene::new();
    scene.accept(change(eni(4), EniAttribute::Groups(vec![sg(3), sg(1), sg(3)])));
    scene.accept(change(eni(4), EniAttribute::SourceDestCheck(false)));
    scene.accept(Command::CreateTags { resources: vec![TaggedId::Eni(eni(4))], tags: Tags::from([("Name".into(), "service".into())]) });
    let before = scene.eni(eni(4)).clone();
    assert_eq!(before.groups, [sg(3), sg(1)], "each group once");
    assert!(!before.attachment.as_ref().unwrap().delete_on_termination);
    let command = detach(&scene, eni(4), false);
    scene.settled(command);
    scene.attach(eni(4), inst(2), 1);
    let mut after = scene.eni(eni(4)).clone();
    assert_ne!(after.attachment, before.attachment);
    after.attachment = before.attachment.clone();
    assert_eq!(after, before);
}

// rules: E14 E18 E24 E29
#[test]
fn detaching_takes_as_long_as_it_should() {
    use InstanceState::{Running, Stopped, Stopping};
    let cases =
        [(Running, false, 3), (Running, true, 1), (Stopping, false, 3), (Stopping, true, 1), (Stopped, false, 0), (Stopped, true, 0)];
    for (state, force, seconds) in cases {
        let mut scene = Scene::new();
        match state {
            Stopping => _ = scene.accept(Command::StopInstances(vec![inst(1)])),
            Stopped => _ = scene.stopped(1),
            _ => {}
        }
        assert_eq!(scene.instance(inst(1)).state, state);
        let command = detach(&scene, eni(4), force);
        scene.accept(command);
        if seconds > 0 {
            scene.wait(seconds - 1);
            assert_eq!(scene.eni(eni(4)).attachment.as_ref().unwrap().status, AttachmentStatus::Detaching);
            scene.wait(1);
        }
        assert_eq!(scene.eni(eni(4)).status(), EniStatus::Available, "{state:?}, force {force}");
        assert!(!scene.instance(inst(1)).enis.contains_key(&(0, 1)));
    }
}

// rules: E19
#[test]
fn attaching_needs_a_running_or_a_stopped_instance() {
    for state in [InstanceState::Running, InstanceState::Stopped] {
        let mut scene = Scene::new();
        if state == InstanceState::Stopped {
            scene.stopped(2);
        }
        scene.attach(eni(3), inst(2), 1);
        assert_eq!(scene.instance(inst(2)).state, state);
    }
    let mut scene = Scene::new();
    let pending = scene.launch(run(Some(subnet(1)), "t3.small"));
    scene.refuse_with(attach(eni(3), pending, 1), "IncorrectState");
    scene.accept(Command::StopInstances(vec![inst(2)]));
    let refusal = scene.refuse_with(attach(eni(3), inst(2), 1), "IncorrectState");
    assert_eq!(refusal.remedy(&scene.network), Remedy::Wait);
}

// rules: E20 E21 L11
#[test]
fn an_eni_of_another_subnet_or_vpc_may_be_attached_in_its_zone() {
    let mut scene = Scene::new();
    let (same_vpc, other_vpc, other_zone) = (scene.interface(subnet(3)), scene.interface(subnet(4)), scene.interface(subnet(2)));
    let big = scene.launched("m5.large");
    scene.attach(same_vpc, big, 1);
    scene.attach(other_vpc, big, 2);
    let refusal = scene.refuse_with(attach(other_zone, inst(2), 1), "InvalidParameterCombination");
    let near = scene.running(subnet(2), "t3.micro");
    let Remedy::InstancesInZone { zone, instances } = refusal.remedy(&scene.network) else { panic!() };
    assert_eq!((zone.as_str(), instances), ("us-east-1b", vec![near]));
    // The other way round it is refused, too.
    let home = scene.interface(subnet(3));
    scene.refuse_with(attach(home, near, 1), "InvalidParameterCombination");
}

// rules: E22 E23
#[test]
fn the_primary_eni_is_never_detached() {
    let mut scene = Scene::new();
    for stopped in [false, true] {
        if stopped {
            scene.stopped(1);
        }
        let command = detach(&scene, eni(1), stopped);
        scene.refuse_with(command, "OperationNotPermitted");
    }
}

// rules: E25 E26 E27
#[test]
fn indexes_are_counted_on_each_network_card() {
    let mut scene = Scene::new();
    let wide = scene.launched("c6in.32xlarge");
    let enis: Vec<_> = (0..3).map(|_| scene.interface(subnet(1))).collect();
    let on = |eni, network_card, device_index| Command::AttachNetworkInterface { eni, instance: wide, device_index, network_card };
    scene.accept(on(enis[0], 0, 7));
    scene.accept(on(enis[1], 1, 7));
    let refusal = scene.refuse_with(on(enis[2], 1, 7), "InvalidParameterValue");
    let free = Remedy::FreeIndexes { instance: wide, network_card: 1, indexes: (0..7).collect() };
    assert_eq!(refusal.remedy(&scene.network), free);
    scene.refuse_with(on(enis[2], 1, 8), "InvalidParameterValue");
    scene.refuse_with(on(enis[2], 2, 1), "InvalidParameterValue");
    for index in 0..7 {
        let eni = scene.interface(subnet(1));
        scene.accept(on(eni, 1, index));
    }
    assert_eq!(scene.refuse(on(enis[2], 1, 8)).code(), "AttachmentLimitExceeded", "eight on a card");
    scene.accept(on(enis[2], 0, 1));
}

// rules: E27 E28 E61
#[test]
fn limits_follow_from_the_instance_type() {
    let mut scene = Scene::new();
    let fits = scene.with_addresses(1);
    let too_many = scene.with_addresses(2);
    let refusal = scene.refuse_with(attach(too_many, inst(2), 1), "PrivateIpAddressLimitExceeded");
    let Remedy::Types(types) = refusal.remedy(&scene.network) else { panic!() };
    assert_eq!(types[0], kind("t3.small"));
    scene.attach(fits, inst(2), 1);
    scene.attach(too_many, inst(1), 2);
    let more = scene.interface(subnet(1));
    scene.refuse_with(attach(more, inst(1), 3), "AttachmentLimitExceeded");
}

// rules: E28 E61 E66 E67
#[test]
fn prefixes_need_nitro_and_addresses_do_not() {
    let mut scene = Scene::new();
    let old = scene.launched("t2.micro");
    scene.attach(eni(3), old, 1);
    let mut prefixed = scene.eni(eni(3)).clone();
    prefixed.id = eni(60);
    prefixed.mac.0[0] = 6;
    prefixed.addresses[0].ip = ip("10.0.1.60");
    prefixed.attachment = None;
    prefixed.ipv4_prefixes.push("10.0.1.128/28".parse().unwrap());
    scene.apply(&[Event::EniCreated(Box::new(prefixed))]);
    let older = scene.launched("t2.micro");
    scene.refuse_with(attach(eni(60), older, 1), "Unsupported");
    scene.attach(eni(60), inst(2), 1);
    // A prefix takes the place of one address, so one more of either is too much for a t3.micro.
    let more = Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: eni(60),
        addresses: Vec::new(),
        count: Some(1),
        allow_reassignment: false,
        prefixes: Wanted::default(),
    }));
    scene.refuse_with(more, "PrivateIpAddressLimitExceeded");
    let mut twice = scene.eni(eni(60)).clone();
    (twice.id, twice.attachment) = (eni(90), None);
    twice.addresses[0].ip = ip("10.0.1.61");
    twice.ipv4_prefixes = ["10.0.1.144/28", "10.0.1.160/28"].map(|prefix| prefix.parse().unwrap()).into();
    scene.apply(&[Event::EniCreated(Box::new(twice))]);
    let small = scene.launched("t3.micro");
    scene.refuse_with(attach(eni(90), small, 1), "PrivateIpAddressLimitExceeded");
    scene.attach(eni(90), inst(1), 2);
}

// rules: E15
#[test]
fn an_eni_has_one_attachment() {
    let mut scene = Scene::new();
    let refusal = scene.refuse_with(attach(eni(4), inst(2), 1), "InvalidNetworkInterface.InUse");
    assert_eq!(refusal.mark().map(|mark| mark.letter()), Some('?'));
    assert_eq!(refusal.remedy(&scene.network), Remedy::Detach(AttachmentId::from_number(3)));
    let command = detach(&scene, eni(4), false);
    scene.accept(command);
    let refusal = scene.refuse_with(attach(eni(4), inst(2), 1), "InvalidNetworkInterface.InUse");
    assert_eq!(refusal.remedy(&scene.network), Remedy::Wait);
    scene.wait(3);
    scene.accept(attach(eni(4), inst(2), 1));
    // Half attached it can neither be attached again nor come off.
    scene.refuse_with(attach(eni(4), inst(2), 1), "InvalidNetworkInterface.InUse");
    let command = detach(&scene, eni(4), false);
    assert_eq!(scene.refuse_with(command, "IncorrectState").remedy(&scene.network), Remedy::Wait);
}

// rules: E8 E11 E12 S42 S43 E9
#[test]
fn one_attribute_a_call() {
    let mut scene = Scene::new();
    let attachment = scene.eni(eni(4)).attachment.as_ref().map(|attachment| attachment.id);
    scene.accept(change(eni(4), EniAttribute::DeleteOnTermination(attachment, true)));
    assert!(scene.eni(eni(4)).attachment.as_ref().unwrap().delete_on_termination);
    scene.refuse_with(change(eni(3), EniAttribute::DeleteOnTermination(None, true)), "MissingParameter");
    scene.accept(change(eni(3), EniAttribute::Description("spare.service-1 (eu)".to_owned())));
    scene.refuse_with(change(eni(3), EniAttribute::Description("x".repeat(256))), "InvalidParameterValue");
    scene.accept(change(eni(3), EniAttribute::Description("x".repeat(255))));
    let established = |secs| TrackingTimeouts { tcp_established: Some(Duration::from_secs(secs)), ..TrackingTimeouts::default() };
    scene.accept(change(eni(3), EniAttribute::Tracking(established(60))));
    assert_eq!(scene.eni(eni(3)).tracking, established(60));
    let seconds = |secs: u64| Some(Duration::from_secs(secs));
    type Set = fn(Option<Duration>) -> TrackingTimeouts;
    let settings: [(Set, u64, u64); 3] = [
        (|tcp_established| TrackingTimeouts { tcp_established, ..TrackingTimeouts::default() }, 60, 432_000),
        (|udp_stream| TrackingTimeouts { udp_stream, ..TrackingTimeouts::default() }, 60, 180),
        (|udp| TrackingTimeouts { udp, ..TrackingTimeouts::default() }, 30, 60),
    ];
    for (set, least, most) in settings {
        for fine in [least, most] {
            scene.accept(change(eni(3), EniAttribute::Tracking(set(seconds(fine)))));
        }
        for wrong in [least - 1, most + 1] {
            scene.refuse_with(change(eni(3), EniAttribute::Tracking(set(seconds(wrong)))), "InvalidParameterValue");
        }
    }
    scene.accept(change(eni(3), EniAttribute::SourceDestCheck(false)));
    scene.accept(Command::ResetNetworkInterfaceAttribute(eni(3)));
    assert!(scene.eni(eni(3)).source_dest_check);
}

// rules: E6 E7 S9
#[test]
fn setting_groups_replaces_the_whole_set() {
    let mut scene = Scene::new();
    let groups: Vec<_> = (0..5).map(|n| scene.group(support::scene::vpc(1), &format!("extra{n}"))).collect();
    scene.accept(change(eni(3), EniAttribute::Groups(groups.clone())));
    assert_eq!(scene.eni(eni(3)).groups, groups);
    let six: Vec<_> = groups.iter().copied().chain([sg(3)]).collect();
    scene.refuse_with(change(eni(3), EniAttribute::Groups(six)), "SecurityGroupsPerInterfaceLimitExceeded");
    let refusal = scene.refuse_with(change(eni(3), EniAttribute::Groups(vec![sg(4)])), "InvalidGroup.NotFound");
    assert!(matches!(refusal.remedy(&scene.network), Remedy::GroupsOfVpc { groups, .. } if groups.len() == 7));
    assert_eq!(scene.eni(eni(3)).groups, groups);
}

// rules: E16 E17
#[test]
fn a_free_eni_can_be_deleted_and_frees_what_it_had() {
    let mut scene = Scene::new();
    let allocation = support::scene::eip(2);
    scene.associate(allocation, eni(3));
    let address = scene.eni(eni(3)).primary_ip();
    scene.accept(Command::DeleteNetworkInterface(eni(3)));
    assert!(scene.network.elastic_ip(allocation).unwrap().association.is_none(), "disassociated, not released");
    let again = scene.interface(subnet(1));
    assert_eq!(scene.eni(again).primary_ip(), address);
    let command = detach(&scene, eni(4), false);
    scene.accept(command);
    scene.refuse_with(Command::DeleteNetworkInterface(eni(4)), "InvalidParameterValue");
    scene.wait(3);
    scene.accept(Command::DeleteNetworkInterface(eni(4)));
}

// rules: E86
#[test]
fn the_last_eni_of_the_quota_is_still_given() {
    let mut scene = Scene::new();
    scene.quotas(|quotas| quotas.enis = 6);
    scene.accept(create_eni(subnet(1)));
    scene.launched("t3.micro");
    scene.refuse_with(create_eni(subnet(1)), "NetworkInterfaceLimitExceeded");
    let refusal = scene.refuse_with(Command::RunInstances(Box::new(run(Some(subnet(1)), "t3.micro"))), "NetworkInterfaceLimitExceeded");
    assert_eq!(refusal.remedy(&scene.network), Remedy::AtMost(6));
}

// rules: E80 E10
#[test]
fn a_services_eni_can_be_tagged_and_nothing_else() {
    let mut scene = Scene::new();
    scene.service();
    scene.accept(Command::CreateTags { resources: vec![TaggedId::Eni(eni(50))], tags: Tags::from([("Name".into(), "nlb".into())]) });
    let acts = [
        Command::ResetNetworkInterfaceAttribute(eni(50)),
        change(eni(50), EniAttribute::Description("mine".into())),
        change(eni(50), EniAttribute::Groups(vec![sg(3)])),
        attach(eni(50), inst(2), 1),
        Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: eni(50),
            addresses: Vec::new(),
            count: Some(1),
            allow_reassignment: false,
            prefixes: Wanted::default(),
        })),
        support::associate(support::scene::eip(2), eni(50)),
        Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
            eni: eni(50),
            addresses: vec![ip("10.0.1.51")],
            prefixes: Vec::new(),
        })),
        // Nor can an address be taken from it.
        Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: eni(3),
            addresses: vec![ip("10.0.1.51")],
            count: None,
            allow_reassignment: true,
            prefixes: Wanted::default(),
        })),
        Command::RunInstances(Box::new(support::with_interface(eni(50)))),
    ];
    scene.apply(&[Event::AddressAssigned(eni(50), ip("10.0.1.51"))]);
    for act in acts {
        assert_eq!(scene.refuse_with(act.clone(), "AuthFailure").name(), "EniManagedByService", "{act:?}");
    }
}

// rules: E80
#[test]
fn what_a_service_attached_only_the_service_detaches() {
    let mut scene = Scene::new();
    let mut managed = scene.eni(eni(4)).clone();
    managed.requester = Some(Requester { id: "service".into(), managed: true, attachment: None });
    let command = detach(&scene, eni(4), false);
    scene.apply(&[Event::EniDeleted(eni(4)), Event::EniCreated(Box::new(managed))]);
    scene.refuse_with(command, "AuthFailure");
}

// rules: E14 E18
#[test]
fn the_end_of_one_attachment_is_not_the_end_of_the_next() {
    let mut scene = Scene::new();
    let mut delays = *scene.network.delays();
    delays.attach = Duration::from_secs(10);
    delays.instance_terminate = Duration::from_secs(1);
    scene.apply(&[Event::DelaysSet(Box::new(delays))]);
    scene.accept(attach(eni(3), inst(2), 1));
    scene.accept(Command::TerminateInstances(vec![inst(2)]));
    scene.wait(2);
    scene.accept(attach(eni(3), inst(1), 2));
    scene.wait(9);
    assert_eq!(scene.eni(eni(3)).attachment.as_ref().unwrap().status, AttachmentStatus::Attaching, "the first one would be over");
    scene.wait(1);
    assert_eq!(scene.eni(eni(3)).attachment.as_ref().unwrap().status, AttachmentStatus::Attached);
    // Neither is the end of a detach that its instance's end overtook.
    let delays = Delays { attach: Duration::ZERO, detach: Duration::from_secs(10), ..delays };
    scene.apply(&[Event::DelaysSet(Box::new(delays))]);
    let other = scene.running(subnet(1), "t3.small");
    let off = detach(&scene, eni(3), false);
    scene.accept(off);
    scene.accept(Command::TerminateInstances(vec![inst(1)]));
    scene.wait(2);
    scene.accept(attach(eni(3), other, 1));
    scene.wait(20);
    assert_eq!(scene.eni(eni(3)).attached_instance(), Some(other));
}

// rules: E15 E16
#[test]
fn an_eni_that_a_service_uses_is_in_use_even_if_it_is_yours() {
    let mut scene = Scene::new();
    let mut lent = scene.eni(eni(3)).clone();
    lent.requester = Some(Requester { id: "service".into(), managed: false, attachment: Some(support::id(7)) });
    scene.apply(&[Event::EniDeleted(eni(3)), Event::EniCreated(Box::new(lent))]);
    assert_eq!(scene.eni(eni(3)).status(), EniStatus::InUse);
    scene.refuse_with(attach(eni(3), inst(2), 1), "InvalidNetworkInterface.InUse");
    scene.refuse_with(Command::DeleteNetworkInterface(eni(3)), "InvalidParameterValue");
    scene.refuse_with(Command::RunInstances(Box::new(support::with_interface(eni(3)))), "InvalidNetworkInterface.InUse");
}

// rules: E28 L7
#[test]
fn ipv6_addresses_have_a_limit_of_their_own() {
    let mut scene = Scene::new();
    let small = scene.launched("t2.micro");
    let (old, ample) = (scene.launched("m1.small"), scene.launched("m5.large"));
    scene.accept(Command::AssociateVpcCidrBlock(support::scene::vpc(1), NewVpcBlock::AmazonIpv6));
    scene.accept(Command::AssociateSubnetCidrBlock(subnet(1), "2001:db8:0:101::/64".parse().unwrap()));
    let with_ipv6 = |scene: &mut Scene, addresses: i64, prefixes: Wanted<_>| {
        let id = scene.interface(subnet(1));
        let wanted = AssignIpv6Addresses { eni: id, addresses: Wanted::any(addresses), prefixes };
        scene.accept(Command::AssignIpv6Addresses(Box::new(wanted)));
        id
    };
    let (one, three, prefixed) = (
        with_ipv6(&mut scene, 1, Wanted::default()),
        with_ipv6(&mut scene, 3, Wanted::default()),
        with_ipv6(&mut scene, 1, Wanted::any(2)),
    );
    scene.refuse_with(attach(prefixed, small, 1), "PrivateIpAddressLimitExceeded");
    scene.refuse_with(attach(one, old, 1), "PrivateIpAddressLimitExceeded");
    let refusal = scene.refuse_with(attach(three, small, 1), "PrivateIpAddressLimitExceeded");
    let Remedy::Types(types) = refusal.remedy(&scene.network) else { panic!() };
    assert!(types.iter().all(|kind| kind.ipv6_per_eni() >= 3) && !types.is_empty(), "{types:?}");
    let mut launch = support::with_interface(three);
    launch.instance_type = kind("t2.micro");
    scene.refuse_with(Command::RunInstances(Box::new(launch)), "InvalidInterface.IpAddressLimitExceeded");
    scene.attach(one, small, 1);
    scene.attach(three, ample, 1);
    scene.settled(Command::StopInstances(vec![ample]));
    let change = |name| Command::ModifyInstanceAttribute(ample, InstanceAttribute::InstanceType(kind(name)));
    scene.refuse_with(change("t2.micro"), "PrivateIpAddressLimitExceeded");
    scene.accept(change("t2.small"));
}

// rules: E35 E36 E37 E38 E39 L5 A26
#[test]
fn at_terminate_each_eni_goes_or_stays_by_its_own_flag() {
    let mut scene = Scene::new();
    let interface = |device_index, existing: Option<EniId>, delete_on_termination| LaunchInterface {
        device_index,
        network_card: 0,
        existing,
        subnet: if existing.is_some() { None } else { Some(subnet(1)) },
        groups: Vec::new(),
        private_ip: None,
        description: String::new(),
        delete_on_termination,
        associate_public_ip: None,
        ..LaunchInterface::default()
    };
    let mut request = run(None, "m5.2xlarge");
    request.interfaces =
        vec![interface(0, None, None), interface(1, Some(eni(3)), None), interface(2, None, None), interface(3, None, Some(false))];
    let id = scene.launch(request);
    scene.wait(2);
    let held: Vec<EniId> = scene.instance(id).enis.values().copied().collect();
    let flags: Vec<bool> = held.iter().map(|id| scene.eni(*id).attachment.as_ref().unwrap().delete_on_termination).collect();
    assert_eq!(flags, [true, false, true, false]);
    scene.associate(support::scene::eip(2), eni(3));
    scene.accept(Command::TerminateInstances(vec![id]));
    scene.wait(1);
    let left: Vec<EniId> = held.iter().copied().filter(|id| scene.network.eni(*id).is_some()).collect();
    assert_eq!(left, [held[1], held[3]]);
    assert!(left.iter().all(|id| scene.eni(*id).status() == EniStatus::Available));
    assert_eq!(scene.network.elastic_ip(support::scene::eip(2)).unwrap().association.unwrap().eni, eni(3));
    assert!(scene.instance(id).enis.is_empty());
}

// rules: X2
#[test]
fn a_dry_run_uses_nothing_up() {
    let mut scene = Scene::new();
    let command =
        Command::CreateNetworkInterface(Box::new(CreateNetworkInterface { subnet: Some(subnet(1)), ..CreateNetworkInterface::default() }));
    let (first, second) = (decide(&scene.network, &command, scene.now).unwrap(), decide(&scene.network, &command, scene.now).unwrap());
    assert_eq!(first, second);
    assert_eq!(scene.accept(command), first.reply);
}
