//! Transit gateways on the way of packets (`R57`, `R65` to `R69`, `P45` to `P49`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::addr::IpNet;
use eni_core::dataplane::Origin;
use eni_core::dataplane::reason::Evidence;
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::id::{ResourceId, RouteTableId, SubnetId, TransitAttachmentId};
use eni_core::model::event::Event;
use eni_core::model::route_table::{RouteTableUser, RouteTarget};
use eni_core::model::transit::{TransitId, TransitState};
use eni_core::packet::Packet;
use support_dp::{Far, Host, Lab, Transit, ip, packet};

/// A in 10.0.0.0/16, B in 10.1.0.0/16, joined by a transit gateway whose ENIs have subnets of their own; each main table has a route to the other.
struct Scene {
    lab: Lab,
    a: Host,
    /// Where the gateway's ENI of A's VPC stands.
    gate: SubnetId,
    far: Far,
    far_gate: SubnetId,
    transit: Transit,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    let (near, gate, mine) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.9.0/28"), lab.default_group);
    let a = lab.host("A", near, "10.0.1.10", &[mine]);
    let far = lab.far("B", "10.1.1.20");
    lab.rule(far.group, "in tcp 443 10.0.0.0/8");
    let far_gate = lab.subnet_in(far.vpc, far.acl, "10.1.9.0/28");
    let transit = lab.transit(&[(gate, "10.0.9.4"), (far_gate, "10.1.9.4")]);
    lab.lead_to_each_other(&far, RouteTarget::TransitGateway(transit.gateway));
    Scene { lab, a, gate, far, far_gate, transit }
}

const ASKS: &str = "tcp 10.0.1.10:50000 > 10.1.1.20:443";
const ANSWERS: &str = "tcp 10.1.1.20:443 > 10.0.1.10:50000 syn+ack";

impl Scene {
    /// How A's question ends.
    fn ending(&self) -> String {
        Lab::ending(&self.walk())
    }

    fn walk(&self) -> Walk {
        self.lab.ask(Origin::Instance(self.a.instance), packet(ASKS))
    }

    fn write(&mut self, block: &str, to: Option<TransitAttachmentId>) {
        let block: IpNet = block.parse().unwrap();
        self.lab.transit_table(self.transit.table, |table| _ = table.routes.insert(block, to));
    }
}

// rules: P45 R57 R66 E83 N10
#[test]
fn a_packet_crosses_by_both_enis_and_its_answer_comes_back() {
    let Scene { mut lab, a, far, .. } = scene();
    let walk = lab.send(Origin::Instance(a.instance), packet(ASKS));
    lab.expect(
        &walk,
        &[
            "A leaves 10.0.1.0/24 by 10.0.1.10",
            "10.0.9.0/28 NETWORK_ACL_IN ALLOW",
            "10.0.9.4 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.9.4 DESTINATION_RUNS DELIVER",
            "tgw TRANSIT_ASSOCIATION ALLOW",
            "tgw TRANSIT_ROUTE ROUTE",
            "10.1.9.4 SOURCE_ATTACHED ALLOW",
            "10.1.9.4 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.1.9.0/28 NETWORK_ACL_OUT ALLOW",
            "10.1.9.0/28 ROUTE ROUTE",
            "far OWNER DELIVER",
            "B is reached in 10.1.1.0/24 at 10.1.1.20",
        ],
    );
    assert_eq!(walk.arrived.unwrap().packet, packet(ASKS));
    let reply = lab.send(Origin::Instance(far.host.instance), packet(ANSWERS));
    assert_eq!(Lab::ending(&reply), "DELIVERED");
    assert_eq!(reply.arrived.unwrap().instance, Some(a.instance));
}

