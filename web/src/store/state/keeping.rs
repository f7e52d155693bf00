//! Keeping the work on the device: what is not kept yet is called so, and an earlier visit is never written over before somebody could choose it.

use super::Store;
use super::opening::Previous;
use crate::store::start::{Effect, News, Past};
use crate::store::{Msg, Saved};
use crate::words::{Key, in_language, say};
use eni_playground::session::Session;

/// While time runs it is kept this often how far it came, in real milliseconds.
const TIME_EVERY_MS: f64 = 2_000.0;

/// How far the keeping has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Keeping {
    /// Counts what was done: what was kept of an earlier count is not all.
    changes: u64,
    /// Whether an earlier visit is still being read: until then nothing is written.
    reading: bool,
    /// Whether an earlier visit was found too late and is offered: it is written over only when work goes on here.
    offered: bool,
    /// Whether the terminal was made another height, and no entry says so yet.
    height_due: bool,
    /// The frame at which it was last kept how far time came, in real milliseconds.
    time_at: f64,
}

impl Keeping {
    /// At the start; `reading` if an earlier visit is to be read first.
    pub fn new(reading: bool) -> Keeping {
        Keeping { reading, ..Keeping::default() }
    }

    /// Whether the terminal's height is still to be written down; from now on it is not.
    pub(in crate::store) fn take_height(&mut self) -> bool {
        std::mem::take(&mut self.height_due)
    }
}

impl Store {
    /// Counts what was done.
    pub fn changes(&self) -> u64 {
        self.keeping.changes
    }

    /// What is needed to come back to this moment later.
    pub fn past(&self) -> Past {
        let checkpoint = self.checkpoint.clone().or_else(|| self.session.beginning());
        Past { checkpoint, entries: self.entries.clone(), left_at: self.session.now() }
    }

    /// Something was done that has to be kept.
    pub(in crate::store) fn keep(&mut self) {
        self.keeping.changes += 1;
        self.keeping.offered = false;
        if self.shown.saved == Saved::OnDevice {
            self.shown.saved = Saved::NotYet;
        }
        self.write();
    }

    /// Only time has passed, or the page is about to go: how far time came is kept, and with it what was done, if that is not.
    pub(in crate::store) fn keep_time(&mut self) {
        let kept_here = !matches!(self.shown.saved, Saved::Off | Saved::Elsewhere);
        let something = self.session.now() > 0 || !self.entries.is_empty() || self.checkpoint.is_some();
        if something && kept_here && !self.keeping.offered && !self.keeping.reading {
            self.push(Effect::SaveTime);
        }
    }

    /// A frame while time runs: now and then it is kept how far it came.
    pub(in crate::store) fn keep_time_at(&mut self, at: f64) {
        if at - self.keeping.time_at >= TIME_EVERY_MS {
            self.keeping.time_at = at;
            self.keep_time();
        }
    }

    /// The terminal was made another height. That alone is no work: an earlier visit that is not read, or is offered, is not written over for it.
    pub(in crate::store) fn choose_height(&mut self, share: u32) {
        if self.session.terminal_height() == Some(share) {
            return;
        }
        self.session.set_terminal_height(share);
        self.keeping.height_due = true;
        self.keep_height();
    }

    /// Keeps the height with the work, if that may be written and the height has changed.
    fn keep_height(&mut self) {
        let may = self.keeping.height_due && !self.keeping.reading && !self.keeping.offered;
        if let (true, Some(entry)) = (may, self.session.journal_height()) {
            self.keeping.height_due = false;
            self.note(entry);
            self.keep();
        }
    }

    fn write(&mut self) {
        if !self.keeping.reading {
            self.push(Effect::Save);
        }
    }

    /// The message about an earlier visit was taken off: work goes on here.
    pub(in crate::store) fn offer_declined(&mut self) {
        if self.keeping.offered {
            self.keeping.offered = false;
            self.keep_height();
            self.keep();
        }
    }

