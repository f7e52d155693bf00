//! Ways that packets have gone before, where more than the network decides: load balancers, routers that put their own address on packets, flows from
//! before an edit, luck, what is assumed, how long a packet is. Whatever comes by a way that is kept is judged anew, too, and must be the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Assume, Luck, Origin, Question, Ways, judge};
use eni_core::id::{EniId, GroupId, GroupRuleId};
use eni_core::model::event::Event;
use eni_core::model::fault::Fault;
use eni_core::model::instance::{GuestFlavour, ListenerProtocol};
use eni_core::model::route_table::RouteTarget;
use eni_core::model::target_group::{TargetHealth, TargetWho};
use eni_core::packet::Packet;
use support_dp::{Host, Lab, packet};

/// A network with the ways that were gone in it.
struct Gone {
    lab: Lab,
    ways: Ways,
    luck: Luck,
}

impl Gone {
    fn new(mut lab: Lab) -> Gone {
        lab.assume = Assume::default();
        Gone { lab, ways: Ways::default(), luck: Luck::Good }
    }

    /// Judges a packet in both manners, which must say the same.
    fn send(&mut self, origin: Origin, packet: Packet) -> Walk {
        let Lab { network, tracking, now, assume, .. } = &self.lab;
        let question = Question { network, tracking, now: *now, assume: *assume, luck: self.luck };
        let (mut anew, mut kept) = (Walk::default(), Walk::default());
        judge(&question, origin, packet, &mut anew);
        self.ways.judge(&question, origin, packet, &mut kept);
        assert_eq!(anew, kept, "{packet:?}");
        self.lab.tracking.note(&anew.effects, self.lab.now);
        anew
    }

    fn from(&mut self, host: Host, text: &str) -> Walk {
        self.send(Origin::Instance(host.instance), packet(text))
    }

    /// Sends the same three times; all of them arrive. Whether the last went a way that was kept.
    fn thrice(&mut self, host: Host, text: &str) -> bool {
        for _ in 0..2 {
            assert_eq!(Lab::ending(&self.from(host, text)), "DELIVERED", "{text}");
        }
        let before = self.ways.gone();
        assert_eq!(Lab::ending(&self.from(host, text)), "DELIVERED", "{text}");
        self.ways.gone() > before
    }
}

/// X at 10.0.1.70 and Y at 10.0.2.70, whose group's flows are tracked, and who take UDP on port 53.
fn two() -> (Gone, Host, Host, GroupId) {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let group = lab.group(&["in udp 53 10.0.0.0/8", "out all 10.0.0.0/8"]);
    let (x, y) = (lab.host("X", one, "10.0.1.70", &[group]), lab.host("Y", two, "10.0.2.70", &[group]));
    for host in [x, y] {
        lab.listen(host.instance, ListenerProtocol::Udp, 53, None);
    }
    (Gone::new(lab), x, y, group)
}

/// From now on a group lets everybody in and out, so that new flows are not tracked; the rules that say so.
fn open(lab: &mut Lab, group: GroupId) -> Vec<GroupRuleId> {
    let known = lab.network.group(group).unwrap().rules.len();
    lab.rule(group, "in all 0.0.0.0/0");
    lab.rule(group, "out all 0.0.0.0/0");
    lab.network.group(group).unwrap().rules.iter().skip(known).map(|rule| rule.id).collect()
}

const EARLIER: &str = "udp 10.0.1.70:40000 > 10.0.2.70:53";
const LATER: &str = "udp 10.0.1.70:40001 > 10.0.2.70:53";

// rules: S35 S36 S38
#[test]
fn a_way_of_flows_that_are_not_tracked_is_none_for_those_that_are_and_the_other_way_round() {
    let (mut gone, x, _, group) = two();
    gone.from(x, EARLIER);
    open(&mut gone.lab, group);
    assert!(gone.thrice(x, LATER), "it is not tracked, and its way is kept");
    gone.from(x, EARLIER);

    let (mut gone, x, _, group) = two();
    let rules = open(&mut gone.lab, group);
    gone.from(x, EARLIER);
    gone.lab.apply(Event::GroupRulesRemoved(group, rules));
    assert!(gone.thrice(x, LATER), "it is tracked, and its way is kept");
    gone.from(x, EARLIER);
}

