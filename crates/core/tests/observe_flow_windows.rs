//! At which ENIs a packet leaves records, and which windows have some (`F4` to `F16`), where there is more than a conversation of two.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::dataplane::Origin;
use eni_core::id::{EniId, FlowLogId, ResourceId, RouteTableId};
use eni_core::model::Tags;
use eni_core::model::eni::{Eni, Requester};
use eni_core::model::event::Event;
use eni_core::model::flow_log::{FlowDestination, FlowLog, FlowLogConfig, FlowLogResource, FlowTraffic};
use eni_core::model::instance::InstanceState;
use eni_core::model::route_table::{RouteTableUser, RouteTarget};
use eni_core::observe::crossing::Times;
use eni_core::observe::flow_log::FlowLogs;
use eni_core::observe::flow_record::Setting;
use eni_core::time::Duration;
use support_dp::{Host, Lab, packet};

/// A and B in two subnets; B's group lets TCP 443 in. A flow log over the VPC.
struct Scene {
    lab: Lab,
    logs: FlowLogs,
    a: Host,
    b: Host,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let (group, web) = (lab.default_group, lab.group(&["in tcp 443 0.0.0.0/0"]));
    let (a, b) = (lab.host("A", one, "10.0.1.10", &[group]), lab.host("B", two, "10.0.2.20", &[web]));
    let mut scene = Scene { lab, logs: FlowLogs::default(), a, b };
    scene.log();
    scene
}

impl Scene {
    /// A flow log over the VPC, from now on.
    fn log(&mut self) -> FlowLogId {
        let (id, resource) = (FlowLogId::from_number(self.lab.number()), FlowLogResource::Vpc(self.lab.vpc));
        let destination = FlowDestination::CloudWatchLogs { group: Some("flows".to_owned()), arn: None };
        let traffic = FlowTraffic::All;
        let config = FlowLogConfig { traffic, destination, role: None, cross_account_role: None, format: None, interval: 60 };
        let log = FlowLog { id, resource, config, created: self.lab.now, tags: Tags::new() };
        self.lab.apply(Event::FlowLogCreated(Box::new(log)));
        id
    }

    fn a_sends(&mut self, text: &str, times: &[(EniId, Direction, u64)]) {
        let walk = self.lab.send(Origin::Instance(self.a.instance), packet(text));
        self.logs.saw(&self.lab.network, (&walk, Times(times)), self.lab.now);
    }

    fn pass(&mut self, seconds: u64) {
        self.lab.now += Duration::from_secs(seconds);
        self.logs.pass(&self.lab.network, self.lab.now);
    }

    fn lines(&self, format: &str) -> Vec<String> {
        let setting = Setting { region: "us-east-1", epoch: 0, zone_id: &|_| String::new(), service: &|_| None };
        self.logs.records().map(|record| record.line(format, setting)).collect()
    }

    /// What is told of flows in the window that ends now, by ENI.
    fn told(&mut self) -> Vec<String> {
        self.pass(60);
        let all = self.lines("${interface-id} ${action} ${flow-direction} ${traffic-path} ${packets}");
        all.into_iter().filter(|line| !line.contains(" - - - -")).collect()
    }
}

const ASKS: &str = "tcp 0.0.0.0:50000 > 10.0.2.20:443";
const AWAY: &str = "tcp 0.0.0.0:50000 > 192.0.2.7:443";

// rules: F7 F16 N10
#[test]
fn what_an_acl_keeps_from_a_router_is_rejected_at_the_routers_eni() {
    let mut scene = scene();
    let three = scene.lab.subnet("10.0.3.0/24");
    let (group, table) = (scene.lab.default_group, scene.lab.table);
    let router = scene.lab.host("R", three, "10.0.3.30", &[group]);
    scene.lab.source_dest_check(router.eni, false);
    scene.lab.route(table, "192.0.2.0/24", RouteTarget::Eni(router.eni));
    scene.lab.own_acl(three, &["out 100 allow all 0.0.0.0/0"]);
    scene.a_sends(AWAY, &[]);
    assert_eq!(scene.told(), [format!("{} ACCEPT egress 1 1", scene.a.eni), format!("{} REJECT ingress - 1", router.eni)]);
}

