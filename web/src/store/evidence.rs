//! The panel of evidence: whether it is open, what is looked at, and when that is made anew.

use super::{Msg, Pane, Store};
use eni_playground::view::evidence::{EvidenceOf, EvidenceView};
use eni_playground::view::why::{CheckState, CheckView};
use std::rc::Rc;

/// Its lines are made anew at most this often while time runs, in real milliseconds: nobody reads faster.
const EVERY_MS: f64 = 250.0;

/// What is shown of it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct EvidenceShown {
    /// Whether it is open, where it does not stand behind a tab.
    pub open: bool,
    /// Whether it was opened by hand: then the focus goes into it.
    pub by_hand: bool,
    /// What is looked at.
    pub of: EvidenceOf,
    /// Its lines.
    pub view: Rc<EvidenceView>,
}

/// Of what state the lines are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceMade {
    version: u64,
    of: EvidenceOf,
    at: f64,
}

impl Store {
    /// Opens the panel, or folds it. There is room for it or the terminal.
    pub(super) fn open_evidence(&mut self, open: bool) {
        let shown = &mut self.shown;
        (shown.evidence.open, shown.evidence.by_hand) = (open, open);
        shown.lie_otherwise();
        if open {
            shown.terminal.open = false;
        } else if shown.pane == Pane::Evidence {
            // A page that was narrow is left with nothing else open.
            shown.pane = Pane::Board;
        }
    }

    /// Opens the panel and looks at that in it; on a narrow page it takes the place of the board.
    pub(super) fn show_evidence(&mut self, of: EvidenceOf) {
        self.shown.menu = None;
        self.shown.evidence.of = of;
        self.open_evidence(true);
        self.shown.pane = Pane::Evidence;
    }

    /// *Why* of a packet; lit is what refused it at a place of the board, or else the first check there.
    pub(super) fn why_at(&mut self, packet: u64, at: &str) {
        self.shown.menu = None;
        self.update_page(Msg::SelectPacket(Some(packet)));
        let why = self.session.why(packet);
        // An ENI that has left since names where it was behind its id.
        let here = |check: &&CheckView| check.anchor.split('@').next() == Some(at);
        let checks = || why.iter().flat_map(|why| &why.checks).filter(here);
        let lit = checks().find(|check| check.state == CheckState::Refused).or_else(|| checks().next());
        self.shown.selection.check = lit.map(|check| check.number);
    }

    /// *Why* of a packet of the panel. Where the panel is all that is seen *Why* takes its place.
    pub(super) fn why_of_evidence(&mut self, packet: u64) {
        self.update_page(Msg::SelectPacket(Some(packet)));
        if self.shown.pane == Pane::Evidence && self.shown.panels.why {
            self.shown.pane = Pane::Why;
        }
    }

    /// Makes its lines anew, if somebody sees them.
    pub(super) fn refresh_evidence(&mut self) {
        let shown = &mut self.shown;
        if !shown.panels.evidence || !shown.evidence.open && shown.pane != Pane::Evidence {
            return;
        }
        let made = EvidenceMade { version: self.session.version(), of: shown.evidence.of.clone(), at: self.last_views };
        let before = &self.evidence;
        let same = before.of == made.of && before.version == made.version;
        if same && shown.clock.playing && made.at >= before.at && made.at - before.at < EVERY_MS {
            return;
        }
        self.evidence = made;
        let view = self.session.evidence(&shown.evidence.of);
        if *shown.evidence.view != view {
            shown.evidence.view = Rc::new(view);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{News, Start};
    use eni_playground::act::{Act, WorldAct};
    use eni_playground::view::evidence::EvidenceTab;

    fn store() -> Store {
        Store::new(Start::default(), Box::new(|_: News<'_>| {})).unwrap()
    }

    fn look(store: &mut Store, tab: EvidenceTab) {
        store.update(Msg::Evidence(EvidenceOf { tab, ..EvidenceOf::default() }));
    }

    fn wait(store: &mut Store, seconds: u64) {
        store.update(Msg::Act(Act::World(WorldAct::Wait { milliseconds: seconds * 1000 })));
    }

    #[test]
    fn lines_are_made_only_while_somebody_sees_them() {
        let mut store = store();
        wait(&mut store, 1);
        look(&mut store, EvidenceTab::Capture);
        assert!(store.shown().evidence.view.lines.is_empty(), "it is folded");
        store.update(Msg::OpenEvidence(true));
        assert!(!store.shown().evidence.view.lines.is_empty());
        store.update(Msg::OpenEvidence(false));
        let before = store.shown().evidence.view.clone();
        wait(&mut store, 1);
        assert!(Rc::ptr_eq(&before, &store.shown().evidence.view));
    }

    #[test]
    fn there_is_room_for_the_panel_or_the_terminal() {
        let mut store = store();
        let open = |store: &Store| (store.shown().evidence.open, store.shown().terminal.open);
        store.update(Msg::OpenEvidence(true));
        assert_eq!(open(&store), (true, false));
        store.update(Msg::OpenTerminal(true));
        assert_eq!(open(&store), (false, true));
        store.update(Msg::OpenEvidence(true));
        assert_eq!(open(&store), (true, false));
    }

    #[test]
    fn while_time_runs_lines_are_made_a_few_times_in_a_second_and_at_once_when_something_else_is_asked_for() {
        let mut store = store();
        store.update(Msg::OpenEvidence(true));
        look(&mut store, EvidenceTab::Capture);
        store.update(Msg::Play);
        store.update(Msg::Frame(1_000.0));
        let mut made = 0;
        for frame in 0_u32..100 {
            let before = store.shown().evidence.view.clone();
            store.update(Msg::Frame(1_010.0 + f64::from(frame) * 10.0));
            made += usize::from(!Rc::ptr_eq(&before, &store.shown().evidence.view));
        }
        assert!((2..=5).contains(&made), "{made}");
        let before = store.shown().evidence.view.clone();
        look(&mut store, EvidenceTab::Connections);
        assert_ne!(before.head, store.shown().evidence.view.head);
    }

    #[test]
    fn on_a_narrow_page_why_takes_the_place_of_the_panel() {
        let mut store = store();
        wait(&mut store, 1);
        store.update(Msg::Pane(Pane::Evidence));
        look(&mut store, EvidenceTab::Capture);
        let packet = store.shown().evidence.view.lines.last().and_then(|line| line.packet).unwrap();
        store.update(Msg::WhyOfEvidence(packet));
        assert_eq!((store.shown().pane, store.shown().selection.packet), (Pane::Why, Some(packet)));
    }
}
