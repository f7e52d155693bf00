//! Endpoints on the way of packets: gateway endpoints to services of AWS and back, and what they do not carry (`R55`, `R61`, `R63`, `P44`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::analysis::remedy;
use eni_core::control::command::Command;
use eni_core::dataplane::internet::{address_of_service, service_at};
use eni_core::dataplane::resolver::{Decided, resolve};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Luck, Origin, Question};
use eni_core::id::{EndpointId, RouteTableId};
use eni_core::model::dns_name::DnsName;
use eni_core::model::endpoint::INTERFACE_SERVICES;
use eni_core::model::hosted_zone::RecordType;
use eni_core::model::route_table::RouteTarget;
use eni_core::model::security_group::Peer;
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::time::Duration;
use support_dp::{BehindNat, Host, Lab, ip, packet};

/// A in a subnet with a table of its own, without a public address and without an internet gateway. The table leads to S3.
struct Scene {
    lab: Lab,
    a: Host,
    table: RouteTableId,
    endpoint: EndpointId,
}

fn scene() -> Scene {
    let mut lab = Lab::new();
    let subnet = lab.subnet("10.0.1.0/24");
    let table = lab.own_table(subnet);
    let endpoint = lab.gateway_endpoint(table, "s3");
    let group = lab.group(&["out all 0.0.0.0/0"]);
    let a = lab.host("A", subnet, "10.0.1.10", &[group]);
    Scene { lab, a, table, endpoint }
}

const ASKS: &str = "tcp 10.0.1.10:50000 > 52.216.0.10:443";
const ANSWERS: &str = "tcp 52.216.0.10:443 > 10.0.1.10:50000 syn+ack";

impl Scene {
    fn asks(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Eni(self.a.eni), packet(text))
    }

    fn comes(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Endpoint(self.endpoint), packet(text))
    }
}

// rules: R55 R61 P44
#[test]
fn a_gateway_endpoint_leads_to_its_service_and_back_with_private_addresses_and_no_internet_gateway() {
    let mut scene = scene();
    let walk = scene.lab.send(Origin::Instance(scene.a.instance), packet(ASKS));
    scene.lab.expect(&walk, &["A leaves 10.0.1.0/24 by 10.0.1.10", "vpce ENDPOINT_PROTOCOL ALLOW", "vpce ENDPOINT_ADDRESS DELIVER"]);
    assert_eq!((Lab::ending(&walk), walk.arrived.unwrap().packet), ("EXITS_NETWORK".to_owned(), packet(ASKS)), "nothing is translated");
    let reply = scene.comes(ANSWERS);
    scene.lab.expect(
        &reply,
        &["vpce ENDPOINT_PROTOCOL ALLOW", "vpce ENDPOINT_ADDRESS ROUTE", "vpc OWNER DELIVER", "A is reached in 10.0.1.0/24 at 10.0.1.10"],
    );
    let request = TraceRequest::new(End::Instance(scene.a.instance), End::Address(ip("52.216.0.10").into()));
    let traced = trace(&scene.lab.network, &request).unwrap();
    assert!(traced.got_through() && traced.reply.is_some(), "{traced:#?}");
}

// rules: R61
#[test]
fn a_gateway_endpoint_carries_tcp_and_echoes() {
    let no = "DENIED VPCE_GATEWAY_PROTOCOL_RESTRICTION";
    for (text, ending) in [
        (ASKS, "EXITS_NETWORK"),
        ("ping 10.0.1.10 > 52.216.0.10", "EXITS_NETWORK"),
        ("pong 10.0.1.10 > 52.216.0.10", no),
        ("too-big 10.0.1.10 > 52.216.0.10", no),
        ("udp 10.0.1.10:50000 > 52.216.0.10:443", no),
        ("50 10.0.1.10 > 52.216.0.10", no),
    ] {
        assert_eq!(Lab::ending(&scene().asks(text)), ending, "{text}");
    }
    let mut scene = scene();
    for asked in [ASKS, "ping 10.0.1.10 > 52.216.0.10"] {
        scene.asks(asked);
    }
    for (text, ending) in [
        (ANSWERS, "DELIVERED"),
        ("pong 52.216.0.10 > 10.0.1.10", "DELIVERED"),
        ("ping 52.216.0.10 > 10.0.1.10", no),
        ("udp 52.216.0.10:443 > 10.0.1.10:50000", no),
    ] {
        assert_eq!(Lab::ending(&scene.comes(text)), ending, "{text}");
    }
}

