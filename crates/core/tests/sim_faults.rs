//! Outages in virtual time: a server that hangs, and one whose network cards lose packets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say plainly what must be there")]

mod scenes;

use eni_core::addr::Direction;
use eni_core::control::command::Command;
use eni_core::dataplane::reason::Code;
use eni_core::model::fault::Fault;
use eni_core::model::instance::GuestFlavour;
use eni_core::observe::flow_record::Status;
use eni_core::sim::client::Protocol;
use eni_core::sim::event::SimEvent;
use scenes::{Scene, first_scene, millis, secs};

/// Every lost packet's code until then.
fn lost_until(scene: &mut Scene, at: eni_core::time::Duration) -> Vec<Code> {
    let mut lost = Vec::new();
    scene.run_to(at, &mut |event| {
        if let SimEvent::Lost { code: Some(code), .. } = event {
            lost.push(*code);
        }
    });
    lost
}

#[test]
fn a_server_that_hangs_answers_nobody_until_it_is_mended() {
    // rules: L17
    for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443)] {
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        // Nobody lets a datagram but a ping or the service in.
        let clients = scene.add_both(protocol);
        assert_eq!(lost_until(&mut scene, millis(3_900)), []);
        scene.act(Command::SetFault(scene.web_1, Fault::Hang(true)));
        let lost = lost_until(&mut scene, millis(7_900));
        assert!(lost.len() >= 30 && lost.iter().all(|code| *code == Code::GuestHangs), "{protocol:?} {lost:?}");
        scene.act(Command::SetFault(scene.web_1, Fault::Hang(false)));
        scene.run_quietly_to(secs(12));
        for id in clients {
            let seen = scene.simulator.client(id).unwrap().statistics;
            let outage = seen.last_outage.unwrap();
            assert_eq!(seen.outage_since, None, "{protocol:?}");
            assert!((3_500..5_000).contains(&outage.length().as_millis()), "{protocol:?} {outage:?}");
            assert!((14..=21).contains(&seen.lost), "{protocol:?} {seen:?}");
        }
    }
}

/// The outside client's packet is on its way for 20 ms.
#[test]
fn a_packet_under_way_to_a_server_that_begins_to_hang_is_lost() {
    // rules: L17
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.add_both(Protocol::Icmp);
    scene.run_quietly_to(millis(1_010));
    scene.act(Command::SetFault(scene.web_1, Fault::Hang(true)));
    let mut told = Vec::new();
    scene.run_to(millis(1_100), &mut |event| {
        if let SimEvent::Lost { packet, code, .. } = event {
            told.push((*packet, *code));
        }
    });
    let [(packet, Some(Code::GuestHangs))] = told.as_slice() else { panic!("{told:?}") };
    let record = scene.simulator.packet(*packet).unwrap();
    assert!(record.at.as_millis() <= 1_010, "it was sent before");
    assert_eq!(record.walk.code(), Some(Code::GuestHangs), "and its record tells what became of it");
}

/// What both clients lost in a minute, and which packets.
fn lossy(seed: u64, per_mille: u16, protocol: Protocol) -> (Vec<(u64, u64)>, Vec<u64>) {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.simulator = eni_core::sim::Simulator::new(scene.simulator.network().clone(), seed);
    let clients = scene.add_both(protocol);
    scene.act(Command::SetFault(scene.web_1, Fault::Loss(per_mille)));
    let mut packets = Vec::new();
    scene.run_to(secs(60), &mut |event| {
        match event {
            SimEvent::Lost { packet, code: Some(Code::GuestLosesPackets), .. } => packets.push(packet.0),
            // Of TCP, too: what a server sends again to a client that has given up, its group does not know any more.
            SimEvent::Lost { code, .. } => assert!(protocol != Protocol::Icmp, "{code:?}"),
            _ => {}
        }
    });
    let seen = clients.map(|id| scene.simulator.client(id).unwrap().statistics);
    (seen.map(|seen| (seen.sent, seen.lost)).to_vec(), packets)
}

