//! Conversations over a network that changes: tracking, retransmission, resets, and what is kept of it all.

mod scenes;

use eni_core::addr::{Direction, PortRange, Traffic};
use eni_core::control::command::Command;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::id::{EniId, ResourceId};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::sim::client::*;
use eni_core::sim::event::SimEvent;
use eni_core::sim::key::{PacketId, Purpose};
use eni_core::sim::record::{LOST_KEPT, PACKETS_KEPT};
use eni_core::time::{Duration, Instant};
use scenes::{OUTSIDE, Scene, first_scene, millis, secs};

fn scene() -> Scene {
    first_scene(GuestFlavour::PolicyRouting)
}

fn probe(from: Source, to: Target, protocol: Protocol) -> ProbeSpec {
    ProbeSpec { from, to, protocol, timeout: secs(1) }
}

/// Plays until nothing is left to happen and returns the words of the events, without the time.
fn words_of(scene: &mut Scene) -> Vec<String> {
    let mut words = Vec::new();
    while scene.simulator.step(&mut |event| words.push(event.to_string())) {
        assert!(words.len() < 1_000, "it ends");
    }
    words.iter().map(|line| line.split_whitespace().nth(1).unwrap_or_default().to_owned()).collect()
}

#[test]
fn one_question_of_each_protocol() {
    let echo = "sent arrived sent arrived answered";
    // SYN, SYN-ACK, ACK, question, answer, acknowledgement, FIN, FIN, ACK.
    let stream =
        "sent arrived sent arrived connected sent sent arrived arrived sent arrived answered sent arrived sent arrived sent arrived";
    for (protocol, transcript) in [(Protocol::Icmp, echo), (Protocol::Udp(53), echo), (Protocol::Tcp(443), stream)] {
        let mut scene = scene();
        let id = scene.simulator.send_once(probe(Scene::outside(), Target::PublicOf(scene.service), protocol)).unwrap();
        assert_eq!(scene.simulator.walk(id), None, "it is sent in the next step");
        assert_eq!(words_of(&mut scene).join(" "), transcript, "{protocol:?}");
        assert!(scene.simulator.walk(id).unwrap().disposition.got_through());
        assert_eq!(scene.simulator.load().1, 0, "{protocol:?}: no socket is left over");
    }
}

#[test]
fn a_closed_tcp_port_resets_and_of_a_closed_udp_port_its_system_tells() {
    let mut scene = scene();
    // Let the groups allow what no service waits for.
    let group = scene.web_group;
    let all = eni_core::control::command::Permission::new(
        Traffic::All,
        eni_core::model::security_group::Peer::Ipv4("0.0.0.0/0".parse().unwrap()),
    );
    scene.act(Command::AuthorizeSecurityGroup { group, direction: Direction::Ingress, permissions: vec![all] });
    for (protocol, transcript) in [(Protocol::Tcp(80), "sent arrived sent arrived reset"), (Protocol::Udp(5_000), "sent lost sent arrived")]
    {
        let id = scene.simulator.send_once(probe(Scene::outside(), Target::PublicOf(scene.service), protocol)).unwrap();
        assert_eq!(words_of(&mut scene).join(" "), transcript, "{protocol:?}");
        assert_eq!(scene.simulator.walk(id).unwrap().code(), Some(Code::GuestNoListener));
    }
}

#[test]
fn a_filtered_tcp_port_is_silent_and_the_syn_is_sent_again() {
    let mut scene = scene();
    let spec = ProbeSpec { timeout: secs(8), ..probe(Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(80)) };
    let first = scene.simulator.send_once(spec).unwrap();
    let mut sent = Vec::new();
    scene.simulator.advance(secs(20), &mut |event| {
        if let SimEvent::Sent { record } = event {
            sent.push((record.at.as_millis(), record.again, record.walk.code()));
        }
    });
    let code = Some(Code::EniSgRulesMismatch);
    assert_eq!(sent, [(0, false, code), (1_000, true, code), (3_000, true, code), (7_000, true, code)]);
    assert_eq!(scene.simulator.walk(first).unwrap().code(), code);
    assert_eq!(scene.simulator.next_event_at(), None, "the question ended with its time-out");
}

