//! Moving the window through time: by dragging it, by the wheel, by keys, and by buttons.

use super::scale::Scale;
use crate::glyph::{Icon, glyph_sized};
use crate::platform::pointer;
use crate::store::{Dispatch, Look, Msg};
use crate::words::{Key, say};
use yew::prelude::*;

/// A pointer that has moved less than this many pixels has pressed something, not dragged.
const STEADY: i32 = 4;
/// What an arrow key moves, in milliseconds.
const ARROW_MS: i64 = 1_000;
/// What a line of the wheel is, in pixels, where wheels count lines.
const LINE: f64 = 16.0;

/// A pointer that is down on the lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    pointer: i32,
    x: i32,
    from: u64,
    /// Whether it has moved far enough.
    moves: bool,
}

impl Drag {
    /// The pointer came down; nothing with another button than the first.
    pub fn begin(event: &PointerEvent, scale: &Scale) -> Option<Drag> {
        (event.button() == 0).then(|| Drag { pointer: event.pointer_id(), x: event.client_x(), from: scale.from, moves: false })
    }

    /// The pointer moved: what is to be looked at now, `width` pixels being the whole window.
    pub fn follow(&mut self, event: &PointerEvent, node: &NodeRef, scale: &Scale, width: f64) -> Option<Look> {
        let way = event.client_x() - self.x;
        if event.pointer_id() != self.pointer || (!self.moves && way.abs() < STEADY) {
            return None;
        }
        if !self.moves {
            self.moves = true;
            // From now on what lies under the pointer hears nothing of it: it is not pressed when the pointer goes up.
            pointer::capture(node, event);
        }
        Some(Look::From(signed(self.from) - milliseconds(f64::from(way), scale, width)))
    }
}

/// What the wheel asks for. Up and down count on the ruler, and with Shift; elsewhere they scroll the lanes.
pub fn wheel(delta: (f64, f64), lines: bool, on_ruler: bool, scale: &Scale, width: f64) -> Option<Look> {
    let along = if delta.0.abs() >= delta.1.abs() { delta.0 } else { delta.1 };
    let counts = on_ruler || delta.0.abs() >= delta.1.abs();
    (counts && along != 0.0).then(|| Look::By(milliseconds(if lines { along * LINE } else { along }, scale, width)))
}

/// What a key asks for.
pub fn key(key: &str, scale: &Scale) -> Option<Look> {
    let window = signed(scale.to - scale.from);
    Some(match key {
        "ArrowLeft" => Look::By(-ARROW_MS),
        "ArrowRight" => Look::By(ARROW_MS),
        "PageUp" => Look::By(-window),
        "PageDown" => Look::By(window),
        "Home" => Look::From(0),
        "End" => Look::Now,
        _ => return None,
    })
}

/// The buttons: to the landmark before and after, and half a window back and on.
pub fn buttons(scale: &Scale, send: &Dispatch) -> Html {
    let half = signed(scale.to - scale.from) / 2;
    let all = [
        (Icon::LandmarkBefore, Key::LandmarkBefore, Look::Landmark { after: false }),
        (Icon::Back, Key::TimeBefore, Look::By(-half)),
        (Icon::Forward, Key::TimeAfter, Look::By(half)),
        (Icon::LandmarkAfter, Key::LandmarkAfter, Look::Landmark { after: true }),
    ];
    html! {
        <span class="pan">
            <span class="pan-window">{ window(scale) }</span>
            { for all.into_iter().map(|(icon, key, look)| html! {
                <button type="button" aria-label={say(key)} title={say(key)} onclick={send.reform(move |_: MouseEvent| Msg::Look(look))}>
                    { glyph_sized(icon, "s") }
                </button>
            }) }
        </span>
    }
}

/// What is looked at, in whole seconds: where there is no room for a ruler nothing else says it.
fn window(scale: &Scale) -> String {
    say(Key::Seconds { seconds: &format!("{}–{}", scale.from / 1000, scale.to / 1000) })
}

/// The way back to now, while something else is looked at.
pub fn to_now(send: &Dispatch) -> Html {
    html! {
        <button type="button" class="to-now" aria-label={say(Key::BackToNow)} title={say(Key::BackToNow)}
            onclick={send.reform(|_: MouseEvent| Msg::Look(Look::Now))}>{ say(Key::Now) }{ glyph_sized(Icon::Forward, "s") }</button>
    }
}

/// Times stay far below the largest signed number.
fn signed(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds).unwrap_or(i64::MAX)
}

/// The time that some pixels stand for.
fn milliseconds(pixels: f64, scale: &Scale, width: f64) -> i64 {
    // Windows are some seconds wide and pixels some thousands: the cast keeps the whole milliseconds.
    (pixels * signed(scale.to - scale.from) as f64 / width.max(1.0)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { from: 4000, to: 16_000, now: 10_000 };

    #[test]
    fn the_wheel_moves_time_sideways_everywhere_and_upright_on_the_ruler() {
        assert_eq!(wheel((60.0, 0.0), false, false, &SCALE, 1200.0), Some(Look::By(600)));
        assert_eq!(wheel((0.0, -60.0), false, true, &SCALE, 1200.0), Some(Look::By(-600)));
        assert_eq!(wheel((0.0, 3.0), true, true, &SCALE, 1200.0), Some(Look::By(480)));
        assert_eq!(wheel((1.0, 60.0), false, false, &SCALE, 1200.0), None, "that scrolls the lanes");
        assert_eq!(wheel((0.0, 0.0), false, true, &SCALE, 1200.0), None);
    }

    #[test]
    fn keys_move_a_second_a_window_or_to_an_end() {
        assert_eq!(key("ArrowLeft", &SCALE), Some(Look::By(-1000)));
        assert_eq!(key("PageDown", &SCALE), Some(Look::By(12_000)));
        assert_eq!((key("Home", &SCALE), key("End", &SCALE), key("a", &SCALE)), (Some(Look::From(0)), Some(Look::Now), None));
    }
}
