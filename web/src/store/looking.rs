//! Where the timeline looks: at now, which it follows, or at a moment of the past, where it stays until somebody moves it.

use super::state::Store;
use crate::words::{Key, say};
use eni_playground::session::Walk;
use std::rc::Rc;

/// What the timeline shows, in milliseconds.
pub const WINDOW_MS: u64 = 12_000;

/// Where the timeline is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// So many milliseconds later; earlier if negative.
    By(i64),
    /// With its left edge at this moment, in milliseconds; before the beginning there is nothing to see.
    From(i64),
    /// At now, and with it.
    Now,
    /// At the nearest act or first lost question before the one that was looked at last, or after it.
    Landmark {
        /// After it.
        after: bool,
    },
    /// At another question of a client, which is chosen.
    Question {
        /// The client's number.
        client: u32,
        /// Which.
        walk: Walk,
    },
}

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looking {
    /// The left edge, in milliseconds; nothing while now is followed.
    pub from_ms: Option<u64>,
    /// The moment of the landmark that was gone to.
    pub landmark_ms: Option<u64>,
}

impl Store {
    /// Looks there.
    pub(super) fn look(&mut self, look: Look) {
        let window = self.shown.timeline.clone();
        let (from, newest) = (window.from_ms, window.newest_ms);
        match look {
            Look::By(by) => self.look_from(from.saturating_add_signed(by), newest),
            Look::From(at) => self.look_from(u64::try_from(at).unwrap_or(0), newest),
            Look::Now => self.shown.looking = Looking::default(),
            Look::Landmark { after } => self.look_at_landmark(after),
            Look::Question { client, walk } => {
                let Some(tick) = self.session.question_beside(client, self.shown.selection.packet, walk) else { return };
                self.update_page(super::Msg::SelectPacket(Some(tick.packet)));
                match walk {
                    Walk::Last => self.shown.looking = Looking::default(),
                    _ => self.bring_into_window(tick.at_ms),
                }
            }
        }
    }

    fn look_from(&mut self, from: u64, newest: u64) {
        self.shown.looking = Looking { from_ms: (from < newest).then_some(from), landmark_ms: None };
    }

    fn look_at_landmark(&mut self, after: bool) {
        let window = self.shown.timeline.clone();
        let at = match (self.shown.looking.landmark_ms, self.shown.looking.from_ms) {
            (Some(landmark), _) => landmark,
            (None, Some(from)) => from + WINDOW_MS / 2,
            // What is done at this very moment is behind us.
            (None, None) => window.now_ms + 1,
        };
        let told = match self.session.landmark(at, after) {
            Some(found) => {
                // A third of the window stands before it: what led there.
                let from = found.at_ms.saturating_sub(WINDOW_MS / 3).min(window.newest_ms);
                self.shown.looking = Looking { from_ms: Some(from), landmark_ms: Some(found.at_ms) };
                let seconds = tenths(found.at_ms);
                let act = found.act.map(|act| say(Key::ActAt { act: &act, seconds: &seconds }));
                let lost = found.lost.map(|(lane, packet)| {
                    self.choose(packet);
                    say(Key::LossAt { lane: &lane, seconds: &seconds })
                });
                act.into_iter().chain(lost).collect::<Vec<_>>().join(", ")
            }
            None => say(if after { Key::NoLandmarkAfter } else { Key::NoLandmarkBefore }),
        };
        self.say(told.clone());
        self.shown.happened = Some(told);
    }

    /// Moves the window as little as it takes to show a moment.
    fn bring_into_window(&mut self, at_ms: u64) {
        let window = self.shown.timeline.clone();
        let margin = WINDOW_MS / 12;
        if at_ms < window.from_ms {
            self.look_from(at_ms.saturating_sub(margin), window.newest_ms);
        } else if at_ms > window.to_ms {
            self.look_from((at_ms + margin).saturating_sub(WINDOW_MS), window.newest_ms);
        }
    }

    /// Makes the timeline anew.
    pub(super) fn refresh_timeline(&mut self) {
        let timeline = self.session.timeline(WINDOW_MS, self.shown.looking.from_ms);
        if *self.shown.timeline != timeline {
            self.shown.timeline = Rc::new(timeline);
        }
    }
}

