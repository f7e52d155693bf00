//! Interface endpoints and mount targets on the way of packets: their ENIs, whose groups decide, the service behind them, and its names (`R62`, `P41`
//! to `P43`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support_dp;

use eni_core::dataplane::resolver::{Decided, resolve};
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::dataplane::{Assume, Luck, Origin, Question, Ways, resolver};
use eni_core::id::{EniId, GroupId, VpcId};
use eni_core::model::dns_name::DnsName;
use eni_core::model::endpoint::EndpointState;
use eni_core::model::event::{EndpointChange, Event, VpcChange};
use eni_core::model::hosted_zone::RecordType;
use eni_core::model::route_table::RouteTarget;
use eni_core::sim::Simulator;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::sim::event::SimEvent;
use eni_core::time::Duration;
use support_dp::{Host, Lab, ip, packet};

/// A in one subnet, the endpoint of `ssm` in another at 10.0.2.50, whose group lets TCP 443 of A's subnet in. No gateway leads anywhere.
struct Scene {
    lab: Lab,
    a: Host,
    endpoint: EniId,
    guard: GroupId,
}

fn scene_with(rules: &[&str]) -> Scene {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let client = lab.group(&["out all 0.0.0.0/0"]);
    let a = lab.host("A", one, "10.0.1.10", &[client]);
    let rules: Vec<String> = rules.iter().map(|rule| rule.replace("client", &client.to_string())).collect();
    let guard = lab.group(&rules.iter().map(String::as_str).collect::<Vec<_>>());
    let endpoint = lab.interface_endpoint("ssm", &[(two, "10.0.2.50")], &[guard])[0];
    Scene { lab, a, endpoint, guard }
}

fn scene() -> Scene {
    scene_with(&["in tcp 443 10.0.1.0/24"])
}

const ASKS: &str = "tcp 10.0.1.10:50000 > 10.0.2.50:443";
const ANSWERS: &str = "tcp 10.0.2.50:443 > 10.0.1.10:50000 syn+ack";

impl Scene {
    fn asks(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Instance(self.a.instance), packet(text))
    }

    fn comes(&mut self, text: &str) -> Walk {
        self.lab.send(Origin::Eni(self.endpoint), packet(text))
    }

    fn endings(&mut self, asked: &str) -> (String, String) {
        (Lab::ending(&self.asks(asked)), Lab::ending(&self.comes(ANSWERS)))
    }
}

// rules: P41 R62 R56
#[test]
fn a_packet_comes_to_the_endpoints_eni_as_to_any_other_and_the_service_answers() {
    let mut scene = scene();
    let walk = scene.asks(ASKS);
    scene.lab.expect(
        &walk,
        &[
            "A leaves 10.0.1.0/24 by 10.0.1.10",
            "vpc OWNER DELIVER",
            "10.0.2.0/24 NETWORK_ACL_IN ALLOW",
            "10.0.2.50 SECURITY_GROUP_IN ALLOW",
            "10.0.2.50 SOURCE_DEST_CHECK_IN ALLOW",
            "10.0.2.50 DESTINATION_RUNS DELIVER",
            "10.0.2.50 SERVICE DELIVER",
        ],
    );
    assert_eq!(Lab::ending(&walk), "DELIVERED");
    let reply = scene.comes(ANSWERS);
    scene.lab.expect(
        &reply,
        &[
            "10.0.2.50 SOURCE_ATTACHED ALLOW",
            "10.0.2.50 SOURCE_DEST_CHECK_OUT ALLOW",
            "10.0.2.50 SECURITY_GROUP_OUT ALLOW",
            "10.0.2.0/24 NETWORK_ACL_OUT ALLOW",
            "10.0.2.0/24 ROUTE ROUTE",
            "vpc OWNER DELIVER",
            "A is reached in 10.0.1.0/24 at 10.0.1.10",
        ],
    );
    let request = TraceRequest::new(End::Instance(scene.a.instance), End::Eni(scene.endpoint));
    let traced = trace(&scene.lab.network, &request).unwrap();
    assert!(traced.got_through() && traced.reply.is_some(), "{traced:#?}");
}

// rules: P41 S22 S2
#[test]
fn the_groups_of_the_endpoints_eni_decide_who_may_ask() {
    let no = "DENIED ENI_SG_RULES_MISMATCH";
    for (rules, ending) in [
        (&["in tcp 443 10.0.1.0/24"][..], "DELIVERED"),
        (&["in tcp 443 client"], "DELIVERED"),
        (&["in all 0.0.0.0/0"], "DELIVERED"),
        (&["in tcp 443 10.0.3.0/24"], no),
        (&["in tcp 80 10.0.1.0/24"], no),
        (&["out all 0.0.0.0/0"], "DENIED SG_HAS_NO_RULES"),
    ] {
        assert_eq!(Lab::ending(&scene_with(rules).asks(ASKS)), ending, "{rules:?}");
    }
}

