//! Properties of the session: refused means unchanged, undo and redo return exactly, a journal leads to the same world.

use super::*;
use crate::act::SceneAct;
use eni_core::model::network::Network;
use eni_core::rng::Rng;
use serde_json::{Value, json};

use crate::support::random;

/// What the test knows of an act: the world before and after it, where it saw them.
type Seen = Option<(World, World)>;

/// An act that may fit; nothing where there is nothing to do it to.
pub(super) fn random_act(rng: &mut Rng, network: &Network) -> Option<Act> {
    if rng.below(5) > 0 {
        return Act::of_command(&random::random_command(rng, network));
    }
    let eni = network.enis().nth(usize::try_from(rng.below(8)).unwrap())?.id.to_string();
    let instance = network.instances().nth(usize::try_from(rng.below(4)).unwrap())?.id.to_string();
    let index = u16::try_from(rng.below(3)).unwrap();
    Some(Act::Scene(SceneAct::Move { eni, instance, card: 0, index }))
}

pub(super) struct Player {
    pub(super) session: Session,
    rng: Rng,
    journal: Vec<String>,
    done: Vec<Seen>,
    undone: Vec<Seen>,
}

impl Player {
    pub(super) fn new(scene: &str, seed: u64) -> Player {
        let session = Session::open(scene).unwrap();
        Player { session, rng: Rng::new(seed), journal: Vec::new(), done: Vec::new(), undone: Vec::new() }
    }

    fn act(&mut self, act: &Act) {
        let before = self.session.world.clone();
        let document = self.session.document();
        self.journal.push(self.session.journal_line(act));
        match self.session.execute(act).result {
            Ok(_) => {
                assert_eq!(self.session.world.network().check_invariants(), Vec::<String>::new(), "{act:?}");
                if self.session.history.done().len() > self.done.len() {
                    self.done.push(Some((before, self.session.world.clone())));
                    self.undone.clear();
                    self.catch_up();
                }
            }
            Err(refusal) => {
                assert_eq!(self.session.document(), document, "{act:?}: {refusal:?}");
                assert_eq!(self.session.world, before, "{act:?}: {refusal:?}");
            }
        }
    }

    /// Second halves of moves come by themselves.
    fn catch_up(&mut self) {
        while self.session.history.done().len() > self.done.len() {
            self.done.push(None);
            self.undone.clear();
        }
    }

    fn undo(&mut self) {
        self.journal.push(self.session.journal_undo());
        assert_eq!(self.session.undo(), !self.done.is_empty());
        if let Some(seen) = self.done.pop() {
            if let Some((before, _)) = &seen {
                assert_eq!(self.session.world, *before, "undo returns exactly");
            }
            self.undone.push(seen);
        }
    }

    fn redo(&mut self) {
        self.journal.push(self.session.journal_redo());
        assert_eq!(self.session.redo(), !self.undone.is_empty());
        if let Some(seen) = self.undone.pop() {
            if let Some((_, after)) = &seen {
                assert_eq!(self.session.world, *after, "redo returns exactly");
            }
            self.done.push(seen);
        }
        // A second half that came at the same moment comes along.
        while self.session.history.done().len() > self.done.len() {
            self.done.push(self.undone.pop().unwrap());
        }
    }

    pub(super) fn play(&mut self, steps: usize) {
        for _ in 0..steps {
            match self.rng.below(10) {
                0 => self.undo(),
                1 => self.redo(),
                2 | 3 => {
                    let span = self.rng.below(3_000_000);
                    self.session.advance(span);
                    self.catch_up();
                }
                4 => {
                    self.session.step();
                    self.catch_up();
                }
                _ => {
                    if let Some(act) = random_act(&mut self.rng, self.session.world.network()) {
                        self.act(&act);
                    }
                }
            }
        }
        self.journal.push(self.session.journal_time());
    }
}

