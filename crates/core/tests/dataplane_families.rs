//! IPv4 and IPv6 are two worlds: rules and routes of one never speak of the other. And the guest never sees a public address.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::{Direction, IpNet, Ipv6Net, Traffic};
use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Evidence, GroupMatch};
use eni_core::model::event::{Event, InstanceChange};
use eni_core::model::instance::RpFilter;
use eni_core::model::metadata::MetadataOptions;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::RouteTarget;
use eni_core::packet::{Packet, TcpFlags, Transport};
use support_dp::{Lab, ip, packet};

fn to_ipv6() -> Packet {
    let transport = Transport::Tcp { source: 40_000, destination: 443, flags: TcpFlags::SYN, sequence: 0, acknowledgement: 0 };
    Packet { source: "2001:db8::10".parse().unwrap(), destination: "2001:db8:ffff::1".parse().unwrap(), transport, length: 60 }
}

// rules: N8 R4
#[test]
fn rules_and_routes_of_one_family_do_not_speak_of_the_other() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    let gateway = lab.gateway();
    let table = lab.own_table(subnet);
    lab.route(table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    let acl = lab.own_acl(subnet, &["in 100 allow all 0.0.0.0/0", "out 100 allow all 0.0.0.0/0"]);
    let group = lab.group(&["out all 0.0.0.0/0"]);
    let host = lab.host("A", subnet, "10.0.1.10", &[group]);
    lab.source_dest_check(host.eni, false);
    let ending = |lab: &Lab| Lab::ending(&lab.ask(Origin::Eni(host.eni), to_ipv6()));
    assert_eq!(ending(&lab), "DENIED ENI_SG_RULES_MISMATCH", "0.0.0.0/0 of a group is IPv4 only");

    let every = eni_core::model::security_group::Peer::Ipv6("::/0".parse().unwrap());
    let mut rule = lab.network.group(group).unwrap().rules.first().unwrap().clone();
    rule.id = eni_core::id::ResourceId::from_number(900);
    rule.peer = every;
    lab.apply(Event::GroupRulesAdded(group, vec![rule]));
    assert_eq!(ending(&lab), "DENIED SUBNET_ACL_RESTRICTION", "0.0.0.0/0 of an ACL is IPv4 only");

    let allow = AclEntry { traffic: Traffic::All, cidr: "::/0".parse::<IpNet>().unwrap(), action: AclAction::Allow };
    lab.apply(Event::AclEntrySet(acl, Direction::Egress, 101, allow));
    assert_eq!(ending(&lab), "NO_ROUTE NO_ROUTE_TO_DESTINATION", "0.0.0.0/0 of a table is IPv4 only");
}

// rules: A31
#[test]
fn the_guest_sees_the_private_address_only() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    let gateway = lab.gateway();
    let table = lab.own_table(subnet);
    lab.route(table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    let group = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let host = lab.host("A", subnet, "10.0.1.10", &[group]);
    lab.public(host.eni, "10.0.1.10", "203.0.113.10");
    let walk = lab.send(Origin::Internet, packet("tcp 198.51.100.7:40000 > 203.0.113.10:443"));
    let seen = walk.arrived.expect("it arrives").packet;
    assert_eq!(seen.destination, ip("10.0.1.10"));
}