/// Milliseconds as seconds with one decimal.
pub fn tenths(milliseconds: u64) -> String {
    format!("{}.{}", milliseconds / 1000, milliseconds % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Msg, News, Start};
    use eni_playground::act::Act;
    use serde_json::json;

    fn store() -> Store {
        Store::new(Start::default(), Box::new(|_: News<'_>| {})).unwrap()
    }

    fn wait(store: &mut Store, seconds: u64) {
        store.update(Msg::Act(Act::World(eni_playground::act::WorldAct::Wait { milliseconds: seconds * 1000 })));
    }

    fn allocate(store: &mut Store) {
        store.update(Msg::Act(Act::ec2("AllocateAddress", json!({ "Domain": "vpc" }))));
    }

    fn window(store: &Store) -> (u64, bool) {
        (store.shown().timeline.from_ms, store.shown().looking.from_ms.is_none())
    }

    #[test]
    fn a_window_that_was_moved_stays_and_one_at_now_follows() {
        let mut store = store();
        wait(&mut store, 30);
        assert_eq!(window(&store), (21_000, true));
        store.update(Msg::Look(Look::By(-5_000)));
        assert_eq!(window(&store), (16_000, false));
        wait(&mut store, 10);
        assert_eq!(window(&store), (16_000, false));
        store.update(Msg::Look(Look::By(-99_000)));
        assert_eq!(window(&store), (0, false));
        store.update(Msg::Look(Look::From(-5)));
        assert_eq!(window(&store), (0, false));
        store.update(Msg::Look(Look::By(99_000)));
        assert_eq!(window(&store), (31_000, true), "at the right end it follows again");
        store.update(Msg::Look(Look::From(3_000)));
        store.update(Msg::Look(Look::Now));
        wait(&mut store, 1);
        assert_eq!(window(&store), (32_000, true));
    }

    #[test]
    fn landmarks_are_gone_through_and_the_end_is_said() {
        let mut store = store();
        for seconds in [5, 20, 30] {
            wait(&mut store, seconds);
            allocate(&mut store);
        }
        let go = |store: &mut Store, after| {
            store.update(Msg::Look(Look::Landmark { after }));
            (store.shown().looking.landmark_ms, store.shown().timeline.from_ms)
        };
        assert_eq!(go(&mut store, false), (Some(55_000), 46_000), "what was done just now is the first");
        assert_eq!(go(&mut store, false), (Some(25_000), 21_000));
        assert_eq!(go(&mut store, false), (Some(5_000), 1_000));
        assert_eq!(go(&mut store, false), (Some(5_000), 1_000));
        assert_eq!(store.shown().happened.as_deref(), Some(say(Key::NoLandmarkBefore).as_str()));
        assert_eq!(go(&mut store, true), (Some(25_000), 21_000));
        store.update(Msg::Look(Look::From(30_000)));
        assert_eq!(go(&mut store, true), (Some(55_000), 46_000), "from the middle of what is seen");
    }

    #[test]
    fn a_question_out_of_sight_is_brought_into_the_window() {
        let mut store = store();
        wait(&mut store, 30);
        let client = store.shown().timeline.lanes.first().unwrap().client;
        let go = |store: &mut Store, walk| {
            store.update(Msg::Look(Look::Question { client, walk }));
            store.shown().selection.packet.unwrap()
        };
        let first = go(&mut store, Walk::First);
        assert_eq!(window(&store), (0, false));
        assert_eq!(store.shown().timeline.lanes.first().unwrap().ticks.first().unwrap().packet, first);
        assert!(go(&mut store, Walk::On) > first);
        assert_eq!(window(&store), (0, false), "what is seen already moves nothing");
        go(&mut store, Walk::Last);
        assert_eq!(window(&store), (21_000, true));
    }

    #[test]
    fn after_an_undo_now_is_followed_again() {
        let mut store = store();
        wait(&mut store, 5);
        allocate(&mut store);
        wait(&mut store, 30);
        store.update(Msg::Look(Look::Landmark { after: false }));
        store.update(Msg::Undo);
        assert_eq!(store.shown().looking, Looking::default());
    }
}
