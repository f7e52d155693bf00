//! Virtual private gateways on the way of packets: to a network behind a VPN connection and back, and what they do not carry.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::IpNet;
use eni_core::analysis::remedy;
use eni_core::control::command::{Command, RouteTargetInput};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::dataplane::{Luck, Origin, Question};
use eni_core::id::{ResourceId, RouteTableId, VpnConnectionId, VpnGatewayId};
use eni_core::model::event::Event;
use eni_core::model::instance::{GuestFlavour, ListenerProtocol};
use eni_core::model::route_table::{Destination, RouteOrigin, RouteTableUser, RouteTarget};
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::time::Duration;
use support_dp::{Host, Lab, ip, packet};

/// A, whose group lets in what asks for TCP 443 from behind the gateway; all of 192.168.0.0/16 lies there, and a route leads to it.
struct Scene {
    lab: Lab,
    a: Host,
    vgw: VpnGatewayId,
    connection: VpnConnectionId,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    lab.gateway();
    let subnet = lab.subnet("10.0.1.0/24");
    let vgw = lab.vpn_gateway();
    let table = lab.table;
    lab.route_from(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw), RouteOrigin::EnableVgwRoutePropagation);
    let group = lab.group(&["in tcp 443 192.168.0.0/16", "out all 0.0.0.0/0"]);
    let a = lab.host("A", subnet, "10.0.1.10", &[group]);
    let connection = lab.network.vpn_connections().next().unwrap().id;
    Scene { lab, a, vgw, connection }
}

const ASKS: &str = "tcp 10.0.1.10:50000 > 192.168.1.1:443";
const ANSWERS: &str = "tcp 192.168.1.1:443 > 10.0.1.10:50000 syn+ack";
const COMES: &str = "tcp 192.168.1.1:50000 > 10.0.1.10:443";

impl Scene {
    fn asks(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Instance(self.a.instance), packet(text))
    }

    fn comes(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::VpnGateway(self.vgw), packet(text))
    }
}

// rules: P22 R51 R60
#[test]
fn path_6_7_to_the_office_and_back() {
    let mut scene = scene();
    let walk = scene.asks(ASKS);
    scene.lab.expect(&walk, &["A leaves 10.0.1.0/24 by 10.0.1.10", "vgw VPN_ADDRESS ALLOW", "vgw VPN_ROUTE DELIVER"]);
    assert_eq!((Lab::ending(&walk), walk.arrived.unwrap().packet), ("EXITS_NETWORK".to_owned(), packet(ASKS)));
    let reply = scene.comes(ANSWERS);
    scene
        .lab
        .expect(&reply, &["vgw VPN_ROUTE ALLOW", "vgw VPN_ADDRESS ALLOW", "vpc OWNER DELIVER", "A is reached in 10.0.1.0/24 at 10.0.1.10"]);
    assert_eq!(Lab::ending(&scene.comes(COMES)), "DELIVERED", "groups see the address there");
    assert_eq!(Lab::ending(&scene.comes("tcp 192.168.1.1:50000 > 10.0.1.10:22")), "DENIED ENI_SG_RULES_MISMATCH");
}

