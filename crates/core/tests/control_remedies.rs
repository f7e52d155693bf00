//! What a refusal says would have been accepted is accepted.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{
    AssignPrivateIpAddresses, AttachmentKey, Command, CreateNetworkInterface, EniAttribute, InstanceAttribute, Wanted,
};
use eni_core::control::remedy::Remedy;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::instance::InstanceState;
use support::scene::{Scene, eip, eni, igw, inst, sg, subnet, vpc};
use support::{create_eni, ip};

fn attach(eni: EniId, instance: InstanceId, device_index: u16) -> Command {
    Command::AttachNetworkInterface { eni, instance, device_index, network_card: 0 }
}

fn create_at(address: &str) -> Command {
    let request = CreateNetworkInterface { subnet: Some(subnet(1)), private_ip: Some(ip(address)), ..CreateNetworkInterface::default() };
    Command::CreateNetworkInterface(Box::new(request))
}

/// The remedy for an act that must be refused.
fn remedy(scene: &mut Scene, act: Command) -> Remedy {
    let refusal = scene.refuse(act);
    refusal.remedy(&scene.network)
}

// rules: E20 E25
#[test]
fn another_instance_of_the_zone_and_another_index() {
    let mut scene = Scene::new();
    let far = scene.interface(subnet(2));
    let full = scene.running(subnet(2), "t3.micro");
    let more = scene.interface(subnet(2));
    scene.attach(more, full, 1);
    let free = scene.running(subnet(2), "t3.micro");
    let Remedy::InstancesInZone { instances, .. } = remedy(&mut scene, attach(far, inst(1), 2)) else { panic!() };
    assert_eq!(instances, [free], "the full one is not offered");
    let Remedy::FreeIndexes { indexes, .. } = remedy(&mut scene, attach(far, free, 0)) else { panic!() };
    scene.accept(attach(far, free, indexes[0]));
}

// rules: E15 E16 E23
#[test]
fn detach_first_or_wait() {
    let mut scene = Scene::new();
    let Remedy::Detach(attachment) = remedy(&mut scene, Command::DeleteNetworkInterface(eni(4))) else { panic!() };
    scene.accept(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force: false });
    assert_eq!(remedy(&mut scene, Command::DeleteNetworkInterface(eni(4))), Remedy::Wait);
    scene.wait(3);
    scene.accept(Command::DeleteNetworkInterface(eni(4)));
    assert_eq!(remedy(&mut scene, Command::DeleteNetworkInterface(eni(1))), Remedy::None, "a primary ENI never comes off");
}

// rules: E48 E50
#[test]
fn a_free_address_of_the_subnet() {
    for wrong in ["10.0.9.9", "10.0.1.0", "10.0.1.255", "10.0.1.4"] {
        let mut scene = Scene::new();
        let Remedy::AddressIn { cidr, free } = remedy(&mut scene, create_at(wrong)) else { panic!("{wrong}") };
        assert_eq!(cidr, support::net("10.0.1.0/24"));
        scene.accept(create_at(&free.unwrap().to_string()));
    }
}

// rules: E6 E7
#[test]
fn groups_of_the_vpc() {
    let mut scene = Scene::new();
    for wrong in [Vec::new(), vec![sg(4)]] {
        let act = |groups| Command::ModifyNetworkInterfaceAttribute(eni(3), vec![EniAttribute::Groups(groups)]);
        let Remedy::GroupsOfVpc { groups, .. } = remedy(&mut scene, act(wrong)) else { panic!() };
        assert_eq!(groups, [sg(1), sg(3)]);
        scene.accept(act(groups));
    }
}

// rules: E27 E61 L7
#[test]
fn a_larger_type_of_the_family() {
    let mut scene = Scene::new();
    scene.attach(eni(3), inst(2), 1);
    let more = scene.interface(subnet(1));
    let Remedy::Types(types) = remedy(&mut scene, attach(more, inst(2), 2)) else { panic!() };
    scene.stopped(2);
    scene.accept(Command::ModifyInstanceAttribute(inst(2), InstanceAttribute::InstanceType(types[0])));
    scene.accept(attach(more, inst(2), 2));
}