#[test]
fn random_acts_undo_redo_and_recovery_agree() {
    for seed in (0..9).chain([109]) {
        let scene = if seed % 3 == 2 { "fresh-account" } else { "low-budget-ha" };
        let mut player = Player::new(scene, seed);
        player.play(60);
        let (recovered, left_out) = Session::recover(scene, &player.journal).unwrap();
        assert_eq!(left_out, 0);
        assert_eq!(recovered.world, player.session.world, "seed {seed}: a journal leads to the same world");
        assert_eq!(recovered.undo_text(), player.session.undo_text());
        while !player.done.is_empty() {
            player.undo();
        }
        while !player.undone.is_empty() {
            player.redo();
        }
        let document = player.session.document();
        let loaded = Session::load(document.as_bytes()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(loaded.document(), document, "a document is what it loads to");
    }
}

#[test]
fn a_move_off_a_stopped_instance_is_whole_before_time_passes() {
    let mut session = Session::open("").unwrap();
    let instances: Vec<String> = session.world.network().instances().map(|instance| instance.id.to_string()).collect();
    let svc = session.world.network().enis().find(|eni| eni.tags.get("Name").is_some_and(|name| name == "svc")).unwrap().id;
    let place = |session: &Session| session.world.network().eni(svc)?.attachment.as_ref().map(|a| a.instance.to_string());
    let mut journal = Vec::new();
    let mut act = |session: &mut Session, act: &Act| {
        journal.push(session.journal_line(act));
        session.execute(act).result.unwrap();
    };
    act(&mut session, &Act::ec2("StopInstances", json!({ "InstanceIds": [instances[0]] })));
    session.advance(60_000_000);
    let before = session.undo_text();
    act(&mut session, &Act::Scene(SceneAct::Move { eni: svc.to_string(), instance: instances[1].clone(), card: 0, index: 1 }));
    assert_eq!(place(&session).as_ref(), Some(&instances[1]), "it is attached at the moment when it is off");
    let moved = session.world.clone();

    // The halves are undone one by one, and redone together; a half that was undone for another act stays undone.
    assert!(session.undo());
    assert_eq!(place(&session), None);
    assert!(session.undo());
    assert_eq!((place(&session).as_ref(), session.undo_text()), (Some(&instances[0]), before));
    assert!(session.redo());
    assert_eq!((&session.world, session.redo_text()), (&moved, None));
    act(&mut session, &Act::ec2("AllocateAddress", json!({ "Domain": "vpc" })));
    assert_eq!(Session::recover("", &journal).unwrap().0.world, session.world, "a journal leads to the same world");
    (0..2).for_each(|_| assert!(session.undo()));
    session.execute(&Act::ec2("AllocateAddress", json!({ "Domain": "vpc" })));
    let other = session.world.clone();
    (0..2).for_each(|_| assert!(session.undo()));
    (0..2).for_each(|_| assert!(session.redo()));
    assert_eq!((&session.world, place(&session)), (&other, None));
}

#[test]
fn frames_do_not_matter() {
    let acts = |session: &mut Session| {
        let board = session.board();
        let web_1 = board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets).flat_map(|subnet| &subnet.instances).next();
        let id = web_1.unwrap().id.clone();
        session.execute(&Act::ec2("StopInstances", json!({ "InstanceIds": [id] })));
    };
    let (mut coarse, mut fine) = (Session::open("").unwrap(), Session::open("").unwrap());
    coarse.advance(2_000_000);
    (0..125).for_each(|_| fine.advance(16_000));
    acts(&mut coarse);
    acts(&mut fine);
    coarse.advance(4_000_000);
    (0..250).for_each(|_| fine.advance(16_000));
    assert_eq!(coarse.world, fine.world);
}

