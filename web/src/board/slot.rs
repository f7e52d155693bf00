//! A place for an ENI on an instance: the device index, and the chip or the hole.

use super::Marks;
use super::chip::Chip;
use super::marks::slot_place;
use crate::glyph::{Icon, glyph_sized};
use crate::words::{Key, say};
use eni_playground::view::board::{InstanceView, SlotView};
use std::rc::Rc;
use yew::prelude::*;

/// The place. A function: it has no state, and a large board holds thousands.
pub fn slot(instance: &str, gone: bool, view: &SlotView, marks: &Rc<Marks>) -> Html {
    let place = slot_place(instance, view);
    let extra = view.eni.is_none() && view.index > 1;
    html! {
        <li class={classes!("slot", extra.then_some("is-extra"))} key={place.clone()} data-for-eni={(!gone).then(|| place.clone())} data-anchor={marks.once_at(&place)}>
            <span class="slot-index" title={index_title(view)}>
                <span aria-hidden="true">{ view.index }</span>
                if view.locked && !gone { { glyph_sized(Icon::Padlock, "xs") } }
                <span class="sr">{ index_title(view) }</span>
            </span>
            { match &view.eni {
                Some(eni) => html! { <Chip eni={eni.clone()} marks={marks.clone()} locked={view.locked} /> },
                None => hole(&place, view, marks),
            } }
        </li>
    }
}

/// One place for all that are free, where there is no room for each.
pub fn rest(instance: &InstanceView, free: &[&SlotView], marks: &Marks) -> Html {
    let Some((_, place)) = marks.free_place(instance, free) else { return html! {} };
    let count = free.len().to_string();
    let (text, legal) = match marks.legal_text(&place) {
        Some(text) => (text, true),
        None => (say(Key::FreeAddresses { count: &count }), false),
    };
    html! {
        <li class="slot is-rest" key="rest" data-for-eni={place.clone()}>
            <span class={classes!("hole", marks.place(&place))} data-place={place.clone()} title={text.clone()}>
                if legal { { glyph_sized(Icon::Plus, "s") } }
                <span class="hole-count" aria-hidden="true">{ count }</span><span class="hole-words">{ text }</span>
            </span>
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
            html! { <span class={classes!("hole", marks.place(place))} data-place={place.to_owned()}>{ glyph_sized(Icon::Plus, "s") }<span>{ text }</span></span> }
        }
        None => {
            html! { <span class={classes!("hole", view.awaits.then_some("is-awaited"), marks.place(place))} data-place={place.to_owned()} data-anchor={left}><span title={view.note.clone()}>{ view.note.clone() }</span></span> }
        }
    }
}
