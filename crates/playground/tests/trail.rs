//! What the board tells of an ENI that moves, and the names that people give.

mod support;

use eni_playground::act::{Act, SceneAct};
use eni_playground::view::board::EniState;
use serde_json::json;
use support::{drop_on, eni, instance, open, seconds};

#[test]
fn a_move_leaves_a_trail_until_it_is_done() {
    let mut session = open("");
    assert!(instance(&session, "web-2").trails.is_empty());
    assert!(drop_on(&mut session, "svc", "web-2", 1).result.is_ok());
    assert_eq!(eni(&session, "svc").state, EniState::Detaching);
    let standby = instance(&session, "web-2");
    assert!(standby.slots[1].awaits && !standby.slots[2].awaits);
    assert_eq!(standby.slots[1].note, "svc comes here");
    let [trail] = standby.trails.as_slice() else { panic!("one trail: {:?}", standby.trails) };
    assert_eq!((trail.name.as_str(), &trail.from), ("svc", &instance(&session, "web-1").id));
    assert_eq!(trail.text, "keeps its address, MAC, groups, Elastic IP");
    while eni(&session, "svc").state == EniState::Detaching {
        session.step();
    }
    assert_eq!(eni(&session, "svc").state, EniState::Attaching);
    assert_eq!(instance(&session, "web-2").trails.len(), 1);
    assert!(!instance(&session, "web-2").slots[1].awaits);
    session.advance(seconds(30));
    assert_eq!(eni(&session, "svc").state, EniState::Attached);
    assert!(instance(&session, "web-2").trails.is_empty(), "between two living instances nothing is left to explain");
}

#[test]
fn the_trail_from_an_instance_that_ended_stays_as_long_as_its_ghost() {
    let mut session = open("");
    let web_1 = instance(&session, "web-1").id;
    assert!(session.execute(&Act::ec2("TerminateInstances", json!({ "InstanceIds": [web_1] }))).result.is_ok());
    session.advance(seconds(30));
    let ghost = instance(&session, "web-1");
    assert!(ghost.slots.iter().any(|slot| slot.left.as_deref() == Some(eni(&session, "svc").id.as_str())), "{:?}", ghost.slots);
    assert!(drop_on(&mut session, "svc", "web-2", 1).result.is_ok());
    session.advance(seconds(30));
    assert_eq!(eni(&session, "svc").state, EniState::Attached);
    let trails = instance(&session, "web-2").trails;
    assert_eq!(trails.iter().map(|trail| &trail.from).collect::<Vec<_>>(), [&web_1]);
    assert!(instance(&session, "web-1").slots.iter().all(|slot| slot.left.is_none()));
}

#[test]
fn a_name_given_on_the_board_is_drawn_and_taken_away_again() {
    let mut session = open("");
    let id = instance(&session, "web-1").id;
    let mut call = |name: &str| {
        assert!(session.execute(&Act::Scene(SceneAct::Name { id: id.clone(), name: name.to_owned() })).result.is_ok());
        session.board().vpcs[0].zones[0].subnets[0].instances.iter().find(|card| card.id == id).map(|card| card.name.clone())
    };
    assert_eq!(call("the first one").as_deref(), Some("the first one"));
    assert_eq!(call("").as_deref(), Some("web-1"));
}