// rules: R55 R61
#[test]
fn it_serves_addresses_of_its_vpc_and_brings_those_of_its_service() {
    let mut scene = scene();
    scene.lab.source_dest_check(scene.a.eni, false);
    for (source, ending) in [
        ("10.0.1.10", "EXITS_NETWORK"),
        ("10.0.7.7", "EXITS_NETWORK"),
        ("10.1.1.1", "DENIED GATEWAY_REJECTS_SPOOFED_TRAFFIC"),
        ("203.0.113.10", "DENIED GATEWAY_REJECTS_SPOOFED_TRAFFIC"),
    ] {
        assert_eq!(Lab::ending(&scene.asks(&format!("tcp {source}:5 > 52.216.0.10:443"))), ending, "{source}");
    }
    for (from, ending) in [
        ("52.216.0.10", "DELIVERED"),
        ("54.231.255.255", "DENIED ENI_SG_RULES_MISMATCH"),
        ("52.94.0.10", "DENIED VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION"),
        ("198.51.100.7", "DENIED VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION"),
    ] {
        let group = scene.lab.network.eni(scene.a.eni).unwrap().groups[0];
        scene.lab.rule(group, "in tcp 443 192.0.2.1/32");
        scene.asks("tcp 10.0.1.10:5 > 52.216.0.10:443");
        assert_eq!(Lab::ending(&scene.comes(&format!("tcp {from}:443 > 10.0.1.10:5 syn+ack"))), ending, "{from}");
    }
}

// rules: R55 P44 S12 N12 N9
#[test]
fn groups_name_the_services_list_and_network_acls_see_its_public_addresses() {
    let (no_group, no_acl) = ("DENIED ENI_SG_RULES_MISMATCH", "DENIED SUBNET_ACL_RESTRICTION");
    let back = "in 100 allow tcp 1024-65535 52.216.0.0/15";
    let out = "out 100 allow tcp 443 52.216.0.0/15";
    // A rule of the group, entries of the ACL, and how a request and its answer end.
    for (rule, entries, request, answer) in [
        ("out tcp 443 list", [out, back], "EXITS_NETWORK", "DELIVERED"),
        ("out tcp 443 other", [out, back], no_group, ""),
        ("out tcp 443 10.0.0.0/8", [out, back], no_group, ""),
        ("out tcp 443 52.216.0.0/15", [out, back], "EXITS_NETWORK", "DELIVERED"),
        ("out tcp 443 list", ["out 100 allow all 10.0.0.0/8", back], no_acl, ""),
        ("out tcp 443 list", [out, "in 100 allow all 10.0.0.0/8"], "EXITS_NETWORK", no_acl),
        ("out tcp 443 list", [out, "in 100 allow tcp 443 52.216.0.0/15"], "EXITS_NETWORK", no_acl),
    ] {
        let mut scene = scene();
        let list = |service: &str| scene.lab.network.prefix_lists_of_service(service).next().unwrap().id.to_string();
        let rule = rule.replace("list", &list("s3")).replace("other", &list("dynamodb"));
        let group = scene.lab.group(&[&rule]);
        let groups = eni_core::model::event::EniChange::Groups(vec![group]);
        scene.lab.apply(eni_core::model::event::Event::EniChanged(scene.a.eni, groups));
        let subnet = scene.lab.network.eni(scene.a.eni).unwrap().subnet;
        scene.lab.own_acl(subnet, &entries);
        assert_eq!(Lab::ending(&scene.asks(ASKS)), request, "{rule} {entries:?}");
        if !answer.is_empty() {
            assert_eq!(Lab::ending(&scene.comes(ANSWERS)), answer, "{rule} {entries:?}");
        }
    }
}

