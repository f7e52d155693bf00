//! The ruler with the acts as flags, and the line that says now.

use super::scale::Scale;
use crate::words::{Key, say};
use eni_playground::view::timeline::{FlagView, TimelineView};
use yew::prelude::*;

/// The ruler and the acts, as one drawing.
pub fn ruler(view: &TimelineView, scale: &Scale) -> Html {
    html! {
        <svg class="ruler" role="img" aria-label={spoken(view)}>
            { for scale.marks().into_iter().map(|mark| figure(mark, scale)) }
            { future(scale, "16", "26") }
            { for view.flags.iter().filter(|flag| scale.shows(flag.at_ms)).map(|flag| flag_mark(flag, scale)) }
            <svg x={scale.x(scale.now)} y="0" overflow="visible" class="now">
                <path d="M0 14v28" /><rect x="-17" y="0" width="34" height="15" rx="4" /><text x="0" y="11" text-anchor="middle">{ say(Key::Now) }</text>
            </svg>
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

/// A flag: its width follows the number of its letters, in the unit of its own type size.
fn flag_mark(flag: &FlagView, scale: &Scale) -> Html {
    let tenths = flag.text.chars().count() * 54 / 10 + 14;
    let width = format!("{}.{}em", tenths / 10, tenths % 10);
    // Near the right edge a flag hangs to the left of its pole.
    let left = (scale.to - flag.at_ms.min(scale.to)) * 100 < (scale.to - scale.from) * (flag.text.chars().count() as u64 + 2) * 3 / 5;
    let (x, anchor, offset) = if left { (format!("-{width}"), "end", "-7") } else { ("0".to_owned(), "start", "7") };
    html! {
        <svg class={classes!("flag", flag.due.then_some("due"))} x={scale.x(flag.at_ms)} y="17" overflow="visible">
            <rect {x} y="0" {width} height="22" rx="4" /><path class="pole" d="M0 0v24" />
            <text x={offset} y="15" text-anchor={anchor}>{ &flag.text }</text>
        </svg>
    }
}

fn spoken(view: &TimelineView) -> String {
    let acts: Vec<String> = view
        .flags
        .iter()
        .map(|flag| say(Key::ActAt { act: &flag.text, seconds: &format!("{}.{}", flag.at_ms / 1000, flag.at_ms % 1000 / 100) }))
        .collect();
    if acts.is_empty() { say(Key::NoActs) } else { acts.join(", ") }
}
