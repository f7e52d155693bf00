//! The tabs of a narrow page: board, parts, *Why*, command line.

use crate::glyph::{Icon, glyph};
use crate::store::{Dispatch, Msg, Pane};
use crate::words::{Key, say};
use yew::prelude::*;

/// What the tabs show.
#[derive(Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// The pane that is shown.
    pub pane: Pane,
    /// How many parts lie in the tray.
    pub parts: usize,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The tabs.
pub struct Tabs;

impl Component for Tabs {
    type Message = ();
    type Properties = TabsProps;

    fn create(_: &Context<Self>) -> Self {
        Tabs
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TabsProps { pane, parts, send } = ctx.props();
        let all = [
            (Pane::Board, Icon::Board, Key::TabBoard),
            (Pane::Parts, Icon::Tray, Key::TabParts),
            (Pane::Why, Icon::List, Key::TabWhy),
            (Pane::Terminal, Icon::Instance, Key::TabTerminal),
        ];
        html! {
            <div class="mob">
                { for all.into_iter().map(|(which, icon, key)| html! {
                    <button type="button" aria-current={(*pane == which).then_some("page")} onclick={send.reform(move |_: MouseEvent| Msg::Pane(which))}>
                        { glyph(icon) }<span>{ say(key) }</span>
                        if which == Pane::Parts && *parts > 0 { <span class="n">{ *parts }</span> }
                    </button>
                }) }
            </div>
        }
    }
}
