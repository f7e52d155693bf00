//! The first scene: a service ENI moves from a dead server to its standby, and the traffic follows.

mod scenes;

use eni_core::control::command::Command;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::verdict::Place;
use eni_core::model::instance::GuestFlavour;
use eni_core::sim::client::Protocol;
use eni_core::sim::event::SimEvent;
use scenes::{attach_command, first_scene, millis, secs};

/// The server dies at 4.2 s; at 5.3 s its ENI is free and is attached to the standby, which takes two seconds.
#[test]
fn service_comes_back_on_the_standby_with_every_address() {
    // rules: E34 E39 E4 A26 L5 L9
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let clients = scene.add_both(Protocol::Icmp);
    scene.run_quietly_to(millis(4_200));
    for id in clients {
        let seen = scene.simulator.client(id).unwrap().statistics;
        assert_eq!((seen.answered, seen.lost, seen.outage_since), (21, 0, None), "all is well before");
    }
    scene.act(Command::TerminateInstances(vec![scene.web_1]));
    scene.run_quietly_to(millis(5_300));
    for id in clients {
        let seen = scene.simulator.client(id).unwrap().statistics;
        let since = seen.outage_since.unwrap();
        assert!(since.as_millis() <= 4_400, "the outage is seen at once: {since}");
    }
    scene.attach(scene.web_2);
    scene.run_quietly_to(secs(12));
    for id in clients {
        let view = scene.simulator.client(id).unwrap();
        let seen = view.statistics;
        let outage = seen.last_outage.unwrap();
        assert_eq!(seen.outage_since, None);
        assert!((2_800..3_300).contains(&outage.length().as_millis()), "{:?}", outage);
        assert!(outage.to.as_millis() >= 7_300, "not before the ENI is attached: {:?}", outage);
        assert_eq!(seen.sent, seen.answered + seen.lost + view.pending as u64);
        assert!((14..=16).contains(&seen.lost), "{seen:?}");
    }
    let network = scene.simulator.network();
    assert_eq!(network.mapping_of_public_ip(scene.public).map(|(eni, _)| eni.id), Some(scene.service), "the Elastic IP stayed on its ENI");
    assert_eq!(network.check_invariants(), Vec::<String>::new());
}

/// Both clients ask over TCP, too, and every lost request is told by a walk that says where and why.
#[test]
fn every_lost_packet_tells_where_and_why() {
    // rules: E39
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.add_both(Protocol::Tcp(443));
    scene.run_quietly_to(secs(2));
    scene.act(Command::TerminateInstances(vec![scene.web_1]));
    let mut lost = Vec::new();
    scene.run_to(secs(3), &mut |event| {
        if let SimEvent::Lost { packet, step, code, .. } = event {
            lost.push((*packet, *step, *code));
        }
    });
    assert!(lost.len() >= 8, "{lost:?}");
    for (packet, step, code) in lost {
        let walk = scene.simulator.walk(packet).unwrap();
        let last = walk.steps.last().unwrap();
        assert_eq!(step, Some(walk.steps.len() - 1));
        assert_eq!((code, last.code), (last.code, code));
        assert!(matches!(code, Some(Code::BadState | Code::BadStateAttachment)), "{code:?}");
        assert_eq!(last.place, Place::Eni(scene.service), "it got as far as the ENI");
    }
}

/// The seeds' warning: an image without policy routing answers the outside client by eth0, where the answer has a foreign source.
#[test]
fn on_the_plain_image_the_outside_client_gets_no_answer() {
    // rules: G2 G3 G5 G6 E40 E44
    for (flavour, outside_answered) in [(GuestFlavour::PolicyRouting, true), (GuestFlavour::Plain, false)] {
        let mut scene = first_scene(flavour);
        let [outside, inside] = scene.add_both(Protocol::Icmp);
        let mut lost = Vec::new();
        scene.run_to(secs(1), &mut |event| {
            if let SimEvent::Lost { packet, cause, .. } = event {
                lost.push((*packet, cause.client));
            }
        });
        let answered = |id| scene.simulator.client(id).unwrap().statistics.answered > 0;
        assert_eq!(answered(outside), outside_answered, "{flavour:?}");
        // The inside client is in another subnet, so its answers leave by the default route, too.
        assert_eq!(answered(inside), outside_answered, "{flavour:?}");
        assert_eq!(lost.is_empty(), outside_answered);
        let eth0 = scene.simulator.network().instance(scene.web_1).unwrap().primary_eni().unwrap();
        for (packet, _) in lost {
            let blocker = *scene.simulator.walk(packet).unwrap().blocker().unwrap();
            assert_eq!(blocker.code, Some(Code::EniSourceDestCheckRestriction));
            assert_eq!((blocker.place, blocker.check), (Place::Eni(eth0), Check::SourceDestCheckOut));
        }
    }
}

/// On the plain image a neighbour in the service's own subnet does not get answers either: both ENIs are in that subnet and eth0 wins.
#[test]
fn on_the_plain_image_neighbours_get_no_answer_from_a_second_eni_of_the_same_subnet() {
    // rules: G4 E32
    let mut scene = first_scene(GuestFlavour::Plain);
    let from = eni_core::sim::client::Source::Instance { instance: scene.web_2, address: None };
    let to = eni_core::sim::client::Target::PrivateOf(scene.service);
    let id = scene.add("neighbour", from, to, Protocol::Icmp, eni_core::sim::client::Conversation::NewEachTime);
    scene.run_quietly_to(secs(1));
    assert_eq!(scene.simulator.client(id).unwrap().statistics.answered, 0);
}

/// The two refusals that the learner meets, asked for without doing them.
#[test]
fn the_other_zone_and_index_zero_refuse_and_nothing_changes() {
    // rules: E20 E22
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    scene.add_both(Protocol::Icmp);
    scene.act(Command::TerminateInstances(vec![scene.web_1]));
    scene.run_quietly_to(millis(1_500));
    let before = scene.simulator.clone();
    let other_zone = attach_command(scene.service, scene.web_3);
    let index_zero = Command::AttachNetworkInterface { eni: scene.service, instance: scene.web_2, device_index: 0, network_card: 0 };
    for command in [other_zone, index_zero] {
        assert!(scene.simulator.dry_run(&command).is_err());
        assert!(scene.simulator.execute(&command).is_err());
        assert_eq!(scene.simulator, before, "a refused act leaves everything as it was");
    }
    let allowed = attach_command(scene.service, scene.web_2);
    assert_eq!(scene.simulator.dry_run(&allowed), Ok(()));
    assert_eq!(scene.simulator, before, "a dry run, too");
}