/// The same connection, three fates of its ENI.
#[test]
fn a_kept_connection_survives_an_absence_but_not_another_server() {
    // rules: S46 E34
    let mut scene = scene();
    let id = scene.add("kept", Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    scene.run_quietly_to(millis(1_100));
    assert_eq!(scene.simulator.load().1, 2, "one connection, two ends");
    assert!(scene.simulator.tracking().flows(scene.service).next().is_some());

    scene.detach();
    assert_eq!(scene.simulator.tracking().flows(scene.service).count(), 0, "what the ENI knew is forgotten at once");
    scene.run_quietly_to(millis(4_100));
    assert!(scene.simulator.client(id).unwrap().statistics.lost > 5);
    scene.attach(scene.web_1);
    let mut events = Vec::new();
    scene.run_to(secs(9), &mut |event| events.push(event.to_string()));
    let again = events.iter().find(|event| event.contains("sent again")).expect("the client sends again");
    assert!(again.contains(" client-1/7 "), "the first request that went without an answer: {again}");
    assert!(!events.iter().any(|event| event.contains(" connected ")), "on the old connection");
    assert!(!events.iter().any(|event| event.contains(" reset ")));
    let seen = scene.simulator.client(id).unwrap().statistics;
    assert_eq!(seen.outage_since, None, "it caught up");
    // Patience doubled to 1, 2 and 4 s, so TCP noticed the return late: at 8.2 s, though the ENI was there at 6.1 s.
    assert!(seen.last_outage.unwrap().to.as_millis() > 8_000, "{:?}", seen.last_outage);

    scene.detach();
    scene.run_quietly_to(secs(12));
    scene.attach(scene.web_2);
    let mut events = Vec::new();
    scene.run_to(secs(20), &mut |event| events.push(event.to_string()));
    let reset = events.iter().position(|event| event.contains(" reset ")).expect("the other server knows nothing of the connection");
    let connected = events.iter().position(|event| event.contains(" connected ")).expect("the client opens another");
    assert!(reset < connected);
    assert_eq!(scene.simulator.client(id).unwrap().statistics.outage_since, None);
}

#[test]
fn an_eni_that_leaves_in_mid_flight_loses_what_is_under_way() {
    // rules: E34
    let mut scene = scene();
    let id = scene.simulator.send_once(probe(Scene::outside(), Target::PublicOf(scene.service), Protocol::Icmp)).unwrap();
    scene.run_quietly_to(millis(10));
    assert!(scene.simulator.walk(id).unwrap().disposition.got_through(), "nothing was in its way when it was sent");
    scene.detach();
    let mut lost = None;
    scene.run_to(millis(30), &mut |event| {
        if let SimEvent::Lost { packet, code, .. } = event {
            lost = Some((*packet, *code));
        }
    });
    assert_eq!(lost, Some((id, Some(Code::BadStateAttachment))));
    assert_eq!(scene.simulator.walk(id).unwrap().code(), Some(Code::BadStateAttachment), "its record tells, too");
}

#[test]
fn a_stopped_instance_gets_nothing_and_its_sockets_are_gone() {
    // rules: L3
    let mut scene = scene();
    let id = scene.add("kept", scene.inside(), Target::PrivateOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    scene.run_quietly_to(millis(500));
    scene.act(Command::StopInstances(vec![scene.web_1]));
    assert_eq!(scene.simulator.load().1, 1, "only the client's end is left");
    scene.run_quietly_to(millis(3_500));
    assert_eq!(
        scene.simulator.network().eni(scene.service).unwrap().attachment.as_ref().unwrap().instance,
        scene.web_1,
        "it stays attached"
    );
    let lost = scene.simulator.client(id).unwrap().statistics.lost;
    assert!(lost > 5, "{lost}");
    scene.act(Command::StartInstances(vec![scene.web_1]));
    scene.run_quietly_to(secs(12));
    assert_eq!(scene.simulator.client(id).unwrap().statistics.outage_since, None, "after the start the client connects again");
}

#[test]
fn a_removed_rule_stops_new_connections_and_spares_tracked_ones() {
    // rules: S38
    let mut scene = scene();
    // A rule for this host alone, so that the flow is tracked (S36).
    let group = scene.web_group;
    let network = scene.simulator.network();
    let open: Vec<_> = network.group(group).unwrap().rules_of(Direction::Ingress).map(|rule| rule.id).collect();
    scene.act(Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions: Vec::new(), rules: open });
    let only = eni_core::control::command::Permission::new(
        Traffic::Tcp(PortRange::single(443)),
        eni_core::model::security_group::Peer::Ipv4(format!("{OUTSIDE}/32").parse().unwrap()),
    );
    scene.act(Command::AuthorizeSecurityGroup { group, direction: Direction::Ingress, permissions: vec![only.clone()] });
    let kept = scene.add("kept", Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    let anew = scene.add("anew", Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443), Conversation::NewEachTime);
    scene.run_quietly_to(millis(1_100));
    scene.act(Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions: vec![only], rules: Vec::new() });
    scene.run_quietly_to(secs(5));
    let lost = |id| scene.simulator.client(id).unwrap().statistics.lost;
    assert_eq!(lost(kept), 0);
    assert!(lost(anew) > 10);
}

