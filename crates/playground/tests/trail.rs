//! What the board tells of an ENI that moves, and the names that people give.

mod support;

use eni_playground::act::{Act, SceneAct};
use eni_playground::session::Session;
use eni_playground::view::board::EniState;
use serde_json::{Value, json};
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

#[test]
fn an_eni_of_another_subnet_than_its_card_says_so_and_so_does_its_subnet() {
    let mut session = open("");
    let subnet_of = |session: &Session, id: &str| {
        let board = session.board();
        let all = board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets);
        all.clone().find(|subnet| subnet.id == id).map(|subnet| (**subnet).clone()).unwrap()
    };
    let (vpc, home) = (session.board().vpcs[0].id.clone(), eni(&session, "svc").subnet.id);
    let zone = subnet_of(&session, &home).zone;
    let mut made = |action: &str, parameters: Value| session.execute(&Act::ec2(action, parameters)).result.unwrap();
    let subnet = made("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": "10.0.77.0/24", "AvailabilityZone": zone }));
    let subnet = subnet["Subnet"]["SubnetId"].as_str().unwrap().to_owned();
    let spare = made("CreateNetworkInterface", json!({ "SubnetId": subnet }));
    let spare = spare["NetworkInterface"]["NetworkInterfaceId"].as_str().unwrap().to_owned();
    assert_eq!((eni(&session, &spare).elsewhere, subnet_of(&session, &subnet).elsewhere), Default::default());
    assert!(drop_on(&mut session, &spare, "web-2", 1).result.is_ok());
    session.advance(seconds(30));
    assert_eq!(eni(&session, &spare).elsewhere, format!("{subnet} 10.0.77.0/24"));
    assert!(eni(&session, &spare).spoken.ends_with(&format!("Of subnet {subnet}, 10.0.77.0/24.")), "{}", eni(&session, &spare).spoken);
    assert_eq!(subnet_of(&session, &subnet).elsewhere, "1 ENI of this subnet is on an instance in another one.");
    assert_eq!((eni(&session, "svc").elsewhere, subnet_of(&session, &home).elsewhere), Default::default());
}