// rules: A13 A23 A28 L6 L7
#[test]
fn what_must_be_done_first() {
    let mut scene = Scene::new();
    let Remedy::Disassociate(association) = remedy(&mut scene, Command::ReleaseAddress(eip(1))) else { panic!() };
    scene.accept(Command::DisassociateAddress(association));
    scene.quotas(|quotas| quotas.elastic_ips = 2);
    let allocate = Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() };
    let Remedy::Release(idle) = remedy(&mut scene, allocate.clone()) else { panic!() };
    assert_eq!(idle, [eip(1), eip(2)]);
    scene.accept(Command::ReleaseAddress(idle[0]));
    scene.accept(allocate);

    let foreign = scene.interface(subnet(4));
    let Remedy::AttachGateway { gateways, vpc: place } = remedy(&mut scene, support::associate(eip(2), foreign)) else { panic!() };
    assert_eq!((gateways.as_slice(), place), ([igw(2)].as_slice(), vpc(2)));
    scene.accept(Command::AttachInternetGateway { gateway: igw(2), vpc: vpc(2) });
    scene.accept(support::associate(eip(2), foreign));

    let small = InstanceAttribute::InstanceType(support::kind("t3.nano"));
    let change = Command::ModifyInstanceAttribute(inst(2), small);
    assert_eq!(remedy(&mut scene, change.clone()), Remedy::State(inst(2), InstanceState::Stopped));
    scene.stopped(2);
    scene.accept(change);
}

// rules: L15 X3
#[test]
fn dependents_are_named_until_none_is_left() {
    let mut scene = Scene::new();
    scene.settled(Command::TerminateInstances(vec![inst(1), inst(2)]));
    scene.accept(Command::DisassociateAddress(AssociationId::from_number(1)));
    let mut steps = 0;
    loop {
        let refused = eni_core::control::decide::decide(&scene.network, &Command::DeleteVpc(vpc(1)), scene.now).err();
        let Some(refusal) = refused else { break };
        let Remedy::RemoveFirst(first) = refusal.remedy(&scene.network) else { panic!() };
        remove(&mut scene, first[0]);
        steps += 1;
        assert!(steps < 20);
    }
    scene.accept(Command::DeleteVpc(vpc(1)));
}

/// Removes a thing, and first what stands in its way.
fn remove(scene: &mut Scene, thing: TaggedId) {
    let command = match thing {
        TaggedId::Subnet(id) => Command::DeleteSubnet(id),
        TaggedId::Eni(id) => Command::DeleteNetworkInterface(id),
        TaggedId::Group(id) => Command::DeleteSecurityGroup(id),
        TaggedId::RouteTable(id) => Command::DeleteRouteTable(id),
        TaggedId::Acl(id) => Command::DeleteNetworkAcl(id),
        TaggedId::InternetGateway(id) => {
            let at = scene.network.internet_gateway(id).unwrap().vpc.unwrap();
            Command::DetachInternetGateway { gateway: id, vpc: at }
        }
        other => panic!("{other:?}"),
    };
    while let Err(refusal) = eni_core::control::decide::decide(&scene.network, &command, scene.now) {
        let Remedy::RemoveFirst(first) = refusal.remedy(&scene.network) else { panic!("{refusal}") };
        remove(scene, first[0]);
    }
    scene.accept(command);
}

// rules: E49
#[test]
fn no_more_than_there_are() {
    let mut scene = Scene::new();
    let count = Some(20);
    let tiny = scene.interface(subnet(3));
    let act = Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: tiny,
        addresses: Vec::new(),
        count,
        allow_reassignment: false,
        prefixes: Wanted::default(),
    }));
    let Remedy::AtMost(free) = remedy(&mut scene, act) else { panic!() };
    let count = Some(i64::try_from(free).unwrap());
    scene.accept(Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: tiny,
        addresses: Vec::new(),
        count,
        allow_reassignment: false,
        prefixes: Wanted::default(),
    })));
    assert_eq!(remedy(&mut scene, create_eni(subnet(3))), Remedy::AtMost(0));
}
