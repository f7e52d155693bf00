//! Rules, tables, filters and masquerading that somebody set in a guest by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Evidence, GuestRouting};
use eni_core::dataplane::verdict::Walk;
use eni_core::id::EniId;
use eni_core::model::by_hand::{ByHand, HandRoute, HandRule, Masquerade};
use eni_core::model::instance::{GuestFlavour, RpFilter};
use eni_core::model::route_table::RouteTarget;
use support_dp::{Host, Lab, ip, packet};

const OK: &str = "DELIVERED";
const OUT: &str = "EXITS_NETWORK";
const SDC: &str = "DENIED ENI_SOURCE_DEST_CHECK_RESTRICTION";

/// A plain server with eth0 in 10.0.1.0/24 and a public service ENI as eth1 in 10.0.2.0/24.
fn scene() -> (Lab, Host, EniId) {
    let mut lab = Lab::new();
    lab.gateway();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let server = lab.host_of(GuestFlavour::Plain, "S", one, "10.0.1.10", &[open]);
    let service = lab.eni(two, &["10.0.2.99"], &[open]);
    lab.attach(service, server.instance, 1);
    lab.public(service, "10.0.2.99", "203.0.113.99");
    (lab, server, service)
}

fn guest_route(walk: &Walk) -> (Option<EniId>, GuestRouting) {
    match walk.steps.iter().find(|step| step.check == Check::GuestRoute).unwrap().evidence {
        Evidence::GuestRoute { eni, by } => (eni, by),
        other => panic!("{other:?}"),
    }
}

/// A route to everywhere by the router of an ENI's subnet, in a table.
fn way_out(table: u32, eni: EniId, router: &str, metric: u32) -> HandRoute {
    let destination = "0.0.0.0/0".parse().unwrap();
    HandRoute { table, destination, via: Some(router.parse().unwrap()), eni, source: None, metric }
}

fn rule(priority: u32, from: &str, table: u32) -> HandRule {
    HandRule { priority, from: from.parse().unwrap(), to: "0.0.0.0/0".parse().unwrap(), table }
}

// rules: G17 G5 G2
#[test]
fn rules_and_tables_set_by_hand_lead_as_in_the_kernel() {
    use GuestRouting::{Default, NoNeighbour, Table, Unreachable};
    const TO: &str = "198.51.100.7";
    type Change = fn(&mut ByHand, EniId, EniId);
    let table: &[(&str, Change, &str, &str, GuestRouting, usize)] = &[
        ("nothing that fits: by the first one", |hand, _, _| hand.rules.push(rule(10, "10.0.2.98/32", 2)), "10.0.2.99", TO, Default, 0),
        (
            "the cure",
            |hand, _, two| {
                hand.routes.push(way_out(2, two, "10.0.2.1", 0));
                hand.rules.push(rule(32_765, "10.0.2.99/32", 2));
            },
            "10.0.2.99",
            TO,
            Table(2),
            1,
        ),
        (
            "it does not speak of the first one's address",
            |hand, _, two| {
                hand.routes.push(way_out(2, two, "10.0.2.1", 0));
                hand.rules.push(rule(32_765, "10.0.2.99/32", 2));
            },
            "10.0.1.10",
            TO,
            Default,
            0,
        ),
        ("a table without a route is passed over", |hand, _, _| hand.rules.push(rule(5, "10.0.2.0/24", 7)), "10.0.2.99", TO, Default, 0),
        (
            "the lower priority is asked first",
            |hand, one, two| {
                hand.routes.extend([way_out(2, two, "10.0.2.1", 0), way_out(3, one, "10.0.1.1", 0)]);
                hand.rules.extend([rule(5, "10.0.2.0/24", 2), rule(6, "10.0.2.99/32", 3)]);
            },
            "10.0.2.99",
            TO,
            Table(2),
            1,
        ),
        (
            "a route without a metric beats the system's own",
            |hand, _, two| hand.routes.push(way_out(254, two, "10.0.2.1", 0)),
            "10.0.1.10",
            TO,
            Table(254),
            1,
        ),
        (
            "one with a higher metric does not",
            |hand, _, two| hand.routes.push(way_out(254, two, "10.0.2.1", 900)),
            "10.0.1.10",
            TO,
            Default,
            0,
        ),
        (
            "the longer prefix wins over the metric",
            |hand, _, two| {
                let long = HandRoute { destination: "198.51.100.0/24".parse().unwrap(), ..way_out(254, two, "10.0.2.1", 900) };
                hand.routes.push(long);
            },
            "10.0.1.10",
            TO,
            Table(254),
            1,
        ),
        (
            "without the first default route the second one's is taken",
            |hand, one, _| hand.without_default.extend([one]),
            "10.0.1.10",
            TO,
            Default,
            1,
        ),
        (
            "without any there is no way",
            |hand, one, two| {
                hand.without_default.insert(one);
                hand.without_default.insert(two);
            },
            "10.0.1.10",
            TO,
            Unreachable,
            9,
        ),
        (
            "a route without a router asks the subnet",
            |hand, _, two| {
                let near = HandRoute { via: None, ..way_out(2, two, "10.0.2.1", 0) };
                hand.routes.push(near);
                hand.rules.push(rule(5, "10.0.2.99/32", 2));
            },
            "10.0.2.99",
            TO,
            NoNeighbour(2),
            1,
        ),
    ];
    for (what, change, source, to, by, eni) in table {
        let (mut lab, server, service) = scene();
        lab.change_guest(server.instance, |guest| guest.change_by_hand(|hand| change(hand, server.eni, service)));
        let walk = lab.ask(Origin::Instance(server.instance), packet(&format!("tcp {source}:443 > {to}:50000 syn+ack")));
        let wanted = [server.eni, service].get(*eni).copied();
        assert_eq!(guest_route(&walk), (wanted, *by), "{what}");
        let sent = walk.steps.iter().any(|step| step.check == Check::SourceAttached);
        assert_eq!(sent, !matches!(by, Unreachable | NoNeighbour(_)), "{what}");
    }
}

