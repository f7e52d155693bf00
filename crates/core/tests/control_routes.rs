//! Route tables and routes (rulebook 5.1).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::IpNet;
use eni_core::control::command::{AttachmentKey, Command, RouteTargetInput};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::nat_gateway::NatState;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteState, RouteTableUser, RouteTarget};
use eni_core::model::vpn::VpnGateway;
use support::scene::{Scene, eni, igw, inst, nat_gateway, rtb, subnet, vpc};
use support::{World, id, net};

fn to(block: &str) -> Destination {
    Destination::Cidr(block.parse::<IpNet>().unwrap())
}

fn set(block: &str, target: RouteTarget, replace: bool) -> Command {
    Command::SetRoute { table: rtb(3), destination: to(block), targets: vec![RouteTargetInput::Target(target)], replace }
}

fn state(world: &World, block: &str) -> RouteState {
    let table = world.network.route_table(rtb(3)).unwrap();
    world.network.route_state(table, table.routes.get(&to(block)).unwrap())
}

// rules: R8 R9 R17 E52
#[test]
fn routes_are_created_replaced_and_deleted() {
    let mut scene = Scene::new();
    scene.apply(&[
        Event::VpnGatewayCreated(Box::new(VpnGateway { id: id(1), vpc: Some(vpc(1)), amazon_side_asn: 64_512, tags: Tags::new() })),
        nat_gateway(NatState::Available, subnet(1), vpc(1)),
    ]);
    scene.accept(set("0.0.0.0/0", RouteTarget::InternetGateway(igw(1)), false));
    scene.accept(set("192.168.1.7/16", RouteTarget::VpnGateway(id(1)), false));
    scene.refuse_with(set("192.168.0.0/16", RouteTarget::NatGateway(id(1)), false), "RouteAlreadyExists");
    scene.accept(set("192.168.0.0/16", RouteTarget::NatGateway(id(1)), true));
    scene.accept(set("::/0", RouteTarget::InternetGateway(igw(1)), false));
    for block in ["0.0.0.0/0", "192.168.0.0/16", "::/0"] {
        assert_eq!(state(&scene, block), RouteState::Active, "{block}");
    }
    scene.accept(Command::DeleteRoute { table: rtb(3), destination: to("192.168.200.0/16") });
    scene.refuse_with(set("192.168.0.0/16", RouteTarget::VpnGateway(id(1)), true), "InvalidParameterValue");
    // Propagated routes are not counted.
    let propagated = Route { target: RouteTarget::VpnGateway(id(1)), origin: RouteOrigin::EnableVgwRoutePropagation };
    scene.apply(&[Event::RouteSet(rtb(3), to("192.0.2.0/24"), propagated)]);
    for n in 0..48 {
        scene.accept(set(&format!("172.16.{n}.0/24"), RouteTarget::InternetGateway(igw(1)), false));
    }
    scene.refuse_with(set("172.17.0.0/24", RouteTarget::InternetGateway(igw(1)), false), "RouteLimitExceeded");
    scene.accept(set("fd00::/16", RouteTarget::InternetGateway(igw(1)), false));
}