// rules: R62
#[test]
fn behind_it_the_service_waits_for_tcp_on_port_443_while_the_endpoint_is_available() {
    let no = "DENIED PROTOCOL_RESTRICTION";
    for (text, ending) in [
        (ASKS, "DELIVERED"),
        ("tcp 10.0.1.10:50000 > 10.0.2.50:80", no),
        ("udp 10.0.1.10:50000 > 10.0.2.50:443", no),
        ("ping 10.0.1.10 > 10.0.2.50", no),
    ] {
        assert_eq!(Lab::ending(&scene_with(&["in all 0.0.0.0/0"]).asks(text)), ending, "{text}");
    }
    for (state, ending) in [
        (EndpointState::Pending, "DENIED BAD_STATE"),
        (EndpointState::Available, "DELIVERED"),
        (EndpointState::Deleting, "DENIED BAD_STATE"),
    ] {
        let mut scene = scene();
        let id = scene.lab.network.endpoints().next().unwrap().id;
        scene.lab.apply(Event::EndpointChanged(id, EndpointChange::State(state)));
        assert_eq!(Lab::ending(&scene.asks(ASKS)), ending, "{state:?}");
    }
}

// rules: R62 P41
#[test]
fn a_connection_that_is_idle_for_350_seconds_is_forgotten() {
    let later = "tcp 10.0.1.10:50000 > 10.0.2.50:443 ack";
    let forgotten = "DENIED VPCE_IDLE_TIMEOUT";
    assert_eq!(Lab::ending(&scene().asks(later)), forgotten, "nobody opened it");
    for (secs, ending) in [(1, "DELIVERED"), (349, "DELIVERED"), (350, forgotten)] {
        let mut scene = scene();
        assert_eq!(scene.endings(ASKS), ("DELIVERED".to_owned(), "DELIVERED".to_owned()));
        assert_eq!(Lab::ending(&scene.asks(later)), "DELIVERED", "the handshake ends");
        scene.lab.now += Duration::from_secs(secs);
        let walk = scene.asks(later);
        assert_eq!(Lab::ending(&walk), ending, "{secs}");
        assert_eq!(Lab::ending(&scene.asks(later)), ending, "{secs}: once more");
        if ending == forgotten {
            assert_eq!(walk.blocker().unwrap().place, Place::Eni(scene.endpoint));
            assert_eq!(scene.endings(ASKS), ("DELIVERED".to_owned(), "DELIVERED".to_owned()), "another one is opened");
            assert_eq!(Lab::ending(&scene.asks(later)), "DELIVERED");
        }
    }
    // What is kept open by asking in time is answered each time; what is not is reset, and the client opens another one.
    for (interval, answered, told) in [(340, 3, vec![]), (360, 2, vec!["VPCE_IDLE_TIMEOUT", "reset"])] {
        let Scene { lab, a, .. } = scene();
        let mut sim = Simulator::new(lab.network, 7);
        let probe = ProbeSpec {
            from: Source::Instance { instance: a.instance, address: None },
            to: Target::Address(ip("10.0.2.50").into()),
            protocol: Protocol::Tcp(443),
            timeout: Duration::from_secs(1),
        };
        let (name, interval) = ("ssm".to_owned(), Duration::from_secs(interval));
        let id = sim.add_client(ClientSpec { name, probe, interval, conversation: Conversation::KeepOpen }).unwrap();
        let mut seen = Vec::new();
        sim.advance(interval + interval + Duration::from_secs(5), &mut |event| match event {
            SimEvent::Reset { .. } => seen.push("reset"),
            SimEvent::Lost { code: Some(code), .. } => seen.push(code.as_str()),
            _ => {}
        });
        assert_eq!((sim.client(id).unwrap().statistics.answered, seen), (answered, told));
    }
}

// rules: R62
#[test]
fn a_way_that_was_gone_before_does_not_keep_a_connection_from_being_forgotten() {
    let mut scene = scene();
    let (client, endpoint) = (Origin::Instance(scene.a.instance), Origin::Eni(scene.endpoint));
    let mut ways = Ways::default();
    let mut send = |lab: &mut Lab, origin: Origin, text: &str| {
        let mut walk = Walk::default();
        let question =
            Question { network: &lab.network, tracking: &lab.tracking, now: lab.now, assume: Assume::default(), luck: Luck::Good };
        ways.judge(&question, origin, packet(text), &mut walk);
        lab.tracking.note(&walk.effects, lab.now);
        Lab::ending(&walk)
    };
    let (asks, answers) = ("tcp 10.0.1.10:50000 > 10.0.2.50:443 ack", "tcp 10.0.2.50:443 > 10.0.1.10:50000 ack");
    send(&mut scene.lab, client, ASKS);
    send(&mut scene.lab, endpoint, ANSWERS);
    for _ in 0..6 {
        assert_eq!(send(&mut scene.lab, client, asks), "DELIVERED");
        assert_eq!(send(&mut scene.lab, endpoint, answers), "DELIVERED");
        scene.lab.now += Duration::from_secs(340);
    }
    scene.lab.now += Duration::from_secs(10);
    assert_eq!(send(&mut scene.lab, endpoint, answers), "DENIED VPCE_INTRA_VPC_TRAFFIC", "it answers nobody now");
    assert_eq!(send(&mut scene.lab, client, asks), "DENIED VPCE_IDLE_TIMEOUT");
}

