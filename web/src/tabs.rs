//! The tabs of a narrow page: board, parts, *Why*, evidence, command line.

use crate::glyph::{Icon, glyph};
use crate::store::{Dispatch, Msg, Pane, Panels};
use crate::words::{Key, say};
use yew::prelude::*;

/// The tabs of those panes that there are; nothing where the board is the only one. `parts` is how many lie in the tray.
pub fn tabs(pane: Pane, panels: Panels, parts: usize, send: &Dispatch) -> Html {
    let all = [
        (true, Pane::Board, Icon::Board, Key::TabBoard),
        (panels.parts, Pane::Parts, Icon::Tray, Key::TabParts),
        (panels.why, Pane::Why, Icon::List, Key::TabWhy),
        (panels.evidence, Pane::Evidence, Icon::Sheet, Key::Evidence),
        (panels.echo, Pane::Terminal, Icon::Instance, Key::TabTerminal),
    ];
    let shown = all.into_iter().filter(|(there, ..)| *there);
    if shown.clone().count() < 2 {
        return Html::default();
    }
    html! {
        <nav class="area-tabs"><div class="mob">
            { for shown.map(|(_, which, icon, key)| html! {
                <button type="button" aria-current={(pane == which).then_some("page")} onclick={send.reform(move |_: MouseEvent| Msg::Pane(which))}>
                    { glyph(icon) }<span>{ say(key) }</span>
                    if which == Pane::Parts && parts > 0 { <span class="n">{ parts }</span> }
                </button>
            }) }
        </div></nav>
    }
}