// rules: R3 R7
#[test]
fn inside_the_vpc_only_whole_subnets_lead_to_an_eni() {
    let mut scene = Scene::new();
    scene.accept(set("10.0.2.0/24", RouteTarget::Eni(eni(1)), false));
    for block in ["10.0.2.0/25", "10.0.0.0/20", "10.0.9.0/24"] {
        scene.refuse_with(set(block, RouteTarget::Eni(eni(1)), false), "InvalidParameterValue");
    }
    scene.refuse_with(set("10.0.1.0/24", RouteTarget::InternetGateway(igw(1)), false), "InvalidParameterValue");
    scene.refuse_with(set("10.0.0.0/16", RouteTarget::Eni(eni(1)), false), "RouteAlreadyExists");
    scene.refuse_with(set("10.0.0.0/16", RouteTarget::InternetGateway(igw(1)), true), "InvalidParameterValue");
    scene.accept(set("10.0.0.0/16", RouteTarget::Eni(eni(1)), true));
    scene.refuse_with(Command::DeleteRoute { table: rtb(3), destination: to("10.0.0.0/16") }, "InvalidParameterValue");
    scene.accept(set("10.0.0.0/16", RouteTarget::Local, true));
    let table = scene.network.route_table(rtb(3)).unwrap();
    assert_eq!(table.routes.get(&to("10.0.0.0/16")).unwrap().origin, RouteOrigin::CreateRouteTable);
    scene.refuse_with(set("10.9.0.0/16", RouteTarget::Local, true), "InvalidParameterValue");
    scene.refuse_with(set("172.16.0.0/12", RouteTarget::Local, false), "InvalidParameterValue");
}

// rules: R14
#[test]
fn routes_to_aws_services_are_refused_unless_larger() {
    let mut scene = Scene::new();
    for (block, accepted) in [
        ("169.254.168.0/22", false),
        ("169.254.171.0/32", false),
        ("169.254.0.0/16", true),
        ("fd00:ec2::/32", false),
        ("fd00:ec2::/64", false),
        ("fd00::/8", true),
    ] {
        let act = set(block, RouteTarget::InternetGateway(igw(1)), false);
        if accepted { drop(scene.accept(act)) } else { drop(scene.refuse_with(act, "InvalidParameterValue")) }
    }
}

// rules: R10 R11 R13 R23
#[test]
fn a_route_is_a_blackhole_while_its_target_does_not_work() {
    let mut scene = Scene::new();
    let targets = vec![RouteTargetInput::Instance(inst(2))];
    scene.accept(Command::SetRoute { table: rtb(3), destination: to("192.168.0.0/16"), targets, replace: false });
    let table = scene.network.route_table(rtb(3)).unwrap();
    assert_eq!(table.routes.get(&to("192.168.0.0/16")).unwrap().target, RouteTarget::Eni(eni(2)));
    assert_eq!(state(&scene, "192.168.0.0/16"), RouteState::Active);
    scene.stopped(2);
    assert_eq!(state(&scene, "192.168.0.0/16"), RouteState::Blackhole);
    scene.accept(set("172.16.0.0/12", RouteTarget::Eni(eni(4)), false));
    scene.accept(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(id(3)), force: false });
    assert_eq!(state(&scene, "172.16.0.0/12"), RouteState::Blackhole, "at once");

    scene.accept(set("0.0.0.0/0", RouteTarget::InternetGateway(igw(1)), false));
    scene.accept(Command::DisassociateAddress(id(1)));
    scene.accept(Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(1) });
    assert_eq!(state(&scene, "0.0.0.0/0"), RouteState::Blackhole);
    scene.accept(Command::AttachInternetGateway { gateway: igw(1), vpc: vpc(2) });
    assert_eq!(state(&scene, "0.0.0.0/0"), RouteState::Blackhole, "attached elsewhere is not attached here");
    scene.accept(Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(2) });
    scene.accept(Command::AttachInternetGateway { gateway: igw(1), vpc: vpc(1) });
    assert_eq!(state(&scene, "0.0.0.0/0"), RouteState::Active);

    for (place, works) in [(None, RouteState::Blackhole), (Some(vpc(2)), RouteState::Blackhole), (Some(vpc(1)), RouteState::Active)] {
        let gateway = VpnGateway { id: id(1), vpc: place, amazon_side_asn: 64_512, tags: Tags::new() };
        let route = Route { target: RouteTarget::VpnGateway(id(1)), origin: RouteOrigin::CreateRoute };
        scene.apply(&[Event::VpnGatewayCreated(Box::new(gateway)), Event::RouteSet(rtb(3), to("198.18.0.0/15"), route)]);
        assert_eq!(state(&scene, "198.18.0.0/15"), works, "{place:?}");
    }
    for nat in NatState::ALL {
        let works = if nat == NatState::Available { RouteState::Active } else { RouteState::Blackhole };
        let route = Route { target: RouteTarget::NatGateway(id(1)), origin: RouteOrigin::CreateRoute };
        scene.apply(&[nat_gateway(nat, subnet(1), vpc(1)), Event::RouteSet(rtb(3), to("198.51.100.0/24"), route)]);
        assert_eq!(state(&scene, "198.51.100.0/24"), works, "{nat:?}");
    }
}

