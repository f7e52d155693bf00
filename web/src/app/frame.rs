//! The frame: a grid with the top bar, the parts, the board, *Why* and time.

use super::panes::{self, Completer};
use super::theme_name;
use crate::board::{Board, Hands, Held, Sky, Tray};
use crate::glyph::{Icon, glyph_sized};
use crate::store::{Dispatch, Msg, Pane, Shown};
use crate::words::{Key, say};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The whole page.
pub fn view(root: &NodeRef, sky: &Rc<RefCell<Sky>>, shown: &Shown, held: &Held, complete: &Completer, send: &Dispatch) -> Html {
    let pane = match shown.pane {
        Pane::Board => "board",
        Pane::Parts => "parts",
        Pane::Why => "why",
        Pane::Evidence => "evidence",
        Pane::Terminal => "terminal",
    };
    let theme = theme_name(shown.theme);
    let carrying = shown.hand.as_ref().is_some_and(|hand| !hand.locked);
    let (panels, has_why) = (shown.panels, shown.has_why());
    let class = classes!(
        shown.embedded.then_some("is-embedded"),
        carrying.then_some("is-carrying"),
        has_why.then_some("has-why"),
        (!panels.top).then_some("no-top"),
        (!panels.parts).then_some("no-parts"),
        (!panels.why).then_some("no-why"),
        (!panels.timeline).then_some("no-timeline"),
        shown.files_over.then_some("is-under-files"),
    );
    html! {
        <Hands root={root.clone()} {class} {theme} {pane} running={shown.clock.playing} saved={shown.saved} hand={shown.hand.clone()} held={held.clone()} board={shown.board.clone()} send={send.clone()}>
            if panels.top { <header class="area-top">{ panes::top_bar(shown, theme, send) }</header> }
            if panels.parts { { tray(shown, false, send) } }
            <main class="area-board">
                { notice(shown, send) }
                <Board board={shown.board.clone()} wires={shown.wires.clone()} why={shown.why.clone()} hand={shown.hand.clone()}
                    refusal={shown.refusal.clone()} refused_at={shown.refused_at.clone()} selection={shown.selection.clone()} {theme}
                    resized={shown.resized} sky={sky.clone()} send={send.clone()} />
                if !panels.parts { { tray(shown, true, send) } }
            </main>
            if panels.why { <aside class="area-why">{ panes::why(shown, send) }</aside> }
            if panels.below() { <footer class="area-time">{ panes::time(shown, complete, send) }</footer> }
            { panes::tabs(shown, send) }
            { panes::overlays(shown, send) }
            { live(shown) }
            if shown.files_over { { crate::import::veil(send) } }
        </Hands>
    }
}

fn tray(shown: &Shown, strip: bool, send: &Dispatch) -> Html {
    html! { <Tray tray={shown.tray.clone()} hand={shown.hand.clone()} selected={shown.selection.thing.clone()} {strip} send={send.clone()} /> }
}

fn notice(shown: &Shown, send: &Dispatch) -> Html {
    let Some(text) = &shown.notice else { return html! {} };
    let dismiss = send.reform(|_: MouseEvent| Msg::DismissNotice);
    html! {
        <p class="notice">
            <span>{ text.clone() }</span>
            if let Some(title) = shown.way_back.as_ref().filter(|_| shown.offers_way_back) {
                <button class="button notice-back" type="button" onclick={send.reform(|_: MouseEvent| Msg::GoBack)}>{ say(Key::WayBack { title }) }</button>
            }
            if shown.offers_keeping {
                <button class="button notice-back" type="button" onclick={send.reform(|_: MouseEvent| Msg::KeepHere)}>{ say(Key::KeepHere) }</button>
            }
            <button class="notice-close" type="button" onclick={dismiss} aria-label={say(Key::Dismiss)}>{ glyph_sized(Icon::Close, "s") }</button>
        </p>
    }
}

/// The live regions. A count as key makes the same words new, so that they are said again.
fn live(shown: &Shown) -> Html {
    html! {
        <>
            <div class="sr" role="status" aria-live="polite"><span key={shown.said.0}>{ shown.said.1.clone() }</span></div>
            <div class="sr" role="alert" aria-live="assertive"><span key={shown.alarm.0}>{ shown.alarm.1.clone() }</span></div>
        </>
    }
}
