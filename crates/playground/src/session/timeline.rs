//! The timeline: a window of it, and the ways through what is remembered: from question to question, from loss to act.

use super::Session;
use crate::view::make::clients::ticks;
use crate::view::timeline::{FlagView, TickView, TimelineView};
use eni_core::sim::key::ClientId;

/// Something in the past worth going back to: an act, or the first of a row of lost questions, or both at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Landmark {
    /// When, in milliseconds.
    pub at_ms: u64,
    /// What was done: "terminate web-1".
    pub act: Option<String>,
    /// Whose question was lost, "client → svc", and the packet that tells, as it stands in the timeline.
    pub lost: Option<(String, u64)>,
}

/// Which of a client's questions comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// The oldest that is kept.
    First,
    /// The one before.
    Back,
    /// This one.
    Here,
    /// The one after.
    On,
    /// The newest.
    Last,
}

impl Session {
    /// A window of the timeline, this wide and with this left edge, in milliseconds. Without a left edge it shows now, with a quarter of the window
    /// lying ahead once the beginning is out of sight. A window never lies further right than that one.
    pub fn timeline(&self, width_ms: u64, from_ms: Option<u64>) -> TimelineView {
        let maker = self.maker();
        let now_ms = self.world.sim.now().as_millis();
        let newest_ms = now_ms.saturating_add(width_ms / 4).saturating_sub(width_ms);
        let from_ms = from_ms.map_or(newest_ms, |from| from.min(newest_ms));
        let to_ms = from_ms.saturating_add(width_ms);
        let seen = |at_ms: u64| (from_ms..=to_ms).contains(&at_ms);
        let done = self.history.done().iter().rev();
        let done = done.map(|entry| (entry.at.as_millis(), &entry.summary)).take_while(|(at_ms, _)| *at_ms >= from_ms);
        let done = done.filter(|(at_ms, _)| seen(*at_ms)).map(|(at_ms, text)| FlagView { at_ms, text: text.clone(), due: false });
        let mut flags: Vec<FlagView> = done.collect();
        flags.reverse();
        flags.extend(maker.due_flags(to_ms).into_iter().filter(|flag| seen(flag.at_ms)));
        let lanes = self.world.sim.clients().map(|client| maker.lane(&client, (from_ms, to_ms))).collect();
        TimelineView { now_ms, from_ms, to_ms, newest_ms, flags, lanes }
    }

    /// The nearest landmark before a moment, or after it; the moment itself is none.
    pub fn landmark(&self, at_ms: u64, after: bool) -> Option<Landmark> {
        let maker = self.maker();
        let mut nearest: Option<Landmark> = None;
        let mut offer = |found: Landmark| match &mut nearest {
            _ if found.at_ms == at_ms || (found.at_ms > at_ms) != after => {}
            Some(best) if found.at_ms == best.at_ms => {
                best.act = best.act.take().or(found.act);
                best.lost = best.lost.take().or(found.lost);
            }
            Some(best) if (found.at_ms < best.at_ms) != after => {}
            best => *best = Some(found),
        };
        for entry in self.history.done() {
            offer(Landmark { at_ms: entry.at.as_millis(), act: Some(entry.summary.clone()), lost: None });
        }
        for client in self.world.sim.clients() {
            let mut before = None;
            for tick in ticks(&client) {
                if tick.answered == Some(false) && before != Some(false) {
                    offer(Landmark { at_ms: tick.at_ms, act: None, lost: Some((maker.lane_name(&client), tick.packet)) });
                }
                before = tick.answered;
            }
        }
        nearest
    }

