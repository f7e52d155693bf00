//! What the terminal leaves is kept: its variables, and how high it is.

use super::*;
use crate::store::{News, Past, Start};
use eni_playground::act::{Act, SceneAct};
use std::cell::RefCell;
use std::rc::Rc;

/// What a loader was told: what to start from, and the entries since.
type Kept = Rc<RefCell<(String, Vec<String>)>>;

fn told_store(reading: bool) -> (Store, Kept) {
    let kept = Kept::default();
    let told = kept.clone();
    let loader = move |news: News<'_>| match news {
        News::Entry(line) => told.borrow_mut().1.push(line.to_owned()),
        News::Checkpoint(start) => *told.borrow_mut() = (start.to_owned(), Vec::new()),
    };
    let start = Start { reads_earlier_visit: reading, ..Start::default() };
    (Store::new(start, Box::new(loader)).unwrap(), kept)
}

/// The session as the loader would bring it back.
fn recovered(kept: &Kept) -> Session {
    let (start, entries) = kept.borrow().clone();
    Session::recover(&start, &entries).unwrap().0
}

/// What a line prints.
fn printed(store: &mut Store, line: &str) -> String {
    store.update(Msg::Type(line.to_owned()));
    assert!(!store.shown().terminal.busy, "{line}");
    store.shown().echo.last().unwrap().printed.iter().map(|piece| piece.text.as_str()).collect()
}

fn saves(store: &mut Store) -> usize {
    store.take_effects().iter().filter(|effect| matches!(effect, Effect::Save)).count()
}

fn of_past(past: Past) -> Store {
    let (mut store, _) = told_store(true);
    store.restore(Some(past));
    store.update(Msg::Refresh);
    store
}

const VPC: &str = "VPC=$(aws ec2 create-vpc --cidr-block 10.9.0.0/16 --query Vpc.VpcId --output text)";

#[test]
fn variables_come_back_after_a_reload_a_crash_and_a_checkpoint() {
    let (mut store, loader) = told_store(false);
    printed(&mut store, VPC);
    store.take_effects();
    printed(&mut store, "NAME=web; export PORT=443");
    assert_eq!(saves(&mut store), 1, "a line that only sets a variable is kept");
    printed(&mut store, "unset PORT");
    let set = printed(&mut store, "echo $VPC $NAME $PORT");
    assert!(set.starts_with("vpc-") && set.ends_with(" web\n"), "{set}");
    assert_eq!(printed(&mut of_past(store.past()), "echo $VPC $NAME $PORT"), set);
    assert_eq!(recovered(&loader).variables(), store.session().variables());
    // A document takes the place of the first acts.
    for at in 0..205 {
        store.update(Msg::Act(Act::Scene(SceneAct::Place { id: "eni-1".to_owned(), x: at, y: 0 })));
    }
    assert!(loader.borrow().1.len() < 20, "the first ones are in a document");
    assert_eq!(recovered(&loader).variables(), store.session().variables());
    assert_eq!(printed(&mut of_past(store.past()), "echo $VPC $NAME $PORT"), set);
}

#[test]
fn variables_belong_to_what_is_open_and_undo_leaves_them() {
    let (mut store, loader) = told_store(false);
    printed(&mut store, VPC);
    store.update(Msg::Undo);
    assert!(printed(&mut store, "echo $VPC").starts_with("vpc-"));
    store.update(Msg::OpenScene("empty".to_owned()));
    assert_eq!(printed(&mut store, "echo $VPC"), "\n");
    store.update(Msg::GoBack);
    assert!(printed(&mut store, "echo $VPC").starts_with("vpc-"));
    assert_eq!(recovered(&loader).variables(), store.session().variables(), "and the loader knows them again");
}

#[test]
fn what_is_too_much_to_come_back_is_said_and_does_not_come_back_stale() {
    let (mut store, loader) = told_store(false);
    assert_eq!(printed(&mut store, "A=old"), "");
    let told = printed(&mut store, &format!("A={}", "x".repeat(130 << 10)));
    assert!(told.contains("more than 128 kB"), "{told}");
    assert_eq!((recovered(&loader).variables().len(), store.session().variables().len()), (0, 1));
    assert_eq!(printed(&mut store, "A=new"), "");
    assert_eq!(recovered(&loader).variables().get("A").map(String::as_str), Some("new"));
}

#[test]
fn a_height_comes_back_and_is_carried_into_what_is_opened_next() {
    let (mut store, loader) = told_store(false);
    store.update(Msg::TerminalHeight(44));
    assert_eq!((saves(&mut store), store.shown().terminal.height), (1, Some(44)));
    store.update(Msg::TerminalHeight(44));
    assert_eq!(saves(&mut store), 0, "nothing is other");
    assert_eq!(of_past(store.past()).shown().terminal.height, Some(44));
    assert_eq!(recovered(&loader).terminal_height(), Some(44));
    store.update(Msg::OpenScene("empty".to_owned()));
    assert_eq!(store.shown().terminal.height, Some(44));
    store.update(Msg::TerminalHeight(60));
    assert_eq!((of_past(store.past()).shown().terminal.height, recovered(&loader).terminal_height()), (Some(60), Some(60)));
    store.update(Msg::GoBack);
    assert_eq!((store.shown().terminal.height, recovered(&loader).terminal_height()), (Some(44), Some(44)), "each has its own");
}

#[test]
fn a_height_alone_never_writes_over_an_earlier_visit() {
    let (mut store, _) = told_store(false);
    printed(&mut store, VPC);
    store.update(Msg::TerminalHeight(20));
    let earlier = store.past();
    // Chosen while it is being read: it comes back, and the newer height stands.
    let (mut store, loader) = told_store(true);
    store.update(Msg::TerminalHeight(55));
    assert_eq!(saves(&mut store), 0);
    store.restore(Some(earlier.clone()));
    store.update(Msg::Refresh);
    assert_eq!((saves(&mut store), store.shown().terminal.height), (1, Some(55)));
    assert!(printed(&mut store, "echo $VPC").starts_with("vpc-"));
    assert_eq!((recovered(&loader).terminal_height(), recovered(&loader).variables().len()), (Some(55), 1));
    // Where there is none it is kept as soon as that is known.
    let (mut store, _) = told_store(true);
    store.update(Msg::TerminalHeight(55));
    store.restore(None);
    assert_eq!(saves(&mut store), 1);
    assert_eq!(of_past(store.past()).shown().terminal.height, Some(55));
    // While it is offered nothing is written; the next work takes the height along.
    let (mut store, _) = told_store(true);
    printed(&mut store, "A=1");
    store.restore(Some(earlier));
    store.take_effects();
    store.update(Msg::TerminalHeight(55));
    assert_eq!((saves(&mut store), store.shown().offers_way_back), (0, true));
    printed(&mut store, "A=2");
    assert_eq!(saves(&mut store), 1);
    assert_eq!(of_past(store.past()).shown().terminal.height, Some(55));
}