// rules: R60 R12 R5
#[test]
fn what_no_connection_leads_to_is_dropped_at_the_gateway() {
    let mut scene = scene();
    let (table, vgw, connection) = (scene.lab.table, scene.vgw, scene.connection);
    scene.lab.route(table, "172.16.0.0/12", RouteTarget::VpnGateway(vgw));
    assert_eq!(Lab::ending(&scene.asks("tcp 10.0.1.10:50000 > 172.16.9.9:443")), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
    // What comes from there comes in, and its answer does not find back.
    assert_eq!(Lab::ending(&scene.comes("tcp 172.16.9.9:50000 > 10.0.1.10:443")), "DENIED ENI_SG_RULES_MISMATCH");
    // The static route goes, and the propagated one with it; a route that is written by hand stays.
    scene.lab.apply(Event::VpnConnectionRouteSet(connection, support_dp::net("192.168.0.0/16"), false));
    assert_eq!(Lab::ending(&scene.asks(ASKS)), "EXITS_NETWORK", "as long as it stands in a table as told by BGP");
    scene.lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    assert_eq!(Lab::ending(&scene.asks(ASKS)), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
    scene.lab.apply(Event::VpnConnectionDeleted(connection));
    assert_eq!(Lab::ending(&scene.asks(ASKS)), "BLACKHOLED BAD_STATE_VPN");
    assert_eq!(Lab::ending(&scene.comes(COMES)), "BLACKHOLED BAD_STATE_VPN");
    scene.lab.apply(Event::VpnGatewayMoved(vgw, None));
    assert_eq!(Lab::ending(&scene.asks(ASKS)), "BLACKHOLED BAD_STATE_ROUTE");
}

// rules: P23 R51 R46
#[test]
fn from_the_office_nothing_beyond_the_vpc_is_reached() {
    let mut scene = scene();
    let beyond = "DENIED VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
    let other = scene.lab.other_vpc("10.1.0.0/16");
    let (peering, table) = (scene.lab.peering(other), scene.lab.table);
    scene.lab.route(table, "10.1.0.0/16", RouteTarget::Peering(peering));
    for to in ["198.51.100.7", "10.1.1.1", "172.16.1.1"] {
        assert_eq!(Lab::ending(&scene.comes(&format!("udp 192.168.1.1:50000 > {to}:53"))), beyond, "{to}");
    }
    assert_eq!(Lab::ending(&scene.comes("udp [2001:db8::1]:5 > [2001:db8:1::1]:6")), "DENIED PROTOCOL_RESTRICTION");
    assert_eq!(Lab::ending(&scene.comes("udp 192.168.1.1:50000 > 10.0.7.7:53")), "UNREACHABLE NO_POSSIBLE_DESTINATION");
    // Nor does it send out what is not of its VPC.
    scene.lab.source_dest_check(scene.a.eni, false);
    let foreign = scene.lab.send(Origin::Eni(scene.a.eni), packet("tcp 203.0.113.1:1 > 192.168.1.1:443"));
    assert_eq!(Lab::ending(&foreign), "DENIED VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS");
    scene.lab.apply(Event::VpnGatewayMoved(scene.vgw, None));
    assert_eq!(Lab::ending(&scene.comes(COMES)), "BLACKHOLED BAD_STATE_ATTACHMENT");
}

// rules: R27 R28 R29 P22
#[test]
fn its_own_table_leads_what_comes_in_through_a_middlebox_without_a_public_address() {
    let mut scene = scene();
    let (vpc, vgw, edge) = (scene.lab.vpc, scene.vgw, RouteTableId::from_number(900));
    let subnet = scene.lab.subnet("10.0.9.0/24");
    let open = scene.lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let router = scene.lab.host_of(GuestFlavour::Router, "M", subnet, "10.0.9.9", &[open]);
    scene.lab.change_guest(router.instance, |guest| guest.masquerade = false);
    scene.lab.table_with(edge, vpc, RouteTableUser::VpnGateway(vgw), "10.0.0.0/16");
    assert_eq!(Lab::ending(&scene.comes(COMES)), "DELIVERED");
    scene.lab.route(edge, "10.0.1.0/24", RouteTarget::Eni(router.eni));
    assert_eq!(Lab::ending(&scene.comes(COMES)), "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION");
    scene.lab.source_dest_check(router.eni, false);
    let walk = scene.comes(COMES);
    assert_eq!(Lab::ending(&walk), "DELIVERED");
    assert!(walk.steps.iter().any(|step| step.place == Place::Guest(router.instance)));
}

// rules: R60 P22
#[test]
fn an_address_behind_a_connection_asks_and_is_answered() {
    let Scene { mut lab, a, connection, .. } = scene();
    lab.listen(a.instance, ListenerProtocol::Tcp, 443, None);
    let host = lab.network.host_behind(lab.network.vpn_connection(connection).unwrap().customer_gateway).unwrap();
    assert_eq!(host, ip("192.168.0.10"));
    let (from, to) = (End::Address(host.into()), End::Instance(a.instance));
    for (from, to) in [(from, to), (to, from)] {
        let traced = trace(&lab.network, &TraceRequest::new(from, to)).unwrap();
        assert!(traced.got_through() && traced.reply.is_some(), "{traced:#?}");
    }
    // Out of the network an address like that has no way in.
    let stranger = trace(&lab.network, &TraceRequest::new(End::Address(ip("172.16.0.10").into()), to)).unwrap();
    assert_eq!(Lab::ending(&stranger.forward), "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS");
    let mut sim = Simulator::new(lab.network, 7);
    let ask = |from, to, protocol| ClientSpec {
        name: "office".to_owned(),
        probe: ProbeSpec { from, to, protocol, timeout: Duration::from_secs(1) },
        interval: Duration::from_secs(2),
        conversation: Conversation::NewEachTime,
    };
    let inside = Source::Instance { instance: a.instance, address: None };
    let office = Target::Address(host.into());
    let clients = [
        ask(inside, office, Protocol::Tcp(443)),
        ask(inside, office, Protocol::Icmp),
        ask(Source::Internet { address: host }, Target::PrivateOf(a.eni), Protocol::Tcp(443)),
    ];
    let ids = clients.map(|client| sim.add_client(client).unwrap());
    sim.advance(Duration::from_secs(9), &mut |_| {});
    for id in ids {
        let seen = sim.client(id).unwrap().statistics;
        assert_eq!((seen.answered, seen.lost), (5, 0), "{id}");
    }
}

// rules: R60 R5
#[test]
fn the_way_that_is_missing_is_offered() {
    let Scene { mut lab, a, vgw, connection } = scene();
    let offered = |lab: &Lab, to: &str| {
        let sent = packet(&format!("tcp 10.0.1.10:50000 > {to}:443"));
        let walk = lab.ask(Origin::Instance(a.instance), sent);
        let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck: Luck::Good };
        remedy::of_walk(&question, Origin::Instance(a.instance), sent, &walk).remedies.into_iter().map(|one| one.acts).collect::<Vec<_>>()
    };
    let table = lab.table;
    lab.route(table, "172.16.0.0/12", RouteTarget::VpnGateway(vgw));
    let route = offered(&lab, "172.16.9.9");
    let [acts] = route.as_slice() else { panic!("{route:?}") };
    let destination = support_dp::net("172.16.9.9/32");
    assert_eq!(acts.as_slice(), [Command::SetVpnConnectionRoute { connection, destination, there: true }]);
    lab.unroute(table, "192.168.0.0/16");
    let ways = offered(&lab, "192.168.1.1");
    let written = |block: &str| Command::SetRoute {
        table,
        destination: Destination::Cidr(IpNet::V4(support_dp::net(block))),
        targets: vec![RouteTargetInput::Target(RouteTarget::VpnGateway(vgw))],
        replace: false,
    };
    assert_eq!(
        ways,
        [[Command::SetVgwRoutePropagation { table, gateway: vgw, on: true }]],
        "past the internet gateway that the default route leads to"
    );
    lab.unroute(table, "0.0.0.0/0");
    let further = [ways[0].clone(), vec![written("192.168.0.0/16")]];
    assert_eq!(offered(&lab, "192.168.1.1"), further, "and where no route leads on");
    // An address that no connection knows gets a route to the gateway, and one of the connection.
    let destination = support_dp::net("192.0.0.9/32");
    assert_eq!(
        offered(&lab, "10.77.0.9"),
        [[
            written("10.77.0.9/32"),
            Command::SetVpnConnectionRoute { connection, destination: support_dp::net("10.77.0.9/32"), there: true }
        ]]
    );
    assert!(
        offered(&lab, "192.0.0.9")
            .iter()
            .flatten()
            .all(|act| *act != Command::SetVpnConnectionRoute { connection, destination, there: true }),
        "a public address is none of the office"
    );
    // Where the gateway was detached, it comes back.
    let vpc = lab.vpc;
    lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    lab.apply(Event::VpnGatewayMoved(vgw, None));
    assert_eq!(offered(&lab, "192.168.1.1")[0], [Command::AttachVpnGateway { gateway: vgw, vpc }]);
}