    /// What came of saving the state of that count.
    pub(in crate::store) fn kept(&mut self, saved: Saved, changes: u64) {
        if saved == Saved::Refused && self.shown.saved != Saved::Refused {
            self.shown.notice = Some(say(Key::SavedNot));
        }
        if saved == Saved::Elsewhere && self.shown.saved != Saved::Elsewhere {
            self.offer_keeping();
        } else if saved == Saved::OnDevice && self.shown.offers_keeping {
            self.update_page(Msg::DismissNotice);
        }
        let shown = &mut self.shown;
        shown.saved = if saved == Saved::OnDevice && changes != self.keeping.changes { Saved::NotYet } else { saved };
    }

    /// Says that another tab keeps its work here, and offers to keep this one's instead.
    pub(in crate::store) fn offer_keeping(&mut self) {
        self.update_page(Msg::Notice(say(Key::SavedElsewhere)));
        self.shown.offers_keeping = true;
    }

    /// This tab's work is kept over what another has kept since.
    pub(in crate::store) fn keep_here(&mut self) {
        self.push(Effect::SaveHere);
    }

    /// An earlier visit was read, or there is none. It comes back at once; if something was done here meanwhile, it is offered.
    pub fn restore(&mut self, past: Option<Past>) {
        self.keeping.reading = false;
        let past = past.filter(Past::is_something);
        if !self.touched {
            let chosen = self.session.terminal_height().filter(|_| self.keeping.height_due);
            if past.is_some_and(|past| self.bring_back(past)) {
                self.shown.saved = Saved::OnDevice;
                self.tell_past();
            }
            // What was chosen while it was read stands.
            if let Some(share) = chosen {
                self.session.set_terminal_height(share);
            }
            self.keep_height();
            return;
        }
        match past {
            Some(past) => self.offer(past),
            None => {
                self.keep_height();
                self.write();
            }
        }
    }

    /// The loader starts again from here, too, should the engine stop.
    fn tell_past(&mut self) {
        let Past { checkpoint, entries, .. } = self.past();
        if let Some(checkpoint) = checkpoint {
            self.tell(News::Checkpoint(&checkpoint));
            entries.iter().for_each(|entry| self.tell(News::Entry(entry)));
            self.told = true;
        }
    }

    fn offer(&mut self, past: Past) {
        match self.recovered(&past) {
            Ok(session) => {
                self.previous = Some(Box::new(Previous::new(session, self.scene.clone(), past)));
                self.keeping.offered = true;
                self.update_page(Msg::Notice(say(Key::EarlierVisit)));
                self.shown.offers_way_back = true;
            }
            Err(_) => self.write(),
        }
    }

    /// The session where something was left.
    fn recovered(&self, past: &Past) -> Result<Session, String> {
        let start = past.checkpoint.as_deref().unwrap_or(&self.scene);
        let mut journal = past.entries.clone();
        journal.extend((past.left_at > 0).then(|| serde_json::json!({ "at": past.left_at }).to_string()));
        Session::recover(start, &journal).map(|(session, _)| in_language(session))
    }

    /// Goes on where something was left; says so if that cannot be.
    pub(in crate::store) fn bring_back(&mut self, past: Past) -> bool {
        let recovered = self.recovered(&past);
        let came_back = recovered.is_ok();
        match recovered {
            Ok(session) => {
                self.session = session;
                self.forget_lines();
                self.checkpoint = past.checkpoint;
                self.entries = past.entries;
            }
            Err(reason) => self.shown.notice = Some(say(Key::NotOpened { reason: &reason })),
        }
        came_back
    }
}