// rules: R32 R34
#[test]
fn ipv6_comes_in_from_the_internet_as_it_is() {
    let mut lab = Lab::new();
    lab.gateway();
    let subnet = lab.subnet("10.0.1.0/24");
    lab.ipv6(subnet, "2001:db8::/64");
    let (acl, cidr) = (lab.own_acl(subnet, &[]), IpNet::V6(Ipv6Net::default()));
    let allow = AclEntry { traffic: Traffic::All, cidr, action: AclAction::Allow };
    lab.apply(Event::AclEntrySet(acl, Direction::Ingress, 100, allow));
    let group = lab.group(&["in all ::/0"]);
    let host = lab.host("A", subnet, "10.0.1.10", &[group]);
    lab.apply(Event::Ipv6Assigned(host.eni, "2001:db8::10".parse().unwrap()));
    for (to, ending) in [
        ("2001:db8::10", "DELIVERED"),
        // Its block leads into the VPC, whose router knows nobody who has it.
        ("2001:db8::99", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("2001:db8:1::10", "UNREACHABLE IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"),
    ] {
        let sent = Packet { source: to_ipv6().destination, destination: to.parse().unwrap(), ..to_ipv6() };
        let walk = lab.ask(Origin::Internet, sent);
        assert_eq!(Lab::ending(&walk), ending, "{to}");
        assert!(walk.arrived.is_none_or(|arrived| arrived.packet == sent), "nothing is translated");
    }
}

// rules: R32 R34 R30 R58 P-E5
#[test]
fn what_another_vpcs_ipv6_block_has_leads_there_and_not_to_the_internet() {
    for (beyond, assigned, free) in [
        ("gateway", "DELIVERED", "UNREACHABLE NO_POSSIBLE_DESTINATION"),
        ("nothing", "UNREACHABLE BAD_STATE_ATTACHMENT", "UNREACHABLE BAD_STATE_ATTACHMENT"),
    ] {
        let mut lab = Lab::new();
        let gateway = lab.gateway();
        let (table, acl) = (lab.table, lab.acl);
        for entry in ["in 101 allow all ::/0", "out 101 allow all ::/0"] {
            lab.set_acl(acl, entry);
        }
        lab.ipv6_route(table, "::/0", RouteTarget::InternetGateway(gateway));
        let here = lab.subnet("10.0.1.0/24");
        lab.ipv6(here, "2001:db8:0:101::/64");
        let group = lab.group(&["out all ::/0"]);
        let a = lab.host("A", here, "10.0.1.10", &[group]);
        lab.ipv6_address(a.eni, "2001:db8:0:101::10");
        let far = lab.other_vpc("10.1.0.0/16");
        let (far_acl, far_group) = (lab.network.vpc(far).unwrap().default_acl, lab.network.vpc(far).unwrap().default_group);
        lab.set_acl(far_acl, "in 101 allow all ::/0");
        lab.rule(far_group, "in all ::/0");
        let there = lab.subnet_in(far, far_acl, "10.1.1.0/24");
        lab.ipv6(there, "2001:db8:0:201::/64");
        let c = lab.host("C", there, "10.1.1.10", &[far_group]);
        lab.ipv6_address(c.eni, "2001:db8:0:201::10");
        if beyond == "gateway" {
            lab.bare_gateway(Some(far));
        }
        for (to, ending) in [("2001:db8:0:201::10", assigned), ("2001:db8:0:201::99", free), ("2001:db8:ffff::7", "EXITS_NETWORK")] {
            let walk = lab.ask(Origin::Instance(a.instance), packet(&format!("tcp [2001:db8:0:101::10]:40000 > [{to}]:443")));
            assert_eq!(Lab::ending(&walk), ending, "{beyond} {to}");
        }
    }
}

// rules: S48 G8
#[test]
fn a_guest_speaks_each_family_from_an_address_of_it() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    lab.ipv6(subnet, "2001:db8::/64");
    let group = lab.group(&["in all 10.0.0.0/8"]);
    let host = lab.host("A", subnet, "10.0.1.10", &[group]);
    let mut eni = lab.network.eni(host.eni).unwrap().clone();
    eni.ipv6_addresses = vec!["2001:db8::10".parse().unwrap()];
    lab.apply(Event::EniDeleted(host.eni));
    lab.apply(Event::EniCreated(Box::new(eni)));
    let ask = |to: &str| {
        let unbound = Packet { source: ip("0.0.0.0").into(), destination: to.parse().unwrap(), ..to_ipv6() };
        let walk = lab.ask(Origin::Instance(host.instance), unbound);
        (Lab::ending(&walk), walk.seen().last().unwrap().packet.source.to_string())
    };
    assert_eq!(ask("2001:db8::99"), ("DENIED SG_HAS_NO_RULES".to_owned(), "2001:db8::10".to_owned()));
    assert_eq!(ask("10.0.1.99"), ("DENIED SG_HAS_NO_RULES".to_owned(), "10.0.1.10".to_owned()));
    // Groups do not see the host's services; other addresses there they do.
    for service in ["fd00:ec2::253", "fd00:ec2::123"] {
        assert_eq!(ask(service).0, "DELIVERED", "{service}");
    }
    assert_eq!(ask("fd00:ec2::252").0, "DENIED SG_HAS_NO_RULES");
}

// rules: G12 I7
#[test]
fn the_metadata_service_answers_over_ipv6_where_it_is_told_to() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    lab.ipv6(subnet, "2001:db8::/64");
    let group = lab.group(&["in all 10.0.0.0/8"]);
    let host = lab.host("A", subnet, "10.0.1.10", &[group]);
    lab.apply(Event::Ipv6Assigned(host.eni, "2001:db8::10".parse().unwrap()));
    let ask = |lab: &Lab| {
        let asked = Packet { source: "2001:db8::10".parse().unwrap(), destination: "fd00:ec2::254".parse().unwrap(), ..to_ipv6() };
        Lab::ending(&lab.ask(Origin::Instance(host.instance), asked))
    };
    assert_eq!(ask(&lab), "UNREACHABLE NO_POSSIBLE_DESTINATION");
    let on = MetadataOptions { over_ipv6: true, ..MetadataOptions::default() };
    lab.apply(Event::InstanceChanged(host.instance, InstanceChange::Metadata(on)));
    assert_eq!(ask(&lab), "DELIVERED");
}