// rules: R1 R2
#[test]
fn a_subnet_uses_its_own_table_or_the_main_one() {
    let mut scene = Scene::new();
    let of = |scene: &Scene, number| scene.network.route_table_of(scene.network.subnet(subnet(number)).unwrap()).unwrap().id;
    assert_eq!(of(&scene, 1), rtb(1));
    let associate = |table, place| Command::AssociateRouteTable { table: rtb(table), subnet: subnet(place) };
    let Reply::RouteTableAssociation(tie) = scene.accept(associate(3, 1)) else { panic!() };
    assert_eq!(scene.accept(associate(3, 1)), Reply::RouteTableAssociation(tie), "the same again");
    assert_eq!((of(&scene, 1), of(&scene, 2)), (rtb(3), rtb(1)));
    scene.refuse_with(Command::DeleteRouteTable(rtb(3)), "DependencyViolation");
    scene.refuse_with(associate(1, 1), "Resource.AlreadyAssociated");
    let replace = |association, table| Command::ReplaceRouteTableAssociation { association, table: rtb(table) };
    let Reply::RouteTableAssociation(new) = scene.accept(replace(tie, 1)) else { panic!() };
    scene.refuse_with(replace(tie, 3), "InvalidAssociationID.NotFound");
    scene.refuse_with(replace(new, 2), "InvalidParameterValue");
    scene.accept(Command::DisassociateRouteTable(new));
    assert_eq!(of(&scene, 1), rtb(1));
    scene.accept(Command::DeleteRouteTable(rtb(3)));
}

// rules: R2
#[test]
fn another_table_becomes_the_main_one() {
    let mut scene = Scene::new();
    let main = id::<RouteTableAssociationId>(1);
    let Reply::RouteTableAssociation(new) = scene.accept(Command::ReplaceRouteTableAssociation { association: main, table: rtb(3) }) else {
        panic!()
    };
    assert_eq!(scene.network.vpc(vpc(1)).unwrap().main_route_table, rtb(3));
    assert_eq!(scene.network.route_table(rtb(3)).unwrap().associations.get(&new), Some(&RouteTableUser::Main));
    assert_eq!(scene.network.route_table_of(scene.network.subnet(subnet(1)).unwrap()).unwrap().id, rtb(3));
    scene.refuse_with(Command::DeleteRouteTable(rtb(3)), "DependencyViolation");
    scene.refuse_with(Command::DisassociateRouteTable(new), "InvalidParameterValue");
    scene.accept(Command::DeleteRouteTable(rtb(1)));
    scene.refuse_with(Command::ReplaceRouteTableAssociation { association: new, table: rtb(2) }, "InvalidParameterValue");
    assert_eq!(scene.network.route_table(rtb(3)).unwrap().routes.keys().next(), Some(&Destination::Cidr(IpNet::V4(net("10.0.0.0/16")))));
}

// rules: L15 R1
#[test]
fn a_subnet_takes_its_tie_along_when_it_goes() {
    let mut scene = Scene::new();
    scene.accept(Command::AssociateRouteTable { table: rtb(3), subnet: subnet(2) });
    scene.accept(Command::DeleteSubnet(subnet(2)));
    assert!(scene.network.route_table(rtb(3)).unwrap().associations.is_empty());
    scene.accept(Command::DeleteRouteTable(rtb(3)));
}
