//! Virtual private gateways and the routes that they propagate (R5, R6, R17, R51).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::IpNet;
use eni_core::control::command::{Command, CreateCustomerGateway, CreateVpnConnection, EdgeGateway, RouteTargetInput};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::route_table::{Destination, RouteOrigin, RouteState, RouteTableUser, RouteTarget};
use support::scene::{Scene, eni, rtb, vpc};
use support::{id, ip, net};

fn to(block: &str) -> Destination {
    Destination::Cidr(block.parse::<IpNet>().unwrap())
}

fn route(connection: u64, block: &str, there: bool) -> Command {
    Command::SetVpnConnectionRoute { connection: id(connection), destination: net(block), there }
}

fn propagation(on: bool) -> Command {
    Command::SetVgwRoutePropagation { table: rtb(3), gateway: id(1), on }
}

fn customer(last: u8) -> Command {
    let ip = ip(&format!("198.51.100.{last}"));
    Command::CreateCustomerGateway(Box::new(CreateCustomerGateway { ip, bgp_asn: 65_000, device_name: String::new(), tags: Tags::new() }))
}

/// `vgw-1` at `vpc-1`, with the connections `vpn-1` to `cgw-1` and `vpn-2` to `cgw-2`.
fn connected() -> Scene {
    let mut scene = Scene::new();
    scene.accept(Command::CreateVpnGateway { amazon_side_asn: 64_512, tags: Tags::new() });
    scene.accept(Command::AttachVpnGateway { gateway: id(1), vpc: vpc(1) });
    for number in 1..=2 {
        assert_eq!(scene.accept(customer(u8::try_from(number).unwrap())), Reply::CustomerGateway(id(number)));
        let (customer_gateway, vpn_gateway) = (id(number), id(1));
        let wanted = CreateVpnConnection { customer_gateway, vpn_gateway, static_routes_only: true, tags: Tags::new() };
        assert_eq!(scene.accept(Command::CreateVpnConnection(Box::new(wanted))), Reply::VpnConnection(id(number)));
    }
    scene
}