// rules: F7 R57 R65 N10
#[test]
fn what_an_acl_keeps_from_a_transit_gateway_is_rejected_at_its_eni_of_that_zone() {
    let mut scene = scene();
    let far = scene.lab.far("F", "10.1.1.20");
    let (gate, elsewhere) = (scene.lab.subnet("10.0.9.0/28"), scene.lab.subnet("10.0.8.0/28"));
    let transit = scene.lab.transit(&[(gate, "10.0.9.4"), (far.subnet, "10.1.1.4")]);
    scene.lab.zone(elsewhere, "us-east-1b");
    let other = scene.lab.service_eni(elsewhere, "10.0.8.4", &[], "transit_gateway", "amazon-transit-gateway");
    scene.lab.transit_attachment(transit.attachments[0], |one| one.enis.insert(0, other));
    let table = scene.lab.table;
    scene.lab.route(table, "10.1.0.0/16", RouteTarget::TransitGateway(transit.gateway));
    scene.lab.own_acl(gate, &["out 100 allow all 0.0.0.0/0"]);
    scene.a_sends("tcp 0.0.0.0:50000 > 10.1.1.20:443", &[]);
    let eni = scene.lab.network.enis_in_subnet(gate).next().unwrap().id;
    assert_eq!(scene.told(), [format!("{} ACCEPT egress - 1", scene.a.eni), format!("{eni} REJECT ingress - 1")]);
}

// rules: F13 R11
#[test]
fn a_route_that_leads_to_nothing_is_no_way_and_what_does_not_run_has_no_record() {
    let mut scene = scene();
    let (subnet, table) = (scene.lab.network.eni(scene.a.eni).unwrap().subnet, scene.lab.table);
    let group = scene.lab.default_group;
    let loose = scene.lab.eni(subnet, &["10.0.1.60"], &[group]);
    scene.lab.route(table, "192.0.2.0/24", RouteTarget::Eni(loose));
    scene.a_sends(AWAY, &[]);
    assert_eq!(scene.told(), [format!("{} ACCEPT egress - 1", scene.a.eni)]);
    let mut scene = self::scene();
    scene.lab.apply(Event::InstanceStateChanged(scene.b.instance, InstanceState::Stopped));
    scene.a_sends(ASKS, &[]);
    assert_eq!(scene.told(), [format!("{} ACCEPT egress 1 1", scene.a.eni)], "nobody is there who could take it");
}

// rules: F13 R28
#[test]
fn a_packet_left_by_the_gateway_even_where_a_table_of_the_gateway_leads_it_back_to_a_router() {
    let mut scene = scene();
    scene.lab.gateway();
    let three = scene.lab.subnet("10.0.3.0/24");
    let group = scene.lab.default_group;
    let router = scene.lab.host("R", three, "10.0.3.30", &[group]);
    let gateway = scene.lab.network.internet_gateway_of(scene.lab.vpc).unwrap().id;
    let (edge, vpc) = (RouteTableId::from_number(900), scene.lab.vpc);
    scene.lab.table_with(edge, vpc, RouteTableUser::InternetGateway(gateway), "10.0.0.0/16");
    scene.lab.route(edge, "10.0.2.0/24", RouteTarget::Eni(router.eni));
    scene.lab.public(scene.a.eni, "10.0.1.10", "203.0.113.10");
    scene.lab.public(scene.b.eni, "10.0.2.20", "203.0.113.20");
    scene.a_sends("tcp 0.0.0.0:50000 > 203.0.113.20:443", &[]);
    assert_eq!(scene.told()[0], format!("{} ACCEPT egress 8 1", scene.a.eni));
}

// rules: F4
#[test]
fn of_a_load_each_eni_tells_what_came_so_far() {
    let mut scene = scene();
    let (a, b) = (scene.a.eni, scene.b.eni);
    scene.a_sends(ASKS, &[(b, Direction::Egress, 5), (a, Direction::Egress, 1_000), (b, Direction::Ingress, 700)]);
    assert_eq!(scene.told(), [format!("{a} ACCEPT egress 1 1000"), format!("{b} ACCEPT ingress - 700")]);
    // Where nothing came there is no record of none.
    let mut scene = self::scene();
    scene.a_sends(ASKS, &[(a, Direction::Egress, 1_000), (b, Direction::Ingress, 0)]);
    assert_eq!(scene.told(), [format!("{a} ACCEPT egress 1 1000")]);
}

