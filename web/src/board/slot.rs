//! A place for an ENI on an instance: the device index, and the chip or the hole.

use super::Marks;
use super::chip::chip;
use crate::glyph::{Icon, glyph_sized};
use crate::words::{Key, say};
use eni_playground::view::board::SlotView;
use yew::prelude::*;

/// The place. A function: it has no state, and a large board holds thousands.
pub fn slot(instance: &str, gone: bool, view: &SlotView, marks: &Marks) -> Html {
    let place = format!("slot:{instance}/{}/{}", view.card, view.index);
    let extra = view.eni.is_none() && view.index > 1;
    html! {
        <li class={classes!("slot", extra.then_some("is-extra"))} key={place.clone()} data-for-eni={(!gone).then(|| place.clone())}>
            <span class="slot-index" title={index_title(view)}>
                <span aria-hidden="true">{ view.index }</span>
                if view.locked && !gone { { glyph_sized(Icon::Padlock, "xs") } }
                <span class="sr">{ index_title(view) }</span>
            </span>
            { match &view.eni {
                Some(eni) => chip(eni, marks, view.locked),
                None => hole(&place, view, marks),
            } }
        </li>
    }
}

fn index_title(view: &SlotView) -> String {
    if view.locked { say(Key::IndexLocked) } else { say(Key::Index { index: &view.index.to_string() }) }
}

fn hole(place: &str, view: &SlotView, marks: &Marks) -> Html {
    let left = view.left.as_ref().map(|eni| format!("eni:{eni}"));
    match marks.legal_text(place) {
        Some(text) => {
            html! { <span class={classes!("hole", marks.place(place))} data-place={place.to_owned()}>{ glyph_sized(Icon::Plus, "s") }{ text }</span> }
        }
        None => {
            html! { <span class={classes!("hole", view.awaits.then_some("is-awaited"), marks.place(place))} data-place={place.to_owned()} data-anchor={left}>{ view.note.clone() }</span> }
        }
    }
}