// rules: G1 G7 G8
#[test]
fn a_guest_has_routes_of_a_family_where_it_has_an_address_of_it_and_filters_ipv4_alone() {
    let mut lab = Lab::new();
    lab.gateway();
    let subnets = ["10.0.1.0/24", "10.0.2.0/24"].map(|cidr| lab.subnet(cidr));
    let group = lab.group(&["in all ::/0", "out all ::/0"]);
    let host = lab.host("A", subnets[0], "10.0.1.10", &[group]);
    let second = lab.eni(subnets[1], &["10.0.2.10"], &[group]);
    lab.attach(second, host.instance, 1);
    lab.change_guest(host.instance, |guest| (guest.policy_routing, guest.rp_filter) = (false, RpFilter::Strict));
    let unbound = Packet { source: "::".parse().unwrap(), ..to_ipv6() };
    let out = |lab: &Lab| {
        let walk = lab.ask(Origin::Instance(host.instance), unbound);
        (Lab::ending(&walk), walk.seen().last().unwrap().packet.source.to_string())
    };
    assert_eq!(out(&lab), ("DENIED NO_ROUTE_TO_DESTINATION".to_owned(), "::".to_owned()), "no address, no route");
    lab.ipv6(subnets[1], "2001:db8::/64");
    lab.ipv6_address(second, "2001:db8::10");
    assert_eq!(out(&lab).1, "2001:db8::10", "the first ENI has none: the second has the route");
    // It came in by the second ENI. Once the first speaks IPv6 as well, the way back is by that one: over IPv4 that would be filtered.
    let sent = Packet { source: to_ipv6().destination, destination: "2001:db8::10".parse().unwrap(), ..to_ipv6() };
    lab.ipv6(subnets[0], "2001:db8:0:1::/64");
    lab.ipv6_address(host.eni, "2001:db8:0:1::10");
    for subnet in subnets {
        let acl = lab.own_acl(subnet, &[]);
        let allow = AclEntry { traffic: Traffic::All, cidr: IpNet::V6(Ipv6Net::default()), action: AclAction::Allow };
        lab.apply(Event::AclEntrySet(acl, Direction::Ingress, 100, allow));
    }
    let walk = lab.ask(Origin::Internet, sent);
    assert_eq!(Lab::ending(&walk), "DELIVERED");
}

// rules: S35 S36
#[test]
fn a_flow_is_untracked_where_both_directions_are_open_to_everybody_of_its_own_family() {
    const OUT6: &str = "out tcp 443 ::/0";
    const OUT4: &str = "out tcp 443 0.0.0.0/0";
    // The rules, and whether flows to an IPv6 and to an IPv4 address are tracked; `None` where no rule lets them out.
    let table: &[(&[&str], Option<bool>, Option<bool>)] = &[
        (&[OUT6, "in all ::/0"], Some(false), None),
        (&[OUT6, "in tcp ::/0"], Some(false), None),
        (&[OUT6, "in tcp 1-65535 ::/0"], Some(true), None),
        (&[OUT6, "in udp ::/0"], Some(true), None),
        (&[OUT6, "in all 2000::/3"], Some(true), None),
        (&[OUT6, "in all 0.0.0.0/0"], Some(true), None),
        (&[OUT4, "in all ::/0"], None, Some(true)),
        (&[OUT4, "in all 0.0.0.0/0"], None, Some(false)),
        (&[OUT4, OUT6, "in all 0.0.0.0/0"], Some(true), Some(false)),
        (&[OUT4, OUT6, "in all ::/0"], Some(false), Some(true)),
        (&["out tcp 443 2001:db8::/32", "in all ::/0"], Some(true), None),
    ];
    for (rules, six, four) in table {
        let mut lab = Lab::new();
        let subnet = lab.subnet("10.0.1.0/24");
        let group = lab.group(rules);
        let host = lab.host("A", subnet, "10.0.1.10", &[group]);
        lab.source_dest_check(host.eni, false);
        let tracked = |sent: Packet| {
            let walk = lab.ask(Origin::Eni(host.eni), sent);
            let step = walk.steps.iter().find(|step| step.check == Check::GroupOut).unwrap();
            match step.evidence {
                Evidence::Group { matched: GroupMatch::Rule { tracked, .. }, .. } => Some(tracked),
                _ => None,
            }
        };
        assert_eq!(tracked(to_ipv6()), *six, "IPv6: {rules:?}");
        assert_eq!(tracked(packet("tcp 10.0.1.10:40000 > 198.51.100.7:443")), *four, "IPv4: {rules:?}");
    }
}