// rules: F12
#[test]
fn only_what_works_is_told_to_have_had_no_packets_and_what_it_had_before_is_told() {
    let mut scene = scene();
    let (a, b, lab) = (scene.a, scene.b, &mut scene.lab);
    let subnet = lab.network.eni(a.eni).unwrap().subnet;
    let group = lab.default_group;
    // In the VPC, but in no instance; made by somebody; in one that is stopped; and in another VPC.
    let loose = lab.eni(subnet, &["10.0.1.60"], &[group]);
    let made = Eni {
        requester: Some(Requester { id: "somebody".to_owned(), managed: false, attachment: None }),
        ..lab.network.eni(loose).unwrap().clone()
    };
    lab.apply(Event::EniDeleted(loose));
    lab.apply(Event::EniCreated(Box::new(made)));
    lab.eni(subnet, &["10.0.1.61"], &[group]);
    let stopped = lab.host("C", subnet, "10.0.1.62", &[group]);
    lab.apply(Event::InstanceStateChanged(stopped.instance, InstanceState::Stopped));
    lab.far("F", "10.1.1.20");
    let service = lab.service_eni(subnet, "10.0.1.63", &[], "nat_gateway", "amazon-aws");
    scene.a_sends(ASKS, &[]);
    // A stops before the window is over.
    scene.lab.apply(Event::InstanceStateChanged(a.instance, InstanceState::Stopped));
    scene.pass(60);
    let of = |eni: EniId, status: &str| format!("{eni} {status}");
    assert_eq!(scene.lines("${interface-id} ${log-status}"), [of(a.eni, "OK"), of(b.eni, "OK"), of(service, "NODATA")]);
    scene.pass(60);
    assert_eq!(scene.lines("${interface-id} ${log-status}")[3..], [of(b.eni, "NODATA"), of(service, "NODATA")]);
}

// rules: F2 F12
#[test]
fn windows_begin_at_whole_minutes_whenever_a_log_is_made() {
    let mut scene = scene();
    let first = scene.lab.network.flow_logs().next().unwrap().id;
    scene.lab.apply(Event::FlowLogDeleted(first));
    scene.pass(90);
    scene.log();
    scene.pass(60);
    assert_eq!(scene.lines("${start} ${end} ${log-status}"), ["90 120 NODATA"; 2]);
    // One that is made when a window is just over says nothing of that window.
    scene.lab.now += Duration::from_secs(30);
    let third = scene.log();
    scene.pass(0);
    let of_third = |scene: &Scene| scene.logs.records().filter(|record| record.log == third).count();
    assert_eq!((scene.logs.records().count(), of_third(&scene)), (4, 0));
    scene.pass(60);
    assert_eq!(of_third(&scene), 2);
}

// rules: F15
#[test]
fn of_what_is_only_handed_on_over_ipv6_an_enis_own_address_is_shown() {
    let mut scene = scene();
    let (a, subnet) = (scene.a.eni, scene.lab.network.eni(scene.a.eni).unwrap().subnet);
    let acl = scene.lab.acl;
    scene.lab.ipv6(subnet, "2001:db8:0:101::/64");
    scene.lab.ipv6_address(a, "2001:db8:0:101::10");
    scene.lab.source_dest_check(a, false);
    scene.lab.set_acl(acl, "out 101 allow all ::/0");
    let group = scene.lab.default_group;
    scene.lab.rule(group, "out all ::/0");
    let walk = scene.lab.send(Origin::Eni(a), packet("tcp [2001:db8:9::9]:50000 > [2001:db8:ffff::1]:443"));
    scene.logs.saw(&scene.lab.network, (&walk, Times::ONCE), scene.lab.now);
    scene.pass(60);
    assert_eq!(scene.lines("${srcaddr} ${pkt-srcaddr} ${dstaddr}")[0], "2001:db8:0:101::10 2001:db8:9::9 2001:db8:ffff::1");
}
