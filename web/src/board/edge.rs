//! What is carried to an edge of the board scrolls it, so that a place that is out of sight can be reached without letting go. Over a place where it
//! may be put down nothing scrolls: in a small frame most places are near an edge.

use crate::platform::frame::{self, Frame};
use crate::platform::media;
use crate::platform::screen::{self, Rect};
use web_sys::Element;
use yew::Callback;

/// How near to an edge what is carried begins to pull, in pixels.
const NEAR: f64 = 48.0;
/// How far beyond an edge it still does: further off people are on their way to something else.
const BEYOND: f64 = 72.0;
/// A pointer that has come this little way towards an edge has only lifted what lay there.
const MEANT: f64 = 8.0;
/// The speed at the edge itself, in pixels for each millisecond.
const FASTEST: f64 = 0.9;
/// Where nothing may move by itself the board goes on by this much…
const STEP: f64 = 120.0;
/// …once in so many milliseconds.
const STEP_EVERY: f64 = 400.0;

/// The pull of a pointer on the board that it carries something over.
#[derive(Default)]
pub struct Edge {
    next: Option<Frame>,
    last: Option<f64>,
    /// How long it has pulled since the last step.
    pulled: f64,
}

impl Edge {
    /// The pointer is here: true if a frame has to be asked for.
    pub fn begins(&self, board: &Element, from: (f64, f64), at: (f64, f64)) -> bool {
        self.next.is_none() && pull(&screen::in_window(board), from, at) != (0.0, 0.0)
    }

    /// Asks for the next frame.
    pub fn ask(&mut self, tell: Callback<f64>) {
        self.next = Some(frame::next(tell));
    }

    /// A frame has come: scrolls, and says whether the board has moved and whether the pointer still pulls.
    pub fn frame(&mut self, board: &Element, from: (f64, f64), at: (f64, f64), now: f64) -> (bool, bool) {
        self.next = None;
        let passed = self.last.map_or(16.0, |last| (now - last).clamp(0.0, 50.0));
        let pull = pull(&screen::in_window(board), from, at);
        if pull == (0.0, 0.0) {
            *self = Edge::default();
            return (false, false);
        }
        self.last = Some(now);
        let (x, y) = if media::reduced_motion() {
            self.pulled += passed;
            if self.pulled < STEP_EVERY {
                return (false, true);
            }
            self.pulled = 0.0;
            (step(pull.0), step(pull.1))
        } else {
            (pull.0 * FASTEST * passed, pull.1 * FASTEST * passed)
        };
        (screen::scroll_by(board, x, y), true)
    }
}

/// A whole step the way that is pulled.
fn step(pull: f64) -> f64 {
    if pull == 0.0 { 0.0 } else { STEP.copysign(pull) }
}

/// How much a pointer at `at` that came down at `from` pulls across and down: from -1 at the left and upper edge to 1 at the right and lower one.
fn pull(board: &Rect, from: (f64, f64), at: (f64, f64)) -> (f64, f64) {
    let along = |start: f64, end: f64, from: f64, at: f64| {
        let toward = |depth: f64, moved: f64| {
            if moved < MEANT || depth <= -NEAR || depth > BEYOND { 0.0 } else { ((depth + NEAR) / NEAR).clamp(0.15, 1.0) }
        };
        toward(at - end, at - from) - toward(start - at, from - at)
    };
    let within = |start: f64, end: f64, at: f64| start - BEYOND < at && at < end + BEYOND;
    let across = if within(board.top, board.bottom(), at.1) { along(board.left, board.right(), from.0, at.0) } else { 0.0 };
    // Beside the board are the parts and what is known of things: nobody who is there wants to see more of it.
    let beside = at.0 < board.left || at.0 > board.right();
    let down = if beside { 0.0 } else { along(board.top, board.bottom(), from.1, at.1) };
    (across, down)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: Rect = Rect { left: 200.0, top: 50.0, width: 800.0, height: 600.0 };
    const MIDDLE: (f64, f64) = (600.0, 350.0);

    #[test]
    fn what_is_carried_near_an_edge_pulls_the_more_the_nearer() {
        assert_eq!(pull(&BOARD, MIDDLE, (600.0, 400.0)), (0.0, 0.0));
        assert_eq!(pull(&BOARD, MIDDLE, (600.0, 650.0)), (0.0, 1.0));
        assert_eq!(pull(&BOARD, MIDDLE, (600.0, 626.0)), (0.0, 0.5));
        assert_eq!(pull(&BOARD, MIDDLE, (600.0, 50.0)), (0.0, -1.0));
        assert_eq!(pull(&BOARD, MIDDLE, (1000.0, 350.0)), (1.0, 0.0));
        assert_eq!(pull(&BOARD, MIDDLE, (600.0, 700.0)), (0.0, 1.0), "a little beyond the edge as well");
        assert_eq!(pull(&BOARD, MIDDLE, (600.0, 800.0)), (0.0, 0.0), "but not far from it");
        assert_eq!(pull(&BOARD, MIDDLE, (100.0, 640.0)), (0.0, 0.0), "nor beside the board");
        assert_eq!(pull(&BOARD, MIDDLE, (1000.0, 800.0)), (0.0, 0.0), "nor off a corner");
    }

    #[test]
    fn what_lay_at_an_edge_is_lifted_without_a_pull_until_it_is_carried_there() {
        let from = (600.0, 640.0);
        assert_eq!(pull(&BOARD, from, (590.0, 643.0)), (0.0, 0.0));
        assert_eq!(pull(&BOARD, from, (600.0, 630.0)), (0.0, 0.0), "on its way up");
        assert!(pull(&BOARD, from, (600.0, 649.0)).1 > 0.9);
    }

    #[test]
    fn where_nothing_may_move_by_itself_the_board_goes_by_steps() {
        assert_eq!((step(0.0), step(0.2), step(-0.9)), (0.0, STEP, -STEP));
    }
}
