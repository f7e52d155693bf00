//! Flights: a copy of a thing that moves above the whole page, so that no pane cuts it off, while the thing itself waits at its place unseen.
//! The layer that it flies in is inert: a copy takes neither focus nor pointer.

use super::screen::{Rect, set_property};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Marks a thing whose copy is on the way to it.
const LANDING: &str = "data-landing";
/// Marks a thing that has come to another place where nothing may move.
const MOVED: &str = "data-moved";

/// Lets a copy of `element` fly from a place of the window to where the element is, in a time such as `260ms`.
pub fn fly(layer: &Element, element: &Element, from: Rect, to: Rect, time: &str) {
    let Some(copy) = element.clone_node_with_deep(true).ok().and_then(|copy| copy.dyn_into::<Element>().ok()) else { return };
    forget_names(&copy);
    let Ok(all) = copy.query_selector_all("*") else { return };
    (0..all.length()).filter_map(|at| all.get(at)).filter_map(|node| node.dyn_into::<Element>().ok()).for_each(|part| forget_names(&part));
    put(&copy, to);
    set_property(&copy, "--fly-x", &format!("{:.0}px", from.left - to.left));
    set_property(&copy, "--fly-y", &format!("{:.0}px", from.top - to.top));
    set_property(&copy, "--fly-time", time);
    // Attributes are refused only for a bad name, and a new node may always be added.
    let _ = copy.set_attribute("data-fly", "");
    let _ = element.set_attribute(LANDING, "");
    let _ = layer.append_child(&copy);
}

/// Where nothing may move: an outline at the place that it has left, and one around it.
pub fn outline(layer: &Element, element: &Element, from: Option<Rect>) {
    let _ = element.set_attribute(MOVED, "");
    let document = layer.owner_document();
    let place = document.and_then(|document| document.create_element("i").ok());
    if let (Some(place), Some(from)) = (place, from) {
        place.set_class_name("was");
        put(&place, from);
        let _ = layer.append_child(&place);
    }
}

/// All have arrived: the copies go, the things are seen.
pub fn over(page: &Element, layer: &Element) {
    layer.set_inner_html("");
    for mark in [LANDING, MOVED] {
        while let Some(element) = page.query_selector(&format!("[{mark}]")).ok().flatten() {
            if element.remove_attribute(mark).is_err() {
                return;
            }
        }
    }
}

/// A copy is nothing that could be found, picked up or focused.
fn forget_names(element: &Element) {
    for name in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if name.starts_with("data-") || matches!(name.as_str(), "id" | "tabindex" | "role" | "title") {
            // It has just been named by the element itself.
            let _ = element.remove_attribute(&name);
        }
    }
}

fn put(element: &Element, place: Rect) {
    for (name, value) in [("--left", place.left), ("--top", place.top), ("--width", place.width), ("--height", place.height)] {
        set_property(element, name, &format!("{value:.1}px"));
    }
}