// rules: R62
#[test]
fn it_answers_and_begins_nothing() {
    let mut scene = scene();
    let begins = "DENIED VPCE_INTRA_VPC_TRAFFIC";
    scene.lab.rule(scene.guard, "out all 0.0.0.0/0");
    let group = scene.lab.network.eni(scene.a.eni).unwrap().groups[0];
    scene.lab.rule(group, "in all 0.0.0.0/0");
    assert_eq!(Lab::ending(&scene.comes("tcp 10.0.2.50:50000 > 10.0.1.10:443")), begins);
    assert_eq!(Lab::ending(&scene.comes(ANSWERS)), begins, "an answer to nothing");
    assert_eq!(scene.endings(ASKS), ("DELIVERED".to_owned(), "DELIVERED".to_owned()));
    for other in ["tcp 10.0.2.50:443 > 10.0.1.10:50001 syn+ack", "tcp 10.0.2.50:443 > 10.0.1.10:50000 syn"] {
        assert_eq!(Lab::ending(&scene.comes(other)), begins, "{other}");
    }
}

// rules: P41 R56 P22 R52
#[test]
fn it_is_reached_over_a_peering_connection_and_from_behind_a_virtual_private_gateway() {
    let mut scene = scene_with(&["in tcp 443 10.1.0.0/16", "in tcp 443 192.168.0.0/16"]);
    let far = scene.lab.far("C", "10.1.1.10");
    let (c, peering) = (far.host, scene.lab.peering(far.vpc));
    let over = packet("tcp 10.1.1.10:50000 > 10.0.2.50:443");
    let back = packet("tcp 10.0.2.50:443 > 10.1.1.10:50000 syn+ack");
    assert_eq!(Lab::ending(&scene.lab.send(Origin::Instance(c.instance), over)), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
    scene.lab.route(far.table, "10.0.0.0/16", RouteTarget::Peering(peering));
    assert_eq!(Lab::ending(&scene.lab.send(Origin::Instance(c.instance), over)), "DELIVERED");
    // The table of its own subnet leads the answer back.
    assert_eq!(Lab::ending(&scene.lab.send(Origin::Eni(scene.endpoint), back)), "NO_ROUTE NO_ROUTE_TO_DESTINATION");
    let main = scene.lab.table;
    scene.lab.route(main, "10.1.0.0/16", RouteTarget::Peering(peering));
    assert_eq!(Lab::ending(&scene.lab.send(Origin::Eni(scene.endpoint), back)), "DELIVERED");
    let vgw = scene.lab.vpn_gateway();
    scene.lab.route(main, "192.168.0.0/16", RouteTarget::VpnGateway(vgw));
    let office = scene.lab.send(Origin::VpnGateway(vgw), packet("tcp 192.168.1.1:50000 > 10.0.2.50:443"));
    assert_eq!(Lab::ending(&office), "DELIVERED");
    let home = scene.lab.send(Origin::Eni(scene.endpoint), packet("tcp 10.0.2.50:443 > 192.168.1.1:50000 syn+ack"));
    assert_eq!(Lab::ending(&home), "EXITS_NETWORK");
}

// rules: P42 R63
#[test]
fn the_services_name_leads_to_its_enis_in_its_vpc_and_the_endpoints_own_name_everywhere() {
    let mut lab = Lab::new();
    let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    let group = lab.default_group;
    lab.interface_endpoint("ecr.dkr", &[(one, "10.0.1.50"), (two, "10.0.2.50")], &[group]);
    let far = lab.far("C", "10.1.1.10").vpc;
    let id = lab.network.endpoints().next().unwrap().id;
    let ask = |lab: &Lab, vpc: VpcId, name: &str| {
        let answer: resolver::Answer = resolve(&lab.network, lab.network.vpc(vpc).unwrap(), &DnsName::read(name).unwrap(), RecordType::A);
        (answer.records.iter().map(|record| record.value.clone()).collect::<Vec<_>>().join(" "), *answer.decided.last().unwrap())
    };
    let (both, public) = ("10.0.1.50 10.0.2.50", "198.51.100.104");
    let own = format!("{id}.dkr.ecr.us-east-1.vpce.amazonaws.com");
    let here = lab.vpc;
    for (vpc, name, addresses, decided) in [
        (here, "dkr.ecr.us-east-1.amazonaws.com", both, Decided::Endpoint(id)),
        (here, "111122223333.dkr.ecr.us-east-1.amazonaws.com", both, Decided::Endpoint(id)),
        (here, "api.ecr.us-east-1.amazonaws.com", "198.51.100.103", Decided::Public),
        (here, &own, both, Decided::Endpoint(id)),
        (far, "dkr.ecr.us-east-1.amazonaws.com", public, Decided::Public),
        (far, &own, both, Decided::Endpoint(id)),
    ] {
        assert_eq!(ask(&lab, vpc, name), (addresses.to_owned(), decided), "{name}");
    }
    let name = "dkr.ecr.us-east-1.amazonaws.com";
    for (event, addresses) in [
        (Event::VpcChanged(here, VpcChange::DnsHostnames(false)), public),
        (Event::VpcChanged(here, VpcChange::DnsHostnames(true)), both),
        (Event::EndpointChanged(id, EndpointChange::State(EndpointState::Pending)), public),
        (Event::EndpointChanged(id, EndpointChange::State(EndpointState::Available)), both),
        (Event::EndpointChanged(id, EndpointChange::PrivateDns(false)), public),
    ] {
        lab.apply(event);
        assert_eq!(ask(&lab, here, name).0, addresses);
    }
}

// rules: R62
#[test]
fn a_client_asks_the_service_and_is_answered() {
    let Scene { lab, a, endpoint, .. } = scene_with(&["in all 0.0.0.0/0"]);
    let mut sim = Simulator::new(lab.network, 7);
    let ask = |protocol, conversation| ClientSpec {
        name: "ssm".to_owned(),
        probe: ProbeSpec {
            from: Source::Instance { instance: a.instance, address: None },
            to: Target::Address(ip("10.0.2.50").into()),
            protocol,
            timeout: Duration::from_secs(1),
        },
        interval: Duration::from_secs(2),
        conversation,
    };
    let clients = [
        (Protocol::Tcp(443), Conversation::NewEachTime),
        (Protocol::Tcp(443), Conversation::KeepOpen),
        (Protocol::Tcp(80), Conversation::NewEachTime),
        (Protocol::Icmp, Conversation::NewEachTime),
    ];
    let ids = clients.map(|(protocol, conversation)| sim.add_client(ask(protocol, conversation)).unwrap());
    sim.advance(Duration::from_secs(9), &mut |_| {});
    let seen = ids.map(|id| sim.client(id).unwrap().statistics);
    assert_eq!(seen.map(|seen| (seen.answered, seen.lost)), [(5, 0), (5, 0), (0, 5), (0, 5)]);
    assert!(sim.network().eni(endpoint).is_some());
}

// rules: P43 P41
#[test]
fn behind_a_mount_target_a_file_system_waits_for_nfs_under_its_groups() {
    let port = "DENIED PROTOCOL_RESTRICTION";
    for (rule, asked, ending) in [
        ("in tcp 2049 10.0.1.0/24", "tcp 10.0.1.10:50000 > 10.0.2.60:2049", "DELIVERED"),
        ("in tcp 2049 10.0.3.0/24", "tcp 10.0.1.10:50000 > 10.0.2.60:2049", "DENIED ENI_SG_RULES_MISMATCH"),
        ("in tcp 443 10.0.1.0/24", "tcp 10.0.1.10:50000 > 10.0.2.60:2049", "DENIED ENI_SG_RULES_MISMATCH"),
        ("in all 0.0.0.0/0", "tcp 10.0.1.10:50000 > 10.0.2.60:443", port),
        ("in all 0.0.0.0/0", "udp 10.0.1.10:50000 > 10.0.2.60:2049", port),
        ("in all 0.0.0.0/0", "ping 10.0.1.10 > 10.0.2.60", port),
    ] {
        let Scene { mut lab, a, .. } = scene();
        let (guard, subnet) = (lab.group(&[rule]), lab.network.subnets().last().unwrap().id);
        let target = lab.service_eni(subnet, "10.0.2.60", &[guard], "efs", "amazon-efs");
        let walk = lab.send(Origin::Instance(a.instance), packet(asked));
        assert_eq!(Lab::ending(&walk), ending, "{rule} {asked}");
        if ending == "DELIVERED" {
            let back = lab.send(Origin::Eni(target), packet("tcp 10.0.2.60:2049 > 10.0.1.10:50000 syn+ack"));
            assert_eq!(Lab::ending(&back), "DELIVERED");
        }
    }
}