#[test]
fn the_guest_chooses_its_source_and_the_way_takes_its_time() {
    // rules: G8
    let mut scene = scene();
    // (who, to whom, round trip in microseconds)
    let cases = [
        (Scene::outside(), Target::PublicOf(scene.service), 40_000),
        (scene.inside(), Target::PrivateOf(scene.service), 1_200),
        (Source::Instance { instance: scene.web_2, address: None }, Target::PrivateOf(scene.service), 200),
    ];
    for (from, to, micros) in cases {
        let id = scene.simulator.send_once(probe(from, to, Protocol::Icmp)).unwrap();
        let mut answered = None;
        scene.simulator.advance(secs(1), &mut |event| {
            if let SimEvent::Answered { round_trip, .. } = event {
                answered = Some(*round_trip);
            }
        });
        assert_eq!(answered, Some(Duration::from_micros(micros)));
        let record = scene.simulator.packet(id).unwrap();
        assert!(!record.packet.source.is_unspecified());
        assert_eq!(record.purpose, Purpose::Question);
    }
}

// rules: R34
#[test]
fn who_is_asked_without_a_public_address_is_asked_by_the_private_one_and_the_packet_is_lost_outside() {
    let mut scene = scene();
    let eth0 = scene.simulator.network().instance(scene.web_2).unwrap().primary_eni().unwrap();
    let id = scene.simulator.send_once(probe(Scene::outside(), Target::PublicOf(eth0), Protocol::Icmp)).unwrap();
    assert_eq!(words_of(&mut scene), ["sent", "lost"]);
    let record = scene.simulator.packet(id).unwrap();
    let traced = trace(scene.simulator.network(), &TraceRequest::new(End::Internet, End::Eni(eth0))).unwrap();
    assert_eq!(record.walk.code(), Some(Code::IgwPrivateIpAssociationForIngress));
    assert_eq!((record.walk.code(), record.packet.destination), (traced.forward.code(), traced.packet.destination), "as a trace says it");
}

#[test]
fn a_target_that_is_gone_is_told() {
    let mut scene = scene();
    scene.simulator.send_once(probe(Scene::outside(), Target::PublicOf(EniId::from_number(99)), Protocol::Icmp)).unwrap();
    assert_eq!(words_of(&mut scene), ["no-address"]);
}

#[test]
fn clients_pause_resume_and_go() {
    let mut scene = scene();
    let [outside, inside] = scene.add_both(Protocol::Icmp);
    scene.run_quietly_to(millis(1_050));
    assert!(scene.simulator.pause(outside));
    scene.run_quietly_to(secs(3));
    let sent = |scene: &Scene, id| scene.simulator.client(id).map(|client| client.statistics.sent);
    assert_eq!((sent(&scene, outside), sent(&scene, inside)), (Some(6), Some(16)));
    assert!(scene.simulator.resume(outside) && scene.simulator.resume(outside), "twice is once");
    scene.run_quietly_to(millis(3_300));
    assert_eq!(sent(&scene, outside), Some(8));
    assert!(scene.simulator.remove(outside) && !scene.simulator.remove(outside));
    assert!(scene.simulator.remove(inside));
    scene.run_quietly_to(secs(9));
    assert_eq!(scene.simulator.next_event_at(), None, "nobody asks any more");
}

