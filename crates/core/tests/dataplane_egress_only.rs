//! Egress-only internet gateways on the way of packets: IPv6 out, answers in, nothing that begins outside (`R37`, `R58`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::translation::IDLE;
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::id::{EgressOnlyGatewayId, RouteTableId};
use eni_core::model::event::Event;
use eni_core::model::route_table::RouteTarget;
use eni_core::time::Duration;
use support_dp::{Host, Lab, packet};

/// A, whose group lets everything in and out, in a subnet with IPv6; all of it leads to an egress-only gateway.
struct Scene {
    lab: Lab,
    a: Host,
    gateway: EgressOnlyGatewayId,
    table: RouteTableId,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    lab.ipv6(subnet, "2001:db8:0:101::/64");
    let table = lab.own_table(subnet);
    let gateway = lab.egress_only(table);
    let acl = lab.acl;
    lab.set_acl(acl, "in 101 allow all ::/0");
    lab.set_acl(acl, "out 101 allow all ::/0");
    let group = lab.group(&["in all ::/0", "out all ::/0", "out all 0.0.0.0/0"]);
    let a = lab.host("A", subnet, "10.0.1.10", &[group]);
    lab.ipv6_address(a.eni, "2001:db8:0:101::10");
    Scene { lab, a, gateway, table }
}

const ASKS: &str = "tcp [2001:db8:0:101::10]:50000 > [2001:db8:ffff::7]:443";
const ANSWERS: &str = "tcp [2001:db8:ffff::7]:443 > [2001:db8:0:101::10]:50000 syn+ack";
const STRANGER: &str = "tcp [2001:db8:ffff::7]:50000 > [2001:db8:0:101::10]:443";
const UNSOLICITED: &str = "DENIED EIGW_UNSOLICITED";

impl Scene {
    fn asks(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Instance(self.a.instance), packet(text))
    }

    fn comes(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Internet, packet(text))
    }
}

/// Where the packet came into the VPC.
fn came_in_by(walk: &Walk) -> Option<Place> {
    walk.steps.iter().map(|step| step.place).find(|place| matches!(place, Place::EgressOnlyGateway(_) | Place::InternetGateway(_)))
}

// rules: R37 R58 R32
#[test]
fn what_begins_inside_goes_out_and_its_answer_comes_in() {
    let mut scene = scene();
    let walk = scene.asks(ASKS);
    scene.lab.expect(&walk, &["A leaves 10.0.1.0/24 by 10.0.1.10", "eigw EGRESS_ONLY ALLOW", "eigw GATEWAY_DESTINATION DELIVER"]);
    assert_eq!(walk.arrived.unwrap().packet, packet(ASKS), "nothing is translated");
    let reply = scene.comes(ANSWERS);
    scene.lab.expect(
        &reply,
        &["internet PUBLIC_ADDRESS ROUTE", "eigw EGRESS_ONLY ROUTE", "vpc OWNER DELIVER", "A is reached in 10.0.1.0/24 at 10.0.1.10"],
    );
}

// rules: R58
#[test]
fn nothing_that_begins_outside_gets_in_whatever_groups_and_acls_say() {
    let mut scene = scene();
    assert_eq!(Lab::ending(&scene.comes(STRANGER)), UNSOLICITED);
    assert_eq!(Lab::ending(&scene.comes(ANSWERS)), UNSOLICITED, "an answer to nothing");
    scene.asks(ASKS);
    assert_eq!(Lab::ending(&scene.comes(ANSWERS)), "DELIVERED");
    // Another port, another host, the other protocol: other flows. So is a connection that somebody opens from the very ends of one that went out.
    for other in [
        "tcp [2001:db8:ffff::7]:444 > [2001:db8:0:101::10]:50000 syn+ack",
        "tcp [2001:db8:ffff::8]:443 > [2001:db8:0:101::10]:50000 syn+ack",
        "udp [2001:db8:ffff::7]:443 > [2001:db8:0:101::10]:50000",
        "ping 2001:db8:ffff::7 > 2001:db8:0:101::10",
        "tcp [2001:db8:ffff::7]:443 > [2001:db8:0:101::10]:50000 syn",
    ] {
        assert_eq!(Lab::ending(&scene.comes(other)), UNSOLICITED, "{other}");
    }
    for (out, back) in [
        ("udp [2001:db8:0:101::10]:5000 > [2001:db8:ffff::7]:53", "udp [2001:db8:ffff::7]:53 > [2001:db8:0:101::10]:5000"),
        ("ping 2001:db8:0:101::10 > 2001:db8:ffff::7", "pong 2001:db8:ffff::7 > 2001:db8:0:101::10"),
        ("50 2001:db8:0:101::10 > 2001:db8:ffff::7", "50 2001:db8:ffff::7 > 2001:db8:0:101::10"),
    ] {
        assert_eq!(Lab::ending(&scene.comes(back)), UNSOLICITED, "{back}");
        assert_eq!(Lab::ending(&scene.asks(out)), "EXITS_NETWORK");
        assert_eq!(Lab::ending(&scene.comes(back)), "DELIVERED", "{back}");
    }
}