// rules: P45 E93
#[test]
fn a_packet_that_is_too_long_for_the_transit_gateway_is_told_to_its_sender() {
    let scene = scene();
    for (length, ending) in [(8_500, "DELIVERED"), (8_501, "DENIED PACKET_TOO_LONG")] {
        let walk = scene.lab.ask(Origin::Instance(scene.a.instance), Packet { length, ..packet(ASKS) });
        assert_eq!(Lab::ending(&walk), ending, "{length}");
        let told = walk.blocker().is_some_and(|step| matches!(step.evidence, Evidence::Size { limit: 8_500, tells: true, .. }));
        assert_eq!(told, length > 8_500);
    }
}

// rules: P45 R57 R12
#[test]
fn the_way_back_needs_a_route_of_its_own() {
    let mut scene = scene();
    scene.lab.unroute(scene.far.table, "10.0.0.0/16");
    assert_eq!(scene.ending(), "DELIVERED");
    let origin = Origin::Instance(scene.far.host.instance);
    assert_eq!(Lab::ending(&scene.lab.ask(origin, packet(ANSWERS))), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
}

// rules: R66 R67
#[test]
fn the_table_of_the_attachment_decides_by_the_longest_prefix_and_what_is_written_goes_first() {
    let mut scene = scene();
    let [own, far] = scene.transit.attachments[..] else { panic!() };
    // A longer block that is written wins, whatever is propagated; one of the same length hides it.
    for (block, to, ending) in [
        ("10.0.0.0/8", None, "DELIVERED"),
        ("10.1.0.0/16", None, "BLACKHOLED BAD_STATE_ROUTE"),
        ("10.1.1.0/24", Some(far), "DELIVERED"),
        ("10.1.1.20/32", None, "BLACKHOLED BAD_STATE_ROUTE"),
    ] {
        scene.write(block, to);
        assert_eq!(scene.ending(), ending, "{block}");
    }
    scene.lab.transit_table(scene.transit.table, |table| table.routes = Default::default());
    // Without a propagation and without a route nothing is known of the other VPC.
    scene.lab.transit_table(scene.transit.table, |table| _ = table.propagations.remove(&far));
    assert_eq!(scene.ending(), "NO_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT");
    scene.write("0.0.0.0/0", Some(far));
    assert_eq!(scene.ending(), "DELIVERED");
    // It is the sender's attachment that says which table is asked.
    scene.lab.transit_attachment(own, |one| one.table = None);
    assert_eq!(scene.ending(), "DENIED TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION");
}

// rules: R57 R67 R11 R12
#[test]
fn what_does_not_work_is_a_blackhole_on_either_side() {
    let mut scene = scene();
    let [own, far] = scene.transit.attachments[..] else { panic!() };
    scene.write("10.1.0.0/16", Some(far));
    scene.lab.transit_attachment(far, |one| one.state = TransitState::Deleting);
    let walk = scene.walk();
    assert_eq!((Lab::ending(&walk).as_str(), walk.blocker().unwrap().rule), ("BLACKHOLED BAD_STATE_ROUTE", "R67"));
    scene.lab.transit_attachment(far, |one| one.state = TransitState::Available);
    for state in [TransitState::Pending, TransitState::Deleting] {
        scene.lab.transit_attachment(own, |one| one.state = state);
        let walk = scene.walk();
        assert_eq!((Lab::ending(&walk).as_str(), walk.blocker().unwrap().rule), ("BLACKHOLED BAD_STATE_ROUTE", "R12"), "{state:?}");
    }
    scene.lab.transit_attachment(own, |one| one.state = TransitState::Available);
    assert_eq!(scene.ending(), "DELIVERED");
    // A gateway that nobody told of may carry it on AWS.
    let table = scene.lab.table;
    scene.lab.route(table, "10.1.0.0/16", RouteTarget::TransitGateway("tgw-0e4a8c2f9b7d15360".parse().unwrap()));
    assert_eq!(scene.ending(), "DENIED UNSUPPORTED_COMPONENT");
}

// rules: R65 R68
#[test]
fn a_subnet_uses_the_eni_of_its_zone_and_a_packet_stays_in_its_zone() {
    let mut scene = scene();
    let (gate, far_gate) = (scene.gate, scene.far_gate);
    scene.lab.zone(gate, "us-east-1b");
    assert_eq!(scene.ending(), "DENIED TGW_ROUTE_AZ_RESTRICTION");
    scene.lab.zone(gate, "us-east-1a");
    // Where the other VPC has no subnet in that zone, another one will do.
    scene.lab.zone(far_gate, "us-east-1b");
    assert_eq!(scene.ending(), "DELIVERED");
    // The other VPC gets a second ENI, in the zone by which the packet came: it goes out there.
    let second = scene.lab.subnet_in(scene.far.vpc, scene.far.acl, "10.1.8.0/28");
    let eni = scene.lab.service_eni(second, "10.1.8.4", &[], "transit_gateway", "amazon-transit-gateway");
    let far = scene.transit.attachments[1];
    scene.lab.transit_attachment(far, |one| one.enis.push(eni));
    let passes = |walk: &Walk| walk.steps.iter().any(|step| step.place == Place::Eni(eni));
    scene.lab.zone(second, "us-east-1c");
    assert!(!passes(&scene.walk()));
    scene.lab.zone(second, "us-east-1a");
    assert!(passes(&scene.walk()));
    // In appliance mode the flow decides, and both directions of it alike.
    scene.lab.transit_attachment(far, |one| one.options.appliance_mode = true);
    let by =
        |port: u16| passes(&scene.lab.ask(Origin::Instance(scene.a.instance), packet(&format!("tcp 10.0.1.10:{port} > 10.1.1.20:443"))));
    let ways: Vec<bool> = (50_000..50_010).map(by).collect();
    assert!(ways.contains(&true) && ways.contains(&false), "{ways:?}");
}

// rules: R57 N10
#[test]
fn the_acl_of_the_gateways_subnet_is_asked_of_what_crosses_its_border() {
    let mut scene = scene();
    let gate = scene.gate;
    scene.lab.own_acl(gate, &["in 100 allow tcp 443 10.0.0.0/16"]);
    assert_eq!(scene.ending(), "DELIVERED");
    scene.lab.own_acl(gate, &["out 100 allow all 0.0.0.0/0"]);
    let walk = scene.walk();
    assert_eq!((Lab::ending(&walk).as_str(), walk.blocker().unwrap().place), ("DENIED SUBNET_ACL_RESTRICTION", Place::Subnet(gate)));
    // Who stands in the gateway's own subnet does not meet its ACL.
    let mine = scene.lab.default_group;
    let c = scene.lab.host("C", gate, "10.0.9.8", &[mine]);
    scene.lab.own_acl(gate, &[]);
    let walk = scene.lab.ask(Origin::Instance(c.instance), packet("tcp 10.0.9.8:50000 > 10.1.1.20:443"));
    assert_eq!(Lab::ending(&walk), "DELIVERED");
}

// rules: P46 R53
#[test]
fn a_third_vpc_is_reached_through_the_same_gateway_as_none_is_through_a_peering_connection() {
    let mut scene = scene();
    let third = scene.lab.other_vpc("10.2.0.0/16");
    let vpc = scene.lab.network.vpc(third).unwrap();
    let (table, acl, group) = (vpc.main_route_table, vpc.default_acl, vpc.default_group);
    let subnet = scene.lab.subnet_in(third, acl, "10.2.1.0/24");
    scene.lab.rule(group, "in tcp 443 10.0.0.0/8");
    scene.lab.host("C", subnet, "10.2.1.30", &[group]);
    let other = scene.lab.attach_to(scene.transit.gateway, scene.transit.table, subnet, "10.2.1.4");
    scene.lab.transit_table(scene.transit.table, |table| _ = table.propagations.insert(other));
    let (own, gateway) = (scene.lab.table, RouteTarget::TransitGateway(scene.transit.gateway));
    scene.lab.route(own, "10.2.0.0/16", gateway.clone());
    scene.lab.route(table, "10.0.0.0/16", gateway);
    let asks =
        |scene: &Scene| Lab::ending(&scene.lab.ask(Origin::Instance(scene.a.instance), packet("tcp 10.0.1.10:50000 > 10.2.1.30:443")));
    assert_eq!(asks(&scene), "DELIVERED");
    // Another table, which knows the first VPC alone, keeps the two apart.
    scene.lab.transit_table(scene.transit.table, |table| _ = table.propagations.remove(&other));
    assert_eq!(asks(&scene), "NO_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT");
    assert_eq!(scene.ending(), "DELIVERED");
}

// rules: P47 R46 R69
#[test]
fn a_nat_gateway_serves_what_a_transit_gateway_brings() {
    let mut scene = scene();
    // B's VPC is the hub: its gateway subnet leads to a NAT gateway, whose subnet leads to the internet and back to A.
    let public = scene.lab.subnet_in(scene.far.vpc, scene.far.acl, "10.1.5.0/24");
    let internet = scene.lab.bare_gateway(Some(scene.far.vpc));
    let nat = scene.lab.nat_gateway(public, "10.1.5.9", Some("203.0.113.9"));
    let out = RouteTableId::from_number(70);
    scene.lab.table_with(out, scene.far.vpc, RouteTableUser::Subnet(public), "10.1.0.0/16");
    scene.lab.route(out, "0.0.0.0/0", RouteTarget::InternetGateway(internet));
    let (far_table, table, gateway) = (scene.far.table, scene.lab.table, RouteTarget::TransitGateway(scene.transit.gateway));
    scene.lab.route(far_table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
    scene.lab.route(table, "0.0.0.0/0", gateway.clone());
    let far = scene.transit.attachments[1];
    scene.write("0.0.0.0/0", Some(far));
    let asks = packet("tcp 10.0.1.10:50000 > 198.51.100.7:443");
    let walk = scene.lab.send(Origin::Instance(scene.a.instance), asks);
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    let out_there = walk.arrived.unwrap().packet;
    assert_eq!(out_there.source, packet("tcp 203.0.113.9:1 > 198.51.100.7:443").source);
    // The way back needs the NAT gateway's own subnet to know it.
    let port = out_there.ports().unwrap().0;
    let answer = packet(&format!("tcp 198.51.100.7:443 > 203.0.113.9:{port} syn+ack"));
    let back = scene.lab.ask(Origin::Internet, answer);
    assert!(!back.disposition.got_through(), "{}", Lab::ending(&back));
    scene.lab.route(out, "10.0.0.0/16", gateway);
    let back = scene.lab.ask(Origin::Internet, answer);
    assert_eq!(Lab::ending(&back), "DELIVERED");
    assert_eq!(back.arrived.unwrap().instance, Some(scene.a.instance));
}

// rules: P48 R33
#[test]
fn an_internet_gateway_sends_out_nothing_that_came_over_a_transit_gateway() {
    let mut scene = scene();
    let internet = scene.lab.bare_gateway(Some(scene.far.vpc));
    let (far_table, table) = (scene.far.table, scene.lab.table);
    scene.lab.route(far_table, "0.0.0.0/0", RouteTarget::InternetGateway(internet));
    scene.lab.route(table, "0.0.0.0/0", RouteTarget::TransitGateway(scene.transit.gateway));
    let far = scene.transit.attachments[1];
    scene.write("0.0.0.0/0", Some(far));
    let walk = scene.lab.ask(Origin::Instance(scene.a.instance), packet("tcp 10.0.1.10:50000 > 198.51.100.7:443"));
    assert_eq!(Lab::ending(&walk), "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS");
}

// rules: R57 P49
#[test]
fn the_gateways_enis_answer_nobody_and_groups_across_it_are_not_known() {
    let mut scene = scene();
    let walk = scene.lab.ask(Origin::Instance(scene.a.instance), packet("tcp 10.0.1.10:50000 > 10.0.9.4:443"));
    assert_eq!(Lab::ending(&walk), "UNREACHABLE NO_POSSIBLE_DESTINATION");
    // A rule that names A's group fits nothing of another VPC that no peering connection joins.
    let (mine, far) = (scene.lab.default_group, scene.far.group);
    scene.lab.rule(far, &format!("in tcp 22 {mine}"));
    let walk = scene.lab.ask(Origin::Instance(scene.a.instance), packet("tcp 10.0.1.10:50000 > 10.1.1.20:22"));
    assert_eq!(Lab::ending(&walk), "DENIED ENI_SG_RULES_MISMATCH");
    // The ENI of an attachment that nobody told of leads to nothing that can be looked at.
    scene.lab.apply(Event::TransitForgotten(TransitId::Attachment(scene.transit.attachments[0])));
    let eni = scene.lab.network.enis_in_subnet(scene.gate).next().unwrap().id;
    let table = scene.lab.table;
    scene.lab.route(table, "10.1.0.0/16", RouteTarget::Eni(eni));
    assert_eq!(scene.ending(), "BLACKHOLED BAD_STATE_ROUTE");
}

// rules: R66 R67
#[test]
fn an_attachment_that_does_not_work_propagates_nothing() {
    let mut scene = scene();
    let far = scene.transit.attachments[1];
    for (state, ending) in [
        (TransitState::Pending, "NO_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
        (TransitState::Available, "DELIVERED"),
        (TransitState::Deleting, "NO_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
    ] {
        scene.lab.transit_attachment(far, |one| one.state = state);
        assert_eq!(scene.ending(), ending, "{state:?}");
    }
}

// rules: R66
#[test]
fn of_two_vpcs_with_one_block_the_older_attachment_has_it() {
    let mut scene = scene();
    let twin = scene.lab.other_vpc("10.1.0.0/16");
    let acl = scene.lab.network.vpc(twin).unwrap().default_acl;
    let subnet = scene.lab.subnet_in(twin, acl, "10.1.1.0/24");
    let second = scene.lab.attach_to(scene.transit.gateway, scene.transit.table, subnet, "10.1.1.4");
    scene.lab.transit_table(scene.transit.table, |table| _ = table.propagations.insert(second));
    let far = scene.transit.attachments[1];
    let leads = |lab: &Lab| {
        let table = lab.network.transit_table(scene.transit.table).unwrap();
        table.route_for(&lab.network, ip("10.1.1.20").into()).and_then(|route| route.to)
    };
    assert_eq!(leads(&scene.lab), Some(far));
    scene.lab.transit_attachment(far, |one| one.state = TransitState::Deleting);
    assert_eq!(leads(&scene.lab), Some(second));
}

// rules: R68
#[test]
fn in_appliance_mode_both_directions_of_a_flow_enter_by_the_same_zone() {
    let mut scene = scene();
    let gateway = RouteTarget::TransitGateway(scene.transit.gateway);
    let third = scene.lab.other_vpc("10.2.0.0/16");
    let vpc = scene.lab.network.vpc(third).unwrap();
    let (table, acl, group) = (vpc.main_route_table, vpc.default_acl, vpc.default_group);
    let subnet = scene.lab.subnet_in(third, acl, "10.2.1.0/24");
    let c = scene.lab.host("C", subnet, "10.2.1.30", &[group]);
    scene.lab.attach_to(scene.transit.gateway, scene.transit.table, subnet, "10.2.1.4");
    let own = scene.lab.table;
    scene.lab.route(own, "10.2.0.0/16", gateway.clone());
    scene.lab.route(table, "10.0.0.0/16", gateway);
    // What A and C send each other enters B's VPC, by one of two ENIs.
    let second = scene.lab.subnet_in(scene.far.vpc, scene.far.acl, "10.1.8.0/28");
    let eni = scene.lab.service_eni(second, "10.1.8.4", &[], "transit_gateway", "amazon-transit-gateway");
    let far = scene.transit.attachments[1];
    scene.lab.transit_attachment(far, |one| {
        one.enis.push(eni);
        one.options.appliance_mode = true;
    });
    scene.write("10.0.0.0/16", Some(far));
    scene.write("10.2.0.0/16", Some(far));
    let enters = |from: Host, text: &str| {
        let walk = scene.lab.ask(Origin::Instance(from.instance), packet(text));
        walk.steps.iter().any(|step| step.place == Place::Eni(eni))
    };
    let mut ways = [0, 0];
    for port in 50_000..50_020 {
        let forth = enters(scene.a, &format!("tcp 10.0.1.10:{port} > 10.2.1.30:443"));
        let back = enters(c, &format!("tcp 10.2.1.30:443 > 10.0.1.10:{port} syn+ack"));
        assert_eq!(forth, back, "{port}");
        ways[usize::from(forth)] += 1;
    }
    assert!(ways.iter().all(|count| *count > 0), "{ways:?}");
}

// rules: R66
#[test]
fn ipv6_crosses_whatever_attachments_say_and_propagates_from_those_that_say_so() {
    let mut scene = scene();
    let gateway = RouteTarget::TransitGateway(scene.transit.gateway);
    scene.lab.lead_to_each_other_by_ipv6(scene.a, &scene.far, &gateway);
    let ending = |scene: &Scene, from: Host, text: &str| Lab::ending(&scene.lab.ask(Origin::Eni(from.eni), packet(text)));
    let both = |scene: &Scene| {
        let asks = ending(scene, scene.a, "tcp [2001:db8:0:101::10]:50000 > [2001:db8:1:101::10]:443");
        let far = ending(scene, scene.far.host, "tcp [2001:db8:1:101::10]:50000 > [2001:db8:0:101::10]:443");
        (asks, far)
    };
    const NO_ROUTE: &str = "NO_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT";
    // Nobody lets in at A what is not an answer, but it comes that far.
    const COMES: &str = "DENIED ENI_SG_RULES_MISMATCH";
    let rule = scene.lab.network.eni(scene.far.host.eni).unwrap().groups[0];
    scene.lab.rule(rule, "out all ::/0");
    let [own, far] = scene.transit.attachments[..] else { panic!() };
    for (own_says, far_says, ends) in [
        (false, false, (NO_ROUTE, NO_ROUTE)),
        (true, false, (NO_ROUTE, COMES)),
        (false, true, ("DELIVERED", NO_ROUTE)),
        (true, true, ("DELIVERED", COMES)),
    ] {
        scene.lab.transit_attachment(own, |one| one.options.ipv6 = own_says);
        scene.lab.transit_attachment(far, |one| one.options.ipv6 = far_says);
        let (asks, back) = both(&scene);
        assert_eq!((asks.as_str(), back.as_str()), ends, "{own_says} {far_says}");
    }
    // What is written leads there, whatever both say: the option filters nothing.
    for id in [own, far] {
        scene.lab.transit_attachment(id, |one| one.options.ipv6 = false);
    }
    scene.write("2001:db8:1:100::/56", Some(far));
    scene.write("2001:db8:0:100::/56", Some(own));
    assert_eq!(both(&scene), ("DELIVERED".to_owned(), COMES.to_owned()));
}

// rules: S37 S35
#[test]
fn flows_through_it_are_tracked_at_both_ends_though_rules_are_open_to_all() {
    for is_transit in [true, false] {
        let Scene { mut lab, a, far, .. } = scene();
        for group in [lab.default_group, far.group] {
            lab.rule(group, "in all 0.0.0.0/0");
            lab.rule(group, "out all 0.0.0.0/0");
        }
        if !is_transit {
            let peering = lab.peering(far.vpc);
            lab.lead_to_each_other(&far, RouteTarget::Peering(peering));
        }
        assert_eq!(Lab::ending(&lab.send(Origin::Instance(a.instance), packet(ASKS))), "DELIVERED");
        assert_eq!((lab.tracks(a.eni), lab.tracks(far.host.eni)), (vec![is_transit], vec![is_transit]));
        assert_eq!(Lab::ending(&lab.send(Origin::Instance(far.host.instance), packet(ANSWERS))), "DELIVERED");
        assert_eq!((lab.tracks(a.eni), lab.tracks(far.host.eni)), (vec![is_transit], vec![is_transit]));
    }
}