// rules: S36 P38
#[test]
fn an_answer_that_a_load_balancer_gets_back_does_not_go_the_way_of_others() {
    let mut lab = Lab::new();
    let (one, outside) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.3.0/24"));
    let group = lab.group(&["in all 10.0.0.0/8", "out all 10.0.0.0/8"]);
    let (client, target) = (lab.host("C", outside, "10.0.3.10", &[group]), lab.host("A", one, "10.0.1.10", &[group]));
    lab.listen(target.instance, ListenerProtocol::Tcp, 8080, None);
    let balancer = lab.balancer(&[(one, "10.0.1.80")], &[], true);
    lab.register(balancer.group, &[TargetWho::Instance(target.instance)]);
    lab.health(balancer.group, TargetWho::Instance(target.instance), TargetHealth::Healthy);
    let mut gone = Gone::new(lab);
    gone.from(client, "tcp 10.0.3.10:50000 > 10.0.1.10:8080");
    let answer = "tcp 10.0.1.10:8080 > 10.0.3.10:50000 syn+ack";
    assert!(gone.thrice(target, answer));
    // The same client, from the same port, through the load balancer: at the target both are one flow.
    let asks = "tcp 10.0.3.10:50000 > 10.0.1.80:80";
    assert_eq!(gone.from(client, asks).arrived.unwrap().instance, Some(target.instance));
    let back = gone.from(target, answer).arrived.unwrap();
    assert_eq!((back.instance, back.packet.flow()), (Some(client.instance), packet(asks).flow().reversed()));
    // What passes the node is looked up there each time.
    assert!(!gone.thrice(client, "tcp 10.0.3.10:50000 > 10.0.1.80:80 ack"));
    assert!(!gone.thrice(target, "tcp 10.0.1.10:8080 > 10.0.3.10:50000 ack"));
}

// rules: P18 S36
#[test]
fn an_answer_that_a_router_hands_back_does_not_go_the_way_of_what_is_for_itself() {
    let mut lab = Lab::new();
    let (near, far, own) = (lab.subnet("10.0.4.0/24"), lab.subnet("10.0.2.0/24"), lab.subnet("10.0.3.0/24"));
    let group = lab.group(&["in all 10.0.0.0/8", "out all 10.0.0.0/8"]);
    let (a, server) = (lab.host("A", near, "10.0.4.40", &[group]), lab.host("S", far, "10.0.2.70", &[group]));
    let router = lab.host_of(GuestFlavour::Router, "R", own, "10.0.3.30", &[group]);
    lab.source_dest_check(router.eni, false);
    lab.listen(server.instance, ListenerProtocol::Udp, 53, None);
    lab.listen(router.instance, ListenerProtocol::Udp, 40_000, None);
    let table = lab.own_table(near);
    lab.route(table, "10.0.2.0/24", RouteTarget::Eni(router.eni));
    let mut gone = Gone::new(lab);
    let says = "udp 10.0.2.70:53 > 10.0.3.30:40000";
    assert!(gone.thrice(server, says));
    let asks = "udp 10.0.4.40:40000 > 10.0.2.70:53";
    let there = gone.from(a, asks).arrived.unwrap();
    assert_eq!(
        (there.instance, there.packet.flow()),
        (Some(server.instance), packet(says).flow().reversed()),
        "under the router's address"
    );
    assert_eq!(gone.from(server, says).arrived.unwrap().instance, Some(a.instance));
    // What the router passes on is looked up there each time.
    assert!(!gone.thrice(a, asks));
    assert!(!gone.thrice(server, says));
}

// rules: L18
#[test]
fn luck_is_asked_of_each_packet() {
    let (mut gone, x, y, _) = two();
    gone.lab.breaks(y, Fault::Loss(300));
    gone.thrice(x, LATER);
    gone.luck = Luck::Bad;
    assert!(!gone.from(x, LATER).disposition.got_through());
}