// rules: R55 R33 R53 P23 R18
#[test]
fn it_is_used_from_tables_that_lead_to_it_and_from_inside_the_vpc_alone() {
    let mut scene = scene();
    scene.lab.gateway();
    let other = scene.lab.subnet("10.0.2.0/24");
    let group = scene.lab.default_group;
    let b = scene.lab.host("B", other, "10.0.2.20", &[group]);
    let from_b = packet("tcp 10.0.2.20:50000 > 52.216.0.10:443");
    assert_eq!(
        Lab::ending(&scene.lab.ask(Origin::Eni(b.eni), from_b)),
        "DENIED IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "its table has no route"
    );
    // Another service, and what is in no list, do not go that way either.
    for to in ["52.94.0.10", "198.51.100.7"] {
        assert_eq!(Lab::ending(&scene.asks(&format!("tcp 10.0.1.10:50000 > {to}:443"))), "NO_ROUTE NO_ROUTE_TO_DESTINATION", "{to}");
    }
    let main = scene.lab.table;
    scene.lab.gateway_endpoint(main, "s3");
    assert_eq!(Lab::ending(&scene.lab.ask(Origin::Eni(b.eni), from_b)), "EXITS_NETWORK");
    // From outside of the VPC: over a peering connection, and from behind a virtual private gateway.
    let far = scene.lab.far("C", "10.1.1.10");
    let peering = scene.lab.peering(far.vpc);
    scene.lab.route(far.table, "52.216.0.0/15", RouteTarget::Peering(peering));
    let over = scene.lab.ask(Origin::Eni(far.host.eni), packet("tcp 10.1.1.10:50000 > 52.216.0.10:443"));
    assert_eq!(Lab::ending(&over), "DENIED PCX_REQUIRES_ADDRESS_IN_VPC_CIDR");
    let vgw = scene.lab.vpn_gateway();
    let office = scene.lab.ask(Origin::VpnGateway(vgw), packet("tcp 192.168.1.1:50000 > 52.216.0.10:443"));
    assert_eq!(Lab::ending(&office), "DENIED VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS");
}

// rules: R55 P11 P12
#[test]
fn behind_a_nat_gateway_the_table_of_its_subnet_leads_on() {
    let mut scene = BehindNat::build();
    let main = scene.lab.table;
    let endpoint = scene.lab.gateway_endpoint(main, "s3");
    let walk = scene.lab.send(Origin::Instance(scene.a.instance), packet(ASKS));
    assert_eq!(Lab::ending(&walk), "EXITS_NETWORK");
    let sent = walk.arrived.unwrap().packet;
    assert_eq!(sent.source, std::net::IpAddr::V4(ip("10.0.9.9")), "the private address of the NAT gateway");
    let answer = eni_core::dataplane::trace::answer(&sent).unwrap();
    let back = scene.lab.send(Origin::Endpoint(endpoint), answer);
    assert_eq!((Lab::ending(&back), back.arrived.unwrap().instance), ("DELIVERED".to_owned(), Some(scene.a.instance)));
}