impl Past {
    /// Whether anything was done.
    fn is_something(&self) -> bool {
        !self.entries.is_empty() || self.checkpoint.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Start;
    use eni_playground::act::{Act, SceneAct, WorldAct};
    use serde_json::json;
    use std::cell::RefCell;
    use std::rc::Rc;

    fn store(reading: bool) -> Store {
        Store::new(Start { reads_earlier_visit: reading, ..Start::default() }, Box::new(|_: News<'_>| {})).unwrap()
    }

    fn allocate(store: &mut Store) {
        store.update(Msg::Act(Act::ec2("AllocateAddress", json!({ "Domain": "vpc" }))));
    }

    fn saves(store: &mut Store) -> usize {
        store.take_effects().iter().filter(|effect| matches!(effect, Effect::Save | Effect::SaveTime | Effect::SaveHere)).count()
    }

    fn earlier() -> Past {
        let mut store = store(false);
        allocate(&mut store);
        allocate(&mut store);
        store.past()
    }

    fn addresses(store: &Store) -> usize {
        store.session().document().matches("AllocationId").count()
    }

    #[test]
    fn what_is_not_kept_yet_is_not_called_kept() {
        let mut store = store(false);
        allocate(&mut store);
        assert_eq!((saves(&mut store), store.shown().saved), (1, Saved::NotYet));
        let first = store.changes();
        allocate(&mut store);
        store.update(Msg::Saved(Saved::OnDevice, first));
        assert_eq!(store.shown().saved, Saved::NotYet, "the second act is not kept yet");
        store.update(Msg::Saved(Saved::OnDevice, store.changes()));
        assert_eq!(store.shown().saved, Saved::OnDevice);
        for step in [Msg::Undo, Msg::Redo] {
            store.update(step);
            assert_eq!(store.shown().saved, Saved::NotYet);
            store.update(Msg::Saved(Saved::OnDevice, store.changes()));
        }
    }

    #[test]
    fn while_time_runs_it_is_kept_how_far_it_came_and_the_run_comes_back() {
        let mut store = store(false);
        store.update(Msg::Play);
        let run = |store: &mut Store, seconds: std::ops::Range<u32>| {
            (seconds.start * 10..seconds.end * 10).for_each(|frame| {
                store.update(Msg::Frame(f64::from(frame) * 100.0));
            });
            store.take_effects().iter().filter(|effect| **effect == Effect::SaveTime).count()
        };
        assert_eq!(run(&mut store, 0..10), 4, "also where nothing was done");
        let mut fresh = self::store(true);
        fresh.restore(Some(store.past()));
        assert_eq!((fresh.session().now(), fresh.shown().saved), (store.session().now(), Saved::OnDevice));
        allocate(&mut store);
        let noted = store.past();
        assert_eq!(run(&mut store, 10..30), 10, "every two seconds");
        let mut again = self::store(true);
        again.restore(Some(Past { left_at: store.past().left_at, ..noted.clone() }));
        again.update(Msg::Refresh);
        assert!(again.session().now() > noted.left_at + 9_000_000, "{}", again.session().now());
        assert_eq!((again.session().now(), again.shown().saved), (store.session().now(), Saved::OnDevice));
        assert_eq!(again.session().board().clients, store.session().board().clients, "with all counts");
    }

    #[test]
    fn nothing_is_written_before_an_earlier_visit_is_read() {
        let mut store = store(true);
        store.update(Msg::Act(Act::World(WorldAct::Wait { milliseconds: 5_000 })));
        allocate(&mut store);
        store.update(Msg::Play);
        (0..100).for_each(|frame| {
            store.update(Msg::Frame(f64::from(frame) * 100.0));
        });
        store.update(Msg::Pause);
        store.update(Msg::Leaving);
        assert_eq!(saves(&mut store), 0, "neither an act nor time is written");
        store.restore(None);
        assert_eq!(saves(&mut store), 1, "and then all of it is");

        let mut store = self::store(true);
        store.update(Msg::Pause);
        store.update(Msg::Leaving);
        assert_eq!(saves(&mut store), 0);
        let fresh = addresses(&store);
        store.restore(Some(earlier()));
        assert_eq!((addresses(&store), store.shown().saved, saves(&mut store)), (fresh + 2, Saved::OnDevice, 0));
        store.update(Msg::Pause);
        assert_eq!(saves(&mut store), 1, "how far time came is kept with it");
    }

    #[test]
    fn an_earlier_visit_that_comes_late_is_offered_and_stays_until_work_goes_on() {
        let mut store = store(true);
        let fresh = addresses(&store);
        allocate(&mut store);
        store.restore(Some(earlier()));
        store.update(Msg::Pause);
        assert_eq!((saves(&mut store), store.shown().saved), (0, Saved::NotYet));
        assert!(store.shown().offers_way_back);
        store.update(Msg::GoBack);
        assert_eq!((addresses(&store), saves(&mut store)), (fresh + 2, 1));
        store.update(Msg::GoBack);
        assert_eq!(addresses(&store), fresh + 1, "and what was done here is not lost either");
    }

    #[test]
    fn where_another_tab_has_kept_its_work_nothing_is_written_until_somebody_chooses() {
        let mut store = store(false);
        allocate(&mut store);
        saves(&mut store);
        store.update(Msg::Saved(Saved::Elsewhere, store.changes()));
        assert_eq!((store.shown().saved, store.shown().offers_keeping), (Saved::Elsewhere, true));
        store.update(Msg::Pause);
        assert_eq!(saves(&mut store), 0);
        allocate(&mut store);
        assert_eq!(store.shown().saved, Saved::Elsewhere, "nothing here says that it is kept");
        saves(&mut store);
        store.update(Msg::KeepHere);
        assert_eq!(store.take_effects(), [Effect::SaveHere]);
        store.update(Msg::Saved(Saved::OnDevice, store.changes()));
        assert_eq!((store.shown().saved, store.shown().offers_keeping, &store.shown().notice), (Saved::OnDevice, false, &None));
    }

    #[test]
    fn an_offer_that_is_declined_lets_work_be_kept() {
        let mut store = store(true);
        allocate(&mut store);
        store.restore(Some(earlier()));
        store.update(Msg::DismissNotice);
        assert_eq!(saves(&mut store), 1);
    }

    #[test]
    fn without_an_earlier_visit_what_was_done_meanwhile_is_kept() {
        for (acts, expected) in [(0, 0), (1, 1)] {
            let mut store = store(true);
            (0..acts).for_each(|_| allocate(&mut store));
            assert_eq!(saves(&mut store), 0);
            store.restore(None);
            assert_eq!(saves(&mut store), expected);
        }
    }

    #[test]
    fn what_the_loader_was_told_always_leads_to_the_same_world() {
        let kept = Kept::default();
        let told = kept.clone();
        let loader = move |news: News<'_>| {
            let mut told = told.borrow_mut();
            match news {
                News::Entry(line) => told.1.push(line.to_owned()),
                News::Checkpoint(document) => *told = (document.to_owned(), Vec::new()),
            }
        };
        let mut store = Store::new(Start::default(), Box::new(loader)).unwrap();
        for act in 0..205 {
            store.update(Msg::Act(Act::Scene(SceneAct::Place { id: "eni-1".to_owned(), x: act, y: 0 })));
            let (checkpoint, entries) = kept.borrow().clone();
            if act > 198 {
                let recovered = Session::recover(&checkpoint, &entries).unwrap().0;
                assert_eq!(recovered.document(), store.session().document(), "after act {act}");
            }
        }
        assert!(kept.borrow().0.starts_with('{') && kept.borrow().1.len() < 10, "a document has the first ones");
    }

    /// What a loader was told: what to start from, and the entries since.
    type Kept = Rc<RefCell<(String, Vec<String>)>>;

    /// A store with this seed, and what its loader was told.
    fn told_store(seed: u64) -> (Store, Kept) {
        let kept = Kept::default();
        let told = kept.clone();
        let loader = move |news: News<'_>| match news {
            News::Entry(line) => told.borrow_mut().1.push(line.to_owned()),
            News::Checkpoint(start) => *told.borrow_mut() = (start.to_owned(), Vec::new()),
        };
        let start = Start { seed, reads_earlier_visit: true, ..Start::default() };
        (Store::new(start, Box::new(loader)).unwrap(), kept)
    }

    #[test]
    fn a_run_comes_back_with_the_seed_it_began_with() {
        let (mut store, loader) = told_store(4_711);
        store.restore(None);
        assert_eq!(loader.borrow().0, "", "nothing is told of a page on which nothing was done");
        allocate(&mut store);
        assert_eq!((loader.borrow().0.as_str(), loader.borrow().1.len()), ("low-budget-ha:4711", 1));
        let (mut later, told) = told_store(12);
        later.restore(Some(store.past()));
        assert_eq!((later.session().seed(), later.session().document()), (4_711, store.session().document()), "on the device");
        let (start, entries) = told.borrow().clone();
        assert_eq!(Session::recover(&start, &entries).unwrap().0.document(), store.session().document(), "and in the loader");
        later.update(Msg::Reset);
        assert_eq!(later.session().seed(), 4_711, "from its beginning: the same run");
        assert_eq!(told.borrow().0, "low-budget-ha:4711");
    }
}
