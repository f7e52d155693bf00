//! VPC peering connections on the way of packets (`R52` to `R54`): routes on both sides, and nothing beyond the two VPCs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::reason::ReferenceMiss;
use eni_core::id::PeeringId;
use eni_core::model::event::{Event, PeeringChange};
use eni_core::model::peering::PeeringState;
use eni_core::model::route_table::RouteTarget;
use support_dp::{Far, Host, Lab, packet};

/// A in 10.0.0.0/16, B in 10.1.0.0/16, joined; each main table has a route to the other side.
struct Scene {
    lab: Lab,
    a: Host,
    far: Far,
    peering: PeeringId,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    let (subnet, mine) = (lab.subnet("10.0.1.0/24"), lab.default_group);
    let a = lab.host("A", subnet, "10.0.1.10", &[mine]);
    let far = lab.far("B", "10.1.1.20");
    lab.rule(far.group, "in tcp 443 10.0.0.0/16");
    let peering = lab.peering(far.vpc);
    lab.lead_to_each_other(&far, RouteTarget::Peering(peering));
    Scene { lab, a, far, peering }
}

const ASKS: &str = "tcp 0.0.0.0:50000 > 10.1.1.20:443";
const ANSWERS: &str = "tcp 10.1.1.20:443 > 10.0.1.10:50000 syn+ack";

// rules: R52 R54
#[test]
fn a_packet_crosses_with_its_addresses_and_its_answer_comes_back() {
    let Scene { mut lab, a, far, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet(ASKS));
    lab.expect(
        &walk,
        &[
            "A leaves 10.0.1.0/24 by 10.0.1.10",
            "pcx PEERING_ADDRESS ROUTE",
            "far OWNER DELIVER",
            "B is reached in 10.1.1.0/24 at 10.1.1.20",
        ],
    );
    assert_eq!(walk.arrived.unwrap().packet, packet("tcp 10.0.1.10:50000 > 10.1.1.20:443"));
    let reply = lab.send(Origin::Instance(far.host.instance), packet(ANSWERS));
    assert_eq!(Lab::ending(&reply), "DELIVERED");
    assert_eq!(reply.arrived.unwrap().instance, Some(a.instance));
}

// rules: R52 R12
#[test]
fn both_sides_need_a_route_and_the_connection_must_be_active() {
    let Scene { mut lab, a, far, peering } = scene();
    lab.unroute(far.table, "10.0.0.0/16");
    assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(ASKS))), "DELIVERED");
    assert_eq!(Lab::ending(&lab.send(Origin::Instance(far.host.instance), packet(ANSWERS))), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
    lab.apply(Event::PeeringChanged(peering, PeeringChange::State(PeeringState::Deleted)));
    assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(ASKS))), "BLACKHOLED BAD_STATE_ROUTE");
}

// rules: R53
#[test]
fn nothing_beyond_the_other_vpc_is_reached() {
    let Scene { mut lab, a, far, peering } = scene();
    // The other VPC has a way out and a neighbour of its own; neither is for us.
    let gateway = lab.bare_gateway(Some(far.vpc));
    lab.route(far.table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    let third = lab.other_vpc("10.2.0.0/16");
    let second = lab.peering_between(far.vpc, third);
    lab.route(far.table, "10.2.0.0/16", RouteTarget::Peering(second));
    let table = lab.table;
    for (route, asked) in [("0.0.0.0/0", "tcp 0.0.0.0:1 > 198.51.100.7:443"), ("10.2.0.0/16", "tcp 0.0.0.0:1 > 10.2.1.1:443")] {
        lab.route(table, route, RouteTarget::Peering(peering));
        assert_eq!(
            Lab::ending(&lab.send(Origin::Instance(a.instance), packet(asked))),
            "DENIED PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
            "{asked}"
        );
    }
    assert_eq!(
        Lab::ending(&lab.send(Origin::Instance(a.instance), packet("tcp 0.0.0.0:1 > 10.1.1.99:443"))),
        "UNREACHABLE NO_POSSIBLE_DESTINATION"
    );
}

// rules: S22 R52
#[test]
fn a_rule_may_name_a_group_of_the_other_vpc() {
    let Scene { mut lab, a, far, .. } = scene();
    let mine = lab.default_group;
    let asked = "tcp 0.0.0.0:50000 > 10.1.1.20:22";
    assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(asked))), "DENIED ENI_SG_RULES_MISMATCH");
    lab.rule(far.group, &format!("in tcp 22 {mine}"));
    assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(asked))), "DELIVERED");
}

// rules: S22 S28
#[test]
fn a_group_of_a_vpc_that_nothing_joins_any_more_fits_nothing() {
    let Scene { mut lab, a, far, peering } = scene();
    let naming = lab.group(&[&format!("in tcp 22 {}", far.group)]);
    let subnet = lab.network.eni(a.eni).unwrap().subnet;
    lab.host("N", subnet, "10.0.1.30", &[naming]);
    // What bears the address of a member of that group, whoever sent it.
    lab.source_dest_check(a.eni, false);
    let sent = packet("tcp 10.1.1.20:50000 > 10.0.1.30:22");
    assert_eq!(Lab::ending(&lab.ask(Origin::Eni(a.eni), sent)), "DELIVERED");
    lab.apply(Event::PeeringChanged(peering, PeeringChange::State(PeeringState::Deleted)));
    let walk = lab.ask(Origin::Eni(a.eni), sent);
    assert_eq!(Lab::ending(&walk), "DENIED ENI_SG_RULES_MISMATCH");
    let nearest = walk.blocker().and_then(|step| walk.nearest_at(&step)).unwrap();
    assert_eq!(nearest.reference, Some(ReferenceMiss::Stale));
}
