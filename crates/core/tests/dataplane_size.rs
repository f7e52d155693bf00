//! How long a packet may be, who tells its sender, and what becomes of the message.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::IpAddr;
use eni_core::dataplane::reason::Evidence;
use eni_core::dataplane::trace::{End, Trace, TraceRequest, trace};
use eni_core::dataplane::{Origin, too_long};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::route_table::RouteTarget;
use eni_core::packet::{Packet, Transport};
use support_dp::{Host, Lab, ip, packet};

const OK: &str = "DELIVERED";
const OUT: &str = "EXITS_NETWORK";
const LONG: &str = "DENIED PACKET_TOO_LONG";

/// A with a public address and B in another subnet; a NAT gateway, a peering connection, a VPN connection and an endpoint lead to one address each.
fn scene() -> (Lab, Host, Host) {
    let mut lab = Lab::new();
    let gateway = lab.gateway();
    let (one, two, three) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"), lab.subnet("10.0.3.0/24"));
    let open = lab.group(&["in tcp 443 0.0.0.0/0", "out all 0.0.0.0/0", "out all ::/0"]);
    let (a, b) = (lab.host("A", one, "10.0.1.10", &[open]), lab.host("B", two, "10.0.2.20", &[open]));
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    let own = lab.own_table(three);
    lab.route(own, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    let table = lab.table;
    let nat = lab.nat_gateway(three, "10.0.3.99", Some("203.0.113.99"));
    lab.route(table, "198.51.100.128/25", RouteTarget::NatGateway(nat));
    lab.gateway_endpoint(table, "s3");
    let vgw = lab.vpn_gateway();
    lab.route(table, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    (lab, a, b)
}

fn sends(lab: &Lab, from: Host, to: &str, bytes: u16) -> Trace {
    let request = TraceRequest { length: bytes, ..TraceRequest::new(End::Instance(from.instance), End::Address(to.parse().unwrap())) };
    trace(&lab.network, &request).unwrap()
}

// rules: E93
#[test]
fn each_way_takes_what_it_takes_and_no_more() {
    let (lab, a, _) = scene();
    // To whom, the longest packet that goes on, how it ends then, and whether somebody tells who sends a longer one.
    for (to, most, ending, tells) in [
        ("10.0.2.20", 9_001, OK, None),
        ("198.51.100.7", 1_500, OUT, Some(true)),
        ("198.51.100.200", 1_500, OUT, Some(true)),
        ("52.216.0.10", 8_500, OUT, Some(false)),
        ("192.168.1.1", 1_446, OUT, Some(false)),
    ] {
        assert_eq!(Lab::ending(&sends(&lab, a, to, most).forward), ending, "{to}");
        let longer = sends(&lab, a, to, most + 1);
        let Some(tells) = tells else {
            assert_eq!(Lab::ending(&longer.forward), ending, "a guest cuts to what its interface takes: {to}");
            continue;
        };
        assert_eq!(Lab::ending(&longer.forward), LONG, "{to}");
        let step = longer.forward.blocker().unwrap();
        assert_eq!(step.evidence, Evidence::Size { length: most + 1, limit: most, tells }, "{to}");
        assert_eq!(step.rule, "E93");
        assert_eq!(longer.reply.is_some(), tells, "{to}");
    }
}

// rules: E93 S47
#[test]
fn the_message_comes_from_the_router_and_is_let_in_with_what_it_is_about() {
    let (mut lab, a, _) = scene();
    let told = |lab: &Lab| sends(lab, a, "198.51.100.7", 9_001).reply.unwrap();
    let walk = told(&lab);
    assert_eq!(Lab::ending(&walk), OK);
    let message = walk.arrived.unwrap().packet;
    assert_eq!((message.source, message.destination), (IpAddr::V4(ip("10.0.1.1")), IpAddr::V4(ip("10.0.1.10"))));
    assert_eq!(message.transport, Transport::Icmp { kind: 3, code: 4, id: 0, sequence: 1_500 });
    assert_eq!(too_long::told(&message), Some(1_500));
    assert!(walk.steps.iter().any(|step| step.rule == "S47" && step.mark.map(|mark| mark.letter()) == Some('?')));
    // Not tracked: everybody may come in by TCP, and everything goes out. Then it needs a rule.
    let open = lab.group(&["in tcp 0-65535 0.0.0.0/0", "out all 0.0.0.0/0"]);
    lab.apply(eni_core::model::event::Event::EniChanged(a.eni, eni_core::model::event::EniChange::Groups(vec![open])));
    assert_eq!(Lab::ending(&told(&lab)), "DENIED ENI_SG_RULES_MISMATCH");
    lab.rule(open, "in icmp 3 0.0.0.0/0");
    assert_eq!(Lab::ending(&told(&lab)), OK);
    // A network ACL remembers nothing: where it refuses the message, nobody learns anything.
    let subnet = lab.network.eni(a.eni).unwrap().subnet;
    let acl = lab.own_acl(subnet, &["in 90 deny icmp 10.0.0.0/8", "in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0"]);
    assert_eq!(Lab::ending(&told(&lab)), "DENIED SUBNET_ACL_RESTRICTION");
    lab.set_acl(acl, "in 80 allow icmp 10.0.1.1/32");
    assert_eq!(Lab::ending(&told(&lab)), OK);
}

// rules: E93 S47 N8
#[test]
fn over_ipv6_packet_too_big_is_told_by_the_subnets_router_and_needs_its_entry() {
    let (mut lab, a, _) = scene();
    let (subnet, table) = (lab.network.eni(a.eni).unwrap().subnet, lab.table);
    lab.ipv6(subnet, "2001:db8::/64");
    lab.ipv6_address(a.eni, "2001:db8::10");
    let acl = lab.own_acl(subnet, &["in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0"]);
    lab.set_acl(acl, "out 110 allow all ::/0");
    let gateway = lab.network.internet_gateways().next().unwrap().id;
    for (name, target) in [("igw", RouteTarget::InternetGateway(gateway)), ("eigw", RouteTarget::EgressOnlyGateway(lab.egress_only(table)))]
    {
        lab.ipv6_route(table, "::/0", target);
        assert_eq!(Lab::ending(&sends(&lab, a, "2001:db8:ffff::7", 1_500).forward), OUT, "{name}");
        let longer = sends(&lab, a, "2001:db8:ffff::7", 1_501);
        assert_eq!(Lab::ending(&longer.forward), LONG, "{name}");
        assert_eq!(longer.forward.blocker().unwrap().evidence, Evidence::Size { length: 1_501, limit: 1_500, tells: true });
        // The ACL lets nothing of IPv6 in, the message of ICMP for IPv6 neither.
        assert_eq!(Lab::ending(&longer.reply.unwrap()), "DENIED SUBNET_ACL_RESTRICTION", "{name}");
        lab.set_acl(acl, "in 110 allow all ::/0");
        let told = sends(&lab, a, "2001:db8:ffff::7", 1_501).reply.unwrap();
        assert_eq!(Lab::ending(&told), OK, "{name}");
        let message = told.arrived.unwrap().packet;
        assert_eq!((message.source, message.destination), ("fe80::1".parse().unwrap(), "2001:db8::10".parse().unwrap()));
        assert_eq!(message.transport, Transport::Icmp { kind: 2, code: 0, id: 0, sequence: 1_500 });
        assert_eq!(too_long::told(&message), Some(1_500));
        // Type 2 of ICMP over IPv4 is no such message.
        assert_eq!(too_long::told(&Packet { source: ip("10.0.1.1").into(), ..message }), None);
        lab.set_acl(acl, "in 110 deny all ::/0");
    }
}

// rules: G20 E93
#[test]
fn the_size_of_an_interface_is_what_its_guest_sends_and_takes() {
    let (mut lab, a, b) = scene();
    let set = |lab: &mut Lab, host: Host, size: u16| {
        lab.change_guest(host.instance, |guest| guest.change_by_hand(|hand| hand.sizes.extend([(host.eni, size)])))
    };
    // The receiver takes less: its card drops it, and nobody says so.
    set(&mut lab, b, 1_500);
    let lost = sends(&lab, a, "10.0.2.20", 9_001);
    assert_eq!(Lab::ending(&lost.forward), LONG);
    assert_eq!(lost.forward.blocker().unwrap().evidence, Evidence::Size { length: 9_001, limit: 1_500, tells: false });
    assert_eq!((lost.forward.blocker().unwrap().rule, lost.reply.is_none()), ("G20", true));
    // The sender sends no longer ones: there is nothing to be lost, here or on the internet.
    set(&mut lab, a, 1_500);
    assert_eq!(Lab::ending(&sends(&lab, a, "10.0.2.20", 9_001).forward), OK);
    assert_eq!(Lab::ending(&sends(&lab, a, "198.51.100.7", 9_001).forward), OUT);
}

// rules: G20 E93
#[test]
fn a_router_hands_on_what_its_interface_takes_and_tells_of_the_rest() {
    let (mut lab, a, _) = scene();
    let subnet = lab.subnet("10.0.4.0/24");
    let groups = lab.network.eni(a.eni).unwrap().groups.clone();
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let inside = lab.host("inside", subnet, "10.0.4.10", &groups);
    let middle = lab.subnet("10.0.5.0/24");
    let router = lab.host_of(GuestFlavour::Router, "R", middle, "10.0.5.10", &[open]);
    lab.source_dest_check(router.eni, false);
    let table = lab.own_table(subnet);
    lab.route(table, "10.0.1.0/24", RouteTarget::Eni(router.eni));
    lab.change_guest(router.instance, |guest| guest.change_by_hand(|hand| hand.sizes.extend([(router.eni, 2_000)])));
    let lost = sends(&lab, inside, "10.0.1.10", 9_001);
    assert_eq!(Lab::ending(&lost.forward), LONG, "its own card takes no longer ones either");
    assert!(lost.reply.is_none());
    assert_eq!(Lab::ending(&sends(&lab, inside, "10.0.1.10", 2_000).forward), OK);
}

// rules: E93
#[test]
fn what_is_short_meets_nothing_of_it() {
    let (lab, a, _) = scene();
    let walk = lab.ask(Origin::Instance(a.instance), Packet { length: 1_400, ..packet("tcp 10.0.1.10:40000 > 198.51.100.7:443") });
    assert!(walk.steps.iter().all(|step| step.check != eni_core::dataplane::pipeline::Check::Size));
}
