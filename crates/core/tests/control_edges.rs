//! Tables of gateways, and egress-only internet gateways (rulebook 5.3 and R37).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::IpNet;
use eni_core::control::command::{Command, EdgeGateway, RouteTargetInput};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteState, RouteTableUser, RouteTarget};
use support::id;
use support::scene::{Scene, eni, igw, rtb, vpc};

fn to(block: &str) -> Destination {
    Destination::Cidr(block.parse::<IpNet>().unwrap())
}

fn set(block: &str, target: RouteTarget, replace: bool) -> Command {
    Command::SetRoute { table: rtb(3), destination: to(block), targets: vec![RouteTargetInput::Target(target)], replace }
}

fn at_the_gateway(table: u64) -> Command {
    Command::AssociateGatewayRouteTable { table: rtb(table), gateway: EdgeGateway::Internet(igw(1)) }
}

fn edge_table(scene: &Scene) -> Option<RouteTableId> {
    scene.network.edge_table_of(RouteTableUser::InternetGateway(igw(1))).map(|table| table.id)
}

// rules: R27 R28 R3 R2
#[test]
fn a_gateway_uses_a_table_until_it_leaves() {
    let mut scene = Scene::new();
    scene.accept(set("10.0.1.0/24", RouteTarget::Eni(eni(4)), false));
    scene.accept(set("10.0.0.0/16", RouteTarget::Eni(eni(4)), true));
    let Reply::RouteTableAssociation(tie) = scene.accept(at_the_gateway(3)) else { panic!() };
    assert_eq!(edge_table(&scene), Some(rtb(3)));
    assert_eq!(scene.accept(at_the_gateway(3)), Reply::RouteTableAssociation(tie), "the same again");
    let refusal = scene.refuse_with(Command::DeleteRouteTable(rtb(3)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::InternetGateway(igw(1))]));
    // In such a table: whole subnets, to ENIs or locally.
    for (block, target, accepted) in [
        ("10.0.2.0/24", RouteTarget::Eni(eni(4)), true),
        ("10.0.3.0/28", RouteTarget::Local, false),
        ("10.0.3.0/25", RouteTarget::Eni(eni(4)), false),
        ("192.168.0.0/16", RouteTarget::Eni(eni(4)), false),
        ("10.0.3.0/28", RouteTarget::InternetGateway(igw(1)), false),
    ] {
        let act = set(block, target, false);
        if accepted { drop(scene.accept(act)) } else { drop(scene.refuse_with(act, "InvalidParameterValue")) }
    }
    // Another table takes its place, and it goes like any tie.
    scene.accept(Command::CreateRouteTable { vpc: vpc(1), tags: Tags::new() });
    scene.refuse_with(Command::ReplaceRouteTableAssociation { association: tie, table: rtb(1) }, "InvalidParameterValue");
    let replace = Command::ReplaceRouteTableAssociation { association: tie, table: rtb(4) };
    let Reply::RouteTableAssociation(new) = scene.accept(replace) else { panic!() };
    assert_eq!(edge_table(&scene), Some(rtb(4)));
    scene.accept(Command::DisassociateRouteTable(new));
    assert_eq!(edge_table(&scene), None);
    // A gateway that leaves its VPC leaves its table.
    scene.accept(at_the_gateway(4));
    scene.accept(Command::DisassociateAddress(id(1)));
    scene.accept(Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(1) });
    assert_eq!(edge_table(&scene), None);
    scene.accept(Command::DeleteRouteTable(rtb(4)));
}

// rules: R37 R11 L15
#[test]
fn an_egress_only_gateway_takes_ipv6_until_it_is_deleted() {
    let mut scene = Scene::new();
    let create = Command::CreateEgressOnlyInternetGateway { vpc: vpc(1), tags: Tags::new() };
    assert_eq!(scene.accept(create.clone()), Reply::EgressOnlyGateway(id(1)));
    scene.accept(set("::/0", RouteTarget::EgressOnlyGateway(id(1)), false));
    let state = |scene: &Scene| {
        let table = scene.network.route_table(rtb(3)).unwrap();
        scene.network.route_state(table, table.routes.get(&to("::/0")).unwrap())
    };
    assert_eq!(state(&scene), RouteState::Active);
    scene.accept(Command::DeleteEgressOnlyInternetGateway(id(1)));
    assert_eq!(state(&scene), RouteState::Blackhole);
    assert_eq!(scene.accept(create), Reply::EgressOnlyGateway(id(2)));
    assert_eq!(state(&scene), RouteState::Blackhole, "another one is not that one");
    scene.accept(set("::/0", RouteTarget::EgressOnlyGateway(id(2)), true));
    assert_eq!(state(&scene), RouteState::Active);
    let mut other = scene.clone_world();
    let empty = other.vpc("10.2.0.0/16");
    other.accept(Command::CreateEgressOnlyInternetGateway { vpc: empty, tags: Tags::new() });
    let refusal = other.refuse_with(Command::DeleteVpc(empty), "DependencyViolation");
    assert_eq!(refusal.remedy(&other.network), Remedy::RemoveFirst(vec![TaggedId::EgressOnlyGateway(id(3))]));
    other.accept(Command::DeleteEgressOnlyInternetGateway(id(3)));
    other.accept(Command::DeleteVpc(empty));
}

// rules: R5 R8
#[test]
fn a_propagated_route_gives_way_to_one_that_is_written() {
    let mut scene = Scene::new();
    let propagated = Route { target: RouteTarget::VpnGateway(id(1)), origin: RouteOrigin::EnableVgwRoutePropagation };
    scene.apply(&[Event::RouteSet(rtb(3), to("192.168.0.0/16"), propagated)]);
    scene.refuse_with(set("192.168.0.0/16", RouteTarget::Eni(eni(1)), true), "InvalidParameterValue");
    scene.refuse_with(Command::DeleteRoute { table: rtb(3), destination: to("192.168.0.0/16") }, "InvalidRoute.NotFound");
    scene.accept(set("192.168.0.0/16", RouteTarget::Eni(eni(1)), false));
    let table = scene.network.route_table(rtb(3)).unwrap();
    assert_eq!(table.routes.get(&to("192.168.0.0/16")).unwrap().origin, RouteOrigin::CreateRoute);
}
