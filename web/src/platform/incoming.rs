//! What comes in from outside of the page by itself: files and text that are dragged over it, dropped on it, or pasted into it.

use super::files::{self, Taker};
use super::screen;
use super::window::{EventListener, EventListenerOptions, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, Node};
use yew::NodeRef;

/// Takes a drag that is over the page, so that it may be let go here; true if there are files in it. Their names are not told yet.
pub fn comes_over(event: &DragEvent) -> bool {
    let Some(transfer) = ours(event) else { return false };
    event.prevent_default();
    if has_files(&transfer) {
        transfer.set_drop_effect("copy");
        return true;
    }
    false
}

/// Whether a drag has left the page, not only one part of it for another; when it is given up, it has left for nowhere.
pub fn has_left(event: &DragEvent, root: &NodeRef) -> bool {
    let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    to.is_none_or(|to| !root.get().is_some_and(|root| root.contains(Some(&to))))
}

/// Reads what was let go; text is called `text_name`.
pub fn drop(event: &DragEvent, text_name: &str, taker: Taker) {
    if let Some(transfer) = ours(event) {
        event.prevent_default();
        files::read_transfer(&transfer, text_name, taker);
    }
}

/// Reads what is pasted, until it is dropped itself. Not where the focus is on something that takes it: a field, a dialog; and, where the page is
/// part of another one (`embedded`), not outside of it.
pub fn pastes(root: NodeRef, embedded: bool, text_name: String, taker: Taker) -> Option<EventListener> {
    let (window, options) = (window()?, EventListenerOptions::enable_prevent_default());
    Some(EventListener::new_with_options(&window, "paste", options, move |event| {
        let Some(event) = event.dyn_ref::<ClipboardEvent>().filter(|event| !event.default_prevented()) else { return };
        let Some(target) = element(event) else { return };
        let here = root.get().is_some_and(|root| root.contains(Some(&target))) || (!embedded && screen::is_page(&target));
        let free = here && target.closest("input,textarea,select,[contenteditable],dialog").ok().flatten().is_none();
        if let Some(transfer) = event.clipboard_data().filter(|_| free)
            && files::read_transfer(&transfer, &text_name, taker.clone())
        {
            event.prevent_default();
        }
    }))
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What is dragged, unless it is text over a field, which takes it.
fn ours(event: &DragEvent) -> Option<DataTransfer> {
    let over_field = element(event).is_some_and(|element| element.closest("input,textarea").ok().flatten().is_some());
    event.data_transfer().filter(|transfer| !over_field || has_files(transfer))
}

fn has_files(transfer: &DataTransfer) -> bool {
    transfer.types().includes(&JsValue::from_str("Files"), 0)
}