// rules: R55 R18
#[test]
fn the_endpoint_that_is_missing_is_offered_and_so_is_a_rule_for_its_list() {
    let Scene { mut lab, a, table, .. } = scene();
    let offered = |lab: &Lab, to: &str| {
        let sent = packet(&format!("tcp 10.0.1.10:50000 > {to}:443"));
        let walk = lab.ask(Origin::Instance(a.instance), sent);
        let question = Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: lab.assume, luck: Luck::Good };
        remedy::of_walk(&question, Origin::Instance(a.instance), sent, &walk).remedies.into_iter().map(|one| one.acts).collect::<Vec<_>>()
    };
    let made = |acts: &[Command], to: &str| match acts {
        [Command::CreateVpcEndpoint(request)] => request.service.as_deref() == Some(to) && request.tables == [table],
        _ => false,
    };
    let ways = offered(&lab, "52.94.0.10");
    assert!(made(&ways[0], "com.amazonaws.us-east-1.dynamodb"), "{ways:?}");
    // What leaves for the internet gateway without a public address.
    let gateway = lab.bare_gateway(Some(lab.vpc));
    lab.route(table, "0.0.0.0/0", RouteTarget::InternetGateway(gateway));
    let ways = offered(&lab, "52.94.0.10");
    assert!(ways.iter().any(|acts| made(acts, "com.amazonaws.us-east-1.dynamodb")), "{ways:?}");
    assert!(!offered(&lab, "198.51.100.7").iter().flatten().any(|act| matches!(act, Command::CreateVpcEndpoint(_))));
    // The VPC has an endpoint, and its table has no route to it.
    let main = lab.table;
    let dynamodb = lab.gateway_endpoint(main, "dynamodb");
    let ways = offered(&lab, "52.94.0.10");
    let joins =
        |act: &Command| matches!(act, Command::ModifyVpcEndpoint(request) if request.endpoint == dynamodb && request.tables.0 == [table]);
    assert!(ways.iter().any(|acts| matches!(acts.as_slice(), [act] if joins(act))), "{ways:?}");
    // The group lets nothing out but to its own network: its list is the smaller word than an address that may be another one tomorrow.
    let group = lab.group(&["out all 10.0.0.0/8"]);
    lab.apply(eni_core::model::event::Event::EniChanged(a.eni, eni_core::model::event::EniChange::Groups(vec![group])));
    let ways = offered(&lab, "52.216.0.10");
    let names_list = |act: &Command| match act {
        Command::AuthorizeSecurityGroup { permissions, .. } => matches!(permissions[0].peer, Peer::PrefixList(_)),
        _ => false,
    };
    assert!(ways.iter().any(|acts| matches!(acts.as_slice(), [act] if names_list(act))), "{ways:?}");
}

// rules: R63 G14 P42
#[test]
fn names_of_services_lead_to_public_addresses_where_no_endpoint_has_them() {
    let lab = Lab::new();
    let vpc = lab.network.vpc(lab.vpc).unwrap();
    let asked = |name: &str| {
        let answer = resolve(&lab.network, vpc, &DnsName::read(name).unwrap(), RecordType::A);
        (answer.records.first().map(|record| record.value.clone()), *answer.decided.last().unwrap())
    };
    for (name, address) in [
        ("s3.us-east-1.amazonaws.com", Some("52.216.0.10")),
        ("films.s3.us-east-1.amazonaws.com", Some("52.216.0.10")),
        ("dynamodb.us-east-1.amazonaws.com", Some("52.94.0.10")),
        ("films.dynamodb.us-east-1.amazonaws.com", None),
        ("api.ecr.us-east-1.amazonaws.com", Some("198.51.100.103")),
        ("111122223333.dkr.ecr.us-east-1.amazonaws.com", Some("198.51.100.104")),
        ("ecr.api.us-east-1.amazonaws.com", None),
        ("s3.eu-west-1.amazonaws.com", None),
        ("films3.us-east-1.amazonaws.com", None),
        ("s3.us-east-1.vpce.amazonaws.com", None),
    ] {
        let decided = if address.is_some() { Decided::Public } else { Decided::Nobody };
        assert_eq!(asked(name), (address.map(str::to_owned), decided), "{name}");
    }
    for service in INTERFACE_SERVICES {
        let address = address_of_service(&lab.network, service).unwrap();
        assert_eq!(service_at(&lab.network, address.into()), Some(*service));
    }
}

// rules: P44
#[test]
fn a_client_asks_the_service_and_is_answered() {
    let Scene { lab, a, .. } = scene();
    let mut sim = Simulator::new(lab.network, 7);
    let ask = |protocol| ClientSpec {
        name: "s3".to_owned(),
        probe: ProbeSpec {
            from: Source::Instance { instance: a.instance, address: None },
            to: Target::Address(ip("52.216.0.10").into()),
            protocol,
            timeout: Duration::from_secs(1),
        },
        interval: Duration::from_secs(2),
        conversation: Conversation::NewEachTime,
    };
    let ids = [Protocol::Tcp(443), Protocol::Icmp, Protocol::Udp(443)].map(|protocol| sim.add_client(ask(protocol)).unwrap());
    sim.advance(Duration::from_secs(9), &mut |_| {});
    let seen = ids.map(|id| sim.client(id).unwrap().statistics);
    assert_eq!(seen.map(|seen| (seen.answered, seen.lost)), [(5, 0), (5, 0), (0, 5)]);
}