// rules: R58 P9
#[test]
fn beside_an_internet_gateway_it_carries_only_what_went_out_by_it() {
    let mut scene = scene();
    let internet = scene.lab.bare_gateway(Some(scene.lab.vpc));
    scene.lab.name(Place::InternetGateway(internet), "igw");
    // The stranger comes in by the internet gateway. The subnet's table sends the answer to the egress-only one, which did not see the question.
    let walk = scene.comes(STRANGER);
    assert_eq!((Lab::ending(&walk), came_in_by(&walk)), ("DELIVERED".to_owned(), Some(Place::InternetGateway(internet))));
    let answer = "tcp [2001:db8:0:101::10]:443 > [2001:db8:ffff::7]:50000 syn+ack";
    assert_eq!(Lab::ending(&scene.asks(answer)), UNSOLICITED);
    assert_eq!(Lab::ending(&scene.asks("pong 2001:db8:0:101::10 > 2001:db8:ffff::7")), UNSOLICITED);
    let eigw = Place::EgressOnlyGateway(scene.gateway);
    scene.asks(ASKS);
    assert_eq!(came_in_by(&scene.comes(ANSWERS)), Some(eigw), "what went out by it comes back by it");
    // With the route to the internet gateway there is no question of who began.
    let table = scene.table;
    scene.lab.ipv6_route(table, "::/0", RouteTarget::InternetGateway(internet));
    assert_eq!(Lab::ending(&scene.asks(answer)), "EXITS_NETWORK");
}

// rules: R58 E92 R11
#[test]
fn it_forgets_after_350_seconds_and_when_it_is_gone() {
    let mut scene = scene();
    scene.asks(ASKS);
    scene.comes(ANSWERS);
    scene.asks("tcp [2001:db8:0:101::10]:50000 > [2001:db8:ffff::7]:443 ack");
    let data = "tcp [2001:db8:ffff::7]:443 > [2001:db8:0:101::10]:50000 ack";
    scene.lab.now += Duration::from_nanos(IDLE.as_nanos() - 1);
    assert_eq!(Lab::ending(&scene.comes(data)), "DELIVERED");
    scene.lab.now += IDLE;
    assert_eq!(Lab::ending(&scene.comes(data)), UNSOLICITED);
    scene.asks(ASKS);
    let mut tracking = scene.lab.tracking.clone();
    tracking.forget_eni(scene.a.eni);
    tracking.expire(scene.lab.now);
    assert!(!tracking.is_empty(), "the gateway remembers by itself");
    tracking.forget_egress_only(scene.gateway);
    assert!(tracking.is_empty());
    scene.lab.tracking.expire(scene.lab.now + IDLE);
    assert!(scene.lab.tracking.outward(scene.gateway, &key(), scene.lab.now).is_none());
    // Mail stays inside here, too; a gateway that is gone leaves a black hole.
    assert_eq!(Lab::ending(&scene.asks("tcp [2001:db8:0:101::10]:50000 > [2001:db8:ffff::7]:25")), "DENIED OUTBOUND_PORT_25_RESTRICTED");
    scene.lab.apply(Event::EgressOnlyGatewayDeleted(scene.gateway));
    assert_eq!(Lab::ending(&scene.asks(ASKS)), "BLACKHOLED BAD_STATE_ROUTE");
}

fn key() -> eni_core::dataplane::conntrack::FlowKey {
    eni_core::dataplane::conntrack::FlowKey::of(&packet(ASKS), eni_core::addr::Direction::Egress)
}

// rules: R37
#[test]
fn it_carries_ipv6_only() {
    let mut scene = scene();
    let (table, gateway) = (scene.table, scene.gateway);
    // AWS refuses such a route; an import may bring one.
    scene.lab.route(table, "0.0.0.0/0", RouteTarget::EgressOnlyGateway(gateway));
    assert_eq!(Lab::ending(&scene.asks("tcp 10.0.1.10:50000 > 198.51.100.7:443")), "DENIED PROTOCOL_RESTRICTION");
    assert_eq!(Lab::ending(&scene.asks(ASKS)), "EXITS_NETWORK");
}

// rules: S37 S35
#[test]
fn flows_through_it_are_tracked_though_rules_are_open_to_all() {
    let mut scene = scene();
    scene.asks(ASKS);
    assert_eq!(scene.lab.tracks(scene.a.eni), [true]);
    let mut other = self::scene();
    let (internet, table) = (other.lab.gateway(), other.table);
    other.lab.ipv6_route(table, "::/0", RouteTarget::InternetGateway(internet));
    other.asks(ASKS);
    assert_eq!(other.lab.tracks(other.a.eni), [false], "an internet gateway keeps no state");
}
