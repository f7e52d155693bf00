//! The ruler with the acts as flags, and the line that says now.

use super::acts;
use super::scale::{Room, Scale};
use crate::store::Dispatch;
use crate::words::{Key, say};
use eni_playground::view::timeline::TimelineView;
use yew::prelude::*;

/// The ruler and the acts, as one drawing.
pub fn ruler(view: &TimelineView, room: Room, node: &NodeRef, send: &Dispatch) -> Html {
    let scale = &Scale::of(view);
    html! {
        <svg class="ruler" ref={node} role="group" aria-label={spoken(view)}>
            { for scale.marks().into_iter().map(|mark| figure(mark, scale)) }
            { future(scale, "16", "26") }
            // Below the flags, so that the line never crosses their words.
            <svg x={scale.x(scale.now)} y="0" overflow="visible" class="now">
                <path d="M0 14v28" /><rect x="-17" y="0" width="34" height="15" rx="4" /><text x="0" y="11" text-anchor="middle">{ say(Key::Now) }</text>
            </svg>
            { acts::flags(&view.flags, scale, room, send) }
        </svg>
    }
}

/// What is still to come, hatched.
pub fn future(scale: &Scale, y: &'static str, height: &'static str) -> Html {
    html! { <rect class="future" x={scale.x(scale.now)} {y} width={scale.width(scale.now, scale.to)} {height} /> }
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
    if acts.is_empty() { say(Key::NoActs) } else { acts.join(", ") }
}
