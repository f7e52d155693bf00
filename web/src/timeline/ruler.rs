//! The ruler with the acts as flags, and the line that says now.

use super::scale::{Room, Scale};
use super::{acts, pan};
use crate::store::{Dispatch, Looking, Msg, tenths};
use crate::words::{Key, say};
use eni_playground::view::timeline::TimelineView;
use yew::prelude::*;

/// Half the width of the mark that says now, and of a figure, in pixels.
const NOW_HALF: u64 = 17;
const FIGURE_HALF: u64 = 16;

/// What the ruler is drawn from.
pub struct Ruler<'a> {
    /// The window.
    pub view: &'a TimelineView,
    /// How much room there is.
    pub room: Room,
    /// Where it is drawn.
    pub node: &'a NodeRef,
    /// What is looked at.
    pub looking: Looking,
    /// The id of the hatching.
    pub hatch: &'a str,
    /// Where what is done here goes.
    pub send: &'a Dispatch,
}

/// The ruler and the acts, as one drawing. With the focus on it the keys move the window.
pub fn ruler(ruler: &Ruler<'_>) -> Html {
    let Ruler { view, room, node, looking, hatch, send } = ruler;
    let scale = Scale::of(view);
    let walk = Dispatch::clone(send);
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(look) = pan::key(&event.key(), &scale) {
            event.prevent_default();
            walk.emit(Msg::Look(look));
        }
    });
    html! {
        <svg class="ruler" ref={(*node).clone()} role="group" tabindex="0" aria-label={spoken(view)} {onkeydown}>
            <rect class="ground" width="100%" height="100%" />
            { for scale.marks().into_iter().filter(|mark| stands_free(*mark, &scale, *room)).map(|mark| figure(mark, &scale)) }
            { future(&scale, hatch, "16", "26") }
            if let Some(at) = looking.landmark_ms.filter(|at| scale.shows(*at)) {
                <svg x={scale.x(at)} y="0" overflow="visible" class="landmark"><path d="M0 42V15M-4.5 9h9L0 15z" /></svg>
            }
            // Below the flags, so that the line never crosses their words.
            if scale.shows(scale.now) {
                <svg x={scale.x(scale.now)} y="0" overflow="visible" class="now">
                    <path d="M0 14v28" /><rect x="-17" y="0" width="34" height="15" rx="4" /><text x="0" y="11" text-anchor="middle">{ say(Key::Now) }</text>
                </svg>
            }
            { acts::flags(&view.flags, &scale, *room, send) }
        </svg>
    }
}

/// Lines across what is still to come. It is drawn apart from the ruler, which is not shown on a narrow page.
pub fn hatching(id: &str) -> Html {
    html! {
        <svg class="hatching" width="0" height="0" aria-hidden="true">
            <pattern id={id.to_owned()} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v7" /></pattern>
        </svg>
    }
}

/// What is still to come, hatched.
pub fn future(scale: &Scale, hatch: &str, y: &'static str, height: &'static str) -> Html {
    let fill = format!("url(#{hatch})");
    html! { <rect class="future" {fill} x={scale.x(scale.now)} {y} width={scale.width(scale.now, scale.to)} {height} /> }
}

/// Whether a figure keeps clear of the mark that says now.
fn stands_free(mark: u64, scale: &Scale, room: Room) -> bool {
    let clear = if room.large { (NOW_HALF + FIGURE_HALF) * 6 / 5 } else { NOW_HALF + FIGURE_HALF };
    !scale.shows(scale.now) || mark.abs_diff(scale.now) * room.width > clear * (scale.to - scale.from)
}

fn figure(mark: u64, scale: &Scale) -> Html {
    // The figure at the left edge would be cut in half, and the one at the right as well.
    let anchor = match mark {
        _ if mark == scale.from => "start",
        _ if mark == scale.to => "end",
        _ => "middle",
    };
    html! { <text class="mark" x={scale.x(mark)} y="11" text-anchor={anchor}>{ say(Key::Seconds { seconds: &(mark / 1000).to_string() }) }</text> }
}

fn spoken(view: &TimelineView) -> String {
    let acts: Vec<String> = view.flags.iter().map(acts::act_at).collect();
    let acts = if acts.is_empty() { say(Key::NoActs) } else { acts.join(", ") };
    say(Key::Stretch { from: &tenths(view.from_ms), to: &tenths(view.to_ms), acts: &acts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_stands_under_the_mark_that_says_now() {
        let scale = |now| Scale { from: 0, to: 12_000, now };
        let free = |now, large| {
            let marks = scale(now).marks();
            let room = Room { width: 1200, large };
            marks.into_iter().filter(|mark| !stands_free(*mark, &scale(now), room)).collect::<Vec<_>>()
        };
        assert_eq!(free(7_000, false), [7_000]);
        assert_eq!(free(7_320, false), [7_000], "32 pixels away");
        assert_eq!(free(7_350, false), [0; 0], "35 pixels away");
        assert_eq!(free(7_350, true), [7_000], "where letters are larger");
        assert_eq!(free(99_000, false), [0; 0], "now is not in sight");
    }
}
