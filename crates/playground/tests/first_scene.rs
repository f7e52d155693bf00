//! The first scene, as a learner plays it: who is answered when, after which act.

mod support;

use eni_playground::act::{Act, SceneAct};
use eni_playground::session::{Again, Session};
use eni_playground::view::board::EniState;
use serde_json::json;
use support::{act_for, ask, client, drop_on, eni, instance, open, seconds, target};

#[test]
fn at_the_start_everything_runs_and_both_clients_are_answered() {
    let mut session = open("");
    let board = session.board();
    assert_eq!(session.now(), 0);
    assert_eq!(board.vpcs.len(), 1);
    let vpc = &board.vpcs[0];
    assert_eq!((vpc.name.as_str(), vpc.cidr.as_str(), vpc.region.as_str()), ("shop", "10.0.0.0/16", "us-east-1"));
    assert_eq!(vpc.gateway.as_ref().unwrap().name, "igw-main");
    let mut shape = Vec::new();
    for subnet in vpc.zones.iter().flat_map(|zone| &zone.subnets) {
        let names: Vec<&str> = subnet.instances.iter().map(|instance| instance.name.as_str()).collect();
        shape.push(format!("{} {} {} {}", subnet.zone, subnet.name, if subnet.public { "public" } else { "private" }, names.join(" ")));
    }
    assert_eq!(shape, ["us-east-1a public-a public web-1 web-2", "us-east-1b public-b public web-3", "us-east-1b private-b private ops-1"]);
    let svc = eni(&session, "svc");
    assert_eq!(svc.addresses[0].ip, "10.0.1.20");
    assert_eq!(svc.addresses[0].public_ip.as_deref(), Some("203.0.113.25"));
    assert_eq!(svc.groups.iter().map(|badge| (badge.letter.as_str(), badge.hue)).collect::<Vec<_>>(), [("W", 0), ("B", 1)]);
    assert_eq!(instance(&session, "web-1").slots.iter().map(|slot| slot.locked).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(board.tray.enis.iter().map(|eni| eni.name.as_str()).collect::<Vec<_>>(), ["spare"]);
    assert_eq!(
        board.tray.elastic_ips.iter().map(|ip| (ip.ip.as_str(), ip.free)).collect::<Vec<_>>(),
        [("203.0.113.44", true), ("203.0.113.25", false)]
    );
    let groups: Vec<_> = board.tray.groups.iter().map(|g| (g.badge.name.as_str(), g.badge.hue, g.use_text.as_str())).collect();
    assert_eq!(groups, [("web", 0, "1 ENI"), ("base", 1, "4 ENIs"), ("ops", 2, "1 ENI"), ("default", 3, "1 ENI")]);

    session.advance(seconds(4));
    for name in ["client", "ops-1"] {
        let client = client(&session, name);
        assert!(client.answered >= 19 && client.lost == 0, "{client:?}");
        assert_eq!(client.headline, "answered without a gap");
        assert!(client.recent.iter().all(|ok| *ok));
    }
}

#[test]
fn the_service_dies_with_its_instance_and_comes_back_after_the_drag() {
    let mut session = open("");
    session.advance(seconds(4));
    let web_1 = instance(&session, "web-1").id;
    let outcome = session.execute(&Act::ec2("TerminateInstances", json!({ "InstanceIds": [web_1] })));
    assert!(outcome.result.is_ok(), "{outcome:?}");
    session.advance(seconds(3));
    for name in ["client", "ops-1"] {
        let client = client(&session, name);
        assert!(client.lost >= 10, "{client:?}");
        assert!(client.headline.ends_with("s without an answer"), "{}", client.headline);
        assert!((2_500..3_300).contains(&client.outage_ms), "{}", client.outage_ms);
    }
    let ghost = instance(&session, "web-1");
    assert!(ghost.gone && !ghost.running);
    let notes: Vec<&str> = ghost.slots.iter().map(|slot| slot.note.as_str()).collect();
    assert_eq!(notes, ["primary ENI deleted with web-1", "svc set free"]);

    drop_on(&mut session, "svc", "web-2", 1).result.unwrap();
    assert_eq!(eni(&session, "svc").state, EniState::Attaching);
    assert_eq!(eni(&session, "svc").state_text, "attaching, 2.0 s left");
    session.advance(seconds(1));
    assert_eq!((eni(&session, "svc").progress, eni(&session, "svc").state_text.as_str()), (500, "attaching, 1.0 s left"));
    assert!(client(&session, "client").outage_ms > 3_000);
    session.advance(seconds(3));
    for name in ["client", "ops-1"] {
        let client = client(&session, name);
        assert_eq!(client.outage_ms, 0);
        let (length, end) = client.last_outage.unwrap();
        assert!((4_800..5_600).contains(&length) && (8_900..9_600).contains(&end), "{length} {end}");
        assert!(client.headline.contains("s outage, over at"), "{}", client.headline);
        assert_eq!(client.recent.last(), Some(&true));
    }
    let notes: Vec<String> = instance(&session, "web-1").slots.iter().map(|slot| slot.note.clone()).collect();
    assert_eq!(notes[1], "svc left for web-2");
    let svc = eni(&session, "svc");
    assert_eq!((svc.addresses[0].public_ip.as_deref(), svc.groups.len()), (Some("203.0.113.25"), 2), "a move keeps address and groups");
    let said = session.take_announcements();
    assert!(said.iter().any(|text| text == "svc is attached to web-2 at index 1."), "{said:?}");
    assert!(said.iter().any(|text| text.starts_with("svc answers again after")), "{said:?}");
}

// rules: E18 E20 E23
#[test]
fn another_zone_and_index_0_refuse_before_the_drop_and_at_it() {
    let mut session = open("");
    session.advance(seconds(1));
    let before = session.document();
    for (place, code, headline) in [
        (("svc", "web-3", 1), "InvalidParameterCombination", "Another Availability Zone"),
        (("svc", "web-2", 0), "InvalidParameterValue", "Index already taken"),
        (("web-2-main", "web-1", 2), "OperationNotPermitted", "Index 0 stays with its instance"),
    ] {
        let (thing, to, index) = place;
        let target = target(&session, thing, to, index);
        let refusal = target.refusal.clone().unwrap();
        assert_eq!((refusal.code.as_str(), refusal.headline.as_str()), (code, headline), "{place:?}");
        assert_eq!(target.text, headline);
        assert!(!refusal.message.is_empty() && !refusal.rule.is_empty());
        let outcome = session.execute(&target.act.unwrap());
        assert_eq!(outcome.result.unwrap_err().code, code);
        assert!(!session.echo().last().unwrap().accepted);
    }
    assert_eq!(target(&session, "svc", "web-3", 1).refusal.unwrap().remedy, "web-2 takes it");
    assert_eq!(target(&session, "svc", "web-2", 0).refusal.unwrap().remedy, "index 1 is free", "who takes it is here already");
    assert_eq!(session.document(), before, "a refused act changes nothing");
    assert_eq!(session.undo_text(), None);
}

// rules: E18 E34
#[test]
fn a_move_between_living_instances_shows_both_halves_and_each_can_be_undone() {
    let mut session = open("");
    session.advance(seconds(2));
    let act = target(&session, "svc", "web-2", 1).act.unwrap();
    assert!(matches!(act, Act::Scene(SceneAct::Move { .. })));
    let outcome = session.execute(&act);
    assert!(outcome.echo.starts_with("aws ec2 detach-network-interface"), "{}", outcome.echo);
    assert_eq!(session.undo_text().as_deref(), Some("Undo: move svc to web-2"));
    assert_eq!(eni(&session, "svc").state, EniState::Detaching);
    session.advance(seconds(3));
    assert_eq!(eni(&session, "svc").state, EniState::Attaching);
    assert!(session.echo().last().unwrap().line.starts_with("aws ec2 attach-network-interface"));
    session.advance(seconds(3));
    assert_eq!(eni(&session, "svc").state, EniState::Attached);
    assert_eq!(client(&session, "client").outage_ms, 0);

    assert_eq!(session.undo_text().as_deref(), Some("Undo: attach svc to web-2"));
    assert!(session.undo());
    assert_eq!((session.now(), eni(&session, "svc").state), (seconds(5), EniState::Available));
    session.advance(seconds(4));
    assert_eq!(eni(&session, "svc").state, EniState::Available, "what was undone does not come by itself");
    assert!(session.undo());
    assert_eq!((session.now(), eni(&session, "svc").state), (seconds(2), EniState::Attached));
    assert_eq!(session.redo_text().as_deref(), Some("Redo: move svc to web-2"));
    assert!(session.redo() && session.redo());
    assert_eq!((session.now(), eni(&session, "svc").state), (seconds(5), EniState::Attaching));
}

#[test]
fn every_scene_opens_and_the_plain_image_loses_the_outside_client() {
    for scene in open("").scenes() {
        let mut session = Session::open(scene.id).unwrap_or_else(|error| panic!("{}: {error}", scene.id));
        assert_eq!(session.scene().as_ref(), Some(&scene));
        session.advance(seconds(2));
    }
    assert!(Session::open("nowhere").unwrap_err().contains("nowhere"));
    let mut session = open("two-doors");
    session.advance(seconds(3));
    assert_eq!(client(&session, "client").answered, 0);
    let lane = session.timeline(12_000, None).lanes.into_iter().find(|lane| lane.name == "client → svc").unwrap();
    let lost = lane.ticks.iter().find(|tick| tick.answered == Some(false)).unwrap();
    let why = session.why(lost.packet).unwrap();
    assert_eq!(why.code.as_deref(), Some("ENI_SOURCE_DEST_CHECK_RESTRICTION"), "{why:#?}");
}

#[test]
fn flags_and_lanes_tell_the_story() {
    let mut session = open("");
    session.advance(seconds(2));
    session.execute(&act_for(&session, "terminate", "web-1"));
    session.advance(seconds(2));
    drop_on(&mut session, "svc", "web-2", 1).result.unwrap();
    let timeline = session.timeline(12_000, None);
    assert_eq!((timeline.now_ms, timeline.from_ms, timeline.to_ms), (4_000, 0, 12_000));
    let flags: Vec<_> = timeline.flags.iter().map(|flag| (flag.at_ms, flag.text.as_str(), flag.due)).collect();
    assert_eq!(flags, [(2_000, "terminate web-1", false), (4_000, "attach svc to web-2", false), (6_000, "svc attached", true)]);
    assert_eq!(timeline.lanes.iter().map(|lane| lane.name.as_str()).collect::<Vec<_>>(), ["client → svc", "ops-1 → svc"]);
    assert_eq!(timeline.lanes[0].outages.len(), 1);
}

#[test]
fn packets_fly_over_the_places_that_they_pass() {
    let mut session = open("");
    session.advance(seconds(1));
    let flights = session.take_flights();
    assert!(flights.len() > 10 && flights.len() <= 200);
    let svc = eni(&session, "svc").id;
    let web_1 = instance(&session, "web-1").id;
    let first = flights.iter().find(|flight| flight.path[0] == "client:1").unwrap();
    let kinds: Vec<&str> = first.path.iter().map(|anchor| anchor.split(':').next().unwrap()).collect();
    assert_eq!(kinds, ["client", "igw", "router", "subnet", "eni", "instance"], "{first:?}");
    assert_eq!(first.at_ms, 0, "the first question flies too");
    assert_eq!(first.path[4..], [format!("eni:{svc}"), format!("instance:{web_1}")]);
    assert!(flights.iter().any(|flight| flight.reply && flight.path.last().is_some_and(|anchor| anchor == "client:1")));
    assert!(session.take_flights().is_empty());
}

// rules: R34
#[test]
fn the_internet_asks_who_has_no_public_address_and_is_told_why_and_what_helps() {
    let mut session = open("");
    let why = ask(&mut session, "internet", "web-2", 443);
    assert_eq!(why.code.as_deref(), Some("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"), "{why:#?}");
    let remedy = why.remedies.first().unwrap();
    assert!(remedy.echo.contains("aws ec2 associate-address"), "{remedy:#?}");
    for act in &remedy.acts {
        session.execute(act).result.unwrap();
    }
    let Again::Once(act) = session.again(why.packet) else { panic!("nobody keeps asking this") };
    let packet = session.execute(&act).result.unwrap()["Packet"].as_u64().unwrap();
    session.advance(seconds(1));
    assert!(session.why(packet).unwrap().delivered, "asked for again it is asked by the address that it has now");

    // Who keeps asking loses a packet each time, and each can be asked about.
    let mut session = open("");
    let asking =
        json!({"kind": "scene", "act": "add-client", "from": "internet", "to": "web-2", "protocol": "tcp", "port": 443, "everyMs": 1000});
    session.execute(&Act::from_json(&asking).unwrap()).result.unwrap();
    session.advance(seconds(4));
    let timeline = session.timeline(12_000, None);
    let lane = timeline.lanes.last().unwrap();
    let lost: Vec<u64> = lane.ticks.iter().filter(|tick| tick.answered == Some(false)).map(|tick| tick.packet).collect();
    assert!(lost.len() > 1 && lost.windows(2).all(|two| two[0] < two[1]), "{lost:?}");
    assert!(lost.iter().all(|packet| session.why(*packet).is_some_and(|why| why.code.is_some())));
    assert!(lane.name.contains("web-2"), "{}", lane.name);
}