#[test]
fn lines_that_cannot_be_read_are_left_out() {
    let lines = ["nonsense", "{}", r#"{"at":1000,"act":{"kind":"moon"}}"#, r#"{"at":5000}"#].map(str::to_owned);
    let (session, left_out) = Session::recover("", &lines).unwrap();
    assert_eq!((session.now(), left_out), (5_000, 3));
    assert!(Session::recover("{\"format\":1}", &[]).is_err());
    assert!(Session::recover("moon", &[]).is_err());
}

#[test]
fn a_panic_costs_only_the_last_act() {
    let mut session = Session::open("").unwrap();
    let document = session.document();
    session.advance(1_000_000);
    let wait = Act::World(WorldAct::Wait { milliseconds: 2_500 });
    let lines = vec![session.journal_line(&wait)];
    session.execute(&wait);
    let (from_scene, _) = Session::recover("", &lines).unwrap();
    assert_eq!(from_scene.world, session.world);
    let (from_document, _) = Session::recover(&document, &lines).unwrap();
    assert_eq!((from_document.now(), from_document.board().vpcs), (session.now(), session.board().vpcs));
}

#[test]
fn the_boxes_that_are_kept_are_those_that_would_be_made() {
    for seed in 0..4 {
        let mut player = Player::new("", seed);
        for _ in 0..40 {
            if player.rng.below(3) == 0 {
                player.session.advance(700_000);
            } else if player.rng.below(6) == 0 {
                player.session.undo();
            } else if let Some(act) = random_act(&mut player.rng, player.session.world.network()) {
                player.session.execute(&act);
            }
            let kept = player.session.board();
            player.session.boxes.replace(None);
            assert_eq!(kept, player.session.board(), "seed {seed}");
        }
    }
}

#[test]
fn a_seed_makes_a_run_and_the_same_one_makes_it_again() {
    let run = |seed| {
        let mut session = Session::open_seeded("", seed).unwrap();
        session.advance(1_300_000);
        assert!(session.execute(&Act::ec2("AllocateAddress", serde_json::json!({}))).result.is_ok());
        session.advance(700_000);
        session
    };
    let (one, again, other) = (run(4_711), run(4_711), run(4_712));
    assert_eq!(one.world, again.world);
    assert_ne!(one.world.sim, other.world.sim, "ports and sequence numbers are drawn");
    assert_eq!(one.beginning().as_deref(), Some("low-budget-ha:4711"));
    // A journal leads back to the same run by its beginning, and not without the seed.
    let act = serde_json::json!({ "at": 1_300_000, "act": Act::ec2("AllocateAddress", serde_json::json!({})).to_json() });
    let journal = [act.to_string(), one.journal_time()];
    let back = |start: &str| Session::recover(start, &journal).unwrap().0;
    assert_eq!(back(&one.beginning().unwrap()).world, one.world);
    assert_ne!(back("low-budget-ha").world, one.world);
    assert!(Session::recover("nowhere:1", &[]).is_err() && Session::recover("low-budget-ha:x", &[]).is_err());
}

/// A change of something of the first scene, done; what undo says of it.
fn undo_of(action: &str, member: &str, value: Value) -> String {
    let mut session = Session::open("low-budget-ha").unwrap();
    let svc = session.world.network().enis().find(|eni| eni.tags.get("Name").is_some_and(|name| name == "svc")).unwrap().clone();
    let mut parameters = match action {
        "ModifyInstanceAttribute" => json!({"InstanceId": svc.attachment.as_ref().unwrap().instance.to_string()}),
        _ => json!({"NetworkInterfaceId": svc.id.to_string()}),
    };
    if let Some(object) = parameters.as_object_mut() {
        object.insert(member.to_owned(), value);
    }
    session.execute(&Act::ec2(action, parameters)).result.unwrap();
    session.undo_text().unwrap()
}

#[test]
fn a_change_is_called_after_what_changed() {
    const ENI: &str = "ModifyNetworkInterfaceAttribute";
    let group = Session::open("low-budget-ha").unwrap().world.network().groups().next().unwrap().id.to_string();
    for (action, member, value, text) in [
        (ENI, "Groups", json!([group]), "Undo: give svc other groups"),
        (ENI, "SourceDestCheck", json!({"Value": false}), "Undo: turn the source/destination check of svc off"),
        (ENI, "SourceDestCheck", json!({"Value": true}), "Undo: turn the source/destination check of svc on"),
        (ENI, "Description", json!({"Value": "x"}), "Undo: change svc"),
        ("ModifyInstanceAttribute", "DisableApiStop", json!({"Value": true}), "Undo: change web-1"),
    ] {
        assert_eq!(undo_of(action, member, value), text);
    }
}
