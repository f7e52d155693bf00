//! A field that somebody writes lines in: its text, its caret, how high it is; and a list that follows its end.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlTextAreaElement};
use yew::NodeRef;

/// How many lines a field shows at most; more are scrolled.
const MOST_ROWS: usize = 8;
/// A list that is this near to its end is at it, in pixels.
const NEAR: i32 = 8;

fn field(node: &NodeRef) -> Option<HtmlTextAreaElement> {
    node.cast::<HtmlTextAreaElement>()
}

/// What stands in the field.
pub fn text(node: &NodeRef) -> String {
    field(node).map(|field| field.value()).unwrap_or_default()
}

/// What stands before the caret, what is chosen, and what stands behind it.
pub fn parts(node: &NodeRef) -> (String, String, String) {
    let Some(field) = field(node) else { return Default::default() };
    let units: Vec<u16> = field.value().encode_utf16().collect();
    // The browser counts in units of 16 bits.
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().and_then(|at| usize::try_from(at).ok());
    let start = place(field.selection_start()).unwrap_or(units.len());
    let end = place(field.selection_end()).unwrap_or(units.len());
    let part = |from: usize, to: usize| String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
    (part(0, start), part(start, end), part(end, units.len()))
}

/// Puts a text in the field, with the caret behind `before`.
pub fn write(node: &NodeRef, before: &str, after: &str) {
    let Some(field) = field(node) else { return };
    field.set_value(&format!("{before}{after}"));
    let caret = u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX);
    // Refused only for fields that have no caret.
    let _ = field.set_selection_range(caret, caret);
    fit(node);
}

/// Makes the field as high as its lines.
pub fn fit(node: &NodeRef) {
    if let Some(field) = field(node) {
        let rows = field.value().bytes().filter(|byte| *byte == b'\n').take(MOST_ROWS).count() + 1;
        field.set_rows(u32::try_from(rows.min(MOST_ROWS)).unwrap_or(1));
    }
}

/// Gives the field the focus.
pub fn focus(node: &NodeRef) {
    if let Some(field) = field(node) {
        let _ = field.focus();
    }
}

/// How many bytes are being pasted.
pub fn pasted(event: &Event) -> usize {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    data.and_then(|data| data.get_data("text").ok()).map_or(0, |text| text.len())
}

/// Whether a list shows its end.
pub fn is_at_end(list: &NodeRef) -> bool {
    list.cast::<Element>().is_none_or(|list| list.scroll_top() + list.client_height() + NEAR >= list.scroll_height())
}

/// Shows the beginning of a list.
pub fn to_start(list: &NodeRef) {
    if let Some(list) = list.cast::<Element>() {
        list.set_scroll_top(0);
    }
}

/// Shows the end of a list.
pub fn to_end(list: &NodeRef) {
    if let Some(list) = list.cast::<Element>() {
        list.set_scroll_top(list.scroll_height());
        list.set_scroll_left(0);
    }
}