// rules: G17 G8
#[test]
fn a_route_set_by_hand_chooses_the_address_of_a_new_conversation() {
    let (mut lab, server, service) = scene();
    lab.change_guest(server.instance, |guest| {
        guest.change_by_hand(|hand| hand.routes.push(HandRoute { source: Some(ip("10.0.1.10")), ..way_out(254, service, "10.0.2.1", 0) }));
    });
    let walk = lab.ask(Origin::Instance(server.instance), packet("udp 0.0.0.0:5000 > 198.51.100.7:53"));
    let sent = walk.seen().find(|step| step.check == Check::SourceAttached).unwrap();
    assert_eq!(sent.packet.source, ip("10.0.1.10"));
    assert_eq!(Lab::ending(&walk), SDC, "the address of one by the way of the other");
}

// rules: G18
#[test]
fn of_an_interfaces_filter_and_that_of_all_the_higher_one_holds() {
    use RpFilter::{Loose, Off, Strict};
    const DROPPED: &str = "DENIED GUEST_REVERSE_PATH_FILTER";
    for (own, all, ending) in
        // A plain distribution begins with 2 for `all`: an interface's own 1 alone makes nothing strict.
        [
            (Loose, None, OK),
            (Strict, None, OK),
            (Strict, Some(Off), DROPPED),
            (Strict, Some(Strict), DROPPED),
            (Off, Some(Strict), DROPPED),
            (Loose, Some(Strict), OK),
            (Strict, Some(Loose), OK),
        ]
    {
        let (mut lab, server, service) = scene();
        lab.change_guest(server.instance, |guest| {
            guest.change_by_hand(|hand| {
                hand.filters.insert(service, own);
                hand.filter_of_all = all;
            });
        });
        let walk = lab.ask(Origin::Internet, packet("tcp 198.51.100.7:50000 > 203.0.113.99:443"));
        assert_eq!(Lab::ending(&walk), ending, "{own:?} {all:?}");
    }
    // Amazon's images leave `all` at 0.
    let (mut lab, server, service) = scene();
    lab.change_guest(server.instance, |guest| {
        guest.flavour = GuestFlavour::PolicyRouting;
        guest.change_by_hand(|hand| hand.filters.extend([(service, Strict)]));
    });
    assert_eq!(Lab::ending(&lab.ask(Origin::Internet, packet("tcp 198.51.100.7:50000 > 203.0.113.99:443"))), DROPPED);
    // Loose: some way back must be there.
    let (mut lab, server, service) = scene();
    lab.change_guest(server.instance, |guest| guest.change_by_hand(|hand| hand.without_default.extend([server.eni, service])));
    assert_eq!(Lab::ending(&lab.ask(Origin::Internet, packet("tcp 198.51.100.7:50000 > 203.0.113.99:443"))), DROPPED);
}

// rules: G19 P18
#[test]
fn a_rule_masquerades_what_it_names_and_nothing_else() {
    for (from, ending) in [("10.0.7.0/24", OUT), ("0.0.0.0/0", OUT), ("10.0.1.0/24", "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")] {
        let (mut lab, server, _) = scene();
        let private = lab.subnet("10.0.7.0/24");
        let groups = lab.network.eni(server.eni).unwrap().groups.clone();
        let a = lab.host("A", private, "10.0.7.10", &groups);
        let router = lab.host_of(GuestFlavour::Router, "R", lab.network.eni(server.eni).unwrap().subnet, "10.0.1.30", &groups);
        lab.public(router.eni, "10.0.1.30", "203.0.113.30");
        lab.source_dest_check(router.eni, false);
        let table = lab.own_table(private);
        lab.route(table, "0.0.0.0/0", RouteTarget::Eni(router.eni));
        lab.change_guest(router.instance, |guest| {
            guest.masquerade = false;
            guest.change_by_hand(|hand| hand.masquerades.push(Masquerade { out: Some(router.eni), from: from.parse().unwrap() }));
        });
        let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.7.10:40000 > 198.51.100.7:443"));
        assert_eq!(Lab::ending(&walk), ending, "{from}");
    }
}

// rules: G17 E62
#[test]
fn an_address_of_another_length_brings_a_route_to_what_it_is_taken_to_be_beside() {
    use GuestRouting::{Connected, Default, NoNeighbour};
    // Which address is configured on the second interface, how long, to whom is sent, and how.
    for (ip, length, to, by, place) in [
        ("10.0.2.77", 32, "10.0.3.30", Default, 0),
        ("10.0.3.77", 24, "10.0.3.30", NoNeighbour(254), 1),
        ("10.0.3.77", 24, "10.0.4.30", Default, 0),
        ("10.0.3.77", 16, "10.0.1.30", Connected, 0),
        ("10.0.3.77", 16, "10.0.2.30", Connected, 1),
        ("10.0.3.77", 32, "10.0.3.30", Default, 0),
    ] {
        let (mut lab, server, service) = scene();
        lab.change_guest(server.instance, |guest| {
            guest.configured.extend([(service, ip.parse().unwrap())]);
            guest.change_by_hand(|hand| hand.lengths.extend([((service, ip.parse().unwrap()), length)]));
        });
        let walk = lab.ask(Origin::Instance(server.instance), packet(&format!("tcp 10.0.1.10:50000 > {to}:80")));
        let eni = if place == 0 { server.eni } else { service };
        assert_eq!(guest_route(&walk), (Some(eni), by), "{ip}/{length} {to}");
    }
}
