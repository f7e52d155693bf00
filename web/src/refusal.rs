//! A refused act: our few words, AWS's message and code as they are, and what would be accepted.

use crate::glyph::{Icon, glyph_sized};
use crate::rulebook::source;
use crate::words::{Key, say};
use eni_playground::view::board::RefusalView;
use yew::prelude::*;

/// The box that says it. Whoever needs to hear it at once hears it from the page's live region.
pub fn refusal_box(refusal: &RefusalView) -> Html {
    html! {
        <div class="refusal">
            <h4>{ glyph_sized(Icon::Forbidden, "s") }{ &refusal.headline }</h4>
            if !refusal.reason.is_empty() { <p>{ &refusal.reason }</p> }
            if !refusal.message.is_empty() && refusal.message != refusal.headline { <p><q>{ &refusal.message }</q></p> }
            <p class="codes">
                if !refusal.code.is_empty() { <code>{ &refusal.code }</code> }
            </p>
            { instead(refusal) }
            { source(refusal.rule, refusal.mark) }
        </div>
    }
}

/// What would be accepted.
pub fn instead(refusal: &RefusalView) -> Html {
    if refusal.remedy.is_empty() {
        return Html::default();
    }
    html! { <p class="instead">{ say(Key::Instead) }{ " " }<b>{ &refusal.remedy }</b></p> }
}