// rules: S45
#[test]
fn where_connections_are_limited_each_packet_is_counted() {
    let (mut gone, x, y, _) = two();
    let opens = |port: u16| format!("tcp 10.0.1.70:{port} > 10.0.2.70:443");
    let group = gone.lab.network.eni(y.eni).unwrap().groups[0];
    gone.lab.rule(group, "in tcp 443 10.0.0.0/8");
    gone.lab.listen(y.instance, ListenerProtocol::Tcp, 443, None);
    for port in 40_000..40_003 {
        assert_eq!(Lab::ending(&gone.from(x, &opens(port))), "DELIVERED");
    }
    assert!(gone.ways.gone() > 0, "others that begin go the way of the first");
    gone.lab.breaks(y, Fault::Connections(5));
    let before = gone.ways.gone();
    let ends = (40_003..40_007).map(|port| Lab::ending(&gone.from(x, &opens(port)))).collect::<Vec<_>>();
    let full = "DENIED CONNTRACK_ALLOWANCE_EXCEEDED";
    assert_eq!(ends, ["DELIVERED", "DELIVERED", full, full]);
    assert_eq!(gone.ways.gone(), before);
    gone.lab.breaks(y, Fault::Connections(0));
    assert_eq!(Lab::ending(&gone.from(x, &opens(40_006))), "DELIVERED");
}

// rules: P-I5
#[test]
fn a_way_that_was_found_on_assumptions_is_not_kept() {
    let (mut gone, x, ..) = two();
    let to_nobody = "udp 10.0.1.70:40000 > 10.0.2.70:54";
    let group = gone.lab.network.eni(x.eni).unwrap().groups[0];
    gone.lab.rule(group, "in udp 54 10.0.0.0/8");
    gone.lab.assume = Assume { listening: true, ..Assume::default() };
    assert!(!gone.thrice(x, to_nobody));
    gone.lab.assume = Assume::default();
    assert_eq!(Lab::ending(&gone.from(x, to_nobody)), "DENIED GUEST_NO_LISTENER");
}

// rules: G20 E93
#[test]
fn a_packet_that_is_too_long_does_not_go_the_way_of_shorter_ones() {
    let (mut gone, x, y, _) = two();
    gone.lab.change_guest(y.instance, |guest| guest.change_by_hand(|hand| hand.sizes.extend([(y.eni, 1_500)])));
    let long = |length| Packet { length, ..packet(LATER) };
    assert!(gone.thrice(x, LATER));
    for (length, kept, ending) in
        [(1_400, true, "DELIVERED"), (1_401, false, "DELIVERED"), (1_501, false, "DENIED PACKET_TOO_LONG"), (60, true, "DELIVERED")]
    {
        let before = gone.ways.gone();
        let walk = gone.send(Origin::Instance(x.instance), long(length));
        assert_eq!((Lab::ending(&walk).as_str(), gone.ways.gone() > before), (ending, kept), "{length}");
    }
}

/// So many addresses of 10.0.64.0/18.
fn addresses(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("10.0.{}.{}", 64 + number / 250, 1 + number % 250))
}

// rules: S36
#[test]
fn of_more_ways_than_there_is_room_for_none_is_taken_for_another() {
    let (mut gone, x, y, _) = two();
    gone.lab.source_dest_check(x.eni, false);
    // From many addresses, and then to many.
    for source in addresses(900) {
        let text = format!("udp {source}:40000 > 10.0.2.70:53");
        for _ in 0..2 {
            assert_eq!(Lab::ending(&gone.send(Origin::Eni(x.eni), packet(&text))), "DELIVERED", "{text}");
        }
    }
    let kept = gone.ways.kept();
    assert!((200..=512).contains(&kept), "{kept}");
    let many: Vec<String> = addresses(900).collect();
    let lab = &mut gone.lab;
    let (subnet, group) = (lab.subnet("10.0.64.0/18"), lab.network.eni(y.eni).unwrap().groups[0]);
    let eni: EniId = lab.eni(subnet, &many.iter().map(String::as_str).collect::<Vec<_>>(), &[group]);
    lab.attach(eni, y.instance, 1);
    lab.change_guest(y.instance, |guest| guest.configured.extend(many.iter().map(|address| (eni, support_dp::ip(address)))));
    for destination in &many {
        let text = format!("udp 10.0.1.70:40000 > {destination}:53");
        for _ in 0..2 {
            assert_eq!(Lab::ending(&gone.from(x, &text)), "DELIVERED", "{text}");
        }
    }
}