#[test]
fn what_is_out_of_bounds_is_refused() {
    let mut scene = scene();
    let good = probe(Scene::outside(), Target::PublicOf(scene.service), Protocol::Icmp);
    let spec = |interval, timeout| ClientSpec {
        name: "x".into(),
        probe: ProbeSpec { timeout, ..good },
        interval,
        conversation: Conversation::NewEachTime,
    };
    for (interval, timeout) in [(Duration::ZERO, secs(1)), (secs(1), Duration::ZERO), (secs(3_601), secs(1)), (secs(1), secs(3_601))] {
        assert_eq!(scene.simulator.add_client(spec(interval, timeout)), Err(ClientRefused::Timing));
    }
    for _ in 0..MAX_CLIENTS {
        scene.simulator.add_client(spec(secs(1), secs(1))).unwrap();
    }
    assert_eq!(scene.simulator.add_client(spec(secs(1), secs(1))), Err(ClientRefused::TooMany));
}

/// An hour of a dozen clients, half of them without answers, leaves a bounded amount behind.
#[test]
fn memory_has_a_limit() {
    let mut scene = scene();
    for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443), Protocol::Tcp(80), Protocol::Udp(5_000)] {
        scene.add_both(protocol);
    }
    scene.add("kept", scene.inside(), Target::PrivateOf(scene.service), Protocol::Tcp(443), Conversation::KeepOpen);
    scene.run_quietly_to(secs(120));
    scene.act(Command::StopInstances(vec![scene.web_1]));
    scene.run_quietly_to(secs(240));
    let (planned, sockets) = scene.simulator.load();
    assert!(planned < 500 && sockets < 500, "{planned} planned, {sockets} sockets");
    // The last of all, and the lost ones before them: half of the clients have had none but lost packets for two minutes.
    assert_eq!(scene.simulator.packets().count(), PACKETS_KEPT + LOST_KEPT);
    let lost = scene.simulator.packets().take(LOST_KEPT).filter(|record| !record.walk.disposition.got_through()).count();
    assert_eq!(lost, LOST_KEPT);
    let newest = scene.simulator.packets().next_back().unwrap().id;
    assert!(scene.simulator.walk(newest).is_some());
    assert!(scene.simulator.walk(PacketId(1)).is_none(), "the first packets are forgotten");
    for client in scene.simulator.clients() {
        assert!(client.statistics.outcomes.len() <= OUTCOMES_KEPT && client.pending <= MAX_PENDING);
    }
}

/// A clone goes its own way from the same moment and comes to the same end.
#[test]
fn a_clone_plays_on_as_the_original_does() {
    let mut scene = scene();
    scene.add_both(Protocol::Tcp(443));
    scene.run_quietly_to(millis(1_234));
    let mut copy = scene.simulator.clone();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    scene.simulator.advance(secs(2), &mut |event| first.push(event.to_string()));
    // In small pieces, as a page advances: the pieces change nothing.
    while copy.now() < scene.simulator.now() {
        copy.advance(millis(2), &mut |event| second.push(event.to_string()));
    }
    assert_eq!(first, second);
    assert_eq!(copy, scene.simulator);
}

#[test]
fn another_seed_draws_other_numbers_but_tells_the_same_story() {
    let network = scene().simulator.network().clone();
    let service = scene().service;
    let play = |seed| {
        let mut simulator = eni_core::sim::Simulator::new(network.clone(), seed);
        simulator.send_once(probe(Scene::outside(), Target::PublicOf(service), Protocol::Tcp(443))).unwrap();
        let mut lines: Vec<(Instant, String)> = Vec::new();
        simulator.advance(secs(1), &mut |event| lines.push((event.at(), event.to_string())));
        lines
    };
    let (one, two) = (play(1), play(2));
    assert_ne!(one, two);
    assert!(one.iter().map(|line| line.0).eq(two.iter().map(|line| line.0)));
}

