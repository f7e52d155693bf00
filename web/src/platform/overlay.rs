//! What opens above the page: native modal dialogs, their place, and where the focus goes.
//!
//! A native dialog keeps the focus inside, closes on Escape and gives the focus back; none of that is written again here.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::NodeRef;

/// A rectangle of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// Shows a dialog above everything; nothing happens if it is open or gone.
pub fn open_modal(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        // Refused only for a dialog that has left the page; then there is nothing to show.
        let _ = dialog.show_modal();
    }
}

/// Closes it; the focus returns to where it was.
pub fn close_modal(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>()
        && dialog.open()
    {
        dialog.close();
    }
}

/// Whether an event happened on this very node, not inside it: on a dialog, that is a click beside its content.
pub fn is_on(event: &Event, node: &NodeRef) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    matches!((target, node.cast::<Element>()), (Some(target), Some(node)) if target == node)
}

/// Where a node stands.
pub fn place_of(node: &NodeRef) -> Place {
    node.cast::<Element>().map(|element| element_place(&element)).unwrap_or_default()
}

/// Where the thing stands that an overlay is about: the one with the focus, else the first of that name on the same page.
pub fn place_of_thing(overlay: &NodeRef, thing: &str) -> Place {
    let Some(page) = overlay.cast::<Element>().and_then(|overlay| overlay.closest(".eni-app").ok().flatten()) else {
        return Place::default();
    };
    let focused = page.owner_document().and_then(|document| document.active_element()).filter(|element| is_of(element, thing));
    let found = focused.or_else(|| super::screen::find(&page, "data-menu", thing));
    found.map(|element| element_place(&element)).unwrap_or_default()
}

fn is_of(element: &Element, thing: &str) -> bool {
    element.get_attribute("data-menu").as_deref() == Some(thing)
}

fn element_place(element: &Element) -> Place {
    let rect = element.get_bounding_client_rect();
    Place { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

/// Puts a box below a place, or above it where there is no room, and inside the window.
pub fn put_below(node: &NodeRef, place: Place) {
    let (Some(element), Some(window)) = (node.cast::<HtmlElement>(), web_sys::window()) else { return };
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let own = element.get_bounding_client_rect();
    let left = place.left.min(width - own.width() - 8.0).max(8.0);
    let below = place.top + place.height + 4.0;
    let fits = below + own.height() <= height - 8.0;
    let top = if fits { below } else { (place.top - own.height() - 4.0).max(8.0).min((height - own.height() - 8.0).max(8.0)) };
    let style = element.style();
    // A refusal of the style object would leave the box in the middle, where it can be used as well.
    let _ = style.set_property("--left", &format!("{left:.0}px"));
    let _ = style.set_property("--top", &format!("{top:.0}px"));
}

/// Gives the focus to the n-th of the children that take part in a list, going round at its ends; says which one it was.
pub fn focus_nth(list: &NodeRef, selector: &str, wanted: isize) -> usize {
    let Some(found) = list.cast::<Element>().and_then(|list| list.query_selector_all(selector).ok()) else { return 0 };
    let count = found.length() as isize;
    if count == 0 {
        return 0;
    }
    let at = wanted.rem_euclid(count);
    if let Some(element) = found.item(at as u32).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
    at as usize
}

/// What stands in the field that an event came from; a box that is ticked says "true".
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return if input.type_() == "checkbox" { input.checked().to_string() } else { input.value() };
    }
    target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
}
