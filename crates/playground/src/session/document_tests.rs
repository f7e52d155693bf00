//! Properties of saving and loading: whatever was done, a document loads into the same network, and the session goes on from it always the same way.

use super::tests::{Player, random_act};
use super::*;
use eni_core::control::transition::settle;
use eni_core::model::network::Network;
use eni_core::rng::Rng;
use eni_core::table::Table;

/// Lets a session go on at random, and writes down all that happens in it.
fn go_on(session: &mut Session, seed: u64) -> Vec<String> {
    let mut events = Vec::new();
    let mut dice = Rng::new(seed);
    for _ in 0..12 {
        let act = random_act(&mut dice, session.world.network());
        let mut seen = |event: &SimEvent| events.push(format!("{event:?}"));
        let reply = act.map(|act| session.world.perform(&act, Language::English, &mut seen).map(|done| done.reply));
        let until = session.world.sim.now() + Duration::from_micros(dice.below(700_000));
        while session.world.run_until(until, &mut |event| events.push(format!("{event:?}"))).is_some() {}
        events.push(format!("{reply:?}"));
    }
    events
}

/// All of a network, but for how many transitions were ever planned: that settles only which of two comes first.
fn told(network: &Network) -> String {
    format!("{network:#?}").lines().filter(|line| !line.trim_start().starts_with("transition_sequence:")).collect::<Vec<_>>().join("\n")
}

#[test]
fn random_acts_saved_and_loaded_go_on_the_same_way() {
    for seed in 0..3 {
        let scene = if seed % 3 == 2 { "fresh-account" } else { "low-budget-ha" };
        let mut player = Player::new(scene, 1_000 + seed);
        player.play(40);
        let document = player.session.document();
        let mut loaded = Session::load(document.as_bytes()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let mut settled = player.session.world.network().clone();
        settle(&mut settled, Instant::from_nanos(u64::MAX));
        assert_eq!(told(loaded.world.network()), told(&settled), "seed {seed}: the same network, with the same counters");
        assert_eq!((loaded.now(), loaded.document()), (player.session.now(), document.clone()), "seed {seed}");

        let mut again = Session::load(document.as_bytes()).unwrap();
        let (first, second) = (go_on(&mut loaded, seed), go_on(&mut again, seed));
        assert!(scene == "fresh-account" || first.len() > 24, "seed {seed}: clients are answered: {first:?}");
        assert_eq!(first, second, "seed {seed}: the same document and acts, the same events");
        assert_eq!(loaded.world, again.world, "seed {seed}");
        assert_eq!(loaded.world.network().check_invariants(), Vec::<String>::new());
    }
}

#[test]
fn a_document_that_was_cut_off_is_refused_at_every_length() {
    let document = Session::open("").unwrap().document();
    assert!(Session::load(document.as_bytes()).is_ok());
    // A step that meets every kind of place: inside of names, numbers, texts, between members.
    for length in (0..document.len()).step_by(7) {
        let Err(told) = Session::load(&document.as_bytes()[..length]) else { panic!("{length} bytes were taken for a document") };
        assert!(told.len() > 10 && told.len() < 400, "{length}: {told}");
    }
}

#[test]
fn a_document_of_a_newer_version_is_refused_whatever_else_is_in_it() {
    for members in ["", r#","state":[1]"#, r#","regions":{},"playground":7"#] {
        let text = format!(r#"{{"format":"eni-playground","version":2{members}}}"#);
        let told = Session::load(text.as_bytes()).unwrap_err();
        assert!(told.contains("newer") && told.contains('2'), "{text}: {told}");
    }
}

#[test]
fn the_title_is_an_act_and_names_the_file() {
    let mut session = Session::open("").unwrap();
    let of_the_scene = session.title();
    let cases = [("My shop: v2/b", "My-shop-v2-b.eni.json"), ("Übung 1", "Übung-1.eni.json"), ("../..", "playground.eni.json")];
    for (title, file) in cases {
        let form = session.form("title:").unwrap();
        assert_eq!(form.fields.first().map(|field| field.value.clone()), Some(session.title()), "the form begins with what it is");
        let typed = Table::from_iter([("name".to_owned(), format!("  {title} "))]);
        let acts = session.form_acts(&form.id, &typed);
        assert_eq!(acts.len(), 1);
        let line = session.journal_line(&acts[0]);
        session.execute(&acts[0]).result.unwrap();
        assert_eq!((session.title().as_str(), session.file_name().as_str()), (title, file));
        assert_eq!(Session::load(session.document().as_bytes()).unwrap().title(), title);
        assert_eq!(Session::recover("", &[line]).unwrap().0.title(), title);
    }
    let long = Table::from_iter([("name".to_owned(), "ß".repeat(500))]);
    session.execute(&session.form_acts("title:", &long)[0]).result.unwrap();
    assert_eq!(Session::load(session.document().as_bytes()).unwrap().title().chars().count(), 128);
    for _ in 0..4 {
        assert!(session.undo_text().is_some_and(|text| text.contains("title")));
        assert!(session.undo());
    }
    assert_eq!(session.title(), of_the_scene);
    assert!(session.redo());
    session.execute(&session.form_acts("title:", &Table::from_iter([("name".to_owned(), " ".to_owned())]))[0]).result.unwrap();
    assert_eq!(session.title(), of_the_scene, "an empty title gives the scene its own back");
}