    /// The question of a client that comes next from the one that has this packet; the newest one if none has.
    pub fn question_beside(&self, client: u32, packet: Option<u64>, walk: Walk) -> Option<TickView> {
        let all = ticks(&self.world.sim.client(ClientId(client))?);
        let last = all.len().checked_sub(1)?;
        let at = packet.and_then(|packet| all.iter().position(|tick| tick.packet == packet));
        let next = match (walk, at) {
            (Walk::First, _) => 0,
            (Walk::Back, Some(at)) => at.saturating_sub(1),
            (Walk::Here, Some(at)) => at,
            (Walk::On, Some(at)) => (at + 1).min(last),
            (Walk::Last, _) | (_, None) => last,
        };
        all.get(next).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::Act;
    use crate::view::timeline::LaneView;
    use serde_json::json;

    const SECOND: u64 = 1_000_000;

    fn allocate(session: &mut Session) {
        session.execute(&Act::ec2("AllocateAddress", json!({}))).result.unwrap();
    }

    /// Nothing may enter the subnets between 20 s and 23 s; acts at 5 s, 20 s and 23 s; it is 40 s. All this so many microseconds later.
    fn story(later: u64) -> Session {
        let mut session = Session::open("").unwrap();
        session.advance(5 * SECOND + later);
        allocate(&mut session);
        session.advance(15 * SECOND);
        let state: serde_json::Value = serde_json::from_str(&session.document()).unwrap();
        let acl = state.pointer("/state/NetworkAcls/0/NetworkAclId").and_then(serde_json::Value::as_str).unwrap().to_owned();
        let entry = json!({
            "NetworkAclId": acl, "RuleNumber": 1, "Protocol": "-1", "RuleAction": "deny", "Egress": false, "CidrBlock": "0.0.0.0/0"
        });
        session.execute(&Act::ec2("CreateNetworkAclEntry", entry)).result.unwrap();
        session.advance(3 * SECOND);
        let entry = json!({ "NetworkAclId": acl, "RuleNumber": 1, "Egress": false });
        session.execute(&Act::ec2("DeleteNetworkAclEntry", entry)).result.unwrap();
        session.advance(17 * SECOND);
        session
    }

    #[test]
    fn a_window_shows_what_was_then_and_never_lies_beyond_now() {
        let session = story(0);
        let now = session.timeline(12_000, None);
        assert_eq!((now.now_ms, now.from_ms, now.to_ms, now.newest_ms), (40_000, 31_000, 43_000, 31_000));
        assert!(now.flags.is_empty() && now.lanes.iter().all(|lane| lane.outages.is_empty()));
        assert_eq!(session.timeline(12_000, Some(99_000)), now);

        let then = session.timeline(12_000, Some(15_000));
        assert_eq!((then.now_ms, then.from_ms, then.to_ms), (40_000, 15_000, 27_000));
        assert_eq!(then.flags.iter().map(|flag| flag.at_ms).collect::<Vec<_>>(), [20_000, 23_000]);
        let lane = then.lanes.iter().find(|lane| lane.name == "client → svc").unwrap();
        assert_eq!((lane.ticks.first().map(|tick| tick.at_ms), lane.ticks.last().map(|tick| tick.at_ms)), (Some(15_000), Some(27_000)));
        assert_eq!(lane.outages.len(), 1, "{:?}", lane.outages);
        assert!(!lane.out && lane.gap.ends_with(" s"), "{:?}", lane.gap);
        let lost = lane.ticks.iter().find(|tick| tick.answered == Some(false)).unwrap();
        assert!(session.why(lost.packet).is_some_and(|why| !why.delivered), "why works on what was long ago");
        // A window in the middle of the gap has all of it: where it began is not forgotten with the left edge.
        let inside = session.timeline(1_000, Some(21_000));
        assert_eq!(inside.lanes.iter().find(|lane| lane.client == 1).map(|lane| &lane.outages), Some(&lane.outages));
    }

    /// The moments of all landmarks, with whether each is an act and whether it is a loss; there and back they are the same.
    fn landmarks(session: &Session) -> Vec<(u64, bool, bool)> {
        let go = |from: u64, after: bool| {
            let mut seen = Vec::new();
            let mut at = from;
            while let Some(mark) = session.landmark(at, after).filter(|_| seen.len() < 20) {
                at = mark.at_ms;
                seen.push((at, mark.act.is_some(), mark.lost.is_some()));
            }
            seen
        };
        let (mut back, forth) = (go(u64::MAX, false), go(0, true));
        back.reverse();
        assert_eq!(back, forth);
        forth
    }

    #[test]
    fn landmarks_are_acts_and_the_first_loss_of_each_row() {
        let together = [(5_000, true, false), (20_000, true, true), (23_000, true, false)];
        assert_eq!(landmarks(&story(0)), together, "clients ask at 20 s too");
        let apart = [(5_100, true, false), (20_100, true, false), (20_200, false, true), (23_100, true, false)];
        assert_eq!(landmarks(&story(SECOND / 10)), apart);
        assert_eq!(landmarks(&Session::open("").unwrap()), []);
    }

    #[test]
    fn from_question_to_question_and_no_further_than_is_kept() {
        let session = story(0);
        let go = |packet, walk| session.question_beside(1, packet, walk).unwrap();
        let first = go(None, Walk::First);
        assert_eq!(first.at_ms, 0);
        assert_eq!(go(Some(first.packet), Walk::Back), first);
        let second = go(Some(first.packet), Walk::On);
        assert_eq!(second.at_ms, 200);
        assert_eq!(go(Some(second.packet), Walk::Back), first);
        let last = go(None, Walk::Back);
        assert_eq!((go(Some(last.packet), Walk::On), go(Some(first.packet), Walk::Last)), (last, last));
        assert_eq!(session.question_beside(99, None, Walk::Last), None);
    }

    #[test]
    fn answers_are_forgotten_one_by_one_and_losses_stay_with_their_reasons() {
        let mut session = story(0);
        let lane = |session: &Session| session.timeline(12_000, Some(15_000)).lanes.into_iter().find(|lane| lane.client == 1).unwrap();
        let before = lane(&session);
        assert_eq!(before.kept_ms, 0);
        session.advance(130 * SECOND);
        let after = lane(&session);
        assert!(after.kept_ms > 45_000, "{}", after.kept_ms);
        assert_eq!(after.outages, before.outages);
        let losses = |lane: &LaneView| lane.ticks.iter().filter(|tick| tick.answered == Some(false)).copied().collect::<Vec<_>>();
        assert_eq!(losses(&after), losses(&before));
        // Losses are known late, among the answers that came meanwhile: some of these stay with them.
        assert!(
            after.ticks.len() < losses(&before).len() + 8 && before.ticks.len() > 55,
            "{} of {}",
            after.ticks.len(),
            before.ticks.len()
        );
        assert!(losses(&after).iter().all(|tick| session.why(tick.packet).is_some_and(|why| !why.delivered)));
        assert_eq!(landmarks(&session), [(5_000, true, false), (20_000, true, true), (23_000, true, false)]);
    }
}
