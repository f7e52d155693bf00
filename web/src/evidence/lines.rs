//! The lines of a tab. Each has a mark, which is the button that explains it or opens *Why*; one of the marks is on the way of the Tab key, and
//! arrow keys walk them. What happens to a line is heard by the list, so that lines cost little, and stay the same elements while others come and go.

use super::{Evidence, Message};
use crate::glyph::{Icon, glyph_sized};
use crate::platform::screen;
use eni_playground::view::evidence::{EvidenceView, LineMark, LineView};
use yew::html::Scope;
use yew::prelude::*;

/// Where a key goes from a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// So many lines on.
    By(isize),
    /// To the first one.
    First,
    /// To the last one.
    Last,
}

/// Lines that a key goes on by which shows another page.
const PAGE: isize = 10;

impl Walk {
    fn of_key(key: &str) -> Option<Walk> {
        Some(match key {
            "ArrowUp" => Walk::By(-1),
            "ArrowDown" => Walk::By(1),
            "PageUp" => Walk::By(-PAGE),
            "PageDown" => Walk::By(PAGE),
            "Home" => Walk::First,
            "End" => Walk::Last,
            _ => return None,
        })
    }

    /// The line to go to.
    pub fn from(self, at: usize, count: usize) -> isize {
        // There are a few hundred lines at most: the casts keep the numbers.
        let (at, last) = (at as isize, count as isize - 1);
        match self {
            Walk::By(by) => (at + by).clamp(0, last.max(0)),
            Walk::First => 0,
            Walk::Last => last.max(0),
        }
    }
}

/// The line that the Tab key comes to: the chosen one, else the newest.
pub fn current(view: &EvidenceView, chosen: &str) -> usize {
    view.lines.iter().position(|line| line.key == chosen).unwrap_or(view.lines.len().saturating_sub(1))
}

/// The lines, with the names of their columns.
pub fn lines(view: &EvidenceView, chosen: &str, packet: Option<u64>, list: &NodeRef, link: &Scope<Evidence>) -> Html {
    let reached = link.batch_callback(|event: FocusEvent| screen::named_by(&event, "data-line").map(Message::Reached));
    let pressed = link.batch_callback(|event: MouseEvent| {
        // Who marks text with the pointer wants the text.
        let line = screen::named_by(&event, "data-line").filter(|_| !screen::selects_text());
        line.map(Message::Pressed)
    });
    let walked = link.batch_callback(|event: KeyboardEvent| {
        let walk = Walk::of_key(&event.key());
        if walk.is_some() {
            event.prevent_default();
        }
        walk.map(Message::Walk)
    });
    let current = current(view, chosen);
    html! {
        <div class="ev-lines" ref={list} onfocusin={reached} onclick={pressed} onkeydown={walked}>
            if !view.head.is_empty() { <p class="ev-cols"><code>{ &view.head }</code></p> }
            <ol>{ for view.lines.iter().enumerate().map(|(at, one)| {
                let is_chosen = one.key == chosen || packet.is_some() && one.packet == packet;
                line(one, is_chosen, at == current)
            }) }</ol>
        </div>
    }
}

fn line(line: &LineView, is_chosen: bool, is_stop: bool) -> Html {
    let (class, icon) = match line.mark {
        LineMark::Passed => ("ok", Icon::Tick),
        LineMark::Lost => ("no", Icon::Cross),
        LineMark::Held => ("held", Icon::Padlock),
        LineMark::Plain => ("", Icon::List),
    };
    html! {
        <li key={line.key.clone()} data-line={line.key.clone()} class={classes!(class, is_chosen.then_some("is-chosen"))}>
            <button type="button" class="ev-mark" aria-label={line.name.clone()} aria-current={is_chosen.then_some("true")} tabindex={if is_stop { "0" } else { "-1" }}>
                { glyph_sized(icon, "s") }
            </button>
            <code>{ &line.text }</code>
            if !line.note.is_empty() { <span>{ &line.note }</span> }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_walk_the_lines_and_stop_at_their_ends() {
        let go = |key: &str, at| Walk::of_key(key).map(|walk| walk.from(at, 30));
        assert_eq!(
            [go("ArrowUp", 0), go("ArrowUp", 7), go("ArrowDown", 29), go("Home", 9), go("End", 9)],
            [Some(0), Some(6), Some(29), Some(0), Some(29)]
        );
        assert_eq!([go("PageUp", 3), go("PageDown", 3), go("a", 3)], [Some(0), Some(13), None]);
        assert_eq!(Walk::Last.from(0, 0), 0);
    }
}