/// The destinations of the routes that are propagated into `rtb-3`.
fn propagated(scene: &Scene) -> Vec<String> {
    let table = scene.network.route_table(rtb(3)).unwrap();
    let routes = table.routes.iter().filter(|(_, route)| route.origin == RouteOrigin::EnableVgwRoutePropagation);
    routes
        .map(|(to, route)| match to {
            Destination::Cidr(cidr) => {
                assert_eq!(route.target, RouteTarget::VpnGateway(id(1)));
                assert_eq!(scene.network.route_state(table, route), RouteState::Active);
                cidr.to_string()
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

// rules: R5 R51
#[test]
fn routes_of_connections_come_into_the_tables_that_take_them_and_go() {
    let mut scene = connected();
    scene.accept(route(1, "192.168.0.0/16", true));
    assert!(propagated(&scene).is_empty(), "nobody takes them yet");
    scene.accept(propagation(true));
    assert_eq!(propagated(&scene), ["192.168.0.0/16"]);
    scene.accept(route(1, "172.16.9.9/24", true));
    scene.accept(route(2, "172.16.9.0/24", true));
    assert_eq!(propagated(&scene), ["172.16.9.0/24", "192.168.0.0/16"]);
    // Both connections lead there: it stays as long as one of them does.
    scene.accept(route(1, "172.16.9.0/24", false));
    assert_eq!(propagated(&scene), ["172.16.9.0/24", "192.168.0.0/16"]);
    scene.accept(Command::DeleteVpnConnection(id(2)));
    assert_eq!(propagated(&scene), ["192.168.0.0/16"]);
    let before = scene.network.clone();
    scene.accept(propagation(true));
    scene.accept(route(1, "192.168.0.0/16", true));
    assert_eq!(scene.network, before, "what is so already stays so");
    scene.accept(propagation(false));
    assert!(propagated(&scene).is_empty() && scene.network.route_table(rtb(3)).unwrap().propagating.is_empty());
    scene.accept(propagation(true));
    scene.accept(Command::DetachVpnGateway { gateway: id(1), vpc: vpc(1) });
    assert!(propagated(&scene).is_empty() && scene.network.route_table(rtb(3)).unwrap().propagating.is_empty());
}

// rules: R5 R6 R17
#[test]
fn a_static_route_hides_a_propagated_one_until_it_goes() {
    let mut scene = connected();
    scene.accept(propagation(true));
    scene.accept(route(1, "192.168.0.0/16", true));
    let set = |replace| {
        let targets = vec![RouteTargetInput::Target(RouteTarget::Eni(eni(1)))];
        Command::SetRoute { table: rtb(3), destination: to("192.168.0.0/16"), targets, replace }
    };
    scene.accept(set(false));
    assert!(propagated(&scene).is_empty());
    scene.accept(route(2, "192.168.0.0/16", true));
    assert!(propagated(&scene).is_empty());
    scene.accept(Command::DeleteRoute { table: rtb(3), destination: to("192.168.0.0/16") });
    assert_eq!(propagated(&scene), ["192.168.0.0/16"]);
    scene.refuse_with(Command::DeleteRoute { table: rtb(3), destination: to("192.168.0.0/16") }, "InvalidRoute.NotFound");
    // The VPC's own block stays local; so many routes and no more are taken.
    scene.accept(route(1, "10.0.0.0/16", true));
    let local = scene.network.route_table(rtb(3)).unwrap().routes.get(&to("10.0.0.0/16")).unwrap().target.clone();
    assert_eq!(local, RouteTarget::Local);
    scene.quotas(|quotas| quotas.propagated_routes_per_table = 2);
    scene.accept(route(1, "172.16.0.0/16", true));
    scene.accept(route(1, "172.17.0.0/16", true));
    assert_eq!(propagated(&scene), ["172.16.0.0/16", "172.17.0.0/16"]);
}

// rules: R27 R51 L15
#[test]
fn a_virtual_private_gateway_is_attached_to_one_vpc_and_goes_when_nothing_ends_at_it() {
    let mut scene = connected();
    let edge = Command::AssociateGatewayRouteTable { table: rtb(3), gateway: EdgeGateway::Vpn(id(1)) };
    scene.accept(edge);
    assert!(scene.network.edge_table_of(RouteTableUser::VpnGateway(id(1))).is_some());
    scene.accept(Command::AttachVpnGateway { gateway: id(1), vpc: vpc(1) });
    scene.accept(Command::DetachVpnGateway { gateway: id(1), vpc: vpc(1) });
    assert!(scene.network.edge_table_of(RouteTableUser::VpnGateway(id(1))).is_none());
    let refusal = scene.refuse_with(Command::DeleteVpnGateway(id(1)), "IncorrectState");
    let ends = [TaggedId::VpnConnection(id(1)), TaggedId::VpnConnection(id(2))];
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(ends.to_vec()));
    let refusal = scene.refuse_with(Command::DeleteCustomerGateway(id(2)), "IncorrectState");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![ends[1]]));
    scene.accept(Command::DeleteVpnConnection(id(1)));
    scene.accept(Command::DeleteVpnConnection(id(2)));
    scene.accept(Command::DeleteVpnGateway(id(1)));
    assert_eq!(scene.accept(customer(2)), Reply::CustomerGateway(id(2)), "the same address and number are the same device");
    let other = CreateCustomerGateway { ip: ip("198.51.100.2"), bgp_asn: 65_001, device_name: String::new(), tags: Tags::new() };
    assert_eq!(scene.accept(Command::CreateCustomerGateway(Box::new(other))), Reply::CustomerGateway(id(3)));
    scene.accept(Command::DeleteCustomerGateway(id(2)));
    assert_eq!(scene.accept(customer(2)), Reply::CustomerGateway(id(4)));
    let tags: Tags = [("a".to_owned(), "b".to_owned())].into();
    scene.accept(Command::CreateTags { resources: vec![TaggedId::CustomerGateway(id(3))], tags });
    assert_eq!(scene.network.customer_gateway(id(3)).unwrap().tags.len(), 1);
}