/// Nobody, oneself, services of the host, other families, the edges of blocks: every question ends, and nothing is left over.
#[test]
fn odd_targets_end_as_well() {
    let mut scene = scene();
    let own = scene.simulator.network().eni(scene.simulator.network().instance(scene.client).unwrap().primary_eni().unwrap()).unwrap();
    let own = own.primary_ip().unwrap();
    let addresses = [
        own.to_string(),
        format!("{OUTSIDE}"),
        scene.public.to_string(),
        "10.0.2.1".into(),
        "10.0.0.2".into(),
        "10.0.1.0".into(),
        "10.0.1.255".into(),
        "10.0.200.1".into(),
        "10.1.0.1".into(),
        "169.254.169.254".into(),
        "0.0.0.0".into(),
        "255.255.255.255".into(),
        "127.0.0.1".into(),
        "224.0.0.1".into(),
        "2001:db8::1".into(),
        "::".into(),
    ];
    let elsewhere = Source::Instance { instance: scene.web_1, address: Some("10.9.9.9".parse().unwrap()) };
    for address in addresses {
        let to = Target::Address(address.parse().unwrap());
        for from in [scene.inside(), Scene::outside(), Source::Internet { address: scene.public }, elsewhere] {
            for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443)] {
                scene.simulator.send_once(probe(from, to, protocol)).unwrap();
                let words = words_of(&mut scene);
                assert!((2..40).contains(&words.len()), "{from:?} {address} {protocol:?}: {words:?}");
                scene.simulator.advance(secs(1_200), &mut |_| {});
                assert_eq!(scene.simulator.load(), (0, 0), "{from:?} {address} {protocol:?}");
            }
        }
    }
}

#[test]
fn a_connection_in_use_is_kept_and_one_whose_client_is_gone_is_forgotten() {
    let mut scene = scene();
    let probe = probe(Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443));
    let spec = ClientSpec { name: "slow".to_owned(), probe, interval: secs(60), conversation: Conversation::KeepOpen };
    let id = scene.simulator.add_client(spec).unwrap();
    let mut connected = 0;
    scene.run_to(secs(1_530), &mut |event| connected += u32::from(matches!(event, SimEvent::Connected { .. })));
    let seen = scene.simulator.client(id).unwrap().statistics.clone();
    assert_eq!((connected, seen.lost, scene.simulator.load().1), (1, 0, 2), "one connection, two ends");
    scene.simulator.remove(id);
    scene.run_quietly_to(secs(2_099));
    assert_eq!(scene.simulator.load().1, 1, "the answering end knows nothing of it");
    scene.run_quietly_to(secs(2_101));
    assert_eq!(scene.simulator.load().1, 0, "ten minutes after the last segment, at 1500 s");
}

#[test]
fn a_client_has_so_many_requests_under_way_and_no_more() {
    let mut scene = scene();
    scene.detach();
    let probe = ProbeSpec { timeout: secs(3_600), ..probe(Scene::outside(), Target::PublicOf(scene.service), Protocol::Tcp(443)) };
    let spec = ClientSpec { name: "many".to_owned(), probe, interval: millis(10), conversation: Conversation::NewEachTime };
    let id = scene.simulator.add_client(spec).unwrap();
    scene.run_quietly_to(secs(10));
    let view = scene.simulator.client(id).unwrap();
    assert_eq!((view.pending, view.statistics.sent), (MAX_PENDING, MAX_PENDING as u64));
}

// rules: N9 N11
#[test]
fn answers_need_the_ports_of_linux_out_of_an_acl() {
    for (range, at_least, all, traced) in
        [((32_768, 60_999), 150, true, true), ((1_024, 65_535), 150, true, true), ((49_152, 65_535), 50, false, false)]
    {
        let mut scene = scene();
        let acl = scene.simulator.network().vpc(scene.vpc).unwrap().default_acl;
        let traffic = |from, to| Traffic::Tcp(PortRange::new(from, to).unwrap());
        let entry = |traffic, action| AclEntry { traffic, cidr: "10.0.2.0/24".parse().unwrap(), action };
        let entries = [(10, entry(traffic(range.0, range.1), AclAction::Allow)), (20, entry(Traffic::All, AclAction::Deny))];
        for (number, entry) in entries {
            scene.act(Command::SetNetworkAclEntry { acl, direction: Direction::Egress, number, entry, replace: false });
        }
        let to = Target::Address(scene.service_address());
        let id = scene.add("linux", scene.inside(), to, Protocol::Tcp(443), Conversation::NewEachTime);
        scene.run_quietly_to(secs(40));
        let seen = scene.simulator.client(id).unwrap().statistics;
        assert!(seen.answered >= at_least && (seen.lost == 0) == all, "{range:?}: {seen:?}");
        let request = TraceRequest::new(End::Instance(scene.client), End::Address(scene.service_address()));
        assert_eq!(trace(scene.simulator.network(), &request).unwrap().got_through(), traced, "{range:?}");
    }
}
