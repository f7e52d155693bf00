//! One that asks: what it asks, how it fares, and the buttons that pause it and send it away.

use crate::glyph::{Icon, glyph_sized};
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::act::{Act, SceneAct};
use eni_playground::view::board::ClientView;
use yew::prelude::*;

/// The row of a client.
pub fn row(client: &ClientView, send: &Dispatch) -> Html {
    let (id, asking) = (client.id, client.asking);
    let (icon, key) =
        if asking { (Icon::Pause, Key::PauseAsker { name: &client.name }) } else { (Icon::Play, Key::ResumeAsker { name: &client.name }) };
    let (pause, remove) = (say(key), say(Key::RemoveAsker { name: &client.name }));
    let act = move |act: SceneAct| Msg::Act(Act::Scene(act));
    html! {
        <li key={id}>
            <span class="who"><b>{ &client.name }</b><span class="mono">{ &client.target }</span></span>
            <span class="count">
                <span class="answered">{ glyph_sized(Icon::Tick, "xs") }{ say(Key::AnsweredCount { count: &client.answered.to_string() }) }</span>
                <span class="lost">{ glyph_sized(Icon::Cross, "xs") }{ say(Key::LostCount { count: &client.lost.to_string() }) }</span>
            </span>
            <button type="button" class="btn sq" aria-label={pause.clone()} title={pause}
                onclick={send.reform(move |_: MouseEvent| act(SceneAct::PauseClient { client: id, paused: asking }))}>{ glyph_sized(icon, "s") }</button>
            <button type="button" class="btn sq" aria-label={remove.clone()} title={remove}
                onclick={send.reform(move |_: MouseEvent| act(SceneAct::RemoveClient { client: id }))}>{ glyph_sized(Icon::Bin, "s") }</button>
        </li>
    }
}