#[test]
fn a_share_of_the_packets_is_lost_and_not_always_the_same() {
    // rules: L18
    let (pings, first) = lossy(7, 100, Protocol::Icmp);
    for (sent, lost) in &pings {
        // Nearly a tenth on the way in, and of the rest a tenth of the answers.
        assert!(*sent == 301 && (30..=85).contains(lost), "{pings:?}");
    }
    assert_eq!(lossy(7, 100, Protocol::Icmp).1, first, "the same seed, the same packets");
    assert_ne!(lossy(8, 100, Protocol::Icmp).1, first, "another seed, other packets");
    let (streams, packets) = lossy(7, 100, Protocol::Tcp(443));
    assert!(packets.len() > 150, "{}", packets.len());
    for (sent, lost) in streams {
        // Each request needs five packets that all get through within a second, or are sent again within it.
        assert!(sent == 301 && (60..=130).contains(&lost), "{lost}");
    }
    assert_eq!(lossy(7, 1_000, Protocol::Icmp).0, [(301, 300), (301, 300)]);
}

#[test]
fn a_run_in_which_nothing_is_broken_any_more_is_the_same_run() {
    // rules: L18
    let run = |breaks: bool| {
        let mut scene = first_scene(GuestFlavour::PolicyRouting);
        scene.add_both(Protocol::Tcp(443));
        let mut lines = Vec::new();
        if breaks {
            scene.act(Command::SetFault(scene.web_2, Fault::Loss(300)));
        }
        scene.run_to(secs(10), &mut |event| lines.push(event.to_string()));
        lines
    };
    assert_eq!(run(true), run(false), "what web-2 would lose is no matter of those who ask web-1");
}

#[test]
fn who_begins_more_connections_than_the_server_may_track_is_not_answered_and_the_driver_counts() {
    // rules: S45 W5
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let log = scene.flow_log();
    scene.act(log);
    // With nothing let out by a rule, what comes in from everybody is tracked.
    for group in [scene.web_group, scene.ping_group] {
        let rules = scene.simulator.network().group(group).unwrap().rules_of(Direction::Egress).map(|rule| rule.id).collect();
        scene.act(Command::RevokeSecurityGroup { group, direction: Direction::Egress, permissions: Vec::new(), rules });
    }
    let clients = scene.add_both(Protocol::Tcp(443));
    let service = scene.service;
    let counted = |scene: &Scene| {
        let nic = scene.simulator.metrics().nic(service);
        nic.exceeded().find(|(name, _)| *name == "conntrack_allowance_exceeded").unwrap().1
    };
    assert_eq!(lost_until(&mut scene, secs(4)), []);
    assert_eq!((scene.simulator.connections_left(service), counted(&scene)), (None, 0), "nobody says how many there may be");
    let kept = clients.map(|id| scene.simulator.client(id).unwrap().statistics.lost);
    scene.act(Command::SetFault(scene.web_1, Fault::Connections(30)));
    let mut full = 0;
    scene.run_to(secs(20), &mut |event| {
        if let SimEvent::Sent { record } = event {
            full += u64::from(record.walk.code() == Some(Code::ConntrackAllowanceExceeded));
        }
    });
    assert!(full > 100 && scene.simulator.connections_left(service) == Some(0), "{full}");
    assert_eq!(counted(&scene), full);
    // A connection that was closed is forgotten after ten seconds, so some get through.
    let seen = clients.map(|id| scene.simulator.client(id).unwrap().statistics);
    assert!(seen.iter().all(|seen| seen.lost > 20) && seen.iter().any(|seen| seen.answered > 20), "{kept:?} {seen:?}");
    // No rule refused them: flow logs of the server have nothing of it.
    scene.run_quietly_to(secs(90));
    let records: Vec<_> = scene.simulator.flow_logs().records().filter(|record| record.eni == service).collect();
    assert!(records.len() > 10 && records.iter().all(|record| !matches!(&record.status, Status::Ok(flow) if !flow.key.accepted)));
    scene.act(Command::SetFault(scene.web_1, Fault::Connections(0)));
    let before = counted(&scene);
    scene.run_quietly_to(secs(100));
    assert_eq!(lost_until(&mut scene, secs(110)), []);
    assert_eq!((scene.simulator.connections_left(service), counted(&scene)), (None, before));
}
